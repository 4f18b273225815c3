//! The alarms: what is due goes to the desk, on the same road as an event.

use crate::{
    clock::SharedClock,
    desk::{Bells, DeskHandle, Matter},
};
use jeda_store::Store;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tracing::error;

/// Wakes brought to the desk at once: as many as one of its batches takes.
const WAKES_AT_ONCE: usize = 128;
/// How long to wait after the store failed, and at most between two looks at it: another replica may have set an
/// earlier wake.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

pub(crate) struct Alarms {
    pub(crate) store: Store,
    pub(crate) clock: SharedClock,
    pub(crate) desk: DeskHandle,
    pub(crate) bells: Bells,
    pub(crate) stop: CancellationToken,
}

impl Alarms {
    /// Works until it is told to stop.
    pub(crate) async fn work(self) {
        loop {
            let next = self.bring_due().await.unwrap_or_else(|failure| {
                error!(error = %failure, "the alarms can't read what is due; they look again in a minute");
                None
            });
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = self.bells.wakes.notified() => {}
                () = self.clock.sleep_until(next.unwrap_or(jiff::Timestamp::MAX)) => {}
                () = tokio::time::sleep(LOOK_AGAIN) => {}
            }
        }
    }

    /// Brings everything that is due to the desk. Returns when the next is due.
    async fn bring_due(&self) -> Result<Option<jiff::Timestamp>, Box<dyn std::error::Error + Send + Sync>> {
        while !self.stop.is_cancelled() {
            let due = self.store.due_wakes(self.clock.now(), WAKES_AT_ONCE).await?;
            if due.is_empty() {
                break;
            }
            for wake in &due {
                let late = self.clock.now().duration_since(wake.at).as_secs_f64();
                metrics::histogram!("jeda_wake_late_seconds").record(late);
            }
            // In their order, so that what is due at the same instant comes in it.
            let mut handed_in = Vec::with_capacity(due.len());
            for wake in due {
                handed_in.push(self.desk.put_in(Matter::Fired(wake)).await?);
            }
            for answer in handed_in {
                answer.await?;
            }
        }
        Ok(self.store.next_wake().await?)
    }
}
