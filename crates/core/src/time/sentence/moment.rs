//! An end, as people say it: "until monday", "3 days", "besok".

use super::{
    TEXT_BYTES_MAX, TimeError,
    clock::{AT, parse_duration, read_clock},
    quoted,
    words::{Token, Tokens, month, weekday},
};
use crate::time::{Zone, hours::first_instant};
use jiff::{Timestamp, ToSpan, civil};

/// How far ahead a moment may lie, in years.
const YEARS_AHEAD_MAX: i64 = 2;

/// "monday", "until monday", "tomorrow", "2026-12-01", "1 december", "december 1", "3 days", "2h", "14:00",
/// "monday 14:00", "besok", "sampai senin", "minggu depan". A day means its first instant in `zone`, and lies after
/// `now`; a weekday is the next one that is not today.
///
/// # Errors
/// [`TimeError::Date`] for anything else, for a date that doesn't exist, has passed, or lies over two years ahead.
pub fn parse_moment(text: &str, zone: &Zone, now: Timestamp) -> Result<Timestamp, TimeError> {
    let wrong = || TimeError::Date(quoted(text));
    if text.len() > TEXT_BYTES_MAX {
        return Err(wrong());
    }
    let tz = zone.tz();
    let today = tz.to_datetime(now).date();
    let mut tokens = Tokens::of(text);
    while tokens.skip_word(&["until", "till", "til", "for", "on", "to", "sampai", "hingga", "selama", "pada", "hari"]) {
    }
    let at = match read_date(&mut tokens, today).map_err(|()| wrong())? {
        Some(date) => {
            let date = date.ok_or_else(wrong)?;
            tokens.skip_and();
            tokens.skip_word(&AT);
            match read_clock(&mut tokens)? {
                None => first_instant(&tz, date).ok_or_else(wrong)?,
                Some(clock) => {
                    let date = if clock.is_24 { date.tomorrow().map_err(|_| wrong())? } else { date };
                    tz.to_timestamp(date.to_datetime(clock.time)).map_err(|_| wrong())?
                }
            }
        }
        None => return bare(text, &mut tokens, zone, now),
    };
    let limit = today.checked_add(YEARS_AHEAD_MAX.years()).map_err(|_| wrong())?;
    if !tokens.is_done() || at <= now || tz.to_datetime(at).date() > limit {
        return Err(wrong());
    }
    Ok(at)
}

/// A duration, or a time of day alone: today, or tomorrow when that has passed.
fn bare(text: &str, tokens: &mut Tokens, zone: &Zone, now: Timestamp) -> Result<Timestamp, TimeError> {
    let wrong = || TimeError::Date(quoted(text));
    let lower = text.trim().to_lowercase();
    let amount = ["until ", "for ", "selama ", "sampai "].iter().find_map(|start| lower.strip_prefix(start));
    if let Ok(minutes) = parse_duration(amount.unwrap_or(&lower)) {
        return now.checked_add(minutes.minutes()).map_err(|_| wrong());
    }
    let tz = zone.tz();
    let today = tz.to_datetime(now).date();
    tokens.skip_word(&AT);
    let clock = read_clock(tokens).map_err(|_| wrong())?.filter(|_| tokens.is_done()).ok_or_else(wrong)?;
    let first = if clock.is_24 { today.tomorrow().map_err(|_| wrong())? } else { today };
    let at = tz.to_timestamp(first.to_datetime(clock.time)).map_err(|_| wrong())?;
    if at > now {
        return Ok(at);
    }
    let next = first.tomorrow().map_err(|_| wrong())?;
    tz.to_timestamp(next.to_datetime(clock.time)).map_err(|_| wrong())
}

/// Takes a date. `Ok(None)` when none comes next; `Ok(Some(None))` when one does that doesn't exist.
fn read_date(tokens: &mut Tokens, today: civil::Date) -> Result<Option<Option<civil::Date>>, ()> {
    let ahead = |days: i64| today.checked_add(days.days()).ok();
    match tokens.peek(0) {
        Some(Token::Date(date)) => {
            let date = *date;
            tokens.skip(1);
            return Ok(Some(Some(date)));
        }
        Some(Token::NoDate(_)) => return Err(()),
        _ => {}
    }
    if tokens.skip_word(&["tomorrow", "besok"]) {
        return Ok(Some(ahead(1)));
    }
    if tokens.skip_word(&["lusa"]) {
        return Ok(Some(ahead(2)));
    }
    if (tokens.word(0) == Some("next") && tokens.word(1) == Some("week"))
        || (matches!(tokens.word(0), Some("minggu" | "pekan")) && tokens.word(1) == Some("depan"))
    {
        tokens.skip(2);
        return Ok(Some(next_weekday(today, 1)));
    }
    let next = tokens.skip_word(&["next", "this"]);
    if let Some(day) = tokens.word(0).and_then(weekday) {
        tokens.skip(1);
        tokens.skip_word(&["depan", "ini"]);
        return Ok(Some(next_weekday(today, day)));
    }
    if next {
        return Err(());
    }
    let (day, month_number, length) = match (tokens.small(0), tokens.word(0), tokens.word(1), tokens.small(1)) {
        (Some(day), _, Some(word), _) if month(word).is_some() => (day, month(word), 2),
        (_, Some(word), _, Some(day)) if month(word).is_some() => (day, month(word), 2),
        (Some(day), _, Some("st" | "nd" | "rd" | "th"), _) => {
            let month = tokens.word(2).and_then(month);
            if month.is_none() {
                return Ok(None);
            }
            (day, month, 3)
        }
        _ => return Ok(None),
    };
    tokens.skip(length);
    let year = tokens.number(0).filter(|digits| digits.len() == 4).and_then(|digits| digits.parse::<i16>().ok());
    if year.is_some() {
        tokens.skip(1);
    }
    let date = |year: i16| {
        let (month, day) = (i8::try_from(month_number?).ok()?, i8::try_from(day).ok()?);
        civil::Date::new(year, month, day).ok()
    };
    Ok(Some(match year {
        Some(year) => date(year),
        // A day without a year is the next one: this year's, or the next year's when that has passed.
        None => date(today.year()).filter(|date| *date > today).or_else(|| date(today.year() + 1)),
    }))
}

/// The next date of a weekday (1 = Monday) after today.
fn next_weekday(today: civil::Date, weekday: u8) -> Option<civil::Date> {
    let today_is = i64::from(today.weekday().to_monday_one_offset());
    let days = (i64::from(weekday) - today_is + 6).rem_euclid(7) + 1;
    today.checked_add(days.days()).ok()
}
