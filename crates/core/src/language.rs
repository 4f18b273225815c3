//! The languages that jeda speaks. English and Indonesian are equals.

use serde::{Deserialize, Serialize};

/// A language in which every message exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Bahasa Indonesia.
    Id,
}

impl Language {
    /// Every language, for tests and for lists of choices.
    pub const ALL: [Self; 2] = [Self::En, Self::Id];

    /// The language of a platform's locale (`en-US`, `id-ID`, `id`, the old `in`), or `None` when jeda doesn't
    /// speak it.
    pub fn from_locale(locale: &str) -> Option<Self> {
        match locale.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "id" | "in" => Some(Self::Id),
            _ => None,
        }
    }

    /// The BCP 47 tag: `en` or `id`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Id => "id",
        }
    }
}
