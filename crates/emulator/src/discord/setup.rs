//! Who and what is there when the local Discord starts.

use super::permissions as may;
use crate::clock::Clock;
use std::time::Duration;

/// The bot token of a [`Setup`] that names none.
pub const TOKEN: &str = "emulated.discord.token";

/// The permissions that a bot is invited with where the setup says nothing else.
pub const INVITED: u64 = may::INVITED;
/// The permission to delete what others wrote.
pub const MANAGE_MESSAGES: u64 = may::MANAGE_MESSAGES;
/// The permission to see, make and delete webhooks.
pub const MANAGE_WEBHOOKS: u64 = may::MANAGE_WEBHOOKS;

/// The privileged gateway intents: members (1 << 1), presences (1 << 8) and message content (1 << 15).
pub const PRIVILEGED_INTENTS: u64 = (1 << 1) | (1 << 8) | (1 << 15);

/// A person at the start.
#[derive(Debug, Clone)]
pub struct Person {
    pub(super) name: String,
    pub(super) display: String,
    pub(super) locale: String,
    pub(super) zone: Option<String>,
    pub(super) roles: Vec<String>,
    pub(super) admin: bool,
    pub(super) owner: bool,
    pub(super) outside: bool,
}

impl Person {
    /// A member of the server who reads English; `name` is the username, and how tests call them.
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            display: name.clone(),
            name,
            locale: "en-US".into(),
            zone: None,
            roles: vec![],
            admin: false,
            owner: false,
            outside: false,
        }
    }
    /// The name that others see.
    #[must_use]
    pub fn display(mut self, display: impl Into<String>) -> Self {
        self.display = display.into();
        self
    }
    /// The language of their Discord (`id`, `en-US`, …).
    #[must_use]
    pub fn locale(mut self, locale: impl Into<String>) -> Self {
        self.locale = locale.into();
        self
    }
    /// The IANA zone of their computer, which Discord never tells a bot; `<t:…>` is shown in it (UTC without one).
    #[must_use]
    pub fn zone(mut self, zone: impl Into<String>) -> Self {
        self.zone = Some(zone.into());
        self
    }
    /// Has a role, by its name.
    #[must_use]
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.roles.push(role.into());
        self
    }
    /// Owns the server, and so may do everything in it. Without an owner among the people, somebody called `founder`
    /// is there, too.
    #[must_use]
    pub fn owner(mut self) -> Self {
        self.owner = true;
        self
    }
    /// May do everything in the server.
    #[must_use]
    pub fn admin(mut self) -> Self {
        self.admin = true;
        self
    }
    /// Has an account, but is not (yet) in the server.
    #[must_use]
    pub fn outside(mut self) -> Self {
        self.outside = true;
        self
    }
}

/// A text channel at the start.
#[derive(Debug, Clone)]
pub struct Room {
    pub(super) name: String,
    pub(super) topic: String,
    pub(super) only: Option<Vec<String>>,
    pub(super) without_bot: bool,
}

impl Room {
    /// A channel that everyone in the server sees.
    pub fn text(name: impl Into<String>) -> Self {
        Self { name: name.into(), topic: String::new(), only: None, without_bot: false }
    }
    /// Its topic.
    #[must_use]
    pub fn topic(mut self, topic: impl Into<String>) -> Self {
        self.topic = topic.into();
        self
    }
    /// Only these people (or roles, as `@name`) see it, and the bot.
    #[must_use]
    pub fn only<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.only = Some(names.into_iter().map(Into::into).collect());
        self
    }
    /// The bot does not see it.
    #[must_use]
    pub fn without_bot(mut self) -> Self {
        self.without_bot = true;
        self
    }
}

/// The local Discord at its start: one server, the people who know it, and the bot that was invited.
#[derive(Clone)]
pub struct Setup {
    pub(super) guild: String,
    pub(super) guild_locale: String,
    pub(super) bot: String,
    pub(super) token: String,
    pub(super) bot_permissions: u64,
    pub(super) privileged: u64,
    pub(super) people: Vec<Person>,
    pub(super) roles: Vec<String>,
    pub(super) rooms: Vec<Room>,
    pub(super) clock: Clock,
    pub(super) keep: bool,
    pub(super) port: u16,
    pub(super) answer_within: Duration,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").field("guild", &self.guild).finish_non_exhaustive()
    }
}

impl Setup {
    /// An empty server.
    pub fn new(guild: impl Into<String>, clock: Clock) -> Self {
        Self {
            guild: guild.into(),
            guild_locale: "en-US".into(),
            bot: "jeda".into(),
            token: TOKEN.into(),
            bot_permissions: may::INVITED,
            privileged: PRIVILEGED_INTENTS,
            people: vec![],
            roles: vec![],
            rooms: vec![],
            clock,
            keep: true,
            port: 0,
            answer_within: Duration::from_secs(3),
        }
    }
    /// Whether everything that is named is there, once.
    pub(super) fn check(&self) -> Result<(), String> {
        let mut names: Vec<&str> = self.people.iter().map(|p| p.name.as_str()).chain([self.bot.as_str()]).collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("{} is there twice", twice[0]));
        }
        for person in &self.people {
            if let Some(role) = person.roles.iter().find(|r| !self.roles.contains(r)) {
                return Err(format!("{} has the role {role}, which is not there", person.name));
            }
            if let Some(zone) = person.zone.as_deref().filter(|z| jiff::tz::TimeZone::get(z).is_err()) {
                return Err(format!("{} lives in {zone}, which is no zone", person.name));
            }
        }
        for room in &self.rooms {
            let known = |name: &String| match name.strip_prefix('@') {
                Some(role) => self.roles.iter().any(|r| r == role) || role == "admin",
                None => names.contains(&name.as_str()),
            };
            if let Some(name) = room.only.iter().flatten().find(|name| !known(name)) {
                return Err(format!("#{} is for {name}, who is not there", room.name));
            }
        }
        Ok(())
    }
    /// Adds a person.
    #[must_use]
    pub fn person(mut self, person: Person) -> Self {
        self.people.push(person);
        self
    }
    /// Adds a role without permissions of its own.
    #[must_use]
    pub fn role(mut self, name: impl Into<String>) -> Self {
        self.roles.push(name.into());
        self
    }
    /// Adds a channel.
    #[must_use]
    pub fn room(mut self, room: Room) -> Self {
        self.rooms.push(room);
        self
    }
    /// The server's own language.
    #[must_use]
    pub fn guild_locale(mut self, locale: impl Into<String>) -> Self {
        self.guild_locale = locale.into();
        self
    }
    /// The bot's name.
    #[must_use]
    pub fn bot(mut self, name: impl Into<String>) -> Self {
        self.bot = name.into();
        self
    }
    /// The bot's token.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = token.into();
        self
    }
    /// What the bot was invited with (Discord's permission bits).
    #[must_use]
    pub fn bot_permissions(mut self, bits: u64) -> Self {
        self.bot_permissions = bits;
        self
    }
    /// Which privileged intents the developer portal grants (bits of [`PRIVILEGED_INTENTS`]); asking for another
    /// closes the gateway with 4014.
    #[must_use]
    pub fn privileged_intents(mut self, bits: u64) -> Self {
        self.privileged = bits;
        self
    }
    /// Keeps neither journal nor requests nor ephemeral messages: for load.
    #[must_use]
    pub fn forgetful(mut self) -> Self {
        self.keep = false;
        self
    }
    /// Listens on this port instead of any free one.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }
    /// How long an interaction waits for its answer, in real time (Discord: three seconds).
    #[must_use]
    pub fn answer_within(mut self, within: Duration) -> Self {
        self.answer_within = within;
        self
    }
}
