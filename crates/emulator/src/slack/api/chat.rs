//! Posting, whispering, editing and deleting, and the addresses to answer at.

use super::{Answer, Args, Refusal, content_type, mistake, refuse};
use crate::{
    door::Cut,
    fault::Fault,
    journal::Act,
    record::Call,
    slack::{
        blocks::{MESSAGE_CHARS_MAX, chars_in, message_problems},
        heart::{Heart, NewMessage},
        ids::{Ts, ts_parse, ts_text},
        markup::pings_everyone,
        model::{Kind, State},
        reading::blocks_ping_everyone,
    },
};
use axum::{
    body::Bytes,
    extract::{ConnectInfo, Path, State as Shared},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use std::{sync::Arc, time::Duration};

/// Above this a text is refused; between this and the next, Slack cuts it into several messages.
const TEXT_CHARS_MAX: usize = 40_000;
const TEXT_CHARS_SPLIT: usize = 4_040;
const METADATA_BYTES_MAX: usize = 16_000;
const RESPONSE_URL_USES_MAX: u32 = 5;
const RESPONSE_URL_MS: i64 = 30 * 60 * 1_000;

/// What a message says, checked.
#[derive(Debug)]
pub(in crate::slack) struct Content {
    pub(in crate::slack) text: String,
    pub(in crate::slack) blocks: Option<Value>,
    pub(in crate::slack) metadata: Option<Value>,
}

/// Reads and checks `text`, `blocks` and `metadata`. A text that pings everybody is noted as a broken rule: no words
/// of a bot that keeps people's quiet ever do.
pub(in crate::slack) fn content(heart: &Heart, state: &mut State, args: &Args) -> Result<Content, Refusal> {
    let text = args.text("text").or(args.text("markdown_text")).unwrap_or_default().to_owned();
    let blocks = args.structure("blocks").map_err(|()| mistake("invalid_blocks_format", vec![]))?;
    let blocks = blocks.filter(|b| b.as_array().is_none_or(|list| !list.is_empty()));
    if text.is_empty() && blocks.is_none() && args.structure("attachments").ok().flatten().is_none() {
        return Err(mistake("no_text", vec![]));
    }
    let chars = text.chars().count();
    if chars > TEXT_CHARS_MAX {
        return Err(mistake("msg_too_long", vec![format!("{chars} characters")]));
    }
    if chars > TEXT_CHARS_SPLIT && blocks.is_none() {
        heart.recorder.violation(format!("a text of {chars} characters: Slack cuts it into several messages"));
    }
    if let Some(blocks) = &blocks {
        let problems = message_problems(blocks);
        if !problems.is_empty() {
            return Err(mistake("invalid_blocks", problems));
        }
        let chars = chars_in(blocks);
        if chars > MESSAGE_CHARS_MAX {
            return Err(mistake("msg_blocks_too_long", vec![format!("{chars} characters in all blocks")]));
        }
    }
    let named = ["@channel", "@here", "@everyone"].iter().any(|word| text.contains(word));
    let links_names = args.flag("link_names") || args.text("parse") == Some("full");
    if pings_everyone(&text) || (named && links_names) || blocks.as_ref().is_some_and(blocks_ping_everyone) {
        heart.recorder.violation("a message pings everybody");
    }
    Ok(Content { text, blocks: blocks.map(|b| with_block_ids(state, b)), metadata: metadata(args)? })
}

/// Slack names the blocks that the app did not name.
pub(super) fn with_block_ids(state: &mut State, mut blocks: Value) -> Value {
    for block in blocks.as_array_mut().map(Vec::as_mut_slice).unwrap_or_default() {
        if block.get("block_id").is_none_or(Value::is_null) {
            let number = state.next_number();
            block["block_id"] = json!(format!("b{number}"));
        }
    }
    blocks
}

fn metadata(args: &Args) -> Result<Option<Value>, Refusal> {
    let wrong = || mistake("invalid_metadata_format", vec![]);
    let Some(metadata) = args.structure("metadata").map_err(|()| wrong())? else { return Ok(None) };
    let named = metadata["event_type"].as_str().is_some_and(|t| !t.is_empty());
    if !named || !metadata["event_payload"].is_object() {
        return Err(wrong());
    }
    if metadata.to_string().len() > METADATA_BYTES_MAX {
        return Err(mistake("metadata_too_large", vec![]));
    }
    Ok(Some(metadata))
}

/// Where to post: an id, a name, or a person.
fn target(heart: &Heart, state: &mut State, args: &Args) -> Result<String, Refusal> {
    let wanted = args.text("channel").unwrap_or_default();
    if let Some(person) = state.person(wanted) {
        if person.deleted || person.is_bot {
            return Err(refuse("channel_not_found"));
        }
        let id = person.id.clone();
        return Ok(state.direct_with(&id, heart.now()));
    }
    let found = state.channel(wanted).or_else(|| state.channel_named(wanted));
    let channel = found.ok_or_else(|| refuse("channel_not_found"))?;
    let is_there = channel.members.contains(&state.bot_user);
    match channel.kind {
        Kind::Private if !is_there => return Err(refuse("channel_not_found")),
        _ if channel.archived => return Err(refuse("is_archived")),
        Kind::Public if !is_there && !state.scopes.contains("chat:write.public") => {
            return Err(refuse("not_in_channel"));
        }
        _ => {}
    }
    Ok(channel.id.clone())
}

/// The root of the thread that `thread_ts` names; a reply's own timestamp stands for its thread.
fn thread(state: &State, args: &Args, channel: &str) -> Result<Option<Ts>, Refusal> {
    let Some(text) = args.text("thread_ts") else { return Ok(None) };
    let ts = ts_parse(text).ok_or_else(|| mistake("invalid_thread_ts", vec![]))?;
    let message = state.message(channel, ts).filter(|m| m.only_for.is_none());
    let message = message.ok_or_else(|| refuse("thread_not_found"))?;
    Ok(Some(message.thread.unwrap_or(ts)))
}

pub(super) fn post(heart: &Heart, state: &mut State, events: &mut Vec<Value>, args: &Args) -> Answer {
    let channel = target(heart, state, args)?;
    let thread = thread(state, args, &channel)?;
    let content = content(heart, state, args)?;
    let new = NewMessage {
        user: state.bot_user.clone(),
        text: content.text,
        blocks: content.blocks,
        metadata: content.metadata,
        thread,
        broadcast: args.flag("reply_broadcast"),
        only_for: None,
    };
    let ts = heart.post(state, events, &channel, new);
    let message = state.message(&channel, ts).map(|m| state.message_json(&channel, m, true));
    Ok(json!({"channel": channel, "ts": ts_text(ts), "message": message}))
}

pub(super) fn whisper(heart: &Heart, state: &mut State, events: &mut Vec<Value>, args: &Args) -> Answer {
    let channel = target(heart, state, args)?;
    let user = args.text("user").unwrap_or_default().to_owned();
    let is_there = state.channel(&channel).is_some_and(|c| c.members.contains(&user));
    if !is_there {
        return Err(refuse("user_not_in_channel"));
    }
    let thread = thread(state, args, &channel)?;
    let content = content(heart, state, args)?;
    let new = NewMessage {
        user: state.bot_user.clone(),
        text: content.text,
        blocks: content.blocks,
        metadata: None,
        thread,
        broadcast: false,
        only_for: Some(user),
    };
    let ts = heart.post(state, events, &channel, new);
    Ok(json!({"message_ts": ts_text(ts)}))
}

/// The message that `channel` and `ts` name, where the app may see it.
fn own(state: &State, args: &Args, cant: &str) -> Result<(String, Ts), Refusal> {
    let channel = args.text("channel").unwrap_or_default();
    let place = state.channel(channel).ok_or_else(|| refuse("channel_not_found"))?;
    if !place.members.contains(&state.bot_user) && place.kind == Kind::Private {
        return Err(refuse("channel_not_found"));
    }
    let ts = args.text("ts").and_then(ts_parse).ok_or_else(|| refuse("message_not_found"))?;
    let message = state.message(channel, ts).filter(|m| m.only_for.is_none() && !m.tombstone);
    let message = message.ok_or_else(|| refuse("message_not_found"))?;
    if message.user != state.bot_user {
        return Err(refuse(cant));
    }
    Ok((channel.to_owned(), ts))
}

pub(super) fn update(heart: &Heart, state: &mut State, events: &mut Vec<Value>, args: &Args) -> Answer {
    let (channel, ts) = own(state, args, "cant_update_message")?;
    if state.channel(&channel).is_some_and(|c| c.archived) {
        return Err(refuse("is_archived"));
    }
    let content = content(heart, state, args)?;
    replace(heart, state, events, &channel, ts, content)?;
    let message = state.message(&channel, ts).map(|m| state.message_json(&channel, m, true));
    let text = message.as_ref().map(|m| m["text"].clone());
    Ok(json!({"channel": channel, "ts": ts_text(ts), "text": text, "message": message}))
}

fn replace(
    heart: &Heart,
    state: &mut State,
    events: &mut Vec<Value>,
    channel: &str,
    ts: Ts,
    content: Content,
) -> Result<(), Refusal> {
    let before = state.message(channel, ts).ok_or_else(|| refuse("message_not_found"))?.clone();
    let mut after = before.clone();
    after.text = content.text;
    after.blocks = content.blocks;
    after.metadata = content.metadata.or(after.metadata);
    after.edited = Some(state.next_ts(heart.now()));
    if let Some(message) = state.message_mut(channel, ts) {
        *message = after.clone();
    }
    heart.note(state, channel, &after, Act::Edited);
    if after.only_for.is_none() {
        events.push(heart.changed_event(state, channel, &before, Some(&after)));
    }
    Ok(())
}

pub(super) fn delete(heart: &Heart, state: &mut State, events: &mut Vec<Value>, args: &Args) -> Answer {
    let (channel, ts) = own(state, args, "cant_delete_message")?;
    remove(heart, state, events, &channel, ts);
    Ok(json!({"channel": channel, "ts": ts_text(ts)}))
}

fn remove(heart: &Heart, state: &mut State, events: &mut Vec<Value>, channel: &str, ts: Ts) {
    let Some(before) = state.delete_message(channel, ts) else { return };
    heart.note(state, channel, &before, Act::Deleted);
    if before.only_for.is_none() {
        events.push(heart.changed_event(state, channel, &before, None));
    }
}

/// An answer to a response address: five in thirty minutes.
pub(in crate::slack) async fn response(
    Shared(heart): Shared<Arc<Heart>>,
    Path(key): Path<String>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let _in_flight = heart.traffic.begin();
    let mut call = Call {
        at: heart.now(),
        operation: "response_url".to_owned(),
        path: "/response".to_owned(),
        credential: if headers.contains_key("authorization") { "unknown" } else { "none" }.to_owned(),
        content_type: content_type(&headers),
        query: Map::new(),
        arguments: Value::Null,
        status: 200,
        error: None,
    };
    let args = match serde_json::from_slice::<Value>(&body) {
        Ok(Value::Object(map)) => Args(map),
        _ => {
            heart.recorder.violation("something that is no JSON object was sent to a response_url");
            return (StatusCode::BAD_REQUEST, "invalid_payload").into_response();
        }
    };
    call.arguments = Value::Object(args.0.clone());
    let fault = heart.faults.take("response_url");
    let (status, words) = match &fault {
        Some(Fault::Closes) => {
            call.status = 0;
            heart.recorder.call(call);
            match cut.cut().await {}
        }
        Some(Fault::Status(status)) => (*status, ""),
        Some(Fault::RateLimited { .. }) => (429, ""),
        Some(Fault::Refused(code)) => (404, code.as_str()),
        Some(Fault::Slow { ms }) => {
            tokio::time::sleep(Duration::from_millis(*ms)).await;
            (200, "")
        }
        None | Some(Fault::AppliedThenHangs | Fault::AppliedThenCloses) => (200, ""),
    };
    if status != 200 {
        call.status = status;
        heart.recorder.call(call);
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        return (status, words.to_owned()).into_response();
    }
    let result = heart.with(|state, events| respond(&heart, state, events, &key, &args));
    if let Err(refusal) = &result {
        call.status = 404;
        call.error = Some(refusal.code.clone());
        if refusal.our_fault {
            heart.recorder.violation(format!(
                "response_url was refused with {}: {}",
                refusal.code,
                refusal.more.join("; ")
            ));
        }
    }
    heart.recorder.call(call);
    match fault {
        Some(Fault::AppliedThenCloses) => match cut.cut().await {},
        Some(Fault::AppliedThenHangs) => heart.closing.cancelled().await,
        _ => {}
    }
    match result {
        Ok(()) => "ok".into_response(),
        Err(refusal) => {
            (StatusCode::NOT_FOUND, json!({"ok": false, "error": refusal.code}).to_string()).into_response()
        }
    }
}

fn respond(heart: &Heart, state: &mut State, events: &mut Vec<Value>, key: &str, args: &Args) -> Result<(), Refusal> {
    let now_ms = heart.now();
    let url = state.response_urls.get_mut(key).ok_or_else(|| refuse("no_such_url"))?;
    if now_ms - url.issued_ms > RESPONSE_URL_MS {
        return Err(refuse("expired_url"));
    }
    if url.uses >= RESPONSE_URL_USES_MAX {
        return Err(mistake("used_url", vec!["a sixth answer".to_owned()]));
    }
    url.uses += 1;
    let (user, channel, origin) = (url.user.clone(), url.channel.clone(), url.origin);
    if let (true, Some(ts)) = (args.flag("delete_original"), origin) {
        remove(heart, state, events, &channel, ts);
        return Ok(());
    }
    let content = content(heart, state, args)?;
    if let (true, Some(ts)) = (args.flag("replace_original"), origin) {
        return replace(heart, state, events, &channel, ts, content);
    }
    speak(heart, state, events, &channel, &user, args.text("response_type") == Some("in_channel"), content);
    Ok(())
}

/// Says what an app answered to a command: to everyone, or (which is the rule) only to who asked.
pub(in crate::slack) fn speak(
    heart: &Heart,
    state: &mut State,
    events: &mut Vec<Value>,
    channel: &str,
    user: &str,
    to_all: bool,
    content: Content,
) -> Ts {
    let new = NewMessage {
        user: state.bot_user.clone(),
        text: content.text,
        blocks: content.blocks,
        only_for: (!to_all).then(|| user.to_owned()),
        ..NewMessage::default()
    };
    heart.post(state, events, channel, new)
}
