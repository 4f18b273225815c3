//! The same team on either platform and either database, so that a story is told once and has to hold in all of them.
//!
//! Sari in Jakarta administers the workspace and reads Indonesian; Oliver in London owns the standups and reads
//! English. It begins on Monday 2026-11-23 at 8:00 in Jakarta, which is 1:00 in London.

use crate::day::{Day, Night, face};
use jeda::stage::{Cast, Settings};
use jeda_emulator::{
    discord::{self, Discord, Person, Room},
    slack::{self, Member, Setup, Slack},
};
use jeda_engine::VirtualClock;
use jeda_store::testing::postgres_url;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

/// Tells each story on each of its platforms, on SQLite and on PostgreSQL: a test each. `of` another team than this one
/// where that has to be said.
macro_rules! stories {
    (of $team:ty: $($story:ident on $($platform:ident)and+;)+) => {$(
        mod $story {$(
            mod $platform {
                use crate::town::postgres;

                #[tokio::test]
                async fn on_sqlite() {
                    super::super::$story(<$team>::$platform(None).await).await;
                }
                #[tokio::test]
                async fn on_postgresql() {
                    let Some(database) = postgres() else { return };
                    super::super::$story(<$team>::$platform(Some(database)).await).await;
                }
            }
        )+}
    )+};
    ($($stories:tt)+) => { stories! { of crate::town::Town: $($stories)+ } };
}
pub(crate) use stories;

/// A fresh database on PostgreSQL; none, and a word that says so, where it is not installed.
pub(crate) fn postgres() -> Option<String> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    postgres_url(&format!("town_{}", COUNT.fetch_add(1, Ordering::Relaxed)))
}

/// The team's day.
pub(crate) struct Town {
    pub(crate) day: Day,
    platform: Platform,
}

/// A team whose bot doesn't run.
pub(crate) struct Asleep {
    pub(crate) night: Night,
    platform: Platform,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Platform {
    Slack,
    Discord,
}

/// Somebody of the team.
pub(crate) enum Teammate {
    Slack(slack::Person),
    Discord(discord::User),
}

impl Town {
    pub(crate) async fn slack(database: Option<String>) -> Self {
        let clock = monday();
        let setup = Setup::new("Acme", face(&clock))
            .person(Member::named("sari").in_zone("Asia/Jakarta").speaking("id-ID").admin())
            .person(Member::named("oliver").in_zone("Europe/London").speaking("en-GB"))
            .channel("#eng", &["oliver", "sari"])
            .channel("#ops", &["oliver", "sari"]);
        Self::on_slack(clock, setup, database).await
    }

    /// Another team on Slack.
    pub(crate) async fn on_slack(clock: Arc<VirtualClock>, setup: Setup, database: Option<String>) -> Self {
        let slack = Slack::start(setup).await.unwrap();
        let day = Day::begin_with(clock, Cast { slack: Some(slack), discord: None, database }, reads_calendars).await;
        Self { day, platform: Platform::Slack }
    }

    pub(crate) async fn discord(database: Option<String>) -> Self {
        let clock = monday();
        let setup = discord::Setup::new("Acme", face(&clock))
            .person(Person::named("sari").locale("id").zone("Asia/Jakarta").admin())
            .person(Person::named("oliver").locale("en-GB").zone("Europe/London"))
            .room(Room::text("eng"))
            .room(Room::text("ops"));
        let zones = [("sari", "Asia/Jakarta"), ("oliver", "Europe/London")];
        Self::on_discord(clock, setup, &zones, database).await
    }

    /// Another team on Discord, where each says in which zone they are.
    pub(crate) async fn on_discord(
        clock: Arc<VirtualClock>,
        setup: discord::Setup,
        zones: &[(&str, &str)],
        database: Option<String>,
    ) -> Self {
        Self::on_discord_with(clock, setup, zones, database, reads_calendars).await
    }

    /// The same with other settings.
    pub(crate) async fn on_discord_with(
        clock: Arc<VirtualClock>,
        setup: discord::Setup,
        zones: &[(&str, &str)],
        database: Option<String>,
        settings: Settings,
    ) -> Self {
        let discord = Discord::start(setup).await.unwrap();
        let day = Day::begin_with(clock, Cast { slack: None, discord: Some(discord), database }, settings).await;
        let town = Self { day, platform: Platform::Discord };
        for (name, zone) in zones {
            town.user(name).runs("/hours", &[("hours", zone)]).await;
            town.day.quiet().await;
        }
        town
    }

    pub(crate) fn is_slack(&self) -> bool {
        self.platform == Platform::Slack
    }

    pub(crate) fn user(&self, name: &str) -> Teammate {
        match self.platform {
            Platform::Slack => Teammate::Slack(self.day.slack().user(name)),
            Platform::Discord => {
                let user = self.day.discord().user(name);
                user.goes_to("#eng");
                Teammate::Discord(user)
            }
        }
    }

    /// Oliver's standup for both of them, at 9:30.
    pub(crate) async fn standup(&self, name: &str, channel: &str) {
        self.standup_at(name, channel, "weekdays 9:30").await;
    }

    /// The same at another time.
    pub(crate) async fn standup_at(&self, name: &str, channel: &str, when: &str) {
        let who = "@sari @oliver";
        let settings = [("name", name), ("when", when), ("channel", channel), ("window", "4h"), ("who", who)];
        self.user("oliver").runs("/standup new", &settings).await;
        self.day.quiet().await;
        assert!(self.user("oliver").sees(name) > 0, "{name} is set up");
    }

    /// The call by which this platform's messages are posted.
    pub(crate) fn posting(&self) -> &'static str {
        if self.is_slack() { "chat.postMessage" } else { "POST /channels/{channel_id}/messages" }
    }

    pub(crate) fn faults(&self) -> &jeda_emulator::fault::Faults {
        match self.platform {
            Platform::Slack => self.day.slack().faults(),
            Platform::Discord => self.day.discord().faults(),
        }
    }

    pub(crate) fn recorder(&self) -> &jeda_emulator::record::Recorder {
        match self.platform {
            Platform::Slack => self.day.slack().recorder(),
            Platform::Discord => self.day.discord().recorder(),
        }
    }

    pub(crate) fn traffic(&self) -> &jeda_emulator::quiet::Traffic {
        match self.platform {
            Platform::Slack => self.day.slack().traffic(),
            Platform::Discord => self.day.discord().traffic(),
        }
    }

    /// How often administrators read these words in their direct messages, all of them together.
    pub(crate) fn administrators_read(&self, words: &str) -> usize {
        let admins: &[&str] = if self.is_slack() { &["sari"] } else { &["sari", "founder"] };
        admins.iter().map(|name| self.user(name).dm().iter().filter(|text| text.contains(words)).count()).sum()
    }

    pub(crate) async fn stop(self) -> Asleep {
        Asleep { night: self.day.stop().await, platform: self.platform }
    }
}

impl Asleep {
    pub(crate) async fn start(self) -> Town {
        Town { day: self.night.start().await, platform: self.platform }
    }
}

/// Calendars on this machine may be read by its name, and by no number.
fn reads_calendars(config: &mut jeda_config::Config) {
    config.calendars.allow_hosts = vec!["localhost".to_owned()];
}

/// Monday 2026-11-23, 8:00 in Jakarta.
pub(crate) fn monday() -> Arc<VirtualClock> {
    Arc::new(VirtualClock::new("2026-11-23T01:00:00Z".parse().unwrap()))
}

impl Teammate {
    /// Runs a command in #eng.
    pub(crate) async fn runs(&self, command: &str, arguments: &[(&str, &str)]) {
        self.runs_in("#eng", command, arguments).await;
    }

    /// Runs a command in a channel.
    pub(crate) async fn runs_in(&self, channel: &str, command: &str, arguments: &[(&str, &str)]) {
        let mut line = command.to_owned();
        match self {
            Self::Slack(person) => {
                for (name, value) in arguments {
                    let mentions = value.trim_start().starts_with(['@', '#']);
                    line += &if mentions { format!(" {name}={value}") } else { format!(" {name}=\"{value}\"") };
                }
                person.runs_in(channel, &line).await;
            }
            Self::Discord(user) => {
                for (name, value) in arguments {
                    line += &format!(" {name}:{}", value.trim_start());
                }
                user.goes_to(channel);
                user.runs(&line);
            }
        }
    }

    /// Says something to the bot in their direct messages.
    pub(crate) fn replies(&self, text: &str) {
        match self {
            Self::Slack(person) => drop(person.replies(text)),
            Self::Discord(user) => {
                user.goes_to("DM");
                user.replies(text);
            }
        }
    }

    pub(crate) async fn clicks(&self, label: &str) {
        match self {
            Self::Slack(person) => {
                person.clicks(label).await;
            }
            Self::Discord(user) => user.clicks(label),
        }
    }

    /// Waits for the form to come, fills it in and sends it.
    pub(crate) async fn submits(&self, values: [(&str, &str); 3]) {
        match self {
            Self::Slack(person) => {
                person.waits_for_form().await;
                let sent = person.submits(values).await;
                assert!(sent.errors.is_empty(), "{sent:?}");
            }
            Self::Discord(user) => {
                user.form_soon().await;
                user.submits(&values);
            }
        }
    }

    /// Their direct messages with the bot, oldest first.
    pub(crate) fn dm(&self) -> Vec<String> {
        match self {
            Self::Slack(person) => person.dm().into_iter().map(|seen| seen.text).collect(),
            Self::Discord(user) => user.dm().into_iter().map(|seen| seen.text).collect(),
        }
    }

    /// Everything they see anywhere, oldest first.
    pub(crate) fn all(&self) -> Vec<String> {
        match self {
            Self::Slack(person) => person.sees().into_iter().map(|seen| seen.text).collect(),
            Self::Discord(user) => user.sees().into_iter().map(|seen| seen.text).collect(),
        }
    }

    /// How many messages anywhere have these words.
    pub(crate) fn sees(&self, words: &str) -> usize {
        self.all().iter().filter(|text| text.contains(words)).count()
    }

    /// How many direct messages have these words.
    pub(crate) fn reads(&self, words: &str) -> usize {
        self.dm().iter().filter(|text| text.contains(words)).count()
    }
}
