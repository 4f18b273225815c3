//! People, groups, the workspace, and do-not-disturb.

use super::{Answer, Args, page, refuse};
use crate::slack::model::{Group, Person, State};
use serde_json::{Map, Value, json};

pub(super) fn info(state: &State, args: &Args) -> Answer {
    let person = args.text("user").and_then(|u| state.person(u)).ok_or_else(|| refuse("user_not_found"))?;
    Ok(json!({"user": state.person_json(person, args.flag("include_locale"))}))
}

pub(super) fn list(state: &State, args: &Args, now_ms: i64) -> Answer {
    let all: Vec<&Person> = state.people.iter().collect();
    let (part, cursor) = page(state, args, all, 1_000)?;
    let with_locale = args.flag("include_locale");
    let members: Vec<Value> = part.into_iter().map(|p| state.person_json(p, with_locale)).collect();
    Ok(json!({"members": members, "cache_ts": now_ms / 1_000, "response_metadata": {"next_cursor": cursor}}))
}

pub(super) fn bot(state: &State, args: &Args) -> Answer {
    if args.text("bot").is_some_and(|b| b != state.bot_id) {
        return Err(refuse("bot_not_found"));
    }
    Ok(json!({"bot": {"id": state.bot_id, "deleted": false, "name": state.name_of(&state.bot_user), "updated": 0,
        "app_id": state.app_id, "user_id": state.bot_user, "icons": {"image_36": "", "image_48": "", "image_72": ""}}}))
}

pub(super) fn team(state: &State) -> Answer {
    Ok(json!({"team": {"id": state.team_id, "name": state.workspace, "domain": state.domain,
        "url": format!("https://{}.slack.com/", state.domain), "email_domain": "", "icon": {"image_default": true},
        "avatar_base_url": "https://ca.slack-edge.com/", "is_verified": false}}))
}

pub(super) fn groups(state: &State, args: &Args) -> Answer {
    let shown = |g: &&Group| !g.disabled || args.flag("include_disabled");
    let shapes: Vec<Value> =
        state.groups.iter().filter(shown).map(|g| state.group_json(g, args.flag("include_users"))).collect();
    Ok(json!({"usergroups": shapes}))
}

pub(super) fn group_members(state: &State, args: &Args) -> Answer {
    let wanted = args.text("usergroup").unwrap_or_default();
    let group = state.groups.iter().find(|g| g.id == wanted && (!g.disabled || args.flag("include_disabled")));
    let group = group.ok_or_else(|| refuse("no_such_subteam"))?;
    Ok(json!({"users": group.members}))
}

pub(in crate::slack) fn dnd_shape(person: &Person, now_ms: i64) -> Value {
    match person.dnd {
        Some((start, end)) if end > now_ms / 1_000 => {
            json!({"dnd_enabled": true, "next_dnd_start_ts": start, "next_dnd_end_ts": end})
        }
        // Slack's way to say never.
        _ => json!({"dnd_enabled": false, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}),
    }
}

pub(super) fn dnd(state: &State, args: &Args, now_ms: i64) -> Answer {
    let user = args.text("user").unwrap_or(&state.bot_user);
    let person = state.person(user).ok_or_else(|| refuse("user_not_found"))?;
    Ok(dnd_shape(person, now_ms))
}

pub(super) fn team_dnd(state: &State, args: &Args, now_ms: i64) -> Answer {
    let mut users = Map::new();
    for user in args.text("users").unwrap_or_default().split(',').map(str::trim).take(50) {
        let person = state.person(user).ok_or_else(|| refuse("user_not_visible"))?;
        users.insert(user.to_owned(), dnd_shape(person, now_ms));
    }
    Ok(json!({"users": users, "cached": false}))
}
