//! Slack, as the courier sees it.

use crate::{
    deliver::Road,
    directory::{self, KnownNames},
    inbound::Me,
    web::Web,
};
use async_trait::async_trait;
use jeda_core::{
    effect::Outgoing,
    event::{Errand, Refusal, Seen},
    id::WorkspaceId,
};
use jeda_engine::{Delivery, Found, Platform};
use std::sync::Arc;
use tokio::sync::watch;

/// One workspace on Slack.
pub struct Slack {
    web: Arc<Web>,
    road: Road,
    names: Arc<KnownNames>,
    me: Me,
    /// Slack's word for why the token doesn't work, while it doesn't.
    lock: watch::Sender<Option<String>>,
}

impl std::fmt::Debug for Slack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Slack").field("workspace", &self.me.workspace).finish_non_exhaustive()
    }
}

impl Slack {
    pub(crate) fn new(web: Arc<Web>, road: Road, names: Arc<KnownNames>, me: Me) -> Self {
        Self { web, road, names, me, lock: watch::Sender::new(None) }
    }

    /// Waits until the token has stopped working; Slack's word for why.
    pub(crate) async fn locked(&self) -> String {
        let mut lock = self.lock.subscribe();
        // The sender lives as long as `self`.
        match lock.wait_for(Option::is_some).await {
            Ok(reason) => reason.clone().unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// The token works again.
    pub(crate) fn unlocked(&self) {
        self.lock.send_replace(None);
    }

    /// What a call brought, noticed in passing: a token that doesn't work is looked after.
    fn notice(&self, delivery: Delivery) -> Delivery {
        if let Delivery::Locked { why } = &delivery {
            self.lock.send_if_modified(|lock| {
                let new = lock.is_none();
                lock.get_or_insert_with(|| why.clone());
                new
            });
        }
        delivery
    }
}

#[async_trait]
impl Platform for Slack {
    fn name(&self) -> &'static str {
        "slack"
    }

    async fn deliver(&self, outgoing: &Outgoing) -> Delivery {
        if outgoing.workspace != self.me.workspace {
            return Delivery::Refused(Refusal::Other("another_workspace".to_owned()));
        }
        self.notice(self.road.deliver(outgoing).await)
    }

    async fn find(&self, outgoing: &Outgoing) -> Found {
        if outgoing.workspace != self.me.workspace {
            return Found::Unknown { why: "another_workspace".to_owned() };
        }
        self.road.find(outgoing).await
    }

    async fn ask(&self, workspace: &WorkspaceId, errand: &Errand) -> Result<Seen, Delivery> {
        if *workspace != self.me.workspace {
            return Err(Delivery::Refused(Refusal::Other("another_workspace".to_owned())));
        }
        directory::ask(&self.web, &self.me, &self.names, errand).await.map_err(|delivery| self.notice(delivery))
    }
}
