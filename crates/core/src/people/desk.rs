//! What people ask for: `/hours`, `/when`, `/focus`, `/away`, `/back`, `/jeda help`, and the form for their hours.

use super::{Absence, Action, FormId, Member, agenda, current_absence, decide::Draft, focus, person, when};
use crate::{
    command::{self, Invocation},
    copy::{self, people as words},
    decide::Cause,
    event::Origin,
    id::UserId,
    language::Language,
    limit::REASON_CHARS_MAX,
    message::{Message, Reply},
    time::{Calendar, CalendarError, TimeError, WorkingWeek, Zone, parse_hours, parse_moment, split_moment},
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Words that take back what somebody had set with `/hours`, in both languages.
const RESET: [&str; 4] = ["reset", "default", "atur ulang", "bawaan"];

/// Answers a command that is ours, and every one that doesn't exist.
pub(super) fn command(draft: &mut Draft<'_>, by: &Origin, invocation: &Invocation, cause: &mut Cause<'_>) {
    let language = draft.member(&by.user).language(&draft.seen.workspace);
    let known = command::find(&invocation.path).is_some();
    let elsewhere = invocation.path.first().is_some_and(|root| root == "standup")
        || crate::norm::answers(invocation)
        || crate::later::answers(invocation)
        || crate::ask::answers(invocation);
    let ours = known && !elsewhere;
    if known && !ours {
        return;
    }
    // `/back now` is as clear as `/back`.
    let refusal = copy::command::refusal(language, invocation).filter(|_| !invocation.is(&["back"]));
    let say = match refusal {
        Some(refusal) => refusal,
        None if invocation.is(&["hours"]) => hours(draft, &by.user, invocation, language, cause),
        None if invocation.is(&["when"]) => when::when(draft, by, invocation, cause),
        None if invocation.is(&["focus"]) => focus::focus(draft, &by.user, invocation, language, cause.now),
        None if invocation.is(&["away"]) => away(draft, &by.user, invocation, language, cause.now),
        None if invocation.is(&["back"]) => back(draft, &by.user, language, cause.now),
        None if invocation.is(&["jeda", "link"]) => person::link(draft, by, invocation.arg("code"), language, cause),
        None if invocation.is(&["jeda", "unlink"]) => person::unlink(draft, &by.user, language, cause),
        None => command::help(invocation.arg("topic"), language),
    };
    draft.decision.reply = Some(Reply::Say(say));
}

/// Whether a command is about what all of somebody's accounts have in common.
pub(super) fn is_of_person(invocation: &Invocation) -> bool {
    let alone = ["hours", "focus", "away", "back"];
    let linking = [["jeda", "link"], ["jeda", "unlink"]];
    alone.iter().any(|it| invocation.is(&[it])) || linking.iter().any(|it| invocation.is(it))
}

/// Words that stand before a country in `/hours holidays ID`, in both languages.
const HOLIDAYS: [&str; 4] = ["holidays", "holiday", "libur", "liburan"];
/// Words that stand before the address of a calendar, in both languages.
const CALENDAR: [&str; 4] = ["calendar", "ics", "kalender", "ical"];
/// Words for the team's own calendar in place of a country.
const TEAMS: [&str; 8] = ["team", "the team", "tim", "off", "reset", "default", "bawaan", "atur ulang"];

/// `/hours`: shows them, or sets what was said of them, a calendar last.
fn hours(
    draft: &mut Draft<'_>,
    user: &UserId,
    invocation: &Invocation,
    language: Language,
    cause: &mut Cause<'_>,
) -> Message {
    let typed = invocation.arg("hours").unwrap_or_default();
    let (typed, calendar) = match invocation.arg("calendar") {
        Some(address) => (typed, Some(address)),
        None => apart(typed, &CALENDAR),
    };
    let is_only = typed.trim().is_empty() && invocation.arg("holidays").is_none();
    let mut said = match calendar {
        Some(_) if is_only => Message::default(),
        _ => set_hours(draft, user, typed, invocation.arg("holidays"), language, cause.now),
    };
    if let Some(address) = calendar {
        said.0.extend(agenda::set(draft, user, address, language, cause).0);
    }
    said
}

fn set_hours(
    draft: &mut Draft<'_>,
    user: &UserId,
    typed: &str,
    holidays: Option<&str>,
    language: Language,
    now: Timestamp,
) -> Message {
    let member = draft.member(user);
    let (typed, holidays) = match holidays {
        Some(country) => (typed, Some(country)),
        None => apart(typed, &HOLIDAYS),
    };
    let typed = typed.trim();
    if typed.is_empty() && holidays.is_none_or(|country| country.trim().is_empty()) {
        let workspace = &draft.seen.workspace;
        let person = draft.seen.person_of(user);
        let places = person.map(|person| person::places(person, &workspace.id, user)).unwrap_or_default();
        return words::hours_shown(language, &member, workspace, &places, now);
    }
    if RESET.contains(&typed.to_lowercase().as_str()) {
        let member = Member { own_zone: None, own_hours: None, own_calendar: None, ..member };
        let hours = member.hours(&draft.seen.workspace);
        draft.put_member(member);
        return words::hours_reset(language, &hours);
    }
    let own_calendar = match holidays.map(calendar) {
        None => member.own_calendar,
        Some(Ok(calendar)) => calendar,
        Some(Err(error)) => return words::holidays_trouble(language, &error),
    };
    let member = Member { own_calendar, ..member };
    let mut said = Message::default();
    if !typed.is_empty() {
        match parse_hours(typed) {
            Err(error) => return words::hours_trouble(language, &error),
            Ok((zone, week)) => said = set(draft, member.clone(), zone, week, language),
        }
    }
    if holidays.is_some() {
        let member = if typed.is_empty() { member } else { draft.member(user) };
        said.0.extend(words::holidays_set(language, &member, &draft.seen.workspace, now).0);
        draft.put_member(member);
    }
    said
}

/// "mon-fri 9-17 holidays ID" is hours, and a country after the word.
fn apart<'t>(typed: &'t str, words: &[&str]) -> (&'t str, Option<&'t str>) {
    let mut from = 0;
    for word in typed.split_inclusive(char::is_whitespace) {
        let (before, after) = (typed.get(..from).unwrap_or(""), typed.get(from + word.len()..).unwrap_or(""));
        let is_said = words.contains(&word.trim().to_lowercase().as_str());
        if is_said && (before.trim().is_empty() || !after.trim().is_empty()) {
            return (before, Some(after));
        }
        from += word.len();
    }
    (typed, None)
}

/// The calendar of a country or region; none for the team's.
fn calendar(given: &str) -> Result<Option<Calendar>, CalendarError> {
    if TEAMS.contains(&given.trim().to_lowercase().as_str()) {
        return Ok(None);
    }
    Calendar::find(given).map(Some)
}

fn set(
    draft: &mut Draft<'_>,
    member: Member,
    zone: Option<Zone>,
    week: Option<WorkingWeek>,
    language: Language,
) -> Message {
    let member = Member { own_zone: zone.or(member.own_zone), own_hours: week.or(member.own_hours), ..member };
    let hours = member.hours(&draft.seen.workspace);
    draft.put_member(member);
    words::hours_set(language, &hours)
}

/// Leave from now on. It takes the place of leave that it overlaps; one that is under way keeps its beginning.
fn away(draft: &mut Draft<'_>, user: &UserId, invocation: &Invocation, language: Language, now: Timestamp) -> Message {
    let mut member = draft.member(user);
    let zone = member.zone(&draft.seen.workspace);
    let typed = invocation.arg("until").map(str::trim).filter(|typed| !typed.is_empty());
    let (until, after) = match typed.map(|typed| ends(typed, &zone, now)) {
        None => (None, ""),
        Some(Ok((until, after))) => (Some(until), after),
        Some(Err(error)) => return words::away_trouble(language, &error),
    };
    let why = [after, invocation.arg("why").unwrap_or_default()].join(" ");
    let why = match reason(language, &why) {
        Ok(why) => why,
        Err(too_long) => return too_long,
    };
    let from = current_absence(&member, now).map_or(now, |leave| leave.from);
    let leave = Absence { from, until, why };
    member.absences.retain(|it| it.until.is_none_or(|end| end > now) && until.is_some_and(|until| it.from >= until));
    member.absences.insert(0, leave.clone());
    draft.put_member(member);
    words::away(language, &leave, &zone)
}

/// The end of leave, and what stands after it.
fn ends<'t>(typed: &'t str, zone: &Zone, now: Timestamp) -> Result<(Timestamp, &'t str), TimeError> {
    let whole = match parse_moment(typed, zone, now) {
        Ok(until) => return Ok((until, "")),
        Err(error) => error,
    };
    split_moment(typed, |text| parse_moment(text, zone, now).ok()).ok_or(whole)
}

/// A reason as it was typed; empty is none. What is too long is told.
pub(super) fn reason(language: Language, typed: &str) -> Result<Option<String>, Message> {
    let typed = typed.trim();
    if typed.chars().count() > REASON_CHARS_MAX {
        return Err(words::reason_too_long(language));
    }
    Ok((!typed.is_empty()).then(|| typed.to_owned()))
}

/// The end of the leave that is under way, and of the focus block; leave to come stays.
fn back(draft: &mut Draft<'_>, user: &UserId, language: Language, now: Timestamp) -> Message {
    let mut member = draft.member(user);
    let was_away = current_absence(&member, now).is_some();
    if was_away {
        // It ends now, and is known to have been: what waited meanwhile comes as on a first day back.
        for leave in member.absences.iter_mut().filter(|leave| leave.holds(now)) {
            leave.until = Some(now);
        }
        draft.put_member(member.clone());
    }
    let was_in_focus = focus::end(draft, member, now);
    words::back(language, was_away || was_in_focus)
}

/// Answers a button.
pub(super) fn click(draft: &mut Draft<'_>, by: &Origin, action: &Action) {
    let member = draft.member(&by.user);
    let workspace = &draft.seen.workspace;
    draft.decision.reply = Some(match action {
        Action::SetHours => Reply::Open(words::hours_form(member.language(workspace), &member, workspace)),
    });
}

/// Takes a form.
pub(super) fn submit(draft: &mut Draft<'_>, by: &Origin, form: &FormId, values: &BTreeMap<String, String>) {
    let member = draft.member(&by.user);
    let language = member.language(&draft.seen.workspace);
    let reply = match form {
        FormId::Hours => match filled(values) {
            Err(wrong) => Reply::Invalid(
                wrong
                    .into_iter()
                    .map(|(field, error)| (field.to_owned(), copy::flat(&copy::time::trouble(language, &error))))
                    .collect(),
            ),
            Ok((zone, week)) => {
                // The form came with their zone in it: emptied, it is taken back; left as the profile has it, it
                // goes on following the profile.
                let own_zone = member.own_zone.filter(|_| zone.is_some());
                let follows = own_zone.is_none() && zone == member.profile_zone;
                let zone = zone.filter(|_| !follows);
                Reply::Say(set(draft, Member { own_zone, ..member }, zone, week, language))
            }
        },
    };
    draft.decision.reply = Some(reply);
}

type Filled = (Option<Zone>, Option<WorkingWeek>);

/// What a form holds. People write the zone beside their days and the other way round; both are understood.
fn filled(values: &BTreeMap<String, String>) -> Result<Filled, Vec<(&'static str, TimeError)>> {
    let value = |field: &str| values.get(field).map(|it| it.trim()).filter(|it| !it.is_empty());
    let mut wrong = Vec::new();
    let mut read = |field: &'static str| match value(field).map(parse_hours) {
        None => (None, None),
        Some(Ok(read)) => read,
        Some(Err(error)) => {
            wrong.push((field, error));
            (None, None)
        }
    };
    let (zone, other_week) = read("zone");
    let (other_zone, week) = read("hours");
    if wrong.is_empty() { Ok((zone.or(other_zone), week.or(other_week))) } else { Err(wrong) }
}
