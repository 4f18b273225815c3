//! What to offer while an argument is typed.

use super::Invocation;
use crate::{
    copy::command as words,
    event::Origin,
    language::Language,
    limit::CHOICES_MAX,
    snapshot::Snapshot,
    standup::{Standup, StandupState, may_see, takes_part},
    time,
};

/// Characters of a choice's label and value (Discord).
const CHOICE_CHARS_MAX: usize = 100;
/// Zones that are offered beside a working week.
const ZONES_IN_HOURS: usize = 10;
/// The date that "every second tuesday" is tried from while it is typed; only whether it can be read counts here.
const ANY_DATE: jiff::civil::Date = jiff::civil::date(2026, 1, 1);

/// What to offer while an argument is typed: (label, value), best first, at most [`CHOICES_MAX`].
///
/// `invocation` is what stands on the line so far, `argument` the one that is being typed, `typed` what it has.
pub fn suggest(
    snapshot: &Snapshot,
    invocation: &Invocation,
    argument: &str,
    typed: &str,
    by: &Origin,
) -> Vec<(String, String)> {
    let member = snapshot.members.get(&by.user);
    let known = member.and_then(|member| member.language);
    let language = by.language.or(known).unwrap_or(snapshot.workspace.language);
    let typed = typed.trim();
    let choices = match argument {
        "name" if invocation.is(&["standup", "new"]) => Vec::new(),
        "name" => names(snapshot, invocation, typed, by),
        "zone" => time::zones_like(typed, CHOICES_MAX).into_iter().map(|zone| (zone.clone(), zone)).collect(),
        "hours" => hours(typed, language),
        "holidays" => time::calendars_like(typed, CHOICES_MAX)
            .into_iter()
            .map(|it| (format!("{} ({})", it.name(), it.code()), it.code().to_owned()))
            .collect(),
        "when" if invocation.path.first().is_some_and(|root| root == "later") => {
            offered(typed, words::moments(language))
        }
        "when" => schedules(typed, language),
        "date" => offered(typed, words::dates(language)),
        "until" => offered(typed, words::moments(language)),
        "by" => offered(typed, words::windows(language)),
        "time" => {
            let mut choices = durations(typed, &[30, 60, 120, 240], language);
            choices.extend(offered(typed, vec![words::focus_end(language)]));
            choices
        }
        "window" => durations(typed, &[60, 120, 240, 480, 1440], language),
        "remind" => {
            let mut choices = durations(typed, &[15, 30, 60, 120], language);
            choices.push(words::never(language));
            choices
        }
        "topic" => topics(typed),
        _ => Vec::new(),
    };
    choices
        .into_iter()
        .filter(|(label, value)| !value.is_empty() && value.chars().count() <= CHOICE_CHARS_MAX && !label.is_empty())
        .map(|(label, value)| (label.chars().take(CHOICE_CHARS_MAX).collect(), value))
        .take(CHOICES_MAX)
        .collect()
}

/// Names of standups: those of the one who types first, then those of the channel they are in.
fn names(snapshot: &Snapshot, invocation: &Invocation, typed: &str, by: &Origin) -> Vec<(String, String)> {
    let typed = typed.to_lowercase();
    let wanted = |standup: &&Standup| match standup.state {
        StandupState::Deleted => false,
        StandupState::Active => !invocation.is(&["standup", "resume"]),
        StandupState::Paused => !invocation.is(&["standup", "pause"]),
    };
    let mut found: Vec<&Standup> = snapshot
        .standups
        .values()
        .filter(wanted)
        .filter(|standup| may_see(snapshot, standup, by))
        .filter(|standup| standup.name.to_lowercase().contains(&typed))
        .collect();
    found.sort_by_key(|standup| {
        let here = by.channel.as_ref() == Some(&standup.channel);
        let begins = standup.name.to_lowercase().starts_with(&typed);
        let mine = standup.owner == by.user || takes_part(snapshot, standup, &by.user);
        (!mine, !here, !begins, standup.name.to_lowercase())
    });
    found.into_iter().map(|standup| (standup.name.clone(), standup.name.clone())).collect()
}

/// What was typed, when it can be read, as jeda understands it; then examples in the reader's language.
fn schedules(typed: &str, language: Language) -> Vec<(String, String)> {
    let mut choices = Vec::new();
    if let Ok(schedule) = time::parse_schedule(typed, ANY_DATE) {
        choices.push((time::say_schedule(&schedule, language), typed.to_owned()));
    }
    choices.extend(offered(typed, words::schedules(language)).into_iter().filter(|(_, value)| value != typed));
    choices
}

/// Zones, and a zone with the usual week once there is one.
fn hours(typed: &str, language: Language) -> Vec<(String, String)> {
    let mut choices = Vec::new();
    if let Ok((zone, week)) = time::parse_hours(typed) {
        if let (Some(zone), Some(week)) = (zone, &week) {
            let said = time::say_hours(&time::Hours { zone, week: week.clone() }, language);
            choices.push((said, typed.to_owned()));
        } else {
            choices.push((typed.to_owned(), typed.to_owned()));
        }
        if let (Some(zone), None) = (zone, week) {
            choices.extend(words::weeks(language).into_iter().map(|week| {
                let both = format!("{zone} {week}");
                (both.clone(), both)
            }));
        }
        return choices;
    }
    let zone = typed.split_whitespace().next().unwrap_or("");
    choices.extend(time::zones_like(zone, ZONES_IN_HOURS).into_iter().map(|zone| (zone.clone(), zone)));
    if typed.is_empty() {
        choices.extend(words::weeks(language).into_iter().map(|week| (week.clone(), week)));
    }
    choices
}

/// What was typed, when it is a duration, then usual ones.
fn durations(typed: &str, usual: &[i64], language: Language) -> Vec<(String, String)> {
    let mut choices = Vec::new();
    let read = time::parse_duration(typed).ok();
    if let Some(minutes) = read {
        choices.push((time::say_duration(minutes, language), typed.to_owned()));
    }
    choices.extend(
        usual
            .iter()
            .filter(|minutes| Some(**minutes) != read)
            .map(|minutes| (time::say_duration(*minutes, language), format!("{minutes}m"))),
    );
    choices
}

fn topics(typed: &str) -> Vec<(String, String)> {
    let paths = super::TABLE.iter().map(|command| command.path.join(" "));
    let typed = typed.trim_start_matches('/').to_lowercase();
    paths.filter(|path| path.contains(&typed)).map(|path| (format!("/{path}"), path)).collect()
}

/// Those of our own examples that go on from what was typed; all of them when none does.
fn offered(typed: &str, ours: Vec<String>) -> Vec<(String, String)> {
    let low = typed.to_lowercase();
    let fitting: Vec<&String> = ours.iter().filter(|it| it.to_lowercase().contains(&low)).collect();
    let chosen = if fitting.is_empty() { ours.iter().collect() } else { fitting };
    chosen.into_iter().map(|it| (it.clone(), it.clone())).collect()
}
