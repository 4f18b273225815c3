//! People act, and the bot hears of it.

use crate::wire::{Wire, acme, button, call, call_form, form, markdown, plain, send};
use serde_json::{Value, json};

#[tokio::test]
async fn a_command_reaches_the_bot_escaped_and_its_answer_is_only_for_who_asked() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ana = slack.user("ana");
    let (answer, ()) = tokio::join!(ana.runs_in("#eng", "/standup new for #eng by @ben & <co>"), async {
        let envelope = bot.next().await.unwrap();
        assert_eq!(envelope["type"], "slash_commands");
        assert_eq!(envelope["accepts_response_payload"], true);
        let payload = &envelope["payload"];
        assert_eq!(payload["command"], "/standup");
        let (eng, ben) = (slack.channel_id("#eng"), slack.user("ben"));
        let text = format!("new for <#{eng}|eng> by <@{}|ben> &amp; &lt;co&gt;", ben.id());
        assert_eq!(payload["text"], text);
        assert_eq!(payload["user_id"], ana.id());
        assert_eq!(payload["channel_name"], "eng");
        bot.acknowledge(&envelope, Some(json!({"response_type": "ephemeral", "text": "*done*, <@U9>"}))).await;
    });
    assert!(answer.acknowledged);
    assert_eq!(answer.words.unwrap().text, "done, @U9");
    assert!(ana.sees()[0].only_you);
    assert!(slack.user("ben").sees().is_empty());
    slack.assert_clean();
}

#[tokio::test]
async fn everyone_reads_a_message_in_their_own_time() {
    let (slack, _) = acme().await;
    let blocks = json!([
        {"type": "header", "text": plain("Standup &amp; more")},
        markdown("*Due* <!date^1795485600^{date_short_pretty} at {time}|soon>"),
        {"type": "divider"},
        {"type": "rich_text", "elements": [
            {"type": "rich_text_section", "elements": [
                {"type": "user", "user_id": slack.user("ben").id()}, {"type": "text", "text": " said <b>"}]},
            {"type": "rich_text_list", "style": "bullet", "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}]},
            {"type": "rich_text_quote", "elements": [
                {"type": "date", "timestamp": 1_795_485_600, "format": "{time}", "fallback": "then"}]}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}, plain("print")]},
        {"type": "actions", "elements": [button("a", "Answer", "1"), button("s", "Skip", "2")]},
    ]);
    let posted = call(&slack, "chat.postMessage", json!({"channel": slack.channel_id("#eng"), "blocks": blocks})).await;
    posted.ok();
    let body = |due: &str, time: &str| {
        format!("Standup & more\nDue {due}\n---\n@ben said <b>\n• one\n> {time}\nsmall print\n[Answer] [Skip]")
    };
    assert_eq!(slack.user("ana").sees_in("#eng")[0].text, body("hari ini at 09.00", "09.00"));
    assert_eq!(slack.user("ben").sees_in("#eng")[0].text, body("today at 9:00 PM", "9:00 PM"));
    assert_eq!(slack.user("ben").sees()[0].buttons, ["Answer", "Skip"]);
    slack.assert_clean();
}

#[tokio::test]
async fn a_button_opens_a_form_that_says_what_is_wrong_until_it_is_right() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ana = slack.user("ana");
    let blocks = json!([{"type": "actions", "block_id": "row", "elements": [button("answer", "Answer", "round 7")]}]);
    call(&slack, "chat.postMessage", json!({"channel": ana.id(), "text": "Standup", "blocks": blocks})).await.ok();
    assert_eq!(bot.event().await["bot_id"], "B0000000001", "the bot hears itself");

    let (clicked, ()) = tokio::join!(ana.clicks("Answer"), async {
        let payload = bot.take().await["payload"].clone();
        assert_eq!(payload["type"], "block_actions");
        assert_eq!(payload["actions"][0]["value"], "round 7");
        assert_eq!(payload["actions"][0]["block_id"], "row");
        assert_eq!(payload["message"]["text"], "Standup");
        let open = json!({"trigger_id": payload["trigger_id"], "view": form()});
        let view = call(&slack, "views.open", open.clone()).await.ok()["view"].clone();
        assert_eq!(view["root_view_id"], view["id"]);
        assert_eq!(call(&slack, "views.open", open).await.error(), "exchanged_trigger_id");
    });
    assert!(clicked.acknowledged);
    let seen = ana.form().unwrap();
    assert_eq!(seen.title, "Standup");
    assert_eq!(seen.field("Mood").unwrap().value.as_deref(), Some("Good"));
    assert_eq!(seen.field("q1").unwrap().hint.as_deref(), Some("briefly"));
    assert_eq!(seen.words, ["For #(private channel): three minutes"]);

    // Slack's own client stops what it can.
    let stopped = ana.submits([]).await;
    assert_eq!(stopped.errors, [("Yesterday?".to_owned(), "Please complete this required field.".to_owned())]);
    assert!(ana.submits([("q1", "longer than twenty characters")]).await.errors[0].1.contains("at most 20"));
    assert!(ana.submits([("q1", "ok"), ("Mood", "Blue")]).await.errors[0].1.contains("not one of the choices"));

    let (refused, ()) = tokio::join!(ana.submits([("Yesterday?", "tests"), ("Who helps?", "@ben, cid")]), async {
        let envelope = bot.next().await.unwrap();
        let view = &envelope["payload"]["view"];
        assert_eq!(envelope["payload"]["type"], "view_submission");
        assert_eq!(view["private_metadata"], "round 7");
        let values = &view["state"]["values"];
        assert_eq!(values["q1"]["a1"], json!({"type": "plain_text_input", "value": "tests"}));
        assert_eq!(values["q2"]["a2"]["selected_option"]["value"], "g");
        assert_eq!(values["q3"]["a3"]["selected_users"], json!([slack.user("ben").id(), slack.user("cid").id()]));
        let errors = json!({"response_action": "errors", "errors": {"q1": "Say more"}});
        bot.acknowledge(&envelope, Some(errors)).await;
    });
    assert_eq!(refused.errors, [("Yesterday?".to_owned(), "Say more".to_owned())]);
    assert_eq!(ana.form().unwrap().field("Yesterday?").unwrap().value.as_deref(), Some("tests"), "nothing is lost");

    let (taken, _) = tokio::join!(ana.submits([("Yesterday?", "more tests")]), bot.take());
    assert_eq!((taken.acknowledged, taken.errors.len()), (true, 0));
    assert_eq!(ana.form(), None);
    slack.assert_clean();
}

#[tokio::test]
async fn forms_are_pushed_replaced_and_closed() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ana = slack.user("ana");
    let (_, envelope) = tokio::join!(ana.runs("/standup"), bot.take());
    let trigger = envelope["payload"]["trigger_id"].clone();
    let opened = call(&slack, "views.open", json!({"trigger_id": trigger, "view": form()})).await.ok();
    let mut second = form();
    second["title"] = plain("Second");

    let (_, ()) = tokio::join!(ana.submits([("q1", "x")]), async {
        let envelope = bot.next().await.unwrap();
        bot.acknowledge(&envelope, Some(json!({"response_action": "push", "view": second}))).await;
    });
    assert_eq!(ana.form().unwrap().title, "Second");
    let (closed, envelope) = tokio::join!(ana.closes(), bot.take());
    assert!(closed.acknowledged);
    assert_eq!(envelope["payload"]["type"], "view_closed");
    assert_eq!(ana.form().unwrap().title, "Standup", "the one below comes back");

    let update = json!({"view_id": opened["view"]["id"], "view": second, "hash": "stale"});
    assert_eq!(call(&slack, "views.update", update).await.error(), "hash_conflict");
    let update = json!({"view_id": opened["view"]["id"], "view": second, "hash": opened["view"]["hash"]});
    call(&slack, "views.update", update).await.ok();
    assert_eq!(ana.form().unwrap().title, "Second");
    assert_eq!(ana.form().unwrap().field("q1").unwrap().value.as_deref(), Some("x"), "what was entered stays");

    let (_, ()) = tokio::join!(ana.submits([]), async {
        let envelope = bot.next().await.unwrap();
        bot.acknowledge(&envelope, Some(json!({"response_action": "clear"}))).await;
    });
    assert_eq!(ana.form(), None);
    slack.assert_clean();
}

#[tokio::test]
async fn what_is_said_edited_and_deleted_comes_as_events() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ana = slack.user("ana");
    let ts = ana.replies("done & <dusted> with @ben");
    let said = bot.event().await;
    assert_eq!((&said["type"], &said["channel_type"]), (&json!("message"), &json!("im")));
    assert_eq!(said["text"], format!("done &amp; &lt;dusted&gt; with <@{}>", slack.user("ben").id()));
    assert_eq!((&said["user"], &said["ts"]), (&json!(ana.id()), &json!(ts)));
    assert_eq!(said["blocks"][0]["elements"][0]["elements"][0]["text"], "done & <dusted> with ");

    ana.replies_in_thread("dusted", "and more");
    assert_eq!(bot.event().await["thread_ts"], ts);

    ana.edits(&ts, "all done");
    let edited = bot.event().await;
    assert_eq!((&edited["subtype"], &edited["message"]["text"]), (&json!("message_changed"), &json!("all done")));
    assert_eq!(edited["previous_message"]["ts"], edited["message"]["ts"]);
    assert_ne!(edited["ts"], edited["message"]["ts"]);
    assert_eq!(ana.dm()[0].to_string(), "DM ana | ana (edited): all done");

    ana.deletes("and more");
    let deleted = bot.event().await;
    assert_eq!(deleted["subtype"], "message_deleted");
    assert_eq!(deleted["deleted_ts"], deleted["previous_message"]["ts"]);
    assert_eq!(ana.dm().len(), 1);
    slack.assert_clean();
}

#[tokio::test]
async fn what_changes_in_the_workspace_comes_as_events() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ben = slack.user("ben");
    call(&slack, "chat.postMessage", json!({"channel": "#eng", "text": "to all"})).await.ok();
    assert_eq!(ben.sees().len(), 1);
    assert_eq!(bot.event().await["type"], "message", "what is written in channels comes, its own as well");
    ben.changes_zone(None);
    let changed = bot.event().await;
    assert_eq!((&changed["type"], &changed["user"]["tz"]), (&json!("user_change"), &Value::Null));
    ben.changes_locale("id-ID");
    assert_eq!(bot.event().await["user"]["locale"], "id-ID");
    slack.user("cid").joins("#eng");
    let joined = bot.event().await;
    assert_eq!((&joined["type"], &joined["channel_type"]), (&json!("member_joined_channel"), &json!("C")));
    ben.leaves("#eng");
    assert_eq!(bot.event().await["type"], "member_left_channel");
    // The bot is not in there, and is not told.
    slack.user("cid").joins("#random");
    slack.invites_bot("#random");
    let invited = bot.event().await;
    assert_eq!((&invited["user"], &invited["inviter"]), (&json!(slack.bot_user_id()), &json!(slack.user("ana").id())));
    slack.removes_bot("#random");
    assert_eq!(bot.event().await["user"], slack.bot_user_id());
    slack.renames("#eng", "#builders");
    assert_eq!(bot.event().await["channel"]["name"], "builders");
    slack.archives("#builders");
    assert_eq!(bot.event().await["type"], "channel_archive");
    slack.unarchives("#builders");
    assert_eq!(bot.event().await["type"], "channel_unarchive");
    slack.changes_group("@backend", &["cid"]);
    let group = bot.event().await;
    assert_eq!((&group["added_users_count"], &group["removed_users_count"]), (&json!(1), &json!(2)));
    slack.welcomes(&jeda_emulator::slack::Member::named("dee"));
    assert_eq!(bot.event().await["user"]["name"], "dee");
    ben.is_deactivated();
    let gone = bot.event().await;
    assert_eq!((&gone["user"]["deleted"], gone["user"].get("tz")), (&json!(true), None));
    assert!(ben.sees().is_empty());
    slack.uninstalls();
    assert_eq!(bot.event().await["type"], "tokens_revoked");
    assert_eq!(bot.event().await["type"], "app_uninstalled");
    assert_eq!(call(&slack, "auth.test", json!({})).await.error(), "account_inactive");
    slack.assert_clean();
}

#[tokio::test]
async fn an_address_takes_five_answers_in_thirty_minutes() {
    let (slack, clock) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ana = slack.user("ana");
    let (_, envelope) = tokio::join!(ana.runs_in("#random", "/standup"), bot.take());
    let url = envelope["payload"]["response_url"].as_str().unwrap().to_owned();
    let answer = async |text: &str| {
        let body = json!({"text": text, "response_type": "ephemeral"}).to_string();
        send(&url, "", "application/json", &body).await.unwrap()
    };
    for n in 1..=5 {
        assert_eq!(answer(&format!("answer {n}")).await.status, 200);
    }
    assert_eq!(ana.sees_in("#random").len(), 5, "also where the bot is not");
    assert_eq!(answer("one too many").await.error(), "used_url");
    assert_eq!(slack.recorder().take_violations().len(), 1);

    let (_, envelope) = tokio::join!(ana.runs("/standup"), bot.take());
    let url = envelope["payload"]["response_url"].as_str().unwrap().to_owned();
    clock.advance(30 * 60_000 + 1);
    let late = send(&url, "", "application/json", r#"{"text": "late"}"#).await.unwrap();
    assert_eq!(late.error(), "expired_url");
    slack.assert_clean();
}

#[tokio::test]
async fn a_button_answers_by_replacing_its_own_message() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ben = slack.user("ben");
    let blocks = json!([{"type": "actions", "elements": [button("x", "Not today", "")]}]);
    let whisper = json!({"channel": slack.channel_id("#eng"), "user": ben.id(), "text": "?", "blocks": blocks});
    call(&slack, "chat.postEphemeral", whisper).await.ok();
    assert!(slack.user("ana").sees().is_empty());
    let (_, envelope) = tokio::join!(ben.clicks("Not today"), bot.take());
    let payload = &envelope["payload"];
    assert_eq!((&payload["container"]["is_ephemeral"], payload.get("message")), (&json!(true), None));
    let url = payload["response_url"].as_str().unwrap();
    send(url, "", "application/json", r#"{"replace_original": true, "text": "noted"}"#).await.unwrap();
    assert_eq!(ben.waits_for("noted").await.to_string(), "#eng | jeda (only visible to you) (edited): noted");
    send(url, "", "application/json", r#"{"delete_original": true}"#).await.unwrap();
    assert!(ben.sees().is_empty());
    slack.assert_clean();
}

#[tokio::test]
async fn a_shortcut_carries_its_message() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    slack.user("ben").says_in("#eng", "look at this");
    assert_eq!(bot.event().await["type"], "message");
    let ana = slack.user("ana");
    let (_, envelope) = tokio::join!(ana.uses_shortcut("deliver", "look at this"), bot.take());
    let payload = &envelope["payload"];
    assert_eq!((&payload["type"], &payload["callback_id"]), (&json!("message_action"), &json!("deliver")));
    assert_eq!(payload["message"]["text"], "look at this");
    assert_eq!(payload["message_ts"], payload["message"]["ts"]);
    slack.assert_clean();
}

#[tokio::test]
async fn the_journal_tells_the_story() {
    let (slack, _) = acme().await;
    let mut bot = Wire::open(&slack).await;
    let ana = slack.user("ana");
    tokio::join!(ana.runs("/standup new"), bot.take());
    call_form(&slack, "chat.postMessage", &format!("channel={}&text=hello+there", ana.id())).await.ok();
    ana.replies("hi");
    let told: Vec<String> =
        slack.journal().iter().map(|e| format!("{} {} {:?} {}", e.place, e.who, e.act, e.text)).collect();
    assert_eq!(told, ["DM ana ana Command /standup new", "DM ana jeda Posted hello there", "DM ana ana Posted hi"]);
}
