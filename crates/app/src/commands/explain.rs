//! `jeda explain REF`: what happened to a prompt, an answer or a message, from the receipts. No member's words are
//! shown: there are none in the receipts.

use super::{failed, options};
use jeda_config::Config;
use jeda_core::copy;
use jeda_store::{Explanation, Store};
use std::process::ExitCode;

/// Prints the outbox's lines and the receipts, oldest first.
pub(super) async fn explain(config: Config, reference: &str) -> ExitCode {
    // Reading takes no lock: the bot may be at work.
    let store = match Store::open_to_read(options(&config)).await {
        Ok(store) => store,
        Err(error) => return failed(&error),
    };
    let found = store.explain(reference).await;
    store.close().await;
    let known = match found {
        Ok(known) => known,
        Err(error) => return failed(&error),
    };
    if known == Explanation::default() {
        eprintln!(
            "Nothing is known of {reference:?}. Give the reference that the message showed, or a subject such as \
             prompt/ID/2026-11-24; settled things are kept for {} days.",
            config.retention.settled_days
        );
        return ExitCode::FAILURE;
    }
    for (key, why) in &known.failed {
        println!("event {key} could not be decided, and is kept: {why}");
    }
    let defaults = config.workspace_defaults();
    for receipt in &known.receipts {
        let words = copy::flat(&copy::people::what(defaults.language, &receipt.what, &defaults.zone));
        println!("{}  {}  {words}  (because of {})", receipt.at, receipt.subject, receipt.cause);
    }
    for row in &known.rows {
        let trouble = row.last_error.as_deref().map_or(String::new(), |code| format!(", last trouble: {code}"));
        println!(
            "{}  message {}  {} in lane {}, tries: {}{trouble}",
            row.owed.due_at, row.owed.key, row.state, row.owed.lane, row.attempts
        );
    }
    ExitCode::SUCCESS
}
