//! Stories of teams: what people do, what jeda does, and when.

mod always;
mod asking_for;
mod leafing;
mod life;
mod rows;
mod town;

use town::{Town, discord, slack};
