//! What a form has no room for is named, and can be set as it is said there.

use crate::day::{Day, face};
use jeda_emulator::{
    discord::{Discord, Person, Room, Setup as Server},
    slack::{Member, Setup, Slack},
};
use jeda_engine::VirtualClock;
use std::sync::Arc;

/// The settings that Discord's form of five fields doesn't show.
const BEYOND: [&str; 6] = ["zone", "deadline", "remind", "report", "who", "observers"];

fn monday() -> Arc<VirtualClock> {
    Arc::new(VirtualClock::new("2026-11-23T01:00:00Z".parse().unwrap()))
}

#[tokio::test]
async fn discords_form_says_how_to_set_what_it_does_not_show() {
    for (locale, words, reminder) in [
        ("en-GB", "The form has no room for everything.", "30 minutes before"),
        ("id", "Formulir tidak memuat semuanya.", "30 menit sebelum"),
    ] {
        let clock = monday();
        let setup = Server::new("Acme", face(&clock))
            .person(Person::named("oliver").locale(locale).zone("Europe/London"))
            .room(Room::text("eng"));
        let day = Day::begin(clock, None, Some(Discord::start(setup).await.unwrap())).await;
        let oliver = day.discord().user("oliver");
        oliver.goes_to("#eng").runs("/standup new");
        day.quiet().await;
        assert_eq!(oliver.form_soon().await.fields.len(), 5);
        oliver.submits(&[("name", "Team week"), ("when", "weekdays 9:30")]);
        day.quiet().await;
        let said = oliver.sees().pop().unwrap().text;
        assert!(said.contains("Team week") && said.contains(words), "{said}");
        for setting in BEYOND {
            assert!(said.contains(&format!("\n{setting}  ")), "{setting} is not named in {said}");
        }
        // The line that it shows does what it says.
        let (line, _) = said[said.find("/standup edit name:").unwrap()..].split_once(":\n").unwrap();
        oliver.runs(line);
        day.quiet().await;
        let changed = oliver.sees().pop().unwrap().text;
        assert!(changed.contains(reminder), "{line}: {changed}");
        assert!(!changed.contains(words), "who types settings needs no form: {changed}");
        // So does the form for a change.
        oliver.runs("/standup edit name:Team week");
        day.quiet().await;
        oliver.form_soon().await;
        oliver.submits(&[("when", "weekdays 10:00")]);
        day.quiet().await;
        let changed = oliver.sees().pop().unwrap().text;
        assert!(changed.contains(words) && changed.contains(reminder), "what it does not show stays: {changed}");
        day.end().await;
    }
}

#[tokio::test]
async fn slacks_form_shows_everything_and_says_how_a_group_takes_part() {
    let clock = monday();
    let setup = Setup::new("Acme", face(&clock))
        .person(Member::named("oliver").in_zone("Europe/London"))
        .channel("#eng", &["oliver"])
        .group("@backend", &["oliver"]);
    let day = Day::begin(clock, Some(Slack::start(setup).await.unwrap()), None).await;
    let oliver = day.slack().user("oliver");
    oliver.runs_in("#eng", "/standup new").await;
    day.quiet().await;
    let form = oliver.waits_for_form().await;
    let hint = form.field("Who takes part").and_then(|field| field.hint.clone()).unwrap();
    assert!(hint.contains("/standup edit NAME who= @group"), "{hint}");
    let sent = oliver.submits([("name", "Daily"), ("when", "weekdays 9:30")]).await;
    assert!(sent.errors.is_empty(), "{sent:?}");
    day.quiet().await;
    assert!(oliver.sees().iter().all(|seen| !seen.text.contains("no room for everything")), "{:#?}", oliver.sees());
    oliver.runs_in("#eng", "/standup edit Daily who= @backend").await;
    day.quiet().await;
    // The form for a change leaves the group as it is.
    oliver.runs_in("#eng", "/standup edit Daily").await;
    day.quiet().await;
    let form = oliver.waits_for_form().await;
    let hint = form.field("Who takes part").and_then(|field| field.hint.clone()).unwrap();
    assert!(hint.contains("stays if this is empty"), "{hint}");
    let sent = oliver.submits([("when", "weekdays 10:00")]).await;
    assert!(sent.errors.is_empty(), "{sent:?}");
    oliver.runs_in("#eng", "/standup show Daily").await;
    day.quiet().await;
    let shown = oliver.sees().pop().unwrap().text;
    assert!(shown.contains("1 person: oliver"), "{shown}");
    day.end().await;
}
