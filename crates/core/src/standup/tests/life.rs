//! A team's days: asked, answered, reported.

use super::{
    town::{form, read, said},
    *,
};
use crate::{
    event::{Event, Refusal, Seen},
    receipt::{What, Why as Reason},
    standup::{Action, EntryState, Skip, Why},
};

fn texts() -> [&'static str; 3] {
    ["Fixed the login", "Write the tests", "none"]
}

#[test]
fn a_team_in_six_zones_is_asked_in_their_own_mornings_and_reads_one_report() {
    let mut town = Town::new("2026-11-22T20:00:00Z", slack());
    let made = town.runs("emma", "/standup new Daily weekdays 9:30 window=4h");
    assert!(made.contains("Daily is set up:"), "{made}");
    assert!(made.contains("6 people: Aroha, Budi, Emma, Joao, Liam and Maya"), "{made}");
    town.until("2026-11-24T01:00:00Z");
    // Each at 9:30 of Monday 23 November in their own zone.
    for (user, at) in [
        ("aroha", "2026-11-22T20:30:00Z"),
        ("budi", "2026-11-23T02:30:00Z"),
        ("maya", "2026-11-23T03:45:00Z"),
        ("emma", "2026-11-23T09:30:00Z"),
        ("joao", "2026-11-23T12:30:00Z"),
        ("liam", "2026-11-23T17:30:00Z"),
    ] {
        let subject = town.key(user, "2026-11-23").prompt_subject();
        let prompt = town.arrived.iter().find(|it| it.subject.as_ref() == Some(&subject)).expect(user);
        assert_eq!(prompt.at.to_string(), at, "{user}");
        assert_eq!(town.prompt_receipts(user, "2026-11-23"), [What::Sent], "{user}");
    }
    // Nobody answered: they were reminded once, and the report says so shortly.
    assert_eq!(town.inbox_of("budi").iter().filter(|it| it.contains("is open for you")).count(), 1);
    let channel = town.channel();
    assert_eq!(channel.len(), 1, "{channel:?}");
    assert!(channel[0].contains("Nobody answered this time."), "{}", channel[0]);
    assert!(channel[0].contains("No answer: Aroha, Budi, Emma, Joao, Liam and Maya"), "{}", channel[0]);
    town.is_in_order();
}

#[test]
fn the_report_comes_when_all_have_answered_with_blockers_first() {
    let mut town = Town::of("2026-11-23T05:00:00Z", slack(), &["emma", "budi"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    // Budi's 9:30 has passed already, so he is first asked tomorrow.
    town.until("2026-11-23T09:30:00Z");
    assert_eq!(
        town.state("budi", "2026-11-23"),
        &EntryState::Skipped(Skip::NotAsked(Reason::Standup(Why::TimePassed)))
    );
    let thanks = town.answers("emma", "2026-11-23", &texts());
    assert!(thanks.contains("Your answer to Daily is in"), "{thanks}");
    assert_eq!(town.channel().len(), 2);
    town.until("2026-11-24T02:30:00Z");
    town.answers("budi", "2026-11-24", &["Wrote <!channel> docs", "More docs", "The build is red"]);
    assert_eq!(town.channel().len(), 2, "emma has not answered, so nothing is shown");
    town.until("2026-11-24T09:31:00Z");
    town.answers("emma", "2026-11-24", &["Wrote the tests", "Rest", ""]);
    let channel = town.channel();
    assert_eq!(channel.len(), 5, "{channel:#?}");
    assert!(
        channel[2].starts_with("# Daily · Tuesday 24 November\n2 of 2 answered.\nIn the way\n> Budi: The build is red")
    );
    assert!(channel[3].starts_with("Budi\n"), "{}", channel[3]);
    assert!(channel[3].contains("> Wrote <!channel> docs"));
    assert!(channel[4].starts_with("Emma\n"));
    town.until("2026-11-24T12:00:00Z");
    town.is_in_order();
    assert!(town.outbox.is_empty());
}

#[test]
fn yesterdays_plan_and_todays_notes_are_there_when_they_answer() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-23T10:00:00Z");
    town.answers("emma", "2026-11-23", &texts());
    let noted = town.runs("emma", "/standup note fixed the *old* phones");
    assert_eq!(noted, "Kept for your next answer:\n> fixed the *old* phones");
    town.until("2026-11-24T10:00:00Z");
    let prompt = town.inbox_of("emma").pop().unwrap();
    assert!(prompt.contains("Last time you planned:\n> Write the tests"), "{prompt}");
    assert!(prompt.contains("You jotted down:\n> fixed the *old* phones"), "{prompt}");
    assert!(prompt.contains("[Answer] [Skip today]"), "{prompt}");
    assert!(town.inbox_of("emma")[0].contains("because you are in #C1"), "{:?}", town.inbox_of("emma"));
    assert!(!prompt.contains("because you are"), "said once: {prompt}");
    let opened = form(town.clicks("emma", Action::Answer(town.round("2026-11-24"), 0)));
    assert_eq!(opened.fields[0].value.as_deref(), Some("fixed the *old* phones"));
    assert!(read(&crate::message::Message(opened.intro)).contains("> Write the tests"));
    town.answers("emma", "2026-11-24", &["fixed the *old* phones", "Rest", ""]);
    town.until("2026-11-25T10:00:00Z");
    let prompt = town.inbox_of("emma").pop().unwrap();
    assert!(prompt.contains("> Rest") && !prompt.contains("jotted"), "the note is used up: {prompt}");
}

#[test]
fn whoever_simply_replies_is_asked_question_by_question() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-23T10:00:00Z");
    let first = town.writes("emma", "Fixed the login", None);
    let question = town.inbox_of("emma").pop().unwrap();
    assert!(question.contains("Question 2 of 3 · Daily\nWhat do you plan next?"), "{question}");
    town.writes("emma", "Write the tests", None);
    assert!(town.inbox_of("emma").pop().unwrap().contains("reply “none”"));
    // Before the last answer an edit changes the draft.
    edit(&mut town, "emma", &first, "Fixed the login, and the logout");
    town.writes("emma", "none", None);
    assert!(town.inbox_of("emma").pop().unwrap().starts_with("Thank you. Your answer to Daily is in."));
    assert_eq!(town.state("emma", "2026-11-23"), &EntryState::Answered);
    assert_eq!(town.entry("emma", "2026-11-23").answers[0].text, "Fixed the login, and the logout");
    // Nothing is open any more.
    town.writes("emma", "By the way", None);
    assert!(town.inbox_of("emma").pop().unwrap().contains("/standup note"));
    // After the close an edit shows in the report, marked.
    town.until("2026-11-24T00:00:00Z");
    edit(&mut town, "emma", &first, "Fixed it all");
    let channel = town.channel();
    assert!(
        channel.iter().any(|it| it.starts_with("Emma · edited\n") && it.contains("> Fixed it all")),
        "{channel:#?}"
    );
    // The same text again (a platform's unfurl) changes nothing.
    let before = town.arrived.len();
    edit(&mut town, "emma", &first, "Fixed it all");
    assert_eq!(town.arrived.len(), before);
    // Taking a message back takes its answer away.
    town.happens(crate::event::Event::SaidDeleted { channel: "D1".into(), message: first });
    town.settle();
    assert!(town.channel().iter().any(|it| it.starts_with("Emma · edited") && !it.contains("Fixed")));
    town.is_in_order();
}

#[test]
fn an_edit_that_overtakes_its_message_is_taken_in_its_place() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    let before = town.writes("emma", "Good morning", None);
    town.until("2026-11-23T10:00:00Z");
    // A message from before the prompt was no answer, and its edit is none.
    edit(&mut town, "emma", &before, "Good morning all");
    assert!(town.entry("emma", "2026-11-23").answers.is_empty());
    let late = town.next_message();
    edit(&mut town, "emma", &late, "Fixed the login");
    town.hears("emma", &late, "Fixd the login");
    let answers = &town.entry("emma", "2026-11-23").answers;
    assert_eq!(answers.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["Fixed the login"]);
    assert_eq!(town.inbox_of("emma").iter().filter(|it| it.contains("Question 2 of 3")).count(), 1);
    town.is_in_order();
}

fn edit(town: &mut Town, user: &str, message: &crate::id::MessageId, text: &str) {
    let by = Town::origin(user);
    town.happens(crate::event::Event::SaidEdited { by, message: message.clone(), text: text.into() });
    town.settle();
}

#[test]
fn a_reply_to_an_older_prompt_answers_that_one() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new First weekdays 9:30 window=8h questions=\"One?\"");
    town.runs("emma", "/standup new Second weekdays 9:45 window=8h questions=\"Two?\"");
    town.until("2026-11-23T10:00:00Z");
    let prompts: Vec<_> = town.arrived.iter().filter(|it| it.subject.is_some()).map(|it| it.id.clone()).collect();
    assert_eq!(prompts.len(), 2);
    let name_of = |town: &Town, answered: &str| {
        let entry = town.all.entries.values().find(|it| it.answers.iter().any(|it| it.text == answered)).unwrap();
        town.all.standups[&entry.key.round.standup].name.clone()
    };
    town.writes("emma", "to the first", Some(&prompts[0]));
    assert_eq!(name_of(&town, "to the first"), "First");
    town.writes("emma", "to the newest", None);
    assert_eq!(name_of(&town, "to the newest"), "Second");
}

#[test]
fn an_answer_after_the_close_is_kept_appended_and_marked_late() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "budi"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=1h");
    town.until("2026-11-24T10:00:00Z");
    town.answers("emma", "2026-11-24", &texts());
    town.until("2026-11-24T11:00:00Z");
    let state =
        &town.arrived.iter().rev().find(|it| it.subject == Some(town.key("budi", "2026-11-24").prompt_subject()));
    assert!(read(&state.unwrap().message).contains("[Answer late]"));
    assert_eq!(town.state("budi", "2026-11-24"), &EntryState::Missed);
    let before = town.channel();
    assert!(before.iter().any(|it| it.contains("No answer: Budi")), "{before:#?}");
    let opened = form(town.clicks("budi", Action::Answer(town.round("2026-11-24"), 0)));
    assert!(read(&crate::message::Message(opened.intro)).contains("marked as late"));
    let thanks = town.answers("budi", "2026-11-24", &texts());
    assert!(thanks.contains("marked as late"), "{thanks}");
    let after = town.channel();
    assert!(after.iter().any(|it| it.starts_with("Budi · late\n")), "{after:#?}");
    assert!(after.iter().any(|it| it.contains("2 of 2 answered") && !it.contains("No answer")), "{after:#?}");
    assert!(town.entry("budi", "2026-11-24").late);
    // By message it is taken for the one that was missed a moment ago.
    town.until("2026-11-25T10:31:00Z");
    for text in texts() {
        town.writes("emma", text, None);
    }
    assert!(town.inbox_of("emma").pop().unwrap().contains("marked as late"));
    town.is_in_order();
}

#[test]
fn a_skip_says_why_and_can_be_taken_back_by_answering() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-23T10:00:00Z");
    let opened = form(town.clicks("emma", Action::Skip(town.round("2026-11-23"))));
    let reply = town.submits("emma", opened.id.clone(), &[("reason", "at the *dentist*")]);
    assert!(said(reply).contains("You skip Daily this time."));
    assert_eq!(town.state("emma", "2026-11-23"), &EntryState::Skipped(Skip::Own(Some("at the *dentist*".into()))));
    // Liam skips before he is asked, by command: then he isn't asked.
    assert!(town.runs("liam", "/standup skip").contains("You skip Daily"));
    assert!(town.runs("emma", "/standup skip").contains("Nothing is open for you"));
    let channel = town.channel();
    assert!(channel[0].contains("Skipped: Emma (at the *dentist*) and Liam"), "{channel:#?}");
    town.until("2026-11-24T00:00:00Z");
    assert_eq!(town.inbox_of("liam").len(), 0);
    assert_eq!(town.prompt_receipts("liam", "2026-11-23"), [What::Skipped(Reason::Standup(Why::SkippedByMember))]);
    town.is_in_order();
}

#[test]
fn nobody_is_asked_on_days_off_holidays_or_leave_and_who_comes_back_is_asked_after_all() {
    let mut town = Town::of("2026-11-23T07:00:00Z", slack(), &["emma", "budi", "joao", "liam"]);
    let holiday = "2026-11-25".parse().unwrap();
    town.all.workspace.holidays.0.insert(holiday, "Team day".into());
    town.runs("emma", "/standup new Daily daily 9:30 window=2h");
    town.runs("budi", "/away until 2026-11-27");
    town.until("2026-11-24T08:00:00Z");
    assert_eq!(town.prompt_receipts("budi", "2026-11-24").len(), 1, "his time of day has come and gone");
    assert!(matches!(town.prompt_receipts("budi", "2026-11-24")[0], What::Skipped(Reason::People(_))));
    // Joao is away as the day begins, and comes back before he would be asked.
    town.runs("joao", "/away");
    assert!(matches!(town.state("joao", "2026-11-24"), EntryState::Skipped(Skip::NotAsked(_))));
    town.until("2026-11-24T12:00:00Z");
    town.runs("joao", "/back");
    assert_eq!(town.state("joao", "2026-11-24"), &EntryState::Planned);
    town.until("2026-11-24T12:30:00Z");
    assert_eq!(town.state("joao", "2026-11-24"), &EntryState::Prompted);
    let before = town.channel().len();
    town.until("2026-11-26T00:00:00Z");
    // On the holiday nobody is asked, and nothing is reported.
    assert_eq!(town.channel().len(), before + 1);
    assert!(town.channel().last().unwrap().contains("Away: Budi (away until Friday 27 November)"));
    for user in ["emma", "budi", "joao", "liam"] {
        let receipts = town.prompt_receipts(user, "2026-11-25");
        assert!(matches!(receipts[..], [What::Skipped(_)]), "{user}: {receipts:?}");
    }
    // And on Saturday neither.
    town.until("2026-11-30T00:00:00Z");
    assert!(matches!(town.prompt_receipts("emma", "2026-11-28")[..], [What::Skipped(_)]));
    town.is_in_order();
}

/// When somebody's prompt, or reminder, of a date arrived.
fn arrived(town: &Town, subject: &crate::id::Subject) -> Option<String> {
    town.arrived.iter().find(|it| it.subject.as_ref() == Some(subject)).map(|it| it.at.to_string())
}

#[test]
fn a_prompt_waits_for_the_end_of_a_focus_block() {
    let mut town = Town::of("2026-11-23T09:10:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=4h remind=1h");
    town.runs("emma", "/focus 2h the proposal");
    town.until("2026-11-23T12:00:00Z");
    let prompt = town.key("emma", "2026-11-23").prompt_subject();
    assert_eq!(arrived(&town, &prompt).unwrap(), "2026-11-23T11:10:00Z");
    let focus = Reason::People(crate::people::Why::Focus);
    assert_eq!(town.prompt_receipts("emma", "2026-11-23"), [What::SentLate(focus.clone())]);
    assert_eq!(
        town.entry("emma", "2026-11-23").deadline_at.to_string(),
        "2026-11-23T13:30:00Z",
        "it moves no deadline"
    );
    // A reminder waits too, as long as it still comes before the deadline.
    town.runs("emma", "/focus until 12:45");
    town.until("2026-11-23T13:00:00Z");
    let reminder = town.key("emma", "2026-11-23").remind_subject();
    assert_eq!(arrived(&town, &reminder).unwrap(), "2026-11-23T12:45:00Z");
    // The next day she focuses past her deadline: the question is there, and nothing reminds her of it.
    town.until("2026-11-24T09:40:00Z");
    town.runs("emma", "/focus 5h");
    town.until("2026-11-24T14:00:00Z");
    let reminder = town.key("emma", "2026-11-24").remind_subject();
    assert_eq!(arrived(&town, &reminder), None);
    let receipts: Vec<_> = town.receipts.iter().filter(|it| it.subject == reminder).map(|it| it.what.clone()).collect();
    assert_eq!(receipts, [What::Skipped(focus)]);
    town.until("2026-11-25T08:00:00Z");
    town.is_in_order();
}

#[test]
fn a_focus_block_that_ends_early_lets_the_question_come_at_once() {
    let mut town = Town::of("2026-11-23T09:10:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=4h");
    town.runs("emma", "/focus 2h");
    town.until("2026-11-23T10:00:00Z");
    let prompt = town.key("emma", "2026-11-23").prompt_subject();
    assert_eq!(arrived(&town, &prompt), None);
    assert!(town.runs("emma", "/focus off").contains("over"));
    town.until("2026-11-23T10:01:00Z");
    assert_eq!(arrived(&town, &prompt).unwrap(), "2026-11-23T10:00:00Z");
    town.until("2026-11-23T12:00:00Z");
    assert_eq!(town.prompt_receipts("emma", "2026-11-23").len(), 1, "once");
    let focus = Reason::People(crate::people::Why::Focus);
    assert_eq!(town.prompt_receipts("emma", "2026-11-23"), [What::SentLate(focus)]);
    town.until("2026-11-24T08:00:00Z");
    town.is_in_order();
}

#[test]
fn paused_notifications_hold_a_question_as_focus_does() {
    let mut town = Town::of("2026-11-23T09:10:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=4h");
    let pauses = |town: &mut Town, until: &str| {
        let facts = crate::event::PauseFacts { user: "emma".into(), from: town.now, until: until.parse().unwrap() };
        let paused = Seen::Pauses { asked: vec!["emma".into()], paused: vec![facts] };
        town.happens(Event::Seen(paused));
    };
    pauses(&mut town, "2026-11-23T11:00:00Z");
    town.until("2026-11-23T12:00:00Z");
    let prompt = town.key("emma", "2026-11-23").prompt_subject();
    assert_eq!(arrived(&town, &prompt).unwrap(), "2026-11-23T11:00:00Z");
    let paused = Reason::People(crate::people::Why::Paused);
    assert_eq!(town.prompt_receipts("emma", "2026-11-23"), [What::SentLate(paused)]);
    // The next day she ends it early.
    town.until("2026-11-24T09:00:00Z");
    pauses(&mut town, "2026-11-24T12:00:00Z");
    town.until("2026-11-24T10:00:00Z");
    let prompt = town.key("emma", "2026-11-24").prompt_subject();
    assert_eq!(arrived(&town, &prompt), None);
    town.happens(Event::Seen(Seen::Pauses { asked: vec!["emma".into()], paused: vec![] }));
    town.until("2026-11-24T10:01:00Z");
    assert_eq!(arrived(&town, &prompt).unwrap(), "2026-11-24T10:00:00Z");
    town.until("2026-11-25T08:00:00Z");
    town.is_in_order();
}

#[test]
fn a_question_whose_time_would_be_over_by_the_end_of_focus_comes_without_a_sound() {
    let mut town = Town::of("2026-11-23T09:10:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=2h");
    town.runs("emma", "/focus until 11:20");
    town.until("2026-11-23T10:00:00Z");
    let key = town.key("emma", "2026-11-23");
    let quiet = town.arrived.iter().find(|it| it.subject == Some(key.prompt_subject())).unwrap();
    assert_eq!((quiet.at.to_string().as_str(), quiet.silent), ("2026-11-23T09:30:00Z", true));
    assert_eq!(town.prompt_receipts("emma", "2026-11-23"), [What::Sent]);
    // With time left to answer it would have waited.
    town.until("2026-11-24T09:10:00Z");
    town.runs("emma", "/focus until 11:15");
    town.until("2026-11-24T12:00:00Z");
    let key = town.key("emma", "2026-11-24");
    let waited = town.arrived.iter().find(|it| it.subject == Some(key.prompt_subject())).unwrap();
    assert_eq!((waited.at.to_string().as_str(), waited.silent), ("2026-11-24T11:15:00Z", false));
    town.until("2026-11-25T08:00:00Z");
    town.is_in_order();
}

#[test]
fn a_time_outside_somebodys_hours_waits_for_them() {
    // One instant for all: 9:30 in London is 1:30 in Los Angeles and 22:30 in Auckland.
    let mut town = Town::of("2026-11-23T07:00:00Z", slack(), &["emma", "liam", "aroha"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 zone=Europe/London window=24h");
    town.until("2026-11-24T00:00:00Z");
    let prompted = |town: &Town, user: &str| {
        let subject = town.key(user, "2026-11-23").prompt_subject();
        town.arrived.iter().find(|it| it.subject.as_ref() == Some(&subject)).map(|it| it.at.to_string())
    };
    assert_eq!(prompted(&town, "emma").unwrap(), "2026-11-23T09:30:00Z");
    assert_eq!(prompted(&town, "liam").unwrap(), "2026-11-23T17:00:00Z");
    assert_eq!(prompted(&town, "aroha").unwrap(), "2026-11-23T20:00:00Z");
    // On Friday London's time lies before Auckland's weekend.
    town.until("2026-11-28T12:00:00Z");
    let receipts = town.prompt_receipts("aroha", "2026-11-27");
    assert_eq!(receipts, [What::Skipped(Reason::People(crate::people::Why::DayOff))]);
    town.until("2026-11-30T08:00:00Z");
    town.is_in_order();
}

#[test]
fn after_downtime_prompts_inside_their_window_go_out_late_and_others_are_skipped() {
    let mut town = Town::of("2026-11-22T07:00:00Z", slack(), &["emma", "budi", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=4h");
    // jeda is down from Sunday noon until Monday 11:00 UTC.
    town.now = "2026-11-23T11:00:00Z".parse().unwrap();
    town.until("2026-11-23T11:00:00Z");
    let down = Reason::People(crate::people::Why::Downtime);
    assert_eq!(town.prompt_receipts("emma", "2026-11-23"), [What::SentLate(down)]);
    assert_eq!(town.prompt_receipts("budi", "2026-11-23"), [What::Skipped(Reason::Standup(Why::WindowOver))]);
    town.until("2026-11-23T17:30:00Z");
    assert_eq!(town.prompt_receipts("liam", "2026-11-23"), [What::Sent]);
    town.until("2026-11-23T23:00:00Z");
    // And then for six weeks: rounds are skipped with their reasons, and nobody gets a burst.
    let before = town.arrived.len();
    town.now = "2027-01-04T03:00:00Z".parse().unwrap();
    town.until("2027-01-04T03:00:00Z");
    let fresh: Vec<String> = town.arrived[before..].iter().map(|it| read(&it.message)).collect();
    assert_eq!(fresh.len(), 1, "{fresh:#?}");
    assert_eq!(
        town.prompt_receipts("budi", "2027-01-04"),
        [What::SentLate(Reason::People(crate::people::Why::Downtime))]
    );
    town.until("2027-01-05T00:00:00Z");
    town.is_in_order();
}

#[test]
fn direct_messages_that_are_refused_go_to_a_thread_or_to_an_administrator() {
    let mut town = Town::of("2026-11-23T08:00:00Z", discord(), &["emma", "budi", "maya"]);
    town.refusals.insert("dm/budi".into(), Refusal::DirectMessagesClosed);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-24T02:31:00Z");
    assert_eq!(town.prompt_receipts("budi", "2026-11-24"), [What::Sent]);
    assert!(town.inbox_of("budi")[0].contains("Daily · Tuesday"), "{:?}", town.inbox_of("budi"));
    assert!(town.all.members[&"budi".into()].direct_closed);
    // Later ones go there at once; and without a thread an administrator is told.
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "budi"]);
    town.refusals.insert("dm/budi".into(), Refusal::DirectMessagesClosed);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-24T12:00:00Z");
    let refused = Reason::People(crate::people::Why::Refused(Refusal::DirectMessagesClosed));
    assert_eq!(town.prompt_receipts("budi", "2026-11-24"), [What::Skipped(refused)]);
    let told = town.inbox_of("emma");
    assert!(told.iter().any(|it| it.contains("jeda explain prompt/")), "{told:#?}");
    town.is_in_order();
}

#[test]
fn who_comes_and_goes_is_asked_from_the_next_prompt_on_or_no_more() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam", "joao"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 who=<@emma> <@liam>");
    town.until("2026-11-23T10:00:00Z");
    assert!(town.runs("joao", "/standup join Daily").contains("You take part in Daily. You are asked first Monday 23"));
    assert!(town.runs("joao", "/standup join Daily").contains("already"));
    assert!(town.runs("liam", "/standup leave Daily").contains("You no longer take part"));
    town.answers("emma", "2026-11-23", &texts());
    town.until("2026-11-23T12:30:00Z");
    assert_eq!(town.state("joao", "2026-11-23"), &EntryState::Prompted);
    let prompt = town.inbox_of("joao").pop().unwrap();
    assert!(prompt.contains("because you joined it"), "{prompt}");
    // Joao leaves with the prompt in his hand: nobody is left to answer, so the report comes.
    town.runs("joao", "/standup leave Daily");
    assert_eq!(town.state("joao", "2026-11-23"), &EntryState::Skipped(Skip::Left));
    assert!(town.channel()[0].contains("1 of 1 answered"), "{:#?}", town.channel());
    town.until("2026-11-23T18:00:00Z");
    assert_eq!(town.inbox_of("liam").len(), 0);
    town.is_in_order();
}

#[test]
fn where_the_team_asked_for_it_answers_show_as_they_arrive() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 report=live");
    town.until("2026-11-23T10:00:00Z");
    assert!(town.channel().is_empty());
    town.answers("emma", "2026-11-23", &texts());
    let channel = town.channel();
    assert!(channel[0].contains("1 of 2 have answered so far."), "{channel:#?}");
    assert!(channel[1].starts_with("Emma"));
    town.until("2026-11-23T17:30:00Z");
    town.answers("liam", "2026-11-23", &["a", "b", "Stuck on <@U1>"]);
    let channel = town.channel();
    assert_eq!(channel.len(), 3, "{channel:#?}");
    assert!(channel[0].contains("2 of 2 answered.") && channel[0].contains("> Liam: Stuck on <@U1>"), "{channel:#?}");
    town.is_in_order();
}

#[test]
fn until_the_close_nobody_reads_another_not_even_an_administrator() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam", "joao"]);
    town.runs("liam", "/standup new Daily weekdays 9:30 who=<@joao> <@liam> observers=<@emma>");
    town.until("2026-11-23T13:00:00Z");
    town.answers("joao", "2026-11-23", &["a secret", "a plan", ""]);
    for (user, line) in
        [("emma", "/standup report Daily"), ("emma", "/standup report today Daily"), ("liam", "/standup receipts")]
    {
        let reply = town.runs(user, line);
        assert!(!reply.contains("secret"), "{user} {line}: {reply}");
    }
    assert!(town.runs("emma", "/standup report Daily").contains("Until then nobody sees another’s answer"));
    town.until("2026-11-23T18:00:00Z");
    town.answers("liam", "2026-11-23", &texts());
    let report = town.runs("liam", "/standup report today Daily");
    assert!(report.contains("> a secret") && report.contains("2 of 2 answered."), "{report}");
    // The observer sleeps, and gets it when her day begins.
    assert!(!town.inbox_of("emma").iter().any(|it| it.contains("secret")));
    town.until("2026-11-24T09:00:00Z");
    assert!(town.inbox_of("emma").iter().any(|it| it.contains("> a secret")));
    town.until("2026-11-24T09:10:00Z");
    town.is_in_order();
}

#[test]
fn forms_of_five_fields_ask_seven_questions_in_two_and_keep_a_draft() {
    let mut town = Town::of("2026-11-23T08:00:00Z", discord(), &["emma"]);
    let questions = "Q1?;Q2?;Q3?;Q4?;Q5?;Q6?;Q7?";
    town.runs("emma", &format!("/standup new Daily weekdays 9:30 questions={questions}"));
    town.until("2026-11-23T10:00:00Z");
    let opened = form(town.clicks("emma", Action::Answer(town.round("2026-11-23"), 0)));
    assert_eq!(opened.fields.len(), 5);
    let values: Vec<(&str, &str)> = opened.fields.iter().map(|it| (it.id.as_str(), "an answer")).collect();
    let reply = said(town.submits("emma", opened.id.clone(), &values));
    assert!(reply.contains("More questions follow.") && reply.contains("[Next questions]"), "{reply}");
    assert_eq!(town.entry("emma", "2026-11-23").answers.len(), 5, "the draft is kept");
    assert!(town.channel().is_empty());
    // The rest by message: the dialog goes on where the form stopped.
    town.writes("emma", "six", None);
    assert!(town.inbox_of("emma").pop().unwrap().contains("Question 7 of 7"));
    town.writes("emma", "seven", None);
    assert_eq!(town.state("emma", "2026-11-23"), &EntryState::Answered);
    assert_eq!(
        town.entry("emma", "2026-11-23").answers.iter().map(|it| it.question).collect::<Vec<_>>(),
        [0, 1, 2, 3, 4, 5, 6]
    );
    // Page by page, too; sending the same again changes nothing.
    let before = town.entry("emma", "2026-11-23").clone();
    let all = ["an answer", "an answer", "an answer", "an answer", "an answer", "six", "seven"];
    let reply = town.answers("emma", "2026-11-23", &all);
    assert!(reply.contains("nothing was changed"), "{reply}");
    assert_eq!(town.entry("emma", "2026-11-23"), &before);
    town.is_in_order();
}

#[test]
fn an_answer_of_forty_thousand_characters_is_kept_and_shown_whole() {
    for capabilities in [slack(), discord()] {
        let mut town = Town::of("2026-11-23T08:00:00Z", capabilities, &["emma"]);
        town.runs("emma", "/standup new Daily weekdays 9:30 questions=\"What?\"");
        town.until("2026-11-23T10:00:00Z");
        let long: String =
            (0..10_000).map(|at| if at % 12 == 0 { "\nab" } else { "x & <" }).collect::<String>()[..40_000].into();
        town.writes("emma", &long, None);
        assert_eq!(town.state("emma", "2026-11-23"), &EntryState::Answered);
        let subject = format!("report/{}/emma/", town.round("2026-11-23").path());
        let shown: String = town
            .arrived
            .iter()
            .filter(|it| it.subject.as_ref().is_some_and(|it| it.as_str().starts_with(&subject)))
            .flat_map(|it| it.message.0.clone())
            .filter_map(|block| match block {
                crate::message::Block::Quote(text) => Some(crate::copy::flat(&text)),
                _ => None,
            })
            .collect();
        assert_eq!(shown, long);
        // It is too long for the form: the form says so, and an empty field keeps it.
        let opened = form(town.clicks("emma", Action::Answer(town.round("2026-11-23"), 0)));
        assert_eq!(opened.fields[0].value, None);
        assert!(
            opened.fields[0].hint.as_ref().unwrap().contains("40,000")
                || opened.fields[0].hint.as_ref().unwrap().contains("40000")
        );
        assert!(said(town.submits("emma", opened.id.clone(), &[("q0", "")])).contains("nothing was changed"));
        // A shorter one takes its place, and the pages that are left over say that nothing is there.
        assert!(said(town.submits("emma", opened.id, &[("q0", "Short.")])).contains("is changed"));
        let channel = town.channel();
        assert!(channel.iter().any(|it| it.contains("> Short.")) && channel.iter().any(|it| it == "—"));
        assert!(!channel.iter().any(|it| it.contains("x & <")));
        town.is_in_order();
    }
}

#[test]
fn a_channel_that_is_closed_to_the_bot_is_told_to_the_owner_and_nothing_is_lost() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-23T10:00:00Z");
    town.refusals.insert(format!("ch/{}", town::ENG), Refusal::NotInChannel);
    town.answers("emma", "2026-11-23", &texts());
    let told = town.inbox_of("emma").pop().unwrap();
    assert!(told.contains("has no place to go") && told.contains("Add jeda to the channel"), "{told}");
    assert!(town.runs("emma", "/standup report name=Daily").contains("> Fixed the login"));
    town.is_in_order();
    // It is told once, however many reports find no place.
    town.until("2026-11-24T10:00:00Z");
    town.answers("emma", "2026-11-24", &["Fixed Tuesday", "More", "none"]);
    let told = |town: &Town| town.inbox_of("emma").iter().filter(|it| it.contains("has no place to go")).count();
    assert_eq!(told(&town), 1);
    // Once there is a place, the newest report takes it, answers and all; the one before is not dug out.
    town.refusals.clear();
    let facts = crate::event::ChannelFacts {
        channel: town::ENG.into(),
        name: "eng".into(),
        open: true,
        archived: false,
        private: Some(false),
        takes_back: false,
    };
    town.happens(crate::event::Event::Seen(crate::event::Seen::Channel(facts)));
    town.until("2026-11-24T11:00:00Z");
    let there = town.channel().join("\n");
    assert!(there.contains("Tuesday 24 November") && there.contains("> Fixed Tuesday"), "{there}");
    assert!(!there.contains("Monday 23 November"), "{there}");
    town.until("2026-11-25T09:00:00Z");
    assert_eq!(town.channel().join("\n"), there, "once");
    town.is_in_order();
}

#[test]
fn another_channel_takes_the_report_that_found_no_place() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-23T10:00:00Z");
    town.refusals.insert(format!("ch/{}", town::ENG), Refusal::ChannelGone);
    town.answers("emma", "2026-11-23", &texts());
    let ops = crate::people::Channel {
        channel: "C2".into(),
        name: "ops".into(),
        open: true,
        archived: false,
        private: false,
        takes_back: false,
    };
    town.all.channels.insert("C2".into(), ops);
    town.channels.insert("C2".into(), vec!["emma".into()]);
    town.runs("emma", "/standup edit Daily channel=<#C2>");
    town.until("2026-11-23T10:01:00Z");
    let posted: Vec<String> = town
        .arrived
        .iter()
        .filter(|it| it.to != crate::effect::Target::Direct("emma".into()))
        .map(|it| town::read(&it.message))
        .collect();
    let there = posted.join("\n");
    assert!(there.contains("Monday 23 November") && there.contains("> Fixed the login"), "{there}");
    town.is_in_order();
}

#[test]
fn a_clock_change_moves_nobodys_morning() {
    // Europe's clocks go back on 25 October 2026, North America's on 1 November.
    let mut town = Town::of("2026-10-22T00:00:00Z", slack(), &["emma", "liam", "budi"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=2h");
    town.until("2026-11-06T00:00:00Z");
    for (user, date, at) in [
        ("emma", "2026-10-23", "2026-10-23T08:30:00Z"),
        ("emma", "2026-10-26", "2026-10-26T09:30:00Z"),
        ("liam", "2026-10-30", "2026-10-30T16:30:00Z"),
        ("liam", "2026-11-02", "2026-11-02T17:30:00Z"),
        ("budi", "2026-10-26", "2026-10-26T02:30:00Z"),
    ] {
        assert_eq!(town.entry(user, date).prompt_at.to_string(), at, "{user} on {date}");
        assert_eq!(town.prompt_receipts(user, date), [What::Sent], "{user} on {date}");
    }
    town.is_in_order();
}

#[test]
fn what_is_held_up_past_the_evening_waits_for_the_morning_or_is_skipped() {
    for (window, late) in [("24h", true), ("4h", false)] {
        let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
        town.runs("emma", &format!("/standup new Daily weekdays 9:30 window={window}"));
        // The platform is away all day, and back in the evening.
        town.delivers = false;
        town.until("2026-11-23T19:00:00Z");
        town.delivers = true;
        town.until("2026-11-24T09:10:00Z");
        let receipts = town.prompt_receipts("emma", "2026-11-23");
        let down = Reason::People(crate::people::Why::Downtime);
        if late {
            assert_eq!(receipts, [What::SentLate(down)]);
            let prompt = town.arrived.iter().find(|it| it.subject.is_some()).unwrap();
            assert_eq!(prompt.at.to_string(), "2026-11-24T09:00:00Z");
        } else {
            assert_eq!(receipts, [What::Skipped(Reason::Standup(Why::WindowOver))]);
            assert!(town.inbox_of("emma").is_empty());
        }
        town.is_in_order();
    }
}

#[test]
fn a_reminder_follows_what_became_of_its_question() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "maya", "budi", "liam"]);
    for (user, zone) in [("maya", "Europe/London"), ("budi", "Europe/London"), ("liam", "Europe/London")] {
        town.all.members.get_mut(&user.into()).unwrap().profile_zone = crate::time::Zone::find(zone).ok();
    }
    town.all.members.get_mut(&"budi".into()).unwrap().language = Some(crate::language::Language::Id);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=4h remind=1h");
    town.until("2026-11-23T13:00:00Z");
    let reminder = |town: &Town, user| town.reminder(&town.key(user, "2026-11-23")).unwrap();
    for user in ["emma", "maya", "budi", "liam"] {
        assert!(reminder(&town, user).contains('['), "{}", reminder(&town, user));
    }
    town.answers("emma", "2026-11-23", &texts());
    assert_eq!(reminder(&town, "emma"), "Daily: your answer is in.");
    town.runs("budi", "/standup skip");
    assert_eq!(reminder(&town, "budi"), "Daily: Anda melewati putaran ini.");
    town.runs("maya", "/standup leave");
    assert_eq!(reminder(&town, "maya"), "Daily: you no longer take part.");
    assert!(reminder(&town, "liam").contains("[Answer] [Skip today]"));
    town.until("2026-11-23T14:00:00Z");
    let closed = "Daily: this round is closed. The button to answer late is under the question.";
    assert_eq!(reminder(&town, "liam"), closed);
    town.answers("liam", "2026-11-23", &texts());
    assert_eq!(reminder(&town, "liam"), "Daily: your answer is in.");
    town.is_in_order();
}

#[test]
fn a_reminder_that_was_overtaken_by_the_answer_says_so_when_it_arrives() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=4h remind=1h");
    town.until("2026-11-23T12:29:00Z");
    town.delivers = false;
    town.until("2026-11-23T12:30:00Z");
    let reminder = town.outbox.last().cloned().unwrap();
    let posted = crate::event::Posted { channel: "D1".into(), message: "m900000".into(), at: town.now };
    town.outbox.retain(|owed| owed.key != reminder.key);
    // It is there already, and the word of that is still on its way.
    town.answers("emma", "2026-11-23", &texts());
    let key = town.key("emma", "2026-11-23");
    town.all.posts.insert(key.remind_subject(), posted.clone());
    let outcome = crate::event::Outcome::Sent(posted);
    town.happens(crate::event::Event::Settled { effect: reminder, outcome });
    town.delivers = true;
    town.settle();
    assert_eq!(town.reminder(&key).unwrap(), "Daily: your answer is in.");
}

#[test]
fn a_reply_to_a_reminder_answers_the_question_that_it_reminds_of() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=4h remind=1h");
    town.runs("emma", "/standup new Second weekdays 10:00 window=6h remind=off");
    town.until("2026-11-23T13:00:00Z");
    let subject = |it: &super::town::Arrived| it.subject.as_ref().is_some_and(|it| it.as_str().starts_with("remind/"));
    let reminder = town.arrived.iter().find(|it| subject(it)).unwrap().id.clone();
    // The newest question is another, so a message without a context would go there.
    town.writes("emma", "Fixed the login", Some(&reminder));
    let question = town.inbox_of("emma").pop().unwrap();
    assert!(question.contains("Question 2 of 3 · Daily"), "{question}");
}
