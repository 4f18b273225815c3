//! Asking: the moment of a prompt and of a reminder, and what became of what was owed.

use super::{
    Effect, Entry, EntryKey, EntryState, Part, RoundKey, Shut, Skip, Standup, StandupState, Telling, Wake, Why, close,
    desk::Desk,
    slot::{self, Held, next_moment, works_at},
};
use crate::{
    effect::{self, Owed},
    event::{Outcome, Refusal},
    people::{self, Trouble},
    receipt::{self, What},
};
use jiff::{SignedDuration, Timestamp};

/// A prompt that arrives later than this many minutes after its time counts as late: long enough for a platform's
/// rate limit on a large team (500 direct messages at two a second), short enough that nobody planned by it.
const LATE_AFTER_MINUTES: i64 = 5;

/// A report that found no place is tried again this often, beside what the platform tells of its channel.
const PUBLISH_AGAIN: SignedDuration = SignedDuration::from_hours(24);
/// For this long; afterwards nobody waits for it, and `/standup report` still has it.
const PUBLISHED_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

fn is_late(due: Timestamp, at: Timestamp) -> bool {
    at > due + SignedDuration::from_mins(LATE_AFTER_MINUTES)
}

/// Somebody's time to be asked has come.
pub(super) fn prompt(desk: &mut Desk<'_, '_, '_>, key: &EntryKey) {
    let Some(mut entry) = desk.seen.entries.get(key).cloned() else { return };
    let closed = desk.seen.rounds.get(&key.round).is_none_or(|round| round.closed_at.is_some());
    let waits = matches!(entry.state, EntryState::Planned | EntryState::Skipped(Skip::NotAsked(_)));
    if entry.settled || closed || !waits {
        return;
    }
    match may_ask(desk, &entry) {
        Ok(at) if at <= desk.now() => {
            entry.state = EntryState::Asked;
            desk.owe(Effect::Prompt(key.clone()));
        }
        Ok(later) => {
            desk.wake(Wake::Prompt(key.clone()), later);
            return;
        }
        Err(why) => not_asked(desk, &mut entry, why),
    }
    desk.put_entry(entry);
}

/// When this entry may be asked, if at all.
fn may_ask(desk: &Desk<'_, '_, '_>, entry: &Entry) -> Result<Timestamp, receipt::Why> {
    let law = |why| Err(receipt::Why::Standup(why));
    let user = &entry.key.user;
    if let EntryState::Skipped(Skip::NotAsked(why)) = &entry.state {
        return Err(why.clone());
    }
    let Some(standup) = desk.seen.standups.get(&entry.key.round.standup) else { return law(Why::NotRunning) };
    if standup.state != StandupState::Active {
        return law(Why::NotRunning);
    }
    if standup.left.contains(user) {
        return law(Why::LeftStandup);
    }
    let Some(member) = desk.seen.members.get(user).filter(|member| member.active) else {
        return Err(receipt::Why::People(people::Why::MemberGone));
    };
    if desk.now() >= entry.deadline_at {
        return law(Why::WindowOver);
    }
    let at = next_moment(member, &desk.seen.workspace, desk.now())?;
    if at >= entry.deadline_at {
        return law(Why::WindowOver);
    }
    match slot::held(member, &desk.seen.workspace, at, entry.deadline_at) {
        Held::Until(later, _) => Ok(later),
        Held::No | Held::TooLong(_) => Ok(at),
    }
}

/// A prompt that is not to be, for good.
pub(super) fn not_asked(desk: &mut Desk<'_, '_, '_>, entry: &mut Entry, why: receipt::Why) {
    if matches!(entry.state, EntryState::Planned | EntryState::Asked | EntryState::Skipped(Skip::NotAsked(_))) {
        entry.state = EntryState::Skipped(Skip::NotAsked(why.clone()));
    }
    desk.settle(entry, What::Skipped(why));
    desk.nudge(Wake::Close(entry.key.round.clone()));
}

/// The time to remind somebody has come.
pub(super) fn remind(desk: &mut Desk<'_, '_, '_>, key: &EntryKey) {
    let Some(entry) = desk.seen.entries.get(key).cloned() else { return };
    let closed = desk.seen.rounds.get(&key.round).is_none_or(|round| round.closed_at.is_some());
    if entry.state != EntryState::Prompted || entry.reminded || closed {
        return;
    }
    let Some(member) = desk.seen.members.get(&key.user).filter(|member| member.active) else { return };
    match next_moment(member, &desk.seen.workspace, desk.now()) {
        Ok(at) if at >= entry.deadline_at => skip_reminder(desk, key, receipt::Why::Standup(Why::WindowOver)),
        Ok(at) if at > desk.now() => desk.wake(Wake::Remind(key.clone()), at),
        Ok(at) => match slot::held(member, &desk.seen.workspace, at, entry.deadline_at) {
            Held::Until(later, _) => desk.wake(Wake::Remind(key.clone()), later),
            Held::TooLong(why) => skip_reminder(desk, key, receipt::Why::People(why)),
            Held::No => {
                desk.owe(Effect::Remind(key.clone()));
                desk.put_entry(Entry { reminded: true, ..entry });
            }
        },
        Err(why) => skip_reminder(desk, key, why),
    }
}

fn skip_reminder(desk: &mut Desk<'_, '_, '_>, key: &EntryKey, why: receipt::Why) {
    desk.receipt(key.remind_subject(), What::Skipped(why));
}

/// What became of a standup's message.
pub(super) fn settled(desk: &mut Desk<'_, '_, '_>, owed: &Owed, outcome: &Outcome) {
    let effect::Effect::Standup(effect) = &owed.effect else { return };
    // Whoever doesn't take direct messages is reached in a thread, where the platform has them: once more, there.
    if *outcome == Outcome::Refused(Refusal::DirectMessagesClosed) && desk.lane(effect) != owed.lane {
        desk.owe(effect.clone());
        return;
    }
    match effect {
        Effect::Prompt(key) => prompt_settled(desk, owed, key, outcome),
        Effect::Remind(key) => {
            let what = record(outcome);
            desk.receipt(key.remind_subject(), what);
            let waits = desk.seen.entries.get(key).is_none_or(|entry| entry.state == EntryState::Prompted);
            if matches!(outcome, Outcome::Sent(_)) && !waits {
                // They answered, skipped or left while it was on its way, or the round was closed.
                desk.owe(Effect::RemindState(key.clone()));
            }
        }
        Effect::Report(round, part) => report_settled(desk, round, part, outcome),
        Effect::Observe(round, user, page) => {
            let what = record(outcome);
            desk.receipt(round.observe_subject(user, *page), what);
        }
        // The words of a dialog and of an edit in place: whoever sees them knows.
        Effect::PromptState(_) | Effect::RemindState(_) | Effect::Question(..) | Effect::Thanks(_) => {}
        Effect::Tell(_, telling) => told(desk, telling, outcome),
    }
}

/// An outcome as a receipt.
fn record(outcome: &Outcome) -> What {
    match outcome {
        Outcome::Sent(_) | Outcome::Answered => What::Sent,
        Outcome::Refused(refusal) => What::Skipped(receipt::Why::People(people::Why::Refused(refusal.clone()))),
        Outcome::Skipped(why) => What::Skipped(why.clone()),
    }
}

fn prompt_settled(desk: &mut Desk<'_, '_, '_>, owed: &Owed, key: &EntryKey, outcome: &Outcome) {
    let Some(mut entry) = desk.seen.entries.get(key).cloned() else { return };
    match outcome {
        Outcome::Sent(posted) => {
            let what = punctuality(desk, &entry, owed.due_at, posted.at);
            desk.settle(&mut entry, what);
            if entry.state == EntryState::Asked {
                entry.state = EntryState::Prompted;
                set_reminder(desk, &entry);
            } else {
                // They answered, skipped or left while it was on its way.
                desk.owe(Effect::PromptState(key.clone()));
            }
        }
        Outcome::Refused(refusal) => {
            not_asked(desk, &mut entry, receipt::Why::People(people::Why::Refused(refusal.clone())));
            tell_admin(desk, Trouble::Undelivered { subject: key.prompt_subject(), refusal: refusal.clone() });
        }
        Outcome::Skipped(why) => not_asked(desk, &mut entry, why.clone()),
        // Only errands are answered.
        Outcome::Answered => return,
    }
    desk.put_entry(entry);
}

/// Whether a prompt came in time, and if not, why. The platform's clock is only believed between ours.
fn punctuality(desk: &Desk<'_, '_, '_>, entry: &Entry, due_at: Timestamp, posted_at: Timestamp) -> What {
    let arrived = posted_at.min(desk.now()).max(due_at.min(desk.now()));
    if !is_late(entry.prompt_at, arrived) {
        return What::Sent;
    }
    let waited_from = if is_late(entry.prompt_at, due_at) { entry.prompt_at } else { due_at };
    let why = desk.seen.members.get(&entry.key.user).map_or(people::Why::Downtime, |member| {
        let workspace = &desk.seen.workspace;
        if !works_at(member, workspace, waited_from) {
            return people::Why::Quiet;
        }
        slot::held(member, workspace, waited_from, entry.deadline_at).why().unwrap_or(people::Why::Downtime)
    });
    What::SentLate(receipt::Why::People(why))
}

fn set_reminder(desk: &mut Desk<'_, '_, '_>, entry: &Entry) {
    let Some(round) = desk.seen.rounds.get(&entry.key.round) else { return };
    let Some(member) = desk.seen.members.get(&entry.key.user) else { return };
    let before = round.terms.remind_before_minutes;
    let asked_at = entry.prompt_at.max(desk.now());
    if let Some(at) = slot::reminder(before, asked_at, entry.deadline_at, member, &desk.seen.workspace) {
        desk.wake(Wake::Remind(entry.key.clone()), at);
    }
}

fn report_settled(desk: &mut Desk<'_, '_, '_>, round: &RoundKey, part: &Part, outcome: &Outcome) {
    match outcome {
        Outcome::Sent(_) => close::arrived(desk, round, part),
        Outcome::Refused(refusal) => {
            desk.receipt(round.report_subject(part), record(outcome));
            let shut = matches!(
                refusal,
                Refusal::NotInChannel | Refusal::ChannelGone | Refusal::MissingPermission(_) | Refusal::GaveUp(_)
            );
            if *part == Part::Head(0) && shut {
                no_place(desk, round, refusal);
            }
        }
        Outcome::Skipped(_) | Outcome::Answered => {}
    }
}

/// The report has no place to go: it is tried again day by day, and as soon as the platform tells of a place. The
/// owner is told once, or an administrator where the owner is gone.
fn no_place(desk: &mut Desk<'_, '_, '_>, round: &RoundKey, refusal: &Refusal) {
    let Some(standup) = desk.seen.standups.get(&round.standup).cloned() else { return };
    let before = standup.shut.and_then(|shut| shut.unposted);
    let newest = before.map_or(round.date, |before| before.max(round.date));
    let round = desk.seen.rounds.get(&RoundKey { date: newest, ..round.clone() });
    if let Some(round) = round.filter(|round| desk.now() < round.closes_at + PUBLISHED_WITHIN).cloned() {
        desk.wake(Wake::Publish(round.key), desk.now() + PUBLISH_AGAIN);
    }
    let shut = Some(Shut { unposted: Some(newest) });
    desk.put_standup(Standup { shut, ..standup.clone() });
    if standup.shut.is_some() {
        return;
    }
    if desk.seen.members.get(&standup.owner).is_some_and(|owner| owner.active) {
        desk.owe(Effect::Tell(standup.owner, Telling::ChannelClosed(standup.id, refusal.clone())));
    } else {
        let (channel, standup, refusal) = (standup.channel, standup.name, refusal.clone());
        tell_admin(desk, Trouble::Channel { channel, standup, refusal });
    }
}

/// An owner who can't be told that a channel is closed, or that a deadline comes too early: then an administrator is.
fn told(desk: &mut Desk<'_, '_, '_>, telling: &Telling, outcome: &Outcome) {
    if !never_told(outcome) {
        return;
    }
    let (Telling::ChannelClosed(id, _) | Telling::DeadlineTooEarly(id)) = telling else { return };
    let Some(standup) = desk.seen.standups.get(id).cloned() else { return };
    let (channel, standup) = (standup.channel, standup.name);
    let trouble = match telling {
        Telling::ChannelClosed(_, refusal) => Trouble::Channel { channel, standup, refusal: refusal.clone() },
        _ => Trouble::Deadline { standup },
    };
    tell_admin(desk, trouble);
}

/// Whether somebody can't be told something: it was refused, or they are gone or away without an end.
pub(super) fn never_told(outcome: &Outcome) -> bool {
    use people::Why::{Away, MemberGone};
    matches!(outcome, Outcome::Refused(_) | Outcome::Skipped(receipt::Why::People(MemberGone | Away(None))))
}

/// Tells one administrator; people's own decisions pass it on to the next when the first can't be reached.
fn tell_admin(desk: &mut Desk<'_, '_, '_>, trouble: Trouble) {
    let able = |member: &&people::Member| member.admin && member.active && !member.bot && !member.direct_closed;
    let Some(admin) = desk.seen.members.values().find(able).map(|member| member.user.clone()) else { return };
    let told = people::Effect::TellAdmin { admin: admin.clone(), trouble };
    desk.owe_other(&admin, effect::Effect::People(told));
}
