//! The people who jot: a local platform, and one note of each of its members over and over.

use super::{BenchError, bot::Links, system};
use jeda_config::Config;
use jeda_core::{
    id::{UserId, WorkspaceId},
    limit::NOTES_MAX,
};
use jeda_emulator::{
    clock::Clock as EmulatorClock,
    discord::{self, Discord, Person, Room, Shot},
    slack::{self, Commands, Member, Slack},
};
use jeda_engine::{Clock as _, SystemClock};
use std::{fmt, sync::Arc, time::Duration};

/// People on each platform. A bot keeps [`NOTES_MAX`] notes of each, so this many times that can be jotted.
pub(super) const PEOPLE: usize = 3_000;
/// Notes that can be jotted on each platform.
pub(super) const NOTES: usize = PEOPLE * NOTES_MAX;
/// What is jotted.
const TEXT: &str = "fixed the export of the quarterly report";

/// A platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Which {
    /// Slack.
    Slack,
    /// Discord.
    Discord,
}

impl fmt::Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Slack => "Slack",
            Self::Discord => "Discord",
        })
    }
}

/// When an answer came, from the command's leaving.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answered {
    pub(super) acknowledged: Duration,
    pub(super) confirmed: Duration,
}

/// Both platforms.
pub(super) struct Towns {
    pub(super) slack: Slack,
    pub(super) discord: Discord,
}

impl Towns {
    pub(super) async fn open() -> Result<Self, BenchError> {
        let machine = SystemClock::new();
        let clock: EmulatorClock = Arc::new(move || machine.now().as_millisecond());
        let mut slack = slack::Setup::new("Bench", clock.clone()).keep_journal(false);
        let mut discord = discord::Setup::new("Bench", clock).room(Room::text("eng")).forgetful();
        for nth in 0..PEOPLE {
            slack = slack.person(Member::named(&name(nth)));
            discord = discord.person(Person::named(name(nth)));
        }
        let everybody: Vec<String> = (0..PEOPLE).map(name).collect();
        let everybody: Vec<&str> = everybody.iter().map(String::as_str).collect();
        let slack = Slack::start(slack.channel("#eng", &everybody)).await.map_err(system("no local Slack"))?;
        let discord = Discord::start(discord).await.map_err(system("no local Discord"))?;
        Ok(Self { slack, discord })
    }

    pub(super) fn links(&self) -> Links {
        Links {
            slack_url: self.slack.api_url(),
            slack_app: self.slack.tokens().app,
            slack_bot: self.slack.tokens().bot,
            discord_url: self.discord.api_url(),
            discord_token: self.discord.token().to_owned(),
        }
    }

    /// Waits until the bot can be spoken to on a platform.
    pub(super) async fn reached(&self, which: Which) {
        match which {
            Which::Slack => self.slack.connected(1).await,
            Which::Discord => self.discord.registered(1).await,
        }
    }

    /// Waits until all links of the bot are up.
    pub(super) async fn linked(&self) {
        self.slack.connected(sockets()).await;
        self.discord.connected().await;
    }

    /// What was done that no correct bot does, and commands without an answer.
    pub(super) fn rules_broken(&self, which: Which) -> Vec<String> {
        match which {
            Which::Slack => self.slack.recorder().violations(),
            Which::Discord => self.discord.recorder().violations(),
        }
    }

    /// Somebody on a platform, with their note.
    pub(super) fn jotter(&self, which: Which, nth: usize) -> Result<Jotter, BenchError> {
        match which {
            Which::Slack => {
                Ok(Jotter::Slack(self.slack.commands(&name(nth), "#eng", &format!("/standup note {TEXT}"))))
            }
            Which::Discord => {
                let shot = self.discord.aims(&name(nth), &format!("/standup note text:{TEXT}"));
                shot.map(Jotter::Discord).map_err(BenchError::Command)
            }
        }
    }

    /// Everybody on a platform.
    pub(super) fn jotters(&self, which: Which) -> Result<Vec<Jotter>, BenchError> {
        (0..PEOPLE).map(|nth| self.jotter(which, nth)).collect()
    }

    /// A platform's name in the database.
    pub(super) fn workspace(&self, which: Which) -> WorkspaceId {
        WorkspaceId::new(match which {
            Which::Slack => format!("slack:{}", self.slack.team_id()),
            Which::Discord => format!("discord:{}", self.discord.guild_id()),
        })
    }

    /// Everybody's name in the database.
    pub(super) fn users(&self, which: Which) -> Vec<UserId> {
        let user = |nth| match which {
            Which::Slack => self.slack.user(&name(nth)).id().to_owned(),
            Which::Discord => self.discord.user(&name(nth)).id().to_string(),
        };
        (0..PEOPLE).map(user).map(UserId::new).collect()
    }
}

/// Sockets to Slack: as many as a bot opens that nobody configured.
pub(super) fn sockets() -> usize {
    Config::default().slack.sockets.into()
}

/// Somebody of [`PEOPLE`].
fn name(nth: usize) -> String {
    format!("person{nth}")
}

/// Somebody with their note.
pub(super) enum Jotter {
    Slack(Commands),
    Discord(Shot),
}

impl Jotter {
    /// Jots it. None when no confirmation came in the platform's time.
    pub(super) async fn jot(&self) -> Option<Answered> {
        match self {
            Self::Slack(commands) => {
                let acknowledged = commands.send().await?;
                // The confirmation comes with the acknowledgement.
                acknowledged.payload?;
                Some(Answered { acknowledged: acknowledged.after, confirmed: acknowledged.after })
            }
            Self::Discord(shot) => {
                let timing = shot.fires().await?;
                Some(Answered { acknowledged: timing.acknowledged, confirmed: timing.confirmed })
            }
        }
    }
}
