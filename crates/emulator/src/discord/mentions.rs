//! Whom a message notifies: what its words name, as far as `allowed_mentions` lets it.
//! (<https://discord.com/developers/docs/resources/message#allowed-mentions-object>)

use super::{
    model::{Message, State},
    permissions as may,
};
use serde_json::Value;

/// Sets a message's mentions from its words. `allowed`: the request's `allowed_mentions`, where it had one.
pub(super) fn set(state: &State, message: &mut Message, allowed: Option<&Value>) {
    let allowed = allowed.filter(|a| !a.is_null());
    let parses = |what: &str| {
        allowed.is_none_or(|a| a["parse"].as_array().is_some_and(|list| list.iter().any(|kind| kind == what)))
    };
    let names = |list: &str, id: u64| {
        let named = allowed.and_then(|a| a[list].as_array());
        named.is_some_and(|l| l.iter().any(|v| v.as_str().and_then(|s| s.parse().ok()) == Some(id)))
    };
    let (mut users, mut roles) = (vec![], vec![]);
    let words = outside_code(&message.content);
    for inside in words.split('<').skip(1).filter_map(|part| part.split_once('>').map(|(inside, _)| inside)) {
        if let Some(role) = inside.strip_prefix("@&").and_then(|r| r.parse::<u64>().ok()) {
            let real = state.roles.contains_key(&role) && !roles.contains(&role);
            if real && (parses("roles") || names("roles", role)) {
                roles.push(role);
            }
        } else if let Some(user) = inside.strip_prefix('@').and_then(|u| u.trim_start_matches('!').parse().ok()) {
            let real = state.users.contains_key(&user) && !users.contains(&user);
            if real && (parses("users") || names("users", user)) {
                users.push(user);
            }
        }
    }
    let replied = allowed.is_none_or(|a| a["replied_user"].as_bool().unwrap_or(false));
    let author = message.replies_to.and_then(|r| state.message(message.channel, r)).map(|m| m.author);
    if let Some(author) = author.filter(|a| replied && !users.contains(a) && *a != message.author) {
        users.push(author);
    }
    let everyone = words.contains("@everyone") || words.contains("@here");
    message.mention_everyone = everyone && parses("everyone") && may_mention_all(state, message);
    message.mentions = users;
    message.mention_roles = roles;
}

/// A webhook may mention everyone: only `allowed_mentions` keeps it from that.
fn may_mention_all(state: &State, message: &Message) -> bool {
    message.through.is_some() || state.can(message.author, message.channel, may::MENTION_EVERYONE)
}

/// The words that are not in a code span or block.
fn outside_code(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('`') {
        let ticks = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        let inside = &rest[at + ticks..];
        match inside.find(&"`".repeat(ticks)) {
            Some(end) if at == 0 || !rest[..at].ends_with('\\') => {
                out.push_str(&rest[..at]);
                rest = &inside[end + ticks..];
            }
            _ => {
                out.push_str(&rest[..at + ticks]);
                rest = inside;
            }
        }
    }
    out + rest
}
