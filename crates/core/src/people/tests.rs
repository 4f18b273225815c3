use super::*;
use crate::{
    change,
    command::{Invocation, parse},
    copy::flat,
    decide::{Cause, Decision},
    effect::{self, Owed, Target},
    event::{
        ChannelFacts, Errand, Event, GroupFacts, Inbound, MemberFacts, Origin, Outcome, PauseFacts, Posted, Refusal,
        Seen,
    },
    message::{Block, Message, Reply},
    norm,
    receipt::{self, What},
    release::Release,
    time::{Availability, Calendar, State, WorkingWeek},
    wake::{self, WakeChange},
};
use std::{borrow::Cow, collections::BTreeMap};

/// A workspace in which things happen one after the other; whatever was decided is so for the next.
struct Town {
    snapshot: Snapshot,
    now: Timestamp,
    events: usize,
}

/// A Discord-like place in UTC, without zones in profiles, on Monday 23 November 2026, 9:30 in Jakarta.
fn town() -> Town {
    let workspace = Workspace {
        name: "Nusantara".into(),
        bot: Some("JEDA".into()),
        capabilities: capabilities(false),
        ..Workspace::unknown("test:T1")
    };
    Town { snapshot: Snapshot::empty(workspace), now: at("2026-11-23T02:30:00Z"), events: 0 }
}

fn capabilities(profile_zone: bool) -> Capabilities {
    Capabilities { profile_zone, invited: profile_zone, aside: true, ..Capabilities::LEAST }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone(name: &str) -> Zone {
    Zone::find(name).unwrap()
}

fn facts(user: &str, zone: Option<&str>) -> MemberFacts {
    MemberFacts {
        user: user.into(),
        name: user.to_lowercase(),
        zone: zone.map(str::to_owned),
        language: None,
        admin: false,
        bot: false,
        active: true,
    }
}

impl Town {
    fn with(mut self, users: &[&str]) -> Self {
        for user in users {
            self.snapshot
                .members
                .insert((*user).into(), Member { name: user.to_lowercase(), ..Member::unknown((*user).into()) });
        }
        self
    }
    fn with_admins(mut self, users: &[&str]) -> Self {
        self = self.with(users);
        for user in users {
            self.member_mut(user).admin = true;
        }
        self
    }
    fn member(&self, user: &str) -> &Member {
        &self.snapshot.members[&UserId::from(user)]
    }
    fn member_mut(&mut self, user: &str) -> &mut Member {
        self.snapshot.members.get_mut(&UserId::from(user)).unwrap()
    }
    /// Decides, checks that deciding again is the same, and applies.
    fn happens(&mut self, event: Event) -> Decision {
        self.events += 1;
        let inbound = Inbound { key: format!("e{}", self.events).as_str().into(), workspace: "test:T1".into(), event };
        let decide_once = || {
            let mut cause = Cause::of(&inbound, self.now);
            let (decision, seen) = decide(&self.snapshot, &inbound.event, &mut cause);
            assert_eq!(decision.changes.is_empty(), matches!(seen, Cow::Borrowed(_)), "a copy only where needed");
            (decision, seen.into_owned())
        };
        let (decision, seen) = decide_once();
        assert_eq!(decide_once(), (decision.clone(), seen.clone()), "deciding again gives the same");
        let mut applied = self.snapshot.clone();
        for change in &decision.changes {
            let change::Change::People(change) = change else { panic!("not ours: {change:?}") };
            apply(&mut applied, change);
        }
        assert_eq!(applied, seen, "what later features see is what is written");
        self.snapshot = seen;
        decision
    }
    fn runs(&mut self, user: &str, line: &str) -> Decision {
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        self.happens(Event::Command { by: Origin::of(user), invocation: parse(command, rest) })
    }
    fn settles(&mut self, owed: &Owed, outcome: Outcome) -> Decision {
        self.happens(Event::Settled { effect: owed.clone(), outcome })
    }
    fn release(&self, owed: &Owed) -> Release {
        let effect::Effect::People(effect) = &owed.effect else { panic!("not ours: {owed:?}") };
        release(&self.snapshot, owed, effect, self.now)
    }
}

fn words_of(message: &Message) -> String {
    let blocks = message.0.iter().map(|block| match block {
        Block::Heading(title) => format!("# {title}"),
        Block::Text(text) | Block::Quote(text) | Block::Small(text) => flat(text),
        Block::Buttons(buttons) => {
            buttons.iter().map(|button| format!("[{}]", button.label)).collect::<Vec<_>>().join(" ")
        }
        Block::Divider => "---".into(),
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn said(decision: &Decision) -> String {
    match &decision.reply {
        Some(Reply::Say(message)) => words_of(message),
        other => panic!("no words: {other:?}"),
    }
}

fn owed(decision: &Decision) -> Vec<(&str, &effect::Effect)> {
    decision.effects.iter().map(|owed| (owed.lane.as_str(), &owed.effect)).collect()
}

fn posted() -> Outcome {
    Outcome::Sent(Posted { channel: "D1".into(), message: "1".into(), at: at("2026-11-23T02:30:01Z") })
}

#[test]
fn a_workspace_comes_in_and_its_people_are_asked_for() {
    let mut town = town();
    let seen = Seen::Workspace {
        name: "Nusantara".into(),
        bot: "JEDA".into(),
        capabilities: capabilities(true),
        language: Some(Language::Id),
        permalink: None,
    };
    let decision = town.happens(Event::Seen(seen.clone()));
    assert_eq!(town.snapshot.workspace.language, Language::Id);
    assert_eq!(
        owed(&decision),
        [
            ("errand/directory", &effect::Effect::Errand(Errand::Directory)),
            ("errand/channels", &effect::Effect::Errand(Errand::Channels)),
            ("errand/groups", &effect::Effect::Errand(Errand::Groups))
        ]
    );
    let [WakeChange::Set(due)] = &decision.wakes[..] else { panic!("{:?}", decision.wakes) };
    assert_eq!((due.key.as_str(), due.at), ("refresh", at("2026-11-24T02:30:00Z")));
    // Coming back the same, it has nothing to write.
    assert!(town.happens(Event::Seen(seen)).changes.is_empty());
    let wake = town.happens(Event::Wake(due.wake.clone()));
    assert_eq!((wake.effects.len(), wake.wakes.len(), wake.changes.len()), (3, 1, 0));
}

#[test]
fn who_is_in_a_group_that_norms_are_about_is_asked_for() {
    let mut town = town();
    let exempt = crate::norm::Exempt { groups: [("G9".into(), "on-call".into())].into(), ..Default::default() };
    let norm = crate::norm::Norm {
        name: "nights".into(),
        enforce: crate::norm::Enforce::Observe,
        scope: crate::norm::Scope::Workspace,
        exempt,
        rule: crate::norm::Rule::usual(crate::norm::Kind::QuietHours),
    };
    let set = crate::norm::NormSet(vec![norm]);
    town.snapshot.norms = Some(crate::norm::Revision { number: 1, by: "lia".into(), at: town.now, set }.into());
    let wake = town.happens(Event::Wake(wake::Wake::People(Wake::Refresh)));
    let errand = effect::Effect::Errand(Errand::GroupMembers("G9".into()));
    assert!(owed(&wake).contains(&("errand/group/G9", &errand)));
}

#[test]
fn whoever_is_missing_in_the_directory_has_left() {
    let mut town = town().with(&["ANA", "BUDI"]);
    town.happens(Event::Seen(Seen::Directory(vec![facts("ANA", None), facts("CITRA", Some("Asia/Makassar"))])));
    assert!(town.member("ANA").active && !town.member("BUDI").active);
    assert_eq!(town.member("CITRA").profile_zone, Some(zone("Asia/Makassar")));
    // The same again writes nothing, and an empty one is a slip.
    let same = vec![facts("ANA", None), facts("CITRA", Some("Asia/Makassar"))];
    assert!(town.happens(Event::Seen(Seen::Directory(same))).changes.is_empty());
    assert!(town.happens(Event::Seen(Seen::Directory(Vec::new()))).changes.is_empty());
}

#[test]
fn a_profiles_zone_is_followed_until_somebody_sets_their_own() {
    let mut town = town().with(&["ANA"]);
    let zone_now = |town: &Town| town.member("ANA").zone(&town.snapshot.workspace).name().to_owned();
    town.happens(Event::Seen(Seen::Member(facts("ANA", Some("Europe/London")))));
    assert_eq!(zone_now(&town), "Europe/London");
    town.runs("ANA", "/hours Asia/Jakarta");
    town.happens(Event::Seen(Seen::Member(facts("ANA", Some("Asia/Kathmandu")))));
    assert_eq!(zone_now(&town), "Asia/Jakarta");
    town.runs("ANA", "/hours reset");
    assert_eq!(zone_now(&town), "Asia/Kathmandu");
    // Null, and a name that does not exist: the workspace's serves.
    for nothing in [None, Some("Mars/Olympus")] {
        town.happens(Event::Seen(Seen::Member(facts("ANA", nothing))));
        assert_eq!(zone_now(&town), "UTC");
        assert!(town.member("ANA").zone_guessed());
    }
}

#[test]
fn commands_are_hot_so_facts_in_passing_are_written_once() {
    let mut town = town();
    let by = Origin { name: Some("Ana".into()), language: Some(Language::Id), admin: Some(true), ..Origin::of("ANA") };
    let event = Event::Command { by, invocation: parse("/hours", "") };
    let first = town.happens(event.clone());
    assert_eq!(first.changes.len(), 1);
    assert_eq!(owed(&first), [("errand/member/ANA", &effect::Effect::Errand(Errand::Member("ANA".into())))]);
    assert!(said(&first).starts_with("# Jam kerja Anda"), "{}", said(&first));
    let member = town.member("ANA");
    assert_eq!((member.name.as_str(), member.admin, member.language), ("Ana", true, Some(Language::Id)));
    let second = town.happens(event);
    assert!(second.changes.is_empty() && second.effects.is_empty());
    // A profile without a language doesn't take away the one that the client told.
    town.happens(Event::Seen(Seen::Member(facts("ANA", None))));
    assert_eq!(town.member("ANA").language, Some(Language::Id));
}

#[test]
fn channels_and_who_is_in_them() {
    let mut town = town().with(&["ANA"]);
    let eng = ChannelFacts {
        channel: "C1".into(),
        name: "eng".into(),
        open: true,
        archived: false,
        private: Some(false),
        takes_back: false,
    };
    town.happens(Event::Seen(Seen::Channels(vec![eng.clone()])));
    assert!(town.happens(Event::Seen(Seen::Channel(eng))).changes.is_empty());
    let members =
        Seen::ChannelMembers { channel: "C1".into(), members: vec!["ANA".into(), "BUDI".into(), "JEDA".into()] };
    let decision = town.happens(Event::Seen(members.clone()));
    assert_eq!(owed(&decision), [("errand/member/BUDI", &effect::Effect::Errand(Errand::Member("BUDI".into())))]);
    assert!(town.happens(Event::Seen(members)).changes.is_empty());
    let joined = Event::Seen(Seen::Joined { channel: "C1".into(), user: "CITRA".into() });
    assert_eq!(town.happens(joined.clone()).changes.len(), 1);
    assert!(town.happens(joined).changes.is_empty());
    town.happens(Event::Seen(Seen::Left { channel: "C1".into(), user: "ANA".into() }));
    assert_eq!(town.snapshot.channel_members[&ChannelId::from("C1")].len(), 3);
    let many: Vec<UserId> = (0..100).map(|n| UserId::new(format!("U{n:03}"))).collect();
    let group = town.happens(Event::Seen(Seen::GroupMembers { group: "G1".into(), members: many }));
    assert_eq!(owed(&group), [("errand/directory", &effect::Effect::Errand(Errand::Directory))]);
    let named = |all: &[(&str, &str)]| {
        let facts = |(group, name): &(&str, &str)| GroupFacts { group: (*group).into(), name: (*name).into() };
        Event::Seen(Seen::Groups(all.iter().map(facts).collect()))
    };
    town.happens(named(&[("G2", "backend"), ("G1", "on-call")]));
    assert_eq!(town.snapshot.groups[&GroupId::from("G1")].name, "on-call");
    assert!(town.happens(named(&[("G1", "on-call"), ("G2", "backend")])).changes.is_empty());
    town.happens(named(&[("G1", "pager")]));
    assert_eq!(town.snapshot.groups.values().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["pager"]);
    // It is not in the list of open channels any more.
    town.happens(Event::Seen(Seen::Channels(Vec::new())));
    assert!(!town.snapshot.channels[&ChannelId::from("C1")].open);
    let gone = Seen::Unavailable { errand: Errand::ChannelMembers("C1".into()), refusal: Refusal::ChannelGone };
    town.happens(Event::Seen(gone));
    assert!(town.snapshot.channels[&ChannelId::from("C1")].archived);
}

#[test]
fn one_administrator_hears_of_a_dead_token_once_it_lives() {
    let mut town = town().with(&["ANA"]).with_admins(&["BUDI", "CITRA"]);
    town.member_mut("BUDI").own_zone = Some(zone("Asia/Jakarta"));
    town.happens(Event::Seen(Seen::Locked { reason: "token_revoked".into() }));
    let since = town.now;
    assert_eq!(town.snapshot.workspace.locked_since, Some(since));
    town.now = at("2026-11-23T05:00:00Z");
    let again = town.happens(Event::Seen(Seen::Locked { reason: "token_revoked".into() }));
    assert!(again.changes.is_empty(), "it is locked since the first time");
    assert!(town.happens(Event::Wake(crate::wake::Wake::People(Wake::Refresh))).effects.is_empty());
    let unlocked = town.happens(Event::Seen(Seen::Unlocked));
    assert_eq!(town.snapshot.workspace.locked_since, None);
    let tell = Effect::TellAdmin { admin: "BUDI".into(), trouble: Trouble::Locked { since, until: town.now } };
    assert_eq!(owed(&unlocked)[0], ("dm/BUDI", &effect::Effect::People(tell)));
    assert!(town.happens(Event::Seen(Seen::Unlocked)).effects.is_empty());
    let Release::Send(out) = town.release(&unlocked.effects[0]) else { panic!("noon in Jakarta") };
    assert_eq!(out.to, Target::Direct("BUDI".into()));
    insta::assert_snapshot!(words_of(&out.message), @"jeda could not work here from Monday 23 November, 9:30 until Monday 23 November, 12:00: its token was not accepted. It works again now. What was still of use has been sent; the rest is in the receipts.");
    // At night it waits for the morning.
    town.now = at("2026-11-23T15:00:00Z");
    assert_eq!(town.release(&unlocked.effects[0]), Release::Wait(at("2026-11-24T02:00:00Z")));
    // Budi can't be reached: Citra is told, and after her nobody.
    let next = town.settles(&unlocked.effects[0], Outcome::Refused(Refusal::DirectMessagesClosed));
    assert!(town.member("BUDI").direct_closed);
    assert_eq!(owed(&next)[0].0, "dm/CITRA");
    let last = town.settles(&next.effects[0], Outcome::Refused(Refusal::MemberGone));
    assert!(last.effects.is_empty() && !town.member("CITRA").active);
    assert!(matches!(last.receipts[0].what, What::Skipped(receipt::Why::People(Why::Refused(Refusal::MemberGone)))));
}

#[test]
fn hours_are_shown_and_set() {
    let mut town = town().with(&["ANA"]);
    insta::assert_snapshot!(said(&town.runs("ANA", "/hours")), @r"
    # Your hours
    You work Monday to Friday 9:00–17:00 (UTC).
    Your time zone is not known yet. Until you say it, the team’s serves: UTC.
    No public holidays are set. /hours holidays ID takes those of a country or region.
    jeda asks you only inside your hours. Change them like this: /hours Asia/Jakarta mon-fri 9:00-17:30. /hours reset takes back what you set.
    [Set my hours]
    ");
    insta::assert_snapshot!(said(&town.runs("ANA", "/hours Asia/Jakarta mon-fri 9:00-17:30")), @"Saved. You work Monday to Friday 9:00–17:30 (Asia/Jakarta), and jeda asks you only then.");
    insta::assert_snapshot!(said(&town.runs("ANA", "/hours")), @r"
    # Your hours
    You work Monday to Friday 9:00–17:30 (Asia/Jakarta).
    You chose your time zone yourself.
    No public holidays are set. /hours holidays ID takes those of a country or region.
    jeda asks you only inside your hours. Change them like this: /hours Asia/Jakarta mon-fri 9:00-17:30. /hours reset takes back what you set.
    [Set my hours]
    ");
    insta::assert_snapshot!(said(&town.runs("ANA", "/hours Asia/Jakata")), @r"
    There is no time zone Asia/Jakata. Did you mean Asia/Jakarta?
    jeda asks you only inside your hours. Change them like this: /hours Asia/Jakarta mon-fri 9:00-17:30. /hours reset takes back what you set.
    ");
    assert!(town.runs("ANA", "/hours Asia/Jakarta mon-fri 9:00-17:30").changes.is_empty(), "nothing new");
}

#[test]
fn hours_by_form() {
    let mut town = town().with(&["ANA"]);
    let click = Event::Click { by: Origin::of("ANA"), action: crate::action::Action::People(Action::SetHours) };
    let Some(Reply::Open(form)) = town.happens(click.clone()).reply else { panic!("no form") };
    assert_eq!(form.fields[0].value, None, "a guess is no fact");
    let submit = |zone: &str, hours: &str| Event::Submit {
        by: Origin::of("ANA"),
        form: form.id.clone(),
        values: BTreeMap::from([("zone".into(), zone.into()), ("hours".into(), hours.into())]),
    };
    let Some(Reply::Invalid(wrong)) = town.happens(submit("Asia/Jakata", "mornings")).reply else { panic!("accepted") };
    insta::assert_debug_snapshot!(wrong, @r#"
    [
        (
            "zone",
            "There is no time zone Asia/Jakata. Did you mean Asia/Jakarta?",
        ),
        (
            "hours",
            "I could not read mornings as working hours. Type them like mon-fri 9:00-17:30.",
        ),
    ]
    "#);
    assert!(town.member("ANA").zone_guessed());
    town.happens(submit("asia/jakarta", "mon-thu 8:00-16:00"));
    assert_eq!(town.member("ANA").own_zone, Some(zone("Asia/Jakarta")));
    let week = town.member("ANA").own_hours.clone();
    assert!(week.is_some());
    let Some(Reply::Open(form)) = town.happens(click).reply else { panic!("no form") };
    assert_eq!(form.fields[0].value.as_deref(), Some("Asia/Jakarta"));
    // The zone emptied is taken back; the week left empty stays.
    town.happens(submit("", ""));
    assert_eq!((&town.member("ANA").own_zone, &town.member("ANA").own_hours), (&None, &week));
    // Left as the profile has it, it goes on following the profile.
    town.happens(Event::Seen(Seen::Member(facts("ANA", Some("Europe/London")))));
    town.happens(submit("Europe/London", ""));
    assert_eq!(town.member("ANA").own_zone, None);
}

#[test]
fn away_and_back() {
    let mut town = town().with(&["ANA"]);
    town.member_mut("ANA").own_zone = Some(zone("Asia/Jakarta"));
    insta::assert_snapshot!(said(&town.runs("ANA", "/away until monday")), @"You are away until Monday 30 November. Nothing is asked of you until then. /back ends it sooner.");
    let leave = Absence { from: town.now, until: Some(at("2026-11-29T17:00:00Z")), why: None };
    assert_eq!(town.member("ANA").absences, std::slice::from_ref(&leave));
    // Longer after all: one leave, from its beginning.
    town.now = at("2026-11-24T02:30:00Z");
    insta::assert_snapshot!(said(&town.runs("ANA", "/away")), @"You are away. Nothing is asked of you until you type /back.");
    assert_eq!(town.member("ANA").absences, [Absence { until: None, ..leave.clone() }]);
    insta::assert_snapshot!(said(&town.runs("ANA", "/back")), @"Welcome back. From now on you are asked again, inside your hours.");
    // It is over, and known to have been.
    assert_eq!(town.member("ANA").absences, [Absence { until: Some(town.now), ..leave }]);
    insta::assert_snapshot!(said(&town.runs("ANA", "/back now")), @"You were neither away nor in focus. /hours shows when you are asked.");
    insta::assert_snapshot!(said(&town.runs("ANA", "/away someday")), @r"
    I could not read someday as a day. Type it like monday, 1 december or 2026-12-01.
    Type it like /away until monday, /away 2026-12-28 or /away 3 days visiting family.
    ");
    assert!(!town.member("ANA").absences.iter().any(|leave| leave.holds(town.now)));
}

#[test]
fn away_with_a_reason() {
    let mut town = town().with(&["ANA"]);
    town.member_mut("ANA").own_zone = Some(zone("Asia/Jakarta"));
    insta::assert_snapshot!(said(&town.runs("ANA", "/away until monday to see my family")), @r"
    You are away until Monday 30 November. Nothing is asked of you until then. /back ends it sooner.
    Whoever asks when you work reads your reason: to see my family
    ");
    assert_eq!(town.member("ANA").absences[0].why.as_deref(), Some("to see my family"));
    // The same in two fields, as Discord has them.
    let args = BTreeMap::from([("until".into(), "3 days".into()), ("why".into(), "at the dentist".into())]);
    let invocation = Invocation { path: vec!["away".into()], args, trouble: None };
    town.happens(Event::Command { by: Origin::of("ANA"), invocation });
    assert_eq!(town.member("ANA").absences[0].why.as_deref(), Some("at the dentist"));
    let long = format!("/away until monday {}", "x".repeat(301));
    insta::assert_snapshot!(said(&town.runs("ANA", &long)), @"Please keep the reason to 300 characters.");
}

#[test]
fn a_focus_block_begins_now_and_ends_by_itself_or_sooner() {
    let mut town = town().with(&["ANA"]);
    town.member_mut("ANA").own_zone = Some(zone("Asia/Jakarta"));
    let state = |town: &Town| town.member("ANA").declared(&town.snapshot.workspace).at(town.now);
    insta::assert_snapshot!(said(&town.runs("ANA", "/focus")), @r"
    You are not in focus.
    Type it like /focus 2h, /focus 90m the proposal or /focus until 14:00. /focus off ends it.
    ");
    insta::assert_snapshot!(said(&town.runs("ANA", "/focus 2h writing *the* plan")), @r"
    You are in focus until 11:30. Until then jeda brings you only what can’t wait. /focus off ends it sooner.
    Whoever asks when you work reads your reason: writing *the* plan
    ");
    let two_hours = Some(at("2026-11-23T04:30:00Z"));
    let why = Some("writing *the* plan".to_owned());
    assert_eq!(state(&town), Availability { state: State::Focus, why, until: two_hours });
    insta::assert_snapshot!(said(&town.runs("ANA", "/hours")), @r"
    # Your hours
    You work Monday to Friday 9:00–17:00 (Asia/Jakarta).
    You chose your time zone yourself.
    You are in focus until 11:30.
    No public holidays are set. /hours holidays ID takes those of a country or region.
    jeda asks you only inside your hours. Change them like this: /hours Asia/Jakarta mon-fri 9:00-17:30. /hours reset takes back what you set.
    [Set my hours]
    ");
    // Longer after all, and without a word about it: one block, from its beginning.
    town.now = at("2026-11-23T03:00:00Z");
    insta::assert_snapshot!(said(&town.runs("ANA", "/focus until 12:00")), @"You are in focus until 12:00. Until then jeda brings you only what can’t wait. /focus off ends it sooner.");
    let block = town.member("ANA").focus.clone().unwrap();
    assert_eq!((block.from, block.until, block.why), (at("2026-11-23T02:30:00Z"), at("2026-11-23T05:00:00Z"), None));
    insta::assert_snapshot!(said(&town.runs("ANA", "/focus off")), @"Your focus block is over. Questions that waited for you come now.");
    assert_eq!(state(&town).state, State::Working);
    insta::assert_snapshot!(said(&town.runs("ANA", "/focus off")), @"You were not in focus. /focus 2h begins.");
    // `/back` ends it too.
    town.runs("ANA", "/focus 30 menit");
    insta::assert_snapshot!(said(&town.runs("ANA", "/back")), @"Welcome back. From now on you are asked again, inside your hours.");
    assert_eq!(state(&town).state, State::Working);
}

#[test]
fn a_focus_block_that_cannot_be_is_told() {
    let mut town = town().with(&["ANA"]);
    town.member_mut("ANA").own_zone = Some(zone("Asia/Jakarta"));
    insta::assert_snapshot!(said(&town.runs("ANA", "/focus a while")), @r"
    I could not read a while as a length of time. Type it like 4h, 90m or 1h30.
    Type it like /focus 2h, /focus 90m the proposal or /focus until 14:00. /focus off ends it.
    ");
    for long in ["/focus 13h", "/focus until friday deep work", "/focus 3 days"] {
        assert!(said(&town.runs("ANA", long)).contains("at most 12 hours"), "{long}");
    }
    assert!(said(&town.runs("ANA", &format!("/focus 2h {}", "x".repeat(301)))).contains("300 characters"));
    // At night it would change nothing; a block that reaches into the morning does.
    town.now = at("2026-11-23T22:00:00Z");
    insta::assert_snapshot!(said(&town.runs("ANA", "/focus 2h")), @"You work next from 9:00 on, and until then nothing is asked of you anyway. A focus block is for time inside your hours.");
    assert_eq!(town.member("ANA").focus, None);
    town.runs("ANA", "/focus 5h");
    assert!(town.member("ANA").focus.is_some());
    town.runs("ANA", "/back");
    town.runs("ANA", "/away until friday");
    insta::assert_snapshot!(said(&town.runs("ANA", "/focus 2h")), @"You are away, and nothing is asked of you anyway. /back ends it.");
}

#[test]
fn holidays_are_those_of_ones_own_country() {
    let mut town = two_places();
    let on = |town: &Town, user: &str, day: &str| {
        let noon = at(&format!("{day}T12:00:00Z"));
        town.member(user).declared(&town.snapshot.workspace).at(noon).state
    };
    insta::assert_snapshot!(said(&town.runs("ANA", "/hours holidays Indonesia")), @"Public holidays: Indonesia, as you chose; known until the end of 2030. The next day off is Friday 25 December: Christmas Day.");
    insta::assert_snapshot!(said(&town.runs("BUDI", "/hours mon-fri 9-17 holidays gb-eng")), @r"
    Saved. You work Monday to Friday 9:00–17:00 (Europe/London), and jeda asks you only then.
    Public holidays: United Kingdom, England, as you chose; known until the end of 2030. The next day off is Friday 25 December: Christmas Day.
    ");
    // Boxing Day fell on a Saturday, and only London has Monday off for it.
    assert_eq!(on(&town, "BUDI", "2026-12-28"), State::Holiday("Boxing Day (observed)".into()));
    assert!(!matches!(on(&town, "ANA", "2026-12-28"), State::Holiday(_)));
    assert_eq!(on(&town, "ANA", "2026-08-17"), State::Holiday("Indonesia's Independence Day".into()));
    // Who chose none has the team's; the team's own days are everybody's.
    assert_eq!(on(&town, "CITRA", "2026-12-28"), State::Working);
    town.snapshot.workspace.calendar = Calendar::find("GB").ok();
    town.snapshot.workspace.holidays.0.insert("2026-12-30".parse().unwrap(), "Team day".into());
    assert!(matches!(on(&town, "CITRA", "2026-12-28"), State::Holiday(_)));
    for user in ["ANA", "BUDI", "CITRA"] {
        assert_eq!(on(&town, user, "2026-12-30"), State::Holiday("Team day".into()), "{user}");
    }
    insta::assert_snapshot!(said(&town.runs("CITRA", "/hours")), @r"
    # Your hours
    You work Monday to Friday 9:00–17:00 (UTC).
    Your time zone is not known yet. Until you say it, the team’s serves: UTC.
    Public holidays: United Kingdom, as for your team; known until the end of 2030. The next day off is Friday 25 December: Christmas Day.
    jeda asks you only inside your hours. Change them like this: /hours Asia/Jakarta mon-fri 9:00-17:30. /hours reset takes back what you set.
    [Set my hours]
    ");
    insta::assert_snapshot!(said(&town.runs("BUDI", "/hours libur tim")), @"Public holidays: United Kingdom, as for your team; known until the end of 2030. The next day off is Friday 25 December: Christmas Day.");
    assert_eq!(town.member("BUDI").own_calendar, None);
    town.runs("ANA", "/hours reset");
    assert_eq!(town.member("ANA").own_calendar, None);
}

#[test]
fn a_country_that_is_not_known_is_told_with_the_nearest() {
    let mut town = two_places();
    insta::assert_snapshot!(said(&town.runs("ANA", "/hours holidays Indonesa")), @r"
    I know no country or region Indonesa. Did you mean ID (Indonesia) or IN (India)?
    Type it like /hours holidays ID, /hours holidays GB-ENG or /hours holidays Indonesia. /hours holidays team follows your team’s again.
    ");
    insta::assert_snapshot!(said(&town.runs("ANA", "/hours mon-fri 9-17 holidays <!channel>")), @r"
    I know no country or region <!channel>.
    Type it like /hours holidays ID, /hours holidays GB-ENG or /hours holidays Indonesia. /hours holidays team follows your team’s again.
    ");
    assert_eq!((town.member("ANA").own_calendar, &town.member("ANA").own_hours), (None, &None), "nothing is half done");
    // As Discord has it, in a field of its own; hours that can't be read change nothing either.
    let args = BTreeMap::from([("hours".into(), "mornings".into()), ("holidays".into(), "ID".into())]);
    let invocation = Invocation { path: vec!["hours".into()], args, trouble: None };
    let decision = town.happens(Event::Command { by: Origin::of("ANA"), invocation });
    assert!(said(&decision).contains("mornings") && decision.changes.is_empty());
}

/// Ana in Jakarta, Budi in London, and an hour at which both work: 16:30 and 9:30.
fn two_places() -> Town {
    let mut town = town().with(&["ANA", "BUDI", "CITRA"]);
    town.member_mut("ANA").own_zone = Some(zone("Asia/Jakarta"));
    town.member_mut("BUDI").own_zone = Some(zone("Europe/London"));
    town.now = at("2026-11-23T09:30:00Z");
    town
}

/// Norms of how long an answer may take: everywhere, in `#eng`, and for a group.
fn windows(everywhere: (norm::Enforce, u16), eng: u16, group: u16) -> std::sync::Arc<norm::Revision> {
    let window =
        |hours| norm::Rule::ResponseWindow(norm::ResponseWindow { working_hours: hours, ..Default::default() });
    let norm = |name: &str, enforce, scope, hours| norm::Norm {
        name: name.to_owned(),
        enforce,
        scope,
        exempt: norm::Exempt::default(),
        rule: window(hours),
    };
    let eng_only = norm::Scope::Channels([("C1".into(), "eng".to_owned())].into());
    let on_call = norm::Scope::Groups([("G1".into(), "on-call".to_owned())].into());
    let observe = norm::Enforce::Observe;
    let set = norm::NormSet(vec![
        norm("all", everywhere.0, norm::Scope::Workspace, everywhere.1),
        norm("eng", observe, eng_only, eng),
        norm("on-call", observe, on_call, group),
    ]);
    std::sync::Arc::new(norm::Revision { number: 1, by: "lia".into(), at: at("2026-11-20T00:00:00Z"), set })
}

#[test]
fn when_somebody_works_is_told_in_both_times() {
    let mut town = two_places();
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when <@ANA>")), @"@ANA works until 10:00 (17:00 there).");
    town.now = at("2026-11-23T11:00:00Z");
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when <@ANA>")), @"@ANA is off and works again from Tuesday 24 November, 2:00 (9:00 there).");
    town.now = at("2026-11-27T11:00:00Z");
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when <@ANA>, <@BUDI> <@ANA>")), @r"
    @ANA is off and works again from Monday 30 November, 2:00 (9:00 there).
    @BUDI works until 17:00.
    ");
    // Who has not said where they are reads both times, and is told so of others.
    insta::assert_snapshot!(said(&town.runs("CITRA", "/when <@BUDI> <@CITRA>")), @r"
    @BUDI works until 17:00 (17:00 there).
    @CITRA works until 17:00 (17:00 there). They have not said where they are; this goes by the team’s zone, UTC.
    ");
    town.now = at("2026-11-24T03:00:00Z");
    town.runs("ANA", "/focus until 12:00 the *plan*");
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when <@ANA>")), @"@ANA is in focus until 5:00 (12:00 there). They say: the *plan*");
    town.runs("ANA", "/away until friday family");
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when <@ANA>")), @"@ANA is away and works again from Friday 27 November, 2:00 (9:00 there). They say: family");
    town.runs("ANA", "/away");
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when <@ANA>")), @"@ANA is away and has not said until when.");
    town.runs("ANA", "/back");
    town.snapshot.workspace.holidays.0.insert("2026-11-24".parse().unwrap(), "Hari *Guru*".into());
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when <@ANA>")), @"@ANA has a holiday, Hari *Guru*, and works again from Wednesday 25 November, 2:00 (9:00 there).");
    town.member_mut("ANA").own_hours = Some(WorkingWeek(BTreeMap::new()));
    town.snapshot.workspace.holidays.0.clear();
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when <@ANA>")), @"@ANA has no working hours ahead.");
}

#[test]
fn by_when_an_answer_can_be_expected_goes_by_the_norm_that_holds_there() {
    let mut town = two_places();
    let answer = |town: &mut Town, channel: &str| {
        let by = Origin { channel: Some(channel.into()), ..Origin::of("BUDI") };
        let said = said(&town.happens(Event::Command { by, invocation: parse("/when", "<@ANA>") }));
        said.split_once(" An answer can be expected by ").map(|(_, by)| by.to_owned())
    };
    assert_eq!(answer(&mut town, "C2"), None, "no norm, no promise");
    town.snapshot.norms = Some(windows((norm::Enforce::Observe, 8), 2, 1));
    // Half an hour of today is left in Jakarta, and then a night.
    assert_eq!(answer(&mut town, "C2").unwrap(), "Tuesday 24 November, 9:30 (16:30 there).");
    assert_eq!(answer(&mut town, "C1").unwrap(), "Tuesday 24 November, 3:30 (10:30 there).");
    // Of those on call an answer comes sooner, but a channel is narrower than a group.
    let places = crate::snapshot::Places { groups: ["G1".into()].into(), ..Default::default() };
    town.snapshot.places.insert("ANA".into(), places);
    assert_eq!(answer(&mut town, "C2").unwrap(), "Tuesday 24 November, 2:30 (9:30 there).");
    assert_eq!(answer(&mut town, "C1").unwrap(), "Tuesday 24 November, 3:30 (10:30 there).");
    town.snapshot.places.clear();
    // Leave with an open end promises nothing, and neither does a norm that is off.
    town.runs("ANA", "/away");
    assert_eq!(answer(&mut town, "C2"), None);
    town.runs("ANA", "/back");
    town.snapshot.norms = Some(windows((norm::Enforce::Off, 8), 2, 1));
    assert_eq!(answer(&mut town, "C2"), None);
}

#[test]
fn pauses_are_asked_for_in_parts_and_are_quiet_with_their_end() {
    let mut town = two_places();
    let everyone = |town: &mut Town| {
        let people: Vec<MemberFacts> = (0..120).map(|n| facts(&format!("U{n:03}"), None)).collect();
        town.happens(Event::Seen(Seen::Directory(people)))
    };
    assert!(everyone(&mut town).effects.is_empty(), "this platform tells nobody of them");
    town.snapshot.workspace.capabilities.pauses = true;
    let asked: Vec<usize> = everyone(&mut town)
        .effects
        .iter()
        .map(|owed| match &owed.effect {
            effect::Effect::Errand(Errand::Pauses(users)) => users.len(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(asked, [50, 50, 20], "bots and whoever left are not asked about");

    let mut town = two_places();
    let pause = PauseFacts { user: "ANA".into(), from: town.now, until: at("2026-11-23T09:50:00Z") };
    let paused = |paused| Event::Seen(Seen::Pauses { asked: vec!["ANA".into(), "BUDI".into()], paused });
    assert_eq!(town.happens(paused(vec![pause.clone()])).changes.len(), 1);
    assert!(town.happens(paused(vec![pause])).changes.is_empty(), "nothing new");
    let is = town.member("ANA").declared(&town.snapshot.workspace).at(town.now);
    assert_eq!(is, Availability { state: State::Quiet, why: None, until: Some(at("2026-11-23T09:50:00Z")) });
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when <@ANA>")), @"@ANA is off and works again from 9:50 (16:50 there).");
    // A focus block is for her hours, whatever her client is told.
    assert!(said(&town.runs("ANA", "/focus 2h")).starts_with("You are in focus"));
    town.happens(paused(vec![]));
    assert_eq!(town.member("ANA").pause, None);
}

#[test]
fn when_nobody_can_be_told_of_it_says_why() {
    let mut town = two_places();
    town.member_mut("CITRA").bot = true;
    town.member_mut("ANA").active = false;
    let decision = town.runs("BUDI", "/when <@ANA> <@CITRA> <@NOBODY> <&G1> @ana everyone");
    insta::assert_snapshot!(said(&decision), @r"
    @ANA is no longer here.
    @CITRA is a bot and keeps no hours.
    I have not met @NOBODY yet, and am asking who they are. Please try again in a moment.
    I tell it of people, not of groups. Name them one by one.
    I can’t find @ana. Pick people from the list that opens after an @.
    I can’t find everyone. Pick people from the list that opens after an @.
    ");
    assert_eq!(owed(&decision), [("errand/member/NOBODY", &effect::Effect::Errand(Errand::Member("NOBODY".into())))]);
    insta::assert_snapshot!(said(&town.runs("BUDI", "/when")), @"Name somebody: /when @ana tells when they work next, in your time and in theirs.");
    let many: String = (0..12).map(|n| format!("<@U{n}> ")).collect();
    let lines = said(&town.runs("BUDI", &format!("/when {many}")));
    assert_eq!(lines.lines().count(), 11);
    assert!(lines.ends_with("Ask again for the others."), "{lines}");
}

#[test]
fn an_administrators_message_waits_for_the_end_of_focus() {
    let mut town = town().with_admins(&["BUDI"]);
    town.member_mut("BUDI").own_zone = Some(zone("Asia/Jakarta"));
    town.runs("BUDI", "/focus 2h");
    town.happens(Event::Seen(Seen::Locked { reason: "token_revoked".into() }));
    let unlocked = town.happens(Event::Seen(Seen::Unlocked));
    assert_eq!(town.release(&unlocked.effects[0]), Release::Wait(at("2026-11-23T04:30:00Z")));
}

#[test]
fn a_zone_is_asked_for_once_and_in_their_hours() {
    let mut town = town().with(&["ANA"]);
    let decision = town.runs("ANA", "/standup list");
    let effect::Effect::People(effect) = &decision.effects[0].effect else { panic!("{:?}", decision.effects) };
    assert_eq!(effect, &Effect::AskZone("ANA".into()));
    assert!(town.runs("ANA", "/standup list").effects.is_empty());
    // It is 2:30 by the workspace's zone, the only one that is known.
    assert_eq!(town.release(&decision.effects[0]), Release::Wait(at("2026-11-23T09:00:00Z")));
    town.now = at("2026-11-23T09:00:00Z");
    let Release::Send(out) = town.release(&decision.effects[0]) else { panic!("nine o'clock") };
    insta::assert_snapshot!(words_of(&out.message), @r"
    Which time zone are you in? jeda asks you only inside your working hours, and nothing here tells it where you are.
    [Set my hours]
    Until you say, it goes by the team’s zone: UTC. You can also type /hours Asia/Jakarta. This is asked once.
    ");
    // She said it meanwhile.
    let mut other = Town { snapshot: town.snapshot.clone(), ..self::town() };
    other.runs("ANA", "/hours Asia/Jakarta");
    assert_eq!(other.release(&decision.effects[0]), Release::Skip(receipt::Why::People(Why::Obsolete)));
    let sent = town.settles(&decision.effects[0], posted());
    assert_eq!((sent.receipts[0].subject.as_str(), &sent.receipts[0].what), ("zone/ANA", &What::Sent));
    // Refused, it is not asked again.
    let refused = town.settles(&decision.effects[0], Outcome::Refused(Refusal::DirectMessagesClosed));
    assert!(refused.effects.is_empty() && town.member("ANA").direct_closed);
}

#[test]
fn who_is_away_for_an_unknown_time_is_asked_for_their_zone_when_they_are_back() {
    let mut town = town().with(&["ANA"]);
    let decision = town.runs("ANA", "/standup list");
    town.runs("ANA", "/away");
    let Release::Skip(why) = town.release(&decision.effects[0]) else { panic!("she is away") };
    town.settles(&decision.effects[0], Outcome::Skipped(why));
    town.runs("ANA", "/back");
    assert_eq!(town.runs("ANA", "/standup list").effects.len(), 1);
}

#[test]
fn nobody_is_asked_where_profiles_have_zones() {
    let mut town = town().with(&["ANA"]);
    town.snapshot.workspace.capabilities = capabilities(true);
    assert!(town.runs("ANA", "/standup list").effects.is_empty());
}

#[test]
fn a_refused_standup_message_tells_of_its_addressee_and_its_channel() {
    let mut town = town().with(&["ANA"]);
    let eng = Channel {
        channel: "C1".into(),
        name: "eng".into(),
        open: true,
        archived: false,
        private: false,
        takes_back: false,
    };
    town.snapshot.channels.insert("C1".into(), eng);
    let telling = crate::standup::Effect::Tell("ANA".into(), crate::standup::Telling::NothingOpen);
    let owed = |lane: &str| Owed {
        key: "k".into(),
        workspace: "test:T1".into(),
        lane: lane.into(),
        due_at: at("2026-11-23T02:30:00Z"),
        effect: effect::Effect::Standup(telling.clone()),
    };
    let direct = town.settles(&owed("dm/ANA"), Outcome::Refused(Refusal::DirectMessagesClosed));
    assert!(town.member("ANA").direct_closed && direct.receipts.is_empty());
    town.settles(&owed("ch/C1"), Outcome::Refused(Refusal::NotInChannel));
    assert!(!town.snapshot.channels[&ChannelId::from("C1")].open);
    // Who leaves and comes back may have opened them.
    town.happens(Event::Seen(Seen::Member(MemberFacts { active: false, ..facts("ANA", None) })));
    town.happens(Event::Seen(Seen::Member(facts("ANA", None))));
    assert!(!town.member("ANA").direct_closed);
}

#[test]
fn what_does_not_exist_is_answered_whoevers_it_would_be() {
    let mut town = town().with(&["ANA"]);
    insta::assert_snapshot!(said(&town.runs("ANA", "/standup lits")), @"There is no command /standup lits. Did you mean /standup list?");
    insta::assert_snapshot!(said(&town.runs("ANA", "/jeda xyzzy")), @"There is no command /jeda xyzzy. /jeda help shows what there is.");
    assert_eq!(town.runs("ANA", "/standup show").reply, None, "that is the standup's");
    assert!(said(&town.runs("ANA", "/jeda help standup skip")).starts_with("# /standup skip"));
}

#[test]
fn days_off_that_were_read_hold_until_they_are_read_otherwise() {
    let mut town = town().with(&["ANA"]);
    let days = |name: &str| Holidays([(jiff::civil::date(2026, 11, 23), name.to_owned())].into());
    let read = |all: &[(&str, Option<Holidays>)]| {
        Event::Seen(Seen::TeamDays(all.iter().map(|(name, days)| ((*name).to_owned(), days.clone())).collect()))
    };
    let state = |town: &Town| town.member("ANA").declared(&town.snapshot.workspace).at(town.now).state;
    town.happens(read(&[("one", Some(days("Team day"))), ("two", Some(Holidays::default()))]));
    assert_eq!(state(&town), State::Holiday("Team day".into()));
    assert!(town.happens(read(&[("one", None), ("two", None)])).changes.is_empty(), "what can't be read stays");
    town.snapshot.workspace.holidays = days("Ours");
    assert_eq!(state(&town), State::Holiday("Ours".into()), "what the configuration says itself comes first");
    town.snapshot.workspace.holidays = Holidays::default();
    town.happens(read(&[("two", None)]));
    assert_ne!(state(&town), State::Holiday("Team day".into()), "one that is named no more is gone");
}
