//! Which digest somebody gets: what the team agreed on, and what they chose for themselves.

use super::{Choice, Own, Topic};
use crate::{
    id::{GroupId, UserId},
    norm::{Digest, Enforce, Kind, Norm, NormKey, Rule as NormRule, digest::Part},
    people::Member,
    snapshot::{Need, Snapshot},
};
use jiff::civil;
use std::collections::{BTreeMap, BTreeSet};

/// The digest that somebody gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    /// How far it goes: off, only counted, or sent.
    pub(super) enforce: Enforce,
    /// It comes when their day begins.
    pub(super) at_start_of_day: bool,
    /// Further times, on their own clock.
    pub(super) also_at: Vec<civil::Time>,
    /// What is in it.
    pub(super) parts: BTreeSet<Part>,
    /// How many items it shows.
    pub(super) items_max: usize,
    /// For how many days something is kept for somebody whose digest is off.
    pub(super) keep_days: i64,
    /// The norm and its revision; none where there is none.
    pub(super) norm: Option<(NormKey, u32)>,
}

/// When somebody's digest comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Not at all.
    Never,
    /// When their day begins, at these times, or both.
    At {
        /// When their day begins.
        at_start_of_day: bool,
        /// At these times of theirs.
        also_at: Vec<civil::Time>,
    },
}

/// Rows that [`Rule::of`] needs.
pub(crate) fn rule_needs(reader: &UserId) -> BTreeSet<Need> {
    [Need::Member(reader.clone()), Need::Norms, Need::Places(reader.clone())].into()
}

impl Rule {
    /// The digest of somebody. Without a norm they get at the start of their day what others addressed to them with
    /// jeda's help, and nothing that a norm would have to watch for.
    pub(super) fn of(snapshot: &Snapshot, member: &Member) -> Self {
        let norms = snapshot.norms.as_deref();
        let groups = groups_of(snapshot, &member.user);
        let norm = norms.and_then(|norms| norms.set.holding(Kind::Digest, None, &member.user, &groups));
        let agreed = norm.and_then(|norm| Self::agreed(snapshot, norm, &member.user));
        agreed.unwrap_or_else(Self::usual).chosen_by(member)
    }

    /// Every digest that somebody may get, whichever groups they are in.
    pub(super) fn possible(snapshot: &Snapshot, member: &Member) -> impl Iterator<Item = Self> {
        let norms = snapshot.norms.as_deref().into_iter().flat_map(|norms| norms.set.of(Kind::Digest));
        let agreed = norms.filter_map(|norm| Self::agreed(snapshot, norm, &member.user));
        agreed.chain([Self::usual()]).map(|rule| rule.chosen_by(member))
    }

    fn agreed(snapshot: &Snapshot, norm: &Norm, user: &UserId) -> Option<Self> {
        let NormRule::Digest(digest) = &norm.rule else { return None };
        let is_exempt = norm.exempt.people.contains_key(user)
            || norm.exempt.groups.keys().any(|group| snapshot.is_in_group(user, group));
        Some(Self {
            enforce: if is_exempt { Enforce::Off } else { norm.enforce },
            at_start_of_day: digest.at_start_of_day,
            also_at: digest.also_at.clone(),
            parts: digest.parts.clone(),
            items_max: usize::from(digest.items_max),
            keep_days: i64::from(digest.keep_days),
            norm: Some((norm.key(), snapshot.norms.as_deref()?.number)),
        })
    }

    fn usual() -> Self {
        let Digest { at_start_of_day, also_at, items_max, keep_days, .. } = Digest::default();
        Self {
            enforce: Enforce::Nudge,
            at_start_of_day,
            also_at,
            parts: [Part::Asks].into(),
            items_max: usize::from(items_max),
            keep_days: i64::from(keep_days),
            norm: None,
        }
    }

    /// What somebody chose for themselves goes before what the team agreed on.
    fn chosen_by(self, member: &Member) -> Self {
        let sent = |at_start_of_day, also_at| (Enforce::Nudge, at_start_of_day, also_at);
        let (enforce, at_start_of_day, also_at) = match member.digest.as_deref().map(|own| &own.when) {
            None | Some(Choice::Team) => return self,
            Some(Choice::StartOfDay) => sent(true, Vec::new()),
            Some(Choice::At(times)) => sent(false, times.clone()),
            Some(Choice::Off) => (Enforce::Off, self.at_start_of_day, self.also_at),
        };
        Self { enforce, at_start_of_day, also_at, ..self }
    }

    /// When it comes, for words.
    pub(super) fn when(&self) -> When {
        let (at_start_of_day, also_at) = (self.at_start_of_day, self.also_at.clone());
        match self.enforce {
            Enforce::Off => When::Never,
            _ => When::At { at_start_of_day, also_at },
        }
    }
    /// Whether a digest comes at all.
    pub(super) fn is_on(&self) -> bool {
        self.enforce != Enforce::Off
    }
    /// Whether it brings what belongs to this part. A norm that only observes takes nothing away that came without it.
    pub(super) fn sends(&self, part: Part) -> bool {
        match self.enforce {
            Enforce::Off => false,
            Enforce::Observe => part == Part::Asks,
            Enforce::Nudge | Enforce::Hold => self.parts.contains(&part),
        }
    }
    /// Whether it would bring what belongs to this part, and only counts it.
    pub(super) fn counts(&self, part: Part) -> bool {
        self.enforce == Enforce::Observe && part != Part::Asks && self.parts.contains(&part)
    }
}

/// Whether anybody's digest may bring what belongs to this part. What a norm has to watch for is only watched for where
/// a team enabled it.
pub(crate) fn is_wanted(snapshot: &Snapshot, part: Part) -> bool {
    let wants = |norm: &Norm| {
        norm.enforce != Enforce::Off && matches!(&norm.rule, NormRule::Digest(digest) if digest.parts.contains(&part))
    };
    snapshot.norms.as_deref().is_some_and(|norms| norms.set.of(Kind::Digest).any(wants))
}

fn groups_of(snapshot: &Snapshot, user: &UserId) -> BTreeMap<GroupId, BTreeSet<UserId>> {
    let places = snapshot.places.get(user);
    let groups = places.into_iter().flat_map(|places| &places.groups);
    groups.map(|group| (group.clone(), [user.clone()].into())).collect()
}

impl Member {
    /// What they chose for their own digest.
    pub(super) fn own_digest(&self) -> Own {
        self.digest.as_deref().cloned().unwrap_or_default()
    }
    /// Whether they want to hear no more of something.
    pub(super) fn is_muted(&self, topic: &Topic) -> bool {
        self.digest.as_deref().is_some_and(|own| own.muted.contains(topic))
    }
}
