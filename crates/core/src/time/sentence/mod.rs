//! Times as people write and read them, in English and Indonesian.
//!
//! Reading understands both languages always, whatever the reader's own; saying speaks one. What is said reads back
//! as the same thing. Every text is cut into words once and read from left to right, so no text takes long.

mod clock;
mod days;
mod hours;
mod moment;
mod schedule;
mod words;

pub use clock::{parse_duration, parse_time, say_duration};
pub use hours::{parse_hours, say_hours, say_span};
pub use moment::{parse_moment, parse_past_date, split_moment};
pub(super) use schedule::write_schedule;
pub use schedule::{parse_schedule, say_schedule};

/// What could not be understood. Each has a sentence in every language (`time.ftl`), with an example to type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not a time of day (`25:00`).
    #[error("not a time of day: {0}")]
    Time(String),
    /// Not a date (`31 february`), or one that has passed.
    #[error("not a date: {0}")]
    Date(String),
    /// Not a schedule.
    #[error("not a schedule: {0}")]
    Schedule(String),
    /// Cron with another number of fields than five; the number.
    #[error("cron needs five fields, not {0}")]
    CronFields(usize),
    /// A cron field that can't be; which (`minute`, `hour`, `day`, `month`, `weekday`), what.
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

/// Longest text that is read, in bytes: a schedule with every month, day and 24 times has fewer than 400.
const TEXT_BYTES_MAX: usize = 500;
/// How much of a text an error repeats, in characters.
const QUOTED_CHARS_MAX: usize = 80;

/// A text as an error repeats it: trimmed and short.
fn quoted(text: &str) -> String {
    text.trim().chars().take(QUOTED_CHARS_MAX).collect()
}
