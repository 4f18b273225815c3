//! Discord's OpenAPI: what is accepted must be allowed by it (unknown fields forbidden), what is answered must fit it.

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, LazyLock, Mutex},
};

/// The description, where it is at hand: below `JEDA_SPECS`, or beside the checkout. `JEDA_SPECS_REQUIRED` makes its
/// absence a failure.
static SPEC: LazyLock<Option<Value>> = LazyLock::new(|| {
    let given = std::env::var_os("JEDA_SPECS").map(PathBuf::from);
    let specs = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/specs"));
    let file = specs.join("discord/openapi.json");
    match std::fs::read_to_string(&file) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) => {
            assert!(std::env::var_os("JEDA_SPECS_REQUIRED").is_none(), "{} is not there", file.display());
            eprintln!("skipped: Discord's OpenAPI is not at {}", file.display());
            None
        }
    }
});
static VALIDATORS: LazyLock<Mutex<HashMap<String, Option<Arc<Validator>>>>> = LazyLock::new(Mutex::default);

fn operation<'a>(spec: &'a Value, operation: &str) -> &'a Value {
    let (verb, path) = operation.split_once(' ').unwrap();
    &spec["paths"][path][verb.to_lowercase()]
}

/// Panics when an accepted request or its answer is not what Discord's OpenAPI says.
pub(crate) fn check(name: &str, request: &Value, status: u16, answer: &Value) {
    let Some(spec) = SPEC.as_ref() else { return };
    let of = operation(spec, name);
    assert!(of.is_object(), "Discord's OpenAPI knows no {name}");
    if !request.is_null() {
        let schema = &of["requestBody"]["content"]["application/json"]["schema"];
        hold(&format!("{name} request"), schema, true, request);
    }
    let response = &of["responses"][status.to_string()];
    assert!(response.is_object(), "{name} does not answer {status} in Discord's OpenAPI");
    let schema = &response["content"]["application/json"]["schema"];
    assert_eq!(schema.is_null(), answer.is_null(), "{name} {status}: a body where there is none, or none");
    if !schema.is_null() {
        hold(&format!("{name} {status}"), schema, false, answer);
    }
}

fn hold(key: &str, schema: &Value, strict: bool, value: &Value) {
    let validator = {
        let mut all = VALIDATORS.lock().unwrap();
        let made = all.entry(key.to_owned()).or_insert_with(|| build(schema, strict));
        made.clone()
    };
    let validator = validator.unwrap_or_else(|| panic!("{key}: no schema in Discord's OpenAPI"));
    let wrong: Vec<_> = validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{key} is not what Discord's OpenAPI says: {wrong:#?}\n{value:#}");
}

fn build(schema: &Value, strict: bool) -> Option<Arc<Validator>> {
    let spec = SPEC.as_ref()?;
    if schema.is_null() {
        return None;
    }
    let mut schema = schema.clone();
    let mut used = Map::new();
    collect(&schema, spec, &mut used);
    if strict {
        used.values_mut().for_each(forbid_unknown);
        forbid_unknown(&mut schema);
    }
    // Where a value may be one of several shapes, a looser description makes several fit: one is enough.
    loosen(&mut schema);
    used.values_mut().for_each(loosen);
    schema["components"] = json!({"schemas": used});
    Some(Arc::new(jsonschema::validator_for(&schema).unwrap()))
}

fn collect(value: &Value, spec: &Value, used: &mut Map<String, Value>) {
    match value {
        Value::Object(map) => {
            if let Some(name) = map.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next())
                && !used.contains_key(name)
            {
                let found = spec["components"]["schemas"][name].clone();
                used.insert(name.to_owned(), found.clone());
                collect(&found, spec, used);
            }
            map.values().for_each(|v| collect(v, spec, used));
        }
        Value::Array(list) => list.iter().for_each(|v| collect(v, spec, used)),
        _ => {}
    }
}

fn forbid_unknown(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.contains_key("properties") && map.get("type").is_some_and(|t| t == "object") {
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
