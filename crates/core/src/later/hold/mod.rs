//! What a norm holds: a message is taken back out of its channel, waits, and is posted there again in its author's name
//! at the first hour at which anybody whom it names is at work.
//!
//! Nothing is lost on the way. The row is there before the platform is asked to take the message away; until that is
//! certain it is [`Taking`](State::Taking), and where it can't be, it stays in the channel and nothing else happens. From
//! then on it is in its author's list as their other messages are. What is due is judged anew, by the norms and hours of
//! that moment: whoever is off then is not mentioned by the message that comes, and is given it by themselves.

mod decide;
mod parts;
mod release;
#[cfg(test)]
mod tests;

pub(super) use decide::{deleted, due, settled, taken, told};
pub(super) use parts::parts;
pub(super) use release::{repost, take_back, tell};

use super::{How, Later, LaterId, Letter, Original, State, To, Words};
use crate::{
    change,
    decide::{Cause, Decision},
    effect,
    event::{Spot, Whole, Wrote},
    id::{MessageId, UserId, short},
    limit::LATERS_WAITING_MAX,
    norm::{JudgedId, verdict::Mentions},
    snapshot::{Need, Snapshot},
    wake::{self, WakeChange},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What it takes to post a message again as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its words in the platform's own spelling.
    pub raw: String,
    /// Whom it mentions.
    pub mentions: Mentions,
    /// The name that its author had there.
    pub name: String,
    /// Where a picture of them is.
    pub face: Option<String>,
    /// The message that it answers.
    pub answers: Option<MessageId>,
    /// Whether it is known that somebody is back when it is due.
    pub known: bool,
    /// When it leaves.
    pub leaves: Leaves,
}

/// When a held message is posted again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaves {
    /// At the first hour at which anybody whom it names is at work.
    InTheirHours,
    /// Now, as its author wants it. Whoever is off is not mentioned.
    Now,
    /// Now, since it is on record as urgent: whoever it names is mentioned.
    Urgent,
}

/// A held message on its way back into its channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// What it was.
    pub letter: Letter,
    /// Whom it mentions: those of whom it names who are at work.
    pub mentions: BTreeSet<UserId>,
    /// Who is given it by themselves.
    pub others: Vec<UserId>,
    /// Pieces of it that are there.
    pub there: u32,
    /// Pieces that it has.
    pub pieces: u32,
}

impl Held {
    /// When it is posted again, as far as is known.
    pub(super) fn how(&self, letter: &Letter, now: Timestamp) -> How {
        match self.leaves {
            Leaves::InTheirHours if !self.known => How::WhenBack,
            Leaves::InTheirHours if letter.due_at > now => How::At(letter.due_at),
            _ => How::Now,
        }
    }
}

impl Posting {
    /// Whether this piece of it comes next.
    pub(super) fn is_next(&self, turn: u32, part: u32) -> bool {
        self.letter.turn == turn && self.there == part
    }
}

impl LaterId {
    /// The name of the message that is held, if it is: holding it twice is holding it once.
    pub(crate) fn held(spot: &Spot) -> Self {
        Self(short(&format!("held/{}/{}", spot.channel, spot.message)))
    }
}

/// Rows that holding a message needs.
pub(crate) fn needs(wrote: &Wrote) -> BTreeSet<Need> {
    match (&wrote.whole, spot(wrote)) {
        (Some(_), Some(spot)) => [Need::LatersOf(wrote.by.user.clone()), Need::Later(LaterId::held(&spot))].into(),
        _ => BTreeSet::new(),
    }
}

fn spot(wrote: &Wrote) -> Option<Spot> {
    let channel = wrote.by.channel.clone()?;
    Some(Spot { channel, thread: wrote.thread.clone(), message: wrote.message.clone() })
}

/// Whether one more message of this author's may wait.
pub(crate) fn has_room(snapshot: &Snapshot, author: &UserId) -> bool {
    let mine = snapshot.laters.values().filter(|later| later.author == *author && later.letter().is_some());
    mine.count() < LATERS_WAITING_MAX
}

/// The message that is held of this one, while it is.
pub(crate) fn waiting<'s>(snapshot: &'s Snapshot, judged: &JudgedId) -> Option<&'s Later> {
    let is_it = |later: &&Later| later.held().is_some() && later.original().is_some_and(|of| of.judged() == *judged);
    snapshot.laters.values().find(is_it)
}

/// Holds a message: its row is written, and the platform is asked to take it back.
pub(crate) fn hold(snapshot: &Snapshot, wrote: &Wrote, whole: &Whole, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(spot) = spot(wrote) else { return decision };
    let id = LaterId::held(&spot);
    if snapshot.laters.contains_key(&id) {
        return decision;
    }
    let numbers = snapshot.laters.values().filter(|later| later.author == wrote.by.user).map(|later| later.number);
    let held = Held {
        raw: whole.raw.clone(),
        mentions: wrote.mentions.clone(),
        name: whole.name.clone(),
        face: whole.face.clone(),
        answers: whole.answers.clone(),
        known: false,
        leaves: Leaves::InTheirHours,
    };
    let of = Original { spot, words: Words::Known };
    let judged = of.judged();
    let letter = Letter {
        to: To::Channel(of.spot.channel.clone()),
        text: whole.text.clone(),
        written_at: whole.at,
        not_before: cause.now,
        due_at: cause.now,
        turn: 0,
        of: Some(of),
        held: Some(Box::new(held)),
    };
    let later = Later {
        id: id.clone(),
        number: numbers.max().unwrap_or(0) + 1,
        author: wrote.by.user.clone(),
        state: State::Taking(letter),
    };
    decision.put_later(later);
    // A lane of its own: every second counts while it can be read.
    let take = super::Effect::TakeBack { id: id.clone(), judged };
    decision.effects.push(cause.owe(format!("take/{id}"), cause.now, effect::Effect::Later(take)));
    decision
}

/// It is posted at once, as its author wants it, or since it is on record as urgent. What is being taken back, or is on
/// its way already, is left alone.
pub(crate) fn posted_at_once(snapshot: &Snapshot, later: &Later, leaves: Leaves, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let mut letter = match &later.state {
        State::Waiting(letter) => letter.clone(),
        State::Posting(posting) if posting.there == 0 && !snapshot.under_way.contains(&later.id) => {
            posting.letter.clone()
        }
        _ => return decision,
    };
    letter.turn += 1;
    letter.not_before = cause.now;
    letter.due_at = cause.now;
    if let Some(held) = &mut letter.held {
        held.leaves = leaves;
    }
    decision.wait_held(later, letter, cause.now, cause);
    decision
}

fn due_of(later: &Later, letter: &Letter) -> super::Wake {
    super::Wake::Due { id: later.id.clone(), written_at: letter.written_at, number: later.number }
}

impl Decision {
    /// A held message waits, and is looked at then.
    pub(super) fn wait_held(&mut self, later: &Later, letter: Letter, at: Timestamp, cause: &Cause<'_>) {
        let due = due_of(later, &letter);
        self.wakes.push(cause.due(due.key(), at, wake::Wake::Later(due)));
        self.put_later(later.now_in(State::Waiting(letter)));
    }

    /// A held message waits no longer.
    pub(super) fn clear_held(&mut self, later: &Later, letter: &Letter) {
        self.wakes.push(WakeChange::Clear(due_of(later, letter).key()));
    }

    /// Nothing is kept any more of what norms found of a message.
    pub(super) fn forget_judged(&mut self, judged: JudgedId) {
        self.changes.push(change::Change::Norm(crate::norm::Change::Forgotten(judged)));
    }
}
