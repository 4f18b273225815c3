//! Threads: public ones under a message, private ones in a channel, and who is in them.

use super::{Answer, Ask, NOTHING, channels::visible};
use crate::{
    discord::{
        check,
        gateway::intent,
        model::{Kind, State},
        permissions as may,
        refusal::Refusal,
        wire,
        world::Inner,
    },
    journal::Act,
};
use serde_json::{Map, Value, json};

/// Minutes after which a thread may close by itself.
const ARCHIVE_MINUTES: [u64; 4] = [60, 1_440, 4_320, 10_080];

pub(super) fn handle(ask: &Ask<'_>) -> Answer {
    match ask.operation {
        "POST /channels/{channel_id}/messages/{message_id}/threads" => open(ask, Some(ask.id(1))),
        "POST /channels/{channel_id}/threads" => open(ask, None),
        "GET /guilds/{guild_id}/threads/active" => {
            let inner = ask.world.lock();
            let state = &inner.state;
            if ask.id(0) != state.guild.id {
                return Err(Refusal::of(10004));
            }
            let seen = state.channels.values().filter(|c| {
                matches!(c.kind, Kind::Thread { archived: false, .. }) && state.can(state.bot, c.id, may::VIEW)
            });
            let threads: Vec<Value> = seen.map(|c| wire::channel(state, c)).collect();
            Ok((200, json!({"threads": threads, "members": []})))
        }
        "GET /channels/{channel_id}/thread-members" => {
            let inner = ask.world.lock();
            let (state, thread) = (&inner.state, ask.id(0));
            let of = visible(state, thread)?;
            Ok((200, of.thread_members.iter().map(|u| wire::thread_member(state, thread, *u)).collect()))
        }
        "PUT /channels/{channel_id}/thread-members/@me" => {
            let bot = ask.world.lock().state.bot;
            membership(ask, bot, true)
        }
        "PUT /channels/{channel_id}/thread-members/{user_id}" => membership(ask, ask.id(1), true),
        "DELETE /channels/{channel_id}/thread-members/{user_id}" => membership(ask, ask.id(1), false),
        _ => Err(Refusal::unknown_route()),
    }
}

fn body_of(body: &Map<String, Value>, starter: Option<u64>) -> Result<(String, u64, bool), Refusal> {
    let mut known = vec!["name", "auto_archive_duration", "rate_limit_per_user"];
    if starter.is_none() {
        known.extend(["type", "invitable"]);
    }
    if let Some(key) = body.keys().find(|k| !known.contains(&k.as_str())) {
        return Err(Refusal::form(key, "UNKNOWN_FIELD", "Discord's OpenAPI knows no such field"));
    }
    let name = check::text(body, "name", "", 1, 100)?;
    let name = name.ok_or_else(|| Refusal::form("name", "BASE_TYPE_REQUIRED", "This field is required"))?;
    let minutes = match body.get("auto_archive_duration") {
        None | Some(Value::Null) => 1_440,
        Some(value) => value.as_u64().filter(|m| ARCHIVE_MINUTES.contains(m)).ok_or_else(|| {
            Refusal::form("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of (60, 1440, 4320, 10080).")
        })?,
    };
    let private = match body.get("type").map_or(Some(12), Value::as_u64) {
        Some(11) => false,
        Some(12) => true,
        _ => return Err(Refusal::form("type", "BASE_TYPE_CHOICES", "11 or 12 in a text channel")),
    };
    Ok((name.to_owned(), minutes, starter.is_none() && private))
}

fn open(ask: &Ask<'_>, starter: Option<u64>) -> Answer {
    let (name, minutes, private) = body_of(ask.object()?, starter)?;
    let mut inner = ask.world.lock();
    let state = &mut inner.state;
    let (parent, bot) = (ask.id(0), state.bot);
    let channel = visible(state, parent)?;
    if channel.kind != Kind::Text {
        return Err(Refusal::of(50024));
    }
    if let Some(id) = starter {
        let message = channel.messages.get(&id).filter(|m| m.only_for.is_none()).ok_or_else(|| Refusal::of(10008))?;
        if message.thread.is_some() {
            return Err(Refusal::of(160_004));
        }
    }
    let needs = if private { may::PRIVATE_THREADS } else { may::PUBLIC_THREADS };
    if !state.can(bot, parent, needs) {
        return Err(Refusal::of(50013));
    }
    let id = state.open_thread(parent, starter, &name, private, minutes, bot);
    let place = state.place(parent);
    ask.world.journal.write(&place, &state.username(bot), Act::Changed, None, || format!("opened the thread {name}"));
    let Some(thread) = state.channels.get(&id).cloned() else { return Err(Refusal::of(10003)) };
    inner.tell_channel("THREAD_CREATE", &thread, Some(("newly_created", json!(true))));
    Ok((201, wire::channel(&inner.state, &thread)))
}

fn membership(ask: &Ask<'_>, who: u64, add: bool) -> Answer {
    let mut inner = ask.world.lock();
    let thread = ask.id(0);
    let Kind::Thread { archived, .. } = visible(&inner.state, thread)?.kind else { return Err(Refusal::of(50024)) };
    if archived {
        return Err(Refusal::of(50083));
    }
    if !inner.state.members.contains_key(&who) {
        return Err(Refusal::of(10007));
    }
    if !sees_parent(&inner.state, thread, who) {
        return Err(Refusal::of(50001));
    }
    change_members(&mut inner, thread, who, add);
    Ok(NOTHING)
}

/// Whether `who` sees the channel that a thread is in.
fn sees_parent(state: &State, thread: u64, who: u64) -> bool {
    match state.channels.get(&thread).map(|c| c.kind) {
        Some(Kind::Thread { parent, .. }) => state.can(who, parent, may::VIEW),
        _ => false,
    }
}

fn change_members(inner: &mut Inner, thread: u64, who: u64, add: bool) {
    let Some(channel) = inner.state.channels.get_mut(&thread) else { return };
    let changed = if add { channel.thread_members.insert(who) } else { channel.thread_members.remove(&who) };
    if !changed {
        return;
    }
    let count = channel.thread_members.len();
    let mut data = json!({"id": wire::id(thread), "member_count": count});
    if add {
        data["added_members"] = json!([wire::thread_member(&inner.state, thread, who)]);
    } else {
        data["removed_member_ids"] = json!([wire::id(who)]);
    }
    inner.tell_guild("THREAD_MEMBERS_UPDATE", intent::GUILDS | intent::MEMBERS, data);
}

/// Whoever is mentioned in a thread is drawn into it, where they see its channel.
pub(super) fn draw_in(inner: &mut Inner, thread: u64, mentioned: &[u64]) {
    let inside = matches!(inner.state.channels.get(&thread).map(|c| c.kind), Some(Kind::Thread { .. }));
    for who in mentioned.iter().filter(|_| inside) {
        if sees_parent(&inner.state, thread, *who) {
            change_members(inner, thread, *who, true);
        }
    }
}
