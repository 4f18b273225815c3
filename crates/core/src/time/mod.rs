//! Time as people mean it: zones, working weeks, schedules as sentences.
//!
//! Instants are UTC ([`jiff::Timestamp`]); people's times are civil time plus zone. Intervals are half open.

mod cron;
mod hours;
mod schedule;
mod sentence;
mod zone;

pub use hours::{
    Availability, Holidays, Hours, Span, State, WorkingWeek, availability, availability_at, next_working_instant,
};
pub use schedule::{Occurrence, Schedule, ScheduleError, preview};
pub use sentence::{
    TimeError, parse_duration, parse_hours, parse_moment, parse_past_date, parse_schedule, parse_time, say_duration,
    say_hours, say_schedule, say_span,
};
pub use zone::{Zone, ZoneError, zone_data_version, zones_like};
