//! Says whether the tokens work, which scopes are missing, and how far the clocks are apart.

use crate::{
    connect::{ConnectError, SlackConfig, api_url, missing_scopes},
    methods,
    sockets::{OpenError, refused},
    web::{CallError, Identity, Web, locks},
};
use jeda_engine::clock::SharedClock;
use jiff::SignedDuration;
use secrecy::ExposeSecret;
use slack_morphism::{SlackApiToken, api::SlackApiAppsConnectionOpenRequest};
use std::time::Duration;

/// Time for the app token's question.
const ASK_SECS_MAX: u64 = 10;

/// What was found.
#[derive(Debug)]
pub struct Examination {
    /// The bot token: what it opens, or why it doesn't.
    pub bot: Result<BotToken, Ailment>,
    /// The app token: whether it opens sockets.
    pub app: Result<(), Ailment>,
}

/// What a bot token opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotToken {
    /// The workspace's name.
    pub team: String,
    /// Its id.
    pub team_id: String,
    /// Its address.
    pub url: String,
    /// The bot's user.
    pub user: String,
    /// Scopes of the manifest that the token lacks; `None` when the server doesn't tell. Mend: update the app from
    /// `config/slack-manifest.yaml`, then install it again.
    pub missing_scopes: Option<Vec<&'static str>>,
    /// Scopes that the token has and jeda doesn't use. Mend: the same.
    pub needless_scopes: Vec<String>,
    /// How far Slack's clock is ahead of this machine's (to the second); `None` when the server doesn't tell. Mend:
    /// let the machine's clock be set over the network.
    pub clock_ahead: Option<SignedDuration>,
}

/// Why a token doesn't work.
#[derive(Debug, thiserror::Error)]
pub enum Ailment {
    /// It is refused; the words say how to mend it.
    #[error(transparent)]
    Refused(ConnectError),
    /// Slack can't be reached with it now.
    #[error("Slack can't be reached ({0}): check the network, and slack.api_url if it is set")]
    Unreachable(String),
}

/// Examines both tokens. Reads only, apart from the address of a socket that nobody opens.
///
/// # Errors
/// When the address is none or TLS can't be set up.
pub async fn examine(config: &SlackConfig, clock: SharedClock) -> Result<Examination, ConnectError> {
    let web = Web::new(&api_url(&config.api_url)?, config.bot_token.clone(), clock.clone())?;
    let bot = match web.identify().await {
        Ok(identity) => Ok(bot_token(identity, &clock)),
        Err(CallError::Api { code, .. }) if locks(&code) => Err(Ailment::Refused(ConnectError::BotToken(code))),
        Err(error) => Err(Ailment::Unreachable(error.to_string())),
    };
    Ok(Examination { bot, app: app_token(&web, config).await })
}

fn bot_token(identity: Identity, clock: &SharedClock) -> BotToken {
    let needed = methods::scopes();
    let needless = |scope: &String| !scope.is_empty() && !needed.contains(&scope.as_str());
    BotToken {
        missing_scopes: identity.scopes.as_deref().map(missing_scopes),
        needless_scopes: identity.scopes.unwrap_or_default().into_iter().filter(needless).collect(),
        clock_ahead: identity.server_time.map(|server| server.duration_since(clock.now())),
        team: identity.team_name,
        team_id: identity.team,
        url: identity.url,
        user: identity.user,
    }
}

async fn app_token(web: &Web, config: &SlackConfig) -> Result<(), Ailment> {
    let token = SlackApiToken::new(config.app_token.expose_secret().to_owned().into());
    let session = web.client.open_session(&token);
    let request = SlackApiAppsConnectionOpenRequest::new();
    let asked = tokio::time::timeout(Duration::from_secs(ASK_SECS_MAX), session.apps_connections_open(&request));
    match asked.await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(match refused(error) {
            OpenError::Refused(code) => Ailment::Refused(ConnectError::AppToken(code)),
            OpenError::Network(why) => Ailment::Unreachable(why.to_owned()),
        }),
        Err(_) => Err(Ailment::Unreachable("timeout".to_owned())),
    }
}
