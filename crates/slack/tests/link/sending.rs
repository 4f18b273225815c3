//! What is owed is sent once, and looked for where nobody knows.

use super::{bot::Bot, slack::Answer};
use jeda_core::{
    effect::{Outgoing, Target},
    event::{Errand, Posted, Refusal, Seen},
    id::{ChannelId, EffectKey, GroupId, MessageId, UserId, WorkspaceId},
    message::{Block, Message, Text},
};
use jeda_engine::{Delivery, Found, Platform};
use serde_json::json;
use std::time::Duration;

fn owed(key: &str, to: Target) -> Outgoing {
    Outgoing {
        key: EffectKey::new(key),
        workspace: WorkspaceId::new("slack:T1"),
        to,
        subject: None,
        message: Message::of(Text::said("<!channel> hello")),
        silent: false,
    }
}

fn channel() -> Target {
    Target::Channel(ChannelId::new("C1"))
}

fn posted(channel: &str, ts: &str) -> Posted {
    Posted {
        channel: ChannelId::new(channel),
        message: MessageId::new(ts),
        at: "2023-11-14T22:13:20.0001Z".parse().unwrap(),
    }
}

#[tokio::test]
async fn a_message_carries_its_name_and_opens_nothing() {
    let bot = Bot::start(1).await;
    let sent = bot.connected.platform.deliver(&owed("k1", channel())).await;
    assert_eq!(sent, Delivery::Sent(posted("C1", "1700000000.000100")));
    let args = bot.slack.call("chat.postMessage").await.args;
    assert_eq!(args["metadata"], json!({ "event_type": "jeda_effect", "event_payload": { "key": "k1" } }));
    assert_eq!(
        (&args["unfurl_links"], &args["unfurl_media"], &args["parse"]),
        (&json!(false), &json!(false), &json!("none"))
    );
    assert_eq!(args["text"], "&lt;!channel&gt; hello");

    let root = posted("C1", "1690000000.000100");
    bot.connected.platform.deliver(&owed("k2", Target::Thread(root.clone()))).await;
    assert_eq!(bot.slack.call("chat.postMessage").await.args["thread_ts"], "1690000000.000100");
    bot.connected.platform.deliver(&owed("k3", Target::Edit(root))).await;
    let args = bot.slack.call("chat.update").await.args;
    assert_eq!((&args["ts"], args.get("metadata")), (&json!("1690000000.000100"), None));
}

#[tokio::test]
async fn a_direct_message_channel_is_opened_once_and_kept() {
    let bot = Bot::start(1).await;
    let to = || Target::Direct(UserId::new("U1"));
    let sent = bot.connected.platform.deliver(&owed("k1", to())).await;
    assert_eq!(sent, Delivery::Sent(posted("DU1", "1700000000.000100")));
    assert_eq!(bot.slack.call("conversations.open").await.args, json!({ "users": "U1" }));
    // A second opening would be answered with an error.
    bot.slack.answers("conversations.open", Answer::Error("user_not_found"));
    assert!(matches!(bot.connected.platform.deliver(&owed("k2", to())).await, Delivery::Sent(_)));
    assert_eq!(bot.drawer.0.lock().unwrap()["slack/T1/dm/U1"], "DU1");
}

#[tokio::test]
async fn a_direct_message_channel_that_is_no_more_is_opened_anew() {
    let bot = Bot::start(1).await;
    bot.drawer.0.lock().unwrap().insert("slack/T1/dm/U1".into(), "DOLD".into());
    bot.slack.answers("chat.postMessage", Answer::Error("channel_not_found"));
    let sent = bot.connected.platform.deliver(&owed("k1", Target::Direct(UserId::new("U1")))).await;
    assert_eq!(sent, Delivery::Sent(posted("DU1", "1700000000.000100")));
}

#[tokio::test]
async fn each_answer_of_slacks_means_what_it_means() {
    let bot = Bot::start(1).await;
    let cases = [
        (Answer::Error("not_in_channel"), Delivery::Refused(Refusal::NotInChannel)),
        (Answer::Error("channel_not_found"), Delivery::Refused(Refusal::NotInChannel)),
        (Answer::Error("is_archived"), Delivery::Refused(Refusal::ChannelGone)),
        (Answer::Error("messages_tab_disabled"), Delivery::Refused(Refusal::DirectMessagesClosed)),
        (Answer::Error("user_disabled"), Delivery::Refused(Refusal::MemberGone)),
        (Answer::Error("message_not_found"), Delivery::Refused(Refusal::MessageGone)),
        (Answer::Error("missing_scope"), Delivery::Refused(Refusal::MissingPermission("chat:write".into()))),
        (Answer::Error("invalid_blocks"), Delivery::Refused(Refusal::Other("invalid_blocks".into()))),
        (Answer::Error("token_revoked"), Delivery::Locked { why: "token_revoked".into() }),
        (Answer::Error("account_inactive"), Delivery::Locked { why: "account_inactive".into() }),
        (Answer::Error("fatal_error"), Delivery::Uncertain { why: "fatal_error".into() }),
        (Answer::Status(503, None), Delivery::Uncertain { why: "http_503".into() }),
        (
            Answer::Error("service_unavailable"),
            Delivery::Later { after: Some(Duration::from_secs(60)), why: "service_unavailable".into() },
        ),
    ];
    for (n, (answer, expected)) in cases.into_iter().enumerate() {
        bot.slack.answers("chat.postMessage", answer.clone());
        // Each in a channel of its own, so that none waits for the pace of another.
        let to = Target::Channel(ChannelId::new(format!("C{n}")));
        assert_eq!(bot.connected.platform.deliver(&owed("k", to)).await, expected, "{answer:?}");
    }
    let edit = Target::Edit(posted("C1", "1.1"));
    bot.slack.answers("chat.update", Answer::Status(503, None));
    let again = Delivery::Later { after: None, why: "http_503".into() };
    assert_eq!(bot.connected.platform.deliver(&owed("k", edit)).await, again, "an edit made twice is the same");
}

#[tokio::test]
async fn slack_may_ask_to_wait_and_then_its_channel_waits() {
    let bot = Bot::start(1).await;
    bot.slack.answers("chat.postMessage", Answer::Status(429, Some("7")));
    let later = Delivery::Later { after: Some(Duration::from_secs(7)), why: "ratelimited".into() };
    assert_eq!(bot.connected.platform.deliver(&owed("k1", channel())).await, later);
    let other = Target::Channel(ChannelId::new("C2"));
    assert!(matches!(bot.connected.platform.deliver(&owed("k2", other)).await, Delivery::Sent(_)));

    let platform = bot.connected.platform.clone();
    let waiting = tokio::spawn(async move { platform.deliver(&owed("k3", channel())).await });
    while bot.connected.platform.waiting() == 0 {
        tokio::task::yield_now().await;
    }
    assert!(!waiting.is_finished());
    bot.clock.advance_to(bot.clock.next_waited_for().unwrap());
    assert!(matches!(waiting.await.unwrap(), Delivery::Sent(_)));
}

#[tokio::test]
async fn one_channel_takes_one_message_a_second() {
    let bot = Bot::start(1).await;
    for n in 0..3 {
        assert!(matches!(bot.connected.platform.deliver(&owed(&format!("k{n}"), channel())).await, Delivery::Sent(_)));
    }
    let platform = bot.connected.platform.clone();
    let fourth = tokio::spawn(async move { platform.deliver(&owed("k3", channel())).await });
    while bot.connected.platform.waiting() == 0 {
        tokio::task::yield_now().await;
    }
    let wakes = bot.clock.next_waited_for().unwrap();
    assert_eq!(wakes.to_string(), "2026-11-24T07:00:01Z");
    bot.clock.advance_to(wakes);
    assert!(matches!(fourth.await.unwrap(), Delivery::Sent(_)));
}

#[tokio::test]
async fn a_lost_answer_is_looked_for_by_its_name() {
    let bot = Bot::start(1).await;
    bot.slack.answers("chat.postMessage", Answer::Status(500, None));
    let outgoing = owed("k1", channel());
    assert!(matches!(bot.connected.platform.deliver(&outgoing).await, Delivery::Uncertain { .. }));

    let other = json!({ "ts": "1700000000.000300", "metadata": { "event_type": "jeda_effect", "event_payload": { "key": "k0" } } });
    let bare = json!({ "ts": "1700000000.000200", "text": "hi" });
    let ours = json!({ "ts": "1700000000.000100", "metadata": { "event_type": "jeda_effect", "event_payload": { "key": "k1" } } });
    let first = json!({ "messages": [other.clone()], "response_metadata": { "next_cursor": "c2" } });
    bot.slack.answers("conversations.history", Answer::Ok(first));
    bot.slack.answers("conversations.history", Answer::Ok(json!({ "messages": [bare.clone(), ours] })));
    assert_eq!(bot.connected.platform.find(&outgoing).await, Found::Sent(posted("C1", "1700000000.000100")));
    let asked = bot.slack.call("conversations.history").await.args;
    assert_eq!((&asked["include_all_metadata"], &asked["channel"]), (&json!("true"), &json!("C1")));
    assert_eq!(asked["oldest"], "1795503000.000000", "ten minutes before, since clocks differ");
    assert_eq!(bot.slack.call("conversations.history").await.args["cursor"], "c2");
}

#[tokio::test]
async fn what_is_not_there_is_sent_again_once_it_can_no_longer_arrive() {
    let bot = Bot::start(1).await;
    bot.slack.answers("chat.postMessage", Answer::Status(500, None));
    let root = posted("C1", "1690000000.000100");
    let outgoing = owed("k1", Target::Thread(root));
    assert!(matches!(bot.connected.platform.deliver(&outgoing).await, Delivery::Uncertain { .. }));
    for _ in 0..2 {
        bot.slack.answers("conversations.replies", Answer::Ok(json!({ "messages": [] })));
    }
    assert!(matches!(bot.connected.platform.find(&outgoing).await, Found::Unknown { .. }), "it may be on its way");
    assert_eq!(bot.slack.call("conversations.replies").await.args["ts"], "1690000000.000100");
    bot.clock.advance_to(bot.clock.next_waited_for().unwrap_or("2026-11-24T07:00:30Z".parse().unwrap()));
    assert_eq!(bot.connected.platform.find(&outgoing).await, Found::Absent);
    bot.slack.answers("conversations.replies", Answer::Status(503, None));
    assert!(matches!(bot.connected.platform.find(&outgoing).await, Found::Unknown { .. }));
    let edit = owed("k2", Target::Edit(posted("C1", "1.1")));
    assert_eq!(bot.connected.platform.find(&edit).await, Found::Absent);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_to_be_unreachable() {
    let bot = Bot::start(1).await;
    // A port that nobody listens on any more.
    let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = super::bot::config(&bot.slack, 1);
    config.api_url = format!("http://{}/api", gone.local_addr().unwrap());
    drop(gone);
    let found = jeda_slack::doctor::examine(&config, bot.clock.clone()).await.unwrap();
    let words = found.bot.unwrap_err().to_string();
    assert!(words.contains("no connection"), "{words}");
}

#[tokio::test]
async fn what_is_too_long_for_slack_is_refused_whole() {
    let bot = Bot::start(1).await;
    let mut outgoing = owed("k1", channel());
    outgoing.message = Message(vec![Block::Quote(Text::said("x".repeat(40_000)))]);
    let Delivery::Refused(Refusal::Other(why)) = bot.connected.platform.deliver(&outgoing).await else { panic!() };
    assert!(why.contains("40000 characters"), "{why}");
    let aside = Target::Aside { channel: ChannelId::new("C1"), user: UserId::new("U1") };
    assert!(matches!(bot.connected.platform.deliver(&owed("k2", aside)).await, Delivery::Refused(_)));
}

#[tokio::test]
async fn errands_bring_whole_lists() {
    let bot = Bot::start(1).await;
    let platform = &bot.connected.platform;
    let here = WorkspaceId::new("slack:T1");
    let person = |id: &str| json!({ "id": id, "name": id, "tz": "Asia/Jakarta", "locale": "id-ID", "profile": {} });
    let first = json!({ "members": [person("U1")], "response_metadata": { "next_cursor": "c2" } });
    bot.slack.answers("users.list", Answer::Ok(first));
    bot.slack.answers("users.list", Answer::Ok(json!({ "members": [person("U2")] })));
    let Ok(Seen::Directory(people)) = platform.ask(&here, &Errand::Directory).await else { panic!() };
    assert_eq!(people.iter().map(|facts| facts.user.as_str()).collect::<Vec<_>>(), ["U1", "U2"]);
    assert_eq!(bot.slack.call("users.list").await.args["include_locale"], "true");

    bot.slack.answers("users.conversations", Answer::Ok(json!({ "channels": [{ "id": "C1", "name": "eng" }] })));
    let Ok(Seen::Channels(channels)) = platform.ask(&here, &Errand::Channels).await else { panic!() };
    assert!(channels[0].open && channels[0].name == "eng");

    bot.slack.answers("conversations.members", Answer::Ok(json!({ "members": ["U1", "UBOT"] })));
    let errand = Errand::ChannelMembers(ChannelId::new("C1"));
    let Ok(Seen::ChannelMembers { members, .. }) = platform.ask(&here, &errand).await else { panic!() };
    assert_eq!(members, [UserId::new("U1")]);

    let groups = json!([{ "id": "S1", "handle": "on-call", "name": "Who is on call" }, { "id": "S2", "name": "Ops" }]);
    bot.slack.answers("usergroups.list", Answer::Ok(json!({ "usergroups": groups })));
    let Ok(Seen::Groups(groups)) = platform.ask(&here, &Errand::Groups).await else { panic!() };
    let names: Vec<_> = groups.iter().map(|facts| (facts.group.as_str(), facts.name.as_str())).collect();
    assert_eq!(names, [("S1", "on-call"), ("S2", "Ops")], "as they are mentioned");

    bot.slack.answers("usergroups.users.list", Answer::Error("missing_scope"));
    let errand = Errand::GroupMembers(GroupId::new("S1"));
    let refused = platform.ask(&here, &errand).await;
    assert_eq!(refused, Err(Delivery::Refused(Refusal::MissingPermission("chat:write".into()))));
    bot.slack.answers("users.info", Answer::Status(500, None));
    let again = platform.ask(&here, &Errand::Member(UserId::new("U1"))).await;
    assert_eq!(again, Err(Delivery::Later { after: None, why: "http_500".into() }));
}

#[tokio::test]
async fn a_list_goes_on_where_slack_asked_to_wait() {
    let bot = Bot::start(1).await;
    let first = json!({ "members": ["U1"], "response_metadata": { "next_cursor": "c2" } });
    bot.slack.answers("conversations.members", Answer::Ok(first));
    bot.slack.answers("conversations.members", Answer::Status(429, Some("5")));
    bot.slack.answers("conversations.members", Answer::Ok(json!({ "members": ["U2"] })));
    let platform = bot.connected.platform.clone();
    let asking = tokio::spawn(async move {
        platform.ask(&WorkspaceId::new("slack:T1"), &Errand::ChannelMembers(ChannelId::new("C1"))).await
    });
    while bot.connected.platform.waiting() == 0 {
        tokio::task::yield_now().await;
    }
    bot.clock.advance_to(bot.clock.next_waited_for().unwrap());
    let Ok(Seen::ChannelMembers { members, .. }) = asking.await.unwrap() else { panic!() };
    assert_eq!(members, [UserId::new("U1"), UserId::new("U2")]);
    let cursors: Vec<_> = [
        bot.slack.call("conversations.members").await.args["cursor"].clone(),
        bot.slack.call("conversations.members").await.args["cursor"].clone(),
        bot.slack.call("conversations.members").await.args["cursor"].clone(),
    ]
    .into();
    assert_eq!(cursors, [json!(null), json!("c2"), json!("c2")]);
}
