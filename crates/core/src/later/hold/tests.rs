//! What holds of held messages whatever people and the platform do.

use super::*;
use crate::{
    action, command, decide,
    effect::{Effect as AnyEffect, Outgoing, Owed, Target},
    event::{Event, Inbound, Origin, Outcome, Posted, Refusal},
    id::InboxKey,
    later::{Action, Effect, End},
    norm::{self, Enforce, Exempt, Kind, Norm, NormSet, Revision, Rule, Scope},
    people::{self, Channel, Member, Workspace},
    receipt::What,
    release::{self, Release},
    snapshot::Capabilities,
    time::{State as Doing, Zone},
    wake::Due,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A server, its bot and its database, with a clock that jumps. Ana is in Jakarta, where it is Monday 20:00; nia in New
/// York, where it is 8:00; oliver and budi in London, where it is 13:00.
struct Town {
    all: Snapshot,
    now: Timestamp,
    events: usize,
    outbox: Vec<Owed>,
    wakes: BTreeMap<String, Due>,
    /// Messages that stand where they were written.
    standing: BTreeSet<String>,
    /// Messages that their authors deleted.
    deleted: BTreeSet<String>,
    /// What was posted again: the words, and whom it mentioned.
    posted: Vec<(String, BTreeSet<UserId>)>,
    /// What went to people: to whom, what was owed, and the words.
    direct: Vec<(UserId, Effect, String)>,
    written: Vec<(String, UserId)>,
    sent: BTreeMap<String, Posted>,
    platform: Platform,
}

/// How the platform answers.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Platform {
    Well,
    /// It does what it is asked, and its answer is lost.
    LosesAnswers,
    Refuses,
}

fn town() -> Town {
    let capabilities = Capabilities { aside: true, take_back: true, ..Capabilities::LEAST };
    let mut all =
        Snapshot::empty(Workspace { bot: Some("JEDA".into()), capabilities, ..Workspace::unknown("test:T1") });
    for (user, zone) in
        [("ana", "Asia/Jakarta"), ("nia", "America/New_York"), ("oliver", "Europe/London"), ("budi", "Europe/London")]
    {
        let profile_zone = Zone::find(zone).ok();
        all.members.insert(user.into(), Member { profile_zone, name: user.into(), ..Member::unknown(user.into()) });
    }
    let eng = Channel {
        channel: "C1".into(),
        name: "eng".into(),
        open: true,
        archived: false,
        private: false,
        takes_back: true,
    };
    all.channels.insert("C1".into(), eng);
    let nights = Norm {
        name: "nights".into(),
        enforce: Enforce::Hold,
        scope: Scope::Workspace,
        exempt: Exempt::default(),
        rule: Rule::usual(Kind::QuietHours),
    };
    let now: Timestamp = "2026-11-23T13:00:00Z".parse().unwrap();
    all.norms =
        Some(std::sync::Arc::new(Revision { number: 1, by: "lia".into(), at: now, set: NormSet(vec![nights]) }));
    Town {
        all,
        now,
        events: 0,
        outbox: Vec::new(),
        wakes: BTreeMap::new(),
        standing: BTreeSet::new(),
        deleted: BTreeSet::new(),
        posted: Vec::new(),
        direct: Vec::new(),
        written: Vec::new(),
        sent: BTreeMap::new(),
        platform: Platform::Well,
    }
}

impl Town {
    fn with_digests(&mut self) {
        let mut live = (**self.all.norms.as_ref().unwrap()).clone();
        live.set.0.push(Norm {
            name: "mornings".into(),
            enforce: Enforce::Nudge,
            scope: Scope::Workspace,
            exempt: Exempt::default(),
            rule: Rule::usual(Kind::Digest),
        });
        self.all.norms = Some(std::sync::Arc::new(live));
    }

    fn happens(&mut self, event: Event) -> Decision {
        self.events += 1;
        self.happens_as(&format!("e{}", self.events), event)
    }

    fn happens_as(&mut self, key: &str, event: Event) -> Decision {
        // What may have arrived is under way until the platform was asked.
        let uncertain = self.outbox.iter().filter(|owed| self.sent.contains_key(owed.key.as_str()));
        self.all.under_way = uncertain
            .filter_map(|owed| match &owed.effect {
                AnyEffect::Later(Effect::TellHeld { .. }) => None,
                AnyEffect::Later(effect) => Some(effect.id().clone()),
                _ => None,
            })
            .collect();
        let inbound = Inbound { key: InboxKey::new(key), workspace: self.all.workspace.id.clone(), event };
        let decision = decide::decide(&self.all, &inbound, self.now);
        assert_eq!(decision, decide::decide(&self.all, &inbound, self.now), "deciding again gives the same");
        for change in &decision.changes {
            match change {
                change::Change::People(change) => people::apply(&mut self.all, change),
                change::Change::Later(change) => crate::later::apply(&mut self.all, change),
                change::Change::Norm(change) => norm::apply(&mut self.all, change),
                change::Change::Digest(change) => crate::digest::apply(&mut self.all, change),
                other => panic!("not ours: {other:?}"),
            }
        }
        self.outbox.extend(decision.effects.iter().filter(|it| matches!(it.effect, AnyEffect::Later(_))).cloned());
        for change in &decision.wakes {
            match change {
                WakeChange::Set(due) if matches!(due.wake, wake::Wake::Later(_)) => {
                    self.wakes.insert(due.key.to_string(), due.clone());
                }
                WakeChange::Set(_) | WakeChange::Sooner(_) => {}
                WakeChange::Clear(key) => drop(self.wakes.remove(&key.to_string())),
            }
        }
        decision
    }

    fn wrote(&self, nth: usize, by: &str, names: &[&str]) -> Wrote {
        let words: String = names.iter().map(|name| format!("<@{name}> ")).collect();
        let raw = format!("{words}words-{nth}.");
        let mut by = Origin::of(by);
        by.channel = Some("C1".into());
        let whole =
            Whole { text: raw.clone(), raw, at: self.now, name: by.user.to_string(), face: None, answers: None };
        Wrote {
            by,
            message: MessageId::new(format!("m{nth}")),
            thread: None,
            mentions: Mentions { users: names.iter().map(|it| UserId::new(*it)).collect(), ..Mentions::default() },
            edited_from: None,
            no_reply_needed: false,
            reply_by: None,
            line: None,
            spoke: BTreeMap::new(),
            whole: Some(Box::new(whole)),
        }
    }

    fn writes(&mut self, by: &str, names: &[&str]) -> LaterId {
        let nth = self.written.len();
        let wrote = self.wrote(nth, by, names);
        self.written.push((format!("m{nth}"), by.into()));
        self.standing.insert(format!("m{nth}"));
        // Gateways tell twice what they told before a connection broke.
        self.happens_as(&format!("wrote-{nth}"), Event::Wrote(wrote.clone()));
        let before = self.all.laters.len();
        self.happens(Event::Wrote(wrote));
        assert_eq!(self.all.laters.len(), before, "holding it twice is holding it once");
        LaterId::held(&Spot { channel: "C1".into(), thread: None, message: format!("m{nth}").as_str().into() })
    }

    /// A message is away, whoever took it.
    fn goes(&mut self, message: &str) {
        self.standing.remove(message);
        self.happens(Event::TookBack { channel: "C1".into(), message: message.into() });
    }

    /// The author deletes it, where it still stands.
    fn deletes(&mut self, nth: usize) {
        let Some((message, _)) = self.written.get(nth).cloned() else { return };
        if self.standing.contains(&message) {
            self.deleted.insert(message.clone());
            self.goes(&message);
        }
    }

    fn runs(&mut self, user: &str, line: &str) {
        let (root, rest) = line.split_once(' ').unwrap_or((line, ""));
        let mut by = Origin::of(user);
        by.channel = Some("C1".into());
        self.happens(Event::Command { by, invocation: command::parse(root, rest) });
    }

    fn clicks(&mut self, user: &str, action: Action) {
        let action = action::Action::decode(&action::Action::Later(action).token()).unwrap();
        self.happens(Event::Click { by: Origin::of(user), action });
    }

    fn until(&mut self, end: Timestamp) {
        loop {
            let wake = self.wakes.values().min_by_key(|due| due.at).map(|due| (due.at, due.key.to_string()));
            let owed = self.outbox.iter().enumerate().min_by_key(|(nth, owed)| (owed.due_at, *nth));
            let owed = owed.map(|(nth, owed)| (owed.due_at, nth));
            match (wake, owed) {
                (Some((at, key)), owed) if at <= end && owed.is_none_or(|(due, _)| at <= due) => {
                    self.now = self.now.max(at);
                    let due = self.wakes.remove(&key).unwrap();
                    self.happens(Event::Wake(due.wake));
                }
                (_, Some((due, nth))) if due <= end => {
                    self.now = self.now.max(due);
                    self.carry(nth);
                }
                _ => break,
            }
        }
        self.now = self.now.max(end);
    }

    /// One effect, as the courier carries it: what may have arrived is looked for first.
    fn carry(&mut self, nth: usize) {
        let owed = self.outbox[nth].clone();
        let outcome = match release::release(&self.all, &owed, self.now) {
            Release::Wait(until) => {
                assert!(until > self.now, "it would be looked at for ever");
                self.outbox[nth].due_at = until;
                return;
            }
            Release::Skip(why) => Outcome::Skipped(why),
            Release::Ask(errand) => panic!("{errand:?}"),
            Release::Send(outgoing) => match self.sent.get(owed.key.as_str()).cloned() {
                Some(posted) => Outcome::Sent(posted),
                None => match self.posts(&outgoing, &owed) {
                    Some(outcome) => outcome,
                    None => {
                        self.outbox[nth].due_at = self.now + jiff::SignedDuration::from_secs(5);
                        return;
                    }
                },
            },
        };
        self.outbox.remove(nth);
        self.happens(Event::Settled { effect: owed, outcome });
    }

    /// What the platform makes of it; nothing where its answer is lost.
    fn posts(&mut self, outgoing: &Outgoing, owed: &Owed) -> Option<Outcome> {
        let AnyEffect::Later(effect) = &owed.effect else { panic!("{owed:?}") };
        if self.platform == Platform::Refuses && !matches!(effect, Effect::Deliver { .. }) {
            return Some(Outcome::Refused(Refusal::MissingPermission("MANAGE".into())));
        }
        let there = |message: &str| Posted { channel: "C1".into(), message: message.into(), at: self.now };
        let posted = match &outgoing.to {
            Target::TakeBack { spot, .. } => {
                if !self.standing.contains(spot.message.as_str()) {
                    return Some(Outcome::Refused(Refusal::MessageGone));
                }
                there(spot.message.as_str())
            }
            Target::InNameOf(it) => {
                for user in &it.mentions {
                    self.is_at_work(user);
                    assert!(it.words.contains(&format!("<@{user}>")));
                }
                self.posted.push((it.words.clone(), it.mentions.clone()));
                there(&format!("p{}", self.posted.len()))
            }
            Target::Direct(user) => {
                if !matches!(effect, Effect::TellHeld { .. }) {
                    self.is_at_work(user);
                    self.direct.push((user.clone(), effect.clone(), format!("{:?}", outgoing.message)));
                }
                there("d")
            }
            other => panic!("{other:?}"),
        };
        let takes = matches!(outgoing.to, Target::TakeBack { .. });
        self.sent.insert(owed.key.to_string(), posted.clone());
        if takes {
            // That it is gone may be told before its answer comes.
            self.goes(posted.message.as_str());
        }
        (self.platform != Platform::LosesAnswers).then_some(Outcome::Sent(posted))
    }

    fn is_at_work(&self, user: &UserId) {
        let member = &self.all.members[user];
        let doing = member.declared(&self.all.workspace).at(self.now);
        assert_eq!(doing.state, Doing::Working, "{user} at {}", self.now);
    }

    fn copies(&self, nth: usize) -> usize {
        self.posted.iter().filter(|(words, _)| words.contains(&format!("words-{nth}."))).count()
    }

    /// How often it was given back. What somebody who was off is given by themselves is a message of its own.
    fn returns(&self, nth: usize, id: &LaterId, author: &UserId) -> usize {
        let is_it = |(to, effect, words): &&(UserId, Effect, String)| {
            let is_back = matches!(effect, Effect::Return { id: back, .. } if back == id);
            is_back && to == author && words.contains(&format!("words-{nth}."))
        };
        self.direct.iter().filter(is_it).count()
    }

    /// Each message is in one place, and something is owed for each that has not come to its end.
    fn is_whole(&self) {
        for (nth, (message, author)) in self.written.iter().enumerate() {
            let spot = Spot { channel: "C1".into(), thread: None, message: message.as_str().into() };
            let (stands, deleted) = (self.standing.contains(message), self.deleted.contains(message));
            let id = LaterId::held(&spot);
            let (copies, returns) = (self.copies(nth), self.returns(nth, &id, author));
            let Some(later) = self.all.laters.get(&id) else {
                assert!((stands || deleted) && copies + returns == 0, "{message}");
                continue;
            };
            let owed = |is: &dyn Fn(&Effect) -> bool| {
                let all = self.outbox.iter().filter_map(|owed| match &owed.effect {
                    AnyEffect::Later(effect) if *effect.id() == later.id => Some(effect),
                    _ => None,
                });
                all.filter(|effect| is(effect)).count()
            };
            let wakes = self.wakes.keys().filter(|key| key.ends_with(&format!("/{}", later.id))).count();
            match &later.state {
                State::Taking(_) => {
                    assert_eq!((owed(&|it| matches!(it, Effect::TakeBack { .. })), wakes, copies + returns), (1, 0, 0));
                }
                State::Waiting(_) => assert!(!stands && wakes == 1 && copies + returns == 0, "{later:?}"),
                State::Posting(posting) => {
                    let next =
                        |it: &Effect| matches!(it, Effect::Repost { turn, part, .. } if posting.is_next(*turn, *part));
                    assert_eq!((stands, owed(&next), wakes, returns), (false, 1, 0, 0), "{later:?}");
                }
                State::Back { .. } => {
                    let back = owed(&|it| matches!(it, Effect::Return { .. }));
                    assert_eq!((stands, back, wakes, copies), (false, 1, 0, 0), "{later:?}");
                }
                State::Done { end, .. } => {
                    let there = match end {
                        End::Delivered => copies == 1 && returns == 0 && !stands,
                        End::Returned => returns == 1 && copies == 0 && !stands,
                        End::Dropped => copies + returns == 0 && !stands,
                        End::Stayed => copies + returns == 0 && (stands || deleted),
                        End::Lost => copies + returns == 0,
                    };
                    assert!(there && wakes == 0, "{later:?}: {copies} copies, {returns} given back, stands: {stands}");
                }
            }
        }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Writes(&'static str, Vec<&'static str>),
    Deletes(usize),
    Runs(&'static str, String),
    Presses(usize, bool),
    Passes(i64),
    Platform(Platform),
    Leaves(&'static str, bool),
    Norms(Enforce),
}

fn step() -> impl Strategy<Value = Step> {
    let people = || prop::sample::select(vec!["ana", "nia", "oliver", "budi"]);
    prop_oneof![
        5 => (people(), prop::sample::subsequence(vec!["ana", "nia", "oliver", "budi"], 0..4))
            .prop_map(|(by, names)| Step::Writes(by, names)),
        1 => (0..8usize).prop_map(Step::Deletes),
        3 => (people(), 1..4u32, prop::sample::select(vec!["cancel N", "now N", "show N", "list"]))
            .prop_map(|(who, number, line)| Step::Runs(who, format!("/later {}", line.replace('N', &number.to_string())))),
        2 => (people(), prop::sample::select(vec!["/away", "/back", "/hours mon-fri 6:00-10:00", "/hours reset"]))
            .prop_map(|(who, line)| Step::Runs(who, line.to_owned())),
        2 => (0..8usize, any::<bool>()).prop_map(|(nth, now)| Step::Presses(nth, now)),
        5 => prop_oneof![0..2i64, 1..40i64].prop_map(Step::Passes),
        2 => prop::sample::select(vec![Platform::Well, Platform::Well, Platform::LosesAnswers, Platform::Refuses])
            .prop_map(Step::Platform),
        1 => (people(), any::<bool>()).prop_map(|(who, there)| Step::Leaves(who, there)),
        1 => prop::sample::select(vec![Enforce::Hold, Enforce::Nudge, Enforce::Off]).prop_map(Step::Norms),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn a_message_is_in_one_place_comes_once_and_mentions_nobody_at_night(
        steps in prop::collection::vec(step(), 1..30)
    ) {
        let mut town = town();
        for step in steps {
            match step {
                Step::Writes(by, names) => drop(town.writes(by, &names)),
                Step::Deletes(nth) => town.deletes(nth),
                Step::Runs(who, line) => town.runs(who, &line),
                Step::Presses(nth, now) => {
                    let Some((message, author)) = town.written.get(nth).cloned() else { continue };
                    let id = LaterId::held(
                        &Spot { channel: "C1".into(), thread: None, message: message.as_str().into() });
                    town.clicks("budi", Action::Cancel(id.clone()));
                    town.clicks(author.as_str(), if now { Action::Now(id) } else { Action::Cancel(id) });
                }
                Step::Passes(hours) => town.until(town.now + jiff::SignedDuration::from_hours(hours)),
                Step::Platform(platform) => town.platform = platform,
                Step::Leaves(who, there) => town.all.members.get_mut(&UserId::new(who)).unwrap().active = there,
                Step::Norms(enforce) => {
                    let mut live = (**town.all.norms.as_ref().unwrap()).clone();
                    live.set.0[0].enforce = enforce;
                    live.number += 1;
                    town.all.norms = Some(std::sync::Arc::new(live));
                }
            }
            town.is_whole();
        }
        // In the end everything has come to its end.
        town.platform = Platform::Well;
        for who in ["ana", "nia", "oliver", "budi"] {
            town.all.members.get_mut(&UserId::new(who)).unwrap().active = true;
            town.runs(who, "/back");
            town.runs(who, "/hours reset");
        }
        town.until(town.now + jiff::SignedDuration::from_hours(24 * 300));
        town.is_whole();
        prop_assert!(town.outbox.is_empty() && town.wakes.is_empty(), "{:?} {:?}", town.outbox, town.wakes);
        for later in town.all.laters.values() {
            prop_assert!(matches!(later.state, State::Done { .. }), "{:?}", later);
        }
    }
}

/// Monday 14:00 UTC, when nia's day begins.
const NIAS_MORNING: &str = "2026-11-23T14:00:00Z";

#[test]
fn whoever_is_off_when_it_comes_is_given_it_by_themselves() {
    let mut town = town();
    town.writes("oliver", &["ana", "nia"]);
    town.until(NIAS_MORNING.parse().unwrap());
    assert_eq!(town.posted[0].1, [UserId::new("nia")].into());
    town.until("2026-11-24T02:00:00Z".parse().unwrap());
    assert_eq!(town.direct.iter().filter(|(to, ..)| to.as_str() == "ana").count(), 1);
    assert_eq!(town.direct.iter().filter(|(to, ..)| to.as_str() == "nia").count(), 0);
}

#[test]
fn where_a_digest_tells_of_mentions_the_others_find_it_there() {
    let mut town = town();
    town.with_digests();
    town.writes("oliver", &["ana", "nia"]);
    assert!(town.all.items.is_empty(), "it is not there to be found");
    town.until(NIAS_MORNING.parse().unwrap());
    let items: Vec<_> = town.all.items.values().collect();
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!((items[0].reader.as_str(), items[0].line.as_deref()), ("ana", Some("<@ana> <@nia> words-0.")));
    assert_ne!(items[0].posted.as_ref().unwrap().message.as_str(), "m0", "the message that is there now");
    town.until("2026-11-24T02:00:00Z".parse().unwrap());
    assert!(town.direct.iter().all(|(to, ..)| to.as_str() != "ana"), "it comes with the digest, not by itself");
}

#[test]
fn what_stays_is_found_in_a_digest() {
    let mut town = town();
    town.with_digests();
    town.platform = Platform::Refuses;
    town.writes("oliver", &["ana"]);
    let owed = town.outbox.remove(0);
    let refusal = Refusal::MissingPermission("MANAGE_MESSAGES".into());
    town.happens(Event::Settled { effect: owed, outcome: Outcome::Refused(refusal) });
    let found: Vec<_> = town.all.items.values().map(|it| it.posted.as_ref().unwrap().message.as_str()).collect();
    assert_eq!(found, ["m0"]);
}

#[test]
fn what_its_author_deletes_before_it_is_taken_is_forgotten() {
    let mut town = town();
    let id = town.writes("oliver", &["ana"]);
    assert!(matches!(town.all.laters[&id].state, State::Taking(_)) && town.all.judged.len() == 1);
    town.deletes(0);
    assert!(matches!(town.all.laters[&id].state, State::Done { end: End::Dropped, .. }));
    assert!(town.all.judged.is_empty());
    town.until(NIAS_MORNING.parse().unwrap());
    assert!(town.posted.is_empty() && town.outbox.is_empty() && town.wakes.is_empty());
}

#[test]
fn what_is_refused_stays_and_its_author_is_told() {
    let mut town = town();
    town.platform = Platform::Refuses;
    let id = town.writes("oliver", &["ana"]);
    let owed = town.outbox.remove(0);
    let refusal = Refusal::MissingPermission("MANAGE_MESSAGES".into());
    let decision = town.happens(Event::Settled { effect: owed, outcome: Outcome::Refused(refusal) });
    assert!(matches!(town.all.laters[&id].state, State::Done { end: End::Stayed, .. }));
    assert!(decision.effects.iter().any(|owed| matches!(owed.effect, AnyEffect::Norm(norm::Effect::Nudge { .. }))));
    assert!(decision.receipts.iter().any(|it| it.subject == id.subject() && matches!(it.what, What::Skipped(_))));
}

#[test]
fn it_stays_where_somebody_reads_it_or_nobody_knows_who_they_are() {
    let mut town = town();
    town.writes("oliver", &["ana", "budi"]);
    town.writes("oliver", &["ana", "stranger"]);
    assert!(town.all.laters.is_empty() && town.outbox.is_empty());
    // And where more of its author's wait than anybody remembers.
    for _ in 0..LATERS_WAITING_MAX {
        town.writes("oliver", &["ana"]);
    }
    assert_eq!(town.all.laters.len(), LATERS_WAITING_MAX);
    town.writes("oliver", &["ana"]);
    assert_eq!(town.all.laters.len(), LATERS_WAITING_MAX);
}

#[test]
fn five_hundred_people_are_mentioned_as_far_as_one_message_can_and_nobody_is_forgotten() {
    let mut town = town();
    let names: Vec<String> = (0..500).map(|nth| format!("p{nth}")).collect();
    for name in &names {
        // Half of them begin an hour before the others.
        let zone = Zone::find(if name.len() % 2 == 0 { "America/New_York" } else { "America/Chicago" }).ok();
        let member = Member { profile_zone: zone, name: name.clone(), ..Member::unknown(name.as_str().into()) };
        town.all.members.insert(name.as_str().into(), member);
    }
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let id = town.writes("oliver", &all);
    town.until(NIAS_MORNING.parse().unwrap());
    assert!(matches!(town.all.laters[&id].state, State::Done { end: End::Delivered, .. }));
    let mentioned: BTreeSet<UserId> = town.posted.iter().flat_map(|(_, users)| users.clone()).collect();
    let words: String = town.posted.iter().map(|(words, _)| words.as_str()).collect();
    assert!(names.iter().all(|name| words.contains(&format!("<@{name}>"))), "every word is there");
    assert!(!mentioned.is_empty() && mentioned.len() < 500);
    for user in &mentioned {
        town.is_at_work(user);
    }
    let waiting = town.all.laters.values().filter(|later| matches!(later.state, State::Waiting(_))).count();
    assert_eq!(waiting, LATERS_WAITING_MAX, "as many as an author may have wait; the others read it there");
}

#[test]
fn what_waits_in_one_channel_comes_in_its_order() {
    let mut town = town();
    for _ in 0..20 {
        town.writes("oliver", &["ana"]);
    }
    town.until("2026-11-24T02:00:00Z".parse().unwrap());
    let numbers: Vec<String> = (0..20).map(|nth| format!("<@ana> words-{nth}.")).collect();
    assert_eq!(town.posted.iter().map(|(words, _)| words.clone()).collect::<Vec<_>>(), numbers);
}
