//! Blocks and messages as a person reads them: plain lines.

use super::{
    ids::ts_text,
    markup::{Reader, date_shown, group_shown, pings_everyone, shown},
    model::{Message, State},
};
use serde_json::Value;

/// A message as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// `#eng`, or `DM ana`.
    pub place: String,
    /// Who wrote it, by name.
    pub who: String,
    /// Slack's timestamp: names the message in [`Person::edits`](super::Person::edits) and the like.
    pub ts: String,
    /// The root's timestamp, where this is a reply in a thread.
    pub thread: Option<String>,
    /// Whether only this person sees it.
    pub only_you: bool,
    /// Whether it was edited.
    pub edited: bool,
    /// What it says, with `\n` between lines; dates in the reader's own zone, buttons as `[Label]`.
    pub text: String,
    /// The labels of its buttons, in order.
    pub buttons: Vec<String>,
}

impl Seen {
    /// Whether it says `words` somewhere.
    pub fn says(&self, words: &str) -> bool {
        self.text.contains(words)
    }
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let only_you = if self.only_you { " (only visible to you)" } else { "" };
        let thread = if self.thread.is_some() { " (in a thread)" } else { "" };
        let edited = if self.edited { " (edited)" } else { "" };
        write!(f, "{} | {}{only_you}{thread}{edited}: {}", self.place, self.who, self.text)
    }
}

pub(super) fn seen(state: &State, reader: &Reader, channel: &str, message: &Message) -> Seen {
    Seen {
        place: state.place(channel),
        who: state.name_of(&message.user),
        ts: ts_text(message.ts),
        thread: message.thread.map(ts_text),
        only_you: message.only_for.is_some(),
        edited: message.edited.is_some(),
        text: message_text(state, reader, message),
        buttons: message.blocks.as_ref().map(buttons).unwrap_or_default(),
    }
}

/// What a message says: its blocks, or its text where it has none.
pub(super) fn message_text(state: &State, reader: &Reader, message: &Message) -> String {
    match &message.blocks {
        Some(blocks) => blocks_text(state, reader, blocks),
        None => shown(state, reader, &message.text),
    }
}

pub(super) fn blocks_text(state: &State, reader: &Reader, blocks: &Value) -> String {
    let lines: Vec<String> = items(blocks).iter().map(|b| block_text(state, reader, b)).collect();
    lines.join("\n")
}

pub(super) fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}
pub(super) fn kind(value: &Value) -> &str {
    value["type"].as_str().unwrap_or_default()
}

/// A text object as it is seen.
pub(super) fn text_object(state: &State, reader: &Reader, text: &Value) -> String {
    let words = text["text"].as_str().unwrap_or_default();
    // Slack escapes in plain text too, and shows no markup there.
    if kind(text) == "mrkdwn" { shown(state, reader, words) } else { super::markup::unescape(words) }
}

pub(super) fn block_text(state: &State, reader: &Reader, block: &Value) -> String {
    match kind(block) {
        "header" => text_object(state, reader, &block["text"]),
        "section" => {
            let mut parts = Vec::new();
            if block.get("text").is_some() {
                parts.push(text_object(state, reader, &block["text"]));
            }
            parts.extend(items(&block["fields"]).iter().map(|f| text_object(state, reader, f)));
            let mut text = parts.join("\n");
            if let Some(accessory) = block.get("accessory") {
                text.push(' ');
                text.push_str(&element_text(accessory));
            }
            text
        }
        "context" => {
            let parts: Vec<String> = items(&block["elements"])
                .iter()
                .map(|e| if kind(e) == "image" { element_text(e) } else { text_object(state, reader, e) })
                .collect();
            parts.join(" ")
        }
        "actions" => items(&block["elements"]).iter().map(element_text).collect::<Vec<_>>().join(" "),
        "divider" => "---".to_owned(),
        "rich_text" => {
            items(&block["elements"]).iter().map(|p| rich_part(state, reader, p)).collect::<Vec<_>>().join("\n")
        }
        "input" => {
            let label = block["label"]["text"].as_str().unwrap_or_default();
            format!("{label}: {}", element_text(&block["element"]))
        }
        "image" => format!("(picture: {})", block["alt_text"].as_str().unwrap_or_default()),
        "data_visualization" => format!("(chart: {})", block["title"].as_str().unwrap_or_default()),
        "markdown" => block["text"].as_str().unwrap_or_default().to_owned(),
        other => format!("({other})"),
    }
}

fn element_text(element: &Value) -> String {
    match kind(element) {
        "button" => format!("[{}]", label_of(element)),
        "image" => format!("(picture: {})", element["alt_text"].as_str().unwrap_or_default()),
        "plain_text_input" => "____".to_owned(),
        _ => format!("[{} v]", label_of(element)),
    }
}

/// What a button says, or what stands in an empty select.
pub(super) fn label_of(element: &Value) -> String {
    let label = element["text"]["text"].as_str().or(element["placeholder"]["text"].as_str());
    super::markup::unescape(label.or(element["action_id"].as_str()).unwrap_or_default())
}

fn rich_part(state: &State, reader: &Reader, part: &Value) -> String {
    let runs = |part: &Value| items(&part["elements"]).iter().map(|r| rich_run(state, reader, r)).collect::<String>();
    match kind(part) {
        "rich_text_list" => {
            let indent = "  ".repeat(usize::try_from(part["indent"].as_u64().unwrap_or(0)).unwrap_or(0));
            let ordered = part["style"].as_str() == Some("ordered");
            let first = part["offset"].as_u64().unwrap_or(0) + 1;
            let line = |(n, item): (u64, &Value)| {
                let mark = if ordered { format!("{n}.") } else { "•".to_owned() };
                format!("{indent}{mark} {}", runs(item))
            };
            (first..).zip(items(&part["elements"])).map(line).collect::<Vec<_>>().join("\n")
        }
        "rich_text_quote" => runs(part).lines().map(|l| format!("> {l}")).collect::<Vec<_>>().join("\n"),
        _ => runs(part).trim_end_matches('\n').to_owned(),
    }
}

fn rich_run(state: &State, reader: &Reader, run: &Value) -> String {
    let field = |key: &str| run[key].as_str().unwrap_or_default();
    match kind(run) {
        "text" => field("text").to_owned(),
        "user" => format!("@{}", state.name_of(field("user_id"))),
        "usergroup" => group_shown(state, field("usergroup_id")),
        "channel" => shown(state, reader, &format!("<#{}>", field("channel_id"))),
        "emoji" => format!(":{}:", field("name")),
        "link" => run["text"].as_str().unwrap_or(field("url")).to_owned(),
        "broadcast" => format!("@{}", field("range")),
        "date" => run["timestamp"]
            .as_i64()
            .and_then(|t| date_shown(reader, t, field("format")))
            .unwrap_or_else(|| field("fallback").to_owned()),
        _ => String::new(),
    }
}

/// The labels of all buttons.
fn buttons(blocks: &Value) -> Vec<String> {
    controls(blocks).into_iter().filter(|(_, e)| kind(e) == "button").map(|(_, e)| label_of(e)).collect()
}

/// Everything that can be pressed or chosen from outside an input: (block, element).
pub(super) fn controls(blocks: &Value) -> Vec<(&Value, &Value)> {
    let mut found = Vec::new();
    for block in items(blocks) {
        found.extend(items(&block["elements"]).iter().filter(|_| kind(block) == "actions").map(|e| (block, e)));
        found.extend(block.get("accessory").filter(|a| kind(a) != "image").map(|a| (block, a)));
    }
    found
}

/// Whether blocks would notify everybody in a place.
pub(super) fn blocks_ping_everyone(blocks: &Value) -> bool {
    match blocks {
        Value::Array(list) => list.iter().any(blocks_ping_everyone),
        Value::Object(map) => {
            let markup = map.get("type").and_then(Value::as_str) == Some("mrkdwn");
            if map.get("type").and_then(Value::as_str) == Some("broadcast") {
                return true;
            }
            (markup && map.get("text").and_then(Value::as_str).is_some_and(pings_everyone))
                || map.values().any(blocks_ping_everyone)
        }
        _ => false,
    }
}

/// All that `user` can see, oldest first: (conversation, message).
pub(super) fn visible<'s>(state: &'s State, user: &str) -> Vec<(&'s str, &'s Message)> {
    let mut all = Vec::new();
    for channel in &state.channels {
        let in_it = channel.members.iter().any(|m| m == user);
        let list = state.messages.get(&channel.id).map(Vec::as_slice).unwrap_or_default();
        let theirs = list.iter().filter(|m| !m.tombstone).filter(|m| match &m.only_for {
            Some(only) => only == user,
            None => in_it,
        });
        all.extend(theirs.map(|m| (channel.id.as_str(), m)));
    }
    all.sort_by_key(|(_, m)| m.ts);
    all
}
