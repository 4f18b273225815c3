//! The commands of the binary. Each returns its exit code; errors are said once, on standard error.

mod bench;
mod check;
mod doctor;
mod explain;
mod healthz;
pub mod norms;
pub mod preview;
mod run;

use crate::cli::{Cli, Command};
use jeda_config::{Config, Environment};
use jeda_engine::{Clock, SystemClock};
use jeda_store::{OpenError, Options, Store};
use std::{process::ExitCode, sync::Arc};

/// The command or the configuration is wrong.
pub const USAGE: u8 = 2;

/// Does what was asked.
pub async fn dispatch(cli: Cli, environment: Environment) -> ExitCode {
    // These have nothing to do with the settings of the real bot.
    match &cli.command {
        Command::Preview(preview) => return preview::preview(preview, SystemClock::new().now()),
        Command::Demo(demo) => return crate::demo::demo(demo).await,
        Command::Bench(bench) => return bench::bench(bench).await,
        _ => {}
    }
    if let Command::Check { schema: true } = cli.command {
        print!("{}", jeda_config::schema());
        return ExitCode::SUCCESS;
    }
    let (config, tokens) = match jeda_config::read(cli.config.as_deref(), &environment) {
        Ok(read) => read,
        Err(complaints) => {
            eprintln!("{complaints}");
            return ExitCode::from(USAGE);
        }
    };
    match cli.command {
        Command::Run(how) => run::run(&how, config, tokens).await,
        Command::Check { .. } => check::check(config, &tokens, cli.config.as_deref()).await,
        Command::Migrate => check::migrate(config).await,
        Command::Doctor => doctor::doctor(config, tokens).await,
        Command::Norms(asked) => norms::norms(config, &asked, &environment, SystemClock::new().now()).await,
        Command::Explain { reference } => explain::explain(config, &reference).await,
        Command::Preview(_) | Command::Demo(_) | Command::Bench(_) => ExitCode::SUCCESS,
        Command::Healthz => healthz::healthz(&config).await,
    }
}

/// Opens the store that the configuration names.
async fn open(config: &Config) -> Result<Store, OpenError> {
    Store::open(options(config)).await
}

/// How the configuration opens the store.
fn options(config: &Config) -> Options {
    Options { url: config.database.url.clone(), defaults: config.workspace_defaults() }
}

/// Says an error and fails.
fn failed(error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}

/// The machine's clock, shared.
fn system_clock() -> Arc<SystemClock> {
    Arc::new(SystemClock::new())
}
