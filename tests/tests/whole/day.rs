//! A day of the whole bot on the stage, as the stories tell it: what goes wrong with the stage ends the story, and a
//! story that fails prints what happened.

use jeda::stage::{Cast, Interval, Settings, Stage};
use jeda_emulator::{discord::Discord, slack::Slack};
use jeda_engine::VirtualClock;
use jeda_store::Backlog;
use jeda_tests::{assert_right, judge_discord, judge_slack};
use std::sync::Arc;

pub(crate) use jeda::stage::face;

/// The bot at work. The stage is there until the day ends.
pub(crate) struct Day(Option<Stage>);

/// A time in which the bot doesn't run.
pub(crate) struct Night(Option<Interval>);

impl Day {
    /// Starts the bot against the platforms that are there, on a SQLite file, and waits until it has read them.
    pub(crate) async fn begin(clock: Arc<VirtualClock>, slack: Option<Slack>, discord: Option<Discord>) -> Self {
        Self::begin_on(clock, Cast { slack, discord, database: None }).await
    }

    /// As [`Day::begin`], on any database.
    pub(crate) async fn begin_on(clock: Arc<VirtualClock>, cast: Cast) -> Self {
        Self(Some(Stage::begin(clock, cast).await.unwrap()))
    }

    /// As [`Day::begin_on`], with other settings.
    pub(crate) async fn begin_with(clock: Arc<VirtualClock>, cast: Cast, settings: Settings) -> Self {
        Self(Some(Stage::begin_with(clock, cast, settings).await.unwrap()))
    }

    /// Ends the bot in order and starts another on the same database.
    pub(crate) async fn restart(self) -> Self {
        self.stop().await.start().await
    }

    /// Ends the bot in order; life goes on without it.
    pub(crate) async fn stop(mut self) -> Night {
        Night(Some(self.0.take().unwrap().stop().await))
    }

    pub(crate) fn stage(&self) -> &Stage {
        self.0.as_ref().expect("the day goes on")
    }

    pub(crate) fn slack(&self) -> &Slack {
        self.stage().slack().expect("this day has a Slack")
    }

    pub(crate) fn discord(&self) -> &Discord {
        self.stage().discord().expect("this day has a Discord")
    }

    /// Lets everything happen that happens now.
    pub(crate) async fn quiet(&self) {
        self.stage().quiet().await.unwrap();
    }

    /// Goes on to an instant, from one thing due to the next.
    pub(crate) async fn until(&self, at: &str) {
        self.stage().until(at.parse().unwrap()).await.unwrap();
    }

    /// Ends the day: nothing is owed that is due, nothing failed, neither platform saw anything it doesn't know, and
    /// every request was one that the platform's own description allows.
    pub(crate) async fn end(self) {
        self.end_with_dead(0).await;
    }

    /// As [`Day::end`], where so many effects were refused for good.
    pub(crate) async fn end_with_dead(mut self, refused: i64) {
        let (backlog, cast) = self.0.take().unwrap().end().await.unwrap();
        let cast = Told(cast);
        let Backlog { due, dead, failed, .. } = backlog;
        assert_eq!((due, dead, failed), (0, refused, 0), "{backlog:?}");
        if let Some(slack) = &cast.0.slack {
            assert_eq!(slack.faults().pending(), 0, "all the trouble that was ordered came");
            slack.assert_clean();
            assert_right(&judge_slack(&slack.recorder().calls()));
        }
        if let Some(discord) = &cast.0.discord {
            assert_eq!(discord.faults().pending(), 0, "all the trouble that was ordered came");
            discord.assert_clean();
            assert_right(&judge_discord(&discord.recorder().calls()));
        }
    }
}

impl Night {
    /// Lets time pass.
    pub(crate) fn until(&self, at: &str) {
        self.0.as_ref().unwrap().clock().advance_to(at.parse().unwrap());
    }

    /// Starts a bot on the same database.
    pub(crate) async fn start(mut self) -> Day {
        Day(Some(self.0.take().unwrap().start().await.unwrap()))
    }
}

/// Platforms at the end of a day.
struct Told(Cast);

impl Drop for Told {
    fn drop(&mut self) {
        tell(self.0.slack.as_ref(), self.0.discord.as_ref());
    }
}

impl Drop for Day {
    fn drop(&mut self) {
        if let Some(stage) = &self.0 {
            tell(stage.slack(), stage.discord());
        }
    }
}

/// What happened, for whoever reads why a story failed.
fn tell(slack: Option<&Slack>, discord: Option<&Discord>) {
    if std::thread::panicking() {
        let both = [slack.map(Slack::transcript), discord.map(Discord::transcript)];
        eprintln!("What happened until then:\n{}", both.into_iter().flatten().collect::<Vec<_>>().join("\n"));
    }
}
