//! Where features put what waits, and take it away again.

use super::{
    Change, Item, ItemId, Source, State, Wake,
    rule::{Rule, is_wanted},
    when,
};
use crate::{
    change,
    decide::{Cause, Decision},
    event::Posted,
    id::UserId,
    norm::{Conversation, JudgedId, digest::Part},
    people::Member,
    snapshot::Snapshot,
    wake::{self, Due, WakeChange},
};
use jiff::{SignedDuration, Timestamp};

/// Has something wait for its reader's next digest. Once put, it is not put again, whatever became of it.
///
/// The reader's row and the norms should be at hand. Who is in which group need not be: the reader is looked at as soon
/// as any of the team's digests could be due, and then everything is.
pub(crate) fn put(snapshot: &Snapshot, item: Item, cause: &Cause<'_>) -> Decision {
    let Some(member) = snapshot.members.get(&item.reader).filter(|member| member.active && !member.bot) else {
        return Decision::default();
    };
    if item.topic().is_some_and(|topic| member.is_muted(&topic)) {
        return Decision::default();
    }
    let wakes = vec![sooner(snapshot, member, cause.now, cause)];
    let changes = vec![change::Change::Digest(Change::Came(Box::new(item)))];
    Decision { changes, wakes, ..Decision::default() }
}

/// A message that mentions people who are off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mentioned<'a> {
    /// Under which name norms know it, or knew it before it was posted again.
    pub(crate) judged: &'a JudgedId,
    /// Who wrote it.
    pub(crate) from: &'a UserId,
    /// Where.
    pub(crate) place: &'a Conversation,
    /// The message.
    pub(crate) posted: &'a Posted,
    /// The beginning of its words.
    pub(crate) line: Option<&'a str>,
}

impl Mentioned<'_> {
    /// Has it wait for a reader's digest, where a digest wants such.
    pub(crate) fn put(&self, snapshot: &Snapshot, reader: &UserId, since: Timestamp, cause: &Cause<'_>) -> Decision {
        if !is_wanted(snapshot, Part::Mentions) {
            return Decision::default();
        }
        let source = Source::Mention(self.judged.clone());
        let item = Item {
            id: source.for_reader(reader),
            reader: reader.clone(),
            source,
            from: Some(self.from.clone()),
            place: Some(self.place.channel.clone()),
            thread: self.place.thread.clone(),
            posted: Some(self.posted.clone()),
            line: self.line.filter(|line| !line.is_empty()).map(str::to_owned),
            due: None,
            since,
            state: State::Waiting { not_before: None },
        };
        put(snapshot, item, cause)
    }
}

/// Takes away what there is nothing to wait for any more. Nothing happens where it isn't there.
pub(crate) fn withdraw(item: ItemId) -> change::Change {
    change::Change::Digest(Change::Gone(item))
}

/// Looks at somebody as soon after an instant as any digest of theirs may be due.
pub(super) fn sooner(snapshot: &Snapshot, member: &Member, after: Timestamp, cause: &Cause<'_>) -> WakeChange {
    let declared = member.declared(&snapshot.workspace);
    let soonest = Rule::possible(snapshot, member).filter_map(|rule| when::next(declared, &rule, after)).min();
    WakeChange::Sooner(due(cause, &member.user, soonest.unwrap_or_else(|| look_again(cause.now))))
}

/// When somebody is looked at again of whom nobody knows when they work, or whose digest is off: in a day.
pub(super) fn look_again(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24)).unwrap_or(Timestamp::MAX)
}

/// The wake that gathers for somebody.
pub(super) fn due(cause: &Cause<'_>, user: &UserId, at: Timestamp) -> Due {
    let wake = Wake::Gather(user.clone());
    Due { key: wake.key(), workspace: cause.workspace.clone(), at, wake: wake::Wake::Digest(wake) }
}
