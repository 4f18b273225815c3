//! A bot on bare wires.

use futures_util::{SinkExt, StreamExt};
use jeda_emulator::{
    clock::HandClock,
    slack::{Member, Setup, Slack},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

/// Tuesday, 24 November 2026, 02:00 in Greenwich: nine in Jakarta.
pub(crate) const START_MS: i64 = 1_795_485_600_000;

pub(crate) fn setup(clock: &HandClock) -> Setup {
    Setup::new("Acme", clock.clock())
        .person(Member::named("ana").in_zone("Asia/Jakarta").speaking("id-ID").admin())
        .person(Member::named("ben").in_zone("America/New_York"))
        .person(Member::named("cid").without_zone())
        .channel("#eng", &["ana", "ben"])
        .channel_without_bot("#random", &["ana"])
        .private_channel_without_bot("#secret", &["ana"])
        .group("@backend", &["ana", "ben"])
}

pub(crate) async fn acme() -> (Slack, HandClock) {
    let clock = HandClock::at(START_MS);
    (Slack::start(setup(&clock)).await.unwrap(), clock)
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.body["ok"], true, "{}", self.body);
        self.body
    }
    pub(crate) fn error(&self) -> &str {
        self.body["error"].as_str().unwrap_or_else(|| panic!("no error in {}", self.body))
    }
}

/// One request on a connection of its own; `None` when it closes without an answer.
pub(crate) async fn send(url: &str, token: &str, content_type: &str, body: &str) -> Option<Answer> {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).await.ok()?;
    let request = format!(
        "POST /{path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\ncontent-type: {content_type}\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw).await.ok()?;
    let raw = String::from_utf8(raw).unwrap();
    let (head, body) = raw.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body = serde_json::from_str(body).unwrap_or_else(|_| json!(body));
    Some(Answer { status, head: head.to_lowercase(), body })
}

/// Calls a method with JSON, as the bot.
pub(crate) async fn call(slack: &Slack, method: &str, args: Value) -> Answer {
    let url = format!("{}{method}", slack.api_url());
    send(&url, &slack.tokens().bot, "application/json; charset=utf-8", &args.to_string()).await.unwrap()
}

/// Calls a method with a form, as the bot.
pub(crate) async fn call_form(slack: &Slack, method: &str, form: &str) -> Answer {
    let url = format!("{}{method}", slack.api_url());
    send(&url, &slack.tokens().bot, "application/x-www-form-urlencoded", form).await.unwrap()
}

/// A socket of the bot.
pub(crate) struct Wire(pub(crate) WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Wire {
    pub(crate) async fn open(slack: &Slack) -> Self {
        let url = format!("{}apps.connections.open", slack.api_url());
        let opened = send(&url, &slack.tokens().app, "application/json", "").await.unwrap().ok();
        let (socket, _) = tokio_tungstenite::connect_async(opened["url"].as_str().unwrap()).await.unwrap();
        let mut wire = Self(socket);
        let hello = wire.next().await.unwrap();
        assert_eq!(hello["type"], "hello");
        wire
    }
    /// The next frame of text; `None` when the socket closed.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            match self.0.next().await? {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).unwrap()),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }
    /// The next envelope, acknowledged.
    pub(crate) async fn take(&mut self) -> Value {
        let envelope = self.next().await.unwrap();
        self.acknowledge(&envelope, None).await;
        envelope
    }
    /// The next event's inside, acknowledged.
    pub(crate) async fn event(&mut self) -> Value {
        let envelope = self.take().await;
        assert_eq!(envelope["type"], "events_api", "{envelope}");
        envelope["payload"]["event"].clone()
    }
    pub(crate) async fn acknowledge(&mut self, envelope: &Value, payload: Option<Value>) {
        let mut ack = json!({"envelope_id": envelope["envelope_id"]});
        if let Some(payload) = payload {
            ack["payload"] = payload;
        }
        self.0.send(Message::Text(ack.to_string().into())).await.unwrap();
    }
}

pub(crate) fn plain(text: &str) -> Value {
    json!({"type": "plain_text", "text": text})
}
pub(crate) fn markdown(text: &str) -> Value {
    json!({"type": "section", "text": {"type": "mrkdwn", "text": text}})
}
pub(crate) fn button(id: &str, label: &str, value: &str) -> Value {
    json!({"type": "button", "action_id": id, "text": plain(label), "value": value})
}
/// A form that asks for one line and one choice.
pub(crate) fn form() -> Value {
    let option = |v: &str, label: &str| json!({"text": plain(label), "value": v});
    json!({
        "type": "modal", "callback_id": "answer", "private_metadata": "round 7", "title": plain("Standup"),
        "submit": plain("Send"), "notify_on_close": true,
        "blocks": [
            markdown("For <#C1>: *three* minutes"),
            {"type": "input", "block_id": "q1", "label": plain("Yesterday?"), "hint": plain("briefly"),
             "element": {"type": "plain_text_input", "action_id": "a1", "multiline": true, "max_length": 20}},
            {"type": "input", "block_id": "q2", "label": plain("Mood"), "optional": true,
             "element": {"type": "static_select", "action_id": "a2",
                "options": [option("g", "Good"), option("b", "Bad")], "initial_option": option("g", "Good")}},
            {"type": "input", "block_id": "q3", "label": plain("Who helps?"), "optional": true,
             "element": {"type": "multi_users_select", "action_id": "a3"}},
        ],
    })
}
