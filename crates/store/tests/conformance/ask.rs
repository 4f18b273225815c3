//! Questions: found by their asker, by whoever is asked, by their number and by their messages, and gone with the
//! retention, but for the number.

use crate::{
    samples::{everything, user},
    stage::{acme, at, commit, event, load, nine, stages},
};
use jeda_core::{
    ask::{self, Ask, AskId, Asked, End, Part, Standing, State},
    change::Change,
    decide::Decision,
    event::Posted,
    id::{ChannelId, MessageId},
    limit::ASKS_TO_READ_MAX,
    snapshot::{Need, Snapshot},
};
use jeda_store::Store;

fn asked(answer: &[&str]) -> Asked {
    let part = |it: &&str| Part {
        message: Some(MessageId::new(*it)),
        thread: Some(ChannelId::new("thread")),
        words: Some("\"yes\" 🌏".into()),
        at: nine(),
    };
    Asked {
        due: at("2026-11-24T09:00:00Z"),
        since: nine(),
        minutes: 480,
        remind_before: Some(120),
        turn: 0,
        reminded: None,
        standing: Standing::Waits,
        told_away: false,
        answer: answer.iter().map(part).collect(),
    }
}

fn question(id: &str, asker: &str, number: u32, people: &[(&str, Asked)]) -> Ask {
    let posted = Posted { channel: ChannelId::new("C1"), message: MessageId::new(format!("q-{id}")), at: nine() };
    Ask {
        id: AskId::new(id),
        number,
        asker: user(asker),
        channel: ChannelId::new("C1"),
        text: "It's \"words\" <!channel>\n🌏".into(),
        asked_at: nine(),
        posted: Some(posted),
        people: people.iter().map(|(name, asked)| (user(name), asked.clone())).collect(),
        state: State::Open,
        closings: 0,
        is_behind: false,
    }
}

async fn write(store: &Store, key: &str, all: &[&Ask]) {
    let changes = all.iter().map(|it| Change::Ask(ask::Change::Ask(Box::new((*it).clone())))).collect();
    commit(store, &event(key), &Decision { changes, ..Decision::default() }).await;
}

fn ids(seen: &Snapshot) -> Vec<&str> {
    seen.asks.keys().map(AskId::as_str).collect()
}

fn of_message(channel: &str, message: &str) -> Need {
    Need::AskOfMessage(ChannelId::new(channel), MessageId::new(message))
}

#[tokio::test]
async fn a_question_comes_back_by_every_name() {
    for stage in stages("ask").await {
        let store = &stage.store;
        commit(store, &event("E1"), &everything()).await;
        let open = question("a", "U1", 1, &[("U2", asked(&[])), ("U3", asked(&["m3"]))]);
        let settled = State::Settled { end: End::Over, at: nine() };
        let over = Ask { state: settled.clone(), ..question("b", "U1", 2, &[("U2", asked(&["m4"]))]) };
        let other = question("c", "U3", 1, &[("U2", asked(&[]))]);
        write(store, "E2", &[&open, &over, &other]).await;

        let seen = load(store, [Need::AsksOf(user("U1"))]).await;
        assert_eq!((ids(&seen), seen.ask_numbers[&user("U1")]), (vec!["a"], 2));
        assert_eq!(seen.asks[&open.id], open);
        assert_eq!(ids(&load(store, [Need::AsksFor(user("U2"))]).await), ["a", "c"]);
        assert!(ids(&load(store, [Need::AsksFor(user("U3"))]).await).is_empty(), "they have answered");
        let seen = load(store, [Need::Ask(open.id.clone())]).await;
        assert_eq!((ids(&seen), seen.members.len(), seen.channels.len()), (vec!["a"], 3, 1), "with everybody in it");
        assert_eq!(ids(&load(store, [Need::AskNumber(user("U1"), 2)]).await), ["b"], "after its end, too");
        assert!(ids(&load(store, [Need::AskNumber(user("U2"), 1)]).await).is_empty());
        for (need, found) in [
            (of_message("C1", "q-a"), vec!["a"]),
            (of_message("C1", "m3"), vec!["a"]),
            (of_message("C2", "q-a"), vec![]),
            (of_message("C1", "m4"), vec!["b"]),
        ] {
            assert_eq!(ids(&load(store, [need]).await), found);
        }

        // An answer that is taken back, and the question's message that is gone.
        let mut changed = open.clone();
        changed.people.insert(user("U3"), asked(&[]));
        changed.posted = None;
        write(store, "E3", &[&changed]).await;
        assert_eq!(ids(&load(store, [Need::AsksFor(user("U3"))]).await), ["a"]);
        assert!(ids(&load(store, [of_message("C1", "m3"), of_message("C1", "q-a")]).await).is_empty());

        // With the retention nothing of it stays but that its number was given.
        write(store, "E4", &[&Ask { state: settled, ..changed }]).await;
        store.purge(at("2026-11-23T01:59:59Z")).await.unwrap();
        assert_eq!(ids(&load(store, [Need::AskNumber(user("U1"), 2)]).await), ["b"], "inside the retention");
        store.purge(at("2026-11-23T02:00:01Z")).await.unwrap();
        for number in [1, 2] {
            assert!(ids(&load(store, [Need::AskNumber(user("U1"), number)]).await).is_empty());
        }
        let seen = load(store, [Need::AsksOf(user("U1")), Need::AsksFor(user("U2"))]).await;
        assert_eq!((ids(&seen), seen.ask_numbers[&user("U1")]), (vec!["c"], 2), "what is open stays");
        assert_eq!(acme(), seen.workspace.id);
    }
}

#[tokio::test]
async fn of_very_many_only_the_oldest_are_read() {
    for stage in stages("ask_many").await {
        let many: Vec<Ask> = (0..ASKS_TO_READ_MAX + 5)
            .map(|nth| question(&format!("a{nth:04}"), &format!("A{nth}"), 1, &[("U2", asked(&[]))]))
            .collect();
        write(&stage.store, "E2", &many.iter().collect::<Vec<_>>()).await;
        assert_eq!(load(&stage.store, [Need::AsksFor(user("U2"))]).await.asks.len(), ASKS_TO_READ_MAX);
    }
}
