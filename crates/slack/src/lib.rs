//! The Slack adapter: Socket Mode in, Web API out, through slack-morphism.
//!
//! ```text
//! sockets -> listener -> inbound (pure) -> Intake -> acknowledgement with the reply
//! Outgoing -> render (pure) -> deliver -> web (paced, bounded) -> chat.postMessage, chat.update
//! ```
//!
//! [`connect`] comes into a workspace and stays; [`Slack`] is the courier's [`Platform`](jeda_engine::Platform);
//! [`doctor::examine`] says what is wrong with the tokens.

mod connect;
mod deliver;
mod directory;
pub mod doctor;
mod form;
pub mod inbound;
mod lanes;
mod listener;
pub mod markup;
pub mod methods;
mod platform;
pub mod render;
mod sockets;
mod web;

pub use connect::{API_URL, ConnectError, Connected, SOCKETS_DEFAULT, SlackConfig, connect};
pub use platform::Slack;
pub use sockets::{LinkState, SOCKETS_MAX, Stopped};

/// The app manifest, as it ships in `config/slack-manifest.yaml`.
pub const MANIFEST: &str = include_str!("../../../config/slack-manifest.yaml");
