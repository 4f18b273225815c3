//! `/standup report`, `receipts` and `note`: what was said, what became of it, and a line for the next time.

use super::super::{
    Effect, EntryState, Note, Round, Skip, Standup,
    desk::Desk,
    form::language,
    pages::{Piece, paginate},
    report::{member_name, whole},
    roster::may_read,
    slot::date_in,
};
use super::day::parse_day;
use crate::{
    copy::standup as words,
    event::Origin,
    limit,
    message::{Block, Message},
    snapshot::Snapshot,
    time::Zone,
};

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
    if !may_read(&desk.seen, standup, &round.key, &by.user) {
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

/// What became of each prompt of a round.
pub(super) fn receipts(desk: &mut Desk<'_, '_, '_>, by: &Origin, standup: &Standup, date: Option<&str>) -> Message {
    let language = language(&desk.seen, &by.user);
    let round = match round_of(desk, by, standup, date) {
        Ok(round) => round,
        Err(say) => return say,
    };
    let seen = &desk.seen;
    if !may_read(seen, standup, &round.key, &by.user) {
        return words::not_yours_to_read(language, &standup.name, &standup.channel);
    }
    let zone = zone_of(seen, by);
    let mut entries: Vec<_> = seen.entries_of_round(&round.key).collect();
    entries.sort_by_cached_key(|entry| member_name(seen, &entry.key.user).to_lowercase());
    let lines = entries.into_iter().map(|entry| {
        let name = member_name(seen, &entry.key.user);
        let line = match &entry.state {
            EntryState::Planned => words::receipt_planned(language, &name, entry.prompt_at, &zone),
            EntryState::Asked => words::receipt_asked(language, &name),
            EntryState::Prompted => words::receipt_prompted(language, &name, entry.deadline_at, &zone),
            EntryState::Answered => words::receipt_answered(language, &name, entry.late, entry.answered_at, &zone),
            EntryState::Missed => words::receipt_missed(language, &name),
            EntryState::Skipped(Skip::Own(_)) => words::receipt_skipped(language, &name),
            EntryState::Skipped(Skip::Left) => words::receipt_left(language, &name),
            EntryState::Skipped(Skip::NotAsked(why)) => words::receipt_not_asked(language, &name, why, &zone),
        };
        Piece::body(Block::Text(line))
    });
    let title = [Block::Heading(words::receipts_title(language, &standup.name, round.key.date))];
    let explain = Block::Small(words::receipts_explain(language, &format!("prompt/{}", round.key.path())));
    first_page(seen, &title, lines.collect(), explain)
}

/// As much of a list as one message of the platform holds, and words below that say where the rest is.
pub(super) fn first_page(seen: &Snapshot, title: &[Block], lines: Vec<Piece>, below: Block) -> Message {
    let mut limits = seen.workspace.capabilities;
    let cost = super::super::pages::cost_of_block(&below);
    limits.message_chars_max = limits.message_chars_max.saturating_sub(cost);
    limits.message_blocks_max = limits.message_blocks_max.saturating_sub(1);
    let first = paginate(&limits, title, title, lines).into_iter().next().unwrap_or_default();
    first.with(below)
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
