//! What a button does and what a form is for, as short tokens that platforms carry to and fro.
//!
//! A token is data from outside when it comes back: anyone may forge one, so decoding never trusts it, and the
//! feature checks the actor's right each time.

use crate::{ask, digest, later, norm, people, standup};
use serde::{Deserialize, Serialize};

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Action {
    /// A standup's button.
    Standup(standup::Action),
    /// A button about one's hours.
    People(people::Action),
    /// A norm's button.
    Norm(norm::Action),
    /// The button of a message that waits.
    Later(later::Action),
    /// A question's button.
    Ask(ask::Action),
    /// A digest's button.
    Digest(digest::Action),
}

/// Which form came back, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum FormId {
    /// A standup's form.
    Standup(standup::FormId),
    /// A form about one's hours.
    People(people::FormId),
    /// A question's form.
    Ask(ask::FormId),
    /// A norm's form.
    Norm(norm::FormId),
}

/// A token that none of our buttons or forms could have carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown action token")]
pub struct UnknownToken;

/// Characters that a token may have: Discord's `custom_id` allows 100, Slack's `action_id` 255.
pub const TOKEN_CHARS_MAX: usize = 100;

macro_rules! token {
    ($name:ident { $($variant:ident = $prefix:literal),* }) => {
        impl From<$name> for String {
            fn from(it: $name) -> Self {
                match it { $($name::$variant(inner) => format!(concat!($prefix, ":{}"), inner.token())),* }
            }
        }
        impl TryFrom<String> for $name {
            type Error = UnknownToken;
            fn try_from(text: String) -> Result<Self, UnknownToken> {
                $name::decode(&text)
            }
        }
        impl $name {
            /// The token, `[a-z0-9:./_-]`, at most [`TOKEN_CHARS_MAX`] characters.
            pub fn token(&self) -> String {
                String::from(self.clone())
            }
            /// Reads a token back.
            pub fn decode(text: &str) -> Result<Self, UnknownToken> {
                let (prefix, rest) = text.split_once(':').ok_or(UnknownToken)?;
                match prefix {
                    $($prefix => crate::action::Token::decode(rest).map($name::$variant).ok_or(UnknownToken),)*
                    _ => Err(UnknownToken),
                }
            }
        }
    };
}

/// How a feature spells its own actions and forms inside a token.
pub trait Token: Sized {
    /// `[a-z0-9:./_-]`, at most 97 characters.
    fn token(&self) -> String;
    /// Reads it back; `None` when it is not one of ours.
    fn decode(text: &str) -> Option<Self>;
}

token!(Action { Standup = "s", People = "p", Norm = "n", Later = "l", Ask = "a", Digest = "d" });
token!(FormId { Standup = "s", People = "p", Norm = "n", Ask = "a" });
