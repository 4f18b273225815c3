//! The team's days off, from the calendars that the configuration names: read now and then, and handed to every workspace
//! when something is new. What can't be read leaves what was known of it.

use crate::platforms::Hall;
use jeda_calendar::{Reader, days};
use jeda_core::{
    event::{Event, Inbound, Seen},
    id::{InboxKey, short},
    time::Holidays,
};
use jeda_store::Store;
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    fs, io,
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tracing::{info, warn};

/// How often they are read: days off are not decided by the hour.
const READ_EVERY: Duration = Duration::from_secs(3600);
/// How often workspaces are looked for that know of no days yet: one comes in when its platform is connected.
const LOOK_EVERY: Duration = Duration::from_secs(60);
/// Files of one folder that are read, the first by name: a country each, and then some.
const FILES_MAX: usize = 300;
/// Bytes of one file.
const FILE_BYTES_MAX: u64 = 5_000_000;

/// Days off by the short name of where they are from; none where they can't be read.
type Days = BTreeMap<String, Option<Holidays>>;

pub(crate) struct TeamDays {
    pub(crate) sources: Vec<String>,
    pub(crate) reader: Arc<Reader>,
    pub(crate) store: Store,
    pub(crate) hall: Hall,
}

impl TeamDays {
    /// Reads until the bot stops.
    pub(crate) async fn keep(self) {
        let mut read = Days::new();
        let mut next = self.hall.clock.now();
        while !self.hall.stop.is_cancelled() {
            // Until all is handed in, nothing is at rest.
            let attention = self.hall.intake.attend();
            let now = self.hall.clock.now();
            if now >= next {
                read = self.read(now).await;
                next = now + READ_EVERY;
            }
            self.tell(&read, now).await;
            drop(attention);
            // Where nothing is named, what an earlier configuration brought is gone now.
            if self.sources.is_empty() {
                return;
            }
            tokio::select! {
                () = self.hall.stop.cancelled() => return,
                () = self.hall.clock.sleep_until(next.min(now + LOOK_EVERY)) => {}
            }
        }
    }

    async fn read(&self, now: Timestamp) -> Days {
        let mut read = Days::new();
        for (nth, source) in self.sources.iter().enumerate() {
            let found = if source.contains("://") {
                self.reader.holidays(source.trim(), now).await.map_err(|trouble| format!("{trouble:?}"))
            } else {
                let path = PathBuf::from(source.trim());
                let found = tokio::task::spawn_blocking(move || from_disk(&path, now)).await;
                found.unwrap_or_else(|_| Err("it can't be read".to_owned()))
            };
            if let Err(why) = &found {
                // Its place in the list, since an address may be a secret.
                warn!(source = nth + 1, why, "days off of calendars.holidays can't be read; those that are known stay");
            }
            read.insert(short(source), found.ok());
        }
        read
    }

    /// Hands what was read to the workspaces that have something else.
    async fn tell(&self, read: &Days, now: Timestamp) {
        let workspaces = match self.store.workspaces().await {
            Ok(workspaces) => workspaces,
            Err(failure) => return warn!(error = %failure, "days off could not be handed out"),
        };
        for workspace in workspaces {
            let id = workspace.id;
            let known = |(name, days): (&String, &Option<Holidays>)| {
                let has = workspace.read_days.get(name);
                if days.is_some() { has == days.as_ref() } else { true }
            };
            if read.iter().all(known) && workspace.read_days.keys().all(|name| read.contains_key(name)) {
                continue;
            }
            let content = short(&format!("{read:?}"));
            let key = InboxKey::new(format!("team-days/{content}/{}", now.as_millisecond()));
            let event = Event::Seen(Seen::TeamDays(read.clone()));
            match self.hall.intake.take(Inbound { key, workspace: id.clone(), event }).await {
                Ok(_) => {
                    let days: usize = read.values().flatten().map(|days| days.0.len()).sum();
                    info!(workspace = %id, days, "the team's days off were read");
                }
                Err(failure) => warn!(workspace = %id, error = %failure, "days off could not be handed out"),
            }
        }
    }
}

/// A file, or every `.ics` of a folder. One of them that can't be read makes all of them unread, so that no day gets lost.
fn from_disk(path: &Path, now: Timestamp) -> Result<Holidays, String> {
    let told = |path: &Path, why: String| format!("{}: {why}", path.display());
    if !path.is_dir() {
        return from_file(path, now).map_err(|why| told(path, why));
    }
    let entries = fs::read_dir(path).map_err(|error| told(path, error.to_string()))?;
    let is_calendar = |path: &PathBuf| path.extension().is_some_and(|it| it.eq_ignore_ascii_case("ics"));
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_calendar).collect();
    files.sort();
    let mut all = Holidays::default();
    for file in files.into_iter().take(FILES_MAX) {
        let found = from_file(&file, now).map_err(|why| told(&file, why))?;
        for (day, name) in found.0 {
            all.0.entry(day).or_insert(name);
        }
    }
    Ok(all)
}

fn from_file(path: &Path, now: Timestamp) -> Result<Holidays, String> {
    let mut bytes = Vec::new();
    let read: io::Result<usize> =
        fs::File::open(path).and_then(|file| file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes));
    let length = read.map_err(|error| error.to_string())?;
    if length as u64 > FILE_BYTES_MAX {
        return Err(format!("it is larger than {FILE_BYTES_MAX} bytes"));
    }
    days(&String::from_utf8_lossy(&bytes), now).map(Holidays).map_err(|error| error.to_string())
}
