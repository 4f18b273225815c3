use super::*;
use proptest::prelude::*;

/// Monday, 9:30 in Jakarta.
fn now() -> Timestamp {
    "2026-11-23T02:30:00Z".parse().unwrap()
}

fn zone(name: &str) -> Zone {
    Zone::find(name).unwrap()
}

/// A calendar of these lines, as servers send it.
fn calendar(lines: &str) -> String {
    let lines: String =
        lines.lines().map(str::trim).filter(|it| !it.is_empty()).map(|it| format!("{it}\r\n")).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{lines}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\nUID:1\nSUMMARY:Secret talk\n{lines}\nEND:VEVENT"))
}

fn shown(all: &[Stretch]) -> Vec<String> {
    all.iter().map(|it| format!("{}/{}", it.from, it.until)).collect()
}

fn read(text: &str, name: &str) -> Times {
    times(text, &zone(name), now()).unwrap()
}

fn busy(lines: &str) -> Vec<String> {
    shown(&read(&event(lines), "Asia/Jakarta").busy)
}

#[test]
fn a_time_is_read_in_its_zone_whatever_the_zone_is_called() {
    for line in [
        "DTSTART:20261124T020000Z\nDTEND:20261124T030000Z",
        "DTSTART;TZID=Asia/Jakarta:20261124T090000\nDTEND;TZID=Asia/Jakarta:20261124T100000",
        "DTSTART;TZID=\"SE Asia Standard Time\":20261124T090000\nDURATION:PT1H",
        // Without a zone it is the owner's own, as it is with one that nobody knows.
        "DTSTART:20261124T090000\nDTEND:20261124T100000",
        "DTSTART;TZID=Middle-earth/Shire:20261124T090000\nDTEND;TZID=Middle-earth/Shire:20261124T100000",
        "DTSTART;TZID=Europe/London:20261124T020000\nDTEND;TZID=Asia/Jakarta:20261124T100000",
    ] {
        assert_eq!(busy(line), ["2026-11-24T02:00:00Z/2026-11-24T03:00:00Z"], "{line}");
    }
    let own_words = calendar(
        "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nX-LIC-LOCATION:Europe/Berlin\nEND:VTIMEZONE
         BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Customized Time Zone:20261124T090000\nDURATION:PT1H\nEND:VEVENT",
    );
    assert_eq!(shown(&read(&own_words, "UTC").busy), ["2026-11-24T08:00:00Z/2026-11-24T09:00:00Z"]);
}

#[test]
fn a_day_is_a_day_where_its_owner_lives() {
    let day = "DTSTART;VALUE=DATE:20261124";
    assert_eq!(busy(day), ["2026-11-23T17:00:00Z/2026-11-24T17:00:00Z"], "one day where no end is said");
    let three = event("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261127");
    assert_eq!(shown(&read(&three, "Europe/London").busy), ["2026-11-24T00:00:00Z/2026-11-27T00:00:00Z"]);
    // 25 hours, and the day without a midnight.
    let later = |at: &str, day: &str, zone_name: &str| {
        let text = event(&format!("DTSTART;VALUE=DATE:{day}"));
        shown(&times(&text, &zone(zone_name), at.parse().unwrap()).unwrap().busy)
    };
    assert_eq!(
        later("2026-10-20T00:00:00Z", "20261025", "Europe/Berlin"),
        ["2026-10-24T22:00:00Z/2026-10-25T23:00:00Z"]
    );
    assert_eq!(
        later("2026-04-20T00:00:00Z", "20260424", "Africa/Cairo"),
        ["2026-04-23T22:00:00Z/2026-04-24T21:00:00Z"]
    );
}

#[test]
fn what_makes_busy_what_takes_out_and_what_does_neither() {
    let at = "DTSTART:20261124T020000Z\nDTEND:20261124T030000Z";
    for (said, counts) in [
        ("", (0, 1)),
        ("TRANSP:OPAQUE", (0, 1)),
        ("TRANSP:TRANSPARENT", (0, 0)),
        ("STATUS:CONFIRMED", (0, 1)),
        ("STATUS:CANCELLED", (0, 0)),
        ("STATUS:TENTATIVE", (0, 0)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", (1, 0)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF\nTRANSP:TRANSPARENT", (1, 0)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", (0, 1)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", (0, 0)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", (0, 0)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", (0, 0)),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF\nSTATUS:CANCELLED", (0, 0)),
    ] {
        let Times { out, busy } = read(&event(&format!("{at}\n{said}")), "UTC");
        assert_eq!((out.len(), busy.len()), counts, "{said}");
    }
    let list = calendar(
        "BEGIN:VFREEBUSY
         FREEBUSY;FBTYPE=BUSY:20261124T020000Z/20261124T030000Z,20261124T030000Z/PT1H
         FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261125T020000Z/PT8H
         FREEBUSY;FBTYPE=FREE:20261126T020000Z/PT8H
         FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261126T020000Z/PT8H
         END:VFREEBUSY",
    );
    let Times { out, busy } = read(&list, "UTC");
    assert_eq!(shown(&out), ["2026-11-25T02:00:00Z/2026-11-25T10:00:00Z"]);
    assert_eq!(shown(&busy), ["2026-11-24T02:00:00Z/2026-11-24T04:00:00Z"], "what touches is one");
}

#[test]
fn nine_oclock_stays_nine_oclock_where_clocks_change() {
    let text = event("DTSTART;TZID=Europe/Berlin:20200101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY");
    let at = |now: &str| times(&text, &zone("UTC"), now.parse().unwrap()).unwrap().busy;
    let october = at("2026-10-24T12:00:00Z");
    assert_eq!(
        shown(&october[..2]),
        ["2026-10-24T07:00:00Z/2026-10-24T08:00:00Z", "2026-10-25T08:00:00Z/2026-10-25T09:00:00Z"]
    );
    // In the gap of 2027-03-28 it is half past three; of the two half past twos of October the first counts.
    let night = event("DTSTART;TZID=Europe/Berlin:20200101T023000\nDURATION:PT15M\nRRULE:FREQ=DAILY");
    let of = |now: &str, day: &str| {
        let all = shown(&times(&night, &zone("UTC"), now.parse().unwrap()).unwrap().busy);
        all.into_iter().find(|it| it.starts_with(day)).unwrap()
    };
    assert_eq!(of("2027-03-27T12:00:00Z", "2027-03-28"), "2027-03-28T01:30:00Z/2027-03-28T01:45:00Z");
    assert_eq!(of("2026-10-24T12:00:00Z", "2026-10-25"), "2026-10-25T00:30:00Z/2026-10-25T00:45:00Z");
}

#[test]
fn what_repeats_repeats_with_its_exceptions() {
    let rule = |lines: &str| busy(&format!("DTSTART;TZID=Asia/Jakarta:20261116T090000\nDURATION:PT1H\n{lines}"));
    let starts = |lines: &str| -> Vec<String> { rule(lines).iter().map(|it| it[5..13].to_owned()).collect() };
    assert_eq!(starts("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=5"), ["11-23T02", "11-25T02", "11-30T02"]);
    assert_eq!(starts("RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261215T000000Z"), ["11-30T02", "12-14T02"]);
    // The end is counted on the clock of Jakarta, whose nine o'clock it is to the second.
    assert_eq!(starts("RRULE:FREQ=DAILY;UNTIL=20261124T020000Z"), ["11-22T02", "11-23T02", "11-24T02"]);
    assert_eq!(starts("RRULE:FREQ=DAILY;UNTIL=20261124T015959Z"), ["11-22T02", "11-23T02"]);
    assert_eq!(starts("RRULE:FREQ=DAILY;UNTIL=20261124"), ["11-22T02", "11-23T02", "11-24T02"]);
    assert_eq!(starts("RRULE:FREQ=MONTHLY;BYDAY=-1FR"), ["11-27T02", "12-25T02"]);
    assert_eq!(starts("RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"), ["11-30T02", "12-31T02"]);
    assert_eq!(starts("RRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24"), ["12-24T02"]);
    assert_eq!(starts("RDATE;TZID=Asia/Jakarta:20261124T100000,20261125T100000"), ["11-24T03", "11-25T03"]);
    let except = "RRULE:FREQ=DAILY;UNTIL=20261127T020000Z\nEXDATE;TZID=Asia/Jakarta:20261124T090000
         EXDATE:20261125T020000Z\nEXDATE;VALUE=DATE:20261126";
    assert_eq!(starts(except), ["11-22T02", "11-23T02", "11-27T02"], "in any spelling");
}

#[test]
fn one_of_many_is_moved_and_one_is_called_off() {
    let text = calendar(
        "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Asia/Jakarta:20261101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEND:VEVENT
         BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;TZID=Asia/Jakarta:20261124T090000\nDTSTART;TZID=Asia/Jakarta:20261124T150000\nDURATION:PT30M\nEND:VEVENT
         BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20261125T020000Z\nDTSTART:20261125T020000Z\nDURATION:PT1H\nSTATUS:CANCELLED\nEND:VEVENT
         BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261127T020000Z\nDTSTART:20261127T040000Z\nDURATION:PT2H\nEND:VEVENT",
    );
    let all = shown(&read(&text, "UTC").busy);
    assert_eq!(
        all[..6],
        [
            "2026-11-22T02:00:00Z/2026-11-22T03:00:00Z",
            "2026-11-23T02:00:00Z/2026-11-23T03:00:00Z",
            "2026-11-24T08:00:00Z/2026-11-24T08:30:00Z",
            "2026-11-26T02:00:00Z/2026-11-26T03:00:00Z",
            "2026-11-27T04:00:00Z/2026-11-27T06:00:00Z",
            "2026-11-28T04:00:00Z/2026-11-28T06:00:00Z",
        ]
    );
}

#[test]
fn what_goes_on_since_long_ago_is_found_and_what_is_over_is_not() {
    assert_eq!(
        busy("DTSTART:20100104T020000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261201T000000Z"),
        ["2026-11-30T02:00:00Z/2026-11-30T03:00:00Z"],
        "the fortnight's turn is kept over sixteen years"
    );
    assert_eq!(busy("DTSTART:20100101T020000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20200101T000000Z"), [""; 0]);
    assert_eq!(busy("DTSTART:20260101T000000Z\nDTEND:20270101T000000Z"), ["2026-01-01T00:00:00Z/2027-01-01T00:00:00Z"]);
    let weeks = busy("DTSTART;VALUE=DATE:20261101\nDURATION:P3W");
    assert_eq!(weeks.len(), 0, "it ended on the 22nd, {weeks:?}");
}

#[test]
fn endless_and_barren_rules_cost_little_and_too_many_are_refused() {
    let endless = ["SECONDLY", "MINUTELY", "HOURLY", "DAILY"].map(|freq| {
        format!("BEGIN:VEVENT\nUID:{freq}\nDTSTART:19700101T000000Z\nDURATION:PT5M\nRRULE:FREQ={freq}\nEND:VEVENT\n")
    });
    let found = read(&calendar(&endless.concat()), "UTC").busy;
    assert!(found.len() > 60 && found.len() <= CALENDAR_STRETCHES_MAX, "{}", found.len());
    let barren = |nth: usize| {
        format!(
            "BEGIN:VEVENT\nUID:{nth}\nDTSTART:19700101T000000Z\nDURATION:PT5M\n\
             RRULE:FREQ=YEARLY;COUNT=9;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n"
        )
    };
    let few: String = (0..5).map(barren).collect();
    assert_eq!(read(&calendar(&few), "UTC"), Times::default());
    let many: String = (0..1_000).map(barren).collect();
    assert_eq!(times(&calendar(&many), &zone("UTC"), now()), Err(Unreadable::TooMuch));
    let events = "BEGIN:VEVENT\nUID:1\nDTSTART:20261124T020000Z\nDURATION:PT1H\nEND:VEVENT\n".repeat(EVENTS_MAX + 1);
    assert_eq!(times(&calendar(&events), &zone("UTC"), now()), Err(Unreadable::TooMuch));
}

#[test]
fn what_is_no_calendar_or_only_half_of_one_is_refused() {
    let whole = event("DTSTART:20261124T020000Z\nDURATION:PT1H");
    let half = &whole[..whole.len() - 30];
    for text in
        ["", "   ", "<html><body>Sign in</body></html>", "\0\u{1}\u{2}", "END:VCALENDAR", half, "BEGIN:VCALENDAR"]
    {
        assert_eq!(times(text, &zone("UTC"), now()), Err(Unreadable::NoCalendar), "{text:?}");
    }
    // An empty one is one, and so are two, folded lines, and a mark of its encoding.
    assert_eq!(read(&calendar(""), "UTC"), Times::default());
    let folded = whole.replace("DTSTART:2026", "DTSTART:20\r\n 26");
    assert_eq!(read(&format!("\u{feff}{folded}{whole}"), "UTC").busy.len(), 1);
}

#[test]
fn broken_events_leave_the_others_whole() {
    let text = calendar(
        "BEGIN:VEVENT\nUID:1\nEND:VEVENT
         BEGIN:VEVENT\nUID:2\nDTSTART:20261399T990000Z\nEND:VEVENT
         BEGIN:VEVENT\nUID:3\nDTSTART:20261124T020000Z\nDTEND:20261124T010000Z\nEND:VEVENT
         BEGIN:VEVENT\nUID:4\nDTSTART:20261124T040000Z\nRRULE:FREQ=NEVER;INTERVAL=-1\nDURATION:PT1H\nEND:VEVENT
         BEGIN:VEVENT\nUID:5\nDTSTART:20261124T060000Z\nDURATION:-PT1H\nEND:VEVENT
         BEGIN:VEVENT\nUID:6\nDTSTART:20261124T070000Z\nDURATION:PT1H\nEND:VEVENT
         BEGIN:VEVENT\nUID:7\nDTSTART:20261124T080000\nDTEND:20261124T080000\nEND:VEVENT",
    );
    let found = shown(&read(&text, "UTC").busy);
    assert_eq!(found, ["2026-11-24T04:00:00Z/2026-11-24T05:00:00Z", "2026-11-24T07:00:00Z/2026-11-24T08:00:00Z"]);
}

#[test]
fn a_teams_days_off_keep_their_names() {
    let text = calendar(
        "BEGIN:VEVENT\nUID:1\nSUMMARY:Hari Natal\nDTSTART;VALUE=DATE:20201225\nRRULE:FREQ=YEARLY\nEND:VEVENT
         BEGIN:VEVENT\nUID:2\nSUMMARY:Between the years\nDTSTART;VALUE=DATE:20261228\nDTEND;VALUE=DATE:20270101\nTRANSP:TRANSPARENT\nEND:VEVENT
         BEGIN:VEVENT\nUID:3\nSUMMARY:Called off\nDTSTART;VALUE=DATE:20261201\nSTATUS:CANCELLED\nEND:VEVENT
         BEGIN:VEVENT\nUID:4\nSUMMARY:A party\nDTSTART:20261202T180000Z\nDURATION:PT4H\nEND:VEVENT
         BEGIN:VEVENT\nUID:5\nSUMMARY:Long ago\nDTSTART;VALUE=DATE:20100101\nEND:VEVENT",
    );
    let days = days(&text, now()).unwrap();
    let shown: Vec<String> = days.iter().map(|(day, name)| format!("{day} {name}")).collect();
    assert_eq!(
        shown,
        [
            "2026-12-25 Hari Natal",
            "2026-12-28 Between the years",
            "2026-12-29 Between the years",
            "2026-12-30 Between the years",
            "2026-12-31 Between the years",
            "2027-12-25 Hari Natal",
            "2028-12-25 Hari Natal",
        ]
    );
}

proptest! {
    #[test]
    fn whatever_is_read_is_in_order_and_in_sight(
        lines in prop::collection::vec("(DTSTART|DTEND|DURATION|RRULE|EXDATE|RECURRENCE-ID|UID|TRANSP)(;TZID=[A-Z]{1,3}|;VALUE=DATE)?:[0-9TZPHD=;A-Z-]{0,30}", 0..12),
        noise in "\\PC{0,80}",
    ) {
        let text = event(&format!("DTSTART:20261124T020000Z\nDURATION:PT1H\n{}\n{noise}", lines.join("\n")));
        if let Ok(Times { out, busy }) = times(&text, &zone("Asia/Jakarta"), now()) {
            for all in [out, busy] {
                prop_assert!(all.iter().all(|it| it.from < it.until));
                prop_assert!(all.windows(2).all(|it| it[0].until < it[1].from));
                prop_assert!(all.len() <= CALENDAR_STRETCHES_MAX);
            }
        }
    }

    #[test]
    fn a_text_of_any_kind_breaks_nothing(text in "\\PC{0,400}") {
        let _ = times(&text, &zone("UTC"), now());
        let _ = days(&format!("BEGIN:VCALENDAR\n{text}\nEND:VCALENDAR"), now());
    }
}
