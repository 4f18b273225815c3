//! Bad days: sockets that drop, events that come twice or out of order, tokens that die.

use super::{Slack, ids::ts_text};
use crate::journal::Act;
use serde_json::json;

impl Slack {
    /// Cuts every connection, sockets too, without a word.
    pub fn drop_sockets(&self) {
        self.heart.door.cut_all();
    }
    /// Slack wants sockets to be opened anew: says so ahead (`warning`).
    pub fn warns_sockets(&self) {
        self.say_disconnect("warning", false);
    }
    /// Slack wants sockets to be opened anew: says so and closes them.
    pub fn refreshes_sockets(&self) {
        self.say_disconnect("refresh_requested", true);
    }
    /// Somebody turned Socket Mode off: says so, closes the sockets, and opens no more.
    pub fn disables_sockets(&self) {
        self.heart.with(|state, _| state.app_token_revoked = true);
        self.say_disconnect("link_disabled", true);
    }
    fn say_disconnect(&self, reason: &str, close: bool) {
        let frame = json!({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-emulator"}});
        self.heart.sockets.say_to_all(&frame, close);
    }
    /// While on, every connection is cut before a byte is read; those that are open are cut at once.
    pub fn refuses_connections(&self, on: bool) {
        self.heart.door.shut(on);
    }
    /// The next `count` events are each sent twice (same `event_id`, new envelope).
    pub fn repeats_events(&self, count: usize) {
        self.heart.sockets.duplicate_next(count);
    }
    /// The next `count` commands, clicks and forms are each sent twice (same payload, new envelope).
    pub fn repeats_interactions(&self, count: usize) {
        self.heart.sockets.ask_twice(count);
    }
    /// The next event is held back until the one after it was sent.
    pub fn swaps_events(&self) {
        self.heart.sockets.swap_next();
    }
    /// The bot's token dies, or lives again; nobody is told.
    pub fn revokes_token(&self, revoked: bool) {
        self.heart.with(|state, _| state.bot_token_revoked = revoked);
    }
    /// The app-level token (Socket Mode) dies, or lives again.
    pub fn revokes_app_token(&self, revoked: bool) {
        self.heart.with(|state, _| state.app_token_revoked = revoked);
    }
    /// An administrator removes the app: the bot is told twice over, and its token dies.
    pub fn uninstalls(&self) {
        self.heart.journal.write("", "an administrator", Act::Changed, None, || "removed the app".to_owned());
        self.heart.with(|state, events| {
            state.installed = false;
            let bot = state.bot_user.clone();
            let now_ms = self.heart.now();
            let (first, second) = (state.next_ts(now_ms), state.next_ts(now_ms));
            events.push(json!({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot]},
                "event_ts": ts_text(first)}));
            events.push(json!({"type": "app_uninstalled", "event_ts": ts_text(second)}));
        });
    }
    /// An administrator installs the app again, with the same tokens.
    pub fn installs(&self) {
        self.heart.journal.write("", "an administrator", Act::Changed, None, || "installed the app".to_owned());
        self.heart.with(|state, _| state.installed = true);
    }
    /// Takes a scope from the bot, or gives it.
    pub fn grants(&self, scope: &str, granted: bool) {
        self.heart.with(|state, _| {
            if granted {
                state.scopes.insert(scope.to_owned());
            } else {
                state.scopes.remove(scope);
            }
        });
    }
    /// Slack's rate limits, on the emulator's clock.
    pub fn limits_rates(&self, on: bool) {
        self.heart.with(|state, _| {
            state.rate_limits = on;
            state.rate_log.clear();
        });
    }
}
