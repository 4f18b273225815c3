//! Reads a command line as people type it. Never fails: what can't be read becomes [`Invocation::trouble`].

use super::{
    Arg, ArgKind, Command, Invocation,
    table::{ALIASES, ROOTS, find},
};
use std::collections::BTreeMap;

/// How much a mistyped `name=` may differ from an argument's name to be taken for it (Jaro–Winkler; 1 is equal).
/// `windw=4h` (0.96) is a slip, `x=y` (0) is part of a sentence.
const SLIP: f64 = 0.85;

/// Reads Slack's command line: `command` is `/standup`, `line` what came after it, mentions already neutral.
///
/// Positional words fill the arguments in their order; a [`Rest`](ArgKind::Rest) takes all words up to the next
/// `name=` or `name:`. Quotation marks, straight or typographic, keep words together. A channel, people or a date
/// find their argument wherever they stand. `/jeda standup …` means `/standup …`, and `/standup` alone lists.
pub fn parse(command: &str, line: &str) -> Invocation {
    let root = command.trim().trim_start_matches('/').to_lowercase();
    let line = line.trim();
    let Some(known) = ROOTS.iter().find(|it| it.name == root) else {
        return Invocation { path: vec![root], args: BTreeMap::new(), trouble: None };
    };
    let Some(alone) = known.alone else {
        return match find(&[known.name]) {
            Some(_) if is_help(line) => help_on(known.name),
            Some(command) => read(command, line),
            None => Invocation { path: vec![root], args: BTreeMap::new(), trouble: None },
        };
    };
    if line.is_empty() {
        return invocation(&[known.name, alone], BTreeMap::new());
    }
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let typed = first.to_lowercase();
    let word = typed.trim_start_matches('/');
    if known.name == "jeda" && ROOTS.iter().any(|it| it.name == word && it.name != "jeda") {
        return parse(word, rest);
    }
    if let Some(command) = known.to.and_then(|sub| find(&[known.name, sub])).filter(|_| is_address(word)) {
        return read(command, line);
    }
    let is_there = |name: &&str| find(&[known.name, *name]).is_some();
    let mut meant = ALIASES.iter().filter(|(alias, _)| *alias == word).map(|(_, name)| *name);
    let word = if is_there(&word) { word } else { meant.find(is_there).unwrap_or(word) };
    match find(&[known.name, word]) {
        Some(_) if is_help(rest) && word != "note" && word != "skip" => help_on(&format!("{} {word}", known.name)),
        Some(command) => read(command, rest),
        None if word == "help" && rest.is_empty() => help_on(known.name),
        None if word == "help" => help_on(&format!("{} {}", known.name, rest.trim())),
        None => Invocation { path: vec![root, typed], args: BTreeMap::new(), trouble: None },
    }
}

/// Whether a word names a person, a group or a channel, or was meant to.
fn is_address(word: &str) -> bool {
    word.starts_with(['@', '#']) || ["<@", "<#", "<&"].iter().any(|open| word.starts_with(open))
}

fn is_help(rest: &str) -> bool {
    matches!(rest.trim().to_lowercase().as_str(), "help" | "--help" | "-h" | "?" | "bantuan")
}

fn help_on(topic: &str) -> Invocation {
    invocation(&["jeda", "help"], [("topic".to_owned(), topic.to_owned())].into())
}

fn invocation(path: &[&str], args: BTreeMap<String, String>) -> Invocation {
    Invocation { path: path.iter().map(|&it| it.to_owned()).collect(), args, trouble: None }
}

/// A word of the line.
struct Token<'l> {
    /// What it says, without its quotation marks.
    text: String,
    /// It stood in quotation marks: it is never a name or a mention.
    quoted: bool,
    /// `name=value` and `name:value`, where the name is one of the command's.
    named: Option<&'static Arg>,
    /// It looks like `name=value` with a slip in the name.
    slip: bool,
    /// As it was typed.
    raw: &'l str,
}

fn read(command: &'static Command, line: &str) -> Invocation {
    let line = line.trim();
    if let Some(text) = command.args.iter().find(|arg| arg.kind == ArgKind::Verbatim) {
        return as_typed(command, text, line);
    }
    let mut filler = Filler { command, args: BTreeMap::new(), current: None, lost: Vec::new() };
    for token in tokens(command, line) {
        filler.take(token);
    }
    let mut lost = filler.lost;
    let mut read = invocation(command.path, filler.args);
    // Whoever types a name and nothing after it means something by that; to pass it over would be a guess.
    read.args.retain(|name, value| {
        if value.is_empty() {
            lost.push(format!("{name}="));
        }
        !value.is_empty()
    });
    read.trouble = (!lost.is_empty()).then(|| lost.join(" "));
    read
}

/// A line whose words are passed on as they were typed. What goes with them stands before them: a person, a channel, a
/// word of its own, a `name=value`; and a last `when=…` or `by …` after them.
fn as_typed(command: &'static Command, text: &Arg, line: &str) -> Invocation {
    let mut args = BTreeMap::new();
    let mut rest = line;
    // A note has nothing beside it.
    while command.args.len() > 1 {
        let addresses = |arg: &Arg| matches!(arg.kind, ArgKind::Person | ArgKind::Channel);
        let is_many = |arg: &Arg| arg.kind == ArgKind::People;
        let is_addressed = command.args.iter().any(|arg| addresses(arg) && args.contains_key(arg.name));
        let (arg, value, after) = if let Some((arg, value)) = named(command, rest).filter(|_| assigns(rest)) {
            if arg.name == text.name {
                rest = value;
                break;
            }
            let (value, after) = value_of(value);
            (arg, value, after)
        } else {
            let (word, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            // Whom it is for is said once: the next person or channel is one of the words.
            let is_free = |arg: &&Arg| is_many(arg) || !(args.contains_key(arg.name) || is_addressed && addresses(arg));
            // "@ana and @budi" are both asked.
            if is_and(word) && args.keys().any(|name| command.args.iter().any(|it| it.name == name && is_many(it))) {
                let next = after.trim_start();
                if is_mention(next.split(char::is_whitespace).next().unwrap_or_default()) || next.starts_with('@') {
                    rest = next;
                    continue;
                }
            }
            let Some(arg) = command.args.iter().filter(is_free).find(|arg| leads(arg, word)) else { break };
            (arg, word, after)
        };
        let value = value.trim().trim_end_matches([',', ':']);
        if !value.is_empty() {
            let so_far = args.remove(arg.name).filter(|_: &String| is_many(arg));
            let value = so_far.map_or_else(|| value.to_owned(), |so_far| format!("{so_far} {value}"));
            args.insert(arg.name.to_owned(), value);
        }
        rest = after.trim_start();
    }
    if let Some((name, words, when)) = last_time(command, rest) {
        args.insert(name.to_owned(), when.to_owned());
        rest = words;
    }
    // A text in quotation marks as a whole was put into them because others need them.
    let whole = rest.trim();
    let (inside, after) = if command.args.len() > 1 { value_of(whole) } else { (whole, "") };
    let said = if after.trim().is_empty() { inside } else { whole };
    if !said.trim().is_empty() {
        args.insert(text.name.to_owned(), said.trim().to_owned());
    }
    invocation(command.path, args)
}

/// Whether `name=` is how it begins: before somebody's own words, `name:` may be one of them.
fn assigns(rest: &str) -> bool {
    rest.find(['=', ':']).is_some_and(|at| rest[at..].starts_with('='))
}

/// Whether a word in front of somebody's own words is this argument.
fn leads(arg: &Arg, word: &str) -> bool {
    match arg.kind {
        ArgKind::Person | ArgKind::People => word.starts_with('@') || is_mention(word),
        ArgKind::Channel => word.starts_with('#') || word.starts_with("<#"),
        ArgKind::Word => !word.is_empty(),
        _ => false,
    }
}

/// A value at the beginning, alone or in quotation marks, and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    match text.chars().next().and_then(|c| closing(c).map(|closing| (c, closing))) {
        Some((open, closing)) => group(&text[open.len_utf8()..], closing),
        None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

/// Arguments that are a time and may stand after somebody's own words.
const TIMES: [&str; 2] = ["when", "by"];

/// The words before a `when=…` or `by=…` at the end of a line, and its value: one word, words in quotation marks, or words
/// that can be part of a time. "by friday" is one as well.
fn last_time<'l>(command: &'static Command, rest: &'l str) -> Option<(&'static str, &'l str, &'l str)> {
    let name = command.args.iter().find(|arg| TIMES.contains(&arg.name))?.name;
    let assigned = format!("{name}=");
    let Some(at) = rest.rfind(&assigned).filter(|at| *at == 0 || rest[..*at].ends_with(char::is_whitespace)) else {
        return if name == "by" { last_by(rest).map(|(words, by)| (name, words, by)) } else { None };
    };
    let given = rest[at + assigned.len()..].trim();
    let (value, after) = value_of(given);
    let value = if after.trim().is_empty() {
        value.trim()
    } else if given.split_whitespace().all(of_time) {
        given
    } else {
        return None;
    };
    (!value.is_empty()).then_some((name, &rest[..at], value))
}

/// Words that say until when, in both languages.
const BY: [&str; 3] = ["by", "sebelum", "sampai"];

/// "…? by friday 14:00": the words before it, and the time. A number alone is no time here ("divide it by 3").
fn last_by(rest: &str) -> Option<(&str, &str)> {
    let starts = rest.char_indices().filter(|(at, _)| *at == 0 || rest[..*at].ends_with(char::is_whitespace));
    let is_by = |at: &usize| {
        let word = rest[*at..].split(char::is_whitespace).next().unwrap_or_default();
        BY.contains(&word.to_lowercase().as_str())
    };
    let at = starts.map(|(at, _)| at).rfind(is_by)?;
    let given = rest[at..].split_once(char::is_whitespace)?.1.trim().trim_end_matches(['.', '?', '!']);
    let is_number = given.bytes().all(|b| b.is_ascii_digit());
    (!given.is_empty() && !is_number && given.split_whitespace().all(of_time)).then_some((&rest[..at], given))
}

fn of_time(word: &str) -> bool {
    dateish(word) || TIME_WORDS.contains(&word.to_lowercase().as_str())
}

fn is_and(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "and" | "dan" | "&")
}

/// Words that stand beside days and clock times.
const TIME_WORDS: &[&str] = &[
    "at", "on", "in", "the", "next", "tomorrow", "noon", "am", "pm", "hour", "hours", "minutes", "week", "weeks",
    "pukul", "jam", "menit", "pada", "dalam", "besok", "depan", "pekan", "pagi", "siang", "sore", "malam",
];

/// Puts words into arguments, one after the other.
struct Filler {
    command: &'static Command,
    args: BTreeMap<String, String>,
    /// The argument that the last word went into, and whether it was given by name.
    current: Option<(&'static Arg, bool)>,
    lost: Vec<String>,
}

impl Filler {
    fn take(&mut self, token: Token<'_>) {
        if let Some(arg) = token.named {
            // The last one counts when a name is given twice.
            self.args.insert(arg.name.to_owned(), token.text);
            self.current = Some((arg, true));
        } else if token.slip {
            self.lost.push(token.raw.to_owned());
        } else if let Some(arg) = self.claimed(&token) {
            self.append(arg, &token.text);
            // Words after it go on where they went before it.
        } else if let Some(arg) = self.open(&token) {
            // Inside a longer text, quotation marks are part of it.
            self.append(arg, if token.quoted && arg.kind == ArgKind::Rest { token.raw } else { &token.text });
        } else if let Some(arg) = self.next() {
            self.args.insert(arg.name.to_owned(), token.text);
            self.current = Some((arg, false));
        } else if let Some(arg) = self.current.map(|(arg, _)| arg).or_else(|| self.people()) {
            self.append(arg, &token.text);
        } else {
            self.lost.push(token.raw.to_owned());
        }
    }

    /// The argument that a mention or a date belongs to wherever it stands, unless it is part of a longer text that
    /// was given by name.
    fn claimed(&self, token: &Token<'_>) -> Option<&'static Arg> {
        let inside = matches!(self.current, Some((arg, true)) if arg.kind == ArgKind::Rest && arg.name != "date");
        if token.quoted || inside {
            return None;
        }
        let free = |arg: &&'static Arg| match arg.kind {
            ArgKind::Channel => token.text.starts_with("<#") && !self.args.contains_key(arg.name),
            ArgKind::People => {
                let same = matches!(self.current, Some((current, _)) if current.name == arg.name);
                is_mention(&token.text) && (same || !self.current_takes_people())
            }
            _ => arg.name == "date" && dateish(&token.text),
        };
        self.command.args.iter().find(free)
    }

    fn current_takes_people(&self) -> bool {
        matches!(self.current, Some((arg, _)) if arg.kind == ArgKind::People)
    }

    /// The argument under way, when it goes on.
    fn open(&self, token: &Token<'_>) -> Option<&'static Arg> {
        let (arg, named) = self.current?;
        // `name: Daily`, with a space.
        if self.args.get(arg.name).is_some_and(String::is_empty) {
            return Some(arg);
        }
        match arg.kind {
            ArgKind::Rest if arg.name == "date" => dateish(&token.text).then_some(arg),
            ArgKind::Rest => Some(arg),
            // `window=4 hours`, but `name=Daily weekdays 9:30`.
            ArgKind::Word | ArgKind::Choice(_) if named => {
                (!self.positional(arg) || self.next().is_none()).then_some(arg)
            }
            _ => None,
        }
    }

    /// Only the leading words and rests are positional: after the first rest, and for everything that is rarer, a
    /// name is needed. A date finds its place by itself.
    fn positionals(&self) -> impl Iterator<Item = &'static Arg> {
        let dates = self.command.args.iter().filter(|arg| arg.name != "date");
        let leading = || dates.clone().take_while(|arg| arg.kind == ArgKind::Word).count();
        let first_rest = dates.clone().position(|arg| arg.kind == ArgKind::Rest);
        let without = || leading().max(usize::from(self.people().is_some()));
        let count = first_rest.map_or_else(without, |first_rest| first_rest + 1);
        dates.take(count)
    }

    /// The people whom a command is about. It takes names that are no mentions too, so that it can say whom it can't
    /// find.
    fn people(&self) -> Option<&'static Arg> {
        self.command.args.first().filter(|arg| arg.kind == ArgKind::People)
    }

    fn positional(&self, arg: &Arg) -> bool {
        self.positionals().any(|it| it.name == arg.name)
    }

    /// The next positional argument that has nothing yet.
    fn next(&self) -> Option<&'static Arg> {
        self.positionals().find(|arg| !self.args.contains_key(arg.name))
    }

    fn append(&mut self, arg: &'static Arg, text: &str) {
        let value = self.args.entry(arg.name.to_owned()).or_default();
        if !value.is_empty() && !text.is_empty() {
            value.push(' ');
        }
        value.push_str(text);
    }
}

fn is_mention(text: &str) -> bool {
    (text.starts_with("<@") || text.starts_with("<&")) && text.trim_end_matches([',', ';', ':']).ends_with('>')
}

/// Words, apart by white space. A quotation mark opens a group only where a word or a value begins, so that
/// apostrophes and inches stay what they are; one that never closes reaches to the end.
fn tokens<'l>(command: &'static Command, line: &'l str) -> Vec<Token<'l>> {
    let mut out = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (text, quoted, named, after) = if let Some(closing) = closing(first) {
            let (inside, after) = group(&rest[first.len_utf8()..], closing);
            (inside.to_owned(), true, None, after)
        } else if let Some((arg, value)) = named(command, rest) {
            match value.chars().next().and_then(|c| closing(c).map(|closing| (c, closing))) {
                Some((open, closing)) => {
                    let (inside, after) = group(&value[open.len_utf8()..], closing);
                    (inside.to_owned(), true, Some(arg), after)
                }
                None => {
                    let end = value.find(char::is_whitespace).unwrap_or(value.len());
                    (value[..end].to_owned(), false, Some(arg), &value[end..])
                }
            }
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            (rest[..end].to_owned(), false, None, &rest[end..])
        };
        let raw = rest[..rest.len() - after.len()].trim_end();
        let slip = !quoted && named.is_none() && is_slip(command, raw);
        out.push(Token { text: text.trim().to_owned(), quoted, named, slip, raw });
        rest = after.trim_start();
    }
    out
}

/// `name=…` or `name:…` at the beginning, where the name is one of the command's: the argument and what follows.
fn named<'l>(command: &'static Command, rest: &'l str) -> Option<(&'static Arg, &'l str)> {
    let end = rest.find(|c: char| !c.is_ascii_alphabetic())?;
    let name = rest[..end].to_ascii_lowercase();
    let after = rest[end..].strip_prefix(['=', ':'])?;
    let arg = command.args.iter().find(|arg| arg.name == name)?;
    Some((arg, after))
}

fn is_slip(command: &Command, raw: &str) -> bool {
    meant(command, raw).is_some()
}

/// The argument that a word like `windw=4h` was meant for.
pub fn meant<'c>(command: &'c Command, word: &str) -> Option<&'c Arg> {
    let (name, _) = word.split_once('=')?;
    if name.len() < 3 || !name.chars().all(|c| c.is_ascii_alphabetic()) {
        return None;
    }
    let like = |arg: &Arg| strsim::jaro_winkler(&name.to_ascii_lowercase(), arg.name);
    command.args.iter().filter(|arg| like(arg) >= SLIP).max_by(|a, b| like(a).total_cmp(&like(b)))
}

/// What closes a group that this character opens: straight and typographic double quotation marks.
fn closing(open: char) -> Option<&'static [char]> {
    match open {
        '"' => Some(&['"']),
        '“' | '”' | '„' => Some(&['”', '“']),
        '«' => Some(&['»']),
        _ => None,
    }
}

/// Pairs of quotation marks that a name may be put into, the usual one first.
const PAIRS: [(char, char); 3] = [('"', '"'), ('“', '”'), ('«', '»')];

/// A name as it is typed in a command's line: alone where it is one plain word, else in quotation marks that it
/// doesn't have itself. [`parse`] reads it back; so does [`unquoted`], where a platform gives it as an option.
pub fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+' | '&' | '\'' | '’');
    if !name.is_empty() && name.chars().all(plain) && !dateish(name) && !is_help(name) {
        return name.to_owned();
    }
    let free = |(open, _): &&(char, char)| closing(*open).is_some_and(|marks| !name.contains(marks));
    match PAIRS.iter().find(free) {
        Some((open, close)) => format!("{open}{name}{close}"),
        // Somebody who uses every kind of mark in one name finds it in the list, by its button or its form.
        None => name.to_owned(),
    }
}

/// A name without the quotation marks around it, where it has them: what somebody copied from a hint into an option.
pub fn unquoted(given: &str) -> &str {
    let given = given.trim();
    let within = |&(open, close): &(char, char)| given.strip_prefix(open)?.strip_suffix(close);
    PAIRS.iter().find_map(within).map_or(given, str::trim)
}

fn group<'l>(text: &'l str, closing: &[char]) -> (&'l str, &'l str) {
    match text.char_indices().find(|(_, c)| closing.contains(c)) {
        Some((at, c)) => (&text[..at], &text[at + c.len_utf8()..]),
        None => (text, ""),
    }
}

/// Whether a word can be part of a date that somebody types: a number or ISO date, a weekday, a month, `yesterday`.
pub fn dateish(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "today",
        "yesterday",
        "last",
        "ago",
        "days",
        "day",
        "hari",
        "ini",
        "kemarin",
        "lusa",
        "lalu",
        "yang",
        // Weekdays.
        "mon",
        "monday",
        "tue",
        "tuesday",
        "wed",
        "wednesday",
        "thu",
        "thursday",
        "fri",
        "friday",
        "sat",
        "saturday",
        "sun",
        "sunday",
        "senin",
        "selasa",
        "rabu",
        "kamis",
        "jumat",
        "sabtu",
        "minggu",
        // Months.
        "jan",
        "january",
        "januari",
        "feb",
        "february",
        "februari",
        "mar",
        "march",
        "maret",
        "apr",
        "april",
        "may",
        "mei",
        "jun",
        "june",
        "juni",
        "jul",
        "july",
        "juli",
        "aug",
        "august",
        "agu",
        "agustus",
        "sep",
        "september",
        "oct",
        "october",
        "okt",
        "oktober",
        "nov",
        "november",
        "dec",
        "december",
        "des",
        "desember",
    ];
    let word = word.trim_matches(',').to_lowercase();
    word.starts_with(|c: char| c.is_ascii_digit()) || WORDS.contains(&word.as_str())
}
