//! The two databases behind one face: one SQL text with `$1` placeholders, and the few differences as named pairs.

use crate::StoreError;
use jeda_core::{id::WorkspaceId, people::Workspace};
use sqlx::{
    Connection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction, error::DatabaseError,
    pool::PoolConnection, sqlite::SqliteError,
};
use std::{collections::HashMap, fs::File, sync::Arc};
use tokio::sync::{Mutex, OwnedMutexGuard};

/// Either database.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    Sqlite(Arc<SqliteDb>),
    Postgres(PgPool),
}

/// A SQLite database: one writer, some readers beside it.
#[derive(Debug)]
pub(crate) struct SqliteDb {
    pub(crate) writer: Arc<Mutex<Writer>>,
    /// None for a database in memory, which has one connection, and for one that is only looked at.
    pub(crate) readers: Option<SqlitePool>,
    /// Locked for as long as the store is open.
    pub(crate) lock: Option<File>,
}

/// SQLite's one writer.
#[derive(Debug)]
pub(crate) struct Writer {
    /// None once the store is closed.
    conn: Option<SqliteConnection>,
    /// A transaction was begun and not ended: its batch was dropped, or broke. sqlx's own transaction is not used
    /// here, because it loses count when a full disk makes SQLite roll back by itself.
    begun: bool,
    /// Workspaces as they are committed. One process and one writer: they can't change behind our back.
    pub(crate) known: HashMap<WorkspaceId, Workspace>,
}

/// A connection of either database, for the length of a query or of a transaction.
pub(crate) enum Conn<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut sqlx::PgConnection),
}

/// A connection that is ours for a while, outside any transaction.
pub(crate) enum Hand {
    Writer(OwnedMutexGuard<Writer>),
    Reader(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// A transaction on either.
#[derive(Debug)]
pub(crate) enum Tx {
    Sqlite(OwnedMutexGuard<Writer>),
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

impl Db {
    /// A connection that may write.
    pub(crate) async fn writing(&self, operation: &'static str) -> Result<Hand, StoreError> {
        match self {
            Self::Sqlite(db) => Ok(Hand::Writer(db.writer(operation).await?)),
            Self::Postgres(pool) => pool.acquire().await.map(Hand::Postgres).map_err(error(operation)),
        }
    }
    /// A connection that only reads, and on SQLite waits for no writer.
    pub(crate) async fn reading(&self, operation: &'static str) -> Result<Hand, StoreError> {
        match self {
            Self::Sqlite(db) => match &db.readers {
                Some(readers) => readers.acquire().await.map(Hand::Reader).map_err(error(operation)),
                None => self.writing(operation).await,
            },
            Self::Postgres(_) => self.writing(operation).await,
        }
    }
    /// Begins a transaction of the writer.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        match self {
            Self::Sqlite(db) => {
                let mut writer = db.writer("begin").await?;
                writer.begun = true;
                sqlx::query("BEGIN IMMEDIATE").execute(writer.open("begin")?).await.map_err(error("begin"))?;
                Ok(Tx::Sqlite(writer))
            }
            Self::Postgres(pool) => pool.begin().await.map(Tx::Postgres).map_err(error("begin")),
        }
    }
    /// Everything committed is on the disk, and the file is free for another process, also when other copies of the
    /// store are still around.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(db) => {
                if let Some(readers) = &db.readers {
                    readers.close().await;
                }
                let mut writer = db.writer.lock().await;
                if let Some(conn) = writer.conn.take() {
                    // Ends an open transaction, too. What is committed is safe either way; an error here only means
                    // that the write-ahead log stays beside the file.
                    let _ = conn.close().await;
                }
                if let Some(lock) = &db.lock {
                    // The system frees it at the process's end at the latest.
                    let _ = lock.unlock();
                }
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl SqliteDb {
    /// The writer, outside any transaction.
    pub(crate) async fn writer(&self, operation: &'static str) -> Result<OwnedMutexGuard<Writer>, StoreError> {
        let mut writer = self.writer.clone().lock_owned().await;
        if writer.begun {
            let conn = writer.open(operation)?;
            match sqlx::query("ROLLBACK").execute(conn).await {
                // SQLite had rolled back by itself: nothing is open.
                Err(failure) if sqlite_code(&failure) == Some(1) => {}
                done => _ = done.map_err(error(operation))?,
            }
            writer.begun = false;
        }
        writer.open(operation)?;
        Ok(writer)
    }
}

impl Writer {
    pub(crate) fn new(conn: SqliteConnection) -> Self {
        Self { conn: Some(conn), begun: false, known: HashMap::new() }
    }
    fn open(&mut self, operation: &'static str) -> Result<&mut SqliteConnection, StoreError> {
        self.conn.as_mut().ok_or(StoreError::Database { operation, why: "the store is closed".to_owned() })
    }
}

impl Hand {
    pub(crate) fn conn(&mut self, operation: &'static str) -> Result<Conn<'_>, StoreError> {
        Ok(match self {
            Self::Writer(writer) => Conn::Sqlite(writer.open(operation)?),
            Self::Reader(reader) => Conn::Sqlite(reader),
            Self::Postgres(connection) => Conn::Postgres(connection),
        })
    }
}

impl Tx {
    pub(crate) fn conn(&mut self, operation: &'static str) -> Result<Conn<'_>, StoreError> {
        Ok(match self {
            Self::Sqlite(writer) => Conn::Sqlite(writer.open(operation)?),
            Self::Postgres(tx) => Conn::Postgres(&mut *tx),
        })
    }
    /// Makes it durable.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(mut writer) => {
                sqlx::query("COMMIT").execute(writer.open("commit")?).await.map_err(error("commit"))?;
                writer.begun = false;
                Ok(())
            }
            Self::Postgres(tx) => tx.commit().await.map_err(error("commit")),
        }
    }
}

/// The primary result code of SQLite: the low byte of the extended one (sqlite.org/rescode.html).
fn sqlite_code(error: &sqlx::Error) -> Option<i64> {
    let error: &SqliteError = error.as_database_error()?.try_downcast_ref()?;
    error.code()?.parse::<i64>().ok().map(|code| code & 0xff)
}

/// Whether an error means that nothing can be written now: SQLite's BUSY, NOMEM, READONLY, IOERR, FULL and CANTOPEN,
/// which are also those after which it may have rolled back the whole transaction by itself
/// (sqlite.org/lang_transaction.html, section 3.1); PostgreSQL's class 53 (insufficient resources) and 25006
/// (read-only transaction).
pub(crate) fn not_writable(error: &sqlx::Error) -> bool {
    if let Some(code) = sqlite_code(error) {
        return matches!(code, 5 | 7 | 8 | 10 | 13 | 14);
    }
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.is_some_and(|code| code.starts_with("53") || code == "25006")
}

/// Names the operation of a database error. PostgreSQL's message can quote a value of the row only in its detail,
/// which is left out.
pub(crate) fn error(operation: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| {
        let why = why(&error);
        if not_writable(&error) {
            StoreError::NotWritable { operation, why }
        } else {
            StoreError::Database { operation, why }
        }
    }
}

/// A database error without the row's contents.
pub(crate) fn why(error: &sqlx::Error) -> String {
    error.as_database_error().map_or_else(|| error.to_string(), |database| database.message().to_owned())
}
