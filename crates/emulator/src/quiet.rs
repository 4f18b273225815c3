//! Whether anything is still on its way, so that a virtual clock moves only when all is quiet.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use tokio::sync::watch;

/// Counts what is on its way: requests being served, and what was sent and is not acknowledged yet.
#[derive(Debug, Clone)]
pub struct Traffic(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    in_flight: AtomicUsize,
    changes: watch::Sender<u64>,
}

/// Something on its way; it has arrived (or was given up) when this is dropped.
#[derive(Debug)]
pub struct InFlight(Arc<Inner>);

impl Default for Traffic {
    fn default() -> Self {
        Self(Arc::new(Inner { in_flight: AtomicUsize::new(0), changes: watch::Sender::new(0) }))
    }
}

impl Traffic {
    /// Something sets out.
    pub fn begin(&self) -> InFlight {
        self.0.in_flight.fetch_add(1, Ordering::SeqCst);
        self.changed();
        InFlight(self.0.clone())
    }
    /// How much is on its way.
    pub fn in_flight(&self) -> usize {
        self.0.in_flight.load(Ordering::SeqCst)
    }
    /// Tells whoever watches that something changed.
    pub fn changed(&self) {
        self.0.changes.send_modify(|n| *n = n.wrapping_add(1));
    }
    /// A counter that changes with every change, to wait on.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }
    /// Waits until `done` says so, looking again after every change. Bound it with a time-out of the caller's.
    pub async fn until(&self, mut done: impl FnMut() -> bool) {
        let mut changes = self.watch();
        while !done() {
            if changes.changed().await.is_err() {
                return;
            }
        }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.in_flight.fetch_sub(1, Ordering::SeqCst);
        self.0.changes.send_modify(|n| *n = n.wrapping_add(1));
    }
}
