//! Times as people write and read them, in English and Indonesian.

use super::{Hours, Schedule, WorkingWeek, Zone};
use crate::language::Language;
use jiff::{Timestamp, civil};

/// What could not be understood. Each has a sentence in every language (`time.ftl`), with an example to type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not a time of day (`25:00`).
    #[error("not a time of day: {0}")]
    Time(String),
    /// Not a date (`31 february`).
    #[error("not a date: {0}")]
    Date(String),
    /// Not a schedule.
    #[error("not a schedule: {0}")]
    Schedule(String),
    /// Cron with another number of fields than five; the number.
    #[error("cron needs five fields, not {0}")]
    CronFields(usize),
    /// A cron field that can't be; which, what.
    #[error("cron {0}: {1}")]
    CronField(&'static str, String),
    /// Valid words that never come true (`31 february`), so that nobody waits for nothing.
    #[error("never happens: {0}")]
    Never(String),
    /// Not a duration.
    #[error("not a duration: {0}")]
    Duration(String),
    /// Not working hours.
    #[error("not working hours: {0}")]
    Hours(String),
    /// A zone that doesn't exist.
    #[error(transparent)]
    Zone(#[from] super::ZoneError),
}

/// "weekdays 9:30", "daily 8:00", "mon,thu 16:00", "mon-thu 16:00", "every second tuesday 10:00",
/// "first monday of the month 9:00", "hari kerja 9.30", "setiap hari 8.00", "senin,kamis 16.00",
/// "setiap selasa kedua …"; 12-hour times ("9:30am"); or five cron fields. Both languages are always understood.
///
/// `from` is the date that "every second …" counts its weeks from.
pub fn parse_schedule(_text: &str, _from: civil::Date) -> Result<Schedule, TimeError> {
    todo!()
}

/// The schedule as a sentence: "weekdays at 9:30", "setiap hari kerja pukul 9.30".
pub fn say_schedule(_schedule: &Schedule, _language: Language) -> String {
    todo!()
}

/// "4h", "90m", "1h30", "2 hours", "2 jam", "45 menit", "1d": minutes.
pub fn parse_duration(_text: &str) -> Result<i64, TimeError> {
    todo!()
}

/// Minutes as words: "1 hour 30 minutes", "1 jam 30 menit".
pub fn say_duration(_minutes: i64, _language: Language) -> String {
    todo!()
}

/// "9:30", "9.30", "09:30", "9:30am", "17", "5pm".
pub fn parse_time(_text: &str) -> Result<civil::Time, TimeError> {
    todo!()
}

/// "Asia/Jakarta mon-fri 9:00-17:30", any part alone, several intervals a day ("9-12,13-17:30"), both languages.
pub fn parse_hours(_text: &str) -> Result<(Option<Zone>, Option<WorkingWeek>), TimeError> {
    todo!()
}

/// Hours as a sentence: "Monday to Friday, 9:00–17:30 (Asia/Jakarta)".
pub fn say_hours(_hours: &Hours, _language: Language) -> String {
    todo!()
}

/// An end: "monday", "until monday", "tomorrow", "2026-12-01", "1 december", "3 days", "2h", "14:00", "besok",
/// "sampai senin". A day means its first instant in `zone`, and lies after `now`.
pub fn parse_moment(_text: &str, _zone: &Zone, _now: Timestamp) -> Result<Timestamp, TimeError> {
    todo!()
}
