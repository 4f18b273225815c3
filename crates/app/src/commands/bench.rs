//! `jeda bench`: measures this very binary.

use super::failed;
use crate::{
    bench::{PER_SECOND, Plan, Program, UNDER_WAY, Which, bench as measure},
    cli,
};
use std::{process::ExitCode, time::Duration};

/// Measures and prints the table. Fails when a command was not confirmed, or not stored once; a figure that misses its
/// goal is no failure, since another machine may reach it.
pub(super) async fn bench(asked: &cli::Bench) -> ExitCode {
    let path = match std::env::current_exe() {
        Ok(path) => path,
        Err(error) => return failed(&error),
    };
    let program = Program { path, arguments: ["run", "--while-stdin"].map(Into::into).to_vec() };
    let plan = Plan {
        platforms: asked.platform.map_or(vec![Which::Slack, Which::Discord], |which| vec![which]),
        under_way: UNDER_WAY.to_vec(),
        per_second: PER_SECOND.to_vec(),
        period: Duration::from_secs(asked.seconds),
        rounds: usize::try_from(asked.rounds).unwrap_or(1),
        folder: asked.folder.clone(),
    };
    match measure(&plan, &program, |step| eprintln!("{step}")).await {
        Ok(report) => {
            print!("{report}");
            if report.holds() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => failed(&error),
    }
}
