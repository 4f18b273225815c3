//! What people ask for themselves: `/hours`, `/away`, `/back`, `/jeda help`, and the form for their hours.

use super::{Absence, Action, FormId, Member, current_absence, decide::Draft};
use crate::{
    command::{self, Invocation},
    copy::{self, people as words},
    decide::Cause,
    event::Origin,
    id::UserId,
    language::Language,
    message::{Message, Reply},
    time::{TimeError, WorkingWeek, Zone, parse_hours, parse_moment},
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Words that take back what somebody had set with `/hours`, in both languages.
const RESET: [&str; 4] = ["reset", "default", "atur ulang", "bawaan"];

/// Answers a command that is ours, and every one that doesn't exist.
pub(super) fn command(draft: &mut Draft<'_>, by: &Origin, invocation: &Invocation, cause: &Cause<'_>) {
    let language = draft.member(&by.user).language(&draft.seen.workspace);
    let known = command::find(&invocation.path).is_some();
    let elsewhere = invocation.path.first().is_some_and(|root| root == "standup")
        || crate::norm::answers(invocation)
        || crate::later::answers(invocation);
    let ours = known && !elsewhere;
    if known && !ours {
        return;
    }
    // `/back now` is as clear as `/back`.
    let refusal = copy::command::refusal(language, invocation).filter(|_| !invocation.is(&["back"]));
    let say = match refusal {
        Some(refusal) => refusal,
        None if invocation.is(&["hours"]) => hours(draft, &by.user, invocation.arg("hours"), language, cause.now),
        None if invocation.is(&["away"]) => away(draft, &by.user, invocation.arg("until"), language, cause.now),
        None if invocation.is(&["back"]) => back(draft, &by.user, language, cause.now),
        None => command::help(invocation.arg("topic"), language),
    };
    draft.decision.reply = Some(Reply::Say(say));
}

fn hours(draft: &mut Draft<'_>, user: &UserId, typed: Option<&str>, language: Language, now: Timestamp) -> Message {
    let member = draft.member(user);
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return words::hours_shown(language, &member, &draft.seen.workspace, now);
    };
    if RESET.contains(&typed.to_lowercase().as_str()) {
        let member = Member { own_zone: None, own_hours: None, ..member };
        let hours = member.hours(&draft.seen.workspace);
        draft.put_member(member);
        return words::hours_reset(language, &hours);
    }
    match parse_hours(typed) {
        Err(error) => words::hours_trouble(language, &error),
        Ok((zone, week)) => set(draft, member, zone, week, language),
    }
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
fn away(draft: &mut Draft<'_>, user: &UserId, typed: Option<&str>, language: Language, now: Timestamp) -> Message {
    let mut member = draft.member(user);
    let zone = member.zone(&draft.seen.workspace);
    let until = match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
        None => None,
        Some(typed) => match parse_moment(typed, &zone, now) {
            Ok(until) if until > now => Some(until),
            Ok(_) => return words::away_trouble(language, &TimeError::Date(typed.to_owned())),
            Err(error) => return words::away_trouble(language, &error),
        },
    };
    let from = current_absence(&member, now).map_or(now, |leave| leave.from);
    let leave = Absence { from, until };
    member.absences.retain(|it| it.until.is_none_or(|end| end > now) && until.is_some_and(|until| it.from >= until));
    member.absences.insert(0, leave.clone());
    draft.put_member(member);
    words::away(language, &leave, &zone)
}

/// The end of the leave that is under way; leave to come stays.
fn back(draft: &mut Draft<'_>, user: &UserId, language: Language, now: Timestamp) -> Message {
    let mut member = draft.member(user);
    let was_away = current_absence(&member, now).is_some();
    if was_away {
        member.absences.retain(|leave| leave.from > now);
        draft.put_member(member);
    }
    words::back(language, was_away)
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
