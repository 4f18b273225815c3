//! The whole bot on a stage: store, engine and the real adapters against the local Slack and the local Discord, on a
//! clock that jumps to the next thing due once all is quiet.
//!
//! Promise: nothing leaves the machine, nothing is left behind, and a week takes seconds. The demo plays here, and so
//! do the end-to-end tests.

use crate::bot::{Bot, StartError};
use jeda_config::{Config, Tokens};
use jeda_emulator::{discord::Discord, slack::Slack};
use jeda_engine::{Clock, VirtualClock};
use jeda_store::{Backlog, StoreError};
use jiff::Timestamp;
use std::{io, sync::Arc, time::Duration};
use tempfile::TempDir;

/// How far a wait for a rate limit may lie ahead: the clock moves on to it while a delivery is under way.
const PACE_MAX: Duration = Duration::from_secs(5);
/// How long anything may take in real time before the stage gives up. A quiet moment comes within milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// Looks in a row that find nothing under way before the moment counts as quiet: tasks hand work to each other.
const CALM_LOOKS: usize = 20;

/// Why the play can't go on.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// No temporary folder can be made.
    #[error("no temporary folder can be made: {0}")]
    Folder(io::Error),
    /// The bot can't start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// A platform can't be reached.
    #[error("a platform can't be reached: {0}")]
    Connect(String),
    /// The database can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something is under way that doesn't come to its end.
    #[error("it does not become quiet: {0}")]
    Restless(String),
}

/// What is on the stage.
pub struct Cast {
    /// The local Slack, if it plays.
    pub slack: Option<Slack>,
    /// The local Discord, if it plays.
    pub discord: Option<Discord>,
    /// The database's address; a SQLite file in a temporary folder without one.
    pub database: Option<String>,
}

/// The whole bot on a stage.
pub struct Stage {
    clock: Arc<VirtualClock>,
    bot: Bot,
    cast: Cast,
    /// Ends last, and takes the database with it.
    folder: TempDir,
}

/// The emulators' face of the virtual clock.
pub fn face(clock: &Arc<VirtualClock>) -> jeda_emulator::clock::Clock {
    let clock = clock.clone();
    Arc::new(move || clock.now().as_millisecond())
}

impl Stage {
    /// Starts the bot against the platforms that are there, and waits until it has read them.
    ///
    /// # Errors
    /// The bot can't start, or a platform can't be reached.
    pub async fn begin(clock: Arc<VirtualClock>, cast: Cast) -> Result<Self, StageError> {
        let folder = tempfile::Builder::new().prefix("jeda-").tempdir().map_err(StageError::Folder)?;
        Interval { clock, cast, folder }.start().await
    }

    /// The clock.
    pub fn clock(&self) -> &Arc<VirtualClock> {
        &self.clock
    }

    /// The bot.
    pub fn bot(&self) -> &Bot {
        &self.bot
    }

    /// The local Slack.
    pub fn slack(&self) -> Option<&Slack> {
        self.cast.slack.as_ref()
    }

    /// The local Discord.
    pub fn discord(&self) -> Option<&Discord> {
        self.cast.discord.as_ref()
    }

    /// Ends the bot in order. What stays is the platforms, the database and the time that goes on.
    pub async fn stop(self) -> Interval {
        self.bot.shut_down().await;
        Interval { clock: self.clock, cast: self.cast, folder: self.folder }
    }

    /// Ends the bot in order and starts another on the same database, as an update does.
    ///
    /// # Errors
    /// As [`Stage::begin`].
    pub async fn restart(self) -> Result<Self, StageError> {
        self.stop().await.start().await
    }

    /// Lets everything happen that happens now.
    ///
    /// # Errors
    /// The database can't be read, or something doesn't come to its end.
    pub async fn quiet(&self) -> Result<(), StageError> {
        match tokio::time::timeout(PATIENCE, self.settle()).await {
            Ok(settled) => settled,
            Err(_) => Err(self.restless().await?),
        }
    }

    /// What keeps it from coming to rest, for whoever reads why a play broke off.
    async fn restless(&self) -> Result<StageError, StageError> {
        let (engine, now) = (self.bot.engine(), self.clock.now());
        let store = engine.store();
        Ok(StageError::Restless(format!(
            "{} on the way, {} deliveries under way, {:?}; next wake {:?}, next effect {:?}, now {now}",
            self.traffic(),
            engine.under_way(),
            store.backlog(now).await?,
            store.next_wake().await?,
            store.next_effect(&[]).await?,
        )))
    }

    async fn settle(&self) -> Result<(), StageError> {
        let mut calm = 0;
        while calm < CALM_LOOKS {
            tokio::task::yield_now().await;
            let engine = self.bot.engine();
            let traffic = self.traffic();
            let idle = traffic == 0 && engine.is_idle().await? && engine.under_way() == 0;
            calm = if idle { calm + 1 } else { 0 };
            let paced = self.clock.next_waited_for().filter(|at| *at <= self.clock.now() + PACE_MAX);
            if let (false, 0, Some(at)) = (idle, traffic, paced) {
                self.clock.advance_to(at);
            }
        }
        Ok(())
    }

    fn traffic(&self) -> usize {
        self.slack().map_or(0, Slack::in_flight) + self.discord().map_or(0, Discord::in_flight)
    }

    /// Goes on to an instant, from one thing due to the next.
    ///
    /// # Errors
    /// As [`Stage::quiet`].
    pub async fn until(&self, at: Timestamp) -> Result<(), StageError> {
        while self.step(at).await? {}
        self.quiet().await
    }

    /// Lets everything happen that happens now, then moves the clock to the next thing due, but not past `at`. False:
    /// the clock stands at `at`, and what falls due there is still to happen.
    ///
    /// # Errors
    /// As [`Stage::quiet`].
    pub async fn step(&self, at: Timestamp) -> Result<bool, StageError> {
        self.quiet().await?;
        let next = self.bot.engine().next_due().await?.filter(|next| *next <= at);
        self.clock.advance_to(next.unwrap_or(at));
        if let Some(slack) = self.slack() {
            slack.time_passed();
        }
        Ok(next.is_some())
    }

    /// Ends the play: lets everything happen that happens now, and stops the bot. What was owed then.
    ///
    /// # Errors
    /// As [`Stage::quiet`].
    pub async fn end(self) -> Result<(Backlog, Cast), StageError> {
        self.quiet().await?;
        let backlog = self.bot.engine().store().backlog(self.clock.now()).await?;
        self.bot.shut_down().await;
        Ok((backlog, self.cast))
    }
}

/// A stage whose bot doesn't run.
pub struct Interval {
    clock: Arc<VirtualClock>,
    cast: Cast,
    folder: TempDir,
}

impl Interval {
    /// The clock.
    pub fn clock(&self) -> &Arc<VirtualClock> {
        &self.clock
    }

    /// The platforms, on which life goes on.
    pub fn cast(&self) -> &Cast {
        &self.cast
    }

    /// Starts a bot on the same database.
    ///
    /// # Errors
    /// As [`Stage::begin`].
    pub async fn start(self) -> Result<Stage, StageError> {
        let bot = start(&self.clock, &self.cast, &self.folder).await?;
        let stage = Stage { clock: self.clock, bot, cast: self.cast, folder: self.folder };
        stage.quiet().await?;
        Ok(stage)
    }
}

async fn start(clock: &Arc<VirtualClock>, cast: &Cast, folder: &TempDir) -> Result<Bot, StageError> {
    // A second installation only means that another stage was first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut config = Config::default();
    let file = || format!("sqlite:{}", folder.path().join("jeda.db").display());
    config.database.url = cast.database.clone().unwrap_or_else(file);
    let mut tokens = Tokens::default();
    if let Some(slack) = &cast.slack {
        config.slack.api_url = slack.api_url();
        tokens.slack_app = Some(slack.tokens().app.into());
        tokens.slack_bot = Some(slack.tokens().bot.into());
    }
    if let Some(discord) = &cast.discord {
        // The gateway is read on a thread of its own: what lies in its socket is on its way, too.
        discord.asks_what_was_heard(true);
        config.discord.api_url = Some(discord.api_url());
        tokens.discord = Some(discord.token().to_owned().into());
    }
    let bot = Bot::start(config, tokens, clock.clone()).await?;
    let late = |_| StageError::Connect(format!("no connection within {} s", PATIENCE.as_secs()));
    tokio::time::timeout(PATIENCE, bot.connected()).await.map_err(late)?.map_err(StageError::Connect)?;
    Ok(bot)
}
