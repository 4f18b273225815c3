//! One life of a bot: from its start on an empty database, through the load on each platform, to its end.

use super::{
    BenchError, Plan, Program,
    bot::{self, Bot},
    load::Load,
    system,
    town::{Towns, Which},
};
use hdrhistogram::Histogram;
use jeda_config::Config;
use jeda_core::snapshot::{Need, Scope};
use jeda_engine::{Clock as _, SystemClock};
use jeda_store::{Options, Store};
use std::{path::Path, time::Duration};

/// How long a bot may take until it answers, and until it is linked.
const START_MAX: Duration = Duration::from_secs(30);
/// How long it is left alone before its memory is read.
const REST: Duration = Duration::from_secs(1);
/// Commands before anything is measured, for caches and branch predictors: a bot that serves a team is warm.
const WARM_UP: usize = 200;

/// What one life came to.
#[derive(Clone, Debug)]
pub struct Round {
    /// Resident memory with both platforms linked, before any load, in kB; none where the system doesn't tell.
    pub idle_kb: Option<u64>,
    /// From the start of the process to the first acknowledgement, for each platform.
    pub first: Vec<(Which, Duration)>,
    /// What the load on each platform came to.
    pub measured: Vec<Measured>,
}

/// What the load on one platform came to.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The platform.
    pub which: Which,
    /// So many under way.
    pub throughput: Vec<Throughput>,
    /// So many a second.
    pub latency: Vec<Latency>,
    /// Resident memory after it, in kB.
    pub after_kb: Option<u64>,
    /// What was sent, and what became of it.
    pub tally: Tally,
    /// What was done that no correct bot does.
    pub rules_broken: Vec<String>,
}

/// So many under way at once.
#[derive(Clone, Copy, Debug)]
pub struct Throughput {
    /// How many.
    pub under_way: usize,
    /// Confirmed a second.
    pub per_second: f64,
    /// Microseconds of processor time that each took of the bot; none where the system doesn't tell.
    pub bot_micros: Option<f64>,
    /// The same of the load and the local platforms.
    pub load_micros: Option<f64>,
}

/// So many a second. Microseconds from the planned instant.
#[derive(Clone, Debug)]
pub struct Latency {
    /// How many.
    pub per_second: u32,
    /// Until the acknowledgement.
    pub acknowledged: Histogram<u64>,
    /// Until the confirmation.
    pub confirmed: Histogram<u64>,
}

/// What was sent, and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Commands sent.
    pub sent: usize,
    /// Confirmed to their senders.
    pub confirmed: usize,
    /// Notes in the database.
    pub stored: usize,
}

impl Tally {
    /// Whether everything was confirmed and is there, once.
    pub fn holds(&self) -> bool {
        self.sent == self.confirmed && self.confirmed == self.stored
    }
}

/// Plays one.
pub(super) async fn play(
    plan: &Plan,
    program: &Program,
    folder: &Path,
    say: &impl Fn(&str),
) -> Result<Round, BenchError> {
    std::fs::create_dir(folder).map_err(system("no folder for the database"))?;
    let towns = Towns::open().await?;
    let clock = SystemClock::new();
    let bot = Bot::start(program, &towns.links(), folder)?;
    let first = async {
        let greeted = tokio::try_join!(greet(&towns, Which::Slack, &clock), greet(&towns, Which::Discord, &clock))?;
        towns.linked().await;
        Ok(greeted)
    };
    let first = tokio::time::timeout(START_MAX, first).await.map_err(|_| bot.failed("doesn't answer"))?;
    let (slack, discord) = first?;
    tokio::time::sleep(REST).await;
    let idle_kb = bot.resident_kb();
    let mut loads = Vec::new();
    for which in &plan.platforms {
        let load = Load::new(towns.jotters(*which)?);
        loads.push((*which, measure(&bot, &load, *which, plan, say).await, load, bot.resident_kb()));
    }
    bot.kill().await?;
    let store = open(folder).await?;
    let mut measured = Vec::new();
    for (which, (latency, throughput), load, after_kb) in loads {
        let tally = Tally { stored: stored(&store, &towns, which).await?, ..load.tally() };
        let rules_broken = towns.rules_broken(which);
        measured.push(Measured { which, throughput, latency, after_kb, tally, rules_broken });
    }
    store.close().await;
    Ok(Round { idle_kb, first: vec![(Which::Slack, slack), (Which::Discord, discord)], measured })
}

/// Sends the first command as early as somebody is there to hear it. When its acknowledgement came.
async fn greet(towns: &Towns, which: Which, clock: &SystemClock) -> Result<Duration, BenchError> {
    towns.reached(which).await;
    let answered = towns.jotter(which, 0)?.jot().await;
    let at = clock.monotonic();
    answered.map(|_| at).ok_or_else(|| BenchError::Command(format!("{which} heard no answer to the first one")))
}

async fn measure(
    bot: &Bot,
    load: &Load,
    which: Which,
    plan: &Plan,
    say: &impl Fn(&str),
) -> (Vec<Latency>, Vec<Throughput>) {
    for _ in 0..WARM_UP {
        load.one().await;
    }
    let mut latency = Vec::new();
    for per_second in plan.per_second.iter().copied() {
        say(&format!("  {which}: {per_second} a second"));
        latency.push(load.send_at(per_second, plan.period).await);
    }
    let mut throughput = Vec::new();
    for under_way in plan.under_way.iter().copied() {
        say(&format!("  {which}: {under_way} under way"));
        throughput.push(load.keep_under_way(under_way, plan.period, bot.process()).await);
    }
    tokio::time::sleep(REST).await;
    (latency, throughput)
}

/// The database, as the next start finds it.
async fn open(folder: &Path) -> Result<Store, BenchError> {
    let url = format!("sqlite:{}", bot::database(folder).display());
    let options = Options { url, defaults: Config::default().workspace_defaults() };
    Store::open(options).await.map_err(|error| BenchError::Store(error.to_string()))
}

/// Notes of everybody on a platform.
async fn stored(store: &Store, towns: &Towns, which: Which) -> Result<usize, BenchError> {
    let workspace = towns.workspace(which);
    let mut notes = 0;
    for user in towns.users(which) {
        let scope = Scope { workspace: workspace.clone(), needs: [Need::Member(user)].into() };
        let snapshot = store.load(&scope).await.map_err(|error| BenchError::Store(error.to_string()))?;
        notes += snapshot.notes.len();
    }
    Ok(notes)
}
