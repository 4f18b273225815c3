//! Looking back: receipts, explanations, counts, small things kept, and forgetting in time.

use crate::{
    Backlog, Explanation, OutboxRow, Store, StoreError,
    db::{error, on},
    load::{from_json, instant},
    outbox::{count, owed},
};
use jeda_core::{
    id::{InboxKey, Subject, WorkspaceId},
    receipt::Receipt,
};
use jiff::Timestamp;

/// Rows that one statement of [`Store::purge`] deletes: a few milliseconds, after which others take their turn.
const PURGE_ROWS: usize = 2_000;

type ReceiptRow = (String, String, i64, String, String);
type Row = (String, String, String, i64, String, bool, i64, Option<String>, Option<String>, String);

impl Store {
    /// Receipts of a subject and of everything below it (`prompt/s1/2026-11-24`), oldest first; the first word may be
    /// left out (`s1/2026-11-24`, `s1/2026-11-24/U1`) for receipts of every kind.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn receipts(&self, workspace: Option<&WorkspaceId>, subject: &str) -> Result<Vec<Receipt>, StoreError> {
        // `0` is the character after `/`: what lies between is below the subject, and a range of an index.
        let sql = "SELECT workspace, subject, at, cause, body FROM receipt
                   WHERE (subject = $1 OR (subject > $1 || '/' AND subject < $1 || '0')
                          OR path = $1 OR (path > $1 || '/' AND path < $1 || '0'))
                   AND (CAST($2 AS TEXT) IS NULL OR workspace = $2) ORDER BY at, seq";
        let mut hand = self.db.reading("read receipts").await?;
        let rows: Vec<ReceiptRow> = on!(hand.conn("read receipts")?, |c| sqlx::query_as(sql)
            .bind(subject)
            .bind(workspace.map(WorkspaceId::as_str))
            .fetch_all(&mut *c)
            .await)
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

    /// What is known of an effect's key, of a failed event's reference, or of a subject and everything below it
    /// ([`receipts`](Self::receipts)).
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn explain(&self, reference: &str) -> Result<Explanation, StoreError> {
        let rows = self.outbox(reference).await?;
        let mut receipts = self.receipts(None, reference).await?;
        if receipts.is_empty() {
            for row in &rows {
                let Some(subject) = &row.subject else { continue };
                receipts.extend(self.receipts(Some(&row.owed.workspace), subject.as_str()).await?);
            }
        }
        let sql = "SELECT key, coalesce(why, '') FROM inbox WHERE failed AND reference = $1 ORDER BY key";
        let mut hand = self.db.reading("read inbox").await?;
        let failed = on!(hand.conn("read inbox")?, |c| sqlx::query_as::<_, (String, String)>(sql)
            .bind(reference)
            .fetch_all(&mut *c)
            .await)
        .map_err(error("read inbox"))?;
        let failed = failed.into_iter().map(|(key, why)| (InboxKey::new(key), why)).collect();
        Ok(Explanation { rows, receipts, failed })
    }

    async fn outbox(&self, reference: &str) -> Result<Vec<OutboxRow>, StoreError> {
        let sql = "SELECT key, workspace, lane, due_at, state, uncertain, attempts, last_error, subject, body
                   FROM outbox WHERE key = $1
                   OR subject = $1 OR (subject > $1 || '/' AND subject < $1 || '0')
                   OR path = $1 OR (path > $1 || '/' AND path < $1 || '0') ORDER BY seq";
        let mut hand = self.db.reading("read outbox").await?;
        let rows: Vec<Row> =
            on!(hand.conn("read outbox")?, |c| sqlx::query_as(sql).bind(reference).fetch_all(&mut *c).await)
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
        let mut hand = self.db.reading("count").await?;
        let (owed, due, dead, wakes, failed) =
            on!(hand.conn("count")?, |c| sqlx::query_as(sql).bind(now.as_millisecond()).fetch_one(&mut *c).await)
                .map_err(error("count"))?;
        Ok(Backlog { owed, due, dead, wakes, failed })
    }

    /// A small value that an adapter keeps between runs: a direct-message channel that was opened, the hash of the
    /// commands that were registered. `None` when it isn't there.
    ///
    /// # Errors
    /// The database can't be read.
    pub async fn kept(&self, key: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM kept WHERE key = $1";
        let mut hand = self.db.reading("read kept").await?;
        on!(hand.conn("read kept")?, |c| sqlx::query_scalar(sql).bind(key).fetch_optional(&mut *c).await)
            .map_err(error("read kept"))
    }

    /// Keeps one.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn keep(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO kept (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        let mut hand = self.db.writing("write kept").await?;
        on!(hand.conn("write kept")?, |c| sqlx::query(sql).bind(key).bind(value).execute(&mut *c).await.map(|_| ()))
            .map_err(error("write kept"))
    }

    /// Deletes inbox rows, settled effects, receipts, judged and urgent messages that are older, messages for later that came
    /// to their end, but for the newest of each author, which only keeps its number, questions that came to theirs,
    /// what came in digests, and codes that no longer work. Events that failed stay. Returns how many.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn purge(&self, before: Timestamp) -> Result<u64, StoreError> {
        let inbox = "DELETE FROM inbox WHERE (workspace, key) IN
                     (SELECT workspace, key FROM inbox WHERE at < $1 AND NOT failed LIMIT $2)";
        let outbox = "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE settled_at < $1 LIMIT $2)";
        let receipt = "DELETE FROM receipt WHERE seq IN (SELECT seq FROM receipt WHERE at < $1 LIMIT $2)";
        let judged = "DELETE FROM judged WHERE (workspace, id) IN
                      (SELECT workspace, id FROM judged WHERE at < $1 LIMIT $2)";
        let mut all = 0;
        let later = "DELETE FROM later WHERE (workspace, id) IN
                     (SELECT workspace, id FROM later WHERE settled_at < $1 AND number <
                      (SELECT max(number) FROM later AS newer
                       WHERE newer.workspace = later.workspace AND newer.author = later.author) LIMIT $2)";
        let ask = "DELETE FROM ask WHERE (workspace, id) IN
                   (SELECT workspace, id FROM ask WHERE settled_at < $1 LIMIT $2)";
        // Before the questions themselves, by whose rows they are found.
        let ask_message = "DELETE FROM ask_message WHERE (workspace, channel, message) IN
                           (SELECT m.workspace, m.channel, m.message FROM ask a JOIN ask_message m
                            ON m.workspace = a.workspace AND m.ask = a.id WHERE a.settled_at < $1 LIMIT $2)";
        let alert = "DELETE FROM alert WHERE (workspace, id) IN
                     (SELECT workspace, id FROM alert WHERE at < $1 LIMIT $2)";
        let item = "DELETE FROM digest_item WHERE (workspace, id) IN
                    (SELECT workspace, id FROM digest_item WHERE settled_at < $1 LIMIT $2)";
        let offer = "DELETE FROM link_offer WHERE code IN (SELECT code FROM link_offer WHERE until < $1 LIMIT $2)";
        for sql in [inbox, outbox, receipt, judged, alert, later, ask_message, ask, item, offer] {
            loop {
                let mut hand = self.db.writing("purge").await?;
                let conn = hand.conn("purge")?;
                let rows = on!(conn, |c| sqlx::query(sql)
                    .bind(before.as_millisecond())
                    .bind(count(PURGE_ROWS))
                    .execute(&mut *c)
                    .await
                    .map(|done| done.rows_affected()))
                .map_err(error("purge"))?;
                all += rows;
                if rows < PURGE_ROWS as u64 {
                    break;
                }
            }
        }
        Ok(all)
    }
}
