//! What the gateway says, in core's words. Pure: no call is made and no clock is read.
//!
//! Which server a direct message belongs to is not in the message; the caller decides that (see `places`) and the
//! functions here only say what is known: the server of an interaction in a server, or the one that a button
//! names.

pub(crate) mod interaction;
pub(crate) mod said;

pub(crate) use interaction::{Asked, Heard, interaction};
pub(crate) use said::{Names, Overheard, Spoken, deleted, edited, overheard, overheard_edit, spoken};

use jeda_core::{
    event::MemberFacts,
    id::{UserId, WorkspaceId},
};
use serenity::model as sr;

/// The prefix of this platform's workspaces.
pub const PLATFORM: &str = "discord";

/// A server as a workspace.
pub fn workspace(guild: u64) -> WorkspaceId {
    WorkspaceId::new(format!("{PLATFORM}:{guild}"))
}

/// The server that a workspace is; `None` for one of another platform.
pub fn guild_of(workspace: &WorkspaceId) -> Option<u64> {
    snowflake(workspace.as_str().strip_prefix(PLATFORM)?.strip_prefix(':')?)
}

/// An id of Discord's: a number, and never zero (serenity panics on zero).
pub(crate) fn snowflake(text: &str) -> Option<u64> {
    text.parse().ok().filter(|id| *id != 0)
}

/// The name that people see: the server's nickname, else the name they chose, else their account's.
pub(crate) fn name_of(nick: Option<&str>, user: &sr::user::User) -> String {
    nick.or(user.global_name.as_deref()).unwrap_or(&user.name).to_owned()
}

/// What a server tells of one of its people.
pub(crate) fn facts(user: &sr::user::User, nick: Option<&str>, admin: bool, active: bool) -> MemberFacts {
    MemberFacts {
        user: UserId::new(user.id.to_string()),
        name: name_of(nick, user),
        zone: None,
        language: None,
        admin,
        bot: user.bot || user.system,
        active,
    }
}

#[cfg(test)]
mod tests;
