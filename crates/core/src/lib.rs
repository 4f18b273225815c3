//! The law of jeda: what the bot should do, and in which words.
//!
//! Everything here is pure. State, event and `now` come in; changes, effects, wakes, receipts and an optional
//! reply go out. This crate cannot fail on I/O, because it does none: no clock, no file, no network, no
//! environment, no randomness, no `async`.
//!
//! The two doors are [`decide`](decide::decide), for everything that happens, and [`release`](release::release),
//! for everything that is about to be sent.

pub mod action;
pub mod ask;
pub mod change;
pub mod command;
pub mod copy;
pub mod decide;
pub mod digest;
pub mod effect;
pub mod event;
pub mod id;
pub mod language;
pub mod later;
pub mod limit;
pub mod message;
pub mod norm;
pub mod people;
pub mod receipt;
pub mod release;
pub mod snapshot;
pub mod standup;
pub mod time;
pub mod told;
pub mod wake;
