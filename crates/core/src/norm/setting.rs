//! A norm's settings one by one, for showing them and for telling two apart.

use super::{NudgeBy, Place, Rule, digest::Part};
use crate::time::Span;
use jiff::civil;
use std::collections::BTreeSet;

/// One setting. Copy: `norm-setting-*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// From which share of people that are off a channel-wide mention is judged.
    BroadcastOff,
    /// How lately somebody wrote who takes part.
    TakingPart,
    /// How soon a sender is told again.
    NudgeAgain,
    /// How a sender is told.
    NudgeBy,
    /// At which part of the day it looks.
    Between,
    /// How long an answer may take.
    WorkingHours,
    /// When somebody is reminded.
    RemindBefore,
    /// How many a week.
    Budget,
    /// Where it is on record.
    Record,
    /// When a digest comes.
    DigestAt,
    /// What is in it.
    Parts,
    /// How many items it shows.
    ItemsMax,
    /// How long they stay.
    KeepDays,
}

/// What a setting is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a hundred.
    Percent(u8),
    /// Minutes.
    Minutes(i64),
    /// Working hours.
    Hours(u16),
    /// Days.
    Days(u16),
    /// A number of things.
    Count(u16),
    /// How a sender is told.
    NudgeBy(NudgeBy),
    /// A part of the day.
    Range(Span),
    /// When a digest comes.
    Times {
        /// When the reader's day begins.
        at_start_of_day: bool,
        /// And at these times.
        also_at: Vec<civil::Time>,
    },
    /// What is in a digest.
    Parts(BTreeSet<Part>),
    /// A channel.
    Channel(Place),
}

impl Rule {
    /// Its settings, in the order in which they are shown. One that is not set is not among them.
    pub fn settings(&self) -> Vec<(Setting, Value)> {
        match self {
            Self::QuietHours(rule) => rule.settings(),
            Self::Focus(rule) => rule.settings(),
            Self::ResponseWindow(rule) => rule.settings(),
            Self::Urgent(rule) => rule.settings(),
            Self::Digest(rule) => rule.settings(),
            Self::StandupHours(_) => Vec::new(),
        }
    }
}

impl Value {
    /// Whether two mean the same, whatever the channel's name was.
    pub fn means(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Channel(one), Self::Channel(other)) => one.channel == other.channel,
            _ => self == other,
        }
    }
}
