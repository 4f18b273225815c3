//! How long somebody has to answer: counted in their own working hours, and never over while they are off.

use crate::{
    id::{ChannelId, UserId},
    limit::{ASK_DAYS_MAX, WINDOW_MINUTES_MIN},
    norm::{Enforce, GroupMembers, Kind, Norm, ResponseWindow, Rule},
    people::Member,
    snapshot::Snapshot,
    time::{Declared, State, TimeError, Zone, parse_duration, parse_moment},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil, tz::TimeZone};

/// Minutes of a day and of a week.
const DAY: i64 = 24 * 60;
const WEEK: i64 = 7 * DAY;

/// A window as somebody named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// So many of each reader's working days, and minutes of working time on top.
    Working {
        /// Days.
        days: i64,
        /// Minutes.
        minutes: i64,
    },
    /// A time or day on each reader's own clock, as it was typed.
    Moment(String),
}

/// Why somebody can't be given a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The time can't be read, or has passed on their clock.
    Time(TimeError),
    /// It ends further ahead than a question waits.
    Far,
    /// They have no working time in sight.
    NoHours,
    /// They are on leave for longer than a question waits; until then, where that is known.
    Away(Option<Timestamp>),
    /// They have hardly any working time before it ends; their next working time, when known.
    Short(Option<Timestamp>),
}

/// A window in somebody's own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// When it ends.
    pub due: Timestamp,
    /// How many minutes inside their hours it has.
    pub minutes: i64,
}

/// Words that may stand before a duration and mean nothing by themselves.
const BEFORE: [&str; 6] = ["in", "within", "by", "dalam", "waktu", "sebelum"];

/// What somebody typed: "2d", "4h", "tue", "friday 14:00", "besok", "2 hari".
pub fn read(text: &str) -> By {
    let mut bare = text.trim();
    while let Some((first, rest)) = bare.split_once(char::is_whitespace)
        && BEFORE.contains(&first.to_lowercase().as_str())
    {
        bare = rest.trim_start();
    }
    match parse_duration(bare) {
        // A week is a week by the calendar.
        Ok(minutes) if minutes % WEEK != 0 => By::Working { days: minutes / DAY, minutes: minutes % DAY },
        _ => By::Moment(bare.to_owned()),
    }
}

/// Somebody's window from now on.
///
/// # Errors
/// Why there is none, for words that name them.
pub fn window(declared: Declared<'_>, by: &By, now: Timestamp) -> Result<Window, Trouble> {
    let declared = declared.planned();
    let last = last(now);
    let Some(start) = declared.next_in_hours(now) else { return Err(none(declared, now)) };
    if start >= last {
        return Err(none(declared, now));
    }
    let due = match by {
        By::Working { days, minutes } => {
            let after_days = if *days == 0 { Some(start) } else { after_days(declared, start, *days) };
            after_days.and_then(|from| declared.after_hours(from, *minutes)).ok_or(Trouble::Far)?
        }
        By::Moment(text) => {
            let target = target(text, &declared.zone, now).map_err(Trouble::Time)?;
            if target > last {
                return Err(Trouble::Far);
            }
            end_before(declared, now, target).ok_or(Trouble::Short(Some(start)))?
        }
    };
    if due > last {
        return Err(Trouble::Far);
    }
    let minutes = minutes(declared, now, due);
    if minutes < WINDOW_MINUTES_MIN {
        return Err(Trouble::Short(Some(start)));
    }
    Ok(Window { due, minutes })
}

fn none(declared: Declared<'_>, now: Timestamp) -> Trouble {
    let is = declared.at(now);
    if is.state == State::Away { Trouble::Away(is.until) } else { Trouble::NoHours }
}

/// The last instant at which a window may end from then on.
pub fn last(from: Timestamp) -> Timestamp {
    from.checked_add((ASK_DAYS_MAX * 24).hours()).unwrap_or(Timestamp::MAX)
}

/// Whole minutes inside somebody's hours between two instants.
pub fn minutes(declared: Declared<'_>, from: Timestamp, to: Timestamp) -> i64 {
    let tiles = declared.planned().between(from, to).into_iter().filter(|(_, _, state)| state.is_in_hours());
    tiles.map(|(from, to, _)| to.duration_since(from)).sum::<SignedDuration>().as_mins()
}

/// The last instant inside somebody's hours up to a moment; none when there is none.
fn end_before(declared: Declared<'_>, now: Timestamp, target: Timestamp) -> Option<Timestamp> {
    let tiles = declared.between(now, target);
    tiles.into_iter().rev().find(|(_, _, state)| state.is_in_hours()).map(|(_, until, _)| until)
}

/// The same time of day, so many of their working days on, or the last working time before it.
fn after_days(declared: Declared<'_>, start: Timestamp, days: i64) -> Option<Timestamp> {
    let tz = declared.zone.tz();
    let local = tz.to_datetime(start);
    let mut dates = working_dates(declared, &tz, start).into_iter().filter(|date| *date > local.date());
    let date = dates.nth(usize::try_from(days.checked_sub(1)?).ok()?)?;
    end_before(declared, start, tz.to_timestamp(date.to_datetime(local.time())).ok()?)
}

/// The dates on which somebody works, from an instant on, as far as a question waits.
fn working_dates(declared: Declared<'_>, tz: &TimeZone, start: Timestamp) -> Vec<civil::Date> {
    let mut dates = Vec::new();
    for (from, until, state) in declared.between(start, last(start)) {
        if !state.is_in_hours() {
            continue;
        }
        let end = tz.to_datetime(until.checked_sub(1.millisecond()).unwrap_or(from)).date();
        let mut date = tz.to_datetime(from).date();
        while date <= end {
            if dates.last() != Some(&date) {
                dates.push(date);
            }
            match date.tomorrow() {
                Ok(next) => date = next,
                Err(_) => break,
            }
        }
    }
    dates
}

/// A moment on somebody's clock. A day means its end: whoever asks by Tuesday wants to know on Tuesday.
fn target(text: &str, zone: &Zone, now: Timestamp) -> Result<Timestamp, TimeError> {
    let at = parse_moment(text, zone, now)?;
    let local = at.to_zoned(zone.tz());
    let is_day = local.start_of_day().is_ok_and(|start| start == local);
    // "today" is read as the end of today already.
    let says_today = text.split_whitespace().any(|word| word.eq_ignore_ascii_case("today"))
        || text.to_lowercase().split_whitespace().collect::<Vec<_>>().windows(2).any(|pair| pair == ["hari", "ini"]);
    if !is_day || says_today {
        return Ok(at);
    }
    local.tomorrow().and_then(|next| next.start_of_day()).map(|next| next.timestamp()).or(Ok(at))
}

/// A moment as whoever says it means it: a day is its end for them, the last moment at which they work on it, or its last
/// minute.
///
/// # Errors
/// As [`parse_moment`].
pub(crate) fn meant(declared: Declared<'_>, text: &str, now: Timestamp) -> Result<Timestamp, TimeError> {
    let at = target(text, &declared.zone, now)?;
    let local = at.to_zoned(declared.zone.tz());
    if local.start_of_day().is_ok_and(|start| start != local) {
        return Ok(at);
    }
    let morning = local.yesterday().and_then(|day| day.start_of_day()).map_or(now, |start| start.timestamp());
    let from = morning.max(now);
    let end = end_before(declared.planned(), from, at).filter(|end| *end > from);
    Ok(end.unwrap_or_else(|| at.checked_sub(1.minute()).unwrap_or(at)))
}

/// When somebody is reminded: so many working minutes before the end of their window.
pub fn remind_at(declared: Declared<'_>, since: Timestamp, minutes: i64, before: i64) -> Option<Timestamp> {
    declared.after_hours(since, minutes.checked_sub(before).filter(|after| *after > 0)?)
}

/// How long somebody has where nobody named a time, and how many minutes before the end they are reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// Minutes of their working time.
    pub minutes: i64,
    /// Minutes of it before the end; none where nobody is reminded.
    pub remind_before: Option<i64>,
}

/// What the team agreed on for somebody who is asked in a channel; without a norm, what a norm begins with.
pub fn agreed(seen: &Snapshot, member: &Member, channel: &ChannelId) -> Agreed {
    let norm = norm_for(seen, &member.user, channel);
    let usual = ResponseWindow::default();
    let rule = match norm.map(|norm| &norm.rule) {
        Some(Rule::ResponseWindow(rule)) => *rule,
        _ => usual,
    };
    let spares = |norm: &Norm| norm.enforce == Enforce::Observe || norm.exempt.people.contains_key(&member.user);
    let before = i64::from(rule.remind_before_working_hours) * 60;
    let is_reminded = before > 0 && !norm.is_some_and(spares);
    Agreed { minutes: i64::from(rule.working_hours.max(1)) * 60, remind_before: is_reminded.then_some(before) }
}

fn norm_for<'s>(seen: &'s Snapshot, user: &UserId, channel: &ChannelId) -> Option<&'s Norm> {
    let set = &seen.norms.as_ref()?.set;
    let mut groups: GroupMembers = seen.group_members.clone();
    for group in seen.places.get(user).into_iter().flat_map(|it| &it.groups) {
        groups.entry(group.clone()).or_default().insert(user.clone());
    }
    set.holding(Kind::ResponseWindow, Some(channel), user, &groups)
        .filter(|norm| norm.enforce != Enforce::Off && !norm.exempt.channels.contains_key(channel))
}

/// The reminder of a window of so many minutes: as agreed, but not in its first half.
pub fn remind_before(agreed: Agreed, minutes: i64) -> Option<i64> {
    agreed.remind_before.map(|before| before.min(minutes / 2)).filter(|before| *before > 0)
}
