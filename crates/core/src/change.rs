//! What a decision changes. Each change writes whole rows: deciding twice writes the same.

use crate::{people, standup};

/// A change of one feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// People, channels and workspaces.
    People(people::Change),
    /// Standups.
    Standup(standup::Change),
}
