//! Direct messages that were written while the bot had no connection.
//!
//! serenity resumes a session inside one run; across runs it can't. So after each new session the direct-message
//! channels that are known (the newest thousand) are read from the last message heard on. Reading a message twice
//! is harmless: its id names it in the inbox.

use crate::{inbound::PLATFORM, listen::Listener, places::millis, rest::Call};
use serenity::{http::Route, model::channel::Message as Written};

/// Messages in one page (Discord's largest), and pages of one channel.
const PAGE: usize = 100;
const PAGES_MAX: usize = 5;
/// How much further back reading begins than the last message heard: one that came a moment earlier may have been
/// under way when the connection broke.
const MARGIN_MS: u64 = 120_000;

impl Listener {
    /// Looks for what was missed. Nothing to do on the first run ever.
    pub(crate) async fn catch_up(&self) {
        let Some(heard) = self.discord.places.heard().await else { return };
        let since = millis(heard).saturating_sub(MARGIN_MS) << 22;
        for channel in self.discord.places.direct_channels().await {
            if self.shutdown.is_cancelled() {
                return;
            }
            self.read_since(channel, since).await;
        }
    }

    async fn read_since(&self, channel: u64, since: u64) {
        let mut after = since;
        for _ in 0..PAGES_MAX {
            let route = Route::ChannelMessages { channel_id: channel.into() };
            let call = Call::get(route).param("limit", PAGE).param("after", after);
            let page = match self.discord.rest.call(call).await {
                Ok(page) => page,
                Err(trouble) => {
                    tracing::warn!(platform = PLATFORM, %trouble, "a direct-message channel could not be read");
                    return;
                }
            };
            let mut messages: Vec<Written> = page
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|it| serde_json::from_value(it.clone()).ok())
                .collect();
            messages.sort_by_key(|message| message.id);
            for message in &messages {
                let (me, message) = (self.clone(), message.clone());
                // In the lane of the conversation, so that what comes by the gateway meanwhile doesn't overtake.
                self.lanes.put(format!("dm/{channel}"), async move { me.written(&message).await });
            }
            match messages.last() {
                Some(last) if messages.len() >= PAGE => after = last.id.get(),
                _ => return,
            }
        }
    }
}
