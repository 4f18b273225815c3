//! Words that belong to no feature.
use crate::{language::Language, message::Message};

/// Something broke inside; `reference` opens it with `jeda explain`.
pub fn failed(_language: Language, _reference: &str) -> Message {
    todo!()
}
