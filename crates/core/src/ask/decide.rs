//! What happens to questions: who asks, who answers, who goes away, and what becomes of each message.

use super::{Action, Ask, AskId, Asked, Change, Effect, End, FormId, State, Wake, Why, answer, command, leave, window};
use crate::{
    action, change,
    decide::{Cause, Decision},
    digest,
    effect::{self, channel_lane, dm_lane},
    event::{Event, Outcome, Posted, Refusal, Seen},
    id::{Subject, UserId},
    limit::LATER_LATE_MINUTES,
    people,
    receipt::{self, What},
    snapshot::{Need, Snapshot},
    wake::{self, WakeChange},
};
use jiff::SignedDuration;
use std::collections::BTreeSet;

/// Rows that questions need for this event.
pub fn needs(event: &Event) -> BTreeSet<Need> {
    let whole = |id: &AskId| BTreeSet::from([Need::Ask(id.clone())]);
    match event {
        Event::Command { by, invocation } if command::answers(invocation) => command::needs(by, invocation),
        Event::Command { by, .. } | Event::Submit { by, .. } if people::sets_hours(event) => {
            [Need::AsksFor(by.user.clone())].into()
        }
        // Said on another of their accounts, or by their calendar.
        Event::Seen(Seen::Calendar { user, reading: people::Reading::Whole { .. }, .. })
        | Event::Wake(wake::Wake::People(people::Wake::Follow { user, .. })) => [Need::AsksFor(user.clone())].into(),
        Event::Click { action: action::Action::Ask(Action::Answer(id) | Action::Cancel(id)), .. } => whole(id),
        Event::Submit { form: action::FormId::Ask(FormId::Answer(id)), .. } => whole(id),
        Event::Replied(replied) => {
            let channel = replied.by.channel.clone();
            channel.map(|channel| Need::AskOfMessage(channel, replied.to.clone())).into_iter().collect()
        }
        Event::TookBack { channel, message } => [Need::AskOfMessage(channel.clone(), message.clone())].into(),
        Event::Seen(Seen::Member(facts)) if !facts.active => [Need::AsksFor(facts.user.clone())].into(),
        Event::Wake(wake::Wake::Ask(Wake::End(id))) => whole(id),
        Event::Settled { effect, .. } => match &effect.effect {
            effect::Effect::Ask(effect) => {
                let norms = matches!(effect, Effect::Post { .. }).then_some(Need::Norms);
                whole(effect.id()).into_iter().chain(norms).collect()
            }
            _ => BTreeSet::new(),
        },
        _ => BTreeSet::new(),
    }
}

/// What becomes of questions.
pub fn decide(snapshot: &Snapshot, event: &Event, cause: &mut Cause<'_>) -> Decision {
    match event {
        Event::Command { by, invocation } if command::answers(invocation) => {
            command::decide(snapshot, by, invocation, cause)
        }
        Event::Command { by, .. } | Event::Submit { by, .. } if people::sets_hours(event) => {
            leave::follow(snapshot, &by.user, cause)
        }
        Event::Seen(Seen::Calendar { user, .. })
        | Event::Wake(wake::Wake::People(people::Wake::Follow { user, .. })) => leave::follow(snapshot, user, cause),
        Event::Click { by, action: action::Action::Ask(Action::Answer(id)) } => answer::clicked(snapshot, by, id),
        Event::Click { by, action: action::Action::Ask(Action::Cancel(id)) } => {
            command::clicked_cancel(snapshot, by, id, cause)
        }
        Event::Submit { by, form: action::FormId::Ask(FormId::Answer(id)), values } => {
            answer::submitted(snapshot, by, id, values, cause)
        }
        Event::Replied(replied) => answer::replied(snapshot, replied, cause),
        Event::TookBack { channel, message } => answer::took_back(snapshot, channel, message, cause),
        Event::Seen(Seen::Member(facts)) if !facts.active => leave::gone(snapshot, &facts.user, cause),
        Event::Wake(wake::Wake::Ask(Wake::End(id))) => ended(snapshot, id, cause),
        Event::Settled { effect, outcome } => match &effect.effect {
            effect::Effect::Ask(effect) => settled(snapshot, effect, outcome, cause),
            _ => Decision::default(),
        },
        _ => Decision::default(),
    }
}

impl Decision {
    /// Writes a question's row as it is now. A question for which nobody is waited is closed, and one that was closed
    /// opens again when somebody takes back an answer inside their window.
    pub(super) fn put_ask(&mut self, before: Option<&Ask>, mut ask: Ask, cause: &mut Cause<'_>) {
        let waits_until = ask.ends_at();
        match &ask.state {
            State::Open if waits_until.is_none() => {
                let any = ask.people.values().any(Asked::has_answered);
                self.close(&mut ask, if any { End::Answered } else { End::Over }, cause);
            }
            State::Closed { end: End::Answered, .. } if waits_until.is_some_and(|until| until > cause.now) => {
                ask.state = State::Open;
                self.owe_update(&mut ask, cause);
            }
            State::Open | State::Closed { .. } | State::Settled { .. } => {}
        }
        let wake = Wake::End(ask.id.clone());
        let wanted = ask.ends_at().filter(|_| ask.is_open());
        let had = before.filter(|before| before.is_open()).and_then(Ask::ends_at);
        match wanted {
            Some(at) if wanted != had => self.wakes.push(cause.due(wake.key(), at, wake::Wake::Ask(wake))),
            None if had.is_some() => self.wakes.push(WakeChange::Clear(wake.key())),
            _ => {}
        }
        self.withdraw_answered(before, &ask);
        self.changes.push(change::Change::Ask(Change::Ask(Box::new(ask))));
    }

    /// Takes out of the digests what waits no more.
    fn withdraw_answered(&mut self, before: Option<&Ask>, ask: &Ask) {
        let waits = |ask: &Ask, user: &UserId| ask.is_open() && ask.people.get(user).is_some_and(Asked::is_waited_for);
        let no_more = ask.people.keys().filter(|user| !waits(ask, user) && before.is_none_or(|it| waits(it, user)));
        let source = digest::Source::Ask(ask.id.clone());
        self.changes.extend(no_more.map(|user| digest::withdraw(source.for_reader(user))));
    }

    /// Closes a question: its message says so, and its asker is owed the summary.
    pub(super) fn close(&mut self, ask: &mut Ask, end: End, cause: &mut Cause<'_>) {
        match &end {
            End::Answered => self.note(ask.subject(), Why::AllAnswered, cause),
            End::Over => self.note(ask.subject(), Why::WindowOver, cause),
            End::Cancelled | End::Unposted(_) => {}
        }
        ask.closings += 1;
        ask.state = State::Closed { end, at: cause.now };
        self.owe_update(ask, cause);
        self.owe_ask(
            dm_lane(&ask.asker),
            Effect::Summary { id: ask.id.clone(), closing: ask.closings },
            cause.now,
            cause,
        );
    }

    /// Owes the message as it is now: at once where it is known to be there, else as soon as it is.
    pub(super) fn owe_update(&mut self, ask: &mut Ask, cause: &mut Cause<'_>) {
        match &ask.posted {
            Some(posted) => {
                let lane = channel_lane(&posted.channel);
                self.owe_ask(lane, Effect::Update { id: ask.id.clone() }, cause.now, cause);
            }
            None => ask.is_behind = true,
        }
    }

    /// Owes somebody's reminder, where they are to have one and have had none.
    pub(super) fn owe_reminder(&mut self, seen: &Snapshot, ask: &Ask, user: &UserId, cause: &mut Cause<'_>) {
        let Some(asked) = ask.people.get(user).filter(|asked| asked.reminded.is_none() && asked.is_waited_for()) else {
            return;
        };
        let (Some(member), Some(before)) = (seen.members.get(user), asked.remind_before) else { return };
        let declared = member.declared(&seen.workspace);
        let Some(at) = window::remind_at(declared, asked.since, asked.minutes, before).filter(|at| *at < asked.due)
        else {
            return;
        };
        let remind = Effect::Remind { id: ask.id.clone(), user: user.clone(), turn: asked.turn };
        self.owe_ask(dm_lane(user), remind, at.max(cause.now), cause);
    }

    pub(super) fn owe_ask(&mut self, lane: String, effect: Effect, at: jiff::Timestamp, cause: &mut Cause<'_>) {
        self.effects.push(cause.owe(lane, at, effect::Effect::Ask(effect)));
    }

    pub(super) fn note(&mut self, subject: Subject, why: Why, cause: &Cause<'_>) {
        self.receipts.push(cause.receipt(subject, What::Noted(receipt::Why::Ask(why))));
    }
}

/// The last window is over, as far as was known when it was set.
fn ended(snapshot: &Snapshot, id: &AskId, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(ask) = snapshot.asks.get(id).filter(|ask| ask.is_open()) else { return decision };
    let mut closed = ask.clone();
    if ask.ends_at().is_none_or(|at| at <= cause.now) {
        decision.close(&mut closed, End::Over, cause);
        decision.withdraw_answered(Some(ask), &closed);
        decision.changes.push(change::Change::Ask(Change::Ask(Box::new(closed))));
    } else {
        decision.put_ask(None, closed, cause);
    }
    decision
}

fn refused(refusal: &Refusal) -> receipt::Why {
    receipt::Why::People(people::Why::Refused(refusal.clone()))
}

/// The end of something that was owed.
fn settled(snapshot: &Snapshot, effect: &Effect, outcome: &Outcome, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(ask) = snapshot.asks.get(effect.id()) else { return decision };
    // Where a thread stands in for direct messages, it is tried there.
    let again =
        matches!(outcome, Outcome::Refused(Refusal::DirectMessagesClosed)) && snapshot.workspace.capabilities.aside;
    match effect {
        Effect::Post { .. } => posted(snapshot, ask, outcome, &mut decision, cause),
        Effect::Remind { user, .. } | Effect::Moved { user, .. } if again => {
            let reader = if matches!(effect, Effect::Moved { .. }) { &ask.asker } else { user };
            decision.owe_ask(dm_lane(reader), effect.clone(), cause.now, cause);
        }
        Effect::Summary { .. } if again => decision.owe_ask(dm_lane(&ask.asker), effect.clone(), cause.now, cause),
        Effect::Remind { user, .. } => {
            if let (Outcome::Sent(there), Some(asked)) = (outcome, ask.people.get(user)) {
                let mut ask = ask.clone();
                ask.people.insert(user.clone(), Asked { reminded: Some(there.at), ..asked.clone() });
                decision.changes.push(change::Change::Ask(Change::Ask(Box::new(ask))));
            }
            decision.receipts.push(cause.receipt(effect.subject(), what(outcome)));
        }
        Effect::Moved { .. } => decision.receipts.push(cause.receipt(effect.subject(), what(outcome))),
        Effect::Summary { closing, .. } => {
            let is_told = matches!(outcome, Outcome::Sent(_) | Outcome::Answered) || *closing == ask.closings;
            if let (State::Closed { end, .. }, true) = (&ask.state, is_told) {
                let state = State::Settled { end: end.clone(), at: cause.now };
                decision.put_ask(Some(ask), Ask { state, ..ask.clone() }, cause);
            }
            decision.receipts.push(cause.receipt(effect.subject(), what(outcome)));
        }
        // The message is gone, or closed to jeda: what it said last stays.
        Effect::Update { .. } => {
            if let Outcome::Refused(refusal) = outcome {
                decision.receipts.push(cause.receipt(effect.subject(), What::Skipped(refused(refusal))));
            }
        }
    }
    decision
}

fn what(outcome: &Outcome) -> What {
    match outcome {
        Outcome::Sent(_) | Outcome::Answered => What::Sent,
        Outcome::Refused(refusal) => What::Skipped(refused(refusal)),
        Outcome::Skipped(why) => What::Skipped(why.clone()),
    }
}

/// The question is there, or can't be posted.
fn posted(snapshot: &Snapshot, ask: &Ask, outcome: &Outcome, decision: &mut Decision, cause: &mut Cause<'_>) {
    let why = match outcome {
        Outcome::Sent(there) => {
            decision.receipts.push(cause.receipt(ask.subject(), lateness(ask, there)));
            let mut there = Ask { posted: Some(there.clone()), is_behind: false, ..ask.clone() };
            // It was changed or taken back, or its time was over, while it was on its way.
            if ask.is_behind || !there.is_open() {
                decision.owe_update(&mut there, cause);
            }
            for item in waiting(&there, cause.now) {
                decision.join(digest::put(snapshot, item, cause));
            }
            return decision.put_ask(Some(ask), there, cause);
        }
        Outcome::Refused(refusal) => refused(refusal),
        Outcome::Skipped(why) => why.clone(),
        Outcome::Answered => return,
    };
    decision.receipts.push(cause.receipt(ask.subject(), What::Skipped(why.clone())));
    if ask.is_open() {
        let mut closed = ask.clone();
        decision.close(&mut closed, End::Unposted(why), cause);
        decision.put_ask(Some(ask), closed, cause);
    }
}

/// What waits for the digests of those who are asked. Until one comes, they may have answered: then there is nothing in
/// it to say, and until then it stands in the order of its due time.
fn waiting(ask: &Ask, now: jiff::Timestamp) -> impl Iterator<Item = digest::Item> {
    let waited = ask.people.iter().filter(|(_, asked)| ask.is_open() && asked.is_waited_for());
    waited.map(move |(user, asked)| {
        let source = digest::Source::Ask(ask.id.clone());
        digest::Item {
            id: source.for_reader(user),
            reader: user.clone(),
            source,
            from: Some(ask.asker.clone()),
            place: Some(ask.channel.clone()),
            thread: None,
            posted: ask.posted.clone(),
            line: None,
            due: Some(asked.due),
            since: now,
            state: digest::State::Waiting { not_before: None },
        }
    })
}

fn lateness(ask: &Ask, there: &Posted) -> What {
    if there.at.duration_since(ask.asked_at) <= SignedDuration::from_mins(LATER_LATE_MINUTES) {
        What::Sent
    } else {
        What::SentLate(receipt::Why::People(people::Why::Downtime))
    }
}
