//! Words about one person's linked accounts.

use super::{Arg, Sample, code as typed, list, said, text, words};
use crate::{
    language::Language,
    limit::{ACCOUNTS_MAX, LINK_MINUTES, LINK_TRY_MINUTES},
    message::{Block, Message, Text},
    people::{Code, Newcomer, Offer},
    time::{Hours, say_duration, say_hours},
};

/// A new code, and what it is for.
pub(crate) fn code(language: Language, offer: &Offer, places: &[String]) -> Message {
    let command = typed(format!("/jeda link {}", offer.code.shown()));
    let minutes = words(say_duration(LINK_MINUTES, language));
    let message = Message::of(text(language, "link-code", &[("command", command), ("time", minutes)]));
    let message = if places.is_empty() { message } else { message.with(Block::Text(linked_with(language, places))) };
    message.with(Block::Small(text(language, "link-code-how", &[])))
}

/// No code can be made now.
pub(crate) fn no_code(language: Language) -> Message {
    Message::of(text(language, "link-no-code", &[]))
}

/// The code doesn't work: which of the reasons it is, nobody is told.
pub(crate) fn unknown_code(language: Language) -> Message {
    let time = words(say_duration(LINK_MINUTES, language));
    Message::of(text(language, "link-unknown-code", &[("time", time)]))
}

/// Too many codes did not work.
pub(crate) fn too_often(language: Language) -> Message {
    let time = words(say_duration(LINK_TRY_MINUTES, language));
    Message::of(text(language, "link-too-often", &[("time", time)]))
}

/// The code was typed where it was given, or the two are linked already.
pub(crate) fn own_code(language: Language) -> Message {
    Message::of(text(language, "link-own-code", &[]))
}

/// More accounts than a person may have.
pub(crate) fn too_many(language: Language) -> Message {
    Message::of(text(language, "link-too-many", &[("max", ACCOUNTS_MAX.into())]))
}

/// The accounts are linked. `won` is the place whose hours hold, where both had some.
pub(crate) fn linked(language: Language, places: &[String], hours: &Hours, won: Option<String>) -> Message {
    let hours = words(say_hours(hours, language));
    let message = Message::of(text(language, "link-done", &[("places", names(language, places)), ("hours", hours)]));
    let message = match won {
        Some(place) => message.with(Block::Text(text(language, "link-won", &[("place", said(place))]))),
        None => message,
    };
    message.with(Block::Small(text(language, "link-done-how", &[])))
}

/// With which places somebody's hours are shared.
pub(crate) fn linked_with(language: Language, places: &[String]) -> Text {
    text(language, "linked-with", &[("places", names(language, places))])
}

/// This account goes on alone.
pub(crate) fn unlinked(language: Language) -> Message {
    Message::of(text(language, "unlink-done", &[]))
}

/// There was nothing to unlink.
pub(crate) fn not_linked(language: Language) -> Message {
    Message::of(text(language, "unlink-none", &[]))
}

/// Tells whoever asked for a code that it was used.
pub(crate) fn told(language: Language, newcomer: &Newcomer) -> Message {
    let args = [("name", said(newcomer.name.clone())), ("place", said(newcomer.place.clone()))];
    Message::of(text(language, "link-told", &args)).with(Block::Small(text(language, "link-told-how", &[])))
}

/// Names of workspaces, which others chose.
fn names(language: Language, places: &[String]) -> Arg {
    list(language, places.iter().map(|place| said(place.clone())))
}

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::Message("person/code", |l| code(l, &made_up(), &[])),
        Sample::Message("person/code-linked", |l| code(l, &made_up(), &places())),
        Sample::Message("person/no-code", no_code),
        Sample::Message("person/unknown-code", unknown_code),
        Sample::Message("person/too-often", too_often),
        Sample::Message("person/own-code", own_code),
        Sample::Message("person/too-many", too_many),
        Sample::Message("person/linked", |l| linked(l, &places(), &hours(), None)),
        Sample::Message("person/linked-both", |l| linked(l, &places(), &hours(), Some("*Acme* @here".into()))),
        Sample::Message("person/unlinked", unlinked),
        Sample::Message("person/not-linked", not_linked),
        Sample::Message("person/told", |l| {
            told(l, &Newcomer { name: "*ana* <@U2>".into(), place: "Acme @everyone".into() })
        }),
    ]
}

fn places() -> Vec<String> {
    vec!["*Acme* @here".into(), "Nusantara".into()]
}

fn hours() -> Hours {
    Hours { zone: crate::time::Zone::utc(), week: crate::time::WorkingWeek::office() }
}

fn made_up() -> Offer {
    Offer {
        code: Code::drawn(0x0123_4567_89ab_cdef),
        person: crate::people::PersonId::new("p1"),
        workspace: "slack:T1".into(),
        user: "U1".into(),
        until: jiff::Timestamp::UNIX_EPOCH,
    }
}
