//! What happens to messages that wait: their authors' commands, their readers' hours, and the end of their delivery.

use super::{
    Action, Change, Effect, End, Later, LaterId, Letter, State, Why, command, due, hold, original, own, release,
};
use crate::{
    action, change,
    decide::{Cause, Decision},
    effect::{self, dm_lane},
    event::{Errand, Event, Outcome, Refusal, Seen},
    id::UserId,
    norm::JudgedId,
    people,
    receipt::{self, What},
    snapshot::{LaterRef, Need, Snapshot},
    wake,
};
use std::collections::BTreeSet;

/// Rows that messages which wait need for this event.
pub fn needs(event: &Event) -> BTreeSet<Need> {
    match event {
        Event::Command { by, invocation } if command::answers(invocation) => command::needs(by, invocation),
        Event::Command { by, .. } | Event::Submit { by, .. } if people::sets_hours(event) => {
            [Need::LatersTo(by.user.clone())].into()
        }
        Event::Seen(Seen::Calendar { user, reading: people::Reading::Whole { .. }, .. })
        | Event::Wake(wake::Wake::People(people::Wake::Follow { user, .. })) => [Need::LatersTo(user.clone())].into(),
        Event::Click { action: action::Action::Later(Action::Cancel(id) | Action::Now(id)), .. } => {
            [Need::LaterToChange(LaterRef::Id(id.clone()))].into()
        }
        Event::TookBack { channel, message } => [Need::LatersFrom(JudgedId::of(channel, message))].into(),
        Event::Seen(Seen::Words { spot, .. }) => original::needs(spot),
        Event::Wake(wake::Wake::Later(super::Wake::Due { id, .. })) => [Need::Held(id.clone())].into(),
        Event::Settled { effect, .. } => match &effect.effect {
            effect::Effect::Later(effect) => settled_needs(effect),
            effect::Effect::Errand(Errand::Words(spot)) => original::needs(spot),
            _ => BTreeSet::new(),
        },
        _ => BTreeSet::new(),
    }
}

/// What becomes of messages that wait.
pub fn decide(snapshot: &Snapshot, event: &Event, cause: &mut Cause<'_>) -> Decision {
    match event {
        Event::Command { by, invocation } if command::answers(invocation) => {
            command::decide(snapshot, by, invocation, cause)
        }
        Event::Command { by, .. } | Event::Submit { by, .. } if people::sets_hours(event) => {
            follow(snapshot, &by.user, cause)
        }
        Event::Seen(Seen::Calendar { user, .. })
        | Event::Wake(wake::Wake::People(people::Wake::Follow { user, .. })) => follow(snapshot, user, cause),
        Event::Click { by, action: action::Action::Later(Action::Cancel(id)) } => {
            own::clicked(snapshot, by, id, own::Press::Cancel, cause)
        }
        Event::Click { by, action: action::Action::Later(Action::Now(id)) } => {
            own::clicked(snapshot, by, id, own::Press::Now, cause)
        }
        Event::TookBack { channel, message } => {
            let judged = JudgedId::of(channel, message);
            let mut decision = original::deleted(snapshot, &judged, cause);
            decision.join(hold::deleted(snapshot, &judged, cause));
            decision
        }
        Event::Wake(wake::Wake::Later(super::Wake::Due { id, .. })) => hold::due(snapshot, id, cause),
        Event::Seen(Seen::Words { spot, text }) => original::read(snapshot, spot, text.as_deref()),
        Event::Settled { effect, outcome } => match &effect.effect {
            effect::Effect::Errand(Errand::Words(spot)) if *outcome != Outcome::Answered => {
                original::read(snapshot, spot, None)
            }
            effect::Effect::Later(Effect::Deliver { id, turn }) => delivered(snapshot, id, *turn, outcome, cause),
            effect::Effect::Later(Effect::Return { id, part }) => returned(snapshot, id, *part, outcome, cause),
            effect::Effect::Later(held) => held_settled(snapshot, held, effect.dm_user().is_some(), outcome, cause),
            _ => Decision::default(),
        },
        _ => Decision::default(),
    }
}

fn settled_needs(effect: &Effect) -> BTreeSet<Need> {
    let id = || effect.id().clone();
    match effect {
        Effect::TakeBack { judged, .. } => [Need::Held(id()), Need::Judged(judged.clone())].into(),
        Effect::Repost { .. } => [Need::Held(id())].into(),
        Effect::Deliver { .. } | Effect::Return { .. } | Effect::TellHeld { .. } => [Need::Later(id())].into(),
    }
}

/// The end of something that was owed of a held message.
fn held_settled(
    snapshot: &Snapshot,
    effect: &Effect,
    was_direct: bool,
    outcome: &Outcome,
    cause: &mut Cause<'_>,
) -> Decision {
    let Some(later) = snapshot.laters.get(effect.id()) else { return Decision::default() };
    match effect {
        Effect::TakeBack { judged, .. } => hold::taken(snapshot, later, judged, outcome, cause),
        Effect::TellHeld { .. } => hold::told(snapshot, later, effect, was_direct, outcome, cause),
        Effect::Repost { turn, part, .. } => hold::settled(snapshot, later, (*turn, *part), outcome, cause),
        Effect::Deliver { .. } | Effect::Return { .. } => Decision::default(),
    }
}

impl Decision {
    /// Writes a message's row.
    pub(super) fn put_later(&mut self, later: Later) {
        self.changes.push(change::Change::Later(Change::Later(Box::new(later))));
    }
    /// Owes a message's delivery at its time.
    pub(super) fn owe_delivery(&mut self, id: &LaterId, letter: &Letter, cause: &mut Cause<'_>) {
        let (lane, effect) = release::deliver(id, letter);
        self.effects.push(cause.owe(lane, letter.due_at, effect::Effect::Later(effect)));
    }
}

/// Somebody's hours are others now: what waits for them comes at their next working time, also when that is sooner.
fn follow(snapshot: &Snapshot, user: &UserId, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    for later in snapshot.laters.values().filter(|later| later.waits_for() == Some(user)) {
        let State::Waiting(letter) = &later.state else { continue };
        if snapshot.under_way.contains(&later.id) {
            continue;
        }
        // While nobody knows when they are back, what is owed looks again by itself.
        let Some(at) = due::expected(snapshot, letter, cause.now).filter(|at| *at != letter.due_at) else { continue };
        let letter = Letter { due_at: at, turn: letter.turn + 1, ..letter.clone() };
        decision.owe_delivery(&later.id, &letter, cause);
        decision.put_later(later.now_in(State::Waiting(letter)));
    }
    decision
}

/// The end of a delivery.
fn delivered(snapshot: &Snapshot, id: &LaterId, turn: u32, outcome: &Outcome, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(later) = snapshot.laters.get(id) else { return decision };
    let Some(letter) = later.letter() else { return decision };
    let why = match outcome {
        // Whatever was thought meanwhile: it is there, and comes no second time.
        Outcome::Sent(posted) => {
            decision.receipts.push(cause.receipt(id.subject(), release::lateness(snapshot, letter, posted.at)));
            decision.put_later(later.now_in(State::Done { end: End::Delivered, at: cause.now }));
            return decision;
        }
        Outcome::Refused(refusal) => receipt::Why::People(people::Why::Refused(refusal.clone())),
        Outcome::Skipped(why) => why.clone(),
        Outcome::Answered => return decision,
    };
    // Only the delivery that was owed last counts.
    if !matches!(&later.state, State::Waiting(letter) if letter.turn == turn) {
        return decision;
    }
    decision.receipts.push(cause.receipt(id.subject(), What::Skipped(why.clone())));
    decision.put_later(later.now_in(State::Back { letter: letter.clone(), why, since: cause.now }));
    let back = effect::Effect::Later(Effect::Return { id: id.clone(), part: 0 });
    decision.effects.push(cause.owe(dm_lane(&later.author), cause.now, back));
    decision
}

/// The end of the way back to an author. Whoever can't be reached finds it in their list, and is tried again.
fn returned(snapshot: &Snapshot, id: &LaterId, part: u32, outcome: &Outcome, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(later) = snapshot.laters.get(id) else { return decision };
    let State::Back { since, letter, .. } = &later.state else { return decision };
    if matches!(outcome, Outcome::Sent(_)) && release::has_more(letter, part) {
        let next = effect::Effect::Later(Effect::Return { id: id.clone(), part: part + 1 });
        decision.effects.push(cause.owe(dm_lane(&later.author), cause.now, next));
        return decision;
    }
    let skipped = |why: people::Why| What::Skipped(receipt::Why::People(why));
    let (what, end) = match outcome {
        Outcome::Sent(_) | Outcome::Answered => (What::Noted(receipt::Why::Later(Why::Returned)), Some(End::Returned)),
        Outcome::Skipped(why) => (What::Skipped(why.clone()), Some(End::Lost)),
        Outcome::Refused(Refusal::MemberGone) => (skipped(people::Why::MemberGone), Some(End::Lost)),
        Outcome::Refused(refusal) => {
            let is_over = cause.now >= due::last(*since);
            (skipped(people::Why::Refused(refusal.clone())), is_over.then_some(End::Lost))
        }
    };
    decision.receipts.push(cause.receipt(id.return_subject(), what));
    match end {
        Some(end) => decision.put_later(later.now_in(State::Done { end, at: cause.now })),
        None => {
            let back = effect::Effect::Later(Effect::Return { id: id.clone(), part });
            decision.effects.push(cause.owe(dm_lane(&later.author), due::look_again(cause.now), back));
        }
    }
    decision
}
