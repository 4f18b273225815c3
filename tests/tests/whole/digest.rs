//! Stories of the digest: what waited for somebody comes in one direct message in their morning, on both platforms and
//! both databases.

use crate::{
    choices::writes,
    nudges::apply,
    town::{Teammate, Town, stories},
};
use jeda_emulator::fault::Fault;

stories! { of crate::choices::Evening:
    what_reached_somebody_at_night_comes_in_their_morning on slack and discord;
    without_a_norm_a_question_comes_in_their_morning on slack and discord;
    somebody_brings_it_and_sorts_it on slack and discord;
    a_digest_whose_answer_was_lost_comes_once_and_outlives_the_bot on slack and discord;
}

const NORMS: &str = r##"
[quiet_hours.nights]
enforce = "nudge"

[digest.mornings]
enforce = "nudge"
"##;

const BEFORE: &str = "2026-11-24T01:59:00Z";
/// 9:00 in Jakarta.
const MORNING: &str = "2026-11-24T02:00:00Z";
const NEXT_DAY: &str = "2026-11-25T12:00:00Z";

/// How a digest begins, in the reader's language.
fn head(name: &str) -> &'static str {
    if name == "sari" { "Ini yang menunggu Anda" } else { "This waited for you" }
}

async fn runs(town: &Town, who: &Teammate, command: &str) -> String {
    who.runs(command, &[]).await;
    town.day.quiet().await;
    who.all().pop().unwrap_or_default()
}

async fn presses(town: &Town, who: &Teammate, label: &str) -> String {
    who.clicks(label).await;
    town.day.quiet().await;
    who.all().pop().unwrap_or_default()
}

/// Goes to the direct messages with jeda, where that has to be said.
fn reads_dm(who: &Teammate) {
    if let Teammate::Discord(user) = who {
        user.goes_to("DM");
    }
}

async fn what_reached_somebody_at_night_comes_in_their_morning(town: Town) {
    apply(&town.day, NORMS).await;
    let (sari, budi, oliver) = (town.user("sari"), town.user("budi"), town.user("oliver"));
    writes(&town, &oliver, &["sari", "budi"], "is the *release* out? <!channel> @everyone").await;
    let gone = writes(&town, &oliver, &["budi"], "never mind").await;
    match &oliver {
        Teammate::Slack(person) => person.deletes(&gone),
        Teammate::Discord(user) => {
            user.goes_to("#eng");
            user.deletes(gone.parse().unwrap());
        }
    }
    town.day.until(BEFORE).await;
    assert_eq!((sari.reads(head("sari")), budi.reads(head("budi"))), (0, 0), "nothing is pushed to them");
    town.day.until(MORNING).await;
    assert_eq!((sari.reads(head("sari")), budi.reads(head("budi"))), (1, 1), "{:#?}", budi.dm());
    let read = budi.dm().into_iter().find(|text| text.contains(head("budi"))).unwrap();
    assert_eq!(read.matches("mentioned you").count(), 1, "{read}");
    if town.is_slack() {
        // Words, and no mention of everybody.
        assert!(read.contains("release") && read.contains("out? <!channel> @everyone"), "{read}");
    }
    town.day.until(NEXT_DAY).await;
    assert_eq!((sari.reads(head("sari")), budi.reads(head("budi"))), (1, 1), "nothing is in two digests");
    town.day.end().await;
}

async fn without_a_norm_a_question_comes_in_their_morning(town: Town) {
    let (budi, oliver) = (town.user("budi"), town.user("oliver"));
    match &oliver {
        Teammate::Slack(person) => drop(person.runs_in("#eng", "/ask @budi Which of the names? by 2d").await),
        Teammate::Discord(user) => {
            user.goes_to("#eng");
            oliver.runs("/ask", &[("who", "@budi"), ("text", "Which of the names?"), ("by", "2d")]).await;
        }
    }
    town.day.until(MORNING).await;
    assert_eq!(budi.reads(head("budi")), 1, "{:#?}", budi.dm());
    assert_eq!(budi.reads("Which of the names?"), 1);
    town.day.until(NEXT_DAY).await;
    assert_eq!(budi.reads(head("budi")), 1);
    town.day.end().await;
}

async fn somebody_brings_it_and_sorts_it(town: Town) {
    apply(&town.day, NORMS).await;
    let (budi, oliver) = (town.user("budi"), town.user("oliver"));
    writes(&town, &oliver, &["budi"], "one").await;
    writes(&town, &oliver, &["budi"], "two").await;
    writes(&town, &oliver, &["budi"], "three").await;
    let shown = runs(&town, &budi, "/digest show").await;
    assert!(shown.contains("when your day begins") && shown.matches("mentioned you").count() == 3, "{shown}");
    // It is 20:00: they asked for it.
    let told = runs(&town, &budi, "/digest now").await;
    assert!(told.contains("on its way") || told.contains(head("budi")), "{told}");
    assert_eq!(budi.reads(head("budi")), 1, "{:#?}", budi.dm());
    reads_dm(&budi);
    let one = presses(&town, &budi, "One by one").await;
    assert!(one.contains("2 more follow."), "{one}");
    let two = presses(&town, &budi, "Done").await;
    assert!(two.contains("One more follows."), "{two}");
    let three = presses(&town, &budi, "Tomorrow").await;
    assert!(three.contains("from tomorrow on") && three.contains("the last one"), "{three}");
    let muted = presses(&town, &budi, "Mute").await;
    assert!(muted.contains("You hear no more of") && muted.contains("all of it"), "{muted}");
    writes(&town, &oliver, &["budi"], "four").await;
    town.day.until(NEXT_DAY).await;
    assert_eq!(budi.reads(head("budi")), 2, "what was put off came again, and nothing else: {:#?}", budi.dm());
    assert_eq!(budi.dm().iter().rfind(|text| text.contains(head("budi"))).unwrap().matches("mentioned you").count(), 1);
    let off = runs(&town, &budi, "/digest off").await;
    assert!(off.contains("is off"), "{off}");
    town.day.end().await;
}

async fn a_digest_whose_answer_was_lost_comes_once_and_outlives_the_bot(town: Town) {
    apply(&town.day, NORMS).await;
    let oliver = town.user("oliver");
    writes(&town, &oliver, &["budi"], "is it out?").await;
    let asleep = town.stop().await;
    asleep.night.until(BEFORE);
    let town = asleep.start().await;
    town.faults().tolerate(true);
    town.faults().next(1, town.posting(), Fault::AppliedThenCloses);
    town.day.until("2026-11-24T02:30:00Z").await;
    assert_eq!(town.faults().pending(), 0);
    town.day.until(NEXT_DAY).await;
    assert_eq!(town.user("budi").reads(head("budi")), 1, "{:#?}", town.user("budi").dm());
    town.day.end().await;
}
