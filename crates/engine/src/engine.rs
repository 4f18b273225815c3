//! The engine's assembly, its doors, and its end in order.

use crate::{
    alarms::Alarms,
    clock::SharedClock,
    courier::Courier,
    desk::{Bells, Desk, DeskHandle, Matter},
    lockout::{Lockout, Locks},
    platforms::Platforms,
    port::{Attention, Calendars, Intake, IntakeError, Keep, Platform},
};
use async_trait::async_trait;
use jeda_core::{
    command::Invocation,
    decide,
    event::{Inbound, Origin},
    id::WorkspaceId,
    message::Reply,
};
use jeda_store::{Store, StoreError};
use jiff::Timestamp;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::task::JoinHandle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{info, warn};

/// How long a shutdown waits for deliveries under way. What is left is reconciled at the next start.
const SHUTDOWN_MAX: Duration = Duration::from_secs(20);
/// How often settled rows that are past their retention are purged.
const PURGE_EVERY: Duration = Duration::from_secs(6 * 3600);

/// The engine at work: desk, alarms, courier.
pub struct Engine {
    store: Store,
    clock: SharedClock,
    bells: Bells,
    desk: DeskHandle,
    platforms: Arc<Platforms>,
    lockout: Arc<Lockout>,
    under_way: Arc<AtomicUsize>,
    stop: CancellationToken,
    desk_task: JoinHandle<()>,
    tasks: Vec<JoinHandle<()>>,
}

impl Engine {
    /// Starts it. What an earlier run left under way is reconciled as its platform [joins](Joiner::join). Settled rows
    /// older than `retention` are purged now and then.
    pub async fn start(store: Store, clock: SharedClock, retention: Duration) -> Result<Self, StoreError> {
        let left_over = store.expire_leases(clock.now(), true).await?;
        if left_over > 0 {
            info!(effects = left_over, "an earlier run left effects under way; the platforms are asked about them");
        }
        let (bells, stop) = (Bells::default(), CancellationToken::new());
        let (worker, desk) = Desk::new(store.clone(), clock.clone(), bells.clone());
        let (platforms, under_way) = (Arc::<Platforms>::default(), Arc::new(AtomicUsize::new(0)));
        let lockout = Arc::new(Lockout::default());
        let alarms = Alarms {
            store: store.clone(),
            clock: clock.clone(),
            desk: desk.clone(),
            bells: bells.clone(),
            stop: stop.clone(),
        };
        let courier = Courier {
            store: store.clone(),
            clock: clock.clone(),
            desk: desk.clone(),
            bells: bells.clone(),
            platforms: platforms.clone(),
            lockout: lockout.clone(),
            under_way: under_way.clone(),
            stop: stop.clone(),
            tasks: TaskTracker::new(),
            calendars: Courier::calendar_turns(),
        };
        let desk_task = tokio::spawn(worker.work());
        let tasks = vec![
            tokio::spawn(alarms.work()),
            tokio::spawn(courier.work()),
            tokio::spawn(purge(store.clone(), clock.clone(), retention, stop.clone())),
        ];
        Ok(Self { store, clock, bells, desk, platforms, lockout, under_way, stop, desk_task, tasks })
    }

    /// The way by which platforms join.
    pub fn joiner(&self) -> Joiner {
        Joiner { platforms: self.platforms.clone(), bells: self.bells.clone() }
    }

    /// Looks at once for what another process has set, which is otherwise seen within a minute.
    pub fn look(&self) {
        self.bells.wakes.notify_one();
        self.bells.effects.notify_one();
    }

    /// Which workspaces are locked out.
    pub fn locks(&self) -> Locks {
        Locks(self.lockout.clone())
    }

    /// The door for adapters.
    pub fn intake(&self) -> Arc<dyn Intake> {
        Arc::new(Door { desk: self.desk.clone(), store: self.store.clone() })
    }

    /// The adapters' small memory.
    pub fn keep(&self) -> Arc<dyn Keep> {
        Arc::new(Drawer { store: self.store.clone() })
    }

    /// The store, for pages and for the demo's own check.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Effects under delivery now, those that wait for a rate limit included.
    pub fn under_way(&self) -> usize {
        self.under_way.load(SeqCst)
    }

    /// How many of the platforms' calls wait for a rate limit now.
    pub fn waiting_for_pace(&self) -> usize {
        self.platforms.all().iter().map(|platform| platform.waiting()).sum()
    }

    /// How many events came so far over protocols that acknowledge none.
    pub fn heard(&self) -> u64 {
        self.platforms.all().iter().map(|platform| platform.heard()).sum()
    }

    /// Whether nothing is being decided or in an adapter's hands, and nothing is due that is not under delivery.
    pub async fn is_idle(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        Ok(self.desk.waiting() == 0
            && self.store.backlog(now).await?.due == 0
            && self.store.next_wake().await?.is_none_or(|at| at > now)
            && self.desk.waiting() == 0)
    }

    /// When something falls due next: a wake or an effect.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok([self.store.next_wake().await?, self.store.next_effect(&[]).await?].into_iter().flatten().min())
    }

    /// Stops in order: no new deliveries; those under way come to their end; the desk finishes; the store closes.
    /// The adapters' intake has to be closed before.
    pub async fn shut_down(self) {
        self.stop.cancel();
        let all = async {
            for task in self.tasks {
                let _ = task.await;
            }
        };
        if tokio::time::timeout(SHUTDOWN_MAX, all).await.is_err() {
            warn!("some deliveries did not come to an end; they are reconciled at the next start");
        }
        drop(self.desk);
        // Adapters may still hold a door; the desk has nothing left to do then, and ends with the process.
        let _ = tokio::time::timeout(Duration::from_secs(1), self.desk_task).await;
        self.store.close().await;
    }
}

/// Lets platforms deliver, from the moment at which they are connected.
#[derive(Clone)]
pub struct Joiner {
    platforms: Arc<Platforms>,
    bells: Bells,
}

impl Joiner {
    /// Lets calendars be read from now on.
    pub fn read_calendars(&self, reader: Arc<dyn Calendars>) {
        self.platforms.read_calendars(reader);
    }

    /// Lets a platform deliver from now on, in place of an earlier one of that name.
    pub fn join(&self, platform: Arc<dyn Platform>) {
        self.platforms.join(platform);
        self.bells.effects.notify_one();
    }
}

/// Purges what is past its retention.
async fn purge(store: Store, clock: SharedClock, retention: Duration, stop: CancellationToken) {
    loop {
        match store.purge(clock.now() - retention).await {
            Ok(0) => {}
            Ok(rows) => info!(rows, "rows past their retention were purged"),
            Err(failure) => warn!(error = %failure, "rows past their retention could not be purged"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(PURGE_EVERY) => {}
        }
    }
}

/// The door for adapters.
struct Door {
    desk: DeskHandle,
    store: Store,
}

#[async_trait]
impl Intake for Door {
    async fn take(&self, inbound: Inbound) -> Result<Option<Reply>, IntakeError> {
        self.desk.hand_in(Matter::Happened(inbound)).await
    }

    fn attend(&self) -> Attention {
        Attention::counted(self.desk.attend())
    }

    async fn suggest(
        &self,
        workspace: &WorkspaceId,
        invocation: &Invocation,
        argument: &str,
        typed: &str,
        by: &Origin,
    ) -> Vec<(String, String)> {
        match self.store.load(&decide::suggest_scope(workspace, by)).await {
            Ok(snapshot) => decide::suggest(&snapshot, invocation, argument, typed, by),
            Err(failure) => {
                warn!(%workspace, error = %failure, "nothing could be suggested");
                Vec::new()
            }
        }
    }
}

/// The adapters' small memory, in the store.
struct Drawer {
    store: Store,
}

#[async_trait]
impl Keep for Drawer {
    async fn kept(&self, key: &str) -> Option<String> {
        self.store.kept(key).await.unwrap_or_else(|failure| {
            warn!(key, error = %failure, "a kept value could not be read");
            None
        })
    }
    async fn keep(&self, key: &str, value: &str) {
        if let Err(failure) = self.store.keep(key, value).await {
            warn!(key, error = %failure, "a value could not be kept");
        }
    }
}
