//! A local Slack and a local Discord: a state model first, thin HTTP and WebSocket over it. And a shelf of calendars.
//!
//! Promise: what jeda is tested against knows nothing of jeda. No crate of ours is used here, so a mistake of ours
//! cannot be repeated on the other side; what the platforms refuse, the emulators refuse, loudly.
//! Everything listens on loopback only, and ends when its handle is dropped.

pub mod clock;
pub mod discord;
pub mod door;
pub mod fault;
pub mod journal;
pub mod quiet;
pub mod record;
pub mod shelf;
pub mod slack;
