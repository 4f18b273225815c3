//! What the bot owes, and the message that it becomes when it is released.
//!
//! An effect says *what* is owed, not in which words: the words are made at release, from the state of that
//! moment. So no answer or body lies in the outbox, an erased person stays erased, and an edit that comes before
//! the sending is in it.

use crate::{
    ask, digest,
    event::{Errand, Posted, Spot},
    id::{ChannelId, EffectKey, MessageId, Subject, UserId, WorkspaceId},
    later,
    message::Message,
    norm, people, standup,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An effect with its name and its place in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// Its name.
    pub key: EffectKey,
    /// Where it is owed.
    pub workspace: WorkspaceId,
    /// Effects of one lane go out one after the other, in the order in which they were decided: a person's direct
    /// messages (`dm/U1`), a channel (`ch/C1`), errands (`errand/…`).
    pub lane: String,
    /// When it falls due, not before.
    pub due_at: Timestamp,
    /// What is owed.
    pub effect: Effect,
}

/// What is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A standup's message.
    Standup(standup::Effect),
    /// A message about hours, or to an administrator.
    People(people::Effect),
    /// A word about norms.
    Norm(norm::Effect),
    /// A message that waited.
    Later(later::Effect),
    /// A question's message.
    Ask(ask::Effect),
    /// What waited for somebody.
    Digest(digest::Effect),
    /// A question to the platform.
    Errand(Errand),
}

/// The lane of a person's direct messages.
pub fn dm_lane(user: &UserId) -> String {
    format!("dm/{user}")
}

/// The lane of a channel, its threads included.
pub fn channel_lane(channel: &ChannelId) -> String {
    format!("ch/{channel}")
}

/// The lane of an errand: one each, so that one that fails holds up no other.
pub fn errand_lane(errand: &Errand) -> String {
    match errand {
        Errand::Directory => "errand/directory".to_owned(),
        Errand::Channels => "errand/channels".to_owned(),
        Errand::Member(user) => format!("errand/member/{user}"),
        Errand::ChannelMembers(channel) => format!("errand/channel/{channel}"),
        Errand::Groups => "errand/groups".to_owned(),
        Errand::GroupMembers(group) => format!("errand/group/{group}"),
        Errand::Pauses(_) => "errand/pauses".to_owned(),
        Errand::Words(spot) => format!("errand/words/{}/{}", spot.channel, spot.message),
        Errand::Calendar { user, .. } => format!("errand/calendar/{user}"),
    }
}

impl Owed {
    /// Whose direct messages it is owed to, as its lane says.
    pub fn dm_user(&self) -> Option<UserId> {
        self.lane.strip_prefix("dm/").map(UserId::from)
    }
    /// Which channel it is owed to, as its lane says.
    pub fn lane_channel(&self) -> Option<ChannelId> {
        self.lane.strip_prefix("ch/").map(ChannelId::from)
    }
}

/// A message ready to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// The effect's name; goes along as metadata (Slack) or nonce (Discord), and is what reconciling looks for.
    pub key: EffectKey,
    /// Where.
    pub workspace: WorkspaceId,
    /// To whom.
    pub to: Target,
    /// What the message is about, so that it can be found again; none when it will never be edited.
    pub subject: Option<Subject>,
    /// The words. They fit into one message of the platform ([`Capabilities`](crate::snapshot::Capabilities)):
    /// core has split what didn't.
    pub message: Message,
    /// Without a push, where the platform can.
    pub silent: bool,
}

/// Somebody's own words, posted again in their name. What stands in [`Outgoing::message`] is ours, and stands below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InNameOf {
    /// In which channel.
    pub channel: ChannelId,
    /// In which thread, by its first message.
    pub thread: Option<MessageId>,
    /// The author's name.
    pub name: String,
    /// Where a picture of them is.
    pub face: Option<String>,
    /// Their words, in the platform's own spelling.
    pub words: String,
    /// Whom it mentions. Nobody else, whatever the words say.
    pub mentions: BTreeSet<UserId>,
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A person's direct messages.
    Direct(UserId),
    /// A channel.
    Channel(ChannelId),
    /// The thread under a message (Discord: a thread made from the message, opened on first use).
    Thread(Posted),
    /// Words that only one person sees, beside a message of theirs, where the platform has such
    /// ([`Capabilities::whispers`](crate::snapshot::Capabilities::whispers)). Whether it arrived can't be told later.
    Whisper {
        /// Who sees it.
        to: UserId,
        /// Beside which message.
        beside: Posted,
        /// In which thread that is, when it is in one.
        thread: Option<MessageId>,
    },
    /// An answer to a message, where it is.
    Reply {
        /// Which message.
        to: Posted,
        /// In which thread that is, when it is in one.
        thread: Option<MessageId>,
    },
    /// Nothing any more where a message of the bot's is.
    Nothing(Posted),
    /// Nothing any more where somebody else's message is, where the platform lets the bot take it back
    /// ([`Capabilities::take_back`](crate::snapshot::Capabilities::take_back)). Sent once it is gone; refused as
    /// [`MessageGone`](crate::event::Refusal::MessageGone) where somebody else took it away before.
    TakeBack {
        /// Where it is.
        spot: Spot,
        /// When it was written.
        at: Timestamp,
        /// Not any more from then on: it has been read, and stays.
        not_after: Timestamp,
    },
    /// Where somebody wrote it, in their name.
    InNameOf(Box<InNameOf>),
    /// In place of a message that is there.
    Edit(Posted),
    /// A private thread with one person under a channel, where direct messages are refused (Discord). Made on
    /// first use and kept.
    Aside {
        /// Under which channel.
        channel: ChannelId,
        /// With whom.
        user: UserId,
    },
}
