//! What becomes of held messages: taken back or not, due, posted again, or given back.

use super::{Held, Leaves, Posting, parts};
use crate::{
    decide::{Cause, Decision},
    digest,
    effect::{self, dm_lane},
    event::{Outcome, Posted, Refusal, Spot},
    id::{ChannelId, UserId},
    later::{Effect, End, Later, LaterId, Letter, State, Why, due as hours, original, said},
    limit::{HELD_LOOK_MINUTES, HELD_PART_UNITS_MAX, HELD_READERS_MAX, LATER_LATE_MINUTES},
    norm::{self, Conversation, JudgedId, digest::Part, verdict::Reach},
    people,
    receipt::{self, What},
    snapshot::Snapshot,
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::BTreeSet;

/// What the norms say now of a message that waits.
pub(super) fn judged_anew(
    snapshot: &Snapshot,
    later: &Later,
    held: &Held,
    channel: &ChannelId,
    now: Timestamp,
) -> norm::Anew {
    norm::anew(snapshot, &later.author, channel, &held.mentions, now)
}

/// The end of taking it back.
pub(in crate::later) fn taken(
    snapshot: &Snapshot,
    later: &Later,
    judged: &JudgedId,
    outcome: &Outcome,
    cause: &mut Cause<'_>,
) -> Decision {
    let mut decision = Decision::default();
    let State::Taking(letter) = &later.state else { return decision };
    let subject = later.id.subject();
    match outcome {
        Outcome::Sent(_) | Outcome::Answered => {
            decision.receipts.push(cause.receipt(subject, What::Noted(receipt::Why::Later(Why::Held))));
            let tell = Effect::TellHeld { id: later.id.clone(), judged: judged.clone(), author: later.author.clone() };
            decision.effects.push(cause.owe(dm_lane(&later.author), cause.now, effect::Effect::Later(tell)));
            let is_urgent = snapshot.judged.get(judged).is_some_and(|judged| judged.urgent);
            let waiting = later.now_in(State::Waiting(letter.clone()));
            decision.join(match is_urgent {
                true => super::posted_at_once(snapshot, &waiting, Leaves::Urgent, cause),
                false => waits(snapshot, later, letter, cause),
            });
        }
        // Somebody took it away before: its author, or a moderator. Nothing of it comes again.
        Outcome::Refused(Refusal::MessageGone) => {
            decision.receipts.push(cause.receipt(subject, What::Noted(receipt::Why::Later(Why::Deleted))));
            decision.put_later(later.now_in(State::Done { end: End::Dropped, at: cause.now }));
            decision.forget_judged(judged.clone());
        }
        // It went with its channel.
        Outcome::Refused(refusal @ Refusal::ChannelGone) => {
            let why = receipt::Why::People(people::Why::Refused(refusal.clone()));
            decision.join(back(later, letter, why, cause));
        }
        Outcome::Refused(_) | Outcome::Skipped(_) => {
            let why = match outcome {
                Outcome::Refused(refusal) => receipt::Why::People(people::Why::Refused(refusal.clone())),
                Outcome::Skipped(why) => why.clone(),
                Outcome::Sent(_) | Outcome::Answered => return decision,
            };
            decision.receipts.push(cause.receipt(subject, What::Skipped(why)));
            decision.put_later(later.now_in(State::Done { end: End::Stayed, at: cause.now }));
            decision.join(norm::stays(snapshot, judged, &letter.text, cause));
        }
    }
    decision
}

/// It waits until it is due, as far as is known now.
fn waits(snapshot: &Snapshot, later: &Later, letter: &Letter, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let (Some(held), Some(of)) = (letter.held.as_deref(), &letter.of) else { return decision };
    let anew = judged_anew(snapshot, later, held, &of.spot.channel, cause.now);
    let from = letter.not_before.max(cause.now);
    let next = if anew.waits { first_back(snapshot, &anew, from) } else { Some(from) };
    let due_at = next.unwrap_or_else(|| hours::look_again(cause.now));
    let held = Held { known: next.is_some(), ..held.clone() };
    let letter = Letter { due_at, held: Some(Box::new(held)), ..letter.clone() };
    let look = cause.now.checked_add(HELD_LOOK_MINUTES.minutes()).unwrap_or(Timestamp::MAX);
    decision.wait_held(later, letter, due_at.min(look), cause);
    decision
}

/// When the first of those who are off is back.
fn first_back(snapshot: &Snapshot, anew: &norm::Anew, from: Timestamp) -> Option<Timestamp> {
    let spared = anew.spared().filter_map(|user| snapshot.members.get(user));
    spared.filter_map(|member| member.declared(&snapshot.workspace).next_working(from)).min()
}

/// It may be due: it is posted again, or goes on waiting.
pub(in crate::later) fn due(snapshot: &Snapshot, id: &LaterId, cause: &mut Cause<'_>) -> Decision {
    let Some(later) = snapshot.laters.get(id) else { return Decision::default() };
    match &later.state {
        State::Waiting(letter) => looked_at(snapshot, later, letter, cause),
        _ => Decision::default(),
    }
}

fn looked_at(snapshot: &Snapshot, later: &Later, letter: &Letter, cause: &mut Cause<'_>) -> Decision {
    let (Some(held), Some(of)) = (letter.held.as_deref(), &letter.of) else { return Decision::default() };
    let anew = judged_anew(snapshot, later, held, &of.spot.channel, cause.now);
    let waits_on = held.leaves == Leaves::InTheirHours && (anew.waits || letter.not_before > cause.now);
    if !waits_on {
        return posts(later, letter, held, &anew, cause);
    }
    if cause.now >= hours::last(letter.written_at) {
        return back(later, letter, receipt::Why::Later(Why::NoHours), cause);
    }
    waits(snapshot, later, letter, cause)
}

/// It is posted again: whom it mentions, and who is given it by themselves, is decided here, so that nobody is forgotten
/// between the two.
fn posts(later: &Later, letter: &Letter, held: &Held, anew: &norm::Anew, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let named = said::members(&held.raw);
    let is_urgent = held.leaves == Leaves::Urgent;
    let mentions: BTreeSet<UserId> = match is_urgent {
        true => held.mentions.users.intersection(&named).cloned().collect(),
        false => anew.free().filter(|user| named.contains(*user)).cloned().collect(),
    };
    // Whom a group or everybody stands for is mentioned by neither: not all of them are at work. Those of a group are
    // given it by themselves; what is for everybody is read in the channel by whoever is there.
    let left_out = |it: &&norm::Reached| !mentions.contains(&it.user) && (it.spared || it.reach != Reach::Everyone);
    let others = anew.all.iter().filter(left_out).map(|it| it.user.clone()).take(HELD_READERS_MAX);
    let others = if is_urgent { Vec::new() } else { others.collect() };
    let pieces = u32::try_from(parts(&held.raw, HELD_PART_UNITS_MAX).len()).unwrap_or(u32::MAX);
    let letter = Letter { turn: letter.turn + 1, due_at: cause.now, ..letter.clone() };
    for part in 0..pieces {
        let repost = Effect::Repost { id: later.id.clone(), turn: letter.turn, part };
        let lane = letter.of.as_ref().map_or_else(String::new, |of| format!("held/{}", of.spot.channel));
        decision.effects.push(cause.owe(lane, cause.now, effect::Effect::Later(repost)));
    }
    decision.clear_held(later, &letter);
    decision.put_later(later.now_in(State::Posting(Posting { letter, mentions, others, there: 0, pieces })));
    decision
}

/// The end of posting a piece of it.
pub(in crate::later) fn settled(
    snapshot: &Snapshot,
    later: &Later,
    (turn, part): (u32, u32),
    outcome: &Outcome,
    cause: &mut Cause<'_>,
) -> Decision {
    let mut decision = Decision::default();
    let State::Posting(posting) = &later.state else { return decision };
    if posting.letter.turn != turn {
        return decision;
    }
    let why = match outcome {
        Outcome::Sent(posted) => return there(snapshot, later, posting, part, posted, cause),
        Outcome::Answered => return decision,
        Outcome::Skipped(receipt::Why::Later(Why::Turned)) => {
            return looked_at(snapshot, &later.now_in(State::Waiting(posting.letter.clone())), &posting.letter, cause);
        }
        // A piece whose turn hadn't come.
        Outcome::Skipped(receipt::Why::People(people::Why::Obsolete)) => return decision,
        Outcome::Skipped(why) => why.clone(),
        Outcome::Refused(refusal) => receipt::Why::People(people::Why::Refused(refusal.clone())),
    };
    decision.join(back(later, &posting.letter, why, cause));
    decision
}

/// A piece is there. With the last one it is delivered.
fn there(
    snapshot: &Snapshot,
    later: &Later,
    posting: &Posting,
    part: u32,
    posted: &Posted,
    cause: &mut Cause<'_>,
) -> Decision {
    let mut decision = Decision::default();
    if part + 1 < posting.pieces {
        let posting = Posting { there: part + 1, ..posting.clone() };
        decision.put_later(later.now_in(State::Posting(posting)));
        return decision;
    }
    let is_late = posted.at.duration_since(posting.letter.due_at) > SignedDuration::from_mins(LATER_LATE_MINUTES);
    let what = if is_late { What::SentLate(receipt::Why::People(people::Why::Downtime)) } else { What::Sent };
    decision.receipts.push(cause.receipt(later.id.subject(), what));
    decision.put_later(later.now_in(State::Done { end: End::Delivered, at: cause.now }));
    decision.join(others_find_it(snapshot, later, posting, posted, cause));
    decision
}

/// Those whom the message that is there doesn't mention, since they are off. They find it in their digests; where no
/// digest of the team's tells of mentions, each gets it as a message for later in their own hours, as far as its author has
/// room for more of those, and whoever is beyond that reads it in the channel.
fn others_find_it(
    snapshot: &Snapshot,
    later: &Later,
    posting: &Posting,
    posted: &Posted,
    cause: &mut Cause<'_>,
) -> Decision {
    let letter = &posting.letter;
    let Some(of) = &letter.of else { return Decision::default() };
    if digest::is_wanted(snapshot, Part::Mentions) {
        let place = Conversation { channel: of.spot.channel.clone(), thread: of.spot.thread.clone() };
        let line = digest::beginning(&letter.text);
        let (judged, from) = (of.judged(), &later.author);
        let mentioned = digest::Mentioned { judged: &judged, from, place: &place, posted, line: Some(&line) };
        let mut decision = Decision::default();
        for reader in &posting.others {
            decision.join(mentioned.put(snapshot, reader, letter.written_at, cause));
        }
        return decision;
    }
    let spot = Spot { message: posted.message.clone(), ..of.spot.clone() };
    original::given(
        snapshot,
        &later.author,
        (&later.id, &spot),
        &letter.text,
        letter.written_at,
        &posting.others,
        cause,
    )
}

/// It can't be posted: its author gets it back, whole.
pub(in crate::later) fn back(later: &Later, letter: &Letter, why: receipt::Why, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    decision.receipts.push(cause.receipt(later.id.subject(), What::Skipped(why.clone())));
    decision.clear_held(later, letter);
    decision.put_later(later.now_in(State::Back { letter: letter.clone(), why, since: cause.now }));
    let back = effect::Effect::Later(Effect::Return { id: later.id.clone(), part: 0 });
    decision.effects.push(cause.owe(dm_lane(&later.author), cause.now, back));
    decision
}

/// The end of telling its author. Where a thread stands in for direct messages, it is tried there.
pub(in crate::later) fn told(
    snapshot: &Snapshot,
    later: &Later,
    effect: &Effect,
    was_direct: bool,
    outcome: &Outcome,
    cause: &mut Cause<'_>,
) -> Decision {
    let mut decision = Decision::default();
    let is_closed = matches!(outcome, Outcome::Refused(Refusal::DirectMessagesClosed));
    if is_closed && was_direct && snapshot.workspace.capabilities.aside {
        let again = effect::Effect::Later(effect.clone());
        decision.effects.push(cause.owe(format!("aside/{}", later.author), cause.now, again));
        return decision;
    }
    let what = match outcome {
        Outcome::Sent(_) | Outcome::Answered => What::Sent,
        Outcome::Refused(refusal) => What::Skipped(receipt::Why::People(people::Why::Refused(refusal.clone()))),
        Outcome::Skipped(why) => What::Skipped(why.clone()),
    };
    decision.receipts.push(cause.receipt(effect.subject(), what));
    decision
}

/// A message is gone. One that the bot is taking back is gone by its own doing once it has asked for that; before, its
/// author deleted it, and nothing of it comes again.
pub(in crate::later) fn deleted(snapshot: &Snapshot, judged: &JudgedId, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(later) = super::waiting(snapshot, judged) else { return decision };
    if !matches!(later.state, State::Taking(_)) || snapshot.under_way.contains(&later.id) {
        return decision;
    }
    decision.receipts.push(cause.receipt(later.id.subject(), What::Noted(receipt::Why::Later(Why::Deleted))));
    decision.put_later(later.now_in(State::Done { end: End::Dropped, at: cause.now }));
    decision.forget_judged(judged.clone());
    decision
}
