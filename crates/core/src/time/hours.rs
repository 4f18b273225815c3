//! When somebody works: a working week in a zone, minus holidays, leave and focus blocks, as one timeline.
//!
//! At every instant exactly one state holds. Leave wins over a holiday, a holiday over a day off, a day off over quiet,
//! and all of them over focus: a focus block is a part of one's hours, so outside them it changes nothing. A pause of
//! notifications is quiet inside one's hours.
//!
//! A span belongs to the civil date on which it starts, in the person's zone: a night shift that began on the evening
//! before a holiday is worked to its end, and one that would begin on the holiday is off as a whole. A date begins
//! at its first instant, so one whose midnight doesn't exist (Cairo 2026-04-24) begins at 1:00. Where clocks jump, a
//! start or an end inside the gap moves forward by the gap, and of two equal clock times the first counts.

use super::{Calendar, Zone};
use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One working interval of a day, civil time, half open. `to <= from` crosses midnight into the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// Start.
    pub from: civil::Time,
    /// End, not included.
    pub to: civil::Time,
}

/// Working intervals by weekday (key 1 = Monday … 7 = Sunday, ISO 8601). A day that is absent is a day off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WorkingWeek(pub BTreeMap<u8, Vec<Span>>);

impl WorkingWeek {
    /// Monday to Friday, 9:00 to 17:00.
    pub fn office() -> Self {
        let nine_to_five = Span { from: civil::time(9, 0, 0, 0), to: civil::time(17, 0, 0, 0) };
        Self((1..=5).map(|day| (day, vec![nine_to_five])).collect())
    }
    /// Whether this civil date's weekday has working time that starts on it.
    pub fn works_on(&self, date: civil::Date) -> bool {
        !self.spans_on(date).is_empty()
    }
    /// The spans that start on this civil date.
    /// The working times of a date, in order.
    pub(crate) fn spans_on(&self, date: civil::Date) -> &[Span] {
        u8::try_from(date.weekday().to_monday_one_offset())
            .ok()
            .and_then(|weekday| self.0.get(&weekday))
            .map_or(&[], Vec::as_slice)
    }
}

/// A working week in a zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// Zone.
    pub zone: Zone,
    /// Week.
    pub week: WorkingWeek,
}

/// Days on which nobody is asked, with their names.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Holidays(pub BTreeMap<civil::Date, String>);

/// What somebody is at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Inside their hours.
    Working,
    /// Outside their hours, on a day they work; or inside them, with their notifications paused.
    Quiet,
    /// A day off of their week.
    DayOff,
    /// A holiday; its name.
    Holiday(String),
    /// On leave.
    Away,
    /// In a focus block that they declared, inside their hours.
    Focus,
}

impl State {
    /// Whether it lies inside somebody's hours: at work, reachable or not.
    pub fn is_in_hours(&self) -> bool {
        matches!(self, Self::Working | Self::Focus)
    }
}

/// A state with its reason and its end. At every instant exactly one holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Availability {
    /// What they are.
    pub state: State,
    /// What they said about it themselves, for leave and focus. A holiday's name is in its state.
    pub why: Option<String>,
    /// First instant at which the state may differ; `None` when it has no known end.
    pub until: Option<Timestamp>,
}

/// Leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// First instant of it.
    pub from: Timestamp,
    /// First instant after it; `None` until they say `/back`.
    pub until: Option<Timestamp>,
    /// Why, if they said it.
    #[serde(default)]
    pub why: Option<String>,
}

/// Time of one's hours that somebody declared to be undisturbed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FocusBlock {
    /// First instant of it.
    pub from: Timestamp,
    /// First instant after it.
    pub until: Timestamp,
    /// What for, if they said it.
    pub why: Option<String>,
}

/// A pause of notifications that somebody set in their client, now or to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// First instant of it.
    pub from: Timestamp,
    /// First instant after it.
    pub until: Timestamp,
}

/// Some time, half open, to the second: what a calendar comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "(i64, i64)", try_from = "(i64, i64)")]
pub struct Stretch {
    /// First instant of it.
    pub from: Timestamp,
    /// First instant after it.
    pub until: Timestamp,
}

impl Stretch {
    fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// Its first second and its length: somebody's calendar has hundreds, and rows are read often.
impl From<Stretch> for (i64, i64) {
    fn from(it: Stretch) -> Self {
        (it.from.as_second(), it.until.as_second() - it.from.as_second())
    }
}

impl TryFrom<(i64, i64)> for Stretch {
    type Error = jiff::Error;
    fn try_from((from, length): (i64, i64)) -> Result<Self, jiff::Error> {
        let from = Timestamp::from_second(from)?;
        Ok(Self { from, until: from.checked_add(SignedDuration::from_secs(length))? })
    }
}

impl Pause {
    fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// Everything that somebody's availability is made of: what they declared, and the holidays of their place.
#[derive(Clone, Copy, Debug)]
pub struct Declared<'a> {
    /// Their zone.
    pub zone: Zone,
    /// Their working week.
    pub week: &'a WorkingWeek,
    /// Their team's own days off.
    pub holidays: &'a Holidays,
    /// Further days off of their team, read from calendars.
    pub read_days: &'a BTreeMap<String, Holidays>,
    /// The public holidays of their country or region.
    pub calendar: Option<Calendar>,
    /// Their leave, in order, not overlapping.
    pub leave: &'a [Absence],
    /// Their focus blocks.
    pub focus: &'a [FocusBlock],
    /// The pause of their notifications.
    pub pause: Option<&'a Pause>,
    /// When their calendar has them out of office: in order, not overlapping.
    pub out: &'a [Stretch],
    /// When their calendar has them busy: in order, not overlapping.
    pub busy: &'a [Stretch],
}

/// How many days ahead a change of state, or working time, is looked for: a year and the longest usual leave.
const DAYS_AHEAD_MAX: usize = 400;

impl<'a> Declared<'a> {
    /// Hours alone: no holiday, no leave, no focus.
    pub fn hours(hours: &'a Hours) -> Self {
        static NONE: Holidays = Holidays(BTreeMap::new());
        static NONE_READ: BTreeMap<String, Holidays> = BTreeMap::new();
        Self {
            zone: hours.zone,
            week: &hours.week,
            holidays: &NONE,
            read_days: &NONE_READ,
            calendar: None,
            leave: &[],
            focus: &[],
            pause: None,
            out: &[],
            busy: &[],
        }
    }

    /// The same without what only holds messages back: the hours by which days are planned and windows counted.
    #[must_use]
    pub fn planned(self) -> Self {
        Self { focus: &[], pause: None, busy: &[], ..self }
    }

    /// The state at an instant.
    ///
    /// Any state but leave that holds for more than 400 days gives the end of that look ahead as its `until`; a week
    /// without working time has none unless a holiday or leave is known.
    pub fn at(&self, at: Timestamp) -> Availability {
        if let Some((until, why)) = self.leave_at(at) {
            return Availability { state: State::Away, why: why.clone(), until };
        }
        let mut pieces = Timeline::starting(*self, at);
        let Some(first) = pieces.next() else {
            return Availability { state: State::Quiet, why: None, until: None };
        };
        let why = self.focus_at(at).filter(|_| first.state == State::Focus).and_then(|block| block.why.clone());
        let mut until = first.until;
        for piece in pieces {
            if piece.state != first.state {
                return Availability { state: first.state, why, until: Some(piece.from) };
            }
            until = piece.until;
        }
        let is_later = |instant: Timestamp| instant >= until;
        let is_known = self.works_ever()
            || self.out.iter().any(|stretch| is_later(stretch.from))
            || self.leave.iter().any(|leave| is_later(leave.from))
            || self.holidays().any(|(date, _)| first_instant(&self.zone.tz(), date).is_some_and(is_later));
        Availability { state: first.state, why, until: is_known.then_some(until) }
    }

    /// The states that tile `[from, to)`, without gap or overlap, neighbours different.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Timestamp, State)> {
        let mut tiles: Vec<(Timestamp, Timestamp, State)> = Vec::new();
        let timeline = Timeline { days_left: usize::MAX, ..Timeline::starting(*self, from) };
        for piece in timeline.take_while(|piece| piece.from < to) {
            let until = piece.until.min(to);
            match tiles.last_mut() {
                Some((_, end, state)) if *state == piece.state => *end = until,
                _ => tiles.push((piece.from, until, piece.state)),
            }
        }
        tiles
    }

    /// The first instant at or after `from` inside their hours, in focus or not, within 400 days; `None` when there is
    /// none (an open end of leave, an empty week).
    pub fn next_in_hours(&self, from: Timestamp) -> Option<Timestamp> {
        self.next(from, State::is_in_hours)
    }

    /// The first instant at or after `from` at which they work and are not in focus, within 400 days; `None` when
    /// there is none.
    pub fn next_working(&self, from: Timestamp) -> Option<Timestamp> {
        self.next(from, |state| *state == State::Working)
    }

    /// The instant at which so many minutes inside their hours have passed since `from`; `None` when there are not so
    /// many within 400 days.
    ///
    /// Focus and pauses count: they move when somebody is reached, not how long their day is, so that an answer that was
    /// told for Tuesday isn't told for Wednesday because of them.
    pub fn after_hours(&self, from: Timestamp, minutes: i64) -> Option<Timestamp> {
        let mut left = SignedDuration::from_mins(minutes);
        if left <= SignedDuration::ZERO {
            return Some(from);
        }
        if !self.works_ever() {
            return None;
        }
        let mut pieces = Timeline::starting(self.planned(), from).filter(|piece| piece.state.is_in_hours());
        pieces.find_map(|piece| {
            let length = piece.until.duration_since(piece.from);
            if left <= length {
                return piece.from.checked_add(left).ok();
            }
            left -= length;
            None
        })
    }

    fn next(&self, from: Timestamp, wanted: impl Fn(&State) -> bool) -> Option<Timestamp> {
        if !self.works_ever() {
            return None;
        }
        Timeline::starting(*self, from).find(|piece| wanted(&piece.state)).map(|piece| piece.from)
    }

    fn works_ever(&self) -> bool {
        !self.week.0.values().all(Vec::is_empty)
    }

    /// The holiday of a date: the team's own day, else one that was read for them, else a public one.
    pub fn holiday(&self, date: civil::Date) -> Option<&'a str> {
        let public = || self.calendar.and_then(|calendar| calendar.days().0.get(&date));
        let read = || self.read_days.values().find_map(|days| days.0.get(&date));
        self.holidays.0.get(&date).or_else(read).or_else(public).map(String::as_str)
    }

    /// Every holiday, public ones after the team's own.
    fn holidays(&self) -> impl Iterator<Item = (civil::Date, &'a str)> {
        let public = self.calendar.map(|calendar| calendar.days().0.iter());
        let read = self.read_days.values().flat_map(|days| &days.0);
        self.holidays
            .0
            .iter()
            .chain(read)
            .chain(public.into_iter().flatten())
            .map(|(date, name)| (*date, name.as_str()))
    }

    /// The first holiday after a date.
    pub fn next_holiday(&self, after: civil::Date) -> Option<(civil::Date, &'a str)> {
        let (date, _) = self.holidays().filter(|(date, _)| *date > after).min()?;
        Some((date, self.holiday(date)?))
    }

    /// The focus block that covers an instant, whether it lies in their hours or not.
    pub fn focus_at(&self, at: Timestamp) -> Option<&'a FocusBlock> {
        self.focus.iter().find(|block| block.from <= at && at < block.until)
    }

    /// The end of the leave that holds at an instant, with all leave that touches it, and its reason; `None` when none
    /// holds, and no end when nobody knows one.
    fn leave_at(&self, at: Timestamp) -> Option<(Option<Timestamp>, &'a Option<String>)> {
        static UNSAID: Option<String> = None;
        let out = self.out.iter().map(|stretch| (stretch.from, Some(stretch.until), &UNSAID));
        let said = self.leave.iter().map(|leave| (leave.from, leave.until, &leave.why));
        // What touches may come from either, and each is in order: whatever still adds to it is looked for again.
        let mut found: Option<(Timestamp, &Option<String>)> = None;
        loop {
            let reached = found.map_or(at, |(end, _)| end);
            let adds = |(from, until, _): &(Timestamp, Option<Timestamp>, _)| {
                *from <= reached && until.is_none_or(|until| until > reached)
            };
            let Some((_, until, why)) = said.clone().chain(out.clone()).find(adds) else { break };
            let why = found.map_or(why, |(_, first)| first);
            match until {
                Some(until) => found = Some((until, why)),
                None => return Some((None, why)),
            }
        }
        found.map(|(end, why)| (Some(end), why))
    }
}

/// A stretch in which nothing changes; its neighbours may have the same state.
struct Piece {
    from: Timestamp,
    until: Timestamp,
    state: State,
}

/// The pieces from an instant on, day by day, without gap or overlap.
struct Timeline<'a> {
    declared: Declared<'a>,
    tz: TimeZone,
    /// Where the next piece begins.
    cursor: Timestamp,
    /// The civil date to cut next.
    date: Option<civil::Date>,
    days_left: usize,
    /// Pieces of the current date, last first.
    ready: Vec<Piece>,
}

impl<'a> Timeline<'a> {
    fn starting(declared: Declared<'a>, at: Timestamp) -> Self {
        let tz = declared.zone.tz();
        // Where clocks go back over midnight, the repeated evening belongs to the date that had begun: the date that
        // is shown has nothing left to cut then, and the next one follows.
        let shown = tz.to_datetime(at).date();
        Self { declared, tz, cursor: at, date: Some(shown), days_left: DAYS_AHEAD_MAX, ready: Vec::new() }
    }

    /// Cuts a date into pieces, from the cursor to the first instant of the next date.
    fn cut(&mut self, date: civil::Date) {
        let next = date.tomorrow().ok();
        let end = next.and_then(|next| first_instant(&self.tz, next)).unwrap_or(Timestamp::MAX);
        let start = self.cursor;
        self.date = next;
        if end <= start {
            return;
        }
        let working = self.working(date);
        let inside = |instant: &Timestamp| *instant > start && *instant < end;
        let mut cuts: Vec<Timestamp> = working.iter().flat_map(|(from, to)| [*from, *to]).filter(inside).collect();
        let Declared { leave, focus, pause, out, busy, .. } = self.declared;
        cuts.extend(leave.iter().flat_map(|it| [Some(it.from), it.until]).flatten().filter(inside));
        cuts.extend(focus.iter().flat_map(|it| [it.from, it.until]).filter(inside));
        cuts.extend(pause.iter().flat_map(|it| [it.from, it.until]).filter(inside));
        let stretches = within(out, start, end).iter().chain(within(busy, start, end));
        cuts.extend(stretches.flat_map(|it| [it.from, it.until]).filter(inside));
        cuts.extend([start, end]);
        cuts.sort_unstable();
        cuts.dedup();
        let base = match self.declared.holiday(date) {
            Some(name) => State::Holiday(name.to_owned()),
            None if self.declared.week.works_on(date) => State::Quiet,
            None => State::DayOff,
        };
        self.ready = cuts
            .iter()
            .zip(cuts.iter().skip(1))
            .map(|(from, until)| {
                let away = |it: &Absence| it.from <= *from && it.until.is_none_or(|end| *from < end);
                let state = if leave.iter().any(away) || covers(out, *from) {
                    State::Away
                } else if !working.iter().any(|(start, end)| start <= from && from < end) {
                    base.clone()
                } else if pause.is_some_and(|pause| pause.holds(*from)) {
                    State::Quiet
                } else if self.declared.focus_at(*from).is_some() || covers(busy, *from) {
                    State::Focus
                } else {
                    State::Working
                };
                Piece { from: *from, until: *until, state }
            })
            .rev()
            .collect();
        self.cursor = end;
    }

    /// The spans that can reach into a date: its own, and those of the evening before.
    fn working(&self, date: civil::Date) -> Vec<(Timestamp, Timestamp)> {
        [date.yesterday().ok(), Some(date)]
            .into_iter()
            .flatten()
            .filter(|day| self.declared.holiday(*day).is_none() && exists(&self.tz, *day))
            .flat_map(|day| self.declared.week.spans_on(day).iter().map(move |span| (day, span)))
            .filter_map(|(day, span)| {
                let last = if span.to <= span.from { day.tomorrow().ok()? } else { day };
                let from = self.tz.to_timestamp(day.to_datetime(span.from)).ok()?;
                let to = self.tz.to_timestamp(last.to_datetime(span.to)).ok()?;
                (from < to).then_some((from, to))
            })
            .collect()
    }
}

impl Iterator for Timeline<'_> {
    type Item = Piece;
    fn next(&mut self) -> Option<Piece> {
        while self.ready.is_empty() {
            self.days_left = self.days_left.checked_sub(1)?;
            let date = self.date?;
            self.cut(date);
        }
        self.ready.pop()
    }
}

/// Of stretches in order, those that reach into some time.
fn within(all: &[Stretch], from: Timestamp, until: Timestamp) -> &[Stretch] {
    let first = all.partition_point(|it| it.until <= from);
    let last = all.partition_point(|it| it.from < until);
    all.get(first..last).unwrap_or(&[])
}

/// Whether stretches in order cover an instant.
fn covers(all: &[Stretch], at: Timestamp) -> bool {
    all.get(all.partition_point(|it| it.until <= at)).is_some_and(|it| it.holds(at))
}

/// The first instant at which a civil date, or a later one, has begun; `None` beyond the end of time.
pub(super) fn first_instant(tz: &TimeZone, date: civil::Date) -> Option<Timestamp> {
    tz.to_timestamp(date.to_datetime(civil::Time::midnight())).ok()
}

/// Whether clocks ever show this date: a zone that moves over the date line leaves one out.
pub(super) fn exists(tz: &TimeZone, date: civil::Date) -> bool {
    first_instant(tz, date).is_some_and(|start| tz.to_datetime(start).date() == date)
}
