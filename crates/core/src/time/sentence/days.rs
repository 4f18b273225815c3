//! Weekdays in words: names, ranges and groups.

use super::words::{self, Tokens, weekday};
use crate::{language::Language, time::cron::runs};
use std::collections::BTreeSet;

/// Words for each one of what follows.
pub(super) const EVERY: [&str; 4] = ["every", "each", "setiap", "tiap"];

/// Takes one name, range or group of weekdays: "mon", "mon-thu", "fri to mon", "weekdays", "akhir pekan", "every day".
pub(super) fn read_days(tokens: &mut Tokens) -> Option<BTreeSet<u8>> {
    let (word, next, third) = (tokens.word(0)?, tokens.word(1), tokens.word(2));
    let (count, days) = match (word, next) {
        ("daily" | "everyday" | "harian", _) => (1, 1..=7),
        ("weekday" | "weekdays" | "workday" | "workdays", _) => (1, 1..=5),
        ("working" | "work" | "business", Some("day" | "days")) | ("hari", Some("kerja")) => (2, 1..=5),
        ("weekend" | "weekends", _) => (1, 6..=7),
        ("akhir", Some("pekan" | "minggu")) => (2, 6..=7),
        (every, Some("day")) if EVERY.contains(&every) => (2, 1..=7),
        (every, Some("hari")) if EVERY.contains(&every) && third == Some("kerja") => (3, 1..=5),
        (every, Some("hari")) if EVERY.contains(&every) && third.and_then(weekday).is_none() => (2, 1..=7),
        _ => return read_names(tokens),
    };
    tokens.skip(count);
    Some(days.collect())
}

/// Takes a weekday's name, or a range of them that may pass Sunday.
fn read_names(tokens: &mut Tokens) -> Option<BTreeSet<u8>> {
    let name = |tokens: &mut Tokens| {
        let day = tokens.word(0).and_then(weekday)?;
        tokens.skip(1);
        Some(day)
    };
    let first = name(tokens)?;
    let last = tokens.range_end(name).unwrap_or(first);
    let last = if last < first { last + 7 } else { last };
    Some((first..=last).map(|day| (day - 1) % 7 + 1).collect())
}

/// "Monday to Thursday", "Monday and Thursday": names without a word before them.
pub(super) fn say_days(days: &BTreeSet<u8>, language: Language) -> String {
    let name = |day: u8| words::weekday_name(day, language);
    match runs(days)[..] {
        [(first, last)] if last >= first + 2 => format!("{} {} {}", name(first), words::to(language), name(last)),
        _ => words::list(&days.iter().map(|day| name(*day)).collect::<Vec<_>>(), language),
    }
}
