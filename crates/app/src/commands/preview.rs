//! `jeda preview`: when a schedule comes true.

use super::USAGE;
use crate::cli;
use jeda_core::{
    copy,
    language::Language,
    limit::PREVIEW_COUNT_MAX,
    time::{Occurrence, Zone, parse_schedule, preview as occurrences, say_schedule},
};
use jiff::Timestamp;
use std::process::ExitCode;

/// Prints the coming occurrences.
pub fn preview(asked: &cli::Preview, now: Timestamp) -> ExitCode {
    match lines(asked, now) {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(words) => {
            eprintln!("{words}");
            ExitCode::from(USAGE)
        }
    }
}

/// What is printed, or what is wrong with what was asked.
pub fn lines(asked: &cli::Preview, now: Timestamp) -> Result<String, String> {
    let wrong = |error: &jeda_core::time::TimeError| copy::flat(&copy::time::trouble(Language::En, error));
    let zone = Zone::find(&asked.zone).map_err(|error| wrong(&error.into()))?;
    let from = asked.from.unwrap_or_else(|| zone.tz().to_datetime(now).date());
    let schedule = parse_schedule(&asked.schedule, from).map_err(|error| wrong(&error))?;
    if asked.count == 0 || asked.count > PREVIEW_COUNT_MAX {
        return Err(format!("--count is between 1 and {PREVIEW_COUNT_MAX}"));
    }
    let found = occurrences(&schedule, &zone, from, asked.count);
    if asked.json {
        return Ok(json(&found, &zone));
    }
    let mut text = format!("{} ({zone})", say_schedule(&schedule, Language::En));
    for occurrence in &found {
        let local = occurrence.at.to_zoned(zone.tz());
        text.push_str(&format!("\n{}   {}", local.strftime("%a %Y-%m-%d %H:%M %:z"), occurrence.at));
    }
    Ok(text)
}

fn json(found: &[Occurrence], zone: &Zone) -> String {
    let list: Vec<serde_json::Value> = found
        .iter()
        .map(|occurrence| {
            let local = occurrence.at.to_zoned(zone.tz());
            serde_json::json!({
                "local": local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
                "utc": occurrence.at.to_string(),
                "zone": zone.name(),
            })
        })
        .collect();
    serde_json::to_string_pretty(&list).unwrap_or_default()
}
