//! Stories of hours that are kept: focus, leave, and when somebody works next.

use crate::town::{Teammate, Town, stories};
use jeda_engine::Clock as _;

stories! {
    a_question_waits_for_the_end_of_focus_over_a_restart on slack and discord;
    when_somebody_works_next_is_told_in_both_times on slack and discord;
    jakarta_and_london_have_different_holidays on slack and discord;
    notifications_that_are_paused_on_slack_are_quiet on slack;
}

async fn a_question_waits_for_the_end_of_focus_over_a_restart(town: Town) {
    town.standup("Daily", "#eng").await;
    // 9:10 in Jakarta, twenty minutes before she is asked.
    town.day.until("2026-11-23T02:10:00Z").await;
    let sari = town.user("sari");
    sari.runs("/focus", &[("time", "2 jam"), ("why", "rencana *besar* @everyone")]).await;
    town.day.quiet().await;
    assert_eq!(sari.sees("fokus sampai 11.10"), 1, "{:?}", sari.all());
    assert_eq!(sari.sees("rencana *besar* @everyone"), 1, "{:?}", sari.all());
    let town = town.stop().await.start().await;
    let sari = town.user("sari");
    town.day.until("2026-11-23T04:09:59Z").await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 0, "{:?}", sari.dm());
    town.day.until("2026-11-23T04:10:00Z").await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1, "{:?}", sari.dm());

    // The next day she ends it early, and the question comes at once.
    town.day.until("2026-11-24T02:00:00Z").await;
    sari.runs("/focus", &[("time", "sampai 12.00")]).await;
    town.day.until("2026-11-24T03:00:00Z").await;
    assert_eq!(sari.reads("Daily · Selasa 24 November"), 0);
    sari.runs("/focus", &[("time", "selesai")]).await;
    town.day.quiet().await;
    assert_eq!(sari.reads("Daily · Selasa 24 November"), 1, "{:?}", sari.dm());
    town.day.until("2026-11-24T15:00:00Z").await;
    town.day.end().await;
}

/// What somebody reads when they ask; the newest that jeda told them.
async fn asks_when(town: &Town, asker: &str, who: &str) -> String {
    let asker = town.user(asker);
    // On Slack a mention comes as one; on Discord a name that was only typed stays a name.
    match &asker {
        Teammate::Slack(person) => {
            person.runs_in("#eng", &format!("/when {who}")).await;
        }
        Teammate::Discord(_) => asker.runs("/when", &[("who", who)]).await,
    }
    town.day.quiet().await;
    // Slack would read an emoji between two colons; what keeps it from that can't be seen.
    asker.all().last().map(|text| text.replace('\u{2060}', "")).unwrap_or_default()
}

/// The team agrees on how long an answer may take. The bot looks for what others have set when a standup is made.
async fn agrees(town: &Town, norms: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("norms.toml");
    std::fs::write(&path, norms).unwrap();
    let norms = jeda_config::norms::read(path.to_str().unwrap()).unwrap();
    let (store, now) = (town.day.stage().bot().engine().store(), town.day.stage().clock().now());
    jeda::commands::norms::apply(store, &norms, None, "lia", now).await.unwrap();
    town.standup_at("Weekly", "#ops", "fridays 9:30").await;
}

async fn when_somebody_works_next_is_told_in_both_times(town: Town) {
    // It is 8:00 in Jakarta, and 1:00 in London.
    let read = asks_when(&town, "oliver", "@sari @oliver").await;
    assert!(read.contains("is off and works again from") && read.contains("(9:00 there)"), "{read}");
    assert!(read.lines().count() >= 2 && !read.contains("An answer can be expected"), "{read}");
    agrees(&town, "[response_window.answers]\nenforce = \"observe\"\nworking_hours = 4\n").await;
    let read = asks_when(&town, "oliver", "@sari").await;
    assert!(read.contains("An answer can be expected by") && read.contains("(13:00 there)"), "{read}");

    // At noon in Jakarta she is at work and says that she is in focus.
    town.day.until("2026-11-23T05:00:00Z").await;
    town.user("sari").runs("/focus", &[("time", "2 jam"), ("why", "rencana <@everyone>")]).await;
    let read = asks_when(&town, "oliver", "@sari").await;
    assert!(read.contains("is in focus until") && read.contains("(14:00 there)"), "{read}");
    assert!(read.contains("rencana <@everyone>"), "{read}");
    assert!(town.user("sari").all().iter().all(|text| !text.contains("works again")), "only the asker sees it");

    // She reads Indonesian, and he is asleep.
    let read = asks_when(&town, "sari", "@oliver").await;
    assert!(read.contains("sedang di luar jam kerja") && read.contains("(9.00 di sana)"), "{read}");
    let read = asks_when(&town, "sari", "@everyone").await;
    assert!(read.contains("tidak ditemukan"), "{read}");
    town.day.until("2026-11-23T08:00:00Z").await;
    town.day.end().await;
}

async fn jakarta_and_london_have_different_holidays(town: Town) {
    // Sunday evening. On Monday London has a day off, since Boxing Day fell on a Saturday.
    town.day.until("2026-12-27T17:00:00Z").await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    sari.runs("/hours", &[("holidays", "Indonesia")]).await;
    oliver.runs("/hours", &[("holidays", "Englnd")]).await;
    town.day.quiet().await;
    assert_eq!(oliver.sees("Did you mean GB-ENG"), 1, "{:?}", oliver.all());
    oliver.runs("/hours", &[("holidays", "GB-ENG")]).await;
    town.day.quiet().await;
    assert_eq!(oliver.sees("known until the end of 2030"), 1, "{:?}", oliver.all());
    let town = town.stop().await.start().await;
    town.standup("Daily", "#eng").await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until("2026-12-28T10:00:00Z").await;
    assert_eq!((sari.reads("Daily · Senin 28 Desember"), oliver.reads("Daily · Monday 28 December")), (1, 0));
    let read = asks_when(&town, "sari", "@oliver").await;
    assert!(read.contains("sedang libur, Boxing Day (observed)"), "{read}");
    town.day.until("2026-12-29T10:00:00Z").await;
    assert_eq!((sari.reads("Daily · Selasa 29"), oliver.reads("Daily · Tuesday 29 December")), (1, 1));
    // The report of Monday says why he was not asked.
    assert!(sari.sees("Boxing Day (observed)") >= 2, "{:?}", sari.all());
    town.day.until("2026-12-29T20:00:00Z").await;
    town.day.end().await;
}

async fn notifications_that_are_paused_on_slack_are_quiet(town: Town) {
    let second = |at: &str| at.parse::<jiff::Timestamp>().unwrap().as_second();
    let sari = town.day.slack().user("sari");
    // A pause that jeda was told of while it ran, and over a restart by asking.
    sari.is_in_dnd(second("2026-11-23T02:00:00Z"), second("2026-11-23T04:00:00Z"));
    town.day.quiet().await;
    town.standup("Daily", "#eng").await;
    let town = town.stop().await.start().await;
    let calls = town.recorder().calls();
    assert!(calls.iter().any(|call| call.operation == "dnd.teamInfo"), "it is asked for at the start");
    let sari = town.user("sari");
    town.day.until("2026-11-23T03:59:59Z").await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 0, "{:?}", sari.dm());
    let read = asks_when(&town, "oliver", "@sari").await;
    assert!(read.contains("is off and works again from") && read.contains("(11:00 there)"), "{read}");
    town.day.until("2026-11-23T04:00:00Z").await;
    assert_eq!(sari.reads("Daily · Senin 23 November"), 1, "{:?}", sari.dm());

    // The next day she ends it herself, and the question comes at once.
    town.day.until("2026-11-24T02:00:00Z").await;
    town.day.slack().user("sari").is_in_dnd(second("2026-11-24T02:00:00Z"), second("2026-11-24T05:00:00Z"));
    town.day.until("2026-11-24T03:00:00Z").await;
    assert_eq!(sari.reads("Daily · Selasa 24 November"), 0, "{:?}", sari.dm());
    town.day.slack().user("sari").ends_dnd();
    town.day.quiet().await;
    assert_eq!(sari.reads("Daily · Selasa 24 November"), 1, "{:?}", sari.dm());
    town.day.until("2026-11-24T15:00:00Z").await;
    town.day.end().await;
}
