//! Working hours as people write and read them.

use super::{
    TEXT_BYTES_MAX, TimeError,
    clock::{Clock, read_clock, say_clock},
    days::{read_days, say_weekdays},
    quoted,
    words::{self, Token, Tokens, weekday},
};
use crate::{
    language::Language,
    time::{Hours, Span, WorkingWeek, Zone},
};
use jiff::civil;
use std::collections::{BTreeMap, BTreeSet};

/// "Asia/Jakarta mon-fri 9:00-17:30", any part alone, several intervals a day ("9-12,13-17:30"), several groups of
/// days ("mon-thu 9-17, fri 9-15"), both languages. Days without hours are worked 9:00 to 17:00; hours without days
/// are Monday to Friday. "9-5" ends in the afternoon; "22-6" crosses midnight.
///
/// # Errors
/// [`TimeError::Zone`] for a zone that doesn't exist, [`TimeError::Time`] for a time of day that doesn't,
/// [`TimeError::Hours`] for anything else.
pub fn parse_hours(text: &str) -> Result<(Option<Zone>, Option<WorkingWeek>), TimeError> {
    let wrong = || TimeError::Hours(quoted(text));
    if text.len() > TEXT_BYTES_MAX || text.trim().is_empty() {
        return Err(wrong());
    }
    let (zone, rest) = take_zone(text)?;
    let mut tokens = Tokens::of(&rest);
    if tokens.is_done() {
        return Ok((zone, None));
    }
    let mut week: BTreeMap<u8, Vec<Span>> = BTreeMap::new();
    while !tokens.is_done() {
        tokens.skip_and();
        let days = read_days(&mut tokens);
        let spans = read_spans(&mut tokens)?;
        if days.is_none() && (spans.is_empty() || !week.is_empty()) {
            return Err(wrong());
        }
        let spans = if spans.is_empty() { vec![nine_to_five()] } else { spans };
        for day in days.unwrap_or_else(|| (1..=5).collect()) {
            week.entry(day).or_default().extend(spans.iter().copied());
        }
    }
    for spans in week.values_mut() {
        spans.sort_unstable();
        if spans.windows(2).any(|pair| matches!(pair, [a, b] if a.to <= a.from || b.from < a.to)) {
            return Err(wrong());
        }
    }
    Ok((zone, Some(WorkingWeek(week))))
}

fn nine_to_five() -> Span {
    Span { from: civil::time(9, 0, 0, 0), to: civil::time(17, 0, 0, 0) }
}

/// Takes the piece that names a zone, wherever it stands. A first word that belongs to no working week was meant as
/// one.
fn take_zone(text: &str) -> Result<(Option<Zone>, String), TimeError> {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let slashed = |piece: &&str| piece.contains('/') && !piece.eq_ignore_ascii_case("s/d");
    let wordy = |piece: &&str| piece.chars().count() >= 3 && piece.chars().all(|c| c.is_alphabetic() || c == '_');
    let at = pieces
        .iter()
        .position(slashed)
        .or_else(|| pieces.iter().position(|piece| wordy(piece) && !is_of_week(piece) && Zone::find(piece).is_ok()));
    let at = at.or_else(|| pieces.first().filter(|piece| wordy(piece) && !is_of_week(piece)).map(|_| 0));
    let Some(at) = at else { return Ok((None, text.to_owned())) };
    let piece = pieces.get(at).copied().unwrap_or("");
    let zone = Zone::find(piece).map_err(|error| match error.did_you_mean.is_empty() && !piece.contains('/') {
        // Near no zone, it was not meant as one.
        true => TimeError::Hours(quoted(text)),
        false => error.into(),
    })?;
    let rest: Vec<&str> = pieces.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, piece)| *piece).collect();
    Ok((Some(zone), rest.join(" ")))
}

/// Whether a word belongs to a working week, and so names no zone.
fn is_of_week(piece: &str) -> bool {
    let word = piece.to_lowercase();
    weekday(&word).is_some()
        || words::AND.contains(&word.as_str())
        || [
            "weekdays", "weekday", "weekends", "weekend", "daily", "every", "each", "day", "work", "working", "days",
            "workdays", "hari", "kerja", "setiap", "tiap", "akhir", "pekan", "sampai", "hingga", "until", "from",
            "dari", "pukul", "jam", "noon", "midnight", "pagi", "siang", "sore", "malam",
        ]
        .contains(&word.as_str())
}

/// Takes "9-12, 13-17:30", "from 9 to 17", "dari 9 sampai 17".
fn read_spans(tokens: &mut Tokens) -> Result<Vec<Span>, TimeError> {
    let mut spans = Vec::new();
    loop {
        while tokens.skip_word(&["at", "from", "dari", "pukul", "jam", "between", "antara"]) {}
        let Some(from) = read_clock(tokens)? else { return Ok(spans) };
        let joined = tokens.skip_to() || tokens.skip_word(&["and", "dan"]);
        while tokens.skip_word(&["pukul", "jam"]) {}
        let Some(to) = read_clock(tokens)?.filter(|_| joined) else {
            return Err(TimeError::Hours(say_clock(from.time, Language::En)));
        };
        spans.push(span(from, to)?);
        // A comma may lead to another interval, or to another group of days.
        let mut ahead = 0;
        while tokens.peek(ahead) == Some(&Token::Comma)
            || tokens.word(ahead).is_some_and(|word| words::AND.contains(&word))
        {
            ahead += 1;
        }
        if ahead > 0 && tokens.number(ahead).is_some() {
            tokens.skip(ahead);
        }
    }
}

fn span(from: Clock, to: Clock) -> Result<Span, TimeError> {
    let noon = civil::time(12, 0, 0, 0);
    let mut end = to.time;
    // "9-5": nobody starts at nine to work until five in the morning.
    let afternoon = !to.is_24 && !to.has_half && !from.is_24 && from.time <= noon && end < from.time && end < noon;
    if afternoon && end > civil::Time::midnight() {
        end = civil::Time::new(end.hour() + 12, end.minute(), 0, 0).unwrap_or(end);
    }
    if from.is_24 || (end == from.time && !to.is_24) {
        return Err(TimeError::Hours(say_clock(from.time, Language::En)));
    }
    Ok(Span { from: from.time, to: end })
}

/// Hours as a sentence: "Monday to Friday 9:00–17:30 (Asia/Jakarta)". Days with the same hours are said together.
pub fn say_hours(hours: &Hours, language: Language) -> String {
    let mut groups: Vec<(&Vec<Span>, BTreeSet<u8>)> = Vec::new();
    for (day, spans) in hours.week.0.iter().filter(|(_, spans)| !spans.is_empty()) {
        match groups.iter_mut().find(|(known, _)| *known == spans) {
            Some((_, days)) => {
                days.insert(*day);
            }
            None => groups.push((spans, [*day].into())),
        }
    }
    let clock = |time| say_clock(time, language);
    let parts: Vec<String> = groups
        .iter()
        .map(|(spans, days)| {
            let spans: Vec<String> =
                spans.iter().map(|span| format!("{}–{}", clock(span.from), clock(span.to))).collect();
            format!("{} {}", say_weekdays(days, language), spans.join(", "))
        })
        .collect();
    let nothing = if language == Language::En { "no working days" } else { "tanpa hari kerja" };
    let week = if parts.is_empty() { nothing.to_owned() } else { parts.join("; ") };
    format!("{week} ({})", hours.zone)
}
