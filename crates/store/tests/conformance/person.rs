//! Persons: found by each of their accounts, in every workspace; and codes, which link once and end with their person.

use crate::{
    samples::{user, zone},
    stage::{acme, commit, event, load, nine, stages},
};
use jeda_core::{
    change::Change,
    decide::{Cause, Decision},
    event::Inbound,
    id::{WakeKey, WorkspaceId},
    people::{self, Account, Address, Code, Feed, FeedId, Marks, Offer, Person, PersonId, Said},
    snapshot::{Need, Scope},
    wake::Wake,
};
use jeda_store::Store;
use jiff::ToSpan;

fn elsewhere() -> WorkspaceId {
    WorkspaceId::new("discord:9")
}

fn account(workspace: WorkspaceId, name: &str) -> Account {
    Account { workspace, user: user(name), place: "Acme 🌏".into() }
}

fn person(id: &str, accounts: Vec<Account>) -> Person {
    let said = Said { zone: Some(zone("Asia/Jakarta")), ..Said::default() };
    Person { id: PersonId::new(id), accounts, said, profile_zone: None }
}

fn offer(code: u64, person: &str) -> Offer {
    let until = nine() + 15.minutes();
    Offer { code: Code::drawn(code), person: PersonId::new(person), workspace: acme(), user: user("U1"), until }
}

async fn write(store: &Store, key: &str, changes: Vec<people::Change>) {
    let changes = changes.into_iter().map(Change::People).collect();
    commit(store, &event(key), &Decision { changes, ..Decision::default() }).await;
}

#[tokio::test]
async fn a_person_is_found_by_each_account_and_by_no_other() {
    for stage in stages("person").await {
        let store = &stage.store;
        let both = person("p1", vec![account(acme(), "U1"), account(elsewhere(), "42")]);
        write(store, "E1", vec![people::Change::Person(Box::new(both.clone()))]).await;
        let here = load(store, [Need::PersonOf(user("U1"))]).await;
        assert_eq!(here.person_of(&user("U1")), Some(&both));
        let there = Scope { workspace: elsewhere(), needs: [Need::PersonOf(user("42"))].into() };
        assert_eq!(store.load(&there).await.unwrap().person_of(&user("42")), Some(&both));
        let nobody = load(store, [Need::PersonOf(user("42"))]).await;
        assert!(nobody.persons.is_empty(), "the other workspace's 42 is not ours");

        // One account goes over to another person, in either order of writing.
        let other = person("p2", vec![account(elsewhere(), "7"), account(elsewhere(), "42")]);
        let left = person("p1", vec![account(acme(), "U1")]);
        let changes = [left.clone(), other.clone()].map(|it| people::Change::Person(Box::new(it)));
        write(store, "E2", changes.into()).await;
        assert_eq!(store.load(&there).await.unwrap().person_of(&user("42")), Some(&other));
        assert_eq!(load(store, [Need::PersonOf(user("U1"))]).await.person_of(&user("U1")), Some(&left));
        write(store, "E3", vec![people::Change::PersonGone(PersonId::new("p2"))]).await;
        assert!(store.load(&there).await.unwrap().persons.is_empty());
    }
}

#[tokio::test]
async fn a_code_brings_its_person_and_ends_with_use_with_a_newer_one_and_with_them() {
    for stage in stages("code").await {
        let store = &stage.store;
        let ana = person("p1", vec![account(acme(), "U1")]);
        let (first, second) = (offer(1, "p1"), offer(2, "p1"));
        let put = |offer: &Offer| people::Change::Offer(Box::new(offer.clone()));
        write(store, "E1", vec![people::Change::Person(Box::new(ana.clone())), put(&first)]).await;
        let seen = async |code: &Code| {
            let there = Scope { workspace: elsewhere(), needs: [Need::Offer(code.clone())].into() };
            let seen = store.load(&there).await.unwrap();
            (seen.offer, seen.persons.into_values().next())
        };
        assert_eq!(seen(&first.code).await, (Some(first.clone()), Some(ana.clone())));
        write(store, "E2", vec![put(&second)]).await;
        assert_eq!(seen(&first.code).await, (None, None));
        assert_eq!(seen(&second.code).await.0, Some(second.clone()));
        write(store, "E3", vec![people::Change::OfferGone(second.code.clone())]).await;
        assert_eq!(seen(&second.code).await, (None, None));
        write(store, "E4", vec![put(&first), people::Change::PersonGone(PersonId::new("p1"))]).await;
        assert_eq!(seen(&first.code).await, (None, None));
        // What nobody used goes with the retention.
        write(store, "E5", vec![people::Change::Person(Box::new(ana.clone())), put(&first)]).await;
        store.purge(nine()).await.unwrap();
        assert!(seen(&first.code).await.0.is_some());
        store.purge(nine() + 1.hour()).await.unwrap();
        assert!(seen(&first.code).await.0.is_none());
    }
}

#[tokio::test]
async fn a_wake_for_another_workspace_is_that_workspaces() {
    for stage in stages("elsewhere").await {
        let store = &stage.store;
        let Inbound { key, workspace, .. } = event("E1");
        let inbound = Inbound { key, workspace, event: event("E1").event };
        let cause = Cause::of(&inbound, nine());
        let follow = people::Wake::Follow { user: user("42"), joined: None };
        let wake = cause.due_in(&elsewhere(), WakeKey::new("follow/42/x"), nine(), Wake::People(follow));
        commit(store, &inbound, &Decision { wakes: vec![wake], ..Decision::default() }).await;
        let due = store.due_wakes(nine(), 10).await.unwrap();
        assert_eq!(due.iter().map(|due| due.workspace.clone()).collect::<Vec<_>>(), [elsewhere()]);
    }
}

#[tokio::test]
async fn an_address_is_kept_until_its_calendar_is_read_no_more() {
    for stage in stages("feed").await {
        let store = &stage.store;
        let id = FeedId::new("f1");
        let address = Address::typed("webcal://calendar.example.org/secret?key='1'").unwrap();
        let feed = Feed { id: id.clone(), user: user("U1"), address, marks: Marks::default() };
        write(store, "E1", vec![people::Change::Feed(Box::new(feed.clone()))]).await;
        assert_eq!(store.feed(&acme(), &id).await.unwrap(), Some(feed.clone()));
        assert_eq!(store.feed(&elsewhere(), &id).await.unwrap(), None, "another workspace has not that one");
        let marks = Marks { etag: Some("\"2\"".into()), last_modified: None, whole_at: Some(nine()) };
        write(store, "E2", vec![people::Change::FeedRead(id.clone(), marks.clone())]).await;
        assert_eq!(store.feed(&acme(), &id).await.unwrap(), Some(Feed { marks, ..feed }));
        write(store, "E3", vec![people::Change::FeedGone(id.clone())]).await;
        assert_eq!(store.feed(&acme(), &id).await.unwrap(), None);
    }
}
