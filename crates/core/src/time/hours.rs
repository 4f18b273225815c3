//! When somebody works: a working week in a zone, minus holidays and leave, as one timeline.

use super::Zone;
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One working interval of a day, civil time, half open. `to <= from` crosses midnight into the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Start.
    pub from: civil::Time,
    /// End, not included.
    pub to: civil::Time,
}

/// Working intervals by weekday (key 1 = Monday … 7 = Sunday, ISO 8601). A day that is absent is a day off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkingWeek(pub BTreeMap<u8, Vec<Span>>);

impl WorkingWeek {
    /// Monday to Friday, 9:00 to 17:00.
    pub fn office() -> Self {
        todo!()
    }
    /// Whether this civil date's weekday has working time that starts on it.
    pub fn works_on(&self, _date: civil::Date) -> bool {
        todo!()
    }
}

/// A working week in a zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Zone.
    pub zone: Zone,
    /// Week.
    pub week: WorkingWeek,
}

/// Days on which nobody is asked, with their names.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holidays(pub BTreeMap<civil::Date, String>);

/// What somebody is at an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Inside their hours.
    Working,
    /// Outside their hours, on a day they work.
    Quiet,
    /// A day off of their week.
    DayOff,
    /// A holiday; its name.
    Holiday(String),
    /// On leave.
    Away,
}

/// A state with its end. At every instant exactly one holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Availability {
    /// What they are.
    pub state: State,
    /// First instant at which the state may differ; `None` when it has no known end.
    pub until: Option<Timestamp>,
}

/// The state at an instant. Leave wins over holiday, holiday over day off, day off over quiet.
///
/// `absences` are (from, until) in order, not overlapping.
pub fn availability_at(
    _hours: &Hours,
    _holidays: &Holidays,
    _absences: &[(Timestamp, Option<Timestamp>)],
    _at: Timestamp,
) -> Availability {
    todo!()
}

/// The states that tile `[from, to)`, without gap or overlap, neighbours different.
pub fn availability(
    _hours: &Hours,
    _holidays: &Holidays,
    _absences: &[(Timestamp, Option<Timestamp>)],
    _from: Timestamp,
    _to: Timestamp,
) -> Vec<(Timestamp, Timestamp, State)> {
    todo!()
}

/// The first instant at or after `from` at which they work, within 400 days; `None` when there is none (an open
/// end of leave, an empty week).
pub fn next_working_instant(
    _hours: &Hours,
    _holidays: &Holidays,
    _absences: &[(Timestamp, Option<Timestamp>)],
    _from: Timestamp,
) -> Option<Timestamp> {
    todo!()
}
