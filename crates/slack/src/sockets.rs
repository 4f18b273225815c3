//! The sockets of Socket Mode, behind slack-morphism's own [`SlackSocketModeClientsManager`].
//!
//! They take the place of the manager that the SDK brings, because that one handles one envelope at a time, opens
//! sockets as fast as a server closes them, has no time-outs, waits for small packets (no `TCP_NODELAY`) and can
//! write whole envelopes and socket tickets to the log. Here each socket hands its envelopes to the listener as they
//! come and writes the acknowledgements as they are ready, so one slow commit holds up nobody else.
//!
//! An envelope whose acknowledgement is not sent is Slack's to send again: that is how an event that the store could
//! not take is kept.

use async_trait::async_trait;
use futures_util::{FutureExt, SinkExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use serde::Deserialize;
use slack_morphism::{
    SlackApiToken, SlackClientSocketModeConfig, SlackSocketModeClientListener, SlackSocketModeWssClientId,
    api::SlackApiAppsConnectionOpenRequest, clients_manager::SlackSocketModeClientsManager, errors::SlackClientError,
    hyper_tokio::SlackHyperClient,
};
use std::{
    borrow::Cow,
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
    time::Duration,
};
use tokio::{net::TcpStream, sync::watch, time::timeout};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, protocol::WebSocketConfig},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{debug, info, warn};

/// Sockets that Slack lets one app have.
pub const SOCKETS_MAX: u32 = 10;
/// Time for each step of opening a socket: the address, the connection, the handshake, the greeting.
const STEP_SECS_MAX: u64 = 10;
/// The first wait after a failure; each further one is twice as long.
const BACKOFF_SECS_MIN: u64 = 1;
/// The longest wait between attempts: an outage of Slack's costs a minute more at most.
const BACKOFF_SECS_MAX: u64 = 60;
/// A socket that lived this long was a good one: the next failure waits from the beginning again.
const SETTLED_SECS: u64 = 30;
/// Time for a write; beyond it the peer is gone.
const WRITE_SECS_MAX: u64 = 10;
/// Time for what is under way when a socket is closed from our side: Slack waits three seconds for an answer.
const FINISH_SECS_MAX: u64 = 3;
/// How long a socket that Slack is about to close is still listened to, beside its successor.
const DRAIN_SECS_MAX: u64 = 60;
/// Envelopes of one socket that are under way at once; then it is not read further until one is done.
const UNDER_WAY_MAX: usize = 64;
/// Bytes of one envelope; the largest (a click in a long message) are below 200 kB.
const ENVELOPE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Why the sockets are gone for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// Somebody switched Socket Mode off, or the app.
    #[error(
        "Slack closed the connection for good (link_disabled): switch Socket Mode on at https://api.slack.com/apps, \
         then start jeda again"
    )]
    LinkDisabled,
    /// The app was removed from the workspace, or its token revoked. The socket itself belongs to the app, and stays.
    #[error(
        "Slack said that the app was removed, or that its token was revoked: install it again at \
         https://api.slack.com/apps, and where that gives another SLACK_BOT_TOKEN, start jeda with it"
    )]
    Removed,
}

/// What the sockets are doing, for whoever looks after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LinkState {
    /// Sockets that were greeted and are open.
    pub open: u32,
    /// Set when they are gone for good.
    pub stopped: Option<Stopped>,
}

/// Why a socket could not be opened; never an address, which holds a ticket.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OpenError {
    /// Slack's code for the app token or the app.
    #[error("{0}")]
    Refused(String),
    /// The network.
    #[error("{0}")]
    Network(&'static str),
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
type Listener = Arc<dyn SlackSocketModeClientListener + Send + Sync>;
type UnderWay = FuturesUnordered<BoxFuture<'static, Option<String>>>;

/// The sockets of one app token.
pub(crate) struct Sockets {
    client: Arc<SlackHyperClient>,
    tls: Arc<rustls::ClientConfig>,
    registered: Mutex<Vec<Arc<Seat>>>,
    state: Arc<watch::Sender<LinkState>>,
    closing: CancellationToken,
    tasks: TaskTracker,
}

/// One socket's place: it is opened again for as long as jeda runs.
struct Seat {
    id: SlackSocketModeWssClientId,
    token: SlackApiToken,
    ping_every: Duration,
    missed_max: u64,
    listener: Listener,
    restart: tokio::sync::Notify,
}

/// What ended a socket.
enum End {
    /// jeda shuts down.
    Closing,
    /// Slack asked to move to another one; this one still brings what is on its way.
    Refresh,
    /// Slack won't have this app any more.
    LinkDisabled,
    /// It broke, or was closed.
    Lost(&'static str),
}

impl Sockets {
    /// Sockets that open their addresses with `client`.
    pub(crate) fn new(client: Arc<SlackHyperClient>, closing: CancellationToken) -> Result<Self, rustls::Error> {
        use hyper_rustls::ConfigBuilderExt;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_webpki_roots()
            .with_no_client_auth();
        Ok(Self {
            client,
            tls: Arc::new(tls),
            registered: Mutex::default(),
            state: Arc::new(watch::Sender::new(LinkState::default())),
            closing,
            tasks: TaskTracker::new(),
        })
    }

    /// What the sockets are doing, now and from now on.
    pub(crate) fn state(&self) -> watch::Receiver<LinkState> {
        self.state.subscribe()
    }

    fn seats(&self) -> Vec<Arc<Seat>> {
        self.registered.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn worker(&self, seat: Arc<Seat>) -> Worker {
        Worker {
            client: self.client.clone(),
            tls: self.tls.clone(),
            state: self.state.clone(),
            closing: self.closing.clone(),
            tasks: self.tasks.clone(),
            seat,
        }
    }
}

#[async_trait]
impl SlackSocketModeClientsManager for Sockets {
    async fn register_new_token(
        &self,
        config: &SlackClientSocketModeConfig,
        token: SlackApiToken,
        client_listener: Arc<dyn SlackSocketModeClientListener + Sync + Send>,
    ) -> Result<(), SlackClientError> {
        let mut registered = self.registered.lock().unwrap_or_else(PoisonError::into_inner);
        for nth in 0..config.max_connections_count.clamp(1, SOCKETS_MAX) {
            registered.push(Arc::new(Seat {
                id: SlackSocketModeWssClientId::new(nth, nth, 0),
                token: token.clone(),
                ping_every: Duration::from_secs(config.ping_interval_in_seconds.max(1)),
                missed_max: config.ping_failure_threshold_times.max(1),
                listener: client_listener.clone(),
                restart: tokio::sync::Notify::new(),
            }));
        }
        Ok(())
    }

    async fn restart_client(&self, client_id: &SlackSocketModeWssClientId) {
        if let Some(seat) = self.seats().iter().find(|seat| seat.id == *client_id) {
            seat.restart.notify_one();
        }
    }

    async fn start(&self) {
        for seat in self.seats() {
            self.tasks.spawn(self.worker(seat).run());
        }
        self.tasks.close();
    }

    async fn shutdown(&self) {
        self.closing.cancel();
        self.tasks.wait().await;
    }

    /// Signals are the app's business: this waits until it has cancelled the token that it gave us.
    async fn await_term_signals(&self) {
        self.closing.cancelled().await;
    }
}

/// Keeps one seat's socket open.
#[derive(Clone)]
struct Worker {
    client: Arc<SlackHyperClient>,
    tls: Arc<rustls::ClientConfig>,
    state: Arc<watch::Sender<LinkState>>,
    closing: CancellationToken,
    tasks: TaskTracker,
    seat: Arc<Seat>,
}

impl Worker {
    async fn run(self) {
        let mut backoff = Backoff::default();
        loop {
            let opened = tokio::select! {
                opened = self.open() => opened,
                () = self.closing.cancelled() => return,
            };
            match opened {
                Ok(socket) => match self.live(socket, &mut backoff).await {
                    End::Closing => return,
                    End::LinkDisabled => return self.stop(),
                    End::Refresh => debug!(socket = self.seat.id.initial_index, "Slack asked for a fresh socket"),
                    End::Lost(why) => warn!(socket = self.seat.id.initial_index, why, "lost a socket to Slack"),
                },
                Err(OpenError::Refused(code)) if code == "link_disabled" => return self.stop(),
                Err(error) => {
                    warn!(socket = self.seat.id.initial_index, %error, wait_secs = backoff.next_secs(),
                        "could not open a socket to Slack; trying again");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(backoff.wait()) => {}
                () = self.closing.cancelled() => return,
            }
        }
    }

    /// Tells everyone that it is over.
    fn stop(&self) {
        self.state.send_modify(|state| state.stopped = Some(Stopped::LinkDisabled));
        self.closing.cancel();
    }

    async fn open(&self) -> Result<Socket, OpenError> {
        let step = Duration::from_secs(STEP_SECS_MAX);
        let session = self.client.open_session(&self.seat.token);
        let request = SlackApiAppsConnectionOpenRequest::new();
        let answer = timeout(step, session.apps_connections_open(&request)).await;
        let answer = answer.map_err(|_| OpenError::Network("apps.connections.open timed out"))?.map_err(refused)?;
        let url = answer.url.0;
        let host = url.host_str().ok_or(OpenError::Network("the socket's address has no host"))?;
        let port = url.port_or_known_default().ok_or(OpenError::Network("the socket's address has no port"))?;
        // Brackets belong to the address of an IPv6 host, not to the host.
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let tcp = timeout(step, TcpStream::connect((host, port))).await;
        let tcp = tcp
            .map_err(|_| OpenError::Network("the connection timed out"))?
            .map_err(|_| OpenError::Network("no connection"))?;
        // An acknowledgement is a small packet that shall not wait for another.
        tcp.set_nodelay(true).map_err(|_| OpenError::Network("the connection closed at once"))?;
        let limits = WebSocketConfig::default()
            .max_message_size(Some(ENVELOPE_BYTES_MAX))
            .max_frame_size(Some(ENVELOPE_BYTES_MAX));
        let tls = Connector::Rustls(self.tls.clone());
        let shaken =
            timeout(step, tokio_tungstenite::client_async_tls_with_config(url.as_str(), tcp, Some(limits), Some(tls)));
        let (socket, _) = shaken
            .await
            .map_err(|_| OpenError::Network("the handshake timed out"))?
            .map_err(|_| OpenError::Network("the handshake failed"))?;
        Ok(socket)
    }

    /// A socket's life, from its greeting on.
    async fn live(&self, mut socket: Socket, backoff: &mut Backoff) -> End {
        let first = match self.greet(&mut socket).await {
            Ok(first) => first,
            Err(end) => return end,
        };
        info!(socket = self.seat.id.initial_index, "connected to Slack");
        let open = Open::one_more(self.state.clone());
        let mut under_way = UnderWay::new();
        if let Some(frame) = first
            && let Some(ack) = self.begin(&frame, &mut under_way).await
            && let Err(end) = write_acks(&mut socket, Some(ack), &mut under_way).await
        {
            return end;
        }
        let end = self.serve(&mut socket, &mut under_way, Some(backoff)).await;
        if let End::Refresh = end {
            // Its successor opens while this one brings what is still on its way.
            let old = self.clone();
            self.tasks.spawn(async move {
                let _open = open;
                let rest = old.serve(&mut socket, &mut under_way, None);
                let _ = timeout(Duration::from_secs(DRAIN_SECS_MAX), rest).await;
                old.finish(&mut socket, under_way).await;
            });
        } else if matches!(end, End::Lost(_)) {
            // What is under way is taken whole, though its acknowledgement finds nobody: it will come again, and be
            // known.
            self.tasks.spawn(async move { while under_way.next().await.is_some() {} });
        } else {
            self.finish(&mut socket, under_way).await;
        }
        end
    }

    /// Waits for `hello`, which says that the socket is in use; an envelope, which is given back, says so as well.
    async fn greet(&self, socket: &mut Socket) -> Result<Option<String>, End> {
        let hello = async {
            loop {
                match socket.next().await {
                    Some(Ok(Message::Text(frame))) => return Some(frame),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    _ => return None,
                }
            }
        };
        tokio::select! {
            frame = timeout(Duration::from_secs(STEP_SECS_MAX), hello) => match frame {
                Ok(Some(frame)) => match Frame::read(frame.as_str()) {
                    Frame::Hello => Ok(None),
                    Frame::Other => Ok(Some(frame.as_str().to_owned())),
                    Frame::Disconnect { link_disabled: true } => Err(End::LinkDisabled),
                    Frame::Disconnect { .. } => Err(End::Lost("it closed before its greeting")),
                },
                Ok(None) => Err(End::Lost("it closed before its greeting")),
                Err(_) => Err(End::Lost("it did not greet")),
            },
            () = self.closing.cancelled() => Err(End::Closing),
        }
    }

    /// Reads envelopes and writes acknowledgements, until something ends it. Without a `backoff` it is an old
    /// socket that is about to be closed.
    async fn serve(&self, socket: &mut Socket, under_way: &mut UnderWay, mut backoff: Option<&mut Backoff>) -> End {
        let mut ping = tokio::time::interval(self.seat.ping_every);
        ping.tick().await;
        let mut settled = pin!(tokio::time::sleep(Duration::from_secs(SETTLED_SECS)));
        let mut silent = 0;
        loop {
            tokio::select! {
                biased;
                () = self.closing.cancelled() => return End::Closing,
                Some(ack) = under_way.next(), if !under_way.is_empty() => {
                    if let Err(end) = write_acks(socket, ack, under_way).await { return end }
                }
                frame = socket.next(), if under_way.len() < UNDER_WAY_MAX => {
                    silent = 0;
                    match frame {
                        Some(Ok(Message::Text(frame))) => match Frame::read(frame.as_str()) {
                            Frame::Disconnect { link_disabled: true } => return End::LinkDisabled,
                            Frame::Disconnect { .. } if backoff.is_some() => return End::Refresh,
                            Frame::Disconnect { .. } | Frame::Hello => {}
                            Frame::Other => {
                                if let Some(ack) = self.begin(frame.as_str(), under_way).await
                                    && let Err(end) = write_acks(socket, Some(ack), under_way).await
                                {
                                    return end;
                                }
                            }
                        },
                        // Pongs to Slack's pings are written with the next read or write.
                        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_) | Message::Binary(_))) => {}
                        Some(Ok(Message::Close(_))) | None => return End::Lost("Slack closed it"),
                        Some(Err(_)) => return End::Lost("it broke"),
                    }
                }
                () = self.seat.restart.notified(), if backoff.is_some() => return End::Refresh,
                () = &mut settled, if backoff.as_ref().is_some_and(|backoff| !backoff.rested()) => {
                    if let Some(backoff) = backoff.as_deref_mut() { backoff.rest() }
                }
                _ = ping.tick() => {
                    silent += 1;
                    if silent > self.seat.missed_max { return End::Lost("it fell silent") }
                    if let Err(end) = write(socket, Message::Ping(Vec::new().into())).await { return end }
                }
            }
        }
    }

    /// Hands an envelope to the listener. It is polled once right here, so that envelopes take their places in the
    /// order in which they came; an acknowledgement that is ready then is returned.
    async fn begin(&self, frame: &str, under_way: &mut UnderWay) -> Option<String> {
        let (seat, frame) = (self.seat.clone(), frame.to_owned());
        let mut handling: BoxFuture<'static, Option<String>> =
            Box::pin(async move { seat.listener.on_message(&seat.id, frame).await });
        let first = std::future::poll_fn(|cx| Poll::Ready(handling.as_mut().poll(cx))).await;
        match first {
            Poll::Ready(ack) => ack,
            Poll::Pending => {
                under_way.push(handling);
                None
            }
        }
    }

    /// Ends a socket from our side: what is under way is finished and acknowledged first.
    async fn finish(&self, socket: &mut Socket, mut under_way: UnderWay) {
        let rest = async {
            while let Some(ack) = under_way.next().await {
                if write_acks(socket, ack, &mut under_way).await.is_err() {
                    break;
                }
            }
        };
        if timeout(Duration::from_secs(FINISH_SECS_MAX), rest).await.is_err() {
            warn!(socket = self.seat.id.initial_index, "closed a socket before everything on it was acknowledged");
        }
        let _ = timeout(Duration::from_secs(FINISH_SECS_MAX), socket.close(None)).await;
    }
}

/// What a frame is, as far as the socket cares.
enum Frame {
    Hello,
    Disconnect { link_disabled: bool },
    Other,
}

impl Frame {
    fn read(frame: &str) -> Self {
        #[derive(Deserialize)]
        struct Head<'f> {
            #[serde(borrow, rename = "type")]
            kind: Cow<'f, str>,
            #[serde(borrow, default)]
            reason: Option<Cow<'f, str>>,
        }
        match serde_json::from_str::<Head<'_>>(frame) {
            Ok(head) if head.kind == "hello" => Self::Hello,
            Ok(head) if head.kind == "disconnect" => {
                Self::Disconnect { link_disabled: head.reason.as_deref() == Some("link_disabled") }
            }
            _ => Self::Other,
        }
    }
}

/// Writes an acknowledgement and those that are ready too, in one go.
async fn write_acks(socket: &mut Socket, ack: Option<String>, under_way: &mut UnderWay) -> Result<(), End> {
    let batch = async {
        let mut next = Some(ack);
        while let Some(ack) = next {
            if let Some(ack) = ack {
                socket.feed(Message::Text(ack.into())).await?;
            }
            next = under_way.next().now_or_never().flatten();
        }
        socket.flush().await
    };
    match timeout(Duration::from_secs(WRITE_SECS_MAX), batch).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Lost("it broke")),
        Err(_) => Err(End::Lost("it takes nothing more")),
    }
}

async fn write(socket: &mut Socket, message: Message) -> Result<(), End> {
    match timeout(Duration::from_secs(WRITE_SECS_MAX), socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Lost("it broke")),
        Err(_) => Err(End::Lost("it takes nothing more")),
    }
}

pub(crate) fn refused(error: SlackClientError) -> OpenError {
    match error {
        SlackClientError::ApiError(error) => OpenError::Refused(error.code),
        SlackClientError::RateLimitError(_) => OpenError::Network("Slack asks to open sockets more slowly"),
        SlackClientError::HttpError(_) => OpenError::Network("apps.connections.open failed at the server"),
        _ => OpenError::Network("apps.connections.open had no answer"),
    }
}

/// How long to wait before the next attempt: from the least again after a socket that had settled, else twice as long
/// each time. Even a socket that Slack asked to replace waits the least: its predecessor still listens meanwhile.
#[derive(Debug, Default)]
struct Backoff {
    failures: u32,
}

impl Backoff {
    fn rested(&self) -> bool {
        self.failures == 0
    }
    fn rest(&mut self) {
        self.failures = 0;
    }
    fn next_secs(&self) -> u64 {
        BACKOFF_SECS_MIN.checked_shl(self.failures).unwrap_or(BACKOFF_SECS_MAX).clamp(1, BACKOFF_SECS_MAX)
    }
    fn wait(&mut self) -> Duration {
        let secs = self.next_secs();
        // Beyond six doublings the wait stays the same.
        self.failures = (self.failures + 1).min(6);
        Duration::from_secs(secs)
    }
}

/// Counts an open socket for as long as it is.
struct Open(Arc<watch::Sender<LinkState>>);

impl Open {
    fn one_more(state: Arc<watch::Sender<LinkState>>) -> Self {
        state.send_modify(|state| state.open += 1);
        Self(state)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.send_modify(|state| state.open = state.open.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_waits_twice_as_long_up_to_a_minute() {
        let mut backoff = Backoff::default();
        let waits: Vec<u64> = (0..9).map(|_| backoff.wait().as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert!(!backoff.rested());
        backoff.rest();
        assert_eq!(backoff.wait(), Duration::from_secs(1));
    }

    #[test]
    fn a_frame_is_known_by_its_type_alone() {
        let is_end = |frame: &str| matches!(Frame::read(frame), Frame::Disconnect { link_disabled: true });
        assert!(is_end(r#"{"type":"disconnect","reason":"link_disabled","debug_info":{}}"#));
        assert!(!is_end(r#"{"type":"disconnect","reason":"warning"}"#));
        assert!(!is_end(r#"{"type":"events_api","payload":{"type":"disconnect","reason":"link_disabled"}}"#));
        assert!(matches!(Frame::read(r#"{"type":"hello"}"#), Frame::Hello));
        assert!(matches!(Frame::read("not JSON"), Frame::Other));
    }
}
