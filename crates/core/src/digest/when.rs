//! When somebody's next digest comes.

use super::rule::Rule;
use crate::time::Declared;
use jiff::{Timestamp, ToSpan, civil};

/// Days that are looked at for the next digest once somebody is back: a week of days off and one more.
const DAYS_AHEAD_MAX: usize = 9;

/// The first digest after an instant; `None` while nobody knows when they work again.
///
/// A day begins with the first of its working times. A time that lies outside their hours waits for the next working
/// time, since nothing reaches anybody outside of them.
pub(super) fn next(declared: Declared<'_>, rule: &Rule, after: Timestamp) -> Option<Timestamp> {
    let declared = declared.planned();
    let just_after = after.checked_add(1.millisecond()).ok()?;
    let back = declared.next_in_hours(just_after)?;
    let tz = declared.zone.tz();
    // Seen from the day before: a working day may reach over midnight.
    let mut date = tz.to_datetime(back).date().yesterday().ok()?;
    for _ in 0..DAYS_AHEAD_MAX {
        let start = rule.at_start_of_day.then(|| start_of_day(declared, date)).flatten();
        let times = rule.also_at.iter().filter_map(|time| tz.to_timestamp(date.to_datetime(*time)).ok());
        let moments = start.into_iter().chain(times.filter_map(|at| declared.next_in_hours(at)));
        if let Some(first) = moments.filter(|at| *at > after).min() {
            return Some(first);
        }
        date = date.tomorrow().ok()?;
    }
    // Hours so odd that no day of theirs begins soon: when they work next.
    Some(back)
}

/// When somebody's working day of this date begins; none where it is no working day, or they are away until its end.
pub(super) fn start_of_day(declared: Declared<'_>, date: civil::Date) -> Option<Timestamp> {
    if declared.holiday(date).is_some() {
        return None;
    }
    let span = declared.week.spans_on(date).first()?;
    let tz = declared.zone.tz();
    let at = tz.to_timestamp(date.to_datetime(span.from)).ok()?;
    let begins = declared.next_in_hours(at)?;
    (tz.to_datetime(begins).date() == date).then_some(begins)
}

/// Whether the day of this instant is somebody's first after leave.
pub(super) fn is_back(declared: Declared<'_>, now: Timestamp) -> bool {
    let tz = declared.zone.tz();
    let today = tz.to_datetime(now).date();
    let ends = declared.leave.iter().filter_map(|leave| leave.until).filter(|until| *until <= now);
    let first_days = ends.filter_map(|until| declared.planned().next_in_hours(until));
    first_days.map(|at| tz.to_datetime(at).date()).any(|date| date == today)
}
