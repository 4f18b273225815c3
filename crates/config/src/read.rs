//! Reading: the file, the environment over it, and the checks that types alone can't make.

use crate::{Complaint, Complaints, Config, DEFAULT_PATH, Place, Tokens};
use jeda_core::{
    language::Language,
    people,
    time::{Calendar, Holidays, TimeError, WorkingWeek, Zone, ZoneError, parse_hours},
};
use secrecy::SecretString;
use serde::Deserialize;
use std::{collections::BTreeMap, net::SocketAddr, path::Path};
use toml::{Table, Value};

/// The environment, as it is given: the only place that reads the real one is the binary's `main`.
pub type Environment = BTreeMap<String, String>;

/// Reads the configuration. `path` is a file that somebody named and that must exist; without it
/// [`DEFAULT_PATH`] is read when it is there.
///
/// # Errors
/// Everything that is wrong, each with its place and with what is allowed there.
pub fn read(path: Option<&str>, environment: &Environment) -> Result<(Config, Tokens), Complaints> {
    let (name, text) = file(path)?;
    let from_file = parse(&name, &text)?;
    let config = overlay(&text, environment)?.unwrap_or(from_file);
    let config = normalise(config);
    let source = Source { name: &name, text: &text, environment };
    let complaints = check(&config, &source);
    if complaints.is_empty() { Ok((config, tokens(environment))) } else { Err(Complaints(complaints)) }
}

/// The JSON Schema of the file, for editors.
pub fn schema() -> String {
    pretty(&schemars::schema_for!(Config))
}

/// A schema as a file has it.
pub(crate) fn pretty(schema: &schemars::Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}

fn file(path: Option<&str>) -> Result<(String, String), Complaints> {
    let name = path.unwrap_or(DEFAULT_PATH).to_owned();
    if path.is_none() && !Path::new(&name).exists() {
        return Ok((name, String::new()));
    }
    match std::fs::read_to_string(&name) {
        Ok(text) => Ok((name, text)),
        Err(error) => Err(Complaints(vec![Complaint {
            place: Place::Path(name),
            words: format!("can't be read: {error}. Name a file that exists with --config, or leave it out."),
        }])),
    }
}

fn parse(name: &str, text: &str) -> Result<Config, Complaints> {
    toml::from_str(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        Complaints(vec![Complaint { place: place(name, text, offset), words: plain(error.message()) }])
    })
}

/// Lays the environment over the file. `None` when it has nothing to say.
fn overlay(text: &str, environment: &Environment) -> Result<Option<Config>, Complaints> {
    // The text was read as a whole configuration before, so it is a table.
    let mut table: Table = toml::from_str(text).unwrap_or_default();
    let mut complaints = Vec::new();
    let mut used = false;
    for (variable, value) in environment {
        let Some((section, key)) = key_of(variable) else { continue };
        used = true;
        let mut alone = Table::new();
        put(&mut alone, &section, &key, typed(&section, &key, value));
        match Config::deserialize(Value::Table(alone)) {
            Ok(_) => put(&mut table, &section, &key, typed(&section, &key, value)),
            Err(error) => {
                complaints.push(Complaint { place: Place::Variable(variable.clone()), words: plain(error.message()) })
            }
        }
    }
    if !complaints.is_empty() {
        return Err(Complaints(complaints));
    }
    if !used {
        return Ok(None);
    }
    Config::deserialize(Value::Table(table)).map(Some).map_err(|error| {
        Complaints(vec![Complaint { place: Place::Path("environment".to_owned()), words: plain(error.message()) }])
    })
}

/// Sections that the environment reaches.
const SECTIONS: [&str; 9] =
    ["database", "http", "slack", "discord", "workspace", "holidays", "calendars", "retention", "log"];
/// Variables of the binary itself, which are no settings.
const NOT_SETTINGS: [&str; 1] = ["JEDA_CONFIG"];

/// `JEDA_DATABASE_URL` is `url` of `[database]`.
fn key_of(variable: &str) -> Option<(String, String)> {
    match variable {
        "SLACK_API_URL" => return Some(("slack".into(), "api_url".into())),
        "DISCORD_API_URL" => return Some(("discord".into(), "api_url".into())),
        _ => {}
    }
    if NOT_SETTINGS.contains(&variable) {
        return None;
    }
    let rest = variable.strip_prefix("JEDA_")?.to_ascii_lowercase();
    let (section, key) = rest.split_once('_')?;
    SECTIONS.contains(&section).then(|| (section.to_owned(), key.to_owned()))
}

fn put(table: &mut Table, section: &str, key: &str, value: Value) {
    let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(section) = section {
        section.insert(key.to_owned(), value);
    }
}

/// A variable's text as the type that its key has.
fn typed(section: &str, key: &str, value: &str) -> Value {
    match (section, key) {
        ("slack", "sockets") | ("retention", "settled_days") => {
            value.trim().parse().map_or_else(|_| Value::String(value.to_owned()), Value::Integer)
        }
        ("calendars", "enabled") => {
            value.trim().parse().map_or_else(|_| Value::String(value.to_owned()), Value::Boolean)
        }
        ("calendars", "allow_hosts" | "holidays") => {
            let hosts = value.split(',').map(str::trim).filter(|host| !host.is_empty());
            Value::Array(hosts.map(|host| Value::String(host.to_owned())).collect())
        }
        _ => Value::String(value.to_owned()),
    }
}

/// Addresses in the one spelling that the adapters expect.
fn normalise(mut config: Config) -> Config {
    let trimmed = config.slack.api_url.trim().trim_end_matches('/').to_owned();
    config.slack.api_url = format!("{trimmed}/");
    config.discord.api_url =
        config.discord.api_url.map(|url| url.trim().trim_end_matches('/').to_owned()).filter(|url| !url.is_empty());
    config
}

fn tokens(environment: &Environment) -> Tokens {
    let token = |name: &str| {
        environment.get(name).map(|text| text.trim()).filter(|text| !text.is_empty()).map(SecretString::from)
    };
    Tokens { slack_app: token("SLACK_APP_TOKEN"), slack_bot: token("SLACK_BOT_TOKEN"), discord: token("DISCORD_TOKEN") }
}

/// Where a setting came from, for complaints about its value.
struct Source<'a> {
    name: &'a str,
    text: &'a str,
    environment: &'a Environment,
}

impl Source<'_> {
    fn complaint(&self, section: &str, key: &str, words: String) -> Complaint {
        let variable = self.environment.keys().find(|name| key_of(name).is_some_and(|(s, k)| s == section && k == key));
        let place = match variable {
            Some(name) => Place::Variable(name.clone()),
            None => place(self.name, self.text, self.offset(section, key)),
        };
        Complaint { place, words }
    }

    /// Where a key's value stands in the text.
    fn offset(&self, section: &str, key: &str) -> usize {
        type Spans = BTreeMap<String, BTreeMap<String, toml::Spanned<Value>>>;
        toml::from_str::<Spans>(self.text)
            .ok()
            .and_then(|all| all.get(section)?.get(key).map(|value| value.span().start))
            .unwrap_or(0)
    }
}

/// The checks that types alone can't make.
fn check(config: &Config, source: &Source<'_>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut wrong = |section: &str, key: &str, words: String| complaints.push(source.complaint(section, key, words));
    if !["sqlite:", "postgres://", "postgresql://"].iter().any(|start| config.database.url.starts_with(start)) {
        wrong("database", "url", "starts with neither sqlite: nor postgres://. Try \"sqlite:data/jeda.db\".".into());
    }
    if config.http.bind.parse::<SocketAddr>().is_err() {
        wrong("http", "bind", "is not an address and a port. Try \"127.0.0.1:8025\".".into());
    }
    if !(1..=10).contains(&config.slack.sockets) {
        wrong("slack", "sockets", format!("is {}; Slack allows 1 to 10.", config.slack.sockets));
    }
    let web = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    if !web(&config.slack.api_url) {
        wrong("slack", "api_url", "is not a web address. Leave it out for Slack's own.".into());
    }
    if config.discord.api_url.as_deref().is_some_and(|url| !web(url)) {
        wrong("discord", "api_url", "is not a web address. Leave it out for Discord's own.".into());
    }
    if Language::from_locale(&config.workspace.language).is_none() {
        wrong("workspace", "language", "is not a language that jeda speaks: \"en\" or \"id\".".into());
    }
    if let Err(ZoneError { did_you_mean, .. }) = Zone::find(&config.workspace.zone) {
        let hint = did_you_mean.first().map_or("Asia/Jakarta", String::as_str);
        wrong("workspace", "zone", format!("is not a time zone. Did you mean \"{hint}\"?"));
    }
    if hours(&config.workspace.hours).is_err() {
        wrong("workspace", "hours", "is not a working week. Try \"mon-fri 9:00-17:00\".".into());
    }
    if let Some(Err(error)) = config.holidays.country.as_deref().map(Calendar::find) {
        let near = error.did_you_mean.iter().map(|(code, name)| format!("\"{code}\" ({name})")).collect::<Vec<_>>();
        let hint = if near.is_empty() {
            "Try \"ID\", \"GB-ENG\" or \"Indonesia\".".to_owned()
        } else {
            format!("Did you mean {}?", near.join(" or "))
        };
        wrong("holidays", "country", format!("is no country or region whose holidays jeda knows. {hint}"));
    }
    if let Some(host) = config.calendars.allow_hosts.iter().find(|host| !is_host(host)) {
        wrong("calendars", "allow_hosts", format!("has \"{host}\", which is no host. Try \"calendar.corp.example\"."));
    }
    let is_there = |source: &&String| web(source) || Path::new(source.trim()).exists();
    if let Some(source) = config.calendars.holidays.iter().find(|source| !is_there(source)) {
        // An address may be a secret; a path is none.
        let name = if source.contains("://") { "an address that is none of the web" } else { source.as_str() };
        wrong("calendars", "holidays", format!("has {name}, where nothing is. Name a file, a folder or https://…"));
    }
    if let Some(folder) = config.calendars.people.as_deref().filter(|folder| !Path::new(folder.trim()).is_dir()) {
        wrong("calendars", "people", format!("is \"{folder}\", which is no folder. Make it, or name another."));
    }
    for date in config.holidays.days.keys() {
        if date.parse::<jiff::civil::Date>().is_err() {
            wrong("holidays", date, "is neither \"country\" nor a date. Try \"2026-12-25\" = \"Christmas\".".into());
        }
    }
    complaints
}

/// A name alone, or an address in numbers: no scheme, no port, no path.
fn is_host(host: &str) -> bool {
    let host = host.trim();
    let is_name = host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    !host.is_empty() && (is_name || host.parse::<std::net::IpAddr>().is_ok())
}

fn hours(text: &str) -> Result<WorkingWeek, TimeError> {
    parse_hours(text)?.1.ok_or_else(|| TimeError::Hours(text.to_owned()))
}

impl Config {
    /// What a workspace is until its platform tells more.
    pub fn workspace_defaults(&self) -> people::Workspace {
        // `read` has checked each of these; a configuration made by hand falls back to the defaults.
        people::Workspace {
            language: Language::from_locale(&self.workspace.language).unwrap_or_default(),
            zone: Zone::find(&self.workspace.zone).unwrap_or_else(|_| Zone::utc()),
            hours: hours(&self.workspace.hours).unwrap_or_else(|_| WorkingWeek::office()),
            holidays: Holidays(
                self.holidays.days.iter().filter_map(|(date, name)| Some((date.parse().ok()?, name.clone()))).collect(),
            ),
            calendars: self.calendars.enabled,
            calendar: self.holidays.country.as_deref().and_then(|country| Calendar::find(country).ok()),
            ..people::Workspace::unknown("")
        }
    }
}

/// Line and column of a byte offset, both from 1.
pub(crate) fn place(name: &str, text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or("");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    Place::File { path: name.to_owned(), line, column }
}

/// The parser's message on one line, in words for people who write no Rust.
pub(crate) fn plain(message: &str) -> String {
    let line = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let types = [("u8", "a whole number"), ("u16", "a whole number"), ("a string", "text in quotation marks")];
    let told = |(name, words)| Some(format!("{}expected {words}", line.strip_suffix(&format!("expected {name}"))?));
    types.into_iter().find_map(told).unwrap_or(line)
}
