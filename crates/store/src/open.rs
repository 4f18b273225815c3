//! Opening a database: its file, its lock, its version.

use crate::{
    Found, Look, OpenError,
    db::{Db, SqliteDb, Writer, not_writable, why},
};
use sqlx::{
    ConnectOptions, Connection, PgPool, SqliteConnection,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::Mutex;

pub(crate) static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Readers beside the one writer: pages, the courier's releases, autocomplete.
const READERS: u32 = 4;
/// PostgreSQL connections of one process: the desk's batch, the courier's releases, and some to spare.
const PG_CONNECTIONS: u32 = 16;
/// How long a connection is waited for.
const ACQUIRE: Duration = Duration::from_secs(10);
/// How long SQLite waits for a lock that a foreign program (a backup, the shell) holds on the file.
const BUSY: Duration = Duration::from_secs(5);
/// Prepared statements that a connection keeps: all that this crate has, so that none is ever prepared twice.
const STATEMENTS: usize = 200;

/// What connections to PostgreSQL that work with the database are called there.
const WORKS: &str = "jeda";
/// What those are called that only look at it.
const LOOKS: &str = "jeda (reads)";
/// The end of the name of the file whose lock says that a database is taken.
const LOCK: &str = ".lock";
/// How long another process is waited for that has the lock: one that only looks whether it is free has it for some
/// microseconds.
const LOOKERS: Duration = Duration::from_millis(100);

/// What opening is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To work with it: it is taken for this process and brought up to date.
    Work,
    /// To read it beside the process that works with it.
    Read,
    /// To add a revision of norms beside the process that works with it.
    Beside,
}

/// Where a database is.
enum Place {
    Postgres,
    Memory,
    File(PathBuf),
}

impl Place {
    fn of(url: &str) -> Self {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Self::Postgres;
        }
        let rest = url.strip_prefix("sqlite:").unwrap_or(url);
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        match rest.split('?').next().unwrap_or(rest) {
            ":memory:" => Self::Memory,
            path => Self::File(PathBuf::from(path)),
        }
    }
}

pub(crate) async fn open(url: &str, purpose: Purpose) -> Result<Db, OpenError> {
    match (Place::of(url), purpose) {
        (Place::Postgres, purpose) => {
            let name = if purpose == Purpose::Work { WORKS } else { LOOKS };
            let pool = connect_postgres(url, PG_CONNECTIONS, name).await?;
            let version = refuse_newer(postgres_version(&pool).await, &POSTGRES)?;
            match purpose {
                // Runs under an advisory lock: of several processes that start at once, one migrates and the others
                // wait.
                Purpose::Work => POSTGRES.run(&pool).await.map_err(other)?,
                Purpose::Read | Purpose::Beside => refuse_older(version, &POSTGRES)?,
            }
            Ok(Db::Postgres(pool))
        }
        (Place::Memory, _) => {
            let mut conn = connect(SqliteConnectOptions::new().in_memory(true), Path::new(":memory:")).await?;
            SQLITE.run(&mut conn).await.map_err(other)?;
            Ok(sqlite(conn, None, None))
        }
        (Place::File(path), Purpose::Work) => work(&path).await,
        (Place::File(path), Purpose::Read) => shared(&path, reading(&path)).await,
        (Place::File(path), Purpose::Beside) => shared(&path, options(&path)).await,
    }
}

fn sqlite(conn: SqliteConnection, readers: Option<sqlx::SqlitePool>, lock: Option<File>) -> Db {
    Db::Sqlite(Arc::new(SqliteDb { writer: Arc::new(Mutex::new(Writer::new(conn))), readers, lock }))
}

/// A file, to work with.
async fn work(path: &Path) -> Result<Db, OpenError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| refused(path, &error))?;
    }
    let lock = take(path).await?;
    let mut conn = connect(options(path).create_if_missing(true).journal_mode(SqliteJournalMode::Wal), path).await?;
    refuse_newer(sqlite_version(&mut conn).await, &SQLITE)?;
    // A file that can be opened may still refuse to be written (SQLite then begins as a reader, and says nothing);
    // better told now than at the first event. Nothing of the attempt stays.
    for sql in ["BEGIN IMMEDIATE", "CREATE TABLE attempt (x)", "ROLLBACK"] {
        sqlx::query(sql).execute(&mut conn).await.map_err(|error| failed(path, error))?;
    }
    SQLITE.run(&mut conn).await.map_err(|error| match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => failed(path, error),
        error => other(error),
    })?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE)
        // A connection to a file of this machine doesn't go stale; asking costs as much as the query itself.
        .test_before_acquire(false)
        .connect_lazy_with(options(path).read_only(true));
    Ok(sqlite(conn, Some(readers), Some(lock)))
}

/// A file, beside the process that works with it. Nothing is created, and it isn't taken: what is written goes by
/// SQLite's own lock, for the length of a statement or two.
async fn shared(path: &Path, options: SqliteConnectOptions) -> Result<Db, OpenError> {
    if !path.exists() {
        return Err(OpenError::Other(format!("{} is not there; `jeda run` makes it", path.display())));
    }
    let mut conn = connect(options, path).await?;
    let version = refuse_newer(sqlite_version(&mut conn).await, &SQLITE)?;
    refuse_older(version, &SQLITE)?;
    Ok(sqlite(conn, None, None))
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        // An acknowledged event is on the disk, not in the system's cache.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY)
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS)
        // What a savepoint may have to take back stays in memory. In a temporary file it would cost each transaction a
        // file made and deleted, and both would go to the disk with its one flush.
        .pragma("temp_store", "MEMORY")
        // Hundreds of statements a second would be formatted for a log that nobody asked for.
        .disable_statement_logging()
}

/// Options of a connection that leaves no file behind.
fn reading(path: &Path) -> SqliteConnectOptions {
    // Beside a log that is there, SQLite only reads. Where none is, nobody has the file open, and SQLite would make one
    // and leave it there, owned by whoever looked; told that the file doesn't change, it makes none.
    let log = beside(path, "-wal").is_ok_and(|log| log.exists());
    options(path).read_only(true).immutable(!log)
}

/// A path that is the database's with something at its end. Two names of one file are one file: links are followed.
fn beside(path: &Path, end: &str) -> std::io::Result<PathBuf> {
    let whole = path.canonicalize().or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok::<_, std::io::Error>(folder.canonicalize()?.join(path.file_name().unwrap_or_default()))
    })?;
    let mut name = whole.into_os_string();
    name.push(end);
    Ok(name.into())
}

async fn connect(options: SqliteConnectOptions, path: &Path) -> Result<SqliteConnection, OpenError> {
    SqliteConnection::connect_with(&options.disable_statement_logging()).await.map_err(|error| failed(path, error))
}

/// Takes the file for this process. The lock ends with the process, however that ends.
async fn take(path: &Path) -> Result<File, OpenError> {
    let beside = beside(path, LOCK).map_err(|error| refused(path, &error))?;
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&beside)
        .map_err(|error| refused(&beside, &error))?;
    let mut taken = lock.try_lock();
    if matches!(taken, Err(TryLockError::WouldBlock)) {
        tokio::time::sleep(LOOKERS).await;
        taken = lock.try_lock();
    }
    match taken {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { path: path.display().to_string() }),
        Err(TryLockError::Error(error)) => Err(refused(&beside, &error)),
    }
}

/// Whether a process has taken the file. The lock can't be asked without being taken; it is let go at once, and whoever
/// starts in that moment looks a second time.
fn is_taken(path: &Path) -> bool {
    let lock = beside(path, LOCK).and_then(File::open);
    lock.is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

async fn connect_postgres(url: &str, connections: u32, name: &str) -> Result<PgPool, OpenError> {
    let options: PgConnectOptions = url.parse().map_err(other)?;
    let pool = PgPoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE);
    pool.connect_with(options.application_name(name)).await.map_err(other)
}

/// The newest migration that was applied; none in a database that is empty.
async fn sqlite_version(conn: &mut SqliteConnection) -> Option<i64> {
    sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(conn).await.ok().flatten()
}

async fn postgres_version(pool: &PgPool) -> Option<i64> {
    sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(pool).await.ok().flatten()
}

fn newest(migrator: &Migrator) -> i64 {
    migrator.iter().map(|migration| migration.version).max().unwrap_or(0)
}

fn refuse_newer(found: Option<i64>, migrator: &Migrator) -> Result<Option<i64>, OpenError> {
    let known = newest(migrator);
    match found {
        Some(found) if found > known => Err(OpenError::Newer { found, known }),
        found => Ok(found),
    }
}

fn refuse_older(found: Option<i64>, migrator: &Migrator) -> Result<(), OpenError> {
    if found == Some(newest(migrator)) {
        return Ok(());
    }
    Err(OpenError::Other("it is not up to date; `jeda migrate` brings it there".to_owned()))
}

/// Whether a jeda works with the database, as the names of its connections tell.
async fn postgres_in_use(pool: &PgPool) -> Result<bool, OpenError> {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1";
    let connections: i64 = sqlx::query_scalar(sql).bind(WORKS).fetch_one(pool).await.map_err(other)?;
    Ok(connections > 0)
}

/// How a database stands. Looking changes nothing, makes nothing and keeps nobody from it.
pub(crate) async fn look(url: &str) -> Result<Look, OpenError> {
    let (version, in_use, known) = match Place::of(url) {
        Place::Postgres => {
            let pool = connect_postgres(url, 1, LOOKS).await?;
            let (version, in_use) = (postgres_version(&pool).await, postgres_in_use(&pool).await);
            pool.close().await;
            (version, in_use?, &POSTGRES)
        }
        Place::Memory => return Ok(Look { found: Found::Memory, in_use: false }),
        Place::File(path) if !path.exists() => {
            return Ok(Look { found: Found::Nothing { path: path.display().to_string() }, in_use: false });
        }
        Place::File(path) => {
            let mut conn = connect(reading(&path), &path).await?;
            let version = sqlite_version(&mut conn).await;
            conn.close().await.map_err(other)?;
            (version, is_taken(&path), &SQLITE)
        }
    };
    refuse_newer(version, known)?;
    let newest = newest(known);
    let found = match version {
        None => Found::Empty,
        Some(version) if version == newest => Found::UpToDate { version },
        Some(version) => Found::Older { version, newest },
    };
    Ok(Look { found, in_use })
}

fn failed(path: &Path, error: sqlx::Error) -> OpenError {
    if not_writable(&error) { refused(path, &why(&error)) } else { other(error) }
}

fn refused(path: &Path, why: &dyn std::fmt::Display) -> OpenError {
    OpenError::NotWritable { path: path.display().to_string(), why: why.to_string() }
}

pub(crate) fn other(error: impl std::fmt::Display) -> OpenError {
    OpenError::Other(error.to_string())
}
