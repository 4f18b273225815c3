//! How fast the bot may speak: one limiter for each key (a method and a channel, a token), with the engine's clock.

use crate::{clock::SharedClock, desk::Busy};
use governor::{
    Quota, RateLimiter, clock::Clock as GovernorClock, middleware::NoOpMiddleware, nanos::Nanos,
    state::keyed::DashMapStateStore,
};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// Limiters of one adapter. Waiting goes through the engine's clock, so that a virtual day passes its limits in
/// virtual time.
pub struct Pace {
    clock: SharedClock,
    classes: Vec<RateLimiter<String, DashMapStateStore<String>, PaceClock, NoOpMiddleware<Nanos>>>,
    paused_until: Mutex<BTreeMap<String, Timestamp>>,
    waiting: Arc<AtomicUsize>,
}

/// Index of a class of keys that share a quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(pub usize);

impl Pace {
    /// One class for each quota, addressed by its index.
    pub fn new(clock: SharedClock, quotas: &[Quota]) -> Self {
        let classes = quotas
            .iter()
            .map(|quota| RateLimiter::new(*quota, DashMapStateStore::default(), PaceClock(clock.clone())))
            .collect();
        Self { clock, classes, paused_until: Mutex::default(), waiting: Arc::default() }
    }

    /// Waits until `key` may go, by its class's quota and by what the platform asked for with [`pause`](Self::pause).
    pub async fn wait(&self, class: Class, key: &str) {
        loop {
            let paused = self.lock().get(key).copied();
            if let Some(until) = paused {
                let _waiting = Busy::begin(&self.waiting);
                self.clock.sleep_until(until).await;
                self.lock().retain(|_, until| *until > self.clock.now());
            }
            let Some(limiter) = self.classes.get(class.0) else { return };
            match limiter.check_key(&key.to_owned()) {
                Ok(()) => return,
                Err(not_until) => {
                    let wait = not_until.wait_time_from(self.clock.monotonic().into());
                    let _waiting = Busy::begin(&self.waiting);
                    self.clock.sleep_until(self.clock.now() + wait).await;
                }
            }
        }
    }

    /// Holds a key back for as long as the platform asked (`Retry-After`).
    pub fn pause(&self, key: &str, wait: Duration) {
        let until = self.clock.now() + wait;
        let mut paused = self.lock();
        let entry = paused.entry(key.to_owned()).or_insert(until);
        *entry = (*entry).max(until);
    }

    /// How many calls wait for their turn now: a virtual clock may move on when nothing else is under way.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    /// Forgets keys that have been idle for long; called now and then, so that memory follows what is in use.
    pub fn forget_idle(&self) {
        for class in &self.classes {
            class.retain_recent();
        }
        let now = self.clock.now();
        self.lock().retain(|_, until| *until > now);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Timestamp>> {
        self.paused_until.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Pace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pace").field("classes", &self.classes.len()).finish_non_exhaustive()
    }
}

/// The engine's clock, as governor wants it.
#[derive(Clone)]
struct PaceClock(SharedClock);

impl GovernorClock for PaceClock {
    type Instant = Nanos;
    fn now(&self) -> Nanos {
        self.0.monotonic().into()
    }
}
