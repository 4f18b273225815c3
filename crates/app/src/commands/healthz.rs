//! `jeda healthz`: asks a running jeda on this machine, for a container's health check.

use super::failed;
use jeda_config::Config;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    process::ExitCode,
    time::Duration,
};

/// How long a healthy jeda takes at most to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks `/healthz` at the configured address.
pub(super) async fn healthz(config: &Config) -> ExitCode {
    let address = on_this_machine(&config.http.bind);
    // Whatever proxy the environment names for the world, this goes to our own machine.
    let client = match reqwest::Client::builder().no_proxy().timeout(PATIENCE).build() {
        Ok(client) => client,
        Err(error) => return failed(&error),
    };
    match client.get(format!("http://{address}/healthz")).send().await {
        Ok(answer) if answer.status().is_success() => ExitCode::SUCCESS,
        Ok(answer) => failed(&format!("jeda answered {}", answer.status())),
        Err(error) => failed(&format!("jeda did not answer: {error}")),
    }
}

/// The address at which a server that listens there is reached from here: "everywhere" is no place to call.
fn on_this_machine(bind: &str) -> String {
    let Ok(mut address) = bind.parse::<SocketAddr>() else { return bind.to_owned() };
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address.to_string()
}

#[cfg(test)]
mod tests {
    use super::on_this_machine;

    #[test]
    fn a_server_that_listens_everywhere_is_asked_here() {
        for (bind, asked) in [
            ("127.0.0.1:8025", "127.0.0.1:8025"),
            ("0.0.0.0:8025", "127.0.0.1:8025"),
            ("[::]:8025", "[::1]:8025"),
            ("10.0.0.0:8025", "10.0.0.0:8025"),
        ] {
            assert_eq!(on_this_machine(bind), asked);
        }
    }
}
