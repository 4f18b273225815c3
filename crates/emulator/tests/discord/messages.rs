//! Messages, channels, threads and direct conversations over REST.

use super::bot::{Bot, id, start, text};
use serde_json::json;

#[tokio::test]
async fn who_the_bot_is_and_where() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let guild = &bot.guild;
    assert_eq!(bot.does("GET", "/users/@me", json!(null)).await["username"], "jeda");
    assert_eq!(id(&bot.does("GET", "/applications/@me", json!(null)).await), discord.bot_id());
    bot.does("GET", "/oauth2/applications/@me", json!(null)).await;
    let gateway = bot.does("GET", "/gateway/bot", json!(null)).await;
    assert_eq!(gateway["url"], discord.gateway_url());
    bot.does("GET", "/gateway", json!(null)).await;
    assert_eq!(bot.does("GET", "/users/@me/guilds", json!(null)).await[0]["name"], "Acme");
    assert_eq!(bot.does("GET", &format!("/guilds/{guild}"), json!(null)).await["preferred_locale"], "en-US");
    let rooms = bot.does("GET", &format!("/guilds/{guild}/channels"), json!(null)).await;
    assert_eq!(rooms.as_array().unwrap().len(), 4);
    let roles = bot.does("GET", &format!("/guilds/{guild}/roles"), json!(null)).await;
    assert!(roles.as_array().unwrap().iter().any(|r| r["name"] == "backend"));
    bot.does("GET", &format!("/channels/{}", discord.channel_id("#eng")), json!(null)).await;
    bot.does("GET", &format!("/users/{}", discord.user("guest").id()), json!(null)).await;
    discord.assert_clean();
}

#[tokio::test]
async fn members_come_in_pages_and_only_with_their_intent() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let path = format!("/guilds/{}/members", bot.guild);
    let mut names = vec![];
    let mut after = 0;
    loop {
        let page = bot.does("GET", &format!("{path}?limit=2&after={after}"), json!(null)).await;
        let page = page.as_array().unwrap();
        names.extend(page.iter().map(|m| m["user"]["username"].as_str().unwrap().to_owned()));
        match page.last() {
            Some(last) if page.len() == 2 => after = id(&last["user"]),
            _ => break,
        }
    }
    names.sort();
    assert_eq!(names, ["ana", "founder", "jeda", "sari"]);
    let (sari, guest) = (discord.user("sari").id(), discord.user("guest").id());
    assert_eq!(bot.does("GET", &format!("{path}/{sari}"), json!(null)).await["user"]["global_name"], "Sari W");
    assert_eq!(bot.refused("GET", &format!("{path}/{guest}"), json!(null)).await, (404, 10007));
    assert_eq!(bot.refused("GET", &format!("{path}/77"), json!(null)).await, (404, 10013));
    discord.grants_intents(0);
    assert_eq!(bot.refused("GET", &format!("{path}?limit=2"), json!(null)).await, (403, 50001));
}

#[tokio::test]
async fn a_message_is_posted_edited_and_deleted() {
    let (discord, clock) = start().await;
    let bot = Bot::of(&discord);
    let eng = discord.channel_id("#eng");
    let posted = bot.say(eng, text("one")).await;
    clock.advance(60_000);
    let path = format!("/channels/{eng}/messages/{}", posted["id"].as_str().unwrap());
    let edited = bot.does("PATCH", &path, text("two")).await;
    assert_eq!((&edited["content"], edited["edited_timestamp"].is_string()), (&json!("two"), true));
    let sees = discord.user("sari").sees_in("#eng");
    assert_eq!((sees[0].text.as_str(), sees[0].edited), ("two", true));
    bot.does("DELETE", &path, json!(null)).await;
    assert!(discord.user("sari").sees_in("#eng").is_empty());
    assert_eq!(bot.refused("GET", &path, json!(null)).await, (404, 10008));
    assert_eq!(bot.refused("PATCH", &path, text("three")).await, (404, 10008));
    // Another's message is theirs.
    let theirs = discord.user("sari").says("#eng", "mine");
    let path = format!("/channels/{eng}/messages/{theirs}");
    assert_eq!(bot.refused("DELETE", &path, json!(null)).await, (403, 50013));
    discord.assert_clean();
    assert_eq!(bot.refused("PATCH", &path, text("yours")).await, (403, 50005));
    assert_eq!(discord.recorder().take_violations().len(), 1);
}

#[tokio::test]
async fn history_is_read_in_pages() {
    let (discord, clock) = start().await;
    let bot = Bot::of(&discord);
    let eng = discord.channel_id("#eng");
    let mut ids = vec![];
    for n in 0..5 {
        clock.advance(1_000);
        ids.push(id(&bot
            .say(eng, json!({"content": n.to_string(), "nonce": n.to_string(), "allowed_mentions": {"parse": []}}))
            .await));
    }
    assert!(ids.is_sorted());
    let read = async |query: &str| {
        let page = bot.does("GET", &format!("/channels/{eng}/messages?{query}"), json!(null)).await;
        // A nonce is told once, when the message is made.
        assert!(page.as_array().unwrap().iter().all(|m| m.get("nonce").is_none()));
        page.as_array().unwrap().iter().map(|m| m["content"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(read("limit=2").await, ["4", "3"]);
    assert_eq!(read(&format!("before={}&limit=2", ids[3])).await, ["2", "1"]);
    assert_eq!(read(&format!("after={}&limit=2", ids[0])).await, ["2", "1"]);
    assert_eq!(read(&format!("around={}&limit=3", ids[2])).await, ["3", "2", "1"]);
    let too_many = format!("/channels/{eng}/messages?limit=101");
    assert_eq!(bot.refused("GET", &too_many, json!(null)).await, (400, 50035));
}

#[tokio::test]
async fn an_enforced_nonce_makes_one_message_for_a_few_minutes() {
    let (discord, clock) = start().await;
    let bot = Bot::of(&discord);
    let eng = discord.channel_id("#eng");
    let body = json!({"content": "once", "nonce": "k1", "enforce_nonce": true, "allowed_mentions": {"parse": []}});
    let first = bot.say(eng, body.clone()).await;
    assert_eq!(first["nonce"], "k1");
    assert_eq!(id(&bot.say(eng, body.clone()).await), id(&first));
    clock.advance(4 * 60_000);
    assert_eq!(id(&bot.say(eng, body.clone()).await), id(&first));
    clock.advance(2 * 60_000);
    assert_ne!(id(&bot.say(eng, body.clone()).await), id(&first), "the window is over");
    assert_ne!(id(&bot.say(discord.channel_id("#general"), body).await), id(&first), "another channel");
    let plain = json!({"content": "twice", "nonce": "k2", "allowed_mentions": {"parse": []}});
    assert_ne!(id(&bot.say(eng, plain.clone()).await), id(&bot.say(eng, plain).await), "not enforced");
}

#[tokio::test]
async fn limits_of_a_message() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let path = format!("/channels/{}/messages", discord.channel_id("#eng"));
    let button = |id: &str| json!({"type": 2, "style": 1, "label": "Go", "custom_id": id});
    let row = |parts: Vec<serde_json::Value>| json!({"type": 1, "components": parts});
    let of_five = |n: usize| row((0..5).map(|b| button(&format!("{n}.{b}"))).collect());
    bot.does("POST", &path, text(&"é".repeat(2_000))).await;
    bot.does("POST", &path, json!({"components": (0..5).map(of_five).collect::<Vec<_>>()})).await;
    bot.does(
        "POST",
        &path,
        json!({"embeds": [{"description": "d".repeat(4_096)}, {"description": "d".repeat(1_904)}]}),
    )
    .await;
    discord.assert_clean();
    let field = json!({"name": "n", "value": "v"});
    let wrong = [
        text(&"é".repeat(2_001)),
        json!({"components": (0..6).map(of_five).collect::<Vec<_>>()}),
        json!({"components": [row((0..6).map(|b| button(&b.to_string())).collect())]}),
        json!({"components": [row(vec![button("same"), button("same")])]}),
        json!({"components": [row(vec![button(&"i".repeat(101))])]}),
        json!({"components": [row(vec![json!({"type": 2, "style": 1, "label": "l".repeat(81), "custom_id": "a"})])]}),
        json!({"components": [row(vec![])]}),
        json!({"embeds": [{"description": "d".repeat(4_096)}, {"description": "d".repeat(1_905)}]}),
        json!({"embeds": [{"description": "d".repeat(4_097)}]}),
        json!({"embeds": [{"title": "t".repeat(257)}]}),
        json!({"embeds": [{"fields": vec![field; 26]}]}),
        json!({"embeds": [{"fields": [{"name": "n", "value": "v".repeat(1_025)}]}]}),
        json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
        json!({"content": "x", "nonce": "n".repeat(26), "allowed_mentions": {"parse": []}}),
        json!({"content": "x", "colour": "red", "allowed_mentions": {"parse": []}}),
    ];
    let count = wrong.len();
    for body in wrong {
        assert_eq!(bot.refused("POST", &path, body.clone()).await, (400, 50035), "{body}");
    }
    assert_eq!(bot.refused("POST", &path, text("  ")).await, (400, 50006));
    assert_eq!(discord.recorder().take_violations().len(), count + 1);
    // Accepted by Discord, but not by us: nobody said whom it may notify.
    bot.does("POST", &path, json!({"content": "hello"})).await;
    assert!(discord.recorder().take_violations()[0].contains("allowed_mentions"));
}

#[tokio::test]
async fn only_those_are_notified_who_may_be() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let eng = discord.channel_id("#eng");
    let (sari, ana) = (discord.user("sari").id(), discord.user("ana").id());
    let words = format!("<@{sari}> and <@{ana}>, @everyone, but not `<@{sari}>`");
    bot.say(eng, text(&words)).await;
    bot.say(eng, json!({"content": words, "allowed_mentions": {"users": [ana.to_string()]}, "flags": 4096})).await;
    bot.say(eng, json!({"content": words, "allowed_mentions": {"parse": ["users", "everyone"]}})).await;
    let sees = discord.user("ana").sees_in("#eng");
    assert!(sees[0].text.starts_with("@Sari W and @ana, @everyone, but not <@"), "{}", sees[0].text);
    let pings: Vec<_> = sees.iter().map(|s| s.pings.join(" ")).collect();
    // In a new server everyone may ping everyone, the bot too: only `allowed_mentions` holds it back.
    assert_eq!(pings, ["", "ana", "sari ana @everyone"]);
    assert_eq!(sees.iter().map(|s| s.silent).collect::<Vec<_>>(), [false, true, false]);
    let question = discord.user("sari").says("#eng", "@ana can you look at #general?");
    let answer = json!({
        "content": "she can", "message_reference": {"message_id": question.to_string()},
        "allowed_mentions": {"parse": [], "replied_user": true},
    });
    bot.say(eng, answer).await;
    let sees = discord.user("ana").sees_in("#eng");
    assert_eq!((sees[3].text.as_str(), sees[3].pings.join(" ").as_str()), ("@ana can you look at #general?", "ana"));
    assert_eq!((sees[4].replies_to, sees[4].pings.join(" ").as_str()), (Some(question), "sari"));
    let nowhere = json!({"content": "x", "message_reference": {"message_id": "1"}, "allowed_mentions": {"parse": []}});
    assert_eq!(bot.refused("POST", &format!("/channels/{eng}/messages"), nowhere).await, (400, 50035));
    discord.assert_clean();
}

#[tokio::test]
async fn channels_that_are_hidden_muted_or_gone() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let post = async |channel: u64| bot.refused("POST", &format!("/channels/{channel}/messages"), text("hello")).await;
    let eng = discord.channel_id("#eng");
    assert_eq!(post(discord.channel_id("#private")).await, (403, 50001));
    discord.mutes_bot_in("#eng", true);
    assert_eq!(post(eng).await, (403, 50013));
    discord.mutes_bot_in("#eng", false);
    bot.say(eng, text("hello")).await;
    discord.hides_channel("#eng", true);
    assert_eq!(post(eng).await, (403, 50001));
    assert_eq!(bot.refused("GET", &format!("/channels/{eng}/messages"), json!(null)).await, (403, 50001));
    discord.deletes_channel("#eng");
    assert_eq!(post(eng).await, (404, 10003));
    discord.assert_clean();
}

#[tokio::test]
async fn direct_messages_and_who_refuses_them() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let (sari, guest) = (discord.user("sari"), discord.user("guest"));
    let dm = bot.open_dm(sari.id()).await;
    assert_eq!(bot.open_dm(sari.id()).await, dm, "opened once");
    bot.say(dm, text("good morning")).await;
    assert_eq!(sari.dm()[0].text, "good morning");
    assert!(discord.user("ana").sees().is_empty());
    sari.refuses_direct_messages(true);
    assert_eq!(bot.open_dm(sari.id()).await, dm, "opening says nothing");
    let path = |dm: u64| format!("/channels/{dm}/messages");
    assert_eq!(bot.refused("POST", &path(dm), text("hello?")).await, (403, 50007));
    let theirs = bot.open_dm(guest.id()).await;
    assert_eq!(bot.refused("POST", &path(theirs), text("hello")).await, (403, 50278));
    guest.joins();
    bot.say(theirs, text("welcome")).await;
    guest.leaves();
    assert_eq!(bot.refused("POST", &path(theirs), text("hello")).await, (403, 50278));
    discord.assert_clean();
    assert_eq!(bot.refused("POST", "/users/@me/channels", json!({"recipient_id": "5"})).await, (400, 50033));
}

#[tokio::test]
async fn threads_open_close_and_draw_people_in() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    let eng = discord.channel_id("#eng");
    let report = id(&bot.say(eng, text("the report")).await);
    let under = format!("/channels/{eng}/messages/{report}/threads");
    let thread = id(&bot.does("POST", &under, json!({"name": "Answers", "auto_archive_duration": 1440})).await);
    assert_eq!(thread, report, "a thread under a message has its id");
    bot.say(thread, text("first answer")).await;
    assert_eq!(discord.user("sari").sees_in("Answers")[0].place, "#eng › Answers");
    discord.assert_clean();
    assert_eq!(bot.refused("POST", &under, json!({"name": "Again"})).await, (400, 160_004));
    assert_eq!(bot.refused("POST", &under, json!({"name": "n".repeat(101)})).await, (400, 50035));
    discord.recorder().take_violations();

    let private = bot.does("POST", &format!("/channels/{eng}/threads"), json!({"name": "For Sari", "type": 12})).await;
    let private = id(&private);
    bot.say(private, text("just you")).await;
    let sari = discord.user("sari");
    assert!(sari.sees().iter().all(|s| s.text != "just you"));
    bot.does("PUT", &format!("/channels/{private}/thread-members/{}", sari.id()), json!(null)).await;
    assert_eq!(sari.sees_in("For Sari")[0].text, "just you");
    let inside = bot.does("GET", &format!("/channels/{private}/thread-members"), json!(null)).await;
    assert_eq!(inside.as_array().unwrap().len(), 2);
    let guest = discord.user("guest").id();
    let path = format!("/channels/{private}/thread-members/{guest}");
    assert_eq!(bot.refused("PUT", &path, json!(null)).await, (404, 10007));

    bot.does("PATCH", &format!("/channels/{private}"), json!({"archived": true})).await;
    bot.say(private, text("opens it again")).await;
    discord.closes_thread("For Sari");
    let post = format!("/channels/{private}/messages");
    assert_eq!(bot.refused("POST", &post, text("locked")).await, (400, 50083));
    let active = bot.does("GET", &format!("/guilds/{}/threads/active", bot.guild), json!(null)).await;
    assert_eq!(active["threads"].as_array().unwrap().len(), 1);
    discord.assert_clean();
}

#[tokio::test]
async fn what_it_does_not_know_is_loud() {
    let (discord, _) = start().await;
    let bot = Bot::of(&discord);
    assert_eq!(bot.refused("GET", "/users/@me/connections", json!(null)).await, (404, 0));
    let violations = discord.recorder().take_violations();
    assert!(violations[0].contains("/users/@me/connections"), "{violations:?}");
    let nobody = bot.http.get(format!("{}/api/v10/users/@me", bot.url)).send().await.unwrap();
    assert_eq!(nobody.status(), 401);
    assert_eq!(discord.recorder().take_violations().len(), 1);
    let older = bot.http.get(format!("{}/api/v9/gateway", bot.url)).send().await.unwrap();
    assert_eq!(older.status(), 200);
    discord.assert_clean();
    let calls = discord.recorder().calls_of("GET /gateway");
    assert_eq!((calls[0].credential.as_str(), calls[0].status), ("none", 200));
}
