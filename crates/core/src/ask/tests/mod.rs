//! A small team and its questions, from a command to the summary.

mod always;
mod story;
mod windows;

use super::*;
use crate::{
    action,
    change::Change as AnyChange,
    command,
    decide::{self, Decision},
    effect::{Effect as AnyEffect, Outgoing, Owed, Target},
    event::{Event, Inbound, MemberFacts, Origin, Outcome, Refusal, Replied, Seen},
    id::InboxKey,
    message::{Block, Form, Message, Reply, Span},
    people::{self, Channel, Member, Workspace},
    receipt::Receipt,
    release::{self, Release},
    snapshot::{Capabilities, Need},
    time::{State as Doing, Zone},
    wake::{self, Due, WakeChange},
};
use std::collections::BTreeSet;

/// What the team's platform, its bot and its database are, with a clock that jumps.
struct Town {
    all: Snapshot,
    now: Timestamp,
    events: usize,
    outbox: Vec<Owed>,
    wakes: BTreeMap<WakeKey, Due>,
    sent: Vec<(Outgoing, Timestamp)>,
    receipts: Vec<Receipt>,
    refuses: Vec<(String, Refusal)>,
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Monday, 16:00 in Jakarta and 9:00 in London. Ana and sari are in Jakarta, budi and dewi in London.
fn town() -> Town {
    let capabilities = Capabilities { aside: true, ..Capabilities::LEAST };
    let bot = Some("JEDA".into());
    let workspace = Workspace { name: "Nusantara".into(), bot, capabilities, ..Workspace::unknown("test:T1") };
    let mut all = Snapshot::empty(workspace);
    for (user, zone) in
        [("ana", "Asia/Jakarta"), ("sari", "Asia/Jakarta"), ("budi", "Europe/London"), ("dewi", "Europe/London")]
    {
        let profile_zone = Some(Zone::find(zone).unwrap());
        let member = Member { profile_zone, name: user.to_owned(), ..Member::unknown(user.into()) };
        all.members.insert(user.into(), member);
    }
    let robot = Member { bot: true, ..Member::unknown("robot".into()) };
    all.members.insert("robot".into(), robot);
    all.group_members.insert("G1".into(), ["ana", "budi", "robot"].map(UserId::from).into());
    for (id, name, open) in [("C1", "eng", true), ("C3", "closed", false)] {
        let row =
            Channel { channel: id.into(), name: name.into(), open, archived: false, private: false, takes_back: false };
        all.channels.insert(id.into(), row);
    }
    Town {
        all,
        now: at("2026-11-23T09:00:00Z"),
        events: 0,
        outbox: Vec::new(),
        wakes: BTreeMap::new(),
        sent: Vec::new(),
        receipts: Vec::new(),
        refuses: Vec::new(),
    }
}

impl Town {
    /// The rows that these needs name, and no others.
    fn seen(&self, needs: &BTreeSet<Need>) -> Snapshot {
        let mut seen = Snapshot::empty(self.all.workspace.clone());
        let member = |seen: &mut Snapshot, user: &UserId| {
            seen.members.extend(self.all.members.get(user).map(|it| (user.clone(), it.clone())));
        };
        let whole = |seen: &mut Snapshot, is: &dyn Fn(&Ask) -> bool| {
            for ask in self.all.asks.values().filter(|ask| is(ask)) {
                seen.asks.insert(ask.id.clone(), ask.clone());
                ask.people.keys().chain([&ask.asker]).for_each(|user| member(seen, user));
                seen.channels.extend(self.all.channels.get(&ask.channel).map(|it| (it.channel.clone(), it.clone())));
            }
        };
        let rows = |seen: &mut Snapshot, is: &dyn Fn(&Ask) -> bool| {
            let asks = self.all.asks.values().filter(|ask| is(ask));
            seen.asks.extend(asks.map(|ask| (ask.id.clone(), ask.clone())));
        };
        for need in needs {
            match need {
                Need::Member(user) => member(&mut seen, user),
                Need::People(users) => users.iter().for_each(|user| member(&mut seen, user)),
                Need::Members => seen.members = self.all.members.clone(),
                Need::Channels => seen.channels.extend(self.all.channels.clone()),
                Need::Group(group) => {
                    if let Some(users) = self.all.group_members.get(group) {
                        seen.group_members.insert(group.clone(), users.clone());
                        users.iter().for_each(|user| member(&mut seen, user));
                    }
                }
                Need::AsksOf(user) => {
                    rows(&mut seen, &|ask| ask.asker == *user && ask.settled_at().is_none());
                    let newest = self.all.ask_numbers.get(user);
                    seen.ask_numbers.extend(newest.map(|newest| (user.clone(), *newest)));
                }
                Need::AsksFor(user) => {
                    let waits = |ask: &Ask| ask.people.get(user).is_some_and(|it| !it.has_answered());
                    rows(&mut seen, &|ask| ask.is_open() && waits(ask));
                }
                Need::Ask(id) => whole(&mut seen, &|ask| ask.id == *id),
                Need::AskNumber(user, number) => whole(&mut seen, &|ask| ask.asker == *user && ask.number == *number),
                Need::AskOfMessage(channel, message) => {
                    whole(&mut seen, &|ask| ask.channel == *channel && ask.messages().any(|it| it == message));
                }
                Need::Norms => seen.norms = self.all.norms.clone(),
                _ => {}
            }
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
                AnyChange::Ask(change) => apply(&mut self.all, change),
                // Its own tests tell what waits for digests.
                AnyChange::Digest(_) => {}
                other => panic!("not ours: {other:?}"),
            }
        }
        for change in &decision.wakes {
            match change {
                WakeChange::Set(due) | WakeChange::Sooner(due) => {
                    drop(self.wakes.insert(due.key.clone(), due.clone()));
                }
                WakeChange::Clear(key) => drop(self.wakes.remove(key)),
            }
        }
        self.wakes.retain(|_, due| matches!(due.wake, wake::Wake::Ask(_)));
        self.outbox.extend(decision.effects.iter().filter(|it| matches!(it.effect, AnyEffect::Ask(_))).cloned());
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

    /// Runs a command in #eng, people as `<@ana>`.
    fn runs(&mut self, user: &str, line: &str) -> String {
        let (root, rest) = line.split_once(' ').unwrap_or((line, ""));
        self.told(Event::Command { by: Self::origin(user, "C1"), invocation: command::parse(root, rest) })
    }

    fn id(&self, asker: &str, number: u32) -> AskId {
        self.ask(asker, number).id.clone()
    }

    fn ask(&self, asker: &str, number: u32) -> &Ask {
        self.all.asks.values().find(|it| it.asker.as_str() == asker && it.number == number).unwrap()
    }

    fn clicks(&mut self, user: &str, action: Action) -> Result<Form, String> {
        let action = action::Action::decode(&action::Action::Ask(action).token()).unwrap();
        match self.happens(Event::Click { by: Self::origin(user, "C1"), action }).reply {
            Some(Reply::Open(form)) => Ok(form),
            Some(Reply::Say(message)) => Err(words(&message)),
            other => panic!("{other:?}"),
        }
    }

    fn answers(&mut self, user: &str, id: &AskId, text: &str) -> String {
        let form = self.clicks(user, Action::Answer(id.clone())).unwrap();
        let values = [(form.fields[0].id.clone(), text.to_owned())].into();
        let form = action::FormId::decode(&form.id.token()).unwrap();
        self.told(Event::Submit { by: Self::origin(user, "C1"), form, values })
    }

    /// Writes in the question's thread, or changes what they wrote there.
    fn writes(&mut self, user: &str, id: &AskId, message: &str, text: Option<&str>) {
        let to = self.all.asks[id].posted.clone().unwrap().message;
        let (message, text) = (MessageId::new(message), text.map(str::to_owned));
        self.happens(Event::Replied(Replied { by: Self::origin(user, "C1"), message, to, thread: None, text }));
    }

    fn takes_back(&mut self, message: &str) {
        self.happens(Event::TookBack { channel: "C1".into(), message: message.into() });
    }

    fn leaves(&mut self, user: &str) {
        let member = self.all.members[&UserId::from(user)].clone();
        let facts = MemberFacts {
            user: member.user,
            name: member.name,
            zone: member.profile_zone.map(|zone| zone.name().to_owned()),
            language: None,
            admin: false,
            bot: false,
            active: false,
        };
        self.happens(Event::Seen(Seen::Member(facts)));
    }

    /// Goes on to an instant, from one thing due to the next.
    fn until(&mut self, end: &str) {
        self.until_instant(at(end));
    }

    fn until_instant(&mut self, end: Timestamp) {
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
            Release::Send(outgoing) => self.posts(outgoing),
            Release::Skip(why) => Outcome::Skipped(why),
            Release::Ask(errand) => panic!("{errand:?}"),
        };
        self.outbox.remove(nth);
        self.happens(Event::Settled { effect: owed, outcome });
    }

    fn posts(&mut self, outgoing: Outgoing) -> Outcome {
        let place = place(&outgoing);
        if let Some((_, refusal)) = self.refuses.iter().find(|(whose, _)| *whose == place) {
            return Outcome::Refused(refusal.clone());
        }
        // Quiet hours bind the bot: nobody is reached outside theirs, not by a mention either.
        let working = |user: &UserId| {
            let member = &self.all.members[user];
            member.declared(&self.all.workspace).at(self.now).state == Doing::Working
        };
        match &outgoing.to {
            Target::Direct(user) => assert!(working(user), "{user} is off: {}", words(&outgoing.message)),
            Target::Aside { user, .. } => assert!(working(user), "{user} is off"),
            _ => assert!(mentioned(&outgoing.message).iter().all(working), "{}", words(&outgoing.message)),
        }
        let posted = match &outgoing.to {
            Target::Edit(there) => there.clone(),
            Target::Channel(channel) => Posted {
                channel: channel.clone(),
                message: MessageId::new(format!("m{}", self.sent.len())),
                at: self.now,
            },
            _ => Posted { channel: "D".into(), message: MessageId::new(format!("d{}", self.sent.len())), at: self.now },
        };
        self.sent.push((outgoing, self.now));
        Outcome::Sent(posted)
    }

    /// What somebody, or a channel, got: when, and the words. Edits are `edit`.
    fn got(&self, to: &str) -> Vec<(String, String)> {
        let mine = self.sent.iter().filter(|(outgoing, _)| place(outgoing) == to);
        mine.map(|(outgoing, at)| (at.to_string(), words(&outgoing.message))).collect()
    }

    fn member(&mut self, user: &str) -> &mut Member {
        self.all.members.get_mut(&UserId::from(user)).unwrap()
    }
}

fn place(outgoing: &Outgoing) -> String {
    match &outgoing.to {
        Target::Direct(user) => user.to_string(),
        Target::Channel(channel) => channel.to_string(),
        Target::Edit(_) => "edit".to_owned(),
        Target::Aside { user, .. } => format!("aside {user}"),
        other => panic!("{other:?}"),
    }
}

fn mentioned(message: &Message) -> Vec<UserId> {
    let texts = message.0.iter().filter_map(|block| match block {
        Block::Text(text) | Block::Small(text) | Block::Quote(text) => Some(&text.0),
        _ => None,
    });
    texts.flatten().filter_map(|span| if let Span::Member(user) = span { Some(user.clone()) } else { None }).collect()
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
