//! Stories of messages that a norm holds: taken back, kept, and posted again in their authors' names at an hour at which
//! somebody whom they name is at work.

use crate::{
    day::face,
    nudges::apply,
    town::{Town, stories},
};
use jeda_emulator::discord::{INVITED, MANAGE_MESSAGES, MANAGE_WEBHOOKS, Person, Room, Seen, Setup, User};
use jeda_emulator::fault::Fault;
use jeda_engine::VirtualClock;
use std::sync::Arc;

stories! { of crate::holds::Evening:
    a_message_at_night_is_posted_in_the_morning on discord;
    the_first_who_is_back_gets_it_and_the_others_in_their_own_hours on discord;
    what_waits_is_its_authors_to_change_and_to_drop on discord;
    what_its_author_posts_now_mentions_nobody_who_is_off on discord;
    what_cannot_wait_is_posted_at_once on discord;
    what_everyone_is_called_for_calls_nobody_at_night on discord;
    a_long_message_comes_in_pieces on discord;
    in_a_thread_it_comes_back_into_the_thread on discord;
    what_cannot_be_taken_back_stays_and_its_author_is_told on discord;
    a_lost_answer_takes_nothing_back_twice_and_loses_nothing on discord;
    a_lost_answer_posts_nothing_twice on discord;
    over_a_restart_it_waits_on on discord;
    a_webhook_that_is_deleted_is_made_anew on discord;
    what_cannot_be_posted_again_goes_back_whole on discord;
    whoever_leaves_keeps_nothing_from_coming on discord;
    norms_that_change_meanwhile_are_asked_anew on discord;
    whoever_takes_no_direct_messages_is_told_in_a_thread on discord;
    people_of_a_role_get_it_each_in_their_own_hours on discord;
    whoever_is_back_sooner_gets_it_sooner on discord;
    with_a_digest_the_others_find_it_there on discord;
    many_come_in_the_order_in_which_they_were_written on discord;
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
            .person(Person::named("sari").display("Sari W").locale("id").zone("Asia/Jakarta").role("jakarta").owner())
            .person(Person::named("budi").locale("en-GB").zone("Asia/Jakarta").role("jakarta"))
            .person(Person::named("nia").locale("en-US").zone("America/New_York"))
            .person(Person::named("oliver").display("Oliver Q").locale("en-GB").zone("Europe/London"))
            .role("jakarta")
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
    writes(&town, &oliver, &["sari"], "is the *release* out?").await;
    assert!(in_eng(&sari).is_empty(), "it is taken back: {:?}", in_eng(&sari));
    let told = last_dm(&oliver);
    // 9:00 on Tuesday in Jakarta is 2:00 in London.
    assert!(
        told.contains("Sari W is off until 24 November 2026 02:00") && told.contains("waits as number 1"),
        "{told}"
    );
    assert!(told.contains("is the *release* out?"), "{told}");
    town.day.until("2026-11-24T01:59:00Z").await;
    assert!(in_eng(&sari).is_empty() && sari.dm().len() == before, "nothing is pushed to her");
    town.day.until(JAKARTAS_MORNING).await;
    let [posted] = in_eng(&sari).try_into().unwrap();
    assert_eq!((posted.who.as_str(), posted.pings), ("Oliver Q", vec!["sari".to_owned()]), "in his name, to her alone");
    // As he wrote it: his markup is his own again.
    assert!(posted.text.contains("@Sari W is the release out?"), "{}", posted.text);
    assert!(posted.text.contains("written 23 November 2026 20:00, and held for their hours"), "{}", posted.text);
    assert_eq!(town.day.discord().webhooks("#eng"), 1);
    town.day.until(LONDONS_MORNING).await;
    assert_eq!(in_eng(&sari).len(), 1, "once");
    town.day.end().await;
}

async fn the_first_who_is_back_gets_it_and_the_others_in_their_own_hours(town: Town) {
    let (sari, nia, oliver) = (user(&town, "sari"), user(&town, "nia"), user(&town, "oliver"));
    let before = (sari.dm().len(), nia.dm().len());
    writes(&town, &oliver, &["sari", "nia"], "ready?").await;
    // 9:00 in New York is 14:00 UTC.
    town.day.until("2026-11-23T13:59:00Z").await;
    assert!(in_eng(&sari).is_empty());
    town.day.until("2026-11-23T14:00:00Z").await;
    let [posted] = in_eng(&sari).try_into().unwrap();
    assert_eq!(posted.pings, ["nia"], "Sari is off");
    town.day.until("2026-11-24T01:59:00Z").await;
    assert_eq!((sari.dm().len(), nia.dm().len()), before, "nothing is pushed to her");
    town.day.until(JAKARTAS_MORNING).await;
    let new: Vec<String> = sari.dm().into_iter().skip(before.0).map(|seen| seen.text).collect();
    assert_eq!((new.len(), nia.dm().len()), (1, before.1), "{new:?}");
    assert!(new[0].contains("Oliver Q") && new[0].contains("@nia ready?"), "{new:?}");
    assert!(new[0].contains("Buka pesannya"), "the way to it: {new:?}");
    assert_eq!(in_eng(&sari).len(), 1);
    town.day.end().await;
}

async fn runs(town: &Town, by: &User, line: &str) -> String {
    by.goes_to("#eng");
    by.runs(line);
    town.day.quiet().await;
    by.sees().into_iter().rev().find(|seen| seen.ephemeral).map(|seen| seen.text).unwrap_or_default()
}

async fn clicks(town: &Town, by: &User, label: &str) {
    by.goes_to("DM");
    by.clicks(label);
    town.day.quiet().await;
}

async fn what_waits_is_its_authors_to_change_and_to_drop(town: Town) {
    let (sari, budi, oliver) = (user(&town, "sari"), user(&town, "budi"), user(&town, "oliver"));
    let id = sari.id();
    for text in ["the first", "the second", "the third"] {
        writes(&town, &oliver, &["sari"], text).await;
    }
    let listed = runs(&town, &oliver, "/later list").await;
    for words in ["1 to #eng", "2 to #eng", "3 to #eng", "@Sari W the second"] {
        assert!(listed.contains(words), "{words}: {listed}");
    }
    let others = runs(&town, &budi, "/later list").await;
    assert!(others.contains("Nothing of yours waits"), "{others}");
    let edited = runs(&town, &oliver, &format!("/later edit number:1 text:<@{id}> other words")).await;
    assert!(edited.contains("is changed"), "{edited}");
    let dropped = runs(&town, &oliver, "/later cancel number:2").await;
    assert!(dropped.contains("is taken back") && dropped.contains("the second"), "{dropped}");
    // The button of the last word about one of them.
    clicks(&town, &oliver, "Take it back").await;
    town.day.until(LONDONS_MORNING).await;
    let texts: Vec<String> = in_eng(&sari).into_iter().map(|seen| seen.text).collect();
    assert_eq!(texts.len(), 1, "{texts:?}");
    assert!(texts[0].contains("@Sari W other words"), "{texts:?}");
    assert_eq!(in_eng(&sari)[0].pings, ["sari"]);
    let ended = runs(&town, &oliver, "/later show number:1").await;
    assert!(ended.contains("was delivered"), "{ended}");
    town.day.end().await;
}

async fn what_its_author_posts_now_mentions_nobody_who_is_off(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    let before = sari.dm().len();
    writes(&town, &oliver, &["sari"], "for the record").await;
    clicks(&town, &oliver, "Post it now").await;
    let [posted] = in_eng(&sari).try_into().unwrap();
    assert!(posted.pings.is_empty(), "{posted:?}");
    // And one by its number: the first one's copy for Sari is number 2.
    writes(&town, &oliver, &["sari"], "another").await;
    let said = runs(&town, &oliver, "/later now number:3").await;
    assert!(said.contains("goes to #eng now"), "{said}");
    assert_eq!(in_eng(&sari).len(), 2);
    town.day.until("2026-11-24T01:59:00Z").await;
    assert_eq!(sari.dm().len(), before, "nothing is pushed to her");
    town.day.until(JAKARTAS_MORNING).await;
    assert_eq!(sari.dm().len(), before + 2, "she gets both in her hours: {:?}", sari.dm());
    assert_eq!(in_eng(&sari).len(), 2);
    town.day.end().await;
}

async fn says_why(town: &Town, by: &User, reason: &str) {
    clicks(town, by, "It’s urgent").await;
    by.form_soon().await;
    by.submits(&[("reason", reason)]);
    town.day.quiet().await;
}

async fn what_cannot_wait_is_posted_at_once(town: Town) {
    let (sari, budi, oliver) = (user(&town, "sari"), user(&town, "budi"), user(&town, "oliver"));
    let before = sari.dm().len();
    writes(&town, &oliver, &["sari"], "the page is down").await;
    says_why(&town, &oliver, "Nobody can pay").await;
    let [posted] = in_eng(&sari).try_into().unwrap();
    assert_eq!(posted.pings, ["sari"], "by night: {posted:?}");
    assert!(last_dm(&sari).contains("Nobody can pay"), "{}", last_dm(&sari));
    assert_eq!(budi.sees_in("#urgent").len(), 1, "on record");
    // The week's one is used: the next waits on.
    writes(&town, &oliver, &["sari"], "and the other page").await;
    says_why(&town, &oliver, "too").await;
    let said = oliver.sees().into_iter().rev().find(|seen| seen.ephemeral).unwrap().text;
    assert!(said.contains("are used") && said.contains("waits as number 2"), "{said}");
    assert_eq!((in_eng(&sari).len(), sari.dm().len()), (1, before + 1));
    town.day.until(JAKARTAS_MORNING).await;
    assert_eq!((in_eng(&sari).len(), sari.dm().len()), (2, before + 1), "{:?}", sari.dm());
    town.day.end().await;
}

async fn what_everyone_is_called_for_calls_nobody_at_night(town: Town) {
    let (sari, nia, oliver) = (user(&town, "sari"), user(&town, "nia"), user(&town, "oliver"));
    // Who sees the channel is not known until somebody has called for everyone in it.
    let first = oliver.says("#eng", "@everyone hello");
    town.day.quiet().await;
    oliver.deletes(first);
    town.day.quiet().await;
    let before = nia.dm().len();
    oliver.says("#eng", "@everyone the office is closed");
    town.day.quiet().await;
    assert!(in_eng(&sari).is_empty(), "three of three are off: {:?}", in_eng(&sari));
    town.day.until("2026-11-23T14:00:00Z").await;
    let [posted] = in_eng(&sari).try_into().unwrap();
    assert!(posted.pings.is_empty() && posted.text.contains("@everyone the office is closed"), "{posted:?}");
    assert_eq!(nia.dm().len(), before, "she is at work and reads it there");
    town.day.until(JAKARTAS_MORNING).await;
    assert!(last_dm(&sari).contains("the office is closed"), "{:?}", sari.dm());
    town.day.end().await;
}

async fn a_long_message_comes_in_pieces(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    // What a paying member may write at once.
    let text = format!("{} <@{}> {}", "a long story. ".repeat(140), sari.id(), "and its end. ".repeat(140));
    oliver.says("#eng", &text);
    town.day.quiet().await;
    assert!(in_eng(&sari).is_empty());
    town.day.until(JAKARTAS_MORNING).await;
    let posted = in_eng(&sari);
    assert_eq!(posted.len(), 3, "{posted:?}");
    let pings: Vec<String> = posted.iter().flat_map(|seen| seen.pings.clone()).collect();
    assert_eq!(pings, ["sari"], "once");
    let words: String = posted.iter().map(|seen| seen.text.as_str()).collect();
    assert_eq!((words.matches("story").count(), words.matches("end.").count()), (140, 140));
    assert_eq!(words.matches("held for their hours").count(), 1);
    town.day.end().await;
}

async fn in_a_thread_it_comes_back_into_the_thread(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    let root = oliver.says("#eng", "about the release");
    town.day.quiet().await;
    oliver.opens_thread(root, "release");
    town.day.quiet().await;
    let first = oliver.says("release", "where were we?");
    town.day.quiet().await;
    oliver.replies_to(first, &format!("<@{}> any news?", sari.id()));
    town.day.quiet().await;
    assert_eq!(sari.sees_in("release").len(), 1, "{:?}", sari.sees_in("release"));
    town.day.until(JAKARTAS_MORNING).await;
    let there = sari.sees_in("release");
    assert_eq!(there.len(), 2, "{there:?}");
    assert_eq!((there[1].who.as_str(), &there[1].pings), ("Oliver Q", &vec!["sari".to_owned()]));
    assert!(there[1].text.contains("in answer to this"), "{}", there[1].text);
    town.day.end().await;
}

const DELETE: &str = "DELETE /channels/{channel_id}/messages/{message_id}";
const POST: &str = "POST /webhooks/{webhook_id}/{webhook_token}";

/// That it stays, and that its author is told so.
fn is_kept(oliver: &User, words: &str) {
    let there = in_eng(oliver);
    assert!(there.iter().any(|seen| seen.text.contains(words) && seen.who == "oliver"), "{there:?}");
    let told = last_dm(oliver);
    assert!(told.contains("jeda can’t take it back here, so it stays"), "{told}");
}

async fn what_cannot_be_taken_back_stays_and_its_author_is_told(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    // A file would go with its message.
    oliver.says_with_file("#eng", &format!("<@{}> the plan", sari.id()), "plan.pdf", 12_345);
    town.day.quiet().await;
    is_kept(&oliver, "the plan");
    // An edit: what it changes has been read.
    town.day.until("2026-11-23T18:00:00Z").await;
    let plain = oliver.says("#eng", "anybody there?");
    town.day.quiet().await;
    oliver.edits(plain, &format!("<@{}> are you there?", sari.id()));
    town.day.quiet().await;
    is_kept(&oliver, "are you there?");
    // Discord refuses it at the last moment.
    town.faults().next(1, DELETE, Fault::Refused("50013".into()));
    writes(&town, &oliver, &["sari"], "one more").await;
    is_kept(&oliver, "one more");
    let listed = runs(&town, &oliver, "/later list").await;
    assert!(listed.contains("Nothing of yours waits"), "{listed}");
    let said = runs(&town, &oliver, "/norms show").await;
    assert!(said.contains("Here a message that is held is taken back"), "{said}");
    // The bot may not manage messages here.
    town.day.discord().overwrites("eng", "bot", 0, MANAGE_MESSAGES);
    town.day.quiet().await;
    town.day.until("2026-11-23T22:00:00Z").await;
    writes(&town, &oliver, &["sari"], "and another").await;
    is_kept(&oliver, "and another");
    let said = runs(&town, &oliver, "/norms show").await;
    assert!(said.contains("it lacks Manage Messages, Manage Webhooks, or both"), "{said}");
    town.day.until(LONDONS_MORNING).await;
    let again = in_eng(&sari).into_iter().filter(|seen| seen.who == "Oliver Q").count();
    assert_eq!(again, 0, "nothing is posted again: {:?}", in_eng(&sari));
    town.day.end_with_dead(1).await;
}

async fn a_lost_answer_takes_nothing_back_twice_and_loses_nothing(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    for (nth, fault) in [Fault::AppliedThenCloses, Fault::Closes, Fault::Status(503)].into_iter().enumerate() {
        town.faults().next(1, DELETE, fault);
        writes(&town, &oliver, &["sari"], &format!("message {nth}")).await;
        town.day.until(&format!("2026-11-23T13:0{}:00Z", nth + 1)).await;
        assert!(in_eng(&sari).is_empty(), "it is taken back: {:?}", in_eng(&sari));
        assert!(last_dm(&oliver).contains(&format!("message {nth}")), "{}", last_dm(&oliver));
    }
    town.day.until(JAKARTAS_MORNING).await;
    assert_eq!(in_eng(&sari).len(), 3, "{:?}", in_eng(&sari));
    town.day.end().await;
}

async fn a_lost_answer_posts_nothing_twice(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    writes(&town, &oliver, &["sari"], "is it out?").await;
    writes(&town, &oliver, &["sari"], "is it out?").await;
    for fault in [Fault::AppliedThenCloses, Fault::Closes, Fault::Status(502)] {
        town.faults().next(1, POST, fault);
    }
    town.day.until("2026-11-24T02:10:00Z").await;
    assert_eq!(in_eng(&sari).len(), 2, "each once: {:?}", in_eng(&sari));
    town.day.end().await;
}

async fn over_a_restart_it_waits_on(town: Town) {
    let oliver = user(&town, "oliver");
    // It ends while it takes the message back, and finds it gone hours later.
    town.faults().next(1, DELETE, Fault::AppliedThenCloses);
    oliver.says("#eng", &format!("<@{}> is it out?", town.day.discord().user("sari").id()));
    town.day.quiet().await;
    let asleep = town.stop().await;
    asleep.night.until("2026-11-23T16:00:00Z");
    let town = asleep.start().await;
    town.day.quiet().await;
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    assert!(last_dm(&oliver).contains("waits as number 1"), "{}", last_dm(&oliver));
    // It ends again, and the morning comes without it.
    let asleep = town.stop().await;
    asleep.night.until("2026-11-24T02:30:00Z");
    let town = asleep.start().await;
    town.day.quiet().await;
    assert_eq!(in_eng(&sari).len(), 1, "{:?}", in_eng(&sari));
    town.day.end().await;
}

async fn a_webhook_that_is_deleted_is_made_anew(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    writes(&town, &oliver, &["sari"], "the first").await;
    clicks(&town, &oliver, "Post it now").await;
    writes(&town, &oliver, &["sari"], "the second").await;
    assert_eq!(town.day.discord().deletes_webhooks("#eng"), 1);
    town.day.until(JAKARTAS_MORNING).await;
    assert_eq!((in_eng(&sari).len(), town.day.discord().webhooks("#eng")), (2, 1));
    town.day.end().await;
}

async fn what_cannot_be_posted_again_goes_back_whole(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    writes(&town, &oliver, &["sari"], &"a long story. ".repeat(200)).await;
    town.day.discord().overwrites("eng", "bot", 0, MANAGE_WEBHOOKS);
    town.day.quiet().await;
    let before = oliver.dm().len();
    town.day.until(JAKARTAS_MORNING).await;
    assert!(in_eng(&sari).is_empty());
    // In his own hours.
    assert_eq!(oliver.dm().len(), before);
    town.day.until(LONDONS_MORNING).await;
    let back: String = oliver.dm().into_iter().skip(before).map(|seen| seen.text).collect();
    assert!(back.contains("was held and could not be posted there again"), "{back}");
    assert_eq!(back.matches("story").count(), 200, "every word");
    let ended = runs(&town, &oliver, "/later show number:1").await;
    assert!(ended.contains("You got it back"), "{ended}");
    // And when its channel goes.
    town.day.discord().overwrites("eng", "bot", MANAGE_WEBHOOKS, 0);
    town.day.quiet().await;
    writes(&town, &oliver, &["nia"], "for a channel that goes").await;
    town.day.discord().deletes_channel("eng");
    town.day.quiet().await;
    town.day.until("2026-11-24T16:00:00Z").await;
    assert!(last_dm(&oliver).contains("for a channel that goes"), "{}", last_dm(&oliver));
    town.day.end_with_dead(1).await;
}

async fn whoever_leaves_keeps_nothing_from_coming(town: Town) {
    let (sari, budi, oliver) = (user(&town, "sari"), user(&town, "budi"), user(&town, "oliver"));
    writes(&town, &oliver, &["budi"], "for somebody who leaves").await;
    writes(&town, &oliver, &["sari"], "from somebody who leaves").await;
    budi.leaves();
    town.day.quiet().await;
    // Nobody is off any more whom it names: it comes at the next look.
    town.day.until("2026-11-23T14:01:00Z").await;
    assert_eq!(in_eng(&sari).len(), 1, "{:?}", in_eng(&sari));
    oliver.leaves();
    town.day.quiet().await;
    town.day.until(JAKARTAS_MORNING).await;
    assert_eq!(in_eng(&sari).len(), 2, "{:?}", in_eng(&sari));
    town.day.end().await;
}

async fn norms_that_change_meanwhile_are_asked_anew(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    let before = sari.dm().len();
    writes(&town, &oliver, &["sari"], "is it out?").await;
    apply(&town.day, "[quiet_hours.nights]\nenforce = \"off\"\n").await;
    town.day.until("2026-11-23T14:01:00Z").await;
    let [posted] = in_eng(&sari).try_into().unwrap();
    assert!(posted.pings.is_empty(), "it is night for her whatever the norms say: {posted:?}");
    town.day.until("2026-11-24T01:59:00Z").await;
    assert_eq!(sari.dm().len(), before);
    town.day.until(JAKARTAS_MORNING).await;
    assert_eq!(sari.dm().len(), before + 1);
    town.day.end().await;
}

async fn whoever_takes_no_direct_messages_is_told_in_a_thread(town: Town) {
    let (budi, oliver) = (user(&town, "budi"), user(&town, "oliver"));
    oliver.refuses_direct_messages(true);
    writes(&town, &oliver, &["sari"], "is it out?").await;
    let told: Vec<Seen> = oliver.sees().into_iter().filter(|seen| seen.text.contains("waits as number 1")).collect();
    assert!(told.len() == 1 && told[0].place.starts_with("#eng › "), "{told:?}");
    assert!(!budi.sees().iter().any(|seen| seen.text.contains("waits as number")), "his thread is private");
    // What can't be posted again comes back there, too.
    town.day.discord().overwrites("eng", "bot", 0, MANAGE_WEBHOOKS);
    town.day.quiet().await;
    town.day.until(LONDONS_MORNING).await;
    let back: Vec<Seen> = oliver.sees().into_iter().filter(|seen| seen.text.contains("could not be posted")).collect();
    assert!(back.len() == 1 && back[0].text.contains("is it out?"), "{back:?}");
    town.day.end_with_dead(2).await;
}

async fn people_of_a_role_get_it_each_in_their_own_hours(town: Town) {
    let (sari, budi, oliver) = (user(&town, "sari"), user(&town, "budi"), user(&town, "oliver"));
    let role = town.day.discord().role_id("jakarta");
    // Who has the role is not known until somebody has mentioned it.
    let first = oliver.says("#eng", &format!("<@&{role}> hello"));
    town.day.quiet().await;
    oliver.deletes(first);
    town.day.quiet().await;
    let before = (sari.dm().len(), budi.dm().len());
    oliver.says("#eng", &format!("<@&{role}> the plan is there"));
    town.day.quiet().await;
    assert!(in_eng(&sari).is_empty(), "{:?}", in_eng(&sari));
    budi.runs("/hours hours:Asia/Jakarta mon-fri 10:00-17:00");
    town.day.quiet().await;
    town.day.until(JAKARTAS_MORNING).await;
    let [posted] = in_eng(&sari).try_into().unwrap();
    assert!(posted.pings.is_empty(), "Budi is off: {posted:?}");
    assert_eq!((sari.dm().len(), budi.dm().len()), (before.0 + 1, before.1));
    town.day.until("2026-11-24T03:00:00Z").await;
    assert_eq!((sari.dm().len(), budi.dm().len()), (before.0 + 1, before.1 + 1), "{:?}", budi.dm());
    town.day.end().await;
}

async fn whoever_is_back_sooner_gets_it_sooner(town: Town) {
    let (sari, oliver) = (user(&town, "sari"), user(&town, "oliver"));
    writes(&town, &oliver, &["sari"], "is it out?").await;
    town.day.until("2026-11-23T15:30:00Z").await;
    sari.runs("/hours hours:Asia/Jakarta mon-fri 22:00-23:59");
    town.day.quiet().await;
    town.day.until("2026-11-23T16:05:00Z").await;
    assert_eq!(in_eng(&sari).pop().unwrap().pings, ["sari"], "within the hour");
    town.day.end().await;
}

async fn many_come_in_the_order_in_which_they_were_written(town: Town) {
    let (sari, oliver, nia) = (user(&town, "sari"), user(&town, "oliver"), user(&town, "nia"));
    for nth in 0..24 {
        let by = if nth % 2 == 0 { &oliver } else { &nia };
        by.says("#eng", &format!("<@{}> number {nth:02}", sari.id()));
    }
    town.day.quiet().await;
    assert!(in_eng(&sari).is_empty(), "{:?}", in_eng(&sari));
    town.day.until(JAKARTAS_MORNING).await;
    let texts: Vec<String> = in_eng(&sari).into_iter().map(|seen| seen.text).collect();
    assert_eq!(texts.len(), 24);
    for who in 0..2 {
        let theirs: Vec<&String> = texts.iter().enumerate().filter(|(nth, _)| nth % 2 == who).map(|it| it.1).collect();
        assert!(theirs.is_sorted(), "{texts:#?}");
    }
    town.day.end().await;
}

async fn with_a_digest_the_others_find_it_there(town: Town) {
    apply(&town.day, &format!("{NORMS}\n[digest.mornings]\nenforce = \"nudge\"\n")).await;
    let (sari, nia, oliver) = (user(&town, "sari"), user(&town, "nia"), user(&town, "oliver"));
    let before = (sari.dm().len(), nia.dm().len());
    writes(&town, &oliver, &["sari", "nia"], "ready?").await;
    // What stays is found there, too, and what nobody may see yet isn't.
    town.faults().next(1, DELETE, Fault::Refused("50013".into()));
    writes(&town, &oliver, &["sari"], "this stays").await;
    town.day.until(JAKARTAS_MORNING).await;
    assert_eq!(in_eng(&sari).len(), 2, "{:?}", in_eng(&sari));
    let new: Vec<String> = sari.dm().into_iter().skip(before.0).map(|seen| seen.text).collect();
    assert_eq!((new.len(), nia.dm().len()), (1, before.1), "one digest: {new:#?}");
    assert_eq!((new[0].matches("ready?").count(), new[0].matches("this stays").count()), (1, 1), "{new:#?}");
    town.day.until(LONDONS_MORNING).await;
    assert_eq!(sari.dm().len(), before.0 + 1);
    town.day.end_with_dead(1).await;
}
