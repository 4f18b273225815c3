//! One call to Discord: paced, timed, and its outcome told apart so that the courier can be told the truth.
//!
//! The requests are serenity's, and so is the limiter of its buckets where the real Discord answers. Above that
//! lies the limit that serenity doesn't know: 50 requests a second for the bot as a whole, from which answers to
//! interactions are exempt. And since an address that collects 10,000 refusals (401, 403, 429) in ten minutes is
//! banned, the bot falls silent long before.
//!
//! serenity writes requests with their bodies and tokens into its trace; nothing of that gets out: the calls run
//! under a subscriber that hears nothing.

use governor::Quota;
use jeda_engine::{Pace, clock::SharedClock, pace::Class};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, value::RawValue};
use serenity::http::{Http, HttpBuilder, HttpError, LightMethod, Request, Route};
use std::{collections::VecDeque, num::NonZeroU32, sync::Mutex, time::Duration};
use tracing::{Dispatch, instrument::WithSubscriber};

/// One request, from the first byte sent to the last received.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(12);
/// Finding and reaching the server.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// One request with serenity's own waiting for its bucket, and its repetition after a 429.
const WHOLE_TIMEOUT: Duration = Duration::from_secs(30);
/// A bucket that stays empty for longer than this is given back to the courier instead of being waited for.
const BUCKET_WAIT_MAX: Duration = Duration::from_secs(5);
/// Requests a second for a bot, interaction answers exempt.
const BOT_PER_SECOND: NonZeroU32 = NonZeroU32::MIN.saturating_add(49);
/// Direct-message channels opened at once, and one a second from then on: opening them fast is what marks a bot
/// as a spammer (40003, quarantine), and each has to be opened once only.
const OPENINGS_BURST: NonZeroU32 = NonZeroU32::MIN.saturating_add(4);
const OPENING_EVERY: Duration = Duration::from_secs(1);
/// Refusals in the time that Discord counts, from which on the bot waits. A fifth of what leads to a ban.
const REFUSALS_MAX: usize = 2_000;
const REFUSALS_WINDOW: Duration = Duration::from_secs(600);

const BOT: Class = Class(0);
const OPENING: Class = Class(1);
/// The key under which the whole bot is paced.
const EVERYTHING: &str = "bot";

/// Who pays for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Budget {
    /// The bot's 50 a second.
    Bot,
    /// Nobody: an answer to an interaction.
    Interaction,
}

/// A call.
pub(crate) struct Call<'c> {
    pub(crate) method: LightMethod,
    pub(crate) route: Route<'c>,
    pub(crate) body: Option<Value>,
    pub(crate) params: Vec<(&'static str, String)>,
    pub(crate) budget: Budget,
}

impl<'c> Call<'c> {
    pub(crate) fn new(method: LightMethod, route: Route<'c>) -> Self {
        Self { method, route, body: None, params: Vec::new(), budget: Budget::Bot }
    }
    pub(crate) fn get(route: Route<'c>) -> Self {
        Self::new(LightMethod::Get, route)
    }
    pub(crate) fn body(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }
    pub(crate) fn param(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, value.to_string()));
        self
    }
    pub(crate) fn exempt(self) -> Self {
        Self { budget: Budget::Interaction, ..self }
    }
}

/// Why there is no answer, or not the one that was wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Discord refused it.
    Refused {
        /// The status.
        status: u16,
        /// Discord's own code; 0 where it gave none.
        code: i64,
        /// What a 429 asked to wait.
        after: Option<Duration>,
    },
    /// It was not sent: no connection, or our own restraint.
    NotSent {
        /// What happened, without addresses or bodies.
        why: String,
        /// How long to wait, where that is known.
        after: Option<Duration>,
    },
    /// It was sent, and no answer came.
    Unknown(String),
}

impl Trouble {
    /// Discord's code, where it gave one.
    pub(crate) fn code(&self) -> Option<i64> {
        if let Self::Refused { code, .. } = self { Some(*code) } else { None }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused { status, code: 0, .. } => write!(f, "{status}"),
            Self::Refused { status, code, .. } => write!(f, "{status}/{code}"),
            Self::NotSent { why, .. } | Self::Unknown(why) => f.write_str(why),
        }
    }
}

/// Where Discord's API is, when it isn't Discord's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiUrl(String);

/// An API address that can't be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("discord.api_url is not the address of a server: write it like http://127.0.0.1:8080")]
pub struct BadApiUrl;

impl ApiUrl {
    /// Takes `http://HOST:PORT`, with or without a closing slash or the API's path.
    pub(crate) fn parse(text: &str) -> Result<Self, BadApiUrl> {
        let trimmed = text.trim().trim_end_matches('/');
        let base = ["/api/v10", "/api"].iter().find_map(|path| trimmed.strip_suffix(path)).unwrap_or(trimmed);
        let url = reqwest::Url::parse(base).map_err(|_| BadApiUrl)?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(BadApiUrl);
        }
        Ok(Self(base.to_owned()))
    }
}

/// serenity's client of the REST API. `proxy` only works with its limiter off, so another server than Discord's
/// own has to say 429 itself.
pub(crate) fn http(token: &SecretString, api: Option<&ApiUrl>) -> Result<(Http, reqwest::Client), reqwest::Error> {
    let builder = reqwest::Client::builder().timeout(REQUEST_TIMEOUT).connect_timeout(CONNECT_TIMEOUT);
    let client = if api.is_some() { builder.no_proxy().build()? } else { builder.use_rustls_tls().build()? };
    let http = HttpBuilder::new(token.expose_secret()).client(client.clone());
    let http = match api {
        Some(ApiUrl(url)) => http.proxy(url).ratelimiter_disabled(true),
        None => http,
    };
    Ok((http.build(), client))
}

/// The REST side.
pub(crate) struct Rest {
    http: Http,
    client: reqwest::Client,
    pace: Pace,
    clock: SharedClock,
    refusals: Mutex<VecDeque<Timestamp>>,
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rest").finish_non_exhaustive()
    }
}

impl Rest {
    pub(crate) fn new(token: &SecretString, api: Option<&ApiUrl>, clock: SharedClock) -> Result<Self, reqwest::Error> {
        let (http, client) = http(token, api)?;
        let opening = Quota::with_period(OPENING_EVERY).map(|quota| quota.allow_burst(OPENINGS_BURST));
        let quotas = [Quota::per_second(BOT_PER_SECOND), opening.unwrap_or(Quota::per_second(OPENINGS_BURST))];
        let pace = Pace::new(clock.clone(), &quotas);
        Ok(Self { http, client, pace, clock, refusals: Mutex::default() })
    }

    /// How many calls wait for their turn.
    pub(crate) fn waiting(&self) -> usize {
        self.pace.waiting()
    }

    /// Waits for the turn of opening one more direct-message channel.
    pub(crate) async fn opening_turn(&self) {
        self.pace.wait(OPENING, EVERYTHING).await;
    }

    /// Forgets pauses and quotas that are over.
    pub(crate) fn forget_idle(&self) {
        self.pace.forget_idle();
    }

    /// Makes a call. The answer's JSON; null where it has none.
    pub(crate) async fn call(&self, call: Call<'_>) -> Result<Value, Trouble> {
        self.answer(call).await.map(|(value, _)| value)
    }

    /// Makes a call whose answer is a long list, and leaves its parts unread: read as values, a page of a thousand
    /// people takes ten times its length.
    pub(crate) async fn list(&self, call: Call<'_>) -> Result<Vec<Box<RawValue>>, Trouble> {
        let answer = self.made(call).await?.bytes().await.map_err(|error| broken(&error))?;
        serde_json::from_slice(&answer).map_err(|_| Trouble::Unknown("an answer that is no list".into()))
    }

    /// A call's answer with what its `Date` header says.
    pub(crate) async fn answer(&self, call: Call<'_>) -> Result<(Value, Option<Timestamp>), Trouble> {
        let response = self.made(call).await?;
        let date = header(&response, "date").and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
        let date = date.map(|date| date.timestamp());
        let bytes = response.bytes().await.map_err(|error| broken(&error))?;
        Ok((serde_json::from_slice(&bytes).unwrap_or(Value::Null), date))
    }

    /// Makes a call; its answer is unread, and good.
    async fn made(&self, call: Call<'_>) -> Result<reqwest::Response, Trouble> {
        if call.budget == Budget::Bot {
            if let Some(after) = self.restraint() {
                return Err(Trouble::NotSent { why: "too many refusals".into(), after: Some(after) });
            }
            if let Some(after) = self.empty_bucket(&call.route).await {
                return Err(Trouble::NotSent { why: "429".into(), after: Some(after) });
            }
            self.pace.wait(BOT, EVERYTHING).await;
        }
        // Not a new subscriber for each call: for each, all places that log are asked again whether they are heard.
        let sent = self.send(call).with_subscriber(Dispatch::none());
        let response = match tokio::time::timeout(WHOLE_TIMEOUT, sent).await {
            Ok(response) => response?,
            Err(_) => return Err(Trouble::Unknown("timeout".into())),
        };
        if response.status().is_success() { Ok(response) } else { Err(self.refused(response).await) }
    }

    async fn send(&self, call: Call<'_>) -> Result<reqwest::Response, Trouble> {
        let body = call.body.map(|body| body.to_string().into_bytes());
        let params = (!call.params.is_empty()).then_some(call.params);
        let request = Request::new(call.route, call.method).body(body).params(params);
        // Answers to interactions go past the limiter: they are exempt, and it would keep a bucket for each for ever.
        if let Some(limiter) = self.http.ratelimiter.as_ref().filter(|_| call.budget == Budget::Bot) {
            return limiter.perform(request).await.map_err(|error| unsent(&error));
        }
        let request = request.build(&self.client, self.http.token(), self.http.proxy.as_deref());
        let request = request.map_err(|error| unsent(&error))?.build().map_err(|error| broken(&error))?;
        self.client.execute(request).await.map_err(|error| broken(&error))
    }

    /// What a refusal says.
    async fn refused(&self, response: reqwest::Response) -> Trouble {
        let status = response.status().as_u16();
        let header_after = header(&response, "retry-after").and_then(|after| after.parse::<f64>().ok());
        let global = header(&response, "x-ratelimit-global").is_some()
            || header(&response, "x-ratelimit-scope") == Some("global");
        let bytes = match response.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => return broken(&error),
        };
        let value: Value = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let after =
            value["retry_after"].as_f64().or(header_after).and_then(|secs| Duration::try_from_secs_f64(secs).ok());
        if matches!(status, 401 | 403 | 429) {
            self.count_refusal();
        }
        if let Some(after) = after.filter(|_| status == 429 && (global || value["global"] == true)) {
            self.pace.pause(EVERYTHING, after);
        }
        Trouble::Refused { status, code: value["code"].as_i64().unwrap_or(0), after }
    }

    /// How long this route's bucket stays empty, where that is too long to wait. serenity keeps the buckets.
    async fn empty_bucket(&self, route: &Route<'_>) -> Option<Duration> {
        let buckets = self.http.ratelimiter.as_ref()?.routes();
        let bucket = buckets.read().await.get(&route.ratelimiting_bucket()).cloned()?;
        // Somebody who waits for the bucket holds its lock; then it is not known, and waiting in line is right.
        let bucket = bucket.try_lock().ok()?;
        let reset = Timestamp::try_from(bucket.reset()?).ok()?;
        let left = Duration::try_from(reset.duration_since(self.clock.now())).ok()?;
        (bucket.remaining() == 0 && left > BUCKET_WAIT_MAX).then_some(left)
    }

    fn count_refusal(&self) {
        let mut refusals = self.refusals.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if refusals.len() == REFUSALS_MAX {
            refusals.pop_front();
        }
        refusals.push_back(self.clock.now());
    }

    /// How long to be silent, after too many refusals.
    fn restraint(&self) -> Option<Duration> {
        let refusals = self.refusals.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let oldest = refusals.front().filter(|_| refusals.len() == REFUSALS_MAX)?;
        let left = Duration::try_from((*oldest + REFUSALS_WINDOW).duration_since(self.clock.now())).ok()?;
        (!left.is_zero()).then_some(left)
    }
}

fn header<'r>(response: &'r reqwest::Response, name: &str) -> Option<&'r str> {
    response.headers().get(name)?.to_str().ok()
}

/// serenity's error, without the address in it (which can hold an interaction's token).
fn unsent(error: &serenity::Error) -> Trouble {
    match error {
        serenity::Error::Http(HttpError::Request(error)) => broken(error),
        _ => Trouble::NotSent { why: "the request could not be made".into(), after: None },
    }
}

/// What a broken request means: before the connection stood, nothing was sent.
fn broken(error: &reqwest::Error) -> Trouble {
    if error.is_connect() || error.is_builder() {
        return Trouble::NotSent { why: "no connection".into(), after: None };
    }
    Trouble::Unknown(if error.is_timeout() { "timeout".into() } else { "connection lost".into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jeda_engine::VirtualClock;
    use std::sync::Arc;

    #[test]
    fn an_api_address_is_taken_in_every_usual_spelling() {
        for text in [
            "http://127.0.0.1:8080",
            "http://127.0.0.1:8080/",
            " http://127.0.0.1:8080/api ",
            "http://127.0.0.1:8080/api/v10/",
        ] {
            assert_eq!(ApiUrl::parse(text), Ok(ApiUrl("http://127.0.0.1:8080".into())), "{text}");
        }
        for text in ["", "127.0.0.1:8080", "ws://127.0.0.1", "localhost"] {
            assert_eq!(ApiUrl::parse(text), Err(BadApiUrl), "{text}");
        }
    }

    #[tokio::test]
    async fn after_too_many_refusals_the_bot_is_silent_for_a_while() {
        let start: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        let clock = Arc::new(VirtualClock::new(start));
        let api = ApiUrl::parse("http://127.0.0.1:9").unwrap();
        let rest = Rest::new(&SecretString::from("t"), Some(&api), clock.clone()).unwrap();
        for _ in 0..REFUSALS_MAX {
            assert_eq!(rest.restraint(), None);
            rest.count_refusal();
        }
        assert_eq!(rest.restraint(), Some(REFUSALS_WINDOW));
        clock.advance_to(start + Duration::from_secs(601));
        assert_eq!(rest.restraint(), None);
    }

    #[tokio::test]
    async fn nothing_was_sent_where_nobody_listens() {
        let clock = Arc::new(VirtualClock::new(Timestamp::UNIX_EPOCH));
        let api = ApiUrl::parse("http://127.0.0.1:9").unwrap();
        let rest = Rest::new(&SecretString::from("t"), Some(&api), clock).unwrap();
        let trouble = rest.call(Call::get(Route::UserMe)).await.unwrap_err();
        assert!(matches!(trouble, Trouble::NotSent { .. }), "{trouble:?}");
    }
}
