//! A team on a local Slack and a local Discord whose prompts are due while no bot runs: a stage sets it up some minutes
//! ago on its own clock, and the processes take over from there.

use crate::process::Settings;
use jeda::stage::{Cast, Interval, Stage, face};
use jeda_config::Config;
use jeda_emulator::{
    discord::{Discord, Person, Room, Setup as Server},
    fault::Faults,
    quiet::Traffic,
    slack::{Member, Setup, Slack},
};
use jeda_engine::{Clock, SystemClock, VirtualClock};
use jeda_store::{Options, Store};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};
use tempfile::TempDir;

/// The team.
pub(crate) const PEOPLE: [&str; 4] = ["ana", "budi", "emma", "joao"];
/// How long something may take in real time.
const PATIENCE: Duration = Duration::from_secs(60);
const POSTING: (&str, &str) = ("chat.postMessage", "POST /channels/{channel_id}/messages");

pub(crate) struct Town {
    interval: Interval,
    pub(crate) settings: Settings,
    database: String,
    _folder: TempDir,
}

impl Town {
    /// Everybody was due twenty minutes ago, and can answer for hours yet.
    pub(crate) async fn with_prompts_due(database: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = database.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("jeda.db").display()));
        let now = SystemClock::new().now();
        let clock = Arc::new(VirtualClock::new(now - Duration::from_secs(40 * 60)));
        let mut workspace = Setup::new("Acme", face(&clock)).channel("#eng", &PEOPLE);
        let mut server = Server::new("Acme", face(&clock)).room(Room::text("eng"));
        for name in PEOPLE {
            workspace = workspace.person(Member::named(name).in_zone("UTC"));
            server = server.person(Person::named(name).zone("UTC"));
        }
        let slack = Slack::start(workspace).await.unwrap();
        let discord = Discord::start(server).await.unwrap();
        let settings = vec![
            ("JEDA_DATABASE_URL", database.clone()),
            ("SLACK_APP_TOKEN", slack.tokens().app),
            ("SLACK_BOT_TOKEN", slack.tokens().bot),
            ("SLACK_API_URL", slack.api_url()),
            ("DISCORD_TOKEN", discord.token().to_owned()),
            ("DISCORD_API_URL", discord.api_url()),
        ];
        let cast = Cast { slack: Some(slack), discord: Some(discord), database: Some(database.clone()) };
        let stage = Stage::begin(clock.clone(), cast).await.unwrap();
        set_up(&stage, now - Duration::from_secs(20 * 60)).await;
        let interval = stage.stop().await;
        clock.advance_to(now);
        Self { interval, settings, database, _folder: folder }
    }

    fn slack(&self) -> &Slack {
        platforms(self.interval.cast()).0
    }

    fn discord(&self) -> &Discord {
        platforms(self.interval.cast()).1
    }

    /// Where trouble is ordered, and with which call.
    pub(crate) fn posting(&self) -> [(&Faults, &'static str); 2] {
        [(self.slack().faults(), POSTING.0), (self.discord().faults(), POSTING.1)]
    }

    /// Waits until so many on each platform have their prompt.
    pub(crate) async fn is_asked(&self, count: usize) {
        self.until("they are asked", || {
            let asked = asked(self.interval.cast());
            asked.chunks(PEOPLE.len()).all(|all| all.iter().filter(|asked| **asked > 0).count() >= count)
        })
        .await;
    }

    pub(crate) async fn everybody_is_asked(&self) {
        self.is_asked(PEOPLE.len()).await;
    }

    pub(crate) fn everybody_was_asked_once(&self) {
        asked_once(self.interval.cast());
    }

    /// Waits until both platforms have been given something to deliver.
    pub(crate) async fn is_delivering(&self) {
        let begun = |(faults, _): (&Faults, &str)| faults.pending() < PEOPLE.len();
        self.until("it delivers", || self.posting().into_iter().all(begun)).await;
    }

    /// Waits until the platforms have noticed that nobody is connected.
    pub(crate) async fn is_cut_off(&self) {
        self.until("nothing is on its way", || {
            self.slack().sockets() == 0 && self.slack().in_flight() == 0 && self.discord().in_flight() == 0
        })
        .await;
    }

    /// How often Slack was asked whether a message had arrived. (On Discord a start reads the conversations anyway.)
    pub(crate) fn looked_for(&self) -> usize {
        self.slack().recorder().calls_of("conversations.history").len()
    }

    /// The reference of a prompt that was delivered, as its message on Slack carries it.
    pub(crate) fn reference(&self) -> String {
        let posted = self.slack().recorder().calls_of(POSTING.0);
        let metadata = &posted.last().unwrap().arguments["metadata"];
        metadata["event_payload"]["key"].as_str().unwrap().to_owned()
    }

    /// Nothing was given up and no event was left undecided, as the database tells; and it can be opened.
    pub(crate) async fn nothing_failed(&self) {
        let defaults = Config::default().workspace_defaults();
        let store = Store::open(Options { url: self.database.clone(), defaults }).await.unwrap();
        let backlog = store.backlog(self.interval.clock().now()).await.unwrap();
        store.close().await;
        assert_eq!((backlog.dead, backlog.failed), (0, 0), "{backlog:?}");
    }

    /// Another bot goes on, on a stage some minutes later: each was asked once, and nothing is owed.
    pub(crate) async fn goes_on_with_another(self) {
        let clock = self.interval.clock();
        clock.advance_to(clock.now() + Duration::from_secs(15 * 60));
        let later = clock.now() + Duration::from_secs(15 * 60);
        let stage = self.interval.start().await.unwrap();
        stage.until(later).await.unwrap();
        let (backlog, cast) = stage.end().await.unwrap();
        assert_eq!((backlog.owed, backlog.dead), (0, 0), "{backlog:?}");
        asked_once(&cast);
    }

    /// Waits for the platforms to change until it is so.
    async fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let both = async {
            let (slack, discord): (&Traffic, &Traffic) = (self.slack().traffic(), self.discord().traffic());
            let (mut one, mut other) = (slack.watch(), discord.watch());
            while !is_so() {
                tokio::select! {
                    changed = one.changed() => changed.unwrap(),
                    changed = other.changed() => changed.unwrap(),
                }
            }
        };
        if tokio::time::timeout(PATIENCE, both).await.is_err() {
            let cast = self.interval.cast();
            panic!("never: {what}\n{:?}\n{}", asked(cast), transcript(cast));
        }
    }
}

fn platforms(cast: &Cast) -> (&Slack, &Discord) {
    (cast.slack.as_ref().unwrap(), cast.discord.as_ref().unwrap())
}

/// How many prompts each of them has, on both platforms.
fn asked(cast: &Cast) -> Vec<usize> {
    let (slack, discord) = platforms(cast);
    let on_slack = PEOPLE.iter().map(|name| {
        let seen = slack.user(name).dm();
        seen.iter().filter(|seen| seen.text.contains("Daily")).count()
    });
    let on_discord = PEOPLE.iter().map(|name| {
        let seen = discord.user(name).dm();
        seen.iter().filter(|seen| seen.text.contains("Daily")).count()
    });
    on_slack.chain(on_discord).collect()
}

fn asked_once(cast: &Cast) {
    let (slack, discord) = platforms(cast);
    assert_eq!(asked(cast), [1; 2 * PEOPLE.len()], "{}", transcript(cast));
    slack.assert_clean();
    discord.assert_clean();
}

fn transcript(cast: &Cast) -> String {
    let (slack, discord) = platforms(cast);
    format!("{}\n{}", slack.transcript(), discord.transcript())
}

/// Everybody works around the clock, and has a standup at that minute.
async fn set_up(stage: &Stage, at: Timestamp) {
    let (slack, discord) = (stage.slack().unwrap(), stage.discord().unwrap());
    let when = at.strftime("%H:%M");
    for name in PEOPLE {
        slack.user(name).runs_in("#eng", "/hours UTC mon-sun 0:00-24:00").await;
        let user = discord.user(name);
        user.goes_to("#eng").runs("/hours hours:UTC mon-sun 0:00-24:00");
        stage.quiet().await.unwrap();
    }
    let who = PEOPLE.map(|name| format!("@{name}")).join(" ");
    slack.user("ana").runs_in("#eng", &format!("/standup new Daily daily {when} window=6h who={who}")).await;
    discord.user("ana").runs(&format!("/standup new name:Daily when:daily {when} window:6h who:{who} channel:#eng"));
    stage.quiet().await.unwrap();
}
