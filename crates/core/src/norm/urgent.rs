//! Promise 3 to the team: no pressure to answer now, and yet a way through when it can't wait: with a reason, within a
//! budget, on record where the team sees it.
//!
//! An urgent message is delivered at once, whatever the recipient's hours. A channel as its scope is where it is
//! said; a group is who sends it, so that support may have a larger budget. Nobody opts out of being reached by what
//! cannot wait; whoever is named in `exempt.people` has no budget.

use super::{Enforce, Place, Setting, Value};
use serde::{Deserialize, Serialize};

/// Off offers no way through. Observing records each and refuses none. A nudge tells a sender who is over budget, and
/// lets it pass; a hold lets it wait for the recipient's hours then.
pub(super) const LEVELS: &[Enforce] = &Enforce::ALL;

/// The settings of urgent messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Urgent<C = Place> {
    /// How many each sender may send in a week, Monday to Sunday on their own clock.
    pub budget_per_week: u16,
    /// The channel in which each is on record with its reason. None only while the norm is off.
    pub record: Option<C>,
}

impl<C> Urgent<C> {
    /// Three a week, on no record yet.
    pub fn new() -> Self {
        Self { budget_per_week: 3, record: None }
    }
}

impl<C> Default for Urgent<C> {
    fn default() -> Self {
        Self::new()
    }
}

impl Urgent {
    pub(super) fn settings(&self) -> Vec<(Setting, Value)> {
        let mut all = vec![(Setting::Budget, Value::Count(self.budget_per_week))];
        all.extend(self.record.clone().map(|place| (Setting::Record, Value::Channel(place))));
        all
    }
}
