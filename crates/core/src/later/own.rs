//! One's own messages that wait: to look at them, change them, send them now or take them back. Nobody sees or changes
//! another's.

use super::{
    End, Later, LaterId, Leaves, Letter, Original, State, Why, Words,
    command::{Asking, text, time_trouble},
    due, hold,
};
use crate::{
    command::Invocation,
    copy::later as words,
    decide::{Cause, Decision},
    event::Origin,
    message::{Message, Reply},
    receipt::{self, What},
    snapshot::Snapshot,
    time::{State as Doing, Zone},
};
use jiff::Timestamp;

/// When a message comes, as its author is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct When {
    /// How that is said.
    pub(crate) how: How,
    /// The author's own zone.
    pub(crate) zone: Zone,
    /// The reader's zone, where it is another one.
    pub(crate) theirs: Option<Zone>,
    /// The reader's zone is only the team's, since theirs is not known.
    pub(crate) guessed: bool,
}

/// How a message's time is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// They are at work: it goes at once.
    Now,
    /// At this time.
    At(Timestamp),
    /// When they are back, whenever that is.
    WhenBack,
}

/// A message's number as people type it.
pub(super) fn number(text: &str) -> Option<u32> {
    text.trim().trim_start_matches('#').trim_end_matches(['.', ')', ',']).parse().ok()
}

/// When a message comes.
pub(super) fn when(asking: &Asking<'_>, letter: &Letter, now: Timestamp) -> When {
    let workspace = &asking.seen.workspace;
    let zone = asking.author.zone(workspace);
    let how = match (&letter.held, due::expected(asking.seen, letter, now)) {
        (Some(held), _) => held.how(letter, now),
        (None, Some(at)) if at <= now => How::Now,
        (None, Some(at)) => How::At(at),
        (None, None) => How::WhenBack,
    };
    let reader = due::reader(asking.seen, &letter.to).filter(|reader| reader.user != asking.author.user);
    When {
        how,
        zone,
        theirs: reader.map(|reader| reader.zone(workspace)).filter(|theirs| *theirs != zone),
        guessed: reader.is_some_and(|reader| reader.zone_guessed()),
    }
}

/// Everything of theirs that waits, the next first, and what came back.
pub(super) fn list(asking: &Asking<'_>, now: Timestamp) -> Message {
    let mine = asking.seen.laters.values().filter(|later| later.author == asking.author.user);
    let mut all: Vec<(&Later, &Letter, When)> =
        mine.filter_map(|later| later.letter().map(|letter| (later, letter, when(asking, letter, now)))).collect();
    all.sort_by_key(|(later, _, when)| {
        let at = match (&later.state, &when.how) {
            (State::Waiting(_), How::At(at)) => *at,
            (State::Waiting(_), How::WhenBack) => Timestamp::MAX,
            _ => now,
        };
        (at, later.number)
    });
    words::list(asking.language, &all)
}

/// `show`, `edit`, `now` and `cancel`, each of one message by its number.
pub(super) fn one(asking: &Asking<'_>, invocation: &Invocation, cause: &mut Cause<'_>) -> Result<Decision, Message> {
    let language = asking.language;
    let given = invocation.arg("number").unwrap_or_default();
    let number = number(given).ok_or_else(|| words::no_number(language, given))?;
    let is_it = |later: &&Later| later.author == asking.author.user && later.number == number;
    let later = asking.seen.laters.values().find(is_it).ok_or_else(|| words::no_number(language, given))?;
    let letter = still_there(asking, later)?;
    if invocation.is(&["later", "show"]) {
        return Err(words::whole(language, later, letter, &when(asking, letter, cause.now)));
    }
    if invocation.is(&["later", "cancel"]) {
        return cancel(asking, later, cause);
    }
    if let State::Back { why, .. } = &later.state {
        return Err(words::came_back(language, later.number, letter, why, &asking.author.zone(&asking.seen.workspace)));
    }
    if invocation.is(&["later", "now"]) {
        return send_now(asking, later, letter, cause);
    }
    edit(asking, invocation, later, letter, cause)
}

/// What is still to be delivered or given back, and not on its way at this moment.
fn still_there<'l>(asking: &Asking<'_>, later: &'l Later) -> Result<&'l Letter, Message> {
    match (&later.state, later.letter()) {
        (State::Taking(_), _) => Err(words::on_its_way(asking.language, later.number)),
        (State::Posting(posting), _) if posting.there > 0 => Err(words::on_its_way(asking.language, later.number)),
        (_, Some(_)) if asking.seen.under_way.contains(&later.id) => {
            Err(words::on_its_way(asking.language, later.number))
        }
        (_, Some(letter)) => Ok(letter),
        (State::Done { end, at }, None) => {
            let zone = asking.author.zone(&asking.seen.workspace);
            Err(words::ended(asking.language, later.number, *end, *at, &zone))
        }
        (_, None) => Err(words::no_number(asking.language, &later.number.to_string())),
    }
}

fn cancel(asking: &Asking<'_>, later: &Later, cause: &mut Cause<'_>) -> Result<Decision, Message> {
    let letter = still_there(asking, later)?;
    let mut decision = Decision::reply(Reply::Say(words::cancelled(asking.language, later.number, letter)));
    decision.receipts.push(cause.receipt(later.id.subject(), What::Noted(receipt::Why::Later(Why::Dropped))));
    if letter.held.is_some() {
        decision.clear_held(later, letter);
    }
    decision.put_later(later.now_in(State::Done { end: End::Dropped, at: cause.now }));
    Ok(decision)
}

/// What a button does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// Takes it back.
    Cancel,
    /// Sends it now.
    Now,
}

/// A button can be forged: only the author takes a message back, or sends it.
pub(super) fn clicked(snapshot: &Snapshot, by: &Origin, id: &LaterId, press: Press, cause: &mut Cause<'_>) -> Decision {
    let Some(asking) = Asking::of(snapshot, by) else { return Decision::default() };
    let done = match snapshot.laters.get(id).filter(|later| later.author == by.user) {
        Some(later) if press == Press::Cancel => cancel(&asking, later, cause),
        Some(later) if matches!(later.state, State::Back { .. }) => Err(words::not_there(asking.language)),
        Some(later) => still_there(&asking, later).and_then(|letter| send_now(&asking, later, letter, cause)),
        None => Err(words::not_there(asking.language)),
    };
    done.unwrap_or_else(|say| Decision::reply(Reply::Say(say)))
}

/// That a held message of theirs goes on waiting, and until when.
pub(crate) fn still_waits(snapshot: &Snapshot, by: &Origin, later: &Later, now: Timestamp) -> Message {
    let (Some(asking), Some(letter)) = (Asking::of(snapshot, by), later.letter()) else { return Message::default() };
    words::taken(asking.language, later, letter, &when(&asking, letter, now))
}

/// Now, where nobody is disturbed by it.
fn send_now(asking: &Asking<'_>, later: &Later, letter: &Letter, cause: &mut Cause<'_>) -> Result<Decision, Message> {
    let (seen, language) = (asking.seen, asking.language);
    let workspace = &seen.workspace;
    if letter.held.is_some() {
        let mut decision = hold::posted_at_once(seen, later, Leaves::Now, cause);
        decision.reply = Some(Reply::Say(words::goes_now(language, later.number, letter)));
        return Ok(decision);
    }
    if let Some(reader) = due::reader(seen, &letter.to) {
        let doing = reader.declared(workspace).at(cause.now);
        if doing.state != Doing::Working {
            let until = due::expected(seen, &Letter { not_before: cause.now, ..letter.clone() }, cause.now);
            return Err(words::not_now(language, &reader.user, until, &asking.author.zone(workspace)));
        }
    }
    let letter = Letter { not_before: cause.now, due_at: cause.now, turn: letter.turn + 1, ..letter.clone() };
    let mut decision = Decision::reply(Reply::Say(words::goes_now(language, later.number, &letter)));
    decision.owe_delivery(&later.id, &letter, cause);
    decision.put_later(later.now_in(State::Waiting(letter)));
    Ok(decision)
}

/// Other words, another time, or both.
fn edit(
    asking: &Asking<'_>,
    invocation: &Invocation,
    later: &Later,
    letter: &Letter,
    cause: &mut Cause<'_>,
) -> Result<Decision, Message> {
    let (seen, language) = (asking.seen, asking.language);
    let (text, named) = (text(asking, invocation)?, invocation.arg("when"));
    let raw = invocation.arg("text").map(str::trim).filter(|_| text.is_some()).map(str::to_owned);
    if text.is_none() && named.is_none() {
        return Err(words::nothing_to_change(language, later.number));
    }
    let mut letter = letter.clone();
    if let Some(text) = text {
        letter.text = text;
        // Whatever stood in the channel: these are the words now.
        letter.of = letter.of.map(|of| Original { words: Words::Known, ..of });
    }
    if let (Some(held), Some(raw)) = (&mut letter.held, raw) {
        held.raw = raw;
    }
    let mut decision = Decision::default();
    if named.is_some() {
        letter.not_before = due::not_before(seen, asking.author, &letter.to, named, cause.now)
            .map_err(|trouble| time_trouble(language, &trouble))?;
        letter.due_at = due::expected(seen, &letter, cause.now).unwrap_or(letter.not_before);
        letter.turn += 1;
        if letter.held.is_none() {
            decision.owe_delivery(&later.id, &letter, cause);
        }
    }
    let say = words::changed(language, later, &letter, &when(asking, &letter, cause.now));
    decision.reply = Some(Reply::Say(say));
    if letter.held.is_some() {
        // Judged anew at once: it says, and names, something else.
        decision.wait_held(later, letter, cause.now, cause);
    } else {
        decision.put_later(later.now_in(State::Waiting(letter)));
    }
    Ok(decision)
}
