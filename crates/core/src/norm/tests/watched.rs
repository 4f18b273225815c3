//! From a message in a channel to the word that its author gets, and to what is kept of it.

use super::*;
use crate::{
    action,
    change::Change as AnyChange,
    command,
    decide::{self, Decision},
    effect::{Effect as AnyEffect, Outgoing, Owed, Target},
    event::{Errand, Event, Inbound, MemberFacts, Origin, Outcome, Refusal, Seen as Told, Wrote},
    id::{InboxKey, MessageId},
    limit::{FINDINGS_MAX, NUDGE_MINUTES_MAX},
    message::{Block, Message, Reply},
    norm::{
        judged::{Done, Finding},
        verdict::Mentions,
    },
    receipt,
    release::{Release, release},
    time::State,
};
use jiff::{Timestamp, ToSpan};

/// Two in the morning in Jakarta, seven in the evening in UTC: nobody at Acme is at work but ben, who works late.
pub(super) fn night() -> Timestamp {
    "2026-11-23T19:00:00Z".parse().unwrap()
}

/// Acme at night, with norms.
pub(super) fn acme_at_night(norms: Vec<DraftNorm>) -> Snapshot {
    let mut town = town();
    for member in town.members.values_mut() {
        member.profile_zone = Zone::find("Asia/Jakarta").ok();
    }
    town.norms = Some(std::sync::Arc::new(revision(resolved(norms))));
    town
}

fn nudging() -> Vec<DraftNorm> {
    vec![draft("nights", Kind::QuietHours).at(Enforce::Nudge)]
}

pub(super) fn users(all: &[&str]) -> Mentions {
    Mentions { users: all.iter().map(|it| UserId::new(*it)).collect(), ..Mentions::default() }
}

pub(super) fn wrote(message: &str, mentions: Mentions) -> Wrote {
    let mut by = Origin::of("U2");
    by.channel = Some(ChannelId::new("C1"));
    Wrote {
        by,
        message: MessageId::new(message),
        thread: None,
        mentions,
        edited_from: None,
        no_reply_needed: false,
        reply_by: None,
        line: None,
        spoke: BTreeMap::new(),
        whole: None,
    }
}

/// Has an event decided, and keeps what it changed.
pub(super) fn happens_at(town: &mut Snapshot, key: &str, event: Event, now: Timestamp) -> Decision {
    let inbound = Inbound { key: InboxKey::new(key), workspace: town.workspace.id.clone(), event };
    let decision = decide::decide(town, &inbound, now);
    assert_eq!(decision, decide::decide(town, &inbound, now), "deciding again gives the same");
    for change in &decision.changes {
        match change {
            AnyChange::People(change) => crate::people::apply(town, change),
            AnyChange::Norm(change) => apply(town, change),
            AnyChange::Later(change) => crate::later::apply(town, change),
            AnyChange::Digest(change) => crate::digest::apply(town, change),
            AnyChange::Standup(_) | AnyChange::Ask(_) => panic!("nothing here is a standup's, or a question"),
        }
    }
    decision
}

pub(super) fn happens(town: &mut Snapshot, key: &str, event: Event) -> Decision {
    happens_at(town, key, event, night())
}

pub(super) fn nudges(decision: &Decision) -> Vec<Owed> {
    decision.effects.iter().filter(|owed| matches!(owed.effect, AnyEffect::Norm(_))).cloned().collect()
}

pub(super) fn sent(town: &Snapshot, owed: &Owed, now: Timestamp) -> Outgoing {
    match release(town, owed, now) {
        Release::Send(outgoing) => outgoing,
        other => panic!("{other:?}"),
    }
}

pub(super) fn skipped(town: &Snapshot, owed: &Owed, now: Timestamp) -> Why {
    match release(town, owed, now) {
        Release::Skip(receipt::Why::Norm(why)) => why,
        other => panic!("{other:?}"),
    }
}

pub(super) fn said(decision: &Decision) -> String {
    let Some(Reply::Say(message)) = &decision.reply else { panic!("{:?}", decision.reply) };
    words(message)
}

fn words(message: &Message) -> String {
    let texts = message.0.iter().filter_map(|block| match block {
        Block::Text(text) | Block::Small(text) => Some(crate::copy::flat(text)),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn runs(town: &mut Snapshot, line: &str) -> String {
    let mut by = Origin::of("U2");
    by.channel = Some(ChannelId::new("C1"));
    let (root, rest) = line.split_once(' ').unwrap_or((line, ""));
    let event = Event::Command { by, invocation: command::parse(root, rest) };
    said(&happens(town, line, event))
}

#[test]
fn nothing_is_done_and_nothing_is_kept_where_no_norm_is_about_it() {
    let mut without = acme_at_night(Vec::new());
    without.norms = None;
    let off = acme_at_night(vec![draft("nights", Kind::QuietHours).at(Enforce::Off)]);
    let elsewhere = acme_at_night(vec![draft("nights", Kind::QuietHours).at(Enforce::Nudge).in_channels(&["#far"])]);
    let others = acme_at_night(vec![draft("morning", Kind::Digest).at(Enforce::Nudge)]);
    for mut town in [without, off, elsewhere, others] {
        let decision = happens(&mut town, "m1", Event::Wrote(wrote("m1", users(&["U1", "nobody"]))));
        assert!(decision.changes.is_empty() && nudges(&decision).is_empty(), "{decision:?}");
    }
}

#[test]
fn an_author_is_told_once_and_what_was_found_is_kept() {
    let mut town = acme_at_night(nudging());
    let first = happens(&mut town, "m1", Event::Wrote(wrote("m1", users(&["U1", "U3"]))));
    let [owed] = nudges(&first).try_into().unwrap();
    let id = JudgedId::of(&ChannelId::new("C1"), &MessageId::new("m1"));
    let judged = town.judged[&id].clone();
    let found: Vec<(&str, &State)> = judged.findings.iter().map(|it| (it.recipient.as_str(), &it.state)).collect();
    assert_eq!(found, [("U1", &State::Quiet), ("U3", &State::Quiet)]);
    assert_eq!(judged.findings[0].until, Some("2026-11-24T02:00:00Z".parse().unwrap()), "nine in Jakarta");
    assert_eq!((judged.findings[0].norm.to_string().as_str(), judged.findings[0].revision), ("quiet_hours.nights", 7));
    let outgoing = sent(&town, &owed, night());
    assert_eq!(outgoing.to, Target::Direct(UserId::new("U2")), "no whispers here");
    // Once in a conversation and four hours; again in a thread, and again later.
    assert!(nudges(&happens(&mut town, "m2", Event::Wrote(wrote("m2", users(&["U1"]))))).is_empty());
    let in_thread = Wrote { thread: Some(MessageId::new("m1")), ..wrote("m3", users(&["U1"])) };
    assert_eq!(nudges(&happens(&mut town, "m3", Event::Wrote(in_thread))).len(), 1);
    let later = night() + 241.minutes();
    assert_eq!(nudges(&happens_at(&mut town, "m4", Event::Wrote(wrote("m4", users(&["U1"]))), later)).len(), 1);
    // An edit that mentions nobody new is left alone; one that does is judged.
    let edit = |mentions, before| Wrote { edited_from: Some(users(before)), ..wrote("m9", users(mentions)) };
    let far = later + 600.minutes();
    let before = town.judged.len();
    happens_at(&mut town, "e1", Event::Wrote(edit(&["U1"], &["U1"])), later);
    assert_eq!(town.judged.len(), before);
    // By then ana is at work.
    happens_at(&mut town, "e2", Event::Wrote(edit(&["U1", "U3"], &["U1"])), far);
    assert_eq!(town.judged.len(), before);
}

#[test]
fn a_nudge_comes_at_once_or_not_at_all() {
    let mut town = acme_at_night(nudging());
    let [owed] = nudges(&happens(&mut town, "m1", Event::Wrote(wrote("m1", users(&["U1"]))))).try_into().unwrap();
    assert!(matches!(release(&town, &owed, night() + NUDGE_MINUTES_MAX.minutes()), Release::Send(_)));
    assert_eq!(skipped(&town, &owed, night() + (NUDGE_MINUTES_MAX + 1).minutes()), Why::TooLate);
    let mut gone = town.clone();
    gone.members.get_mut(&UserId::new("U2")).unwrap().active = false;
    assert_eq!(skipped(&gone, &owed, night()), Why::TooLate);
    let channel = ChannelId::new("C1");
    happens(&mut town, "d1", Event::TookBack { channel: channel.clone(), message: MessageId::new("m1") });
    assert_eq!(skipped(&town, &owed, night()), Why::Forgotten, "a message that is gone is forgotten everywhere");
    let again = happens(&mut town, "d2", Event::TookBack { channel, message: MessageId::new("m1") });
    assert_eq!(again, Decision::default());
}

#[test]
fn where_an_author_is_told_follows_the_platform_and_the_norm() {
    let reply = DraftNorm {
        rule: Rule::QuietHours(QuietHours {
            manners: Manners { nudge_by: NudgeBy::Reply, ..QuietHours::default().manners },
            ..QuietHours::default()
        }),
        ..draft("nights", Kind::QuietHours).at(Enforce::Nudge)
    };
    let place = |mut town: Snapshot| {
        let wrote = Wrote { thread: Some(MessageId::new("t1")), ..wrote("m1", users(&["U1"])) };
        let [owed] = nudges(&happens(&mut town, "m1", Event::Wrote(wrote))).try_into().unwrap();
        let outgoing = sent(&town, &owed, night());
        let posted = Posted { channel: ChannelId::new("t1"), message: MessageId::new("r1"), at: night() };
        let event = Event::Settled { effect: owed, outcome: Outcome::Sent(posted) };
        let settled = happens(&mut town, "settled", event);
        assert_eq!(settled.receipts.len(), 1);
        (outgoing.to, nudges(&settled))
    };
    let mut whispers = acme_at_night(nudging());
    whispers.workspace.capabilities.whispers = true;
    let (to, unsay) = place(whispers);
    let Target::Whisper { to, thread, .. } = to else { panic!("{to:?}") };
    assert_eq!((to, thread), (UserId::new("U2"), Some(MessageId::new("t1"))));
    assert!(unsay.is_empty());
    let mut closed = acme_at_night(nudging());
    closed.members.get_mut(&UserId::new("U2")).unwrap().direct_closed = true;
    for town in [acme_at_night(vec![reply]), closed] {
        let (to, unsay) = place(town.clone());
        assert!(matches!(to, Target::Reply { .. }), "{to:?}");
        let [unsay] = unsay.try_into().unwrap();
        assert_eq!(unsay.due_at, night() + NUDGE_MINUTES_MAX.minutes());
        assert!(matches!(sent(&town, &unsay, unsay.due_at).to, Target::Nothing(_)));
    }
}

#[test]
fn only_the_author_says_that_no_answer_is_needed() {
    let mut town = acme_at_night(nudging());
    let [owed] = nudges(&happens(&mut town, "m1", Event::Wrote(wrote("m1", users(&["U1"]))))).try_into().unwrap();
    let id = JudgedId::of(&ChannelId::new("C1"), &MessageId::new("m1"));
    let click = |who: &str, id: &JudgedId| Event::Click {
        by: Origin::of(who),
        action: action::Action::decode(&action::Action::Norm(Action::Fine(id.clone())).token()).unwrap(),
    };
    for forged in [click("U3", &id), click("U2", &JudgedId::new("unknown"))] {
        assert!(said(&happens(&mut town, "c1", forged)).contains("nothing to do"));
        assert!(!town.judged[&id].fine);
    }
    assert!(said(&happens(&mut town, "c2", click("U2", &id))).contains("nobody needs to reply"));
    assert!(town.judged[&id].fine);
    assert_eq!(skipped(&town, &owed, night()), Why::Forgotten);
    let edit = Wrote { edited_from: Some(users(&["U1"])), ..wrote("m1", users(&["U1", "U3"])) };
    assert!(nudges(&happens_at(&mut town, "e1", Event::Wrote(edit), night() + 300.minutes())).is_empty());
    assert_eq!(action::Action::decode("n:fine/"), Err(action::UnknownToken));
    assert_eq!(action::Action::decode("n:burn/x"), Err(action::UnknownToken));
}

#[test]
fn whoever_is_not_known_yet_is_asked_for_and_nothing_is_claimed() {
    let mut town = acme_at_night(nudging());
    town.members.get_mut(&UserId::new("U3")).unwrap().profile_zone = None;
    let mentions = Mentions { groups: [GroupId::new("S1")].into(), everyone: true, ..users(&["U3", "U9"]) };
    let decision = happens(&mut town, "m1", Event::Wrote(wrote("m1", mentions)));
    let errands: Vec<&Errand> = decision
        .effects
        .iter()
        .filter_map(|owed| if let AnyEffect::Errand(errand) = &owed.effect { Some(errand) } else { None })
        .collect();
    let c1 = ChannelId::new("C1");
    assert_eq!(
        errands,
        [&Errand::Member("U9".into()), &Errand::GroupMembers("S1".into()), &Errand::ChannelMembers(c1)]
    );
    assert!(nudges(&decision).is_empty(), "cici's zone is a guess");
    // Leave is declared whatever the zone is.
    town.members.get_mut(&UserId::new("U3")).unwrap().absences =
        vec![crate::people::Absence { from: night() - 1.hour(), until: None, why: None }];
    let [owed] = nudges(&happens(&mut town, "m2", Event::Wrote(wrote("m2", users(&["U3"]))))).try_into().unwrap();
    let Release::Send(outgoing) = release(&town, &owed, night()) else { panic!() };
    let told = words(&outgoing.message);
    assert!(told.contains("hasn’t said until when"), "{told}");
}

#[test]
fn five_hundred_mentions_are_one_word_of_eight_names() {
    let mut town = acme_at_night(nudging());
    let names: Vec<String> = (0..500).map(|nth| format!("X{nth:03}")).collect();
    for name in &names {
        let facts = MemberFacts {
            user: UserId::new(name.as_str()),
            name: name.clone(),
            zone: Some("Asia/Jakarta".to_owned()),
            language: None,
            admin: false,
            bot: false,
            active: true,
        };
        happens(&mut town, name, Event::Seen(Told::Member(facts)));
    }
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let [owed] = nudges(&happens(&mut town, "m1", Event::Wrote(wrote("m1", users(&all))))).try_into().unwrap();
    let judged = town.judged.values().next().unwrap();
    assert_eq!((judged.findings.len(), judged.more), (FINDINGS_MAX, 500 - FINDINGS_MAX));
    let told = words(&sent(&town, &owed, night()).message);
    assert_eq!(told.matches("is off until").count(), 8, "{told}");
    assert!(told.contains("And 492 more people are off."), "{told}");
}

#[test]
fn observing_and_a_hold_that_cannot_be_are_told_apart() {
    let mut town = acme_at_night(vec![draft("nights", Kind::QuietHours)]);
    let decision = happens(&mut town, "m1", Event::Wrote(wrote("m1", users(&["U1"]))));
    assert!(nudges(&decision).is_empty());
    let kept = |town: &Snapshot| -> Vec<Finding> { town.judged.values().flat_map(|it| it.findings.clone()).collect() };
    assert_eq!(kept(&town)[0].done, Done::Observed);
    assert!(runs(&mut town, "/norms report").contains("It would have told the author of one message."));
    assert!(runs(&mut town, "/jeda why").contains("told you nothing"), "observing is without a word to anyone");
    let mut town = acme_at_night(vec![draft("nights", Kind::QuietHours).at(Enforce::Hold)]);
    let [owed] = nudges(&happens(&mut town, "m1", Event::Wrote(wrote("m1", users(&["U1"]))))).try_into().unwrap();
    let told = words(&sent(&town, &owed, night()).message);
    assert!(told.contains("can’t take it back here"), "{told}");
    assert!(runs(&mut town, "/jeda why").contains("quiet_hours.nights, revision 7"));
    assert!(runs(&mut town, "/norms").contains("Where a norm holds a message, its author is told instead."));
}

#[test]
fn a_nudge_that_was_refused_has_a_receipt_that_says_so() {
    let mut town = acme_at_night(nudging());
    let [owed] = nudges(&happens(&mut town, "m1", Event::Wrote(wrote("m1", users(&["U1"]))))).try_into().unwrap();
    let outcome = Outcome::Refused(Refusal::NotInChannel);
    let settled = happens(&mut town, "s1", Event::Settled { effect: owed, outcome });
    let why = receipt::Why::Norm(Why::Refused(Refusal::NotInChannel));
    assert_eq!(settled.receipts[0].what, receipt::What::Skipped(why));
    assert!(nudges(&settled).is_empty());
}
