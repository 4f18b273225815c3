//! Time as people mean it: zones, working weeks, schedules as sentences.
//!
//! Instants are UTC ([`jiff::Timestamp`]); people's times are civil time plus zone. Intervals are half open.

mod calendar;
mod cron;
mod hours;
mod schedule;
mod sentence;
mod zone;

pub use calendar::{Calendar, CalendarError, calendar_data_version, calendars_like, say_holiday};
pub use hours::{
    Absence, Availability, Declared, FocusBlock, Holidays, Hours, Pause, Span, State, Stretch, WorkingWeek,
};
pub use schedule::{Occurrence, Schedule, ScheduleError, preview};
pub use sentence::{
    TimeError, parse_duration, parse_hours, parse_moment, parse_past_date, parse_schedule, parse_time, say_duration,
    say_hours, say_schedule, say_span, split_moment,
};
pub use zone::{Zone, ZoneError, zone_data_version, zones_like};
