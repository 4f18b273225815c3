//! A town of our own: the least of Discord that the adapter's own stories need, on loopback. It is written from
//! Discord's documentation and shares nothing with the adapter.

use crate::desk::{Desk, Drawer, next};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{
        State,
        ws::{CloseFrame, Message as Frame, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use jeda_core::event::Inbound;
use jeda_discord::{Connected, DiscordConfig, connect};
use jeda_emulator::record::Call;
use jeda_engine::VirtualClock;
use jeda_tests::{assert_right, discord_call, judge_discord};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::{Notify, broadcast, mpsc};
use tokio_util::sync::CancellationToken;

pub(crate) const BOT: u64 = 1;
pub(crate) const GUILD: u64 = 200;
pub(crate) const ANA: u64 = 7;
pub(crate) const TOKEN: &str = "secret-token-of-the-bot";
/// The clock of the town stands at the beginning of a day, unless it is moved.
pub(crate) const NOW: &str = "2026-11-24T07:00:00Z";

/// What the town does with the next call that matches.
pub(crate) enum Fault {
    /// Answers this instead of doing anything.
    Instead(u16, Value),
    /// Does it, and then answers this.
    After(u16, Value),
}

/// A request, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) body: Value,
}

enum ToSocket {
    Dispatch(&'static str, Value),
    Close(u16),
}

#[derive(Default)]
struct World {
    asked: Vec<Asked>,
    /// The same, for the judge.
    judged: Vec<Call>,
    messages: Vec<Value>,
    faults: Vec<(String, Fault)>,
    threads: Vec<u64>,
    next: u64,
    sequence: u64,
}

pub(crate) struct Town {
    pub(crate) clock: Arc<VirtualClock>,
    url: String,
    world: Mutex<World>,
    changed: Notify,
    sockets: broadcast::Sender<Arc<ToSocket>>,
}

impl Town {
    pub(crate) async fn open() -> Arc<Self> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let town = Arc::new(Self {
            clock: Arc::new(VirtualClock::new(NOW.parse().unwrap())),
            url: format!("http://{}", listener.local_addr().unwrap()),
            world: Mutex::default(),
            changed: Notify::new(),
            sockets: broadcast::channel(1_024).0,
        });
        let routes = Router::new().route("/gateway/", get(upgrade)).route("/gateway", get(upgrade)).fallback(any(rest));
        let routes = routes.with_state(town.clone());
        // On a thread where nobody listens: what the town's own server logs is not the bot's.
        std::thread::spawn(move || {
            let _silent = tracing::subscriber::set_default(tracing::subscriber::NoSubscriber::default());
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), routes).await.unwrap();
            });
        });
        town
    }

    /// Where it is.
    pub(crate) fn address(&self) -> String {
        self.url.clone()
    }

    fn world(&self) -> std::sync::MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// The next call whose `METHOD path` contains this meets a fault.
    pub(crate) fn fault(&self, call: &str, fault: Fault) {
        self.world().faults.push((call.to_owned(), fault));
    }

    /// Every call so far whose `METHOD path` contains this.
    pub(crate) fn calls(&self, call: &str) -> Vec<Asked> {
        let world = self.world();
        world.asked.iter().filter(|it| format!("{} {}", it.method, it.path).contains(call)).cloned().collect()
    }

    /// Waits for the nth call that contains this.
    pub(crate) async fn call(&self, call: &str, nth: usize) -> Asked {
        let found = async {
            loop {
                let changed = self.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                if let Some(asked) = self.calls(call).into_iter().nth(nth) {
                    return asked;
                }
                changed.await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), found)
            .await
            .unwrap_or_else(|_| panic!("no {call}; there were {:#?}", self.calls("")))
    }

    /// # Panics
    /// When something was asked for that Discord's own description doesn't allow.
    pub(crate) fn was_asked_rightly(&self) {
        let judged = std::mem::take(&mut self.world().judged);
        assert_right(&judge_discord(&judged));
    }

    /// The messages of a channel, as they are now.
    pub(crate) fn messages(&self, channel: u64) -> Vec<Value> {
        let channel = channel.to_string();
        self.world().messages.iter().filter(|it| it["channel_id"] == channel.as_str()).cloned().collect()
    }

    /// Puts a message into a channel without telling anyone.
    pub(crate) fn written_unseen(&self, message: Value) {
        self.world().messages.push(message);
    }

    /// Says something over the gateway.
    pub(crate) fn happens(&self, name: &'static str, data: Value) {
        assert!(self.sockets.send(Arc::new(ToSocket::Dispatch(name, data))).is_ok(), "nobody is connected");
    }

    /// Closes the gateway with a code.
    pub(crate) fn closes(&self, code: u16) {
        let _ = self.sockets.send(Arc::new(ToSocket::Close(code)));
    }

    fn snowflake(&self, world: &mut World) -> u64 {
        world.next += 1;
        let millis = self.clock_millis() - 1_420_070_400_000;
        (millis << 22) + world.next
    }

    fn clock_millis(&self) -> u64 {
        use jeda_engine::Clock;
        u64::try_from(self.clock.now().as_millisecond()).unwrap()
    }

    fn stamp(&self) -> String {
        use jeda_engine::Clock;
        self.clock.now().to_string()
    }

    fn post(&self, channel: &str, body: &Value) -> Value {
        let mut world = self.world();
        if body["enforce_nonce"] == true
            && let Some(there) = world.messages.iter().find(|it| it["nonce"] == body["nonce"])
        {
            return there.clone();
        }
        let id = self.snowflake(&mut world).to_string();
        let message = json!({
            "id": id, "channel_id": channel, "author": user(BOT, "jeda", true), "content": body["content"],
            "embeds": body["embeds"], "components": body["components"], "nonce": body["nonce"],
            "timestamp": self.stamp(), "edited_timestamp": null, "tts": false, "mention_everyone": false,
            "mentions": [], "mention_roles": [], "attachments": [], "pinned": false, "type": 0,
        });
        world.messages.push(message.clone());
        message
    }

    /// Nonces are remembered for some minutes only, and history doesn't show them.
    pub(crate) fn forget_nonces(&self) {
        for message in &mut self.world().messages {
            message["nonce"] = Value::Null;
        }
    }

    fn answer(&self, method: &str, path: &str, query: &str, body: &Value) -> (u16, Value) {
        let parts: Vec<&str> = path.trim_start_matches("/api/v10/").split('/').collect();
        let ok = |value: Value| (200, value);
        match (method, &parts[..]) {
            ("GET", ["gateway"]) => ok(json!({"url": self.gateway()})),
            ("GET", ["gateway", "bot"]) => ok(json!({"url": self.gateway(), "shards": 1, "session_start_limit":
                {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}})),
            ("GET", ["users", "@me"]) => ok(user(BOT, "jeda", true)),
            ("GET", ["users", "@me", "guilds"]) => ok(json!([{"id": GUILD.to_string(), "name": "Town"}])),
            ("GET", ["oauth2", "applications", "@me"]) => ok(json!({"id": "42", "flags": 1 << 15})),
            ("PUT", ["applications", "42", "commands"]) => ok(body.clone()),
            ("POST", ["users", "@me", "channels"]) => {
                let user: u64 = body["recipient_id"].as_str().unwrap().parse().unwrap();
                ok(json!({"id": (600 + user).to_string(), "type": 1}))
            }
            ("POST", ["channels", channel, "messages"]) => ok(self.post(channel, body)),
            ("PATCH", ["channels", channel, "messages", message]) => self.edit(channel, message, body),
            ("GET", ["channels", channel, "messages"]) => ok(self.history(channel, query)),
            ("GET", ["channels", channel, "messages", message]) => {
                let found = self.messages(channel.parse().unwrap()).into_iter().find(|it| it["id"] == *message);
                found.map_or((404, json!({"code": 10_008, "message": "Unknown Message"})), ok)
            }
            ("POST", ["channels", _, "messages", message, "threads"]) => {
                let thread: u64 = message.parse().unwrap();
                let mut world = self.world();
                if world.threads.contains(&thread) {
                    return (400, json!({"code": 160_004, "message": "A thread has already been created"}));
                }
                world.threads.push(thread);
                (201, json!({"id": message, "type": 11}))
            }
            ("POST", ["channels", _, "threads"]) => {
                let mut world = self.world();
                let id = self.snowflake(&mut world);
                (201, json!({"id": id.to_string(), "type": body["type"]}))
            }
            ("PUT", ["channels", _, "thread-members", _]) => (204, Value::Null),
            ("POST", ["interactions", _, _, "callback"]) => (204, Value::Null),
            ("POST" | "PATCH", ["webhooks", ..]) => ok(self.post("300", body)),
            ("GET", ["guilds", _]) => ok(guild()),
            ("GET", ["guilds", _, "channels"]) => ok(guild()["channels"].clone()),
            ("GET", ["guilds", _, "members"]) => {
                ok(json!([member(ANA, "ana", &["9"]), member(8, "budi", &[]), member(BOT, "jeda", &[])]))
            }
            ("GET", ["guilds", _, "members", id]) => match *id {
                "7" => ok(member(ANA, "ana", &["9"])),
                "1" => ok(member(BOT, "jeda", &[])),
                _ => (404, json!({"code": 10_007, "message": "Unknown Member"})),
            },
            _ => panic!("the town knows no {method} {path}"),
        }
    }

    fn gateway(&self) -> String {
        format!("{}/gateway", self.url.replace("http", "ws"))
    }

    fn edit(&self, channel: &str, message: &str, body: &Value) -> (u16, Value) {
        let mut world = self.world();
        let found = world.messages.iter_mut().find(|it| it["id"] == message && it["channel_id"] == channel);
        let Some(found) = found else { return (404, json!({"code": 10_008, "message": "Unknown Message"})) };
        for part in ["content", "embeds", "components"] {
            found[part] = body[part].clone();
        }
        (200, found.clone())
    }

    fn history(&self, channel: &str, query: &str) -> Value {
        let after =
            query.split('&').find_map(|it| it.strip_prefix("after=")).map_or(0, |it| it.parse::<u64>().unwrap());
        let id = |it: &Value| it["id"].as_str().unwrap().parse::<u64>().unwrap();
        let mut all: Vec<Value> =
            self.messages(channel.parse().unwrap()).into_iter().filter(|it| id(it) > after).collect();
        all.reverse();
        all.truncate(100);
        all.into()
    }
}

async fn rest(State(town): State<Arc<Town>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let path = uri.path().to_owned();
    let fault = {
        let mut world = town.world();
        let address = uri.path_and_query().map_or(path.as_str(), |whole| whole.as_str());
        let mut call = discord_call(&format!("{method} {address}"), &body);
        if !body.is_null() {
            headers.get("content-type").map_or("", |it| it.to_str().unwrap()).clone_into(&mut call.content_type);
        }
        world.judged.push(call);
        world.asked.push(Asked { method: method.to_string(), path: path.clone(), body: body.clone() });
        let call = format!("{method} {path}");
        let at = world.faults.iter().position(|(it, _)| call.contains(it.as_str()));
        at.map(|at| world.faults.remove(at).1)
    };
    town.changed.notify_waiters();
    let authorised = headers.get("authorization").is_some_and(|it| it == format!("Bot {TOKEN}").as_str());
    let (status, value) = match fault {
        _ if !authorised => (401, json!({"code": 0, "message": "401: Unauthorized"})),
        Some(Fault::Instead(status, value)) => (status, value),
        Some(Fault::After(status, value)) => {
            town.answer(method.as_str(), &path, uri.query().unwrap_or(""), &body);
            (status, value)
        }
        None => town.answer(method.as_str(), &path, uri.query().unwrap_or(""), &body),
    };
    let status = StatusCode::from_u16(status).unwrap();
    if value.is_null() { status.into_response() } else { (status, Json(value)).into_response() }
}

async fn upgrade(State(town): State<Arc<Town>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| serve(socket, town))
}

async fn say(socket: &mut WebSocket, value: &Value) {
    let _ = socket.send(Frame::Text(value.to_string().into())).await;
}

async fn dispatch(socket: &mut WebSocket, town: &Town, name: &str, data: &Value) {
    let sequence = {
        let mut world = town.world();
        world.sequence += 1;
        world.sequence
    };
    say(socket, &json!({"op": 0, "s": sequence, "t": name, "d": data})).await;
}

async fn serve(mut socket: WebSocket, town: Arc<Town>) {
    let mut orders = town.sockets.subscribe();
    say(&mut socket, &json!({"op": 10, "d": {"heartbeat_interval": 40_000}})).await;
    loop {
        tokio::select! {
            frame = socket.recv() => {
                let Some(Ok(Frame::Text(text))) = frame else { return };
                let value: Value = serde_json::from_str(&text).unwrap();
                match value["op"].as_u64() {
                    Some(1) => say(&mut socket, &json!({"op": 11})).await,
                    Some(2) => {
                        let url = town.gateway();
                        let ready = json!({"v": 10, "user": user(BOT, "jeda", true), "session_id": "s", "resume_gateway_url": url,
                            "guilds": [{"id": GUILD.to_string(), "unavailable": true}], "shard": [0, 1],
                            "application": {"id": "42", "flags": 0}});
                        dispatch(&mut socket, &town, "READY", &ready).await;
                        dispatch(&mut socket, &town, "GUILD_CREATE", &guild()).await;
                    }
                    Some(6) => dispatch(&mut socket, &town, "RESUMED", &json!({})).await,
                    _ => {}
                }
            }
            order = orders.recv() => match order.as_deref() {
                Ok(ToSocket::Dispatch(name, data)) => dispatch(&mut socket, &town, name, data).await,
                Ok(ToSocket::Close(code)) => {
                    let _ = socket.send(Frame::Close(Some(CloseFrame { code: *code, reason: "".into() }))).await;
                }
                Err(_) => return,
            }
        }
    }
}

pub(crate) fn user(id: u64, name: &str, bot: bool) -> Value {
    json!({"id": id.to_string(), "username": name, "discriminator": "0", "global_name": null, "avatar": null, "bot": bot,
        "mfa_enabled": false, "verified": true, "email": null, "flags": 0})
}

pub(crate) fn member(id: u64, name: &str, roles: &[&str]) -> Value {
    json!({"user": user(id, name, id == BOT), "nick": null, "avatar": null, "roles": roles, "deaf": false, "mute": false,
        "joined_at": "2020-01-01T00:00:00+00:00", "flags": 0, "premium_since": null})
}

pub(crate) fn channel(id: u64, name: &str, overwrites: Value) -> Value {
    json!({"id": id.to_string(), "type": 0, "name": name, "guild_id": GUILD.to_string(), "position": 0,
        "permission_overwrites": overwrites, "nsfw": false, "parent_id": null, "topic": null, "last_message_id": null,
        "rate_limit_per_user": 0})
}

fn role(id: u64, name: &str, permissions: &str) -> Value {
    json!({"id": id.to_string(), "guild_id": GUILD.to_string(), "name": name, "color": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}, "hoist": false, "managed": false,
        "mentionable": false, "permissions": permissions, "position": 0, "flags": 0, "icon": null, "unicode_emoji": null})
}

/// Server 200 with #general for all and #ops for the role 9.
pub(crate) fn guild() -> Value {
    let hidden = json!([
        {"id": GUILD.to_string(), "type": 0, "allow": "0", "deny": "1024"},
        {"id": "9", "type": 0, "allow": "1024", "deny": "0"},
    ]);
    json!({
        "id": GUILD.to_string(), "name": "Town", "icon": null, "splash": null, "discovery_splash": null, "owner_id": "99",
        "afk_channel_id": null, "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 0,
        "explicit_content_filter": 0, "emojis": [], "features": [], "mfa_level": 0, "application_id": null,
        "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null, "vanity_url_code": null,
        "description": null, "banner": null, "premium_tier": 0, "preferred_locale": "id", "nsfw_level": 0,
        "public_updates_channel_id": null, "premium_progress_bar_enabled": false, "stickers": [],
        "roles": [role(GUILD, "@everyone", "377957207040"), role(9, "ops", "0")],
        "channels": [channel(300, "general", json!([])), channel(301, "ops", hidden)],
        "members": [member(BOT, "jeda", &[])], "threads": [], "presences": [], "voice_states": [], "stage_instances": [],
        "guild_scheduled_events": [], "soundboard_sounds": [], "joined_at": "2020-01-01T00:00:00+00:00", "large": false,
        "unavailable": false, "member_count": 3,
    })
}

/// A message of ana's to the bot.
pub(crate) fn direct(id: u64, content: &str) -> Value {
    json!({"id": id.to_string(), "channel_id": (600 + ANA).to_string(), "author": user(ANA, "ana", false), "content": content,
        "timestamp": NOW, "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0})
}

/// An interaction of ana's: in the server, or (without a server) in her direct messages.
pub(crate) fn interaction(id: u64, kind: u8, data: &Value, in_server: bool) -> Value {
    let mut json = json!({"id": id.to_string(), "application_id": "42", "type": kind, "data": data, "channel_id": "300",
        "channel": {"id": "300", "type": 0, "name": "general"}, "token": "secret-token-of-an-interaction", "version": 1,
        "app_permissions": "0", "locale": "en-US", "guild_locale": "en-US", "entitlements": [],
        "authorizing_integration_owners": {"0": GUILD.to_string()}, "context": 0, "attachment_size_limit": 1});
    if in_server {
        json["guild_id"] = GUILD.to_string().into();
        json["member"] = member(ANA, "ana", &[]);
        json["member"]["permissions"] = "0".into();
    } else {
        json["user"] = user(ANA, "ana", false);
    }
    json
}

/// The bot in the town.
pub(crate) struct Guest {
    pub(crate) town: Arc<Town>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) taken: mpsc::UnboundedReceiver<Inbound>,
    pub(crate) connected: Connected,
    pub(crate) stop: CancellationToken,
}

impl Guest {
    pub(crate) async fn arrives(town: &Arc<Town>, drawer: &Arc<Drawer>) -> Self {
        let (mut guest, connected) = Self::knocks(town, drawer, TOKEN).await;
        guest.connected = Some(connected.unwrap());
        let Knock { town, desk, taken, stop, connected } = guest;
        Self { town, desk, taken, stop, connected: connected.unwrap() }
    }

    pub(crate) async fn knocks(
        town: &Arc<Town>,
        drawer: &Arc<Drawer>,
        token: &str,
    ) -> (Knock, Result<Connected, jeda_discord::ConnectError>) {
        let (sender, taken) = mpsc::unbounded_channel();
        let desk = Arc::new(Desk { taken: sender, replies: Mutex::default(), gate: Mutex::default() });
        let stop = CancellationToken::new();
        let config = DiscordConfig { token: token.into(), api_url: Some(town.url.clone()), message_content: false };
        let connected = connect(config, desk.clone(), drawer.clone(), town.clock.clone(), stop.clone()).await;
        (Knock { town: town.clone(), desk, taken, stop, connected: None }, connected)
    }

    /// What the bot takes next that isn't a fact about the server.
    pub(crate) async fn takes(&mut self) -> Inbound {
        loop {
            let inbound = next(&mut self.taken).await;
            if !inbound.key.as_str().starts_with("seen/") {
                return inbound;
            }
        }
    }

    /// What it learns next.
    pub(crate) async fn learns(&mut self) -> jeda_core::event::Seen {
        loop {
            if let jeda_core::event::Event::Seen(seen) = next(&mut self.taken).await.event {
                return seen;
            }
        }
    }

    pub(crate) async fn leaves(self) {
        self.stop.cancel();
        tokio::time::timeout(Duration::from_secs(20), self.connected.run).await.unwrap().unwrap().unwrap();
        self.town.was_asked_rightly();
    }
}

/// The bot at the door.
pub(crate) struct Knock {
    pub(crate) town: Arc<Town>,
    pub(crate) desk: Arc<Desk>,
    pub(crate) taken: mpsc::UnboundedReceiver<Inbound>,
    pub(crate) stop: CancellationToken,
    pub(crate) connected: Option<Connected>,
}
