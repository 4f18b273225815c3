//! Words about somebody's own calendar. They name its host, never its address.

use super::{Arg, Sample, code, text, time, words};
use crate::{
    language::Language,
    message::{Block, Message, Show, Text},
    people::{Agenda, CalendarTrouble, Failing},
    time::{Stretch, Zone},
};
use jiff::Timestamp;

fn host(agenda: &Agenda) -> (&'static str, Arg) {
    ("host", code(agenda.host.clone()))
}

/// A calendar is read from now on.
pub(crate) fn set(language: Language, agenda: &Agenda) -> Message {
    Message::of(text(language, "calendar-set", &[host(agenda)])).with(Block::Small(text(
        language,
        "calendar-set-how",
        &[],
    )))
}

/// It is read no more; or there was none.
pub(crate) fn off(language: Language, was_on: bool) -> Message {
    Message::of(if was_on { text(language, "calendar-off", &[]) } else { text(language, "calendar-not-on", &[]) })
}

/// A file of theirs is read, when there is one.
pub(crate) fn on(language: Language) -> Message {
    Message::of(text(language, "calendar-on", &[]))
}

/// How one is given.
pub(crate) fn how(language: Language) -> Message {
    Message::of(text(language, "calendar-how", &[]))
}

/// What was typed is no address.
pub(crate) fn no_address(language: Language) -> Message {
    Message::of(text(language, "calendar-no-address", &[])).with(Block::Small(text(language, "calendar-how", &[])))
}

/// This jeda reads no calendars.
pub(crate) fn switched_off(language: Language) -> Message {
    Message::of(text(language, "calendar-switched-off", &[]))
}

/// A line of `/hours`: which calendar is read, and when it takes them out next.
pub(crate) fn shown(language: Language, agenda: &Agenda, now: Timestamp, zone: &Zone) -> Text {
    let mut line = match (agenda.known, &agenda.failing) {
        (_, Some(failing)) => {
            let since = time::at(language, failing.since, Show::DateTime, zone).into();
            let why = Arg::from(why(language, failing.trouble));
            text(language, "calendar-shown-failing", &[host(agenda), ("since", since), ("why", why)])
        }
        (true, None) => text(language, "calendar-shown", &[host(agenda)]),
        (false, None) => text(language, "calendar-shown-new", &[host(agenda)]),
    };
    let mut add = |more: Text| {
        line.0.push(crate::message::Span::Plain(" ".to_owned()));
        line.0.extend(more.0);
    };
    let next = |all: &[Stretch]| all.iter().find(|it| it.until > now).copied();
    let span = |it: Stretch| {
        let at = |at| words(time::soon(language, at, now, zone));
        [("from", at(it.from)), ("until", at(it.until))]
    };
    if let Some(out) = next(&agenda.out) {
        add(text(language, "calendar-next-out", &span(out)));
    }
    if let Some(busy) = next(&agenda.busy) {
        add(text(language, "calendar-next-busy", &span(busy)));
    }
    line
}

/// Tells its owner that it can't be read.
pub(crate) fn trouble(language: Language, agenda: &Agenda, failing: &Failing, zone: &Zone) -> Message {
    let since = time::at(language, failing.since, Show::DateTime, zone).into();
    let first = if agenda.known {
        text(language, "calendar-failing", &[host(agenda), ("since", since)])
    } else {
        text(language, "calendar-failing-new", &[host(agenda)])
    };
    Message::of(first).with(Block::Text(why(language, failing.trouble))).with(Block::Small(text(
        language,
        "calendar-failing-how",
        &[],
    )))
}

/// Why it can't be read, and what to do.
fn why(language: Language, trouble: CalendarTrouble) -> Text {
    match trouble {
        CalendarTrouble::Refused => text(language, "calendar-trouble-refused", &[]),
        CalendarTrouble::Unreachable => text(language, "calendar-trouble-unreachable", &[]),
        CalendarTrouble::Slow => text(language, "calendar-trouble-slow", &[]),
        CalendarTrouble::Denied => text(language, "calendar-trouble-denied", &[]),
        CalendarTrouble::Server => text(language, "calendar-trouble-server", &[]),
        CalendarTrouble::TooLarge => text(language, "calendar-trouble-too-large", &[]),
        CalendarTrouble::NoCalendar => text(language, "calendar-trouble-no-calendar", &[]),
        CalendarTrouble::File => text(language, "calendar-trouble-file", &[]),
        CalendarTrouble::Off => text(language, "calendar-switched-off", &[]),
    }
}

/// Monday 23 November 2026, 02:30 UTC.
const NOW: Timestamp = Timestamp::constant(1_795_401_000, 0);

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::Message("agenda/set", |l| set(l, &made_up(false))),
        Sample::Message("agenda/off", |l| off(l, true)),
        Sample::Message("agenda/not-on", |l| off(l, false)),
        Sample::Message("agenda/on", on),
        Sample::Message("agenda/how", how),
        Sample::Message("agenda/no-address", no_address),
        Sample::Message("agenda/switched-off", switched_off),
        Sample::Message("agenda/shown", |l| {
            let failing = Failing { since: NOW, trouble: CalendarTrouble::Slow, told: true };
            let all = [made_up(false), made_up(true), Agenda { failing: Some(failing), ..made_up(true) }];
            Message(all.iter().map(|it| Block::Text(shown(l, it, NOW, &Zone::utc()))).collect())
        }),
        Sample::Message("agenda/failing-new", |l| failing_sample(l, false, CalendarTrouble::Refused)),
        Sample::Message("agenda/failing", |l| failing_sample(l, true, CalendarTrouble::Server)),
        Sample::Message("agenda/why", |l| {
            let all = [
                CalendarTrouble::Unreachable,
                CalendarTrouble::Slow,
                CalendarTrouble::Denied,
                CalendarTrouble::TooLarge,
                CalendarTrouble::NoCalendar,
                CalendarTrouble::File,
                CalendarTrouble::Off,
            ];
            Message(all.iter().map(|it| Block::Text(why(l, *it))).collect())
        }),
    ]
}

fn failing_sample(language: Language, known: bool, why: CalendarTrouble) -> Message {
    let failing = Failing { since: NOW, trouble: why, told: true };
    trouble(language, &made_up(known), &failing, &Zone::utc())
}

fn made_up(known: bool) -> Agenda {
    let hours = |from, until| Stretch {
        from: NOW + jiff::SignedDuration::from_hours(from),
        until: NOW + jiff::SignedDuration::from_hours(until),
    };
    Agenda {
        feed: crate::people::FeedId::new("f1"),
        workspace: "slack:T1".into(),
        user: "U1".into(),
        host: "calendar.example.org".into(),
        file: false,
        since: NOW,
        known,
        out: if known { vec![hours(48, 96)] } else { Vec::new() },
        busy: if known { vec![hours(1, 2)] } else { Vec::new() },
        failing: None,
    }
}
