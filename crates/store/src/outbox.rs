//! Claiming, putting back and explaining what is owed; wakes that are due; small things kept.

use crate::{
    Backlog, Claimed, Explanation, OutboxRow, Store, StoreError,
    db::{Conn, Db, error, on, pair},
    load::{from_json, instant},
};
use jeda_core::{
    effect::Owed,
    id::{EffectKey, InboxKey, Subject, WakeKey, WorkspaceId},
    receipt::Receipt,
    wake::Due,
};
use jiff::Timestamp;

/// Runs the body on a connection that may write, outside any transaction.
macro_rules! writing {
    ($store:expr, $op:literal, |$conn:ident| $body:expr) => {
        match &$store.db {
            Db::Sqlite { write, .. } => {
                let mut connection = write.acquire().await.map_err(error($op))?;
                let $conn = &mut Conn::Sqlite(&mut connection);
                $body
            }
            Db::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(error($op))?;
                let $conn = &mut Conn::Postgres(&mut connection);
                $body
            }
        }
    };
}
/// The same on a connection that only reads.
macro_rules! reading {
    ($store:expr, $op:literal, |$conn:ident| $body:expr) => {
        match &$store.db {
            Db::Sqlite { read, .. } => {
                let mut connection = read.acquire().await.map_err(error($op))?;
                let $conn = &mut Conn::Sqlite(&mut connection);
                $body
            }
            Db::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(error($op))?;
                let $conn = &mut Conn::Postgres(&mut connection);
                $body
            }
        }
    };
}

/// A lane's first due effect is free when nothing of the lane is under lease and nothing before it is due.
const CLAIM_SQLITE: &str = "UPDATE outbox SET state = 'leased', leased_until = $2 WHERE seq IN (
    SELECT o.seq FROM outbox o WHERE o.settled_at IS NULL AND o.state = 'pending' AND o.due_at <= $1
    AND o.workspace NOT IN (SELECT value FROM json_each($4))
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.workspace = o.workspace AND e.lane = o.lane
        AND e.settled_at IS NULL AND (e.state = 'leased' OR (e.seq < o.seq AND e.due_at <= $1)))
    ORDER BY o.due_at, o.seq LIMIT $3)
    RETURNING seq, key, workspace, lane, due_at, attempts, uncertain, body";
const CLAIM_POSTGRES: &str = "UPDATE outbox SET state = 'leased', leased_until = $2 WHERE seq IN (
    SELECT o.seq FROM outbox o WHERE o.settled_at IS NULL AND o.state = 'pending' AND o.due_at <= $1
    AND o.workspace NOT IN (SELECT jsonb_array_elements_text($4::jsonb))
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.workspace = o.workspace AND e.lane = o.lane
        AND e.settled_at IS NULL AND (e.state = 'leased' OR (e.seq < o.seq AND e.due_at <= $1)))
    ORDER BY o.due_at, o.seq LIMIT $3 FOR UPDATE SKIP LOCKED)
    RETURNING seq, key, workspace, lane, due_at, attempts, uncertain, body";

type ClaimRow = (i64, String, String, String, i64, i64, bool, String);

impl Store {
    /// Wakes that are due, earliest first.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn due_wakes(&self, now: Timestamp, limit: usize) -> Result<Vec<Due>, StoreError> {
        let sql = "SELECT workspace, key, at, body FROM wake WHERE at <= $1 ORDER BY at, workspace, key LIMIT $2";
        let rows =
            reading!(self, "read wakes", |conn| on!(conn, |c| sqlx::query_as::<_, (String, String, i64, String)>(sql)
                .bind(now.as_millisecond())
                .bind(count(limit))
                .fetch_all(&mut **c)
                .await))
            .map_err(error("read wakes"))?;
        rows.into_iter()
            .map(|(workspace, key, at, body)| {
                Ok(Due {
                    key: WakeKey::new(key),
                    workspace: WorkspaceId::new(workspace),
                    at: instant("wake", at)?,
                    wake: from_json("wake", &body)?,
                })
            })
            .collect()
    }

    /// When the earliest wake is due.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        let at = reading!(self, "read wakes", |conn| on!(conn, |c| sqlx::query_scalar::<_, Option<i64>>(
            "SELECT min(at) FROM wake"
        )
        .fetch_one(&mut **c)
        .await))
        .map_err(error("read wakes"))?;
        at.map(|at| instant("wake", at)).transpose()
    }

    /// Takes due effects under a lease: of each lane only the first that is due, and none of `locked` workspaces.
    ///
    /// # Errors
    /// The database can't be written, or a row is corrupt.
    pub async fn claim(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: usize,
        locked: &[WorkspaceId],
    ) -> Result<Vec<Claimed>, StoreError> {
        let mut rows: Vec<ClaimRow> = writing!(self, "claim", |conn| {
            let sql = pair!(conn, sqlite: CLAIM_SQLITE, postgres: CLAIM_POSTGRES);
            on!(conn, |c| sqlx::query_as(sql)
                .bind(now.as_millisecond())
                .bind(lease_until.as_millisecond())
                .bind(count(limit))
                .bind(names(locked))
                .fetch_all(&mut **c)
                .await)
        })
        .map_err(error("claim"))?;
        rows.sort_unstable_by_key(|row| (row.4, row.0));
        rows.into_iter()
            .map(|(_, key, workspace, lane, due_at, attempts, uncertain, body)| {
                Ok(Claimed {
                    owed: owed(key, workspace, lane, due_at, &body)?,
                    attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                    uncertain,
                })
            })
            .collect()
    }

    /// When the earliest effect that is not leased is due, or the earliest lease runs out.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn next_effect(&self, locked: &[WorkspaceId]) -> Result<Option<Timestamp>, StoreError> {
        let at = reading!(self, "read outbox", |conn| {
            let sql = pair!(conn,
                sqlite: "SELECT min(coalesce(leased_until, due_at)) FROM outbox WHERE settled_at IS NULL
                         AND workspace NOT IN (SELECT value FROM json_each($1))",
                postgres: "SELECT min(coalesce(leased_until, due_at)) FROM outbox WHERE settled_at IS NULL
                           AND workspace NOT IN (SELECT jsonb_array_elements_text($1::jsonb))");
            on!(conn, |c| sqlx::query_scalar::<_, Option<i64>>(sql).bind(names(locked)).fetch_one(&mut **c).await)
        })
        .map_err(error("read outbox"))?;
        at.map(|at| instant("outbox", at)).transpose()
    }

    /// Puts a claimed effect back: it was certainly not delivered. `tried` counts the attempt.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn put_back(
        &self,
        key: &EffectKey,
        due_at: Timestamp,
        tried: bool,
        why: Option<&str>,
    ) -> Result<(), StoreError> {
        self.back(key, due_at, i64::from(tried), false, why).await
    }

    /// Puts a claimed effect back as one that may have arrived; it is reconciled from `due_at` on.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn put_back_uncertain(&self, key: &EffectKey, due_at: Timestamp, why: &str) -> Result<(), StoreError> {
        self.back(key, due_at, 1, true, Some(why)).await
    }

    async fn back(
        &self,
        key: &EffectKey,
        due_at: Timestamp,
        tries: i64,
        uncertain: bool,
        why: Option<&str>,
    ) -> Result<(), StoreError> {
        // What may have arrived stays so until the platform was asked: an attempt that certainly failed says
        // nothing about the one before it.
        let sql = "UPDATE outbox SET state = 'pending', leased_until = NULL, due_at = $2, attempts = attempts + $3,
                   uncertain = (uncertain OR $4), last_error = coalesce($5, last_error)
                   WHERE key = $1 AND state = 'leased'";
        writing!(self, "put back", |conn| on!(conn, |c| sqlx::query(sql)
            .bind(key.as_str())
            .bind(due_at.as_millisecond())
            .bind(tries)
            .bind(uncertain)
            .bind(why)
            .execute(&mut **c)
            .await
            .map(|_| ())))
        .map_err(error("put back"))
    }

    /// Leases that ran out become uncertain: their holder may have sent before it died. Called at the start (with
    /// `all`, when no other process can hold one) and now and then. On PostgreSQL `all` is not believed: another
    /// replica may be at work.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn expire_leases(&self, now: Timestamp, all: bool) -> Result<u64, StoreError> {
        let all = all && matches!(self.db, Db::Sqlite { .. });
        let sql = "UPDATE outbox SET state = 'pending', uncertain = TRUE, leased_until = NULL, attempts = attempts + 1,
                   last_error = 'lease_ran_out'
                   WHERE settled_at IS NULL AND state = 'leased' AND (leased_until <= $1 OR $2)";
        writing!(self, "expire leases", |conn| on!(conn, |c| sqlx::query(sql)
            .bind(now.as_millisecond())
            .bind(all)
            .execute(&mut **c)
            .await
            .map(|done| done.rows_affected())))
        .map_err(error("expire leases"))
    }

    /// Receipts of a subject, or of everything below it (`prompt/s1/2026-11-24`), oldest first.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn receipts(&self, workspace: Option<&WorkspaceId>, subject: &str) -> Result<Vec<Receipt>, StoreError> {
        let sql = "SELECT workspace, subject, at, cause, body FROM receipt
                   WHERE (subject = $1 OR subject LIKE $1 || '/%' OR subject LIKE '%/' || $1 OR subject LIKE '%/' || $1 || '/%')
                   AND ($2 IS NULL OR workspace = $2) ORDER BY at, seq";
        let rows = reading!(self, "read receipts", |conn| on!(conn, |c| sqlx::query_as::<
            _,
            (String, String, i64, String, String),
        >(sql)
        .bind(subject)
        .bind(workspace.map(WorkspaceId::as_str))
        .fetch_all(&mut **c)
        .await))
        .map_err(error("read receipts"))?;
        rows.into_iter()
            .map(|(workspace, subject, at, cause, body)| {
                Ok(Receipt {
                    workspace: WorkspaceId::new(workspace),
                    subject: Subject::new(subject),
                    at: instant("receipt", at)?,
                    cause: InboxKey::new(cause),
                    what: from_json("receipt", &body)?,
                })
            })
            .collect()
    }

    /// What is known of an effect's key, of a failed event's reference, or of a subject and everything below it.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn explain(&self, reference: &str) -> Result<Explanation, StoreError> {
        let rows = self.outbox(reference).await?;
        let mut receipts = self.receipts(None, reference).await?;
        if receipts.is_empty() {
            for subject in rows.iter().filter_map(|row| row.subject.as_ref()) {
                receipts.extend(self.receipts(None, subject.as_str()).await?);
            }
        }
        let failed = reading!(self, "read inbox", |conn| on!(conn, |c| sqlx::query_as::<_, (String, String)>(
            "SELECT key, coalesce(why, '') FROM inbox WHERE failed AND reference = $1"
        )
        .bind(reference)
        .fetch_all(&mut **c)
        .await))
        .map_err(error("read inbox"))?;
        let failed = failed.into_iter().map(|(key, why)| (InboxKey::new(key), why)).collect();
        Ok(Explanation { rows, receipts, failed })
    }

    async fn outbox(&self, reference: &str) -> Result<Vec<OutboxRow>, StoreError> {
        type Row = (String, String, String, i64, String, bool, i64, Option<String>, Option<String>, String);
        let sql =
            "SELECT key, workspace, lane, due_at, state, uncertain, attempts, last_error, subject, body FROM outbox
                   WHERE key = $1 OR subject = $1 OR subject LIKE $1 || '/%' OR subject LIKE '%/' || $1
                   OR subject LIKE '%/' || $1 || '/%' ORDER BY seq";
        let rows: Vec<Row> = reading!(self, "read outbox", |conn| on!(conn, |c| sqlx::query_as(sql)
            .bind(reference)
            .fetch_all(&mut **c)
            .await))
        .map_err(error("read outbox"))?;
        rows.into_iter()
            .map(|(key, workspace, lane, due_at, state, uncertain, attempts, last_error, subject, body)| {
                let state = if uncertain && state == "pending" { "uncertain".to_owned() } else { state };
                Ok(OutboxRow {
                    owed: owed(key, workspace, lane, due_at, &body)?,
                    state,
                    attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
                    last_error,
                    subject: subject.map(Subject::new),
                })
            })
            .collect()
    }

    /// How much waits.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn backlog(&self, now: Timestamp) -> Result<Backlog, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM outbox WHERE settled_at IS NULL),
                   (SELECT count(*) FROM outbox WHERE settled_at IS NULL AND state = 'pending' AND due_at <= $1),
                   (SELECT count(*) FROM outbox WHERE state = 'dead'),
                   (SELECT count(*) FROM wake),
                   (SELECT count(*) FROM inbox WHERE failed)";
        let (owed, due, dead, wakes, failed) =
            reading!(self, "count", |conn| on!(conn, |c| sqlx::query_as::<_, (i64, i64, i64, i64, i64)>(sql)
                .bind(now.as_millisecond())
                .fetch_one(&mut **c)
                .await))
            .map_err(error("count"))?;
        Ok(Backlog { owed, due, dead, wakes, failed })
    }

    /// A small value that an adapter keeps between runs: a direct-message channel that was opened, the hash of the
    /// commands that were registered. `None` when it isn't there.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn kept(&self, key: &str) -> Result<Option<String>, StoreError> {
        reading!(self, "read kept", |conn| on!(conn, |c| sqlx::query_scalar("SELECT value FROM kept WHERE key = $1")
            .bind(key)
            .fetch_optional(&mut **c)
            .await))
        .map_err(error("read kept"))
    }

    /// Keeps one.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn keep(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO kept (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        writing!(self, "write kept", |conn| on!(conn, |c| sqlx::query(sql)
            .bind(key)
            .bind(value)
            .execute(&mut **c)
            .await
            .map(|_| ())))
        .map_err(error("write kept"))
    }

    /// Deletes inbox rows, settled effects and receipts that are older. Events that failed stay. Returns how many.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn purge(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut rows = 0;
        for sql in [
            "DELETE FROM inbox WHERE at < $1 AND NOT failed",
            "DELETE FROM outbox WHERE settled_at < $1",
            "DELETE FROM receipt WHERE at < $1",
        ] {
            rows += writing!(self, "purge", |conn| on!(conn, |c| sqlx::query(sql)
                .bind(before.as_millisecond())
                .execute(&mut **c)
                .await
                .map(|done| done.rows_affected())))
            .map_err(error("purge"))?;
        }
        Ok(rows)
    }
}

fn owed(key: String, workspace: String, lane: String, due_at: i64, body: &str) -> Result<Owed, StoreError> {
    Ok(Owed {
        key: EffectKey::new(key),
        workspace: WorkspaceId::new(workspace),
        lane,
        due_at: instant("outbox", due_at)?,
        effect: from_json("outbox", body)?,
    })
}

fn names(workspaces: &[WorkspaceId]) -> String {
    serde_json::to_string(workspaces).unwrap_or_else(|_| "[]".to_owned())
}

fn count(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
