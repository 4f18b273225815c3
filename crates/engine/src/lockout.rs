//! Workspaces whose token doesn't work: their effects wait, and now and then one is let through to see whether the
//! token works again.

use jeda_core::id::WorkspaceId;
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// The first wait, doubled each time.
const WAIT_MIN: Duration = Duration::from_secs(60);
/// The longest wait: a new token is in use within this time without a restart.
const WAIT_MAX: Duration = Duration::from_secs(15 * 60);

#[derive(Debug, Default)]
pub(crate) struct Lockout(Mutex<BTreeMap<WorkspaceId, Shut>>);

/// Which workspaces are locked out, for the pages.
#[derive(Clone, Debug)]
pub struct Locks(pub(crate) Arc<Lockout>);

impl Locks {
    /// Workspaces whose token doesn't work, as far as the last attempts tell.
    pub fn workspaces(&self) -> Vec<WorkspaceId> {
        self.0.lock().keys().cloned().collect()
    }
}

#[derive(Clone, Copy, Debug)]
struct Shut {
    until: Timestamp,
    wait: Duration,
}

/// What a lockout's change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It just began: tell.
    Began,
    /// It goes on.
    GoesOn,
}

impl Lockout {
    /// The token of a workspace was refused. Returns whether that is news, and until when its effects wait.
    pub(crate) fn shut(&self, workspace: &WorkspaceId, now: Timestamp) -> (Turn, Timestamp) {
        let mut all = self.lock();
        match all.get_mut(workspace) {
            None => {
                let until = now + WAIT_MIN;
                all.insert(workspace.clone(), Shut { until, wait: WAIT_MIN });
                (Turn::Began, until)
            }
            Some(shut) => {
                // Several deliveries may come back refused at once: only the first of them makes the wait longer.
                if shut.until <= now {
                    shut.wait = (shut.wait * 2).min(WAIT_MAX);
                    shut.until = now + shut.wait;
                }
                (Turn::GoesOn, shut.until)
            }
        }
    }
    /// Something was delivered. Returns whether the workspace had been shut.
    pub(crate) fn open(&self, workspace: &WorkspaceId) -> bool {
        let mut all = self.lock();
        !all.is_empty() && all.remove(workspace).is_some()
    }
    /// Workspaces whose effects wait now.
    pub(crate) fn shut_now(&self, now: Timestamp) -> Vec<WorkspaceId> {
        self.lock().iter().filter(|(_, shut)| shut.until > now).map(|(id, _)| id.clone()).collect()
    }
    /// When the next of them is tried again.
    pub(crate) fn next_try(&self, now: Timestamp) -> Option<Timestamp> {
        self.lock().values().map(|shut| shut.until).filter(|until| *until > now).min()
    }
    fn lock(&self) -> MutexGuard<'_, BTreeMap<WorkspaceId, Shut>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_token_is_told_once_and_tried_again_ever_more_rarely() {
        let (lockout, acme) = (Lockout::default(), WorkspaceId::new("slack:T1"));
        let mut now: Timestamp = "2026-11-23T00:00:00Z".parse().unwrap();
        assert_eq!(lockout.shut(&acme, now), (Turn::Began, now + WAIT_MIN));
        assert_eq!(lockout.shut(&acme, now), (Turn::GoesOn, now + WAIT_MIN), "the second refusal of a burst");
        assert_eq!(lockout.shut_now(now), std::slice::from_ref(&acme));
        for _ in 0..10 {
            now = lockout.next_try(now).unwrap();
            assert!(lockout.shut_now(now).is_empty(), "one try is let through");
            lockout.shut(&acme, now);
        }
        assert_eq!(lockout.next_try(now), Some(now + WAIT_MAX));
        assert!(lockout.open(&acme));
        assert!(!lockout.open(&acme), "and told once that it is over");
    }
}
