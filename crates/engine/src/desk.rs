//! The desk: the one place where something is decided and committed.
//!
//! Whatever happens (an event from a platform, a wake that is due, an effect that came to its end) is handed in
//! here. The desk takes all that wait at that moment and commits them together: one transaction, one flush to the
//! disk, each thing in its own savepoint. Under load the batches grow by themselves, since things gather while the
//! flush of the last batch is under way. Events that look at one member each are taken, read and written together,
//! however many they are; should one of them fail, each is decided on its own.

use crate::{clock::SharedClock, port::IntakeError};
use jeda_core::{
    decide::{self, Decision, decide},
    effect::Owed,
    event::{Event, Inbound, Outcome, settled_key},
    id::{Subject, WorkspaceId},
    message::Reply,
    snapshot::{Need, Snapshot},
    wake::Due,
};
use jeda_store::{Alone, Arrival, Batch, Store, StoreError};
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};
use tokio::sync::{Notify, mpsc, oneshot};
use tracing::{debug, error};

/// Things in one batch at most: beyond, the first one waits too long for its commit.
const BATCH_MAX: usize = 128;
/// Things that wait for the desk at most; whoever hands in more waits at the door.
const QUEUE_MAX: usize = 4_096;

/// What is handed in.
#[derive(Debug)]
pub(crate) enum Matter {
    /// A platform's event.
    Happened(Inbound),
    /// A wake that is due.
    Fired(Due),
    /// An effect that came to its end. An errand's answer comes along as an event of its own.
    Settled { owed: Owed, subject: Option<Subject>, outcome: Outcome, answer: Option<Box<Event>> },
}

type Answer = Result<Option<Reply>, IntakeError>;

/// The way to the desk. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct DeskHandle {
    queue: mpsc::Sender<(Matter, oneshot::Sender<Answer>)>,
    busy: Arc<AtomicUsize>,
}

impl DeskHandle {
    /// Hands something in, and returns once it is decided and durable.
    pub(crate) async fn hand_in(&self, matter: Matter) -> Answer {
        self.put_in(matter).await?.await
    }
    /// Hands something in and doesn't wait for what becomes of it: what is put in one after the other is taken so.
    pub(crate) async fn put_in(&self, matter: Matter) -> Result<impl Future<Output = Answer> + use<>, IntakeError> {
        let busy = Busy::begin(&self.busy);
        let (answer, answered) = oneshot::channel();
        self.queue.send((matter, answer)).await.map_err(|_| IntakeError::Closed)?;
        Ok(async move {
            let _busy = busy;
            answered.await.map_err(|_| IntakeError::Closed)?
        })
    }
    /// Counts something on its way to the desk, or from it.
    pub(crate) fn attend(&self) -> Busy {
        Busy::begin(&self.busy)
    }
    /// Things handed in and not answered yet, and what adapters have in their hands.
    pub(crate) fn waiting(&self) -> usize {
        self.busy.load(SeqCst)
    }
}

/// Counts something for as long as it is under way, cancelled or not.
#[derive(Debug)]
pub(crate) struct Busy(Arc<AtomicUsize>);
impl Busy {
    pub(crate) fn begin(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, SeqCst);
        Self(count.clone())
    }
}
impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

/// What a commit wakes up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bells {
    /// Rung when wakes were set or cleared.
    pub(crate) wakes: Arc<Notify>,
    /// Rung when effects became owed or were settled.
    pub(crate) effects: Arc<Notify>,
}

/// The desk itself.
pub(crate) struct Desk {
    store: Store,
    clock: SharedClock,
    queue: mpsc::Receiver<(Matter, oneshot::Sender<Answer>)>,
    bells: Bells,
}

impl Desk {
    pub(crate) fn new(store: Store, clock: SharedClock, bells: Bells) -> (Self, DeskHandle) {
        let (sender, queue) = mpsc::channel(QUEUE_MAX);
        let handle = DeskHandle { queue: sender, busy: Arc::default() };
        (Self { store, clock, queue, bells }, handle)
    }

    /// Works until every handle is gone.
    pub(crate) async fn work(mut self) {
        let mut waiting = Vec::with_capacity(BATCH_MAX);
        while self.queue.recv_many(&mut waiting, BATCH_MAX).await > 0 {
            metrics::histogram!("jeda_batch_size").record(waiting.len() as f64);
            let (matters, answers): (Vec<_>, Vec<_>) = waiting.drain(..).unzip();
            match self.batch(&matters).await {
                Ok(replies) => {
                    for (answer, reply) in answers.into_iter().zip(replies) {
                        // Whoever handed it in may have gone; what was decided stands.
                        let _ = answer.send(Ok(reply));
                    }
                }
                Err(failure) => {
                    error!(error = %failure, things = matters.len(), "nothing of this batch was committed");
                    metrics::counter!("jeda_batches_failed_total").increment(1);
                    for answer in answers {
                        let _ = answer.send(Err(IntakeError::Store(failure.to_string())));
                    }
                }
            }
        }
    }

    /// Decides a batch and commits it. The replies are in the order of the matters.
    async fn batch(&self, matters: &[Matter]) -> Result<Vec<Option<Reply>>, StoreError> {
        let workspaces: BTreeSet<WorkspaceId> = matters.iter().map(Matter::workspace).cloned().collect();
        let workspaces: Vec<WorkspaceId> = workspaces.into_iter().collect();
        let mut batch = self.store.begin(&workspaces).await?;
        let mut rung = Rung::default();
        let mut together = self.together(&mut batch, &alone(matters, self.clock.now()), &mut rung).await?;
        let mut replies = Vec::with_capacity(matters.len());
        for (nth, matter) in matters.iter().enumerate() {
            if let Some(reply) = together.remove(&nth) {
                replies.push(reply);
                continue;
            }
            batch.event().await?;
            match self.one(&mut batch, matter).await {
                Ok(decision) => {
                    batch.keep().await?;
                    rung.hear(matter, &decision);
                    replies.push(decision.reply);
                }
                Err(failure) => {
                    batch.undo().await?;
                    replies.push(self.keep_failed(&mut batch, matter, failure).await?);
                }
            }
        }
        batch.commit().await?;
        rung.ring(&self.bells);
        Ok(replies)
    }

    /// Decides events that look at one member each in one go. The replies by the matters' places; none of them when
    /// one failed: then nothing of it happened.
    async fn together(
        &self,
        batch: &mut Batch,
        alone: &BTreeMap<usize, Alone<'_>>,
        rung: &mut Rung,
    ) -> Result<BTreeMap<usize, Option<Reply>>, StoreError> {
        if alone.is_empty() {
            return Ok(BTreeMap::new());
        }
        batch.event().await?;
        match self.decide_together(batch, alone).await {
            Ok(decisions) => {
                batch.keep().await?;
                decisions.iter().for_each(|decision| rung.hear_decision(decision));
                Ok(alone.keys().copied().zip(decisions.into_iter().map(|decision| decision.reply)).collect())
            }
            Err(Failure::Store(store @ StoreError::NotWritable { .. })) => Err(store),
            Err(failure) => {
                debug!(error = %failure, events = alone.len(), "not decided together; each is on its own");
                batch.undo().await?;
                Ok(BTreeMap::new())
            }
        }
    }

    async fn decide_together(
        &self,
        batch: &mut Batch,
        alone: &BTreeMap<usize, Alone<'_>>,
    ) -> Result<Vec<Decision>, Failure> {
        let now = self.clock.now();
        let events: Vec<Alone<'_>> = alone.values().copied().collect();
        let taken = batch.take_together(&events, now).await?;
        let mut decisions = Vec::with_capacity(events.len());
        for ((inbound, user), (arrival, snapshot)) in events.iter().zip(&taken) {
            let decision = match arrival {
                Arrival::Again => Decision::default(),
                Arrival::New => decided(snapshot, inbound, now)?,
            };
            if decision.changes.iter().any(|change| change.member() != Some(user)) {
                return Err(Failure::Entangled);
            }
            decisions.push(decision);
        }
        let written: Vec<_> =
            events.iter().zip(&decisions).map(|((inbound, _), decision)| (&inbound.workspace, decision)).collect();
        batch.apply_together(&written).await?;
        for ((inbound, _), (arrival, _)) in events.iter().zip(&taken) {
            count(inbound, *arrival);
        }
        Ok(decisions)
    }

    /// Decides one matter inside the batch.
    async fn one(&self, batch: &mut Batch, matter: &Matter) -> Result<Decision, Failure> {
        match matter {
            Matter::Happened(inbound) => self.event(batch, inbound).await,
            Matter::Fired(due) => {
                if !batch.fired(due).await? {
                    return Ok(Decision::default());
                }
                let inbound = Inbound {
                    key: jeda_store::wake_key(due),
                    workspace: due.workspace.clone(),
                    event: Event::Wake(due.wake.clone()),
                };
                self.event(batch, &inbound).await
            }
            Matter::Settled { owed, subject, outcome, answer } => {
                if !batch.settle(owed, subject.as_ref(), outcome, self.clock.now()).await? {
                    return Ok(Decision::default());
                }
                let mut decision = Decision::default();
                if let Some(event) = answer {
                    let key = jeda_core::id::InboxKey::new(format!("errand/{}", owed.key));
                    let inbound = Inbound { key, workspace: owed.workspace.clone(), event: (**event).clone() };
                    decision.join(self.event(batch, &inbound).await?);
                }
                let event = Event::Settled { effect: owed.clone(), outcome: outcome.clone() };
                let inbound = Inbound { key: settled_key(&owed.key), workspace: owed.workspace.clone(), event };
                decision.join(self.event(batch, &inbound).await?);
                Ok(decision)
            }
        }
    }

    /// Takes an event into the inbox, decides it, writes what was decided.
    async fn event(&self, batch: &mut Batch, inbound: &Inbound) -> Result<Decision, Failure> {
        let now = self.clock.now();
        let arrival = batch.take(inbound, now).await?;
        let mut decision = Decision::default();
        if arrival == Arrival::New {
            let scope = decide::scope(inbound, now);
            let mut snapshot = batch.load(&scope).await?;
            if scope.needs.contains(&Need::Chance) {
                snapshot.chance = getrandom::u64().ok();
            }
            decision = decided(&snapshot, inbound, now)?;
            batch.apply(&inbound.workspace, &decision).await?;
        }
        count(inbound, arrival);
        Ok(decision)
    }

    /// Keeps an event whose decision failed, and tells the person the reference that `jeda explain` opens.
    async fn keep_failed(
        &self,
        batch: &mut Batch,
        matter: &Matter,
        failure: Failure,
    ) -> Result<Option<Reply>, StoreError> {
        // What the disk refused is refused for the whole batch: the platform brings it again.
        if let Failure::Store(store @ StoreError::NotWritable { .. }) = failure {
            return Err(store);
        }
        let inbound = matter.to_inbound();
        let reference = jeda_core::id::short(inbound.key.as_str());
        error!(
            workspace = %inbound.workspace, key = %inbound.key, kind = decide::kind(&inbound.event), reference,
            error = %failure, "an event could not be decided; it is kept"
        );
        metrics::counter!("jeda_events_failed_total").increment(1);
        batch.event().await?;
        batch.failed(&inbound, &failure.to_string(), self.clock.now()).await?;
        if let Matter::Settled { owed, subject, outcome, .. } = matter {
            // The message itself is settled all the same, so that it is not sent again.
            batch.settle(owed, subject.as_ref(), outcome, self.clock.now()).await?;
        }
        if let Matter::Fired(due) = matter {
            batch.fired(due).await?;
        }
        batch.keep().await?;
        let language = match &inbound.event {
            Event::Command { by, .. } | Event::Click { by, .. } | Event::Submit { by, .. } => by.language,
            _ => return Ok(None),
        };
        Ok(Some(Reply::Say(jeda_core::copy::common::failed(language.unwrap_or_default(), &reference))))
    }
}

/// Decides. A broken invariant stops this event, not the bot: it is kept as failed, with its reference.
fn decided(snapshot: &Snapshot, inbound: &Inbound, now: Timestamp) -> Result<Decision, Failure> {
    catch_unwind(AssertUnwindSafe(|| decide(snapshot, inbound, now)))
        .map_err(|panic| Failure::Panic(panic_words(&panic)))
}

fn count(inbound: &Inbound, arrival: Arrival) {
    match arrival {
        Arrival::New => {
            metrics::counter!("jeda_events_total", "kind" => decide::kind(&inbound.event)).increment(1);
        }
        Arrival::Again => {
            debug!(workspace = %inbound.workspace, key = %inbound.key, "came before");
            metrics::counter!("jeda_events_again_total").increment(1);
        }
    }
}

/// Events that look at nothing but the person who did them, by their places: of each person the first that waits, so
/// that nobody's later event overtakes an earlier one.
fn alone(matters: &[Matter], now: Timestamp) -> BTreeMap<usize, Alone<'_>> {
    let (mut met, mut alone) = (BTreeSet::new(), BTreeMap::new());
    for (nth, matter) in matters.iter().enumerate() {
        let Matter::Happened(inbound) = matter else { continue };
        let Some(by) = inbound.event.by() else { continue };
        let is_first = met.insert((&inbound.workspace, &by.user));
        let needs = decide::scope(inbound, now).needs;
        if is_first && needs.len() == 1 && needs.contains(&Need::Member(by.user.clone())) {
            alone.insert(nth, (inbound, &by.user));
        }
    }
    alone
}

impl Matter {
    fn workspace(&self) -> &WorkspaceId {
        match self {
            Self::Happened(inbound) => &inbound.workspace,
            Self::Fired(due) => &due.workspace,
            Self::Settled { owed, .. } => &owed.workspace,
        }
    }
    fn to_inbound(&self) -> Inbound {
        match self {
            Self::Happened(inbound) => inbound.clone(),
            Self::Fired(due) => Inbound {
                key: jeda_store::wake_key(due),
                workspace: due.workspace.clone(),
                event: Event::Wake(due.wake.clone()),
            },
            Self::Settled { owed, outcome, .. } => Inbound {
                key: settled_key(&owed.key),
                workspace: owed.workspace.clone(),
                event: Event::Settled { effect: owed.clone(), outcome: outcome.clone() },
            },
        }
    }
}

/// Why one event could not be decided.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("an invariant broke: {0}")]
    Panic(String),
    #[error("a decision changes more than its member's own rows")]
    Entangled,
}

/// A panic's own words. Ours hold no member text: core's invariants name rules, not contents.
pub(crate) fn panic_words(panic: &Box<dyn std::any::Any + Send>) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no words".to_owned())
}

/// Which bells a batch rings.
#[derive(Default)]
struct Rung {
    wakes: bool,
    effects: bool,
}

impl Rung {
    fn hear(&mut self, matter: &Matter, decision: &Decision) {
        self.hear_decision(decision);
        // A settled effect frees its lane for the next one.
        self.effects |= matches!(matter, Matter::Settled { .. });
    }
    fn hear_decision(&mut self, decision: &Decision) {
        self.wakes |= !decision.wakes.is_empty();
        self.effects |= !decision.effects.is_empty();
    }
    fn ring(&self, bells: &Bells) {
        if self.wakes {
            bells.wakes.notify_one();
        }
        if self.effects {
            bells.effects.notify_one();
        }
    }
}
