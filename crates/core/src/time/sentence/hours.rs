//! Working hours in words.

use super::{
    TEXT_BYTES_MAX, TimeError,
    clock::{AT, Clock, read_clock, say_clock},
    days::{EVERY, read_days, say_days},
    quoted,
    words::{self, Token, Tokens},
};
use crate::{
    language::Language,
    time::{Hours, Span, WorkingWeek, Zone},
};
use jiff::civil;
use std::collections::{BTreeMap, BTreeSet};

/// Words that mean nothing by themselves here.
const FILLERS: [&str; 13] =
    ["from", "in", "on", "the", "zone", "dari", "di", "pada", "zona", "waktu", "mulai", "and", "dan"];

/// "Asia/Jakarta mon-fri 9:00-17:30", any part alone, several intervals a day ("9-12,13-17:30"), both languages.
///
/// Days may differ ("mon-thu 9-17, fri 9-15"). Days alone work 9:00 to 17:00; times alone are Monday to Friday.
/// A span whose end isn't after its start crosses midnight ("22-6"), except that "9-5" ends at 17:00: nobody who
/// begins in the morning works until the next one.
///
/// # Errors
/// [`TimeError::Zone`] for a zone that doesn't exist, [`TimeError::Time`] for an impossible time, and
/// [`TimeError::Hours`] for anything else, and for intervals of a day that overlap.
pub fn parse_hours(text: &str) -> Result<(Option<Zone>, Option<WorkingWeek>), TimeError> {
    let wrong = || TimeError::Hours(quoted(text));
    if text.len() > TEXT_BYTES_MAX {
        return Err(wrong());
    }
    let is_zone = |chunk: &&str| !is_about_hours(chunk);
    let place: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
        .filter(|chunk| !chunk.is_empty())
        .filter(is_zone)
        .collect();
    let rest: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'))
        .filter(|chunk| is_about_hours(chunk))
        .collect();
    let place = place.join(" ");
    let place = place.trim_matches([',', ';', '.']);
    let zone = match place {
        "" => None,
        place => Some(Zone::find(place).map_err(|error| {
            let is_a_name = place.contains('/') || !error.did_you_mean.is_empty();
            // Near no zone, it was not meant as one.
            if is_a_name { TimeError::Zone(error) } else { wrong() }
        })?),
    };
    let week = read_week(&mut Tokens::of(&rest.join(" ")), &wrong)?;
    if zone.is_none() && week.is_none() { Err(wrong()) } else { Ok((zone, week)) }
}

/// Whether a chunk is made of days, times and what stands between them: anything else is part of a zone's name.
fn is_about_hours(chunk: &str) -> bool {
    if chunk.contains('/') && chunk != "s/d" {
        return false;
    }
    let known = |word: &str| {
        words::weekday(word).is_some()
            || EVERY.contains(&word)
            || AT.contains(&word)
            || FILLERS.contains(&word)
            || matches!(word, "to" | "through" | "thru" | "until" | "till" | "sampai" | "hingga" | "sd" | "dengan")
            || matches!(word, "am" | "pm" | "pagi" | "siang" | "sore" | "petang" | "malam" | "noon" | "midnight")
            || matches!(
                word,
                "weekday" | "weekdays" | "workday" | "workdays" | "working" | "work" | "business" | "day" | "days"
            )
            || matches!(word, "hari" | "kerja" | "weekend" | "weekends" | "akhir" | "pekan" | "daily" | "harian")
            || matches!(word, "everyday" | "s" | "d" | "midday" | "tengah" | "oclock")
    };
    let mut tokens = Tokens::of(chunk);
    while let Some(token) = tokens.take() {
        let is_known = match token {
            Token::Word(word) => known(&word),
            Token::Number(_) | Token::Dash | Token::Comma => true,
            Token::Other(c) => c == '/',
            Token::Date(_) | Token::NoDate(_) => false,
        };
        if !is_known {
            return false;
        }
    }
    true
}

/// Days and spans, in groups: days, then the spans on each of them.
fn read_week(tokens: &mut Tokens, wrong: &dyn Fn() -> TimeError) -> Result<Option<WorkingWeek>, TimeError> {
    let mut week: BTreeMap<u8, Vec<Span>> = BTreeMap::new();
    let mut days: BTreeSet<u8> = BTreeSet::new();
    let mut spans: Vec<Span> = Vec::new();
    while !tokens.is_done() {
        if tokens.skip_and() {
            continue;
        }
        if let Some(more) = read_days(tokens) {
            if !spans.is_empty() {
                give(&mut week, &std::mem::take(&mut days), &std::mem::take(&mut spans));
            }
            days.extend(more);
        } else if tokens.skip_word(&FILLERS) || tokens.skip_word(&EVERY) || tokens.skip_word(&AT) {
        } else if tokens.word(0) == Some("hari") {
            tokens.skip(1);
        } else {
            spans.push(read_span(tokens)?.ok_or_else(wrong)?);
        }
    }
    if days.is_empty() && spans.is_empty() {
        return Ok((!week.is_empty()).then_some(WorkingWeek(week)));
    }
    if spans.is_empty() {
        spans.push(Span { from: civil::time(9, 0, 0, 0), to: civil::time(17, 0, 0, 0) });
    }
    give(&mut week, &days, &spans);
    if week.values().any(|spans| overlap(spans)) {
        return Err(wrong());
    }
    Ok(Some(WorkingWeek(week)))
}

fn give(week: &mut BTreeMap<u8, Vec<Span>>, days: &BTreeSet<u8>, spans: &[Span]) {
    let office: BTreeSet<u8> = (1..=5).collect();
    for day in if days.is_empty() { &office } else { days } {
        let all = week.entry(*day).or_default();
        all.extend(spans);
        all.sort_unstable();
    }
}

/// Whether sorted spans of a day overlap. One over midnight must be the last.
fn overlap(spans: &[Span]) -> bool {
    spans.iter().zip(spans.iter().skip(1)).any(|(span, next)| span.to <= span.from || next.from < span.to)
}

/// Takes "9-12", "9.00 sampai 17.30", "9am to 5pm".
fn read_span(tokens: &mut Tokens) -> Result<Option<Span>, TimeError> {
    let Some(from) = read_clock(tokens)? else { return Ok(None) };
    if from.is_24 || !tokens.skip_to() {
        return Ok(None);
    }
    tokens.skip_word(&AT);
    let Some(to) = read_clock(tokens)? else { return Ok(None) };
    Ok(Some(Span { from: from.time, to: afternoon(from.time, to) }))
}

/// The end of a span: "9-5" ends at 17:00.
fn afternoon(from: civil::Time, to: Clock) -> civil::Time {
    let midnight = civil::Time::midnight();
    let noon = civil::time(12, 0, 0, 0);
    if to.has_half || to.time == midnight || to.time > from || from >= noon {
        return to.time;
    }
    let later = civil::Time::new(to.time.hour() + 12, to.time.minute(), 0, 0).unwrap_or(to.time);
    if to.time < noon && later > from { later } else { to.time }
}

/// Hours as a sentence: "Monday to Friday 9:00–17:30 (Asia/Jakarta)".
///
/// Days with the same hours stand together: "Monday to Thursday 9:00–12:00, 13:00–17:30; Friday 9:00–15:00".
pub fn say_hours(hours: &Hours, language: Language) -> String {
    let mut groups: Vec<(BTreeSet<u8>, &[Span])> = Vec::new();
    for (day, spans) in hours.week.0.iter().filter(|(_, spans)| !spans.is_empty()) {
        match groups.iter_mut().find(|(_, same)| same == spans) {
            Some((days, _)) => {
                days.insert(*day);
            }
            None => groups.push((BTreeSet::from([*day]), spans)),
        }
    }
    let said: Vec<String> = groups
        .iter()
        .map(|(days, spans)| {
            let spans: Vec<String> = spans.iter().map(|span| say_span(*span, language)).collect();
            format!("{} {}", say_days(days, language), spans.join(", "))
        })
        .collect();
    let said = match (said.is_empty(), language) {
        (false, _) => said.join("; "),
        (true, Language::En) => "no working days".to_owned(),
        (true, Language::Id) => "tanpa hari kerja".to_owned(),
    };
    format!("{said} ({})", hours.zone)
}

/// "9:00–17:30"; the end of a day is 24:00, since 0:00 begins one.
pub fn say_span(span: Span, language: Language) -> String {
    let end = if span.to == civil::Time::midnight() {
        if language == Language::En { "24:00" } else { "24.00" }.to_owned()
    } else {
        say_clock(span.to, language)
    };
    format!("{}–{end}", say_clock(span.from, language))
}
