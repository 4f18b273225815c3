//! What the platform tells about people and places, taken in without a write where nothing is new.

use super::{Change, Channel, Group, Member, Trouble, Wake, Workspace, decide::Draft, person};
use crate::{
    decide::Cause,
    event::{ChannelFacts, Errand, GroupFacts, MemberFacts, PauseFacts, Refusal, Seen},
    id::{ChannelId, UserId},
    limit::{PAUSES_ASKED_MAX, PAUSES_AT_ONCE},
    snapshot::{Need, Snapshot},
    standup::Who,
    time::{Pause, Zone},
    wake,
};
use jiff::SignedDuration;
use std::collections::BTreeSet;

/// How often the directory and the channels are read again, since platforms lose events too.
const REFRESH_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// People that are asked about one by one when a list names them and nobody knows them; of more, the whole directory
/// is read, which is fewer calls (Slack pages it by 200).
pub(crate) const ASKED_SINGLY_MAX: usize = 20;

/// Rows that taking this in needs.
pub(super) fn needs(seen: &Seen, needs: &mut BTreeSet<Need>) {
    match seen {
        Seen::Workspace { .. } | Seen::Unlocked => {
            needs.extend([Need::Admins, Need::Standups, Need::Channels, Need::Norms]);
        }
        Seen::Member(facts) => {
            needs.insert(Need::Member(facts.user.clone()));
        }
        Seen::Directory(_) => {
            needs.insert(Need::Members);
        }
        Seen::Channel(facts) => {
            needs.insert(Need::Channel(facts.channel.clone()));
        }
        Seen::Channels(_) => {
            needs.insert(Need::Channels);
        }
        Seen::ChannelMembers { channel, .. } => needs.extend([Need::Channel(channel.clone()), Need::Members]),
        Seen::Joined { channel, user } | Seen::Left { channel, user } => {
            needs.extend([Need::Channel(channel.clone()), Need::Member(user.clone())]);
        }
        Seen::Groups(_) => {
            needs.insert(Need::Groups);
        }
        Seen::GroupMembers { group, .. } => needs.extend([Need::Group(group.clone()), Need::Members]),
        Seen::Pauses { asked, .. } => needs.extend(asked.iter().cloned().map(Need::Member)),
        Seen::Unavailable { errand, .. } => match errand {
            Errand::Member(user) => {
                needs.insert(Need::Member(user.clone()));
            }
            Errand::ChannelMembers(channel) => {
                needs.insert(Need::Channel(channel.clone()));
            }
            Errand::Directory
            | Errand::Channels
            | Errand::Groups
            | Errand::GroupMembers(_)
            | Errand::Pauses(_)
            | Errand::Words(_)
            | Errand::Calendar { .. } => {}
        },
        Seen::Locked { .. }
        | Seen::Words { .. }
        | Seen::Calendar { .. }
        | Seen::CalendarFile { .. }
        | Seen::TeamDays(_) => {}
    }
}

/// Takes it in.
pub(super) fn see(draft: &mut Draft<'_>, seen: &Seen, cause: &mut Cause<'_>) {
    match seen {
        Seen::Workspace { name, bot, capabilities, language, permalink } => {
            let before = &draft.seen.workspace;
            let after = Workspace {
                name: name.clone(),
                bot: Some(bot.clone()),
                capabilities: *capabilities,
                permalink: permalink.clone(),
                // English is what platforms say of a workspace that never chose, so it overrules no setting.
                language: language.filter(|it| *it != Default::default()).unwrap_or(before.language),
                ..before.clone()
            };
            put_workspace(draft, after);
            unlock(draft, cause);
            read_all(draft, cause);
        }
        Seen::Member(facts) => {
            let before = draft.seen.members.get(&facts.user).cloned();
            let member = with_facts(before.as_ref(), facts);
            person::profile_changed(draft, before.as_ref(), &member, cause);
            draft.put_member(member);
        }
        Seen::Directory(all) => {
            directory(draft, all, cause);
            ask_for_pauses(draft, cause);
        }
        Seen::Pauses { asked, paused } => pauses(draft, asked, paused),
        Seen::TeamDays(read) => {
            let before = draft.seen.workspace.clone();
            let kept = |name: &String| before.read_days.get(name).cloned();
            let days =
                read.iter().filter_map(|(name, days)| Some((name.clone(), days.clone().or_else(|| kept(name))?)));
            put_workspace(draft, Workspace { read_days: days.collect(), ..before.clone() });
        }
        // It is for `agenda`, which people's decision asks.
        Seen::Calendar { .. } | Seen::CalendarFile { .. } => {}
        Seen::Channel(facts) => put_channel(draft, facts),
        Seen::Channels(all) => channels(draft, all),
        Seen::ChannelMembers { channel, members } => {
            let now: BTreeSet<UserId> = members.iter().cloned().collect();
            if draft.seen.channel_members.get(channel) != Some(&now) {
                draft.put(Change::ChannelMembers(channel.clone(), now.iter().cloned().collect()));
            }
            get_to_know(draft, &now, cause);
        }
        Seen::Joined { channel, user } => {
            // Of a channel that nobody has asked about one person alone would look like everybody: they are asked for
            // together with the others, when somebody needs to know.
            let is_new = draft.seen.channel_members.get(channel).is_some_and(|members| !members.contains(user));
            if is_new && draft.seen.workspace.bot.as_ref() != Some(user) {
                draft.put(Change::ChannelJoined(channel.clone(), user.clone()));
            }
            get_to_know(draft, &[user.clone()].into(), cause);
        }
        Seen::Left { channel, user } => {
            if draft.seen.channel_members.get(channel).is_some_and(|members| members.contains(user)) {
                draft.put(Change::ChannelLeft(channel.clone(), user.clone()));
            }
        }
        Seen::Groups(all) => groups(draft, all),
        Seen::GroupMembers { group, members } => {
            let now: BTreeSet<UserId> = members.iter().cloned().collect();
            if draft.seen.group_members.get(group) != Some(&now) {
                draft.put(Change::GroupMembers(group.clone(), now.iter().cloned().collect()));
            }
            get_to_know(draft, &now, cause);
        }
        Seen::Unavailable { errand, refusal } => unavailable(draft, errand, refusal),
        Seen::Words { .. } => {}
        Seen::Locked { .. } => {
            let locked_since = draft.seen.workspace.locked_since.or(Some(cause.now));
            put_workspace(draft, Workspace { locked_since, ..draft.seen.workspace.clone() });
        }
        Seen::Unlocked => {
            if unlock(draft, cause) {
                // Events were lost while the token did not work.
                read_all(draft, cause);
            }
        }
    }
}

/// Reads everything again, now and in a day. A workspace whose token doesn't work is only looked at again then.
pub(super) fn refresh(draft: &mut Draft<'_>, cause: &mut Cause<'_>) {
    if draft.seen.workspace.locked_since.is_none() {
        read_all(draft, cause);
    } else {
        next_refresh(draft, cause);
    }
}

/// Errands for the directory, the channels, the groups, and who is in those that standups and norms are about.
fn read_all(draft: &mut Draft<'_>, cause: &mut Cause<'_>) {
    let mut errands: BTreeSet<Errand> = [Errand::Directory, Errand::Channels, Errand::Groups].into();
    errands.extend(draft.seen.standups.values().filter_map(|standup| match &standup.who {
        Who::ChannelMembers => Some(Errand::ChannelMembers(standup.channel.clone())),
        Who::Group(group) => Some(Errand::GroupMembers(group.clone())),
        Who::List(_) => None,
    }));
    let norms = draft.seen.norms.as_ref();
    errands.extend(norms.iter().flat_map(|it| it.set.groups()).cloned().map(Errand::GroupMembers));
    // A private channel's people may know of its standups, whomever those ask.
    let is_private = |channel: &&ChannelId| draft.seen.channels.get(*channel).is_some_and(|it| it.private);
    let channels = draft.seen.standups.values().map(|standup| &standup.channel);
    errands.extend(channels.filter(is_private).cloned().map(Errand::ChannelMembers));
    for errand in errands {
        draft.ask(errand, cause);
    }
    next_refresh(draft, cause);
}

fn next_refresh(draft: &mut Draft<'_>, cause: &Cause<'_>) {
    let at = cause.now.checked_add(REFRESH_EVERY).unwrap_or(jiff::Timestamp::MAX);
    draft.wake(cause.due(Wake::Refresh.key(), at, wake::Wake::People(Wake::Refresh)));
}

fn put_workspace(draft: &mut Draft<'_>, workspace: Workspace) {
    if draft.seen.workspace != workspace {
        draft.decision.changes.retain(|change| !matches!(change, crate::change::Change::People(Change::Workspace(_))));
        draft.put(Change::Workspace(Box::new(workspace)));
    }
}

/// Notes that the token works again, and tells one administrator. Whether it had been locked.
fn unlock(draft: &mut Draft<'_>, cause: &mut Cause<'_>) -> bool {
    let Some(since) = draft.seen.workspace.locked_since else { return false };
    put_workspace(draft, Workspace { locked_since: None, ..draft.seen.workspace.clone() });
    draft.tell_admin(Trouble::Locked { since, until: cause.now }, None, cause);
    true
}

/// The row of a member with the platform's facts; what they declared themselves stays.
fn with_facts(before: Option<&Member>, facts: &MemberFacts) -> Member {
    let before = before.cloned().unwrap_or_else(|| Member::unknown(facts.user.clone()));
    Member {
        name: facts.name.clone(),
        // A zone that doesn't exist is as good as none: the workspace's serves.
        profile_zone: facts.zone.as_deref().and_then(|zone| Zone::find(zone).ok()),
        // Where profiles have no language, the one that their client told in passing stays.
        language: facts.language.or(before.language),
        admin: facts.admin,
        bot: facts.bot,
        active: facts.active,
        // Who comes back may have opened their direct messages; one refusal tells otherwise.
        direct_closed: before.direct_closed && (before.active || !facts.active),
        ..before
    }
}

/// Everyone at once. Who is missing has left; an empty list is a platform's slip, not an exodus.
fn directory(draft: &mut Draft<'_>, all: &[MemberFacts], cause: &Cause<'_>) {
    if all.is_empty() {
        return;
    }
    let there: BTreeSet<&UserId> = all.iter().map(|facts| &facts.user).collect();
    let gone = |member: &&Member| member.active && !there.contains(&member.user);
    let left: Vec<Member> = draft.seen.members.values().filter(gone).cloned().collect();
    for facts in all {
        let member = with_facts(draft.seen.members.get(&facts.user), facts);
        // Each is in the list once, so nothing written earlier has to give way.
        let before = draft.seen.members.get(&member.user).cloned();
        if before.as_ref() != Some(&member) {
            person::profile_changed(draft, before.as_ref(), &member, cause);
            draft.put(Change::Member(Box::new(member)));
        }
    }
    for member in left {
        draft.put(Change::Member(Box::new(Member { active: false, ..member })));
    }
}

/// Asks who has paused their notifications, where the platform tells it. Its events tell the rest.
fn ask_for_pauses(draft: &mut Draft<'_>, cause: &mut Cause<'_>) {
    if !draft.seen.workspace.capabilities.pauses {
        return;
    }
    let people = draft.seen.members.values().filter(|member| member.active && !member.bot);
    let asked: Vec<UserId> = people.map(|member| member.user.clone()).take(PAUSES_ASKED_MAX).collect();
    for some in asked.chunks(PAUSES_AT_ONCE) {
        draft.ask(Errand::Pauses(some.to_vec()), cause);
    }
}

/// Pauses of those who were asked about; whoever is not among the paused has none.
fn pauses(draft: &mut Draft<'_>, asked: &[UserId], paused: &[PauseFacts]) {
    for user in asked {
        let Some(member) = draft.seen.members.get(user).cloned() else { continue };
        let pause = paused.iter().find(|it| it.user == *user && it.from < it.until);
        draft.put_member(Member { pause: pause.map(|it| Pause { from: it.from, until: it.until }), ..member });
    }
}

fn put_channel(draft: &mut Draft<'_>, facts: &ChannelFacts) {
    let ChannelFacts { channel, name, open, archived, private, takes_back } = facts.clone();
    let before = draft.seen.channels.get(&channel);
    let private = private.unwrap_or_else(|| before.is_some_and(|before| before.private));
    let row = Channel { channel, name, open, archived, private, takes_back };
    if before != Some(&row) {
        draft.put(Change::Channel(row));
    }
}

/// All that are open: the others are closed to the bot.
fn channels(draft: &mut Draft<'_>, all: &[ChannelFacts]) {
    let there: BTreeSet<&ChannelId> = all.iter().map(|facts| &facts.channel).collect();
    let closed: Vec<Channel> = draft
        .seen
        .channels
        .values()
        .filter(|channel| channel.open && !there.contains(&channel.channel))
        .cloned()
        .collect();
    for facts in all {
        put_channel(draft, facts);
    }
    for channel in closed {
        draft.put(Change::Channel(Channel { open: false, ..channel }));
    }
}

/// All that there are.
fn groups(draft: &mut Draft<'_>, all: &[GroupFacts]) {
    let mut now: Vec<Group> =
        all.iter().map(|facts| Group { group: facts.group.clone(), name: facts.name.clone() }).collect();
    now.sort_by(|one, other| one.group.cmp(&other.group));
    now.dedup_by(|one, other| one.group == other.group);
    if !now.iter().eq(draft.seen.groups.values()) {
        draft.put(Change::Groups(now));
    }
}

/// A refusal that tells of a channel's state.
pub(super) fn closed(draft: &mut Draft<'_>, channel: &ChannelId, refusal: &Refusal) {
    let Some(before) = draft.seen.channels.get(channel).cloned() else { return };
    let after = match refusal {
        Refusal::NotInChannel => Channel { open: false, ..before.clone() },
        Refusal::ChannelGone => Channel { open: false, archived: true, ..before.clone() },
        _ => return,
    };
    if after != before {
        draft.put(Change::Channel(after));
    }
}

fn unavailable(draft: &mut Draft<'_>, errand: &Errand, refusal: &Refusal) {
    match (errand, refusal) {
        (Errand::Member(user), Refusal::MemberGone) => {
            // One whom nobody knows is known to be gone from then on, and not waited for.
            draft.put_member(Member { active: false, ..draft.member(user) });
        }
        (Errand::ChannelMembers(channel), refusal) => closed(draft, channel, refusal),
        _ => {}
    }
}

/// Asks who those are whom nobody knows yet.
fn get_to_know(draft: &mut Draft<'_>, users: &BTreeSet<UserId>, cause: &mut Cause<'_>) {
    let strangers = strangers(&draft.seen, users);
    if strangers.len() > ASKED_SINGLY_MAX {
        draft.ask(Errand::Directory, cause);
        return;
    }
    for user in strangers {
        draft.ask(Errand::Member(user), cause);
    }
}

fn strangers(seen: &Snapshot, users: &BTreeSet<UserId>) -> Vec<UserId> {
    let bot = seen.workspace.bot.as_ref();
    users.iter().filter(|user| Some(*user) != bot && !seen.members.contains_key(*user)).cloned().collect()
}
