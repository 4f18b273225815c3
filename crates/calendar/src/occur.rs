//! The times of an event that repeats, as far as they are in sight. The rule is worked out on wall-clock time alone; jiff
//! makes instants of it, so gaps and overlaps are what its own, current data says.

use crate::{
    bounds::{BARREN_RULE_COST, RULE_OCCURRENCES_MAX},
    event::{Event, When},
};
use calcard::{
    common::{PartialDateTime, timezone::Tz},
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency, ICalendarProperty,
        ICalendarRecurrenceRule, ICalendarValue,
    },
};
use chrono::{Datelike, Timelike};
use jiff::{SignedDuration, Timestamp, civil};

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight {
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
}

/// Wall-clock times at which an event begins, and how many were looked at. Those out of sight may be among them.
pub(crate) fn starts(event: &Event, sight: Sight) -> (Vec<civil::DateTime>, usize) {
    let mut all = vec![event.start.local];
    let mut cost = 1;
    if let Some(rule) = &event.rule {
        let found = rule_starts(rule, &event.start, event.length, sight).unwrap_or_default();
        cost += if found.is_empty() { BARREN_RULE_COST } else { found.len() };
        all.extend(found);
    }
    all.sort_unstable();
    all.dedup();
    (all, cost)
}

/// Whatever repeats more often than hourly is nobody's appointment, and is left at its first time.
fn rule_starts(
    rule: &ICalendarRecurrenceRule,
    start: &When,
    length: SignedDuration,
    sight: Sight,
) -> Option<Vec<civil::DateTime>> {
    if matches!(rule.freq, ICalendarFrequency::Secondly | ICalendarFrequency::Minutely) {
        return Some(vec![start.local]);
    }
    let mut rule = rule.clone();
    // The end is an instant where the start has a zone; the rule is worked out on the wall.
    let last = rule.until.take().and_then(|until| on_the_wall(&until, start));
    let ahead = start.zone.to_datetime(sight.until).checked_add(SignedDuration::from_hours(24)).ok()?;
    let behind = start.zone.to_datetime(sight.from).checked_sub(length).ok()?;
    if last.is_some_and(|last| last < behind) {
        return Some(vec![start.local]);
    }
    let mut first = start.local;
    if rule.count.is_none() {
        rule.until = Some(partial(last.map_or(ahead, |last| last.min(ahead))));
        first = skipped(&rule, first, behind);
    }
    Some(expanded(rule, first))
}

/// The last time of a rule, on the wall of its start.
fn on_the_wall(until: &PartialDateTime, start: &When) -> Option<civil::DateTime> {
    let small = |it: Option<u8>, otherwise: i8| it.map_or(Some(otherwise), |it| i8::try_from(it).ok());
    let date = civil::Date::new(i16::try_from(until.year?).ok()?, small(until.month, 1)?, small(until.day, 1)?).ok()?;
    // A day alone means the whole of it.
    let time = civil::Time::new(
        small(until.hour, 23)?,
        small(until.minute, if until.hour.is_some() { 0 } else { 59 })?,
        small(until.second, if until.hour.is_some() { 0 } else { 59 })?.min(59),
        0,
    );
    let local = date.to_datetime(time.ok()?);
    if until.tz_hour.is_some() && !start.is_date {
        let instant = jiff::tz::TimeZone::UTC.to_timestamp(local).ok()?;
        return Some(start.zone.to_datetime(instant));
    }
    Some(local)
}

/// The first time, moved on by whole turns of the rule to shortly before what is in sight: years of days that are over are
/// not gone through one by one. Turns of months and years are few.
fn skipped(rule: &ICalendarRecurrenceRule, first: civil::DateTime, behind: civil::DateTime) -> civil::DateTime {
    let hours = match rule.freq {
        ICalendarFrequency::Hourly => 1,
        ICalendarFrequency::Daily => 24,
        ICalendarFrequency::Weekly => 7 * 24,
        _ => return first,
    };
    let turn = hours * i64::from(rule.interval.unwrap_or(1).max(1));
    let turns = behind.duration_since(first).as_hours() / turn - 1;
    if turns < 1 {
        return first;
    }
    first.checked_add(SignedDuration::from_hours(turns * turn)).unwrap_or(first)
}

/// The rule's own times, by a calendar of this one event without a zone.
fn expanded(rule: ICalendarRecurrenceRule, first: civil::DateTime) -> Vec<civil::DateTime> {
    let entry = |name, value| ICalendarEntry { name, params: Vec::new(), values: vec![value] };
    let component = ICalendarComponent {
        component_type: ICalendarComponentType::VEvent,
        entries: vec![
            entry(ICalendarProperty::Dtstart, ICalendarValue::PartialDateTime(Box::new(partial(first)))),
            entry(ICalendarProperty::Rrule, ICalendarValue::RecurrenceRule(Box::new(rule))),
        ],
        component_ids: Vec::new(),
    };
    let found = ICalendar { components: vec![component] }.expand_dates(Tz::Floating, RULE_OCCURRENCES_MAX);
    let local = |it: chrono::NaiveDateTime| {
        let small = |it: u32| i8::try_from(it).ok();
        let date = civil::Date::new(i16::try_from(it.year()).ok()?, small(it.month())?, small(it.day())?).ok()?;
        let time = civil::Time::new(small(it.hour())?, small(it.minute())?, small(it.second())?, 0).ok()?;
        Some(date.to_datetime(time))
    };
    found.events.into_iter().filter_map(|event| local(event.start.naive_local())).collect()
}

fn partial(at: civil::DateTime) -> PartialDateTime {
    let small = |it: i8| u8::try_from(it).ok();
    PartialDateTime {
        year: u16::try_from(at.year()).ok(),
        month: small(at.month()),
        day: small(at.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
        second: small(at.second()),
        ..PartialDateTime::default()
    }
}
