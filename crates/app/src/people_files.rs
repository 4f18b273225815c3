//! Files with people's own calendars: a folder is looked into now and then, and whoever has a file there and no calendar yet
//! has it read from then on. The reading itself is the courier's errand, as of every calendar.

use crate::platforms::Hall;
use jeda_core::{
    event::{Event, Inbound, Seen},
    id::{InboxKey, UserId, WorkspaceId},
    snapshot::{Need, Scope},
};
use jeda_store::Store;
use std::{collections::BTreeMap, fs, path::PathBuf, time::Duration};
use tracing::warn;

/// How often the folder is looked into, and workspaces that came meanwhile.
const LOOK_EVERY: Duration = Duration::from_secs(600);
/// Files that are looked at, the first by name: one for each of a large company's people.
const FILES_MAX: usize = 20_000;

pub(crate) struct PeopleFiles {
    pub(crate) folder: PathBuf,
    pub(crate) store: Store,
    pub(crate) hall: Hall,
}

/// The names of files by platform and by whose they are.
type Files = BTreeMap<(String, UserId), String>;

impl PeopleFiles {
    /// Looks until the bot stops.
    pub(crate) async fn keep(self) {
        while !self.hall.stop.is_cancelled() {
            // Until all is handed in, nothing is at rest.
            let attention = self.hall.intake.attend();
            let now = self.hall.clock.now();
            let folder = self.folder.clone();
            match tokio::task::spawn_blocking(move || names(&folder)).await {
                Ok(Ok(files)) => self.tell(&files, now).await,
                Ok(Err(error)) => warn!(%error, "the folder calendars.people can't be read"),
                Err(_) => warn!("the folder calendars.people can't be read"),
            }
            drop(attention);
            tokio::select! {
                () = self.hall.stop.cancelled() => return,
                () = self.hall.clock.sleep_until(now + LOOK_EVERY) => {}
            }
        }
    }

    /// Tells of those whose files are not read yet, as far as their rows show: the decision looks again.
    async fn tell(&self, files: &Files, now: jiff::Timestamp) {
        let workspaces = match self.store.workspaces().await {
            Ok(workspaces) => workspaces,
            Err(failure) => return warn!(error = %failure, "calendars of people could not be told of"),
        };
        for workspace in workspaces.into_iter().filter(|workspace| workspace.calendars) {
            let platform = workspace.id.as_str().split(':').next().unwrap_or_default();
            let here = files.iter().filter(|((of, _), _)| of == platform);
            let here: BTreeMap<&UserId, &String> = here.map(|((_, user), file)| (user, file)).collect();
            if here.is_empty() {
                continue;
            }
            let needs = [Need::People(here.keys().map(|user| (*user).clone()).collect())].into();
            let known = match self.store.load(&Scope { workspace: workspace.id.clone(), needs }).await {
                Ok(seen) => seen.members,
                Err(failure) => {
                    warn!(workspace = %workspace.id, error = %failure, "calendars of people could not be told of");
                    continue;
                }
            };
            let unread = known.into_values().filter(|it| it.active && it.agenda.is_none() && !it.no_file);
            for user in unread.map(|member| member.user) {
                if let Some(file) = here.get(&user) {
                    self.found(&workspace.id, user, file, now).await;
                }
            }
        }
    }

    async fn found(&self, workspace: &WorkspaceId, user: UserId, file: &str, now: jiff::Timestamp) {
        let key = InboxKey::new(format!("calendar-file/{user}/{}", now.as_millisecond()));
        let event = Event::Seen(Seen::CalendarFile { user, file: file.to_owned() });
        if let Err(failure) = self.hall.intake.take(Inbound { key, workspace: workspace.clone(), event }).await {
            warn!(%workspace, error = %failure, "a calendar of somebody's could not be told of");
        }
    }
}

/// `slack-U0123.ics`, `discord-4567.ics`. Of two that differ in letter case alone the first is read.
fn names(folder: &PathBuf) -> std::io::Result<Files> {
    let mut names: Vec<String> =
        fs::read_dir(folder)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    let mut files = Files::new();
    for name in names.into_iter().take(FILES_MAX) {
        let Some((stem, "ics" | "ICS")) = name.rsplit_once('.') else { continue };
        let Some((platform, user)) = stem.split_once('-').filter(|(_, user)| !user.is_empty()) else { continue };
        files.entry((platform.to_ascii_lowercase(), UserId::new(user))).or_insert(name.clone());
    }
    Ok(files)
}
