//! `jeda check` and `jeda migrate`.

use super::{failed, open};
use jeda_config::{Config, DEFAULT_PATH};
use jeda_core::time::calendar_data_version;
use std::{path::Path, process::ExitCode};

/// Checks the configuration (it was read without a complaint, or we were not here) and the database.
pub(super) async fn check(config: Config, path: Option<&str>) -> ExitCode {
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
    match jeda_store::Store::look(&config.database.url).await {
        Ok(state) => {
            println!("database: {state}");
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error),
    }
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
