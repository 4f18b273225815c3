//! Words of the standup feature: one typed function per message.

use super::{Sample, text};
use crate::{language::Language, message::Message};

/// A standup's command, in a version that can't hold standups yet.
pub(crate) fn not_yet(language: Language) -> Message {
    Message::of(text(language, "standup-not-yet", &[]))
}

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    vec![Sample::Message("standup/not-yet", not_yet)]
}
