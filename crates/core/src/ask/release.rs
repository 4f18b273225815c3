//! A question's messages at the moment they go out. The question itself goes at once, where it was asked, and reaches
//! nobody who is off; everything else waits for its reader's hours.

use super::{Ask, Effect, End, State, Why, window};
use crate::{
    copy::ask as words,
    effect::{Outgoing, Owed, Target},
    event::Refusal,
    id::UserId,
    message::{Message, Span},
    people::{self, Member},
    receipt,
    release::Release,
    snapshot::{Need, Snapshot},
    time::State as Doing,
};
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

/// Rows that releasing this effect needs.
pub fn release_needs(effect: &Effect) -> BTreeSet<Need> {
    [Need::Ask(effect.id().clone())].into()
}

/// Whether it may go out now, and in which words.
pub fn release(snapshot: &Snapshot, owed: &Owed, effect: &Effect, now: Timestamp) -> Release {
    let Some(ask) = snapshot.asks.get(effect.id()) else { return obsolete() };
    match effect {
        Effect::Post { .. } => post(snapshot, owed, ask, now),
        Effect::Update { .. } => update(snapshot, owed, ask),
        Effect::Remind { user, turn, .. } => remind(snapshot, owed, ask, user, *turn, now),
        Effect::Moved { user, .. } => {
            let Some(asked) = ask.people.get(user).filter(|_| ask.is_open()) else { return obsolete() };
            to_asker(snapshot, owed, ask, now, |member| {
                let zone = member.zone(&snapshot.workspace);
                words::moved(member.language(&snapshot.workspace), ask, user, asked, &zone)
            })
        }
        Effect::Summary { closing, .. } => {
            let State::Closed { end, .. } = &ask.state else { return obsolete() };
            if *closing != ask.closings {
                return obsolete();
            }
            to_asker(snapshot, owed, ask, now, |member| {
                let (language, zone) = (member.language(&snapshot.workspace), member.zone(&snapshot.workspace));
                match end {
                    End::Unposted(why) => words::unposted(language, ask, why, &zone),
                    End::Answered | End::Over | End::Cancelled => {
                        words::summary(language, ask, end, &snapshot.workspace, &zone)
                    }
                }
            })
        }
    }
}

fn obsolete() -> Release {
    skip(people::Why::Obsolete)
}

fn skip(why: people::Why) -> Release {
    Release::Skip(receipt::Why::People(why))
}

fn send(owed: &Owed, to: Target, message: Message, silent: bool) -> Release {
    let (key, workspace) = (owed.key.clone(), owed.workspace.clone());
    Release::Send(Outgoing { key, workspace, to, subject: None, message, silent })
}

/// Where it was asked. Whoever is off is named in plain letters, since a mention could reach them.
fn post(snapshot: &Snapshot, owed: &Owed, ask: &Ask, now: Timestamp) -> Release {
    match &ask.state {
        State::Open => {}
        State::Closed { .. } => return Release::Skip(receipt::Why::Ask(Why::TooLate)),
        State::Settled { .. } => return Release::Skip(receipt::Why::Ask(Why::Cancelled)),
    }
    match snapshot.channels.get(&ask.channel) {
        Some(channel) if channel.archived => return skip(people::Why::Refused(Refusal::ChannelGone)),
        Some(channel) if channel.open => {}
        _ => return skip(people::Why::Refused(Refusal::NotInChannel)),
    }
    let is_off = |user: &UserId| {
        snapshot.members.get(user).is_none_or(|it| it.declared(&snapshot.workspace).at(now).state != Doing::Working)
    };
    let any_off = ask.people.keys().any(is_off);
    let message =
        asked(snapshot, ask, &|user| if is_off(user) { name(snapshot, user) } else { Span::Member(user.clone()) });
    send(owed, Target::Channel(ask.channel.clone()), message, any_off)
}

/// The message as it is now. Names only: an edit calls nobody.
fn update(snapshot: &Snapshot, owed: &Owed, ask: &Ask) -> Release {
    let Some(there) = &ask.posted else { return obsolete() };
    let message = asked(snapshot, ask, &|user| name(snapshot, user));
    send(owed, Target::Edit(there.clone()), message, true)
}

fn name(snapshot: &Snapshot, user: &UserId) -> Span {
    Span::Said(snapshot.members.get(user).map_or_else(|| user.as_str().to_owned(), |member| member.name.clone()))
}

fn asked(snapshot: &Snapshot, ask: &Ask, called: &dyn Fn(&UserId) -> Span) -> Message {
    let workspace = &snapshot.workspace;
    words::posted(workspace.language, ask, name(snapshot, &ask.asker), called, &workspace.zone)
}

/// Once, in their hours, before their window ends.
fn remind(snapshot: &Snapshot, owed: &Owed, ask: &Ask, user: &UserId, turn: u32, now: Timestamp) -> Release {
    let Some(asked) = ask.people.get(user).filter(|it| it.turn == turn && it.reminded.is_none()) else {
        return obsolete();
    };
    if !ask.is_open() || !asked.is_waited_for() {
        return obsolete();
    }
    let Some(member) = present(snapshot, user).filter(|_| present(snapshot, &ask.asker).is_some()) else {
        return skip(people::Why::MemberGone);
    };
    match member.declared(&snapshot.workspace).next_working(now) {
        Some(at) if at >= asked.due => Release::Skip(receipt::Why::Ask(Why::TooLate)),
        Some(at) if at > now => Release::Wait(at),
        Some(_) => {
            let (language, zone) = (member.language(&snapshot.workspace), member.zone(&snapshot.workspace));
            direct(snapshot, owed, ask, member, words::reminder(language, ask, asked, &zone))
        }
        None => Release::Skip(receipt::Why::Ask(Why::TooLate)),
    }
}

fn present<'s>(snapshot: &'s Snapshot, user: &UserId) -> Option<&'s Member> {
    snapshot.members.get(user).filter(|member| member.active && !member.bot)
}

/// To the asker, in their hours. While nobody knows when they are back, it waits for them.
fn to_asker(
    snapshot: &Snapshot,
    owed: &Owed,
    ask: &Ask,
    now: Timestamp,
    say: impl FnOnce(&Member) -> Message,
) -> Release {
    let Some(member) = present(snapshot, &ask.asker) else { return skip(people::Why::MemberGone) };
    match member.declared(&snapshot.workspace).next_working(now) {
        Some(at) if at > now => Release::Wait(at),
        Some(_) => direct(snapshot, owed, ask, member, say(member)),
        None if now >= window::last(window::last(ask.asked_at)) => skip(people::Why::Away(None)),
        None => Release::Wait(now.checked_add(24.hours()).unwrap_or(Timestamp::MAX)),
    }
}

/// A message to one person: direct, or in a thread under the channel where direct messages are refused.
fn direct(snapshot: &Snapshot, owed: &Owed, ask: &Ask, member: &Member, message: Message) -> Release {
    let user = member.user.clone();
    if !member.direct_closed {
        return send(owed, Target::Direct(user), message, false);
    }
    if !snapshot.workspace.capabilities.aside {
        return skip(people::Why::Refused(Refusal::DirectMessagesClosed));
    }
    send(owed, Target::Aside { channel: ask.channel.clone(), user }, message, false)
}
