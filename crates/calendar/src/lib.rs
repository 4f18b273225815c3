//! Calendars in iCal format (RFC 5545), from an address to times.
//!
//! [`times`] and [`days`] read a text and are pure; [`Reader`] fetches one: within bounds of time and size, never from
//! inside the network that the bot runs in unless its host is allowed by name, and from the address that was looked at,
//! however often a name changes what it stands for.

mod bounds;
mod event;
mod fetch;
mod guard;
mod occur;
mod read;

pub use bounds::Bounds;
pub use fetch::{Reader, UnusableClient};
pub use guard::{Lookup, SystemLookup, is_public};
pub use read::{Times, Unreadable, days, times};
