//! Where a decision is written: it sees its own changes, and each prompt's receipt can be written only once.

use super::{Change, Dialog, Effect, Entry, EntryKey, Note, Round, Standup, Wake, Why, apply};
use crate::{
    change, decide,
    decide::{Cause, Decision},
    effect::{channel_lane, dm_lane, errand_lane},
    event::Errand,
    id::{Subject, UserId, WakeKey},
    message::Reply,
    receipt::{self, What},
    snapshot::Snapshot,
    wake,
};
use jiff::Timestamp;
use std::borrow::Cow;

/// One decision under way.
pub(super) struct Desk<'s, 'c, 'k> {
    /// What is known, this decision's own changes included.
    pub(super) seen: Cow<'s, Snapshot>,
    cause: &'c mut Cause<'k>,
    out: Decision,
}

impl<'s, 'c, 'k> Desk<'s, 'c, 'k> {
    pub(super) fn new(seen: &'s Snapshot, cause: &'c mut Cause<'k>) -> Self {
        Self { seen: Cow::Borrowed(seen), cause, out: Decision::default() }
    }

    pub(super) fn done(self) -> Decision {
        self.out
    }

    pub(super) fn now(&self) -> Timestamp {
        self.cause.now
    }

    /// A name derived from what caused this: the same when it is decided again.
    pub(super) fn derived_id(&self, what: &str) -> String {
        crate::id::short(&format!("{}/{}/{what}", self.cause.workspace, self.cause.key))
    }

    fn put(&mut self, change: Change) {
        apply(self.seen.to_mut(), &change);
        self.out.changes.push(change::Change::Standup(change));
    }

    pub(super) fn put_standup(&mut self, standup: Standup) {
        self.put(Change::Standup(Box::new(standup)));
    }

    pub(super) fn put_round(&mut self, round: Round) {
        self.put(Change::Round(Box::new(round)));
    }

    /// Writes an entry, unless it is as it was.
    pub(super) fn put_entry(&mut self, entry: Entry) {
        if self.seen.entries.get(&entry.key) != Some(&entry) {
            self.put(Change::Entry(Box::new(entry)));
        }
    }

    /// Writes a note. Nothing else of a decision about notes reads it back, so the snapshot stays borrowed: this is
    /// the path that has to be quick.
    pub(super) fn put_note(&mut self, note: Note) {
        self.out.changes.push(change::Change::Standup(Change::Note(note)));
    }

    /// The next question of a dialog.
    pub(super) fn ask(&mut self, entry: &EntryKey, question: usize) {
        let dialog = Dialog { user: entry.user.clone(), entry: entry.clone(), question };
        if self.seen.dialogs.get(&entry.user) != Some(&dialog) {
            self.put(Change::Dialog(Box::new(dialog)));
        }
    }

    /// Ends the dialog about an entry, where there is one.
    pub(super) fn end_dialog(&mut self, entry: &EntryKey) {
        if self.seen.dialogs.get(&entry.user).is_some_and(|dialog| dialog.entry == *entry) {
            self.put(Change::DialogEnded(entry.user.clone()));
        }
    }

    /// Sets a wake, or moves it.
    pub(super) fn wake(&mut self, wake: Wake, at: Timestamp) {
        let due = self.cause.due(wake.key(), at, wake::Wake::Standup(wake));
        self.out.wakes.push(due);
    }

    /// Wakes at once, under a key of this decision's own: two that come in the same moment are two.
    pub(super) fn nudge(&mut self, wake: Wake) {
        let key = WakeKey::new(format!("{}/{}", wake.key(), crate::id::short(self.cause.key.as_str())));
        let due = self.cause.due(key, self.cause.now, wake::Wake::Standup(wake));
        self.out.wakes.push(due);
    }

    pub(super) fn clear(&mut self, wake: &Wake) {
        self.out.wakes.push(wake::WakeChange::Clear(wake.key()));
    }

    /// Owes a standup's message from now on.
    pub(super) fn owe(&mut self, effect: Effect) {
        let lane = self.lane(&effect);
        let owed = self.cause.owe(lane, self.cause.now, crate::effect::Effect::Standup(effect));
        self.out.effects.push(owed);
    }

    /// Owes another feature's message to a person.
    pub(super) fn owe_other(&mut self, to: &UserId, effect: crate::effect::Effect) {
        let owed = self.cause.owe(dm_lane(to), self.cause.now, effect);
        self.out.effects.push(owed);
    }

    /// Owes a question to the platform.
    pub(super) fn errand(&mut self, errand: Errand) {
        let owed = self.cause.owe(errand_lane(&errand), self.cause.now, crate::effect::Effect::Errand(errand));
        self.out.effects.push(owed);
    }

    /// Writes the receipt of an entry's prompt, unless it is written.
    pub(super) fn settle(&mut self, entry: &mut Entry, what: What) {
        if !entry.settled {
            entry.settled = true;
            let receipt = self.cause.receipt(entry.key.prompt_subject(), what);
            self.out.receipts.push(receipt);
        }
    }

    pub(super) fn receipt(&mut self, subject: Subject, what: What) {
        debug_assert!(!subject.as_str().starts_with("prompt/"), "a prompt's receipt goes through `settle`");
        let receipt = self.cause.receipt(subject, what);
        self.out.receipts.push(receipt);
    }

    pub(super) fn note(&mut self, subject: Subject, why: Why) {
        self.receipt(subject, What::Noted(receipt::Why::Standup(why)));
    }

    pub(super) fn reply(&mut self, reply: Reply) {
        self.out.reply = Some(reply);
    }

    /// The queue of an effect: a person's, or a channel's. Whoever can't be reached directly has a queue of their
    /// own for the thread that stands in.
    pub(super) fn lane(&self, effect: &Effect) -> String {
        match effect {
            Effect::Report(round, _) => match self.seen.standups.get(&round.standup) {
                Some(standup) => channel_lane(&standup.channel),
                None => format!("round/{}", round.path()),
            },
            Effect::Prompt(entry)
            | Effect::PromptState(entry)
            | Effect::Remind(entry)
            | Effect::RemindState(entry)
            | Effect::Question(entry, _)
            | Effect::Thanks(entry) => self.person_lane(&entry.user),
            Effect::Observe(_, user, _) | Effect::Tell(user, _) => self.person_lane(user),
        }
    }

    fn person_lane(&self, user: &UserId) -> String {
        let closed = self.seen.members.get(user).is_some_and(|member| member.direct_closed);
        if closed && self.seen.workspace.capabilities.aside { format!("aside/{user}") } else { dm_lane(user) }
    }
}

/// The decision of one event.
pub(super) fn deciding(
    seen: &Snapshot,
    cause: &mut Cause<'_>,
    write: impl FnOnce(&mut Desk<'_, '_, '_>),
) -> decide::Decision {
    let mut desk = Desk::new(seen, cause);
    write(&mut desk);
    desk.done()
}
