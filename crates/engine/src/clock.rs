//! The only place that reads a clock.

use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::sync::Notify;

/// Time, for everything that decides or waits by the calendar. Network time-outs are not its business: they run on
/// tokio's real time.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Waits until `at`; returns at once when that is past.
    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
    /// Time since some fixed point that never goes back, for rates.
    fn monotonic(&self) -> Duration;
}

/// A shared clock.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// The machine's clock.
    #[expect(clippy::new_without_default, reason = "reading the clock is said, not implied")]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn new() -> Self {
        Self { started: Instant::now() }
    }
}

/// How long one wait lasts at most before the wall clock is looked at again: a step of the machine's clock, or its
/// sleep, is noticed within this time.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            loop {
                let left = at.duration_since(self.now());
                let Ok(left) = Duration::try_from(left) else { return };
                if left.is_zero() {
                    return;
                }
                tokio::time::sleep(left.min(LOOK_AGAIN)).await;
            }
        })
    }
    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }
}

/// A clock that stands still until it is told to move: for the demo, the tests and the simulator.
#[derive(Debug)]
pub struct VirtualClock {
    state: Mutex<VirtualState>,
    moved: Notify,
    start: Timestamp,
}

#[derive(Debug)]
struct VirtualState {
    now: Timestamp,
    /// Instants that somebody waits for, with how many wait.
    waited_for: BTreeMap<Timestamp, usize>,
}

impl VirtualClock {
    /// A clock that stands at `start`.
    pub fn new(start: Timestamp) -> Self {
        Self {
            state: Mutex::new(VirtualState { now: start, waited_for: BTreeMap::new() }),
            moved: Notify::new(),
            start,
        }
    }
    /// Moves to `to`; never back. Whoever waited for an instant up to it wakes.
    pub fn advance_to(&self, to: Timestamp) {
        let mut state = self.lock();
        state.now = state.now.max(to);
        drop(state);
        self.moved.notify_waiters();
    }
    /// The earliest instant that somebody waits for.
    pub fn next_waited_for(&self) -> Option<Timestamp> {
        self.lock().waited_for.keys().next().copied()
    }
    fn lock(&self) -> std::sync::MutexGuard<'_, VirtualState> {
        // A poisoned lock only means that some test panicked while it held a plain value: the value is whole.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Counts a waiter for as long as it waits, cancelled or not.
struct Waiting<'c> {
    clock: &'c VirtualClock,
    at: Timestamp,
}
impl<'c> Waiting<'c> {
    fn begin(clock: &'c VirtualClock, at: Timestamp) -> Self {
        *clock.lock().waited_for.entry(at).or_insert(0) += 1;
        Self { clock, at }
    }
}
impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut state = self.clock.lock();
        if let Some(count) = state.waited_for.get_mut(&self.at) {
            *count -= 1;
            if *count == 0 {
                state.waited_for.remove(&self.at);
            }
        }
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        self.lock().now
    }
    fn sleep_until(&self, at: Timestamp) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            if self.now() >= at {
                return;
            }
            let _waiting = Waiting::begin(self, at);
            loop {
                let moved = self.moved.notified();
                tokio::pin!(moved);
                moved.as_mut().enable();
                if self.now() >= at {
                    return;
                }
                moved.await;
            }
        })
    }
    fn monotonic(&self) -> Duration {
        Duration::try_from(self.now().duration_since(self.start)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_waits_wakes_when_the_time_comes_and_not_before() {
        let start: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
        let clock = Arc::new(VirtualClock::new(start));
        let nine = start + Duration::from_secs(9 * 3600);
        let waiter = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(nine).await }
        });
        while clock.next_waited_for().is_none() {
            tokio::task::yield_now().await;
        }
        assert_eq!(clock.next_waited_for(), Some(nine));
        clock.advance_to(nine - Duration::from_secs(1));
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        assert!(!waiter.is_finished());
        clock.advance_to(nine);
        waiter.await.unwrap();
        assert_eq!(clock.next_waited_for(), None);
        clock.advance_to(start);
        assert_eq!(clock.now(), nine, "it never goes back");
    }
}
