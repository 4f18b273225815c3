//! The least of a Slack that a bot can connect to: it records every call, answers from a script, and hands its
//! sockets to the test. Calls are checked against Slack's own reference where that is at hand.

use axum::{
    Router,
    body::Bytes,
    extract::{
        Path, Query, State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use serde_json::{Map, Value, json};
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex},
};
use tokio::sync::mpsc;

/// One call that the bot made.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) args: Value,
    pub(crate) token: String,
}

/// In place of a method: the bot called one as Slack doesn't allow.
const VIOLATION: &str = "violation";

/// What the server answers to a method, once.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Ok(Value),
    Error(&'static str),
    Status(u16, Option<&'static str>),
}

/// A socket that the bot opened, from Slack's side.
pub(crate) struct Line {
    send: mpsc::UnboundedSender<Message>,
    acks: mpsc::UnboundedReceiver<Value>,
}

impl Line {
    pub(crate) fn send(&self, frame: Value) {
        self.send.send(Message::Text(frame.to_string().into())).unwrap();
    }
    pub(crate) fn close(&self) {
        self.send.send(Message::Close(None)).unwrap();
    }
    /// The next acknowledgement, or `None` when the bot closed the socket.
    pub(crate) async fn ack(&mut self) -> Option<Value> {
        self.acks.recv().await
    }
}

struct Server {
    address: String,
    script: Mutex<HashMap<String, Vec<Answer>>>,
    calls: mpsc::UnboundedSender<Call>,
    lines: mpsc::UnboundedSender<Line>,
}

pub(crate) struct Slack {
    server: Arc<Server>,
    calls: tokio::sync::Mutex<mpsc::UnboundedReceiver<Call>>,
    lines: tokio::sync::Mutex<mpsc::UnboundedReceiver<Line>>,
}

impl Slack {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (calls, call_rx) = mpsc::unbounded_channel();
        let (lines, line_rx) = mpsc::unbounded_channel();
        let server = Arc::new(Server { address, script: Mutex::default(), calls, lines });
        let app = Router::new()
            .route("/api/{method}", any(api))
            .route("/respond/{way}", post(respond))
            .route("/socket", get(socket))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { server, calls: tokio::sync::Mutex::new(call_rx), lines: tokio::sync::Mutex::new(line_rx) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/api/", self.server.address)
    }

    pub(crate) fn respond_url(&self, way: &str) -> String {
        format!("http://{}/respond/{way}", self.server.address)
    }

    /// The next answer to a method, before its usual one.
    pub(crate) fn answers(&self, method: &str, answer: Answer) {
        self.server.script.lock().unwrap().entry(method.to_owned()).or_default().push(answer);
    }

    /// The next socket that the bot opens.
    pub(crate) async fn line(&self) -> Line {
        self.lines.lock().await.recv().await.unwrap()
    }

    /// The next call of a method; other calls before it are passed over.
    pub(crate) async fn call(&self, method: &str) -> Call {
        let mut calls = self.calls.lock().await;
        loop {
            let call = calls.recv().await.unwrap();
            assert_ne!(call.method, VIOLATION, "{}", call.args);
            if call.method == method {
                return call;
            }
        }
    }
}

async fn api(
    State(server): State<Arc<Server>>,
    Path(method): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let args = if body.is_empty() { json!(query) } else { serde_json::from_slice(&body).unwrap() };
    if let Err(wrong) = check(&method, &args, body.is_empty()) {
        let _ = server.calls.send(Call { method: VIOLATION.into(), args: wrong.into(), token: String::new() });
        return StatusCode::IM_A_TEAPOT.into_response();
    }
    let token = headers.get("authorization").map(|token| token.to_str().unwrap().to_owned()).unwrap_or_default();
    let _ = server.calls.send(Call { method: method.clone(), args: args.clone(), token: token.clone() });
    let scripted = {
        let mut script = server.script.lock().unwrap();
        script.get_mut(&method).filter(|answers| !answers.is_empty()).map(|answers| answers.remove(0))
    };
    match scripted.unwrap_or_else(|| usual(&server, &method, &args)) {
        Answer::Ok(mut value) => {
            value["ok"] = true.into();
            let headers = [("x-oauth-scopes", "chat:write,commands,emoji:read"), ("content-type", "application/json")];
            (headers, value.to_string()).into_response()
        }
        Answer::Error(code) => {
            let body = json!({ "ok": false, "error": code, "needed": "chat:write" });
            ([("content-type", "application/json")], body.to_string()).into_response()
        }
        Answer::Status(status, retry_after) => {
            let mut headers = HeaderMap::new();
            if let Some(secs) = retry_after {
                headers.insert("retry-after", secs.parse().unwrap());
            }
            (StatusCode::from_u16(status).unwrap(), headers, "").into_response()
        }
    }
}

fn usual(server: &Server, method: &str, args: &Value) -> Answer {
    match method {
        "auth.test" => Answer::Ok(json!({ "url": "https://acme.slack.com/", "team": "Acme", "user": "jeda",
            "team_id": "T1", "user_id": "UBOT", "bot_id": "BBOT" })),
        "apps.connections.open" => Answer::Ok(json!({ "url": format!("ws://{}/socket?ticket=t1", server.address) })),
        "conversations.open" => {
            Answer::Ok(json!({ "channel": { "id": format!("D{}", args["users"].as_str().unwrap()) } }))
        }
        "chat.postMessage" | "chat.update" => {
            Answer::Ok(json!({ "channel": args["channel"], "ts": "1700000000.000100",
            "message": {} }))
        }
        "chat.postEphemeral" => Answer::Ok(json!({ "message_ts": "1700000000.000100" })),
        "views.open" => Answer::Ok(json!({ "view": { "id": "V1" } })),
        _ => Answer::Error("unknown_method"),
    }
}

async fn respond(
    State(server): State<Arc<Server>>,
    Path(way): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> &'static str {
    let token = headers.get("authorization").map(|token| token.to_str().unwrap().to_owned()).unwrap_or_default();
    let args = serde_json::from_slice(&body).unwrap();
    let _ = server.calls.send(Call { method: format!("respond/{way}"), args, token });
    "ok"
}

async fn socket(State(server): State<Arc<Server>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| serve(server, socket))
}

async fn serve(server: Arc<Server>, mut socket: WebSocket) {
    let hello = json!({ "type": "hello", "num_connections": 1, "debug_info": { "host": "h" },
        "connection_info": { "app_id": "A1" } });
    if socket.send(Message::Text(hello.to_string().into())).await.is_err() {
        return;
    }
    let (send, mut frames) = mpsc::unbounded_channel();
    let (ack, acks) = mpsc::unbounded_channel();
    let _ = server.lines.send(Line { send, acks });
    loop {
        tokio::select! {
            frame = frames.recv() => match frame {
                Some(frame) => if socket.send(frame).await.is_err() { return },
                None => return,
            },
            read = socket.recv() => match read {
                Some(Ok(Message::Text(text))) => { let _ = ack.send(serde_json::from_str(&text).unwrap()); }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return,
            },
        }
    }
}

/// Checks a call against Slack's reference: known and required arguments, JSON only where it is read, sound blocks.
fn check(method: &str, args: &Value, in_address: bool) -> Result<(), String> {
    let given = std::env::var_os("JEDA_SPECS").map(PathBuf::from);
    let specs = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/specs"));
    let file = specs.join(format!("slack/methods/{method}.json"));
    let Ok(text) = std::fs::read_to_string(&file) else {
        let required = std::env::var_os("JEDA_SPECS_REQUIRED").is_some();
        return if required { Err(format!("{} is not there", file.display())) } else { Ok(()) };
    };
    let spec: Value = serde_json::from_str(&text).unwrap();
    let nothing = Map::new();
    let args = args.as_object().unwrap_or(&nothing);
    let known = spec["args"]["properties"].as_object().unwrap();
    let unknown = args.keys().find(|name| !known.contains_key(*name));
    let mut required = spec["args"]["required"].as_array().unwrap().iter().filter_map(Value::as_str);
    let missing = required.find(|name| *name != "token" && !args.contains_key(*name));
    if unknown.is_some() || missing.is_some() {
        return Err(format!("{method} doesn't know {unknown:?}, or needs {missing:?}"));
    }
    if !in_address && spec["json_input_supported"] != true {
        return Err(format!("{method} doesn't read JSON"));
    }
    if args.contains_key("blocks") {
        let mut message = args.clone();
        for extra in ["metadata", "ts", "user", "parse"] {
            message.remove(extra);
        }
        let checked = slackblocks::MessagePayload::try_from(Value::Object(message));
        return checked.map(|_| ()).map_err(|error| format!("{method}: {error:?}"));
    }
    Ok(())
}
