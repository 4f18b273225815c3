//! A small team at night and in the morning: what reaches whom while they are off, and what their digests say of it.

mod always;
mod story;

use super::*;
use crate::{
    action,
    change::Change as AnyChange,
    command,
    decide::{self, Decision},
    effect::{Effect as AnyEffect, Outgoing, Owed, Target},
    event::{Event, Inbound, Origin, Outcome, Wrote},
    id::InboxKey,
    message::{Block, Message, Reply},
    norm::{Digest, Enforce, Exempt, Kind, Norm, NormSet, Revision, Rule as NormRule, Scope, verdict::Mentions},
    people::{self, Channel, Member, Workspace},
    receipt::{Receipt, What},
    release::{self, Release},
    snapshot::{Capabilities, Need, Places},
    time::{State as Doing, Zone},
    wake::{Due, WakeChange},
};
use std::collections::{BTreeMap, BTreeSet};

/// What the team's platform, its bot and its database are, with a clock that jumps.
struct Town {
    all: Snapshot,
    now: Timestamp,
    events: usize,
    outbox: Vec<Owed>,
    wakes: BTreeMap<WakeKey, Due>,
    sent: Vec<(Outgoing, Timestamp)>,
    /// What people read of their digests, the rest of long ones with them.
    read: Vec<(UserId, String)>,
    receipts: Vec<Receipt>,
    refuses: BTreeMap<UserId, Refusal>,
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn norm(name: &str, enforce: Enforce, scope: Scope, rule: NormRule) -> Norm {
    Norm { name: name.to_owned(), enforce, scope, exempt: Exempt::default(), rule }
}

fn quiet_hours() -> Norm {
    norm("nights", Enforce::Nudge, Scope::Workspace, NormRule::usual(Kind::QuietHours))
}

fn digests(enforce: Enforce) -> Norm {
    norm("mornings", enforce, Scope::Workspace, NormRule::Digest(Digest::default()))
}

/// Monday, 16:00 in Jakarta and 9:00 in London. Ana and sari are in Jakarta, budi and dewi in London.
fn town(norms: Vec<Norm>) -> Town {
    let capabilities = Capabilities { aside: true, ..Capabilities::LEAST };
    let permalink = Some("https://example.org/{channel}/{message}".to_owned());
    let workspace = Workspace { name: "Nusantara".into(), capabilities, permalink, ..Workspace::unknown("test:T1") };
    let mut all = Snapshot::empty(workspace);
    for (user, zone) in
        [("ana", "Asia/Jakarta"), ("sari", "Asia/Jakarta"), ("budi", "Europe/London"), ("dewi", "Europe/London")]
    {
        let profile_zone = Some(Zone::find(zone).unwrap());
        let member = Member { profile_zone, name: user.to_owned(), ..Member::unknown(user.into()) };
        all.members.insert(user.into(), member);
        all.places.insert(user.into(), Places { channels: ["C1".into(), "C2".into()].into(), groups: BTreeSet::new() });
    }
    for (id, name) in [("C1", "eng"), ("C2", "ops")] {
        let row = Channel {
            channel: id.into(),
            name: name.into(),
            open: true,
            archived: false,
            private: false,
            takes_back: false,
        };
        all.channels.insert(id.into(), row);
    }
    let mut town = Town {
        all,
        now: at("2026-11-23T09:00:00Z"),
        events: 0,
        outbox: Vec::new(),
        wakes: BTreeMap::new(),
        sent: Vec::new(),
        read: Vec::new(),
        receipts: Vec::new(),
        refuses: BTreeMap::new(),
    };
    town.agrees(norms);
    town
}

impl Town {
    fn agrees(&mut self, norms: Vec<Norm>) {
        let live = self.all.norms.as_deref();
        let revision = Revision::after(live, "lead".into(), self.now, NormSet(norms));
        self.all.norms = Some(std::sync::Arc::new(revision));
    }

    /// The rows at hand; of what waits, only what was asked for.
    fn seen(&self, needs: &BTreeSet<Need>) -> Snapshot {
        let mut seen = Snapshot { items: BTreeMap::new(), asks: BTreeMap::new(), ..self.all.clone() };
        for need in needs {
            let items: Vec<&Item> = match need {
                Need::ItemsWaiting(reader) => super::decide::waiting(&self.all, reader),
                Need::ItemsOf(digest) => self.all.items.values().filter(|item| item.digest() == Some(digest)).collect(),
                Need::ItemBeside(id) => {
                    let digest = self.all.items.get(id).and_then(Item::digest);
                    let beside = |item: &&Item| item.id == *id || (digest.is_some() && item.digest() == digest);
                    self.all.items.values().filter(beside).collect()
                }
                Need::Ask(_) | Need::AsksFor(_) | Need::AsksOf(_) | Need::AskNumber(..) | Need::AskOfMessage(..) => {
                    seen.asks = self.all.asks.clone();
                    Vec::new()
                }
                _ => Vec::new(),
            };
            seen.items.extend(items.into_iter().map(|item| (item.id.clone(), item.clone())));
        }
        seen
    }

    fn happens(&mut self, event: Event) -> Decision {
        self.events += 1;
        let key = InboxKey::new(format!("e{}", self.events));
        let inbound = Inbound { key, workspace: self.all.workspace.id.clone(), event };
        let seen = self.seen(&decide::scope(&inbound, self.now).needs);
        let decision = decide::decide(&seen, &inbound, self.now);
        assert_eq!(decision, decide::decide(&seen, &inbound, self.now), "deciding again gives the same");
        for change in &decision.changes {
            match change {
                AnyChange::People(change) => people::apply(&mut self.all, change),
                AnyChange::Ask(change) => crate::ask::apply(&mut self.all, change),
                AnyChange::Norm(change) => norm::apply(&mut self.all, change),
                AnyChange::Later(change) => crate::later::apply(&mut self.all, change),
                AnyChange::Digest(change) => apply(&mut self.all, change),
                AnyChange::Standup(change) => crate::standup::apply(&mut self.all, change),
            }
        }
        for change in &decision.wakes {
            match change {
                WakeChange::Set(due) => drop(self.wakes.insert(due.key.clone(), due.clone())),
                WakeChange::Sooner(due) => {
                    let there = self.wakes.entry(due.key.clone()).or_insert_with(|| due.clone());
                    if due.at < there.at {
                        *there = due.clone();
                    }
                }
                WakeChange::Clear(key) => drop(self.wakes.remove(key)),
            }
        }
        let errand = |owed: &&Owed| !matches!(owed.effect, AnyEffect::Errand(_));
        self.outbox.extend(decision.effects.iter().filter(errand).cloned());
        self.receipts.extend(decision.receipts.clone());
        decision
    }

    fn told(&mut self, event: Event) -> String {
        match self.happens(event).reply {
            Some(Reply::Say(message)) => words(&message),
            other => panic!("{other:?}"),
        }
    }

    fn origin(user: &str, channel: &str) -> Origin {
        Origin { channel: Some(channel.into()), ..Origin::of(user) }
    }

    fn runs(&mut self, user: &str, line: &str) -> String {
        let (root, rest) = line.split_once(' ').unwrap_or((line, ""));
        self.told(Event::Command { by: Self::origin(user, "C1"), invocation: command::parse(root, rest) })
    }

    fn clicks(&mut self, user: &str, action: Action) -> String {
        let action = action::Action::decode(&action::Action::Digest(action).token()).unwrap();
        self.told(Event::Click { by: Self::origin(user, "C1"), action })
    }

    /// Somebody mentions others in a channel.
    fn mentions(&mut self, user: &str, channel: &str, message: &str, whom: &[&str], line: Option<&str>) {
        let wrote = Wrote {
            by: Self::origin(user, channel),
            message: message.into(),
            thread: None,
            mentions: Mentions { users: whom.iter().map(|it| UserId::new(*it)).collect(), ..Mentions::default() },
            edited_from: None,
            no_reply_needed: false,
            reply_by: None,
            line: line.map(str::to_owned),
            spoke: BTreeMap::new(),
            whole: None,
        };
        self.happens(Event::Wrote(wrote));
    }

    /// Goes on to an instant, from one thing due to the next.
    fn until(&mut self, end: &str) {
        let end = at(end);
        loop {
            let owed = self.outbox.iter().enumerate().map(|(nth, owed)| (owed.due_at, nth)).min();
            let due = self.wakes.values().map(|due| due.at).min();
            match (owed, due) {
                (Some((at, nth)), due) if at <= end && due.is_none_or(|due| at <= due) => {
                    self.now = self.now.max(at);
                    self.carry(nth);
                }
                (_, Some(at)) if at <= end => {
                    self.now = self.now.max(at);
                    let key = self.wakes.iter().find(|(_, due)| due.at == at).map(|(key, _)| key.clone()).unwrap();
                    let fired = self.wakes.remove(&key).unwrap();
                    self.happens(Event::Wake(fired.wake));
                    assert!(self.wakes.get(&key).is_none_or(|again| again.at > at), "it would be looked at for ever");
                }
                _ => break,
            }
        }
        self.now = self.now.max(end);
    }

    /// One effect, as the courier carries it.
    fn carry(&mut self, nth: usize) {
        let owed = self.outbox[nth].clone();
        let seen = self.seen(&release::scope(&owed).needs);
        let outcome = match release::release(&seen, &owed, self.now) {
            Release::Wait(until) => {
                assert!(until > self.now, "it would be looked at for ever");
                self.outbox[nth].due_at = until;
                return;
            }
            Release::Send(outgoing) => self.posts(&owed, outgoing),
            Release::Skip(why) => Outcome::Skipped(why),
            Release::Ask(errand) => panic!("{errand:?}"),
        };
        self.outbox.remove(nth);
        let reader = match (&owed.effect, &outcome) {
            (AnyEffect::Digest(Effect::Send { reader, .. }), Outcome::Sent(_)) => Some(reader.clone()),
            _ => None,
        };
        self.happens(Event::Settled { effect: owed, outcome });
        if let Some(reader) = reader {
            self.reads(&reader);
        }
    }

    /// Somebody reads the digest that they just got, to its end.
    fn reads(&mut self, reader: &UserId) {
        let mut page = self.sent.last().unwrap().0.message.clone();
        loop {
            assert!(words(&page).chars().count() <= self.all.workspace.capabilities.message_chars_max);
            self.read.push((reader.clone(), words(&page)));
            let buttons = page.0.iter().filter_map(|block| match block {
                Block::Buttons(buttons) => Some(buttons),
                _ => None,
            });
            let more = buttons
                .flatten()
                .map(|button| button.action.clone())
                .find(|action| matches!(action, action::Action::Digest(Action::More(..))));
            let Some(action) = more else { break };
            let by = Self::origin(reader.as_str(), "C1");
            page = match self.happens(Event::Click { by, action }).reply {
                Some(Reply::Say(page)) => page,
                other => panic!("{other:?}"),
            };
        }
    }

    fn posts(&mut self, owed: &Owed, outgoing: Outgoing) -> Outcome {
        if let AnyEffect::Digest(Effect::Send { reader, asked, .. }) = &owed.effect {
            let is_direct = matches!(outgoing.to, Target::Direct(_));
            let refuses = |it: &&Refusal| is_direct || **it != Refusal::DirectMessagesClosed;
            if let Some(refusal) = self.refuses.get(reader).filter(refuses) {
                return Outcome::Refused(refusal.clone());
            }
            let doing = self.all.members[reader].declared(&self.all.workspace).at(self.now).state;
            assert!(*asked || doing == Doing::Working, "{reader} is off: {}", words(&outgoing.message));
        }
        let message = MessageId::new(format!("m{}", self.sent.len()));
        let channel = match &outgoing.to {
            Target::Channel(channel) => channel.clone(),
            _ => "D".into(),
        };
        self.sent.push((outgoing, self.now));
        Outcome::Sent(Posted { channel, message, at: self.now })
    }

    /// The digests that somebody got: when, and the words.
    fn digests(&self, user: &str) -> Vec<(String, String)> {
        let is_theirs = |to: &Target| match to {
            Target::Direct(whose) | Target::Aside { user: whose, .. } => whose.as_str() == user,
            _ => false,
        };
        let is_digest = |message: &Message| words(message).contains("waited for you");
        let mine = self.sent.iter().filter(|(it, _)| is_theirs(&it.to) && is_digest(&it.message));
        mine.map(|(it, at)| (at.to_string(), words(&it.message))).collect()
    }

    fn item(&self, user: &str, is: impl Fn(&Source) -> bool) -> &Item {
        self.all.items.values().find(|item| item.reader.as_str() == user && is(&item.source)).unwrap()
    }

    fn newest(&self, user: &str) -> DigestId {
        let shown = self.all.items.values().filter(|item| item.reader.as_str() == user);
        let newest = shown.filter_map(|item| match &item.state {
            State::Shown { digest, at } => Some((*at, digest.clone())),
            _ => None,
        });
        newest.max().unwrap().1
    }

    fn member(&mut self, user: &str) -> &mut Member {
        self.all.members.get_mut(&UserId::from(user)).unwrap()
    }
}

fn words(message: &Message) -> String {
    let lines = message.0.iter().filter_map(|block| match block {
        Block::Heading(text) => Some(text.clone()),
        Block::Text(text) | Block::Small(text) => Some(crate::copy::flat(text)),
        Block::Quote(text) => Some(format!("> {}", crate::copy::flat(text))),
        Block::Buttons(buttons) => {
            Some(buttons.iter().map(|it| format!("[{}]", it.label)).collect::<Vec<_>>().join(" "))
        }
        Block::Divider => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}
