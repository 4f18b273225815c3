//! Words for whoever is asked: the prompt, its later states, the form, the dialog.

use super::{plain, typed};
use crate::{
    command::quoted,
    copy::{Arg, code, line, list, said, text, time, words},
    id::ChannelId,
    language::Language,
    message::{Block, Message, Show, Span, Text},
    standup::{Question, ReportWhen},
    time::Zone,
};
use jiff::{Timestamp, civil};

plain! {
    lines {
        answer = "standup-answer",
        skip_today = "standup-skip-today",
        change_answer = "standup-change-answer",
        answer_after_all = "standup-answer-after-all",
        answer_late = "standup-answer-late",
        go_on_answering = "standup-go-on",
        next_page = "standup-next-page",
        send = "standup-send",
        cancel = "standup-cancel",
        answer_needed = "standup-answer-needed",
        blockers_hint = "standup-blockers-hint",
        skip_title = "standup-skip-title",
        skip_submit = "standup-skip-submit",
        skip_reason = "standup-skip-reason",
        skip_reason_hint = "standup-skip-reason-hint",
    }
    messages {
        not_in_round = "standup-not-in-round",
        page_kept = "standup-page-kept",
        page_missing = "standup-page-missing",
        page_changed = "standup-page-changed",
        unchanged = "standup-unchanged",
        changed = "standup-changed",
        thanks_late = "standup-thanks-late",
        skip_answered = "standup-skip-answered",
        skip_closed = "standup-skip-closed",
        nothing_to_skip = "standup-nothing-to-skip",
        nothing_open = "standup-nothing-open",
    }
}

/// Why somebody is in a standup.
#[derive(Clone, Copy, Debug)]
pub(crate) enum WhyIn<'a> {
    /// They are in its channel.
    Channel(&'a str, &'a ChannelId),
    /// They joined by themselves.
    Joined(&'a str),
    /// A list or a group names them.
    Named(&'a str),
}

pub(crate) fn prompt_title(language: Language, standup: &str, date: civil::Date) -> String {
    line(language, "standup-title", &[("standup", said(standup)), ("date", words(time::date(language, date)))])
}

/// The questions, one a line, as their owner wrote them.
pub(crate) fn questions(language: Language, questions: &[Question]) -> Text {
    let mut spans = Vec::new();
    for (at, question) in questions.iter().enumerate() {
        let number = at + 1;
        spans.push(Span::Plain(if at == 0 { format!("{number}. ") } else { format!("\n{number}. ") }));
        spans.push(Span::Said(super::asked(language, &question.text)));
    }
    Text(spans)
}

/// In place of questions that don't fit into one message.
pub(crate) fn prompt_count(language: Language, count: usize) -> Text {
    text(language, "standup-prompt-count", &[("count", count.into())])
}

pub(crate) fn last_plan(language: Language) -> Text {
    text(language, "standup-last-plan", &[])
}

pub(crate) fn your_notes(language: Language) -> Text {
    text(language, "standup-your-notes", &[])
}

fn when(language: Language, at: Timestamp, zone: &Zone) -> Arg {
    time::at(language, at, Show::DateTime, zone).into()
}

pub(crate) fn prompt_deadline(language: Language, deadline_at: Timestamp, zone: &Zone) -> Text {
    text(language, "standup-prompt-deadline", &[("until", when(language, deadline_at, zone))])
}

pub(crate) fn prompt_how(language: Language) -> Text {
    text(language, "standup-prompt-how", &[])
}

pub(crate) fn prompt_why(language: Language, why: WhyIn<'_>) -> Text {
    let args = |name: &str| [("standup", said(name)), ("leave", typed("leave", name))];
    match why {
        WhyIn::Channel(name, channel) => {
            let [standup, leave] = args(name);
            text(language, "standup-why-channel", &[standup, leave, ("channel", channel.clone().into())])
        }
        WhyIn::Joined(name) => text(language, "standup-why-joined", &args(name)),
        WhyIn::Named(name) => text(language, "standup-why-named", &args(name)),
    }
}

pub(crate) fn prompt_zone_guessed(language: Language, zone: &Zone) -> Text {
    text(language, "standup-zone-guessed", &[("zone", words(zone.name()))])
}

pub(crate) fn prompt_answered(language: Language, late: bool, edited: bool) -> Text {
    match (late, edited) {
        (true, _) => text(language, "standup-prompt-answered-late", &[]),
        (false, true) => text(language, "standup-prompt-answered-edited", &[]),
        (false, false) => text(language, "standup-prompt-answered", &[]),
    }
}

pub(crate) fn prompt_skipped(language: Language, reason: Option<&str>) -> Text {
    match reason {
        Some(reason) => text(language, "standup-prompt-skipped-reason", &[("reason", said(reason))]),
        None => text(language, "standup-prompt-skipped", &[]),
    }
}

pub(crate) fn prompt_left(language: Language) -> Text {
    text(language, "standup-prompt-left", &[])
}

pub(crate) fn prompt_closed(language: Language) -> Text {
    text(language, "standup-prompt-closed", &[])
}

/// What a reminder says once its entry was answered.
pub(crate) fn reminder_answered(language: Language, standup: &str) -> Text {
    text(language, "standup-reminder-answered", &[("standup", said(standup))])
}

pub(crate) fn reminder_skipped(language: Language, standup: &str) -> Text {
    text(language, "standup-reminder-skipped", &[("standup", said(standup))])
}

pub(crate) fn reminder_left(language: Language, standup: &str) -> Text {
    text(language, "standup-reminder-left", &[("standup", said(standup))])
}

pub(crate) fn reminder_closed(language: Language, standup: &str) -> Text {
    text(language, "standup-reminder-closed", &[("standup", said(standup))])
}

pub(crate) fn reminder(language: Language, standup: &str, deadline_at: Timestamp, zone: &Zone) -> Text {
    let until = when(language, deadline_at, zone);
    text(language, "standup-reminder", &[("standup", said(standup)), ("until", until)])
}

pub(crate) fn question_of(language: Language, number: usize, count: usize, standup: &str) -> Text {
    let args = [("number", number.into()), ("count", count.into()), ("standup", said(standup))];
    text(language, "standup-question-of", &args)
}

pub(crate) fn question_none(language: Language) -> Text {
    text(language, "standup-question-none", &[])
}

pub(crate) fn will_be_late(language: Language) -> Text {
    text(language, "standup-will-be-late", &[])
}

/// An answer that is too long for a form's field.
pub(crate) fn answer_kept_hint(language: Language, chars: usize) -> String {
    line(language, "standup-answer-kept", &[("chars", chars.into())])
}

pub(crate) fn answer_too_long(language: Language, max: usize) -> String {
    line(language, "standup-answer-too-long", &[("max", max.into())])
}

pub(crate) fn reason_too_long(language: Language, max: usize) -> String {
    line(language, "standup-reason-too-long", &[("max", max.into())])
}

/// Whole answer, in time.
pub(crate) fn thanks(
    language: Language,
    standup: &str,
    report: ReportWhen,
    closes_at: Timestamp,
    zone: &Zone,
) -> Message {
    let standup = ("standup", said(standup));
    Message::of(match report {
        ReportWhen::AtClose => {
            text(language, "standup-thanks", &[standup, ("closes", when(language, closes_at, zone))])
        }
        ReportWhen::AsAnswersArrive => text(language, "standup-thanks-live", &[standup]),
    })
}

/// Skipped; the names of the standups. Where several were and none was named, how to name one.
pub(crate) fn skipped(language: Language, standups: &[String], all: bool) -> Message {
    let names = list(language, standups.iter().map(said));
    let message = Message::of(text(language, "standup-skipped", &[("standups", names)]));
    match standups {
        [first, _, ..] if all => {
            let skip = code(format!("/standup skip name={}", quoted(first)));
            message.with(Block::Small(text(language, "standup-skipped-all", &[("skip", skip)])))
        }
        _ => message,
    }
}
