//! Everything that can happen to the bot, in neutral words.

use crate::{
    action::{Action, FormId},
    command::Invocation,
    id::{ChannelId, EffectKey, GroupId, InboxKey, MessageId, UserId, WorkspaceId},
    language::Language,
    norm::{self, verdict::Mentions},
    people::{FeedId, Reading},
    snapshot::Capabilities,
    time::Holidays,
    wake::Wake,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that happened, on its way to the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// Its durable name.
    pub key: InboxKey,
    /// Where it happened.
    pub workspace: WorkspaceId,
    /// What happened.
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Somebody ran a slash command.
    Command {
        /// Who and where.
        by: Origin,
        /// Which, with its arguments.
        invocation: Invocation,
    },
    /// Somebody pressed a button.
    Click {
        /// Who and where.
        by: Origin,
        /// Which.
        action: Action,
    },
    /// Somebody sent a form.
    Submit {
        /// Who and where.
        by: Origin,
        /// Which form.
        form: FormId,
        /// Field id to what was entered. An empty field is absent or empty.
        values: BTreeMap<String, String>,
    },
    /// Somebody chose an entry in the menu of a message.
    Pointed {
        /// Who and where.
        by: Origin,
        /// Which entry.
        entry: norm::Entry,
        /// The message.
        at: Box<Pointed>,
    },
    /// Somebody wrote to the bot in their direct-message channel (or in the thread that stands in for it).
    Said {
        /// Who and where; `channel` is set.
        by: Origin,
        /// Which message.
        message: MessageId,
        /// The message that it answers: Slack's thread root, Discord's reply reference.
        answers: Option<MessageId>,
        /// What was said, as plain text: the platform's escapes are undone, mentions are as the person saw them.
        text: String,
    },
    /// Somebody changed a message that they had written to the bot.
    SaidEdited {
        /// Who and where.
        by: Origin,
        /// Which message.
        message: MessageId,
        /// The new text.
        text: String,
    },
    /// Somebody took back a message that they had written to the bot.
    SaidDeleted {
        /// The direct-message channel.
        channel: ChannelId,
        /// Which message.
        message: MessageId,
    },
    /// Somebody wrote in a channel that the bot is in, and the message mentions somebody.
    Wrote(Wrote),
    /// Somebody answered a message of the bot's in a channel, or changed what they had answered.
    Replied(Replied),
    /// A message in a channel is gone.
    TookBack {
        /// The channel.
        channel: ChannelId,
        /// Which message.
        message: MessageId,
    },
    /// The platform told something about people or channels.
    Seen(Seen),
    /// Something that was to be done at this time is due.
    Wake(Wake),
    /// An effect came to its end; what became of it.
    Settled {
        /// Which.
        effect: crate::effect::Owed,
        /// What became of it.
        outcome: Outcome,
    },
}

/// Who did it, where, and what the platform said of them in passing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Who.
    pub user: UserId,
    /// The channel or direct message it was done in.
    pub channel: Option<ChannelId>,
    /// Name to show, where the platform sends it along (Discord does with each interaction).
    pub name: Option<String>,
    /// The client's language, where the platform sends it along.
    pub language: Option<Language>,
    /// Whether they administer the workspace, where the platform sends it along.
    pub admin: Option<bool>,
    /// Whether they may write in the channel that they named, where the platform sends it along.
    #[serde(default)]
    pub writes_there: Option<bool>,
}

/// A message in whose menu somebody chose something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointed {
    /// Where it is.
    pub spot: Spot,
    /// Who wrote it; none for a bot.
    pub author: Option<UserId>,
    /// When it was written.
    pub at: Timestamp,
    /// Its words, in neutral spelling as in a command; none where it has none.
    pub text: Option<String>,
    /// Whom it mentions.
    pub mentions: Mentions,
}

/// A message in a channel, as far as norms look at it: never its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrote {
    /// Who and where; `channel` is set.
    pub by: Origin,
    /// Which message.
    pub message: MessageId,
    /// The first message of the thread that it is in.
    pub thread: Option<MessageId>,
    /// Whom it mentions.
    pub mentions: Mentions,
    /// For an edit: whom it mentioned before.
    pub edited_from: Option<Mentions>,
    /// It says of itself that no answer is needed ([`says_no_reply_needed`](crate::norm::verdict::says_no_reply_needed)).
    pub no_reply_needed: bool,
    /// Until when it says that a reply is wished for, as it was typed
    /// ([`says_reply_by`](crate::norm::verdict::says_reply_by)).
    #[serde(default)]
    pub reply_by: Option<String>,
    /// The beginning of its words as its author saw them ([`beginning`](crate::digest::beginning)), for the digests of
    /// those whom it reaches while they are off; none where the platform doesn't show them.
    #[serde(default)]
    pub line: Option<String>,
    /// Who else wrote in the same conversation lately, and when last.
    pub spoke: BTreeMap<UserId, Timestamp>,
    /// What it takes to post it again; none where the platform doesn't let the bot take it back, or post it as it is.
    #[serde(default)]
    pub whole: Option<Box<Whole>>,
}

/// A message that the bot could take back and post again in its author's name. Kept only where a norm holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// Its words as its author saw them.
    pub text: String,
    /// Its words in the platform's own spelling.
    pub raw: String,
    /// When it was written.
    pub at: Timestamp,
    /// The name that its author had there.
    pub name: String,
    /// Where a picture of them is, as an address of the platform's.
    pub face: Option<String>,
    /// The message that it answers.
    pub answers: Option<MessageId>,
}

/// An answer to a message of the bot's in a channel: in the thread under it, or as a reply to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replied {
    /// Who and where; `channel` is set.
    pub by: Origin,
    /// Which message.
    pub message: MessageId,
    /// The bot's message that it answers.
    pub to: MessageId,
    /// The thread that it stands in, where threads are channels of their own (Discord); none where `by.channel` holds it.
    #[serde(default)]
    pub thread: Option<ChannelId>,
    /// What it says, as its author saw it; none where the platform doesn't tell.
    pub text: Option<String>,
}

impl Event {
    /// The person who did it, where it was one.
    pub fn by(&self) -> Option<&Origin> {
        match self {
            Self::Command { by, .. }
            | Self::Click { by, .. }
            | Self::Submit { by, .. }
            | Self::Pointed { by, .. }
            | Self::Said { by, .. }
            | Self::SaidEdited { by, .. } => Some(by),
            Self::Wrote(wrote) => Some(&wrote.by),
            Self::Replied(replied) => Some(&replied.by),
            Self::SaidDeleted { .. } | Self::TookBack { .. } | Self::Seen(_) | Self::Wake(_) | Self::Settled { .. } => {
                None
            }
        }
    }
}

impl Origin {
    /// Somebody of whom only the id is known.
    pub fn of(user: impl Into<UserId>) -> Self {
        Self { user: user.into(), channel: None, name: None, language: None, admin: None, writes_there: None }
    }
}

/// Facts about people and places, as the platform tells them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// The bot came (back) into a workspace. Core answers with the errands that bring the rest.
    Workspace {
        /// Its name.
        name: String,
        /// The bot itself.
        bot: UserId,
        /// What the platform lets the bot do.
        capabilities: Capabilities,
        /// The workspace's language, where the platform has one.
        language: Option<Language>,
        /// Where a message is found: an address with `{channel}` and `{message}` in it.
        #[serde(default)]
        permalink: Option<String>,
    },
    /// Somebody's profile. Sent for everyone at the start and for one at each change.
    Member(MemberFacts),
    /// The whole directory: who is not in it has left.
    Directory(Vec<MemberFacts>),
    /// A channel's state.
    Channel(ChannelFacts),
    /// All channels that the bot can post in; others are unknown or closed to it.
    Channels(Vec<ChannelFacts>),
    /// Everyone in a channel, bots excluded.
    ChannelMembers {
        /// Which.
        channel: ChannelId,
        /// Who.
        members: Vec<UserId>,
    },
    /// Somebody came into a channel.
    Joined {
        /// Which.
        channel: ChannelId,
        /// Who.
        user: UserId,
    },
    /// Somebody left a channel.
    Left {
        /// Which.
        channel: ChannelId,
        /// Who.
        user: UserId,
    },
    /// Every group or role, with its name. One that is not among them is gone.
    Groups(Vec<GroupFacts>),
    /// Everyone in a group.
    GroupMembers {
        /// Which.
        group: GroupId,
        /// Who.
        members: Vec<UserId>,
    },
    /// Who has paused their notifications, of those who were asked about: the others have not.
    Pauses {
        /// Whom the platform told about.
        asked: Vec<UserId>,
        /// The pauses that go on, or come next.
        paused: Vec<PauseFacts>,
    },
    /// What somebody wrote.
    Words {
        /// Where.
        spot: Spot,
        /// The words as their author saw them; none where the platform doesn't let the bot read them.
        text: Option<String>,
    },
    /// The team's days off, from the calendars that the configuration names, by each one's short name. One that could not
    /// be read has none: what was known of it stays.
    TeamDays(BTreeMap<String, Option<Holidays>>),
    /// There is a file with somebody's calendar, in the folder that the configuration names.
    CalendarFile {
        /// Whose.
        user: UserId,
        /// Its name in that folder.
        file: String,
    },
    /// What came of reading somebody's calendar.
    Calendar {
        /// Whose.
        user: UserId,
        /// Which.
        feed: FeedId,
        /// What was in it.
        reading: Reading,
    },
    /// An errand came back empty-handed.
    Unavailable {
        /// What was asked.
        errand: Errand,
        /// Why there is no answer.
        refusal: Refusal,
    },
    /// The token stopped working: sending is on hold until it works again.
    Locked {
        /// The platform's own word for it (`token_revoked`, `account_inactive`, 401).
        reason: String,
    },
    /// The token works again.
    Unlocked,
}

/// What a platform knows of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberFacts {
    /// Who.
    pub user: UserId,
    /// Name to show.
    pub name: String,
    /// IANA zone of the profile; `None` where there is none.
    pub zone: Option<String>,
    /// The profile's language, where jeda speaks it.
    pub language: Option<Language>,
    /// Administers the workspace.
    pub admin: bool,
    /// A bot or an app.
    pub bot: bool,
    /// Still there (not deactivated, not gone).
    pub active: bool,
}

/// What a platform knows of a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelFacts {
    /// Which.
    pub channel: ChannelId,
    /// Its name, without `#`.
    pub name: String,
    /// The bot is in it and may post.
    pub open: bool,
    /// Closed for good.
    pub archived: bool,
    /// Only for those who are in it; `None` where the platform doesn't say it here.
    pub private: Option<bool>,
    /// The bot may take back what others write in it, and post it again in their name.
    #[serde(default)]
    pub takes_back: bool,
}

/// What a platform knows of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// Which.
    pub group: GroupId,
    /// The name by which it is mentioned, without `@`.
    pub name: String,
}

/// A pause of somebody's notifications, as they set it in their client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseFacts {
    /// Who.
    pub user: UserId,
    /// First instant of it.
    pub from: Timestamp,
    /// First instant after it.
    pub until: Timestamp,
}

/// A question to the platform. Its answer comes back as a [`Seen`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Everyone in the workspace.
    Directory,
    /// Every channel that the bot is in.
    Channels,
    /// One person.
    Member(UserId),
    /// Everyone in a channel.
    ChannelMembers(ChannelId),
    /// Every group or role, with its name.
    Groups,
    /// Everyone in a group.
    GroupMembers(GroupId),
    /// Whether these people have paused their notifications; at most
    /// [`PAUSES_AT_ONCE`](crate::limit::PAUSES_AT_ONCE).
    Pauses(Vec<UserId>),
    /// The words of one message, whose author asked for it to be delivered later.
    Words(Spot),
    /// What is in somebody's calendar. No platform knows: it is asked for where they said that it is.
    Calendar {
        /// Whose.
        user: UserId,
        /// Which.
        feed: FeedId,
        /// The zone of their days, by its IANA name.
        zone: String,
    },
}

/// Where somebody wrote something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Spot {
    /// In which channel.
    pub channel: ChannelId,
    /// In which thread, by its first message.
    pub thread: Option<MessageId>,
    /// Which message.
    pub message: MessageId,
}

/// Where a message was posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The channel it is in (the direct-message channel for a person).
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
    /// When the platform says it was posted.
    pub at: Timestamp,
}

/// What became of an effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It arrived, once.
    Sent(Posted),
    /// It was an errand, and the platform answered; the answer is an event of its own.
    Answered,
    /// The platform refused it for good.
    Refused(Refusal),
    /// `release` found that it should not go out any more.
    Skipped(crate::receipt::Why),
}

/// Why a platform refused something for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The person doesn't accept direct messages from the bot.
    DirectMessagesClosed,
    /// The bot is not in the channel, or may not post there.
    NotInChannel,
    /// The channel is archived or deleted.
    ChannelGone,
    /// The person is no longer there.
    MemberGone,
    /// The message to edit or the thread to answer is gone.
    MessageGone,
    /// A permission or scope is missing; the platform's name for it.
    MissingPermission(String),
    /// Tried until [`DELIVERY_ATTEMPTS_MAX`](crate::limit::DELIVERY_ATTEMPTS_MAX); the last error's code.
    GaveUp(String),
    /// Anything else; the platform's own code, never a body.
    Other(String),
}

/// The inbox key of an effect's settling.
pub fn settled_key(effect: &EffectKey) -> InboxKey {
    InboxKey::new(format!("settled/{effect}"))
}
