//! Names of things. Each is a type of its own, so that a channel can't be passed where a member is meant.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the platform's or the store's own spelling as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }
            /// The spelling that was given.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

id! {
    /// One Slack team or one Discord server, unique over all platforms: `slack:T024BE7LD`, `discord:81384788765712384`.
    /// Core treats it as opaque.
    WorkspaceId
}
id! {
    /// A user inside one workspace, in the platform's spelling.
    UserId
}
id! {
    /// A channel inside one workspace, in the platform's spelling.
    ChannelId
}
id! {
    /// A Slack user group or a Discord role.
    GroupId
}
id! {
    /// A message inside one channel: Slack's `ts`, Discord's snowflake.
    MessageId
}
id! {
    /// A standup's definition. At most [`limit::STANDUP_ID_CHARS`](crate::limit::STANDUP_ID_CHARS) characters of
    /// `[a-z0-9]`, derived from the inbox key that made it.
    StandupId
}
id! {
    /// The durable name of something that happened, given by the platform (Slack's `event_id`, Discord's
    /// interaction or message id), prefixed with its kind. Deduplication is by this key alone.
    InboxKey
}
id! {
    /// The name of one owed message, derived from the inbox key that caused it and an index, so that deciding
    /// again gives the same key. Members see it as the reference that `jeda explain` opens.
    EffectKey
}
id! {
    /// The name of one wake inside a workspace. Setting a wake under a key that exists moves it.
    WakeKey
}
id! {
    /// What a posted message is about (`prompt/s1/2026-11-24/U1`, `report/s1/2026-11-24/head/0`), so that it can
    /// be found again to be edited. Unique inside a workspace.
    Subject
}

impl MessageId {
    /// Whether this message was posted after another of the same channel. Ids of one channel grow with time on both
    /// platforms: Slack's `ts` is seconds since 1970 with six decimals, Discord's snowflake begins with milliseconds.
    pub fn is_after(&self, other: &Self) -> bool {
        (self.0.len(), self.0.as_str()) > (other.0.len(), other.0.as_str())
    }
}

/// A short, stable, lower-case base-32 name for any text (64 bits of FNV-1a, 13 characters).
///
/// Used where a platform limits a key's length (Discord's `nonce`: 25 characters) and where a key must be derived
/// rather than drawn. Not a secret and not collision-proof against an adversary: uniqueness is enforced by the
/// store's primary keys.
pub fn short(text: &str) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    }
    (0..13).map(|i| char::from(ALPHABET[((hash >> (i * 5)) & 31) as usize])).collect()
}
