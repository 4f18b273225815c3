//! `/standup join`, `leave` and `skip`: what everyone may do for themselves.

use super::super::{
    Entry, EntryState, Standup, StandupState, answer,
    desk::Desk,
    form::{language, read_reason},
    plan::replan,
    roster::{known, names, takes_part},
};
use super::list::next_prompt;
use crate::{
    command::Invocation,
    copy::standup as words,
    event::Origin,
    limit,
    message::{Message, Text},
};

/// Takes part from the next prompt on.
pub(super) fn join(desk: &mut Desk<'_, '_, '_>, by: &Origin, mut standup: Standup) -> Message {
    let language = language(&desk.seen, &by.user);
    if takes_part(&desk.seen, &standup, &by.user) {
        return words::joined_already(language, &standup.name);
    }
    standup.left.remove(&by.user);
    if !names(&desk.seen, &standup, &by.user) {
        standup.joined.insert(by.user.clone());
    }
    if super::super::roster::roster(&desk.seen, &standup).len() > limit::PARTICIPANTS_MAX {
        return words::standup_full(language, &standup.name, limit::PARTICIPANTS_MAX);
    }
    let (id, name) = (standup.id.clone(), standup.name.clone());
    desk.put_standup(standup);
    replan(desk, &id, Some(&by.user));
    match next_prompt(&desk.seen, &id, &by.user, desk.now()) {
        Some((at, zone)) => words::joined(language, &name, at, &zone),
        None => words::joined_paused(language, &name),
    }
}

/// No longer takes part. What they answered stays in its report.
pub(super) fn leave(desk: &mut Desk<'_, '_, '_>, by: &Origin, mut standup: Standup) -> Message {
    let language = language(&desk.seen, &by.user);
    // Who is not known not to be named may leave all the same.
    let unknown = !known(&desk.seen, &standup.who, &standup.channel);
    let named = unknown || names(&desk.seen, &standup, &by.user);
    let joined = standup.joined.remove(&by.user);
    if !joined && (!named || standup.left.contains(&by.user)) {
        return words::left_already(language, &standup.name);
    }
    if named {
        standup.left.insert(by.user.clone());
    }
    let (id, name) = (standup.id.clone(), standup.name.clone());
    desk.put_standup(standup);
    replan(desk, &id, Some(&by.user));
    words::left(language, &name)
}

/// Skips what is open for them today: of the standup that they name, or of all, and says so.
pub(super) fn skip(desk: &mut Desk<'_, '_, '_>, by: &Origin, invocation: &Invocation) -> Message {
    let language = language(&desk.seen, &by.user);
    let only = match invocation.arg("name").map(|name| super::find(desk, by, Some(name))) {
        Some(Err(say)) => return say,
        Some(Ok(standup)) => Some(standup.id),
        None => None,
    };
    let reason = match read_reason(language, invocation.arg("reason")) {
        Ok(reason) => reason,
        Err(wrong) => return Message::of(Text::plain(wrong)),
    };
    let zone = desk.seen.members.get(&by.user).map_or(desk.seen.workspace.zone, |it| it.zone(&desk.seen.workspace));
    let today = super::super::slot::date_in(desk.now(), &zone);
    let mine: Vec<Entry> = desk
        .seen
        .entries
        .values()
        .filter(|entry| entry.key.user == by.user && only.as_ref().is_none_or(|id| entry.key.round.standup == *id))
        .filter(|entry| desk.seen.rounds.get(&entry.key.round).is_some_and(|round| round.closed_at.is_none()))
        // What waits for an answer now, and what would be asked later today.
        .filter(|it| match it.state {
            EntryState::Asked | EntryState::Prompted => true,
            EntryState::Planned => super::super::slot::date_in(it.prompt_at, &zone) <= today,
            _ => it.answered_at.is_some(),
        })
        .cloned()
        .collect();
    let mut skipped = Vec::new();
    for entry in &mine {
        let Some(round) = desk.seen.rounds.get(&entry.key.round).cloned() else { continue };
        if answer::skip(desk, &round, entry, reason.clone()) {
            let name = desk.seen.standups.get(&round.key.standup).map(|standup| standup.name.clone());
            skipped.extend(name);
        }
    }
    match (skipped.is_empty(), mine.is_empty()) {
        (false, _) => words::skipped(language, &skipped, only.is_none()),
        (true, false) => words::skip_answered(language),
        (true, true) => words::nothing_to_skip(language),
    }
}

/// Whether it asks anyone at all.
pub(super) fn runs(standup: &Standup) -> bool {
    standup.state == StandupState::Active
}
