//! A town to play stories in: everything that the store, the engine and a platform do around core, in memory.
//!
//! Decisions get exactly the rows that they asked for, so a story also tells when a need was forgotten. Wakes and
//! effects run in the order of their times; an inbox key is taken once.

use crate::{
    action::{Action, FormId},
    change::Change,
    command,
    decide::{Decision, decide, scope},
    effect::{Effect, Outgoing, Owed, Target},
    event::{Errand, Event, Inbound, MemberFacts, Origin, Outcome, Posted, Refusal, Seen},
    id::{ChannelId, EffectKey, GroupId, InboxKey, MessageId, Subject, UserId, WakeKey},
    message::{Block, Form, Message, Reply},
    people::{self, Channel, Member, Workspace},
    receipt::{Receipt, What},
    release::{self, Release, release},
    snapshot::{Capabilities, Snapshot},
    standup::{self, EntryKey, EntryState, RoundKey, Standup, StandupState},
    time::Zone,
    wake::{Due, WakeChange},
};
use jiff::{Timestamp, civil};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const ENG: &str = "C1";

pub(super) fn slack() -> Capabilities {
    Capabilities::ROOMY
}

pub(super) fn discord() -> Capabilities {
    Capabilities { aside: true, ..Capabilities::LEAST }
}

/// A message that arrived.
#[derive(Clone, Debug)]
pub(super) struct Arrived {
    pub(super) at: Timestamp,
    pub(super) to: Target,
    pub(super) subject: Option<Subject>,
    pub(super) message: Message,
    pub(super) id: MessageId,
    pub(super) silent: bool,
}

pub(super) struct Town {
    pub(super) now: Timestamp,
    pub(super) all: Snapshot,
    pub(super) wakes: BTreeMap<WakeKey, Due>,
    pub(super) outbox: Vec<Owed>,
    pub(super) receipts: Vec<Receipt>,
    pub(super) arrived: Vec<Arrived>,
    inbox: BTreeSet<InboxKey>,
    count: u64,
    /// Zones of people whom jeda has not met yet.
    pub(super) profiles: BTreeMap<UserId, String>,
    /// Who is in which channel or group, as the platform knows it.
    pub(super) channels: BTreeMap<ChannelId, Vec<UserId>>,
    pub(super) groups: BTreeMap<GroupId, Vec<UserId>>,
    /// What the platform refuses, by the one or the place that it goes to.
    pub(super) refusals: BTreeMap<String, Refusal>,
    /// Whether deliveries go on; off, they wait.
    pub(super) delivers: bool,
    /// Whose reminder could not be brought up to date.
    unreached: BTreeSet<EntryKey>,
}

impl Town {
    /// The team of the issue: six zones, one channel, all in it. Everyone's profile tells their zone.
    pub(super) fn new(now: &str, capabilities: Capabilities) -> Self {
        let workspace = Workspace {
            name: "Test".into(),
            zone: Zone::find("Europe/London").unwrap(),
            bot: Some("B1".into()),
            capabilities,
            ..Workspace::unknown("test:T1")
        };
        let mut town = Self {
            now: now.parse().unwrap(),
            profiles: BTreeMap::new(),
            all: Snapshot::empty(workspace),
            wakes: BTreeMap::new(),
            outbox: Vec::new(),
            receipts: Vec::new(),
            arrived: Vec::new(),
            inbox: BTreeSet::new(),
            count: 0,
            channels: BTreeMap::new(),
            groups: BTreeMap::new(),
            refusals: BTreeMap::new(),
            delivers: true,
            unreached: BTreeSet::new(),
        };
        let eng = Channel {
            channel: ENG.into(),
            name: "eng".into(),
            open: true,
            archived: false,
            private: false,
            takes_back: false,
        };
        town.all.channels.insert(ENG.into(), eng);
        for (user, zone) in [
            ("budi", "Asia/Jakarta"),
            ("emma", "Europe/London"),
            ("joao", "America/Sao_Paulo"),
            ("aroha", "Pacific/Auckland"),
            ("liam", "America/Los_Angeles"),
            ("maya", "Asia/Kathmandu"),
        ] {
            town.meet(user, zone);
        }
        town.all.members.get_mut(&"emma".into()).unwrap().admin = true;
        town
    }

    /// A town of few: only these of the team are in the channel.
    pub(super) fn of(now: &str, capabilities: Capabilities, users: &[&str]) -> Self {
        let mut town = Self::new(now, capabilities);
        let stays = |user: &UserId| users.contains(&user.as_str());
        town.all.members.retain(|user, _| stays(user));
        for members in town.channels.values_mut() {
            members.retain(stays);
        }
        for members in town.all.channel_members.values_mut() {
            members.retain(stays);
        }
        town
    }

    pub(super) fn meet(&mut self, user: &str, zone: &str) {
        let zone = Some(Zone::find(zone).unwrap());
        let mut name = user.to_owned();
        name[..1].make_ascii_uppercase();
        let member = Member { name, profile_zone: zone, ..Member::unknown(user.into()) };
        self.all.members.insert(user.into(), member);
        self.all.channel_members.entry(ENG.into()).or_default().insert(user.into());
        self.channels.entry(ENG.into()).or_default().push(user.into());
    }

    /// Something happens under a fresh key.
    pub(super) fn happens(&mut self, event: Event) -> Option<Reply> {
        self.count += 1;
        let key = InboxKey::new(format!("test/{}", self.count));
        self.take(key, event)
    }

    /// Takes an event into the inbox, once.
    fn take(&mut self, key: InboxKey, event: Event) -> Option<Reply> {
        if !self.inbox.insert(key.clone()) {
            return None;
        }
        let inbound = Inbound { key, workspace: self.all.workspace.id.clone(), event };
        let seen = self.load(&scope(&inbound, self.now));
        let decision = decide(&seen, &inbound, self.now);
        assert_eq!(decision, decide(&seen, &inbound, self.now), "deciding again gives the same");
        self.commit(decision)
    }

    fn commit(&mut self, decision: Decision) -> Option<Reply> {
        for change in &decision.changes {
            match change {
                Change::People(change) => people::apply(&mut self.all, change),
                Change::Standup(change) => standup::apply(&mut self.all, change),
                Change::Norm(change) => panic!("a standup's town has no norms: {change:?}"),
                Change::Ask(change) => panic!("nobody asks in a standup's town: {change:?}"),
                Change::Later(change) => panic!("nothing waits in a standup's town: {change:?}"),
                Change::Digest(change) => panic!("nothing waits in a standup's town: {change:?}"),
            }
        }
        for wake in decision.wakes {
            match wake {
                WakeChange::Set(due) | WakeChange::Sooner(due) => {
                    self.wakes.insert(due.key.clone(), due);
                }
                WakeChange::Clear(key) => {
                    self.wakes.remove(&key);
                }
            }
        }
        let keys: BTreeSet<&EffectKey> = self.outbox.iter().map(|owed| &owed.key).collect();
        assert!(decision.effects.iter().all(|owed| !keys.contains(&owed.key)), "an effect's key is its own");
        self.outbox.extend(decision.effects);
        self.receipts.extend(decision.receipts);
        decision.reply
    }

    /// Plays until `until`, everything at its time.
    pub(super) fn until(&mut self, until: &str) {
        let until: Timestamp = until.parse().unwrap();
        for turn in 0.. {
            assert!(turn < 100_000, "it never comes to rest");
            let wake = self.wakes.values().min_by_key(|due| (due.at, due.key.clone())).cloned();
            let owed = self.next_owed();
            let wake_at = wake.as_ref().map_or(Timestamp::MAX, |due| due.at);
            let owed_at = owed.as_ref().map_or(Timestamp::MAX, |owed| owed.due_at);
            if wake_at.min(owed_at) > until {
                break;
            }
            self.now = self.now.max(wake_at.min(owed_at));
            match (wake, owed) {
                (_, Some(owed)) if owed_at <= wake_at => self.deliver(owed),
                (Some(due), _) => self.fire(due),
                (None, _) => unreachable!("one of them is due"),
            }
        }
        self.now = self.now.max(until);
    }

    /// Whatever is due now.
    pub(super) fn settle(&mut self) {
        let now = self.now.to_string();
        self.until(&now);
    }

    /// Of each lane only the first may go.
    fn next_owed(&self) -> Option<Owed> {
        let mut lanes = BTreeSet::new();
        let first = self.outbox.iter().filter(|owed| lanes.insert(owed.lane.clone()));
        first.min_by_key(|owed| owed.due_at).filter(|_| self.delivers).cloned()
    }

    fn fire(&mut self, due: Due) {
        self.wakes.remove(&due.key);
        // The store's own name for it.
        let key = InboxKey::new(format!("wake/{}/{}", due.key, due.at.as_millisecond()));
        self.take(key, Event::Wake(due.wake));
    }

    fn deliver(&mut self, owed: Owed) {
        let seen = self.load(&release::scope(&owed));
        let outcome = match release(&seen, &owed, self.now) {
            Release::Wait(at) => {
                assert!(at > self.now, "waiting for the past: {owed:?}");
                self.outbox.iter_mut().filter(|it| it.key == owed.key).for_each(|it| it.due_at = at);
                return;
            }
            Release::Send(outgoing) => self.post(outgoing),
            Release::Ask(errand) => self.ask(&errand),
            Release::Skip(why) => Outcome::Skipped(why),
        };
        if let (Effect::Standup(standup::Effect::RemindState(key)), Outcome::Skipped(_) | Outcome::Refused(_)) =
            (&owed.effect, &outcome)
        {
            self.unreached.insert(key.clone());
        }
        self.outbox.retain(|it| it.key != owed.key);
        let key = crate::event::settled_key(&owed.key);
        self.take(key, Event::Settled { effect: owed, outcome });
    }

    fn post(&mut self, outgoing: Outgoing) -> Outcome {
        fits(&outgoing.message, &self.all.workspace.capabilities);
        let place = match &outgoing.to {
            Target::Direct(user) => format!("dm/{user}"),
            Target::Channel(channel) => format!("ch/{channel}"),
            Target::Thread(posted) | Target::Edit(posted) => format!("ch/{}", posted.channel),
            Target::Aside { channel, user } => format!("aside/{channel}/{user}"),
            Target::Whisper { beside, .. } => format!("ch/{}", beside.channel),
            Target::Reply { to: posted, .. } | Target::Nothing(posted) => format!("ch/{}", posted.channel),
            Target::TakeBack { .. } | Target::InNameOf(_) => panic!("no standup's"),
        };
        self.is_in_their_hours(&outgoing);
        if let Some(refusal) = self.refusals.get(&place) {
            return Outcome::Refused(refusal.clone());
        }
        let posted = match &outgoing.to {
            Target::Edit(posted) => posted.clone(),
            _ => {
                self.count += 1;
                let channel = place.trim_start_matches("ch/").into();
                Posted { channel, message: message(self.count), at: self.now }
            }
        };
        if let Some(subject) = &outgoing.subject {
            self.all.posts.insert(subject.clone(), posted.clone());
        }
        self.arrived.push(Arrived {
            at: self.now,
            to: outgoing.to,
            subject: outgoing.subject,
            message: outgoing.message,
            id: posted.message.clone(),
            silent: outgoing.silent,
        });
        Outcome::Sent(posted)
    }

    /// Quiet hours bind the bot: what nobody waits for comes only while its reader works.
    fn is_in_their_hours(&self, outgoing: &Outgoing) {
        let (Target::Direct(user) | Target::Aside { user, .. }) = &outgoing.to else { return };
        let subject = outgoing.subject.as_ref().map_or("", |subject| subject.as_str());
        if subject.starts_with("prompt/") || subject.starts_with("remind/") {
            let works = standup::slot::works_at(&self.all.members[user], &self.all.workspace, self.now);
            assert!(works, "{subject} at {}, outside their hours", self.now);
            let state = self.all.members[user].declared(&self.all.workspace).at(self.now).state;
            let may_come = outgoing.silent && subject.starts_with("prompt/");
            assert!(state == crate::time::State::Working || may_come, "{subject} at {}: {state:?}", self.now);
        }
    }

    fn ask(&mut self, errand: &Errand) -> Outcome {
        let seen = match errand {
            Errand::ChannelMembers(channel) => Seen::ChannelMembers {
                channel: channel.clone(),
                members: self.channels.get(channel).cloned().unwrap_or_default(),
            },
            Errand::GroupMembers(group) => Seen::GroupMembers {
                group: group.clone(),
                members: self.groups.get(group).cloned().unwrap_or_default(),
            },
            Errand::Member(user) => Seen::Member(MemberFacts {
                user: user.clone(),
                name: user.as_str().to_owned(),
                zone: self.profiles.get(user).cloned(),
                language: None,
                admin: false,
                bot: false,
                active: true,
            }),
            Errand::Directory
            | Errand::Channels
            | Errand::Groups
            | Errand::Pauses(_)
            | Errand::Words(_)
            | Errand::Calendar { .. } => {
                return Outcome::Answered;
            }
        };
        self.happens(Event::Seen(seen));
        Outcome::Answered
    }

    // What people do

    pub(super) fn origin(user: &str) -> Origin {
        Origin { channel: Some(ENG.into()), ..Origin::of(user) }
    }

    /// Somebody runs a command; what they see.
    pub(super) fn runs(&mut self, user: &str, line: &str) -> String {
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        let invocation = command::parse(command, rest);
        let reply = self.happens(Event::Command { by: Self::origin(user), invocation });
        self.settle();
        match reply {
            Some(Reply::Say(message)) => read(&message),
            Some(Reply::Open(form)) => format!("form: {}", form.title),
            other => panic!("{line}: {other:?}"),
        }
    }

    pub(super) fn clicks(&mut self, user: &str, action: standup::Action) -> Reply {
        let reply = self.happens(Event::Click { by: Self::origin(user), action: Action::Standup(action) });
        self.settle();
        reply.expect("a click is answered")
    }

    pub(super) fn submits(&mut self, user: &str, form: FormId, values: &[(&str, &str)]) -> Reply {
        let values = values.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let reply = self.happens(Event::Submit { by: Self::origin(user), form, values });
        self.settle();
        reply.expect("a form is answered")
    }

    /// Presses "Answer" and fills in the form, page by page.
    pub(super) fn answers(&mut self, user: &str, date: &str, texts: &[&str]) -> String {
        let key = self.round(date);
        let mut reply = self.clicks(user, standup::Action::Answer(key, 0));
        for _ in 0..20 {
            match reply {
                Reply::Open(form) => {
                    let values: Vec<(String, String)> = form
                        .fields
                        .iter()
                        .map(|field| (field.id.clone(), texts[field.id[1..].parse::<usize>().unwrap()].to_owned()))
                        .collect();
                    let values: Vec<(&str, &str)> = values.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
                    reply = self.submits(user, form.id, &values);
                }
                Reply::Say(message) => match next_page(&message) {
                    Some(action) => reply = self.clicks(user, action),
                    None => return read(&message),
                },
                Reply::Invalid(wrong) => return format!("{wrong:?}"),
            }
        }
        panic!("a form without an end")
    }

    /// Somebody writes to the bot; the id of what they wrote.
    pub(super) fn writes(&mut self, user: &str, text: &str, answers: Option<&MessageId>) -> MessageId {
        let message = self.next_message();
        self.heard(user, &message, text, answers);
        message
    }

    /// The id of the message that is written next.
    pub(super) fn next_message(&mut self) -> MessageId {
        self.count += 1;
        message(self.count)
    }

    /// The bot hears of a message that was written.
    pub(super) fn hears(&mut self, user: &str, message: &MessageId, text: &str) {
        self.heard(user, message, text, None);
    }

    fn heard(&mut self, user: &str, message: &MessageId, text: &str, answers: Option<&MessageId>) {
        let (by, message, text) = (Self::origin(user), message.clone(), text.to_owned());
        self.happens(Event::Said { by, message, answers: answers.cloned(), text });
        self.settle();
    }

    // What one can look at

    pub(super) fn standup(&self) -> &Standup {
        self.all.standups.values().next().expect("a standup")
    }

    pub(super) fn round(&self, date: &str) -> RoundKey {
        RoundKey { standup: self.standup().id.clone(), date: date.parse::<civil::Date>().unwrap() }
    }

    pub(super) fn key(&self, user: &str, date: &str) -> EntryKey {
        EntryKey { round: self.round(date), user: user.into() }
    }

    pub(super) fn entry(&self, user: &str, date: &str) -> &standup::Entry {
        self.all.entries.get(&self.key(user, date)).unwrap_or_else(|| panic!("no entry of {user} on {date}"))
    }

    pub(super) fn state(&self, user: &str, date: &str) -> &EntryState {
        &self.entry(user, date).state
    }

    /// The messages that somebody got directly (or in the thread that stands in), as text.
    pub(super) fn inbox_of(&self, user: &str) -> Vec<String> {
        let theirs = |to: &Target| match to {
            Target::Direct(of) | Target::Aside { user: of, .. } => of.as_str() == user,
            _ => false,
        };
        self.arrived.iter().filter(|it| theirs(&it.to)).map(|it| read(&it.message)).collect()
    }

    /// The channel as it stands now: the latest words of each message, in the order in which they were posted.
    pub(super) fn channel(&self) -> Vec<String> {
        let mut order: Vec<MessageId> = Vec::new();
        let mut words = BTreeMap::new();
        for it in &self.arrived {
            let in_channel = match &it.to {
                Target::Channel(_) | Target::Thread(_) => true,
                Target::Edit(posted) => posted.channel.as_str() == ENG,
                _ => false,
            };
            if in_channel {
                if !words.contains_key(&it.id) {
                    order.push(it.id.clone());
                }
                words.insert(it.id.clone(), read(&it.message));
            }
        }
        order.into_iter().filter_map(|id| words.remove(&id)).collect()
    }

    /// What became of somebody's prompt.
    pub(super) fn prompt_receipts(&self, user: &str, date: &str) -> Vec<What> {
        let subject = self.key(user, date).prompt_subject();
        self.receipts.iter().filter(|it| it.subject == subject).map(|it| it.what.clone()).collect()
    }

    /// At any moment: no prompt has two receipts, and each that has none can still get one.
    pub(super) fn is_in_order_now(&self) {
        for entry in self.all.entries.values() {
            let subject = entry.key.prompt_subject();
            let count = self.receipts.iter().filter(|it| it.subject == subject).count();
            let closed = self.all.rounds[&entry.key.round].closed_at.is_some();
            let owed = self
                .outbox
                .iter()
                .any(|owed| matches!(&owed.effect, Effect::Standup(standup::Effect::Prompt(key)) if *key == entry.key));
            assert!(count <= 1, "{subject}: {count} receipts");
            assert_eq!(entry.settled, count == 1, "{subject}: {count} receipts, settled {}", entry.settled);
            assert!(count == 1 || !closed || owed, "{subject}: closed without a receipt: {:?}", entry.state);
            let wakes = self.wakes.contains_key(&standup::Wake::Prompt(entry.key.clone()).key());
            assert!(count == 1 || owed || wakes, "{subject}: nothing would settle it: {:?}", entry.state);
        }
    }

    /// Somebody's reminder as it stands now.
    pub(super) fn reminder(&self, key: &EntryKey) -> Option<String> {
        let subject = key.remind_subject();
        self.arrived.iter().rev().find(|it| it.subject.as_ref() == Some(&subject)).map(|it| read(&it.message))
    }

    /// No reminder asks for what is no longer waited for. Whoever was gone when it changed could not be written to.
    fn reminders_are_true(&self) {
        for entry in self.all.entries.values().filter(|entry| !self.unreached.contains(&entry.key)) {
            let state = standup::Effect::RemindState(entry.key.clone());
            let owed = self.outbox.iter().any(|owed| owed.effect == Effect::Standup(state.clone()));
            if let Some(reminder) = self.reminder(&entry.key).filter(|_| !owed) {
                assert_eq!(
                    reminder.contains('['),
                    entry.state == EntryState::Prompted,
                    "{:?}: {reminder}",
                    entry.state
                );
            }
        }
    }

    /// At the end of a story: in order, every round will close, and every standup that runs will be planned again.
    pub(super) fn is_in_order(&self) {
        self.is_in_order_now();
        self.reminders_are_true();
        for (round, key) in self.all.rounds.values().map(|round| (round, &round.key)) {
            let close = standup::Wake::Close(key.clone()).key();
            assert!(round.closed_at.is_some() || self.wakes.contains_key(&close), "{key:?} would never close");
        }
        for standup in self.all.standups.values().filter(|it| it.state == StandupState::Active) {
            let plan = WakeKey::new(format!("plan/{}", standup.id));
            assert!(self.wakes.contains_key(&plan), "{} would never be planned again", standup.name);
        }
    }
}

/// The button that goes on to the next page of a form.
fn next_page(message: &Message) -> Option<standup::Action> {
    message.0.iter().find_map(|block| match block {
        Block::Buttons(buttons) => buttons.iter().find_map(|button| match &button.action {
            Action::Standup(action @ standup::Action::Answer(..)) => Some(action.clone()),
            _ => None,
        }),
        _ => None,
    })
}

/// A message as text, a line for each block.
pub(super) fn read(message: &Message) -> String {
    let block = |block: &Block| match block {
        Block::Heading(title) => format!("# {title}"),
        Block::Text(text) => crate::copy::flat(text),
        Block::Quote(text) => format!("> {}", crate::copy::flat(text)),
        Block::Small(text) => format!("~ {}", crate::copy::flat(text)),
        Block::Buttons(buttons) => {
            buttons.iter().map(|button| format!("[{}]", button.label)).collect::<Vec<_>>().join(" ")
        }
        Block::Divider => "---".to_owned(),
    };
    message.0.iter().map(block).collect::<Vec<_>>().join("\n")
}

/// Whether a message is within the platform's limits, counted as core promises them.
pub(super) fn fits(message: &Message, limits: &Capabilities) {
    let chars = |block: &Block| match block {
        Block::Heading(title) => title.chars().count(),
        Block::Text(text) | Block::Quote(text) | Block::Small(text) => text.chars(),
        Block::Buttons(_) | Block::Divider => 0,
    };
    assert!(message.0.len() <= limits.message_blocks_max, "{} blocks", message.0.len());
    assert!(message.0.iter().all(|block| chars(block) <= limits.block_chars_max), "a block is too long");
    let all: usize = message.0.iter().map(chars).sum();
    assert!(all <= limits.message_chars_max, "{all} characters");
    assert!(!message.0.is_empty(), "an empty message");
}

/// A form that was opened.
pub(super) fn form(reply: Reply) -> Form {
    match reply {
        Reply::Open(form) => form,
        other => panic!("not a form: {other:?}"),
    }
}

/// A message's id, growing with time as both platforms' do.
fn message(count: impl std::fmt::Display) -> MessageId {
    MessageId::new(format!("m{count:06}"))
}

/// Words that were said at once.
pub(super) fn said(reply: Reply) -> String {
    match reply {
        Reply::Say(message) => read(&message),
        other => panic!("not words: {other:?}"),
    }
}
