//! Words about hours, and to administrators, at the moment they go out.

use super::{Agenda, Effect, Failing, FeedId, Member, Why};
use crate::{
    copy::people as words,
    effect::{Outgoing, Owed, Target},
    event::Refusal,
    id::UserId,
    message::Message,
    receipt,
    release::Release,
    snapshot::{Need, Snapshot},
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Rows that releasing this effect needs.
pub fn release_needs(effect: &Effect) -> BTreeSet<Need> {
    [Need::Member(addressee(effect).clone())].into()
}

fn addressee(effect: &Effect) -> &UserId {
    match effect {
        Effect::AskZone(user) => user,
        Effect::Linked { user, .. } | Effect::Calendar { user, .. } => user,
        Effect::TellAdmin { admin, .. } => admin,
    }
}

/// Whether it may go out now, and in which words. Quiet hours bind administrators' messages too: what is told here
/// is over (a token works again) or waits for a decision that nobody has to take at night.
pub fn release(snapshot: &Snapshot, owed: &Owed, effect: &Effect, now: Timestamp) -> Release {
    let skip = |why: Why| Release::Skip(receipt::Why::People(why));
    let workspace = &snapshot.workspace;
    let Some(member) = snapshot.members.get(addressee(effect)).filter(|member| member.active && !member.bot) else {
        return skip(Why::MemberGone);
    };
    if member.direct_closed {
        // Neither message belongs into a channel, where a thread could stand in.
        return skip(Why::Refused(Refusal::DirectMessagesClosed));
    }
    if matches!(effect, Effect::AskZone(_)) && !member.zone_guessed() {
        return skip(Why::Obsolete);
    }
    if matches!(effect, Effect::Calendar { feed, .. } if failing(member, feed).is_none()) {
        return skip(Why::Obsolete);
    }
    match member.declared(workspace).next_working(now) {
        Some(at) if at <= now => {
            let message = say(snapshot, effect, member);
            let (key, workspace) = (owed.key.clone(), owed.workspace.clone());
            let to = Target::Direct(member.user.clone());
            Release::Send(Outgoing { key, workspace, to, subject: None, message, silent: true })
        }
        Some(at) => Release::Wait(at),
        // Leave with an open end, or a week without working days: an administrator's message goes to the next.
        None => skip(Why::Away(None)),
    }
}

fn say(snapshot: &Snapshot, effect: &Effect, member: &Member) -> Message {
    let workspace = &snapshot.workspace;
    let language = member.language(workspace);
    match effect {
        Effect::AskZone(_) => words::ask_zone(language, workspace),
        Effect::Linked { newcomer, .. } => crate::copy::person::told(language, newcomer),
        Effect::Calendar { feed, .. } => match failing(member, feed) {
            Some((agenda, failing)) => crate::copy::agenda::trouble(language, agenda, failing, &member.zone(workspace)),
            None => Message::default(),
        },
        Effect::TellAdmin { trouble, .. } => words::tell_admin(language, trouble, &member.zone(workspace)),
    }
}

/// The trouble that somebody's calendar still has.
fn failing<'m>(member: &'m Member, feed: &FeedId) -> Option<(&'m Agenda, &'m Failing)> {
    let agenda = member.agenda.as_ref().filter(|agenda| agenda.feed == *feed)?;
    agenda.failing.as_ref().map(|failing| (agenda, failing))
}
