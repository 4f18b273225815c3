//! One owed message becomes one message of Discord's, or the reason why not.
//!
//! Each message carries its effect's key as `nonce` with `enforce_nonce`: for a few minutes Discord answers a
//! second try with the message that the first one made. What is known no longer by then, `reconcile` finds.

use crate::{
    Discord,
    inbound::{guild_of, snowflake},
    render::{Marks, Rendered, SUPPRESS_NOTIFICATIONS, render, shortened, title},
    rest::{Call, Trouble},
};
use jeda_core::{
    effect::{Outgoing, Target},
    event::{Posted, Refusal},
    id::{ChannelId, EffectKey, MessageId},
};
use jeda_engine::Delivery;
use jiff::Timestamp;
use serde_json::{Value, json};
use serenity::http::{LightMethod, Route};
use std::time::Duration;

/// Characters of a `nonce`.
const NONCE_CHARS_MAX: usize = 25;
/// Characters of a thread's name, with room to spare below Discord's 100.
const THREAD_NAME_CHARS_MAX: usize = 90;
/// Minutes without a message after which a thread leaves the channel's list (a week, the longest).
const THREAD_ARCHIVE_MINUTES: u32 = 10_080;
/// What to wait when Discord says that direct messages are opened too fast, and doesn't say for how long.
const OPENING_PAUSE: Duration = Duration::from_secs(120);
/// What to wait when an old message was edited too often (30046).
const OLD_EDIT_PAUSE: Duration = Duration::from_secs(600);

/// What a call was for, which decides what a refusal means and whether a lost answer matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Posting to a person.
    ToPerson,
    /// Posting to a channel.
    ToChannel,
    /// Posting into a thread.
    ToThread,
    /// Opening a thread.
    OpenThread,
    /// Taking somebody's message away.
    TakingBack,
    /// Posting through a webhook.
    InName,
    /// Finding or making a webhook.
    Hook,
    /// Anything that may safely be done again: looking, opening a direct-message channel, editing.
    Again,
}

/// What trouble means for a delivery. Pure.
pub(crate) fn outcome(trouble: &Trouble, purpose: Purpose) -> Delivery {
    let posting = matches!(
        purpose,
        Purpose::ToPerson | Purpose::ToChannel | Purpose::ToThread | Purpose::TakingBack | Purpose::InName
    );
    let why = trouble.to_string();
    let (status, code, after) = match trouble {
        Trouble::NotSent { after, .. } => return Delivery::Later { after: *after, why },
        Trouble::Unknown(_) if posting => return Delivery::Uncertain { why },
        Trouble::Unknown(_) => return Delivery::Later { after: None, why },
        Trouble::Refused { status, code, after } => (*status, *code, *after),
    };
    let refused = Delivery::Refused;
    match (status, code) {
        // A webhook that is gone, though it was there a moment ago: no word about the bot's own token.
        (_, 10_015 | 50_027) => Delivery::Later { after, why },
        (401, _) => Delivery::Locked { why },
        (429, _) => Delivery::Later { after, why },
        // The message may be there although the server failed after it.
        (500.., _) if posting => Delivery::Uncertain { why },
        (500.., _) => Delivery::Later { after, why },
        (_, 40_003) => Delivery::Later { after: after.or(Some(OPENING_PAUSE)), why },
        (_, 30_046) => Delivery::Later { after: after.or(Some(OLD_EDIT_PAUSE)), why },
        // 50278: no server in common any more. 10013: no such account.
        (_, 50_278 | 10_013) => refused(Refusal::MemberGone),
        // 20026: the application was quarantined for opening too many; people are reached in threads meanwhile.
        (_, 50_007 | 20_026) => refused(Refusal::DirectMessagesClosed),
        (_, 10_008) => refused(Refusal::MessageGone),
        (_, 10_003) => refused(Refusal::ChannelGone),
        (_, 50_001 | 10_004) => refused(Refusal::NotInChannel),
        (_, 50_013 | 50_083 | 160_005) => refused(Refusal::MissingPermission(permission(purpose).into())),
        // A 403 without a code comes from the door in front of Discord, not from its permissions.
        (403, 0) => Delivery::Later { after, why },
        _ => refused(Refusal::Other(why)),
    }
}

/// What Discord calls the permission that was most likely missing.
fn permission(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::ToThread => "SEND_MESSAGES_IN_THREADS",
        Purpose::OpenThread => "CREATE_PUBLIC_THREADS",
        Purpose::ToPerson | Purpose::ToChannel => "SEND_MESSAGES",
        Purpose::TakingBack => "MANAGE_MESSAGES",
        Purpose::InName | Purpose::Hook => "MANAGE_WEBHOOKS",
        Purpose::Again => "VIEW_CHANNEL",
    }
}

/// A key as nonce: effect keys are short enough, and should one not be, its own short name is.
pub(crate) fn nonce(key: &EffectKey) -> String {
    if key.as_str().len() <= NONCE_CHARS_MAX { key.as_str().to_owned() } else { jeda_core::id::short(key.as_str()) }
}

/// A message of Discord's as where it is. `None` when it doesn't say.
pub(crate) fn posted(message: &Value) -> Option<Posted> {
    Some(Posted {
        channel: ChannelId::new(message["channel_id"].as_str()?),
        message: MessageId::new(message["id"].as_str()?),
        at: timestamp(message)?,
    })
}

/// When a message was posted, to the millisecond that the store keeps.
pub(crate) fn timestamp(message: &Value) -> Option<Timestamp> {
    let at: Timestamp = message["timestamp"].as_str()?.parse().ok()?;
    Timestamp::from_millisecond(at.as_millisecond()).ok()
}

fn gone(refusal: Refusal) -> Delivery {
    Delivery::Refused(refusal)
}

impl Discord {
    pub(crate) async fn try_deliver(&self, outgoing: &Outgoing) -> Result<Posted, Delivery> {
        let guild = guild_of(&outgoing.workspace).ok_or_else(|| gone(Refusal::Other("not a Discord server".into())))?;
        let marks = Marks { guild: Some(guild), key: Some(&outgoing.key) };
        let rendered = render(&outgoing.message, marks).map_err(|long| gone(Refusal::Other(long.to_string())))?;
        match &outgoing.to {
            Target::Edit(there) => self.edit(there, &rendered).await,
            Target::Direct(user) => {
                let user = snowflake(user.as_str()).ok_or_else(|| gone(Refusal::MemberGone))?;
                self.to_person(guild, user, outgoing, &rendered).await
            }
            Target::Channel(channel) => {
                let channel = snowflake(channel.as_str()).ok_or_else(|| gone(Refusal::ChannelGone))?;
                let posted = self.post(channel, outgoing, &rendered, None, Purpose::ToChannel).await?;
                self.remember_title(&posted, &title(&outgoing.message));
                Ok(posted)
            }
            Target::Thread(head) => self.to_thread(head, outgoing, &rendered).await,
            Target::Reply { to, thread } => {
                let place = thread.as_ref().map_or(to.channel.as_str(), |thread| thread.as_str());
                let channel = snowflake(place).ok_or_else(|| gone(Refusal::ChannelGone))?;
                self.post(channel, outgoing, &rendered, Some(&to.message), Purpose::ToChannel).await
            }
            Target::Nothing(there) => self.take_back(there).await,
            Target::TakeBack { spot, at, not_after } => {
                self.take_back_theirs(&outgoing.key, spot, *at, *not_after).await
            }
            Target::InNameOf(it) => self.in_name_of(outgoing, it, &rendered).await,
            // Core asks the capabilities first.
            Target::Whisper { .. } => Err(gone(Refusal::Other("no_whispers_on_discord".into()))),
            Target::Aside { channel, user } => {
                let channel = snowflake(channel.as_str()).ok_or_else(|| gone(Refusal::ChannelGone))?;
                let user = snowflake(user.as_str()).ok_or_else(|| gone(Refusal::MemberGone))?;
                self.to_aside(channel, user, outgoing, &rendered).await
            }
        }
    }

    /// Takes back a message of ours; one that is gone already is as good.
    async fn take_back(&self, there: &Posted) -> Result<Posted, Delivery> {
        let channel = snowflake(there.channel.as_str()).ok_or_else(|| gone(Refusal::ChannelGone))?;
        let message = snowflake(there.message.as_str()).ok_or_else(|| gone(Refusal::MessageGone))?;
        let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
        match self.rest.call(Call::new(LightMethod::Delete, route)).await {
            Ok(_) => Ok(there.clone()),
            Err(trouble) => match outcome(&trouble, Purpose::Again) {
                Delivery::Refused(Refusal::MessageGone) => Ok(there.clone()),
                other => Err(other),
            },
        }
    }

    async fn edit(&self, there: &Posted, rendered: &Rendered) -> Result<Posted, Delivery> {
        let channel = snowflake(there.channel.as_str()).ok_or_else(|| gone(Refusal::ChannelGone))?;
        let message = snowflake(there.message.as_str()).ok_or_else(|| gone(Refusal::MessageGone))?;
        let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
        let call = || Call::new(LightMethod::Patch, route).body(rendered.body(0));
        let answer = match self.rest.call(call()).await {
            Err(trouble) if trouble.code() == Some(50_083) => {
                self.wake_thread(channel).await?;
                self.rest.call(call()).await
            }
            answer => answer,
        };
        answer.map(|_| there.clone()).map_err(|trouble| outcome(&trouble, Purpose::Again))
    }

    async fn to_person(
        &self,
        guild: u64,
        user: u64,
        outgoing: &Outgoing,
        rendered: &Rendered,
    ) -> Result<Posted, Delivery> {
        let (channel, kept) = match self.places.channel_of(user).await {
            Some(channel) => (channel, true),
            None => (self.open_direct(user).await?, false),
        };
        // Before the sending: an answer may come faster than the call returns.
        self.places.spoke(guild, user).await;
        match self.post(channel, outgoing, rendered, None, Purpose::ToPerson).await {
            Err(Delivery::Refused(Refusal::ChannelGone)) if kept => {
                self.places.closed(user).await;
                let channel = self.open_direct(user).await?;
                self.post(channel, outgoing, rendered, None, Purpose::ToPerson).await
            }
            result => result,
        }
    }

    /// Opens a direct-message channel; doing it twice gives the same one.
    async fn open_direct(&self, user: u64) -> Result<u64, Delivery> {
        self.rest.opening_turn().await;
        let call =
            Call::new(LightMethod::Post, Route::UserMeDmChannels).body(json!({"recipient_id": user.to_string()}));
        let channel = self.rest.call(call).await.map_err(|trouble| outcome(&trouble, Purpose::Again))?;
        let channel = crate::guild::id(&channel["id"])
            .ok_or_else(|| Delivery::Later { after: None, why: "a channel without an id".into() })?;
        self.places.opened(user, channel).await;
        Ok(channel)
    }

    /// Posts, and remembers the try until its outcome is certain.
    async fn post(
        &self,
        channel: u64,
        outgoing: &Outgoing,
        rendered: &Rendered,
        answers: Option<&MessageId>,
        purpose: Purpose,
    ) -> Result<Posted, Delivery> {
        let mut body = rendered.body(if outgoing.silent { SUPPRESS_NOTIFICATIONS } else { 0 });
        body["nonce"] = nonce(&outgoing.key).into();
        body["enforce_nonce"] = true.into();
        if let Some(message) = answers {
            body["message_reference"] = json!({"message_id": message.as_str(), "fail_if_not_exists": false});
        }
        self.memory().trying(&outgoing.key, channel, self.clock.now());
        let route = Route::ChannelMessages { channel_id: channel.into() };
        let result = match self.rest.call(Call::new(LightMethod::Post, route).body(body)).await {
            Ok(message) => {
                posted(&message).ok_or_else(|| Delivery::Uncertain { why: "an answer without a message".into() })
            }
            Err(trouble) => Err(outcome(&trouble, purpose)),
        };
        match &result {
            Ok(posted) => self.memory().arrived(&outgoing.key, posted),
            Err(Delivery::Uncertain { .. }) => {}
            Err(_) => self.memory().settled(&outgoing.key),
        }
        result
    }

    /// Into the thread of a message, which is made on first use. Discord gives it the message's own id. Where no
    /// thread can be (in direct messages), an answer to the message stands in for it.
    async fn to_thread(&self, head: &Posted, outgoing: &Outgoing, rendered: &Rendered) -> Result<Posted, Delivery> {
        let channel = snowflake(head.channel.as_str()).ok_or_else(|| gone(Refusal::ChannelGone))?;
        let message = snowflake(head.message.as_str()).ok_or_else(|| gone(Refusal::MessageGone))?;
        if self.places.person_in(channel).await.is_some() {
            return self.post(channel, outgoing, rendered, Some(&head.message), Purpose::ToPerson).await;
        }
        if !self.memory().has_thread(message) {
            self.make_thread(channel, message).await?;
        }
        match self.post(message, outgoing, rendered, None, Purpose::ToThread).await {
            Err(Delivery::Refused(Refusal::ChannelGone)) => {
                self.memory().forget_thread(message);
                Err(gone(Refusal::MessageGone))
            }
            result => result,
        }
    }

    async fn make_thread(&self, channel: u64, message: u64) -> Result<(), Delivery> {
        let name = self.thread_name(channel, message).await;
        let route = Route::ChannelMessageThreads { channel_id: channel.into(), message_id: message.into() };
        let body = json!({"name": name, "auto_archive_duration": THREAD_ARCHIVE_MINUTES});
        match self.rest.call(Call::new(LightMethod::Post, route).body(body)).await {
            Ok(_) => {}
            // Made before: by a try whose answer was lost, or in an earlier run.
            Err(trouble) if trouble.code() == Some(160_004) => {}
            Err(trouble) => return Err(outcome(&trouble, Purpose::OpenThread)),
        }
        self.memory().threaded(message);
        Ok(())
    }

    /// What a thread is called: the first words of the message it hangs on.
    async fn thread_name(&self, channel: u64, message: u64) -> String {
        let known = self.memory().title(message);
        let name = match known {
            Some(title) => title,
            None => {
                let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
                let message = self.rest.call(Call::get(route)).await.unwrap_or_default();
                first_words(&message)
            }
        };
        if name.is_empty() { "jeda".into() } else { shortened(&name, THREAD_NAME_CHARS_MAX) }
    }

    /// Into the private thread with one person under a channel, which is made on first use and kept.
    async fn to_aside(
        &self,
        channel: u64,
        user: u64,
        outgoing: &Outgoing,
        rendered: &Rendered,
    ) -> Result<Posted, Delivery> {
        let name = format!("aside/{channel}/{user}");
        if let Some(thread) = self.places.note(&name).await.as_deref().and_then(snowflake) {
            match self.post(thread, outgoing, rendered, None, Purpose::ToThread).await {
                Err(Delivery::Refused(Refusal::ChannelGone)) => self.places.put_note(&name, "").await,
                result => return result,
            }
        }
        let thread = self.make_aside(channel).await?;
        let route = Route::ChannelThreadMember { channel_id: thread.into(), user_id: user.into() };
        let added = self.rest.call(Call::new(LightMethod::Put, route)).await;
        added.map_err(|trouble| outcome(&trouble, Purpose::Again))?;
        self.places.put_note(&name, &thread.to_string()).await;
        self.post(thread, outgoing, rendered, None, Purpose::ToThread).await
    }

    /// A private thread; where the bot may not make one, a public one, which holds nothing but prompts and what
    /// concerns their reader: answers are given in a form.
    async fn make_aside(&self, channel: u64) -> Result<u64, Delivery> {
        const PUBLIC: u8 = 11;
        const PRIVATE: u8 = 12;
        let route = Route::ChannelThreads { channel_id: channel.into() };
        let make = |kind: u8| {
            let mut body = json!({"name": "jeda", "type": kind, "auto_archive_duration": THREAD_ARCHIVE_MINUTES});
            if kind == PRIVATE {
                body["invitable"] = false.into();
            }
            Call::new(LightMethod::Post, route).body(body)
        };
        let made = match self.rest.call(make(PRIVATE)).await {
            Err(Trouble::Refused { status: 400 | 403, .. }) => self.rest.call(make(PUBLIC)).await,
            made => made,
        };
        let thread = made.map_err(|trouble| outcome(&trouble, Purpose::OpenThread))?;
        crate::guild::id(&thread["id"])
            .ok_or_else(|| Delivery::Later { after: None, why: "a thread without an id".into() })
    }

    /// Takes a thread out of the archive, in which nothing can be edited.
    async fn wake_thread(&self, thread: u64) -> Result<(), Delivery> {
        let route = Route::Channel { channel_id: thread.into() };
        let call = Call::new(LightMethod::Patch, route).body(json!({"archived": false}));
        self.rest.call(call).await.map(|_| ()).map_err(|trouble| outcome(&trouble, Purpose::ToThread))
    }

    fn remember_title(&self, posted: &Posted, title: &str) {
        if let Some(message) = snowflake(posted.message.as_str()) {
            self.memory().titled(message, title);
        }
    }
}

/// The first line of a message of ours, without its markup.
fn first_words(message: &Value) -> String {
    let text = [&message["content"], &message["embeds"][0]["description"]]
        .into_iter()
        .find_map(|it| it.as_str().filter(|it| !it.is_empty()));
    let line = text.and_then(|text| text.lines().next()).unwrap_or_default();
    let line = line.trim_start_matches(['#', '>', '-', ' ']);
    let mut out = String::new();
    let mut escaped = false;
    for c in line.chars() {
        if escaped || !matches!(c, '\\' | '*' | '`') {
            out.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: i64) -> Trouble {
        Trouble::Refused { status, code, after: None }
    }

    #[test]
    fn a_refusal_says_what_it_means() {
        use Purpose::*;
        let refuse = |refusal| Delivery::Refused(refusal);
        assert_eq!(outcome(&refused(403, 50_007), ToPerson), refuse(Refusal::DirectMessagesClosed));
        assert_eq!(outcome(&refused(403, 50_278), ToPerson), refuse(Refusal::MemberGone));
        assert_eq!(outcome(&refused(404, 10_003), ToChannel), refuse(Refusal::ChannelGone));
        assert_eq!(outcome(&refused(403, 50_001), ToChannel), refuse(Refusal::NotInChannel));
        assert_eq!(outcome(&refused(404, 10_008), Again), refuse(Refusal::MessageGone));
        assert_eq!(
            outcome(&refused(403, 50_013), ToChannel),
            refuse(Refusal::MissingPermission("SEND_MESSAGES".into()))
        );
        for (purpose, missing) in
            [(TakingBack, "MANAGE_MESSAGES"), (InName, "MANAGE_WEBHOOKS"), (Hook, "MANAGE_WEBHOOKS")]
        {
            let refusal = refuse(Refusal::MissingPermission(missing.into()));
            assert_eq!(outcome(&refused(403, 50_013), purpose), refusal);
        }
        assert_eq!(outcome(&refused(400, 50_035), ToChannel), refuse(Refusal::Other("400/50035".into())));
        assert_eq!(outcome(&refused(401, 0), ToChannel), Delivery::Locked { why: "401".into() });
    }

    #[test]
    fn only_a_post_can_be_uncertain() {
        let lost = Trouble::Unknown("timeout".into());
        assert_eq!(outcome(&lost, Purpose::ToChannel), Delivery::Uncertain { why: "timeout".into() });
        assert_eq!(outcome(&lost, Purpose::Again), Delivery::Later { after: None, why: "timeout".into() });
        for purpose in [Purpose::TakingBack, Purpose::InName] {
            assert_eq!(outcome(&lost, purpose), Delivery::Uncertain { why: "timeout".into() });
        }
        assert!(matches!(outcome(&refused(401, 50_027), Purpose::InName), Delivery::Later { .. }));
        assert!(matches!(outcome(&refused(404, 10_015), Purpose::InName), Delivery::Later { .. }));
        assert_eq!(outcome(&refused(502, 0), Purpose::ToThread), Delivery::Uncertain { why: "502".into() });
        assert_eq!(outcome(&refused(502, 0), Purpose::OpenThread), Delivery::Later { after: None, why: "502".into() });
        let not_sent = Trouble::NotSent { why: "no connection".into(), after: None };
        assert!(matches!(outcome(&not_sent, Purpose::ToPerson), Delivery::Later { .. }));
    }

    #[test]
    fn waiting_follows_what_the_platform_asks() {
        let limited = Trouble::Refused { status: 429, code: 0, after: Some(Duration::from_millis(1_500)) };
        assert_eq!(
            outcome(&limited, Purpose::ToPerson),
            Delivery::Later { after: Some(Duration::from_millis(1_500)), why: "429".into() }
        );
        assert_eq!(
            outcome(&refused(400, 40_003), Purpose::Again),
            Delivery::Later { after: Some(OPENING_PAUSE), why: "400/40003".into() }
        );
    }

    #[test]
    fn a_threads_name_is_the_messages_first_line_in_plain_words() {
        assert_eq!(
            first_words(&json!({"content": "### Daily \\*really\\* · 24 November\nana"})),
            "Daily *really* · 24 November"
        );
        assert_eq!(first_words(&json!({"content": "", "embeds": [{"description": "**Long** one"}]})), "Long one");
        assert_eq!(first_words(&Value::Null), "");
    }

    #[test]
    fn a_nonce_fits() {
        assert_eq!(nonce(&EffectKey::new("0123456789abc")), "0123456789abc");
        assert!(nonce(&EffectKey::new("x".repeat(60))).len() <= NONCE_CHARS_MAX);
    }
}
