//! Events of one conversation one after the other, conversations side by side.

use std::{
    collections::{HashMap, VecDeque},
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

/// Events that wait in one lane at most. A person doesn't get there; a server where thousands join at once might,
/// and those are learned again by the daily look at the directory.
const WAITING_MAX: usize = 10_000;

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The lanes. A lane exists while something is in it.
#[derive(Clone, Default)]
pub(crate) struct Lanes(Arc<Mutex<HashMap<String, VecDeque<Work>>>>);

impl Lanes {
    /// Puts work at the end of a lane. `false` when the lane is full and the work was left out.
    pub(crate) fn put(&self, lane: String, work: impl Future<Output = ()> + Send + 'static) -> bool {
        let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waiting) = lanes.get_mut(&lane) {
            if waiting.len() >= WAITING_MAX {
                return false;
            }
            waiting.push_back(Box::pin(work));
            return true;
        }
        lanes.insert(lane.clone(), VecDeque::new());
        drop(lanes);
        let all = self.clone();
        tokio::spawn(async move {
            work.await;
            while let Some(next) = all.next(&lane) {
                next.await;
            }
        });
        true
    }

    /// The next of a lane; an empty lane is taken away in the same breath, so that nothing is put into one that
    /// nobody works on.
    fn next(&self, lane: &str) -> Option<Work> {
        let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = lanes.get_mut(lane)?.pop_front();
        if next.is_none() {
            lanes.remove(lane);
        }
        next
    }

    /// Whether nothing is under way.
    pub(crate) fn idle(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::{Notify, mpsc};

    #[tokio::test]
    async fn a_slow_conversation_keeps_its_order_and_holds_up_no_other() {
        let lanes = Lanes::default();
        let gate = Arc::new(Notify::new());
        let (done, mut order) = mpsc::unbounded_channel();
        let work = |name: &'static str, wait: bool| {
            let (done, gate) = (done.clone(), gate.clone());
            async move {
                if wait {
                    gate.notified().await;
                }
                done.send(name).unwrap();
            }
        };
        lanes.put("ana".into(), work("ana 1", true));
        lanes.put("ana".into(), work("ana 2", false));
        lanes.put("budi".into(), work("budi 1", false));
        assert_eq!(order.recv().await, Some("budi 1"));
        assert!(!lanes.idle());
        gate.notify_one();
        assert_eq!(order.recv().await, Some("ana 1"));
        assert_eq!(order.recv().await, Some("ana 2"));
        while !lanes.idle() {
            tokio::task::yield_now().await;
        }
    }
}
