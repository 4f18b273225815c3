//! `[http]`

use schemars::JsonSchema;
use serde::Deserialize;

/// The pages for health and metrics.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Http {
    /// Address and port of `/healthz`, `/readyz` and `/metrics`. Loopback, unless something in front protects it.
    pub bind: String,
}

impl Default for Http {
    fn default() -> Self {
        Self { bind: "127.0.0.1:8025".to_owned() }
    }
}
