//! Words of commands: refusals, longer help, and what autocomplete offers. Descriptions are named by the table.

use super::{Arg, Sample, code, line, said, text, words};
use crate::{
    command::{Command, Invocation, find, help, meant, nearest, usage},
    language::Language,
    message::{Block, Message, Text},
};

/// What is wrong with an invocation before any feature looks at it: a command that doesn't exist, or words that
/// could not be read. `None` when all is well.
pub fn refusal(language: Language, invocation: &Invocation) -> Option<Message> {
    match (find(&invocation.path), &invocation.trouble) {
        (None, _) => Some(unknown(language, &invocation.path)),
        (Some(command), Some(trouble)) => Some(unreadable(language, trouble, command)),
        (Some(_), None) => None,
    }
}

/// There is no such command; perhaps this one.
fn unknown(language: Language, path: &[String]) -> Message {
    let typed = said(format!("/{}", path.join(" ")));
    Message::of(match nearest(path) {
        Some(near) => text(language, "command-unknown-near", &[("typed", typed), ("near", spelled(near))]),
        None => text(language, "command-unknown", &[("typed", typed), ("help", code("/jeda help"))]),
    })
}

/// Part of a command's line could not be read.
fn unreadable(language: Language, trouble: &str, command: &Command) -> Message {
    if let Some(arg) = meant(command, trouble).filter(|_| !trouble.contains(' ')) {
        let what = ("what", words(line(language, arg.words, &[])));
        let near = ("near", code(format!("{}=", arg.name)));
        return Message::of(match trouble.strip_suffix('=') {
            Some(name) if name == arg.name => text(language, "command-trouble-empty", &[near, what]),
            _ => text(language, "command-trouble-near", &[("trouble", said(trouble)), near, what]),
        });
    }
    let args = [("trouble", said(trouble)), ("usage", code(usage(command, language)))];
    Message::of(text(language, "command-trouble", &args))
}

/// Help was asked for something that doesn't exist.
pub(crate) fn no_such_topic(language: Language, topic: &str, near: Option<&Command>) -> Message {
    let topic = said(topic);
    Message::of(match near {
        Some(near) => text(language, "help-no-topic-near", &[("topic", topic), ("near", spelled(near))]),
        None => text(language, "help-no-topic", &[("topic", topic)]),
    })
}

fn spelled(command: &Command) -> Arg {
    code(format!("/{}", command.path.join(" ")))
}

/// The longer text of a command, with examples to type.
pub(crate) fn longer(language: Language, command: &Command) -> Text {
    super::found(language, &format!("{}-help", command.words), &[])
}

/// What stands for an argument's value where a command's line is shown: `NAME`.
pub(crate) fn value(language: Language, arg: &crate::command::Arg) -> String {
    match arg.name {
        "name" => line(language, "value-name", &[]),
        "when" => line(language, "value-when", &[]),
        "reason" => line(language, "value-reason", &[]),
        "date" => line(language, "value-date", &[]),
        "text" => line(language, "value-text", &[]),
        "hours" => line(language, "value-hours", &[]),
        "until" => line(language, "value-until", &[]),
        "topic" => line(language, "value-topic", &[]),
        "by" => line(language, "value-by", &[]),
        "code" => line(language, "value-code", &[]),
        other => other.to_uppercase(),
    }
}

/// The label of one of a [`Choice`](crate::command::ArgKind::Choice)'s values; the value itself where it has none.
pub fn choice(language: Language, value: &str) -> String {
    match value {
        "close" => line(language, "choice-close", &[]),
        "live" => line(language, "choice-live", &[]),
        other => other.to_owned(),
    }
}

fn lines(language: Language, ids: &[&'static str]) -> Vec<String> {
    ids.iter().map(|id| line(language, id, &[])).collect()
}

/// Schedules to offer; each can be read.
pub fn schedules(language: Language) -> Vec<String> {
    lines(
        language,
        &[
            "offer-schedule-weekdays",
            "offer-schedule-daily",
            "offer-schedule-days",
            "offer-schedule-second",
            "offer-schedule-month",
        ],
    )
}

/// Days of the past to offer.
pub fn dates(language: Language) -> Vec<String> {
    lines(language, &["offer-date-today", "offer-date-yesterday"])
}

/// Ends of leave to offer; each can be read.
pub fn moments(language: Language) -> Vec<String> {
    lines(language, &["offer-until-tomorrow", "offer-until-monday", "offer-until-days", "offer-until-week"])
}

/// Times to answer to offer; each can be read.
pub fn windows(language: Language) -> Vec<String> {
    lines(language, &["offer-by-hours", "offer-by-days", "offer-until-tomorrow", "offer-by-friday"])
}

/// The word that ends a focus block.
pub fn focus_end(language: Language) -> String {
    line(language, "offer-focus-end", &[])
}

/// Working weeks to offer; each can be read.
pub fn weeks(language: Language) -> Vec<String> {
    lines(language, &["offer-week-office", "offer-week-lunch", "offer-week-four"])
}

/// The choice of no reminder: (label, value).
pub fn never(language: Language) -> (String, String) {
    (line(language, "offer-never", &[]), "off".to_owned())
}

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    fn all(language: Language) -> Message {
        let mut message = Message::default();
        for command in crate::command::TABLE {
            message.0.extend(help(Some(&command.path.join(" ")), language).0);
            message.0.push(Block::Divider);
        }
        message
    }
    vec![
        Sample::Message("command/help", |language| help(None, language)),
        Sample::Message("command/help-family", |language| help(Some("standup"), language)),
        Sample::Message("command/help-each", all),
        Sample::Message("command/help-nothing-like-it", |language| no_such_topic(language, "<!channel>", None)),
        Sample::Message("command/help-something-like-it", |language| {
            no_such_topic(language, "standup skp", nearest(&["standup", "skp"]))
        }),
        Sample::Message("command/unknown-near", |language| unknown(language, &["standup".into(), "lits".into()])),
        Sample::Message("command/unknown", |language| unknown(language, &["standup".into(), "@everyone".into()])),
        Sample::Message("command/unreadable", |language| {
            find(&["standup", "list"]).map(|it| unreadable(language, "of today", it)).unwrap_or_default()
        }),
        Sample::Message("command/unreadable-near", |language| {
            find(&["standup", "new"]).map(|it| unreadable(language, "windw=4h", it)).unwrap_or_default()
        }),
        Sample::Message("command/unreadable-empty", |language| {
            find(&["standup", "new"]).map(|it| unreadable(language, "questions=", it)).unwrap_or_default()
        }),
    ]
}
