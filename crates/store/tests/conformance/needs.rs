//! Every need brings its rows, and every row comes back as it was written.

use crate::{
    samples::{
        self, FRIDAY, MONDAY, effects, entries, entry, entry_key, everything, member, posts, receipts, round_key, team,
        user, wakes,
    },
    stage::{Stage, acme, commit, event, load, nine, notes, stages},
};
use jeda_core::{
    change::Change,
    decide::Decision,
    effect::Owed,
    event::{Outcome, Posted},
    id::{ChannelId, GroupId, MessageId, StandupId, Subject, WorkspaceId},
    language::Language,
    people::{self, Workspace},
    snapshot::{Need, Snapshot, Touch},
    standup::{self, EntryState, Standup, StandupState},
};
use jeda_store::{Options, Store};
use jiff::ToSpan;
use std::fmt::Write;

/// A team of everything, with its messages posted.
async fn acme_at_work(name: &str) -> Vec<Stage> {
    let all = stages(name).await;
    for stage in &all {
        commit(&stage.store, &event("E1"), &everything()).await;
        post(&stage.store).await;
    }
    all
}

/// Lets the first effects become the posted messages.
async fn post(store: &Store) {
    let claimed = store.claim(nine() + 1.hour(), nine() + 2.hours(), 100, &[]).await.unwrap();
    let mut batch = store.begin(&[acme()]).await.unwrap();
    for ((subject, posted), claim) in posts().into_iter().zip(&claimed) {
        let sent = Outcome::Sent(posted);
        assert!(batch.settle(&claim.owed, Some(&subject), &sent, nine()).await.unwrap());
    }
    batch.commit().await.unwrap();
}

/// What a snapshot has, a line for each kind of thing.
fn shown(snapshot: &Snapshot) -> String {
    let mut lines = String::new();
    let mut line = |kind: &str, names: Vec<String>| {
        if !names.is_empty() {
            writeln!(lines, "{kind}: {}", names.join(" ")).unwrap();
        }
    };
    line("members", snapshot.members.keys().map(ToString::to_string).collect());
    line("channels", snapshot.channels.keys().map(ToString::to_string).collect());
    for (channel, users) in &snapshot.channel_members {
        line(&format!("in {channel}"), users.iter().map(ToString::to_string).collect());
    }
    for (group, users) in &snapshot.group_members {
        line(&format!("in {group}"), users.iter().map(ToString::to_string).collect());
    }
    for (user, places) in &snapshot.places {
        let channels = places.channels.iter().map(ToString::to_string);
        let names: Vec<String> = channels.chain(places.groups.iter().map(ToString::to_string)).collect();
        line(&format!("{user} is in"), if names.is_empty() { vec!["nothing".into()] } else { names });
    }
    line("standups", snapshot.standups.keys().map(ToString::to_string).collect());
    line("rounds", snapshot.rounds.keys().map(standup::RoundKey::path).collect());
    line("entries", snapshot.entries.keys().map(standup::EntryKey::path).collect());
    line("dialogs", snapshot.dialogs.keys().map(ToString::to_string).collect());
    line("notes", snapshot.notes.iter().map(|note| note.id.clone()).collect());
    line("posts", snapshot.posts.keys().map(ToString::to_string).collect());
    lines
}

fn date(november: i8) -> jiff::civil::Date {
    jiff::civil::date(2026, 11, november)
}

/// The lines of a text that is indented for reading.
fn lines(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |all, line| all + line + "\n")
}

#[tokio::test]
async fn each_need_brings_its_rows_and_no_others() {
    let c1 = || ChannelId::new("C1");
    let g1 = || GroupId::new("G1");
    let s1 = "members: U1 U2 U3 U4 U5
              channels: C1
              in C1: U1 U2 U3
              standups: s1
              rounds: s1/2026-11-23
              entries: s1/2026-11-23/U1 s1/2026-11-23/U2 s1/2026-11-23/U4
              posts: prompt/s1/2026-11-23/U1 prompt/s1/2026-11-23/U2 remind/s1/2026-11-23/U1 report/s1/2026-11-23/U2/0";
    let monday = "members: U1 U2 U4
                  standups: s1
                  rounds: s1/2026-11-23
                  entries: s1/2026-11-23/U1 s1/2026-11-23/U2 s1/2026-11-23/U4
                  posts: prompt/s1/2026-11-23/U1 prompt/s1/2026-11-23/U2 remind/s1/2026-11-23/U1 report/s1/2026-11-23/U2/0";
    let friday = "members: U1 U2 U3 U4
                  standups: s1
                  rounds: s1/2026-11-20
                  entries: s1/2026-11-20/U1 s1/2026-11-20/U2 s1/2026-11-20/U3 s1/2026-11-20/U4
                  posts: prompt/s1/2026-11-20/U1 report/s1/2026-11-20/U2/1 report/s1/2026-11-20/head/0";
    let answered = "members: U2
                    standups: s1
                    rounds: s1/2026-11-20
                    entries: s1/2026-11-20/U2
                    notes: n4";
    let cases: Vec<(Need, &str)> = vec![
        (Need::Member(user("U1")), "members: U1\n dialogs: U1\n notes: n2 n1"),
        (Need::Member(user("U2")), "members: U2\n notes: n4"),
        (Need::Member(user("nobody")), ""),
        (Need::Members, "members: U1 U2 U3 U4 U5 U6 U7 U8 U9"),
        (Need::Admins, "members: U1"),
        (Need::Channel(c1()), "members: U1 U2 U3\n channels: C1\n in C1: U1 U2 U3"),
        (Need::Channel(ChannelId::new("C9")), ""),
        (Need::Channels, "channels: C1 C2"),
        (Need::ChannelNamed("NAME-of-C1".into()), "members: U1 U2 U3\n channels: C1\n in C1: U1 U2 U3"),
        (Need::ChannelNamed("nowhere".into()), ""),
        (Need::Places(user("U1")), "U1 is in: C1"),
        (Need::Places(user("U7")), "U7 is in: C2 G1"),
        (Need::Places(user("nobody")), "nobody is in: nothing"),
        (Need::Group(g1()), "members: U6 U7\n in G1: U6 U7"),
        (Need::Standups, "standups: s1 s2 s3"),
        (Need::Standup(StandupId::new("s1")), s1),
        (Need::Standup(StandupId::new("s9")), ""),
        (Need::StandupNamed("harIAN S1".into()), s1),
        (Need::StandupNamed("nothing".into()), ""),
        (
            Need::Standup(StandupId::new("s2")),
            "members: U2 U6 U7
             channels: C2
             in C2: U7
             standups: s2
             rounds: s2/2026-11-23
             entries: s2/2026-11-23/U2 s2/2026-11-23/U6",
        ),
        (
            Need::Standup(StandupId::new("s3")),
            "members: U1 U2 U3 U6 U7\n channels: C1\n in C1: U1 U2 U3\n in G1: U6 U7\n standups: s3",
        ),
        (Need::Round(round_key("s1", FRIDAY)), friday),
        (Need::Round(round_key("s1", MONDAY)), monday),
        (Need::Round(round_key("s1", "2026-11-24")), "standups: s1"),
        (Need::RoundOf(Some("Harian S1".into()), Some([date(20)].into())), friday),
        (Need::RoundOf(Some("Harian S1".into()), Some([date(24), date(25)].into())), ""),
        (
            Need::RoundOf(Some("Harian S1".into()), Some([date(20), date(21), date(23)].into())),
            "members: U1 U2 U3 U4
             standups: s1
             rounds: s1/2026-11-20 s1/2026-11-23
             entries: s1/2026-11-20/U1 s1/2026-11-20/U2 s1/2026-11-20/U3 s1/2026-11-20/U4 s1/2026-11-23/U1 s1/2026-11-23/U2 s1/2026-11-23/U4
             posts: prompt/s1/2026-11-20/U1 prompt/s1/2026-11-23/U1 prompt/s1/2026-11-23/U2 remind/s1/2026-11-23/U1 report/s1/2026-11-20/U2/1 report/s1/2026-11-20/head/0 report/s1/2026-11-23/U2/0",
        ),
        (
            Need::RoundOf(Some("harian s1".into()), None),
            "members: U1 U2 U3 U4
             standups: s1
             rounds: s1/2026-11-19 s1/2026-11-20 s1/2026-11-23
             entries: s1/2026-11-19/U1 s1/2026-11-20/U1 s1/2026-11-20/U2 s1/2026-11-20/U3 s1/2026-11-20/U4 s1/2026-11-23/U1 s1/2026-11-23/U2 s1/2026-11-23/U4
             posts: prompt/s1/2026-11-19/U1 prompt/s1/2026-11-20/U1 prompt/s1/2026-11-23/U1 prompt/s1/2026-11-23/U2 remind/s1/2026-11-23/U1 report/s1/2026-11-20/U2/1 report/s1/2026-11-20/head/0 report/s1/2026-11-23/U2/0",
        ),
        (
            // The entry, and the last that was answered before it: not the one of friday, which was missed.
            Need::Entry(entry_key("s1", MONDAY, "U1")),
            "members: U1
             standups: s1
             rounds: s1/2026-11-19 s1/2026-11-23
             entries: s1/2026-11-19/U1 s1/2026-11-23/U1
             notes: n2 n1
             posts: prompt/s1/2026-11-23/U1 remind/s1/2026-11-23/U1",
        ),
        (
            // Open ones of s1; the newest of s4, which is deleted, since its answer may still be edited.
            Need::EntriesOf(user("U1")),
            "standups: s1 s4
             rounds: s1/2026-11-23 s4/2026-11-20
             entries: s1/2026-11-23/U1 s4/2026-11-20/U1
             posts: prompt/s1/2026-11-23/U1 remind/s1/2026-11-23/U1",
        ),
        (Need::EntryOfMessage(MessageId::new("said-s1-2026-11-20-U2")), answered),
        (
            Need::EntryOfMessage(MessageId::new("m3")),
            "members: U2
             standups: s1
             rounds: s1/2026-11-20 s1/2026-11-23
             entries: s1/2026-11-20/U2 s1/2026-11-23/U2
             notes: n4
             posts: prompt/s1/2026-11-23/U2",
        ),
        (
            Need::EntryOfMessage(MessageId::new("m7")),
            "members: U1
             standups: s1
             rounds: s1/2026-11-19 s1/2026-11-23
             entries: s1/2026-11-19/U1 s1/2026-11-23/U1
             notes: n2 n1
             posts: prompt/s1/2026-11-23/U1 remind/s1/2026-11-23/U1",
        ),
        (Need::EntryOfMessage(MessageId::new("m4")), ""),
        (Need::Post(Subject::new("prompt/s1/2026-11-23/U1")), "posts: prompt/s1/2026-11-23/U1"),
        (Need::Post(Subject::new("prompt/s1/2026-11-23")), ""),
    ];
    for stage in acme_at_work("needs").await {
        for (need, expected) in &cases {
            let snapshot = load(&stage.store, [need.clone()]).await;
            assert_eq!(shown(&snapshot), lines(expected), "{need:?}");
            // A batch reads the same as a reader does.
            let mut batch = stage.store.begin(&[acme()]).await.unwrap();
            let scope = jeda_core::snapshot::Scope { workspace: acme(), needs: [need.clone()].into() };
            assert_eq!(batch.load(&scope).await.unwrap(), snapshot, "{need:?}");
        }
    }
}

#[tokio::test]
async fn whoever_comes_goes_or_changes_hours_touches_the_right_standups() {
    let cases = [
        (Touch::All, "s1 s2 s3"),
        (Touch::Channel(ChannelId::new("C1")), "s1 s3"),
        (Touch::Channel(ChannelId::new("C2")), "s2"),
        (Touch::Group(GroupId::new("G1")), "s3"),
        // In the channel; in a list; in the group; joined by themselves.
        (Touch::Member(user("U1")), "s1"),
        (Touch::Member(user("U2")), "s1 s2"),
        (Touch::Member(user("U7")), "s3"),
        (Touch::Member(user("U4")), "s1"),
        (Touch::Member(user("U8")), ""),
    ];
    for stage in acme_at_work("touching").await {
        for (touch, whole) in &cases {
            let snapshot = load(&stage.store, [Need::StandupsTouching(touch.clone())]).await;
            // Whole ones come with their channel.
            let loaded: Vec<&str> = ["s1", "s2", "s3"]
                .into_iter()
                .filter(|id| match *id {
                    "s1" => snapshot.entries.contains_key(&entry_key("s1", MONDAY, "U4")),
                    "s2" => snapshot.channels.contains_key(&ChannelId::new("C2")),
                    _ => snapshot.group_members.contains_key(&GroupId::new("G1")),
                })
                .collect();
            assert_eq!(loaded.join(" "), *whole, "{touch:?}");
            // Whoever plans the standups at hand again must not find one without its people.
            let at_hand: Vec<&str> = snapshot.standups.keys().map(StandupId::as_str).collect();
            assert_eq!(at_hand.join(" "), *whole, "{touch:?}");
        }
    }
}

#[tokio::test]
async fn needs_that_overlap_bring_each_row_once() {
    for stage in acme_at_work("overlap").await {
        let needs = [Need::Member(user("U1")), Need::Entry(entry_key("s1", MONDAY, "U1")), Need::Members, Need::Admins];
        let notes: Vec<String> = load(&stage.store, needs).await.notes.into_iter().map(|note| note.id).collect();
        assert_eq!(notes, ["n2", "n1"]);
        let both = [Need::Member(user("U1")), Need::Member(user("U2"))];
        assert_eq!(load(&stage.store, both).await.notes.len(), 3);
    }
}

#[tokio::test]
async fn every_row_comes_back_as_it_was_written() {
    for stage in acme_at_work("rows").await {
        let store = stage.again().await.unwrap_or_else(|| stage.store.clone());
        let all = [
            Need::Members,
            Need::Channels,
            Need::StandupsTouching(Touch::All),
            Need::Member(user("U1")),
            Need::Member(user("U2")),
            Need::RoundOf(Some("harian s1".into()), None),
            Need::EntriesOf(user("U1")),
        ];
        let snapshot = load(&store, all).await;
        assert_eq!(snapshot.workspace, samples::workspace());
        let mut compared = 0;
        for change in team() {
            compared += match change {
                Change::People(people::Change::Member(row)) => {
                    assert_eq!(snapshot.members.get(&row.user), Some(&*row));
                    1
                }
                Change::People(people::Change::Channel(row)) => {
                    assert_eq!(snapshot.channels.get(&row.channel), Some(&row));
                    1
                }
                Change::Standup(standup::Change::Standup(row)) => {
                    assert_eq!(snapshot.standups.get(&row.id), Some(&*row));
                    1
                }
                Change::Standup(standup::Change::Round(row)) => {
                    assert_eq!(snapshot.rounds.get(&row.key), Some(&*row));
                    1
                }
                Change::Standup(standup::Change::Note(row)) => {
                    assert_eq!(snapshot.notes.contains(&row), !row.used, "{}", row.id);
                    1
                }
                Change::Standup(standup::Change::Dialog(row)) if row.user == user("U1") => {
                    assert_eq!(snapshot.dialogs.get(&row.user), Some(&*row));
                    1
                }
                _ => 0,
            };
        }
        assert_eq!(compared, 9 + 2 + 4 + 5 + 4 + 1, "nothing was left out");
        for row in entries() {
            assert_eq!(snapshot.entries.get(&row.key), Some(&row));
        }
        for (subject, posted) in posts() {
            let found: Option<Posted> = load(&store, [Need::Post(subject.clone())]).await.posts.remove(&subject);
            assert_eq!(found, Some(posted));
        }
        assert_eq!(store.due_wakes(nine() + 1.hour(), 100).await.unwrap(), wakes());
        assert_eq!(store.due_wakes(nine() + 1.second(), 100).await.unwrap(), wakes()[..2]);
        assert_eq!(store.due_wakes(nine() + 1.hour(), 3).await.unwrap(), wakes()[..3]);
        assert_eq!(store.receipts(None, "prompt/s1/2026-11-23/U1").await.unwrap(), receipts());
        let owed: Vec<Owed> =
            store.explain("s1/2026-11-23/U1").await.unwrap().rows.into_iter().map(|row| row.owed).collect();
        assert!(owed.iter().all(|owed| effects().contains(owed)) && !owed.is_empty());
    }
}

#[tokio::test]
async fn every_kind_of_effect_is_claimed_as_it_was_owed() {
    for stage in stages("kinds").await {
        commit(&stage.store, &event("E1"), &everything()).await;
        let claimed = stage.store.claim(nine() + 1.hour(), nine() + 2.hours(), 100, &[]).await.unwrap();
        assert_eq!(claimed.into_iter().map(|claim| claim.owed).collect::<Vec<_>>(), effects());
    }
}

#[tokio::test]
async fn writing_the_same_again_changes_nothing() {
    for stage in acme_at_work("same").await {
        let needs = || [Need::Members, Need::StandupsTouching(Touch::All), Need::Member(user("U1"))];
        let before = load(&stage.store, needs()).await;
        let backlog = stage.store.backlog(nine()).await.unwrap();
        commit(&stage.store, &event("E2"), &everything()).await;
        assert_eq!(load(&stage.store, needs()).await, before);
        assert_eq!(stage.store.backlog(nine()).await.unwrap(), backlog);
        assert_eq!(stage.store.receipts(None, "prompt/s1").await.unwrap(), receipts());
    }
}

#[tokio::test]
async fn a_name_is_taken_until_its_standup_is_deleted() {
    for stage in stages("names").await {
        let write = async |standup: Standup, key: &str| {
            let mut batch = stage.store.begin(&[acme()]).await.unwrap();
            batch.event().await.unwrap();
            batch.take(&event(key), nine()).await.unwrap();
            let changes = vec![Change::Standup(standup::Change::Standup(Box::new(standup)))];
            let written = batch.apply(&acme(), &Decision { changes, ..Decision::default() }).await;
            if written.is_ok() {
                batch.keep().await.unwrap()
            } else {
                batch.undo().await.unwrap()
            }
            batch.commit().await.unwrap();
            written.is_ok()
        };
        let named = |id: &str, name: &str| Standup { name: name.into(), ..samples::standup(id) };
        assert!(write(named("a", "Ÿukon"), "E1").await);
        assert!(!write(named("b", "ÿUKON"), "E2").await, "letter case aside, in every alphabet");
        assert!(write(Standup { state: StandupState::Deleted, ..named("a", "Ÿukon") }, "E3").await);
        assert!(write(named("b", "ÿUKON"), "E4").await);
        let found = load(&stage.store, [Need::StandupNamed("ŸUKON".into())]).await;
        assert_eq!(found.standups.keys().collect::<Vec<_>>(), [&StandupId::new("b")]);
    }
}

#[tokio::test]
async fn workspaces_keep_to_themselves() {
    let other = WorkspaceId::new("discord:9");
    for stage in acme_at_work("apart").await {
        let scope = jeda_core::snapshot::Scope {
            workspace: other.clone(),
            needs: [
                Need::Member(user("U1")),
                Need::Members,
                Need::Channels,
                Need::Standups,
                Need::EntriesOf(user("U1")),
                Need::Round(round_key("s1", MONDAY)),
                Need::EntryOfMessage(MessageId::new("m3")),
                Need::Post(Subject::new("prompt/s1/2026-11-23/U1")),
            ]
            .into(),
        };
        let elsewhere = stage.store.load(&scope).await.unwrap();
        assert_eq!(elsewhere, Snapshot::empty(Workspace { id: other.clone(), ..samples::defaults() }));
        assert!(stage.store.receipts(Some(&other), "prompt/s1").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn stored_workspaces_follow_the_configuration_and_their_platform() {
    for stage in stages("defaults").await {
        let Some(url) = &stage.url else { continue };
        let told = Workspace { id: WorkspaceId::new("slack:told"), language: Language::Id, ..samples::defaults() };
        let untold = Workspace { id: WorkspaceId::new("slack:untold"), ..samples::defaults() };
        for workspace in [&told, &untold] {
            let change = Change::People(people::Change::Workspace(Box::new(workspace.clone())));
            let inbound = jeda_core::event::Inbound { workspace: workspace.id.clone(), ..event("E1") };
            commit(&stage.store, &inbound, &Decision { changes: vec![change], ..Decision::default() }).await;
        }
        // Known only by its name, as when something happens before the platform told more.
        stage.store.begin(&[WorkspaceId::new("slack:unknown")]).await.unwrap().commit().await.unwrap();
        stage.store.close().await;
        let defaults = Workspace {
            language: Language::Id,
            zone: samples::zone("Asia/Makassar"),
            holidays: jeda_core::time::Holidays::default(),
            calendar: None,
            ..samples::defaults()
        };
        let read = async |store: &Store, id: &WorkspaceId| {
            let scope = jeda_core::snapshot::Scope { workspace: id.clone(), needs: [].into() };
            store.load(&scope).await.unwrap().workspace
        };
        let store = Store::open(Options { url: url.clone(), defaults: defaults.clone() }).await.unwrap();
        let follows = |id: &WorkspaceId| Workspace { id: id.clone(), ..defaults.clone() };
        assert_eq!(read(&store, &untold.id).await, follows(&untold.id));
        assert_eq!(read(&store, &told.id).await, follows(&told.id), "Indonesian either way");
        let unknown = WorkspaceId::new("slack:unknown");
        assert_eq!(read(&store, &unknown).await, follows(&unknown));
        store.close().await;
        // English again: who never was told anything else follows, and now so does the one that was told what the
        // configuration said for a while. Its platform tells it again when it connects.
        let store = Store::open(Options { url: url.clone(), defaults: samples::defaults() }).await.unwrap();
        assert_eq!(read(&store, &untold.id).await.language, Language::En);
        store.close().await;
    }
}

#[tokio::test]
async fn a_workspace_that_changed_is_seen_changed_and_one_undone_is_not() {
    for stage in stages("cache").await {
        let rename = |name: &str| Decision {
            changes: vec![Change::People(people::Change::Workspace(Box::new(Workspace {
                name: name.into(),
                ..samples::workspace()
            })))],
            ..Decision::default()
        };
        let scope = jeda_core::snapshot::Scope { workspace: acme(), needs: [].into() };
        commit(&stage.store, &event("E1"), &rename("one")).await;
        let mut batch = stage.store.begin(&[acme()]).await.unwrap();
        assert_eq!(batch.load(&scope).await.unwrap().workspace.name, "one");
        batch.event().await.unwrap();
        batch.apply(&acme(), &rename("two")).await.unwrap();
        assert_eq!(batch.load(&scope).await.unwrap().workspace.name, "two");
        batch.undo().await.unwrap();
        assert_eq!(batch.load(&scope).await.unwrap().workspace.name, "one");
        batch.event().await.unwrap();
        batch.apply(&acme(), &rename("three")).await.unwrap();
        batch.keep().await.unwrap();
        drop(batch);
        let mut batch = stage.store.begin(&[acme()]).await.unwrap();
        assert_eq!(batch.load(&scope).await.unwrap().workspace.name, "one", "dropped, so it never was");
        batch.event().await.unwrap();
        batch.apply(&acme(), &rename("four")).await.unwrap();
        batch.keep().await.unwrap();
        batch.commit().await.unwrap();
        let mut batch = stage.store.begin(&[acme()]).await.unwrap();
        assert_eq!(batch.load(&scope).await.unwrap().workspace.name, "four");
        drop(batch);
        assert_eq!(stage.store.load(&scope).await.unwrap().workspace.name, "four");
    }
}

#[tokio::test]
async fn an_answer_is_found_by_the_message_it_was_said_in_after_it_was_edited_too() {
    for stage in acme_at_work("edited").await {
        let mut edited = entry("s1", FRIDAY, "U2", EntryState::Answered);
        edited.answers[0].text = "another".into();
        let changes = vec![Change::Standup(standup::Change::Entry(Box::new(edited.clone())))];
        commit(&stage.store, &event("E3"), &Decision { changes, ..Decision::default() }).await;
        let found = load(&stage.store, [Need::EntryOfMessage(MessageId::new("said-s1-2026-11-20-U2"))]).await;
        assert_eq!(found.entries.get(&edited.key), Some(&edited));
    }
}

#[tokio::test]
async fn a_member_who_is_no_administrator_any_more_is_found_as_none() {
    for stage in acme_at_work("admins").await {
        let changes =
            vec![Change::People(people::Change::Member(Box::new(people::Member { active: false, ..samples::ana() })))];
        commit(&stage.store, &event("E3"), &Decision { changes, ..Decision::default() }).await;
        assert!(load(&stage.store, [Need::Admins]).await.members.is_empty());
        assert_eq!(notes(&stage.store).await.len(), 2);
        let channel = people::Change::ChannelMembers(ChannelId::new("C1"), Vec::new());
        let changes = vec![Change::People(channel), Change::People(people::Change::Member(Box::new(member("U1"))))];
        commit(&stage.store, &event("E4"), &Decision { changes, ..Decision::default() }).await;
        assert!(load(&stage.store, [Need::Channel(ChannelId::new("C1"))]).await.channel_members.is_empty());
    }
}
