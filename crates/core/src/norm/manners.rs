//! How a norm about mentions looks before it speaks, and how rarely: the same for quiet hours and focus.

use super::{Setting, Value};
use serde::{Deserialize, Serialize};

/// How a norm about mentions looks and speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manners {
    /// `@here`, `@channel` and `@everyone` are judged once this share of those whom they reach is off, 1 to 100.
    pub broadcast_off_percent: u8,
    /// Whoever wrote in the conversation within these minutes takes part in it, and may be written to.
    pub taking_part_minutes: i64,
    /// A sender is told at most once in a conversation within these minutes.
    pub nudge_again_minutes: i64,
    /// How a sender is told where the platform has no words that only one person sees.
    pub nudge_by: NudgeBy,
}

/// How a sender is told where the platform has no words that only one person sees (Discord, outside of answers to
/// commands and buttons).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NudgeBy {
    /// A direct message. The calmest: nobody else sees it.
    #[default]
    Direct,
    /// A reply in the channel that removes itself.
    Reply,
}

impl NudgeBy {
    /// As the file spells it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Reply => "reply",
        }
    }
}

impl Manners {
    pub(super) fn settings(&self) -> [(Setting, Value); 4] {
        [
            (Setting::BroadcastOff, Value::Percent(self.broadcast_off_percent)),
            (Setting::TakingPart, Value::Minutes(self.taking_part_minutes)),
            (Setting::NudgeAgain, Value::Minutes(self.nudge_again_minutes)),
            (Setting::NudgeBy, Value::NudgeBy(self.nudge_by)),
        ]
    }
}
