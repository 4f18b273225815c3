//! What Discord accepts in a message, a form and a list of choices: its documented limits, and the ones that its
//! OpenAPI leaves out (2,000 characters, 6,000 in all embeds, five rows, no empty message).
//!
//! Lengths are counted in Unicode scalar values, after trimming where Discord trims.

use super::refusal::Refusal;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

type Checked = Result<(), Refusal>;

/// Characters of a message.
const CONTENT_MAX: usize = 2_000;
/// Embeds of a message, and characters of all of them.
const EMBEDS_MAX: usize = 10;
const EMBEDS_CHARS_MAX: usize = 6_000;
/// Rows of a message, buttons of a row, options of a select.
const ROWS_MAX: usize = 5;
const BUTTONS_MAX: usize = 5;
const OPTIONS_MAX: usize = 25;
/// Fields of a form.
const FORM_FIELDS_MAX: usize = 5;

/// What a message may carry (flags that a bot may set: no embeds, ephemeral, silent, components v2).
const FLAGS: u64 = (1 << 2) | (1 << 6) | (1 << 12);

pub(super) fn chars(text: &str) -> usize {
    text.chars().count()
}

fn too_long(path: &str, max: usize) -> Refusal {
    Refusal::form(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."))
}

fn missing(path: &str) -> Refusal {
    Refusal::form(path, "BASE_TYPE_REQUIRED", "This field is required")
}

fn wrong_type(path: &str, what: &str) -> Refusal {
    Refusal::form(path, "BASE_TYPE_BAD_TYPE", format!("Must be {what}"))
}

/// A text of `min..=max` characters; `null` counts as absent.
pub(super) fn text<'a>(
    of: &'a Map<String, Value>,
    key: &str,
    path: &str,
    min: usize,
    max: usize,
) -> Result<Option<&'a str>, Refusal> {
    let path = join(path, key);
    match of.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) if chars(s) > max => Err(too_long(&path, max)),
        Some(Value::String(s)) if chars(s.trim()) < min => {
            Err(Refusal::form(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length.")))
        }
        Some(Value::String(s)) => Ok(Some(s)),
        Some(_) => Err(wrong_type(&path, "a string")),
    }
}

fn required<'a>(of: &'a Map<String, Value>, key: &str, path: &str, min: usize, max: usize) -> Result<&'a str, Refusal> {
    text(of, key, path, min, max)?.ok_or_else(|| missing(&join(path, key)))
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A list; `null` counts as absent.
fn list<'a>(of: &'a Map<String, Value>, key: &str, path: &str, max: usize) -> Result<&'a [Value], Refusal> {
    let path = join(path, key);
    match of.get(key) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) if items.len() > max => Err(too_long(&path, max)),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(wrong_type(&path, "a list")),
    }
}

fn object<'a>(value: &'a Value, path: &str) -> Result<&'a Map<String, Value>, Refusal> {
    value.as_object().ok_or_else(|| wrong_type(path, "an object"))
}

fn only(of: &Map<String, Value>, path: &str, known: &[&str]) -> Checked {
    match of.keys().find(|k| !known.contains(&k.as_str())) {
        Some(key) => Err(Refusal::form(join(path, key), "UNKNOWN_FIELD", "Discord's OpenAPI knows no such field")),
        None => Ok(()),
    }
}

/// A new message's body (a reply to an interaction too, without what only channels take).
pub(super) fn message(body: &Map<String, Value>) -> Checked {
    only(
        body,
        "",
        &[
            "content",
            "embeds",
            "allowed_mentions",
            "components",
            "flags",
            "nonce",
            "enforce_nonce",
            "tts",
            "message_reference",
            "attachments",
            "sticker_ids",
            "poll",
        ],
    )?;
    parts(body)?;
    match body.get("nonce") {
        None | Some(Value::Null | Value::Number(_)) => {}
        Some(Value::String(n)) if chars(n) > 25 => return Err(too_long("nonce", 25)),
        Some(Value::String(_)) => {}
        Some(_) => return Err(wrong_type("nonce", "a string or a number")),
    }
    let has = |key: &str| list(body, key, "", usize::MAX).is_ok_and(|l| !l.is_empty());
    let words = text(body, "content", "", 0, CONTENT_MAX)?.is_some_and(|c| !c.trim().is_empty());
    if !words && !has("embeds") && !has("components") && !has("attachments") {
        return Err(Refusal::of(50006));
    }
    Ok(())
}

/// A message through a webhook: under any name but Discord's own, and without what only a bot's message has.
pub(super) fn through_webhook(body: &Map<String, Value>) -> Checked {
    only(
        body,
        "",
        &[
            "content",
            "embeds",
            "allowed_mentions",
            "components",
            "flags",
            "tts",
            "attachments",
            "poll",
            "username",
            "avatar_url",
            "thread_name",
            "applied_tags",
        ],
    )?;
    parts(body)?;
    if let Some(name) = text(body, "username", "", 1, 80)? {
        webhook_name(name, "username")?;
    }
    let is_address = |face: &str| face.is_empty() || ["http://", "https://"].iter().any(|it| face.starts_with(it));
    if text(body, "avatar_url", "", 0, 2_048)?.is_some_and(|face| !is_address(face)) {
        return Err(Refusal::form("avatar_url", "URL_TYPE_INVALID_URL", "Not a well formed URL."));
    }
    let has = |key: &str| list(body, key, "", usize::MAX).is_ok_and(|l| !l.is_empty());
    let words = text(body, "content", "", 0, CONTENT_MAX)?.is_some_and(|c| !c.trim().is_empty());
    if !words && !has("embeds") && !has("components") {
        return Err(Refusal::of(50006));
    }
    Ok(())
}

/// What a webhook, or what it posts, may be called.
pub(super) fn webhook_name(name: &str, path: &str) -> Checked {
    let low = name.to_lowercase();
    match ["discord", "clyde"].iter().find(|word| low.contains(*word)) {
        Some(word) => {
            let why = format!("Username cannot contain \"{word}\"");
            Err(Refusal::form(path, "USERNAME_INVALID_CONTAINS", why))
        }
        None => Ok(()),
    }
}

/// A webhook to be made.
pub(super) fn webhook(body: &Map<String, Value>) -> Result<&str, Refusal> {
    only(body, "", &["name", "avatar"])?;
    let name = required(body, "name", "", 1, 80)?;
    webhook_name(name, "name")?;
    Ok(name)
}

/// An edit's body: only what it names changes.
pub(super) fn edit(body: &Map<String, Value>) -> Checked {
    only(body, "", &["content", "embeds", "allowed_mentions", "components", "flags", "attachments", "poll", "tts"])?;
    parts(body)
}

fn parts(body: &Map<String, Value>) -> Checked {
    text(body, "content", "", 0, CONTENT_MAX)?;
    embeds(body)?;
    components(list(body, "components", "", ROWS_MAX)?)?;
    allowed_mentions(body)?;
    match body.get("flags") {
        None | Some(Value::Null) => Ok(()),
        Some(flags) => match flags.as_u64() {
            Some(bits) if bits & !FLAGS == 0 => Ok(()),
            _ => Err(Refusal::form("flags", "MESSAGE_FLAGS_INVALID", "Only 1<<2, 1<<6 and 1<<12 are known here")),
        },
    }
}

fn allowed_mentions(body: &Map<String, Value>) -> Checked {
    let Some(value) = body.get("allowed_mentions").filter(|v| !v.is_null()) else { return Ok(()) };
    let path = "allowed_mentions";
    let of = object(value, path)?;
    only(of, path, &["parse", "users", "roles", "replied_user"])?;
    let parse = list(of, "parse", path, 3)?;
    for (key, kind) in [("users", "users"), ("roles", "roles")] {
        let named = list(of, key, path, 100)?;
        if !named.is_empty() && parse.iter().any(|p| p == kind) {
            return Err(Refusal::form(
                path,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("parse:[\"{kind}\"] and {key}: [ids...] are mutually exclusive."),
            ));
        }
    }
    match parse.iter().find(|p| !["users", "roles", "everyone"].iter().any(|k| p == k)) {
        Some(_) => Err(Refusal::form("allowed_mentions.parse", "BASE_TYPE_CHOICES", "users, roles or everyone")),
        None => Ok(()),
    }
}

fn embeds(body: &Map<String, Value>) -> Checked {
    let mut total = 0;
    for (n, embed) in list(body, "embeds", "", EMBEDS_MAX)?.iter().enumerate() {
        let path = format!("embeds.{n}");
        let of = object(embed, &path)?;
        only(
            of,
            &path,
            &[
                "type",
                "url",
                "title",
                "color",
                "timestamp",
                "description",
                "author",
                "image",
                "thumbnail",
                "footer",
                "fields",
                "provider",
                "video",
            ],
        )?;
        let mut count = |text: Option<&str>| total += text.map_or(0, |t| chars(t.trim()));
        count(text(of, "title", &path, 0, 256)?);
        count(text(of, "description", &path, 0, 4_096)?);
        for (key, inner, max) in [("footer", "text", 2_048), ("author", "name", 256)] {
            if let Some(part) = of.get(key).filter(|v| !v.is_null()) {
                let path = join(&path, key);
                count(Some(required(object(part, &path)?, inner, &path, 1, max)?));
            }
        }
        for (f, field) in list(of, "fields", &path, 25)?.iter().enumerate() {
            let path = format!("{path}.fields.{f}");
            let field = object(field, &path)?;
            count(Some(required(field, "name", &path, 1, 256)?));
            count(Some(required(field, "value", &path, 1, 1_024)?));
        }
    }
    if total > EMBEDS_CHARS_MAX {
        let sentence = format!("Embed size exceeds maximum size of {EMBEDS_CHARS_MAX}");
        return Err(Refusal::form("embeds", "MAX_EMBED_SIZE_EXCEEDED", sentence));
    }
    Ok(())
}

/// The `custom_id`s of one message or form: each of 1 to 100 characters, and none twice.
struct CustomIds<'a>(BTreeSet<&'a str>);

impl<'a> CustomIds<'a> {
    fn take(&mut self, of: &'a Map<String, Value>, path: &str) -> Checked {
        let id = required(of, "custom_id", path, 1, 100)?;
        if self.0.insert(id) {
            return Ok(());
        }
        let path = join(path, "custom_id");
        Err(Refusal::form(path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"))
    }
}

fn components(rows: &[Value]) -> Checked {
    let mut ids = CustomIds(BTreeSet::new());
    for (n, row) in rows.iter().enumerate() {
        let path = format!("components.{n}");
        let of = object(row, &path)?;
        if of.get("type").and_then(Value::as_u64) != Some(1) {
            return Err(Refusal::form(join(&path, "type"), "UNION_TYPE_CHOICES", "only action rows are known here"));
        }
        only(of, &path, &["type", "id", "components"])?;
        let inside = list(of, "components", &path, BUTTONS_MAX)?;
        if inside.is_empty() {
            return Err(missing(&join(&path, "components")));
        }
        for (c, part) in inside.iter().enumerate() {
            let path = format!("{path}.components.{c}");
            let part = object(part, &path)?;
            match part.get("type").and_then(Value::as_u64) {
                Some(2) => button(part, &path, &mut ids)?,
                Some(3) if inside.len() == 1 => select(part, &path, &mut ids)?,
                Some(5..=8) if inside.len() == 1 => ids.take(part, &path)?,
                Some(3..=8) => {
                    let why = "A select menu fills its row";
                    return Err(Refusal::form(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", why));
                }
                _ => return Err(Refusal::form(join(&path, "type"), "UNION_TYPE_CHOICES", "a button or a select")),
            }
        }
    }
    Ok(())
}

fn button<'a>(of: &'a Map<String, Value>, path: &str, ids: &mut CustomIds<'a>) -> Checked {
    only(of, path, &["type", "id", "custom_id", "style", "label", "disabled", "url", "sku_id", "emoji"])?;
    let label = text(of, "label", path, 0, 80)?.is_some_and(|l| !l.trim().is_empty());
    if !label && of.get("emoji").is_none_or(Value::is_null) {
        return Err(missing(&join(path, "label")));
    }
    match of.get("style").and_then(Value::as_u64) {
        Some(1..=4) => ids.take(of, path),
        Some(5) => required(of, "url", path, 1, 512).map(drop),
        _ => Err(Refusal::form(join(path, "style"), "BASE_TYPE_CHOICES", "1 to 5")),
    }
}

fn select<'a>(of: &'a Map<String, Value>, path: &str, ids: &mut CustomIds<'a>) -> Checked {
    only(
        of,
        path,
        &["type", "id", "custom_id", "placeholder", "min_values", "max_values", "disabled", "required", "options"],
    )?;
    ids.take(of, path)?;
    text(of, "placeholder", path, 0, 150)?;
    let options = list(of, "options", path, OPTIONS_MAX)?;
    if options.is_empty() {
        return Err(missing(&join(path, "options")));
    }
    let mut values = BTreeSet::new();
    for (n, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{n}");
        let option = object(option, &path)?;
        required(option, "label", &path, 1, 100)?;
        text(option, "description", &path, 0, 100)?;
        if !values.insert(required(option, "value", &path, 1, 100)?) {
            return Err(Refusal::form(path, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "option values must differ"));
        }
    }
    Ok(())
}

/// A form (modal): rows with a text input each, or labels with any input, and text between them.
pub(super) fn form(of: &Map<String, Value>) -> Checked {
    only(of, "data", &["custom_id", "title", "components"])?;
    required(of, "custom_id", "data", 1, 100)?;
    required(of, "title", "data", 1, 45)?;
    let parts = list(of, "components", "data", FORM_FIELDS_MAX)?;
    if parts.is_empty() {
        return Err(missing("data.components"));
    }
    let mut ids = CustomIds(BTreeSet::new());
    for (n, part) in parts.iter().enumerate() {
        let path = format!("data.components.{n}");
        let part = object(part, &path)?;
        match part.get("type").and_then(Value::as_u64) {
            Some(1) => {
                only(part, &path, &["type", "id", "components"])?;
                let inside = list(part, "components", &path, 1)?;
                let path = format!("{path}.components.0");
                let input = object(inside.first().ok_or_else(|| missing(&path))?, &path)?;
                required(input, "label", &path, 1, 45)?;
                text_input(input, &path, &mut ids)?;
            }
            Some(18) => {
                only(part, &path, &["type", "id", "label", "description", "component"])?;
                required(part, "label", &path, 1, 45)?;
                text(part, "description", &path, 1, 100)?;
                let path = join(&path, "component");
                let input = object(part.get("component").unwrap_or(&Value::Null), &path)?;
                match input.get("type").and_then(Value::as_u64) {
                    Some(4) if input.get("label").is_some_and(|l| !l.is_null()) => {
                        let why = "not inside a label, which has its own";
                        return Err(Refusal::form(join(&path, "label"), "BASE_TYPE_BAD", why));
                    }
                    Some(4) => text_input(input, &path, &mut ids)?,
                    Some(3) => select(input, &path, &mut ids)?,
                    Some(5..=8) => ids.take(input, &path)?,
                    _ => return Err(Refusal::form(join(&path, "type"), "UNION_TYPE_CHOICES", "an input or select")),
                }
            }
            Some(10) => {
                only(part, &path, &["type", "id", "content"])?;
                required(part, "content", &path, 1, 4_000)?;
            }
            _ => return Err(Refusal::form(join(&path, "type"), "UNION_TYPE_CHOICES", "1, 10 or 18")),
        }
    }
    Ok(())
}

fn text_input<'a>(of: &'a Map<String, Value>, path: &str, ids: &mut CustomIds<'a>) -> Checked {
    only(
        of,
        path,
        &["type", "id", "custom_id", "style", "label", "value", "placeholder", "required", "min_length", "max_length"],
    )?;
    if of.get("type").and_then(Value::as_u64) != Some(4) {
        return Err(Refusal::form(join(path, "type"), "UNION_TYPE_CHOICES", "a text input"));
    }
    ids.take(of, path)?;
    if !matches!(of.get("style").and_then(Value::as_u64), Some(1 | 2)) {
        return Err(Refusal::form(join(path, "style"), "BASE_TYPE_CHOICES", "1 or 2"));
    }
    text(of, "placeholder", path, 0, 100)?;
    let value = text(of, "value", path, 0, 4_000)?;
    let max = of.get("max_length").and_then(Value::as_u64).unwrap_or(4_000);
    let min = of.get("min_length").and_then(Value::as_u64).unwrap_or(0);
    if !(1..=4_000).contains(&max) || min > max {
        return Err(Refusal::form(join(path, "max_length"), "NUMBER_TYPE_MAX", "1 to 4000, not below min_length"));
    }
    match value.map(|v| chars(v) as u64) {
        Some(n) if n > max => Err(too_long(&join(path, "value"), usize::try_from(max).unwrap_or(usize::MAX))),
        _ => Ok(()),
    }
}

/// What autocomplete offers.
pub(super) fn choices(of: &Map<String, Value>) -> Checked {
    only(of, "data", &["choices"])?;
    for (n, choice) in list(of, "choices", "data", OPTIONS_MAX)?.iter().enumerate() {
        let path = format!("data.choices.{n}");
        let choice = object(choice, &path)?;
        only(choice, &path, &["name", "value", "name_localizations"])?;
        required(choice, "name", &path, 1, 100)?;
        match choice.get("value") {
            Some(Value::String(v)) if chars(v) > 100 => return Err(too_long(&join(&path, "value"), 100)),
            Some(Value::String(_) | Value::Number(_)) => {}
            _ => return Err(missing(&join(&path, "value"))),
        }
    }
    Ok(())
}
