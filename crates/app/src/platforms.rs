//! Connecting the platforms, each on its own: one that can't be reached or whose token died never stops the other.

use crate::bot::{Link, Links};
use jeda_config::{Config, Tokens};
use jeda_discord::DiscordConfig;
use jeda_engine::{Joiner, Keep, SharedClock, SharedIntake};
use jeda_slack::SlackConfig;
use std::{future::Future, pin::Pin, sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    task::{JoinError, JoinHandle},
};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

/// The first wait after a platform could not be connected, doubled each time.
const WAIT_MIN: Duration = Duration::from_secs(5);
/// The longest wait: a mended token is in use within this time without a restart.
const WAIT_MAX: Duration = Duration::from_secs(15 * 60);

/// What every adapter is given.
#[derive(Clone)]
pub struct Hall {
    /// The door for events.
    pub intake: SharedIntake,
    /// The small memory.
    pub keep: Arc<dyn Keep>,
    /// The clock.
    pub clock: SharedClock,
    /// Cancelled when no more events are to be taken.
    pub stop: CancellationToken,
    /// Where each platform tells how it stands.
    pub links: Arc<watch::Sender<Links>>,
    /// The way to the courier.
    pub joiner: Joiner,
}

/// What came of one attempt: the connection's whole life, until it ended.
type Attempt = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// Begins to connect every platform that has its tokens.
pub fn connect_all(config: &Config, tokens: Tokens, hall: &Hall) -> Vec<JoinHandle<()>> {
    let mut connectors = Vec::new();
    if let Some((app_token, bot_token)) = tokens.slack() {
        let slack = SlackConfig {
            app_token,
            bot_token,
            api_url: config.slack.api_url.clone(),
            sockets: u32::from(config.slack.sockets),
        };
        let hall = hall.clone();
        connectors.push(keep_up("slack", hall.clone(), move || Box::pin(slack_once(slack.clone(), hall.clone()))));
    }
    if let Some(token) = tokens.discord {
        let discord = DiscordConfig {
            token,
            api_url: config.discord.api_url.clone(),
            message_content: config.discord.message_content,
        };
        let hall = hall.clone();
        connectors
            .push(keep_up("discord", hall.clone(), move || Box::pin(discord_once(discord.clone(), hall.clone()))));
    }
    connectors
}

/// Connects again and again until the bot stops.
fn keep_up(name: &'static str, hall: Hall, attempt: impl Fn() -> Attempt + Send + 'static) -> JoinHandle<()> {
    hall.tell(name, Link::Connecting);
    tokio::spawn(async move {
        let mut wait = WAIT_MIN;
        while !hall.stop.is_cancelled() {
            match attempt().await {
                Ok(()) => return,
                Err(_) if hall.stop.is_cancelled() => return,
                Err(why) => {
                    error!(platform = name, wait_secs = wait.as_secs(), "{why}");
                    hall.tell(name, Link::Down(why));
                }
            }
            // By the engine's clock, so that a virtual day has its outages too.
            tokio::select! {
                () = hall.stop.cancelled() => return,
                () = hall.clock.sleep_until(hall.clock.now() + wait) => {}
            }
            wait = (wait * 2).min(WAIT_MAX);
        }
    })
}

async fn slack_once(config: SlackConfig, hall: Hall) -> Result<(), String> {
    let Hall { intake, keep, clock, stop, .. } = hall.clone();
    let connected = jeda_slack::connect(config, intake, keep, clock, stop).await.map_err(|error| error.to_string())?;
    info!(platform = "slack", workspace = %connected.workspace, name = connected.name, "connected");
    hall.joiner.join(connected.platform);
    let up = |state: &jeda_slack::LinkState| state.open > 0;
    let ended = hall.watch("slack", connected.link, up, connected.run).await;
    ended.map_err(|error| format!("the Slack adapter broke: {error}"))?.map_err(|stopped| stopped.to_string())
}

async fn discord_once(config: DiscordConfig, hall: Hall) -> Result<(), String> {
    let Hall { intake, keep, clock, stop, .. } = hall.clone();
    let connected =
        jeda_discord::connect(config, intake, keep, clock, stop).await.map_err(|error| error.to_string())?;
    info!(platform = "discord", name = connected.name, "connected");
    hall.joiner.join(connected.platform);
    let up = |state: &jeda_discord::LinkState| matches!(state, jeda_discord::LinkState::Up { .. });
    let ended = hall.watch("discord", connected.link, up, connected.run).await;
    ended.map_err(|error| format!("the Discord adapter broke: {error}"))?.map_err(|stopped| stopped.to_string())
}

impl Hall {
    /// Tells how a connection stands until its run ends; gives back how it ended.
    async fn watch<State, End>(
        &self,
        name: &'static str,
        mut state: watch::Receiver<State>,
        is_up: impl Fn(&State) -> bool,
        mut run: JoinHandle<End>,
    ) -> Result<End, JoinError> {
        loop {
            let up = is_up(&state.borrow_and_update());
            self.tell(name, if up { Link::Up } else { Link::Connecting });
            tokio::select! {
                ended = &mut run => return ended,
                Ok(()) = state.changed() => {}
            }
        }
    }

    fn tell(&self, name: &'static str, link: Link) {
        self.links.send_modify(|links| {
            links.insert(name, link);
        });
    }
}
