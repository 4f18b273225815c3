//! Rows to core types and back, on SQLite and PostgreSQL.
//!
//! One writer transaction carries a whole batch: inbox rows, changes, effects, wakes and receipts of several events
//! are committed together, each event inside its own savepoint, so that one that fails takes nothing with it.

mod apply;
mod batch;
mod db;
mod load;
mod outbox;
#[cfg(feature = "testing")]
pub mod testing;

pub use batch::Batch;

use crate::{
    db::{Conn, Db, Tx, error, on},
    load::{Loader, from_json},
};
use jeda_core::{
    effect::Owed,
    id::{InboxKey, Subject, WorkspaceId},
    people::Workspace,
    receipt::Receipt,
    snapshot::{Scope, Snapshot},
    wake::Due,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

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
pub struct Store {
    db: Db,
    defaults: Arc<Workspace>,
    /// Workspaces' rows as they are committed. SQLite has one process and one writer, so they can't change behind
    /// our back; on PostgreSQL nothing is cached.
    known: Arc<Mutex<HashMap<WorkspaceId, Workspace>>>,
}

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
    /// What its message was about, once it is settled.
    pub subject: Option<Subject>,
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

/// What is known of a reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The outbox's lines, oldest first.
    pub rows: Vec<OutboxRow>,
    /// Receipts, oldest first.
    pub receipts: Vec<Receipt>,
    /// Events whose decision failed: their key, and why. Never a body.
    pub failed: Vec<(InboxKey, String)>,
}

impl Store {
    /// Opens a database, brings it up to date under a lock, and takes it for this process (SQLite).
    ///
    /// Zone, hours and holidays of stored workspaces follow the given defaults; their language does until their
    /// platform tells one.
    ///
    /// # Errors
    /// Each says what to do.
    pub async fn open(options: Options) -> Result<Self, OpenError> {
        let store =
            Self { db: Db::open(&options.url).await?, defaults: Arc::new(options.defaults), known: Arc::default() };
        store.follow_defaults().await.map_err(db::other)?;
        Ok(store)
    }

    /// What `jeda check` says of a database. Changes nothing.
    ///
    /// # Errors
    /// It can't be reached, or a newer jeda wrote it.
    pub async fn look(url: &str) -> Result<String, OpenError> {
        db::look(url).await
    }

    async fn follow_defaults(&self) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let mut conn = tx.conn();
        let bodies =
            on!(&mut conn, |c| sqlx::query_scalar::<_, String>("SELECT body FROM workspace").fetch_all(&mut **c).await)
                .map_err(error("load workspaces"))?;
        for body in bodies {
            let mut workspace: Workspace = from_json("workspace", &body)?;
            workspace.zone = self.defaults.zone;
            workspace.hours = self.defaults.hours.clone();
            workspace.holidays = self.defaults.holidays.clone();
            let body = apply::to_json("workspace", &workspace)?;
            on!(&mut conn, |c| sqlx::query("UPDATE workspace SET body = $2 WHERE id = $1")
                .bind(workspace.id.as_str())
                .bind(body)
                .execute(&mut **c)
                .await
                .map(|_| ()))
            .map_err(error("write workspace"))?;
        }
        tx.commit().await
    }

    /// Reads a scope, outside any transaction.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn load(&self, scope: &Scope) -> Result<Snapshot, StoreError> {
        match &self.db {
            Db::Sqlite { read, .. } => {
                let mut connection = read.acquire().await.map_err(error("connect"))?;
                self.load_on(&mut Conn::Sqlite(&mut connection), scope, true).await
            }
            Db::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(error("connect"))?;
                self.load_on(&mut Conn::Postgres(&mut connection), scope, false).await
            }
        }
    }

    /// Reads a scope on a connection. `committed` says that what it sees of workspaces is committed.
    async fn load_on(&self, conn: &mut Conn<'_>, scope: &Scope, committed: bool) -> Result<Snapshot, StoreError> {
        let workspace = self.workspace(conn, &scope.workspace, committed).await?;
        let mut snapshot = Snapshot::empty(workspace);
        let mut loader = Loader { conn, workspace: &scope.workspace, snapshot: &mut snapshot };
        for need in &scope.needs {
            loader.need(need).await?;
        }
        Ok(snapshot)
    }

    async fn workspace(&self, conn: &mut Conn<'_>, id: &WorkspaceId, committed: bool) -> Result<Workspace, StoreError> {
        let cached = committed && matches!(self.db, Db::Sqlite { .. });
        if cached && let Some(known) = self.known().get(id) {
            return Ok(known.clone());
        }
        let body = on!(conn, |c| sqlx::query_scalar::<_, String>("SELECT body FROM workspace WHERE id = $1")
            .bind(id.as_str())
            .fetch_optional(&mut **c)
            .await)
        .map_err(error("load workspace"))?;
        let Some(body) = body.filter(|body| !body.is_empty()) else {
            return Ok(Workspace { id: id.clone(), ..(*self.defaults).clone() });
        };
        let workspace: Workspace = from_json("workspace", &body)?;
        if cached {
            self.known().insert(id.clone(), workspace.clone());
        }
        Ok(workspace)
    }

    fn known(&self) -> MutexGuard<'_, HashMap<WorkspaceId, Workspace>> {
        // A poisoned lock only means that another thread panicked between two whole values.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a batch. One at a time on SQLite; on PostgreSQL the workspaces' rows are locked, in the order of
    /// their ids, until the end.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn begin(&self, workspaces: &[WorkspaceId]) -> Result<Batch, StoreError> {
        let mut tx = self.db.begin().await?;
        if let Tx::Postgres(_) = tx {
            let mut ids: Vec<&str> = workspaces.iter().map(WorkspaceId::as_str).collect();
            ids.sort_unstable();
            for id in ids {
                // A row without a body stands for a workspace that is not known yet.
                let sql =
                    "INSERT INTO workspace (id, body) VALUES ($1, '') ON CONFLICT (id) DO UPDATE SET id = excluded.id";
                on!(tx.conn(), |c| sqlx::query(sql).bind(id).execute(&mut *c).await.map(|_| ()))
                    .map_err(error("lock workspace"))?;
            }
        }
        Ok(Batch::new(self.clone(), tx))
    }

    /// Lets a SQLite database grow to so many pages only: a disk that is full, for tests.
    ///
    /// # Errors
    /// The database can't be reached.
    #[cfg(feature = "testing")]
    pub async fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        if let Db::Sqlite { write, .. } = &self.db {
            let sql = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
            sqlx::query(sql).execute(write).await.map_err(error("limit pages"))?;
        }
        Ok(())
    }

    /// Checks that the database answers, for `/readyz`.
    ///
    /// # Errors
    /// It doesn't.
    pub async fn ping(&self) -> Result<(), StoreError> {
        match &self.db {
            Db::Sqlite { read, .. } => sqlx::query("SELECT 1").execute(read).await.map(|_| ()),
            Db::Postgres(pool) => sqlx::query("SELECT 1").execute(pool).await.map(|_| ()),
        }
        .map_err(error("ping"))
    }

    /// Closes it: everything committed is on disk, the file is free for another process.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

/// The key under which an inbound wake is deduplicated.
pub fn wake_key(due: &Due) -> InboxKey {
    InboxKey::new(format!("wake/{}/{}", due.key, due.at.as_millisecond()))
}
