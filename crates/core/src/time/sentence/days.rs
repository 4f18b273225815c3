//! Weekdays as people list them: "mon-fri", "weekdays", "senin, kamis".

use super::words::{self, Token, Tokens, weekday, weekday_name};
use crate::{language::Language, time::cron::runs};
use std::collections::BTreeSet;

/// Words that may stand before weekdays and say nothing more.
const BEFORE: [&str; 8] = ["every", "each", "on", "all", "setiap", "tiap", "pada", "hari"];

/// Takes a list of weekdays (1 = Monday); `None`, and nothing taken but words such as "every", when none comes next.
pub(super) fn read_days(tokens: &mut Tokens) -> Option<BTreeSet<u8>> {
    let mut found = BTreeSet::new();
    loop {
        let list_goes_on = !found.is_empty() && day_after_and(tokens);
        if list_goes_on {
            tokens.skip_and();
        }
        match read_day_or_range(tokens) {
            Some(days) => found.extend(days),
            None => break,
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Whether a weekday follows behind the "and" that comes next: a comma may also lead to another time of day.
fn day_after_and(tokens: &Tokens) -> bool {
    let mut ahead = 0;
    while tokens.peek(ahead) == Some(&Token::Comma) || tokens.word(ahead).is_some_and(|word| words::AND.contains(&word))
    {
        ahead += 1;
    }
    ahead > 0 && tokens.word(ahead).is_some_and(|word| weekday(word).is_some() || BEFORE.contains(&word))
}

fn read_day_or_range(tokens: &mut Tokens) -> Option<BTreeSet<u8>> {
    if tokens.skip_word(&["daily", "everyday"]) {
        return Some((1..=7).collect());
    }
    let every = tokens.word(0).is_some_and(|word| ["every", "each", "setiap", "tiap"].contains(&word));
    if every && matches!(tokens.word(1), Some("day" | "hari")) {
        // "setiap hari kerja", "every weekday": the day is only named after it.
        let named = |word: &str| weekday(word).is_some() || matches!(word, "kerja" | "biasa");
        if !tokens.word(2).is_some_and(named) {
            tokens.skip(2);
            return Some((1..=7).collect());
        }
    }
    while tokens.skip_word(&BEFORE) {}
    if tokens.skip_word(&["weekday", "weekdays", "workday", "workdays", "kerja", "biasa"]) {
        return Some((1..=5).collect());
    }
    if matches!(tokens.word(0), Some("working" | "work")) && matches!(tokens.word(1), Some("day" | "days")) {
        tokens.skip(2);
        return Some((1..=5).collect());
    }
    if tokens.skip_word(&["weekend", "weekends"]) {
        return Some([6, 7].into());
    }
    if tokens.word(0) == Some("akhir") && matches!(tokens.word(1), Some("pekan" | "minggu")) {
        tokens.skip(2);
        return Some([6, 7].into());
    }
    let first = weekday(tokens.word(0)?)?;
    tokens.skip(1);
    if !range_follows(tokens) {
        return Some([first].into());
    }
    tokens.skip_to();
    tokens.skip_word(&["hari"]);
    let last = weekday(tokens.word(0)?)?;
    tokens.skip(1);
    let length = (last + 7 - first) % 7;
    Some((0..=length).map(|step| (first + step - 1) % 7 + 1).collect())
}

/// Whether "to" and another weekday come next.
fn range_follows(tokens: &Tokens) -> bool {
    let is_day = |ahead: usize| tokens.word(ahead).is_some_and(|word| weekday(word).is_some());
    let is_to = tokens.peek(0) == Some(&Token::Dash)
        || matches!(tokens.word(0), Some("to" | "through" | "thru" | "until" | "till" | "sampai" | "hingga" | "sd"));
    let dengan = usize::from(tokens.word(1) == Some("dengan"));
    (is_to && is_day(1 + dengan)) || (tokens.word(0) == Some("s") && is_day(3))
}

/// Weekdays without any word before them: "Monday to Friday", "Senin, Rabu dan Jumat".
pub(super) fn say_weekdays(days: &BTreeSet<u8>, language: Language) -> String {
    let name = |day: u8| weekday_name(day, language);
    let mut parts = Vec::new();
    for (first, last) in runs(days) {
        if last - first >= 2 {
            parts.push(format!("{} {} {}", name(first), words::to(language), name(last)));
        } else {
            parts.extend((first..=last).map(|day| name(day).to_owned()));
        }
    }
    words::list(&parts, language)
}

/// Weekdays as a schedule names them: "weekdays", "every day", "setiap Senin dan Kamis".
pub(super) fn say_days(days: &BTreeSet<u8>, language: Language) -> String {
    let is = |list: &[u8]| days.iter().eq(list.iter());
    let (english, indonesian) = if is(&[1, 2, 3, 4, 5, 6, 7]) {
        ("every day", "setiap hari")
    } else if is(&[1, 2, 3, 4, 5]) {
        ("weekdays", "setiap hari kerja")
    } else if is(&[6, 7]) {
        ("weekends", "setiap akhir pekan")
    } else {
        let every = if language == Language::En { "every" } else { "setiap" };
        return format!("{every} {}", say_weekdays(days, language));
    };
    if language == Language::En { english } else { indonesian }.to_owned()
}
