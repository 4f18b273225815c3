//! The bot under measurement: a process of its own, which ends when this one does, however that ends.

use super::{BenchError, system};
use std::{
    ffi::OsString,
    fs::File,
    path::{Path, PathBuf},
    process::Stdio,
};
use tokio::process::{Child, Command};

/// Bytes of its log that are shown when it fails.
const LOG_SHOWN: usize = 4_000;

/// How a bot is started.
#[derive(Clone, Debug)]
pub struct Program {
    /// The binary.
    pub path: PathBuf,
    /// What makes it run the bot until its standard input ends.
    pub arguments: Vec<OsString>,
}

/// What the bot is linked to.
pub(super) struct Links {
    pub(super) slack_url: String,
    pub(super) slack_app: String,
    pub(super) slack_bot: String,
    pub(super) discord_url: String,
    pub(super) discord_token: String,
}

/// The process.
pub(super) struct Bot {
    child: Child,
    log: PathBuf,
}

impl Bot {
    /// Starts one whose database lies in `folder`.
    pub(super) fn start(program: &Program, links: &Links, folder: &Path) -> Result<Self, BenchError> {
        let log = folder.join("bot.log");
        let log_file = File::create(&log).map_err(system("no file for the bot's log"))?;
        // Settings of whoever measures are not the bot's: an empty file, and nothing of the environment.
        let settings = folder.join("jeda.toml");
        std::fs::write(&settings, "").map_err(system("no file for the bot's settings"))?;
        let child = Command::new(&program.path)
            .args(&program.arguments)
            .env_clear()
            .env("JEDA_CONFIG", &settings)
            .env("JEDA_DATABASE_URL", format!("sqlite:{}", database(folder).display()))
            .env("JEDA_HTTP_BIND", "127.0.0.1:0")
            .env("SLACK_API_URL", &links.slack_url)
            .env("SLACK_APP_TOKEN", &links.slack_app)
            .env("SLACK_BOT_TOKEN", &links.slack_bot)
            .env("DISCORD_API_URL", &links.discord_url)
            .env("DISCORD_TOKEN", &links.discord_token)
            // It stops when this pipe closes, which it does when this process ends, killed or not.
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log_file)
            .kill_on_drop(true)
            .spawn()
            .map_err(system("the bot can't be started"))?;
        Ok(Self { child, log })
    }

    /// Its process.
    pub(super) fn process(&self) -> Option<u32> {
        self.child.id()
    }

    /// Resident memory in kB; none where the system doesn't tell.
    pub(super) fn resident_kb(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// Ends it without a warning, as a crash would: what was confirmed has to be there all the same.
    pub(super) async fn kill(mut self) -> Result<(), BenchError> {
        if self.child.try_wait().map_err(system("the bot can't be looked at"))?.is_some() {
            return Err(self.failed("ended by itself"));
        }
        self.child.kill().await.map_err(system("the bot can't be ended"))
    }

    /// What it did, with the end of its log.
    pub(super) fn failed(&self, what: &'static str) -> BenchError {
        let log = std::fs::read(&self.log).unwrap_or_default();
        let end = &log[log.len().saturating_sub(LOG_SHOWN)..];
        BenchError::Bot { what, log: String::from_utf8_lossy(end).into_owned() }
    }
}

/// The database of a bot in `folder`.
pub(super) fn database(folder: &Path) -> PathBuf {
    folder.join("jeda.db")
}
