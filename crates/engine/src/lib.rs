//! The way through the house: the desk takes what happens and what is due, and has it decided and committed; the
//! alarms bring what is due; the courier delivers what is owed.
//!
//! Every decision is made by `jeda-core`; every row is kept by `jeda-store`; every platform stands behind the
//! [`Platform`] port.

mod alarms;
pub mod clock;
mod courier;
mod desk;
mod engine;
mod lately;
mod lockout;
pub mod pace;
mod platforms;
pub mod port;

pub use clock::{Clock, SharedClock, SystemClock, VirtualClock};
pub use engine::{Engine, Joiner};
pub use lately::Lately;
pub use lockout::Locks;
pub use pace::Pace;
pub use port::{Attention, Calendars, Delivery, Found, Intake, IntakeError, Keep, Platform, SharedIntake};
