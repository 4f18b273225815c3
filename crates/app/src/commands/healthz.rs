//! `jeda healthz`: asks a running jeda on this machine, for a container's health check.

use super::failed;
use jeda_config::Config;
use std::{process::ExitCode, time::Duration};

/// How long a healthy jeda takes at most to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks `/healthz` at the configured address.
pub(super) async fn healthz(config: &Config) -> ExitCode {
    let address = config.http.bind.replace("0.0.0.0", "127.0.0.1").replace("[::]", "[::1]");
    let client = match reqwest::Client::builder().timeout(PATIENCE).build() {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    match client.get(format!("http://{address}/healthz")).send().await {
        Ok(answer) if answer.status().is_success() => ExitCode::SUCCESS,
        Ok(answer) => failed(&format!("jeda answered {}", answer.status())),
        Err(error) => failed(&format!("jeda did not answer: {error}")),
    }
}
