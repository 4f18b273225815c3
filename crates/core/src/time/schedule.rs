//! When something recurs: dates by a rule, and a time of day on each; five-field cron as the escape hatch.

use super::Zone;
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};

/// A recurrence in civil time; it has no zone of its own.
///
/// Kept and compared as five POSIX cron fields plus an optional rule that cron can't say ("every second tuesday",
/// "first monday of the month"). Serialised as text that [`parse_schedule`](super::parse_schedule) reads back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    // Helper note: private representation is the time module's own business.
    #[doc(hidden)]
    pub raw: String,
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

impl Schedule {
    /// Civil dates on or after `from` on which it recurs, in order, each with the times of day on it. Ends when
    /// there are none within 10 years.
    pub fn dates(&self, _from: civil::Date) -> Box<dyn Iterator<Item = (civil::Date, Vec<civil::Time>)> + '_> {
        todo!()
    }
    /// Whether it recurs on this date, and at which times.
    pub fn times_on(&self, _date: civil::Date) -> Vec<civil::Time> {
        todo!()
    }
    /// Whether every date has at most one time: a standup's schedule must.
    pub fn at_most_once_a_day(&self) -> bool {
        todo!()
    }
    /// Occurrences strictly after an instant, in a zone, strictly increasing.
    pub fn occurrences(&self, _zone: &Zone, _after: Timestamp) -> Box<dyn Iterator<Item = Occurrence> + '_> {
        todo!()
    }
}
