//! Stories of messages that a norm holds: taken back, kept, and posted again in their authors' names at an hour at which
//! somebody whom they name is at work.

use crate::{
    day::face,
    nudges::apply,
    town::{Town, stories},
};
use jeda_emulator::discord::{INVITED, MANAGE_MESSAGES, MANAGE_WEBHOOKS, Person, Room, Seen, Setup, User};
use jeda_engine::VirtualClock;
use std::sync::Arc;

stories! { of crate::holds::Evening:
    a_message_at_night_is_posted_in_the_morning on discord;
}

const NORMS: &str = r##"
[quiet_hours.nights]
enforce = "hold"

[urgent.support]
enforce = "hold"
budget_per_week = 1
record = "#urgent"
"##;

/// 9:00 in Jakarta, and in London.
const JAKARTAS_MORNING: &str = "2026-11-24T02:00:00Z";
const LONDONS_MORNING: &str = "2026-11-24T09:00:00Z";

/// Sari and Budi in Jakarta, where it is 20:00 on a Monday, and Nia in New York, where it is 8:00; Oliver in London, where
/// it is 13:00. Sari reads Indonesian.
pub(crate) struct Evening;

impl Evening {
    pub(crate) async fn discord(database: Option<String>) -> Town {
        Self::with(|setup| setup, database).await
    }

    /// The same with something else about the server.
    async fn with(change: impl FnOnce(Setup) -> Setup, database: Option<String>) -> Town {
        let clock = Arc::new(VirtualClock::new("2026-11-23T13:00:00Z".parse().unwrap()));
        let setup = Setup::new("Acme", face(&clock))
            .bot_permissions(INVITED | MANAGE_MESSAGES | MANAGE_WEBHOOKS)
            .person(Person::named("sari").display("Sari W").locale("id").zone("Asia/Jakarta").admin())
            .person(Person::named("budi").locale("en-GB").zone("Asia/Jakarta"))
            .person(Person::named("nia").locale("en-US").zone("America/New_York"))
            .person(Person::named("oliver").display("Oliver Q").locale("en-GB").zone("Europe/London"))
            .room(Room::text("eng"))
            .room(Room::text("urgent"));
        let zones = [
            ("sari", "Asia/Jakarta"),
            ("budi", "Asia/Jakarta"),
            ("nia", "America/New_York"),
            ("oliver", "Europe/London"),
        ];
        let reads: jeda::stage::Settings = |config| config.discord.message_content = true;
        let town = Town::on_discord_with(clock, change(setup), &zones, database, reads).await;
        apply(&town.day, NORMS).await;
        town
    }
}

fn user(town: &Town, name: &str) -> User {
    let user = town.day.discord().user(name);
    user.goes_to("#eng");
    user
}

/// Names people in #eng.
async fn writes(town: &Town, by: &User, names: &[&str], text: &str) -> u64 {
    let names: String = names.iter().map(|name| format!("<@{}> ", town.day.discord().user(name).id())).collect();
    let message = by.says("#eng", &format!("{names}{text}"));
    town.day.quiet().await;
    message
}

/// What stands in #eng, without what the bot says to one person alone.
fn in_eng(reader: &User) -> Vec<Seen> {
    reader.sees_in("#eng").into_iter().filter(|seen| !seen.ephemeral && seen.who != "jeda").collect()
}

fn last_dm(reader: &User) -> String {
    reader.dm().pop().map(|seen| seen.text).unwrap_or_default()
}

async fn a_message_at_night_is_posted_in_the_morning(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    let before = sari.dm().len();
    writes(&town, &oliver, &["sari"], "is the *release* out? @everyone <#1>").await;
    assert!(in_eng(&sari).is_empty(), "it is taken back: {:?}", in_eng(&sari));
    let told = last_dm(&oliver);
    // 9:00 on Tuesday in Jakarta is 2:00 in London.
    assert!(told.contains("Sari W is off until tomorrow 02:00") && told.contains("waits as number 1"), "{told}");
    assert!(told.contains("is the *release* out?"), "{told}");
    town.day.until("2026-11-24T01:59:00Z").await;
    assert!(in_eng(&sari).is_empty() && sari.dm().len() == before, "nothing is pushed to her");
    town.day.until(JAKARTAS_MORNING).await;
    let [posted] = in_eng(&sari).try_into().unwrap();
    assert_eq!((posted.who.as_str(), posted.pings), ("Oliver Q", vec!["sari".to_owned()]), "in his name, to her alone");
    assert!(
        posted.text.contains("@Sari W is the *release* out?") || posted.text.contains("release"),
        "{}",
        posted.text
    );
    assert!(posted.text.contains("held for their hours"), "{}", posted.text);
    assert_eq!(town.day.discord().webhooks("#eng"), 1);
    town.day.until(LONDONS_MORNING).await;
    assert_eq!(in_eng(&sari).len(), 1, "once");
    town.day.end().await;
}
