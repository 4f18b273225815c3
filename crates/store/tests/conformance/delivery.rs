//! What is owed: claimed by one, in its lane's order, settled once.

use crate::stage::{acme, commit, event, load, nine, options, stages};
use jeda_core::{
    decide::{Cause, Decision},
    effect::{Effect, Owed},
    event::{Errand, Outcome, Posted, Refusal},
    id::{ChannelId, EffectKey, InboxKey, MessageId, Subject, UserId, WorkspaceId},
    people,
    receipt::Why,
    snapshot::Need,
};
use jeda_store::{Claimed, Store};
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

fn owes(lanes: &[&str], due: Timestamp) -> Vec<Owed> {
    let cause = event("E1");
    let mut cause = Cause::of(&cause, nine());
    lanes.iter().map(|lane| cause.owe((*lane).to_owned(), due, Effect::Errand(Errand::Directory))).collect()
}

async fn owe(store: &Store, effects: &[Owed]) {
    let decision = Decision { effects: effects.to_vec(), ..Decision::default() };
    commit(store, &event("E1"), &decision).await;
}

fn lease() -> Timestamp {
    nine() + 3.minutes()
}

fn keys(claimed: &[Claimed]) -> Vec<&EffectKey> {
    claimed.iter().map(|claim| &claim.owed.key).collect()
}

fn sent() -> Outcome {
    Outcome::Sent(Posted { channel: ChannelId::new("D1"), message: MessageId::new("1.2"), at: nine() })
}

async fn settle(store: &Store, owed: &Owed, subject: Option<&Subject>, outcome: &Outcome) -> bool {
    let mut batch = store.begin(std::slice::from_ref(&owed.workspace)).await.unwrap();
    batch.event().await.unwrap();
    let settled = batch.settle(owed, subject, outcome, nine()).await.unwrap();
    batch.keep().await.unwrap();
    batch.commit().await.unwrap();
    settled
}

async fn state(store: &Store, key: &EffectKey) -> (String, u32, Option<String>) {
    let row = store.explain(key.as_str()).await.unwrap().rows.remove(0);
    (row.state, row.attempts, row.last_error)
}

#[tokio::test]
async fn a_lane_keeps_its_order_and_only_a_lease_holds_it_up() {
    for stage in stages("lanes").await {
        let store = &stage.store;
        let mut effects = owes(&["dm/U1", "dm/U1", "dm/U1", "dm/U2"], nine());
        // The first of the lane waits: it must not hold up the second.
        effects[0].due_at = nine() + 1.hour();
        owe(store, &effects).await;
        commit(store, &event("E2"), &Decision { effects: effects.clone(), ..Decision::default() }).await;
        assert_eq!(store.backlog(nine()).await.unwrap().owed, 4, "the same effect is owed once");
        assert_eq!(store.backlog(nine()).await.unwrap().due, 3);

        assert!(
            store.claim(nine() - 1.millisecond(), lease(), 9, &[]).await.unwrap().is_empty(),
            "not before its time"
        );
        assert!(store.claim(nine(), lease(), 9, &[acme()]).await.unwrap().is_empty(), "a locked workspace waits");
        assert_eq!(store.next_effect(&[acme()]).await.unwrap(), None);
        let elsewhere = [WorkspaceId::new("slack:T2")];
        assert_eq!(keys(&store.claim(nine(), lease(), 1, &elsewhere).await.unwrap()), [&effects[1].key]);
        assert_eq!(keys(&store.claim(nine(), lease(), 9, &[]).await.unwrap()), [&effects[3].key]);
        assert!(store.claim(nine() + 2.hours(), lease(), 9, &[]).await.unwrap().is_empty(), "both lanes are under way");
        assert_eq!(store.next_effect(&[]).await.unwrap(), Some(lease()), "the next to happen is a lease's end");

        assert!(settle(store, &effects[1], None, &sent()).await);
        assert_eq!(store.next_effect(&[]).await.unwrap(), Some(nine()), "the lane is free for the next one");
        assert_eq!(keys(&store.claim(nine(), lease(), 9, &[]).await.unwrap()), [&effects[2].key]);
        assert!(settle(store, &effects[2], None, &sent()).await);
        assert_eq!(store.next_effect(&[]).await.unwrap(), Some(lease()));
        assert_eq!(keys(&store.claim(nine() + 1.hour(), lease(), 9, &[]).await.unwrap()), [&effects[0].key]);
    }
}

#[tokio::test]
async fn what_stands_behind_trouble_waits_with_it_but_not_for_ever() {
    for stage in stages("behind").await {
        let store = &stage.store;
        let effects = owes(&["ch/C1", "ch/C1", "ch/C1", "ch/C2"], nine());
        owe(store, &effects).await;
        let first = &effects[0].key;
        let claim = async |at| {
            let claimed = store.claim(at, at + 3.minutes(), 1, &[]).await.unwrap();
            claimed.first().map(|claim| claim.owed.key.clone())
        };
        assert_eq!(claim(nine()).await.as_ref(), Some(first));
        let later = nine() + 20.seconds();
        store.put_back(first, later, false, Some("429")).await.unwrap();
        assert_eq!(claim(nine()).await.as_ref(), Some(&effects[3].key), "another lane goes on");
        assert_eq!(claim(nine()).await, None);
        assert_eq!(store.backlog(nine()).await.unwrap().due, 0);
        assert_eq!(claim(later).await.as_ref(), Some(first), "in order");

        // By its own will: it holds up nobody.
        store.put_back(first, later + 1.hour(), false, None).await.unwrap();
        assert_eq!(claim(later).await.as_ref(), Some(&effects[1].key));
        assert!(settle(store, &effects[1], None, &sent()).await);

        let mut at = later + 1.hour();
        assert_eq!(claim(later).await.as_ref(), Some(&effects[2].key));
        store.put_back(&effects[2].key, at, false, None).await.unwrap();
        let mut tries = 0;
        while claim(at).await.as_ref() == Some(first) {
            tries += 1;
            store.put_back_uncertain(first, at + 1.minute(), "503").await.unwrap();
            if claim(at).await.as_ref() == Some(&effects[2].key) {
                break;
            }
            at += 1.minute();
        }
        assert_eq!(tries, 9, "a message that stays sick is overtaken");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_who_claim_at_once_never_get_the_same_nor_two_of_one_lane() {
    for stage in stages("claims").await {
        let lanes: Vec<String> = (0..150).map(|n| format!("dm/U{}", n % 50)).collect();
        let lanes: Vec<&str> = lanes.iter().map(String::as_str).collect();
        let effects = owes(&lanes, nine());
        owe(&stage.store, &effects).await;
        // On PostgreSQL half of them are another process.
        let other = match &stage.url {
            Some(url) if stage.is_postgres() => Store::open(options(url)).await.unwrap(),
            _ => stage.store.clone(),
        };
        for round in 0..3 {
            let claims: Vec<_> = (0..8)
                .map(|n| {
                    let store = if n % 2 == 0 { stage.store.clone() } else { other.clone() };
                    tokio::spawn(async move {
                        let mut all = Vec::new();
                        loop {
                            let more = store.claim(nine(), lease(), 3, &[]).await.unwrap();
                            if more.is_empty() {
                                return (store, all);
                            }
                            all.extend(more);
                        }
                    })
                })
                .collect();
            let mut claimed = Vec::new();
            for claim in claims {
                claimed.push(claim.await.unwrap());
            }
            let got: Vec<&Owed> = claimed.iter().flat_map(|(_, claims)| claims).map(|claim| &claim.owed).collect();
            let lanes: BTreeSet<&String> = got.iter().map(|owed| &owed.lane).collect();
            assert_eq!((got.len(), lanes.len()), (50, 50), "one of each lane, and none twice");
            let expected: BTreeSet<_> = effects[round * 50..][..50].iter().map(|owed| &owed.key).collect();
            assert_eq!(got.iter().map(|owed| &owed.key).collect::<BTreeSet<_>>(), expected, "in order");
            for (store, claims) in &claimed {
                for claim in claims {
                    assert!(settle(store, &claim.owed, None, &sent()).await);
                }
            }
        }
        assert_eq!(stage.store.backlog(nine()).await.unwrap().owed, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_claims_what_was_put_back_at_this_instant_holds_it() {
    for stage in stages("instant").await {
        let effects = owes(&["dm/U1", "dm/U2"], nine());
        owe(&stage.store, &effects).await;
        let holders: Vec<_> = (0..4)
            .map(|_| {
                let store = stage.store.clone();
                tokio::spawn(async move {
                    for _ in 0..200 {
                        for claim in store.claim(nine(), lease(), 1, &[]).await.unwrap() {
                            store.put_back(&claim.owed.key, nine(), false, None).await.unwrap();
                        }
                    }
                })
            })
            .collect();
        for holder in holders {
            holder.await.unwrap();
        }
        assert_eq!(
            stage.store.claim(nine(), lease(), 9, &[]).await.unwrap().len(),
            2,
            "none is left behind under a lease"
        );
        for owed in &effects {
            assert!(settle(&stage.store, owed, None, &sent()).await);
        }
    }
}

#[tokio::test]
async fn a_settled_effect_is_settled_once_and_its_message_is_found_again() {
    for stage in stages("settle").await {
        let store = &stage.store;
        let effects = owes(&["dm/U1", "dm/U2", "dm/U3", "dm/U4"], nine());
        owe(store, &effects).await;
        assert!(!settle(store, &effects[0], None, &sent()).await, "not ours: it was never claimed");
        store.claim(nine(), lease(), 9, &[]).await.unwrap();
        let subject = Subject::new("prompt/s1/2026-11-23/U1");
        let mut batch = store.begin(&[acme()]).await.unwrap();
        batch.event().await.unwrap();
        assert!(batch.settle(&effects[0], Some(&subject), &sent(), nine()).await.unwrap());
        batch.undo().await.unwrap();
        batch.event().await.unwrap();
        assert!(batch.settle(&effects[0], Some(&subject), &sent(), nine()).await.unwrap(), "undone, then done");
        assert!(!batch.settle(&effects[0], Some(&subject), &sent(), nine()).await.unwrap(), "once");
        batch.keep().await.unwrap();
        batch.commit().await.unwrap();
        assert!(!settle(store, &effects[0], Some(&subject), &sent()).await, "and for ever");
        let Outcome::Sent(posted) = sent() else { unreachable!() };
        assert_eq!(load(store, [Need::Post(subject.clone())]).await.posts.get(&subject), Some(&posted));

        assert!(settle(store, &effects[1], None, &Outcome::Skipped(Why::People(people::Why::Quiet))).await);
        assert!(settle(store, &effects[2], None, &Outcome::Refused(Refusal::ChannelGone)).await);
        assert!(settle(store, &effects[3], None, &Outcome::Answered).await);
        let states = [("sent", None), ("skipped", Some("quiet")), ("dead", Some("channel_gone")), ("sent", None)];
        for (owed, (word, why)) in effects.iter().zip(states) {
            let (state, attempts, error) = state(store, &owed.key).await;
            assert_eq!((state.as_str(), attempts), (word, 0));
            assert_eq!(error.is_some_and(|error| error.contains(why.unwrap_or("\0"))), why.is_some(), "{word}");
        }
        let backlog = store.backlog(nine()).await.unwrap();
        assert_eq!((backlog.owed, backlog.due, backlog.dead), (0, 0, 1));
        assert_eq!(store.explain("s1/2026-11-23").await.unwrap().rows.len(), 1, "found by its round");
        assert_eq!(store.explain("prompt/s1").await.unwrap().rows[0].subject.as_ref(), Some(&subject));
        assert_eq!(store.purge(nine() + 1.millisecond()).await.unwrap(), 4 + 1, "with the inbox row");
        assert!(store.explain(effects[0].key.as_str()).await.unwrap().rows.is_empty());
    }
}

#[tokio::test]
async fn an_effect_is_explained_before_it_is_settled_too() {
    for stage in stages("explain").await {
        commit(&stage.store, &event("E1"), &crate::samples::everything()).await;
        for (reference, rows) in
            [("prompt/s1/2026-11-23/U1", 2), ("s1/2026-11-23/U1", 6), ("report/s1", 2), ("zone/U2", 1)]
        {
            assert_eq!(stage.store.explain(reference).await.unwrap().rows.len(), rows, "{reference}");
        }
        let by_key = stage.store.explain("effect00").await.unwrap();
        assert_eq!(by_key.receipts, crate::samples::receipts(), "what became of it is told along");
        assert!(stage.store.explain("nothing/of/this").await.unwrap() == Default::default());
    }
}

#[tokio::test]
async fn a_lease_that_ran_out_may_have_been_delivered() {
    for stage in stages("leases").await {
        let store = &stage.store;
        let effects = owes(&["dm/U1", "dm/U1"], nine());
        owe(store, &effects).await;
        store.claim(nine(), lease(), 9, &[]).await.unwrap();
        assert_eq!(store.expire_leases(lease() - 1.millisecond(), false).await.unwrap(), 0);
        assert_eq!(store.expire_leases(lease(), false).await.unwrap(), 1);
        let why = Some("lease_ran_out".to_owned());
        assert_eq!(state(store, &effects[0].key).await, ("uncertain".to_owned(), 1, why));
        assert_eq!(store.backlog(lease()).await.unwrap().due, 2);
        let again = store.claim(lease(), lease() + 3.minutes(), 9, &[]).await.unwrap();
        assert_eq!(keys(&again), [&effects[0].key], "before the second, as it was");
        assert!(again[0].uncertain && again[0].attempts == 1);

        // Certain not to be there, and still nobody has asked about the time before.
        store.put_back(&effects[0].key, lease() + 1.minute(), false, Some("429")).await.unwrap();
        assert_eq!(state(store, &effects[0].key).await, ("uncertain".to_owned(), 1, Some("429".to_owned())));
        let later = lease() + 1.minute();
        assert_eq!(keys(&store.claim(later, lease() + 3.minutes(), 9, &[]).await.unwrap()), [&effects[0].key]);
        assert!(settle(store, &effects[0], None, &sent()).await);
        let next = store.claim(later, lease() + 3.minutes(), 9, &[]).await.unwrap();
        assert_eq!(keys(&next), [&effects[1].key]);
        assert!(!next[0].uncertain);
        store.put_back(&effects[1].key, lease(), true, None).await.unwrap();
        assert_eq!(state(store, &effects[1].key).await, ("pending".to_owned(), 1, None));
        store.claim(lease(), lease() + 3.minutes(), 9, &[]).await.unwrap();
        store.put_back_uncertain(&effects[1].key, lease(), "timeout").await.unwrap();
        assert_eq!(state(store, &effects[1].key).await, ("uncertain".to_owned(), 2, Some("timeout".to_owned())));
    }
}

#[tokio::test]
async fn a_start_ends_every_lease_of_the_process_before() {
    for stage in stages("restart").await {
        let effects = owes(&["dm/U1"], nine());
        owe(&stage.store, &effects).await;
        stage.store.claim(nine(), lease(), 9, &[]).await.unwrap();
        let Some(store) = stage.again().await else { continue };
        // Of PostgreSQL's replicas another may hold it.
        let ended = u64::from(!stage.is_postgres());
        assert_eq!(store.expire_leases(nine(), true).await.unwrap(), ended);
        assert!(!settle(&store, &effects[0], None, &sent()).await, "this process knows nothing of it");
        store.expire_leases(lease(), false).await.unwrap();
        let again = store.claim(lease(), lease() + 3.minutes(), 9, &[]).await.unwrap();
        assert!(again.len() == 1 && again[0].uncertain);
        assert!(settle(&store, &effects[0], None, &sent()).await);
    }
}

#[tokio::test]
async fn whoever_lost_a_lease_to_another_cannot_touch_what_the_other_sends() {
    for stage in stages("fence").await {
        let Some(url) = stage.url.as_ref().filter(|_| stage.is_postgres()) else { continue };
        let (slow, quick) = (&stage.store, &Store::open(options(url)).await.unwrap());
        let effects = owes(&["dm/U1", "dm/U2"], nine());
        owe(slow, &effects).await;
        assert_eq!(slow.claim(nine(), lease(), 9, &[]).await.unwrap().len(), 2);
        quick.expire_leases(lease(), false).await.unwrap();
        // Nobody has taken the second since: the slow one still knows best.
        let first = quick.claim(lease(), lease() + 3.minutes(), 1, &[]).await.unwrap();
        assert_eq!(keys(&first), [&effects[0].key]);
        slow.put_back(&effects[0].key, nine(), true, Some("late")).await.unwrap();
        assert!(!settle(slow, &effects[0], None, &sent()).await);
        assert_eq!(state(quick, &effects[0].key).await.0, "leased");
        assert!(settle(slow, &effects[1], None, &sent()).await);
        assert!(settle(quick, &effects[0], None, &sent()).await);
    }
}

#[tokio::test]
async fn the_same_name_in_two_workspaces_is_two_effects() {
    for stage in stages("twins").await {
        let mut twin = owes(&["dm/U1"], nine()).remove(0);
        commit(&stage.store, &event("E1"), &Decision { effects: vec![twin.clone()], ..Decision::default() }).await;
        twin.workspace = WorkspaceId::new("slack:T2");
        let inbound =
            jeda_core::event::Inbound { workspace: twin.workspace.clone(), key: InboxKey::new("E1"), ..event("E1") };
        commit(&stage.store, &inbound, &Decision { effects: vec![twin], ..Decision::default() }).await;
        assert_eq!(stage.store.claim(nine(), lease(), 9, &[]).await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn what_somebody_was_told_is_found_the_newest_first_and_nothing_of_others() {
    for stage in stages("told").await {
        let store = &stage.store;
        let effects = owes(&["dm/U1", "dm/U2", "aside/U1", "urgent/U1", "dm/U1", "dm/U1"], nine());
        owe(store, &effects).await;
        // Whatever is free of its lane, until nothing is left but what waits.
        for nth in 0..3 {
            let claimed = store.claim(nine(), lease(), 9, &[]).await.unwrap();
            for claim in &claimed {
                let outcome = if claim.owed.key == effects[4].key {
                    Outcome::Skipped(Why::People(people::Why::Obsolete))
                } else {
                    sent()
                };
                assert!(settle(store, &claim.owed, None, &outcome).await);
            }
            if nth == 0 {
                assert_eq!(claimed.len(), 4, "one of each lane");
            }
        }
        let told = load(store, [Need::ToldTo(UserId::new("U1"))]).await.told;
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told.iter().all(|it| it.at == nine()));
        assert_eq!(load(store, [Need::ToldTo(UserId::new("U2"))]).await.told.len(), 1);
        assert!(load(store, [Need::ToldTo(UserId::new("U3"))]).await.told.is_empty());
    }
}
