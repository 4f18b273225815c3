//! What the author of a message that reached somebody who is off may choose: nobody needs to reply, it is delivered in
//! their hours, or it can't wait ([`alert`](super::alert)).
//!
//! Buttons can be forged: only the author chooses, of a message that is still known.

use super::{
    Action, Change, alert,
    judged::{Judged, JudgedId},
};
use crate::{
    change,
    copy::norm as words,
    decide::{Cause, Decision},
    digest,
    event::{Origin, Spot},
    id::UserId,
    language::Language,
    later,
    message::Reply,
    snapshot::{Need, Snapshot},
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Rows that a choice needs.
pub(super) fn needs(by: &Origin, action: &Action, now: Timestamp) -> BTreeSet<Need> {
    match action {
        Action::Fine(id) => [Need::Judged(id.clone())].into(),
        Action::Deliver(id) => [
            Need::Member(by.user.clone()),
            Need::JudgedWhole(id.clone()),
            Need::LatersOf(by.user.clone()),
            Need::LatersFrom(id.clone()),
        ]
        .into(),
        Action::Urgent(id) => alert::needs(by, id, now),
    }
}

pub(super) fn decide(snapshot: &Snapshot, by: &Origin, action: &Action, cause: &mut Cause<'_>) -> Decision {
    match action {
        Action::Fine(id) => fine(snapshot, by, id),
        Action::Deliver(id) => deliver(snapshot, by, id, cause),
        Action::Urgent(id) => alert::asked(snapshot, by, id, cause),
    }
}

pub(super) fn language(snapshot: &Snapshot, by: &Origin) -> Language {
    let member = snapshot.members.get(&by.user);
    member.map_or(snapshot.workspace.language, |member| member.language(&snapshot.workspace))
}

/// The message, where it is theirs.
pub(super) fn own<'s>(snapshot: &'s Snapshot, by: &Origin, id: &JudgedId) -> Option<&'s Judged> {
    snapshot.judged.get(id).filter(|judged| judged.author == by.user)
}

pub(super) fn gone(snapshot: &Snapshot, by: &Origin) -> Decision {
    Decision::reply(Reply::Say(words::nudge_gone(language(snapshot, by))))
}

pub(super) fn put(judged: Judged) -> change::Change {
    change::Change::Norm(Change::Judged(Box::new(judged)))
}

/// "It's fine as it is": nobody is expected to answer, and an edit is not judged any more.
fn fine(snapshot: &Snapshot, by: &Origin, id: &JudgedId) -> Decision {
    let Some(judged) = own(snapshot, by, id) else { return gone(snapshot, by) };
    let judged = Judged { fine: true, ..judged.clone() };
    Decision { changes: vec![put(judged)], ..Decision::reply(Reply::Say(words::nudge_fine(language(snapshot, by)))) }
}

/// "Deliver in their hours": a message for later to each of those who are off.
fn deliver(snapshot: &Snapshot, by: &Origin, id: &JudgedId, cause: &mut Cause<'_>) -> Decision {
    let Some(judged) = own(snapshot, by, id).filter(|_| later::waiting(snapshot, id).is_none()) else {
        return gone(snapshot, by);
    };
    let named = told_of(judged);
    let readers = later::Readers { named: &named, more: judged.more };
    let mut decision = later::deliver(snapshot, by, &spot(judged), None, judged.at, readers, cause);
    decision.changes.extend(withdrawn(judged, &coming(&decision)));
    decision
}

/// To whom a decision has a message delivered later.
pub(super) fn coming(decision: &Decision) -> Vec<UserId> {
    let later = |change: &change::Change| match change {
        change::Change::Later(later::Change::Later(later)) => later.waits_for().cloned(),
        _ => None,
    };
    decision.changes.iter().filter_map(later).collect()
}

/// What these people would find in their digest of a message, taken out: it comes to them by itself, or is gone.
pub(super) fn withdrawn(judged: &Judged, readers: &[UserId]) -> Vec<change::Change> {
    let source = digest::Source::Mention(judged.id.clone());
    readers.iter().map(|reader| digest::withdraw(source.for_reader(reader))).collect()
}

/// Where the message is.
pub(super) fn spot(judged: &Judged) -> Spot {
    let (channel, thread) = (judged.conversation.channel.clone(), judged.conversation.thread.clone());
    Spot { channel, thread, message: judged.message.clone() }
}

/// Those about whom its author was told.
pub(super) fn told_of(judged: &Judged) -> Vec<UserId> {
    judged.nudged().into_iter().map(|finding| finding.recipient.clone()).collect()
}
