//! What is kept of a message that a norm had something to say about: who was off, what was done, and why. Never its
//! words.

use super::{
    Enforce, NormKey,
    verdict::{Act, Plainly, Reach, Verdict, Why},
};
use crate::{
    id::{ChannelId, MessageId, Subject, UserId, short},
    time::State,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a judged message: short and of lower-case characters, so that a button can carry it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JudgedId(String);

impl JudgedId {
    /// The name of a channel's message.
    pub fn of(channel: &ChannelId, message: &MessageId) -> Self {
        Self(short(&format!("{channel}/{message}")))
    }
    /// A name as a button brought it back.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// Its spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// What the receipts of its nudge are about.
    pub fn nudge(&self) -> Subject {
        Subject::new(format!("nudge/{self}"))
    }
}

impl fmt::Display for JudgedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where something is said: a thread by its first message, or a channel outside of its threads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Conversation {
    /// In which channel.
    pub channel: ChannelId,
    /// In which thread.
    pub thread: Option<MessageId>,
}

impl Conversation {
    /// Whether a platform's channel is where this is said: on some a thread is a channel of its own.
    pub fn is_at(&self, channel: &ChannelId) -> bool {
        self.channel == *channel || self.thread.as_ref().is_some_and(|thread| thread.as_str() == channel.as_str())
    }
}

impl fmt::Display for Conversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.thread {
            Some(thread) => write!(f, "{}/{thread}", self.channel),
            None => write!(f, "{}", self.channel),
        }
    }
}

/// A message that a norm had something to say about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// Its name.
    pub id: JudgedId,
    /// Which message.
    pub message: MessageId,
    /// Where.
    pub conversation: Conversation,
    /// Who wrote it.
    pub author: UserId,
    /// When it was judged last.
    pub at: Timestamp,
    /// When its author was told, or would have been where norms only observe; none where they were told not long before.
    pub told_at: Option<Timestamp>,
    /// Its author said that no answer is needed.
    pub fine: bool,
    /// Its author said that it can't wait, and it is on record.
    #[serde(default)]
    pub urgent: bool,
    /// Those who were off, and what was done about each, at most [`FINDINGS_MAX`](crate::limit::FINDINGS_MAX).
    pub findings: Vec<Finding>,
    /// How many more there were.
    pub more: usize,
}

/// One recipient who was off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Who.
    pub recipient: UserId,
    /// What was done.
    pub done: Done,
    /// The norm that asked for it.
    pub norm: NormKey,
    /// The revision that the norm was in.
    pub revision: u32,
    /// How the message reaches them.
    pub reach: Reach,
    /// What they were doing.
    pub state: State,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// What was done about a recipient who was off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Noted, without a word to anyone.
    Observed,
    /// The author is told.
    Nudged(Plainly),
    /// The author was told in the same conversation not long before. It waits for the recipient's digest like the
    /// message before it.
    Noted,
    /// The message is taken back until their time has come.
    Held,
}

impl Finding {
    /// What a verdict comes to; nothing where the message is simply delivered.
    /// Once one recipient has it held, it is held for all.
    pub(super) fn of(verdict: &Verdict<'_>, is_held: bool) -> Option<Self> {
        let done = match verdict.act {
            Act::Deliver(Why::NudgedAt(_)) if verdict.norm.is_some_and(|norm| norm.enforce > Enforce::Observe) => {
                if is_held {
                    Done::Held
                } else {
                    Done::Noted
                }
            }
            Act::Deliver(_) => return None,
            Act::Observe => Done::Observed,
            Act::Nudge(_) if is_held => Done::Held,
            Act::Nudge(plainly) => Done::Nudged(plainly),
            Act::Hold => Done::Held,
        };
        Some(Self {
            recipient: verdict.recipient.clone(),
            done,
            norm: verdict.norm?.key(),
            revision: verdict.revision?,
            reach: verdict.reach?,
            state: verdict.availability.state.clone(),
            until: verdict.availability.until,
        })
    }
}

impl Judged {
    /// Those about whom its author is told, the first to be back first.
    pub fn nudged(&self) -> Vec<&Finding> {
        let is_told = |it: &&Finding| matches!(it.done, Done::Nudged(_) | Done::Held);
        let mut all: Vec<&Finding> = self.findings.iter().filter(is_told).collect();
        all.sort_by_key(|it| (it.until.unwrap_or(Timestamp::MAX), it.recipient.clone()));
        all
    }
}
