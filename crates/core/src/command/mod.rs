//! The command table: one list drives parsing, help, autocomplete and Discord's registration.

mod help;
mod parse;
mod suggest;
mod table;

pub use help::{help, nearest, usage};
pub use parse::{dateish, meant, parse, quoted, unquoted};
pub use suggest::suggest;
pub use table::{MENU, MenuEntry, ROOTS, Root, TABLE, find};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A command that somebody ran, with its arguments.
///
/// Argument values are text in neutral spelling: a channel is `<#C1>`, people are `<@U1> <@U2>`, a group is `<&G1>`,
/// everything else is what was typed. Discord's typed options arrive by name; Slack's line is read by [`parse`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invocation {
    /// `["standup", "new"]`, `["hours"]`: a path of [`TABLE`], or what was typed when there is no such command.
    pub path: Vec<String>,
    /// Argument name to value. Never empty strings.
    pub args: BTreeMap<String, String>,
    /// What could not be read as an argument, for the error message.
    pub trouble: Option<String>,
}

impl Invocation {
    /// Whether this is the command `path`.
    pub fn is(&self, path: &[&str]) -> bool {
        self.path.iter().map(String::as_str).eq(path.iter().copied())
    }
    /// An argument, when it was given.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.get(name).map(String::as_str)
    }
}

/// A command.
#[derive(Debug)]
pub struct Command {
    /// Its path: `["standup", "new"]`.
    pub path: &'static [&'static str],
    /// Its arguments, in the order in which Slack's line takes them.
    pub args: &'static [Arg],
    /// Fluent id of its one-line description; the same with `-help` is the longer text with examples.
    pub words: &'static str,
}

/// An argument.
#[derive(Debug)]
pub struct Arg {
    /// `[a-z]+`: Discord's option name, and `name=value` on Slack.
    pub name: &'static str,
    /// What may be given.
    pub kind: ArgKind,
    /// Whether it has to be given.
    pub required: bool,
    /// Whether Discord offers choices while it is typed ([`suggest`]).
    pub suggests: bool,
    /// Fluent id of its description (at most 100 characters in every language, Discord's limit).
    pub words: &'static str,
}

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// One word, or words in quotation marks.
    Word,
    /// Everything up to the next `name=`.
    Rest,
    /// Everything, as it was typed: words that are passed on or kept.
    Verbatim,
    /// A channel.
    Channel,
    /// One person.
    Person,
    /// One or more people, or one group.
    People,
    /// One of these. Their labels: [`copy::command::choice`](crate::copy::command::choice).
    Choice(&'static [&'static str]),
}

#[cfg(test)]
mod tests;
