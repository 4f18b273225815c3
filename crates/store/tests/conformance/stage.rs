//! What every test stands on: the two databases, new and empty, and a morning at Acme.

use jeda_core::{
    decide::Decision,
    event::{Event, Inbound, Seen},
    id::{InboxKey, UserId, WorkspaceId},
    snapshot::{Need, Scope, Snapshot},
};
use jeda_store::{Arrival, Options, Store, testing::postgres_url};
use jiff::Timestamp;
use tempfile::TempDir;

pub(crate) fn options(url: &str) -> Options {
    Options { url: url.to_owned(), defaults: crate::samples::defaults() }
}

/// A database, and where another look at it can be had (none in memory).
pub(crate) struct Stage {
    pub(crate) store: Store,
    pub(crate) url: Option<String>,
    _folder: Option<TempDir>,
}

/// Every kind of database, each new and empty.
pub(crate) async fn stages(name: &str) -> Vec<Stage> {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("data/jeda.db").display());
    let open = async |url: &str| Store::open(options(url)).await.unwrap();
    let mut all = vec![
        Stage { store: open("sqlite::memory:").await, url: None, _folder: None },
        Stage { store: open(&file).await, url: Some(file), _folder: Some(folder) },
    ];
    if let Some(url) = postgres_url(name) {
        all.push(Stage { store: open(&url).await, url: Some(url), _folder: None });
    }
    all
}

impl Stage {
    pub(crate) fn is_postgres(&self) -> bool {
        self.url.as_ref().is_some_and(|url| url.starts_with("postgres"))
    }
    /// Ends this process's work and begins another's.
    pub(crate) async fn again(&self) -> Option<Store> {
        let url = self.url.as_ref()?;
        self.store.close().await;
        Some(Store::open(options(url)).await.unwrap())
    }
}

pub(crate) fn acme() -> WorkspaceId {
    WorkspaceId::new("slack:T1")
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Monday morning in Jakarta.
pub(crate) fn nine() -> Timestamp {
    at("2026-11-23T02:00:00Z")
}

pub(crate) fn event(key: &str) -> Inbound {
    Inbound { key: InboxKey::new(key), workspace: acme(), event: Event::Seen(Seen::Unlocked) }
}

/// Takes an event and writes what was decided, in a batch of its own.
pub(crate) async fn commit(store: &Store, inbound: &Inbound, decision: &Decision) -> Arrival {
    let mut batch = store.begin(std::slice::from_ref(&inbound.workspace)).await.unwrap();
    batch.event().await.unwrap();
    let arrival = batch.take(inbound, nine()).await.unwrap();
    if arrival == Arrival::New {
        batch.apply(&inbound.workspace, decision).await.unwrap();
    }
    batch.keep().await.unwrap();
    batch.commit().await.unwrap();
    arrival
}

pub(crate) async fn load(store: &Store, needs: impl IntoIterator<Item = Need>) -> Snapshot {
    store.load(&Scope { workspace: acme(), needs: needs.into_iter().collect() }).await.unwrap()
}

/// What ana has jotted down.
pub(crate) async fn notes(store: &Store) -> Vec<String> {
    load(store, [Need::Member(UserId::new("U1"))]).await.notes.into_iter().map(|note| note.text).collect()
}
