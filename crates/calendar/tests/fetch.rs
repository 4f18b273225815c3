//! Calendars on a web server, and every bad thing that such a server, its address or its name may do.

#![expect(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

use async_trait::async_trait;
use jeda_calendar::{Bounds, Lookup, Reader, SystemLookup};
use jeda_core::{
    people::{Address, CalendarTrouble, Feed, FeedId, Marks, Reading},
    time::Zone,
};
use jeda_emulator::shelf::{Page, Shelf};
use jeda_engine::Calendars;
use jiff::Timestamp;
use std::{
    io,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Secret talk\r\nDTSTART:20261124T020000Z\r\n\
                        DTEND:20261124T030000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn now() -> Timestamp {
    "2026-11-23T02:30:00Z".parse().unwrap()
}

fn feed(address: &str, marks: Marks) -> Feed {
    Feed { id: FeedId::new("f1"), user: "U1".into(), address: Address::new(address), marks }
}

fn reader(allowed: &[&str], lookup: Arc<dyn Lookup>) -> Reader {
    // A second installation only means that another test was first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let bounds = Bounds { whole: Duration::from_millis(700), connect: Duration::from_millis(500), ..Bounds::default() };
    let allowed: Vec<String> = allowed.iter().map(|&host| host.to_owned()).collect();
    Reader::with(&allowed, bounds, lookup).unwrap()
}

async fn ask(reader: &Reader, address: &str) -> Reading {
    reader.read(&feed(address, Marks::default()), Zone::utc(), now()).await
}

/// Names that stand for whatever a test says, one after the other.
struct Names {
    each: Vec<&'static str>,
    asked: AtomicUsize,
}

#[async_trait]
impl Lookup for Names {
    async fn addresses(&self, _host: &str) -> io::Result<Vec<IpAddr>> {
        let nth = self.asked.fetch_add(1, SeqCst);
        let found = self.each[nth.min(self.each.len() - 1)];
        Ok(found.split(' ').map(|address| address.parse().unwrap()).collect())
    }
}

fn names(each: &[&'static str]) -> Arc<Names> {
    Arc::new(Names { each: each.to_vec(), asked: AtomicUsize::new(0) })
}

/// A server, and a reader that may enter it by its name, and by no number.
async fn allowed() -> (Shelf, Reader) {
    (Shelf::open().await.unwrap(), reader(&["LocalHost"], Arc::new(SystemLookup)))
}

#[tokio::test]
async fn a_calendar_is_read_once_and_then_only_when_it_is_another() {
    let (shelf, reader) = allowed().await;
    shelf.put("/a.ics", Page::Text(CALENDAR.into()));
    let address = shelf.url("localhost", "/a.ics?key=secret");
    let Reading::Whole { out, busy, marks } = ask(&reader, &address).await else { panic!("not read") };
    assert_eq!((out.len(), busy.len(), marks.whole_at), (0, 1, Some(now())));
    let again = reader.read(&feed(&address, marks.clone()), Zone::utc(), now()).await;
    assert_eq!(again, Reading::Unchanged);
    shelf.put("/a.ics", Page::Text(CALENDAR.replace("T02", "T01")));
    let changed = reader.read(&feed(&address, marks.clone()), Zone::utc(), now()).await;
    assert!(matches!(&changed, Reading::Whole { marks: newer, .. } if newer.etag != marks.etag), "{changed:?}");
    assert_eq!(shelf.asked().iter().filter(|it| it.mark.is_some()).count(), 2);
    // A server that says so to whoever has no mark of it is broken.
    shelf.put("/a.ics", Page::Status(304));
    assert_eq!(ask(&reader, &address).await, Reading::Failed(CalendarTrouble::Server));
    shelf.put("/a.ics", Page::Unmarked(CALENDAR.into()));
    let Reading::Whole { marks, .. } = ask(&reader, &address).await else { panic!("not read") };
    assert_eq!((marks.etag, marks.last_modified), (None, None));
}

#[tokio::test]
async fn a_server_that_fails_says_how() {
    let (shelf, reader) = allowed().await;
    let address = shelf.url("localhost", "/a.ics");
    for (status, trouble) in [
        (401, CalendarTrouble::Denied),
        (403, CalendarTrouble::Denied),
        (404, CalendarTrouble::Denied),
        (410, CalendarTrouble::Denied),
        (429, CalendarTrouble::Server),
        (500, CalendarTrouble::Server),
        (503, CalendarTrouble::Server),
        (204, CalendarTrouble::Server),
    ] {
        shelf.put("/a.ics", Page::Status(status));
        assert_eq!(ask(&reader, &address).await, Reading::Failed(trouble), "{status}");
    }
    for text in ["<html>Sign in</html>", "", &CALENDAR[..60]] {
        shelf.put("/a.ics", Page::Text(text.into()));
        assert_eq!(ask(&reader, &address).await, Reading::Failed(CalendarTrouble::NoCalendar), "{text}");
    }
    shelf.shut(true);
    let down = ask(&reader, &address).await;
    assert!(matches!(down, Reading::Failed(CalendarTrouble::Server | CalendarTrouble::Unreachable)), "{down:?}");
    drop(shelf);
    assert_eq!(ask(&reader, &address).await, Reading::Failed(CalendarTrouble::Unreachable));
}

#[tokio::test]
async fn a_slow_server_is_given_up_before_its_answer_and_in_the_middle_of_it() {
    let (shelf, reader) = allowed().await;
    for page in [Page::Silence, Page::Stuck] {
        shelf.put("/a.ics", page.clone());
        let asked = ask(&reader, &shelf.url("localhost", "/a.ics")).await;
        assert_eq!(asked, Reading::Failed(CalendarTrouble::Slow), "{page:?}");
    }
}

#[tokio::test]
async fn what_is_too_large_is_stopped_on_its_way() {
    let (shelf, reader) = allowed().await;
    for page in [Page::Large(200_000_000), Page::Endless] {
        shelf.put("/a.ics", page.clone());
        let asked = ask(&reader, &shelf.url("localhost", "/a.ics")).await;
        assert_eq!(asked, Reading::Failed(CalendarTrouble::TooLarge), "{page:?}");
    }
    let given = shelf.given();
    assert!(given < 2 * Bounds::default().bytes_max + 20_000_000, "{given} of 200 MB and more");
}

#[tokio::test]
async fn redirects_are_followed_a_few_times_and_never_inside() {
    let (shelf, reader) = allowed().await;
    shelf.put("/real.ics", Page::Text(CALENDAR.into()));
    shelf.put("/moved.ics", Page::Elsewhere("/real.ics".into()));
    shelf.put("/twice.ics", Page::Elsewhere(shelf.url("localhost", "/moved.ics")));
    assert!(matches!(ask(&reader, &shelf.url("localhost", "/twice.ics")).await, Reading::Whole { .. }));
    shelf.put("/round.ics", Page::Elsewhere("/round.ics".into()));
    let round = ask(&reader, &shelf.url("localhost", "/round.ics")).await;
    assert_eq!(round, Reading::Failed(CalendarTrouble::Server));
    assert_eq!(shelf.asked().iter().filter(|it| it.path == "/round.ics").count(), 6);
    let port = shelf.url("", "").rsplit(':').next().unwrap().to_owned();
    for inside in [
        format!("http://127.0.0.1:{port}/real.ics"),
        format!("http://2130706433:{port}/real.ics"),
        format!("http://0x7f.1:{port}/real.ics"),
        format!("http://[::ffff:127.0.0.1]:{port}/real.ics"),
        format!("http://[::1]:{port}/real.ics"),
        format!("//127.0.0.1:{port}/real.ics"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "ftp://example.org/a.ics".to_owned(),
    ] {
        shelf.put("/in.ics", Page::Elsewhere(inside.clone()));
        let before = shelf.asked().len();
        let asked = ask(&reader, &shelf.url("localhost", "/in.ics")).await;
        assert_eq!(asked, Reading::Failed(CalendarTrouble::Refused), "{inside}");
        assert_eq!(shelf.asked().len(), before + 1, "nobody followed it: {inside}");
    }
}

#[tokio::test]
async fn an_address_inside_is_refused_in_numbers_and_by_name() {
    let shelf = Shelf::open().await.unwrap();
    shelf.put("/a.ics", Page::Text(CALENDAR.into()));
    let nobody = reader(&[], Arc::new(SystemLookup));
    for host in ["127.0.0.1", "localhost", "[::1]", "127.1", "0", "[::ffff:7f00:1]"] {
        let asked = ask(&nobody, &shelf.url(host, "/a.ics")).await;
        assert_eq!(asked, Reading::Failed(CalendarTrouble::Refused), "{host}");
    }
    for address in ["nonsense", "gopher://example.org/", "http://"] {
        assert_eq!(ask(&nobody, address).await, Reading::Failed(CalendarTrouble::Refused), "{address}");
    }
    // One address inside among others is enough.
    for found in ["127.0.0.1", "10.1.2.3", "fd00::1", "93.184.215.14 127.0.0.1", "::ffff:127.0.0.1"] {
        let by_name = reader(&[], names(&[found]));
        let asked = ask(&by_name, &shelf.url("calendar.example", "/a.ics")).await;
        assert_eq!(asked, Reading::Failed(CalendarTrouble::Refused), "{found}");
    }
    assert_eq!(shelf.asked(), []);
    // A host that is allowed by name is entered, and another name for the same machine is not.
    let by_name = reader(&["calendar.example."], names(&["127.0.0.1"]));
    assert!(matches!(ask(&by_name, &shelf.url("Calendar.Example", "/a.ics")).await, Reading::Whole { .. }));
    let other = ask(&by_name, &shelf.url("calendar.example.evil", "/a.ics")).await;
    assert_eq!(other, Reading::Failed(CalendarTrouble::Refused));
}

#[tokio::test]
async fn a_name_that_changes_what_it_stands_for_leads_nowhere() {
    let shelf = Shelf::open().await.unwrap();
    shelf.put("/a.ics", Page::Text(CALENDAR.into()));
    // First an address of the internet that nobody answers at, then this machine: what was looked at is what is
    // connected to, and nobody asks again in between.
    let changing = names(&["192.31.196.1", "127.0.0.1"]);
    let reader = reader(&[], changing.clone());
    let asked = ask(&reader, &shelf.url("rebind.example", "/a.ics")).await;
    assert!(
        matches!(asked, Reading::Failed(CalendarTrouble::Slow | CalendarTrouble::Unreachable)),
        "it was not connected: {asked:?}"
    );
    assert_eq!(changing.asked.load(SeqCst), 1);
    assert_eq!(ask(&reader, &shelf.url("rebind.example", "/a.ics")).await, Reading::Failed(CalendarTrouble::Refused));
    assert_eq!(shelf.asked(), []);
}

#[tokio::test]
async fn a_teams_days_off_are_read_from_the_web() {
    let (shelf, reader) = allowed().await;
    let text = CALENDAR
        .replace("DTSTART:20261124T020000Z", "DTSTART;VALUE=DATE:20261224")
        .replace("DTEND:20261124T030000Z\r\n", "");
    shelf.put("/days.ics", Page::Text(text));
    let days = reader.holidays(&shelf.url("localhost", "/days.ics"), now()).await.unwrap();
    assert_eq!(days.0.into_values().collect::<Vec<_>>(), ["Secret talk"]);
    let none = reader.holidays(&shelf.url("localhost", "/none.ics"), now()).await;
    assert_eq!(none, Err(CalendarTrouble::Denied));
}

/// A folder with people's files, and a reader of it.
fn with_folder() -> (tempfile::TempDir, Reader) {
    let folder = tempfile::tempdir().unwrap();
    let reader = reader(&[], Arc::new(SystemLookup)).with_people(Some(folder.path().join("people")));
    std::fs::create_dir(folder.path().join("people")).unwrap();
    (folder, reader)
}

async fn file(reader: &Reader, name: &str, marks: Marks) -> Reading {
    let address = Address::of_file(name);
    reader.read(&Feed { id: FeedId::new("f1"), user: "U1".into(), address, marks }, Zone::utc(), now()).await
}

#[tokio::test]
async fn a_file_is_read_once_and_then_only_when_it_is_another() {
    let (folder, reader) = with_folder();
    let path = folder.path().join("people/slack-U1.ics");
    std::fs::write(&path, CALENDAR).unwrap();
    let Reading::Whole { out, busy, marks } = file(&reader, "slack-U1.ics", Marks::default()).await else {
        panic!("not read")
    };
    assert_eq!((out.len(), busy.len(), marks.whole_at), (0, 1, Some(now())));
    assert_eq!(file(&reader, "slack-U1.ics", marks.clone()).await, Reading::Unchanged);
    std::fs::write(&path, CALENDAR.replace("DTSTART", "CLASS:PUBLIC\r\nDTSTART")).unwrap();
    assert!(matches!(file(&reader, "slack-U1.ics", marks).await, Reading::Whole { .. }));
}

#[tokio::test]
async fn of_files_only_those_of_the_folder_are_read_and_none_that_is_too_large() {
    let (folder, reader) = with_folder();
    std::fs::write(folder.path().join("secret.ics"), CALENDAR).unwrap();
    std::fs::create_dir(folder.path().join("people/folder.ics")).unwrap();
    std::fs::write(folder.path().join("people/page.ics"), "<html>").unwrap();
    // It takes no room on the disk.
    std::fs::File::create(folder.path().join("people/large.ics")).unwrap().set_len(200_000_000).unwrap();
    let secret = folder.path().join("secret.ics");
    for (name, trouble) in [
        ("none.ics", CalendarTrouble::File),
        ("folder.ics", CalendarTrouble::File),
        ("page.ics", CalendarTrouble::NoCalendar),
        ("large.ics", CalendarTrouble::TooLarge),
        ("../secret.ics", CalendarTrouble::Refused),
        ("..", CalendarTrouble::Refused),
        ("", CalendarTrouble::Refused),
        (secret.to_str().unwrap(), CalendarTrouble::Refused),
    ] {
        assert_eq!(file(&reader, name, Marks::default()).await, Reading::Failed(trouble), "{name}");
    }
    let nowhere = self::reader(&[], Arc::new(SystemLookup));
    assert_eq!(file(&nowhere, "page.ics", Marks::default()).await, Reading::Failed(CalendarTrouble::Off));
}
