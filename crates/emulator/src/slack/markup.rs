//! Slack's markup: what people type becomes it, and what people see is made of it.

use super::model::{Person, State};
use jiff::{Timestamp, Zoned, tz::TimeZone};
use serde_json::{Value, json};

/// Who reads: their zone and language decide how dates look.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    zone: TimeZone,
    twelve_hours: bool,
    indonesian: bool,
    now_ms: i64,
}

impl Reader {
    pub(super) fn of(person: &Person, now_ms: i64) -> Self {
        let zone = person.tz.as_deref().and_then(|z| TimeZone::get(z).ok()).unwrap_or(TimeZone::UTC);
        let indonesian = person.locale.starts_with("id");
        Self { zone, twelve_hours: person.locale == "en-US", indonesian, now_ms }
    }
    /// Nobody in particular: UTC, 24 hours. For the journal of a channel.
    pub(super) fn nobody(now_ms: i64) -> Self {
        Self { zone: TimeZone::UTC, twelve_hours: false, indonesian: false, now_ms }
    }
}

/// Seconds east of Greenwich.
pub(super) fn offset_secs(zone: &str, at_ms: i64) -> Option<i32> {
    let at = Timestamp::from_millisecond(at_ms).ok()?;
    Some(TimeZone::get(zone).ok()?.to_offset(at).seconds())
}

/// The three characters that Slack escapes, and no others.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
pub(super) fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A piece of what a person typed.
enum Typed {
    Words(String),
    Person(String),
    Channel(String, String),
    Group(String),
    Everyone(&'static str),
    Link(String),
}

/// Finds `@ana`, `#eng`, `@here` and addresses in what was typed, where they stand at the start of a word.
fn typed(state: &State, text: &str) -> Vec<Typed> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    let mut at_start = true;
    while let Some(first) = rest.chars().next() {
        let found = if at_start { mention(state, rest) } else { None };
        if let Some((piece, length)) = found {
            if !words.is_empty() {
                pieces.push(Typed::Words(std::mem::take(&mut words)));
            }
            pieces.push(piece);
            rest = &rest[length..];
            at_start = false;
            continue;
        }
        words.push(first);
        at_start = first.is_whitespace() || "(,;".contains(first);
        rest = &rest[first.len_utf8()..];
    }
    if !words.is_empty() {
        pieces.push(Typed::Words(words));
    }
    pieces
}

fn mention(state: &State, rest: &str) -> Option<(Typed, usize)> {
    if rest.starts_with("http://") || rest.starts_with("https://") {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        return Some((Typed::Link(rest[..end].to_owned()), end));
    }
    let sign = rest.chars().next().filter(|c| matches!(c, '@' | '#'))?;
    let name_end =
        rest[1..].find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).map_or(rest.len(), |n| n + 1);
    // A full stop at the end belongs to the sentence.
    let name = rest[1..name_end].trim_end_matches('.');
    let length = 1 + name.len();
    if sign == '#' {
        let channel = state.channel_named(name)?;
        return Some((Typed::Channel(channel.id.clone(), channel.name.clone()), length));
    }
    for everyone in ["here", "channel", "everyone"] {
        if name == everyone {
            return Some((Typed::Everyone(everyone), length));
        }
    }
    if let Some(person) = state.person_named(name) {
        return Some((Typed::Person(person.id.clone()), length));
    }
    Some((Typed::Group(state.group_named(name)?.id.clone()), length))
}

/// What a message's `text` is when a person typed this.
pub(super) fn typed_text(state: &State, text: &str) -> String {
    typed(state, text)
        .into_iter()
        .map(|piece| match piece {
            Typed::Words(words) => escape(&words),
            Typed::Person(id) => format!("<@{id}>"),
            Typed::Channel(id, name) => format!("<#{id}|{name}>"),
            Typed::Group(id) => format!("<!subteam^{id}>"),
            Typed::Everyone(who) => format!("<!{who}>"),
            Typed::Link(url) => format!("<{}>", escape(&url)),
        })
        .collect()
}

/// What a command's `text` is when a person typed this and the app asked for escaping (`should_escape`).
pub(super) fn command_text(state: &State, text: &str) -> String {
    typed(state, text)
        .into_iter()
        .map(|piece| match piece {
            Typed::Words(words) => escape(&words),
            Typed::Person(id) => format!("<@{id}|{}>", state.name_of(&id)),
            Typed::Channel(id, name) => format!("<#{id}|{name}>"),
            Typed::Group(id) => {
                let handle = state.groups.iter().find(|g| g.id == id).map_or("", |g| g.handle.as_str());
                format!("<!subteam^{id}|@{handle}>")
            }
            Typed::Everyone(who) => format!("<!{who}>"),
            Typed::Link(url) => format!("<{}>", escape(&url)),
        })
        .collect()
}

/// The blocks that Slack's own client sends with what a person typed.
pub(super) fn typed_blocks(state: &State, text: &str, block_id: &str) -> Value {
    let elements: Vec<Value> = typed(state, text)
        .into_iter()
        .map(|piece| match piece {
            Typed::Words(words) => json!({"type": "text", "text": words}),
            Typed::Person(id) => json!({"type": "user", "user_id": id}),
            Typed::Channel(id, _) => json!({"type": "channel", "channel_id": id}),
            Typed::Group(id) => json!({"type": "usergroup", "usergroup_id": id}),
            Typed::Everyone(who) => json!({"type": "broadcast", "range": who}),
            Typed::Link(url) => json!({"type": "link", "url": url}),
        })
        .collect();
    json!([{"type": "rich_text", "block_id": block_id,
        "elements": [{"type": "rich_text_section", "elements": elements}]}])
}

/// Whether markup would notify everybody in a place.
pub(super) fn pings_everyone(markup: &str) -> bool {
    ["<!here", "<!channel", "<!everyone"].iter().any(|m| markup.contains(m))
}

/// What a person sees of markup: names for ids, dates in their own time, no signs of emphasis.
pub(super) fn shown(state: &State, reader: &Reader, markup: &str) -> String {
    let mut out = String::new();
    let mut rest = markup;
    while let Some(open) = rest.find('<') {
        out.push_str(&unescape(&without_emphasis(&rest[..open])));
        let Some(close) = rest[open..].find('>') else {
            out.push_str(&rest[open..]);
            return out;
        };
        out.push_str(&reference(state, reader, &rest[open + 1..open + close]));
        rest = &rest[open + close + 1..];
    }
    out.push_str(&unescape(&without_emphasis(rest)));
    out
}

/// What stands between `<` and `>`.
fn reference(state: &State, reader: &Reader, inner: &str) -> String {
    let (target, label) = inner.split_once('|').map_or((inner, None), |(t, l)| (t, Some(l)));
    if let Some(user) = target.strip_prefix('@') {
        return format!("@{}", state.name_of(user));
    }
    if let Some(channel) = target.strip_prefix('#') {
        return state.channel(channel).map_or_else(|| "#(private channel)".to_owned(), |c| format!("#{}", c.name));
    }
    if let Some(special) = target.strip_prefix('!') {
        if let Some(group) = special.strip_prefix("subteam^") {
            return group_shown(state, group);
        }
        if let Some(date) = special.strip_prefix("date^") {
            let (seconds, format) = date.split_once('^').unwrap_or((date, ""));
            let format = format.split('^').next().unwrap_or_default();
            let fallback = unescape(label.unwrap_or_default());
            return seconds.parse().ok().and_then(|s| date_shown(reader, s, format)).unwrap_or(fallback);
        }
        return format!("@{special}");
    }
    unescape(label.unwrap_or(target))
}

pub(super) fn group_shown(state: &State, id: &str) -> String {
    let group = state.groups.iter().find(|g| g.id == id);
    group.map_or_else(|| "@(group)".to_owned(), |g| format!("@{}", g.handle))
}

/// A date as `format` says, or nothing where Slack would fall back to the given words.
pub(super) fn date_shown(reader: &Reader, seconds: i64, format: &str) -> Option<String> {
    let at = Timestamp::from_second(seconds).ok()?.to_zoned(reader.zone.clone());
    let today = Timestamp::from_millisecond(reader.now_ms).ok()?.to_zoned(reader.zone.clone());
    let mut out = String::new();
    let mut rest = unescape(format);
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let close = rest[open..].find('}')? + open;
        out.push_str(&date_token(reader, &at, &today, &rest[open + 1..close])?);
        rest = rest[close + 1..].to_owned();
    }
    out.push_str(&rest);
    (!out.is_empty()).then_some(out)
}

fn date_token(reader: &Reader, at: &Zoned, today: &Zoned, token: &str) -> Option<String> {
    if let Some(plain) = token.strip_suffix("_pretty") {
        let days = at.date().since(today.date()).ok()?.get_days();
        let [yesterday, now, tomorrow] =
            if reader.indonesian { ["kemarin", "hari ini", "besok"] } else { ["yesterday", "today", "tomorrow"] };
        let relative = match days {
            0 => Some(now),
            1 => Some(tomorrow),
            -1 => Some(yesterday),
            _ => None,
        };
        return match relative {
            Some(word) => Some(word.to_owned()),
            None => date_token(reader, at, today, plain),
        };
    }
    if reader.indonesian {
        return indonesian_token(at, token);
    }
    let nth = match (at.day() % 10, at.day() / 10) {
        (1, tens) if tens != 1 => "st",
        (2, tens) if tens != 1 => "nd",
        (3, tens) if tens != 1 => "rd",
        _ => "th",
    };
    let day = at.day();
    Some(match token {
        "date_num" => at.strftime("%Y-%m-%d").to_string(),
        "date_slash" => at.strftime("%m/%d/%Y").to_string(),
        "date" => format!("{} {day}{nth}, {}", at.strftime("%B"), at.year()),
        "date_short" => format!("{} {day}, {}", at.strftime("%b"), at.year()),
        "date_long" | "date_long_full" => format!("{} {day}{nth}, {}", at.strftime("%A, %B"), at.year()),
        "time" if reader.twelve_hours => at.strftime("%-I:%M %p").to_string(),
        "time" => at.strftime("%H:%M").to_string(),
        "time_secs" if reader.twelve_hours => at.strftime("%-I:%M:%S %p").to_string(),
        "time_secs" => at.strftime("%H:%M:%S").to_string(),
        _ => return None,
    })
}

/// As a client in Indonesian shows it: day before month, and a full stop in the time (CLDR's `id`).
fn indonesian_token(at: &Zoned, token: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ];
    const DAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
    let month = MONTHS[usize::from(at.month().unsigned_abs()) - 1];
    let weekday = DAYS[usize::from(at.weekday().to_monday_zero_offset().unsigned_abs())];
    Some(match token {
        "date_num" => at.strftime("%Y-%m-%d").to_string(),
        "date_slash" => at.strftime("%d/%m/%Y").to_string(),
        "date" => format!("{} {month} {}", at.day(), at.year()),
        "date_short" => format!("{} {} {}", at.day(), &month[..3], at.year()),
        "date_long" | "date_long_full" => format!("{weekday}, {} {month} {}", at.day(), at.year()),
        "time" => at.strftime("%H.%M").to_string(),
        "time_secs" => at.strftime("%H.%M.%S").to_string(),
        _ => return None,
    })
}

/// Takes the signs of emphasis away where Slack would show emphasis: around a word or words, at their edges. What is
/// between backticks stays as it is, without them.
fn without_emphasis(text: &str) -> String {
    text.split('\n').map(line_without_emphasis).collect::<Vec<_>>().join("\n")
}

fn line_without_emphasis(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let mut dropped = vec![false; chars.len()];
    let mut literal = vec![false; chars.len()];
    mark_pairs(&chars, '`', &mut dropped, &mut literal, true);
    for sign in ['*', '_', '~'] {
        mark_pairs(&chars, sign, &mut dropped, &mut literal, false);
    }
    chars.iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(c, _)| *c).collect()
}

fn mark_pairs(chars: &[char], sign: char, dropped: &mut [bool], literal: &mut [bool], code: bool) {
    let edge = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_none_or(|c| !c.is_alphanumeric());
    let mut open: Option<usize> = None;
    for i in 0..chars.len() {
        if chars[i] != sign || literal[i] {
            continue;
        }
        let space_after = chars.get(i + 1).is_none_or(|c| c.is_whitespace());
        let space_before = i.checked_sub(1).and_then(|j| chars.get(j)).is_none_or(|c| c.is_whitespace());
        match open {
            Some(start) if !space_before && edge(Some(i + 1)) && i > start + 1 => {
                dropped[start] = true;
                dropped[i] = true;
                if code {
                    literal[start..=i].fill(true);
                }
                open = None;
            }
            None if !space_after && edge(i.checked_sub(1)) => open = Some(i),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let mut state = State::new("Acme", "jeda", "en-US");
        state.people.push(Person::new("U7".into(), "ana"));
        state.channels.push(super::super::model::Channel {
            id: "C7".into(),
            name: "eng".into(),
            kind: super::super::model::Kind::Public,
            members: vec![],
            archived: false,
            created_ms: 0,
            with: None,
        });
        state
    }

    #[test]
    fn what_people_type_is_escaped_and_mentions_become_references() {
        let state = state();
        assert_eq!(typed_text(&state, "hi @ana, see #eng. a<b & c@ana"), "hi <@U7>, see <#C7|eng>. a&lt;b &amp; c@ana");
        assert_eq!(command_text(&state, "new #eng @ana @nobody"), "new <#C7|eng> <@U7|ana> @nobody");
        assert_eq!(typed_text(&state, "@here https://x.org/?a&b"), "<!here> <https://x.org/?a&amp;b>");
    }

    #[test]
    fn people_see_names_and_words_without_signs() {
        let state = state();
        let reader = Reader::nobody(0);
        let seen = |markup: &str| shown(&state, &reader, markup);
        assert_eq!(seen("*Standup* for <#C7> by <@U7>: _now_"), "Standup for #eng by @ana: now");
        assert_eq!(seen("2*3*4 and snake_case_name"), "2*3*4 and snake_case_name");
        assert_eq!(seen("type `/jeda *help*`"), "type /jeda *help*");
        assert_eq!(seen("&lt;!channel&gt; <https://x.org|a &amp; b>"), "<!channel> a & b");
        assert_eq!(seen("a < b"), "a < b");
    }

    #[test]
    fn dates_are_in_the_readers_own_time() {
        let state = state();
        let mut ana = state.people[2].clone();
        ana.tz = Some("Asia/Jakarta".into());
        // 2026-11-24 02:00 UTC is nine in Jakarta.
        let at = 1_795_485_600;
        let markup = format!("<!date^{at}^{{date_short_pretty}} {{time}}|soon>");
        let now = at * 1_000;
        assert_eq!(shown(&state, &Reader::of(&ana, now), &markup), "today 9:00 AM");
        ana.locale = "en-GB".into();
        assert_eq!(shown(&state, &Reader::of(&ana, now), &markup), "today 09:00");
        assert_eq!(shown(&state, &Reader::of(&ana, now - 20 * 86_400_000), &markup), "Nov 24, 2026 09:00");
        ana.locale = "id-ID".into();
        assert_eq!(shown(&state, &Reader::of(&ana, now), &markup), "hari ini 09.00");
        assert_eq!(shown(&state, &Reader::of(&ana, now + 86_400_000), &markup), "kemarin 09.00");
        assert_eq!(shown(&state, &Reader::of(&ana, now - 20 * 86_400_000), &markup), "24 Nov 2026 09.00");
        let long = format!("<!date^{at}^{{date_long}}|soon>");
        assert_eq!(shown(&state, &Reader::of(&ana, now), &long), "Selasa, 24 November 2026");
        assert_eq!(shown(&state, &Reader::of(&ana, now), "<!date^1^{nonsense}|soon>"), "soon");
    }
}
