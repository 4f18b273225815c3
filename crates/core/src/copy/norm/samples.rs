//! Norms of a made-up team.

use crate::{
    id::{ChannelId, GroupId, UserId},
    norm::{Enforce, Exempt, Kind, Norm, NormSet, Place, Revision, Rule, Scope, Urgent, digest::Part},
    time::Span,
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
