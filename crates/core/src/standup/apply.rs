//! What a snapshot is after a change, so that a decision sees what it has changed itself.

use super::{Change, EntryKey};
use crate::snapshot::Snapshot;

/// Writes a standup's change into a snapshot, as the store writes it into its rows.
pub fn apply(snapshot: &mut Snapshot, change: &Change) {
    match change {
        Change::Standup(standup) => {
            snapshot.standups.insert(standup.id.clone(), (**standup).clone());
        }
        Change::Round(round) => {
            snapshot.rounds.insert(round.key.clone(), (**round).clone());
        }
        Change::Entry(entry) => {
            snapshot.entries.insert(entry.key.clone(), (**entry).clone());
        }
        Change::Dialog(dialog) => {
            snapshot.dialogs.insert(dialog.user.clone(), (**dialog).clone());
        }
        Change::DialogEnded(user) => {
            snapshot.dialogs.remove(user);
        }
        Change::Note(note) => {
            snapshot.notes.retain(|known| known.id != note.id);
            if !note.used {
                snapshot.notes.push(note.clone());
                snapshot.notes.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
            }
        }
    }
}

impl Snapshot {
    /// Everyone's part in a round, in the order of their ids.
    pub(super) fn entries_of_round<'a>(
        &'a self,
        round: &'a super::RoundKey,
    ) -> impl Iterator<Item = &'a super::Entry> + 'a {
        let first = EntryKey { round: round.clone(), user: crate::id::UserId::new("") };
        self.entries.range(first..).map(|(_, entry)| entry).take_while(move |entry| entry.key.round == *round)
    }

    /// The rounds of a standup that are not closed, oldest first.
    pub(super) fn open_rounds<'a>(&'a self, standup: &'a crate::id::StandupId) -> impl Iterator<Item = &'a super::Round> {
        self.rounds.values().filter(move |round| round.key.standup == *standup && round.closed_at.is_none())
    }
}
