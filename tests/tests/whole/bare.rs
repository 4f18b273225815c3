//! The real `jeda run` against servers that are not its emulators and know hardly anything: a Slack of one method and a
//! Discord of two, which leave out whatever a bot can do without. It connects, and answers commands.

use crate::machine::Machine;
use axum::{
    Json, Router,
    extract::{
        State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::mpsc};

/// How long an answer may take, in real time, on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

/// A bare server: where it is, and what it was told.
struct Bare {
    address: String,
    told: mpsc::UnboundedSender<Value>,
}

type Served = State<Arc<Bare>>;

impl Bare {
    async fn serve(app: Router<Arc<Self>>) -> (String, mpsc::UnboundedReceiver<Value>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (told, hears) = mpsc::unbounded_channel();
        let app = app.with_state(Arc::new(Self { address: address.clone(), told }));
        tokio::spawn(async move { axum::serve(listener, app).await });
        (address, hears)
    }
}

async fn next(hears: &mut mpsc::UnboundedReceiver<Value>) -> Value {
    tokio::time::timeout(PATIENCE, hears.recv()).await.expect("it is answered in time").unwrap()
}

// A Slack that opens sockets, and knows no other method.

async fn slack_call(State(bare): Served, uri: Uri) -> Json<Value> {
    Json(match uri.path() {
        "/api/apps.connections.open" => json!({"ok": true, "url": format!("ws://{}/socket", bare.address)}),
        _ => json!({"ok": false, "error": "unknown_method"}),
    })
}

async fn slack_socket(State(bare): Served, up: WebSocketUpgrade) -> Response {
    up.on_upgrade(move |mut socket: WebSocket| async move {
        let _ = socket.send(text(&json!({"type": "hello"}))).await;
        for (at, line) in ["note hello", "list"].into_iter().enumerate() {
            let payload = json!({"user_id": "U1", "command": "/standup", "text": line});
            let envelope = json!({"type": "slash_commands", "envelope_id": format!("e{at}"), "payload": payload,
                "accepts_response_payload": true});
            if socket.send(text(&envelope)).await.is_err() {
                return;
            }
            let Some(ack) = heard(&mut socket).await else { return };
            let _ = bare.told.send(ack);
        }
        while heard(&mut socket).await.is_some() {}
    })
}

// A Discord that tells where its gateway is, and takes answers to interactions.

async fn discord_call(State(bare): Served, uri: Uri, body: String) -> Response {
    match uri.path().rsplit('/').next() {
        Some("gateway") => Json(json!({"url": format!("ws://{}/gateway", bare.address)})).into_response(),
        Some("callback") => {
            let _ = bare.told.send(serde_json::from_str(&body).unwrap());
            StatusCode::NO_CONTENT.into_response()
        }
        _ => (StatusCode::NOT_FOUND, Json(json!({"message": "404: Not Found", "code": 0}))).into_response(),
    }
}

async fn discord_gateway(up: WebSocketUpgrade) -> Response {
    up.on_upgrade(|mut socket: WebSocket| async move {
        let dispatch = |kind: &str, data: Value| text(&json!({"op": 0, "s": 1, "t": kind, "d": data}));
        let _ = socket.send(text(&json!({"op": 10, "d": {"heartbeat_interval": 3_600_000}}))).await;
        while let Some(frame) = heard(&mut socket).await {
            match frame["op"].as_u64() {
                Some(1) => drop(socket.send(text(&json!({"op": 11}))).await),
                Some(2) => {
                    let ready = json!({"user": {"id": "1", "username": "jeda"}, "session_id": "s",
                        "application": {"id": "42"}, "guilds": [{"id": "200", "unavailable": true}]});
                    let _ = socket.send(dispatch("READY", ready)).await;
                    let _ = socket.send(dispatch("GUILD_CREATE", json!({"id": "200", "name": "Town"}))).await;
                    // One in the server, and one in a direct message, where nothing says which server is meant.
                    let note = json!({"name": "note", "options": [{"name": "text", "value": "hello"}]});
                    for (id, option, place) in [
                        ("1000", note, json!({"guild_id": "200", "channel_id": "300", "member": {"user": ana()}})),
                        ("1001", json!({"name": "list"}), json!({"channel_id": "301", "user": ana()})),
                    ] {
                        let mut interaction = place;
                        interaction["id"] = id.into();
                        interaction["application_id"] = "42".into();
                        interaction["type"] = 2.into();
                        interaction["token"] = "t".into();
                        interaction["data"] = json!({"name": "standup", "options": [option]});
                        let _ = socket.send(dispatch("INTERACTION_CREATE", interaction)).await;
                    }
                }
                _ => {}
            }
        }
    })
}

fn ana() -> Value {
    json!({"id": "7", "username": "ana"})
}

fn text(frame: &Value) -> Message {
    Message::Text(frame.to_string().into())
}

/// The next frame; `None` when the bot has gone.
async fn heard(socket: &mut WebSocket) -> Option<Value> {
    loop {
        match socket.recv().await?.ok()? {
            Message::Text(frame) => return serde_json::from_str(frame.as_str()).ok(),
            Message::Close(_) => return None,
            _ => {}
        }
    }
}

#[tokio::test]
async fn servers_that_know_hardly_anything_are_served_all_the_same() {
    for slash in ["", "/"] {
        let slack = Router::new().route("/socket", get(slack_socket)).fallback(slack_call);
        let (slack, mut acks) = Bare::serve(slack).await;
        let discord = Router::new().route("/gateway", get(discord_gateway)).route("/gateway/", get(discord_gateway));
        let (discord, mut answers) = Bare::serve(discord.fallback(discord_call)).await;
        let machine = Machine::new();
        let running = machine.starts(
            &["run"],
            &[
                ("SLACK_APP_TOKEN", "xapp-1-any"),
                ("SLACK_BOT_TOKEN", "xoxb-any"),
                ("DISCORD_TOKEN", "any.discord.token"),
                ("SLACK_API_URL", &format!("http://{slack}/api{slash}")),
                ("DISCORD_API_URL", &format!("http://{discord}{slash}")),
                ("JEDA_SLACK_SOCKETS", "1"),
                ("JEDA_HTTP_BIND", "127.0.0.1:0"),
                ("JEDA_DATABASE_URL", &format!("sqlite:{}", machine.path("jeda.db"))),
            ],
        );
        let (note, list) = (next(&mut acks).await, next(&mut acks).await);
        assert_eq!(note["payload"]["text"].as_str().unwrap().lines().next(), Some("Kept for your next answer:"));
        assert_eq!(list["payload"]["text"], "There is no standup here yet. /standup new makes one.");
        let both = [next(&mut answers).await, next(&mut answers).await];
        let mut said: Vec<_> = both.iter().map(|it| it["data"]["content"].as_str().unwrap()).collect();
        said.sort_unstable();
        assert_eq!(
            said,
            ["Kept for your next answer:\n> hello", "There is no standup here yet. `/standup new` makes one."]
        );
        let ended = running.stops().await;
        assert_eq!(ended.code, 0, "{}", ended.words);
    }
}
