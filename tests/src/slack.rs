//! The judge of what was asked of Slack: its own reference of methods, the scopes of our manifest, and `slackblocks` for
//! everything that is shown.

use crate::specs::{read, specs};
use jeda_emulator::record::Call;
use serde_json::{Map, Value};
use slackblocks::{MessagePayload, MessageResponse, ModalView, WebhookMessage};
use std::{
    collections::{BTreeSet, HashSet},
    fmt::Debug,
};

/// Our manifest, as it ships.
const MANIFEST: &str = include_str!("../../config/slack-manifest.yaml");
/// Characters in all blocks of one message; above it Slack says `msg_blocks_too_long`. Measured, not documented.
const BLOCKS_CHARS_MAX: usize = 13_200;
/// Characters of a text; a longer one Slack cuts into several messages.
const TEXT_CHARS_MAX: usize = 4_040;
/// Bytes of a view.
const VIEW_BYTES_MAX: usize = 250_000;
/// Methods that show a message, and which of their arguments are of it; the others say where it goes, and to whom.
const SHOWING: [&str; 3] = ["chat.postMessage", "chat.postEphemeral", "chat.update"];
const SHOWN: [&str; 5] = ["text", "blocks", "attachments", "metadata", "mrkdwn"];

/// What is wrong with the calls of a bot, the posts to a `response_url` and the acknowledgements on a socket included.
/// Without Slack's reference at hand only what is shown is judged.
pub fn judge_slack(calls: &[Call]) -> Vec<String> {
    judge(calls, &manifest_list("bot"))
}

fn judge(calls: &[Call], scopes: &[&str]) -> Vec<String> {
    let of = |call: &Call| {
        let wrong = match call.operation.as_str() {
            "response_url" => response(call),
            operation => match operation.strip_prefix("acknowledge ") {
                Some(kind) => acknowledgement(kind, &call.arguments),
                None => method(call, scopes),
            },
        };
        wrong.into_iter().map(|wrong| format!("{}: {wrong}", call.operation)).collect::<Vec<_>>()
    };
    calls.iter().flat_map(of).collect()
}

/// Scopes without which some of these calls would have been refused, and what else came would not have come.
///
/// # Panics
/// Without Slack's reference.
pub fn scopes_used(calls: &[Call]) -> BTreeSet<String> {
    let folder = specs("slack/methods").expect("the scopes of a method stand in Slack's reference");
    let of = |call: &Call| match call.operation.as_str() {
        "acknowledge slash_commands" => vec!["commands".to_owned()],
        // The address is its own right.
        operation if operation == "response_url" || operation.starts_with("acknowledge ") => Vec::new(),
        operation => {
            let reference = read(&folder.join(format!("{operation}.json")));
            let needed = scopes_for(operation, call.arguments.as_object().unwrap_or(&Map::new()), &listed(&reference));
            needed.into_iter().flatten().map(str::to_owned).collect()
        }
    };
    calls.iter().flat_map(of).collect()
}

/// The lines `- x` below `key:` in our manifest, which is written without nested lists of the same depth.
///
/// # Panics
/// When there is no such list.
pub fn manifest_list(key: &str) -> Vec<&'static str> {
    let mut lines = MANIFEST.lines().map(str::trim).skip_while(|line| *line != format!("{key}:"));
    assert!(lines.next().is_some(), "{key} is not in the manifest");
    lines.filter(|line| !line.starts_with('#')).map_while(|line| line.strip_prefix("- ")).collect()
}

fn method(call: &Call, scopes: &[&str]) -> Vec<String> {
    let nothing = Map::new();
    let args = call.arguments.as_object().unwrap_or(&nothing);
    let mut wrong = Vec::new();
    if let Some(folder) = specs("slack/methods") {
        let file = folder.join(format!("{}.json", call.operation));
        if !file.exists() {
            return vec!["Slack has no such method".to_owned()];
        }
        let reference = read(&file);
        wrong.extend(arguments(call, args, &reference));
        wrong.extend(credential(call, args, &reference, scopes));
    }
    if SHOWING.contains(&call.operation.as_str()) {
        wrong.extend(judge_slack_message(&structured(args)));
    }
    if let Some(view) = structured(args).get("view") {
        wrong.extend(judge_slack_view(view));
    }
    wrong
}

/// Structures that came as text, as forms carry them.
fn structured(args: &Map<String, Value>) -> Map<String, Value> {
    let read = |(name, value): (&String, &Value)| {
        let parsed = match value.as_str() {
            Some(text) if ["blocks", "attachments", "metadata", "view"].contains(&name.as_str()) => {
                serde_json::from_str(text).unwrap_or_else(|_| value.clone())
            }
            _ => value.clone(),
        };
        (name.clone(), parsed)
    };
    args.iter().map(read).collect()
}

/// Every argument is known and of its kind, what is required is there, and JSON is sent only to who reads it.
fn arguments(call: &Call, args: &Map<String, Value>, reference: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let known = &reference["args"]["properties"];
    let in_body = call.content_type == "application/json" && call.query.len() < args.len();
    if in_body && reference["json_input_supported"] != true {
        wrong.push("it doesn't read JSON".to_owned());
    }
    for (name, value) in args {
        match known.get(name) {
            None => wrong.push(format!("there is no argument {name}")),
            Some(kind) => {
                let as_json = call.content_type == "application/json" && !call.query.contains_key(name);
                if !fits(kind, value, as_json) {
                    wrong.push(format!("{name} is no {:?}: {value}", kinds(kind)));
                }
            }
        }
    }
    let required = reference["args"]["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for name in required.filter(|name| *name != "token") {
        if args.get(name).is_none_or(|value| value.is_null() || value == "") {
            wrong.push(format!("{name} is missing"));
        }
    }
    wrong
}

/// The JSON types that an argument may have; none: any.
fn kinds(argument: &Value) -> Vec<&str> {
    let several = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| argument[key].as_array()).flatten();
    argument["type"].as_str().into_iter().chain(several.flat_map(kinds)).collect()
}

fn fits(argument: &Value, value: &Value, as_json: bool) -> bool {
    let kinds = kinds(argument);
    if let Some(allowed) = argument["enum"].as_array()
        && !allowed.contains(value)
    {
        return false;
    }
    // "A JSON-based array of structured blocks, presented as a URL-encoded string": in a JSON body it is itself.
    let described = argument["desc"].as_str().is_some_and(|desc| desc.contains("JSON"));
    kinds.is_empty()
        || kinds.iter().any(|kind| match (value, *kind) {
            (Value::Null, "null") | (Value::Bool(_), "boolean") | (Value::Array(_), "array") => as_json,
            (Value::Number(_), "number") | (Value::Object(_), "object") => as_json,
            (Value::Number(number), "integer") => as_json && !number.is_f64(),
            (Value::Array(_) | Value::Object(_), "string") => as_json && described,
            (Value::String(_), "string") => true,
            (Value::String(list), "array") => !list.is_empty(),
            (Value::String(text), "boolean") => !as_json && ["true", "false", "1", "0"].contains(&text.as_str()),
            (Value::String(text), "integer") => !as_json && text.parse::<i64>().is_ok(),
            (Value::String(text), "number") => !as_json && text.parse::<f64>().is_ok(),
            (Value::String(text), "object") => serde_json::from_str::<Map<String, Value>>(text).is_ok(),
            _ => false,
        })
}

/// The right kind of token, and a scope that our manifest asks for.
fn credential(call: &Call, args: &Map<String, Value>, reference: &Value, scopes: &[&str]) -> Vec<String> {
    let with_bot = listed(reference);
    // What needs no scope takes a bot's token and says so; what says nothing of scopes takes the app's.
    let due = if with_bot.is_empty() && reference["no_scope_required"] != true { "app" } else { "bot" };
    if call.credential != due {
        return vec![format!("the credential is {:?}, not {due:?}", call.credential)];
    }
    let asked = |ways: &[&str]| ways.is_empty() || ways.iter().any(|scope| scopes.contains(scope));
    let lacking = scopes_for(&call.operation, args, &with_bot).into_iter().filter(|ways| !asked(ways));
    lacking.map(|ways| format!("the manifest lacks {}", ways.join(" or "))).collect()
}

/// The scopes of a bot's token that a method's reference lists.
fn listed(reference: &Value) -> Vec<&str> {
    reference["scope"]["bot"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What scopes a call needs: any one of each group. Where Slack lists a scope for each kind of conversation, the ones
/// for the kinds that are asked for; a channel's id doesn't say whether it is private.
fn scopes_for<'r>(method: &str, args: &Map<String, Value>, listed: &[&'r str]) -> Vec<Vec<&'r str>> {
    let text = |name: &str| args.get(name).and_then(Value::as_str).unwrap_or_default();
    let of = |kinds: &[&str]| {
        kinds.iter().map(|kind| listed.iter().copied().filter(|scope| scope.starts_with(kind)).collect()).collect()
    };
    match method {
        "conversations.open" if text("users").contains(',') => of(&["mpim:"]),
        "conversations.open" => of(&["im:"]),
        "users.conversations" | "conversations.list" => {
            let named = text("types").split(',').map(|kind| match kind.trim() {
                "private_channel" => "groups:",
                "im" => "im:",
                "mpim" => "mpim:",
                _ => "channels:",
            });
            of(&named.collect::<Vec<_>>())
        }
        _ if method.starts_with("conversations.") && text("channel").starts_with('D') => of(&["im:"]),
        _ if method.starts_with("conversations.") => of(&["channels:", "groups:"]),
        _ => vec![listed.to_vec()],
    }
}

fn response(call: &Call) -> Vec<String> {
    let mut wrong = Vec::new();
    if call.credential != "none" || call.content_type != "application/json" {
        wrong.push(format!("sent as {:?}, with the credential {:?}", call.content_type, call.credential));
    }
    wrong.extend(parsed(WebhookMessage::try_from(call.arguments.clone())));
    if call.arguments["delete_original"] != true {
        wrong.extend(shown(&call.arguments));
    }
    wrong
}

/// Only a command and a form that was sent take something back with their acknowledgement.
fn acknowledgement(kind: &str, ack: &Value) -> Vec<String> {
    let mut wrong = unknown(ack, &["envelope_id", "payload"]);
    if !ack["envelope_id"].is_string() {
        wrong.push("it doesn't say what is acknowledged".to_owned());
    }
    let Some(payload) = ack.get("payload").filter(|payload| !payload.is_null()) else { return wrong };
    match kind {
        "slash_commands" => {
            wrong.extend(parsed(MessageResponse::try_from(payload.clone())));
            wrong.extend(shown(payload));
        }
        "view_submission" => wrong.extend(response_action(payload)),
        _ => wrong.push("Slack drops what comes with it".to_owned()),
    }
    wrong
}

fn response_action(payload: &Value) -> Vec<String> {
    let mut wrong = unknown(payload, &["response_action", "view", "errors"]);
    let action = payload["response_action"].as_str().unwrap_or_default();
    let (with_view, with_errors) = (payload.get("view"), payload.get("errors").and_then(Value::as_object));
    match (action, with_view, with_errors) {
        ("clear", None, None) => {}
        ("update" | "push", Some(view), None) => wrong.extend(judge_slack_view(view)),
        ("errors", None, Some(errors)) if !errors.is_empty() => {
            let silent = errors.iter().filter(|(_, words)| words.as_str().is_none_or(str::is_empty));
            wrong.extend(silent.map(|(field, _)| format!("an error without words for {field}")));
        }
        _ => wrong.push(format!("{action:?} with {payload}")),
    }
    wrong
}

fn unknown(value: &Value, known: &[&str]) -> Vec<String> {
    let names = value.as_object().into_iter().flat_map(Map::keys);
    names.filter(|name| !known.contains(&name.as_str())).map(|name| format!("there is no field {name}")).collect()
}

/// What is wrong with what a message shows: its text and its blocks, whatever says where it goes.
pub fn judge_slack_message(args: &Map<String, Value>) -> Vec<String> {
    let said: Map<String, Value> =
        args.iter().filter(|(name, _)| SHOWN.contains(&name.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect();
    let mut said = Value::Object(said);
    let mut wrong = shown(&said);
    said["channel"] = "C1".into();
    wrong.extend(parsed(MessagePayload::try_from(said)));
    wrong
}

/// What is wrong with a form.
pub fn judge_slack_view(view: &Value) -> Vec<String> {
    let mut wrong = parsed(ModalView::try_from(view.clone()));
    wrong.extend(blocks(&view["blocks"]));
    let bytes = view.to_string().len();
    if bytes > VIEW_BYTES_MAX {
        wrong.push(format!("a view of {bytes} bytes, at most {VIEW_BYTES_MAX}"));
    }
    wrong
}

/// What the crate says, and what it doesn't: it sets fields aside that it doesn't know.
fn parsed<T: Debug>(result: Result<T, slackblocks::ValidationError>) -> Vec<String> {
    match result {
        Err(error) => vec![error.to_string()],
        // A quotation mark inside a text is escaped here, so no words can look like such a field.
        Ok(whole) => {
            let whole = format!("{whole:?}");
            let aside = whole.split("extensions: {\"").skip(1).filter_map(|rest| rest.split('"').next());
            aside.map(|name| format!("there is no field {name}")).collect()
        }
    }
}

/// Rules for what is shown that the crate leaves out.
fn shown(said: &Value) -> Vec<String> {
    let mut wrong = blocks(&said["blocks"]);
    let text = said["text"].as_str().unwrap_or_default();
    let chars = text.chars().count();
    if chars > TEXT_CHARS_MAX {
        wrong.push(format!("a text of {chars} characters, at most {TEXT_CHARS_MAX}"));
    }
    if pings_everyone(text) {
        wrong.push(format!("it notifies everyone: {text}"));
    }
    if text.is_empty() {
        wrong.push("there is no text for the notification".to_owned());
    }
    wrong
}

fn blocks(blocks: &Value) -> Vec<String> {
    let mut look = Look::default();
    for block in blocks.as_array().into_iter().flatten() {
        look.action_ids.clear();
        look.at(block);
    }
    if look.chars > BLOCKS_CHARS_MAX {
        look.wrong.push(format!("{} characters in blocks, at most {BLOCKS_CHARS_MAX}", look.chars));
    }
    look.wrong
}

fn pings_everyone(text: &str) -> bool {
    ["<!channel", "<!here", "<!everyone", "<!subteam"].iter().any(|mark| text.contains(mark))
}

/// What is found on the way through blocks.
#[derive(Default)]
struct Look {
    /// Each names one block of all.
    block_ids: HashSet<String>,
    /// Each names one element of a block.
    action_ids: HashSet<String>,
    chars: usize,
    wrong: Vec<String>,
}

impl Look {
    fn at(&mut self, value: &Value) {
        match value {
            Value::Array(all) => all.iter().for_each(|item| self.at(item)),
            Value::Object(map) => self.at_object(map),
            _ => {}
        }
    }

    fn at_object(&mut self, map: &Map<String, Value>) {
        let text = |name: &str| map.get(name).and_then(Value::as_str);
        if let Some(id) = text("block_id").filter(|id| !self.block_ids.insert((*id).to_owned())) {
            self.wrong.push(format!("block_id {id:?} is there twice"));
        }
        if let Some(id) = text("action_id").filter(|id| !self.action_ids.insert((*id).to_owned())) {
            self.wrong.push(format!("action_id {id:?} is there twice in a block"));
        }
        self.chars += text("text").map_or(0, |words| words.chars().count());
        if text("type") == Some("mrkdwn") && text("text").is_some_and(pings_everyone) {
            self.wrong.push(format!("it notifies everyone: {}", map["text"]));
        }
        if text("type") == Some("actions") && map.get("elements").and_then(Value::as_array).is_none_or(Vec::is_empty) {
            self.wrong.push("a row without buttons".to_owned());
        }
        if matches!(text("type"), Some("broadcast" | "usergroup")) {
            self.wrong.push(format!("it notifies many: {}", Value::Object(map.clone())));
        }
        map.values().for_each(|inner| self.at(inner));
    }
}

#[cfg(test)]
mod tests;
