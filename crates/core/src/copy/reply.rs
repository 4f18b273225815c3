//! Words of an adapter itself, for the person waiting at the screen: what core never got to say.

use super::{Sample, text};
use crate::{language::Language, message::Message};

/// The event could not be kept; nothing happened.
pub fn not_kept(language: Language) -> Message {
    Message::of(text(language, "reply-not-kept", &[]))
}

/// It took so long that the platform doesn't allow the form any more.
pub fn once_more(language: Language) -> Message {
    Message::of(text(language, "reply-once-more", &[]))
}

/// Said in a direct message by somebody of whom no workspace is known.
pub fn no_workspace(language: Language) -> Message {
    Message::of(text(language, "reply-no-workspace", &[]))
}

/// Every message of this file.
pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::Message("reply/not-kept", not_kept),
        Sample::Message("reply/once-more", once_more),
        Sample::Message("reply/no-workspace", no_workspace),
    ]
}
