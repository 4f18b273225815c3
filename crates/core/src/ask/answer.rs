//! Answers: by the button, in the thread, changed and taken back. Words of people who were not asked stay where they are.

use super::{Ask, AskId, Asked, FormId, Part, Why};
use crate::{
    action,
    copy::{ask as words, standup as buttons},
    decide::{Cause, Decision},
    event::{Origin, Replied},
    id::{ChannelId, MessageId, Subject, UserId},
    language::Language,
    limit::{ASK_ANSWER_CHARS_MAX, ASK_PARTS_MAX},
    message::{Field, FieldKind, Form, Message, Reply},
    snapshot::Snapshot,
};
use std::collections::BTreeMap;

/// The form's field.
const FIELD: &str = "answer";

fn language(seen: &Snapshot, user: &UserId) -> Language {
    seen.members.get(user).map_or(seen.workspace.language, |member| member.language(&seen.workspace))
}

/// A question that somebody may answer; or what to tell them. Buttons can be forged, and stand where everybody reads.
fn theirs<'s>(seen: &'s Snapshot, user: &UserId, id: &AskId) -> Result<(&'s Ask, &'s Asked), Message> {
    let language = language(seen, user);
    let ask = seen.asks.get(id).ok_or_else(|| words::not_there(language))?;
    let Some(asked) = ask.people.get(user) else {
        return Err(if ask.asker == *user { words::own(language) } else { words::not_asked(language, ask) });
    };
    if ask.takes_answers() { Ok((ask, asked)) } else { Err(words::is_closed(language)) }
}

/// "Answer" was pressed.
pub(super) fn clicked(seen: &Snapshot, by: &Origin, id: &AskId) -> Decision {
    let language = language(seen, &by.user);
    let reply = match theirs(seen, &by.user, id) {
        Err(say) => Reply::Say(say),
        Ok((ask, asked)) => Reply::Open(Form {
            id: action::FormId::Ask(FormId::Answer(id.clone())),
            title: words::form_title(language),
            submit: buttons::send(language),
            cancel: buttons::cancel(language),
            intro: if seen.workspace.capabilities.form_intro { words::form_intro(ask) } else { Vec::new() },
            fields: vec![Field {
                id: FIELD.to_owned(),
                label: words::form_label(language, ask, seen.workspace.capabilities.form_intro),
                hint: Some(words::form_hint(language)),
                kind: FieldKind::Paragraph,
                value: asked.answer.iter().find(|part| part.message.is_none()).and_then(|part| part.words.clone()),
                optional: false,
            }],
        }),
    };
    Decision::reply(reply)
}

/// The form came back.
pub(super) fn submitted(
    seen: &Snapshot,
    by: &Origin,
    id: &AskId,
    values: &BTreeMap<String, String>,
    cause: &mut Cause<'_>,
) -> Decision {
    let language = language(seen, &by.user);
    let (ask, _) = match theirs(seen, &by.user, id) {
        Ok(theirs) => theirs,
        Err(say) => return Decision::reply(Reply::Say(say)),
    };
    let text = values.get(FIELD).map(|text| text.trim()).unwrap_or_default();
    let wrong = |why: String| Decision::reply(Reply::Invalid(vec![(FIELD.to_owned(), why)]));
    if text.is_empty() {
        return wrong(words::empty_answer(language));
    }
    let length = text.chars().count();
    if length > ASK_ANSWER_CHARS_MAX {
        return wrong(words::long_answer(language, length));
    }
    let part = Part { message: None, thread: None, words: Some(text.to_owned()), at: cause.now };
    let mut decision = Decision::reply(Reply::Say(words::thanks(language, ask)));
    take(ask, &by.user, part, &mut decision, cause);
    decision
}

/// Somebody answered in the thread, or changed what they had answered there.
pub(super) fn replied(seen: &Snapshot, replied: &Replied, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let (channel, user) = (replied.by.channel.as_ref(), &replied.by.user);
    let is_it = |ask: &&Ask| {
        let hangs = |there: &crate::event::Posted| there.message == replied.to && Some(&there.channel) == channel;
        ask.posted.as_ref().is_some_and(hangs)
    };
    let Some(ask) = seen.asks.values().find(is_it).filter(|ask| ask.takes_answers()) else { return decision };
    if !ask.people.contains_key(user) {
        return decision;
    }
    let fits = |text: &&String| !text.trim().is_empty() && text.chars().count() <= ASK_ANSWER_CHARS_MAX;
    let words = replied.text.as_ref().filter(fits).map(|text| text.trim().to_owned());
    let message = Some(replied.message.clone());
    take(ask, user, Part { message, thread: replied.thread.clone(), words, at: cause.now }, &mut decision, cause);
    decision
}

/// Puts a piece of an answer in its place: that of the message that it was said in, or of the form.
fn take(ask: &Ask, user: &UserId, part: Part, decision: &mut Decision, cause: &mut Cause<'_>) {
    let mut changed = ask.clone();
    let Some(asked) = changed.people.get_mut(user) else { return };
    let was_silent = asked.answer.is_empty();
    let is_full = asked.answer.len() >= ASK_PARTS_MAX;
    match asked.answer.iter_mut().find(|it| it.message == part.message) {
        Some(known) => *known = Part { at: known.at, ..part },
        None if is_full => return,
        None => asked.answer.push(part),
    }
    if was_silent {
        decision.note(subject(ask, user), Why::Answered, cause);
    }
    decision.put_ask(Some(ask), changed, cause);
}

fn subject(ask: &Ask, user: &UserId) -> Subject {
    Subject::new(format!("ask-answer/{}/{user}", ask.id))
}

/// A message is gone: the question's own, or somebody's answer.
pub(super) fn took_back(seen: &Snapshot, channel: &ChannelId, message: &MessageId, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(ask) = seen.asks.values().find(|ask| ask.messages().any(|it| it == message)) else { return decision };
    if ask.channel != *channel {
        return decision;
    }
    let mut changed = ask.clone();
    if ask.posted.as_ref().is_some_and(|there| there.message == *message) {
        // Whoever is asked still has the question in their direct messages and in `/asks`.
        changed.posted = None;
    }
    for (user, asked) in &mut changed.people {
        let before = asked.answer.len();
        asked.answer.retain(|part| part.message.as_ref() != Some(message));
        if asked.answer.is_empty() && before > 0 {
            decision.note(subject(ask, user), Why::TookBack, cause);
        }
    }
    decision.put_ask(Some(ask), changed, cause);
    decision
}
