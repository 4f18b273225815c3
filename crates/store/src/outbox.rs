//! Claiming and putting back what is owed; wakes that are due.

use crate::{
    Claimed, Store, StoreError,
    db::{Db, error, on, pair},
    load::{from_json, instant},
};
use jeda_core::{
    effect::Owed,
    id::{EffectKey, WakeKey, WorkspaceId},
    wake::Due,
};
use jiff::Timestamp;

/// A lane's first due effect is free when nothing of the lane is under lease and nothing before it is due.
const CLAIM_SQLITE: &str = "UPDATE outbox SET state = 'leased', leased_until = $2, lease = lease + 1 WHERE seq IN (
    SELECT o.seq FROM outbox o WHERE o.settled_at IS NULL AND o.state = 'pending' AND o.due_at <= $1
    AND o.workspace NOT IN (SELECT value FROM json_each($4))
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.workspace = o.workspace AND e.lane = o.lane
        AND e.settled_at IS NULL AND (e.state = 'leased' OR (e.seq < o.seq AND e.due_at <= $1)))
    ORDER BY o.due_at, o.seq LIMIT $3)
    RETURNING seq, key, workspace, lane, due_at, attempts, uncertain, lease, body";
const CLAIM_POSTGRES: &str = "UPDATE outbox SET state = 'leased', leased_until = $2, lease = lease + 1 WHERE seq IN (
    SELECT o.seq FROM outbox o WHERE o.settled_at IS NULL AND o.state = 'pending' AND o.due_at <= $1
    AND o.workspace NOT IN (SELECT jsonb_array_elements_text($4::jsonb))
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.workspace = o.workspace AND e.lane = o.lane
        AND e.settled_at IS NULL AND (e.state = 'leased' OR (e.seq < o.seq AND e.due_at <= $1)))
    ORDER BY o.due_at, o.seq LIMIT $3 FOR UPDATE SKIP LOCKED)
    RETURNING seq, key, workspace, lane, due_at, attempts, uncertain, lease, body";

/// What stands behind a troubled effect in its lane waits with it, so that a conversation keeps its order. Once the
/// effect has failed this often (with the courier's back-off, about a quarter of an hour), the others go ahead: one
/// sick message silences nobody.
const HOLDS_TRIES_MAX: i64 = 8;

type ClaimRow = (i64, String, String, String, i64, i64, bool, i64, String);

/// Two processes can see the same lane free at the same instant; the index of leases lets one of them through, and
/// the other looks again. More than a few times in a row is no coincidence.
const CLAIM_TRIES: usize = 8;

impl Store {
    /// Wakes that are due, earliest first.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn due_wakes(&self, now: Timestamp, limit: usize) -> Result<Vec<Due>, StoreError> {
        let sql = "SELECT workspace, key, at, body FROM wake WHERE at <= $1 ORDER BY at, workspace, key LIMIT $2";
        let mut hand = self.db.reading("read wakes").await?;
        let rows = on!(hand.conn("read wakes")?, |c| sqlx::query_as::<_, (String, String, i64, String)>(sql)
            .bind(now.as_millisecond())
            .bind(count(limit))
            .fetch_all(&mut *c)
            .await)
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
        let sql = "SELECT min(at) FROM wake";
        let mut hand = self.db.reading("read wakes").await?;
        let at = on!(hand.conn("read wakes")?, |c| sqlx::query_scalar::<_, Option<i64>>(sql).fetch_one(&mut *c).await)
            .map_err(error("read wakes"))?;
        at.map(|at| instant("wake", at)).transpose()
    }

    /// Takes due effects under a lease: of each lane only the first that is due, and none of `locked` workspaces.
    ///
    /// An effect that waits for a later instant doesn't hold up its lane; one under lease does.
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
        let mut rows = self.claim_rows(now, lease_until, limit, locked).await?;
        rows.sort_unstable_by_key(|row| (row.4, row.0));
        let mut claimed = Vec::with_capacity(rows.len());
        for (_, key, workspace, lane, due_at, attempts, uncertain, lease, body) in rows {
            let owed = owed(key, workspace, lane, due_at, &body)?;
            self.leases().insert(owed.key.clone(), lease);
            claimed.push(Claimed { owed, attempts: u32::try_from(attempts).unwrap_or(u32::MAX), uncertain });
        }
        Ok(claimed)
    }

    async fn claim_rows(
        &self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: usize,
        locked: &[WorkspaceId],
    ) -> Result<Vec<ClaimRow>, StoreError> {
        let locked = names(locked);
        let mut tries = 0;
        loop {
            tries += 1;
            let mut hand = self.db.writing("claim").await?;
            let conn = hand.conn("claim")?;
            let sql = pair!(&conn, sqlite: CLAIM_SQLITE, postgres: CLAIM_POSTGRES);
            let rows = on!(conn, |c| sqlx::query_as(sql)
                .bind(now.as_millisecond())
                .bind(lease_until.as_millisecond())
                .bind(count(limit))
                .bind(locked.as_str())
                .fetch_all(&mut *c)
                .await);
            match rows {
                Err(sqlx::Error::Database(failure)) if failure.is_unique_violation() && tries < CLAIM_TRIES => {}
                rows => return rows.map_err(error("claim")),
            }
        }
    }

    /// When the earliest effect that can be claimed is due, or the earliest lease runs out. What stands behind a
    /// lease in its lane isn't looked at: the lease's end comes first.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn next_effect(&self, locked: &[WorkspaceId]) -> Result<Option<Timestamp>, StoreError> {
        let mut hand = self.db.reading("read outbox").await?;
        let conn = hand.conn("read outbox")?;
        let sql = pair!(&conn,
            sqlite: "SELECT min(coalesce(o.leased_until, o.due_at)) FROM outbox o WHERE o.settled_at IS NULL
                     AND o.workspace NOT IN (SELECT value FROM json_each($1))
                     AND (o.state = 'leased' OR NOT EXISTS (SELECT 1 FROM outbox e
                          WHERE e.workspace = o.workspace AND e.lane = o.lane AND e.state = 'leased'))",
            postgres: "SELECT min(coalesce(o.leased_until, o.due_at)) FROM outbox o WHERE o.settled_at IS NULL
                       AND o.workspace NOT IN (SELECT jsonb_array_elements_text($1::jsonb))
                       AND (o.state = 'leased' OR NOT EXISTS (SELECT 1 FROM outbox e
                            WHERE e.workspace = o.workspace AND e.lane = o.lane AND e.state = 'leased'))");
        let at = on!(conn, |c| sqlx::query_scalar::<_, Option<i64>>(sql).bind(names(locked)).fetch_one(&mut *c).await)
            .map_err(error("read outbox"))?;
        at.map(|at| instant("outbox", at)).transpose()
    }

    /// Puts a claimed effect back: it was certainly not delivered. `tried` counts the attempt. With a reason it is in
    /// trouble, and its lane waits for it; without one it waits by its own will, and holds up nobody. Does nothing
    /// when our lease ran out and somebody else has claimed it since.
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

    /// Puts a claimed effect back as one that may have arrived; it is reconciled from `due_at` on. Counts the attempt.
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
        let Some(lease) = self.lease(key) else { return Ok(()) };
        let mut hand = self.db.writing("put back").await?;
        if why.is_some() {
            // While the lane is still ours, so that nothing slips past in between.
            let behind = "UPDATE outbox SET due_at = $2 WHERE settled_at IS NULL AND due_at < $2 AND EXISTS (
                SELECT 1 FROM outbox e WHERE e.key = $1 AND e.lease = $3 AND e.settled_at IS NULL AND e.attempts < $4
                AND e.workspace = outbox.workspace AND e.lane = outbox.lane AND e.seq < outbox.seq)";
            on!(hand.conn("put back")?, |c| sqlx::query(behind)
                .bind(key.as_str())
                .bind(due_at.as_millisecond())
                .bind(lease)
                .bind(HOLDS_TRIES_MAX)
                .execute(&mut *c)
                .await
                .map(|_| ()))
            .map_err(error("put back"))?;
        }
        // What may have arrived stays so until the platform was asked: an attempt that certainly failed says
        // nothing about the one before it. A lease that ran out still tells the truth while nobody has claimed
        // the effect after us, which would have counted the lease up.
        let sql = "UPDATE outbox SET state = 'pending', leased_until = NULL, due_at = $2, attempts = attempts + $3,
                   uncertain = (uncertain OR $4), last_error = coalesce($5, last_error)
                   WHERE key = $1 AND lease = $6 AND settled_at IS NULL";
        on!(hand.conn("put back")?, |c| sqlx::query(sql)
            .bind(key.as_str())
            .bind(due_at.as_millisecond())
            .bind(tries)
            .bind(uncertain)
            .bind(why)
            .bind(lease)
            .execute(&mut *c)
            .await
            .map(|_| ()))
        .map_err(error("put back"))?;
        // Only ours: at this very instant somebody else here may have claimed it anew.
        let mut leases = self.leases();
        if leases.get(key) == Some(&lease) {
            leases.remove(key);
        }
        Ok(())
    }

    /// Leases that ran out become uncertain: their holder may have sent before it died. Called at the start (with
    /// `all`, when no other process can hold one) and now and then. On PostgreSQL `all` is not believed: another
    /// replica may be at work.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn expire_leases(&self, now: Timestamp, all: bool) -> Result<u64, StoreError> {
        let all = all && matches!(self.db, Db::Sqlite(_));
        let sql = "UPDATE outbox SET state = 'pending', uncertain = TRUE, leased_until = NULL, attempts = attempts + 1,
                   last_error = 'lease_ran_out'
                   WHERE state = 'leased' AND (leased_until <= $1 OR $2)";
        let mut hand = self.db.writing("expire leases").await?;
        on!(hand.conn("expire leases")?, |c| sqlx::query(sql)
            .bind(now.as_millisecond())
            .bind(all)
            .execute(&mut *c)
            .await
            .map(|done| done.rows_affected()))
        .map_err(error("expire leases"))
    }
}

pub(crate) fn owed(key: String, workspace: String, lane: String, due_at: i64, body: &str) -> Result<Owed, StoreError> {
    Ok(Owed {
        key: EffectKey::new(key),
        workspace: WorkspaceId::new(workspace),
        lane,
        due_at: instant("outbox", due_at)?,
        effect: from_json("outbox", body)?,
    })
}

/// A subject without its first word: `s1/2026-11-24/U1` of `prompt/s1/2026-11-24/U1`. What is known of a standup, of
/// its round or of a member's part in it is found by it, whatever it is.
pub(crate) fn path_of(subject: &str) -> &str {
    subject.split_once('/').map_or(subject, |(_, path)| path)
}

fn names(workspaces: &[WorkspaceId]) -> String {
    serde_json::to_string(workspaces).unwrap_or_else(|_| "[]".to_owned())
}

pub(crate) fn count(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
