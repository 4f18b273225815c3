//! REST: find the route, check who asks, meet ordered trouble and limits, then do it under one lock.

mod channels;
mod commands;
mod guilds;
mod interactions;
pub(super) mod messages;
mod threads;
mod webhooks;

use super::{
    pace,
    refusal::Refusal,
    world::{Shared, World},
};
use crate::{door::Cut, fault::Fault, record::Call};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use std::{sync::LazyLock, time::Duration};

/// Bytes of a request at most (Discord: 25 MiB).
const BODY_MAX: usize = 25 << 20;

/// Every route that this Discord knows, spelled as in Discord's OpenAPI.
pub(super) const ROUTES: &[&str] = &[
    "GET /gateway",
    "GET /gateway/bot",
    "GET /applications/@me",
    "GET /oauth2/applications/@me",
    "GET /users/@me",
    "GET /users/@me/guilds",
    "GET /users/@me/guilds/{guild_id}/member",
    "POST /users/@me/channels",
    "GET /users/{user_id}",
    "GET /guilds/{guild_id}",
    "GET /guilds/{guild_id}/channels",
    "GET /guilds/{guild_id}/members",
    "GET /guilds/{guild_id}/members/search",
    "GET /guilds/{guild_id}/members/{user_id}",
    "GET /guilds/{guild_id}/roles",
    "GET /guilds/{guild_id}/roles/{role_id}",
    "GET /guilds/{guild_id}/threads/active",
    "GET /channels/{channel_id}",
    "PATCH /channels/{channel_id}",
    "GET /channels/{channel_id}/messages",
    "POST /channels/{channel_id}/messages",
    "GET /channels/{channel_id}/messages/{message_id}",
    "PATCH /channels/{channel_id}/messages/{message_id}",
    "DELETE /channels/{channel_id}/messages/{message_id}",
    "POST /channels/{channel_id}/messages/{message_id}/threads",
    "POST /channels/{channel_id}/threads",
    "POST /channels/{channel_id}/typing",
    "GET /channels/{channel_id}/webhooks",
    "POST /channels/{channel_id}/webhooks",
    "GET /channels/{channel_id}/thread-members",
    "PUT /channels/{channel_id}/thread-members/@me",
    "PUT /channels/{channel_id}/thread-members/{user_id}",
    "DELETE /channels/{channel_id}/thread-members/{user_id}",
    "GET /applications/{application_id}/commands",
    "PUT /applications/{application_id}/commands",
    "POST /applications/{application_id}/commands",
    "DELETE /applications/{application_id}/commands/{command_id}",
    "GET /applications/{application_id}/guilds/{guild_id}/commands",
    "PUT /applications/{application_id}/guilds/{guild_id}/commands",
    "POST /applications/{application_id}/guilds/{guild_id}/commands",
    "DELETE /applications/{application_id}/guilds/{guild_id}/commands/{command_id}",
    CALLBACK,
    "POST /webhooks/{webhook_id}/{webhook_token}",
    "GET /webhooks/{webhook_id}/{webhook_token}/messages/@original",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
    "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original",
    "GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
    "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
];
const CALLBACK: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";

/// An answer: status and body.
pub(super) type Answer = Result<(u16, Value), Refusal>;

/// The answer without words.
pub(super) const NOTHING: (u16, Value) = (204, Value::Null);

/// A request that found its route.
pub(super) struct Ask<'a> {
    pub(super) world: &'a World,
    pub(super) operation: &'static str,
    /// What stands where the route has `{…}`, in order.
    pub(super) given: Vec<&'a str>,
    pub(super) query: &'a [(String, String)],
    pub(super) body: &'a Value,
}

impl Ask<'_> {
    /// The `n`th id of the path; what is no id is nobody's.
    pub(super) fn id(&self, n: usize) -> u64 {
        self.given.get(n).and_then(|s| s.parse().ok()).unwrap_or(0)
    }
    pub(super) fn query(&self, key: &str) -> Option<&str> {
        self.query.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
    /// A number of the query; what is none is refused.
    pub(super) fn query_number(&self, key: &str) -> Result<Option<u64>, Refusal> {
        let Some(text) = self.query(key) else { return Ok(None) };
        let bad = |_| Refusal::form(key, "NUMBER_TYPE_COERCE", "is not a number");
        text.parse().map(Some).map_err(bad)
    }
    pub(super) fn flag(&self, key: &str) -> bool {
        self.query(key).is_some_and(|v| v.eq_ignore_ascii_case("true") || v == "1")
    }
    /// The body as an object.
    pub(super) fn object(&self) -> Result<&Map<String, Value>, Refusal> {
        self.body.as_object().ok_or_else(|| Refusal::form("", "CONTENT_TYPE_INVALID", "expected a JSON object"))
    }
}

/// A route taken apart: its verb, and the steps of its path.
struct Route {
    operation: &'static str,
    verb: &'static str,
    steps: Vec<&'static str>,
}

static TABLE: LazyLock<Vec<Route>> = LazyLock::new(|| {
    let apart = |operation: &&'static str| {
        let (verb, path) = operation.split_once(' ').unwrap_or_default();
        Route { operation, verb, steps: steps(path).collect() }
    };
    ROUTES.iter().map(apart).collect()
});

fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|s| !s.is_empty())
}

/// Finds a path's route, and what it has in place of the names.
fn find<'a>(verb: &str, path: &'a str) -> Option<(&'static str, Vec<&'a str>)> {
    let asked: Vec<&str> = steps(path).collect();
    // What begins with `@` is a word of the route, never an id: `/users/@me` is no `/users/{user_id}`.
    let fits = |(name, step): (&&str, &&str)| if name.starts_with('{') { !step.starts_with('@') } else { name == step };
    let fitting = |r: &&Route| r.verb == verb && r.steps.len() == asked.len() && r.steps.iter().zip(&asked).all(fits);
    let route = TABLE.iter().find(fitting)?;
    let given = route.steps.iter().zip(&asked).filter(|(name, _)| name.starts_with('{')).map(|(_, step)| *step);
    Some((route.operation, given.collect()))
}

/// `/api/v10/users/@me` → `/users/@me`.
fn below_api(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/api")?;
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    match rest.split_once('/') {
        Some((version, _)) if version.strip_prefix('v').is_some_and(|n| n.parse::<u8>().is_ok()) => {
            Some(&rest[version.len()..])
        }
        _ => Some(&path["/api".len()..]),
    }
}

fn queries(raw: &str) -> Vec<(String, String)> {
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (key.to_owned(), unescape(value))
    };
    raw.split('&').filter(|p| !p.is_empty()).map(pair).collect()
}

/// Undoes percent-encoding.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&b, after)) = rest.split_first() {
        rest = after;
        let code = (b == b'%').then(|| after.get(..2).and_then(|h| std::str::from_utf8(h).ok())).flatten();
        match (b, code.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (_, Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            (b'+', None) => bytes.push(b' '),
            (other, None) => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Serves one request.
pub(super) async fn serve(
    State(world): State<Shared>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
) -> Response {
    let _on_its_way = world.traffic.begin();
    let (head, body) = request.into_parts();
    let raw = to_bytes(body, BODY_MAX).await.unwrap_or_default();
    let path = head.uri.path();
    let query = queries(head.uri.query().unwrap_or_default());
    let found = below_api(path).and_then(|p| find(head.method.as_str(), p));
    let body = read(&world, &head.headers, &raw);
    let (answer, extra, operation) = match found {
        None => {
            let operation = format!("{} {path}", head.method);
            (Err(Refusal::unknown_route()), vec![], operation)
        }
        Some((operation, given)) => {
            let fault = world.faults.take(operation);
            let ask = Ask { world: &world, operation, given, query: &query, body: &body };
            let bearer = head.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok());
            let (answer, extra) = match trouble(fault.as_ref()).await {
                Trouble::Instead(answer) => (answer, vec![]),
                Trouble::Cut => {
                    note(&world, &head.headers, path, operation, &query, body, 0, None);
                    match cut.cut().await {}
                }
                Trouble::None => admit(&ask, bearer).map_or_else(|no| *no, |extra| (handle(&ask), extra)),
            };
            match fault {
                Some(Fault::AppliedThenHangs) => {
                    note(&world, &head.headers, path, operation, &query, body, 0, None);
                    // What was asked for is done: nothing is on its way but the wait of whoever asked.
                    drop(_on_its_way);
                    return std::future::pending().await;
                }
                Some(Fault::AppliedThenCloses) => {
                    note(&world, &head.headers, path, operation, &query, body, 0, None);
                    match cut.cut().await {}
                }
                _ => (answer, extra, operation.to_owned()),
            }
        }
    };
    if let Err(no) = &answer
        && no.blame
        && !(world.faults.tolerant() && matches!(no.code, 10062 | 40060 | 50027))
    {
        world.violation(format!("{operation}: {}", no.told()));
    }
    let status = answer.as_ref().map_or_else(|no| no.status, |yes| yes.0);
    let code = answer.as_ref().err().map(|no| no.code.to_string());
    note(&world, &head.headers, path, &operation, &query, body, status, code);
    world.traffic.changed();
    respond(answer, extra)
}

/// What an ordered fault does before anything else.
enum Trouble {
    None,
    Instead(Answer),
    Cut,
}

async fn trouble(fault: Option<&Fault>) -> Trouble {
    match fault {
        Some(Fault::Status(status)) => Trouble::Instead(Err(Refusal {
            status: *status,
            code: 0,
            message: "Internal Server Error".into(),
            errors: vec![],
            blame: false,
        })),
        Some(Fault::RateLimited { retry_after }) => Trouble::Instead(Ok((429, limited(*retry_after, false)))),
        Some(Fault::Refused(code)) => Trouble::Instead(Err(Refusal::of(code.parse().unwrap_or_default()).forgiven())),
        Some(Fault::Closes) => Trouble::Cut,
        Some(Fault::Slow { ms }) => {
            tokio::time::sleep(Duration::from_millis(*ms)).await;
            Trouble::None
        }
        Some(Fault::AppliedThenHangs | Fault::AppliedThenCloses) | None => Trouble::None,
    }
}

fn limited(retry_after: f64, global: bool) -> Value {
    json!({"message": "You are being rate limited.", "retry_after": retry_after, "global": global})
}

type Extra = Vec<(&'static str, String)>;

/// Whether the request may be served at all: its credential, then the rate limits. The headers that say so.
fn admit(ask: &Ask<'_>, bearer: Option<&str>) -> Result<Extra, Box<(Answer, Extra)>> {
    let by_token = ask.operation == CALLBACK || ask.operation.contains("/webhooks/");
    if !by_token {
        match bearer.and_then(|b| b.strip_prefix("Bot ")) {
            Some(token) if ask.world.accepts(token) => {}
            Some(_) => return Err(Box::new((Err(Refusal::unauthorized()), vec![]))),
            None if ask.operation == "GET /gateway" => {}
            None => {
                ask.world.violation(format!("{}: no bot token in the Authorization header", ask.operation));
                return Err(Box::new((Err(Refusal::unauthorized()), vec![])));
            }
        }
    }
    if !ask.world.pace.is_on() || ask.operation == CALLBACK {
        return Ok(vec![]);
    }
    let now = ask.world.lock().state.now();
    if !by_token && ask.world.pace.take("global", pace::GLOBAL).is_none() {
        let wait = pace::GLOBAL.window.as_secs_f64();
        let extra = vec![
            ("retry-after", wait.to_string()),
            ("x-ratelimit-global", "true".to_owned()),
            ("x-ratelimit-scope", "global".to_owned()),
        ];
        return Err(Box::new((Ok((429, limited(wait, true))), extra)));
    }
    let limit = pace::of(ask.operation);
    let bucket = format!("{} {}", ask.operation, ask.given.first().unwrap_or(&""));
    let left = ask.world.pace.take(&bucket, limit);
    let wait = limit.window.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit 53 bits")]
    let reset = now as f64 / 1_000.0 + wait;
    let mut extra = vec![
        ("x-ratelimit-limit", limit.count.to_string()),
        ("x-ratelimit-remaining", left.unwrap_or(0).to_string()),
        ("x-ratelimit-reset", format!("{reset:.3}")),
        ("x-ratelimit-reset-after", format!("{wait:.3}")),
        ("x-ratelimit-bucket", format!("{:x}", bucket.bytes().fold(7u64, |h, b| h.wrapping_mul(31) + u64::from(b)))),
    ];
    if left.is_none() {
        extra.push(("retry-after", wait.to_string()));
        extra.push(("x-ratelimit-scope", "user".to_owned()));
        return Err(Box::new((Ok((429, limited(wait, false))), extra)));
    }
    Ok(extra)
}

/// The body as JSON. `null` where there is none.
fn read(world: &World, headers: &HeaderMap, raw: &Bytes) -> Value {
    if raw.is_empty() {
        return Value::Null;
    }
    if content_type(headers) != "application/json" {
        world.violation(format!("a body of type {:?}: the emulator reads JSON only", content_type(headers)));
        return Value::Null;
    }
    serde_json::from_slice(raw).unwrap_or_else(|error| {
        world.violation(format!("a body that is no JSON: {error}"));
        Value::Null
    })
}

fn content_type(headers: &HeaderMap) -> &str {
    let whole = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    whole.split(';').next().unwrap_or_default().trim()
}

#[expect(clippy::too_many_arguments, reason = "a record's columns, each from another place")]
fn note(
    world: &World,
    headers: &HeaderMap,
    path: &str,
    operation: &str,
    query: &[(String, String)],
    body: Value,
    status: u16,
    error: Option<String>,
) {
    if !world.recorder.keeps_calls() {
        return world.recorder.served();
    }
    let at = world.lock().state.now();
    let credential = if headers.contains_key(header::AUTHORIZATION) { "bot" } else { "none" };
    world.recorder.call(Call {
        at,
        operation: operation.to_owned(),
        path: path.to_owned(),
        credential: credential.to_owned(),
        content_type: content_type(headers).to_owned(),
        query: query.iter().map(|(k, v)| (k.clone(), json!(v))).collect(),
        arguments: body,
        status,
        error,
    });
}

fn respond(answer: Answer, extra: Extra) -> Response {
    let (status, body) = answer.unwrap_or_else(|no| (no.status, no.body()));
    let code = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match &body {
        Value::Null => code.into_response(),
        body => (code, [(header::CONTENT_TYPE, "application/json")], Body::from(body.to_string())).into_response(),
    };
    let asked = body.get("retry_after").and_then(Value::as_f64).filter(|_| status == 429);
    if let Some(seconds) = asked
        && let Ok(value) = HeaderValue::from_str(&seconds.to_string())
    {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    for (name, value) in extra {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(&value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Does what was asked.
fn handle(ask: &Ask<'_>) -> Answer {
    let operation = ask.operation;
    let path = operation.split_once(' ').map_or("", |(_, p)| p);
    if operation == CALLBACK {
        interactions::callback(ask)
    } else if path == "/channels/{channel_id}/webhooks" {
        webhooks::of_channel(ask)
    } else if path.starts_with("/webhooks/") && webhooks::is_one(ask) {
        webhooks::through(ask)
    } else if path.starts_with("/webhooks/") {
        interactions::webhook(ask)
    } else if path.starts_with("/applications/{") {
        commands::handle(ask)
    } else if path.contains("/thread") {
        threads::handle(ask)
    } else if path.contains("/messages") {
        messages::handle(ask)
    } else if path.starts_with("/channels") || operation == "POST /users/@me/channels" {
        channels::handle(ask)
    } else {
        guilds::handle(ask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_found_with_and_without_a_version() {
        assert_eq!(below_api("/api/v10/users/@me"), Some("/users/@me"));
        assert_eq!(below_api("/api/v9/gateway"), Some("/gateway"));
        assert_eq!(below_api("/api/gateway/bot"), Some("/gateway/bot"));
        assert_eq!(below_api("/users/@me"), None);
        let found = find("GET", "/users/@me").map(|f| f.0);
        assert_eq!(found, Some("GET /users/@me"));
        assert_eq!(find("GET", "/users/@me/nonsense"), None);
        assert_eq!(find("PUT", "/channels/1/thread-members/@me").map(|f| f.0), Some(ROUTES[30]));
        assert_eq!(find("GET", "/users/77"), Some(("GET /users/{user_id}", vec!["77"])));
    }

    #[test]
    fn queries_are_unescaped() {
        assert_eq!(queries("a=1&b=x%20y+z%2"), [("a".into(), "1".into()), ("b".into(), "x y z%2".into())]);
    }
}
