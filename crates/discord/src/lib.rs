//! The Discord adapter.
mod commands;
mod escape;
mod form;
mod inbound;
mod render;
