//! The app manifest asks for no scope that nothing uses: one story calls every method that jeda lists.

use crate::day::{Day, face};
use jeda_emulator::{
    fault::Fault,
    slack::{Member, Setup, Slack},
};
use jeda_engine::VirtualClock;
use jeda_slack::methods;
use jeda_tests::{manifest_list, scopes_used, specs};
use std::{collections::BTreeSet, sync::Arc};

/// Only where a click brings no address to answer at, which Slack always sends: the adapter's own tests call it.
const BESIDE: &str = "chat.postEphemeral";

#[tokio::test]
async fn every_method_is_called_and_every_scope_of_the_manifest_is_used() {
    let clock = Arc::new(VirtualClock::new("2026-11-23T01:00:00Z".parse().unwrap()));
    // Nobody tells the bot who joins, so that it has to ask.
    let events: Vec<&str> = manifest_list("bot_events").into_iter().filter(|event| *event != "team_join").collect();
    let setup = Setup::new("Acme", face(&clock))
        .scopes(&manifest_list("bot"))
        .events(&events)
        .person(Member::named("sari").in_zone("Asia/Jakarta").speaking("id-ID").admin())
        .person(Member::named("oliver").in_zone("Asia/Jakarta"))
        .channel("#eng", &["sari", "oliver"])
        .private_channel("#ops", &["sari", "oliver"])
        .group("@backend", &["sari"]);
    let day = Day::begin(clock, Some(Slack::start(setup).await.unwrap()), None).await;
    let (sari, oliver) = (day.slack().user("sari"), day.slack().user("oliver"));
    sari.runs_in("#ops", "/standup new Ops weekdays 9:30 channel=#ops window=4h").await;
    sari.runs_in("#eng", "/standup new Backend weekdays 9:30 channel=#eng window=6h who= @backend").await;
    let newcomer = day.slack().welcomes(&Member::named("budi").in_zone("Asia/Jakarta"));
    newcomer.runs_in("#eng", "/hours").await;
    day.slack().renames("#eng", "#engineering");
    day.quiet().await;

    // What was posted is found in direct messages and in threads when its answer is lost.
    day.slack().faults().tolerate(true);
    day.slack().faults().next(1, "chat.postMessage", Fault::AppliedThenCloses);
    day.until("2026-11-23T03:00:00Z").await;
    for answer in ["Fixed the login", "More tests", "none"] {
        oliver.replies(answer);
        day.quiet().await;
    }
    oliver.clicks("Change my answer").await;
    day.until("2026-11-23T06:29:59Z").await;
    // Nothing but the report is due: its head passes, what hangs in its thread doesn't.
    day.slack().faults().next(1, "chat.postMessage", Fault::Slow { ms: 0 });
    day.slack().faults().next(1, "chat.postMessage", Fault::AppliedThenCloses);
    day.until("2026-11-23T07:00:00Z").await;
    assert_eq!(day.slack().faults().pending(), 0);

    let calls = day.slack().recorder().calls();
    let called: BTreeSet<&str> = calls.iter().map(|call| call.operation.as_str()).collect();
    let never = methods::ALL.iter().map(|method| method.name).filter(|name| !called.contains(name));
    assert_eq!(never.collect::<Vec<_>>(), [BESIDE]);
    if specs("slack/methods").is_some() {
        let used = scopes_used(&calls);
        let idle: Vec<&str> = manifest_list("bot").into_iter().filter(|scope| !used.contains(*scope)).collect();
        assert_eq!(idle, Vec::<&str>::new(), "the manifest asks for what nothing uses");
    }
    day.end().await;
}
