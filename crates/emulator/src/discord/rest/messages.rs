//! Messages: posting, reading, editing and deleting them.

use super::{
    Answer, Ask, NOTHING,
    channels::{reopen, visible},
    threads::draw_in,
};
use crate::{
    discord::{
        check,
        gateway::intent,
        mentions,
        model::{EPHEMERAL, Kind, Message, State},
        permissions as may,
        refusal::Refusal,
        wire,
        world::{Inner, World},
    },
    journal::Act,
};
use serde_json::{Map, Value};

/// Messages of a page at most (Discord's limit), and where nothing is asked.
const PAGE_MAX: u64 = 100;
const PAGE: u64 = 50;

pub(super) fn handle(ask: &Ask<'_>) -> Answer {
    match ask.operation {
        "GET /channels/{channel_id}/messages" => page(ask),
        "POST /channels/{channel_id}/messages" => post(ask),
        "GET /channels/{channel_id}/messages/{message_id}" => {
            let inner = ask.world.lock();
            visible(&inner.state, ask.id(0))?;
            let message = public(&inner.state, ask)?;
            Ok((200, shown(&inner.state, ask.world, message)))
        }
        "PATCH /channels/{channel_id}/messages/{message_id}" => edit(ask),
        "DELETE /channels/{channel_id}/messages/{message_id}" => delete(ask),
        _ => Err(Refusal::unknown_route()),
    }
}

/// The message that a path names; one that only one person sees is nobody's here.
fn public<'a>(state: &'a State, ask: &Ask<'_>) -> Result<&'a Message, Refusal> {
    let found = state.message(ask.id(0), ask.id(1)).filter(|m| m.only_for.is_none());
    found.ok_or_else(|| Refusal::of(10008))
}

/// A message as REST shows it: without the content intent, others' words are left out here too.
fn shown(state: &State, world: &World, message: &Message) -> Value {
    let own = message.author == state.bot || message.mentions.contains(&state.bot) || !state.in_guild(message.channel);
    match own || world.privileged() & intent::CONTENT != 0 {
        true => wire::message(state, message),
        false => {
            let mut value = wire::message_event(state, message, false);
            if let Some(map) = value.as_object_mut() {
                map.remove("guild_id");
                map.remove("member");
            }
            value
        }
    }
}

fn page(ask: &Ask<'_>) -> Answer {
    let limit = ask.query_number("limit")?.unwrap_or(PAGE);
    if !(1..=PAGE_MAX).contains(&limit) {
        return Err(Refusal::form("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."));
    }
    let limit = usize::try_from(limit).unwrap_or(0);
    let (before, after) = (ask.query_number("before")?, ask.query_number("after")?);
    let around = ask.query_number("around")?;
    if [before, after, around].iter().flatten().count() > 1 {
        return Err(Refusal::form("around", "QUERY_EXCLUSIVE", "before, after and around exclude each other"));
    }
    let inner = ask.world.lock();
    let state = &inner.state;
    let channel = visible(state, ask.id(0))?;
    if !state.can(state.bot, channel.id, may::HISTORY) {
        return Ok((200, Value::Array(vec![])));
    }
    let all = || channel.messages.values().filter(|m| m.only_for.is_none());
    let mut found: Vec<&Message> = match (before, after, around) {
        (Some(id), ..) => all().rev().filter(|m| m.id < id).take(limit).collect(),
        (_, Some(id), _) => all().filter(|m| m.id > id).take(limit).collect(),
        (.., Some(id)) => {
            let half = limit / 2;
            let older = all().rev().filter(|m| m.id < id).take(half);
            let newer = all().filter(|m| m.id >= id).take(limit - half);
            older.chain(newer).collect()
        }
        _ => all().rev().take(limit).collect(),
    };
    // Newest first, whichever way they were looked up.
    found.sort_by_key(|m| std::cmp::Reverse(m.id));
    Ok((200, found.into_iter().map(|m| shown(state, ask.world, m)).collect()))
}

/// Fills a message from a checked body.
pub(super) fn fill(message: &mut Message, body: &Map<String, Value>) {
    let list = |key: &str| body.get(key).and_then(Value::as_array).cloned();
    if let Some(content) = body.get("content") {
        message.content = content.as_str().unwrap_or_default().trim().to_owned();
    }
    if let Some(embeds) = body.get("embeds") {
        message.embeds = embeds.as_array().cloned().unwrap_or_default();
        for embed in message.embeds.iter_mut().filter_map(Value::as_object_mut) {
            embed.insert("type".into(), "rich".into());
            for field in embed.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten() {
                field["inline"] = (field["inline"] == true).into();
            }
        }
    }
    if body.contains_key("components") {
        message.components = list("components").unwrap_or_default();
        number(&mut message.components);
    }
}

/// Gives every component its number, and what it leaves out its usual value, as Discord does.
fn number(components: &mut [Value]) {
    let mut next = 0u32;
    for row in components {
        next += 1;
        row["id"] = next.into();
        for part in row["components"].as_array_mut().into_iter().flatten() {
            next += 1;
            part["id"] = next.into();
            if matches!(part["type"].as_u64(), Some(3..=8)) {
                for (key, otherwise) in [("min_values", 1), ("max_values", 1)] {
                    if part[key].is_null() {
                        part[key] = otherwise.into();
                    }
                }
            }
        }
    }
}

/// The house rule that Discord does not enforce: whom a message may notify is always said.
pub(super) fn expect_mentions_said(ask: &Ask<'_>, body: &Map<String, Value>) {
    let words = body.get("content").and_then(Value::as_str).is_some_and(|c| !c.is_empty());
    if words && body.get("allowed_mentions").is_none_or(|v| !v.is_object()) {
        ask.world.violation(format!("{}: a text without allowed_mentions", ask.operation));
    }
}

fn post(ask: &Ask<'_>) -> Answer {
    let body = ask.object()?;
    let mut inner = ask.world.lock();
    let channel = ask.id(0);
    may_post(&mut inner, channel)?;
    check::message(body)?;
    expect_mentions_said(ask, body);
    let nonce = body.get("nonce").filter(|n| !n.is_null());
    let enforced = body.get("enforce_nonce").and_then(Value::as_bool).unwrap_or(false);
    let key = nonce.filter(|_| enforced).map(|n| n.as_str().map_or_else(|| n.to_string(), str::to_owned));
    if let Some(earlier) = key.as_deref().and_then(|k| inner.state.by_nonce(channel, k))
        && let Some(message) = inner.state.message(channel, earlier)
    {
        return Ok((200, wire::fresh_message(&inner.state, message)));
    }
    let replies_to = reference(&inner.state, channel, body)?;
    let state = &mut inner.state;
    let mut message = Message::blank(state.ids.next(), channel, state.bot);
    fill(&mut message, body);
    message.flags = body.get("flags").and_then(Value::as_u64).unwrap_or(0) & !EPHEMERAL;
    message.nonce = nonce.cloned();
    message.replies_to = replies_to;
    message.kind = if replies_to.is_some() { 19 } else { 0 };
    mentions::set(state, &mut message, body.get("allowed_mentions"));
    if let Some(key) = key {
        state.remember_nonce(channel, &key, message.id);
    }
    let answer = wire::fresh_message(state, &message);
    put(&mut inner, ask.world, message);
    Ok((200, answer))
}

/// Whether the bot may post here: each refusal as Discord words it.
fn may_post(inner: &mut Inner, channel: u64) -> Result<(), Refusal> {
    let state = &inner.state;
    let here = visible(state, channel)?;
    let needs = match here.kind {
        Kind::Text => may::SEND,
        Kind::Thread { .. } => may::SEND_IN_THREADS,
        Kind::Direct { with } => {
            if !state.members.contains_key(&with) {
                return Err(Refusal::of(50278));
            }
            match state.users.get(&with) {
                Some(user) if !user.refuses_dm => return Ok(()),
                _ => return Err(Refusal::of(50007)),
            }
        }
    };
    if !state.can(state.bot, channel, needs) {
        return Err(Refusal::of(50013));
    }
    reopen(inner, channel)
}

fn reference(state: &State, channel: u64, body: &Map<String, Value>) -> Result<Option<u64>, Refusal> {
    let Some(to) = body.get("message_reference").filter(|r| !r.is_null()) else { return Ok(None) };
    let id = to["message_id"].as_str().and_then(|s| s.parse().ok()).unwrap_or(0);
    let there = state.message(channel, id).is_some_and(|m| m.only_for.is_none());
    match there {
        true => Ok(Some(id)),
        false if to["fail_if_not_exists"] == false => Ok(None),
        false => {
            Err(Refusal::form("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message").forgiven())
        }
    }
}

/// Puts a message where it belongs, and tells everyone who should know.
pub(in crate::discord) fn put(inner: &mut Inner, world: &World, message: Message) {
    world.note(&inner.state, &message, Act::Posted);
    draw_in(inner, message.channel, &message.mentions);
    inner.tell_message("MESSAGE_CREATE", &message);
    if let Some(channel) = inner.state.channels.get_mut(&message.channel) {
        if message.only_for.is_none() {
            channel.last = Some(message.id);
        }
        channel.messages.insert(message.id, message);
    }
}

/// Changes a message, and tells everyone who should know. 50006 when nothing would be left of it.
pub(in crate::discord) fn amend(
    inner: &mut Inner,
    world: &World,
    channel: u64,
    id: u64,
    body: &Map<String, Value>,
) -> Answer {
    let mut message = inner.state.message(channel, id).cloned().ok_or_else(|| Refusal::of(10008))?;
    let was_loading = std::mem::take(&mut message.loading);
    fill(&mut message, body);
    if message.content.is_empty() && message.embeds.is_empty() && message.components.is_empty() {
        return Err(Refusal::of(50006));
    }
    // A bot may only switch the suppression of embeds.
    let suppress = body.get("flags").and_then(Value::as_u64).map_or(message.flags & 4, |f| f & 4);
    message.flags = message.flags & !4 & !128 | suppress;
    if body.contains_key("content") {
        mentions::set(&inner.state, &mut message, body.get("allowed_mentions"));
    }
    if !was_loading {
        message.edited = Some(inner.state.now());
    }
    if let Some(stored) = inner.state.message_mut(channel, id) {
        *stored = message.clone();
    }
    world.note(&inner.state, &message, if was_loading { Act::Posted } else { Act::Edited });
    inner.tell_message("MESSAGE_UPDATE", &message);
    Ok((200, wire::message(&inner.state, &message)))
}

fn edit(ask: &Ask<'_>) -> Answer {
    let body = ask.object()?;
    let mut inner = ask.world.lock();
    let (channel, id) = (ask.id(0), ask.id(1));
    let here = visible(&inner.state, channel)?.kind;
    if public(&inner.state, ask)?.author != inner.state.bot {
        return Err(Refusal::of(50005));
    }
    if let Kind::Thread { archived: true, .. } = here {
        return Err(Refusal::of(50083));
    }
    check::edit(body)?;
    expect_mentions_said(ask, body);
    amend(&mut inner, ask.world, channel, id, body)
}

fn delete(ask: &Ask<'_>) -> Answer {
    let mut inner = ask.world.lock();
    let (channel, id) = (ask.id(0), ask.id(1));
    let state = &inner.state;
    visible(state, channel)?;
    let own = public(state, ask)?.author == state.bot;
    let moderates = state.in_guild(channel) && state.can(state.bot, channel, may::MANAGE_MESSAGES);
    if !own && !moderates {
        return Err(Refusal::of(50013));
    }
    let bot = inner.state.bot;
    remove(&mut inner, ask.world, channel, id, bot);
    Ok(NOTHING)
}

/// Somebody takes a message away, and everyone who should know is told.
pub(in crate::discord) fn remove(inner: &mut Inner, world: &World, channel: u64, id: u64, by: u64) {
    let taken = inner.state.channels.get_mut(&channel).and_then(|c| c.messages.remove(&id));
    let Some(message) = taken else { return };
    let who = if by == message.author { inner.state.writer(&message) } else { inner.state.username(by) };
    world.note_of(&inner.state, &message, Act::Deleted, &who);
    if message.only_for.is_none() {
        inner.tell_deleted(channel, id);
    }
}
