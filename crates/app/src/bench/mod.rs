//! `jeda bench`: how quick the whole bot is on this machine.
//!
//! Promise: what is measured is what a team gets. The bot is a process of its own, started as `jeda run` and linked to
//! a local Slack and a local Discord over their real protocols, with its database in a file that is flushed at each
//! commit. A command counts when its sender has the confirmation. It is sent at its planned instant and measured from
//! it, so that a stall shows in every command that it held up. At the end the bot is killed, and each confirmed note has
//! to be in the database.
//!
//! What shares the machine with the bot: the load and both local platforms, in this process. Verdicts are measured in
//! this process too, before there is a bot.

mod bot;
mod load;
mod machine;
mod report;
mod round;
mod town;
mod verdicts;

pub use bot::Program;
pub use machine::Machine;
pub use report::Report;
pub use round::{Latency, Measured, Round, Tally, Throughput};
pub use town::Which;
pub use verdicts::Verdicts;

use std::{io, path::PathBuf, time::Duration};

/// Commands under way at once, for throughput. What is to be reached counts for the most.
pub const UNDER_WAY: [usize; 3] = [1, 16, 64];
/// Commands a second, for waiting times. What is to be reached counts for the most.
pub const PER_SECOND: [u32; 3] = [100, 500, 1_000];

/// What is to be measured.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which platforms are put under load; the bot is linked to both.
    pub platforms: Vec<Which>,
    /// Commands under way at once; the most come last.
    pub under_way: Vec<usize>,
    /// Commands a second; the most come last.
    pub per_second: Vec<u32>,
    /// How long each measurement lasts.
    pub period: Duration,
    /// Lives of a bot, each from its start on an empty database to its end. Medians of them are told.
    pub rounds: usize,
    /// Where the databases lie; the system's temporary folder without one.
    pub folder: Option<PathBuf>,
}

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A file, a port or a process.
    #[error("{what}: {why}")]
    System {
        /// What was tried.
        what: &'static str,
        /// The system's word for it.
        why: io::Error,
    },
    /// The bot didn't come as far as it should.
    #[error("the bot {what}. Its log ends:\n{log}")]
    Bot {
        /// What it did, or didn't.
        what: &'static str,
        /// The end of its log.
        log: String,
    },
    /// A local platform doesn't let a person run the command.
    #[error("the command can't be run: {0}")]
    Command(String),
    /// The database can't be read afterwards.
    #[error("the notes can't be counted: {0}")]
    Store(String),
}

/// Measures, and tells each step to `say`.
///
/// # Errors
/// The bot doesn't start, or the machine refuses a file or a port.
pub async fn bench(plan: &Plan, program: &Program, say: impl Fn(&str)) -> Result<Report, BenchError> {
    // The bot's readers of web pages and ours use the same provider; a second installation only means that somebody
    // was first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = tempfile::Builder::new();
    builder.prefix("jeda-bench-");
    let folder = match &plan.folder {
        Some(folder) => builder.tempdir_in(folder),
        None => builder.tempdir(),
    };
    let folder = folder.map_err(system("no folder for the databases"))?;
    let machine = machine::Machine::look(folder.path())?;
    say("verdicts");
    // Nothing else runs yet that it could hold up.
    let verdicts = verdicts::measure();
    let mut rounds = Vec::with_capacity(plan.rounds);
    for nth in 1..=plan.rounds {
        say(&format!("round {nth} of {}", plan.rounds));
        rounds.push(round::play(plan, program, &folder.path().join(nth.to_string()), &say).await?);
    }
    Ok(Report { machine, plan: plan.clone(), verdicts, rounds })
}

fn system(what: &'static str) -> impl Fn(io::Error) -> BenchError {
    move |why| BenchError::System { what, why }
}
