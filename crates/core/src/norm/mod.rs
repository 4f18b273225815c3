//! Norms: what a team agreed on, as rules that hold in a place, each with how far jeda goes to keep it.
//!
//! A norm that nobody enabled does nothing, and a norm is never about who works how much: it looks at declared hours
//! and at the one message before it. One kind of norm is one module here, which opens with the promise that it keeps
//! and says who may opt out. The team writes norms in a file ([`Draft`]); names in it are looked up once, when the
//! file is [resolved](Draft::resolve), and from then on a [`Revision`] holds ids, so that a renamed channel keeps its
//! norms. [`plan`](plan::plan) says what a new revision would change, and [`verdict`] what a norm says of a message.

mod alert;
pub mod bench;
mod choice;
mod command;
pub mod digest;
mod draft;
pub mod focus;
pub mod judged;
mod manners;
mod menu;
mod nudge;
pub mod plan;
mod precedence;
pub mod quiet_hours;
pub mod response_window;
mod setting;
pub mod standup_hours;
pub mod urgent;
pub mod verdict;
mod watch;

pub use alert::Alert;
pub(crate) use alert::{Budget, REASON, can_be_urgent};
pub(crate) use command::Holds;
pub use command::{Count, answers};
pub use digest::Digest;
pub use draft::{At, Draft, DraftExempt, DraftNorm, Keys, Near, Trouble, What};
pub use focus::Focus;
pub use judged::{Conversation, Judged, JudgedId};
pub use manners::{Manners, NudgeBy};
pub(crate) use menu::BY;
pub use menu::{Entry, Note};
pub(crate) use nudge::Seen;
pub use nudge::{release, release_needs};
pub use precedence::GroupMembers;
pub use quiet_hours::QuietHours;
pub use response_window::ResponseWindow;
pub use setting::{Setting, Value};
pub use standup_hours::StandupHours;
pub use urgent::Urgent;
pub(crate) use watch::{Anew, Reached, anew, stays};
pub use watch::{decide, needs};

use crate::{
    action::Token,
    event::{Posted, Refusal, Spot},
    id::{ChannelId, GroupId, Subject, UserId, WorkspaceId},
    people,
    snapshot::Snapshot,
    wake::{Due, Wake, WakeChange},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// How far jeda goes to keep a norm; each goes further than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enforce {
    /// It does nothing. In a narrow place it takes the place of a wider norm, and so makes an exception.
    Off,
    /// It notes what it would have done, without a word to anyone.
    #[default]
    Observe,
    /// It tells the sender, and nobody else.
    Nudge,
    /// It keeps the message until its time has come.
    Hold,
}

impl Enforce {
    /// Every level, in order.
    pub const ALL: [Self; 4] = [Self::Off, Self::Observe, Self::Nudge, Self::Hold];

    /// As the file spells it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Observe => "observe",
            Self::Nudge => "nudge",
            Self::Hold => "hold",
        }
    }
}

/// What a norm is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Mentions of people who are off.
    QuietHours,
    /// Mentions of people in a focus block.
    Focus,
    /// How long an answer may take.
    ResponseWindow,
    /// What may pass at once.
    Urgent,
    /// What waited, in one message.
    Digest,
    /// Standups inside working hours.
    StandupHours,
}

impl Kind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::QuietHours, Self::Focus, Self::ResponseWindow, Self::Urgent, Self::Digest, Self::StandupHours];

    /// As the file spells it.
    pub fn key(self) -> &'static str {
        match self {
            Self::QuietHours => "quiet_hours",
            Self::Focus => "focus",
            Self::ResponseWindow => "response_window",
            Self::Urgent => "urgent",
            Self::Digest => "digest",
            Self::StandupHours => "standup_hours",
        }
    }

    /// How far a norm of this kind can go.
    pub fn levels(self) -> &'static [Enforce] {
        match self {
            Self::QuietHours => quiet_hours::LEVELS,
            Self::Focus => focus::LEVELS,
            Self::ResponseWindow => response_window::LEVELS,
            Self::Urgent => urgent::LEVELS,
            Self::Digest => digest::LEVELS,
            Self::StandupHours => standup_hours::LEVELS,
        }
    }

    /// Whether a norm of this kind looks at mentions.
    pub fn is_about_mentions(self) -> bool {
        matches!(self, Self::QuietHours | Self::Focus)
    }

    /// Whether a norm of this kind can be about a channel. A digest goes to a person, wherever it came from.
    pub fn is_of_places(self) -> bool {
        self != Self::Digest
    }
}

/// Where, or for whom, a norm holds. Ids, each with the name that it had when the norm was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everywhere.
    Workspace,
    /// In these channels; at least one.
    Channels(BTreeMap<ChannelId, String>),
    /// For the people in these groups or roles, wherever they are; at least one.
    Groups(BTreeMap<GroupId, String>),
}

/// Whom and what a norm leaves alone. Ids, each with the name that it had.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Exempt {
    /// People who opted out: nobody is told to spare them, and they are not told to spare others.
    pub people: BTreeMap<UserId, String>,
    /// Groups or roles that are reached at any hour, such as whoever is on call. As senders they keep the norm.
    pub groups: BTreeMap<GroupId, String>,
    /// Channels in which the norm doesn't hold, such as the one for incidents.
    pub channels: BTreeMap<ChannelId, String>,
}

/// A channel with the name that it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which.
    pub channel: ChannelId,
    /// Its name, without `#`.
    pub name: String,
}

/// What a norm says, by kind. `C` is how it names a channel: as somebody wrote it in a draft, as a [`Place`] once it
/// holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule<C = Place> {
    /// Mentions of people who are off.
    QuietHours(QuietHours),
    /// Mentions of people in a focus block.
    Focus(Focus),
    /// How long an answer may take.
    ResponseWindow(ResponseWindow),
    /// What may pass at once.
    Urgent(Urgent<C>),
    /// What waited, in one message.
    Digest(Digest),
    /// Standups inside working hours.
    StandupHours(StandupHours),
}

impl<C> Rule<C> {
    /// A kind's rule with the settings that it begins with.
    pub fn usual(kind: Kind) -> Self {
        match kind {
            Kind::QuietHours => Self::QuietHours(QuietHours::default()),
            Kind::Focus => Self::Focus(Focus::default()),
            Kind::ResponseWindow => Self::ResponseWindow(ResponseWindow::default()),
            Kind::Urgent => Self::Urgent(Urgent::new()),
            Kind::Digest => Self::Digest(Digest::default()),
            Kind::StandupHours => Self::StandupHours(StandupHours {}),
        }
    }
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::QuietHours(_) => Kind::QuietHours,
            Self::Focus(_) => Kind::Focus,
            Self::ResponseWindow(_) => Kind::ResponseWindow,
            Self::Urgent(_) => Kind::Urgent,
            Self::Digest(_) => Kind::Digest,
            Self::StandupHours(_) => Kind::StandupHours,
        }
    }
}

/// A norm, as it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Norm {
    /// The team's name for it, unique in its kind.
    pub name: String,
    /// How far jeda goes.
    pub enforce: Enforce,
    /// Where or for whom.
    pub scope: Scope,
    /// Whom and what it leaves alone.
    pub exempt: Exempt,
    /// What it says.
    pub rule: Rule,
}

/// A norm's whole name: `quiet_hours.nights`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NormKey {
    /// Its kind.
    pub kind: Kind,
    /// Its name in its kind.
    pub name: String,
}

impl fmt::Display for NormKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind.key(), self.name)
    }
}

impl Norm {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.rule.kind()
    }
    /// Its whole name.
    pub fn key(&self) -> NormKey {
        NormKey { kind: self.kind(), name: self.name.clone() }
    }
}

/// Every norm of a workspace, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NormSet(pub Vec<Norm>);

impl NormSet {
    /// The norm of this name.
    pub fn named(&self, key: &NormKey) -> Option<&Norm> {
        self.of(key.kind).find(|norm| norm.name == key.name)
    }
    /// Whether any of them looks at mentions.
    pub fn judges_mentions(&self) -> bool {
        let looks = |norm: &Norm| norm.kind().is_about_mentions() && norm.enforce != Enforce::Off;
        self.0.iter().any(looks)
    }
    /// The norms of a kind, in their order.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Norm> {
        self.0.iter().filter(move |norm| norm.kind() == kind)
    }
    /// Every group that decides whom a norm is about. Who is in them has to be known.
    pub fn groups(&self) -> impl Iterator<Item = &GroupId> {
        self.0.iter().flat_map(|norm| {
            let scope = match &norm.scope {
                Scope::Groups(groups) => Some(groups),
                Scope::Workspace | Scope::Channels(_) => None,
            };
            scope.into_iter().chain([&norm.exempt.groups]).flat_map(BTreeMap::keys)
        })
    }
    /// The same norms under the names that channels, groups and people have now.
    #[must_use]
    pub fn with_names_of(mut self, snapshot: &Snapshot) -> Self {
        let channel = |id: &ChannelId, name: &mut String| {
            if let Some(now) = snapshot.channels.get(id) {
                name.clone_from(&now.name);
            }
        };
        let group = |id: &GroupId, name: &mut String| {
            if let Some(now) = snapshot.groups.get(id) {
                name.clone_from(&now.name);
            }
        };
        for norm in &mut self.0 {
            match &mut norm.scope {
                Scope::Workspace => {}
                Scope::Channels(channels) => channels.iter_mut().for_each(|(id, name)| channel(id, name)),
                Scope::Groups(groups) => groups.iter_mut().for_each(|(id, name)| group(id, name)),
            }
            norm.exempt.channels.iter_mut().for_each(|(id, name)| channel(id, name));
            norm.exempt.groups.iter_mut().for_each(|(id, name)| group(id, name));
            for (user, name) in &mut norm.exempt.people {
                if let Some(now) = snapshot.members.get(user) {
                    name.clone_from(&now.name);
                }
            }
            if let Rule::Urgent(Urgent { record: Some(place), .. }) = &mut norm.rule {
                channel(&place.channel, &mut place.name);
            }
        }
        self
    }
}

/// A set of norms that was applied. Revisions are numbered from 1 in each workspace and never change; the newest is
/// live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number.
    pub number: u32,
    /// Who applied it, as they called themselves.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What holds from then on.
    pub set: NormSet,
}

impl Revision {
    /// The revision that follows the live one.
    pub fn after(live: Option<&Self>, by: String, at: Timestamp, set: NormSet) -> Self {
        Self { number: live.map_or(1, |live| live.number + 1), by, at, set }
    }
}

/// What is to be done when norms were applied: people, channels and groups are read anew at once, since the norms may
/// be about a group that nobody has asked about before.
pub fn wakes(workspace: &WorkspaceId, now: Timestamp) -> Vec<WakeChange> {
    let wake = people::Wake::Refresh;
    let due = Due { key: wake.key(), workspace: workspace.clone(), at: now, wake: Wake::People(wake) };
    vec![WakeChange::Set(due)]
}

/// What norms change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A judged message's row.
    Judged(Box<Judged>),
    /// A message is gone, and what was kept of it.
    Forgotten(JudgedId),
    /// An urgent message's row.
    Alert(Box<Alert>),
}

/// Applies a change to a snapshot as the store applies it to the rows.
pub fn apply(snapshot: &mut Snapshot, change: &Change) {
    match change {
        Change::Judged(judged) => drop(snapshot.judged.insert(judged.id.clone(), (**judged).clone())),
        Change::Forgotten(id) => drop(snapshot.judged.remove(id)),
        Change::Alert(alert) => drop(snapshot.alerts.insert(alert.id.clone(), (**alert).clone())),
    }
}

/// What norms owe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A word to an author whose message reached somebody who is off.
    Nudge {
        /// Which message.
        judged: JudgedId,
        /// Who wrote it.
        author: UserId,
    },
    /// A reply that told an author removes itself.
    Unsay {
        /// Which message it told of.
        judged: JudgedId,
        /// The reply.
        posted: Posted,
    },
    /// An urgent message on record, in the channel that the team chose.
    Record {
        /// Which.
        alert: JudgedId,
    },
    /// A word to somebody that something can't wait.
    Tell {
        /// What.
        alert: JudgedId,
        /// Whom.
        to: UserId,
    },
    /// What readers see beside a message.
    Note {
        /// Beside which.
        spot: Spot,
        /// Who wrote it.
        author: UserId,
        /// What.
        note: Note,
    },
}

impl Effect {
    /// What its receipts are about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Nudge { judged, .. } => judged.nudge(),
            Self::Unsay { judged, .. } => Subject::new(format!("unsay/{judged}")),
            Self::Record { alert } => alert.record(),
            Self::Tell { alert, to } => alert.alert(to),
            Self::Note { spot, .. } => Subject::new(format!("note/{}", JudgedId::of(&spot.channel, &spot.message))),
        }
    }
}

/// Why a norm's message was not sent. Copy: `norm-why-*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The message that it is about is gone, or its author said that no answer is needed.
    Forgotten,
    /// A nudge that comes late helps nobody.
    TooLate,
    /// The platform refused it.
    Refused(Refusal),
}

/// What a norm's buttons do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// "It's fine as it is": no answer is needed.
    Fine(JudgedId),
    /// "Deliver in their hours".
    Deliver(JudgedId),
    /// "It's urgent": asks for the reason.
    Urgent(JudgedId),
}

impl Token for Action {
    fn token(&self) -> String {
        match self {
            Self::Fine(id) => format!("fine/{id}"),
            Self::Deliver(id) => format!("deliver/{id}"),
            Self::Urgent(id) => format!("urgent/{id}"),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        let (verb, id) = text.split_once('/').filter(|(_, id)| !id.is_empty())?;
        let id = JudgedId::new(id);
        match verb {
            "fine" => Some(Self::Fine(id)),
            "deliver" => Some(Self::Deliver(id)),
            "urgent" => Some(Self::Urgent(id)),
            _ => None,
        }
    }
}

/// A norm's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormId {
    /// Why something can't wait: field `reason`.
    Urgent(JudgedId),
    /// Until when a reply is wished for: field `by`.
    ReplyBy(JudgedId),
}

impl Token for FormId {
    fn token(&self) -> String {
        match self {
            Self::Urgent(id) => format!("urgent/{id}"),
            Self::ReplyBy(id) => format!("by/{id}"),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        let (verb, id) = text.split_once('/').filter(|(_, id)| !id.is_empty())?;
        let id = JudgedId::new(id);
        match verb {
            "urgent" => Some(Self::Urgent(id)),
            "by" => Some(Self::ReplyBy(id)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
