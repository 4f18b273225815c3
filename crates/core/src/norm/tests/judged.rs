//! Verdicts: whom a message may reach, who is told, and what sensible people leave alone.

use super::*;
use crate::{
    norm::verdict::{Act, Case, Conversation, Mentions, Message, Plainly, Reach, Recipient, Why, verdicts},
    time::{Availability, Span, State},
};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Two in the morning in Jakarta.
fn night() -> Timestamp {
    "2026-11-23T19:00:00Z".parse().unwrap()
}

fn users(all: &[&str]) -> BTreeSet<UserId> {
    all.iter().map(|user| UserId::new(*user)).collect()
}

/// A message of ben's in #eng at night, and everyone that it may reach: ana is off, ben himself, cici is at work.
#[derive(Clone, Debug)]
struct Night {
    author: UserId,
    author_is_bot: bool,
    channel: ChannelId,
    mentions: Mentions,
    edited_from: Option<Mentions>,
    no_reply_needed: bool,
    urgent: bool,
    people: Vec<(UserId, bool, Availability)>,
    spoke: BTreeMap<UserId, Timestamp>,
    nudged_at: Option<Timestamp>,
    norms: Option<Revision>,
    groups: GroupMembers,
    can_take_back: bool,
}

fn is(state: State) -> Availability {
    Availability { state, why: None, until: Some(night() + 7.hours()) }
}

impl Night {
    fn of(norms: Vec<DraftNorm>, mentions: &[&str]) -> Self {
        let person = |id: &str, state| (UserId::new(id), false, is(state));
        Self {
            author: UserId::new("U2"),
            author_is_bot: false,
            channel: ChannelId::new("C1"),
            mentions: Mentions { users: users(mentions), ..Mentions::default() },
            edited_from: None,
            no_reply_needed: false,
            urgent: false,
            people: vec![
                person("U1", State::Quiet),
                person("U2", State::Working),
                person("U3", State::Working),
                person("U4", State::Focus),
            ],
            spoke: BTreeMap::new(),
            nudged_at: None,
            norms: Some(revision(resolved(norms))),
            groups: GroupMembers::new(),
            can_take_back: true,
        }
    }

    fn judged<T>(&self, look: impl FnOnce(&[verdict::Verdict<'_>]) -> T) -> T {
        let zone = Zone::find("Asia/Jakarta").unwrap();
        let recipients: Vec<Recipient<'_>> = self
            .people
            .iter()
            .map(|(user, bot, availability)| Recipient { user, bot: *bot, availability, zone })
            .collect();
        look(&verdicts(&Case {
            message: Message {
                author: &self.author,
                author_is_bot: self.author_is_bot,
                channel: &self.channel,
                mentions: &self.mentions,
                edited_from: self.edited_from.as_ref(),
                no_reply_needed: self.no_reply_needed,
                urgent: self.urgent,
            },
            recipients: &recipients,
            conversation: Conversation { spoke: &self.spoke, nudged_at: self.nudged_at },
            norms: self.norms.as_ref(),
            groups: &self.groups,
            can_take_back: self.can_take_back,
            now: night(),
        }))
    }

    /// What is said of somebody, in the words of the enums.
    fn act(&self, user: &str) -> String {
        self.judged(|all| format!("{:?}", all.iter().find(|it| it.recipient.as_str() == user).unwrap().act))
    }

    fn acts(&self) -> BTreeMap<String, String> {
        self.judged(|all| all.iter().map(|it| (it.recipient.to_string(), format!("{:?}", it.act))).collect())
    }
}

fn quiet(enforce: Enforce) -> DraftNorm {
    draft("nights", Kind::QuietHours).at(enforce)
}

fn acted(act: Act<'_>) -> String {
    format!("{act:?}")
}

fn left(why: Why<'_>) -> String {
    acted(Act::Deliver(why))
}

#[test]
fn a_mention_of_somebody_who_is_off_is_judged_at_the_norms_level_with_its_facts() {
    for (level, act) in [
        (Enforce::Off, Act::Deliver(Why::NormOff)),
        (Enforce::Observe, Act::Observe),
        (Enforce::Nudge, Act::Nudge(Plainly::Asked)),
        (Enforce::Hold, Act::Hold),
    ] {
        let night = Night::of(vec![quiet(level)], &["U1"]);
        night.judged(|all| {
            let ana = all[0];
            assert_eq!(ana.act, act);
            assert_eq!((ana.norm.unwrap().name.as_str(), ana.revision), ("nights", Some(7)));
            assert_eq!((ana.reach, &ana.availability.state), (Some(Reach::Name), &State::Quiet));
            assert_eq!(all[2].act, Act::Deliver(Why::NotMentioned));
        });
    }
    assert_eq!(Night::of(vec![draft("blocks", Kind::Focus)], &["U1"]).act("U1"), left(Why::NoNorm));
    let none = Night { norms: None, ..Night::of(Vec::new(), &["U1"]) };
    assert_eq!(none.act("U1"), left(Why::NoNorm));
}

#[test]
fn every_way_of_being_off_counts_and_focus_has_a_norm_of_its_own() {
    for state in [State::DayOff, State::Holiday("Nyepi".to_owned()), State::Away] {
        let mut night = Night::of(vec![quiet(Enforce::Nudge)], &["U1"]);
        night.people[0].2 = is(state);
        assert_eq!(night.act("U1"), acted(Act::Nudge(Plainly::Asked)));
    }
    let both = || vec![quiet(Enforce::Nudge), draft("blocks", Kind::Focus).at(Enforce::Observe)];
    let night = Night::of(both(), &["U1", "U3", "U4"]);
    assert_eq!(night.act("U4"), acted(Act::Observe));
    assert_eq!(night.act("U3"), left(Why::AtWork));
    assert_eq!(Night::of(vec![quiet(Enforce::Nudge)], &["U4"]).act("U4"), left(Why::NoNorm));
}

#[test]
fn a_bots_words_ones_own_name_and_a_mention_of_a_bot_are_left_alone() {
    let usual = Night::of(vec![quiet(Enforce::Hold)], &["U1", "U2"]);
    assert_eq!(Night { author_is_bot: true, ..usual.clone() }.act("U1"), left(Why::FromBot));
    let own = Night { author: UserId::new("U1"), ..usual.clone() };
    assert_eq!(own.act("U1"), left(Why::Own), "though off");
    let mut bot = usual;
    bot.people[0].1 = true;
    assert_eq!(bot.act("U1"), left(Why::ToBot));
}

#[test]
fn whoever_takes_part_is_written_to() {
    let night = |minutes: i64| {
        let mut night = Night::of(vec![quiet(Enforce::Nudge)], &["U1"]);
        night.spoke.insert(UserId::new("U1"), super::judged::night() - minutes.minutes());
        night
    };
    assert_eq!(night(9).act("U1"), left(Why::TakesPart(super::judged::night() - 9.minutes())));
    assert_eq!(night(10).act("U1"), acted(Act::Nudge(Plainly::Asked)));
    assert_eq!(
        night(-1).act("U1"),
        left(Why::TakesPart(super::judged::night() + 1.minutes())),
        "a clock ahead of ours"
    );
}

#[test]
fn exemptions_are_kept() {
    let exempt = |exempt: DraftExempt| {
        let mut night = Night::of(vec![DraftNorm { exempt, ..quiet(Enforce::Hold) }], &["U1"]);
        night.groups.insert(GroupId::new("S1"), users(&["U1"]));
        night
    };
    let people = exempt(DraftExempt { people: names(&["@ana"]), ..DraftExempt::default() });
    assert_eq!(people.act("U1"), left(Why::OptedOut));
    let author = exempt(DraftExempt { people: names(&["@ben"]), ..DraftExempt::default() });
    assert_eq!(author.act("U1"), left(Why::AuthorOptedOut));
    let on_call = exempt(DraftExempt { groups: names(&["@on-call"]), ..DraftExempt::default() });
    assert_eq!(on_call.act("U1"), left(Why::Reachable(&GroupId::new("S1"))));
    let mut author_on_call = on_call;
    author_on_call.groups.insert(GroupId::new("S1"), users(&["U2"]));
    assert_eq!(author_on_call.act("U1"), acted(Act::Hold), "whoever is on call spares the others");
    let channel = exempt(DraftExempt { channels: names(&["#eng"]), ..DraftExempt::default() });
    assert_eq!(channel.act("U1"), left(Why::ChannelExempt));
}

#[test]
fn what_is_urgent_or_needs_no_reply_passes() {
    let usual = Night::of(vec![quiet(Enforce::Hold)], &["U1"]);
    assert_eq!(Night { urgent: true, ..usual.clone() }.act("U1"), left(Why::Urgent));
    assert_eq!(Night { no_reply_needed: true, ..usual }.act("U1"), left(Why::NoReplyNeeded));
    for (text, says) in [("[FYI] moved", true), ("done [fyi]", true), ("fyi", false), ("[fy", false), ("é[Fyi]é", true)]
    {
        assert_eq!(verdict::says_no_reply_needed(text), says, "{text}");
    }
}

#[test]
fn a_sender_is_told_once_in_a_while_and_observing_counts_the_same_way() {
    for level in [Enforce::Observe, Enforce::Nudge] {
        let told = |hours: i64| {
            let at = night() - hours.hours();
            Night { nudged_at: Some(at), ..Night::of(vec![quiet(level)], &["U1"]) }.act("U1")
        };
        assert_eq!(told(3), left(Why::NudgedAt(night() - 3.hours())));
        assert!(!told(4).contains("NudgedAt"));
    }
    let held = Night { nudged_at: Some(night()), ..Night::of(vec![quiet(Enforce::Hold)], &["U1"]) };
    assert_eq!(held.act("U1"), acted(Act::Hold), "each message is held, however lately its author was told");
}

#[test]
fn only_what_an_edit_adds_is_judged() {
    let before = |mentions: Mentions| {
        let edited = Some(mentions);
        Night { edited_from: edited, ..Night::of(vec![quiet(Enforce::Nudge)], &["U1"]) }.act("U1")
    };
    assert_eq!(before(Mentions::default()), acted(Act::Nudge(Plainly::Asked)));
    assert_eq!(before(Mentions { users: users(&["U3"]), ..Mentions::default() }), acted(Act::Nudge(Plainly::Asked)));
    assert_eq!(before(Mentions { users: users(&["U1"]), ..Mentions::default() }), left(Why::MentionedBefore));
    let everyone = Mentions { everyone: true, ..Mentions::default() };
    assert_eq!(before(everyone), left(Why::MentionedBefore), "it had reached her already");
}

#[test]
fn a_group_reaches_who_is_in_it() {
    let mut night = Night::of(vec![quiet(Enforce::Nudge)], &[]);
    night.mentions.groups.insert(GroupId::new("S2"));
    assert_eq!(night.act("U1"), left(Why::NotMentioned));
    night.groups.insert(GroupId::new("S2"), users(&["U1"]));
    night.judged(|all| assert_eq!((all[0].act, all[0].reach), (Act::Nudge(Plainly::Asked), Some(Reach::Group))));
}

#[test]
fn everyone_is_judged_by_the_share_of_those_who_are_off() {
    let night = |off: usize, all: usize, level| {
        let mut night = Night::of(vec![quiet(level)], &[]);
        night.mentions.everyone = true;
        let state = |n| if n < off { State::Quiet } else { State::Working };
        night.people = (0..all).map(|n| (UserId::new(format!("P{n}")), false, is(state(n)))).collect();
        // Neither the author nor a bot is one of those whom it reaches.
        night.people.push((night.author.clone(), false, is(State::Working)));
        night.people.push((UserId::new("B1"), true, is(State::Working)));
        night.act("P0")
    };
    assert_eq!(night(4, 10, Enforce::Nudge), left(Why::FewOff(4, 10)));
    assert_eq!(night(5, 10, Enforce::Nudge), acted(Act::Nudge(Plainly::Asked)));
    assert_eq!(night(5, 10, Enforce::Hold), acted(Act::Nudge(Plainly::SomebodyReadsNow)));
    assert_eq!(night(10, 10, Enforce::Hold), acted(Act::Hold), "a whole channel asleep");
    let mut named = Night::of(vec![quiet(Enforce::Nudge)], &["U1"]);
    named.mentions.everyone = true;
    named.people.extend((0..50).map(|n| (UserId::new(format!("P{n}")), false, is(State::Working))));
    assert_eq!(named.act("U1"), acted(Act::Nudge(Plainly::Asked)), "her name counts, however few are off");
}

#[test]
fn a_hold_gives_way_where_somebody_reads_it_now_or_the_platform_forbids_it() {
    let hold = || vec![quiet(Enforce::Hold)];
    assert_eq!(Night::of(hold(), &["U1", "U3"]).act("U1"), acted(Act::Nudge(Plainly::SomebodyReadsNow)));
    let forbidden = Night { can_take_back: false, ..Night::of(hold(), &["U1"]) };
    assert_eq!(forbidden.act("U1"), acted(Act::Nudge(Plainly::CantTakeBack)));
    let told = Night { nudged_at: Some(night()), ..forbidden };
    assert_eq!(told.act("U1"), left(Why::NudgedAt(night())), "what remains is a nudge, and as rare");
}

#[test]
fn a_norm_may_look_at_a_part_of_the_recipients_day() {
    let part = |from: i8, to: i8| {
        let between = Some(Span { from: civil::time(from, 0, 0, 0), to: civil::time(to, 0, 0, 0) });
        let rule = Rule::QuietHours(QuietHours { between, ..QuietHours::default() });
        Night::of(vec![DraftNorm { rule, ..quiet(Enforce::Nudge) }], &["U1"]).act("U1")
    };
    assert_eq!(part(22, 6), acted(Act::Nudge(Plainly::Asked)), "it is two in the morning there");
    assert_eq!(part(1, 3), acted(Act::Nudge(Plainly::Asked)));
    assert_eq!(part(2, 3), acted(Act::Nudge(Plainly::Asked)), "half open");
    for (from, to) in [(1, 2), (18, 0), (18, 2), (9, 17)] {
        assert_eq!(part(from, to), left(Why::OtherTime), "{from} to {to}");
    }
}

#[test]
fn the_nearest_norm_judges() {
    let all = || {
        vec![
            quiet(Enforce::Hold),
            draft("eng", Kind::QuietHours).in_channels(&["#eng"]).at(Enforce::Off),
            draft("backend", Kind::QuietHours).for_groups(&["@backend"]).at(Enforce::Observe),
        ]
    };
    let mut night = Night::of(all(), &["U1"]);
    night.groups.insert(GroupId::new("S2"), users(&["U1"]));
    assert_eq!(night.act("U1"), left(Why::NormOff), "the channel's");
    night.channel = ChannelId::new("C2");
    assert_eq!(night.act("U1"), acted(Act::Observe), "her group's");
    night.groups.clear();
    assert_eq!(night.act("U1"), acted(Act::Hold), "everybody's");
}

// Properties

fn state() -> impl Strategy<Value = State> {
    prop_oneof![
        Just(State::Working),
        Just(State::Quiet),
        Just(State::DayOff),
        Just(State::Holiday("Nyepi".to_owned())),
        Just(State::Away),
        Just(State::Focus),
    ]
}

fn level() -> impl Strategy<Value = Enforce> {
    proptest::sample::select(Enforce::ALL.to_vec())
}

fn some_norms(level: impl Strategy<Value = Enforce>) -> impl Strategy<Value = Vec<DraftNorm>> {
    let one = (level, 0..6_usize, proptest::bool::ANY, proptest::bool::ANY);
    proptest::collection::vec(one, 0..6).prop_map(|all| {
        let mut norms: BTreeMap<usize, DraftNorm> = BTreeMap::new();
        for (level, place, exempt, on_call) in all {
            let kind = if place < 3 { Kind::QuietHours } else { Kind::Focus };
            let mut norm = draft(&format!("n{place}"), kind).at(level);
            match place % 3 {
                0 => {}
                1 => norm = norm.in_channels(&["#eng"]),
                _ => norm = norm.for_groups(&["@backend"]),
            }
            norm.exempt.people = if exempt { names(&["@ana"]) } else { Vec::new() };
            norm.exempt.groups = if on_call { names(&["@on-call"]) } else { Vec::new() };
            norms.insert(place, norm);
        }
        norms.into_values().collect()
    })
}

fn a_night(level: impl Strategy<Value = Enforce>) -> impl Strategy<Value = Night> {
    let person = (state(), proptest::bool::weighted(0.1), 0..8_u8, proptest::option::weighted(0.2, -5..40_i64));
    let message = (proptest::bool::weighted(0.3), proptest::bool::weighted(0.1), proptest::bool::weighted(0.1));
    let rest = (proptest::option::weighted(0.2, 0..2_000_i64), proptest::bool::ANY, proptest::bool::weighted(0.3));
    (some_norms(level), proptest::collection::vec(person, 0..12), message, rest).prop_map(
        |(norms, people, (everyone, fyi, urgent), (told, can_take_back, edited))| {
            let mut night = Night::of(norms, &[]);
            night.people.clear();
            night.mentions.everyone = everyone;
            (night.no_reply_needed, night.urgent, night.can_take_back) = (fyi, urgent, can_take_back);
            night.nudged_at = told.map(|minutes| super::judged::night() - minutes.minutes());
            let mut before = Mentions::default();
            for (n, (state, bot, flags, spoke)) in people.into_iter().enumerate() {
                let user = UserId::new(format!("U{n}"));
                if flags & 1 == 1 {
                    night.mentions.users.insert(user.clone());
                }
                for (bit, group) in [(2, "S1"), (4, "S2")] {
                    if flags & bit == bit {
                        night.groups.entry(GroupId::new(group)).or_default().insert(user.clone());
                    }
                }
                if n % 3 == 0 {
                    before.users.insert(user.clone());
                }
                night.spoke.extend(spoke.map(|ago| (user.clone(), super::judged::night() - ago.minutes())));
                night.people.push((user, bot, is(state)));
            }
            night.edited_from = edited.then_some(before);
            night
        },
    )
}

proptest! {
    #[test]
    fn verdicts_do_not_depend_on_the_order_of_recipients(
        (night, shuffled) in a_night(level()).prop_flat_map(|night| {
            let people = Just(night.people.clone()).prop_shuffle();
            (Just(night), people)
        })
    ) {
        let turned = Night { people: shuffled, ..night.clone() };
        prop_assert_eq!(night.acts(), turned.acts());
    }

    #[test]
    fn what_is_off_does_nothing(night in a_night(Just(Enforce::Off))) {
        prop_assert!(night.judged(|all| all.iter().all(|it| matches!(it.act, Act::Deliver(_)))));
    }

    #[test]
    fn what_observes_never_speaks(night in a_night(proptest::sample::select(vec![Enforce::Off, Enforce::Observe]))) {
        prop_assert!(night.judged(|all| all.iter().all(|it| matches!(it.act, Act::Deliver(_) | Act::Observe))));
    }

    #[test]
    fn nobody_is_judged_who_is_at_work_or_not_mentioned_and_no_norm_goes_beyond_its_level(night in a_night(level())) {
        night.judged(|all| {
            for it in all {
                let Some(norm) = it.norm else {
                    assert!(matches!(it.act, Act::Deliver(_)), "{it:?}");
                    continue;
                };
                assert!(it.reach.is_some() && it.availability.state != State::Working && it.revision == Some(7));
                let goes = match it.act {
                    Act::Deliver(_) => Enforce::Off,
                    Act::Observe => Enforce::Observe,
                    Act::Nudge(_) => Enforce::Nudge,
                    Act::Hold => Enforce::Hold,
                };
                assert!(goes <= norm.enforce, "{it:?}");
            }
            // A message is held for those who are off only when nobody whom it reaches may read it now.
            let held = all.iter().any(|it| it.act == Act::Hold);
            let at_work = all.iter().any(|it| it.act == Act::Deliver(Why::AtWork));
            assert!(!(held && at_work));
        });
    }

    #[test]
    fn judging_again_says_the_same(night in a_night(level())) {
        prop_assert_eq!(night.acts(), night.acts());
    }
}

/// Prints how many verdicts a second one core gives, and whether their cost is linear in the recipients:
/// `cargo test --release -p jeda-core verdicts_a_second -- --ignored --nocapture`.
#[test]
#[ignore = "measures, and says so"]
#[expect(clippy::disallowed_methods, reason = "it measures")]
fn verdicts_a_second() {
    for recipients in [1, 10, 100, 500] {
        let night = bench::Night::of(recipients);
        let recipients = night.recipients();
        let case = night.case(&recipients);
        let began = std::time::Instant::now();
        let mut messages = 0_u32;
        while began.elapsed() < std::time::Duration::from_secs(2) {
            for _ in 0..100 {
                assert_eq!(std::hint::black_box(verdicts(std::hint::black_box(&case))).len(), recipients.len());
            }
            messages += 100;
        }
        let a_second = f64::from(messages) / began.elapsed().as_secs_f64();
        let each = 1e9 / a_second / recipients.len() as f64;
        println!("{:>4} recipients: {a_second:>9.0} messages a second, {each:>5.0} ns a recipient", recipients.len());
    }
}
