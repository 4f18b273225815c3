//! `/standup new`, `edit`, `pause`, `resume` and `delete`, by command and by form.

use super::super::{
    Action, Deadline, Effect, FormId, Standup, StandupState, Telling, Who, WhoseTime, deadline,
    decide::place_found,
    desk::Desk,
    form::language,
    plan::{meet_channel, plan_next, replan},
    roster::{known, roster, strangers},
};
use super::{list, may_change, settings};
use crate::{
    action,
    command::{Invocation, find},
    copy::standup as words,
    event::{Errand, Origin},
    id::{ChannelId, StandupId, UserId},
    limit,
    message::{Block, Button, Field, FieldKind, Form, Message, Reply, Span, Style, Text},
    people,
    snapshot::Snapshot,
    time::{Zone, parse_schedule, say_duration, say_schedule},
};
use settings::{Reading, Trouble};
use std::collections::{BTreeMap, BTreeSet};

/// A form with this many fields shows every setting; a smaller one shows what most standups differ in.
const FIELDS_ALL: usize = 11;

/// How settings were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    /// In a command's line.
    Typed,
    /// In a form, which may have no room for all of them.
    InForm,
}

fn zone_of(seen: &Snapshot, user: &UserId) -> Zone {
    seen.members.get(user).map_or(seen.workspace.zone, |member| member.zone(&seen.workspace))
}

/// `/standup new`: with arguments it is made, without it opens the form.
pub(super) fn new(desk: &mut Desk<'_, '_, '_>, by: &Origin, invocation: &Invocation) -> Reply {
    if invocation.args.is_empty() {
        return Reply::Open(new_form(&desk.seen, by));
    }
    // `/standup new weekdays 9:30`: the first word of the days stands where the name was due.
    let typed = [invocation.arg("name"), invocation.arg("when")].map(Option::unwrap_or_default);
    let reads = |text: &str| parse_schedule(text, settings::ANY_DATE).is_ok();
    if !reads(typed[1]) && reads(&typed.join(" ")) {
        return Reply::Say(Message::of(words::name_needed(language(&desk.seen, &by.user))));
    }
    match make(desk, by, &invocation.args, Given::Typed) {
        Ok(say) => Reply::Say(say),
        Err(troubles) => Reply::Say(settings::as_message(troubles)),
    }
}

/// The form for a new standup came back.
pub(in crate::standup) fn submit_new(desk: &mut Desk<'_, '_, '_>, by: &Origin, values: &BTreeMap<String, String>) {
    let shown = fields_shown(&desk.seen);
    let mut args = from_form(values, &shown, None);
    // An empty field for the questions means the usual ones; everything else that is needed is asked for.
    args.retain(|name, value| name != "questions" || !value.trim().is_empty());
    let reply = match make(desk, by, &args, Given::InForm) {
        Ok(say) => Reply::Say(say),
        Err(troubles) => Reply::Invalid(settings::as_invalid(troubles, &shown)),
    };
    desk.reply(reply);
}

fn make(
    desk: &mut Desk<'_, '_, '_>,
    by: &Origin,
    args: &BTreeMap<String, String>,
    given: Given,
) -> Result<Message, Vec<Trouble>> {
    let language = language(&desk.seen, &by.user);
    let there = desk.seen.standups.values().filter(|it| it.state != StandupState::Deleted).count();
    if there >= limit::STANDUPS_MAX {
        return Err(vec![("name", words::standups_full(language, limit::STANDUPS_MAX))]);
    }
    let reading =
        Reading { seen: &desk.seen, by, args, language, zone: zone_of(&desk.seen, &by.user), now: desk.now() };
    // Read first, so that nothing stands in for days that were not given.
    let when = reading.arg("when").map(|when| parse_schedule(when, settings::ANY_DATE));
    let channel = by.channel.clone().unwrap_or_else(|| ChannelId::new(""));
    let placeholder = parse_schedule("daily 9:00", settings::ANY_DATE).ok();
    let Some(schedule) = when.and_then(Result::ok).or(placeholder) else { return Err(Vec::new()) };
    let id = desk.derived_id("standup");
    let mut standup = settings::blank(&id, &by.user, channel, desk.now(), schedule);
    let mut troubles = reading.read_into(&mut standup);
    if reading.arg("when").is_none() {
        troubles.push(("when", words::when_needed(language)));
    }
    if troubles.is_empty() {
        troubles.extend(people_trouble(desk, by, &standup));
    }
    if !troubles.is_empty() {
        return Err(troubles);
    }
    standup.deadline_open = deadline::is_open(&desk.seen, &standup);
    let id = standup.id.clone();
    desk.put_standup(standup.clone());
    ask_who(desk, &standup);
    plan_next(desk, &id);
    let words = (words::created(language, &standup.name), below(&desk.seen, by, &standup, given));
    Ok(list::summary(&desk.seen, by, &standup, words, desk.now()))
}

/// What can be done next about a standup that was made or changed. Below what came by form: the settings for which that
/// form had no room, and how they are set.
fn below(seen: &Snapshot, by: &Origin, standup: &Standup, given: Given) -> Text {
    let language = language(seen, &by.user);
    let mut text = list::hints(seen, by, standup);
    let (Given::InForm, Some(edit)) = (given, find(&["standup", "edit"])) else { return text };
    let shown = fields_shown(seen);
    let others: Vec<_> = edit.args.iter().filter(|arg| arg.name != "rename" && !shown.contains(arg.name)).collect();
    if !others.is_empty() {
        text.0.push(Span::Plain("\n".to_owned()));
        text.0.extend(words::beyond_form(language, &standup.name, &others).0);
    }
    text
}

/// What is wrong with the people of a standup.
fn people_trouble(desk: &Desk<'_, '_, '_>, by: &Origin, standup: &Standup) -> Option<Trouble> {
    let count = roster(&desk.seen, standup).len();
    if count > limit::PARTICIPANTS_MAX {
        let language = language(&desk.seen, &by.user);
        return Some(("who", words::people_too_many(language, count, limit::PARTICIPANTS_MAX)));
    }
    conflict(desk, by, standup).map(|words| ("deadline", words))
}

/// Why a deadline is refused: the names and times of those whose prompt would come after it.
fn conflict(desk: &Desk<'_, '_, '_>, by: &Origin, standup: &Standup) -> Option<Text> {
    let people = deadline::too_early(&desk.seen, standup, desk.seen.members.get(&by.user), desk.now());
    (!people.is_empty()).then(|| words::deadline_conflict(language(&desk.seen, &by.user), &people))
}

/// `/standup edit`: with arguments it is changed, with only a name it opens the form.
pub(super) fn edit(desk: &mut Desk<'_, '_, '_>, by: &Origin, standup: Standup, invocation: &Invocation) -> Reply {
    if invocation.args.keys().all(|name| name == "name") {
        return Reply::Open(edit_form(&desk.seen, by, &standup));
    }
    match change(desk, by, standup, &invocation.args, Given::Typed) {
        Ok(say) => Reply::Say(say),
        Err(troubles) => Reply::Say(settings::as_message(troubles)),
    }
}

/// The form for a change came back.
pub(in crate::standup) fn submit_edit(
    desk: &mut Desk<'_, '_, '_>,
    by: &Origin,
    id: &StandupId,
    values: &BTreeMap<String, String>,
) {
    let language = language(&desk.seen, &by.user);
    let found = desk.seen.standups.get(id).filter(|it| it.state != StandupState::Deleted).cloned();
    let reply = match found {
        None => Reply::Say(words::gone(language)),
        Some(standup) => match may_change(&desk.seen, by, &standup) {
            Err(say) => Reply::Say(say),
            Ok(()) => {
                let shown = fields_shown(&desk.seen);
                let mut args = from_form(values, &shown, Some(&standup));
                if let Some(name) = args.remove("name").filter(|name| *name != standup.name) {
                    args.insert("rename".to_owned(), name);
                }
                match change(desk, by, standup, &args, Given::InForm) {
                    Ok(say) => Reply::Say(say),
                    Err(troubles) => Reply::Invalid(settings::as_invalid(troubles, &shown)),
                }
            }
        },
    };
    desk.reply(reply);
}

fn change(
    desk: &mut Desk<'_, '_, '_>,
    by: &Origin,
    before: Standup,
    args: &BTreeMap<String, String>,
    given: Given,
) -> Result<Message, Vec<Trouble>> {
    let language = language(&desk.seen, &by.user);
    let reading =
        Reading { seen: &desk.seen, by, args, language, zone: zone_of(&desk.seen, &by.user), now: desk.now() };
    let mut after = before.clone();
    let mut troubles = reading.read_into(&mut after);
    if troubles.is_empty() {
        troubles.extend(people_trouble(desk, by, &after));
    }
    if !troubles.is_empty() {
        return Err(troubles);
    }
    if after == before {
        let words = (words::edited_nothing(language, &before.name), below(&desk.seen, by, &before, given));
        return Ok(list::summary(&desk.seen, by, &before, words, desk.now()));
    }
    after.deadline_open = deadline::is_open(&desk.seen, &after);
    after.revision = before.revision + 1;
    if after.schedule != before.schedule || after.whose_time != before.whose_time {
        after.since = desk.now();
    }
    desk.put_standup(after.clone());
    if after.channel != before.channel {
        place_found(desk, after.clone());
    }
    welcome(desk, by, &before, &after);
    ask_who(desk, &after);
    replan(desk, &after.id, None);
    let words = (words::edited(language, &after.name), below(&desk.seen, by, &after, given));
    Ok(list::summary(&desk.seen, by, &after, words, desk.now()))
}

/// Asks who the people of a standup are, also where that was known once: what was known may be old. And who is in a
/// private channel, since they may know of it whomever it asks.
fn ask_who(desk: &mut Desk<'_, '_, '_>, standup: &Standup) {
    match &standup.who {
        Who::ChannelMembers if known(&desk.seen, &standup.who, &standup.channel) => {
            desk.errand(Errand::ChannelMembers(standup.channel.clone()));
        }
        Who::Group(group) if known(&desk.seen, &standup.who, &standup.channel) => {
            desk.errand(Errand::GroupMembers(group.clone()));
        }
        // Those of whom nothing is known are asked for where the standup is planned.
        Who::ChannelMembers | Who::Group(_) => {}
        Who::List(_) => {
            let all: Vec<UserId> = strangers(&desk.seen, standup).cloned().collect();
            if all.len() > people::ASKED_SINGLY_MAX {
                desk.errand(Errand::Directory);
            } else {
                all.into_iter().for_each(|user| desk.errand(Errand::Member(user)));
            }
        }
    }
    meet_channel(desk, standup);
}

/// Whoever was put on the list by somebody else is told once.
fn welcome(desk: &mut Desk<'_, '_, '_>, by: &Origin, before: &Standup, after: &Standup) {
    let (Who::List(old), Who::List(new)) = (&before.who, &after.who) else { return };
    let added: Vec<UserId> =
        new.difference(old).filter(|user| **user != by.user && !before.joined.contains(*user)).cloned().collect();
    for user in added {
        desk.owe(Effect::Tell(user, Telling::Welcome(after.id.clone())));
    }
}

/// `/standup pause`.
pub(super) fn pause(desk: &mut Desk<'_, '_, '_>, by: &Origin, standup: Standup) -> Message {
    let language = language(&desk.seen, &by.user);
    let name = standup.name.clone();
    if standup.state == StandupState::Paused {
        return words::paused_already(language, &name);
    }
    set_state(desk, standup, StandupState::Paused);
    words::paused(language, &name)
}

/// `/standup resume`. Times that had passed while it was paused were not due.
pub(super) fn resume(desk: &mut Desk<'_, '_, '_>, by: &Origin, standup: Standup) -> Message {
    let language = language(&desk.seen, &by.user);
    let (id, name) = (standup.id.clone(), standup.name.clone());
    if standup.state == StandupState::Active {
        return words::running_already(language, &name);
    }
    if let Some(words) = conflict(desk, by, &standup) {
        return Message::of(words);
    }
    let (since, deadline_open) = (desk.now(), deadline::is_open(&desk.seen, &standup));
    set_state(desk, Standup { since, deadline_open, ..standup.clone() }, StandupState::Active);
    // What was known of its people when it was paused may be old.
    ask_who(desk, &standup);
    let next = list::next_prompt(&desk.seen, &id, &by.user, desk.now());
    words::resumed(language, &name, next)
}

fn set_state(desk: &mut Desk<'_, '_, '_>, standup: Standup, state: StandupState) {
    let id = standup.id.clone();
    desk.put_standup(Standup { state, revision: standup.revision + 1, ..standup });
    plan_next(desk, &id);
}

/// `/standup delete` asks once whether it is meant.
pub(super) fn ask_to_delete(desk: &Desk<'_, '_, '_>, by: &Origin, standup: &Standup) -> Message {
    let language = language(&desk.seen, &by.user);
    let button = |label, action, style| Button { label, action: action::Action::Standup(action), style };
    words::delete_sure(language, &standup.name).with(Block::Buttons(vec![
        button(words::delete_yes(language), Action::Delete(standup.id.clone()), Style::Danger),
        button(words::delete_no(language), Action::Keep(standup.id.clone()), Style::Quiet),
    ]))
}

/// "Delete it" was pressed.
pub(in crate::standup) fn delete_for_good(desk: &mut Desk<'_, '_, '_>, by: &Origin, id: &StandupId) {
    let language = language(&desk.seen, &by.user);
    let found = desk.seen.standups.get(id).filter(|it| it.state != StandupState::Deleted).cloned();
    let say = match found {
        None => words::gone(language),
        Some(standup) => match may_change(&desk.seen, by, &standup) {
            Err(say) => say,
            Ok(()) => {
                let name = standup.name.clone();
                set_state(desk, standup, StandupState::Deleted);
                words::deleted(language, &name)
            }
        },
    };
    desk.reply(Reply::Say(say));
}

/// "Keep it" was pressed.
pub(in crate::standup) fn keep(desk: &mut Desk<'_, '_, '_>, by: &Origin, id: &StandupId) {
    let language = language(&desk.seen, &by.user);
    let say = match super::known(&desk.seen, by, id) {
        Some(standup) => words::kept(language, &standup.name),
        None => words::gone(language),
    };
    desk.reply(Reply::Say(say));
}

/// Which settings a form of this platform shows.
fn fields_shown(seen: &Snapshot) -> BTreeSet<&'static str> {
    let all =
        ["name", "when", "questions", "channel", "window", "zone", "deadline", "remind", "report", "who", "observers"];
    let max = seen.workspace.capabilities.form_fields_max;
    let count = if max >= FIELDS_ALL { FIELDS_ALL } else { max.min(5) };
    all.into_iter().take(count).collect()
}

/// What a form says: a field that was shown and is empty says so, and one that was not shown says nothing.
fn from_form(
    values: &BTreeMap<String, String>,
    shown: &BTreeSet<&'static str>,
    before: Option<&Standup>,
) -> BTreeMap<String, String> {
    let mut args: BTreeMap<String, String> =
        values.iter().filter(|(name, _)| shown.contains(name.as_str())).map(|(a, b)| (a.clone(), b.clone())).collect();
    let group = before.is_some_and(|standup| matches!(standup.who, Who::Group(_)));
    for (field, empty) in [("zone", "each"), ("remind", "off"), ("observers", "off"), ("who", "channel")] {
        let value = args.get(field).is_none_or(|value| value.trim().is_empty());
        // The field for people can't show a group, so an empty one doesn't mean that it is taken away.
        if shown.contains(field) && value && !(field == "who" && group) {
            args.insert(field.to_owned(), empty.to_owned());
        }
    }
    // Both stand in the form; the one that was changed counts.
    if let Some(Deadline::At { .. }) = before.map(|standup| &standup.deadline)
        && args.get("window").is_some_and(|window| !window.trim().is_empty())
    {
        args.remove("deadline");
    }
    if args.get("deadline").is_some_and(|deadline| !deadline.trim().is_empty())
        && before.is_none_or(|standup| matches!(standup.deadline, Deadline::After(_)))
    {
        args.remove("window");
    }
    args
}

fn new_form(seen: &Snapshot, by: &Origin) -> Form {
    let language = language(seen, &by.user);
    let questions = words::usual_questions(language).join("\n");
    let here = by.channel.as_ref().filter(|id| seen.channels.get(*id).is_some_and(|channel| channel.open));
    let values = Values {
        name: None,
        when: None,
        questions: Some(questions),
        channel: here.map(|id| channel_value(seen, id)),
        window: Some(say_duration(240, language)),
        zone: None,
        deadline: None,
        remind: Some(say_duration(60, language)),
        report: "close",
        who: None,
        by_group: false,
        observers: None,
    };
    form(seen, language, FormId::New, words::new_title(language), values)
}

fn edit_form(seen: &Snapshot, by: &Origin, standup: &Standup) -> Form {
    let language = language(seen, &by.user);
    let people = |users: &BTreeSet<UserId>| users.iter().map(UserId::as_str).collect::<Vec<_>>().join(" ");
    let (window, deadline) = match &standup.deadline {
        Deadline::After(minutes) => (Some(say_duration(*minutes, language)), None),
        Deadline::At { time, zone } => (None, Some(format!("{} {zone}", time.strftime("%H:%M")))),
    };
    let values = Values {
        name: Some(standup.name.clone()),
        when: Some(schedule_value(standup, language)),
        questions: Some(
            standup.questions.iter().map(|it| words::asked(language, &it.text)).collect::<Vec<_>>().join("\n"),
        ),
        channel: Some(channel_value(seen, &standup.channel)),
        window,
        zone: match &standup.whose_time {
            WhoseTime::Each => None,
            WhoseTime::One(zone) => Some(zone.name().to_owned()),
        },
        deadline,
        remind: standup.remind_before_minutes.map(|minutes| say_duration(minutes, language)),
        report: match standup.report {
            super::super::ReportWhen::AtClose => "close",
            super::super::ReportWhen::AsAnswersArrive => "live",
        },
        who: match &standup.who {
            Who::List(list) => Some(people(list)),
            Who::ChannelMembers | Who::Group(_) => None,
        },
        by_group: matches!(standup.who, Who::Group(_)),
        observers: (!standup.observers.is_empty()).then(|| people(&standup.observers)),
    };
    form(seen, language, FormId::Edit(standup.id.clone()), words::edit_title(language), values)
}

/// A schedule as a sentence that means the same when it is read again; as it is kept, where no sentence does.
fn schedule_value(standup: &Standup, language: crate::language::Language) -> String {
    let said = say_schedule(&standup.schedule, language);
    let same = |text: &str| parse_schedule(text, settings::ANY_DATE).as_ref() == Ok(&standup.schedule);
    if same(&said) {
        return said;
    }
    let kept = serde_json::to_value(&standup.schedule).ok();
    kept.as_ref().and_then(|value| value.as_str()).map_or(said, str::to_owned)
}

/// A channel as a form takes it: its id where there is a list to choose from, its name where it is typed.
fn channel_value(seen: &Snapshot, id: &ChannelId) -> String {
    let typed = seen.workspace.capabilities.form_fields_max < FIELDS_ALL;
    match seen.channels.get(id).filter(|_| typed) {
        Some(channel) => format!("#{}", channel.name),
        None => id.as_str().to_owned(),
    }
}

/// What stands in the form already.
struct Values {
    name: Option<String>,
    when: Option<String>,
    questions: Option<String>,
    channel: Option<String>,
    window: Option<String>,
    zone: Option<String>,
    deadline: Option<String>,
    remind: Option<String>,
    report: &'static str,
    who: Option<String>,
    /// A group takes part, which no field shows.
    by_group: bool,
    observers: Option<String>,
}

fn form(seen: &Snapshot, language: crate::language::Language, id: FormId, title: String, values: Values) -> Form {
    let shown = fields_shown(seen);
    let max = seen.workspace.capabilities.field_chars_max;
    let reports = ["close", "live"].map(|it| (it.to_owned(), crate::copy::command::choice(language, it))).to_vec();
    let all = [
        ("name", FieldKind::Line, values.name, false),
        ("when", FieldKind::Line, values.when, false),
        ("questions", FieldKind::Paragraph, values.questions, true),
        ("channel", FieldKind::Channel, values.channel, false),
        ("window", FieldKind::Line, values.window, true),
        ("zone", FieldKind::Line, values.zone, true),
        ("deadline", FieldKind::Line, values.deadline, true),
        ("remind", FieldKind::Line, values.remind, true),
        ("report", FieldKind::Choice(reports), Some(values.report.to_owned()), false),
        ("who", FieldKind::Members, values.who, true),
        ("observers", FieldKind::Members, values.observers, true),
    ];
    let fields = all
        .into_iter()
        .filter(|(id, ..)| shown.contains(id))
        .map(|(id, kind, value, optional)| Field {
            id: id.to_owned(),
            label: words::field_label(language, id),
            hint: Some(words::field_hint(language, if id == "who" && values.by_group { "who-group" } else { id })),
            kind,
            value: value.filter(|value| value.chars().count() <= max),
            optional,
        })
        .collect();
    Form {
        id: action::FormId::Standup(id),
        title,
        submit: words::save(language),
        cancel: words::cancel(language),
        intro: Vec::new(),
        fields,
    }
}
