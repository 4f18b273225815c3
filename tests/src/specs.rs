//! Where the platforms' descriptions are.

use serde_json::Value;
use std::{io::Write, path::PathBuf, sync::Once};

/// A file or folder of the platforms' descriptions: below `JEDA_SPECS`, or beside the checkout. `None`, after saying so
/// once, where they are not at hand.
///
/// # Panics
/// When it is not there and `JEDA_SPECS_REQUIRED` is set.
pub fn specs(part: &str) -> Option<PathBuf> {
    static SAID: Once = Once::new();
    let given = std::env::var_os("JEDA_SPECS").map(PathBuf::from);
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs");
    let found = given.unwrap_or_else(beside).join(part);
    if found.exists() {
        return Some(found);
    }
    assert!(std::env::var_os("JEDA_SPECS_REQUIRED").is_none(), "{} is not there", found.display());
    // Not through `eprintln`, which is kept from whoever runs tests that pass.
    SAID.call_once(|| {
        let words = format!("skipped: the platforms' own descriptions are not at hand ({})\n", found.display());
        let _ = std::io::stderr().write_all(words.as_bytes());
    });
    None
}

/// A file as JSON.
pub(crate) fn read(file: &PathBuf) -> Value {
    let text = std::fs::read_to_string(file).expect("a file of the descriptions");
    serde_json::from_str(&text).expect("a description is JSON")
}
