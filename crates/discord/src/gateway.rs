//! The gateway: serenity's client on a thread of its own, with somebody who starts it again.
//!
//! Why a thread of its own, with a runtime of one:
//! - serenity gives each event its own task. On a runtime of several threads those overtake each other, and an edit
//!   could be heard before the message that it changes; on this one they begin in the order in which they came
//!   (tokio: "FIFO"), and each does nothing but pass its event on.
//! - serenity writes what it can't read, members' words included, into its log at the level of warnings. On this
//!   thread nobody listens to it; what matters is said here, without bodies.
//!
//! serenity reconnects and resumes by itself. What it leaves to us: to know a good address before it starts (it
//! would fall back to Discord's real gateway otherwise), to wait before trying again, and to stop where trying
//! again is pointless (a dead token, intents that were not granted), since each try counts against a daily limit:
//! then the thread ends, and whoever connected decides when to begin anew.

use crate::{
    inbound::PLATFORM,
    rest::{ApiUrl, http},
};
use secrecy::SecretString;
use serde_json::Value;
use serenity::{
    async_trait,
    client::{ClientBuilder, Context, RawEventHandler},
    gateway::GatewayError,
    http::{Http, LightMethod, Request, Route},
    model::{event::Event, gateway::GatewayIntents},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// What the bot listens to: servers with their roles and channels, the people in them (a privileged intent), direct
/// messages, whose content a bot always gets, and that somebody wrote in a channel and whom they mentioned. Not what
/// they wrote, unless that is set: without the intent for it (a privileged one, too) Discord leaves the words of channels
/// out.
pub fn intents(message_content: bool) -> GatewayIntents {
    let content = if message_content { GatewayIntents::MESSAGE_CONTENT } else { GatewayIntents::empty() };
    GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MEMBERS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::DIRECT_MESSAGES
        | content
}

/// Events that wait between this thread and the rest.
const EVENTS_WAITING_MAX: usize = 4_096;
/// The shortest and the longest wait before trying again.
const WAIT_MIN: Duration = Duration::from_secs(1);
const WAIT_MAX: Duration = Duration::from_secs(60);
/// What closing the sockets may take.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(3);

/// What comes from the gateway's thread.
pub(crate) enum News {
    /// Something happened.
    Event(Box<Event>),
    /// There is no connection; the next try comes after this time.
    Down { why: String, retry_in: Duration },
    /// Discord doesn't take the token or the intents; this is the last news. The code is Discord's: 4004, 4013,
    /// 4014, or 401.
    Refused { code: &'static str },
}

/// Begins to listen. The thread ends when `shutdown` is cancelled or nobody takes its news.
pub(crate) fn listen(
    token: SecretString,
    api: Option<ApiUrl>,
    intents: GatewayIntents,
    shutdown: CancellationToken,
) -> std::io::Result<(mpsc::Receiver<News>, std::thread::JoinHandle<()>)> {
    let (news, heard) = mpsc::channel(EVENTS_WAITING_MAX);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let thread = std::thread::Builder::new().name(format!("{PLATFORM}-gateway")).spawn(move || {
        let _nobody_listens = tracing::subscriber::set_default(tracing::subscriber::NoSubscriber::default());
        runtime.block_on(keep_listening(token, api, intents, news, shutdown));
    })?;
    Ok((heard, thread))
}

/// Passes events on, in order.
struct Ear {
    news: mpsc::Sender<News>,
    ready: Arc<AtomicBool>,
}

#[async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, _: Context, event: Event) {
        if matches!(event, Event::Ready(_) | Event::Resumed(_)) {
            self.ready.store(true, Ordering::Relaxed);
        }
        // Waiting for room keeps the order too: the channel serves whoever came first.
        let _nobody_left = self.news.send(News::Event(Box::new(event))).await;
    }
}

/// Why a connection ended.
enum End {
    Lost(String),
    Refused(&'static str),
    Closed,
}

async fn keep_listening(
    token: SecretString,
    api: Option<ApiUrl>,
    intents: GatewayIntents,
    news: mpsc::Sender<News>,
    shutdown: CancellationToken,
) {
    let ready = Arc::new(AtomicBool::new(false));
    let mut wait = WAIT_MIN;
    loop {
        let ear = Ear { news: news.clone(), ready: ready.clone() };
        let why = match connection(&token, api.as_ref(), intents, ear, &shutdown).await {
            End::Closed => return,
            End::Lost(why) => why,
            End::Refused(code) => return drop(news.send(News::Refused { code }).await),
        };
        // After a connection that stood, the shortest wait again.
        if ready.swap(false, Ordering::Relaxed) {
            wait = WAIT_MIN;
        }
        if news.send(News::Down { why, retry_in: wait }).await.is_err() {
            return;
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(WAIT_MAX),
        }
    }
}

/// One connection, from the look-up of the address to its end.
async fn connection(
    token: &SecretString,
    api: Option<&ApiUrl>,
    intents: GatewayIntents,
    ear: Ear,
    shutdown: &CancellationToken,
) -> End {
    let http = match http(token, api) {
        Ok((http, _)) => http,
        Err(_) => return End::Lost("the HTTP client could not be made".into()),
    };
    let (url, shards) = match address(&http).await {
        Ok(address) => address,
        Err(end) => return end,
    };
    let client = ClientBuilder::new_with_http(http, intents).raw_event_handler(ear).await;
    let Ok(mut client) = client else { return End::Lost("the gateway client could not be made".into()) };
    // The builder has looked the address up a second time and takes Discord's own where that fails.
    *client.ws_url.lock().await = url;
    let manager = client.shard_manager.clone();
    let ended = tokio::select! {
        ended = client.start_shards(shards) => Some(ended),
        () = shutdown.cancelled() => None,
    };
    match ended {
        None => {
            let _late = tokio::time::timeout(CLOSE_TIMEOUT, manager.shutdown_all()).await;
            End::Closed
        }
        Some(Ok(())) => End::Lost("closed".into()),
        Some(Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication))) => End::Refused("4004"),
        Some(Err(serenity::Error::Gateway(GatewayError::InvalidGatewayIntents))) => End::Refused("4013"),
        Some(Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents))) => End::Refused("4014"),
        Some(Err(_)) => End::Lost("the gateway connection broke".into()),
    }
}

/// Where the gateway is and into how many shards the servers are to be split; checked before serenity starts.
///
/// Read more loosely than serenity's own types do: a server in Discord's place may leave out how many sessions may be
/// begun, or know only the address that anybody may ask for.
async fn address(http: &Http) -> Result<(String, u32), End> {
    let asked = match ask(http, Route::GatewayBot).await {
        Err(Unanswered { status: Some(404), .. }) => ask(http, Route::Gateway).await,
        asked => asked,
    };
    let answer = match asked {
        Ok(answer) => answer,
        Err(Unanswered { status: Some(401), .. }) => return Err(End::Refused("401")),
        Err(Unanswered { why, .. }) => {
            return Err(End::Lost(format!("the gateway's address could not be asked for: {why}")));
        }
    };
    let url = answer["url"].as_str().filter(|url| url.starts_with("ws://") || url.starts_with("wss://"));
    let shards = answer["shards"].as_u64().and_then(|shards| shards.try_into().ok()).unwrap_or(1);
    match url {
        Some(url) => Ok((url.to_owned(), shards.max(1))),
        None => Err(End::Lost("the gateway's address is not one".into())),
    }
}

/// Why a question had no answer.
struct Unanswered {
    status: Option<u16>,
    why: String,
}

async fn ask(http: &Http, route: Route<'_>) -> Result<Value, Unanswered> {
    http.fire(Request::new(route, LightMethod::Get)).await.map_err(|error| {
        let status = match &error {
            serenity::Error::Http(error) => error.status_code().map(|status| status.as_u16()),
            _ => None,
        };
        let why = match (&error, status) {
            (_, Some(status)) => status.to_string(),
            (serenity::Error::Http(_), None) => "no connection".to_owned(),
            _ => "the answer is not JSON".to_owned(),
        };
        Unanswered { status, why }
    })
}
