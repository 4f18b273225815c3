//! `[log]`

use schemars::JsonSchema;
use serde::Deserialize;

/// How jeda tells what it does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// For people on a terminal, JSON lines otherwise, unless one of them is asked for.
    pub format: Format,
    /// What is told: `info`, `debug`, or rules such as `info,jeda_engine=debug`.
    pub filter: String,
}

/// In which form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For people on a terminal, JSON otherwise.
    #[default]
    Auto,
    /// For people.
    Human,
    /// A JSON object a line.
    Json,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: Format::Auto, filter: "info".to_owned() }
    }
}
