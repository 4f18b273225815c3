//! Answers: a draft until every question that needs one has one, then whole; afterwards each change is an edit.

use super::{
    Answer, Effect, Entry, EntryKey, EntryState, Note, QuestionKind, ReportWhen, Round, Skip, Wake, Why, desk::Desk,
};
use crate::receipt::{self, What};
use jiff::SignedDuration;

/// A note that is this fresh may have been jotted down while the form was open already, where it wasn't offered: it
/// is used up only when it stands in the answer.
const NOTE_SETTLES_MINUTES: i64 = 10;

/// What came of taking in answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// Exactly what was there.
    Unchanged,
    /// A draft; this question is the first that still needs an answer.
    Draft(usize),
    /// The answer is whole for the first time; `late` when the round was closed.
    Whole { late: bool },
    /// A whole answer was changed.
    Edited,
}

/// Whether a question may stay without an answer: nothing in the way is a good answer.
pub(super) fn is_optional(kind: QuestionKind) -> bool {
    kind == QuestionKind::Blockers
}

/// The text of one question's answer.
pub(super) fn text_of(entry: &Entry, question: usize) -> Option<&str> {
    entry.answers.iter().find(|answer| answer.question == question).map(|answer| answer.text.as_str())
}

/// These answers with one more, or with one changed; in the order of the questions.
pub(super) fn with_answer(answers: &[Answer], new: Answer) -> Vec<Answer> {
    let mut all: Vec<Answer> = answers.iter().filter(|answer| answer.question != new.question).cloned().collect();
    if !new.text.trim().is_empty() {
        all.push(new);
    }
    all.sort_by_key(|answer| answer.question);
    all
}

/// The first question that needs an answer and has none.
pub(super) fn first_missing(round: &Round, answers: &[Answer]) -> Option<usize> {
    let answered = |question: usize| answers.iter().any(|answer| answer.question == question);
    round.questions.iter().enumerate().find(|(at, it)| !is_optional(it.kind) && !answered(*at)).map(|(at, _)| at)
}

/// Takes in what somebody's answers are now. `complete` says that nothing more is to come: then an answer that lacks
/// nothing is whole.
pub(super) fn take(
    desk: &mut Desk<'_, '_, '_>,
    round: &Round,
    before: &Entry,
    answers: Vec<Answer>,
    complete: bool,
) -> Taken {
    let texts = |answers: &[Answer]| -> Vec<(usize, String)> {
        answers.iter().map(|answer| (answer.question, answer.text.clone())).collect()
    };
    let same = texts(&before.answers) == texts(&answers);
    let mut entry = Entry { answers, ..before.clone() };
    if before.answered_at.is_some() {
        if same {
            return Taken::Unchanged;
        }
        edited(desk, round, entry);
        return Taken::Edited;
    }
    match first_missing(round, &entry.answers) {
        Some(missing) => {
            desk.put_entry(entry);
            Taken::Draft(missing)
        }
        None if !complete => {
            desk.put_entry(entry);
            Taken::Draft(round.questions.len())
        }
        None => {
            let late = round.closed_at.is_some();
            whole(desk, round, &mut entry, late);
            desk.put_entry(entry);
            Taken::Whole { late }
        }
    }
}

/// An answer is whole for the first time.
fn whole(desk: &mut Desk<'_, '_, '_>, round: &Round, entry: &mut Entry, late: bool) {
    unsent(desk, entry, Why::AlreadyAnswered);
    entry.state = EntryState::Answered;
    entry.answered_at = Some(desk.now());
    entry.late = late;
    desk.note(entry.key.answer_subject(), if late { Why::AnsweredLate } else { Why::Answered });
    use_notes(desk, entry);
    desk.end_dialog(&entry.key);
    desk.clear(&Wake::Remind(entry.key.clone()));
    show_state(desk, &entry.key);
    if !late {
        desk.nudge(Wake::Close(round.key.clone()));
    }
    refresh_report(desk, round, &entry.key);
}

/// A whole answer was changed. One that has nothing left in it was taken back.
fn edited(desk: &mut Desk<'_, '_, '_>, round: &Round, mut entry: Entry) {
    if entry.answers.is_empty() {
        entry.answered_at = None;
        entry.edited_at = None;
        entry.late = false;
        entry.state = if round.closed_at.is_some() { EntryState::Missed } else { EntryState::Prompted };
    } else {
        entry.edited_at = Some(desk.now());
    }
    desk.note(entry.key.answer_subject(), Why::Edited);
    show_state(desk, &entry.key);
    refresh_report(desk, round, &entry.key);
    desk.put_entry(entry);
}

/// Somebody skips a round, with a reason if they like. `false` when they have answered it.
pub(super) fn skip(desk: &mut Desk<'_, '_, '_>, round: &Round, before: &Entry, reason: Option<String>) -> bool {
    if before.answered_at.is_some() || round.closed_at.is_some() {
        return false;
    }
    let mut entry = before.clone();
    unsent(desk, &mut entry, Why::SkippedByMember);
    entry.state = EntryState::Skipped(Skip::Own(reason));
    if entry.state != before.state {
        desk.note(entry.key.answer_subject(), Why::SkippedByMember);
        desk.end_dialog(&entry.key);
        desk.clear(&Wake::Remind(entry.key.clone()));
        show_state(desk, &entry.key);
        desk.nudge(Wake::Close(round.key.clone()));
        refresh_report(desk, round, &entry.key);
    }
    desk.put_entry(entry);
    true
}

/// A prompt that was not owed yet is not needed any more. One that is on its way is settled when it comes to its end.
fn unsent(desk: &mut Desk<'_, '_, '_>, entry: &mut Entry, why: Why) {
    if matches!(entry.state, EntryState::Planned | EntryState::Skipped(Skip::NotAsked(_))) && !entry.settled {
        desk.clear(&Wake::Prompt(entry.key.clone()));
        desk.settle(entry, What::Skipped(receipt::Why::Standup(why)));
    }
}

/// The prompt and the reminder follow their entry; one that isn't there yet will be right when it is sent.
pub(super) fn show_state(desk: &mut Desk<'_, '_, '_>, key: &EntryKey) {
    if desk.seen.posts.contains_key(&key.prompt_subject()) {
        desk.owe(Effect::PromptState(key.clone()));
    }
    if desk.seen.posts.contains_key(&key.remind_subject()) {
        desk.owe(Effect::RemindState(key.clone()));
    }
}

/// A report that shows answers already follows them.
fn refresh_report(desk: &mut Desk<'_, '_, '_>, round: &Round, key: &EntryKey) {
    if round.closed_at.is_some() || round.terms.report == ReportWhen::AsAnswersArrive {
        desk.nudge(Wake::Report(key.clone()));
    }
}

/// Notes that were offered in this answer are used up.
fn use_notes(desk: &mut Desk<'_, '_, '_>, entry: &Entry) {
    let offered_until = desk.now() - SignedDuration::from_mins(NOTE_SETTLES_MINUTES);
    let used: Vec<Note> = desk
        .seen
        .notes
        .iter()
        .filter(|note| note.user == entry.key.user && !note.used)
        .filter(|note| note.at <= offered_until || entry.answers.iter().any(|it| it.text.contains(&note.text)))
        .cloned()
        .collect();
    for note in used {
        desk.put_note(Note { used: true, ..note });
    }
}
