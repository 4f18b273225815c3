//! The desk under load: what waits is decided in one go, and one that fails takes nothing with it.

use crate::{acme, options};
use jeda_core::{
    command, copy,
    event::{Event, Inbound, Origin},
    id::{InboxKey, UserId},
    message::Reply,
    snapshot::{Need, Scope},
};
use jeda_engine::{Engine, VirtualClock};
use jeda_store::{Explanation, Store};
use sqlx::{Connection, SqliteConnection};
use std::{path::Path, sync::Arc, time::Duration};

/// The engine on a file, so that somebody else can spoil it.
async fn engine(file: &Path) -> Engine {
    let clock = Arc::new(VirtualClock::new("2026-11-23T10:00:00Z".parse().unwrap()));
    let store = Store::open(options(&format!("sqlite:{}", file.display()))).await.unwrap();
    Engine::start(store, clock, Duration::from_secs(86_400)).await.unwrap()
}

fn jots(key: &str, user: &str, text: &str) -> Inbound {
    let invocation = command::parse("/standup", &format!("note {text}"));
    let event = Event::Command { by: Origin::of(user), invocation };
    Inbound { key: InboxKey::new(key), workspace: acme(), event }
}

/// Hands all in at once: they wait for the desk together. What each is answered, in words.
async fn all_at_once(engine: &Engine, events: Vec<Inbound>) -> Vec<String> {
    let mut handed_in = tokio::task::JoinSet::new();
    for (nth, inbound) in events.into_iter().enumerate() {
        let intake = engine.intake();
        handed_in.spawn(async move { (nth, intake.take(inbound).await.unwrap()) });
    }
    let mut replies = handed_in.join_all().await;
    replies.sort_by_key(|(nth, _)| *nth);
    let words = |(_, reply)| match reply {
        Some(Reply::Say(message)) => format!("{message:?}"),
        other => format!("{other:?}"),
    };
    replies.into_iter().map(words).collect()
}

async fn notes(engine: &Engine, user: &str) -> Vec<String> {
    let scope = Scope { workspace: acme(), needs: [Need::Member(UserId::new(user))].into() };
    let mut notes: Vec<String> =
        engine.store().load(&scope).await.unwrap().notes.into_iter().map(|note| note.text).collect();
    // They were all jotted at one instant.
    notes.sort();
    notes
}

#[tokio::test]
async fn whoever_waits_together_is_answered_each_and_a_persons_events_keep_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let engine = engine(&folder.path().join("jeda.db")).await;
    let mut events: Vec<Inbound> =
        (0..20).map(|n| jots(&format!("E{n}"), &format!("U{n}"), &format!("mine {n}"))).collect();
    events.extend([jots("E20", "U3", "another"), jots("E3", "U3", "mine 3"), jots("E21", "U3", "a third")]);
    let words = all_at_once(&engine, events).await;
    for (nth, words) in words.iter().enumerate().take(20) {
        assert!(words.contains(&format!("mine {nth}")), "{nth} is told its own: {words}");
    }
    assert_eq!(words[21], "None", "it came before, and was answered then");
    assert_eq!(notes(&engine, "U3").await, ["a third", "another", "mine 3"], "each once");
    assert_eq!(notes(&engine, "U19").await, ["mine 19"]);
    engine.shut_down().await;
}

#[tokio::test]
async fn one_of_those_who_wait_together_fails_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jeda.db");
    let engine = engine(&file).await;
    let people = ["U1", "U2", "U3", "U4"];
    let of = |round: &str| people.iter().map(|who| jots(&format!("{round}/{who}"), who, round)).collect();
    all_at_once(&engine, of("first")).await;
    let mut spoiler = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let spoilt = sqlx::query("UPDATE member SET body = '{' WHERE user_id = 'U2'").execute(&mut spoiler).await.unwrap();
    assert_eq!(spoilt.rows_affected(), 1);
    spoiler.close().await.unwrap();

    let words = all_at_once(&engine, of("second")).await;
    let reference = jeda_core::id::short("second/U2");
    let failed = format!("{:?}", copy::common::failed(Default::default(), &reference));
    for (who, words) in people.iter().zip(&words) {
        if *who == "U2" {
            assert_eq!(*words, failed, "the one whose row can't be read");
        } else {
            assert!(words.contains("second"), "{who}: {words}");
            assert_eq!(notes(&engine, who).await, ["first", "second"], "{who}");
        }
    }
    let Explanation { failed, .. } = engine.store().explain(&reference).await.unwrap();
    assert_eq!(failed.len(), 1, "kept, to be looked at");
    engine.shut_down().await;
}
