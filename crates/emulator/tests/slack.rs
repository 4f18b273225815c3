//! The local Slack, driven by a bot written by hand on bare HTTP and WebSocket: no SDK hides what goes over the wire.

#[cfg(test)]
#[path = "slack/wire.rs"]
mod wire;

#[cfg(test)]
#[path = "slack/acting.rs"]
mod acting;

#[cfg(test)]
#[path = "slack/asking.rs"]
mod asking;

#[cfg(test)]
#[path = "slack/sockets.rs"]
mod sockets;
