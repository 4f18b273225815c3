//! Who may do what where, as Discord computes it: the server's roles, then the channel's overwrites.
//! (<https://discord.com/developers/docs/topics/permissions>, bits from the same page.)

use super::model::{Channel, Kind, State};

pub(super) const ADMINISTRATOR: u64 = 1 << 3;
pub(super) const MANAGE_GUILD: u64 = 1 << 5;
pub(super) const VIEW: u64 = 1 << 10;
pub(super) const SEND: u64 = 1 << 11;
pub(super) const MANAGE_MESSAGES: u64 = 1 << 13;
pub(super) const EMBED: u64 = 1 << 14;
pub(super) const ATTACH: u64 = 1 << 15;
pub(super) const HISTORY: u64 = 1 << 16;
pub(super) const MENTION_EVERYONE: u64 = 1 << 17;
pub(super) const MANAGE_WEBHOOKS: u64 = 1 << 29;
pub(super) const USE_COMMANDS: u64 = 1 << 31;
pub(super) const MANAGE_THREADS: u64 = 1 << 34;
pub(super) const PUBLIC_THREADS: u64 = 1 << 35;
pub(super) const PRIVATE_THREADS: u64 = 1 << 36;
pub(super) const SEND_IN_THREADS: u64 = 1 << 38;
/// Everything that Discord knows today (bits 0 to 52).
pub(super) const ALL: u64 = (1 << 53) - 1;
/// What everyone in a new server may do, as far as bots notice.
pub(super) const EVERYONE: u64 = VIEW
    | SEND
    | EMBED
    | ATTACH
    | HISTORY
    | MENTION_EVERYONE
    | USE_COMMANDS
    | PUBLIC_THREADS
    | PRIVATE_THREADS
    | SEND_IN_THREADS;
/// What a bot is invited with where the setup says nothing else.
pub(super) const INVITED: u64 =
    VIEW | SEND | EMBED | ATTACH | HISTORY | PUBLIC_THREADS | PRIVATE_THREADS | SEND_IN_THREADS;

/// A rule of a channel for one role or member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overwrite {
    /// For a member; otherwise for a role.
    pub(super) member: bool,
    pub(super) allow: u64,
    pub(super) deny: u64,
}

/// What `user` may do in the server; nothing for who is not in it.
pub(super) fn in_guild(state: &State, user: u64) -> u64 {
    let Some(member) = state.members.get(&user) else { return 0 };
    if state.guild.owner == user {
        return ALL;
    }
    let everyone = state.roles.get(&state.guild.id).map_or(0, |r| r.permissions);
    let bits = member.roles.iter().filter_map(|r| state.roles.get(r)).fold(everyone, |all, r| all | r.permissions);
    if bits & ADMINISTRATOR != 0 { ALL } else { bits }
}

/// What `user` may do in a channel, thread or direct conversation.
pub(super) fn in_channel(state: &State, user: u64, channel: &Channel) -> u64 {
    match channel.kind {
        Kind::Direct { with } => {
            if user == with || user == state.bot {
                VIEW | SEND | EMBED | ATTACH | HISTORY | USE_COMMANDS
            } else {
                0
            }
        }
        Kind::Text => with_overwrites(state, user, channel),
        Kind::Thread { parent, private, .. } => {
            let Some(parent) = state.channels.get(&parent) else { return 0 };
            let bits = with_overwrites(state, user, parent);
            let hidden = private && !channel.thread_members.contains(&user) && bits & MANAGE_THREADS == 0;
            if hidden { 0 } else { bits }
        }
    }
}

fn with_overwrites(state: &State, user: u64, channel: &Channel) -> u64 {
    let base = in_guild(state, user);
    let Some(member) = state.members.get(&user) else { return 0 };
    if base == ALL {
        return ALL;
    }
    let mut bits = base;
    if let Some(rule) = channel.overwrites.get(&state.guild.id) {
        bits = bits & !rule.deny | rule.allow;
    }
    let of_roles = || member.roles.iter().filter_map(|r| channel.overwrites.get(r));
    let deny = of_roles().fold(0, |all, o| all | o.deny);
    let allow = of_roles().fold(0, |all, o| all | o.allow);
    bits = bits & !deny | allow;
    if let Some(rule) = channel.overwrites.get(&user) {
        bits = bits & !rule.deny | rule.allow;
    }
    // Without seeing a channel nothing can be done in it.
    if bits & VIEW == 0 { 0 } else { bits }
}
