//! Schedules as sentences, or as five cron fields.

use super::{
    TEXT_BYTES_MAX, TimeError,
    clock::{AT, read_clock, say_clock},
    days::{read_days, say_days, say_weekdays},
    quoted,
    words::{self, Token, Tokens, count, month_name, weekday, weekday_name},
};
use crate::{
    language::Language,
    time::{
        Schedule,
        cron::{self, CronDays},
        schedule::{Days, Which, iso},
    },
};
use jiff::{
    ToSpan,
    civil::{self, Weekday},
};
use std::collections::BTreeSet;

/// What stands between two cron lines of one schedule, where one line can't say all times of day.
const CRON_AND: &str = " | ";

/// "weekdays 9:30", "daily 8:00", "mon,thu 16:00", "mon-thu 16:00", "every second tuesday 10:00",
/// "every 2 weeks on tue 10:00", "first monday of the month 9:00", "hari kerja 9.30", "setiap hari 8.00",
/// "senin,kamis 16.00", "setiap 2 minggu sekali pada hari Selasa 10.00", "Senin pertama setiap bulan 9.00";
/// or five cron fields. Both languages are always understood.
///
/// `from` is the date that "every second …" counts its weeks from: the first date on or after it that matches.
///
/// # Errors
/// What is wrong: the text as a whole, a time of day, cron's number of fields, one of its fields, or that it never
/// comes true.
pub fn parse_schedule(text: &str, from: civil::Date) -> Result<Schedule, TimeError> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(TimeError::Schedule(quoted(text)));
    }
    let schedule = if is_cron(text) { parse_cron(text)? } else { parse_sentence(text, from)? };
    let comes_true = schedule.dates(from).next().is_some();
    if comes_true { Ok(schedule) } else { Err(TimeError::Never(quoted(text))) }
}

/// Cron is what has an asterisk, or begins with two fields that no sentence begins with.
fn is_cron(text: &str) -> bool {
    let plain = |field: &&str| field.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | '/' | '?'));
    text.contains('*') || (text.split_whitespace().count() >= 5 && text.split_whitespace().take(2).all(|f| plain(&f)))
}

fn parse_cron(text: &str) -> Result<Schedule, TimeError> {
    let wrong = || TimeError::Schedule(quoted(text));
    let mut days: Option<CronDays> = None;
    let mut times = Vec::new();
    for line in text.split(CRON_AND) {
        let (these, at) = cron::read(line)?;
        if days.as_ref().is_some_and(|days| *days != these) {
            return Err(wrong());
        }
        days = Some(these);
        times.extend(at);
    }
    Schedule::new(Days::Cron(days.ok_or_else(wrong)?), times).map_err(|_| wrong())
}

/// What a sentence said so far.
#[derive(Default)]
struct Said {
    days: Option<Rule>,
    times: Vec<civil::Time>,
    from: Option<civil::Date>,
}

enum Rule {
    Weekdays(BTreeSet<u8>),
    EveryWeeks(u8, BTreeSet<u8>),
    OfMonth(Which, Weekday),
    DaysOfMonth(BTreeSet<u8>),
}

fn parse_sentence(text: &str, from: civil::Date) -> Result<Schedule, TimeError> {
    let wrong = || TimeError::Schedule(quoted(text));
    let mut tokens = Tokens::of(text);
    let mut said = Said::default();
    while !tokens.is_done() {
        if tokens.skip_and() {
            continue;
        }
        if !read_part(&mut tokens, &mut said)? {
            return Err(wrong());
        }
    }
    let Said { days: Some(rule), times, from: said_from } = said else { return Err(wrong()) };
    if times.is_empty() {
        return Err(wrong());
    }
    let days = match rule {
        Rule::Weekdays(days) => Days::Cron(CronDays::new(None, None, Some(days))?),
        Rule::DaysOfMonth(days) => Days::Cron(CronDays::new(Some(days), None, None)?),
        Rule::OfMonth(which, weekday) => Days::OfMonth { which, weekday },
        Rule::EveryWeeks(weeks, weekdays) => {
            let anchor = said_from
                .unwrap_or(from)
                .series(1.day())
                .find(|date| weekdays.contains(&iso(date.weekday())))
                .ok_or_else(wrong)?;
            Days::EveryWeeks { weeks, weekdays, anchor }
        }
    };
    Schedule::new(days, times).map_err(|_| wrong())
}

/// Takes one part of the sentence: its days, a time, or a start. `false` when it is none of these, or comes twice.
fn read_part(tokens: &mut Tokens, said: &mut Said) -> Result<bool, TimeError> {
    let starts = matches!(tokens.word(0), Some("from" | "starting" | "since" | "mulai" | "sejak"));
    if starts && matches!(tokens.peek(1), Some(Token::Date(_) | Token::NoDate(_))) {
        tokens.skip(1);
        return match tokens.take() {
            Some(Token::Date(date)) => Ok(said.from.replace(date).is_none()),
            Some(Token::NoDate(text)) => Err(TimeError::Date(text)),
            _ => Ok(false),
        };
    }
    if said.days.is_none()
        && let Some(rule) = read_rule(tokens)
    {
        said.days = Some(rule);
        return Ok(true);
    }
    tokens.skip_word(&AT);
    match read_clock(tokens)? {
        Some(clock) if !clock.is_24 => {
            said.times.push(clock.time);
            Ok(true)
        }
        _ => Ok(false),
    }
}

fn read_rule(tokens: &mut Tokens) -> Option<Rule> {
    every_weeks(tokens).or_else(|| of_month(tokens)).or_else(|| days_of_month(tokens)).or_else(|| {
        // Nothing is taken where no weekday comes, so that a time may come first.
        let is_days = |word: &str| {
            weekday(word).is_some()
                || ["every", "each", "on", "daily", "everyday", "setiap", "tiap", "pada", "hari", "akhir"]
                    .contains(&word)
                || word.starts_with("week")
                || word.starts_with("work")
        };
        tokens.word(0).is_some_and(is_days).then(|| read_days(tokens)).flatten().map(Rule::Weekdays)
    })
}

/// "every second tuesday", "every other week on mon", "every 2 weeks tue,thu", "setiap dua minggu sekali pada hari
/// Selasa".
fn every_weeks(tokens: &mut Tokens) -> Option<Rule> {
    let mut at = usize::from(matches!(tokens.word(0), Some("every" | "each" | "setiap" | "tiap" | "per")));
    let biweekly = matches!(tokens.word(0), Some("biweekly" | "fortnightly"));
    let weeks = if biweekly {
        2
    } else {
        match tokens.word(at) {
            Some("second" | "other" | "alternate") if at == 1 => 2,
            Some("third") if at == 1 => 3,
            Some("fourth") if at == 1 => 4,
            Some(word) => count(word)?,
            None => tokens.small(at)?,
        }
    };
    at += 1;
    // "every 2nd tuesday": the ending is a word of its own.
    at += usize::from(matches!(tokens.word(at), Some("st" | "nd" | "rd" | "th")) && !biweekly);
    let unit = matches!(tokens.word(at), Some("week" | "weeks" | "minggu" | "pekan"));
    at += usize::from(unit);
    at += usize::from(tokens.word(at) == Some("sekali"));
    while matches!(tokens.word(at), Some("on" | "pada" | "hari" | "setiap")) {
        at += 1;
    }
    let named_day = tokens.word(at).is_some_and(|word| weekday(word).is_some());
    let of_month = matches!(tokens.word(at + 1), Some("of" | "in"));
    if !(2..=4).contains(&weeks) || !named_day || of_month {
        return None;
    }
    tokens.skip(at);
    Some(Rule::EveryWeeks(weeks, read_days(tokens)?))
}

fn which(word: &str) -> Option<Which> {
    Some(match word {
        "first" | "pertama" => Which::First,
        "second" | "kedua" => Which::Second,
        "third" | "ketiga" => Which::Third,
        "fourth" | "keempat" => Which::Fourth,
        "last" | "terakhir" => Which::Last,
        _ => return None,
    })
}

/// "first monday of the month", "every last friday of each month", "Senin pertama setiap bulan".
fn of_month(tokens: &mut Tokens) -> Option<Rule> {
    let mut at = 0;
    while matches!(tokens.word(at), Some("on" | "the" | "every" | "each" | "setiap" | "tiap" | "pada" | "hari")) {
        at += 1;
    }
    let (found, day, mut end) = match (tokens.word(at), tokens.word(at + 1)) {
        (Some(a), Some(b)) if which(a).is_some() => (which(a)?, weekday(b)?, at + 2),
        (Some(a), Some(b)) if which(b).is_some() => (which(b)?, weekday(a)?, at + 2),
        _ => return None,
    };
    let before = end;
    while matches!(
        tokens.word(end),
        Some("of" | "in" | "the" | "each" | "every" | "a" | "setiap" | "tiap" | "dalam" | "di" | "pada")
    ) {
        end += 1;
    }
    match tokens.word(end) {
        Some("month" | "months" | "bulan" | "monthly" | "bulannya") => end += 1,
        // "setiap Senin pertama 9.00" needs no month; "first monday at 9" neither.
        _ => end = before,
    }
    tokens.skip(end);
    let weekday = Weekday::from_monday_one_offset(i8::try_from(day).ok()?).ok()?;
    Some(Rule::OfMonth(found, weekday))
}

/// "day 1 and 15 of the month", "tanggal 1 dan 15 setiap bulan".
fn days_of_month(tokens: &mut Tokens) -> Option<Rule> {
    let mut at = usize::from(matches!(tokens.word(0), Some("every" | "on" | "setiap" | "pada")));
    if !matches!(tokens.word(at), Some("day" | "days" | "tanggal" | "tgl")) {
        return None;
    }
    at += 1;
    let mut days = BTreeSet::new();
    let mut end = at;
    while let Some(day) = tokens.small(end).filter(|day| (1..=31).contains(day)) {
        days.insert(day);
        end += 1;
        at = end;
        while tokens.peek(end) == Some(&Token::Comma) || tokens.word(end).is_some_and(|word| words::AND.contains(&word))
        {
            end += 1;
        }
    }
    while matches!(tokens.word(at), Some("of" | "the" | "each" | "every" | "setiap" | "tiap" | "month" | "bulan")) {
        at += 1;
    }
    if days.is_empty() {
        return None;
    }
    tokens.skip(at);
    Some(Rule::DaysOfMonth(days))
}

/// The schedule as a sentence: "weekdays at 9:30", "setiap hari kerja pukul 9.30". What a sentence can be written
/// for reads back as the same schedule.
pub fn say_schedule(schedule: &Schedule, language: Language) -> String {
    let english = language == Language::En;
    let days = match schedule.days() {
        Days::Cron(days) => say_cron_days(days, language),
        Days::EveryWeeks { weeks, weekdays, .. } => {
            let days = say_weekdays(weekdays, language);
            if english {
                format!("every {weeks} weeks on {days}")
            } else {
                format!("setiap {weeks} minggu pada {days}")
            }
        }
        Days::OfMonth { which, weekday } => {
            let day = weekday_name(iso(*weekday), language);
            let (en, id) = match which {
                Which::First => ("first", "pertama"),
                Which::Second => ("second", "kedua"),
                Which::Third => ("third", "ketiga"),
                Which::Fourth => ("fourth", "keempat"),
                Which::Last => ("last", "terakhir"),
            };
            if english { format!("the {en} {day} of the month") } else { format!("{day} {id} setiap bulan") }
        }
    };
    format!("{days} {}", say_times(schedule.times(), language))
}

fn say_cron_days(days: &CronDays, language: Language) -> String {
    let english = language == Language::En;
    let every: BTreeSet<u8> = (1..=7).collect();
    let by_number = days.days.as_ref().map(|numbers| {
        let numbers: Vec<String> = numbers.iter().map(u8::to_string).collect();
        let list = words::list(&numbers, language);
        if english { format!("day {list} of the month") } else { format!("tanggal {list} setiap bulan") }
    });
    let by_weekday = days.weekdays.as_ref().map(|weekdays| say_days(weekdays, language));
    let or = if english { "or" } else { "atau" };
    let mut text = match (by_number, by_weekday) {
        (Some(number), Some(weekday)) => format!("{number} {or} {weekday}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => say_days(&every, language),
    };
    if let Some(months) = &days.months {
        let names: Vec<&str> = months.iter().map(|month| month_name(*month, language)).collect();
        let list = words::list(&names, language);
        text = if english { format!("{text} in {list}") } else { format!("{text} pada bulan {list}") };
    }
    text
}

/// Times that are spelt out one by one; more of them are told by their distance, where it is the same.
const TIMES_LISTED_MAX: usize = 4;

fn say_times(times: &[civil::Time], language: Language) -> String {
    let english = language == Language::En;
    let at = if english { "at" } else { "pukul" };
    let minutes: Vec<i64> = times.iter().map(|time| i64::from(time.hour()) * 60 + i64::from(time.minute())).collect();
    let step = minutes.windows(2).map(|pair| if let [a, b] = pair { b - a } else { 0 }).collect::<BTreeSet<_>>();
    if let (true, Some(step), [first, .., last]) =
        (times.len() > TIMES_LISTED_MAX && step.len() == 1, step.first(), times)
    {
        let every = super::say_duration(*step, language);
        let (first, last) = (say_clock(*first, language), say_clock(*last, language));
        return if english {
            format!("every {every} from {first} to {last}")
        } else {
            format!("setiap {every} dari pukul {first} sampai {last}")
        };
    }
    let times: Vec<String> = times.iter().map(|time| say_clock(*time, language)).collect();
    format!("{at} {}", words::list(&times, language))
}

/// The text that a schedule is kept as, where one cron line can't say it.
pub(in crate::time) fn write_schedule(schedule: &Schedule) -> String {
    match schedule.days() {
        Days::Cron(days) => {
            let lines: Vec<String> =
                schedule.times().iter().filter_map(|time| cron::write(days, std::slice::from_ref(time))).collect();
            lines.join(CRON_AND)
        }
        Days::EveryWeeks { anchor, .. } => format!("{} from {anchor}", say_schedule(schedule, Language::En)),
        Days::OfMonth { .. } => say_schedule(schedule, Language::En),
    }
}
