//! Fetching a calendar, and what becomes of everything that a server, or a file, may answer. No address reaches a log or an error.

use crate::{
    Bounds,
    guard::{Guard, Inside, Lookup, SystemLookup, is_public},
    read::{Unreadable, days, times},
};
use async_trait::async_trait;
use jeda_core::{
    people::{CalendarTrouble, Feed, Marks, Reading},
    time::{Holidays, Zone},
};
use jeda_engine::Calendars;
use jiff::Timestamp;
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{
        ACCEPT, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
    },
    redirect::Policy,
};
use std::{
    collections::BTreeSet,
    error::Error,
    ffi::OsStr,
    fs,
    io::Read as _,
    net::IpAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};

/// Characters of a server's mark that are kept: one that is longer is as good as none.
const MARK_CHARS_MAX: usize = 300;

/// Fetches calendars and reads them.
pub struct Reader {
    client: Client,
    allowed: Arc<BTreeSet<String>>,
    bounds: Bounds,
    people: Option<PathBuf>,
}

/// No client can be made of these settings.
#[derive(Debug, thiserror::Error)]
#[error("calendars can't be fetched: {0}")]
pub struct UnusableClient(String);

/// What a server gave.
enum Fetched {
    Unchanged,
    Text { text: String, marks: Marks },
}

impl Reader {
    /// A reader that enters the network for these hosts only.
    ///
    /// # Errors
    /// No client can be made.
    pub fn new(allowed_hosts: &[String]) -> Result<Self, UnusableClient> {
        Self::with(allowed_hosts, Bounds::default(), Arc::new(SystemLookup))
    }

    /// The same within other bounds, and with another look-up of names.
    ///
    /// # Errors
    /// No client can be made.
    pub fn with(allowed: &[String], bounds: Bounds, lookup: Arc<dyn Lookup>) -> Result<Self, UnusableClient> {
        let allowed = allowed.iter().map(|host| host.trim().trim_end_matches('.').to_ascii_lowercase());
        let allowed: Arc<BTreeSet<String>> = Arc::new(allowed.collect());
        let client = Client::builder()
            .dns_resolver(Arc::new(Guard { lookup, allowed: allowed.clone() }))
            .redirect(Policy::none())
            .connect_timeout(bounds.connect)
            // A proxy would look names up itself, and a connection that is kept would outlive what was looked at.
            .no_proxy()
            .pool_max_idle_per_host(0)
            .user_agent("jeda")
            .build()
            .map_err(|error| UnusableClient(error.without_url().to_string()))?;
        Ok(Self { client, allowed, bounds, people: None })
    }

    /// The same, with the folder that has people's own files. Without one every file is refused.
    #[must_use]
    pub fn with_people(self, folder: Option<PathBuf>) -> Self {
        Self { people: folder, ..self }
    }

    /// Reads the days off that a calendar has, with their names.
    ///
    /// # Errors
    /// It can't be fetched or read.
    pub async fn holidays(&self, address: &str, now: Timestamp) -> Result<Holidays, CalendarTrouble> {
        match self.fetch_in_time(address, &Marks::default(), now).await? {
            Fetched::Unchanged => Err(CalendarTrouble::Server),
            Fetched::Text { text, .. } => apart(move || days(&text, now)).await.map(Holidays),
        }
    }

    async fn reading(&self, feed: &Feed, zone: Zone, now: Timestamp) -> Result<Reading, CalendarTrouble> {
        let fetched = match feed.address.file() {
            Some(name) => self.file_in_time(name, &feed.marks, now).await?,
            None => self.fetch_in_time(feed.address.expose(), &feed.marks, now).await?,
        };
        match fetched {
            Fetched::Unchanged => Ok(Reading::Unchanged),
            Fetched::Text { text, marks } => {
                let times = apart(move || times(&text, &zone, now)).await?;
                Ok(Reading::Whole { out: times.out, busy: times.busy, marks })
            }
        }
    }

    async fn fetch_in_time(&self, address: &str, marks: &Marks, now: Timestamp) -> Result<Fetched, CalendarTrouble> {
        let fetched = tokio::time::timeout(self.bounds.whole, self.fetch(address, marks, now)).await;
        fetched.unwrap_or(Err(CalendarTrouble::Slow))
    }

    /// Reads a file, as one that a disk of the network may hold for long.
    async fn file_in_time(&self, name: &str, marks: &Marks, now: Timestamp) -> Result<Fetched, CalendarTrouble> {
        let folder = self.people.as_deref().ok_or(CalendarTrouble::Off)?;
        // A name and nothing else: whatever stands in the row, no file outside of the folder is read.
        if Path::new(name).file_name() != Some(OsStr::new(name)) {
            return Err(CalendarTrouble::Refused);
        }
        let (path, marks, bytes_max) = (folder.join(name), marks.clone(), self.bounds.bytes_max);
        let read = tokio::task::spawn_blocking(move || from_disk(&path, &marks, bytes_max, now));
        match tokio::time::timeout(self.bounds.whole, read).await {
            Ok(Ok(read)) => read,
            Ok(Err(_)) => Err(CalendarTrouble::File),
            Err(_) => Err(CalendarTrouble::Slow),
        }
    }

    /// Follows redirects by itself, since each leads to an address like the first.
    async fn fetch(&self, address: &str, marks: &Marks, now: Timestamp) -> Result<Fetched, CalendarTrouble> {
        let mut url = Url::parse(address).map_err(|_| CalendarTrouble::Refused)?;
        for _ in 0..=self.bounds.redirects_max {
            self.check(&url)?;
            let request = self.client.get(url.clone()).headers(conditions(marks)).send();
            let response = request.await.map_err(|error| trouble(&error))?;
            let status = response.status();
            if status == StatusCode::NOT_MODIFIED && *marks != Marks::default() {
                return Ok(Fetched::Unchanged);
            }
            if status.is_redirection() {
                url = onward(&url, &response)?;
                continue;
            }
            return match status {
                StatusCode::OK => self.body(response, now).await,
                StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE => {
                    Err(CalendarTrouble::Denied)
                }
                _ => Err(CalendarTrouble::Server),
            };
        }
        Err(CalendarTrouble::Server)
    }

    /// Whether an address may be asked at all. Names are judged when they are looked up; an address in numbers never is.
    fn check(&self, url: &Url) -> Result<(), CalendarTrouble> {
        let host = url.host_str().unwrap_or_default();
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        let is_inside = literal.is_some_and(|address| !is_public(address));
        let is_allowed = self.allowed.contains(&host.to_ascii_lowercase());
        let is_web = matches!(url.scheme(), "http" | "https") && !host.is_empty();
        if is_web && (!is_inside || is_allowed) { Ok(()) } else { Err(CalendarTrouble::Refused) }
    }

    /// Reads an answer piece by piece, and stops where it is too long.
    async fn body(&self, mut response: Response, now: Timestamp) -> Result<Fetched, CalendarTrouble> {
        let mark = |name: &HeaderName| {
            let value = response.headers().get(name)?.to_str().ok()?;
            (value.len() <= MARK_CHARS_MAX).then(|| value.to_owned())
        };
        let marks = Marks { etag: mark(&ETAG), last_modified: mark(&LAST_MODIFIED), whole_at: Some(now) };
        let is_long = |length: u64| usize::try_from(length).is_ok_and(|length| length > self.bounds.bytes_max);
        if response.content_length().is_some_and(is_long) {
            return Err(CalendarTrouble::TooLarge);
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| trouble(&error))? {
            if bytes.len() + piece.len() > self.bounds.bytes_max {
                return Err(CalendarTrouble::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(Fetched::Text { text: String::from_utf8_lossy(&bytes).into_owned(), marks })
    }
}

#[async_trait]
impl Calendars for Reader {
    async fn read(&self, feed: &Feed, zone: Zone, now: Timestamp) -> Reading {
        self.reading(feed, zone, now).await.unwrap_or_else(Reading::Failed)
    }
}

/// A file, when it is another than the one that left these marks.
fn from_disk(path: &Path, marks: &Marks, bytes_max: usize, now: Timestamp) -> Result<Fetched, CalendarTrouble> {
    let is_gone = |_| CalendarTrouble::File;
    // Before it is opened: a pipe would hold up whoever opens it.
    let facts = fs::metadata(path).map_err(is_gone)?;
    if !facts.is_file() {
        return Err(CalendarTrouble::File);
    }
    let longest = u64::try_from(bytes_max).unwrap_or(u64::MAX);
    if facts.len() > longest {
        return Err(CalendarTrouble::TooLarge);
    }
    let changed = facts.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let last_modified = changed.map(|at| format!("{} {}", at.as_nanos(), facts.len()));
    if last_modified.is_some() && last_modified == marks.last_modified {
        return Ok(Fetched::Unchanged);
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(is_gone)?;
    file.take(longest.saturating_add(1)).read_to_end(&mut bytes).map_err(is_gone)?;
    if bytes.len() > bytes_max {
        return Err(CalendarTrouble::TooLarge);
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Fetched::Text { text, marks: Marks { etag: None, last_modified, whole_at: Some(now) } })
}

/// Where a redirect leads. From an encrypted connection it leads to no other kind: the address is a secret.
fn onward(from: &Url, response: &Response) -> Result<Url, CalendarTrouble> {
    let location = response.headers().get(LOCATION).and_then(|it| it.to_str().ok()).ok_or(CalendarTrouble::Server)?;
    let to = from.join(location).map_err(|_| CalendarTrouble::Server)?;
    if from.scheme() == "https" && to.scheme() != "https" { Err(CalendarTrouble::Refused) } else { Ok(to) }
}

fn conditions(marks: &Marks) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("text/calendar, text/plain;q=0.5, */*;q=0.1"));
    for (name, mark) in [(IF_NONE_MATCH, &marks.etag), (IF_MODIFIED_SINCE, &marks.last_modified)] {
        if let Some(value) = mark.as_deref().and_then(|mark| HeaderValue::from_str(mark).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

/// What an error of the client says, by its causes.
fn trouble(error: &reqwest::Error) -> CalendarTrouble {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(it) = cause {
        if it.is::<Inside>() {
            return CalendarTrouble::Refused;
        }
        cause = it.source();
    }
    if error.is_timeout() {
        CalendarTrouble::Slow
    } else if error.is_connect() {
        CalendarTrouble::Unreachable
    } else {
        CalendarTrouble::Server
    }
}

/// Reads where it holds up nobody.
async fn apart<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, Unreadable> + Send + 'static,
) -> Result<T, CalendarTrouble> {
    match tokio::task::spawn_blocking(read).await {
        Ok(Ok(read)) => Ok(read),
        // A text on which the parser breaks is no calendar either.
        Ok(Err(_)) | Err(_) => Err(CalendarTrouble::NoCalendar),
    }
}
