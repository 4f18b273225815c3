//! Forms as a person sees them, and what they put into them.

use super::{
    markup::{Reader, unescape},
    model::{State, View},
    reading::{block_text, items, kind, label_of},
};
use serde_json::{Value, json};
use std::collections::HashSet;

/// An open form, as the person in front of it reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What stands above it.
    pub title: String,
    /// What the button says that sends it in.
    pub submit: Option<String>,
    /// What the button says that closes it.
    pub close: Option<String>,
    /// The words above, between and below the fields, block by block.
    pub words: Vec<String>,
    /// The fields, from top to bottom.
    pub fields: Vec<FormField>,
    /// What was found wrong when it was last sent in: (label, words).
    pub errors: Vec<(String, String)>,
    /// What the app calls the form.
    pub callback_id: String,
    /// What the app keeps in it.
    pub private_metadata: String,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// What is asked.
    pub label: String,
    /// Small print below.
    pub hint: Option<String>,
    /// The block's id.
    pub block_id: String,
    /// The element's id.
    pub action_id: String,
    /// Slack's element type.
    pub kind: String,
    /// What stands in it: words, the labels of what is chosen, names of people and channels; joined by `, `.
    pub value: Option<String>,
    /// The labels to choose from, where there are some.
    pub options: Vec<String>,
    /// Whether it may stay empty.
    pub optional: bool,
}

impl Form {
    /// The field with this label, block id or action id.
    pub fn field(&self, name: &str) -> Option<&FormField> {
        self.fields.iter().find(|f| f.label == name || f.block_id == name || f.action_id == name)
    }
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "== {} ==", self.title)?;
        for words in &self.words {
            writeln!(f, "{words}")?;
        }
        for field in &self.fields {
            let optional = if field.optional { " (optional)" } else { "" };
            writeln!(f, "{}{optional}: {}", field.label, field.value.as_deref().unwrap_or("____"))?;
            if let Some(hint) = &field.hint {
                writeln!(f, "  {hint}")?;
            }
        }
        for (label, words) in &self.errors {
            writeln!(f, "! {label}: {words}")?;
        }
        let buttons: Vec<String> = self.close.iter().chain(&self.submit).map(|b| format!("[{b}]")).collect();
        write!(f, "{}", buttons.join(" "))
    }
}

fn text_of(value: &Value) -> Option<String> {
    value["text"].as_str().map(unescape)
}

/// Every element that holds a value: (block, element).
fn holders(given: &Value) -> Vec<(&Value, &Value)> {
    let mut found = Vec::new();
    for block in items(&given["blocks"]) {
        match kind(block) {
            "input" => found.push((block, &block["element"])),
            "actions" => {
                found.extend(items(&block["elements"]).iter().filter(|e| kind(e) != "button").map(|e| (block, e)))
            }
            "section" => {
                let accessory = block.get("accessory");
                found.extend(
                    accessory.filter(|a| !matches!(kind(a), "button" | "image" | "overflow")).map(|a| (block, a)),
                );
            }
            _ => {}
        }
    }
    found
}

fn key_of(block: &Value, element: &Value) -> (String, String) {
    let id = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    (id(&block["block_id"]), id(&element["action_id"]))
}

/// The keys of all elements that hold a value.
pub(super) fn elements(given: &Value) -> HashSet<(String, String)> {
    holders(given).into_iter().map(|(block, element)| key_of(block, element)).collect()
}

/// The ids of the input blocks, under which errors can be shown.
pub(super) fn input_blocks(given: &Value) -> HashSet<String> {
    let inputs = items(&given["blocks"]).iter().filter(|b| kind(b) == "input");
    inputs.filter_map(|b| b["block_id"].as_str().map(str::to_owned)).collect()
}

/// Slack names the elements that the app did not name.
pub(super) fn name_actions(state: &mut State, given: &mut Value) {
    for block in given["blocks"].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default() {
        if kind(block) == "input" && block["element"].get("action_id").is_none() {
            let number = state.next_number();
            block["element"]["action_id"] = json!(format!("a{number}"));
        }
    }
}

/// What an element holds before anybody touched it.
fn initial(element: &Value) -> Value {
    let kind = kind(element);
    let held = |key: &str| element.get(key).cloned().unwrap_or(Value::Null);
    let list = |key: &str| element.get(key).cloned().unwrap_or_else(|| json!([]));
    match kind {
        "static_select" | "radio_buttons" => json!({"type": kind, "selected_option": held("initial_option")}),
        "multi_static_select" | "checkboxes" => json!({"type": kind, "selected_options": list("initial_options")}),
        "users_select" => json!({"type": kind, "selected_user": held("initial_user")}),
        "multi_users_select" => json!({"type": kind, "selected_users": list("initial_users")}),
        "channels_select" => json!({"type": kind, "selected_channel": held("initial_channel")}),
        "multi_channels_select" => json!({"type": kind, "selected_channels": list("initial_channels")}),
        "conversations_select" => json!({"type": kind, "selected_conversation": held("initial_conversation")}),
        "multi_conversations_select" => {
            json!({"type": kind, "selected_conversations": list("initial_conversations")})
        }
        "datepicker" => json!({"type": kind, "selected_date": held("initial_date")}),
        "timepicker" => json!({"type": kind, "selected_time": held("initial_time")}),
        "datetimepicker" => json!({"type": kind, "selected_date_time": held("initial_date_time")}),
        _ => json!({"type": kind, "value": held("initial_value")}),
    }
}

/// The only value that a state of an element holds, beside its type.
fn held(state: &Value) -> &Value {
    let map = state.as_object();
    map.and_then(|m| m.iter().find(|(key, _)| *key != "type")).map_or(&Value::Null, |(_, value)| value)
}

fn is_empty(state: &Value) -> bool {
    match held(state) {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

fn options(element: &Value) -> Vec<&Value> {
    let groups = items(&element["option_groups"]).iter().flat_map(|g| items(&g["options"]));
    items(&element["options"]).iter().chain(groups).collect()
}

/// What an element holds once a person put `value` in; `Err` says what is wrong, as Slack's client would not let them.
pub(super) fn put_in(state: &State, element: &Value, value: &str) -> Result<Value, String> {
    let kind = kind(element);
    let option = |wanted: &str| {
        let wanted = wanted.trim();
        let found = options(element)
            .into_iter()
            .find(|o| text_of(&o["text"]).as_deref() == Some(wanted) || o["value"].as_str() == Some(wanted));
        found.cloned().ok_or_else(|| format!("{wanted:?} is not one of the choices"))
    };
    let person = |name: &str| {
        let found = state.person_named(name.trim());
        found.map(|p| json!(p.id)).ok_or_else(|| format!("there is no person {name:?}"))
    };
    let channel = |name: &str| {
        let found = state.channel_named(name.trim());
        found.map(|c| json!(c.id)).ok_or_else(|| format!("there is no channel {name:?}"))
    };
    let conversation = |name: &str| channel(name).or_else(|_| person(name));
    let many = |one: &dyn Fn(&str) -> Result<Value, String>| -> Result<Value, String> {
        let wanted = value.split(',').map(str::trim).filter(|v| !v.is_empty());
        wanted.map(one).collect::<Result<Vec<_>, _>>().map(Value::Array)
    };
    let single = |one: &dyn Fn(&str) -> Result<Value, String>| {
        if value.is_empty() { Ok(Value::Null) } else { one(value) }
    };
    let mut filled = initial(element);
    let key = filled.as_object().and_then(|m| m.keys().find(|k| *k != "type").cloned()).unwrap_or_default();
    filled[key] = match kind {
        "static_select" | "radio_buttons" => single(&option)?,
        "multi_static_select" | "checkboxes" => many(&option)?,
        "users_select" => single(&person)?,
        "multi_users_select" => many(&person)?,
        "channels_select" => single(&channel)?,
        "multi_channels_select" => many(&channel)?,
        "conversations_select" => single(&conversation)?,
        "multi_conversations_select" => many(&conversation)?,
        "datetimepicker" => single(&|v| v.parse::<i64>().map(|n| json!(n)).map_err(|_| format!("{v:?} is no time")))?,
        "plain_text_input" => {
            let chars = value.chars().count();
            let longest = element["max_length"].as_u64().unwrap_or(3_000);
            if u64::try_from(chars).is_ok_and(|c| c > longest) {
                return Err(format!("{chars} characters, at most {longest}"));
            }
            if element["multiline"].as_bool() != Some(true) && value.contains('\n') {
                return Err("this field takes one line".to_owned());
            }
            single(&|v| Ok(json!(v)))?
        }
        _ => single(&|v| Ok(json!(v)))?,
    };
    Ok(filled)
}

/// The element with this label, block id or action id.
pub(super) fn find<'v>(given: &'v Value, name: &str) -> Option<((String, String), &'v Value)> {
    let all = holders(given);
    let labelled = all.iter().find(|(block, _)| text_of(&block["label"]).as_deref() == Some(name));
    let named =
        || all.iter().find(|(b, e)| b["block_id"].as_str() == Some(name) || e["action_id"].as_str() == Some(name));
    let (block, element) = labelled.or_else(named)?;
    Some((key_of(block, element), element))
}

/// Completes what the person entered with what stood there; gives the fields that must not stay empty: (label, words).
pub(super) fn complete(view: &mut View) -> Vec<(String, String)> {
    let mut missing = Vec::new();
    let given = view.given.clone();
    for (block, element) in holders(&given) {
        let state = view.entered.entry(key_of(block, element)).or_insert_with(|| initial(element));
        let required = kind(block) == "input" && block["optional"].as_bool() != Some(true);
        if required && is_empty(state) {
            missing.push((
                text_of(&block["label"]).unwrap_or_default(),
                "Please complete this required field.".to_owned(),
            ));
        }
    }
    missing
}

/// A form as its person reads it.
pub(super) fn read(state: &State, view: &View, now_ms: i64) -> Form {
    let reader = state.person(&view.user).map_or_else(|| Reader::nobody(now_ms), |p| Reader::of(p, now_ms));
    let given = &view.given;
    let label = |block: &Value, element: &Value| text_of(&block["label"]).unwrap_or_else(|| label_of(element));
    let fields = holders(given).into_iter().map(|(block, element)| {
        let key = key_of(block, element);
        let untouched = initial(element);
        FormField {
            label: label(block, element),
            hint: text_of(&block["hint"]),
            kind: kind(element).to_owned(),
            value: shown_value(state, view.entered.get(&key).unwrap_or(&untouched)),
            options: options(element).into_iter().filter_map(|o| text_of(&o["text"])).collect(),
            optional: kind(block) != "input" || block["optional"].as_bool() == Some(true),
            block_id: key.0,
            action_id: key.1,
        }
    });
    let fields: Vec<FormField> = fields.collect();
    let errors = view.errors.iter().map(|(block, words)| {
        let field = fields.iter().find(|f| &f.block_id == block);
        (field.map_or_else(|| block.clone(), |f| f.label.clone()), words.clone())
    });
    Form {
        title: text_of(&given["title"]).unwrap_or_default(),
        submit: text_of(&given["submit"]),
        close: text_of(&given["close"]).or_else(|| Some("Cancel".to_owned())),
        words: items(&given["blocks"])
            .iter()
            .filter(|b| kind(b) != "input")
            .map(|b| block_text(state, &reader, b))
            .collect(),
        errors: errors.collect(),
        callback_id: given["callback_id"].as_str().unwrap_or_default().to_owned(),
        private_metadata: given["private_metadata"].as_str().unwrap_or_default().to_owned(),
        fields,
    }
}

fn shown_value(state: &State, held_state: &Value) -> Option<String> {
    let one = |value: &Value| match value {
        Value::String(text) => {
            let person = state.person(text).map(|p| format!("@{}", p.name));
            person.or_else(|| state.channel(text).map(|c| format!("#{}", c.name))).unwrap_or_else(|| text.clone())
        }
        Value::Object(_) => text_of(&value["text"]).unwrap_or_default(),
        other => other.to_string(),
    };
    match held(held_state) {
        Value::Null => None,
        Value::Array(list) if list.is_empty() => None,
        Value::Array(list) => Some(list.iter().map(one).collect::<Vec<_>>().join(", ")),
        value => Some(one(value)),
    }
}
