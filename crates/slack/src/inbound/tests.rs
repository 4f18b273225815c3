//! What Slack sends, and what it comes to. People: ana (`U1`), budi (`U2`), the bot (`UBOT`).

use super::*;
use crate::markup::Nameless;
use jeda_core::{command::Invocation, people, standup};
use jeda_tests::specs;
use serde_json::json;
use std::path::Path;

fn me() -> Me {
    Me { workspace: WorkspaceId::new("slack:T1"), user: UserId::new("UBOT") }
}

fn told(event: Value) -> Read {
    super::event(
        &json!({ "type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event }),
        &me(),
        &Nameless,
    )
}

fn taken(read: Read) -> (Inbound, String, Answer) {
    match read {
        Read::Take { inbound, lane, answer } => (*inbound, lane, answer),
        other => panic!("nothing was taken: {other:?}"),
    }
}

fn message(extra: Value) -> Value {
    let mut event = json!({
        "type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1700000000.000100", "text": "hi",
    });
    for (name, value) in extra.as_object().unwrap() {
        event[name.as_str()] = value.clone();
    }
    event
}

#[test]
fn ana_runs_a_command() {
    let payload = json!({
        "team_id": "T1", "user_id": "U1", "channel_id": "C1", "command": "/standup", "trigger_id": "13.7.x",
        "text": "note R&amp;D with <@U2|budi>", "response_url": "https://hooks.slack.com/commands/x",
    });
    let (inbound, lane, answer) = taken(slash_command(&payload, &me()));
    assert_eq!(inbound.key, InboxKey::new("command/13.7.x"));
    assert_eq!(inbound.workspace, WorkspaceId::new("slack:T1"));
    assert_eq!(lane, "person/U1");
    let Event::Command { by, invocation } = inbound.event else { panic!("{:?}", inbound.event) };
    assert_eq!((by.user.as_str(), by.channel), ("U1", Some(ChannelId::new("C1"))));
    let Invocation { path, args, .. } = invocation;
    assert_eq!(path, ["standup", "note"]);
    assert!(args.values().any(|value| value == "R&D with <@U2>"), "{args:?}");
    let url = Some("https://hooks.slack.com/commands/x".to_owned());
    assert_eq!(answer, Answer::Command { trigger: "13.7.x".into(), url, channel: Some(ChannelId::new("C1")) });
}

#[test]
fn ana_presses_a_button() {
    let payload = json!({
        "type": "block_actions", "user": { "id": "U1" }, "trigger_id": "13.8.x", "channel": { "id": "D1" },
        "response_url": "https://hooks.slack.com/actions/x",
        "actions": [{ "type": "button", "action_id": "p:hours", "value": "p:hours", "action_ts": "1700000000.1" }],
    });
    let (inbound, lane, answer) = taken(interaction(&payload, &me()));
    assert_eq!((inbound.key.as_str(), lane.as_str()), ("click/13.8.x", "person/U1"));
    let Event::Click { by, action } = inbound.event else { panic!("{:?}", inbound.event) };
    assert_eq!(by.channel, Some(ChannelId::new("D1")));
    assert_eq!(action, Action::People(people::Action::SetHours));
    assert!(matches!(answer, Answer::Click { url: Some(_), .. }));
}

#[test]
fn a_button_of_long_ago_is_passed_over() {
    for token in ["", "s:gone", "x:hours", "s:answer/../2026-11-24/0", &"s:".repeat(200)] {
        let payload = json!({
            "type": "block_actions", "user": { "id": "U1" }, "trigger_id": "13.8.x",
            "actions": [{ "action_id": token, "value": token }],
        });
        assert!(matches!(interaction(&payload, &me()), Read::Nothing(_)), "{token}");
    }
}

#[test]
fn ana_sends_a_form_twice_and_each_counts() {
    let payload = |trigger: &str| {
        json!({
            "type": "view_submission", "user": { "id": "U1" }, "trigger_id": trigger,
            "view": {
                "id": "V1", "hash": "1.a", "callback_id": "s:new", "title": { "text": "New standup" },
                "private_metadata": "{\"channel\":\"C1\"}",
                "state": { "values": {
                    "name": { "name": { "type": "plain_text_input", "value": "Daily <!here>" } },
                    "whose": { "whose": { "selected_option": { "value": "each" } } },
                    "channel": { "channel": { "selected_conversation": "C2" } },
                    "who": { "who": { "selected_users": ["U1", "U2"] } },
                    "note": { "note": { "type": "plain_text_input", "value": null } },
                } },
            },
        })
    };
    let (inbound, _, answer) = taken(interaction(&payload("t1"), &me()));
    let (again, ..) = taken(interaction(&payload("t2"), &me()));
    assert_ne!(inbound.key, again.key, "a form that was refused is sent again with the same hash");
    let Event::Submit { by, form, values } = inbound.event else { panic!("{:?}", inbound.event) };
    assert_eq!(form, FormId::Standup(standup::FormId::New));
    assert_eq!(by.channel, Some(ChannelId::new("C1")));
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let expected = [("channel", "C2"), ("name", "Daily <!here>"), ("note", ""), ("who", "U1 U2"), ("whose", "each")];
    assert_eq!(values, expected);
    assert_eq!(answer, Answer::View { title: "New standup".into(), channel: Some(ChannelId::new("C1")) });
}

#[test]
fn ana_writes_to_the_bot() {
    let (inbound, lane, answer) = taken(told(message(json!({ "text": "R&amp;D with <@U2|budi>" }))));
    assert_eq!((inbound.key.as_str(), lane.as_str(), answer), ("event/Ev1", "person/U1", Answer::Nobody));
    let Event::Said { by, message, answers, text } = inbound.event else { panic!("{:?}", inbound.event) };
    assert_eq!(by.channel, Some(ChannelId::new("D1")));
    assert_eq!((message.as_str(), answers, text.as_str()), ("1700000000.000100", None, "R&D with @budi"));
}

#[test]
fn an_answer_in_a_thread_names_what_it_answers() {
    let (inbound, ..) =
        taken(told(message(json!({ "thread_ts": "1690000000.000100", "subtype": "thread_broadcast" }))));
    let Event::Said { answers, .. } = inbound.event else { panic!("{:?}", inbound.event) };
    assert_eq!(answers, Some(MessageId::new("1690000000.000100")));
    let (inbound, ..) = taken(told(message(json!({ "thread_ts": "1700000000.000100" }))));
    let Event::Said { answers, .. } = inbound.event else { panic!("{:?}", inbound.event) };
    assert_eq!(answers, None, "the root of a thread answers nothing");
}

#[test]
fn only_what_people_say_to_the_bot_counts() {
    for (why, extra) in [
        ("the bot itself", json!({ "user": "UBOT" })),
        ("another bot", json!({ "bot_id": "B1" })),
        ("hidden", json!({ "hidden": true })),
        ("a bot in a channel", json!({ "channel_type": "channel", "bot_id": "B1" })),
        ("joined a channel", json!({ "channel_type": "channel", "subtype": "channel_join" })),
        ("in a group of direct messages", json!({ "channel_type": "mpim" })),
        ("joined", json!({ "subtype": "channel_join" })),
        ("a bot's subtype", json!({ "subtype": "bot_message" })),
    ] {
        assert!(matches!(told(message(extra)), Read::Nothing(_)), "{why}");
    }
    // Of what is said in a channel the mentions are looked at, and the first line goes along for whoever is off.
    let said = json!({ "channel_type": "channel", "text": "<@U2> <!here> [FYI] first\nsecret", "thread_ts": "1.1" });
    let Read::Overheard { wrote, edit, .. } = told(message(said)) else { panic!("in a channel") };
    assert!(wrote.mentions.everyone && wrote.mentions.users.len() == 1 && wrote.no_reply_needed && !edit);
    assert_eq!(wrote.thread, Some(MessageId::new("1.1")));
    assert_eq!(wrote.line.as_deref(), Some("@U2 @here [FYI] first"));
    assert!(!format!("{wrote:?}").contains("secret"));
    // Of what mentions nobody nothing does.
    let said = json!({ "channel_type": "channel", "text": "just first" });
    let Read::Overheard { wrote, .. } = told(message(said)) else { panic!("in a channel") };
    assert_eq!(wrote.line, None);
    for subtype in ["file_share", "me_message", "thread_broadcast"] {
        taken(told(message(json!({ "subtype": subtype }))));
    }
}

#[test]
fn an_edit_counts_when_its_author_changed_the_words() {
    let edit = |before: &str, after: &str, user: &str| {
        json!({
            "type": "message", "subtype": "message_changed", "hidden": true, "channel_type": "im", "channel": "D1",
            "ts": "1700000001.0",
            "message": { "user": user, "ts": "1700000000.000100", "text": after, "edited": { "user": user } },
            "previous_message": { "user": user, "ts": "1700000000.000100", "text": before },
        })
    };
    let (inbound, lane, _) = taken(told(edit("a", "b &lt; c", "U1")));
    assert_eq!(lane, "person/U1");
    let Event::SaidEdited { by, message, text } = inbound.event else { panic!("{:?}", inbound.event) };
    assert_eq!((by.user.as_str(), message.as_str(), text.as_str()), ("U1", "1700000000.000100", "b < c"));
    assert!(matches!(told(edit("a", "a", "U1")), Read::Nothing(_)), "a link got its preview");
    assert!(matches!(told(edit("a", "b", "UBOT")), Read::Nothing(_)), "the bot edits its own messages");
}

#[test]
fn a_message_is_taken_back() {
    let gone = json!({
        "type": "message", "subtype": "message_deleted", "hidden": true, "channel_type": "im", "channel": "D1",
        "deleted_ts": "1700000000.000100", "previous_message": { "user": "U1", "ts": "1700000000.000100" },
    });
    let tombstone = json!({
        "type": "message", "subtype": "message_changed", "channel_type": "im", "channel": "D1",
        "message": { "user": "USLACKBOT", "subtype": "tombstone", "ts": "1700000000.000100", "text": "deleted" },
        "previous_message": { "user": "U1", "ts": "1700000000.000100", "text": "hi" },
    });
    for event in [gone, tombstone] {
        let (inbound, ..) = taken(told(event));
        let message = MessageId::new("1700000000.000100");
        assert_eq!(inbound.event, Event::SaidDeleted { channel: ChannelId::new("D1"), message });
    }
}

#[test]
fn people_come_and_go() {
    let (inbound, lane, _) = taken(told(json!({ "type": "member_joined_channel", "user": "U1", "channel": "C1" })));
    assert_eq!(lane, "channel/C1");
    let (channel, user) = (ChannelId::new("C1"), UserId::new("U1"));
    assert_eq!(inbound.event, Event::Seen(Seen::Joined { channel: channel.clone(), user: user.clone() }));
    let (inbound, ..) = taken(told(json!({ "type": "member_left_channel", "user": "U1", "channel": "C1" })));
    assert_eq!(inbound.event, Event::Seen(Seen::Left { channel: channel.clone(), user }));
    for event in [
        json!({ "type": "member_joined_channel", "user": "UBOT", "channel": "C1" }),
        json!({ "type": "channel_archive", "channel": "C1" }),
        json!({ "type": "group_left", "channel": "C1" }),
        json!({ "type": "channel_rename", "channel": { "id": "C1", "name": "ops" } }),
    ] {
        let Read::Look { look, lane, .. } = told(event) else { panic!("the channel is looked at") };
        assert_eq!((look, lane.as_str()), (Look::Channel(channel.clone()), "channel/C1"));
    }
}

#[test]
fn a_profile_tells_name_zone_and_language() {
    let user = json!({
        "id": "U1", "name": "ana.w", "real_name": "Ana W", "tz": "Asia/Jakarta", "tz_offset": 25200, "locale": "id-ID",
        "is_admin": true, "deleted": false, "profile": { "display_name": "ana &amp; co", "real_name": "Ana W" },
    });
    let facts = member_facts(&user).unwrap();
    assert_eq!((facts.name.as_str(), facts.zone.as_deref()), ("ana & co", Some("Asia/Jakarta")));
    assert_eq!((facts.language, facts.admin, facts.bot, facts.active), (Some(Language::Id), true, false, true));
    let bare = member_facts(&json!({ "id": "U2", "tz": null, "deleted": true, "profile": { "display_name": "" } }));
    let bare = bare.unwrap();
    assert_eq!((bare.name.as_str(), bare.zone, bare.active), ("U2", None, false));
    assert!(member_facts(&json!({ "id": "USLACKBOT" })).unwrap().bot);
}

#[test]
fn a_revoked_token_locks_only_when_it_is_the_bots() {
    let revoked = |bot: Value| json!({ "type": "tokens_revoked", "tokens": { "oauth": ["U1"], "bot": bot } });
    let (inbound, ..) = taken(told(revoked(json!(["UBOT"]))));
    assert!(matches!(inbound.event, Event::Seen(Seen::Locked { .. })));
    assert!(matches!(told(revoked(json!([]))), Read::Nothing(_)));
}

#[test]
fn what_lacks_its_name_is_said_to_be_unreadable() {
    assert_eq!(slash_command(&json!({}), &me()), Read::Unreadable("user_id"));
    assert_eq!(interaction(&json!({}), &me()), Read::Unreadable("type"));
    assert_eq!(super::event(&json!({ "event": {} }), &me(), &Nameless), Read::Unreadable("event_id"));
    assert_eq!(told(json!({ "type": "message", "channel": "D1" })), Read::Unreadable("event.user"));
}

/// The samples' values are blanked: every empty text gets something to say.
fn filled(value: Value, name: &str) -> Value {
    match value {
        Value::String(text) if text.is_empty() => match name {
            "callback_id" => "s:new".into(),
            "value" | "action_id" => "p:hours".into(),
            "channel_type" => "im".into(),
            // A file's share is written by its owner, not by a bot, though the sample shows every field there is.
            "bot_id" | "subtype" => "".into(),
            _ => "X1".into(),
        },
        Value::Array(all) => all.into_iter().map(|item| filled(item, name)).collect(),
        Value::Object(map) => map.into_iter().map(|(key, item)| (key.clone(), filled(item, &key))).collect(),
        other => other,
    }
}

pub(crate) fn payloads(folder: &Path) -> Vec<(String, Value)> {
    let mut found: Vec<(String, Value)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "json"))
        .map(|path| {
            let value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            (path.file_stem().unwrap().to_string_lossy().into_owned(), filled(value, ""))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!found.is_empty(), "{} is empty", folder.display());
    found
}

#[test]
fn every_sample_event_reads_and_those_that_matter_are_taken() {
    let Some(samples) = specs("slack/samples") else { return };
    let mut matter: Vec<String> = Vec::new();
    let all = payloads(&samples.join("events"));
    assert!(all.len() >= 96, "{} samples of events", all.len());
    for (name, payload) in all {
        match super::event(&payload, &me(), &Nameless) {
            Read::Unreadable(missing) => panic!("{name} lacks {missing}"),
            Read::Nothing(_) => {}
            Read::Take { .. } | Read::Look { .. } | Read::Overheard { .. } => {
                matter.push(name.trim_end_matches("Payload").to_owned())
            }
        }
    }
    insta::assert_snapshot!(matter.join(" "));
}

#[test]
fn every_sample_interaction_reads() {
    let Some(samples) = specs("slack/samples") else { return };
    let folder = samples.join("app-backend");
    let mut seen = Vec::new();
    let kinds: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|kind| kind != "slash-commands")
        .collect();
    assert_eq!(kinds.len(), 3, "a kind of payload that nobody reads: {kinds:?}");
    for kind in ["views", "dialogs", "interactive-components"] {
        for (name, payload) in payloads(&folder.join(kind)) {
            let what = match interaction(&payload, &me()) {
                Read::Take { inbound, .. } => jeda_core::decide::kind(&inbound.event),
                Read::Nothing(_) => "nothing",
                Read::Unreadable(missing) => panic!("{name} lacks {missing}"),
                Read::Look { .. } | Read::Overheard { .. } => panic!("{name} is no interaction"),
            };
            seen.push(format!("{name}: {what}"));
        }
    }
    for (_, payload) in payloads(&folder.join("slash-commands")) {
        taken(slash_command(&payload, &me()));
    }
    insta::assert_snapshot!(seen.join("\n"));
}

#[test]
fn paused_notifications_are_told_with_their_end() {
    let status = |json: Value| pause("U1", &json).map(|it| (it.from.as_second(), it.until.as_second()));
    let night = json!({"dnd_enabled": true, "next_dnd_start_ts": 1_795_401_000, "next_dnd_end_ts": 1_795_437_000});
    assert_eq!(status(night), Some((1_795_401_000, 1_795_437_000)));
    // Slack's way to say never, and one that is switched off.
    assert_eq!(status(json!({"dnd_enabled": true, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1})), None);
    assert_eq!(status(json!({"dnd_enabled": false, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1_795_437_000})), None);
    let snooze = json!({"dnd_enabled": false, "snooze_enabled": true, "snooze_endtime": 1_795_404_600});
    assert_eq!(status(snooze), Some((0, 1_795_404_600)));
    assert_eq!(status(json!({})), None);
}
