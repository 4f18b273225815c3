//! Conversations: which there are, who is in them, and what was said.

use super::{Answer, Args, Refusal, page, refuse};
use crate::slack::{
    heart::Heart,
    ids::{Ts, ts_parse},
    model::{Channel, Kind, Message, State},
};
use serde_json::{Value, json};

/// The conversation that `channel` names, where the app may know of it.
fn visible<'s>(state: &'s State, args: &Args) -> Result<&'s Channel, Refusal> {
    let channel = args.text("channel").and_then(|c| state.channel(c)).ok_or_else(|| refuse("channel_not_found"))?;
    let is_there = channel.members.contains(&state.bot_user);
    if channel.kind == Kind::Public || is_there { Ok(channel) } else { Err(refuse("channel_not_found")) }
}

pub(super) fn open(heart: &Heart, state: &mut State, args: &Args) -> Answer {
    if let Some(channel) = args.text("channel") {
        let found = state.channel(channel).filter(|c| c.kind == Kind::Direct);
        let channel = found.ok_or_else(|| refuse("channel_not_found"))?;
        return Ok(json!({"channel": {"id": channel.id}, "no_op": true, "already_open": true}));
    }
    let users = args.text("users").ok_or_else(|| refuse("users_list_not_supplied"))?;
    let names: Vec<&str> = users.split(',').map(str::trim).filter(|u| !u.is_empty()).collect();
    let [user] = names[..] else {
        // Group conversations are outside what this Slack has.
        return Err(refuse("too_many_users"));
    };
    let person = state.person(user).ok_or_else(|| refuse("user_not_found"))?;
    if person.deleted {
        return Err(refuse("user_disabled"));
    }
    if person.is_bot || person.id == "USLACKBOT" {
        return Err(refuse("cannot_dm_bot"));
    }
    let known = state.channels.iter().any(|c| c.with.as_deref() == Some(user));
    let id = state.direct_with(user, heart.now());
    let mut shape = json!({"channel": {"id": id}, "no_op": known, "already_open": known});
    if args.flag("return_im")
        && let Some(channel) = state.channel(&id)
    {
        shape["channel"] = state.channel_json(channel);
    }
    Ok(shape)
}

pub(super) fn info(state: &State, args: &Args) -> Answer {
    let channel = visible(state, args)?;
    let mut shape = state.channel_json(channel);
    if !args.flag("include_num_members")
        && let Some(map) = shape.as_object_mut()
    {
        map.remove("num_members");
    }
    Ok(json!({"channel": shape}))
}

/// The kinds that `types` names and the scopes allow.
fn kinds(state: &State, args: &Args) -> Result<Vec<Kind>, Refusal> {
    let mut kinds = Vec::new();
    for name in args.text("types").unwrap_or("public_channel").split(',').map(str::trim) {
        let (kind, scope) = match name {
            "public_channel" => (Some(Kind::Public), "channels:read"),
            "private_channel" => (Some(Kind::Private), "groups:read"),
            "im" => (Some(Kind::Direct), "im:read"),
            "mpim" => (None, "mpim:read"),
            _ => return Err(refuse("invalid_types")),
        };
        if !state.scopes.contains(scope) {
            return Err(super::Refusal {
                needed: Some(scope.to_owned()),
                ..super::mistake("missing_scope", vec![format!("needs {scope} for {name}")])
            });
        }
        kinds.extend(kind);
    }
    Ok(kinds)
}

fn listed(state: &State, args: &Args, wanted: impl Fn(&Channel) -> bool, default_limit: usize) -> Answer {
    let kinds = kinds(state, args)?;
    let no_archived = args.flag("exclude_archived");
    let all: Vec<&Channel> = state
        .channels
        .iter()
        .filter(|c| kinds.contains(&c.kind) && !(no_archived && c.archived) && wanted(c))
        .collect();
    let (part, cursor) = page(state, args, all, default_limit)?;
    let shapes: Vec<Value> = part.into_iter().map(|c| state.channel_json(c)).collect();
    Ok(json!({"channels": shapes, "response_metadata": {"next_cursor": cursor}}))
}

pub(super) fn list(state: &State, args: &Args) -> Answer {
    listed(state, args, |c| c.kind == Kind::Public || c.members.contains(&state.bot_user), 100)
}

pub(super) fn of_user(state: &State, args: &Args) -> Answer {
    let user = args.text("user").unwrap_or(&state.bot_user);
    if state.person(user).is_none() {
        return Err(refuse("user_not_found"));
    }
    let shared = |c: &Channel| c.kind == Kind::Public || c.members.contains(&state.bot_user);
    listed(state, args, |c| c.members.iter().any(|m| m == user) && shared(c), 100)
}

pub(super) fn members(state: &State, args: &Args) -> Answer {
    let channel = visible(state, args)?;
    let (part, cursor) = page(state, args, channel.members.clone(), 100)?;
    Ok(json!({"members": part, "response_metadata": {"next_cursor": cursor}}))
}

/// Whether `oldest`, `latest` and `inclusive` let a timestamp through.
fn window(args: &Args) -> Result<impl Fn(Ts) -> bool + use<>, Refusal> {
    let bound = |key: &str| match args.text(key) {
        None | Some("0" | "now") => Ok(None),
        Some(text) => ts_parse(text).map(Some).ok_or_else(|| refuse(&format!("invalid_ts_{key}"))),
    };
    let (oldest, latest) = (bound("oldest")?, bound("latest")?);
    let inclusive = args.flag("inclusive");
    Ok(move |ts: Ts| {
        let after = oldest.is_none_or(|o| ts > o || (inclusive && ts == o));
        let before = latest.is_none_or(|l| ts < l || (inclusive && ts == l));
        after && before
    })
}

pub(super) fn history(state: &State, args: &Args) -> Answer {
    let channel = visible(state, args)?;
    if !channel.members.contains(&state.bot_user) {
        return Err(refuse("not_in_channel"));
    }
    let inside = window(args)?;
    let all = state.messages.get(&channel.id).map(Vec::as_slice).unwrap_or_default();
    let said: Vec<&Message> = all
        .iter()
        .rev()
        .filter(|m| m.only_for.is_none() && (m.thread.is_none() || m.broadcast) && inside(m.ts))
        .collect();
    let (part, cursor) = page(state, args, said, 100)?;
    let with_metadata = args.flag("include_all_metadata");
    let messages: Vec<Value> = part.into_iter().map(|m| state.message_json(&channel.id, m, with_metadata)).collect();
    let mut shape = json!({"messages": messages, "has_more": !cursor.is_empty(), "pin_count": 0,
        "channel_actions_ts": null, "channel_actions_count": 0});
    if !cursor.is_empty() {
        shape["response_metadata"] = json!({"next_cursor": cursor});
    }
    Ok(shape)
}

pub(super) fn replies(state: &State, args: &Args) -> Answer {
    let channel = visible(state, args)?;
    if !channel.members.contains(&state.bot_user) {
        return Err(refuse("not_in_channel"));
    }
    let ts = args.text("ts").and_then(ts_parse).ok_or_else(|| refuse("thread_not_found"))?;
    let named = state.message(&channel.id, ts).filter(|m| m.only_for.is_none());
    let root_ts = named.ok_or_else(|| refuse("thread_not_found"))?.thread.unwrap_or(ts);
    let root = state.message(&channel.id, root_ts).ok_or_else(|| refuse("thread_not_found"))?;
    let inside = window(args)?;
    // The root is always there, replies as the window says; the oldest come first.
    let mut said = vec![root];
    said.extend(state.replies(&channel.id, root_ts).filter(|m| inside(m.ts)));
    let (part, cursor) = page(state, args, said, 1_000)?;
    let with_metadata = args.flag("include_all_metadata");
    let messages: Vec<Value> = part.into_iter().map(|m| state.message_json(&channel.id, m, with_metadata)).collect();
    let mut shape = json!({"messages": messages, "has_more": !cursor.is_empty()});
    if !cursor.is_empty() {
        shape["response_metadata"] = json!({"next_cursor": cursor});
    }
    Ok(shape)
}
