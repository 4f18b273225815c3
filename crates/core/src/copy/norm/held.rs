//! Words about messages that are held: to their authors, and below them where they are posted again.

use super::judged::{keys, off};
use super::keyed;
use crate::{
    action::Action,
    copy::{Arg, Sample, key, later as later_words, line, list, said, text, time},
    id::UserId,
    language::Language,
    later::{self, Held, Later, Letter},
    message::{Block, Button, Message, Show, Style, Text},
    norm::{self, Judged},
    people::Member,
    time::Zone,
};
use std::collections::BTreeMap;

/// People that one word to an author names: more is a list that nobody reads.
const NAMED_MAX: usize = 8;
/// Characters of their own message that it repeats: enough to know it by. `/later show` has it whole.
const SHOWN_CHARS_MAX: usize = 500;

/// To the author of a message that was taken back: who is off, when it is posted again, and what they may choose.
#[expect(clippy::too_many_arguments, reason = "what an author is told, each part from another row")]
pub(crate) fn held(
    language: Language,
    later: &Later,
    letter: &Letter,
    held: &Held,
    judged: Option<&Judged>,
    can_be_urgent: bool,
    names: &BTreeMap<UserId, Member>,
    zone: &Zone,
) -> Message {
    let channel: Arg = letter.of.as_ref().map_or_else(|| said(""), |of| of.spot.channel.clone().into());
    let mut message = Message::default();
    let found = judged.map(Judged::nudged).unwrap_or_default();
    for finding in found.iter().take(NAMED_MAX) {
        message = message.with(Block::Text(off(language, finding, names, zone)));
    }
    let more = found.len().saturating_sub(NAMED_MAX) + judged.map_or(0, |judged| judged.more);
    if more > 0 {
        message = message.with(Block::Text(text(language, "norm-nudge-more", &[("count", more.into())])));
    }
    let (how, at) = if held.known {
        ("then", time::at(language, letter.due_at, Show::DateTime, zone).into())
    } else {
        ("back", said(""))
    };
    let args = [("how", key(how)), ("at", at), ("channel", channel), ("number", i64::from(later.number).into())];
    message = message.with(Block::Text(text(language, "norm-held", &args)));
    message = message.with(Block::Quote(Text::said(beginning(&letter.text))));
    let button = |label, action, style| Button { label: line(language, label, &[]), action, style };
    let mut buttons =
        vec![button("norm-held-now-button", Action::Later(later::Action::Now(later.id.clone())), Style::Quiet)];
    if let Some(judged) = judged.filter(|_| can_be_urgent) {
        let urgent = Action::Norm(norm::Action::Urgent(judged.id.clone()));
        buttons.push(button("norm-nudge-urgent-button", urgent, Style::Quiet));
    }
    let cancel = Action::Later(later::Action::Cancel(later.id.clone()));
    buttons.push(button("later-cancel-button", cancel, Style::Quiet));
    message = message.with(Block::Buttons(buttons));
    if found.is_empty() {
        return message;
    }
    let by = [
        ("norm", list(language, keys(&found).into_iter().map(keyed))),
        ("revision", found.first().map_or(0, |it| i64::from(it.revision)).into()),
    ];
    message.with(Block::Small(text(language, "norm-held-by", &by)))
}

fn beginning(text: &str) -> String {
    if text.chars().count() <= SHOWN_CHARS_MAX {
        return text.to_owned();
    }
    text.chars().take(SHOWN_CHARS_MAX - 1).chain(['…']).collect()
}

/// Every message of this module with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    use super::samples::{judged, names};
    use crate::norm::verdict::Plainly;
    fn sample(l: Language, count: usize, known: bool, urgent: bool) -> Message {
        let (later, letter, it) = later_words::held_sample(known);
        held(l, &later, &letter, &it, Some(&judged(count, Plainly::Asked)), urgent, &names(), &Zone::utc())
    }
    vec![
        Sample::Message("norm/held", |l| sample(l, 1, true, true)),
        Sample::Message("norm/held-many", |l| sample(l, 12, true, false)),
        Sample::Message("norm/held-open", |l| sample(l, 2, false, true)),
    ]
}
