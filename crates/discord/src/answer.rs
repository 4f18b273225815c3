//! What somebody at the screen gets for a command, a button or a form. Pure.
//!
//! An interaction is answered once, within three seconds, and after the intake has taken it: by then it is
//! durable, so an acknowledgement never lies. Where the intake takes longer than [`DEFER_AFTER`], Discord is told
//! to wait first; that promises nothing ("thinking…"), and what follows says what became of it, also when it could
//! not be kept.

use crate::{
    form::modal,
    inbound::Asked,
    render::{EPHEMERAL, Marks, Rendered, render_reply},
};
use jeda_core::{
    copy,
    language::Language,
    message::{Block, Message, Reply, Span, Text},
};
use serde_json::{Value, json};
use std::time::Duration;

/// How long the intake may take before Discord is told to wait: it gives three seconds, and the call itself takes
/// some of them.
pub(crate) const DEFER_AFTER: Duration = Duration::from_millis(1_800);
/// Choices of one autocompletion, and characters of a choice's name and value.
const CHOICES_MAX: usize = 25;
const CHOICE_CHARS_MAX: usize = 100;

/// Kinds of answers, as Discord numbers them.
mod kind {
    pub(super) const MESSAGE: u8 = 4;
    pub(super) const WAIT_FOR_MESSAGE: u8 = 5;
    pub(super) const NOTHING_CHANGES: u8 = 6;
    pub(super) const CHOICES: u8 = 8;
    pub(super) const MODAL: u8 = 9;
}

/// Bodies to send: the one answer, then further messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// For the interaction's callback, or in place of "thinking…".
    pub(crate) first: Value,
    /// Further messages, for the interaction's webhook.
    pub(crate) more: Vec<Value>,
}

/// Whether an interaction came from a message, which then simply stays as it is.
fn from_message(asked: &Asked) -> bool {
    matches!(asked, Asked::Click(_) | Asked::Strange | Asked::Submit { from_message: true, .. })
}

/// The answer in time.
pub(crate) fn answer(asked: &Asked, reply: Option<&Reply>, guild: Option<u64>) -> Answer {
    let marks = Marks { guild, key: None };
    match reply {
        None if from_message(asked) => Answer { first: json!({"type": kind::NOTHING_CHANGES}), more: Vec::new() },
        // A form can't answer a form; core knows that and offers a button instead.
        Some(Reply::Open(form)) if !matches!(asked, Asked::Submit { .. }) => {
            Answer { first: json!({"type": kind::MODAL, "data": modal(form, marks)}), more: Vec::new() }
        }
        reply => {
            let mut parts = bodies(&words(reply), marks).into_iter();
            let data = parts.next().unwrap_or_default();
            Answer { first: json!({"type": kind::MESSAGE, "data": data}), more: parts.collect() }
        }
    }
}

/// "Wait": only its reader sees it.
pub(crate) fn wait(asked: &Asked) -> Value {
    if from_message(asked) {
        json!({"type": kind::NOTHING_CHANGES})
    } else {
        json!({"type": kind::WAIT_FOR_MESSAGE, "data": {"flags": EPHEMERAL}})
    }
}

/// The answer after "wait". `first` replaces "thinking…" where that was shown, and is null where nothing was.
pub(crate) fn late_answer(asked: &Asked, reply: Option<&Reply>, guild: Option<u64>, language: Language) -> Answer {
    let marks = Marks { guild, key: None };
    let message = match reply {
        None if from_message(asked) => return Answer { first: Value::Null, more: Vec::new() },
        Some(Reply::Open(_)) => copy::reply::once_more(language),
        reply => words(reply),
    };
    let mut parts = bodies(&message, marks).into_iter();
    let first = if from_message(asked) { Value::Null } else { parts.next().unwrap_or_default() };
    Answer { first, more: parts.collect() }
}

/// What to offer while an argument is typed. Discord refuses the whole list for one choice that is too long.
pub(crate) fn choices(offers: &[(String, String)]) -> Value {
    let fits = |text: &str| !text.is_empty() && text.encode_utf16().count() <= CHOICE_CHARS_MAX;
    let choices: Vec<Value> = offers
        .iter()
        .filter(|(_, value)| fits(value))
        .take(CHOICES_MAX)
        .map(|(label, value)| {
            let label = if label.is_empty() { value } else { label };
            json!({"name": crate::render::shortened(label, CHOICE_CHARS_MAX), "value": value})
        })
        .collect();
    json!({"type": kind::CHOICES, "data": {"choices": choices}})
}

/// A reply in words. Discord closes a form that was sent, so what was wrong with it is said in a message, and the
/// command or button that opened it opens it again.
fn words(reply: Option<&Reply>) -> Message {
    match reply {
        Some(Reply::Say(message)) => message.clone(),
        Some(Reply::Invalid(wrong)) => {
            let lines = wrong.iter().map(|(_, what)| Block::Text(Text(vec![Span::Plain(what.clone())])));
            Message(lines.collect())
        }
        // Core answers every command. What comes twice was answered the first time.
        Some(Reply::Open(_)) | None => Message::of(Text::plain("✓")),
    }
}

fn bodies(message: &Message, marks: Marks<'_>) -> Vec<Value> {
    render_reply(message, marks).iter().map(|part: &Rendered| part.body(EPHEMERAL)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jeda_core::{
        action::{Action, FormId},
        command::Invocation,
        message::{Field, FieldKind, Form},
        people, standup,
    };
    use std::collections::BTreeMap;

    fn command() -> Asked {
        Asked::Command(Invocation { path: vec!["hours".into()], args: BTreeMap::new(), trouble: None })
    }
    fn click() -> Asked {
        Asked::Click(Action::People(people::Action::SetHours))
    }
    fn submit(from_message: bool) -> Asked {
        Asked::Submit { form: FormId::Standup(standup::FormId::New), values: BTreeMap::new(), from_message }
    }
    fn open() -> Reply {
        Reply::Open(Form {
            id: FormId::People(people::FormId::Hours),
            title: "Hours".into(),
            submit: "Save".into(),
            cancel: "Cancel".into(),
            intro: vec![],
            fields: vec![Field {
                id: "zone".into(),
                label: "Zone".into(),
                hint: None,
                kind: FieldKind::Line,
                value: None,
                optional: false,
            }],
        })
    }

    #[test]
    fn words_are_for_their_reader_only_and_ping_nobody() {
        let reply = Reply::Say(Message::of(Text::said("hi @everyone")));
        let answer = answer(&command(), Some(&reply), Some(200));
        assert_eq!(answer.first["type"], 4);
        let data = &answer.first["data"];
        assert_eq!(data["flags"].as_u64().unwrap() & EPHEMERAL, EPHEMERAL);
        assert_eq!(data["allowed_mentions"], json!({"parse": []}));
        assert!(answer.more.is_empty());
    }

    #[test]
    fn a_form_opens_from_a_command_or_a_button_and_never_from_a_form() {
        for asked in [command(), click()] {
            let answer = answer(&asked, Some(&open()), Some(200));
            assert_eq!(answer.first["type"], 9);
            assert_eq!(answer.first["data"]["custom_id"], "p:hours@200");
        }
        assert_eq!(answer(&submit(true), Some(&open()), None).first["type"], 4);
    }

    #[test]
    fn nothing_to_say_leaves_a_message_as_it_is() {
        assert_eq!(answer(&click(), None, None).first, json!({"type": 6}));
        assert_eq!(answer(&submit(true), None, None).first, json!({"type": 6}));
        assert_eq!(answer(&submit(false), None, None).first["type"], 4, "there is no message to leave");
        assert_eq!(answer(&command(), None, None).first["data"]["content"], "✓");
    }

    #[test]
    fn what_is_wrong_with_a_form_is_said() {
        let reply = Reply::Invalid(vec![
            ("zone".into(), "There is no zone Jakrta.".into()),
            ("hours".into(), "Too long.".into()),
        ]);
        let answer = answer(&submit(true), Some(&reply), None);
        assert_eq!(answer.first["data"]["content"], "There is no zone Jakrta.\nToo long.");
    }

    #[test]
    fn a_late_answer_replaces_the_waiting() {
        assert_eq!(wait(&command()), json!({"type": 5, "data": {"flags": 64}}));
        assert_eq!(wait(&click()), json!({"type": 6}));
        let say = Reply::Say(Message::of(Text::plain("done")));
        let late = late_answer(&command(), Some(&say), None, Language::En);
        assert_eq!((late.first["content"].as_str(), late.more.len()), (Some("done"), 0));
        let late = late_answer(&click(), Some(&say), None, Language::En);
        assert_eq!((late.first, late.more.len()), (Value::Null, 1));
        let late = late_answer(&click(), Some(&open()), None, Language::Id);
        assert!(late.more[0]["content"].as_str().unwrap().contains("formulir"));
        assert_eq!(late_answer(&click(), None, None, Language::En), Answer { first: Value::Null, more: vec![] });
    }

    #[test]
    fn one_long_choice_does_not_spoil_the_others() {
        let offers: Vec<_> = (0..30).map(|n| (format!("label {n} {}", "x".repeat(120)), format!("v{n}"))).collect();
        let mut offers = offers;
        offers.insert(0, ("too long".into(), "x".repeat(101)));
        let json = choices(&offers);
        let choices = json["data"]["choices"].as_array().unwrap();
        assert_eq!(choices.len(), 25);
        assert_eq!(choices[0]["value"], "v0");
        assert!(choices.iter().all(|it| it["name"].as_str().unwrap().encode_utf16().count() <= 100));
    }
}
