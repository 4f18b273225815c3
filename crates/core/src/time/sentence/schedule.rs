//! Schedules in words.
//!
//! "Every second tuesday" is every two weeks; "second tuesday of the month" and "selasa kedua" are of the month. What
//! was understood is always said back, so that a misunderstanding shows before it matters.

use super::{
    TEXT_BYTES_MAX, TimeError,
    clock::{AT, read_clock, say_clock},
    days::{EVERY, read_days, say_days},
    moment::read_date,
    quoted,
    words::{self, Token, Tokens, count, list, month, month_name, to, weekday_name},
};
use crate::{
    language::Language,
    time::{
        Schedule,
        cron::{self, CronDays, runs},
        schedule::{Days, Which, iso},
    },
};
use jiff::civil;
use std::collections::BTreeSet;

/// Most times of day in a sentence: every hour has one.
const TIMES_MAX: usize = 24;
/// Most weeks between two dates.
const WEEKS_MAX: u8 = 4;
/// From so many times of day on, a sentence says the pattern instead of the times.
const TIMES_SAID_MAX: usize = 6;

/// "weekdays 9:30", "daily 8:00", "mon,thu 16:00", "mon-thu 16:00", "every second tuesday 10:00",
/// "first monday of the month 9:00", "hari kerja 9.30", "setiap hari 8.00", "senin,kamis 16.00",
/// "setiap dua minggu sekali pada hari selasa 10.00", "selasa pertama setiap bulan 9.00", "on the 1st and 15th 9:00",
/// "tanggal 1 9.00"; 12-hour times ("9:30am"); or five cron fields. Both languages are always understood.
///
/// `from` is the date that "every second …" counts its weeks from: it recurs on the first such day on or after it,
/// unless the text names a date itself ("…, starting 6 January 2026").
///
/// # Errors
/// Which part is wrong, where that is known; [`TimeError::Never`] for what never comes true within ten years.
pub fn parse_schedule(text: &str, from: civil::Date) -> Result<Schedule, TimeError> {
    let wrong = || TimeError::Schedule(quoted(text));
    if text.len() > TEXT_BYTES_MAX {
        return Err(wrong());
    }
    let (days, times) = if is_cron(text) {
        let (days, times) = cron::read(text)?;
        (Days::Cron(days), times)
    } else {
        let mut reading = Reading::default();
        let mut tokens = Tokens::of(text);
        while !tokens.is_done() {
            if !reading.step(&mut tokens, from)? {
                return Err(wrong());
            }
        }
        let times = std::mem::take(&mut reading.times);
        (reading.days(from)?.ok_or_else(wrong)?, times)
    };
    let schedule = Schedule::new(days, times).map_err(|_| wrong())?;
    let comes_true = schedule.dates(from).next().is_some();
    if comes_true { Ok(schedule) } else { Err(TimeError::Never(quoted(text))) }
}

/// Whether a text means to be cron: a first field of cron's characters, and either a star or four numbers and more.
fn is_cron(text: &str) -> bool {
    let numeric = |field: &str| field.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | ',' | '-' | '/' | '?'));
    let fields: Vec<&str> = text.split_whitespace().collect();
    let first_two = fields.len() >= 2 && fields.iter().take(2).all(|field| numeric(field));
    let plain =
        |field: &&str| field.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '*' | ',' | '-' | '/' | '?'));
    first_two
        && (text.contains('*')
            || fields.iter().all(|field| numeric(field)) && fields.len() >= 4
            || fields.iter().all(plain) && fields.len() == 5)
}

/// What a sentence has said so far.
#[derive(Default)]
struct Reading {
    weekdays: BTreeSet<u8>,
    /// Days of the month, from "day 1" and "tanggal 1".
    month_days: BTreeSet<u8>,
    months: BTreeSet<u8>,
    /// "first", "terakhir".
    which: BTreeSet<Which>,
    /// "1st": a day of the month, or which weekday of it.
    numbered: BTreeSet<u8>,
    weeks: Option<u8>,
    /// "of the month".
    is_monthly: bool,
    /// "every" came just before.
    after_every: bool,
    /// "every second", in English, where it can mean weeks.
    is_every_nth: bool,
    /// "or" between a day of the month and a weekday.
    is_either: bool,
    anchor: Option<civil::Date>,
    times: Vec<civil::Time>,
}

impl Reading {
    /// Reads on; `false` when nothing that follows is understood.
    fn step(&mut self, tokens: &mut Tokens, from: civil::Date) -> Result<bool, TimeError> {
        if tokens.skip_and() {
            return Ok(true);
        }
        let after_every = std::mem::take(&mut self.after_every);
        if self.read_weeks(tokens, after_every) || self.read_which(tokens, after_every) {
            return Ok(true);
        }
        if let Some(days) = read_days(tokens) {
            self.weekdays.extend(days);
            return Ok(true);
        }
        if tokens.skip_word(&EVERY) {
            self.after_every = true;
            return Ok(true);
        }
        if self.read_month_days(tokens)? || self.read_months(tokens) {
            return Ok(true);
        }
        if tokens.skip_word(&ANCHOR) {
            while tokens.skip_word(&ANCHOR) {}
            self.anchor = Some(self.read_anchor(tokens, from)?);
            return Ok(true);
        }
        if tokens.skip_word(&["or", "atau"]) {
            self.is_either = true;
            return Ok(true);
        }
        tokens.skip_word(&AT);
        if let Some(clock) = read_clock(tokens)? {
            if clock.is_24 {
                return Err(TimeError::Time("24:00".to_owned()));
            }
            self.times.push(clock.time);
            return Ok(self.times.len() <= TIMES_MAX);
        }
        Ok(tokens.skip_word(&FILLERS))
    }

    /// "2 weeks", "every other tuesday", "every second week", "dua minggu sekali", "dua mingguan", "fortnightly".
    fn read_weeks(&mut self, tokens: &mut Tokens, after_every: bool) -> bool {
        let is_week = |word: &str| matches!(word, "week" | "weeks" | "minggu" | "mingguan" | "pekan" | "pekanan");
        let counted = |word: &str| count(word).or_else(|| ordinal(word).map(|which| which as u8 + 1));
        let (weeks, taken) = match tokens.word(0) {
            Some("biweekly" | "fortnightly" | "fortnight" | "dwimingguan") => (2, 1),
            Some("weekly" | "seminggu" | "sepekan" | "mingguan") => (1, 1),
            Some("week") => (1, 1),
            // "setiap minggu pada hari Senin": each week, not each Sunday.
            Some("minggu" | "pekan") if after_every && is_day_next(tokens) => (1, 1),
            Some("other") => (2, 1 + usize::from(tokens.word(1).is_some_and(is_week))),
            Some(word) if tokens.word(1).is_some_and(is_week) => match counted(word) {
                Some(weeks) => (weeks, 2),
                None => return false,
            },
            None if tokens.word(1).is_some_and(is_week) => match tokens.small(0) {
                Some(weeks) => (weeks, 2),
                None => return false,
            },
            _ => return false,
        };
        tokens.skip(taken);
        self.weeks = Some(weeks);
        true
    }

    /// "first", "last", "pertama", "1st", "ke-1".
    fn read_which(&mut self, tokens: &mut Tokens, after_every: bool) -> bool {
        if let Some(which) = tokens.word(0).and_then(ordinal) {
            self.is_every_nth |= after_every;
            self.which.insert(which);
            tokens.skip(1);
            return true;
        }
        let suffix = |tokens: &Tokens| tokens.word(1).is_some_and(|word| matches!(word, "st" | "nd" | "rd" | "th"));
        if tokens.word(0) == Some("ke") && tokens.peek(1) == Some(&Token::Dash) && tokens.small(2).is_some() {
            self.numbered.extend(tokens.small(2));
            tokens.skip(3);
            return true;
        }
        let number = |tokens: &mut Tokens| {
            let number = tokens.small(0).filter(|_| suffix(tokens))?;
            tokens.skip(2);
            Some(number)
        };
        let Some(first) = number(tokens) else { return false };
        let last = tokens.range_end(|tokens| {
            tokens.skip_word(&["the"]);
            number(tokens)
        });
        self.is_every_nth |= after_every;
        self.numbered.extend(first..=last.unwrap_or(first));
        true
    }

    /// "day 1, 15", "tanggal 1 sampai 7", "1 january".
    fn read_month_days(&mut self, tokens: &mut Tokens) -> Result<bool, TimeError> {
        if tokens.small(0).is_some() && tokens.word(1).and_then(month).is_some() {
            self.month_days.extend(read_month_day(tokens)?);
            return Ok(true);
        }
        let is_day = tokens.word(0).is_some_and(|word| matches!(word, "day" | "days" | "date" | "tanggal" | "tgl"));
        if !is_day || tokens.small(1).is_none() {
            return Ok(false);
        }
        tokens.skip(1);
        while let Some(first) = read_month_day(tokens)? {
            let last = tokens.range_end(|tokens| {
                let last = tokens.small(0)?;
                tokens.skip(1);
                Some(last)
            });
            let last = last.map_or(Ok(first), month_day)?;
            self.month_days.extend(first..=last);
            if !tokens.skip_and() {
                break;
            }
        }
        Ok(true)
    }

    /// "of the month", "in January to March", "bulan Januari"; "january 1" where a time still follows.
    fn read_months(&mut self, tokens: &mut Tokens) -> bool {
        let name = |tokens: &mut Tokens| {
            let month = tokens.word(0).and_then(month)?;
            tokens.skip(1);
            Some(month)
        };
        if let Some(first) = name(tokens) {
            let last = tokens.range_end(name).unwrap_or(first);
            let last = if last < first { last + 12 } else { last };
            self.months.extend((first..=last).map(|month| (month - 1) % 12 + 1));
            let then_time = tokens.number(1).is_some() || tokens.word(1).is_some_and(|word| AT.contains(&word));
            if let Some(day) = tokens.small(0).filter(|day| then_time && (1..=31).contains(day)) {
                tokens.skip(1);
                self.month_days.insert(day);
            }
            return true;
        }
        if !tokens.skip_word(&["month", "months", "monthly", "bulan", "bulanan", "sebulan"]) {
            return false;
        }
        self.is_monthly |= tokens.word(0).and_then(month).is_none();
        true
    }

    fn read_anchor(&self, tokens: &mut Tokens, from: civil::Date) -> Result<civil::Date, TimeError> {
        let said = match tokens.peek(0) {
            Some(Token::NoDate(text) | Token::Number(text)) => text.clone(),
            _ => tokens.word(0).unwrap_or_default().to_owned(),
        };
        read_date(tokens, from).ok_or(TimeError::Date(said))
    }

    /// The dates that were meant; `None` when the words don't fit together.
    fn days(mut self, from: civil::Date) -> Result<Option<Days>, TimeError> {
        let numbered = std::mem::take(&mut self.numbered);
        if self.weekdays.is_empty() || self.is_either {
            for day in numbered {
                self.month_days.insert(month_day(day)?);
            }
        } else {
            for number in numbered {
                let Some(which) = Which::ALL.get(usize::from(number).wrapping_sub(1)).filter(|_| number <= 4) else {
                    return Ok(None);
                };
                self.which.insert(*which);
            }
        }
        self.every_nth();
        let weeks = self.weeks.filter(|weeks| *weeks != 1);
        if self.anchor.is_some() && weeks.is_none() {
            return Ok(None);
        }
        if let Some(weeks) = weeks {
            return Ok(self.every_weeks(weeks, from));
        }
        if !self.which.is_empty() {
            return Ok(self.of_month());
        }
        let is_nothing = self.weekdays.is_empty() && self.month_days.is_empty() && self.months.is_empty();
        let is_both = !self.weekdays.is_empty() && !self.month_days.is_empty();
        if is_nothing || is_both != self.is_either {
            return Ok(None);
        }
        let some = |numbers: BTreeSet<u8>| (!numbers.is_empty()).then_some(numbers);
        CronDays::new(some(self.month_days), some(self.months), some(self.weekdays)).map(|days| Some(Days::Cron(days)))
    }

    /// "every second tuesday" is every two weeks, unless it says "of the month".
    fn every_nth(&mut self) {
        let only = self.which.iter().next().copied().filter(|_| self.which.len() == 1);
        let Some(which @ (Which::Second | Which::Third | Which::Fourth)) = only else { return };
        let weeks = which as u8 + 1;
        if !self.is_monthly && (self.weeks == Some(weeks) || (self.is_every_nth && self.weeks.is_none())) {
            self.weeks = Some(weeks);
            self.which.clear();
        }
    }

    fn every_weeks(self, weeks: u8, from: civil::Date) -> Option<Days> {
        let is_plain =
            self.which.is_empty() && self.month_days.is_empty() && self.months.is_empty() && !self.is_monthly;
        if !is_plain || !(2..=WEEKS_MAX).contains(&weeks) {
            return None;
        }
        let start = self.anchor.unwrap_or(from);
        // Counting from a day on which it recurs says the same, and names a date that people see.
        let anchor =
            start.series(jiff::ToSpan::day(1)).take(7).find(|date| self.weekdays.contains(&iso(date.weekday())))?;
        Some(Days::EveryWeeks { weeks, weekdays: self.weekdays, anchor })
    }

    fn of_month(self) -> Option<Days> {
        let is_plain = self.month_days.is_empty() && self.months.is_empty();
        let weekday = self.weekdays.iter().next().copied().filter(|_| self.weekdays.len() == 1 && is_plain)?;
        let weekday = civil::Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
        Some(Days::OfMonth { which: self.which, weekday })
    }
}

/// Words before a date that weeks are counted from.
const ANCHOR: [&str; 11] = [
    "from",
    "since",
    "starting",
    "beginning",
    "counted",
    "counting",
    "mulai",
    "sejak",
    "terhitung",
    "dihitung",
    "dari",
];
/// Words that mean nothing by themselves here.
const FILLERS: [&str; 18] = [
    "on", "the", "of", "in", "a", "once", "sekali", "pada", "hari", "di", "dalam", "untuk", "tanggal", "year",
    "yearly", "annually", "tahun", "tahunan",
];

fn ordinal(word: &str) -> Option<Which> {
    Some(match word {
        "first" | "pertama" | "kesatu" => Which::First,
        "second" | "kedua" => Which::Second,
        "third" | "ketiga" => Which::Third,
        "fourth" | "keempat" => Which::Fourth,
        "last" | "terakhir" => Which::Last,
        _ => return None,
    })
}

/// Whether a weekday follows the next word, with "pada" and "hari" before it or without.
fn is_day_next(tokens: &Tokens) -> bool {
    let mut ahead = 1;
    while tokens.word(ahead).is_some_and(|word| matches!(word, "pada" | "hari" | "di")) {
        ahead += 1;
    }
    tokens.word(ahead).and_then(words::weekday).is_some()
}

/// Takes a day of the month, when a number of two digits at most comes next.
fn read_month_day(tokens: &mut Tokens) -> Result<Option<u8>, TimeError> {
    let day = tokens.small(0).map(month_day).transpose()?;
    tokens.skip(usize::from(day.is_some()));
    Ok(day)
}

/// A day that some month has.
fn month_day(day: u8) -> Result<u8, TimeError> {
    if (1..=31).contains(&day) { Ok(day) } else { Err(TimeError::Date(day.to_string())) }
}

/// The schedule as a sentence: "weekdays at 9:30", "setiap hari kerja pukul 9.30".
///
/// With up to six times a day, [`parse_schedule`] reads it back as the same schedule.
pub fn say_schedule(schedule: &Schedule, language: Language) -> String {
    let times = say_times(schedule.times(), language);
    match schedule.days() {
        Days::Cron(days) => match say_pattern(schedule.times(), language) {
            Some(pattern) if days.is_every_day() => pattern,
            Some(pattern) => format!("{}, {pattern}", say_cron_days(days, language)),
            None => format!("{} {times}", say_cron_days(days, language)),
        },
        Days::EveryWeeks { weeks, weekdays, anchor } => {
            let days = say_days(weekdays, language);
            let start =
                format!("{} {} {}", anchor.day(), month_name(anchor.month().unsigned_abs(), language), anchor.year());
            match (language, weeks, weekdays.len()) {
                (Language::En, 2, 1) => format!("every second {days} {times}, starting {start}"),
                (Language::En, ..) => format!("every {weeks} weeks on {days} {times}, starting {start}"),
                (Language::Id, ..) => {
                    let weeks =
                        ["dua", "tiga", "empat"].get(usize::from(*weeks).wrapping_sub(2)).copied().unwrap_or("");
                    format!("setiap {weeks} minggu sekali pada hari {days} {times}, mulai {start}")
                }
            }
        }
        Days::OfMonth { which, weekday } => {
            let names: Vec<&str> = which.iter().map(|which| which_name(*which, language)).collect();
            let (names, day) = (list(&names, language), weekday_name(iso(*weekday), language));
            match language {
                Language::En => format!("{names} {day} of the month {times}"),
                Language::Id => format!("{day} {names} setiap bulan {times}"),
            }
        }
    }
}

fn which_name(which: Which, language: Language) -> &'static str {
    match (which, language) {
        (Which::First, Language::En) => "first",
        (Which::Second, Language::En) => "second",
        (Which::Third, Language::En) => "third",
        (Which::Fourth, Language::En) => "fourth",
        (Which::Last, Language::En) => "last",
        (Which::First, Language::Id) => "pertama",
        (Which::Second, Language::Id) => "kedua",
        (Which::Third, Language::Id) => "ketiga",
        (Which::Fourth, Language::Id) => "keempat",
        (Which::Last, Language::Id) => "terakhir",
    }
}

fn say_cron_days(days: &CronDays, language: Language) -> String {
    let english = language == Language::En;
    let months =
        days.months.as_ref().map(|months| ranges(months, language, |month| month_name(month, language).to_owned(), ""));
    let weekdays = days.weekdays.as_ref().map(|weekdays| say_weekdays(weekdays, language));
    let month_days = days.days.as_ref().map(|days| {
        let the = if english { "the " } else { "" };
        ranges(days, language, |day| if english { nth(day) } else { day.to_string() }, the)
    });
    match (month_days, weekdays, months, english) {
        (None, None, None, true) => "every day".to_owned(),
        (None, None, None, false) => "setiap hari".to_owned(),
        (None, None, Some(months), true) => format!("every day in {months}"),
        (None, None, Some(months), false) => format!("setiap hari pada bulan {months}"),
        (None, Some(weekdays), None, _) => weekdays,
        (None, Some(weekdays), Some(months), true) => format!("{weekdays} in {months}"),
        (None, Some(weekdays), Some(months), false) => format!("{weekdays} pada bulan {months}"),
        (Some(days), None, None, true) => format!("on the {days} of every month"),
        (Some(days), None, None, false) => format!("setiap tanggal {days}"),
        (Some(days), None, Some(months), true) => format!("on the {days} of {months}"),
        (Some(days), None, Some(months), false) => format!("setiap tanggal {days} bulan {months}"),
        (Some(days), Some(weekdays), None, true) => format!("on the {days} of every month or {weekdays}"),
        (Some(days), Some(weekdays), None, false) => format!("setiap tanggal {days} atau {weekdays}"),
        (Some(days), Some(weekdays), Some(months), true) => format!("on the {days} or {weekdays} in {months}"),
        (Some(days), Some(weekdays), Some(months), false) => {
            format!("setiap tanggal {days} atau {weekdays} pada bulan {months}")
        }
    }
}

/// "weekdays", "every Monday and Thursday", "setiap hari kerja".
fn say_weekdays(weekdays: &BTreeSet<u8>, language: Language) -> String {
    match (runs(weekdays).as_slice(), language) {
        ([(1, 5)], Language::En) => "weekdays".to_owned(),
        ([(1, 5)], Language::Id) => "setiap hari kerja".to_owned(),
        ([(6, 7)], Language::En) => "weekends".to_owned(),
        ([(6, 7)], Language::Id) => "setiap akhir pekan".to_owned(),
        (_, Language::En) => format!("every {}", say_days(weekdays, language)),
        (_, Language::Id) => format!("setiap {}", say_days(weekdays, language)),
    }
}

/// "1st, 5th to the 9th and 15th": numbers, with three and more in a row as a range.
fn ranges(numbers: &BTreeSet<u8>, language: Language, name: impl Fn(u8) -> String, before_end: &str) -> String {
    let said: Vec<String> = runs(numbers)
        .into_iter()
        .flat_map(|(first, last)| {
            if last >= first + 2 {
                vec![format!("{} {} {before_end}{}", name(first), to(language), name(last))]
            } else {
                (first..=last).map(&name).collect()
            }
        })
        .collect();
    list(&said, language)
}

fn nth(day: u8) -> String {
    let suffix = match (day / 10, day % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{day}{suffix}")
}

/// "at 9:30 and 16:00", or the pattern where there are many: "every 15 minutes from 9:00 to 17:45".
fn say_times(times: &[civil::Time], language: Language) -> String {
    let english = language == Language::En;
    let clock = |time: &civil::Time| say_clock(*time, language);
    say_pattern(times, language).unwrap_or_else(|| {
        let times: Vec<String> = times.iter().map(clock).collect();
        format!("{} {}", if english { "at" } else { "pukul" }, list(&times, language))
    })
}

/// Many times that are as far apart all along, or that are the same minutes of several hours.
fn say_pattern(times: &[civil::Time], language: Language) -> Option<String> {
    if times.len() <= TIMES_SAID_MAX {
        return None;
    }
    let english = language == Language::En;
    let minute_of_day =
        |time: &civil::Time| u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs());
    let minutes: Vec<u16> = times.iter().map(minute_of_day).collect();
    let (first, last) = (minutes.first()?, minutes.last()?);
    let step = minutes.get(1)? - first;
    if minutes.iter().zip(minutes.iter().skip(1)).all(|(one, next)| next - one == step) {
        let every = match (step, english) {
            (1, true) => "every minute".to_owned(),
            (1, false) => "setiap menit".to_owned(),
            (60, true) => "every hour".to_owned(),
            (60, false) => "setiap jam".to_owned(),
            (step, true) if step % 60 == 0 => format!("every {} hours", step / 60),
            (step, false) if step % 60 == 0 => format!("setiap {} jam", step / 60),
            (step, true) => format!("every {step} minutes"),
            (step, false) => format!("setiap {step} menit"),
        };
        let is_all_day = *first == 0 && last + step == 24 * 60;
        let (from, until) = (say_clock(*times.first()?, language), say_clock(*times.last()?, language));
        return Some(match (is_all_day, english) {
            (true, _) => every,
            (false, true) => format!("{every} from {from} to {until}"),
            (false, false) => format!("{every} dari pukul {from} sampai {until}"),
        });
    }
    let hours: BTreeSet<u8> = times.iter().map(|time| time.hour().unsigned_abs()).collect();
    let minutes: BTreeSet<u8> = times.iter().map(|time| time.minute().unsigned_abs()).collect();
    if times.len() <= TIMES_MAX || hours.len() * minutes.len() != times.len() {
        return None;
    }
    let number = |number: u8| number.to_string();
    let (hours_said, minutes) = (ranges(&hours, language, number, ""), ranges(&minutes, language, number, ""));
    Some(match (hours.len(), english) {
        (24, true) => format!("at the minutes {minutes} of every hour"),
        (24, false) => format!("pada menit {minutes} setiap jam"),
        (_, true) => format!("at the minutes {minutes} of the hours {hours_said}"),
        (_, false) => format!("pada menit {minutes} dari jam {hours_said}"),
    })
}

/// A schedule as text for a table, in words that every version reads: "every 2 weeks tue 10:00 from 2026-01-06".
///
/// Unlike [`say_schedule`], it doesn't follow the copy when that changes.
pub(in crate::time) fn write_schedule(schedule: &Schedule) -> String {
    let short = |day: u8| words::weekday_name(day, Language::En).get(..3).unwrap_or("").to_lowercase();
    let weekdays = |days: &BTreeSet<u8>| days.iter().map(|day| short(*day)).collect::<Vec<_>>().join(",");
    let numbers = |days: &BTreeSet<u8>| days.iter().map(u8::to_string).collect::<Vec<_>>().join(",");
    let times: Vec<String> = schedule.times().iter().map(|time| say_clock(*time, Language::En)).collect();
    let times = times.join(",");
    match schedule.days() {
        Days::EveryWeeks { weeks, weekdays: days, anchor } => {
            format!("every {weeks} weeks {} at {times} from {anchor}", weekdays(days))
        }
        Days::OfMonth { which, weekday } => {
            let which: Vec<&str> = which.iter().map(|which| which_name(*which, Language::En)).collect();
            format!("{} {} of the month at {times}", which.join(","), short(iso(*weekday)))
        }
        Days::Cron(days) => {
            let month_days = days.days.as_ref().map(|days| format!("day {}", numbers(days)));
            let weekdays = days.weekdays.as_ref().map(weekdays);
            let months = days.months.as_ref().map(|months| {
                let names = months.iter().map(|month| month_name(*month, Language::En).get(..3).unwrap_or(""));
                format!(" in {}", names.collect::<Vec<_>>().join(",").to_lowercase())
            });
            let days = match (month_days, weekdays) {
                (None, None) => "daily".to_owned(),
                (Some(days), None) | (None, Some(days)) => days,
                (Some(days), Some(weekdays)) => format!("{days} or {weekdays}"),
            };
            format!("{days}{} at {times}", months.unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::words::weekday, *};

    #[test]
    fn weekday_names_are_read_in_both_languages() {
        for language in Language::ALL {
            for day in 1..=7 {
                assert_eq!(weekday(&weekday_name(day, language).to_lowercase()), Some(day));
            }
            for number in 1..=12 {
                assert_eq!(month(&month_name(number, language).to_lowercase()), Some(number));
            }
        }
    }
}
