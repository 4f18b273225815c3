//! Platforms that are connected, and workspaces whose effects wait for theirs. Nothing of theirs is claimed until it
//! joins, and then everything is due at once: a start costs nobody a minute.

use crate::port::{Calendars, Platform};
use jeda_core::id::WorkspaceId;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Platforms by the prefix of their workspaces' ids.
#[derive(Default)]
pub(crate) struct Platforms(Mutex<Present>);

#[derive(Default)]
struct Present {
    joined: BTreeMap<&'static str, Arc<dyn Platform>>,
    waiting: BTreeSet<WorkspaceId>,
    calendars: Option<Arc<dyn Calendars>>,
}

fn prefix(workspace: &WorkspaceId) -> &str {
    workspace.as_str().split(':').next().unwrap_or_default()
}

impl Platforms {
    /// The platform of a workspace. Without one the workspace waits from now on.
    pub(crate) fn of(&self, workspace: &WorkspaceId) -> Option<Arc<dyn Platform>> {
        let mut present = self.lock();
        let found = present.joined.get(prefix(workspace)).cloned();
        if found.is_none() {
            present.waiting.insert(workspace.clone());
        }
        found
    }
    /// A platform is connected, in place of an earlier one of that name.
    pub(crate) fn join(&self, platform: Arc<dyn Platform>) {
        let mut present = self.lock();
        let name = platform.name();
        present.joined.insert(name, platform);
        present.waiting.retain(|workspace| prefix(workspace) != name);
    }
    /// Calendars are read from now on.
    pub(crate) fn read_calendars(&self, reader: Arc<dyn Calendars>) {
        self.lock().calendars = Some(reader);
    }
    /// Who reads calendars, where anybody does.
    pub(crate) fn calendars(&self) -> Option<Arc<dyn Calendars>> {
        self.lock().calendars.clone()
    }
    /// Every platform that is connected.
    pub(crate) fn all(&self) -> Vec<Arc<dyn Platform>> {
        self.lock().joined.values().cloned().collect()
    }
    /// Workspaces that wait for their platform.
    pub(crate) fn waiting(&self) -> Vec<WorkspaceId> {
        self.lock().waiting.iter().cloned().collect()
    }
    fn lock(&self) -> MutexGuard<'_, Present> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
