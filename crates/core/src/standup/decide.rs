//! What happens to standups.
//!
//! Planning, asking, answering, closing and reporting are written in the files beside this one; the commands that
//! begin a standup, and its words, are not yet. Until they are, nothing here decides anything: a standup's command
//! is told so, in [`crate::copy::standup`].

use crate::{
    copy,
    decide::{Cause, Decision},
    event::Event,
    language::Language,
    message::Reply,
    snapshot::{Need, Snapshot},
};
use std::collections::BTreeSet;

/// Rows that a standup's decisions need for this event.
pub fn needs(event: &Event) -> BTreeSet<Need> {
    match event {
        Event::Command { by, .. } => [Need::Member(by.user.clone())].into(),
        _ => BTreeSet::new(),
    }
}

/// What an event changes about standups. `snapshot` already has what people's decision changed.
pub fn decide(snapshot: &Snapshot, event: &Event, _cause: &mut Cause<'_>) -> Decision {
    match event {
        Event::Command { by, invocation }
            if invocation.path.first().is_some_and(|root| root == "standup")
                && crate::command::find(&invocation.path).is_some() =>
        {
            let language = snapshot.members.get(&by.user).map(|member| member.language(&snapshot.workspace));
            let language: Language = language.or(by.language).unwrap_or(snapshot.workspace.language);
            Decision::reply(Reply::Say(copy::standup::not_yet(language)))
        }
        _ => Decision::default(),
    }
}
