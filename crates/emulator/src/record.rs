//! What was asked of the platform, kept word for word for tests to hold against the platforms' own specifications,
//! and every rule that was broken.

use serde_json::{Map, Value};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// One request to the platform, or one acknowledgement of what it sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// When, by the emulator's clock, in milliseconds since 1970.
    pub at: i64,
    /// The operation: `chat.postMessage`, `response_url` or `acknowledge view_submission` on Slack, and on Discord
    /// `POST /channels/{channel_id}/messages`.
    pub operation: String,
    /// The path as it was asked for, without the server.
    pub path: String,
    /// What kind of credential came with it (`bot`, `app`, `none`); never the credential.
    pub credential: String,
    /// The content type, without its parameters; empty when there was none.
    pub content_type: String,
    /// What stood in the address, as text.
    pub query: Map<String, Value>,
    /// The body; of a Slack method all arguments, those in the address too.
    pub arguments: Value,
    /// The HTTP status of the answer; 0 when the connection was closed without one.
    pub status: u16,
    /// The platform's error code, where it refused.
    pub error: Option<String>,
}

/// The recorder; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Recorder(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    drop_calls: AtomicBool,
    served: AtomicU64,
    calls: Mutex<Vec<Call>>,
    violations: Mutex<Vec<String>>,
}

impl Recorder {
    /// A recorder; with `keep_calls` false calls are only counted, for load. Violations are always kept.
    pub fn new(keep_calls: bool) -> Self {
        let recorder = Self::default();
        recorder.0.drop_calls.store(!keep_calls, Ordering::Relaxed);
        recorder
    }
    /// Whether calls are kept.
    pub fn keeps_calls(&self) -> bool {
        !self.0.drop_calls.load(Ordering::Relaxed)
    }
    /// Keeps a call.
    pub fn call(&self, call: Call) {
        self.served();
        if self.keeps_calls() {
            self.0.calls.lock().unwrap_or_else(PoisonError::into_inner).push(call);
        }
    }
    /// Counts a call that is not kept.
    pub fn served(&self) {
        self.0.served.fetch_add(1, Ordering::Relaxed);
    }
    /// How many calls there were.
    pub fn served_so_far(&self) -> u64 {
        self.0.served.load(Ordering::Relaxed)
    }
    /// Every call that was kept, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.0.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// The calls of one operation.
    pub fn calls_of(&self, operation: &str) -> Vec<Call> {
        self.calls().into_iter().filter(|c| c.operation == operation).collect()
    }
    /// Notes a broken rule: something a correct bot never does.
    pub fn violation(&self, what: impl Into<String>) {
        self.0.violations.lock().unwrap_or_else(PoisonError::into_inner).push(what.into());
    }
    /// The rules that were broken, oldest first.
    pub fn violations(&self) -> Vec<String> {
        self.0.violations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Takes the violations out, for tests that provoke them.
    pub fn take_violations(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.violations.lock().unwrap_or_else(PoisonError::into_inner))
    }
    /// # Panics
    /// When a rule was broken: the list is the message.
    pub fn assert_clean(&self) {
        let violations = self.violations();
        assert!(violations.is_empty(), "the platform's rules were broken:\n- {}", violations.join("\n- "));
    }
}
