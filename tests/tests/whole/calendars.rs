//! Stories of people whose calendar says when they are busy and out of office.

use crate::{
    day::{Day, face},
    town::{Teammate, Town, monday, postgres, stories},
};
use jeda::stage::Cast;
use jeda_emulator::{
    discord::{Discord, Person, Room, Setup as Server},
    shelf::{Page, Shelf},
    slack::{Member, Setup, Slack},
};
use std::{path::Path, sync::LazyLock};

stories! {
    busy_holds_a_question_and_out_of_office_is_leave on slack and discord;
    a_server_that_fails_leaves_the_last_good_copy_and_its_owner_is_told on slack and discord;
    an_address_that_is_no_good_is_told_to_whoever_gave_it on slack and discord;
}

/// What of an address nobody may ever see again.
const SECRET: &str = "geheim-4711";

/// Sari is busy on Monday from 9:00 to 11:00 in Jakarta, and out of office on Tuesday.
fn week() -> String {
    calendar(
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Rahasia besar\r\nDTSTART;TZID=Asia/Jakarta:20261116T090000\r\n\
         DTEND;TZID=Asia/Jakarta:20261116T110000\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Ke dokter\r\nDTSTART;VALUE=DATE:20261124\r\n\
         X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\nEND:VEVENT\r\n",
    )
}

fn calendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

impl Town {
    /// Has somebody give the address of their calendar, as one does on their platform; what they are told.
    async fn gives(&self, who: &Teammate, address: &str) -> String {
        match who {
            Teammate::Slack(person) => {
                person.runs_in("#eng", &format!("/hours calendar {address}")).await;
            }
            Teammate::Discord(_) => who.runs("/hours", &[("calendar", address)]).await,
        }
        self.day.quiet().await;
        who.all().pop().unwrap()
    }

    async fn hours(&self, who: &Teammate) -> String {
        who.runs("/hours", &[]).await;
        self.day.quiet().await;
        who.all().pop().unwrap()
    }

    /// How many messages of the bot to whomever have these words.
    fn told(&self, words: &str) -> usize {
        ["sari", "oliver"].iter().map(|name| self.user(name).sees(words)).sum()
    }
}

async fn busy_holds_a_question_and_out_of_office_is_leave(town: Town) {
    let shelf = Shelf::open().await.unwrap();
    shelf.put("/sari.ics", Page::Text(week()));
    town.standup("Daily", "#eng").await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    let said = town.gives(&sari, &shelf.url("localhost", &format!("/sari.ics?key={SECRET}"))).await;
    assert!(said.contains("Kalender Anda di localhost sedang dibaca"), "{said}");
    assert_eq!(shelf.asked().len(), 1);
    let shown = town.hours(&sari).await;
    assert!(shown.contains("Kalender Anda di localhost dibaca") && shown.contains("9.00"), "{shown}");
    oliver.runs("/later send", &[("to", "@sari"), ("text", "About the plan")]).await;
    // 9:30 in Jakarta, when she is asked: she is busy until 11:00.
    town.day.until("2026-11-23T03:59:59Z").await;
    assert_eq!((sari.reads("Daily · Senin 23 November"), sari.reads("About the plan")), (0, 0), "{:?}", sari.dm());
    town.day.until("2026-11-23T04:00:00Z").await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1, "{:?}", sari.dm());
    if !town.is_slack() {
        assert_eq!(sari.reads("About the plan"), 1, "{:?}", sari.dm());
    }
    // On Tuesday nothing is asked, also after a restart; on Wednesday it is.
    let town = town.stop().await.start().await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until("2026-11-24T06:00:00Z").await;
    oliver.runs("/when", &[("who", "@sari")]).await;
    town.day.quiet().await;
    if !town.is_slack() {
        let told = oliver.all().pop().unwrap();
        assert!(told.contains("is away and works again from") && told.contains("25 November"), "{told}");
    }
    town.day.until("2026-11-25T04:00:00Z").await;
    assert_eq!((sari.reads("Daily · Selasa"), sari.reads("Daily · Rabu")), (0, 1), "{:?}", sari.dm());
    // Words of her calendar and its address are nowhere. On Discord her own command is in nobody's sight.
    for words in ["Rahasia", "dokter", SECRET] {
        assert_eq!(town.told(words), 0, "{words}");
    }
    let said = town.gives(&sari, "off").await;
    assert!(said.contains("tidak dibaca lagi"), "{said}");
    let asked = shelf.asked().len();
    assert!(asked > 50, "it is looked at twice an hour: {asked}");
    town.day.until("2026-11-26T04:00:00Z").await;
    assert_eq!(shelf.asked().len(), asked, "nobody asks any more");
    town.day.end().await;
}

async fn a_server_that_fails_leaves_the_last_good_copy_and_its_owner_is_told(town: Town) {
    let shelf = Shelf::open().await.unwrap();
    shelf.put("/sari.ics", Page::Text(week()));
    town.standup("Daily", "#eng").await;
    let sari = town.user("sari");
    town.gives(&sari, &shelf.url("localhost", "/sari.ics")).await;
    shelf.put("/sari.ics", Page::Status(500));
    town.day.until("2026-11-23T02:45:00Z").await;
    let shown = town.hours(&sari).await;
    assert!(shown.contains("tidak bisa dibaca sejak") && shown.contains("bermasalah"), "{shown}");
    assert_eq!(sari.reads("Daily · Senin"), 0, "what was known still counts: {:?}", sari.dm());
    town.day.until("2026-11-23T04:00:00Z").await;
    assert_eq!(sari.reads("Daily · Senin"), 1);
    // After a day she is told, in her hours: on Wednesday, since she is out on Tuesday. Once, and not again.
    let town = town.stop().await.start().await;
    let sari = town.user("sari");
    town.day.until("2026-11-25T01:59:59Z").await;
    assert_eq!(sari.reads("Kalender Anda di localhost tidak bisa dibaca"), 0, "{:?}", sari.dm());
    town.day.until("2026-11-26T09:00:00Z").await;
    assert_eq!(sari.reads("Kalender Anda di localhost tidak bisa dibaca sejak"), 1, "{:?}", sari.dm());
    // It works again, with something new in it: on Friday morning she is busy until noon.
    let friday = "BEGIN:VEVENT\r\nUID:3\r\nDTSTART:20261127T020000Z\r\nDTEND:20261127T050000Z\r\nEND:VEVENT\r\n";
    shelf.put("/sari.ics", Page::Text(calendar(friday)));
    town.day.until("2026-11-27T04:59:59Z").await;
    assert_eq!(sari.reads("Daily · Jumat"), 0, "{:?}", sari.dm());
    town.day.until("2026-11-27T05:00:00Z").await;
    assert_eq!(sari.reads("Daily · Jumat"), 1, "{:?}", sari.dm());
    let shown = town.hours(&sari).await;
    assert!(shown.contains("Kalender Anda di localhost dibaca."), "{shown}");
    town.day.until("2026-11-27T12:00:00Z").await;
    town.day.end().await;
}

async fn an_address_that_is_no_good_is_told_to_whoever_gave_it(town: Town) {
    // She is at work.
    town.day.until("2026-11-23T02:30:00Z").await;
    let shelf = Shelf::open().await.unwrap();
    let sari = town.user("sari");
    for wrong in ["tomorrow", "file:///etc/passwd", "https://"] {
        let said = town.gives(&sari, wrong).await;
        assert!(said.contains("bukan alamat kalender"), "{wrong}: {said}");
    }
    shelf.put("/page.ics", Page::Text("<html>Sign in</html>".into()));
    shelf.put("/in.ics", Page::Elsewhere(shelf.url("127.0.0.1", "/page.ics")));
    shelf.put("/large.ics", Page::Endless);
    for (address, words) in [
        (shelf.url("127.0.0.1", "/page.ics"), "yang tidak dimasuki jeda"),
        ("http://169.254.169.254/latest/meta-data".to_owned(), "yang tidak dimasuki jeda"),
        (shelf.url("localhost", "/in.ics"), "yang tidak dimasuki jeda"),
        (shelf.url("localhost", "/none.ics"), "tidak memberikannya"),
        (shelf.url("localhost", "/page.ics"), "bukan kalender format iCal"),
        (shelf.url("localhost", "/large.ics"), "terlalu besar"),
    ] {
        let before = sari.reads(words);
        let told = town.gives(&sari, &address).await;
        assert_eq!(sari.reads(words), before + 1, "{address}: {told}, {:?}", sari.dm());
        let shown = town.hours(&sari).await;
        assert!(shown.contains(words), "{shown}");
    }
    assert_eq!(town.told("latest/meta-data"), 0, "an address is never shown whole");
    town.gives(&sari, "off").await;
    let shown = town.hours(&sari).await;
    assert!(!shown.contains("Kalender"), "{shown}");
    town.day.until("2026-11-23T12:00:00Z").await;
    town.day.end().await;
}

/// A folder of calendars, with a day off on Tuesday.
fn reads_team_days(config: &mut jeda_config::Config) {
    config.calendars.holidays = vec![concat!(env!("CARGO_MANIFEST_DIR"), "/tests/whole/days").to_owned()];
}

/// On Tuesday the team has a day off on both platforms, which only a calendar says.
async fn a_teams_day_off_is_read_from_a_folder(database: Option<String>) {
    let clock = monday();
    let slack = Setup::new("Acme", face(&clock))
        .person(Member::named("oliver").in_zone("UTC").speaking("en-GB"))
        .channel("#eng", &["oliver"]);
    let discord =
        Server::new("Gilde", face(&clock)).person(Person::named("oliver").locale("en-GB")).room(Room::text("eng"));
    let (slack, discord) = (Slack::start(slack).await.unwrap(), Discord::start(discord).await.unwrap());
    let cast = Cast { slack: Some(slack), discord: Some(discord), database };
    let day = Day::begin_with(clock, cast, reads_team_days).await;
    day.until("2026-11-23T01:02:00Z").await;
    let both = |day: &Day| {
        let there = day.discord().user("oliver");
        there.goes_to("#eng");
        [Teammate::Slack(day.slack().user("oliver")), Teammate::Discord(there)]
    };
    let standup = [("name", "Daily"), ("when", "weekdays 9:30"), ("channel", "#eng"), ("who", "@oliver")];
    for oliver in both(&day) {
        oliver.runs("/hours", &[("hours", "UTC")]).await;
        oliver.runs("/standup new", &standup).await;
        day.quiet().await;
    }
    let day = day.restart().await;
    day.until("2026-11-23T20:00:00Z").await;
    for oliver in both(&day) {
        assert_eq!(oliver.reads("Daily · Monday"), 1, "{:?}", oliver.dm());
        oliver.runs("/hours", &[]).await;
        day.quiet().await;
        let shown = oliver.all().pop().unwrap();
        assert!(shown.contains("Tuesday 24 November: Team day *@everyone*"), "{shown}");
    }
    day.until("2026-11-25T20:00:00Z").await;
    for oliver in both(&day) {
        assert_eq!((oliver.reads("Daily · Tuesday"), oliver.reads("Daily · Wednesday")), (0, 1), "{:?}", oliver.dm());
    }
    day.end().await;
}

#[tokio::test]
async fn a_teams_day_off_is_read_from_a_folder_on_sqlite() {
    a_teams_day_off_is_read_from_a_folder(None).await;
}

#[tokio::test]
async fn a_teams_day_off_is_read_from_a_folder_on_postgresql() {
    let Some(database) = postgres() else { return };
    a_teams_day_off_is_read_from_a_folder(Some(database)).await;
}

/// A folder for each database, since these stories run at the same time.
static FILES_ON_SQLITE: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());
static FILES_ON_POSTGRESQL: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

fn reads_files_on_sqlite(config: &mut jeda_config::Config) {
    config.calendars.people = Some(FILES_ON_SQLITE.path().to_str().unwrap().to_owned());
}

fn reads_files_on_postgresql(config: &mut jeda_config::Config) {
    config.calendars.people = Some(FILES_ON_POSTGRESQL.path().to_str().unwrap().to_owned());
}

/// Whoever runs jeda keeps a file for each person, on both platforms; its owner is the one who says whether it is read.
async fn a_persons_file_is_read_until_they_say_otherwise(
    database: Option<String>,
    folder: &Path,
    settings: jeda::stage::Settings,
) {
    let clock = monday();
    let slack = Setup::new("Acme", face(&clock))
        .person(Member::named("oliver").in_zone("UTC").speaking("en-GB"))
        .channel("#eng", &["oliver"]);
    let discord =
        Server::new("Gilde", face(&clock)).person(Person::named("oliver").locale("en-GB")).room(Room::text("eng"));
    let (slack, discord) = (Slack::start(slack).await.unwrap(), Discord::start(discord).await.unwrap());
    let day = Day::begin_with(clock, Cast { slack: Some(slack), discord: Some(discord), database }, settings).await;
    let both = |day: &Day| {
        let there = day.discord().user("oliver");
        there.goes_to("#eng");
        [Teammate::Slack(day.slack().user("oliver")), Teammate::Discord(there)]
    };
    let standup = [("name", "Daily"), ("when", "weekdays 9:30"), ("channel", "#eng"), ("who", "@oliver")];
    for oliver in both(&day) {
        oliver.runs("/hours", &[("hours", "UTC")]).await;
        oliver.runs("/standup new", &standup).await;
        day.quiet().await;
    }
    // Busy each day from 9:00 to 11:00. Other files are nobody's.
    let daily = calendar(
        "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Private matters\r\nDTSTART:20261116T090000Z\r\n\
         DTEND:20261116T110000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n",
    );
    let files = [
        format!("slack-{}.ics", day.slack().user("oliver").id()),
        format!("discord-{}.ics", day.discord().user("oliver").id()),
        "slack-.ics".to_owned(),
        "readme.txt".to_owned(),
        "slack-U0NOBODY.ics".to_owned(),
    ];
    for file in &files {
        std::fs::write(folder.join(file), &daily).unwrap();
    }
    // The folder is looked into every ten minutes, which nothing owed tells of.
    day.until("2026-11-23T01:11:00Z").await;
    day.until("2026-11-23T10:59:59Z").await;
    for oliver in both(&day) {
        assert_eq!(oliver.reads("Daily · Monday"), 0, "{:?}", oliver.dm());
    }
    day.until("2026-11-23T11:00:00Z").await;
    for (oliver, file) in both(&day).iter().zip(&files) {
        assert_eq!(oliver.reads("Daily · Monday"), 1, "{:?}", oliver.dm());
        oliver.runs("/hours", &[]).await;
        day.quiet().await;
        let shown = oliver.all().pop().unwrap();
        assert!(shown.contains(file.as_str()) && !shown.contains("Private"), "{shown}");
    }
    // The files are gone, and the bot was started anew: what was known of them holds, and their owner is told after a day.
    for file in &files {
        std::fs::remove_file(folder.join(file)).unwrap();
    }
    let day = day.restart().await;
    day.until("2026-11-24T10:59:59Z").await;
    for oliver in both(&day) {
        assert_eq!(oliver.reads("Daily · Tuesday"), 0, "{:?}", oliver.dm());
    }
    day.until("2026-11-24T16:00:00Z").await;
    for oliver in both(&day) {
        assert_eq!(oliver.reads("Its file is gone or can’t be read"), 1, "{:?}", oliver.dm());
        oliver.runs("/hours", &[("calendar", "off")]).await;
        day.quiet().await;
    }
    // They are there again, and are not read.
    for file in &files {
        std::fs::write(folder.join(file), &daily).unwrap();
    }
    day.until("2026-11-24T16:11:00Z").await;
    day.until("2026-11-25T09:30:00Z").await;
    for oliver in both(&day) {
        assert_eq!(oliver.reads("Daily · Wednesday"), 1, "{:?}", oliver.dm());
        oliver.runs("/hours", &[("calendar", "on")]).await;
        day.quiet().await;
    }
    day.until("2026-11-25T09:41:00Z").await;
    day.until("2026-11-26T10:00:00Z").await;
    for oliver in both(&day) {
        assert_eq!(oliver.reads("Daily · Thursday"), 0, "{:?}", oliver.dm());
    }
    day.until("2026-11-26T12:00:00Z").await;
    day.end().await;
}

#[tokio::test]
async fn a_persons_file_is_read_until_they_say_otherwise_on_sqlite() {
    a_persons_file_is_read_until_they_say_otherwise(None, FILES_ON_SQLITE.path(), reads_files_on_sqlite).await;
}

#[tokio::test]
async fn a_persons_file_is_read_until_they_say_otherwise_on_postgresql() {
    let Some(database) = postgres() else { return };
    let folder = FILES_ON_POSTGRESQL.path();
    a_persons_file_is_read_until_they_say_otherwise(Some(database), folder, reads_files_on_postgresql).await;
}
