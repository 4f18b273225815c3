//! What a decision changes. Each change writes whole rows: deciding twice writes the same.

use crate::{ask, digest, id::UserId, later, norm, people, standup};

/// A change of one feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// People, channels and workspaces.
    People(people::Change),
    /// Standups.
    Standup(standup::Change),
    /// What norms found.
    Norm(norm::Change),
    /// Messages that wait.
    Later(later::Change),
    /// Questions.
    Ask(ask::Change),
    /// What waits for digests.
    Digest(digest::Change),
}

impl Change {
    /// Whose it is, where it is one of the rows that [`Need::Member`](crate::snapshot::Need::Member) loads.
    pub fn member(&self) -> Option<&UserId> {
        match self {
            Self::People(change) => change.member(),
            Self::Standup(change) => change.member(),
            Self::Norm(_) | Self::Later(_) | Self::Ask(_) | Self::Digest(_) => None,
        }
    }
}
