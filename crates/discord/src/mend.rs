//! Events that serenity could not read, read after all. Pure.
//!
//! serenity drops an event that lacks a field it expects, without a word, though nothing here needs that field: an
//! interaction without `attachment_size_limit` or `entitlements`, a role without `colors`. Discord itself sends
//! them all today; other servers in its place, and Discord tomorrow, may not. What is missing gets the value that
//! says nothing, and the event is read again.

use serde_json::{Map, Value, json};
use serenity::model::event::{Event, UnknownEvent};

/// The events that the bot listens to.
const LISTENED: &[&str] = &[
    "READY",
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "GUILD_CREATE",
    "GUILD_UPDATE",
    "GUILD_DELETE",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_UPDATE",
    "GUILD_MEMBER_REMOVE",
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_UPDATE",
    "GUILD_ROLE_DELETE",
    "CHANNEL_CREATE",
    "CHANNEL_UPDATE",
    "CHANNEL_DELETE",
    "THREAD_CREATE",
    "THREAD_DELETE",
    "THREAD_LIST_SYNC",
];

/// What became of an event that serenity could not read.
#[derive(Debug)]
pub(crate) enum Mended {
    /// It reads now.
    Event(Box<Event>),
    /// Nothing that the bot listens to.
    Unheard,
    /// One that the bot listens to, and it still can't be read.
    Broken,
}

/// Reads an event with what it lacks filled in.
pub(crate) fn mend(unknown: UnknownEvent) -> Mended {
    if !LISTENED.contains(&unknown.kind.as_str()) {
        return Mended::Unheard;
    }
    let mut data = unknown.value;
    if let Some(object) = data.as_object_mut() {
        for (part, shape) in [("READY", READY), ("INTERACTION_CREATE", INTERACTION), ("MESSAGE_CREATE", MESSAGE)] {
            if unknown.kind == part {
                fill(object, &shape());
            }
        }
        if unknown.kind == "INTERACTION_CREATE" {
            // Commands are known by name, and of a message whose button was pressed it counts only that there is one.
            for (part, shape) in [("member", MEMBER), ("message", PRESSED), ("data", asked(object.get("type")))] {
                if let Some(inner) = object.get_mut(part).and_then(Value::as_object_mut) {
                    fill(inner, &shape());
                    inner.get_mut("options").into_iter().for_each(complete_options);
                }
            }
        }
        if matches!(unknown.kind.as_str(), "GUILD_CREATE" | "GUILD_UPDATE") {
            fill(object, &GUILD());
        }
    }
    complete(&mut data);
    match serde_json::from_value(json!({"t": unknown.kind, "d": data})) {
        Ok(Event::Unknown(_)) | Err(_) => Mended::Broken,
        Ok(event) => Mended::Event(Box::new(event)),
    }
}

type Shape = fn() -> Value;

const READY: Shape = || json!({"v": 10, "guilds": [], "resume_gateway_url": "", "application": {"flags": 0}});
const INTERACTION: Shape = || {
    json!({"version": 1, "entitlements": [], "attachment_size_limit": 0, "locale": "", "app_permissions": "0",
        "authorizing_integration_owners": {}})
};
const MESSAGE: Shape = || {
    json!({"edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": false, "type": 0})
};
/// What an interaction of this type has in its data.
fn asked(kind: Option<&Value>) -> Shape {
    match kind.and_then(Value::as_u64) {
        Some(3) => || json!({"component_type": 2}),
        _ => || json!({"id": "1", "type": 1}),
    }
}
/// Nobody's id: of a server that doesn't say whose it is.
const NOBODY: &str = "9223372036854775807";
const PRESSED: Shape = || {
    json!({"id": "1", "channel_id": "1", "author": {"id": "1", "username": ""}, "content": "",
        "timestamp": "1970-01-01T00:00:00Z"})
};
const GUILD: Shape = || {
    json!({"verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "emojis": [],
        "features": [], "mfa_level": 0, "system_channel_flags": 0, "premium_tier": 0, "preferred_locale": "en-US",
        "afk_timeout": 300, "nsfw_level": 0, "stickers": [], "premium_progress_bar_enabled": false, "roles": [],
        "channels": [], "members": [], "threads": [], "presences": [], "voice_states": [], "stage_instances": [],
        "guild_scheduled_events": [], "soundboard_sounds": [], "joined_at": "1970-01-01T00:00:00Z", "large": false,
        "unavailable": false, "member_count": 0, "owner_id": NOBODY})
};
const USER: Shape = || json!({"discriminator": "0", "avatar": null});
const MEMBER: Shape = || json!({"roles": [], "deaf": false, "mute": false, "flags": 0, "joined_at": null});
const ROLE: Shape = || {
    json!({"color": 0, "hoist": false, "managed": false, "mentionable": false, "position": 0, "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}})
};
const CHANNEL: Shape = || json!({"permission_overwrites": [], "position": 0, "name": ""});

/// Completes users, members, roles, channels and answered messages, wherever they are, by their telling fields.
fn complete(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(complete),
        Value::Object(object) => {
            // How a message came about is nobody's business here, and has shapes of its own.
            for cause in ["interaction_metadata", "interaction"] {
                object.remove(cause);
            }
            object.values_mut().for_each(complete);
            let has = |field: &str| object.contains_key(field);
            let shape = match () {
                () if has("username") => USER,
                () if has("author") && has("content") => MESSAGE,
                () if has("user") && (has("roles") || has("nick") || has("permissions")) => MEMBER,
                () if has("permissions") && has("name") && !has("type") => ROLE,
                () if has("permission_overwrites") || (has("type") && has("name") && has("guild_id")) => CHANNEL,
                () => return,
            };
            fill(object, &shape());
        }
        _ => {}
    }
}

/// Completes a command's options: one without a value is a subcommand, which has options of its own.
fn complete_options(options: &mut Value) {
    for option in options.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        let shape = match option.get("value") {
            None => json!({"type": 1, "options": []}),
            Some(Value::Bool(_)) => json!({"type": 5}),
            Some(Value::Number(_)) => json!({"type": 10}),
            Some(_) => json!({"type": 3}),
        };
        fill(option, &shape);
        option.get_mut("options").into_iter().for_each(complete_options);
    }
}

/// Puts in what isn't there; what is there stays.
fn fill(object: &mut Map<String, Value>, shape: &Value) {
    for (field, value) in shape.as_object().into_iter().flatten() {
        match object.get_mut(field) {
            None => drop(object.insert(field.clone(), value.clone())),
            Some(Value::Object(inner)) if value.is_object() => fill(inner, value),
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(kind: &str, data: Value) -> Mended {
        let event: Event = serde_json::from_value(json!({"t": kind, "d": data})).unwrap();
        match event {
            Event::Unknown(unknown) => mend(unknown),
            event => panic!("serenity reads it: {event:?}"),
        }
    }

    #[test]
    fn an_interaction_without_what_nobody_needs_is_heard() {
        let data = json!({"id": "1000", "application_id": "42", "type": 2, "guild_id": "200", "channel_id": "300",
            "data": {"name": "back"}, "token": "t",
            "member": {"user": {"id": "7", "username": "ana"}}});
        let Mended::Event(event) = reads("INTERACTION_CREATE", data) else { panic!() };
        let Event::InteractionCreate(event) = *event else { panic!() };
        let heard = crate::inbound::interaction(&event.interaction).unwrap();
        assert_eq!((heard.by.user.as_str(), heard.guild), ("7", Some(200)));
    }

    #[test]
    fn a_subcommand_is_heard_without_options_and_types() {
        for option in [json!({"name": "list"}), json!({"name": "note", "options": [{"name": "text", "value": "hi"}]})] {
            let data = json!({"id": "1000", "application_id": "42", "type": 2, "channel_id": "300", "token": "t",
                "data": {"name": "standup", "options": [option]}, "user": {"id": "7", "username": "ana"}});
            let Mended::Event(event) = reads("INTERACTION_CREATE", data) else { panic!("{option}") };
            let Event::InteractionCreate(event) = *event else { panic!() };
            let crate::inbound::Asked::Command(it) = crate::inbound::interaction(&event.interaction).unwrap().asked
            else {
                panic!()
            };
            assert_eq!(it.path, ["standup", option["name"].as_str().unwrap()]);
            assert_eq!(it.arg("text").is_some(), option["name"] == "note");
        }
    }

    #[test]
    fn a_press_is_heard_whatever_is_said_of_its_message() {
        for message in [
            json!({"id": "900"}),
            json!({"id": "900", "channel_id": "607", "author": {"id": "1", "username": "jeda"}, "content": "x",
                "timestamp": "2026-11-24T07:00:00Z", "interaction_metadata": {"id": "1", "type": 5}}),
        ] {
            let data = json!({"id": "1000", "application_id": "42", "type": 3, "channel_id": "607", "message": message,
                "data": {"custom_id": "p:hours", "component_type": 2}, "token": "t",
                "user": {"id": "7", "username": "ana"}});
            let Mended::Event(event) = reads("INTERACTION_CREATE", data) else { panic!() };
            let Event::InteractionCreate(event) = *event else { panic!() };
            assert_eq!(crate::inbound::interaction(&event.interaction).unwrap().by.user.as_str(), "7");
        }
    }

    #[test]
    fn a_spare_server_is_a_server() {
        let data = json!({"id": "200", "name": "Town",
            "roles": [{"id": "200", "name": "@everyone", "permissions": "1024"}],
            "channels": [{"id": "300", "type": 0, "name": "general"}, {"id": "301", "type": 0, "name": "ops", "permission_overwrites": []}],
            "members": [{"user": {"id": "1", "username": "jeda"}, "roles": ["200"]}]});
        let Mended::Event(event) = reads("GUILD_CREATE", data) else { panic!() };
        let Event::GuildCreate(event) = *event else { panic!() };
        let plan = crate::guild::Plan::of(&event.guild, Some(1));
        assert_eq!((plan.rooms.len(), plan.roles.len()), (2, 1));
        assert_eq!(plan.bot_roles, [200]);
    }

    #[test]
    fn a_spare_message_is_a_message() {
        let data = json!({"id": "1", "channel_id": "607", "author": {"id": "7", "username": "ana"}, "content": "hi",
            "timestamp": "2026-11-24T07:00:00Z"});
        assert!(matches!(reads("MESSAGE_CREATE", data), Mended::Event(_)));
    }

    #[test]
    fn what_is_beyond_repair_is_told_apart_from_what_nobody_listens_to() {
        assert!(matches!(reads("MESSAGE_CREATE", json!({"id": "1"})), Mended::Broken));
        assert!(matches!(reads("TOMORROWS_EVENT", json!({})), Mended::Unheard));
    }
}
