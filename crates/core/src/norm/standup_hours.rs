//! Promise 1 to the team: time is yours. Standups ask and remind only inside each member's own hours.
//!
//! jeda always keeps it, written down or not: quiet hours bind the bot itself. As a norm it is visible in `/norms`
//! and in the file, and can't be weaker than it is. Nobody opts out of it; whoever wants to be asked at other times
//! says other hours.

use super::Enforce;
use serde::{Deserialize, Serialize};

/// Prompts and reminders wait for the member's hours, always.
pub(super) const LEVELS: &[Enforce] = &[Enforce::Hold];

/// It has no settings: each member's own hours say it all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StandupHours {}
