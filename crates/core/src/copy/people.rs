//! Words about hours and absence, and to administrators.

use super::{Arg, Sample, code, line, said, text, time, words};
use crate::receipt::{self, What};
use crate::{
    action::{Action, FormId},
    event::Refusal,
    language::Language,
    message::{Block, Button, Field, FieldKind, Form, Message, Show, Style, Text},
    people::{self, Absence, Member, Trouble, Why, Workspace},
    time::{Hours, TimeError, Zone, say_hours},
};
use jiff::Timestamp;

/// Why something was late or skipped, as a sentence about "them". Instants that the reader's client can't convert
/// are shown in `zone`.
pub fn why(language: Language, why: &Why, zone: &Zone) -> Text {
    match why {
        Why::DayOff => text(language, "why-day-off", &[]),
        Why::Holiday(name) => text(language, "why-holiday", &[("name", said(name))]),
        Why::Away(None) => text(language, "why-away", &[]),
        Why::Away(Some(until)) => {
            text(language, "why-away-until", &[("until", time::at(language, *until, Show::DateTime, zone).into())])
        }
        Why::Quiet => text(language, "why-quiet", &[]),
        Why::Downtime => text(language, "why-downtime", &[]),
        Why::RateLimited => text(language, "why-rate-limited", &[]),
        Why::Refused(reason) => refusal(language, reason),
        Why::MemberGone => text(language, "why-member-gone", &[]),
        Why::Obsolete => text(language, "why-obsolete", &[]),
    }
}

/// Why a platform refused something, with the way to mend it.
pub fn refusal(language: Language, refusal: &Refusal) -> Text {
    match refusal {
        Refusal::DirectMessagesClosed => text(language, "refusal-direct-messages-closed", &[]),
        Refusal::NotInChannel => text(language, "refusal-not-in-channel", &[]),
        Refusal::ChannelGone => text(language, "refusal-channel-gone", &[]),
        Refusal::MemberGone => text(language, "refusal-member-gone", &[]),
        Refusal::MessageGone => text(language, "refusal-message-gone", &[]),
        Refusal::MissingPermission(name) => text(language, "refusal-missing-permission", &[("permission", code(name))]),
        Refusal::GaveUp(last) => text(language, "refusal-gave-up", &[("code", code(last))]),
        Refusal::Other(other) => text(language, "refusal-other", &[("code", code(other))]),
    }
}

/// Somebody's hours, where they come from, and whether they are away.
pub(crate) fn hours_shown(language: Language, member: &Member, workspace: &Workspace, now: Timestamp) -> Message {
    let hours = member.hours(workspace);
    let mut message = Message(vec![
        Block::Heading(line(language, "hours-title", &[])),
        Block::Text(text(language, "hours-now", &[("hours", words(say_hours(&hours, language)))])),
    ]);
    let from = if member.own_zone.is_some() {
        text(language, "hours-zone-own", &[])
    } else if member.profile_zone.is_some() {
        text(language, "hours-zone-profile", &[])
    } else {
        text(language, "hours-zone-guessed", &[("zone", words(hours.zone.name()))])
    };
    message.0.push(Block::Text(from));
    if let Some(leave) = people::current_absence(member, now) {
        message.0.push(Block::Text(match leave.until {
            Some(until) => {
                text(language, "hours-away-until", &[("until", words(time::end(language, until, &hours.zone)))])
            }
            None => text(language, "hours-away-open", &[]),
        }));
    }
    message.with(Block::Small(text(language, "hours-how", &[]))).with(change_hours(language))
}

fn change_hours(language: Language) -> Block {
    Block::Buttons(vec![Button {
        label: line(language, "hours-change", &[]),
        action: Action::People(people::Action::SetHours),
        style: Style::Quiet,
    }])
}

/// New hours are in force.
pub(crate) fn hours_set(language: Language, hours: &Hours) -> Message {
    Message::of(text(language, "hours-set", &[("hours", words(say_hours(hours, language)))]))
}

/// What they had set is gone; these hours are in force.
pub(crate) fn hours_reset(language: Language, hours: &Hours) -> Message {
    Message::of(text(language, "hours-reset", &[("hours", words(say_hours(hours, language)))]))
}

/// What was wrong with hours that were typed.
pub(crate) fn hours_trouble(language: Language, error: &TimeError) -> Message {
    Message::of(time::trouble(language, error)).with(Block::Small(text(language, "hours-how", &[])))
}

/// The form for zone and week. A guessed zone is not put into it: it would look like a fact.
pub(crate) fn hours_form(language: Language, member: &Member, workspace: &Workspace) -> Form {
    let hours = member.hours(workspace);
    let zone = (!member.zone_guessed()).then(|| hours.zone.name().to_owned());
    let field = |id: &str, label: String, hint: String, value: Option<String>| Field {
        id: id.to_owned(),
        label,
        hint: Some(hint),
        kind: FieldKind::Line,
        value,
        optional: true,
    };
    Form {
        id: FormId::People(people::FormId::Hours),
        title: line(language, "hours-form-title", &[]),
        submit: line(language, "hours-form-save", &[]),
        cancel: line(language, "hours-form-cancel", &[]),
        intro: vec![Block::Text(text(language, "hours-now", &[("hours", words(say_hours(&hours, language)))]))],
        fields: vec![
            field("zone", line(language, "hours-form-zone", &[]), line(language, "hours-form-zone-hint", &[]), zone),
            field("hours", line(language, "hours-form-week", &[]), line(language, "hours-form-week-hint", &[]), None),
        ],
    }
}

/// They are away from now on.
pub(crate) fn away(language: Language, leave: &Absence, zone: &Zone) -> Message {
    Message::of(match leave.until {
        Some(until) => text(language, "away-until", &[("until", words(time::end(language, until, zone)))]),
        None => text(language, "away-open", &[]),
    })
}

/// What was wrong with the end of leave that was typed.
pub(crate) fn away_trouble(language: Language, error: &TimeError) -> Message {
    Message::of(time::trouble(language, error)).with(Block::Small(text(language, "away-how", &[])))
}

/// They are back; or they had not been away.
pub(crate) fn back(language: Language, was_away: bool) -> Message {
    Message::of(if was_away { text(language, "back-done", &[]) } else { text(language, "back-not-away", &[]) })
}

/// Asks for somebody's zone, once.
pub(crate) fn ask_zone(language: Language, workspace: &Workspace) -> Message {
    let zone = words(workspace.zone.name());
    Message::of(text(language, "ask-zone", &[])).with(change_hours(language)).with(Block::Small(text(
        language,
        "ask-zone-until",
        &[("zone", zone)],
    )))
}

/// Tells an administrator what failed and how to mend it. Times are in the administrator's zone.
pub(crate) fn tell_admin(language: Language, trouble: &Trouble, zone: &Zone) -> Message {
    let when = |at: Timestamp| Arg::from(time::at(language, at, Show::DateTime, zone));
    match trouble {
        Trouble::Locked { since, until } => {
            Message::of(text(language, "admin-locked", &[("since", when(*since)), ("until", when(*until))]))
        }
        Trouble::Channel { channel, standup, refusal: why } => {
            let args = [("standup", said(standup)), ("channel", channel.clone().into())];
            Message::of(text(language, "admin-channel", &args)).with(Block::Text(refusal(language, why)))
        }
        Trouble::Undelivered { subject, refusal: why } => {
            let command = code(format!("jeda explain {subject}"));
            Message::of(text(language, "admin-undelivered", &[]))
                .with(Block::Text(refusal(language, why)))
                .with(Block::Small(text(language, "admin-explain", &[("command", command)])))
        }
    }
}

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    let mut all = shown();
    all.extend([
        Sample::Message("people/hours-set", |l| hours_set(l, &made_up().0.hours(&made_up().1))),
        Sample::Message("people/hours-reset", |l| hours_reset(l, &made_up().0.hours(&made_up().1))),
        Sample::Message("people/hours-trouble", |l| hours_trouble(l, &TimeError::Hours("mornings".into()))),
        Sample::Form("people/hours-form", |l| hours_form(l, &made_up().0, &made_up().1)),
        Sample::Message("people/away-until-day", |l| away_sample(l, Some(NEXT_MONDAY))),
        Sample::Message("people/away-until-time", |l| away_sample(l, Some(NOW))),
        Sample::Message("people/away-open", |l| away_sample(l, None)),
        Sample::Message("people/away-trouble", |l| away_trouble(l, &TimeError::Date("someday".into()))),
        Sample::Message("people/back", |l| back(l, true)),
        Sample::Message("people/back-not-away", |l| back(l, false)),
        Sample::Message("people/ask-zone", |l| ask_zone(l, &made_up().1)),
        Sample::Message("people/admin-locked", |l| {
            tell_admin(l, &Trouble::Locked { since: NOW, until: NEXT_MONDAY }, &Zone::utc())
        }),
        Sample::Message("people/admin-channel", |l| {
            let trouble = Trouble::Channel {
                channel: "C1".into(),
                standup: "*Daily* @here".into(),
                refusal: Refusal::NotInChannel,
            };
            tell_admin(l, &trouble, &Zone::utc())
        }),
        Sample::Message("people/admin-undelivered", |l| {
            let refusal = Refusal::GaveUp("500".into());
            tell_admin(l, &Trouble::Undelivered { subject: "prompt/s1/2026-11-24/U1".into(), refusal }, &Zone::utc())
        }),
        Sample::Message("people/why", every_why),
    ]);
    all
}

/// Monday 23 November 2026, 02:30 UTC.
const NOW: Timestamp = Timestamp::constant(1_795_401_000, 0);
/// Monday 30 November 2026, midnight in Jakarta.
const NEXT_MONDAY: Timestamp = Timestamp::constant(1_795_971_600, 0);

fn shown() -> Vec<Sample> {
    vec![
        Sample::Message("people/hours-own", |l| {
            let (mut member, workspace) = made_up();
            member.own_zone = member.profile_zone;
            hours_shown(l, &member, &workspace, NOW)
        }),
        Sample::Message("people/hours-guessed", |l| {
            let (member, workspace) = made_up();
            hours_shown(l, &Member { profile_zone: None, ..member }, &workspace, NOW)
        }),
        Sample::Message("people/hours-away-open", |l| away_shown(l, None)),
        Sample::Message("people/hours-away-until", |l| away_shown(l, Some(NEXT_MONDAY))),
    ]
}

fn away_shown(language: Language, until: Option<Timestamp>) -> Message {
    let (member, workspace) = made_up();
    let absences = vec![Absence { from: NOW, until }];
    hours_shown(language, &Member { absences, ..member }, &workspace, NOW)
}

fn away_sample(language: Language, until: Option<Timestamp>) -> Message {
    let (member, workspace) = made_up();
    away(language, &Absence { from: NOW, until }, &member.zone(&workspace))
}

fn every_why(language: Language) -> Message {
    let refusals = [
        Refusal::DirectMessagesClosed,
        Refusal::NotInChannel,
        Refusal::ChannelGone,
        Refusal::MemberGone,
        Refusal::MessageGone,
        Refusal::MissingPermission("chat:write".into()),
        Refusal::GaveUp("internal_error".into()),
        Refusal::Other("restricted_action".into()),
    ];
    let mut reasons = vec![
        Why::DayOff,
        Why::Holiday("Waisak".into()),
        Why::Away(None),
        Why::Away(Some(NEXT_MONDAY)),
        Why::Quiet,
        Why::Downtime,
        Why::RateLimited,
        Why::MemberGone,
        Why::Obsolete,
    ];
    reasons.extend(refusals.map(Why::Refused));
    Message(reasons.iter().map(|reason| Block::Text(why(language, reason, &Zone::utc()))).collect())
}

/// Somebody in Jakarta, in a workspace that goes by UTC.
fn made_up() -> (Member, Workspace) {
    let workspace = Workspace {
        id: "sample:T1".into(),
        name: "Sample".into(),
        language: Language::En,
        zone: Zone::utc(),
        hours: crate::time::WorkingWeek::office(),
        holidays: Default::default(),
        bot: None,
        capabilities: crate::snapshot::Capabilities {
            message_chars_max: 13_000,
            message_blocks_max: 50,
            block_chars_max: 3_000,
            form_fields_max: 20,
            field_chars_max: 3_000,
            form_intro: true,
            form_chain: true,
            profile_zone: true,
            invited: false,
            aside: false,
            whispers: false,
            take_back: false,
        },
        locked_since: None,
    };
    let profile_zone = Zone::find("Asia/Jakarta").ok();
    (Member { name: "Ana".into(), profile_zone, ..Member::unknown("U1".into()) }, workspace)
}

/// What became of something, for `jeda explain`.
pub fn what(language: Language, what: &What, zone: &Zone) -> Text {
    let because = |reason: &receipt::Why| match reason {
        receipt::Why::People(reason) => why(language, reason, zone),
        receipt::Why::Standup(reason) => super::standup::why(language, reason),
        receipt::Why::Norm(reason) => super::norm::why(language, reason),
        receipt::Why::Later(reason) => super::later::why(language, reason),
    };
    match what {
        What::Sent => text(language, "what-sent", &[]),
        What::SentLate(reason) => text(language, "what-sent-late", &[("why", because(reason).into())]),
        What::Skipped(reason) => text(language, "what-skipped", &[("why", because(reason).into())]),
        What::Noted(reason) => because(reason),
    }
}
