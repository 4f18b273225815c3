//! The ways that a message takes: into its reader's hours, or back to its author.

use super::*;

#[test]
fn what_is_written_at_night_comes_in_the_morning() {
    let mut town = town();
    insta::assert_snapshot!(town.runs("budi", "/later <@ana> Could  <@sari> look at “<#C1>”? <!channel> *x*"), @r"
    Your message waits as number 1. @ana gets it Tuesday 24 November, 2:00.
    For them that is Tuesday 24 November, 9:00.
    [Take it back]
    /later list shows what waits. Until it goes you can change it or take it back.
    ");
    town.until("2026-11-24T01:59:59Z");
    assert!(town.sent.is_empty(), "{:?}", town.sent);
    town.until(ANAS_MORNING);
    let [(when, said)] = &town.got("ana")[..] else { panic!("{:?}", town.sent) };
    assert_eq!(when, ANAS_MORNING);
    insta::assert_snapshot!(said, @r"
    From @budi, written Monday 23 November, 20:00
    > Could  @sari look at “#eng”? <!channel> *x*
    ");
    let later = town.later("budi", 1);
    assert_eq!(later.state, State::Done { end: End::Delivered, at: at(ANAS_MORNING) }, "its words are gone");
    assert_eq!(town.what_became_of(&later.id.subject()), [&What::Sent]);
    town.until("2026-12-24T00:00:00Z");
    assert_eq!(town.sent.len(), 1);
}

#[test]
fn whoever_is_at_work_gets_it_now_and_a_note_to_oneself_waits() {
    let mut town = town();
    assert!(town.runs("ana", "/later <@budi> Lunch?").starts_with("@budi is at work, so your message goes now."));
    town.until("2026-11-23T13:00:00Z");
    assert_eq!(town.got("budi").len(), 1);
    // Budi works until 17:00 and begins at 9:00 tomorrow.
    assert!(town.runs("budi", "/later <@budi> Milk").starts_with("Your note waits as number 1. You get it Tuesday 24"));
    town.until("2026-11-24T08:59:59Z");
    assert_eq!(town.got("budi").len(), 1);
    town.until("2026-11-24T09:00:00Z");
    insta::assert_snapshot!(town.got("budi")[1].1, @r"
    A note from you, written Monday 23 November, 13:00
    > Milk
    ");
}

#[test]
fn a_time_is_the_readers_own_and_never_outside_their_hours() {
    for (line, comes) in [
        ("<@ana> when=14:00 x", "2026-11-24T07:00:00Z"),
        ("<@ana> when=\"thursday 10:30\" x", "2026-11-26T03:30:00Z"),
        ("<@ana> x when=thursday", "2026-11-26T02:00:00Z"),
        // Sunday is no working day, and at 22:00 she is off.
        ("<@ana> x when=sunday", "2026-11-30T02:00:00Z"),
        ("<@ana> x when=22:00", "2026-11-24T02:00:00Z"),
        // In a channel it is the author's own, and a day without a time is the team's day.
        ("<#C1> when=\"tuesday 10:15\" x", "2026-11-24T10:15:00Z"),
        ("<#C1> when=thursday x", "2026-11-26T09:00:00Z"),
        ("<#C1> when=saturday x", "2026-11-30T09:00:00Z"),
        ("<#C1> when=21:30 x", "2026-11-23T21:30:00Z"),
        // The team is at work, so it is their next day.
        ("<#C1> x", "2026-11-24T09:00:00Z"),
    ] {
        let mut town = town();
        town.runs("budi", &format!("/later {line}"));
        town.until("2026-12-02T00:00:00Z");
        let when: Vec<String> = town.sent.iter().map(|(_, at, _)| at.to_string()).collect();
        assert_eq!(when, [comes], "{line}");
    }
}

#[test]
fn a_time_that_clocks_leave_out_or_show_twice_is_one_time() {
    for (now, when, comes) in [
        // London skips from 1:00 to 2:00, and shows 1:30 twice in autumn. Budi works at night there.
        ("2027-03-27T12:00:00Z", "1:30", "2027-03-28T01:30:00Z"),
        ("2026-10-24T12:00:00Z", "1:30", "2026-10-25T00:30:00Z"),
    ] {
        let mut town = town();
        town.now = at(now);
        let night = crate::time::parse_hours("daily 22:00-6:00").unwrap().1;
        town.member("budi").own_hours = night;
        town.runs("ana", &format!("/later <@budi> when={when} x"));
        town.until_instant(at(now) + jiff::SignedDuration::from_hours(72));
        assert_eq!(town.got("budi")[0].0, comes);
    }
}

#[test]
fn a_channel_is_told_who_wrote_it_without_a_mention() {
    let mut town = town();
    town.member("budi").name = "Budi <!here>".into();
    assert!(
        town.runs("budi", "/later <#C1> Demo on Friday")
            .starts_with("Your message waits as number 1. It is posted in #C1")
    );
    town.until("2026-11-24T09:00:00Z");
    insta::assert_snapshot!(town.got("C1")[0].1, @r"
    Budi <!here> wrote this for here on Monday 23 November, 13:00
    > Demo on Friday
    ");
    // After a night in which jeda didn't run, it waits for the team's hours.
    town.runs("budi", "/later <#C1> when=20:00 Good night");
    town.now = at("2026-11-25T03:00:00Z");
    town.until("2026-11-25T03:00:00Z");
    assert_eq!(town.got("C1").len(), 1);
    town.until("2026-11-25T12:00:00Z");
    assert_eq!(town.got("C1")[1].0, "2026-11-25T09:00:00Z");
    let late = town.what_became_of(&town.later("budi", 2).id.subject());
    assert_eq!(late, [&What::SentLate(receipt::Why::People(people::Why::Downtime))]);
}

#[test]
fn leave_that_began_meanwhile_is_waited_for_and_its_early_end_too() {
    let mut town = town();
    town.runs("budi", "/later <@ana> Could you look?");
    town.runs("ana", "/away until friday");
    assert!(town.runs("budi", "/later list").contains("Friday 27 November, 2:00"));
    town.until("2026-11-25T04:00:00Z");
    assert!(town.sent.is_empty());
    town.runs("ana", "/back");
    town.until("2026-11-25T04:00:00Z");
    assert_eq!(town.got("ana").len(), 1, "she is back, and at work");
    town.until("2026-12-24T00:00:00Z");
    assert_eq!(town.sent.len(), 1, "once");
    assert!(town.outbox.is_empty());

    // Hours that were moved count, too, and so does leave that jeda only hears of at the very moment.
    town.runs("budi", "/later <@ana> Another");
    town.until("2026-12-24T01:00:00Z");
    town.member("ana").absences =
        vec![people::Absence { from: at("2026-12-24T01:30:00Z"), until: Some(at("2026-12-28T00:00:00Z")), why: None }];
    town.until("2026-12-29T00:00:00Z");
    assert_eq!(town.got("ana")[1].0, "2026-12-28T02:00:00Z");
    let late = town.what_became_of(&town.later("budi", 2).id.subject());
    assert!(matches!(late[..], [What::SentLate(_)]), "{late:?}");
}

#[test]
fn who_is_away_for_an_unknown_time_is_waited_for_and_not_for_ever() {
    let mut town = town();
    town.runs("ana", "/away");
    insta::assert_snapshot!(town.runs("budi", "/later <@ana> Could you look?"), @r"
    @ana is away and hasn’t said until when. Your message waits as number 1 and goes when they are back. If that takes more than 120 days, you get it back.
    [Take it back]
    /later list shows what waits. Until it goes you can change it or take it back.
    ");
    assert!(town.runs("budi", "/later").contains("1 to @ana, when they are back"));
    town.runs("budi", "/later <@ana> And this?");
    town.until("2026-12-01T03:00:00Z");
    town.runs("ana", "/back");
    town.until("2026-12-01T03:00:00Z");
    assert_eq!(town.got("ana").len(), 2);

    town.runs("ana", "/away");
    town.runs("budi", "/later <@ana> The last?");
    town.until("2027-03-30T00:00:00Z");
    assert!(town.got("budi").is_empty());
    town.until("2027-04-02T12:00:00Z");
    let back = town.got("budi");
    assert!(back[0].1.contains("They were away for too long") && back[0].1.ends_with("> The last?"), "{back:?}");
    assert_eq!(town.end_of("budi", 3), Some(End::Returned));
}

#[test]
fn what_cannot_be_delivered_comes_back_whole_in_its_authors_hours() {
    // (the reason that he is told, whom it is for, what happened)
    type Case = (&'static str, &'static str, fn(&mut Town));
    let cases: [Case; 6] = [
        ("They are no longer here", "<@sari>", |town| town.member("sari").active = false),
        ("don’t accept direct messages", "<@sari>", |town| town.member("sari").direct_closed = true),
        ("don’t accept direct messages", "<@sari>", |town| {
            town.refuses.push(("sari".into(), Refusal::DirectMessagesClosed))
        }),
        ("no longer here", "<@sari>", |town| town.refuses.push(("sari".into(), Refusal::MemberGone))),
        ("archived or deleted", "<#C1>", |town| {
            let facts = ChannelFacts {
                channel: "C1".into(),
                name: "eng".into(),
                open: false,
                archived: true,
                private: None,
                takes_back: false,
            };
            town.happens(Event::Seen(crate::event::Seen::Channel(facts)));
        }),
        ("not in that channel", "<#C1>", |town| town.refuses.push(("C1".into(), Refusal::NotInChannel))),
    ];
    for (reason, to, trouble) in cases {
        let mut town = town();
        // Budi moves to Auckland, where it is night then.
        town.runs("budi", &format!("/later {to} when=\"tuesday 14:00\" All of\nmy words"));
        town.member("budi").own_zone = Zone::find("Pacific/Auckland").ok();
        trouble(&mut town);
        town.until("2026-11-24T19:59:59Z");
        assert!(town.sent.is_empty(), "{reason}: {:?}", town.sent);
        assert!(town.runs("budi", "/later list").contains("could not be delivered"));
        town.until("2026-11-24T20:00:00Z");
        let [(when, said)] = &town.got("budi")[..] else { panic!("{reason}: {:?}", town.sent) };
        assert_eq!(when, "2026-11-24T20:00:00Z", "nine in the morning in Auckland");
        assert!(said.contains(reason) && said.ends_with("> All of\nmy words"), "{said}");
        assert_eq!(town.end_of("budi", 1), Some(End::Returned));
        let later = town.later("budi", 1);
        assert!(matches!(town.what_became_of(&later.id.subject())[..], [What::Skipped(_)]));
        assert_eq!(town.what_became_of(&later.id.return_subject()), [&What::Noted(receipt::Why::Later(Why::Returned))]);
        assert!(town.runs("budi", "/later list").starts_with("Nothing of yours waits"));
        town.until("2026-12-24T00:00:00Z");
        assert_eq!(town.sent.len(), 1, "once");
    }
}

#[test]
fn what_can_reach_neither_stays_in_its_authors_list() {
    let mut town = town();
    town.runs("budi", "/later <@ana> All my words");
    for who in ["ana", "budi"] {
        town.refuses.push((who.into(), Refusal::DirectMessagesClosed));
    }
    town.until("2026-12-01T12:00:00Z");
    assert!(town.member("budi").direct_closed && town.sent.is_empty());
    assert!(town.runs("budi", "/later list").contains("1 to @ana could not be delivered: All my words"));
    assert!(town.runs("budi", "/later show 1").contains("> All my words"));
    for line in ["/later now 1", "/later edit 1 other words"] {
        assert!(town.runs("budi", line).contains("could not be delivered, so it can’t be changed"), "{line}");
    }
    // He opens them: it comes after all.
    town.refuses.clear();
    town.member("budi").direct_closed = false;
    town.until("2026-12-03T12:00:00Z");
    assert!(town.got("budi")[0].1.ends_with("> All my words"));
    assert_eq!(town.end_of("budi", 1), Some(End::Returned));

    // It may be taken off the list, and is not kept for ever.
    town.runs("budi", "/later <@sari> when=friday First");
    town.runs("budi", "/later <@sari> when=friday Second");
    for who in ["sari", "budi"] {
        town.refuses.push((who.into(), Refusal::DirectMessagesClosed));
    }
    town.until("2026-12-08T00:00:00Z");
    assert!(town.runs("budi", "/later cancel 2").ends_with("> First"));
    assert_eq!(town.end_of("budi", 2), Some(End::Dropped));
    town.until("2027-06-01T00:00:00Z");
    assert_eq!((town.end_of("budi", 3), town.outbox.len()), (Some(End::Lost), 0));
}

#[test]
fn what_its_author_left_behind_is_delivered_and_nothing_is_kept_of_what_cannot_be() {
    let mut town = town();
    town.runs("budi", "/later <@ana> For you");
    town.runs("budi", "/later <@sari> And you");
    town.member("budi").active = false;
    town.member("sari").active = false;
    town.until("2026-11-25T00:00:00Z");
    assert_eq!((town.got("ana").len(), town.sent.len()), (1, 1));
    assert_eq!((town.end_of("budi", 1), town.end_of("budi", 2)), (Some(End::Delivered), Some(End::Lost)));
    assert!(town.outbox.is_empty());
}
