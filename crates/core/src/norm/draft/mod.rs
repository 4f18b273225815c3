//! Norms as a team wrote them, with channels, groups and people by name; what is wrong with them; and the ids that the
//! names stand for.
//!
//! Names are looked up once, when the norms are applied. A norm then goes with its channel, whatever that is called
//! later; a file that still has the old name is told the new one.

mod check;
mod lookup;
mod words;

use super::{
    Enforce, Kind, NormSet, Rule,
    plan::{self, Note},
};
use crate::snapshot::Snapshot;

/// Norms as they were written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Draft(pub Vec<DraftNorm>);

/// A norm as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftNorm {
    /// The team's name for it.
    pub name: String,
    /// How far jeda goes.
    pub enforce: Enforce,
    /// Channels, as `#name` or id. None written means no channel scope.
    pub channels: Option<Vec<String>>,
    /// Groups or roles, as `@name` or id. None written means no group scope.
    pub groups: Option<Vec<String>>,
    /// Whom and what it leaves alone.
    pub exempt: DraftExempt,
    /// What it says.
    pub rule: Rule<String>,
}

/// Exemptions as they were written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct DraftExempt {
    /// People, as `@name` or id.
    pub people: Vec<String>,
    /// Groups or roles, as `@name` or id.
    pub groups: Vec<String>,
    /// Channels, as `#name` or id.
    pub channels: Vec<String>,
}

/// Something that is wrong with a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Where.
    pub at: At,
    /// What.
    pub what: What,
}

/// Keys from a norm downward.
pub type Keys = &'static [&'static str];

/// A place in a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    /// Which norm, by its position.
    pub norm: usize,
    /// The keys from the norm downward: `exempt`, `channels`. Empty for the norm itself.
    pub path: Keys,
    /// Which item of a list.
    pub item: Option<usize>,
}

/// What is wrong, and what to do. Says it in English: only the command line reads files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A name that nobody could type after `/norms`.
    Name,
    /// More norms than a team can know.
    TooMany,
    /// More items in a list than can be read.
    TooManyItems,
    /// A level that this kind of norm has no use for.
    Level(Kind, Enforce),
    /// Channels where a norm is about people.
    NoPlaces(Kind),
    /// Channels and groups at once.
    TwoScopes,
    /// A list without anything in it.
    EmptyScope,
    /// Two norms of a kind for one place; the other's name.
    SamePlace(Kind, String),
    /// A channel that is in the scope, and exempt.
    ExemptAndMeant(String),
    /// A budget, and no channel that has the record.
    NoRecord,
    /// A number outside its bounds.
    OutOf {
        /// The number.
        given: i64,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A reminder that would come before the question.
    RemindsTooEarly(u16),
    /// A digest that never comes.
    NeverComes,
    /// A digest with nothing in it.
    NothingIn,
    /// `#` where people or groups are named, or `@` where channels are.
    WrongSign {
        /// What was written.
        given: String,
        /// What belongs there: `#channel`, `@group`.
        wanted: &'static str,
    },
    /// No channel of this name; perhaps this one.
    NoChannel(String, Option<Near>),
    /// No group or role of this name; perhaps this one.
    NoGroup(String, Option<Near>),
    /// Nobody of this name; perhaps this one.
    Nobody(String, Option<Near>),
    /// A name that several have; their ids.
    Several(String, Vec<String>),
    /// A channel that is archived.
    Archived(String),
    /// A channel that jeda may not write to.
    Closed(String),
}

/// What somebody may have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Near {
    /// It was renamed to this since it was applied.
    Renamed(String),
    /// It is spelled like this.
    Spelled(String),
}

impl Draft {
    /// What is wrong with it wherever it is applied. Looks at no workspace.
    pub fn check(&self) -> Vec<Trouble> {
        check::check(self)
    }

    /// The time ranges that go over midnight, which whoever wrote them should know.
    pub fn over_midnight(&self) -> Vec<Note> {
        self.0.iter().filter_map(|norm| plan::over_midnight(&norm.name, &norm.rule)).collect()
    }

    /// The norms with their names looked up in a workspace: `snapshot` has its members, channels, groups and live
    /// norms.
    ///
    /// # Errors
    /// Everything that is wrong with it, here or anywhere.
    pub fn resolve(&self, snapshot: &Snapshot) -> Result<NormSet, Vec<Trouble>> {
        let troubles = self.check();
        if !troubles.is_empty() {
            return Err(troubles);
        }
        lookup::resolve(self, snapshot)
    }
}
