//! The `jeda` binary as a library: the assembly of store, engine and adapters, and the commands around it. The
//! end-to-end tests start the same bot through [`bot::Bot`].

pub mod bench;
pub mod bot;
pub mod cli;
pub mod commands;
pub mod demo;
pub mod logs;
pub mod pages;
mod people_files;
pub mod platforms;
pub mod stage;
mod team_days;
