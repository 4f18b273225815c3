//! Promise 6 to the team: every voice counts. Everyone is asked in their own time, answers stay hidden until the
//! close and are shown together.
//!
//! A standup's owner or an administrator may change it; anyone may leave it, skip a day, or be away.

mod decide;
mod model;
mod release;

pub use decide::{decide, needs};
pub use model::*;
pub use release::{release, release_needs};
