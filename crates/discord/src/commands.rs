//! Slash commands as Discord registers them, made from core's own table. Pure.
//!
//! They are registered for the application as a whole, not for each server: one call serves all servers, and
//! they can be used in a direct message with the bot as well.

use jeda_core::{
    command::{ArgKind, Command, MENU, MenuEntry, ROOTS, Root, TABLE},
    copy,
    language::Language,
};
use serde_json::{Value, json};

/// Kinds of a command's options, as Discord numbers them.
mod option {
    pub(super) const SUBCOMMAND: u8 = 1;
    pub(super) const STRING: u8 = 3;
    pub(super) const USER: u8 = 6;
    pub(super) const CHANNEL: u8 = 7;
}

/// Channels that a report can go to: text (0) and announcements (5).
pub(crate) const TEXT_CHANNELS: [u8; 2] = [0, 5];
/// Choices of one option.
const CHOICES_MAX: usize = 25;

/// The whole list, for `PUT /applications/{id}/commands`.
pub(crate) fn registration() -> Value {
    Value::Array(ROOTS.iter().map(root).chain(MENU.iter().map(entry)).collect())
}

/// A name for a registration, to see whether it changed since it was last sent.
pub(crate) fn fingerprint(registration: &Value) -> String {
    jeda_core::id::short(&registration.to_string())
}

fn root(root: &Root) -> Value {
    let mut json = described(root.name, root.words);
    json["type"] = 1.into();
    // Servers (0) and direct messages with the bot (1); installed to servers only.
    json["contexts"] = json!([0, 1]);
    json["integration_types"] = json!([0]);
    let family = TABLE.iter().filter(|command| command.path.first() == Some(&root.name));
    json["options"] = match root.alone {
        Some(_) => family.filter_map(subcommand).collect(),
        None => family.flat_map(options).collect(),
    };
    json
}

/// An entry in the menu of a message (3), in servers only.
fn entry(entry: &MenuEntry) -> Value {
    json!({
        "type": 3,
        "name": copy::norm::menu_name(Language::En, entry),
        "name_localizations": {"id": copy::norm::menu_name(Language::Id, entry)},
        "contexts": [0],
        "integration_types": [0],
    })
}

fn subcommand(command: &Command) -> Option<Value> {
    let mut json = described(command.path.get(1)?, command.words);
    json["type"] = option::SUBCOMMAND.into();
    json["options"] = options(command).into();
    Some(json)
}

/// A command's options. Discord wants those that have to be given first.
fn options(command: &Command) -> Vec<Value> {
    let mut args: Vec<_> = command.args.iter().collect();
    args.sort_by_key(|arg| !arg.required);
    args.into_iter()
        .map(|arg| {
            let mut json = described(arg.name, arg.words);
            json["required"] = arg.required.into();
            json["type"] = option::STRING.into();
            match arg.kind {
                ArgKind::Channel => {
                    json["type"] = option::CHANNEL.into();
                    json["channel_types"] = json!(TEXT_CHANNELS);
                }
                ArgKind::Choice(values) => {
                    json["choices"] = values.iter().take(CHOICES_MAX).map(|v| choice(v)).collect()
                }
                ArgKind::Person => json["type"] = option::USER.into(),
                ArgKind::Word | ArgKind::Rest | ArgKind::Verbatim | ArgKind::People if arg.suggests => {
                    json["autocomplete"] = true.into();
                }
                ArgKind::Word | ArgKind::Rest | ArgKind::Verbatim | ArgKind::People => {}
            }
            json
        })
        .collect()
}

fn choice(value: &str) -> Value {
    json!({
        "name": copy::command::choice(Language::En, value),
        "name_localizations": {"id": copy::command::choice(Language::Id, value)},
        "value": value,
    })
}

/// A name with its description in both languages. Names stay as they are: help, examples and what colleagues tell
/// each other name them so.
fn described(name: &str, words: &'static str) -> Value {
    json!({
        "name": name,
        "description": copy::line(Language::En, words, &[]),
        "description_localizations": {"id": copy::line(Language::Id, words, &[])},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each_option(json: &Value, check: &mut dyn FnMut(&Value)) {
        check(json);
        for option in json["options"].as_array().into_iter().flatten() {
            each_option(option, check);
        }
    }

    #[test]
    fn discord_takes_every_command() {
        let all = registration();
        let roots = all.as_array().unwrap();
        assert!(!roots.is_empty() && roots.len() <= 100);
        for entry in roots.iter().filter(|it| it["type"] == 3) {
            for name in [&entry["name"], &entry["name_localizations"]["id"]] {
                assert!((1..=32).contains(&name.as_str().unwrap().chars().count()), "{name}");
            }
        }
        for root in roots.iter().filter(|it| it["type"] == 1) {
            let mut size = 0;
            each_option(root, &mut |json| {
                let name = json["name"].as_str().unwrap();
                assert!((1..=32).contains(&name.len()), "{name}");
                assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}");
                for words in [&json["description"], &json["description_localizations"]["id"]] {
                    let chars = words.as_str().unwrap().chars().count();
                    assert!((1..=100).contains(&chars), "{name}: {chars} characters");
                    size += chars;
                }
                size += name.len();
                let options = json["options"].as_array().map_or(&[][..], Vec::as_slice);
                assert!(options.len() <= 25, "{name}");
                let required: Vec<bool> = options.iter().filter_map(|o| o["required"].as_bool()).collect();
                assert!(required.is_sorted_by(|a, b| a >= b), "{name}: required options come first");
                assert!(json["autocomplete"].is_null() || json["choices"].is_null(), "{name}: one or the other");
            });
            // Discord's bound for the names and descriptions of a whole command, in its longest language.
            assert!(size <= 2 * 8_000, "{root}");
        }
    }

    #[test]
    fn every_command_of_the_table_is_there() {
        let all = registration();
        for command in TABLE {
            let root = all.as_array().unwrap().iter().find(|root| root["name"] == command.path[0]).unwrap();
            let there = match command.path {
                [_] => root,
                [_, sub] => root["options"].as_array().unwrap().iter().find(|it| it["name"] == *sub).unwrap(),
                other => panic!("Discord's groups are not used yet: {other:?}"),
            };
            assert_eq!(there["options"].as_array().unwrap().len(), command.args.len(), "{:?}", command.path);
        }
    }

    #[test]
    fn a_fingerprint_follows_what_is_registered() {
        let all = registration();
        assert_eq!(fingerprint(&all), fingerprint(&registration()));
        let mut other = all.clone();
        other[0]["description"] = "something else".into();
        assert_ne!(fingerprint(&all), fingerprint(&other));
    }
}
