//! Public holidays of countries and of their regions, from data that jeda carries.
//!
//! The data is `data/holidays.txt`, made by `data/make_holidays.py` from a package that people in those countries keep
//! up to date. Governments settle such days a year ahead, and those of a moon calendar are estimated before that; so
//! each calendar says the last year that it knows, and a team adds its own days in the configuration.
//!
//! A line `@CODE YEAR NAME` opens a calendar, `YEAR` being the last that it knows. Each line after it is a name with
//! its days in front, `MMDD` where it is the same day every year, else `YYMMDD`; of two names for one day both count.
//! A region begins with its country's days: a line that starts with `-` takes days out, and the others put theirs in
//! the place of what was there. After `@@` come Indonesian names, each as `English=Indonesian`.

use super::Holidays;
use crate::language::Language;
use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize};
use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};

const DATA: &str = include_str!("../../data/holidays.txt");
/// The first year that the data has.
const FIRST_YEAR: i16 = 2026;
/// The century of a year of two digits.
const CENTURY: i16 = 2000;
/// Longest text that is compared with the known names; the longest has 63 characters.
const GIVEN_CHARS_MAX: usize = 100;
/// How many nearest calendars an error offers.
const NEAREST_MAX: usize = 3;
/// Least likeness (0 to 1) of a name that is offered: two typing errors in a short name.
const LIKENESS_MIN: f64 = 0.8;
/// Codes that people use beside the standard's.
const OTHER_CODES: [(&str, &str); 3] = [("UK", "GB"), ("USA", "US"), ("EL", "GR")];

/// The public holidays of a country, or of a region of it, by its code in ISO 3166: `ID`, `GB-ENG`.
#[derive(Clone, Copy, Serialize)]
#[serde(into = "String")]
pub struct Calendar(&'static Known);

/// No such calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown country or region {given:?}")]
pub struct CalendarError {
    /// What was given.
    pub given: String,
    /// The nearest: code and name, best first, at most three.
    pub did_you_mean: Vec<(String, String)>,
}

/// One calendar of the data.
struct Known {
    code: &'static str,
    name: &'static str,
    last_year: i16,
    /// Its lines.
    text: &'static str,
    /// Its days, read on first use.
    days: OnceLock<Holidays>,
}

/// All calendars, in the order of their codes.
static ALL: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let sections = DATA.split("\n@").skip(1).filter(|section| !section.starts_with('@'));
    let mut all: Vec<Known> = sections.filter_map(opened).collect();
    all.sort_by_key(|known| known.code);
    all
});

/// Indonesian names by the English ones.
static INDONESIAN: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let names = DATA.split_once("\n@@\n").map_or("", |(_, names)| names);
    names.lines().filter_map(|line| line.split_once('=')).collect()
});

/// `ID 2030 Indonesia`, and its lines.
fn opened(section: &'static str) -> Option<Known> {
    let (head, text) = section.split_once('\n').unwrap_or((section, ""));
    let (code, rest) = head.split_once(' ')?;
    let (year, name) = rest.split_once(' ')?;
    Some(Known { code, name, last_year: year.parse().ok()?, text, days: OnceLock::new() })
}

impl Calendar {
    /// Every calendar, in the order of their codes.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(Self)
    }
    /// Finds a calendar by its code (`id`, `GB-ENG`), its name (`Indonesia`), or a region's name that only one country
    /// has (`England`); letter case aside.
    ///
    /// # Errors
    /// None of that name; with the nearest.
    pub fn find(given: &str) -> Result<Self, CalendarError> {
        let folded = fold(given);
        let code = folded.to_uppercase().replace([' ', '_'], "-");
        let code = OTHER_CODES.iter().find(|(other, _)| *other == code).map_or(code.as_str(), |(_, code)| code);
        let named = || Self::all().find(|it| fold(it.name()) == folded);
        let region = || {
            let mut found = Self::all().filter(|it| it.region().is_some_and(|region| fold(region) == folded));
            found.next().filter(|_| found.next().is_none())
        };
        Self::coded(code)
            .or_else(named)
            .or_else(region)
            .ok_or_else(|| CalendarError { given: given.trim().to_owned(), did_you_mean: nearest(&folded) })
    }
    /// The calendar of this code.
    fn coded(code: &str) -> Option<Self> {
        let at = ALL.binary_search_by_key(&code, |known| known.code).ok()?;
        ALL.get(at).map(Self)
    }
    /// Its code.
    pub fn code(self) -> &'static str {
        self.0.code
    }
    /// The country, and the region after a comma.
    pub fn name(self) -> &'static str {
        self.0.name
    }
    /// The region's name alone.
    fn region(self) -> Option<&'static str> {
        self.0.name.split_once(", ").filter(|_| self.0.code.contains('-')).map(|(_, region)| region)
    }
    /// The last year that it knows.
    pub fn last_year(self) -> i16 {
        self.0.last_year
    }
    /// Its days.
    pub fn days(self) -> &'static Holidays {
        self.0.days.get_or_init(|| {
            let country = self.0.code.split_once('-').and_then(|(country, _)| Self::coded(country));
            let mut days = country.map(|country| country.days().clone()).unwrap_or_default();
            let mut own: BTreeMap<civil::Date, String> = BTreeMap::new();
            for line in self.0.text.lines() {
                if let Some(gone) = line.strip_prefix('-') {
                    dates(gone, self.0.last_year).1.iter().for_each(|date| drop(days.0.remove(date)));
                    continue;
                }
                let (name, dates) = dates(line, self.0.last_year);
                for date in dates {
                    let names = own.entry(date).or_default();
                    *names = if names.is_empty() { name.to_owned() } else { format!("{names}; {name}") };
                }
            }
            days.0.extend(own);
            days
        })
    }
    /// A member's or a workspace's calendar as its row has it. One that this version doesn't know any more is none.
    pub(crate) fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let code: Option<String> = Option::deserialize(deserializer)?;
        Ok(code.and_then(|code| Self::coded(&code)))
    }
}

/// The days in front of a name, and the name.
fn dates(line: &str, last_year: i16) -> (&str, Vec<civil::Date>) {
    let mut dates = Vec::new();
    let mut rest = line;
    loop {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let digits = matches!(word.len(), 4 | 6) && word.bytes().all(|byte| byte.is_ascii_digit());
        if !digits {
            return (rest, dates);
        }
        let number = |from: usize| word.get(from..from + 2).and_then(|it| it.parse::<i8>().ok()).unwrap_or_default();
        let (years, at) = match word.len() {
            4 => (FIRST_YEAR..=last_year, 0),
            _ => (CENTURY + i16::from(number(0))..=CENTURY + i16::from(number(0)), 2),
        };
        dates.extend(years.filter_map(|year| civil::Date::new(year, number(at), number(at + 2)).ok()));
        rest = after;
    }
}

/// A public holiday's name in the reader's language, where the data has it; else as it is.
pub fn say_holiday(name: &str, language: Language) -> String {
    let said = |part: &str| match language {
        Language::Id => INDONESIAN.get(part).map_or_else(|| part.to_owned(), |&name| name.to_owned()),
        Language::En => part.to_owned(),
    };
    name.split("; ").map(said).collect::<Vec<_>>().join("; ")
}

/// Where the data is from: a package and its version.
pub fn calendar_data_version() -> &'static str {
    let line = DATA.lines().next().unwrap_or_default();
    line.split_once("Python package ").map_or("", |(_, version)| version.trim_end_matches(" (MIT)."))
}

/// Calendars whose code or name has this in it, those that begin with it first.
pub fn calendars_like(typed: &str, limit: usize) -> Vec<Calendar> {
    let typed = fold(typed);
    let mut found: Vec<Calendar> =
        Calendar::all().filter(|it| fold(it.name()).contains(&typed) || fold(it.code()).starts_with(&typed)).collect();
    let begins = |it: &Calendar| fold(it.name()).starts_with(&typed);
    found.sort_by_key(|it| (fold(it.code()) != typed, it.region().is_some(), !begins(it), it.name()));
    found.truncate(limit);
    found
}

fn nearest(folded: &str) -> Vec<(String, String)> {
    let like = |it: &Calendar| {
        let names = [Some(it.name()), it.region()].into_iter().flatten();
        names.map(|name| strsim::jaro_winkler(folded, &fold(name))).fold(0.0, f64::max)
    };
    let mut found: Vec<(f64, Calendar)> =
        Calendar::all().map(|it| (like(&it), it)).filter(|(like, _)| *like >= LIKENESS_MIN).collect();
    // Of two equally like, the country comes before its regions.
    found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.code().cmp(other.code())));
    // `AUS-NSW` and `GB-XX` are most likely of that country.
    let country = folded.split('-').next().and_then(|code| Calendar::coded(&code.to_uppercase()));
    let regions = country.filter(|_| folded.contains('-'));
    let named = |it: Calendar| (it.code().to_owned(), it.name().to_owned());
    let mut offered: Vec<(String, String)> = regions.into_iter().map(named).collect();
    offered.extend(found.into_iter().map(|(_, it)| named(it)));
    offered.truncate(NEAREST_MAX);
    offered
}

fn fold(text: &str) -> String {
    let short: String = text.trim().chars().take(GIVEN_CHARS_MAX).collect();
    short.to_lowercase()
}

impl From<Calendar> for String {
    fn from(calendar: Calendar) -> Self {
        calendar.code().to_owned()
    }
}
impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}
impl Eq for Calendar {}
impl std::fmt::Debug for Calendar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Calendar({})", self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn name(code: &str, day: civil::Date) -> Option<&'static str> {
        Calendar::find(code).unwrap().days().0.get(&day).map(String::as_str)
    }

    #[test]
    fn the_data_is_read_whole() {
        assert!(Calendar::all().count() > 800, "{}", Calendar::all().count());
        assert_eq!(Calendar::all().count(), DATA.matches("\n@").count() - 1);
        for line in DATA.lines().skip(2).take_while(|line| *line != "@@").filter(|line| !line.starts_with(['@', '-'])) {
            let (name, dates) = dates(line, 2030);
            assert!(!dates.is_empty() && !name.is_empty() && !name.contains(';'), "{line}");
        }
        for calendar in Calendar::all() {
            assert!((2026..2060).contains(&calendar.last_year()), "{calendar:?}");
            let is_code = |c: char| c.is_uppercase() || c.is_ascii_digit() || c == '-';
            assert!(calendar.code().chars().all(is_code) && !calendar.name().is_empty(), "{calendar:?}");
            // More would be a day off in each week, which is no holiday but a week.
            assert!(calendar.days().0.len() < 50 * 5, "{calendar:?}: {}", calendar.days().0.len());
            assert!(calendar.days().0.keys().all(|day| day.year() <= calendar.last_year().max(2030)), "{calendar:?}");
            assert_eq!(Calendar::find(calendar.code()), Ok(calendar));
        }
        assert!(INDONESIAN.len() > 15);
        assert!(calendar_data_version().starts_with("holidays 0."), "{}", calendar_data_version());
    }

    #[test]
    fn countries_and_regions_have_their_own_days() {
        assert_eq!(name("ID", date(2026, 8, 17)), Some("Indonesia's Independence Day"));
        assert_eq!(name("ID", date(2026, 12, 28)), None);
        assert_eq!(name("GB-ENG", date(2026, 12, 28)), Some("Boxing Day (observed)"));
        assert_eq!(name("GB-SCT", date(2026, 11, 30)), Some("Saint Andrew's Day"));
        assert_eq!(name("GB-ENG", date(2026, 11, 30)), None);
        assert_eq!(name("US", date(2026, 11, 26)), Some("Thanksgiving Day"));
        assert_eq!(name("DE-BY", date(2027, 1, 6)), Some("Epiphany"));
        assert_eq!(name("DE-HH", date(2027, 1, 6)), None);
        // A region's line that takes a day of the country's out.
        assert!(name("US", date(2026, 10, 12)).is_some());
        assert_eq!(name("US-CA", date(2026, 10, 12)), None);
        assert_eq!(Calendar::find("LK").unwrap().last_year(), 2026, "its moon days are settled year by year");
    }

    #[test]
    fn a_calendar_is_found_by_what_people_call_it() {
        let code = |given: &str| {
            Calendar::find(given)
                .map(|it| it.code())
                .map_err(|error| error.did_you_mean.into_iter().map(|(code, _)| code).collect::<Vec<_>>())
        };
        for given in ["ID", "id", " Indonesia "] {
            assert_eq!(code(given), Ok("ID"), "{given}");
        }
        for given in ["GB-ENG", "gb eng", "England", "united kingdom, england"] {
            assert_eq!(code(given), Ok("GB-ENG"), "{given}");
        }
        assert_eq!(code("UK"), Ok("GB"));
        assert_eq!(code("Indonesa").unwrap_err()[0], "ID");
        assert_eq!(code("Englnd").unwrap_err()[0], "GB-ENG");
        assert_eq!(code("GB-XX").unwrap_err()[0], "GB");
        assert_eq!(code("@everyone"), Err(Vec::new()));
        assert_eq!(calendars_like("united k", 2)[0].code(), "GB");
        assert_eq!(calendars_like("id", 2)[0].code(), "ID");
    }

    #[test]
    fn a_calendar_in_a_row_that_is_no_more_is_none() {
        #[derive(Deserialize)]
        struct Row {
            #[serde(default, deserialize_with = "Calendar::known")]
            calendar: Option<Calendar>,
        }
        let read = |json| serde_json::from_str::<Row>(json).unwrap().calendar.map(Calendar::code);
        assert_eq!(read(r#"{"calendar":"GB-ENG"}"#), Some("GB-ENG"));
        assert_eq!(read(r#"{"calendar":"GB-ATLANTIS"}"#), None);
        assert_eq!((read(r#"{"calendar":null}"#), read("{}")), (None, None));
    }

    #[test]
    fn names_have_their_language() {
        assert_eq!(say_holiday("Eid al-Fitr (estimated)", Language::Id), "Hari Raya Idul Fitri (perkiraan)");
        assert_eq!(say_holiday("Good Friday; Vesak Day", Language::Id), "Wafat Yesus Kristus; Hari Raya Waisak");
        assert_eq!(say_holiday("Independence Day", Language::Id), "Independence Day", "each country has its own");
        assert_eq!(say_holiday("Vesak Day", Language::En), "Vesak Day");
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_search(text in "\\PC{0,120}") {
            let _ = Calendar::find(&text);
            prop_assert!(calendars_like(&text, 25).len() <= 25);
        }
    }
}
