//! Revisions of norms: added in a short transaction of their own, also beside a bot that is at work, and read with one
//! look at the newest number. And what they look at in a message, and found.
//!
//! A revision never changes, so whoever knows its number knows what is in it: that is why another process may add one
//! to a SQLite file that is taken, while everything else in it is written by the process that holds it alone.

use crate::{
    OpenError, Options, Store, StoreError,
    apply::{Writer, run, to_json},
    db::{Conn, error, on, pair},
    load::{Loader, from_json, instant, texts, workspace_of},
    open::{self, Purpose},
};
use jeda_core::{
    id::{ChannelId, GroupId, UserId, WorkspaceId},
    limit::JUDGED_READ_MAX,
    norm::{self, Alert, Judged, NormSet, Revision, verdict::Mentions},
    people::Workspace,
    wake::WakeChange,
};
use jiff::Timestamp;
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

type Row = (i64, i64, String, String);

/// Revisions that were read, the newest of each workspace.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownNorms(Arc<Mutex<HashMap<WorkspaceId, Arc<Revision>>>>);

impl KnownNorms {
    fn get(&self, workspace: &WorkspaceId) -> Option<Arc<Revision>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(workspace).cloned()
    }
    fn put(&self, workspace: &WorkspaceId, revision: &Arc<Revision>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A reader may still look at an older state of the database.
        if all.get(workspace).is_none_or(|known| known.number < revision.number) {
            all.insert(workspace.clone(), revision.clone());
        }
    }
}

/// The live revision. What is known by its number isn't read again.
pub(crate) async fn live(
    conn: &mut Conn<'_>,
    workspace: &WorkspaceId,
    known: &KnownNorms,
) -> Result<Option<Arc<Revision>>, StoreError> {
    let before = known.get(workspace);
    let sql = "SELECT number, at, author, CASE WHEN number = $2 THEN '' ELSE body END FROM norm_revision
               WHERE workspace = $1 ORDER BY number DESC LIMIT 1";
    let row: Option<Row> = on!(conn, |c| sqlx::query_as(sql)
        .bind(workspace.as_str())
        .bind(before.as_ref().map_or(0, |revision| i64::from(revision.number)))
        .fetch_optional(&mut **c)
        .await)
    .map_err(error("load norms"))?;
    let Some(row) = row else { return Ok(None) };
    if let Some(before) = before.filter(|before| i64::from(before.number) == row.0) {
        return Ok(Some(before));
    }
    let revision = Arc::new(revision(row)?);
    known.put(workspace, &revision);
    Ok(Some(revision))
}

fn revision((number, at, by, body): Row) -> Result<Revision, StoreError> {
    let number = u32::try_from(number)
        .map_err(|_| StoreError::Corrupt { table: "norm_revision", why: "a number out of range".into() })?;
    let set: NormSet = from_json("norm_revision", &body)?;
    Ok(Revision { number, by, at: instant("norm_revision", at)?, set })
}

impl Store {
    /// Opens a database to look at it and to add a revision of norms, also while another process works with it.
    /// Nothing else may be written so.
    ///
    /// # Errors
    /// It isn't there, or is not up to date. Each says what to do.
    pub async fn open_beside(options: Options) -> Result<Self, OpenError> {
        Ok(Self::with(open::open(&options.url, Purpose::Beside).await?, options.defaults))
    }

    /// Every workspace that is known, by id.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn workspaces(&self) -> Result<Vec<Workspace>, StoreError> {
        let mut hand = self.db.reading("list workspaces").await?;
        let sql = "SELECT body FROM workspace ORDER BY id";
        let bodies: Vec<String> =
            on!(hand.conn("list workspaces")?, |c| sqlx::query_scalar(sql).fetch_all(&mut *c).await)
                .map_err(error("list workspaces"))?;
        bodies.iter().filter_map(|body| workspace_of(body).transpose()).collect()
    }

    /// Every revision of a workspace's norms, the newest first.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn revisions(&self, workspace: &WorkspaceId) -> Result<Vec<Revision>, StoreError> {
        let sql = "SELECT number, at, author, body FROM norm_revision WHERE workspace = $1 ORDER BY number DESC";
        let mut hand = self.db.reading("list norms").await?;
        let rows: Vec<Row> =
            on!(hand.conn("list norms")?, |c| sqlx::query_as(sql).bind(workspace.as_str()).fetch_all(&mut *c).await)
                .map_err(error("list norms"))?;
        rows.into_iter().map(revision).collect()
    }

    /// Adds a revision, and sets the wakes that it asks for. `false`, and nothing happened, when its number isn't the
    /// next one: somebody else was faster.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn add_revision(
        &self,
        workspace: &WorkspaceId,
        revision: &Revision,
        wakes: &[WakeChange],
    ) -> Result<bool, StoreError> {
        let body = to_json("norm_revision", &revision.set)?;
        let mut tx = self.db.begin().await?;
        let mut conn = tx.conn("add norms")?;
        // SQLite has begun as the only writer; on PostgreSQL the workspace's row says who is next.
        let turn = pair!(&conn,
            sqlite: "SELECT id FROM workspace WHERE id = $1",
            postgres: "SELECT id FROM workspace WHERE id = $1 FOR UPDATE");
        on!(&mut conn, |c| sqlx::query_scalar::<_, String>(turn)
            .bind(workspace.as_str())
            .fetch_optional(&mut **c)
            .await)
        .map_err(error("add norms"))?;
        let sql = "INSERT INTO norm_revision (workspace, number, at, author, body)
                   SELECT $1, $2, $3, $4, $5 WHERE $2 = (SELECT coalesce(max(number), 0) + 1 FROM norm_revision
                                                         WHERE workspace = $1)";
        let rows = on!(&mut conn, |c| sqlx::query(sql)
            .bind(workspace.as_str())
            .bind(i64::from(revision.number))
            .bind(revision.at.as_millisecond())
            .bind(revision.by.as_str())
            .bind(body)
            .execute(&mut **c)
            .await
            .map(|done| done.rows_affected()))
        .map_err(error("add norms"))?;
        if rows == 0 {
            return Ok(false);
        }
        let default_language = self.default_language();
        let mut writer = Writer { conn: &mut conn, workspace, default_language };
        for wake in wakes {
            writer.wake(wake).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}

/// What was found of one message.
pub(crate) const JUDGED: &str = "SELECT body FROM judged WHERE workspace = $1 AND id = $2";
/// What was found of somebody's last message for which they were told.
pub(crate) const JUDGED_OF: &str =
    "SELECT body FROM judged WHERE workspace = $1 AND author = $2 AND told_at IS NOT NULL
                         ORDER BY told_at DESC LIMIT 1";

/// What norms look at in a message, and what they found.
impl Loader<'_, '_> {
    /// Nothing but the norms where they don't look at mentions: then a message costs one look.
    pub(crate) async fn mentioned(&mut self, channel: &ChannelId, mentions: &Mentions) -> Result<(), StoreError> {
        self.snapshot.norms = live(self.conn, self.workspace, self.norms).await?;
        let Some(live) = self.snapshot.norms.clone().filter(|live| live.set.judges_mentions()) else { return Ok(()) };
        self.members_named(&mentions.users).await?;
        for group in &mentions.groups {
            self.group(group).await?;
        }
        if mentions.everyone {
            self.channel(channel).await?;
        }
        let groups: BTreeSet<&GroupId> = live.set.groups().filter(|it| !mentions.groups.contains(*it)).collect();
        for group in groups {
            let users = self.in_group(group).await?;
            if !users.is_empty() {
                self.snapshot.group_members.insert(group.clone(), users);
            }
        }
        Ok(())
    }

    pub(crate) async fn judged(&mut self, sql: &'static str, bind: &str) -> Result<(), StoreError> {
        let rows = texts!(self, "load judged", sql, bind);
        self.put_judged(&rows)
    }

    pub(crate) async fn told_in(&mut self, conversation: &str, author: &UserId) -> Result<(), StoreError> {
        let sql = "SELECT body FROM judged WHERE workspace = $1 AND author = $2 AND conversation = $3
                   AND told_at IS NOT NULL ORDER BY told_at DESC LIMIT 1";
        let rows = texts!(self, "load judged", sql, author.as_str(), conversation);
        self.put_judged(&rows)
    }

    pub(crate) async fn alert(&mut self, id: &str) -> Result<(), StoreError> {
        let rows = texts!(self, "load alert", "SELECT body FROM alert WHERE workspace = $1 AND id = $2", id);
        self.put_alerts(&rows)?;
        let all = self.snapshot.alerts.values().filter(|alert| alert.id.as_str() == id);
        let users = all.flat_map(|alert| alert.to.iter().chain([&alert.author])).cloned().collect();
        self.members_named(&users).await
    }

    pub(crate) async fn alerts_of(&mut self, author: &UserId, since: Timestamp) -> Result<(), StoreError> {
        let sql = "SELECT body FROM alert WHERE workspace = $1 AND author = $2 AND at >= $3";
        let rows = texts!(self, "load alerts", sql, author.as_str(), since.as_millisecond());
        self.put_alerts(&rows)
    }

    fn put_alerts(&mut self, rows: &[String]) -> Result<(), StoreError> {
        for body in rows {
            let alert: Alert = from_json("alert", body)?;
            self.snapshot.alerts.insert(alert.id.clone(), alert);
        }
        Ok(())
    }

    pub(crate) async fn judged_since(&mut self, since: Timestamp) -> Result<(), StoreError> {
        let sql = "SELECT body FROM judged WHERE workspace = $1 AND at >= $2 ORDER BY at DESC LIMIT $3";
        let most = i64::try_from(JUDGED_READ_MAX).unwrap_or(i64::MAX);
        let rows = texts!(self, "load judged", sql, since.as_millisecond(), most);
        self.put_judged(&rows)
    }

    fn put_judged(&mut self, rows: &[String]) -> Result<(), StoreError> {
        for body in rows {
            let judged: Judged = from_json("judged", body)?;
            self.snapshot.judged.insert(judged.id.clone(), judged);
        }
        Ok(())
    }

    /// The rows of everyone who was found off.
    pub(crate) async fn found(&mut self) -> Result<(), StoreError> {
        let found = self.snapshot.judged.values().flat_map(|judged| &judged.findings);
        let users: BTreeSet<UserId> = found.map(|finding| finding.recipient.clone()).collect();
        self.members_named(&users).await
    }
}

impl Writer<'_, '_> {
    pub(crate) async fn norm(&mut self, change: &norm::Change) -> Result<(), StoreError> {
        match change {
            norm::Change::Judged(judged) => {
                let body = to_json("judged", judged)?;
                run!(
                    self,
                    "write judged",
                    "INSERT INTO judged (workspace, id, conversation, author, at, told_at, body)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)
                     ON CONFLICT (workspace, id) DO UPDATE
                     SET at = excluded.at, told_at = excluded.told_at, body = excluded.body",
                    judged.id.as_str(),
                    judged.conversation.to_string(),
                    judged.author.as_str(),
                    judged.at.as_millisecond(),
                    judged.told_at.map(|at| at.as_millisecond()),
                    body
                );
            }
            norm::Change::Alert(alert) => {
                let body = to_json("alert", alert)?;
                run!(
                    self,
                    "write alert",
                    "INSERT INTO alert (workspace, id, author, at, body) VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT (workspace, id) DO UPDATE SET body = excluded.body",
                    alert.id.as_str(),
                    alert.author.as_str(),
                    alert.at.as_millisecond(),
                    body
                );
            }
            norm::Change::Forgotten(id) => {
                run!(self, "delete judged", "DELETE FROM judged WHERE workspace = $1 AND id = $2", id.as_str());
            }
        }
        Ok(())
    }
}
