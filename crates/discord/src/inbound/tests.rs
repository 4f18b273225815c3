use super::*;
use jeda_core::{
    action::{Action, FormId},
    event::{Event, Inbound},
    language::Language,
    people, standup,
};
use serde_json::{Value, json};
use serenity::model::{
    application::Interaction,
    channel::Message,
    event::{MessageDeleteEvent, MessageUpdateEvent},
};

struct Town;
impl Names for Town {
    fn channel(&self, id: u64) -> Option<String> {
        (id == 300).then(|| "general".into())
    }
    fn role(&self, id: u64) -> Option<String> {
        (id == 9).then(|| "ops".into())
    }
}

fn user(id: u64, name: &str) -> Value {
    json!({"id": id.to_string(), "username": name, "discriminator": "0", "global_name": name.to_uppercase(), "avatar": null})
}

/// An interaction in server 200, as the gateway sends it.
fn in_server(kind: u8, data: &Value) -> Value {
    json!({
        "id": "1000", "application_id": "42", "type": kind, "data": data, "guild_id": "200", "channel_id": "300",
        "channel": {"id": "300", "type": 0, "name": "general"},
        "member": {"user": user(7, "ann"), "nick": "Ann of Ops", "roles": [], "joined_at": "2020-01-01T00:00:00+00:00",
            "deaf": false, "mute": false, "flags": 0, "permissions": "32", "premium_since": null, "avatar": null},
        "token": "secret", "version": 1, "app_permissions": "0", "locale": "id", "guild_locale": "en-US",
        "entitlements": [], "authorizing_integration_owners": {"0": "200"}, "context": 0, "attachment_size_limit": 1,
    })
}

/// The same in a direct message.
fn in_direct(kind: u8, data: &Value) -> Value {
    let mut json = in_server(kind, data);
    let object = json.as_object_mut().unwrap();
    object.remove("guild_id");
    object.remove("member");
    json["user"] = user(7, "ann");
    json["context"] = 1.into();
    json
}

fn direct_message(content: &str) -> Value {
    json!({
        "id": "900", "channel_id": "600", "author": user(7, "ann"), "content": content,
        "timestamp": "2026-11-24T07:00:00+00:00", "edited_timestamp": null, "tts": false, "mention_everyone": false,
        "mentions": [user(8, "budi")], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0,
    })
}

fn heard(json: Value) -> Heard {
    interaction(&serde_json::from_value::<Interaction>(json).unwrap()).unwrap()
}

fn event(inbound: Option<Inbound>) -> Event {
    inbound.unwrap().event
}

#[test]
fn a_command_with_typed_options_arrives_in_neutral_words() {
    let data = json!({"id": "500", "name": "standup", "type": 1, "options": [{"name": "new", "type": 1, "options": [
        {"name": "name", "type": 3, "value": "Daily <@8>"},
        {"name": "channel", "type": 7, "value": "300"},
        {"name": "who", "type": 3, "value": "<@!8> <@&9>"},
    ]}]});
    let heard = heard(in_server(2, &data));
    assert_eq!(heard.guild, Some(200));
    assert_eq!(heard.by.user.as_str(), "7");
    assert_eq!(heard.by.name.as_deref(), Some("Ann of Ops"));
    assert_eq!(heard.by.language, Some(Language::Id));
    assert_eq!(heard.by.admin, Some(true), "MANAGE_GUILD");
    let inbound = heard.inbound(200).unwrap();
    assert_eq!(inbound.key.as_str(), "interaction/1000");
    assert_eq!(inbound.workspace.as_str(), "discord:200");
    let Event::Command { invocation, .. } = inbound.event else { panic!() };
    assert_eq!(invocation.path, ["standup", "new"]);
    assert_eq!(invocation.arg("channel"), Some("<#300>"));
    assert_eq!(invocation.arg("who"), Some("<@8> <&9>"));
    assert_eq!(invocation.arg("name"), Some("Daily <@8>"), "words stay as they were typed");
}

#[test]
fn a_named_channel_says_whether_its_author_may_write_there() {
    let named = |permissions: Value| {
        let mut channel = json!({"id": "300", "name": "news", "type": 5});
        if !permissions.is_null() {
            channel["permissions"] = permissions;
        }
        let data = json!({"id": "500", "name": "later", "type": 1, "resolved": {"channels": {"300": channel}},
        "options": [{"name": "send", "type": 1, "options": [
            {"name": "text", "type": 3, "value": "  as  typed <@8> "},
            {"name": "channel", "type": 7, "value": "300"},
        ]}]});
        let Event::Command { invocation, by } = event(heard(in_server(2, &data)).inbound(200)) else { panic!() };
        assert_eq!(invocation.arg("text"), Some("  as  typed <@8> "));
        by.writes_there
    };
    // View and send, view alone, everything, and a server that doesn't say.
    assert_eq!(named(json!("3072")), Some(true));
    assert_eq!(named(json!("1024")), Some(false));
    assert_eq!(named(json!("8")), Some(true));
    assert_eq!(named(Value::Null), None);
}

#[test]
fn a_person_is_chosen_from_discords_own_list() {
    let data = json!({"id": "500", "name": "later", "type": 1, "options": [{"name": "send", "type": 1, "options": [
        {"name": "text", "type": 3, "value": "hello"}, {"name": "to", "type": 6, "value": "8"},
    ]}]});
    let Event::Command { invocation, by } = event(heard(in_server(2, &data)).inbound(200)) else { panic!() };
    assert_eq!(invocation.arg("to"), Some("<@8>"));
    assert_eq!(by.writes_there, Some(false), "where they are, by their permissions there");
}

#[test]
fn a_command_without_subcommands_has_its_own_options() {
    let data = json!({"id": "500", "name": "hours", "type": 1, "options": [{"name": "hours", "type": 3, "value": "Asia/Jakarta"}]});
    let Event::Command { invocation, by } = event(heard(in_direct(2, &data)).inbound(200)) else { panic!() };
    assert_eq!(invocation.path, ["hours"]);
    assert_eq!(invocation.arg("hours"), Some("Asia/Jakarta"));
    assert_eq!(by.admin, None, "a direct message doesn't say");
    assert_eq!(by.name.as_deref(), Some("ANN"));
}

#[test]
fn what_is_asked_while_typing_carries_what_stands_already() {
    let data = json!({"id": "500", "name": "standup", "type": 1, "options": [{"name": "edit", "type": 1, "options": [
        {"name": "name", "type": 3, "value": "Daily"},
        {"name": "when", "type": 3, "value": "week", "focused": true},
    ]}]});
    let heard = heard(in_server(4, &data));
    assert!(heard.inbound(200).is_none(), "nothing of it goes to the inbox");
    let Asked::Suggest { invocation, argument, typed } = heard.asked else { panic!() };
    assert_eq!((argument.as_str(), typed.as_str()), ("when", "week"));
    assert_eq!(invocation.arg("name"), Some("Daily"));
}

#[test]
fn a_button_says_which_server_it_speaks_for() {
    let press = |id: &str| {
        let mut json = in_direct(3, &json!({"custom_id": id, "component_type": 2}));
        json["message"] = direct_message("x");
        heard(json)
    };
    let ours = press("p:hours@200~0123456789abc");
    assert_eq!((ours.guild, ours.hint), (None, Some(200)));
    assert_eq!(ours.asked, Asked::Click(Action::People(people::Action::SetHours)));
    assert_eq!(press("somebody-else").asked, Asked::Strange);
    assert_eq!(press("p:hours@nonsense").hint, None);
}

#[test]
fn a_form_comes_back_with_its_fields() {
    let row = |id: &str, value: &str| json!({"type": 1, "components": [{"type": 4, "custom_id": id, "value": value}]});
    let data = json!({"custom_id": "s:new@200", "components": [row("name", "Daily"), row("when", "")]});
    let heard = heard(in_server(5, &data));
    let Asked::Submit { form, values, from_message } = &heard.asked else { panic!() };
    assert_eq!(form, &FormId::Standup(standup::FormId::New));
    assert_eq!(values.get("name").map(String::as_str), Some("Daily"));
    assert_eq!(values.get("when").map(String::as_str), Some(""));
    assert!(!from_message);
}

#[test]
fn a_direct_message_reads_as_its_writer_saw_it() {
    let mut json = direct_message("hi <@8>, <@!8> in <#300> with <@&9> <:tada:55> <a:wow:56> <t:1:R> a<b <#1> \\*");
    json["message_reference"] = json!({"message_id": "899", "channel_id": "600"});
    let mut answered = direct_message("What did you do?");
    answered["components"] = json!([{"type": 1, "components": [
        {"type": 2, "style": 1, "label": "Answer", "custom_id": "s:answer/s1/2026-11-24/0@200"},
    ]}]);
    json["referenced_message"] = answered;
    let said = spoken(&serde_json::from_value::<Message>(json).unwrap(), &Town).unwrap();
    assert_eq!((said.user, said.channel, said.hint), (Some(7), 600, Some(200)));
    assert_eq!(said.key.as_str(), "message/900");
    let Event::Said { text, answers, by, .. } = said.event else { panic!() };
    assert_eq!(text, "hi @BUDI, @BUDI in #general with @ops :tada: :wow: <t:1:R> a<b <#1> \\*");
    assert_eq!(answers.unwrap().as_str(), "899");
    assert_eq!(by.channel.unwrap().as_str(), "600");
}

#[test]
fn a_picture_is_an_answer_too() {
    let mut json = direct_message("");
    json["attachments"] =
        json!([{"id": "1", "filename": "board.png", "size": 1, "url": "https://x/y", "proxy_url": "https://x/y"}]);
    let Event::Said { text, .. } = spoken(&serde_json::from_value::<Message>(json).unwrap(), &Town).unwrap().event
    else {
        panic!()
    };
    assert_eq!(text, "[board.png]");
}

#[test]
fn bots_channels_and_notices_are_not_heard() {
    let hears = |json: Value| spoken(&serde_json::from_value::<Message>(json).unwrap(), &Town).is_some();
    assert!(hears(direct_message("x")));
    let mut bot = direct_message("x");
    bot["author"]["bot"] = true.into();
    let mut channel = direct_message("x");
    channel["guild_id"] = "200".into();
    let mut pin = direct_message("x");
    pin["type"] = 6.into();
    assert!(!hears(bot) && !hears(channel) && !hears(pin));
}

#[test]
fn an_edit_has_its_own_name_and_a_preview_is_none() {
    let mut json = direct_message("better");
    json["edited_timestamp"] = "2026-11-24T07:05:00.250000+00:00".into();
    let update: MessageUpdateEvent = serde_json::from_value(json).unwrap();
    let said = edited(&update, &Town).unwrap();
    assert_eq!(said.key.as_str(), "edit/900/2026-11-24T07:05:00.25Z");
    assert!(matches!(said.event, Event::SaidEdited { text, .. } if text == "better"));
    let preview: MessageUpdateEvent = serde_json::from_value(direct_message("https://x")).unwrap();
    assert!(edited(&preview, &Town).is_none());
}

#[test]
fn a_deletion_names_its_message() {
    let delete: MessageDeleteEvent = serde_json::from_value(json!({"id": "900", "channel_id": "600"})).unwrap();
    let said = deleted(&delete).unwrap();
    assert_eq!(said.key.as_str(), "delete/900");
    assert_eq!(said.user, None);
    let elsewhere: MessageDeleteEvent =
        serde_json::from_value(json!({"id": "900", "channel_id": "600", "guild_id": "200"})).unwrap();
    assert!(deleted(&elsewhere).is_none());
}

#[test]
fn a_workspace_is_a_server_and_back() {
    assert_eq!(guild_of(&workspace(200)), Some(200));
    assert_eq!(guild_of(&WorkspaceId::new("slack:T1")), None);
    assert_eq!(guild_of(&WorkspaceId::new("discord:0")), None);
}
