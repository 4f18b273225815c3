//! What happens to people, channels and workspaces.
use crate::{
    decide::{Cause, Decision},
    event::Event,
    snapshot::{Need, Snapshot},
};
use std::{borrow::Cow, collections::BTreeSet};

/// Rows that people's decisions need for this event.
pub fn needs(_event: &Event) -> BTreeSet<Need> {
    todo!()
}

/// What an event changes about people. Returns the snapshot as later features shall see it: with these changes in it.
pub fn decide<'s>(_snapshot: &'s Snapshot, _event: &Event, _cause: &mut Cause<'_>) -> (Decision, Cow<'s, Snapshot>) {
    todo!()
}
