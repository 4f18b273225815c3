//! The Discord adapter.
mod escape;
mod form;
mod render;
