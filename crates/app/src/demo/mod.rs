//! `jeda demo`: a working week of a team of eight in six zones, on a local Slack and a local Discord.
//!
//! Promise: no token, no network, no server. The bot is the real one, through the real SDKs, on a SQLite file in a
//! temporary folder; only the clock is not. It tells the week as it happens, counts it, and looks at its own outcome:
//! where a promise doesn't hold it says which, and fails. However it ends, nothing is left running or lying about.

mod account;
mod play;
mod team;
mod teller;
mod week;

use crate::{cli, stage::StageError};
use std::{io::Write, path::Path, process::ExitCode};
use tokio::signal::unix::{SignalKind, signal};

/// The exit code of a process that a signal ended, as shells have it (128 + SIGINT).
const INTERRUPTED: u8 = 130;

/// Plays the week until its end, or until a signal.
pub async fn demo(asked: &cli::Demo) -> ExitCode {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        eprintln!("signals can't be heard");
        return ExitCode::FAILURE;
    };
    tokio::select! {
        outcome = week(asked) => outcome,
        _ = terminate.recv() => ExitCode::from(INTERRUPTED),
        // Whatever ends the wait: dropping the play ends both platforms and the bot, and removes the folder.
        _ = tokio::signal::ctrl_c() => ExitCode::from(INTERRUPTED),
    }
}

async fn week(asked: &cli::Demo) -> ExitCode {
    let teller = teller::Teller::new(asked.full);
    if let Some(path) = asked.keep.as_deref().filter(|path| path.exists()) {
        eprintln!("{} is there already. Name a file that isn't.", path.display());
        return ExitCode::FAILURE;
    }
    match told(teller, asked.keep.as_deref()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("The demo can't go on: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Plays the week, then prints the table and what the look at the outcome found. Whether every promise held.
async fn told(teller: teller::Teller, keep: Option<&Path>) -> Result<bool, StageError> {
    say(&teller::opening());
    let mut play = play::Play::begin(teller, keep).await?;
    for scene in week::week() {
        play = play.scene(scene).await?;
    }
    let account = play.end().await?;
    say(&account.table());
    say(&account.verdict());
    Ok(account.broken.is_empty())
}

/// Prints; a reader who has gone (`| head`) is no reason to complain.
fn say(words: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{words}");
}
