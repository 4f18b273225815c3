//! All words, English and Indonesian side by side, as Fluent files in `en/` and `id/` beside this module.
//!
//! # How to add a message
//! 1. Write it into `en/FEATURE.ftl` and `id/FEATURE.ftl` under the same id, with the same variables.
//!    `**bold**` and `` `something to type` `` work there, and only there.
//! 2. Write one typed function for it in `FEATURE.rs`, with a literal id:
//!    ```text
//!    pub(crate) fn skipped(language: Language, name: &str, at: Span) -> Message {
//!        Message::of(text(language, "standup-skipped", &[("name", said(name)), ("at", at.into())]))
//!    }
//!    ```
//! 3. Add a sample of it to that file's `samples()`. Every sample is rendered in every language by the tests here,
//!    and by each adapter; an id that no code names, or a variable that one language lacks, fails a test.
//!
//! # What an argument may be
//! Arguments are placed as whole spans, never spliced into our sentence: nothing in them becomes markup, a mention
//! or a command. [`said`] is a member's text, [`words`] is ours, [`key`] picks a variant of a Fluent selector,
//! numbers pick plurals, and any [`Span`] (a member, a channel, an instant) stays what it is.

pub mod agenda;
pub mod ask;
pub mod command;
pub mod common;
pub mod digest;
pub mod later;
pub mod norm;
pub mod people;
pub mod person;
pub mod reply;
mod sample;
pub mod standup;
pub mod time;
pub mod told;

pub use sample::{Sample, samples};

use crate::{
    language::Language,
    message::{Span, Text},
    receipt,
    time::Zone,
};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;

/// Every Fluent file: name, English, Indonesian.
const FILES: [(&str, &str, &str); 12] = [
    ("common", include_str!("en/common.ftl"), include_str!("id/common.ftl")),
    ("time", include_str!("en/time.ftl"), include_str!("id/time.ftl")),
    ("people", include_str!("en/people.ftl"), include_str!("id/people.ftl")),
    ("person", include_str!("en/person.ftl"), include_str!("id/person.ftl")),
    ("agenda", include_str!("en/agenda.ftl"), include_str!("id/agenda.ftl")),
    ("command", include_str!("en/command.ftl"), include_str!("id/command.ftl")),
    ("standup", include_str!("en/standup.ftl"), include_str!("id/standup.ftl")),
    ("later", include_str!("en/later.ftl"), include_str!("id/later.ftl")),
    ("told", include_str!("en/told.ftl"), include_str!("id/told.ftl")),
    ("ask", include_str!("en/ask.ftl"), include_str!("id/ask.ftl")),
    ("digest", include_str!("en/digest.ftl"), include_str!("id/digest.ftl")),
    ("norm", include_str!("en/norm.ftl"), include_str!("id/norm.ftl")),
];

/// What stands in the place of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Our own words; inside `**…**` they are bold, inside `` `…` `` they are code.
    Words(String),
    /// A number. Selects plurals.
    Number(i64),
    /// Selects a variant (`{ $state -> [paused] … *[active] … }`); not for display.
    Key(&'static str),
    /// Whole spans, kept as they are.
    Spans(Vec<Span>),
}

/// A member's words: shown literally, whatever is in them.
pub fn said(text: impl Into<String>) -> Arg {
    Arg::Spans(vec![Span::Said(text.into())])
}

/// Our own words that were made at run time (a date, hours as a sentence).
pub fn words(text: impl Into<String>) -> Arg {
    Arg::Words(text.into())
}

/// Something to type, in monospace, which a backtick would end on both platforms.
pub fn code(text: impl Into<String>) -> Arg {
    Arg::Spans(vec![Look::Code.span(text.into())])
}

/// The name of a variant that a Fluent selector picks.
pub fn key(name: &'static str) -> Arg {
    Arg::Key(name)
}

impl From<&'static str> for Arg {
    /// A literal in our code is ours.
    fn from(text: &'static str) -> Self {
        Self::Words(text.to_owned())
    }
}
impl From<Span> for Arg {
    fn from(span: Span) -> Self {
        Self::Spans(vec![span])
    }
}
impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Spans(text.0)
    }
}
impl From<crate::id::UserId> for Arg {
    fn from(user: crate::id::UserId) -> Self {
        Self::Spans(vec![Span::Member(user)])
    }
}
impl From<crate::id::ChannelId> for Arg {
    fn from(channel: crate::id::ChannelId) -> Self {
        Self::Spans(vec![Span::Channel(channel)])
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Arguments by the name that the `.ftl` files give them.
pub type Args<'a> = &'a [(&'static str, Arg)];

/// A paragraph: the sentence of this id, with its arguments in their places.
pub fn text(language: Language, id: &'static str, args: Args<'_>) -> Text {
    found(language, id, args)
}

/// The same for an id that is derived from another (`…-help`).
fn found(language: Language, id: &str, args: Args<'_>) -> Text {
    let pattern = resolve(language, id, args);
    Text(spans(&pattern, args))
}

/// Why something took the way it did: a sentence of whichever feature it happened in.
pub fn why(language: Language, why: &receipt::Why, zone: &Zone) -> Text {
    match why {
        receipt::Why::Standup(why) => standup::why(language, why),
        receipt::Why::People(why) => people::why(language, why, zone),
        receipt::Why::Norm(why) => norm::why(language, why),
        receipt::Why::Later(why) => later::why(language, why),
        receipt::Why::Ask(why) => ask::why(language, why),
        receipt::Why::Digest(why) => digest::why(language, why),
    }
}

/// A label, title or choice: the sentence of this id as bare characters. For places where a platform shows no
/// markup; members and channels have no name here, so don't pass them.
pub fn line(language: Language, id: &'static str, args: Args<'_>) -> String {
    flat(&text(language, id, args))
}

/// The characters of a paragraph, without its looks: for previews and labels. Members and channels stand as ids.
pub fn flat(text: &Text) -> String {
    let mut out = String::new();
    for span in &text.0 {
        match span {
            Span::Plain(t) | Span::Bold(t) | Span::Said(t) | Span::Code(t) => out.push_str(t),
            Span::Member(user) => out.push_str(&format!("@{user}")),
            Span::Channel(channel) => out.push_str(&format!("#{channel}")),
            Span::Link { label, .. } => out.push_str(label),
            Span::At { fallback, .. } => out.push_str(fallback),
        }
    }
    out
}

/// Characters of somebody's words that a sentence about them repeats: enough to recognise, few enough to read.
const EXCERPT_CHARS_MAX: usize = 80;

/// A member's words inside a sentence of ours: the beginning, where they are long.
pub fn excerpt(text: &str) -> Arg {
    let mut chars = text.trim().chars();
    let mut out: String = chars.by_ref().take(EXCERPT_CHARS_MAX).collect();
    if chars.next().is_some() {
        out.push('…');
    }
    said(out)
}

/// "a", "a and b", "a, b and c": each item as it is.
pub fn list(language: Language, items: impl IntoIterator<Item = Arg>) -> Arg {
    let items: Vec<Arg> = items.into_iter().collect();
    let last = if items.len() > 2 { "list-and-last" } else { "list-and-two" };
    joined(items, line(language, last, &[]))
}

/// "a", "a or b", "a, b or c": each item as it is.
pub fn one_of(language: Language, items: impl IntoIterator<Item = Arg>) -> Arg {
    let items: Vec<Arg> = items.into_iter().collect();
    let last = if items.len() > 2 { "list-or-last" } else { "list-or-two" };
    joined(items, line(language, last, &[]))
}

fn joined(items: Vec<Arg>, before_last: String) -> Arg {
    let last = items.len().saturating_sub(1);
    let mut out = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        match index {
            0 => {}
            i if i == last => out.push(Span::Plain(format!("{before_last} "))),
            _ => out.push(Span::Plain(", ".to_owned())),
        }
        match item {
            Arg::Words(t) => out.push(Span::Plain(t)),
            Arg::Number(n) => out.push(Span::Plain(n.to_string())),
            Arg::Key(_) => {}
            Arg::Spans(spans) => out.extend(spans),
        }
    }
    Arg::Spans(merged(out))
}

/// Whether this id exists in this language.
pub fn exists(language: Language, id: &str) -> bool {
    bundle(language).has_message(id)
}

/// First of the characters that stand for arguments while a pattern is resolved: Supplementary Private Use Area-A.
/// Arguments never reach the pattern, so no text from outside can bring one along.
const PLACE: u32 = 0xF0000;

fn place(index: usize) -> Option<char> {
    u32::try_from(index).ok().and_then(|i| PLACE.checked_add(i)).and_then(char::from_u32)
}

fn placed(c: char) -> Option<usize> {
    (u32::from(c) >= PLACE).then(|| (u32::from(c) - PLACE) as usize)
}

/// The pattern of an id with a placeholder character for each argument. An id that doesn't exist is shown as it is
/// (in debug builds it stops: a test renders every message).
fn resolve(language: Language, id: &str, args: Args<'_>) -> String {
    let bundle = bundle(language);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        debug_assert!(false, "copy: no {id} in {}", language.tag());
        return id.to_owned();
    };
    let mut values = FluentArgs::with_capacity(args.len());
    for (index, (name, arg)) in args.iter().enumerate() {
        let value = match arg {
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Key(name) => FluentValue::from(*name),
            Arg::Words(_) | Arg::Spans(_) => FluentValue::from(place(index).map(String::from).unwrap_or_default()),
        };
        values.set(*name, value);
    }
    let mut errors = Vec::new();
    let resolved = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
    debug_assert!(errors.is_empty(), "copy: {id} in {}: {errors:?}", language.tag());
    resolved
}

/// How our words look at a place in the pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Plain,
    Bold,
    Code,
}

impl Look {
    fn span(self, text: String) -> Span {
        match self {
            Self::Plain => Span::Plain(text),
            Self::Bold => Span::Bold(text),
            // A backtick would end the monospace on both platforms.
            Self::Code => Span::Code(text.replace('`', "'")),
        }
    }
}

/// Reads `**bold**`, `` `code` `` and placeholders out of a resolved pattern.
fn spans(pattern: &str, args: Args<'_>) -> Vec<Span> {
    let mut out = Vec::new();
    let mut look = Look::Plain;
    let mut run = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let turned = match c {
            '`' => Some(if look == Look::Code { Look::Plain } else { Look::Code }),
            '*' if look != Look::Code && chars.peek() == Some(&'*') => {
                chars.next();
                Some(if look == Look::Bold { Look::Plain } else { Look::Bold })
            }
            _ => None,
        };
        if let Some(next) = turned {
            out.push(look.span(std::mem::take(&mut run)));
            look = next;
            continue;
        }
        match placed(c).and_then(|index| args.get(index)).map(|(_, arg)| arg) {
            Some(Arg::Words(ours)) => run.push_str(ours),
            Some(Arg::Spans(whole)) => {
                out.push(look.span(std::mem::take(&mut run)));
                out.extend(whole.iter().cloned());
            }
            Some(Arg::Number(_) | Arg::Key(_)) => {}
            None => run.push(c),
        }
    }
    out.push(look.span(run));
    merged(out)
}

/// The same without empty spans, and with neighbours of one kind joined.
fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        if matches!(&span, Span::Plain(t) | Span::Bold(t) | Span::Said(t) | Span::Code(t) if t.is_empty()) {
            continue;
        }
        match (out.last_mut(), span) {
            (Some(Span::Plain(last)), Span::Plain(next)) => last.push_str(&next),
            (_, span) => out.push(span),
        }
    }
    out
}

type Bundle = FluentBundle<FluentResource>;

/// The bundle of a language, built once.
fn bundle(language: Language) -> &'static Bundle {
    static BUNDLES: LazyLock<[Bundle; 2]> = LazyLock::new(|| [build(Language::En), build(Language::Id)]);
    match language {
        Language::En => &BUNDLES[0],
        Language::Id => &BUNDLES[1],
    }
}

/// A file that can't be read whole still gives what can be read; a test checks that every file is read whole.
fn build(language: Language) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![language.tag().parse().unwrap_or_default()]);
    bundle.set_use_isolating(false);
    for (_, en, id) in FILES {
        let source = match language {
            Language::En => en,
            Language::Id => id,
        };
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests;
