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

/// One workspace on Slack.
pub struct Slack {
    web: Arc<Web>,
    road: Road,
    names: Arc<KnownNames>,
    me: Me,
}

impl std::fmt::Debug for Slack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Slack").field("workspace", &self.me.workspace).finish_non_exhaustive()
    }
}

impl Slack {
    pub(crate) fn new(web: Arc<Web>, road: Road, names: Arc<KnownNames>, me: Me) -> Self {
        Self { web, road, names, me }
    }
}

#[async_trait]
impl Platform for Slack {
    fn name(&self) -> &'static str {
        "slack"
    }

    fn waiting(&self) -> usize {
        self.web.waiting()
    }

    async fn deliver(&self, outgoing: &Outgoing) -> Delivery {
        if outgoing.workspace != self.me.workspace {
            return Delivery::Refused(Refusal::Other("another_workspace".to_owned()));
        }
        self.road.deliver(outgoing).await
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
        directory::ask(&self.web, &self.me, &self.names, errand).await
    }
}
