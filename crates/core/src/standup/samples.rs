//! The messages of a round as they really go out, with made-up people, for the tests that render every message.

use super::{
    Answer, Deadline, Entry, EntryKey, EntryState, Note, Part, Question, QuestionKind, ReportWhen, Round, RoundKey,
    Skip, Standup, StandupState, Terms, Who, WhoseTime, Why, form, prompt, report,
};
use crate::{
    copy::Sample,
    event::Refusal,
    language::Language,
    message::{Form, Message},
    people::{self, Member, Workspace},
    receipt,
    snapshot::{Capabilities, Snapshot},
    time::{Zone, parse_schedule},
};
use jiff::{Timestamp, civil};

/// Tuesday 24 November 2026, 09:30 UTC.
const NOW: Timestamp = Timestamp::constant(1_795_512_600, 0);
const HOUR: i64 = 3_600;
const TODAY: civil::Date = civil::date(2026, 11, 24);

/// Every message of a round.
pub(crate) fn samples() -> Vec<Sample> {
    vec![
        Sample::Message("standup/prompt", |l| asked(l, |_| {})),
        Sample::Message("standup/prompt-zone-guessed", |l| {
            asked(l, |seen| {
                seen.members.values_mut().for_each(|it| it.profile_zone = None);
                seen.notes.clear();
                seen.entries.retain(|key, _| key.round.date == TODAY);
                seen.standups.values_mut().for_each(|it| it.joined = ["U1".into()].into());
            })
        }),
        Sample::Message("standup/prompt-of-many-questions", |l| {
            asked(l, |seen| {
                seen.workspace.capabilities.message_chars_max = 2_000;
                let long = Question { text: "Why? ".repeat(50), kind: QuestionKind::Other };
                seen.rounds.values_mut().for_each(|it| it.questions = vec![long.clone(); 20]);
                seen.entries.retain(|key, _| key.round.date == TODAY);
                seen.standups.values_mut().for_each(|it| it.who = Who::List(["U1".into()].into()));
            })
        }),
        Sample::Message("standup/prompt-answered", |l| state(l, EntryState::Answered, false, false)),
        Sample::Message("standup/prompt-answered-edited", |l| state(l, EntryState::Answered, false, true)),
        Sample::Message("standup/prompt-answered-late", |l| state(l, EntryState::Answered, true, false)),
        Sample::Message("standup/prompt-skipped", |l| state(l, EntryState::Skipped(Skip::Own(None)), false, false)),
        Sample::Message("standup/prompt-skipped-reason", |l| {
            state(l, EntryState::Skipped(Skip::Own(Some("*dentist* @here".into()))), false, false)
        }),
        Sample::Message("standup/prompt-left", |l| state(l, EntryState::Skipped(Skip::Left), false, false)),
        Sample::Message("standup/prompt-closed", |l| state(l, EntryState::Missed, false, false)),
        Sample::Message("standup/reminder", |l| with_part(&made_up(l), prompt::reminder)),
        Sample::Message("standup/reminder-over", |l| {
            let over = [
                EntryState::Answered,
                EntryState::Skipped(Skip::Own(None)),
                EntryState::Skipped(Skip::Left),
                EntryState::Missed,
            ];
            Message(over.into_iter().flat_map(|it| in_state(l, it, false, false, prompt::reminder).0).collect())
        }),
        Sample::Message("standup/question-done", |l| with_part(&made_up(l), |part| prompt::question(part, 0))),
        Sample::Message("standup/question-blockers", |l| with_part(&made_up(l), |part| prompt::question(part, 2))),
        Sample::Message("standup/thanks", |l| with_part(&made_up(l), form::thanks_for)),
        Sample::Message("standup/thanks-live", |l| {
            let mut seen = made_up(l);
            seen.rounds.values_mut().for_each(|it| it.terms.report = ReportWhen::AsAnswersArrive);
            with_part(&seen, form::thanks_for)
        }),
        Sample::Form("standup/answer-form", |l| answer_form(&made_up(l))),
        Sample::Form("standup/answer-form-long-late", |l| {
            let mut seen = made_up(l);
            seen.workspace.capabilities.field_chars_max = 5;
            seen.rounds.values_mut().for_each(|it| it.closed_at = Some(NOW));
            seen.entries.values_mut().for_each(|it| it.answers = vec![said(0, "longer than that")]);
            answer_form(&seen)
        }),
        Sample::Message("standup/report", |l| first(&closed(l), &Part::Head(0))),
        Sample::Message("standup/report-so-far", |l| {
            let mut seen = closed(l);
            seen.rounds.values_mut().for_each(|it| it.closed_at = None);
            first(&seen, &Part::Head(0))
        }),
        Sample::Message("standup/report-nobody-answered", |l| {
            let mut seen = closed(l);
            seen.entries.retain(|_, it| it.answered_at.is_none());
            first(&seen, &Part::Head(0))
        }),
        Sample::Message("standup/report-answer", |l| first(&closed(l), &Part::Answer("U1".into(), 0))),
        Sample::Message("standup/report-answer-late-edited", |l| first(&closed(l), &Part::Answer("U2".into(), 0))),
        Sample::Message("standup/report-in-pages", |l| {
            let mut seen = closed(l);
            seen.workspace.capabilities.message_chars_max = 400;
            seen.entries.values_mut().filter(|it| it.answered_at.is_some()).for_each(|it| it.late = false);
            let round = seen.rounds.get(&round_key(TODAY));
            let pages = round.into_iter().flat_map(|round| {
                report::parts(&seen, round).into_iter().filter_map(|part| report::part(&seen, round, &part))
            });
            Message(pages.flat_map(|message| message.0).collect())
        }),
    ]
}

fn asked(language: Language, change: impl FnOnce(&mut Snapshot)) -> Message {
    let mut seen = made_up(language);
    change(&mut seen);
    with_part(&seen, prompt::prompt)
}

fn state(language: Language, state: EntryState, late: bool, edited: bool) -> Message {
    in_state(language, state, late, edited, prompt::prompt)
}

fn in_state(
    language: Language,
    state: EntryState,
    late: bool,
    edited: bool,
    say: impl FnOnce(prompt::Part<'_>) -> Message,
) -> Message {
    let mut seen = made_up(language);
    for entry in seen.entries.values_mut() {
        entry.state = state.clone();
        entry.late = late;
        entry.edited_at = edited.then_some(NOW);
    }
    with_part(&seen, say)
}

fn with_part(seen: &Snapshot, say: impl FnOnce(prompt::Part<'_>) -> Message) -> Message {
    let key = EntryKey { round: round_key(TODAY), user: "U1".into() };
    prompt::Part::find(seen, &key).map(say).unwrap_or_default()
}

fn answer_form(seen: &Snapshot) -> Form {
    let key = EntryKey { round: round_key(TODAY), user: "U1".into() };
    let part = seen.rounds.get(&key.round).zip(seen.entries.get(&key));
    part.and_then(|(round, entry)| form::answer_form(seen, round, entry, 0)).unwrap_or(Form {
        id: crate::action::FormId::Standup(super::FormId::New),
        title: String::new(),
        submit: String::new(),
        cancel: String::new(),
        intro: Vec::new(),
        fields: Vec::new(),
    })
}

fn first(seen: &Snapshot, part: &Part) -> Message {
    seen.rounds.get(&round_key(TODAY)).and_then(|round| report::part(seen, round, part)).unwrap_or_default()
}

fn round_key(date: civil::Date) -> RoundKey {
    RoundKey { standup: "s1".into(), date }
}

fn said(question: usize, text: &str) -> Answer {
    Answer { question, text: text.into(), message: None }
}

fn hours_on(hours: i64) -> Timestamp {
    NOW + jiff::SignedDuration::from_secs(hours * HOUR)
}

/// Somebody in Jakarta who planned something yesterday, jotted something down, and is asked today.
fn made_up(language: Language) -> Snapshot {
    let mut seen = Snapshot::empty(workspace(language));
    let zone = Zone::find("Asia/Jakarta").ok();
    let ana =
        Member { name: "Ana".into(), profile_zone: zone, language: Some(language), ..Member::unknown("U1".into()) };
    seen.members.insert("U1".into(), ana);
    let Some(standup) = made_up_standup(language) else { return seen };
    for (date, closed_at) in [(TODAY.yesterday().unwrap_or(TODAY), Some(NOW)), (TODAY, None)] {
        let (key, questions) = (round_key(date), standup.questions.clone());
        let round = Round {
            key: key.clone(),
            questions,
            terms: terms(),
            closes_at: hours_on(4),
            closed_at,
            parts: Vec::new(),
            posted: Vec::new(),
        };
        seen.rounds.insert(key.clone(), round);
    }
    seen.standups.insert(standup.id.clone(), standup);
    let mut before = entry("U1", EntryState::Answered, &[(1, "Write *tests* for <!channel>")]);
    before.key.round = round_key(TODAY.yesterday().unwrap_or(TODAY));
    seen.entries.insert(before.key.clone(), before);
    let now = entry("U1", EntryState::Asked, &[]);
    seen.entries.insert(now.key.clone(), now);
    let text = "fixed the login on old phones".to_owned();
    seen.notes.push(Note { id: "n1".into(), user: "U1".into(), at: NOW, text, used: false });
    seen
}

/// A closed round with one of everything.
fn closed(language: Language) -> Snapshot {
    let mut seen = made_up(language);
    seen.entries.clear();
    seen.rounds.values_mut().for_each(|round| round.closed_at = Some(hours_on(4)));
    for (user, name) in
        [("U2", "Budi"), ("U3", "Emma"), ("U4", "João"), ("U5", "@here"), ("U6", "Liam"), ("U7", "Maya")]
    {
        seen.members.insert(user.into(), Member { name: name.into(), ..Member::unknown(user.into()) });
    }
    let not_asked = |why| EntryState::Skipped(Skip::NotAsked(why));
    let mut all = vec![
        entry(
            "U1",
            EntryState::Answered,
            &[(0, "Fixed the login"), (1, "Tests"), (2, "Waiting for @everyone & <https://ci>")],
        ),
        entry("U2", EntryState::Answered, &[(0, "Docs"), (1, "More docs"), (2, "none")]),
        entry("U3", not_asked(receipt::Why::People(people::Why::Away(Some(hours_on(72))))), &[]),
        entry("U4", EntryState::Skipped(Skip::Own(Some("dentist".into()))), &[]),
        entry("U5", EntryState::Missed, &[]),
        entry("U6", not_asked(receipt::Why::Standup(Why::WindowOver)), &[]),
    ];
    all.extend(every_reason().into_iter().map(|why| entry("U7", not_asked(why), &[])).enumerate().map(
        |(at, mut it)| {
            it.key.user = crate::id::UserId::new(format!("U7{at}"));
            it
        },
    ));
    for mut entry in all {
        entry.late = entry.key.user.as_str() == "U2";
        entry.edited_at = entry.late.then_some(NOW);
        seen.entries.insert(entry.key.clone(), entry);
    }
    seen
}

fn every_reason() -> Vec<receipt::Why> {
    use people::Why as P;
    use receipt::Why::{People, Standup};
    vec![
        People(P::DayOff),
        People(P::Holiday("Waisak".into())),
        People(P::Away(None)),
        People(P::Quiet),
        People(P::MemberGone),
        People(P::Refused(Refusal::DirectMessagesClosed)),
        People(P::Downtime),
        Standup(Why::TimePassed),
        Standup(Why::NotRunning),
    ]
}

/// A part of a round in this state.
pub(crate) fn entry(user: &str, state: EntryState, answers: &[(usize, &str)]) -> Entry {
    Entry {
        key: EntryKey { round: round_key(TODAY), user: user.into() },
        prompt_at: NOW,
        deadline_at: hours_on(4),
        answered_at: (state == EntryState::Answered).then_some(NOW),
        state,
        answers: answers.iter().map(|(question, text)| said(*question, text)).collect(),
        edited_at: None,
        late: false,
        reminded: false,
        settled: true,
    }
}

fn terms() -> Terms {
    Terms {
        time: civil::time(9, 30, 0, 0),
        whose_time: WhoseTime::Each,
        deadline: Deadline::After(240),
        remind_before_minutes: Some(60),
        report: ReportWhen::AtClose,
    }
}

/// A standup whose name and questions try to be more than text.
pub(crate) fn made_up_standup(language: Language) -> Option<Standup> {
    let kinds = [QuestionKind::Done, QuestionKind::Plan, QuestionKind::Blockers];
    let questions = crate::copy::standup::usual_questions(language);
    Some(Standup {
        id: "s1".into(),
        name: "*Daily* @here".into(),
        channel: "C1".into(),
        questions: questions.into_iter().zip(kinds).map(|(text, kind)| Question { text, kind }).collect(),
        schedule: parse_schedule("weekdays 9:30", TODAY).ok()?,
        whose_time: WhoseTime::Each,
        deadline: Deadline::After(240),
        remind_before_minutes: Some(60),
        report: ReportWhen::AtClose,
        who: Who::ChannelMembers,
        joined: Default::default(),
        left: Default::default(),
        observers: Default::default(),
        owner: "U1".into(),
        state: StandupState::Active,
        created_at: NOW,
        since: NOW,
        planned_through: None,
        revision: 1,
        shut: None,
        deadline_open: false,
    })
}

fn workspace(language: Language) -> Workspace {
    Workspace { name: "Sample".into(), language, capabilities: Capabilities::ROOMY, ..Workspace::unknown("sample:T1") }
}
