//! The two databases behind one face: one SQL text with `$1` placeholders, and the few differences as named pairs.

use crate::{OpenError, StoreError};
use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Readers beside the one writer: pages, the courier's releases, autocomplete.
const READERS: u32 = 4;
/// PostgreSQL connections of one process.
const PG_CONNECTIONS: u32 = 16;
/// How long a connection is waited for.
const ACQUIRE: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
pub(crate) enum Db {
    Sqlite {
        /// One connection: SQLite has one writer.
        write: SqlitePool,
        /// The same pool for a database in memory.
        read: SqlitePool,
        /// Held for as long as the store is open.
        _lock: Option<Arc<File>>,
    },
    Postgres(PgPool),
}

/// A connection of either database, for the length of a query or of a transaction.
pub(crate) enum Conn<'c> {
    Sqlite(&'c mut sqlx::SqliteConnection),
    Postgres(&'c mut sqlx::PgConnection),
}

/// A transaction on either.
#[derive(Debug)]
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Runs the same body on whichever database it is. `$c` is the connection.
macro_rules! on {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite($c) => $body,
            $crate::db::Conn::Postgres($c) => $body,
        }
    };
}
/// A pair of SQL texts, where the dialects differ.
macro_rules! pair {
    ($conn:expr, sqlite: $s:expr, postgres: $p:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite(_) => $s,
            $crate::db::Conn::Postgres(_) => $p,
        }
    };
}
pub(crate) use {on, pair};

impl Tx {
    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(tx) => Conn::Sqlite(&mut *tx),
            Self::Postgres(tx) => Conn::Postgres(&mut *tx),
        }
    }
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await,
            Self::Postgres(tx) => tx.commit().await,
        }
        .map_err(error("commit"))
    }
}

impl Db {
    pub(crate) async fn open(url: &str) -> Result<Self, OpenError> {
        if url.starts_with("postgres") {
            return postgres(url).await;
        }
        match file_of(url) {
            None => memory().await,
            Some(path) => file(&path).await,
        }
    }
    /// Begins a transaction of the writer.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite { write, .. } => write.begin().await.map(Tx::Sqlite),
            Self::Postgres(pool) => pool.begin().await.map(Tx::Postgres),
        }
        .map_err(error("begin"))
    }
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite { write, read, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// The file of a SQLite address; `None` for a database in memory.
pub(crate) fn file_of(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:").unwrap_or(url);
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let path = rest.split('?').next().unwrap_or(rest);
    (path != ":memory:").then(|| PathBuf::from(path))
}

fn sqlite_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        // An acknowledged event is on the disk, not in the system's cache.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(true)
}

async fn memory() -> Result<Db, OpenError> {
    let options = SqliteConnectOptions::from_str("sqlite::memory:").map_err(other)?;
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options)
        .await
        .map_err(other)?;
    SQLITE.run(&pool).await.map_err(other)?;
    Ok(Db::Sqlite { write: pool.clone(), read: pool, _lock: None })
}

async fn file(path: &Path) -> Result<Db, OpenError> {
    let refused =
        |why: &dyn std::fmt::Display| OpenError::NotWritable { path: path.display().to_string(), why: why.to_string() };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| refused(&error))?;
    }
    let lock = take(path)?;
    let open = |error: sqlx::Error| if not_writable(&error) { refused(&error) } else { other(error) };
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(ACQUIRE)
        .connect_with(sqlite_options(path).create_if_missing(true))
        .await
        .map_err(open)?;
    // A file that can be opened may still refuse to be written; better told now than at the first event.
    sqlx::query("BEGIN IMMEDIATE").execute(&write).await.map_err(open)?;
    let version: Result<Option<i64>, sqlx::Error> =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&write).await;
    sqlx::query("ROLLBACK").execute(&write).await.map_err(open)?;
    refuse_newer(version.ok().flatten(), &SQLITE)?;
    SQLITE.run(&write).await.map_err(|error| match error {
        sqlx::migrate::MigrateError::Execute(error) => open(error),
        error => other(error),
    })?;
    let read = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE)
        .connect_lazy_with(sqlite_options(path).read_only(true));
    Ok(Db::Sqlite { write, read, _lock: Some(Arc::new(lock)) })
}

/// Takes the file for this process. The lock ends with the process, however that ends.
fn take(path: &Path) -> Result<File, OpenError> {
    let beside = path.with_added_extension("lock");
    let not_writable =
        |error: std::io::Error| OpenError::NotWritable { path: beside.display().to_string(), why: error.to_string() };
    let lock = File::options().create(true).truncate(false).write(true).open(&beside).map_err(not_writable)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { path: path.display().to_string() }),
        Err(TryLockError::Error(error)) => Err(not_writable(error)),
    }
}

async fn postgres(url: &str) -> Result<Db, OpenError> {
    let pool = PgPoolOptions::new()
        .max_connections(PG_CONNECTIONS)
        .acquire_timeout(ACQUIRE)
        .connect(url)
        .await
        .map_err(other)?;
    let version: Result<Option<i64>, sqlx::Error> =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&pool).await;
    refuse_newer(version.ok().flatten(), &POSTGRES)?;
    // Runs under an advisory lock: of several processes that start at once, one migrates and the others wait.
    POSTGRES.run(&pool).await.map_err(other)?;
    Ok(Db::Postgres(pool))
}

fn refuse_newer(found: Option<i64>, migrator: &Migrator) -> Result<(), OpenError> {
    let known = migrator.iter().map(|migration| migration.version).max().unwrap_or(0);
    match found {
        Some(found) if found > known => Err(OpenError::Newer { found, known }),
        _ => Ok(()),
    }
}

/// What `jeda check` says of a database, which it doesn't change.
pub(crate) async fn look(url: &str) -> Result<String, OpenError> {
    let (version, known) = if url.starts_with("postgres") {
        let pool =
            PgPoolOptions::new().max_connections(1).acquire_timeout(ACQUIRE).connect(url).await.map_err(other)?;
        let version: Result<Option<i64>, _> =
            sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&pool).await;
        (version.ok().flatten(), &POSTGRES)
    } else {
        let Some(path) = file_of(url) else { return Ok("in memory; it ends with the process".to_owned()) };
        if !path.exists() {
            return Ok(format!("{} is not there yet; `jeda run` makes it", path.display()));
        }
        let options = SqliteConnectOptions::new().filename(&path).read_only(true);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.map_err(other)?;
        let version: Result<Option<i64>, _> =
            sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(&pool).await;
        (version.ok().flatten(), &SQLITE)
    };
    refuse_newer(version, known)?;
    let newest = known.iter().map(|migration| migration.version).max().unwrap_or(0);
    Ok(match version {
        None => "reachable and empty; `jeda run` or `jeda migrate` sets it up".to_owned(),
        Some(version) if version == newest => format!("reachable, up to date (version {version})"),
        Some(version) => format!("reachable, at version {version} of {newest}; `jeda migrate` brings it up to date"),
    })
}

pub(crate) fn other(error: impl std::fmt::Display) -> OpenError {
    OpenError::Other(error.to_string())
}

/// Whether an error means that the disk can't be written: SQLite's READONLY, IOERR, FULL and CANTOPEN, and
/// PostgreSQL's class 53 (insufficient resources).
fn not_writable(error: &sqlx::Error) -> bool {
    let Some(database) = error.as_database_error() else { return false };
    let Some(code) = database.code() else { return false };
    if database.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        // The low byte of an extended result code is its primary code (sqlite.org/rescode.html).
        return code.parse::<i64>().is_ok_and(|code| matches!(code & 0xff, 8 | 10 | 13 | 14));
    }
    code == "53100"
}

/// Names the operation of a database error. PostgreSQL's message can quote a value of the row only in its detail,
/// which is left out.
pub(crate) fn error(operation: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| {
        let why = error.as_database_error().map_or_else(|| error.to_string(), |database| database.message().to_owned());
        if not_writable(&error) {
            StoreError::NotWritable { operation, why }
        } else {
            StoreError::Database { operation, why }
        }
    }
}
