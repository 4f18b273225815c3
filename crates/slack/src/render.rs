//! The neutral message as Slack's blocks. Pure.
//!
//! Words go into `rich_text` blocks: their text elements are literal, so that nothing a member writes is read as a
//! mention, a command or markup. Where Slack has no such element (small print, the notification's text), the three
//! characters that mean something are escaped.

use crate::markup::{escape, push_escaped};
use jeda_core::{
    message::{Block, Button, Message, Show, Span, Style, Text},
    snapshot::Capabilities,
};
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
    aside: false,
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
        Block::Text(text) => rich(text, "rich_text_section", out),
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
        Span::At { at, show, fallback } => Some(json!({
            "type": "date",
            "timestamp": at.as_second(),
            "format": date_format(*show),
            "fallback": if fallback.is_empty() { at.to_string() } else { fallback.clone() },
        })),
    }
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
    // An element of nothing but space is refused.
    elements.retain(|(_, run)| !run.trim().is_empty());
    let fits = elements.iter().all(|(_, run)| run.chars().count() <= BLOCK_CHARS_MAX);
    if elements.is_empty() {
        return;
    }
    if !fits || elements.len() > SMALL_ELEMENTS_MAX {
        return rich(text, "rich_text_section", out);
    }
    let elements: Vec<Value> = elements
        .into_iter()
        .map(
            |(literal, run)| {
                if literal { plain(&run) } else { json!({ "type": "mrkdwn", "text": run, "verbatim": true }) }
            },
        )
        .collect();
    out.push(json!({ "type": "context", "elements": elements }));
}

/// Whether a span is shown literally, and how it is written.
fn small_element(span: &Span) -> (bool, String) {
    match span {
        Span::Said(text) => (true, text.clone()),
        Span::Plain(text) if text.contains(['*', '_', '~', '`']) => (true, text.clone()),
        Span::Plain(text) => (false, escape(text)),
        Span::Bold(text) if text.trim().is_empty() || text.contains('*') => (true, text.clone()),
        Span::Bold(text) => (false, format!("*{}*", escape(text))),
        Span::Code(text) if text.trim().is_empty() || text.contains('`') => (true, text.clone()),
        Span::Code(text) => (false, format!("`{}`", escape(text))),
        Span::Member(_) | Span::Channel(_) | Span::At { .. } => (false, token(span)),
    }
}

/// A mention or an instant in Slack's text markup.
fn token(span: &Span) -> String {
    match span {
        Span::Member(user) => format!("<@{user}>"),
        Span::Channel(channel) => format!("<#{channel}>"),
        Span::At { at, show, fallback } => {
            let fallback = if fallback.is_empty() { at.to_string() } else { fallback.replace('|', "/") };
            format!("<!date^{}^{}|{}>", at.as_second(), date_format(*show), escape(&fallback))
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
