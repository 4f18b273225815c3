//! The report: blockers first, then who is away, who skipped and who is missing; everyone's answer in the thread.
//!
//! Names and answers are shown as text, never as mentions: a report pushes nobody.

use super::{
    Entry, EntryState, Part, QuestionKind, Round, Skip,
    answer::text_of,
    pages::{Piece, paginate},
};
use crate::{
    copy::standup as words,
    id::UserId,
    language::Language,
    message::{Block, Message, Text},
    people, receipt,
    snapshot::Snapshot,
};

/// Answers to "what is in the way?" that mean that nothing is, in both languages.
const NOTHING: &[&str] = &[
    "-",
    "--",
    "—",
    "n/a",
    "na",
    "no",
    "none",
    "nope",
    "nothing",
    "nil",
    "no blocker",
    "no blockers",
    "nothing so far",
    "none so far",
    "not really",
    "all good",
    "all clear",
    "gak ada",
    "ga ada",
    "nggak ada",
    "tidak",
    "tidak ada",
    "tidak ada kendala",
    "tidak ada hambatan",
    "tak ada",
    "belum ada",
    "nihil",
    "kosong",
    "aman",
];

/// Whether an answer to the question for blockers says that there are none.
pub(super) fn is_nothing(text: &str) -> bool {
    let bare = text.trim().trim_end_matches(['.', '!', ',']).trim().to_lowercase();
    bare.is_empty() || NOTHING.contains(&bare.as_str())
}

/// The parts of a round's report as it is now: the head's pages, then everyone's answer.
pub(super) fn parts(seen: &Snapshot, round: &Round) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..head(seen, round).len()).map(Part::Head).collect();
    for entry in answered(seen, round) {
        parts.extend((0..answer(seen, round, entry).len()).map(|page| Part::Answer(entry.key.user.clone(), page)));
    }
    parts
}

/// One part's message as it is now; `None` when there is no such page any more.
pub(super) fn part(seen: &Snapshot, round: &Round, part: &Part) -> Option<Message> {
    match part {
        Part::Head(page) => head(seen, round).into_iter().nth(*page),
        Part::Answer(user, page) => {
            let entry = answered(seen, round).into_iter().find(|entry| entry.key.user == *user)?;
            answer(seen, round, entry).into_iter().nth(*page)
        }
    }
}

fn head(seen: &Snapshot, round: &Round) -> Vec<Message> {
    let language = seen.workspace.language;
    let title = [Block::Heading(words::report_title(language, name_of(seen, round), round.key.date))];
    let again = [words::report_continued(language, name_of(seen, round), round.key.date)];
    let mut pieces = head_pieces(seen, round, language);
    if !answered(seen, round).is_empty() {
        pieces.push(Piece::body(Block::Small(words::report_in_thread(language))));
    }
    paginate(&seen.workspace.capabilities, &title, &again, pieces)
}

fn answer(seen: &Snapshot, round: &Round, entry: &Entry) -> Vec<Message> {
    let language = seen.workspace.language;
    let again = [words::answer_continued(language, &member_name(seen, &entry.key.user))];
    paginate(
        &seen.workspace.capabilities,
        &[byline(seen, entry, language)],
        &again,
        answer_pieces(round, entry, language),
    )
}

/// The whole report in as few messages as it takes, for one person: an observer, or whoever asked for it.
pub(super) fn whole(seen: &Snapshot, round: &Round, user: &UserId) -> Vec<Message> {
    let language = super::form::language(seen, user);
    let title = [Block::Heading(words::report_title(language, name_of(seen, round), round.key.date))];
    let again = [words::report_continued(language, name_of(seen, round), round.key.date)];
    let mut pieces = head_pieces(seen, round, language);
    for entry in answered(seen, round) {
        pieces.push(Piece::lead(byline(seen, entry, language)));
        pieces.extend(answer_pieces(round, entry, language));
    }
    paginate(&seen.workspace.capabilities, &title, &again, pieces)
}

/// How many messages an observer gets.
pub(super) fn observer_pages(seen: &Snapshot, round: &Round, user: &UserId) -> usize {
    whole(seen, round, user).len()
}

fn name_of<'s>(seen: &'s Snapshot, round: &Round) -> &'s str {
    seen.standups.get(&round.key.standup).map_or("", |standup| standup.name.as_str())
}

/// The name of a member, or their id while no name is known.
pub(super) fn member_name(seen: &Snapshot, user: &UserId) -> String {
    seen.members.get(user).map_or_else(|| user.as_str().to_owned(), |member| member.name.clone())
}

/// Whoever answered: those with something in their way first, those who came after the close last.
fn answered<'s>(seen: &'s Snapshot, round: &'s Round) -> Vec<&'s Entry> {
    let mut all: Vec<&Entry> = seen.entries_of_round(&round.key).filter(|it| it.answered_at.is_some()).collect();
    all.sort_by_cached_key(|entry| {
        let free = blockers(round, entry).is_empty();
        (entry.late, free, member_name(seen, &entry.key.user).to_lowercase(), entry.key.user.clone())
    });
    all
}

/// What is in somebody's way, as they said it.
fn blockers<'e>(round: &Round, entry: &'e Entry) -> Vec<&'e str> {
    let asked = |(at, question): (usize, &super::Question)| (question.kind == QuestionKind::Blockers).then_some(at);
    let texts = round.questions.iter().enumerate().filter_map(asked).filter_map(|at| text_of(entry, at));
    texts.filter(|text| !is_nothing(text)).collect()
}

fn byline(seen: &Snapshot, entry: &Entry, language: Language) -> Block {
    let name = member_name(seen, &entry.key.user);
    Block::Text(words::answer_by(language, &name, entry.late, entry.edited_at.is_some()))
}

/// Question and answer, one after the other; the question stays with the beginning of its answer.
fn answer_pieces(round: &Round, entry: &Entry, language: Language) -> Vec<Piece> {
    let said = |answer: &super::Answer| {
        let body = Block::Quote(Text::said(answer.text.clone()));
        match round.questions.get(answer.question) {
            Some(question) => Piece::both(Block::Small(Text::said(words::asked(language, &question.text))), body),
            None => Piece::body(body),
        }
    };
    entry.answers.iter().map(said).collect()
}

fn head_pieces(seen: &Snapshot, round: &Round, language: Language) -> Vec<Piece> {
    let groups = Groups::of(seen, round, language);
    let mut pieces = vec![Piece::body(Block::Text(match round.closed_at {
        Some(_) => words::report_count(language, groups.answered, groups.asked),
        None => words::report_count_so_far(language, groups.answered, groups.asked),
    }))];
    let blocked: Vec<(&Entry, &str)> = answered(seen, round)
        .into_iter()
        .flat_map(|entry| blockers(round, entry).into_iter().map(move |text| (entry, text)))
        .collect();
    for (at, (entry, text)) in blocked.into_iter().enumerate() {
        let lead = (at == 0).then(|| Block::Text(words::report_blockers(language)));
        let name = member_name(seen, &entry.key.user);
        pieces.push(Piece { lead, body: Some(Block::Quote(words::report_blocker(language, &name, text))) });
    }
    let groups = [
        (!groups.away.is_empty()).then(|| words::report_away(language, groups.away)),
        (!groups.skipped.is_empty()).then(|| words::report_skipped(language, groups.skipped)),
        (!groups.not_asked.is_empty()).then(|| words::report_not_asked(language, groups.not_asked)),
        (!groups.missing.is_empty()).then(|| words::report_missing(language, groups.missing)),
    ];
    pieces.extend(groups.into_iter().flatten().map(|text| Piece::body(Block::Text(text))));
    pieces
}

/// Who did not answer, and why; each as a phrase.
struct Groups {
    answered: usize,
    /// Everyone who could have answered.
    asked: usize,
    away: Vec<Text>,
    skipped: Vec<Text>,
    not_asked: Vec<Text>,
    missing: Vec<Text>,
}

impl Groups {
    fn of(seen: &Snapshot, round: &Round, language: Language) -> Self {
        let mut groups = Self {
            answered: 0,
            asked: 0,
            away: Vec::new(),
            skipped: Vec::new(),
            not_asked: Vec::new(),
            missing: Vec::new(),
        };
        let mut entries: Vec<&Entry> = seen.entries_of_round(&round.key).collect();
        entries.sort_by_cached_key(|it| (member_name(seen, &it.key.user).to_lowercase(), it.key.user.clone()));
        for entry in entries {
            groups.add(seen, round, entry, language);
        }
        groups
    }

    fn add(&mut self, seen: &Snapshot, round: &Round, entry: &Entry, language: Language) {
        let name = member_name(seen, &entry.key.user);
        // When somebody is back is said in their own time.
        let zone = seen.members.get(&entry.key.user).map_or(seen.workspace.zone, |it| it.zone(&seen.workspace));
        let because = |why: &receipt::Why| words::name_because(language, &name, why, &zone);
        match &entry.state {
            _ if entry.answered_at.is_some() => {
                self.answered += 1;
                self.asked += 1;
            }
            EntryState::Skipped(Skip::Own(reason)) => {
                self.skipped.push(words::name_and_reason(&name, reason.as_deref()));
            }
            EntryState::Skipped(Skip::NotAsked(why)) if is_absence(why) => self.away.push(because(why)),
            // Who left is no longer anybody's to wait for.
            EntryState::Skipped(Skip::Left) => {}
            EntryState::Skipped(Skip::NotAsked(receipt::Why::Standup(super::Why::LeftStandup))) => {}
            EntryState::Skipped(Skip::NotAsked(why)) => self.not_asked.push(because(why)),
            EntryState::Planned | EntryState::Asked | EntryState::Prompted if round.closed_at.is_none() => {
                self.asked += 1;
            }
            _ => {
                self.asked += 1;
                self.missing.push(Text::said(name));
            }
        }
    }
}

fn is_absence(why: &receipt::Why) -> bool {
    use people::Why::{Away, DayOff, Holiday, Quiet};
    matches!(why, receipt::Why::People(DayOff | Holiday(_) | Away(_) | Quiet))
}
