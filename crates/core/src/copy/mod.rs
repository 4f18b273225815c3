//! All words, English and Indonesian side by side, as Fluent files beside this module.
pub mod common;
