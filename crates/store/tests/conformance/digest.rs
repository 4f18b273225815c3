//! What waits for digests: put once, found by its reader in the order of what is due, by its digest and by its
//! neighbours, and gone with the retention.

use crate::{
    samples::{everything, user},
    stage::{at, commit, event, load, nine, stages},
};
use jeda_core::{
    change::Change,
    decide::Decision,
    digest::{Change as Waits, DigestId, Item, ItemId, Source, State},
    event::Posted,
    id::{ChannelId, MessageId, WakeKey},
    limit::ITEMS_READ_MAX,
    norm::JudgedId,
    snapshot::{Need, Snapshot},
    wake::{Due, Wake, WakeChange},
};
use jeda_store::Store;

fn item(reader: &str, name: &str, state: State) -> Item {
    let source = Source::Mention(JudgedId::new(name));
    Item {
        id: source.for_reader(&user(reader)),
        reader: user(reader),
        source,
        from: Some(user("U9")),
        place: Some(ChannelId::new("C1")),
        thread: Some(MessageId::new("m0")),
        posted: Some(Posted { channel: ChannelId::new("C1"), message: MessageId::new("m1"), at: nine() }),
        line: Some("\"it\" <!here> 🌏".into()),
        due: None,
        since: nine(),
        state,
    }
}

fn waits(reader: &str, name: &str) -> Item {
    item(reader, name, State::Waiting { not_before: None })
}

async fn write(store: &Store, key: &str, changes: Vec<Waits>) {
    let changes = changes.into_iter().map(Change::Digest).collect();
    commit(store, &event(key), &Decision { changes, ..Decision::default() }).await;
}

fn came(item: &Item) -> Waits {
    Waits::Came(Box::new(item.clone()))
}

fn row(item: &Item) -> Waits {
    Waits::Item(Box::new(item.clone()))
}

fn ids(seen: &Snapshot) -> Vec<&ItemId> {
    seen.items.keys().collect()
}

async fn waiting(store: &Store, reader: &str) -> Snapshot {
    load(store, [Need::ItemsWaiting(user(reader))]).await
}

#[tokio::test]
async fn what_waits_is_put_once_and_found_by_its_reader() {
    for stage in stages("digest_put").await {
        let store = &stage.store;
        commit(store, &event("e0"), &everything()).await;
        let (one, other) = (waits("U1", "a"), waits("U2", "a"));
        write(store, "e1", vec![came(&one), came(&other)]).await;
        assert_eq!(waiting(store, "U1").await.items.values().collect::<Vec<_>>(), [&one]);
        // It came in a digest; put again, it stays there.
        let digest = DigestId::new("d1");
        let taken = Item { state: State::Taken(digest.clone()), ..one.clone() };
        write(store, "e2", vec![row(&taken)]).await;
        write(store, "e3", vec![came(&one)]).await;
        assert!(waiting(store, "U1").await.items.is_empty());
        assert_eq!(load(store, [Need::ItemsOf(digest.clone())]).await.items.values().collect::<Vec<_>>(), [&taken]);
        // Taken away: there, or not.
        write(store, "e4", vec![Waits::Gone(other.id.clone()), Waits::Gone(ItemId::new("none"))]).await;
        assert!(waiting(store, "U2").await.items.is_empty());
    }
}

#[tokio::test]
async fn what_came_is_found_with_its_neighbours() {
    for stage in stages("digest_beside").await {
        let store = &stage.store;
        commit(store, &event("e0"), &everything()).await;
        let shown = |name: &str, digest: &str| {
            item("U1", name, State::Shown { digest: DigestId::new(digest), at: at("2026-11-24T03:00:00Z") })
        };
        let all = [shown("a", "d1"), shown("b", "d1"), shown("c", "d2"), waits("U1", "d")];
        write(store, "e1", all.iter().map(came).collect()).await;
        let beside = load(store, [Need::ItemBeside(all[0].id.clone())]).await;
        let mut expected = vec![&all[0].id, &all[1].id];
        expected.sort();
        assert_eq!(ids(&beside), expected);
        assert_eq!(ids(&load(store, [Need::ItemBeside(all[3].id.clone())]).await), [&all[3].id]);
        assert!(load(store, [Need::ItemBeside(ItemId::new("none"))]).await.items.is_empty());
    }
}

#[tokio::test]
async fn of_very_much_what_is_due_first_is_read() {
    for stage in stages("digest_many").await {
        let store = &stage.store;
        commit(store, &event("e0"), &everything()).await;
        let many: Vec<Item> = (0..ITEMS_READ_MAX).map(|nth| waits("U1", &format!("n{nth}"))).collect();
        write(store, "e1", many.iter().map(came).collect()).await;
        let due = Item { due: Some(at("2026-11-25T00:00:00Z")), ..waits("U1", "due") };
        write(store, "e2", vec![came(&due)]).await;
        let seen = waiting(store, "U1").await;
        assert_eq!((seen.items.len(), seen.items.contains_key(&due.id)), (ITEMS_READ_MAX, true));
    }
}

#[tokio::test]
async fn what_came_is_forgotten_and_what_waits_is_not() {
    for stage in stages("digest_purge").await {
        let store = &stage.store;
        commit(store, &event("e0"), &everything()).await;
        let old = item("U1", "a", State::Shown { digest: DigestId::new("d1"), at: at("2026-11-24T03:00:00Z") });
        let closed = item("U1", "b", State::Closed { at: at("2026-11-24T03:00:00Z") });
        let newer = item("U1", "c", State::Shown { digest: DigestId::new("d1"), at: at("2026-11-26T03:00:00Z") });
        let still = waits("U1", "d");
        write(store, "e1", [&old, &closed, &newer, &still].map(came).into()).await;
        store.purge(at("2026-11-25T00:00:00Z")).await.unwrap();
        let left = load(store, [&old, &closed, &newer, &still].map(|it| Need::ItemBeside(it.id.clone()))).await;
        let mut expected = vec![&newer.id, &still.id];
        expected.sort();
        assert_eq!(ids(&left), expected);
    }
}

#[tokio::test]
async fn a_wake_is_moved_to_an_earlier_time_only() {
    for stage in stages("digest_wake").await {
        let store = &stage.store;
        let wake = Wake::Digest(jeda_core::digest::Wake::Gather(user("U1")));
        let due = |at| Due { key: WakeKey::new("digest/U1"), workspace: event("e").workspace, at, wake: wake.clone() };
        for (nth, hour, then) in [(1, 9, 9), (2, 11, 9), (3, 8, 8)] {
            let at = |hour: i64| nine() + jiff::SignedDuration::from_hours(hour);
            let decision = Decision { wakes: vec![WakeChange::Sooner(due(at(hour)))], ..Decision::default() };
            commit(store, &event(&format!("w{nth}")), &decision).await;
            assert_eq!(store.next_wake().await.unwrap(), Some(at(then)));
        }
    }
}
