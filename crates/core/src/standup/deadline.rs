//! The promise: nobody is asked after the time to answer is over. A deadline that would come before somebody's prompt is
//! refused with names and times: when it is given, as far as the people are known by then; for those who are still
//! being asked for, as soon as they are known, before anybody is asked.

use super::{
    Deadline, Effect, Standup, StandupState, Telling, Who,
    desk::Desk,
    report::member_name,
    roster::{known, roster, strangers},
    slot,
};
use crate::{
    copy::standup::Conflict,
    id::{StandupId, UserId},
    people::Member,
    snapshot::Snapshot,
};
use jiff::Timestamp;

/// Whose prompt would come after the deadline, among those who are known. Where nobody is, `maker` stands for all.
pub(super) fn too_early(seen: &Snapshot, standup: &Standup, maker: Option<&Member>, now: Timestamp) -> Vec<Conflict> {
    let mut members = roster(seen, standup);
    if members.is_empty() {
        members.extend(maker);
    }
    let zone_of =
        |user: &UserId| seen.members.get(user).map_or(seen.workspace.zone, |member| member.zone(&seen.workspace));
    slot::conflicts(standup, &members, &seen.workspace, now)
        .into_iter()
        .map(|it| Conflict {
            name: member_name(seen, &it.user),
            zone: zone_of(&it.user),
            prompt_at: it.prompt_at,
            deadline_at: it.deadline_at,
        })
        .collect()
}

/// Whether a deadline has to be looked at again: until a channel's or group's people were read anew, and everybody is
/// known.
pub(super) fn is_open(seen: &Snapshot, standup: &Standup) -> bool {
    matches!(standup.deadline, Deadline::At { .. })
        && (!matches!(standup.who, Who::List(_)) || strangers(seen, standup).next().is_some())
}

/// A channel's or group's people were read: a deadline that holds for all of them is not looked at any more.
pub(super) fn settle(desk: &mut Desk<'_, '_, '_>, id: &StandupId) {
    let Some(standup) = desk.seen.standups.get(id).filter(|standup| standup.deadline_open).cloned() else { return };
    let is_whole =
        known(&desk.seen, &standup.who, &standup.channel) && strangers(&desk.seen, &standup).next().is_none();
    if is_whole {
        desk.put_standup(Standup { deadline_open: false, ..standup });
    }
}

/// Looks at a deadline that was given before the people were known, now that more of them are. Where it comes before
/// somebody's prompt the standup asks nobody, and its owner is told; while somebody is still being asked for, it is
/// looked at again. Whether it may ask.
pub(super) fn holds(desk: &mut Desk<'_, '_, '_>, id: &StandupId) -> bool {
    let Some(standup) = desk.seen.standups.get(id).filter(|standup| standup.deadline_open).cloned() else {
        return true;
    };
    let holds = too_early(&desk.seen, &standup, None, desk.now()).is_empty();
    let state = if holds { standup.state } else { StandupState::Paused };
    let owner = standup.owner.clone();
    let deadline_open = holds && is_open(&desk.seen, &standup);
    desk.put_standup(Standup { state, deadline_open, ..standup });
    if !holds {
        desk.owe(Effect::Tell(owner, Telling::DeadlineTooEarly(id.clone())));
    }
    holds
}
