//! What is wrong with a draft, said in English, with the next thing to try.

use super::{Near, What};
use crate::{
    limit::{NORM_ITEMS_MAX, NORM_NAME_CHARS_MAX, NORMS_MAX},
    norm::{Enforce, Kind},
};
use std::fmt;

impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Renamed(name) => write!(f, " It was renamed: write \"{name}\"."),
            Self::Spelled(name) => write!(f, " Did you mean \"{name}\"?"),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let near = |near: &Option<Near>| near.as_ref().map_or_else(String::new, ToString::to_string);
        match self {
            Self::Name => write!(
                f,
                "a norm's name is a word of a-z, 0-9, - and _ with at most {NORM_NAME_CHARS_MAX} characters, such as \"nights\""
            ),
            Self::TooMany => {
                write!(f, "more than {NORMS_MAX} norms; what nobody can remember, nobody keeps. Bring some together.")
            }
            Self::TooManyItems => write!(f, "more than {NORM_ITEMS_MAX} items; a group says the same in one."),
            Self::Level(kind, level) => level_words(f, *kind, *level),
            Self::NoPlaces(kind) => write!(
                f,
                "{} is about people, not channels. Leave channels out, or say groups = [\"@some-group\"].",
                kind.key()
            ),
            Self::TwoScopes => write!(
                f,
                "channels and groups at once don't say which of them counts. Make it two norms, one with channels and one with groups."
            ),
            Self::EmptyScope => write!(f, "is empty. Name something, or leave the line out to mean everywhere."),
            Self::SamePlace(kind, other) => write!(
                f,
                "{}.{other} is for the same place already, so nobody could tell which one holds. Take it out of one of them.",
                kind.key()
            ),
            Self::ExemptAndMeant(name) => {
                write!(f, "{name} is in the scope and exempt from it at once. Take it out of one of them.")
            }
            Self::NoRecord => write!(
                f,
                "has a budget and no channel in which each urgent message is on record. Say record = \"#some-channel\", or enforce = \"off\"."
            ),
            Self::OutOf { given, least, most } => write!(f, "is {given}; {least} to {most} can be said here."),
            Self::RemindsTooEarly(hours) => write!(
                f,
                "would remind before anybody could answer: the whole time is {hours} working hours. Say less, or 0 for no reminder."
            ),
            Self::NeverComes => write!(
                f,
                "this digest never comes. Say at_start_of_day = true or also_at = [\"14:00\"], or enforce = \"off\"."
            ),
            Self::NothingIn => {
                write!(f, "nothing is in it. Leave the line out for everything, or say enforce = \"off\".")
            }
            Self::WrongSign { given, wanted } => write!(f, "\"{given}\" can't be named here: it is written {wanted}."),
            Self::NoChannel(given, hint) => write!(
                f,
                "there is no channel {given} that jeda knows.{} jeda knows the channels that it was invited to.",
                near(hint)
            ),
            Self::NoGroup(given, hint) => write!(f, "there is no group or role {given}.{}", near(hint)),
            Self::Nobody(given, hint) => write!(f, "nobody here is called {given}.{}", near(hint)),
            Self::Several(given, ids) => {
                write!(f, "several are called {given}. Write the id of the one you mean: {}.", ids.join(", "))
            }
            Self::Archived(given) => write!(f, "{given} is archived. Take it out, or bring the channel back."),
            Self::Closed(given) => {
                write!(f, "jeda may not write in {given}, so nothing could be on record there. Invite it first.")
            }
        }
    }
}

fn level_words(f: &mut fmt::Formatter<'_>, kind: Kind, level: Enforce) -> fmt::Result {
    let allowed: Vec<String> = kind.levels().iter().map(|level| format!("\"{}\"", level.key())).collect();
    let why = match kind {
        Kind::ResponseWindow => "it gives time to answer, and there is nothing to hold",
        Kind::Digest => "it brings what was held, and there is nothing of its own to hold",
        Kind::StandupHours => "jeda always keeps people's hours itself; write \"hold\", or leave the norm out",
        Kind::QuietHours | Kind::Focus | Kind::Urgent => "it has no such level",
    };
    write!(f, "{} can't be \"{}\": {why}. Allowed: {}.", kind.key(), level.key(), allowed.join(", "))
}
