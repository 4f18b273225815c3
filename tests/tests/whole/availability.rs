//! Stories of hours that are kept: focus, leave, and when somebody works next.

use crate::town::{Town, stories};

stories! {
    a_question_waits_for_the_end_of_focus_over_a_restart on slack and discord;
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
