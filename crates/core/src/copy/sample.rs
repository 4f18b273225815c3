//! Every message and form once, with made-up arguments: what the snapshot tests of core and of each adapter render.

use crate::{
    language::Language,
    message::{Form, Message},
};

/// One message or form, renderable in every language.
#[derive(Clone, Copy, Debug)]
pub enum Sample {
    /// A message; its name is unique among samples.
    Message(&'static str, fn(Language) -> Message),
    /// A form; its name is unique among samples.
    Form(&'static str, fn(Language) -> Form),
}

impl Sample {
    /// Its name: `feature/message`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Message(name, _) | Self::Form(name, _) => name,
        }
    }
}

/// Every sample of every feature.
pub fn samples() -> Vec<Sample> {
    [
        super::common::samples(),
        super::time::samples(),
        super::people::samples(),
        super::person::samples(),
        super::agenda::samples(),
        super::command::samples(),
        super::standup::samples(),
        super::norm::samples(),
        super::later::samples(),
        super::ask::samples(),
        super::digest::samples(),
        super::told::samples(),
        super::reply::samples(),
    ]
    .concat()
}
