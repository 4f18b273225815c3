//! Words about questions: where they are asked, to whoever is asked, and to whoever asked.

use super::{Arg, Sample, excerpt, key, list as named, said, text, time, words};
use crate::{
    action::Action,
    ask::{self, Ask, Asked, End, Part, Standing, Why, window::Trouble},
    id::{ChannelId, UserId},
    language::Language,
    limit::{ASK_ANSWER_CHARS_MAX, ASK_CHARS_MAX, ASK_DAYS_MAX, ASK_PEOPLE_MAX, ASKS_OPEN_MAX},
    message::{Block, Button, Message, Show, Span, Style, Text},
    people::Workspace,
    receipt,
    snapshot::Capabilities,
    standup::cost_of_block,
    time::{TimeError, Zone},
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Why a question took the way it did.
pub fn why(language: Language, why: &Why) -> Text {
    match why {
        Why::Cancelled => text(language, "ask-why-cancelled", &[]),
        Why::AllAnswered => text(language, "ask-why-all-answered", &[]),
        Why::WindowOver => text(language, "ask-why-window-over", &[]),
        Why::Answered => text(language, "ask-why-answered", &[]),
        Why::TookBack => text(language, "ask-why-took-back", &[]),
        Why::Moved => text(language, "ask-why-moved", &[]),
        Why::Away => text(language, "ask-why-away", &[]),
        Why::TooLate => text(language, "ask-why-too-late", &[]),
    }
}

fn at(language: Language, at: Timestamp, zone: &Zone) -> (&'static str, Arg) {
    ("at", time::at(language, at, Show::DateTime, zone).into())
}

fn number(ask: &Ask) -> (&'static str, Arg) {
    ("number", words(ask.number.to_string()))
}

fn asker(ask: &Ask) -> (&'static str, Arg) {
    ("asker", ask.asker.clone().into())
}

fn channel(ask: &Ask) -> (&'static str, Arg) {
    ("channel", ask.channel.clone().into())
}

fn quote(ask: &Ask) -> Block {
    Block::Quote(Text::said(ask.text.clone()))
}

fn one_line(said: &str) -> Arg {
    excerpt(&said.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// People by when their windows end, first who ends first.
fn by_end<'a>(people: impl Iterator<Item = (&'a UserId, &'a Asked)>) -> BTreeMap<Timestamp, Vec<&'a UserId>> {
    let mut all: BTreeMap<Timestamp, Vec<&UserId>> = BTreeMap::new();
    for (user, asked) in people {
        all.entry(asked.due).or_default().push(user);
    }
    all
}

fn members<'a>(users: impl IntoIterator<Item = &'a UserId>) -> Vec<Arg> {
    users.into_iter().cloned().map(Arg::from).collect()
}

/// "Ana and Budi can answer until …", a line for each end.
fn ends(language: Language, ask: &Ask, called: &dyn Fn(&UserId) -> Span, zone: &Zone) -> Vec<Block> {
    let waited = ask.people.iter().filter(|(_, asked)| asked.standing == Standing::Waits);
    let line = |(end, users): (Timestamp, Vec<&UserId>)| {
        let count = ("count", users.len().into());
        let who = ("who", named(language, users.into_iter().map(|user| called(user).into())));
        Block::Text(text(language, "ask-until", &[who, at(language, end, zone), count]))
    };
    by_end(waited).into_iter().map(line).collect()
}

fn answer_button(ask: &Ask, label: String) -> Button {
    Button { label, action: Action::Ask(ask::Action::Answer(ask.id.clone())), style: Style::Quiet }
}

/// The question, where it was asked.
pub(crate) fn posted(
    language: Language,
    ask: &Ask,
    asker: Span,
    called: &dyn Fn(&UserId) -> Span,
    zone: &Zone,
) -> Message {
    let asker = ("asker", asker.into());
    if ask.end() == Some(&End::Cancelled) {
        return Message::of(text(language, "ask-posted-cancelled", &[asker]));
    }
    let who = ("who", named(language, ask.people.keys().map(|user| called(user).into())));
    let mut message = Message::of(text(language, "ask-posted", &[asker, who])).with(quote(ask));
    if !ask.is_open() {
        return message.with(Block::Small(text(language, "ask-posted-closed", &[])));
    }
    message.0.extend(ends(language, ask, called, zone));
    let label = super::line(language, "ask-answer-button", &[]);
    message.with(Block::Buttons(vec![answer_button(ask, label)])).with(Block::Small(text(
        language,
        "ask-posted-how",
        &[],
    )))
}

/// To whoever has not answered.
pub(crate) fn reminder(language: Language, ask: &Ask, asked: &Asked, zone: &Zone) -> Message {
    let args = [asker(ask), channel(ask), at(language, asked.due, zone)];
    let label = super::line(language, "ask-answer-button", &[]);
    Message::of(text(language, "ask-remind", &args))
        .with(quote(ask))
        .with(Block::Buttons(vec![answer_button(ask, label)]))
        .with(Block::Small(text(language, "ask-remind-how", &[])))
}

/// To the asker: somebody went away.
pub(crate) fn moved(language: Language, ask: &Ask, user: &UserId, asked: &Asked, zone: &Zone) -> Message {
    let args =
        [("who", user.clone().into()), number(ask), ("text", one_line(&ask.text)), at(language, asked.due, zone)];
    Message::of(match asked.standing {
        Standing::Waits => text(language, "ask-moved", &args),
        Standing::Away | Standing::Gone => text(language, "ask-moved-open", &args[..3]),
    })
}

/// It was taken: who has until when, and how to take it back.
pub(crate) fn taken(language: Language, ask: &Ask, zone: &Zone) -> Message {
    let mut message = Message::of(text(language, "ask-taken", &[number(ask)]));
    message.0.extend(ends(language, ask, &|user| Span::Member(user.clone()), zone));
    let cancel = Button {
        label: super::line(language, "ask-cancel-button", &[]),
        action: Action::Ask(ask::Action::Cancel(ask.id.clone())),
        style: Style::Quiet,
    };
    message.with(Block::Buttons(vec![cancel])).with(Block::Small(text(language, "ask-taken-how", &[])))
}

/// It says something else now, or waits for another time.
pub(crate) fn changed(language: Language, ask: &Ask, zone: &Zone) -> Message {
    let mut message = Message::of(text(language, "ask-changed", &[number(ask)])).with(quote(ask));
    message.0.extend(ends(language, ask, &|user| Span::Member(user.clone()), zone));
    message
}

/// It was taken back; the words once more, for whoever meant another number.
pub(crate) fn cancelled(language: Language, ask: &Ask) -> Message {
    Message::of(text(language, "ask-cancelled", &[number(ask)])).with(quote(ask))
}

/// What came of a question, in one message of so many characters. Where the answers are longer, each has its beginning,
/// and `/asks show` the rest.
pub(crate) fn summary(language: Language, ask: &Ask, end: &End, workspace: &Workspace, zone: &Zone) -> Message {
    let chars_max = workspace.capabilities.message_chars_max;
    let title = if *end == End::Answered { "all" } else { "over" };
    let head = [("end", key(title)), number(ask), channel(ask), at(language, ask.asked_at, zone)];
    let head = Message::of(text(language, "ask-summary", &head)).with(quote(ask));
    let whole = with_answers(language, head.clone(), ask, workspace, zone, usize::MAX);
    if chars(&whole) <= chars_max {
        return whole;
    }
    let tail = Block::Small(text(language, "ask-summary-more", &[number(ask)]));
    // Halved until it fits: with nothing of the words left, the lines of twenty people do.
    let mut each = ASK_ANSWER_CHARS_MAX;
    loop {
        let message = with_answers(language, head.clone(), ask, workspace, zone, each).with(tail.clone());
        if chars(&message) <= chars_max || each == 0 {
            return message;
        }
        each /= 2;
    }
}

fn chars(message: &Message) -> usize {
    let of = |block: &Block| match block {
        Block::Heading(title) => title.chars().count(),
        Block::Text(text) | Block::Quote(text) | Block::Small(text) => text.chars(),
        Block::Buttons(_) | Block::Divider => 0,
    };
    message.0.iter().map(|block| of(block) + 2).sum()
}

/// The answers, each with at most so many characters, and who has not answered.
fn with_answers(
    language: Language,
    mut message: Message,
    ask: &Ask,
    workspace: &Workspace,
    zone: &Zone,
    each: usize,
) -> Message {
    let mut answered: Vec<(&UserId, &Asked)> = ask.people.iter().filter(|(_, asked)| asked.has_answered()).collect();
    answered.sort_by_key(|(_, asked)| asked.answer.first().map(|part| part.at));
    for (user, asked) in answered {
        let Some(first) = asked.answer.first() else { continue };
        let args = [("who", user.clone().into()), at(language, first.at, zone)];
        message.0.push(Block::Text(text(language, "ask-answer", &args)));
        let link = asked.answer.iter().find_map(|part| ask.link(workspace, part));
        message.0.push(answer(language, &asked.answer, link, each));
    }
    let silent = |standing: Standing| {
        let of = move |(_, asked): &(&UserId, &Asked)| !asked.has_answered() && asked.standing == standing;
        members(ask.people.iter().filter(of).map(|(user, _)| user))
    };
    let lines =
        [(silent(Standing::Waits), "waits"), (silent(Standing::Away), "away"), (silent(Standing::Gone), "gone")];
    for (who, standing) in lines.into_iter().filter(|(who, _)| !who.is_empty()) {
        let count = ("count", who.len().into());
        let args = [("who", named(language, who)), ("standing", key(standing)), count];
        message.0.push(Block::Text(text(language, "ask-unanswered", &args)));
    }
    message
}

fn answer(language: Language, parts: &[Part], link: Option<String>, each: usize) -> Block {
    let said: Vec<&str> = parts.iter().filter_map(|part| part.words.as_deref()).collect();
    let mut quoted: Vec<Span> = Vec::new();
    if !said.is_empty() && each > 0 {
        let whole = said.join("\n");
        let mut shown: String = whole.chars().take(each).collect();
        if shown.len() < whole.len() {
            shown.push('…');
        }
        quoted.push(Span::Said(shown));
    }
    if parts.iter().any(|part| part.words.is_none()) {
        if !quoted.is_empty() {
            quoted.push(Span::Plain("\n".to_owned()));
        }
        quoted.extend(text(language, "ask-answer-there", &[]).0);
        if let Some(url) = link {
            let label = super::line(language, "ask-answer-link", &[]);
            quoted.extend([Span::Plain(" ".to_owned()), Span::Link { label, url }]);
        }
    }
    if quoted.is_empty() {
        quoted.push(Span::Plain("…".to_owned()));
    }
    Block::Quote(Text(quoted))
}

/// It could not be posted, so its asker has it back.
pub(crate) fn unposted(language: Language, ask: &Ask, why: &receipt::Why, zone: &Zone) -> Message {
    let because = text(language, "ask-unposted-why", &[("why", super::why(language, why, zone).into())]);
    Message::of(text(language, "ask-unposted", &[channel(ask)])).with(Block::Small(because)).with(quote(ask))
}

/// One question of theirs, whole.
pub(crate) fn whole(language: Language, ask: &Ask, workspace: &Workspace, zone: &Zone) -> Message {
    let head = [number(ask), channel(ask), at(language, ask.asked_at, zone)];
    let mut message = Message::of(text(language, "ask-shown", &head)).with(quote(ask));
    if ask.is_open() {
        message.0.extend(ends(language, ask, &|user| Span::Member(user.clone()), zone));
    } else if let Some(end) = ask.end() {
        message.0.push(Block::Text(ended_line(language, ask, end)));
    }
    for (user, asked) in &ask.people {
        if let Some(reminded) = asked.reminded {
            let args = [("who", user.clone().into()), at(language, reminded, zone)];
            message.0.push(Block::Small(text(language, "ask-shown-reminded", &args)));
        }
    }
    with_answers(language, message, ask, workspace, zone, usize::MAX)
}

fn ended_line(language: Language, ask: &Ask, end: &End) -> Text {
    let end = match end {
        End::Answered => "answered",
        End::Over => "over",
        End::Cancelled => "cancelled",
        End::Unposted(_) => "unposted",
    };
    text(language, "ask-ended", &[("end", key(end)), number(ask)])
}

/// It came to its end before.
pub(crate) fn ended(language: Language, ask: &Ask) -> Message {
    Message::of(ask.end().map_or_else(|| text(language, "ask-closed", &[]), |end| ended_line(language, ask, end)))
}

/// Buttons of one list: two rows.
const BUTTONS_MAX: usize = 10;
/// What a line that says how many more there are costs at most.
const MORE_COST: usize = 100;

/// One's own questions, and those that wait for one, a line each: what fits into one message, the first due first, and how
/// many more there are.
pub(crate) fn list(
    language: Language,
    me: &UserId,
    mine: &[&Ask],
    waiting: &[&Ask],
    limits: &Capabilities,
    zone: &Zone,
) -> Message {
    if mine.is_empty() && waiting.is_empty() {
        return Message::of(text(language, "ask-list-none", &[]));
    }
    let title = |id| Block::Heading(super::line(language, id, &[]));
    let how = Block::Small(text(language, "ask-list-how", &[]));
    let (titles, own_title) = (title("ask-list-waiting"), title("ask-list-mine"));
    let frame: usize = [&how, &titles, &own_title].into_iter().map(cost_of_block).sum();
    let mut room = limits.message_chars_max.saturating_sub(frame + 2 * MORE_COST);
    // Both titles, both lines that say how many more, the words below, and two rows of buttons.
    let mut blocks = limits.message_blocks_max.saturating_sub(7);
    let own: Vec<Block> = mine.iter().map(|ask| Block::Text(own_line(language, ask, zone))).collect();
    // One's own have half of it where both are long.
    let (own_room, own_blocks) =
        (own.iter().map(cost_of_block).sum::<usize>().min(room / 2), own.len().min(blocks / 2));
    let lines = waiting.iter().enumerate().map(|(index, ask)| waiting_line(language, me, ask, index + 1, zone));
    let waits = fitting(language, lines.map(Block::Text).collect(), room - own_room, blocks - own_blocks);
    room = room.saturating_sub(waits.iter().map(cost_of_block).sum());
    blocks = blocks.saturating_sub(waits.len());
    let mut message = Message::default();
    if !waiting.is_empty() {
        let label = |nth: usize| super::line(language, "ask-answer-nth-button", &[("nth", words(nth.to_string()))]);
        let shown = waits.iter().filter(|block| matches!(block, Block::Text(_))).count();
        let buttons = waiting.iter().take(shown.min(BUTTONS_MAX)).enumerate();
        let buttons = buttons.map(|(index, ask)| answer_button(ask, label(index + 1))).collect();
        message.0.push(titles);
        message.0.extend(waits);
        message.0.push(Block::Buttons(buttons));
    }
    if !mine.is_empty() {
        message.0.push(own_title);
        message.0.extend(fitting(language, own, room, blocks));
        message.0.push(how);
    }
    message
}

/// As many as fit, at least one, and how many more there are.
fn fitting(language: Language, lines: Vec<Block>, mut room: usize, blocks: usize) -> Vec<Block> {
    let all = lines.len();
    let mut shown: Vec<Block> = Vec::new();
    for line in lines {
        let cost = cost_of_block(&line);
        if !shown.is_empty() && (cost > room || shown.len() >= blocks) {
            break;
        }
        room = room.saturating_sub(cost);
        shown.push(line);
    }
    let more = all - shown.len();
    if more > 0 {
        shown.push(Block::Small(text(language, "ask-list-more", &[("count", more.into())])));
    }
    shown
}

fn waiting_line(language: Language, me: &UserId, ask: &Ask, nth: usize, zone: &Zone) -> Text {
    let due = ask.people.get(me).map_or(ask.asked_at, |asked| asked.due);
    let nth = ("nth", words(nth.to_string()));
    let args = [nth, asker(ask), channel(ask), at(language, due, zone), ("text", one_line(&ask.text))];
    text(language, "ask-list-waiting-line", &args)
}

fn own_line(language: Language, ask: &Ask, zone: &Zone) -> Text {
    let answered = ask.people.values().filter(|asked| asked.has_answered()).count();
    let mut args = vec![
        number(ask),
        channel(ask),
        ("answered", answered.into()),
        ("all", ask.people.len().into()),
        ("text", one_line(&ask.text)),
    ];
    match ask.ends_at().filter(|_| ask.is_open()) {
        Some(end) => {
            args.push(at(language, end, zone));
            text(language, "ask-list-line", &args)
        }
        None => text(language, "ask-list-line-closed", &args),
    }
}

// The form.

/// Its title.
pub(crate) fn form_title(language: Language) -> String {
    super::line(language, "ask-form-title", &[])
}

/// The question, above the field.
pub(crate) fn form_intro(ask: &Ask) -> Vec<Block> {
    vec![quote(ask)]
}

/// What is asked. Where nothing can stand above the field, that is the beginning of the question.
pub(crate) fn form_label(language: Language, ask: &Ask, has_intro: bool) -> String {
    match one_line(&ask.text) {
        Arg::Spans(spans) if !has_intro => super::flat(&Text(spans)),
        _ => super::line(language, "ask-form-label", &[]),
    }
}

/// Who reads it.
pub(crate) fn form_hint(language: Language) -> String {
    super::line(language, "ask-form-hint", &[])
}

/// Nothing was entered.
pub(crate) fn empty_answer(language: Language) -> String {
    super::line(language, "ask-answer-empty", &[])
}

/// More than is told again.
pub(crate) fn long_answer(language: Language, count: usize) -> String {
    super::line(language, "ask-answer-long", &[("count", count.into()), ("max", ASK_ANSWER_CHARS_MAX.into())])
}

/// It was taken.
pub(crate) fn thanks(language: Language, ask: &Ask) -> Message {
    Message::of(text(language, "ask-thanks", &[asker(ask)]))
}

/// The button of a question that is gone, or somebody else's.
pub(crate) fn not_there(language: Language) -> Message {
    Message::of(text(language, "ask-gone", &[]))
}

/// One's own question.
pub(crate) fn own(language: Language) -> Message {
    Message::of(text(language, "ask-own", &[]))
}

/// Somebody who was not asked.
pub(crate) fn not_asked(language: Language, ask: &Ask) -> Message {
    let who = ("who", named(language, members(ask.people.keys())));
    Message::of(text(language, "ask-not-asked", &[who]))
}

/// Its time is over.
pub(crate) fn is_closed(language: Language) -> Message {
    Message::of(text(language, "ask-closed", &[]))
}

// What can't be done.

/// No words.
pub(crate) fn no_text(language: Language) -> Message {
    Message::of(text(language, "ask-no-text", &[]))
}

/// To nobody.
pub(crate) fn no_people(language: Language) -> Message {
    Message::of(text(language, "ask-no-people", &[]))
}

/// To nobody but oneself, or to a group with nobody else in it.
pub(crate) fn nobody_else(language: Language) -> Message {
    Message::of(text(language, "ask-nobody-else", &[]))
}

/// To more than one question asks.
pub(crate) fn too_many_people(language: Language, count: usize) -> Message {
    Message::of(text(language, "ask-too-many-people", &[("count", count.into()), ("max", ASK_PEOPLE_MAX.into())]))
}

/// More words than fit.
pub(crate) fn too_long(language: Language, count: usize) -> Message {
    Message::of(text(language, "ask-too-long", &[("count", count.into()), ("max", ASK_CHARS_MAX.into())]))
}

/// More questions than one person has open.
pub(crate) fn too_many(language: Language) -> Message {
    Message::of(text(language, "ask-too-many", &[("max", ASKS_OPEN_MAX.into())]))
}

/// They have left.
pub(crate) fn person_gone(language: Language, who: &UserId) -> Message {
    Message::of(text(language, "ask-person-gone", &[("who", who.clone().into())]))
}

/// To a bot.
pub(crate) fn to_a_bot(language: Language, who: &UserId) -> Message {
    Message::of(text(language, "ask-to-a-bot", &[("who", who.clone().into())]))
}

/// A group of which it isn't known yet who is in it.
pub(crate) fn group_unknown(language: Language, name: &str) -> Message {
    Message::of(text(language, "ask-group-unknown", &[("group", said(format!("@{name}")))]))
}

/// Not in a channel that jeda knows: in direct messages, or in a thread.
pub(crate) fn no_channel(language: Language, invited: bool) -> Message {
    Message::of(text(language, "ask-no-channel", &[("invited", key(if invited { "yes" } else { "no" }))]))
}

/// A channel in which the asker may not write.
pub(crate) fn not_theirs(language: Language, channel: &ChannelId) -> Message {
    Message::of(text(language, "ask-not-theirs", &[("channel", channel.clone().into())]))
}

/// A time that can't be read, or has passed.
pub(crate) fn time_trouble(language: Language, error: &TimeError) -> Message {
    Message::of(time::trouble(language, error)).with(Block::Small(text(language, "ask-time-how", &[])))
}

/// Who can't be given the time, and why.
pub(crate) fn no_window(language: Language, all: &[(UserId, Trouble)], zone: &Zone) -> Message {
    let mut message = Message::of(text(language, "ask-no-window", &[]));
    for (user, trouble) in all {
        let who = ("who", user.clone().into());
        let days = ("days", ASK_DAYS_MAX.into());
        message.0.push(Block::Text(match trouble {
            Trouble::Far => text(language, "ask-far", &[who, days]),
            Trouble::NoHours => text(language, "ask-no-hours", &[who, days]),
            Trouble::Away(Some(until)) => text(language, "ask-away", &[who, at(language, *until, zone)]),
            Trouble::Away(None) => text(language, "ask-away-open", &[who]),
            Trouble::Short(Some(next)) => text(language, "ask-short", &[who, at(language, *next, zone)]),
            Trouble::Short(None) => text(language, "ask-no-hours", &[who, days]),
            Trouble::Time(error) => time::trouble(language, error),
        }));
    }
    message.with(Block::Small(text(language, "ask-no-window-how", &[])))
}

/// There is no question of this number.
pub(crate) fn no_number(language: Language, given: &str) -> Message {
    Message::of(text(language, "ask-no-number", &[("given", excerpt(given))]))
}

/// An edit without anything new.
pub(crate) fn nothing_to_change(language: Language, nth: u32) -> Message {
    Message::of(text(language, "ask-nothing-to-change", &[("number", words(nth.to_string()))]))
}

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    use crate::{
        ask::{AskId, State},
        event::{Posted, Refusal},
        id::MessageId,
        people::Why as Reason,
    };
    fn now() -> Timestamp {
        Timestamp::from_second(1_795_600_800).unwrap_or(Timestamp::UNIX_EPOCH)
    }
    fn jakarta() -> Zone {
        Zone::find("Asia/Jakarta").unwrap_or_else(|_| Zone::utc())
    }
    fn user(name: &str) -> UserId {
        UserId::new(format!("U-{name}"))
    }
    fn workspace() -> Workspace {
        let mut it = Workspace::unknown("T1");
        it.capabilities.message_chars_max = 1_800;
        it.permalink = Some("https://team.example/archives/{channel}/p{message}".into());
        it
    }
    fn part(words: Option<&str>) -> Part {
        let message = words.is_none().then(|| MessageId::new("1795600800.000100"));
        Part { message, thread: None, words: words.map(str::to_owned), at: now() }
    }
    fn asked(hours: i64, standing: Standing, answer: Vec<Part>) -> Asked {
        Asked {
            due: now() + jiff::SignedDuration::from_hours(hours),
            since: now(),
            minutes: hours * 60,
            remind_before: Some(120),
            turn: 0,
            reminded: (hours > 24).then(now),
            standing,
            told_away: false,
            answer,
        }
    }
    fn ask(people: Vec<(&str, Asked)>) -> Ask {
        Ask {
            id: AskId::new("3xk9q2m8v7t1b"),
            number: 3,
            asker: user("budi"),
            channel: ChannelId::new("C-eng"),
            text: "Which of the **two** names?\n<!channel> @everyone `rm -rf`".to_owned(),
            asked_at: now(),
            posted: Some(Posted { channel: ChannelId::new("C-eng"), message: MessageId::new("m0"), at: now() }),
            people: people.into_iter().map(|(name, asked)| (user(name), asked)).collect(),
            state: State::Open,
            closings: 0,
            is_behind: false,
        }
    }
    fn open() -> Ask {
        let waits = |hours| asked(hours, Standing::Waits, Vec::new());
        ask(vec![("ana", waits(8)), ("cici", waits(8)), ("dewi", waits(30))])
    }
    fn mixed() -> Ask {
        ask(vec![
            ("ana", asked(8, Standing::Waits, vec![part(Some("The <!here> *first*")), part(None)])),
            ("cici", asked(30, Standing::Waits, Vec::new())),
            ("dewi", asked(8, Standing::Away, Vec::new())),
            ("eka", asked(8, Standing::Gone, Vec::new())),
            ("fani", asked(8, Standing::Gone, Vec::new())),
        ])
    }
    fn long() -> Ask {
        let words = "A long story. ".repeat(100);
        let answered = || asked(8, Standing::Waits, vec![part(Some(&words))]);
        ask(vec![("ana", answered()), ("cici", answered())])
    }
    fn with_end(ask: Ask, end: End) -> Ask {
        Ask { state: State::Closed { end, at: now() }, ..ask }
    }
    fn refused() -> receipt::Why {
        receipt::Why::People(Reason::Refused(Refusal::ChannelGone))
    }
    fn posted_(language: Language, ask: &Ask) -> Message {
        let called = |user: &UserId| match user.as_str() {
            "U-ana" => Span::Member(user.clone()),
            other => Span::Said(other.trim_start_matches("U-").to_owned()),
        };
        posted(language, ask, Span::Said("Budi <!here>".into()), &called, &jakarta())
    }
    vec![
        Sample::Message("ask/posted", |l| posted_(l, &open())),
        Sample::Message("ask/posted-closed", |l| posted_(l, &with_end(open(), End::Over))),
        Sample::Message("ask/posted-cancelled", |l| posted_(l, &with_end(open(), End::Cancelled))),
        Sample::Message("ask/reminder", |l| reminder(l, &open(), &asked(8, Standing::Waits, vec![]), &jakarta())),
        Sample::Message("ask/moved", |l| {
            moved(l, &open(), &user("ana"), &asked(30, Standing::Waits, vec![]), &jakarta())
        }),
        Sample::Message("ask/moved-open", |l| {
            moved(l, &open(), &user("ana"), &asked(30, Standing::Away, vec![]), &jakarta())
        }),
        Sample::Message("ask/taken", |l| taken(l, &open(), &jakarta())),
        Sample::Message("ask/changed", |l| changed(l, &open(), &jakarta())),
        Sample::Message("ask/cancelled", |l| cancelled(l, &open())),
        Sample::Message("ask/summary", |l| summary(l, &mixed(), &End::Over, &workspace(), &jakarta())),
        Sample::Message("ask/summary-all", |l| summary(l, &mixed(), &End::Answered, &workspace(), &jakarta())),
        Sample::Message("ask/summary-long", |l| summary(l, &long(), &End::Answered, &workspace(), &jakarta())),
        Sample::Message("ask/unposted", |l| unposted(l, &open(), &refused(), &jakarta())),
        Sample::Message("ask/whole", |l| whole(l, &mixed(), &workspace(), &jakarta())),
        Sample::Message("ask/whole-closed", |l| whole(l, &with_end(mixed(), End::Over), &workspace(), &jakarta())),
        Sample::Message("ask/list", |l| {
            let (open, closed) = (open(), with_end(mixed(), End::Over));
            list(l, &user("ana"), &[&open, &closed], &[&open], &Capabilities::ROOMY, &jakarta())
        }),
        Sample::Message("ask/list-long", |l| {
            let many: Vec<Ask> =
                (1..=60).map(|number| Ask { id: AskId::new(format!("ask{number}")), number, ..open() }).collect();
            let many: Vec<&Ask> = many.iter().collect();
            list(l, &user("ana"), &many[..20], &many, &Capabilities::LEAST, &jakarta())
        }),
        Sample::Message("ask/list-none", |l| list(l, &user("ana"), &[], &[], &Capabilities::ROOMY, &jakarta())),
        Sample::Message("ask/ended", |l| {
            let all = [End::Answered, End::Over, End::Cancelled, End::Unposted(refused())];
            Message(all.into_iter().flat_map(|end| ended(l, &with_end(open(), end)).0).collect())
        }),
        Sample::Message("ask/form", |l| {
            let line = |text: String| Block::Text(Text::plain(text));
            Message(vec![
                line(form_title(l)),
                line(form_label(l, &open(), true)),
                Block::Text(Text::said(form_label(l, &open(), false))),
                line(form_hint(l)),
                line(empty_answer(l)),
                line(long_answer(l, 40_000)),
            ])
        }),
        Sample::Message("ask/thanks", |l| thanks(l, &open())),
        Sample::Message("ask/gone", not_there),
        Sample::Message("ask/own", own),
        Sample::Message("ask/not-asked", |l| not_asked(l, &open())),
        Sample::Message("ask/is-closed", is_closed),
        Sample::Message("ask/no-text", no_text),
        Sample::Message("ask/no-people", no_people),
        Sample::Message("ask/nobody-else", nobody_else),
        Sample::Message("ask/too-many-people", |l| too_many_people(l, 500)),
        Sample::Message("ask/too-long", |l| too_long(l, 40_000)),
        Sample::Message("ask/too-many", too_many),
        Sample::Message("ask/person-gone", |l| person_gone(l, &user("ana"))),
        Sample::Message("ask/to-a-bot", |l| to_a_bot(l, &user("ana"))),
        Sample::Message("ask/group-unknown", |l| group_unknown(l, "everyone")),
        Sample::Message("ask/no-channel", |l| no_channel(l, true)),
        Sample::Message("ask/no-channel-uninvited", |l| no_channel(l, false)),
        Sample::Message("ask/not-theirs", |l| not_theirs(l, &ChannelId::new("C-eng"))),
        Sample::Message("ask/time-trouble", |l| time_trouble(l, &TimeError::Date("someday".into()))),
        Sample::Message("ask/no-window", |l| {
            let all = [
                Trouble::Far,
                Trouble::NoHours,
                Trouble::Away(Some(now())),
                Trouble::Away(None),
                Trouble::Short(Some(now())),
                Trouble::Short(None),
            ];
            let all: Vec<_> = all.into_iter().map(|trouble| (user("ana"), trouble)).collect();
            no_window(l, &all, &jakarta())
        }),
        Sample::Message("ask/no-number", |l| no_number(l, "<!here>")),
        Sample::Message("ask/nothing-to-change", |l| nothing_to_change(l, 3)),
        Sample::Message("ask/why", |l| {
            let all = [
                Why::Cancelled,
                Why::AllAnswered,
                Why::WindowOver,
                Why::Answered,
                Why::TookBack,
                Why::Moved,
                Why::Away,
                Why::TooLate,
            ];
            Message(all.iter().map(|it| Block::Text(why(l, it))).collect())
        }),
    ]
}
