//! A bot made by hand.

use futures_util::{SinkExt, StreamExt};
use jeda_emulator::{
    clock::HandClock,
    discord::{Discord, Person, Room, Setup},
};
use jeda_tests::{assert_right, discord_call, judge_discord_answer, judge_discord_rules};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

/// 2026-11-24T04:00:00Z.
pub(crate) const NOW: i64 = 1_795_492_800_000;
/// Servers, members, server messages, direct messages, message content.
pub(crate) const INTENTS: u64 = 1 | 1 << 1 | 1 << 9 | 1 << 12 | 1 << 15;

pub(crate) fn setup(clock: &HandClock) -> Setup {
    Setup::new("Acme", clock.clock())
        .person(Person::named("sari").display("Sari W").locale("id").zone("Asia/Jakarta"))
        .person(Person::named("ana").admin().zone("Europe/Berlin"))
        .person(Person::named("guest").outside())
        .role("backend")
        .room(Room::text("general").topic("all of us"))
        .room(Room::text("eng"))
        .room(Room::text("leads").only(["ana"]))
        .room(Room::text("private").only(["sari"]).without_bot())
}

pub(crate) async fn start() -> (Discord, HandClock) {
    let clock = HandClock::at(NOW);
    (Discord::start(setup(&clock)).await.unwrap(), clock)
}

pub(crate) struct Bot {
    pub(crate) url: String,
    pub(crate) token: String,
    pub(crate) http: reqwest::Client,
    pub(crate) app: String,
    pub(crate) guild: String,
}

impl Bot {
    pub(crate) fn of(discord: &Discord) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            url: discord.api_url(),
            token: discord.token().to_owned(),
            http: reqwest::Client::builder().no_proxy().build().unwrap(),
            app: discord.bot_id().to_string(),
            guild: discord.guild_id().to_string(),
        }
    }
    pub(crate) fn request(&self, verb: &str, path: &str, body: &Value) -> reqwest::RequestBuilder {
        let verb: reqwest::Method = verb.parse().unwrap();
        let request = self.http.request(verb, format!("{}/api/v10{path}", self.url));
        let request = request.header("authorization", format!("Bot {}", self.token));
        if body.is_null() { request } else { request.json(body) }
    }
    pub(crate) async fn call(&self, verb: &str, path: &str, body: Value) -> (u16, Value) {
        let answer = self.request(verb, path, &body).send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        let value: Value = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
        if (200..300).contains(&status) {
            let request = format!("{verb} {path}");
            assert_right(&judge_discord_rules(&[discord_call(&request, &body)]));
            assert_right(&judge_discord_answer(&request, status, &value));
        }
        (status, value)
    }
    /// A call that must succeed.
    pub(crate) async fn does(&self, verb: &str, path: &str, body: Value) -> Value {
        let (status, value) = self.call(verb, path, body).await;
        assert!((200..300).contains(&status), "{verb} {path}: {status} {value}");
        value
    }
    /// A call that must be refused: its status and code.
    pub(crate) async fn refused(&self, verb: &str, path: &str, body: Value) -> (u16, u64) {
        let (status, value) = self.call(verb, path, body).await;
        assert!(status >= 400, "{verb} {path} was not refused: {value}");
        (status, value["code"].as_u64().unwrap())
    }
    pub(crate) async fn say(&self, channel: u64, body: Value) -> Value {
        self.does("POST", &format!("/channels/{channel}/messages"), body).await
    }
    pub(crate) async fn open_dm(&self, user: u64) -> u64 {
        id(&self.does("POST", "/users/@me/channels", json!({"recipient_id": user.to_string()})).await)
    }
    /// Registers commands in the server.
    pub(crate) async fn registers(&self, commands: Value) -> Value {
        self.does("PUT", &format!("/applications/{}/guilds/{}/commands", self.app, self.guild), commands).await
    }
    pub(crate) async fn answers(&self, interaction: &Value, kind: u8, data: Value) {
        let mut body = json!({"type": kind});
        if !data.is_null() {
            body["data"] = data;
        }
        self.does("POST", &callback(interaction), body).await;
    }
    pub(crate) fn webhook(&self, interaction: &Value, rest: &str) -> String {
        format!("/webhooks/{}/{}{rest}", self.app, interaction["token"].as_str().unwrap())
    }
}

pub(crate) fn callback(interaction: &Value) -> String {
    format!("/interactions/{}/{}/callback", interaction["id"].as_str().unwrap(), interaction["token"].as_str().unwrap())
}

/// A text with nobody to notify.
pub(crate) fn text(words: &str) -> Value {
    json!({"content": words, "allowed_mentions": {"parse": []}})
}

pub(crate) fn id(value: &Value) -> u64 {
    value["id"].as_str().unwrap().parse().unwrap()
}

/// A gateway connection.
pub(crate) struct Ears {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) seq: u64,
    pub(crate) session: String,
}

impl Ears {
    pub(crate) async fn dial(url: &str) -> Self {
        let (socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        Self { socket, seq: 0, session: String::new() }
    }
    /// Connects and identifies, as far as READY.
    pub(crate) async fn listen(discord: &Discord, intents: u64) -> Self {
        let mut ears = Self::dial(&discord.gateway_url()).await;
        assert_eq!(ears.next().await["op"], 10);
        ears.identify(discord.token(), intents).await;
        let ready = ears.event("READY").await;
        ears.session = ready["session_id"].as_str().unwrap().to_owned();
        ears
    }
    pub(crate) async fn identify(&mut self, token: &str, intents: u64) {
        let properties = json!({"os": "linux", "browser": "test", "device": "test"});
        self.send(json!({"op": 2, "d": {"token": token, "intents": intents, "properties": properties}})).await;
    }
    pub(crate) async fn send(&mut self, envelope: Value) {
        self.socket.send(Message::Text(envelope.to_string().into())).await.unwrap();
    }
    async fn frame(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(Duration::from_secs(20), self.socket.next());
        next.await.expect("nothing came").and_then(Result::ok)
    }
    pub(crate) async fn next(&mut self) -> Value {
        match self.frame().await {
            Some(Message::Text(text)) => {
                let envelope: Value = serde_json::from_str(&text).unwrap();
                self.seq = envelope["s"].as_u64().unwrap_or(self.seq);
                envelope
            }
            other => panic!("no envelope but {other:?}"),
        }
    }
    /// The next event of this name; others before it are passed over.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        loop {
            let envelope = self.next().await;
            if envelope["t"] == name {
                return envelope["d"].clone();
            }
        }
    }
    /// The close code; `None` when the socket just ended.
    pub(crate) async fn end(&mut self) -> Option<u16> {
        loop {
            match self.frame().await {
                Some(Message::Close(frame)) => return frame.map(|f| f.code.into()),
                Some(_) => {}
                None => return None,
            }
        }
    }
    pub(crate) async fn binary(&mut self) -> Vec<u8> {
        match self.frame().await {
            Some(Message::Binary(bytes)) => bytes.to_vec(),
            other => panic!("no binary but {other:?}"),
        }
    }
}
