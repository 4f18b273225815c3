//! The neutral message as Slack's blocks. Pure.
//!
//! Words go into `rich_text` blocks: their text elements are literal, so that nothing a member writes is read as a
//! mention, a command or markup. A paragraph with an instant has to be a `section`, since that is where Slack shows
//! each reader their own time; there, as in small print and the notification, the three characters that mean something
//! are escaped, and the others that could be markup are followed by a word joiner, which nobody sees.

use crate::markup::{escape, push_escaped};
use jeda_core::{
    message::{Block, Button, Message, Show, Span, Style, Text},
    snapshot::Capabilities,
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// Blocks of one message. Source: Slack's block reference.
pub const BLOCKS_MAX: usize = 50;
/// Blocks of one form.
pub const VIEW_BLOCKS_MAX: usize = 100;
/// Characters of all blocks of one message that core fills. Slack refuses somewhat above 13,200
/// (`msg_blocks_too_long`, undocumented), counted with mark-up of its own.
pub const MESSAGE_CHARS_MAX: usize = 12_000;
/// Characters of one block, as for a section's text.
pub const BLOCK_CHARS_MAX: usize = 3_000;
/// Fields of one form; a view takes 100 blocks, a person fewer.
pub const FORM_FIELDS_MAX: usize = 20;
/// Characters of an input's value.
pub const FIELD_CHARS_MAX: usize = 3_000;
/// Characters of a header.
const HEADER_CHARS_MAX: usize = 150;
/// Characters of a button's label.
const LABEL_CHARS_MAX: usize = 75;
/// Buttons in a row; Slack takes 25 and breaks the line where it likes.
const BUTTONS_A_ROW: usize = 5;
/// Joins what it stands between, without width: markup characters beside it are none.
const WORD_JOINER: char = '\u{2060}';
/// Elements of a context block.
const SMALL_ELEMENTS_MAX: usize = 10;
/// Characters of the notification's text, escapes included; Slack splits a message whose text is above 4,040.
const NOTICE_CHARS_MAX: usize = 3_900;

/// What Slack lets the bot do.
pub const CAPABILITIES: Capabilities = Capabilities {
    message_chars_max: MESSAGE_CHARS_MAX,
    message_blocks_max: BLOCKS_MAX,
    block_chars_max: BLOCK_CHARS_MAX,
    form_fields_max: FORM_FIELDS_MAX,
    field_chars_max: FIELD_CHARS_MAX,
    form_intro: true,
    form_chain: true,
    profile_zone: true,
    invited: true,
    aside: false,
    whispers: true,
    take_back: false,
    take_back_off: false,
    mention_apart: true,
    pauses: true,
};

/// A message that can't be shown whole. Nothing is cut: core splits, and this says that it didn't.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// There is nothing in it.
    #[error("the message is empty")]
    Empty,
    /// Too many blocks.
    #[error("{found} blocks are more than {max}")]
    Blocks {
        /// How many.
        found: usize,
        /// How many may be.
        max: usize,
    },
    /// Too many characters in the message.
    #[error("{found} characters are more than {max}")]
    Chars {
        /// How many.
        found: usize,
        /// How many may be.
        max: usize,
    },
    /// Too many characters in one block.
    #[error("{found} characters in one block are more than {max}")]
    Block {
        /// How many.
        found: usize,
        /// How many may be.
        max: usize,
    },
    /// A form's field is filled with more than it takes.
    #[error("field {field} is filled with {found} characters, more than {max}")]
    Field {
        /// Which.
        field: String,
        /// How many.
        found: usize,
        /// How many may be.
        max: usize,
    },
}

/// A message as the arguments of `chat.postMessage` and its kin, to which the caller adds where it goes.
pub fn message(message: &Message) -> Result<Map<String, Value>, RenderError> {
    let blocks = blocks(&message.0, BLOCKS_MAX)?;
    let chars: usize = message.0.iter().map(block_chars).sum();
    if chars > MESSAGE_CHARS_MAX {
        return Err(RenderError::Chars { found: chars, max: MESSAGE_CHARS_MAX });
    }
    let mut args = Map::new();
    args.insert("text".to_owned(), notice(message).into());
    args.insert("blocks".to_owned(), blocks.into());
    Ok(args)
}

/// A message for a person who waits at the screen, in as many messages as it takes.
pub fn pages(whole: &Message) -> Result<Vec<Map<String, Value>>, RenderError> {
    let mut pages = vec![Message::default()];
    let (mut rows, mut chars) = (0, 0);
    for block in &whole.0 {
        let (more_rows, more_chars) = (block_rows(block), block_chars(block));
        let full = rows + more_rows > BLOCKS_MAX || chars + more_chars > MESSAGE_CHARS_MAX;
        if full && rows > 0 {
            pages.push(Message::default());
            (rows, chars) = (0, 0);
        }
        rows += more_rows;
        chars += more_chars;
        if let Some(page) = pages.last_mut() {
            page.0.push(block.clone());
        }
    }
    pages.iter().map(message).collect()
}

/// Blocks for a message or a form.
pub(crate) fn blocks(blocks: &[Block], max: usize) -> Result<Vec<Value>, RenderError> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let chars = block_chars(block);
        if chars > BLOCK_CHARS_MAX && !matches!(block, Block::Buttons(_)) {
            return Err(RenderError::Block { found: chars, max: BLOCK_CHARS_MAX });
        }
        render(block, &mut out);
    }
    match out.len() {
        0 => Err(RenderError::Empty),
        found if found > max => Err(RenderError::Blocks { found, max }),
        _ => Ok(out),
    }
}

fn render(block: &Block, out: &mut Vec<Value>) {
    match block {
        Block::Heading(words) => heading(words, out),
        Block::Text(text) => paragraph(text, out),
        Block::Quote(text) => rich(text, "rich_text_quote", out),
        Block::Small(text) => small(text, out),
        Block::Buttons(buttons) => {
            out.extend(
                buttons
                    .chunks(BUTTONS_A_ROW)
                    .map(|row| json!({ "type": "actions", "elements": row.iter().map(button).collect::<Vec<_>>() })),
            );
        }
        Block::Divider => out.push(json!({ "type": "divider" })),
    }
}

fn heading(words: &str, out: &mut Vec<Value>) {
    if words.trim().is_empty() {
        return;
    }
    if words.chars().count() <= HEADER_CHARS_MAX {
        // Without `emoji`, `:fire:` in a standup's name stays what was typed.
        out.push(json!({ "type": "header", "text": plain(words) }));
    } else {
        rich(&Text(vec![Span::Bold(words.to_owned())]), "rich_text_section", out);
    }
}

fn paragraph(text: &Text, out: &mut Vec<Value>) {
    if text.0.iter().any(|span| matches!(span, Span::At { .. })) {
        let words: String = text.0.iter().map(marked).collect();
        if words.chars().count() <= BLOCK_CHARS_MAX {
            out.push(json!({ "type": "section", "text": mrkdwn(&words) }));
            return;
        }
    }
    rich(text, "rich_text_section", out);
}

fn rich(text: &Text, kind: &str, out: &mut Vec<Value>) {
    let elements: Vec<Value> = text.0.iter().filter_map(rich_element).collect();
    if !elements.is_empty() {
        out.push(json!({ "type": "rich_text", "elements": [{ "type": kind, "elements": elements }] }));
    }
}

fn rich_element(span: &Span) -> Option<Value> {
    let literal = |text: &str| (!text.is_empty()).then(|| json!({ "type": "text", "text": text }));
    let styled = |text: &str, style: &str| {
        (!text.is_empty()).then(|| json!({ "type": "text", "text": text, "style": { style: true } }))
    };
    match span {
        Span::Plain(text) | Span::Said(text) => literal(text),
        Span::Bold(text) => styled(text, "bold"),
        Span::Code(text) => styled(text, "code"),
        Span::Member(user) => Some(json!({ "type": "user", "user_id": user })),
        Span::Channel(channel) => Some(json!({ "type": "channel", "channel_id": channel })),
        Span::Link { label, url } => Some(json!({ "type": "link", "url": url, "text": label })),
        // Slack has a date element here too, but not every client and checker knows it.
        Span::At { at, fallback, .. } => literal(&shown(*at, fallback)),
    }
}

/// What stands for an instant where it can't be shown in the reader's own time.
fn shown(at: Timestamp, fallback: &str) -> String {
    if fallback.is_empty() { at.to_string() } else { fallback.to_owned() }
}

fn date_format(show: Show) -> &'static str {
    match show {
        Show::Time => "{time}",
        Show::DateTime => "{date_short_pretty} {time}",
    }
}

/// Small print. Our own words may carry a mention or an instant, which takes Slack's markup; a member's words, and
/// ours where they look like markup, are literal elements. What doesn't fit is shown at normal size rather than cut.
fn small(text: &Text, out: &mut Vec<Value>) {
    let mut elements: Vec<(bool, String)> = Vec::new();
    for span in &text.0 {
        let (literal, words) = small_element(span);
        if words.is_empty() {
            continue;
        }
        match elements.last_mut() {
            Some((same, run)) if *same == literal => run.push_str(&words),
            _ => elements.push((literal, words)),
        }
    }
    // Slack sets elements apart by itself, and refuses one of nothing but space.
    for (_, run) in &mut elements {
        *run = run.trim().to_owned();
    }
    elements.retain(|(_, run)| !run.is_empty());
    let fits = elements.iter().all(|(_, run)| run.chars().count() <= BLOCK_CHARS_MAX);
    if elements.is_empty() {
        return;
    }
    if !fits || elements.len() > SMALL_ELEMENTS_MAX {
        return rich(text, "rich_text_section", out);
    }
    let elements: Vec<Value> =
        elements.into_iter().map(|(literal, run)| if literal { plain(&run) } else { mrkdwn(&run) }).collect();
    out.push(json!({ "type": "context", "elements": elements }));
}

/// Whether a span of small print is shown literally, and how it is written.
fn small_element(span: &Span) -> (bool, String) {
    match span {
        Span::Said(text) => (true, text.clone()),
        other => (false, marked(other)),
    }
}

/// A span in Slack's text markup.
fn marked(span: &Span) -> String {
    match span {
        Span::Plain(text) | Span::Said(text) => defused(text),
        Span::Bold(text) => wrapped(text, '*', defused),
        // Inside the marks nothing else means anything; a joiner there would be copied along by whoever types it.
        Span::Code(text) => wrapped(text, '`', escape),
        Span::Member(_) | Span::Channel(_) | Span::Link { .. } | Span::At { .. } => token(span),
    }
}

/// Marked on both sides; spaces stay outside, where Slack wants them.
fn wrapped(text: &str, mark: char, inside: fn(&str) -> String) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return text.to_owned();
    }
    let before = &text[..text.len() - text.trim_start().len()];
    let after = &text[text.trim_end().len()..];
    format!("{before}{mark}{}{mark}{after}", inside(inner))
}

/// Text that Slack shows as it is: its three characters escaped, and a word joiner behind what could open or close
/// markup (bold, italics, strike, code, an emoji's name, a quote at the beginning of a line).
fn defused(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut line_begins = true;
    for c in text.chars() {
        if line_begins && c == '>' {
            out.push(WORD_JOINER);
        }
        push_escaped(c, &mut out);
        if matches!(c, '*' | '_' | '~' | '`' | ':') {
            out.push(WORD_JOINER);
        }
        line_begins = c == '\n' || (line_begins && c.is_whitespace());
    }
    out
}

/// Text with markup that Slack shall not add to: no links or channels made out of plain words.
fn mrkdwn(text: &str) -> Value {
    json!({ "type": "mrkdwn", "text": text, "verbatim": true })
}

/// A mention or an instant in Slack's text markup; other spans as escaped words.
fn token(span: &Span) -> String {
    match span {
        Span::Member(user) => format!("<@{user}>"),
        Span::Channel(channel) => format!("<#{channel}>"),
        Span::Link { label, url } => {
            format!("<{}|{}>", escape(&url.replace('|', "%7C")), escape(&label.replace('|', "/")))
        }
        Span::At { at, show, fallback } => {
            let fallback = escape(&shown(*at, fallback).replace('|', "/"));
            format!("<!date^{}^{}|{fallback}>", at.as_second(), date_format(*show))
        }
        Span::Plain(text) | Span::Bold(text) | Span::Said(text) | Span::Code(text) => escape(text),
    }
}

fn button(button: &Button) -> Value {
    let token = button.action.token();
    let mut out = json!({
        "type": "button",
        "text": plain(&clip(&button.label, LABEL_CHARS_MAX)),
        "action_id": token,
        "value": token,
    });
    match button.style {
        Style::Quiet => {}
        Style::Primary => out["style"] = "primary".into(),
        Style::Danger => out["style"] = "danger".into(),
    }
    out
}

/// Literal text: no markup, no emoji.
pub(crate) fn plain(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text, "emoji": false })
}

/// A label that fits; only for words beside which the whole stands (a title, a button, a choice).
pub(crate) fn clip(label: &str, max: usize) -> String {
    if label.chars().count() <= max {
        return label.to_owned();
    }
    label.chars().take(max.saturating_sub(1)).chain(['…']).collect()
}

fn block_chars(block: &Block) -> usize {
    match block {
        Block::Heading(words) => words.chars().count(),
        Block::Text(text) | Block::Quote(text) | Block::Small(text) => text.chars(),
        Block::Buttons(buttons) => buttons.iter().map(|button| button.label.chars().count()).sum(),
        Block::Divider => 0,
    }
}

fn block_rows(block: &Block) -> usize {
    match block {
        Block::Buttons(buttons) => buttons.len().div_ceil(BUTTONS_A_ROW),
        _ => 1,
    }
}

/// What a notification and a screen reader say. The blocks hold everything, so this may end early; never inside an
/// escape or a mention.
fn notice(message: &Message) -> String {
    let mut notice = Notice { out: String::new(), chars: 0, full: false };
    for block in &message.0 {
        match block {
            Block::Heading(words) => notice.line(&Text::plain(words.as_str())),
            Block::Text(text) | Block::Quote(text) | Block::Small(text) => notice.line(text),
            Block::Buttons(_) | Block::Divider => {}
        }
    }
    if notice.out.is_empty() {
        // Slack wants a text for the notification.
        notice.out.push('…');
    }
    notice.out
}

struct Notice {
    out: String,
    chars: usize,
    full: bool,
}

impl Notice {
    fn line(&mut self, text: &Text) {
        if !self.out.is_empty() {
            self.unit("\n");
        }
        for span in &text.0 {
            match span {
                Span::Plain(words) | Span::Bold(words) | Span::Said(words) | Span::Code(words) => {
                    for c in words.chars() {
                        let mut unit = String::new();
                        push_escaped(c, &mut unit);
                        self.unit(&unit);
                    }
                }
                Span::Link { label, .. } => self.unit(&escape(label)),
                Span::Member(_) | Span::Channel(_) | Span::At { .. } => self.unit(&token(span)),
            }
        }
    }

    /// Adds what may not be divided.
    fn unit(&mut self, unit: &str) {
        if self.full {
            return;
        }
        let chars = unit.chars().count();
        if self.chars + chars > NOTICE_CHARS_MAX - 1 {
            self.full = true;
            self.out.push('…');
            return;
        }
        self.chars += chars;
        self.out.push_str(unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jeda_core::{
        action::Action,
        copy::{Sample, samples},
        id::{ChannelId, StandupId, UserId},
        language::Language,
        standup::{self, RoundKey},
    };
    use jeda_tests::{assert_right, judge_slack_message, judge_slack_view};

    const HOSTILE: &[&str] = &[
        "<!channel> <!here> <@U1> <#C1> <!subteam^S1>",
        "@channel @here @everyone",
        "*bold* _it_ ~no~ `code` ```block```\n> quote\n- list",
        "&lt;!channel&gt; &amp; <https://evil.example|click>",
        "\u{202e}txet desrever\u{202c} مرحبا שלום",
        "e\u{0301}\u{0302}\u{0303}\u{0304} Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
        "👩‍👩‍👧‍👦🏳️‍🌈 :fire: :+1::skin-tone-2:",
        "{\"type\":\"divider\"} \\\" \u{0000}\u{0007}",
        "   ",
        "\n\n\n",
    ];

    fn accepted(message: &Message) -> Map<String, Value> {
        let args = super::message(message).unwrap();
        assert_right(&judge_slack_message(&args));
        args
    }

    fn button(label: &str, style: Style) -> Button {
        buttons(label, style, 1).remove(0)
    }

    /// Each with an action of its own.
    fn buttons(label: &str, style: Style, count: usize) -> Vec<Button> {
        let round = RoundKey { standup: StandupId::new("s1"), date: jiff::civil::date(2026, 11, 24) };
        let action = |page| Action::Standup(standup::Action::Answer(round.clone(), page));
        (0..count).map(|page| Button { label: label.into(), action: action(page), style }).collect()
    }

    #[test]
    fn every_part_of_a_message_is_a_block_that_slack_takes() {
        let when = instant;
        let message = Message(vec![
            Block::Heading("Daily, 24 November".into()),
            Block::Text(Text(vec![
                Span::Plain("Good morning ".into()),
                Span::Member(UserId::new("U1")),
                Span::Bold(", until ".into()),
                when(Show::Time),
                Span::Plain(" in ".into()),
                Span::Channel(ChannelId::new("C1")),
                Span::Code("/standup skip".into()),
            ])),
            Block::Quote(Text::said("Yesterday: *reviews*")),
            Block::Small(Text(vec![
                Span::Plain("Closes ".into()),
                when(Show::DateTime),
                Span::Said(" <!here>".into()),
            ])),
            Block::Divider,
            Block::Buttons(
                [buttons("Answer", Style::Primary, 1), buttons("Delete", Style::Danger, 2).split_off(1)].concat(),
            ),
        ]);
        let args = accepted(&message);
        insta::assert_snapshot!(serde_json::to_string_pretty(&args).unwrap());
    }

    #[test]
    fn what_a_member_says_is_never_markup() {
        for words in HOSTILE {
            for block in [
                Block::Heading((*words).into()),
                Block::Text(Text::said(*words)),
                Block::Quote(Text::said(*words)),
                Block::Small(Text::said(*words)),
                Block::Small(Text(vec![Span::Plain("by ".into()), Span::Said((*words).into())])),
                Block::Quote(Text(vec![instant(Show::Time), Span::Said((*words).into())])),
            ] {
                let args = accepted(&Message(vec![Block::Text(Text::plain("x")), block]));
                let notice = args["text"].as_str().unwrap().replace("<!date^1795505400^{time}|07:30 UTC>", "");
                assert!(!notice.contains(['<', '>']), "{notice}");
                for element in leaves(&args["blocks"]) {
                    let kind = element["type"].as_str().unwrap();
                    assert!(["text", "plain_text", "mrkdwn"].contains(&kind), "{words:?} became {element}");
                    if kind == "mrkdwn" {
                        assert_eq!(element["text"], "by", "only our own words are markup");
                    }
                    if kind == "plain_text" {
                        assert_eq!(element["emoji"], false);
                    }
                }
            }
        }
    }

    #[test]
    fn beside_an_instant_what_a_member_says_is_defused() {
        for words in HOSTILE {
            let text = Text(vec![instant(Show::DateTime), Span::Said(format!("\n{words}"))]);
            let args = accepted(&Message(vec![Block::Text(text)]));
            let section = args["blocks"][0]["text"]["text"].as_str().unwrap();
            let said = section.strip_prefix("<!date^1795505400^{date_short_pretty} {time}|07:30 UTC>\n").unwrap();
            assert!(!said.contains(['<', '>']), "{said}");
            assert!(!said.starts_with("&gt;") && !said.contains("\n&gt;"), "{said}");
            let mut chars = said.chars();
            while let Some(c) = chars.next() {
                assert!(!"*_~`:".contains(c) || chars.next() == Some(WORD_JOINER), "{said:?}");
            }
            assert_eq!(crate::markup::unescape(&said.replace(WORD_JOINER, "")), *words);
        }
    }

    #[test]
    fn a_paragraph_with_an_instant_that_grows_too_long_is_shown_literally() {
        let text = Text(vec![instant(Show::Time), Span::Said("&".repeat(2_900))]);
        let args = accepted(&Message(vec![Block::Text(text)]));
        let elements = &args["blocks"][0]["elements"][0]["elements"];
        assert_eq!(elements[0]["text"], "07:30 UTC");
        assert_eq!(elements[1]["text"].as_str().unwrap().len(), 2_900);
    }

    /// Every message and form that core can say, as Slack shows it, and as its checker takes it.
    #[test]
    fn every_message_in_both_languages() {
        for language in Language::ALL {
            let mut all = String::new();
            for sample in samples() {
                all.push_str(&format!("== {}\n", sample.name()));
                match sample {
                    Sample::Message(_, make) => {
                        for page in pages(&make(language)).unwrap() {
                            assert_right(&judge_slack_message(&page));
                            all.push_str(&lines(&page["blocks"]));
                        }
                    }
                    Sample::Form(_, make) => {
                        let mut view = crate::form::view(&make(language), None).unwrap();
                        assert_right(&judge_slack_view(&view));
                        let blocks = view["blocks"].take();
                        all.push_str(&format!("{view:#}\n{}", lines(&blocks)));
                    }
                }
            }
            insta::assert_snapshot!(language.tag(), all);
        }
    }

    fn lines(blocks: &Value) -> String {
        blocks.as_array().unwrap().iter().map(|block| read(block) + "\n").collect()
    }

    /// A block as it is read: markup that Slack interprets stands behind `mrkdwn`, everything else is literal.
    fn read(part: &Value) -> String {
        let text = || part["text"].as_str().map_or_else(|| read(&part["text"]), str::to_owned);
        let all = |between| part["elements"].as_array().unwrap().iter().map(read).collect::<Vec<_>>().join(between);
        match part["type"].as_str().unwrap() {
            "header" => format!("# {}", text()),
            "divider" => "---".to_owned(),
            "section" | "plain_text" => text(),
            "mrkdwn" => format!("mrkdwn({})", text()),
            "rich_text" | "rich_text_section" => all(""),
            "rich_text_quote" => format!("> {}", all("").replace('\n', "\n> ")),
            "context" => format!("~ {}", all(" ")),
            "actions" => all(" "),
            "button" => format!("[{}]({})", text(), part["action_id"].as_str().unwrap()),
            "text" if part["style"]["bold"] == true => format!("**{}**", text()),
            "text" if part["style"]["code"] == true => format!("`{}`", text()),
            "text" => text(),
            "user" => format!("<@{}>", part["user_id"].as_str().unwrap()),
            "channel" => format!("<#{}>", part["channel_id"].as_str().unwrap()),
            _ => format!("{part:#}"),
        }
    }

    fn instant(show: Show) -> Span {
        Span::At { at: "2026-11-24T07:30:00Z".parse().unwrap(), show, fallback: "07:30 UTC".into() }
    }

    fn leaves(value: &Value) -> Vec<Value> {
        match value {
            Value::Array(all) => all.iter().flat_map(leaves).collect(),
            Value::Object(map) if map.get("text").is_some_and(Value::is_string) => vec![value.clone()],
            Value::Object(map) => map.values().flat_map(leaves).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn our_own_words_in_small_print_are_escaped() {
        let text = Text(vec![Span::Plain("R&D <soon>".into()), Span::Bold("a<b".into()), Span::Plain("2*3".into())]);
        let args = accepted(&Message(vec![Block::Small(text)]));
        assert_eq!(args["blocks"][0]["elements"][0]["text"], "R&amp;D &lt;soon&gt;*a&lt;b*2*\u{2060}3");
    }

    #[test]
    fn small_print_that_takes_too_many_elements_is_shown_large_and_whole() {
        let spans =
            (0..12).map(|n| if n % 2 == 0 { Span::Plain(format!("p{n}")) } else { Span::Said(format!("s{n}")) });
        let args = accepted(&Message(vec![Block::Small(Text(spans.collect()))]));
        assert_eq!(args["blocks"][0]["type"], "rich_text");
        assert_eq!(args["blocks"][0]["elements"][0]["elements"].as_array().unwrap().len(), 12);
    }

    #[test]
    fn what_is_too_long_is_refused_and_never_cut() {
        let long = Block::Quote(Text::said("ä".repeat(40_000)));
        assert_eq!(
            super::message(&Message(vec![long])),
            Err(RenderError::Block { found: 40_000, max: BLOCK_CHARS_MAX })
        );
        let five = Message(vec![Block::Text(Text::plain("x".repeat(3_000))); 5]);
        assert_eq!(super::message(&five), Err(RenderError::Chars { found: 15_000, max: MESSAGE_CHARS_MAX }));
        let rows = Message(vec![Block::Divider; 51]);
        assert_eq!(super::message(&rows), Err(RenderError::Blocks { found: 51, max: 50 }));
        assert_eq!(super::message(&Message::default()), Err(RenderError::Empty));
        assert_eq!(super::message(&Message::of(Text::plain(""))), Err(RenderError::Empty));
    }

    #[test]
    fn what_just_fits_is_accepted() {
        accepted(&Message(vec![Block::Text(Text::said("👋".repeat(3_000))); 4]));
        accepted(&Message(vec![Block::Divider; 50]));
        accepted(&Message(vec![Block::Buttons(vec![button("B", Style::Quiet)]); 50]));
        let long_heading = "Stand ".repeat(40);
        let args = accepted(&Message(vec![Block::Heading(long_heading.clone())]));
        assert_eq!(args["blocks"][0]["elements"][0]["elements"][0]["text"], long_heading.as_str());
    }

    #[test]
    fn the_notification_ends_between_characters() {
        let args = accepted(&Message(vec![Block::Text(Text::said("&".repeat(3_000))); 4]));
        let notice = args["text"].as_str().unwrap();
        assert!(notice.chars().count() <= NOTICE_CHARS_MAX);
        let whole = notice.strip_suffix('…').unwrap();
        assert!(whole.replace("&amp;", "").is_empty(), "an escape was cut");
        let many = Text(vec![Span::Member(UserId::new("U123456789")); 149]);
        let notice = super::message(&Message(vec![Block::Text(many); 4])).unwrap()["text"].clone();
        let whole = notice.as_str().unwrap().strip_suffix('…').unwrap();
        assert!(whole.replace("<@U123456789>", "").trim().is_empty(), "a mention was cut");
    }

    #[test]
    fn more_buttons_than_a_row_holds_flow_into_the_next() {
        let args = accepted(&Message(vec![Block::Buttons(buttons(&"Long ".repeat(30), Style::Quiet, 7))]));
        let rows = args["blocks"].as_array().unwrap();
        assert_eq!(rows.iter().map(|row| row["elements"].as_array().unwrap().len()).collect::<Vec<_>>(), [5, 2]);
    }

    #[test]
    fn a_long_reply_takes_as_many_pages_as_it_needs() {
        let blocks: Vec<Block> =
            (0..120).map(|n| Block::Text(Text::plain(format!("line {n} {}", "x".repeat(200))))).collect();
        let pages = pages(&Message(blocks)).unwrap();
        assert!(pages.len() >= 3);
        let lines: usize = pages.iter().map(|page| page["blocks"].as_array().unwrap().len()).sum();
        assert_eq!(lines, 120);
    }
}
