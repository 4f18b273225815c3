//! The rows that a decision asks for, as the store would load them: no more, so that a forgotten need is seen.

use super::town::Town;
use crate::{
    id::{MessageId, Subject, UserId},
    snapshot::{Need, Places, Scope, Snapshot, Touch},
    standup::{self, EntryKey, RoundKey, Standup, StandupState, Who},
};
use jiff::civil;
use std::collections::BTreeSet;

impl Town {
    pub(super) fn load(&self, scope: &Scope) -> Snapshot {
        let mut seen = Snapshot::empty(self.all.workspace.clone());
        for need in &scope.needs {
            self.load_one(need, &mut seen);
        }
        seen
    }

    fn load_one(&self, need: &Need, seen: &mut Snapshot) {
        let all = &self.all;
        match need {
            Need::Member(user) => {
                self.load_people([user], seen);
                if let Some(dialog) = all.dialogs.get(user) {
                    seen.dialogs.insert(user.clone(), dialog.clone());
                }
                self.load_notes(user, seen);
            }
            Need::Members => self.load_people(all.members.keys(), seen),
            Need::Admins => self.load_people(all.members.values().filter(|it| it.admin).map(|it| &it.user), seen),
            Need::Channel(channel) => {
                seen.channels.extend(all.channels.get(channel).map(|it| (channel.clone(), it.clone())));
                if let Some(members) = all.channel_members.get(channel).filter(|members| !members.is_empty()) {
                    seen.channel_members.insert(channel.clone(), members.clone());
                    self.load_people(members, seen);
                }
            }
            Need::Channels => seen.channels.extend(all.channels.clone()),
            Need::Group(group) => {
                if let Some(members) = all.group_members.get(group).filter(|members| !members.is_empty()) {
                    seen.group_members.insert(group.clone(), members.clone());
                    self.load_people(members, seen);
                }
            }
            Need::Groups => seen.groups.extend(all.groups.clone()),
            // What norms need has tests of its own.
            Need::Norms | Need::Mentioned { .. } => seen.norms.clone_from(&all.norms),
            Need::Later(_) | Need::LaterToChange(_) | Need::Held(_) | Need::LatersOf(_) | Need::LatersTo(_) => {}
            Need::ItemsWaiting(_) | Need::ItemsOf(_) | Need::ItemBeside(_) => {}
            Need::Ask(_) | Need::AsksOf(_) | Need::AsksFor(_) | Need::AskNumber(..) | Need::AskOfMessage(..) => {}
            Need::People(users) => users
                .iter()
                .for_each(|user| seen.members.extend(all.members.get(user).map(|it| (user.clone(), it.clone())))),
            Need::Judged(_)
            | Need::JudgedWhole(_)
            | Need::ToldIn(..)
            | Need::JudgedOf(_)
            | Need::JudgedSince(_)
            | Need::Alert(_)
            | Need::AlertsOf(..)
            | Need::ToldTo(_)
            | Need::LatersFrom(_) => {}
            Need::ChannelNamed(name) => {
                let found = all.channels.values().find(|it| it.name.to_lowercase() == *name);
                if let Some(channel) = found.map(|it| it.channel.clone()) {
                    self.load_one(&Need::Channel(channel), seen);
                }
            }
            Need::Places(user) => {
                let channels = all.channel_members.iter().filter(|(_, all)| all.contains(user));
                let groups = all.group_members.iter().filter(|(_, all)| all.contains(user));
                let places = Places {
                    channels: channels.map(|(channel, _)| channel.clone()).collect(),
                    groups: groups.map(|(group, _)| group.clone()).collect(),
                };
                seen.places.insert(user.clone(), places);
            }
            Need::Standups => seen.standups.extend(self.living().map(|it| (it.id.clone(), it.clone()))),
            Need::Standup(id) => self.load_standup(all.standups.get(id), seen),
            Need::StandupNamed(name) => {
                self.load_standup(self.living().find(|it| it.name.to_lowercase() == name.to_lowercase()), seen);
            }
            Need::StandupsTouching(touch) => {
                for standup in self.living().filter(|it| self.touches(touch, it)) {
                    self.load_standup(Some(standup), seen);
                }
            }
            Need::Round(key) => self.load_round(key, seen),
            Need::RoundOf(name, dates) => self.load_rounds_of(name.as_deref(), dates.as_ref(), seen),
            Need::Entry(key) => self.load_entry(key, seen),
            Need::EntriesOf(user) => self.load_entries_of(user, seen),
            Need::EntryOfMessage(message) => self.load_entry_of(message, seen),
            Need::Post(subject) => self.load_post(subject, seen),
            // Nobody here has another account.
            Need::PersonOf(_) | Need::Offer(_) | Need::Chance => {}
        }
    }

    fn living(&self) -> impl Iterator<Item = &Standup> {
        self.all.standups.values().filter(|it| it.state != StandupState::Deleted)
    }

    fn load_people<'u>(&self, users: impl IntoIterator<Item = &'u UserId>, seen: &mut Snapshot) {
        for user in users {
            seen.members.extend(self.all.members.get(user).map(|member| (user.clone(), member.clone())));
        }
    }

    fn load_notes(&self, user: &UserId, seen: &mut Snapshot) {
        for note in self.all.notes.iter().filter(|note| note.user == *user) {
            if !seen.notes.contains(note) {
                seen.notes.push(note.clone());
            }
        }
    }

    fn load_post(&self, subject: &Subject, seen: &mut Snapshot) {
        seen.posts.extend(self.all.posts.get(subject).map(|it| (subject.clone(), it.clone())));
    }

    fn load_posts_of(&self, key: &EntryKey, seen: &mut Snapshot) {
        self.load_post(&key.prompt_subject(), seen);
        self.load_post(&key.remind_subject(), seen);
    }

    fn touches(&self, touch: &Touch, standup: &Standup) -> bool {
        match touch {
            Touch::All => true,
            Touch::Channel(channel) => standup.channel == *channel,
            Touch::Group(group) => standup.who == Who::Group(group.clone()),
            Touch::Member(user) => {
                let named = standup::roster::names(&self.all, standup, user);
                let open = |entry: &standup::Entry| {
                    entry.key.user == *user
                        && entry.key.round.standup == standup.id
                        && self.all.rounds[&entry.key.round].closed_at.is_none()
                };
                named || standup.joined.contains(user) || self.all.entries.values().any(open)
            }
        }
    }

    fn load_standup(&self, standup: Option<&Standup>, seen: &mut Snapshot) {
        let Some(standup) = standup else { return };
        seen.standups.insert(standup.id.clone(), standup.clone());
        self.load_one(&Need::Channel(standup.channel.clone()), seen);
        match &standup.who {
            Who::ChannelMembers => {}
            Who::List(list) => self.load_people(list, seen),
            Who::Group(group) => self.load_one(&Need::Group(group.clone()), seen),
        }
        self.load_people(standup.joined.iter().chain(&standup.observers).chain([&standup.owner]), seen);
        for round in self.all.rounds.values().filter(|it| it.key.standup == standup.id && it.closed_at.is_none()) {
            self.load_round(&round.key, seen);
        }
    }

    fn load_round(&self, key: &RoundKey, seen: &mut Snapshot) {
        let Some(round) = self.all.rounds.get(key) else { return };
        seen.rounds.insert(key.clone(), round.clone());
        seen.standups.extend(self.all.standups.get(&key.standup).map(|it| (it.id.clone(), it.clone())));
        for entry in self.all.entries.values().filter(|entry| entry.key.round == *key) {
            seen.entries.insert(entry.key.clone(), entry.clone());
            self.load_people([&entry.key.user], seen);
        }
        let below = |subject: &&Subject| {
            ["prompt", "remind", "report"]
                .iter()
                .any(|it| subject.as_str().starts_with(&format!("{it}/{}/", key.path())))
        };
        for subject in self.all.posts.keys().filter(below) {
            self.load_post(subject, seen);
        }
    }

    fn load_rounds_of(&self, name: Option<&str>, wanted: Option<&BTreeSet<civil::Date>>, seen: &mut Snapshot) {
        for standup in self.living().filter(|it| name.is_none_or(|n| it.name.to_lowercase() == n.to_lowercase())) {
            let mut dates: Vec<civil::Date> =
                self.all.rounds.keys().filter(|key| key.standup == standup.id).map(|key| key.date).collect();
            match wanted {
                Some(wanted) => dates.retain(|it| wanted.contains(it)),
                None => dates = dates.into_iter().rev().take(crate::limit::ROUNDS_RECENT).collect(),
            }
            for date in dates {
                self.load_round(&RoundKey { standup: standup.id.clone(), date }, seen);
            }
        }
    }

    fn load_entry(&self, key: &EntryKey, seen: &mut Snapshot) {
        let same = |it: &&standup::Entry| it.key.user == key.user && it.key.round.standup == key.round.standup;
        let before = |it: &&standup::Entry| it.key.round.date < key.round.date && it.answered_at.is_some();
        let last = self.all.entries.values().filter(same).filter(before).max_by_key(|it| it.key.round.date);
        for entry in self.all.entries.get(key).into_iter().chain(last) {
            seen.entries.insert(entry.key.clone(), entry.clone());
            seen.rounds.insert(entry.key.round.clone(), self.all.rounds[&entry.key.round].clone());
        }
        seen.standups.extend(self.all.standups.get(&key.round.standup).map(|it| (it.id.clone(), it.clone())));
        self.load_people([&key.user], seen);
        self.load_notes(&key.user, seen);
        self.load_posts_of(key, seen);
    }

    fn load_entries_of(&self, user: &UserId, seen: &mut Snapshot) {
        let mine: Vec<&standup::Entry> = self.all.entries.values().filter(|it| it.key.user == *user).collect();
        for entry in &mine {
            let round = &self.all.rounds[&entry.key.round];
            let newer = |it: &&&standup::Entry| {
                it.key.round.standup == entry.key.round.standup && it.key.round.date > entry.key.round.date
            };
            if round.closed_at.is_none() || !mine.iter().any(|it| newer(&it)) {
                seen.entries.insert(entry.key.clone(), (*entry).clone());
                seen.rounds.insert(round.key.clone(), round.clone());
                let standup = &self.all.standups[&round.key.standup];
                seen.standups.insert(standup.id.clone(), standup.clone());
                self.load_posts_of(&entry.key, seen);
            }
        }
    }

    fn load_entry_of(&self, message: &MessageId, seen: &mut Snapshot) {
        for entry in self.all.entries.values() {
            let asks = [entry.key.prompt_subject(), entry.key.remind_subject()];
            let mut posts = asks.iter().filter_map(|subject| self.all.posts.get(subject));
            let said = entry.answers.iter().any(|it| it.message.as_ref() == Some(message));
            if said || posts.any(|posted| posted.message == *message) {
                self.load_entry(&entry.key, seen);
            }
        }
    }
}
