//! Rate limits, where a test switches them on: buckets for each route, and fifty requests a second in all.
//!
//! No clock is read: a request's place in its window is given back by a timer on tokio's time.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

/// How many in which time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub(super) count: usize,
    pub(super) window: Duration,
}

/// A bot's requests to all routes; answers to interactions are exempt.
pub(super) const GLOBAL: Limit = Limit { count: 50, window: Duration::from_secs(1) };
const MESSAGES: Limit = Limit { count: 5, window: Duration::from_secs(5) };
const FOLLOWUPS: Limit = Limit { count: 5, window: Duration::from_secs(2) };
const DIRECT: Limit = Limit { count: 10, window: Duration::from_secs(10) };
const OTHERS: Limit = Limit { count: 10, window: Duration::from_secs(1) };

/// The limit of an operation's own bucket.
pub(super) fn of(operation: &str) -> Limit {
    match operation {
        "POST /channels/{channel_id}/messages" | "PATCH /channels/{channel_id}/messages/{message_id}" => MESSAGES,
        "POST /users/@me/channels" => DIRECT,
        other if other.contains("/webhooks/") => FOLLOWUPS,
        _ => OTHERS,
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct Pace {
    on: Arc<AtomicBool>,
    used: Arc<Mutex<HashMap<String, usize>>>,
    throttled: Arc<AtomicUsize>,
}

impl Pace {
    pub(super) fn switch(&self, on: bool) {
        self.on.store(on, Ordering::SeqCst);
    }
    pub(super) fn is_on(&self) -> bool {
        self.on.load(Ordering::SeqCst)
    }
    /// How many requests were told to come back later.
    pub(super) fn throttled(&self) -> usize {
        self.throttled.load(Ordering::SeqCst)
    }
    /// Takes a place in a bucket: how many are left, or `None` when it is full.
    pub(super) fn take(&self, bucket: &str, limit: Limit) -> Option<usize> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let count = used.entry(bucket.to_owned()).or_insert(0);
        if *count >= limit.count {
            self.throttled.fetch_add(1, Ordering::SeqCst);
            return None;
        }
        *count += 1;
        let left = limit.count - *count;
        drop(used);
        let (all, bucket) = (self.used.clone(), bucket.to_owned());
        tokio::spawn(async move {
            tokio::time::sleep(limit.window).await;
            let mut used = all.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(count) = used.get_mut(&bucket) {
                *count -= 1;
                if *count == 0 {
                    used.remove(&bucket);
                }
            }
        });
        Some(left)
    }
}
