//! When something recurs: dates by a rule, and times of day on each; five-field cron as the escape hatch.
//!
//! A schedule is civil: which dates, at which times. Only [`Schedule::occurrences`] needs a zone, and each date it
//! names has its own times there, whatever clocks do: a time inside a gap comes later by the gap, and of two equal
//! clock times the first counts. A date that a zone never shows (it moved over the date line) has none.

use super::{
    Zone,
    cron::{self, CronDays},
    hours::{exists, first_instant},
    sentence,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{self, Weekday},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};

/// A recurrence in civil time; it has no zone of its own.
///
/// Serialised as text that [`parse_schedule`](super::parse_schedule) reads back, whatever date it counts from: five
/// cron fields where they can say it, else a sentence that carries its own date ("every 2 weeks tue 10:00 from
/// 2026-01-06").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Schedule {
    days: Days,
    /// In order, at least one, none twice.
    times: Vec<civil::Time>,
}

/// Why a recurrence can't be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a schedule: {0}")]
pub struct ScheduleError(pub String);

/// One occurrence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The civil date that names the round.
    pub date: civil::Date,
    /// The civil time that was asked for, before any gap moved it.
    pub time: civil::Time,
    /// The instant: a gap shifts it forward, an overlap takes the first.
    pub at: Timestamp,
}

/// On which dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Days {
    /// What cron can say: weekdays, days of the month, months.
    Cron(CronDays),
    /// Weekdays (1 = Monday) of every so many weeks, which are counted from a date on which it recurs.
    EveryWeeks {
        /// 2 to 4.
        weeks: u8,
        weekdays: BTreeSet<u8>,
        anchor: civil::Date,
    },
    /// A weekday of each month, the first of them, or the first and the third.
    OfMonth { which: BTreeSet<Which>, weekday: Weekday },
}

/// Which of a month's equal weekdays. A fifth isn't in every month, so it is no choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Which {
    First,
    Second,
    Third,
    Fourth,
    Last,
}

impl Which {
    pub(super) const ALL: [Self; 5] = [Self::First, Self::Second, Self::Third, Self::Fourth, Self::Last];

    /// As jiff counts: 1 to 4 from the start, -1 from the end.
    fn nth(self) -> i8 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
            Self::Fourth => 4,
            Self::Last => -1,
        }
    }
}

/// How far the next date may lie ahead: a 29 February needs eight years where a century leaves a leap year out.
const YEARS_AHEAD_MAX: i64 = 10;
/// A gap or a move over the date line shifts an occurrence by a day at most: where to begin looking.
const DAYS_BEHIND: i64 = 2;

impl Schedule {
    /// A schedule; times are put in order.
    pub(super) fn new(days: Days, times: impl IntoIterator<Item = civil::Time>) -> Result<Self, ScheduleError> {
        let times: BTreeSet<civil::Time> = times.into_iter().collect();
        if times.is_empty() {
            return Err(ScheduleError("no time of day".to_owned()));
        }
        Ok(Self { days, times: times.into_iter().collect() })
    }

    pub(super) fn days(&self) -> &Days {
        &self.days
    }

    pub(super) fn times(&self) -> &[civil::Time] {
        &self.times
    }

    /// Civil dates on or after `from` on which it recurs, in order, each with the times of day on it. Ends when
    /// there are none within 10 years.
    pub fn dates(&self, from: civil::Date) -> Box<dyn Iterator<Item = (civil::Date, Vec<civil::Time>)> + '_> {
        let dates: Box<dyn Iterator<Item = civil::Date> + '_> = match &self.days {
            Days::Cron(days) => Box::new(days.dates(from)),
            // At least one day in 35 matches these, so looking at each day is quick.
            _ => Box::new(from.series(1.day()).filter(|date| self.recurs_on(*date))),
        };
        let mut last = from;
        Box::new(
            dates
                .take_while(move |date| {
                    let near = last.checked_add(YEARS_AHEAD_MAX.years()).is_ok_and(|limit| *date <= limit);
                    last = *date;
                    near
                })
                .map(|date| (date, self.times.clone())),
        )
    }

    /// Whether it recurs on this date, and at which times.
    pub fn times_on(&self, date: civil::Date) -> Vec<civil::Time> {
        if self.recurs_on(date) { self.times.clone() } else { Vec::new() }
    }

    /// Whether every date has at most one time: a standup's schedule must.
    pub fn at_most_once_a_day(&self) -> bool {
        self.times.len() == 1
    }

    /// Occurrences strictly after an instant, in a zone, strictly increasing.
    ///
    /// Where a gap moves one time onto another, the one that was asked for there stays.
    pub fn occurrences(&self, zone: &Zone, after: Timestamp) -> Box<dyn Iterator<Item = Occurrence> + '_> {
        let tz = zone.tz();
        let today = tz.to_datetime(after).date();
        let from = today.checked_sub(DAYS_BEHIND.days()).unwrap_or(today);
        let mut dates = self.dates(from).map(|(date, _)| date).peekable();
        // Occurrences of the dates so far, in order: those before the next date's first instant are final.
        let mut ready: VecDeque<Occurrence> = VecDeque::new();
        let mut last = after;
        Box::new(std::iter::from_fn(move || {
            loop {
                let next_date = dates.peek().copied();
                // `earlier` also bounds what begins inside a gap at midnight.
                let bound = next_date.and_then(|date| {
                    tz.to_ambiguous_timestamp(date.to_datetime(civil::Time::midnight())).earlier().ok()
                });
                let is_final = |found: &mut Occurrence| bound.is_none_or(|bound| found.at < bound);
                if let Some(found) = ready.pop_front_if(is_final) {
                    if found.at > last {
                        last = found.at;
                        return Some(found);
                    }
                    continue;
                }
                ready.extend(self.on(&tz, dates.next()?));
                ready.make_contiguous().sort_by_key(|found| (found.at, moved(&tz, found)));
            }
        }))
    }

    fn recurs_on(&self, date: civil::Date) -> bool {
        match &self.days {
            Days::Cron(days) => days.on(date),
            Days::EveryWeeks { weeks, weekdays, anchor } => {
                let days = i64::from(date.since(*anchor).map_or(0, |span| span.get_days()));
                weekdays.contains(&iso(date.weekday())) && days.div_euclid(7).rem_euclid((*weeks).into()) == 0
            }
            Days::OfMonth { which, weekday } => {
                let is_nth =
                    |which: &Which| date.nth_weekday_of_month(which.nth(), *weekday).is_ok_and(|nth| nth == date);
                date.weekday() == *weekday && which.iter().any(is_nth)
            }
        }
    }

    /// The occurrences of one date, as they were asked for.
    fn on(&self, tz: &jiff::tz::TimeZone, date: civil::Date) -> Vec<Occurrence> {
        if !exists(tz, date) {
            return Vec::new();
        }
        let resolve = |time: &civil::Time| {
            let at = tz.to_timestamp(date.to_datetime(*time)).ok()?;
            Some(Occurrence { date, time: *time, at })
        };
        self.times.iter().filter_map(resolve).collect()
    }
}

/// The coming occurrences from the first instant of a date in a zone on, at most `count`: what people look at before
/// they trust a schedule.
pub fn preview(schedule: &Schedule, zone: &Zone, from: civil::Date, count: usize) -> Vec<Occurrence> {
    let Some(start) = first_instant(&zone.tz(), from) else { return Vec::new() };
    let after = start.checked_sub(1.nanosecond()).unwrap_or(start);
    schedule.occurrences(zone, after).take(count).collect()
}

impl From<Schedule> for String {
    fn from(schedule: Schedule) -> Self {
        match &schedule.days {
            Days::Cron(days) => cron::write(days, &schedule.times),
            _ => None,
        }
        .unwrap_or_else(|| sentence::write_schedule(&schedule))
    }
}

impl TryFrom<String> for Schedule {
    type Error = ScheduleError;
    fn try_from(text: String) -> Result<Self, ScheduleError> {
        // Written schedules carry their own date; this one only begins the look for a date that comes true.
        super::parse_schedule(&text, civil::date(2000, 1, 1)).map_err(|error| ScheduleError(error.to_string()))
    }
}

/// 1 (Monday) to 7 (Sunday), ISO 8601.
pub(super) fn iso(weekday: Weekday) -> u8 {
    u8::try_from(weekday.to_monday_one_offset()).unwrap_or(7)
}

/// Whether a gap moved it away from the time that was asked for.
fn moved(tz: &jiff::tz::TimeZone, found: &Occurrence) -> bool {
    tz.to_datetime(found.at) != found.date.to_datetime(found.time)
}
