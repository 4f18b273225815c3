//! Promise 1 to the team: time is yours. Who people are, when they work, and when they are away.
//!
//! Nobody has to opt out: hours are what each person declares (or their profile says), never what they were seen
//! doing.

mod agenda;
mod decide;
mod desk;
mod facts;
mod focus;
mod person;
mod release;
mod when;

pub use crate::time::Absence;
pub use agenda::{Address, Agenda, CalendarTrouble, Failing, Feed, FeedId, Marks, Reading};
pub(crate) use decide::sets_hours;
pub use decide::{ask_zone_if_needed, decide, needs};
pub(crate) use facts::ASKED_SINGLY_MAX;
pub use person::{Account, Code, Newcomer, Offer, Person, PersonId, Said, Tries};
pub use release::{release, release_needs};
pub(crate) use when::When;

use crate::{
    action::Token,
    id::{ChannelId, GroupId, MessageId, Subject, UserId, WakeKey, WorkspaceId},
    language::Language,
    snapshot::{Capabilities, Snapshot},
    time::{Calendar, Declared, FocusBlock, Holidays, Hours, Pause, WorkingWeek, Zone},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name; empty until the platform has told it.
    pub name: String,
    /// Language of channels, and of everyone whose own is not known.
    pub language: Language,
    /// Zone of everyone whose own is not known.
    pub zone: Zone,
    /// Working week of everyone who has not said their own.
    pub hours: WorkingWeek,
    /// The team's own days off, on which nobody is asked.
    pub holidays: Holidays,
    /// Further days off of the team, read from calendars: by each one's short name.
    #[serde(default)]
    pub read_days: BTreeMap<String, Holidays>,
    /// The public holidays of everyone who has not said their own.
    #[serde(default, deserialize_with = "Calendar::known")]
    pub calendar: Option<Calendar>,
    /// The bot's own user, once known.
    pub bot: Option<UserId>,
    /// What the platform lets the bot do.
    pub capabilities: Capabilities,
    /// People may have their own calendars read.
    #[serde(default)]
    pub calendars: bool,
    /// Since when the token doesn't work; `None` while all is well.
    pub locked_since: Option<Timestamp>,
    /// Where a message is found: an address with `{channel}` and `{message}` in it, where the platform has told it.
    #[serde(default)]
    pub permalink: Option<String>,
}

/// A user in a workspace, with what they declared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// Name to show.
    pub name: String,
    /// Zone of the platform's profile.
    pub profile_zone: Option<Zone>,
    /// Language of the platform's profile or client.
    pub language: Option<Language>,
    /// Administers the workspace.
    pub admin: bool,
    /// A bot or an app.
    pub bot: bool,
    /// Still there.
    pub active: bool,
    /// The zone they set themselves; wins over the profile's.
    pub own_zone: Option<Zone>,
    /// The working week they set themselves.
    pub own_hours: Option<WorkingWeek>,
    /// The public holidays that they chose; they win over the workspace's.
    #[serde(default, deserialize_with = "Calendar::known")]
    pub own_calendar: Option<Calendar>,
    /// Leave, the last one and what is to come, in order, not overlapping.
    pub absences: Vec<Absence>,
    /// The focus block that they declared last; it may be over.
    #[serde(default)]
    pub focus: Option<FocusBlock>,
    /// The pause of their notifications that goes on or comes next, as the platform told it last.
    #[serde(default)]
    pub pause: Option<Pause>,
    /// Already asked for their zone (once is enough).
    pub zone_asked: bool,
    /// Direct messages were refused: reach them in a thread.
    pub direct_closed: bool,
    /// The person whose account this is, where they linked it to another.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// The zone of the profile of whichever of their accounts; wins over this profile's, so that one zone holds on all.
    #[serde(default)]
    pub shared_zone: Option<Zone>,
    /// Their calendar, where they gave its address.
    #[serde(default)]
    pub agenda: Option<Agenda>,
    /// They said that no file with their calendar shall be read.
    #[serde(default)]
    pub no_file: bool,
    /// Codes that they typed and that did not work.
    #[serde(default)]
    pub tries: Option<Tries>,
    /// What they chose for their digest, where they chose anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Box<crate::digest::Own>>,
}

impl Workspace {
    /// One of which nothing is known but that it is there: English, UTC, office hours, and the least that a platform can.
    pub fn unknown(id: impl Into<WorkspaceId>) -> Self {
        Self {
            id: id.into(),
            name: String::new(),
            language: Language::En,
            zone: Zone::utc(),
            hours: WorkingWeek::office(),
            holidays: Holidays::default(),
            read_days: BTreeMap::new(),
            calendar: None,
            bot: None,
            capabilities: Capabilities::LEAST,
            calendars: true,
            locked_since: None,
            permalink: None,
        }
    }
    /// Where a message is found in a browser or the platform's app; `None` until the platform has told.
    pub fn link_to(&self, channel: &ChannelId, message: &MessageId) -> Option<String> {
        // An id of Slack's has a point in it that its address hasn't.
        let message: String = message.as_str().chars().filter(char::is_ascii_digit).collect();
        let template = self.permalink.as_deref().filter(|_| !message.is_empty())?;
        Some(template.replace("{channel}", channel.as_str()).replace("{message}", &message))
    }
    /// The team's own hours.
    pub fn declared(&self) -> Declared<'_> {
        Declared {
            zone: self.zone,
            week: &self.hours,
            holidays: &self.holidays,
            read_days: &self.read_days,
            calendar: self.calendar,
            leave: &[],
            focus: &[],
            pause: None,
            out: &[],
            busy: &[],
        }
    }
}

impl Member {
    /// Hours in force: their own where said, else the profile's zone, else the workspace's.
    pub fn hours(&self, workspace: &Workspace) -> Hours {
        Hours { zone: self.zone(workspace), week: self.own_hours.clone().unwrap_or_else(|| workspace.hours.clone()) }
    }
    /// Zone in force.
    pub fn zone(&self, workspace: &Workspace) -> Zone {
        self.own_zone.or(self.shared_zone).or(self.profile_zone).unwrap_or(workspace.zone)
    }
    /// Whether their zone is only the workspace's guess.
    pub fn zone_guessed(&self) -> bool {
        self.own_zone.is_none() && self.shared_zone.is_none() && self.profile_zone.is_none()
    }
    /// The language they read.
    pub fn language(&self, workspace: &Workspace) -> Language {
        self.language.unwrap_or(workspace.language)
    }
    /// Everything that their availability is made of.
    pub fn declared<'a>(&'a self, workspace: &'a Workspace) -> Declared<'a> {
        let agenda = self.agenda.as_ref().filter(|_| workspace.calendars);
        Declared {
            zone: self.zone(workspace),
            week: self.own_hours.as_ref().unwrap_or(&workspace.hours),
            holidays: &workspace.holidays,
            read_days: &workspace.read_days,
            calendar: self.own_calendar.or(workspace.calendar),
            leave: &self.absences,
            focus: self.focus.as_slice(),
            pause: self.pause.as_ref(),
            out: agenda.map_or(&[], |agenda| &agenda.out),
            busy: agenda.map_or(&[], |agenda| &agenda.busy),
        }
    }
    /// Somebody of whom nothing is known but that they are there.
    pub fn unknown(user: UserId) -> Self {
        Self {
            name: user.as_str().to_owned(),
            user,
            profile_zone: None,
            language: None,
            admin: false,
            bot: false,
            active: true,
            own_zone: None,
            own_hours: None,
            own_calendar: None,
            absences: Vec::new(),
            focus: None,
            pause: None,
            zone_asked: false,
            direct_closed: false,
            person: None,
            shared_zone: None,
            agenda: None,
            no_file: false,
            tries: None,
            digest: None,
        }
    }
}

impl Absence {
    /// Whether it has begun and not ended.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Somebody as they were named: by a mention, an id, or the name that they alone have.
pub(crate) fn find(seen: &Snapshot, word: &str) -> Option<UserId> {
    if let Some(id) = word.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>')) {
        return Some(UserId::new(id.trim_start_matches('!')));
    }
    let id = UserId::new(word);
    if seen.members.contains_key(&id) {
        return Some(id);
    }
    let name = word.trim_start_matches('@').to_lowercase();
    let mut named = seen.members.values().filter(|it| it.active && it.name.to_lowercase() == name);
    named.next().filter(|_| named.next().is_none()).map(|member| member.user.clone())
}

/// The leave that somebody is on.
pub fn current_absence(member: &Member, now: Timestamp) -> Option<&Absence> {
    member.absences.iter().find(|absence| absence.holds(now))
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Which.
    pub channel: ChannelId,
    /// Its name, without `#`.
    pub name: String,
    /// The bot is in it and may post.
    pub open: bool,
    /// Closed for good.
    pub archived: bool,
    /// Only for those who are in it.
    #[serde(default)]
    pub private: bool,
    /// The bot may take back what others write in it, and post it again in their name.
    #[serde(default)]
    pub takes_back: bool,
}

/// A Slack user group or a Discord role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Which.
    pub group: GroupId,
    /// The name by which it is mentioned, without `@`.
    pub name: String,
}

/// What people's decisions change.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The workspace's row.
    Workspace(Box<Workspace>),
    /// A member's row, their absences included.
    Member(Box<Member>),
    /// A channel's row.
    Channel(Channel),
    /// Everyone in a channel.
    ChannelMembers(ChannelId, Vec<UserId>),
    /// One more in a channel.
    ChannelJoined(ChannelId, UserId),
    /// One less in a channel.
    ChannelLeft(ChannelId, UserId),
    /// Every group, in place of those that were known.
    Groups(Vec<Group>),
    /// Everyone in a group.
    GroupMembers(GroupId, Vec<UserId>),
    /// A person's row, with their accounts.
    Person(Box<Person>),
    /// A person of whom nothing is left: their accounts go alone, or with another.
    PersonGone(PersonId),
    /// A code, in place of an earlier one of the same person.
    Offer(Box<Offer>),
    /// A code that was used.
    OfferGone(Code),
    /// A calendar's row.
    Feed(Box<Feed>),
    /// What a calendar was when it was read last.
    FeedRead(FeedId, Marks),
    /// A calendar that is read no more.
    FeedGone(FeedId),
}
impl Eq for Change {}

impl Change {
    /// Whose own row it is, of those that [`Need::Member`](crate::snapshot::Need::Member) loads.
    pub(crate) fn member(&self) -> Option<&UserId> {
        if let Self::Member(member) = self { Some(&member.user) } else { None }
    }
}

/// Applies a change to a snapshot as the store applies it to the rows, so that later features see it.
pub fn apply(snapshot: &mut Snapshot, change: &Change) {
    match change {
        Change::Workspace(workspace) => snapshot.workspace = (**workspace).clone(),
        Change::Member(member) => {
            snapshot.members.insert(member.user.clone(), (**member).clone());
        }
        Change::Channel(channel) => {
            snapshot.channels.insert(channel.channel.clone(), channel.clone());
        }
        Change::ChannelMembers(channel, members) => {
            snapshot.channel_members.insert(channel.clone(), members.iter().cloned().collect());
            for (user, places) in &mut snapshot.places {
                set(&mut places.channels, channel, members.contains(user));
            }
        }
        Change::ChannelJoined(channel, user) => {
            snapshot.channel_members.entry(channel.clone()).or_default().insert(user.clone());
            snapshot.places.get_mut(user).map(|places| places.channels.insert(channel.clone()));
        }
        Change::ChannelLeft(channel, user) => {
            if let Some(members) = snapshot.channel_members.get_mut(channel) {
                members.remove(user);
            }
            snapshot.places.get_mut(user).map(|places| places.channels.remove(channel));
        }
        Change::Groups(groups) => {
            snapshot.groups = groups.iter().map(|group| (group.group.clone(), group.clone())).collect();
        }
        Change::GroupMembers(group, members) => {
            snapshot.group_members.insert(group.clone(), members.iter().cloned().collect());
            for (user, places) in &mut snapshot.places {
                set(&mut places.groups, group, members.contains(user));
            }
        }
        Change::Person(person) => drop(snapshot.persons.insert(person.id.clone(), (**person).clone())),
        Change::PersonGone(id) => drop(snapshot.persons.remove(id)),
        Change::Offer(offer) => snapshot.offer = Some((**offer).clone()),
        Change::OfferGone(_) => snapshot.offer = None,
        // No decision looks at an address.
        Change::Feed(_) | Change::FeedRead(..) | Change::FeedGone(_) => {}
    }
}

/// Puts something into a set, or takes it out.
fn set<T: Ord + Clone>(all: &mut BTreeSet<T>, one: &T, is_in: bool) {
    if is_in {
        all.insert(one.clone());
    } else {
        all.remove(one);
    }
}

/// What people's decisions owe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Asks a member once for their zone, where profiles have none.
    AskZone(UserId),
    /// Tells an administrator of a failure, once, with its mend.
    TellAdmin {
        /// Which administrator.
        admin: UserId,
        /// What failed.
        trouble: Trouble,
    },
    /// Tells somebody that their calendar can't be read.
    Calendar {
        /// Whom to tell.
        user: UserId,
        /// Which calendar.
        feed: FeedId,
    },
    /// Tells whoever asked for a code that an account was linked with it.
    Linked {
        /// Whom to tell.
        user: UserId,
        /// Which account came.
        newcomer: Newcomer,
    },
}

/// A failure that an administrator can mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The token did not work from `since` until `until`.
    Locked {
        /// From.
        since: Timestamp,
        /// Until.
        until: Timestamp,
    },
    /// A standup's channel is closed to the bot.
    Channel {
        /// Which.
        channel: ChannelId,
        /// The standup's name.
        standup: String,
        /// Why.
        refusal: crate::event::Refusal,
    },
    /// A standup waits, since its deadline comes before somebody's prompt.
    Deadline {
        /// The standup's name.
        standup: String,
    },
    /// A message could not be delivered; `subject` opens with `jeda explain`.
    Undelivered {
        /// What it was.
        subject: Subject,
        /// Why.
        refusal: crate::event::Refusal,
    },
}

impl Effect {
    /// What its receipt is about.
    pub fn subject(&self) -> Subject {
        Subject::new(match self {
            Self::AskZone(user) => format!("zone/{user}"),
            Self::Calendar { user, .. } => format!("calendar/{user}"),
            Self::Linked { user, .. } => format!("linked/{user}"),
            Self::TellAdmin { admin, trouble } => match trouble {
                Trouble::Locked { since, .. } => format!("admin/{admin}/locked/{}", since.as_millisecond()),
                Trouble::Deadline { standup } => format!("admin/{admin}/deadline/{}", crate::id::short(standup)),
                Trouble::Channel { channel, .. } => format!("admin/{admin}/channel/{channel}"),
                Trouble::Undelivered { subject, .. } => format!("admin/{admin}/undelivered/{subject}"),
            },
        })
    }
}

/// What is to be done at a time about people. An absence ends by itself (availability looks at its end), so nobody
/// has to be woken for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wake {
    /// Brings the directory and the channels up to date once a day, since platforms lose events too.
    Refresh,
    /// A member's person has new hours, or is another one.
    Follow {
        /// Which member.
        user: UserId,
        /// The account that was linked with their code.
        joined: Option<Newcomer>,
    },
    /// A calendar is to be looked at again.
    Calendar {
        /// Whose.
        user: UserId,
        /// Which.
        feed: FeedId,
    },
    /// The zone of a profile is new, and its owner has other accounts.
    Profile {
        /// Whose.
        user: UserId,
    },
}

impl Wake {
    /// The wake's key; setting it again moves it.
    pub fn key(&self) -> WakeKey {
        match self {
            Self::Refresh => WakeKey::new("refresh"),
            Self::Follow { user, .. } => WakeKey::new(format!("follow/{user}")),
            Self::Calendar { feed, .. } => WakeKey::new(format!("calendar/{}", feed.as_str())),
            Self::Profile { user } => WakeKey::new(format!("profile/{user}")),
        }
    }
}

/// A button about one's hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Opens the form for zone and hours.
    SetHours,
}

/// A form about one's hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormId {
    /// Zone and hours: fields `zone`, `hours`.
    Hours,
}

impl Token for Action {
    fn token(&self) -> String {
        match self {
            Self::SetHours => "hours".into(),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        (text == "hours").then_some(Self::SetHours)
    }
}

impl Token for FormId {
    fn token(&self) -> String {
        match self {
            Self::Hours => "hours".into(),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        (text == "hours").then_some(Self::Hours)
    }
}

/// A reason of hours, absence or platform. Copy: `why-*` in `people.ftl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Not one of their working days.
    DayOff,
    /// A holiday of the workspace; its name.
    Holiday(String),
    /// On leave, until then when known.
    Away(Option<Timestamp>),
    /// Outside their hours; waited for them.
    Quiet,
    /// In a focus block.
    Focus,
    /// With their notifications paused.
    Paused,
    /// jeda itself was not running or not connected.
    Downtime,
    /// The platform asked to wait.
    RateLimited,
    /// The platform refused it.
    Refused(crate::event::Refusal),
    /// They are no longer there.
    MemberGone,
    /// It had become untrue or unnecessary before it went out.
    Obsolete,
}

#[cfg(test)]
mod tests;
