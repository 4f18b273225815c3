//! A day of the whole bot on the stage, as the stories tell it: what goes wrong with the stage ends the story.

use jeda::stage::{Cast, Stage};
use jeda_emulator::{discord::Discord, slack::Slack};
use jeda_engine::VirtualClock;
use jeda_store::Backlog;
use std::sync::Arc;

pub(crate) use jeda::stage::face;

pub(crate) struct Day(Stage);

impl Day {
    /// Starts the bot against the platforms that are there, on a SQLite file, and waits until it has read them.
    pub(crate) async fn begin(clock: Arc<VirtualClock>, slack: Option<Slack>, discord: Option<Discord>) -> Self {
        Self::begin_on(clock, Cast { slack, discord, database: None }).await
    }

    /// As [`Day::begin`], on any database.
    pub(crate) async fn begin_on(clock: Arc<VirtualClock>, cast: Cast) -> Self {
        Self(Stage::begin(clock, cast).await.unwrap())
    }

    /// Ends the bot in order and starts another on the same database.
    pub(crate) async fn restart(self) -> Self {
        Self(self.0.restart().await.unwrap())
    }

    pub(crate) fn slack(&self) -> &Slack {
        self.0.slack().expect("this day has a Slack")
    }

    pub(crate) fn discord(&self) -> &Discord {
        self.0.discord().expect("this day has a Discord")
    }

    pub(crate) fn stage(&self) -> &Stage {
        &self.0
    }

    /// Lets everything happen that happens now.
    pub(crate) async fn quiet(&self) {
        self.0.quiet().await.unwrap();
    }

    /// Goes on to an instant, from one thing due to the next.
    pub(crate) async fn until(&self, at: &str) {
        self.0.until(at.parse().unwrap()).await.unwrap();
    }

    /// Ends the day: nothing is owed that is due, nothing failed, and neither platform saw anything it doesn't know.
    pub(crate) async fn end(self) {
        self.end_with_dead(0).await;
    }

    /// As [`Day::end`], where so many effects were refused for good.
    pub(crate) async fn end_with_dead(self, refused: i64) {
        let (backlog, cast) = self.0.end().await.unwrap();
        let Backlog { due, dead, failed, .. } = backlog;
        assert_eq!((due, dead, failed), (0, refused, 0), "{backlog:?}");
        if let Some(slack) = &cast.slack {
            slack.assert_clean();
        }
        if let Some(discord) = &cast.discord {
            discord.assert_clean();
        }
    }
}
