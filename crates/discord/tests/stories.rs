//! The adapter in a town on loopback: real serenity, real HTTP and WebSocket.
#![expect(clippy::unwrap_used, reason = "people in a test fail where they stand")]

mod desk;
mod town;

use desk::Drawer;
use jeda_core::{
    action::Action,
    effect::{Outgoing, Target},
    event::{Errand, Event, Posted, Refusal, Seen},
    id::{ChannelId, EffectKey, GroupId, MessageId, UserId},
    message::{Block, Button, Message, Reply, Style, Text},
    people,
};
use jeda_discord::{ConnectError, DiscordConfig, LinkState, Stopped, examine, workspace};
use jeda_engine::{Clock, Delivery, Found, IntakeError, Platform};
use serde_json::json;
use std::{
    io::Write,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};
use tokio::sync::Notify;
use town::{ANA, Fault, GUILD, Guest, NOW, TOKEN, Town, direct, interaction};

fn words(text: &str) -> Message {
    Message::of(Text::said(text))
}

fn with_button(text: &str) -> Message {
    let button =
        Button { label: "Hours".into(), action: Action::People(people::Action::SetHours), style: Style::Quiet };
    words(text).with(Block::Buttons(vec![button]))
}

fn outgoing(key: &str, to: Target, message: Message) -> Outgoing {
    Outgoing { key: EffectKey::new(key), workspace: workspace(GUILD), to, subject: None, message, silent: false }
}

fn to_ana(key: &str, message: Message) -> Outgoing {
    outgoing(key, Target::Direct(UserId::new(ANA.to_string())), message)
}

fn to_general(key: &str, message: Message) -> Outgoing {
    outgoing(key, Target::Channel(ChannelId::new("300")), message)
}

fn sent(delivery: Delivery) -> Posted {
    match delivery {
        Delivery::Sent(posted) => posted,
        other => panic!("{other:?}"),
    }
}

/// A bot that came into an empty town for the first time.
async fn guest() -> Guest {
    Guest::arrives(&Town::open().await, &Arc::new(Drawer::default())).await
}

#[tokio::test]
async fn the_bot_comes_in_registers_its_commands_once_and_tells_of_the_server() {
    let (town, drawer) = (Town::open().await, Arc::new(Drawer::default()));
    let mut guest = Guest::arrives(&town, &drawer).await;
    assert_eq!(guest.connected.name, "jeda");
    assert_eq!(*guest.connected.link.borrow(), LinkState::Up { name: "jeda".into() });
    let Seen::Workspace { name, bot, capabilities, language, permalink } = guest.learns().await else { panic!() };
    assert_eq!((name.as_str(), bot.as_str()), ("Town", "1"));
    assert_eq!(language, Some(jeda_core::language::Language::Id));
    assert_eq!(permalink.as_deref(), Some("https://discord.com/channels/200/{channel}/{message}"));
    assert!(capabilities.aside && !capabilities.form_chain);
    assert_eq!(town.calls("PUT /api/v10/applications/42/commands").len(), 1);
    guest.leaves().await;

    let again = Guest::arrives(&town, &drawer).await;
    assert_eq!(town.calls("PUT /api/v10/applications/42/commands").len(), 1, "they have not changed");
    again.leaves().await;
}

#[tokio::test]
async fn a_command_is_answered_after_it_was_taken_and_to_its_sender_only() {
    let mut guest = guest().await;
    let gate = Arc::new(Notify::new());
    // Whatever is taken first waits, the server's own facts included.
    guest.learns().await;
    guest.desk.replies.lock().unwrap().push_back(Ok(Some(Reply::Say(words("Noted: @everyone")))));
    *guest.desk.gate.lock().unwrap() = Some(gate.clone());
    let data = json!({"id": "500", "name": "standup", "type": 1, "options": [
        {"name": "note", "type": 1, "options": [{"name": "text", "type": 3, "value": "shipped it"}]}]});
    guest.town.happens("INTERACTION_CREATE", interaction(1000, 2, &data, true));
    while guest.desk.gate.lock().unwrap().is_some() {
        tokio::task::yield_now().await;
    }
    assert!(guest.town.calls("/interactions/").is_empty(), "nothing is acknowledged before it is durable");
    gate.notify_one();
    let answer = guest.town.call("POST /api/v10/interactions/1000/", 0).await;
    assert_eq!(answer.body["type"], 4);
    assert_eq!(answer.body["data"]["content"], "Noted: \\@everyone");
    assert_eq!(answer.body["data"]["flags"], 64 | 4);
    let taken = guest.takes().await;
    assert!(matches!(taken.event, Event::Command { invocation, .. } if invocation.arg("text") == Some("shipped it")));
    guest.leaves().await;
}

#[tokio::test]
async fn a_slow_intake_makes_discord_wait_and_is_answered_in_the_end() {
    let mut guest = guest().await;
    guest.learns().await;
    guest.desk.replies.lock().unwrap().push_back(Ok(Some(Reply::Say(words("done")))));
    let gate = Arc::new(Notify::new());
    *guest.desk.gate.lock().unwrap() = Some(gate.clone());
    let data = json!({"id": "500", "name": "back", "type": 1});
    guest.town.happens("INTERACTION_CREATE", interaction(1001, 2, &data, true));
    let wait = guest.town.call("POST /api/v10/interactions/1001/", 0).await;
    assert_eq!(wait.body, json!({"type": 5, "data": {"flags": 64}}));
    gate.notify_one();
    let late = guest.town.call("PATCH /api/v10/webhooks/42/", 0).await;
    assert_eq!(late.body["content"], "done");
    assert_eq!(guest.town.calls("/interactions/1001/").len(), 1, "one callback only");
    guest.leaves().await;
}

#[tokio::test]
async fn what_could_not_be_kept_is_said_to_be_so() {
    let mut guest = guest().await;
    guest.learns().await;
    guest.desk.replies.lock().unwrap().push_back(Err(IntakeError::Store("disk full".into())));
    let data = json!({"id": "500", "name": "back", "type": 1});
    guest.town.happens("INTERACTION_CREATE", interaction(1002, 2, &data, true));
    let answer = guest.town.call("POST /api/v10/interactions/1002/", 0).await;
    let words = answer.body["data"]["content"].as_str().unwrap();
    assert!(words.contains("nothing has changed") && !words.contains("disk"), "{words}");
    guest.leaves().await;
}

#[tokio::test]
async fn what_is_typed_gets_offers() {
    let guest = guest().await;
    let data = json!({"id": "500", "name": "hours", "type": 1, "options": [
        {"name": "hours", "type": 3, "value": "Jak", "focused": true}]});
    guest.town.happens("INTERACTION_CREATE", interaction(1003, 4, &data, true));
    let offers = guest.town.call("POST /api/v10/interactions/1003/", 0).await;
    assert_eq!(offers.body["type"], 8);
    assert_eq!(offers.body["data"]["choices"], json!([{"name": "discord:200 hours 7", "value": "Jak!"}]));
    guest.leaves().await;
}

#[tokio::test]
async fn a_direct_message_is_sent_once_and_its_channel_opened_once() {
    let guest = guest().await;
    let platform = guest.connected.platform.clone();
    let first = sent(platform.deliver(&to_ana("key1", with_button("Good morning"))).await);
    assert_eq!((first.channel.as_str(), first.at), ("607", NOW.parse().unwrap()));
    sent(platform.deliver(&to_ana("key2", words("x"))).await);
    assert_eq!(guest.town.calls("POST /api/v10/users/@me/channels").len(), 1);
    let posts = guest.town.calls("POST /api/v10/channels/607/messages");
    assert_eq!(posts[0].body["nonce"], "key1");
    assert_eq!(posts[0].body["enforce_nonce"], true);
    assert_eq!(posts[0].body["allowed_mentions"], json!({"parse": []}));
    assert_eq!(posts[0].body["components"][0]["components"][0]["custom_id"], "p:hours@200~key1");
    guest.leaves().await;
}

#[tokio::test]
async fn an_answer_in_direct_messages_finds_its_server_and_edits_come_in_order() {
    let mut guest = guest().await;
    sent(guest.connected.platform.deliver(&to_ana("key1", words("What did you do?"))).await);
    const MESSAGES: u64 = 60;
    for n in 1..=MESSAGES {
        guest.town.happens("MESSAGE_CREATE", direct(n, "first"));
        let mut edit = direct(n, "second");
        edit["edited_timestamp"] = NOW.into();
        guest.town.happens("MESSAGE_UPDATE", edit);
        guest.town.happens("MESSAGE_DELETE", json!({"id": n.to_string(), "channel_id": "607"}));
    }
    for n in 1..=MESSAGES {
        let said = guest.takes().await;
        assert_eq!((said.key.as_str(), said.workspace.as_str()), (format!("message/{n}").as_str(), "discord:200"));
        assert!(matches!(guest.takes().await.event, Event::SaidEdited { text, .. } if text == "second"));
        assert!(
            matches!(guest.takes().await.event, Event::SaidDeleted { message, .. } if message.as_str() == n.to_string())
        );
    }
    guest.leaves().await;
}

#[tokio::test]
async fn somebody_who_was_never_spoken_to_is_found_in_their_server() {
    let mut guest = guest().await;
    guest.learns().await;
    let data = json!({"id": "500", "name": "back", "type": 1});
    guest.town.happens("INTERACTION_CREATE", interaction(1004, 2, &data, false));
    assert_eq!(guest.takes().await.workspace.as_str(), "discord:200");
    guest.leaves().await;
}

#[tokio::test]
async fn a_message_that_the_store_did_not_take_is_brought_again() {
    let mut guest = guest().await;
    guest.learns().await;
    sent(guest.connected.platform.deliver(&to_ana("key1", words("?"))).await);
    guest.desk.replies.lock().unwrap().push_back(Err(IntakeError::Store("busy".into())));
    guest.town.happens("MESSAGE_CREATE", direct(1, "hello"));
    assert_eq!(guest.takes().await.key.as_str(), "message/1");
    assert_eq!(guest.takes().await.key.as_str(), "message/1", "the gateway won't say it again");
    guest.leaves().await;
}

#[tokio::test]
async fn a_closed_door_is_told_apart_from_a_busy_one() {
    let guest = guest().await;
    let platform = guest.connected.platform.clone();
    guest
        .town
        .fault("POST /api/v10/channels/607/messages", Fault::Instead(403, json!({"code": 50_007, "message": "no"})));
    let refused = platform.deliver(&to_ana("key1", words("x"))).await;
    assert_eq!(refused, Delivery::Refused(Refusal::DirectMessagesClosed));
    let busy = json!({"message": "slow down", "retry_after": 1.5, "global": false});
    guest.town.fault("POST /api/v10/channels/607/messages", Fault::Instead(429, busy));
    let later = platform.deliver(&to_ana("key1", words("x"))).await;
    assert_eq!(later, Delivery::Later { after: Some(Duration::from_millis(1_500)), why: "429".into() });
    guest.town.fault("POST /api/v10/channels/607/messages", Fault::Instead(401, json!({"code": 0, "message": "no"})));
    assert!(matches!(platform.deliver(&to_ana("key1", words("x"))).await, Delivery::Locked { .. }));
    guest.leaves().await;
}

#[tokio::test]
async fn a_channel_that_vanished_is_opened_again() {
    let guest = guest().await;
    let platform = guest.connected.platform.clone();
    sent(platform.deliver(&to_ana("key1", words("x"))).await);
    guest
        .town
        .fault("POST /api/v10/channels/607/messages", Fault::Instead(404, json!({"code": 10_003, "message": "no"})));
    sent(platform.deliver(&to_ana("key2", words("y"))).await);
    assert_eq!(guest.town.calls("POST /api/v10/users/@me/channels").len(), 2);
    guest.leaves().await;
}

#[tokio::test]
async fn what_may_have_arrived_is_never_there_twice() {
    let guest = guest().await;
    let platform = guest.connected.platform.clone();
    // With words only, and with a button whose words change before the second look.
    for (key, before, after) in
        [("key1", words("plain"), words("plain")), ("key2", with_button("one"), with_button("two"))]
    {
        guest.town.fault("POST /api/v10/channels/300/messages", Fault::After(502, json!({})));
        let lost = platform.deliver(&to_general(key, before.clone())).await;
        assert!(matches!(lost, Delivery::Uncertain { .. }), "{lost:?}");
        // At once, Discord itself knows the nonce: a second try is safe.
        assert_eq!(platform.find(&to_general(key, after.clone())).await, Found::Absent);
        let start = guest.town.clock.now();
        guest.town.clock.advance_to(start + Duration::from_secs(600));
        guest.town.forget_nonces();
        let Found::Sent(posted) = platform.find(&to_general(key, after)).await else { panic!("{key}") };
        assert_eq!(posted.at, start);
    }
    assert_eq!(guest.town.messages(300).len(), 2);
    // What never arrived is not found, though something of ours with other words lies there.
    guest.town.fault("POST /api/v10/channels/300/messages", Fault::Instead(502, json!({})));
    let lost = platform.deliver(&to_general("key3", words("never"))).await;
    assert!(matches!(lost, Delivery::Uncertain { .. }));
    guest.town.clock.advance_to(guest.town.clock.now() + Duration::from_secs(600));
    assert_eq!(platform.find(&to_general("key3", words("never"))).await, Found::Absent);
    guest.leaves().await;
}

#[tokio::test]
async fn after_a_restart_a_lost_message_is_found_by_its_key() {
    let (town, drawer) = (Town::open().await, Arc::new(Drawer::default()));
    let guest = Guest::arrives(&town, &drawer).await;
    town.fault("POST /api/v10/channels/607/messages", Fault::After(502, json!({})));
    let lost = guest.connected.platform.deliver(&to_ana("key1", with_button("x"))).await;
    assert!(matches!(lost, Delivery::Uncertain { .. }));
    guest.leaves().await;
    town.forget_nonces();
    let again = Guest::arrives(&town, &drawer).await;
    assert!(matches!(again.connected.platform.find(&to_ana("key1", with_button("y"))).await, Found::Sent(_)));
    assert_eq!(again.connected.platform.find(&to_ana("key9", with_button("x"))).await, Found::Absent);
    again.leaves().await;
}

#[tokio::test]
async fn a_report_has_a_thread_of_its_name_made_once() {
    let (town, drawer) = (Town::open().await, Arc::new(Drawer::default()));
    let guest = Guest::arrives(&town, &drawer).await;
    let head = Message(vec![Block::Heading("Daily · 24 *November*".into())]);
    let head = sent(guest.connected.platform.deliver(&to_general("head", head)).await);
    let reply = |key: &str| outgoing(key, Target::Thread(head.clone()), words("ana: did it"));
    let posted = sent(guest.connected.platform.deliver(&reply("t1")).await);
    assert_eq!(posted.channel.as_str(), head.message.as_str(), "a thread has its message's id");
    sent(guest.connected.platform.deliver(&reply("t2")).await);
    let made = town.calls("/threads");
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].body["name"], "Daily · 24 *November*");
    guest.leaves().await;

    let again = Guest::arrives(&town, &drawer).await;
    sent(again.connected.platform.deliver(&reply("t3")).await);
    assert_eq!(town.calls("/threads").len(), 2, "Discord said that it was there");
    assert_eq!(town.calls("/threads")[1].body["name"], "Daily · 24 *November*", "read from the message");
    again.leaves().await;
}

#[tokio::test]
async fn an_observers_report_goes_on_below_itself() {
    let guest = guest().await;
    let head = sent(guest.connected.platform.deliver(&to_ana("head", words("Daily"))).await);
    sent(guest.connected.platform.deliver(&outgoing("t1", Target::Thread(head.clone()), words("more"))).await);
    let posts = guest.town.calls("POST /api/v10/channels/607/messages");
    assert_eq!(posts[1].body["message_reference"]["message_id"], head.message.as_str());
    assert!(guest.town.calls("/threads").is_empty());
    guest.leaves().await;
}

#[tokio::test]
async fn whoever_takes_no_direct_messages_gets_a_thread_that_is_kept() {
    let (town, drawer) = (Town::open().await, Arc::new(Drawer::default()));
    let guest = Guest::arrives(&town, &drawer).await;
    let aside = |key: &str| {
        let (channel, user) = (ChannelId::new("300"), UserId::new(ANA.to_string()));
        outgoing(key, Target::Aside { channel, user }, with_button("x"))
    };
    town.fault("POST /api/v10/channels/300/threads", Fault::Instead(403, json!({"code": 50_013, "message": "no"})));
    let posted = sent(guest.connected.platform.deliver(&aside("a1")).await);
    let made = town.calls("POST /api/v10/channels/300/threads");
    assert_eq!((made[0].body["type"].as_u64(), made[1].body["type"].as_u64()), (Some(12), Some(11)));
    assert_eq!(town.calls("/thread-members/7").len(), 1);
    guest.leaves().await;
    let again = Guest::arrives(&town, &drawer).await;
    assert_eq!(sent(again.connected.platform.deliver(&aside("a2")).await).channel, posted.channel);
    assert_eq!(town.calls("POST /api/v10/channels/300/threads").len(), 2, "no third");
    again.leaves().await;
}

#[tokio::test]
async fn an_edit_changes_the_message_in_its_place() {
    let guest = guest().await;
    let platform = guest.connected.platform.clone();
    let there = sent(platform.deliver(&to_general("key1", words("before"))).await);
    let edit = outgoing("key2", Target::Edit(there.clone()), words(&"*".repeat(1_500)));
    assert_eq!(sent(platform.deliver(&edit).await), there);
    let message = guest.town.messages(300).remove(0);
    assert_eq!(message["content"], "");
    assert_eq!(message["embeds"][0]["description"], "\\*".repeat(1_500));
    assert_eq!(platform.find(&edit).await, Found::Absent, "an edit may be done twice");
    let gone = Posted { message: MessageId::new("404"), ..there };
    let refused = platform.deliver(&outgoing("key3", Target::Edit(gone), words("x"))).await;
    assert_eq!(refused, Delivery::Refused(Refusal::MessageGone));
    guest.leaves().await;
}

#[tokio::test]
async fn questions_about_people_and_channels_are_answered() {
    let guest = guest().await;
    let platform = guest.connected.platform.clone();
    let ask = async |errand: Errand| platform.ask(&workspace(GUILD), &errand).await;
    let Ok(Seen::Directory(people)) = ask(Errand::Directory).await else { panic!() };
    assert_eq!(
        people.iter().map(|it| (it.name.as_str(), it.bot)).collect::<Vec<_>>(),
        [("ana", false), ("budi", false), ("jeda", true)]
    );
    let Ok(Seen::Channels(channels)) = ask(Errand::Channels).await else { panic!() };
    assert_eq!(
        channels.iter().map(|it| (it.name.as_str(), it.open)).collect::<Vec<_>>(),
        [("general", true), ("ops", false)]
    );
    let members = |users: &[&str]| users.iter().map(|it| UserId::new(*it)).collect::<Vec<_>>();
    let channel = ChannelId::new("301");
    assert_eq!(
        ask(Errand::ChannelMembers(channel.clone())).await,
        Ok(Seen::ChannelMembers { channel, members: members(&["7"]) })
    );
    let group = GroupId::new("9");
    assert_eq!(
        ask(Errand::GroupMembers(group.clone())).await,
        Ok(Seen::GroupMembers { group, members: members(&["7"]) })
    );
    assert_eq!(ask(Errand::ChannelMembers(ChannelId::new("404"))).await, Err(Delivery::Refused(Refusal::ChannelGone)));
    assert_eq!(ask(Errand::Member(UserId::new("55"))).await, Err(Delivery::Refused(Refusal::MemberGone)));
    guest.leaves().await;
}

#[tokio::test]
async fn a_role_given_and_a_member_gone_are_told() {
    let mut guest = guest().await;
    guest.learns().await;
    let errand = Errand::ChannelMembers(ChannelId::new("301"));
    guest.connected.platform.ask(&workspace(GUILD), &errand).await.unwrap();
    let mut budi = town::member(8, "budi", &["9"]);
    budi["guild_id"] = GUILD.to_string().into();
    guest.town.happens("GUILD_MEMBER_UPDATE", budi);
    assert!(matches!(guest.learns().await, Seen::Member(facts) if facts.name == "budi" && facts.active));
    assert_eq!(guest.learns().await, Seen::Joined { channel: ChannelId::new("301"), user: UserId::new("8") });
    guest
        .town
        .happens("GUILD_MEMBER_REMOVE", json!({"guild_id": GUILD.to_string(), "user": town::user(8, "budi", false)}));
    assert!(matches!(guest.learns().await, Seen::Member(facts) if !facts.active));
    assert_eq!(guest.learns().await, Seen::Left { channel: ChannelId::new("301"), user: UserId::new("8") });
    guest.town.happens("CHANNEL_DELETE", town::channel(301, "ops", json!([])));
    assert!(matches!(guest.learns().await, Seen::Channel(facts) if facts.archived && facts.name == "ops"));
    guest.leaves().await;
}

#[tokio::test]
async fn what_was_written_while_the_bot_was_away_is_read_later() {
    let (town, drawer) = (Town::open().await, Arc::new(Drawer::default()));
    let mut guest = Guest::arrives(&town, &drawer).await;
    let asked = sent(guest.connected.platform.deliver(&to_ana("key1", words("?"))).await);
    let id: u64 = asked.message.as_str().parse().unwrap();
    guest.town.happens("MESSAGE_CREATE", direct(id + 1, "heard"));
    guest.takes().await;
    guest.leaves().await;
    for n in 2..4 {
        let mut message = direct(id + n, "missed");
        message["channel_id"] = asked.channel.as_str().into();
        town.written_unseen(message);
    }
    let mut again = Guest::arrives(&town, &drawer).await;
    for n in 2..4 {
        let said = again.takes().await;
        assert_eq!(said.key.as_str(), format!("message/{}", id + n));
        assert_eq!(said.workspace.as_str(), "discord:200");
    }
    again.leaves().await;
}

#[tokio::test]
async fn a_dead_token_is_told_to_every_server_and_its_renewal_too() {
    let (town, drawer) = (Town::open().await, Arc::new(Drawer::default()));
    let mut guest = Guest::arrives(&town, &drawer).await;
    guest.learns().await;
    guest.leaves().await;
    let (mut knock, refused) = Guest::knocks(&town, &drawer, "another").await;
    assert!(matches!(refused, Err(ConnectError::Refused(Stopped::Token("401")))), "{refused:?}");
    let told = desk::next(&mut knock.taken).await;
    assert!(matches!(told.event, Event::Seen(Seen::Locked { reason }) if reason == "401"));
    let mut again = Guest::arrives(&town, &drawer).await;
    assert_eq!(again.learns().await, Seen::Unlocked);
    again.leaves().await;
}

#[tokio::test]
async fn intents_that_are_not_granted_end_the_connection_with_their_mend() {
    let guest = guest().await;
    guest.town.closes(4014);
    let ended = tokio::time::timeout(Duration::from_secs(20), guest.connected.run).await.unwrap().unwrap();
    assert_eq!(ended, Err(Stopped::Intents("4014")));
    assert!(Stopped::Intents("4014").to_string().contains("Server Members Intent"));
}

#[tokio::test]
async fn the_doctor_finds_what_is_missing() {
    let town = Town::open().await;
    let guest = Guest::arrives(&town, &Arc::new(Drawer::default())).await;
    let config =
        |token: &str| DiscordConfig { token: token.into(), api_url: Some(town.address()), message_content: false };
    let found = examine(&config(TOKEN), town.clock.clone()).await.unwrap();
    assert_eq!((found.bot, found.members_intent), (Ok("jeda".into()), Some(true)));
    assert_eq!(found.servers.len(), 1);
    assert_eq!(found.servers[0].missing, Vec::<String>::new());
    assert!(found.invitation.unwrap().contains("client_id=42"));
    let dead = examine(&config("another"), town.clock.clone()).await.unwrap();
    assert_eq!(dead.bot, Err("401".into()));
    guest.leaves().await;
}

/// Everything that anyone in this process logs, at the finest level.
static LOG: OnceLock<Arc<Mutex<Vec<u8>>>> = OnceLock::new();

struct Ink(Arc<Mutex<Vec<u8>>>);
impl Write for Ink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn neither_words_nor_tokens_reach_the_log() {
    let log = LOG.get_or_init(Arc::default).clone();
    let ink = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || Ink(ink.clone()))
        .init();
    let mut guest = guest().await;
    guest.learns().await;
    sent(guest.connected.platform.deliver(&to_ana("key1", words("whispered-by-core"))).await);
    guest
        .town
        .fault("POST /api/v10/channels/300/messages", Fault::Instead(400, json!({"code": 50_035, "message": "no"})));
    guest.connected.platform.deliver(&to_general("key2", words("whispered-by-core"))).await;
    guest.town.happens("MESSAGE_CREATE", direct(1, "whispered-by-ana"));
    // serenity can't read this one and would warn with all of it.
    let mut broken = direct(2, "whispered-by-ana");
    broken["author"] = json!("whispered-by-ana");
    guest.town.happens("MESSAGE_CREATE", broken);
    let data = json!({"id": "500", "name": "back", "type": 1});
    guest.town.happens("INTERACTION_CREATE", interaction(1000, 2, &data, true));
    guest.town.call("POST /api/v10/interactions/1000/", 0).await;
    guest.leaves().await;
    let log = String::from_utf8_lossy(&log.lock().unwrap()).into_owned();
    assert!(log.contains("connected to Discord"), "the log itself works");
    for secret in ["whispered-by-core", "whispered-by-ana", TOKEN, "secret-token-of-an-interaction"] {
        assert_eq!(log.lines().find(|line| line.contains(secret)), None, "{secret}");
    }
}
