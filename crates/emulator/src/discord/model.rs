//! What there is: the server, people, channels, messages, commands and interactions. No HTTP, no sockets.

use super::{
    permissions::{self as may, Overwrite},
    setup::Setup,
};
use crate::{clock::Clock, quiet::InFlight};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// Discord's first instant, 2015-01-01T00:00:00Z, in milliseconds since 1970.
pub(super) const EPOCH_MS: i64 = 1_420_070_400_000;
/// The flag of a message that only one person sees.
pub(super) const EPHEMERAL: u64 = 1 << 6;
/// The flag of a message that notifies nobody.
pub(super) const SILENT: u64 = 1 << 12;
/// How long a nonce is remembered, in milliseconds of the emulator's clock ("the past few minutes").
const NONCE_MS: i64 = 5 * 60_000;
/// Nonces remembered at most, so that a long run does not grow without end.
const NONCES_MAX: usize = 4_096;

/// Ids: unique, increasing, and saying when they were made.
pub(super) struct Snowflakes {
    clock: Clock,
    last: u64,
}

impl Snowflakes {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, last: 0 }
    }
    pub(super) fn next(&mut self) -> u64 {
        let since = u64::try_from((self.clock)() - EPOCH_MS).unwrap_or(0);
        self.last = (since << 22).max(self.last + 1);
        self.last
    }
}

/// When a snowflake was made, in milliseconds since 1970.
pub(super) fn made_at(id: u64) -> i64 {
    i64::try_from(id >> 22).unwrap_or(0) + EPOCH_MS
}

#[derive(Debug, Clone)]
pub(super) struct Guild {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) locale: String,
    pub(super) owner: u64,
}

#[derive(Debug, Clone)]
pub(super) struct User {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) display: String,
    pub(super) locale: String,
    pub(super) zone: Option<String>,
    pub(super) bot: bool,
    pub(super) refuses_dm: bool,
    /// The channel in which they type.
    pub(super) at: Option<u64>,
    /// The form in front of them.
    pub(super) form: Option<OpenForm>,
}

#[derive(Debug, Clone)]
pub(super) struct Member {
    pub(super) roles: Vec<u64>,
    pub(super) joined: i64,
}

#[derive(Debug, Clone)]
pub(super) struct Role {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) permissions: u64,
    pub(super) managed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Direct { with: u64 },
    Thread { parent: u64, private: bool, archived: bool, locked: bool },
}

#[derive(Debug, Clone)]
pub(super) struct Channel {
    pub(super) id: u64,
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) topic: String,
    pub(super) position: usize,
    pub(super) owner: u64,
    pub(super) overwrites: BTreeMap<u64, Overwrite>,
    pub(super) thread_members: BTreeSet<u64>,
    pub(super) archive_minutes: u64,
    pub(super) messages: BTreeMap<u64, Message>,
    /// The newest message that everyone here sees.
    pub(super) last: Option<u64>,
}

/// What an interaction's message remembers of its cause.
#[derive(Debug, Clone)]
pub(super) struct Cause {
    pub(super) interaction: u64,
    pub(super) kind: u8,
    pub(super) user: u64,
    pub(super) command: Option<String>,
    /// The message whose button was clicked, or opened the form.
    pub(super) source: Option<u64>,
    /// The interaction that opened the form.
    pub(super) opener: Option<u64>,
}

/// A webhook: whoever has its token posts in its channel, under any name.
#[derive(Debug, Clone)]
pub(super) struct Webhook {
    pub(super) id: u64,
    pub(super) channel: u64,
    pub(super) name: String,
    pub(super) token: String,
}

/// Under which name a webhook posted a message.
#[derive(Debug, Clone)]
pub(super) struct Through {
    pub(super) name: String,
    pub(super) face: Option<String>,
}

/// A file on a message.
#[derive(Debug, Clone)]
pub(super) struct Attachment {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) size: u64,
}

#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) id: u64,
    pub(super) channel: u64,
    pub(super) author: u64,
    pub(super) kind: u8,
    pub(super) content: String,
    pub(super) embeds: Vec<Value>,
    pub(super) components: Vec<Value>,
    pub(super) flags: u64,
    pub(super) nonce: Option<Value>,
    pub(super) edited: Option<i64>,
    pub(super) replies_to: Option<u64>,
    pub(super) mentions: Vec<u64>,
    pub(super) mention_roles: Vec<u64>,
    pub(super) mention_everyone: bool,
    pub(super) only_for: Option<u64>,
    pub(super) cause: Option<Cause>,
    pub(super) thread: Option<u64>,
    /// A deferred answer that has not come ("thinking…").
    pub(super) loading: bool,
    /// A webhook posted it, whose id is its author's.
    pub(super) through: Option<Through>,
    pub(super) attachments: Vec<Attachment>,
}

impl Message {
    pub(super) fn blank(id: u64, channel: u64, author: u64) -> Self {
        Self {
            id,
            channel,
            author,
            kind: 0,
            content: String::new(),
            embeds: vec![],
            components: vec![],
            flags: 0,
            nonce: None,
            edited: None,
            replies_to: None,
            mentions: vec![],
            mention_roles: vec![],
            mention_everyone: false,
            only_for: None,
            cause: None,
            thread: None,
            loading: false,
            through: None,
            attachments: vec![],
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Command {
    pub(super) id: u64,
    pub(super) guild: bool,
    pub(super) version: u64,
    /// As it was registered, checked.
    pub(super) body: Map<String, Value>,
}

impl Command {
    pub(super) fn name(&self) -> &str {
        self.body.get("name").and_then(Value::as_str).unwrap_or_default()
    }
    /// 1 slash command, 2 on a person, 3 on a message.
    pub(super) fn kind(&self) -> u64 {
        self.body.get("type").and_then(Value::as_u64).unwrap_or(1)
    }
}

/// A form as the bot opened it.
#[derive(Debug, Clone)]
pub(super) struct OpenForm {
    pub(super) custom_id: String,
    pub(super) title: String,
    pub(super) components: Vec<Value>,
    /// The message whose button opened it.
    pub(super) message: Option<u64>,
    /// The interaction that opened it.
    pub(super) opener: u64,
    pub(super) channel: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    /// Nothing came yet.
    No,
    /// Nothing came in three seconds.
    TooLate,
    /// "Thinking…": the words are still to come.
    Deferred,
    /// The message stays as it is, for now.
    DeferredUpdate,
    /// Answered.
    Done,
}

/// The kinds of interaction, by Discord's numbers.
pub(super) mod kind {
    pub(in crate::discord) const COMMAND: u8 = 2;
    pub(in crate::discord) const COMPONENT: u8 = 3;
    pub(in crate::discord) const AUTOCOMPLETE: u8 = 4;
    pub(in crate::discord) const MODAL: u8 = 5;
}

#[derive(Debug)]
pub(super) struct Interaction {
    pub(super) id: u64,
    pub(super) token: String,
    pub(super) kind: u8,
    pub(super) user: u64,
    pub(super) channel: u64,
    pub(super) created: i64,
    /// What was typed or clicked, for the journal.
    pub(super) label: String,
    pub(super) command: Option<String>,
    pub(super) answered: Answered,
    /// Its answer (`@original`).
    pub(super) original: Option<u64>,
    /// The message that was clicked, or from which the form was opened.
    pub(super) source: Option<u64>,
    /// The interaction that opened the form.
    pub(super) opener: Option<u64>,
    /// Messages that this token may touch.
    pub(super) messages: BTreeSet<u64>,
    /// What was offered (autocomplete).
    pub(super) choices: Option<Vec<Value>>,
    /// Counts as on its way until it was answered.
    pub(super) in_flight: Option<InFlight>,
    /// Counts as on its way while a deferred answer is owed.
    pub(super) owed: Option<InFlight>,
    /// Told when it is acknowledged, and when its words are there.
    pub(super) waiters: Waiters,
}

#[derive(Debug, Default)]
pub(super) struct Waiters {
    pub(super) acknowledged: Option<tokio::sync::oneshot::Sender<()>>,
    pub(super) confirmed: Option<tokio::sync::oneshot::Sender<()>>,
}

/// Everything there is.
pub(super) struct State {
    pub(super) clock: Clock,
    pub(super) ids: Snowflakes,
    pub(super) guild: Guild,
    pub(super) bot: u64,
    pub(super) app: u64,
    pub(super) users: BTreeMap<u64, User>,
    pub(super) members: BTreeMap<u64, Member>,
    pub(super) roles: BTreeMap<u64, Role>,
    pub(super) channels: BTreeMap<u64, Channel>,
    pub(super) commands: BTreeMap<u64, Command>,
    pub(super) commands_created: usize,
    pub(super) webhooks: BTreeMap<u64, Webhook>,
    pub(super) interactions: HashMap<String, Interaction>,
    nonces: VecDeque<(i64, u64, String, u64)>,
    /// The tokens of interactions, oldest first.
    recent: VecDeque<String>,
}

impl State {
    pub(super) fn new(setup: &Setup) -> Self {
        let mut ids = Snowflakes::new(setup.clock.clone());
        let (guild, app) = (ids.next(), ids.next());
        let mut state = Self {
            clock: setup.clock.clone(),
            guild: Guild { id: guild, name: setup.guild.clone(), locale: setup.guild_locale.clone(), owner: 0 },
            bot: app,
            app,
            ids,
            users: BTreeMap::new(),
            members: BTreeMap::new(),
            roles: BTreeMap::new(),
            channels: BTreeMap::new(),
            commands: BTreeMap::new(),
            commands_created: 0,
            webhooks: BTreeMap::new(),
            interactions: HashMap::new(),
            nonces: VecDeque::new(),
            recent: VecDeque::new(),
        };
        state.found(setup);
        state
    }
    fn found(&mut self, setup: &Setup) {
        let guild = self.guild.id;
        self.add_role(guild, "@everyone", may::EVERYONE, false);
        let own = self.ids.next();
        self.add_role(own, &setup.bot, setup.bot_permissions, true);
        let admins = self.ids.next();
        self.add_role(admins, "admin", may::ADMINISTRATOR | may::MANAGE_GUILD, false);
        for role in &setup.roles {
            let id = self.ids.next();
            self.add_role(id, role, 0, false);
        }
        if !setup.people.iter().any(|person| person.owner) {
            let founder = self.ids.next();
            self.guild.owner = founder;
            self.add_user(founder, "founder", "founder", "en-US", None, false);
            self.join(founder, vec![]);
        }
        let bot = self.bot;
        self.add_user(bot, &setup.bot, &setup.bot, "en-US", None, true);
        self.join(bot, vec![own]);
        for person in &setup.people {
            let id = self.ids.next();
            self.add_user(id, &person.name, &person.display, &person.locale, person.zone.clone(), false);
            if person.owner {
                self.guild.owner = id;
            }
            let mut roles: Vec<u64> = person.roles.iter().filter_map(|name| self.role_named(name)).collect();
            if person.admin {
                roles.push(admins);
            }
            if !person.outside {
                self.join(id, roles);
            }
        }
        for room in &setup.rooms {
            self.add_room(room);
        }
    }
    pub(super) fn now(&self) -> i64 {
        (self.clock)()
    }
    fn add_role(&mut self, id: u64, name: &str, permissions: u64, managed: bool) {
        self.roles.insert(id, Role { id, name: name.to_owned(), permissions, managed });
    }
    fn add_user(&mut self, id: u64, name: &str, display: &str, locale: &str, zone: Option<String>, bot: bool) {
        let user = User {
            id,
            name: name.to_owned(),
            display: display.to_owned(),
            locale: locale.to_owned(),
            zone,
            bot,
            refuses_dm: false,
            at: None,
            form: None,
        };
        self.users.insert(id, user);
    }
    /// Puts a user into the server.
    pub(super) fn join(&mut self, id: u64, roles: Vec<u64>) {
        let joined = self.now();
        self.members.insert(id, Member { roles, joined });
    }
    /// Makes a text channel.
    pub(super) fn add_room(&mut self, room: &super::Room) -> u64 {
        let mut overwrites = BTreeMap::new();
        if let Some(only) = &room.only {
            overwrites.insert(self.guild.id, Overwrite { member: false, allow: 0, deny: may::VIEW });
            for name in only {
                let (id, member) = match name.strip_prefix('@') {
                    Some(role) => (self.role_named(role), false),
                    None => (self.user_named(name), true),
                };
                if let Some(id) = id {
                    overwrites.insert(id, Overwrite { member, allow: may::VIEW, deny: 0 });
                }
            }
            overwrites.insert(self.bot, Overwrite { member: true, allow: may::VIEW, deny: 0 });
        }
        if room.without_bot {
            overwrites.insert(self.bot, Overwrite { member: true, allow: 0, deny: may::VIEW });
        }
        let id = self.ids.next();
        let channel = Channel {
            id,
            kind: Kind::Text,
            name: room.name.clone(),
            topic: room.topic.clone(),
            position: self.channels.len(),
            owner: self.guild.owner,
            overwrites,
            thread_members: BTreeSet::new(),
            archive_minutes: 0,
            messages: BTreeMap::new(),
            last: None,
        };
        self.channels.insert(id, channel);
        id
    }
    /// The direct conversation of a user with the bot, opened where it was not.
    pub(super) fn direct_with(&mut self, user: u64) -> u64 {
        if let Some(id) = self.direct_opened(user) {
            return id;
        }
        let id = self.ids.next();
        let channel = Channel {
            id,
            kind: Kind::Direct { with: user },
            name: String::new(),
            topic: String::new(),
            position: 0,
            owner: self.bot,
            overwrites: BTreeMap::new(),
            thread_members: BTreeSet::new(),
            archive_minutes: 0,
            messages: BTreeMap::new(),
            last: None,
        };
        self.channels.insert(id, channel);
        id
    }
    /// The direct conversation of a user with the bot, where it is open.
    pub(super) fn direct_opened(&self, user: u64) -> Option<u64> {
        self.channels.values().find(|c| c.kind == Kind::Direct { with: user }).map(|c| c.id)
    }
    /// Opens a thread; its starter message, in a public one, has its id.
    pub(super) fn open_thread(
        &mut self,
        parent: u64,
        starter: Option<u64>,
        name: &str,
        private: bool,
        minutes: u64,
        by: u64,
    ) -> u64 {
        let id = starter.unwrap_or_else(|| self.ids.next());
        let channel = Channel {
            id,
            kind: Kind::Thread { parent, private, archived: false, locked: false },
            name: name.to_owned(),
            topic: String::new(),
            position: 0,
            owner: by,
            overwrites: BTreeMap::new(),
            thread_members: BTreeSet::from([by]),
            archive_minutes: minutes,
            messages: BTreeMap::new(),
            last: None,
        };
        self.channels.insert(id, channel);
        if let Some(message) = starter.and_then(|s| self.message_mut(parent, s)) {
            message.thread = Some(id);
        }
        id
    }
    pub(super) fn user_named(&self, name: &str) -> Option<u64> {
        let name = name.trim_start_matches('@');
        self.users.values().find(|u| u.name == name || u.display == name).map(|u| u.id)
    }
    pub(super) fn role_named(&self, name: &str) -> Option<u64> {
        let name = name.trim_start_matches('@');
        self.roles.values().find(|r| r.name == name).map(|r| r.id)
    }
    /// A text channel or thread by its name, with or without `#`.
    pub(super) fn channel_named(&self, name: &str) -> Option<u64> {
        let name = name.trim_start_matches('#');
        let named = |c: &&Channel| c.name == name && !matches!(c.kind, Kind::Direct { .. });
        self.channels.values().find(named).map(|c| c.id)
    }
    pub(super) fn message(&self, channel: u64, message: u64) -> Option<&Message> {
        self.channels.get(&channel)?.messages.get(&message)
    }
    pub(super) fn message_mut(&mut self, channel: u64, message: u64) -> Option<&mut Message> {
        self.channels.get_mut(&channel)?.messages.get_mut(&message)
    }
    /// A message by its id alone.
    pub(super) fn find_message(&self, message: u64) -> Option<&Message> {
        self.channels.values().find_map(|c| c.messages.get(&message))
    }
    pub(super) fn in_guild(&self, channel: u64) -> bool {
        self.channels.get(&channel).is_some_and(|c| !matches!(c.kind, Kind::Direct { .. }))
    }
    pub(super) fn can(&self, user: u64, channel: u64, bits: u64) -> bool {
        self.channels.get(&channel).is_some_and(|c| may::in_channel(self, user, c) & bits == bits)
    }
    /// Whether `user` sees a message at all.
    pub(super) fn shows(&self, message: &Message, user: u64) -> bool {
        message.only_for.is_none_or(|one| one == user) && self.can(user, message.channel, may::VIEW)
    }
    /// A channel as people call it: `#eng`, `#eng › thread`, `DM sari`.
    pub(super) fn place(&self, channel: u64) -> String {
        let Some(c) = self.channels.get(&channel) else { return "?".into() };
        match c.kind {
            Kind::Text => format!("#{}", c.name),
            Kind::Direct { with } => format!("DM {}", self.username(with)),
            Kind::Thread { parent, .. } => format!("{} › {}", self.place(parent), c.name),
        }
    }
    pub(super) fn username(&self, user: u64) -> String {
        self.users.get(&user).map_or_else(|| "unknown-user".into(), |u| u.name.clone())
    }
    /// Who wrote a message, as it is shown.
    pub(super) fn writer(&self, message: &Message) -> String {
        message.through.as_ref().map_or_else(|| self.username(message.author), |through| through.name.clone())
    }
    /// The message that an enforced nonce already made in this channel, if one did lately.
    pub(super) fn by_nonce(&mut self, channel: u64, nonce: &str) -> Option<u64> {
        let now = self.now();
        while self.nonces.front().is_some_and(|n| n.0 + NONCE_MS < now) || self.nonces.len() > NONCES_MAX {
            self.nonces.pop_front();
        }
        self.nonces.iter().find(|n| n.1 == channel && n.2 == nonce).map(|n| n.3)
    }
    /// Remembers the nonce of a message.
    pub(super) fn remember_nonce(&mut self, channel: u64, nonce: &str, message: u64) {
        let now = self.now();
        self.nonces.push_back((now, channel, nonce.to_owned(), message));
    }
    /// Keeps an interaction. With `at_most`, the oldest ones are forgotten with their ephemeral messages: for load.
    pub(super) fn keep_interaction(&mut self, it: Interaction, at_most: Option<usize>) {
        if let Some(at_most) = at_most {
            self.recent.push_back(it.token.clone());
            while self.recent.len() > at_most {
                let oldest = self.recent.pop_front().and_then(|token| self.interactions.remove(&token));
                let Some(oldest) = oldest else { continue };
                let Some(channel) = self.channels.get_mut(&oldest.channel) else { continue };
                for id in &oldest.messages {
                    if channel.messages.get(id).is_some_and(|m| m.only_for.is_some()) {
                        channel.messages.remove(id);
                    }
                }
            }
        }
        self.interactions.insert(it.token.clone(), it);
    }
    /// The command of this name that `user` can run: the server's own before the global one.
    pub(super) fn command_named(&self, name: &str) -> Option<&Command> {
        let named = |c: &&Command| {
            let local = c.body.get("name_localizations").and_then(Value::as_object);
            c.kind() == 1 && (c.name() == name || local.is_some_and(|l| l.values().any(|v| v == name)))
        };
        let found = || self.commands.values().filter(named);
        found().find(|c| c.guild).or_else(|| found().next())
    }
}
