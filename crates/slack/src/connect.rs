//! Comes into a workspace, stays there, and leaves it in order.

use crate::{
    Slack,
    deliver::Road,
    directory::KnownNames,
    inbound::Me,
    listener::Ear,
    methods,
    render::CAPABILITIES,
    sockets::{LinkState, Sockets, Stopped},
    web::{CallError, Identity, Web, locks},
};
use jeda_core::{
    event::{Event, Inbound, Seen},
    id::{InboxKey, UserId, WorkspaceId},
};
use jeda_engine::{IntakeError, Keep, SharedIntake, clock::SharedClock};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use slack_morphism::{SlackApiToken, SlackClientSocketModeConfig, clients_manager::SlackSocketModeClientsManager};
use std::{sync::Arc, time::Duration};
use tokio::{sync::watch, task::JoinHandle};
use tokio_util::sync::CancellationToken;
use tracing::{error, warn};

/// Where Slack's API is.
pub const API_URL: &str = "https://slack.com/api";
/// Sockets when the configuration names no number: one may be replaced while the other listens.
pub const SOCKETS_DEFAULT: u32 = 2;
/// Seconds between our pings; Slack's own come about as often.
const PING_SECS: u64 = 15;
/// Pings without any sign of life after which a socket is given up.
const PINGS_MISSED_MAX: u64 = 2;
/// The first and the longest wait between attempts to learn who the token belongs to, in seconds.
const IDENTIFY_BACKOFF_SECS: (u64, u64) = (1, 60);
/// After so long without a socket, Slack has stopped sending again what was missed (its last attempt comes after
/// five minutes): the workspace is read anew.
const MISSED_AFTER: SignedDuration = SignedDuration::from_mins(5);

/// How to reach a workspace.
#[derive(Clone, Debug)]
pub struct SlackConfig {
    /// `xapp-…`, with `connections:write`.
    pub app_token: SecretString,
    /// `xoxb-…`.
    pub bot_token: SecretString,
    /// [`API_URL`], or a server of one's own (`http://127.0.0.1:3000/api`), with or without a closing slash.
    pub api_url: String,
    /// Sockets, 1 to [`SOCKETS_MAX`](crate::SOCKETS_MAX).
    pub sockets: u32,
}

/// Why the bot can't come into its workspace. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address can't be one.
    #[error("slack.api_url {0:?} is not an address: it has to look like {API_URL}")]
    ApiUrl(String),
    /// The bot token doesn't work.
    #[error(
        "Slack doesn't accept SLACK_BOT_TOKEN ({0}): copy the \"Bot User OAuth Token\" (xoxb-…) from \"OAuth & \
         Permissions\" of your app at https://api.slack.com/apps"
    )]
    BotToken(String),
    /// The app token doesn't work.
    #[error(
        "Slack doesn't accept SLACK_APP_TOKEN ({0}): make an \"App-Level Token\" (xapp-…) with connections:write in \
         \"Basic Information\" of your app at https://api.slack.com/apps"
    )]
    AppToken(String),
    /// The TLS provider is not usable.
    #[error("TLS can't be set up: {0}")]
    Tls(#[from] rustls::Error),
    /// The store could not keep the start.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// jeda was asked to stop before it had come in.
    #[error("stopped before Slack answered")]
    Stopped,
}

/// A workspace that the bot is in.
#[derive(Debug)]
pub struct Connected {
    /// The platform, for the courier.
    pub platform: Arc<Slack>,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// What the sockets are doing: the bot hears its workspace while at least one is open.
    pub link: watch::Receiver<LinkState>,
    /// Ends when the shutdown token is cancelled and everything under way is acknowledged, or when Slack closed the
    /// link for good.
    pub run: JoinHandle<Result<(), Stopped>>,
}

/// Comes into the workspace that the bot token belongs to: learns who it is, tells core, opens the sockets.
///
/// An unreachable Slack is waited for, with a back-off from one second to a minute, until `shutdown` is cancelled.
///
/// # Errors
/// When a token is refused, the address is none, or the store can't keep the start.
pub async fn connect(
    config: SlackConfig,
    intake: SharedIntake,
    keep: Arc<dyn Keep>,
    clock: SharedClock,
    shutdown: CancellationToken,
) -> Result<Connected, ConnectError> {
    let api_url = api_url(&config.api_url)?;
    let web = Arc::new(Web::new(&api_url, config.bot_token, clock.clone())?);
    let identity = identify(&web, &shutdown).await?;
    warn_of_missing_scopes(&identity);
    let me = Me {
        workspace: WorkspaceId::new(format!("slack:{}", identity.team)),
        user: UserId::new(identity.user.as_str()),
    };
    let home = Home { web: web.clone(), intake: intake.clone(), clock: clock.clone(), me: me.clone() };
    home.arrive(&identity).await?;

    let closing = shutdown.child_token();
    let sockets = Sockets::new(web.client.clone(), closing.clone())?;
    let names = Arc::new(KnownNames::default());
    let ear = Arc::new(Ear::new(me.clone(), web.clone(), intake, names.clone()));
    let app_token = SlackApiToken::new(config.app_token.expose_secret().to_owned().into());
    let socket_config = SlackClientSocketModeConfig::new()
        .with_max_connections_count(config.sockets)
        .with_ping_interval_in_seconds(PING_SECS)
        .with_ping_failure_threshold_times(PINGS_MISSED_MAX);
    // Only keeps what it is given; it has no way to fail.
    let _ = sockets.register_new_token(&socket_config, app_token, ear.clone()).await;

    let road = Road::new(web.clone(), keep, clock, identity.team);
    let platform = Arc::new(Slack::new(web, road, names, me.clone()));
    let link = sockets.state();
    let run = tokio::spawn(stay(home, sockets, ear, closing));
    Ok(Connected { platform, workspace: me.workspace, name: identity.team_name, link, run })
}

/// The address without its closing slash.
pub(crate) fn api_url(given: &str) -> Result<String, ConnectError> {
    let url = given.trim().trim_end_matches('/');
    let authority = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match authority.and_then(|_| url.parse::<http::Uri>().ok()) {
        Some(uri) if uri.host().is_some_and(|host| !host.is_empty()) => Ok(url.to_owned()),
        _ => Err(ConnectError::ApiUrl(given.to_owned())),
    }
}

async fn identify(web: &Web, shutdown: &CancellationToken) -> Result<Identity, ConnectError> {
    let (mut wait, longest) = IDENTIFY_BACKOFF_SECS;
    loop {
        let error = tokio::select! {
            answer = web.identify() => match answer {
                Ok(identity) => return Ok(identity),
                Err(error) => error,
            },
            () = shutdown.cancelled() => return Err(ConnectError::Stopped),
        };
        let mut secs = wait;
        match error {
            CallError::Api { code, .. } if locks(&code) => {
                return Err(ConnectError::BotToken(code));
            }
            CallError::Limited { after: Some(after) } => secs = after.as_secs().max(1),
            _ => {}
        }
        warn!(%error, wait_secs = secs, "Slack can't be reached; trying again");
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(secs)) => {}
            () = shutdown.cancelled() => return Err(ConnectError::Stopped),
        }
        wait = (wait * 2).min(longest);
    }
}

fn warn_of_missing_scopes(identity: &Identity) {
    let missing = identity.scopes.as_deref().map(missing_scopes).unwrap_or_default();
    if !missing.is_empty() {
        warn!(
            scopes = missing.join(","),
            "the Slack app lacks scopes: update it from config/slack-manifest.yaml and \
            install it again; until then what needs them is skipped"
        );
    }
}

/// Where a message of the workspace is found, from the workspace's own address (`https://team.slack.com/`). Source:
/// Slack's `chat.getPermalink`.
fn permalink(home: &str) -> Option<String> {
    let home = home.trim_end_matches('/');
    home.starts_with("http").then(|| format!("{home}/archives/{{channel}}/p{{message}}"))
}

/// Scopes that jeda needs and a token doesn't have.
pub(crate) fn missing_scopes(has: &[String]) -> Vec<&'static str> {
    methods::scopes().into_iter().filter(|scope| !has.iter().any(|has| has == scope)).collect()
}

/// The workspace, from the bot's side.
struct Home {
    web: Arc<Web>,
    intake: SharedIntake,
    clock: SharedClock,
    me: Me,
}

impl Home {
    async fn tell(&self, what: &str, seen: Seen) -> Result<(), IntakeError> {
        // One start or one loss happens at one instant: deciding it again gives the same key.
        let key = InboxKey::new(format!("{what}/{}", self.clock.now().as_millisecond()));
        let inbound = Inbound { key, workspace: self.me.workspace.clone(), event: Event::Seen(seen) };
        self.intake.take(inbound).await.map(|_| ())
    }

    async fn arrive(&self, identity: &Identity) -> Result<(), IntakeError> {
        let seen = Seen::Workspace {
            name: identity.team_name.clone(),
            bot: self.me.user.clone(),
            capabilities: CAPABILITIES,
            language: None,
            permalink: permalink(&identity.url),
        };
        self.tell("arrived", seen).await
    }

    /// Reads the workspace anew after so long a time without a socket that events were missed for good.
    async fn watch_link(&self, sockets: &Sockets) {
        let mut state = sockets.state();
        let mut dark_since: Option<Timestamp> = None;
        while state.changed().await.is_ok() {
            let open = state.borrow_and_update().open;
            if open == 0 {
                dark_since.get_or_insert_with(|| self.clock.now());
            } else if let Some(since) = dark_since.take()
                && self.clock.now().duration_since(since) >= MISSED_AFTER
                && let Ok(identity) = self.web.identify().await
                && let Err(error) = self.arrive(&identity).await
            {
                warn!(%error, "the return to Slack could not be kept; the daily refresh brings what was missed");
            }
        }
    }
}

async fn stay(home: Home, sockets: Sockets, ear: Arc<Ear>, closing: CancellationToken) -> Result<(), Stopped> {
    sockets.start().await;
    let removed = tokio::select! {
        () = closing.cancelled() => None,
        () = home.watch_link(&sockets) => None,
        // Whoever connects again sees when the token lives, and says until then that it doesn't.
        () = ear.removed() => Some(Stopped::Removed),
    };
    sockets.shutdown().await;
    ear.finish().await;
    let stopped = sockets.state().borrow().stopped;
    match removed.or(stopped) {
        Some(stopped) => {
            error!(%stopped, "the link to Slack is gone");
            Err(stopped)
        }
        None => Ok(()),
    }
}
