//! What a digest tells, when it comes, and what its reader does with it.

use super::*;

fn agreed() -> Vec<Norm> {
    vec![quiet_hours(), digests(Enforce::Nudge)]
}

/// 22:00 in Jakarta, 15:00 in London.
const NIGHT: &str = "2026-11-23T15:00:00Z";
/// Tuesday 9:00 in Jakarta.
const MORNING: &str = "2026-11-24T02:00:00Z";

#[test]
fn what_reached_somebody_at_night_comes_in_one_message_in_their_morning() {
    let mut town = town(agreed());
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana", "dewi"], Some("@ana could you look?"));
    town.mentions("dewi", "C2", "b", &["ana"], None);
    town.mentions("budi", "C1", "c", &["ana", "sari"], Some("And this?"));
    town.until("2026-11-24T01:59:59Z");
    assert_eq!(town.digests("ana"), []);
    town.until("2026-11-25T12:00:00Z");
    let all = town.digests("ana");
    assert_eq!(all.len(), 1, "{all:?}");
    insta::assert_snapshot!(all[0].1);
    assert_eq!(all[0].0, "2026-11-24T02:00:00Z");
    // Who was at work was told where it was written.
    assert_eq!(town.digests("dewi"), []);
    assert_eq!(town.digests("sari").len(), 1);
}

#[test]
fn nothing_comes_when_nothing_waited() {
    let mut town = town(agreed());
    town.until("2026-11-28T00:00:00Z");
    assert!(town.sent.is_empty() && town.receipts.is_empty());
}

#[test]
fn without_a_norm_only_questions_come() {
    let mut town = town(vec![quiet_hours()]);
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana"], Some("look?"));
    town.runs("budi", "/ask <@ana> <@dewi> Which name? by 2d");
    town.until("2026-11-25T12:00:00Z");
    let all = town.digests("ana");
    assert_eq!(all.len(), 1);
    assert!(all[0].1.contains("Which name?") && !all[0].1.contains("look?"), "{}", all[0].1);
    // Asked at work, and reminded by the digest of the next morning; answered before, there is nothing to say.
    assert_eq!(town.digests("dewi").len(), 1);
}

#[test]
fn what_was_answered_or_taken_back_before_is_not_in_it() {
    let mut town = town(agreed());
    town.until(NIGHT);
    town.runs("budi", "/ask <@ana> <@sari> Which name? by 2d");
    town.until("2026-11-23T15:01:00Z");
    let ask = town.all.asks.keys().next().unwrap().clone();
    let form = action::FormId::Ask(crate::ask::FormId::Answer(ask));
    let values = [("answer".to_owned(), "The first".to_owned())].into();
    town.happens(Event::Submit { by: Town::origin("sari", "C1"), form, values });
    town.mentions("budi", "C1", "a", &["ana"], Some("gone soon"));
    town.happens(Event::TookBack { channel: "C1".into(), message: "a".into() });
    town.until("2026-11-24T12:00:00Z");
    assert_eq!(town.digests("sari"), []);
    let all = town.digests("ana");
    assert_eq!(all.len(), 1);
    assert!(all[0].1.contains("Which name?") && !all[0].1.contains("gone soon"), "{}", all[0].1);
}

#[test]
fn what_comes_by_itself_in_their_hours_is_not_in_it() {
    let mut town = town(agreed());
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana", "sari"], Some("look?"));
    let judged = town.all.judged.keys().next().unwrap().clone();
    let action = action::Action::Norm(norm::Action::Deliver(judged));
    town.happens(Event::Click { by: Town::origin("budi", "C1"), action });
    town.until("2026-11-24T12:00:00Z");
    assert_eq!(town.digests("ana"), []);
    assert_eq!(town.all.laters.len(), 2);
}

#[test]
fn somebody_chooses_their_own_times() {
    let mut town = town(agreed());
    insta::assert_snapshot!(town.runs("ana", "/digest at 16:00 and 9.30"), @r"
    Your digest comes at 9:30 and 16:00 on your working days, and only when something waits.
    The next one is due Tuesday 24 November, 9:30.
    ");
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana"], Some("one"));
    town.until("2026-11-24T12:00:00Z");
    assert_eq!(town.digests("ana").iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["2026-11-24T02:30:00Z"]);
    insta::assert_snapshot!(town.runs("ana", "/digest off"), @"Your digest is off. What waits is kept for a while, and /digest now brings it.");
    town.until("2026-11-24T15:00:00Z");
    town.mentions("budi", "C1", "7", &["ana"], Some("two"));
    town.until("2026-11-25T12:00:00Z");
    assert_eq!(town.digests("ana").len(), 1);
    insta::assert_snapshot!(town.runs("ana", "/digest"), @r"
    Your digest is off. What waits is kept for a while, and /digest now brings it.
    What waits for it
    In #C1
    • @budi mentioned you, Tuesday 24 November, 22:00: two Open
    [Bring it now]
    ");
    // At 19:00, outside their hours: they asked for it.
    assert_eq!(town.runs("ana", "/digest now"), "It is on its way to your direct messages.");
    town.until("2026-11-25T12:00:01Z");
    assert_eq!(town.digests("ana").len(), 2);
    assert_eq!(town.runs("ana", "/digest now"), "Nothing waits for you.");
    insta::assert_snapshot!(town.runs("ana", "/digest on"), @r"
    Your digest comes when your day begins, and only when something waits.
    The next one is due Thursday 26 November, 9:00.
    ");
    insta::assert_snapshot!(town.runs("ana", "/digest at noonish"), @r"
    I could not read noonish as a time of day. Type it like 9:30 or 17:00.
    Type it like this: /digest at 9:00 16:00
    ");
    assert_eq!(town.member("ana").digest, None);
}

#[test]
fn what_was_kept_for_somebody_who_wants_none_is_forgotten_in_time() {
    let mut town = town(agreed());
    town.runs("ana", "/digest off");
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana"], Some("two"));
    town.until("2026-12-07T14:00:00Z");
    assert_eq!(town.all.items.len(), 1);
    town.until("2026-12-09T15:00:00Z");
    assert!(town.all.items.is_empty() && town.wakes.is_empty());
}

#[test]
fn leave_moves_it_and_the_first_one_after_says_so() {
    let mut town = town(agreed());
    town.runs("ana", "/away until friday");
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana"], Some("one"));
    town.until("2026-11-26T15:00:00Z");
    assert_eq!(town.digests("ana"), []);
    town.mentions("dewi", "C1", "b", &["ana"], Some("two"));
    town.until("2026-11-27T12:00:00Z");
    let all = town.digests("ana");
    assert_eq!(all.len(), 1);
    assert!(all[0].1.starts_with("Welcome back."), "{}", all[0].1);
    assert!(all[0].1.contains("one") && all[0].1.contains("two"));
    // Back sooner than they said.
    town.runs("ana", "/away until 7 december");
    town.mentions("budi", "C1", "c", &["ana"], Some("three"));
    town.until("2026-11-30T03:00:00Z");
    assert_eq!(town.digests("ana").len(), 1);
    town.runs("ana", "/back");
    town.until("2026-12-01T12:00:00Z");
    let all = town.digests("ana");
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].0, MORNING.replace("11-24", "12-01"));
}

#[test]
fn one_after_the_other_is_sorted() {
    let mut town = town(agreed());
    town.until(NIGHT);
    for (nth, (channel, line)) in
        [("C1", "one"), ("C2", "two"), ("C1", "three"), ("C2", "four")].into_iter().enumerate()
    {
        town.mentions("budi", channel, &format!("m-{nth}"), &["ana"], Some(line));
        town.now += jiff::SignedDuration::from_mins(20);
    }
    town.until(MORNING);
    let digest = town.newest("ana");
    let of = |town: &Town, line: &str| {
        let mut all = town.all.items.values();
        all.find(|item| item.line.as_deref() == Some(line)).unwrap().id.clone()
    };
    insta::assert_snapshot!(town.clicks("ana", Action::Sort(digest.clone())), @r"
    In #C1
    • @budi mentioned you, Monday 23 November, 22:00: one Open
    [Done] [Tomorrow] [Mute] [Next]
    3 more follow.
    ");
    let one = of(&town, "one");
    let two = of(&town, "two");
    let three = of(&town, "three");
    insta::assert_snapshot!(town.clicks("ana", Action::Next(one.clone())), @r"
    In #C1
    • @budi mentioned you, Monday 23 November, 22:40: three Open
    [Done] [Tomorrow] [Mute] [Next]
    3 more follow.
    ");
    insta::assert_snapshot!(town.clicks("ana", Action::Tomorrow(three)), @r"
    It comes again with your next digest from tomorrow on.
    In #C2
    • @budi mentioned you, Monday 23 November, 22:20: two Open
    [Done] [Tomorrow] [Mute] [Next]
    2 more follow.
    ");
    insta::assert_snapshot!(town.clicks("ana", Action::Mute(two)), @r"
    You hear no more of #C2 in your digest. /digest lists what you muted.
    In #C1
    • @budi mentioned you, Monday 23 November, 22:00: one Open
    [Done] [Tomorrow] [Mute]
    This is the last one.
    ");
    insta::assert_snapshot!(town.clicks("ana", Action::Done(one.clone())), @r"
    Done.
    That was all of it.
    ");
    assert_eq!(
        town.clicks("ana", Action::AllDone(digest)),
        "Nothing of that is open any more, so there is nothing to do."
    );
    // Nobody else does anything with it.
    assert_eq!(
        town.clicks("budi", Action::Tomorrow(one)),
        "Nothing of that is open any more, so there is nothing to do."
    );
    town.until("2026-11-24T15:00:00Z");
    town.mentions("budi", "C2", "muted", &["ana"], Some("five"));
    town.until("2026-11-25T12:00:00Z");
    let all = town.digests("ana");
    assert_eq!(all.len(), 2, "{all:?}");
    assert!(all[1].1.contains("three") && !all[1].1.contains(": one") && !all[1].1.contains("five"), "{}", all[1].1);
    insta::assert_snapshot!(town.runs("ana", "/digest"), @r"
    Your digest comes when your day begins, and only when something waits.
    The next one is due Thursday 26 November, 9:00.
    Nothing waits for you.
    What you muted
    1. #C2
    [Unmute 1]
    ");
    let muted = town.member("ana").own_digest().muted.into_iter().next().unwrap();
    assert_eq!(town.clicks("ana", Action::Unmute(muted.name())), "You hear of #C2 again.");
    town.until("2026-11-25T15:00:00Z");
    town.mentions("budi", "C2", "heard", &["ana"], Some("six"));
    town.until("2026-11-26T12:00:00Z");
    assert_eq!(town.digests("ana").len(), 3);
}

#[test]
fn what_is_long_has_its_rest_behind_a_button() {
    let mut town = town(agreed());
    town.until(NIGHT);
    let long = "A long line of words that fills its place. ".repeat(3);
    for nth in 0..30 {
        town.mentions("budi", "C1", &format!("m-{nth}"), &["ana"], Some(&beginning(&format!("{nth} {long}"))));
        town.now += jiff::SignedDuration::from_secs(1);
    }
    town.until(MORNING);
    let digest = town.newest("ana");
    let pages: Vec<&str> = town.read.iter().map(|(_, page)| page.as_str()).collect();
    let items = |page: &str| page.matches("mentioned you").count();
    assert!(pages.len() > 1);
    assert_eq!(pages.iter().map(|page| items(page)).sum::<usize>(), 30);
    let rest = 30 - items(pages[0]);
    assert!(pages[0].contains(&format!("[And {rest} more] [One by one] [All done]")), "{}", pages[0]);
    assert!(
        pages[1].starts_with(&format!("{} to {} of 30:", 31 - rest, items(pages[0]) + items(pages[1]))),
        "{}",
        pages[1]
    );
    // Of a forged number the end is shown.
    assert!(town.clicks("ana", Action::More(digest.clone(), 0)).starts_with("30 to 30 of 30:"));
    assert_eq!(town.clicks("ana", Action::AllDone(digest)), "Done with all 30.");
}

#[test]
fn a_norm_that_observes_sends_nothing_but_questions() {
    let mut town = town(vec![quiet_hours(), digests(Enforce::Observe)]);
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana"], Some("look?"));
    town.until("2026-11-24T12:00:00Z");
    assert_eq!(town.digests("ana"), []);
    let counted = |receipt: &&Receipt| receipt.what == What::Skipped(Why::Observed(1).into());
    assert_eq!(town.receipts.iter().filter(counted).count(), 1);
    town.until("2026-11-24T15:00:00Z");
    town.runs("budi", "/ask <@ana> Which name? by 2d");
    town.until("2026-11-25T12:00:00Z");
    assert_eq!(town.digests("ana").len(), 1);
}

#[test]
fn a_norm_that_is_off_or_leaves_somebody_out_sends_none() {
    let mut off = town(vec![quiet_hours(), digests(Enforce::Off)]);
    off.until(NIGHT);
    off.runs("budi", "/ask <@ana> Which name? by 2d");
    off.until("2026-11-25T12:00:00Z");
    assert_eq!(off.digests("ana"), []);
    let mut exempt = digests(Enforce::Nudge);
    exempt.exempt.people.insert("ana".into(), "ana".into());
    let mut town = town(vec![quiet_hours(), exempt]);
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana", "sari"], Some("look?"));
    town.until("2026-11-25T12:00:00Z");
    assert_eq!((town.digests("ana").len(), town.digests("sari").len()), (0, 1));
    // Their own choice goes before what the team agreed on.
    town.runs("ana", "/digest on");
    town.until("2026-11-26T12:00:00Z");
    assert_eq!(town.digests("ana").len(), 1);
}

#[test]
fn a_group_has_its_own_times() {
    let afternoon = Digest { at_start_of_day: false, also_at: vec![civil::time(8, 30, 0, 0)], ..Digest::default() };
    let scope = Scope::Groups([("G1".into(), "early".to_owned())].into());
    let early = norm("early", Enforce::Nudge, scope, NormRule::Digest(afternoon));
    let mut town = town(vec![quiet_hours(), digests(Enforce::Nudge), early]);
    town.member("ana").own_hours = Some(crate::time::parse_hours("mon-fri 8:00-17:00").unwrap().1.unwrap());
    town.all.places.get_mut(&UserId::from("ana")).unwrap().groups.insert("G1".into());
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana", "sari"], Some("look?"));
    town.until("2026-11-25T12:00:00Z");
    assert_eq!(town.digests("ana")[0].0, "2026-11-24T01:30:00Z");
    assert_eq!(town.digests("sari")[0].0, MORNING);
}

#[test]
fn what_is_refused_waits_for_the_next() {
    let mut town = town(agreed());
    town.refuses.insert("ana".into(), Refusal::Other("cannot".into()));
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana"], Some("look?"));
    town.until("2026-11-24T12:00:00Z");
    assert!(matches!(town.item("ana", |_| true).state, State::Waiting { .. }));
    town.refuses.clear();
    town.until("2026-11-25T12:00:00Z");
    assert_eq!(town.digests("ana").iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["2026-11-25T02:00:00Z"]);
}

#[test]
fn with_closed_direct_messages_it_comes_in_a_thread() {
    let mut town = town(agreed());
    town.refuses.insert("ana".into(), Refusal::DirectMessagesClosed);
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana"], Some("look?"));
    town.until("2026-11-24T01:59:59Z");
    // The first try is refused, and then a thread under the channel serves.
    town.until(MORNING);
    assert!(town.member("ana").direct_closed);
    town.refuses.clear();
    town.until("2026-11-24T12:00:00Z");
    assert_eq!(town.digests("ana").len(), 1);
    let aside = town.sent.iter().any(|(it, _)| matches!(&it.to, Target::Aside { user, .. } if user.as_str() == "ana"));
    assert!(aside);
}

#[test]
fn whoever_has_left_gets_none() {
    let mut town = town(agreed());
    town.until(NIGHT);
    town.mentions("budi", "C1", "a", &["ana"], Some("look?"));
    town.member("ana").active = false;
    town.until("2026-11-25T12:00:00Z");
    assert!(town.digests("ana").is_empty() && town.all.items.is_empty());
}
