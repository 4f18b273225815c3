//! The Web API: arguments in, an answer or a refusal out. Each method's own rules are in the files beside this one.

mod chat;
mod conversations;
mod methods;
mod people;
mod views;

use super::{heart::Heart, model::State};
use crate::{door::Cut, fault::Fault, record::Call};
use axum::{
    Json,
    body::Bytes,
    extract::{ConnectInfo, Path, RawQuery, State as Shared, ws::WebSocketUpgrade},
    http::{HeaderMap, Method as HttpMethod, StatusCode, header},
    response::{IntoResponse, Response},
};
use methods::{Method, Token};
pub(super) use people::dnd_shape;
use serde_json::{Map, Value, json};
use std::{sync::Arc, time::Duration};

/// What goes wrong with a call: the error code, and what to say besides.
#[derive(Debug)]
pub(super) struct Refusal {
    code: String,
    more: Vec<String>,
    /// Set where Slack says when to come back.
    retry_after_secs: Option<i64>,
    /// Whether no correct app ever meets this.
    our_fault: bool,
    needed: Option<String>,
}

pub(super) type Answer = Result<Value, Refusal>;

/// A refusal that a correct app can meet.
pub(super) fn refuse(code: &str) -> Refusal {
    Refusal { code: code.to_owned(), more: Vec::new(), retry_after_secs: None, our_fault: false, needed: None }
}
/// A refusal that only a mistake brings about.
pub(super) fn mistake(code: &str, more: Vec<String>) -> Refusal {
    Refusal { more, our_fault: true, ..refuse(code) }
}

/// The arguments of a call; forms carry everything as text.
#[derive(Debug)]
pub(super) struct Args(pub(super) Map<String, Value>);

impl Args {
    /// Absent, null and empty are the same to Slack.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str).filter(|t| !t.is_empty())
    }
    pub(super) fn flag(&self, key: &str) -> bool {
        match self.0.get(key) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => matches!(text.as_str(), "true" | "1"),
            Some(Value::Number(number)) => number.as_i64() == Some(1),
            _ => false,
        }
    }
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        match self.0.get(key) {
            Some(Value::Number(number)) => number.as_i64(),
            Some(Value::String(text)) => text.parse().ok(),
            _ => None,
        }
    }
    /// A structure, which may also come as text that holds JSON. `Err` when that is no JSON.
    pub(super) fn structure(&self, key: &str) -> Result<Option<Value>, ()> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text).map(Some).map_err(|_| ()),
            Some(other) => Ok(Some(other.clone())),
        }
    }
}

/// Opens a socket for a ticket.
pub(super) async fn link(
    Shared(heart): Shared<Arc<Heart>>,
    RawQuery(query): RawQuery,
    upgrade: WebSocketUpgrade,
) -> Response {
    let args = form_decode(query.as_deref().unwrap_or_default());
    let ticket = args.get("ticket").and_then(Value::as_str).unwrap_or_default();
    if !heart.sockets.take_ticket(ticket) {
        return StatusCode::NOT_FOUND.into_response();
    }
    upgrade.on_upgrade(move |socket| heart.serve_socket(socket))
}

/// A call of a method.
pub(super) async fn call(
    Shared(heart): Shared<Arc<Heart>>,
    Path(name): Path<String>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    http_method: HttpMethod,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let in_flight = heart.traffic.begin();
    let content_type = content_type(&headers);
    let mut in_address = form_decode(query.as_deref().unwrap_or_default());
    let mut args = in_address.clone();
    let mut readable = true;
    if http_method == HttpMethod::POST {
        match content_type.as_str() {
            "application/json" if body.is_empty() => {}
            "application/json" => match serde_json::from_slice::<Value>(&body) {
                Ok(Value::Object(map)) => args.extend(map),
                _ => readable = false,
            },
            _ => args.extend(form_decode(&String::from_utf8_lossy(&body))),
        }
    }
    let bearer = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
    let bearer = bearer.and_then(|v| v.strip_prefix("Bearer ")).map(str::to_owned);
    let argument = args.remove("token").and_then(|t| t.as_str().map(str::to_owned));
    let token = bearer.or(argument).unwrap_or_default();
    let mut call = Call {
        at: heart.now(),
        operation: name.clone(),
        path: format!("/api/{name}"),
        credential: token_kind(&heart, &token).to_owned(),
        content_type: content_type.clone(),
        query: Map::new(),
        arguments: Value::Null,
        status: 200,
        error: None,
    };
    if heart.recorder.keeps_calls() {
        in_address.remove("token");
        call.query = in_address;
        call.arguments = Value::Object(args.clone());
    }
    let serve = || {
        if !readable {
            return Err(mistake("invalid_json", vec![]));
        }
        serve(&heart, &name, &token, &content_type, Args(args))
    };
    let fault = heart.faults.take(&name);
    let after = match &fault {
        None => None,
        Some(Fault::Closes) => {
            call.status = 0;
            heart.recorder.call(call);
            match cut.cut().await {}
        }
        Some(Fault::Status(status)) => {
            call.status = *status;
            heart.recorder.call(call);
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            return (status, "upstream trouble").into_response();
        }
        Some(Fault::RateLimited { retry_after }) => {
            #[expect(clippy::cast_possible_truncation, reason = "a number of seconds that a test wrote")]
            let seconds = retry_after.ceil() as i64;
            return answer(&heart, call, Err(Refusal { retry_after_secs: Some(seconds), ..refuse("ratelimited") }));
        }
        Some(Fault::Refused(code)) => return answer(&heart, call, Err(refuse(code))),
        Some(Fault::Slow { ms }) => {
            tokio::time::sleep(Duration::from_millis(*ms)).await;
            None
        }
        Some(after @ (Fault::AppliedThenHangs | Fault::AppliedThenCloses)) => Some(after),
    };
    let result = serve();
    match after {
        None => answer(&heart, call, result),
        Some(fault) => {
            call.status = 0;
            heart.recorder.call(call);
            if *fault == Fault::AppliedThenCloses {
                match cut.cut().await {}
            }
            // What was asked for is done: nothing is on its way but the wait of whoever asked.
            drop(in_flight);
            heart.closing.cancelled().await;
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
    }
}

pub(super) fn content_type(headers: &HeaderMap) -> String {
    let full = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    full.split(';').next().unwrap_or_default().trim().to_lowercase()
}

fn token_kind(heart: &Heart, token: &str) -> &'static str {
    if token == heart.bot_token {
        "bot"
    } else if token == heart.app_token {
        "app"
    } else if token.is_empty() {
        "none"
    } else {
        "unknown"
    }
}

/// Turns an answer into what goes over the wire, and keeps it.
fn answer(heart: &Heart, mut call: Call, result: Answer) -> Response {
    let (body, retry_after_secs) = match result {
        Ok(mut body) => {
            body["ok"] = json!(true);
            (body, None)
        }
        Err(refusal) => {
            if refusal.our_fault {
                let words =
                    if refusal.more.is_empty() { String::new() } else { format!(": {}", refusal.more.join("; ")) };
                heart.recorder.violation(format!("{} was refused with {}{words}", call.operation, refusal.code));
            }
            call.error = Some(refusal.code.clone());
            let mut body = json!({"ok": false, "error": refusal.code});
            if !refusal.more.is_empty() {
                let messages: Vec<String> = refusal.more.iter().map(|m| format!("[ERROR] {m}")).collect();
                body["errors"] = json!(refusal.more);
                body["response_metadata"] = json!({"messages": messages});
            }
            if let Some(needed) = refusal.needed {
                body["needed"] = json!(needed);
                body["provided"] = json!(scopes_text(heart));
            }
            (body, refusal.retry_after_secs)
        }
    };
    let status = if retry_after_secs.is_some() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::OK };
    call.status = status.as_u16();
    let with_scopes = call.credential == "bot" && heart.recorder.keeps_calls();
    heart.recorder.call(call);
    let mut response = (status, Json(body)).into_response();
    if let Some(seconds) = retry_after_secs {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    if with_scopes && let Ok(value) = scopes_text(heart).parse() {
        response.headers_mut().insert("x-oauth-scopes", value);
    }
    response
}

fn scopes_text(heart: &Heart) -> String {
    heart.look(|state| state.scopes.iter().cloned().collect::<Vec<_>>().join(","))
}

/// Checks what every method checks, then calls it.
fn serve(heart: &Arc<Heart>, name: &str, token: &str, content_type: &str, args: Args) -> Answer {
    let Some(method) = methods::method(name) else {
        return Err(mistake("unknown_method", vec![format!("{name} is not a method of this Slack")]));
    };
    check_token(heart, method, token)?;
    if content_type == "application/json" && !method.json && !args.0.is_empty() {
        return Err(mistake("invalid_arguments", vec![format!("{name} takes a form, not JSON")]));
    }
    let missing: Vec<String> = method
        .required
        .iter()
        .filter(|key| args.0.get(**key).is_none_or(|v| v.is_null() || v.as_str() == Some("")))
        .map(|key| format!("missing required field: {key}"))
        .collect();
    if !missing.is_empty() {
        return Err(mistake("invalid_arguments", missing));
    }
    for key in
        args.0.keys().filter(|k| !method.required.contains(&k.as_str()) && !method.optional.contains(&k.as_str()))
    {
        // Slack drops what it does not know without a word.
        heart.recorder.violation(format!("{name} has no argument {key}"));
    }
    heart.with(|state, events| {
        check_scope(state, method, &args)?;
        check_rate(state, method, &args, heart.now())?;
        dispatch(heart, state, events, name, &args)
    })
}

fn dispatch(heart: &Arc<Heart>, state: &mut State, events: &mut Vec<Value>, name: &str, args: &Args) -> Answer {
    match name {
        "api.test" => match args.text("error") {
            Some(error) => Err(refuse(error)),
            None => Ok(json!({"args": args.0})),
        },
        "apps.connections.open" => {
            let ticket = heart.sockets.new_ticket();
            let base = heart.base.replacen("http", "ws", 1);
            Ok(json!({"url": format!("{base}/link?ticket={ticket}&app_id={}", state.app_id)}))
        }
        "auth.test" => Ok(json!({
            "url": format!("https://{}.slack.com/", state.domain), "team": state.workspace,
            "user": state.name_of(&state.bot_user), "team_id": state.team_id, "user_id": state.bot_user,
            "bot_id": state.bot_id, "is_enterprise_install": false,
        })),
        "bots.info" => people::bot(state, args),
        "team.info" => people::team(state),
        "users.info" => people::info(state, args),
        "users.list" => people::list(state, args, heart.now()),
        "usergroups.list" => people::groups(state, args),
        "usergroups.users.list" => people::group_members(state, args),
        "dnd.info" => people::dnd(state, args, heart.now()),
        "dnd.teamInfo" => people::team_dnd(state, args, heart.now()),
        "chat.postMessage" => chat::post(heart, state, events, args),
        "chat.postEphemeral" => chat::whisper(heart, state, events, args),
        "chat.update" => chat::update(heart, state, events, args),
        "chat.delete" => chat::delete(heart, state, events, args),
        "conversations.open" => conversations::open(heart, state, args),
        "conversations.info" => conversations::info(state, args),
        "conversations.list" => conversations::list(state, args),
        "users.conversations" => conversations::of_user(state, args),
        "conversations.members" => conversations::members(state, args),
        "conversations.history" => conversations::history(state, args),
        "conversations.replies" => conversations::replies(state, args),
        "views.open" | "views.push" => views::open(heart, state, args, name == "views.push"),
        "views.update" => views::update(heart, state, args),
        other => Err(mistake("unknown_method", vec![format!("{other} is not a method of this Slack")])),
    }
}

fn check_token(heart: &Heart, method: &Method, token: &str) -> Result<(), Refusal> {
    if method.token == Token::Any {
        return Ok(());
    }
    if token.is_empty() {
        return Err(mistake("not_authed", vec![]));
    }
    let (bot_revoked, app_revoked, installed) = heart.look(|s| (s.bot_token_revoked, s.app_token_revoked, s.installed));
    match (token_kind(heart, token), method.token) {
        ("bot", _) if !installed => Err(refuse("account_inactive")),
        ("bot", Token::Bot) if bot_revoked => Err(refuse("token_revoked")),
        ("app", Token::App) if app_revoked => Err(refuse("invalid_auth")),
        ("bot", Token::Bot) | ("app", Token::App) => Ok(()),
        ("bot" | "app", _) => Err(mistake("not_allowed_token_type", vec![])),
        _ => Err(refuse("invalid_auth")),
    }
}

/// `conversations.*` need the scope of the kind of conversation, the others any one of theirs.
fn check_scope(state: &State, method: &Method, args: &Args) -> Result<(), Refusal> {
    let needed: Vec<&str> = match args.text("channel").and_then(|c| state.channel(c)) {
        Some(channel) if method.name.starts_with("conversations.") && method.scopes.len() > 1 => {
            let prefix = match channel.kind {
                super::model::Kind::Public => "channels:",
                super::model::Kind::Private => "groups:",
                super::model::Kind::Direct => "im:",
            };
            method.scopes.iter().copied().filter(|s| s.starts_with(prefix)).collect()
        }
        _ => method.scopes.to_vec(),
    };
    if needed.is_empty() || needed.iter().any(|s| state.scopes.contains(*s)) {
        return Ok(());
    }
    Err(Refusal {
        needed: Some(needed.join(",")),
        ..mistake("missing_scope", vec![format!("needs {}", needed.join(" or "))])
    })
}

/// Per minute and method; posting also once a second and channel.
fn check_rate(state: &mut State, method: &Method, args: &Args, now_ms: i64) -> Result<(), Refusal> {
    if !state.rate_limits {
        return Ok(());
    }
    let mut windows = vec![(method.name.to_owned(), method.a_minute, 60_000)];
    if method.name == "chat.postMessage" {
        windows.push((format!("chat.postMessage {}", args.text("channel").unwrap_or_default()), 1, 1_000));
    }
    for (key, most, window_ms) in &windows {
        let log = state.rate_log.entry(key.clone()).or_default();
        while log.front().is_some_and(|at| *at <= now_ms - window_ms) {
            log.pop_front();
        }
        if log.len() >= *most {
            let free_at = log.front().copied().unwrap_or(now_ms) + window_ms;
            let seconds = (free_at - now_ms + 999) / 1_000;
            return Err(Refusal { retry_after_secs: Some(seconds.max(1)), ..refuse("ratelimited") });
        }
    }
    for (key, ..) in windows {
        state.rate_log.entry(key).or_default().push_back(now_ms);
    }
    Ok(())
}

/// A part of `all`, as `limit` and `cursor` say, and the cursor of the next part.
pub(super) fn page<T>(
    state: &State,
    args: &Args,
    all: Vec<T>,
    default_limit: usize,
) -> Result<(Vec<T>, String), Refusal> {
    let limit = match args.number("limit") {
        None | Some(0) => default_limit,
        Some(limit) => usize::try_from(limit).ok().filter(|l| *l <= 1_000).ok_or_else(|| refuse("invalid_limit"))?,
    };
    let limit = limit.min(state.page_max);
    let from = match args.text("cursor") {
        None => 0,
        Some(cursor) => {
            let from = cursor.strip_prefix("next:").and_then(|c| c.strip_suffix('=')).and_then(|c| c.parse().ok());
            from.filter(|f| *f <= all.len()).ok_or_else(|| refuse("invalid_cursor"))?
        }
    };
    let total = all.len();
    let part: Vec<T> = all.into_iter().skip(from).take(limit).collect();
    let next = from + part.len();
    let cursor = if next < total { format!("next:{next}=") } else { String::new() };
    Ok((part, cursor))
}

/// Reads a query or a form.
pub(super) fn form_decode(text: &str) -> Map<String, Value> {
    let pairs = text.split('&').filter(|p| !p.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decode(key), Value::String(percent_decode(value)))
        })
        .collect()
}

fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
        match (bytes[at], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

pub(super) use chat::{content, response, speak};
pub(super) use views::answer_to_submission;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_written() {
        let read = form_decode("a=1+2&b=%F0%9F%98%80%26&c&d=x%3Dy");
        assert_eq!(read["a"], "1 2");
        assert_eq!(read["b"], "😀&");
        assert_eq!(read["c"], "");
        assert_eq!(read["d"], "x=y");
    }

    #[test]
    fn every_method_that_is_listed_is_served() {
        // `dispatch` and the list are two places: this keeps them one.
        let source = include_str!("mod.rs");
        for method in methods::METHODS {
            assert!(source.contains(&format!("\"{}\"", method.name)), "{} is not served", method.name);
        }
    }
}
