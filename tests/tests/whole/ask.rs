//! Stories of questions with a time to answer, told on both platforms and both databases.

use crate::town::{Teammate, Town, stories};
use jeda_core::{
    ask::{Ask, State},
    snapshot::{Need, Scope},
};
use jeda_emulator::fault::Fault;

stories! {
    a_question_is_answered_by_the_button_and_its_asker_reads_one_summary on slack and discord;
    a_question_is_answered_in_its_thread_changed_and_taken_back on slack and discord;
    whoever_has_not_answered_is_reminded_once_in_their_hours on slack and discord;
    whoever_goes_on_leave_has_their_time_after_it on slack and discord;
    a_question_that_is_taken_back_says_so on slack and discord;
    a_question_that_can_not_be_posted_comes_back on slack and discord;
    a_question_whose_answer_was_lost_is_posted_once_and_outlives_the_bot on slack and discord;
}

/// 16:00 in Jakarta, 9:00 in London.
const BOTH_WORK: &str = "2026-11-23T09:00:00Z";
/// What a reminder says in Sari's language, and nothing else does.
const REMINDER: &str = "satu-satunya pengingat";
/// When all that a story waits for is over.
const NEXT_WEEK: &str = "2026-12-02T12:00:00Z";

impl Town {
    /// Has somebody ask something in #eng, as one does on their platform, and returns what they are told.
    async fn asks(&self, who: &Teammate, whom: &str, text: &str, by: &str) -> String {
        if let Teammate::Slack(person) = who {
            person.runs_in("#eng", &format!("/ask {whom} {text} by {by}")).await;
        } else {
            who.runs("/ask", &[("who", whom), ("text", text), ("by", by)]).await;
        }
        self.day.quiet().await;
        who.all().into_iter().rfind(|text| text.contains("number") || text.contains("nomor")).unwrap_or_default()
    }

    /// The only question there is.
    async fn question(&self) -> Ask {
        let store = self.day.stage().bot().engine().store();
        let workspace = store.workspaces().await.unwrap()[0].id.clone();
        let members = store.load(&Scope { workspace: workspace.clone(), needs: [Need::Members].into() }).await.unwrap();
        let needs = members.members.into_keys().map(|user| Need::AskNumber(user, 1)).collect();
        let seen = store.load(&Scope { workspace, needs }).await.unwrap();
        seen.asks.into_values().next().expect("somebody asked")
    }
}

impl Teammate {
    /// Fills in the answer's form, which has come.
    async fn sends_answer(&self, text: &str) {
        match self {
            Self::Slack(person) => {
                person.waits_for_form().await;
                let sent = person.submits([("answer", text)]).await;
                assert!(sent.errors.is_empty(), "{sent:?}");
            }
            Self::Discord(user) => {
                user.form_soon().await;
                user.submits(&[("answer", text)]);
            }
        }
    }

    /// Writes under the question: on Slack in its thread, on Discord as a reply. The message's name.
    async fn writes_under(&self, ask: &Ask, text: &str) -> String {
        let root = ask.posted.as_ref().expect("it is posted").message.as_str();
        match self {
            Self::Slack(person) => person.replies_in_thread(root, text),
            Self::Discord(user) => user.replies_to(root.parse().unwrap(), text).to_string(),
        }
    }

    async fn edits(&self, message: &str, text: &str) {
        match self {
            Self::Slack(person) => person.edits(message, text),
            Self::Discord(user) => user.edits(message.parse().unwrap(), text),
        }
    }

    async fn deletes(&self, message: &str) {
        match self {
            Self::Slack(person) => person.deletes(message),
            Self::Discord(user) => user.deletes(message.parse().unwrap()),
        }
    }
}

async fn a_question_is_answered_by_the_button_and_its_asker_reads_one_summary(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until(BOTH_WORK).await;
    let told = town.asks(&oliver, "@sari", "Which of the <!channel> names, @everyone?", "4h").await;
    assert!(told.contains("number 1") && told.contains("has until"), "{told}");
    assert_eq!(sari.sees("Which of the"), 1, "{:?}", sari.all());
    assert_eq!(sari.reads("Which of the"), 0, "nobody is written to");
    sari.clicks("Answer").await;
    town.day.quiet().await;
    sari.sends_answer("The *second* <!here> @everyone").await;
    town.day.quiet().await;
    assert_eq!(oliver.reads("Everybody has answered"), 1, "{:?}", oliver.dm());
    assert_eq!(oliver.reads("second"), 1, "{:?}", oliver.dm());
    assert_eq!(sari.sees("This question is closed"), 1, "{:?}", sari.all());
    town.day.until(NEXT_WEEK).await;
    assert_eq!((oliver.reads("Which of the"), sari.reads("Which of the")), (1, 0));
    assert!(matches!(town.question().await.state, State::Settled { .. }));
    let said = {
        oliver.runs("/asks show", &[("number", "1")]).await;
        town.day.quiet().await;
        oliver.all().pop().unwrap()
    };
    assert!(said.contains("second") && said.contains("so it is closed"), "{said}");
    town.day.end().await;
}

async fn a_question_is_answered_in_its_thread_changed_and_taken_back(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until("2026-11-23T03:00:00Z").await;
    // It is three at night in London: oliver is named, not called, and nothing tells him anything.
    town.asks(&sari, "@oliver", "Siap?", "2d").await;
    let ask = town.question().await;
    assert!(ask.posted.is_some());
    let aside = sari.writes_under(&ask, "I mean the second one").await;
    let first = oliver.writes_under(&ask, "not yet").await;
    town.day.quiet().await;
    let answered = town.question().await;
    assert!(!answered.is_open() && answered.people.values().all(|asked| asked.has_answered()), "{answered:?}");
    // It was told at once, since sari is at work.
    assert_eq!(sari.reads("not yet"), 1, "{:?}", sari.dm());
    oliver.edits(&first, "now I am").await;
    oliver.deletes(&first).await;
    sari.deletes(&aside).await;
    town.day.until(NEXT_WEEK).await;
    assert_eq!((sari.reads("Semua sudah menjawab"), oliver.reads("Siap?")), (1, 0), "{:?}", sari.dm());
    // What was read is read, and what was deleted since then is forgotten: nobody finds it again.
    let kept = town.question().await;
    assert!(kept.people.values().all(|asked| asked.answer.is_empty()), "{kept:?}");

    // Asked while its asker will be asleep, the summary has what stands there in the morning.
    town.asks(&oliver, "@sari", "And you?", "1d").await;
    let store = town.day.stage().bot().engine().store();
    let workspace = store.workspaces().await.unwrap()[0].id.clone();
    let needs = [Need::AskNumber(ask.people.keys().next().unwrap().clone(), 1)].into();
    let second = store.load(&Scope { workspace, needs }).await.unwrap().asks.into_values().next().unwrap();
    town.day.until("2026-12-03T02:30:00Z").await;
    let message = sari.writes_under(&second, "perhaps").await;
    town.day.quiet().await;
    sari.edits(&message, "certainly & <sure>").await;
    town.day.until("2026-12-03T08:59:59Z").await;
    assert_eq!(oliver.reads("Everybody has answered"), 0, "he is off");
    town.day.until("2026-12-03T09:00:00Z").await;
    assert_eq!(oliver.reads("Everybody has answered"), 1, "{:?}", oliver.dm());
    assert_eq!((oliver.reads("certainly & <sure>"), oliver.reads("perhaps")), (1, 0), "{:?}", oliver.dm());
    town.day.until("2026-12-10T09:00:00Z").await;
    town.day.end().await;
}

async fn whoever_has_not_answered_is_reminded_once_in_their_hours(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until("2026-11-23T12:00:00Z").await;
    town.asks(&oliver, "@sari", "Which one?", "8h").await;
    // Her Tuesday, 9:00 to 17:00 in Jakarta; two hours before its end.
    town.day.until("2026-11-24T07:59:59Z").await;
    assert_eq!(sari.reads(REMINDER), 0, "{:?}", sari.dm());
    sari.runs("/jeda why", &[]).await;
    town.day.quiet().await;
    assert_eq!(sari.sees("yang ditujukan kepada Anda"), 1, "{:?}", sari.all());
    town.day.until("2026-11-24T08:00:00Z").await;
    // Once in the digest of her morning, and once in the reminder.
    assert_eq!((sari.reads("Which one?"), sari.reads(REMINDER)), (2, 1), "{:?}", sari.dm());
    town.day.until("2026-11-24T09:59:59Z").await;
    assert_eq!(oliver.reads("Which one?"), 0);
    town.day.until("2026-11-24T10:00:00Z").await;
    assert_eq!(oliver.reads("The time is up"), 1, "{:?}", oliver.dm());
    assert_eq!(oliver.reads("No answer from"), 1);
    // Both may ask why they were told, and nobody reads of what others were told.
    for who in [&sari, &oliver] {
        who.runs("/jeda why", &[]).await;
        town.day.quiet().await;
    }
    assert_eq!(sari.sees("satu-satunya pengingat pertanyaan"), 1, "{:?}", sari.all());
    assert_eq!(oliver.sees("the summary of your question 1, since its time was up"), 1, "{:?}", oliver.all());
    assert_eq!(oliver.sees("reminder of a question"), 0);
    town.day.until(NEXT_WEEK).await;
    assert_eq!((sari.reads("Which one?"), oliver.reads("Which one?")), (2, 1));
    town.day.end().await;
}

async fn whoever_goes_on_leave_has_their_time_after_it(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until(BOTH_WORK).await;
    town.asks(&oliver, "@sari", "Which one?", "1d").await;
    sari.runs("/away", &[("until", "monday")]).await;
    town.day.quiet().await;
    assert_eq!(oliver.reads("is away now"), 1, "{:?}", oliver.dm());
    sari.runs("/away", &[("until", "2026-12-01")]).await;
    town.day.until("2026-11-30T23:00:00Z").await;
    assert_eq!((oliver.dm().len(), sari.reads("Which one?")), (1, 0), "{:?}", oliver.dm());
    town.day.until("2026-12-01T12:00:00Z").await;
    assert_eq!((oliver.reads("The time is up"), sari.reads(REMINDER)), (1, 1), "{:?}", oliver.dm());
    assert_eq!(sari.reads("Selamat datang kembali"), 1, "her first day back: {:?}", sari.dm());
    town.day.until(NEXT_WEEK).await;
    town.day.end().await;
}

async fn a_question_that_is_taken_back_says_so(town: Town) {
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until(BOTH_WORK).await;
    town.asks(&oliver, "@sari", "Which one?", "4h").await;
    oliver.runs("/asks edit", &[("number", "1"), ("text", "Which of the two?")]).await;
    town.day.quiet().await;
    assert_eq!((sari.sees("Which of the two?"), sari.sees("Which one?")), (1, 0), "{:?}", sari.all());
    oliver.runs("/asks cancel", &[("number", "1")]).await;
    town.day.quiet().await;
    assert_eq!((sari.sees("took this question back"), sari.sees("Which of the two?")), (1, 0), "{:?}", sari.all());
    town.day.until(NEXT_WEEK).await;
    assert_eq!((sari.reads("Which"), oliver.reads("Which")), (0, 0));
    town.day.end().await;
}

async fn a_question_that_can_not_be_posted_comes_back(town: Town) {
    let oliver = town.user("oliver");
    town.day.until(BOTH_WORK).await;
    town.faults().tolerate(true);
    let refusal = Fault::Refused(if town.is_slack() { "is_archived" } else { "50001" }.into());
    town.faults().next(1, town.posting(), refusal);
    town.asks(&oliver, "@sari", "Which one?", "4h").await;
    assert_eq!((oliver.reads("could not be posted"), oliver.reads("Which one?")), (1, 1), "{:?}", oliver.dm());
    town.day.until(NEXT_WEEK).await;
    assert_eq!(town.user("sari").sees("Which one?"), 0);
    town.day.end_with_dead(1).await;
}

async fn a_question_whose_answer_was_lost_is_posted_once_and_outlives_the_bot(town: Town) {
    town.day.until(BOTH_WORK).await;
    town.faults().tolerate(true);
    town.faults().next(1, town.posting(), Fault::AppliedThenCloses);
    let oliver = town.user("oliver");
    town.asks(&oliver, "@sari", "Once & <only>?", "4h").await;
    town.day.until("2026-11-23T09:30:00Z").await;
    assert_eq!(town.faults().pending(), 0);
    assert_eq!(town.user("sari").sees("Once & <only>?"), 1, "{:?}", town.user("sari").all());
    let asleep = town.stop().await;
    asleep.night.until("2026-11-23T20:00:00Z");
    let town = asleep.start().await;
    let (sari, oliver) = (town.user("sari"), town.user("oliver"));
    town.day.until("2026-11-24T04:00:00Z").await;
    assert_eq!(sari.reads(REMINDER), 1, "reminded in her morning: {:?}", sari.dm());
    assert_eq!(sari.reads("Once & <only>?"), 2, "and before that in her digest: {:?}", sari.dm());
    let ask = town.question().await;
    sari.writes_under(&ask, "yes").await;
    town.day.until("2026-11-24T09:00:00Z").await;
    assert_eq!((oliver.reads("Everybody has answered"), oliver.reads("yes")), (1, 1), "{:?}", oliver.dm());
    town.day.until(NEXT_WEEK).await;
    town.day.end().await;
}

#[tokio::test]
async fn on_discord_an_answer_in_the_thread_counts_though_its_words_are_not_shown() {
    let town = Town::discord(None).await;
    town.day.until(BOTH_WORK).await;
    let (sari, oliver) = (town.day.discord().user("sari"), town.user("oliver"));
    town.asks(&oliver, "@sari", "Which one?", "4h").await;
    let ask = town.question().await;
    let root: u64 = ask.posted.as_ref().unwrap().message.as_str().parse().unwrap();
    // Started anew, the bot doesn't remember which messages are its own, and asks.
    let asleep = town.stop().await;
    let town = asleep.start().await;
    let posted = sari.sees_in("#eng").into_iter().find(|seen| seen.text.contains("Which one?")).unwrap();
    assert!(posted.pings.is_empty(), "a question calls nobody on Discord: {posted:?}");
    sari.opens_thread(root, "Names");
    town.day.quiet().await;
    town.user("oliver").runs("/asks list", &[]).await;
    town.day.quiet().await;
    sari.says("Names", "Between ourselves, the second");
    town.day.quiet().await;
    let oliver = town.user("oliver");
    assert_eq!(oliver.reads("It stands in the question’s thread"), 1, "{:?}", oliver.dm());
    // A thread has the name of the message that it hangs on, and is a channel of its own.
    assert_eq!(oliver.reads(&format!("/{root}/")), 1, "the way to the answer: {:?}", oliver.dm());
    assert_eq!(oliver.reads("Between ourselves"), 0);
    town.day.until(NEXT_WEEK).await;
    town.day.end().await;
}

#[tokio::test]
async fn on_discord_nobody_asks_through_jeda_where_they_may_not_write() {
    let town = Town::discord(None).await;
    town.day.until(BOTH_WORK).await;
    let oliver = town.user("oliver");
    // He reads the channel and may not write there; jeda may.
    town.day.discord().overwrites("#eng", "oliver", 0, 1 << 11);
    town.day.quiet().await;
    oliver.runs("/ask", &[("who", "@sari"), ("text", "An announcement?")]).await;
    town.day.quiet().await;
    let told = oliver.all().pop().unwrap();
    assert!(told.contains("You can’t write in"), "{told}");
    assert_eq!(town.user("sari").sees("An announcement?"), 0);
    town.day.end().await;
}

#[tokio::test]
async fn on_slack_only_whoever_is_at_work_is_called() {
    let town = Town::slack(None).await;
    town.day.until("2026-11-23T12:00:00Z").await;
    let oliver = town.user("oliver");
    // It is 19:00 in Jakarta.
    town.asks(&oliver, "@sari", "Which one?", "8h").await;
    let called = |nth: usize| {
        let calls = town.recorder().calls();
        // Her digest tells of it, too.
        let posts: Vec<String> = calls
            .iter()
            .filter(|call| {
                call.operation == "chat.postMessage" && !call.arguments.to_string().contains("Ini yang menunggu")
            })
            .map(|call| call.arguments.to_string())
            .filter(|body| body.contains("Which one?") || body.contains("And now?"))
            .collect();
        let sari = town.day.slack().user("sari").id().to_owned();
        posts[nth].contains(&sari)
    };
    assert!(!called(0), "she is off, and not called");
    town.day.until("2026-11-24T03:00:00Z").await;
    town.asks(&oliver, "@sari", "And now?", "4h").await;
    assert!(called(1), "she is at work");
    town.day.until("2026-12-05T00:00:00Z").await;
    town.day.end().await;
}
