//! Words about messages that are delivered later: to whom they are for, and to their authors.

use super::{Arg, Sample, excerpt, key, said, text, time, words};
use crate::{
    action::Action,
    id::{ChannelId, UserId},
    language::Language,
    later::{self, End, How, Later, Letter, State, To, When, Why},
    limit::{LATER_CHARS_MAX, LATER_DAYS_MAX, LATERS_WAITING_MAX},
    message::{Block, Button, Message, Show, Span, Style, Text},
    receipt,
    time::{TimeError, Zone},
};
use jiff::Timestamp;

/// Why a message took the way it did.
pub fn why(language: Language, why: &Why) -> Text {
    match why {
        Why::Dropped => text(language, "later-why-dropped", &[]),
        Why::NoHours => text(language, "later-why-no-hours", &[]),
        Why::Returned => text(language, "later-why-returned", &[]),
        Why::Deleted => text(language, "later-why-deleted", &[]),
        Why::Held => text(language, "later-why-held", &[]),
        Why::Turned => text(language, "later-why-turned", &[]),
    }
}

fn to(letter: &Letter) -> (&'static str, Arg) {
    let to = match &letter.to {
        To::Member(user) => Span::Member(user.clone()),
        To::Channel(channel) => Span::Channel(channel.clone()),
    };
    ("to", to.into())
}

fn at(language: Language, at: Timestamp, zone: &Zone) -> (&'static str, Arg) {
    ("at", time::at(language, at, Show::DateTime, zone).into())
}

fn number(later: u32) -> (&'static str, Arg) {
    ("number", words(later.to_string()))
}

fn quote(letter: &Letter) -> Block {
    Block::Quote(Text::said(letter.text.clone()))
}

/// The words, and where they were written first. Of a message that can't be read only the place is known.
fn body(language: Language, letter: &Letter) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !letter.text.is_empty() {
        blocks.push(quote(letter));
    }
    if let Some(of) = letter.of.as_ref().filter(|_| letter.held.is_none()) {
        let stands = key(if letter.text.is_empty() { "unread" } else { "read" });
        let args = [("words", stands), ("channel", of.spot.channel.clone().into())];
        blocks.push(Block::Small(text(language, "later-original", &args)));
    }
    blocks
}

/// To whom it is for, in their direct messages: who wrote it, when, the words, and the way to the message that they were
/// first. None wrote to themselves.
pub(crate) fn delivered(
    language: Language,
    author: Option<&UserId>,
    letter: &Letter,
    link: Option<String>,
    zone: &Zone,
) -> Message {
    let at = at(language, letter.written_at, zone);
    let head = match author {
        Some(author) => text(language, "later-from", &[("author", author.clone().into()), at]),
        None => text(language, "later-from-self", &[at]),
    };
    let mut message = Message::of(head);
    message.0.extend(body(language, letter));
    if let Some(url) = link {
        let label = super::line(language, "later-original-link", &[]);
        message = message.with(Block::Small(Text(vec![Span::Link { label, url }])));
    }
    message
}

/// To everybody in a channel. The author stands there by name, since a mention could reach them at night.
pub(crate) fn posted(language: Language, author: &str, letter: &Letter, zone: &Zone) -> Message {
    let args = [("author", said(author)), at(language, letter.written_at, zone)];
    Message::of(text(language, "later-posted", &args)).with(quote(letter))
}

/// Below a held message that is posted again: when it was written, and the message that it answers.
pub(crate) fn held_below(language: Language, letter: &Letter, answers: Option<String>, zone: &Zone) -> Message {
    let mut line = text(language, "later-held-below", &[at(language, letter.written_at, zone)]);
    if let Some(url) = answers {
        let label = super::line(language, "later-held-answers", &[]);
        line.0.extend([Span::Plain(" · ".to_owned()), Span::Link { label, url }]);
    }
    Message(vec![Block::Small(line)])
}

/// Back to its author, whole, with the reason. What takes several messages comes in pieces.
pub(crate) fn returned(
    language: Language,
    letter: &Letter,
    piece: &str,
    is_first: bool,
    why: &receipt::Why,
    zone: &Zone,
) -> Message {
    if !is_first {
        return Message(vec![Block::Quote(Text::said(piece))]);
    }
    let letter = &Letter { text: piece.to_owned(), ..letter.clone() };
    let args = [to(letter), at(language, letter.written_at, zone)];
    let head = match letter.held {
        Some(_) => text(language, "later-returned-held", &args),
        None => text(language, "later-returned", &args),
    };
    let because = text(language, "later-returned-why", &[("why", super::why(language, why, zone).into())]);
    let mut message = Message::of(head).with(Block::Small(because));
    message.0.extend(body(language, letter));
    message
}

/// How a message's time is said: the variant, and the time.
fn how(language: Language, when: &When) -> [(&'static str, Arg); 2] {
    let (how, instant) = match when.how {
        How::Now => ("now", None),
        How::At(at) => ("then", Some(at)),
        How::WhenBack => ("back", None),
    };
    let said = instant.map_or(words(""), |instant| at(language, instant, &when.zone).1);
    [("how", key(how)), ("at", said)]
}

/// The reader's own time, and whether it is a guess.
fn for_them(language: Language, when: &When) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let (How::At(at), Some(theirs)) = (&when.how, &when.theirs) {
        let moment = ("moment", words(time::moment(language, *at, theirs)));
        blocks.push(Block::Text(text(language, "later-for-them", &[moment])));
    }
    if when.guessed {
        let zone = when.theirs.unwrap_or(when.zone);
        blocks.push(Block::Small(text(language, "later-zone-guessed", &[("zone", words(zone.name()))])));
    }
    blocks
}

/// It was taken: when it comes, and how to take it back.
pub(crate) fn taken(language: Language, later: &Later, letter: &Letter, when: &When) -> Message {
    let mut message = Message::of(taken_head(language, later.number, &later.author, letter, when));
    message.0.extend(for_them(language, when));
    if when.how == How::Now {
        return message;
    }
    let cancel = Button {
        label: super::line(language, "later-cancel-button", &[]),
        action: Action::Later(later::Action::Cancel(later.id.clone())),
        style: Style::Quiet,
    };
    message.with(Block::Buttons(vec![cancel])).with(Block::Small(text(language, "later-how", &[])))
}

fn taken_head(language: Language, nth: u32, author: &UserId, letter: &Letter, when: &When) -> Text {
    let [how, at] = how(language, when);
    let args = [how, at, to(letter), number(nth), ("days", LATER_DAYS_MAX.into())];
    match &letter.to {
        To::Member(user) if user == author => text(language, "later-taken-self", &args),
        To::Member(_) => text(language, "later-taken", &args),
        To::Channel(_) if letter.held.is_some() => text(language, "later-taken-held", &args),
        To::Channel(_) => text(language, "later-taken-channel", &args),
    }
}

/// It says something else now, or comes at another time.
pub(crate) fn changed(language: Language, later: &Later, letter: &Letter, when: &When) -> Message {
    let mut message = Message::of(text(language, "later-changed", &[number(later.number)]))
        .with(Block::Text(taken_head(language, later.number, &later.author, letter, when)));
    message.0.extend(for_them(language, when));
    message.0.extend(body(language, letter));
    message
}

/// Everything of somebody's that waits or came back, a line each.
pub(crate) fn list(language: Language, all: &[(&Later, &Letter, When)]) -> Message {
    if all.is_empty() {
        return Message::of(text(language, "later-list-none", &[]));
    }
    let mut message = Message(vec![Block::Heading(super::line(language, "later-list-title", &[]))]);
    for (later, letter, when) in all {
        let first = ("text", beginning(letter));
        message = message.with(Block::Text(match later.state {
            State::Back { .. } => text(language, "later-list-back", &[number(later.number), to(letter), first]),
            _ => {
                let [how, at] = how(language, when);
                text(language, "later-list-line", &[how, at, number(later.number), to(letter), first])
            }
        }));
    }
    message.with(Block::Small(text(language, "later-list-how", &[])))
}

/// The first words; of a message that can't be read, where it is.
fn beginning(letter: &Letter) -> Arg {
    match &letter.of {
        Some(of) if letter.text.is_empty() => of.spot.channel.clone().into(),
        _ => excerpt(&letter.text.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

/// One message, whole.
pub(crate) fn whole(language: Language, later: &Later, letter: &Letter, when: &When) -> Message {
    let head = [number(later.number), to(letter), at(language, letter.written_at, &when.zone)];
    let mut message = Message::of(text(language, "later-shown", &head));
    message.0.extend(body(language, letter));
    match &later.state {
        State::Back { why, .. } => {
            let because = super::why(language, why, &when.zone);
            message = message.with(Block::Small(text(language, "later-returned-why", &[("why", because.into())])));
        }
        _ => {
            message.0.push(Block::Text(taken_head(language, later.number, &later.author, letter, when)));
            message.0.extend(for_them(language, when));
        }
    }
    message
}

/// It was taken back; the words once more, for whoever meant another number.
pub(crate) fn cancelled(language: Language, nth: u32, letter: &Letter) -> Message {
    let mut message = Message::of(text(language, "later-cancelled", &[number(nth), to(letter)]));
    message.0.extend(body(language, letter));
    message
}

/// People whom one answer names when a message of a channel waits for many.
const TAKEN_NAMED_MAX: usize = 8;

/// A message of a channel waits for each of these; how many more it can't wait for.
pub(crate) fn originals_taken(language: Language, all: &[(Later, Letter, When)], left_out: usize) -> Message {
    if all.is_empty() && left_out == 0 {
        return Message::of(text(language, "later-original-all-there", &[]));
    }
    let lines = all
        .iter()
        .take(TAKEN_NAMED_MAX)
        .map(|(later, letter, when)| Block::Text(taken_head(language, later.number, &later.author, letter, when)));
    let mut message = Message(lines.collect());
    let more = all.len().saturating_sub(TAKEN_NAMED_MAX);
    if more > 0 {
        message = message.with(Block::Text(text(language, "later-original-more", &[("count", more.into())])));
    }
    if left_out > 0 {
        let args = [("count", left_out.into()), ("max", LATERS_WAITING_MAX.into())];
        message = message.with(Block::Text(text(language, "later-original-left-out", &args)));
    }
    message.with(Block::Small(text(language, "later-how", &[])))
}

/// It goes now.
pub(crate) fn goes_now(language: Language, nth: u32, letter: &Letter) -> Message {
    Message::of(text(language, "later-goes-now", &[number(nth), to(letter)]))
}

/// They are off, so it doesn't go now.
pub(crate) fn not_now(language: Language, who: &UserId, until: Option<Timestamp>, zone: &Zone) -> Message {
    let who = ("who", who.clone().into());
    Message::of(match until {
        Some(until) => text(language, "later-not-now", &[who, ("until", at(language, until, zone).1)]),
        None => text(language, "later-not-now-open", &[who]),
    })
}

/// It could not be delivered, so nothing can be done about it but to take it off the list.
pub(crate) fn came_back(language: Language, nth: u32, letter: &Letter, why: &receipt::Why, zone: &Zone) -> Message {
    let because = text(language, "later-returned-why", &[("why", super::why(language, why, zone).into())]);
    let nth = ("number", words(nth.to_string()));
    let mut message = Message::of(text(language, "later-came-back", &[nth, to(letter)]));
    message.0.extend(body(language, letter));
    message.with(Block::Small(because))
}

/// It is being sent at this moment.
pub(crate) fn on_its_way(language: Language, nth: u32) -> Message {
    Message::of(text(language, "later-on-its-way", &[number(nth)]))
}

/// It came to its end before.
pub(crate) fn ended(language: Language, nth: u32, end: End, then: Timestamp, zone: &Zone) -> Message {
    let end = match end {
        End::Delivered => "delivered",
        End::Dropped => "dropped",
        End::Returned => "returned",
        End::Lost => "lost",
        End::Stayed => "stayed",
    };
    Message::of(text(language, "later-ended", &[("end", key(end)), number(nth), at(language, then, zone)]))
}

/// There is no message of this number.
pub(crate) fn no_number(language: Language, given: &str) -> Message {
    Message::of(text(language, "later-no-number", &[("given", excerpt(given))]))
}

/// A button of a message that is gone, or that somebody else wrote.
pub(crate) fn not_there(language: Language) -> Message {
    Message::of(text(language, "later-gone", &[]))
}

/// An edit without anything new.
pub(crate) fn nothing_to_change(language: Language, nth: u32) -> Message {
    Message::of(text(language, "later-nothing-to-change", &[number(nth)]))
}

/// No words.
pub(crate) fn no_text(language: Language) -> Message {
    Message::of(text(language, "later-no-text", &[]))
}

/// More words than fit.
pub(crate) fn too_long(language: Language, count: usize) -> Message {
    Message::of(text(language, "later-too-long", &[("count", count.into()), ("max", LATER_CHARS_MAX.into())]))
}

/// More messages than one author has waiting.
pub(crate) fn too_many(language: Language) -> Message {
    Message::of(text(language, "later-too-many", &[("max", LATERS_WAITING_MAX.into())]))
}

/// Further ahead than a message waits.
pub(crate) fn too_far(language: Language) -> Message {
    Message::of(text(language, "later-too-far", &[("days", LATER_DAYS_MAX.into())]))
}

/// A time that can't be read, or has passed.
pub(crate) fn time_trouble(language: Language, error: &TimeError) -> Message {
    Message::of(time::trouble(language, error)).with(Block::Small(text(language, "later-time-how", &[])))
}

/// To nobody.
pub(crate) fn no_recipient(language: Language) -> Message {
    Message::of(text(language, "later-no-recipient", &[]))
}

/// To several, or to a group.
pub(crate) fn one_recipient(language: Language) -> Message {
    Message::of(text(language, "later-one-recipient", &[]))
}

/// Nobody of that name.
pub(crate) fn person_unknown(language: Language, given: &str) -> Message {
    Message::of(text(language, "later-person-unknown", &[("given", excerpt(given))]))
}

/// They have left.
pub(crate) fn person_gone(language: Language, who: &UserId) -> Message {
    Message::of(text(language, "later-person-gone", &[("who", who.clone().into())]))
}

/// They accept no direct messages.
pub(crate) fn person_closed(language: Language, who: &UserId) -> Message {
    Message::of(text(language, "later-person-closed", &[("who", who.clone().into())]))
}

/// To a bot.
pub(crate) fn to_a_bot(language: Language, who: &UserId) -> Message {
    Message::of(text(language, "later-to-a-bot", &[("who", who.clone().into())]))
}

fn invited_key(invited: bool) -> (&'static str, Arg) {
    ("invited", key(if invited { "yes" } else { "no" }))
}

/// No channel of that name.
pub(crate) fn channel_unknown(language: Language, given: &str, invited: bool) -> Message {
    Message::of(text(language, "later-channel-unknown", &[("given", excerpt(given)), invited_key(invited)]))
}

/// A channel that is archived.
pub(crate) fn channel_archived(language: Language, channel: &ChannelId) -> Message {
    Message::of(text(language, "later-channel-archived", &[("channel", channel.clone().into())]))
}

/// A channel in which jeda may not write.
pub(crate) fn channel_not_open(language: Language, channel: &ChannelId, invited: bool) -> Message {
    let args = [("channel", channel.clone().into()), invited_key(invited)];
    Message::of(text(language, "later-channel-closed", &args))
}

/// A channel in which the author may not write.
pub(crate) fn channel_not_theirs(language: Language, channel: &ChannelId) -> Message {
    Message::of(text(language, "later-channel-not-theirs", &[("channel", channel.clone().into())]))
}

/// A held message.
pub(super) fn held_sample(known: bool) -> (Later, Letter, later::Held) {
    use crate::{
        event::Spot,
        later::{Held, Leaves, Original, Words},
        norm::verdict::Mentions,
    };
    let now = Timestamp::from_second(1_795_600_800).unwrap_or(Timestamp::UNIX_EPOCH);
    let held = Held {
        raw: "<@1> could you **look**?".to_owned(),
        mentions: Mentions::default(),
        name: "Budi".to_owned(),
        face: None,
        answers: None,
        known,
        leaves: Leaves::InTheirHours,
    };
    let spot = Spot { channel: ChannelId::new("C-eng"), thread: None, message: "m1".into() };
    let letter = Letter {
        to: To::Channel(ChannelId::new("C-eng")),
        text: "@Ana could you **look**?".to_owned(),
        written_at: now,
        not_before: now,
        due_at: now,
        turn: 0,
        of: Some(Original { spot, words: Words::Known }),
        held: Some(Box::new(held.clone())),
    };
    let state = State::Waiting(letter.clone());
    let id = later::LaterId::new("3xk9q2m8v7t1b");
    (Later { id, number: 3, author: UserId::new("U-budi"), state }, letter, held)
}

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    use crate::{
        event::{Refusal, Spot},
        later::{Original, Words},
        people::Why as Reason,
    };
    fn now() -> Timestamp {
        Timestamp::from_second(1_795_600_800).unwrap_or(Timestamp::UNIX_EPOCH)
    }
    fn zone(name: &str) -> Zone {
        Zone::find(name).unwrap_or_else(|_| Zone::utc())
    }
    fn letter(to: To, text: &str) -> Letter {
        Letter {
            to,
            text: text.to_owned(),
            written_at: now(),
            not_before: now(),
            due_at: now(),
            turn: 0,
            of: None,
            held: None,
        }
    }
    fn to_ana() -> Letter {
        letter(To::Member(UserId::new("U-ana")), "Could you look at the **draft**?\n<!channel> @everyone `rm -rf`")
    }
    fn to_eng() -> Letter {
        letter(To::Channel(ChannelId::new("C-eng")), "Lunch on Friday?")
    }
    fn long() -> Letter {
        letter(To::Member(UserId::new("U-ana")), &"A long story. ".repeat(20))
    }
    fn of_eng(text: &str) -> Letter {
        let spot = Spot { channel: ChannelId::new("C-eng"), thread: None, message: "m1".into() };
        let of = Some(Original { spot, words: Words::Known });
        Letter { of, ..letter(To::Member(UserId::new("U-ana")), text) }
    }
    fn originals(count: u32) -> Vec<(Later, Letter, When)> {
        let one = |nth| (later(nth, of_eng("")), of_eng(""), when(How::At(now()), None, false));
        (1..=count).map(one).collect()
    }
    fn later(number: u32, letter: Letter) -> Later {
        let state = State::Waiting(letter);
        Later { id: later::LaterId::new("3xk9q2m8v7t1b"), number, author: UserId::new("U-budi"), state }
    }
    fn when(how: How, theirs: Option<&str>, guessed: bool) -> When {
        When { how, zone: zone("Asia/Jakarta"), theirs: theirs.map(zone), guessed }
    }
    fn refused() -> receipt::Why {
        receipt::Why::People(Reason::Refused(Refusal::DirectMessagesClosed))
    }
    fn by() -> UserId {
        UserId::new("U-budi")
    }
    fn page() -> String {
        "https://acme.example/archives/C1/p1".to_owned()
    }
    vec![
        Sample::Message("later/delivered", |l| delivered(l, Some(&by()), &to_ana(), None, &zone("Europe/London"))),
        Sample::Message("later/delivered-self", |l| delivered(l, None, &to_eng(), None, &zone("Asia/Jakarta"))),
        Sample::Message("later/delivered-original", |l| {
            delivered(l, Some(&by()), &of_eng("Is the *release* out?"), Some(page()), &Zone::utc())
        }),
        Sample::Message("later/delivered-original-unread", |l| {
            delivered(l, Some(&by()), &of_eng(""), Some(page()), &Zone::utc())
        }),
        Sample::Message("later/originals-taken", |l| originals_taken(l, &originals(2), 0)),
        Sample::Message("later/originals-taken-many", |l| originals_taken(l, &originals(30), 12)),
        Sample::Message("later/originals-all-there", |l| originals_taken(l, &[], 0)),
        Sample::Message("later/posted", |l| posted(l, "Budi *x* <!here>", &to_eng(), &Zone::utc())),
        Sample::Message("later/returned", |l| returned(l, &to_ana(), &to_ana().text, true, &refused(), &Zone::utc())),
        Sample::Message("later/returned-held", |l| {
            let (_, letter, _) = held_sample(true);
            let mut message = returned(l, &letter, &letter.text, true, &refused(), &Zone::utc());
            message.0.extend(returned(l, &letter, "and the rest", false, &refused(), &Zone::utc()).0);
            message
        }),
        Sample::Message("later/held-below", |l| held_below(l, &held_sample(true).1, None, &Zone::utc())),
        Sample::Message("later/held-below-answer", |l| held_below(l, &held_sample(true).1, Some(page()), &Zone::utc())),
        Sample::Message("later/whole-held", |l| {
            let (later, letter, _) = held_sample(true);
            whole(l, &later, &letter, &when(How::At(now()), None, false))
        }),
        Sample::Message("later/whole-held-open", |l| {
            let (later, letter, _) = held_sample(false);
            let mut message = whole(l, &later, &letter, &when(How::WhenBack, None, false));
            message.0.extend(whole(l, &later, &letter, &when(How::Now, None, false)).0);
            message
        }),
        Sample::Message("later/taken", |l| {
            let when = when(How::At(now()), Some("Europe/London"), false);
            taken(l, &later(3, to_ana()), &to_ana(), &when)
        }),
        Sample::Message("later/taken-guessed", |l| {
            taken(l, &later(3, to_ana()), &to_ana(), &when(How::At(now()), Some("UTC"), true))
        }),
        Sample::Message("later/taken-now", |l| {
            taken(l, &later(3, to_ana()), &to_ana(), &when(How::Now, Some("UTC"), false))
        }),
        Sample::Message("later/taken-away", |l| {
            taken(l, &later(1_234, to_ana()), &to_ana(), &when(How::WhenBack, None, false))
        }),
        Sample::Message("later/taken-channel", |l| {
            taken(l, &later(4, to_eng()), &to_eng(), &when(How::At(now()), None, false))
        }),
        Sample::Message("later/taken-self", |l| {
            let mine = letter(To::Member(by()), "Milk");
            taken(l, &later(5, mine.clone()), &mine, &when(How::At(now()), None, false))
        }),
        Sample::Message("later/changed", |l| {
            changed(l, &later(3, to_ana()), &to_ana(), &when(How::At(now()), Some("Europe/London"), false))
        }),
        Sample::Message("later/list", |l| {
            let (ana, eng, back) = (later(3, to_ana()), later(4, to_eng()), later(5, long()));
            let back = back.now_in(State::Back { letter: long(), why: refused(), since: now() });
            let (to_ana, to_eng, long) = (to_ana(), to_eng(), long());
            let at = when(How::At(now()), None, false);
            let away = when(How::WhenBack, None, false);
            let all = [
                (&ana, &to_ana, at.clone()),
                (&eng, &to_eng, when(How::Now, None, false)),
                (&ana, &to_ana, away),
                (&back, &long, at),
            ];
            list(l, &all)
        }),
        Sample::Message("later/list-none", |l| list(l, &[])),
        Sample::Message("later/whole", |l| {
            whole(l, &later(3, to_ana()), &to_ana(), &when(How::At(now()), Some("Europe/London"), false))
        }),
        Sample::Message("later/whole-back", |l| {
            let state = State::Back { letter: to_ana(), why: refused(), since: now() };
            whole(l, &later(3, to_ana()).now_in(state), &to_ana(), &when(How::Now, None, false))
        }),
        Sample::Message("later/cancelled", |l| cancelled(l, 3, &to_ana())),
        Sample::Message("later/goes-now", |l| goes_now(l, 3, &to_eng())),
        Sample::Message("later/not-now", |l| not_now(l, &by(), Some(now()), &Zone::utc())),
        Sample::Message("later/not-now-open", |l| not_now(l, &by(), None, &Zone::utc())),
        Sample::Message("later/came-back", |l| came_back(l, 3, &to_ana(), &refused(), &Zone::utc())),
        Sample::Message("later/on-its-way", |l| on_its_way(l, 3)),
        Sample::Message("later/ended", |l| {
            let all = [End::Delivered, End::Dropped, End::Returned, End::Lost, End::Stayed];
            Message(all.iter().flat_map(|end| ended(l, 3, *end, now(), &Zone::utc()).0).collect())
        }),
        Sample::Message("later/no-number", |l| no_number(l, "<!here>")),
        Sample::Message("later/gone", not_there),
        Sample::Message("later/nothing-to-change", |l| nothing_to_change(l, 3)),
        Sample::Message("later/no-text", no_text),
        Sample::Message("later/too-long", |l| too_long(l, 40_000)),
        Sample::Message("later/too-many", too_many),
        Sample::Message("later/too-far", too_far),
        Sample::Message("later/time-trouble", |l| time_trouble(l, &TimeError::Date("someday".into()))),
        Sample::Message("later/no-recipient", no_recipient),
        Sample::Message("later/one-recipient", one_recipient),
        Sample::Message("later/person-unknown", |l| person_unknown(l, "@everyone")),
        Sample::Message("later/person-gone", |l| person_gone(l, &by())),
        Sample::Message("later/person-closed", |l| person_closed(l, &by())),
        Sample::Message("later/to-a-bot", |l| to_a_bot(l, &by())),
        Sample::Message("later/channel-unknown", |l| channel_unknown(l, "#nowhere", true)),
        Sample::Message("later/channel-unknown-uninvited", |l| channel_unknown(l, "#nowhere", false)),
        Sample::Message("later/channel-archived", |l| channel_archived(l, &ChannelId::new("C-eng"))),
        Sample::Message("later/channel-closed", |l| channel_not_open(l, &ChannelId::new("C-eng"), true)),
        Sample::Message("later/channel-closed-uninvited", |l| channel_not_open(l, &ChannelId::new("C-eng"), false)),
        Sample::Message("later/channel-not-theirs", |l| channel_not_theirs(l, &ChannelId::new("C-eng"))),
        Sample::Message("later/why", |l| {
            let all = [Why::Dropped, Why::NoHours, Why::Returned, Why::Deleted, Why::Held, Why::Turned];
            Message(all.iter().map(|it| Block::Text(why(l, it))).collect())
        }),
    ]
}
