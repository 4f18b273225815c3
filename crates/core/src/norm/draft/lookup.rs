//! The ids that the names in a draft stand for, in one workspace.

use super::{
    Draft, DraftNorm, Keys, Near, Trouble, What,
    check::{Troubles, same_name},
};
use crate::{
    id::{ChannelId, GroupId, UserId},
    norm::{Exempt, Kind, Norm, NormSet, Place, Rule, Scope, Urgent},
    snapshot::Snapshot,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// The norms with their ids, or everything that can't be found or was named twice.
pub(super) fn resolve(draft: &Draft, snapshot: &Snapshot) -> Result<NormSet, Vec<Trouble>> {
    let mut lookup = Lookup { snapshot, troubles: Troubles::default() };
    let norms: Vec<Norm> = draft.0.iter().enumerate().map(|(index, norm)| lookup.norm(index, norm)).collect();
    let mut troubles = lookup.troubles;
    if troubles.all.is_empty() {
        same_ids(&norms, &mut troubles);
    }
    if troubles.all.is_empty() { Ok(NormSet(norms)) } else { Err(troubles.all) }
}

/// Looks names up.
struct Lookup<'s> {
    snapshot: &'s Snapshot,
    troubles: Troubles,
}

/// What a name was found to be: its id, and its name now.
type Found<I> = Result<(I, String), What>;

impl Lookup<'_> {
    fn norm(&mut self, index: usize, norm: &DraftNorm) -> Norm {
        self.troubles.norm = index;
        let scope = match (&norm.channels, &norm.groups) {
            (Some(channels), _) => Scope::Channels(self.all(&["channels"], channels, Self::channel)),
            (None, Some(groups)) => Scope::Groups(self.all(&["groups"], groups, Self::group)),
            (None, None) => Scope::Workspace,
        };
        let exempt = Exempt {
            people: self.all(&["exempt", "people"], &norm.exempt.people, Self::person),
            groups: self.all(&["exempt", "groups"], &norm.exempt.groups, Self::group),
            channels: self.all(&["exempt", "channels"], &norm.exempt.channels, Self::channel),
        };
        let rule = match &norm.rule {
            Rule::QuietHours(rule) => Rule::QuietHours(*rule),
            Rule::Focus(rule) => Rule::Focus(*rule),
            Rule::ResponseWindow(rule) => Rule::ResponseWindow(*rule),
            Rule::Urgent(rule) => Rule::Urgent(Urgent {
                budget_per_week: rule.budget_per_week,
                record: rule.record.as_deref().and_then(|given| self.record(given)),
            }),
            Rule::Digest(rule) => Rule::Digest(rule.clone()),
            Rule::StandupHours(rule) => Rule::StandupHours(*rule),
        };
        Norm { name: norm.name.clone(), enforce: norm.enforce, scope, exempt, rule }
    }

    fn all<I: Ord>(
        &mut self,
        path: Keys,
        given: &[String],
        find: impl Fn(&Self, &str) -> Found<I>,
    ) -> BTreeMap<I, String> {
        let mut found = BTreeMap::new();
        for (item, name) in given.iter().enumerate() {
            match find(self, name) {
                Ok((id, name)) => _ = found.insert(id, name),
                Err(what) => self.troubles.say(path, Some(item), what),
            }
        }
        found
    }

    fn channel(&self, given: &str) -> Found<ChannelId> {
        let all = || self.snapshot.channels.values().map(|it| (&it.channel, it.name.as_str(), !it.archived));
        let live = || live_names(self.snapshot, |norm| channels_of(norm).collect());
        let (id, name) = find(given, '#', all, live, What::NoChannel)?;
        match self.snapshot.channels.get(&id) {
            Some(channel) if channel.archived => Err(What::Archived(given.to_owned())),
            _ => Ok((id, name)),
        }
    }

    fn group(&self, given: &str) -> Found<GroupId> {
        let all = || self.snapshot.groups.values().map(|it| (&it.group, it.name.as_str(), true));
        let live = || live_names(self.snapshot, |norm| groups_of(norm).collect());
        find(given, '@', all, live, What::NoGroup)
    }

    fn person(&self, given: &str) -> Found<UserId> {
        let people = || self.snapshot.members.values().filter(|it| !it.bot);
        let all = || people().map(|it| (&it.user, it.name.as_str(), it.active));
        let live = || live_names(self.snapshot, |norm| norm.exempt.people.iter().collect());
        find(given, '@', all, live, What::Nobody)
    }

    fn record(&mut self, given: &str) -> Option<Place> {
        let found = self.channel(given).and_then(|(channel, name)| {
            let is_open = self.snapshot.channels.get(&channel).is_some_and(|it| it.open);
            if is_open { Ok(Place { channel, name }) } else { Err(What::Closed(given.to_owned())) }
        });
        match found {
            Ok(place) => Some(place),
            Err(what) => {
                self.troubles.say(&["record"], None, what);
                None
            }
        }
    }
}

fn channels_of(norm: &Norm) -> impl Iterator<Item = (&ChannelId, &String)> {
    let scope = match &norm.scope {
        Scope::Channels(channels) => Some(channels),
        Scope::Workspace | Scope::Groups(_) => None,
    };
    let record = match &norm.rule {
        Rule::Urgent(Urgent { record, .. }) => record.as_ref().map(|place| (&place.channel, &place.name)),
        _ => None,
    };
    scope.into_iter().chain([&norm.exempt.channels]).flatten().chain(record)
}

fn groups_of(norm: &Norm) -> impl Iterator<Item = (&GroupId, &String)> {
    let scope = match &norm.scope {
        Scope::Groups(groups) => Some(groups),
        Scope::Workspace | Scope::Channels(_) => None,
    };
    scope.into_iter().chain([&norm.exempt.groups]).flatten()
}

/// The names under which the live norms know their ids.
fn live_names<I: Clone>(
    snapshot: &Snapshot,
    of: impl for<'n> Fn(&'n Norm) -> Vec<(&'n I, &'n String)>,
) -> Vec<(I, String)> {
    let live = snapshot.norms.as_ref().map_or(&[][..], |revision| &revision.set.0);
    live.iter().flat_map(|norm| of(norm).into_iter().map(|(id, name)| (id.clone(), name.clone()))).collect()
}

/// Finds an id by itself or by its name, letter case aside. Of several with one name, those that are still there count.
fn find<'a, I, A>(
    given: &str,
    sign: char,
    all: impl Fn() -> A,
    live: impl Fn() -> Vec<(I, String)>,
    missing: impl Fn(String, Option<Near>) -> What,
) -> Found<I>
where
    I: Clone + PartialEq + fmt::Display + AsRef<str> + 'a,
    A: Iterator<Item = (&'a I, &'a str, bool)>,
{
    let bare = given.trim().trim_start_matches(sign).trim();
    if let Some((id, name, _)) = all().find(|(id, ..)| (*id).as_ref() == bare) {
        return Ok((id.clone(), name.to_owned()));
    }
    let named: Vec<_> = all().filter(|(_, name, _)| same_name(name, bare)).collect();
    let there: Vec<_> = named.iter().filter(|(.., there)| *there).collect();
    match (&there[..], &named[..]) {
        ([(id, name, _)], _) | ([], [(id, name, _)]) => Ok(((*id).clone(), (*name).to_owned())),
        ([], _) => {
            let now = |id: &I| all().find(|(other, ..)| *other == id).map(|(_, name, _)| format!("{sign}{name}"));
            let renamed = live().iter().find(|(_, name)| same_name(name, bare)).and_then(|(id, _)| now(id));
            let near = renamed.map(Near::Renamed).or_else(|| {
                let names: BTreeSet<&str> = all().filter(|(.., there)| *there).map(|(_, name, _)| name).collect();
                nearest(bare, names).map(|name| Near::Spelled(format!("{sign}{name}")))
            });
            Err(missing(format!("{sign}{bare}"), near))
        }
        (several, _) => {
            Err(What::Several(format!("{sign}{bare}"), several.iter().map(|(id, ..)| id.to_string()).collect()))
        }
    }
}

/// Least likeness (0 to 1) of a name that is offered.
const LIKENESS_MIN: f64 = 0.6;

fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let like = |name: &str| strsim::normalized_damerau_levenshtein(&given, &name.to_lowercase());
    let scored = names.into_iter().map(|name| (like(name), name)).filter(|(score, _)| *score >= LIKENESS_MIN);
    scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1))).map(|(_, name)| name)
}

/// Two norms of a kind for one place, which were written differently.
fn same_ids(norms: &[Norm], troubles: &mut Troubles) {
    let mut seen: BTreeMap<(Kind, &str), usize> = BTreeMap::new();
    for (index, norm) in norms.iter().enumerate() {
        let (path, ids): (Keys, Vec<&str>) = match &norm.scope {
            Scope::Workspace => continue,
            Scope::Channels(channels) => (&["channels"], channels.keys().map(ChannelId::as_str).collect()),
            Scope::Groups(groups) => (&["groups"], groups.keys().map(GroupId::as_str).collect()),
        };
        for id in ids {
            let first = *seen.entry((norm.kind(), id)).or_insert(index);
            if let Some(other) = norms.get(first).filter(|_| first != index) {
                troubles.add(index, path, None, What::SamePlace(norm.kind(), other.name.clone()));
            }
        }
        if let Scope::Channels(channels) = &norm.scope
            && let Some(name) = norm.exempt.channels.iter().find(|(id, _)| channels.contains_key(*id)).map(|it| it.1)
        {
            troubles.add(index, &["exempt", "channels"], None, What::ExemptAndMeant(format!("#{name}")));
        }
    }
}
