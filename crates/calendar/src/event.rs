//! One event of a calendar, with everything that bears on its times and none of its words.

use calcard::{
    common::PartialDateTime,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarPeriod, ICalendarProperty,
        ICalendarRecurrenceRule, ICalendarStatus, ICalendarTransparency, ICalendarValue, timezone::TzResolver,
    },
};
use jeda_core::time::Zone;
use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use std::collections::HashMap;

/// What an event makes of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Out of office.
    Out,
    /// Busy.
    Busy,
    /// Neither: free, tentative, or called off.
    Nothing,
}

/// A wall-clock time and the zone of the wall.
#[derive(Clone, Debug)]
pub(crate) struct When {
    pub(crate) local: civil::DateTime,
    pub(crate) zone: TimeZone,
    /// It is a day, not a time.
    pub(crate) is_date: bool,
}

impl When {
    /// The instant. In a gap the clock goes on by as much; of two equal times the first counts.
    pub(crate) fn instant(&self) -> Option<Timestamp> {
        self.zone.to_timestamp(self.local).ok()
    }
    /// The same on another date and clock.
    pub(crate) fn at(&self, local: civil::DateTime) -> Self {
        Self { local, ..self.clone() }
    }
}

/// An event.
pub(crate) struct Event {
    pub(crate) uid: String,
    pub(crate) start: When,
    /// How long it lasts on the wall.
    pub(crate) length: SignedDuration,
    pub(crate) kind: Kind,
    pub(crate) rule: Option<ICalendarRecurrenceRule>,
    /// Further times.
    pub(crate) more: Vec<When>,
    /// Times left out.
    pub(crate) except: Vec<When>,
    /// Which time of another event of this name it takes the place of.
    pub(crate) instead_of: Option<When>,
    /// And of those after it.
    pub(crate) and_after: bool,
}

/// Zones of a calendar: by jiff's data, under the names that calendars have for them.
pub(crate) struct Zones<'a> {
    named: TzResolver<&'a str>,
    /// The zone of its owner, for times without one.
    own: TimeZone,
    known: std::cell::RefCell<HashMap<String, TimeZone>>,
}

impl<'a> Zones<'a> {
    pub(crate) fn of(calendar: &'a ICalendar, own: &Zone) -> Self {
        Self { named: calendar.build_tz_resolver(), own: own.tz(), known: Default::default() }
    }

    /// Names of IANA, of Windows, and of whoever says in the calendar what they mean. One that nobody knows is the
    /// owner's own.
    fn find(&self, name: Option<&str>) -> TimeZone {
        let Some(name) = name.map(|name| name.trim().trim_matches('"')) else { return self.own.clone() };
        if let Some(zone) = self.known.borrow().get(name) {
            return zone.clone();
        }
        let by_name = |name: &str| Zone::find(name).ok().map(|zone| zone.tz());
        let meant = || self.named.resolve(name).and_then(|zone| zone.name()).and_then(|name| by_name(&name));
        let zone = by_name(name).or_else(meant).unwrap_or_else(|| self.own.clone());
        self.known.borrow_mut().insert(name.to_owned(), zone.clone());
        zone
    }

    pub(crate) fn when(&self, value: &PartialDateTime, zone: Option<&str>) -> Option<When> {
        let date = civil::Date::new(
            i16::try_from(value.year?).ok()?,
            i8::try_from(value.month?).ok()?,
            i8::try_from(value.day?).ok()?,
        )
        .ok()?;
        let Some(hour) = value.hour else {
            return Some(When { local: date.at(0, 0, 0, 0), zone: self.own.clone(), is_date: true });
        };
        let small = |it: Option<u8>| i8::try_from(it.unwrap_or(0)).ok();
        // A leap second is the last of its minute.
        let (minute, second) = (small(value.minute)?, small(value.second)?.min(59));
        let time = civil::Time::new(small(Some(hour))?, minute, second, 0).ok()?;
        let zone = match value.tz_hour {
            None => self.find(zone),
            Some(hours) => {
                let seconds = i32::from(hours) * 3600 + i32::from(value.tz_minute.unwrap_or(0)) * 60;
                let offset = if value.tz_minus { -seconds } else { seconds };
                jiff::tz::Offset::from_seconds(offset).ok()?.to_time_zone()
            }
        };
        Some(When { local: date.to_datetime(time), zone, is_date: false })
    }

    fn whens<'e>(&'e self, entry: &'e ICalendarEntry) -> impl Iterator<Item = When> + 'e {
        entry.values.iter().filter_map(|value| match value {
            ICalendarValue::PartialDateTime(value) => self.when(value, entry.tz_id()),
            ICalendarValue::Period(ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. }) => {
                self.when(start, entry.tz_id())
            }
            _ => None,
        })
    }
}

/// Reads an event. `None` when it has no time.
pub(crate) fn event(component: &ICalendarComponent, zones: &Zones<'_>) -> Option<Event> {
    let mut it = Draft::default();
    for entry in &component.entries {
        it.take(entry, zones);
    }
    let kind = it.kind();
    let start = it.start.or_else(|| it.instead_of.clone())?;
    let length = match (it.end, it.length) {
        (Some(end), _) if end.zone == start.zone || end.is_date => end.local.duration_since(start.local),
        (Some(end), _) => end.instant()?.duration_since(start.instant()?),
        (None, Some(length)) => length,
        (None, None) if start.is_date => SignedDuration::from_hours(24),
        (None, None) => SignedDuration::ZERO,
    };
    Some(Event {
        uid: component.uid().unwrap_or_default().to_owned(),
        start,
        length,
        kind,
        rule: it.rule,
        more: it.more,
        except: it.except,
        instead_of: it.instead_of,
        and_after: it.and_after,
    })
}

#[derive(Default)]
struct Draft {
    start: Option<When>,
    end: Option<When>,
    length: Option<SignedDuration>,
    status: Option<ICalendarStatus>,
    is_free: bool,
    outlook: Option<String>,
    rule: Option<ICalendarRecurrenceRule>,
    more: Vec<When>,
    except: Vec<When>,
    instead_of: Option<When>,
    and_after: bool,
}

impl Draft {
    fn take(&mut self, entry: &ICalendarEntry, zones: &Zones<'_>) {
        let first = || zones.whens(entry).next();
        match (&entry.name, entry.values.first()) {
            (ICalendarProperty::Dtstart, _) => self.start = first(),
            (ICalendarProperty::Dtend, _) => self.end = first(),
            (ICalendarProperty::Duration, Some(ICalendarValue::Duration(it))) => {
                let days = i64::from(it.weeks) * 7 + i64::from(it.days);
                let seconds = i64::from(it.hours) * 3600 + i64::from(it.minutes) * 60 + i64::from(it.seconds);
                self.length = (!it.neg).then(|| SignedDuration::from_secs(days * 86_400 + seconds));
            }
            (ICalendarProperty::Status, Some(ICalendarValue::Status(status))) => self.status = Some(status.clone()),
            (ICalendarProperty::Transp, Some(ICalendarValue::Transparency(it))) => {
                self.is_free = *it == ICalendarTransparency::Transparent;
            }
            (ICalendarProperty::Rrule, Some(ICalendarValue::RecurrenceRule(rule))) => {
                self.rule = Some((**rule).clone())
            }
            (ICalendarProperty::Rdate, _) => self.more.extend(zones.whens(entry)),
            (ICalendarProperty::Exdate, _) => self.except.extend(zones.whens(entry)),
            (ICalendarProperty::RecurrenceId, _) => {
                self.instead_of = first();
                self.and_after = entry.parameters(&ICalendarParameterName::Range).next().is_some();
            }
            (ICalendarProperty::Other(name), Some(value)) if name.eq_ignore_ascii_case(BUSY_STATUS) => {
                self.outlook = value.as_text().map(str::to_ascii_uppercase);
            }
            _ => {}
        }
    }

    /// Outlook says more than the standard can; what it says counts first.
    fn kind(&self) -> Kind {
        match (&self.status, self.outlook.as_deref()) {
            (Some(ICalendarStatus::Cancelled | ICalendarStatus::Tentative), _) => Kind::Nothing,
            (_, Some("OOF")) => Kind::Out,
            (_, Some("BUSY")) => Kind::Busy,
            (_, Some("FREE" | "TENTATIVE" | "WORKINGELSEWHERE")) => Kind::Nothing,
            _ if self.is_free => Kind::Nothing,
            _ => Kind::Busy,
        }
    }
}

/// What Outlook and Exchange call how busy an event makes ([MS-OXCICAL] 2.1.3.1.1.20.31).
const BUSY_STATUS: &str = "X-MICROSOFT-CDO-BUSYSTATUS";

/// The start and the end of a period of a free-busy list.
pub(crate) fn period(
    period: &ICalendarPeriod,
    zone: Option<&str>,
    zones: &Zones<'_>,
) -> Option<(Timestamp, Timestamp)> {
    match period {
        ICalendarPeriod::Range { start, end } => {
            Some((zones.when(start, zone)?.instant()?, zones.when(end, zone)?.instant()?))
        }
        ICalendarPeriod::Duration { start, duration } => {
            let start = zones.when(start, zone)?.instant()?;
            let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
            let minutes = i64::from(duration.hours) * 60 + i64::from(duration.minutes) + days * 24 * 60;
            let length = SignedDuration::from_secs(minutes * 60 + i64::from(duration.seconds));
            Some((start, start.checked_add(length).ok()?))
        }
    }
}

/// The kind of free-busy time, as the standard names it; busy where nothing is said.
pub(crate) fn period_kind(entry: &ICalendarEntry) -> Kind {
    use calcard::icalendar::{ICalendarFreeBusyType as Type, ICalendarParameterValue as Value};
    let said = entry.parameters(&ICalendarParameterName::Fbtype).next();
    match said {
        Some(Value::Fbtype(Type::BusyUnavailable)) => Kind::Out,
        Some(Value::Fbtype(Type::Free | Type::BusyTentative)) => Kind::Nothing,
        _ => Kind::Busy,
    }
}

/// The name of an event.
pub(crate) fn summary(component: &ICalendarComponent) -> Option<&str> {
    component.property(&ICalendarProperty::Summary)?.values.first()?.as_text()
}
