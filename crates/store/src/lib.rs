//! Rows to core types and back, on SQLite and PostgreSQL.
//!
//! One writer transaction carries a whole batch: inbox rows, changes, effects, wakes and receipts of several events
//! are committed together, each event inside its own savepoint, so that one that fails takes nothing with it.

use jeda_core::{
    decide::Decision,
    effect::Owed,
    event::{Inbound, Outcome},
    id::{EffectKey, InboxKey, Subject, WorkspaceId},
    people::Workspace,
    receipt::Receipt,
    snapshot::{Scope, Snapshot},
    wake::Due,
};
use jiff::Timestamp;

/// What a store is opened with.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:PATH` (or a bare path), `sqlite::memory:`, `postgres://…`.
    pub url: String,
    /// What a workspace is until its platform tells more: language, zone, hours, holidays. Holidays, language and
    /// zone of stored workspaces follow it at each start.
    pub defaults: Workspace,
}

/// The store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {}

/// Why a store can't be opened. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has this SQLite file open.
    #[error("{path} is in use by another jeda process. Stop that one, or give this one its own database.")]
    InUse {
        /// The file.
        path: String,
    },
    /// The database was written by a newer jeda.
    #[error(
        "the database is at version {found}, and this jeda knows versions up to {known}. Use the newer jeda that wrote it."
    )]
    Newer {
        /// Version of the database.
        found: i64,
        /// Newest version that this jeda knows.
        known: i64,
    },
    /// The file or its folder can't be written.
    #[error("{path} can't be written: {why}. Give jeda a folder that it may write to, or free some space.")]
    NotWritable {
        /// The file.
        path: String,
        /// The system's word for it.
        why: String,
    },
    /// Anything else.
    #[error("the database can't be opened: {0}")]
    Other(String),
}

/// What went wrong inside: names the table and the operation, never a row's contents.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full or read-only; nothing was half-written.
    #[error("the database can't be written ({operation}): {why}")]
    NotWritable {
        /// What was tried.
        operation: &'static str,
        /// The system's word for it.
        why: String,
    },
    /// A row that doesn't read back as what it should be.
    #[error("{table}: a row can't be read: {why}")]
    Corrupt {
        /// Which table.
        table: &'static str,
        /// What is wrong with it, without its contents.
        why: String,
    },
    /// Anything else.
    #[error("{operation}: {why}")]
    Database {
        /// What was tried.
        operation: &'static str,
        /// The database's word for it.
        why: String,
    },
}

/// Whether an event is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Never seen.
    New,
    /// Its key is in the inbox already.
    Again,
}

/// An effect that is ours to deliver until the lease runs out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// What is owed.
    pub owed: Owed,
    /// How often it was tried before.
    pub attempts: u32,
    /// An earlier try may have arrived: ask the platform before sending.
    pub uncertain: bool,
}

/// A line of the outbox, for `jeda explain`, the demo's own check and the tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxRow {
    /// What is (or was) owed.
    pub owed: Owed,
    /// `pending`, `leased`, `uncertain`, `sent`, `skipped`, `dead`.
    pub state: String,
    /// Tries so far.
    pub attempts: u32,
    /// The last trouble's code, never a body.
    pub last_error: Option<String>,
}

/// How much waits, for metrics and for knowing when all is quiet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Effects that are pending, leased or uncertain.
    pub owed: i64,
    /// Of these, due now and not leased.
    pub due: i64,
    /// Effects given up.
    pub dead: i64,
    /// Wakes that wait.
    pub wakes: i64,
    /// Inbox rows whose decision failed.
    pub failed: i64,
}

impl Store {
    /// Opens a database, brings it up to date under a lock, and takes it for this process (SQLite).
    pub async fn open(_options: Options) -> Result<Self, OpenError> {
        todo!()
    }
    /// Reads a scope, outside any transaction.
    pub async fn load(&self, _scope: &Scope) -> Result<Snapshot, StoreError> {
        todo!()
    }
    /// Begins a batch. One at a time on SQLite; on PostgreSQL the workspaces' rows are locked, in the order of
    /// their ids, until the end.
    pub async fn begin(&self, _workspaces: &[WorkspaceId]) -> Result<Batch, StoreError> {
        todo!()
    }
    /// Wakes that are due, earliest first.
    pub async fn due_wakes(&self, _now: Timestamp, _limit: usize) -> Result<Vec<Due>, StoreError> {
        todo!()
    }
    /// When the earliest wake is due.
    pub async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        todo!()
    }
    /// Takes due effects under a lease: of each lane only the first that is due, and none of `locked` workspaces.
    pub async fn claim(
        &self,
        _now: Timestamp,
        _lease_until: Timestamp,
        _limit: usize,
        _locked: &[WorkspaceId],
    ) -> Result<Vec<Claimed>, StoreError> {
        todo!()
    }
    /// When the earliest effect that is not leased is due, or the earliest lease runs out.
    pub async fn next_effect(&self, _locked: &[WorkspaceId]) -> Result<Option<Timestamp>, StoreError> {
        todo!()
    }
    /// Puts a claimed effect back: it was certainly not delivered. `tried` counts the attempt.
    pub async fn put_back(
        &self,
        _key: &EffectKey,
        _due_at: Timestamp,
        _tried: bool,
        _why: Option<&str>,
    ) -> Result<(), StoreError> {
        todo!()
    }
    /// Puts a claimed effect back as one that may have arrived; it is reconciled from `due_at` on.
    pub async fn put_back_uncertain(&self, _key: &EffectKey, _due_at: Timestamp, _why: &str) -> Result<(), StoreError> {
        todo!()
    }
    /// Leases that ran out become uncertain: their holder may have sent before it died. Called at the start (with
    /// `all`, when no other process can hold one) and now and then.
    pub async fn expire_leases(&self, _now: Timestamp, _all: bool) -> Result<u64, StoreError> {
        todo!()
    }
    /// Receipts of a subject, or of everything below it (`prompt/s1/2026-11-24`), oldest first.
    pub async fn receipts(&self, _workspace: Option<&WorkspaceId>, _subject: &str) -> Result<Vec<Receipt>, StoreError> {
        todo!()
    }
    /// What the outbox says of an effect, by its key, or of every effect whose subject begins so.
    pub async fn explain(&self, _reference: &str) -> Result<(Vec<OutboxRow>, Vec<Receipt>), StoreError> {
        todo!()
    }
    /// How much waits.
    pub async fn backlog(&self, _now: Timestamp) -> Result<Backlog, StoreError> {
        todo!()
    }
    /// A small value that an adapter keeps between runs: a direct-message channel that was opened, the hash of the
    /// commands that were registered. `None` when it isn't there.
    pub async fn kept(&self, _key: &str) -> Result<Option<String>, StoreError> {
        todo!()
    }
    /// Keeps one.
    pub async fn keep(&self, _key: &str, _value: &str) -> Result<(), StoreError> {
        todo!()
    }
    /// Deletes inbox rows, settled effects and receipts that are older. Returns how many.
    pub async fn purge(&self, _before: Timestamp) -> Result<u64, StoreError> {
        todo!()
    }
    /// Checks that the database answers, for `/readyz`.
    pub async fn ping(&self) -> Result<(), StoreError> {
        todo!()
    }
    /// Closes it: everything committed is on disk, the file is free for another process.
    pub async fn close(&self) {
        todo!()
    }
}

/// A writer's transaction. Dropped without [`commit`](Self::commit), nothing of it happened.
#[derive(Debug)]
pub struct Batch {}

impl Batch {
    /// Begins one event inside the batch. What follows until [`keep`](Self::keep) or [`undo`](Self::undo) stands
    /// or falls together.
    pub async fn event(&mut self) -> Result<(), StoreError> {
        todo!()
    }
    /// Takes an event into the inbox.
    pub async fn take(&mut self, _inbound: &Inbound, _now: Timestamp) -> Result<Arrival, StoreError> {
        todo!()
    }
    /// Reads a scope as the batch sees it.
    pub async fn load(&mut self, _scope: &Scope) -> Result<Snapshot, StoreError> {
        todo!()
    }
    /// Writes a decision.
    pub async fn apply(&mut self, _workspace: &WorkspaceId, _decision: &Decision) -> Result<(), StoreError> {
        todo!()
    }
    /// Takes away a wake that fired, if it is still the one that was read (same key, same time): `false` when it
    /// was moved or cleared meanwhile, and then it must not fire.
    pub async fn fired(&mut self, _due: &Due) -> Result<bool, StoreError> {
        todo!()
    }
    /// Settles a claimed effect, and records where its message is under its subject. `false` when it was settled
    /// before.
    pub async fn settle(
        &mut self,
        _owed: &Owed,
        _subject: Option<&Subject>,
        _outcome: &Outcome,
        _now: Timestamp,
    ) -> Result<bool, StoreError> {
        todo!()
    }
    /// Takes an event whose decision failed into the inbox together with what it needs to be decided again.
    pub async fn failed(&mut self, _inbound: &Inbound, _why: &str, _now: Timestamp) -> Result<(), StoreError> {
        todo!()
    }
    /// Keeps what was done since [`event`](Self::event).
    pub async fn keep(&mut self) -> Result<(), StoreError> {
        todo!()
    }
    /// Undoes what was done since [`event`](Self::event).
    pub async fn undo(&mut self) -> Result<(), StoreError> {
        todo!()
    }
    /// Makes the batch durable.
    pub async fn commit(self) -> Result<(), StoreError> {
        todo!()
    }
}

/// The key under which an inbound wake is deduplicated.
pub fn wake_key(due: &Due) -> InboxKey {
    InboxKey::new(format!("wake/{}/{}", due.key, due.at.as_millisecond()))
}
