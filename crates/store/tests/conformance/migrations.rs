//! Each step of the migrations: applied to what the steps before it left, it loses nothing, and today's jeda reads it.

use crate::{
    samples::{FRIDAY, MONDAY, entry_key, user, zone},
    stage::{acme, at, commit, event, load, options},
};
use jeda_core::{
    ask::AskId,
    decide::Decision,
    id::{ChannelId, GroupId, InboxKey, MessageId, StandupId, short},
    later::LaterId,
    norm::JudgedId,
    people::{Code, FeedId, Marks},
    snapshot::{Need, Touch},
};
use jeda_store::{Arrival, Store, testing::postgres_url};
use sqlx::{Connection, PgConnection, SqliteConnection, migrate::Migrator};
use std::{fs, path::Path};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");

/// What a step added, in words that both databases read.
fn sample(version: i64) -> String {
    let path = format!("{FOLDER}/samples/{version:04}.sql");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("each step has its sample data: {path}: {error}"))
}

/// The steps up to this version.
fn steps(version: i64) -> impl Iterator<Item = i64> {
    SQLITE.iter().map(|migration| migration.version).filter(move |it| *it <= version)
}

async fn old_sqlite(path: &Path, version: i64) -> String {
    let url = format!("sqlite:{}?mode=rwc", path.display());
    let mut conn = SqliteConnection::connect(&url).await.unwrap();
    for version in steps(version) {
        SQLITE.run_to(version, &mut conn).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(sample(version))).execute(&mut conn).await.unwrap();
    }
    conn.close().await.unwrap();
    url
}

async fn old_postgres(url: &str, version: i64) {
    let mut conn = PgConnection::connect(url).await.unwrap();
    for version in steps(version) {
        POSTGRES.run_to(version, &mut conn).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(sample(version))).execute(&mut conn).await.unwrap();
    }
    conn.close().await.unwrap();
}

#[tokio::test]
async fn what_an_older_version_wrote_is_read_by_this_one() {
    let folder = tempfile::tempdir().unwrap();
    for migration in SQLITE.iter() {
        let version = migration.version;
        let mut urls = vec![old_sqlite(&folder.path().join(format!("{version}.db")), version).await];
        if let Some(url) = postgres_url(&format!("sample{version}")) {
            old_postgres(&url, version).await;
            urls.push(url);
        }
        for url in urls {
            let store = Store::open(options(&url)).await.unwrap();
            read_norms(&store, version).await;
            read_judged(&store, version).await;
            read_later(&store, version).await;
            read_asks(&store, version).await;
            read_hold(&store, version).await;
            read_person(&store, version).await;
            read_feed(&store, version).await;
            read_sample(&store).await;
        }
    }
}

/// What the second step added: none before it.
async fn read_norms(store: &Store, version: i64) {
    let seen = load(store, [Need::Norms, Need::Groups]).await;
    if version < 2 {
        assert_eq!((seen.norms, seen.groups.len()), (None, 0));
        return;
    }
    let live = seen.norms.unwrap();
    assert_eq!((live.number, live.by.as_str(), live.set.0.len()), (2, "lia <@U2> '🌏'", 7));
    let kinds: std::collections::BTreeSet<_> = live.set.0.iter().map(|norm| norm.kind()).collect();
    assert_eq!(kinds.len(), 6, "one of each kind");
    assert_eq!(live.set.0[0].exempt.groups[&GroupId::new("G1")], "on-call");
    assert_eq!(seen.groups[&GroupId::new("G2")].name, "tim 'inti' 🌱");
    assert_eq!(store.revisions(&acme()).await.unwrap().len(), 2);
}

/// What the third step added.
async fn read_judged(store: &Store, version: i64) {
    let seen = load(store, [Need::JudgedSince(at("2026-11-23T00:00:00Z"))]).await;
    if version < 3 {
        assert!(seen.judged.is_empty());
        return;
    }
    assert_eq!(seen.judged.len(), 2);
    let told = &seen.judged[&JudgedId::new("judged1")];
    assert_eq!((told.findings.len(), told.more, told.nudged().len()), (2, 3, 1));
    assert_eq!(told.conversation.to_string(), "C1");
    assert!(seen.judged[&JudgedId::new("judged2")].fine);
}

/// What the seventh step added.
async fn read_person(store: &Store, version: i64) {
    let code = Code::typed("ABCD-efgh-jkmn").unwrap();
    let seen = load(store, [Need::PersonOf(user("U2")), Need::Offer(code)]).await;
    if version < 7 {
        assert_eq!((seen.persons.len(), seen.offer), (0, None));
        return;
    }
    let person = seen.person_of(&user("U2")).unwrap();
    assert_eq!((person.accounts.len(), person.accounts[1].user.as_str()), (2, "42"));
    assert_eq!(person.profile_zone, Some(zone("Europe/London")));
    let said = &person.said;
    assert_eq!((said.zone, said.absences.len()), (Some(zone("Asia/Kathmandu")), 1));
    assert!(said.hours.is_some() && said.calendar.is_some() && said.focus.is_some());
    assert_eq!(seen.offer.as_ref().unwrap().person, person.id);
}

/// What the eighth step added.
async fn read_feed(store: &Store, version: i64) {
    let feed = store.feed(&acme(), &FeedId::new("feed1")).await.unwrap();
    if version < 8 {
        assert_eq!(feed, None);
        return;
    }
    let feed = feed.unwrap();
    assert_eq!((feed.user.as_str(), feed.address.host()), ("U1", "calendar.example.org"));
    assert!(feed.address.expose().ends_with("key=🌏") && feed.marks.etag.is_some() && feed.marks.whole_at.is_some());
    let bare = store.feed(&acme(), &FeedId::new("feed2")).await.unwrap().unwrap();
    assert_eq!(bare.marks, Marks::default());
}

/// What the fourth step added.
async fn read_later(store: &Store, version: i64) {
    let seen = load(store, [Need::LatersOf(user("U1"))]).await;
    if version < 4 {
        assert!(seen.laters.is_empty());
        return;
    }
    let mut all: Vec<_> = seen.laters.values().map(|later| (later.number, later.letter().is_some())).collect();
    all.sort_unstable();
    assert_eq!(all, [(1, true), (2, true), (4, false)], "what waits, what comes back, and the last one");
    let waiting = &seen.laters[&LaterId::new("later1")];
    assert_eq!((waiting.waits_for(), waiting.letter().unwrap().turn), (Some(&user("U2")), 1));
    assert!(waiting.letter().unwrap().text.contains("<!channel> 'draft'\n🌏"));
}

/// What the fifth step added.
async fn read_asks(store: &Store, version: i64) {
    let needs = [Need::AsksOf(user("U1")), Need::AsksFor(user("U2")), Need::AskNumber(user("U1"), 2)];
    let seen = load(store, needs).await;
    if version < 5 {
        assert!(seen.asks.is_empty());
        return;
    }
    assert_eq!((seen.asks.len(), seen.ask_numbers[&user("U1")]), (2, 2));
    let open = &seen.asks[&AskId::new("ask1")];
    assert!(open.is_open() && open.text.contains("<!channel> 'name'?\n🌏"));
    assert_eq!(open.people[&user("U3")].answer.len(), 2);
    let answered = Need::AskOfMessage(ChannelId::new("C1"), MessageId::new("q2"));
    assert_eq!(load(store, [answered]).await.asks.len(), 1);
}

/// What the sixth step added.
async fn read_hold(store: &Store, version: i64) {
    let judged = JudgedId::new("judged1");
    let seen = load(store, [Need::LatersOf(user("U2")), Need::Alert(judged.clone())]).await;
    if version < 6 {
        assert!(seen.laters.is_empty() && seen.alerts.is_empty());
        return;
    }
    let of = seen.laters[&LaterId::new("later5")].original().unwrap();
    assert_eq!((of.spot.channel.as_str(), of.words), ("C1", jeda_core::later::Words::Known));
    assert!(seen.alerts[&judged].reason.contains("<!channel> page is 'down'"));
    assert_eq!(seen.members.len(), 2, "its author and whom it tells");
}

/// The sample team is the same after each step; steps only add to it.
async fn read_sample(store: &Store) {
    let needs = [
        Need::Members,
        Need::Channels,
        Need::StandupsTouching(Touch::All),
        Need::Member(user("U1")),
        Need::RoundOf(Some("harian s1".into()), None),
        Need::EntriesOf(user("U1")),
        Need::Post(entry_key("s1", MONDAY, "U1").prompt_subject()),
    ];
    let team = load(store, needs).await;
    assert_eq!(team.workspace.name, "Acme \"Nusantara\" 🌏");
    assert_eq!((team.members.len(), team.channels.len(), team.standups.len()), (9, 2, 4));
    assert!(team.members[&user("U1")].name.starts_with("Ana 🌱 <@U2>"));
    assert_eq!(team.channel_members[&ChannelId::new("C1")].len(), 3);
    assert_eq!(team.group_members[&GroupId::new("G1")].len(), 2);
    assert_eq!((team.rounds.len(), team.entries.len()), (5, 11));
    let answered = &team.entries[&entry_key("s1", FRIDAY, "U2")];
    assert!(answered.answers[0].text.contains("<!channel> @everyone 🧑\u{200d}💻\nsecond line"));
    assert_eq!(team.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["first <@U2>", "second"]);
    assert!(team.dialogs.contains_key(&user("U1")));
    assert_eq!(team.posts[&entry_key("s1", MONDAY, "U1").prompt_subject()].message.as_str(), "m2");
    assert_eq!(team.standups[&StandupId::new("s1")].revision, 7);

    let late = at("2030-01-01T00:00:00Z");
    assert_eq!(store.due_wakes(late, 100).await.unwrap().len(), 6);
    assert_eq!(store.receipts(None, "s1").await.unwrap().len(), 29);
    let known = store.explain(&short("E77")).await.unwrap();
    assert_eq!(known.failed, [(InboxKey::new("E77"), "an invariant broke".to_owned())]);
    let backlog = store.backlog(late).await.unwrap();
    assert_eq!((backlog.owed, backlog.dead, backlog.wakes, backlog.failed), (13, 1, 6, 1));
    assert_eq!(store.explain("effect01").await.unwrap().rows[0].state, "uncertain");
    assert_eq!(store.expire_leases(late, false).await.unwrap(), 1);
    assert_eq!(store.claim(late, late, 100, &[]).await.unwrap().len(), 13);
    assert_eq!(store.kept("dm/U1").await.unwrap().as_deref(), Some("D1"));
    assert_eq!(commit(store, &event("E1"), &Decision::default()).await, Arrival::Again);
    assert_eq!(acme(), team.workspace.id);
    store.close().await;
}

#[test]
fn both_databases_have_the_same_steps() {
    let steps = |migrator: &Migrator| -> Vec<(i64, String)> {
        migrator.iter().map(|migration| (migration.version, migration.description.to_string())).collect()
    };
    assert_eq!(steps(&SQLITE), steps(&POSTGRES));
}

#[test]
fn every_table_and_column_says_what_it_is() {
    for database in ["sqlite", "postgres"] {
        for file in fs::read_dir(format!("{FOLDER}/{database}")).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let mut before = "";
            let mut columns = 0;
            for line in text.lines() {
                let word = line.trim_start();
                let commented = line.contains("--") || before.trim_start().starts_with("--");
                if line.starts_with("CREATE TABLE") || line.starts_with("ALTER TABLE") {
                    assert!(commented, "{}: {line}", path.display());
                }
                if line.starts_with("    ") && word.starts_with(|c: char| c.is_ascii_lowercase()) {
                    assert!(commented, "{}: {line}", path.display());
                    columns += 1;
                }
                before = line;
            }
            assert!(columns > 0, "{} has columns", path.display());
        }
    }
}
