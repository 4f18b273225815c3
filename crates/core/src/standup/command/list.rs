//! `/standup list` and `show`: what there is, and when it asks.

use super::super::{
    Action, Deadline, ReportWhen, Standup, StandupState, Who, WhoseTime,
    desk::Desk,
    form::language,
    pages::Piece,
    report::member_name,
    roster::{self, roster, takes_part},
    slot::{date_in, next_date, nominal, slot, terms_on},
};
use super::{
    leaf::{Frame, leaf, lines},
    may_change,
    members::runs,
};
use crate::{
    copy::standup as words,
    event::Origin,
    id::{StandupId, UserId},
    message::{Block, Message, Reply, Text},
    people::{self, Member},
    receipt,
    snapshot::Snapshot,
    time::{Zone, say_duration, say_schedule},
};
use jiff::Timestamp;

/// Names that a list of people shows; of more it says how many.
const NAMES_SHOWN: usize = 30;
/// What the longest sentence above a standup costs, with the longest name and every character of it escaped.
const OPENING_COST: usize = 800;
/// Rounds that are looked through for somebody's next prompt: past a week of leave and holidays it is too far to say.
const ROUNDS_AHEAD: usize = 10;

/// Every standup: one's own first.
pub(super) fn list(seen: &Snapshot, by: &Origin, page: usize) -> Message {
    let language = language(seen, &by.user);
    let mut all = super::visible(seen, by);
    if all.is_empty() {
        return words::no_standups(language);
    }
    let mine = |standup: &Standup| takes_part(seen, standup, &by.user) || standup.owner == by.user;
    all.sort_by_cached_key(|standup| (!mine(standup), standup.name.to_lowercase()));
    let line = |standup: &&Standup| {
        let when = when(standup, language);
        words::list_line(
            language,
            &standup.name,
            &when,
            &standup.channel,
            takes_part(seen, standup, &by.user),
            standup.state == StandupState::Paused,
        )
    };
    let frame = Frame {
        opening: Block::Heading(words::list_title(language)),
        opening_cost_min: 0,
        below: Some(Block::Small(words::list_more(language))),
    };
    let pieces = lines(&seen.workspace.capabilities, all.iter().map(line).collect());
    leaf(seen, language, frame, pieces, page, Action::List)
}

/// The button to a further page of the list was pressed.
pub(in crate::standup) fn more_list(desk: &mut Desk<'_, '_, '_>, by: &Origin, page: usize) {
    let say = list(&desk.seen, by, page);
    desk.reply(Reply::Say(say));
}

/// Days, time, and whose time that is.
fn when(standup: &Standup, language: crate::language::Language) -> String {
    let schedule = say_schedule(&standup.schedule, language);
    match &standup.whose_time {
        WhoseTime::Each => words::when_each(language, &schedule),
        WhoseTime::One(zone) => words::when_one(language, &schedule, zone),
    }
}

/// One standup.
pub(super) fn show(seen: &Snapshot, by: &Origin, standup: &Standup, now: Timestamp, page: usize) -> Message {
    let language = language(seen, &by.user);
    let opening = match standup.state {
        StandupState::Paused => words::show_paused(language, &standup.name, may_change(seen, by, standup).is_ok()),
        StandupState::Active | StandupState::Deleted => words::show_running(language, &standup.name),
    };
    let below = hints(seen, by, standup);
    page_of(seen, by, standup, (opening, below), now, page)
}

/// What its reader can do about a standup.
pub(super) fn hints(seen: &Snapshot, by: &Origin, standup: &Standup) -> Text {
    // While its people are being asked for, whoever makes it is probably one of them.
    let unknown = !roster::known(seen, &standup.who, &standup.channel);
    let theirs = takes_part(seen, standup, &by.user) || unknown;
    words::show_more(language(seen, &by.user), &standup.name, may_change(seen, by, standup).is_ok(), theirs)
}

/// The button to a further page of a standup was pressed.
pub(in crate::standup) fn more_of_one(desk: &mut Desk<'_, '_, '_>, by: &Origin, id: &StandupId, page: usize) {
    let seen = &desk.seen;
    let say = match super::known(seen, by, id) {
        Some(standup) => show(seen, by, standup, desk.now(), page),
        None => words::gone(language(seen, &by.user)),
    };
    desk.reply(Reply::Say(say));
}

/// What a standup is, between a sentence that says why it is shown and one that says what can be done about it.
pub(super) fn summary(seen: &Snapshot, by: &Origin, standup: &Standup, frame: (Text, Text), now: Timestamp) -> Message {
    page_of(seen, by, standup, frame, now, 0)
}

fn page_of(
    seen: &Snapshot,
    by: &Origin,
    standup: &Standup,
    (opening, below): (Text, Text),
    now: Timestamp,
    page: usize,
) -> Message {
    let language = language(seen, &by.user);
    let deadline = match &standup.deadline {
        Deadline::After(minutes) => words::show_window(language, &say_duration(*minutes, language)),
        Deadline::At { time, zone } => words::show_deadline(language, *time, zone),
    };
    let remind = match standup.remind_before_minutes {
        Some(minutes) => words::show_remind(language, &say_duration(minutes, language)),
        None => words::show_no_reminder(language),
    };
    let report = match standup.report {
        ReportWhen::AtClose => words::show_at_close(language, &standup.channel),
        ReportWhen::AsAnswersArrive => words::show_live(language, &standup.channel),
    };
    let mut lines = vec![words::show_when(language, &when(standup, language))];
    if nobody_works(seen, by, standup, now) {
        lines.push(words::show_nobody_works(language));
    }
    lines.extend([deadline, remind, report]);
    lines.push(who(seen, standup, language));
    if !standup.observers.is_empty() {
        let names: Vec<String> = standup.observers.iter().map(|user| member_name(seen, user)).collect();
        lines.push(words::show_observers(language, &names));
    }
    lines.push(words::show_owner(language, &member_name(seen, &standup.owner)));
    if let Some((at, zone)) = next_prompt(seen, &standup.id, &by.user, now) {
        lines.push(words::show_next(language, at, &zone));
    }
    let questions = words::questions(language, &standup.questions);
    let mut pieces = vec![Piece::body(Block::Quote(questions))];
    pieces.extend(lines.into_iter().map(|line| Piece::body(Block::Text(line))));
    let below = Some(Block::Small(below));
    let frame = Frame { opening: Block::Text(opening), opening_cost_min: OPENING_COST, below };
    leaf(seen, language, frame, pieces, page, |page| Action::Show(standup.id.clone(), page))
}

/// Whether whoever takes part has a day off whenever it would ask. Where nobody is known yet, whoever looks stands for
/// all.
fn nobody_works(seen: &Snapshot, by: &Origin, standup: &Standup, now: Timestamp) -> bool {
    let mut people = roster(seen, standup);
    if people.is_empty() {
        people.extend(seen.members.get(&by.user));
    }
    let today = date_in(now, &seen.workspace.zone);
    let terms = |date| Some((date, terms_on(standup, date)?));
    let rounds: Vec<_> = standup.schedule.dates(today).take(ROUNDS_AHEAD).filter_map(|(date, _)| terms(date)).collect();
    let day_off = Some(receipt::Why::People(people::Why::DayOff));
    let off = |member: &&Member| {
        rounds.iter().all(|(date, terms)| slot(terms, *date, member, &seen.workspace).skip == day_off)
    };
    !people.is_empty() && !rounds.is_empty() && people.iter().all(off)
}

fn who(seen: &Snapshot, standup: &Standup, language: crate::language::Language) -> Text {
    if !roster::known(seen, &standup.who, &standup.channel) {
        return words::show_who_unknown(language);
    }
    let people = roster(seen, standup);
    let mut names: Vec<String> = people.iter().map(|member| member.name.clone()).collect();
    names.sort_by_key(|name| name.to_lowercase());
    let more = names.len().saturating_sub(NAMES_SHOWN);
    names.truncate(NAMES_SHOWN);
    match &standup.who {
        Who::ChannelMembers => words::show_channel_members(language, &standup.channel, people.len(), &names, more),
        Who::List(_) | Who::Group(_) => words::show_people(language, people.len(), &names, more),
    }
}

/// When somebody is asked next, in their zone, as far as can be said now.
pub(super) fn next_prompt(seen: &Snapshot, id: &StandupId, user: &UserId, now: Timestamp) -> Option<(Timestamp, Zone)> {
    let standup = seen.standups.get(id).filter(|standup| runs(standup) && takes_part(seen, standup, user))?;
    let member = seen.members.get(user)?;
    let workspace = &seen.workspace;
    let zone = member.zone(workspace);
    let planned = seen
        .entries
        .values()
        .filter(|entry| entry.key.round.standup == *id && entry.key.user == *user)
        .filter(|entry| entry.state == super::super::EntryState::Planned && entry.prompt_at > now)
        .map(|entry| entry.prompt_at)
        .min();
    if let Some(at) = planned {
        return Some((at, zone));
    }
    let first = next_date(standup, &[member], workspace, now)?;
    standup
        .schedule
        .dates(first)
        .take(ROUNDS_AHEAD)
        .filter_map(|(date, _)| Some((date, terms_on(standup, date)?)))
        .filter(|(date, terms)| nominal(terms, *date, &zone) >= now)
        .map(|(date, terms)| slot(&terms, date, member, workspace))
        .find(|slot| slot.skip.is_none())
        .map(|slot| (slot.prompt_at, zone))
}
