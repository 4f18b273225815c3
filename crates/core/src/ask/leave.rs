//! Windows follow their people: whoever goes on leave has their time after it, and whoever asked is told, once.

use super::{Ask, Asked, Effect, Standing, Why, window};
use crate::{
    decide::{Cause, Decision},
    effect::dm_lane,
    id::{Subject, UserId},
    limit::WINDOW_MINUTES_MIN,
    people::Member,
    snapshot::Snapshot,
    time::State as Doing,
};
use jiff::{Timestamp, ToSpan};

/// Somebody's hours are others now, or they went on leave, or came back.
pub(super) fn follow(snapshot: &Snapshot, user: &UserId, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(member) = snapshot.members.get(user) else { return decision };
    for ask in snapshot.asks.values().filter(|ask| ask.is_open()) {
        let Some(asked) = ask.people.get(user).filter(|asked| !asked.has_answered()) else { continue };
        let Some(moved) = moved(snapshot, member, asked, cause.now) else { continue };
        let is_away = moved.standing == Standing::Away;
        let is_later = is_away || moved.due > asked.due && asked.standing == Standing::Waits;
        let tells = is_later && !asked.told_away;
        let mut changed = ask.clone();
        changed.people.insert(user.clone(), Asked { told_away: asked.told_away || is_later, ..moved });
        let subject = Subject::new(format!("ask-moved/{}/{user}", ask.id));
        decision.note(subject, if is_away { Why::Away } else { Why::Moved }, cause);
        decision.owe_reminder(snapshot, &changed, user, cause);
        // Where nobody else is waited for, the summary says it.
        if changed.ends_at().is_some() {
            decision.owe_update(&mut changed, cause);
            if tells {
                let effect = Effect::Moved { id: ask.id.clone(), user: user.clone() };
                decision.owe_ask(dm_lane(&ask.asker), effect, cause.now, cause);
            }
        }
        decision.put_ask(Some(ask), changed, cause);
    }
    decision
}

/// Their part as it is now; none where nothing about it changes.
fn moved(snapshot: &Snapshot, member: &Member, asked: &Asked, now: Timestamp) -> Option<Asked> {
    let declared = member.declared(&snapshot.workspace).planned();
    let left = match asked.standing {
        Standing::Gone => return None,
        Standing::Away => asked.minutes,
        Standing::Waits => {
            let last = asked.due.checked_sub(1.millisecond()).unwrap_or(asked.due);
            if asked.due <= now || declared.at(last).state != Doing::Away {
                return None;
            }
            asked.minutes - window::minutes(declared, asked.since, now)
        }
    };
    let minutes = left.max(WINDOW_MINUTES_MIN);
    let back = declared.next_in_hours(now);
    let due = back.and_then(|back| declared.after_hours(back, minutes)).filter(|due| *due <= window::last(now));
    let turn = asked.turn + 1;
    match (back, due) {
        (Some(since), Some(due)) => {
            Some(Asked { due, since, minutes, turn, standing: Standing::Waits, ..asked.clone() })
        }
        _ if asked.standing == Standing::Away => None,
        _ => Some(Asked { since: now, minutes, turn, standing: Standing::Away, ..asked.clone() }),
    }
}

/// Somebody is no longer here: nobody waits for them.
pub(super) fn gone(snapshot: &Snapshot, user: &UserId, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let waits = |ask: &&Ask| ask.is_open() && ask.people.get(user).is_some_and(|asked| !asked.has_answered());
    for ask in snapshot.asks.values().filter(waits) {
        let mut changed = ask.clone();
        if let Some(asked) = changed.people.get_mut(user) {
            asked.standing = Standing::Gone;
        }
        decision.put_ask(Some(ask), changed, cause);
    }
    decision
}
