//! Words about what can't wait: to its sender, to those whom it reaches, and on record.

use super::keyed;
use crate::{
    action::FormId,
    copy::{Arg, Sample, line, list, said, text, time},
    id::UserId,
    language::Language,
    limit::REASON_CHARS_MAX,
    message::{Block, Field, FieldKind, Form, Message, Show, Span, Text},
    norm::{self, Alert, Budget, JudgedId, REASON},
    people::Member,
    time::Zone,
};
use std::collections::BTreeMap;

/// Asks why it can't wait.
pub(crate) fn urgent_form(language: Language, id: &JudgedId, budget: Budget, record: &str) -> Form {
    let hint = [("record", said(record)), ("left", budget.left().into()), ("of", budget.of.into())];
    let hint = line(language, "norm-urgent-form-hint", &hint);
    Form {
        id: FormId::Norm(norm::FormId::Urgent(id.clone())),
        title: line(language, "norm-urgent-form", &[]),
        submit: line(language, "norm-urgent-form-send", &[]),
        cancel: line(language, "norm-urgent-form-cancel", &[]),
        intro: Vec::new(),
        fields: vec![Field {
            id: REASON.to_owned(),
            label: line(language, "norm-urgent-form-reason", &[]),
            hint: Some(hint),
            kind: FieldKind::Line,
            value: None,
            optional: false,
        }],
    }
}

/// A reason is missing, or too long.
pub(crate) fn urgent_reason(language: Language) -> String {
    line(language, "norm-urgent-reason", &[("max", REASON_CHARS_MAX.into())])
}

fn people(language: Language, to: &[UserId]) -> Arg {
    list(language, to.iter().map(|user| Span::Member(user.clone()).into()))
}

/// They are told. Says how many are left, and that it was more than agreed where it was.
pub(crate) fn urgent_sent(language: Language, alert: &Alert, after: Budget, is_over: bool, more: usize) -> Message {
    let args = [("who", people(language, &alert.to)), ("record", alert.record.clone().into())];
    let mut message = Message::of(text(language, "norm-urgent-sent", &args));
    if more > 0 {
        message = message.with(Block::Text(text(language, "norm-urgent-sent-more", &[("count", more.into())])));
    }
    let left = [("left", after.left().into()), ("of", after.of.into())];
    message.with(Block::Small(match is_over {
        true => text(language, "norm-urgent-over", &[("of", after.of.into())]),
        false => text(language, "norm-urgent-left", &left),
    }))
}

/// The week's are used, so it waits.
pub(crate) fn urgent_spent(language: Language, budget: Budget) -> Message {
    Message::of(text(language, "norm-urgent-spent", &[("of", budget.of.into())]))
}

/// No norm lets anything pass.
pub(crate) fn urgent_no_way(language: Language) -> Message {
    Message::of(text(language, "norm-urgent-no-way", &[]))
}

/// It is on record already.
pub(crate) fn urgent_already(language: Language) -> Message {
    Message::of(text(language, "norm-urgent-already", &[]))
}

/// On record, by names: a mention could reach somebody at night.
pub(crate) fn urgent_record(language: Language, alert: &Alert, names: &BTreeMap<UserId, Member>) -> Message {
    let name = |user: &UserId| said(names.get(user).map_or(user.as_str(), |member| &member.name));
    let args = [
        ("author", name(&alert.author)),
        ("channel", alert.conversation.channel.clone().into()),
        ("who", list(language, alert.to.iter().map(name))),
    ];
    Message::of(text(language, "norm-urgent-record", &args)).with(Block::Quote(Text::said(alert.reason.clone())))
}

/// To somebody whom it reaches: who, why, and where it stands.
pub(crate) fn urgent_told(language: Language, alert: &Alert, zone: &Zone) -> Message {
    let place = [
        ("channel", alert.conversation.channel.clone().into()),
        ("at", time::at(language, alert.at, Show::DateTime, zone).into()),
        ("norm", keyed(&alert.norm)),
        ("revision", i64::from(alert.revision).into()),
        ("record", alert.record.clone().into()),
    ];
    Message::of(text(language, "norm-urgent-told", &[("author", alert.author.clone().into())]))
        .with(Block::Quote(Text::said(alert.reason.clone())))
        .with(Block::Small(text(language, "norm-urgent-told-where", &place)))
}

/// Every message of this module with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    use super::samples::{alert, names};
    const SOME: Budget = Budget { of: 3, used: 1 };
    const NONE: Budget = Budget { of: 3, used: 3 };
    vec![
        Sample::Form("norm/urgent-form", |l| urgent_form(l, &alert(1).id, SOME, "urgent")),
        Sample::Form("norm/urgent-form-spent", |l| urgent_form(l, &alert(1).id, NONE, "urgent")),
        Sample::Message("norm/urgent-sent", |l| urgent_sent(l, &alert(2), SOME, false, 0)),
        Sample::Message("norm/urgent-sent-last", |l| urgent_sent(l, &alert(1), NONE, false, 1)),
        Sample::Message("norm/urgent-sent-over", |l| urgent_sent(l, &alert(12), NONE, true, 450)),
        Sample::Message("norm/urgent-spent", |l| urgent_spent(l, NONE)),
        Sample::Message("norm/urgent-no-way", urgent_no_way),
        Sample::Message("norm/urgent-already", urgent_already),
        Sample::Message("norm/urgent-record", |l| urgent_record(l, &alert(2), &names())),
        Sample::Message("norm/urgent-told", |l| urgent_told(l, &alert(1), &Zone::utc())),
        Sample::Message("norm/urgent-reason", |l| Message::of(Text::plain(urgent_reason(l)))),
    ]
}
