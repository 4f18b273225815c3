//! Standup commands.
