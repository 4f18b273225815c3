//! The second door: whether an owed effect may go out now, and in which words.

use crate::{
    ask, digest,
    effect::{Effect, Outgoing, Owed},
    event::Errand,
    later, norm, people,
    receipt::Why,
    snapshot::{Need, Scope, Snapshot},
    standup,
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// What `release` says of an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Release {
    /// Send this now.
    Send(Outgoing),
    /// Ask the platform this now.
    Ask(Errand),
    /// Not yet: look again then. Quiet hours bind the bot itself.
    Wait(Timestamp),
    /// Not any more, and why.
    Skip(Why),
}

/// Which rows [`release`] needs to judge this effect.
pub fn scope(owed: &Owed) -> Scope {
    let needs: BTreeSet<Need> = match &owed.effect {
        Effect::Standup(effect) => standup::release_needs(effect),
        Effect::People(effect) => people::release_needs(effect),
        Effect::Norm(effect) => norm::release_needs(effect),
        Effect::Later(effect) => later::release_needs(effect),
        Effect::Ask(effect) => ask::release_needs(effect),
        Effect::Digest(effect) => digest::release_needs(effect),
        Effect::Errand(_) => BTreeSet::new(),
    };
    Scope { workspace: owed.workspace.clone(), needs }
}

/// Whether an effect may go out now, and in which words.
pub fn release(snapshot: &Snapshot, owed: &Owed, now: Timestamp) -> Release {
    match &owed.effect {
        Effect::Standup(effect) => standup::release(snapshot, owed, effect, now),
        Effect::People(effect) => people::release(snapshot, owed, effect, now),
        Effect::Norm(effect) => norm::release(snapshot, owed, effect, now),
        Effect::Later(effect) => later::release(snapshot, owed, effect, now),
        Effect::Ask(effect) => ask::release(snapshot, owed, effect, now),
        Effect::Digest(effect) => digest::release(snapshot, owed, effect, now),
        Effect::Errand(errand) => Release::Ask(errand.clone()),
    }
}
