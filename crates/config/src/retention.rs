//! `[retention]`

use schemars::JsonSchema;
use serde::Deserialize;

/// How long what is done is kept.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Days after which settled events, messages' delivery records and receipts are purged. Standups, answers and
    /// reports stay.
    pub settled_days: u16,
}

impl Default for Retention {
    fn default() -> Self {
        Self { settled_days: 90 }
    }
}
