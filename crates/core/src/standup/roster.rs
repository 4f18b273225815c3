//! Who takes part in a standup: whom it names, and who joined, without who left.

use super::{Standup, Who};
use crate::{id::UserId, people::Member, snapshot::Snapshot};
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
        Who::ChannelMembers => snapshot.channel_members.get(&standup.channel).is_some_and(|all| all.contains(user)),
        Who::Group(group) => snapshot.group_members.get(group).is_some_and(|all| all.contains(user)),
    }
}

/// Whether this person takes part: is named or joined, has not left, is a person, and is still there.
pub(super) fn takes_part(snapshot: &Snapshot, standup: &Standup, user: &UserId) -> bool {
    let wanted = standup.joined.contains(user) || names(snapshot, standup, user);
    wanted && !standup.left.contains(user) && snapshot.members.get(user).is_some_and(|m| m.active && !m.bot)
}

/// Everyone who takes part, in the order of their ids. People whose row is not known yet follow when it comes.
pub(super) fn roster<'s>(snapshot: &'s Snapshot, standup: &Standup) -> Vec<&'s Member> {
    let none = BTreeSet::new();
    let named = match &standup.who {
        Who::List(list) => list,
        Who::ChannelMembers => snapshot.channel_members.get(&standup.channel).unwrap_or(&none),
        Who::Group(group) => snapshot.group_members.get(group).unwrap_or(&none),
    };
    named
        .union(&standup.joined)
        .filter(|user| !standup.left.contains(*user))
        .filter_map(|user| snapshot.members.get(user))
        .filter(|member| member.active && !member.bot)
        .collect()
}
