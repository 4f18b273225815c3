//! What the judge must not let pass. Each is one mistake beside a request that is right.

use super::{discord_call, judge_discord, judge_discord_answer};
use crate::specs;
use jeda_emulator::record::Call;
use serde_json::{Value, json};

const POST: &str = "POST /api/v10/channels/1/messages";

fn call(request: &str, arguments: Value) -> Call {
    discord_call(request, &arguments)
}

fn message(extra: Value) -> Value {
    let mut whole = json!({"content": "hi", "allowed_mentions": {"parse": []}, "nonce": "n", "enforce_nonce": true});
    for (name, value) in extra.as_object().into_iter().flatten() {
        whole[name.as_str()] = value.clone();
    }
    whole
}

fn found(call: Call, words: &str) {
    let findings = judge_discord(&[call]);
    assert!(matches!(&findings[..], [only] if only.contains(words)), "{words:?}: {findings:#?}");
}

#[test]
fn what_is_right_passes() {
    let row = json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]});
    let calls = [
        call(POST, message(json!({"components": [row], "flags": 4096}))),
        call("GET /api/v10/channels/1/messages?limit=100&after=17", Value::Null),
        call("GET /api/v10/users/@me", Value::Null),
        call("PUT /api/v10/applications/1/commands", json!([{"name": "hours", "description": "Your hours"}])),
        call(
            "POST /api/v10/interactions/1/token/callback?with_response=false",
            json!({"type": 4, "data": {"content": "hi", "flags": 64, "allowed_mentions": {"parse": []}}}),
        ),
    ];
    assert_eq!(judge_discord(&calls), Vec::<String>::new());
}

#[test]
fn a_wrong_request_is_told() {
    if specs("discord/openapi.json").is_none() {
        return;
    }
    found(call("POST /api/v10/channels/1/posts", json!({})), "Discord has no");
    found(call("GET /api/v10/users/@you", Value::Null), "Discord has no");
    found(call("GET /api/v10/channels/1/messages?limit=101", Value::Null), "?limit");
    found(call("GET /api/v10/channels/1/messages?since=17", Value::Null), "no query parameter since");
    found(call("GET /api/v10/users/@me", json!({})), "takes no body");
    found(Call { credential: "none".into(), ..call(POST, message(json!({}))) }, "credential");
    found(Call { content_type: "text/plain".into(), ..call(POST, message(json!({}))) }, "text/plain");
}

#[test]
fn an_unknown_field_is_told_however_deep_it_lies() {
    if specs("discord/openapi.json").is_none() {
        return;
    }
    found(call(POST, message(json!({"contents": "hi"}))), "contents");
    let button = json!({"type": 2, "style": 1, "label": "Go", "custom_id": "go", "colour": 1});
    found(call(POST, message(json!({"components": [{"type": 1, "components": [button]}]}))), "colour");
    let option = json!({"type": 3, "name": "zone", "description": "Where", "hint": "Asia/Jakarta"});
    let command = json!([{"name": "hours", "description": "Your hours", "options": [option]}]);
    found(call("PUT /api/v10/applications/1/commands", command), "hint");
    let form = json!({"type": 9, "data": {"custom_id": "f", "title": "Daily", "subtitle": "x", "components": [
        {"type": 1, "components": [{"type": 4, "custom_id": "q0", "style": 1, "label": "What?"}]}]}});
    found(call("POST /api/v10/interactions/1/token/callback", form), "subtitle");
}

#[test]
fn a_value_that_discord_refuses_is_told() {
    if specs("discord/openapi.json").is_none() {
        return;
    }
    found(call(POST, message(json!({"nonce": "n".repeat(26)}))), "nonce");
    found(call(POST, message(json!({"content": "x".repeat(2_001)}))), "2001 characters");
    found(call(POST, message(json!({"content": "", "embeds": []}))), "empty message");
    found(
        call(POST, message(json!({"embeds": vec![json!({"description": "x".repeat(3_001)}); 2]}))),
        "6002 characters",
    );
    let row = json!({"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]});
    found(call(POST, message(json!({"components": vec![row; 6]}))), "6 rows");
    found(call(POST, message(json!({"allowed_mentions": null}))), "allowed_mentions");
    found(call(POST, message(json!({"allowed_mentions": {"parse": ["everyone"]}}))), "could notify");
}

#[test]
fn a_wrong_answer_is_told() {
    if specs("discord/openapi.json").is_none() {
        return;
    }
    assert_eq!(judge_discord_answer("GET /gateway", 200, &json!({"url": "wss://gateway"})), Vec::<String>::new());
    assert_eq!(judge_discord_answer("GET /gateway", 200, &json!({})).len(), 1);
    assert_eq!(judge_discord_answer("GET /gateway", 204, &Value::Null).len(), 1);
}
