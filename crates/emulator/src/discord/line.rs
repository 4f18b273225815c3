//! A command as a person types it, read against what the bot registered: `/standup note text:fixed the export`.
//!
//! After the command and its subcommands come options, `name:value`; a value goes on to the next ` name:` of the
//! command's own, or stands in quotation marks. People are `@ana`, channels `#eng`, roles `@role`.

use super::{
    check::chars,
    model::{Command, State},
    permissions as may, wire,
};
use serde_json::{Map, Value, json};

/// Characters of a text option where it names no other limit (Discord's).
const TEXT_MAX: usize = 6_000;

/// What was typed, read.
pub(super) struct Read {
    /// `standup note`.
    pub(super) name: String,
    /// The interaction's data.
    pub(super) data: Value,
}

/// Reads a line that `user` typed in `channel`. `focus`: the option they are still typing, for autocomplete.
pub(super) fn read(
    state: &State,
    user: u64,
    channel: u64,
    line: &str,
    focus: Option<(&str, &str)>,
) -> Result<Read, String> {
    let words = line.trim().strip_prefix('/').ok_or_else(|| format!("{line:?} does not begin with a slash"))?;
    let (first, mut rest) = word(words);
    let command = state.command_named(first).ok_or_else(|| {
        let known: Vec<_> = state.commands.values().map(Command::name).collect();
        format!("Discord knows no command /{first}; registered are {known:?}")
    })?;
    allowed(state, command, user, channel)?;
    let mut path = vec![command.name().to_owned()];
    let mut kinds = vec![];
    let mut options = list(&command.body, "options");
    while options.iter().any(|o| o["type"].as_u64().is_some_and(|t| t <= 2)) {
        let (next, after) = word(rest);
        let found = options.iter().find(|o| is_named(o, next) && !next.is_empty());
        let found = found.ok_or_else(|| {
            let known: Vec<_> = options.iter().filter_map(|o| o["name"].as_str()).collect();
            format!("/{} goes on with one of {known:?}, not {next:?}", path.join(" "))
        })?;
        path.push(found["name"].as_str().unwrap_or_default().to_owned());
        kinds.push(found["type"].clone());
        options = found["options"].as_array().map_or(&[], Vec::as_slice);
        rest = after;
    }
    let mut resolved = json!({});
    let mut leaves = given(state, user, rest, options, &mut resolved)?;
    if let Some((name, typed)) = focus {
        let option = options.iter().find(|o| is_named(o, name)).ok_or_else(|| no_option(options, name))?;
        if option["autocomplete"] != true {
            return Err(format!("{name:?} does not complete what is typed"));
        }
        leaves.retain(|l| l["name"] != option["name"]);
        leaves.push(json!({"name": option["name"], "type": option["type"], "value": typed, "focused": true}));
    } else if let Some(missing) =
        options.iter().find(|o| o["required"] == true && !leaves.iter().any(|l| l["name"] == o["name"]))
    {
        return Err(format!("/{} needs {}", path.join(" "), missing["name"]));
    }
    let mut inside = json!(leaves);
    for (name, kind) in path.iter().skip(1).zip(&kinds).rev() {
        inside = json!([{"name": name, "type": kind, "options": inside}]);
    }
    let mut data = json!({"id": wire::id(command.id), "name": command.name(), "type": 1});
    if inside.as_array().is_some_and(|l| !l.is_empty()) {
        data["options"] = inside;
    }
    if command.guild {
        data["guild_id"] = wire::id(state.guild.id);
    }
    if resolved.as_object().is_some_and(|r| !r.is_empty()) {
        data["resolved"] = resolved;
    }
    Ok(Read { name: path.join(" "), data })
}

fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

fn list<'a>(of: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    of.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// By its name in any language: people see it in theirs.
fn is_named(option: &Value, name: &str) -> bool {
    let local = option["name_localizations"].as_object();
    option["name"] == name || local.is_some_and(|l| l.values().any(|v| v == name))
}

fn no_option(options: &[Value], name: &str) -> String {
    let known: Vec<_> = options.iter().filter_map(|o| o["name"].as_str()).collect();
    format!("there is no option {name:?}; there are {known:?}")
}

/// Whether Discord offers the command to this person in this place.
fn allowed(state: &State, command: &Command, user: u64, channel: u64) -> Result<(), String> {
    let here = state.in_guild(channel);
    let name = command.name();
    let contexts = list(&command.body, "contexts");
    let in_direct = match contexts.is_empty() {
        true => command.body.get("dm_permission").and_then(Value::as_bool).unwrap_or(true),
        false => contexts.iter().any(|c| *c == 1),
    };
    if !here && (command.guild || !in_direct) {
        return Err(format!("/{name} is not offered in direct messages"));
    }
    if here && !contexts.is_empty() && !contexts.iter().any(|c| *c == 0) {
        return Err(format!("/{name} is not offered in the server"));
    }
    let needs = command.body.get("default_member_permissions").and_then(Value::as_str);
    let needs = needs.and_then(|bits| bits.parse::<u64>().ok());
    let has = may::in_guild(state, user);
    match needs {
        Some(bits) if here && (has & bits != bits || bits == 0 && has & may::ADMINISTRATOR == 0) => {
            Err(format!("/{name} is not offered to {}", state.username(user)))
        }
        _ => Ok(()),
    }
}

/// The options of a line: where each begins, then what each says.
fn given(state: &State, user: u64, line: &str, options: &[Value], resolved: &mut Value) -> Result<Vec<Value>, String> {
    let mut leaves: Vec<Value> = vec![];
    let mut rest = line.trim();
    while !rest.is_empty() {
        let Some((name, after)) = rest.split_once(':').filter(|(n, _)| !n.contains(char::is_whitespace)) else {
            return Err(format!("{rest:?} is not name:value"));
        };
        let option = options.iter().find(|o| is_named(o, name)).ok_or_else(|| no_option(options, name))?;
        let (value, left) = value_of(after, options);
        if leaves.iter().any(|l| l["name"] == option["name"]) {
            return Err(format!("{name:?} is given twice"));
        }
        let typed = typed(state, user, option, value, resolved)?;
        leaves.push(json!({"name": option["name"], "type": option["type"], "value": typed}));
        rest = left.trim_start();
    }
    Ok(leaves)
}

/// A value and what follows it.
fn value_of<'a>(text: &'a str, options: &[Value]) -> (&'a str, &'a str) {
    if let Some(inside) = text.strip_prefix('"')
        && let Some((value, after)) = inside.split_once('"')
        && (after.is_empty() || after.starts_with(char::is_whitespace))
    {
        return (value, after);
    }
    let starts = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| (at, at + c.len_utf8()));
    for (end, start) in starts {
        let name = text[start..].split_once(':').map(|(name, _)| name);
        if name.is_some_and(|name| options.iter().any(|o| is_named(o, name))) {
            return (&text[..end], &text[start..]);
        }
    }
    (text, "")
}

/// A value in its option's type, as Discord's client sends it.
fn typed(state: &State, user: u64, option: &Value, raw: &str, resolved: &mut Value) -> Result<Value, String> {
    let name = option["name"].as_str().unwrap_or_default();
    let value = raw.trim();
    let kind = option["type"].as_u64().unwrap_or(0);
    if let Some(choices) = option["choices"].as_array().filter(|c| !c.is_empty()) {
        let chosen = choices.iter().find(|c| is_named(c, value) || c["value"] == value);
        let chosen = chosen
            .or_else(|| choices.iter().find(|c| value.parse().is_ok_and(|n: f64| c["value"].as_f64() == Some(n))));
        return chosen.map(|c| c["value"].clone()).ok_or_else(|| format!("{name} offers no {value:?}"));
    }
    let wrong = |what: &str| format!("{name} takes {what}, not {value:?}");
    match kind {
        3 => {
            let bound =
                |key: &str, otherwise| option[key].as_u64().and_then(|n| n.try_into().ok()).unwrap_or(otherwise);
            let (min, max) = (bound("min_length", 0), bound("max_length", TEXT_MAX));
            let length = chars(value);
            match (min.max(1)..=max).contains(&length) {
                true => Ok(json!(value)),
                false => Err(wrong(&format!("{min} to {max} characters ({length} given)"))),
            }
        }
        4 => value.parse::<i64>().map(|n| json!(n)).map_err(|_| wrong("a whole number")),
        10 => value.parse::<f64>().map(|n| json!(n)).map_err(|_| wrong("a number")),
        5 => match value.to_lowercase().as_str() {
            "true" => Ok(json!(true)),
            "false" => Ok(json!(false)),
            _ => Err(wrong("true or false")),
        },
        6 | 9 if state.user_named(value).is_some() => {
            let id = state.user_named(value).unwrap_or_default();
            let key = id.to_string();
            resolved["users"][&key] = wire::user_of(state, id);
            if let Some(mut member) = wire::member(state, id) {
                member["permissions"] = json!(may::in_guild(state, id).to_string());
                resolved["members"][&key] = member;
            }
            Ok(wire::id(id))
        }
        8 | 9 => {
            let id = state.role_named(value).ok_or_else(|| wrong("a role (or person) that exists"))?;
            resolved["roles"][&id.to_string()] = state.roles.get(&id).map_or(Value::Null, wire::role);
            Ok(wire::id(id))
        }
        7 => {
            let offered = state.channel_named(value).filter(|id| state.can(user, *id, may::VIEW));
            let id = offered.ok_or_else(|| wrong("a channel that they see"))?;
            let mut channel = state.channels.get(&id).map_or(Value::Null, |c| wire::channel(state, c));
            if let Some(named) = state.channels.get(&id) {
                // What whoever types may do there.
                channel["permissions"] = json!(may::in_channel(state, user, named).to_string());
            }
            let kinds = option["channel_types"].as_array();
            if kinds.is_some_and(|k| !k.is_empty() && !k.contains(&channel["type"])) {
                return Err(wrong("a channel of another type"));
            }
            resolved["channels"][&id.to_string()] = channel;
            Ok(wire::id(id))
        }
        _ => Err(wrong("a person that exists")),
    }
}
