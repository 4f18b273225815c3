//! Where people can be reached, and which server a direct message belongs to.
//!
//! Discord's direct messages belong to no server, but core's workspaces are servers. The rule for somebody who
//! shares two servers with the bot:
//! 1. A button or form says which server spoke (its `custom_id` carries it), and so does a message that answers
//!    one of ours by "reply".
//! 2. Anything else belongs to the server that spoke to them last.
//! 3. Where none has spoken yet, to the one server that they are in; the smallest id where there are several. Where that
//!    can't be asked, to the bot's only server.
//!
//! A server that was named from outside counts only when it has spoken to that person before.

use jeda_engine::Keep;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Direct-message channels whose messages are looked for after a time without connection.
const CATCH_UP_CHANNELS_MAX: usize = 1_000;
/// Servers remembered for one person.
const SPEAKERS_MAX: usize = 25;
/// Milliseconds by which the newest message heard must move on before that is kept again.
const HEARD_STEP_MS: u64 = 60_000;

/// What is known of one person's direct messages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// The channel; none while only the other way round is known.
    channel: Option<u64>,
    /// Servers that spoke to them, the last one first.
    speakers: Vec<u64>,
}

/// The address book.
pub(crate) struct Places {
    keep: Arc<dyn Keep>,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    lines: HashMap<u64, Line>,
    people: HashMap<u64, u64>,
    guilds: Option<BTreeSet<u64>>,
    direct: Option<Vec<u64>>,
    heard: Option<u64>,
    heard_kept: u64,
}

impl std::fmt::Debug for Places {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Places").finish_non_exhaustive()
    }
}

impl Places {
    pub(crate) fn new(keep: Arc<dyn Keep>) -> Self {
        Self { keep, book: Mutex::default() }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        // Only plain values: whole even where a test panicked beside them.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn line(&self, user: u64) -> Line {
        if let Some(line) = self.book().lines.get(&user) {
            return line.clone();
        }
        let kept = self.keep.kept(&line_key(user)).await;
        let line: Line = kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        self.book().lines.entry(user).or_insert(line).clone()
    }

    async fn put_line(&self, user: u64, line: Line) {
        self.book().lines.insert(user, line.clone());
        if let Ok(text) = serde_json::to_string(&line) {
            self.keep.keep(&line_key(user), &text).await;
        }
    }

    /// The direct-message channel of somebody, if it was opened.
    pub(crate) async fn channel_of(&self, user: u64) -> Option<u64> {
        self.line(user).await.channel
    }

    /// Whose direct-message channel this is.
    pub(crate) async fn person_in(&self, channel: u64) -> Option<u64> {
        if let Some(user) = self.book().people.get(&channel) {
            return Some(*user);
        }
        let user = self.keep.kept(&person_key(channel)).await.and_then(|text| text.parse().ok())?;
        self.book().people.insert(channel, user);
        Some(user)
    }

    /// A direct-message channel is there.
    pub(crate) async fn opened(&self, user: u64, channel: u64) {
        let line = self.line(user).await;
        if line.channel != Some(channel) {
            self.put_line(user, Line { channel: Some(channel), ..line }).await;
        }
        if self.person_in(channel).await != Some(user) {
            self.book().people.insert(channel, user);
            self.keep.keep(&person_key(channel), &user.to_string()).await;
        }
        self.remember_direct(channel).await;
    }

    /// A direct-message channel is gone.
    pub(crate) async fn closed(&self, user: u64) {
        let line = self.line(user).await;
        self.put_line(user, Line { channel: None, ..line }).await;
    }

    /// A server spoke to somebody.
    pub(crate) async fn spoke(&self, guild: u64, user: u64) {
        let mut line = self.line(user).await;
        if line.speakers.first() != Some(&guild) {
            line.speakers.retain(|it| *it != guild);
            line.speakers.insert(0, guild);
            line.speakers.truncate(SPEAKERS_MAX);
            self.put_line(user, line).await;
        }
    }

    /// The server that a direct message belongs to, by rules 1 and 2.
    pub(crate) async fn home_of(&self, user: u64, hint: Option<u64>) -> Option<u64> {
        let line = self.line(user).await;
        hint.filter(|hint| line.speakers.contains(hint)).or(line.speakers.first().copied())
    }

    /// Servers that the bot is in, as far as is known, also from earlier runs.
    pub(crate) async fn guilds(&self) -> BTreeSet<u64> {
        if let Some(guilds) = &self.book().guilds {
            return guilds.clone();
        }
        let kept = self.keep.kept("discord/guilds").await;
        let guilds: BTreeSet<u64> = kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        self.book().guilds.get_or_insert(guilds).clone()
    }

    /// The bot is in a server, or no longer.
    pub(crate) async fn in_guild(&self, guild: u64, there: bool) {
        let mut guilds = self.guilds().await;
        let changed = if there { guilds.insert(guild) } else { guilds.remove(&guild) };
        if changed {
            self.book().guilds = Some(guilds.clone());
            if let Ok(text) = serde_json::to_string(&guilds) {
                self.keep.keep("discord/guilds", &text).await;
            }
        }
    }

    /// Direct-message channels to look into after a time without connection, the newest first.
    pub(crate) async fn direct_channels(&self) -> Vec<u64> {
        if let Some(direct) = &self.book().direct {
            return direct.clone();
        }
        let kept = self.keep.kept("discord/direct").await;
        let direct: Vec<u64> = kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        self.book().direct.get_or_insert(direct).clone()
    }

    /// The list is written only when a channel comes that isn't in it: in a team at rest, never.
    async fn remember_direct(&self, channel: u64) {
        let mut direct = self.direct_channels().await;
        if direct.contains(&channel) {
            return;
        }
        direct.insert(0, channel);
        direct.truncate(CATCH_UP_CHANNELS_MAX);
        self.book().direct = Some(direct.clone());
        if let Ok(text) = serde_json::to_string(&direct) {
            self.keep.keep("discord/direct", &text).await;
        }
    }

    /// The newest direct message that was taken, also in an earlier run.
    pub(crate) async fn heard(&self) -> Option<u64> {
        if let Some(heard) = self.book().heard {
            return Some(heard);
        }
        let kept: u64 = self.keep.kept("discord/heard").await.and_then(|text| text.parse().ok())?;
        let mut book = self.book();
        book.heard = book.heard.max(Some(kept));
        book.heard_kept = book.heard_kept.max(kept);
        book.heard
    }

    /// A direct message was taken. Kept at most once a minute: too old a mark only costs some reading.
    pub(crate) async fn hear(&self, message: u64) {
        let due = {
            let mut book = self.book();
            book.heard = book.heard.max(Some(message));
            (millis(message).saturating_sub(millis(book.heard_kept)) >= HEARD_STEP_MS).then_some(message)
        };
        if let Some(message) = due {
            self.book().heard_kept = message;
            self.keep.keep("discord/heard", &message.to_string()).await;
        }
    }

    /// Keeps what is not kept yet, before the end.
    pub(crate) async fn settle(&self) {
        let (heard, kept) = {
            let book = self.book();
            (book.heard, book.heard_kept)
        };
        if let Some(heard) = heard.filter(|heard| *heard != kept) {
            self.keep.keep("discord/heard", &heard.to_string()).await;
        }
    }

    /// A small note under a name of ours.
    pub(crate) async fn note(&self, name: &str) -> Option<String> {
        self.keep.kept(&format!("discord/{name}")).await.filter(|text| !text.is_empty())
    }

    /// Keeps one; empty text takes it away.
    pub(crate) async fn put_note(&self, name: &str, text: &str) {
        self.keep.keep(&format!("discord/{name}"), text).await;
    }
}

/// Milliseconds since Discord's own epoch, which a message's id begins with.
pub(crate) fn millis(snowflake: u64) -> u64 {
    snowflake >> 22
}

fn line_key(user: u64) -> String {
    format!("discord/dm/{user}")
}

fn person_key(channel: u64) -> String {
    format!("discord/dm-channel/{channel}")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// A drawer in memory.
    #[derive(Default)]
    pub(crate) struct Drawer(Mutex<BTreeMap<String, String>>);

    #[async_trait::async_trait]
    impl Keep for Drawer {
        async fn kept(&self, key: &str) -> Option<String> {
            self.0.lock().unwrap().get(key).cloned()
        }
        async fn keep(&self, key: &str, value: &str) {
            self.0.lock().unwrap().insert(key.to_owned(), value.to_owned());
        }
    }

    #[tokio::test]
    async fn a_person_in_two_servers_talks_to_the_one_that_spoke() {
        let drawer = Arc::new(Drawer::default());
        let places = Places::new(drawer.clone());
        assert_eq!(places.home_of(7, Some(200)).await, None, "a server that never spoke can't be named");
        places.spoke(200, 7).await;
        places.spoke(201, 7).await;
        assert_eq!(places.home_of(7, None).await, Some(201), "the last one");
        assert_eq!(places.home_of(7, Some(200)).await, Some(200), "the one whose button it is");
        assert_eq!(places.home_of(7, Some(999)).await, Some(201), "not one that somebody made up");
        let after_restart = Places::new(drawer);
        assert_eq!(after_restart.home_of(7, None).await, Some(201));
    }

    #[tokio::test]
    async fn a_channel_is_known_again_after_a_restart() {
        let drawer = Arc::new(Drawer::default());
        let places = Places::new(drawer.clone());
        places.opened(7, 600).await;
        places.in_guild(200, true).await;
        places.hear(5 << 22).await;
        places.settle().await;
        let again = Places::new(drawer);
        assert_eq!(again.channel_of(7).await, Some(600));
        assert_eq!(again.person_in(600).await, Some(7));
        assert_eq!(again.guilds().await, BTreeSet::from([200]));
        assert_eq!(again.direct_channels().await, [600]);
        assert_eq!(again.heard().await, Some(5 << 22));
        again.closed(7).await;
        assert_eq!(again.channel_of(7).await, None);
    }
}
