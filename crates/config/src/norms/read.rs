//! Reading norms: each table by itself, and each complaint at its place.

use super::{Digest, Exempt, Focus, Level, NudgeBy, QuietHours, ResponseWindow, StandupHours, Urgent};
use crate::{
    Complaint, Complaints, Place,
    read::{place, plain},
    words::{kindly, unknown},
};
use jeda_core::{
    norm::{self, At, Draft, DraftExempt, DraftNorm, Keys, Kind, Manners, Rule, Trouble},
    time::{Span, parse_duration, parse_time},
};
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

/// Norms as they were read, and where each of them stands, for complaints that come later.
#[derive(Clone, Debug)]
pub struct Norms {
    /// The norms, in the order of the file.
    pub draft: Draft,
    source: Source,
}

/// A file's name and text, and the names of its norms.
#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
    norms: Vec<(Kind, String)>,
}

/// Reads a file of norms, and checks whatever needs no workspace.
///
/// # Errors
/// Everything that is wrong, each with its place and the next thing to try.
pub fn read(path: &str) -> Result<Norms, Complaints> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let words = format!("can't be read: {error}. Name a file that exists, such as {}.", super::DEFAULT_PATH);
        Complaints(vec![Complaint { place: Place::Path(path.to_owned()), words }])
    })?;
    parse(path, &text)
}

/// The same for a text, which complaints call by this name.
///
/// # Errors
/// As [`read`].
pub fn parse(name: &str, text: &str) -> Result<Norms, Complaints> {
    let source = Source { name: name.to_owned(), text: text.to_owned(), norms: Vec::new() };
    let mut reader = Reader { source, draft: Draft::default(), complaints: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let offset = error.span().map_or(0, |span| span.start);
        reader.complain(offset, plain(error.message()));
    }
    if reader.complaints.is_empty() {
        reader.file(table.get_ref());
    }
    let Reader { source, draft, mut complaints } = reader;
    let norms = Norms { draft, source };
    if complaints.is_empty() {
        complaints = norms.complaints(&norms.draft.check()).0;
    }
    if complaints.is_empty() { Ok(norms) } else { Err(Complaints(complaints)) }
}

impl Norms {
    /// Troubles of the draft at their places in the file.
    pub fn complaints(&self, troubles: &[Trouble]) -> Complaints {
        let table = DeTable::parse_recoverable(&self.source.text).0;
        let complaint = |trouble: &Trouble| {
            let offset = self.source.offset(table.get_ref(), &trouble.at);
            Complaint { place: place(&self.source.name, &self.source.text, offset), words: trouble.what.to_string() }
        };
        Complaints(troubles.iter().map(complaint).collect())
    }
}

impl Source {
    /// Where something stands: as far down as the file has the keys to it.
    fn offset(&self, table: &DeTable<'_>, at: &At) -> usize {
        let Some((kind, name)) = self.norms.get(at.norm) else { return 0 };
        let found = table.get(kind.key()).and_then(|all| entry(all.get_ref().as_table()?, name));
        let Some((key, mut value)) = found else { return 0 };
        let mut offset = key.span().start;
        for key in at.path {
            let Some((_, next)) = value.get_ref().as_table().and_then(|table| entry(table, key)) else {
                return offset;
            };
            (offset, value) = (next.span().start, next);
        }
        let item = at.item.and_then(|item| value.get_ref().as_array()?.get(item));
        item.map_or(offset, |item| item.span().start)
    }
}

fn entry<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<(&'t Spanned<Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    table.iter().find(|(name, _)| name.get_ref() == key)
}

struct Reader {
    source: Source,
    draft: Draft,
    complaints: Vec<Complaint>,
}

impl Reader {
    fn complain(&mut self, offset: usize, words: String) {
        self.complaints.push(Complaint { place: place(&self.source.name, &self.source.text, offset), words });
    }

    fn file(&mut self, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.key() == key.get_ref()) else {
                let kinds: Vec<&str> = Kind::ALL.into_iter().map(Kind::key).collect();
                self.complain(key.span().start, unknown("kind of norm", key.get_ref(), &kinds));
                continue;
            };
            match value.get_ref().as_table() {
                Some(norms) => self.kind(kind, norms),
                None => self.complain(value.span().start, nameless(kind)),
            }
        }
    }

    fn kind(&mut self, kind: Kind, norms: &DeTable<'_>) {
        for (name, value) in norms.iter() {
            // A setting right below its kind: the norm's own name was forgotten.
            if !value.get_ref().is_table() {
                self.complain(name.span().start, nameless(kind));
                continue;
            }
            if let Some(norm) = self.norm(kind, name.get_ref(), value) {
                self.draft.0.push(norm);
                self.source.norms.push((kind, name.get_ref().to_string()));
            }
        }
    }

    fn norm(&mut self, kind: Kind, name: &str, value: &Spanned<DeValue<'_>>) -> Option<DraftNorm> {
        let mut table = Table { reader: self, value, is_well: true };
        let norm = match kind {
            Kind::QuietHours => {
                let it: QuietHours = table.read()?;
                let manners =
                    table.manners(it.broadcast_off_percent, &it.taking_part, &it.nudge_again_after, it.nudge_by);
                let between = it.between.as_deref().and_then(|text| table.between(text));
                let rule = Rule::QuietHours(norm::QuietHours { manners, between });
                draft(name, it.enforce, it.channels, it.groups, it.exempt, rule)
            }
            Kind::Focus => {
                let it: Focus = table.read()?;
                let manners =
                    table.manners(it.broadcast_off_percent, &it.taking_part, &it.nudge_again_after, it.nudge_by);
                draft(name, it.enforce, it.channels, it.groups, it.exempt, Rule::Focus(norm::Focus { manners }))
            }
            Kind::ResponseWindow => {
                let it: ResponseWindow = table.read()?;
                let rule = Rule::ResponseWindow(norm::ResponseWindow {
                    working_hours: it.working_hours,
                    remind_before_working_hours: it.remind_before_working_hours,
                });
                draft(name, it.enforce, it.channels, it.groups, it.exempt, rule)
            }
            Kind::Urgent => {
                let it: Urgent = table.read()?;
                let rule = Rule::Urgent(norm::Urgent { budget_per_week: it.budget_per_week, record: it.record });
                draft(name, it.enforce, it.channels, it.groups, it.exempt, rule)
            }
            Kind::Digest => {
                let it: Digest = table.read()?;
                let rule = Rule::Digest(table.digest(&it));
                draft(name, it.enforce, it.channels, it.groups, it.exempt, rule)
            }
            Kind::StandupHours => {
                let it: StandupHours = table.read()?;
                draft(name, it.enforce, None, None, Exempt::default(), Rule::StandupHours(norm::StandupHours {}))
            }
        };
        table.is_well.then_some(norm)
    }
}

fn nameless(kind: Kind) -> String {
    format!("each norm has a name: write [{0}.some-name] and its settings below it.", kind.key())
}

fn draft(
    name: &str,
    enforce: Level,
    channels: Option<Vec<String>>,
    groups: Option<Vec<String>>,
    exempt: Exempt,
    rule: Rule<String>,
) -> DraftNorm {
    let Exempt { people, groups: exempt_groups, channels: exempt_channels } = exempt;
    let exempt = DraftExempt { people, groups: exempt_groups, channels: exempt_channels };
    DraftNorm { name: name.to_owned(), enforce: enforce.into(), channels, groups, exempt, rule }
}

/// One norm's table, and whether all of it could be read.
struct Table<'r, 'v, 'i> {
    reader: &'r mut Reader,
    value: &'v Spanned<DeValue<'i>>,
    is_well: bool,
}

impl Table<'_, '_, '_> {
    fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        match T::deserialize(ValueDeserializer::from(self.value.clone())) {
            Ok(read) => Some(read),
            Err(error) => {
                let offset = error.span().map_or(self.value.span().start, |span| span.start);
                self.reader.complain(offset, kindly(error.message()));
                None
            }
        }
    }

    /// A complaint about what stands under a key.
    fn wrong(&mut self, path: Keys, item: Option<usize>, words: String) {
        let found = path.first().and_then(|key| entry(self.value.get_ref().as_table()?, key));
        let at = found.map(|(_, value)| {
            let item = item.and_then(|item| value.get_ref().as_array()?.get(item));
            item.unwrap_or(value).span().start
        });
        self.is_well = false;
        self.reader.complain(at.unwrap_or(self.value.span().start), words);
    }

    fn manners(&mut self, broadcast_off_percent: u8, taking_part: &str, again: &str, by: NudgeBy) -> Manners {
        Manners {
            broadcast_off_percent,
            taking_part_minutes: self.minutes(&["taking_part"], taking_part),
            nudge_again_minutes: self.minutes(&["nudge_again_after"], again),
            nudge_by: by.into(),
        }
    }

    fn minutes(&mut self, path: Keys, text: &str) -> i64 {
        parse_duration(text).unwrap_or_else(|_| {
            self.wrong(
                path,
                None,
                format!("\"{text}\" is no length of time. Write it like \"10m\", \"4h\" or \"1d\"."),
            );
            0
        })
    }

    fn between(&mut self, text: &str) -> Option<Span> {
        let ends = text.split_once(['-', '–']).and_then(|(from, to)| Some((time(from)?, time(to)?)));
        let words = match ends {
            Some((from, to)) if from != to => return Some(Span { from, to }),
            Some(_) => format!("\"{text}\" begins and ends at once. Leave the line out to mean the whole day."),
            None => format!("\"{text}\" is no part of a day. Write it like \"22:00-6:00\"."),
        };
        self.wrong(&["between"], None, words);
        None
    }

    fn digest(&mut self, it: &Digest) -> norm::Digest {
        let mut also_at = Vec::new();
        for (item, text) in it.also_at.iter().enumerate() {
            match time(text) {
                Some(at) => also_at.push(at),
                None => {
                    let words = format!("\"{text}\" is no time of day. Write it like \"14:00\".");
                    self.wrong(&["also_at"], Some(item), words);
                }
            }
        }
        also_at.sort_unstable();
        also_at.dedup();
        let parts = it.parts.as_ref().map(|parts| parts.iter().map(|part| (*part).into()).collect());
        norm::Digest {
            at_start_of_day: it.at_start_of_day,
            also_at,
            parts: parts.unwrap_or_else(|| norm::digest::Part::ALL.into()),
            items_max: it.items_max,
            keep_days: it.keep_days,
        }
    }
}

/// A time of day; 24:00 ends a day as 0:00 does.
fn time(text: &str) -> Option<jiff::civil::Time> {
    match text.trim() {
        "24:00" | "24.00" => Some(jiff::civil::Time::midnight()),
        text => parse_time(text).ok(),
    }
}
