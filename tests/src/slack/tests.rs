//! What the judge must not let pass. Each is one mistake beside a call that is right.

use super::{judge, judge_slack};
use crate::specs;
use jeda_emulator::record::Call;
use serde_json::{Value, json};

fn call(operation: &str, arguments: Value) -> Call {
    Call {
        at: 0,
        operation: operation.to_owned(),
        path: format!("/api/{operation}"),
        credential: "bot".to_owned(),
        content_type: "application/json".to_owned(),
        query: serde_json::Map::new(),
        arguments,
        status: 200,
        error: None,
    }
}

fn asked(operation: &str, query: Value) -> Call {
    let query = query.as_object().cloned().unwrap_or_default();
    Call { query: query.clone(), content_type: String::new(), ..call(operation, Value::Object(query)) }
}

fn message(extra: Value) -> Value {
    let mut whole = json!({"channel": "C1", "text": "hi", "parse": "none",
        "metadata": {"event_type": "jeda_effect", "event_payload": {"key": "k"}},
        "blocks": [{"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "hi", "verbatim": true}}]});
    for (name, value) in extra.as_object().into_iter().flatten() {
        whole[name.as_str()] = value.clone();
    }
    whole
}

fn view() -> Value {
    let input = json!({"type": "input", "block_id": "q0", "label": {"type": "plain_text", "text": "What?"},
        "element": {"type": "plain_text_input", "action_id": "q0"}});
    json!({"type": "modal", "callback_id": "c", "title": {"type": "plain_text", "text": "Daily"},
        "submit": {"type": "plain_text", "text": "Send"}, "blocks": [input]})
}

fn acknowledged(kind: &str, payload: Value) -> Call {
    let mut ack = json!({"envelope_id": "e1"});
    if !payload.is_null() {
        ack["payload"] = payload;
    }
    Call { credential: "none".to_owned(), ..call(&format!("acknowledge {kind}"), ack) }
}

fn responded(arguments: Value) -> Call {
    Call { credential: "none".to_owned(), ..call("response_url", arguments) }
}

/// One finding, which has these words.
fn found(call: Call, words: &str) {
    let findings = judge_slack(&[call]);
    assert!(matches!(&findings[..], [only] if only.contains(words)), "{words:?}: {findings:#?}");
}

#[test]
fn what_is_right_passes() {
    let calls = [
        call("chat.postMessage", message(json!({"thread_ts": "1.1", "unfurl_links": false}))),
        call("chat.update", message(json!({"ts": "1.1"}))),
        call("views.open", json!({"trigger_id": "t", "view": view()})),
        call("conversations.open", json!({"users": "U1"})),
        call("auth.test", json!({})),
        Call { credential: "app".into(), ..call("apps.connections.open", json!({})) },
        asked("conversations.history", json!({"channel": "D1", "limit": "200", "include_all_metadata": "true"})),
        asked("users.conversations", json!({"types": "public_channel,private_channel"})),
        responded(json!({"text": "hi", "response_type": "ephemeral", "replace_original": false})),
        acknowledged("events_api", Value::Null),
        acknowledged("slash_commands", json!({"text": "hi", "response_type": "ephemeral"})),
        acknowledged("view_submission", json!({"response_action": "clear"})),
        acknowledged("view_submission", json!({"response_action": "update", "view": view()})),
        acknowledged("view_submission", json!({"response_action": "errors", "errors": {"q0": "why"}})),
    ];
    assert_eq!(judge_slack(&calls), Vec::<String>::new());
}

#[test]
fn a_wrong_call_is_told() {
    if specs("slack/methods").is_none() {
        return;
    }
    found(call("chat.post", json!({})), "no such method");
    found(call("chat.postMessage", message(json!({"chanel": "C1"}))), "no argument chanel");
    found(call("chat.postMessage", message(json!({"channel": ""}))), "channel is missing");
    found(call("chat.update", message(json!({}))), "ts is missing");
    found(call("chat.postMessage", message(json!({"unfurl_links": "no"}))), "unfurl_links is no");
    found(call("chat.postMessage", message(json!({"thread_ts": 1.1}))), "thread_ts is no");
    found(asked("users.list", json!({"limit": "many"})), "limit is no");
    found(call("users.info", json!({"user": "U1"})), "doesn't read JSON");
}

#[test]
fn a_wrong_token_or_a_scope_that_the_manifest_lacks_is_told() {
    if specs("slack/methods").is_none() {
        return;
    }
    found(call("apps.connections.open", json!({})), "not \"app\"");
    found(Call { credential: "app".into(), ..asked("users.info", json!({"user": "U1"})) }, "not \"bot\"");
    found(call("reactions.add", json!({"channel": "C1", "name": "wave", "timestamp": "1.1"})), "lacks reactions:write");
    found(asked("conversations.info", json!({"channel": "D1"})), "lacks im:read");
    found(call("conversations.open", json!({"users": "U1,U2"})), "lacks mpim:write");
    let both = asked("conversations.members", json!({"channel": "C1"}));
    assert_eq!(judge(&[both], &["channels:read"]), ["conversations.members: the manifest lacks groups:read"]);
}

#[test]
fn a_message_that_slack_refuses_is_told() {
    let blocks = |blocks: Value| call("chat.postMessage", message(json!({"blocks": blocks})));
    let section = |text: &str| json!({"type": "section", "text": {"type": "mrkdwn", "text": text}});
    let button = json!({"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Go"}});
    found(blocks(json!([section(&"x".repeat(3_001))])), "length-exceeded");
    found(blocks(json!(vec![json!({"type": "divider"}); 51])), "length-exceeded");
    found(blocks(json!(vec![section(&"x".repeat(2_700)); 5])), "13500 characters in blocks");
    found(blocks(json!([{"type": "divider", "colour": "red"}])), "no field colour");
    let spoken = json!({"type": "section", "text": {"type": "mrkdwn", "text": "hi", "loud": true}});
    found(blocks(json!([spoken])), "no field loud");
    found(blocks(json!([{"type": "divider", "block_id": "b"}, {"type": "divider", "block_id": "b"}])), "twice");
    found(blocks(json!([{"type": "actions", "elements": [button, button]}])), "twice in a block");
    found(blocks(json!([section("<!channel> wake up")])), "notifies everyone");
    found(call("chat.postMessage", message(json!({"text": "<!here>"}))), "notifies everyone");
    found(call("chat.postMessage", message(json!({"text": "x".repeat(4_041)}))), "4041 characters");
    found(call("chat.postMessage", message(json!({"text": ""}))), "no text");
    let rows = judge_slack(&[blocks(json!([{"type": "actions", "elements": []}]))]);
    assert!(rows.iter().any(|it| it.contains("without buttons")), "{rows:?}");
    // Words that only look like a field that the crate set aside are words.
    let quoted = section("extensions: {\"colour\": 1}");
    assert_eq!(judge_slack(&[blocks(json!([quoted]))]), Vec::<String>::new());
}

#[test]
fn a_form_or_an_answer_that_slack_refuses_is_told() {
    let mut long = view();
    long["title"]["text"] = "A title that is far too long".into();
    found(call("views.open", json!({"trigger_id": "t", "view": long})), "title");
    let mut strange = view();
    strange["colour"] = "red".into();
    found(acknowledged("view_submission", json!({"response_action": "push", "view": strange})), "no field colour");
    found(acknowledged("view_submission", json!({"response_action": "close"})), "\"close\"");
    found(acknowledged("view_submission", json!({"response_action": "errors", "errors": {"q0": ""}})), "without words");
    found(acknowledged("block_actions", json!({"text": "hi"})), "drops");
    found(acknowledged("slash_commands", json!({"text": "hi", "to": "U1"})), "no field to");
    found(acknowledged("slash_commands", json!({"text": "hi", "response_type": "secret"})), "response_type");
    found(responded(json!({"text": "hi", "channel": "C1"})), "no field channel");
    found(Call { credential: "bot".into(), ..responded(json!({"text": "hi"})) }, "credential");
}
