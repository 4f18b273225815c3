//! Channels, and opening direct ones.

use super::{Answer, Ask, NOTHING};
use crate::discord::{
    check,
    gateway::intent,
    model::{Channel, Kind, State},
    permissions as may,
    refusal::Refusal,
    wire,
};
use serde_json::{Map, Value};

/// A channel that the bot sees: 10003 when there is none, 50001 when it may not.
pub(super) fn visible(state: &State, id: u64) -> Result<&Channel, Refusal> {
    let channel = state.channels.get(&id).ok_or_else(|| Refusal::of(10003))?;
    match may::in_channel(state, state.bot, channel) & may::VIEW {
        0 => Err(Refusal::of(50001)),
        _ => Ok(channel),
    }
}

pub(super) fn handle(ask: &Ask<'_>) -> Answer {
    match ask.operation {
        "POST /users/@me/channels" => open_direct(ask),
        "GET /channels/{channel_id}" => {
            let inner = ask.world.lock();
            Ok((200, wire::channel(&inner.state, visible(&inner.state, ask.id(0))?)))
        }
        "PATCH /channels/{channel_id}" => change_thread(ask),
        "POST /channels/{channel_id}/typing" => {
            visible(&ask.world.lock().state, ask.id(0))?;
            Ok(NOTHING)
        }
        _ => Err(Refusal::unknown_route()),
    }
}

fn open_direct(ask: &Ask<'_>) -> Answer {
    let body = ask.object()?;
    let asked = body.get("recipient_id");
    let who = asked.and_then(|v| v.as_str().and_then(|s| s.parse().ok()).or_else(|| v.as_u64()));
    let Some(who) = who.filter(|_| body.len() == 1) else {
        return Err(Refusal::form("recipient_id", "BASE_TYPE_REQUIRED", "This field is required, and no other"));
    };
    let mut inner = ask.world.lock();
    let state = &mut inner.state;
    match state.users.get(&who) {
        Some(user) if !user.bot => {}
        Some(_) => return Err(Refusal::of(50007)),
        None => return Err(Refusal::of(50033)),
    }
    let id = state.direct_with(who);
    Ok((200, state.channels.get(&id).map_or(Value::Null, |c| wire::channel(state, c))))
}

/// Closes, locks or renames a thread. Other channels are not the bot's to change here.
fn change_thread(ask: &Ask<'_>) -> Answer {
    let body = ask.object()?;
    let mut inner = ask.world.lock();
    let state = &mut inner.state;
    let (id, bot) = (ask.id(0), state.bot);
    visible(state, id)?;
    let manages = state.can(bot, id, may::MANAGE_THREADS);
    let Some(channel) = state.channels.get_mut(&id) else { return Err(Refusal::of(10003)) };
    let owns = channel.owner == bot;
    let Kind::Thread { archived, locked, .. } = &mut channel.kind else { return Err(Refusal::of(50013)) };
    let bit = |key: &str| body.get(key).and_then(Value::as_bool);
    if !(manages || owns && bit("locked").is_none()) {
        return Err(Refusal::of(50013));
    }
    if *archived && bit("archived") != Some(false) {
        return Err(Refusal::of(50083));
    }
    known(body)?;
    *archived = bit("archived").unwrap_or(*archived);
    *locked = bit("locked").unwrap_or(*locked);
    if let Some(name) = check::text(body, "name", "", 1, 100)? {
        channel.name = name.to_owned();
    }
    let channel = channel.clone();
    inner.tell_channel("THREAD_UPDATE", &channel, None);
    Ok((200, wire::channel(&inner.state, &channel)))
}

fn known(body: &Map<String, Value>) -> Result<(), Refusal> {
    let fields = ["name", "archived", "locked", "auto_archive_duration", "rate_limit_per_user", "flags", "invitable"];
    match body.keys().find(|k| !fields.contains(&k.as_str())) {
        Some(key) => Err(Refusal::form(key, "UNKNOWN_FIELD", "the emulator changes nothing of that kind")),
        None => Ok(()),
    }
}

/// Opens a closed thread again, as a new message does where it is not locked.
pub(super) fn reopen(inner: &mut crate::discord::world::Inner, id: u64) -> Result<(), Refusal> {
    let manages = inner.state.can(inner.state.bot, id, may::MANAGE_THREADS);
    let Some(channel) = inner.state.channels.get_mut(&id) else { return Ok(()) };
    match &mut channel.kind {
        Kind::Thread { locked: true, .. } if !manages => Err(Refusal::of(50083)),
        Kind::Thread { archived, .. } if *archived => {
            *archived = false;
            let channel = channel.clone();
            inner.tell_guild("THREAD_UPDATE", intent::GUILDS, wire::channel(&inner.state, &channel));
            Ok(())
        }
        _ => Ok(()),
    }
}
