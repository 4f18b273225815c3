//! Questions as a team asks them.

use super::*;

/// Monday 16:00 in Jakarta, 9:00 in London.
#[test]
fn a_question_is_posted_answered_and_told_once() {
    let mut town = town();
    let said = town.runs("budi", "/ask <@ana> and <@dewi> Which of the two names? by 4h");
    assert!(said.contains("number 1") && said.contains("@ana has until") && said.contains("[Take it back]"), "{said}");
    town.until("2026-11-23T09:01:00Z");
    let posted = town.got("C1")[0].1.clone();
    assert!(posted.contains("budi asks @ana and @dewi") && posted.contains("> Which of the two names?"), "{posted}");
    let id = town.id("budi", 1);
    // Ana has one hour of Monday and three of Tuesday; dewi all four of Monday.
    let due = |town: &Town, user: &str| town.ask("budi", 1).people[&UserId::from(user)].due.to_string();
    assert_eq!((due(&town, "ana"), due(&town, "dewi")), ("2026-11-24T05:00:00Z".into(), "2026-11-23T13:00:00Z".into()));
    let thanks = town.answers("dewi", &id, "The *second* <!channel>");
    assert!(thanks.contains("@budi reads your answer"), "{thanks}");
    town.until("2026-11-24T02:59:59Z");
    assert!(town.got("ana").is_empty() && town.got("dewi").is_empty(), "{:?}", town.sent);
    town.until("2026-11-24T03:00:00Z");
    let reminder = town.got("ana")[0].clone();
    assert!(reminder.1.contains("you have until") && reminder.1.contains("[Answer]"), "{reminder:?}");
    town.writes("ana", &id, "a1", Some("The first"));
    // Everybody has answered, at night in London: budi reads it in his morning.
    town.until("2026-12-01T12:00:00Z");
    let told = town.got("budi");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, "2026-11-24T09:00:00Z");
    assert!(told[0].1.contains("Everybody has answered") && told[0].1.contains("> The first"), "{told:?}");
    assert!(told[0].1.contains("> The *second* <!channel>"), "{told:?}");
    assert_eq!((town.got("ana").len(), town.got("dewi").len(), town.got("C1").len()), (1, 0, 1));
    assert!(town.got("edit").last().unwrap().1.contains("closed"), "{:?}", town.got("edit"));
    assert!(town.outbox.is_empty() && town.wakes.is_empty());
    assert!(town.clicks("ana", Action::Answer(id.clone())).unwrap_err().contains("closed"));
    assert!(matches!(town.ask("budi", 1).state, State::Settled { end: End::Answered, .. }));
    // A number is never given twice.
    town.runs("budi", "/ask <@dewi> Once more? by 2h");
    assert!(town.all.asks.values().any(|ask| ask.number == 2));
}

#[test]
fn whoever_is_off_is_named_in_plain_letters() {
    let mut town = town();
    town.now = at("2026-11-23T12:00:00Z");
    town.runs("budi", "/ask <@ana> <@dewi> Ready?");
    town.until("2026-11-23T12:00:01Z");
    let (outgoing, _) = &town.sent[0];
    assert_eq!(
        mentioned(&outgoing.message),
        ["dewi".into(), "dewi".into()].map(|it: UserId| it),
        "it is 19:00 in Jakarta"
    );
    assert!(outgoing.silent);
}

#[test]
fn time_that_is_up_is_told_with_who_has_not_answered() {
    let mut town = town();
    town.runs("ana", "/ask <@budi> <@dewi> <@sari> Ready? by 2h");
    town.until("2026-11-23T09:05:00Z");
    let id = town.id("ana", 1);
    town.writes("budi", &id, "b1", None);
    town.writes("robot", &id, "r1", Some("beep"));
    town.writes("ana", &id, "x1", Some("a hint"));
    town.until("2026-11-30T00:00:00Z");
    let told = town.got("ana");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].1.contains("time is up") && told[0].1.contains("No answer from @dewi and @sari"), "{told:?}");
    assert!(told[0].1.contains("in the question’s thread") && !told[0].1.contains("beep"), "{told:?}");
    // Sari had one hour of Monday and one of Tuesday; the last window ended then, and so did the question.
    assert_eq!(told[0].0, "2026-11-24T03:00:00Z");
    assert_eq!((town.got("sari").len(), town.got("dewi").len(), town.got("budi").len()), (1, 1, 0));
}

#[test]
fn an_answer_is_changed_and_taken_back() {
    let mut town = town();
    town.runs("budi", "/ask <@dewi> Ready? by 4h");
    town.until("2026-11-23T09:01:00Z");
    let id = town.id("budi", 1);
    town.writes("dewi", &id, "d1", Some("no"));
    // It is closed, and opens again before budi was told, since he is told at once: he has read it.
    assert!(matches!(town.ask("budi", 1).state, State::Closed { .. }));
    town.writes("dewi", &id, "d1", Some("yes"));
    town.takes_back("d1");
    assert!(town.ask("budi", 1).is_open(), "nobody has answered");
    town.writes("dewi", &id, "d2", Some("perhaps"));
    town.writes("dewi", &id, "d3", Some("or not"));
    town.until("2026-11-23T18:00:00Z");
    let told = town.got("budi");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].1.contains("> perhaps\nor not"), "{told:?}");
    // After the summary nothing is taken any more, and nothing is told.
    town.writes("dewi", &id, "d4", Some("yes!"));
    town.takes_back("d2");
    town.until("2026-11-30T18:00:00Z");
    assert_eq!(town.got("budi").len(), 1);
}

#[test]
fn leave_moves_a_window_and_the_asker_is_told_once() {
    let mut town = town();
    town.runs("budi", "/ask <@dewi> <@sari> Ready? by 2d");
    town.until("2026-11-23T10:00:00Z");
    town.runs("dewi", "/away until monday");
    town.until("2026-11-23T10:01:00Z");
    let told = town.got("budi");
    assert!(told.len() == 1 && told[0].1.contains("@dewi is away now"), "{told:?}");
    let due = town.ask("budi", 1).people[&UserId::from("dewi")].due;
    assert_eq!(due, at("2026-12-01T16:00:00Z"), "fifteen of sixteen hours are left");
    town.runs("dewi", "/away until 2026-12-08");
    town.until("2026-12-20T00:00:00Z");
    let told = town.got("budi");
    assert_eq!(told.len(), 2, "one word of the leave, and the summary: {told:?}");
    assert!(told[1].0.starts_with("2026-12-09T16:00"), "{told:?}");
    assert_eq!((town.got("dewi").len(), town.got("sari").len()), (1, 1));
}

#[test]
fn leave_without_an_end_is_not_waited_for() {
    let mut town = town();
    town.runs("budi", "/ask <@dewi> <@sari> Ready? by 4h");
    town.until("2026-11-23T09:01:00Z");
    let id = town.id("budi", 1);
    town.runs("sari", "/away");
    town.until("2026-11-23T09:02:00Z");
    assert!(town.got("budi")[0].1.contains("goes on without them"), "{:?}", town.got("budi"));
    // She may answer all the same, and comes back to a window of her own.
    town.runs("sari", "/back");
    assert!(town.ask("budi", 1).people[&UserId::from("sari")].is_waited_for());
    town.runs("sari", "/away");
    town.answers("dewi", &id, "yes");
    town.until("2026-11-24T00:00:00Z");
    let told = town.got("budi");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[1].1.contains("Everybody has answered") && told[1].1.contains("@sari is away"), "{told:?}");
}

#[test]
fn people_who_leave_hold_up_nothing() {
    let mut town = town();
    town.runs("budi", "/ask <@dewi> <@sari> Ready? by 4h");
    town.until("2026-11-23T09:01:00Z");
    let id = town.id("budi", 1);
    town.answers("dewi", &id, "yes");
    town.leaves("sari");
    town.until("2026-11-23T09:02:00Z");
    assert!(town.got("budi")[0].1.contains("@sari is no longer here"), "{:?}", town.got("budi"));
    // An asker who leaves is told nothing, and nobody is reminded for them.
    town.runs("ana", "/ask <@dewi> Ready? by 4h");
    town.until("2026-11-23T09:03:00Z");
    town.leaves("ana");
    town.until("2026-11-30T00:00:00Z");
    assert!(town.got("ana").is_empty() && town.got("dewi").is_empty());
    assert!(town.outbox.is_empty() && town.wakes.is_empty());
}

#[test]
fn what_can_not_be_asked_is_told_with_what_to_do() {
    let mut town = town();
    let cases = [
        ("/ask", "Whom do you ask?"),
        ("/ask <@ana>", "What do you want to ask?"),
        ("/ask who is there?", "Whom do you ask?"),
        ("/ask <@budi> Am I right?", "nobody but you"),
        ("/ask <@robot> Ready?", "is a bot"),
        ("/ask <@JEDA> Ready?", "is a bot"),
        ("/ask @nobody Ready?", "nobody"),
        ("/ask <&G9> Ready?", "just asked"),
        ("/ask <@ana> by=someday Ready?", "by 2d"),
        ("/ask <@ana> by=300d Ready?", "more than 31 days"),
        ("/ask <@ana> by=5m Ready?", "hardly any working time"),
        ("/ask <@ana> by=\"16:10\" Ready?", "hardly any working time"),
        ("/ask <@ana> by=sunday Ready?", "number 1"),
        ("/asks show 9", "no question 9"),
        ("/asks edit 1", "Say what question 1"),
    ];
    for (line, wanted) in cases {
        let said = town.runs("budi", line);
        assert!(said.contains(wanted), "{line}: {said}");
    }
    town.member("ana").absences = vec![people::Absence { from: town.now, until: None, why: None }];
    town.member("sari").own_hours = Some(crate::time::WorkingWeek(BTreeMap::new()));
    let said = town.runs("budi", "/ask <@ana> <@sari> <@dewi> Ready?");
    assert!(said.contains("@ana is away and hasn’t said") && said.contains("@sari has no working time"), "{said}");
    let mut elsewhere = Town::origin("budi", "C3");
    let ask = |by: &Origin| Event::Command { by: by.clone(), invocation: command::parse("/ask", "<@dewi> Ready?") };
    assert!(town.told(ask(&elsewhere)).contains("can’t write"));
    elsewhere.channel = Some("D1".into());
    assert!(town.told(ask(&elsewhere)).contains("can’t post here"));
    elsewhere = Origin { writes_there: Some(false), ..Town::origin("budi", "C1") };
    assert!(town.told(ask(&elsewhere)).contains("yourself"));
    // Of a group only who can be asked is.
    town.runs("dewi", "/ask <&G1> Ready?");
    assert_eq!(town.all.asks.len(), 1, "ana is away");
    town.member("ana").absences.clear();
    town.runs("dewi", "/ask <&G1> Ready?");
    assert_eq!(town.ask("dewi", 1).people.keys().map(UserId::as_str).collect::<Vec<_>>(), ["ana", "budi"]);
}

#[test]
fn only_whoever_asked_changes_a_question() {
    let mut town = town();
    town.runs("budi", "/ask <@dewi> Ready? by 4h");
    town.until("2026-11-23T09:01:00Z");
    let id = town.id("budi", 1);
    assert!(town.clicks("dewi", Action::Cancel(id.clone())).unwrap_err().contains("isn’t yours"));
    assert!(town.clicks("budi", Action::Answer(id.clone())).unwrap_err().contains("your own question"));
    assert!(town.clicks("sari", Action::Answer(id.clone())).unwrap_err().contains("This asks @dewi"));
    let list = town.runs("dewi", "/asks");
    assert!(list.contains("1. @budi in #C1") && list.contains("[Answer 1]"), "{list}");
    let said = town.runs("budi", "/asks edit 1 Ready now? by=6h");
    assert!(said.contains("> Ready now?"), "{said}");
    town.until("2026-11-23T09:02:00Z");
    assert!(town.got("edit").last().unwrap().1.contains("> Ready now?"));
    town.until("2026-11-23T12:59:59Z");
    assert!(town.got("dewi").is_empty(), "she has until 15:01");
    assert!(town.runs("budi", "/asks").contains("0 of 1 answered"));
    assert!(town.clicks("budi", Action::Cancel(id)).unwrap_err().contains("is taken back"));
    town.until("2026-11-30T00:00:00Z");
    assert!(town.got("dewi").is_empty() && town.got("budi").is_empty());
    let last = town.got("edit").pop().unwrap().1;
    assert!(last.contains("took this question back") && !last.contains("Ready"), "{last}");
    assert!(town.runs("budi", "/asks cancel 1").contains("You took question 1 back"));
}

#[test]
fn what_can_not_be_posted_comes_back() {
    let mut town = town();
    town.refuses.push(("C1".into(), Refusal::ChannelGone));
    town.runs("budi", "/ask <@dewi> Ready? by 4h");
    town.until("2026-11-30T00:00:00Z");
    let told = town.got("budi");
    assert!(told.len() == 1 && told[0].1.contains("could not be posted") && told[0].1.contains("> Ready?"), "{told:?}");
    assert!(town.got("dewi").is_empty() && town.wakes.is_empty());
}

#[test]
fn where_direct_messages_are_refused_a_thread_stands_in() {
    let mut town = town();
    for user in ["budi", "dewi"] {
        town.refuses.push((user.into(), Refusal::DirectMessagesClosed));
    }
    town.runs("budi", "/ask <@dewi> Ready? by 4h");
    town.until("2026-11-30T00:00:00Z");
    assert_eq!((town.got("aside dewi").len(), town.got("aside budi").len()), (1, 1));
}

#[test]
fn twenty_long_answers_fit_into_one_summary() {
    let mut town = town();
    for nth in 0..20 {
        let user = UserId::new(format!("u{nth}"));
        let profile_zone = Some(Zone::find("Europe/London").unwrap());
        town.all.members.insert(user.clone(), Member { profile_zone, ..Member::unknown(user) });
    }
    let all: String = (0..20).map(|nth| format!("<@u{nth}> ")).collect();
    town.runs("budi", &format!("/ask {all} What do you think? by 4h"));
    town.until("2026-11-23T09:01:00Z");
    let id = town.id("budi", 1);
    for nth in 0..20 {
        town.answers(&format!("u{nth}"), &id, &"a long story ".repeat(150));
    }
    town.until("2026-11-23T10:00:00Z");
    let told = town.got("budi");
    assert_eq!(told.len(), 1);
    assert!(told[0].1.chars().count() <= 1_900, "{}", told[0].1.chars().count());
    assert!(told[0].1.contains("/asks show 1"), "{}", told[0].1);
    assert!(town.runs("budi", "/asks show 1").matches("a long story").count() == 20 * 150);
}

/// Its words may have set out before they were changed, and nobody knows when they arrive.
#[test]
fn what_is_changed_while_it_is_on_its_way_stands_there_in_the_end() {
    let mut town = town();
    town.runs("budi", "/ask <@dewi> <@sari> Which one? by 4h");
    let nth = town.outbox.iter().position(|owed| matches!(&owed.effect, AnyEffect::Ask(Effect::Post { .. })));
    let owed = town.outbox[nth.unwrap()].clone();
    let seen = town.seen(&release::scope(&owed).needs);
    let Release::Send(outgoing) = release::release(&seen, &owed, town.now) else { panic!("it waits") };
    town.runs("budi", "/asks edit 1 The second, or the third?");
    let outcome = town.posts(outgoing);
    town.outbox.remove(nth.unwrap());
    town.happens(Event::Settled { effect: owed, outcome });
    town.until("2026-11-23T09:01:00Z");
    let edits = town.got("edit");
    assert_eq!(edits.len(), 1, "{edits:?}");
    assert!(edits[0].1.contains("The second, or the third?"), "{edits:?}");
    // Once: nothing more is changed by anything that follows.
    town.until("2026-11-23T12:00:00Z");
    assert_eq!(town.got("edit").len(), 1);
}

/// Whoever is asked by everybody reads all of it, or what is due first and how many more there are.
#[test]
fn a_list_of_questions_fits_into_one_message() {
    let mut town = town();
    town.runs("budi", "/ask <@dewi> Which one of the two do you like better, and why so? by 2d");
    town.until("2026-11-23T09:01:00Z");
    let first = town.ask("budi", 1).clone();
    for nth in 0..150 {
        let mut ask = Ask { id: AskId::derived(&format!("q{nth}")), number: nth + 2, ..first.clone() };
        ask.people.values_mut().for_each(|asked| asked.due += jiff::SignedDuration::from_mins(nth.into()));
        town.all.asks.insert(ask.id.clone(), ask);
    }
    for capabilities in [Capabilities::LEAST, Capabilities::ROOMY] {
        town.all.workspace.capabilities = capabilities;
        let line = command::parse("/asks", "");
        let decision = town.happens(Event::Command { by: Town::origin("dewi", "C1"), invocation: line });
        let Some(Reply::Say(message)) = decision.reply else { panic!("no words") };
        let cost: usize = message.0.iter().map(crate::standup::cost_of_block).sum();
        assert!(cost <= capabilities.message_chars_max, "{cost} of {}", capabilities.message_chars_max);
        assert!(message.0.len() <= capabilities.message_blocks_max, "{} blocks", message.0.len());
        let said = words(&message);
        assert!(said.contains("1.") && said.contains("more"), "{said}");
    }
}
