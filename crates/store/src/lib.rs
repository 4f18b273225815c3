//! Rows to core types and back, on SQLite and PostgreSQL.
//!
//! One writer transaction carries a whole batch: inbox rows, changes, effects, wakes and receipts of several events
//! are committed together, each event inside its own savepoint, so that one that fails takes nothing with it.

mod apply;
mod ask;
mod batch;
mod db;
mod digest;
mod explain;
mod feed;
mod later;
mod load;
mod norms;
mod open;
mod outbox;
mod person;
#[cfg(feature = "testing")]
pub mod testing;
mod together;
mod told;

pub use batch::Batch;
pub use together::Alone;

use crate::{
    db::{Conn, Db, error, on, pair},
    load::{Loader, workspace_of, workspace_row},
    open::Purpose,
};
use jeda_core::{
    effect::Owed,
    id::{EffectKey, InboxKey, Subject, WorkspaceId},
    people::Workspace,
    receipt::Receipt,
    snapshot::{Scope, Snapshot},
    wake::Due,
};
use sqlx::Connection;
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What a store is opened with.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite:PATH` (or a bare path), `sqlite::memory:`, `postgres://…`.
    pub url: String,
    /// What a workspace is until its platform tells more: language, zone, hours, holidays. Stored workspaces follow
    /// it at each start: zone, hours, holidays and whether calendars are read always, the language until the platform told another.
    pub defaults: Workspace,
}

/// The store. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    db: Db,
    defaults: Arc<Workspace>,
    /// Effects that are under lease by this process, and the number of that lease. Another process's claim counts
    /// it up, and then ours no longer settles anything.
    leases: Arc<Mutex<HashMap<EffectKey, i64>>>,
    /// Revisions of norms that were read. They never change.
    norms: norms::KnownNorms,
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

/// How a database stands, told by its `Display` in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What is there.
    pub found: Found,
    /// Whether a jeda works with it.
    pub in_use: bool,
}

/// What is where a database should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It will be in memory.
    Memory,
    /// No file yet.
    Nothing {
        /// Where it will be.
        path: String,
    },
    /// A database without our tables.
    Empty,
    /// Every migration was applied.
    UpToDate {
        /// Its version.
        version: i64,
    },
    /// Some migrations are pending.
    Older {
        /// Its version.
        version: i64,
        /// The version that this jeda brings it to.
        newest: i64,
    },
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.found {
            Found::Memory => write!(f, "in memory; it ends with the process")?,
            Found::Nothing { path } => write!(f, "no database yet: `jeda run` makes {path}")?,
            Found::Empty => write!(f, "reachable and empty; `jeda run` or `jeda migrate` sets it up")?,
            Found::UpToDate { version } => write!(f, "reachable, up to date (version {version})")?,
            Found::Older { version, newest } => write!(
                f,
                "reachable, at version {version} of {newest}; `jeda run` or `jeda migrate` brings it up to date"
            )?,
        }
        if self.in_use { write!(f, "; a jeda is running on it") } else { Ok(()) }
    }
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
    /// # Errors
    /// Each says what to do.
    pub async fn open(options: Options) -> Result<Self, OpenError> {
        let store = Self::with(open::open(&options.url, Purpose::Work).await?, options.defaults);
        match store.follow_defaults().await {
            Ok(()) => Ok(store),
            Err(StoreError::NotWritable { why, .. }) => Err(OpenError::NotWritable { path: options.url, why }),
            Err(error) => Err(open::other(error)),
        }
    }

    /// Opens a database only to read it, also while another process works with it: for `jeda explain`. Whatever
    /// would write is refused.
    ///
    /// # Errors
    /// It isn't there, or is not up to date. Each says what to do.
    pub async fn open_to_read(options: Options) -> Result<Self, OpenError> {
        Ok(Self::with(open::open(&options.url, Purpose::Read).await?, options.defaults))
    }

    /// How a database stands, for `jeda check` and `jeda doctor`. Changes and makes nothing.
    ///
    /// # Errors
    /// It can't be reached, or a newer jeda wrote it.
    pub async fn look(url: &str) -> Result<Look, OpenError> {
        open::look(url).await
    }

    fn with(db: Db, defaults: Workspace) -> Self {
        Self { db, defaults: Arc::new(defaults), leases: Arc::default(), norms: Default::default() }
    }

    /// Lets stored workspaces follow the configuration.
    async fn follow_defaults(&self) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let mut conn = tx.conn("load workspaces")?;
        let sql = pair!(&conn,
            sqlite: "SELECT default_language, body FROM workspace",
            // Replicas that start together take turns.
            postgres: "SELECT default_language, body FROM workspace ORDER BY id FOR UPDATE");
        let rows = on!(&mut conn, |c| sqlx::query_as::<_, (String, String)>(sql).fetch_all(&mut **c).await)
            .map_err(error("load workspaces"))?;
        for (language, body) in rows {
            let Some(mut workspace) = workspace_of(&body)? else { continue };
            workspace.zone = self.defaults.zone;
            workspace.hours = self.defaults.hours.clone();
            workspace.holidays = self.defaults.holidays.clone();
            workspace.calendar = self.defaults.calendar;
            workspace.calendars = self.defaults.calendars;
            if workspace.language.tag() == language {
                workspace.language = self.defaults.language;
            }
            let body = apply::to_json("workspace", &workspace)?;
            let sql = "UPDATE workspace SET default_language = $2, body = $3 WHERE id = $1";
            on!(&mut conn, |c| sqlx::query(sql)
                .bind(workspace.id.as_str())
                .bind(self.default_language())
                .bind(body)
                .execute(&mut **c)
                .await
                .map(|_| ()))
            .map_err(error("write workspace"))?;
        }
        tx.commit().await
    }

    fn default_language(&self) -> &'static str {
        self.defaults.language.tag()
    }

    fn default_workspace(&self, id: &WorkspaceId) -> Workspace {
        Workspace { id: id.clone(), ..(*self.defaults).clone() }
    }

    /// Reads a scope as it is at one instant, outside any batch.
    ///
    /// # Errors
    /// The database can't be read, or a row is corrupt.
    pub async fn load(&self, scope: &Scope) -> Result<Snapshot, StoreError> {
        // Rows of one instant, however many statements they take. A transaction that is dropped ends by itself.
        match (&self.db, self.db.reading("load").await?) {
            (Db::Postgres(_), db::Hand::Postgres(mut connection)) => {
                let sql = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
                let mut tx = connection.begin_with(sql).await.map_err(error("load"))?;
                self.read(Conn::Postgres(&mut tx), scope).await
            }
            (_, db::Hand::Reader(mut connection)) => {
                let mut tx = connection.begin().await.map_err(error("load"))?;
                let loaded = self.read(Conn::Sqlite(&mut tx), scope).await;
                drop(tx);
                if loaded.is_err() {
                    // It might be stuck in a transaction that SQLite has ended.
                    connection.close_on_drop();
                }
                loaded
            }
            (_, mut hand) => self.read(hand.conn("load")?, scope).await,
        }
    }

    async fn read(&self, mut conn: Conn<'_>, scope: &Scope) -> Result<Snapshot, StoreError> {
        let id = &scope.workspace;
        let workspace = workspace_row(&mut conn, id).await?.unwrap_or_else(|| self.default_workspace(id));
        let mut snapshot = Snapshot::empty(workspace);
        Loader { conn: &mut conn, workspace: id, norms: &self.norms, snapshot: &mut snapshot }
            .needs(&scope.needs)
            .await?;
        Ok(snapshot)
    }

    /// Begins a batch. One at a time on SQLite; on PostgreSQL the workspaces' rows are locked, in the order of
    /// their ids, until the end.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn begin(&self, workspaces: &[WorkspaceId]) -> Result<Batch, StoreError> {
        let mut tx = self.db.begin().await?;
        let locked = match tx.conn("lock workspaces")? {
            Conn::Sqlite(_) => HashMap::new(),
            Conn::Postgres(c) => self.lock(c, workspaces).await?,
        };
        Ok(Batch::new(self.clone(), tx, locked))
    }

    /// Locks workspaces' rows, and reads those that are known.
    async fn lock(
        &self,
        conn: &mut sqlx::PgConnection,
        workspaces: &[WorkspaceId],
    ) -> Result<HashMap<WorkspaceId, Workspace>, StoreError> {
        let mut ids: Vec<&str> = workspaces.iter().map(WorkspaceId::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        // A workspace that is not known yet is locked, too, so a row without a body stands for it. Both statements go
        // in the order of the ids, so that two processes never wait for each other.
        let insert = "INSERT INTO workspace (id, default_language, body)
                      SELECT id, $2, '' FROM unnest($1::text[]) WITH ORDINALITY AS given (id, nth) ORDER BY nth
                      ON CONFLICT (id) DO NOTHING";
        sqlx::query(insert)
            .bind(&ids)
            .bind(self.default_language())
            .execute(&mut *conn)
            .await
            .map_err(error("lock workspaces"))?;
        let lock = "SELECT body FROM workspace WHERE id = ANY ($1) ORDER BY id FOR UPDATE";
        let bodies: Vec<String> =
            sqlx::query_scalar(lock).bind(&ids).fetch_all(conn).await.map_err(error("lock workspaces"))?;
        let mut known = HashMap::with_capacity(bodies.len());
        for body in bodies {
            if let Some(workspace) = workspace_of(&body)? {
                known.insert(workspace.id.clone(), workspace);
            }
        }
        Ok(known)
    }

    fn leases(&self) -> MutexGuard<'_, HashMap<EffectKey, i64>> {
        // A poisoned lock only means that another thread panicked between two whole values.
        self.leases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the lease under which this process holds an effect.
    fn lease(&self, key: &EffectKey) -> Option<i64> {
        self.leases().get(key).copied()
    }

    /// Forgets leases that have ended.
    fn release(&self, keys: &[EffectKey]) {
        let mut leases = self.leases();
        for key in keys {
            leases.remove(key);
        }
    }

    /// Lets a SQLite database grow to so many pages only: a disk that is full, for tests.
    ///
    /// # Errors
    /// The database can't be reached.
    #[cfg(feature = "testing")]
    pub async fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        let mut hand = self.db.writing("limit pages").await?;
        if let Conn::Sqlite(c) = hand.conn("limit pages")? {
            let sql = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
            sqlx::query(sql).execute(&mut *c).await.map_err(error("limit pages"))?;
        }
        Ok(())
    }

    /// Checks that the database answers, for `/readyz`.
    ///
    /// # Errors
    /// It doesn't.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut hand = self.db.reading("ping").await?;
        on!(hand.conn("ping")?, |c| sqlx::query("SELECT 1").execute(&mut *c).await.map(|_| ())).map_err(error("ping"))
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
