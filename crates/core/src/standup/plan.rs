//! Planning: who is asked in a round and when, and keeping that true while people come, go, and change their hours.

use super::{
    Entry, EntryKey, EntryState, Round, RoundKey, Skip, Standup, StandupState, Wake, Why,
    answer::show_state,
    deadline,
    desk::Desk,
    roster::{self, roster, takes_part},
    slot::{self, Slot, slot, terms_on},
};
use crate::{
    event::Errand,
    id::{StandupId, UserId},
    people,
    receipt::{self, What},
    snapshot::Snapshot,
};
use jiff::{SignedDuration, Timestamp, civil};

/// Rounds that were missed while jeda was down are planned (and then skipped with their reason) as far back as a
/// window can still be open. Older ones are passed over with one receipt.
const CATCH_UP_HOURS_MAX: i64 = crate::limit::WINDOW_MINUTES_MAX / 60;

fn earliest(now: Timestamp) -> Timestamp {
    now - SignedDuration::from_hours(CATCH_UP_HOURS_MAX)
}

/// Plans the round whose time has come, and sets the wake for the next.
pub(super) fn plan(desk: &mut Desk<'_, '_, '_>, key: &RoundKey) {
    let Some(standup) = desk.seen.standups.get(&key.standup).cloned() else { return };
    let passed = standup.planned_through.is_some_and(|through| through >= key.date);
    if standup.state != StandupState::Active || passed {
        return;
    }
    if !roster::known(&desk.seen, &standup.who, &standup.channel) {
        // The round is planned once its people are known; until then it is not passed over.
        return plan_next(desk, &key.standup);
    }
    if let Some(terms) = terms_on(&standup, key.date) {
        let entries: Vec<Entry> = roster(&desk.seen, &standup)
            .iter()
            .map(|member| {
                planned(key, &member.user, slot(&terms, key.date, member, &desk.seen.workspace), standup.since)
            })
            .collect();
        if let Some(closes_at) = entries.iter().map(|entry| entry.deadline_at).max() {
            let questions = standup.questions.clone();
            desk.put_round(Round {
                key: key.clone(),
                questions,
                terms,
                closes_at,
                closed_at: None,
                parts: Vec::new(),
                posted: Vec::new(),
            });
            for entry in entries {
                desk.wake(Wake::Prompt(entry.key.clone()), entry.prompt_at);
                desk.put_entry(entry);
            }
            desk.wake(Wake::Close(key.clone()), closes_at);
        }
    }
    desk.put_standup(Standup { planned_through: Some(key.date), ..standup });
    plan_next(desk, &key.standup);
}

/// An entry as its slot has it. A prompt that is not to be keeps its time: its receipt is written when it would have
/// been due, so that somebody who comes back from leave before that is asked after all.
fn planned(round: &RoundKey, user: &UserId, slot: Slot, since: Timestamp) -> Entry {
    let passed = (slot.nominal < since).then_some(receipt::Why::Standup(Why::TimePassed));
    let state = match passed.or(slot.skip) {
        Some(why) => EntryState::Skipped(Skip::NotAsked(why)),
        None => EntryState::Planned,
    };
    Entry {
        key: EntryKey { round: round.clone(), user: user.clone() },
        prompt_at: slot.prompt_at,
        deadline_at: slot.deadline_at,
        state,
        answers: Vec::new(),
        answered_at: None,
        edited_at: None,
        late: false,
        reminded: false,
        settled: false,
    }
}

/// Sets the wake that plans the next round, or plans it where its time has come; asks the platform first for people who
/// are not known yet.
pub(super) fn plan_next(desk: &mut Desk<'_, '_, '_>, id: &StandupId) {
    let Some(standup) = desk.seen.standups.get(id).cloned() else { return };
    let plan_of = |date| Wake::Plan(RoundKey { standup: id.clone(), date });
    if standup.state != StandupState::Active {
        // The date is not part of the wake's key.
        desk.clear(&plan_of(civil::Date::ZERO));
        return;
    }
    if !roster::known(&desk.seen, &standup.who, &standup.channel) {
        match &standup.who {
            super::Who::ChannelMembers => desk.errand(Errand::ChannelMembers(standup.channel.clone())),
            super::Who::Group(group) => desk.errand(Errand::GroupMembers(group.clone())),
            super::Who::List(_) => {}
        }
        return;
    }
    if !deadline::holds(desk, id) {
        desk.clear(&plan_of(civil::Date::ZERO));
        return;
    }
    let Some(standup) = desk.seen.standups.get(id).cloned() else { return };
    let earliest = earliest(desk.now());
    let members = roster(&desk.seen, &standup);
    let workspace = &desk.seen.workspace;
    let Some(date) = slot::next_date(&standup, &members, workspace, earliest) else { return };
    let Some(terms) = terms_on(&standup, date) else { return };
    let at = slot::plan_at(&terms, date, &members, workspace);
    pass_over(desk, &standup, date, earliest);
    if at <= desk.now() {
        // It was waited for its people. A wake for an instant at which one has gone off already would be taken for that
        // one's repetition.
        return plan(desk, &RoundKey { standup: id.clone(), date });
    }
    desk.wake(plan_of(date), at);
}

/// Asks who is in a private channel whose standup doesn't ask them all: they may know of it all the same.
pub(super) fn meet_channel(desk: &mut Desk<'_, '_, '_>, standup: &Standup) {
    let asks_others = standup.who != super::Who::ChannelMembers;
    if asks_others
        && roster::is_private(&desk.seen, standup)
        && !desk.seen.channel_members.contains_key(&standup.channel)
    {
        desk.errand(Errand::ChannelMembers(standup.channel.clone()));
    }
}

/// Rounds before `date` that are too old to be caught up with are passed over, with one receipt for all.
fn pass_over(desk: &mut Desk<'_, '_, '_>, standup: &Standup, date: civil::Date, earliest: Timestamp) {
    let after = standup.planned_through.and_then(|through| through.tomorrow().ok());
    let missed = after.and_then(|after| standup.schedule.dates(after).next()).map(|(missed, _)| missed);
    if let Some(missed) = missed.filter(|missed| *missed < date && standup.since < earliest) {
        let passed_over = RoundKey { standup: standup.id.clone(), date: missed };
        desk.receipt(passed_over.subject(), What::Skipped(receipt::Why::People(people::Why::Downtime)));
        desk.put_standup(Standup { planned_through: date.yesterday().ok(), ..standup.clone() });
    }
}

/// Brings the open rounds of a standup and its next plan up to date after somebody (or everybody, with `None`) came,
/// went, or changed their hours. Whoever was asked already keeps their times. While nobody knows whom the standup names,
/// only those have left a round who said so or are gone.
pub(super) fn replan(desk: &mut Desk<'_, '_, '_>, id: &StandupId, only: Option<&UserId>) {
    let Some(standup) = desk.seen.standups.get(id).cloned() else { return };
    let rounds: Vec<Round> = desk.seen.open_rounds(id).cloned().collect();
    for round in rounds {
        let mut users: Vec<UserId> = match only {
            Some(user) => vec![user.clone()],
            None => desk.seen.entries_of_round(&round.key).map(|entry| entry.key.user.clone()).collect(),
        };
        if only.is_none() {
            users.extend(roster(&desk.seen, &standup).iter().map(|member| member.user.clone()));
            users.sort();
            users.dedup();
        }
        for user in users {
            replan_entry(desk, &standup, &round, &user);
        }
        follow_deadlines(desk, &round);
    }
    plan_next(desk, id);
}

fn replan_entry(desk: &mut Desk<'_, '_, '_>, standup: &Standup, round: &Round, user: &UserId) {
    let key = EntryKey { round: round.key.clone(), user: user.clone() };
    let takes_part = takes_part(&desk.seen, standup, user) || may_still(&desk.seen, standup, &key);
    let slot = desk
        .seen
        .members
        .get(user)
        .filter(|_| takes_part)
        .map(|member| slot(&round.terms, round.key.date, member, &desk.seen.workspace));
    match (desk.seen.entries.get(&key).cloned(), slot) {
        (None, Some(slot)) if standup.state == StandupState::Active && slot.nominal > desk.now() => {
            let entry = planned(&round.key, user, slot, standup.since);
            desk.wake(Wake::Prompt(key), entry.prompt_at);
            desk.put_entry(entry);
        }
        (None, _) => {}
        (Some(entry), Some(slot)) => {
            let waits = match &entry.state {
                EntryState::Planned => true,
                EntryState::Skipped(Skip::NotAsked(_)) => !entry.settled,
                _ => false,
            };
            // It was due when the round was planned, so it still is.
            let fresh = planned(&round.key, user, slot, Timestamp::MIN);
            let passed = entry.state == not_asked(Why::TimePassed);
            let moved = (entry.prompt_at, entry.deadline_at, &entry.state)
                != (fresh.prompt_at, fresh.deadline_at, &fresh.state);
            if waits && moved && !passed {
                desk.wake(Wake::Prompt(key), fresh.prompt_at);
                desk.put_entry(Entry { answers: entry.answers, ..fresh });
            } else if entry.state == EntryState::Planned && entry.prompt_at <= desk.now() {
                // A focus block held it, and may have ended early.
                desk.wake(Wake::Prompt(key), desk.now());
            }
        }
        (Some(entry), None) => leave(desk, entry),
    }
}

/// Whether somebody in a round may still be one of those whom its standup names, since these aren't known yet.
fn may_still(seen: &Snapshot, standup: &Standup, key: &EntryKey) -> bool {
    let is_there = seen.members.get(&key.user).is_some_and(|member| member.active && !member.bot);
    let is_in = seen.entries.get(key).is_some_and(|entry| entry.state != not_asked(Why::LeftStandup));
    !roster::known(seen, &standup.who, &standup.channel) && is_in && is_there && !standup.left.contains(&key.user)
}

fn not_asked(why: Why) -> EntryState {
    EntryState::Skipped(Skip::NotAsked(receipt::Why::Standup(why)))
}

/// Somebody is no longer part of a round that was planned with them. Whoever comes back before they would have been
/// asked is asked after all, so the receipt of an unsent prompt waits until then.
fn leave(desk: &mut Desk<'_, '_, '_>, mut entry: Entry) {
    let left = not_asked(Why::LeftStandup);
    match &entry.state {
        EntryState::Planned => entry.state = left,
        EntryState::Skipped(Skip::NotAsked(_)) if !entry.settled && entry.state != left => entry.state = left,
        EntryState::Asked | EntryState::Prompted => {
            entry.state = EntryState::Skipped(Skip::Left);
            desk.clear(&Wake::Remind(entry.key.clone()));
            show_state(desk, &entry.key);
        }
        _ => return,
    }
    desk.end_dialog(&entry.key);
    desk.nudge(Wake::Close(entry.key.round.clone()));
    desk.put_entry(entry);
}

/// A round closes at its last member's deadline, also when that has moved.
fn follow_deadlines(desk: &mut Desk<'_, '_, '_>, round: &Round) {
    let last = desk.seen.entries_of_round(&round.key).map(|entry| entry.deadline_at).max();
    if let Some(closes_at) = last.filter(|last| *last != round.closes_at) {
        desk.put_round(Round { closes_at, ..round.clone() });
        desk.wake(Wake::Close(round.key.clone()), closes_at);
    }
}
