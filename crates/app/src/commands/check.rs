//! `jeda check` and `jeda migrate`.

use super::{USAGE, failed, open};
use jeda_config::{Config, DEFAULT_PATH, Tokens};
use jeda_core::time::calendar_data_version;
use jeda_store::Store;
use std::{path::Path, process::ExitCode};

/// Checks the configuration (it was read without a complaint, or we were not here), the tokens and the database.
pub(super) async fn check(config: Config, tokens: &Tokens, path: Option<&str>) -> ExitCode {
    let path = path.unwrap_or(DEFAULT_PATH);
    if Path::new(path).exists() {
        println!("{path}: well-formed");
    } else {
        println!("{path}: not there; every setting has its default");
    }
    if let Some(calendar) = config.workspace_defaults().calendar {
        let (name, code, year) = (calendar.name(), calendar.code(), calendar.last_year());
        println!("holidays: {name} ({code}), known until the end of {year}, from {}", calendar_data_version());
    }
    match Store::look(&config.database.url).await {
        Ok(state) => println!("database: {state}"),
        Err(error) => return failed(&error),
    }
    if let Some(missing) = tokens.missing() {
        eprintln!("tokens: {missing}");
        return ExitCode::from(USAGE);
    }
    ExitCode::SUCCESS
}

/// Brings the database up to date.
pub(super) async fn migrate(config: Config) -> ExitCode {
    match open(&config).await {
        Ok(store) => {
            store.close().await;
            println!("the database is up to date");
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error),
    }
}
