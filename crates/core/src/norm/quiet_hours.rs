//! Promise 3 to the team: no pressure to answer now. Whoever mentions somebody who is off learns it, and until when,
//! before the other has to.
//!
//! It looks at mentions of people outside their hours, on a day off, on a holiday or on leave; at `@here`,
//! `@channel` and `@everyone` while a stated share of those whom they reach is off. A channel as its scope is where
//! something is said; a group is whom it protects. Anyone may opt out by being named in `exempt.people`: then nobody
//! is told to spare them, and they are not told to spare others. Groups on call and channels such as `#incidents` are
//! exempt by the team's word.

use super::{Enforce, Manners, NudgeBy, Setting, Value};
use crate::time::Span;
use jiff::civil;
use serde::{Deserialize, Serialize};

/// A nudge tells the sender; a hold takes the message back until the recipient's hours, where the platform lets it.
pub(super) const LEVELS: &[Enforce] = &Enforce::ALL;

/// The settings of quiet hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuietHours {
    /// How it looks and speaks.
    pub manners: Manners,
    /// The part of the recipient's day, on their own clock, at which it looks; all of it when none is said.
    pub between: Option<Span>,
}

impl Default for QuietHours {
    fn default() -> Self {
        let manners = Manners {
            broadcast_off_percent: 50,
            taking_part_minutes: 10,
            nudge_again_minutes: 4 * 60,
            nudge_by: NudgeBy::Direct,
        };
        Self { manners, between: None }
    }
}

impl QuietHours {
    pub(super) fn settings(&self) -> Vec<(Setting, Value)> {
        let mut all = self.manners.settings().to_vec();
        all.extend(self.between.map(|span| (Setting::Between, Value::Range(span))));
        all
    }
}

/// Whether a time of day lies in a span; one that ends at or before its start goes over midnight.
pub(super) fn lies_in(time: civil::Time, span: Span) -> bool {
    if span.from < span.to { span.from <= time && time < span.to } else { span.from <= time || time < span.to }
}
