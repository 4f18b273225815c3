//! How things look on the wire, as Discord's OpenAPI has them.

use super::{
    model::{
        Attachment, Channel, Command, Interaction, Kind, Member, Message, Role, State, User, Webhook, kind, made_at,
    },
    permissions as may,
};
use serde_json::{Map, Value, json};

/// An id, as JSON carries it.
pub(super) fn id(id: u64) -> Value {
    Value::String(id.to_string())
}

/// An instant in Discord's spelling, from milliseconds since 1970.
pub(super) fn time(ms: i64) -> String {
    match jiff::Timestamp::from_millisecond(ms) {
        Ok(at) => format!("{at:.6}").replace('Z', "+00:00"),
        Err(_) => "1970-01-01T00:00:00.000000+00:00".into(),
    }
}

pub(super) fn user(user: &User) -> Value {
    json!({
        "id": id(user.id), "username": user.name, "discriminator": if user.bot { "0001" } else { "0" },
        "global_name": if user.bot { Value::Null } else { json!(user.display) },
        "avatar": null, "bot": user.bot, "system": false, "public_flags": 0, "flags": 0, "primary_guild": null,
    })
}

pub(super) fn user_of(state: &State, who: u64) -> Value {
    state.users.get(&who).map_or(Value::Null, user)
}

/// A member without the user inside, as messages carry it.
fn bare_member(member: &Member) -> Map<String, Value> {
    let roles: Vec<Value> = member.roles.iter().map(|r| id(*r)).collect();
    let value = json!({
        "roles": roles, "nick": null, "avatar": null, "banner": null, "joined_at": time(member.joined),
        "premium_since": null, "deaf": false, "mute": false, "pending": false, "flags": 0,
        "communication_disabled_until": null,
    });
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

pub(super) fn member(state: &State, who: u64) -> Option<Value> {
    let mut map = bare_member(state.members.get(&who)?);
    map.insert("user".into(), user_of(state, who));
    Some(Value::Object(map))
}

pub(super) fn role(role: &Role) -> Value {
    json!({
        "id": id(role.id), "name": role.name, "permissions": role.permissions.to_string(), "position": 0,
        "color": 0, "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null}, "hoist": false,
        "managed": role.managed, "mentionable": true, "icon": null, "unicode_emoji": null, "flags": 0,
    })
}

pub(super) fn channel(state: &State, c: &Channel) -> Value {
    let last = c.last.map_or(Value::Null, id);
    match c.kind {
        Kind::Direct { with } => json!({
            "id": id(c.id), "type": 1, "flags": 0, "last_message_id": last, "recipients": [user_of(state, with)],
        }),
        Kind::Text => {
            let overwrites: Vec<Value> = c
                .overwrites
                .iter()
                .map(|(who, o)| {
                    json!({"id": id(*who), "type": u8::from(o.member), "allow": o.allow.to_string(), "deny": o.deny.to_string()})
                })
                .collect();
            json!({
                "id": id(c.id), "type": 0, "flags": 0, "guild_id": id(state.guild.id), "name": c.name,
                "parent_id": null, "position": c.position, "permission_overwrites": overwrites, "nsfw": false,
                "topic": if c.topic.is_empty() { Value::Null } else { json!(c.topic) }, "rate_limit_per_user": 0,
                "last_message_id": last,
            })
        }
        Kind::Thread { parent, private, archived, locked } => json!({
            "id": id(c.id), "type": if private { 12 } else { 11 }, "flags": 0, "guild_id": id(state.guild.id),
            "name": c.name, "parent_id": id(parent), "owner_id": id(c.owner), "last_message_id": last,
            "message_count": c.messages.len(), "member_count": c.thread_members.len(),
            "total_message_sent": c.messages.len(), "rate_limit_per_user": 0,
            "thread_metadata": {
                "archived": archived, "locked": locked, "auto_archive_duration": c.archive_minutes,
                "archive_timestamp": time(made_at(c.id)), "create_timestamp": time(made_at(c.id)),
                "invitable": private,
            },
        }),
    }
}

/// A thread's membership, for `THREAD_CREATE` and the like.
pub(super) fn thread_member(state: &State, thread: u64, who: u64) -> Value {
    json!({"id": id(thread), "user_id": id(who), "join_timestamp": time(state.now()), "flags": 0})
}

/// Who wrote a message: a webhook's is nobody's account.
fn author(state: &State, m: &Message) -> Value {
    let Some(through) = &m.through else { return user_of(state, m.author) };
    // Discord keeps a copy of the picture, and tells its hash.
    let face = through.face.as_ref().map(|_| "5d41402abc4b2a76b9719d911017c592");
    json!({
        "id": id(m.author), "username": through.name, "discriminator": "0000", "global_name": null, "avatar": face,
        "bot": true, "public_flags": 0, "flags": 0, "primary_guild": null,
    })
}

fn attachment(m: &Message, file: &Attachment) -> Value {
    let address = format!("https://cdn.discordapp.com/attachments/{}/{}/{}", m.channel, file.id, file.name);
    json!({"id": id(file.id), "filename": file.name, "size": file.size, "url": address, "proxy_url": address})
}

/// A webhook as whoever manages it sees it, with its token.
pub(super) fn webhook(state: &State, hook: &Webhook) -> Value {
    json!({
        "id": id(hook.id), "type": 1, "application_id": id(state.app), "avatar": null, "name": hook.name,
        "channel_id": id(hook.channel), "guild_id": id(state.guild.id), "token": hook.token,
        "user": user_of(state, state.bot),
        "url": format!("https://discord.com/api/webhooks/{}/{}", hook.id, hook.token),
    })
}

/// A message as REST answers it.
pub(super) fn message(state: &State, m: &Message) -> Value {
    let referenced = m.replies_to.map(|r| state.message(m.channel, r));
    let mut value = json!({
        "id": id(m.id), "channel_id": id(m.channel), "author": author(state, m), "type": m.kind,
        "content": m.content, "timestamp": time(made_at(m.id)), "edited_timestamp": m.edited.map(time),
        "tts": false, "mention_everyone": m.mention_everyone, "pinned": false, "flags": m.flags,
        "mentions": m.mentions.iter().map(|u| user_of(state, *u)).collect::<Vec<_>>(),
        "mention_roles": m.mention_roles.iter().map(|r| id(*r)).collect::<Vec<_>>(),
        "attachments": m.attachments.iter().map(|file| attachment(m, file)).collect::<Vec<_>>(), "embeds": m.embeds, "components": m.components,
    });
    if let Some(found) = referenced {
        value["message_reference"] =
            json!({"type": 0, "channel_id": id(m.channel), "message_id": id(m.replies_to.unwrap_or_default())});
        value["referenced_message"] = found.map_or(Value::Null, |r| {
            let mut r = r.clone();
            r.replies_to = None;
            message(state, &r)
        });
    }
    if m.through.is_some() {
        value["webhook_id"] = id(m.author);
        value["application_id"] = id(state.app);
    }
    if let Some(thread) = m.thread.and_then(|t| state.channels.get(&t)) {
        value["thread"] = channel(state, thread);
    }
    if let Some(cause) = &m.cause {
        value["application_id"] = id(state.app);
        value["webhook_id"] = id(state.app);
        let by = user_of(state, cause.user);
        value["interaction_metadata"] = json!({
            "id": id(cause.interaction), "type": cause.kind, "user": by,
            "authorizing_integration_owners": {"0": id(state.guild.id)},
        });
        let clicked = |value: &mut Value| {
            if let Some(source) = cause.source {
                value["interacted_message_id"] = id(source);
            }
        };
        if cause.kind == kind::COMPONENT {
            clicked(&mut value["interaction_metadata"]);
        }
        if let Some(opener) = cause.opener {
            let by_click = if cause.source.is_some() { kind::COMPONENT } else { kind::COMMAND };
            let mut opened = json!({"id": id(opener), "type": by_click, "user": user_of(state, cause.user),
                "authorizing_integration_owners": {"0": id(state.guild.id)}});
            clicked(&mut opened);
            value["interaction_metadata"]["triggering_interaction_metadata"] = opened;
        }
        if let Some(name) = &cause.command {
            value["interaction"] = json!({"id": id(cause.interaction), "type": cause.kind, "name": name, "user": user_of(state, cause.user)});
        }
    }
    value
}

/// A message as its creation answers it: with its nonce, which Discord does not tell again later.
pub(super) fn fresh_message(state: &State, m: &Message) -> Value {
    let mut value = message(state, m);
    if let Some(nonce) = &m.nonce {
        value["nonce"] = nonce.clone();
    }
    value
}

/// A message as the gateway brings it: with server and member, and without words for who may not read them.
pub(super) fn message_event(state: &State, m: &Message, may_read: bool) -> Value {
    let mut value = message(state, m);
    if state.in_guild(m.channel) {
        value["guild_id"] = id(state.guild.id);
        if let Some(of) = state.members.get(&m.author) {
            value["member"] = Value::Object(bare_member(of));
        }
    }
    if !may_read {
        value["content"] = json!("");
        for list in ["embeds", "components", "attachments"] {
            value[list] = json!([]);
        }
    }
    value
}

/// The server as REST answers it.
pub(super) fn guild(state: &State) -> Value {
    json!({
        "id": id(state.guild.id), "name": state.guild.name, "icon": null, "description": null, "home_header": null,
        "splash": null, "discovery_splash": null, "features": [], "banner": null, "owner_id": id(state.guild.owner),
        "application_id": null, "region": "deprecated", "afk_channel_id": null, "afk_timeout": 300,
        "system_channel_id": null, "system_channel_flags": 0, "widget_enabled": false, "widget_channel_id": null,
        "verification_level": 0, "roles": state.roles.values().map(role).collect::<Vec<_>>(),
        "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 0, "max_presences": null,
        "max_members": 500_000, "max_stage_video_channel_users": 50, "max_video_channel_users": 25,
        "vanity_url_code": null, "premium_tier": 0, "premium_subscription_count": 0,
        "preferred_locale": state.guild.locale, "rules_channel_id": null, "safety_alerts_channel_id": null,
        "public_updates_channel_id": null, "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0,
        "emojis": [], "stickers": [], "incidents_data": null,
    })
}

/// The server as the gateway brings it.
pub(super) fn guild_event(state: &State, members: &[u64]) -> Value {
    let mut value = guild(state);
    let rooms = state.channels.values().filter(|c| c.kind == Kind::Text);
    let threads = state.channels.values().filter(|c| matches!(c.kind, Kind::Thread { archived: false, .. }));
    let visible = |c: &&Channel| state.can(state.bot, c.id, may::VIEW);
    value["channels"] = rooms.map(|c| channel(state, c)).collect();
    value["threads"] = threads.filter(visible).map(|c| channel(state, c)).collect();
    value["members"] = members.iter().filter_map(|m| member(state, *m)).collect();
    value["member_count"] = json!(state.members.len());
    value["joined_at"] = json!(time(state.members.get(&state.bot).map_or(0, |m| m.joined)));
    value["large"] = json!(members.len() < state.members.len());
    value["unavailable"] = json!(false);
    for list in ["presences", "voice_states", "stage_instances", "guild_scheduled_events", "soundboard_sounds"] {
        value[list] = json!([]);
    }
    value
}

pub(super) fn command(state: &State, c: &Command, localised: bool) -> Value {
    let mut body = c.body.clone();
    body.entry("default_member_permissions").or_insert(Value::Null);
    body.entry("description").or_insert_with(|| json!(""));
    for (key, otherwise) in [("dm_permission", json!(true)), ("nsfw", json!(false)), ("integration_types", json!([0]))]
    {
        body.entry(key).or_insert(otherwise);
    }
    body.entry("contexts").or_insert(Value::Null);
    body.insert("id".into(), id(c.id));
    body.insert("application_id".into(), id(state.app));
    body.insert("version".into(), id(c.version));
    body.insert("type".into(), json!(c.kind()));
    if c.guild {
        body.insert("guild_id".into(), id(state.guild.id));
    }
    let mut value = Value::Object(body);
    if !localised {
        strip_localisations(&mut value);
    }
    value
}

fn strip_localisations(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("name_localizations");
            map.remove("description_localizations");
            map.values_mut().for_each(strip_localisations);
        }
        Value::Array(list) => list.iter_mut().for_each(strip_localisations),
        _ => {}
    }
}

pub(super) fn application(state: &State, privileged: u64) -> Value {
    // The "limited" flags: what an application that is not verified was granted.
    let flags = [(1 << 1, 1 << 15), (1 << 8, 1 << 13), (1 << 15, 1 << 19)]
        .iter()
        .filter(|(intent, _)| privileged & intent != 0)
        .fold(0u64, |all, (_, flag)| all | flag);
    json!({
        "id": id(state.app), "name": state.username(state.bot), "icon": null, "description": "", "summary": "",
        "type": null, "bot_public": false, "bot_require_code_grant": false, "verify_key": "0".repeat(64),
        "flags": flags, "flags_new": flags.to_string(), "bot": user_of(state, state.bot), "redirect_uris": [],
        "interactions_endpoint_url": null, "role_connections_verification_url": null,
        "approximate_guild_count": 1, "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0, "eligible_oauth2_scopes": ["bot", "applications.commands"], "owner": user_of(state, state.guild.owner), "team": null,
        "explicit_content_filter": 0, "rpc_origins": [], "integration_types_config": {"0": {}},
    })
}

/// An interaction as the gateway brings it.
pub(super) fn interaction(state: &State, it: &Interaction, data: Value) -> Value {
    let in_guild = state.in_guild(it.channel);
    let here = state.channels.get(&it.channel);
    let bits = |who: u64| here.map_or(0, |c| may::in_channel(state, who, c)).to_string();
    let locale = state.users.get(&it.user).map_or("en-US", |u| u.locale.as_str());
    let mut value = json!({
        "id": id(it.id), "application_id": id(state.app), "type": it.kind, "data": data, "token": it.token,
        "version": 1, "channel_id": id(it.channel), "channel": here.map(|c| channel(state, c)),
        "app_permissions": bits(state.bot), "locale": locale, "entitlements": [],
        "authorizing_integration_owners": {"0": if in_guild { id(state.guild.id) } else { json!("0") }},
        "context": if in_guild { 0 } else { 1 }, "attachment_size_limit": 10_485_760,
    });
    if in_guild {
        value["guild_id"] = id(state.guild.id);
        value["guild_locale"] = json!(state.guild.locale);
        value["guild"] = json!({"id": id(state.guild.id), "locale": state.guild.locale, "features": []});
        if let Some(mut by) = member(state, it.user) {
            by["permissions"] = json!(bits(it.user));
            value["member"] = by;
        }
    } else {
        value["user"] = user_of(state, it.user);
    }
    if let Some(source) = it.source.and_then(|m| state.message(it.channel, m))
        && matches!(it.kind, kind::COMPONENT | kind::MODAL)
    {
        value["message"] = message(state, source);
    }
    value
}
