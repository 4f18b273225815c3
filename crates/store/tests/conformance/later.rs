//! Messages that wait: found by their author, by their reader and by their number, held back while they are changed,
//! and gone with the retention once they came to their end.

use crate::{
    samples::{everything, user},
    stage::{acme, at, commit, event, load, nine, stages},
};
use jeda_core::{
    change::Change,
    decide::Decision,
    effect::{Effect, Owed, dm_lane},
    event::{Inbound, Spot},
    id::{ChannelId, EffectKey, GroupId, InboxKey, MessageId, UserId},
    later::{self, End, Held, Later, LaterId, Leaves, Letter, Original, Posting, State, To, Words},
    limit::LATERS_TO_READ_MAX,
    norm::verdict::Mentions,
    people, receipt,
    snapshot::{LaterRef, Need, Scope, Snapshot},
};
use jeda_store::Store;
use std::time::Duration;

fn letter(to: To) -> Letter {
    let text = "It's \"words\" <!channel>\n🌏".to_owned();
    Letter {
        to,
        text,
        written_at: nine(),
        not_before: nine(),
        due_at: at("2026-11-24T02:00:00Z"),
        turn: 0,
        of: None,
        held: None,
    }
}

fn to(user: &str) -> To {
    To::Member(UserId::new(user))
}

fn later(id: &str, number: u32, author: &str, state: State) -> Later {
    Later { id: LaterId::new(id), number, author: user(author), state }
}

fn done() -> State {
    State::Done { end: End::Delivered, at: nine() }
}

async fn write(store: &Store, key: &str, all: &[Later], effects: Vec<Owed>) {
    let changes = all.iter().cloned().map(|it| Change::Later(later::Change::Later(Box::new(it)))).collect();
    commit(store, &event(key), &Decision { changes, effects, ..Decision::default() }).await;
}

fn delivery(later: &Later) -> Owed {
    let letter = later.letter().unwrap();
    let To::Member(reader) = &letter.to else { panic!("not to a channel") };
    Owed {
        key: EffectKey::new(format!("deliver-{}", later.id)),
        workspace: acme(),
        lane: dm_lane(reader),
        due_at: letter.due_at,
        effect: Effect::Later(later::Effect::Deliver { id: later.id.clone(), turn: letter.turn }),
    }
}

fn numbers(seen: &Snapshot) -> Vec<u32> {
    let mut all: Vec<u32> = seen.laters.values().map(|later| later.number).collect();
    all.sort_unstable();
    all
}

/// Reads inside a batch, as decisions do.
async fn within(store: &Store, need: Need) -> Snapshot {
    let mut batch = store.begin(&[acme()]).await.unwrap();
    batch.event().await.unwrap();
    let seen = batch.load(&Scope { workspace: acme(), needs: [need].into() }).await.unwrap();
    batch.keep().await.unwrap();
    batch.commit().await.unwrap();
    seen
}

#[tokio::test]
async fn what_waits_comes_back_by_every_name() {
    for stage in stages("later").await {
        let store = &stage.store;
        commit(store, &event("E1"), &everything()).await;
        let why = receipt::Why::People(people::Why::MemberGone);
        let rows = [
            later("a", 1, "U1", done()),
            later("b", 2, "U1", State::Waiting(letter(to("U2")))),
            later("c", 3, "U1", State::Waiting(letter(To::Channel(ChannelId::new("C2"))))),
            later("d", 4, "U1", State::Back { letter: letter(to("U3")), why, since: nine() }),
            later("e", 5, "U1", done()),
            later("f", 1, "U3", State::Waiting(letter(to("U2")))),
        ];
        write(store, "E2", &rows, Vec::new()).await;
        let seen = load(store, [Need::LatersOf(user("U1"))]).await;
        assert_eq!(numbers(&seen), [2, 3, 4, 5], "what has not come to its end, and the last");
        assert_eq!(seen.laters[&rows[1].id], rows[1]);
        assert_eq!(seen.members.keys().collect::<Vec<_>>(), [&user("U2"), &user("U3")], "with whom they are for");
        assert!(seen.channels.contains_key(&ChannelId::new("C2")) && seen.channel_members.is_empty());

        let seen = load(store, [Need::Later(rows[1].id.clone())]).await;
        assert_eq!((numbers(&seen), seen.members.len()), (vec![2], 2), "with its author");
        let seen = within(store, Need::LatersTo(user("U2"))).await;
        assert_eq!(seen.laters.keys().collect::<Vec<_>>(), [&rows[1].id, &rows[5].id]);
        let numbered = |author: &str, number| Need::LaterToChange(LaterRef::Number(user(author), number));
        for (need, found) in [
            (numbered("U1", 3), vec!["c"]),
            (numbered("U1", 1), vec!["a"]),
            (numbered("U3", 3), vec![]),
            (Need::LaterToChange(LaterRef::Id(LaterId::new("f"))), vec!["f"]),
        ] {
            let seen = within(store, need).await;
            assert_eq!(seen.laters.keys().map(LaterId::as_str).collect::<Vec<_>>(), found);
        }
        let people = load(store, [Need::People([user("U2"), user("nobody")].into())]).await;
        assert_eq!(people.members.len(), 1);

        // At their end they wait for nobody, and the newest keeps its author's count.
        write(store, "E3", &[rows[1].now_done(), rows[5].now_done()], Vec::new()).await;
        assert!(within(store, Need::LatersTo(user("U2"))).await.laters.is_empty());
        store.purge(at("2026-11-23T01:59:59Z")).await.unwrap();
        assert_eq!(within(store, numbered("U1", 1)).await.laters.len(), 1, "inside the retention");
        store.purge(at("2026-11-23T02:00:01Z")).await.unwrap();
        for (author, number, is_there) in [("U1", 1, false), ("U1", 2, false), ("U1", 5, true), ("U3", 1, true)] {
            let there = !within(store, numbered(author, number)).await.laters.is_empty();
            assert_eq!(there, is_there, "{author} {number}");
        }
        assert_eq!(numbers(&load(store, [Need::LatersOf(user("U1"))]).await), [3, 4, 5], "what waits stays");
    }
}

fn held(users: &[&str], group: Option<&str>) -> Letter {
    let mentions = Mentions {
        users: users.iter().map(|it| user(it)).collect(),
        groups: group.into_iter().map(GroupId::new).collect(),
        everyone: false,
    };
    let held = Held {
        raw: "<@U2> it's *here*".to_owned(),
        mentions,
        name: "Ana".to_owned(),
        face: Some("https://cdn.example/1.png".to_owned()),
        answers: Some(MessageId::new("m0")),
        known: true,
        leaves: Leaves::InTheirHours,
    };
    let spot = Spot { channel: ChannelId::new("C2"), thread: None, message: MessageId::new("m1") };
    let of = Some(Original { spot, words: Words::Known });
    Letter { of, held: Some(Box::new(held)), ..letter(To::Channel(ChannelId::new("C2"))) }
}

#[tokio::test]
async fn a_held_message_brings_everybody_whom_it_names_whatever_the_norms_are() {
    for stage in stages("held").await {
        let store = &stage.store;
        commit(store, &event("E1"), &everything()).await;
        let letter = held(&["U2", "U3"], None);
        let states = [
            State::Taking(letter.clone()),
            State::Waiting(letter.clone()),
            State::Posting(Posting {
                letter: letter.clone(),
                mentions: [user("U2")].into(),
                others: vec![user("U3")],
                there: 1,
                pieces: 2,
            }),
        ];
        let other = later("o", 8, "U1", State::Waiting(self::letter(to("U2"))));
        for (nth, state) in states.into_iter().enumerate() {
            let row = later("h", 7, "U1", state);
            write(store, &format!("H{nth}"), &[row.clone(), other.clone()], Vec::new()).await;
            let seen = load(store, [Need::Held(row.id.clone())]).await;
            assert_eq!(seen.laters[&row.id], row);
            assert_eq!(numbers(&seen), [7, 8], "and what else of its author's waits");
            let names: Vec<&UserId> = seen.members.keys().collect();
            assert_eq!(names, [&user("U1"), &user("U2"), &user("U3")]);
            assert!(seen.channels.contains_key(&ChannelId::new("C2")));
            let source = row.original().unwrap().judged();
            assert!(within(store, Need::LatersFrom(source)).await.laters.contains_key(&row.id));
            assert!(within(store, Need::LatersTo(user("U2"))).await.laters.keys().eq([&other.id]), "not by one reader");
        }
        // What is taken back or posted at this moment is under way; that its author is being told is not.
        let row = later("h", 7, "U1", State::Waiting(letter.clone()));
        let owed = |key: &str, lane: &str, effect: later::Effect| Owed {
            key: EffectKey::new(key),
            workspace: acme(),
            lane: lane.to_owned(),
            due_at: nine(),
            effect: Effect::Later(effect),
        };
        let judged = row.original().unwrap().judged();
        let tell = later::Effect::TellHeld { id: row.id.clone(), judged: judged.clone(), author: user("U1") };
        let take = later::Effect::TakeBack { id: row.id.clone(), judged };
        for (key, lane, effect, is_under_way) in [("t1", "dm/U1", tell, false), ("t2", "take/h", take, true)] {
            write(store, key, std::slice::from_ref(&row), vec![owed(key, lane, effect)]).await;
            let claimed = store.claim(nine(), nine() + Duration::from_secs(60), 100, &[]).await.unwrap();
            assert!(claimed.iter().any(|it| it.owed.key.as_str() == key));
            let seen = within(store, Need::LaterToChange(LaterRef::Id(row.id.clone()))).await;
            assert_eq!(seen.under_way.contains(&row.id), is_under_way, "{key}");
        }
        assert!(load(store, [Need::Held(LaterId::new("nobody's"))]).await.laters.is_empty());
    }
}

trait Ended {
    fn now_done(&self) -> Later;
}
impl Ended for Later {
    fn now_done(&self) -> Later {
        Later { state: done(), ..self.clone() }
    }
}

#[tokio::test]
async fn what_is_on_its_way_is_known_and_what_is_being_changed_does_not_set_out() {
    for stage in stages("later_held").await {
        let store = &stage.store;
        let row = later("b", 1, "U1", State::Waiting(letter(to("U2"))));
        write(store, "E2", std::slice::from_ref(&row), vec![delivery(&row)]).await;
        let this = || Need::LaterToChange(LaterRef::Id(row.id.clone()));
        assert!(within(store, this()).await.under_way.is_empty());
        let due = at("2026-11-24T02:00:00Z");
        let claim = async || store.claim(due, due + Duration::from_secs(60), 10, &[]).await.unwrap();

        // While somebody changes it, a claim finds nothing (PostgreSQL) or waits (SQLite has one writer).
        if stage.is_postgres() {
            let mut batch = store.begin(&[acme()]).await.unwrap();
            batch.event().await.unwrap();
            let scope = Scope { workspace: acme(), needs: [this()].into() };
            assert!(batch.load(&scope).await.unwrap().under_way.is_empty());
            assert!(claim().await.is_empty(), "it is held back");
            batch.keep().await.unwrap();
            batch.commit().await.unwrap();
        }
        assert_eq!(claim().await.len(), 1);
        for need in [this(), Need::LatersTo(user("U2"))] {
            assert!(within(store, need).await.under_way.contains(&row.id));
        }
        // Whether it arrived isn't known, so it is as good as on its way; certainly not sent, it waits again.
        let key = EffectKey::new("deliver-b");
        store.put_back_uncertain(&key, due, "lost").await.unwrap();
        assert!(within(store, this()).await.under_way.contains(&row.id));
        let row = later("g", 2, "U1", State::Waiting(letter(to("U3"))));
        write(store, "E3", std::slice::from_ref(&row), vec![delivery(&row)]).await;
        assert_eq!(claim().await.len(), 2);
        store.put_back(&EffectKey::new("deliver-g"), due, true, None).await.unwrap();
        assert!(within(store, Need::LaterToChange(LaterRef::Id(row.id.clone()))).await.under_way.is_empty());
        let known = store.explain("later/g").await.unwrap();
        assert_eq!(known.rows.len(), 1);
    }
}

#[tokio::test]
async fn ten_thousand_that_are_due_at_once_are_claimed_lane_by_lane_and_never_read_together() {
    for stage in stages("later_many").await {
        let store = &stage.store;
        // A hundred authors write a hundred messages each, to a hundred readers.
        for author in 0..100 {
            let rows: Vec<Later> = (0..100)
                .map(|nth| {
                    let state = State::Waiting(letter(to(&format!("R{nth}"))));
                    later(&format!("{author}-{nth}"), nth + 1, &format!("A{author}"), state)
                })
                .collect();
            let inbound = Inbound { key: InboxKey::new(format!("many{author}")), ..event("E") };
            let changes = rows.iter().cloned().map(|it| Change::Later(later::Change::Later(Box::new(it)))).collect();
            let effects = rows.iter().map(delivery).collect();
            commit(store, &inbound, &Decision { changes, effects, ..Decision::default() }).await;
        }
        let due = at("2026-11-24T02:00:00Z");
        let claimed = store.claim(due, due + Duration::from_secs(60), 1_000, &[]).await.unwrap();
        assert_eq!(claimed.len(), 100, "one of each lane");
        assert!(store.claim(due, due + Duration::from_secs(60), 1_000, &[]).await.unwrap().is_empty());
        let Effect::Later(effect) = &claimed[0].owed.effect else { panic!("{claimed:?}") };
        let seen = store.load(&Scope { workspace: acme(), needs: later::release_needs(effect) }).await.unwrap();
        assert_eq!(seen.laters.len(), 1, "releasing one reads one");
        assert_eq!(within(store, Need::LatersOf(user("A7"))).await.laters.len(), 100);
        assert_eq!(within(store, Need::LatersTo(user("R7"))).await.laters.len(), 100.min(LATERS_TO_READ_MAX));
    }
}

#[tokio::test]
async fn what_waits_of_a_message_is_found_by_the_message_until_it_waits_no_more() {
    for stage in stages("later_from").await {
        let store = &stage.store;
        let spot = Spot { channel: ChannelId::new("C1"), thread: None, message: MessageId::new("m1") };
        let of = Original { spot, words: Words::Asked };
        let judged = of.judged();
        let from = Letter { of: Some(of), text: String::new(), ..letter(to("U2")) };
        let waiting = later("o1", 1, "U1", State::Waiting(from.clone()));
        let other = later("o2", 2, "U1", State::Waiting(letter(to("U2"))));
        write(store, "E1", &[waiting.clone(), other], vec![delivery(&waiting)]).await;
        let need = || Need::LatersFrom(judged.clone());
        let seen = within(store, need()).await;
        assert_eq!((numbers(&seen), seen.under_way.len()), (vec![1], 0));
        assert_eq!(seen.laters[&waiting.id], waiting);
        // What is on its way says so.
        let now = from.due_at;
        assert_eq!(store.claim(now, now + Duration::from_secs(60), 9, &[]).await.unwrap().len(), 1);
        assert!(within(store, need()).await.under_way.contains(&waiting.id));
        write(store, "E2", &[later("o1", 1, "U1", done())], vec![]).await;
        assert!(numbers(&within(store, need()).await).is_empty());
    }
}
