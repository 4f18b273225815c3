//! Events: taken once, decided together, undone alone.

use crate::{
    samples::{entry_key, note, user},
    stage::{acme, commit, event, load, nine, notes, stages},
};
use jeda_core::{
    change::Change,
    decide::Decision,
    event::Inbound,
    id::{InboxKey, WakeKey, WorkspaceId, short},
    people,
    snapshot::{Need, Scope},
    standup,
    wake::{Due, Wake, WakeChange},
};
use jeda_store::{Arrival, Store, StoreError};
use jiff::ToSpan;

fn jots(id: &str, text: &str) -> Decision {
    let changes = vec![Change::Standup(standup::Change::Note(note(id, "U1", text)))];
    Decision { changes, ..Decision::default() }
}

#[tokio::test]
async fn an_event_is_taken_once_and_its_decision_stands_with_it() {
    for stage in stages("once").await {
        let decision = jots("n1", "wrote the plan");
        assert_eq!(commit(&stage.store, &event("E1"), &decision).await, Arrival::New);
        assert_eq!(commit(&stage.store, &event("E1"), &decision).await, Arrival::Again);
        // The same key elsewhere is another event.
        let elsewhere = Inbound { workspace: WorkspaceId::new("slack:T2"), ..event("E1") };
        assert_eq!(commit(&stage.store, &elsewhere, &Decision::default()).await, Arrival::New);
        assert_eq!(notes(&stage.store).await, ["wrote the plan"]);
        let Some(store) = stage.again().await else { continue };
        assert_eq!(commit(&store, &event("E1"), &decision).await, Arrival::Again, "a restart forgets nothing");
        assert_eq!(notes(&store).await, ["wrote the plan"]);
    }
}

#[tokio::test]
async fn one_event_that_fails_takes_nothing_with_it() {
    for stage in stages("undo").await {
        let store = &stage.store;
        let mut batch = store.begin(&[acme()]).await.unwrap();
        for n in 0..64 {
            batch.event().await.unwrap();
            batch.take(&event(&format!("E{n}")), nine()).await.unwrap();
            batch.apply(&acme(), &jots(&format!("n{n:02}"), &format!("note {n}"))).await.unwrap();
            if n % 2 == 0 { batch.keep().await.unwrap() } else { batch.undo().await.unwrap() }
        }
        batch.commit().await.unwrap();
        let even: Vec<String> = (0..64).step_by(2).map(|n| format!("note {n}")).collect();
        assert_eq!(notes(store).await, even);
        assert_eq!(commit(store, &event("E1"), &Decision::default()).await, Arrival::New, "undone, so not taken");
        assert_eq!(commit(store, &event("E2"), &Decision::default()).await, Arrival::Again);
    }
}

#[tokio::test]
async fn what_is_undone_before_or_after_anything_was_written_leaves_its_neighbours_alone() {
    for stage in stages("edges").await {
        let mut batch = stage.store.begin(&[acme()]).await.unwrap();
        // Nothing written at all.
        batch.event().await.unwrap();
        batch.undo().await.unwrap();
        batch.event().await.unwrap();
        batch.keep().await.unwrap();
        // Kept, then one undone that only read.
        batch.event().await.unwrap();
        batch.take(&event("E1"), nine()).await.unwrap();
        batch.apply(&acme(), &jots("n1", "kept")).await.unwrap();
        batch.keep().await.unwrap();
        batch.event().await.unwrap();
        batch.load(&Scope { workspace: acme(), needs: [Need::Members].into() }).await.unwrap();
        batch.undo().await.unwrap();
        // Undone, then one that came before, then kept.
        batch.event().await.unwrap();
        batch.apply(&acme(), &jots("n2", "undone")).await.unwrap();
        batch.undo().await.unwrap();
        batch.event().await.unwrap();
        assert_eq!(batch.take(&event("E1"), nine()).await.unwrap(), Arrival::Again, "in the same batch, too");
        batch.keep().await.unwrap();
        batch.event().await.unwrap();
        batch.apply(&acme(), &jots("n3", "kept, too")).await.unwrap();
        batch.keep().await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(notes(&stage.store).await, ["kept", "kept, too"]);
    }
}

#[tokio::test]
async fn a_directory_is_written_as_its_members_one_by_one_would_be() {
    for stage in stages("directory").await {
        let member = |id: &str, name: &str| people::Member { name: name.into(), ..crate::samples::member(id) };
        let put = |member| Change::People(people::Change::Member(Box::new(member)));
        let mut changes: Vec<Change> = (0..2_500).map(|n| put(member(&format!("M{n}"), "before"))).collect();
        // Twice in one statement, and again in a later one.
        changes.splice(
            10..10,
            [put(member("M3", "renamed")), put(people::Member { admin: true, ..member("M4", "né \"x\"") })],
        );
        changes.extend([
            put(member("M0", "renamed")),
            Change::Standup(standup::Change::Note(note("n1", "U1", "in between"))),
        ]);
        changes.push(put(people::Member { active: false, ..member("M1", "gone") }));
        commit(&stage.store, &event("E1"), &Decision { changes, ..Decision::default() }).await;
        let store = stage.again().await.unwrap_or_else(|| stage.store.clone());
        let all = load(&store, [Need::Members]).await.members;
        assert_eq!(all.len(), 2_500);
        for (id, expected) in [
            ("M0", member("M0", "renamed")),
            ("M1", people::Member { active: false, ..member("M1", "gone") }),
            ("M3", member("M3", "renamed")),
            ("M4", people::Member { admin: true, ..member("M4", "né \"x\"") }),
            ("M2499", member("M2499", "before")),
        ] {
            assert_eq!(all[&user(id)], expected);
        }
        let admins = load(&store, [Need::Admins]).await.members;
        assert_eq!(admins.into_keys().collect::<Vec<_>>(), [user("M4")], "found by the columns beside the body");
        assert_eq!(notes(&store).await, ["in between"]);
    }
}

fn jots_of(id: &str, who: &str, text: &str) -> Decision {
    let changes = vec![Change::Standup(standup::Change::Note(note(id, who, text)))];
    Decision { changes, ..Decision::default() }
}

#[tokio::test]
async fn events_that_are_taken_together_see_and_write_what_each_alone_would() {
    for stage in stages("together").await {
        let store = &stage.store;
        let dialog = Change::Standup(standup::Change::Dialog(Box::new(standup::Dialog {
            user: user("U2"),
            entry: entry_key("s1", "2026-11-23", "U2"),
            question: 1,
        })));
        let member = Change::People(people::Change::Member(Box::new(people::Member::unknown(user("U1")))));
        let mut before = jots_of("n1", "U1", "it's \"quoted\", \u{202e}turned\u{202c} and 😀");
        before.changes.extend([dialog, member]);
        commit(store, &event("E0"), &before).await;

        let people = ["U1", "U2", "U3", "U4"].map(user);
        let elsewhere = Inbound { workspace: WorkspaceId::new("slack:T2"), ..event("E1") };
        let events = [event("E1"), event("E2"), event("E0"), elsewhere];
        let alone: Vec<_> = events.iter().zip(&people).collect();
        let mut batch = store.begin(&[acme(), WorkspaceId::new("slack:T2")]).await.unwrap();
        batch.event().await.unwrap();
        let taken = batch.take_together(&alone, nine()).await.unwrap();
        let arrivals: Vec<_> = taken.iter().map(|(arrival, _)| *arrival).collect();
        assert_eq!(arrivals, [Arrival::New, Arrival::New, Arrival::Again, Arrival::New]);
        for ((inbound, who), (_, snapshot)) in alone.iter().zip(&taken) {
            let scope = Scope { workspace: inbound.workspace.clone(), needs: [Need::Member((*who).clone())].into() };
            assert_eq!(*snapshot, batch.load(&scope).await.unwrap(), "{inbound:?}");
        }
        assert!(taken[0].1.notes.len() == 1 && taken[0].1.members.len() == 1 && taken[1].1.dialogs.len() == 1);

        let mut more = jots_of("n3", "U2", "ends the dialog");
        more.changes.push(Change::Standup(standup::Change::DialogEnded(user("U2"))));
        let decided = [jots_of("n2", "U1", "it's \"quoted\", \n too"), more, Decision::default()];
        let decided: Vec<_> = decided.iter().map(|decision| (&events[0].workspace, decision)).collect();
        batch.apply_together(&decided).await.unwrap();
        batch.keep().await.unwrap();
        batch.commit().await.unwrap();
        let Some(store) = stage.again().await else { continue };
        assert_eq!(notes(&store).await, ["it's \"quoted\", \u{202e}turned\u{202c} and 😀", "it's \"quoted\", \n too"]);
        let of_two = load(&store, [Need::Member(user("U2"))]).await;
        assert_eq!((of_two.notes.len(), of_two.dialogs.len()), (1, 0));
        let used = standup::Note { used: true, ..note("n2", "U1", "it's used") };
        let used = [Decision { changes: vec![Change::Standup(standup::Change::Note(used))], ..Decision::default() }];
        let mut batch = store.begin(&[acme()]).await.unwrap();
        batch.event().await.unwrap();
        batch.apply_together(&[(&acme(), &used[0])]).await.unwrap();
        batch.keep().await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(notes(&store).await.len(), 1, "the other one is used");
    }
}

#[tokio::test]
async fn events_that_were_taken_together_are_undone_together() {
    for stage in stages("together_undone").await {
        let people = ["U1", "U2"].map(user);
        let events = [event("E1"), event("E2")];
        let alone: Vec<_> = events.iter().zip(&people).collect();
        let mut batch = stage.store.begin(&[acme()]).await.unwrap();
        for n in 0..2 {
            batch.event().await.unwrap();
            let taken = batch.take_together(&alone, nine()).await.unwrap();
            assert!(taken.iter().all(|(arrival, _)| *arrival == Arrival::New), "time {n}");
            let decided = jots_of("n1", "U1", "undone");
            batch.apply_together(&[(&acme(), &decided)]).await.unwrap();
            batch.undo().await.unwrap();
        }
        batch.event().await.unwrap();
        assert_eq!(batch.take(&event("E2"), nine()).await.unwrap(), Arrival::New);
        batch.apply(&acme(), &jots("n2", "on its own")).await.unwrap();
        batch.keep().await.unwrap();
        batch.event().await.unwrap();
        let taken = batch.take_together(&alone, nine()).await.unwrap();
        assert_eq!((taken[0].0, taken[1].0), (Arrival::New, Arrival::Again), "after another event of its batch");
        batch.keep().await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(notes(&stage.store).await, ["on its own"]);
        assert_eq!(commit(&stage.store, &event("E1"), &Decision::default()).await, Arrival::Again);
    }
}

#[tokio::test]
async fn a_batch_is_seen_whole_or_not_at_all() {
    for stage in stages("whole").await {
        let mut batch = stage.store.begin(&[acme()]).await.unwrap();
        for n in 0..64 {
            batch.event().await.unwrap();
            batch.take(&event(&format!("E{n}")), nine()).await.unwrap();
            batch.apply(&acme(), &jots(&format!("n{n}"), "one of many")).await.unwrap();
            batch.keep().await.unwrap();
        }
        // A database in memory has one connection, which the batch holds.
        if stage.url.is_some() {
            assert!(notes(&stage.store).await.is_empty(), "nobody sees what is not committed");
        }
        batch.commit().await.unwrap();
        assert_eq!(notes(&stage.store).await.len(), 64);
    }
}

#[tokio::test]
async fn a_batch_that_is_dropped_never_was() {
    for stage in stages("dropped").await {
        for n in 0..3 {
            let mut batch = stage.store.begin(&[acme()]).await.unwrap();
            batch.event().await.unwrap();
            batch.take(&event("E1"), nine()).await.unwrap();
            batch.apply(&acme(), &jots("n1", "lost")).await.unwrap();
            if n > 0 {
                batch.keep().await.unwrap();
            }
            drop(batch);
            assert!(notes(&stage.store).await.is_empty());
        }
        stage.store.keep("after", "a dropped batch").await.unwrap();
        assert_eq!(commit(&stage.store, &event("E1"), &jots("n1", "found")).await, Arrival::New);
        let Some(store) = stage.again().await else { continue };
        assert_eq!(notes(&store).await, ["found"]);
        assert_eq!(store.kept("after").await.unwrap().as_deref(), Some("a dropped batch"));
    }
}

#[tokio::test]
async fn an_event_whose_decision_failed_is_kept_with_its_reference() {
    for stage in stages("failed").await {
        let store = &stage.store;
        let mut batch = store.begin(&[acme()]).await.unwrap();
        batch.event().await.unwrap();
        batch.take(&event("E99"), nine()).await.unwrap();
        batch.apply(&acme(), &jots("n1", "half decided")).await.unwrap();
        batch.undo().await.unwrap();
        batch.event().await.unwrap();
        batch.failed(&event("E99"), "an invariant broke", nine()).await.unwrap();
        batch.keep().await.unwrap();
        batch.commit().await.unwrap();
        let known = store.explain(&short("E99")).await.unwrap();
        assert_eq!(known.failed, [(InboxKey::new("E99"), "an invariant broke".to_owned())]);
        assert_eq!(store.backlog(nine()).await.unwrap().failed, 1);
        assert!(notes(store).await.is_empty());
        assert_eq!(commit(store, &event("E99"), &Decision::default()).await, Arrival::Again, "it is ours to decide");
        assert_eq!(store.purge(nine() + 1.hour()).await.unwrap(), 0, "until somebody has looked at it");
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_written_fails_its_event_only() {
    for stage in stages("refused").await {
        let twins = ["a", "b"].map(|id| {
            let twin = standup::Standup { name: "Harian".into(), ..crate::samples::standup(id) };
            Change::Standup(standup::Change::Standup(Box::new(twin)))
        });
        let mut batch = stage.store.begin(&[acme()]).await.unwrap();
        batch.event().await.unwrap();
        batch.apply(&acme(), &jots("n1", "before")).await.unwrap();
        batch.keep().await.unwrap();
        batch.event().await.unwrap();
        let failure = batch.apply(&acme(), &Decision { changes: twins.into(), ..Decision::default() }).await;
        assert!(matches!(failure, Err(StoreError::Database { operation: "write standup", .. })), "{failure:?}");
        assert!(!failure.unwrap_err().to_string().contains("Harian"), "no row is quoted");
        batch.undo().await.unwrap();
        batch.event().await.unwrap();
        batch.apply(&acme(), &jots("n2", "after")).await.unwrap();
        batch.keep().await.unwrap();
        batch.commit().await.unwrap();
        assert_eq!(notes(&stage.store).await, ["before", "after"]);
        assert!(load(&stage.store, [Need::Standups]).await.standups.is_empty());
    }
}

/// Reads how many notes there are, and jots one down with that number: only right when nobody comes between.
async fn count_on(store: &Store, workspaces: &[WorkspaceId], key: String) {
    let mut batch = store.begin(workspaces).await.unwrap();
    batch.event().await.unwrap();
    batch.take(&event(&key), nine()).await.unwrap();
    let scope = Scope { workspace: acme(), needs: [Need::Member(user("U1"))].into() };
    let n = batch.load(&scope).await.unwrap().notes.len();
    tokio::task::yield_now().await;
    batch.apply(&acme(), &jots(&format!("n{n:03}"), &format!("{n}"))).await.unwrap();
    batch.keep().await.unwrap();
    batch.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn decisions_about_one_workspace_take_turns() {
    for stage in stages("turns").await {
        let other = match &stage.url {
            Some(url) if stage.is_postgres() => Store::open(crate::stage::options(url)).await.unwrap(),
            _ => stage.store.clone(),
        };
        let tasks: Vec<_> = (0..40)
            .map(|n| {
                let store = if n % 2 == 0 { stage.store.clone() } else { other.clone() };
                // In either order: nobody waits for each other for ever.
                let mut workspaces = vec![acme(), WorkspaceId::new(format!("discord:{}", n % 3))];
                if n % 4 < 2 {
                    workspaces.reverse();
                }
                tokio::spawn(async move { count_on(&store, &workspaces, format!("E{n}")).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let expected: Vec<String> = (0..40).map(|n| n.to_string()).collect();
        assert_eq!(notes(&stage.store).await, expected);
    }
}

#[tokio::test]
async fn a_wake_fires_once_unless_it_moved() {
    for stage in stages("wakes").await {
        let store = &stage.store;
        let due =
            |at| Due { key: WakeKey::new("refresh"), workspace: acme(), at, wake: Wake::People(people::Wake::Refresh) };
        let set = |at| Decision { wakes: vec![WakeChange::Set(due(at))], ..Decision::default() };
        commit(store, &event("E1"), &set(nine())).await;
        assert_eq!(store.next_wake().await.unwrap(), Some(nine()));
        assert!(store.due_wakes(nine() - 1.millisecond(), 10).await.unwrap().is_empty());
        let read = store.due_wakes(nine(), 10).await.unwrap();
        assert_eq!(read, [due(nine())]);
        assert_ne!(jeda_store::wake_key(&read[0]), jeda_store::wake_key(&due(nine() + 1.hour())));
        commit(store, &event("E2"), &set(nine() + 1.hour())).await;
        let mut batch = store.begin(&[acme()]).await.unwrap();
        assert!(!batch.fired(&read[0]).await.unwrap(), "it was moved meanwhile");
        batch.event().await.unwrap();
        assert!(batch.fired(&due(nine() + 1.hour())).await.unwrap());
        batch.undo().await.unwrap();
        assert!(batch.fired(&due(nine() + 1.hour())).await.unwrap(), "undone, it is there again");
        assert!(!batch.fired(&due(nine() + 1.hour())).await.unwrap());
        batch.commit().await.unwrap();
        assert_eq!(store.next_wake().await.unwrap(), None);
        commit(store, &event("E3"), &set(nine())).await;
        let clear = Decision { wakes: vec![WakeChange::Clear(WakeKey::new("refresh"))], ..Decision::default() };
        commit(store, &event("E4"), &clear).await;
        commit(store, &event("E5"), &clear).await;
        assert_eq!(store.backlog(nine()).await.unwrap().wakes, 0);
    }
}

#[tokio::test]
async fn receipts_are_found_by_subject_and_by_path_and_forgotten_in_time() {
    for stage in stages("receipts").await {
        let store = &stage.store;
        commit(store, &event("E1"), &crate::samples::everything()).await;
        let all = crate::samples::receipts();
        for about in
            ["prompt/s1/2026-11-23/U1", "prompt/s1/2026-11-23", "prompt/s1", "prompt", "s1/2026-11-23/U1", "s1"]
        {
            assert_eq!(store.receipts(Some(&acme()), about).await.unwrap(), all, "{about}");
        }
        for about in
            ["prompt/s1/2026-11-23/U", "prompt/s1/2026-11-2", "s", "rompt", "", "%", "prompt/s1/2026-11-23/U1/"]
        {
            assert!(store.receipts(None, about).await.unwrap().is_empty(), "{about}");
        }
        // One a minute from nine on; the inbox row is of nine.
        assert_eq!(store.purge(nine()).await.unwrap(), 0);
        assert_eq!(store.purge(nine() + 10.seconds()).await.unwrap(), 1 + 10);
        assert_eq!(store.receipts(None, "s1").await.unwrap(), all[10..]);
        assert_eq!(commit(store, &event("E1"), &Decision::default()).await, Arrival::New, "forgotten");
    }
}

#[tokio::test]
async fn small_things_are_kept_between_runs() {
    for stage in stages("kept").await {
        stage.store.keep("dm/U1", "D1").await.unwrap();
        stage.store.keep("dm/U1", "D2").await.unwrap();
        assert_eq!(stage.store.kept("dm/U2").await.unwrap(), None);
        let store = stage.again().await.unwrap_or_else(|| stage.store.clone());
        assert_eq!(store.kept("dm/U1").await.unwrap().as_deref(), Some("D2"));
        store.ping().await.unwrap();
        store.close().await;
        assert!(store.ping().await.is_err() && store.keep("dm/U1", "D3").await.is_err(), "closed");
    }
}
