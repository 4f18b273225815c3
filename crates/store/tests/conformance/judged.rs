//! What norms found: found again by message, by conversation and by author, forgotten with its message; and whom a
//! message may reach, read only where a norm looks.

use crate::{
    samples::{everything, user},
    stage::{acme, at, commit, event, load, nine, stages},
};
use jeda_core::{
    change::Change,
    decide::Decision,
    id::{ChannelId, GroupId, MessageId, UserId},
    norm::{
        self, Alert, Conversation, Enforce, Exempt, Judged, JudgedId, Kind, Norm, NormKey, NormSet, Revision, Rule,
        Scope,
        judged::{Done, Finding},
        verdict::{Mentions, Plainly, Reach},
    },
    snapshot::Need,
    time::State,
};
use jeda_store::Store;
use jiff::Timestamp;
use std::time::Duration;

fn conversation(thread: Option<&str>) -> Conversation {
    Conversation { channel: ChannelId::new("C1"), thread: thread.map(MessageId::new) }
}

fn judged(message: &str, thread: Option<&str>, told_at: Option<&str>) -> Judged {
    let finding = Finding {
        recipient: user("U2"),
        done: Done::Nudged(Plainly::Asked),
        norm: NormKey { kind: Kind::QuietHours, name: "nights".to_owned() },
        revision: 1,
        reach: Reach::Group,
        state: State::Holiday("Natal 'x'".to_owned()),
        until: Some(nine()),
    };
    let message = MessageId::new(message);
    Judged {
        id: JudgedId::of(&ChannelId::new("C1"), &message),
        message,
        conversation: conversation(thread),
        author: user("U1"),
        at: told_at.map_or(nine(), at),
        told_at: told_at.map(at),
        fine: false,
        urgent: false,
        findings: vec![finding],
        more: 2,
    }
}

async fn write(store: &Store, key: &str, changes: Vec<norm::Change>) {
    let changes = changes.into_iter().map(Change::Norm).collect();
    commit(store, &event(key), &Decision { changes, ..Decision::default() }).await;
}

async fn found(store: &Store, need: Need) -> Vec<String> {
    load(store, [need]).await.judged.into_values().map(|it| it.message.to_string()).collect()
}

#[tokio::test]
async fn what_was_found_comes_back_by_every_name() {
    for stage in stages("judged").await {
        let store = &stage.store;
        commit(store, &event("E1"), &everything()).await;
        let rows = [
            judged("m1", None, Some("2026-11-23T01:00:00Z")),
            judged("m2", None, Some("2026-11-23T01:30:00Z")),
            judged("m3", Some("m1"), Some("2026-11-23T01:45:00Z")),
            judged("m4", None, None),
        ];
        write(store, "E2", rows.iter().cloned().map(|it| norm::Change::Judged(Box::new(it))).collect()).await;
        let seen = load(store, [Need::JudgedWhole(rows[0].id.clone())]).await;
        assert_eq!(seen.judged.get(&rows[0].id), Some(&rows[0]));
        assert_eq!(seen.members.keys().collect::<Vec<_>>(), [&user("U2")], "with those who were off");
        assert!(load(store, [Need::Judged(rows[0].id.clone())]).await.members.is_empty());
        let told_in = |thread| Need::ToldIn(conversation(thread), user("U1"));
        assert_eq!(found(store, told_in(None)).await, ["m2"], "the last one that was told, in the channel");
        assert_eq!(found(store, told_in(Some("m1"))).await, ["m3"]);
        assert!(found(store, told_in(Some("m9"))).await.is_empty());
        assert!(found(store, Need::ToldIn(conversation(None), user("U2"))).await.is_empty());
        assert_eq!(found(store, Need::JudgedOf(user("U1"))).await, ["m3"]);
        let mut since = found(store, Need::JudgedSince(at("2026-11-23T01:30:00Z"))).await;
        since.sort();
        assert_eq!(since, ["m2", "m3", "m4"]);
        // Written again it is one row, and it goes with its message.
        let fine = Judged { fine: true, ..rows[1].clone() };
        write(store, "E3", vec![norm::Change::Judged(Box::new(fine.clone()))]).await;
        assert_eq!(load(store, [Need::Judged(fine.id.clone())]).await.judged.get(&fine.id), Some(&fine));
        write(store, "E4", vec![norm::Change::Forgotten(fine.id.clone())]).await;
        assert_eq!(found(store, told_in(None)).await, ["m1"]);
        store.purge(at("2026-11-23T01:30:00Z")).await.unwrap();
        assert!(found(store, told_in(None)).await.is_empty(), "older than the retention");
        assert_eq!(found(store, Need::JudgedOf(user("U1"))).await, ["m3"]);
    }
}

#[tokio::test]
async fn whom_a_message_may_reach_is_read_only_where_a_norm_looks_at_mentions() {
    let norm = |kind: Kind, scope: Scope| Norm {
        name: "n".to_owned(),
        enforce: Enforce::Observe,
        scope,
        exempt: Exempt::default(),
        rule: Rule::usual(kind),
    };
    let g1 = Scope::Groups([(GroupId::new("G1"), "on-call".to_owned())].into());
    let mention = |users: &[&str], groups: &[&str], everyone| Need::Mentioned {
        channel: ChannelId::new("C1"),
        mentions: Mentions {
            users: users.iter().map(|it| UserId::new(*it)).collect(),
            groups: groups.iter().map(|it| GroupId::new(*it)).collect(),
            everyone,
        },
    };
    let names = |all: Vec<&UserId>| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    for stage in stages("mentioned").await {
        let store = &stage.store;
        commit(store, &event("E1"), &everything()).await;
        let add = async |number: u32, set: Vec<Norm>| {
            let at: Timestamp = nine();
            let revision = Revision { number, by: "lia".to_owned(), at, set: NormSet(set) };
            assert!(store.add_revision(&acme(), &revision, &[]).await.unwrap());
        };
        let all = || mention(&["U1", "U8"], &["G1"], true);
        let seen = load(store, [all()]).await;
        assert!(seen.norms.is_none() && seen.members.is_empty());
        add(1, vec![norm(Kind::Digest, Scope::Workspace)]).await;
        let seen = load(store, [all()]).await;
        assert!(seen.norms.is_some() && seen.members.is_empty() && seen.group_members.is_empty());
        add(2, vec![norm(Kind::QuietHours, g1.clone())]).await;
        let seen = load(store, [mention(&["U1", "U8", "nobody"], &[], false)]).await;
        assert_eq!(names(seen.members.keys().collect()), "U1 U8");
        assert_eq!(seen.group_members[&GroupId::new("G1")].len(), 2, "whom the norm is about");
        let seen = load(store, [all()]).await;
        assert_eq!(names(seen.members.keys().collect()), "U1 U2 U3 U6 U7 U8");
        assert_eq!(seen.channel_members[&ChannelId::new("C1")].len(), 3);
    }
}

#[tokio::test]
async fn an_urgent_message_is_on_record_for_its_sender_and_goes_with_the_retention() {
    for stage in stages("alert").await {
        let store = &stage.store;
        let alert = Alert {
            id: JudgedId::new("a1"),
            author: user("U1"),
            conversation: Conversation { channel: "C1".into(), thread: None },
            message: "m1".into(),
            at: nine(),
            reason: "It's \"down\" <!here>\n🌏".to_owned(),
            to: vec![user("U2")],
            record: "C2".into(),
            norm: NormKey { kind: Kind::Urgent, name: "support".to_owned() },
            revision: 3,
        };
        let change = || Change::Norm(norm::Change::Alert(Box::new(alert.clone())));
        for key in ["E1", "E2"] {
            commit(store, &event(key), &Decision { changes: vec![change()], ..Decision::default() }).await;
        }
        let of = |who: &str, since| load(store, [Need::AlertsOf(user(who), since)]);
        assert_eq!(of("U1", nine()).await.alerts.into_values().collect::<Vec<_>>(), std::slice::from_ref(&alert));
        assert!(of("U2", nine()).await.alerts.is_empty());
        let later = nine() + Duration::from_secs(1);
        assert!(of("U1", later).await.alerts.is_empty());
        assert_eq!(load(store, [Need::Alert(alert.id.clone())]).await.alerts.len(), 1);
        store.purge(later).await.unwrap();
        assert!(of("U1", nine()).await.alerts.is_empty());
    }
}
