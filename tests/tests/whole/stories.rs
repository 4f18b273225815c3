//! Stories of a team, told through what its people do and see.

use crate::day::{Day, face};
use jeda_emulator::{
    discord::{Discord, Person, Room, Setup as Server},
    fault::Fault,
    slack::{Member, Setup, Slack},
};
use jeda_engine::VirtualClock;
use std::sync::Arc;

/// Monday 2026-11-23, 8:00 in Jakarta.
fn monday() -> Arc<VirtualClock> {
    Arc::new(VirtualClock::new("2026-11-23T01:00:00Z".parse().unwrap()))
}

/// Sari in Jakarta administers the workspace; Oliver is in London.
async fn slack_day() -> Day {
    let clock = monday();
    let setup = Setup::new("Acme", face(&clock))
        .person(Member::named("sari").in_zone("Asia/Jakarta").speaking("id-ID").admin())
        .person(Member::named("oliver").in_zone("Europe/London").speaking("en-GB"))
        .channel("#eng", &["sari", "oliver"]);
    let slack = Slack::start(setup).await.unwrap();
    Day::begin(clock, Some(slack), None).await
}

async fn discord_day() -> Day {
    let clock = monday();
    let setup = Server::new("Acme", face(&clock))
        .person(Person::named("sari").locale("id").zone("Asia/Jakarta").admin())
        .person(Person::named("oliver").locale("en-GB").zone("Europe/London"))
        .room(Room::text("eng"));
    let discord = Discord::start(setup).await.unwrap();
    Day::begin(clock, None, Some(discord)).await
}

#[tokio::test]
async fn a_standup_on_slack_is_asked_answered_and_reported() {
    let day = slack_day().await;
    let (sari, oliver) = (day.slack().user("sari"), day.slack().user("oliver"));
    sari.runs_in("#eng", "/standup new Daily weekdays 9:30 channel=#eng window=4h").await;
    day.quiet().await;

    day.until("2026-11-23T02:29:59Z").await;
    assert!(sari.dm().is_empty(), "not before her 9:30");
    day.until("2026-11-23T02:30:00Z").await;
    assert!(sari.dm()[0].text.contains("Daily · Senin 23 November"), "{:?}", sari.dm());
    assert!(oliver.dm().is_empty(), "it is night in London");

    // Sari answers by form. A message that is gone quickly shows that nobody else sees it yet.
    sari.clicks("Jawab").await;
    day.quiet().await;
    assert_eq!(sari.waits_for_form().await.title, "Daily");
    let sent = sari.submits([("q0", "Reviewed *the* plan"), ("q1", "Ship it"), ("q2", "Waiting for <!channel>")]).await;
    assert!(sent.errors.is_empty(), "{sent:?}");
    day.quiet().await;
    assert!(day.slack().user("oliver").sees_in("#eng").iter().all(|seen| !seen.text.contains("Ship it")));

    // Oliver is asked at his own 9:30 and simply replies, question by question.
    day.until("2026-11-23T09:30:00Z").await;
    assert!(oliver.dm()[0].text.contains("Daily · Monday 23 November"), "{:?}", oliver.dm());
    for answer in ["Fixed the login", "More tests", "none"] {
        oliver.replies(answer);
        day.quiet().await;
    }
    day.until("2026-11-23T09:31:00Z").await;
    let report: Vec<String> = oliver.sees_in("#eng").into_iter().map(|seen| seen.text).collect();
    let whole = report.join("\n");
    for words in ["Reviewed *the* plan", "Ship it", "Waiting for <!channel>", "Fixed the login", "More tests"] {
        assert!(whole.contains(words), "{words} is missing in:\n{whole}");
    }
    day.end().await;
}

#[tokio::test]
async fn a_standup_on_discord_is_asked_answered_and_reported() {
    let day = discord_day().await;
    let (sari, oliver) = (day.discord().user("sari"), day.discord().user("oliver"));
    sari.goes_to("#eng");
    sari.runs("/hours hours:Asia/Jakarta");
    day.quiet().await;
    oliver.goes_to("#eng");
    oliver.runs("/hours hours:Europe/London");
    day.quiet().await;
    sari.runs("/standup new name:Daily when:weekdays 9:30 channel:#eng window:4h");
    day.quiet().await;

    day.until("2026-11-23T02:30:00Z").await;
    assert!(sari.dm()[0].text.contains("Senin 23 November"), "{:?}", sari.dm());
    sari.goes_to("DM");
    sari.clicks("Jawab");
    day.quiet().await;
    assert_eq!(sari.form_soon().await.title, "Daily");
    sari.submits(&[("q0", "Reviewed **the** plan"), ("q1", "Ship it"), ("q2", "Waiting for @everyone")]);
    day.quiet().await;

    day.until("2026-11-23T09:30:00Z").await;
    for answer in ["Fixed the login", "More tests", "none"] {
        oliver.replies(answer);
        day.quiet().await;
    }
    // The server's founder is in the channel too, and doesn't answer: the round closes at the last deadline.
    assert!(oliver.sees_in("#eng").iter().all(|seen| !seen.text.contains("Ship it")));
    day.until("2026-11-23T13:31:00Z").await;
    let whole: String = oliver.sees().into_iter().map(|seen| seen.text + "\n").collect();
    for words in
        ["Reviewed **the** plan", "Ship it", "Waiting for @everyone", "Fixed the login", "More tests", "founder"]
    {
        assert!(whole.contains(words), "{words} is missing in:\n{whole}");
    }
    day.end().await;
}

#[tokio::test]
async fn a_prompt_whose_answer_was_lost_on_the_way_comes_once() {
    let day = slack_day().await;
    let sari = day.slack().user("sari");
    sari.runs_in("#eng", "/standup new Daily weekdays 9:30 channel=#eng window=4h").await;
    day.quiet().await;
    day.slack().faults().tolerate(true);
    day.slack().faults().next(1, "chat.postMessage", Fault::AppliedThenCloses);
    day.until("2026-11-23T03:00:00Z").await;
    assert_eq!(sari.dm().len(), 1, "{:?}", sari.dm());
    day.end().await;
}

#[tokio::test]
async fn an_edit_that_overtakes_its_message_is_not_lost() {
    let day = slack_day().await;
    let sari = day.slack().user("sari");
    sari.runs_in("#eng", "/standup new Daily weekdays 9:30 channel=#eng window=4h").await;
    day.until("2026-11-23T02:30:00Z").await;
    day.slack().swaps_events();
    let first = sari.replies("Reviewd the plan");
    sari.edits(&first, "Reviewed the plan");
    day.quiet().await;
    sari.replies("Ship it");
    day.quiet().await;
    sari.replies("none");
    day.until("2026-11-23T14:00:00Z").await;
    let whole: String = sari.sees_in("#eng").into_iter().map(|seen| seen.text + "\n").collect();
    assert!(whole.contains("Reviewed the plan"), "{whole}");
    day.end().await;
}

#[tokio::test]
async fn a_draft_outlives_a_restart() {
    let day = slack_day().await;
    day.slack().user("sari").runs_in("#eng", "/standup new Daily weekdays 9:30 channel=#eng window=4h").await;
    day.until("2026-11-23T09:30:00Z").await;
    day.slack().user("oliver").replies("Fixed the login");
    let day = day.restart().await;
    let oliver = day.slack().user("oliver");
    oliver.replies("More tests");
    day.quiet().await;
    oliver.replies("none");
    day.until("2026-11-23T14:00:00Z").await;
    let whole: String = oliver.sees_in("#eng").into_iter().map(|seen| seen.text + "\n").collect();
    assert!(whole.contains("Fixed the login") && whole.contains("More tests"), "{whole}");
    day.end().await;
}

#[tokio::test]
async fn what_is_longer_than_a_message_is_leafed_through_by_a_button() {
    let day = discord_day().await;
    let oliver = day.discord().user("oliver");
    oliver.goes_to("#eng");
    let questions: Vec<String> = (1..=12).map(|at| format!("Question {at}{}?", " and why".repeat(25))).collect();
    oliver.runs(&format!("/standup new name:Long when:weekdays 9:30 channel:#eng questions:{}", questions.join("; ")));
    day.quiet().await;
    let seen = || -> String { oliver.sees().into_iter().map(|seen| seen.text).collect() };
    assert!(seen().contains("Long is set up") && !seen().contains("Owner:"), "{}", seen());
    for page in 2..=4 {
        oliver.clicks(&format!("Page {page} of 4"));
        day.quiet().await;
    }
    assert!(seen().contains("Question 12 and why") && seen().contains("Owner: oliver"), "{}", seen());
    day.end().await;
}
