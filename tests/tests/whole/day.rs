//! A day of the whole bot: the real adapters, engine and SQLite against the local platforms, on a clock that jumps
//! to the next thing due once all is quiet.

use jeda::bot::Bot;
use jeda_config::{Config, Tokens};
use jeda_emulator::{discord::Discord, slack::Slack};
use jeda_engine::{Clock, VirtualClock};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};
use tempfile::TempDir;

/// How far a wait for a rate limit may lie ahead: the clock moves on to it while a delivery is under way.
const PACE: Duration = Duration::from_secs(5);
/// How long anything may take in real time before the story has failed.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Day {
    pub(crate) clock: Arc<VirtualClock>,
    pub(crate) bot: Bot,
    slack: Option<Slack>,
    discord: Option<Discord>,
    _folder: TempDir,
}

/// The emulators' face of the virtual clock.
pub(crate) fn face(clock: &Arc<VirtualClock>) -> jeda_emulator::clock::Clock {
    let clock = clock.clone();
    Arc::new(move || clock.now().as_millisecond())
}

impl Day {
    /// Starts the bot against the platforms that are there, and waits until it has read them.
    pub(crate) async fn begin(clock: Arc<VirtualClock>, slack: Option<Slack>, discord: Option<Discord>) -> Self {
        // A second installation only means that another story was first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.database.url = format!("sqlite:{}", folder.path().join("jeda.db").display());
        let mut tokens = Tokens::default();
        if let Some(slack) = &slack {
            config.slack.api_url = slack.api_url();
            tokens.slack_app = Some(slack.tokens().app.into());
            tokens.slack_bot = Some(slack.tokens().bot.into());
        }
        if let Some(discord) = &discord {
            config.discord.api_url = Some(discord.api_url());
            tokens.discord = Some(discord.token().to_owned().into());
        }
        let bot = Bot::start(config, tokens, clock.clone()).await.unwrap();
        tokio::time::timeout(PATIENCE, bot.connected()).await.expect("it connects in time").unwrap();
        let day = Self { clock, bot, slack, discord, _folder: folder };
        day.quiet().await;
        day
    }

    pub(crate) fn slack(&self) -> &Slack {
        self.slack.as_ref().expect("this day has a Slack")
    }

    pub(crate) fn discord(&self) -> &Discord {
        self.discord.as_ref().expect("this day has a Discord")
    }

    /// Lets everything happen that happens now.
    pub(crate) async fn quiet(&self) {
        let mut calm = 0;
        let settle = async {
            while calm < 20 {
                tokio::task::yield_now().await;
                let engine = self.bot.engine();
                let traffic = self.slack.as_ref().map_or(0, Slack::in_flight)
                    + self.discord.as_ref().map_or(0, Discord::in_flight);
                let idle = traffic == 0 && engine.is_idle().await.unwrap() && engine.under_way() == 0;
                calm = if idle { calm + 1 } else { 0 };
                let paced = self.clock.next_waited_for().filter(|at| *at <= self.clock.now() + PACE);
                if let (false, 0, Some(at)) = (idle, traffic, paced) {
                    self.clock.advance_to(at);
                }
            }
        };
        tokio::time::timeout(PATIENCE, settle).await.expect("it becomes quiet");
    }

    /// Goes on to an instant, from one thing due to the next.
    pub(crate) async fn until(&self, at: &str) {
        let at: Timestamp = at.parse().unwrap();
        loop {
            self.quiet().await;
            let next = self.bot.engine().next_due().await.unwrap().filter(|next| *next <= at);
            self.clock.advance_to(next.unwrap_or(at));
            if let Some(slack) = &self.slack {
                slack.time_passed();
            }
            if next.is_none() {
                break;
            }
        }
        self.quiet().await;
    }

    /// Ends the day: nothing is owed that is due, nothing failed, and neither platform saw anything it doesn't know.
    pub(crate) async fn end(self) {
        self.quiet().await;
        let backlog = self.bot.engine().store().backlog(self.clock.now()).await.unwrap();
        assert_eq!((backlog.due, backlog.dead, backlog.failed), (0, 0, 0), "{backlog:?}");
        self.bot.shut_down().await;
        if let Some(slack) = &self.slack {
            slack.assert_clean();
        }
        if let Some(discord) = &self.discord {
            discord.assert_clean();
        }
    }
}
