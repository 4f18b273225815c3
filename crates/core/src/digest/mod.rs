//! Promise 2 to the team: deep work is protected. What waited for somebody comes in one direct message when their day
//! begins, and at further times that they choose, and only when something waited.
//!
//! What waits is an [`Item`], a row of its own, put by the feature that it comes from. An item is in one digest at most,
//! unless its reader puts it off themselves, and in none once it was withdrawn. Whoever wants no digest says
//! `/digest off`; what waits for them is then shown when they ask. A team opts out by a norm that is off.

mod command;
mod decide;
mod gather;
mod one;
mod page;
mod release;
mod rule;
mod when;

pub use command::answers;
pub use decide::{beginning, decide, needs};
pub(crate) use gather::{Mentioned, put, withdraw};
pub(crate) use page::Line;
pub use release::{release, release_needs};
pub(crate) use rule::{When, is_wanted};

use crate::{
    action::Token,
    ask::AskId,
    event::{Posted, Refusal},
    id::{ChannelId, MessageId, StandupId, Subject, UserId, WakeKey, short},
    norm::{self, Conversation, JudgedId, digest::Part},
    receipt,
    snapshot::Snapshot,
    standup::{EntryKey, RoundKey},
};
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt};

macro_rules! short_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);
        impl $name {
            fn derived(text: &str) -> Self {
                Self(short(text))
            }
            /// A name as a button or a row brought it back.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }
            /// Its spelling.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

short_id! {
    /// The name of something that waits: short and of lower-case characters, so that a button can carry it.
    ItemId
}
short_id! {
    /// The name of a digest, likewise.
    DigestId
}

impl DigestId {
    /// What the receipts of a digest are about.
    pub fn subject(&self) -> Subject {
        Subject::new(format!("digest/{self}"))
    }
}

/// Something that waits for one person until their digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name, derived from its reader and its source: putting it twice is putting it once.
    pub id: ItemId,
    /// For whom it waits.
    pub reader: UserId,
    /// What it is.
    pub source: Source,
    /// Whose words or deed it is, where it is one person's.
    pub from: Option<UserId>,
    /// Where it happened; items are grouped by it.
    pub place: Option<ChannelId>,
    /// In which thread, where it is in one.
    pub thread: Option<MessageId>,
    /// The message that tells the rest, for a link.
    pub posted: Option<Posted>,
    /// The beginning of somebody's words, at most [`LINE_CHARS_MAX`](crate::limit::LINE_CHARS_MAX) characters; where the
    /// platform doesn't show them to the bot, or they are somebody's to keep, none.
    pub line: Option<String>,
    /// Until when it wants an answer.
    pub due: Option<Timestamp>,
    /// Since when it waits.
    pub since: Timestamp,
    /// Where it is.
    pub state: State,
}

/// What an item is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A question waits for the reader's answer.
    Ask(AskId),
    /// Somebody mentioned the reader while they were off.
    Mention(JudgedId),
    /// Something urgent happened while the reader was off.
    Urgent(JudgedId),
    /// A teammate's blocker names the reader.
    Blocker(EntryKey),
    /// A standup's report came while the reader was off.
    Handoff(RoundKey),
}

impl Source {
    /// The part of the digest that it belongs to.
    pub fn part(&self) -> Part {
        match self {
            Self::Ask(_) => Part::Asks,
            Self::Mention(_) => Part::Mentions,
            Self::Urgent(_) => Part::Urgent,
            Self::Blocker(_) => Part::Blockers,
            Self::Handoff(_) => Part::Handoff,
        }
    }
    fn path(&self) -> String {
        match self {
            Self::Ask(id) => format!("ask/{id}"),
            Self::Mention(id) => format!("mention/{id}"),
            Self::Urgent(id) => format!("urgent/{id}"),
            Self::Blocker(entry) => format!("blocker/{}", entry.path()),
            Self::Handoff(round) => format!("handoff/{}", round.path()),
        }
    }
    /// The name of the item that it is for this reader.
    pub fn for_reader(&self, reader: &UserId) -> ItemId {
        ItemId::derived(&format!("{reader}/{}", self.path()))
    }
}

/// Where an item is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits for a digest.
    Waiting {
        /// Not in one before that: its reader put it off.
        not_before: Option<Timestamp>,
    },
    /// It is in a digest that is owed.
    Taken(DigestId),
    /// It came in a digest, and its reader has said nothing of it yet.
    Shown {
        /// Which.
        digest: DigestId,
        /// When.
        at: Timestamp,
    },
    /// Its reader is done with it, or it was only counted.
    Closed {
        /// When.
        at: Timestamp,
    },
}

impl Item {
    /// Whether it waits, and may be in a digest now.
    pub(crate) fn is_due(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Waiting { not_before } if not_before.is_none_or(|at| at <= now))
    }
    /// The digest that it is in, or came in.
    pub fn digest(&self) -> Option<&DigestId> {
        match &self.state {
            State::Taken(digest) | State::Shown { digest, .. } => Some(digest),
            State::Waiting { .. } | State::Closed { .. } => None,
        }
    }
    /// When nothing more will happen to it by itself.
    pub fn settled_at(&self) -> Option<Timestamp> {
        match self.state {
            State::Waiting { .. } | State::Taken(_) => None,
            State::Shown { at, .. } | State::Closed { at } => Some(at),
        }
    }
    /// What its reader would hear no more of.
    pub(crate) fn topic(&self) -> Option<Topic> {
        match &self.source {
            Source::Mention(_) => {
                let channel = self.place.clone()?;
                Some(Topic::Conversation(Conversation { channel, thread: self.thread.clone() }))
            }
            Source::Blocker(entry) => Some(Topic::Standup(entry.round.standup.clone())),
            Source::Handoff(round) => Some(Topic::Standup(round.standup.clone())),
            Source::Urgent(_) | Source::Ask(_) => None,
        }
    }
    fn now_in(&self, state: State) -> Self {
        Self { state, ..self.clone() }
    }
}

/// What somebody wants to hear no more of in their digest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// A thread, or a channel outside of its threads.
    Conversation(Conversation),
    /// A standup.
    Standup(StandupId),
}

/// What somebody chose for their own digest.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Own {
    /// When it comes.
    pub when: Choice,
    /// What they want to hear no more of.
    #[serde(default)]
    pub muted: BTreeSet<Topic>,
}

/// When somebody's digest comes.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// As the team agreed.
    #[default]
    Team,
    /// When their day begins, whatever the team agreed.
    StartOfDay,
    /// At these times of theirs, in order; at least one.
    At(Vec<civil::Time>),
    /// Not at all.
    Off,
}

/// What a digest changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something waits, unless it does or did already.
    Came(Box<Item>),
    /// An item's row.
    Item(Box<Item>),
    /// It is nothing to wait for any more.
    Gone(ItemId),
}

/// Applies a change to a snapshot as the store applies it to the rows.
pub fn apply(snapshot: &mut Snapshot, change: &Change) {
    match change {
        Change::Came(item) => drop(snapshot.items.entry(item.id.clone()).or_insert_with(|| (**item).clone())),
        Change::Item(item) => drop(snapshot.items.insert(item.id.clone(), (**item).clone())),
        Change::Gone(id) => drop(snapshot.items.remove(id)),
    }
}

/// What is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A digest.
    Send {
        /// Which.
        digest: DigestId,
        /// Whose.
        reader: UserId,
        /// They asked for it, so it doesn't wait for their hours.
        asked: bool,
    },
}

impl Effect {
    /// What its receipts are about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Send { digest, .. } => digest.subject(),
        }
    }
}

/// What is to be done at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wake {
    /// Gather what waits for this person.
    Gather(UserId),
}

impl Wake {
    /// The wake's key; setting it again moves it.
    pub fn key(&self) -> WakeKey {
        match self {
            Self::Gather(user) => WakeKey::new(format!("digest/{user}")),
        }
    }
}

/// Why a digest took the way it did. Copy: `digest-why-*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The norm only observes: so many items would have been in it.
    Observed(usize),
    /// Nothing in it waits any more.
    Empty,
    /// The platform refused it; what is in it waits for the next.
    Refused(Refusal),
    /// It goes by this norm of this revision.
    Norm(norm::NormKey, u32),
}

impl From<Why> for receipt::Why {
    fn from(why: Why) -> Self {
        Self::Digest(why)
    }
}

/// What a digest's buttons do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Shows the last items of a digest, so many. Counted from the end, so that whatever was dealt with meanwhile hides
    /// none of them.
    More(DigestId, usize),
    /// Shows the first item of a digest that its reader has said nothing of, to be sorted.
    Sort(DigestId),
    /// Shows the item after this one.
    Next(ItemId),
    /// They are done with it.
    Done(ItemId),
    /// They want to see it again tomorrow.
    Tomorrow(ItemId),
    /// They want to hear no more of what it is about.
    Mute(ItemId),
    /// They are done with everything in a digest.
    AllDone(DigestId),
    /// They want to hear of this again: a short name of what they muted.
    Unmute(String),
    /// They want what waits now.
    Now,
}

impl Token for Action {
    fn token(&self) -> String {
        match self {
            Self::More(digest, last) => format!("more/{digest}/{last}"),
            Self::Sort(digest) => format!("sort/{digest}"),
            Self::Next(item) => format!("next/{item}"),
            Self::Done(item) => format!("done/{item}"),
            Self::Tomorrow(item) => format!("tomorrow/{item}"),
            Self::Mute(item) => format!("mute/{item}"),
            Self::AllDone(digest) => format!("all/{digest}"),
            Self::Unmute(topic) => format!("unmute/{topic}"),
            Self::Now => "now/all".to_owned(),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        let (verb, rest) = text.split_once('/').filter(|(_, rest)| !rest.is_empty())?;
        Some(match verb {
            "more" => {
                let (digest, last) = rest.split_once('/')?;
                Self::More(DigestId::new(digest), last.parse().ok()?)
            }
            "sort" => Self::Sort(DigestId::new(rest)),
            "next" => Self::Next(ItemId::new(rest)),
            "done" => Self::Done(ItemId::new(rest)),
            "tomorrow" => Self::Tomorrow(ItemId::new(rest)),
            "mute" => Self::Mute(ItemId::new(rest)),
            "all" => Self::AllDone(DigestId::new(rest)),
            "unmute" => Self::Unmute(rest.to_owned()),
            "now" if rest == "all" => Self::Now,
            _ => return None,
        })
    }
}

impl Topic {
    /// A short name of it, for a button.
    pub(crate) fn name(&self) -> String {
        short(&match self {
            Self::Conversation(conversation) => format!("conversation/{conversation}"),
            Self::Standup(standup) => format!("standup/{standup}"),
        })
    }
}

#[cfg(test)]
mod tests;
