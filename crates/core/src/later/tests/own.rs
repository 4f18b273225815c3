//! One's own messages: seen, changed, sent and taken back by their author alone; and what is refused, with the reason.

use super::*;
use crate::limit::{LATER_CHARS_MAX, LATERS_WAITING_MAX};

#[test]
fn the_list_is_ones_own_and_numbers_are_never_given_twice() {
    let mut town = town();
    assert!(town.runs("budi", "/later").starts_with("Nothing of yours waits"));
    town.runs("budi", "/later <@ana> when=friday The second of these, in time");
    town.runs("budi", "/later <@ana> The first");
    town.runs("budi", "/later <#C1> when=monday The third");
    town.runs("sari", "/later <@ana> when=friday Not his");
    insta::assert_snapshot!(town.runs("budi", "/later list"), @r"
    What waits for its time
    2 to @ana, Tuesday 24 November, 2:00: The first
    1 to @ana, Friday 27 November, 2:00: The second of these, in time
    3 to #C1, Monday 30 November, 9:00: The third
    /later show 3 shows number 3 whole. /later edit 3 …, /later now 3 and /later cancel 3 change it, send it or take it back.
    ");
    insta::assert_snapshot!(town.runs("budi", "/later cancel 3"), @r"
    Number 3 to #C1 is taken back, and nothing of it is kept. It said:
    > The third
    ");
    town.runs("budi", "/later cancel 1");
    town.runs("budi", "/later <@ana> A new one");
    assert!(town.runs("budi", "/later show 4").contains("> A new one"), "a number is never another message's");
    assert!(town.runs("budi", "/later cancel 3").starts_with("You took number 3 back on Monday 23 November, 13:00"));
    town.until("2026-12-24T00:00:00Z");
    assert!(town.runs("budi", "/later cancel #2").starts_with("Number 2 was delivered on Tuesday 24 November, 2:00"));
    assert_eq!((town.got("C1").len(), town.got("ana").len()), (0, 3));
    let dropped = town.later("budi", 3);
    assert_eq!(town.what_became_of(&dropped.id.subject()), [&What::Noted(receipt::Why::Later(Why::Dropped))]);
    assert_eq!(town.all.laters.values().filter(|it| it.letter().is_some()).count(), 0, "no words are kept");
}

#[test]
fn nobody_touches_anothers() {
    let mut town = town();
    town.runs("budi", "/later <@ana> Secret");
    let id = town.later("budi", 1).id.clone();
    for line in ["show 1", "edit 1 x", "now 1", "cancel 1", "cancel one", "show 99999999999"] {
        assert!(town.runs("sari", &format!("/later {line}")).starts_with("There is no message"), "{line}");
    }
    for id in [id.clone(), LaterId::new("forged")] {
        assert!(town.clicks_cancel("sari", &id).starts_with("That message is gone, or it isn’t yours"));
    }
    assert!(town.later("budi", 1).letter().is_some());
    assert!(town.clicks_cancel("budi", &id).ends_with("> Secret"));
    assert!(town.clicks_cancel("budi", &id).starts_with("You took number 1 back"));
    town.until("2026-12-24T00:00:00Z");
    assert!(town.sent.is_empty());
}

#[test]
fn an_edit_changes_words_or_time_and_what_was_owed_before_is_void() {
    let mut town = town();
    town.runs("budi", "/later <@ana> First words");
    insta::assert_snapshot!(town.runs("budi", "/later edit 1 Second \"words\""), @r#"
    Number 1 is changed.
    Your message waits as number 1. @ana gets it Tuesday 24 November, 2:00.
    For them that is Tuesday 24 November, 9:00.
    > Second "words"
    "#);
    assert!(
        town.runs("budi", "/later edit 1 when=\"wednesday 10:00\"")
            .contains("For them that is Wednesday 25 November, 10:00.")
    );
    assert!(town.runs("budi", "/later edit 1").starts_with("Say what number 1 shall say instead"));
    assert!(town.runs("budi", "/later edit 1 when=someday").contains("I could not read"));
    assert!(town.runs("budi", &format!("/later edit 1 {}", "x".repeat(LATER_CHARS_MAX + 1))).contains("1300 fit"));
    town.until("2026-12-24T00:00:00Z");
    let [(when, said)] = &town.got("ana")[..] else { panic!("{:?}", town.sent) };
    assert_eq!(when, "2026-11-25T03:00:00Z");
    assert!(said.ends_with("> Second \"words\""), "{said}");
    assert_eq!(town.what_became_of(&town.later("budi", 1).id.subject()), [&What::Sent]);
}

#[test]
fn now_disturbs_nobody() {
    let mut town = town();
    town.runs("budi", "/later <@ana> when=friday Hello");
    town.runs("budi", "/later <#C1> when=friday Hello all");
    insta::assert_snapshot!(town.runs("budi", "/later now 1"), @"@ana is off until Tuesday 24 November, 2:00, so it waits. If it can’t wait, write to them directly: they see it when they look.");
    assert!(town.runs("budi", "/later now 2").starts_with("Number 2 goes to #C1 now"));
    town.until("2026-11-23T13:00:00Z");
    assert_eq!((town.got("C1").len(), town.got("ana").len()), (1, 0));
    town.until("2026-11-24T03:00:00Z");
    assert!(town.runs("budi", "/later now 1").starts_with("Number 1 goes to @ana now"));
    town.until("2026-12-24T00:00:00Z");
    assert_eq!(town.got("ana").len(), 1);
    town.runs("ana", "/away");
    town.runs("budi", "/later <@ana> Hello again");
    assert!(town.runs("budi", "/later now 3").contains("nobody knows until when"));
}

#[test]
fn what_is_on_its_way_is_decided() {
    let mut town = town();
    town.runs("budi", "/later <@ana> Hello");
    let id = town.later("budi", 1).id.clone();
    town.now = at(ANAS_MORNING);
    town.all.under_way.insert(id.clone());
    for line in ["cancel 1", "edit 1 Other words", "edit 1 when=friday", "now 1"] {
        assert!(
            town.runs("budi", &format!("/later {line}")).starts_with("Number 1 is going out at this moment"),
            "{line}"
        );
    }
    assert!(town.clicks_cancel("budi", &id).starts_with("Number 1 is going out"));
    // Her own change of hours doesn't send it twice, either.
    town.runs("ana", "/hours mon-fri 8:00-16:00");
    assert_eq!(town.outbox.len(), 1);
    town.until(ANAS_MORNING);
    town.all.under_way.clear();
    assert_eq!(town.got("ana").len(), 1);
    assert!(town.runs("budi", "/later cancel 1").starts_with("Number 1 was delivered"));

    // Whatever the row said meanwhile: what arrived has arrived.
    town.runs("sari", "/later <@budi> Hi");
    let owed = town.outbox.pop().unwrap();
    town.runs("sari", "/later edit 1 when=friday");
    let posted = Posted { channel: "D".into(), message: "m".into(), at: town.now };
    town.happens(Event::Settled { effect: owed, outcome: Outcome::Sent(posted) });
    town.until("2026-12-24T00:00:00Z");
    assert_eq!((town.end_of("sari", 1), town.got("budi").len()), (Some(End::Delivered), 0));
}

#[test]
fn what_cannot_be_done_is_refused_with_the_reason() {
    let mut town = town();
    town.member("sari").direct_closed = true;
    let gone = Member { active: false, ..Member::unknown("gone".into()) };
    town.all.members.insert("gone".into(), gone);
    let archived = Channel {
        channel: "C4".into(),
        name: "old".into(),
        open: false,
        archived: true,
        private: false,
        takes_back: false,
    };
    town.all.channels.insert("C4".into(), archived);
    for (line, reason) in [
        ("@Ana hello", "I don’t know anybody called @Ana"),
        ("<@U99> hello", "I don’t know anybody called <@U99>"),
        ("<&G1> hello", "One message goes to one person or one channel"),
        ("send hello", "To whom?"),
        ("send to=<@ana> channel=<#C1> hello", "One message goes to one person"),
        ("<@robot> hello", "@robot is a bot"),
        ("<@JEDA> hello", "@JEDA is a bot"),
        ("<@gone> hello", "@gone is no longer here"),
        ("<@sari> hello", "@sari doesn’t accept direct messages"),
        ("<@ana>", "What shall it say?"),
        ("<@ana> when=friday", "What shall it say?"),
        ("<@ana> when=2026-11-20 hello", "I could not read 2026-11-20"),
        ("<@ana> when=2026-11-23 hello", "I could not read 2026-11-23"),
        ("<@ana> when=2027-06-01 hello", "more than 120 days ahead"),
        ("<@ana> when=25:00 hello", "I could not read 25:00"),
        ("#nowhere hello", "I know no channel #nowhere"),
        ("<#C9> hello", "I know no channel <#C9>"),
        ("<#C2> hello", "You can’t write in #C2 yourself"),
        ("<#C3> hello", "jeda can’t write in #C3"),
        ("<#C4> hello", "#C4 is archived"),
        ("lits", "There is no command /later lits"),
    ] {
        let said = town.runs("budi", &format!("/later {line}"));
        assert!(said.starts_with(reason) || said.contains(reason), "{line}: {said}");
    }
    assert!(town.all.laters.is_empty() && town.outbox.is_empty());
    let long = "é".repeat(LATER_CHARS_MAX + 1);
    assert!(town.runs("budi", &format!("/later <@ana> {long}")).starts_with("That has 1301 characters, and 1300 fit"));
    town.runs("budi", &format!("/later <@ana> {}", "é".repeat(LATER_CHARS_MAX)));
    assert_eq!(town.all.laters.len(), 1);
    for _ in 1..LATERS_WAITING_MAX {
        town.runs("budi", "/later <@ana> hello");
    }
    assert!(town.runs("budi", "/later <@ana> hello").starts_with("30 messages of yours wait already"));
    town.runs("budi", "/later cancel 7");
    assert!(town.runs("budi", "/later <@ana> hello").starts_with("Your message waits as number 31"));
}

#[test]
fn a_channel_is_open_to_whoever_may_write_there_themselves() {
    let mut town = town();
    let mut sends = |writes_there: Option<bool>, from: &str, to: &str| {
        let by = Origin { channel: Some(from.into()), writes_there, ..Origin::of("budi") };
        let invocation = command::parse("/later", &format!("{to} hello"));
        town.told(Event::Command { by, invocation })
    };
    // The platform says so; without its word, whoever is in a private channel, or types there.
    assert!(sends(Some(false), "C1", "<#C1>").starts_with("You can’t write in #C1"));
    assert!(sends(Some(true), "C1", "<#C2>").starts_with("Your message waits"));
    assert!(sends(None, "C1", "#ops").starts_with("You can’t write in #C2"));
    assert!(sends(None, "C2", "#ops").starts_with("Your message waits"));
    assert!(sends(None, "C2", "#Eng").starts_with("Your message waits"));
    let places = Places { channels: ["C2".into()].into(), ..Places::default() };
    town.all.places.insert("budi".into(), places);
    assert!(town.runs("budi", "/later <#C2> hello").starts_with("Your message waits"));
}

#[test]
fn a_zone_that_is_a_guess_is_said_to_be_one() {
    let mut town = town();
    town.now = at("2026-11-23T18:00:00Z");
    let said = town.runs("ana", "/later <@dewi> hello");
    assert!(said.contains("Their time zone isn’t known yet, so the team’s serves: UTC."), "{said}");
    assert!(said.contains("For them that is Tuesday 24 November, 9:00."), "{said}");
    town.until("2026-11-24T09:00:00Z");
    assert_eq!(town.got("dewi").len(), 1);
}

#[test]
fn words_are_as_their_author_saw_them() {
    let mut town = town();
    town.all.groups.insert("G1".into(), people::Group { group: "G1".into(), name: "ops".into() });
    for (typed, seen) in [
        ("<@ana> and <@!budi>, <@U99>", "@ana and @budi, @U99"),
        ("<#C1> <#C99> <&G1> <@&G1>", "#eng #C99 @ops @ops"),
        ("<:party_cat:123> <a:wave:9>", ":party_cat: :wave:"),
        ("a < b > c <b> <t:1:F> <@> <", "a < b > c <b> <t:1:F> <@> <"),
        ("<<@ana>> @everyone", "<@ana> @everyone"),
    ] {
        town.runs("budi", &format!("/later <@ana> {typed}"));
        let newest = town.all.laters.values().max_by_key(|it| it.number).unwrap();
        assert_eq!(newest.letter().unwrap().text, seen);
    }
}
