//! The server, its people, and the bot's own account.

use super::{Answer, Ask};
use crate::discord::{gateway::intent, model::Kind, permissions as may, refusal::Refusal, wire};
use serde_json::{Value, json};

/// Members of a page at most (Discord's limit).
const PAGE_MAX: u64 = 1_000;

pub(super) fn handle(ask: &Ask<'_>) -> Answer {
    let inner = ask.world.lock();
    let state = &inner.state;
    let bot = || wire::user_of(state, state.bot);
    let path = ask.operation.trim_start_matches("GET ");
    let of_guild = path.starts_with("/guilds/") || path == "/users/@me/guilds/{guild_id}/member";
    if of_guild && (ask.id(0) != state.guild.id || !state.members.contains_key(&state.bot)) {
        return Err(Refusal::of(10004));
    }
    let value = match path {
        "/gateway" => json!({"url": ask.world.gateway_url()}),
        "/gateway/bot" => json!({
            "url": ask.world.gateway_url(), "shards": 1,
            "session_start_limit": {
                "total": 1_000, "remaining": 1_000usize.saturating_sub(inner.gateway.identified.len()),
                "reset_after": 86_400_000, "max_concurrency": 1,
            },
        }),
        "/applications/@me" | "/oauth2/applications/@me" => wire::application(state, ask.world.privileged()),
        "/users/@me" => bot(),
        "/users/@me/guilds" => match state.members.contains_key(&state.bot) {
            true => json!([{
                "id": wire::id(state.guild.id), "name": state.guild.name, "icon": null, "banner": null,
                "owner": false, "permissions": may::in_guild(state, state.bot).to_string(), "features": [],
            }]),
            false => json!([]),
        },
        "/users/@me/guilds/{guild_id}/member" => wire::member(state, state.bot).ok_or_else(|| Refusal::of(10007))?,
        "/users/{user_id}" => match state.users.get(&ask.id(0)) {
            Some(user) => wire::user(user),
            None => return Err(Refusal::of(10013)),
        },
        "/guilds/{guild_id}" => {
            let mut value = wire::guild(state);
            if ask.flag("with_counts") {
                value["approximate_member_count"] = json!(state.members.len());
                value["approximate_presence_count"] = json!(0);
            }
            value
        }
        "/guilds/{guild_id}/roles" => state.roles.values().map(wire::role).collect(),
        "/guilds/{guild_id}/roles/{role_id}" => {
            state.roles.get(&ask.id(1)).map(wire::role).ok_or_else(|| Refusal::of(10003))?
        }
        "/guilds/{guild_id}/channels" => {
            let rooms = state.channels.values().filter(|c| c.kind == Kind::Text);
            rooms.map(|c| wire::channel(state, c)).collect()
        }
        "/guilds/{guild_id}/members/{user_id}" => match wire::member(state, ask.id(1)) {
            Some(member) => member,
            None if state.users.contains_key(&ask.id(1)) => return Err(Refusal::of(10007)),
            None => return Err(Refusal::of(10013)),
        },
        "/guilds/{guild_id}/members" => {
            if ask.world.privileged() & intent::MEMBERS == 0 {
                return Err(Refusal::of(50001));
            }
            let limit = ask.query_number("limit")?.unwrap_or(1);
            if !(1..=PAGE_MAX).contains(&limit) {
                return Err(Refusal::form("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 1000."));
            }
            let after = ask.query_number("after")?.unwrap_or(0);
            let page = state.members.range(after + 1..).take(usize::try_from(limit).unwrap_or(0));
            page.filter_map(|(id, _)| wire::member(state, *id)).collect()
        }
        "/guilds/{guild_id}/members/search" => {
            let wanted = ask.query("query").unwrap_or_default().to_lowercase();
            let limit = ask.query_number("limit")?.unwrap_or(1).min(PAGE_MAX);
            let named = |id: &u64| {
                let user = state.users.get(id);
                user.is_some_and(|u| u.name.starts_with(&wanted) || u.display.to_lowercase().starts_with(&wanted))
            };
            let found = state.members.keys().filter(|id| named(id)).take(usize::try_from(limit).unwrap_or(0));
            found.filter_map(|id| wire::member(state, *id)).collect::<Vec<Value>>().into()
        }
        _ => return Err(Refusal::unknown_route()),
    };
    Ok((200, value))
}
