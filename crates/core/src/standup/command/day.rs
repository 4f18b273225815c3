//! A day that has been, as people say it.

use crate::{copy::time::weekday, language::Language, time::parse_past_date};
use jiff::{Timestamp, ToSpan, civil, tz::TimeZone};
use std::collections::BTreeSet;

/// "today", "yesterday", "3 days ago", "last monday", "2026-11-24", "23 november", and the same in Indonesian. A
/// weekday, or a date without its year, is the newest that is not after today.
pub(super) fn parse_day(text: &str, today: civil::Date) -> Option<civil::Date> {
    let text = text.trim().to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let ago = |days: i64| today.checked_sub(days.days()).ok();
    match words[..] {
        ["today"] | ["hari", "ini"] => Some(today),
        ["yesterday"] | ["kemarin"] => ago(1),
        ["kemarin", "lusa"] | ["lusa", "kemarin"] => ago(2),
        [count, "days" | "day", "ago"] | [count, "hari", "lalu"] | [count, "hari", "yang", "lalu"] => {
            ago(count.parse().ok().filter(|days| (0..=3_650).contains(days))?)
        }
        ["last", day] | [day] | [day, "lalu"] | [day, "yang", "lalu"] if let Some(wanted) = weekday_of(day) => {
            (0..7).filter_map(ago).find(|date| date.weekday() == wanted)
        }
        _ => parse_past_date(&text, today),
    }
}

/// The dates that somebody can mean who can be in any zone: what is today for them is yesterday, today or tomorrow in
/// UTC.
pub(super) fn days_meant(text: &str, now: Timestamp) -> Option<BTreeSet<civil::Date>> {
    let today = TimeZone::UTC.to_datetime(now).date();
    let anywhere = [today.yesterday().ok(), Some(today), today.tomorrow().ok()];
    let meant: BTreeSet<civil::Date> = anywhere.iter().flatten().filter_map(|today| parse_day(text, *today)).collect();
    (!meant.is_empty()).then_some(meant)
}

/// A weekday by its name in either language, or by the first three letters of it.
fn weekday_of(word: &str) -> Option<civil::Weekday> {
    let days = civil::Weekday::Monday.cycle_forward().take(7);
    days.into_iter().find(|day| {
        Language::ALL.iter().any(|language| {
            let name = weekday(*language, *day).to_lowercase();
            name == word || (word.chars().count() == 3 && name.starts_with(word))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_have_been_are_read_in_both_languages() {
        let today = civil::date(2026, 11, 25); // a Wednesday
        let read = |text| parse_day(text, today);
        assert_eq!(read("today"), Some(today));
        assert_eq!(read("Hari ini"), Some(today));
        assert_eq!(read("kemarin"), Some(civil::date(2026, 11, 24)));
        assert_eq!(read("3 days ago"), Some(civil::date(2026, 11, 22)));
        assert_eq!(read("2 hari yang lalu"), Some(civil::date(2026, 11, 23)));
        assert_eq!(read("last monday"), Some(civil::date(2026, 11, 23)));
        assert_eq!(read("Kamis lalu"), Some(civil::date(2026, 11, 19)));
        assert_eq!(read("wed"), Some(today));
        assert_eq!(read("2026-10-01"), Some(civil::date(2026, 10, 1)));
        assert_eq!(read("23 november"), Some(civil::date(2026, 11, 23)));
        assert_eq!(read("26 Nov"), Some(civil::date(2025, 11, 26)));
        assert_eq!(read("1 Desember 2024"), Some(civil::date(2024, 12, 1)));
        assert_eq!(read("29 february"), Some(civil::date(2024, 2, 29)));
        assert_eq!(read("23 november Daily"), None);
        assert_eq!(read("31 february"), None);
        assert_eq!(read("-1 days ago"), None);
        assert_eq!(read(""), None);
    }
}
