//! What a new set of norms would change, and what somebody who reads it should know besides.

use super::{Enforce, Kind, Norm, NormKey, NormSet, QuietHours, Rule, Scope, Setting, Value};
use crate::time::Span;
use jiff::civil;
use std::collections::BTreeMap;

/// What would change. Copy: [`copy::norm::plan`](crate::copy::norm::plan).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Plan {
    /// Changes, by kind; within a kind in the order of the new set, what goes away last.
    pub changes: Vec<Change>,
    /// How many norms stay as they are.
    pub unchanged: usize,
    /// What holds where norms meet, and what is easily misread.
    pub notes: Vec<Note>,
}

/// One norm's change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added(Norm),
    /// It goes away.
    Removed(Norm),
    /// Only its name is another; the old one.
    Renamed(String, Norm),
    /// It says something else.
    Changed {
        /// As it will be.
        after: Norm,
        /// In what it differs; at least one.
        what: Vec<Difference>,
    },
}

/// In what a norm differs: before, after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// How far it goes.
    Enforce(Enforce, Enforce),
    /// Where or for whom.
    Scope(Scope, Scope),
    /// Whom or what it leaves alone.
    Exempt {
        /// Names that come to it, with their sign.
        added: Vec<String>,
        /// Names that it no longer has.
        removed: Vec<String>,
    },
    /// A setting.
    Setting(Setting, Option<Value>, Option<Value>),
}

/// What a reader of the plan should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// In its scope this norm holds, and these wider ones don't.
    Narrower {
        /// Which.
        norm: NormKey,
        /// How far it goes: one that is off only makes an exception.
        enforce: Enforce,
        /// Where or for whom.
        scope: Scope,
        /// The wider ones.
        over: Vec<NormKey>,
    },
    /// For somebody in groups of both, the first of these holds.
    Gentler(NormKey, NormKey),
    /// A time range ends before it starts: it goes over midnight.
    OverMidnight(NormKey, Span),
    /// A norm is written down and does nothing, and makes no exception either.
    DoesNothing(NormKey),
}

/// What would change from the live norms (none yet, when there is no revision) to these.
pub fn plan(before: Option<&NormSet>, after: &NormSet) -> Plan {
    let nothing = NormSet::default();
    let before = before.unwrap_or(&nothing);
    let mut plan = Plan { notes: notes(after), ..Plan::default() };
    for kind in Kind::ALL {
        let mut gone: Vec<&Norm> = before.of(kind).filter(|norm| after.named(&norm.key()).is_none()).collect();
        for norm in after.of(kind) {
            match before.named(&norm.key()) {
                Some(old) => match differences(old, norm) {
                    what if what.is_empty() => plan.unchanged += 1,
                    what => plan.changes.push(Change::Changed { after: norm.clone(), what }),
                },
                None => match gone.iter().position(|old| differences(old, norm).is_empty()) {
                    Some(index) => plan.changes.push(Change::Renamed(gone.remove(index).name.clone(), norm.clone())),
                    None => plan.changes.push(Change::Added(norm.clone())),
                },
            }
        }
        plan.changes.extend(gone.into_iter().cloned().map(Change::Removed));
    }
    plan
}

/// In what two norms of a kind differ, their names aside. Names of channels, groups and people don't count: ids do.
fn differences(before: &Norm, after: &Norm) -> Vec<Difference> {
    let mut all = Vec::new();
    if before.enforce != after.enforce {
        all.push(Difference::Enforce(before.enforce, after.enforce));
    }
    if !same_scope(&before.scope, &after.scope) {
        all.push(Difference::Scope(before.scope.clone(), after.scope.clone()));
    }
    let (added, removed) = (exempt_beyond(after, before), exempt_beyond(before, after));
    if !added.is_empty() || !removed.is_empty() {
        all.push(Difference::Exempt { added, removed });
    }
    all.extend(settings(&before.rule, &after.rule));
    all
}

fn same_scope(one: &Scope, other: &Scope) -> bool {
    match (one, other) {
        (Scope::Workspace, Scope::Workspace) => true,
        (Scope::Channels(one), Scope::Channels(other)) => one.keys().eq(other.keys()),
        (Scope::Groups(one), Scope::Groups(other)) => one.keys().eq(other.keys()),
        _ => false,
    }
}

/// What the first leaves alone and the second doesn't.
fn exempt_beyond(norm: &Norm, other: &Norm) -> Vec<String> {
    fn beyond<'a, I: Ord>(
        sign: char,
        these: &'a BTreeMap<I, String>,
        those: &'a BTreeMap<I, String>,
    ) -> impl Iterator<Item = String> + 'a {
        these.iter().filter(|(id, _)| !those.contains_key(*id)).map(move |(_, name)| format!("{sign}{name}"))
    }
    let (these, those) = (&norm.exempt, &other.exempt);
    beyond('@', &these.people, &those.people)
        .chain(beyond('@', &these.groups, &those.groups))
        .chain(beyond('#', &these.channels, &those.channels))
        .collect()
}

fn settings(before: &Rule, after: &Rule) -> Vec<Difference> {
    let (before, after) = (before.settings(), after.settings());
    let value = |all: &[(Setting, Value)], key| all.iter().find(|(it, _)| *it == key).map(|(_, value)| value.clone());
    let mut keys: Vec<Setting> = after.iter().map(|(key, _)| *key).collect();
    keys.extend(before.iter().map(|(key, _)| *key).filter(|key| value(&after, *key).is_none()));
    keys.into_iter()
        .map(|key| (key, value(&before, key), value(&after, key)))
        .filter(|(_, before, after)| match (before, after) {
            (Some(before), Some(after)) => !before.means(after),
            _ => true,
        })
        .map(|(key, before, after)| Difference::Setting(key, before, after))
        .collect()
}

/// What holds where norms meet, and what is easily misread.
pub fn notes(set: &NormSet) -> Vec<Note> {
    let mut notes = Vec::new();
    for kind in Kind::ALL {
        let norms: Vec<&Norm> = set.of(kind).collect();
        for norm in &norms {
            let wider = |other: &&&Norm| width(&other.scope) > width(&norm.scope) && is_about(other);
            let over: Vec<NormKey> = norms.iter().filter(wider).map(|other| other.key()).collect();
            if !over.is_empty() {
                let (key, scope) = (norm.key(), norm.scope.clone());
                notes.push(Note::Narrower { norm: key, enforce: norm.enforce, scope, over });
            } else if norm.enforce == Enforce::Off {
                notes.push(Note::DoesNothing(norm.key()));
            }
        }
        let of_groups: Vec<&&Norm> = norms.iter().filter(|norm| matches!(norm.scope, Scope::Groups(_))).collect();
        for (index, first) in of_groups.iter().enumerate() {
            for second in of_groups.iter().skip(index + 1) {
                let is_gentler = second.enforce < first.enforce;
                let (one, other) = if is_gentler { (second, first) } else { (first, second) };
                notes.push(Note::Gentler(one.key(), other.key()));
            }
        }
        notes.extend(norms.iter().filter_map(|norm| over_midnight(&norm.name, &norm.rule)));
    }
    notes
}

/// That a norm's time range ends before it starts, and so goes over midnight.
pub(super) fn over_midnight<C>(name: &str, rule: &Rule<C>) -> Option<Note> {
    let Rule::QuietHours(QuietHours { between: Some(span), .. }) = rule else { return None };
    let key = NormKey { kind: Kind::QuietHours, name: name.to_owned() };
    (span.to <= span.from && span.to != civil::Time::midnight()).then_some(Note::OverMidnight(key, *span))
}

fn width(scope: &Scope) -> u8 {
    match scope {
        Scope::Channels(_) => 0,
        Scope::Groups(_) => 1,
        Scope::Workspace => 2,
    }
}

fn is_about(norm: &Norm) -> bool {
    norm.enforce != Enforce::Off
}
