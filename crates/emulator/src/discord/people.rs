//! People act by name: what they type, click, fill in and see.
//!
//! What a person's Discord would not let them do (an unknown command, a missing option, a button that is not there)
//! panics with the reason: a story that does it is wrong. [`User::tries`] tells instead.

use super::{
    form::{self, Form},
    gateway::intent,
    line,
    model::{Answered, Attachment, Interaction, Message, State, Waiters, kind, made_at},
    permissions as may, render,
    rest::messages::{put, remove},
    wire,
    world::{Inner, Shared},
};
use crate::journal::Act;
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc, time::Duration};

/// How long [`User::soon`] waits for something to be seen, in real time.
const SOON: Duration = Duration::from_secs(20);
/// Interactions remembered under load.
const FORGETFUL_MAX: usize = 4_096;

/// A message as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its id.
    pub id: u64,
    /// `#eng`, `#eng › thread`, `DM sari`.
    pub place: String,
    /// Who wrote it.
    pub who: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Whether it was edited.
    pub edited: bool,
    /// Its words as shown, with its buttons as `[Answer]`.
    pub text: String,
    /// What its buttons say, those that can be clicked.
    pub buttons: Vec<String>,
    /// Only this person sees it.
    pub ephemeral: bool,
    /// It came without a push (`SUPPRESS_NOTIFICATIONS`).
    pub silent: bool,
    /// Whom it notifies: usernames, `@role` names, `@everyone`.
    pub pings: Vec<String>,
    /// The message that it answers.
    pub replies_to: Option<u64>,
}

/// A person; cheap to clone.
#[derive(Clone)]
pub struct User {
    pub(super) world: Shared,
    pub(super) id: u64,
}

impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("User").field(&self.id).finish()
    }
}

/// An interaction on its way.
pub(super) struct Sent {
    pub(super) token: String,
    pub(super) acknowledged: tokio::sync::oneshot::Receiver<()>,
    pub(super) confirmed: tokio::sync::oneshot::Receiver<()>,
}

impl User {
    /// Their id.
    pub fn id(&self) -> u64 {
        self.id
    }
    /// Their username.
    pub fn name(&self) -> String {
        self.world.lock().state.username(self.id)
    }

    /// Goes to a channel (`#eng`) or thread, or to the direct conversation with the bot (`DM`); commands are typed
    /// there from now on.
    pub fn goes_to(&self, place: &str) -> &Self {
        let mut inner = self.world.lock();
        let id = self.place(&mut inner.state, place);
        if let Some(user) = inner.state.users.get_mut(&self.id) {
            user.at = Some(id);
        }
        drop(inner);
        self
    }
    fn place(&self, state: &mut State, place: &str) -> u64 {
        if place == "DM" {
            return state.direct_with(self.id);
        }
        let found = state.channel_named(place).filter(|c| state.can(self.id, *c, may::VIEW));
        found.unwrap_or_else(|| panic!("{} sees no {place}", state.username(self.id)))
    }
    /// Where they are: where they went, or the first channel that they see, or the direct conversation.
    fn here(&self, state: &mut State) -> u64 {
        let at = state.users.get(&self.id).and_then(|u| u.at).filter(|c| state.can(self.id, *c, may::VIEW));
        let first = || {
            state
                .channels
                .values()
                .find(|c| c.kind == super::model::Kind::Text && state.can(self.id, c.id, may::VIEW))
                .map(|c| c.id)
        };
        match at.or_else(first) {
            Some(id) => id,
            None => state.direct_with(self.id),
        }
    }

    /// Runs a command where they are: `/standup note text:fixed the export`.
    pub fn runs(&self, line: &str) {
        if let Err(why) = self.tries(line) {
            panic!("Discord does not let {} run {line:?}: {why}", self.name());
        }
    }
    /// Runs a command, or tells why their Discord does not let them.
    ///
    /// # Errors
    /// The reason: no such command or option here, a required option missing, a value that does not fit.
    pub fn tries(&self, line: &str) -> Result<(), String> {
        let data = self.reads(line)?;
        self.send_line(line, &data);
        Ok(())
    }
    pub(super) fn reads(&self, line: &str) -> Result<Command, String> {
        let mut inner = self.world.lock();
        let channel = self.here(&mut inner.state);
        let read = line::read(&inner.state, self.id, channel, line, None)?;
        Ok(Command { channel, name: read.name, data: read.data })
    }
    fn send_line(&self, line: &str, command: &Command) {
        let mut inner = self.world.lock();
        let place = inner.state.place(command.channel);
        self.world.journal.write(&place, &inner.state.username(self.id), Act::Command, None, || line.to_owned());
        let what = What {
            kind: kind::COMMAND,
            channel: command.channel,
            command: Some(&command.name),
            source: None,
            opener: None,
        };
        let sent = self.send(&mut inner, what, line, &command.data);
        drop(inner);
        self.watch(sent);
    }

    /// Chooses an entry in the menu of a message, by the name that it was registered with.
    pub fn points(&self, message: u64, entry: &str) {
        let mut inner = self.world.lock();
        let state = &inner.state;
        let found = state.find_message(message).filter(|m| state.shows(m, self.id)).cloned();
        let found = found.unwrap_or_else(|| panic!("{} sees no message {message}", state.username(self.id)));
        let here = state.in_guild(found.channel);
        let is_it = |c: &&super::model::Command| c.body.get("type") == Some(&json!(3)) && c.name() == entry;
        let command = state.commands.values().find(is_it).filter(|_| here);
        let Some(command) = command else { panic!("Discord offers no {entry:?} in the menu of a message here") };
        // The message comes along whole, whatever intents the application has.
        let data = json!({"id": wire::id(command.id), "name": command.name(), "type": 3,
            "target_id": wire::id(message),
            "resolved": {"messages": {message.to_string(): wire::message(state, &found)}}});
        let place = state.place(found.channel);
        self.world.journal.write(&place, &state.username(self.id), Act::Command, None, || entry.to_owned());
        let what =
            What { kind: kind::COMMAND, channel: found.channel, command: Some(entry), source: None, opener: None };
        let sent = self.send(&mut inner, what, entry, &data);
        drop(inner);
        self.watch(sent);
    }

    /// Sends an interaction; the caller waits for it or has it watched.
    pub(super) fn send(&self, inner: &mut Inner, what: What<'_>, label: &str, data: &Value) -> Sent {
        let id = inner.state.ids.next();
        let (tell_ack, acknowledged) = tokio::sync::oneshot::channel();
        let (tell_done, confirmed) = tokio::sync::oneshot::channel();
        // Tokens are opaque and long; ours says nothing but must differ.
        let token = format!("interaction-token-{id:x}-{:x}", id.rotate_left(17) ^ 0x5DEE_CE66_D1CE_CAFE);
        let it = Interaction {
            id,
            token: token.clone(),
            kind: what.kind,
            user: self.id,
            channel: what.channel,
            created: inner.state.now(),
            label: label.to_owned(),
            command: what.command.map(str::to_owned),
            answered: Answered::No,
            original: None,
            source: what.source,
            opener: what.opener,
            messages: BTreeSet::new(),
            choices: None,
            in_flight: Some(self.world.traffic.begin()),
            owed: None,
            waiters: Waiters { acknowledged: Some(tell_ack), confirmed: Some(tell_done) },
        };
        let event = wire::interaction(&inner.state, &it, data.clone());
        let guild = inner.state.in_guild(what.channel).then_some(inner.state.guild.id);
        inner.state.keep_interaction(it, (!self.world.keep).then_some(FORGETFUL_MAX));
        inner.gateway.all("INTERACTION_CREATE", 0, guild, |_| event.to_string());
        Sent { token, acknowledged, confirmed }
    }
    /// Sees to it that an interaction without an answer ends; at once where nobody listens.
    pub(super) fn watch(&self, sent: Sent) {
        let world = self.world.clone();
        if !world.lock().gateway.reachable() {
            return world.give_up(&sent.token, false);
        }
        let within = world.answer_within;
        let weak = Arc::downgrade(&world);
        self.world.runtime.spawn(async move {
            let answered = tokio::time::timeout(within, sent.acknowledged).await;
            if answered.is_err()
                && let Some(world) = weak.upgrade()
            {
                world.give_up(&sent.token, true);
            }
        });
    }

    /// Types into an option of a command that they have not sent yet: what the bot offers, (label, value).
    /// `line` is what stands there already; nothing when no answer came in time.
    ///
    /// # Panics
    /// Where the option does not complete what is typed.
    pub async fn types(&self, line: &str, option: &str, typed: &str) -> Vec<(String, String)> {
        let sent = {
            let mut inner = self.world.lock();
            let channel = self.here(&mut inner.state);
            let read = line::read(&inner.state, self.id, channel, line, Some((option, typed)));
            let read = read.unwrap_or_else(|why| panic!("{line:?}: {why}"));
            let what =
                What { kind: kind::AUTOCOMPLETE, channel, command: Some(&read.name), source: None, opener: None };
            self.send(&mut inner, what, line, &read.data)
        };
        if tokio::time::timeout(self.world.answer_within, sent.acknowledged).await.is_err() {
            self.world.give_up(&sent.token, true);
            return vec![];
        }
        let inner = self.world.lock();
        let choices = inner.state.interactions.get(&sent.token).and_then(|it| it.choices.clone()).unwrap_or_default();
        let word = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
        choices.iter().map(|c| (word(&c["name"]), word(&c["value"]))).collect()
    }

    /// Writes to the bot in their direct conversation. The message's id.
    pub fn replies(&self, text: &str) -> u64 {
        self.says("DM", text)
    }
    /// Writes in a channel, thread or `DM`. The message's id.
    pub fn says(&self, place: &str, text: &str) -> u64 {
        let mut inner = self.world.lock();
        let channel = self.place(&mut inner.state, place);
        self.write(&mut inner, channel, text, None)
    }
    /// Answers a message. The new message's id.
    pub fn replies_to(&self, message: u64, text: &str) -> u64 {
        let mut inner = self.world.lock();
        let channel = inner.state.find_message(message).filter(|m| inner.state.shows(m, self.id)).map(|m| m.channel);
        let channel = channel.unwrap_or_else(|| panic!("{} sees no message {message}", inner.state.username(self.id)));
        self.write(&mut inner, channel, text, Some(message))
    }
    fn write(&self, inner: &mut Inner, channel: u64, text: &str, replies_to: Option<u64>) -> u64 {
        self.write_with(inner, channel, text, replies_to, vec![])
    }
    fn write_with(
        &self,
        inner: &mut Inner,
        channel: u64,
        text: &str,
        replies_to: Option<u64>,
        attachments: Vec<Attachment>,
    ) -> u64 {
        let state = &mut inner.state;
        let mut message = Message::blank(state.ids.next(), channel, self.id);
        message.content = names_to_mentions(state, text);
        message.attachments = attachments;
        message.replies_to = replies_to;
        message.kind = if replies_to.is_some() { 19 } else { 0 };
        super::mentions::set(state, &mut message, None);
        let id = message.id;
        put(inner, &self.world, message);
        id
    }
    /// Writes in a channel or thread, with a file (its name and its size in bytes). The message's id.
    pub fn says_with_file(&self, place: &str, text: &str, file: &str, size: u64) -> u64 {
        let mut inner = self.world.lock();
        let channel = self.place(&mut inner.state, place);
        let id = inner.state.ids.next();
        let attachments = vec![Attachment { id, name: file.to_owned(), size }];
        self.write_with(&mut inner, channel, text, None, attachments)
    }
    /// Opens a thread under a message that they see, where they may. The thread's id.
    pub fn opens_thread(&self, message: u64, name: &str) -> u64 {
        let mut inner = self.world.lock();
        let found = inner.state.find_message(message).filter(|m| inner.state.shows(m, self.id) && m.thread.is_none());
        let parent = found.map(|m| m.channel).filter(|c| inner.state.can(self.id, *c, may::PUBLIC_THREADS));
        let parent = parent.unwrap_or_else(|| panic!("{} may not open that thread", inner.state.username(self.id)));
        let id = inner.state.open_thread(parent, Some(message), name, false, 4_320, self.id);
        if let Some(thread) = inner.state.channels.get(&id).cloned() {
            inner.tell_channel("THREAD_CREATE", &thread, Some(("newly_created", json!(true))));
        }
        id
    }
    /// Edits their own message.
    pub fn edits(&self, message: u64, text: &str) {
        let mut inner = self.world.lock();
        let own = self.own(&inner.state, message);
        let mut edited = own;
        edited.content = names_to_mentions(&inner.state, text);
        edited.edited = Some(inner.state.now());
        super::mentions::set(&inner.state, &mut edited, None);
        if let Some(stored) = inner.state.message_mut(edited.channel, message) {
            *stored = edited.clone();
        }
        self.world.note(&inner.state, &edited, Act::Edited);
        inner.tell_message("MESSAGE_UPDATE", &edited);
    }
    /// Deletes their own message.
    pub fn deletes(&self, message: u64) {
        let mut inner = self.world.lock();
        let channel = self.own(&inner.state, message).channel;
        remove(&mut inner, &self.world, channel, message, self.id);
    }
    fn own(&self, state: &State, message: u64) -> Message {
        let found = state.find_message(message).filter(|m| m.author == self.id).cloned();
        found.unwrap_or_else(|| panic!("{} wrote no message {message}", state.username(self.id)))
    }

    /// Clicks a button: on the newest message that they see with one of that name.
    pub fn clicks(&self, label: &str) {
        self.click(None, label, None);
    }
    /// Clicks a button of a certain message.
    pub fn clicks_on(&self, message: u64, label: &str) {
        self.click(Some(message), label, None);
    }
    /// Chooses from a select menu: `placeholder` says which, `option` is a label or value.
    pub fn chooses(&self, placeholder: &str, option: &str) {
        self.click(None, placeholder, Some(option));
    }
    fn click(&self, only: Option<u64>, label: &str, option: Option<&str>) {
        let mut inner = self.world.lock();
        let found = find_component(&inner.state, self.id, only, |part| match option {
            None => part["type"] == 2 && render::label(part) == label && part["style"] != 5,
            Some(_) => part["type"] == 3 && part["placeholder"] == label,
        });
        let Some((channel, message, part)) = found else {
            let sees: Vec<_> = self.seen(&inner.state).into_iter().flat_map(|s| s.buttons).collect();
            panic!("{} sees no {label:?} to click; there are {sees:?}", inner.state.username(self.id));
        };
        let mut data = json!({"custom_id": part["custom_id"], "component_type": part["type"], "id": part["id"]});
        if let Some(option) = option {
            let options = part["options"].as_array();
            let chosen = options.into_iter().flatten().find(|o| o["value"] == option || o["label"] == option);
            let chosen = chosen.unwrap_or_else(|| panic!("{label:?} offers no {option:?}"));
            data["values"] = json!([chosen["value"]]);
        }
        let place = inner.state.place(channel);
        let told = option.map_or_else(|| label.to_owned(), |o| format!("{label}: {o}"));
        self.world.journal.write(&place, &inner.state.username(self.id), Act::Clicked, None, || told);
        let what = What { kind: kind::COMPONENT, channel, command: None, source: Some(message), opener: None };
        let sent = self.send(&mut inner, what, label, &data);
        drop(inner);
        self.watch(sent);
    }

    /// The form in front of them.
    pub fn form(&self) -> Option<Form> {
        let inner = self.world.lock();
        inner.state.users.get(&self.id)?.form.as_ref().map(Form::of)
    }
    /// Fills in and sends the form in front of them: (label or custom id, value). What is not named stays as it is.
    pub fn submits(&self, answers: &[(&str, &str)]) {
        if let Err(why) = self.tries_to_submit(answers) {
            panic!("Discord does not let {} send the form: {why}", self.name());
        }
    }
    /// Sends the form, or tells why their Discord does not let them; the form stays open then.
    ///
    /// # Errors
    /// The reason: no form, no such field, a required one empty, a text too long.
    pub fn tries_to_submit(&self, answers: &[(&str, &str)]) -> Result<(), String> {
        let mut inner = self.world.lock();
        let open = inner.state.users.get(&self.id).and_then(|u| u.form.clone()).ok_or("there is no form")?;
        let (data, told) = form::fill(&open, answers)?;
        if let Some(user) = inner.state.users.get_mut(&self.id) {
            user.form = None;
        }
        let place = inner.state.place(open.channel);
        self.world.journal.write(&place, &inner.state.username(self.id), Act::FormSent, None, || told);
        let what = What {
            kind: kind::MODAL,
            channel: open.channel,
            command: None,
            source: open.message,
            opener: Some(open.opener),
        };
        let sent = self.send(&mut inner, what, &open.title, &data);
        drop(inner);
        self.watch(sent);
        Ok(())
    }
    /// Closes the form unsent; the bot is not told.
    pub fn closes_form(&self) {
        let mut inner = self.world.lock();
        let Some(user) = inner.state.users.get_mut(&self.id) else { return };
        let Some(form) = user.form.take() else { return };
        let place = inner.state.place(form.channel);
        self.world.journal.write(&place, &inner.state.username(self.id), Act::FormClosed, None, || form.title);
    }

    /// Everything that they see, oldest first: channels, threads, the direct conversation, what only they see.
    pub fn sees(&self) -> Vec<Seen> {
        self.seen(&self.world.lock().state)
    }
    /// What they see in one place: `#eng`, the name of a thread, or `DM`.
    pub fn sees_in(&self, place: &str) -> Vec<Seen> {
        let mut inner = self.world.lock();
        let id = self.place(&mut inner.state, place);
        let place = inner.state.place(id);
        self.seen(&inner.state).into_iter().filter(|s| s.place == place).collect()
    }
    /// Their direct conversation with the bot.
    pub fn dm(&self) -> Vec<Seen> {
        self.sees_in("DM")
    }
    /// Waits until they see a message with these words in it (some seconds of real time at most): the newest.
    ///
    /// # Panics
    /// When it does not come: with all that they see.
    pub async fn soon(&self, words: &str) -> Seen {
        let look = || self.sees().into_iter().rev().find(|s| s.text.contains(words));
        if tokio::time::timeout(SOON, self.world.traffic.until(|| look().is_some())).await.is_err() {
            panic!("{} does not see {words:?}, but {:#?}", self.name(), self.sees());
        }
        look().unwrap_or_else(|| panic!("{words:?} was seen, and is gone"))
    }
    /// Waits until a form is in front of them.
    ///
    /// # Panics
    /// When none comes.
    pub async fn form_soon(&self) -> Form {
        if tokio::time::timeout(SOON, self.world.traffic.until(|| self.form().is_some())).await.is_err() {
            panic!("no form came to {}, who sees {:#?}", self.name(), self.sees());
        }
        self.form().unwrap_or_else(|| panic!("a form was there, and is gone"))
    }
    fn seen(&self, state: &State) -> Vec<Seen> {
        let mut all: Vec<&Message> = state.channels.values().flat_map(|c| c.messages.values()).collect();
        all.retain(|m| state.shows(m, self.id));
        all.sort_by_key(|m| m.id);
        all.into_iter().map(|m| self.see(state, m)).collect()
    }
    fn see(&self, state: &State, m: &Message) -> Seen {
        let zone = state.users.get(&self.id).and_then(|u| u.zone.as_deref());
        let parts = m.components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
        let mut pings: Vec<String> = m.mentions.iter().map(|u| state.username(*u)).collect();
        pings.extend(m.mention_roles.iter().filter_map(|r| state.roles.get(r)).map(|r| format!("@{}", r.name)));
        pings.extend(m.mention_everyone.then(|| "@everyone".to_owned()));
        Seen {
            id: m.id,
            place: state.place(m.channel),
            who: state.writer(m),
            at: made_at(m.id),
            edited: m.edited.is_some(),
            text: render::message(state, m, zone),
            buttons: parts.filter(|p| p["type"] == 2 && p["disabled"] != true).map(render::label).collect(),
            ephemeral: m.only_for.is_some(),
            silent: m.flags & super::model::SILENT != 0,
            pings,
            replies_to: m.replies_to,
        }
    }

    /// Takes no direct messages from now on (`true`), or takes them again.
    pub fn refuses_direct_messages(&self, refuses: bool) {
        if let Some(user) = self.world.lock().state.users.get_mut(&self.id) {
            user.refuses_dm = refuses;
        }
    }
    /// Reads Discord in another language from now on.
    pub fn reads_in(&self, locale: &str) {
        if let Some(user) = self.world.lock().state.users.get_mut(&self.id) {
            locale.clone_into(&mut user.locale);
        }
    }
    /// Joins the server.
    pub fn joins(&self) {
        let mut inner = self.world.lock();
        inner.state.join(self.id, vec![]);
        let data = wire::member(&inner.state, self.id).unwrap_or_default();
        inner.tell_guild("GUILD_MEMBER_ADD", intent::MEMBERS, data);
        self.changed(&inner, "joined the server");
    }
    /// Leaves the server.
    pub fn leaves(&self) {
        let mut inner = self.world.lock();
        inner.state.members.remove(&self.id);
        let data = json!({"user": wire::user_of(&inner.state, self.id)});
        inner.tell_guild("GUILD_MEMBER_REMOVE", intent::MEMBERS, data);
        self.changed(&inner, "left the server");
    }
    /// Gets a role.
    pub fn gets_role(&self, role: &str) {
        self.role(role, true);
    }
    /// Loses a role.
    pub fn loses_role(&self, role: &str) {
        self.role(role, false);
    }
    fn role(&self, role: &str, gets: bool) {
        let mut inner = self.world.lock();
        let id = inner.state.role_named(role).unwrap_or_else(|| panic!("there is no role {role}"));
        let Some(member) = inner.state.members.get_mut(&self.id) else { panic!("not in the server") };
        member.roles.retain(|r| *r != id);
        if gets {
            member.roles.push(id);
        }
        let data = wire::member(&inner.state, self.id).unwrap_or_default();
        inner.tell_guild("GUILD_MEMBER_UPDATE", intent::MEMBERS, data);
        self.changed(&inner, &format!("{} the role {role}", if gets { "got" } else { "lost" }));
    }
    fn changed(&self, inner: &Inner, what: &str) {
        self.world.journal.write("", &inner.state.username(self.id), Act::Changed, None, || what.to_owned());
    }
}

/// Where an interaction comes from.
pub(super) struct What<'a> {
    pub(super) kind: u8,
    pub(super) channel: u64,
    pub(super) command: Option<&'a str>,
    pub(super) source: Option<u64>,
    pub(super) opener: Option<u64>,
}

/// A command that was read, ready to be sent any number of times.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub(super) channel: u64,
    pub(super) name: String,
    pub(super) data: Value,
}

/// `@ana` and `#eng` become mentions, as a client makes them while one types.
fn names_to_mentions(state: &State, text: &str) -> String {
    let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['@', '#']) {
        let before_is_word = rest[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '<' | '`' | '\\'));
        let after = &rest[at + 1..];
        let name = after[..after.find(ends).unwrap_or(after.len())].trim_end_matches('.');
        let made = match &rest[at..=at] {
            _ if before_is_word || name.is_empty() => None,
            "@" => {
                let user = state.user_named(name).map(|u| format!("<@{u}>"));
                user.or_else(|| state.role_named(name).filter(|r| *r != state.guild.id).map(|r| format!("<@&{r}>")))
            }
            _ => state.channel_named(name).map(|c| format!("<#{c}>")),
        };
        out.push_str(&rest[..at]);
        out.push_str(&made.unwrap_or_else(|| rest[at..=at + name.len()].to_owned()));
        rest = &rest[at + 1 + name.len()..];
    }
    out + rest
}

/// The newest component that `user` sees and `wanted` picks: (channel, message, component).
fn find_component(
    state: &State,
    user: u64,
    only: Option<u64>,
    wanted: impl Fn(&Value) -> bool,
) -> Option<(u64, u64, Value)> {
    let all = state.channels.values().flat_map(|c| c.messages.values());
    let mut seen: Vec<&Message> = all.filter(|m| only.is_none_or(|o| o == m.id) && state.shows(m, user)).collect();
    seen.sort_by_key(|m| std::cmp::Reverse(m.id));
    seen.into_iter().find_map(|m| {
        let parts = m.components.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
        let found = parts.into_iter().find(|p| p["disabled"] != true && wanted(p))?;
        Some((m.channel, m.id, found.clone()))
    })
}
