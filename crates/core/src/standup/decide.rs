//! What happens to standups.
use crate::{
    decide::{Cause, Decision},
    event::Event,
    snapshot::{Need, Snapshot},
};
use std::collections::BTreeSet;

/// Rows that a standup's decisions need for this event.
pub fn needs(_event: &Event) -> BTreeSet<Need> {
    todo!()
}

/// What an event changes about standups. `snapshot` already has what people's decision changed.
pub fn decide(_snapshot: &Snapshot, _event: &Event, _cause: &mut Cause<'_>) -> Decision {
    todo!()
}
