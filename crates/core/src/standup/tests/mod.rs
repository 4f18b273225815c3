//! Stories of teams: what people do, what jeda does, and when.

mod life;
mod town;

use town::{Town, discord, slack};
