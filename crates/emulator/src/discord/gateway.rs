//! Gateway sessions: who listens for what, what they were sent, and what they missed.
//! (<https://discord.com/developers/docs/events/gateway>)

use crate::quiet::{InFlight, Traffic};
use serde_json::{Value, json};
use std::collections::VecDeque;
use tokio::sync::mpsc::UnboundedSender;

/// Gateway intents, by Discord's bits.
pub(super) mod intent {
    pub(in crate::discord) const GUILDS: u64 = 1;
    pub(in crate::discord) const MEMBERS: u64 = 1 << 1;
    pub(in crate::discord) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(in crate::discord) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(in crate::discord) const CONTENT: u64 = 1 << 15;
}

/// Events that a session can be given again.
const REPLAY_MAX: usize = 1_000;
/// Sessions remembered, the ended ones first forgotten.
const SESSIONS_MAX: usize = 16;

/// What goes out on a socket.
#[derive(Debug)]
pub(super) enum Frame {
    /// An envelope; on its way until it was written.
    Text(String, Option<InFlight>),
    /// Close, with a code.
    Close(u16),
    /// Cut, without a word.
    Cut,
}

#[derive(Debug)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) intents: u64,
    shard: (u64, u64),
    seq: u64,
    log: VecDeque<(u64, String)>,
    out: Option<(u64, UnboundedSender<Frame>)>,
    /// Events that were written and that the bot has not said to have read.
    unheard: VecDeque<(u64, InFlight)>,
}

/// All sessions, and the trouble ordered for them.
#[derive(Debug, Default)]
pub(super) struct Gateway {
    sessions: Vec<Session>,
    traffic: Traffic,
    /// What each identify asked for, without its token.
    pub(super) identified: Vec<Value>,
    pub(super) resumed: usize,
    /// How many of the next events come twice.
    pub(super) twice: usize,
    /// How many of the next events are held back, to come in reverse.
    pub(super) hold: usize,
    held: Vec<(String, String, u64, Option<u64>, InFlight)>,
    /// Whether a heartbeat is asked for after each event, which tells how far the bot has read.
    pub(super) asks_heard: bool,
}

impl Gateway {
    pub(super) fn new(traffic: Traffic) -> Self {
        Self { traffic, ..Self::default() }
    }
    /// Whether some session is connected.
    pub(super) fn connected(&self) -> bool {
        self.sessions.iter().any(|s| s.out.is_some())
    }
    /// Whether some session is connected, or may come back.
    pub(super) fn reachable(&self) -> bool {
        !self.sessions.is_empty()
    }
    /// Starts a session on connection `socket`.
    pub(super) fn start(
        &mut self,
        id: String,
        intents: u64,
        shard: (u64, u64),
        socket: u64,
        out: UnboundedSender<Frame>,
    ) {
        if self.sessions.len() >= SESSIONS_MAX {
            let ended = self.sessions.iter().position(|s| s.out.is_none());
            self.sessions.remove(ended.unwrap_or(0));
        }
        self.sessions.push(Session {
            id,
            intents,
            shard,
            seq: 0,
            log: VecDeque::new(),
            out: Some((socket, out)),
            unheard: VecDeque::new(),
        });
    }
    /// Takes a session up again after event `seq`: `false` when there is no such session or it missed too much.
    pub(super) fn resume(&mut self, id: &str, seq: u64, socket: u64, out: &UnboundedSender<Frame>) -> bool {
        let Some(session) = self.sessions.iter_mut().find(|s| s.id == id) else { return false };
        let oldest = session.log.front().map_or(session.seq + 1, |e| e.0);
        if seq > session.seq || seq + 1 < oldest {
            self.sessions.retain(|s| s.id != id);
            return false;
        }
        session.out = Some((socket, out.clone()));
        for (_, text) in session.log.iter().filter(|(n, _)| *n > seq) {
            let _ = out.send(Frame::Text(text.clone(), Some(self.traffic.begin())));
        }
        self.resumed += 1;
        self.one(id, "RESUMED", &json!({}));
        true
    }
    /// Connection `socket` ended; its session may be taken up again.
    pub(super) fn left(&mut self, socket: u64) {
        for session in &mut self.sessions {
            if session.out.take_if(|o| o.0 == socket).is_some() {
                session.unheard.clear();
            }
        }
    }
    /// The bot has read a session's events up to this one.
    pub(super) fn heard(&mut self, id: &str, seq: u64) {
        if let Some(session) = self.sessions.iter_mut().find(|s| s.id == id) {
            session.unheard.retain(|(n, _)| *n > seq);
        }
    }
    /// Sends an event to one session.
    pub(super) fn one(&mut self, id: &str, name: &str, data: &Value) {
        let text = data.to_string();
        let Self { sessions, traffic, asks_heard, .. } = self;
        if let Some(session) = sessions.iter_mut().find(|s| s.id == id) {
            session.send(traffic, name, &text, *asks_heard);
        }
    }
    /// Sends an event to all sessions that asked for it. `guild`: which server it is about, for shards. `data` is
    /// made anew for each set of intents (words are left out for who may not read them).
    pub(super) fn all(&mut self, name: &str, needs: u64, guild: Option<u64>, data: impl Fn(u64) -> String) {
        let texts: Vec<(u64, String)> = {
            let mut seen: Vec<(u64, String)> = vec![];
            for s in &self.sessions {
                if s.wants(needs, guild) && !seen.iter().any(|(i, _)| *i == s.intents) {
                    seen.push((s.intents, data(s.intents)));
                }
            }
            seen
        };
        for (intents, text) in texts {
            if self.hold > 0 {
                self.held.push((name.to_owned(), text, intents, guild, self.traffic.begin()));
            } else {
                let times = if self.twice > 0 { 2 } else { 1 };
                for _ in 0..times {
                    self.deliver(name, &text, intents, guild);
                }
            }
        }
        self.twice = self.twice.saturating_sub(1);
        if self.hold > 0 {
            self.hold -= 1;
            if self.hold == 0 {
                self.release();
            }
        }
    }
    fn deliver(&mut self, name: &str, text: &str, intents: u64, guild: Option<u64>) {
        let Self { sessions, traffic, asks_heard, .. } = self;
        for session in sessions.iter_mut().filter(|s| s.intents == intents && s.wants(0, guild)) {
            session.send(traffic, name, text, *asks_heard);
        }
    }
    /// Sends what was held back, the last first.
    pub(super) fn release(&mut self) {
        self.hold = 0;
        while let Some((name, text, intents, guild, _on_its_way)) = self.held.pop() {
            self.deliver(&name, &text, intents, guild);
        }
    }
    /// Says something that is not an event to every connected session (op 7, op 9).
    pub(super) fn say(&mut self, envelope: &Value) {
        for (_, out) in self.sessions.iter().filter_map(|s| s.out.as_ref()) {
            let _ = out.send(Frame::Text(envelope.to_string(), Some(self.traffic.begin())));
        }
    }
    /// Ends every connection.
    pub(super) fn end(&mut self, frame: impl Fn() -> Frame) {
        for session in &mut self.sessions {
            session.unheard.clear();
            if let Some((_, out)) = session.out.take() {
                let _ = out.send(frame());
            }
        }
    }
    /// The bot closed connection `socket` for good (1000, 1001): its session can't be taken up again.
    pub(super) fn ended(&mut self, socket: u64) {
        self.sessions.retain(|s| s.out.as_ref().is_none_or(|o| o.0 != socket));
    }
    /// Forgets every session: none can be taken up again.
    pub(super) fn forget(&mut self) {
        self.sessions.clear();
    }
}

impl Session {
    fn wants(&self, needs: u64, guild: Option<u64>) -> bool {
        let here = guild.map_or(0, |g| (g >> 22) % self.shard.1.max(1)) == self.shard.0;
        here && (needs == 0 || self.intents & needs == needs)
    }
    fn send(&mut self, traffic: &Traffic, name: &str, data: &str, asks_heard: bool) {
        self.seq += 1;
        let text = format!(r#"{{"op":0,"s":{},"t":"{name}","d":{data}}}"#, self.seq);
        if self.log.len() == REPLAY_MAX {
            self.log.pop_front();
        }
        if let Some((_, out)) = &self.out
            && out.send(Frame::Text(text.clone(), Some(traffic.begin()))).is_err()
        {
            self.out = None;
            self.unheard.clear();
        }
        if let Some((_, out)) = self.out.as_ref().filter(|_| asks_heard) {
            self.unheard.push_back((self.seq, traffic.begin()));
            let _ = out.send(Frame::Text(r#"{"op":1,"s":null,"t":null,"d":null}"#.to_owned(), None));
        }
        self.log.push_back((self.seq, text));
    }
}
