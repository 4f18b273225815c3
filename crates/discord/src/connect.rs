//! The beginning and the end of a connection.

use crate::{
    Discord,
    gateway::{self, News},
    inbound::PLATFORM,
    listen::Listener,
    rest::{ApiUrl, BadApiUrl, Rest},
};
use jeda_engine::{Keep, SharedIntake, clock::SharedClock};
use secrecy::SecretString;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, watch},
    task::JoinHandle,
};
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
    /// Read what people write in channels, which Discord grants by "Message Content Intent": without it nothing is
    /// held back.
    pub message_content: bool,
}

/// Why the adapter can't begin.
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
    /// Discord refused the bot.
    #[error(transparent)]
    Refused(#[from] Stopped),
    /// jeda is shutting down.
    #[error("shutting down")]
    Closed,
}

/// Discord refuses the bot; nothing changes before somebody mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// The token.
    #[error("Discord doesn't accept the token ({0}). Give jeda the bot's current token: DISCORD_TOKEN")]
    Token(&'static str),
    /// The intents.
    #[error(
        "Discord doesn't grant what the bot listens to ({0}). Switch on \"Server Members Intent\" for the bot in the \
         developer portal, and \"Message Content Intent\" if discord.message_content is set"
    )]
    Intents(&'static str),
}

impl Stopped {
    /// From the gateway's closing code, or the status of a call.
    pub(crate) fn of(code: &'static str) -> Self {
        if matches!(code, "4013" | "4014") { Self::Intents(code) } else { Self::Token(code) }
    }
    /// Discord's code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Token(code) | Self::Intents(code) => code,
        }
    }
}

/// What the connection is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// Being made, for the first time or again.
    Connecting,
    /// It stands; the bot's own name.
    Up {
        /// The name.
        name: String,
    },
    /// Gone for good.
    Stopped(Stopped),
}

/// A connection that is kept.
#[derive(Debug)]
pub struct Connected {
    /// What the courier delivers through.
    pub platform: Arc<Discord>,
    /// The bot's own name.
    pub name: String,
    /// What the connection is doing.
    pub link: watch::Receiver<LinkState>,
    /// Ends when `shutdown` was cancelled and everything under way has ended, or when Discord refused the bot.
    pub run: JoinHandle<Result<(), Stopped>>,
}

/// Begins to listen, registers the commands where they changed, and keeps the connection up.
///
/// A Discord that can't be reached is waited for, with a back-off from one second to a minute, until `shutdown` is
/// cancelled.
///
/// # Errors
/// When Discord refuses the token or the intents (every server that is known is told), the address is none, or
/// `shutdown` came first.
pub async fn connect(
    config: DiscordConfig,
    intake: SharedIntake,
    keep: Arc<dyn Keep>,
    clock: SharedClock,
    shutdown: CancellationToken,
) -> Result<Connected, ConnectError> {
    let api = config.api_url.as_deref().map(ApiUrl::parse).transpose()?;
    let rest = Rest::new(&config.token, api.as_ref(), clock.clone())
        .map_err(|error| ConnectError::Client(error.without_url().to_string()))?;
    let platform = Arc::new(Discord::new(rest, keep, clock, config.message_content));
    let (tell, mut link) = watch::channel(LinkState::Connecting);
    let listener = Listener::new(platform.clone(), intake, tell, shutdown.clone());
    let (news, thread) =
        gateway::listen(config.token, api, gateway::intents(config.message_content), shutdown.clone())?;
    let run = tokio::spawn(run(listener, news, thread));
    loop {
        let state = link.borrow_and_update().clone();
        match state {
            LinkState::Up { name } => return Ok(Connected { platform, name, link, run }),
            LinkState::Stopped(stopped) => return Err(stopped.into()),
            LinkState::Connecting => {}
        }
        tokio::select! {
            () = shutdown.cancelled() => {
                let _ended = run.await;
                return Err(ConnectError::Closed);
            }
            changed = link.changed() => changed.map_err(|_| ConnectError::Closed)?,
        }
    }
}

/// Hears all news until the end.
async fn run(
    listener: Listener,
    mut news: mpsc::Receiver<News>,
    thread: std::thread::JoinHandle<()>,
) -> Result<(), Stopped> {
    let mut result = Ok(());
    loop {
        let heard = tokio::select! {
            biased;
            () = listener.shutdown.cancelled() => break,
            heard = news.recv() => heard,
        };
        match heard {
            Some(News::Refused { code }) => {
                let stopped = Stopped::of(code);
                listener.refused(stopped).await;
                result = Err(stopped);
                break;
            }
            Some(heard) => listener.hear(heard),
            None => break,
        }
    }
    drop(news);
    finish(&listener, thread).await;
    result
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
