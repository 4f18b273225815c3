//! The bot asks, and gets what Slack would give it, refusals too.

use crate::wire::{START_MS, Wire, acme, button, call, call_form, form, markdown, plain, send, setup};
use jeda_emulator::{
    clock::HandClock,
    fault::Fault,
    slack::{Slack, USUAL_SCOPES},
};
use serde_json::{Value, json};

#[tokio::test]
async fn who_am_i() {
    let (slack, _) = acme().await;
    let answer = call(&slack, "auth.test", json!({})).await;
    assert!(answer.head.contains("x-oauth-scopes: channels:history,"), "{}", answer.head);
    let me = answer.ok();
    assert_eq!((&me["user"], &me["user_id"]), (&json!("jeda"), &json!(slack.bot_user_id())));
    assert_eq!(call(&slack, "team.info", json!({})).await.ok()["team"]["name"], "Acme");
    assert_eq!(call_form(&slack, "bots.info", "").await.ok()["bot"]["user_id"], slack.bot_user_id());
    call(&slack, "api.test", json!({})).await.ok();
    slack.assert_clean();
}

#[tokio::test]
async fn people_groups_and_conversations_are_listed_page_by_page() {
    let clock = HandClock::at(START_MS);
    let slack = Slack::start(setup(&clock).pages_of(2)).await.unwrap();
    let all = async |method: &str, more: &str, key: &str| {
        let (mut found, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
        loop {
            let page = call_form(&slack, method, &format!("{more}&limit=200&cursor={cursor}")).await.ok();
            found.extend(page[key].as_array().unwrap().clone());
            pages += 1;
            cursor = page["response_metadata"]["next_cursor"].as_str().unwrap().replace('=', "%3D");
            if cursor.is_empty() {
                return (found, pages);
            }
        }
    };
    let names = |list: &[Value]| list.iter().map(|v| v["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let (people, pages) = all("users.list", "include_locale=true", "members").await;
    assert_eq!((names(&people), pages), (["jeda", "slackbot", "ana", "ben", "cid"].map(str::to_owned).to_vec(), 3));
    assert_eq!((&people[2]["locale"], &people[2]["is_admin"]), (&json!("id-ID"), &json!(true)));
    assert_eq!((&people[2]["tz"], &people[4]["tz"]), (&json!("Asia/Jakarta"), &Value::Null));
    let (channels, _) = all("conversations.list", "types=public_channel,private_channel", "channels").await;
    assert_eq!(names(&channels), ["eng", "random"], "the secret one is unknown to the bot");
    let (mine, _) = all("users.conversations", "types=public_channel", "channels").await;
    assert_eq!(names(&mine), ["eng"]);
    let eng = slack.channel_id("#eng");
    let (members, pages) = all("conversations.members", &format!("channel={eng}"), "members").await;
    assert_eq!((members.len(), pages), (3, 2));
    let groups = call_form(&slack, "usergroups.list", "include_users=true").await.ok();
    assert_eq!(groups["usergroups"][0]["users"].as_array().unwrap().len(), 2);
    let group = format!("usergroup={}", slack.group_id("@backend"));
    assert_eq!(call_form(&slack, "usergroups.users.list", &group).await.ok()["users"].as_array().unwrap().len(), 2);
    assert_eq!(call_form(&slack, "users.list", "cursor=nonsense").await.error(), "invalid_cursor");
    slack.user("ben").is_in_dnd(START_MS / 1_000, START_MS / 1_000 + 3_600);
    let dnd = call_form(&slack, "dnd.info", &format!("user={}", slack.user("ben").id())).await.ok();
    assert_eq!(dnd["dnd_enabled"], true);
    let dnd = call_form(&slack, "dnd.teamInfo", &format!("users={}", slack.user("ana").id())).await.ok();
    assert_eq!(dnd["users"][slack.user("ana").id()]["dnd_enabled"], false);
    slack.assert_clean();
}

#[tokio::test]
async fn a_message_is_found_again_by_its_metadata() {
    let (slack, clock) = acme().await;
    let opened = call(&slack, "conversations.open", json!({"users": slack.user("ana").id()})).await.ok();
    let dm = opened["channel"]["id"].clone();
    let mut sent = Vec::new();
    for n in 0..5 {
        clock.advance(1_000);
        let metadata = json!({"event_type": "jeda_effect", "event_payload": {"key": format!("k{n}")}});
        let posted =
            call(&slack, "chat.postMessage", json!({"channel": dm, "text": "t", "metadata": metadata})).await.ok();
        sent.push(posted["ts"].as_str().unwrap().to_owned());
    }
    let keys = async |args: Value| -> Vec<String> {
        let said = call(&slack, "conversations.history", args).await.ok();
        let list = said["messages"].as_array().unwrap();
        list.iter().map(|m| m["metadata"]["event_payload"]["key"].as_str().unwrap_or("-").to_owned()).collect()
    };
    assert_eq!(keys(json!({"channel": dm, "include_all_metadata": true})).await, ["k4", "k3", "k2", "k1", "k0"]);
    assert_eq!(keys(json!({"channel": dm, "limit": 1})).await, ["-"], "metadata only where it was asked for");
    let since = json!({"channel": dm, "include_all_metadata": true, "oldest": sent[1], "latest": sent[3]});
    assert_eq!(keys(since.clone()).await, ["k2"]);
    let mut inclusive = since;
    inclusive["inclusive"] = json!(true);
    assert_eq!(keys(inclusive).await, ["k3", "k2", "k1"]);

    let reply = json!({"channel": dm, "text": "r", "thread_ts": sent[0]});
    call(&slack, "chat.postMessage", reply).await.ok();
    let form = format!("channel={}&ts={}", dm.as_str().unwrap(), sent[0]);
    let replies = call_form(&slack, "conversations.replies", &form).await.ok();
    assert_eq!(replies["messages"].as_array().unwrap().len(), 2);
    assert_eq!(replies["messages"][0]["reply_count"], 1);
    assert_eq!(keys(json!({"channel": dm})).await.len(), 5, "replies are not in the history");
    slack.assert_clean();
}

#[tokio::test]
async fn own_messages_can_be_changed_and_no_others() {
    let (slack, _) = acme().await;
    let eng = slack.channel_id("#eng");
    let posted = call(&slack, "chat.postMessage", json!({"channel": eng, "text": "one"})).await.ok();
    let name = |ts: &Value| json!({"channel": eng, "ts": ts, "text": "two"});
    call(&slack, "chat.update", name(&posted["ts"])).await.ok();
    assert_eq!(slack.user("ben").sees()[0].to_string(), "#eng | jeda (edited): two");
    let others = json!(slack.user("ben").says_in("#eng", "mine"));
    assert_eq!(call(&slack, "chat.update", name(&others)).await.error(), "cant_update_message");
    let delete = |ts: &Value| json!({"channel": eng, "ts": ts});
    assert_eq!(call(&slack, "chat.delete", delete(&others)).await.error(), "cant_delete_message");
    slack.user("ben").replies_in_thread("two", "a reply");
    call(&slack, "chat.delete", delete(&posted["ts"])).await.ok();
    assert_eq!(call(&slack, "chat.delete", delete(&posted["ts"])).await.error(), "message_not_found");
    let history = call(&slack, "conversations.history", json!({"channel": eng})).await.ok();
    assert_eq!(history["messages"][1]["subtype"], "tombstone", "its thread lives on");
    slack.assert_clean();
}

#[tokio::test]
async fn refusals_that_any_bot_meets() {
    let (slack, clock) = acme().await;
    let post = async |channel: &str| call(&slack, "chat.postMessage", json!({"channel": channel, "text": "t"})).await;
    assert_eq!(post("C999").await.error(), "channel_not_found");
    assert_eq!(post(&slack.channel_id("#secret")).await.error(), "channel_not_found");
    assert_eq!(post(&slack.channel_id("#random")).await.error(), "not_in_channel");
    slack.archives("#eng");
    assert_eq!(post("#eng").await.error(), "is_archived");
    slack.unarchives("#eng");
    post("#eng").await.ok();
    let info = async |user: &str| call_form(&slack, "users.info", &format!("user={user}")).await;
    assert_eq!(info("U999").await.error(), "user_not_found");
    let open = async |user: &str| call(&slack, "conversations.open", json!({"users": user})).await;
    assert_eq!(open("U999").await.error(), "user_not_found");
    slack.user("cid").is_deactivated();
    assert_eq!(open(slack.user("cid").id()).await.error(), "user_disabled");
    let whisper = json!({"channel": slack.channel_id("#eng"), "user": slack.user("cid").id(), "text": "t"});
    assert_eq!(call(&slack, "chat.postEphemeral", whisper).await.error(), "user_not_in_channel");
    let history = json!({"channel": slack.channel_id("#random")});
    assert_eq!(call(&slack, "conversations.history", history).await.error(), "not_in_channel");
    slack.revokes_token(true);
    assert_eq!(post("#eng").await.error(), "token_revoked");
    slack.revokes_token(false);
    let url = format!("{}auth.test", slack.api_url());
    assert_eq!(send(&url, "xoxb-wrong", "application/json", "{}").await.unwrap().error(), "invalid_auth");

    let waiting = slack.undelivered();
    let mut bot = Wire::open(&slack).await;
    for _ in 0..waiting {
        // What happened before the socket opened comes first.
        bot.event().await;
    }
    let ana = slack.user("ana");
    let (_, envelope) = tokio::join!(ana.runs("/standup"), bot.take());
    clock.advance(3_001);
    let open = json!({"trigger_id": envelope["payload"]["trigger_id"], "view": form()});
    assert_eq!(call(&slack, "views.open", open).await.error(), "expired_trigger_id");
    slack.assert_clean();
}

#[tokio::test]
async fn mistakes_are_refused_and_kept() {
    let (slack, _) = acme().await;
    let eng = slack.channel_id("#eng");
    let wrong = async |method: &str, args: Value, code: &str| {
        assert_eq!(call(&slack, method, args).await.error(), code, "{method}");
        let kept = slack.recorder().take_violations();
        assert_eq!(kept.len(), 1, "{method} {code}: {kept:?}");
    };
    wrong("chat.scheduleMessage", json!({}), "unknown_method").await;
    wrong("chat.postMessage", json!({"text": "nowhere"}), "invalid_arguments").await;
    wrong("chat.postMessage", json!({"channel": eng}), "no_text").await;
    wrong("chat.postMessage", json!({"channel": eng, "text": "t".repeat(40_001)}), "msg_too_long").await;
    let blocks = Value::Array(vec![markdown(&"t".repeat(2_700)); 5]);
    wrong("chat.postMessage", json!({"channel": eng, "blocks": blocks}), "msg_blocks_too_long").await;
    let blocks = json!([{"type": "actions", "elements": [button("x", "a", ""), button("x", "b", "")]}]);
    wrong("chat.postMessage", json!({"channel": eng, "blocks": blocks}), "invalid_blocks").await;
    wrong(
        "chat.postMessage",
        json!({"channel": eng, "text": "t", "metadata": {"event_type": "x"}}),
        "invalid_metadata_format",
    )
    .await;
    wrong("users.info", json!({"user": slack.user("ana").id()}), "invalid_arguments").await;
    wrong("views.open", json!({"trigger_id": "1.2.3", "view": form()}), "invalid_trigger_id").await;
    wrong("apps.connections.open", json!({}), "not_allowed_token_type").await;

    for ping in [
        json!({"text": "<!channel> hi"}),
        json!({"blocks": [markdown("<!here>")]}),
        json!({"text": "t", "surprise": 1}),
    ] {
        let mut args = ping;
        args["channel"] = json!(eng);
        call(&slack, "chat.postMessage", args).await.ok();
        assert_eq!(slack.recorder().take_violations().len(), 1);
    }
    call(&slack, "chat.postMessage", json!({"channel": eng, "text": "&lt;!channel&gt; and @here"})).await.ok();
    let blocks = json!([{"type": "section", "text": plain("<!here>")}]);
    call(&slack, "chat.postMessage", json!({"channel": eng, "blocks": blocks})).await.ok();
    slack.assert_clean();
}

#[tokio::test]
async fn a_missing_scope_is_named() {
    let clock = HandClock::at(START_MS);
    let scopes: Vec<&str> = USUAL_SCOPES.iter().copied().filter(|s| *s != "im:history").collect();
    let slack = Slack::start(setup(&clock).scopes(&scopes)).await.unwrap();
    let opened = call(&slack, "conversations.open", json!({"users": slack.user("ana").id()})).await.ok();
    let refused = call(&slack, "conversations.history", json!({"channel": opened["channel"]["id"]})).await;
    assert_eq!((refused.error(), &refused.body["needed"]), ("missing_scope", &json!("im:history")));
    assert_eq!(slack.recorder().take_violations().len(), 1);
}

#[tokio::test]
async fn rates_are_limited_by_channel_and_minute() {
    let (slack, clock) = acme().await;
    slack.limits_rates(true);
    let post = async |channel: &str| call(&slack, "chat.postMessage", json!({"channel": channel, "text": "t"})).await;
    post("#eng").await.ok();
    let refused = post("#eng").await;
    assert_eq!((refused.status, refused.error()), (429, "ratelimited"));
    assert!(refused.head.contains("retry-after: 1"), "{}", refused.head);
    post(slack.user("ana").id()).await.ok();
    clock.advance(1_000);
    post("#eng").await.ok();
    for _ in 0..20 {
        call_form(&slack, "users.list", "").await.ok();
    }
    clock.advance(20_000);
    let refused = call_form(&slack, "users.list", "").await;
    assert!(refused.head.contains("retry-after: 40"), "{}", refused.head);
    slack.assert_clean();
}

#[tokio::test]
async fn trouble_comes_when_it_is_ordered() {
    let (slack, _) = acme().await;
    let url = format!("{}chat.postMessage", slack.api_url());
    let post = async |text: &str| {
        let body = json!({"channel": "#eng", "text": text}).to_string();
        send(&url, &slack.tokens().bot, "application/json", &body).await
    };
    let faults = slack.faults();
    faults.next(1, "chat.postMessage", Fault::AppliedThenCloses);
    faults.next(1, "chat.postMessage", Fault::Closes);
    faults.next(1, "chat.postMessage", Fault::Status(503));
    faults.next(1, "chat.postMessage", Fault::RateLimited { retry_after: 7.0 });
    faults.next(1, "*", Fault::Refused("fatal_error".into()));
    faults.next(1, "*", Fault::Slow { ms: 1 });
    assert!(post("applied, unanswered").await.is_none());
    assert!(post("lost").await.is_none());
    assert_eq!(post("lost").await.unwrap().status, 503);
    let limited = post("lost").await.unwrap();
    assert!(limited.status == 429 && limited.head.contains("retry-after: 7"), "{}", limited.head);
    assert_eq!(post("lost").await.unwrap().error(), "fatal_error");
    post("slow").await.unwrap().ok();
    let said: Vec<String> = slack.user("ben").sees().into_iter().map(|s| s.text).collect();
    assert_eq!(said, ["applied, unanswered", "slow"]);
    assert_eq!(faults.pending(), 0);
    let statuses: Vec<u16> = slack.recorder().calls_of("chat.postMessage").iter().map(|c| c.status).collect();
    assert_eq!(statuses, [0, 0, 503, 429, 200, 200]);

    slack.refuses_connections(true);
    assert!(post("nobody home").await.is_none());
    slack.refuses_connections(false);
    post("back").await.unwrap().ok();
    slack.assert_clean();
}

#[tokio::test]
async fn a_call_can_hang_though_it_was_done() {
    let (slack, _) = acme().await;
    slack.faults().next(1, "chat.postMessage", Fault::AppliedThenHangs);
    let ben = slack.user("ben");
    tokio::select! {
        _ = call(&slack, "chat.postMessage", json!({"channel": "#eng", "text": "done"})) => panic!("it answered"),
        seen = ben.waits_for("done") => assert_eq!(seen.place, "#eng"),
    }
    // The caller gave up, and what it held is let go.
    slack.quiet().await;
}

#[tokio::test]
async fn calls_are_kept_without_their_token() {
    let (slack, _) = acme().await;
    let token = slack.tokens().bot;
    call_form(&slack, "chat.postMessage", &format!("token={token}&channel=%23eng&text=a+b")).await.ok();
    let kept = slack.recorder().calls();
    assert_eq!(kept[0].arguments, json!({"channel": "#eng", "text": "a b"}));
    assert_eq!((kept[0].credential.as_str(), kept[0].at), ("bot", START_MS));
    assert!(!format!("{kept:?}").contains(&token));
}

#[tokio::test]
async fn acknowledgements_and_answers_are_kept_whatever_becomes_of_them() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ana = slack.user("ana");
    let (_, url) = tokio::join!(ana.runs_in("#eng", "/hours"), async {
        let envelope = bot.next().await.unwrap();
        bot.acknowledge(&envelope, Some(json!({"text": "noted"}))).await;
        envelope["payload"]["response_url"].as_str().unwrap().to_owned()
    });
    slack.faults().next(1, "response_url", Fault::Status(500));
    let answer = json!({"text": "more"}).to_string();
    assert_eq!(send(&url, "", "application/json", &answer).await.unwrap().status, 500);
    let kept = slack.recorder().calls();
    let acknowledged = kept.iter().find(|call| call.operation == "acknowledge slash_commands").unwrap();
    assert_eq!(acknowledged.arguments["payload"], json!({"text": "noted"}));
    let answered = kept.iter().find(|call| call.operation == "response_url").unwrap();
    assert_eq!((&answered.arguments, answered.status), (&json!({"text": "more"}), 500));
}
