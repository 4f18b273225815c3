//! The close of a round, and the report that follows its answers.

use super::{
    Effect, Entry, EntryKey, EntryState, Part, ReportWhen, Round, RoundKey, Skip, Standup, StandupState, Wake, Why,
    answer::show_state, desk::Desk, report,
};
use crate::{
    id::UserId,
    receipt::{self, What},
};

/// The message on which the rest of a report hangs.
const HEAD: Part = Part::Head(0);

/// Closes a round when its last deadline has come, or when nobody is left to answer.
pub(super) fn close(desk: &mut Desk<'_, '_, '_>, key: &RoundKey) {
    let Some(round) = desk.seen.rounds.get(key).filter(|round| round.closed_at.is_none()).cloned() else { return };
    let entries: Vec<Entry> = desk.seen.entries_of_round(key).cloned().collect();
    let over = desk.now() >= round.closes_at;
    if !over && !all_done(&entries) {
        return;
    }
    for entry in entries {
        end(desk, entry);
    }
    desk.clear(&Wake::Close(key.clone()));
    desk.note(key.subject(), if over { Why::ClosedAtDeadline } else { Why::ClosedAllAnswered });
    let round = Round { closed_at: Some(desk.now()), ..round };
    desk.put_round(round.clone());
    if was_anyone_asked(desk, key) {
        publish(desk, round);
    }
}

/// Nobody is left to answer, and somebody had something to do with it: a round in which nobody was asked stays open
/// until its last deadline, for whoever comes back from leave.
fn all_done(entries: &[Entry]) -> bool {
    let waits = |it: &Entry| matches!(it.state, EntryState::Planned | EntryState::Asked | EntryState::Prompted);
    let did = |it: &Entry| matches!(it.state, EntryState::Answered | EntryState::Skipped(Skip::Own(_) | Skip::Left));
    !entries.iter().any(waits) && entries.iter().any(did)
}

/// What the close makes of one member's part. A prompt that is on its way gets its receipt when it comes to its end.
fn end(desk: &mut Desk<'_, '_, '_>, mut entry: Entry) {
    let over = receipt::Why::Standup(Why::WindowOver);
    match &entry.state {
        EntryState::Planned => {
            entry.state = EntryState::Skipped(Skip::NotAsked(over.clone()));
            desk.settle(&mut entry, What::Skipped(over));
            desk.clear(&Wake::Prompt(entry.key.clone()));
        }
        EntryState::Skipped(Skip::NotAsked(why)) => {
            let why = why.clone();
            if !entry.settled {
                desk.clear(&Wake::Prompt(entry.key.clone()));
            }
            desk.settle(&mut entry, What::Skipped(why));
        }
        EntryState::Asked => entry.state = EntryState::Skipped(Skip::NotAsked(over)),
        EntryState::Prompted => {
            entry.state = EntryState::Missed;
            desk.note(entry.key.answer_subject(), Why::Missed);
            desk.clear(&Wake::Remind(entry.key.clone()));
            show_state(desk, &entry.key);
        }
        EntryState::Answered | EntryState::Skipped(_) | EntryState::Missed => {}
    }
    desk.put_entry(entry);
}

/// Whether the round reached anyone: a day on which everyone was off has nothing to report.
fn was_anyone_asked(desk: &Desk<'_, '_, '_>, key: &RoundKey) -> bool {
    desk.seen.entries_of_round(key).any(|entry| !matches!(entry.state, EntryState::Skipped(Skip::NotAsked(_))))
}

/// Owes the whole report: the head, everyone's answer, and what observers get.
fn publish(desk: &mut Desk<'_, '_, '_>, round: Round) {
    let parts = report::parts(&desk.seen, &round);
    let shown = round.parts.clone();
    // Answers that were shown as they arrived are as they were.
    owe_parts(desk, round.clone(), parts, |part| matches!(part, Part::Head(_)) || !shown.contains(part));
    let Some(standup) = desk.seen.standups.get(&round.key.standup).cloned() else { return };
    for observer in standup.observers {
        for page in 0..report::observer_pages(&desk.seen, &round, &observer) {
            desk.owe(Effect::Observe(round.key.clone(), observer.clone(), page));
        }
    }
}

/// Brings the report up to date with one entry.
pub(super) fn refresh(desk: &mut Desk<'_, '_, '_>, key: &EntryKey) {
    let Some(round) = desk.seen.rounds.get(&key.round).cloned() else { return };
    let shown = round.closed_at.is_some() || round.terms.report == ReportWhen::AsAnswersArrive;
    if !shown || !was_anyone_asked(desk, &key.round) {
        return;
    }
    let answered = desk.seen.entries.get(key).is_some_and(|entry| entry.answered_at.is_some());
    // Before the first answer there is nothing to show yet.
    if round.closed_at.is_none() && round.parts.is_empty() && !answered {
        return;
    }
    let parts = report::parts(&desk.seen, &round);
    let user = key.user.clone();
    owe_parts(desk, round, parts, move |part| concerns(part, &user));
}

fn concerns(part: &Part, user: &UserId) -> bool {
    match part {
        Part::Head(_) => true,
        Part::Answer(of, _) => of == user,
    }
}

/// Owes the report of a round that found no place when it was closed.
pub(super) fn publish_again(desk: &mut Desk<'_, '_, '_>, key: &RoundKey) {
    let wanted = |round: &&Round| round.parts.contains(&HEAD) && !round.posted.contains(&HEAD);
    let runs = desk.seen.standups.get(&key.standup).is_some_and(|it| it.state != StandupState::Deleted);
    if runs && desk.seen.rounds.get(key).filter(wanted).is_some() {
        desk.owe(Effect::Report(key.clone(), HEAD));
    }
}

/// A part of the report is there. What hangs in the head's thread is owed once the head is there, however often that
/// had to be tried.
pub(super) fn arrived(desk: &mut Desk<'_, '_, '_>, key: &RoundKey, part: &Part) {
    let Some(mut round) = desk.seen.rounds.get(key).cloned() else { return };
    let subject = key.report_subject(part);
    if round.posted.contains(part) {
        return desk.note(subject, Why::Edited);
    }
    desk.receipt(subject, What::Sent);
    round.posted.push(part.clone());
    desk.put_round(round.clone());
    if *part != HEAD {
        return;
    }
    for part in round.parts.iter().filter(|part| !round.posted.contains(part)) {
        desk.owe(Effect::Report(key.clone(), part.clone()));
    }
    // Its channel is open, whatever was heard of it before.
    if let Some(standup) = desk.seen.standups.get(&key.standup).filter(|standup| standup.shut.is_some()).cloned() {
        desk.clear(&Wake::Publish(key.clone()));
        desk.put_standup(Standup { shut: None, ..standup });
    }
}

/// Owes these parts, those that were there before included: a page that has nothing left on it says so. Where the
/// head isn't there yet, the others follow it.
fn owe_parts(desk: &mut Desk<'_, '_, '_>, round: Round, parts: Vec<Part>, which: impl Fn(&Part) -> bool) {
    let mut all = round.parts.clone();
    all.extend(parts.into_iter().filter(|part| which(part)));
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|part| seen.insert(part.clone()));
    let has_thread = round.posted.contains(&HEAD);
    for part in all.iter().filter(|part| which(part) && (has_thread || **part == HEAD)) {
        desk.owe(Effect::Report(round.key.clone(), part.clone()));
    }
    if all != round.parts {
        desk.put_round(Round { parts: all, ..round });
    }
}
