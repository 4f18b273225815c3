//! Norms: numbered revisions that are only ever added, read once, and added beside a bot that is at work.

use crate::stage::{Stage, acme, at, commit, event, load, nine, options, stages};
use jeda_core::{
    change::Change,
    decide::Decision,
    id::{GroupId, WorkspaceId},
    norm::{self, Enforce, Exempt, Kind, Norm, NormSet, Revision, Rule, Scope},
    people::{self, Group, Wake},
    snapshot::Need,
};
use jeda_store::{Store, StoreError};
use std::sync::Arc;

/// One norm everywhere, called so.
fn norms(name: &str) -> NormSet {
    let norm = Norm {
        name: name.to_owned(),
        enforce: Enforce::Observe,
        scope: Scope::Workspace,
        exempt: Exempt::default(),
        rule: Rule::usual(Kind::QuietHours),
    };
    NormSet(vec![norm])
}

fn revision(number: u32, name: &str) -> Revision {
    Revision { number, by: "lia".to_owned(), at: nine(), set: norms(name) }
}

async fn live(store: &Store) -> Option<Arc<Revision>> {
    load(store, [Need::Norms]).await.norms
}

async fn add(store: &Store, revision: &Revision) -> bool {
    store.add_revision(&acme(), revision, &norm::wakes(&acme(), nine())).await.unwrap()
}

/// A known workspace.
async fn begun(stage: &Stage) {
    let workspace = Box::new(crate::samples::workspace());
    let changes = vec![Change::People(people::Change::Workspace(workspace))];
    commit(&stage.store, &event("E1"), &Decision { changes, ..Decision::default() }).await;
}

#[tokio::test]
async fn revisions_are_numbered_and_the_newest_is_live() {
    for stage in stages("norms_numbered").await {
        begun(&stage).await;
        let store = &stage.store;
        assert_eq!(live(store).await, None);
        assert!(add(store, &revision(1, "a")).await);
        assert_eq!(live(store).await.unwrap().set, norms("a"));
        for taken in [0, 1, 3] {
            assert!(!add(store, &revision(taken, "b")).await, "{taken} is not the next");
        }
        let second =
            Revision { by: "ana <@U2> 🌏".to_owned(), at: at("2026-11-24T00:00:00.123Z"), ..revision(2, "b") };
        assert!(add(store, &second).await);
        assert_eq!(live(store).await.as_deref(), Some(&second));
        let mut batch = store.begin(&[acme()]).await.unwrap();
        let seen = batch.load(&jeda_core::snapshot::Scope { workspace: acme(), needs: [Need::Norms].into() }).await;
        assert_eq!(seen.unwrap().norms.as_deref(), Some(&second), "a batch sees it, too");
        drop(batch);
        assert_eq!(store.revisions(&acme()).await.unwrap(), [second.clone(), revision(1, "a")]);
        let other = WorkspaceId::new("discord:1");
        assert!(store.add_revision(&other, &revision(1, "c"), &[]).await.unwrap(), "each workspace counts for itself");
        let due = store.due_wakes(nine(), 10).await.unwrap();
        assert_eq!(due.iter().map(|due| &due.key).collect::<Vec<_>>(), [&Wake::Refresh.key()], "groups are read anew");
        let names: Vec<_> = store.workspaces().await.unwrap().into_iter().map(|it| it.id).collect();
        assert_eq!(names, [acme()]);
        if let Some(again) = stage.again().await {
            assert_eq!(live(&again).await.as_deref(), Some(&second));
        }
    }
}

#[tokio::test]
async fn one_is_added_beside_a_bot_at_work_which_sees_it_at_the_next_event() {
    for stage in stages("norms_beside").await {
        begun(&stage).await;
        let Some(url) = &stage.url else { continue };
        assert!(add(&stage.store, &revision(1, "a")).await);
        assert_eq!(live(&stage.store).await.unwrap().number, 1);
        let beside = Store::open_beside(options(url)).await.unwrap();
        assert_eq!(live(&beside).await.unwrap().number, 1);

        // The bot is in the middle of a batch: the other waits for its turn.
        let mut batch = stage.store.begin(&[acme()]).await.unwrap();
        batch.event().await.unwrap();
        batch.take(&event("E2"), nine()).await.unwrap();
        let (second, done) = (revision(2, "b"), std::cell::Cell::new(false));
        let adding = async {
            assert!(add(&beside, &second).await);
            assert!(done.get(), "not in the middle of it");
        };
        let working = async {
            batch.keep().await.unwrap();
            done.set(true);
            batch.commit().await.unwrap();
        };
        tokio::join!(adding, working);
        assert_eq!(live(&stage.store).await.unwrap().set, norms("b"));
        assert!(!add(&beside, &revision(2, "c")).await, "somebody was faster");
        beside.close().await;
        commit(&stage.store, &event("E3"), &Decision::default()).await;
    }
}

#[tokio::test]
async fn two_who_apply_at_once_do_not_overwrite_each_other() {
    for stage in stages("norms_race").await {
        begun(&stage).await;
        let Some(url) = &stage.url else { continue };
        let adds = async |name: &str| {
            let store = Store::open_beside(options(url)).await.unwrap();
            let is_added = add(&store, &revision(1, name)).await;
            store.close().await;
            usize::from(is_added)
        };
        let (one, two, three) = tokio::join!(adds("a"), adds("b"), adds("c"));
        assert_eq!(one + two + three, 1);
        assert_eq!(stage.store.revisions(&acme()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_is_known_by_its_number_is_not_read_again() {
    for stage in stages("norms_known").await {
        begun(&stage).await;
        let Some(url) = &stage.url else { continue };
        assert!(add(&stage.store, &revision(1, "a")).await);
        let first = live(&stage.store).await.unwrap();
        let spoil = "UPDATE norm_revision SET body = 'x'";
        if stage.is_postgres() {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            sqlx::query(spoil).execute(&pool).await.unwrap();
            pool.close().await;
        } else {
            let pool = sqlx::SqlitePool::connect(url).await.unwrap();
            sqlx::query(spoil).execute(&pool).await.unwrap();
            pool.close().await;
        }
        assert!(Arc::ptr_eq(&first, &live(&stage.store).await.unwrap()));
        let fresh = stage.again().await.unwrap();
        let scope = jeda_core::snapshot::Scope { workspace: acme(), needs: [Need::Norms].into() };
        let failure = fresh.load(&scope).await.unwrap_err();
        assert!(matches!(failure, StoreError::Corrupt { table: "norm_revision", .. }), "{failure}");
    }
}

#[tokio::test]
async fn groups_are_those_that_were_told_last() {
    for stage in stages("norms_groups").await {
        let told = async |key: &str, names: &[(&str, &str)]| {
            let group = |(id, name): &(&str, &str)| Group { group: GroupId::new(*id), name: (*name).to_owned() };
            let change = people::Change::Groups(names.iter().map(group).collect());
            let decision = Decision { changes: vec![Change::People(change)], ..Decision::default() };
            commit(&stage.store, &event(key), &decision).await;
            let groups = load(&stage.store, [Need::Groups]).await.groups;
            groups.into_values().map(|group| (group.group.to_string(), group.name)).collect::<Vec<_>>()
        };
        let own = |all: &[(&str, &str)]| {
            all.iter().map(|(id, name)| ((*id).to_owned(), (*name).to_owned())).collect::<Vec<_>>()
        };
        let first = [("G1", "on-call"), ("G2", "tim 'inti' \"🌱\"")];
        assert_eq!(told("E1", &first).await, own(&first));
        assert_eq!(told("E2", &[("G2", "x")]).await, own(&[("G2", "x")]));
        assert_eq!(told("E3", &[]).await, own(&[]));
    }
}
