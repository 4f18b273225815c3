//! What is wrong with a draft wherever it is applied: contradictions, settings out of bounds, names without a sense.

use super::{At, Draft, DraftNorm, Keys, Trouble, What};
use crate::{
    limit::{NORM_ITEMS_MAX, NORM_NAME_CHARS_MAX, NORMS_MAX},
    norm::{Digest, Enforce, Focus, Kind, QuietHours, ResponseWindow, Rule, Urgent},
};
use std::collections::BTreeMap;

/// A list, where one was written.
type Written<'d> = Option<&'d Vec<String>>;

/// What was found so far.
#[derive(Default)]
pub(super) struct Troubles {
    /// The norm that is looked at.
    pub(super) norm: usize,
    pub(super) all: Vec<Trouble>,
}

impl Troubles {
    pub(super) fn say(&mut self, path: Keys, item: Option<usize>, what: What) {
        self.add(self.norm, path, item, what);
    }
    pub(super) fn add(&mut self, norm: usize, path: Keys, item: Option<usize>, what: What) {
        self.all.push(Trouble { at: At { norm, path, item }, what });
    }
    fn bounds(&mut self, path: Keys, given: i64, least: i64, most: i64) {
        if !(least..=most).contains(&given) {
            self.say(path, None, What::OutOf { given, least, most });
        }
    }
}

/// Everything that is wrong with a draft by itself.
pub(super) fn check(draft: &Draft) -> Vec<Trouble> {
    let mut troubles = Troubles::default();
    if draft.0.len() > NORMS_MAX {
        troubles.add(NORMS_MAX, &[], None, What::TooMany);
    }
    for (index, norm) in draft.0.iter().enumerate() {
        troubles.norm = index;
        check_norm(norm, &mut troubles);
    }
    same_places(draft, &mut troubles);
    troubles.all
}

/// What one norm gets wrong by itself.
fn check_norm(norm: &DraftNorm, troubles: &mut Troubles) {
    let kind = norm.rule.kind();
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if norm.name.is_empty() || norm.name.len() > NORM_NAME_CHARS_MAX || !norm.name.chars().all(is_word) {
        troubles.say(&[], None, What::Name);
    }
    if !kind.levels().contains(&norm.enforce) {
        troubles.say(&["enforce"], None, What::Level(kind, norm.enforce));
    }
    match (&norm.channels, &norm.groups) {
        (Some(_), Some(_)) => troubles.say(&["groups"], None, What::TwoScopes),
        (Some(_), None) if !kind.is_of_places() => troubles.say(&["channels"], None, What::NoPlaces(kind)),
        _ => {}
    }
    let lists: [(Keys, Written<'_>, char); 5] = [
        (&["channels"], norm.channels.as_ref(), '#'),
        (&["groups"], norm.groups.as_ref(), '@'),
        (&["exempt", "people"], Some(&norm.exempt.people), '@'),
        (&["exempt", "groups"], Some(&norm.exempt.groups), '@'),
        (&["exempt", "channels"], Some(&norm.exempt.channels), '#'),
    ];
    for (path, list, sign) in lists {
        let Some(list) = list else { continue };
        if list.is_empty() && path.len() == 1 {
            troubles.say(path, None, What::EmptyScope);
        }
        if list.len() > NORM_ITEMS_MAX {
            troubles.say(path, None, What::TooManyItems);
        }
        for (index, given) in list.iter().enumerate() {
            check_sign(given, sign, path, Some(index), troubles);
        }
    }
    if let Some(channels) = &norm.channels {
        let exempt = &norm.exempt.channels;
        let both = exempt.iter().enumerate().find(|(_, name)| channels.iter().any(|other| same_name(other, name)));
        if let Some((index, name)) = both {
            troubles.say(&["exempt", "channels"], Some(index), What::ExemptAndMeant(name.clone()));
        }
    }
    check_rule(norm, troubles);
}

fn check_sign(given: &str, sign: char, path: Keys, item: Option<usize>, troubles: &mut Troubles) {
    let wanted = if sign == '#' { "#channel" } else { "@name" };
    let other = if sign == '#' { '@' } else { '#' };
    if given.starts_with(other) || given.trim_start_matches(sign).trim().is_empty() {
        troubles.say(path, item, What::WrongSign { given: given.to_owned(), wanted });
    }
}

/// What a norm's own settings get wrong.
fn check_rule(norm: &DraftNorm, troubles: &mut Troubles) {
    match &norm.rule {
        Rule::QuietHours(QuietHours { manners, .. }) | Rule::Focus(Focus { manners }) => {
            troubles.bounds(&["broadcast_off_percent"], manners.broadcast_off_percent.into(), 1, 100);
        }
        Rule::ResponseWindow(ResponseWindow { working_hours, remind_before_working_hours }) => {
            troubles.bounds(&["working_hours"], (*working_hours).into(), 1, 400);
            if remind_before_working_hours >= working_hours {
                troubles.say(&["remind_before_working_hours"], None, What::RemindsTooEarly(*working_hours));
            }
        }
        Rule::Urgent(Urgent { budget_per_week, record }) => {
            troubles.bounds(&["budget_per_week"], (*budget_per_week).into(), 0, 1_000);
            match record {
                None if norm.enforce != Enforce::Off => troubles.say(&[], None, What::NoRecord),
                None => {}
                Some(record) => check_sign(record, '#', &["record"], None, troubles),
            }
        }
        Rule::Digest(digest) => check_digest(digest, norm.enforce, troubles),
        Rule::StandupHours(_) => {}
    }
}

fn check_digest(digest: &Digest, enforce: Enforce, troubles: &mut Troubles) {
    troubles.bounds(&["items_max"], digest.items_max.into(), 1, 50);
    troubles.bounds(&["keep_days"], digest.keep_days.into(), 1, 90);
    troubles.bounds(&["also_at"], i64::try_from(digest.also_at.len()).unwrap_or(i64::MAX), 0, 6);
    if enforce != Enforce::Off && !digest.at_start_of_day && digest.also_at.is_empty() {
        troubles.say(&[], None, What::NeverComes);
    }
    if digest.parts.is_empty() {
        troubles.say(&["parts"], None, What::NothingIn);
    }
}

/// How names are compared: without their sign, letter case aside.
fn folded(name: &str) -> String {
    name.trim().trim_start_matches(['#', '@']).trim().to_lowercase()
}

pub(super) fn same_name(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// Two norms of a kind for one place, as far as the words tell.
fn same_places(draft: &Draft, troubles: &mut Troubles) {
    let mut seen: BTreeMap<(Kind, bool, String), usize> = BTreeMap::new();
    for (index, norm) in draft.0.iter().enumerate() {
        let kind = norm.rule.kind();
        let lists: [(bool, Keys, Written<'_>); 2] =
            [(true, &["channels"], norm.channels.as_ref()), (false, &["groups"], norm.groups.as_ref())];
        for (is_channel, path, list) in lists {
            for (item, name) in list.into_iter().flatten().enumerate() {
                let first = *seen.entry((kind, is_channel, folded(name))).or_insert(index);
                if let Some(other) = draft.0.get(first).filter(|_| first != index) {
                    troubles.add(index, path, Some(item), What::SamePlace(kind, other.name.clone()));
                }
            }
        }
        if norm.channels.is_none() && norm.groups.is_none() {
            let first = *seen.entry((kind, false, String::new())).or_insert(index);
            if let Some(other) = draft.0.get(first).filter(|_| first != index) {
                troubles.add(index, &[], None, What::SamePlace(kind, other.name.clone()));
            }
        }
    }
}
