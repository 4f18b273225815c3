//! Times of day and durations.

use super::{
    TEXT_BYTES_MAX, TimeError, quoted,
    words::{Token, Tokens},
};
use crate::language::Language;
use jiff::civil;

/// Longest duration, in minutes: a year. What is longer is a typing error.
const MINUTES_MAX: i64 = 366 * 24 * 60;
/// Words that may stand before a time of day.
pub(super) const AT: [&str; 5] = ["at", "pukul", "jam", "pkl", "pk"];

/// "9:30", "9.30", "09:30", "9:30am", "17", "5pm"; also "at 9", "pukul 9.30", "jam 3 sore", "noon".
///
/// # Errors
/// [`TimeError::Time`] for anything else, and for a time that no clock shows (`25:00`, `13pm`).
pub fn parse_time(text: &str) -> Result<civil::Time, TimeError> {
    let wrong = || TimeError::Time(quoted(text));
    if text.len() > TEXT_BYTES_MAX {
        return Err(wrong());
    }
    let mut tokens = Tokens::of(text);
    tokens.skip_word(&AT);
    let clock = read_clock(&mut tokens)?.filter(|_| tokens.is_done()).ok_or_else(wrong)?;
    if clock.is_24 { Err(wrong()) } else { Ok(clock.time) }
}

/// A time of day as it was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) time: civil::Time,
    /// Whether am, pm or a part of the day stood with it.
    pub(super) has_half: bool,
    /// Whether it was 24:00, the end of a day.
    pub(super) is_24: bool,
}

/// Takes a time of day; `None`, and nothing taken, when no number or word for one comes next.
///
/// # Errors
/// A number that is no time of day.
pub(super) fn read_clock(tokens: &mut Tokens) -> Result<Option<Clock>, TimeError> {
    let plain = |hour| Clock { time: civil::time(hour, 0, 0, 0), has_half: true, is_24: false };
    if tokens.skip_word(&["noon", "midday"]) {
        return Ok(Some(plain(12)));
    }
    if tokens.skip_word(&["midnight"]) {
        return Ok(Some(plain(0)));
    }
    if tokens.word(0) == Some("tengah") && tokens.word(1) == Some("malam") {
        tokens.skip(2);
        return Ok(Some(plain(0)));
    }
    let Some(digits) = tokens.number(0).map(str::to_owned) else { return Ok(None) };
    tokens.skip(1);
    tokens.skip_word(&["oclock"]);
    let half = tokens.word(0).and_then(half_of_day);
    if half.is_some() {
        tokens.skip(1);
    }
    let wrong = || TimeError::Time(digits.clone());
    let (hour, minute) = digits.split_once([':', '.']).unwrap_or((&digits, "00"));
    if hour.is_empty() || hour.len() > 2 || minute.len() != 2 {
        return Err(wrong());
    }
    let hour: i8 = hour.parse().map_err(|_| wrong())?;
    let minute: i8 = minute.parse().map_err(|_| wrong())?;
    if (hour, minute) == (24, 0) && half.is_none() {
        return Ok(Some(Clock { time: civil::Time::midnight(), has_half: false, is_24: true }));
    }
    let hour = match half {
        None => hour,
        Some(half) => half.hour(hour).ok_or_else(wrong)?,
    };
    let time = civil::Time::new(hour, minute, 0, 0).map_err(|_| wrong())?;
    Ok(Some(Clock { time, has_half: half.is_some(), is_24: false }))
}

/// A part of the day that tells which of two hours is meant.
#[derive(Clone, Copy)]
enum Half {
    Am,
    Pm,
    /// Indonesian midday: 10 and 11 are in the morning, 12 to 3 are not.
    Midday,
    /// Indonesian night: 6 to 11 in the evening, 12 at midnight, 1 to 3 after it.
    Night,
}

impl Half {
    /// The hour of 24, from one of 12. "15 sore" already is one of 24 and stays.
    fn hour(self, hour: i8) -> Option<i8> {
        let twelve = hour % 12;
        match self {
            Self::Am => (1..=12).contains(&hour).then_some(twelve),
            Self::Pm => (1..=12).contains(&hour).then_some(twelve + 12),
            Self::Midday if (10..=15).contains(&hour) => Some(hour),
            Self::Midday => (1..=3).contains(&hour).then_some(hour + 12),
            Self::Night if (18..=23).contains(&hour) => Some(hour),
            Self::Night if (6..=11).contains(&hour) => Some(hour + 12),
            Self::Night => (matches!(hour, 0..=3 | 12)).then_some(twelve),
        }
    }
}

fn half_of_day(word: &str) -> Option<Half> {
    Some(match word {
        "am" | "pagi" => Half::Am,
        "pm" | "sore" | "petang" => Half::Pm,
        "siang" => Half::Midday,
        "malam" => Half::Night,
        _ => return None,
    })
}

/// "9:30", "9.30": hours without a leading zero, on a clock of 24.
pub(super) fn say_clock(time: civil::Time, language: Language) -> String {
    let point = if language == Language::En { ':' } else { '.' };
    format!("{}{point}{:02}", time.hour(), time.minute())
}

/// "4h", "90m", "1h30", "2 hours", "2 jam", "45 menit", "1d", "1 hour 30 minutes", "1.5h": minutes.
///
/// # Errors
/// [`TimeError::Duration`] for anything else, for nothing (`0m`), and for more than a year. A number alone has no
/// unit, so it is refused.
pub fn parse_duration(text: &str) -> Result<i64, TimeError> {
    let wrong = || TimeError::Duration(quoted(text));
    if text.len() > TEXT_BYTES_MAX {
        return Err(wrong());
    }
    let mut tokens = Tokens::of(text);
    let mut minutes: i64 = 0;
    let mut last_unit = None;
    while !tokens.is_done() {
        if tokens.skip_and() {
            continue;
        }
        let (amount, unit) = read_amount(&mut tokens, last_unit).ok_or_else(wrong)?;
        minutes = amount.checked_add(minutes).filter(|minutes| *minutes <= MINUTES_MAX).ok_or_else(wrong)?;
        last_unit = Some(unit);
    }
    if minutes > 0 { Ok(minutes) } else { Err(wrong()) }
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Takes one amount with its unit; minutes, and how many minutes the unit has. After hours, a bare number is minutes.
fn read_amount(tokens: &mut Tokens, last_unit: Option<i64>) -> Option<(i64, i64)> {
    match tokens.take()? {
        Token::Word(word) => match word.as_str() {
            "sejam" => Some((HOUR, HOUR)),
            "sehari" => Some((DAY, DAY)),
            "seminggu" | "sepekan" => Some((7 * DAY, 7 * DAY)),
            "half" | "setengah" => {
                tokens.skip_word(&["a", "an"]);
                let unit = unit_minutes(tokens.word(0)?)?;
                tokens.skip(1);
                (unit % 2 == 0).then_some((unit / 2, unit))
            }
            "a" | "an" | "one" | "satu" => {
                let unit = unit_minutes(tokens.word(0)?)?;
                tokens.skip(1);
                Some((unit, unit))
            }
            _ => None,
        },
        Token::Number(digits) => {
            let unit = match tokens.word(0).and_then(unit_minutes) {
                Some(unit) => {
                    tokens.skip(1);
                    unit
                }
                None if last_unit == Some(HOUR) && tokens.is_done() => 1,
                None => return None,
            };
            Some((times(&digits, unit)?, unit))
        }
        _ => None,
    }
}

/// A number, perhaps with decimals, times a unit; only whole minutes.
fn times(digits: &str, unit: i64) -> Option<i64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.len() > 6 || part.len() > 3 {
        return None;
    }
    let scale = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let scaled: i64 = format!("{whole}{part}").parse().ok()?;
    let minutes = scaled.checked_mul(unit)?;
    (minutes % scale == 0).then_some(minutes / scale)
}

/// How many minutes a unit has.
pub(super) fn unit_minutes(word: &str) -> Option<i64> {
    Some(match word {
        "m" | "min" | "mins" | "minute" | "minutes" | "menit" | "mnt" => 1,
        "h" | "hr" | "hrs" | "hour" | "hours" | "jam" | "j" => HOUR,
        "d" | "day" | "days" | "hari" => DAY,
        "w" | "week" | "weeks" | "minggu" | "pekan" => 7 * DAY,
        _ => return None,
    })
}

/// Minutes as words: "1 hour 30 minutes", "1 jam 30 menit". What is negative is said with a minus.
pub fn say_duration(minutes: i64, language: Language) -> String {
    let all = minutes.unsigned_abs();
    let english = |one: &'static str, many: &'static str, count: u64| if count == 1 { one } else { many };
    let mut parts = Vec::new();
    for (count, one, many, indonesian) in [
        (all / 1440, "day", "days", "hari"),
        (all / 60 % 24, "hour", "hours", "jam"),
        (all % 60, "minute", "minutes", "menit"),
    ] {
        let is_said = count > 0 || (all == 0 && indonesian == "menit");
        let unit = if language == Language::En { english(one, many, count) } else { indonesian };
        if is_said {
            parts.push(format!("{count} {unit}"));
        }
    }
    format!("{}{}", if minutes < 0 { "−" } else { "" }, parts.join(" "))
}
