//! A local Discord: one server, its people, and the door for one bot.
//!
//! Promise: it answers what Discord answers, and refuses what Discord refuses. A route, field or length that it does
//! not know is a violation, which [`Discord::assert_clean`] brings to light. Point a bot at [`Discord::api_url`]
//! (`http://127.0.0.1:PORT`; REST below `/api/v10`, gateway at `ws://…/gw`) with [`Discord::token`].

mod check;
mod check_commands;
mod form;
mod gateway;
mod line;
mod mentions;
mod model;
mod pace;
mod people;
mod permissions;
mod refusal;
mod render;
mod rest;
mod setup;
mod socket;
mod wire;
mod world;

pub use form::{Field, Form};
pub use people::{Seen, User};
pub use setup::{INVITED, MANAGE_MESSAGES, MANAGE_WEBHOOKS, PRIVILEGED_INTENTS, Person, Room, Setup, TOKEN};

use crate::{
    door::{Cut, Door},
    fault::Faults,
    journal::{Act, Entry},
    quiet::Traffic,
    record::Recorder,
};
use axum::{
    Router,
    extract::{RawQuery, State, ws::WebSocketUpgrade},
    response::Response,
    routing::{any, get},
};
use gateway::{Frame, intent};
use model::kind;
use people::What;
use permissions::{self as may, Overwrite};
use serde_json::{Value, json};
use std::{io, sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinHandle};
use world::{Shared, World};

/// A running local Discord; it ends when this is dropped.
pub struct Discord {
    world: Shared,
    door: Door,
    serving: JoinHandle<()>,
}

impl std::fmt::Debug for Discord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Discord").field("address", &self.door.address()).finish_non_exhaustive()
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.serving.abort();
        self.door.shut(true);
    }
}

/// How long a command took, in real time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// From sending it to its callback.
    pub acknowledged: Duration,
    /// From sending it to the words of the answer.
    pub confirmed: Duration,
}

/// A command that was read once, to be sent many times: the load of a benchmark.
#[derive(Debug, Clone)]
pub struct Shot {
    user: User,
    command: people::Command,
}

impl Discord {
    /// Starts it on loopback.
    ///
    /// # Errors
    /// When the port is taken, or the setup names what is not there.
    pub async fn start(setup: Setup) -> io::Result<Self> {
        setup.check().map_err(|why| io::Error::new(io::ErrorKind::InvalidInput, why))?;
        let (door, listener) = Door::open_on(setup.port).await?;
        let world = Arc::new(World::new(&setup, door.address()));
        let sockets = || get(upgrade);
        let app = Router::new()
            .route("/gw", sockets())
            .route("/gw/", sockets())
            .fallback(any(rest::serve))
            .with_state(world.clone())
            .into_make_service_with_connect_info::<Cut>();
        let serving = tokio::spawn(async move {
            // The door has no end of its own: this runs until the handle is dropped.
            let _ = axum::serve(listener, app).await;
        });
        Ok(Self { world, door, serving })
    }
    /// `http://127.0.0.1:PORT`.
    pub fn api_url(&self) -> String {
        format!("http://{}", self.world.address())
    }
    /// `ws://127.0.0.1:PORT/gw`.
    pub fn gateway_url(&self) -> String {
        self.world.gateway_url()
    }
    /// The bot's token.
    pub fn token(&self) -> &str {
        self.world.token()
    }
    /// The server's id.
    pub fn guild_id(&self) -> u64 {
        self.world.lock().state.guild.id
    }
    /// The bot's user id, which is its application's.
    pub fn bot_id(&self) -> u64 {
        self.world.lock().state.bot
    }
    /// A channel's or thread's id.
    ///
    /// # Panics
    /// When there is none.
    pub fn channel_id(&self, name: &str) -> u64 {
        self.world.lock().state.channel_named(name).unwrap_or_else(|| panic!("there is no channel {name}"))
    }
    /// A role's id.
    ///
    /// # Panics
    /// When there is none.
    pub fn role_id(&self, name: &str) -> u64 {
        self.world.lock().state.role_named(name).unwrap_or_else(|| panic!("there is no role {name}"))
    }
    /// A person.
    ///
    /// # Panics
    /// When there is none.
    pub fn user(&self, name: &str) -> User {
        let id = self.world.lock().state.user_named(name);
        let id = id.unwrap_or_else(|| panic!("nobody on this Discord is called {name}"));
        User { world: self.world.clone(), id }
    }

    /// Trouble on demand, by operation (`POST /channels/{channel_id}/messages`).
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }
    /// What was asked, and which rules were broken.
    pub fn recorder(&self) -> &Recorder {
        &self.world.recorder
    }
    /// # Panics
    /// When a rule was broken: the list is the message.
    pub fn assert_clean(&self) {
        self.world.recorder.assert_clean();
    }
    /// What happened, oldest first.
    pub fn journal(&self) -> Vec<Entry> {
        self.world.journal.entries()
    }
    /// What happened after the first `seen` things, oldest first.
    pub fn journal_after(&self, seen: usize) -> Vec<Entry> {
        self.world.journal.after(seen)
    }
    /// What happened, one line each, for a failing test to print.
    pub fn transcript(&self) -> String {
        self.world.journal.transcript()
    }
    /// What is on its way: requests being served, events not yet written to their socket, interactions that wait for
    /// their answer (a deferred one included). Nothing tells here what the bot still does inside.
    pub fn in_flight(&self) -> usize {
        self.world.traffic.in_flight()
    }
    /// How many events were put on the gateway's sockets so far. Gateway events have no acknowledgement: a bot in the
    /// same program can be asked how many it has heard.
    pub fn events_told(&self) -> u64 {
        self.world.lock().gateway.told
    }
    /// A counter that changes whenever something happens.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.world.traffic.watch()
    }
    /// The traffic itself, to wait on.
    pub fn traffic(&self) -> &Traffic {
        &self.world.traffic
    }
    /// Waits until a bot is connected to the gateway. Bound it with a time-out of the caller's.
    pub async fn connected(&self) {
        self.world.traffic.until(|| self.world.lock().gateway.connected()).await;
    }
    /// Waits until at least `count` commands are registered.
    pub async fn registered(&self, count: usize) {
        self.world.traffic.until(|| self.world.lock().state.commands.len() >= count).await;
    }
    /// The registered commands, as Discord answers them.
    pub fn commands(&self) -> Vec<Value> {
        let inner = self.world.lock();
        inner.state.commands.values().map(|c| wire::command(&inner.state, c, true)).collect()
    }
    /// What each identify asked for (its token left out).
    pub fn identified(&self) -> Vec<Value> {
        self.world.lock().gateway.identified.clone()
    }
    /// How often a session was taken up again.
    pub fn resumed(&self) -> usize {
        self.world.lock().gateway.resumed
    }

    /// Rate limits from now on: per route, and fifty a second in all.
    pub fn limits_rates(&self, on: bool) {
        self.world.pace.switch(on);
    }
    /// How many requests were told to come back later.
    pub fn throttled(&self) -> usize {
        self.world.pace.throttled()
    }
    /// The token works no more: 401, and the gateway closes with 4004.
    pub fn revokes_token(&self) {
        self.world.revoke(true);
        let mut inner = self.world.lock();
        inner.gateway.end(|| Frame::Close(4004));
        inner.gateway.forget();
    }
    /// The token works again.
    pub fn restores_token(&self) {
        self.world.revoke(false);
    }
    /// Which privileged intents are granted from now on; asking for others closes with 4014.
    pub fn grants_intents(&self, bits: u64) {
        self.world.grant(bits);
    }
    /// Asks the bot to reconnect (op 7); it may resume.
    pub fn asks_to_reconnect(&self) {
        self.world.lock().gateway.say(&json!({"op": 7, "s": null, "t": null, "d": null}));
    }
    /// Declares the sessions invalid (op 9); `resumable`: they may be taken up again.
    pub fn invalidates_sessions(&self, resumable: bool) {
        let mut inner = self.world.lock();
        inner.gateway.say(&json!({"op": 9, "s": null, "t": null, "d": resumable}));
        if !resumable {
            inner.gateway.forget();
        }
    }
    /// Cuts the gateway's sockets without a word; sessions can be taken up again.
    pub fn drops_sockets(&self) {
        self.world.lock().gateway.end(|| Frame::Cut);
    }
    /// Closes the gateway's sockets with a code.
    pub fn closes_sockets(&self, code: u16) {
        self.world.lock().gateway.end(|| Frame::Close(code));
    }
    /// Forgets what sessions there were: a bot that resumes is told to identify.
    pub fn forgets_sessions(&self) {
        self.world.lock().gateway.forget();
    }
    /// Refuses every connection (`true`), or lets them in again; REST too.
    pub fn goes_down(&self, down: bool) {
        self.door.shut(down);
    }
    /// The next `count` events come twice.
    pub fn duplicates_next(&self, count: usize) {
        self.world.lock().gateway.twice = count;
    }
    /// The next `count` events are held back until all are there, and then come in reverse.
    pub fn reverses_next(&self, count: usize) {
        self.world.lock().gateway.hold = count;
    }
    /// Sends what is held back.
    pub fn releases_held(&self) {
        self.world.lock().gateway.release();
    }

    /// Adds a channel.
    pub fn adds_channel(&self, room: &Room) -> u64 {
        let mut inner = self.world.lock();
        let id = inner.state.add_room(room);
        self.tell(&mut inner, "CHANNEL_CREATE", id);
        self.told("created", &inner.state.place(id));
        id
    }
    /// Deletes a channel with its threads.
    pub fn deletes_channel(&self, name: &str) {
        let id = self.channel_id(name);
        let mut inner = self.world.lock();
        let place = inner.state.place(id);
        self.tell(&mut inner, "CHANNEL_DELETE", id);
        let inside = |c: &model::Channel| matches!(c.kind, model::Kind::Thread { parent, .. } if parent == id);
        inner.state.channels.retain(|key, c| *key != id && !inside(c));
        self.told("deleted", &place);
    }
    /// Renames a channel.
    pub fn renames_channel(&self, name: &str, to: &str) {
        let id = self.channel_id(name);
        let mut inner = self.world.lock();
        if let Some(channel) = inner.state.channels.get_mut(&id) {
            to.clone_into(&mut channel.name);
        }
        self.tell(&mut inner, "CHANNEL_UPDATE", id);
        self.told("renamed", &format!("#{name} to #{to}"));
    }
    /// Hides a channel from the bot (`true`), or shows it again.
    pub fn hides_channel(&self, name: &str, hidden: bool) {
        self.rules(name, "bot", if hidden { (0, may::VIEW) } else { (may::VIEW, 0) });
    }
    /// The bot may no longer write in a channel (`true`), or may again.
    pub fn mutes_bot_in(&self, name: &str, muted: bool) {
        let bits = may::SEND | may::SEND_IN_THREADS;
        self.rules(name, "bot", if muted { (0, bits) } else { (bits, 0) });
    }
    /// Sets a channel's overwrite for a person or `@role` (allowed bits, denied bits).
    pub fn overwrites(&self, channel: &str, who: &str, allow: u64, deny: u64) {
        self.rules(channel, who, (allow, deny));
    }
    fn rules(&self, name: &str, who: &str, (allow, deny): (u64, u64)) {
        let id = self.channel_id(name);
        let mut inner = self.world.lock();
        let state = &mut inner.state;
        let role = who.starts_with('@').then(|| state.role_named(who)).flatten();
        let whom = if who == "bot" { Some(state.bot) } else { role.or_else(|| state.user_named(who)) };
        let whom = whom.unwrap_or_else(|| panic!("there is no {who}"));
        if let Some(channel) = state.channels.get_mut(&id) {
            channel.overwrites.insert(whom, Overwrite { member: role.is_none(), allow, deny });
        }
        self.tell(&mut inner, "CHANNEL_UPDATE", id);
    }
    /// An administrator deletes every webhook of a channel. How many there were.
    pub fn deletes_webhooks(&self, channel: &str) -> usize {
        let id = self.channel_id(channel);
        let mut inner = self.world.lock();
        let before = inner.state.webhooks.len();
        inner.state.webhooks.retain(|_, hook| hook.channel != id);
        self.told("deleted the webhooks of", &inner.state.place(id));
        before - inner.state.webhooks.len()
    }
    /// How many webhooks a channel has.
    pub fn webhooks(&self, channel: &str) -> usize {
        let id = self.channel_id(channel);
        self.world.lock().state.webhooks.values().filter(|hook| hook.channel == id).count()
    }
    /// A moderator deletes somebody's message.
    pub fn moderates_away(&self, message: u64) {
        let mut inner = self.world.lock();
        let channel = inner.state.find_message(message).map(|it| it.channel);
        let channel = channel.unwrap_or_else(|| panic!("there is no message {message}"));
        {
            let by = inner.state.message(channel, message).map_or(0, |message| message.author);
            rest::messages::remove(&mut inner, &self.world, channel, message, by);
        }
    }
    /// Closes a thread, and locks it: nobody but moderators may write there.
    pub fn closes_thread(&self, name: &str) {
        let id = self.channel_id(name);
        let mut inner = self.world.lock();
        if let Some(channel) = inner.state.channels.get_mut(&id)
            && let model::Kind::Thread { archived, locked, .. } = &mut channel.kind
        {
            (*archived, *locked) = (true, true);
        }
        self.tell(&mut inner, "THREAD_UPDATE", id);
    }
    /// Changes what a role may do.
    pub fn changes_role(&self, name: &str, permissions: u64) {
        let mut inner = self.world.lock();
        let id = inner.state.role_named(name).unwrap_or_else(|| panic!("there is no role {name}"));
        let Some(role) = inner.state.roles.get_mut(&id) else { return };
        role.permissions = permissions;
        let role = wire::role(role);
        inner.tell_guild("GUILD_ROLE_UPDATE", intent::GUILDS, json!({"role": role}));
    }
    /// The bot is thrown out of the server (`true`), or invited again.
    pub fn throws_bot_out(&self, out: bool) {
        let mut inner = self.world.lock();
        let bot = inner.state.bot;
        let guild = inner.state.guild.id;
        if out {
            inner.state.members.remove(&bot);
            let data = json!({"id": wire::id(guild), "unavailable": false});
            inner.gateway.all("GUILD_DELETE", intent::GUILDS, Some(guild), |_| data.to_string());
        } else {
            let own = inner.state.roles.values().find(|r| r.managed).map(|r| r.id);
            inner.state.join(bot, own.into_iter().collect());
            let data = wire::guild_event(&inner.state, &[bot]);
            inner.gateway.all("GUILD_CREATE", intent::GUILDS, Some(guild), |_| data.to_string());
        }
    }
    fn tell(&self, inner: &mut world::Inner, name: &str, channel: u64) {
        if let Some(channel) = inner.state.channels.get(&channel).cloned() {
            inner.tell_channel(name, &channel, None);
        }
    }
    fn told(&self, what: &str, place: &str) {
        self.world.journal.write("", "an administrator", Act::Changed, None, || format!("{what} {place}"));
    }

    /// Reads a command once, to be sent many times.
    ///
    /// # Errors
    /// Why the person's Discord does not let them run it.
    pub fn aims(&self, user: &str, line: &str) -> Result<Shot, String> {
        let user = self.user(user);
        let command = user.reads(line)?;
        Ok(Shot { user, command })
    }
}

impl Shot {
    /// Sends the command and waits for its callback and its words, in real time; `None` when either does not come in
    /// the time that Discord gives.
    pub async fn fires(&self) -> Option<Timing> {
        let world = &self.user.world;
        let what = What {
            kind: kind::COMMAND,
            channel: self.command.channel,
            command: Some(&self.command.name),
            source: None,
            opener: None,
        };
        #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
        let started = std::time::Instant::now();
        let sent = self.user.send(&mut world.lock(), what, &self.command.name, &self.command.data);
        let answered = async {
            sent.acknowledged.await.ok()?;
            let acknowledged = started.elapsed();
            sent.confirmed.await.ok()?;
            Some(Timing { acknowledged, confirmed: started.elapsed() })
        };
        let timing = tokio::time::timeout(world.answer_within, answered).await.ok().flatten();
        if timing.is_none() {
            world.give_up(&sent.token, true);
        }
        timing
    }
}

async fn upgrade(State(world): State<Shared>, RawQuery(query): RawQuery, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| async move { socket::serve(socket, world, &query.unwrap_or_default()).await })
}
