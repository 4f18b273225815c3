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
        capabilities: Capabilities::ROOMY,
        locked_since: None,
    };
    Options { url: url.to_owned(), defaults }
}
