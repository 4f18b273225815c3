//! The beginning and the end of a connection.

use crate::{
    Discord, gateway,
    inbound::PLATFORM,
    listen::Listener,
    rest::{ApiUrl, BadApiUrl, Rest},
};
use jeda_engine::{Keep, SharedIntake, clock::SharedClock};
use secrecy::SecretString;
use std::{sync::Arc, time::Duration};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long events under way may take to end when the bot stops, and the gateway's thread to close its sockets.
const FINISH_TIMEOUT: Duration = Duration::from_secs(5);

/// What the adapter has to know.
#[derive(Clone, Debug)]
pub struct DiscordConfig {
    /// The bot's token.
    pub token: SecretString,
    /// Another server in Discord's place, as `http://HOST:PORT`; its gateway is wherever that server says.
    pub api_url: Option<String>,
}

/// Why the adapter can't begin. Whatever may pass (no network, a dead token) is no reason: it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The configured address.
    #[error(transparent)]
    Address(#[from] BadApiUrl),
    /// The HTTP client.
    #[error("no HTTP client for Discord: {0}")]
    Client(String),
    /// The gateway's thread.
    #[error("no thread for Discord's gateway: {0}")]
    Thread(#[from] std::io::Error),
}

/// A connection that is kept.
#[derive(Debug)]
pub struct Connection {
    /// What the courier delivers through.
    pub platform: Arc<Discord>,
    /// Ends after `shutdown` was cancelled: no more events are taken, those under way have ended, the sockets are
    /// closed.
    pub running: JoinHandle<()>,
}

/// Begins to listen and to register commands, and keeps at it until `shutdown`. Returns at once: whether Discord
/// can be reached shows in the log and in what the intake is told.
pub async fn connect(
    config: DiscordConfig,
    intake: SharedIntake,
    keep: Arc<dyn Keep>,
    clock: SharedClock,
    shutdown: CancellationToken,
) -> Result<Connection, ConnectError> {
    let api = config.api_url.as_deref().map(ApiUrl::parse).transpose()?;
    let rest = Rest::new(&config.token, api.as_ref(), clock.clone())
        .map_err(|error| ConnectError::Client(error.without_url().to_string()))?;
    let platform = Arc::new(Discord::new(rest, keep, clock));
    let listener = Listener::new(platform.clone(), intake, shutdown.clone());
    let (mut news, thread) = gateway::listen(config.token, api, shutdown.clone())?;
    let running = tokio::spawn(async move {
        loop {
            tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                heard = news.recv() => match heard {
                    Some(heard) => listener.hear(heard).await,
                    None => break,
                },
            }
        }
        drop(news);
        finish(&listener, thread).await;
    });
    Ok(Connection { platform, running })
}

/// Lets what is under way end, within bounds.
async fn finish(listener: &Listener, thread: std::thread::JoinHandle<()>) {
    let work = async {
        while !(listener.lanes.idle() && thread.is_finished()) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    if tokio::time::timeout(FINISH_TIMEOUT, work).await.is_err() {
        tracing::warn!(
            platform = PLATFORM,
            "stopped before everything under way had ended; the inbox has what was taken"
        );
    }
    listener.discord.places.settle().await;
    listener.discord.rest.forget_idle();
}
