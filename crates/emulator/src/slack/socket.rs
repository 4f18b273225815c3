//! Socket Mode: envelopes go to any one of the open sockets, and somebody waits for each acknowledgement.
//!
//! Commands and interactions must be acknowledged within three seconds, or the person is told that the app did not
//! respond: nobody sends them again. Events come again: at once, after one minute and after five (by the emulator's
//! clock), and when a socket opens after all were closed.

use super::heart::Heart;
use crate::{journal::Act, quiet::InFlight, record::Call};
use axum::extract::ws::{Message as Frame, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::{mpsc, oneshot};

/// How long Slack waits for an acknowledgement.
pub(super) const ACKNOWLEDGE_WITHIN: Duration = Duration::from_secs(3);
/// When an event comes again, after the first, second and third time without an acknowledgement.
const AGAIN_AFTER_MS: [i64; 3] = [0, 60_000, 300_000];
/// Sockets that one app may hold open.
const SOCKETS_MAX: usize = 10;
/// How often the server pings, in real time.
const PING_EVERY: Duration = Duration::from_secs(5);
/// How often a waiting redelivery looks at the emulator's clock when nobody says that it moved.
const LOOK_AGAIN: Duration = Duration::from_millis(200);

/// What became of an envelope.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Acknowledged, perhaps with an answer.
    Acknowledged(Option<Value>),
    /// Its socket closed first.
    SocketClosed,
    /// There was no socket.
    NoSocket,
    /// Three seconds passed.
    TooLate,
}

enum Out {
    Text(Utf8Bytes),
    Close,
}

struct Connection {
    number: u64,
    out: mpsc::UnboundedSender<Out>,
}

struct Pending {
    connection: u64,
    /// What it holds: `slash_commands`, `view_submission`, `events_api` and the like.
    kind: &'static str,
    answer: oneshot::Sender<Outcome>,
    _in_flight: InFlight,
}

/// What a test can do to the next events.
#[derive(Default)]
struct Disorder {
    twice: usize,
    asked_twice: usize,
    swap: usize,
    held: Option<Value>,
}

#[derive(Default)]
pub(super) struct Sockets {
    open: Mutex<Vec<Connection>>,
    tickets: Mutex<HashSet<String>>,
    turn: AtomicUsize,
    numbers: AtomicU64,
    envelopes: AtomicU64,
    pending: Mutex<HashMap<String, Pending>>,
    /// Events that wait for a socket, with how often they were tried.
    parked: Mutex<VecDeque<(Value, usize)>>,
    disorder: Mutex<Disorder>,
    /// Instants of the emulator's clock at which an event comes again.
    due: Mutex<Vec<i64>>,
    clock_moved: tokio::sync::Notify,
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Deserialize)]
struct Acknowledgement {
    envelope_id: String,
    payload: Option<Value>,
}

impl Sockets {
    pub(super) fn count(&self) -> usize {
        locked(&self.open).len()
    }
    pub(super) fn new_ticket(&self) -> String {
        let ticket = format!("{:08x}", self.numbers.fetch_add(1, Ordering::Relaxed));
        locked(&self.tickets).insert(ticket.clone());
        ticket
    }
    /// Takes a ticket: each opens one socket.
    pub(super) fn take_ticket(&self, ticket: &str) -> bool {
        locked(&self.tickets).remove(ticket)
    }
    pub(super) fn duplicate_next(&self, count: usize) {
        locked(&self.disorder).twice += count;
    }
    pub(super) fn ask_twice(&self, count: usize) {
        locked(&self.disorder).asked_twice += count;
    }
    pub(super) fn swap_next(&self) {
        locked(&self.disorder).swap += 1;
    }
    pub(super) fn clock_moved(&self) {
        self.clock_moved.notify_waiters();
    }
    pub(super) fn next_due(&self) -> Option<i64> {
        locked(&self.due).iter().min().copied()
    }
    pub(super) fn parked(&self) -> usize {
        locked(&self.parked).len()
    }
    /// Says `frame` on every socket, then closes them where `close`.
    pub(super) fn say_to_all(&self, frame: &Value, close: bool) {
        for connection in locked(&self.open).iter() {
            let _ = connection.out.send(Out::Text(frame.to_string().into()));
            if close {
                let _ = connection.out.send(Out::Close);
            }
        }
    }

    /// Puts an envelope on one of the sockets, in turn.
    fn put(
        &self,
        kind: &'static str,
        envelope_id: &str,
        text: String,
        in_flight: InFlight,
    ) -> Result<oneshot::Receiver<Outcome>, ()> {
        let open = locked(&self.open);
        if open.is_empty() {
            return Err(());
        }
        let (answer, answered) = oneshot::channel();
        let first = self.turn.fetch_add(1, Ordering::Relaxed);
        let connection = &open[first % open.len()];
        let pending = Pending { connection: connection.number, kind, answer, _in_flight: in_flight };
        locked(&self.pending).insert(envelope_id.to_owned(), pending);
        if connection.out.send(Out::Text(text.into())).is_err() {
            // The task of that socket is ending; its end settles what was put on it.
            settle(&self.pending, envelope_id, Outcome::SocketClosed);
        }
        Ok(answered)
    }

    fn next_envelope_id(&self) -> String {
        let number = self.envelopes.fetch_add(1, Ordering::Relaxed);
        format!("{number:08x}-0000-4000-8000-000000000000")
    }
}

fn settle(pending: &Mutex<HashMap<String, Pending>>, envelope_id: &str, outcome: Outcome) -> bool {
    let Some(entry) = locked(pending).remove(envelope_id) else { return false };
    let _ = entry.answer.send(outcome);
    true
}

impl Heart {
    /// Sends a command or an interaction, and waits for its acknowledgement. `rest` is the inside of the envelope after
    /// its id: `"type":…,"payload":…`; `kind` names what the payload is.
    pub(super) async fn ask(self: &Arc<Self>, kind: &'static str, rest: &str) -> Outcome {
        let envelope_id = self.sockets.next_envelope_id();
        let text = format!(r#"{{"envelope_id":"{envelope_id}",{rest}}}"#);
        let Ok(mut answered) = self.sockets.put(kind, &envelope_id, text, self.traffic.begin()) else {
            return Outcome::NoSocket;
        };
        self.ask_again(kind, rest);
        match tokio::time::timeout(ACKNOWLEDGE_WITHIN, &mut answered).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Outcome::SocketClosed,
            Err(_) => {
                settle(&self.sockets.pending, &envelope_id, Outcome::TooLate);
                Outcome::TooLate
            }
        }
    }

    /// The same once more in an envelope of its own, where that was ordered. Nobody waits for what comes of it.
    fn ask_again(self: &Arc<Self>, kind: &'static str, rest: &str) {
        {
            let mut disorder = locked(&self.sockets.disorder);
            if disorder.asked_twice == 0 {
                return;
            }
            disorder.asked_twice -= 1;
        }
        let envelope_id = self.sockets.next_envelope_id();
        let text = format!(r#"{{"envelope_id":"{envelope_id}",{rest}}}"#);
        // Without a socket there is nobody to ask again.
        let _unwaited = self.sockets.put(kind, &envelope_id, text, self.traffic.begin());
    }

    /// Sends an event; its redeliveries run on their own.
    pub(super) fn send_event(self: &Arc<Self>, payload: Value) {
        let mut disorder = locked(&self.sockets.disorder);
        if disorder.swap > 0 && disorder.held.is_none() {
            disorder.held = Some(payload);
            return;
        }
        let twice = disorder.twice > 0;
        disorder.twice -= usize::from(twice);
        let held = disorder.held.take();
        disorder.swap -= usize::from(held.is_some());
        drop(disorder);
        if twice {
            self.send_event_once(payload.clone(), 0);
        }
        self.send_event_once(payload, 0);
        if let Some(held) = held {
            self.send_event_once(held, 0);
        }
    }

    fn send_event_once(self: &Arc<Self>, payload: Value, attempt: usize) {
        let envelope_id = self.sockets.next_envelope_id();
        let reason = if attempt == 0 { "" } else { "timeout" };
        let text = json!({"envelope_id": envelope_id, "type": "events_api", "accepts_response_payload": false,
            "retry_attempt": attempt, "retry_reason": reason, "payload": payload})
        .to_string();
        let Ok(answered) = self.sockets.put("events_api", &envelope_id, text, self.traffic.begin()) else {
            locked(&self.sockets.parked).push_back((payload, attempt));
            if self.sockets.count() > 0 {
                // One opened in between.
                self.send_parked();
            }
            return;
        };
        let heart = self.clone();
        self.runtime.spawn(async move { heart.see_event_through(payload, attempt, &envelope_id, answered).await });
    }

    /// Sends what waited for a socket, in its order.
    fn send_parked(self: &Arc<Self>) {
        let parked: Vec<_> = locked(&self.sockets.parked).drain(..).collect();
        for (payload, attempt) in parked {
            self.send_event_once(payload, attempt + 1);
        }
    }

    async fn see_event_through(
        self: Arc<Self>,
        payload: Value,
        attempt: usize,
        envelope_id: &str,
        answered: oneshot::Receiver<Outcome>,
    ) {
        let outcome = tokio::select! {
            () = self.closing.cancelled() => return,
            outcome = tokio::time::timeout(ACKNOWLEDGE_WITHIN, answered) => outcome,
        };
        // Held until the next attempt is on its way or its wait is known, so that it never looks quiet in between.
        let _in_flight = self.traffic.begin();
        match outcome {
            Ok(Ok(Outcome::Acknowledged(_))) => return,
            Ok(_) => {}
            Err(_) => {
                settle(&self.sockets.pending, envelope_id, Outcome::TooLate);
                self.rule_broken(|| format!("event {} was not acknowledged in 3 s", payload["event"]["type"]));
            }
        }
        let Some(wait_ms) = AGAIN_AFTER_MS.get(attempt) else {
            self.rule_broken(|| format!("event {} was never acknowledged: Slack gave it up", payload["event"]["type"]));
            return;
        };
        if *wait_ms == 0 {
            self.send_event_once(payload, attempt + 1);
            return;
        }
        let at = self.now() + wait_ms;
        locked(&self.sockets.due).push(at);
        drop(_in_flight);
        self.wait_until(at).await;
        let _in_flight = self.traffic.begin();
        let mut due = locked(&self.sockets.due);
        if let Some(found) = due.iter().position(|d| *d == at) {
            due.swap_remove(found);
        }
        drop(due);
        self.send_event_once(payload, attempt + 1);
    }

    /// Waits for the emulator's clock.
    async fn wait_until(&self, at: i64) {
        loop {
            let moved = self.sockets.clock_moved.notified();
            if self.now() >= at {
                return;
            }
            tokio::select! {
                () = self.closing.cancelled() => std::future::pending().await,
                () = moved => {}
                () = tokio::time::sleep(LOOK_AGAIN) => {}
            }
        }
    }

    /// Notes something that no correct bot does, unless trouble was ordered.
    pub(super) fn rule_broken(&self, what: impl FnOnce() -> String) {
        if !self.faults.tolerant() {
            self.recorder.violation(what());
            self.traffic.changed();
        }
    }

    /// What a person is told when nothing came in time.
    pub(super) fn no_answer(&self, place: &str, who: &str, what: &str) {
        self.journal.write("", "Slack", Act::NoAnswer, Some(who), || format!("{what} did not respond"));
        self.rule_broken(|| format!("{who} in {place}: {what} got no acknowledgement in 3 s"));
    }

    /// Serves one socket until either side closes it.
    pub(super) async fn serve_socket(self: Arc<Self>, socket: WebSocket) {
        let (out, mut outgoing) = mpsc::unbounded_channel();
        // Read before the list of sockets is locked: events leave with the state locked, and take the list second.
        let app_id = self.look(|s| s.app_id.clone());
        let number = self.sockets.numbers.fetch_add(1, Ordering::Relaxed);
        let connections = {
            let mut open = locked(&self.sockets.open);
            if open.len() >= SOCKETS_MAX {
                drop(open);
                self.rule_broken(|| format!("more than {SOCKETS_MAX} sockets"));
                return;
            }
            let hello = json!({"type": "hello", "num_connections": open.len() + 1,
                "debug_info": {"host": "applink-emulator", "build_number": 1, "approximate_connection_time": 18_060},
                "connection_info": {"app_id": app_id}});
            let _ = out.send(Out::Text(hello.to_string().into()));
            open.push(Connection { number, out });
            open.len()
        };
        tracing::debug!(connections, "socket opened");
        self.send_parked();
        self.traffic.changed();
        let (mut sink, mut stream) = socket.split();
        let writing = async {
            let mut ping = tokio::time::interval(PING_EVERY);
            ping.reset();
            loop {
                tokio::select! {
                    next = outgoing.recv() => match next {
                        Some(Out::Text(text)) => {
                            if sink.feed(Frame::Text(text)).await.is_err() {
                                return;
                            }
                            // One flush for all that is waiting.
                            if outgoing.is_empty() && sink.flush().await.is_err() {
                                return;
                            }
                        }
                        Some(Out::Close) | None => {
                            let _ = sink.send(Frame::Close(None)).await;
                            return;
                        }
                    },
                    _ = ping.tick() => {
                        if sink.send(Frame::Ping("Ping from applink-emulator".into())).await.is_err() {
                            return;
                        }
                    }
                }
            }
        };
        let reading = async {
            while let Some(Ok(frame)) = stream.next().await {
                match frame {
                    Frame::Text(text) => self.acknowledged(&text),
                    Frame::Close(_) => return,
                    _ => {}
                }
            }
        };
        tokio::select! {
            () = writing => {}
            () = reading => {}
            () = self.closing.cancelled() => {}
        }
        self.forget_socket(number);
    }

    fn forget_socket(&self, number: u64) {
        locked(&self.sockets.open).retain(|c| c.number != number);
        let mut pending = locked(&self.sockets.pending);
        let lost: Vec<String> =
            pending.iter().filter(|(_, p)| p.connection == number).map(|(id, _)| id.clone()).collect();
        let lost: Vec<Pending> = lost.iter().filter_map(|id| pending.remove(id)).collect();
        drop(pending);
        for entry in lost {
            let _ = entry.answer.send(Outcome::SocketClosed);
        }
        self.traffic.changed();
    }

    /// Keeps an acknowledgement word for word, as a call that names what it answers.
    fn record_acknowledgement(&self, envelope_id: &str, text: &str) {
        if !self.recorder.keeps_calls() {
            return;
        }
        let kind = locked(&self.sockets.pending).get(envelope_id).map_or("nothing", |pending| pending.kind);
        self.recorder.call(Call {
            at: self.now(),
            operation: format!("acknowledge {kind}"),
            path: "/link".to_owned(),
            credential: "none".to_owned(),
            content_type: "application/json".to_owned(),
            query: Map::new(),
            arguments: serde_json::from_str(text).unwrap_or_default(),
            status: 200,
            error: None,
        });
    }

    fn acknowledged(&self, text: &str) {
        match serde_json::from_str::<Acknowledgement>(text) {
            Ok(ack) => {
                self.record_acknowledgement(&ack.envelope_id, text);
                let known = settle(&self.sockets.pending, &ack.envelope_id, Outcome::Acknowledged(ack.payload));
                if !known {
                    self.rule_broken(|| format!("acknowledged {} twice, or too late", ack.envelope_id));
                }
            }
            Err(_) => self.rule_broken(|| "sent something on the socket that is no acknowledgement".to_owned()),
        }
    }
}
