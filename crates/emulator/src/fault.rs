//! Trouble on demand: what a platform and a network do to a bot on a bad day.

use std::{
    collections::{HashMap, VecDeque},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

/// What happens to a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The platform does what was asked, then never answers: the connection stays open.
    AppliedThenHangs,
    /// The platform does what was asked, then closes the connection without an answer.
    AppliedThenCloses,
    /// Nothing is done, and the connection closes without an answer.
    Closes,
    /// Nothing is done; the answer is this HTTP status (500, 502, 503…).
    Status(u16),
    /// Nothing is done; the answer is 429, and says to come back after this many seconds.
    RateLimited {
        /// Seconds to wait.
        retry_after: f64,
    },
    /// It is done and answered, after this much real time.
    Slow {
        /// Milliseconds to wait first.
        ms: u64,
    },
    /// Nothing is done; the platform refuses with this error code.
    Refused(String),
}

/// The handle through which trouble is ordered; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    planned: Mutex<HashMap<String, VecDeque<Fault>>>,
    any_planned: AtomicBool,
    tolerant: AtomicBool,
}

/// Stands for every operation in [`Faults::next`].
pub const ANY: &str = "*";

impl Faults {
    /// The next `count` calls of `operation` (or [`ANY`]) meet `fault`. Orders queue up.
    pub fn next(&self, count: usize, operation: &str, fault: Fault) {
        let mut planned = self.lock();
        planned.entry(operation.to_owned()).or_default().extend(std::iter::repeat_n(fault, count));
        self.0.any_planned.store(true, Ordering::SeqCst);
    }
    /// Forgets all orders.
    pub fn clear(&self) {
        self.lock().clear();
        self.0.any_planned.store(false, Ordering::SeqCst);
    }
    /// How many orders were not met yet: a test that ends with some has tested less than it says.
    pub fn pending(&self) -> usize {
        self.lock().values().map(VecDeque::len).sum()
    }
    /// While on, late acknowledgements and the like are expected and are not violations.
    pub fn tolerate(&self, on: bool) {
        self.0.tolerant.store(on, Ordering::SeqCst);
    }
    /// Whether they are expected.
    pub fn tolerant(&self) -> bool {
        self.0.tolerant.load(Ordering::SeqCst)
    }
    /// Takes the order that a call of `operation` meets, if there is one.
    pub fn take(&self, operation: &str) -> Option<Fault> {
        if !self.0.any_planned.load(Ordering::SeqCst) {
            return None;
        }
        let mut planned = self.lock();
        let own = planned.get_mut(operation).and_then(VecDeque::pop_front);
        own.or_else(|| planned.get_mut(ANY).and_then(VecDeque::pop_front))
    }
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, VecDeque<Fault>>> {
        self.0.planned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
