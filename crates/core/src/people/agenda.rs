//! Promise 2 to the team: deep work is protected. Whoever keeps a calendar need not say everything twice: what makes them
//! busy holds the bot's messages like a focus block, and what takes them out of office counts as leave.
//!
//! Each person decides it alone, by the address of their calendar, which only they are told about. An address is a
//! secret: whoever has it reads the calendar. Whoever runs the bot may have a folder with people's calendars (`slack-U1.ics`),
//! which are read in the same way, until their owner gives an address or says that it shall not be. Of what is in it only times are kept, never words; and the bot asks for it
//! now and then, so what changes there is known here within the hour.

use super::{Change, Effect, Member, Wake, decide::Draft};
use crate::{
    copy::agenda as words,
    decide::Cause,
    event::Errand,
    id::{UserId, WakeKey, WorkspaceId, short},
    language::Language,
    limit::{CALENDAR_FAILING_HOURS, CALENDAR_MINUTES, CALENDAR_MINUTES_FAILING, CALENDAR_URL_CHARS_MAX},
    message::Message,
    time::Stretch,
    wake::{self, WakeChange},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a calendar that somebody gave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeedId(String);

impl FeedId {
    /// A name as a row brought it back.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// Its spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The address of a calendar, which nobody but its owner and the bot may see.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

/// What stands before the name of a file. Nobody can type it: it has no `://`.
const FILE: &str = "file:";

impl Address {
    /// A file in the folder that the configuration names.
    pub fn of_file(name: &str) -> Self {
        Self(format!("{FILE}{name}"))
    }
    /// The name of that file; none for an address of the web.
    pub fn file(&self) -> Option<&str> {
        self.0.strip_prefix(FILE)
    }
    /// An address as a row brought it back.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// The whole of it, for the store and for whoever fetches it.
    pub fn expose(&self) -> &str {
        &self.0
    }
    /// An address as somebody typed it: of the web, with a host.
    pub fn typed(text: &str) -> Option<Self> {
        // Slack puts a link into angle brackets, and its label behind a bar.
        let text = text.trim().trim_matches(['<', '>', '"', '`']);
        let text = text.split('|').next().unwrap_or(text);
        let (scheme, rest) = text.split_once("://")?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "http" => "http",
            // What calendars call themselves when a program shall open them.
            "https" | "webcal" | "webcals" => "https",
            _ => return None,
        };
        let address = Self(format!("{scheme}://{rest}"));
        let is_plain = rest.chars().all(|c| c.is_ascii_graphic()) && rest.len() <= CALENDAR_URL_CHARS_MAX;
        (is_plain && !address.host().is_empty()).then_some(address)
    }
    /// Its host, which may be shown to its owner.
    pub fn host(&self) -> &str {
        let after = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let authority = after.split(['/', '?', '#', '\\']).next().unwrap_or("");
        let host = authority.rsplit('@').next().unwrap_or("");
        match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((inside, _)) => inside,
            None => host.split(':').next().unwrap_or(""),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address")
    }
}

/// A calendar's row: where it is, and by what its server tells that nothing is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its name.
    pub id: FeedId,
    /// Whose it is, in this workspace.
    pub user: UserId,
    /// Where it is.
    pub address: Address,
    /// What it was when it was read last.
    pub marks: Marks,
}

/// By what a server tells that nothing is new.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// `ETag`
    pub etag: Option<String>,
    /// `Last-Modified`
    pub last_modified: Option<String>,
    /// When it was read as a whole. As time goes on more of it comes into sight, so that has to happen now and then.
    pub whole_at: Option<Timestamp>,
}

/// What is known of somebody's calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// Which calendar.
    pub feed: FeedId,
    /// Where its owner gave it.
    pub workspace: WorkspaceId,
    /// Who they are there.
    pub user: UserId,
    /// Its host, or the name of its file, by which its owner knows it.
    pub host: String,
    /// It is a file that whoever runs the bot has put there.
    #[serde(default)]
    pub file: bool,
    /// Since when it is read.
    pub since: Timestamp,
    /// It was read at least once.
    #[serde(default)]
    pub known: bool,
    /// When they are out of office: in order, not overlapping.
    #[serde(default)]
    pub out: Vec<Stretch>,
    /// When they are busy: in order, not overlapping.
    #[serde(default)]
    pub busy: Vec<Stretch>,
    /// Why it can't be read, since when.
    #[serde(default)]
    pub failing: Option<Failing>,
}

/// A calendar that can't be read. What was known of it holds on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failing {
    /// Since when.
    pub since: Timestamp,
    /// Why, the last time.
    pub trouble: CalendarTrouble,
    /// Its owner was told.
    pub told: bool,
}

/// Why a calendar can't be read. Copy: `calendar-trouble-*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarTrouble {
    /// Its address, or one that it leads to, is inside the network of the bot, or is none of the web.
    Refused,
    /// There is no such host, or no connection to it.
    Unreachable,
    /// It took too long.
    Slow,
    /// Its server doesn't give it out: 401, 403, 404, 410.
    Denied,
    /// Its server fails: any other status, or too many redirects.
    Server,
    /// It is too large.
    TooLarge,
    /// It is no calendar, or has more in it than anybody has to do.
    NoCalendar,
    /// It is a file that is gone, or that the bot may not read.
    File,
    /// Calendars are switched off.
    Off,
}

/// What reading a calendar came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// It is as it was.
    Unchanged,
    /// What is in it, from yesterday to [`CALENDAR_DAYS_AHEAD`](crate::limit::CALENDAR_DAYS_AHEAD) on.
    Whole {
        /// When they are out of office: in order, not overlapping.
        out: Vec<Stretch>,
        /// When they are busy: in order, not overlapping.
        busy: Vec<Stretch>,
        /// What it is now.
        marks: Marks,
    },
    /// It could not be read.
    Failed(CalendarTrouble),
    /// Nobody knows that calendar any more.
    Gone,
}

/// Words that end the reading of a calendar, in both languages.
const OFF: [&str; 8] = ["off", "stop", "none", "remove", "mati", "hapus", "berhenti", "tidak ada"];

/// Words that have one's file read again.
const ON: [&str; 4] = ["on", "file", "nyala", "berkas"];

/// `/hours calendar URL`, `off`, or `on`.
pub(super) fn set(
    draft: &mut Draft<'_>,
    user: &UserId,
    typed: &str,
    language: Language,
    cause: &mut Cause<'_>,
) -> Message {
    let member = draft.member(user);
    let typed = typed.trim();
    if OFF.contains(&typed.to_lowercase().as_str()) {
        let was_on = end(draft, member, cause);
        let member = draft.member(user);
        draft.put_member(Member { no_file: true, ..member });
        return words::off(language, was_on);
    }
    if typed.is_empty() {
        return words::how(language);
    }
    if !draft.seen.workspace.calendars {
        return words::switched_off(language);
    }
    if ON.contains(&typed.to_lowercase().as_str()) {
        draft.put_member(Member { no_file: false, ..member });
        return words::on(language);
    }
    let Some(address) = Address::typed(typed) else { return words::no_address(language) };
    end(draft, member, cause);
    words::set(language, &begin(draft, user, address, cause))
}

/// There is a file with somebody's calendar. An address that they gave, and their word that no file shall be read, win.
pub(super) fn found(draft: &mut Draft<'_>, user: &UserId, file: &str, cause: &mut Cause<'_>) {
    let is_free = |member: &Member| member.active && !member.bot && member.agenda.is_none() && !member.no_file;
    if draft.seen.workspace.calendars && draft.seen.members.get(user).is_some_and(is_free) {
        begin(draft, user, Address::of_file(file), cause);
    }
}

/// Has a calendar read from now on.
fn begin(draft: &mut Draft<'_>, user: &UserId, address: Address, cause: &mut Cause<'_>) -> Agenda {
    let member = draft.member(user);
    let feed = FeedId(short(&format!("{}/{}/calendar", cause.workspace, cause.key)));
    let agenda = Agenda {
        feed: feed.clone(),
        workspace: cause.workspace.clone(),
        user: user.clone(),
        host: address.file().unwrap_or_else(|| address.host()).to_owned(),
        file: address.file().is_some(),
        since: cause.now,
        known: false,
        out: Vec::new(),
        busy: Vec::new(),
        failing: None,
    };
    draft.put_member(Member { agenda: Some(agenda.clone()), ..member });
    draft.put(Change::Feed(Box::new(Feed { id: feed, user: user.clone(), address, marks: Marks::default() })));
    ask(draft, user, cause);
    agenda
}

/// Ends the reading of somebody's calendar. Whether there was one.
fn end(draft: &mut Draft<'_>, member: Member, cause: &Cause<'_>) -> bool {
    let Some(agenda) = member.agenda.clone() else { return false };
    if agenda.is_of(cause.workspace, &member.user) {
        draft.put(Change::FeedGone(agenda.feed.clone()));
        draft.wake(WakeChange::Clear(key(&agenda.feed)));
    }
    draft.put_member(Member { agenda: None, ..member });
    true
}

impl Agenda {
    /// Whether this account's owner gave it, on this account.
    pub(super) fn is_of(&self, workspace: &WorkspaceId, user: &UserId) -> bool {
        self.workspace == *workspace && self.user == *user
    }
}

fn key(feed: &FeedId) -> WakeKey {
    WakeKey::new(format!("calendar/{}", feed.as_str()))
}

/// The calendar that a member gave on this account.
fn own(draft: &Draft<'_>, user: &UserId) -> Option<Agenda> {
    let agenda = draft.seen.members.get(user)?.agenda.clone()?;
    agenda.is_of(&draft.seen.workspace.id, user).then_some(agenda)
}

/// Asks for a calendar, in the zone that its owner lives in.
fn ask(draft: &mut Draft<'_>, user: &UserId, cause: &mut Cause<'_>) {
    let Some(agenda) = own(draft, user) else { return };
    let zone = draft.member(user).zone(&draft.seen.workspace).name().to_owned();
    draft.ask(Errand::Calendar { user: user.clone(), feed: agenda.feed, zone }, cause);
}

/// It is time to look at a calendar again.
pub(super) fn due(draft: &mut Draft<'_>, user: &UserId, feed: &FeedId, cause: &mut Cause<'_>) {
    let is_there = own(draft, user).is_some_and(|agenda| agenda.feed == *feed);
    let is_reader = draft.seen.members.get(user).is_some_and(|member| member.active);
    if !is_there {
        // Another one came, or was given on another account.
        draft.put(Change::FeedGone(feed.clone()));
    } else if is_reader && draft.seen.workspace.calendars {
        ask(draft, user, cause);
    } else {
        next(draft, user, feed, CALENDAR_MINUTES_FAILING, cause);
    }
}

/// Whoever lives in another zone now has other days: their calendar is read as a whole again.
pub(super) fn zone_moved(draft: &mut Draft<'_>, user: &UserId, before: Option<&Member>, cause: &mut Cause<'_>) {
    let Some(agenda) = own(draft, user) else { return };
    let zone = |member: &Member| member.zone(&draft.seen.workspace);
    if before.is_none_or(|before| zone(before) == zone(&draft.member(user))) {
        return;
    }
    draft.put(Change::FeedRead(agenda.feed, Marks::default()));
    ask(draft, user, cause);
}

/// What came of reading a calendar.
pub(super) fn read(draft: &mut Draft<'_>, user: &UserId, feed: &FeedId, reading: &Reading, cause: &mut Cause<'_>) {
    let Some(before) = own(draft, user).filter(|agenda| agenda.feed == *feed) else {
        draft.put(Change::FeedGone(feed.clone()));
        return;
    };
    let mut minutes = CALENDAR_MINUTES;
    let agenda = match reading {
        Reading::Unchanged => Agenda { failing: None, ..before },
        Reading::Whole { out, busy, marks } => {
            draft.put(Change::FeedRead(feed.clone(), marks.clone()));
            Agenda { out: out.clone(), busy: busy.clone(), known: true, failing: None, ..before }
        }
        Reading::Gone => return,
        Reading::Failed(trouble) => {
            let since = before.failing.as_ref().map_or(cause.now, |failing| failing.since);
            let was_told = before.failing.as_ref().is_some_and(|failing| failing.told);
            let is_long = cause.now >= since + SignedDuration::from_hours(CALENDAR_FAILING_HOURS);
            if is_long {
                minutes = CALENDAR_MINUTES_FAILING;
            }
            // Whoever has just given an address is there to mend it; later a server may have its day.
            let tell = !was_told && (!before.known || is_long);
            if tell {
                draft.owe(user, Effect::Calendar { user: user.clone(), feed: feed.clone() }, cause);
            }
            Agenda { failing: Some(Failing { since, trouble: *trouble, told: was_told || tell }), ..before }
        }
    };
    let member = draft.member(user);
    draft.put_member(Member { agenda: Some(agenda), ..member });
    next(draft, user, feed, minutes, cause);
}

/// When a calendar is asked for next: up to a fifth later than the minutes say, each at its own time, so that a server
/// with everybody's calendars is not asked for all at once.
fn next(draft: &mut Draft<'_>, user: &UserId, feed: &FeedId, minutes: i64, cause: &Cause<'_>) {
    let spread = short(&format!("{}/{}", feed.as_str(), cause.key)).bytes().map(i64::from).sum::<i64>();
    let seconds = minutes * 60 + spread * 7 % (minutes * 12);
    let at = cause.now + SignedDuration::from_secs(seconds);
    let wake = wake::Wake::People(Wake::Calendar { user: user.clone(), feed: feed.clone() });
    draft.wake(cause.due(key(feed), at, wake));
}

/// The same member on their own, as far as calendars go: one that was given on another account stays there.
pub(super) fn alone(agenda: Option<Agenda>, workspace: &WorkspaceId, user: &UserId) -> Option<Agenda> {
    agenda.filter(|agenda| agenda.is_of(workspace, user))
}

#[cfg(test)]
mod tests;
