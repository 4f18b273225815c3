//! What is wrong with a setting, and what to type instead; labels and hints of the form.

use super::plain;
use crate::{
    copy::{Arg, code, excerpt, line, list, said, text, time},
    id::ChannelId,
    language::Language,
    message::{Show, Text},
    time::{Zone, say_duration},
};
use jiff::Timestamp;

plain! {
    lines {
        save = "standup-save",
        edit_title = "standup-edit-title",
    }
    messages {}
}

/// The questions that most teams ask.
pub(crate) fn usual_questions(language: Language) -> [String; 3] {
    [
        line(language, "standup-usual-done", &[]),
        line(language, "standup-usual-plan", &[]),
        line(language, "standup-usual-blockers", &[]),
    ]
}

/// A question as it is put in this language. The usual ones are jeda's own words, so each reader gets them in their own
/// language, and a channel in the workspace's, whoever made the standup; what somebody wrote stays as it was written.
pub(crate) fn asked(language: Language, question: &str) -> String {
    let usual = |other| usual_questions(other).iter().position(|text| text == question);
    match Language::ALL.into_iter().find_map(usual) {
        Some(at) => usual_questions(language).into_iter().nth(at).unwrap_or_default(),
        None => question.to_owned(),
    }
}

pub(crate) fn name_needed(language: Language) -> Text {
    text(language, "standup-name-needed", &[])
}

pub(crate) fn name_too_long(language: Language, max: usize) -> Text {
    text(language, "standup-name-too-long", &[("max", max.into())])
}

pub(crate) fn name_not_free(language: Language) -> Text {
    text(language, "standup-name-not-free", &[])
}

pub(crate) fn name_taken(language: Language, name: &str) -> Text {
    text(language, "standup-name-taken", &[("standup", said(name)), ("show", super::typed("show", name))])
}

pub(crate) fn when_needed(language: Language) -> Text {
    text(language, "standup-when-needed", &[])
}

pub(crate) fn too_often(language: Language) -> Text {
    text(language, "standup-too-often", &[])
}

/// How the bot comes into a channel: by an invitation, or by permissions.
fn bring(language: Language, invited: bool) -> (&'static str, Arg) {
    let id = if invited { "standup-bring-invite" } else { "standup-bring-permit" };
    ("bring", text(language, id, &[]).into())
}

pub(crate) fn channel_needed(language: Language, invited: bool) -> Text {
    text(language, "standup-channel-needed", &[bring(language, invited)])
}

pub(crate) fn channel_unknown(language: Language, given: &str, invited: bool) -> Text {
    text(language, "standup-channel-unknown", &[("given", excerpt(given)), bring(language, invited)])
}

pub(crate) fn channel_not_open(language: Language, channel: &ChannelId, invited: bool) -> Text {
    text(language, "standup-channel-not-open", &[("channel", channel.clone().into()), bring(language, invited)])
}

pub(crate) fn channel_archived(language: Language, channel: &ChannelId) -> Text {
    text(language, "standup-channel-archived", &[("channel", channel.clone().into())])
}

pub(crate) fn channel_private(language: Language, channel: &ChannelId) -> Text {
    text(language, "standup-channel-private", &[("channel", channel.clone().into())])
}

pub(crate) fn questions_empty(language: Language) -> Text {
    text(language, "standup-questions-empty", &[])
}

pub(crate) fn questions_too_many(language: Language, count: usize, max: usize) -> Text {
    text(language, "standup-questions-too-many", &[("count", count.into()), ("max", max.into())])
}

pub(crate) fn question_too_long(language: Language, question: &str, max: usize) -> Text {
    text(language, "standup-question-too-long", &[("question", excerpt(question)), ("max", max.into())])
}

pub(crate) fn window_or_deadline(language: Language) -> Text {
    text(language, "standup-window-or-deadline", &[])
}

fn lasting(language: Language, minutes: i64) -> Arg {
    crate::copy::words(say_duration(minutes, language))
}

pub(crate) fn window_bounds(language: Language, min: i64, max: i64) -> Text {
    text(language, "standup-window-bounds", &[("min", lasting(language, min)), ("max", lasting(language, max))])
}

pub(crate) fn remind_bounds(language: Language, window: i64) -> Text {
    text(language, "standup-remind-bounds", &[("window", lasting(language, window))])
}

pub(crate) fn report_choice(language: Language) -> Text {
    text(language, "standup-report-choice", &[])
}

pub(crate) fn group_alone(language: Language) -> Text {
    text(language, "standup-group-alone", &[])
}

pub(crate) fn person_unknown(language: Language, given: &str) -> Text {
    text(language, "standup-person-unknown", &[("given", excerpt(given))])
}

/// A name that nobody has, where the platform would have found a group had it stood as a word of its own.
pub(crate) fn group_unseen(language: Language, given: &str) -> Text {
    let args = [("given", excerpt(given)), ("typed", code(format!("who= {given}")))];
    text(language, "standup-group-unseen", &args)
}

pub(crate) fn people_needed(language: Language) -> Text {
    text(language, "standup-people-needed", &[])
}

pub(crate) fn people_too_many(language: Language, count: usize, max: usize) -> Text {
    text(language, "standup-people-too-many", &[("count", count.into()), ("max", max.into())])
}

pub(crate) fn standups_full(language: Language, max: usize) -> Text {
    text(language, "standup-standups-full", &[("max", max.into())])
}

/// Somebody whose prompt would come at or after their deadline.
#[derive(Clone, Debug)]
pub(crate) struct Conflict {
    /// Their name.
    pub(crate) name: String,
    /// Their zone.
    pub(crate) zone: Zone,
    /// When they would be asked.
    pub(crate) prompt_at: Timestamp,
    /// Until when they could have answered.
    pub(crate) deadline_at: Timestamp,
}

/// Names that a refusal lists; of more it says how many.
const CONFLICTS_SHOWN: usize = 10;

/// A deadline that comes before somebody's prompt, with the names and the times in each one's own zone.
pub(crate) fn deadline_conflict(language: Language, conflicts: &[Conflict]) -> Text {
    let line = |it: &Conflict| {
        // In their own zone and as words: whoever reads this is somewhere else.
        let own = |at| crate::copy::words(time::moment(language, at, &it.zone));
        let args = [
            ("name", said(&it.name)),
            ("prompt", own(it.prompt_at)),
            ("deadline", own(it.deadline_at)),
            ("zone", code(it.zone.name())),
        ];
        Arg::from(text(language, "standup-conflict-one", &args))
    };
    let mut people: Vec<Arg> = conflicts.iter().take(CONFLICTS_SHOWN).map(line).collect();
    let more = conflicts.len().saturating_sub(CONFLICTS_SHOWN);
    if more > 0 {
        people.push(Arg::from(text(language, "standup-more-people", &[("count", more.into())])));
    }
    text(language, "standup-conflict", &[("people", list(language, people))])
}

/// When, so that each reader sees it in their own time.
pub(super) fn moment(language: Language, at: Timestamp, zone: &Zone) -> Arg {
    time::at(language, at, Show::DateTime, zone).into()
}

/// The label of a form's field, by its argument's name.
pub(crate) fn field_label(language: Language, field: &str) -> String {
    let id = match field {
        "name" => "standup-field-name",
        "when" => "standup-field-when",
        "questions" => "standup-field-questions",
        "channel" => "standup-field-channel",
        "window" => "standup-field-window",
        "zone" => "standup-field-zone",
        "deadline" => "standup-field-deadline",
        "remind" => "standup-field-remind",
        "report" => "standup-field-report",
        "who" | "who-group" => "standup-field-who",
        _ => "standup-field-observers",
    };
    line(language, id, &[])
}

/// Small print below a form's field, by its argument's name; `who-group` where a group takes part so far.
pub(crate) fn field_hint(language: Language, field: &str) -> String {
    let id = match field {
        "name" => "standup-hint-name",
        "when" => "standup-hint-when",
        "questions" => "standup-hint-questions",
        "channel" => "standup-hint-channel",
        "window" => "standup-hint-window",
        "zone" => "standup-hint-zone",
        "deadline" => "standup-hint-deadline",
        "remind" => "standup-hint-remind",
        "report" => "standup-hint-report",
        "who" => "standup-hint-who",
        "who-group" => "standup-hint-who-group",
        _ => "standup-hint-observers",
    };
    line(language, id, &[])
}
