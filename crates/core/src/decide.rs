//! The first door: what an event changes, causes and answers.

use crate::{
    ask,
    change::Change,
    digest,
    effect::{Effect, Owed},
    event::{Event, Inbound},
    id::Subject,
    id::{EffectKey, InboxKey, WorkspaceId},
    later,
    message::Reply,
    norm, people,
    receipt::{Receipt, What},
    snapshot::{Scope, Snapshot},
    standup,
    wake::{Due, WakeChange},
};
use jiff::Timestamp;

/// What a decision comes to. Everything but the reply is committed in one transaction, together with the inbox row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Rows to write, in this order.
    pub changes: Vec<Change>,
    /// Messages and errands that are owed from now on.
    pub effects: Vec<Owed>,
    /// Wakes to set and clear.
    pub wakes: Vec<WakeChange>,
    /// What became of things that were due.
    pub receipts: Vec<Receipt>,
    /// For the person waiting at the screen.
    pub reply: Option<Reply>,
}

/// What a decision knows of its own cause; carries the derivation of effect keys.
#[derive(Debug)]
pub struct Cause<'a> {
    /// The workspace.
    pub workspace: &'a WorkspaceId,
    /// The inbox key.
    pub key: &'a InboxKey,
    /// Now.
    pub now: Timestamp,
    effects: usize,
}

impl<'a> Cause<'a> {
    /// The cause that an inbound event is.
    pub fn of(inbound: &'a Inbound, now: Timestamp) -> Self {
        Self { workspace: &inbound.workspace, key: &inbound.key, now, effects: 0 }
    }
    /// Owes an effect. The key is derived from the cause and from how many effects it had before: 13 characters.
    pub fn owe(&mut self, lane: String, due_at: Timestamp, effect: Effect) -> Owed {
        let key = EffectKey::new(crate::id::short(&format!("{}/{}/{}", self.workspace, self.key, self.effects)));
        self.effects += 1;
        Owed { key, workspace: self.workspace.clone(), lane, due_at, effect }
    }
    /// Writes a receipt.
    pub fn receipt(&self, subject: Subject, what: What) -> Receipt {
        Receipt { workspace: self.workspace.clone(), subject, at: self.now, cause: self.key.clone(), what }
    }
    /// A wake of this workspace.
    pub fn due(&self, key: crate::id::WakeKey, at: Timestamp, wake: crate::wake::Wake) -> WakeChange {
        self.due_in(self.workspace, key, at, wake)
    }
    /// A wake of another workspace, which decides there by itself.
    pub fn due_in(
        &self,
        workspace: &WorkspaceId,
        key: crate::id::WakeKey,
        at: Timestamp,
        wake: crate::wake::Wake,
    ) -> WakeChange {
        WakeChange::Set(Due { key, workspace: workspace.clone(), at, wake })
    }
}

impl Decision {
    /// Adds another decision's parts below this one's. A later reply wins.
    pub fn join(&mut self, other: Self) {
        self.changes.extend(other.changes);
        self.effects.extend(other.effects);
        self.wakes.extend(other.wakes);
        self.receipts.extend(other.receipts);
        if other.reply.is_some() {
            self.reply = other.reply;
        }
    }
    /// A decision that only answers.
    pub fn reply(reply: Reply) -> Self {
        Self { reply: Some(reply), ..Self::default() }
    }
}

/// Which rows [`decide`] needs to judge this event at this instant.
pub fn scope(inbound: &Inbound, now: Timestamp) -> Scope {
    let mut needs = people::needs(&inbound.event);
    needs.extend(standup::needs(&inbound.event, now));
    needs.extend(norm::needs(&inbound.event, now));
    needs.extend(later::needs(&inbound.event));
    needs.extend(ask::needs(&inbound.event));
    needs.extend(digest::needs(&inbound.event));
    Scope { workspace: inbound.workspace.clone(), needs }
}

/// What an event changes, causes and answers.
///
/// Deciding the same event on the same snapshot gives the same decision, keys included.
pub fn decide(snapshot: &Snapshot, inbound: &Inbound, now: Timestamp) -> Decision {
    let mut cause = Cause::of(inbound, now);
    // People first: who somebody is, and in which language they read, bears on everything after.
    let (mut decision, seen) = people::decide(snapshot, &inbound.event, &mut cause);
    decision.join(standup::decide(&seen, &inbound.event, &mut cause));
    decision.join(norm::decide(&seen, &inbound.event, &mut cause));
    decision.join(later::decide(&seen, &inbound.event, &mut cause));
    decision.join(ask::decide(&seen, &inbound.event, &mut cause));
    decision.join(digest::decide(&seen, &inbound.event, &mut cause));
    decision
}

/// What to offer while somebody types an argument: (label, value), at most
/// [`CHOICES_MAX`](crate::limit::CHOICES_MAX). Reads only; it never goes through the inbox.
pub fn suggest(
    snapshot: &Snapshot,
    invocation: &crate::command::Invocation,
    argument: &str,
    typed: &str,
    by: &crate::event::Origin,
) -> Vec<(String, String)> {
    crate::command::suggest(snapshot, invocation, argument, typed, by)
}

/// Which rows [`suggest`] needs.
pub fn suggest_scope(workspace: &WorkspaceId, by: &crate::event::Origin) -> Scope {
    use crate::snapshot::Need;
    let whose = [Need::Member(by.user.clone()), Need::Places(by.user.clone())];
    let needs = [Need::Standups, Need::Channels].into_iter().chain(whose).collect();
    Scope { workspace: workspace.clone(), needs }
}

/// The event whose handling this was, for logs: a word, never a body.
pub fn kind(event: &Event) -> &'static str {
    match event {
        Event::Command { .. } => "command",
        Event::Click { .. } => "click",
        Event::Submit { .. } => "submit",
        Event::Pointed { .. } => "pointed",
        Event::Said { .. } => "said",
        Event::SaidEdited { .. } => "said_edited",
        Event::SaidDeleted { .. } => "said_deleted",
        Event::Wrote(_) => "wrote",
        Event::Replied(_) => "replied",
        Event::TookBack { .. } => "took_back",
        Event::Seen(_) => "seen",
        Event::Wake(_) => "wake",
        Event::Settled { .. } => "settled",
    }
}
