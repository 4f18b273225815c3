//! Words about what the bot sent to somebody, and why.

use super::{Arg, Sample, key, said, text, time, words};
use crate::{
    ask::{self, Ask, End},
    digest,
    effect::Effect,
    id::{ChannelId, UserId},
    language::Language,
    later,
    message::{Block, Message, Show, Text},
    norm, people,
    snapshot::Snapshot,
    standup::{self, Telling},
    time::Zone,
    told::{self, Told},
};
use jiff::Timestamp;

fn when(language: Language, at: Timestamp, zone: &Zone) -> (&'static str, Arg) {
    ("at", time::at(language, at, Show::DateTime, zone).into())
}

/// What was sent, and what for; none for what changes a message that is there, or answers what its reader did.
pub(crate) fn sent(language: Language, seen: &Snapshot, user: &UserId, told: &Told, zone: &Zone) -> Option<Text> {
    let at = when(language, told.at, zone);
    match &told.effect {
        Effect::Standup(effect) => {
            let standup = told::standup_of(&told.effect).and_then(|id| seen.standups.get(id))?;
            let what = of_standup(effect)?;
            Some(standup_line(language, at, what, &standup.name))
        }
        Effect::People(effect) => Some(people_line(language, at, of_people(effect))),
        Effect::Norm(norm::Effect::Tell { .. }) => Some(text(language, "told-urgent", &[at])),
        // What a norm said to an author has an answer of its own, with its facts.
        Effect::Norm(_) => None,
        Effect::Later(later::Effect::Deliver { id, .. }) => {
            let author = seen.laters.get(id).map(|later| later.author.clone())?;
            Some(later_line(language, at, author == *user, author.into()))
        }
        Effect::Later(later::Effect::Return { .. }) => Some(text(language, "told-later-back", &[at])),
        Effect::Later(later::Effect::TellHeld { .. }) => Some(text(language, "told-held", &[at])),
        // These stand in a channel.
        Effect::Later(later::Effect::TakeBack { .. } | later::Effect::Repost { .. }) => None,
        Effect::Digest(digest::Effect::Send { asked, .. }) => Some(digest_line(language, at, *asked)),
        Effect::Ask(effect) => of_ask(language, seen, effect, at, zone),
        Effect::Errand(_) => None,
    }
}

fn standup_line(language: Language, at: (&'static str, Arg), what: &'static str, standup: &str) -> Text {
    text(language, "told-standup", &[at, ("what", key(what)), ("standup", said(standup))])
}

fn digest_line(language: Language, at: (&'static str, Arg), is_asked: bool) -> Text {
    text(language, "told-digest", &[at, ("asked", key(if is_asked { "yes" } else { "no" }))])
}

fn people_line(language: Language, at: (&'static str, Arg), what: &'static str) -> Text {
    text(language, "told-people", &[at, ("what", key(what))])
}

fn later_line(language: Language, at: (&'static str, Arg), is_own: bool, author: Arg) -> Text {
    let whose = key(if is_own { "own" } else { "other" });
    text(language, "told-later", &[at, ("whose", whose), ("author", author)])
}

fn of_standup(effect: &standup::Effect) -> Option<&'static str> {
    match effect {
        standup::Effect::Prompt(_) | standup::Effect::Question(..) => Some("asked"),
        standup::Effect::Remind(_) => Some("reminded"),
        standup::Effect::Observe(..) => Some("report"),
        standup::Effect::Tell(_, Telling::Welcome(_)) => Some("welcome"),
        standup::Effect::Tell(_, Telling::ClosedMeanwhile(_)) => Some("closed"),
        standup::Effect::Tell(_, Telling::ChannelClosed(..) | Telling::DeadlineTooEarly(_)) => Some("trouble"),
        standup::Effect::Tell(_, Telling::NothingOpen)
        | standup::Effect::PromptState(_)
        | standup::Effect::RemindState(_)
        | standup::Effect::Thanks(_)
        | standup::Effect::Report(..) => None,
    }
}

fn of_people(effect: &people::Effect) -> &'static str {
    match effect {
        people::Effect::AskZone(_) => "zone",
        people::Effect::TellAdmin { .. } => "admin",
        people::Effect::Calendar { .. } => "calendar",
        people::Effect::Linked { .. } => "linked",
    }
}

fn of_ask(
    language: Language,
    seen: &Snapshot,
    effect: &ask::Effect,
    at: (&'static str, Arg),
    zone: &Zone,
) -> Option<Text> {
    let ask = seen.asks.get(effect.id())?;
    let number = ("number", words(ask.number.to_string()));
    match effect {
        ask::Effect::Remind { user, .. } => {
            let due = time::at(language, ask.people.get(user)?.due, Show::DateTime, zone).into();
            let args = [at, ("asker", ask.asker.clone().into()), ("channel", ask.channel.clone().into()), ("due", due)];
            Some(text(language, "told-ask-reminded", &args))
        }
        ask::Effect::Moved { user, .. } => {
            Some(text(language, "told-ask-moved", &[at, number, ("who", user.clone().into())]))
        }
        ask::Effect::Summary { .. } => {
            let end = match ask.end()? {
                End::Answered => "answered",
                End::Unposted(_) => "unposted",
                End::Over | End::Cancelled => "over",
            };
            Some(text(language, "told-ask-summary", &[at, number, ("end", key(end))]))
        }
        // These stand in a channel.
        ask::Effect::Post { .. } | ask::Effect::Update { .. } => None,
    }
}

/// A question that stands in a channel and asks them.
pub(crate) fn asked(language: Language, ask: &Ask, user: &UserId, at: Timestamp, zone: &Zone) -> Option<Text> {
    let due = time::at(language, ask.people.get(user)?.due, Show::DateTime, zone).into();
    let channel = ("channel", ask.channel.clone().into());
    let args = [when(language, at, zone), ("asker", ask.asker.clone().into()), channel, ("due", due)];
    Some(text(language, "told-ask-asked", &args))
}

/// What somebody was told lately, a line each.
pub(crate) fn lately(language: Language, lines: Vec<Text>) -> Message {
    let mut message = Message::of(text(language, "told-lately", &[]));
    message.0.extend(lines.into_iter().map(Block::Text));
    message
}

/// Every message of this module with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    const NOW: Timestamp = Timestamp::constant(1_795_600_800, 0);
    fn at(l: Language) -> (&'static str, Arg) {
        when(l, NOW, &Zone::utc())
    }
    fn user(name: &str) -> Arg {
        UserId::new(format!("U-{name}")).into()
    }
    vec![
        Sample::Message("told/standup", |l| {
            let all = ["asked", "reminded", "report", "welcome", "closed", "trouble"];
            lately(l, all.map(|what| standup_line(l, at(l), what, "*Daily* @here")).to_vec())
        }),
        Sample::Message("told/people", |l| {
            lately(l, ["zone", "admin", "calendar", "linked"].map(|what| people_line(l, at(l), what)).to_vec())
        }),
        Sample::Message("told/messages", |l| {
            let (own, other) = (later_line(l, at(l), true, user("ana")), later_line(l, at(l), false, user("ana")));
            let rest = ["told-later-back", "told-urgent", "told-held"].map(|id| text(l, id, &[at(l)]));
            let digests = [true, false].map(|is_asked| digest_line(l, at(l), is_asked));
            lately(l, [own, other].into_iter().chain(rest).chain(digests).collect())
        }),
        Sample::Message("told/asks", |l| {
            let due = || ("due", time::at(l, NOW, Show::DateTime, &Zone::utc()).into());
            let about = || [at(l), ("asker", user("ana")), ("channel", ChannelId::new("C-eng").into()), due()];
            let number = || ("number", words("3"));
            let ends = ["answered", "unposted", "over"];
            let mut all = vec![
                text(l, "told-ask-asked", &about()),
                text(l, "told-ask-reminded", &about()),
                text(l, "told-ask-moved", &[at(l), number(), ("who", user("budi"))]),
            ];
            all.extend(ends.map(|end| text(l, "told-ask-summary", &[at(l), number(), ("end", key(end))])));
            lately(l, all)
        }),
    ]
}
