//! Typed configuration: one section a file, every complaint with its line and column or its variable, and what is
//! allowed there.
//!
//! A setting comes from the environment (`JEDA_SECTION_KEY`), else from `config/jeda.toml`, else from its default.
//! Tokens come from the environment alone, so that the file can be shown and reviewed.

mod calendars;
mod complaint;
mod database;
mod discord;
mod holidays;
mod http;
mod log;
pub mod norms;
mod read;
mod retention;
mod slack;
mod words;
mod workspace;

pub use calendars::Calendars;
pub use complaint::{Complaint, Complaints, Place};
pub use database::Database;
pub use discord::Discord;
pub use holidays::Holidays;
pub use http::Http;
pub use log::{Format, Log};
pub use read::{Environment, read, schema};
pub use retention::Retention;
pub use slack::Slack;
pub use workspace::Workspace;

use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;

/// Where the configuration is looked for when nobody says another place. It may be absent.
pub const DEFAULT_PATH: &str = "config/jeda.toml";

/// Everything that can be set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where everything is stored.
    pub database: Database,
    /// The pages for health and metrics.
    pub http: Http,
    /// Slack.
    pub slack: Slack,
    /// Discord.
    pub discord: Discord,
    /// What holds for people and channels of whom nothing else is known.
    pub workspace: Workspace,
    /// Days on which nobody is asked.
    pub holidays: Holidays,
    /// Calendars that people and the team have elsewhere.
    pub calendars: Calendars,
    /// How long what is done is kept.
    pub retention: Retention,
    /// How jeda tells what it does.
    pub log: Log,
}

/// Tokens, from the environment alone. They never show in `Debug`.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    /// `SLACK_APP_TOKEN` (`xapp-…`): opens Slack's sockets.
    pub slack_app: Option<SecretString>,
    /// `SLACK_BOT_TOKEN` (`xoxb-…`): speaks on Slack.
    pub slack_bot: Option<SecretString>,
    /// `DISCORD_TOKEN`.
    pub discord: Option<SecretString>,
}

impl Tokens {
    /// Both of Slack's tokens: the app's, then the bot's.
    pub fn slack(&self) -> Option<(SecretString, SecretString)> {
        self.slack_app.clone().zip(self.slack_bot.clone())
    }

    /// Whether any platform can be reached.
    pub fn any(&self) -> bool {
        self.discord.is_some() || self.slack().is_some()
    }

    /// Which of Slack's two tokens is missing where the other is set, and where it comes from.
    pub fn missing(&self) -> Option<&'static str> {
        match (&self.slack_app, &self.slack_bot) {
            (Some(_), None) => Some(
                "SLACK_APP_TOKEN is set, and SLACK_BOT_TOKEN (xoxb-…) is missing: Slack needs both. It stands under \
                 \"Install App\" of your app at https://api.slack.com/apps.",
            ),
            (None, Some(_)) => Some(
                "SLACK_BOT_TOKEN is set, and SLACK_APP_TOKEN (xapp-…) is missing: Slack needs both. Make it under \
                 \"Basic Information\", \"App-Level Tokens\" of your app at https://api.slack.com/apps.",
            ),
            _ => None,
        }
    }
}
