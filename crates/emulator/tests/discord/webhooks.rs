//! Webhooks, deletion by the bot, and files on messages.

use super::bot::{Bot, Ears, INTENTS, NOW, id, setup, start, text};
use jeda_emulator::{
    clock::HandClock,
    discord::{Discord, INVITED, MANAGE_MESSAGES, MANAGE_WEBHOOKS},
};
use serde_json::{Value, json};

async fn manager() -> (Discord, HandClock) {
    let clock = HandClock::at(NOW);
    let setup = setup(&clock).bot_permissions(INVITED | MANAGE_MESSAGES | MANAGE_WEBHOOKS);
    (Discord::start(setup).await.unwrap(), clock)
}

fn hook_path(hook: &Value) -> String {
    format!("/webhooks/{}/{}", hook["id"].as_str().unwrap(), hook["token"].as_str().unwrap())
}

#[tokio::test]
async fn whoever_may_not_manage_them_sees_and_makes_no_webhooks_and_deletes_nothing() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let path = format!("/channels/{}/webhooks", discord.channel_id("#eng"));
    assert_eq!(bot.refused("GET", &path, json!(null)).await, (403, 50013));
    assert_eq!(bot.refused("POST", &path, json!({"name": "x"})).await, (403, 50013));
    let theirs = discord.user("sari").says("#eng", "mine");
    let message = format!("/channels/{}/messages/{theirs}", discord.channel_id("#eng"));
    assert_eq!(bot.refused("DELETE", &message, json!(null)).await, (403, 50013));
    discord.overwrites("eng", "bot", MANAGE_MESSAGES, 0);
    bot.does("DELETE", &message, json!(null)).await;
    assert!(discord.user("sari").sees_in("#eng").is_empty());
    // Elsewhere it still may not.
    let there = discord.user("sari").says("#general", "mine");
    let message = format!("/channels/{}/messages/{there}", discord.channel_id("#general"));
    assert_eq!(bot.refused("DELETE", &message, json!(null)).await, (403, 50013));
    discord.assert_clean();
}

#[tokio::test]
async fn a_webhook_posts_under_any_name_and_notifies_whom_it_may() {
    let (discord, _) = manager().await;
    let bot = Bot::of(&discord);
    let mut ears = Ears::listen(&discord, INTENTS).await;
    let eng = discord.channel_id("#eng");
    let path = format!("/channels/{eng}/webhooks");
    assert_eq!(bot.does("GET", &path, json!(null)).await, json!([]));
    let hook = bot.does("POST", &path, json!({"name": "jeda"})).await;
    assert_eq!(hook["application_id"].as_str(), Some(bot.app.as_str()));
    assert_eq!(bot.does("GET", &path, json!(null)).await[0]["token"], hook["token"]);
    let sari = discord.user("sari");
    let body = json!({
        "content": format!("<@{}> @everyone **hello**", sari.id()), "username": "Ana of Ops",
        "avatar_url": "https://cdn.discordapp.com/embed/avatars/0.png",
        "allowed_mentions": {"parse": [], "users": [sari.id().to_string()]},
    });
    let posted = bot.does("POST", &format!("{}?wait=true", hook_path(&hook)), body.clone()).await;
    assert_eq!(posted["webhook_id"], hook["id"]);
    let seen = sari.sees_in("#eng").pop().unwrap();
    assert_eq!((seen.who.as_str(), seen.pings), ("Ana of Ops", vec!["sari".to_owned()]));
    let event = ears.event("MESSAGE_CREATE").await;
    assert_eq!((&event["author"]["username"], &event["webhook_id"]), (&json!("Ana of Ops"), &hook["id"]));
    let history = bot.does("GET", &format!("/channels/{eng}/messages?limit=1"), json!(null)).await;
    assert_eq!((&history[0]["id"], &history[0]["author"]["bot"]), (&posted["id"], &json!(true)));
    // Without `wait` there is no answer, and a webhook may mention everyone where nothing keeps it from that.
    let all = json!({"content": "@everyone", "allowed_mentions": {"parse": ["everyone"]}});
    assert_eq!(bot.call("POST", &hook_path(&hook), all).await, (204, Value::Null));
    assert_eq!(sari.sees_in("#eng").pop().unwrap().pings, ["@everyone"]);
    discord.assert_clean();
}

#[tokio::test]
async fn what_a_webhook_is_refused() {
    let (discord, _) = manager().await;
    let bot = Bot::of(&discord);
    let eng = discord.channel_id("#eng");
    let path = format!("/channels/{eng}/webhooks");
    let hook = bot.does("POST", &path, json!({"name": "jeda"})).await;
    let at = hook_path(&hook);
    let said = |key: &str, value: Value| {
        let mut body = text("x");
        body[key] = value;
        body
    };
    for (body, code) in [
        (said("username", json!("Discord friend")), 50035),
        (said("username", json!("x".repeat(81))), 50035),
        (said("username", json!("")), 50035),
        (said("avatar_url", json!("face.png")), 50035),
        (said("nonce", json!("k")), 50035),
        (said("message_reference", json!({"message_id": "1"})), 50035),
        (text(&"x".repeat(2_001)), 50035),
        (text(" "), 50006),
    ] {
        assert_eq!(bot.refused("POST", &at, body.clone()).await, (400, code), "{body}");
    }
    assert_eq!(bot.refused("POST", &format!("/webhooks/{}/wrong", id(&hook)), text("x")).await, (401, 50027));
    assert_eq!(bot.refused("POST", &path, json!({"name": "clyde"})).await, (400, 50035));
    discord.recorder().take_violations();
    // A thread of another channel is none of this one's.
    let elsewhere = discord.user("sari").says("#general", "root");
    let thread = discord.user("sari").opens_thread(elsewhere, "side");
    assert_eq!(bot.refused("POST", &format!("{at}?wait=true&thread_id={thread}"), text("x")).await, (404, 10003));
    let root = discord.user("sari").says("#eng", "root");
    let thread = discord.user("sari").opens_thread(root, "talk");
    let posted = bot.does("POST", &format!("{at}?wait=true&thread_id={thread}"), text("x")).await;
    assert_eq!(posted["channel_id"], thread.to_string());
    for _ in 1..15 {
        bot.does("POST", &path, json!({"name": "more"})).await;
    }
    assert_eq!(bot.refused("POST", &path, json!({"name": "more"})).await, (400, 30007));
    assert_eq!(discord.deletes_webhooks("#eng"), 15);
    assert_eq!(bot.refused("POST", &at, text("x")).await, (404, 10015));
    discord.assert_clean();
}

#[tokio::test]
async fn a_file_is_on_its_message_for_whoever_may_read_it() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let (mut all, mut deaf) =
        (Ears::listen(&discord, INTENTS).await, Ears::listen(&discord, INTENTS & !(1 << 15)).await);
    let message = discord.user("sari").says_with_file("#eng", "the plan", "plan.pdf", 12_345);
    let event = all.event("MESSAGE_CREATE").await;
    assert_eq!(
        (&event["attachments"][0]["filename"], &event["attachments"][0]["size"]),
        (&json!("plan.pdf"), &json!(12_345))
    );
    assert_eq!(deaf.event("MESSAGE_CREATE").await["attachments"], json!([]));
    let path = format!("/channels/{}/messages/{message}", discord.channel_id("#eng"));
    assert_eq!(bot.does("GET", &path, json!(null)).await["attachments"][0]["filename"], "plan.pdf");
    discord.assert_clean();
}
