//! The adapter against a Slack of its own: what is acknowledged when, what is said where, what is sent once.

#![expect(clippy::unwrap_used, reason = "the helpers of a test fail it where they are")]

mod bot;
mod sending;
mod slack;

use bot::{Bot, Do, config};
use jeda_core::{
    action::FormId,
    event::{Event, Seen},
    id::WorkspaceId,
    message::{Block, Field, FieldKind, Form, Message, Reply, Text},
    people,
};
use jeda_slack::{ConnectError, Stopped, connect, doctor};
use serde_json::{Value, json};
use slack::{Answer, Slack};
use std::sync::Arc;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

fn command(bot: &Bot, envelope: &str, user: &str, trigger: &str) -> Value {
    json!({
        "type": "slash_commands", "envelope_id": envelope, "accepts_response_payload": true,
        "payload": {
            "team_id": "T1", "user_id": user, "channel_id": "C1", "command": "/hours", "text": "",
            "trigger_id": trigger, "response_url": bot.slack.respond_url("command"),
        },
    })
}

fn click(bot: &Bot, trigger: &str) -> Value {
    json!({
        "type": "interactive", "envelope_id": "e-click", "accepts_response_payload": false,
        "payload": {
            "type": "block_actions", "user": { "id": "U1" }, "trigger_id": trigger, "channel": { "id": "D1" },
            "response_url": bot.slack.respond_url("click"),
            "actions": [{ "action_id": "p:hours", "value": "p:hours" }],
        },
    })
}

fn submission(trigger: &str) -> Value {
    json!({
        "type": "interactive", "envelope_id": "e-form", "accepts_response_payload": true,
        "payload": {
            "type": "view_submission", "user": { "id": "U1" }, "trigger_id": trigger,
            "view": { "id": "V1", "hash": "h", "callback_id": "p:hours", "title": { "text": "Your hours" },
                "state": { "values": { "zone": { "zone": { "value": "Mars" } } } } },
        },
    })
}

fn said(envelope: &str, event_id: &str, user: &str) -> Value {
    json!({
        "type": "events_api", "envelope_id": envelope, "accepts_response_payload": false,
        "payload": { "event_id": event_id, "team_id": "T1", "event": {
            "type": "message", "channel_type": "im", "channel": "D1", "user": user, "ts": "1.1", "text": "hi" } },
    })
}

fn words(text: &str) -> Reply {
    Reply::Say(Message::of(Text::plain(text)))
}

fn form() -> Reply {
    Reply::Open(Form {
        id: FormId::People(people::FormId::Hours),
        title: "Your hours".into(),
        submit: "Save".into(),
        cancel: "Cancel".into(),
        intro: vec![Block::Text(Text::plain("When do you work?"))],
        fields: vec![Field {
            id: "zone".into(),
            label: "Time zone".into(),
            hint: None,
            kind: FieldKind::Line,
            value: None,
            optional: false,
        }],
    })
}

#[tokio::test]
async fn the_bot_tells_where_it_is_before_anything_else() {
    let mut bot = Bot::start(2).await;
    assert_eq!(bot.connected.workspace, WorkspaceId::new("slack:T1"));
    let first = bot.takes().await;
    assert_eq!(first.key.as_str(), "arrived/1795503600000");
    let Event::Seen(Seen::Workspace { name, bot: user, capabilities, .. }) = first.event else { panic!() };
    assert_eq!((name.as_str(), user.as_str(), capabilities.aside), ("Acme", "UBOT", false));
    assert_eq!(bot.slack.call("auth.test").await.token, "Bearer xoxb-test");
    assert_eq!(bot.slack.call("apps.connections.open").await.token, "Bearer xapp-test");
    let lines = vec![bot.slack.line().await, bot.slack.line().await];
    let mut link = bot.connected.link.clone();
    assert_eq!(link.wait_for(|link| link.open == 2).await.unwrap().stopped, None);
    bot.leaves(lines).await;
    assert_eq!(link.borrow().open, 0);
}

#[tokio::test]
async fn an_event_is_acknowledged_when_it_is_taken_and_not_before() {
    let bot = Bot::start(1).await;
    let gate = Arc::new(Notify::new());
    bot.desk.plan("command/slow", Do::Wait(gate.clone()));
    bot.desk.plan("command/quick", Do::Reply(words("done & <done>")));
    let mut line = bot.slack.line().await;
    line.send(command(&bot, "e1", "U1", "slow"));
    line.send(command(&bot, "e2", "U2", "quick"));
    // Somebody else's is not held up by ana's, which is still on its way to the disk.
    let ack = line.ack().await.unwrap();
    assert_eq!(ack["envelope_id"], "e2");
    assert_eq!(ack["payload"]["response_type"], "ephemeral");
    assert_eq!(ack["payload"]["text"], "done &amp; &lt;done&gt;");
    assert_eq!(ack["payload"]["blocks"][0]["elements"][0]["elements"][0]["text"], "done & <done>");
    gate.notify_one();
    assert_eq!(line.ack().await.unwrap(), json!({ "envelope_id": "e1" }));
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn what_the_store_does_not_take_is_not_acknowledged() {
    let mut bot = Bot::start(1).await;
    bot.desk.plan("event/Ev1", Do::Fail);
    let mut line = bot.slack.line().await;
    line.send(said("e1", "Ev1", "U1"));
    line.send(said("e2", "Ev2", "U1"));
    assert_eq!(line.ack().await.unwrap()["envelope_id"], "e2");
    // Slack sends it again, in a new envelope; now the disk has room.
    bot.desk.plan(
        "event/Ev1",
        Do::Wait({
            let gate = Arc::new(Notify::new());
            gate.notify_one();
            gate
        }),
    );
    line.send(said("e3", "Ev1", "U1"));
    assert_eq!(line.ack().await.unwrap()["envelope_id"], "e3");
    assert_eq!(bot.takes_from_people().await.key.as_str(), "event/Ev2");
    assert_eq!(bot.takes_from_people().await.key.as_str(), "event/Ev1");
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn whoever_waits_is_told_that_what_they_did_was_not_kept() {
    let mut bot = Bot::start(1).await;
    bot.desk.plan("command/T1", Do::Fail);
    let mut line = bot.slack.line().await;
    let sent = command(&bot, "e1", "U1", "T1");
    line.send(sent);
    let ack = line.ack().await.unwrap();
    assert_eq!(ack["payload"]["response_type"], "ephemeral");
    let told = ack["payload"]["text"].as_str().unwrap();
    assert!(told.starts_with("I could not keep that just now, so nothing has changed."), "{told}");
    // A form stays as it is, with what was typed: Slack says by itself that it could not be sent.
    bot.desk.plan("form/T2", Do::Fail);
    line.send(submission("T2"));
    line.send(said("e2", "Ev2", "U2"));
    assert_eq!(line.ack().await.unwrap()["envelope_id"], "e2");
    assert_eq!(bot.takes_from_people().await.key.as_str(), "event/Ev2");
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn a_command_without_a_trigger_is_named_by_its_envelope() {
    let mut bot = Bot::start(1).await;
    bot.desk.plan("command/e1", Do::Reply(words("done")));
    let mut line = bot.slack.line().await;
    line.send(json!({ "type": "slash_commands", "envelope_id": "e1", "accepts_response_payload": true,
        "payload": { "user_id": "U1", "command": "/back" } }));
    assert_eq!(line.ack().await.unwrap()["payload"]["text"], "done");
    assert_eq!(bot.takes_from_people().await.key.as_str(), "command/e1");
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn what_one_person_says_is_taken_in_order() {
    let mut bot = Bot::start(1).await;
    let line = bot.slack.line().await;
    let keys: Vec<String> = (0..40).map(|n| format!("Ev{}", "x".repeat(n % 7) + &n.to_string())).collect();
    for (n, key) in keys.iter().enumerate() {
        line.send(said(&format!("e{n}"), key, "U1"));
    }
    for key in &keys {
        assert_eq!(bot.takes_from_people().await.key.as_str(), format!("event/{key}"));
    }
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn a_form_opens_after_a_command_and_its_errors_stay_in_it() {
    let bot = Bot::start(1).await;
    bot.desk.plan("command/t1", Do::Reply(form()));
    bot.desk.plan("form/t2", Do::Reply(Reply::Invalid(vec![("zone".into(), "Did you mean Asia/Jakarta?".into())])));
    bot.desk.plan("form/t3", Do::Reply(words("Saved.")));
    bot.desk.plan("form/t4", Do::Reply(form()));
    let mut line = bot.slack.line().await;
    line.send(command(&bot, "e1", "U1", "t1"));
    assert_eq!(line.ack().await.unwrap(), json!({ "envelope_id": "e1" }));
    let opened = bot.slack.call("views.open").await.args;
    assert_eq!(opened["trigger_id"], "t1");
    assert_eq!(opened["view"]["callback_id"], "p:hours");

    line.send(submission("t2"));
    let ack = line.ack().await.unwrap();
    let errors = json!({ "response_action": "errors", "errors": { "zone": "Did you mean Asia/Jakarta?" } });
    assert_eq!(ack["payload"], errors);
    line.send(submission("t3"));
    let ack = line.ack().await.unwrap();
    assert_eq!(
        (&ack["payload"]["response_action"], &ack["payload"]["view"]["submit"]),
        (&json!("update"), &Value::Null)
    );
    assert_eq!(ack["payload"]["view"]["title"]["text"], "Your hours");
    line.send(submission("t4"));
    assert_eq!(line.ack().await.unwrap()["payload"]["view"]["callback_id"], "p:hours");
    line.send(submission("t5"));
    assert_eq!(line.ack().await.unwrap()["payload"], json!({ "response_action": "clear" }));
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn a_click_is_answered_for_the_one_who_clicked() {
    let bot = Bot::start(1).await;
    bot.desk.plan("click/t1", Do::Reply(words("Thank you.")));
    bot.desk.plan("click/t2", Do::Reply(words("Thank you.")));
    let mut line = bot.slack.line().await;
    line.send(click(&bot, "t1"));
    assert_eq!(line.ack().await.unwrap(), json!({ "envelope_id": "e-click" }));
    let said = bot.slack.call("respond/click").await;
    assert_eq!(said.token, "", "the address is its own right");
    assert_eq!((&said.args["response_type"], &said.args["replace_original"]), (&json!("ephemeral"), &json!(false)));

    let mut without_url = click(&bot, "t2");
    without_url["payload"]["response_url"] = Value::Null;
    line.send(without_url);
    let said = bot.slack.call("chat.postEphemeral").await.args;
    assert_eq!((&said["channel"], &said["user"]), (&json!("D1"), &json!("U1")));
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn a_long_answer_to_a_command_goes_on_at_its_address() {
    let bot = Bot::start(1).await;
    let long = Message(vec![Block::Text(Text::plain("x".repeat(2_900))); 9]);
    bot.desk.plan("command/t1", Do::Reply(Reply::Say(long)));
    let mut line = bot.slack.line().await;
    line.send(command(&bot, "e1", "U1", "t1"));
    let mut blocks = line.ack().await.unwrap()["payload"]["blocks"].as_array().unwrap().len();
    while blocks < 9 {
        blocks += bot.slack.call("respond/command").await.args["blocks"].as_array().unwrap().len();
    }
    assert_eq!(blocks, 9);
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn what_jeda_does_not_know_is_acknowledged_and_passed_over() {
    let bot = Bot::start(1).await;
    let mut line = bot.slack.line().await;
    line.send(json!({ "type": "something_new", "envelope_id": "e1", "payload": [1] }));
    line.send(json!({ "no": "envelope" }));
    line.send(json!({ "type": "events_api", "envelope_id": "e2", "payload": { "event_id": "Ev1", "event": { "type": "pin_added" } } }));
    assert_eq!(line.ack().await.unwrap(), json!({ "envelope_id": "e1" }));
    assert_eq!(line.ack().await.unwrap(), json!({ "envelope_id": "e2" }));
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn a_group_that_changed_is_asked_for_before_it_is_acknowledged() {
    let mut bot = Bot::start(1).await;
    bot.slack.answers("usergroups.users.list", Answer::Status(503, None));
    bot.slack.answers("usergroups.users.list", Answer::Ok(json!({ "users": ["U1", "U2"] })));
    let mut line = bot.slack.line().await;
    let changed = |envelope: &str, id: &str| {
        json!({ "type": "events_api", "envelope_id": envelope, "payload": { "event_id": id,
            "event": { "type": "subteam_members_changed", "subteam_id": "S1" } } })
    };
    line.send(changed("e1", "Ev1"));
    line.send(changed("e2", "Ev1"));
    assert_eq!(line.ack().await.unwrap()["envelope_id"], "e2", "the first try brought nothing");
    loop {
        if let Event::Seen(Seen::GroupMembers { group, members }) = bot.takes().await.event {
            assert_eq!((group.as_str(), members.len()), ("S1", 2));
            break;
        }
    }
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn a_closed_socket_is_opened_again() {
    let bot = Bot::start(1).await;
    let line = bot.slack.line().await;
    line.close();
    let mut line = bot.slack.line().await;
    line.send(command(&bot, "e1", "U1", "t1"));
    assert_eq!(line.ack().await.unwrap()["envelope_id"], "e1");
    bot.leaves(vec![line]).await;
}

#[tokio::test]
async fn a_socket_that_slack_replaces_still_brings_what_is_on_its_way() {
    let bot = Bot::start(1).await;
    let mut old = bot.slack.line().await;
    old.send(json!({ "type": "disconnect", "reason": "refresh_requested", "debug_info": { "host": "h" } }));
    old.send(command(&bot, "e1", "U1", "t1"));
    assert_eq!(old.ack().await.unwrap()["envelope_id"], "e1");
    let mut new = bot.slack.line().await;
    new.send(command(&bot, "e2", "U1", "t2"));
    assert_eq!(new.ack().await.unwrap()["envelope_id"], "e2");
    old.send(command(&bot, "e3", "U1", "t3"));
    assert_eq!(old.ack().await.unwrap()["envelope_id"], "e3");
    bot.leaves(vec![old, new]).await;
}

#[tokio::test]
async fn link_disabled_is_the_end_and_is_told() {
    let bot = Bot::start(2).await;
    let (first, second) = (bot.slack.line().await, bot.slack.line().await);
    first.send(json!({ "type": "disconnect", "reason": "link_disabled", "debug_info": { "host": "h" } }));
    assert_eq!(bot.connected.run.await.unwrap(), Err(Stopped::LinkDisabled));
    assert!(!bot.shutdown.is_cancelled(), "the other platform goes on");
    drop(second);
}

#[tokio::test]
async fn shutting_down_finishes_what_is_under_way() {
    let bot = Bot::start(1).await;
    let gate = Arc::new(Notify::new());
    bot.desk.plan("command/t1", Do::Wait(gate.clone()));
    let mut line = bot.slack.line().await;
    line.send(command(&bot, "e1", "U1", "t1"));
    line.send(command(&bot, "e2", "U2", "t2"));
    assert_eq!(line.ack().await.unwrap()["envelope_id"], "e2");
    bot.shutdown.cancel();
    gate.notify_one();
    assert_eq!(line.ack().await.unwrap()["envelope_id"], "e1");
    assert!(line.ack().await.is_none(), "then the bot closes the socket");
    bot.connected.run.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_token_that_does_not_work_is_said_with_its_mend() {
    let slack = Slack::start().await;
    slack.answers("auth.test", Answer::Error("invalid_auth"));
    slack.answers("auth.test", Answer::Error("account_inactive"));
    slack.answers("apps.connections.open", Answer::Error("not_allowed_token_type"));
    let clock = Arc::new(jeda_engine::VirtualClock::new(morning()));
    let desk = Arc::new(bot::Desk::default());
    let found =
        connect(config(&slack, 1), desk, Arc::new(bot::Drawer::default()), clock.clone(), CancellationToken::new());
    let Err(ConnectError::BotToken(code)) = found.await else { panic!("the token is refused") };
    assert_eq!(code, "invalid_auth");
    let found = doctor::examine(&config(&slack, 1), clock.clone()).await.unwrap();
    assert!(found.bot.unwrap_err().to_string().contains("SLACK_BOT_TOKEN (account_inactive)"));
    assert!(found.app.unwrap_err().to_string().contains("SLACK_APP_TOKEN (not_allowed_token_type)"));
    let well = doctor::examine(&config(&slack, 1), clock).await.unwrap();
    let bot = well.bot.unwrap();
    assert!(well.app.is_ok());
    assert_eq!((bot.team.as_str(), bot.needless_scopes), ("Acme", vec!["emoji:read".to_owned()]));
    assert!(bot.missing_scopes.unwrap().contains(&"im:write"));
    assert!(bot.clock_ahead.is_some());
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    let slack = Slack::start().await;
    for url in ["", "slack.com/api", "ftp://slack.com", "http://", "http:///api"] {
        let mut bad = config(&slack, 1);
        bad.api_url = url.to_owned();
        let clock = Arc::new(jeda_engine::VirtualClock::new(morning()));
        let found = doctor::examine(&bad, clock).await;
        assert!(matches!(found, Err(ConnectError::ApiUrl(_))), "{url}: {found:?}");
    }
}

fn morning() -> jiff::Timestamp {
    "2026-11-24T07:00:00Z".parse().unwrap()
}
