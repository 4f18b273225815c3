//! Stories of people who write to somebody who is off: who is told what, and who is not.

use crate::day::{Day, face};
use jeda::commands::norms;
use jeda_core::snapshot::{Need, Scope, Snapshot};
use jeda_emulator::{
    discord::{Discord, Person, Room, Setup as Server},
    slack::{Member, Seen, Setup, Slack},
};
use jeda_engine::{Clock, VirtualClock};
use std::sync::Arc;

const NUDGE: &str = r##"
[quiet_hours.nights]
enforce = "nudge"
exempt = { channels = ["#incidents"], groups = ["@on-call"] }
"##;

/// Monday 2026-11-23, 20:00 in Jakarta and 13:00 in London.
fn evening() -> Arc<VirtualClock> {
    Arc::new(VirtualClock::new("2026-11-23T13:00:00Z".parse().unwrap()))
}

/// Sari and Budi are in Jakarta, where it is night; Oliver and Ines in London, where it is noon. Wira is in Jakarta and
/// on call.
async fn slack_evening(database: Option<String>) -> Day {
    let clock = evening();
    let all = ["sari", "budi", "wira", "oliver", "ines"];
    let setup = Setup::new("Acme", face(&clock))
        .person(Member::named("sari").in_zone("Asia/Jakarta").speaking("id-ID").admin())
        .person(Member::named("budi").in_zone("Asia/Jakarta"))
        .person(Member::named("wira").in_zone("Asia/Jakarta"))
        .person(Member::named("oliver").in_zone("Europe/London").speaking("en-GB"))
        .person(Member::named("ines").in_zone("Europe/London"))
        .channel("#eng", &all)
        .channel("#incidents", &all)
        .group("@on-call", &["wira"])
        .group("@backend", &["sari", "ines"]);
    let slack = Slack::start(setup).await.unwrap();
    let cast = jeda::stage::Cast { slack: Some(slack), discord: None, database };
    Day::begin_on(clock, cast).await
}

async fn discord_evening() -> Day {
    let clock = evening();
    let setup = Server::new("Acme", face(&clock))
        .role("on-call")
        .person(Person::named("sari").locale("id").zone("Asia/Jakarta").admin())
        .person(Person::named("oliver").locale("en-GB").zone("Europe/London"))
        .person(Person::named("tom").locale("en-GB"))
        .room(Room::text("eng"))
        .room(Room::text("incidents"));
    let discord = Discord::start(setup).await.unwrap();
    let day = Day::begin(clock, None, Some(discord)).await;
    for (name, zone) in [("sari", "Asia/Jakarta"), ("oliver", "Europe/London")] {
        let person = day.discord().user(name);
        person.goes_to("#eng");
        person.runs(&format!("/hours hours:{zone}"));
        day.quiet().await;
    }
    day
}

/// Applies norms, as `jeda norms apply` does.
pub(crate) async fn apply(day: &Day, text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("norms.toml");
    std::fs::write(&path, text).unwrap();
    let norms = jeda_config::norms::read(path.to_str().unwrap()).unwrap();
    let store = day.stage().bot().engine().store();
    norms::apply(store, &norms, None, "lia", day.stage().clock().now()).await.unwrap();
    day.quiet().await;
}

async fn seen(day: &Day, need: Need) -> Snapshot {
    let store = day.stage().bot().engine().store();
    let workspace = store.workspaces().await.unwrap()[0].id.clone();
    store.load(&Scope { workspace, needs: [need].into() }).await.unwrap()
}

/// What is kept of messages that were judged.
async fn judged(day: &Day) -> usize {
    seen(day, Need::JudgedSince(jiff::Timestamp::UNIX_EPOCH)).await.judged.len()
}

/// The words that only this person sees.
fn private(all: Vec<Seen>) -> Vec<String> {
    all.into_iter().filter(|seen| seen.only_you).map(|seen| seen.text).collect()
}

async fn slack_tells_the_author_and_nobody_else(database: Option<String>) {
    let day = slack_evening(database).await;
    apply(&day, NUDGE).await;
    let slack = day.slack();
    let (sari, oliver, ines) = (slack.user("sari"), slack.user("oliver"), slack.user("ines"));
    let message = oliver.says_in("#eng", "@sari is the release out?");
    day.quiet().await;
    let told = private(oliver.sees_in("#eng"));
    assert_eq!(told.len(), 1, "{told:?}");
    // 9:00 on Tuesday in Jakarta is 2:00 in London.
    assert!(told[0].contains("sari is off until tomorrow 02:00"), "{told:?}");
    assert!(told[0].contains("quiet_hours.nights"), "{told:?}");
    assert!(private(sari.sees_in("#eng")).is_empty() && private(ines.sees_in("#eng")).is_empty());
    assert!(sari.dm().is_empty(), "nothing is pushed to her");
    assert!(!sari.sees_in("#eng").iter().any(|seen| seen.text.contains("off until")));

    // Once in a conversation, whatever is said in it, and again in another.
    oliver.says_in("#eng", "@sari never mind");
    day.quiet().await;
    assert_eq!(private(oliver.sees_in("#eng")).len(), 1);
    oliver.runs_in("#eng", "/jeda why").await;
    day.quiet().await;
    let why = private(oliver.sees_in("#eng"));
    assert!(why.last().unwrap().contains("revision 1"), "{why:?}");

    // Nobody may press the button of somebody else's nudge; the author may, and an edit is quiet then.
    oliver.clicks("No reply needed").await;
    day.quiet().await;
    assert!(private(oliver.sees_in("#eng")).iter().any(|it| it.contains("nobody needs to reply")));
    oliver.edits(&message, "@sari @budi is it out?");
    day.quiet().await;
    assert_eq!(judged(&day).await, 1, "only the first message had something to say about it");
    oliver.deletes(&message);
    day.quiet().await;
    assert_eq!(judged(&day).await, 0, "a message that is gone is forgotten");
    day.end().await;
}

#[tokio::test]
async fn on_slack_the_author_is_told_and_nobody_else() {
    slack_tells_the_author_and_nobody_else(None).await;
}

#[tokio::test]
async fn on_slack_over_postgresql_the_author_is_told_and_nobody_else() {
    if let Some(url) = jeda_store::testing::postgres_url("nudges") {
        slack_tells_the_author_and_nobody_else(Some(url)).await;
    }
}

#[tokio::test]
async fn sensible_peoples_exceptions_are_kept() {
    let day = slack_evening(None).await;
    apply(&day, NUDGE).await;
    let slack = day.slack();
    let (oliver, sari) = (slack.user("oliver"), slack.user("sari"));
    for (why, channel, text) in [
        ("they are at work", "#eng", "@ines"),
        ("one's own name", "#eng", "@oliver"),
        ("a channel that is left alone", "#incidents", "@sari"),
        ("whoever is on call", "#eng", "@wira"),
        ("a group on call", "#eng", "@on-call"),
        ("it says itself that no answer is needed", "#eng", "[FYI] @sari"),
    ] {
        oliver.says_in(channel, text);
        day.quiet().await;
        assert!(private(oliver.sees_in(channel)).is_empty(), "{why}");
    }
    // Who takes part may be written to, in that thread and nowhere else.
    let root = sari.says_in("#eng", "Still up, ask me anything.");
    day.quiet().await;
    oliver.says_in("#eng", "@sari thanks!");
    day.quiet().await;
    assert!(private(oliver.sees_in("#eng")).is_empty(), "she has just written here");
    oliver.replies_in_thread(&root, "@sari one more");
    day.quiet().await;
    assert_eq!(private(oliver.sees()).len(), 1, "in the thread she has not");
    assert_eq!(judged(&day).await, 1);
    day.end().await;
}

#[tokio::test]
async fn everyone_is_judged_by_the_share_of_those_who_are_off() {
    let day = slack_evening(None).await;
    apply(&day, NUDGE).await;
    let ines = day.slack().user("ines");
    // Who is in a channel that no standup is in is not known until it is asked for.
    ines.says_in("#eng", "@here hello");
    day.quiet().await;
    ines.says_in("#eng", "@channel hello again");
    day.quiet().await;
    let told = private(ines.sees_in("#eng"));
    assert_eq!(told.len(), 1, "three of four are off: {told:?}");
    assert!(told[0].contains("sari") && told[0].contains("budi"), "{told:?}");
    assert!(!told[0].contains("wira"), "on call, so reached at any hour: {told:?}");
    day.until("2026-11-24T09:00:00Z").await;
    ines.says_in("#eng", "@channel good morning");
    day.quiet().await;
    assert_eq!(private(ines.sees_in("#eng")).len(), 1, "everybody is at work");
    day.end().await;
}

#[tokio::test]
async fn a_norm_that_observes_says_nothing_and_counts() {
    let day = slack_evening(None).await;
    let (oliver, sari) = (day.slack().user("oliver"), day.slack().user("sari"));
    oliver.says_in("#eng", "@sari before there were norms");
    day.quiet().await;
    assert_eq!(judged(&day).await, 0, "no norm, no record");
    oliver.runs_in("#eng", "/norms").await;
    day.quiet().await;
    assert!(private(oliver.sees_in("#eng"))[0].contains("no norms yet"));
    apply(&day, "[quiet_hours.nights]\nenforce = \"observe\"\n").await;
    for text in ["one", "two"] {
        oliver.says_in("#eng", &format!("@sari {text}"));
        day.quiet().await;
        day.until(if text == "one" { "2026-11-23T17:10:00Z" } else { "2026-11-23T17:20:00Z" }).await;
    }
    assert_eq!(private(oliver.sees_in("#eng")).len(), 1, "not a word of a message");
    assert_eq!(judged(&day).await, 2);
    oliver.runs_in("#eng", "/norms report").await;
    day.quiet().await;
    let report = private(oliver.sees_in("#eng")).pop().unwrap();
    assert!(report.contains("would have told the authors of 2 messages"), "{report}");
    assert!(!report.contains("sari"), "{report}");
    sari.runs_in("#eng", "/norms").await;
    day.quiet().await;
    let shown = private(sari.sees_in("#eng")).pop().unwrap();
    assert!(shown.contains("jeda mencatat bila seseorang disebut") && shown.contains("Revisi 1"), "{shown}");
    day.end().await;
}

#[tokio::test]
async fn on_discord_the_author_is_told_in_a_direct_message() {
    let day = discord_evening().await;
    apply(&day, NUDGE).await;
    let discord = day.discord();
    let (sari, oliver, tom) = (discord.user("sari"), discord.user("oliver"), discord.user("tom"));
    let before = (oliver.dm().len(), sari.dm().len());
    let message = oliver.says("#eng", &format!("<@{}> is the release out?", sari.id()));
    day.quiet().await;
    let told: Vec<String> = oliver.dm().into_iter().skip(before.0).map(|seen| seen.text).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("sari is off until") && told[0].contains("#eng"), "{told:?}");
    assert_eq!(sari.dm().len(), before.1, "nothing is pushed to her");
    oliver.goes_to("DM");
    oliver.clicks("No reply needed");
    day.quiet().await;
    // Nobody knows when Tom works, so nothing is claimed of him.
    oliver.says("#eng", &format!("<@{}> and you?", tom.id()));
    oliver.says("#incidents", &format!("<@{}> it burns", sari.id()));
    day.quiet().await;
    assert_eq!(judged(&day).await, 1);
    oliver.deletes(message);
    day.quiet().await;
    assert_eq!(judged(&day).await, 0);
    day.end().await;
}

#[tokio::test]
async fn on_discord_a_reply_that_tells_the_author_removes_itself() {
    let day = discord_evening().await;
    apply(&day, "[quiet_hours.nights]\nenforce = \"nudge\"\nnudge_by = \"reply\"\n").await;
    let (sari, oliver) = (day.discord().user("sari"), day.discord().user("oliver"));
    oliver.says("#eng", &format!("<@{}> is the release out?", sari.id()));
    day.quiet().await;
    let told = |all: Vec<jeda_emulator::discord::Seen>| all.iter().filter(|it| it.text.contains("off until")).count();
    assert_eq!(told(oliver.sees_in("#eng")), 1, "{:?}", oliver.sees_in("#eng"));
    day.until("2026-11-23T13:11:00Z").await;
    assert_eq!(told(oliver.sees_in("#eng")), 0);
    day.end().await;
}

#[tokio::test]
async fn an_edit_that_adds_a_mention_is_judged_and_another_is_not() {
    let day = discord_evening().await;
    apply(&day, NUDGE).await;
    let (sari, oliver) = (day.discord().user("sari"), day.discord().user("oliver"));
    let plain = oliver.says("#eng", "is the release out?");
    day.quiet().await;
    oliver.edits(plain, "is the release out now?");
    day.quiet().await;
    assert_eq!(judged(&day).await, 0);
    oliver.edits(plain, &format!("<@{}> is the release out now?", sari.id()));
    day.quiet().await;
    assert_eq!(judged(&day).await, 1);
    day.end().await;
}
