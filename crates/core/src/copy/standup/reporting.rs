//! Words of the report and of the receipts.

use crate::{
    copy::{Arg, line, list, said, text, time, words},
    language::Language,
    message::{Block, Message, Show, Span, Text},
    people as persons, receipt,
    standup::{self, Entry, EntryState, Skip},
    time::Zone,
};
use jiff::{Timestamp, civil};

pub(crate) fn report_title(language: Language, standup: &str, date: civil::Date) -> String {
    super::prompt_title(language, standup, date)
}

/// Opens every further page of a report.
pub(crate) fn report_continued(language: Language, standup: &str, date: civil::Date) -> Block {
    let args = [("standup", said(standup)), ("date", words(time::date(language, date)))];
    Block::Small(text(language, "standup-report-continued", &args))
}

/// Opens every further page of one answer.
pub(crate) fn answer_continued(language: Language, name: &str) -> Block {
    Block::Small(text(language, "standup-answer-continued", &[("name", said(name))]))
}

/// Whose answer this is, and whether it came late or was changed.
pub(crate) fn answer_by(language: Language, name: &str, late: bool, edited: bool) -> Text {
    let name = ("name", said(name));
    match (late, edited) {
        (false, false) => text(language, "standup-answer-by", &[name]),
        (false, true) => text(language, "standup-answer-by-edited", &[name]),
        (true, false) => text(language, "standup-answer-by-late", &[name]),
        (true, true) => text(language, "standup-answer-by-late-edited", &[name]),
    }
}

pub(crate) fn report_in_thread(language: Language) -> Text {
    text(language, "standup-report-in-thread", &[])
}

pub(crate) fn report_count(language: Language, answered: usize, asked: usize) -> Text {
    text(language, "standup-report-count", &[("answered", answered.into()), ("asked", asked.into())])
}

pub(crate) fn report_count_so_far(language: Language, answered: usize, asked: usize) -> Text {
    text(language, "standup-report-so-far", &[("answered", answered.into()), ("asked", asked.into())])
}

pub(crate) fn report_blockers(language: Language) -> Text {
    text(language, "standup-report-blockers", &[])
}

/// One blocker. The answer is placed whole, however long it is.
pub(crate) fn report_blocker(language: Language, name: &str, blocker: &str) -> Text {
    text(language, "standup-report-blocker", &[("name", said(name)), ("blocker", said(blocker))])
}

fn people_of(language: Language, people: Vec<Text>) -> [(&'static str, Arg); 1] {
    [("people", list(language, people.into_iter().map(Arg::from)))]
}

pub(crate) fn report_away(language: Language, people: Vec<Text>) -> Text {
    text(language, "standup-report-away", &people_of(language, people))
}

pub(crate) fn report_skipped(language: Language, people: Vec<Text>) -> Text {
    text(language, "standup-report-skipped", &people_of(language, people))
}

pub(crate) fn report_not_asked(language: Language, people: Vec<Text>) -> Text {
    text(language, "standup-report-not-asked", &people_of(language, people))
}

pub(crate) fn report_missing(language: Language, people: Vec<Text>) -> Text {
    text(language, "standup-report-missing", &people_of(language, people))
}

/// "Rin (dentist)"
pub(crate) fn name_and_reason(name: &str, reason: Option<&str>) -> Text {
    let mut spans = vec![Span::Said(name.to_owned())];
    if let Some(reason) = reason {
        spans.extend([Span::Plain(" (".into()), Span::Said(reason.to_owned()), Span::Plain(")".into())]);
    }
    Text(spans)
}

/// "Ana (on leave until Monday 30 November)". `zone` is the one of the person it is about.
pub(crate) fn name_because(language: Language, name: &str, why: &receipt::Why, zone: &Zone) -> Text {
    let mut spans = vec![Span::Said(name.to_owned()), Span::Plain(" (".into())];
    spans.extend(short_why(language, why, zone).0);
    spans.push(Span::Plain(")".into()));
    Text(spans)
}

/// A reason in a few words, for a list of names.
fn short_why(language: Language, why: &receipt::Why, zone: &Zone) -> Text {
    use persons::Why as P;
    use standup::Why as S;
    match why {
        receipt::Why::People(P::DayOff) => text(language, "standup-short-day-off", &[]),
        receipt::Why::People(P::Holiday(name)) => {
            text(language, "standup-short-holiday", &[("name", said(crate::time::say_holiday(name, language)))])
        }
        receipt::Why::People(P::Away(Some(until))) => {
            let until = words(time::end(language, *until, zone));
            text(language, "standup-short-away-until", &[("until", until)])
        }
        receipt::Why::People(P::Away(None)) => text(language, "standup-short-away", &[]),
        receipt::Why::People(P::Quiet) => text(language, "standup-short-quiet", &[]),
        receipt::Why::People(P::Paused) => text(language, "standup-short-paused", &[]),
        receipt::Why::People(P::Focus) => text(language, "standup-short-focus", &[]),
        receipt::Why::People(P::MemberGone) | receipt::Why::Standup(S::LeftStandup) => {
            text(language, "standup-short-left", &[])
        }
        receipt::Why::People(P::Refused(_)) => text(language, "standup-short-refused", &[]),
        receipt::Why::People(P::Downtime | P::RateLimited | P::Obsolete) => {
            text(language, "standup-short-downtime", &[])
        }
        // Neither a norm nor a message that waits keeps anybody from being asked.
        receipt::Why::Norm(_) | receipt::Why::Later(_) | receipt::Why::Ask(_) | receipt::Why::Digest(_) => {
            crate::copy::why(language, why, zone)
        }
        receipt::Why::Standup(S::TimePassed) => text(language, "standup-short-time-passed", &[]),
        receipt::Why::Standup(S::NotRunning) => text(language, "standup-short-not-running", &[]),
        receipt::Why::Standup(_) => text(language, "standup-short-window-over", &[]),
    }
}

/// A standup's reason as a sentence about "them".
pub fn why(language: Language, why: &standup::Why) -> Text {
    use standup::Why::*;
    match why {
        SkippedByMember => text(language, "standup-because-skipped", &[]),
        WindowOver => text(language, "standup-because-window-over", &[]),
        TimePassed => text(language, "standup-because-time-passed", &[]),
        AlreadyAnswered => text(language, "standup-because-already-answered", &[]),
        NotRunning => text(language, "standup-because-not-running", &[]),
        LeftStandup => text(language, "standup-because-left", &[]),
        Answered => text(language, "standup-because-answered", &[]),
        AnsweredLate => text(language, "standup-because-answered-late", &[]),
        Edited => text(language, "standup-because-edited", &[]),
        Missed => text(language, "standup-because-missed", &[]),
        ClosedAllAnswered => text(language, "standup-because-all-answered", &[]),
        ClosedAtDeadline => text(language, "standup-because-deadline", &[]),
    }
}

/// What a page says on which nothing is left, since platforms can't take a page out of a thread.
pub(crate) fn nothing_left(_language: Language) -> Message {
    Message::of(Text::plain("—"))
}

pub(crate) fn receipts_title(language: Language, standup: &str, date: civil::Date) -> String {
    super::prompt_title(language, standup, date)
}

pub(crate) fn receipts_explain(language: Language, subject: &str) -> Text {
    let command = crate::copy::code(format!("jeda explain {subject}"));
    text(language, "standup-receipts-explain", &[("command", command)])
}

fn at(language: Language, at: Timestamp, zone: &Zone) -> Arg {
    time::at(language, at, Show::DateTime, zone).into()
}

/// What became of an entry, as a receipt tells it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outcome<'e> {
    state: &'e EntryState,
    /// The instant that goes with the state: when they are asked, or until when they can answer.
    at: Option<Timestamp>,
    /// When they answered; `None` leaves it out.
    answered_at: Option<Timestamp>,
    late: bool,
}

impl<'e> Outcome<'e> {
    pub(crate) fn of(entry: &'e Entry) -> Self {
        let at = match &entry.state {
            EntryState::Planned => Some(entry.prompt_at),
            EntryState::Prompted => Some(entry.deadline_at),
            _ => None,
        };
        Self { state: &entry.state, at, answered_at: entry.answered_at, late: entry.late }
    }

    /// The same without the instant at which somebody answered, which hardly two share.
    pub(crate) fn without_its_time(self) -> Self {
        Self { answered_at: None, ..self }
    }
}

/// What became of the prompts of these people, all in the same words.
pub(crate) fn receipt(language: Language, names: &[String], outcome: &Outcome<'_>, zone: &Zone) -> Text {
    let mut args = vec![("name", list(language, names.iter().map(said)))];
    let time = |at: Option<Timestamp>| at.map_or_else(|| words(""), |at| self::at(language, at, zone));
    let id = match outcome.state {
        EntryState::Planned => {
            args.push(("at", time(outcome.at)));
            "standup-receipt-planned"
        }
        EntryState::Asked => "standup-receipt-asked",
        EntryState::Prompted => {
            args.push(("until", time(outcome.at)));
            "standup-receipt-prompted"
        }
        EntryState::Answered => {
            args.extend(outcome.answered_at.map(|answered| ("at", at(language, answered, zone))));
            match (outcome.answered_at, outcome.late) {
                (Some(_), false) => "standup-receipt-answered",
                (Some(_), true) => "standup-receipt-late",
                (None, false) => "standup-receipt-all-answered",
                (None, true) => "standup-receipt-all-late",
            }
        }
        EntryState::Missed => "standup-receipt-missed",
        EntryState::Skipped(Skip::Own(_)) => "standup-receipt-skipped",
        EntryState::Skipped(Skip::Left) => "standup-receipt-left",
        EntryState::Skipped(Skip::NotAsked(reason)) => {
            args.push(("why", crate::copy::why(language, reason, zone).into()));
            "standup-receipt-not-asked"
        }
    };
    text(language, id, &args)
}

/// Where the whole report is, when one message doesn't hold it.
pub(crate) fn report_sent(language: Language, pages: usize) -> Message {
    Message::of(text(language, "standup-report-sent", &[("pages", pages.into())]))
}

pub(crate) fn report_not_yet(
    language: Language,
    standup: &str,
    date: civil::Date,
    closes_at: Timestamp,
    zone: &Zone,
) -> Message {
    let args = [
        ("standup", said(standup)),
        ("date", words(time::date(language, date))),
        ("closes", at(language, closes_at, zone)),
    ];
    Message::of(text(language, "standup-report-not-yet", &args))
}

/// A title in a place that takes no markup.
pub(crate) fn new_title(language: Language) -> String {
    line(language, "standup-new-title", &[])
}
