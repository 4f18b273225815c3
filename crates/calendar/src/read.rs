//! From a text to times: when somebody is out of office and when they are busy; or to a team's days off. Words are read
//! of holidays alone, whose names everybody may know.

use crate::{
    bounds::{EVENTS_MAX, HOLIDAY_DAYS_MAX, OCCURRENCES_MAX},
    event::{Event, Kind, When, Zones, event, period, period_kind, summary},
    occur::{Sight, starts},
};
use calcard::{
    Entry, Parser,
    icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty, ICalendarValue},
};
use jeda_core::{
    limit::{CALENDAR_DAYS_AHEAD, CALENDAR_STRETCHES_MAX},
    time::{Stretch, Zone},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Calendars in one text: some servers send several, one after the other.
const CALENDARS_MAX: usize = 100;
/// How far back and ahead holidays are read.
const HOLIDAY_DAYS_BACK: i64 = 40;
const HOLIDAY_DAYS_AHEAD: i64 = 800;
/// Holidays of one calendar that are taken, the first: forty years of a country.
const HOLIDAYS_MAX: usize = 500;
/// Characters of a holiday's name.
const HOLIDAY_CHARS_MAX: usize = 80;

/// When somebody can't be disturbed. Both in order, not overlapping, at most
/// [`CALENDAR_STRETCHES_MAX`](jeda_core::limit::CALENDAR_STRETCHES_MAX).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// Out of office.
    pub out: Vec<Stretch>,
    /// Busy.
    pub busy: Vec<Stretch>,
}

/// Why a text can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is no calendar, or not a whole one.
    #[error("no calendar")]
    NoCalendar,
    /// It has more in it than anybody has to do.
    #[error("too much in one calendar")]
    TooMuch,
}

/// When somebody is out of office and busy, from yesterday to
/// [`CALENDAR_DAYS_AHEAD`](jeda_core::limit::CALENDAR_DAYS_AHEAD) on. `zone` is theirs, for days and for times without
/// a zone.
///
/// # Errors
/// It is no calendar, or has too much in it.
pub fn times(text: &str, zone: &Zone, now: Timestamp) -> Result<Times, Unreadable> {
    let sight = Sight {
        from: now - SignedDuration::from_hours(24),
        until: now + SignedDuration::from_hours(24 * CALENDAR_DAYS_AHEAD),
    };
    let (mut out, mut busy, mut left) = (Vec::new(), Vec::new(), OCCURRENCES_MAX);
    for calendar in calendars(text)? {
        let zones = Zones::of(&calendar, zone);
        let mut add = |from: Timestamp, until: Timestamp, kind: Kind| {
            if until <= from || until <= sight.from || from >= sight.until {
                return;
            }
            match kind {
                Kind::Out => out.push(Stretch { from, until }),
                Kind::Busy => busy.push(Stretch { from, until }),
                Kind::Nothing => {}
            }
        };
        of_events(&calendar, &zones, sight, &mut left, &mut add)?;
        of_free_busy(&calendar, &zones, &mut add);
    }
    Ok(Times { out: merged(out), busy: merged(busy) })
}

/// A team's days off: every whole day of a calendar that is not called off, with its name.
///
/// # Errors
/// It is no calendar, or has too much in it.
pub fn days(text: &str, now: Timestamp) -> Result<BTreeMap<civil::Date, String>, Unreadable> {
    let sight = Sight {
        from: now - SignedDuration::from_hours(24 * HOLIDAY_DAYS_BACK),
        until: now + SignedDuration::from_hours(24 * HOLIDAY_DAYS_AHEAD),
    };
    let (mut days, mut left) = (BTreeMap::new(), OCCURRENCES_MAX);
    for calendar in calendars(text)? {
        let zones = Zones::of(&calendar, &Zone::utc());
        for component in calendar.components.iter().filter(|it| it.component_type == ICalendarComponentType::VEvent) {
            let is_off = component.status() == Some(&calcard::icalendar::ICalendarStatus::Cancelled);
            let Some(event) = event(component, &zones).filter(|event| event.start.is_date && !is_off) else { continue };
            let name: String = summary(component).unwrap_or_default().trim().chars().take(HOLIDAY_CHARS_MAX).collect();
            let (starts, cost) = starts(&event, sight);
            left = left.checked_sub(cost).ok_or(Unreadable::TooMuch)?;
            let except: HashSet<civil::Date> = event.except.iter().map(|it| it.local.date()).collect();
            let more = event.more.iter().map(|it| it.local);
            for first in starts.into_iter().chain(more).map(civil::DateTime::date).filter(|day| !except.contains(day)) {
                let length = (event.length.as_hours() / 24).clamp(1, HOLIDAY_DAYS_MAX);
                let all = (0..length).filter_map(|nth| first.checked_add(nth.days()).ok());
                for day in all.filter(|day| in_sight(*day, sight)) {
                    days.entry(day).or_insert_with(|| name.clone());
                }
            }
        }
    }
    while days.len() > HOLIDAYS_MAX {
        days.pop_last();
    }
    Ok(days)
}

fn in_sight(day: civil::Date, sight: Sight) -> bool {
    let utc = jiff::tz::TimeZone::UTC;
    (utc.to_datetime(sight.from).date()..=utc.to_datetime(sight.until).date()).contains(&day)
}

/// The calendars of a text. One that was cut off on its way is none: what is missing would look like free time.
fn calendars(text: &str) -> Result<Vec<ICalendar>, Unreadable> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let is_whole = text.len().checked_sub(END.len()).and_then(|at| text.get(at..));
    if !is_whole.is_some_and(|end| end.eq_ignore_ascii_case(END)) {
        return Err(Unreadable::NoCalendar);
    }
    let mut parser = Parser::new(text);
    let (mut found, mut components) = (Vec::new(), 0);
    for _ in 0..CALENDARS_MAX {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                components += calendar.components.len();
                if components > EVENTS_MAX {
                    return Err(Unreadable::TooMuch);
                }
                found.push(calendar);
            }
            Entry::Eof => return if found.is_empty() { Err(Unreadable::NoCalendar) } else { Ok(found) },
            Entry::TooManyComponents => return Err(Unreadable::TooMuch),
            Entry::InvalidLine(_) if !found.is_empty() => {}
            _ => return Err(Unreadable::NoCalendar),
        }
    }
    Err(Unreadable::TooMuch)
}

const END: &str = "END:VCALENDAR";

/// Times of one event of a name that others of that name take the place of.
#[derive(Default)]
struct Replaced {
    /// Each by the instant at which it would have begun.
    single: HashSet<Timestamp>,
    /// From these instants on, by as much as they were moved and with this length and kind.
    after: Vec<(Timestamp, SignedDuration, SignedDuration, Kind)>,
}

fn of_events(
    calendar: &ICalendar,
    zones: &Zones<'_>,
    sight: Sight,
    left: &mut usize,
    add: &mut impl FnMut(Timestamp, Timestamp, Kind),
) -> Result<(), Unreadable> {
    let is_event = |it: &&calcard::icalendar::ICalendarComponent| it.component_type == ICalendarComponentType::VEvent;
    let events: Vec<Event> = calendar.components.iter().filter(is_event).filter_map(|it| event(it, zones)).collect();
    let mut replaced: HashMap<&str, Replaced> = HashMap::new();
    for event in &events {
        let Some(instant) = event.instead_of.as_ref().and_then(When::instant) else { continue };
        let of_name = replaced.entry(&event.uid).or_default();
        of_name.single.insert(instant);
        if event.and_after {
            let moved =
                event.instead_of.as_ref().map_or(SignedDuration::ZERO, |it| event.start.local.duration_since(it.local));
            of_name.after.push((instant, moved, event.length, event.kind));
        }
    }
    for of_name in replaced.values_mut() {
        of_name.after.sort_by_key(|(from, ..)| *from);
    }
    let none = Replaced::default();
    for event in &events {
        if event.instead_of.is_some() {
            put(&event.start, event.length, event.kind, add);
            continue;
        }
        let (starts, cost) = starts(event, sight);
        *left = left.checked_sub(cost + event.more.len()).ok_or(Unreadable::TooMuch)?;
        one(event, starts, replaced.get(event.uid.as_str()).unwrap_or(&none), add);
    }
    Ok(())
}

/// Every time of an event, but for those that were left out or have another in their place.
fn one(
    event: &Event,
    starts: Vec<civil::DateTime>,
    replaced: &Replaced,
    add: &mut impl FnMut(Timestamp, Timestamp, Kind),
) {
    let except: HashSet<Timestamp> = event.except.iter().filter(|it| !it.is_date).filter_map(When::instant).collect();
    let except_days: BTreeSet<civil::Date> =
        event.except.iter().filter(|it| it.is_date).map(|it| it.local.date()).collect();
    let own = starts.into_iter().map(|local| event.start.at(local));
    for when in own.chain(event.more.iter().cloned()) {
        let Some(instant) = when.instant() else { continue };
        let is_out = except.contains(&instant) || except_days.contains(&when.local.date());
        if is_out || replaced.single.contains(&instant) {
            continue;
        }
        match replaced.after.iter().rfind(|(from, ..)| *from <= instant) {
            None => put(&when, event.length, event.kind, add),
            Some((_, moved, length, kind)) => {
                if let Ok(local) = when.local.checked_add(*moved) {
                    put(&when.at(local), *length, *kind, add);
                }
            }
        }
    }
}

/// From a wall-clock time to another on the same wall.
fn put(start: &When, length: SignedDuration, kind: Kind, add: &mut impl FnMut(Timestamp, Timestamp, Kind)) {
    let end = start.local.checked_add(length).ok().and_then(|local| start.at(local).instant());
    if let (Some(from), Some(until)) = (start.instant(), end) {
        add(from, until, kind);
    }
}

/// Lists of busy times, which some servers give out in place of events.
fn of_free_busy(calendar: &ICalendar, zones: &Zones<'_>, add: &mut impl FnMut(Timestamp, Timestamp, Kind)) {
    let lists = calendar.components.iter().filter(|it| it.component_type == ICalendarComponentType::VFreebusy);
    for entry in lists.flat_map(|list| &list.entries).filter(|entry| entry.name == ICalendarProperty::Freebusy) {
        let kind = period_kind(entry);
        for value in &entry.values {
            let ICalendarValue::Period(value) = value else { continue };
            if let Some((from, until)) = period(value, entry.tz_id(), zones) {
                add(from, until, kind);
            }
        }
    }
}

/// In order, and what touches as one; to whole seconds.
fn merged(mut all: Vec<Stretch>) -> Vec<Stretch> {
    all.sort_unstable();
    let mut merged: Vec<Stretch> = Vec::new();
    for it in all {
        match merged.last_mut() {
            Some(last) if it.from <= last.until => last.until = last.until.max(it.until),
            _ => merged.push(it),
        }
    }
    merged.truncate(CALENDAR_STRETCHES_MAX);
    merged
}

#[cfg(test)]
mod tests;
