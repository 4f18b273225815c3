//! Stories of what breaks around the bot: sockets that drop, tokens that die, channels that close, people who take no
//! direct messages. Nothing is lost, whoever can mend it is told once, and everything else goes on.

use crate::town::{Town, stories};

stories! {
    what_is_said_while_the_socket_is_down_is_not_lost on slack and discord;
    a_session_that_cannot_be_taken_up_again_is_begun_anew on discord;
    a_removed_app_is_told_at_once_and_works_when_it_is_back on slack;
    a_dead_token_is_told_once_it_lives_and_everything_comes_once on slack and discord;
    whoever_takes_no_direct_messages_is_asked_in_a_thread on discord;
    a_channel_that_closes_stops_its_own_report_and_nothing_else on slack and discord;
    a_channel_that_was_closed_gets_its_report_when_it_opens on slack and discord;
    a_report_without_a_place_goes_to_the_new_channel on slack and discord;
}

const SARI_IS_ASKED: &str = "2026-11-23T02:30:00Z";
const OLIVER_IS_ASKED: &str = "2026-11-23T09:30:00Z";
const EVENING: &str = "2026-11-23T15:00:00Z";

/// Somebody answers, question by question.
async fn answers(town: &Town, name: &str, done: &str) {
    let user = town.user(name);
    for text in [done, "More tests", "none"] {
        user.replies(text);
        town.day.quiet().await;
    }
}

/// Cuts the connection on which the bot listens, and waits until the platform has noticed.
async fn cut(town: &Town) {
    if town.is_slack() {
        town.day.slack().drop_sockets();
        town.traffic().until(|| town.day.slack().sockets() == 0).await;
    } else {
        town.day.discord().drops_sockets();
    }
}

/// Waits until the bot listens again, by its own back-off.
async fn back(town: &Town) {
    if town.is_slack() {
        town.day.slack().connected(1).await;
    } else {
        town.day.discord().connected().await;
    }
    town.day.quiet().await;
}

/// Oliver goes on answering while nobody listens; once the bot is back, all of it is in the report.
async fn said_while_cut_off(town: &Town, cut_off: impl AsyncFnOnce()) {
    town.standup("Daily", "#eng").await;
    town.day.until(OLIVER_IS_ASKED).await;
    let oliver = town.user("oliver");
    oliver.replies("Fixed the login");
    town.day.quiet().await;
    cut_off().await;
    oliver.replies("More tests");
    oliver.replies("none");
    back(town).await;
    town.day.until(EVENING).await;
    let sari = town.user("sari");
    for words in ["1 of 2 answered", "> Fixed the login", "> More tests"] {
        assert_eq!(sari.sees(words), 1, "{words}");
    }
}

async fn what_is_said_while_the_socket_is_down_is_not_lost(town: Town) {
    said_while_cut_off(&town, async || cut(&town).await).await;
    if town.is_slack() {
        let opened = town.recorder().calls_of("apps.connections.open").len();
        assert!(opened <= 6, "two sockets, each opened anew with a wait before it: {opened}");
    } else {
        assert_eq!(town.day.discord().resumed(), 1, "the session was taken up again");
    }
    town.day.end().await;
}

async fn a_session_that_cannot_be_taken_up_again_is_begun_anew(town: Town) {
    said_while_cut_off(&town, async || {
        cut(&town).await;
        town.day.discord().forgets_sessions();
    })
    .await;
    assert_eq!(town.day.discord().identified().len(), 2);
    town.day.end().await;
}

async fn a_dead_token_is_told_once_it_lives_and_everything_comes_once(town: Town) {
    town.standup("Daily", "#eng").await;
    town.day.until("2026-11-23T02:00:00Z").await;
    let revoke = |revoked| match (town.is_slack(), revoked) {
        (true, _) => town.day.slack().revokes_token(revoked),
        (false, true) => town.day.discord().revokes_token(),
        (false, false) => town.day.discord().restores_token(),
    };
    revoke(true);
    town.day.until("2026-11-23T03:00:00Z").await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    assert_eq!(sari.reads("Daily"), 0);
    let told = town.day.stage().bot().health().troubles().await;
    assert!(told.iter().any(|line| line.contains("token")), "the health page tells: {told:?}");
    let refused = town.recorder().calls().iter().filter(|call| call.status == 401 || call.error.is_some()).count();
    assert!(refused < 30, "it is tried with a back-off: {refused} calls in an hour");
    revoke(false);
    town.day.until("2026-11-23T03:31:00Z").await;
    if !town.is_slack() {
        town.day.discord().connected().await;
    }
    town.day.until("2026-11-23T03:45:00Z").await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1, "{:#?}", sari.dm());
    assert_eq!(town.day.stage().bot().health().troubles().await, Vec::<String>::new());
    answers(&town, "sari", "Reviewed the plan").await;
    town.day.until(OLIVER_IS_ASKED).await;
    answers(&town, "oliver", "Fixed the login").await;
    for words in ["2 of 2 answered", "> Reviewed the plan", "> Fixed the login"] {
        assert_eq!(oliver.sees(words), 1, "{words}");
    }
    assert_eq!(town.administrators_read("token"), 1);
    town.day.end().await;
}

async fn a_removed_app_is_told_at_once_and_works_when_it_is_back(town: Town) {
    town.standup("Daily", "#eng").await;
    town.day.slack().uninstalls();
    town.day.until("2026-11-23T01:01:00Z").await;
    let told = town.day.stage().bot().health().troubles().await;
    assert!(told.iter().any(|line| line.starts_with("slack: ")), "before anything is sent: {told:?}");
    town.day.until("2026-11-23T02:00:00Z").await;
    town.day.slack().installs();
    // Nothing is owed in this half an hour, so no message tells that the token lives.
    town.day.until("2026-11-23T02:29:59Z").await;
    assert_eq!(town.day.stage().bot().health().troubles().await, Vec::<String>::new());
    assert_eq!(town.administrators_read("token"), 1);
    town.day.until(SARI_IS_ASKED).await;
    answers(&town, "sari", "Reviewed the plan").await;
    town.day.until(OLIVER_IS_ASKED).await;
    answers(&town, "oliver", "Fixed the login").await;
    assert_eq!(town.user("oliver").sees("2 of 2 answered"), 1);
    town.day.end().await;
}

async fn whoever_takes_no_direct_messages_is_asked_in_a_thread(town: Town) {
    town.standup("Daily", "#eng").await;
    town.day.discord().user("sari").refuses_direct_messages(true);
    town.day.until(SARI_IS_ASKED).await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    assert_eq!((sari.reads("Daily"), sari.sees("Daily · Senin 23 November")), (0, 1), "{:#?}", sari.all());
    assert_eq!(oliver.sees("Daily · Senin 23 November"), 0, "between her and jeda");
    sari.clicks("Jawab").await;
    sari.submits([("q0", "Reviewed the plan"), ("q1", "Ship it"), ("q2", "")]).await;
    town.day.until(OLIVER_IS_ASKED).await;
    answers(&town, "oliver", "Fixed the login").await;
    for words in ["2 of 2 answered", "> Reviewed the plan", "> Fixed the login"] {
        assert_eq!(oliver.sees(words), 1, "{words}");
    }
    // The next day it goes there at once.
    let calls = town.recorder().calls_of(town.posting()).len();
    town.day.until("2026-11-24T02:30:00Z").await;
    assert_eq!(sari.sees("Daily · Selasa 24 November"), 1);
    assert_eq!(town.recorder().calls_of(town.posting()).len(), calls + 1);
    town.day.end_with_dead(1).await;
}

/// The channel is closed to the bot.
fn close(town: &Town) {
    if town.is_slack() {
        town.day.slack().archives("#eng");
    } else {
        town.day.discord().mutes_bot_in("eng", true);
    }
}

fn open(town: &Town) {
    if town.is_slack() {
        town.day.slack().unarchives("#eng");
    } else {
        town.day.discord().mutes_bot_in("eng", false);
    }
}

/// Oliver's standup in #eng, whose channel closes before the report, and what both say in it.
async fn a_round_without_a_place(town: &Town) {
    town.standup("Daily", "#eng").await;
    town.day.until(SARI_IS_ASKED).await;
    close(town);
    answers(town, "sari", "Reviewed the plan").await;
    town.day.until(OLIVER_IS_ASKED).await;
    answers(town, "oliver", "Fixed the login").await;
    town.day.until(EVENING).await;
    let oliver = town.user("oliver");
    assert_eq!(oliver.reads("has no place to go"), 1, "{:#?}", oliver.dm());
    assert_eq!(oliver.sees("2 of 2 answered"), 0);
}

async fn a_channel_that_closes_stops_its_own_report_and_nothing_else(town: Town) {
    town.standup_at("Ops", "#ops", "weekdays 13:00").await;
    a_round_without_a_place(&town).await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until("2026-11-23T17:01:00Z").await;
    assert_eq!(sari.sees("Nobody answered this time"), 1, "the report of Ops, in #ops: {:#?}", sari.all());
    assert_eq!(town.administrators_read("has no place"), 0);
    oliver.runs("/standup report", &[("name", "Daily")]).await;
    town.day.quiet().await;
    let said = oliver.all().pop().unwrap();
    assert!(said.contains("> Fixed the login") && said.contains("> Reviewed the plan"), "{said}");
    // The next days: asked as ever, and nobody is told again.
    town.day.until("2026-11-24T15:00:00Z").await;
    assert_eq!(oliver.reads("Daily · Tuesday 24 November"), 1);
    town.day.until("2026-11-25T16:00:00Z").await;
    assert_eq!(oliver.reads("has no place to go"), 1);
    // Three reports that found no place, and two tries to make up for one the day after.
    town.day.end_with_dead(5).await;
}

async fn a_channel_that_was_closed_gets_its_report_when_it_opens(town: Town) {
    a_round_without_a_place(&town).await;
    open(&town);
    town.day.quiet().await;
    let oliver = town.user("oliver");
    for words in ["2 of 2 answered", "> Reviewed the plan", "> Fixed the login"] {
        assert_eq!(oliver.sees(words), 1, "{words}");
    }
    town.day.until("2026-11-23T18:00:00Z").await;
    assert_eq!(oliver.sees("2 of 2 answered"), 1);
    town.day.end_with_dead(1).await;
}

async fn a_report_without_a_place_goes_to_the_new_channel(town: Town) {
    a_round_without_a_place(&town).await;
    let oliver = town.user("oliver");
    oliver.runs("/standup edit", &[("name", "Daily"), ("channel", "#ops")]).await;
    town.day.quiet().await;
    for words in ["2 of 2 answered", "> Reviewed the plan", "> Fixed the login"] {
        assert_eq!(oliver.sees(words), 1, "{words}: {:#?}", oliver.all());
    }
    town.day.end_with_dead(1).await;
}
