//! The same promises on SQLite and on PostgreSQL.

mod delivery;
mod events;
mod migrations;
mod needs;
mod opening;
mod samples;
mod stage;
