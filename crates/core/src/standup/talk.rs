//! Answering by direct message: jeda asks question by question, and an edited message edits its answer.

use super::{
    Answer, Effect, Entry, EntryKey, EntryState, Round, Telling,
    answer::{Taken, take, text_of, with_answer},
    desk::Desk,
};
use crate::id::{MessageId, UserId};
use jiff::SignedDuration;

/// Whoever writes this soon after a deadline that they missed is answering, even without replying to the prompt.
const LATE_BY_MESSAGE_HOURS: i64 = 24;

/// Somebody wrote to the bot.
pub(super) fn said(
    desk: &mut Desk<'_, '_, '_>,
    user: &UserId,
    message: &MessageId,
    answers: Option<&MessageId>,
    text: &str,
) {
    if answer_in(desk, Some(user), message).is_some() {
        // Its edit came first and was taken in its place: this is the older text.
        return;
    }
    let Some((round, entry)) = meant(desk, user, answers) else {
        desk.owe(Effect::Tell(user.clone(), Telling::NothingOpen));
        return;
    };
    let question = asked(desk, &round, &entry);
    if text.trim().is_empty() {
        // A picture, say: only words can be kept, so the question is asked again.
        desk.ask(&entry.key, question);
        desk.owe(Effect::Question(entry.key.clone(), question));
        return;
    }
    let said = Answer { question, text: text.to_owned(), message: Some(message.clone()) };
    let answers = with_answer(&entry.answers, said);
    // A dialog asks everything once, what may stay empty too.
    let next = (question + 1..round.questions.len()).find(|at| !answers.iter().any(|it| it.question == *at));
    let taken = take(desk, &round, &entry, answers, next.is_none());
    let next = match (taken, next) {
        (Taken::Draft(_), Some(next)) => next,
        (Taken::Draft(missing), None) => missing,
        (Taken::Whole { late: true }, _) => {
            desk.owe(Effect::Tell(user.clone(), Telling::ClosedMeanwhile(entry.key.clone())));
            return;
        }
        _ => {
            desk.owe(Effect::Thanks(entry.key.clone()));
            return;
        }
    };
    desk.ask(&entry.key, next);
    desk.owe(Effect::Question(entry.key.clone(), next));
}

/// The question that a message answers: the one that was asked last, or the first without an answer.
fn asked(desk: &Desk<'_, '_, '_>, round: &Round, entry: &Entry) -> usize {
    let last = round.questions.len().saturating_sub(1);
    match desk.seen.dialogs.get(&entry.key.user) {
        Some(dialog) if dialog.entry == entry.key => dialog.question.min(last),
        _ => (0..=last).find(|at| text_of(entry, *at).is_none()).unwrap_or(last),
    }
}

/// The entry that a message is an answer for: the one whose prompt it replies to, the one of the dialog under way,
/// the newest that is open, or the newest that was missed a short while ago.
fn meant(desk: &Desk<'_, '_, '_>, user: &UserId, answers: Option<&MessageId>) -> Option<(Round, Entry)> {
    let replied = answers.and_then(|message| entry_of_message(desk, user, message));
    let dialog = desk.seen.dialogs.get(user).map(|dialog| dialog.entry.clone());
    let unanswered = |key: EntryKey| desk.seen.entries.get(&key).filter(|entry| entry.answered_at.is_none());
    // A reply to a prompt that is answered changes nothing by itself: that would be a guess.
    if let Some(key) = &replied
        && desk.seen.entries.get(key).is_some_and(|entry| entry.answered_at.is_some())
        && dialog.is_none()
    {
        return None;
    }
    let mine = || desk.seen.entries.values().filter(|entry| entry.key.user == *user && entry.answered_at.is_none());
    let round_of = |entry: &Entry| desk.seen.rounds.get(&entry.key.round);
    let open = || {
        mine()
            .filter(|entry| matches!(entry.state, EntryState::Asked | EntryState::Prompted))
            .filter(|entry| round_of(entry).is_some_and(|round| round.closed_at.is_none()))
            .max_by_key(|entry| entry.prompt_at)
    };
    let until = desk.now() - SignedDuration::from_hours(LATE_BY_MESSAGE_HOURS);
    let missed = || {
        mine()
            .filter(|entry| entry.state == EntryState::Missed && entry.deadline_at > until)
            .max_by_key(|entry| entry.prompt_at)
    };
    let entry = replied.and_then(&unanswered).or_else(|| dialog.and_then(&unanswered)).or_else(open).or_else(missed)?;
    Some((round_of(entry)?.clone(), entry.clone()))
}

/// The entry of this member that a message belongs to: its prompt, its reminder, or one of its answers.
fn entry_of_message(desk: &Desk<'_, '_, '_>, user: &UserId, message: &MessageId) -> Option<EntryKey> {
    let mut mine = desk.seen.entries.values().filter(|entry| entry.key.user == *user);
    let belongs = |entry: &Entry| {
        let asks = [entry.key.prompt_subject(), entry.key.remind_subject()];
        asks.iter().any(|subject| desk.seen.posts.get(subject).is_some_and(|posted| posted.message == *message))
            || entry.answers.iter().any(|answer| answer.message.as_ref() == Some(message))
    };
    mine.find(|entry| belongs(entry)).map(|entry| entry.key.clone())
}

/// The answer that was said in this message, with its entry.
fn answer_in(desk: &Desk<'_, '_, '_>, user: Option<&UserId>, message: &MessageId) -> Option<(Entry, Answer)> {
    desk.seen.entries.values().find_map(|entry| {
        let mine = user.is_none_or(|user| entry.key.user == *user);
        let answer = entry.answers.iter().find(|answer| answer.message.as_ref() == Some(message));
        answer.filter(|_| mine).map(|answer| (entry.clone(), answer.clone()))
    })
}

/// Somebody changed a message; if it was an answer, the answer changes with it. With no text it is taken back.
///
/// Platforms don't promise the order of events: an edit that overtakes its message is taken in its place.
pub(super) fn changed(desk: &mut Desk<'_, '_, '_>, user: Option<&UserId>, message: &MessageId, text: &str) {
    let Some((entry, answer)) = answer_in(desk, user, message) else {
        if let Some(user) = user.filter(|user| overtakes(desk, user, message)) {
            said(desk, user, message, None, text);
        }
        return;
    };
    let Some(round) = desk.seen.rounds.get(&entry.key.round).cloned() else { return };
    if answer.text == text {
        return;
    }
    let answers = with_answer(&entry.answers, Answer { text: text.to_owned(), ..answer });
    take(desk, &round, &entry, answers, false);
}

/// Whether an edited message that is no answer yet can be one whose edit came first: something is open for it, and
/// it was written after that was asked and after every answer to it. An older message was not meant as one.
fn overtakes(desk: &Desk<'_, '_, '_>, user: &UserId, message: &MessageId) -> bool {
    let Some((_, entry)) = meant(desk, user, None) else { return false };
    let prompt = desk.seen.posts.get(&entry.key.prompt_subject()).map(|posted| &posted.message);
    let answered = entry.answers.iter().filter_map(|answer| answer.message.as_ref());
    prompt.is_some() && prompt.into_iter().chain(answered).all(|earlier| message.is_after(earlier))
}
