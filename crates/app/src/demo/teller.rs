//! The transcript: one line for each thing that shows itself on a platform, in the local time of whom it concerns.

use super::{
    say,
    team::{self, CHANNEL, TEAM, WORKSPACE},
};
use crate::stage::Stage;
use jeda_emulator::journal::{Act, Entry};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Characters of a text in one line; all of it is there with `--full`.
const LINE_CHARS: usize = 110;

/// Where the second line of a text begins.
const INDENT: usize = 44;
/// How a form shows a field that is still empty.
const BLANK: &str = "____";

/// Which platform an entry is from, as the transcript says it.
pub(super) const SLACK: &str = "Slack";
pub(super) const DISCORD: &str = "Discord";

/// Tells what happened, and keeps it for the count.
pub(super) struct Teller {
    full: bool,
    /// The UTC date of the newest line.
    day: Option<Date>,
    told: Vec<(&'static str, Entry)>,
    seen: (usize, usize),
}

/// What stands above the transcript.
pub(super) fn opening() -> String {
    let people: Vec<String> = TEAM.iter().map(|mate| format!("{} ({})", mate.full, mate.city)).collect();
    format!(
        "A working week of {WORKSPACE}, who make timetables for ferries. They are invented; the bot is not.\n{}.",
        people.join(", ")
    )
}

impl Teller {
    /// Tells whole messages when `full`, else one line of each.
    pub(super) fn new(full: bool) -> Self {
        Self { full, day: None, told: Vec::new(), seen: (0, 0) }
    }

    /// Everything told so far, by platform.
    pub(super) fn told(&self) -> &[(&'static str, Entry)] {
        &self.told
    }

    /// Tells what is new on both platforms.
    pub(super) fn tell(&mut self, stage: &Stage) {
        let slack = stage.slack().map(|slack| slack.journal_after(self.seen.0)).unwrap_or_default();
        let discord = stage.discord().map(|discord| discord.journal_after(self.seen.1)).unwrap_or_default();
        self.seen = (self.seen.0 + slack.len(), self.seen.1 + discord.len());
        let mut new: Vec<(&'static str, Entry)> = slack.into_iter().map(|entry| (SLACK, entry)).collect();
        new.extend(discord.into_iter().map(|entry| (DISCORD, entry)));
        new.sort_by_key(|(_, entry)| entry.at);
        for (platform, entry) in new {
            if self.full || worth_a_line(&entry) {
                self.line(platform, &entry);
            }
            self.told.push((platform, entry));
        }
    }

    /// Tells something that happens on no platform.
    pub(super) fn aside(&mut self, at: Timestamp, what: &str) {
        self.heading(at);
        say(&format!("{:27}·  {what}", ""));
    }

    fn heading(&mut self, at: Timestamp) {
        let day = TimeZone::UTC.to_datetime(at).date();
        if self.day != Some(day) {
            self.day = Some(day);
            say(&format!("\n── {} ──", day.strftime("%A %-d %B")));
        }
    }

    fn line(&mut self, platform: &str, entry: &Entry) {
        let at = Timestamp::from_millisecond(entry.at).unwrap_or_default();
        self.heading(at);
        let mate = concerned(entry).and_then(team::find);
        let (zone, city) = mate.map_or((TimeZone::UTC, "UTC"), |mate| (mate.zone().tz(), mate.city));
        let local = zone.to_datetime(at).strftime("%a %H:%M").to_string();
        let place = match entry.place.as_str() {
            _ if in_thread(entry) => "in thread",
            // Both platforms show a form over everything else.
            "" => "form",
            direct if direct.starts_with("DM ") => "direct",
            channel => channel,
        };
        let words = self.words(entry);
        say(&format!("{local}  {city:11}  {platform:7}  {place:9}  {words}"));
    }

    fn words(&self, entry: &Entry) -> String {
        let who = name(&entry.who);
        let to =
            concerned(entry).filter(|to| *to != entry.who).map(|to| format!(" to {}", name(to))).unwrap_or_default();
        let text = self.text(entry);
        match entry.act {
            Act::Posted => format!("{who}{to}: {text}"),
            Act::Whispered => format!("{who}{to}, seen by nobody else: {text}"),
            Act::Edited => format!("{who}{to} changes: {text}"),
            Act::Deleted => format!("{who}{to} takes back: {text}"),
            Act::FormOpened => format!("{who}{to} opens a form: {text}"),
            Act::FormSent => format!("{who} sends the form: {text}"),
            Act::FormClosed => format!("{who} closes the form"),
            Act::Command => format!("{who} types {text}"),
            Act::Clicked => format!("{who} presses [{text}]"),
            Act::Changed => format!("{who} {text}"),
            Act::NoAnswer => format!("{who}{to}: no answer in time: {text}"),
        }
    }

    fn text(&self, entry: &Entry) -> String {
        // A report is what everyone waits for.
        let report = entry.act == Act::Posted && entry.place == CHANNEL && team::find(&entry.who).is_none();
        if self.full || report {
            return entry.text.replace('\n', &format!("\n{:INDENT$}", ""));
        }
        let line = gist(entry);
        match line.char_indices().nth(LINE_CHARS) {
            Some((end, _)) => format!("{}…", &line[..end]),
            None => line,
        }
    }
}

/// Whether a thing is told without `--full`. What only repeats what was told is not: the press of a button before its
/// form, an empty form, a prompt that changes when it was answered, an answer copied into its report.
fn worth_a_line(entry: &Entry) -> bool {
    let by_jeda = team::find(&entry.who).is_none();
    match entry.act {
        Act::Clicked => false,
        Act::FormOpened => entry.text.contains("\n> "),
        Act::Edited if by_jeda => entry.place.starts_with('#') && !entry.text.contains(" so far"),
        // A mark stands behind a name: edited, late.
        Act::Posted if by_jeda && in_thread(entry) => {
            entry.text.lines().next().is_some_and(|line| line.contains(" · "))
        }
        Act::Changed => !by_jeda,
        _ => true,
    }
}

fn in_thread(entry: &Entry) -> bool {
    entry.place.contains(" › ")
}

/// What a thing says, in one line: of a form, what it says besides its empty fields, or what was written into it.
fn gist(entry: &Entry) -> String {
    let lines = entry.text.split('\n').map(|line| line.trim_matches(['=', ' '])).filter(|line| !line.is_empty());
    let lines: Vec<&str> = match entry.act {
        Act::FormOpened => lines.filter(|line| !line.ends_with(BLANK) && !line.ends_with("*:")).collect(),
        Act::FormSent => lines.map(|line| line.split_once("?: ").map_or(line, |(_, value)| value)).collect(),
        _ => lines.collect(),
    };
    lines.join(" / ")
}

/// Whose time a line is told in: whoever acts, or the one person whom the bot speaks to.
fn concerned(entry: &Entry) -> Option<&str> {
    let reader = entry.to.as_deref().or_else(|| entry.place.strip_prefix("DM "));
    if team::find(&entry.who).is_some() { Some(&entry.who) } else { reader }
}

/// A first name as people write it.
fn name(who: &str) -> &str {
    team::find(who).and_then(|mate| mate.full.split(' ').next()).unwrap_or(who)
}
