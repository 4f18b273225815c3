//! `[slack]`

use schemars::JsonSchema;
use serde::Deserialize;

/// Slack.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Slack {
    /// Where Slack's Web API is. Another address is for a Slack of one's own, such as the emulator's.
    pub api_url: String,
    /// Sockets that are held open, 1 to 10 (Slack's limit). Slack spreads events over them.
    #[schemars(range(min = 1, max = 10))]
    pub sockets: u8,
}

impl Default for Slack {
    fn default() -> Self {
        Self { api_url: "https://slack.com/api/".to_owned(), sockets: 2 }
    }
}
