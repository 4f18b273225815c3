//! Days by the five POSIX cron fields. The only module that touches the `cron` crate, and chrono, its calendar.
//!
//! The crate knows only wall-clock time here (as if UTC): on local time it leaves out what falls into a gap and fires
//! twice in an overlap. It counts Sunday as 1, so weekdays reach it as names.
//!
//! As POSIX has it, a day matches when either its day of the month or its weekday does, if both are restricted; a
//! field is unrestricted only when it is a bare `*`.

use super::TimeError;
use chrono::Datelike;
use cron::TimeUnitSpec;
use jiff::civil;
use std::{collections::BTreeSet, str::FromStr};

/// Numbers of a field; `None` is every number.
pub(super) type Field = Option<BTreeSet<u8>>;

/// Days by day of the month, month and weekday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CronDays {
    /// 1 to 31.
    pub(super) days: Field,
    /// 1 to 12.
    pub(super) months: Field,
    /// 1 (Monday) to 7 (Sunday), ISO 8601.
    pub(super) weekdays: Field,
    /// A day matches when any of these does.
    any_of: Vec<cron::Schedule>,
}

/// Cron's names of weekdays, by their number in crontab(5).
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
/// Longest field: all minutes, spelt out one by one, have 169 characters.
const FIELD_CHARS_MAX: usize = 180;

impl CronDays {
    /// Days that match; both a day of the month and a weekday mean either.
    pub(super) fn new(days: Field, months: Field, weekdays: Field) -> Result<Self, TimeError> {
        let restricted = |field: Field, all: usize| field.filter(|numbers| numbers.len() < all);
        let months = restricted(months, 12);
        let (days, weekdays) = match (days, weekdays) {
            (Some(days), Some(weekdays)) => restricted(Some(days), 31).zip(restricted(Some(weekdays), 7)).unzip(),
            (days, weekdays) => (restricted(days, 31), restricted(weekdays, 7)),
        };
        let day = write_field(days.as_ref());
        let month = write_field(months.as_ref());
        let weekday = weekdays.as_ref().map_or_else(|| "*".to_owned(), |set| names(set.iter().copied()));
        let rules: Vec<(&str, &str)> = match (&days, &weekdays) {
            (Some(_), Some(_)) => vec![(&day, "*"), ("*", &weekday)],
            _ => vec![(&day, &weekday)],
        };
        let any_of = rules
            .into_iter()
            .map(|(day, weekday)| evaluate(&format!("0 0 0 {day} {month} {weekday}")))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| TimeError::Schedule(format!("{day} {month} {weekday}")))?;
        Ok(Self { days, months, weekdays, any_of })
    }

    /// Whether every date matches.
    pub(super) fn is_every_day(&self) -> bool {
        self.days.is_none() && self.months.is_none() && self.weekdays.is_none()
    }

    /// Whether this date matches.
    pub(super) fn on(&self, date: civil::Date) -> bool {
        to_chrono(date).is_some_and(|wall| self.any_of.iter().any(|rule| rule.includes(wall)))
    }

    /// Matching dates on or after `from`, in order.
    pub(super) fn dates(&self, from: civil::Date) -> impl Iterator<Item = civil::Date> + '_ {
        let before = to_chrono(from).and_then(|wall| wall.checked_sub_signed(chrono::TimeDelta::seconds(1)));
        let mut rules: Vec<_> = before
            .iter()
            .flat_map(|before| self.any_of.iter().map(|rule| rule.after(before).filter_map(from_chrono).peekable()))
            .collect();
        std::iter::from_fn(move || {
            let next = rules.iter_mut().filter_map(|dates| dates.peek().copied()).min()?;
            for dates in &mut rules {
                dates.next_if_eq(&next);
            }
            Some(next)
        })
    }
}

/// Reads five cron fields: the days and the times of day on each, in order.
///
/// # Errors
/// Another number of fields, or which field can't be. That the rule comes true at all is the caller's to check.
pub(super) fn read(text: &str) -> Result<(CronDays, Vec<civil::Time>), TimeError> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields[..] else {
        return Err(TimeError::CronFields(fields.len()));
    };
    let minutes = numbers("minute", minute, |f| evaluate(&format!("0 {f} * * * *")), |s| set(s.minutes()))?;
    let hours = numbers("hour", hour, |f| evaluate(&format!("0 0 {f} * * *")), |s| set(s.hours()))?;
    let days = numbers("day", day, |f| evaluate(&format!("0 0 0 {f} * *")), |s| set(s.days_of_month()))?;
    let months = numbers("month", month, |f| evaluate(&format!("0 0 0 1 {f} *")), |s| set(s.months()))?;
    let by_name = |f: &str| evaluate(&format!("0 0 0 * * {}", weekday_names(f)?));
    let weekdays = numbers("weekday", weekday, by_name, |s| set(s.days_of_week()))?;
    // The crate counts from Sunday as 1, ISO 8601 from Monday as 1.
    let weekdays: BTreeSet<u8> = weekdays.into_iter().map(|day| (day + 5) % 7 + 1).collect();
    let unless_star = |field: &str, numbers| (field != "*" && field != "?").then_some(numbers);
    let days = CronDays::new(unless_star(day, days), unless_star(month, months), unless_star(weekday, weekdays))?;
    let times = hours
        .iter()
        .flat_map(|hour| minutes.iter().map(move |minute| (*hour, *minute)))
        .filter_map(|(hour, minute)| civil::Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok())
        .collect();
    Ok((days, times))
}

/// The five fields of days and times; `None` when the times are not every hour with every minute of them.
pub(super) fn write(days: &CronDays, times: &[civil::Time]) -> Option<String> {
    let number = |n: i8| u8::try_from(n).ok();
    let hours: BTreeSet<u8> = times.iter().filter_map(|time| number(time.hour())).collect();
    let minutes: BTreeSet<u8> = times.iter().filter_map(|time| number(time.minute())).collect();
    if hours.len() * minutes.len() != times.len() {
        return None;
    }
    let minutes = write_field((minutes.len() < 60).then_some(&minutes));
    let hours = write_field((hours.len() < 24).then_some(&hours));
    let [day, month, weekday] = [&days.days, &days.months, &days.weekdays].map(|field| write_field(field.as_ref()));
    Some(format!("{minutes} {hours} {day} {month} {weekday}"))
}

/// Runs of consecutive numbers, `(first, last)`.
pub(super) fn runs(numbers: &BTreeSet<u8>) -> Vec<(u8, u8)> {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    runs
}

/// `*`, `1-5`, `0,30`.
fn write_field(field: Option<&BTreeSet<u8>>) -> String {
    let Some(numbers) = field else { return "*".to_owned() };
    let write = |(first, last): &(u8, u8)| match last - first {
        0 => format!("{first}"),
        1 => format!("{first},{last}"),
        _ => format!("{first}-{last}"),
    };
    runs(numbers).iter().map(write).collect::<Vec<_>>().join(",")
}

fn evaluate(expression: &str) -> Option<cron::Schedule> {
    cron::Schedule::from_str(expression).ok()
}

/// The numbers of one field, or which field is wrong and what it was.
fn numbers(
    which: &'static str,
    field: &str,
    parse: impl Fn(&str) -> Option<cron::Schedule>,
    read: impl Fn(&cron::Schedule) -> Option<BTreeSet<u8>>,
) -> Result<BTreeSet<u8>, TimeError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | ',' | '-' | '/');
    let field = if field == "?" && matches!(which, "day" | "weekday") { "*" } else { field };
    Some(field)
        .filter(|field| field.len() <= FIELD_CHARS_MAX && field.chars().all(plain))
        .and_then(|field| read(&parse(field)?))
        .filter(|numbers| !numbers.is_empty())
        .ok_or_else(|| TimeError::CronField(which, field.chars().take(FIELD_CHARS_MAX).collect()))
}

fn set(unit: &impl TimeUnitSpec) -> Option<BTreeSet<u8>> {
    unit.iter().map(|ordinal| u8::try_from(ordinal).ok()).collect()
}

/// Weekdays (1 = Monday) as cron's names.
fn names(weekdays: impl Iterator<Item = u8>) -> String {
    weekdays.filter_map(|day| WEEKDAYS.get(usize::from(day % 7)).copied()).collect::<Vec<_>>().join(",")
}

/// A weekday field as a list of names: both 0 and 7 are Sunday, and ranges may pass Sunday (`5-7`, `sat-mon`).
fn weekday_names(field: &str) -> Option<String> {
    let number = |text: &str| -> Option<u8> {
        let by_name = || {
            let short = text.get(..3).filter(|_| text.len() <= 9)?;
            let at = WEEKDAYS.iter().position(|name| name.eq_ignore_ascii_case(short))?;
            "sunday monday tuesday wednesday thursday friday saturday"
                .split(' ')
                .nth(at)
                .filter(|full| full.starts_with(&text.to_ascii_lowercase()))
                .and_then(|_| u8::try_from(at).ok())
        };
        text.parse().ok().filter(|number| *number <= 7).or_else(by_name)
    };
    let mut found: BTreeSet<u8> = BTreeSet::new();
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<u8>().ok().filter(|step| (1..=7).contains(step))?),
            None => (part, 1),
        };
        let (first, last) = match range.split_once('-') {
            _ if range == "*" => (0, 6),
            Some((first, last)) => {
                let (first, last) = (number(first)?, number(last)?);
                (first, if last < first { last + 7 } else { last })
            }
            None => (number(range)?, if part.contains('/') { 6 } else { number(range)? }),
        };
        found.extend((first..=last).step_by(usize::from(step)).map(|day| day % 7));
    }
    (!found.is_empty()).then(|| names(found.into_iter()))
}

fn to_chrono(date: civil::Date) -> Option<chrono::DateTime<chrono::Utc>> {
    let (month, day) = (u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?);
    Some(chrono::NaiveDate::from_ymd_opt(date.year().into(), month, day)?.and_hms_opt(0, 0, 0)?.and_utc())
}

fn from_chrono(wall: chrono::DateTime<chrono::Utc>) -> Option<civil::Date> {
    let (month, day) = (i8::try_from(wall.month()).ok()?, i8::try_from(wall.day()).ok()?);
    civil::Date::new(i16::try_from(wall.year()).ok()?, month, day).ok()
}
