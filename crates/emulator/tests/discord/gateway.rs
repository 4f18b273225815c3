//! The gateway: identify, resume, what is told to whom, and how it ends.

use super::bot::{Bot, Ears, INTENTS, start, text};
use serde_json::{Value, json};

#[tokio::test]
async fn a_session_begins_with_the_server() {
    let (discord, _) = start().await;
    let mut ears = Ears::listen(&discord, INTENTS).await;
    let guild = ears.event("GUILD_CREATE").await;
    assert_eq!(guild["name"], "Acme");
    assert_eq!(guild["channels"].as_array().unwrap().len(), 4);
    assert_eq!((guild["members"].as_array().unwrap().len(), &guild["member_count"]), (4, &json!(4)));
    ears.send(json!({"op": 1, "d": ears.seq})).await;
    assert_eq!(ears.next().await["op"], 11);
    // Without the members intent only the bot itself is told.
    let mut ears = Ears::listen(&discord, 1).await;
    assert_eq!(ears.event("GUILD_CREATE").await["members"].as_array().unwrap().len(), 1);
    ears.send(json!({"op": 8, "d": {"guild_id": discord.guild_id().to_string(), "query": "", "limit": 0}})).await;
    assert_eq!(ears.event("GUILD_MEMBERS_CHUNK").await["members"].as_array().unwrap().len(), 4);
    assert_eq!(discord.identified()[1]["intents"], 1);
    assert_eq!(discord.identified()[1]["token"], "…");
    discord.assert_clean();
}

#[tokio::test]
async fn words_are_told_to_who_may_read_them() {
    let (discord, _) = start().await;
    let mut all = Ears::listen(&discord, INTENTS).await;
    let mut deaf = Ears::listen(&discord, INTENTS & !(1 << 15)).await;
    let mut direct = Ears::listen(&discord, 1 << 12).await;
    let sari = discord.user("sari");
    sari.says("#eng", "a secret");
    sari.says("#eng", "@jeda listen");
    sari.says("#private", "the bot is not here");
    let id = sari.replies("to you");
    sari.edits(id, "to you, edited");
    sari.deletes(id);
    let read = async |ears: &mut Ears| {
        let mut words = vec![];
        loop {
            let envelope = ears.next().await;
            match envelope["t"].as_str() {
                Some("MESSAGE_CREATE" | "MESSAGE_UPDATE") => words.push(envelope["d"]["content"].clone()),
                Some("MESSAGE_DELETE") => return words,
                _ => {}
            }
        }
    };
    let jeda = format!("<@{}> listen", discord.bot_id());
    assert_eq!(read(&mut all).await, ["a secret", &jeda, "to you", "to you, edited"]);
    assert_eq!(read(&mut deaf).await, ["", &jeda, "to you", "to you, edited"]);
    assert_eq!(read(&mut direct).await, ["to you", "to you, edited"]);
}

#[tokio::test]
async fn changes_in_the_server_are_told() {
    let (discord, _) = start().await;
    let mut ears = Ears::listen(&discord, INTENTS).await;
    let guest = discord.user("guest");
    guest.joins();
    assert_eq!(ears.event("GUILD_MEMBER_ADD").await["user"]["username"], "guest");
    guest.gets_role("backend");
    assert_eq!(ears.event("GUILD_MEMBER_UPDATE").await["roles"].as_array().unwrap().len(), 1);
    guest.leaves();
    assert_eq!(ears.event("GUILD_MEMBER_REMOVE").await["user"]["username"], "guest");
    discord.hides_channel("#eng", true);
    let rules = ears.event("CHANNEL_UPDATE").await["permission_overwrites"].clone();
    assert_eq!((&rules[0]["id"], &rules[0]["deny"]), (&json!(discord.bot_id().to_string()), &json!("1024")));
    discord.deletes_channel("#eng");
    assert_eq!(ears.event("CHANNEL_DELETE").await["name"], "eng");
    discord.adds_channel(&jeda_emulator::discord::Room::text("new"));
    assert_eq!(ears.event("CHANNEL_CREATE").await["name"], "new");
    discord.changes_role("@jeda", 1 << 10);
    assert_eq!(ears.event("GUILD_ROLE_UPDATE").await["role"]["permissions"], "1024");
    discord.throws_bot_out(true);
    assert_eq!(ears.event("GUILD_DELETE").await["unavailable"], false);
    assert_eq!(Bot::of(&discord).does("GET", "/users/@me/guilds", json!(null)).await, json!([]));
    discord.throws_bot_out(false);
    ears.event("GUILD_CREATE").await;
}

async fn resume(discord: &jeda_emulator::discord::Discord, old: &Ears) -> Ears {
    let mut ears = Ears::dial(&discord.gateway_url()).await;
    ears.next().await;
    let (session, seq) = (&old.session, old.seq);
    ears.send(json!({"op": 6, "d": {"token": discord.token(), "session_id": session, "seq": seq}})).await;
    ears
}

#[tokio::test]
async fn a_resumed_session_hears_what_it_missed() {
    let (discord, _) = start().await;
    let mut ears = Ears::listen(&discord, INTENTS).await;
    ears.event("GUILD_CREATE").await;
    discord.drops_sockets();
    assert_eq!(ears.end().await, None);
    let sari = discord.user("sari");
    sari.replies("one");
    sari.replies("two");
    let mut again = resume(&discord, &ears).await;
    assert_eq!(again.event("MESSAGE_CREATE").await["content"], "one");
    assert_eq!(again.event("MESSAGE_CREATE").await["content"], "two");
    again.event("RESUMED").await;
    assert_eq!(discord.resumed(), 1);
    sari.replies("three");
    assert_eq!(again.event("MESSAGE_CREATE").await["content"], "three");
    discord.asks_to_reconnect();
    assert_eq!(again.next().await["op"], 7);
    discord.invalidates_sessions(false);
    let envelope = again.next().await;
    assert_eq!((&envelope["op"], &envelope["d"]), (&json!(9), &json!(false)));
    again.session = ears.session.clone();
    let mut lost = resume(&discord, &again).await;
    let envelope = lost.next().await;
    assert_eq!((&envelope["op"], &envelope["d"]), (&json!(9), &json!(false)), "the session is no more");
}

#[tokio::test]
async fn how_connections_end() {
    let (discord, _) = start().await;
    let dial = async || {
        let mut ears = Ears::dial(&discord.gateway_url()).await;
        ears.next().await;
        ears
    };
    let mut ears = dial().await;
    ears.identify("wrong", INTENTS).await;
    assert_eq!(ears.end().await, Some(4004));
    discord.grants_intents(1 << 1);
    let mut ears = dial().await;
    ears.identify(discord.token(), INTENTS).await;
    assert_eq!(ears.end().await, Some(4014));
    discord.grants_intents(1 << 1 | 1 << 15);
    let mut ears = dial().await;
    ears.send(json!({"op": 3, "d": {}})).await;
    assert_eq!(ears.end().await, Some(4003));
    let mut ears = Ears::listen(&discord, INTENTS).await;
    ears.identify(discord.token(), INTENTS).await;
    assert_eq!(ears.end().await, Some(4005));
    let mut ears = Ears::listen(&discord, INTENTS).await;
    discord.closes_sockets(4000);
    assert_eq!(ears.end().await, Some(4000));
    let mut ears = Ears::listen(&discord, INTENTS).await;
    discord.revokes_token();
    assert_eq!(ears.end().await, Some(4004));
    let bot = Bot::of(&discord);
    assert_eq!(bot.refused("GET", "/users/@me", json!(null)).await, (401, 0));
    discord.restores_token();
    bot.does("GET", "/users/@me", json!(null)).await;
    discord.assert_clean();
}

#[tokio::test]
async fn events_come_twice_or_in_another_order() {
    let (discord, _) = start().await;
    let mut ears = Ears::listen(&discord, INTENTS).await;
    let sari = discord.user("sari");
    discord.duplicates_next(1);
    sari.replies("twice");
    sari.replies("once");
    let mut words = vec![];
    for _ in 0..3 {
        words.push(ears.event("MESSAGE_CREATE").await["content"].clone());
    }
    assert_eq!(words, ["twice", "twice", "once"]);
    discord.reverses_next(2);
    sari.replies("first");
    assert!(discord.in_flight() > 0, "it is held, not gone");
    sari.replies("second");
    assert_eq!(ears.event("MESSAGE_CREATE").await["content"], "second");
    assert_eq!(ears.event("MESSAGE_CREATE").await["content"], "first");
    discord.traffic().until(|| discord.in_flight() == 0).await;
}

#[tokio::test]
async fn compression_where_it_is_asked_for() {
    let (discord, _) = start().await;
    let mut ears = Ears::dial(&format!("{}/?v=10&encoding=json&compress=zlib-stream", discord.gateway_url())).await;
    let mut bytes = ears.binary().await;
    assert_eq!(bytes[..2], [0x78, 0x01], "the stream's header comes once");
    bytes.drain(..2);
    assert!(bytes.ends_with(&[0, 0, 0xFF, 0xFF]));
    let hello: Value = serde_json::from_slice(&bytes[5..bytes.len() - 5]).unwrap();
    assert_eq!(hello["op"], 10);
    ears.send(json!({"op": 1, "d": null})).await;
    assert_eq!(ears.binary().await[0], 0);
}

#[tokio::test]
async fn the_bot_hears_itself_with_its_nonce() {
    let (discord, _) = start().await;
    let mut ears = Ears::listen(&discord, INTENTS).await;
    let bot = Bot::of(&discord);
    let mut body = text("hello");
    body["nonce"] = json!("k1");
    bot.say(discord.channel_id("#eng"), body).await;
    let heard = ears.event("MESSAGE_CREATE").await;
    assert_eq!((&heard["nonce"], &heard["author"]["username"]), (&json!("k1"), &json!("jeda")));
}
