//! What the author of a message may choose, and what nobody else may.

use super::{watched::*, *};
use crate::{
    action::{Action as AnyAction, FormId as AnyForm},
    effect::{Effect as AnyEffect, Owed, Target},
    event::{Event, Origin, Pointed, Spot, Wrote},
    id::MessageId,
    later::To,
    limit::{LATERS_WAITING_MAX, URGENT_HOURS_MAX},
    message::Reply,
    norm::verdict::{Mentions, says_reply_by},
    release::{Release, release},
    snapshot::Places,
};
use jiff::ToSpan;

fn urgent(enforce: Enforce) -> Vec<DraftNorm> {
    vec![draft("nights", Kind::QuietHours).at(Enforce::Nudge), draft("support", Kind::Urgent).at(enforce)]
}

fn id() -> JudgedId {
    JudgedId::of(&ChannelId::new("C1"), &MessageId::new("m1"))
}

fn click(who: &str, action: Action) -> Event {
    Event::Click { by: Origin::of(who), action: AnyAction::decode(&AnyAction::Norm(action).token()).unwrap() }
}

fn submit(who: &str, form: FormId, field: &str, value: &str) -> Event {
    let form = AnyForm::decode(&AnyForm::Norm(form).token()).unwrap();
    Event::Submit { by: Origin::of(who), form, values: [(field.to_owned(), value.to_owned())].into() }
}

/// Ben wrote to these people at night.
fn after_writing(norms: Vec<DraftNorm>, names: &[&str]) -> Snapshot {
    let mut town = acme_at_night(norms);
    town.places.insert(UserId::new("U2"), Places::default());
    happens(&mut town, "m1", Event::Wrote(wrote("m1", users(names))));
    town
}

fn told(all: &[Owed]) -> Vec<&Owed> {
    all.iter().filter(|owed| matches!(owed.effect, AnyEffect::Norm(Effect::Tell { .. }))).collect()
}

#[test]
fn nobody_chooses_for_another() {
    let mut town = after_writing(urgent(Enforce::Hold), &["U1"]);
    for (nth, forged) in [
        click("U3", Action::Deliver(id())),
        click("U3", Action::Urgent(id())),
        submit("U3", FormId::Urgent(id()), REASON, "because"),
        submit("U3", FormId::ReplyBy(id()), BY, "friday"),
        click("U2", Action::Deliver(JudgedId::new("unknown"))),
        submit("U2", FormId::Urgent(JudgedId::new("unknown")), REASON, "because"),
    ]
    .into_iter()
    .enumerate()
    {
        let decision = happens(&mut town, &format!("f{nth}"), forged);
        assert!(said(&decision).contains("nothing to do"));
        assert!(nudges(&decision).is_empty() && town.laters.is_empty() && town.alerts.is_empty());
    }
    let at = Pointed {
        spot: Spot { channel: "C1".into(), thread: None, message: "m1".into() },
        author: Some("U2".into()),
        at: night(),
        text: Some("Is it out?".to_owned()),
        mentions: users(&["U1"]),
    };
    for entry in [Entry::Deliver, Entry::NoReply, Entry::ReplyBy] {
        let event = Event::Pointed { by: Origin::of("U3"), entry, at: Box::new(at.clone()) };
        let decision = happens(&mut town, &format!("p{entry:?}"), event);
        assert!(said(&decision).contains("Only the author"));
        assert!(decision.effects.is_empty() && town.laters.is_empty());
    }
}

#[test]
fn what_is_chosen_twice_is_done_once() {
    let mut town = after_writing(urgent(Enforce::Hold), &["U1", "U3"]);
    assert_eq!(happens(&mut town, "c1", click("U2", Action::Deliver(id()))).effects.len(), 3, "two, and their words");
    let again = happens(&mut town, "c2", click("U2", Action::Deliver(id())));
    assert!(again.effects.is_empty() && town.laters.len() == 2);
    let send = || submit("U2", FormId::Urgent(id()), REASON, "it burns");
    assert_eq!(told(&happens(&mut town, "s1", send()).effects).len(), 2);
    assert!(happens(&mut town, "s2", send()).effects.is_empty());
    assert_eq!(town.alerts.len(), 1);
}

#[test]
fn five_hundred_people_are_not_five_hundred_messages() {
    let mut town = acme_at_night(urgent(Enforce::Hold));
    let names: Vec<String> = (0..500).map(|nth| format!("X{nth:03}")).collect();
    for name in &names {
        let user = UserId::new(name.as_str());
        let member = Member { profile_zone: Zone::find("Asia/Jakarta").ok(), ..Member::unknown(user.clone()) };
        town.members.insert(user, member);
    }
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    happens(&mut town, "m1", Event::Wrote(wrote("m1", users(&all))));
    let decision = happens(&mut town, "c1", click("U2", Action::Deliver(id())));
    assert_eq!(town.laters.len(), LATERS_WAITING_MAX);
    let said = said(&decision);
    assert!(said.contains("22 more people as well") && said.contains("For 470 more it can’t wait"), "{said}");
    assert!(town.laters.values().all(|it| matches!(it.letter().map(|letter| &letter.to), Some(To::Member(_)))));
}

#[test]
fn a_budget_is_kept_as_far_as_the_norm_says() {
    for (enforce, passes) in [(Enforce::Observe, true), (Enforce::Nudge, true), (Enforce::Hold, false)] {
        let mut town = after_writing(urgent(enforce), &["U1"]);
        for nth in 0..3 {
            let alert = Alert {
                id: JudgedId::new(format!("before{nth}")),
                author: "U2".into(),
                conversation: Conversation { channel: "C1".into(), thread: None },
                message: "m0".into(),
                at: night() - 1.hour(),
                reason: "x".to_owned(),
                to: vec![],
                record: "C2".into(),
                norm: NormKey { kind: Kind::Urgent, name: "support".to_owned() },
                revision: 7,
            };
            town.alerts.insert(alert.id.clone(), alert);
        }
        let decision = happens(&mut town, "s1", submit("U2", FormId::Urgent(id()), REASON, "it burns"));
        assert_eq!(told(&decision.effects).len(), usize::from(passes), "{enforce:?}");
        assert_eq!(town.laters.len(), usize::from(!passes));
        let said = said(&decision);
        assert_eq!(said.contains("more than the 3 a week"), enforce == Enforce::Nudge, "{said}");
        assert_eq!(said.contains("are used"), enforce == Enforce::Hold, "{said}");
    }
    let mut exempt = urgent(Enforce::Hold);
    exempt[1].exempt.people = names(&["ben"]);
    let mut town = after_writing(exempt, &["U1"]);
    let decision = happens(&mut town, "s1", submit("U2", FormId::Urgent(id()), REASON, "it burns"));
    assert!(told(&decision.effects).is_empty(), "whoever is exempt has no budget");
    let mut town = after_writing(urgent(Enforce::Hold), &["U1"]);
    for empty in ["", "  ", &"x".repeat(301)] {
        let decision = happens(&mut town, empty, submit("U2", FormId::Urgent(id()), REASON, empty));
        assert!(matches!(decision.reply, Some(Reply::Invalid(_))) && decision.effects.is_empty());
    }
}

#[test]
fn only_what_is_urgent_reaches_somebody_at_night() {
    let mut town = after_writing(urgent(Enforce::Hold), &["U1"]);
    let sends = happens(&mut town, "s1", submit("U2", FormId::Urgent(id()), REASON, "it burns")).effects;
    let [tell] = told(&sends)[..] else { panic!("{sends:?}") };
    let outgoing = sent(&town, tell, night());
    assert_eq!((outgoing.to, outgoing.silent), (Target::Direct("U1".into()), false));
    assert_eq!(skipped(&town, tell, night() + (URGENT_HOURS_MAX * 60 + 1).minutes()), Why::TooLate);
    let edit = Wrote { edited_from: Some(users(&["U1"])), ..wrote("m1", users(&["U1", "U3"])) };
    let edited = happens_at(&mut town, "e1", Event::Wrote(edit), night() + 300.minutes());
    assert!(nudges(&edited).is_empty(), "it is on record already");

    let mut town = after_writing(urgent(Enforce::Hold), &["U1"]);
    let waits = happens(&mut town, "c1", click("U2", Action::Deliver(id()))).effects;
    let delivery = waits.iter().find(|owed| matches!(owed.effect, AnyEffect::Later(_))).unwrap();
    assert!(matches!(release(&town, delivery, night()), Release::Wait(_)));
}

#[test]
fn a_time_in_a_text_is_found_where_there_is_one() {
    assert_eq!(says_reply_by("ana, look [By tue ] please"), Some("tue"));
    assert_eq!(says_reply_by("é[by friday 14:00]é"), Some("friday 14:00"));
    for none in ["", "[by]", "[by ]", "[by   ]", "[by friday", "by friday]", "[bye now]"] {
        assert_eq!(says_reply_by(none), None, "{none}");
    }
    assert_eq!(says_reply_by(&format!("[by {}]", "x".repeat(41))), None);
    let mut town = acme_at_night(vec![]);
    let marked = |typed: &str| Wrote { reply_by: Some(typed.to_owned()), ..wrote("m1", Mentions::default()) };
    assert_eq!(nudges(&happens(&mut town, "m1", Event::Wrote(marked("friday")))).len(), 1);
    assert!(nudges(&happens(&mut town, "m2", Event::Wrote(marked("someday")))).is_empty());
}

/// Whoever wishes for a reply by Tuesday wants it on Tuesday, and no reader shall see Monday night.
#[test]
fn a_day_for_a_reply_means_its_end_as_in_a_question() {
    for (typed, end) in [
        ("tue", "2026-11-24T17:00:00Z"),
        ("besok", "2026-11-24T17:00:00Z"),
        ("tuesday 14:00", "2026-11-24T14:00:00Z"),
        // Nobody works then: the day's last minute.
        ("saturday", "2026-11-28T23:59:00Z"),
    ] {
        let mut town = acme_at_night(vec![]);
        town.members.get_mut(&UserId::from("U2")).unwrap().own_zone = Some(Zone::utc());
        let wrote = Wrote { reply_by: Some(typed.to_owned()), ..wrote("m1", Mentions::default()) };
        let decision = happens(&mut town, "m1", Event::Wrote(wrote));
        let noted = decision.effects.iter().find_map(|owed| match &owed.effect {
            AnyEffect::Norm(Effect::Note { note: Note::By(at), .. }) => Some(*at),
            _ => None,
        });
        assert_eq!(noted, Some(end.parse().unwrap()), "{typed}");
    }
}
