//! Windows in people's own working hours.

use super::*;
use crate::{
    ask::window::{self, By, Trouble, Window},
    time::{Absence, Declared, Holidays, Hours, WorkingWeek},
};
use jiff::{SignedDuration, ToSpan};
use proptest::prelude::*;

fn zone(name: &str) -> Zone {
    Zone::find(name).unwrap()
}

fn window(zone_: &str, by: &str, now: &str) -> Result<Window, Trouble> {
    let hours = Hours { zone: zone(zone_), week: WorkingWeek::office() };
    let declared = Declared::hours(&hours);
    window::window(declared, &window::read(by), at(now))
}

#[test]
fn a_window_ends_as_one_would_expect() {
    // It is Monday 10:00 in London; office hours are 9:00 to 17:00.
    let monday = "2026-11-23T10:00:00Z";
    let cases = [
        ("4h", "2026-11-23T14:00:00Z"),
        ("8h", "2026-11-24T10:00:00Z"),
        ("1d", "2026-11-24T10:00:00Z"),
        ("2d", "2026-11-25T10:00:00Z"),
        ("2 hari", "2026-11-25T10:00:00Z"),
        ("5d", "2026-11-30T10:00:00Z"),
        ("1 week", "2026-11-30T10:00:00Z"),
        ("tue", "2026-11-24T17:00:00Z"),
        ("selasa", "2026-11-24T17:00:00Z"),
        ("besok", "2026-11-24T17:00:00Z"),
        ("tomorrow", "2026-11-24T17:00:00Z"),
        ("today", "2026-11-23T17:00:00Z"),
        ("hari ini", "2026-11-23T17:00:00Z"),
        ("saturday", "2026-11-27T17:00:00Z"),
        ("friday 14:00", "2026-11-27T14:00:00Z"),
        ("friday 22:00", "2026-11-27T17:00:00Z"),
        ("jumat 7.00", "2026-11-26T17:00:00Z"),
        ("2026-12-01", "2026-12-01T17:00:00Z"),
    ];
    for (by, due) in cases {
        assert_eq!(window("Europe/London", by, monday).map(|it| it.due), Ok(at(due)), "{by}");
    }
    // Asked at night, a day is a whole one.
    assert_eq!(window("Europe/London", "1d", "2026-11-23T03:00:00Z").unwrap().due, at("2026-11-23T17:00:00Z"));
    assert!(matches!(window("Europe/London", "someday", monday), Err(Trouble::Time(_))));
    assert_eq!(window("Europe/London", "60d", monday), Err(Trouble::Far));
    assert!(matches!(window("Europe/London", "10:05", monday), Err(Trouble::Short(Some(_)))));
    // Where clocks go back in between, working hours stay what they are.
    let before = window("America/New_York", "2d", "2026-10-30T15:00:00Z").unwrap();
    assert_eq!((before.due, before.minutes), (at("2026-11-03T16:00:00Z"), 16 * 60));
}

fn weeks() -> impl Strategy<Value = WorkingWeek> {
    let texts = vec![
        "mon-fri 9-17",
        "mon-thu 9-12,13-18",
        "sun-thu 8-16",
        "mon,wed 22-6",
        "tue 10-12",
        "mon-sun 0-24",
        "fri 23-1",
    ];
    prop::sample::select(texts).prop_map(|text| crate::time::parse_hours(text).unwrap().1.unwrap())
}

proptest! {
    /// Whenever somebody is asked, wherever they are and however they work: a window ends inside their hours, after now,
    /// and has as many minutes as were asked for.
    #[test]
    fn a_window_never_ends_while_somebody_is_off(
        week in weeks(),
        place in prop::sample::select(vec![
            "Asia/Jakarta", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
            "Africa/Cairo", "Pacific/Chatham", "America/Santiago", "Antarctica/Troll",
        ]),
        minute in 0i64..(200 * 24 * 60),
        by in prop::sample::select(vec![
            "30m", "4h", "16h", "1d", "2d", "3d", "1w", "tue", "friday 14:00", "besok", "14:00", "sunday 3:00",
        ]),
        leave in prop::option::of((0i64..20, 1i64..30)),
        holiday in 0i64..20,
    ) {
        let now = at("2026-09-01T00:00:00Z") + minute.minutes();
        let after = |days: i64| now + SignedDuration::from_hours(days * 24);
        let leave: Vec<Absence> = leave
            .map(|(from, days)| Absence { from: after(from), until: Some(after(from + days)), why: None })
            .into_iter()
            .collect();
        let day = zone(place).tz().to_datetime(after(holiday)).date();
        let holidays = Holidays([(day, "Libur".to_owned())].into());
        let hours = Hours { zone: zone(place), week };
        let declared = Declared { holidays: &holidays, leave: &leave, ..Declared::hours(&hours) };
        let read = window::read(by);
        if let Ok(found) = window::window(declared, &read, now) {
            prop_assert!(found.due > now && found.due <= window::last(now));
            let last = found.due - 1.millisecond();
            prop_assert!(declared.at(last).state.is_in_hours(), "{} at {}", by, found.due);
            prop_assert_eq!(window::minutes(declared, now, found.due), found.minutes);
            prop_assert!(found.minutes >= crate::limit::WINDOW_MINUTES_MIN);
            if let By::Working { days: 0, minutes } = read {
                prop_assert_eq!(found.minutes, minutes);
            }
            if let Some(before) = window::remind_before(window::Agreed { minutes: 0, remind_before: Some(120) }, found.minutes) {
                let remind = window::remind_at(declared, now, found.minutes, before).unwrap();
                prop_assert!(now < remind && remind < found.due, "{} {}", remind, found.due);
            }
        }
    }
}
