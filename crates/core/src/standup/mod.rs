//! Promise 6 to the team: every voice counts. Everyone is asked in their own time, answers stay hidden until the
//! close and are shown together.
//!
//! A standup's owner or an administrator may change it; anyone may leave it, skip a day, or be away.
//!
//! # The way of a round
//! [`Wake::Plan`] plans it (`plan`), [`Wake::Prompt`] asks (`ask`), answers come by form (`form`) or by message
//! (`talk`) and are taken in by one door (`answer`), [`Wake::Close`] closes it and owes the report (`close`), whose
//! words are made when it goes out (`release`, `report`, `pages`).
//!
//! # What always holds
//! Each prompt that fell due has exactly one receipt: sent, sent late with its reason, or skipped with its reason.
//! `Desk::settle` is the only place that writes one, and the close leaves none out.

mod answer;
mod apply;
mod ask;
mod close;
mod command;
mod deadline;
mod decide;
mod desk;
mod form;
mod model;
mod needs;
mod pages;
mod plan;
mod prompt;
mod release;
mod report;
mod roster;
pub(crate) mod samples;
mod slot;
mod talk;
#[cfg(test)]
mod tests;

pub use apply::apply;
pub use decide::decide;
pub use model::*;
pub use needs::needs;
pub(crate) use pages::cost_of_block;
pub use release::{release, release_needs};
pub(crate) use roster::{may_see, takes_part};
