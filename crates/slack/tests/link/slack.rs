//! The least of a Slack that a bot can connect to: it records every call, answers from a script, and hands its
//! sockets to the test. When it ends, everything that the bot said is held against Slack's own reference.

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
use jeda_emulator::record;
use jeda_tests::{assert_right, judge_slack};
use serde_json::{Map, Value, json};
use std::{
    collections::HashMap,
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

/// What the server answers to a method, once.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Ok(Value),
    Error(&'static str),
    Status(u16, Option<&'static str>),
}

/// A socket that the bot opened, from Slack's side.
pub(crate) struct Line {
    server: Arc<Server>,
    send: mpsc::UnboundedSender<Message>,
    acks: mpsc::UnboundedReceiver<Value>,
}

impl Line {
    pub(crate) fn send(&self, frame: Value) {
        if let Some(envelope) = frame["envelope_id"].as_str() {
            self.server.sent.lock().unwrap().insert(envelope.to_owned(), kind(&frame));
        }
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

/// What an envelope holds, in the words that acknowledgements are recorded with.
fn kind(envelope: &Value) -> String {
    let of = if envelope["type"] == "interactive" { &envelope["payload"]["type"] } else { &envelope["type"] };
    of.as_str().unwrap_or_default().to_owned()
}

struct Server {
    address: String,
    /// Everything that the bot said, for the judge.
    said: Mutex<Vec<record::Call>>,
    /// What each envelope holds that was sent to the bot.
    sent: Mutex<HashMap<String, String>>,
    script: Mutex<HashMap<String, Vec<Answer>>>,
    calls: mpsc::UnboundedSender<Call>,
    lines: mpsc::UnboundedSender<Line>,
}

impl Server {
    fn said(&self, operation: &str, token: &str, content_type: &str, query: Map<String, Value>, arguments: &Value) {
        let credential = match token {
            "" => "none",
            "Bearer xapp-test" => "app",
            "Bearer xoxb-test" => "bot",
            _ => "unknown",
        };
        self.said.lock().unwrap().push(record::Call {
            at: 0,
            operation: operation.to_owned(),
            path: String::new(),
            credential: credential.to_owned(),
            content_type: content_type.to_owned(),
            query,
            arguments: arguments.clone(),
            status: 200,
            error: None,
        });
    }
}

/// At the end nothing may have been said that Slack doesn't take.
impl Drop for Slack {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_right(&judge_slack(&self.server.said.lock().unwrap()));
        }
    }
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
        let server = Arc::new(Server {
            address,
            said: Mutex::default(),
            sent: Mutex::default(),
            script: Mutex::default(),
            calls,
            lines,
        });
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
    let token = header(&headers, "authorization");
    let query = query.into_iter().map(|(name, value)| (name, value.into())).collect();
    server.said(&method, &token, &content_type(&headers), query, &args);
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

fn header(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

fn content_type(headers: &HeaderMap) -> String {
    header(headers, "content-type").split(';').next().unwrap_or_default().to_owned()
}

async fn respond(
    State(server): State<Arc<Server>>,
    Path(way): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> &'static str {
    let token = header(&headers, "authorization");
    let args = serde_json::from_slice(&body).unwrap();
    server.said("response_url", &token, &content_type(&headers), Map::new(), &args);
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
    let _ = server.lines.send(Line { server: server.clone(), send, acks });
    loop {
        tokio::select! {
            frame = frames.recv() => match frame {
                Some(frame) => if socket.send(frame).await.is_err() { return },
                None => return,
            },
            read = socket.recv() => match read {
                Some(Ok(Message::Text(text))) => {
                    let said: Value = serde_json::from_str(&text).unwrap();
                    let kind = said["envelope_id"].as_str().and_then(|id| server.sent.lock().unwrap().get(id).cloned());
                    let kind = kind.unwrap_or_default();
                    server.said(&format!("acknowledge {kind}"), "", "application/json", Map::new(), &said);
                    let _ = ack.send(said);
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return,
            },
        }
    }
}
