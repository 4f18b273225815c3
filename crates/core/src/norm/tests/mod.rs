use jiff::civil;

mod chosen;
mod holds;
mod judged;
mod watched;
mod written;

use super::*;
use crate::{
    language::Language,
    people::{Channel, Group, Member, Workspace},
    snapshot::Snapshot,
    time::Zone,
};

pub(super) fn acme() -> Workspace {
    Workspace { name: "Acme".to_owned(), ..Workspace::unknown("slack:T1") }
}

pub(super) fn channel(id: &str, name: &str) -> Channel {
    Channel {
        channel: ChannelId::new(id),
        name: name.to_owned(),
        open: true,
        archived: false,
        private: false,
        takes_back: false,
    }
}

/// Acme: ana, ben and two called cici; #eng, #incidents and #old; @on-call and @backend.
pub(super) fn town() -> Snapshot {
    let mut town = Snapshot::empty(acme());
    let old = Channel { open: false, archived: true, ..channel("C3", "old") };
    let far = Channel { open: false, ..channel("C4", "far") };
    for channel in [channel("C1", "eng"), channel("C2", "incidents"), old, far] {
        town.channels.insert(channel.channel.clone(), channel);
    }
    for (id, name) in [("S1", "on-call"), ("S2", "backend")] {
        let group = Group { group: GroupId::new(id), name: name.to_owned() };
        town.groups.insert(group.group.clone(), group);
    }
    for (id, name) in [("U1", "Ana"), ("U2", "ben"), ("U3", "cici"), ("U4", "cici")] {
        let user = UserId::new(id);
        town.members.insert(user.clone(), Member { name: name.to_owned(), ..Member::unknown(user) });
    }
    town
}

pub(super) fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|name| (*name).to_owned()).collect()
}

/// A norm as it was written: everywhere, observing, with what its kind begins with.
pub(super) fn draft(name: &str, kind: Kind) -> DraftNorm {
    let record = Some("#incidents".to_owned());
    let rule = match Rule::usual(kind) {
        Rule::Urgent(usual) => Rule::Urgent(Urgent { record, ..usual }),
        usual => usual,
    };
    let enforce = if kind == Kind::StandupHours { Enforce::Hold } else { Enforce::Observe };
    let exempt = DraftExempt::default();
    DraftNorm { name: name.to_owned(), enforce, channels: None, groups: None, exempt, rule }
}

impl DraftNorm {
    pub(super) fn in_channels(self, names: &[&str]) -> Self {
        Self { channels: Some(self::names(names)), ..self }
    }
    pub(super) fn for_groups(self, names: &[&str]) -> Self {
        Self { groups: Some(self::names(names)), ..self }
    }
    pub(super) fn at(self, enforce: Enforce) -> Self {
        Self { enforce, ..self }
    }
}

/// The norms as they hold at Acme.
pub(super) fn resolved(norms: Vec<DraftNorm>) -> NormSet {
    Draft(norms).resolve(&town()).unwrap()
}

pub(super) fn revision(set: NormSet) -> Revision {
    Revision { number: 7, by: "lia".to_owned(), at: "2026-11-20T00:00:00Z".parse().unwrap(), set }
}
