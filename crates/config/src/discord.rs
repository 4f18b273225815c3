//! `[discord]`

use schemars::JsonSchema;
use serde::Deserialize;

/// Discord.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Discord {
    /// Where Discord's API is (`http://127.0.0.1:8080`); Discord's own when it is left out.
    pub api_url: Option<String>,
}
