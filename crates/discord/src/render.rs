//! The neutral message as Discord's JSON. Pure.
//!
//! A message is content of at most [`CONTENT_CHARS_MAX`] characters. Core measures plain text, and escaping makes
//! text longer, so a message can outgrow that; then its text goes into the descriptions of embeds, which together
//! hold three times as much: nothing is cut, and one owed message stays one message of the platform. Core is told
//! [`MESSAGE_CHARS_MAX`] so that even text that escapes badly fits ([`render`]).

use crate::escape::{append, literal, literal_line};
use jeda_core::{
    id::EffectKey,
    message::{Block, Button, Message, Show, Span, Style, Text},
    snapshot::Capabilities,
};
use serde_json::{Value, json};

/// Characters of a message's content that Discord takes from a bot (the OpenAPI description says 4,000, the
/// server 2,000). Counted as UTF-16 units here: never less than what the server counts.
pub(crate) const CONTENT_CHARS_MAX: usize = 2_000;
/// Characters of one embed's description.
pub(crate) const EMBED_CHARS_MAX: usize = 4_096;
/// Characters of all embeds of a message together.
pub(crate) const EMBEDS_CHARS_MAX: usize = 6_000;
/// What core is told that a message may hold: a line's end inside a quotation becomes three characters, the worst
/// of all escapes, and 1,800 of them still fit into the embeds.
pub(crate) const MESSAGE_CHARS_MAX: usize = 1_800;
/// Characters of a `custom_id`.
const CUSTOM_ID_CHARS_MAX: usize = 100;
/// Buttons in a row, and rows in a message.
const ROW_BUTTONS_MAX: usize = 5;
const ROWS_MAX: usize = 5;
/// Characters of a button's label.
const LABEL_CHARS_MAX: usize = 80;

/// Message flags: no previews of links.
pub(crate) const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// Message flags: only its reader sees it.
pub(crate) const EPHEMERAL: u64 = 1 << 6;
/// Message flags: no push, no sound.
pub(crate) const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;

/// What Discord lets the bot do; what it may read of others' messages is a setting.
pub fn capabilities(reads_words: bool) -> Capabilities {
    Capabilities {
        message_chars_max: MESSAGE_CHARS_MAX,
        message_blocks_max: 30,
        block_chars_max: MESSAGE_CHARS_MAX,
        form_fields_max: 5,
        field_chars_max: 4_000,
        form_intro: false,
        form_chain: false,
        profile_zone: false,
        invited: false,
        aside: true,
        whispers: false,
        take_back: reads_words,
        take_back_off: !reads_words,
        mention_apart: false,
        pauses: false,
    }
}

/// What goes along with a message's buttons, so that a press says where it belongs and the message can be found
/// again in a channel's history.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks<'m> {
    /// The server that speaks. A direct message has none of its own, and its reader may share two with the bot.
    pub guild: Option<u64>,
    /// The effect that the message settles.
    pub key: Option<&'m EffectKey>,
}

/// A button's or a form's token as it came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    /// The action or the form.
    pub token: &'t str,
    /// The server that spoke.
    pub guild: Option<u64>,
    /// The effect that the message settled.
    pub key: Option<&'t str>,
}

impl Marks<'_> {
    /// `TOKEN@GUILD~KEY`. Neither `@` nor `~` occurs in a token; a part that doesn't fit into 100 characters is
    /// left out, and then the server is found by whom the person spoke with last.
    pub(crate) fn custom_id(&self, token: &str) -> String {
        let mut id = token.to_owned();
        let parts = [self.guild.map(|guild| format!("@{guild}")), self.key.map(|key| format!("~{key}"))];
        for part in parts.into_iter().flatten() {
            if id.len() + part.len() <= CUSTOM_ID_CHARS_MAX {
                id.push_str(&part);
            }
        }
        id
    }
}

/// Reads what [`Marks::custom_id`] wrote. Data from outside: nothing in it is trusted.
pub(crate) fn read_custom_id(id: &str) -> Token<'_> {
    let (rest, key) = id.split_once('~').map_or((id, None), |(rest, key)| (rest, Some(key)));
    let (token, guild) = rest.split_once('@').map_or((rest, None), |(token, guild)| (token, guild.parse().ok()));
    Token { token, guild, key }
}

/// A message in Discord's terms, not yet JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// Markdown; empty when the text is in the embeds.
    pub content: String,
    /// Descriptions of embeds, for text that outgrew the content.
    pub embeds: Vec<String>,
    /// Rows of buttons.
    pub components: Vec<Value>,
}

/// A message that doesn't fit, though core was told what fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("message_too_long")]
pub(crate) struct TooLong;

impl Rendered {
    /// The body of a request: `allowed_mentions` is there and empty, always.
    pub(crate) fn body(&self, flags: u64) -> Value {
        let quiet_links = if self.embeds.is_empty() { SUPPRESS_EMBEDS } else { 0 };
        json!({
            "content": self.content,
            "embeds": self.embeds.iter().map(|text| json!({"description": text})).collect::<Vec<_>>(),
            "components": self.components,
            "flags": flags | quiet_links,
            "allowed_mentions": {"parse": []},
        })
    }
}

/// A message, whole. Fails only where core broke the limits that it was told.
pub(crate) fn render(message: &Message, marks: Marks<'_>) -> Result<Rendered, TooLong> {
    let components = rows(message, marks)?;
    let text = markdown(message, false);
    if units(&text) <= CONTENT_CHARS_MAX {
        return Ok(Rendered { content: or_nothing(text), embeds: Vec::new(), components });
    }
    let text = if units(&text) <= EMBEDS_CHARS_MAX { text } else { markdown(message, true) };
    let embeds = pieces(&text, EMBED_CHARS_MAX);
    if embeds.iter().map(|piece| units(piece)).sum::<usize>() > EMBEDS_CHARS_MAX {
        return Err(TooLong);
    }
    Ok(Rendered { content: String::new(), embeds, components })
}

/// A reply to somebody at the screen, in as many messages as it takes; the buttons stand under the last.
pub(crate) fn render_reply(message: &Message, marks: Marks<'_>) -> Vec<Rendered> {
    let components = rows(message, marks).unwrap_or_default();
    let mut parts: Vec<Rendered> = pieces(&markdown(message, false), CONTENT_CHARS_MAX)
        .into_iter()
        .map(|content| Rendered { content, ..Rendered::default() })
        .collect();
    if parts.is_empty() {
        parts.push(Rendered { content: or_nothing(String::new()), ..Rendered::default() });
    }
    if let Some(last) = parts.last_mut() {
        last.components = components;
    }
    parts
}

/// The words of a message without markup, on one line, for a thread's name.
pub(crate) fn title(message: &Message) -> String {
    let words = message.0.iter().find_map(|block| match block {
        Block::Heading(text) => Some(text.clone()),
        Block::Text(text) | Block::Quote(text) | Block::Small(text) => Some(plain(text)),
        Block::Buttons(_) | Block::Divider => None,
    });
    words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(text: &Text) -> String {
    text.0
        .iter()
        .map(|span| match span {
            Span::Plain(t) | Span::Bold(t) | Span::Said(t) | Span::Code(t) => t.as_str(),
            Span::At { fallback, .. } => fallback.as_str(),
            Span::Link { label, .. } => label.as_str(),
            Span::Member(_) | Span::Channel(_) => "",
        })
        .collect()
}

/// Discord refuses a message without any text; a space of no width is one.
fn or_nothing(text: String) -> String {
    if text.trim().is_empty() { "\u{200b}".into() } else { text }
}

/// Length as JavaScript counts it, which is never less than the number of characters.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// All text of a message. `lean` leaves out what makes text longer without changing a word of it: instants as
/// their fallback, and no more than one empty line at a time.
fn markdown(message: &Message, lean: bool) -> String {
    let blocks: Vec<String> = message.0.iter().filter_map(|block| block_text(block, lean)).collect();
    blocks.join("\n")
}

fn block_text(block: &Block, lean: bool) -> Option<String> {
    Some(match block {
        Block::Heading(text) => format!("### {}", literal_line(text)),
        Block::Text(text) => spans(text, lean),
        Block::Quote(text) => prefixed("> ", &spans(text, lean)),
        Block::Small(text) => prefixed("-# ", &spans(text, lean)),
        Block::Divider => "-# ───────────".into(),
        Block::Buttons(_) => return None,
    })
}

/// Each line with its mark: Discord's quotation and small print reach to the end of the line only.
fn prefixed(mark: &str, text: &str) -> String {
    let lines =
        text.split('\n').map(|line| if line.is_empty() { mark.trim_end().to_owned() } else { format!("{mark}{line}") });
    lines.collect::<Vec<_>>().join("\n")
}

fn spans(text: &Text, lean: bool) -> String {
    let mut all = String::new();
    for span in &text.0 {
        append(&mut all, &span_text(span, lean));
    }
    if !lean {
        return all;
    }
    let mut kept: Vec<&str> = Vec::new();
    for line in all.split('\n') {
        if !(line.trim().is_empty() && kept.last().is_some_and(|last| last.trim().is_empty())) {
            kept.push(line);
        }
    }
    kept.join("\n")
}

fn span_text(span: &Span, lean: bool) -> String {
    match span {
        Span::Plain(text) | Span::Said(text) => literal(text),
        Span::Bold(text) => bold(text),
        Span::Code(text) => code(text),
        Span::Member(user) => mention("@", user.as_str()),
        Span::Channel(channel) => mention("#", channel.as_str()),
        // In angle brackets no preview is shown below.
        Span::Link { label, url } => format!("[{}](<{url}>)", literal(label)),
        Span::At { fallback, .. } if lean => literal(fallback),
        Span::At { at, show, .. } => {
            let style = match show {
                Show::Time => 't',
                Show::DateTime => 'f',
            };
            format!("<t:{}:{style}>", at.as_second())
        }
    }
}

/// A mention that is certainly one: an id is a number, and anything else stays words.
fn mention(kind: &str, id: &str) -> String {
    let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    if is_id { format!("<{kind}{id}>") } else { literal(&format!("{kind}{id}")) }
}

/// Bold, with spaces at its ends outside: `** x **` is not bold.
fn bold(text: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() {
        return literal(text);
    }
    let lead = &text[..text.len() - text.trim_start().len()];
    let tail = &text[text.trim_end().len()..];
    format!("{lead}**{}**{tail}", literal(inner))
}

/// Monospace. A backtick inside asks for two around; two in a row can't be shown so, and stay plain words.
fn code(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.trim().is_empty() || line.contains("``") {
        return literal(&line);
    }
    if line.contains('`') { format!("`` {line} ``") } else { format!("`{line}`") }
}

/// Text in pieces of at most `max` units: at the end of a line where there is one, else at a space, else between
/// two characters; never behind a backslash, and a quotation goes on as one.
pub(crate) fn pieces(text: &str, max: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut current = String::new();
    for line in text.split('\n') {
        let mut line = line.to_owned();
        loop {
            let joint = usize::from(!current.is_empty());
            if units(&current) + joint + units(&line) <= max {
                if joint == 1 {
                    current.push('\n');
                }
                current.push_str(&line);
                break;
            }
            if !current.is_empty() {
                pieces.push(std::mem::take(&mut current));
                continue;
            }
            let mark = ["> ", "-# "].into_iter().find(|mark| line.starts_with(mark)).unwrap_or("");
            let cut = cut_at(&line, max);
            pieces.push(line[..cut].trim_end().to_owned());
            line = format!("{mark}{}", line[cut..].trim_start());
        }
    }
    if !current.trim().is_empty() {
        pieces.push(current);
    }
    pieces
}

/// Where to cut a line that is longer than `max` units: a byte index between two characters, beyond the mark.
fn cut_at(line: &str, max: usize) -> usize {
    let mut used = 0;
    let mut hard = 0;
    let mut soft = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        used += c.len_utf16();
        if used > max {
            break;
        }
        let end = at + c.len_utf8();
        escaped = c == '\\' && !escaped;
        if !escaped {
            hard = end;
            // A space early in the line would leave a piece of nearly nothing.
            if c == ' ' && used > max / 2 {
                soft = Some(end);
            }
        }
    }
    soft.unwrap_or(hard)
}

fn rows(message: &Message, marks: Marks<'_>) -> Result<Vec<Value>, TooLong> {
    let mut rows = Vec::new();
    for block in &message.0 {
        let Block::Buttons(buttons) = block else { continue };
        for row in buttons.chunks(ROW_BUTTONS_MAX) {
            let row: Vec<Value> = row.iter().map(|button| button_json(button, marks)).collect();
            rows.push(json!({"type": 1, "components": row}));
        }
    }
    if rows.len() > ROWS_MAX { Err(TooLong) } else { Ok(rows) }
}

fn button_json(button: &Button, marks: Marks<'_>) -> Value {
    let style = match button.style {
        Style::Primary => 1,
        Style::Quiet => 2,
        Style::Danger => 4,
    };
    json!({
        "type": 2,
        "style": style,
        "label": shortened(&button.label, LABEL_CHARS_MAX),
        "custom_id": marks.custom_id(&button.action.token()),
    })
}

/// At most `max` units, with an ellipsis where something was left out.
pub(crate) fn shortened(text: &str, max: usize) -> String {
    if units(text) <= max {
        return text.to_owned();
    }
    let mut used = 1;
    let kept: String = text
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= max
        })
        .collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests;
