//! Days, dates and instants in words, and what could not be understood of them.
//!
//! Schedules, durations and hours have their sentences in [`time`](crate::time) (`say_*`), beside what reads them.

use super::{Arg, Sample, code, excerpt, line, one_of, text, words};
use crate::{
    language::Language,
    message::{Message, Show, Span, Text},
    time::{TimeError, Zone, ZoneError},
};
use jiff::{Timestamp, civil};

/// "Monday", "Senin".
pub fn weekday(language: Language, day: civil::Weekday) -> String {
    line(language, "time-weekday", &[("day", i64::from(day.to_monday_one_offset()).into())])
}

/// "November"; 1 is January.
pub fn month(language: Language, month: i8) -> String {
    line(language, "time-month", &[("month", i64::from(month).into())])
}

/// "Monday 23 November", "Senin 23 November".
pub fn date(language: Language, date: civil::Date) -> String {
    line(language, "time-date", &day_args(language, date))
}

/// "Monday 23 November 2026".
pub fn date_with_year(language: Language, date: civil::Date) -> String {
    let [weekday, day, month] = day_args(language, date);
    let year = ("year", words(date.year().to_string()));
    line(language, "time-date-year", &[weekday, day, month, year])
}

fn day_args(language: Language, date: civil::Date) -> [(&'static str, Arg); 3] {
    [
        ("weekday", words(weekday(language, date.weekday()))),
        ("day", i64::from(date.day()).into()),
        ("month", words(month(language, date.month()))),
    ]
}

/// "9:30", "9.30".
pub fn clock(language: Language, time: civil::Time) -> String {
    let (hour, minute) = (time.hour().to_string(), format!("{:02}", time.minute()));
    line(language, "time-clock", &[("hour", words(hour)), ("minute", words(minute))])
}

/// An instant in somebody's own zone: "Monday 23 November, 9:30", "Senin 23 November pukul 9.30".
pub fn moment(language: Language, at: Timestamp, zone: &Zone) -> String {
    let local = at.to_zoned(zone.tz()).datetime();
    let args = [("date", words(date(language, local.date()))), ("clock", words(clock(language, local.time())))];
    line(language, "time-moment", &args)
}

/// The end of something in somebody's own zone: the day alone where it is the day's first instant.
pub fn end(language: Language, at: Timestamp, zone: &Zone) -> String {
    let local = at.to_zoned(zone.tz());
    match local.start_of_day() {
        Ok(start) if start == local => date(language, local.date()),
        _ => moment(language, at, zone),
    }
}

/// An instant near now in somebody's own zone: today's is its time alone.
pub fn soon(language: Language, at: Timestamp, now: Timestamp, zone: &Zone) -> String {
    let local = at.to_zoned(zone.tz()).datetime();
    if local.date() == now.to_zoned(zone.tz()).date() {
        return clock(language, local.time());
    }
    moment(language, at, zone)
}

/// An instant that each reader sees in their own time; a client that can't convert it shows it in `zone`.
pub fn at(language: Language, at: Timestamp, show: Show, zone: &Zone) -> Span {
    let local = at.to_zoned(zone.tz()).datetime();
    let fallback = match show {
        Show::Time => clock(language, local.time()),
        Show::DateTime => moment(language, at, zone),
    };
    Span::At { at, show, fallback }
}

/// What could not be understood, with an example to type.
pub fn trouble(language: Language, error: &TimeError) -> Text {
    let say = |id: &'static str, given: &str| text(language, id, &[("given", excerpt(given))]);
    match error {
        TimeError::Time(given) => say("time-error-time", given),
        TimeError::Date(given) => say("time-error-date", given),
        TimeError::Schedule(given) => say("time-error-schedule", given),
        TimeError::Never(given) => say("time-error-never", given),
        TimeError::Duration(given) => say("time-error-duration", given),
        TimeError::Hours(given) => say("time-error-hours", given),
        TimeError::CronFields(count) => text(language, "time-error-cron-fields", &[("count", (*count).into())]),
        TimeError::CronField(field, given) => {
            let args = [("field", words(cron_field(language, field))), ("given", excerpt(given))];
            text(language, "time-error-cron-field", &args)
        }
        TimeError::Zone(error) => zone_trouble(language, error),
    }
}

/// A zone that doesn't exist, with the nearest that do.
pub fn zone_trouble(language: Language, error: &ZoneError) -> Text {
    let given = ("given", excerpt(&error.given));
    if error.did_you_mean.is_empty() {
        return text(language, "time-error-zone", &[given]);
    }
    let near = one_of(language, error.did_you_mean.iter().map(code));
    text(language, "time-error-zone-near", &[given, ("near", near)])
}

fn cron_field(language: Language, field: &str) -> String {
    match field {
        "minute" => line(language, "time-cron-minute", &[]),
        "hour" => line(language, "time-cron-hour", &[]),
        "day" => line(language, "time-cron-day", &[]),
        "month" => line(language, "time-cron-month", &[]),
        "weekday" => line(language, "time-cron-weekday", &[]),
        other => other.to_owned(),
    }
}

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    fn error(language: Language, error: TimeError) -> Message {
        Message::of(trouble(language, &error))
    }
    fn zone(language: Language, given: &str, near: &[&str]) -> Message {
        let did_you_mean = near.iter().map(|&name| name.to_owned()).collect();
        Message::of(zone_trouble(language, &ZoneError { given: given.to_owned(), did_you_mean }))
    }
    vec![
        Sample::Message("time/not-a-time", |l| error(l, TimeError::Time("25:00".into()))),
        Sample::Message("time/not-a-date", |l| error(l, TimeError::Date("someday".into()))),
        Sample::Message("time/not-a-schedule", |l| error(l, TimeError::Schedule("<!channel> 9:30".into()))),
        Sample::Message("time/cron-six-fields", |l| error(l, TimeError::CronFields(6))),
        Sample::Message("time/cron-field", |l| error(l, TimeError::CronField("minute", "75".into()))),
        Sample::Message("time/never", |l| error(l, TimeError::Never("0 9 31 2 *".into()))),
        Sample::Message("time/not-a-duration", |l| error(l, TimeError::Duration("a while".into()))),
        Sample::Message("time/not-hours", |l| error(l, TimeError::Hours("mornings".into()))),
        Sample::Message("time/no-zone", |l| zone(l, "@everyone", &[])),
        Sample::Message("time/no-zone-near", |l| zone(l, "Asia/Jakata", &["Asia/Jakarta"])),
        Sample::Message("time/no-zone-near-three", |l| {
            zone(l, "Asia/Ja", &["Asia/Jakarta", "Asia/Jayapura", "Asia/Gaza"])
        }),
    ]
}
