//! A web server with calendars on it, and with everything that a server of somebody else's may do instead.

use crate::door::{Door, DoorListener};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use std::{
    collections::BTreeMap,
    io,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};
use tokio::task::JoinHandle;

/// What lies under a path.
#[derive(Clone, Debug)]
pub enum Page {
    /// A text, whose mark is made of it: asked for with that mark, it is told to be as it was.
    Text(String),
    /// The same without a mark.
    Unmarked(String),
    /// A status and nothing else.
    Status(u16),
    /// It is elsewhere, as this header says.
    Elsewhere(String),
    /// So many bytes, whose number is told beforehand.
    Large(usize),
    /// Bytes without end, whose number nobody tells.
    Endless,
    /// No answer at all.
    Silence,
    /// The beginning of an answer.
    Stuck,
}

/// Somebody asked for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The path and what stands after it.
    pub path: String,
    /// The mark that they have.
    pub mark: Option<String>,
}

#[derive(Default)]
struct Model {
    pages: Mutex<BTreeMap<String, Page>>,
    asked: Mutex<Vec<Asked>>,
    given: AtomicUsize,
}

/// The server. It ends when this is dropped.
pub struct Shelf {
    door: Door,
    model: Arc<Model>,
    server: JoinHandle<()>,
}

/// Bytes of one piece.
const PIECE: usize = 64 * 1024;

impl Shelf {
    /// Opens it on loopback, empty.
    ///
    /// # Errors
    /// There is no port.
    pub async fn open() -> io::Result<Self> {
        let (door, listener): (Door, DoorListener) = Door::open().await?;
        let model = Arc::<Model>::default();
        let router = Router::new().fallback(answer).with_state(model.clone());
        let server = tokio::spawn(async move {
            // It ends with its handle.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { door, model, server })
    }
    /// The address of a page, by a name for this machine.
    pub fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.door.address().port())
    }
    /// Puts something under a path, in place of what is there.
    pub fn put(&self, path: &str, page: Page) {
        lock(&self.model.pages).insert(path.to_owned(), page);
    }
    /// What was asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        lock(&self.model.asked).clone()
    }
    /// Bytes of large and endless pages that were taken so far.
    pub fn given(&self) -> usize {
        self.model.given.load(SeqCst)
    }
    /// Refuses every connection, or no longer does.
    pub fn shut(&self, shut: bool) {
        self.door.shut(shut);
    }
}

impl Drop for Shelf {
    fn drop(&mut self) {
        self.server.abort();
        self.door.cut_all();
    }
}

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(State(model): State<Arc<Model>>, uri: Uri, headers: HeaderMap) -> Response {
    let mark = headers.get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok()).map(str::to_owned);
    lock(&model.asked).push(Asked { path: uri.to_string(), mark: mark.clone() });
    let page = lock(&model.pages).get(uri.path()).cloned();
    match page {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(Page::Text(text)) => {
            let own = format!("\"{:x}\"", text.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte)));
            if mark.as_deref() == Some(&own) {
                return StatusCode::NOT_MODIFIED.into_response();
            }
            ([(header::CONTENT_TYPE, "text/calendar".to_owned()), (header::ETAG, own)], text).into_response()
        }
        Some(Page::Unmarked(text)) => text.into_response(),
        Some(Page::Status(status)) => StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT).into_response(),
        Some(Page::Elsewhere(to)) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Some(Page::Large(bytes)) => {
            ([(header::CONTENT_LENGTH, bytes.to_string())], pieces(model, bytes)).into_response()
        }
        Some(Page::Endless) => pieces(model, usize::MAX).into_response(),
        Some(Page::Silence) => std::future::pending().await,
        Some(Page::Stuck) => {
            let begins = stream::once(async { Ok::<_, io::Error>(Bytes::from_static(b"BEGIN:VCALENDAR\r\n")) });
            Body::from_stream(futures_util::StreamExt::chain(begins, stream::pending())).into_response()
        }
    }
}

/// A body of so many bytes, made as they are taken.
fn pieces(model: Arc<Model>, bytes: usize) -> Body {
    Body::from_stream(stream::unfold(bytes, move |left| {
        let model = model.clone();
        async move {
            let piece = left.min(PIECE);
            model.given.fetch_add(piece, SeqCst);
            (piece > 0).then(|| (Ok::<_, io::Error>(Bytes::from(vec![b'x'; piece])), left - piece))
        }
    }))
}
