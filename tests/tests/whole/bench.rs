//! The bench, very shortly: not how quick the bot is, but that nothing of the load is lost.

use jeda::{
    bench::{Plan, Program, Which, bench},
    cli::{Cli, Command, Run},
    commands::dispatch,
};
use std::{env, process::ExitCode, time::Duration};

/// `jeda run --while-stdin`, as the binary has it.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "the other process of the test below"]
async fn the_bot() {
    // Whoever runs the ignored tests by hand has no bot to start.
    let Ok(config) = env::var("JEDA_CONFIG") else { return };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = Cli { config: Some(config), command: Command::Run(Run { while_stdin: true }) };
    assert_eq!(dispatch(cli, env::vars().collect()).await, ExitCode::SUCCESS);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_command_of_the_bench_is_confirmed_and_stored_once() {
    let platforms = vec![Which::Slack, Which::Discord];
    let period = Duration::from_millis(500);
    let (under_way, per_second) = (vec![1, 8], vec![20, 40]);
    let plan = Plan { platforms: platforms.clone(), under_way, per_second, period, rounds: 1, folder: None };
    let arguments = ["--exact", "bench::the_bot", "--ignored", "--nocapture"].map(Into::into).to_vec();
    let program = Program { path: env::current_exe().unwrap(), arguments };
    let report = bench(&plan, &program, |_| {}).await.unwrap();
    assert!(report.holds(), "{report}");
    for which in platforms {
        let tally = report.tally(which);
        // The greeting, the warm-up, those at their instants, and those that followed each other.
        assert!(tally.sent > 1 + 200 + 10 + 20, "{which}: {tally:?}");
    }
    let table = report.to_string();
    let load = ["throughput, 8 under way", "acknowledged at 40/s, p99", "confirmed at 20/s, p50", "all there, once"];
    let verdicts = [
        "verdicts on one core, 1 recipient ",
        "verdicts on one core, 10 recipients ",
        "verdicts on one core, 100 recipients ",
        "200,000/s:",
    ];
    for figure in load.into_iter().chain(verdicts) {
        assert!(table.contains(figure), "{figure} is missing:\n{table}");
    }
    // Quadratic cost would be ten times; an unoptimized build is slow, but not steeper.
    let [one, ten, hundred] = report.verdicts.as_slice() else { panic!("{:?}", report.verdicts) };
    assert!(one.per_second > 0.0 && ten.per_second < 4.0 * hundred.per_second, "{table}");
    assert!(!table.contains("not measured") || !cfg!(target_os = "linux"), "{table}");
}
