//! What an adapter gives to the engine ([`Platform`]) and what it gets ([`Intake`]).

use crate::desk::Busy;
use async_trait::async_trait;
use jeda_core::{
    command::Invocation,
    effect::Outgoing,
    event::{Errand, Inbound, Origin, Posted, Refusal, Seen},
    id::WorkspaceId,
    message::Reply,
    people::{Feed, Reading},
    time::Zone,
};
use jiff::Timestamp;
use std::{sync::Arc, time::Duration};

/// What became of one attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It is there.
    Sent(Posted),
    /// The platform refused it for good.
    Refused(Refusal),
    /// It is not there, and may be tried again: a 429 (with its `Retry-After`), a 5xx, no connection.
    Later {
        /// How long the platform asks to wait; `None` leaves it to the courier's back-off.
        after: Option<Duration>,
        /// The platform's code, never a body.
        why: String,
    },
    /// The token doesn't work. The workspace's effects wait until it does.
    Locked {
        /// The platform's code.
        why: String,
    },
    /// Nobody knows whether it is there: the answer timed out or the connection broke after the request had left.
    Uncertain {
        /// What happened.
        why: String,
    },
}

/// What reconciling found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It had arrived.
    Sent(Posted),
    /// It had not: it may be sent.
    Absent,
    /// It can't be told, now or later: the platform shows such a message to nobody but its reader.
    Untraceable,
    /// It can't be told yet; ask again later.
    Unknown {
        /// Why.
        why: String,
    },
}

/// A platform, as the courier sees it. One value serves every workspace of its platform.
#[async_trait]
pub trait Platform: Send + Sync + 'static {
    /// The prefix of its workspaces' ids (`slack`, `discord`), for routing, logs and metrics.
    fn name(&self) -> &'static str;

    /// How many calls wait for a rate limit now: a virtual clock may move on when nothing else is under way.
    fn waiting(&self) -> usize {
        0
    }

    /// How many events came from the platform so far, where its protocol acknowledges none of them.
    fn heard(&self) -> u64 {
        0
    }

    /// Delivers a message, once. Waits for its own rate limits ([`Pace`](crate::Pace)); times out by itself.
    async fn deliver(&self, outgoing: &Outgoing) -> Delivery;

    /// Whether a message that may have been delivered is there.
    async fn find(&self, outgoing: &Outgoing) -> Found;

    /// Asks the platform about people or channels.
    async fn ask(&self, workspace: &WorkspaceId, errand: &Errand) -> Result<Seen, Delivery>;
}

/// Reads calendars of which people gave the address.
#[async_trait]
pub trait Calendars: Send + Sync + 'static {
    /// Reads one, as the days of a zone have it, from now on. Bounded in time and size, and never inside the network.
    /// A failure is an answer, too: it is asked for again in a while.
    async fn read(&self, feed: &Feed, zone: Zone, now: Timestamp) -> Reading;
}

/// Why an event was not taken. It is not in the inbox then, and must not be acknowledged: the platform sends it again.
#[derive(Clone, Debug, thiserror::Error)]
pub enum IntakeError {
    /// The store could not keep it.
    #[error("the store did not take the event: {0}")]
    Store(String),
    /// jeda is shutting down.
    #[error("shutting down")]
    Closed,
}

/// The door through which adapters bring what happened.
#[async_trait]
pub trait Intake: Send + Sync + 'static {
    /// Takes an event. Returns once it is durable and decided; then, and not before, it may be acknowledged.
    ///
    /// `Ok(None)` also when the event had come before: its effects are owed already, and its reply was given then.
    async fn take(&self, inbound: Inbound) -> Result<Option<Reply>, IntakeError>;

    /// Lets the engine count what an adapter has in its hands: an event before it is taken, a reply before it is
    /// shown. Until the value is dropped the engine is not idle.
    fn attend(&self) -> Attention {
        Attention::default()
    }

    /// What to offer while an argument is typed: (label, value). Reads only.
    async fn suggest(
        &self,
        workspace: &WorkspaceId,
        invocation: &Invocation,
        argument: &str,
        typed: &str,
        by: &Origin,
    ) -> Vec<(String, String)>;
}

/// Something that an adapter has in its hands; see [`Intake::attend`].
#[derive(Debug, Default)]
pub struct Attention {
    /// Counts while it is there.
    _busy: Option<Busy>,
}

impl Attention {
    pub(crate) fn counted(busy: Busy) -> Self {
        Self { _busy: Some(busy) }
    }
}

/// A shared door.
pub type SharedIntake = Arc<dyn Intake>;

/// Small things that an adapter remembers between runs: a direct-message channel that was opened, the hash of the
/// commands that were registered. Losing one costs a call, never a message.
#[async_trait]
pub trait Keep: Send + Sync + 'static {
    /// What was kept under a key.
    async fn kept(&self, key: &str) -> Option<String>;
    /// Keeps it.
    async fn keep(&self, key: &str, value: &str);
}
