//! The way through the house: intake takes what happens, alarms bring what is due, the courier delivers what is
//! owed. Every decision is made by `jeda-core`; every row is kept by `jeda-store`; every platform stands behind the
//! [`Platform`] port.

pub mod clock;
pub mod pace;
pub mod port;

pub use clock::{Clock, SystemClock, VirtualClock};
pub use pace::Pace;
pub use port::{Delivery, Found, Intake, IntakeError, Keep, Platform, SharedIntake};
