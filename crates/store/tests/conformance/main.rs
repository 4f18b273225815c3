//! The same promises on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod ask;
mod delivery;
mod digest;
mod events;
mod judged;
mod later;
mod migrations;
mod needs;
mod norms;
mod opening;
mod person;
mod samples;
mod stage;
