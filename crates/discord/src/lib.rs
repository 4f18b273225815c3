//! The Discord adapter: what the gateway tells becomes core's events, what core owes becomes messages.
//!
//! [`connect`] begins to listen and gives the [`Discord`] that the courier delivers through. Reading and writing
//! are pure (`inbound`, `render`, `form`, `answer`, `commands`, `guild`); what is around them makes the calls.
//!
//! What a program that uses it has to do first: install rustls' ring provider as the process's default, since the
//! real gateway is reached over TLS. Where an API address is given, plain `http` and `ws` are used as they are.
//!
//! What the bot doesn't hear: the words of messages in servers' channels, unless it is set to read them (a privileged
//! intent, without which it holds none back); edits and deletions made while it had no connection. Direct messages of such a time are looked for when it is
//! back. A person who is asked in a thread, because they don't take direct messages, answers with the form.

mod answer;
mod catch_up;
mod commands;
mod connect;
mod deliver;
mod directory;
mod doctor;
mod escape;
mod form;
mod gateway;
mod guild;
mod hold;
mod inbound;
mod lanes;
mod listen;
mod mend;
mod places;
mod reconcile;
mod render;
mod rest;

pub use connect::{ConnectError, Connected, DiscordConfig, LinkState, Stopped, connect};
pub use doctor::{Examination, Server, examine, invitation, permissions};
pub use gateway::intents;
pub use inbound::{PLATFORM, guild_of, workspace};
pub use render::capabilities;
pub use rest::BadApiUrl;

use crate::{
    directory::Watched,
    guild::Plan,
    places::Places,
    reconcile::Memory,
    rest::{Call, Rest, Trouble},
};
use async_trait::async_trait;
use jeda_core::{
    effect::Outgoing,
    event::{Errand, Seen},
    id::WorkspaceId,
};
use jeda_engine::{Delivery, Found, Keep, Platform, clock::SharedClock};
use serenity::http::Route;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// Discord, as the courier sees it. One value serves every server that the bot is in.
#[derive(Debug)]
pub struct Discord {
    rest: Rest,
    places: Places,
    clock: SharedClockDebug,
    bot: Mutex<Option<u64>>,
    plans: Mutex<HashMap<u64, Plan>>,
    watched: Mutex<Watched>,
    memory: Mutex<Memory>,
    /// Events that came over the gateway so far.
    heard: AtomicU64,
    /// Discord shows the bot what others write.
    reads_words: bool,
    /// The bot's webhooks, by channel.
    hooks: Mutex<HashMap<u64, hold::Hook>>,
}

/// A clock has nothing to print.
struct SharedClockDebug(SharedClock);

impl std::fmt::Debug for SharedClockDebug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

impl std::ops::Deref for SharedClockDebug {
    type Target = SharedClock;
    fn deref(&self) -> &SharedClock {
        &self.0
    }
}

/// Locks plain values: they are whole even where a thread panicked beside them.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Discord {
    pub(crate) fn new(rest: Rest, keep: Arc<dyn Keep>, clock: SharedClock, reads_words: bool) -> Self {
        Self {
            rest,
            places: Places::new(keep),
            clock: SharedClockDebug(clock),
            bot: Mutex::default(),
            plans: Mutex::default(),
            watched: Mutex::default(),
            memory: Mutex::default(),
            heard: AtomicU64::default(),
            reads_words,
            hooks: Mutex::default(),
        }
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }

    fn watched(&self) -> MutexGuard<'_, Watched> {
        lock(&self.watched)
    }

    fn known_plan(&self, guild: u64) -> Option<Plan> {
        lock(&self.plans).get(&guild).cloned()
    }

    /// Whether a message is the bot's own. What isn't remembered is asked for, once in a run.
    async fn is_ours(&self, channel: u64, message: u64) -> bool {
        let known = self.memory().is_own(message);
        if let Some(own) = known {
            return own;
        }
        let Ok(bot) = self.bot().await else { return false };
        let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
        let own = match self.rest.call(Call::get(route)).await {
            Ok(found) => guild::id(&found["author"]["id"]) == Some(bot),
            // A thread that hangs on no message.
            Err(Trouble::Refused { .. }) => false,
            Err(_) => return false,
        };
        self.memory().wrote(message, own);
        own
    }

    /// Where in a server somebody writes: a channel, and the thread in it.
    fn place(&self, guild: u64, channel: u64) -> Option<(u64, Option<u64>)> {
        lock(&self.plans).get(&guild)?.place(channel)
    }

    fn put_plan(&self, plan: Plan) {
        lock(&self.plans).insert(plan.id, plan);
    }

    /// Changes a server's plan, where it is known.
    fn change_plan(&self, guild: u64, change: impl FnOnce(&mut Plan)) {
        if let Some(plan) = lock(&self.plans).get_mut(&guild) {
            change(plan);
        }
    }

    /// The bot's own user, as the gateway told it or as Discord answers.
    async fn bot(&self) -> Result<u64, Trouble> {
        if let Some(bot) = *lock(&self.bot) {
            return Ok(bot);
        }
        let me = self.rest.call(Call::get(Route::UserMe)).await?;
        let bot = guild::id(&me["id"]).ok_or_else(|| Trouble::Unknown("an answer without an id".into()))?;
        *lock(&self.bot) = Some(bot);
        Ok(bot)
    }
}

#[async_trait]
impl Platform for Discord {
    fn name(&self) -> &'static str {
        PLATFORM
    }

    fn waiting(&self) -> usize {
        self.rest.waiting()
    }

    fn heard(&self) -> u64 {
        self.heard.load(Ordering::SeqCst)
    }

    async fn deliver(&self, outgoing: &Outgoing) -> Delivery {
        self.try_deliver(outgoing).await.map_or_else(|delivery| delivery, Delivery::Sent)
    }

    async fn find(&self, outgoing: &Outgoing) -> Found {
        self.try_find(outgoing).await
    }

    async fn ask(&self, workspace: &WorkspaceId, errand: &Errand) -> Result<Seen, Delivery> {
        self.try_ask(workspace, errand).await
    }
}
