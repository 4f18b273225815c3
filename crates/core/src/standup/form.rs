//! The form to answer, page by page where a platform shows only a few fields, and the form to skip.

use super::{
    Action, Answer, Entry, EntryKey, FormId, QuestionKind, Round, RoundKey,
    answer::{self, Taken, first_missing, is_optional, take, text_of, with_answer},
    desk::Desk,
};
use crate::{
    action,
    copy::standup as words,
    id::UserId,
    language::Language,
    limit,
    message::{Block, Button, Field, FieldKind, Form, Message, Reply, Style, Text},
    snapshot::Snapshot,
};
use std::{collections::BTreeMap, ops::Range};

/// Characters of a form's title (Slack's limit, the smallest).
const TITLE_CHARS_MAX: usize = 24;

/// The round and the entry of whoever wants to answer or skip; or what to tell them.
fn part_of(desk: &Desk<'_, '_, '_>, key: &RoundKey, user: &UserId) -> Result<(Round, Entry), Message> {
    let entry = desk.seen.entries.get(&EntryKey { round: key.clone(), user: user.clone() });
    match (desk.seen.rounds.get(key), entry) {
        (Some(round), Some(entry)) => Ok((round.clone(), entry.clone())),
        _ => Err(words::not_in_round(language(&desk.seen, user))),
    }
}

/// The language that somebody reads.
pub(super) fn language(seen: &Snapshot, user: &UserId) -> Language {
    seen.members.get(user).map_or(seen.workspace.language, |member| member.language(&seen.workspace))
}

/// The questions of a page of the form.
fn page_of(seen: &Snapshot, round: &Round, page: usize) -> Range<usize> {
    let size = seen.workspace.capabilities.form_fields_max.max(1);
    let count = round.questions.len();
    page.saturating_mul(size).min(count)..page.saturating_add(1).saturating_mul(size).min(count)
}

/// On which page a question is.
fn page_with(seen: &Snapshot, question: usize) -> usize {
    question / seen.workspace.capabilities.form_fields_max.max(1)
}

/// "Answer" or "Change my answer" was pressed.
pub(super) fn open_answer(desk: &mut Desk<'_, '_, '_>, user: &UserId, key: &RoundKey, page: usize) {
    let reply = match part_of(desk, key, user) {
        Ok((round, entry)) => match answer_form(&desk.seen, &round, &entry, page) {
            Some(form) => Reply::Open(form),
            None => Reply::Say(words::not_in_round(language(&desk.seen, user))),
        },
        Err(say) => Reply::Say(say),
    };
    desk.reply(reply);
}

/// A page of the form to answer; `None` when there is no such page.
pub(super) fn answer_form(seen: &Snapshot, round: &Round, entry: &Entry, page: usize) -> Option<Form> {
    let user = &entry.key.user;
    let language = language(seen, user);
    let questions = page_of(seen, round, page);
    let standup = seen.standups.get(&round.key.standup)?;
    let notes = offered_notes(seen, user);
    let noted = entry.answered_at.is_none().then(|| notes_question(round)).filter(|at| questions.contains(at));
    let fields: Vec<Field> =
        questions.map(|at| field(seen, round, entry, at, notes.as_deref().filter(|_| noted == Some(at)))).collect();
    (!fields.is_empty()).then(|| Form {
        id: action::FormId::Standup(FormId::Answer(round.key.clone(), page)),
        title: shortened(&standup.name, TITLE_CHARS_MAX),
        submit: words::send(language),
        cancel: words::cancel(language),
        intro: if seen.workspace.capabilities.form_intro { intro(seen, round, entry, page) } else { Vec::new() },
        fields,
    })
}

fn field(seen: &Snapshot, round: &Round, entry: &Entry, at: usize, notes: Option<&str>) -> Field {
    let language = language(seen, &entry.key.user);
    let max = seen.workspace.capabilities.field_chars_max;
    let (text, kind) = round.questions.get(at).map_or(("", QuestionKind::Other), |it| (it.text.as_str(), it.kind));
    let answer = text_of(entry, at);
    let kept = answer.filter(|text| text.chars().count() > max);
    let value = answer.filter(|_| kept.is_none()).or(notes).filter(|text| text.chars().count() <= max);
    Field {
        id: format!("q{at}"),
        label: words::asked(language, text),
        hint: match (kept, kind) {
            (Some(text), _) => Some(words::answer_kept_hint(language, text.chars().count())),
            (None, QuestionKind::Blockers) => Some(words::blockers_hint(language)),
            _ => None,
        },
        kind: FieldKind::Paragraph,
        value: value.map(str::to_owned),
        optional: is_optional(kind) || kept.is_some(),
    }
}

/// The last plan and the notes, above the fields of the first page.
fn intro(seen: &Snapshot, round: &Round, entry: &Entry, page: usize) -> Vec<Block> {
    let language = language(seen, &entry.key.user);
    let mut blocks = Vec::new();
    if page == 0 && round.closed_at.is_some() && entry.answered_at.is_none() {
        blocks.push(Block::Text(words::will_be_late(language)));
    }
    let has_done = round.questions.iter().any(|it| it.kind == QuestionKind::Done);
    if let Some(plan) = last_plan(seen, entry).filter(|_| page == 0 && has_done) {
        blocks.push(Block::Text(words::last_plan(language)));
        let limit = seen.workspace.capabilities.block_chars_max;
        blocks.extend(super::pages::split(&Text::said(plan), limit).into_iter().map(Block::Quote));
    }
    blocks
}

/// What they planned when they last answered.
pub(super) fn last_plan<'s>(seen: &'s Snapshot, entry: &Entry) -> Option<&'s str> {
    let key = &entry.key;
    let before = |it: &&Entry| {
        it.key.user == key.user
            && it.key.round.standup == key.round.standup
            && it.key.round.date < key.round.date
            && it.answered_at.is_some()
    };
    let last = seen.entries.values().filter(before).max_by_key(|it| it.key.round.date)?;
    // Its own round's questions; the present ones where that round isn't at hand.
    let round = seen.rounds.get(&last.key.round).or_else(|| seen.rounds.get(&key.round))?;
    let plan = round.questions.iter().position(|question| question.kind == QuestionKind::Plan)?;
    text_of(last, plan)
}

/// Which question notes are offered for: what was done, else what is planned, else the first.
fn notes_question(round: &Round) -> usize {
    let of_kind = |kind| round.questions.iter().position(|question| question.kind == kind);
    of_kind(QuestionKind::Done).or_else(|| of_kind(QuestionKind::Plan)).unwrap_or(0)
}

/// Notes that wait, one a line; `None` when there are none.
pub(super) fn offered_notes(seen: &Snapshot, user: &UserId) -> Option<String> {
    let lines: Vec<&str> =
        seen.notes.iter().filter(|note| note.user == *user && !note.used).map(|note| note.text.as_str()).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The beginning of a text, in whole graphemes, with an ellipsis where something was left out. For titles only.
pub(super) fn shortened(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut out = super::pages::prefix(text, max.saturating_sub(1)).trim_end().to_owned();
    out.push('…');
    out
}

/// A page of answers came back.
pub(super) fn submit_answer(
    desk: &mut Desk<'_, '_, '_>,
    user: &UserId,
    key: &RoundKey,
    page: usize,
    values: &BTreeMap<String, String>,
) {
    let reply = match part_of(desk, key, user) {
        Ok((round, entry)) => answered_page(desk, &round, &entry, page, values),
        Err(say) => Reply::Say(say),
    };
    desk.reply(reply);
}

fn answered_page(
    desk: &mut Desk<'_, '_, '_>,
    round: &Round,
    entry: &Entry,
    page: usize,
    values: &BTreeMap<String, String>,
) -> Reply {
    let language = language(&desk.seen, &entry.key.user);
    let questions = page_of(&desk.seen, round, page);
    if questions.is_empty() {
        return Reply::Say(words::not_in_round(language));
    }
    let last_page = questions.end == round.questions.len();
    let answers = match read_page(&desk.seen, round, entry, questions.clone(), values) {
        Ok(answers) => answers,
        Err(wrong) => return Reply::Invalid(wrong),
    };
    match take(desk, round, entry, answers, last_page) {
        Taken::Draft(_) if !last_page => {
            desk.ask(&entry.key, questions.end);
            go_on(desk, round, entry, page + 1, words::page_kept(language))
        }
        Taken::Draft(missing) => {
            desk.ask(&entry.key, missing);
            let page = page_with(&desk.seen, missing);
            go_on(desk, round, entry, page, words::page_missing(language))
        }
        Taken::Edited | Taken::Unchanged if !last_page => {
            go_on(desk, round, entry, page + 1, words::page_changed(language))
        }
        Taken::Unchanged => Reply::Say(words::unchanged(language)),
        Taken::Edited => Reply::Say(words::changed(language)),
        Taken::Whole { late: true } => Reply::Say(words::thanks_late(language)),
        Taken::Whole { late: false } => Reply::Say(thanks(&desk.seen, round, entry)),
    }
}

/// The next page at once, or a button that opens it.
fn go_on(desk: &Desk<'_, '_, '_>, round: &Round, entry: &Entry, page: usize, say: Message) -> Reply {
    let seen = &desk.seen;
    if seen.workspace.capabilities.form_chain {
        let entry = seen.entries.get(&entry.key).unwrap_or(entry);
        if let Some(form) = answer_form(seen, round, entry, page) {
            return Reply::Open(form);
        }
    }
    let label = words::next_page(language(seen, &entry.key.user));
    let action = action::Action::Standup(Action::Answer(round.key.clone(), page));
    Reply::Say(say.with(Block::Buttons(vec![Button { label, action, style: Style::Primary }])))
}

/// "Thank you", with when the report comes.
pub(super) fn thanks(seen: &Snapshot, round: &Round, entry: &Entry) -> Message {
    let language = language(seen, &entry.key.user);
    let zone = seen.members.get(&entry.key.user).map_or(seen.workspace.zone, |member| member.zone(&seen.workspace));
    let name = seen.standups.get(&round.key.standup).map_or("", |standup| standup.name.as_str());
    words::thanks(language, name, round.terms.report, round.closes_at, &zone)
}

/// The same for somebody who answered by direct messages.
pub(super) fn thanks_for(part: super::prompt::Part<'_>) -> Message {
    thanks(part.seen, part.round, part.entry)
}

/// What a page says, on top of what was there; or which fields can't be taken.
fn read_page(
    seen: &Snapshot,
    round: &Round,
    entry: &Entry,
    questions: Range<usize>,
    values: &BTreeMap<String, String>,
) -> Result<Vec<Answer>, Vec<(String, String)>> {
    let language = language(seen, &entry.key.user);
    let max = seen.workspace.capabilities.field_chars_max;
    let mut answers = entry.answers.clone();
    let mut wrong = Vec::new();
    for (at, question) in round.questions.iter().enumerate().filter(|(at, _)| questions.contains(at)) {
        let id = format!("q{at}");
        let text = values.get(&id).map(|text| text.trim()).unwrap_or("");
        let before = text_of(entry, at);
        if text.chars().count() > limit::ANSWER_CHARS_MAX {
            wrong.push((id, words::answer_too_long(language, limit::ANSWER_CHARS_MAX)));
        } else if text.is_empty() && before.is_some_and(|before| before.chars().count() > max) {
            // It didn't fit into the form, so an empty field doesn't mean that it is taken back.
        } else if text.is_empty() && !is_optional(question.kind) {
            wrong.push((id, words::answer_needed(language)));
        } else if before.map(str::trim) != Some(text) {
            answers = with_answer(&answers, Answer { question: at, text: text.to_owned(), message: None });
        }
    }
    if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
}

/// "Skip today" was pressed.
pub(super) fn open_skip(desk: &mut Desk<'_, '_, '_>, user: &UserId, key: &RoundKey) {
    let language = language(&desk.seen, user);
    let reply = match part_of(desk, key, user) {
        Ok((_, entry)) if entry.answered_at.is_some() => Reply::Say(words::skip_answered(language)),
        Ok((round, _)) if round.closed_at.is_some() => Reply::Say(words::skip_closed(language)),
        Ok(_) => Reply::Open(Form {
            id: action::FormId::Standup(FormId::Skip(key.clone())),
            title: words::skip_title(language),
            submit: words::skip_submit(language),
            cancel: words::cancel(language),
            intro: Vec::new(),
            fields: vec![Field {
                id: "reason".into(),
                label: words::skip_reason(language),
                hint: Some(words::skip_reason_hint(language)),
                kind: FieldKind::Line,
                value: None,
                optional: true,
            }],
        }),
        Err(say) => Reply::Say(say),
    };
    desk.reply(reply);
}

/// The form to skip came back.
pub(super) fn submit_skip(desk: &mut Desk<'_, '_, '_>, user: &UserId, key: &RoundKey, reason: Option<&str>) {
    let language = language(&desk.seen, user);
    let reply = match (part_of(desk, key, user), read_reason(language, reason)) {
        (Err(say), _) => Reply::Say(say),
        (_, Err(wrong)) => Reply::Invalid(vec![("reason".into(), wrong)]),
        (Ok((_, entry)), _) if entry.answered_at.is_some() => Reply::Say(words::skip_answered(language)),
        (Ok((round, _)), _) if round.closed_at.is_some() => Reply::Say(words::skip_closed(language)),
        (Ok((round, entry)), Ok(reason)) => {
            answer::skip(desk, &round, &entry, reason);
            let name = desk.seen.standups.get(&key.standup).map_or("", |standup| standup.name.as_str());
            Reply::Say(words::skipped(language, &[name.to_owned()], false))
        }
    };
    desk.reply(reply);
}

/// A reason as it was entered; empty is none.
pub(super) fn read_reason(language: Language, reason: Option<&str>) -> Result<Option<String>, String> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_some_and(|reason| reason.chars().count() > limit::REASON_CHARS_MAX) {
        return Err(words::reason_too_long(language, limit::REASON_CHARS_MAX));
    }
    Ok(reason.map(str::to_owned))
}

/// Whether a draft lacks an answer, for the prompt's button.
pub(super) fn is_draft(round: &Round, entry: &Entry) -> bool {
    entry.answered_at.is_none() && !entry.answers.is_empty() && first_missing(round, &entry.answers).is_some()
}
