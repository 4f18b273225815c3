//! Messages as a person sees them: markup resolved, mentions by name, instants on the reader's own clock.

use super::model::{Kind, Message, State};
use serde_json::Value;

/// What one reader sees of a text; `zone` is the reader's (UTC where none is given).
pub(super) fn text(state: &State, raw: &str, zone: Option<&str>) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut block = false;
    for (n, line) in raw.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        if let Some(rest) = line.strip_prefix("```") {
            block = !block;
            // ```rust opens a block and names its language; ```words``` is a block in one line.
            if let Some(inside) = rest.strip_suffix("```") {
                block = false;
                out.push_str(inside);
            }
            continue;
        }
        if block {
            let inside = line.strip_suffix("```");
            block = inside.is_none();
            out.push_str(inside.unwrap_or(line));
        } else {
            let (mark, rest) = line_start(line);
            out.push_str(mark);
            inline(state, rest, zone, &mut out);
        }
    }
    out
}

/// A line's own markup: headings and small print lose theirs, quotes and lists keep it.
fn line_start(line: &str) -> (&'static str, &str) {
    for heading in ["### ", "## ", "# ", "-# "] {
        if let Some(rest) = line.strip_prefix(heading) {
            return ("", rest);
        }
    }
    if let Some(rest) = line.strip_prefix(">>> ").or_else(|| line.strip_prefix("> ")) {
        return ("> ", rest);
    }
    match line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        Some(rest) => ("• ", rest),
        None => ("", line),
    }
}

/// Marks that come in pairs, the longer ones first.
const PAIRS: [&str; 7] = ["***", "**", "__", "~~", "||", "*", "_"];

fn inline(state: &State, raw: &str, zone: Option<&str>, out: &mut String) {
    let mut rest = raw;
    // The byte before `rest` in `raw` was a letter or digit: `_` is then part of a word, as in `snake_case`.
    let mut in_word = false;
    while let Some(c) = rest.chars().next() {
        if let Some((shown, after)) = special(state, rest, zone, in_word) {
            out.push_str(&shown);
            in_word = false;
            rest = after;
        } else {
            out.push(c);
            in_word = c.is_alphanumeric();
            rest = &rest[c.len_utf8()..];
        }
    }
}

/// Markup at the start of `rest`: what is shown of it, and what follows.
fn special<'a>(state: &State, rest: &'a str, zone: Option<&str>, in_word: bool) -> Option<(String, &'a str)> {
    if let Some(after) = rest.strip_prefix('\\') {
        let c = after.chars().next().filter(char::is_ascii_punctuation)?;
        return Some((c.into(), &after[c.len_utf8()..]));
    }
    if rest.starts_with('`') {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let inside = &rest[ticks..];
        let end = inside.find(&rest[..ticks])?;
        return Some((inside[..end].trim().to_owned(), &inside[end + ticks..]));
    }
    if rest.starts_with('<') {
        let end = rest.find('>')?;
        return Some((angle(state, &rest[1..end], zone)?, &rest[end + 1..]));
    }
    if let Some(inside) = rest.strip_prefix('[') {
        let (label, after) = inside.split_once("](")?;
        let end = after.find(')')?;
        return after.starts_with("http").then(|| (label.to_owned(), &after[end + 1..]));
    }
    for mark in PAIRS {
        let Some(inside) = rest.strip_prefix(mark) else { continue };
        if mark == "_" && in_word {
            continue;
        }
        if let Some(end) = closing(inside, mark) {
            let mut shown = String::new();
            inline(state, &inside[..end], zone, &mut shown);
            return Some((shown, &inside[end + mark.len()..]));
        }
    }
    None
}

/// Where the pair of `mark` closes: not right at the start, not escaped, not after a space for a single mark.
fn closing(inside: &str, mark: &str) -> Option<usize> {
    if inside.starts_with(char::is_whitespace) && mark.len() == 1 {
        return None;
    }
    let mut from = 0;
    while let Some(at) = inside[from..].find(mark).map(|n| n + from) {
        let before = &inside[..at];
        let escaped = before.len() - before.trim_end_matches('\\').len();
        let after = inside[at + mark.len()..].chars().next();
        let longer = mark.len() == 1 && after.is_some_and(|c| mark.starts_with(c));
        let in_word = mark == "_" && after.is_some_and(char::is_alphanumeric);
        if at > 0 && escaped.is_multiple_of(2) && !in_word && !longer {
            return Some(at);
        }
        from = at + if longer { 2 } else { mark.len() };
        if from >= inside.len() {
            return None;
        }
    }
    None
}

fn angle(state: &State, inside: &str, zone: Option<&str>) -> Option<String> {
    let number = |s: &str| s.parse::<u64>().ok();
    if let Some(role) = inside.strip_prefix("@&") {
        return Some(format!("@{}", state.roles.get(&number(role)?).map_or("deleted-role", |r| r.name.as_str())));
    }
    if let Some(user) = inside.strip_prefix('@') {
        let id = number(user.trim_start_matches('!'))?;
        return Some(format!("@{}", state.users.get(&id).map_or("unknown-user", |u| u.display.as_str())));
    }
    if let Some(channel) = inside.strip_prefix('#') {
        return Some(format!("#{}", state.channels.get(&number(channel)?).map_or("unknown", |c| c.name.as_str())));
    }
    if let Some(instant) = inside.strip_prefix("t:") {
        let (seconds, style) = instant.split_once(':').unwrap_or((instant, "f"));
        return moment(state, seconds.parse().ok()?, style, zone);
    }
    if let Some((name, id)) = inside.strip_prefix('/').and_then(|c| c.rsplit_once(':')) {
        return number(id).map(|_| format!("/{name}"));
    }
    if let Some((name, _)) = inside.strip_prefix(':').and_then(|e| e.rsplit_once(':')) {
        return Some(format!(":{name}:"));
    }
    inside.starts_with("http").then(|| inside.to_owned())
}

/// An instant as an English Discord shows it to a reader in `zone`.
fn moment(state: &State, seconds: i64, style: &str, zone: Option<&str>) -> Option<String> {
    let at = jiff::Timestamp::from_second(seconds).ok()?;
    let zone = jiff::tz::TimeZone::get(zone.unwrap_or("UTC")).ok()?;
    let format = match style {
        "t" => "%H:%M",
        "T" => "%H:%M:%S",
        "d" => "%d/%m/%Y",
        "D" => "%-d %B %Y",
        "f" => "%-d %B %Y %H:%M",
        "F" => "%A, %-d %B %Y %H:%M",
        "R" => return Some(relative(seconds - state.now() / 1_000)),
        _ => return None,
    };
    Some(at.to_zoned(zone).strftime(format).to_string())
}

fn relative(seconds: i64) -> String {
    let units = [(86_400 * 365, "year"), (86_400 * 30, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
    let size = seconds.abs();
    let (count, unit) = units
        .iter()
        .find(|(length, _)| size >= *length)
        .map_or((size, "second"), |(length, unit)| (size / length, unit));
    let many = if count == 1 { "" } else { "s" };
    if seconds < 0 { format!("{count} {unit}{many} ago") } else { format!("in {count} {unit}{many}") }
}

/// A whole message: words, embeds, and its buttons as `[Answer]`.
pub(super) fn message(state: &State, m: &Message, zone: Option<&str>) -> String {
    if m.loading {
        return format!("{} is thinking…", state.writer(m));
    }
    let mut lines = vec![];
    let mut line = |raw: &str| {
        if !raw.is_empty() {
            lines.push(text(state, raw, zone));
        }
    };
    line(&m.content);
    for embed in &m.embeds {
        let word = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        line(&word(&embed["author"]["name"]));
        line(&word(&embed["title"]));
        line(&word(&embed["description"]));
        for field in embed["fields"].as_array().into_iter().flatten() {
            line(&word(&field["name"]));
            line(&word(&field["value"]));
        }
        line(&word(&embed["footer"]["text"]));
    }
    for row in &m.components {
        let parts: Vec<String> = row["components"].as_array().into_iter().flatten().map(component).collect();
        lines.push(parts.join(" "));
    }
    lines.join("\n")
}

/// A button's or select's face.
pub(super) fn component(part: &Value) -> String {
    match part["type"].as_u64() {
        Some(2) => format!("[{}]", label(part)),
        _ => format!("[{} ▾]", part["placeholder"].as_str().unwrap_or("choose")),
    }
}

/// What a button says.
pub(super) fn label(button: &Value) -> String {
    let words = [button["emoji"]["name"].as_str(), button["label"].as_str()];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A message for the journal: in a direct conversation, on that person's clock.
pub(super) fn for_journal(state: &State, m: &Message) -> String {
    let reader = m.only_for.or_else(|| match state.channels.get(&m.channel).map(|c| c.kind) {
        Some(Kind::Direct { with }) => Some(with),
        _ => None,
    });
    let zone = reader.and_then(|u| state.users.get(&u)).and_then(|u| u.zone.as_deref());
    message(state, m, zone)
}
