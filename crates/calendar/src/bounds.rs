//! How much one calendar may cost.

use std::time::Duration;

/// Events of one calendar: a busy person's twenty years.
pub(crate) const EVENTS_MAX: usize = 20_000;
/// Occurrences that are looked at for one calendar. What repeats without end is cut to what is in sight first.
pub(crate) const OCCURRENCES_MAX: usize = 200_000;
/// Occurrences of one rule: fifty years of days.
pub(crate) const RULE_OCCURRENCES_MAX: usize = 20_000;
/// What a rule costs that comes to nothing: it was searched for a long time (`RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`).
pub(crate) const BARREN_RULE_COST: usize = 20_000;
/// Days of one holiday: longer is no holiday but a season.
pub(crate) const HOLIDAY_DAYS_MAX: i64 = 31;

/// Bounds of one fetch.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of a calendar: ten thousand events, ten times of what people have. What is longer is stopped on its way.
    pub bytes_max: usize,
    /// How long a connection may take.
    pub connect: Duration,
    /// How long the whole may take, redirects included.
    pub whole: Duration,
    /// Redirects that are followed, each looked at like the first address.
    pub redirects_max: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            bytes_max: 5_000_000,
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            redirects_max: 5,
        }
    }
}
