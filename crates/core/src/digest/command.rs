//! `/digest`: what waits, when it comes, and what somebody chooses for themselves.

use super::{
    Choice, Item, Topic,
    decide::{follow, waiting},
    one::named,
    page,
    rule::{Rule, rule_needs},
    when,
};
use crate::{
    command::Invocation,
    copy::{self, digest as words},
    decide::{Cause, Decision},
    event::Origin,
    id::UserId,
    limit::DIGEST_TIMES_MAX,
    message::{Reply, Text},
    people::Member,
    snapshot::{Need, Snapshot},
    time::{TimeError, parse_time},
};
use jiff::civil;
use std::collections::BTreeSet;

/// Whether a command is answered here.
pub fn answers(invocation: &Invocation) -> bool {
    invocation.path.first().is_some_and(|root| root == "digest") && crate::command::find(&invocation.path).is_some()
}

/// Rows that a command needs.
pub(super) fn needs(reader: &UserId) -> BTreeSet<Need> {
    let mut needs = rule_needs(reader);
    needs.extend(page::needs(reader));
    needs.extend([Need::ItemsWaiting(reader.clone()), Need::Standups]);
    needs
}

pub(super) fn decide(snapshot: &Snapshot, by: &Origin, invocation: &Invocation, cause: &mut Cause<'_>) -> Decision {
    let Some(reader) = snapshot.members.get(&by.user) else { return Decision::default() };
    let language = reader.language(&snapshot.workspace);
    if let Some(refusal) = copy::command::refusal(language, invocation) {
        return Decision::reply(Reply::Say(refusal));
    }
    let choice = if invocation.is(&["digest", "show"]) {
        return show(snapshot, reader, cause);
    } else if invocation.is(&["digest", "now"]) {
        return now(snapshot, reader, cause);
    } else if invocation.is(&["digest", "off"]) {
        Choice::Off
    } else if invocation.is(&["digest", "on"]) {
        on(snapshot, reader)
    } else {
        match times(invocation.arg("times").unwrap_or_default()) {
            Ok(times) if times.len() > DIGEST_TIMES_MAX => {
                return Decision::reply(Reply::Say(words::too_many_times(language)));
            }
            Ok(times) => Choice::At(times),
            Err(error) => return Decision::reply(Reply::Say(words::times_trouble(language, &error))),
        }
    };
    choose(snapshot, reader, choice, cause)
}

/// As the team agreed, where that brings a digest; else when the day begins.
fn on(snapshot: &Snapshot, reader: &Member) -> Choice {
    let as_agreed = Member { digest: None, ..reader.clone() };
    if Rule::of(snapshot, &as_agreed).is_on() { Choice::Team } else { Choice::StartOfDay }
}

/// Times as people list them: `9:00 16:00`, `9.00, 16.00 dan 18.00`.
fn times(text: &str) -> Result<Vec<civil::Time>, TimeError> {
    let words = text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let joins = ["and", "dan", "at", "pukul", "jam", "&"];
    let mut joined: Vec<String> = Vec::new();
    for word in words.filter(|word| !joins.contains(&word.to_lowercase().as_str())) {
        // "9 am" is one time.
        match joined.last_mut().filter(|_| ["am", "pm"].contains(&word.to_lowercase().as_str())) {
            Some(last) => last.push_str(word),
            None => joined.push(word.to_owned()),
        }
    }
    let times: BTreeSet<civil::Time> = joined.iter().map(|word| parse_time(word)).collect::<Result<_, _>>()?;
    if times.is_empty() { Err(TimeError::Time(text.to_owned())) } else { Ok(times.into_iter().collect()) }
}

fn choose(snapshot: &Snapshot, reader: &Member, choice: Choice, cause: &Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let reader = decision.choose(reader, |own| own.when = choice);
    let rule = Rule::of(snapshot, &reader);
    let next = when::next(reader.declared(&snapshot.workspace), &rule, cause.now);
    let (language, zone) = (reader.language(&snapshot.workspace), reader.zone(&snapshot.workspace));
    decision.reply = Some(Reply::Say(words::chosen(language, &rule.when(), next, &zone)));
    decision.join(follow(snapshot, &reader, cause));
    decision
}

/// What waits, and when it comes.
fn show(snapshot: &Snapshot, reader: &Member, cause: &Cause<'_>) -> Decision {
    let language = reader.language(&snapshot.workspace);
    let rule = Rule::of(snapshot, reader);
    let lines = page::lines(snapshot, waiting(snapshot, &reader.user));
    let muted: Vec<(Topic, Text)> = reader
        .own_digest()
        .muted
        .into_iter()
        .map(|topic| {
            let name = named(snapshot, language, &topic);
            (topic, name)
        })
        .collect();
    let next = when::next(reader.declared(&snapshot.workspace), &rule, cause.now);
    let shown = words::Shown { when: rule.when(), next, lines: &lines, muted: &muted };
    let zone = reader.zone(&snapshot.workspace);
    Decision::reply(Reply::Say(words::shown(language, &shown, &snapshot.workspace.capabilities, &zone)))
}

/// What waits, at once: whatever their hours and whatever they chose.
pub(super) fn now(snapshot: &Snapshot, reader: &Member, cause: &mut Cause<'_>) -> Decision {
    let language = reader.language(&snapshot.workspace);
    let items: Vec<&Item> = waiting(snapshot, &reader.user).into_iter().filter(|item| item.is_due(cause.now)).collect();
    if page::lines(snapshot, items.iter().copied()).is_empty() {
        return Decision::reply(Reply::Say(words::nothing_waits(language)));
    }
    let mut decision = Decision::reply(Reply::Say(words::on_its_way(language)));
    decision.owe_digest(&reader.user, &items, true, cause);
    decision
}
