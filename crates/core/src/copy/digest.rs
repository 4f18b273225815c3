//! Words of the digest: what waited, one item after the other, and what somebody chooses for themselves.

use super::{Arg, Sample, excerpt, key, line, list, said, text, time, words};
use crate::{
    action::Action,
    ask,
    digest::{self, DigestId, Item, Line, Source, Topic, When, Why},
    language::Language,
    limit::{DIGEST_TIMES_MAX, MUTED_MAX},
    message::{Block, Button, Message, Show, Span, Style, Text},
    snapshot::Capabilities,
    standup::cost_of_block,
    time::{TimeError, Zone},
};
use jiff::Timestamp;

/// Why a digest took the way it did.
pub fn why(language: Language, why: &Why) -> Text {
    match why {
        Why::Observed(count) => text(language, "digest-why-observed", &[("count", (*count).into())]),
        Why::Empty => text(language, "digest-why-empty", &[]),
        Why::Refused(refusal) => {
            let because = super::people::refusal(language, refusal);
            text(language, "digest-why-refused", &[("why", because.into())])
        }
        Why::Norm(norm, revision) => {
            let args = [("norm", words(norm.to_string())), ("revision", words(revision.to_string()))];
            text(language, "digest-why-norm", &args)
        }
    }
}

fn at(language: Language, at: Timestamp, zone: &Zone) -> (&'static str, Arg) {
    ("at", time::at(language, at, Show::DateTime, zone).into())
}

/// What stands around the items of a page.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    /// Above them.
    pub(crate) head: Block,
    /// How many of them at most.
    pub(crate) items_max: usize,
    /// What one message holds.
    pub(crate) limits: &'a Capabilities,
}

/// The first line of a digest.
pub(crate) fn head(language: Language, is_back: bool) -> Block {
    Block::Text(text(language, if is_back { "digest-head-back" } else { "digest-head" }, &[]))
}

/// Items of a digest from one on, as many as one message holds, grouped by place, with buttons to the rest of them and
/// to sort them.
pub(crate) fn page(
    language: Language,
    frame: &Frame<'_>,
    digest: &DigestId,
    lines: &[Line<'_>],
    from: usize,
    zone: &Zone,
) -> Message {
    let how = Block::Small(text(language, "digest-how", &[]));
    let (items, shown) =
        items(language, frame, std::slice::from_ref(&how), lines.get(from..).unwrap_or_default(), zone);
    let head = if from == 0 { frame.head.clone() } else { rest_head(language, from, shown, lines.len()) };
    let mut message = Message(vec![head]);
    message.0.extend(items);
    let mut buttons = Vec::new();
    let button = |label, action, style| Button { label, action: Action::Digest(action), style };
    let rest = lines.len().saturating_sub(from + shown);
    if rest > 0 {
        let label = line(language, "digest-more-button", &[("count", rest.into())]);
        buttons.push(button(label, digest::Action::More(digest.clone(), rest), Style::Quiet));
    }
    if from == 0 {
        let label = line(language, "digest-sort-button", &[]);
        buttons.push(button(label, digest::Action::Sort(digest.clone()), Style::Quiet));
        let label = line(language, "digest-all-done-button", &[]);
        buttons.push(button(label, digest::Action::AllDone(digest.clone()), Style::Quiet));
    }
    if !buttons.is_empty() {
        message.0.push(Block::Buttons(buttons));
    }
    if from == 0 { message.with(how) } else { message }
}

fn rest_head(language: Language, from: usize, shown: usize, of: usize) -> Block {
    let args = [("from", (from + 1).into()), ("to", (from + shown).into()), ("count", of.into())];
    Block::Small(text(language, "digest-head-rest", &args))
}

/// As many items as fit, each place named once, and how many they are. At least one.
fn items(
    language: Language,
    frame: &Frame<'_>,
    others: &[Block],
    lines: &[Line<'_>],
    zone: &Zone,
) -> (Vec<Block>, usize) {
    let beside: usize = others.iter().chain([&frame.head]).map(cost_of_block).sum();
    let mut room = frame.limits.message_chars_max.saturating_sub(beside);
    // The head, what stands below, and the buttons.
    let blocks_max = frame.limits.message_blocks_max.saturating_sub(others.len() + 2);
    let (mut blocks, mut shown, mut place) = (Vec::new(), 0, None);
    for line in lines.iter().take(frame.items_max.max(1)) {
        let mut new = Vec::new();
        if place != Some(&line.item.place) {
            new.push(Block::Text(place_title(language, line.item)));
        }
        new.push(Block::Text(bullet(language, line, zone)));
        let cost: usize = new.iter().map(cost_of_block).sum();
        if shown > 0 && (cost > room || blocks.len() + new.len() > blocks_max) {
            break;
        }
        room = room.saturating_sub(cost);
        place = Some(&line.item.place);
        blocks.extend(new);
        shown += 1;
    }
    (blocks, shown)
}

fn place_title(language: Language, item: &Item) -> Text {
    match &item.place {
        Some(channel) => text(language, "digest-place", &[("channel", channel.clone().into())]),
        None => text(language, "digest-elsewhere", &[]),
    }
}

fn bullet(language: Language, line_: &Line<'_>, zone: &Zone) -> Text {
    let mut spans = vec![Span::Plain("• ".to_owned())];
    spans.extend(sentence(language, line_, zone).0);
    if let Some(url) = &line_.link {
        spans.push(Span::Plain(" ".to_owned()));
        spans.push(Span::Link { label: line(language, "digest-link", &[]), url: url.clone() });
    }
    Text(spans)
}

/// What an item is, in one sentence.
fn sentence(language: Language, line: &Line<'_>, zone: &Zone) -> Text {
    let item = line.item;
    let from = || ("from", item.from.clone().map_or_else(|| words("…"), Arg::from));
    let quoted = || ("text", excerpt(item.line.as_deref().unwrap_or("…")));
    match (&item.source, line.ask) {
        (Source::Ask(_), asked) => {
            let due = line.due().unwrap_or(item.since);
            let (asker, words_) = match asked {
                Some(ask) => (Arg::from(ask.asker.clone()), one_line(&ask.text)),
                None => (from().1, quoted().1),
            };
            text(language, "digest-ask", &[("asker", asker), ("text", words_), at(language, due, zone)])
        }
        (Source::Mention(_), _) if item.line.is_none() => {
            text(language, "digest-mention-unread", &[from(), at(language, item.since, zone)])
        }
        (Source::Mention(_), _) => {
            text(language, "digest-mention", &[from(), quoted(), at(language, item.since, zone)])
        }
        (Source::Urgent(_), _) => text(language, "digest-urgent", &[from(), quoted(), at(language, item.since, zone)]),
        (Source::Blocker(_), _) => text(language, "digest-blocker", &[from(), quoted()]),
        (Source::Handoff(_), _) => {
            let standup = said(item.line.as_deref().unwrap_or("…"));
            text(language, "digest-handoff", &[("standup", standup), at(language, item.since, zone)])
        }
    }
}

fn one_line(text: &str) -> Arg {
    excerpt(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What was done with the item before.
#[derive(Clone, Debug)]
pub(crate) enum Sorted {
    /// Its reader is done with it.
    Done,
    /// It comes again.
    Tomorrow,
    /// They hear no more of this.
    Muted(Text),
}

/// One item, to be sorted, with what was done with the one before and how many follow.
pub(crate) fn one(
    language: Language,
    done: Option<Sorted>,
    next: Option<&Line<'_>>,
    after: usize,
    zone: &Zone,
) -> Message {
    let mut message = Message::default();
    match done {
        None => {}
        Some(Sorted::Done) => message.0.push(Block::Small(text(language, "digest-done", &[]))),
        Some(Sorted::Tomorrow) => message.0.push(Block::Small(text(language, "digest-tomorrow", &[]))),
        Some(Sorted::Muted(topic)) => {
            message.0.push(Block::Small(text(language, "digest-muted", &[("topic", topic.into())])));
        }
    }
    let Some(next) = next else {
        return message.with(Block::Text(text(language, "digest-all-sorted", &[])));
    };
    message.0.push(Block::Text(place_title(language, next.item)));
    message.0.push(Block::Text(bullet(language, next, zone)));
    message.0.push(Block::Buttons(sorting(language, next, after)));
    message.with(Block::Small(text(language, "digest-one-left", &[("count", after.into())])))
}

fn sorting(language: Language, next: &Line<'_>, after: usize) -> Vec<Button> {
    let button = |label, action, style| Button { label: line(language, label, &[]), action, style };
    let of = |label, action| button(label, Action::Digest(action), Style::Quiet);
    let id = || next.item.id.clone();
    let mut buttons = Vec::new();
    if let Source::Ask(ask) = &next.item.source {
        buttons.push(button("ask-answer-button", Action::Ask(ask::Action::Answer(ask.clone())), Style::Primary));
    }
    buttons.push(of("digest-done-button", digest::Action::Done(id())));
    buttons.push(of("digest-tomorrow-button", digest::Action::Tomorrow(id())));
    if next.item.topic().is_some() {
        buttons.push(of("digest-mute-button", digest::Action::Mute(id())));
    }
    if after > 0 {
        buttons.push(of("digest-next-button", digest::Action::Next(id())));
    }
    buttons
}

/// Everything in a digest is done with.
pub(crate) fn all_done(language: Language, count: usize) -> Message {
    Message::of(text(language, "digest-all-done", &[("count", count.into())]))
}

/// Nothing of it is open, or it isn't theirs.
pub(crate) fn nothing_open(language: Language) -> Message {
    Message::of(text(language, "digest-nothing-open", &[]))
}

/// Nothing waits for them.
pub(crate) fn nothing_waits(language: Language) -> Message {
    Message::of(text(language, "digest-nothing-waits", &[]))
}

/// They asked for it, and it comes.
pub(crate) fn on_its_way(language: Language) -> Message {
    Message::of(text(language, "digest-on-its-way", &[]))
}

/// When their digest comes, and when the next one does.
fn when(language: Language, when: &When, next: Option<Timestamp>, zone: &Zone) -> Vec<Block> {
    let (kind, also_at) = match when {
        When::Never => ("never", &[][..]),
        When::At { at_start_of_day: true, also_at } if also_at.is_empty() => ("start", &[][..]),
        When::At { at_start_of_day: true, also_at } => ("both", also_at.as_slice()),
        When::At { also_at, .. } => ("times", also_at.as_slice()),
    };
    let times = list(language, also_at.iter().map(|time| words(super::time::clock(language, *time))));
    let mut blocks = vec![Block::Text(text(language, "digest-when", &[("when", key(kind)), ("times", times)]))];
    blocks.extend(match (kind, next) {
        ("never", _) => None,
        (_, Some(next)) => Some(Block::Small(text(language, "digest-next", &[at(language, next, zone)]))),
        (_, None) => Some(Block::Small(text(language, "digest-next-unknown", &[]))),
    });
    blocks
}

/// They chose when it comes.
pub(crate) fn chosen(language: Language, when_: &When, next: Option<Timestamp>, zone: &Zone) -> Message {
    Message(when(language, when_, next, zone))
}

/// When it comes, what waits, and what they muted.
#[derive(Debug)]
pub(crate) struct Shown<'a> {
    /// When it comes.
    pub(crate) when: When,
    /// When the next one comes.
    pub(crate) next: Option<Timestamp>,
    /// What waits.
    pub(crate) lines: &'a [Line<'a>],
    /// What they muted, with its words.
    pub(crate) muted: &'a [(Topic, Text)],
}

/// `/digest`.
pub(crate) fn shown(language: Language, shown: &Shown<'_>, limits: &Capabilities, zone: &Zone) -> Message {
    let mut message = Message(when(language, &shown.when, shown.next, zone));
    let muted = muted(language, shown.muted);
    if shown.lines.is_empty() {
        message.0.push(Block::Text(text(language, "digest-nothing-waits", &[])));
    } else {
        let mut others = message.0.clone();
        others.extend(muted.iter().cloned());
        // A line with the number of those that are left out.
        others.push(Block::Small(text(language, "digest-waits-more", &[("count", shown.lines.len().into())])));
        let head = Block::Heading(line(language, "digest-waits-title", &[]));
        let frame = Frame { head: head.clone(), items_max: usize::MAX, limits };
        let (blocks, count) = items(language, &frame, &others, shown.lines, zone);
        message.0.push(head);
        message.0.extend(blocks);
        if count < shown.lines.len() {
            let rest = ("count", (shown.lines.len() - count).into());
            message.0.push(Block::Small(text(language, "digest-waits-more", &[rest])));
        }
        let label = line(language, "digest-now-button", &[]);
        let now = Button { label, action: Action::Digest(digest::Action::Now), style: Style::Quiet };
        message.0.push(Block::Buttons(vec![now]));
    }
    message.0.extend(muted);
    message
}

/// Lines of what is muted, and their buttons: two rows.
const MUTED_SHOWN: usize = 10;

fn muted(language: Language, muted: &[(Topic, Text)]) -> Vec<Block> {
    if muted.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(line(language, "digest-muted-title", &[]))];
    let mut buttons = Vec::new();
    let mut all = Vec::new();
    for (index, (topic, name)) in muted.iter().take(MUTED_SHOWN).enumerate() {
        let nth = words((index + 1).to_string());
        if !all.is_empty() {
            all.push(Span::Plain("\n".to_owned()));
        }
        all.extend(text(language, "digest-muted-line", &[("nth", nth.clone()), ("topic", name.clone().into())]).0);
        let label = line(language, "digest-unmute-button", &[("nth", nth)]);
        let action = Action::Digest(digest::Action::Unmute(topic.name()));
        buttons.push(Button { label, action, style: Style::Quiet });
    }
    blocks.extend([Block::Text(Text(all)), Block::Buttons(buttons)]);
    blocks
}

/// What is muted, in words. A standup's name is the member's who made it; none where it is gone.
pub(crate) fn topic(language: Language, topic: &Topic, standup: Option<&str>) -> Text {
    match topic {
        Topic::Conversation(it) if it.thread.is_some() => {
            text(language, "digest-muted-thread", &[("channel", it.channel.clone().into())])
        }
        Topic::Conversation(it) => Text(vec![Span::Channel(it.channel.clone())]),
        Topic::Standup(_) => standup.map_or_else(|| text(language, "digest-muted-standup-gone", &[]), Text::said),
    }
}

/// They hear of it again.
pub(crate) fn unmuted(language: Language, topic: Text) -> Message {
    Message::of(text(language, "digest-unmuted", &[("topic", topic.into())]))
}

/// As much is muted as is kept.
pub(crate) fn too_many_muted(language: Language) -> Message {
    Message::of(text(language, "digest-too-many-muted", &[("max", MUTED_MAX.into())]))
}

/// More times than a digest has.
pub(crate) fn too_many_times(language: Language) -> Message {
    Message::of(text(language, "digest-too-many-times", &[("max", DIGEST_TIMES_MAX.into())]))
}

/// Not a time.
pub(crate) fn times_trouble(language: Language, error: &TimeError) -> Message {
    Message::of(time::trouble(language, error)).with(Block::Small(text(language, "digest-times-how", &[])))
}

/// Every message of this file with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    use crate::{
        ask::{Ask, AskId, Asked, Standing},
        event::{Posted, Refusal},
        id::{ChannelId, MessageId, StandupId, UserId},
        norm::{Conversation, JudgedId, Kind, NormKey},
        standup::{EntryKey, RoundKey},
    };
    fn now() -> Timestamp {
        Timestamp::from_second(1_795_600_800).unwrap_or(Timestamp::UNIX_EPOCH)
    }
    fn jakarta() -> Zone {
        Zone::find("Asia/Jakarta").unwrap_or_else(|_| Zone::utc())
    }
    fn ask() -> Ask {
        let asked = Asked {
            due: now() + jiff::SignedDuration::from_hours(8),
            since: now(),
            minutes: 480,
            remind_before: None,
            turn: 0,
            reminded: None,
            standing: Standing::Waits,
            told_away: false,
            answer: Vec::new(),
        };
        Ask {
            id: AskId::new("3xk9q2m8v7t1b"),
            number: 3,
            asker: UserId::new("U-budi"),
            channel: ChannelId::new("C-eng"),
            text: "Which of the **two** names?\n<!channel>".to_owned(),
            asked_at: now(),
            posted: None,
            people: [(UserId::new("U-ana"), asked)].into(),
            state: ask::State::Open,
            closings: 0,
            is_behind: false,
        }
    }
    fn item(source: Source, place: Option<&str>, line: Option<&str>) -> Item {
        let message = MessageId::new("m1");
        Item {
            id: source.for_reader(&UserId::new("U-ana")),
            reader: UserId::new("U-ana"),
            source,
            from: Some(UserId::new("U-cici")),
            place: place.map(ChannelId::new),
            thread: None,
            posted: place.map(|place| Posted { channel: ChannelId::new(place), message, at: now() }),
            line: line.map(str::to_owned),
            due: None,
            since: now(),
            state: digest::State::Waiting { not_before: None },
        }
    }
    fn round() -> RoundKey {
        let date = jiff::civil::Date::new(2026, 11, 24).unwrap_or_default();
        RoundKey { standup: StandupId::new("daily"), date }
    }
    fn items() -> Vec<Item> {
        let entry = EntryKey { round: round(), user: UserId::new("U-cici") };
        let judged = || JudgedId::new("5xk9q2m8v7t1b");
        vec![
            item(Source::Ask(AskId::new("3xk9q2m8v7t1b")), Some("C-eng"), None),
            item(Source::Mention(judged()), Some("C-eng"), Some("Is *this* <!here> the one?")),
            item(Source::Mention(judged()), Some("C-ops"), None),
            item(Source::Urgent(judged()), Some("C-ops"), Some("The shop is down")),
            item(Source::Blocker(entry), Some("C-eng"), Some("I wait for @Ana to look at it")),
            item(Source::Handoff(round()), Some("C-eng"), Some("Daily @here")),
            item(Source::Handoff(round()), None, None),
        ]
    }
    fn with_lines<T>(ids: &[Item], then: impl FnOnce(&[Line<'_>]) -> T) -> T {
        let ask = ask();
        let link = |item: &Item| item.place.is_some().then(|| "https://example.org/m1".to_owned());
        let is_ask = |item: &Item| matches!(item.source, Source::Ask(_));
        let lines: Vec<Line<'_>> =
            ids.iter().map(|item| Line { item, ask: is_ask(item).then_some(&ask), link: link(item) }).collect();
        then(&lines)
    }
    fn page_(language: Language, is_back: bool, items_max: usize, from: usize) -> Message {
        let frame = Frame { head: head(language, is_back), items_max, limits: &Capabilities::LEAST };
        let id = DigestId::new("7xk9q2m8v7t1b");
        with_lines(&items(), |lines| page(language, &frame, &id, lines, from, &jakarta()))
    }
    fn one_(language: Language, nth: usize, done: Option<Sorted>) -> Message {
        with_lines(&items(), |lines| one(language, done, lines.get(nth), 6 - nth.min(6), &jakarta()))
    }
    fn both() -> When {
        let time = |hour| jiff::civil::Time::constant(hour, 0, 0, 0);
        When::At { at_start_of_day: true, also_at: vec![time(13), time(16)] }
    }
    fn times() -> When {
        When::At { at_start_of_day: false, also_at: vec![jiff::civil::Time::constant(16, 0, 0, 0)] }
    }
    fn start() -> When {
        When::At { at_start_of_day: true, also_at: Vec::new() }
    }
    fn topics() -> Vec<Topic> {
        let conversation = |thread: Option<&str>| {
            Topic::Conversation(Conversation { channel: ChannelId::new("C-eng"), thread: thread.map(MessageId::new) })
        };
        vec![conversation(None), conversation(Some("m1")), Topic::Standup(StandupId::new("daily"))]
    }
    fn shown_(language: Language, when: When, waits: bool) -> Message {
        let muted: Vec<(Topic, Text)> = topics()
            .into_iter()
            .map(|it| {
                let name = topic(language, &it, Some("Daily @here"));
                (it, name)
            })
            .collect();
        with_lines(&items(), |lines| {
            let lines = if waits { lines } else { &[] };
            let muted = if waits { muted.as_slice() } else { &[] };
            let shown_ = Shown { when, next: Some(now()), lines, muted };
            shown(language, &shown_, &Capabilities::LEAST, &jakarta())
        })
    }
    vec![
        Sample::Message("digest/page", |l| page_(l, false, 15, 0)),
        Sample::Message("digest/page-back", |l| page_(l, true, 3, 0)),
        Sample::Message("digest/page-rest", |l| page_(l, false, 3, 3)),
        Sample::Message("digest/one", |l| one_(l, 0, None)),
        Sample::Message("digest/one-done", |l| one_(l, 1, Some(Sorted::Done))),
        Sample::Message("digest/one-tomorrow", |l| one_(l, 5, Some(Sorted::Tomorrow))),
        Sample::Message("digest/one-muted", |l| one_(l, 6, Some(Sorted::Muted(topic(l, &topics()[0], None))))),
        Sample::Message("digest/one-last", |l| one_(l, 7, Some(Sorted::Done))),
        Sample::Message("digest/all-done", |l| all_done(l, 3)),
        Sample::Message("digest/nothing-open", nothing_open),
        Sample::Message("digest/nothing-waits", nothing_waits),
        Sample::Message("digest/on-its-way", on_its_way),
        Sample::Message("digest/chosen-never", |l| chosen(l, &When::Never, None, &jakarta())),
        Sample::Message("digest/chosen-start", |l| chosen(l, &start(), None, &jakarta())),
        Sample::Message("digest/chosen-times", |l| chosen(l, &times(), Some(now()), &jakarta())),
        Sample::Message("digest/chosen-both", |l| chosen(l, &both(), Some(now()), &jakarta())),
        Sample::Message("digest/shown", |l| shown_(l, both(), true)),
        Sample::Message("digest/shown-nothing", |l| shown_(l, start(), false)),
        Sample::Message("digest/unmuted", |l| unmuted(l, topic(l, &topics()[1], None))),
        Sample::Message("digest/unmuted-gone", |l| unmuted(l, topic(l, &topics()[2], None))),
        Sample::Message("digest/too-many-muted", too_many_muted),
        Sample::Message("digest/too-many-times", too_many_times),
        Sample::Message("digest/times-trouble", |l| times_trouble(l, &TimeError::Time("25:00".into()))),
        Sample::Message("digest/why", |l| {
            let norm = NormKey { kind: Kind::Digest, name: "team".into() };
            let all = [
                Why::Observed(1),
                Why::Observed(4),
                Why::Empty,
                Why::Refused(Refusal::DirectMessagesClosed),
                Why::Norm(norm, 3),
            ];
            Message(all.iter().map(|it| Block::Text(why(l, it))).collect())
        }),
    ]
}
