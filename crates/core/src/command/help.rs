//! Help, generated from the table, so that it can't say what isn't so.

use super::{
    Arg, ArgKind, Command,
    table::{ROOTS, TABLE, find},
};
use crate::{
    copy::{self, command as words},
    language::Language,
    message::{Block, Message, Span, Text},
};

/// How alike a mistyped command must be to be offered (Jaro–Winkler; 1 is equal).
const ALIKE: f64 = 0.75;
/// What a command of the same family is ahead of a stranger that is equally alike.
const SAME_ROOT: f64 = 0.05;

/// Help: an overview, or one topic (`standup`, `standup new`, `new`, with or without `/`) with examples. For a topic
/// that doesn't exist it names the nearest and shows the overview.
pub fn help(topic: Option<&str>, language: Language) -> Message {
    let asked = topic.unwrap_or("").trim().trim_start_matches('/').to_lowercase();
    let path: Vec<&str> = asked.split_whitespace().collect();
    match path[..] {
        [] => overview(language),
        [root] if ROOTS.iter().any(|it| it.name == root && it.alone.is_some()) => family(root, language),
        _ => match find(&path).or_else(|| by_last_word(&path)) {
            Some(command) => one(command, language),
            None => {
                let mut message = words::no_such_topic(language, &asked, nearest(&path));
                message.0.push(Block::Divider);
                message.0.extend(overview(language).0);
                message
            }
        },
    }
}

/// `skip` for `standup skip`: a last word that one command has.
fn by_last_word(path: &[&str]) -> Option<&'static Command> {
    let [word] = path else { return None };
    let mut found = TABLE.iter().filter(|command| command.path.last() == Some(word));
    found.next().filter(|_| found.next().is_none())
}

fn overview(language: Language) -> Message {
    let mut message = Message(vec![
        Block::Heading(copy::line(language, "help-title", &[])),
        Block::Text(copy::text(language, "help-intro", &[])),
    ]);
    for root in ROOTS.iter().filter(|root| root.alone.is_some()) {
        message.0.push(lines(TABLE.iter().filter(|command| command.path.first() == Some(&root.name)), language));
    }
    message.0.push(lines(TABLE.iter().filter(|command| command.path.len() == 1), language));
    message.with(Block::Small(copy::text(language, "help-more", &[])))
}

fn family(root: &str, language: Language) -> Message {
    let commands = TABLE.iter().filter(|command| command.path.first() == Some(&root));
    Message(vec![
        Block::Heading(format!("/{root}")),
        lines(commands, language),
        Block::Small(copy::text(language, "help-more", &[])),
    ])
}

/// "`/standup list`  Shows …", a line for each command.
fn lines(commands: impl Iterator<Item = &'static Command>, language: Language) -> Block {
    let mut spans = Vec::new();
    for command in commands {
        spans.push(Span::Code(spelled(command)));
        spans.push(Span::Plain(format!("  {}\n", copy::line(language, command.words, &[]))));
    }
    if let Some(Span::Plain(last)) = spans.last_mut() {
        last.truncate(last.trim_end().len());
    }
    Block::Text(Text(spans))
}

/// One command: how it is typed, what it does with examples, and its arguments.
fn one(command: &'static Command, language: Language) -> Message {
    let mut message =
        Message(vec![Block::Heading(spelled(command)), Block::Text(copy::text(language, command.words, &[]))]);
    if !command.args.is_empty() {
        message.0.push(Block::Text(Text(vec![Span::Code(usage(command, language))])));
    }
    message.0.push(Block::Text(words::longer(language, command)));
    if !command.args.is_empty() {
        let mut spans = Vec::new();
        for arg in command.args {
            spans.push(Span::Code(arg.name.to_owned()));
            spans.push(Span::Plain(format!("  {}\n", copy::line(language, arg.words, &[]))));
        }
        if let Some(Span::Plain(last)) = spans.last_mut() {
            last.truncate(last.trim_end().len());
        }
        message.0.push(Block::Small(Text(spans)));
    }
    message
}

/// `/standup new`
fn spelled(command: &Command) -> String {
    format!("/{}", command.path.join(" "))
}

/// How a command is typed on one line: `/standup edit NAME [WHEN] [channel=…]`. Names that are typed are the same in
/// every language; what stands for a value is in the reader's.
pub fn usage(command: &Command, language: Language) -> String {
    let mut out = spelled(command);
    let mut positional = true;
    let mut args: Vec<&Arg> = command.args.iter().collect();
    // Somebody's own words come after what goes with them, and only a time after them.
    args.sort_by_key(|arg| match arg.kind {
        ArgKind::Verbatim => 1,
        ArgKind::Rest if command.args.iter().any(|it| it.kind == ArgKind::Verbatim) => 2,
        _ => 0,
    });
    for arg in args {
        let shape = shape(arg, positional, language);
        out.push(' ');
        out.push_str(&if arg.required { shape } else { format!("[{shape}]") });
        // After the first argument that takes all words (a date takes only its own), names are needed.
        positional &= arg.kind == ArgKind::Word || arg.name == "date";
    }
    out
}

fn shape(arg: &Arg, positional: bool, language: Language) -> String {
    match arg.kind {
        ArgKind::Choice(choices) => format!("{}={}", arg.name, choices.join("|")),
        ArgKind::Channel => format!("{}=#…", arg.name),
        ArgKind::People if positional => format!("@{}", words::value(language, arg)),
        // With a space: not every platform finds a mention inside a word.
        ArgKind::People => format!("{}= @…", arg.name),
        ArgKind::Person => "@…".to_owned(),
        ArgKind::Verbatim => words::value(language, arg),
        ArgKind::Word | ArgKind::Rest if positional => words::value(language, arg),
        ArgKind::Word | ArgKind::Rest => format!("{}=…", arg.name),
    }
}

/// The command that somebody may have meant by a path that doesn't exist.
pub fn nearest<S: AsRef<str>>(path: &[S]) -> Option<&'static Command> {
    let (root, word) = (path.first()?.as_ref().to_lowercase(), path.last()?.as_ref().to_lowercase());
    TABLE
        .iter()
        .map(|command| {
            let last = command.path.last().copied().unwrap_or_default();
            let bonus = if command.path.first() == Some(&root.as_str()) { SAME_ROOT } else { 0.0 };
            (strsim::jaro_winkler(&word, last) + bonus, command)
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, command)| command)
}
