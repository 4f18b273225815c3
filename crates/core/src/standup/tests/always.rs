//! What holds whatever happens.

use super::{
    super::pages::{Piece, cost_of_block, paginate, prefix, split},
    *,
};
use crate::{
    event::{Event, Refusal},
    message::{Block, Message, Reply, Span, Text},
    snapshot::Capabilities,
    standup::{Action, Part},
};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// Text as people write it: lines, words, long words, marks, combining letters, families of emoji, right to left.
fn text() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        4 => "[a-z]{1,12}",
        3 => Just(" ".to_owned()),
        1 => Just("\n".to_owned()),
        1 => "[&<>*_`@#|~]{1,6}",
        1 => Just("e\u{301}\u{323}".to_owned()),
        1 => Just("👩‍👩‍👧‍👦".to_owned()),
        1 => Just("🇮🇩".to_owned()),
        1 => Just("שלום ".to_owned()),
        1 => Just("नमस्ते".to_owned()),
    ];
    prop::collection::vec(bit, 0..400).prop_map(|bits| bits.concat())
}

fn limits() -> impl Strategy<Value = Capabilities> {
    (400usize..4_000, 3usize..50, 100usize..3_000).prop_map(|(message, blocks, block)| Capabilities {
        message_chars_max: message,
        message_blocks_max: blocks,
        block_chars_max: block.min(message),
        ..slack()
    })
}

fn said_in(messages: &[Message]) -> String {
    let mut out = String::new();
    for block in messages.iter().flat_map(|message| &message.0) {
        if let Block::Quote(Text(spans)) = block {
            for span in spans {
                if let Span::Said(text) = span {
                    out.push_str(text);
                }
            }
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pages_hold_everything_and_each_fits(texts in prop::collection::vec(text(), 0..6), limits in limits()) {
        let title = [Block::Heading("Daily".into())];
        let again = [Block::Small(Text::plain("Daily, continued"))];
        let question = |at: usize| Block::Small(Text::said(format!("Question {at}?")));
        let pieces: Vec<Piece> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| Piece::both(question(at), Block::Quote(Text::said(text.clone()))))
            .collect();
        let pages = paginate(&limits, &title, &again, pieces);
        prop_assert_eq!(said_in(&pages), texts.concat());
        for page in &pages {
            town::fits(page, &limits);
            prop_assert!(page.0.iter().map(cost_of_block).sum::<usize>() <= limits.message_chars_max);
        }
        // A question is never the last thing on a page, cut off from its answer.
        for page in &pages {
            let last_is_question = matches!(page.0.last(), Some(Block::Small(Text(spans)))
                if matches!(spans.first(), Some(Span::Said(_))));
            let empty_answer = texts.iter().any(String::is_empty);
            prop_assert!(!last_is_question || empty_answer);
        }
    }

    #[test]
    fn a_split_falls_between_letters_as_people_see_them(text in text(), room in 64usize..400) {
        let parts = split(&Text::said(text.clone()), room);
        let texts: Vec<String> = parts.iter().map(crate::copy::flat).collect();
        prop_assert_eq!(texts.concat(), text.clone());
        let whole: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        let mut at = 0;
        for part in texts.iter().filter(|part| !part.is_empty()) {
            prop_assert!(whole.contains(&at), "inside a grapheme at {}", at);
            at += part.len();
        }
    }

    #[test]
    fn a_beginning_is_whole_letters(text in text(), max in 0usize..50) {
        let short = prefix(&text, max);
        prop_assert!(text.starts_with(short) && short.chars().count() <= max);
        prop_assert!(short.len() == text.len() || text.grapheme_indices(true).any(|(at, _)| at == short.len()));
    }
}

#[test]
fn a_letter_under_a_thousand_marks_is_still_split() {
    let tower = format!("e{}", "\u{301}".repeat(10_000));
    let parts = split(&Text::said(tower.clone()), 500);
    assert!(parts.len() > 10);
    assert_eq!(parts.iter().map(crate::copy::flat).collect::<String>(), tower);
}

/// Something that somebody does, or that goes wrong.
#[derive(Clone, Debug)]
enum Deed {
    Passes(u16),
    Runs(usize, &'static str),
    Answers(usize, &'static str),
    Writes(usize, &'static str),
    Skips(usize),
    Down(u16),
    Stuck(u16),
    Refuses(usize),
    Allows(usize),
    Leaves(usize),
    Comes(usize),
    Gone(usize, bool),
    Pauses(usize, u16),
}

const TEAM: [&str; 6] = ["budi", "emma", "joao", "aroha", "liam", "maya"];

fn deed() -> impl Strategy<Value = Deed> {
    let who = 0usize..TEAM.len();
    let lines = prop::sample::select(vec![
        "/away",
        "/away until tomorrow",
        "/away 2h",
        "/back",
        "/focus 2h",
        "/focus until 16:00 a plan",
        "/focus 30m",
        "/focus off",
        "/hours Asia/Tokyo",
        "/hours reset",
        "/hours tue-sat 12:00-20:00",
        "/standup join Daily",
        "/standup leave Daily",
        "/standup skip",
        "/standup skip busy",
        "/standup pause Daily",
        "/standup resume Daily",
        "/standup note a line",
        "/standup edit Daily weekdays 11:00",
        "/standup edit Daily window=1h",
        "/standup edit Daily daily 8:00",
        "/standup edit Daily zone=Europe/London",
        "/standup edit Daily zone=each",
    ]);
    let words = prop::sample::select(vec!["done", "a plan", "none", "", "blocked by <!channel>"]);
    prop_oneof![
        8 => (1u16..1_500).prop_map(Deed::Passes),
        5 => (who.clone(), lines).prop_map(|(who, line)| Deed::Runs(who, line)),
        4 => (who.clone(), words.clone()).prop_map(|(who, text)| Deed::Answers(who, text)),
        4 => (who.clone(), words).prop_map(|(who, text)| Deed::Writes(who, text)),
        2 => who.clone().prop_map(Deed::Skips),
        1 => (10u16..4_000).prop_map(Deed::Down),
        1 => (10u16..1_500).prop_map(Deed::Stuck),
        1 => who.clone().prop_map(Deed::Refuses),
        1 => who.clone().prop_map(Deed::Allows),
        1 => who.clone().prop_map(Deed::Leaves),
        1 => who.clone().prop_map(Deed::Comes),
        1 => (who.clone(), any::<bool>()).prop_map(|(who, back)| Deed::Gone(who, back)),
        2 => (who, 0u16..600).prop_map(|(who, minutes)| Deed::Pauses(who, minutes)),
    ]
}

fn does(town: &mut Town, deed: Deed) {
    let after =
        |town: &Town, minutes: u16| (town.now + jiff::SignedDuration::from_mins(i64::from(minutes))).to_string();
    match deed {
        Deed::Passes(minutes) => town.until(&after(town, minutes)),
        Deed::Runs(who, line) => {
            let invocation = line.split_once(' ').map_or_else(
                || crate::command::parse(line, ""),
                |(command, rest)| crate::command::parse(command, rest),
            );
            town.happens(Event::Command { by: Town::origin(TEAM[who]), invocation });
        }
        Deed::Answers(who, text) => {
            let newest = town.all.rounds.keys().last().cloned();
            if let Some(round) = newest {
                let form = crate::action::FormId::Standup(crate::standup::FormId::Answer(round, 0));
                let values = (0..3).map(|at| (format!("q{at}"), text.to_owned())).collect();
                town.happens(Event::Submit { by: Town::origin(TEAM[who]), form, values });
            }
        }
        Deed::Writes(who, text) => {
            town.writes(TEAM[who], text, None);
        }
        Deed::Skips(who) => {
            if let Some(round) = town.all.rounds.keys().last().cloned() {
                let reply = town.clicks(TEAM[who], Action::Skip(round.clone()));
                if let Reply::Open(form) = reply {
                    town.submits(TEAM[who], form.id, &[]);
                }
            }
        }
        Deed::Down(minutes) => town.now = after(town, minutes).parse().unwrap(),
        Deed::Stuck(minutes) => {
            town.delivers = false;
            town.until(&after(town, minutes));
            town.delivers = true;
        }
        Deed::Refuses(who) => {
            town.refusals.insert(format!("dm/{}", TEAM[who]), Refusal::DirectMessagesClosed);
        }
        Deed::Allows(who) => {
            town.refusals.remove(&format!("dm/{}", TEAM[who]));
        }
        Deed::Leaves(who) => {
            let (channel, user) = (town::ENG.into(), TEAM[who].into());
            town.happens(Event::Seen(crate::event::Seen::Left { channel, user }));
        }
        Deed::Comes(who) => {
            let (channel, user) = (town::ENG.into(), TEAM[who].into());
            town.happens(Event::Seen(crate::event::Seen::Joined { channel, user }));
        }
        Deed::Pauses(who, minutes) => {
            let user: crate::id::UserId = TEAM[who].into();
            let until = town.now + jiff::SignedDuration::from_mins(i64::from(minutes));
            let facts = crate::event::PauseFacts { user: user.clone(), from: town.now, until };
            town.happens(Event::Seen(crate::event::Seen::Pauses { asked: vec![user], paused: vec![facts] }));
        }
        Deed::Gone(who, active) => {
            let facts = crate::event::MemberFacts {
                user: TEAM[who].into(),
                name: TEAM[who].to_owned(),
                zone: Some("Europe/Paris".into()),
                language: None,
                admin: false,
                bot: false,
                active,
            };
            town.happens(Event::Seen(crate::event::Seen::Member(facts)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever people do and whatever breaks: each prompt of a closed round has exactly one receipt, each round
    /// closes, each running standup is planned again, no message is beyond its platform's limits, nobody sees an
    /// answer before its close, and a prompt arrives at most once.
    #[test]
    fn each_prompt_has_exactly_one_receipt(
        deeds in prop::collection::vec(deed(), 1..60),
        on_discord in any::<bool>(),
    ) {
        let mut town = Town::new("2026-11-22T18:00:00Z", if on_discord { discord() } else { slack() });
        town.runs("emma", "/standup new Daily weekdays 9:30 window=4h");
        for deed in deeds {
            does(&mut town, deed);
            town.is_in_order_now();
        }
        town.refusals.clear();
        town.runs("emma", "/standup resume Daily");
        let week = (town.now + jiff::SignedDuration::from_hours(24 * 9)).to_string();
        town.until(&week);
        town.is_in_order();
        let mut prompts = std::collections::BTreeSet::new();
        for it in &town.arrived {
            let subject = it.subject.as_ref().map_or("", |subject| subject.as_str());
            let edit = matches!(it.to, crate::effect::Target::Edit(_));
            if subject.starts_with("prompt/") && !edit {
                prop_assert!(prompts.insert(subject.to_owned()), "{subject} arrived twice");
            }
            if subject.starts_with("report/") {
                let round = town.all.rounds.values().find(|round| {
                    let head = round.key.report_subject(&Part::Head(0));
                    subject.starts_with(head.as_str().trim_end_matches("head/0"))
                });
                prop_assert!(round.is_some_and(|round| round.closed_at.is_some_and(|closed| closed <= it.at)));
            }
        }
    }
}
