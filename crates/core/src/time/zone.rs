//! IANA zones, from the data that jiff carries (`tzdb-bundle-always`), never from the machine's own files.

use serde::{Deserialize, Serialize};

/// A known IANA zone, by its name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Zone(String);

/// No such zone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone {given:?}")]
pub struct ZoneError {
    /// What was given.
    pub given: String,
    /// The nearest names, best first, at most three.
    pub did_you_mean: Vec<String>,
}

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        Self("UTC".into())
    }
    /// Finds a zone by its IANA name, letter case and spaces aside (`asia/jakarta`, `Asia/Jakarta`), or by a city's
    /// name that only one zone has (`jakarta`).
    pub fn find(_given: &str) -> Result<Self, ZoneError> {
        todo!()
    }
    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.0
    }
    /// jiff's zone.
    pub fn tz(&self) -> jiff::tz::TimeZone {
        todo!()
    }
}
impl std::fmt::Debug for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Zone({})", self.0)
    }
}
impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0
    }
}
impl TryFrom<String> for Zone {
    type Error = ZoneError;
    fn try_from(name: String) -> Result<Self, ZoneError> {
        Self::find(&name)
    }
}

/// Names that match what somebody is typing, best first, at most `max`.
pub fn zones_like(_typed: &str, _max: usize) -> Vec<String> {
    todo!()
}

/// The version of the zone data in use (`2026a`), for diagnostics.
pub fn zone_data_version() -> &'static str {
    todo!()
}
