//! What can be typed after `jeda`.

use clap::{Parser, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;

/// jeda, the pause: a bot for Slack and Discord that keeps a team's asynchronous working norms.
#[derive(Debug, Parser)]
#[command(
    name = "jeda",
    version,
    max_term_width = 100,
    after_help = "First time here?\n  jeda demo       a week of a team in seconds, without any token\n  jeda run        the bot; says what it needs\n  jeda doctor     what is wrong, and how to mend it\n\nExit codes: 0 all is well, 1 something failed, 2 the command or the configuration is wrong.\nSettings come from the environment (JEDA_DATABASE_URL, …), else from config/jeda.toml."
)]
pub struct Cli {
    /// Configuration file. Without it, config/jeda.toml is read when it is there.
    #[arg(long, global = true, env = "JEDA_CONFIG", value_name = "FILE")]
    pub config: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the bot, with SLACK_APP_TOKEN and SLACK_BOT_TOKEN, or DISCORD_TOKEN, or all three.
    Run(Run),
    /// Watch a working week of a team of eight, on a local Slack and Discord: no token, no network.
    Demo(Demo),
    /// Measure how quick the bot is on this machine, on a local Slack and Discord: no token, no network.
    Bench(Bench),
    /// Check the configuration and the database, and change nothing.
    Check {
        /// Print the JSON Schema of the configuration file instead, for editors.
        #[arg(long)]
        schema: bool,
    },
    /// Bring the database up to date. `run` does this by itself.
    Migrate,
    /// Look at tokens, permissions, clock, zone data and database, and say how to mend what is wrong.
    Doctor,
    /// Tell what happened to a prompt, an answer or a message.
    Explain {
        /// The reference that a message showed, or a subject such as prompt/ID/2026-11-24.
        reference: String,
    },
    /// Check, compare, apply and show the norms that a team agreed on.
    #[command(subcommand)]
    Norms(Norms),
    /// Show when a schedule comes true: jeda preview "weekdays 9:30" --zone Asia/Jakarta
    Preview(Preview),
    /// Ask a running jeda whether it is well (for a container's health check).
    #[command(hide = true)]
    Healthz,
}

/// Settings of the bot's run.
#[derive(Debug, Default, clap::Args)]
pub struct Run {
    /// Stop when standard input ends, as it does when the program that started jeda is gone.
    #[arg(long, hide = true)]
    pub while_stdin: bool,
}

/// Settings of the bench.
#[derive(Debug, clap::Args)]
pub struct Bench {
    /// Put only this platform under load. Both, when it is left out.
    #[arg(long, value_name = "PLATFORM")]
    pub platform: Option<crate::bench::Which>,
    /// How long each measurement lasts.
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=60))]
    pub seconds: u64,
    /// How often everything is measured, each time with a new bot; medians are told.
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=99))]
    pub rounds: u64,
    /// Where the databases lie for the while. The system's temporary folder, when it is left out.
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<std::path::PathBuf>,
}

/// Settings of the preview.
#[derive(Debug, clap::Args)]
pub struct Preview {
    /// A sentence ("weekdays 9:30", "mon,thu 16:00", "first monday of the month 9:00", "hari kerja 9.30") or five
    /// cron fields.
    pub schedule: String,
    /// Whose time it is, as an IANA zone.
    #[arg(long, value_name = "ZONE")]
    pub zone: String,
    /// First date. Today, when it is left out.
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    /// How many.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub count: usize,
    /// As a JSON list of objects with `local`, `utc` and `zone`.
    #[arg(long)]
    pub json: bool,
}

/// Settings of the demo.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// On the terminal, without a page. It is the only way so far.
    #[arg(long)]
    pub headless: bool,
    /// Whole messages instead of one line of each.
    #[arg(long)]
    pub full: bool,
    /// Keep the week's SQLite database in this file, which may not be there yet: for `jeda norms plan`, `jeda explain`.
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
}

/// What to do with norms.
#[derive(Debug, Subcommand)]
pub enum Norms {
    /// Say what is wrong with a file of norms. Looks at no database.
    Check {
        /// The file.
        #[arg(default_value = jeda_config::norms::DEFAULT_PATH)]
        file: String,
    },
    /// Say what a file of norms would change against what is live, and change nothing.
    Plan {
        /// The file.
        #[arg(default_value = jeda_config::norms::DEFAULT_PATH)]
        file: String,
        /// Of which workspaces.
        #[command(flatten)]
        of: Of,
    },
    /// Let the norms of a file hold from now on, as a numbered revision. The bot may be running.
    Apply {
        /// The file.
        #[arg(default_value = jeda_config::norms::DEFAULT_PATH)]
        file: String,
        /// In which workspaces.
        #[command(flatten)]
        of: Of,
        /// Who applies it, for the history. Without it, whoever is logged in.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Show the norms that are live, in sentences.
    Show {
        /// Of which workspaces.
        #[command(flatten)]
        of: Of,
    },
    /// List the revisions, with who applied them and what each changed.
    History {
        /// Of which workspaces.
        #[command(flatten)]
        of: Of,
    },
}

/// Which workspaces are meant.
#[derive(Debug, clap::Args)]
pub struct Of {
    /// One workspace, by its name or id (slack:T024BE7LD). Without it, all that are in the database.
    #[arg(long, value_name = "WORKSPACE")]
    pub workspace: Option<String>,
}
