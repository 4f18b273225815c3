//! The same promises on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

use jeda_core::{
    change::Change,
    decide::{Cause, Decision},
    effect::{Effect, Owed},
    event::{Errand, Event, Inbound, Outcome, Posted, Refusal, Seen},
    id::{ChannelId, InboxKey, MessageId, Subject, UserId, WakeKey, WorkspaceId},
    language::Language,
    people::{self, Absence, Channel, Member, Workspace},
    receipt::{Receipt, What, Why},
    snapshot::{Capabilities, Need, Scope},
    standup::Note,
    time::{Holidays, WorkingWeek, Zone},
    wake::{Due, Wake, WakeChange},
};
use jeda_store::{Arrival, OpenError, Options, Store, StoreError, testing::postgres_url};
use jiff::{Timestamp, ToSpan};
use std::{collections::BTreeSet, path::Path};

fn defaults() -> Workspace {
    Workspace {
        id: WorkspaceId::new(""),
        name: String::new(),
        language: Language::En,
        zone: Zone::find("Asia/Jakarta").unwrap(),
        hours: WorkingWeek::office(),
        holidays: Holidays::default(),
        bot: None,
        capabilities: Capabilities {
            message_chars_max: 12_000,
            message_blocks_max: 50,
            block_chars_max: 3_000,
            form_fields_max: 20,
            field_chars_max: 3_000,
            form_intro: true,
            form_chain: true,
            profile_zone: true,
            aside: false,
        },
        locked_since: None,
    }
}

fn options(url: &str) -> Options {
    Options { url: url.to_owned(), defaults: defaults() }
}

/// Both databases, each new and empty.
async fn stores(name: &str) -> Vec<(Store, Option<tempfile::TempDir>)> {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("data/jeda.db").display());
    let mut all = vec![
        (Store::open(options("sqlite::memory:")).await.unwrap(), None),
        (Store::open(options(&file)).await.unwrap(), Some(folder)),
    ];
    if let Some(url) = postgres_url(name) {
        all.push((Store::open(options(&url)).await.unwrap(), None));
    }
    all
}

fn acme() -> WorkspaceId {
    WorkspaceId::new("slack:T1")
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn nine() -> Timestamp {
    at("2026-11-23T02:00:00Z")
}

fn event(key: &str) -> Inbound {
    Inbound { key: InboxKey::new(key), workspace: acme(), event: Event::Seen(Seen::Unlocked) }
}

fn note(id: &str, text: &str) -> Change {
    Change::Standup(jeda_core::standup::Change::Note(Note {
        id: id.to_owned(),
        user: UserId::new("U1"),
        at: nine(),
        text: text.to_owned(),
        used: false,
    }))
}

fn owes(key: &Inbound, lanes: &[&str], due: Timestamp) -> Vec<Owed> {
    let mut cause = Cause::of(key, nine());
    lanes.iter().map(|lane| cause.owe((*lane).to_owned(), due, Effect::Errand(Errand::Directory))).collect()
}

async fn commit(store: &Store, inbound: &Inbound, decision: &Decision) -> Arrival {
    let mut batch = store.begin(&[acme()]).await.unwrap();
    batch.event().await.unwrap();
    let arrival = batch.take(inbound, nine()).await.unwrap();
    if arrival == Arrival::New {
        batch.apply(&acme(), decision).await.unwrap();
    }
    batch.keep().await.unwrap();
    batch.commit().await.unwrap();
    arrival
}

async fn notes(store: &Store) -> Vec<String> {
    let scope = Scope { workspace: acme(), needs: [Need::Member(UserId::new("U1"))].into() };
    store.load(&scope).await.unwrap().notes.into_iter().map(|note| note.text).collect()
}

#[tokio::test]
async fn an_event_is_taken_once_and_its_decision_stands_with_it() {
    for (store, _folder) in stores("once").await {
        let decision = Decision { changes: vec![note("n1", "wrote the plan")], ..Decision::default() };
        assert_eq!(commit(&store, &event("E1"), &decision).await, Arrival::New);
        assert_eq!(commit(&store, &event("E1"), &decision).await, Arrival::Again);
        assert_eq!(notes(&store).await, ["wrote the plan"]);
        store.close().await;
    }
}

#[tokio::test]
async fn one_event_that_fails_takes_nothing_with_it() {
    for (store, _folder) in stores("undo").await {
        let mut batch = store.begin(&[acme()]).await.unwrap();
        for n in 0..64 {
            let inbound = event(&format!("E{n}"));
            batch.event().await.unwrap();
            batch.take(&inbound, nine()).await.unwrap();
            let changes = vec![note(&format!("n{n:02}"), &format!("note {n}"))];
            batch.apply(&acme(), &Decision { changes, ..Decision::default() }).await.unwrap();
            if n % 2 == 0 { batch.keep().await.unwrap() } else { batch.undo().await.unwrap() }
        }
        batch.commit().await.unwrap();
        assert_eq!(notes(&store).await.len(), 32);
        assert_eq!(commit(&store, &event("E1"), &Decision::default()).await, Arrival::New, "undone, so not taken");
        assert_eq!(commit(&store, &event("E2"), &Decision::default()).await, Arrival::Again);

        let dropped = store.begin(&[acme()]).await.unwrap();
        drop(dropped);
        let mut batch = store.begin(&[acme()]).await.unwrap();
        batch.event().await.unwrap();
        batch.failed(&event("E99"), "an invariant broke", nine()).await.unwrap();
        batch.keep().await.unwrap();
        batch.commit().await.unwrap();
        let known = store.explain(&jeda_core::id::short("E99")).await.unwrap();
        assert_eq!(known.failed, [(InboxKey::new("E99"), "an invariant broke".to_owned())]);
        assert_eq!(store.backlog(nine()).await.unwrap().failed, 1);
        store.close().await;
    }
}

#[tokio::test]
async fn lanes_keep_their_order_and_claims_never_overlap() {
    for (store, _folder) in stores("lanes").await {
        let cause = event("E1");
        let lanes: Vec<String> = (0..40).map(|n| format!("dm/U{}", n % 20)).collect();
        let lanes: Vec<&str> = lanes.iter().map(String::as_str).collect();
        let mut effects = owes(&cause, &lanes, nine());
        // The first of one lane waits: it must not hold the second back.
        effects[0].due_at = nine() + 1.hour();
        commit(&store, &cause, &Decision { effects: effects.clone(), ..Decision::default() }).await;
        commit(&store, &event("E2"), &Decision { effects: effects.clone(), ..Decision::default() }).await;
        assert_eq!(store.backlog(nine()).await.unwrap().owed, 40, "the same effect is owed once");

        let lease = nine() + 3.minutes();
        let claims: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.claim(nine(), lease, 7, &[]).await.unwrap() })
            })
            .collect();
        let mut claimed = Vec::new();
        for claim in claims {
            claimed.extend(claim.await.unwrap());
        }
        loop {
            let more = store.claim(nine(), lease, 7, &[]).await.unwrap();
            if more.is_empty() {
                break;
            }
            claimed.extend(more);
        }
        let keys: BTreeSet<_> = claimed.iter().map(|claim| claim.owed.key.clone()).collect();
        assert_eq!((claimed.len(), keys.len()), (20, 20), "one of each lane, and none twice");
        let first: BTreeSet<_> = effects[1..20].iter().chain([&effects[20]]).map(|owed| owed.key.clone()).collect();
        assert_eq!(keys, first);
        assert!(store.claim(nine(), lease, 7, &[acme()]).await.unwrap().is_empty(), "a locked workspace waits");

        // A settled one frees its lane, and where its message is can be found again.
        let posted = Posted { channel: ChannelId::new("D1"), message: MessageId::new("1.2"), at: nine() };
        let subject = Subject::new("prompt/s1/2026-11-23/U1");
        let mut batch = store.begin(&[acme()]).await.unwrap();
        let outcome = Outcome::Sent(posted.clone());
        assert!(batch.settle(&effects[1], Some(&subject), &outcome, nine()).await.unwrap());
        assert!(!batch.settle(&effects[1], Some(&subject), &outcome, nine()).await.unwrap(), "settled once");
        batch.commit().await.unwrap();
        let scope = Scope { workspace: acme(), needs: [Need::Post(subject.clone())].into() };
        assert_eq!(store.load(&scope).await.unwrap().posts.get(&subject), Some(&posted));
        let next = store.claim(nine(), lease, 7, &[]).await.unwrap();
        assert_eq!(next.iter().map(|claim| &claim.owed).collect::<Vec<_>>(), [&effects[21]]);

        // A lease that ran out may have been delivered.
        assert_eq!(store.expire_leases(lease, false).await.unwrap(), 20);
        let again = store.claim(lease, lease + 3.minutes(), 100, &[]).await.unwrap();
        assert!(!again.is_empty() && again.iter().all(|claim| claim.uncertain && claim.attempts == 1));
        let key = &again[0].owed.key;
        store.put_back(key, lease + 1.minute(), false, Some("429")).await.unwrap();
        let known = store.explain(key.as_str()).await.unwrap();
        assert_eq!((known.rows[0].state.as_str(), known.rows[0].last_error.as_deref()), ("uncertain", Some("429")));
        assert_eq!(store.next_effect(&[]).await.unwrap(), Some(nine()), "the others of the lanes are due");
        store.close().await;
    }
}

#[tokio::test]
async fn a_wake_fires_once_unless_it_moved() {
    for (store, _folder) in stores("wakes").await {
        let due =
            |at| Due { key: WakeKey::new("refresh"), workspace: acme(), at, wake: Wake::People(people::Wake::Refresh) };
        let set = |at| Decision { wakes: vec![WakeChange::Set(due(at))], ..Decision::default() };
        commit(&store, &event("E1"), &set(nine())).await;
        assert_eq!(store.next_wake().await.unwrap(), Some(nine()));
        let read = store.due_wakes(nine(), 10).await.unwrap();
        assert_eq!(read, [due(nine())]);
        commit(&store, &event("E2"), &set(nine() + 1.hour())).await;
        let mut batch = store.begin(&[acme()]).await.unwrap();
        assert!(!batch.fired(&read[0]).await.unwrap(), "it was moved meanwhile");
        assert!(batch.fired(&due(nine() + 1.hour())).await.unwrap());
        assert!(!batch.fired(&due(nine() + 1.hour())).await.unwrap());
        batch.commit().await.unwrap();
        assert_eq!(store.next_wake().await.unwrap(), None);
        store.close().await;
    }
}

#[tokio::test]
async fn people_places_and_receipts_come_back_as_they_were() {
    for (store, _folder) in stores("rows").await {
        let workspace = Workspace { id: acme(), name: "Acme".into(), bot: Some(UserId::new("UBOT")), ..defaults() };
        let ana = Member {
            user: UserId::new("U1"),
            name: "Ana 🌱 <@U2>".into(),
            profile_zone: Some(Zone::find("America/Sao_Paulo").unwrap()),
            language: Some(Language::Id),
            admin: true,
            bot: false,
            active: true,
            own_zone: None,
            own_hours: Some(WorkingWeek::office()),
            absences: vec![Absence { from: nine(), until: Some(nine() + 24.hours()) }],
            zone_asked: true,
            direct_closed: false,
        };
        let eng = Channel { channel: ChannelId::new("C1"), name: "eng".into(), open: true, archived: false };
        let changes = [
            people::Change::Workspace(Box::new(workspace.clone())),
            people::Change::Member(Box::new(ana.clone())),
            people::Change::Channel(eng.clone()),
            people::Change::ChannelMembers(ChannelId::new("C1"), vec![UserId::new("U1"), UserId::new("U2")]),
            people::Change::ChannelLeft(ChannelId::new("C1"), UserId::new("U2")),
        ];
        let receipt = Receipt {
            workspace: acme(),
            subject: Subject::new("prompt/s1/2026-11-23/U1"),
            at: nine(),
            cause: InboxKey::new("E1"),
            what: What::Skipped(Why::People(people::Why::Refused(Refusal::DirectMessagesClosed))),
        };
        let decision = Decision {
            changes: changes.map(Change::People).into(),
            receipts: vec![receipt.clone(), receipt.clone()],
            ..Decision::default()
        };
        commit(&store, &event("E1"), &decision).await;
        let needs = [Need::Admins, Need::Channel(ChannelId::new("C1"))].into();
        let snapshot = store.load(&Scope { workspace: acme(), needs }).await.unwrap();
        assert_eq!(snapshot.workspace, workspace);
        assert_eq!(snapshot.members.get(&ana.user), Some(&ana));
        assert_eq!(snapshot.channels.get(&eng.channel), Some(&eng));
        assert_eq!(snapshot.channel_members[&eng.channel], [ana.user.clone()].into());
        for about in ["prompt/s1/2026-11-23/U1", "prompt/s1/2026-11-23", "s1/2026-11-23"] {
            assert_eq!(store.receipts(Some(&acme()), about).await.unwrap(), std::slice::from_ref(&receipt), "{about}");
        }
        assert!(store.receipts(Some(&WorkspaceId::new("slack:T2")), "prompt/s1").await.unwrap().is_empty());
        store.keep("dm/U1", "D1").await.unwrap();
        store.keep("dm/U1", "D2").await.unwrap();
        assert_eq!(store.kept("dm/U1").await.unwrap().as_deref(), Some("D2"));
        assert!(store.purge(nine() + 1.hour()).await.unwrap() >= 2);
        assert!(store.receipts(None, "prompt/s1").await.unwrap().is_empty());
        store.ping().await.unwrap();
        store.close().await;
    }
}

#[tokio::test]
async fn a_second_process_on_one_file_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("jeda.db").display());
    let store = Store::open(options(&url)).await.unwrap();
    let second = Store::open(options(&url)).await.unwrap_err();
    assert!(matches!(second, OpenError::InUse { .. }), "{second}");
    store.close().await;
    drop(store);
    Store::open(options(&url)).await.unwrap().close().await;
}

#[tokio::test]
async fn a_database_from_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jeda.db");
    let url = format!("sqlite:{}", path.display());
    Store::open(options(&url)).await.unwrap().close().await;
    insert_version(&path, 9_999).await;
    let refused = Store::open(options(&url)).await.unwrap_err();
    assert!(matches!(refused, OpenError::Newer { found: 9_999, .. }), "{refused}");
    assert!(matches!(Store::look(&url).await, Err(OpenError::Newer { .. })));
}

async fn insert_version(path: &Path, version: i64) {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    sqlx::query("INSERT INTO _sqlx_migrations VALUES ($1, 'of the future', CURRENT_TIMESTAMP, TRUE, x'00', 1)")
        .bind(version)
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
}

#[tokio::test]
async fn a_place_that_cannot_be_written_is_told() {
    // A file stands where the folder should be: not even root can write below it.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let url = format!("sqlite:{}", file.join("jeda.db").display());
    let refused = Store::open(options(&url)).await.unwrap_err();
    assert!(matches!(refused, OpenError::NotWritable { .. }), "{refused}");
    assert!(refused.to_string().contains("can't be written"));
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_half_written() {
    let store = Store::open(options("sqlite::memory:")).await.unwrap();
    commit(&store, &event("E0"), &Decision::default()).await;
    store.limit_pages(40).await.unwrap();
    let mut failure = None;
    for n in 1..2_000 {
        let mut batch = store.begin(&[acme()]).await.unwrap();
        let changes = vec![note(&format!("n{n}"), &"x".repeat(2_000))];
        let decision = Decision { changes, ..Decision::default() };
        let written = async {
            batch.event().await?;
            batch.take(&event(&format!("E{n}")), nine()).await?;
            batch.apply(&acme(), &decision).await?;
            batch.keep().await?;
            batch.commit().await
        };
        if let Err(error) = written.await {
            failure = Some((n, error));
            break;
        }
    }
    let (n, error) = failure.expect("the disk is full at some point");
    assert!(matches!(error, StoreError::NotWritable { .. }), "{error}");
    assert_eq!(notes(&store).await.len(), n - 1, "every note that was committed, and no other");
    store.limit_pages(100_000).await.unwrap();
    assert_eq!(commit(&store, &event(&format!("E{n}")), &Decision::default()).await, Arrival::New);
}
