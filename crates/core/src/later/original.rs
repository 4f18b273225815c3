//! What was written in a channel and is delivered in its readers' hours as well: a message for later to each of them.
//!
//! The message itself stays where it is. Its words are read from the platform when its author asks for this, and where
//! the platform doesn't let the bot read them, what is delivered says where they are.

use super::{
    End, Later, LaterId, Letter, Original, State, To, Why, Words,
    command::Asking,
    own::{self, When},
};
use crate::{
    copy::later as words,
    decide::{Cause, Decision},
    effect::{self, errand_lane},
    event::{Errand, Origin, Spot},
    id::UserId,
    limit::{LATER_CHARS_MAX, LATERS_WAITING_MAX},
    message::Reply,
    norm::JudgedId,
    receipt::{self, What},
    snapshot::{Need, Snapshot},
    time::State as Doing,
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Rows that the words of a message need.
pub(super) fn needs(spot: &Spot) -> BTreeSet<Need> {
    [Need::LatersFrom(JudgedId::of(&spot.channel, &spot.message))].into()
}

/// For whom a message is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Readers<'a> {
    /// These people, as far as they are off.
    pub(crate) named: &'a [UserId],
    /// How many more are off of whom only the number is known.
    pub(crate) more: usize,
}

/// A message of the author's to each of these people, in their hours. The rows of the author and the readers are in the
/// snapshot, and so is all that waits of the author's. Without its words the platform is asked for them.
pub(crate) fn deliver(
    snapshot: &Snapshot,
    by: &Origin,
    spot: &Spot,
    text: Option<&str>,
    written_at: Timestamp,
    readers: Readers<'_>,
    cause: &mut Cause<'_>,
) -> Decision {
    let Some(asking) = Asking::of(snapshot, by) else { return Decision::default() };
    let mine = || snapshot.laters.values().filter(|later| later.author == by.user);
    let mut number = mine().map(|later| later.number).max().unwrap_or(0);
    let room = LATERS_WAITING_MAX.saturating_sub(mine().filter(|later| later.letter().is_some()).count());
    let off: Vec<&UserId> = readers.named.iter().filter(|user| is_off(&asking, user, cause.now)).collect();
    let mut decision = Decision::default();
    let mut taken: Vec<(Later, Letter, When)> = Vec::new();
    for user in off.iter().take(room) {
        let id = LaterId::derived(&format!("original/{}/{}/{}/{user}", cause.workspace, spot.channel, spot.message));
        if snapshot.laters.contains_key(&id) {
            continue;
        }
        number += 1;
        let of = Original { spot: spot.clone(), words: if text.is_some() { Words::Known } else { Words::Asked } };
        let mut letter = Letter {
            to: To::Member((*user).clone()),
            text: text.map(fitting).unwrap_or_default(),
            written_at,
            not_before: cause.now,
            due_at: cause.now,
            turn: 0,
            of: Some(of),
            held: None,
        };
        letter.due_at = super::due::expected(snapshot, &letter, cause.now).unwrap_or(cause.now);
        let later = Later { id, number, author: by.user.clone(), state: State::Waiting(letter.clone()) };
        decision.owe_delivery(&later.id, &letter, cause);
        decision.put_later(later.clone());
        let when = own::when(&asking, &letter, cause.now);
        taken.push((later, letter, when));
    }
    if !taken.is_empty() && text.is_none() {
        let errand = Errand::Words(spot.clone());
        decision.effects.push(cause.owe(errand_lane(&errand), cause.now, effect::Effect::Errand(errand)));
    }
    let left_out = off.len().saturating_sub(room) + readers.more;
    decision.reply = Some(Reply::Say(words::originals_taken(asking.language, &taken, left_out)));
    decision
}

/// A message that was posted again, to each of these people in their hours: at once where they are at work. The rows of
/// its author and of these people are in the snapshot, and so is all that waits of its author's.
pub(super) fn given(
    snapshot: &Snapshot,
    author: &UserId,
    (held, spot): (&LaterId, &Spot),
    text: &str,
    written_at: Timestamp,
    readers: &[UserId],
    cause: &mut Cause<'_>,
) -> Decision {
    let mut decision = Decision::default();
    let mine = || snapshot.laters.values().filter(|later| later.author == *author);
    let mut number = mine().map(|later| later.number).max().unwrap_or(0);
    let room =
        LATERS_WAITING_MAX.saturating_sub(mine().filter(|later| later.letter().is_some() && later.id != *held).count());
    let is_there = |user: &&UserId| snapshot.members.get(*user).is_some_and(|reader| reader.active && !reader.bot);
    for user in readers.iter().filter(is_there).take(room) {
        let id = LaterId::derived(&format!("others/{}/{held}/{user}", cause.workspace));
        if snapshot.laters.contains_key(&id) {
            continue;
        }
        number += 1;
        let mut letter = Letter {
            to: To::Member(user.clone()),
            text: fitting(text),
            written_at,
            not_before: cause.now,
            due_at: cause.now,
            turn: 0,
            of: Some(Original { spot: spot.clone(), words: Words::Known }),
            held: None,
        };
        letter.due_at = super::due::expected(snapshot, &letter, cause.now).unwrap_or(cause.now);
        decision.owe_delivery(&id, &letter, cause);
        decision.put_later(Later { id, number, author: author.clone(), state: State::Waiting(letter) });
    }
    decision
}

/// Whoever is at work reads it where it is.
fn is_off(asking: &Asking<'_>, user: &UserId, now: Timestamp) -> bool {
    let reader = asking.seen.members.get(user).filter(|reader| reader.active && !reader.bot && *user != asking.by.user);
    reader.is_some_and(|reader| reader.declared(&asking.seen.workspace).at(now).state != Doing::Working)
}

/// As much of the words as one message holds. The rest stays where it was written, which is told beside it.
fn fitting(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= LATER_CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(LATER_CHARS_MAX - 1).chain(['…']).collect()
}

/// The words of a message came, or can't be had.
pub(super) fn read(snapshot: &Snapshot, spot: &Spot, text: Option<&str>) -> Decision {
    let mut decision = Decision::default();
    for later in snapshot.laters.values() {
        let State::Waiting(letter) = &later.state else { continue };
        let Some(of) = letter.of.as_ref().filter(|of| of.spot == *spot && of.words == Words::Asked) else { continue };
        let of = Some(Original { words: Words::Known, ..of.clone() });
        let text = text.map(fitting).unwrap_or_default();
        decision.put_later(later.now_in(State::Waiting(Letter { text, of, ..letter.clone() })));
    }
    decision
}

/// Its author deleted the message: nothing of it is delivered, but for what is on its way.
pub(super) fn deleted(snapshot: &Snapshot, judged: &JudgedId, cause: &Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    for later in snapshot.laters.values() {
        let is_of_it = later.held().is_none() && later.original().is_some_and(|of| of.judged() == *judged);
        if !is_of_it || !matches!(later.state, State::Waiting(_)) || snapshot.under_way.contains(&later.id) {
            continue;
        }
        decision.receipts.push(cause.receipt(later.id.subject(), What::Noted(receipt::Why::Later(Why::Deleted))));
        decision.put_later(later.now_in(State::Done { end: End::Dropped, at: cause.now }));
    }
    decision
}
