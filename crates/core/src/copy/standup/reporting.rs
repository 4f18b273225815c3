//! Words of the report and of the receipts.

use crate::{
    copy::{Arg, line, list, people, said, text, time, words},
    language::Language,
    message::{Block, Message, Show, Span, Text},
    people as persons, receipt, standup,
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
        receipt::Why::People(P::Holiday(name)) => text(language, "standup-short-holiday", &[("name", said(name))]),
        receipt::Why::People(P::Away(Some(until))) => {
            let until = words(time::end(language, *until, zone));
            text(language, "standup-short-away-until", &[("until", until)])
        }
        receipt::Why::People(P::Away(None)) => text(language, "standup-short-away", &[]),
        receipt::Why::People(P::Quiet) => text(language, "standup-short-quiet", &[]),
        receipt::Why::People(P::MemberGone) | receipt::Why::Standup(S::LeftStandup) => {
            text(language, "standup-short-left", &[])
        }
        receipt::Why::People(P::Refused(_)) => text(language, "standup-short-refused", &[]),
        receipt::Why::People(P::Downtime | P::RateLimited | P::Obsolete) => {
            text(language, "standup-short-downtime", &[])
        }
        // Neither a norm nor a message that waits keeps anybody from being asked.
        receipt::Why::Norm(reason) => super::super::norm::why(language, reason),
        receipt::Why::Later(reason) => super::super::later::why(language, reason),
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

pub(crate) fn receipt_planned(language: Language, name: &str, prompt_at: Timestamp, zone: &Zone) -> Text {
    text(language, "standup-receipt-planned", &[("name", said(name)), ("at", at(language, prompt_at, zone))])
}

pub(crate) fn receipt_asked(language: Language, name: &str) -> Text {
    text(language, "standup-receipt-asked", &[("name", said(name))])
}

pub(crate) fn receipt_prompted(language: Language, name: &str, deadline_at: Timestamp, zone: &Zone) -> Text {
    text(language, "standup-receipt-prompted", &[("name", said(name)), ("until", at(language, deadline_at, zone))])
}

pub(crate) fn receipt_answered(
    language: Language,
    name: &str,
    late: bool,
    answered_at: Option<Timestamp>,
    zone: &Zone,
) -> Text {
    let at = answered_at.map_or_else(|| words(""), |answered| at(language, answered, zone));
    let args = [("name", said(name)), ("at", at)];
    if late { text(language, "standup-receipt-late", &args) } else { text(language, "standup-receipt-answered", &args) }
}

pub(crate) fn receipt_missed(language: Language, name: &str) -> Text {
    text(language, "standup-receipt-missed", &[("name", said(name))])
}

pub(crate) fn receipt_skipped(language: Language, name: &str) -> Text {
    text(language, "standup-receipt-skipped", &[("name", said(name))])
}

pub(crate) fn receipt_left(language: Language, name: &str) -> Text {
    text(language, "standup-receipt-left", &[("name", said(name))])
}

/// Not asked, with the reason as a whole sentence.
pub(crate) fn receipt_not_asked(language: Language, name: &str, reason: &receipt::Why, zone: &Zone) -> Text {
    let reason = match reason {
        receipt::Why::Standup(reason) => why(language, reason),
        receipt::Why::People(reason) => people::why(language, reason, zone),
        receipt::Why::Norm(reason) => super::super::norm::why(language, reason),
        receipt::Why::Later(reason) => super::super::later::why(language, reason),
    };
    text(language, "standup-receipt-not-asked", &[("name", said(name)), ("why", reason.into())])
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
