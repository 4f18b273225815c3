//! The judge of what was asked of Discord: its OpenAPI description with unknown fields forbidden, and the rules that
//! the description leaves out.

use crate::specs::{read, specs};
use jeda_emulator::record::Call;
use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use serde_json::{Map, Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

/// Characters of a message's content; the description says 4,000.
const CONTENT_CHARS_MAX: usize = 2_000;
/// Characters in all embeds of a message; the description has no sum.
const EMBEDS_CHARS_MAX: usize = 6_000;
/// Rows of buttons; the description counts components of all kinds.
const ROWS_MAX: usize = 5;

/// What is wrong with the requests of jeda: what Discord refuses, and what could notify somebody without its saying so.
/// Only the latter where Discord's description is not at hand.
pub fn judge_discord(calls: &[Call]) -> Vec<String> {
    calls.iter().flat_map(|call| named(call, [rules(call), unsaid_notice(call)].concat())).collect()
}

/// What Discord itself refuses, of any bot.
pub fn judge_discord_rules(calls: &[Call]) -> Vec<String> {
    calls.iter().flat_map(|call| named(call, rules(call))).collect()
}

/// A request as a local Discord would have recorded it: `POST /channels/1/messages?wait=true` and its body.
pub fn discord_call(request: &str, body: &Value) -> Call {
    let (verb, address) = request.split_once(' ').unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    Call {
        at: 0,
        operation: format!("{verb} {path}"),
        path: path.to_owned(),
        credential: "bot".to_owned(),
        content_type: if body.is_null() { "" } else { "application/json" }.to_owned(),
        query: pairs.map(|(name, value)| (name.to_owned(), value.into())).collect(),
        arguments: body.clone(),
        status: 200,
        error: None,
    }
}

fn named(call: &Call, findings: Vec<String>) -> Vec<String> {
    findings.into_iter().map(|wrong| format!("{}: {wrong}", call.operation)).collect()
}

fn rules(call: &Call) -> Vec<String> {
    let Some(description) = DESCRIPTION.as_ref() else { return Vec::new() };
    let mut wrong = description.judge(call);
    wrong.extend(message(call).map(unwritten).unwrap_or_default());
    wrong
}

/// Whom a message may notify is always said, and it is never everyone or whoever is named in it.
fn unsaid_notice(call: &Call) -> Vec<String> {
    match message(call).map(|message| message["allowed_mentions"]["parse"].as_array()) {
        Some(None) => vec!["allowed_mentions doesn't say who may be notified".to_owned()],
        Some(Some(parsed)) if !parsed.is_empty() => vec![format!("what members say could notify {parsed:?}")],
        Some(Some(_)) | None => Vec::new(),
    }
}

/// What is wrong with an answer to `POST /channels/1/messages` and the like; a local Discord is held to it.
pub fn judge_discord_answer(operation: &str, status: u16, answer: &Value) -> Vec<String> {
    let Some(description) = DESCRIPTION.as_ref() else { return Vec::new() };
    let Some(found) = description.find(operation) else { return vec![format!("{operation}: unknown")] };
    let response = &found.operation["responses"][status.to_string()];
    if !response.is_object() {
        return vec![format!("{operation} never answers {status}")];
    }
    let schema = &response["content"]["application/json"]["schema"];
    if schema.is_null() != answer.is_null() {
        return vec![format!("{operation} {status}: a body where there is none, or none where there is one")];
    }
    let wrong = description.fits(&format!("{} {status}", found.name), schema, false, answer);
    wrong.into_iter().map(|wrong| format!("{operation} {status}: {wrong}\n{answer:#}")).collect()
}

static DESCRIPTION: LazyLock<Option<Description>> = LazyLock::new(|| {
    let spec = read(&specs("discord/openapi.json")?);
    Some(Description { spec, validators: Mutex::default() })
});

/// Discord's OpenAPI.
struct Description {
    spec: Value,
    /// By the name of what they judge; made when they are first needed.
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

/// An operation of the description.
struct Found<'d> {
    /// `POST /channels/{channel_id}/messages`
    name: String,
    /// What stands beside the operations of its path.
    path: &'d Value,
    operation: &'d Value,
}

impl Description {
    fn judge(&self, call: &Call) -> Vec<String> {
        let verb = call.operation.split(' ').next().unwrap_or_default();
        let Some(found) = self.find(&format!("{verb} {}", call.path)) else {
            return vec![format!("Discord has no {verb} {}", call.path)];
        };
        let mut wrong = self.query(&found, &call.query);
        wrong.extend(credential(&found, &call.credential));
        wrong.extend(self.body(&found, call));
        wrong
    }

    /// The operation that a request is for; words of a path go before ids.
    fn find(&self, request: &str) -> Option<Found<'_>> {
        let (verb, path) = request.split_once(' ')?;
        let path = path.split('?').next()?;
        let path = path.strip_prefix("/api/v10").unwrap_or(path);
        let asked: Vec<&str> = path.split('/').collect();
        let fits = |template: &&String| {
            let steps: Vec<&str> = template.split('/').collect();
            let same =
                |(step, asked): (&&str, &&str)| if is_id(step) { !asked.starts_with('@') } else { step == asked };
            steps.len() == asked.len() && steps.iter().zip(&asked).all(same)
        };
        let paths = self.spec["paths"].as_object()?;
        let ids = |template: &&String| template.split('/').filter(|step| is_id(step)).count();
        let template = paths.keys().filter(fits).min_by_key(ids)?;
        let path = &paths[template];
        let operation = path.get(verb.to_lowercase())?;
        Some(Found { name: format!("{verb} {template}"), path, operation })
    }

    fn query(&self, found: &Found<'_>, query: &Map<String, Value>) -> Vec<String> {
        let beside = [&found.path["parameters"], &found.operation["parameters"]];
        let known: Vec<&Value> = beside.into_iter().filter_map(Value::as_array).flatten().collect();
        let judge = |(name, value): (&String, &Value)| {
            let Some(parameter) = known.iter().find(|it| it["in"] == "query" && it["name"] == **name) else {
                return Some(format!("there is no query parameter {name}"));
            };
            let key = format!("{} ?{name}", found.name);
            let as_text = self.fits(&key, &parameter["schema"], true, value);
            // In the address everything is text: a number or a truth value is one when it reads as one.
            let read = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
            let fits = read.is_some_and(|read| self.fits(&key, &parameter["schema"], true, &read).is_empty());
            (!as_text.is_empty() && !fits).then(|| format!("?{name}={value}: {}", as_text.join("; ")))
        };
        query.iter().filter_map(judge).collect()
    }

    fn body(&self, found: &Found<'_>, call: &Call) -> Vec<String> {
        let schema = &found.operation["requestBody"]["content"]["application/json"]["schema"];
        match (schema.is_null(), call.arguments.is_null()) {
            (true, true) => Vec::new(),
            (true, false) => vec!["it takes no body".to_owned()],
            (false, true) if found.operation["requestBody"]["required"] == true => {
                vec!["its body is missing".to_owned()]
            }
            (false, true) => Vec::new(),
            (false, false) if call.content_type != "application/json" => {
                vec![format!("a body of type {:?}", call.content_type)]
            }
            (false, false) => self.fits(&found.name, schema, true, &call.arguments),
        }
    }

    /// What keeps a value from fitting a schema. `strict`: fields that the schema doesn't name are forbidden.
    fn fits(&self, key: &str, schema: &Value, strict: bool, value: &Value) -> Vec<String> {
        let validator = {
            let mut all = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
            all.entry(key.to_owned()).or_insert_with(|| Arc::new(self.build(schema, strict))).clone()
        };
        validator.iter_errors(value).flat_map(|error| told(&error)).collect()
    }

    fn build(&self, schema: &Value, strict: bool) -> Validator {
        let mut schema = schema.clone();
        let mut used = Map::new();
        self.collect(&schema, &mut used);
        for part in std::iter::once(&mut schema).chain(used.values_mut()) {
            if strict {
                forbid_unknown(part);
            }
            // Where a value may be one of several shapes, a looser description makes several fit: one is enough.
            loosen(part);
        }
        schema["components"] = json!({"schemas": used});
        jsonschema::validator_for(&schema).expect("the description's schemas are sound")
    }

    fn collect(&self, value: &Value, used: &mut Map<String, Value>) {
        match value {
            Value::Object(map) => {
                if let Some(name) = map.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next())
                    && !used.contains_key(name)
                {
                    let found = &self.spec["components"]["schemas"][name];
                    used.insert(name.to_owned(), found.clone());
                    self.collect(found, used);
                }
                map.values().for_each(|v| self.collect(v, used));
            }
            Value::Array(list) => list.iter().for_each(|v| self.collect(v, used)),
            _ => {}
        }
    }
}

fn is_id(step: &str) -> bool {
    step.starts_with('{')
}

fn credential(found: &Found<'_>, credential: &str) -> Option<String> {
    let ways = found.operation["security"].as_array()?;
    let with_token = ways.iter().any(|way| way.get("BotToken").is_some());
    let without = ways.iter().any(|way| way.as_object().is_some_and(Map::is_empty));
    match credential {
        "bot" if with_token => None,
        "none" if without => None,
        other => Some(format!("the credential is {other:?}")),
    }
}

fn forbid_unknown(value: &mut Value) {
    match value {
        Value::Object(map) => {
            let object =
                |kind: &Value| kind == "object" || kind.as_array().is_some_and(|all| all.contains(&json!("object")));
            if map.contains_key("properties") && map.get("type").is_some_and(object) {
                map.entry("additionalProperties").or_insert(json!(false));
            }
            map.values_mut().for_each(forbid_unknown);
        }
        Value::Array(list) => list.iter_mut().for_each(forbid_unknown),
        _ => {}
    }
}

fn loosen(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if let Some(one) = map.remove("oneOf") {
                map.insert("anyOf".into(), one);
            }
            // The documentation has a string of bits here; the description a number (a known hole).
            if map.contains_key("default_member_permissions") {
                map.insert("default_member_permissions".into(), json!({"type": ["string", "null"]}));
            }
            map.values_mut().for_each(loosen);
        }
        Value::Array(list) => list.iter_mut().for_each(loosen),
        _ => {}
    }
}

/// An error in words. Of several shapes that a value may have, the one that it misses by least is told.
fn told(error: &ValidationError<'_>) -> Vec<String> {
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) = error.kind() else {
        return vec![format!("{}: {error}", error.instance_path())];
    };
    let branches = context.iter().map(|errors| errors.iter().flat_map(told).collect::<Vec<_>>());
    // Another kind of component, option or answer than what was meant misses the `type` besides everything else.
    let meant = |errors: &Vec<String>| (errors.iter().any(|it| it.contains("/type: ")), errors.len());
    branches.min_by_key(meant).unwrap_or_default()
}

/// The message that a request brings.
fn message(call: &Call) -> Option<&Value> {
    let (verb, path) = (call.operation.split(' ').next()?, call.path.as_str());
    let last = path.rsplit('/').next()?;
    let message = match (verb, last) {
        ("POST", "callback") if matches!(call.arguments["type"].as_u64(), Some(4 | 7)) => &call.arguments["data"],
        (_, "callback" | "threads") => return None,
        ("POST" | "PATCH", _) if path.contains("/messages") || path.contains("/webhooks/") => &call.arguments,
        _ => return None,
    };
    (!message.is_null()).then_some(message)
}

/// Rules for a message that the description leaves out.
fn unwritten(message: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let content = message["content"].as_str().unwrap_or_default();
    if content.chars().count() > CONTENT_CHARS_MAX {
        wrong.push(format!("a content of {} characters, at most {CONTENT_CHARS_MAX}", content.chars().count()));
    }
    let embedded = chars(&message["embeds"]);
    if embedded > EMBEDS_CHARS_MAX {
        wrong.push(format!("{embedded} characters in embeds, at most {EMBEDS_CHARS_MAX}"));
    }
    let rows = message["components"].as_array().map_or(0, Vec::len);
    if rows > ROWS_MAX {
        wrong.push(format!("{rows} rows, at most {ROWS_MAX}"));
    }
    if content.trim().is_empty() && embedded == 0 && rows == 0 {
        wrong.push("an empty message".to_owned());
    }
    wrong
}

/// Characters of titles, descriptions, fields and the like.
fn chars(embeds: &Value) -> usize {
    match embeds {
        Value::String(text) => text.chars().count(),
        Value::Array(all) => all.iter().map(chars).sum(),
        Value::Object(map) => map.iter().filter(|(key, _)| !key.ends_with("url")).map(|(_, value)| chars(value)).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
