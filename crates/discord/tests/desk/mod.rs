//! A door that remembers who came through it, and a drawer in memory.

use jeda_core::{
    command::Invocation,
    event::{Inbound, Origin},
    id::WorkspaceId,
    message::Reply,
};
use jeda_engine::{Intake, IntakeError, Keep};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::{Notify, mpsc};

/// An intake that remembers what it took, and answers as it is told.
pub(crate) struct Desk {
    pub(crate) taken: mpsc::UnboundedSender<Inbound>,
    pub(crate) replies: Mutex<VecDeque<Result<Option<Reply>, IntakeError>>>,
    /// While set, taking waits for it.
    pub(crate) gate: Mutex<Option<Arc<Notify>>>,
}

#[async_trait::async_trait]
impl Intake for Desk {
    async fn take(&self, inbound: Inbound) -> Result<Option<Reply>, IntakeError> {
        let gate = self.gate.lock().unwrap().take();
        if let Some(gate) = gate {
            gate.notified().await;
        }
        let reply = self.replies.lock().unwrap().pop_front().unwrap_or(Ok(None));
        let _ = self.taken.send(inbound);
        reply
    }
    async fn suggest(
        &self,
        workspace: &WorkspaceId,
        _: &Invocation,
        argument: &str,
        typed: &str,
        by: &Origin,
    ) -> Vec<(String, String)> {
        vec![(format!("{workspace} {argument} {}", by.user), format!("{typed}!"))]
    }
}

#[derive(Default)]
pub(crate) struct Drawer(Mutex<BTreeMap<String, String>>);

#[async_trait::async_trait]
impl Keep for Drawer {
    async fn kept(&self, key: &str) -> Option<String> {
        self.0.lock().unwrap().get(key).cloned()
    }
    async fn keep(&self, key: &str, value: &str) {
        self.0.lock().unwrap().insert(key.to_owned(), value.to_owned());
    }
}

/// What comes through the door next.
pub(crate) async fn next(taken: &mut mpsc::UnboundedReceiver<Inbound>) -> Inbound {
    tokio::time::timeout(Duration::from_secs(20), taken.recv()).await.unwrap().unwrap()
}
