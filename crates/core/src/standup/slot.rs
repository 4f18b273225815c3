//! When somebody is asked, until when they may answer, and when they are reminded.
//!
//! The promise: never before their working day begins, never on a day off, a holiday or on leave. A time outside
//! their hours waits for their next working moment: later on the same date, or over one night's quiet. A day off,
//! a holiday or leave in between ends the wait, and the prompt is skipped with that reason.
//!
//! A focus block, or a pause of one's notifications, moves no slot and no deadline. It only holds what would come inside it, until it ends: the prompt as
//! long as there is then still time to answer, else it comes at once and without a sound, since a question that never
//! came can't be answered. A reminder doesn't break it: the question is there already.

use super::{Deadline, Standup, Terms, WhoseTime, Why};
use crate::{
    people::{self, Member, Workspace},
    receipt,
    time::{State, Zone},
};
use jiff::{SignedDuration, Timestamp, civil};

/// A reminder that would fall after somebody's hours comes this many minutes before their hours end instead: soon
/// enough to still write something.
const REMIND_BEFORE_HOURS_END_MINUTES: i64 = 30;
/// A prompt that waits for the end of a focus block leaves at least this many minutes to answer it, as long as the
/// shortest window is.
const ANSWER_MINUTES_MIN: i64 = crate::limit::WINDOW_MINUTES_MIN;
/// Occurrences that are looked at for a deadline before somebody's prompt: two working weeks, so that every weekday
/// of the schedule is among them.
const CONFLICT_DATES_MAX: usize = 10;
/// Dates that are looked through for the next round: a schedule that names none among them never comes true.
const DATES_MAX: usize = 400;

/// One person's times in one round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// What the schedule says, before their hours are looked at.
    pub(super) nominal: Timestamp,
    /// When they are asked.
    pub(super) prompt_at: Timestamp,
    /// Until when they may answer in time.
    pub(super) deadline_at: Timestamp,
    /// Why they are not asked at all.
    pub(super) skip: Option<receipt::Why>,
}

/// The instant of a civil time in a zone: a gap shifts it forward, an overlap takes the first.
pub(super) fn instant(date: civil::Date, time: civil::Time, zone: &Zone) -> Timestamp {
    // Only dates at the very end of the calendar have no instant.
    zone.tz().to_ambiguous_timestamp(date.to_datetime(time)).compatible().unwrap_or(Timestamp::MAX)
}

/// The civil date of an instant in a zone.
pub(super) fn date_in(at: Timestamp, zone: &Zone) -> civil::Date {
    at.to_zoned(zone.tz()).date()
}

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

/// What holds for the round of a date; `None` when the schedule doesn't name the date.
pub(super) fn terms_on(standup: &Standup, date: civil::Date) -> Option<Terms> {
    Some(Terms {
        time: standup.schedule.times_on(date).first().copied()?,
        whose_time: standup.whose_time.clone(),
        deadline: standup.deadline.clone(),
        remind_before_minutes: standup.remind_before_minutes,
        report: standup.report,
    })
}

/// What the schedule says for somebody on a date.
pub(super) fn nominal(terms: &Terms, date: civil::Date, zone: &Zone) -> Timestamp {
    match &terms.whose_time {
        WhoseTime::Each => instant(date, terms.time, zone),
        WhoseTime::One(one) => instant(date, terms.time, one),
    }
}

/// Somebody's times in the round of a date.
pub(super) fn slot(terms: &Terms, date: civil::Date, member: &Member, workspace: &Workspace) -> Slot {
    let nominal = nominal(terms, date, &member.zone(workspace));
    let (prompt_at, skip) = match next_moment(member, workspace, nominal) {
        Ok(at) => (at, None),
        Err(why) => (nominal, Some(why)),
    };
    let deadline_at = match &terms.deadline {
        Deadline::After(window) => prompt_at + minutes(*window),
        Deadline::At { time, zone } => instant(date, *time, zone),
    };
    let skip = skip.or_else(|| (prompt_at >= deadline_at).then_some(receipt::Why::Standup(Why::WindowOver)));
    Slot { nominal, prompt_at, deadline_at, skip }
}

/// Whether an instant lies in their hours.
pub(super) fn works_at(member: &Member, workspace: &Workspace, at: Timestamp) -> bool {
    member.declared(workspace).planned().at(at).state.is_in_hours()
}

/// The moment at or after `at` in their hours, when no day off, holiday or leave lies between; else the reason why
/// not.
pub(super) fn next_moment(member: &Member, workspace: &Workspace, at: Timestamp) -> Result<Timestamp, receipt::Why> {
    let declared = member.declared(workspace).planned();
    let state = declared.at(at).state;
    if state.is_in_hours() {
        return Ok(at);
    }
    let Some(next) = declared.next_in_hours(at) else {
        return Err(reason(&state, member, at));
    };
    if date_in(next, &declared.zone) == date_in(at, &declared.zone) {
        return Ok(next);
    }
    let between = declared.between(at, next);
    match between.iter().find(|(_, _, state)| !state.is_in_hours() && *state != State::Quiet) {
        Some((from, _, state)) => Err(reason(state, member, *from)),
        None => Ok(next),
    }
}

/// What holds back a message that is due inside somebody's hours: a focus block, or a pause of their notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing does.
    No,
    /// It waits until then.
    Until(Timestamp, people::Why),
    /// It would wait until there is no time left before the deadline.
    TooLong(people::Why),
}

impl Held {
    /// What holds it back.
    pub(super) fn why(self) -> Option<people::Why> {
        match self {
            Self::No => None,
            Self::Until(_, why) | Self::TooLong(why) => Some(why),
        }
    }
}

/// What holds back something that is due at `at`, inside their hours, and has to be answered before `deadline`.
pub(super) fn held(member: &Member, workspace: &Workspace, at: Timestamp, deadline: Timestamp) -> Held {
    let declared = member.declared(workspace);
    let why = match declared.at(at).state {
        State::Focus => people::Why::Focus,
        State::Quiet if works_at(member, workspace, at) => people::Why::Paused,
        _ => return Held::No,
    };
    match declared.next_working(at) {
        Some(then) if then + minutes(ANSWER_MINUTES_MIN) <= deadline => Held::Until(then, why),
        _ => Held::TooLong(why),
    }
}

/// A state as the reason of a receipt.
pub(super) fn reason(state: &State, member: &Member, at: Timestamp) -> receipt::Why {
    receipt::Why::People(match state {
        State::Working | State::Quiet => people::Why::Quiet,
        State::Focus => people::Why::Focus,
        State::DayOff => people::Why::DayOff,
        State::Holiday(name) => people::Why::Holiday(name.clone()),
        State::Away => people::Why::Away(people::current_absence(member, at).and_then(|leave| leave.until)),
    })
}

/// When somebody who has not answered is reminded, inside their hours and before their deadline; `None` for never.
pub(super) fn reminder(
    before_minutes: Option<i64>,
    prompt_at: Timestamp,
    deadline_at: Timestamp,
    member: &Member,
    workspace: &Workspace,
) -> Option<Timestamp> {
    let wish = deadline_at - minutes(before_minutes?);
    if wish <= prompt_at {
        return None;
    }
    let declared = member.declared(workspace).planned();
    if let Some(next) = declared.next_in_hours(wish).filter(|next| *next < deadline_at) {
        return Some(next);
    }
    let tiles = declared.between(prompt_at, wish);
    let (from, to, _) = tiles.iter().rev().find(|(_, _, state)| state.is_in_hours())?;
    let at = (*to - minutes(REMIND_BEFORE_HOURS_END_MINUTES)).max(*from);
    (at > prompt_at).then_some(at)
}

/// When the round of a date is planned: when the date begins anywhere for anyone in it, and before anyone is asked.
pub(super) fn plan_at(terms: &Terms, date: civil::Date, members: &[&Member], workspace: &Workspace) -> Timestamp {
    zones(members, workspace)
        .iter()
        .map(|zone| instant(date, civil::Time::midnight(), zone).min(nominal(terms, date, zone)))
        .min()
        .unwrap_or(Timestamp::MAX)
}

/// The date of the next round: after those that were planned, and not one whose times had passed for everyone when
/// the standup began.
pub(super) fn next_date(
    standup: &Standup,
    members: &[&Member],
    workspace: &Workspace,
    earliest: Timestamp,
) -> Option<civil::Date> {
    let zones = zones(members, workspace);
    let useful_from = standup.since.max(earliest);
    // One day earlier: in one zone for all, its date may lie before everyone's own.
    let first = zones.iter().map(|zone| date_in(useful_from, zone)).min()?.yesterday().ok()?;
    let first = match standup.planned_through {
        Some(through) => through.tomorrow().ok()?.max(first),
        None => first,
    };
    standup.schedule.dates(first).take(DATES_MAX).map(|(date, _)| date).find(|date| {
        terms_on(standup, *date)
            .is_some_and(|terms| zones.iter().any(|zone| nominal(&terms, *date, zone) >= useful_from))
    })
}

/// The different zones of these people; the workspace's when there is nobody.
fn zones(members: &[&Member], workspace: &Workspace) -> Vec<Zone> {
    let mut zones: Vec<Zone> = members.iter().map(|member| member.zone(workspace)).collect();
    zones.sort();
    zones.dedup();
    if zones.is_empty() { vec![workspace.zone] } else { zones }
}

/// Somebody whose prompt would come at or after their deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Conflict {
    /// Who.
    pub(super) user: crate::id::UserId,
    /// When they would be asked.
    pub(super) prompt_at: Timestamp,
    /// Until when they could have answered.
    pub(super) deadline_at: Timestamp,
}

/// Everyone whose prompt would come at or after their deadline in one of the coming rounds, with the first such.
pub(super) fn conflicts(
    standup: &Standup,
    members: &[&Member],
    workspace: &Workspace,
    now: Timestamp,
) -> Vec<Conflict> {
    if matches!(standup.deadline, Deadline::After(_)) {
        return Vec::new();
    }
    let today = date_in(now, &workspace.zone);
    let dates: Vec<civil::Date> =
        standup.schedule.dates(today).take(CONFLICT_DATES_MAX).map(|(date, _)| date).collect();
    let conflict = |member: &Member| {
        dates.iter().find_map(|date| {
            let slot = slot(&terms_on(standup, *date)?, *date, member, workspace);
            (slot.skip == Some(receipt::Why::Standup(Why::WindowOver))).then_some(Conflict {
                user: member.user.clone(),
                prompt_at: slot.prompt_at,
                deadline_at: slot.deadline_at,
            })
        })
    };
    members.iter().filter_map(|member| conflict(member)).collect()
}
