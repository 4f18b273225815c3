//! Promise 3 to the team: no pressure to answer now. What somebody writes outside another's hours is delivered inside
//! them, so that nobody is disturbed and nobody has to remember to send it.
//!
//! Whoever wants to be disturbed after all says so with `/hours`: jeda goes by declared hours alone. A message is at
//! every moment in exactly one place: it waits, it was delivered, it is on its way back to its author, or its author
//! dropped it. Its words and whom they are for lie in its row while it waits, and are erased from it at its end.

mod command;
mod decide;
mod due;
mod hold;
mod original;
mod own;
mod release;
pub(crate) mod said;

pub use command::answers;
pub use decide::{decide, needs};
pub use hold::{Held, Leaves, Posting};
pub(crate) use hold::{has_room, hold, needs as hold_needs, posted_at_once, waiting};
pub(crate) use original::{Readers, deliver};
pub(crate) use own::still_waits;
pub(crate) use own::{How, When};
pub use release::{release, release_needs};

use crate::{
    action::Token,
    event::Spot,
    id::{ChannelId, Subject, UserId, WakeKey, short},
    norm::JudgedId,
    receipt,
    snapshot::Snapshot,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a message that waits: short and of lower-case characters, so that a button can carry it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LaterId(String);

impl LaterId {
    /// The name of the message that this command made.
    pub(crate) fn derived(text: &str) -> Self {
        Self(short(text))
    }
    /// A name as a button or a row brought it back.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
    /// Its spelling.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// What the receipts of its delivery are about.
    pub fn subject(&self) -> Subject {
        Subject::new(format!("later/{self}"))
    }
    /// What the receipts of its way back are about.
    pub fn return_subject(&self) -> Subject {
        Subject::new(format!("later-back/{self}"))
    }
}

impl fmt::Display for LaterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A message that somebody wrote to be delivered later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Later {
    /// Its name.
    pub id: LaterId,
    /// Its number among its author's messages, by which they speak of it. Never given twice.
    pub number: u32,
    /// Who wrote it.
    pub author: UserId,
    /// Where it is.
    pub state: State,
}

/// Where a message is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It is held, and the platform is asked to take it back: until it has, it stands where it was written.
    Taking(Letter),
    /// It waits for its time.
    Waiting(Letter),
    /// It is held, and is being posted again.
    Posting(Posting),
    /// It could not be delivered, and goes back to its author.
    Back {
        /// What it was.
        letter: Letter,
        /// Why it could not be delivered.
        why: receipt::Why,
        /// Since when. While its author can't be reached either it stays in their list.
        since: Timestamp,
    },
    /// It came to its end. Nothing of it is kept.
    Done {
        /// Which.
        end: End,
        /// When.
        at: Timestamp,
    },
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// It was delivered, once.
    Delivered,
    /// Its author took it back.
    Dropped,
    /// It could not be delivered, and its author has it back.
    Returned,
    /// It could not be delivered, and its author could not be given it back.
    Lost,
    /// It could not be taken back, and stays where it was written.
    Stayed,
}

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// A person, in their direct messages.
    Member(UserId),
    /// Everybody in a channel.
    Channel(ChannelId),
}

/// What is to be delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// To whom.
    pub to: To,
    /// The words, as their author saw them.
    pub text: String,
    /// When they were written.
    pub written_at: Timestamp,
    /// Not before that, whatever hours they keep.
    pub not_before: Timestamp,
    /// When it is expected to go out, as far as was known when it was looked at last.
    pub due_at: Timestamp,
    /// Counts how often its time was moved: only the delivery that was owed last takes place.
    pub turn: u32,
    /// The message in a channel that it was first; none where it was written for later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Original>,
    /// What it takes to post it again where it was taken back; none where it is delivered by jeda.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Box<Held>>,
}

/// A message in a channel that is delivered in its readers' hours as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Where it is.
    pub spot: Spot,
    /// Whether its words are here.
    pub words: Words,
}

/// Whether a message's words are here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Words {
    /// The platform is asked for them.
    Asked,
    /// They are, or can't be had.
    Known,
}

impl Original {
    /// The name under which norms know the message.
    pub fn judged(&self) -> JudgedId {
        JudgedId::of(&self.spot.channel, &self.spot.message)
    }
}

impl Later {
    /// What is still to be delivered, or to be given back.
    pub fn letter(&self) -> Option<&Letter> {
        match &self.state {
            State::Taking(letter) | State::Waiting(letter) | State::Back { letter, .. } => Some(letter),
            State::Posting(posting) => Some(&posting.letter),
            State::Done { .. } => None,
        }
    }
    /// The message in a channel that it was first, while it waits or comes back.
    pub fn original(&self) -> Option<&Original> {
        self.letter()?.of.as_ref()
    }
    /// Whose hours it waits for.
    pub fn waits_for(&self) -> Option<&UserId> {
        match &self.state {
            State::Waiting(Letter { to: To::Member(user), .. }) => Some(user),
            _ => None,
        }
    }
    /// When it came to its end.
    pub fn settled_at(&self) -> Option<Timestamp> {
        match &self.state {
            State::Taking(_) | State::Waiting(_) | State::Posting(_) | State::Back { .. } => None,
            State::Done { at, .. } => Some(*at),
        }
    }
    /// What it takes to post it again, where it is held.
    pub fn held(&self) -> Option<&Held> {
        self.letter()?.held.as_deref()
    }
    /// The same, elsewhere.
    #[must_use]
    pub(crate) fn now_in(&self, state: State) -> Self {
        Self { state, ..self.clone() }
    }
}

/// What changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A message's row.
    Later(Box<Later>),
}

/// Applies a change to a snapshot as the store applies it to the rows.
pub fn apply(snapshot: &mut Snapshot, change: &Change) {
    let Change::Later(later) = change;
    snapshot.laters.insert(later.id.clone(), (**later).clone());
}

/// What is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A message to whom it is for.
    Deliver {
        /// Which.
        id: LaterId,
        /// As of which time that it was moved.
        turn: u32,
    },
    /// A message back to its author, with the reason.
    Return {
        /// Which.
        id: LaterId,
        /// Which piece of it, where it takes several messages.
        #[serde(default)]
        part: u32,
    },
    /// A message of somebody else's away from where it stands.
    TakeBack {
        /// Which.
        id: LaterId,
        /// As norms know it.
        judged: JudgedId,
    },
    /// A word to its author that it waits.
    TellHeld {
        /// Which.
        id: LaterId,
        /// As norms know it.
        judged: JudgedId,
        /// Who wrote it.
        author: UserId,
    },
    /// A piece of a held message where it was written, in its author's name.
    Repost {
        /// Which.
        id: LaterId,
        /// As of which time that it was to be posted.
        turn: u32,
        /// Which piece.
        part: u32,
    },
}

impl Effect {
    /// What its receipts are about.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Deliver { id, .. } | Self::Repost { id, .. } => id.subject(),
            Self::Return { id, .. } => id.return_subject(),
            Self::TakeBack { id, .. } => Subject::new(format!("take-back/{id}")),
            // Another path than the message's own: that its author is being told is no reason to wait with it.
            Self::TellHeld { id, .. } => Subject::new(format!("later-told/{id}/held")),
        }
    }
    /// The message that it is about.
    pub fn id(&self) -> &LaterId {
        match self {
            Self::Deliver { id, .. }
            | Self::Return { id, .. }
            | Self::TakeBack { id, .. }
            | Self::TellHeld { id, .. }
            | Self::Repost { id, .. } => id,
        }
    }
}

/// Why a message took the way it did. Copy: `later-why-*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its author took it back.
    Dropped,
    /// Whom it is for has no working time in sight, and it has waited long enough.
    NoHours,
    /// Its author has it back.
    Returned,
    /// Its author deleted the message that it was in the channel.
    Deleted,
    /// A norm holds it: it was taken back, and waits.
    Held,
    /// The hours of somebody whom it would have mentioned are others now, so it is looked at again.
    Turned,
}

/// What is due of a held message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wake {
    /// Somebody whom it names may be at work.
    Due {
        /// Which.
        id: LaterId,
        /// When it was written.
        written_at: Timestamp,
        /// Its number among its author's.
        number: u32,
    },
}

impl Wake {
    /// Its name. What is due at the same instant is woken in the order of names, so that messages come in the order in
    /// which they were written.
    pub fn key(&self) -> WakeKey {
        match self {
            Self::Due { id, written_at, number } => {
                WakeKey::new(format!("held/{:015}/{number:06}/{id}", written_at.as_millisecond()))
            }
        }
    }
}

/// What buttons do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Takes a message back.
    Cancel(LaterId),
    /// Sends it now.
    Now(LaterId),
}

impl Token for Action {
    fn token(&self) -> String {
        match self {
            Self::Cancel(id) => format!("cancel/{id}"),
            Self::Now(id) => format!("now/{id}"),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        let (verb, id) = text.split_once('/').filter(|(_, id)| !id.is_empty())?;
        match verb {
            "cancel" => Some(Self::Cancel(LaterId::new(id))),
            "now" => Some(Self::Now(LaterId::new(id))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
