//! Webhooks: made and found by whoever manages them, and what is posted through one by whoever has its token.
//! (<https://discord.com/developers/docs/resources/webhook>)

use super::{
    Answer, Ask, NOTHING,
    channels::{reopen, visible},
    messages::{expect_mentions_said, fill, put},
};
use crate::discord::{
    check, mentions,
    model::{Kind, Message, Through, Webhook},
    permissions as may,
    refusal::Refusal,
    wire,
};
use serde_json::Value;

/// Webhooks of a channel at most (Discord's limit).
const WEBHOOKS_MAX: usize = 15;

/// `GET` and `POST /channels/{channel_id}/webhooks`.
pub(super) fn of_channel(ask: &Ask<'_>) -> Answer {
    let mut inner = ask.world.lock();
    let state = &mut inner.state;
    let channel = ask.id(0);
    if visible(state, channel)?.kind != Kind::Text {
        return Err(Refusal::of(50024));
    }
    if !state.can(state.bot, channel, may::MANAGE_WEBHOOKS) {
        return Err(Refusal::of(50013));
    }
    if ask.operation.starts_with("GET") {
        let all = state.webhooks.values().filter(|hook| hook.channel == channel);
        return Ok((200, all.map(|hook| wire::webhook(state, hook)).collect()));
    }
    let name = check::webhook(ask.object()?)?.to_owned();
    if state.webhooks.values().filter(|hook| hook.channel == channel).count() >= WEBHOOKS_MAX {
        return Err(Refusal::of(30007));
    }
    let id = state.ids.next();
    let token = format!("webhook-token-{id:x}-{:x}", id.rotate_left(23) ^ 0x0BAD_F00D_CAFE_5EED);
    let hook = Webhook { id, channel, name, token };
    let answer = wire::webhook(state, &hook);
    state.webhooks.insert(id, hook);
    Ok((200, answer))
}

/// Whether a request is for a webhook of a channel, there or deleted, and not for an interaction's.
pub(super) fn is_one(ask: &Ask<'_>) -> bool {
    ask.id(0) != ask.world.lock().state.app
}

/// `/webhooks/{webhook_id}/{webhook_token}…`: posting, and looking at what was posted.
pub(super) fn through(ask: &Ask<'_>) -> Answer {
    let token = ask.given.get(1).copied().unwrap_or_default();
    let hook = ask.world.lock().state.webhooks.get(&ask.id(0)).cloned();
    // Whoever manages the channel may delete it at any time.
    let hook = hook.ok_or_else(|| Refusal::of(10015).forgiven())?;
    if hook.token != token {
        return Err(Refusal::of(50027));
    }
    match ask.operation {
        "POST /webhooks/{webhook_id}/{webhook_token}" => post(ask, &hook),
        "GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" => {
            let inner = ask.world.lock();
            let found = inner.state.find_message(ask.id(2)).filter(|it| it.author == hook.id);
            Ok((200, wire::message(&inner.state, found.ok_or_else(|| Refusal::of(10008))?)))
        }
        _ => Err(Refusal::unknown_route()),
    }
}

fn post(ask: &Ask<'_>, hook: &Webhook) -> Answer {
    let body = ask.object()?;
    let mut inner = ask.world.lock();
    let place = match ask.query_number("thread_id")? {
        None => hook.channel,
        Some(thread) => {
            let kind = inner.state.channels.get(&thread).map(|it| it.kind);
            match kind {
                Some(Kind::Thread { parent, .. }) if parent == hook.channel => thread,
                _ => return Err(Refusal::of(10003)),
            }
        }
    };
    check::through_webhook(body)?;
    if body.get("thread_name").is_some_and(|name| !name.is_null()) {
        return Err(Refusal::form("thread_name", "CHANNEL_TYPE_INVALID", "Only forums take a new thread").forgiven());
    }
    expect_mentions_said(ask, body);
    reopen(&mut inner, place)?;
    let state = &mut inner.state;
    let mut message = Message::blank(state.ids.next(), place, hook.id);
    let word = |key: &str| body.get(key).and_then(Value::as_str).filter(|it| !it.is_empty()).map(str::to_owned);
    message.through =
        Some(Through { name: word("username").unwrap_or_else(|| hook.name.clone()), face: word("avatar_url") });
    fill(&mut message, body);
    message.flags = body.get("flags").and_then(Value::as_u64).unwrap_or(0);
    mentions::set(state, &mut message, body.get("allowed_mentions"));
    let answer = wire::message(state, &message);
    put(&mut inner, ask.world, message);
    if ask.flag("wait") { Ok((200, answer)) } else { Ok(NOTHING) }
}
