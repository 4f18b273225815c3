//! A standup's settings as people give them, by command or by form; each trouble is told with its mend.

use super::super::{
    Deadline, Question, QuestionKind, ReportWhen, Standup, StandupState, Who, WhoseTime, roster::may_see,
};
use crate::{
    command::unquoted,
    copy::{self, standup as words, time as time_words},
    event::Origin,
    id::{ChannelId, GroupId, UserId},
    language::Language,
    limit,
    message::Text,
    snapshot::Snapshot,
    time::{Zone, parse_duration, parse_schedule, parse_time},
};
use jiff::{Timestamp, civil};
use std::collections::{BTreeMap, BTreeSet};

/// The usual window: half a working day.
const WINDOW_MINUTES: i64 = 240;
/// The usual reminder before the deadline.
const REMIND_MINUTES: i64 = 60;

/// Reads one argument.
type Step<'r> = (&'static str, fn(&Reading<'r>, &mut Standup) -> Result<(), Text>);

/// What was wrong: argument, and what to do.
pub(super) type Trouble = (&'static str, Text);

/// What reading settings looks at.
pub(super) struct Reading<'r> {
    pub(super) seen: &'r Snapshot,
    /// Who gives them.
    pub(super) by: &'r Origin,
    pub(super) args: &'r BTreeMap<String, String>,
    pub(super) language: Language,
    /// The zone of whoever gives them.
    pub(super) zone: Zone,
    pub(super) now: Timestamp,
}

/// A channel as `<#C1>`, or as a bare id where a form gave it.
pub(super) fn channel_id(text: &str) -> Option<ChannelId> {
    let text = text.trim();
    let id = text.strip_prefix("<#").and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
    (!id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric())).then(|| ChannelId::new(id))
}

/// A channel's name as people type it, in the letters by which it is found.
pub(super) fn channel_name(text: &str) -> String {
    text.trim().trim_start_matches('#').to_lowercase()
}

/// A group as `<&G1>`.
pub(super) fn group_id(text: &str) -> Option<GroupId> {
    let id = text.trim().strip_prefix("<&")?.strip_suffix('>')?;
    (!id.is_empty()).then(|| GroupId::new(id))
}

fn is_off(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "off" | "no" | "none" | "never" | "-" | "0" | "mati" | "tidak" | "tanpa")
}

fn is_each(text: &str) -> bool {
    let text = text.to_lowercase();
    matches!(text.as_str(), "each" | "own" | "everyone" | "local" | "-" | "masing-masing" | "sendiri" | "setempat")
}

/// A standup before anything is said of it.
pub(super) fn blank(
    id: &str,
    owner: &UserId,
    channel: ChannelId,
    now: Timestamp,
    schedule: crate::time::Schedule,
) -> Standup {
    Standup {
        id: crate::id::StandupId::new(id),
        name: String::new(),
        channel,
        questions: Vec::new(),
        schedule,
        whose_time: WhoseTime::Each,
        deadline: Deadline::After(WINDOW_MINUTES),
        remind_before_minutes: Some(REMIND_MINUTES),
        report: ReportWhen::AtClose,
        who: Who::ChannelMembers,
        joined: BTreeSet::new(),
        left: BTreeSet::new(),
        observers: BTreeSet::new(),
        owner: owner.clone(),
        state: StandupState::Active,
        created_at: now,
        since: now,
        planned_through: None,
        revision: 1,
        shut: None,
        deadline_open: false,
    }
}

impl<'r> Reading<'r> {
    pub(super) fn arg(&self, name: &str) -> Option<&str> {
        self.args.get(name).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// Reads everything that was given into `standup`; everything that is wrong is told at once.
    pub(super) fn read_into(&self, standup: &mut Standup) -> Vec<Trouble> {
        let mut troubles = Vec::new();
        let steps: [Step<'r>; 9] = [
            ("name", Self::name),
            ("when", Self::when),
            ("channel", Self::channel),
            ("questions", Self::questions),
            ("zone", Self::whose_time),
            ("window", Self::deadline),
            ("report", Self::report),
            ("who", Self::who),
            ("observers", Self::observers),
        ];
        for (field, step) in steps {
            if let Err(text) = step(self, standup) {
                troubles.push((field, text));
            }
        }
        // After the window, which it has to lie inside of.
        if let Err(text) = self.remind(standup) {
            troubles.push(("remind", text));
        }
        troubles
    }

    fn name(&self, standup: &mut Standup) -> Result<(), Text> {
        // `/standup edit` finds the standup by its name, and gives a new one as `rename`.
        let given = if standup.name.is_empty() { self.arg("name") } else { self.arg("rename") };
        let Some(name) = given else {
            return if standup.name.is_empty() { Err(words::name_needed(self.language)) } else { Ok(()) };
        };
        // A backtick would end the monospace in which commands are shown, and the name would not read back from there.
        let name = unquoted(name).split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
        if name.chars().count() > limit::NAME_CHARS_MAX || name.chars().any(char::is_control) {
            return Err(words::name_too_long(self.language, limit::NAME_CHARS_MAX));
        }
        let same = |other: &&Standup| {
            other.id != standup.id
                && other.state != StandupState::Deleted
                && other.name.to_lowercase() == name.to_lowercase()
        };
        if let Some(taken) = self.seen.standups.values().find(same) {
            return Err(match may_see(self.seen, taken, self.by) {
                true => words::name_taken(self.language, &taken.name),
                false => words::name_not_free(self.language),
            });
        }
        standup.name = name;
        Ok(())
    }

    fn when(&self, standup: &mut Standup) -> Result<(), Text> {
        let Some(text) = self.arg("when") else { return Ok(()) };
        let today = super::super::slot::date_in(self.now, &self.zone);
        let schedule = parse_schedule(text, today).map_err(|error| time_words::trouble(self.language, &error))?;
        if !schedule.at_most_once_a_day() {
            return Err(words::too_often(self.language));
        }
        standup.schedule = schedule;
        Ok(())
    }

    fn channel(&self, standup: &mut Standup) -> Result<(), Text> {
        let (language, invited) = (self.language, self.seen.workspace.capabilities.invited);
        if let Some(text) = self.arg("channel") {
            let by_name = || {
                let name = channel_name(text);
                self.seen.channels.values().find(|it| it.name.to_lowercase() == name).map(|it| it.channel.clone())
            };
            let by_id = channel_id(text).filter(|id| text.starts_with('<') || self.seen.channels.contains_key(id));
            let found = by_id.or_else(by_name);
            standup.channel = found.ok_or_else(|| words::channel_unknown(language, text, invited))?;
        }
        match self.seen.channels.get(&standup.channel) {
            Some(channel) if channel.archived => Err(words::channel_archived(language, &channel.channel)),
            Some(channel) if channel.private && self.arg("channel").is_some() && !self.belongs_in(&channel.channel) => {
                Err(words::channel_private(language, &channel.channel))
            }
            Some(channel) if channel.open => Ok(()),
            // A direct message with jeda is no channel of anybody's; one that jeda isn't in looks the same from here.
            _ if self.arg("channel").is_none() => Err(words::channel_needed(language, invited)),
            _ => Err(words::channel_not_open(language, &standup.channel, invited)),
        }
    }

    /// Whether whoever gives the settings may speak for a private channel: is in it, as far as is known, types there, or
    /// administers. Its answers would be theirs to read.
    fn belongs_in(&self, channel: &ChannelId) -> bool {
        let user = &self.by.user;
        self.by.channel.as_ref() == Some(channel)
            || self.seen.is_in_channel(user, channel)
            || self.seen.members.get(user).is_some_and(|member| member.admin)
    }

    fn questions(&self, standup: &mut Standup) -> Result<(), Text> {
        let language = self.language;
        let Some(text) = self.args.get("questions") else {
            if standup.questions.is_empty() {
                // Kept in the workspace's language, whoever makes the standup; each reader gets them in their own.
                standup.questions = usual_questions(self.seen.workspace.language);
            }
            return Ok(());
        };
        let texts: Vec<&str> = text.split([';', '\n']).map(str::trim).filter(|text| !text.is_empty()).collect();
        if texts.is_empty() {
            return Err(words::questions_empty(language));
        }
        if texts.len() > limit::QUESTIONS_MAX {
            return Err(words::questions_too_many(language, texts.len(), limit::QUESTIONS_MAX));
        }
        if let Some(long) = texts.iter().find(|text| text.chars().count() > limit::QUESTION_CHARS_MAX) {
            return Err(words::question_too_long(language, long, limit::QUESTION_CHARS_MAX));
        }
        // Usual ones that came back from a form in its reader's language are the same questions.
        let texts: Vec<String> = texts.iter().map(|text| words::asked(self.seen.workspace.language, text)).collect();
        standup.questions = with_kinds(&texts);
        Ok(())
    }

    fn whose_time(&self, standup: &mut Standup) -> Result<(), Text> {
        match self.arg("zone") {
            None => {}
            Some(text) if is_each(text) => standup.whose_time = WhoseTime::Each,
            Some(text) => {
                let zone = Zone::find(text).map_err(|error| time_words::zone_trouble(self.language, &error))?;
                standup.whose_time = WhoseTime::One(zone);
            }
        }
        Ok(())
    }

    fn deadline(&self, standup: &mut Standup) -> Result<(), Text> {
        let language = self.language;
        match (self.arg("window"), self.arg("deadline")) {
            (Some(_), Some(_)) => Err(words::window_or_deadline(language)),
            (None, None) => Ok(()),
            (Some(window), None) => {
                let minutes = parse_duration(window).map_err(|error| time_words::trouble(language, &error))?;
                if !(limit::WINDOW_MINUTES_MIN..=limit::WINDOW_MINUTES_MAX).contains(&minutes) {
                    let bounds = (limit::WINDOW_MINUTES_MIN, limit::WINDOW_MINUTES_MAX);
                    return Err(words::window_bounds(language, bounds.0, bounds.1));
                }
                standup.deadline = Deadline::After(minutes);
                Ok(())
            }
            (None, Some(text)) => {
                // "14:00", or "14:00 Asia/Jakarta".
                let (time, zone) = match text.rsplit_once(' ').map(|(time, zone)| (time, Zone::find(zone))) {
                    Some((time, Ok(zone))) => (time, Some(zone)),
                    _ => (text, None),
                };
                let time = parse_time(time).map_err(|error| time_words::trouble(language, &error))?;
                let one = match &standup.whose_time {
                    WhoseTime::One(zone) => Some(*zone),
                    WhoseTime::Each => None,
                };
                standup.deadline = Deadline::At { time, zone: zone.or(one).unwrap_or(self.zone) };
                Ok(())
            }
        }
    }

    fn remind(&self, standup: &mut Standup) -> Result<(), Text> {
        let window = match standup.deadline {
            Deadline::After(minutes) => minutes,
            Deadline::At { .. } => limit::WINDOW_MINUTES_MAX,
        };
        match self.arg("remind") {
            Some(text) if is_off(text) => standup.remind_before_minutes = None,
            Some(text) => {
                let minutes = parse_duration(text).map_err(|error| time_words::trouble(self.language, &error))?;
                if minutes < 1 || minutes >= window {
                    return Err(words::remind_bounds(self.language, window));
                }
                standup.remind_before_minutes = Some(minutes);
            }
            // A short window has a reminder that is as short.
            None if standup.remind_before_minutes.is_some_and(|minutes| minutes >= window) => {
                standup.remind_before_minutes = Some((window / 3).max(1));
            }
            None => {}
        }
        Ok(())
    }

    fn report(&self, standup: &mut Standup) -> Result<(), Text> {
        standup.report = match self.arg("report").map(str::to_lowercase).as_deref() {
            None => standup.report,
            Some("close" | "closed") => ReportWhen::AtClose,
            Some("live") => ReportWhen::AsAnswersArrive,
            Some(_) => return Err(words::report_choice(self.language)),
        };
        Ok(())
    }

    fn who(&self, standup: &mut Standup) -> Result<(), Text> {
        let Some(text) = self.arg("who") else { return Ok(()) };
        let everyone = ["channel", "everyone", "all", "kanal", "semua"];
        standup.who = if everyone.contains(&text.to_lowercase().as_str()) {
            Who::ChannelMembers
        } else if let Some(group) = group_id(text) {
            Who::Group(group)
        } else {
            let people = self.people(text, true)?;
            if people.len() > limit::PARTICIPANTS_MAX {
                return Err(words::people_too_many(self.language, people.len(), limit::PARTICIPANTS_MAX));
            }
            Who::List(people)
        };
        Ok(())
    }

    fn observers(&self, standup: &mut Standup) -> Result<(), Text> {
        let Some(text) = self.arg("observers") else { return Ok(()) };
        if is_off(text) {
            standup.observers.clear();
            return Ok(());
        }
        let people = self.people(text, false)?;
        if people.len() > limit::OBSERVERS_MAX {
            return Err(words::people_too_many(self.language, people.len(), limit::OBSERVERS_MAX));
        }
        standup.observers = people;
        Ok(())
    }

    /// People as mentions, as ids where a form gave them, or by their names. Where a group may stand in their place,
    /// `or_group`, a name that nobody has may be its handle, which the platform did not see to be a mention.
    fn people(&self, text: &str, or_group: bool) -> Result<BTreeSet<UserId>, Text> {
        let language = self.language;
        let unknown = |word: &str| {
            let short = word.chars().count() <= limit::NAME_CHARS_MAX;
            let apart = or_group && self.seen.workspace.capabilities.mention_apart;
            if apart && short && word.starts_with('@') {
                words::group_unseen(language, word)
            } else {
                words::person_unknown(language, word)
            }
        };
        let mut people = BTreeSet::new();
        for word in text.split([' ', ',', '\n']).filter(|word| !word.is_empty()) {
            if word.starts_with("<&") {
                return Err(words::group_alone(self.language));
            }
            let user = crate::people::find(self.seen, word).ok_or_else(|| unknown(word))?;
            if self.seen.members.get(&user).is_none_or(|member| !member.bot) {
                people.insert(user);
            }
        }
        if people.is_empty() { Err(words::people_needed(self.language)) } else { Ok(people) }
    }
}

/// The usual three.
fn usual_questions(language: Language) -> Vec<Question> {
    let kinds = [QuestionKind::Done, QuestionKind::Plan, QuestionKind::Blockers];
    words::usual_questions(language).into_iter().zip(kinds).map(|(text, kind)| Question { text, kind }).collect()
}

/// What each question is for. Only the first of its kind is about the last time or the next; every one about
/// blockers counts.
fn with_kinds<S: AsRef<str>>(texts: &[S]) -> Vec<Question> {
    let mut seen = Vec::new();
    let kind_of = |text: &str, seen: &mut Vec<QuestionKind>| {
        let kind = kind_of(text);
        let again = seen.contains(&kind) && kind != QuestionKind::Blockers;
        seen.push(kind);
        if again { QuestionKind::Other } else { kind }
    };
    texts
        .iter()
        .map(AsRef::as_ref)
        .map(|text| Question { text: text.to_owned(), kind: kind_of(text, &mut seen) })
        .collect()
}

/// What a question is for, by simple words in both languages.
pub(super) fn kind_of(text: &str) -> QuestionKind {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has =
        |wanted: &[&str]| wanted.iter().any(|it| if it.contains(' ') { text.contains(it) } else { words.contains(it) });
    let begins = |wanted: &[&str]| words.iter().any(|word| wanted.iter().any(|it| word.starts_with(it)));
    if begins(&["block", "obstacle", "impediment", "hambat", "kendala", "halang", "terhambat", "terhalang"])
        || has(&["stuck", "in the way", "in your way", "macet", "masalah", "menghambat", "menghalangi"])
    {
        QuestionKind::Blockers
    } else if has(&["yesterday", "did", "done", "finished", "kemarin", "selesai", "sudah", "telah", "last time"]) {
        QuestionKind::Done
    } else if has(&["today", "plan", "plans", "will", "next", "tomorrow", "hari ini", "rencana", "akan", "besok"]) {
        QuestionKind::Plan
    } else {
        QuestionKind::Other
    }
}

/// Troubles as one paragraph each, for whoever typed a command.
pub(super) fn as_message(troubles: Vec<Trouble>) -> crate::message::Message {
    crate::message::Message(troubles.into_iter().map(|(_, text)| crate::message::Block::Text(text)).collect())
}

/// Troubles by field, for whoever sent a form. What has no field of its own there stands under the first.
pub(super) fn as_invalid(troubles: Vec<Trouble>, shown: &BTreeSet<&'static str>) -> Vec<(String, String)> {
    troubles
        .into_iter()
        .map(|(field, text)| (if shown.contains(field) { field } else { "name" }.to_owned(), copy::flat(&text)))
        .collect()
}

/// The date that a schedule is tried from where only its shape counts.
pub(super) const ANY_DATE: civil::Date = civil::date(2026, 1, 1);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_question_is_for_is_seen_from_its_words() {
        use QuestionKind::{Blockers, Done, Other, Plan};
        for (text, kind) in [
            ("What did you do yesterday?", Done),
            ("What did you finish today?", Done),
            ("Apa yang dikerjakan kemarin?", Done),
            ("What will you do today?", Plan),
            ("What is next?", Plan),
            ("Apa rencana hari ini?", Plan),
            ("Any blockers?", Blockers),
            ("What is in your way today?", Blockers),
            ("Apa kendala hari ini?", Blockers),
            ("Ada hambatan?", Blockers),
            ("How do you feel?", Other),
            ("Is anyone willing to help?", Other),
        ] {
            assert_eq!(kind_of(text), kind, "{text}");
        }
        let kinds: Vec<_> = with_kinds(&["Plans?", "Next week's plans?", "Blockers?", "Other blockers?"])
            .into_iter()
            .map(|question| question.kind)
            .collect();
        assert_eq!(kinds, [Plan, Other, Blockers, Blockers]);
    }
}
