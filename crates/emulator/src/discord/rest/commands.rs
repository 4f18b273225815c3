//! Application commands: registering them, for everyone or for one server.

use super::{Answer, Ask, NOTHING};
use crate::discord::{
    check_commands,
    model::{Command, State},
    refusal::Refusal,
    wire,
};
use serde_json::{Map, Value};

/// Commands created in a server in a day (Discord's limit); the emulator counts them all as one day's.
const CREATED_MAX: usize = 200;

pub(super) fn handle(ask: &Ask<'_>) -> Answer {
    let mut inner = ask.world.lock();
    let state = &mut inner.state;
    if ask.id(0) != state.app {
        // Missing Access is what Discord answers about other applications.
        return Err(Refusal { blame: true, ..Refusal::of(50001) });
    }
    let of_guild = ask.operation.contains("/guilds/");
    if of_guild && ask.id(1) != state.guild.id {
        return Err(Refusal::of(50001));
    }
    match ask.operation.split(' ').next() {
        Some("GET") => {
            let localised = ask.flag("with_localizations");
            Ok((200, list(state, of_guild, localised)))
        }
        Some("PUT") => {
            let all = ask.body.as_array();
            let all = all.ok_or_else(|| Refusal::form("", "CONTENT_TYPE_INVALID", "expected a list"))?;
            check_commands::all(all)?;
            let mut kept = vec![];
            for body in all.iter().filter_map(Value::as_object) {
                kept.push(register(state, body, of_guild)?);
            }
            state.commands.retain(|id, c| c.guild != of_guild || kept.contains(id));
            Ok((200, list(state, of_guild, true)))
        }
        Some("POST") => {
            let body = ask.object()?;
            check_commands::one(body, "")?;
            let before = state.commands.len();
            let id = register(state, body, of_guild)?;
            let status = if state.commands.len() > before { 201 } else { 200 };
            Ok((status, state.commands.get(&id).map_or(Value::Null, |c| wire::command(state, c, true))))
        }
        Some("DELETE") => {
            let id = ask.id(if of_guild { 2 } else { 1 });
            match state.commands.get(&id).filter(|c| c.guild == of_guild) {
                Some(_) => {
                    state.commands.remove(&id);
                    Ok(NOTHING)
                }
                None => Err(Refusal::of(10063)),
            }
        }
        _ => Err(Refusal::unknown_route()),
    }
}

fn list(state: &State, of_guild: bool, localised: bool) -> Value {
    let those = state.commands.values().filter(|c| c.guild == of_guild);
    those.map(|c| wire::command(state, c, localised)).collect()
}

/// Registers a command, over the one of its name and kind where there is one.
fn register(state: &mut State, body: &Map<String, Value>, guild: bool) -> Result<u64, Refusal> {
    let name = body.get("name").and_then(Value::as_str).unwrap_or_default();
    let kind = body.get("type").and_then(Value::as_u64).unwrap_or(1);
    let found = state.commands.values().find(|c| c.guild == guild && c.name() == name && c.kind() == kind);
    let found = found.map(|c| c.id);
    if found.is_none() {
        if state.commands_created >= CREATED_MAX {
            return Err(Refusal::of(30034));
        }
        state.commands_created += 1;
    }
    let version = state.ids.next();
    let id = found.unwrap_or(version);
    let mut body = body.clone();
    body.retain(|key, value| key != "id" && !value.is_null());
    state.commands.insert(id, Command { id, guild, version, body });
    Ok(id)
}
