//! The prompt, its later states, and the questions of a dialog.

use super::{
    Action, Entry, EntryState, QuestionKind, Round, Skip, Standup,
    form::{last_plan, offered_notes, shortened},
    pages::cost_of_block,
};
use crate::{
    action,
    copy::standup as words,
    language::Language,
    message::{Block, Button, Message, Style, Text},
    people::Member,
    snapshot::Snapshot,
};

/// Characters of one's own last plan or notes that a prompt shows; what is longer is whole in the form.
const SHOWN_CHARS_MAX: usize = 600;

/// One member's part in a round, with everything that its words need.
#[derive(Clone, Copy)]
pub(super) struct Part<'s> {
    pub(super) seen: &'s Snapshot,
    pub(super) standup: &'s Standup,
    pub(super) round: &'s Round,
    pub(super) entry: &'s Entry,
    pub(super) member: &'s Member,
}

impl<'s> Part<'s> {
    /// The part of this entry, when all of it is known.
    pub(super) fn find(seen: &'s Snapshot, key: &super::EntryKey) -> Option<Self> {
        let standup = seen.standups.get(&key.round.standup)?;
        let (round, entry) = (seen.rounds.get(&key.round)?, seen.entries.get(key)?);
        Some(Self { seen, standup, round, entry, member: seen.members.get(&key.user)? })
    }

    pub(super) fn language(&self) -> Language {
        self.member.language(&self.seen.workspace)
    }

    fn button(&self, label: String, action: Action, style: Style) -> Button {
        Button { label, action: action::Action::Standup(action), style }
    }

    fn answer_button(&self, label: String, style: Style) -> Button {
        self.button(label, Action::Answer(self.round.key.clone(), 0), style)
    }

    fn has_answered_before(&self) -> bool {
        let key = &self.entry.key;
        self.seen.entries.values().any(|it| {
            it.key.user == key.user
                && it.key.round.standup == key.round.standup
                && it.key.round.date < key.round.date
                && it.answered_at.is_some()
        })
    }

    fn title(&self) -> Block {
        Block::Heading(words::prompt_title(self.language(), &self.standup.name, self.round.key.date))
    }
}

/// The prompt, in the state that its entry is in.
pub(super) fn prompt(part: Part<'_>) -> Message {
    let language = part.language();
    let closed = part.round.closed_at.is_some();
    match &part.entry.state {
        EntryState::Answered => answered(part),
        EntryState::Skipped(Skip::Own(reason)) => {
            let mut message =
                Message(vec![part.title(), Block::Text(words::prompt_skipped(language, reason.as_deref()))]);
            let label = if closed { words::answer_late(language) } else { words::answer_after_all(language) };
            message.0.push(Block::Buttons(vec![part.answer_button(label, Style::Quiet)]));
            message
        }
        EntryState::Skipped(Skip::Left) => Message(vec![part.title(), Block::Text(words::prompt_left(language))]),
        EntryState::Missed | EntryState::Skipped(Skip::NotAsked(_)) => {
            let button = part.answer_button(words::answer_late(language), Style::Quiet);
            let state = Block::Text(words::prompt_closed(language));
            Message(vec![part.title(), state, Block::Buttons(vec![button])])
        }
        EntryState::Planned | EntryState::Asked | EntryState::Prompted => open(part),
    }
}

fn answered(part: Part<'_>) -> Message {
    let language = part.language();
    let entry = part.entry;
    let state = words::prompt_answered(language, entry.late, entry.edited_at.is_some());
    let button = part.answer_button(words::change_answer(language), Style::Quiet);
    Message(vec![part.title(), Block::Text(state), Block::Buttons(vec![button])])
}

/// The prompt while an answer is waited for. What doesn't fit into one message of the platform is in the form, or
/// asked in turn.
fn open(part: Part<'_>) -> Message {
    let (language, workspace) = (part.language(), &part.seen.workspace);
    let zone = part.member.zone(workspace);
    let mut message = Message(vec![part.title()]);
    let mut closing = vec![Block::Text(words::prompt_deadline(language, part.entry.deadline_at, &zone))];
    closing.push(Block::Buttons(vec![
        part.answer_button(words::answer(language), Style::Primary),
        part.button(words::skip_today(language), Action::Skip(part.round.key.clone()), Style::Quiet),
    ]));
    let mut small = Vec::new();
    // Whoever has answered before knows how, and why they are asked.
    if !part.has_answered_before() {
        small.extend([words::prompt_how(language), words::prompt_why(language, why_in(part))]);
    }
    if part.member.zone_guessed() {
        small.push(words::prompt_zone_guessed(language, &zone));
    }
    closing.extend(small.into_iter().map(Block::Small));
    let limits = &workspace.capabilities;
    let mut room = limits.message_chars_max;
    let mut spend = |blocks: &[Block]| {
        let needs: usize = blocks.iter().map(cost_of_block).sum();
        (needs <= room).then(|| room -= needs).is_some()
    };
    spend(&message.0);
    spend(&closing);
    let questions = Block::Text(words::questions(language, &part.round.questions));
    let fits = cost_of_block(&questions) <= limits.block_chars_max && spend(std::slice::from_ref(&questions));
    message.0.push(if fits {
        questions
    } else {
        Block::Text(words::prompt_count(language, part.round.questions.len()))
    });
    for aside in [plan_shown(part), notes_shown(part)].into_iter().flatten() {
        if spend(&aside) {
            message.0.extend(aside);
        }
    }
    message.0.extend(closing);
    message
}

/// Why they are in this standup.
fn why_in(part: Part<'_>) -> words::WhyIn<'_> {
    let standup = part.standup;
    if standup.joined.contains(&part.member.user) {
        return words::WhyIn::Joined(&standup.name);
    }
    match &standup.who {
        super::Who::ChannelMembers => words::WhyIn::Channel(&standup.name, &standup.channel),
        super::Who::List(_) | super::Who::Group(_) => words::WhyIn::Named(&standup.name),
    }
}

/// What they planned last time, where they are asked what they did.
fn plan_shown(part: Part<'_>) -> Option<Vec<Block>> {
    let asked = part.round.questions.iter().any(|it| it.kind == QuestionKind::Done);
    let plan = last_plan(part.seen, part.entry).filter(|_| asked)?;
    let words = words::last_plan(part.language());
    Some(vec![Block::Text(words), Block::Quote(Text::said(shortened(plan, SHOWN_CHARS_MAX)))])
}

/// What they jotted down since.
fn notes_shown(part: Part<'_>) -> Option<Vec<Block>> {
    let notes = offered_notes(part.seen, &part.member.user)?;
    let words = words::your_notes(part.language());
    Some(vec![Block::Text(words), Block::Quote(Text::said(shortened(&notes, SHOWN_CHARS_MAX)))])
}

/// One question of a dialog.
pub(super) fn question(part: Part<'_>, at: usize) -> Message {
    let language = part.language();
    let count = part.round.questions.len();
    let (text, kind) = part.round.questions.get(at).map_or(("", QuestionKind::Other), |it| (it.text.as_str(), it.kind));
    let text = words::asked(language, text);
    let mut message = Message(vec![
        Block::Small(words::question_of(language, at + 1, count, &part.standup.name)),
        Block::Text(Text::said(text)),
    ]);
    match kind {
        QuestionKind::Done => {
            let asides = [plan_shown(part), notes_shown(part)];
            message.0.extend(asides.into_iter().flatten().flatten());
        }
        QuestionKind::Blockers => message.0.push(Block::Small(words::question_none(language))),
        QuestionKind::Plan | QuestionKind::Other => {}
    }
    message
}

/// The reminder, as short as it can be; once nothing is waited for, a line that says so, and the prompt has the
/// buttons.
pub(super) fn reminder(part: Part<'_>) -> Message {
    let (language, name) = (part.language(), part.standup.name.as_str());
    match &part.entry.state {
        EntryState::Answered => Message::of(words::reminder_answered(language, name)),
        EntryState::Skipped(Skip::Own(_)) => Message::of(words::reminder_skipped(language, name)),
        EntryState::Skipped(Skip::Left) => Message::of(words::reminder_left(language, name)),
        EntryState::Missed | EntryState::Skipped(Skip::NotAsked(_)) => {
            Message::of(words::reminder_closed(language, name))
        }
        EntryState::Planned | EntryState::Asked | EntryState::Prompted => open_reminder(part),
    }
}

fn open_reminder(part: Part<'_>) -> Message {
    let language = part.language();
    let zone = part.member.zone(&part.seen.workspace);
    let text = words::reminder(language, &part.standup.name, part.entry.deadline_at, &zone);
    let label = if super::form::is_draft(part.round, part.entry) {
        words::go_on_answering(language)
    } else {
        words::answer(language)
    };
    Message(vec![
        Block::Text(text),
        Block::Buttons(vec![
            part.answer_button(label, Style::Primary),
            part.button(words::skip_today(language), Action::Skip(part.round.key.clone()), Style::Quiet),
        ]),
    ])
}
