//! Stories of what the author of a message to somebody who is off may choose, told on both platforms and both databases.

use crate::{
    day::face,
    nudges::apply,
    town::{Teammate, Town, stories},
};
use jeda_emulator::{
    discord::{self, Person, Room},
    slack::{Member, Setup},
};
use jeda_engine::VirtualClock;
use std::sync::Arc;

stories! { of crate::choices::Evening:
    what_can_wait_comes_in_their_hours on slack and discord;
    what_its_author_deletes_is_delivered_to_nobody on slack and discord;
    what_cannot_wait_reaches_them_at_night_and_is_on_record on slack and discord;
    a_spent_budget_waits_for_their_hours on slack and discord;
    without_the_norm_nothing_is_urgent on slack and discord;
    the_menu_of_a_message_is_its_authors on slack and discord;
    a_time_in_the_text_is_shown_to_each_reader on slack and discord;
}

const NORMS: &str = r##"
[quiet_hours.nights]
enforce = "nudge"
nudge_again_after = "1m"

[urgent.support]
enforce = "hold"
budget_per_week = 1
record = "#urgent"
"##;

/// Sari and Budi in Jakarta, where it is 20:00 on a Monday, and Oliver in London.
pub(crate) struct Evening;

impl Evening {
    pub(crate) async fn slack(database: Option<String>) -> Town {
        let clock = evening();
        let all = ["sari", "budi", "oliver"];
        let setup = Setup::new("Acme", face(&clock))
            .person(Member::named("sari").in_zone("Asia/Jakarta").speaking("id-ID").admin())
            .person(Member::named("budi").in_zone("Asia/Jakarta"))
            .person(Member::named("oliver").in_zone("Europe/London").speaking("en-GB"))
            .channel("#eng", &all)
            .channel("#urgent", &all);
        Town::on_slack(clock, setup, database).await
    }

    pub(crate) async fn discord(database: Option<String>) -> Town {
        let clock = evening();
        let setup = discord::Setup::new("Acme", face(&clock))
            .person(Person::named("sari").locale("id").zone("Asia/Jakarta").admin())
            .person(Person::named("budi").locale("en-GB").zone("Asia/Jakarta"))
            .person(Person::named("oliver").locale("en-GB").zone("Europe/London"))
            .room(Room::text("eng"))
            .room(Room::text("urgent"));
        let zones = [("sari", "Asia/Jakarta"), ("budi", "Asia/Jakarta"), ("oliver", "Europe/London")];
        Town::on_discord(clock, setup, &zones, database).await
    }
}

fn evening() -> Arc<VirtualClock> {
    Arc::new(VirtualClock::new("2026-11-23T13:00:00Z".parse().unwrap()))
}

const MORNING: &str = "2026-11-24T02:00:00Z";

/// Names people in #eng.
pub(crate) async fn writes(town: &Town, by: &Teammate, names: &[&str], text: &str) -> String {
    let message = match by {
        Teammate::Slack(person) => {
            let names: String = names.iter().map(|name| format!("@{name} ")).collect();
            person.says_in("#eng", &format!("{names}{text}"))
        }
        Teammate::Discord(user) => {
            let id = |name: &&str| format!("<@{}> ", town.day.discord().user(name).id());
            let names: String = names.iter().map(id).collect();
            user.says("#eng", &format!("{names}{text}")).to_string()
        }
    };
    town.day.quiet().await;
    if let Teammate::Discord(user) = by {
        // There the author is told in a direct message.
        user.goes_to("DM");
    }
    message
}

async fn presses(town: &Town, by: &Teammate, label: &str) -> String {
    by.clicks(label).await;
    town.day.quiet().await;
    by.all().pop().unwrap_or_default()
}

async fn sends_reason(town: &Town, by: &Teammate, reason: &str) -> String {
    let values = [("reason", reason)];
    match by {
        Teammate::Slack(person) => {
            person.waits_for_form().await;
            let sent = person.submits(values).await;
            town.day.quiet().await;
            assert!(sent.errors.is_empty(), "{sent:?}");
            person.form().unwrap().words.join("\n")
        }
        Teammate::Discord(user) => {
            user.form_soon().await;
            user.submits(&values);
            town.day.quiet().await;
            // Only they see it, among what else came meanwhile.
            user.sees().into_iter().rev().find(|seen| seen.ephemeral).unwrap().text
        }
    }
}

async fn what_can_wait_comes_in_their_hours(town: Town) {
    apply(&town.day, NORMS).await;
    let (sari, budi, oliver) = (town.user("sari"), town.user("budi"), town.user("oliver"));
    let before = (sari.dm().len(), budi.dm().len());
    writes(&town, &oliver, &["sari", "budi"], "is the *release* out? <!channel>").await;
    let told = presses(&town, &oliver, "Deliver in their hours").await;
    assert!(told.contains("number 1") && told.contains("number 2"), "{told}");
    // Once more is not twice.
    let again = presses(&town, &oliver, "Deliver in their hours").await;
    assert!(again.contains("there is nothing to do"), "{again}");
    let listed = {
        oliver.runs("/later list", &[]).await;
        town.day.quiet().await;
        oliver.all().pop().unwrap()
    };
    assert!(listed.contains('1') && listed.contains('2'), "{listed}");
    oliver.runs("/later cancel", &[("number", "2")]).await;
    town.day.quiet().await;
    town.day.until("2026-11-24T01:59:00Z").await;
    assert_eq!((sari.dm().len(), budi.dm().len()), before, "nothing is pushed to them");
    town.day.until(MORNING).await;
    let new: Vec<String> = sari.dm().into_iter().skip(before.0).chain(budi.dm().into_iter().skip(before.1)).collect();
    assert_eq!(new.len(), 1, "the other was taken back: {new:#?}");
    assert!(new[0].contains("oliver") && new[0].contains("#eng"), "{new:#?}");
    assert!(new[0].contains("is the *release* out?"), "{new:#?}");
    let way = ["Go to the message", "Buka pesannya"];
    assert!(way.iter().any(|label| new[0].contains(label)), "the way to the message: {new:#?}");
    town.day.end().await;
}

async fn what_its_author_deletes_is_delivered_to_nobody(town: Town) {
    apply(&town.day, NORMS).await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    let before = sari.dm().len();
    let message = writes(&town, &oliver, &["sari"], "never mind").await;
    presses(&town, &oliver, "Deliver in their hours").await;
    match &oliver {
        Teammate::Slack(person) => person.deletes(&message),
        Teammate::Discord(user) => user.deletes(message.parse().unwrap()),
    }
    town.day.quiet().await;
    town.day.until("2026-11-24T05:00:00Z").await;
    assert_eq!(sari.dm().len(), before);
    town.day.end().await;
}

async fn what_cannot_wait_reaches_them_at_night_and_is_on_record(town: Town) {
    apply(&town.day, NORMS).await;
    let (sari, budi, oliver) = (town.user("sari"), town.user("budi"), town.user("oliver"));
    let before = (sari.dm().len(), budi.dm().len());
    writes(&town, &oliver, &["sari"], "the page is down").await;
    presses(&town, &oliver, "It’s urgent").await;
    let sent = sends_reason(&town, &oliver, "Nobody can pay @everyone <!here>").await;
    assert!(sent.contains("the last of 1"), "{sent}");
    let new: Vec<String> = sari.dm().into_iter().skip(before.0).collect();
    assert_eq!((new.len(), budi.dm().len()), (1, before.1), "she alone is told, at 20:00: {new:?}");
    assert!(new[0].contains("tidak bisa menunggu") && new[0].contains("Nobody can pay"), "{new:?}");
    assert_eq!(budi.sees("Nobody can pay"), 1, "it is on record in #urgent: {:?}", budi.all());
    // Of one message once.
    let again = presses(&town, &oliver, "It’s urgent").await;
    assert!(again.contains("on record as urgent already"), "{again}");
    town.day.until(MORNING).await;
    assert_eq!((sari.reads("Nobody can pay"), budi.sees("Nobody can pay")), (1, 1));
    town.day.end().await;
}

async fn a_spent_budget_waits_for_their_hours(town: Town) {
    apply(&town.day, NORMS).await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    writes(&town, &oliver, &["sari"], "the first").await;
    presses(&town, &oliver, "It’s urgent").await;
    sends_reason(&town, &oliver, "it burns").await;
    town.day.until("2026-11-23T13:30:00Z").await;
    let before = sari.dm().len();
    writes(&town, &oliver, &["sari"], "the second").await;
    presses(&town, &oliver, "It’s urgent").await;
    let sent = sends_reason(&town, &oliver, "it burns again").await;
    assert!(sent.contains("are used") && sent.contains("number 1"), "{sent}");
    town.day.until("2026-11-24T01:59:00Z").await;
    assert_eq!(sari.dm().len(), before);
    town.day.until(MORNING).await;
    assert_eq!(sari.dm().len(), before + 1);
    assert_eq!(sari.sees("it burns again"), 0, "what did not pass is on no record");
    // On Monday there are new ones.
    town.day.until("2026-11-30T13:30:00Z").await;
    writes(&town, &oliver, &["sari"], "the third").await;
    presses(&town, &oliver, "It’s urgent").await;
    sends_reason(&town, &oliver, "a new week").await;
    assert_eq!(sari.reads("a new week"), 1, "{:?}", sari.dm());
    town.day.end().await;
}

async fn without_the_norm_nothing_is_urgent(town: Town) {
    apply(&town.day, NORMS).await;
    let oliver = town.user("oliver");
    writes(&town, &oliver, &["sari"], "the page is down").await;
    let nights = "[quiet_hours.nights]\nenforce = \"nudge\"\nnudge_again_after = \"1m\"\n";
    apply(&town.day, nights).await;
    let told = presses(&town, &oliver, "It’s urgent").await;
    assert!(told.contains("Nothing passes as urgent"), "{told}");
    town.day.until("2026-11-23T13:30:00Z").await;
    writes(&town, &oliver, &["sari"], "and again").await;
    let buttons = match &oliver {
        Teammate::Slack(person) => format!("{:?}", person.sees().last().unwrap()),
        Teammate::Discord(user) => format!("{:?}", user.dm().last().unwrap()),
    };
    assert!(!buttons.contains("urgent") && buttons.contains("Deliver in their hours"), "{buttons}");
    town.day.end().await;
}

/// Chooses an entry in the menu of a message.
async fn chooses(town: &Town, by: &Teammate, entry: (&str, &str), message: &str) {
    match by {
        Teammate::Slack(person) => drop(person.uses_shortcut(entry.0, message).await),
        Teammate::Discord(user) => user.points(message.parse().unwrap(), entry.1),
    }
    town.day.quiet().await;
}

const DELIVER: (&str, &str) = ("deliver", "Deliver in their hours");
const NO_REPLY: (&str, &str) = ("no_reply", "No reply needed");
const REPLY_BY: (&str, &str) = ("reply_by", "Reply by…");

async fn the_menu_of_a_message_is_its_authors(town: Town) {
    // No norm is live, and none is needed.
    let (sari, budi, oliver) = (town.user("sari"), town.user("budi"), town.user("oliver"));
    let before = sari.dm().len();
    let message = writes(&town, &oliver, &["sari"], "is the *release* out?").await;
    chooses(&town, &budi, DELIVER, &message).await;
    assert_eq!(budi.sees("Only the author of a message"), 1, "{:?}", budi.all());
    chooses(&town, &oliver, DELIVER, &message).await;
    assert_eq!(oliver.sees("Your message waits as number 1"), 1, "{:?}", oliver.all());
    let nobody = writes(&town, &oliver, &[], "just thinking").await;
    chooses(&town, &oliver, DELIVER, &nobody).await;
    assert_eq!(oliver.sees("This message names nobody"), 1, "{:?}", oliver.all());

    chooses(&town, &oliver, NO_REPLY, &message).await;
    chooses(&town, &oliver, NO_REPLY, &message).await;
    assert_eq!(budi.sees("No reply needed, says oliver"), 1, "said once: {:?}", budi.all());
    chooses(&town, &oliver, REPLY_BY, &nobody).await;
    answers(&oliver, "friday 14:00").await;
    town.day.quiet().await;
    // 14:00 in London is 21:00 in Jakarta.
    let shown: Vec<String> = budi.all().into_iter().filter(|text| text.contains("oliver wishes for a reply")).collect();
    assert!(shown.len() == 1 && (shown[0].contains("21:00") || shown[0].contains("9:00 PM")), "{shown:?}");
    town.day.until("2026-11-24T01:59:00Z").await;
    assert_eq!(sari.dm().len(), before, "nothing is pushed to her: {:?}", sari.dm());
    town.day.until(MORNING).await;
    let last = sari.dm().pop().unwrap();
    assert!(last.contains("is the *release* out?") && sari.dm().len() == before + 1, "{:?}", sari.dm());
    town.day.end().await;
}

async fn answers(by: &Teammate, when: &str) {
    match by {
        Teammate::Slack(person) => {
            person.waits_for_form().await;
            let sent = person.submits([("by", when)]).await;
            assert!(sent.errors.is_empty(), "{sent:?}");
        }
        Teammate::Discord(user) => {
            user.form_soon().await;
            user.submits(&[("by", when)]);
        }
    }
}

async fn a_time_in_the_text_is_shown_to_each_reader(town: Town) {
    let (budi, oliver) = (town.user("budi"), town.user("oliver"));
    writes(&town, &oliver, &[], "what do you think? [by friday 14:00]").await;
    writes(&town, &oliver, &[], "whatever [by someday]").await;
    // Without the message-content intent Discord shows the bot no text in which a time could stand.
    let shown: Vec<String> = budi.all().into_iter().filter(|text| text.contains("oliver wishes for a reply")).collect();
    assert_eq!(shown.len(), usize::from(town.is_slack()), "{:?}", budi.all());
    assert!(shown.iter().all(|text| text.contains("21:00") || text.contains("9:00 PM")), "{shown:?}");
    town.day.end().await;
}

#[tokio::test]
async fn where_discord_shows_no_words_what_comes_says_where_they_are() {
    let clock = evening();
    // Members, and no message content.
    let setup = discord::Setup::new("Acme", face(&clock))
        .privileged_intents(1 << 1)
        .person(Person::named("sari").locale("en-GB").zone("Asia/Jakarta").admin())
        .person(Person::named("oliver").locale("en-GB").zone("Europe/London"))
        .room(Room::text("eng"))
        .room(Room::text("urgent"));
    let zones = [("sari", "Asia/Jakarta"), ("oliver", "Europe/London")];
    let town = Town::on_discord(clock, setup, &zones, None).await;
    apply(&town.day, NORMS).await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    writes(&town, &oliver, &["sari"], "is it out?").await;
    presses(&town, &oliver, "Deliver in their hours").await;
    town.day.until(MORNING).await;
    let last = sari.dm().pop().unwrap();
    assert!(last.contains("jeda can’t read its words. They are in #eng"), "{last}");
    town.day.end().await;
}
