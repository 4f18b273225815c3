//! Trouble on demand: lost answers, errors, limits.

use super::bot::{Bot, id, start, text};
use jeda_emulator::fault::{ANY, Fault};
use serde_json::json;
use std::time::Duration;

const POST: &str = "POST /channels/{channel_id}/messages";

#[tokio::test]
async fn an_answer_is_lost_and_the_nonce_finds_it() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let eng = discord.channel_id("#eng");
    let path = format!("/channels/{eng}/messages");
    let mut body = text("once");
    body["nonce"] = json!("k1");
    body["enforce_nonce"] = json!(true);
    discord.faults().next(1, POST, Fault::AppliedThenCloses);
    assert!(bot.request("POST", &path, &body).send().await.is_err());
    discord.faults().next(1, POST, Fault::AppliedThenHangs);
    let hangs = bot.request("POST", &path, &body).timeout(Duration::from_millis(50)).send().await;
    assert!(hangs.unwrap_err().is_timeout());
    let arrived = id(&bot.say(eng, body).await);
    let seen = discord.user("sari").sees_in("#eng");
    assert_eq!((seen.len(), seen[0].id), (1, arrived));
    assert_eq!(discord.faults().pending(), 0);
    let calls: Vec<_> = discord.recorder().calls_of(POST).iter().map(|c| c.status).collect();
    assert_eq!(calls, [0, 0, 200]);
    discord.traffic().until(|| discord.in_flight() == 0).await;
    discord.assert_clean();
}

#[tokio::test]
async fn errors_and_refusals_on_demand() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let eng = discord.channel_id("#eng");
    let path = format!("/channels/{eng}/messages");
    discord.faults().next(1, ANY, Fault::Status(503));
    assert_eq!(bot.refused("POST", &path, text("x")).await, (503, 0));
    discord.faults().next(1, POST, Fault::Refused("50013".into()));
    assert_eq!(bot.refused("POST", &path, text("x")).await, (403, 50013));
    discord.faults().next(1, "POST /users/@me/channels", Fault::Refused("40003".into()));
    assert_eq!(bot.refused("POST", "/users/@me/channels", json!({"recipient_id": "1"})).await, (403, 40003));
    discord.faults().next(1, POST, Fault::RateLimited { retry_after: 1.5 });
    let answer = bot.request("POST", &path, &text("x")).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()["retry-after"]), (429, &"1.5".parse().unwrap()));
    discord.faults().next(1, POST, Fault::Closes);
    assert!(bot.request("POST", &path, &text("x")).send().await.is_err());
    discord.faults().next(1, POST, Fault::Slow { ms: 1 });
    bot.say(eng, text("at last")).await;
    assert_eq!(discord.user("sari").sees_in("#eng").len(), 1, "nothing else was done");
    discord.goes_down(true);
    assert!(bot.request("POST", &path, &text("x")).send().await.is_err());
    discord.goes_down(false);
    bot.say(eng, text("back")).await;
    discord.assert_clean();
}

#[tokio::test]
async fn limits_where_they_are_switched_on() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let path = |channel: &str| format!("/channels/{}/messages", discord.channel_id(channel));
    discord.limits_rates(true);
    let mut statuses = vec![];
    for _ in 0..6 {
        let answer = bot.request("POST", &path("#eng"), &text("x")).send().await.unwrap();
        statuses
            .push((answer.status().as_u16(), answer.headers()["x-ratelimit-remaining"].to_str().unwrap().to_owned()));
    }
    assert_eq!(statuses[0], (200, "4".to_owned()));
    assert_eq!(statuses[4], (200, "0".to_owned()));
    assert_eq!(statuses[5].0, 429);
    assert_eq!(discord.throttled(), 1);
    // Another channel has its own bucket.
    assert_eq!(bot.request("POST", &path("#general"), &text("x")).send().await.unwrap().status(), 200);
    let mut global = 0;
    for n in 0..60 {
        let answer = bot.request("GET", &format!("/users/{n}"), &json!(null)).send().await.unwrap();
        global += usize::from(answer.headers().contains_key("x-ratelimit-global"));
    }
    assert!(global > 0, "fifty a second in all");
    discord.limits_rates(false);
    assert_eq!(bot.request("POST", &path("#eng"), &text("x")).send().await.unwrap().status(), 200);
    discord.assert_clean();
}
