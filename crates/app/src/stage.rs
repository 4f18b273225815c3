//! The whole bot on a stage: store, engine and the real adapters against the local Slack and the local Discord, on a
//! clock that jumps to the next thing due once all is quiet.
//!
//! Promise: nothing leaves the machine, nothing is left behind, and a week takes seconds. The demo plays here, and so
//! do the end-to-end tests. It wants a runtime of one thread: there each look passes over every task that is ready, so
//! that what is under way is seen however busy the machine is.

use crate::bot::{Bot, StartError};
use jeda_config::{Config, Tokens};
use jeda_emulator::{discord::Discord, slack::Slack};
use jeda_engine::{Clock, VirtualClock};
use jeda_store::{Backlog, StoreError};
use jiff::Timestamp;
use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::Duration,
};
use tempfile::TempDir;

/// How far a wait for a rate limit may lie ahead; the courier gives a delivery back before it waits longer. The clock
/// moves on to it while nothing else is under way.
const PACE_MAX: Duration = Duration::from_secs(120);
/// How long anything may take in real time before the stage gives up. A quiet moment comes within milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the wire to the gateway's thread is looked at in real time, and how long something may be on it: loopback
/// takes microseconds, and a thread that waits for its turn on a busy machine takes milliseconds.
const LOOK_AT_WIRE: Duration = Duration::from_micros(200);
const WIRE_MAX: Duration = Duration::from_millis(500);
/// Looks in a row that find nothing under way before the moment counts as quiet: between two looks every task that is
/// ready runs once, and no piece of work is handed on so often without being counted.
const CALM_LOOKS: usize = 50;

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
    /// A file of norms can't be applied.
    #[error("norms can't be applied: {0}")]
    Norms(String),
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
    /// Gateway events that the bot will never hear: told before it started, or lost with a socket.
    unheard: AtomicU64,
    /// What is set otherwise than usual.
    settings: Settings,
    /// Ends last, and takes the database with it.
    folder: TempDir,
}

/// Sets what a play wants otherwise than usual.
pub type Settings = fn(&mut Config);

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
        Self::begin_with(clock, cast, |_| {}).await
    }

    /// The same with other settings, which hold over restarts.
    ///
    /// # Errors
    /// As [`Stage::begin`].
    pub async fn begin_with(clock: Arc<VirtualClock>, cast: Cast, settings: Settings) -> Result<Self, StageError> {
        let folder = tempfile::Builder::new().prefix("jeda-").tempdir().map_err(StageError::Folder)?;
        Interval { clock, cast, settings, folder }.start().await
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
        Interval { clock: self.clock, cast: self.cast, settings: self.settings, folder: self.folder }
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
        // A command beside the bot may have set something; the minute in which it looks by itself never passes here.
        self.bot.engine().look();
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
        let (mut calm, mut was_idle) = (0, false);
        loop {
            tokio::task::yield_now().await;
            calm = if self.traffic() == 0 && self.all_wait() { calm + 1 } else { 0 };
            if calm < CALM_LOOKS {
                continue;
            }
            calm = 0;
            let engine = self.bot.engine();
            if engine.waiting_for_pace() > 0 {
                if let Some(at) = self.clock.next_waited_for().filter(|at| *at <= self.clock.now() + PACE_MAX) {
                    self.clock.advance_to(at);
                }
            } else if self.on_the_wire() {
                self.hear_out().await;
            } else {
                // The database comes last, since it takes longest.
                // It is asked twice, since a delivery may begin and end while the database is asked, and leave something owed.
                let is_idle = engine.is_idle().await? && self.traffic() == 0 && engine.under_way() == 0;
                if is_idle && was_idle {
                    return Ok(());
                }
                was_idle = is_idle;
            }
        }
    }

    /// Whether the gateway told something that the bot has not heard yet.
    fn on_the_wire(&self) -> bool {
        told(&self.cast) > self.unheard.load(SeqCst) + self.bot.engine().heard()
    }

    /// Waits for what is on the wire; what doesn't come soon went down with its socket.
    async fn hear_out(&self) {
        let heard = async {
            while self.on_the_wire() {
                tokio::time::sleep(LOOK_AT_WIRE).await;
            }
        };
        if tokio::time::timeout(WIRE_MAX, heard).await.is_err() {
            self.unheard.store(told(&self.cast).saturating_sub(self.bot.engine().heard()), SeqCst);
        }
    }

    /// Whether whatever is under delivery waits for a rate limit.
    fn all_wait(&self) -> bool {
        let engine = self.bot.engine();
        engine.under_way() <= engine.waiting_for_pace()
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

/// Events put on the gateway's sockets so far.
fn told(cast: &Cast) -> u64 {
    cast.discord.as_ref().map_or(0, Discord::events_told)
}

/// A stage whose bot doesn't run.
pub struct Interval {
    clock: Arc<VirtualClock>,
    cast: Cast,
    settings: Settings,
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
        let unheard = told(&self.cast).into();
        let bot = start(&self.clock, &self.cast, self.settings, &self.folder).await?;
        let Self { clock, cast, settings, folder } = self;
        let stage = Stage { clock, bot, cast, unheard, settings, folder };
        stage.quiet().await?;
        Ok(stage)
    }
}

async fn start(
    clock: &Arc<VirtualClock>,
    cast: &Cast,
    settings: Settings,
    folder: &TempDir,
) -> Result<Bot, StageError> {
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
        config.discord.api_url = Some(discord.api_url());
        tokens.discord = Some(discord.token().to_owned().into());
    }
    settings(&mut config);
    let bot = Bot::start(config, tokens, clock.clone()).await?;
    let late = |_| StageError::Connect(format!("no connection within {} s", PATIENCE.as_secs()));
    tokio::time::timeout(PATIENCE, bot.connected()).await.map_err(late)?.map_err(StageError::Connect)?;
    Ok(bot)
}
