//! What is to be done at a time.

use crate::{
    ask, digest,
    id::{WakeKey, WorkspaceId},
    later, people, standup,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wake {
    /// A standup's.
    Standup(standup::Wake),
    /// About people and workspaces.
    People(people::Wake),
    /// A question's.
    Ask(ask::Wake),
    /// A digest's.
    Digest(digest::Wake),
    /// A held message's.
    Later(later::Wake),
}

/// A wake with its name and time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Its name.
    pub key: WakeKey,
    /// Where.
    pub workspace: WorkspaceId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub wake: Wake,
}

/// A change to the wakes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WakeChange {
    /// Set it, or move it when it is there.
    Set(Due),
    /// Set it, or move it to an earlier time; nothing happens when it is there for an earlier one.
    Sooner(Due),
    /// Take it away; nothing happens when it isn't there.
    Clear(WakeKey),
}
