//! The order of each conversation. Slack may bring one person's events over any of its sockets, and each is handled
//! on its own; a lane makes the later one wait until the earlier one has been taken.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::oneshot;

/// Lanes by key (a person, a channel). A lane exists while somebody is in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lanes(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    last: HashMap<String, Tail>,
    count: u64,
}

/// The one who came last into a lane.
#[derive(Debug)]
struct Tail {
    number: u64,
    gone: oneshot::Receiver<()>,
}

/// A place in a lane; whoever came later goes when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    lanes: Lanes,
    key: String,
    number: u64,
    before: Option<oneshot::Receiver<()>>,
    /// Dropping it wakes whoever waits.
    _gone: oneshot::Sender<()>,
}

impl Lanes {
    /// Takes the next place, at once: the order of these calls is the order of the lane.
    pub(crate) fn line_up(&self, key: &str) -> Place {
        let (gone, wait) = oneshot::channel();
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.count += 1;
        let number = state.count;
        let before = state.last.insert(key.to_owned(), Tail { number, gone: wait }).map(|tail| tail.gone);
        Place { lanes: self.clone(), key: key.to_owned(), number, before, _gone: gone }
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).last.len()
    }
}

impl Place {
    /// Waits until everyone who came before is gone.
    pub(crate) async fn come(&mut self) {
        if let Some(before) = self.before.take() {
            // An error says that its holder was dropped, which is what is waited for.
            let _ = before.await;
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.lanes.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.last.get(&self.key).is_some_and(|tail| tail.number == self.number) {
            state.last.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whoever_came_first_goes_first_and_the_lane_is_forgotten() {
        let lanes = Lanes::default();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let mut places: Vec<Place> = (0..20).map(|_| lanes.line_up("U1")).collect();
        let mut tasks = Vec::new();
        // Started in the wrong order on purpose.
        while let Some(mut place) = places.pop() {
            let seen = seen.clone();
            let nth = places.len();
            tasks.push(tokio::spawn(async move {
                place.come().await;
                tokio::task::yield_now().await;
                seen.lock().unwrap().push(nth);
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*seen.lock().unwrap(), (0..20).collect::<Vec<_>>());
        assert_eq!(lanes.len(), 0);
    }

    #[tokio::test]
    async fn another_lane_does_not_wait() {
        let lanes = Lanes::default();
        let _held = lanes.line_up("U1");
        lanes.line_up("U2").come().await;
        assert_eq!(lanes.len(), 1);
    }
}
