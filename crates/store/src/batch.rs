//! A writer's transaction, with a savepoint around each event.

use crate::{
    Arrival, Store, StoreError,
    apply::{Writer, to_json},
    db::{Tx, error, on},
};
use jeda_core::{
    change::Change,
    decide::Decision,
    effect::Owed,
    event::{Inbound, Outcome},
    id::{Subject, WorkspaceId, short},
    people,
    snapshot::{Scope, Snapshot},
    wake::Due,
};
use jiff::Timestamp;

/// A writer's transaction. Dropped without [`commit`](Self::commit), nothing of it happened.
#[derive(Debug)]
pub struct Batch {
    store: Store,
    tx: Tx,
    /// A workspace's row was written: what the cache knows is old, and what this batch reads is not committed.
    workspace_written: bool,
}

impl Batch {
    pub(crate) fn new(store: Store, tx: Tx) -> Self {
        Self { store, tx, workspace_written: false }
    }

    /// Begins one event inside the batch. What follows until [`keep`](Self::keep) or [`undo`](Self::undo) stands
    /// or falls together.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn event(&mut self) -> Result<(), StoreError> {
        self.execute("begin event", "SAVEPOINT event").await
    }

    /// Keeps what was done since [`event`](Self::event).
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn keep(&mut self) -> Result<(), StoreError> {
        self.execute("keep event", "RELEASE SAVEPOINT event").await
    }

    /// Undoes what was done since [`event`](Self::event).
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn undo(&mut self) -> Result<(), StoreError> {
        self.execute("undo event", "ROLLBACK TO SAVEPOINT event").await?;
        self.execute("undo event", "RELEASE SAVEPOINT event").await
    }

    async fn execute(&mut self, operation: &'static str, sql: &'static str) -> Result<(), StoreError> {
        on!(self.tx.conn(), |c| sqlx::query(sql).execute(&mut *c).await.map(|_| ())).map_err(error(operation))
    }

    /// Takes an event into the inbox.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn take(&mut self, inbound: &Inbound, now: Timestamp) -> Result<Arrival, StoreError> {
        let sql = "INSERT INTO inbox (workspace, key, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        let rows = on!(self.tx.conn(), |c| sqlx::query(sql)
            .bind(inbound.workspace.as_str())
            .bind(inbound.key.as_str())
            .bind(now.as_millisecond())
            .execute(&mut *c)
            .await
            .map(|done| done.rows_affected()))
        .map_err(error("write inbox"))?;
        Ok(if rows == 0 { Arrival::Again } else { Arrival::New })
    }

    /// Takes an event whose decision failed into the inbox together with what it needs to be decided again.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn failed(&mut self, inbound: &Inbound, why: &str, now: Timestamp) -> Result<(), StoreError> {
        let sql = "INSERT INTO inbox (workspace, key, at, failed, reference, why, body)
                   VALUES ($1, $2, $3, TRUE, $4, $5, $6) ON CONFLICT DO NOTHING";
        let body = to_json("inbox", inbound)?;
        on!(self.tx.conn(), |c| sqlx::query(sql)
            .bind(inbound.workspace.as_str())
            .bind(inbound.key.as_str())
            .bind(now.as_millisecond())
            .bind(short(inbound.key.as_str()))
            .bind(why)
            .bind(body)
            .execute(&mut *c)
            .await
            .map(|_| ()))
        .map_err(error("write inbox"))
    }

    /// Reads a scope as the batch sees it.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn load(&mut self, scope: &Scope) -> Result<Snapshot, StoreError> {
        self.store.load_on(&mut self.tx.conn(), scope, !self.workspace_written).await
    }

    /// Writes a decision.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn apply(&mut self, workspace: &WorkspaceId, decision: &Decision) -> Result<(), StoreError> {
        self.workspace_written |=
            decision.changes.iter().any(|change| matches!(change, Change::People(people::Change::Workspace(_))));
        let mut conn = self.tx.conn();
        let mut writer = Writer { conn: &mut conn, workspace };
        for change in &decision.changes {
            writer.change(change).await?;
        }
        for owed in &decision.effects {
            writer.owe(owed).await?;
        }
        for wake in &decision.wakes {
            writer.wake(wake).await?;
        }
        for receipt in &decision.receipts {
            writer.receipt(receipt).await?;
        }
        Ok(())
    }

    /// Takes away a wake that fired, if it is still the one that was read (same key, same time): `false` when it
    /// was moved or cleared meanwhile, and then it must not fire.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn fired(&mut self, due: &Due) -> Result<bool, StoreError> {
        let sql = "DELETE FROM wake WHERE workspace = $1 AND key = $2 AND at = $3";
        let rows = on!(self.tx.conn(), |c| sqlx::query(sql)
            .bind(due.workspace.as_str())
            .bind(due.key.as_str())
            .bind(due.at.as_millisecond())
            .execute(&mut *c)
            .await
            .map(|done| done.rows_affected()))
        .map_err(error("take wake"))?;
        Ok(rows > 0)
    }

    /// Settles a claimed effect, and records where its message is under its subject. `false` when it was settled
    /// before.
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
        let (state, why) = match outcome {
            Outcome::Sent(_) | Outcome::Answered => ("sent", None),
            Outcome::Skipped(why) => ("skipped", Some(to_json("outbox", why)?)),
            Outcome::Refused(refusal) => ("dead", Some(to_json("outbox", refusal)?)),
        };
        let sql = "UPDATE outbox SET state = $2, settled_at = $3, leased_until = NULL, subject = $4,
                   last_error = coalesce($5, last_error) WHERE key = $1 AND settled_at IS NULL";
        let rows = on!(self.tx.conn(), |c| sqlx::query(sql)
            .bind(owed.key.as_str())
            .bind(state)
            .bind(now.as_millisecond())
            .bind(subject.map(Subject::as_str))
            .bind(why)
            .execute(&mut *c)
            .await
            .map(|done| done.rows_affected()))
        .map_err(error("settle effect"))?;
        if rows > 0
            && let (Some(subject), Outcome::Sent(posted)) = (subject, outcome)
        {
            let sql = "INSERT INTO post (workspace, subject, channel, message, at) VALUES ($1, $2, $3, $4, $5)
                       ON CONFLICT (workspace, subject) DO UPDATE
                       SET channel = excluded.channel, message = excluded.message, at = excluded.at";
            on!(self.tx.conn(), |c| sqlx::query(sql)
                .bind(owed.workspace.as_str())
                .bind(subject.as_str())
                .bind(posted.channel.as_str())
                .bind(posted.message.as_str())
                .bind(posted.at.as_millisecond())
                .execute(&mut *c)
                .await
                .map(|_| ()))
            .map_err(error("write post"))?;
        }
        Ok(rows > 0)
    }

    /// Makes the batch durable.
    ///
    /// # Errors
    /// The database can't be written: then nothing of the batch happened.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await?;
        if self.workspace_written {
            self.store.known().clear();
        }
        Ok(())
    }
}
