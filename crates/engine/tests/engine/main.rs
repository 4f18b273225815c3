//! The engine with its doors open: what is decided at the desk, and what the courier carries.

#![expect(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod carry;
mod desk;

use jeda_core::{
    id::WorkspaceId,
    language::Language,
    people::Workspace,
    snapshot::Capabilities,
    time::{Holidays, WorkingWeek, Zone},
};
use jeda_store::Options;

fn acme() -> WorkspaceId {
    WorkspaceId::new("slack:T1")
}

fn options(url: &str) -> Options {
    let defaults = Workspace {
        id: WorkspaceId::new(""),
        name: String::new(),
        language: Language::En,
        zone: Zone::utc(),
        hours: WorkingWeek::office(),
        holidays: Holidays::default(),
        calendar: None,
        bot: None,
        capabilities: Capabilities {
            message_chars_max: 12_000,
            message_blocks_max: 50,
            block_chars_max: 3_000,
            form_fields_max: 20,
            field_chars_max: 3_000,
            form_intro: true,
            form_chain: true,
            profile_zone: true,
            invited: false,
            aside: false,
            pauses: false,
        },
        locked_since: None,
    };
    Options { url: url.to_owned(), defaults }
}
