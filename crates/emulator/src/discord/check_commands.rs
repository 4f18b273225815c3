//! What Discord accepts as application commands
//! (<https://discord.com/developers/docs/interactions/application-commands>).

use super::{
    check::{chars, text},
    refusal::Refusal,
};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

type Checked = Result<(), Refusal>;

/// Commands of each kind (slash, on a person, on a message) that an application may have in one place.
const KIND_MAX: [usize; 3] = [100, 15, 15];
/// Characters of all names, descriptions and values of one command, in the longest language.
const COMMAND_CHARS_MAX: usize = 8_000;
const OPTIONS_MAX: usize = 25;
const LOCALES: &[&str] = &[
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];
const COMMAND_FIELDS: &[&str] = &[
    "id",
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "contexts",
    "integration_types",
    "nsfw",
    "handler",
];
const OPTION_FIELDS: &[&str] = &[
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "options",
    "choices",
    "autocomplete",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "channel_types",
];

/// A whole list, as `PUT` takes it.
pub(super) fn all(list: &[Value]) -> Checked {
    let mut seen = BTreeSet::new();
    let mut of_kind = [0usize; 3];
    for (n, value) in list.iter().enumerate() {
        let path = n.to_string();
        let body = value.as_object().ok_or_else(|| Refusal::form(&path, "MODEL_TYPE_CONVERT", "a command"))?;
        one(body, &path)?;
        let kind = body.get("type").and_then(Value::as_u64).unwrap_or(1);
        let name = body.get("name").and_then(Value::as_str).unwrap_or_default();
        if !seen.insert((kind, name)) {
            let why = "Application command names must be unique";
            return Err(Refusal::form(path, "APPLICATION_COMMANDS_DUPLICATE_NAME", why));
        }
        let index = usize::try_from(kind.saturating_sub(1)).unwrap_or(0).min(2);
        of_kind[index] += 1;
        if of_kind[index] > KIND_MAX[index] {
            return Err(Refusal::form(path, "APPLICATION_COMMANDS_EXCEEDED", format!("at most {}", KIND_MAX[index])));
        }
    }
    Ok(())
}

/// One command.
pub(super) fn one(body: &Map<String, Value>, path: &str) -> Checked {
    known(body, path, COMMAND_FIELDS)?;
    let kind = body.get("type").and_then(Value::as_u64).unwrap_or(1);
    if !(1..=3).contains(&kind) {
        return Err(Refusal::form(at(path, "type"), "BASE_TYPE_CHOICES", "1, 2 or 3"));
    }
    match body.get("default_member_permissions") {
        None | Some(Value::Null) => {}
        Some(Value::String(bits)) if bits.parse::<u64>().is_ok() => {}
        Some(_) => {
            let why = "a string of permission bits";
            return Err(Refusal::form(at(path, "default_member_permissions"), "BASE_TYPE_BAD_TYPE", why));
        }
    }
    if kind != 1 {
        text(body, "name", path, 1, 32)?.ok_or_else(|| absent(path, "name"))?;
        let described = body.get("description").and_then(Value::as_str).is_some_and(|d| !d.is_empty());
        if described || !options(body).is_empty() {
            let why = "Context menu commands cannot have description or options";
            return Err(Refusal::form(path, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", why));
        }
        return Ok(());
    }
    name_and_description(body, path)?;
    check_options(options(body), path, 0)?;
    let size = size(body);
    if size > COMMAND_CHARS_MAX {
        let why = format!("Command exceeds maximum size ({COMMAND_CHARS_MAX}): {size}");
        return Err(Refusal::form(path, "APPLICATION_COMMAND_TOO_LARGE", why));
    }
    Ok(())
}

fn options(body: &Map<String, Value>) -> &[Value] {
    body.get("options").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn at(path: &str, key: &str) -> String {
    format!("{path}.{key}")
}

fn absent(path: &str, key: &str) -> Refusal {
    Refusal::form(at(path, key), "BASE_TYPE_REQUIRED", "This field is required")
}

fn known(body: &Map<String, Value>, path: &str, fields: &[&str]) -> Checked {
    match body.keys().find(|k| !fields.contains(&k.as_str())) {
        Some(key) => Err(Refusal::form(at(path, key), "UNKNOWN_FIELD", "Discord's OpenAPI knows no such field")),
        None => Ok(()),
    }
}

/// Discord's rule for names: letters, digits, `-`, `_` and `'` of any script, 1 to 32, lower case where there is one.
fn good_name(name: &str) -> bool {
    let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\'') || is_mark(c);
    (1..=32).contains(&chars(name)) && name.chars().all(good) && name.to_lowercase() == name
}

/// Vowel signs of Devanagari and Thai, which Discord allows by name.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0900}'..='\u{097F}' | '\u{0E00}'..='\u{0E7F}')
}

fn name_and_description(body: &Map<String, Value>, path: &str) -> Checked {
    let bad = |path: String| Err(Refusal::form(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"));
    let name = text(body, "name", path, 1, 32)?.ok_or_else(|| absent(path, "name"))?;
    if !good_name(name) {
        return bad(at(path, "name"));
    }
    text(body, "description", path, 1, 100)?.ok_or_else(|| absent(path, "description"))?;
    for (key, max) in [("name_localizations", 32), ("description_localizations", 100)] {
        let Some(Value::Object(local)) = body.get(key) else { continue };
        let path = at(path, key);
        for (locale, value) in local {
            if !LOCALES.contains(&locale.as_str()) {
                return Err(Refusal::form(at(&path, locale), "BASE_TYPE_CHOICES", "not a locale of Discord's"));
            }
            if value.is_null() {
                continue;
            }
            let words = text(local, locale, &path, 1, max)?.unwrap_or_default();
            if max == 32 && !good_name(words) {
                return bad(at(&path, locale));
            }
        }
    }
    Ok(())
}

/// `depth` 0: of a command; 1: of a group or subcommand of it; 2: of a group's subcommand.
fn check_options(list: &[Value], path: &str, depth: usize) -> Checked {
    let path = at(path, "options");
    if list.len() > OPTIONS_MAX {
        return Err(Refusal::form(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {OPTIONS_MAX} or fewer in length.")));
    }
    let mut names = BTreeSet::new();
    let mut optional_before = false;
    let mut kinds = BTreeSet::new();
    for (n, value) in list.iter().enumerate() {
        let path = format!("{path}.{n}");
        let of = value.as_object().ok_or_else(|| Refusal::form(&path, "MODEL_TYPE_CONVERT", "an option"))?;
        known(of, &path, OPTION_FIELDS)?;
        name_and_description(of, &path)?;
        if !names.insert(of.get("name").and_then(Value::as_str).unwrap_or_default()) {
            return Err(Refusal::form(path, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must differ"));
        }
        let kind = of.get("type").and_then(Value::as_u64).unwrap_or(0);
        kinds.insert(kind <= 2);
        let required = of.get("required").and_then(Value::as_bool).unwrap_or(false);
        match kind {
            1 | 2 if depth + usize::try_from(kind).unwrap_or(0) > 2 => {
                return Err(Refusal::form(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "nested too deeply"));
            }
            1 | 2 => check_options(options(of), &path, depth + 1).and_then(|()| {
                let groups = options(of).iter().all(|o| o.get("type").and_then(Value::as_u64) == Some(1));
                if kind == 2 && !groups {
                    return Err(Refusal::form(&path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "only subcommands"));
                }
                Ok(())
            })?,
            3..=11 => check_leaf(of, &path, kind)?,
            _ => return Err(Refusal::form(at(&path, "type"), "BASE_TYPE_CHOICES", "1 to 11")),
        }
        if required && optional_before {
            let why = "Required options must be placed before non-required options";
            return Err(Refusal::form(path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", why));
        }
        optional_before |= !required && kind > 2;
    }
    if kinds.len() > 1 {
        let why = "Sub-commands and sub-command groups are mutually exclusive with other options";
        return Err(Refusal::form(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", why));
    }
    Ok(())
}

fn check_leaf(of: &Map<String, Value>, path: &str, kind: u64) -> Checked {
    if of.get("options").is_some_and(|o| !o.is_null()) {
        return Err(Refusal::form(at(path, "options"), "UNKNOWN_FIELD", "only subcommands have options"));
    }
    let choices = of.get("choices").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let completes = of.get("autocomplete").and_then(Value::as_bool).unwrap_or(false);
    if completes && !choices.is_empty() {
        let why = "autocomplete and choices are mutually exclusive";
        return Err(Refusal::form(path, "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", why));
    }
    if (completes || !choices.is_empty()) && !matches!(kind, 3 | 4 | 10) {
        return Err(Refusal::form(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "only for text and numbers"));
    }
    if choices.len() > 25 {
        return Err(Refusal::form(at(path, "choices"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length."));
    }
    let mut names = BTreeSet::new();
    for (n, choice) in choices.iter().enumerate() {
        let path = format!("{path}.choices.{n}");
        let choice = choice.as_object().ok_or_else(|| Refusal::form(&path, "MODEL_TYPE_CONVERT", "a choice"))?;
        let name = text(choice, "name", &path, 1, 100)?.ok_or_else(|| absent(&path, "name"))?;
        if !names.insert(name) {
            return Err(Refusal::form(path, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE", "names must differ"));
        }
        let fits = match choice.get("value") {
            Some(Value::String(v)) => kind == 3 && chars(v) <= 100,
            Some(Value::Number(v)) => kind == 10 || (kind == 4 && v.is_i64()),
            _ => false,
        };
        if !fits {
            return Err(Refusal::form(at(&path, "value"), "BASE_TYPE_BAD_TYPE", "does not fit the option's type"));
        }
    }
    let bound = |key: &str| of.get(key).and_then(Value::as_u64);
    if bound("min_length").is_some_and(|n| n > 6_000) || bound("max_length").is_some_and(|n| n == 0 || n > 6_000) {
        return Err(Refusal::form(at(path, "max_length"), "NUMBER_TYPE_MAX", "min 0 to 6000, max 1 to 6000"));
    }
    Ok(())
}

/// What counts towards [`COMMAND_CHARS_MAX`].
fn size(body: &Map<String, Value>) -> usize {
    let longest = |key: &str| {
        let plain = body.get(key).and_then(Value::as_str).map_or(0, chars);
        let local = body.get(&format!("{key}_localizations")).and_then(Value::as_object);
        let local = local.map_or(0, |l| l.values().filter_map(Value::as_str).map(chars).max().unwrap_or(0));
        plain.max(local)
    };
    let value = body.get("value").and_then(Value::as_str).map_or(0, chars);
    let inside = |key: &str| body.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let nested = inside("options").iter().chain(inside("choices")).filter_map(Value::as_object).map(size);
    longest("name") + longest("description") + value + nested.sum::<usize>()
}
