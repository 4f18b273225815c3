//! Calls to the Web API, through slack-morphism's session: paced by our own keyed limiter, bounded in time, and with
//! errors that say whether the request ever left.
//!
//! The SDK's own rate control stays off: it serialises `chat.postMessage` for a whole team, where Slack counts by
//! channel.

use crate::methods::{self, Method, Rate, Sends, Twice};
use http_body_util::{BodyExt, Limited};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::{Client, Error as HyperError, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use jeda_core::event::Refusal;
use jeda_engine::{Delivery, Pace, clock::SharedClock, pace::Class};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, value::RawValue};
use slack_morphism::{
    SlackApiToken, SlackClient, SlackClientApiCallContext, SlackClientHttpConnector,
    errors::SlackClientError,
    hyper_tokio::{SlackClientHyperHttpsConnector, SlackHyperClient},
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// How long a connection may take to open. It never left then, so it may be tried again.
const CONNECT_SECS_MAX: u64 = 5;
/// How long a call may take in all. Slack answers within a second; its own gateway gives up after about ten.
const CALL_SECS_MAX: u64 = 12;
/// Calls after which limiters of channels that nobody writes to any more are forgotten.
const CALLS_A_TIDYING: usize = 1_000;
/// Bytes of an answer to the doctor's question; the real one is a few hundred.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// Why a call brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CallError {
    /// Slack said no.
    Api {
        /// Slack's code.
        code: String,
        /// The scope that is missing, when that is why.
        needed: Option<String>,
    },
    /// Slack asks to wait.
    Limited {
        /// For how long.
        after: Option<Duration>,
    },
    /// The request never left.
    Unsent {
        /// What happened; no body, no address.
        why: String,
    },
    /// The request left, and its answer is unknown.
    Lost {
        /// What happened; no body, no address.
        why: String,
    },
}

impl std::fmt::Display for CallError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Api { code, needed: Some(scope) } => write!(f, "{code} ({scope})"),
            Self::Api { code, needed: None } => f.write_str(code),
            Self::Limited { .. } => f.write_str("ratelimited"),
            Self::Unsent { why } | Self::Lost { why } => f.write_str(why),
        }
    }
}

/// An answer whose parts are still text. Read as values, a page of a thousand people takes ten times its length.
pub(crate) type Raw = BTreeMap<String, Box<RawValue>>;

/// What a method answers.
trait Answer: DeserializeOwned + Send {
    /// Whether it says that all is well.
    fn is_ok(&self) -> bool;
}

impl Answer for Value {
    fn is_ok(&self) -> bool {
        self.get("ok") == Some(&Self::Bool(true))
    }
}

impl Answer for Raw {
    fn is_ok(&self) -> bool {
        self.get("ok").is_some_and(|ok| ok.get() == "true")
    }
}

/// What Slack says of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The team's id.
    pub team: String,
    /// Its name.
    pub team_name: String,
    /// Its address.
    pub url: String,
    /// The bot's user.
    pub user: String,
    /// Scopes that the token has; `None` when the server doesn't tell.
    pub scopes: Option<Vec<String>>,
    /// The server's clock; `None` when it doesn't tell.
    pub server_time: Option<Timestamp>,
}

/// The Web API with the bot's token.
pub(crate) struct Web {
    pub(crate) client: Arc<SlackHyperClient>,
    plain: Client<HttpsConnector<HttpConnector>, String>,
    bot: SlackApiToken,
    bot_secret: SecretString,
    api_url: String,
    pace: Pace,
    calls: AtomicUsize,
}

impl std::fmt::Debug for Web {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Web").field("api_url", &self.api_url).finish_non_exhaustive()
    }
}

impl Web {
    /// A client for the API at `api_url`, `http` or `https`, without a closing slash.
    pub(crate) fn new(api_url: &str, bot: SecretString, clock: SharedClock) -> Result<Self, rustls::Error> {
        let connector = connector()?;
        let sdk = SlackClientHyperHttpsConnector::from(connector.clone()).with_slack_api_url(api_url);
        Ok(Self {
            client: Arc::new(SlackClient::new(sdk)),
            plain: Client::builder(TokioExecutor::new()).build(connector),
            bot: SlackApiToken::new(bot.expose_secret().to_owned().into()),
            bot_secret: bot,
            api_url: api_url.to_owned(),
            pace: Pace::new(clock, &methods::quotas()),
            calls: AtomicUsize::new(0),
        })
    }

    /// Calls a method when its pace allows. `key` is the channel for [`Rate::Post`], and unused otherwise.
    pub(crate) async fn call(&self, method: &Method, key: &str, args: Map<String, Value>) -> Result<Value, CallError> {
        self.paced(method, key, args).await
    }

    /// Calls a method whose answer is long, and leaves its parts unread.
    pub(crate) async fn call_raw(&self, method: &Method, args: Map<String, Value>) -> Result<Raw, CallError> {
        self.paced(method, "", args).await
    }

    async fn paced<A: Answer>(&self, method: &Method, key: &str, args: Map<String, Value>) -> Result<A, CallError> {
        self.wait(method, key).await;
        if self.calls.fetch_add(1, Ordering::Relaxed).is_multiple_of(CALLS_A_TIDYING) {
            self.pace.forget_idle();
        }
        let answer = tokio::time::timeout(Duration::from_secs(CALL_SECS_MAX), self.send(method, args)).await;
        let answer = answer.unwrap_or(Err(CallError::Lost { why: "timeout".to_owned() }));
        if let Err(CallError::Limited { after: Some(after) }) = &answer {
            self.pace.pause(&self.pace_key(method, key), *after);
        }
        answer
    }

    /// How many calls wait for their turn.
    pub(crate) fn waiting(&self) -> usize {
        self.pace.waiting()
    }

    async fn wait(&self, method: &Method, key: &str) {
        let Some(class) = method.rate.class() else { return };
        self.pace.wait(Class(class), &self.pace_key(method, key)).await;
        if method.rate == Rate::Post {
            self.pace.wait(Class(methods::WORKSPACE_POSTS), method.name).await;
        }
    }

    fn pace_key(&self, method: &Method, key: &str) -> String {
        if method.rate == Rate::Post { format!("{} {key}", method.name) } else { method.name.to_owned() }
    }

    async fn send<A: Answer>(&self, method: &Method, args: Map<String, Value>) -> Result<A, CallError> {
        let session = self.client.open_session(&self.bot);
        let api = &session.http_session_api;
        let answer: Result<A, SlackClientError> = match method.sends {
            Sends::Json => api.http_post(method.name, &args, None).await,
            Sends::Query => {
                let params: Vec<(&str, Option<String>)> =
                    args.iter().map(|(name, value)| (name.as_str(), Some(as_param(value)))).collect();
                api.http_get(method.name, &params, None).await
            }
        };
        checked(answer)
    }

    /// Posts to the address that came with a command or a click. It carries its own right: no token goes along.
    pub(crate) async fn respond(&self, url: &str, args: &Map<String, Value>) -> Result<(), CallError> {
        let Ok(url) = url.parse() else { return Err(CallError::Unsent { why: "invalid response_url".to_owned() }) };
        let span = tracing::Span::none();
        let context = SlackClientApiCallContext {
            rate_control_params: None,
            token: None,
            tracing_span: &span,
            is_sensitive_url: true,
        };
        let sent = self.client.http_api.connector.http_post_uri(url, args, context);
        let answer: Result<Result<Value, SlackClientError>, _> =
            tokio::time::timeout(Duration::from_secs(CALL_SECS_MAX), sent).await;
        answer.map_err(|_| CallError::Lost { why: "timeout".to_owned() })?.map(|_| ()).map_err(classify)
    }

    /// Asks who the token belongs to. Not through the SDK, which drops the headers that tell scopes and time.
    pub(crate) async fn identify(&self) -> Result<Identity, CallError> {
        let asked = tokio::time::timeout(Duration::from_secs(CALL_SECS_MAX), self.ask_identity()).await;
        asked.unwrap_or(Err(CallError::Lost { why: "timeout".to_owned() }))
    }

    /// Who the bot is where the server doesn't know: a small server in Slack's place has one workspace, which is then
    /// called after its address.
    fn nameless(&self) -> Identity {
        let address = self.api_url.parse::<http::Uri>().ok().and_then(|url| url.authority().map(ToString::to_string));
        let team = address.unwrap_or_else(|| self.api_url.clone());
        Identity {
            team_name: team.clone(),
            team,
            url: self.api_url.clone(),
            user: "bot".to_owned(),
            scopes: None,
            server_time: None,
        }
    }

    async fn ask_identity(&self) -> Result<Identity, CallError> {
        let request = http::Request::post(format!("{}/{}", self.api_url, methods::AUTH_TEST.name))
            .header(http::header::AUTHORIZATION, format!("Bearer {}", self.bot_secret.expose_secret()))
            .header(http::header::CONTENT_TYPE, "application/json; charset=utf-8")
            .body("{}".to_owned())
            .map_err(|_| CallError::Unsent { why: "invalid address or token".to_owned() })?;
        let response = self.plain.request(request).await.map_err(|error| from_hyper(&error))?;
        let (head, body) = response.into_parts();
        if head.status == http::StatusCode::TOO_MANY_REQUESTS {
            let after = header(&head, "retry-after").and_then(|secs| secs.parse().ok()).map(Duration::from_secs);
            return Err(CallError::Limited { after });
        }
        if head.status == http::StatusCode::NOT_FOUND {
            return Ok(self.nameless());
        }
        if !head.status.is_success() {
            return Err(CallError::Lost { why: format!("http_{}", head.status.as_u16()) });
        }
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
        let body = body.map_err(|_| CallError::Lost { why: "broken answer".to_owned() })?.to_bytes();
        let answer = serde_json::from_slice(&body).map_err(|_| CallError::Lost { why: "not JSON".to_owned() })?;
        match identity(&answer, &head) {
            Ok(Some(identity)) => Ok(identity),
            Ok(None) => Ok(self.nameless()),
            Err(CallError::Api { code, .. }) if code == "unknown_method" => Ok(self.nameless()),
            Err(error) => Err(error),
        }
    }
}

/// What `auth.test` tells; `None` where it doesn't tell who the bot is.
fn identity(answer: &Value, head: &http::response::Parts) -> Result<Option<Identity>, CallError> {
    let field = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    if answer.get("ok") != Some(&Value::Bool(true)) {
        return Err(CallError::Api { code: field("error"), needed: None });
    }
    let scopes = header(head, "x-oauth-scopes");
    let date = header(head, "date").and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    let identity = Identity {
        team: field("team_id"),
        team_name: field("team"),
        url: field("url"),
        user: field("user_id"),
        scopes: scopes.map(|all| all.split(',').map(|scope| scope.trim().to_owned()).collect()),
        server_time: date.map(|date| date.timestamp()),
    };
    Ok(Some(identity).filter(|identity| !identity.team.is_empty() && !identity.user.is_empty()))
}

fn header<'h>(head: &'h http::response::Parts, name: &str) -> Option<&'h str> {
    head.headers.get(name)?.to_str().ok()
}

/// Plain `http` too, for a server on this machine; Mozilla's roots, ring, and no waiting for small packets.
fn connector() -> Result<HttpsConnector<HttpConnector>, rustls::Error> {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_nodelay(true);
    tcp.set_connect_timeout(Some(Duration::from_secs(CONNECT_SECS_MAX)));
    Ok(hyper_rustls::HttpsConnectorBuilder::new()
        .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())?
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp))
}

fn as_param(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The SDK turns an answer that isn't JSON into an empty one; nobody knows what became of that call. And it gives up on
/// an answer whose `errors` are not a list, though Slack has maps there too: that one is read here.
fn checked<A: Answer>(answer: Result<A, SlackClientError>) -> Result<A, CallError> {
    let malformed = || CallError::Lost { why: "malformed answer".to_owned() };
    let answer: A = match answer {
        Err(SlackClientError::ProtocolError(error)) => {
            let body = error.json_body.ok_or_else(malformed)?;
            let told: Value = serde_json::from_str(&body).map_err(|_| malformed())?;
            if let (Some(false), Some(code)) = (told["ok"].as_bool(), told["error"].as_str()) {
                return Err(CallError::Api { code: code.to_owned(), needed: needed(&told) });
            }
            serde_json::from_str(&body).map_err(|_| malformed())?
        }
        other => other.map_err(classify)?,
    };
    if answer.is_ok() { Ok(answer) } else { Err(malformed()) }
}

fn needed(answer: &Value) -> Option<String> {
    answer.get("needed")?.as_str().map(str::to_owned)
}

/// What an SDK error means for whoever sent. Its own words hold bodies and are left behind.
fn classify(error: SlackClientError) -> CallError {
    match error {
        SlackClientError::ApiError(error) => {
            let body: Option<Value> = error.http_response_body.as_deref().and_then(|b| serde_json::from_str(b).ok());
            CallError::Api { code: error.code, needed: body.as_ref().and_then(needed) }
        }
        SlackClientError::RateLimitError(error) => CallError::Limited { after: error.retry_after },
        SlackClientError::HttpError(error) => CallError::Lost { why: format!("http_{}", error.status_code.as_u16()) },
        SlackClientError::HttpProtocolError(error) => {
            match error.cause.as_ref().and_then(|cause| cause.downcast_ref::<HyperError>()) {
                Some(cause) => from_hyper(cause),
                // An address or a header that can't be written.
                None => CallError::Unsent { why: "invalid request".to_owned() },
            }
        }
        SlackClientError::ProtocolError(_) => CallError::Lost { why: "malformed answer".to_owned() },
        SlackClientError::EndOfStream(_)
        | SlackClientError::SystemError(_)
        | SlackClientError::SocketModeProtocolError(_) => CallError::Lost { why: "broken connection".to_owned() },
    }
}

fn from_hyper(error: &HyperError) -> CallError {
    if error.is_connect() {
        CallError::Unsent { why: "no connection".to_owned() }
    } else {
        CallError::Lost { why: "broken connection".to_owned() }
    }
}

/// Codes that say that the token doesn't work, whatever is asked with it.
pub(crate) fn locks(code: &str) -> bool {
    matches!(
        code,
        "invalid_auth"
            | "account_inactive"
            | "token_revoked"
            | "token_expired"
            | "not_authed"
            | "not_allowed_token_type"
            | "org_login_required"
            | "team_access_not_granted"
            | "two_factor_setup_required"
            | "app_uninstalled"
    )
}

/// Codes after which Slack itself may or may not have done what was asked.
fn unsure(code: &str) -> bool {
    matches!(code, "internal_error" | "fatal_error" | "request_timeout")
}

/// Codes that pass by themselves.
fn passes(code: &str) -> bool {
    matches!(
        code,
        "ratelimited"
            | "rate_limited"
            | "service_unavailable"
            | "team_added_to_org"
            | "accesslimited"
            | "external_channel_migrating"
            | "message_limit_exceeded"
    )
}

/// How long to wait after a code that passes by itself but doesn't say when.
const PASSES_SECS: u64 = 60;

/// What an error means for a delivery with this method.
pub(crate) fn delivery(error: CallError, method: &Method) -> Delivery {
    let lost = |why: String| match method.effect {
        Twice::Same => Delivery::Later { after: None, why },
        Twice::Doubles => Delivery::Uncertain { why },
    };
    match error {
        CallError::Limited { after } => Delivery::Later { after, why: "ratelimited".to_owned() },
        CallError::Unsent { why } => Delivery::Later { after: None, why },
        CallError::Lost { why } => lost(why),
        CallError::Api { code, .. } if locks(&code) => Delivery::Locked { why: code },
        CallError::Api { code, .. } if passes(&code) => {
            Delivery::Later { after: Some(Duration::from_secs(PASSES_SECS)), why: code }
        }
        CallError::Api { code, .. } if unsure(&code) => lost(code),
        CallError::Api { code, needed } => Delivery::Refused(refusal(code, needed)),
    }
}

/// What a code that is no error of ours or of the moment says of the person, the channel or the message.
pub(crate) fn refusal(code: String, needed: Option<String>) -> Refusal {
    match code.as_str() {
        "messages_tab_disabled" | "cannot_dm_bot" | "im_disabled" => Refusal::DirectMessagesClosed,
        // For a private channel that the bot was taken out of, Slack says `channel_not_found`: the mend is the same.
        "not_in_channel"
        | "channel_not_found"
        | "posting_to_channel_denied"
        | "restricted_action"
        | "restricted_action_read_only_channel"
        | "restricted_action_thread_only_channel"
        | "restricted_action_non_threadable_channel"
        | "restricted_action_thread_locked"
        | "ekm_access_denied" => Refusal::NotInChannel,
        "is_archived" => Refusal::ChannelGone,
        "user_not_found" | "user_disabled" | "user_not_visible" | "users_not_found" => Refusal::MemberGone,
        "message_not_found" | "thread_not_found" | "cant_update_message" | "edit_window_closed" => Refusal::MessageGone,
        "missing_scope" | "no_permission" => Refusal::MissingPermission(needed.unwrap_or(code)),
        _ => Refusal::Other(code),
    }
}

#[cfg(test)]
mod tests;
