//! The other side of the adapter: an intake that records and answers as told, and a keep in memory.

use super::slack::{Line, Slack};
use async_trait::async_trait;
use jeda_core::{
    command::Invocation,
    event::{Event, Inbound, Origin},
    id::WorkspaceId,
    message::Reply,
};
use jeda_engine::{Intake, IntakeError, Keep, VirtualClock};
use jeda_slack::{Connected, SlackConfig, connect};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

/// What the intake does with an event of this key.
#[derive(Clone)]
pub(crate) enum Do {
    Reply(Reply),
    Fail,
    /// Waits until told to go on.
    Wait(Arc<Notify>),
}

#[derive(Default)]
pub(crate) struct Desk {
    plan: Mutex<HashMap<String, Do>>,
    taken: Mutex<Option<mpsc::UnboundedSender<Inbound>>>,
}

impl Desk {
    pub(crate) fn plan(&self, key: &str, what: Do) {
        self.plan.lock().unwrap().insert(key.to_owned(), what);
    }
}

#[async_trait]
impl Intake for Desk {
    async fn take(&self, inbound: Inbound) -> Result<Option<Reply>, IntakeError> {
        // Gives others the chance to overtake, were it not for the lanes.
        for _ in 0..inbound.key.as_str().len() % 5 {
            tokio::task::yield_now().await;
        }
        let what = self.plan.lock().unwrap().get(inbound.key.as_str()).cloned();
        let reply = match what {
            Some(Do::Reply(reply)) => Some(reply),
            Some(Do::Fail) => return Err(IntakeError::Store("disk full".into())),
            Some(Do::Wait(gate)) => {
                gate.notified().await;
                None
            }
            None => None,
        };
        if let Some(taken) = &*self.taken.lock().unwrap() {
            let _ = taken.send(inbound);
        }
        Ok(reply)
    }
    async fn suggest(&self, _: &WorkspaceId, _: &Invocation, _: &str, _: &str, _: &Origin) -> Vec<(String, String)> {
        Vec::new()
    }
}

#[derive(Default)]
pub(crate) struct Drawer(pub(crate) Mutex<HashMap<String, String>>);

#[async_trait]
impl Keep for Drawer {
    async fn kept(&self, key: &str) -> Option<String> {
        self.0.lock().unwrap().get(key).cloned()
    }
    async fn keep(&self, key: &str, value: &str) {
        self.0.lock().unwrap().insert(key.to_owned(), value.to_owned());
    }
}

/// A bot that is connected to a Slack.
pub(crate) struct Bot {
    pub(crate) slack: Slack,
    pub(crate) desk: Arc<Desk>,
    pub(crate) drawer: Arc<Drawer>,
    pub(crate) clock: Arc<VirtualClock>,
    pub(crate) connected: Connected,
    pub(crate) shutdown: CancellationToken,
    taken: mpsc::UnboundedReceiver<Inbound>,
}

pub(crate) fn config(slack: &Slack, sockets: u32) -> SlackConfig {
    SlackConfig {
        app_token: "xapp-test".to_owned().into(),
        bot_token: "xoxb-test".to_owned().into(),
        api_url: slack.url(),
        sockets,
    }
}

impl Bot {
    pub(crate) async fn start(sockets: u32) -> Self {
        Self::at(Slack::start().await, sockets).await
    }

    pub(crate) async fn at(slack: Slack, sockets: u32) -> Self {
        let (send, taken) = mpsc::unbounded_channel();
        let desk = Arc::new(Desk { taken: Mutex::new(Some(send)), ..Desk::default() });
        let drawer = Arc::new(Drawer::default());
        let clock = Arc::new(VirtualClock::new("2026-11-24T07:00:00Z".parse().unwrap()));
        let shutdown = CancellationToken::new();
        let connected = connect(config(&slack, sockets), desk.clone(), drawer.clone(), clock.clone(), shutdown.clone())
            .await
            .unwrap();
        Self { slack, desk, drawer, clock, connected, shutdown, taken }
    }

    /// The next event that was taken.
    pub(crate) async fn takes(&mut self) -> Inbound {
        self.taken.recv().await.unwrap()
    }

    /// The next event that somebody caused; what the bot tells of itself is passed over.
    pub(crate) async fn takes_from_people(&mut self) -> Inbound {
        loop {
            let inbound = self.takes().await;
            if !matches!(inbound.event, Event::Seen(_)) {
                return inbound;
            }
        }
    }

    /// Shuts down; every line has to be closed by the bot.
    pub(crate) async fn leaves(self, mut lines: Vec<Line>) {
        self.shutdown.cancel();
        for line in &mut lines {
            while line.ack().await.is_some() {}
        }
        self.connected.run.await.unwrap().unwrap();
    }
}
