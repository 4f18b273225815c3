//! Who takes part in a standup: whom it names, and who joined, without who left.

use super::{Entry, EntryState, RoundKey, Skip, Standup, Who};
use crate::{event::Origin, id::UserId, people::Member, snapshot::Snapshot};
use std::collections::BTreeSet;

/// Whether the people whom the standup names are known yet. A channel's or a group's are asked for with an errand.
pub(super) fn known(snapshot: &Snapshot, who: &Who, channel: &crate::id::ChannelId) -> bool {
    match who {
        Who::List(_) => true,
        Who::ChannelMembers => snapshot.channel_members.contains_key(channel),
        Who::Group(group) => snapshot.group_members.contains_key(group),
    }
}

/// Whether `who` names this person, before they joined or left by themselves.
pub(super) fn names(snapshot: &Snapshot, standup: &Standup, user: &UserId) -> bool {
    match &standup.who {
        Who::List(list) => list.contains(user),
        Who::ChannelMembers => snapshot.is_in_channel(user, &standup.channel),
        Who::Group(group) => snapshot.is_in_group(user, group),
    }
}

/// Whether somebody may know of a standup. One whose channel is private is for those who are in that channel, take
/// part, own or observe it, and for administrators.
pub(crate) fn may_see(snapshot: &Snapshot, standup: &Standup, by: &Origin) -> bool {
    !is_private(snapshot, standup) || is_theirs(snapshot, standup, by) || takes_part(snapshot, standup, &by.user)
}

/// Whether a standup is somebody's to look at whatever it asks: who is in its channel, owns or observes it, or
/// administers the workspace. Who acts in a channel is in it.
fn is_theirs(snapshot: &Snapshot, standup: &Standup, by: &Origin) -> bool {
    let user = &by.user;
    by.channel.as_ref() == Some(&standup.channel)
        || snapshot.is_in_channel(user, &standup.channel)
        || standup.owner == *user
        || standup.observers.contains(user)
        || snapshot.members.get(user).is_some_and(|member| member.admin)
}

pub(super) fn is_private(snapshot: &Snapshot, standup: &Standup) -> bool {
    snapshot.channels.get(&standup.channel).is_some_and(|channel| channel.private)
}

/// Whether somebody may read what was said in a round. Where the channel is private, taking part from now on opens no
/// earlier round: one has to have been asked in it.
pub(super) fn may_read(snapshot: &Snapshot, standup: &Standup, round: &RoundKey, by: &Origin) -> bool {
    let user = &by.user;
    let asked = |entry: &Entry| {
        entry.key.user == *user && !matches!(entry.state, EntryState::Skipped(Skip::Left | Skip::NotAsked(_)))
    };
    is_theirs(snapshot, standup, by)
        || snapshot.entries_of_round(round).any(asked)
        || !is_private(snapshot, standup) && takes_part(snapshot, standup, user)
}

/// Whether this person takes part: is named or joined, has not left, is a person, and is still there.
pub(crate) fn takes_part(snapshot: &Snapshot, standup: &Standup, user: &UserId) -> bool {
    let wanted = standup.joined.contains(user) || names(snapshot, standup, user);
    wanted && !standup.left.contains(user) && snapshot.members.get(user).is_some_and(|m| m.active && !m.bot)
}

/// Everyone who takes part, in the order of their ids. People whose row is not known yet follow when it comes.
pub(super) fn roster<'s>(snapshot: &'s Snapshot, standup: &'s Standup) -> Vec<&'s Member> {
    wanted(snapshot, standup)
        .filter_map(|user| snapshot.members.get(user))
        .filter(|member| member.active && !member.bot)
        .collect()
}

/// Those who would take part and whose rows are not known yet: they are still being asked for.
pub(super) fn strangers<'s>(snapshot: &'s Snapshot, standup: &'s Standup) -> impl Iterator<Item = &'s UserId> {
    wanted(snapshot, standup).filter(|user| !snapshot.members.contains_key(*user))
}

/// Everyone whom the standup names and who joined, without who left.
fn wanted<'s>(snapshot: &'s Snapshot, standup: &'s Standup) -> impl Iterator<Item = &'s UserId> {
    static NONE: BTreeSet<UserId> = BTreeSet::new();
    let named = match &standup.who {
        Who::List(list) => list,
        Who::ChannelMembers => snapshot.channel_members.get(&standup.channel).unwrap_or(&NONE),
        Who::Group(group) => snapshot.group_members.get(group).unwrap_or(&NONE),
    };
    named.union(&standup.joined).filter(|user| !standup.left.contains(*user))
}
