//! Stories of bad days: answers that get lost, platforms that stumble, events that come twice or out of order, and
//! time in which the bot didn't run.

use crate::town::{Town, stories};
use jeda_emulator::fault::Fault;
use jeda_engine::Clock as _;

stories! {
    a_round_is_asked_answered_reminded_and_reported on slack and discord;
    a_prompt_and_a_report_whose_answers_were_lost_come_once on slack and discord;
    a_prompt_whose_answer_never_came_comes_once on slack and discord;
    a_platform_that_stumbles_gets_everything_once_and_in_order on slack and discord;
    what_is_delivered_twice_has_one_outcome on slack and discord;
    answers_that_overtake_each_other_are_both_kept on slack and discord;
    prompts_after_a_downtime_come_late_or_are_skipped_and_say_why on slack and discord;
    hours_that_changed_while_a_prompt_waited_bind_it on slack and discord;
    leave_that_began_while_a_prompt_waited_ends_it on slack and discord;
}

/// Sari's 9:30 and Oliver's.
const SARI_IS_ASKED: &str = "2026-11-23T02:30:00Z";
const OLIVER_IS_ASKED: &str = "2026-11-23T09:30:00Z";
/// Long after the last deadline.
const EVENING: &str = "2026-11-23T15:00:00Z";

async fn a_round_is_asked_answered_reminded_and_reported(town: Town) {
    town.standup("Daily", "#eng").await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until("2026-11-23T02:29:59Z").await;
    assert_eq!(sari.reads("Daily"), 0, "not before her 9:30");
    town.day.until(SARI_IS_ASKED).await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1);
    sari.clicks("Jawab").await;
    sari.submits([("q0", "Reviewed the plan"), ("q1", "Ship it"), ("q2", "Waiting for legal")]).await;

    town.day.until("2026-11-23T12:29:59Z").await;
    assert_eq!((oliver.reads("Daily · Monday 23 November"), oliver.reads("is open for you until")), (1, 0));
    assert_eq!(oliver.sees("Ship it"), 0, "nobody sees another’s answer before the close");
    town.day.until("2026-11-23T12:30:00Z").await;
    assert_eq!((oliver.reads("is open for you until"), sari.reads("masih")), (1, 0), "{:?}", sari.dm());
    for answer in ["Fixed the login", "More tests", "none"] {
        oliver.replies(answer);
        town.day.quiet().await;
    }
    assert_eq!(
        (oliver.reads("is open for you until"), oliver.reads("Daily: your answer is in")),
        (0, 1),
        "{:?}",
        oliver.dm()
    );
    for words in ["2 of 2 answered", "Ship it", "Fixed the login", "More tests"] {
        assert_eq!(sari.sees(words), 1, "{words}");
    }
    // A blocker stands in the head and in the answer.
    assert_eq!(oliver.sees("Waiting for legal"), 2);
    town.day.until(EVENING).await;
    town.day.end().await;
}

/// What Sari and Oliver say in these stories.
async fn both_answer(town: &Town) {
    town.day.until(OLIVER_IS_ASKED).await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    for answer in ["Reviewed the plan", "Ship it", "none"] {
        sari.replies(answer);
        town.day.quiet().await;
    }
    for answer in ["Fixed the login", "More tests", "none"] {
        oliver.replies(answer);
        town.day.quiet().await;
    }
}

async fn a_prompt_and_a_report_whose_answers_were_lost_come_once(town: Town) {
    town.standup("Daily", "#eng").await;
    town.faults().next(1, town.posting(), Fault::AppliedThenCloses);
    town.day.until("2026-11-23T03:00:00Z").await;
    assert_eq!(town.faults().pending(), 0);
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1);
    // The whole report: its head, and both answers in its thread.
    for answer in ["Reviewed the plan", "Ship it", "none"] {
        sari.replies(answer);
        town.day.quiet().await;
    }
    town.day.until(OLIVER_IS_ASKED).await;
    for answer in ["Fixed the login", "More tests"] {
        oliver.replies(answer);
        town.day.quiet().await;
    }
    town.faults().next(3, town.posting(), Fault::AppliedThenCloses);
    oliver.replies("none");
    town.day.until(EVENING).await;
    for words in ["2 of 2 answered", "> Ship it", "> More tests"] {
        assert_eq!(sari.sees(words), 1, "{words}");
    }
    town.day.end().await;
}

async fn a_prompt_whose_answer_never_came_comes_once(town: Town) {
    town.standup("Daily", "#eng").await;
    town.faults().next(1, town.posting(), Fault::AppliedThenHangs);
    let sari = town.user("sari");
    // The clock stands at her 9:30 while the call hangs; then the time of a delivery is over.
    let calls = town.recorder().calls_of(town.posting()).len();
    let stage = town.day.stage();
    let asked_at: jiff::Timestamp = SARI_IS_ASKED.parse().unwrap();
    while stage.clock().now() < asked_at {
        stage.step(asked_at).await.unwrap();
    }
    town.traffic().until(|| town.recorder().calls_of(town.posting()).len() > calls).await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1, "it is there, and the bot can't know");
    stage.clock().advance_to("2026-11-23T02:32:00Z".parse().unwrap());
    town.day.until("2026-11-23T03:00:00Z").await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1);
    sari.replies("Reviewed the plan");
    town.day.quiet().await;
    assert_eq!(sari.reads("Pertanyaan 2 dari 3"), 1, "{:?}", sari.dm());
    town.day.end().await;
}

async fn a_platform_that_stumbles_gets_everything_once_and_in_order(town: Town) {
    town.standup("Daily", "#eng").await;
    let posting = town.posting();
    for fault in [Fault::Status(503), Fault::RateLimited { retry_after: 20.0 }, Fault::Closes] {
        town.faults().next(1, posting, fault);
    }
    town.day.until("2026-11-23T02:30:15Z").await;
    town.day.until("2026-11-23T02:40:00Z").await;
    assert_eq!(town.faults().pending(), 0);
    let sari = town.user("sari");
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1);
    both_answer(&town).await;
    town.day.until(EVENING).await;
    assert_eq!(sari.sees("2 of 2 answered"), 1);

    // Tuesday: the report stumbles.
    town.day.until("2026-11-24T09:30:00Z").await;
    let oliver = town.user("oliver");
    for (who, words) in [(&sari, "Tuesday of sari"), (&oliver, "Tuesday of oliver")] {
        for answer in [words, "More", "none"] {
            if (words, answer) == ("Tuesday of oliver", "none") {
                for fault in [Fault::Status(500), Fault::RateLimited { retry_after: 30.0 }, Fault::Status(502)] {
                    town.faults().next(1, posting, fault);
                }
            }
            who.replies(answer);
            town.day.quiet().await;
        }
    }
    town.day.until("2026-11-24T15:00:00Z").await;
    let all = sari.all();
    let place = |words: &str| all.iter().rposition(|text| text.contains(words)).unwrap();
    assert_eq!((sari.sees("Tuesday of oliver"), sari.sees("2 of 2 answered")), (1, 2));
    assert!(place("2 of 2 answered") < place("Tuesday of oliver"), "{all:#?}");
    assert!(place("Tuesday of oliver") < place("Tuesday of sari"), "in the order in which they are owed: {all:#?}");
    town.day.end().await;
}

fn twice(town: &Town) {
    if town.is_slack() {
        town.day.slack().repeats_interactions(1);
    } else {
        town.faults().tolerate(true);
        town.day.discord().duplicates_next(1);
    }
}

async fn what_is_delivered_twice_has_one_outcome(town: Town) {
    twice(&town);
    town.standup("Daily", "#eng").await;
    town.day.until(SARI_IS_ASKED).await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    twice(&town);
    sari.clicks("Jawab").await;
    town.day.quiet().await;
    twice(&town);
    sari.submits([("q0", "Reviewed the plan"), ("q1", "Ship it"), ("q2", "")]).await;
    town.day.until(OLIVER_IS_ASKED).await;
    for answer in ["Fixed the login", "More tests", "none"] {
        if town.is_slack() {
            town.day.slack().repeats_events(1);
        } else {
            town.day.discord().duplicates_next(1);
        }
        oliver.replies(answer);
        town.day.quiet().await;
    }
    town.day.until(EVENING).await;
    let asked = |number: u8| oliver.reads(&format!("Question {number} of 3"));
    assert_eq!((asked(1), asked(2), asked(3)), (0, 1, 1), "{:#?}", oliver.dm());
    for words in ["2 of 2 answered", "Ship it", "Fixed the login", "More tests"] {
        assert_eq!(sari.sees(words), 1, "{words}");
    }
    oliver.runs("/standup list", &[]).await;
    town.day.quiet().await;
    assert_eq!(oliver.all().last().unwrap().matches("Daily").count(), 1, "{:?}", oliver.all().last());
    town.day.end().await;
}

async fn answers_that_overtake_each_other_are_both_kept(town: Town) {
    town.standup("Daily", "#eng").await;
    town.day.until(OLIVER_IS_ASKED).await;
    let oliver = town.user("oliver");
    if town.is_slack() {
        town.day.slack().swaps_events();
    } else {
        town.day.discord().reverses_next(2);
    }
    oliver.replies("Fixed the login");
    oliver.replies("More tests");
    town.day.quiet().await;
    oliver.replies("none");
    town.day.until(EVENING).await;
    let sari = town.user("sari");
    for words in ["1 of 2 answered", "Fixed the login", "More tests"] {
        assert_eq!(sari.sees(words), 1, "{words}");
    }
    town.day.end().await;
}

async fn prompts_after_a_downtime_come_late_or_are_skipped_and_say_why(town: Town) {
    town.standup("Daily", "#eng").await;
    town.day.until("2026-11-23T02:00:00Z").await;
    let asleep = town.stop().await;
    asleep.night.until("2026-11-23T03:30:00Z");
    let town = asleep.start().await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1, "an hour late, and in time to answer");
    oliver.runs("/standup receipts", &[("name", "Daily")]).await;
    town.day.quiet().await;
    let asleep = town.stop().await;

    // Until Wednesday noon in London: Oliver's Monday, all of Tuesday and Sari's Wednesday are past their windows.
    asleep.night.until("2026-11-25T12:00:00Z");
    let town = asleep.start().await;
    assert_eq!((sari.dm().len(), oliver.reads("Daily")), (1, 1), "{:#?} {:#?}", sari.dm(), oliver.dm());
    assert_eq!(oliver.reads("Daily · Wednesday 25 November"), 1, "his Wednesday is open until 13:30");
    for (date, count) in [("2026-11-23", 1), ("2026-11-24", 2), ("2026-11-25", 1)] {
        oliver.runs("/standup receipts", &[("date", date), ("name", "Daily")]).await;
        town.day.quiet().await;
        let said = oliver.all().pop().unwrap();
        assert_eq!(said.matches("Their deadline had passed before they could be asked").count(), count, "{said}");
    }
    assert!(sari.reads("jeda") <= 1);
    town.day.until("2026-11-25T15:00:00Z").await;
    town.day.end().await;
}

async fn hours_that_changed_while_a_prompt_waited_bind_it(town: Town) {
    town.standup("Daily", "#eng").await;
    town.faults().next(1, town.posting(), Fault::RateLimited { retry_after: 1_800.0 });
    town.day.until("2026-11-23T02:31:00Z").await;
    assert_eq!(town.faults().pending(), 0, "it was due, and has to wait");
    let sari = town.user("sari");
    sari.runs("/hours", &[("hours", "mon-fri 11:00-17:00")]).await;
    town.day.until("2026-11-23T03:59:59Z").await;
    assert_eq!(sari.reads("Daily"), 0, "it is not 11:00 in Jakarta yet: {:#?}", sari.dm());
    town.day.until("2026-11-23T04:00:00Z").await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1);
    town.day.until(EVENING).await;
    town.day.end().await;
}

async fn leave_that_began_while_a_prompt_waited_ends_it(town: Town) {
    town.standup("Daily", "#eng").await;
    town.faults().next(1, town.posting(), Fault::RateLimited { retry_after: 1_800.0 });
    town.day.until("2026-11-23T02:31:00Z").await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    sari.runs("/away", &[]).await;
    town.day.until(EVENING).await;
    assert_eq!(sari.reads("Daily"), 0, "{:#?}", sari.dm());
    oliver.runs("/standup receipts", &[("name", "Daily")]).await;
    town.day.quiet().await;
    assert!(oliver.all().pop().unwrap().contains("They were away"), "{:?}", oliver.all().pop());
    town.day.end().await;
}
