//! A small team and its messages, from a command to what becomes of each.

mod always;
mod own;
mod ways;

use super::*;
use crate::{
    action,
    change::Change as AnyChange,
    command,
    decide::{self, Decision},
    effect::{Effect as AnyEffect, Outgoing, Owed, Target},
    event::{ChannelFacts, Event, Inbound, Origin, Outcome, Posted, Refusal},
    id::{EffectKey, InboxKey, MessageId},
    message::{Block, Message, Reply},
    people::{self, Channel, Member, Workspace},
    receipt::{Receipt, What},
    release::{self, Release},
    snapshot::{Capabilities, LaterRef, Need, Places},
    time::{State as Doing, Zone},
};
use std::collections::BTreeSet;

/// What the team's platform, its bot and its database are, with a clock that jumps.
struct Town {
    all: Snapshot,
    now: Timestamp,
    events: usize,
    outbox: Vec<Owed>,
    /// What was sent, to whom and when, in words.
    sent: Vec<(String, Timestamp, String)>,
    receipts: Vec<Receipt>,
    /// What the platform refuses from whom.
    refuses: Vec<(String, Refusal)>,
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Monday, 20:00 in Jakarta and 13:00 in London. Ana and sari are in Jakarta, budi in London; dewi's zone isn't known.
/// The team's own is UTC.
fn town() -> Town {
    let capabilities = Capabilities { aside: true, ..Capabilities::LEAST };
    let mut all = Snapshot::empty(Workspace {
        name: "Nusantara".into(),
        bot: Some("JEDA".into()),
        capabilities,
        ..Workspace::unknown("test:T1")
    });
    for (user, zone) in
        [("ana", Some("Asia/Jakarta")), ("sari", Some("Asia/Jakarta")), ("budi", Some("Europe/London")), ("dewi", None)]
    {
        let profile_zone = zone.map(|zone| Zone::find(zone).unwrap());
        let member = Member { profile_zone, name: user.to_owned(), ..Member::unknown(user.into()) };
        all.members.insert(user.into(), member);
    }
    let robot = Member { bot: true, ..Member::unknown("robot".into()) };
    all.members.insert("robot".into(), robot);
    for (id, name, open, private) in
        [("C1", "eng", true, false), ("C2", "ops", true, true), ("C3", "closed", false, false)]
    {
        let row = Channel { channel: id.into(), name: name.into(), open, archived: false, private, takes_back: false };
        all.channels.insert(id.into(), row);
    }
    Town {
        all,
        now: at("2026-11-23T13:00:00Z"),
        events: 0,
        outbox: Vec::new(),
        sent: Vec::new(),
        receipts: Vec::new(),
        refuses: Vec::new(),
    }
}

impl Town {
    /// The rows that these needs name, and no others.
    fn seen(&self, needs: &BTreeSet<Need>) -> Snapshot {
        let mut seen = Snapshot::empty(self.all.workspace.clone());
        let put = |seen: &mut Snapshot, later: &Later, with_author: bool| {
            seen.laters.insert(later.id.clone(), later.clone());
            let mut people: Vec<&UserId> = with_author.then_some(&later.author).into_iter().collect();
            match later.letter().map(|letter| &letter.to) {
                Some(To::Member(user)) => people.push(user),
                Some(To::Channel(channel)) => {
                    seen.channels.extend(self.all.channels.get(channel).map(|it| (channel.clone(), it.clone())));
                }
                None => {}
            }
            for user in people {
                seen.members.extend(self.all.members.get(user).map(|it| (user.clone(), it.clone())));
            }
        };
        for need in needs {
            let laters = || self.all.laters.values();
            match need {
                Need::Member(user) => {
                    seen.members.extend(self.all.members.get(user).map(|it| (user.clone(), it.clone())));
                }
                Need::People(users) => {
                    for user in users {
                        seen.members.extend(self.all.members.get(user).map(|it| (user.clone(), it.clone())));
                    }
                }
                Need::Channel(channel) => {
                    seen.channels.extend(self.all.channels.get(channel).map(|it| (channel.clone(), it.clone())));
                }
                Need::Channels => seen.channels.extend(self.all.channels.clone()),
                Need::Groups => seen.groups.extend(self.all.groups.clone()),
                Need::Places(user) => {
                    let places = self.all.places.get(user).cloned().unwrap_or_default();
                    seen.places.insert(user.clone(), places);
                }
                Need::LatersOf(author) => {
                    let newest = laters().filter(|it| it.author == *author).map(|it| it.number).max();
                    laters()
                        .filter(|it| it.author == *author)
                        .filter(|it| it.letter().is_some() || Some(it.number) == newest)
                        .for_each(|it| put(&mut seen, it, false));
                }
                Need::LatersTo(user) => {
                    laters().filter(|it| it.waits_for() == Some(user)).for_each(|it| put(&mut seen, it, false));
                    seen.under_way = self.all.under_way.clone();
                }
                Need::Later(id) => {
                    if let Some(later) = self.all.laters.get(id) {
                        put(&mut seen, later, true);
                    }
                }
                Need::LaterToChange(one) => {
                    let is_it = |it: &&Later| match one {
                        LaterRef::Id(id) => it.id == *id,
                        LaterRef::Number(author, number) => it.author == *author && it.number == *number,
                    };
                    laters().filter(is_it).for_each(|it| put(&mut seen, it, false));
                    seen.under_way = self.all.under_way.clone();
                }
                Need::AsksFor(_) | Need::AsksOf(_) | Need::PersonOf(_) => {}
                Need::ItemsWaiting(_) => {}
                Need::Standups | Need::StandupsTouching(_) | Need::EntriesOf(_) | Need::Norms => {}
                other => panic!("nothing here needs {other:?}"),
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
                AnyChange::Later(change) => apply(&mut self.all, change),
                other => panic!("not ours: {other:?}"),
            }
        }
        self.outbox.extend(decision.effects.iter().filter(|it| matches!(it.effect, AnyEffect::Later(_))).cloned());
        self.receipts.extend(decision.receipts.clone());
        decision
    }

    fn told(&mut self, event: Event) -> String {
        match self.happens(event).reply {
            Some(Reply::Say(message)) => words(&message),
            other => panic!("{other:?}"),
        }
    }

    /// Runs a command in #eng, `<@ana>` and `<#C1>` as a platform names people and channels.
    fn runs(&mut self, user: &str, line: &str) -> String {
        let (root, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut by = Origin::of(user);
        by.channel = Some("C1".into());
        self.told(Event::Command { by, invocation: command::parse(root, rest) })
    }

    fn clicks_cancel(&mut self, user: &str, id: &LaterId) -> String {
        let action = action::Action::Later(Action::Cancel(id.clone()));
        let action = action::Action::decode(&action.token()).unwrap();
        self.told(Event::Click { by: Origin::of(user), action })
    }

    /// Goes on to an instant, from one thing due to the next.
    fn until(&mut self, end: &str) {
        self.until_instant(at(end));
    }

    fn until_instant(&mut self, end: Timestamp) {
        loop {
            let next = self.outbox.iter().enumerate().filter(|(_, owed)| owed.due_at <= end);
            let Some((nth, due)) = next.map(|(nth, owed)| (nth, owed.due_at)).min_by_key(|(nth, due)| (*due, *nth))
            else {
                break;
            };
            self.now = self.now.max(due);
            self.carry(nth);
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
            Release::Send(outgoing) => self.posts(&outgoing),
            Release::Skip(why) => Outcome::Skipped(why),
            Release::Ask(errand) => panic!("{errand:?}"),
        };
        self.outbox.remove(nth);
        self.happens(Event::Settled { effect: owed, outcome });
    }

    fn posts(&mut self, outgoing: &Outgoing) -> Outcome {
        let place = match &outgoing.to {
            Target::Direct(user) => user.to_string(),
            Target::Channel(channel) => channel.to_string(),
            other => panic!("{other:?}"),
        };
        if let Some((_, refusal)) = self.refuses.iter().find(|(whose, _)| *whose == place) {
            return Outcome::Refused(refusal.clone());
        }
        assert!(outgoing.message.0.iter().all(|block| match block {
            Block::Quote(text) => text.0.iter().all(|span| matches!(span, crate::message::Span::Said(_))),
            _ => true,
        }));
        self.sent.push((place, self.now, words(&outgoing.message)));
        let message = MessageId::new(format!("m{}", self.sent.len()));
        Outcome::Sent(Posted { channel: "D".into(), message, at: self.now })
    }

    /// What somebody, or a channel, got: when, and the words.
    fn got(&self, place: &str) -> Vec<(String, &str)> {
        let mine = self.sent.iter().filter(|(to, ..)| to == place);
        mine.map(|(_, at, words)| (at.to_string(), words.as_str())).collect()
    }

    fn member(&mut self, user: &str) -> &mut Member {
        self.all.members.get_mut(&UserId::from(user)).unwrap()
    }

    fn later(&self, author: &str, number: u32) -> &Later {
        self.all.laters.values().find(|it| it.author.as_str() == author && it.number == number).unwrap()
    }

    fn end_of(&self, author: &str, number: u32) -> Option<End> {
        match self.later(author, number).state {
            State::Done { end, .. } => Some(end),
            _ => None,
        }
    }

    fn what_became_of(&self, subject: &Subject) -> Vec<&What> {
        self.receipts.iter().filter(|it| it.subject == *subject).map(|it| &it.what).collect()
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

/// Ana's Tuesday morning, in London's time and in UTC.
const ANAS_MORNING: &str = "2026-11-24T02:00:00Z";
