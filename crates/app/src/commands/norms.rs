//! `jeda norms`: a team's norms as a file that is checked, compared with what is live, and applied.
//!
//! A revision is added in a short transaction beside the bot, which sees it with its next event: there is nothing to
//! restart, to signal or to configure, and it is the same on SQLite and on PostgreSQL.

use super::{USAGE, failed, options};
use crate::cli;
use jeda_config::{
    Complaints, Config, Environment,
    norms::{self, Norms},
};
use jeda_core::{
    copy::{self, norm::Mark},
    id::WorkspaceId,
    language::Language,
    message::Text,
    norm::{
        NormSet, Revision,
        plan::{self, Change, Plan},
        wakes,
    },
    people::Workspace,
    snapshot::{Need, Scope, Snapshot},
};
use jeda_store::{OpenError, Store, StoreError};
use jiff::Timestamp;
use std::process::ExitCode;

/// Why there is nothing to show. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum NormsError {
    /// The file has mistakes.
    #[error("{0}")]
    File(Complaints),
    /// The database can't be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No workspace is known.
    #[error(
        "no workspace is known yet. Start `jeda run` once, so that jeda learns the channels and groups that norms are about."
    )]
    NoWorkspace,
    /// The one that was asked for isn't known.
    #[error("there is no workspace {0:?} in this database. Known: {1}.")]
    UnknownWorkspace(String, String),
    /// Somebody else applied norms meanwhile.
    #[error("somebody applied norms to {0} meanwhile, so nothing was changed there. Look at the plan again.")]
    Overtaken(String),
}

/// Does what was asked.
pub(super) async fn norms(config: Config, asked: &cli::Norms, environment: &Environment, now: Timestamp) -> ExitCode {
    match done(config, asked, environment, now).await {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(NormsError::File(complaints)) => {
            eprintln!("{complaints}");
            ExitCode::from(USAGE)
        }
        Err(error) => failed(&error),
    }
}

async fn done(
    config: Config,
    asked: &cli::Norms,
    environment: &Environment,
    now: Timestamp,
) -> Result<String, NormsError> {
    let options = options(&config);
    match asked {
        cli::Norms::Check { file } => check(file),
        cli::Norms::Plan { file, of } => {
            let norms = norms::read(file).map_err(NormsError::File)?;
            let store = Store::open_to_read(options).await?;
            let planned = plan(&store, &norms, of.workspace.as_deref()).await;
            store.close().await;
            planned
        }
        cli::Norms::Apply { file, of, by } => {
            let norms = norms::read(file).map_err(NormsError::File)?;
            let store = Store::open_beside(options).await?;
            let by = by.clone().unwrap_or_else(|| author(environment));
            let applied = apply(&store, &norms, of.workspace.as_deref(), &by, now).await;
            store.close().await;
            applied
        }
        cli::Norms::Show { of } => {
            let store = Store::open_to_read(options).await?;
            let shown = show(&store, of.workspace.as_deref()).await;
            store.close().await;
            shown
        }
        cli::Norms::History { of } => {
            let store = Store::open_to_read(options).await?;
            let told = history(&store, of.workspace.as_deref()).await;
            store.close().await;
            told
        }
    }
}

/// Whoever is logged in.
fn author(environment: &Environment) -> String {
    let name = ["USER", "LOGNAME"].iter().find_map(|name| environment.get(*name).filter(|name| !name.is_empty()));
    name.map_or("somebody", String::as_str).to_owned()
}

/// What a file says by itself, without any workspace.
///
/// # Errors
/// What is wrong with it.
pub fn check(path: &str) -> Result<String, NormsError> {
    let norms = norms::read(path).map_err(NormsError::File)?;
    let mut text =
        format!("{path}: {} norms, well-formed. `jeda norms plan` looks their names up.", norms.draft.0.len());
    for note in norms.draft.over_midnight() {
        text.push_str(&format!("\n{}", line(Mark::Note, &copy::norm::note(Language::En, &note))));
    }
    Ok(text)
}

/// What a file would change against what is live.
///
/// # Errors
/// What is wrong with it, or with the database.
pub async fn plan(store: &Store, norms: &Norms, workspace: Option<&str>) -> Result<String, NormsError> {
    let planned = planned(store, norms, workspace).await?;
    Ok(planned.iter().map(|it| it.words()).collect::<Vec<_>>().join("\n\n"))
}

/// Lets the norms of a file hold from now on, in every workspace that was meant or in none.
///
/// # Errors
/// What is wrong with it, or with the database.
pub async fn apply(
    store: &Store,
    norms: &Norms,
    workspace: Option<&str>,
    by: &str,
    now: Timestamp,
) -> Result<String, NormsError> {
    let mut said = Vec::new();
    for it in planned(store, norms, workspace).await? {
        let (mut words, live) = (it.words(), it.town.norms.as_deref());
        let there = &it.town.workspace;
        if it.plan.changes.is_empty() && live.is_some_and(|live| live.set == it.set) {
            said.push(words);
            continue;
        }
        let revision = Revision::after(live, by.to_owned(), now, it.set.clone());
        if !store.add_revision(&there.id, &revision, &wakes(&there.id, now)).await? {
            return Err(NormsError::Overtaken(named(there)));
        }
        words.push_str(&format!(
            "\n\n  Revision {} holds from now on. A bot that runs takes it up by itself.",
            revision.number
        ));
        said.push(words);
    }
    Ok(said.join("\n\n"))
}

/// What is live, in sentences.
///
/// # Errors
/// The database can't be read.
pub async fn show(store: &Store, workspace: Option<&str>) -> Result<String, NormsError> {
    let mut said = Vec::new();
    for town in towns(store, workspace).await? {
        let mut lines = vec![head(&town)];
        let norms = town.norms.as_ref().map(|live| live.set.clone().with_names_of(&town));
        for norm in norms.iter().flat_map(|set| &set.0) {
            lines.push(format!("\n  {}\n    {}", norm.key(), copy::flat(&copy::norm::sentence(Language::En, norm))));
            let more = copy::norm::exempt(Language::En, &norm.exempt).into_iter();
            let more = more.chain(copy::norm::settings(Language::En, norm));
            lines.extend(more.map(|text| line(Mark::Detail, &text)));
        }
        if norms.is_none() {
            lines.push("  jeda keeps standups inside people's hours, as always, and nothing else.".to_owned());
        }
        let notes = norms.iter().flat_map(plan::notes).map(|note| copy::norm::note(Language::En, &note));
        lines.extend(notes.enumerate().map(|(n, text)| format!("{}{}", gap(n), line(Mark::Note, &text))));
        said.push(lines.join("\n"));
    }
    Ok(said.join("\n\n"))
}

/// Every revision, the newest first, with what it changed.
///
/// # Errors
/// The database can't be read.
pub async fn history(store: &Store, workspace: Option<&str>) -> Result<String, NormsError> {
    let mut said = Vec::new();
    for workspace in meant(store, workspace).await? {
        let revisions = store.revisions(&workspace.id).await?;
        let mut lines = vec![named(&workspace)];
        if revisions.is_empty() {
            lines.push(format!("  {}", copy::flat(&copy::norm::live(Language::En, None, &workspace.zone))));
        }
        for (index, revision) in revisions.iter().enumerate() {
            let before = revisions.get(index + 1).map(|revision| &revision.set);
            let at = revision.at.to_zoned(workspace.zone.tz()).strftime("%Y-%m-%d %H:%M %Z").to_string();
            let changes: Vec<String> = plan::plan(before, &revision.set).changes.iter().map(short).collect();
            let changes = if changes.is_empty() { "only names or their order".to_owned() } else { changes.join(", ") };
            lines.push(format!("  {:>3}  {at}  {}: {changes}", revision.number, revision.by));
        }
        said.push(lines.join("\n"));
    }
    Ok(said.join("\n\n"))
}

fn short(change: &Change) -> String {
    match change {
        Change::Added(norm) => format!("+ {}", norm.key()),
        Change::Removed(norm) => format!("- {}", norm.key()),
        Change::Renamed(old, norm) => format!("~ {} (was {old})", norm.key()),
        Change::Changed { after, .. } => format!("~ {}", after.key()),
    }
}

/// A workspace with what would change there.
struct Planned {
    town: Snapshot,
    set: NormSet,
    plan: Plan,
}

impl Planned {
    fn words(&self) -> String {
        let mut text = head(&self.town);
        let mut before = Mark::Head;
        for (mark, words) in copy::norm::plan(Language::En, &self.plan) {
            // A line of air where something new begins.
            let is_new = mark != Mark::Detail && (mark != Mark::Note || before != Mark::Note);
            text.push_str(if is_new { "\n\n" } else { "\n" });
            text.push_str(&line(mark, &words));
            before = mark;
        }
        text
    }
}

async fn planned(store: &Store, norms: &Norms, workspace: Option<&str>) -> Result<Vec<Planned>, NormsError> {
    let mut planned = Vec::new();
    let mut wrong = Vec::new();
    for town in towns(store, workspace).await? {
        match norms.draft.resolve(&town) {
            Ok(set) => {
                let plan = plan::plan(town.norms.as_ref().map(|live| &live.set), &set);
                planned.push(Planned { town, set, plan });
            }
            Err(troubles) => {
                let Complaints(mut complaints) = norms.complaints(&troubles);
                for complaint in &mut complaints {
                    complaint.words = format!("{} ({})", complaint.words, named(&town.workspace));
                }
                wrong.extend(complaints);
            }
        }
    }
    if wrong.is_empty() { Ok(planned) } else { Err(NormsError::File(Complaints(wrong))) }
}

/// The workspaces that were meant.
async fn meant(store: &Store, workspace: Option<&str>) -> Result<Vec<Workspace>, NormsError> {
    let all = store.workspaces().await?;
    if all.is_empty() {
        return Err(NormsError::NoWorkspace);
    }
    let Some(given) = workspace else { return Ok(all) };
    let known = all.iter().map(named).collect::<Vec<_>>().join(", ");
    let is_it = |it: &Workspace| it.id == WorkspaceId::new(given) || it.name.eq_ignore_ascii_case(given);
    let meant: Vec<Workspace> = all.into_iter().filter(is_it).collect();
    if meant.is_empty() { Err(NormsError::UnknownWorkspace(given.to_owned(), known)) } else { Ok(meant) }
}

/// What names in norms can stand for, and what is live.
async fn towns(store: &Store, workspace: Option<&str>) -> Result<Vec<Snapshot>, NormsError> {
    let mut towns = Vec::new();
    for workspace in meant(store, workspace).await? {
        let needs = [Need::Members, Need::Channels, Need::Groups, Need::Norms].into();
        towns.push(store.load(&Scope { workspace: workspace.id, needs }).await?);
    }
    Ok(towns)
}

fn named(workspace: &Workspace) -> String {
    format!("{} ({})", workspace.name, workspace.id)
}

fn head(town: &Snapshot) -> String {
    let live = copy::norm::live(Language::En, town.norms.as_deref(), &town.workspace.zone);
    format!("{}\n  {}", named(&town.workspace), copy::flat(&live))
}

fn gap(n: usize) -> &'static str {
    if n == 0 { "\n" } else { "" }
}

fn line(mark: Mark, text: &Text) -> String {
    let start = match mark {
        Mark::Head => "  ",
        Mark::Added => "  + ",
        Mark::Removed => "  - ",
        Mark::Changed => "  ~ ",
        Mark::Detail => "      ",
        Mark::Note => "  Note: ",
    };
    format!("{start}{}", copy::flat(text))
}
