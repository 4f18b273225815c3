//! `/standup report`, `receipts` and `note`: what was said, what became of it, and a line for the next time.

use super::super::{
    Action, Effect, Entry, EntryState, Note, Round, RoundKey, Standup,
    desk::Desk,
    form::language,
    report::{member_name, whole},
    roster::may_read,
    slot::date_in,
};
use super::{
    day::parse_day,
    leaf::{Frame, is_one_page, leaf, lines},
};
use crate::{
    copy::standup::{self as words, Outcome},
    event::Origin,
    language::Language,
    limit,
    message::{Block, Message, Reply, Text},
    snapshot::Snapshot,
    time::Zone,
};

/// Names that share a line, so that no line goes on over pages.
const NAMES_A_LINE: usize = 20;

fn zone_of(seen: &Snapshot, by: &Origin) -> Zone {
    seen.members.get(&by.user).map_or(seen.workspace.zone, |member| member.zone(&seen.workspace))
}

/// The round that somebody asks about: of a day, or the newest that is closed, else the newest.
fn round_of(desk: &Desk<'_, '_, '_>, by: &Origin, standup: &Standup, date: Option<&str>) -> Result<Round, Message> {
    let language = language(&desk.seen, &by.user);
    let mine = || desk.seen.rounds.values().filter(|round| round.key.standup == standup.id);
    let Some(date) = date.map(str::trim).filter(|date| !date.is_empty()) else {
        let closed = mine().filter(|round| round.closed_at.is_some()).max_by_key(|round| round.key.date);
        let found = closed.or_else(|| mine().max_by_key(|round| round.key.date));
        return found.cloned().ok_or_else(|| words::no_round_yet(language, &standup.name));
    };
    let Some(day) = parse_day(date, date_in(desk.now(), &zone_of(&desk.seen, by))) else {
        return Err(words::not_a_day(language, date));
    };
    mine().find(|round| round.key.date == day).cloned().ok_or_else(|| words::no_round_on(language, &standup.name, day))
}

/// A closed round's report, to whoever asks. Before the close it says when it comes; answers are nobody's until then,
/// administrators included.
pub(super) fn report(desk: &mut Desk<'_, '_, '_>, by: &Origin, standup: &Standup, date: Option<&str>) -> Message {
    let language = language(&desk.seen, &by.user);
    let round = match round_of(desk, by, standup, date) {
        Ok(round) => round,
        Err(say) => return say,
    };
    if !may_read(&desk.seen, standup, &round.key, by) {
        return words::not_yours_to_read(language, &standup.name, &standup.channel);
    }
    if round.closed_at.is_none() {
        let zone = zone_of(&desk.seen, by);
        return words::report_not_yet(language, &standup.name, round.key.date, round.closes_at, &zone);
    }
    let mut pages = whole(&desk.seen, &round, &by.user);
    match pages.len() {
        1 => pages.remove(0),
        count => {
            for page in 0..count {
                desk.owe(Effect::Observe(round.key.clone(), by.user.clone(), page));
            }
            words::report_sent(language, count)
        }
    }
}

/// What became of each prompt of the round that somebody asks about.
pub(super) fn receipts(desk: &Desk<'_, '_, '_>, by: &Origin, standup: &Standup, date: Option<&str>) -> Message {
    match round_of(desk, by, standup, date) {
        Ok(round) => receipts_of(&desk.seen, by, standup, &round, 0),
        Err(say) => say,
    }
}

/// The button to a further page of them was pressed.
pub(in crate::standup) fn more_receipts(desk: &mut Desk<'_, '_, '_>, by: &Origin, key: &RoundKey, page: usize) {
    let seen = &desk.seen;
    let say = match (super::known(seen, by, &key.standup), seen.rounds.get(key)) {
        (Some(standup), Some(round)) => receipts_of(seen, by, standup, round, page),
        _ => words::gone(language(seen, &by.user)),
    };
    desk.reply(Reply::Say(say));
}

/// What became of each prompt of a round: whoever did not simply answer in time comes first.
fn receipts_of(seen: &Snapshot, by: &Origin, standup: &Standup, round: &Round, page: usize) -> Message {
    let language = language(seen, &by.user);
    if !may_read(seen, standup, &round.key, by) {
        return words::not_yours_to_read(language, &standup.name, &standup.channel);
    }
    let zone = zone_of(seen, by);
    let mut entries: Vec<_> = seen.entries_of_round(&round.key).collect();
    entries.sort_by_cached_key(|entry| {
        let in_time = entry.state == EntryState::Answered && !entry.late;
        (in_time, member_name(seen, &entry.key.user).to_lowercase())
    });
    let frame = Frame {
        opening: Block::Heading(words::receipts_title(language, &standup.name, round.key.date)),
        opening_cost_min: 0,
        below: Some(Block::Small(words::receipts_explain(language, &format!("prompt/{}", round.key.path())))),
    };
    let limits = &seen.workspace.capabilities;
    let name = |entry: &Entry| member_name(seen, &entry.key.user);
    let each = entries.iter().map(|entry| words::receipt(language, &[name(entry)], &Outcome::of(entry), &zone));
    let mut pieces = lines(limits, each.collect());
    if !is_one_page(limits, &frame, &pieces) {
        pieces = lines(limits, together(seen, language, &entries, &zone));
    }
    leaf(seen, language, frame, pieces, page, |page| Action::Receipts(round.key.clone(), page))
}

/// Whoever has the same receipt shares a line, where one message doesn't hold a line for each.
fn together(seen: &Snapshot, language: Language, entries: &[&Entry], zone: &Zone) -> Vec<Text> {
    let mut groups: Vec<(Text, Outcome<'_>, Vec<String>)> = Vec::new();
    for entry in entries {
        let outcome = Outcome::of(entry).without_its_time();
        let words = words::receipt(language, &[], &outcome, zone);
        let name = member_name(seen, &entry.key.user);
        match groups.iter_mut().find(|(known, ..)| *known == words) {
            Some((.., names)) => names.push(name),
            None => groups.push((words, outcome, vec![name])),
        }
    }
    let mut receipts = Vec::new();
    for (_, outcome, names) in &groups {
        receipts.extend(names.chunks(NAMES_A_LINE).map(|names| words::receipt(language, names, outcome, zone)));
    }
    receipts
}

/// Keeps a line for the next answer. The path that has to be quick: it looks at nothing but the member, and writes
/// nothing but the note.
pub(super) fn note(desk: &mut Desk<'_, '_, '_>, by: &Origin, text: Option<&str>) -> Message {
    let language = language(&desk.seen, &by.user);
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return words::note_empty(language);
    };
    let length = text.chars().count();
    if length > limit::NOTE_CHARS_MAX {
        return words::note_too_long(language, length, limit::NOTE_CHARS_MAX);
    }
    let waiting = desk.seen.notes.iter().filter(|note| note.user == by.user && !note.used).count();
    if waiting >= limit::NOTES_MAX {
        return words::notes_full(language, limit::NOTES_MAX);
    }
    let id = desk.derived_id("note");
    desk.put_note(Note { id, user: by.user.clone(), at: desk.now(), text: text.to_owned(), used: false });
    words::noted(language, text)
}
