//! The engine with its doors open: what is decided at the desk, and what the courier carries.

#![expect(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

mod carry;
mod desk;

use jeda_core::{id::WorkspaceId, people::Workspace, snapshot::Capabilities};
use jeda_store::Options;

fn acme() -> WorkspaceId {
    WorkspaceId::new("slack:T1")
}

fn options(url: &str) -> Options {
    let defaults = Workspace { capabilities: Capabilities::ROOMY, ..Workspace::unknown("") };
    Options { url: url.to_owned(), defaults }
}
