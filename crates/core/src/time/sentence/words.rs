//! Text as tokens, and the vocabulary that every reader shares.

use crate::language::Language;
use jiff::civil;

/// A piece of what somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Letters, in lower case, apostrophes left out.
    Word(String),
    /// Digits, with `:` or `.` between them.
    Number(String),
    /// An ISO date.
    Date(civil::Date),
    /// Digits that look like an ISO date and aren't one.
    NoDate(String),
    /// `-`, a longer dash, or `..`.
    Dash,
    /// `,` `;` `&` `+`.
    Comma,
    /// Anything else.
    Other(char),
}

/// Tokens with a place to read from. Readers move forward, and look back over a range's middle at most.
pub(super) struct Tokens {
    tokens: Vec<Token>,
    at: usize,
}

impl Tokens {
    pub(super) fn of(text: &str) -> Self {
        Self { tokens: tokenize(text), at: 0 }
    }
    /// The token `ahead` of the next one (0), without taking it.
    pub(super) fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }
    /// The word `ahead`, or nothing when that is no word.
    pub(super) fn word(&self, ahead: usize) -> Option<&str> {
        match self.peek(ahead) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }
    /// The digits `ahead`, or nothing when that is no number.
    pub(super) fn number(&self, ahead: usize) -> Option<&str> {
        match self.peek(ahead) {
            Some(Token::Number(digits)) => Some(digits),
            _ => None,
        }
    }
    /// The whole number `ahead`: one or two digits.
    pub(super) fn small(&self, ahead: usize) -> Option<u8> {
        self.number(ahead).filter(|digits| digits.len() <= 2).and_then(|digits| digits.parse().ok())
    }
    pub(super) fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }
    pub(super) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.tokens.len());
    }
    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }
    /// Takes the next word when it is one of these.
    pub(super) fn skip_word(&mut self, words: &[&str]) -> bool {
        let is = self.word(0).is_some_and(|word| words.contains(&word));
        self.at += usize::from(is);
        is
    }
    /// Takes what stands between the ends of a range: a dash, "to", "sampai", "s/d".
    pub(super) fn skip_to(&mut self) -> bool {
        if self.peek(0) == Some(&Token::Dash) {
            self.skip(1);
            return true;
        }
        if self.word(0) == Some("s") && self.peek(1) == Some(&Token::Other('/')) && self.word(2) == Some("d") {
            self.skip(3);
            return true;
        }
        let is = self.skip_word(&["to", "through", "thru", "until", "till", "sampai", "hingga", "sd"]);
        if is {
            self.skip_word(&["dengan"]);
        }
        is
    }
    /// Takes a range's end with what stands before it, when `read` finds one there; else takes nothing.
    pub(super) fn range_end<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.at;
        let end = if self.skip_to() { read(self) } else { None };
        if end.is_none() {
            self.at = before;
        }
        end
    }
    /// Takes what stands between the parts of a list: commas, slashes, "and", "dan"; whether there was any.
    pub(super) fn skip_and(&mut self) -> bool {
        let mut any = false;
        while matches!(self.peek(0), Some(Token::Comma | Token::Other('/')))
            || AND.iter().any(|and| self.word(0) == Some(and))
        {
            self.skip(1);
            any = true;
        }
        any
    }
}

/// Words between the parts of a list.
pub(super) const AND: [&str; 4] = ["and", "dan", "serta", "plus"];

fn tokenize(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().flat_map(char::to_lowercase).filter(|c| !matches!(c, '\'' | '’')).collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        let rest = chars.get(at..).unwrap_or(&[]);
        let length = match c {
            _ if c.is_ascii_digit() => {
                let (token, length) = digits(rest);
                tokens.push(token);
                length
            }
            _ if c.is_alphabetic() => {
                let (word, length) = letters(rest);
                tokens.push(Token::Word(word));
                length
            }
            '-' | '–' | '—' | '−' => {
                tokens.push(Token::Dash);
                1
            }
            ',' | ';' | '&' | '+' => {
                tokens.push(Token::Comma);
                1
            }
            '(' | ')' | '!' => 1,
            '.' if rest.get(1) == Some(&'.') => {
                tokens.push(Token::Dash);
                rest.iter().take_while(|c| **c == '.').count()
            }
            '.' if rest.get(1).is_none_or(|c| !c.is_alphanumeric()) => 1,
            _ if c.is_whitespace() => 1,
            _ => {
                tokens.push(Token::Other(c));
                1
            }
        };
        at += length;
    }
    tokens
}

/// A number or an ISO date at the start, and how many characters it has.
fn digits(rest: &[char]) -> (Token, usize) {
    let digit = |at: usize| rest.get(at).is_some_and(char::is_ascii_digit);
    let dash = |at: usize| rest.get(at) == Some(&'-');
    let iso = (0..4).all(digit) && dash(4) && digit(5) && digit(6) && dash(7) && digit(8) && digit(9) && !digit(10);
    if iso {
        let text: String = rest.iter().take(10).collect();
        return (text.parse().map_or(Token::NoDate(text), Token::Date), 10);
    }
    let mut length = 0;
    while digit(length) || (rest.get(length).is_some_and(|c| matches!(c, ':' | '.')) && digit(length + 1)) {
        length += 1;
    }
    (Token::Number(rest.iter().take(length).collect()), length)
}

/// A word at the start, and how many characters it has. "a.m." is the word "am".
fn letters(rest: &[char]) -> (String, usize) {
    if let [half @ ('a' | 'p'), '.', 'm', ..] = rest {
        return (format!("{half}m"), 3);
    }
    let word: String = rest.iter().take_while(|c| c.is_alphabetic()).collect();
    let length = word.chars().count();
    (word, length)
}

/// A weekday's number, 1 (Monday) to 7 (Sunday), from a full or short name in either language.
///
/// "minggu" is Sunday here; where it can mean a week, the reader looks at what stands before it.
pub(super) fn weekday(word: &str) -> Option<u8> {
    Some(match word {
        "monday" | "mondays" | "mon" | "senin" | "sen" => 1,
        "tuesday" | "tuesdays" | "tue" | "tues" | "selasa" | "sel" => 2,
        "wednesday" | "wednesdays" | "wed" | "weds" | "rabu" | "rab" => 3,
        "thursday" | "thursdays" | "thu" | "thur" | "thurs" | "kamis" | "kam" => 4,
        "friday" | "fridays" | "fri" | "jumat" | "jum" => 5,
        "saturday" | "saturdays" | "sat" | "sabtu" | "sab" => 6,
        "sunday" | "sundays" | "sun" | "minggu" | "min" | "ahad" => 7,
        _ => return None,
    })
}

/// A month's number from a full or short name in either language.
pub(super) fn month(word: &str) -> Option<u8> {
    Some(match word {
        "january" | "jan" | "januari" => 1,
        "february" | "feb" | "februari" | "pebruari" => 2,
        "march" | "mar" | "maret" => 3,
        "april" | "apr" => 4,
        "may" | "mei" => 5,
        "june" | "jun" | "juni" => 6,
        "july" | "jul" | "juli" => 7,
        "august" | "aug" | "agustus" | "agu" | "agt" | "ags" => 8,
        "september" | "sep" | "sept" => 9,
        "october" | "oct" | "oktober" | "okt" => 10,
        "november" | "nov" | "nopember" | "nop" => 11,
        "december" | "dec" | "desember" | "des" => 12,
        _ => return None,
    })
}

/// Small numbers as words: how many weeks.
pub(super) fn count(word: &str) -> Option<u8> {
    Some(match word {
        "one" | "satu" => 1,
        "two" | "dua" => 2,
        "three" | "tiga" => 3,
        "four" | "empat" => 4,
        _ => return None,
    })
}

const WEEKDAYS_EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const WEEKDAYS_ID: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_ID: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// A weekday's name; 1 is Monday.
pub(super) fn weekday_name(weekday: u8, language: Language) -> &'static str {
    let names = if language == Language::En { &WEEKDAYS_EN } else { &WEEKDAYS_ID };
    names.get(usize::from(weekday).wrapping_sub(1)).copied().unwrap_or("?")
}

/// A month's name; 1 is January.
pub(super) fn month_name(month: u8, language: Language) -> &'static str {
    let names = if language == Language::En { &MONTHS_EN } else { &MONTHS_ID };
    names.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("?")
}

/// "a, b and c".
pub(super) fn list<S: AsRef<str>>(parts: &[S], language: Language) -> String {
    let and = if language == Language::En { "and" } else { "dan" };
    match parts {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {and} {}", first.join(", "), last.as_ref())
        }
    }
}

/// "to", "sampai": between the ends of a range.
pub(super) fn to(language: Language) -> &'static str {
    if language == Language::En { "to" } else { "sampai" }
}
