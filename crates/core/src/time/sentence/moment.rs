//! The end of something, in words: of leave, of a pause.

use super::{
    TEXT_BYTES_MAX, TimeError,
    clock::{AT, read_clock, unit_minutes},
    quoted,
    words::{Token, Tokens, month, weekday},
};
use crate::time::{Zone, hours::first_instant, schedule::iso};
use jiff::{Timestamp, ToSpan, civil};

/// Words that mean nothing by themselves here.
const FILLERS: [&str; 25] = [
    "until", "till", "til", "by", "to", "on", "the", "in", "for", "again", "this", "from", "now", "of", "sampai",
    "hingga", "dengan", "sd", "pada", "tanggal", "tgl", "selama", "lagi", "dalam", "kembali",
];
/// How many years ahead a moment may lie: what is further is a typing error.
const MOMENT_YEARS_MAX: i64 = 2;
/// How many years away a day without a year is looked for: a 29 February needs eight.
const YEARS_AWAY_MAX: i16 = 8;

/// An end: "monday", "until monday", "tomorrow", "2026-12-01", "1 december", "3 days", "2h", "14:00", "besok",
/// "sampai senin". A day means its first instant in `zone`, and lies after `now`.
///
/// A weekday is the next one that is not today; "today" ends with the day; "3 days" is that many dates on, at the time
/// that clocks show now; "2h" counts from now; a day may have a time ("monday 9:00"); a time alone is the next one that
/// a clock shows.
///
/// # Errors
/// [`TimeError::Date`] for what is no moment (`31 february`), has passed, or lies over two years ahead, [`TimeError::Time`] for an impossible
/// time.
pub fn parse_moment(text: &str, zone: &Zone, now: Timestamp) -> Result<Timestamp, TimeError> {
    let wrong = || TimeError::Date(quoted(text));
    if text.len() > TEXT_BYTES_MAX {
        return Err(wrong());
    }
    let tz = zone.tz();
    let (today, clock) = (tz.to_datetime(now).date(), tz.to_datetime(now).time());
    let moment = read(&mut Tokens::of(text), today, &wrong)?;
    let at = |date: civil::Date, time: civil::Time| tz.to_timestamp(date.to_datetime(time)).map_err(|_| wrong());
    let found = match (moment.day, moment.time, moment.minutes) {
        (None, None, minutes) if minutes > 0 => now.checked_add(minutes.minutes()).map_err(|_| wrong())?,
        (None, Some(time), 0) => match at(today, time)? {
            passed if passed <= now => at(today.tomorrow().map_err(|_| wrong())?, time)?,
            later => later,
        },
        (Some(day), time, 0) => {
            let next = |date: civil::Date| at(date, time.unwrap_or(civil::Time::midnight()));
            match day {
                Day::Date(date) => next(date)?,
                Day::Ahead(date) => at(date, time.unwrap_or(clock))?,
                Day::Today if time.is_some() => next(today)?,
                Day::Today => next(today.tomorrow().map_err(|_| wrong())?)?,
                // "monday 9:00", said on Monday at 8:00, is this Monday.
                Day::Weekday(days_ahead) => {
                    let date = today.checked_add(i64::from(days_ahead).days()).map_err(|_| wrong())?;
                    match (time, days_ahead) {
                        (Some(_), 7) => Some(next(today)?).filter(|at| *at > now).map_or_else(|| next(date), Ok)?,
                        (None, _) => first_instant(&tz, date).ok_or_else(wrong)?,
                        _ => next(date)?,
                    }
                }
            }
        }
        _ => return Err(wrong()),
    };
    let limit = today.checked_add(MOMENT_YEARS_MAX.years()).map_err(|_| wrong())?;
    if found > now && tz.to_datetime(found).date() <= limit { Ok(found) } else { Err(wrong()) }
}

/// Words that a moment in front of something else may have: "on the first of december 2026 at 9:30 pm" has nine.
const MOMENT_WORDS_MAX: usize = 10;

/// A moment and the words after it: "until 14:00 writing the plan" is 14:00 and "writing the plan". The longest
/// beginning that `read` can read is the moment, without words at its end that add nothing to it.
pub fn split_moment<T: PartialEq>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<(T, &str)> {
    let text = text.trim();
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).chain([text.len()]);
    let beginnings: Vec<&str> = ends
        .filter_map(|at| text.get(..at))
        .filter(|it| !it.ends_with(char::is_whitespace))
        .take(MOMENT_WORDS_MAX)
        .collect();
    let (longest, moment) = beginnings.iter().enumerate().rev().find_map(|(at, text)| Some((at, read(text)?)))?;
    let same = |beginning: &&&str| read(beginning).as_ref() == Some(&moment);
    let shortest = beginnings.iter().take(longest + 1).rev().take_while(same).last()?;
    Some((moment, text.get(shortest.len()..).unwrap_or("").trim_start()))
}

/// What was read.
#[derive(Default)]
struct Moment {
    day: Option<Day>,
    time: Option<civil::Time>,
    minutes: i64,
}

enum Day {
    Today,
    /// A number of days, weeks or months from now.
    Ahead(civil::Date),
    Date(civil::Date),
    /// So many days ahead, 1 to 7.
    Weekday(u8),
}

fn read(tokens: &mut Tokens, today: civil::Date, wrong: &dyn Fn() -> TimeError) -> Result<Moment, TimeError> {
    let mut moment = Moment::default();
    while !tokens.is_done() {
        if tokens.skip_and() || tokens.skip_word(&FILLERS) {
            continue;
        }
        if tokens.skip_word(&AT) || is_clock(tokens) {
            let clock = read_clock(tokens)?.filter(|clock| !clock.is_24).ok_or_else(wrong)?;
            if moment.time.replace(clock.time).is_some() {
                return Err(wrong());
            }
        } else if let Some(minutes) = read_minutes(tokens) {
            moment.minutes = moment.minutes.checked_add(minutes).ok_or_else(wrong)?;
        } else {
            let day = read_day(tokens, today).ok_or_else(wrong)?;
            if moment.day.replace(day).is_some() {
                return Err(wrong());
            }
        }
    }
    Ok(moment)
}

/// Whether a time of day comes next: a number without a unit, a month or a year after it.
fn is_clock(tokens: &Tokens) -> bool {
    if tokens.number(0).is_none() {
        return matches!(tokens.word(0), Some("noon" | "midday" | "midnight"))
            || (tokens.word(0) == Some("tengah") && tokens.word(1) == Some("malam"));
    }
    tokens.word(1).is_none_or(|word| {
        unit_minutes(word).is_none() && month(word).is_none() && !is_longer(word) && !is_suffix(word)
    })
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th")
}

fn is_longer(word: &str) -> bool {
    matches!(word, "month" | "months" | "bulan")
}

/// Takes hours or minutes from now.
fn read_minutes(tokens: &mut Tokens) -> Option<i64> {
    if tokens.skip_word(&["sejam"]) {
        return Some(60);
    }
    let count: i64 = tokens.number(0)?.parse().ok().filter(|count| (1..=10_000).contains(count))?;
    let unit = tokens.word(1).and_then(unit_minutes).filter(|unit| *unit <= 60)?;
    tokens.skip(2);
    Some(count * unit)
}

/// Takes a day.
fn read_day(tokens: &mut Tokens, today: civil::Date) -> Option<Day> {
    let on = |days: i64| today.checked_add(days.days()).ok().map(Day::Date);
    let ahead = |days: i64| today.checked_add(days.days()).ok().map(Day::Ahead);
    let word = |at: usize| tokens.word(at);
    let to_monday = i64::from(8 - iso(today.weekday()));
    let (count, day) = match (word(0), word(1)) {
        (Some("today"), _) => (1, Day::Today),
        (Some("hari"), Some("ini")) => (2, Day::Today),
        (Some("tomorrow" | "besok"), _) => (1, on(1)?),
        (Some("lusa"), _) => (1, on(2)?),
        (Some("day"), Some("after")) if word(2) == Some("tomorrow") => (3, on(2)?),
        (Some("next"), Some("week")) | (Some("minggu" | "pekan"), Some("depan")) => (2, on(to_monday)?),
        (Some("next"), Some("month")) | (Some("bulan"), Some("depan")) => {
            (2, Day::Date(today.first_of_month().checked_add(1.month()).ok()?))
        }
        (Some("a" | "one" | "satu"), Some("week")) | (Some("satu"), Some("minggu" | "pekan")) => (2, ahead(7)?),
        (Some("seminggu" | "sepekan"), _) => (1, ahead(7)?),
        (Some("sehari"), _) | (Some("a" | "one"), Some("day")) => (1 + usize::from(word(1) == Some("day")), ahead(1)?),
        (Some("sebulan"), _) => (1, Day::Ahead(today.checked_add(1.month()).ok()?)),
        (Some("next" | "hari"), Some(name)) => (2, next_weekday(today, weekday(name)?)),
        (Some(name), next) if weekday(name).is_some() => {
            (1 + usize::from(next == Some("depan")), next_weekday(today, weekday(name)?))
        }
        (None, Some(unit)) if tokens.number(0).is_some() && (unit_minutes(unit).is_some() || is_longer(unit)) => {
            let count: i64 = tokens.number(0)?.parse().ok().filter(|count| (1..=3_660).contains(count))?;
            match unit_minutes(unit) {
                Some(minutes) => (2, ahead(count.checked_mul(minutes / 1440)?)?),
                None => (2, Day::Ahead(today.checked_add(count.months()).ok()?)),
            }
        }
        _ => return read_date(tokens, today).map(Day::Date),
    };
    tokens.skip(count);
    Some(day)
}

fn next_weekday(today: civil::Date, weekday: u8) -> Day {
    Day::Weekday((weekday + 6 - iso(today.weekday())) % 7 + 1)
}

/// A date as it is said: whole, or without its year.
enum Said {
    Whole(civil::Date),
    Yearless { month: i8, day: i8 },
}

/// Takes a date: "2026-12-01", "1 december", "1st of December 2026", "december 1, 2026". Without a year it is the
/// next such day after `today`.
pub(super) fn read_date(tokens: &mut Tokens, today: civil::Date) -> Option<civil::Date> {
    match take_date(tokens)? {
        Said::Whole(date) => Some(date),
        Said::Yearless { month, day } => (today.year()..=today.year().checked_add(YEARS_AWAY_MAX)?)
            .filter_map(|year| civil::Date::new(year, month, day).ok())
            .find(|date| *date > today),
    }
}

/// A day that has been, as a date: "2026-11-23", "23 november", "november 23, 2025". Without a year it is the newest
/// that is not after `today`.
pub fn parse_past_date(text: &str, today: civil::Date) -> Option<civil::Date> {
    if text.len() > TEXT_BYTES_MAX {
        return None;
    }
    let mut tokens = Tokens::of(text);
    let said = take_date(&mut tokens).filter(|_| tokens.peek(0).is_none())?;
    match said {
        Said::Whole(date) => Some(date),
        Said::Yearless { month, day } => (today.year().checked_sub(YEARS_AWAY_MAX)?..=today.year())
            .rev()
            .filter_map(|year| civil::Date::new(year, month, day).ok())
            .find(|date| *date <= today),
    }
}

fn take_date(tokens: &mut Tokens) -> Option<Said> {
    if let Some(Token::Date(date)) = tokens.peek(0) {
        let date = *date;
        tokens.skip(1);
        return Some(Said::Whole(date));
    }
    let (month, day) = match tokens.word(0).and_then(month) {
        Some(month) => {
            tokens.skip(1);
            (month, take_day(tokens)?)
        }
        None => {
            let day = take_day(tokens)?;
            tokens.skip_word(&["of", "bulan"]);
            let month = tokens.word(0).and_then(month)?;
            tokens.skip(1);
            (month, day)
        }
    };
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    let year_at = usize::from(tokens.peek(0) == Some(&Token::Comma));
    let year = tokens.number(year_at).filter(|digits| digits.len() == 4).and_then(|digits| digits.parse::<i16>().ok());
    let Some(year) = year else { return Some(Said::Yearless { month, day }) };
    tokens.skip(year_at + 1);
    civil::Date::new(year, month, day).ok().map(Said::Whole)
}

/// Takes a day of the month, with "st" or "th" after it.
fn take_day(tokens: &mut Tokens) -> Option<u8> {
    let day = tokens.small(0)?;
    tokens.skip(1);
    if tokens.word(0).is_some_and(is_suffix) {
        tokens.skip(1);
    }
    Some(day)
}
