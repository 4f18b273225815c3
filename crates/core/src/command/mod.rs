//! The command table: one list drives parsing, help, autocomplete and Discord's registration.

use crate::{event::Origin, language::Language, message::Message, snapshot::Snapshot};
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
    /// Argument name to value.
    pub args: BTreeMap<String, String>,
    /// What could not be read as an argument, for the error message.
    pub trouble: Option<String>,
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
    /// A channel.
    Channel,
    /// One or more people, or one group.
    People,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// Every command, in the order in which help lists them.
pub static TABLE: &[Command] = &[];

/// Reads Slack's command line: `command` is `/standup`, `line` what came after it, mentions already neutral.
pub fn parse(_command: &str, _line: &str) -> Invocation {
    todo!()
}

/// Help: an overview, or one topic with examples.
pub fn help(_topic: Option<&str>, _language: Language) -> Message {
    todo!()
}

/// What to offer while an argument is typed.
pub fn suggest(
    _snapshot: &Snapshot,
    _invocation: &Invocation,
    _argument: &str,
    _typed: &str,
    _by: &Origin,
) -> Vec<(String, String)> {
    todo!()
}
