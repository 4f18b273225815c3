//! Whether a message whose sending nobody saw the end of is there.
//!
//! Three things tell, the surest first:
//! 1. Discord itself: for a while after a try it knows its `nonce` (documented: "a few minutes"). Inside
//!    [`NONCE_WINDOW`] a message may simply be sent again, and the second try gives the first one's message.
//! 2. The key in the buttons' `custom_id`, which stays readable in the channel's history for ever.
//! 3. For a message without buttons, and one in somebody's name, its text: one of ours in that channel, not earlier than the try, that says
//!    the same and that is not known to be another effect's.
//!
//! The window that remains: a message without buttons whose words have changed since the try, or (after a restart,
//! when the time of the try is unknown) one that lies more than [`LOOK_BACK`] or 100 messages back, is taken for
//! absent and sent again.

use crate::{
    Discord,
    deliver::{nonce, posted, timestamp},
    guild::id,
    hold,
    inbound::{guild_of, snowflake},
    render::{Marks, Rendered, read_custom_id, render},
    rest::{Call, Trouble},
};
use jeda_core::{
    effect::{InNameOf, Outgoing, Target},
    event::Posted,
    id::EffectKey,
};
use jeda_engine::Found;
use jiff::Timestamp;
use serde_json::Value;
use serenity::http::Route;
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

/// How long after the first try its nonce certainly still counts.
pub(crate) const NONCE_WINDOW: Duration = Duration::from_secs(120);
/// How far back a text is looked for when the time of the try is unknown: less than the time between two rounds of
/// a daily standup, whose messages can be the same word for word.
pub(crate) const LOOK_BACK: Duration = Duration::from_secs(12 * 3600);
/// How much Discord's clock and ours may differ.
const CLOCKS_APART: Duration = Duration::from_secs(60);
/// Messages of history that are read.
const HISTORY_MESSAGES: usize = 100;
/// Tries, messages, threads and titles that are remembered; beyond, the oldest are forgotten, which costs a call.
const REMEMBERED_MAX: usize = 4_096;

/// What this process remembers of its own sending.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    tries: BTreeMap<EffectKey, Try>,
    posts: Ring<(u64, EffectKey)>,
    echoes: Ring<(String, Posted)>,
    threads: Ring<u64>,
    titles: Ring<(u64, String)>,
    /// Messages, and whether they are the bot's own.
    own: Ring<(u64, bool)>,
}

#[derive(Clone, Copy, Debug)]
struct Try {
    channel: u64,
    first_at: Timestamp,
}

/// The newest of something.
#[derive(Debug)]
struct Ring<T>(VecDeque<T>);

impl<T> Default for Ring<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> Ring<T> {
    fn push(&mut self, item: T) {
        if self.0.len() == REMEMBERED_MAX {
            self.0.pop_front();
        }
        self.0.push_back(item);
    }
    fn find(&self, is: impl Fn(&T) -> bool) -> Option<&T> {
        self.0.iter().rev().find(|it| is(it))
    }
}

impl Memory {
    /// Whether a message is the bot's own, where that is remembered.
    pub(crate) fn is_own(&self, message: u64) -> Option<bool> {
        self.own.find(|(known, _)| *known == message).map(|(_, own)| *own)
    }
    /// Remembers whether a message is the bot's own.
    pub(crate) fn wrote(&mut self, message: u64, own: bool) {
        if self.is_own(message) != Some(own) {
            self.own.push((message, own));
        }
    }
    pub(crate) fn trying(&mut self, key: &EffectKey, channel: u64, now: Timestamp) {
        if self.tries.len() >= REMEMBERED_MAX
            && let Some(oldest) = self.tries.iter().min_by_key(|(_, it)| it.first_at).map(|(key, _)| key.clone())
        {
            self.tries.remove(&oldest);
        }
        self.tries.entry(key.clone()).or_insert(Try { channel, first_at: now });
    }
    pub(crate) fn has_tried(&self, key: &EffectKey) -> bool {
        self.tries.contains_key(key)
    }
    pub(crate) fn settled(&mut self, key: &EffectKey) {
        self.tries.remove(key);
    }
    pub(crate) fn arrived(&mut self, key: &EffectKey, posted: &Posted) {
        self.tries.remove(key);
        if let Some(message) = snowflake(posted.message.as_str()) {
            self.posts.push((message, key.clone()));
        }
    }
    /// The gateway showed a message of our own, with its nonce.
    pub(crate) fn echoed(&mut self, nonce: String, posted: Posted) {
        self.echoes.push((nonce, posted));
    }
    pub(crate) fn has_thread(&self, message: u64) -> bool {
        self.threads.find(|it| *it == message).is_some()
    }
    pub(crate) fn threaded(&mut self, message: u64) {
        self.threads.push(message);
    }
    pub(crate) fn forget_thread(&mut self, message: u64) {
        self.threads.0.retain(|it| *it != message);
    }
    pub(crate) fn titled(&mut self, message: u64, title: &str) {
        self.titles.push((message, title.to_owned()));
    }
    pub(crate) fn title(&self, message: u64) -> Option<String> {
        self.titles.find(|(it, _)| *it == message).map(|(_, title)| title.clone())
    }
    fn is_anothers(&self, message: u64, key: &EffectKey) -> bool {
        self.posts.find(|(it, _)| *it == message).is_some_and(|(_, other)| other != key)
    }
}

/// What is looked for.
struct Wanted<'w> {
    bot: u64,
    key: &'w EffectKey,
    rendered: &'w Rendered,
    /// Whose words they are, where they are somebody's.
    in_name: Option<&'w InNameOf>,
    not_before: Timestamp,
}

impl Wanted<'_> {
    /// Whether a message of the channel's history is the one. Pure.
    fn is(&self, message: &Value, anothers: &dyn Fn(u64) -> bool) -> bool {
        if let Some(it) = self.in_name {
            return self.is_in_name(it, message, anothers);
        }
        if id(&message["author"]["id"]) != Some(self.bot) {
            return false;
        }
        if message["nonce"].as_str() == Some(&nonce(self.key)) {
            return true;
        }
        let mut keys = custom_ids(&message["components"]).filter_map(|id| read_custom_id(id).key);
        if let Some(key) = keys.next() {
            return key == self.key.as_str();
        }
        let had_keys =
            self.rendered.components.iter().any(|row| custom_ids(row).any(|id| read_custom_id(id).key.is_some()));
        let Some(message_id) = id(&message["id"]).filter(|_| !had_keys) else { return false };
        let early = timestamp(message).is_none_or(|at| at < self.not_before);
        !early && !anothers(message_id) && self.says_the_same(message)
    }

    /// Whether it came through a webhook, in this name, and says the same.
    fn is_in_name(&self, it: &InNameOf, message: &Value, anothers: &dyn Fn(u64) -> bool) -> bool {
        let early = timestamp(message).is_none_or(|at| at < self.not_before);
        let is_other = id(&message["id"]).is_none_or(anothers);
        let content = message["content"].as_str().unwrap_or_default();
        message["webhook_id"].is_string()
            && message["author"]["username"] == hold::name(&it.name)
            && content.trim() == hold::content(it, self.rendered).trim()
            && !early
            && !is_other
    }

    /// Discord trims white space at both ends.
    fn says_the_same(&self, message: &Value) -> bool {
        let content = message["content"].as_str().unwrap_or_default();
        let embeds = message["embeds"].as_array().map_or(&[][..], Vec::as_slice);
        content.trim() == self.rendered.content.trim()
            && embeds.iter().filter_map(|it| it["description"].as_str()).map(str::trim).eq(self
                .rendered
                .embeds
                .iter()
                .map(|it| it.trim()))
    }
}

/// Every `custom_id` in rows of components.
fn custom_ids(components: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    let own = components["custom_id"].as_str().into_iter();
    let rows = components.as_array().into_iter().flatten();
    let inner = components["components"].as_array().into_iter().flatten();
    Box::new(own.chain(rows.chain(inner).flat_map(custom_ids)))
}

impl Discord {
    pub(crate) async fn try_find(&self, outgoing: &Outgoing) -> Found {
        // An edit, or taking back, done twice is the same; and there are no whispers.
        if matches!(outgoing.to, Target::Edit(_) | Target::Nothing(_) | Target::Whisper { .. }) {
            return Found::Absent;
        }
        if let Target::TakeBack { spot, at, .. } = &outgoing.to {
            return self.is_taken(spot, *at).await;
        }
        let now = self.clock.now();
        let first = {
            let memory = self.memory();
            if let Some((_, posted)) = memory.echoes.find(|(it, _)| *it == nonce(&outgoing.key)) {
                return Found::Sent(posted.clone());
            }
            memory.tries.get(&outgoing.key).copied()
        };
        // A webhook's message has no nonce.
        let has_nonce = !matches!(outgoing.to, Target::InNameOf(_));
        if let Some(first) = first
            && has_nonce
            && now < first.first_at + NONCE_WINDOW
        {
            return Found::Absent;
        }
        let channel = match first {
            Some(first) => Some(first.channel),
            None => self.where_it_would_be(outgoing).await,
        };
        // Without a channel there was no try.
        let Some(channel) = channel else { return Found::Absent };
        let not_before = first.map_or(now - LOOK_BACK, |first| first.first_at - CLOCKS_APART);
        match self.look(channel, outgoing, not_before).await {
            Ok(Some(posted)) => {
                self.memory().arrived(&outgoing.key, &posted);
                Found::Sent(posted)
            }
            Ok(None) => {
                // A new try begins, with a nonce that Discord has forgotten.
                self.memory().settled(&outgoing.key);
                Found::Absent
            }
            Err(why) => Found::Unknown { why },
        }
    }

    /// Reads the newest messages of a channel for one.
    async fn look(&self, channel: u64, outgoing: &Outgoing, not_before: Timestamp) -> Result<Option<Posted>, String> {
        let guild = guild_of(&outgoing.workspace);
        let Ok(rendered) = render(&outgoing.message, Marks { guild, key: Some(&outgoing.key) }) else {
            return Ok(None);
        };
        let bot = self.bot().await.map_err(|trouble| trouble.to_string())?;
        let route = Route::ChannelMessages { channel_id: channel.into() };
        let history = match self.rest.call(Call::get(route).param("limit", HISTORY_MESSAGES)).await {
            Ok(history) => history,
            // A channel that is gone holds no message.
            Err(Trouble::Refused { code: 10_003, .. }) => return Ok(None),
            Err(trouble) => return Err(trouble.to_string()),
        };
        let in_name = if let Target::InNameOf(it) = &outgoing.to { Some(&**it) } else { None };
        let wanted = Wanted { bot, key: &outgoing.key, rendered: &rendered, in_name, not_before };
        let memory = self.memory();
        let anothers = |message: u64| memory.is_anothers(message, &outgoing.key);
        let found = history.as_array().into_iter().flatten().find(|message| wanted.is(message, &anothers));
        Ok(found.and_then(posted))
    }

    /// The channel in which a message would lie, if it was ever tried.
    async fn where_it_would_be(&self, outgoing: &Outgoing) -> Option<u64> {
        match &outgoing.to {
            Target::Direct(user) => self.places.channel_of(snowflake(user.as_str())?).await,
            Target::Channel(channel) => snowflake(channel.as_str()),
            Target::Thread(head) => {
                let channel = snowflake(head.channel.as_str())?;
                let direct = self.places.person_in(channel).await.is_some();
                if direct { Some(channel) } else { snowflake(head.message.as_str()) }
            }
            Target::Aside { channel, user } => {
                self.places.note(&format!("aside/{channel}/{user}")).await.as_deref().and_then(snowflake)
            }
            Target::Reply { to, thread } => {
                snowflake(thread.as_ref().map_or(to.channel.as_str(), |thread| thread.as_str()))
            }
            Target::InNameOf(it) => snowflake(it.thread.as_ref().map_or(it.channel.as_str(), |thread| thread.as_str())),
            Target::Edit(_) | Target::Nothing(_) | Target::TakeBack { .. } | Target::Whisper { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const AT: &str = "2026-11-24T07:00:00+00:00";

    fn message(content: &str, components: Value) -> Value {
        json!({"id": "900", "channel_id": "600", "author": {"id": "1"}, "content": content, "embeds": [],
            "components": components, "timestamp": AT})
    }

    fn buttons(custom_id: &str) -> Value {
        json!([{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": custom_id}]}])
    }

    fn is(message: &Value, rendered: &Rendered, not_before: &str) -> bool {
        let key = EffectKey::new("abc");
        let wanted = Wanted { bot: 1, key: &key, rendered, in_name: None, not_before: not_before.parse().unwrap() };
        wanted.is(message, &|message| message == 901)
    }

    #[test]
    fn a_message_with_buttons_is_known_by_its_key_whatever_it_says() {
        let rendered = Rendered {
            content: "new words".into(),
            components: buttons("p:hours@200~abc").as_array().unwrap().clone(),
            ..Rendered::default()
        };
        let long_ago = "2026-11-25T00:00:00Z";
        assert!(is(&message("old words", buttons("p:hours@200~abc")), &rendered, long_ago));
        assert!(!is(&message("new words", buttons("p:hours@200~xyz")), &rendered, AT));
        assert!(!is(&message("new words", json!([])), &rendered, AT), "ours would have its buttons");
    }

    #[test]
    fn a_message_without_buttons_is_known_by_its_words_and_its_time() {
        let rendered = Rendered { content: "noted\n".into(), ..Rendered::default() };
        let there = message("noted", json!([]));
        assert!(is(&there, &rendered, AT));
        assert!(!is(&there, &rendered, "2026-11-24T07:00:01Z"), "it was there before the try");
        assert!(!is(&message("noted too", json!([])), &rendered, AT));
        let mut other = there.clone();
        other["id"] = "901".into();
        assert!(!is(&other, &rendered, AT), "another effect's");
        let mut somebody = there.clone();
        somebody["author"]["id"] = "7".into();
        assert!(!is(&somebody, &rendered, AT));
        let mut with_nonce = message("anything", json!([]));
        with_nonce["nonce"] = "abc".into();
        assert!(is(&with_nonce, &rendered, AT));
    }

    #[test]
    fn what_was_posted_in_somebodys_name_is_known_by_the_name_and_the_words() {
        let it = InNameOf {
            channel: "600".into(),
            thread: None,
            name: "Ana of Discord".into(),
            face: None,
            words: "is it *out*?".into(),
            mentions: [].into(),
        };
        let rendered = Rendered { content: "-# written".into(), ..Rendered::default() };
        let key = EffectKey::new("abc");
        let is = |message: &Value, not_before: &str| {
            let not_before = not_before.parse().unwrap();
            let wanted = Wanted { bot: 1, key: &key, rendered: &rendered, in_name: Some(&it), not_before };
            wanted.is(message, &|message| message == 901)
        };
        let mut there = message("is it *out*?\n-# written", json!([]));
        there["webhook_id"] = "77".into();
        there["author"] = json!({"id": "77", "username": "Ana of dis cord"});
        assert!(is(&there, AT));
        assert!(!is(&there, "2026-11-24T07:00:01Z"), "it was there before the try");
        for (field, value) in [
            ("id", json!("901")),
            ("webhook_id", Value::Null),
            ("content", json!("is it out?\n-# written")),
            ("author", json!({"id": "77", "username": "Budi"})),
        ] {
            let mut other = there.clone();
            other[field] = value;
            assert!(!is(&other, AT), "{field}");
        }
    }

    #[test]
    fn text_in_embeds_counts_as_well() {
        let rendered = Rendered { embeds: vec!["one".into(), "two".into()], ..Rendered::default() };
        let mut there = message("", json!([]));
        there["embeds"] = json!([{"description": "one"}, {"description": "two"}]);
        assert!(is(&there, &rendered, AT));
        there["embeds"] = json!([{"description": "one"}]);
        assert!(!is(&there, &rendered, AT));
    }

    #[test]
    fn memory_is_bounded() {
        let mut memory = Memory::default();
        let start: Timestamp = AT.parse().unwrap();
        for n in 0..REMEMBERED_MAX + 10 {
            memory.trying(&EffectKey::new(format!("k{n}")), 1, start + Duration::from_secs(n as u64));
            memory.threaded(n as u64);
        }
        assert_eq!(memory.tries.len(), REMEMBERED_MAX);
        assert!(!memory.tries.contains_key(&EffectKey::new("k0")), "the oldest went first");
        assert!(!memory.has_thread(0) && memory.has_thread(REMEMBERED_MAX as u64));
    }
}
