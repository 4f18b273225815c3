//! Promise 5 to the team: time to answer well. A question names whom it asks, and each of them has a window in their own
//! working hours: it never ends while they are off, and it moves when they go on leave.
//!
//! Nobody is pushed in their quiet hours, and nobody is reminded more than once. Whoever asked reads one summary, in their
//! own hours, when the last window is over or everybody has answered. There is nothing to opt out of: not to answer is an
//! answer, too. A question and its answers are kept until the retention ends, and reach no log.

mod answer;
mod command;
mod decide;
mod leave;
mod release;
pub mod window;

pub use command::answers;
pub use decide::{decide, needs};
pub use release::{release, release_needs};

use crate::{
    action::Token,
    event::Posted,
    id::{ChannelId, MessageId, Subject, UserId, WakeKey, short},
    people::Workspace,
    receipt,
    snapshot::Snapshot,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// The name of a question: short and of lower-case characters, so that a button can carry it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AskId(String);

impl AskId {
    /// The name of the question that this command made.
    pub(crate) fn derived(text: &str) -> Self {
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

impl fmt::Display for AskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A question to several people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Its name.
    pub id: AskId,
    /// Its number among its asker's questions, by which they speak of it. Never given twice.
    pub number: u32,
    /// Who asks.
    pub asker: UserId,
    /// Where it was asked.
    pub channel: ChannelId,
    /// The question, as its asker saw it.
    pub text: String,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The message that asks it, once it is there.
    pub posted: Option<Posted>,
    /// Who is asked.
    pub people: BTreeMap<UserId, Asked>,
    /// Where it is.
    pub state: State,
    /// Counts how often it was closed: only the summary that was owed last goes out.
    pub closings: u32,
    /// It was changed before its message was known to be there, so that message may say what it was.
    #[serde(default)]
    pub is_behind: bool,
}

/// Where a question is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits for answers.
    Open,
    /// It waits no more, and its asker has yet to be told.
    Closed {
        /// Why.
        end: End,
        /// When.
        at: Timestamp,
    },
    /// Nothing more happens. The retention counts from here.
    Settled {
        /// Why it was closed.
        end: End,
        /// When it was settled.
        at: Timestamp,
    },
}

/// Why a question was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Everybody who is there has answered.
    Answered,
    /// The last window is over, or nobody is left who could answer.
    Over,
    /// Its asker took it back.
    Cancelled,
    /// It could not be posted.
    Unposted(receipt::Why),
}

/// Somebody's part in a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// When their window ends.
    pub due: Timestamp,
    /// From when it is counted.
    pub since: Timestamp,
    /// How many minutes inside their hours it has from then on.
    pub minutes: i64,
    /// How many of these minutes before its end they are reminded; none where they are not.
    pub remind_before: Option<i64>,
    /// Counts how often it was moved: only the reminder that was owed last goes out.
    pub turn: u32,
    /// When they were reminded.
    pub reminded: Option<Timestamp>,
    /// Whether the question waits for them.
    pub standing: Standing,
    /// Whether the asker was told that they went away. Once is enough.
    pub told_away: bool,
    /// What they answered, in order; empty while they have not.
    pub answer: Vec<Part>,
}

/// Whether a question waits for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It does.
    Waits,
    /// They are away, and nobody knows for how long, or for too long. They may still answer.
    Away,
    /// They are no longer here.
    Gone,
}

/// A piece of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The message that it was said in; none for what the form brought.
    pub message: Option<MessageId>,
    /// The thread that this message stands in, where threads are channels of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<ChannelId>,
    /// What it says. None where the platform doesn't tell, or where it is too long to be told again: it is read where it
    /// stands.
    pub words: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Asked {
    /// Whether they have answered.
    pub fn has_answered(&self) -> bool {
        !self.answer.is_empty()
    }
    /// Whether their answer is still waited for.
    pub fn is_waited_for(&self) -> bool {
        self.standing == Standing::Waits && !self.has_answered()
    }
}

impl Ask {
    /// Whether it waits for answers.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }
    /// Whether answers are still taken: until the asker has read the summary.
    pub fn takes_answers(&self) -> bool {
        matches!(self.state, State::Open | State::Closed { end: End::Answered | End::Over, .. })
    }
    /// When it came to its end.
    pub fn settled_at(&self) -> Option<Timestamp> {
        match &self.state {
            State::Settled { at, .. } => Some(*at),
            State::Open | State::Closed { .. } => None,
        }
    }
    /// Why it was closed.
    pub fn end(&self) -> Option<&End> {
        match &self.state {
            State::Closed { end, .. } | State::Settled { end, .. } => Some(end),
            State::Open => None,
        }
    }
    /// When the last window ends of those who are waited for.
    pub fn ends_at(&self) -> Option<Timestamp> {
        self.people.values().filter(|asked| asked.is_waited_for()).map(|asked| asked.due).max()
    }
    /// Every message that belongs to it: its own, and the answers.
    pub fn messages(&self) -> impl Iterator<Item = &MessageId> {
        let answers = self.people.values().flat_map(|asked| &asked.answer).filter_map(|part| part.message.as_ref());
        self.posted.iter().map(|posted| &posted.message).chain(answers)
    }
    /// Where a piece of an answer is found, when it is one that can't be told again and the platform has told how its
    /// messages are found.
    pub(crate) fn link(&self, workspace: &Workspace, part: &Part) -> Option<String> {
        let message = part.message.as_ref().filter(|_| part.words.is_none())?;
        workspace.link_to(part.thread.as_ref().unwrap_or(&self.channel), message)
    }
    /// What the receipts of its message are about.
    pub fn subject(&self) -> Subject {
        Effect::Post { id: self.id.clone() }.subject()
    }
}

/// What changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A question's row.
    Ask(Box<Ask>),
}

/// Applies a change to a snapshot as the store applies it to the rows.
pub fn apply(snapshot: &mut Snapshot, change: &Change) {
    let Change::Ask(ask) = change;
    let newest = snapshot.ask_numbers.entry(ask.asker.clone()).or_default();
    *newest = ask.number.max(*newest);
    snapshot.asks.insert(ask.id.clone(), (**ask).clone());
}

/// What is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The question, where it was asked.
    Post {
        /// Which.
        id: AskId,
    },
    /// The same message, as it is now: changed, moved, closed or taken back.
    Update {
        /// Which.
        id: AskId,
    },
    /// A word to somebody who has not answered, before their window ends.
    Remind {
        /// Which.
        id: AskId,
        /// Who.
        user: UserId,
        /// As of which time that their window was moved.
        turn: u32,
    },
    /// A word to the asker: somebody went away.
    Moved {
        /// Which.
        id: AskId,
        /// Who.
        user: UserId,
    },
    /// What came of it, to the asker.
    Summary {
        /// Which.
        id: AskId,
        /// As of which time that it was closed.
        closing: u32,
    },
}

impl Effect {
    /// What its receipts are about.
    pub fn subject(&self) -> Subject {
        Subject::new(match self {
            Self::Post { id } => format!("ask/{id}"),
            Self::Update { id } => format!("ask-update/{id}"),
            Self::Remind { id, user, .. } => format!("ask-remind/{id}/{user}"),
            Self::Moved { id, user } => format!("ask-moved/{id}/{user}"),
            Self::Summary { id, .. } => format!("ask-summary/{id}"),
        })
    }
    /// The question that it is about.
    pub fn id(&self) -> &AskId {
        match self {
            Self::Post { id }
            | Self::Update { id }
            | Self::Remind { id, .. }
            | Self::Moved { id, .. }
            | Self::Summary { id, .. } => id,
        }
    }
}

/// Why a question took the way it did. Copy: `ask-why-*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its asker took it back.
    Cancelled,
    /// Everybody who is there has answered.
    AllAnswered,
    /// The last window is over.
    WindowOver,
    /// They have answered.
    Answered,
    /// They took their answer back.
    TookBack,
    /// They went on leave, so their window ends later.
    Moved,
    /// They are away, and nobody knows until when, so it waits for them no more.
    Away,
    /// Their window is over.
    TooLate,
}

/// What is to be done at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wake {
    /// The last window of a question is over.
    End(AskId),
}

impl Wake {
    /// The wake's key; setting it again moves it.
    pub fn key(&self) -> WakeKey {
        match self {
            Self::End(id) => WakeKey::new(format!("ask/{id}")),
        }
    }
}

/// What buttons do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Opens the form to answer.
    Answer(AskId),
    /// Takes a question back.
    Cancel(AskId),
}

impl Token for Action {
    fn token(&self) -> String {
        match self {
            Self::Answer(id) => format!("answer/{id}"),
            Self::Cancel(id) => format!("cancel/{id}"),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        let (verb, id) = text.split_once('/').filter(|(_, id)| !id.is_empty())?;
        match verb {
            "answer" => Some(Self::Answer(AskId::new(id))),
            "cancel" => Some(Self::Cancel(AskId::new(id))),
            _ => None,
        }
    }
}

/// A form of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormId {
    /// Somebody's answer: field `answer`.
    Answer(AskId),
}

impl Token for FormId {
    fn token(&self) -> String {
        match self {
            Self::Answer(id) => format!("answer/{id}"),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        let (verb, id) = text.split_once('/')?;
        (verb == "answer" && !id.is_empty()).then(|| Self::Answer(AskId::new(id)))
    }
}

#[cfg(test)]
mod tests;
