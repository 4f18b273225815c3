//! Promise 2 to the team: deep work is protected. What waited comes in one message at the start of one's day, and only
//! when something did.
//!
//! It is about people, not places: its scope is the workspace or a group. Everyone may opt out by being named in
//! `exempt.people`, and choose other times for themselves.

use super::{Enforce, Setting, Value};
use jiff::civil;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A nudge sends it; observing only counts what it would have held. What is held comes with it, so there is nothing to
/// hold.
pub(super) const LEVELS: &[Enforce] = &[Enforce::Off, Enforce::Observe, Enforce::Nudge];

/// The settings of the digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Digest {
    /// It comes when the reader's day begins.
    pub at_start_of_day: bool,
    /// Further times, on the reader's own clock, in order.
    pub also_at: Vec<civil::Time>,
    /// What is in it.
    pub parts: BTreeSet<Part>,
    /// How many items it shows before "and more".
    pub items_max: u16,
    /// How many days an item that nobody took up stays in it.
    pub keep_days: u16,
}

/// What a digest may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Questions that wait for an answer.
    Asks,
    /// Mentions that were held or noted.
    Mentions,
    /// Blockers in standups that name the reader.
    Blockers,
    /// Standups of teammates who started earlier.
    Handoff,
    /// Urgent messages that were missed.
    Urgent,
}

impl Part {
    /// Every part, in the order in which a digest shows them.
    pub const ALL: [Self; 5] = [Self::Asks, Self::Mentions, Self::Blockers, Self::Handoff, Self::Urgent];

    /// As the file spells it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Asks => "asks",
            Self::Mentions => "mentions",
            Self::Blockers => "blockers",
            Self::Handoff => "handoff",
            Self::Urgent => "urgent",
        }
    }
}

impl Default for Digest {
    fn default() -> Self {
        Self { at_start_of_day: true, also_at: Vec::new(), parts: Part::ALL.into(), items_max: 15, keep_days: 14 }
    }
}

impl Digest {
    pub(super) fn settings(&self) -> Vec<(Setting, Value)> {
        vec![
            (Setting::DigestAt, Value::Times { at_start_of_day: self.at_start_of_day, also_at: self.also_at.clone() }),
            (Setting::Parts, Value::Parts(self.parts.clone())),
            (Setting::ItemsMax, Value::Count(self.items_max)),
            (Setting::KeepDays, Value::Days(self.keep_days)),
        ]
    }
}
