//! What became of everything that fell due.

use crate::{
    ask, digest,
    id::{InboxKey, Subject, WorkspaceId},
    later, norm, people, standup,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One line of the record that `jeda explain` and `/standup receipts` read. Holds no member's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Where.
    pub workspace: WorkspaceId,
    /// What it is about: the same as the message's subject (`prompt/s1/2026-11-24/U1`).
    pub subject: Subject,
    /// When it was settled.
    pub at: Timestamp,
    /// What caused it.
    pub cause: InboxKey,
    /// What became of it.
    pub what: What,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Sent once, in time.
    Sent,
    /// Sent once, late, and why.
    SentLate(Why),
    /// Not sent, and why.
    Skipped(Why),
    /// Something happened that is worth remembering (answered, edited, closed).
    Noted(Why),
}

/// Why. Each has a sentence in every language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A standup's reason.
    Standup(standup::Why),
    /// A reason of hours, absence or platform.
    People(people::Why),
    /// A norm's reason.
    Norm(norm::Why),
    /// A reason of messages that wait.
    Later(later::Why),
    /// A question's reason.
    Ask(ask::Why),
    /// A digest's reason.
    Digest(digest::Why),
}
