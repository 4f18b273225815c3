//! `jeda`: see [`jeda::cli`] for the commands.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    // One crypto provider for every TLS connection; a second installation can only happen in tests.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let environment: jeda_config::Environment = std::env::vars().collect();
    let cli = jeda::cli::Cli::parse();
    let mut builder = match cli.command {
        // The stage sees everything that is under way only where one thread does it all.
        jeda::cli::Command::Demo(_) => tokio::runtime::Builder::new_current_thread(),
        _ => tokio::runtime::Builder::new_multi_thread(),
    };
    let runtime = match builder.enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("jeda can't start its threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(jeda::commands::dispatch(cli, environment))
}
