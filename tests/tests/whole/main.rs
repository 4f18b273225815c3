//! The whole: who may use whom, and what the binary says.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that finds nothing has failed")]

mod bad_input;
mod bare;
mod bench;
mod day;
mod later;
mod machine;
mod manifest;
mod norms;
mod nudges;
mod outage;
mod stories;
mod town;
mod trouble;

use jeda_config::{Complaint, Environment, Place};
use std::collections::{BTreeMap, BTreeSet};

/// The crate table of the design: what each crate must not use, of ours and of others.
#[test]
fn the_crate_table_holds() {
    let metadata = cargo_metadata::MetadataCommand::new().no_deps().exec().unwrap();
    let uses: BTreeMap<String, BTreeSet<String>> = metadata
        .packages
        .iter()
        .map(|package| {
            let normal = |kind| kind == cargo_metadata::DependencyKind::Normal;
            let names = package.dependencies.iter().filter(|d| normal(d.kind)).map(|d| d.name.clone()).collect();
            (package.name.to_string(), names)
        })
        .collect();
    let sdks = ["slack-morphism", "serenity"];
    let mut never: Vec<(&str, Vec<&str>)> = vec![
        ("jeda-core", vec!["tokio", "sqlx", "reqwest", "async-trait", "tracing", "futures-util", "axum"]),
        ("jeda-store", vec!["jeda-engine", "jeda-slack", "jeda-discord"]),
        ("jeda-engine", vec!["sqlx", "jeda-slack", "jeda-discord"]),
        ("jeda-slack", vec!["jeda-store", "jeda-discord", "serenity", "sqlx"]),
        ("jeda-discord", vec!["jeda-store", "jeda-slack", "slack-morphism", "sqlx"]),
        ("jeda-config", vec!["sqlx", "jeda-store", "jeda-engine"]),
        ("jeda", vec!["sqlx"]),
    ];
    for name in ["jeda-core", "jeda-store", "jeda-engine", "jeda-config", "jeda-emulator", "jeda"] {
        never.push((name, sdks.to_vec()));
    }
    for (name, forbidden) in never {
        let found: Vec<_> = forbidden.iter().filter(|other| uses[name].contains(**other)).collect();
        assert!(found.is_empty(), "{name} must not use {found:?}");
    }
    let with_judges: Vec<_> = uses.iter().filter(|(_, uses)| uses.contains("jeda-tests")).collect();
    assert!(with_judges.is_empty(), "only tests use the judges: {with_judges:?}");
    for alone in ["jeda-emulator", "jeda-core"] {
        let ours: Vec<_> = uses[alone].iter().filter(|name| name.starts_with("jeda")).collect();
        assert!(ours.is_empty(), "{alone} stands alone: {ours:?}");
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
    for wrong in ["[slack]\nsokets = 2\n", "[slack]\nsockets = 11\n", "[log]\nformat = \"xml\"\n", "[htp]\n"] {
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
