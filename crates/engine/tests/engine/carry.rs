//! The courier with a platform that loses answers: nothing is lost, nothing is sent twice.

use crate::{acme, options};
use async_trait::async_trait;
use jeda_core::{
    effect::Outgoing,
    event::{Errand, Event, Inbound, MemberFacts, Posted, Refusal, Seen},
    id::{ChannelId, InboxKey, MessageId, UserId, WorkspaceId},
    language::Language,
    people::{CalendarTrouble, Feed, Reading},
    time::Zone,
};
use jeda_engine::{Calendars, Clock, Delivery, Engine, Found, Platform, VirtualClock};
use jeda_store::Store;
use jiff::Timestamp;
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};
use tokio::sync::Semaphore;

/// What the platform does with a delivery.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    /// It arrives, and so does the answer.
    Well,
    /// It arrives; the answer never comes.
    Mute,
    /// It is refused since the token is dead.
    Locked,
}

/// A platform that keeps what arrived.
struct Town {
    mood: Mutex<Mood>,
    arrived: Mutex<Vec<Outgoing>>,
    /// How often it was asked to deliver, and whether something had arrived.
    tried: Mutex<usize>,
    asked: Mutex<usize>,
    clock: Arc<VirtualClock>,
}

impl Town {
    fn posted(&self) -> Posted {
        Posted { channel: ChannelId::new("D1"), message: MessageId::new("1.1"), at: self.clock.now() }
    }
    fn arrived(&self) -> usize {
        self.arrived.lock().unwrap().len()
    }
}

#[async_trait]
impl Platform for Town {
    fn name(&self) -> &'static str {
        "slack"
    }
    async fn deliver(&self, outgoing: &Outgoing) -> Delivery {
        let mood = *self.mood.lock().unwrap();
        *self.tried.lock().unwrap() += 1;
        if mood != Mood::Locked {
            self.arrived.lock().unwrap().push(outgoing.clone());
        }
        match mood {
            Mood::Well => Delivery::Sent(self.posted()),
            Mood::Mute => std::future::pending().await,
            Mood::Locked => Delivery::Locked { why: "account_inactive".to_owned() },
        }
    }
    async fn find(&self, outgoing: &Outgoing) -> Found {
        *self.asked.lock().unwrap() += 1;
        let there = self.arrived.lock().unwrap().iter().any(|known| known.key == outgoing.key);
        if there { Found::Sent(self.posted()) } else { Found::Absent }
    }
    async fn ask(&self, _: &WorkspaceId, _: &Errand) -> Result<Seen, Delivery> {
        Err(Delivery::Refused(Refusal::Other("not_here".to_owned())))
    }
}

/// The engine on a store in memory, at ten on a Monday, with one administrator who works now.
async fn town(mood: Mood) -> (Engine, Arc<Town>) {
    let (engine, platform) = unconnected(mood).await;
    engine.joiner().join(platform.clone());
    (engine, platform)
}

/// The same before its platform is connected.
async fn unconnected(mood: Mood) -> (Engine, Arc<Town>) {
    let ten: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let clock = Arc::new(VirtualClock::new(ten));
    let store = Store::open(options("sqlite::memory:")).await.unwrap();
    let engine = Engine::start(store, clock.clone(), Duration::from_secs(86_400)).await.unwrap();
    let platform = Arc::new(Town {
        mood: Mutex::new(mood),
        arrived: Mutex::default(),
        asked: Mutex::default(),
        tried: Mutex::default(),
        clock,
    });
    let ana = MemberFacts {
        user: UserId::new("U1"),
        name: "Ana".to_owned(),
        zone: Some("UTC".to_owned()),
        language: Some(Language::En),
        admin: true,
        bot: false,
        active: true,
    };
    happens(&engine, "1", Seen::Directory(vec![ana])).await;
    (engine, platform)
}

async fn happens(engine: &Engine, key: &str, seen: Seen) {
    let inbound = Inbound { key: InboxKey::new(key), workspace: acme(), event: Event::Seen(seen) };
    engine.intake().take(inbound).await.unwrap();
}

/// An administrator is owed one message: the token was dead, and lives.
async fn owes_one(engine: &Engine) {
    happens(engine, "2", Seen::Locked { reason: "token_revoked".to_owned() }).await;
    happens(engine, "3", Seen::Unlocked).await;
}

/// Lets everything happen that happens at this instant.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let waited = async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waited).await.unwrap_or_else(|_| panic!("never: {what}"));
}

async fn nothing_owed(engine: &Engine, platform: &Town) -> bool {
    engine.store().backlog(platform.clock.now()).await.unwrap().owed == 0
}

#[tokio::test]
async fn a_message_that_arrived_without_an_answer_is_found_and_not_sent_again() {
    let (engine, platform) = town(Mood::Mute).await;
    owes_one(&engine).await;
    until("the message arrives", async || platform.arrived() == 1).await;
    *platform.mood.lock().unwrap() = Mood::Well;
    // The delivery hangs. It is dropped before its lease runs out, and only then the platform is asked.
    platform.clock.advance_to(platform.clock.now() + Duration::from_secs(119));
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
    assert_eq!((platform.arrived(), *platform.asked.lock().unwrap()), (1, 0), "still under its lease");
    platform.clock.advance_to(platform.clock.now() + Duration::from_secs(1));
    until("it is settled", async || nothing_owed(&engine, &platform).await).await;
    assert_eq!((platform.arrived(), *platform.asked.lock().unwrap()), (1, 1));
    engine.shut_down().await;
}

#[tokio::test]
async fn a_dead_token_loses_nothing_and_is_told_once_it_lives() {
    let (engine, platform) = town(Mood::Locked).await;
    owes_one(&engine).await;
    until("it was tried", async || *platform.tried.lock().unwrap() == 1 && engine.under_way() == 0).await;
    assert_eq!(platform.arrived(), 0);
    *platform.mood.lock().unwrap() = Mood::Well;
    for _ in 0..10 {
        let Some(next) = engine.next_due().await.unwrap() else { break };
        platform.clock.advance_to(next);
        until("nothing is due", async || engine.is_idle().await.unwrap() && engine.under_way() == 0).await;
        if nothing_owed(&engine, &platform).await {
            break;
        }
    }
    assert!(nothing_owed(&engine, &platform).await);
    let keys: std::collections::BTreeSet<_> =
        platform.arrived.lock().unwrap().iter().map(|outgoing| outgoing.key.clone()).collect();
    assert_eq!(keys.len(), platform.arrived(), "nothing came twice");
    assert_eq!(platform.arrived(), 2, "what was owed, and that the courier itself met a dead token");
    engine.shut_down().await;
}

#[tokio::test]
async fn an_event_that_comes_again_changes_nothing() {
    let (engine, platform) = town(Mood::Well).await;
    owes_one(&engine).await;
    happens(&engine, "3", Seen::Unlocked).await;
    until("it is settled", async || nothing_owed(&engine, &platform).await).await;
    happens(&engine, "3", Seen::Unlocked).await;
    assert_eq!(platform.arrived(), 1);
    engine.shut_down().await;
}

#[tokio::test]
async fn what_is_owed_before_its_platform_is_connected_goes_at_once_when_it_is() {
    let (engine, platform) = unconnected(Mood::Well).await;
    owes_one(&engine).await;
    // Some have been claimed by now, and some not.
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
    engine.joiner().join(platform.clone());
    until("it is settled at this very instant", async || nothing_owed(&engine, &platform).await).await;
    assert_eq!(platform.arrived(), 1);
    engine.shut_down().await;
}

/// A server of calendars that doesn't answer until it is woken.
struct Asleep {
    asked: AtomicUsize,
    awake: Semaphore,
}

#[async_trait]
impl Calendars for Asleep {
    async fn read(&self, _: &Feed, _: Zone, _: Timestamp) -> Reading {
        self.asked.fetch_add(1, SeqCst);
        let _ = self.awake.acquire().await;
        Reading::Failed(CalendarTrouble::Slow)
    }
}

#[tokio::test]
async fn a_server_of_everybodys_calendars_that_hangs_holds_up_no_message() {
    const PEOPLE: usize = 400;
    let (engine, platform) = town(Mood::Well).await;
    let calendars = Arc::new(Asleep { asked: AtomicUsize::new(0), awake: Semaphore::new(0) });
    engine.joiner().read_calendars(calendars.clone());
    let person = |nth: usize| MemberFacts {
        user: UserId::new(format!("P{nth}")),
        name: format!("Person {nth}"),
        zone: Some("UTC".to_owned()),
        language: None,
        admin: false,
        bot: false,
        active: true,
    };
    let ana = MemberFacts { user: UserId::new("U1"), admin: true, ..person(0) };
    happens(&engine, "everybody", Seen::Directory((1..=PEOPLE).map(person).chain([ana]).collect())).await;
    for nth in 1..=PEOPLE {
        let user = UserId::new(format!("P{nth}"));
        happens(&engine, &format!("file{nth}"), Seen::CalendarFile { user, file: format!("slack-P{nth}.ics") }).await;
    }
    let asked = || calendars.asked.load(SeqCst);
    until("calendars are asked for", async || asked() >= 16).await;
    owes_one(&engine).await;
    until("the message arrives", async || platform.arrived() == 1).await;
    assert!(asked() < PEOPLE / 4, "{} at once", asked());
    // All of them are asked for in the end.
    calendars.awake.close();
    until("the others have their turn", async || {
        if engine.under_way() == 0 {
            platform.clock.advance_to(platform.clock.now() + Duration::from_secs(1));
        }
        asked() >= PEOPLE
    })
    .await;
    engine.shut_down().await;
}
