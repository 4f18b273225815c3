//! `[database]`

use schemars::JsonSchema;
use serde::Deserialize;

/// Where everything is stored.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Database {
    /// `sqlite:data/jeda.db` (a file, made when it is absent) or `postgres://user:password@host/name`. A password
    /// belongs into `JEDA_DATABASE_URL`, not into the file.
    pub url: String,
}

impl Default for Database {
    fn default() -> Self {
        Self { url: "sqlite:data/jeda.db".to_owned() }
    }
}
