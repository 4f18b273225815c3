//! Words of the standup feature: one typed function per message.

use super::Sample;

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    Vec::new()
}
