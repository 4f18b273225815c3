//! Sockets: who gets what, what comes again, and what a person is told when nothing comes.

use crate::wire::{START_MS, Wire, acme, send, setup};
use jeda_emulator::{clock::HandClock, journal::Act, slack::Slack};
use serde_json::json;

#[tokio::test]
async fn a_ticket_opens_one_socket() {
    let (slack, _) = acme().await;
    let url = format!("{}apps.connections.open", slack.api_url());
    let opened = send(&url, &slack.tokens().app, "application/json", "").await.unwrap().ok();
    let link = opened["url"].as_str().unwrap();
    let (_socket, _) = tokio_tungstenite::connect_async(link).await.unwrap();
    assert!(tokio_tungstenite::connect_async(link).await.is_err());
    slack.connected(1).await;
    slack.assert_clean();
}

#[tokio::test]
async fn several_sockets_share_the_envelopes() {
    let (slack, _) = acme().await;
    let (mut one, mut two) = (Wire::open(&slack).await, Wire::open(&slack).await);
    let ana = slack.user("ana");
    ana.replies("first");
    ana.replies("second");
    assert_eq!(
        (one.event().await["text"].clone(), two.event().await["text"].clone()),
        (json!("first"), json!("second"))
    );
    slack.quiet().await;
    slack.assert_clean();
}

#[tokio::test]
async fn an_event_that_was_not_acknowledged_comes_again_on_another_socket() {
    let (slack, _) = acme().await;
    let (mut one, mut two) = (Wire::open(&slack).await, Wire::open(&slack).await);
    slack.user("ana").replies("keep this");
    let first = one.next().await.unwrap();
    assert_eq!(first["retry_attempt"], 0);
    drop(one);
    let again = two.take().await;
    assert_eq!(again["payload"]["event_id"], first["payload"]["event_id"]);
    assert_ne!(again["envelope_id"], first["envelope_id"]);
    assert_eq!(again["retry_attempt"], 1);
    slack.quiet().await;
    slack.assert_clean();
}

#[tokio::test]
async fn events_wait_for_a_socket() {
    let (slack, _) = acme().await;
    slack.user("ana").replies("one");
    slack.user("ana").replies("two");
    assert_eq!((slack.undelivered(), slack.in_flight()), (2, 0));
    let mut bot = Wire::open(&slack).await;
    assert_eq!(bot.event().await["text"], "one");
    assert_eq!(bot.event().await["text"], "two");
    slack.assert_clean();
}

#[tokio::test]
async fn dropped_sockets_lose_nothing() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    slack.user("ana").replies("kept");
    bot.next().await.unwrap();
    slack.drop_sockets();
    assert!(bot.next().await.is_none());
    slack.traffic().until(|| slack.undelivered() == 1).await;
    let mut bot = Wire::open(&slack).await;
    assert_eq!(bot.event().await["text"], "kept");
    slack.assert_clean();
}

#[tokio::test]
async fn an_unacknowledged_event_comes_again_after_one_and_five_minutes() {
    let (slack, clock) = acme().await;
    slack.faults().tolerate(true);
    let mut bot = Wire::open(&slack).await;
    slack.user("ana").replies("hello?");
    let mut attempts = vec![bot.next().await.unwrap()["retry_attempt"].clone()];
    // Nobody acknowledges: from here on real time flies, and three seconds are over at once.
    tokio::time::pause();
    attempts.push(bot.next().await.unwrap()["retry_attempt"].clone());
    for minutes in [1, 5] {
        slack.traffic().until(|| slack.in_flight() == 0).await;
        assert_eq!(slack.next_due(), Some(START_MS + if minutes == 1 { 60_000 } else { 360_000 }));
        clock.set(slack.next_due().unwrap());
        slack.time_passed();
        attempts.push(bot.next().await.unwrap()["retry_attempt"].clone());
    }
    assert_eq!(attempts, [json!(0), json!(1), json!(2), json!(3)]);
}

#[tokio::test]
async fn a_command_without_acknowledgement_is_told_to_the_person() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ana = slack.user("ana");
    let asking = tokio::spawn(async move { ana.runs("/standup").await });
    let envelope = bot.next().await.unwrap();
    tokio::time::pause();
    assert!(!asking.await.unwrap().acknowledged);
    assert_eq!(slack.journal().last().unwrap().act, Act::NoAnswer);
    assert_eq!(slack.recorder().take_violations().len(), 1);
    bot.acknowledge(&envelope, None).await;
    slack.traffic().until(|| !slack.recorder().violations().is_empty()).await;
    assert!(slack.recorder().take_violations()[0].contains("too late"));

    let nobody = slack.user("ben");
    drop(bot);
    slack.traffic().until(|| slack.sockets() == 0).await;
    assert!(!nobody.runs("/standup").await.acknowledged);
    slack.recorder().take_violations();
}

#[tokio::test]
async fn events_come_twice_and_out_of_order_when_asked() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ana = slack.user("ana");
    slack.repeats_events(1);
    ana.replies("twice");
    let (first, second) = (bot.take().await, bot.take().await);
    assert_eq!(first["payload"]["event_id"], second["payload"]["event_id"]);
    assert_ne!(first["envelope_id"], second["envelope_id"]);
    slack.swaps_events();
    ana.replies("early");
    ana.replies("late");
    assert_eq!(bot.event().await["text"], "late");
    assert_eq!(bot.event().await["text"], "early");
    slack.assert_clean();
}

#[tokio::test]
async fn sockets_are_refreshed_and_disabled() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    slack.warns_sockets();
    assert_eq!(bot.next().await.unwrap()["reason"], "warning");
    slack.refreshes_sockets();
    assert_eq!(bot.next().await.unwrap()["reason"], "refresh_requested");
    assert!(bot.next().await.is_none());
    let mut bot = Wire::open(&slack).await;
    slack.disables_sockets();
    assert_eq!(bot.next().await.unwrap()["reason"], "link_disabled");
    let url = format!("{}apps.connections.open", slack.api_url());
    assert_eq!(send(&url, &slack.tokens().app, "application/json", "").await.unwrap().error(), "invalid_auth");
    slack.assert_clean();
}

#[tokio::test]
async fn thousands_of_commands_leave_no_journal() {
    const EACH: usize = 250;
    let clock = HandClock::at(START_MS);
    let slack = Slack::start(setup(&clock).keep_journal(false)).await.unwrap();
    for _ in 0..4 {
        let mut bot = Wire::open(&slack).await;
        tokio::spawn(async move {
            while let Some(envelope) = bot.next().await {
                let words = json!({"text": envelope["payload"]["text"]});
                bot.acknowledge(&envelope, Some(words)).await;
            }
        });
    }
    let senders: Vec<_> = (0..8)
        .map(|n| {
            let commands = slack.commands("ana", "#eng", &format!("/standup status {n}"));
            tokio::spawn(async move {
                for _ in 0..EACH {
                    let answer = commands.send().await.unwrap();
                    assert_eq!(answer.payload.unwrap()["text"], format!("status {n}"));
                }
            })
        })
        .collect();
    for sender in senders {
        sender.await.unwrap();
    }
    assert!(slack.journal().is_empty() && slack.user("ana").sees().is_empty());
    assert_eq!(slack.in_flight(), 0);
    slack.assert_clean();
}

#[tokio::test]
async fn it_ends_when_it_is_dropped() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let url = slack.api_url();
    drop(slack);
    assert!(bot.next().await.is_none());
    assert!(send(&format!("{url}api.test"), "", "application/json", "{}").await.is_none());
}
