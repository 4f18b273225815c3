//! `[workspace]`

use schemars::JsonSchema;
use serde::Deserialize;

/// What holds for people and channels of whom nothing else is known.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Workspace {
    /// Language of channels: `en` or `id`.
    pub language: String,
    /// IANA zone, such as `Asia/Jakarta`.
    pub zone: String,
    /// Working week, such as `mon-fri 9:00-17:00`.
    pub hours: String,
}

impl Default for Workspace {
    fn default() -> Self {
        Self { language: "en".to_owned(), zone: "UTC".to_owned(), hours: "mon-fri 9:00-17:00".to_owned() }
    }
}
