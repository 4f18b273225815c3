//! Words that belong to no feature.

use super::{Sample, code, text};
use crate::{language::Language, message::Message};

/// Something broke inside; `reference` opens it with `jeda explain`.
pub fn failed(language: Language, reference: &str) -> Message {
    Message::of(text(language, "failed-inside", &[("command", code(format!("jeda explain {reference}")))]))
}

/// Every message of this file with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    vec![Sample::Message("common/failed", |language| failed(language, "4k7m2p9q1r8st"))]
}
