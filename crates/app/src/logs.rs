//! How jeda tells what it does: for people on a terminal, JSON lines otherwise.

use jeda_config::{Format, Log};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Begins to write logs to standard error.
///
/// # Errors
/// The filter can't be read, or logs were begun before.
pub fn begin(log: &Log) -> Result<(), String> {
    let filter = EnvFilter::try_new(&log.filter)
        .map_err(|error| format!("log.filter {:?} can't be read: {error}. Try \"info\".", log.filter))?;
    let human = match log.format {
        Format::Human => true,
        Format::Json => false,
        Format::Auto => std::io::stderr().is_terminal(),
    };
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if human { lines.compact().try_init() } else { lines.json().flatten_event(true).try_init() }
        .map_err(|error| error.to_string())
}
