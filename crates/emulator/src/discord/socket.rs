//! One gateway connection: hello, identify or resume, heartbeats, and events until it ends.

use super::{
    gateway::{Frame, intent},
    setup::PRIVILEGED_INTENTS,
    wire,
    world::World,
};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// Milliseconds between heartbeats, as Discord asks.
const HEARTBEAT_MS: u64 = 41_250;
/// Members up to which a server comes whole where the bot names no threshold.
const LARGE_THRESHOLD: u64 = 50;

/// Close codes (<https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway>).
mod close {
    pub(super) const UNKNOWN_OP: u16 = 4001;
    pub(super) const DECODE: u16 = 4002;
    pub(super) const NOT_AUTHENTICATED: u16 = 4003;
    pub(super) const AUTHENTICATION_FAILED: u16 = 4004;
    pub(super) const ALREADY_AUTHENTICATED: u16 = 4005;
    pub(super) const INVALID_SHARD: u16 = 4010;
    pub(super) const INVALID_INTENTS: u16 = 4013;
    pub(super) const DISALLOWED_INTENTS: u16 = 4014;
}

/// How envelopes go over the wire.
enum Spelling {
    Plain,
    /// `compress=zlib-stream`: one zlib stream for the connection, each message ending in a sync flush. Ours is made
    /// of stored blocks, which any inflater reads.
    Zlib {
        begun: bool,
    },
}

/// Serves a connection until it ends.
pub(super) async fn serve(mut socket: WebSocket, world: Arc<World>, query: &str) {
    let number = world.next_socket();
    let (out, mut frames) = unbounded_channel();
    let mut spelling = match query.split('&').any(|q| q == "compress=zlib-stream") {
        true => Spelling::Zlib { begun: false },
        false => Spelling::Plain,
    };
    if query.split('&').any(|q| q == "encoding=etf" || q == "compress=zstd-stream") {
        world.violation("the gateway was asked for etf or zstd, which the emulator does not speak");
    }
    let hello = json!({"op": 10, "s": null, "t": null, "d": {"heartbeat_interval": HEARTBEAT_MS}});
    let _ = out.send(Frame::Text(hello.to_string(), None));
    let mut talk = Talk { world: world.clone(), socket: number, out, session: None };
    loop {
        tokio::select! {
            frame = frames.recv() => match frame {
                Some(Frame::Text(text, on_its_way)) => {
                    let sent = socket.send(spelling.spell(text)).await;
                    drop(on_its_way);
                    if sent.is_err() { break }
                }
                Some(Frame::Close(code)) => {
                    let _ = socket.send(Message::Close(Some(CloseFrame { code, reason: reason(code).into() }))).await;
                    break;
                }
                Some(Frame::Cut) | None => break,
            },
            heard = socket.recv() => match heard {
                Some(Ok(Message::Text(text))) => talk.hear(&text),
                Some(Ok(Message::Close(frame))) => {
                    if frame.is_some_and(|f| matches!(f.code, 1000 | 1001)) {
                        world.lock().gateway.ended(number);
                    }
                    break;
                }
                Some(Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
        }
    }
    world.lock().gateway.left(number);
    drop(frames);
    world.traffic.changed();
}

fn reason(code: u16) -> &'static str {
    match code {
        close::AUTHENTICATION_FAILED => "Authentication failed.",
        close::DISALLOWED_INTENTS => "Disallowed intent(s).",
        close::INVALID_INTENTS => "Invalid intent(s).",
        close::NOT_AUTHENTICATED => "Not authenticated.",
        close::ALREADY_AUTHENTICATED => "Already authenticated.",
        _ => "",
    }
}

impl Spelling {
    fn spell(&mut self, text: String) -> Message {
        let Self::Zlib { begun } = self else { return Message::Text(text.into()) };
        let mut bytes = if *begun { vec![] } else { vec![0x78, 0x01] };
        *begun = true;
        for block in text.as_bytes().chunks(0xFFFF) {
            let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
            bytes.push(0);
            bytes.extend(length.to_le_bytes());
            bytes.extend((!length).to_le_bytes());
            bytes.extend(block);
        }
        bytes.extend([0, 0, 0, 0xFF, 0xFF]);
        Message::Binary(bytes.into())
    }
}

/// What a connection has said so far.
struct Talk {
    world: Arc<World>,
    socket: u64,
    out: UnboundedSender<Frame>,
    session: Option<String>,
}

impl Talk {
    fn say(&self, op: u8, data: &Value) {
        let envelope = json!({"op": op, "s": null, "t": null, "d": data});
        let _ = self.out.send(Frame::Text(envelope.to_string(), None));
    }
    fn close(&self, code: u16) {
        let _ = self.out.send(Frame::Close(code));
    }
    fn hear(&mut self, text: &str) {
        let Ok(envelope) = serde_json::from_str::<Value>(text) else { return self.close(close::DECODE) };
        let data = &envelope["d"];
        match envelope["op"].as_u64() {
            Some(1) => {
                if let (Some(session), Some(seq)) = (&self.session, data.as_u64()) {
                    self.world.lock().gateway.heard(session, seq);
                }
                self.say(11, &Value::Null);
            }
            Some(2) if self.session.is_some() => self.close(close::ALREADY_AUTHENTICATED),
            Some(2) => self.identify(data),
            Some(6) => self.resume(data),
            Some(_) if self.session.is_none() => self.close(close::NOT_AUTHENTICATED),
            Some(8) => self.members(data),
            Some(3 | 4) => {}
            _ => {
                self.world.violation(format!("the gateway was sent op {}, which it does not know", envelope["op"]));
                self.close(close::UNKNOWN_OP);
            }
        }
    }
    fn authentic(&self, data: &Value) -> bool {
        let token = data["token"].as_str().unwrap_or_default();
        self.world.accepts(token.trim_start_matches("Bot "))
    }
    fn identify(&mut self, data: &Value) {
        if !self.authentic(data) {
            return self.close(close::AUTHENTICATION_FAILED);
        }
        let Some(intents) = data["intents"].as_u64() else { return self.close(close::INVALID_INTENTS) };
        if intents & PRIVILEGED_INTENTS & !self.world.privileged() != 0 {
            return self.close(close::DISALLOWED_INTENTS);
        }
        let shard = (data["shard"][0].as_u64().unwrap_or(0), data["shard"][1].as_u64().unwrap_or(1));
        if shard.0 >= shard.1 {
            return self.close(close::INVALID_SHARD);
        }
        let mut asked = data.clone();
        asked["token"] = json!("…");
        let large = data["large_threshold"].as_u64().unwrap_or(LARGE_THRESHOLD);
        let mut inner = self.world.lock();
        let inner = &mut *inner;
        inner.gateway.identified.push(asked);
        let id = format!("{:032x}", inner.state.ids.next());
        inner.gateway.start(id.clone(), intents, shard, self.socket, self.out.clone());
        let state = &inner.state;
        let ready = json!({
            "v": 10, "user": wire::user_of(state, state.bot), "session_id": id, "shard": [shard.0, shard.1],
            "guilds": [{"id": wire::id(state.guild.id), "unavailable": true}], "private_channels": [],
            "resume_gateway_url": self.world.gateway_url(), "session_type": "normal",
            "application": {"id": wire::id(state.app), "flags": 0},
        });
        inner.gateway.one(&id, "READY", &ready);
        if intents & intent::GUILDS != 0 && (state.guild.id >> 22) % shard.1 == shard.0 {
            let whole = state.members.len() as u64 <= large && intents & intent::MEMBERS != 0;
            let members: Vec<u64> = if whole { state.members.keys().copied().collect() } else { vec![state.bot] };
            let guild = wire::guild_event(state, &members);
            inner.gateway.one(&id, "GUILD_CREATE", &guild);
        }
        self.session = Some(id);
        self.world.traffic.changed();
    }
    fn resume(&mut self, data: &Value) {
        if !self.authentic(data) {
            return self.close(close::AUTHENTICATION_FAILED);
        }
        let id = data["session_id"].as_str().unwrap_or_default();
        let seq = data["seq"].as_u64().unwrap_or(0);
        if self.world.lock().gateway.resume(id, seq, self.socket, &self.out) {
            self.session = Some(id.to_owned());
        } else {
            self.say(9, &json!(false));
        }
        self.world.traffic.changed();
    }
    /// Op 8: the members of a server, in chunks.
    fn members(&self, data: &Value) {
        let Some(session) = &self.session else { return };
        let mut inner = self.world.lock();
        let inner = &mut *inner;
        let state = &inner.state;
        let of: Vec<Value> = match &data["user_ids"] {
            Value::Null => state.members.keys().filter_map(|m| wire::member(state, *m)).collect(),
            asked => {
                let ids = asked.as_array().cloned().unwrap_or_else(|| vec![asked.clone()]);
                let ids = ids.iter().filter_map(|v| v.as_str().and_then(|s| s.parse().ok()));
                ids.filter_map(|m| wire::member(state, m)).collect()
            }
        };
        let count = of.len().div_ceil(1_000).max(1);
        for n in 0..count {
            let part: Vec<&Value> = of.iter().skip(n * 1_000).take(1_000).collect();
            let mut chunk = json!({
                "guild_id": wire::id(state.guild.id), "members": part, "chunk_index": n, "chunk_count": count,
                "not_found": [],
            });
            if !data["nonce"].is_null() {
                chunk["nonce"] = data["nonce"].clone();
            }
            inner.gateway.one(session, "GUILD_MEMBERS_CHUNK", &chunk);
        }
    }
}
