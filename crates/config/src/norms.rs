//! `config/norms.toml`: what a team agreed on, reviewed like code.
//!
//! Each kind of norm is a table of tables, `[quiet_hours.nights]`, so that a norm has a name and no name is taken
//! twice. Each is read by itself: what is wrong in one hides nothing that is wrong in another.

mod file;
mod read;

pub use file::{Digest, Exempt, File, Focus, Level, NudgeBy, Part, QuietHours, ResponseWindow, StandupHours, Urgent};
pub use read::{Norms, parse, read};

/// Where the norms are looked for when nobody says another place.
pub const DEFAULT_PATH: &str = "config/norms.toml";

/// The JSON Schema of the file, for editors.
pub fn schema() -> String {
    crate::read::pretty(&schemars::schema_for!(File))
}

#[cfg(test)]
mod tests;
