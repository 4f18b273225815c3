//! Norms in sentences: what holds in a place, and what a new revision would change.

mod choice;
mod held;
mod judged;
mod menu;
mod samples;

pub(crate) use choice::{
    urgent_already, urgent_form, urgent_no_way, urgent_reason, urgent_record, urgent_sent, urgent_spent, urgent_told,
};
pub(crate) use held::held;
pub use judged::why;
pub(crate) use judged::{holding, none_yet, nudge, nudge_fine, nudge_gone, reasons, report};
pub use menu::menu_name;
pub(crate) use menu::{beside, menu_names_nobody, menu_not_here, menu_not_yours, reply_by_form, reply_by_noted};

use super::{Arg, Sample, code, key, line, list, said, text, time, words};
use crate::{
    language::Language,
    message::{Block, Message, Text},
    norm::{
        Enforce, Exempt, Kind, Norm, NormKey, NormSet, NudgeBy, Revision, Rule, Scope, Setting, Value,
        digest::Part,
        plan::{Change, Difference, Note, Plan},
    },
    time::{Zone, say_duration, say_span},
};
use jiff::civil;

/// What stands before a line of a plan where there is no other markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// About the whole.
    Head,
    /// Something comes.
    Added,
    /// Something goes.
    Removed,
    /// Something is different.
    Changed,
    /// More about the line above.
    Detail,
    /// Good to know.
    Note,
}

/// A norm as a sentence: "In #eng, whoever mentions somebody outside their hours is told, and nobody else: …".
pub fn sentence(language: Language, norm: &Norm) -> Text {
    let place = ("where", place(language, norm.kind(), &norm.scope));
    let level = ("level", key(norm.enforce.key()));
    match &norm.rule {
        Rule::QuietHours(_) => text(language, "norm-quiet-hours", &[place, level]),
        Rule::Focus(_) => text(language, "norm-focus", &[place, level]),
        Rule::ResponseWindow(rule) => {
            let time = ("time", value(language, &Value::Hours(rule.working_hours)));
            text(language, "norm-response-window", &[place, level, time])
        }
        Rule::Urgent(rule) => {
            let record = match &rule.record {
                Some(record) => value(language, &Value::Channel(record.clone())),
                None => words(line(language, "norm-value-none", &[])),
            };
            let budget = ("budget", i64::from(rule.budget_per_week).into());
            text(language, "norm-urgent", &[place, level, ("record", record), budget])
        }
        Rule::Digest(rule) => {
            let times = Value::Times { at_start_of_day: rule.at_start_of_day, also_at: rule.also_at.clone() };
            text(language, "norm-digest", &[place, level, ("when", value(language, &times))])
        }
        Rule::StandupHours(_) => text(language, "norm-standup-hours", &[place]),
    }
}

/// "Everywhere", "In #eng and #ops", "For people in @backend".
fn place(language: Language, kind: Kind, scope: &Scope) -> Arg {
    let places = |names: Vec<Arg>| [("places", list(language, names))];
    match scope {
        Scope::Workspace => words(line(language, "norm-everywhere", &[])),
        Scope::Channels(channels) => {
            text(language, "norm-in-channels", &places(channels.values().map(|name| channel(name)).collect())).into()
        }
        Scope::Groups(groups) => {
            let names = places(groups.values().map(|name| person(name)).collect());
            match kind {
                // An urgent message is its sender's; everything else is about who is mentioned or asked.
                Kind::Urgent => text(language, "norm-from-groups", &names).into(),
                _ => text(language, "norm-for-groups", &names).into(),
            }
        }
    }
}

/// Names are shown as text, never as mentions: whoever reads about a norm pings nobody.
fn channel(name: &str) -> Arg {
    said(format!("#{name}"))
}

fn person(name: &str) -> Arg {
    said(format!("@{name}"))
}

/// Whom and what a norm leaves alone; nothing where it leaves nothing alone.
pub fn exempt(language: Language, exempt: &Exempt) -> Option<Text> {
    let people = exempt.people.values().chain(exempt.groups.values()).map(|name| person(name));
    let names: Vec<Arg> = people.chain(exempt.channels.values().map(|name| channel(name))).collect();
    (!names.is_empty()).then(|| text(language, "norm-exempt", &[("names", list(language, names))]))
}

/// A norm's settings, each as "what: how much".
pub fn settings(language: Language, norm: &Norm) -> Vec<Text> {
    norm.rule.settings().iter().map(|(setting, value)| set(language, *setting, value)).collect()
}

/// The settings that are not what they begin with, and that the norm's sentence doesn't say.
fn unusual(language: Language, norm: &Norm) -> Vec<Text> {
    let usual = Rule::usual(norm.kind()).settings();
    let is_said = |setting| matches!(setting, Setting::WorkingHours | Setting::Record | Setting::DigestAt);
    let is_unusual = |it: &&(Setting, Value)| norm.enforce != Enforce::Off && !is_said(it.0) && !usual.contains(it);
    norm.rule.settings().iter().filter(is_unusual).map(|(setting, value)| set(language, *setting, value)).collect()
}

fn set(language: Language, setting: Setting, it: &Value) -> Text {
    let args = [("setting", words(called(language, setting))), ("value", value(language, it))];
    text(language, "norm-setting", &args)
}

fn called(language: Language, setting: Setting) -> String {
    match setting {
        Setting::BroadcastOff => line(language, "norm-setting-broadcast-off", &[]),
        Setting::TakingPart => line(language, "norm-setting-taking-part", &[]),
        Setting::NudgeAgain => line(language, "norm-setting-nudge-again", &[]),
        Setting::NudgeBy => line(language, "norm-setting-nudge-by", &[]),
        Setting::Between => line(language, "norm-setting-between", &[]),
        Setting::WorkingHours => line(language, "norm-setting-working-hours", &[]),
        Setting::RemindBefore => line(language, "norm-setting-remind-before", &[]),
        Setting::Budget => line(language, "norm-setting-budget", &[]),
        Setting::Record => line(language, "norm-setting-record", &[]),
        Setting::DigestAt => line(language, "norm-setting-digest-at", &[]),
        Setting::Parts => line(language, "norm-setting-parts", &[]),
        Setting::ItemsMax => line(language, "norm-setting-items-max", &[]),
        Setting::KeepDays => line(language, "norm-setting-keep-days", &[]),
    }
}

fn value(language: Language, value: &Value) -> Arg {
    let counted = |id: &'static str, count: i64| words(line(language, id, &[("count", count.into())]));
    match value {
        Value::Percent(count) => counted("norm-value-percent", i64::from(*count)),
        Value::Hours(0) => words(line(language, "norm-value-never", &[])),
        Value::Hours(count) => counted("norm-value-hours", i64::from(*count)),
        Value::Days(count) => counted("norm-value-days", i64::from(*count)),
        Value::Minutes(minutes) => words(say_duration(*minutes, language)),
        Value::Count(count) => words(count.to_string()),
        Value::NudgeBy(NudgeBy::Direct) => words(line(language, "norm-value-direct", &[])),
        Value::NudgeBy(NudgeBy::Reply) => words(line(language, "norm-value-reply", &[])),
        Value::Range(span) => {
            let range = words(say_span(*span, language));
            if span.to <= span.from && span.to != civil::Time::midnight() {
                words(line(language, "norm-value-over-midnight", &[("range", range)]))
            } else {
                range
            }
        }
        Value::Times { at_start_of_day, also_at } => {
            let start = at_start_of_day.then(|| words(line(language, "norm-value-start-of-day", &[])));
            let times = also_at.iter().map(|at| words(time::clock(language, *at)));
            let all: Vec<Arg> = start.into_iter().chain(times).collect();
            if all.is_empty() { words(line(language, "norm-value-never", &[])) } else { list(language, all) }
        }
        Value::Parts(parts) => list(language, parts.iter().map(|part| words(called_part(language, *part)))),
        Value::Channel(place) => channel(&place.name),
    }
}

fn called_part(language: Language, part: Part) -> String {
    match part {
        Part::Asks => line(language, "norm-part-asks", &[]),
        Part::Mentions => line(language, "norm-part-mentions", &[]),
        Part::Blockers => line(language, "norm-part-blockers", &[]),
        Part::Handoff => line(language, "norm-part-handoff", &[]),
        Part::Urgent => line(language, "norm-part-urgent", &[]),
    }
}

/// Which revision is live, from whom and since when; or that none is.
pub fn live(language: Language, live: Option<&Revision>, zone: &Zone) -> Text {
    let Some(live) = live else { return text(language, "norm-plan-first", &[]) };
    let args = [
        ("number", words(live.number.to_string())),
        ("by", said(&live.by)),
        ("at", words(time::moment(language, live.at, zone))),
    ];
    text(language, "norm-plan-live", &args)
}

/// A plan, line by line.
pub fn plan(language: Language, plan: &Plan) -> Vec<(Mark, Text)> {
    let mut lines = Vec::new();
    if plan.changes.is_empty() {
        lines.push((Mark::Head, text(language, "norm-plan-nothing", &[])));
    }
    for change in &plan.changes {
        changed(language, change, &mut lines);
    }
    if plan.unchanged > 0 {
        lines.push((Mark::Head, text(language, "norm-plan-unchanged", &[("count", plan.unchanged.into())])));
    }
    lines.extend(plan.notes.iter().map(|it| (Mark::Note, note(language, it))));
    lines
}

fn named(norm: &Norm) -> Arg {
    code(norm.key().to_string())
}

fn keyed(norm: &NormKey) -> Arg {
    code(norm.to_string())
}

fn changed(language: Language, change: &Change, lines: &mut Vec<(Mark, Text)>) {
    match change {
        Change::Added(norm) => {
            let args = [("norm", named(norm)), ("sentence", sentence(language, norm).into())];
            lines.push((Mark::Added, text(language, "norm-plan-added", &args)));
            let more = exempt(language, &norm.exempt).into_iter().chain(unusual(language, norm));
            lines.extend(more.map(|more| (Mark::Detail, more)));
        }
        Change::Removed(norm) => {
            let args = [("norm", named(norm)), ("sentence", sentence(language, norm).into())];
            lines.push((Mark::Removed, text(language, "norm-plan-removed", &args)));
        }
        Change::Renamed(old, norm) => {
            let old = keyed(&NormKey { kind: norm.kind(), name: old.clone() });
            let args = [("norm", named(norm)), ("old", old)];
            lines.push((Mark::Changed, text(language, "norm-plan-renamed", &args)));
        }
        Change::Changed { after, what } => {
            lines.push((Mark::Changed, text(language, "norm-plan-changed", &[("norm", named(after))])));
            for difference in what {
                differs(language, after, difference, lines);
            }
        }
    }
}

fn differs(language: Language, norm: &Norm, difference: &Difference, lines: &mut Vec<(Mark, Text)>) {
    let names = |all: &[String]| [("names", list(language, all.iter().map(said)))];
    let mut detail = |text| lines.push((Mark::Detail, text));
    match difference {
        Difference::Enforce(before, after) => {
            let args = [
                ("before", code(before.key())),
                ("after", code(after.key())),
                ("sentence", sentence(language, norm).into()),
            ];
            detail(text(language, "norm-plan-enforce", &args));
        }
        Difference::Scope(before, after) => {
            let at = |scope| place(language, norm.kind(), scope);
            detail(text(language, "norm-plan-scope", &[("before", at(before)), ("after", at(after))]));
        }
        Difference::Exempt { added, removed } => {
            if !added.is_empty() {
                detail(text(language, "norm-plan-exempt-more", &names(added)));
            }
            if !removed.is_empty() {
                detail(text(language, "norm-plan-exempt-less", &names(removed)));
            }
        }
        Difference::Setting(setting, before, after) => {
            let none = || words(line(language, "norm-value-none", &[]));
            let said = |it: &Option<Value>| it.as_ref().map_or_else(none, |it| value(language, it));
            let args =
                [("setting", words(called(language, *setting))), ("before", said(before)), ("after", said(after))];
            detail(text(language, "norm-plan-setting", &args));
        }
    }
}

/// What a reader of norms should know.
pub fn note(language: Language, note: &Note) -> Text {
    match note {
        Note::Narrower { norm, enforce, scope, over } => {
            let args = [
                ("where", place(language, norm.kind, scope)),
                ("norm", keyed(norm)),
                ("over", list(language, over.iter().map(keyed))),
            ];
            match enforce {
                Enforce::Off => text(language, "norm-note-exception", &args),
                _ => text(language, "norm-note-narrower", &args),
            }
        }
        Note::Gentler(first, second) => {
            text(language, "norm-note-gentler", &[("first", keyed(first)), ("second", keyed(second))])
        }
        Note::OverMidnight(norm, span) => {
            let at = |at| words(time::clock(language, at));
            let args = [("norm", keyed(norm)), ("from", at(span.from)), ("to", at(span.to))];
            text(language, "norm-note-over-midnight", &args)
        }
        Note::DoesNothing(norm) => text(language, "norm-note-does-nothing", &[("norm", keyed(norm))]),
    }
}

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    fn shown(language: Language, set: &NormSet) -> Message {
        let texts = set.0.iter().flat_map(|norm| {
            let more = exempt(language, &norm.exempt).into_iter().chain(settings(language, norm));
            [Block::Text(sentence(language, norm))].into_iter().chain(more.map(Block::Small))
        });
        Message(texts.collect())
    }
    fn planned(language: Language, from: Option<&NormSet>, to: &NormSet) -> Message {
        let lines = plan(language, &crate::norm::plan::plan(from, to));
        Message(lines.into_iter().map(|(_, text)| Block::Text(text)).collect())
    }
    let mut all = judged::samples();
    all.extend(choice::samples());
    all.extend(held::samples());
    all.extend(menu::samples());
    all.extend([
        Sample::Message("norm/every-level", |language| shown(language, &samples::levels())),
        Sample::Message("norm/settings", |language| shown(language, &samples::team())),
        Sample::Message("norm/none-live", |language| Message::of(live(language, None, &Zone::utc()))),
        Sample::Message("norm/live", |language| Message::of(live(language, Some(&samples::revision()), &Zone::utc()))),
        Sample::Message("norm/plan-first", |language| planned(language, None, &samples::team())),
        Sample::Message("norm/plan-changes", |language| {
            planned(language, Some(&samples::team()), &samples::team_later())
        }),
        Sample::Message("norm/plan-nothing", |language| planned(language, Some(&samples::team()), &samples::team())),
    ]);
    all
}
