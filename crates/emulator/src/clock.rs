//! The emulators' time: a function given at the start, so that a test's clock also moves the platform.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Now, in milliseconds since 1970. Real time-outs (three seconds to acknowledge) run on tokio's time instead:
/// the program under test is a real program.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// A clock moved by hand.
#[derive(Debug, Clone)]
pub struct HandClock(Arc<AtomicI64>);

impl HandClock {
    /// A clock that stands at `now_ms`.
    pub fn at(now_ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(now_ms)))
    }
    /// Moves it on by `ms`.
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
    /// Sets it to `now_ms`.
    pub fn set(&self, now_ms: i64) {
        self.0.store(now_ms, Ordering::SeqCst);
    }
    /// The function that the emulators take.
    pub fn clock(&self) -> Clock {
        let now = self.0.clone();
        Arc::new(move || now.load(Ordering::SeqCst))
    }
}
