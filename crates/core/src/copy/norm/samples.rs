//! Norms of a made-up team.

use crate::{
    id::{ChannelId, GroupId, MessageId, UserId},
    norm::{
        Alert, Conversation, Enforce, Exempt, Judged, JudgedId, Kind, Norm, NormKey, NormSet, Place, Revision, Rule,
        Scope, Urgent,
        digest::Part,
        judged::{Done, Finding},
        verdict::{Plainly, Reach},
    },
    people::Member,
    time::{Span, State},
};
use jiff::{Timestamp, civil};
use std::collections::BTreeMap;

fn norm(name: &str, enforce: Enforce, scope: Scope, rule: Rule) -> Norm {
    Norm { name: name.to_owned(), enforce, scope, exempt: Exempt::default(), rule }
}

fn channels(names: &[&str]) -> BTreeMap<ChannelId, String> {
    names.iter().map(|name| (ChannelId::new(format!("C-{name}")), (*name).to_owned())).collect()
}

fn groups(names: &[&str]) -> BTreeMap<GroupId, String> {
    names.iter().map(|name| (GroupId::new(format!("S-{name}")), (*name).to_owned())).collect()
}

fn rule(kind: Kind) -> Rule {
    let record = Some(Place { channel: ChannelId::new("C-urgent"), name: "urgent".to_owned() });
    match Rule::usual(kind) {
        Rule::Urgent(usual) => Rule::Urgent(Urgent { record, ..usual }),
        usual => usual,
    }
}

/// Every kind at every level.
pub(super) fn levels() -> NormSet {
    let all = Kind::ALL.into_iter().flat_map(|kind| kind.levels().iter().map(move |level| (kind, *level)));
    NormSet(all.map(|(kind, level)| norm(level.key(), level, Scope::Workspace, rule(kind))).collect())
}

/// A team's norms.
pub(super) fn team() -> NormSet {
    let mut nights = norm("nights", Enforce::Observe, Scope::Workspace, rule(Kind::QuietHours));
    nights.exempt.channels = channels(&["incidents"]);
    nights.exempt.groups = groups(&["on-call"]);
    let eng = norm("eng", Enforce::Hold, Scope::Channels(channels(&["eng", "ops"])), rule(Kind::QuietHours));
    let blocks = norm("blocks", Enforce::Nudge, Scope::Groups(groups(&["backend"])), rule(Kind::Focus));
    let urgent = norm("support", Enforce::Hold, Scope::Groups(groups(&["support"])), rule(Kind::Urgent));
    let answers = norm("answers", Enforce::Observe, Scope::Workspace, rule(Kind::ResponseWindow));
    let morning = norm("morning", Enforce::Nudge, Scope::Workspace, rule(Kind::Digest));
    NormSet(vec![nights, eng, blocks, urgent, answers, morning])
}

/// The same team's norms, a month later.
pub(super) fn team_later() -> NormSet {
    let NormSet(mut norms) = team();
    norms.retain(|norm| norm.name != "answers");
    for norm in &mut norms {
        match &mut norm.rule {
            Rule::QuietHours(rule) if norm.name == "nights" => {
                norm.enforce = Enforce::Nudge;
                norm.exempt.people = [(UserId::new("U1"), "ana <!channel>".to_owned())].into();
                norm.exempt.channels = BTreeMap::new();
                rule.manners.broadcast_off_percent = 80;
                rule.between = Some(Span { from: civil::time(20, 0, 0, 0), to: civil::time(8, 0, 0, 0) });
            }
            Rule::QuietHours(_) => norm.scope = Scope::Channels(channels(&["eng"])),
            Rule::Focus(_) => norm.name = "deep-work".to_owned(),
            Rule::Digest(rule) => {
                rule.also_at = vec![civil::time(14, 0, 0, 0)];
                rule.parts.remove(&Part::Handoff);
                rule.keep_days = 1;
            }
            _ => {}
        }
    }
    let backend = Scope::Groups(groups(&["backend"]));
    norms.push(norm("backend", Enforce::Nudge, backend, rule(Kind::QuietHours)));
    let design = Scope::Groups(groups(&["design"]));
    norms.push(norm("design", Enforce::Observe, design, rule(Kind::QuietHours)));
    let incidents = Scope::Channels(channels(&["incidents"]));
    norms.push(norm("incidents", Enforce::Off, incidents, rule(Kind::QuietHours)));
    norms.push(norm("paused", Enforce::Off, Scope::Workspace, rule(Kind::ResponseWindow)));
    NormSet(norms)
}

/// A revision that somebody applied.
pub(super) fn revision() -> Revision {
    let at: Timestamp = Timestamp::from_second(1_795_600_800).unwrap_or(Timestamp::UNIX_EPOCH);
    Revision { number: 3, by: "lia".to_owned(), at, set: team() }
}

/// Somebody's message that reached so many people who are off.
pub(super) fn judged(count: usize, plainly: Plainly) -> Judged {
    let at = revision().at;
    let (channel, message) = (ChannelId::new("C-eng"), MessageId::new("1"));
    let states = [State::Quiet, State::Away, State::Focus, State::Holiday("Nyepi *day*".to_owned()), State::DayOff];
    let finding = |nth: usize| Finding {
        recipient: UserId::new(format!("U{nth}")),
        done: Done::Nudged(plainly),
        norm: NormKey { kind: Kind::QuietHours, name: if nth < 9 { "nights".to_owned() } else { "eng".to_owned() } },
        revision: 3,
        reach: Reach::Name,
        state: states[nth % states.len()].clone(),
        until: (nth % 7 != 1).then_some(at),
    };
    Judged {
        id: JudgedId::of(&channel, &message),
        message,
        conversation: Conversation { channel, thread: None },
        author: UserId::new("U-author"),
        at,
        told_at: Some(at),
        fine: false,
        urgent: false,
        findings: (0..count).map(finding).collect(),
        more: 0,
    }
}

/// An urgent message to so many.
pub(super) fn alert(count: usize) -> Alert {
    let Judged { id, author, conversation, message, at, findings, .. } = judged(count, Plainly::Asked);
    Alert {
        id,
        author,
        conversation,
        message,
        at,
        reason: "The *payment* page is down <!here>".to_owned(),
        to: findings.into_iter().map(|finding| finding.recipient).collect(),
        record: ChannelId::new("C-urgent"),
        norm: NormKey { kind: Kind::Urgent, name: "support".to_owned() },
        revision: 3,
    }
}

/// Those people's names.
pub(super) fn names() -> BTreeMap<UserId, Member> {
    let named = |nth: usize| {
        let user = UserId::new(format!("U{nth}"));
        (user.clone(), Member { name: format!("Ana *{nth}* @here"), ..Member::unknown(user) })
    };
    (0..10).map(named).collect()
}
