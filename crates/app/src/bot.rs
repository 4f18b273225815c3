//! The whole bot: store, engine and adapters, started and stopped in order.

use crate::{people_files::PeopleFiles, platforms, team_days::TeamDays};
use jeda_calendar::{Reader, UnusableClient};
use jeda_config::{Config, Tokens};
use jeda_engine::{Engine, Locks, SharedClock};
use jeda_store::{OpenError, Options, Store, StoreError};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinHandle};
use tokio_util::sync::CancellationToken;

/// Seconds of a day.
const DAY_SECS: u64 = 24 * 3600;

/// Why the bot can't start. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database can't be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Calendars can't be fetched at all.
    #[error(transparent)]
    Calendars(#[from] UnusableClient),
}

/// How it stands with a platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// It is being reached.
    Connecting,
    /// It is there.
    Up,
    /// It is not, and why.
    Down(String),
}

/// How it stands with each platform, by its name.
pub type Links = BTreeMap<&'static str, Link>;

/// The bot at work.
pub struct Bot {
    engine: Engine,
    clock: SharedClock,
    intake_stop: CancellationToken,
    links: watch::Receiver<Links>,
    connectors: Vec<JoinHandle<()>>,
}

impl Bot {
    /// Starts it with the platforms whose tokens are there. Returns before they are connected: one that can't be
    /// reached never stops the other.
    ///
    /// # Errors
    /// The database can't be opened or read.
    pub async fn start(config: Config, tokens: Tokens, clock: SharedClock) -> Result<Self, StartError> {
        let store =
            Store::open(Options { url: config.database.url.clone(), defaults: config.workspace_defaults() }).await?;
        let retention = Duration::from_secs(u64::from(config.retention.settled_days) * DAY_SECS);
        let engine = Engine::start(store, clock.clone(), retention).await?;
        let people = config.calendars.people.as_deref().map(|folder| PathBuf::from(folder.trim()));
        let reader = Arc::new(Reader::new(&config.calendars.allow_hosts)?.with_people(people.clone()));
        if config.calendars.enabled {
            engine.joiner().read_calendars(reader.clone());
        }
        let intake_stop = CancellationToken::new();
        let (tell, links) = watch::channel(Links::new());
        let hall = platforms::Hall {
            intake: engine.intake(),
            keep: engine.keep(),
            clock: clock.clone(),
            stop: intake_stop.clone(),
            links: Arc::new(tell),
            joiner: engine.joiner(),
        };
        let mut connectors = platforms::connect_all(&config, tokens, &hall);
        if let Some(folder) = people.filter(|_| config.calendars.enabled) {
            let files = PeopleFiles { folder, store: engine.store().clone(), hall: hall.clone() };
            connectors.push(tokio::spawn(files.keep()));
        }
        let (sources, store) = (config.calendars.holidays.clone(), engine.store().clone());
        connectors.push(tokio::spawn(TeamDays { sources, reader, store, hall: hall.clone() }.keep()));
        Ok(Self { engine, clock, intake_stop, links, connectors })
    }

    /// The engine, for the demo's and the tests' own checks.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Waits until every platform that has its tokens is connected.
    ///
    /// # Errors
    /// One of them can't be; why.
    pub async fn connected(&self) -> Result<(), String> {
        let mut links = self.links.clone();
        loop {
            let all = links.borrow_and_update().clone();
            if let Some(Link::Down(why)) = all.values().find(|link| matches!(link, Link::Down(_))) {
                return Err(why.clone());
            }
            if !all.is_empty() && all.values().all(|link| *link == Link::Up) {
                return Ok(());
            }
            links.changed().await.map_err(|_| "the bot has stopped".to_owned())?;
        }
    }

    /// What the pages ask.
    pub fn health(&self) -> Health {
        Health {
            store: self.engine.store().clone(),
            clock: self.clock.clone(),
            links: self.links.clone(),
            locks: self.engine.locks(),
        }
    }

    /// Stops it in order: no more events are taken; what is under way comes to its end; the database is closed.
    pub async fn shut_down(self) {
        self.intake_stop.cancel();
        for connector in self.connectors {
            let _ = connector.await;
        }
        self.engine.shut_down().await;
    }
}

/// What the pages ask.
#[derive(Clone)]
pub struct Health {
    store: Store,
    clock: SharedClock,
    links: watch::Receiver<Links>,
    locks: Locks,
}

impl Health {
    /// Everything that keeps the bot from doing its work, a line each. Empty when all is well.
    pub async fn troubles(&self) -> Vec<String> {
        let mut troubles = Vec::new();
        if let Err(failure) = self.store.ping().await {
            troubles.push(format!("database: {failure}"));
        }
        for (platform, link) in self.links.borrow().iter() {
            match link {
                Link::Up => {}
                Link::Connecting => troubles.push(format!("{platform}: connecting")),
                Link::Down(why) => troubles.push(format!("{platform}: {why}")),
            }
        }
        for workspace in self.locks.workspaces() {
            troubles.push(format!("{workspace}: the token is not accepted; `jeda doctor` shows how to mend it"));
        }
        troubles
    }

    /// Brings the gauges up to date.
    pub async fn gauge(&self) {
        if let Ok(backlog) = self.store.backlog(self.clock.now()).await {
            metrics::gauge!("jeda_effects_owed").set(backlog.owed as f64);
            metrics::gauge!("jeda_effects_due").set(backlog.due as f64);
            metrics::gauge!("jeda_effects_dead").set(backlog.dead as f64);
            metrics::gauge!("jeda_wakes").set(backlog.wakes as f64);
            metrics::gauge!("jeda_events_failed").set(backlog.failed as f64);
        }
        for (platform, link) in self.links.borrow().iter() {
            metrics::gauge!("jeda_platform_up", "platform" => *platform).set(f64::from(matches!(link, Link::Up)));
        }
    }
}
