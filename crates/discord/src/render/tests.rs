use super::*;
use crate::escape::tests::{hostile, seen, visible};
use jeda_core::{
    action::Action,
    id::{ChannelId, UserId},
    people,
};
use jeda_tests::{assert_right, discord_call, judge_discord};
use proptest::prelude::*;

fn say(text: &str) -> Text {
    Text::said(text)
}

fn button(label: &str) -> Button {
    Button { label: label.into(), action: Action::People(people::Action::SetHours), style: Style::Primary }
}

fn text_of(rendered: &Rendered) -> String {
    if rendered.embeds.is_empty() { rendered.content.clone() } else { rendered.embeds.join("\n") }
}

/// A message of member text in every kind of block, inside the limits that core is told.
fn message() -> impl Strategy<Value = Message> {
    let block = (hostile(), 1usize..40, 0..4u8).prop_map(|(text, times, kind)| {
        let text: String = text.repeat(times).chars().take(MESSAGE_CHARS_MAX / 3).collect();
        match kind {
            0 => Block::Quote(say(&text)),
            1 => Block::Small(say(&text)),
            2 => Block::Heading(text.chars().take(60).collect()),
            _ => Block::Text(Text(vec![Span::Plain("ana: ".into()), Span::Said(text)])),
        }
    });
    proptest::collection::vec(block, 1..3).prop_map(Message)
}

proptest! {
    #[test]
    fn every_message_inside_the_limits_fits_and_pings_nobody(message in message()) {
        let rendered = render(&message, Marks::default()).unwrap();
        prop_assert!(units(&rendered.content) <= CONTENT_CHARS_MAX);
        prop_assert!(rendered.embeds.iter().all(|text| units(text) <= EMBED_CHARS_MAX));
        prop_assert!(rendered.embeds.iter().map(|text| units(text)).sum::<usize>() <= EMBEDS_CHARS_MAX);
        prop_assert!(rendered.embeds.len() <= 10);
        let body = rendered.body(0);
        prop_assert_eq!(&body["allowed_mentions"], &json!({"parse": []}));
    }

    #[test]
    fn a_quotation_says_what_was_said_line_by_line(text in hostile()) {
        let quoted = markdown(&Message(vec![Block::Quote(say(&text))]), false);
        let unquoted: Vec<&str> =
            quoted.split('\n').map(|line| line.strip_prefix("> ").or(line.strip_prefix('>')).unwrap()).collect();
        prop_assert_eq!(seen(&unquoted.join("\n")), Ok(visible(&text)));
    }

    #[test]
    fn splitting_loses_no_word(text in "[a-z*<@\\\\ \n]{0,400}", max in 20usize..90) {
        let whole = literal(&text);
        let pieces = pieces(&whole, max);
        prop_assert!(pieces.iter().all(|piece| units(piece) <= max));
        let words = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(words(&pieces.join(" ")), words(&whole));
    }
}

#[test]
fn the_worst_that_somebody_can_type_still_fits() {
    for bad in ["\n", "\n#", "*", "\\", "@", "<@1>", "👩‍👩‍👧"] {
        let text: String = bad.repeat(MESSAGE_CHARS_MAX).chars().take(MESSAGE_CHARS_MAX).collect();
        for block in [Block::Quote(say(&text)), Block::Small(say(&text)), Block::Text(say(&text))] {
            let rendered = render(&Message(vec![block]), Marks::default());
            assert!(rendered.is_ok(), "{bad:?}");
        }
    }
}

#[test]
fn a_message_of_every_kind_of_block() {
    let at = "2026-11-24T07:30:00Z".parse().unwrap();
    let message = Message(vec![
        Block::Heading("Daily, *really*".into()),
        Block::Text(Text(vec![
            Span::Plain("Good morning ".into()),
            Span::Member(UserId::new("42")),
            Span::Plain(". Answer in ".into()),
            Span::Channel(ChannelId::new("7")),
            Span::Plain(" until ".into()),
            Span::At { at, show: Show::Time, fallback: "14:30".into() },
            Span::Plain(" or ".into()),
            Span::At { at, show: Show::DateTime, fallback: "24 November 14:30".into() },
            Span::Bold(" now ".into()),
        ])),
        Block::Quote(say("- @everyone\n\n# <@&9> `x`")),
        Block::Divider,
        Block::Small(Text(vec![
            Span::Plain("type ".into()),
            Span::Code("/standup skip".into()),
            Span::Code("a`b".into()),
        ])),
        Block::Buttons(vec![button("Answer"), button("Skip")]),
    ]);
    let rendered = render(&message, Marks { guild: Some(81), key: Some(&EffectKey::new("abc")) }).unwrap();
    insta::assert_snapshot!(text_of(&rendered), @r"
    ### Daily, \*really\*
    Good morning <@42>. Answer in <#7> until <t:1795505400:t> or <t:1795505400:f> **now** 
    > \- \@everyone
    >
    > \# \<\@&9\> \`x\`
    -# ───────────
    -# type `/standup skip``` a`b ``
    ");
    assert_eq!(rendered.components.len(), 1);
    assert_eq!(rendered.components[0]["components"][0]["custom_id"], "p:hours@81~abc");
}

#[test]
fn a_token_comes_back_as_it_went() {
    let key = EffectKey::new("0123456789abc");
    let id = Marks { guild: Some(81_384_788_765_712_384), key: Some(&key) }.custom_id("s:answer/s1/2026-11-24/0");
    let token = read_custom_id(&id);
    assert_eq!(token.token, "s:answer/s1/2026-11-24/0");
    assert_eq!(token.guild, Some(81_384_788_765_712_384));
    assert_eq!(token.key, Some("0123456789abc"));
    let long = "x".repeat(95);
    assert_eq!(Marks { guild: Some(81_384_788_765_712_384), key: None }.custom_id(&long), long);
    assert_eq!(read_custom_id("s:new"), Token { token: "s:new", guild: None, key: None });
}

#[test]
fn more_than_five_buttons_flow_into_further_rows() {
    let message = Message(vec![Block::Buttons((0..7).map(|n| button(&format!("b{n}"))).collect())]);
    let rendered = render(&message, Marks::default()).unwrap();
    assert_eq!(rendered.components.len(), 2);
    assert_eq!(rendered.content, "\u{200b}", "Discord refuses a message without text");
    let crowd = Message(vec![Block::Buttons((0..26).map(|n| button(&format!("b{n}"))).collect())]);
    assert_eq!(render(&crowd, Marks::default()), Err(TooLong), "nothing is dropped silently");
}

#[test]
fn a_long_reply_takes_several_messages_and_keeps_its_buttons() {
    let message = Message(vec![
        Block::Text(say(&"word ".repeat(700))),
        Block::Quote(say(&"said ".repeat(300))),
        Block::Buttons(vec![button("Open")]),
    ]);
    let parts = render_reply(&message, Marks::default());
    assert!(parts.len() >= 3);
    assert!(parts.iter().all(|part| units(&part.content) <= CONTENT_CHARS_MAX && part.embeds.is_empty()));
    assert!(parts.last().unwrap().content.starts_with("> said"));
    assert_eq!(parts.iter().filter(|part| !part.components.is_empty()).count(), 1);
}

#[test]
fn a_mention_needs_an_id() {
    assert_eq!(mention("@", "42"), "<@42>");
    assert_eq!(mention("@", "everyone> <@1"), "\\@everyone\\> \\<\\@1");
}

const CALLBACK: &str = "POST /interactions/1/token/callback";

/// Every message and form that core can say, as Discord gets it, and as its own description allows it.
#[test]
fn every_message_in_both_languages() {
    use jeda_core::{copy::Sample, language::Language};
    let marks = Marks { guild: Some(81), key: None };
    for language in Language::ALL {
        let mut all = String::new();
        for sample in jeda_core::copy::samples() {
            all.push_str(&format!("== {}\n", sample.name()));
            match sample {
                Sample::Message(_, message) => {
                    for part in render_reply(&message(language), marks) {
                        let answer = json!({"type": 4, "data": part.body(EPHEMERAL)});
                        assert_right(&judge_discord(&[discord_call(CALLBACK, &answer)]));
                        all.push_str(&format!("{}\n{}", part.content, labels(&part.components)));
                    }
                }
                Sample::Form(_, form) => {
                    let modal = crate::form::modal(&form(language), marks);
                    let answer = json!({"type": 9, "data": modal});
                    assert_right(&judge_discord(&[discord_call(CALLBACK, &answer)]));
                    all.push_str(&format!("{modal:#}\n"));
                }
            }
        }
        insta::assert_snapshot!(language.tag(), all);
    }
}

/// What fits into one message may be owed too, under whatever key.
#[test]
fn every_message_that_is_owed_is_one_that_discord_takes() {
    use jeda_core::{copy::Sample, language::Language};
    let key = EffectKey::new("0123456789abc");
    for (sample, language) in
        jeda_core::copy::samples().into_iter().flat_map(|sample| Language::ALL.map(|lang| (sample, lang)))
    {
        let Sample::Message(_, message) = sample else { continue };
        let Ok(rendered) = render(&message(language), Marks { guild: Some(81), key: Some(&key) }) else { continue };
        let body = rendered.body(SUPPRESS_NOTIFICATIONS);
        assert_right(&judge_discord(&[discord_call("POST /channels/1/messages", &body)]));
    }
}

/// Buttons as `[label]`, a row a line.
fn labels(rows: &[Value]) -> String {
    let row = |row: &Value| {
        let buttons = row["components"].as_array().into_iter().flatten();
        buttons.map(|it| format!("[{}] ", it["label"].as_str().unwrap())).collect::<String>() + "\n"
    };
    rows.iter().map(row).collect()
}
