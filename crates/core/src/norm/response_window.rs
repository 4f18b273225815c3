//! Promise 5 to the team: time to answer well. A question that names no time of its own may be answered within this
//! many of the recipient's own working hours, so that nobody is cut short by a night or a holiday.
//!
//! A channel as its scope is where something is asked; a group is who is asked. Nobody has to opt out: it gives time,
//! and takes none. Whoever is named in `exempt.people` is not reminded.

use super::{Enforce, Setting, Value};
use serde::{Deserialize, Serialize};

/// Observing gives the time and reminds nobody; a nudge reminds once before its end. There is nothing to hold.
pub(super) const LEVELS: &[Enforce] = &[Enforce::Off, Enforce::Observe, Enforce::Nudge];

/// The settings of the time to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResponseWindow {
    /// How many of the recipient's working hours an answer may take.
    pub working_hours: u16,
    /// How many working hours before the end somebody who has not answered is reminded, less than the whole; 0 for
    /// never.
    pub remind_before_working_hours: u16,
}

impl Default for ResponseWindow {
    /// Two days of eight hours: a question that comes late in the day still has a whole day.
    fn default() -> Self {
        Self { working_hours: 16, remind_before_working_hours: 2 }
    }
}

impl ResponseWindow {
    pub(super) fn settings(&self) -> Vec<(Setting, Value)> {
        vec![
            (Setting::WorkingHours, Value::Hours(self.working_hours)),
            (Setting::RemindBefore, Value::Hours(self.remind_before_working_hours)),
        ]
    }
}
