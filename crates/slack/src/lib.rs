//! The Slack adapter.
mod form;
pub mod inbound;
mod lanes;
pub mod markup;
pub mod methods;
pub mod render;
mod web;
