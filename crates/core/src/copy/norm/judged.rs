//! Words about what norms found: to the author of a message, to whoever asks why, and to a team that looks back.

use super::{exempt, keyed, live, sentence};
use crate::{
    action::Action,
    copy::{Arg, Sample, key, line, list, said, text, time},
    id::{ChannelId, UserId},
    language::Language,
    message::{Block, Button, Message, Show, Style, Text},
    norm::{
        self, Count, Enforce, Holds, Judged, Norm, NormKey, Revision, Seen, Why,
        judged::{Done, Finding},
        verdict::Plainly,
    },
    people::Member,
    time::{State, Zone},
};
use std::collections::BTreeMap;

type Names = BTreeMap<UserId, Member>;

/// People that one nudge names: more is a list that nobody reads.
const NAMED_MAX: usize = 8;

/// Why a norm's message was not sent.
pub fn why(language: Language, why: &Why) -> Text {
    match why {
        Why::Forgotten => text(language, "norm-why-forgotten", &[]),
        Why::TooLate => text(language, "norm-why-too-late", &[]),
        Why::Refused(refusal) => super::super::people::refusal(language, refusal),
    }
}

/// To the author of a message, while they are there: who is off and until when, in the author's own time.
pub(crate) fn nudge(
    language: Language,
    judged: &Judged,
    seen: Seen,
    can_be_urgent: bool,
    names: &Names,
    zone: &Zone,
) -> Message {
    let all = judged.nudged();
    let mut message = Message::default();
    if seen == Seen::Direct {
        let args = [("channel", judged.conversation.channel.clone().into())];
        message = message.with(Block::Small(text(language, "norm-nudge-where", &args)));
    }
    for finding in all.iter().take(NAMED_MAX) {
        message = message.with(Block::Text(off(language, finding, names, zone)));
    }
    let more = all.len().saturating_sub(NAMED_MAX) + judged.more;
    if more > 0 {
        message = message.with(Block::Text(text(language, "norm-nudge-more", &[("count", more.into())])));
    }
    message = message.with(Block::Text(text(language, "norm-nudge-stays", &[("how", key(stays(&all)))])));
    let id = || judged.id.clone();
    let button = |label, action, style| Button { label, action: Action::Norm(action), style };
    let deliver = line(language, "norm-nudge-deliver-button", &[]);
    let mut buttons = vec![button(deliver, norm::Action::Deliver(id()), Style::Primary)];
    if can_be_urgent {
        let urgent = line(language, "norm-nudge-urgent-button", &[]);
        buttons.push(button(urgent, norm::Action::Urgent(id()), Style::Quiet));
    }
    let fine = line(language, "norm-nudge-fine-button", &[]);
    buttons.push(button(fine, norm::Action::Fine(id()), Style::Quiet));
    let asked: Vec<Arg> = keys(&all).into_iter().map(keyed).collect();
    let by = [
        ("norm", list(language, asked)),
        ("revision", all.first().map_or(0, |it| i64::from(it.revision)).into()),
        ("seen", key(if seen == Seen::Open { "open" } else { "alone" })),
    ];
    message.with(Block::Buttons(buttons)).with(Block::Small(text(language, "norm-nudge-by", &by)))
}

/// Why the message stays where it is, where the norm would have it wait.
fn stays(all: &[&Finding]) -> &'static str {
    let is = |wanted| all.iter().any(|it| it.done == Done::Nudged(wanted));
    if is(Plainly::SomebodyReadsNow) {
        "read"
    } else if is(Plainly::CantTakeBack) {
        "kept"
    } else {
        "asked"
    }
}

pub(super) fn keys<'a>(all: &[&'a Finding]) -> Vec<&'a NormKey> {
    let mut keys: Vec<&NormKey> = all.iter().map(|it| &it.norm).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// "Ana is off until Thursday 9:00."
pub(super) fn off(language: Language, finding: &Finding, names: &Names, zone: &Zone) -> Text {
    let name = names.get(&finding.recipient).map_or(finding.recipient.as_str(), |member| &member.name);
    let (state, holiday) = match &finding.state {
        State::Focus => ("focus", ""),
        State::Away => ("away", ""),
        State::Holiday(holiday) => ("holiday", holiday.as_str()),
        State::Working | State::Quiet | State::DayOff => ("off", ""),
    };
    let mut args = vec![("who", said(name)), ("state", key(state)), ("holiday", said(holiday))];
    match finding.until {
        Some(until) => {
            args.push(("until", time::at(language, until, Show::DateTime, zone).into()));
            text(language, "norm-off-until", &args)
        }
        None => text(language, "norm-off", &args),
    }
}

/// The author said that it is fine as it is.
pub(crate) fn nudge_fine(language: Language) -> Message {
    Message::of(text(language, "norm-nudge-fine", &[]))
}

/// A button of a message that is gone, or that somebody else wrote.
pub(crate) fn nudge_gone(language: Language) -> Message {
    Message::of(text(language, "norm-nudge-gone", &[]))
}

/// No norms were applied.
pub(crate) fn none_yet(language: Language) -> Message {
    Message::of(text(language, "norm-none-yet", &[])).with(Block::Small(text(language, "norm-none-yet-how", &[])))
}

/// The norms that hold in a place, in sentences, with the revision.
pub(crate) fn holding(
    language: Language,
    revision: &Revision,
    norms: &[&Norm],
    here: Option<&ChannelId>,
    holds: Holds,
) -> Message {
    let title = match here {
        Some(channel) => text(language, "norm-holding-here", &[("channel", channel.clone().into())]),
        None => text(language, "norm-holding", &[]),
    };
    let mut message = Message::of(title);
    for norm in norms {
        message = message.with(Block::Text(sentence(language, norm)));
        if let Some(exempt) = exempt(language, &norm.exempt) {
            message = message.with(Block::Small(exempt));
        }
    }
    if norms.is_empty() {
        message = message.with(Block::Text(text(language, "norm-holding-none", &[])));
    }
    if norms.iter().any(|norm| norm.enforce == Enforce::Hold && norm.kind().is_about_mentions()) {
        message = message.with(Block::Small(match holds {
            Holds::Here => text(language, "norm-takes-back", &[]),
            Holds::WhereItMay => text(language, "norm-takes-back-somewhere", &[]),
            Holds::NotAllowed => text(language, "norm-cant-take-back-not-allowed", &[]),
            Holds::SwitchedOff => text(language, "norm-cant-take-back-off", &[]),
            Holds::Never => text(language, "norm-cant-take-back", &[]),
        }));
    }
    message.with(Block::Small(live(language, Some(revision), &Zone::utc())))
}

/// What each norm did in the last days, and would have done.
pub(crate) fn report(language: Language, live: Option<&Revision>, counts: &BTreeMap<NormKey, Count>) -> Message {
    if live.is_none() {
        return none_yet(language);
    }
    let mut message = Message::of(text(language, "norm-report", &[("days", crate::limit::REPORT_DAYS.into())]));
    for (norm, count) in counts {
        let args = |messages: usize| {
            [("norm", keyed(norm)), ("messages", messages.into()), ("mentions", count.mentions.into())]
        };
        if count.held > 0 {
            message = message.with(Block::Text(text(language, "norm-report-held", &args(count.held))));
        }
        if count.nudged > 0 {
            message = message.with(Block::Text(text(language, "norm-report-nudged", &args(count.nudged))));
        }
        if count.observed > 0 {
            message = message.with(Block::Text(text(language, "norm-report-observed", &args(count.observed))));
        }
    }
    if counts.is_empty() {
        message = message.with(Block::Text(text(language, "norm-report-none", &[])));
    }
    message.with(Block::Small(text(language, "norm-report-counts-only", &[])))
}

/// Why somebody was told something: the norm, its revision, and the facts.
pub(crate) fn reasons(language: Language, last: Option<&Judged>, names: &Names, zone: &Zone) -> Message {
    let Some(judged) = last else { return Message::of(text(language, "norm-reasons-none", &[])) };
    let all = judged.nudged();
    let told = judged.told_at.unwrap_or(judged.at);
    let args = [
        ("channel", judged.conversation.channel.clone().into()),
        ("at", time::at(language, told, Show::DateTime, zone).into()),
    ];
    let mut message = Message::of(text(language, "norm-reasons", &args));
    for finding in all.iter().take(NAMED_MAX) {
        message = message.with(Block::Text(off(language, finding, names, zone)));
    }
    let more = all.len().saturating_sub(NAMED_MAX) + judged.more;
    if more > 0 {
        message = message.with(Block::Text(text(language, "norm-nudge-more", &[("count", more.into())])));
    }
    let by = [
        ("norm", list(language, keys(&all).into_iter().map(keyed))),
        ("revision", all.first().map_or(0, |it| i64::from(it.revision)).into()),
    ];
    message.with(Block::Small(text(language, "norm-reasons-by", &by)))
}

/// Every message of this module with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    use super::samples::{judged, names, revision, team};
    fn zone() -> Zone {
        Zone::find("Asia/Jakarta").unwrap_or_else(|_| Zone::utc())
    }
    vec![
        Sample::Message("norm/nudge", |l| nudge(l, &judged(1, Plainly::Asked), Seen::Beside, true, &names(), &zone())),
        Sample::Message("norm/nudge-direct", |l| {
            nudge(l, &judged(5, Plainly::CantTakeBack), Seen::Direct, false, &names(), &zone())
        }),
        Sample::Message("norm/nudge-open", |l| {
            nudge(l, &judged(12, Plainly::SomebodyReadsNow), Seen::Open, true, &names(), &zone())
        }),
        Sample::Message("norm/nudge-fine", nudge_fine),
        Sample::Message("norm/nudge-gone", nudge_gone),
        Sample::Message("norm/none-yet", none_yet),
        Sample::Message("norm/holding", |l| {
            let team = team();
            let all: Vec<&Norm> = team.0.iter().collect();
            holding(l, &revision(), &all, Some(&ChannelId::new("C-eng")), Holds::Never)
        }),
        Sample::Message("norm/holding-takes-back", |l| {
            let team = team();
            let eng: Vec<&Norm> = team.0.iter().filter(|norm| norm.name == "eng").collect();
            let all = [Holds::Here, Holds::WhereItMay, Holds::NotAllowed, Holds::SwitchedOff];
            Message(all.iter().flat_map(|it| holding(l, &revision(), &eng, None, *it).0).collect())
        }),
        Sample::Message("norm/holding-nothing", |l| holding(l, &revision(), &[], None, Holds::Here)),
        Sample::Message("norm/report", |l| {
            let key = |name: &str| NormKey { kind: norm::Kind::QuietHours, name: name.to_owned() };
            let nights = Count { held: 0, nudged: 1, observed: 23, mentions: 31 };
            let eng = Count { held: 2, nudged: 4, observed: 0, mentions: 1 };
            report(l, Some(&revision()), &[(key("nights"), nights), (key("eng"), eng)].into())
        }),
        Sample::Message("norm/report-nothing", |l| report(l, Some(&revision()), &BTreeMap::new())),
        Sample::Message("norm/reasons", |l| reasons(l, Some(&judged(12, Plainly::Asked)), &names(), &zone())),
        Sample::Message("norm/reasons-none", |l| reasons(l, None, &names(), &zone())),
        Sample::Message("norm/why", |l| {
            let all = [Why::Forgotten, Why::TooLate, Why::Refused(crate::event::Refusal::MemberGone)];
            Message(all.iter().map(|it| Block::Text(why(l, it))).collect())
        }),
    ]
}
