//! What everything in the local Discord shares: the state, the gateway, and the books that are kept.

use super::{
    gateway::{Gateway, intent},
    model::{Answered, Channel, Message, State, kind},
    pace::Pace,
    permissions as may, render,
    setup::Setup,
    wire,
};
use crate::{
    fault::Faults,
    journal::{Act, Journal},
    quiet::Traffic,
    record::Recorder,
};
use serde_json::{Value, json};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

/// The state and who listens to it, changed together.
pub(super) struct Inner {
    pub(super) state: State,
    pub(super) gateway: Gateway,
}

pub(super) struct World {
    inner: Mutex<Inner>,
    pub(super) journal: Journal,
    pub(super) recorder: Recorder,
    pub(super) faults: Faults,
    pub(super) traffic: Traffic,
    pub(super) pace: Pace,
    pub(super) runtime: tokio::runtime::Handle,
    pub(super) answer_within: Duration,
    pub(super) keep: bool,
    address: SocketAddr,
    token: String,
    revoked: AtomicBool,
    privileged: AtomicU64,
    sockets: AtomicU64,
}

impl World {
    pub(super) fn new(setup: &Setup, address: SocketAddr) -> Self {
        let traffic = Traffic::default();
        Self {
            inner: Mutex::new(Inner { state: State::new(setup), gateway: Gateway::new(traffic.clone()) }),
            journal: Journal::new(setup.clock.clone(), setup.keep),
            recorder: Recorder::new(setup.keep),
            faults: Faults::default(),
            traffic,
            pace: Pace::default(),
            runtime: tokio::runtime::Handle::current(),
            answer_within: setup.answer_within,
            keep: setup.keep,
            address,
            token: setup.token.clone(),
            revoked: AtomicBool::new(false),
            privileged: AtomicU64::new(setup.privileged),
            sockets: AtomicU64::new(0),
        }
    }
    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub(super) fn violation(&self, what: impl Into<String>) {
        self.recorder.violation(what);
    }
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }
    pub(super) fn gateway_url(&self) -> String {
        format!("ws://{}/gw", self.address)
    }
    pub(super) fn token(&self) -> &str {
        &self.token
    }
    /// Whether this is the bot's token, and works.
    pub(super) fn accepts(&self, token: &str) -> bool {
        token == self.token && !self.revoked.load(Ordering::SeqCst)
    }
    pub(super) fn revoke(&self, revoked: bool) {
        self.revoked.store(revoked, Ordering::SeqCst);
    }
    pub(super) fn privileged(&self) -> u64 {
        self.privileged.load(Ordering::SeqCst)
    }
    pub(super) fn grant(&self, privileged: u64) {
        self.privileged.store(privileged, Ordering::SeqCst);
    }
    pub(super) fn next_socket(&self) -> u64 {
        self.sockets.fetch_add(1, Ordering::Relaxed)
    }
    /// Writes what happened to a message into the journal.
    pub(super) fn note(&self, state: &State, message: &Message, act: Act) {
        self.note_of(state, message, act, &state.writer(message));
    }
    /// The same of what somebody else did with a message.
    pub(super) fn note_of(&self, state: &State, message: &Message, act: Act, who: &str) {
        if !self.keep || message.loading {
            return;
        }
        let act = match (act, message.only_for) {
            (Act::Posted, Some(_)) => Act::Whispered,
            (act, _) => act,
        };
        let to = message.only_for.map(|u| state.username(u));
        let place = state.place(message.channel);
        self.journal.write(&place, who, act, to.as_deref(), || render::for_journal(state, message));
    }
    /// An interaction got no answer in time: its person is told so. `blame`: a bot was there, and should have.
    pub(super) fn give_up(&self, token: &str, blame: bool) {
        let mut inner = self.lock();
        let state = &mut inner.state;
        let Some(it) = state.interactions.get_mut(token).filter(|it| it.answered == Answered::No) else { return };
        it.answered = Answered::TooLate;
        it.in_flight = None;
        it.waiters = super::model::Waiters::default();
        let (user, channel, what, label) = (it.user, it.channel, it.kind, it.label.clone());
        if what != kind::AUTOCOMPLETE {
            let (place, who) = (state.place(channel), state.username(state.bot));
            let to = state.username(user);
            self.journal.write(&place, &who, Act::NoAnswer, Some(&to), || "The application did not respond".to_owned());
        }
        drop(inner);
        if blame && !self.faults.tolerant() {
            self.violation(format!("no answer in time to {label:?}"));
        }
        self.traffic.changed();
    }
}

impl Inner {
    /// Tells listeners about a message.
    pub(super) fn tell_message(&mut self, name: &str, message: &Message) {
        if message.only_for.is_some() {
            return;
        }
        let Self { state, gateway } = self;
        let here = state.in_guild(message.channel);
        if here && !state.can(state.bot, message.channel, may::VIEW) {
            return;
        }
        let (needs, guild) = match here {
            true => (intent::GUILD_MESSAGES, Some(state.guild.id)),
            false => (intent::DIRECT_MESSAGES, None),
        };
        let own = !here || message.author == state.bot || message.mentions.contains(&state.bot);
        gateway.all(name, needs, guild, |intents| {
            let mut value = wire::message_event(state, message, own || intents & intent::CONTENT != 0);
            if let Some(nonce) = message.nonce.as_ref().filter(|_| name == "MESSAGE_CREATE") {
                value["nonce"] = nonce.clone();
            }
            value.to_string()
        });
    }
    /// Tells listeners that a message is gone.
    pub(super) fn tell_deleted(&mut self, channel: u64, message: u64) {
        let Self { state, gateway } = self;
        let here = state.in_guild(channel);
        if here && !state.can(state.bot, channel, may::VIEW) {
            return;
        }
        let mut data = json!({"id": wire::id(message), "channel_id": wire::id(channel)});
        let (needs, guild) = if here {
            data["guild_id"] = wire::id(state.guild.id);
            (intent::GUILD_MESSAGES, Some(state.guild.id))
        } else {
            (intent::DIRECT_MESSAGES, None)
        };
        gateway.all("MESSAGE_DELETE", needs, guild, |_| data.to_string());
    }
    /// Tells listeners about something in the server.
    pub(super) fn tell_guild(&mut self, name: &str, needs: u64, mut data: Value) {
        if data.get("guild_id").is_none() {
            data["guild_id"] = wire::id(self.state.guild.id);
        }
        self.gateway.all(name, needs, Some(self.state.guild.id), |_| data.to_string());
    }
    /// Tells listeners about a channel or thread.
    pub(super) fn tell_channel(&mut self, name: &str, channel: &Channel, extra: Option<(&str, Value)>) {
        let mut data = wire::channel(&self.state, channel);
        if let Some((key, value)) = extra {
            data[key] = value;
        }
        self.tell_guild(name, intent::GUILDS, data);
    }
}

/// A shared world.
pub(super) type Shared = Arc<World>;
