//! Promise 2 to the team: deep work is protected. A mention of somebody in a focus block that they declared can wait
//! until the block ends.
//!
//! The same as quiet hours, and gentler: people in focus are at work and chose to be hard to reach, so a channel-wide
//! mention is judged only when most are off, and a sender is told once a day. Anyone may opt out by being named in
//! `exempt.people`, or by not declaring a block.

use super::{Enforce, Manners, NudgeBy, Setting, Value};
use serde::{Deserialize, Serialize};

/// As quiet hours; a hold ends with the block.
pub(super) const LEVELS: &[Enforce] = &Enforce::ALL;

/// The settings of focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Focus {
    /// How it looks and speaks.
    pub manners: Manners,
}

impl Default for Focus {
    fn default() -> Self {
        let manners = Manners {
            broadcast_off_percent: 80,
            taking_part_minutes: 30,
            nudge_again_minutes: 24 * 60,
            nudge_by: NudgeBy::Direct,
        };
        Self { manners }
    }
}

impl Focus {
    pub(super) fn settings(&self) -> Vec<(Setting, Value)> {
        self.manners.settings().to_vec()
    }
}
