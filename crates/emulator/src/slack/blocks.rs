//! Slack's limits on blocks and views, written from Slack's reference and independently of any SDK: what is wrong with
//! what an app sent, in words that name the place.
//! Sources: docs.slack.dev/reference/block-kit; the sum over a message's blocks is measured, not documented.

use serde_json::{Map, Value};
use std::collections::HashSet;

/// Characters in all blocks of one message: above it Slack says `msg_blocks_too_long`.
pub(super) const MESSAGE_CHARS_MAX: usize = 13_200;
const MESSAGE_BLOCKS_MAX: usize = 50;
const VIEW_BLOCKS_MAX: usize = 100;
const ID_CHARS_MAX: usize = 255;
const VIEW_BYTES_MAX: usize = 250_000;

/// Where blocks are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Surface {
    Message,
    View,
}

/// What is wrong, in the order of the blocks.
struct Check {
    surface: Surface,
    problems: Vec<String>,
    block_ids: HashSet<String>,
    focus: usize,
    charts: usize,
    markdown_chars: usize,
}

/// What is wrong with the blocks of a message; empty when Slack takes them.
pub(super) fn message_problems(blocks: &Value) -> Vec<String> {
    blocks_problems(blocks, Surface::Message, MESSAGE_BLOCKS_MAX)
}

fn blocks_problems(blocks: &Value, surface: Surface, max: usize) -> Vec<String> {
    let mut check =
        Check { surface, problems: Vec::new(), block_ids: HashSet::new(), focus: 0, charts: 0, markdown_chars: 0 };
    let Some(list) = blocks.as_array() else {
        return vec!["blocks: not an array".to_owned()];
    };
    if list.len() > max {
        check.say("blocks", &format!("{} blocks, at most {max}", list.len()));
    }
    for (n, block) in list.iter().enumerate() {
        check.block(&format!("/blocks/{n}"), block);
    }
    if check.focus > 1 {
        check.say("blocks", "more than one focus_on_load");
    }
    if check.charts > 2 {
        check.say("blocks", "more than two data_visualization blocks");
    }
    if check.markdown_chars > 12_000 {
        check.say("blocks", "more than 12000 characters in markdown blocks");
    }
    check.problems
}

/// All characters that blocks would show.
pub(super) fn chars_in(blocks: &Value) -> usize {
    match blocks {
        Value::Array(list) => list.iter().map(chars_in).sum(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| match value {
                Value::String(text) if key == "text" => text.chars().count(),
                Value::Array(_) | Value::Object(_) => chars_in(value),
                _ => 0,
            })
            .sum(),
        _ => 0,
    }
}

/// Whether a view is too large, and what else is wrong with it.
pub(super) fn view_problems(view: &Value) -> (bool, Vec<String>) {
    let too_large = view.to_string().len() > VIEW_BYTES_MAX;
    let Some(map) = view.as_object() else {
        return (too_large, vec!["view: not an object".to_owned()]);
    };
    let mut problems = blocks_problems(map.get("blocks").unwrap_or(&Value::Null), Surface::View, VIEW_BLOCKS_MAX);
    let mut check = Check {
        surface: Surface::View,
        problems: Vec::new(),
        block_ids: HashSet::new(),
        focus: 0,
        charts: 0,
        markdown_chars: 0,
    };
    let at = "/view";
    check.keys(
        at,
        map,
        &["type", "title", "blocks"],
        &[
            "submit",
            "close",
            "private_metadata",
            "callback_id",
            "clear_on_close",
            "notify_on_close",
            "external_id",
            "submit_disabled",
        ],
    );
    if map.get("type").and_then(Value::as_str) != Some("modal") {
        check.say(at, "type must be modal");
    }
    for key in ["title", "submit", "close"] {
        if let Some(text) = map.get(key).filter(|t| !t.is_null()) {
            check.text(&format!("{at}/{key}"), text, true, 24);
        }
    }
    for (key, max) in [("private_metadata", 3_000), ("callback_id", ID_CHARS_MAX), ("external_id", ID_CHARS_MAX)] {
        check.string(at, map, key, max);
    }
    let has_input = map
        .get("blocks")
        .and_then(Value::as_array)
        .is_some_and(|blocks| blocks.iter().any(|b| b.get("type").and_then(Value::as_str) == Some("input")));
    if has_input && map.get("submit").is_none_or(Value::is_null) {
        check.say(at, "submit is required where there is an input block");
    }
    problems.append(&mut check.problems);
    (too_large, problems)
}

impl Check {
    fn say(&mut self, at: &str, what: &str) {
        self.problems.push(format!("{at}: {what}"));
    }

    /// Required and optional keys; Slack refuses any other.
    fn keys(&mut self, at: &str, map: &Map<String, Value>, required: &[&str], optional: &[&str]) {
        for key in required {
            if map.get(*key).is_none_or(Value::is_null) {
                self.say(at, &format!("missing {key}"));
            }
        }
        for key in map.keys() {
            if !required.contains(&key.as_str()) && !optional.contains(&key.as_str()) {
                self.say(at, &format!("invalid additional property: {key}"));
            }
        }
    }

    fn string(&mut self, at: &str, map: &Map<String, Value>, key: &str, max: usize) {
        match map.get(key) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.chars().count() > max => {
                self.say(at, &format!("{key} has {} characters, at most {max}", text.chars().count()));
            }
            Some(Value::String(_)) => {}
            Some(_) => self.say(at, &format!("{key} must be a string")),
        }
    }

    /// A text object; `plain` where Slack takes no markup.
    fn text(&mut self, at: &str, text: &Value, plain: bool, max: usize) {
        let Some(map) = text.as_object() else {
            return self.say(at, "not a text object");
        };
        let kind = map.get("type").and_then(Value::as_str).unwrap_or_default();
        match kind {
            "plain_text" => self.keys(at, map, &["type", "text"], &["emoji"]),
            "mrkdwn" if !plain => self.keys(at, map, &["type", "text"], &["verbatim"]),
            _ => return self.say(at, &format!("text of type {kind:?} is not taken here")),
        }
        let chars = map.get("text").and_then(Value::as_str).map_or(0, |t| t.chars().count());
        if chars == 0 {
            self.say(at, "must be more than 0 characters");
        }
        if chars > max {
            self.say(at, &format!("{chars} characters, at most {max}"));
        }
    }

    fn optional_text(&mut self, at: &str, map: &Map<String, Value>, key: &str, plain: bool, max: usize) {
        if let Some(text) = map.get(key).filter(|t| !t.is_null()) {
            self.text(&format!("{at}/{key}"), text, plain, max);
        }
    }

    fn block(&mut self, at: &str, block: &Value) {
        let Some(map) = block.as_object() else {
            return self.say(at, "not an object");
        };
        self.string(at, map, "block_id", ID_CHARS_MAX);
        if let Some(id) = map.get("block_id").and_then(Value::as_str)
            && !self.block_ids.insert(id.to_owned())
        {
            self.say(at, &format!("block_id {id:?} is there twice"));
        }
        let kind = map.get("type").and_then(Value::as_str).unwrap_or_default();
        match kind {
            "header" => {
                self.keys(at, map, &["type", "text"], &["block_id", "level"]);
                self.optional_text(at, map, "text", true, 150);
            }
            "divider" => self.keys(at, map, &["type"], &["block_id"]),
            "section" => self.section(at, map),
            "context" => self.context(at, map),
            "actions" => {
                self.keys(at, map, &["type", "elements"], &["block_id"]);
                self.elements(at, map, 25);
            }
            "input" => self.input(at, map),
            "rich_text" => {
                self.keys(at, map, &["type", "elements"], &["block_id"]);
                self.rich_parts(at, map);
            }
            "image" => {
                self.keys(at, map, &["type", "alt_text"], &["block_id", "image_url", "slack_file", "title"]);
                self.string(at, map, "alt_text", 2_000);
                self.string(at, map, "image_url", 3_000);
                self.optional_text(at, map, "title", true, 2_000);
            }
            "markdown" if self.surface == Surface::Message => {
                self.keys(at, map, &["type", "text"], &["block_id"]);
                self.markdown_chars += map.get("text").and_then(Value::as_str).map_or(0, |t| t.chars().count());
            }
            "data_visualization" if self.surface == Surface::Message => self.chart(at, map),
            _ => self.say(at, &format!("unsupported block type: {kind:?}")),
        }
    }

    fn section(&mut self, at: &str, map: &Map<String, Value>) {
        self.keys(at, map, &["type"], &["block_id", "text", "fields", "accessory", "expand"]);
        self.optional_text(at, map, "text", false, 3_000);
        match map.get("fields").and_then(Value::as_array) {
            Some(fields) => {
                if fields.is_empty() || fields.len() > 10 {
                    self.say(at, &format!("{} fields, 1 to 10", fields.len()));
                }
                for (n, field) in fields.iter().enumerate() {
                    self.text(&format!("{at}/fields/{n}"), field, false, 2_000);
                }
            }
            None if !map.contains_key("text") => self.say(at, "neither text nor fields"),
            None => {}
        }
        if let Some(accessory) = map.get("accessory") {
            self.element(&format!("{at}/accessory"), accessory, false);
        }
    }

    fn context(&mut self, at: &str, map: &Map<String, Value>) {
        self.keys(at, map, &["type", "elements"], &["block_id"]);
        let elements = map.get("elements").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if elements.is_empty() || elements.len() > 10 {
            self.say(at, &format!("{} elements, 1 to 10", elements.len()));
        }
        for (n, element) in elements.iter().enumerate() {
            let at = format!("{at}/elements/{n}");
            if element.get("type").and_then(Value::as_str) == Some("image") {
                self.element(&at, element, false);
            } else {
                self.text(&at, element, false, 3_000);
            }
        }
    }

    fn elements(&mut self, at: &str, map: &Map<String, Value>, max: usize) {
        let elements = map.get("elements").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if elements.is_empty() || elements.len() > max {
            self.say(at, &format!("{} elements, 1 to {max}", elements.len()));
        }
        let mut ids = HashSet::new();
        for (n, element) in elements.iter().enumerate() {
            self.element(&format!("{at}/elements/{n}"), element, false);
            if let Some(id) = element.get("action_id").and_then(Value::as_str)
                && !ids.insert(id)
            {
                self.say(at, &format!("action_id {id:?} is there twice"));
            }
        }
    }

    fn input(&mut self, at: &str, map: &Map<String, Value>) {
        self.keys(at, map, &["type", "label", "element"], &["block_id", "hint", "optional", "dispatch_action"]);
        self.optional_text(at, map, "label", true, 2_000);
        self.optional_text(at, map, "hint", true, 2_000);
        for key in ["optional", "dispatch_action"] {
            if map.get(key).is_some_and(|v| !v.is_boolean()) {
                self.say(at, &format!("{key} must be a boolean"));
            }
        }
        if let Some(element) = map.get("element") {
            self.element(&format!("{at}/element"), element, true);
        }
    }

    fn element(&mut self, at: &str, element: &Value, in_input: bool) {
        let Some(map) = element.as_object() else {
            return self.say(at, "not an object");
        };
        let kind = map.get("type").and_then(Value::as_str).unwrap_or_default();
        self.string(at, map, "action_id", ID_CHARS_MAX);
        if map.get("action_id").and_then(Value::as_str).is_some_and(str::is_empty) {
            self.say(at, "action_id is empty");
        }
        self.optional_text(at, map, "placeholder", true, 150);
        self.focus += usize::from(map.get("focus_on_load").and_then(Value::as_bool) == Some(true));
        if let Some(confirm) = map.get("confirm") {
            self.confirm(&format!("{at}/confirm"), confirm);
        }
        match kind {
            "button" if !in_input => self.button(at, map),
            "image" if !in_input => {
                self.keys(at, map, &["type", "alt_text"], &["image_url", "slack_file"]);
            }
            "overflow" if !in_input => {
                self.keys(at, map, &["type", "options"], &["action_id", "confirm"]);
                self.options(at, map, 5);
            }
            "static_select" | "multi_static_select" | "checkboxes" | "radio_buttons" => self.choice(at, map, kind),
            "plain_text_input" | "email_text_input" | "url_text_input" | "number_input" | "rich_text_input" => {
                if !in_input {
                    return self.say(at, &format!("{kind} only goes into an input block"));
                }
                self.typed_input(at, map, kind);
            }
            "users_select" => self.keys(at, map, &["type"], &select_keys("initial_user")),
            "multi_users_select" => self.keys(at, map, &["type"], &select_keys("initial_users")),
            "channels_select" => self.keys(at, map, &["type"], &select_keys("initial_channel")),
            "multi_channels_select" => self.keys(at, map, &["type"], &select_keys("initial_channels")),
            "conversations_select" => self.keys(at, map, &["type"], &select_keys("initial_conversation")),
            "multi_conversations_select" => self.keys(at, map, &["type"], &select_keys("initial_conversations")),
            "datepicker" => self.keys(at, map, &["type"], &select_keys("initial_date")),
            "timepicker" => self.keys(at, map, &["type"], &select_keys("initial_time")),
            "datetimepicker" => self.keys(at, map, &["type"], &select_keys("initial_date_time")),
            _ => self.say(at, &format!("unsupported element type: {kind:?}")),
        }
    }

    fn button(&mut self, at: &str, map: &Map<String, Value>) {
        let optional = ["action_id", "url", "value", "style", "confirm", "accessibility_label"];
        self.keys(at, map, &["type", "text"], &optional);
        self.optional_text(at, map, "text", true, 75);
        self.string(at, map, "value", 2_000);
        self.string(at, map, "url", 3_000);
        self.string(at, map, "accessibility_label", 75);
        if let Some(style) = map.get("style")
            && !matches!(style.as_str(), Some("primary" | "danger"))
        {
            self.say(at, "style must be primary or danger");
        }
    }

    fn confirm(&mut self, at: &str, confirm: &Value) {
        let Some(map) = confirm.as_object() else {
            return self.say(at, "not an object");
        };
        self.keys(at, map, &["title", "text", "confirm", "deny"], &["style"]);
        self.optional_text(at, map, "title", true, 100);
        self.optional_text(at, map, "text", false, 300);
        self.optional_text(at, map, "confirm", true, 30);
        self.optional_text(at, map, "deny", true, 30);
    }

    fn choice(&mut self, at: &str, map: &Map<String, Value>, kind: &str) {
        let (initial, max) = match kind {
            "static_select" => ("initial_option", 100),
            "multi_static_select" => ("initial_options", 100),
            "checkboxes" => ("initial_options", 10),
            _ => ("initial_option", 10),
        };
        let mut optional = select_keys(initial).to_vec();
        optional.extend(["options", "option_groups"]);
        self.keys(at, map, &["type"], &optional);
        let mut known: Vec<Value> = self.options(at, map, max);
        if let Some(groups) = map.get("option_groups").and_then(Value::as_array) {
            if groups.is_empty() || groups.len() > 100 {
                self.say(at, &format!("{} option groups, 1 to 100", groups.len()));
            }
            for (n, group) in groups.iter().enumerate() {
                let at = format!("{at}/option_groups/{n}");
                let Some(group) = group.as_object() else {
                    self.say(&at, "not an object");
                    continue;
                };
                self.keys(&at, group, &["label", "options"], &[]);
                self.optional_text(&at, group, "label", true, 75);
                known.append(&mut self.options(&at, group, max));
            }
        } else if !map.contains_key("options") {
            self.say(at, "neither options nor option_groups");
        }
        let chosen = match map.get(initial) {
            Some(Value::Array(list)) => list.as_slice(),
            Some(Value::Null) | None => &[],
            Some(one) => std::slice::from_ref(one),
        };
        for option in chosen {
            if !known.contains(option) {
                self.say(at, &format!("{initial} is none of the options"));
            }
        }
    }

    fn options(&mut self, at: &str, map: &Map<String, Value>, max: usize) -> Vec<Value> {
        let Some(options) = map.get("options") else { return Vec::new() };
        let Some(list) = options.as_array() else {
            self.say(at, "options must be an array");
            return Vec::new();
        };
        if list.is_empty() || list.len() > max {
            self.say(at, &format!("{} options, 1 to {max}", list.len()));
        }
        for (n, option) in list.iter().enumerate() {
            let at = format!("{at}/options/{n}");
            let Some(option) = option.as_object() else {
                self.say(&at, "not an object");
                continue;
            };
            self.keys(&at, option, &["text", "value"], &["description", "url"]);
            let plain = map.get("type").and_then(Value::as_str).is_none_or(|t| t.contains("select") || t == "overflow");
            self.optional_text(&at, option, "text", plain, 75);
            self.optional_text(&at, option, "description", plain, 75);
            self.string(&at, option, "value", 150);
        }
        list.clone()
    }

    fn typed_input(&mut self, at: &str, map: &Map<String, Value>, kind: &str) {
        let mut optional = vec!["action_id", "placeholder", "initial_value", "dispatch_action_config", "focus_on_load"];
        match kind {
            "plain_text_input" => optional.extend(["multiline", "min_length", "max_length"]),
            "number_input" => optional.extend(["min_value", "max_value"]),
            _ => {}
        }
        let required: &[&str] = if kind == "number_input" { &["type", "is_decimal_allowed"] } else { &["type"] };
        self.keys(at, map, required, &optional);
        if kind != "plain_text_input" {
            return;
        }
        let number = |key: &str| map.get(key).filter(|v| !v.is_null()).map(|v| v.as_u64().unwrap_or(u64::MAX));
        let (shortest, longest) = (number("min_length").unwrap_or(0), number("max_length").unwrap_or(3_000));
        if shortest > 3_000 || !(1..=3_000).contains(&longest) || shortest > longest {
            self.say(at, "min_length and max_length go from 0 to 3000, and in order");
        }
        self.string(at, map, "initial_value", usize::try_from(longest.min(3_000)).unwrap_or(3_000));
    }

    fn chart(&mut self, at: &str, map: &Map<String, Value>) {
        self.charts += 1;
        self.keys(at, map, &["type", "title", "chart"], &["block_id"]);
        self.string(at, map, "title", 50);
        let Some(chart) = map.get("chart").and_then(Value::as_object) else {
            return self.say(at, "chart is not an object");
        };
        let points = |list: &Value| list.as_array().map_or(0, Vec::len);
        match chart.get("type").and_then(Value::as_str) {
            Some("pie") => {
                let count = chart.get("segments").map_or(0, points);
                if !(1..=12).contains(&count) {
                    self.say(at, &format!("{count} segments, 1 to 12"));
                }
            }
            Some("bar" | "line" | "area") => {
                let series = chart.get("series").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
                if !(1..=12).contains(&series.len()) {
                    self.say(at, &format!("{} series, 1 to 12", series.len()));
                }
                for one in series {
                    let count = one.get("data").map_or(0, points);
                    if !(1..=20).contains(&count) {
                        self.say(at, &format!("{count} points, 1 to 20"));
                    }
                }
            }
            _ => self.say(at, "chart must be a pie, bar, line or area"),
        }
        if longest_label(map.get("chart").unwrap_or(&Value::Null)) > 20 {
            self.say(at, "a label has more than 20 characters");
        }
    }

    fn rich_parts(&mut self, at: &str, map: &Map<String, Value>) {
        let Some(parts) = map.get("elements").and_then(Value::as_array) else {
            return self.say(at, "elements is not an array");
        };
        for (n, part) in parts.iter().enumerate() {
            let at = format!("{at}/elements/{n}");
            let Some(part) = part.as_object() else {
                self.say(&at, "not an object");
                continue;
            };
            match part.get("type").and_then(Value::as_str).unwrap_or_default() {
                "rich_text_section" => self.keys(&at, part, &["type", "elements"], &[]),
                "rich_text_quote" | "rich_text_preformatted" => {
                    self.keys(&at, part, &["type", "elements"], &["border", "language"]);
                }
                "rich_text_list" => {
                    self.keys(&at, part, &["type", "elements", "style"], &["indent", "offset", "border"]);
                    if !matches!(part.get("style").and_then(Value::as_str), Some("bullet" | "ordered")) {
                        self.say(&at, "style must be bullet or ordered");
                    }
                    let all_sections = part.get("elements").and_then(Value::as_array).is_some_and(|list| {
                        list.iter().all(|e| e.get("type").and_then(Value::as_str) == Some("rich_text_section"))
                    });
                    if !all_sections {
                        self.say(&at, "a list holds sections only");
                    }
                    self.rich_parts(&at, part);
                    continue;
                }
                other => {
                    self.say(&at, &format!("unsupported rich text type: {other:?}"));
                    continue;
                }
            }
            let runs = part.get("elements").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            for (n, run) in runs.iter().enumerate() {
                self.rich_run(&format!("{at}/elements/{n}"), run);
            }
        }
    }

    fn rich_run(&mut self, at: &str, run: &Value) {
        let Some(map) = run.as_object() else {
            return self.say(at, "not an object");
        };
        let (required, optional): (&[&str], &[&str]) = match map.get("type").and_then(Value::as_str).unwrap_or_default()
        {
            "text" => (&["type", "text"], &["style"]),
            "user" => (&["type", "user_id"], &["style"]),
            "usergroup" => (&["type", "usergroup_id"], &["style"]),
            "channel" => (&["type", "channel_id"], &["style"]),
            "team" => (&["type", "team_id"], &["style"]),
            "emoji" => (&["type", "name"], &["unicode", "skin_tone", "style"]),
            "link" => (&["type", "url"], &["text", "unsafe", "style"]),
            "date" => (&["type", "timestamp", "format"], &["url", "fallback", "style"]),
            "broadcast" => (&["type", "range"], &["style"]),
            "color" => (&["type", "value"], &["style"]),
            other => return self.say(at, &format!("unsupported rich text element: {other:?}")),
        };
        self.keys(at, map, required, optional);
        if map.get("text").is_some_and(|t| t.as_str().is_none_or(str::is_empty)) {
            self.say(at, "text must be more than 0 characters");
        }
        if map.get("timestamp").is_some_and(|t| !t.is_i64()) {
            self.say(at, "timestamp must be an integer");
        }
    }
}

/// The keys that every select has, and the one for what is chosen already.
fn select_keys(initial: &'static str) -> [&'static str; 11] {
    [
        "action_id",
        "placeholder",
        "confirm",
        "focus_on_load",
        "max_selected_items",
        "response_url_enabled",
        "default_to_current_conversation",
        "filter",
        "min_query_length",
        "timezone",
        initial,
    ]
}

fn longest_label(value: &Value) -> usize {
    match value {
        Value::Array(list) => list.iter().map(longest_label).max().unwrap_or(0),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| match value {
                Value::String(text) if key == "label" || key == "name" => text.chars().count(),
                other => longest_label(other),
            })
            .max()
            .unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn plain(text: &str) -> Value {
        json!({"type": "plain_text", "text": text})
    }
    fn refused(blocks: Value, because: &str) {
        let problems = message_problems(&blocks);
        assert!(problems.iter().any(|p| p.contains(because)), "{because:?} is not in {problems:?}");
    }

    #[test]
    fn what_slack_takes_passes() {
        let blocks = json!([
            {"type": "header", "text": plain(&"h".repeat(150))},
            {"type": "section", "text": {"type": "mrkdwn", "text": "m".repeat(3_000)}},
            {"type": "divider"},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]},
            {"type": "actions", "block_id": "a", "elements": [
                {"type": "button", "action_id": "x", "text": plain("Answer"), "style": "primary", "value": "v".repeat(2_000)},
                {"type": "button", "action_id": "y", "text": plain("Skip")}]},
            {"type": "rich_text", "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "hi", "style": {"bold": true}}]},
                {"type": "rich_text_list", "style": "bullet", "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}]}]},
            {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": [{"label": "a", "value": 1}]}},
        ]);
        assert_eq!(message_problems(&blocks), Vec::<String>::new());
    }

    #[test]
    fn one_more_than_the_limit_is_refused() {
        refused(json!([{"type": "header", "text": plain(&"h".repeat(151))}]), "at most 150");
        refused(json!([{"type": "section", "text": plain(&"m".repeat(3_001))}]), "at most 3000");
        refused(Value::Array(vec![json!({"type": "divider"}); 51]), "at most 50");
        let button = |id: &str, label: &str| json!({"type": "button", "action_id": id, "text": plain(label)});
        refused(json!([{"type": "actions", "elements": [button("x", &"l".repeat(76))]}]), "at most 75");
        refused(json!([{"type": "actions", "elements": [button(&"x".repeat(256), "l")]}]), "at most 255");
        refused(json!([{"type": "actions", "elements": [button("x", "a"), button("x", "b")]}]), "there twice");
        refused(json!([{"type": "actions", "elements": []}]), "0 elements");
        refused(json!([{"type": "divider", "block_id": "b"}, {"type": "divider", "block_id": "b"}]), "there twice");
        refused(json!([{"type": "section", "text": plain("")}]), "more than 0");
        refused(json!([{"type": "section"}]), "neither text nor fields");
        refused(json!([{"type": "divider", "colour": "red"}]), "additional property");
        refused(json!([{"type": "marquee"}]), "unsupported block");
        let run = json!({"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]});
        refused(json!([{"type": "rich_text", "elements": [run]}]), "more than 0");
    }

    #[test]
    fn a_view_has_its_own_limits() {
        let input = |element: Value| json!({"type": "input", "label": plain("What?"), "element": element});
        let view =
            |blocks: Value| json!({"type": "modal", "title": plain("T"), "submit": plain("Send"), "blocks": blocks});
        let good = view(json!([input(json!({"type": "plain_text_input", "max_length": 3_000}))]));
        assert_eq!(view_problems(&good), (false, vec![]));
        let says = |view: &Value, what: &str| {
            let (_, problems) = view_problems(view);
            assert!(problems.iter().any(|p| p.contains(what)), "{what:?} is not in {problems:?}");
        };
        let mut wrong = good.clone();
        wrong["title"] = plain(&"t".repeat(25));
        says(&wrong, "at most 24");
        wrong = good.clone();
        wrong["submit"] = Value::Null;
        says(&wrong, "submit is required");
        wrong = good.clone();
        wrong["private_metadata"] = json!("m".repeat(3_001));
        says(&wrong, "at most 3000");
        says(&view(json!([input(json!({"type": "plain_text_input", "max_length": 3_001}))])), "3000");
        says(&view(json!([input(json!({"type": "plain_text_input", "initial_value": "v".repeat(3_001)}))])), "3000");
        let option = |v: &str| json!({"text": plain(v), "value": v});
        let select = |initial: &str| {
            input(json!({"type": "static_select", "options": [option("a")], "initial_option": option(initial)}))
        };
        assert_eq!(view_problems(&view(json!([select("a")]))).1, Vec::<String>::new());
        says(&view(json!([select("b")])), "none of the options");
        says(&view(Value::Array(vec![json!({"type": "divider"}); 101])), "at most 100");
        assert!(view_problems(&view(json!([{"type": "section", "text": plain(&"x".repeat(250_000))}]))).0);
    }
}
