//! Which norm of a kind holds: of two for one place the narrower wins, a channel over a group over the workspace.
//!
//! For somebody who is in two groups with a norm of one kind, the gentler holds, so that nobody is held back by
//! accident; of two equally gentle ones, the first in the file.

use super::{Kind, Norm, NormSet, Scope};
use crate::id::{ChannelId, GroupId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// Who is in which group.
pub type GroupMembers = BTreeMap<GroupId, BTreeSet<UserId>>;

impl NormSet {
    /// The norm of a kind that holds for somebody in a channel, or outside any. It may be off: then none does.
    pub fn holding(
        &self,
        kind: Kind,
        channel: Option<&ChannelId>,
        user: &UserId,
        groups: &GroupMembers,
    ) -> Option<&Norm> {
        channel.and_then(|channel| self.in_channel(kind, channel)).or_else(|| self.for_person(kind, user, groups))
    }

    /// The norm of a kind that names this channel.
    pub(super) fn in_channel(&self, kind: Kind, channel: &ChannelId) -> Option<&Norm> {
        let names = |norm: &&Norm| matches!(&norm.scope, Scope::Channels(channels) if channels.contains_key(channel));
        self.of(kind).find(names)
    }

    /// The norm of a kind that holds for somebody in a channel that no norm names.
    pub(super) fn for_person(&self, kind: Kind, user: &UserId, groups: &GroupMembers) -> Option<&Norm> {
        let mut by_group: Option<&Norm> = None;
        let mut everywhere = None;
        for norm in self.of(kind) {
            match &norm.scope {
                Scope::Channels(_) => {}
                Scope::Workspace => everywhere = everywhere.or(Some(norm)),
                Scope::Groups(named) => {
                    let gentler = by_group.is_none_or(|other| norm.enforce < other.enforce);
                    if gentler && in_any(named, user, groups).is_some() {
                        by_group = Some(norm);
                    }
                }
            }
        }
        by_group.or(everywhere)
    }
}

/// The first of these groups that somebody is in.
pub(super) fn in_any<'a>(
    named: &'a BTreeMap<GroupId, String>,
    user: &UserId,
    groups: &GroupMembers,
) -> Option<&'a GroupId> {
    named.keys().find(|group| groups.get(*group).is_some_and(|members| members.contains(user)))
}
