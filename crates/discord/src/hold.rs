//! Taking back what somebody wrote, and posting it again in their name.
//!
//! Discord lets a bot delete others' messages where it may manage them, and post under any name through a webhook of
//! the channel, where it may manage those. The bot makes one webhook in each channel that needs one, and finds it again
//! among the channel's by whose it is. A webhook's token is as good as a password for its channel: it is kept in memory
//! alone, and reaches no log.
//!
//! A webhook's messages have no nonce. One whose sending nobody saw the end of is looked for in its channel's history, by
//! the name and the words (`reconcile`).

use crate::{
    Discord,
    deliver::{Purpose, outcome, posted},
    guild::{Plan, id},
    inbound::snowflake,
    lock,
    render::{CONTENT_CHARS_MAX, Rendered, units},
    rest::{Call, Trouble},
};
use jeda_core::{
    effect::{InNameOf, Outgoing},
    event::{Posted, Refusal, Spot},
    id::EffectKey,
};
use jeda_engine::{Delivery, Found};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use serenity::{
    http::{LightMethod, Route},
    model::permissions::Permissions,
};

/// What the bot has to have in a channel to hold messages in it.
pub(crate) const HOLDING: Permissions = Permissions::MANAGE_MESSAGES.union(Permissions::MANAGE_WEBHOOKS);
/// What the bot's webhooks are called. Nobody sees it on what is posted through them.
const HOOK_NAME: &str = "jeda";
/// Characters of the name over a webhook's message.
const NAME_CHARS_MAX: usize = 80;
/// Words that Discord refuses in such a name, whatever their case, each with how it is shown instead.
const NOT_IN_NAMES: [(&str, &str); 2] = [("discord", "dis cord"), ("clyde", "cly de")];
/// People whom one message may notify by name.
const NOTIFIED_MAX: usize = 100;

/// A webhook of the bot's.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    id: u64,
    token: SecretString,
}

impl Hook {
    /// One of the bot's, among a channel's webhooks or as it was made.
    fn read(hook: &Value, bot: u64) -> Option<Self> {
        let is_ours = [&hook["user"]["id"], &hook["application_id"]].into_iter().any(|owner| id(owner) == Some(bot));
        let token = hook["token"].as_str().filter(|token| is_ours && !token.is_empty())?;
        Some(Self { id: id(&hook["id"])?, token: token.into() })
    }
}

/// The place of a spot: on Discord a thread is a channel of its own.
fn place(spot: &Spot) -> Option<(u64, u64)> {
    let place = spot.thread.as_ref().map_or(spot.channel.as_str(), |thread| thread.as_str());
    Some((snowflake(place)?, snowflake(spot.message.as_str())?))
}

/// A name that Discord takes.
pub(crate) fn name(name: &str) -> String {
    let mut shown: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    for (word, instead) in NOT_IN_NAMES {
        while let Some(at) = shown.to_ascii_lowercase().find(word) {
            shown.replace_range(at..at + word.len(), instead);
        }
    }
    let shown: String = shown.trim().chars().take(NAME_CHARS_MAX).collect();
    if shown.trim().is_empty() { "…".to_owned() } else { shown }
}

/// The words, and below them what is ours, as far as it fits.
pub(crate) fn content(it: &InNameOf, rendered: &Rendered) -> String {
    let below = rendered.content.trim_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
    let whole = format!("{}\n{below}", it.words);
    if below.is_empty() || units(&whole) > CONTENT_CHARS_MAX { it.words.clone() } else { whole }
}

impl Plan {
    /// Whether the bot may take back what others write in a channel, and post it again.
    pub(crate) fn holds_in(&self, bot: u64, channel: u64) -> bool {
        self.may_in(bot, &self.bot_roles, channel).contains(HOLDING | crate::guild::NEEDED)
    }
}

impl Discord {
    /// Whether a message of this channel could be held.
    pub(crate) fn holds_in(&self, guild: u64, channel: u64) -> bool {
        let bot = *lock(&self.bot);
        let plans = lock(&self.plans);
        let may = |plan: &Plan| bot.is_some_and(|bot| plan.holds_in(bot, channel));
        self.reads_words && plans.get(&guild).is_some_and(may)
    }

    /// Takes somebody's message away, unless it was changed since it was read, or was there for too long.
    pub(crate) async fn take_back_theirs(
        &self,
        key: &EffectKey,
        spot: &Spot,
        at: Timestamp,
        not_after: Timestamp,
    ) -> Result<Posted, Delivery> {
        let refused = |refusal| Err(Delivery::Refused(refusal));
        let Some((channel, message)) = place(spot) else { return refused(Refusal::MessageGone) };
        if self.clock.now() >= not_after {
            return refused(Refusal::Other("it was there for too long".into()));
        }
        let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
        let taken = || Posted { channel: spot.channel.clone(), message: spot.message.clone(), at };
        // It is gone by what was asked for before, whose answer was lost.
        let tried = self.memory().has_tried(key);
        let there = match self.rest.call(Call::get(route)).await {
            Err(trouble) if tried && trouble.code() == Some(10_008) => return Ok(taken()),
            there => there.map_err(|trouble| outcome(&trouble, Purpose::Again))?,
        };
        if !there["edited_timestamp"].is_null() {
            return refused(Refusal::Other("its author changed it meanwhile".into()));
        }
        self.memory().trying(key, channel, self.clock.now());
        let result = match self.rest.call(Call::new(LightMethod::Delete, route)).await {
            Ok(_) => Ok(taken()),
            Err(trouble) if tried && trouble.code() == Some(10_008) => Ok(taken()),
            Err(trouble) => Err(outcome(&trouble, Purpose::TakingBack)),
        };
        if !matches!(result, Err(Delivery::Uncertain { .. })) {
            self.memory().settled(key);
        }
        result
    }

    /// Whether a message that may have been taken away is gone.
    pub(crate) async fn is_taken(&self, spot: &Spot, at: Timestamp) -> Found {
        let Some((channel, message)) = place(spot) else { return Found::Absent };
        let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
        let gone = || Found::Sent(Posted { channel: spot.channel.clone(), message: spot.message.clone(), at });
        match self.rest.call(Call::get(route)).await {
            // It is asked for once more, and then refused for what it is.
            Ok(_) | Err(Trouble::Refused { code: 10_003, .. }) => Found::Absent,
            Err(Trouble::Refused { code: 10_008, .. }) => gone(),
            Err(trouble) => match outcome(&trouble, Purpose::Again) {
                // Nobody lets the bot look: it may be gone, so its words are kept.
                Delivery::Refused(_) => gone(),
                _ => Found::Unknown { why: trouble.to_string() },
            },
        }
    }

    /// Posts somebody's words in their name.
    pub(crate) async fn in_name_of(
        &self,
        outgoing: &Outgoing,
        it: &InNameOf,
        rendered: &Rendered,
    ) -> Result<Posted, Delivery> {
        let refused = Delivery::Refused;
        let channel = snowflake(it.channel.as_str()).ok_or_else(|| refused(Refusal::ChannelGone))?;
        let thread = it.thread.as_ref().map(|thread| snowflake(thread.as_str()));
        let thread = thread.map(|thread| thread.ok_or_else(|| refused(Refusal::ChannelGone))).transpose()?;
        self.memory().trying(&outgoing.key, thread.unwrap_or(channel), self.clock.now());
        let result = match self.through_hook(channel, thread, it, rendered).await {
            // It was deleted: another takes its place.
            Err(trouble) if matches!(trouble.code(), Some(10_015 | 50_027)) => {
                lock(&self.hooks).remove(&channel);
                self.through_hook(channel, thread, it, rendered).await
            }
            result => result,
        };
        let result = match result {
            Ok(message) => {
                posted(&message).ok_or_else(|| Delivery::Uncertain { why: "an answer without a message".into() })
            }
            Err(Unsaid::Hook(trouble)) => Err(outcome(&trouble, Purpose::Hook)),
            Err(Unsaid::Message(trouble)) => Err(outcome(&trouble, Purpose::InName)),
        };
        match &result {
            Ok(posted) => self.memory().arrived(&outgoing.key, posted),
            Err(Delivery::Uncertain { .. }) => {}
            Err(_) => self.memory().settled(&outgoing.key),
        }
        result
    }

    async fn through_hook(
        &self,
        channel: u64,
        thread: Option<u64>,
        it: &InNameOf,
        rendered: &Rendered,
    ) -> Result<Value, Unsaid> {
        let hook = self.hook(channel).await.map_err(Unsaid::Hook)?;
        let mentioned: Vec<&str> = it.mentions.iter().map(|user| user.as_str()).take(NOTIFIED_MAX).collect();
        let mut body = json!({
            "content": content(it, rendered),
            "username": name(&it.name),
            "allowed_mentions": {"parse": [], "users": mentioned},
        });
        if let Some(face) = &it.face {
            body["avatar_url"] = face.as_str().into();
        }
        let route = Route::WebhookWithToken { webhook_id: hook.id.into(), token: hook.token.expose_secret() };
        let mut call = Call::new(LightMethod::Post, route).body(body).param("wait", true);
        if let Some(thread) = thread {
            call = call.param("thread_id", thread);
        }
        self.rest.call(call).await.map_err(Unsaid::Message)
    }

    /// The bot's webhook of a channel, which is made where there is none.
    async fn hook(&self, channel: u64) -> Result<Hook, Trouble> {
        let known = lock(&self.hooks).get(&channel).cloned();
        if let Some(hook) = known {
            return Ok(hook);
        }
        let bot = self.bot().await?;
        let route = Route::ChannelWebhooks { channel_id: channel.into() };
        let all = self.rest.call(Call::get(route)).await?;
        let found = all.as_array().into_iter().flatten().find_map(|hook| Hook::read(hook, bot));
        let hook = match found {
            Some(hook) => hook,
            None => {
                let made = self.rest.call(Call::new(LightMethod::Post, route).body(json!({"name": HOOK_NAME}))).await?;
                Hook::read(&made, bot).ok_or_else(|| Trouble::Unknown("a webhook without a token".into()))?
            }
        };
        lock(&self.hooks).insert(channel, hook.clone());
        Ok(hook)
    }
}

/// What went wrong on the way through a webhook.
enum Unsaid {
    /// The webhook can't be had; nothing was posted.
    Hook(Trouble),
    /// Posting.
    Message(Trouble),
}

impl Unsaid {
    /// Discord's code for what went wrong with posting.
    fn code(&self) -> Option<i64> {
        match self {
            Self::Hook(_) => None,
            Self::Message(trouble) => trouble.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_discord_takes() {
        assert_eq!(name(" Oliver "), "Oliver");
        assert_eq!(name("DISCORD fan Clyde"), "dis cord fan cly de");
        assert_eq!(name(&"x".repeat(200)).chars().count(), NAME_CHARS_MAX);
        assert_eq!((name(""), name("\u{7}")), ("…".into(), "…".into()));
        assert_eq!(name("ディスコ Discord"), "ディスコ dis cord");
    }

    #[test]
    fn a_webhook_is_the_bots_by_who_made_it_and_its_token_is_never_shown() {
        let hook = json!({"id": "900", "type": 1, "token": "tell-nobody", "application_id": null, "user": {"id": "1"}});
        let read = Hook::read(&hook, 1).unwrap();
        assert_eq!(read.id, 900);
        assert!(!format!("{read:?}").contains("tell-nobody"));
        assert!(Hook::read(&hook, 2).is_none(), "another's");
        assert!(Hook::read(&json!({"id": "900", "application_id": "1"}), 1).is_none(), "one without a token");
    }
}
