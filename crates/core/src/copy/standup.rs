//! Words of the standup feature: one typed function per message.
//!
//! Names of people and standups, questions, answers and reasons are members' words: they are placed as spans and
//! shown literally. In reports people are names, never mentions, so that a report pushes nobody.

mod answering;
mod commands;
mod reporting;
mod samples;
mod settings;

pub(crate) use answering::*;
pub(crate) use commands::*;
pub use reporting::why;
pub(crate) use reporting::*;
pub(crate) use settings::*;

pub(super) use samples::samples;

/// Functions for messages without arguments: a label, or a paragraph.
macro_rules! plain {
    (lines { $($line:ident = $line_id:literal,)* } messages { $($message:ident = $message_id:literal,)* }) => {
        $(pub(crate) fn $line(language: crate::language::Language) -> String {
            crate::copy::line(language, $line_id, &[])
        })*
        $(pub(crate) fn $message(language: crate::language::Language) -> crate::message::Message {
            crate::message::Message::of(crate::copy::text(language, $message_id, &[]))
        })*
    };
}

/// Functions for messages about one standup, by its name.
macro_rules! about {
    ($($name:ident = $id:literal,)*) => {
        $(pub(crate) fn $name(language: crate::language::Language, standup: &str) -> crate::message::Message {
            crate::message::Message::of(crate::copy::text(language, $id, &[("standup", crate::copy::said(standup))]))
        })*
    };
}
pub(super) use {about, plain};

use super::{Arg, code, said};
use crate::command::quoted;

/// A command about one standup, to type: it reads back as it stands here.
fn typed(command: &str, standup: &str) -> Arg {
    code(format!("/standup {command} {}", quoted(standup)))
}

/// The name of a standup as it is typed after a command.
fn to_type(standup: impl AsRef<str>) -> Arg {
    said(quoted(standup.as_ref()))
}
