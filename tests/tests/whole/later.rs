//! Stories of messages that wait for their reader's hours, told on both platforms and both databases.

use crate::town::{Teammate, Town, stories};
use jeda_core::{
    limit::LATER_CHARS_MAX,
    snapshot::{Need, Scope},
};
use jeda_emulator::fault::Fault;

stories! {
    a_message_of_the_night_comes_in_the_morning_and_pings_nobody on slack and discord;
    a_message_whose_answer_was_lost_comes_once on slack and discord;
    a_message_whose_answer_was_lost_can_not_be_taken_back_any_more on slack and discord;
    leave_that_began_meanwhile_is_waited_for on slack and discord;
    what_its_author_changes_and_takes_back on slack and discord;
    a_channel_gets_it_at_its_time_and_what_it_cannot_get_comes_back on slack and discord;
    whoever_has_left_gets_nothing_and_its_author_gets_it_back on slack and discord;
    what_waited_outlives_the_bot on slack and discord;
}

/// Sari's nine o'clock and Oliver's.
const SARIS_MORNING: &str = "2026-11-23T02:00:00Z";
const OLIVERS_MORNING: &str = "2026-11-23T09:00:00Z";
/// When all that a story waits for is over.
const NEXT_WEEK: &str = "2026-12-01T12:00:00Z";

impl Town {
    /// Has somebody write something for later, as one does on their platform.
    async fn writes(&self, who: &Teammate, to: &str, text: &str, when: Option<&str>) {
        if let Teammate::Slack(person) = who {
            let when = when.map(|when| format!("when=\"{when}\" ")).unwrap_or_default();
            person.runs_in("#eng", &format!("/later {to} {when}{text}")).await;
        } else {
            let to = (if to.starts_with('#') { "channel" } else { "to" }, to);
            let mut arguments = vec![to, ("text", text)];
            arguments.extend(when.map(|when| ("when", when)));
            who.runs("/later send", &arguments).await;
        }
        self.day.quiet().await;
    }

    /// Runs a command about what waits, and returns what its author is told.
    async fn says(&self, who: &Teammate, command: &str, arguments: &[(&str, &str)]) -> String {
        who.runs(command, arguments).await;
        self.day.quiet().await;
        who.all().pop().unwrap()
    }

    /// Words of members that are kept of messages that waited.
    async fn words_kept(&self) -> usize {
        let store = self.day.stage().bot().engine().store();
        let workspace = store.workspaces().await.unwrap()[0].id.clone();
        let members = store.load(&Scope { workspace: workspace.clone(), needs: [Need::Members].into() }).await.unwrap();
        let needs = members.members.into_keys().map(Need::LatersOf).collect();
        let seen = store.load(&Scope { workspace, needs }).await.unwrap();
        seen.laters.values().filter(|later| later.letter().is_some()).count()
    }
}

async fn a_message_of_the_night_comes_in_the_morning_and_pings_nobody(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    // As long as may be, of what every platform escapes.
    let long: String = "<!channel> @everyone *x* _y_ `z` & > <".chars().cycle().take(LATER_CHARS_MAX - 4).collect();
    town.writes(&oliver, "@sari", &format!("{long} end"), None).await;
    let told = oliver.all().pop().unwrap();
    assert!(told.contains("Your message waits as number 1") && told.contains("Monday 23 November, 9:00"), "{told}");
    town.writes(&oliver, "@sari", "a second one", None).await;
    assert_eq!(town.words_kept().await, 2);
    town.day.until("2026-11-23T01:59:59Z").await;
    assert_eq!(sari.reads("oliver"), 0, "she is off: {:?}", sari.dm());
    town.day.until(SARIS_MORNING).await;
    assert_eq!((sari.reads("Dari"), sari.reads(" end"), sari.reads("a second one")), (2, 1, 1), "{:#?}", sari.dm());
    assert!(sari.reads("oliver") == 2, "{:#?}", sari.dm());
    let place = |words: &str| sari.dm().iter().position(|text| text.contains(words)).unwrap();
    assert!(place(" end") < place("a second one"), "in the order in which they were written");
    assert_eq!(town.words_kept().await, 0, "what was delivered is kept nowhere");

    // She is at work now, and he is not.
    town.writes(&sari, "@oliver", "Good morning", None).await;
    town.day.until("2026-11-23T08:59:59Z").await;
    assert_eq!(oliver.reads("Good morning"), 0);
    town.day.until(OLIVERS_MORNING).await;
    assert_eq!((oliver.reads("Good morning"), oliver.reads("From")), (1, 1), "{:#?}", oliver.dm());
    town.writes(&oliver, "@sari", "You are there", None).await;
    assert_eq!(sari.reads("You are there"), 1, "it is 16:00 in Jakarta");
    town.day.until(NEXT_WEEK).await;
    assert_eq!((sari.reads("oliver"), oliver.reads("From")), (3, 1));
    town.day.end().await;
}

async fn a_message_whose_answer_was_lost_comes_once(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.writes(&oliver, "@sari", "Once & <only>", None).await;
    town.writes(&oliver, "#ops", "Once for *all*", Some("monday 9:00")).await;
    town.faults().tolerate(true);
    town.faults().next(1, town.posting(), Fault::AppliedThenCloses);
    town.day.until(SARIS_MORNING).await;
    town.day.until("2026-11-23T08:00:00Z").await;
    assert_eq!(town.faults().pending(), 0);
    assert_eq!(sari.reads("Once & <only>"), 1, "{:?}", sari.dm());
    town.faults().next(1, town.posting(), Fault::AppliedThenCloses);
    town.day.until(NEXT_WEEK).await;
    assert_eq!(sari.sees("Once for *all*"), 1, "{:?}", sari.all());
    assert_eq!(town.words_kept().await, 0);
    town.day.end().await;
}

async fn a_message_whose_answer_was_lost_can_not_be_taken_back_any_more(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.writes(&oliver, "@sari", "It is out", None).await;
    town.faults().tolerate(true);
    town.faults().next(1, town.posting(), Fault::AppliedThenCloses);
    // The platform is asked some seconds later whether it arrived.
    town.day.until(SARIS_MORNING).await;
    assert_eq!(sari.reads("It is out"), 1, "{:?}", sari.dm());
    let number = [("number", "1")];
    let said = town.says(&oliver, "/later cancel", &number).await;
    assert!(said.contains("Number 1 is going out at this moment"), "{said}");
    town.says(&oliver, "/later edit", &[("number", "1"), ("text", "Something else")]).await;
    // Nor does a change of her hours send it a second time.
    sari.runs("/hours", &[("hours", "mon-fri 8:00-16:00")]).await;
    town.day.until("2026-11-23T03:00:00Z").await;
    let said = town.says(&oliver, "/later cancel", &number).await;
    assert!(said.contains("Number 1 was delivered"), "{said}");
    town.day.until(NEXT_WEEK).await;
    assert_eq!((sari.reads("It is out"), sari.reads("Something else")), (1, 0));
    town.day.end().await;
}

async fn leave_that_began_meanwhile_is_waited_for(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.writes(&oliver, "@sari", "When you are back", None).await;
    sari.runs("/away", &[("until", "friday")]).await;
    town.day.quiet().await;
    let list = town.says(&oliver, "/later list", &[]).await;
    assert!(list.contains("27") && list.contains("When you are back"), "{list}");
    town.day.until("2026-11-25T04:00:00Z").await;
    assert_eq!(sari.reads("When you are back"), 0);
    // She is back sooner than she said, in the middle of her day.
    sari.runs("/back", &[]).await;
    town.day.quiet().await;
    assert_eq!(sari.reads("When you are back"), 1, "{:?}", sari.dm());
    town.day.until(NEXT_WEEK).await;
    assert_eq!(sari.reads("When you are back"), 1);
    town.day.end().await;
}

async fn what_its_author_changes_and_takes_back(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.writes(&oliver, "@sari", "First words", None).await;
    town.writes(&oliver, "@sari", "To be dropped", None).await;
    town.writes(&oliver, "@sari", "To be dropped by button", None).await;
    oliver.clicks("Take it back").await;
    town.day.quiet().await;
    let said = oliver.all().pop().unwrap();
    assert!(said.contains("Number 3") && said.contains("To be dropped by button"), "{said}");
    let said = town.says(&oliver, "/later cancel", &[("number", "2")]).await;
    assert!(said.contains("taken back") && said.contains("To be dropped"), "{said}");
    let said = town.says(&sari, "/later cancel", &[("number", "1")]).await;
    assert!(said.contains("Tidak ada pesan Anda dengan nomor"), "nobody touches another's: {said}");
    let said = town.says(&oliver, "/later now", &[("number", "1")]).await;
    assert!(said.contains("is off until"), "{said}");
    town.says(&oliver, "/later edit", &[("number", "1"), ("text", "Other words"), ("when", "14:00")]).await;
    let list = town.says(&oliver, "/later list", &[]).await;
    assert!(list.contains("Other words") && !list.contains("To be dropped"), "{list}");
    town.day.until("2026-11-23T06:59:59Z").await;
    assert_eq!(sari.reads("words"), 0, "not before 14:00 in Jakarta: {:?}", sari.dm());
    town.day.until(NEXT_WEEK).await;
    assert_eq!((sari.reads("Other words"), sari.reads("First"), sari.reads("dropped")), (1, 0, 0), "{:?}", sari.dm());
    let said = town.says(&oliver, "/later show", &[("number", "1")]).await;
    assert!(said.contains("Number 1 was delivered"), "{said}");
    town.day.end().await;
}

async fn a_channel_gets_it_at_its_time_and_what_it_cannot_get_comes_back(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.writes(&oliver, "#ops", "Who joins the demo? @everyone", Some("monday 10:15")).await;
    town.writes(&oliver, "#ops", "Nobody reads this", Some("tuesday 20:00")).await;
    town.day.until("2026-11-23T10:14:59Z").await;
    assert_eq!(sari.sees("Who joins the demo?"), 0);
    town.day.until("2026-11-23T10:15:00Z").await;
    assert_eq!(sari.sees("Who joins the demo?"), 1, "{:?}", sari.all());
    assert!(sari.sees("oliver wrote this for here") == 1, "{:?}", sari.all());
    if town.is_slack() {
        town.day.slack().archives("#ops");
    } else {
        town.day.discord().mutes_bot_in("#ops", true);
    }
    town.day.until("2026-11-24T20:30:00Z").await;
    assert_eq!(oliver.reads("Nobody reads this"), 0, "he is off by then");
    town.day.until("2026-11-25T09:00:00Z").await;
    assert_eq!(oliver.reads("Nobody reads this"), 1, "{:?}", oliver.dm());
    assert_eq!(oliver.reads("could not be delivered"), 1);
    assert_eq!((sari.sees("Nobody reads this"), town.words_kept().await), (0, 0));
    town.day.until(NEXT_WEEK).await;
    town.day.end().await;
}

async fn whoever_has_left_gets_nothing_and_its_author_gets_it_back(town: Town) {
    let oliver = town.user("oliver");
    town.writes(&oliver, "@sari", "Are you there?", None).await;
    match town.user("sari") {
        Teammate::Slack(sari) => sari.is_deactivated(),
        Teammate::Discord(sari) => sari.leaves(),
    }
    town.day.until("2026-11-23T08:59:59Z").await;
    assert_eq!(oliver.reads("Are you there?"), 0, "it failed at two in the night: {:?}", oliver.dm());
    town.day.until(OLIVERS_MORNING).await;
    assert_eq!((oliver.reads("Are you there?"), oliver.reads("no longer here")), (1, 1), "{:?}", oliver.dm());
    assert_eq!(town.words_kept().await, 0);
    town.day.until(NEXT_WEEK).await;
    town.day.end().await;
}

async fn what_waited_outlives_the_bot(town: Town) {
    let oliver = town.user("oliver");
    town.writes(&oliver, "@sari", "After the storm", None).await;
    town.writes(&oliver, "#ops", "Good evening", Some("monday 17:30")).await;
    let asleep = town.stop().await;
    asleep.night.until("2026-11-23T22:00:00Z");
    let town = asleep.start().await;
    let sari = town.user("sari");
    assert_eq!(
        (sari.reads("After the storm"), sari.sees("Good evening")),
        (0, 0),
        "it is night for her, and for the team"
    );
    town.day.until("2026-11-24T02:00:00Z").await;
    assert_eq!((sari.reads("After the storm"), sari.sees("Good evening")), (1, 0));
    town.day.until(NEXT_WEEK).await;
    assert_eq!((sari.reads("After the storm"), sari.sees("Good evening")), (1, 1));
    town.day.end().await;
}

#[tokio::test]
async fn on_slack_it_is_written_as_one_would_say_it() {
    let town = Town::slack(None).await;
    let (sari, oliver) = (town.day.slack().user("sari"), town.day.slack().user("oliver"));
    for line in [
        "/later @sari is it “done”?  when: you know, @oliver and #ops",
        "/later #eng when=\"monday 9:30\" Stand by",
        "/later @sari And tomorrow when=tuesday 10:00",
    ] {
        oliver.runs_in("#eng", line).await;
        town.day.quiet().await;
    }
    oliver.runs_in("#eng", "/later").await;
    town.day.quiet().await;
    let list = oliver.sees_in("#eng").pop().unwrap().text;
    assert_eq!(list.matches("\n").count(), 4, "a title, three lines, and how to go on: {list}");
    town.day.until(SARIS_MORNING).await;
    let read: Vec<String> = sari.dm().into_iter().map(|seen| seen.text).collect();
    assert!(read[0].contains("is it “done”?  when: you know, @oliver and #ops"), "{read:?}");
    town.day.until("2026-11-24T03:00:00Z").await;
    assert_eq!(sari.dm().len(), 2);
    assert_eq!(sari.sees_in("#eng").iter().filter(|seen| seen.text.contains("Stand by")).count(), 1);
    town.day.end().await;
}

#[tokio::test]
async fn on_discord_nobody_speaks_through_jeda_where_they_may_not() {
    let town = Town::discord(None).await;
    let (discord, oliver) = (town.day.discord(), town.user("oliver"));
    // He reads the channel and may not write there; jeda may.
    discord.overwrites("#ops", "oliver", 0, 1 << 11);
    town.day.quiet().await;
    let said = town.says(&oliver, "/later send", &[("channel", "#ops"), ("text", "An announcement")]).await;
    assert!(said.contains("You can’t write in") && said.contains("yourself"), "{said}");
    assert_eq!(town.words_kept().await, 0);
    // Somebody who accepts no direct messages any more: its author has it back, and cannot be given it, either.
    let sari = discord.user("sari");
    town.writes(&oliver, "@sari", "Hello?", None).await;
    sari.refuses_direct_messages(true);
    let Teammate::Discord(author) = &oliver else { panic!("this is Discord") };
    town.day.until("2026-11-23T08:00:00Z").await;
    assert_eq!(oliver.reads("Hello?"), 0);
    author.refuses_direct_messages(true);
    town.day.until("2026-11-23T10:00:00Z").await;
    let list = town.says(&oliver, "/later list", &[]).await;
    assert!(list.contains("could not be delivered: Hello?"), "{list}");
    let said = town.says(&oliver, "/later cancel", &[("number", "1")]).await;
    assert!(said.contains("Hello?"), "{said}");
    assert_eq!(town.words_kept().await, 0);
    town.day.until(NEXT_WEEK).await;
    town.day.end_with_dead(2).await;
}
