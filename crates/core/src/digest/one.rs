//! A digest's buttons: the rest of it, and one item after the other to be sorted. Buttons can be forged: only the reader
//! of an item does anything with it.

use super::{
    Action, DigestId, Item, ItemId, Own, State, Topic, command, gather, page,
    rule::{Rule, rule_needs},
};
use crate::{
    change,
    copy::digest as words,
    decide::{Cause, Decision},
    event::Origin,
    id::UserId,
    language::Language,
    limit::MUTED_MAX,
    message::{Message, Reply, Text},
    people::{self, Member},
    snapshot::{Need, Snapshot},
    time::Zone,
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Rows that a button needs.
pub(super) fn needs(reader: &UserId, action: &Action) -> BTreeSet<Need> {
    let mut needs = page::needs(reader);
    needs.extend(rule_needs(reader));
    // A muted standup is told by its name.
    if matches!(action, Action::Mute(_) | Action::Unmute(_)) {
        needs.insert(Need::Standups);
    }
    match action {
        Action::More(digest, _) | Action::Sort(digest) | Action::AllDone(digest) => {
            needs.insert(Need::ItemsOf(digest.clone()));
        }
        Action::Next(item) | Action::Done(item) | Action::Tomorrow(item) | Action::Mute(item) => {
            needs.insert(Need::ItemBeside(item.clone()));
        }
        Action::Unmute(_) => {}
        Action::Now => needs.extend(command::needs(reader)),
    }
    needs
}

pub(super) fn clicked(snapshot: &Snapshot, by: &Origin, action: &Action, cause: &mut Cause<'_>) -> Decision {
    let Some(reader) = snapshot.members.get(&by.user) else { return Decision::default() };
    let hand = Hand { snapshot, reader };
    match action {
        Action::More(digest, last) => say(hand.more(digest, *last)),
        Action::Sort(digest) => say(hand.next_of(digest, None, None)),
        Action::AllDone(digest) => hand.all_done(digest, cause.now),
        Action::Next(id) => hand.with(id, |item| say(hand.after(item, None))),
        Action::Done(id) => hand.with(id, |item| hand.done(item, cause.now)),
        Action::Tomorrow(id) => hand.with(id, |item| hand.tomorrow(item, cause)),
        Action::Mute(id) => hand.with(id, |item| hand.mute(item, cause.now)),
        Action::Unmute(name) => hand.unmute(name),
        Action::Now => command::now(snapshot, reader, cause),
    }
}

fn say(message: Message) -> Decision {
    Decision::reply(Reply::Say(message))
}

/// What is muted, in words.
pub(super) fn named(snapshot: &Snapshot, language: Language, topic: &Topic) -> Text {
    let standup = match topic {
        Topic::Standup(id) => snapshot.standups.get(id).map(|standup| standup.name.as_str()),
        Topic::Conversation(_) => None,
    };
    words::topic(language, topic, standup)
}

struct Hand<'s> {
    snapshot: &'s Snapshot,
    reader: &'s Member,
}

impl<'s> Hand<'s> {
    fn language(&self) -> Language {
        self.reader.language(&self.snapshot.workspace)
    }
    fn zone(&self) -> Zone {
        self.reader.zone(&self.snapshot.workspace)
    }

    /// What came in a digest of theirs and is open.
    fn open(&self, digest: &DigestId) -> Vec<page::Line<'s>> {
        let mut lines = page::open(self.snapshot, digest);
        lines.retain(|line| line.item.reader == self.reader.user);
        lines
    }

    /// The last items of a digest, so many.
    fn more(&self, digest: &DigestId, last: usize) -> Message {
        let lines = self.open(digest);
        if lines.is_empty() {
            return words::nothing_open(self.language());
        }
        let from = lines.len().saturating_sub(last.max(1));
        let frame = words::Frame {
            head: words::head(self.language(), false),
            items_max: Rule::of(self.snapshot, self.reader).items_max,
            limits: &self.snapshot.workspace.capabilities,
        };
        words::page(self.language(), &frame, digest, &lines, from, &self.zone())
    }

    /// The next open item of a digest after another, or else the first, as a page of its own.
    fn next_of(&self, digest: &DigestId, after: Option<&ItemId>, done: Option<words::Sorted>) -> Message {
        let lines = self.open(digest);
        let at = after.and_then(|id| lines.iter().position(|line| line.item.id == *id));
        let others: Vec<_> = lines.iter().filter(|line| after != Some(&line.item.id)).collect();
        let next = at.and_then(|at| others.get(at)).or_else(|| others.first()).copied();
        // What was only passed over follows again.
        let passed = usize::from(after.is_some() && done.is_none());
        let left = (others.len() + passed).saturating_sub(usize::from(next.is_some()));
        words::one(self.language(), done, next, left, &self.zone())
    }

    fn after(&self, item: &Item, done: Option<words::Sorted>) -> Message {
        let digest = item.digest();
        digest.map_or_else(|| words::nothing_open(self.language()), |digest| self.next_of(digest, Some(&item.id), done))
    }

    /// Something of theirs that came, or a word that it is gone.
    fn with(&self, id: &ItemId, then: impl FnOnce(&'s Item) -> Decision) -> Decision {
        let came = |item: &&Item| item.reader == self.reader.user && item.digest().is_some();
        match self.snapshot.items.get(id).filter(came) {
            Some(item) => then(item),
            None => say(words::nothing_open(self.language())),
        }
    }

    fn done(&self, item: &Item, now: Timestamp) -> Decision {
        let mut decision = say(self.after(item, Some(words::Sorted::Done)));
        decision.put_item(item.now_in(State::Closed { at: now }));
        decision
    }

    /// It comes with the first digest after this day, on their own clock.
    fn tomorrow(&self, item: &Item, cause: &Cause<'_>) -> Decision {
        let today = cause.now.to_zoned(self.zone().tz());
        let tomorrow = today.tomorrow().and_then(|day| day.start_of_day());
        let not_before = tomorrow.map_or(cause.now, |day| day.timestamp());
        let mut decision = say(self.after(item, Some(words::Sorted::Tomorrow)));
        decision.put_item(item.now_in(State::Waiting { not_before: Some(not_before) }));
        decision.wakes.push(gather::sooner(self.snapshot, self.reader, not_before, cause));
        decision
    }

    /// They hear no more of what it is about, and are done with everything that came of it.
    fn mute(&self, item: &Item, now: Timestamp) -> Decision {
        let Some(topic) = item.topic() else { return self.done(item, now) };
        if self.reader.own_digest().muted.len() >= MUTED_MAX {
            return say(words::too_many_muted(self.language()));
        }
        let is_about = |it: &Item| it.reader == self.reader.user && it.topic().as_ref() == Some(&topic);
        let mut left = item.digest().map(|digest| self.open(digest)).unwrap_or_default();
        left.retain(|line| !is_about(line.item));
        let done = words::Sorted::Muted(named(self.snapshot, self.language(), &topic));
        let after = left.len().saturating_sub(1);
        let mut decision = say(words::one(self.language(), Some(done), left.first(), after, &self.zone()));
        for it in self.snapshot.items.values().filter(|it| is_about(it)) {
            decision.put_item(it.now_in(State::Closed { at: now }));
        }
        decision.choose(self.reader, |own| {
            own.muted.insert(topic);
        });
        decision
    }

    fn unmute(&self, name: &str) -> Decision {
        let muted: Option<Topic> = self.reader.own_digest().muted.into_iter().find(|topic| topic.name() == name);
        let Some(topic) = muted else { return say(words::nothing_open(self.language())) };
        let mut decision = say(words::unmuted(self.language(), named(self.snapshot, self.language(), &topic)));
        decision.choose(self.reader, |own| {
            own.muted.remove(&topic);
        });
        decision
    }

    fn all_done(&self, digest: &DigestId, now: Timestamp) -> Decision {
        let lines = self.open(digest);
        if lines.is_empty() {
            return say(words::nothing_open(self.language()));
        }
        let mut decision = say(words::all_done(self.language(), lines.len()));
        for line in &lines {
            decision.put_item(line.item.now_in(State::Closed { at: now }));
        }
        decision
    }
}

impl Decision {
    /// Writes what somebody chose for their own digest. Their row as it is then.
    pub(super) fn choose(&mut self, member: &Member, change: impl FnOnce(&mut Own)) -> Member {
        let mut own = member.own_digest();
        change(&mut own);
        let digest = (own != Own::default()).then(|| Box::new(own));
        let member = Member { digest, ..member.clone() };
        self.changes.push(change::Change::People(people::Change::Member(Box::new(member.clone()))));
        member
    }
}
