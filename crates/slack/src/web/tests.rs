//! Every answer that Slack's samples and its reference show, served over HTTP and read by the bot's own client.

use super::*;
use crate::{
    directory::{self, KnownNames},
    inbound::{Look, Me, tests::payloads},
    methods::{Sends, Twice},
};
use axum::{Json, Router, extract::Path, routing::any};
use jeda_core::{
    event::{Errand, Seen},
    id::{ChannelId, GroupId, UserId, WorkspaceId},
};
use jeda_engine::VirtualClock;
use jeda_tests::specs;
use std::collections::BTreeMap;

/// A Slack that has one answer to each method, and the bot's client for it.
async fn client(answers: BTreeMap<String, Value>) -> Web {
    let answers = Arc::new(answers);
    let answer = move |Path(method): Path<String>| {
        let answers = answers.clone();
        async move { Json(answers[&method].clone()) }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api", listener.local_addr().unwrap());
    let app = Router::new().route("/api/{method}", any(answer));
    tokio::spawn(async move { axum::serve(listener, app).await });
    let clock = Arc::new(VirtualClock::new("2026-11-24T07:00:00Z".parse().unwrap()));
    Web::new(&url, "xoxb-test".to_owned().into(), clock).unwrap()
}

/// A method that is called as nothing else is: without a limit, and with its arguments in the address.
fn method(name: &str) -> Method {
    let name = name.to_owned().leak();
    Method { name, scopes: &[], sends: Sends::Query, rate: Rate::Free, effect: Twice::Same }
}

/// The samples' answers; none of them says that it is well.
fn samples() -> Option<BTreeMap<String, Value>> {
    let all: BTreeMap<String, Value> = payloads(&specs("slack/samples/api")?).into_iter().collect();
    assert!(all.len() >= 78, "{} samples of answers", all.len());
    Some(all)
}

/// The answers that the reference shows, by method and name.
fn examples() -> Option<BTreeMap<String, Value>> {
    let mut all = BTreeMap::new();
    for (method, reference) in payloads(&specs("slack/methods")?) {
        for (name, shown) in reference["examples"].as_object().into_iter().flatten() {
            // Three are no answers of today's Web API: a file, and the old way of installing.
            if shown["example"]["ok"].is_boolean() {
                all.insert(format!("{method}.{name}"), shown["example"].clone());
            }
        }
    }
    assert!(all.len() >= 494, "{} examples of answers", all.len());
    Some(all)
}

/// An answer that is well carries no code of an error.
fn well(mut answer: Value) -> Value {
    answer["ok"] = true.into();
    answer.as_object_mut().unwrap().remove("error");
    answer
}

#[tokio::test]
async fn every_answer_is_read_as_what_it_says() {
    let (Some(samples), Some(examples)) = (samples(), examples()) else { return };
    let good = samples.iter().map(|(name, answer)| (format!("{name}.well"), well(answer.clone())));
    let all: BTreeMap<String, Value> = samples.clone().into_iter().chain(examples).chain(good).collect();
    let web = client(all.clone()).await;
    let mut misread = Vec::new();
    for (name, said) in all {
        let right = match web.call(&method(&name), "", Map::new()).await {
            Ok(read) => read == said,
            Err(CallError::Api { code, .. }) => said["ok"] == false && said["error"] == code.as_str(),
            // One example says no and doesn't say why: nobody knows what became of that call.
            Err(CallError::Lost { .. }) => said["ok"] == false && said["error"].is_null(),
            Err(_) => false,
        };
        if !right {
            misread.push(name);
        }
    }
    assert_eq!(misread, Vec::<String>::new());
}

/// What jeda asks about people and channels, asked of these answers.
async fn everything_is_found(answers: BTreeMap<String, Value>) {
    let web = client(answers.into_iter().map(|(name, answer)| (name, well(answer))).collect()).await;
    let me = Me { workspace: WorkspaceId::new("slack:T1"), user: UserId::new("UBOT") };
    let names = KnownNames::default();
    let identity = web.identify().await.unwrap();
    assert!(!identity.team_name.is_empty() && !identity.user.is_empty(), "{identity:?}");
    for errand in [
        Errand::Directory,
        Errand::Channels,
        Errand::Member(UserId::new("U1")),
        Errand::ChannelMembers(ChannelId::new("C1")),
        Errand::GroupMembers(GroupId::new("S1")),
    ] {
        let found = match directory::ask(&web, &me, &names, &errand).await.unwrap() {
            Seen::Directory(all) => all.len(),
            Seen::Channels(all) => all.len(),
            Seen::ChannelMembers { members, .. } => members.len(),
            Seen::GroupMembers { members, .. } => members.len(),
            Seen::Member(facts) => facts.name.len(),
            other => panic!("{errand:?}: {other:?}"),
        };
        assert!(found > 0, "{errand:?} brought nothing");
    }
    let looked = directory::look(&web, &me, &names, &Look::Channel(ChannelId::new("C1"))).await.unwrap();
    // A channel that couldn't be read would keep the id that was asked for.
    assert!(matches!(&looked, Seen::Channel(facts) if facts.channel.as_str() != "C1"), "{looked:?}");
}

#[tokio::test]
async fn what_jeda_asks_for_is_found_in_the_answers() {
    let (Some(samples), Some(examples)) = (samples(), examples()) else { return };
    // A cursor, blank or not, would lead to the same page again and again.
    let ends = |mut answer: Value| {
        if answer["response_metadata"].is_object() {
            answer["response_metadata"]["next_cursor"] = "".into();
        }
        answer
    };
    everything_is_found(samples.into_iter().map(|(name, answer)| (name, ends(answer))).collect()).await;
    let shown = examples
        .into_iter()
        .filter_map(|(name, answer)| name.strip_suffix(".success").map(|method| (method.to_owned(), ends(answer))));
    everything_is_found(shown.collect()).await;
}

/// Slack's example has somebody who paused their notifications, and somebody who did not; its sample has nobody.
#[tokio::test]
async fn whoever_paused_their_notifications_is_found_in_the_answer() {
    let Some(examples) = examples() else { return };
    let example = examples["dnd.teamInfo.success"].clone();
    let web = client([("dnd.teamInfo".to_owned(), well(example))].into()).await;
    let me = Me { workspace: WorkspaceId::new("slack:T1"), user: UserId::new("UBOT") };
    let errand = Errand::Pauses(vec![UserId::new("U023BECGF"), UserId::new("W058CJVAA")]);
    let Ok(Seen::Pauses { asked, paused }) = directory::ask(&web, &me, &KnownNames::default(), &errand).await else {
        panic!("no answer")
    };
    let told: Vec<(&str, i64)> = paused.iter().map(|it| (it.user.as_str(), it.until.as_second())).collect();
    assert_eq!((asked.len(), told), (2, vec![("U023BECGF", 1_450_423_800)]));
}
