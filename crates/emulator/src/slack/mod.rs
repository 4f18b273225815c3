//! A local Slack, on loopback: the Web API and Socket Mode over a workspace of people, channels, messages and forms.
//!
//! Promise: whatever an app does here it can do there, and what Slack refuses is refused here, with Slack's own code.
//! What no correct app ever does (an unknown method, a block over its limit, a late acknowledgement) is kept as a
//! violation, which [`Slack::assert_clean`] turns into a failure. People act by name through [`Slack::user`].
//!
//! Absent: Enterprise Grid, shared channels, group conversations, files, reactions, user tokens, request signing.

mod api;
mod blocks;
mod form;
mod heart;
mod ids;
mod load;
mod markup;
mod model;
mod person;
mod reading;
mod socket;
mod trouble;

pub use form::{Form, FormField};
pub use load::{Acknowledged, Commands};
pub use person::{Answer, Person, Submitted};
pub use reading::Seen;

use crate::{
    clock::Clock,
    door::{Cut, Door},
    fault::Faults,
    journal::{Act, Entry, Journal},
    quiet::Traffic,
    record::Recorder,
};
use axum::{
    Router,
    routing::{any, get, post},
};
use heart::{Heart, channel_type};
use ids::ts_text;
use model::{Channel, Group, Kind, Person as PersonState, State};
use serde_json::{Value, json};
use std::{
    io,
    sync::{Arc, Mutex},
};
use tokio_util::sync::CancellationToken;

/// The scopes that a bot is given unless the setup says otherwise: enough for standups and messages.
pub const USUAL_SCOPES: &[&str] = &[
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "team:read",
    "usergroups:read",
    "users:read",
];

/// The events that a bot is told of unless the setup says otherwise.
pub const USUAL_EVENTS: &[&str] = &[
    "app_uninstalled",
    "channel_archive",
    "channel_rename",
    "channel_unarchive",
    "dnd_updated_user",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "subteam_members_changed",
    "team_join",
    "tokens_revoked",
    "user_change",
];

/// Somebody in the workspace.
#[derive(Debug, Clone)]
pub struct Member {
    name: String,
    real_name: String,
    zone: Option<String>,
    locale: String,
    admin: bool,
    bot: bool,
    guest: bool,
    deleted: bool,
}

impl Member {
    /// Somebody in UTC, with an English (12-hour) client.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            real_name: name.to_owned(),
            zone: Some("UTC".to_owned()),
            locale: "en-US".to_owned(),
            admin: false,
            bot: false,
            guest: false,
            deleted: false,
        }
    }
    /// With a full name.
    #[must_use]
    pub fn real_name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.real_name);
        self
    }
    /// In this zone (an IANA name).
    #[must_use]
    pub fn in_zone(mut self, zone: &str) -> Self {
        self.zone = Some(zone.to_owned());
        self
    }
    /// With no zone in the profile.
    #[must_use]
    pub fn without_zone(mut self) -> Self {
        self.zone = None;
        self
    }
    /// With a client in this language (`id-ID`).
    #[must_use]
    pub fn speaking(mut self, locale: &str) -> Self {
        locale.clone_into(&mut self.locale);
        self
    }
    /// An administrator.
    #[must_use]
    pub fn admin(mut self) -> Self {
        self.admin = true;
        self
    }
    /// Another bot.
    #[must_use]
    pub fn bot(mut self) -> Self {
        self.bot = true;
        self
    }
    /// A guest.
    #[must_use]
    pub fn guest(mut self) -> Self {
        self.guest = true;
        self
    }
    /// Deactivated long ago.
    #[must_use]
    pub fn deactivated(mut self) -> Self {
        self.deleted = true;
        self
    }
}

/// A workspace to start with.
pub struct Setup {
    workspace: String,
    clock: Clock,
    bot: String,
    people: Vec<Member>,
    /// (name, private, with the bot, members)
    channels: Vec<(String, bool, bool, Vec<String>)>,
    groups: Vec<(String, Vec<String>)>,
    scopes: Vec<String>,
    events: Vec<String>,
    keep_journal: bool,
    rate_limits: bool,
    page_max: usize,
    port: u16,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup")
            .field("workspace", &self.workspace)
            .field("people", &self.people)
            .finish_non_exhaustive()
    }
}

impl Setup {
    /// An empty workspace, with the bot `jeda` installed.
    pub fn new(workspace: &str, clock: Clock) -> Self {
        Self {
            workspace: workspace.to_owned(),
            clock,
            bot: "jeda".to_owned(),
            people: Vec::new(),
            channels: Vec::new(),
            groups: Vec::new(),
            scopes: USUAL_SCOPES.iter().map(|s| (*s).to_owned()).collect(),
            events: USUAL_EVENTS.iter().map(|s| (*s).to_owned()).collect(),
            keep_journal: true,
            rate_limits: false,
            page_max: 1_000,
            port: 0,
        }
    }
    /// With somebody.
    #[must_use]
    pub fn person(mut self, member: Member) -> Self {
        self.people.push(member);
        self
    }
    /// With a public channel (`#eng`) that these people and the bot are in.
    #[must_use]
    pub fn channel(self, name: &str, members: &[&str]) -> Self {
        self.place(name, false, true, members)
    }
    /// With a public channel that the bot is not in.
    #[must_use]
    pub fn channel_without_bot(self, name: &str, members: &[&str]) -> Self {
        self.place(name, false, false, members)
    }
    /// With a private channel that these people and the bot are in.
    #[must_use]
    pub fn private_channel(self, name: &str, members: &[&str]) -> Self {
        self.place(name, true, true, members)
    }
    /// With a private channel that the bot is not in.
    #[must_use]
    pub fn private_channel_without_bot(self, name: &str, members: &[&str]) -> Self {
        self.place(name, true, false, members)
    }
    fn place(mut self, name: &str, private: bool, with_bot: bool, members: &[&str]) -> Self {
        let members = members.iter().map(|m| (*m).to_owned()).collect();
        self.channels.push((name.trim_start_matches('#').to_owned(), private, with_bot, members));
        self
    }
    /// With a user group (`@backend`).
    #[must_use]
    pub fn group(mut self, handle: &str, members: &[&str]) -> Self {
        let members = members.iter().map(|m| (*m).to_owned()).collect();
        self.groups.push((handle.trim_start_matches('@').to_owned(), members));
        self
    }
    /// With these scopes instead of [`USUAL_SCOPES`].
    #[must_use]
    pub fn scopes(mut self, scopes: &[&str]) -> Self {
        self.scopes = scopes.iter().map(|s| (*s).to_owned()).collect();
        self
    }
    /// With these events (`message.channels` and the like) instead of [`USUAL_EVENTS`].
    #[must_use]
    pub fn events(mut self, events: &[&str]) -> Self {
        self.events = events.iter().map(|s| (*s).to_owned()).collect();
        self
    }
    /// With the bot called this.
    #[must_use]
    pub fn bot_named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.bot);
        self
    }
    /// Without journal, and without keeping calls: for load. Violations are kept all the same.
    #[must_use]
    pub fn keep_journal(mut self, keep: bool) -> Self {
        self.keep_journal = keep;
        self
    }
    /// With Slack's rate limits, counted on the emulator's clock.
    #[must_use]
    pub fn rate_limits(mut self, on: bool) -> Self {
        self.rate_limits = on;
        self
    }
    /// With pages of at most this many, whatever `limit` says, as Slack may.
    #[must_use]
    pub fn pages_of(mut self, most: usize) -> Self {
        self.page_max = most;
        self
    }
    /// On this port instead of any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    fn state(&self, now_ms: i64) -> State {
        let mut state = State::new(&self.workspace, &self.bot, "en-US");
        for member in &self.people {
            add_person(&mut state, member, now_ms);
        }
        for (name, private, with_bot, members) in &self.channels {
            let mut ids: Vec<String> = members.iter().map(|m| person_id(&state, m)).collect();
            ids.extend(with_bot.then(|| state.bot_user.clone()));
            let id = state.next_id('C');
            let kind = if *private { Kind::Private } else { Kind::Public };
            let channel =
                Channel { id, name: name.clone(), kind, members: ids, archived: false, created_ms: now_ms, with: None };
            state.channels.push(channel);
        }
        for (handle, members) in &self.groups {
            let members = members.iter().map(|m| person_id(&state, m)).collect();
            let id = state.next_id('S');
            let (handle, name) = (handle.clone(), handle.clone());
            state.groups.push(Group { id, handle, name, members, disabled: false, updated_ms: now_ms });
        }
        state.scopes = self.scopes.iter().cloned().collect();
        state.subscriptions = self.events.iter().cloned().collect();
        state.under_load = !self.keep_journal;
        state.rate_limits = self.rate_limits;
        state.page_max = self.page_max.max(1);
        state
    }
}

fn add_person(state: &mut State, member: &Member, now_ms: i64) -> String {
    let id = state.next_id('U');
    let mut person = PersonState::new(id.clone(), &member.name);
    person.real_name.clone_from(&member.real_name);
    person.tz.clone_from(&member.zone);
    person.locale.clone_from(&member.locale);
    person.is_admin = member.admin;
    person.is_bot = member.bot;
    person.is_guest = member.guest;
    person.deleted = member.deleted;
    person.updated_ms = now_ms;
    state.people.push(person);
    id
}

fn person_id(state: &State, name: &str) -> String {
    match state.person_named(name) {
        Some(person) => person.id.clone(),
        None => panic!("there is no person {name:?} in the setup"),
    }
}

/// What a bot is given to connect.
#[derive(Clone)]
pub struct Tokens {
    /// `xapp-…`, for Socket Mode.
    pub app: String,
    /// `xoxb-…`, for everything else.
    pub bot: String,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens(..)")
    }
}

/// A running local Slack. It ends when this is dropped.
pub struct Slack {
    heart: Arc<Heart>,
    server: tokio::task::JoinHandle<()>,
}

impl std::fmt::Debug for Slack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Slack").field("base", &self.heart.base).finish_non_exhaustive()
    }
}

impl Drop for Slack {
    fn drop(&mut self) {
        self.heart.closing.cancel();
        self.heart.door.shut(true);
        self.server.abort();
    }
}

impl Slack {
    /// Starts it on loopback.
    ///
    /// # Errors
    /// When no port is free.
    ///
    /// # Panics
    /// When the setup names a member of a channel or group who is not among its people.
    pub async fn start(setup: Setup) -> io::Result<Self> {
        let (door, listener) = Door::open_on(setup.port).await?;
        let base = format!("http://{}", door.address());
        let state = setup.state((setup.clock)());
        let heart = Arc::new(Heart {
            state: Mutex::new(state),
            sockets: socket::Sockets::default(),
            recorder: Recorder::new(setup.keep_journal),
            faults: Faults::default(),
            journal: Journal::new(setup.clock.clone(), setup.keep_journal),
            traffic: Traffic::default(),
            closing: CancellationToken::new(),
            runtime: tokio::runtime::Handle::current(),
            bot_token: "xoxb-1-emulator".to_owned(),
            app_token: "xapp-1-A0000000001-1-emulator".to_owned(),
            clock: setup.clock,
            door,
            base,
        });
        let router = Router::new()
            .route("/api/{method}", any(api::call))
            .route("/response/{*key}", post(api::response))
            .route("/link", get(api::link))
            .with_state(heart.clone());
        let service = router.into_make_service_with_connect_info::<Cut>();
        let server = tokio::spawn(async move {
            // It only ends by being dropped.
            let _ = axum::serve(listener, service).await;
        });
        Ok(Self { heart, server })
    }

    /// `http://127.0.0.1:PORT/api/`
    pub fn api_url(&self) -> String {
        format!("{}/api/", self.heart.base)
    }
    /// The tokens of the bot.
    pub fn tokens(&self) -> Tokens {
        Tokens { app: self.heart.app_token.clone(), bot: self.heart.bot_token.clone() }
    }
    /// Everything that the bot asked for, and every rule that it broke.
    pub fn recorder(&self) -> &Recorder {
        &self.heart.recorder
    }
    /// # Panics
    /// When a rule was broken; the message is the conversation and the rules.
    pub fn assert_clean(&self) {
        let violations = self.heart.recorder.violations();
        assert!(
            violations.is_empty(),
            "Slack's rules were broken:\n- {}\nwhat happened:\n{}",
            violations.join("\n- "),
            self.transcript()
        );
    }
    /// Trouble with calls; more is at [`Slack::drop_sockets`] and its neighbours.
    pub fn faults(&self) -> &Faults {
        &self.heart.faults
    }
    /// What happened, oldest first.
    pub fn journal(&self) -> Vec<Entry> {
        self.heart.journal.entries()
    }
    /// What happened after the first `seen` things, oldest first.
    pub fn journal_after(&self, seen: usize) -> Vec<Entry> {
        self.heart.journal.after(seen)
    }
    /// What happened, one line each, for a failing test to print.
    pub fn transcript(&self) -> String {
        self.heart.journal.transcript()
    }
    /// How much is on its way: envelopes not acknowledged, and calls being served.
    pub fn in_flight(&self) -> usize {
        self.heart.traffic.in_flight()
    }
    /// To wait for a change of anything.
    pub fn traffic(&self) -> &Traffic {
        &self.heart.traffic
    }
    /// Waits until nothing is on its way. A bot may still be thinking: its own quiet is its own business.
    pub async fn quiet(&self) {
        self.heart.traffic.until(|| self.heart.traffic.in_flight() == 0).await;
    }
    /// How many sockets are open.
    pub fn sockets(&self) -> usize {
        self.heart.sockets.count()
    }
    /// Waits until this many sockets are open.
    pub async fn connected(&self, sockets: usize) {
        self.heart.traffic.until(|| self.heart.sockets.count() >= sockets).await;
    }
    /// Events that wait for a socket.
    pub fn undelivered(&self) -> usize {
        self.heart.sockets.parked()
    }
    /// The next instant (epoch milliseconds, by the emulator's clock) at which an event comes again.
    pub fn next_due(&self) -> Option<i64> {
        self.heart.sockets.next_due()
    }
    /// Tells it that its clock moved, so that what is due goes out at once.
    pub fn time_passed(&self) {
        self.heart.sockets.clock_moved();
    }

    /// A person, by name.
    ///
    /// # Panics
    /// When there is none.
    pub fn user(&self, name: &str) -> Person {
        let name = name.trim_start_matches('@');
        let id = self.heart.look(|s| s.person_named(name).map(|p| p.id.clone()));
        let Some(id) = id else { panic!("there is no person {name:?}") };
        Person { heart: self.heart.clone(), id, name: name.to_owned() }
    }
    /// Slack's id of a channel (`#eng`).
    ///
    /// # Panics
    /// When there is none.
    pub fn channel_id(&self, name: &str) -> String {
        let found = self.heart.look(|s| s.channel_named(name).map(|c| c.id.clone()));
        found.unwrap_or_else(|| panic!("there is no channel {name}"))
    }
    /// Slack's id of a group (`@backend`).
    ///
    /// # Panics
    /// When there is none.
    pub fn group_id(&self, handle: &str) -> String {
        let found = self.heart.look(|s| s.group_named(handle).map(|g| g.id.clone()));
        found.unwrap_or_else(|| panic!("there is no group {handle}"))
    }
    /// Slack's id of the workspace.
    pub fn team_id(&self) -> String {
        self.heart.look(|s| s.team_id.clone())
    }
    /// The bot's user id.
    pub fn bot_user_id(&self) -> String {
        self.heart.look(|s| s.bot_user.clone())
    }

    /// Somebody new joins the workspace.
    pub fn welcomes(&self, member: &Member) -> Person {
        self.note_change(&member.name, "joined the workspace");
        let now_ms = self.heart.now();
        let id = self.heart.with(|state, events| {
            let id = add_person(state, member, now_ms);
            let user = state.person(&id).map(|p| state.person_json(p, true));
            events.push(json!({"type": "team_join", "user": user, "cache_ts": now_ms / 1_000,
                "event_ts": ts_text(state.next_ts(now_ms))}));
            id
        });
        Person { heart: self.heart.clone(), id, name: member.name.clone() }
    }
    /// Somebody makes a public channel (without the bot).
    ///
    /// # Panics
    /// When there is no such person.
    pub fn makes_channel(&self, name: &str, creator: &str) {
        let creator = self.user(creator);
        let now_ms = self.heart.now();
        self.heart.with(|state, _| {
            let id = state.next_id('C');
            let name = name.trim_start_matches('#').to_owned();
            let members = vec![creator.id.clone()];
            let channel =
                Channel { id, name, kind: Kind::Public, members, archived: false, created_ms: now_ms, with: None };
            state.channels.push(channel);
        });
    }
    /// Somebody archives a channel.
    pub fn archives(&self, channel: &str) {
        self.archive(channel, true);
    }
    /// Somebody brings a channel back.
    pub fn unarchives(&self, channel: &str) {
        self.archive(channel, false);
    }
    fn archive(&self, channel: &str, archived: bool) {
        let id = self.channel_id(channel);
        self.note_change(channel, if archived { "was archived" } else { "came back" });
        self.heart.with(|state, events| {
            let who = state.channel(&id).and_then(|c| c.members.first().cloned());
            let private = state.channel(&id).is_some_and(|c| c.kind == Kind::Private);
            let subject = if private { "group" } else { "channel" };
            let verb = if archived { "archive" } else { "unarchive" };
            if let Some(channel) = state.channel_mut(&id) {
                channel.archived = archived;
            }
            let event_ts = state.next_ts(self.heart.now());
            events.push(json!({"type": format!("{subject}_{verb}"), "channel": id, "user": who, "is_moved": 0,
                "event_ts": ts_text(event_ts)}));
        });
    }
    /// Somebody renames a channel.
    pub fn renames(&self, channel: &str, to: &str) {
        let id = self.channel_id(channel);
        self.note_change(channel, &format!("is now {to}"));
        self.heart.with(|state, events| {
            let to = to.trim_start_matches('#');
            let Some(channel) = state.channel_mut(&id) else { return };
            to.clone_into(&mut channel.name);
            let (private, created) = (channel.kind == Kind::Private, channel.created_ms / 1_000);
            let event_ts = state.next_ts(self.heart.now());
            events.push(json!({"type": if private { "group_rename" } else { "channel_rename" },
                "channel": {"id": id, "name": to, "name_normalized": to, "created": created,
                    "is_channel": !private, "is_mpim": false},
                "event_ts": ts_text(event_ts)}));
        });
    }
    /// Somebody invites the bot.
    pub fn invites_bot(&self, channel: &str) {
        let id = self.channel_id(channel);
        let inviter = self.heart.look(|s| s.channel(&id).and_then(|c| c.members.first().cloned()));
        joins(&self.heart, &self.bot_user_id(), &id, inviter);
    }
    /// Somebody removes the bot.
    pub fn removes_bot(&self, channel: &str) {
        leaves(&self.heart, &self.bot_user_id(), &self.channel_id(channel));
    }
    /// The members of a group change.
    ///
    /// # Panics
    /// When there is no such group or person.
    pub fn changes_group(&self, handle: &str, members: &[&str]) {
        let id = self.group_id(handle);
        let now_ms = self.heart.now();
        self.heart.with(|state, events| {
            let members: Vec<String> = members.iter().map(|m| person_id(state, m)).collect();
            let team_id = state.team_id.clone();
            let event_ts = state.next_ts(now_ms);
            let Some(group) = state.groups.iter_mut().find(|g| g.id == id) else { return };
            let added: Vec<&String> = members.iter().filter(|m| !group.members.contains(m)).collect();
            let removed: Vec<&String> = group.members.iter().filter(|m| !members.contains(m)).collect();
            events.push(json!({"type": "subteam_members_changed", "subteam_id": id, "team_id": team_id,
                "date_previous_update": group.updated_ms / 1_000, "date_update": now_ms / 1_000,
                "added_users": added, "added_users_count": added.len(),
                "removed_users": removed, "removed_users_count": removed.len(), "event_ts": ts_text(event_ts)}));
            group.updated_ms = now_ms;
            group.members = members;
        });
    }

    fn note_change(&self, who: &str, what: &str) {
        self.heart.journal.write("", who, Act::Changed, None, || what.to_owned());
    }
}

fn joins(heart: &Arc<Heart>, user: &str, channel: &str, inviter: Option<String>) {
    heart.with(|state, events| {
        let (team_id, event_ts) = (state.team_id.clone(), state.next_ts(heart.now()));
        let Some(place) = state.channel_mut(channel) else { return };
        if place.members.iter().any(|m| m == user) {
            return;
        }
        place.members.push(user.to_owned());
        let mut event = membership_event("member_joined_channel", user, place, &team_id, event_ts);
        if let Some(inviter) = inviter {
            event["inviter"] = json!(inviter);
        }
        events.push(event);
        heart.journal.write(&state.place(channel), &state.name_of(user), Act::Changed, None, || "joined".to_owned());
    });
}

fn leaves(heart: &Arc<Heart>, user: &str, channel: &str) {
    heart.with(|state, events| {
        let (team_id, event_ts) = (state.team_id.clone(), state.next_ts(heart.now()));
        let Some(place) = state.channel_mut(channel) else { return };
        if !place.members.iter().any(|m| m == user) {
            return;
        }
        place.members.retain(|m| m != user);
        events.push(membership_event("member_left_channel", user, place, &team_id, event_ts));
        heart.journal.write(&state.place(channel), &state.name_of(user), Act::Changed, None, || "left".to_owned());
    });
}

fn membership_event(kind: &str, user: &str, channel: &Channel, team_id: &str, event_ts: ids::Ts) -> Value {
    // Slack says C for a public channel and G for a private one here, unlike anywhere else.
    let letter = if channel_type(channel) == "channel" { "C" } else { "G" };
    json!({"type": kind, "user": user, "channel": channel.id, "channel_type": letter, "team": team_id,
        "event_ts": ts_text(event_ts)})
}
