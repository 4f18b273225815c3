//! A standup's words at the moment they go out.

use super::Effect;
use crate::{
    effect::Owed,
    people,
    receipt::Why,
    release::Release,
    snapshot::{Need, Snapshot},
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Rows that releasing this effect needs.
pub fn release_needs(_effect: &Effect) -> BTreeSet<Need> {
    BTreeSet::new()
}

/// Whether it may go out now, and in which words.
pub fn release(_snapshot: &Snapshot, _owed: &Owed, _effect: &Effect, _now: Timestamp) -> Release {
    Release::Skip(Why::People(people::Why::Obsolete))
}
