//! A writer's transaction, with a savepoint around each event.

use crate::{
    Arrival, Store, StoreError,
    apply::{Writer, to_json},
    db::{Conn, Tx, error, on},
    load::{Loader, workspace_row},
    outbox::path_of,
};
use jeda_core::{
    change::Change,
    decide::Decision,
    effect::Owed,
    event::{Inbound, Outcome},
    id::{EffectKey, Subject, WorkspaceId, short},
    people::{self, Workspace},
    snapshot::{Scope, Snapshot},
    wake::Due,
};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// A writer's transaction. Dropped without [`commit`](Self::commit), nothing of it happened.
#[derive(Debug)]
pub struct Batch {
    store: Store,
    pub(crate) tx: Tx,
    mark: Mark,
    /// The savepoint of the last event that was kept is still open; it is released on the way of the next statement.
    kept: bool,
    /// Workspaces as they are committed.
    known: HashMap<WorkspaceId, Workspace>,
    /// Workspaces whose row this batch wrote: they are read anew each time, since an event may be undone.
    written: HashSet<WorkspaceId>,
    /// Leases that end with this batch.
    settled: Vec<EffectKey>,
    /// How many of them before the present event.
    settled_before: usize,
    /// Why nothing more can be written: the database may have ended the transaction by itself, and what came after
    /// would be written outside it.
    broken: Option<String>,
}

/// Where the batch stands with its savepoint. SQLite takes each statement over to another thread and back, so a
/// savepoint is set together with the first statement that writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Between events.
    None,
    /// An event has begun; nothing is written yet.
    Begun,
    /// The savepoint is set.
    Set,
}

const SET: &str = "SAVEPOINT event";
const MOVE: &str = "RELEASE SAVEPOINT event; SAVEPOINT event";
const UNDO: &str = "ROLLBACK TO SAVEPOINT event; RELEASE SAVEPOINT event";

const TAKE: &str = "INSERT INTO inbox (workspace, key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1";
/// The same with a savepoint before it, in one turn of SQLite's thread.
const SET_TAKE: &str = "SAVEPOINT event;
    INSERT INTO inbox (workspace, key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1";
const MOVE_TAKE: &str = "RELEASE SAVEPOINT event; SAVEPOINT event;
    INSERT INTO inbox (workspace, key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1";

impl Batch {
    pub(crate) fn new(store: Store, mut tx: Tx, locked: HashMap<WorkspaceId, Workspace>) -> Self {
        let known = match &mut tx {
            Tx::Sqlite(writer) => std::mem::take(&mut writer.known),
            Tx::Postgres(_) => locked,
        };
        Self {
            store,
            tx,
            mark: Mark::None,
            kept: false,
            known,
            written: HashSet::new(),
            settled: Vec::new(),
            settled_before: 0,
            broken: None,
        }
    }

    /// Begins one event inside the batch. What follows until [`keep`](Self::keep) or [`undo`](Self::undo) stands
    /// or falls together.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn event(&mut self) -> Result<(), StoreError> {
        self.mark = Mark::Begun;
        self.settled_before = self.settled.len();
        match self.tx {
            Tx::Sqlite(_) => Ok(()),
            // After an error PostgreSQL refuses everything up to the savepoint, reading too: it is set at once.
            Tx::Postgres(_) => self.set_mark("begin event").await,
        }
    }

    /// Keeps what was done since [`event`](Self::event).
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn keep(&mut self) -> Result<(), StoreError> {
        self.whole("keep event")?;
        self.kept |= self.mark == Mark::Set;
        self.mark = Mark::None;
        Ok(())
    }

    /// Undoes what was done since [`event`](Self::event).
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn undo(&mut self) -> Result<(), StoreError> {
        self.whole("undo event")?;
        self.settled.truncate(self.settled_before);
        if std::mem::replace(&mut self.mark, Mark::None) == Mark::Set {
            self.script("undo event", UNDO).await?;
        }
        Ok(())
    }

    /// Makes the batch durable.
    ///
    /// # Errors
    /// The database can't be written: then nothing of the batch happened.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.whole("commit")?;
        if let Tx::Sqlite(writer) = &mut self.tx {
            writer.known = std::mem::take(&mut self.known);
        }
        self.tx.commit().await?;
        self.store.release(&self.settled);
        Ok(())
    }

    /// That nothing has ended the transaction.
    pub(crate) fn whole(&self, operation: &'static str) -> Result<(), StoreError> {
        match &self.broken {
            None => Ok(()),
            Some(why) => Err(StoreError::NotWritable { operation, why: why.clone() }),
        }
    }

    /// Notices what ends the transaction.
    pub(crate) fn watch<T>(&mut self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(StoreError::NotWritable { why, .. }) = &done {
            self.broken = Some(why.clone());
        }
        done
    }

    async fn script(&mut self, operation: &'static str, sql: &'static str) -> Result<(), StoreError> {
        let done = match self.tx.conn(operation)? {
            Conn::Sqlite(c) => sqlx::query(sql).execute(&mut *c).await.map(|_| ()),
            // Several statements in one message, which is what the simple protocol is for.
            Conn::Postgres(c) => sqlx::raw_sql(sql).execute(&mut *c).await.map(|_| ()),
        };
        self.watch(done.map_err(error(operation)))
    }

    /// Sets the savepoint of the event that has begun.
    pub(crate) async fn set_mark(&mut self, operation: &'static str) -> Result<(), StoreError> {
        self.whole(operation)?;
        if self.mark == Mark::Begun {
            let sql = if std::mem::take(&mut self.kept) { MOVE } else { SET };
            self.script(operation, sql).await?;
            self.mark = Mark::Set;
        }
        Ok(())
    }

    /// Whether the batch's first event has begun, so that its savepoint can come with its first statement.
    pub(crate) fn begins_its_first(&self) -> bool {
        self.mark == Mark::Begun && !self.kept
    }

    /// The savepoint came with the statement that was just executed.
    pub(crate) fn is_set(&mut self) {
        if self.mark == Mark::Begun {
            self.mark = Mark::Set;
            self.kept = false;
        }
    }

    /// Takes an event into the inbox.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn take(&mut self, inbound: &Inbound, now: Timestamp) -> Result<Arrival, StoreError> {
        self.whole("write inbox")?;
        let sql = match (self.mark, self.kept) {
            (Mark::Begun, false) => SET_TAKE,
            (Mark::Begun, true) => MOVE_TAKE,
            (Mark::None | Mark::Set, _) => TAKE,
        };
        let rows = on!(self.tx.conn("write inbox")?, |c| sqlx::query(sql)
            .bind(inbound.workspace.as_str())
            .bind(inbound.key.as_str())
            .bind(now.as_millisecond())
            .fetch_all(&mut *c)
            .await
            .map(|rows| rows.len()))
        .map_err(error("write inbox"));
        let rows = self.watch(rows)?;
        self.is_set();
        Ok(if rows == 0 { Arrival::Again } else { Arrival::New })
    }

    /// Takes an event whose decision failed into the inbox together with what it needs to be decided again.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn failed(&mut self, inbound: &Inbound, why: &str, now: Timestamp) -> Result<(), StoreError> {
        self.set_mark("write inbox").await?;
        let sql = "INSERT INTO inbox (workspace, key, at, failed, reference, why, body)
                   VALUES ($1, $2, $3, TRUE, $4, $5, $6) ON CONFLICT DO NOTHING";
        let body = to_json("inbox", inbound)?;
        let done = on!(self.tx.conn("write inbox")?, |c| sqlx::query(sql)
            .bind(inbound.workspace.as_str())
            .bind(inbound.key.as_str())
            .bind(now.as_millisecond())
            .bind(short(inbound.key.as_str()))
            .bind(why)
            .bind(body)
            .execute(&mut *c)
            .await
            .map(|_| ()))
        .map_err(error("write inbox"));
        self.watch(done)
    }

    /// Reads a scope as the batch sees it.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn load(&mut self, scope: &Scope) -> Result<Snapshot, StoreError> {
        self.whole("load")?;
        let loaded = self.read(scope).await;
        self.watch(loaded)
    }

    async fn read(&mut self, scope: &Scope) -> Result<Snapshot, StoreError> {
        let id = &scope.workspace;
        let mut snapshot = Snapshot::empty(self.workspace(id).await?);
        let mut conn = self.tx.conn("load")?;
        let mut loader = Loader { conn: &mut conn, workspace: id, norms: &self.store.norms, snapshot: &mut snapshot };
        loader.needs(&scope.needs).await?;
        Ok(snapshot)
    }

    /// A workspace as the batch sees it.
    pub(crate) async fn workspace(&mut self, id: &WorkspaceId) -> Result<Workspace, StoreError> {
        if let Some(known) = self.known.get(id) {
            return Ok(known.clone());
        }
        let row = workspace_row(&mut self.tx.conn("load")?, id).await?;
        if let Some(row) = row.as_ref().filter(|_| !self.written.contains(id)) {
            self.known.insert(id.clone(), row.clone());
        }
        Ok(row.unwrap_or_else(|| self.store.default_workspace(id)))
    }

    /// Writes a decision.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn apply(&mut self, workspace: &WorkspaceId, decision: &Decision) -> Result<(), StoreError> {
        if decision.changes.is_empty()
            && decision.effects.is_empty()
            && decision.wakes.is_empty()
            && decision.receipts.is_empty()
        {
            return self.whole("apply");
        }
        self.set_mark("apply").await?;
        if decision.changes.iter().any(|change| matches!(change, Change::People(people::Change::Workspace(_)))) {
            self.known.remove(workspace);
            self.written.insert(workspace.clone());
        }
        let mut conn = self.tx.conn("apply")?;
        let default_language = self.store.default_language();
        let done = Writer { conn: &mut conn, workspace, default_language }.decision(decision).await;
        self.watch(done)
    }

    /// Takes away a wake that fired, if it is still the one that was read (same key, same time): `false` when it
    /// was moved or cleared meanwhile, and then it must not fire.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn fired(&mut self, due: &Due) -> Result<bool, StoreError> {
        self.set_mark("take wake").await?;
        let sql = "DELETE FROM wake WHERE workspace = $1 AND key = $2 AND at = $3";
        let rows = on!(self.tx.conn("take wake")?, |c| sqlx::query(sql)
            .bind(due.workspace.as_str())
            .bind(due.key.as_str())
            .bind(due.at.as_millisecond())
            .execute(&mut *c)
            .await
            .map(|done| done.rows_affected()))
        .map_err(error("take wake"));
        Ok(self.watch(rows)? > 0)
    }

    /// Settles a claimed effect, and records where its message is under its subject. `false` when it was settled
    /// before, or when our lease ran out and somebody else has claimed it since.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn settle(
        &mut self,
        owed: &Owed,
        subject: Option<&Subject>,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.set_mark("settle effect").await?;
        let Some(lease) = self.store.lease(&owed.key) else { return Ok(false) };
        let (state, why) = match outcome {
            Outcome::Sent(_) | Outcome::Answered => ("sent", None),
            Outcome::Skipped(why) => ("skipped", Some(to_json("outbox", why)?)),
            Outcome::Refused(refusal) => ("dead", Some(to_json("outbox", refusal)?)),
        };
        let sql = "UPDATE outbox SET state = $3, settled_at = $4, leased_until = NULL, subject = coalesce($5, subject),
                   path = coalesce($6, path), last_error = coalesce($7, last_error)
                   WHERE workspace = $1 AND key = $2 AND lease = $8 AND settled_at IS NULL";
        let rows = on!(self.tx.conn("settle effect")?, |c| sqlx::query(sql)
            .bind(owed.workspace.as_str())
            .bind(owed.key.as_str())
            .bind(state)
            .bind(now.as_millisecond())
            .bind(subject.map(Subject::as_str))
            .bind(subject.map(|subject| path_of(subject.as_str())))
            .bind(why)
            .bind(lease)
            .execute(&mut *c)
            .await
            .map(|done| done.rows_affected()))
        .map_err(error("settle effect"));
        if self.watch(rows)? == 0 {
            return Ok(false);
        }
        self.settled.push(owed.key.clone());
        if let (Some(subject), Outcome::Sent(posted)) = (subject, outcome) {
            let sql = "INSERT INTO post (workspace, subject, channel, message, at) VALUES ($1, $2, $3, $4, $5)
                       ON CONFLICT (workspace, subject) DO UPDATE
                       SET channel = excluded.channel, message = excluded.message, at = excluded.at";
            let done = on!(self.tx.conn("write post")?, |c| sqlx::query(sql)
                .bind(owed.workspace.as_str())
                .bind(subject.as_str())
                .bind(posted.channel.as_str())
                .bind(posted.message.as_str())
                .bind(posted.at.as_millisecond())
                .execute(&mut *c)
                .await
                .map(|_| ()))
            .map_err(error("write post"));
            self.watch(done)?;
        }
        Ok(true)
    }
}
