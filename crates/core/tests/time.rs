//! Properties of time: every zone, every transition, every sentence.

#![expect(clippy::unwrap_used, reason = "a test that finds nothing has failed")]

use jeda_core::{
    language::Language,
    time::{
        Absence, Declared, Holidays, Hours, State, TimeError, WorkingWeek, Zone, parse_duration, parse_hours,
        parse_moment, parse_schedule, parse_time, preview, say_hours, say_schedule, zones_like,
    },
};
use jiff::{Timestamp, ToSpan, civil, civil::date, tz::TimeZone};
use proptest::prelude::*;

fn zones() -> Vec<Zone> {
    Zone::all().collect()
}

fn transitions(tz: &TimeZone) -> Vec<Timestamp> {
    let from: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    let until: Timestamp = "2036-01-01T00:00:00Z".parse().unwrap();
    tz.following(from).map(|transition| transition.timestamp()).take_while(|at| *at < until).collect()
}

/// One occurrence for each matching local date, strictly increasing, around every transition from 2024 to 2035.
#[test]
fn a_daily_schedule_comes_once_on_every_date_in_every_zone() {
    let all = zones();
    assert!(all.len() > 400, "{}", all.len());
    let daily: Vec<_> = ["daily 0:00", "daily 0:30", "daily 1:30", "daily 2:30", "daily 3:00"]
        .map(|text| parse_schedule(text, date(2024, 1, 1)).unwrap())
        .into();
    let mut looked_at = 0;
    for zone in &all {
        let tz = zone.tz();
        for at in transitions(&tz) {
            let from = tz.to_datetime(at).date().checked_sub(3.days()).unwrap();
            for schedule in &daily {
                let found = preview(schedule, zone, from, 7);
                assert_eq!(found.len(), 7, "{zone} {at}");
                for (day, occurrence) in (0_i64..).zip(&found) {
                    assert_eq!(occurrence.date, from.checked_add(day.days()).unwrap(), "{zone} {at}");
                }
                assert!(found.windows(2).all(|pair| pair[0].at < pair[1].at), "{zone} {at} {found:?}");
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 5_000, "{looked_at}");
}

/// The crate croner agrees wherever no gap or overlap is near (there, the rules differ by choice).
#[test]
fn croner_agrees_where_both_define_the_answer() {
    use std::str::FromStr;
    for (cron, texts) in [
        ("30 9 * * 1-5", "weekdays 9:30"),
        ("0 16 * * MON,THU", "mon,thu 16:00"),
        ("15 12 1,15 * *", "day 1 and 15 of the month 12:15"),
    ] {
        let theirs = croner::Cron::from_str(cron).unwrap();
        let ours = parse_schedule(texts, date(2026, 1, 1)).unwrap();
        assert_eq!(ours, parse_schedule(cron, date(2026, 1, 1)).unwrap(), "{cron}");
        for name in ["Asia/Jakarta", "Europe/London", "America/Sao_Paulo", "Pacific/Auckland", "Asia/Kathmandu"] {
            let zone = Zone::find(name).unwrap();
            let start = date(2026, 1, 1).to_zoned(zone.tz()).unwrap();
            let mut at = start.clone();
            for occurrence in preview(&ours, &zone, date(2026, 1, 1), 300) {
                at = theirs.find_next_occurrence(&at, at == start).unwrap();
                assert_eq!(occurrence.at, at.timestamp(), "{cron} {name}");
            }
        }
    }
}

fn local(text: &str, zone: &str, from: civil::Date, count: usize) -> Vec<String> {
    let zone = Zone::find(zone).unwrap();
    preview(&parse_schedule(text, from).unwrap(), &zone, from, count)
        .iter()
        .map(|found| found.at.to_zoned(zone.tz()).strftime("%m-%d %H:%M %:z").to_string())
        .collect()
}

#[test]
fn the_year_s_odd_days_are_right() {
    // A gap moves forward by its length; an overlap takes the first.
    assert_eq!(local("daily 2:30", "Europe/Berlin", date(2027, 3, 28), 1), ["03-28 03:30 +02:00"]);
    assert_eq!(local("daily 2:30", "Europe/Berlin", date(2026, 10, 25), 1), ["10-25 02:30 +02:00"]);
    assert_eq!(local("daily 1:30", "America/New_York", date(2026, 11, 1), 1), ["11-01 01:30 -04:00"]);
    assert_eq!(local("daily 2:15", "Australia/Lord_Howe", date(2026, 10, 4), 1), ["10-04 02:45 +11:00"]);
    // Midnights that don't exist.
    assert_eq!(local("daily 0:00", "Africa/Cairo", date(2026, 4, 24), 1), ["04-24 01:00 +03:00"]);
    assert_eq!(local("daily 0:00", "Asia/Beirut", date(2026, 3, 29), 1), ["03-29 01:00 +03:00"]);
    assert_eq!(local("daily 0:00", "America/Santiago", date(2026, 9, 6), 1), ["09-06 01:00 -03:00"]);
    // New rules: Morocco stays at +00, British Columbia at -07.
    assert_eq!(
        local("weekdays 9:30", "Africa/Casablanca", date(2026, 9, 18), 2),
        ["09-18 09:30 +01:00", "09-21 09:30 +00:00"]
    );
    assert_eq!(local("daily 9:00", "America/Vancouver", date(2026, 11, 2), 1), ["11-02 09:00 -07:00"]);
    assert_eq!(local("daily 9:00", "Asia/Kathmandu", date(2026, 11, 2), 1), ["11-02 09:00 +05:45"]);
    assert_eq!(local("daily 9:00", "Pacific/Kiritimati", date(2026, 11, 2), 1), ["11-02 09:00 +14:00"]);
    assert_eq!(local("daily 9:00", "Pacific/Chatham", date(2026, 11, 2), 1), ["11-02 09:00 +13:45"]);
    assert_eq!(local("daily 9:00", "Europe/Dublin", date(2026, 12, 2), 1), ["12-02 09:00 +00:00"]);
}

#[test]
fn sentences_mean_what_people_mean() {
    let from = date(2026, 11, 23); // a Monday
    assert_eq!(local("every second tuesday 10:00", "UTC", from, 2), ["11-24 10:00 +00:00", "12-08 10:00 +00:00"]);
    assert_eq!(local("setiap 2 minggu sekali pada hari Selasa 10.00", "UTC", from, 2).len(), 2);
    assert_eq!(local("first monday of the month 9:00", "UTC", from, 2), ["12-07 09:00 +00:00", "01-04 09:00 +00:00"]);
    for (one, other) in [
        ("weekdays 9:30", "hari kerja 9.30"),
        ("daily 8:00", "setiap hari 8.00"),
        ("mon,thu 16:00", "senin,kamis 16.00"),
        ("mon-thu 4pm", "Senin sampai Kamis pukul 16.00"),
        ("first monday of the month 9:00", "Senin pertama setiap bulan 9.00"),
        ("last friday of the month at 15:00", "Jumat terakhir setiap bulan pukul 15.00"),
        ("every other tuesday 10:00", "setiap dua minggu pada Selasa 10.00"),
        ("weekdays at 9:30", "30 9 * * 1-5"),
        ("at 9:30 every weekday", "Weekdays, 9.30 AM"),
    ] {
        let read = |text| parse_schedule(text, from).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read(one), read(other), "{one} / {other}");
    }
}

#[test]
fn what_can_t_be_is_told() {
    let wrong = |text: &str| parse_schedule(text, date(2026, 11, 23)).unwrap_err();
    assert_eq!(wrong("0 0 9 * * 1"), TimeError::CronFields(6));
    assert_eq!(wrong("9 * * *"), TimeError::CronFields(4));
    assert!(matches!(wrong("0 25 * * *"), TimeError::CronField("hour", _)));
    assert!(matches!(wrong("weekdays 25:00"), TimeError::Time(_)));
    assert!(matches!(wrong("0 9 31 2 *"), TimeError::Never(_)));
    for text in ["", "weekdays", "9:30", "sometimes 9:30", "mon tue-", "every second 9:30"] {
        assert!(matches!(wrong(text), TimeError::Schedule(_)), "{text}: {:?}", wrong(text));
    }
    let zone = Zone::find("Asia/Jakrta").unwrap_err();
    assert_eq!(zone.did_you_mean.first().map(String::as_str), Some("Asia/Jakarta"));
    assert!(matches!(parse_hours("Asia/Jakrta mon-fri 9-17"), Err(TimeError::Zone(_))));
    assert!(matches!(parse_hours("mon-fri 9-25"), Err(TimeError::Time(_))));
    assert!(matches!(parse_hours("mon-fri 9-12,11-17"), Err(TimeError::Hours(_))));
    let now: Timestamp = "2026-11-24T02:00:00Z".parse().unwrap();
    for text in ["31 february", "2026-11-23", "never", "2026-13-01", ""] {
        assert!(parse_moment(text, &Zone::utc(), now).is_err(), "{text}");
    }
}

#[test]
fn hours_are_read_and_said() {
    let (zone, week) = parse_hours("Asia/Jakarta mon-fri 9:00-17:30").unwrap();
    let hours = Hours { zone: zone.unwrap(), week: week.unwrap() };
    assert_eq!(say_hours(&hours, Language::En), "Monday to Friday 9:00–17:30 (Asia/Jakarta)");
    assert_eq!(say_hours(&hours, Language::Id), "Senin sampai Jumat 9.00–17.30 (Asia/Jakarta)");
    for (one, other) in [
        ("mon-fri 9-5", "weekdays 9:00-17:00"),
        ("9-12,13-17:30", "senin-jumat 9.00-12.00, 13.00-17.30"),
        ("mon-thu 9-17, fri 9-15", "senin sampai kamis 9 sampai 17 dan jumat 9 sampai 15"),
        ("sun-thu 22-6", "minggu,senin,selasa,rabu,kamis 22.00-06.00"),
    ] {
        let read = |text| parse_hours(text).unwrap_or_else(|error| panic!("{text}: {error}")).1;
        assert_eq!(read(one), read(other), "{one} / {other}");
    }
    assert_eq!(parse_hours("jakarta").unwrap().0.unwrap().name(), "Asia/Jakarta");
}

#[test]
fn moments_are_read() {
    let now: Timestamp = "2026-11-24T02:00:00Z".parse().unwrap(); // Tuesday 9:00 in Jakarta
    let jakarta = Zone::find("Asia/Jakarta").unwrap();
    for (text, wanted) in [
        ("until monday", "2026-11-30T00:00"),
        ("sampai senin", "2026-11-30T00:00"),
        ("tomorrow", "2026-11-25T00:00"),
        ("besok 14.00", "2026-11-25T14:00"),
        ("2026-12-01", "2026-12-01T00:00"),
        ("1 december", "2026-12-01T00:00"),
        ("December 1", "2026-12-01T00:00"),
        ("1 januari", "2027-01-01T00:00"),
        ("3 days", "2026-11-27T09:00"),
        ("2h", "2026-11-24T11:00"),
        ("14:00", "2026-11-24T14:00"),
        ("8:00", "2026-11-25T08:00"),
        ("next week", "2026-11-30T00:00"),
    ] {
        let at = parse_moment(text, &jakarta, now).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(at.to_zoned(jakarta.tz()).strftime("%Y-%m-%dT%H:%M").to_string(), wanted, "{text}");
    }
}

#[test]
fn a_night_shift_and_a_holiday_are_told_apart() {
    let zone = Zone::find("Asia/Jakarta").unwrap();
    let hours = Hours { zone, week: parse_hours("mon-fri 22-6").unwrap().1.unwrap() };
    let holidays = Holidays([(date(2026, 11, 25), "Rest day".to_owned())].into());
    let at = |text: &str| text.parse::<civil::DateTime>().unwrap().to_zoned(zone.tz()).unwrap().timestamp();
    let budi = Declared { holidays: &holidays, ..Declared::hours(&hours) };
    let state = |text| budi.at(at(text)).state;
    assert_eq!(state("2026-11-25T03:00"), State::Working, "the shift that began on Tuesday is worked to its end");
    assert_eq!(state("2026-11-25T23:00"), State::Holiday("Rest day".to_owned()));
    assert_eq!(budi.next_working(at("2026-11-25T07:00")), Some(at("2026-11-26T22:00")));
    let leave = [Absence { from: at("2026-11-26T00:00"), until: Some(at("2026-11-28T00:00")), why: None }];
    let on_leave = Declared { leave: &leave, ..budi };
    assert_eq!(on_leave.next_working(at("2026-11-25T07:00")), Some(at("2026-11-28T00:00")));
}

fn any_week() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["mon-fri 9-17", "sun-thu 8-12,13-16", "mon-sun 0:00-24:00", "tue,thu 22-6", "sat 10-11"])
}

proptest! {
    #[test]
    fn one_state_holds_at_every_instant_and_the_states_tile(
        zone in 0usize..400, week in any_week(), start in 1_700_000_000i64..2_050_000_000, days in 1i64..20,
        probe in 0.0f64..1.0, leave in prop::option::of((0i64..10, 1i64..10)),
    ) {
        let zone = zones().swap_remove(zone);
        let hours = Hours { zone, week: parse_hours(week).unwrap().1.unwrap_or_else(WorkingWeek::office) };
        let from = Timestamp::from_second(start).unwrap();
        let to = from + days.checked_mul(86_400).unwrap().seconds();
        let leave: Vec<_> = leave.iter().map(|(after, length)| {
            let begin = from + (after * 86_400).seconds();
            Absence { from: begin, until: Some(begin + (length * 86_400).seconds()), why: None }
        }).collect();
        let holidays = Holidays([(zone.tz().to_datetime(from + 172_800.seconds()).date(), "H".to_owned())].into());
        let declared = Declared { holidays: &holidays, leave: &leave, ..Declared::hours(&hours) };
        let pieces = declared.between(from, to);
        prop_assert_eq!(pieces.first().unwrap().0, from);
        prop_assert_eq!(pieces.last().unwrap().1, to);
        for pair in pieces.windows(2) {
            prop_assert_eq!(pair[0].1, pair[1].0);
            prop_assert_ne!(&pair[0].2, &pair[1].2);
        }
        let seconds = ((days * 86_400) as f64 * probe) as i64;
        let at = from + seconds.seconds();
        if let Some(piece) = pieces.iter().find(|piece| piece.0 <= at && at < piece.1) {
            let now = declared.at(at);
            prop_assert_eq!(&now.state, &piece.2);
            if let (Some(until), true) = (now.until, piece.1 < to) { prop_assert_eq!(until, piece.1); }
        }
    }

    #[test]
    fn no_text_breaks_a_reader(text in "\\PC{0,80}", zone in 0usize..400) {
        let zone = zones().swap_remove(zone);
        let now: Timestamp = "2026-11-24T02:00:00Z".parse().unwrap();
        let _ = parse_schedule(&text, date(2026, 11, 23));
        let _ = parse_duration(&text);
        let _ = parse_time(&text);
        let _ = parse_hours(&text);
        let _ = parse_moment(&text, &zone, now);
        let _ = Zone::find(&text);
        let _ = zones_like(&text, 25);
    }

    #[test]
    fn words_of_time_in_any_order_break_no_reader(words in prop::collection::vec(prop::sample::select(vec![
        "every", "second", "monday", "9:30", "of", "the", "month", "until", "1", "31", "february", "setiap", "hari",
        "kerja", "senin", "-", ",", "and", "sampai", "pukul", "from", "2026-02-30", "*", "24:00", "minggu", "2", "jam",
        "last", "akhir", "pekan", "Asia/Jakarta", "am",
    ]), 0..12)) {
        let text = words.join(" ");
        let now: Timestamp = "2026-11-24T02:00:00Z".parse().unwrap();
        let _ = parse_hours(&text);
        let _ = parse_moment(&text, &Zone::utc(), now);
        if let Ok(schedule) = parse_schedule(&text, date(2026, 11, 23)) {
            let kept = serde_json::to_string(&schedule).unwrap();
            prop_assert_eq!(&serde_json::from_str::<jeda_core::time::Schedule>(&kept).unwrap(), &schedule, "{}", kept);
        }
    }

    #[test]
    fn what_is_said_reads_back(
        days in prop::sample::select(vec![
            "weekdays", "daily", "weekends", "mon", "mon,thu", "mon-thu", "sat,sun,tue", "first monday of the month",
            "last friday of the month", "every 2 weeks tue", "every 3 weeks mon,fri", "day 1 and 15 of the month",
        ]),
        hour in 0u8..24, minute in 0u8..60,
    ) {
        let from = date(2026, 11, 23);
        let schedule = parse_schedule(&format!("{days} {hour}:{minute:02}"), from).unwrap();
        for language in Language::ALL {
            let said = say_schedule(&schedule, language);
            prop_assert_eq!(&parse_schedule(&said, from).map_err(|error| format!("{said}: {error}")).unwrap(), &schedule);
        }
    }
}
