//! Real processes of the real binary, against the local Slack and the local Discord on loopback, in real time: they end
//! in order, and when they are killed in the middle of a delivery the next one sends nothing twice and leaves nothing
//! out.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that finds nothing has failed")]

mod process;
mod town;

use jeda_emulator::fault::Fault;
use jeda_store::testing::postgres_url;
use process::{Running, jeda, told, told_meanwhile};
use std::{fs, process::Command};
use town::{PEOPLE, Town};

#[tokio::test]
async fn it_is_ready_it_is_well_and_it_ends_in_order() {
    let town = Town::with_prompts_due(None).await;
    let running = Running::start(&town.settings).await;
    town.everybody_is_asked().await;
    running.owes_nothing().await;
    assert_eq!(running.page("/healthz").await, (200, "well\n".to_owned()));
    assert_eq!(running.page("/readyz").await, (200, "ready\n".to_owned()));
    let (_, metrics) = running.page("/metrics").await;
    assert!(metrics.contains("jeda_platform_up{platform=\"slack\"} 1"), "{metrics}");

    let mut settings = town.settings.clone();
    settings.push(("JEDA_HTTP_BIND", running.pages.clone()));
    assert_eq!(told(&mut jeda("healthz", &settings)), (0, String::new()));

    // A second one on the same file says so, and ends.
    settings.push(("JEDA_HTTP_BIND", "127.0.0.1:0".to_owned()));
    let (code, words) = told(&mut jeda("run", &settings));
    assert!(code == 1 && words.contains("in use by another jeda process"), "{code} {words}");

    running.is_asked_to_end();
    let pages = running.pages.clone();
    let (status, said) = running.ends().await;
    assert_eq!(status.code(), Some(0), "{said}");
    assert!(said.contains("jeda has stopped"), "{said}");
    settings.push(("JEDA_HTTP_BIND", pages));
    let (code, words) = told(&mut jeda("healthz", &settings));
    assert!(code == 1 && words.contains("did not answer"), "{code} {words}");
    town.everybody_was_asked_once();
    town.nothing_failed().await;
}

#[tokio::test]
async fn what_is_under_way_comes_to_its_end_before_it_ends() {
    let town = Town::with_prompts_due(None).await;
    for (faults, posting) in town.posting() {
        faults.next(PEOPLE.len(), posting, Fault::Slow { ms: 700 });
    }
    let running = Running::start(&town.settings).await;
    town.is_delivering().await;
    running.is_asked_to_end();
    let (status, said) = running.ends().await;
    assert_eq!(status.code(), Some(0), "{said}");
    // Whatever had begun was settled: the next start looks for nothing, and sends only the rest.
    for (faults, _) in town.posting() {
        faults.clear();
    }
    let mut running = Running::start(&town.settings).await;
    town.everybody_is_asked().await;
    running.owes_nothing().await;
    running.is_asked_to_end();
    running.hears("jeda has stopped").await;
    assert_eq!(running.ends().await.0.code(), Some(0));
    town.everybody_was_asked_once();
    assert_eq!(town.looked_for(), 0);
}

/// Whoever asks what is wrong is told while the bot is at work, and doesn't disturb it.
async fn looked_at_while_it_runs(town: Town) {
    let mut running = Running::start(&town.settings).await;
    town.everybody_is_asked().await;
    running.owes_nothing().await;
    let version = jeda_store::testing::newest_version();
    let database = format!("database: reachable, up to date (version {version}); a jeda is running on it");
    for (command, told_there) in [("doctor", format!("  ok     {database}")), ("check", database.clone())] {
        let (code, words) = told_meanwhile(command, &town.settings).await;
        assert_eq!(code, 0, "{command}: {words}");
        assert!(words.contains(&told_there) && !words.contains("WRONG"), "{command}: {words}");
    }
    let reference = town.reference();
    let (code, words) = told_meanwhile(&format!("explain {reference}"), &town.settings).await;
    assert!(code == 0 && words.contains(&format!("message {reference}  sent")), "{code} {words}");
    running.is_asked_to_end();
    running.hears("jeda has stopped").await;
    assert_eq!(running.ends().await.0.code(), Some(0));
    let (code, words) = told_meanwhile(&format!("explain {reference}"), &town.settings).await;
    assert!(code == 0 && words.contains(&reference), "{code} {words}");
    town.everybody_was_asked_once();
    town.nothing_failed().await;
}

#[tokio::test]
async fn doctor_and_explain_look_at_it_while_it_runs() {
    looked_at_while_it_runs(Town::with_prompts_due(None).await).await;
}

#[tokio::test]
async fn doctor_and_explain_look_at_it_while_it_runs_on_postgresql() {
    let Some(database) = postgres_url("looked_at") else { return };
    looked_at_while_it_runs(Town::with_prompts_due(Some(database)).await).await;
}

#[tokio::test]
async fn where_no_database_is_doctor_and_explain_say_so_and_make_none() {
    let town = Town::with_prompts_due(None).await;
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("data/jeda.db");
    let mut settings = town.settings.clone();
    settings.push(("JEDA_DATABASE_URL", format!("sqlite:{}", database.display())));
    let (code, words) = told_meanwhile("doctor", &settings).await;
    let none = format!("  ok     database: no database yet: `jeda run` makes {}", database.display());
    assert!(code == 0 && words.contains(&none) && !words.contains("WRONG"), "{code} {words}");
    let (code, words) = told_meanwhile("explain E1", &settings).await;
    assert!(code == 1 && words.contains("is not there; `jeda run` makes it"), "{code} {words}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn with_half_of_slacks_tokens_the_other_half_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("jeda.db").display());
    for (given, missing) in [
        ("SLACK_APP_TOKEN", "SLACK_BOT_TOKEN (xoxb-…) is missing: Slack needs both."),
        ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN (xapp-…) is missing: Slack needs both."),
    ] {
        let settings = vec![(given, "x".to_owned()), ("JEDA_DATABASE_URL", database.clone())];
        for (command, fails) in [("run", 2), ("check", 2), ("doctor", 1)] {
            let (code, words) = told(&mut jeda(command, &settings));
            assert!(words.contains(missing) && !words.contains("no token yet"), "{command}: {words}");
            assert_eq!(code, fails, "{command}: {words}");
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[tokio::test]
async fn a_platform_that_can_not_be_reached_is_told_apart_from_a_token_that_is_wrong() {
    let mut town = Town::with_prompts_due(None).await;
    town.settings.push(("DISCORD_TOKEN", "no.real.token".to_owned()));
    let (code, words) = told_meanwhile("doctor", &town.settings).await;
    assert!(
        code == 1 && words.contains("WRONG  Discord token: doesn't work (401)\n         Reset the token"),
        "{words}"
    );
    // Nothing listens there.
    town.settings.push(("DISCORD_API_URL", "http://127.0.0.1:1".to_owned()));
    let (code, words) = told_meanwhile("doctor", &town.settings).await;
    assert!(code == 1 && words.contains("WRONG  Discord: can't be reached ("), "{words}");
    assert!(words.contains("Check the network") && !words.contains("Reset the token"), "{words}");
}

/// Kills a process that delivers: of each platform's prompts one has arrived and its answer hasn't, one is on its way,
/// and the others are there.
async fn killed_while_it_delivers(town: &Town) {
    for (faults, posting) in town.posting() {
        faults.next(1, posting, Fault::AppliedThenHangs);
        faults.next(1, posting, Fault::Slow { ms: 600_000 });
    }
    let running = Running::start(&town.settings).await;
    town.is_asked(PEOPLE.len() - 1).await;
    running.dies();
    town.is_cut_off().await;
}

#[tokio::test]
async fn killed_while_it_delivers_it_goes_on_with_each_once() {
    let town = Town::with_prompts_due(None).await;
    killed_while_it_delivers(&town).await;
    let running = Running::start(&town.settings).await;
    town.everybody_is_asked().await;
    running.owes_nothing().await;
    running.is_asked_to_end();
    let (status, said) = running.ends().await;
    assert_eq!(status.code(), Some(0), "{said}");
    town.everybody_was_asked_once();
    assert_eq!(town.looked_for(), 2, "the one that had arrived and the one that hadn’t");
}

/// On PostgreSQL another replica could be at work, so what the dead process held is taken up when its lease is over:
/// the time until then is a stage's.
#[tokio::test]
async fn killed_on_postgresql_its_work_is_taken_up_when_its_leases_are_over() {
    let Some(database) = postgres_url("killed") else { return };
    let town = Town::with_prompts_due(Some(database)).await;
    killed_while_it_delivers(&town).await;
    town.goes_on_with_another().await;
}

#[test]
fn what_keeps_it_from_its_database_is_said_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let at = |path: &std::path::Path| vec![("JEDA_DATABASE_URL", format!("sqlite:{}", path.display()))];
    let (code, words) = told(&mut jeda("migrate", &at(&file.join("jeda.db"))));
    assert!(code == 1 && words.contains("Give jeda a folder that it may write to"), "{code} {words}");

    // A disk on which no file can grow beyond a few blocks.
    let database = folder.path().join("jeda.db");
    let mut full = Command::new("sh");
    full.args(["-c", r#"trap "" XFSZ; ulimit -f 8; exec "$0" migrate"#, env!("CARGO_BIN_EXE_jeda")]).env_clear();
    full.envs(at(&database));
    let (code, words) = told(&mut full);
    assert!(code == 1 && words.contains("jeda.db"), "{code} {words}");
    // With room again, it begins as if nothing had been.
    let (code, words) = told(&mut jeda("migrate", &at(&database)));
    assert!(code == 0 && words.contains("up to date"), "{code} {words}");
}
