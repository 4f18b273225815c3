//! A digest at the moment at which it goes out: in its reader's hours, with what is still to be said at that moment.

use super::{
    DigestId, Effect, Item, State, Why, page,
    rule::{Rule, rule_needs},
    when,
};
use crate::{
    copy::digest as words,
    effect::{Outgoing, Owed, Target},
    event::Refusal,
    id::UserId,
    people::{self, Member},
    receipt,
    release::Release,
    snapshot::{Need, Snapshot},
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Rows that releasing this effect needs.
pub fn release_needs(effect: &Effect) -> BTreeSet<Need> {
    let Effect::Send { digest, reader, .. } = effect;
    let mut needs = rule_needs(reader);
    needs.extend(page::needs(reader));
    needs.insert(Need::ItemsOf(digest.clone()));
    needs
}

/// Whether it may go out now, and in which words.
pub fn release(snapshot: &Snapshot, owed: &Owed, effect: &Effect, now: Timestamp) -> Release {
    let Effect::Send { digest, reader, asked } = effect;
    let skip = |why: people::Why| Release::Skip(receipt::Why::People(why));
    let Some(member) = snapshot.members.get(reader).filter(|member| member.active && !member.bot) else {
        return skip(people::Why::MemberGone);
    };
    let declared = member.declared(&snapshot.workspace);
    match declared.next_working(now) {
        _ if *asked => {}
        Some(at) if at > now => return Release::Wait(at),
        Some(_) => {}
        // They went away before it went out, and nobody knows for how long: it waits for the next one.
        None => return skip(people::Why::Away(None)),
    }
    let items: Vec<&Item> = taken(snapshot, digest).collect();
    let lines = page::lines(snapshot, items.iter().copied());
    if lines.is_empty() {
        return Release::Skip(Why::Empty.into());
    }
    let Some(to) = target(snapshot, member, &items) else {
        return skip(people::Why::Refused(Refusal::DirectMessagesClosed));
    };
    let language = member.language(&snapshot.workspace);
    let zone = member.zone(&snapshot.workspace);
    let frame = words::Frame {
        head: words::head(language, !*asked && when::is_back(declared, now)),
        items_max: Rule::of(snapshot, member).items_max,
        limits: &snapshot.workspace.capabilities,
    };
    let message = words::page(language, &frame, digest, &lines, 0, &zone);
    let (key, workspace) = (owed.key.clone(), owed.workspace.clone());
    Release::Send(Outgoing { key, workspace, to, subject: None, message, silent: false })
}

/// What is in a digest that is owed.
fn taken<'s>(snapshot: &'s Snapshot, digest: &DigestId) -> impl Iterator<Item = &'s Item> {
    let in_it = State::Taken(digest.clone());
    snapshot.items.values().filter(move |item| item.state == in_it)
}

/// Their direct messages, or where those are closed a thread under a channel from which something waited.
fn target(snapshot: &Snapshot, member: &Member, items: &[&Item]) -> Option<Target> {
    let user: UserId = member.user.clone();
    if !member.direct_closed {
        return Some(Target::Direct(user));
    }
    let place = items.iter().find_map(|item| item.place.clone()).filter(|_| snapshot.workspace.capabilities.aside)?;
    Some(Target::Aside { channel: place, user })
}
