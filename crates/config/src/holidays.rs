//! `[holidays]`

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Days on which nobody is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Holidays {
    /// The country or region whose public holidays hold for everyone who has not chosen their own: a code of ISO 3166
    /// such as `ID` or `GB-ENG`, or a name such as `Indonesia`.
    pub country: Option<String>,
    /// The team's own days off, for everyone: date (`2026-12-25`) to name.
    #[serde(flatten)]
    pub days: BTreeMap<String, String>,
}
