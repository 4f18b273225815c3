//! What people write to the bot in their direct messages.

use super::name_of;
use crate::render::read_custom_id;
use jeda_core::{
    event::{Event, Origin, Whole},
    id::{ChannelId, GroupId, InboxKey, MessageId, UserId},
    norm::verdict::{Mentions, says_no_reply_needed, says_reply_by},
};
use jiff::Timestamp;
use serenity::model::{
    application::{ActionRow, ActionRowComponent, ButtonKind},
    channel::{Message, MessageType},
    event::{MessageDeleteEvent, MessageUpdateEvent},
    id::RoleId,
    user::User,
};

/// What ids in a text are called, where that is known.
pub(crate) trait Names {
    fn channel(&self, id: u64) -> Option<String>;
    fn role(&self, id: u64) -> Option<String>;
}

/// Something that was said, edited or taken back, not yet assigned to a workspace.
#[derive(Clone, Debug)]
pub(crate) struct Spoken {
    /// Who said it; a deletion doesn't say.
    pub(crate) user: Option<u64>,
    /// The direct-message channel.
    pub(crate) channel: u64,
    /// The server whose message it answers, by that message's buttons.
    pub(crate) hint: Option<u64>,
    /// Its name in the inbox.
    pub(crate) key: InboxKey,
    /// The event.
    pub(crate) event: Event,
}

/// A new message. `None` for what the bot should not hear: itself, other bots, servers' channels, and messages
/// that Discord wrote (a call, a pin).
pub(crate) fn spoken(message: &Message, names: &dyn Names) -> Option<Spoken> {
    let ours = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if message.guild_id.is_some() || message.author.bot || message.webhook_id.is_some() || !ours {
        return None;
    }
    let answered = message.referenced_message.as_deref();
    Some(Spoken {
        user: Some(message.author.id.get()),
        channel: message.channel_id.get(),
        hint: answered.and_then(|message| spoke(&message.components)),
        key: InboxKey::new(format!("message/{}", message.id)),
        event: Event::Said {
            by: origin(&message.author, message.channel_id.get()),
            message: MessageId::new(message.id.to_string()),
            answers: message
                .message_reference
                .as_ref()
                .and_then(|reference| reference.message_id)
                .map(|id| MessageId::new(id.to_string())),
            text: with_attachments(plain(&message.content, &message.mentions, names), message),
        },
    })
}

/// A changed message. Discord also reports previews that it found for links: those change no words.
pub(crate) fn edited(update: &MessageUpdateEvent, names: &dyn Names) -> Option<Spoken> {
    let author = update.author.as_ref()?;
    let at = update.edited_timestamp?;
    if update.guild_id.is_some() || author.bot || matches!(update.webhook_id, Some(Some(_))) {
        return None;
    }
    let mentions = update.mentions.as_deref().unwrap_or_default();
    Some(Spoken {
        user: Some(author.id.get()),
        channel: update.channel_id.get(),
        hint: None,
        key: InboxKey::new(format!("edit/{}/{}", update.id, at)),
        event: Event::SaidEdited {
            by: origin(author, update.channel_id.get()),
            message: MessageId::new(update.id.to_string()),
            text: plain(update.content.as_deref()?, mentions, names),
        },
    })
}

/// A message that was taken back. It doesn't say whose it was: core knows which messages it took.
pub(crate) fn deleted(delete: &MessageDeleteEvent) -> Option<Spoken> {
    if delete.guild_id.is_some() {
        return None;
    }
    Some(Spoken {
        user: None,
        channel: delete.channel_id.get(),
        hint: None,
        key: InboxKey::new(format!("delete/{}", delete.message_id)),
        event: Event::SaidDeleted {
            channel: ChannelId::new(delete.channel_id.to_string()),
            message: MessageId::new(delete.message_id.to_string()),
        },
    })
}

/// That somebody wrote in a server's channel, and whom they mentioned.
#[derive(Clone, Debug)]
pub(crate) struct Overheard {
    pub(crate) guild: u64,
    /// A channel or a thread.
    pub(crate) channel: u64,
    pub(crate) message: u64,
    pub(crate) user: UserId,
    pub(crate) at: Timestamp,
    pub(crate) mentions: Mentions,
    pub(crate) no_reply_needed: bool,
    /// The message that it answers, and who wrote that.
    pub(crate) answers: Option<(u64, u64)>,
    /// What it says; none where Discord doesn't tell.
    pub(crate) text: Option<String>,
    pub(crate) reply_by: Option<String>,
    /// What it takes to post it again, where a webhook could.
    pub(crate) whole: Option<Box<Whole>>,
    /// Its name in the inbox.
    pub(crate) key: InboxKey,
}

/// A new message in a server, written by a person.
pub(crate) fn overheard(message: &Message, names: &dyn Names) -> Option<Overheard> {
    let theirs = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if message.author.bot || message.webhook_id.is_some() || !theirs {
        return None;
    }
    Some(Overheard {
        guild: message.guild_id?.get(),
        channel: message.channel_id.get(),
        message: message.id.get(),
        user: UserId::new(message.author.id.to_string()),
        at: Timestamp::from_second(message.timestamp.unix_timestamp()).ok()?,
        mentions: mentions(&message.mentions, &message.mention_roles, message.mention_everyone),
        no_reply_needed: says_no_reply_needed(&message.content),
        answers: message.referenced_message.as_deref().map(|it| (it.id.get(), it.author.id.get())),
        text: some(with_attachments(plain(&message.content, &message.mentions, names), message)),
        reply_by: says_reply_by(&message.content).map(str::to_owned),
        whole: whole(message, names).map(Box::new),
        key: InboxKey::new(format!("message/{}", message.id)),
    })
}

/// A message as it can be posted again. Files, stickers, polls and what was passed on go with their message and can't be
/// given to a webhook, so a message with any of them is none.
fn whole(message: &Message, names: &dyn Names) -> Option<Whole> {
    let is_only_words = message.attachments.is_empty()
        && message.sticker_items.is_empty()
        && message.components.is_empty()
        && message.message_snapshots.is_empty()
        && message.poll.is_none()
        && message.activity.is_none()
        && !message.tts
        && !message.content.trim().is_empty();
    let nick = message.member.as_ref().and_then(|member| member.nick.as_deref());
    is_only_words.then_some(())?;
    Some(Whole {
        text: plain(&message.content, &message.mentions, names),
        raw: message.content.clone(),
        // To the millisecond: messages come again in the order in which they were written.
        at: Timestamp::from_millisecond(made_at_ms(message.id.get())).ok()?,
        name: name_of(nick, &message.author),
        face: Some(message.author.face()),
        answers: message
            .message_reference
            .as_ref()
            .and_then(|it| it.message_id)
            .map(|id| MessageId::new(id.to_string())),
    })
}

/// When something was made, as its id says, in milliseconds since 1970.
fn made_at_ms(id: u64) -> i64 {
    /// Discord's first instant.
    const EPOCH_MS: i64 = 1_420_070_400_000;
    i64::try_from(id >> 22).unwrap_or(0) + EPOCH_MS
}

/// The same for a message that its author changed.
pub(crate) fn overheard_edit(update: &MessageUpdateEvent, names: &dyn Names) -> Option<Overheard> {
    let author = update.author.as_ref().filter(|author| !author.bot)?;
    let at = update.edited_timestamp?;
    if matches!(update.webhook_id, Some(Some(_))) {
        return None;
    }
    Some(Overheard {
        guild: update.guild_id?.get(),
        channel: update.channel_id.get(),
        message: update.id.get(),
        user: UserId::new(author.id.to_string()),
        at: Timestamp::from_second(at.unix_timestamp()).ok()?,
        mentions: mentions(
            update.mentions.as_deref().unwrap_or_default(),
            update.mention_roles.as_deref().unwrap_or_default(),
            update.mention_everyone.unwrap_or_default(),
        ),
        no_reply_needed: says_no_reply_needed(update.content.as_deref().unwrap_or_default()),
        answers: update
            .referenced_message
            .as_ref()
            .and_then(|it| it.as_deref())
            .map(|it| (it.id.get(), it.author.id.get())),
        text: update
            .content
            .as_deref()
            .and_then(|said| some(plain(said, update.mentions.as_deref().unwrap_or_default(), names))),
        reply_by: None,
        whole: None,
        key: InboxKey::new(format!("edit/{}/{}", update.id, at)),
    })
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}

pub(super) fn mentions(users: &[User], roles: &[RoleId], everyone: bool) -> Mentions {
    Mentions {
        users: users.iter().map(|user| UserId::new(user.id.to_string())).collect(),
        groups: roles.iter().map(|role| GroupId::new(role.to_string())).collect(),
        everyone,
    }
}

fn origin(user: &User, channel: u64) -> Origin {
    // The name of a direct message is the account's, not the server's nickname: not worth passing on.
    Origin { channel: Some(ChannelId::new(channel.to_string())), ..Origin::of(UserId::new(user.id.to_string())) }
}

/// The server that a message of ours spoke for, by its buttons.
pub(crate) fn spoke(rows: &[ActionRow]) -> Option<u64> {
    rows.iter().flat_map(|row| &row.components).find_map(|component| match component {
        ActionRowComponent::Button(button) => match &button.data {
            ButtonKind::NonLink { custom_id, .. } => read_custom_id(custom_id).guild,
            _ => None,
        },
        _ => None,
    })
}

/// A picture instead of words is an answer too: at least its name is kept.
fn with_attachments(text: String, message: &Message) -> String {
    let names = message.attachments.iter().map(|file| format!("[{}]", file.filename));
    std::iter::once(text).filter(|text| !text.is_empty()).chain(names).collect::<Vec<_>>().join("\n")
}

/// What stands in somebody's message, as its writer saw it.
pub(crate) fn words(message: &Message, names: &dyn Names) -> String {
    with_attachments(plain(&message.content, &message.mentions, names), message)
}

/// A message's text as its writer saw it: people, channels, roles and emoji by name.
fn plain(content: &str, mentioned: &[User], names: &dyn Names) -> String {
    let mut out = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let shown = rest.find('>').and_then(|end| Some((shown(&rest[1..end], mentioned, names)?, end + 1)));
        match shown {
            Some((name, length)) => {
                out.push_str(&name);
                rest = &rest[length..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// What is shown for what stands between `<` and `>`; `None` when that is nothing special.
fn shown(inside: &str, mentioned: &[User], names: &dyn Names) -> Option<String> {
    if let Some(id) = inside.strip_prefix("@&") {
        return Some(format!("@{}", names.role(id.parse().ok()?)?));
    }
    if let Some(id) = inside.strip_prefix("@!").or_else(|| inside.strip_prefix('@')) {
        let id: u64 = id.parse().ok()?;
        let user = mentioned.iter().find(|user| user.id.get() == id)?;
        return Some(format!("@{}", name_of(None, user)));
    }
    if let Some(id) = inside.strip_prefix('#') {
        return Some(format!("#{}", names.channel(id.parse().ok()?)?));
    }
    let emoji = inside.strip_prefix("a:").or_else(|| inside.strip_prefix(':'))?;
    let (name, id) = emoji.split_once(':')?;
    id.parse::<u64>().ok()?;
    Some(format!(":{name}:"))
}
