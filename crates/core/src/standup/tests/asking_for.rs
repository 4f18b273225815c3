//! What people type, and what they are told when it can't be.

use super::{
    town::{form, said},
    *,
};
use crate::{
    action::FormId,
    id::{ChannelId, StandupId},
    message::Reply,
    people::Channel,
    standup::{self, Action, Deadline, Entry, EntryState, ReportWhen, StandupState, Who, WhoseTime},
};

fn town() -> Town {
    Town::new("2026-11-23T08:00:00Z", slack())
}

#[test]
fn everything_about_a_standup_can_be_said_in_one_line() {
    let mut town = town();
    let made = town.runs(
        "emma",
        "/standup new Ops daily 8:00 zone=Asia/Jakarta window=6h remind=30m report=live who=<@budi> <@maya> \
         observers=<@liam> questions=\"What happened?; What is blocking you?\"",
    );
    for part in [
        "Ops is set up:",
        "1. What happened?",
        "2. What is blocking you?",
        "Asia/Jakarta time",
        "6 hours",
        "30 minutes before",
        "as answers arrive",
        "2 people: Budi and Maya",
        "Also gets the report: Liam",
        "Owner: Emma",
    ] {
        assert!(made.contains(part), "{part} is not in: {made}");
    }
    let standup = town.standup();
    assert_eq!(standup.deadline, Deadline::After(360));
    assert!(matches!(standup.whose_time, WhoseTime::One(_)));
    assert_eq!(standup.report, ReportWhen::AsAnswersArrive);
    // In Indonesian.
    town.all.members.get_mut(&"budi".into()).unwrap().language = Some(crate::language::Language::Id);
    let made = town.runs("budi", "/standup new Harian hari kerja 9.30 window=4jam");
    assert!(made.contains("Harian sudah siap:") && made.contains("menurut waktu setempat tiap orang"), "{made}");
}

#[test]
fn what_cannot_be_is_refused_with_what_to_type_and_nothing_is_made() {
    let mut town = town();
    town.runs("emma", "/standup new Taken weekdays 9:30");
    let archived = Channel {
        channel: "C9".into(),
        name: "old".into(),
        open: false,
        archived: true,
        private: false,
        takes_back: false,
    };
    town.all.channels.insert("C9".into(), archived);
    let many = (0..21).map(|at| format!("Q{at}?")).collect::<Vec<_>>().join(";");
    let long = "x".repeat(301);
    for (line, told) in [
        ("new Daily".to_owned(), "Say on which days"),
        ("new Daily weekdays 25:00".into(), "25:00"),
        ("new Daily sometimes".into(), "weekdays 9:30"),
        ("new Daily \"0 30 9 * * 1\"".into(), "five fields"),
        ("new Daily \"0 9 31 2 *\"".into(), "never comes"),
        ("new Daily \"0 9,17 * * *\"".into(), "at most once a day"),
        ("new taken weekdays 9:30".into(), "called Taken already"),
        (format!("new {} weekdays 9:30", "y".repeat(61)), "at most 60"),
        ("new Daily weekdays 9:30 zone=Asia/Jakata".into(), "Did you mean Asia/Jakarta"),
        ("new Daily weekdays 9:30 window=5m".into(), "from 15 minutes to"),
        ("new Daily weekdays 9:30 window=8d".into(), "from 15 minutes to"),
        ("new Daily weekdays 9:30 window=soon".into(), "4h"),
        ("new Daily weekdays 9:30 window=2h deadline=14:00".into(), "not both"),
        ("new Daily weekdays 9:30 window=2h remind=3h".into(), "has to be shorter than"),
        ("new Daily weekdays 9:30 questions=\";\"".into(), "needs a question"),
        (format!("new Daily weekdays 9:30 questions={many}"), "21 questions are more"),
        (format!("new Daily weekdays 9:30 questions={long}"), "too long"),
        ("new Daily weekdays 9:30 channel=<#C7>".into(), "jeda is not in #C7"),
        ("new Daily weekdays 9:30 channel=#nowhere".into(), "no channel #nowhere"),
        ("new Daily weekdays 9:30 channel=<#C9>".into(), "is archived"),
        ("new Daily weekdays 9:30 who=@backend".into(), "where a space stands before its @: who= @backend."),
        ("new Daily weekdays 9:30 who=nobody".into(), "anybody called nobody"),
        ("new Daily weekdays 9:30 observers=@nobody".into(), "anybody called @nobody. Mention them"),
        ("new Daily weekdays 9:30 report=never".into(), "report=close"),
        ("edit Taken window=1m".into(), "from 15 minutes"),
        ("edit Takem window=1h".into(), "Did you mean Taken?"),
        ("show Zzz".into(), "no standup Zzz"),
        ("report 31-31 Taken".into(), "as a day"),
        ("report 2020-01-01 Taken".into(), "had no round"),
        ("note".into(), "/standup note"),
    ] {
        let reply = town.runs("emma", &format!("/standup {line}"));
        assert!(reply.contains(told), "{line}: {reply}");
    }
    assert_eq!(town.all.standups.len(), 1);
    assert_eq!(town.standup().revision, 1);
    // In a direct message there is no channel to report to.
    let invocation = crate::command::parse("/standup", "new Daily weekdays 9:30");
    let by = crate::event::Origin { channel: Some("D1".into()), ..crate::event::Origin::of("emma") };
    let reply = town.happens(crate::event::Event::Command { by, invocation }).unwrap();
    assert!(said(reply).contains("Where should the report go?"));
}

#[test]
fn a_deadline_before_somebodys_prompt_is_refused_with_names_and_times() {
    let mut town = town();
    let refused = town.runs("emma", "/standup new Daily weekdays 9:30 deadline=14:00");
    assert!(refused.contains("Joao would be asked") || refused.contains("Liam would be asked"), "{refused}");
    let liam = "Liam would be asked Monday 23 November, 9:30, after the deadline at Monday 23 November, 6:00";
    assert!(refused.contains(liam), "{refused}");
    assert!(refused.contains("America/Los_Angeles"), "{refused}");
    assert!(!refused.contains("Budi"), "he is asked long before: {refused}");
    assert!(town.all.standups.is_empty());
    assert!(town.runs("emma", "/standup new Daily weekdays 9:30 deadline=20:00").contains("is set up"));
    assert!(town.runs("emma", "/standup edit Daily deadline=12:00").contains("would be asked"));
    assert!(town.runs("emma", "/standup edit Daily deadline=21:00").contains("is changed"));
}

#[test]
fn only_the_owner_and_administrators_change_it() {
    let mut town = town();
    town.runs("budi", "/standup new Daily weekdays 9:30");
    for line in ["edit Daily window=2h", "edit Daily", "pause Daily", "delete Daily"] {
        let refused = town.runs("liam", &format!("/standup {line}"));
        assert_eq!(refused, "Only its owner and administrators may change Daily. Please ask @budi.", "{line}");
    }
    let id = town.standup().id.clone();
    let forged = town.clicks("liam", Action::Delete(id.clone()));
    assert!(said(forged).contains("Please ask @budi"));
    let forged = town.submits("liam", FormId::Standup(standup::FormId::Edit(id.clone())), &[("name", "Mine")]);
    assert!(said(forged).contains("Please ask @budi"));
    assert_eq!(town.standup().revision, 1);
    assert!(town.runs("emma", "/standup pause Daily").contains("is paused"), "she is an administrator");
    assert!(
        town.runs("budi", "/standup pause").contains("paused already") || town.standup().state == StandupState::Paused
    );
    assert!(town.runs("budi", "/standup resume Daily").contains("asks again"));
    let asked = town.runs("budi", "/standup delete Daily");
    assert!(asked.contains("Delete Daily?") && asked.contains("[Delete it] [Keep it]"), "{asked}");
    assert!(said(town.clicks("budi", Action::Keep(id.clone()))).contains("stays"));
    assert!(said(town.clicks("budi", Action::Delete(id.clone()))).contains("is deleted"));
    assert!(said(town.clicks("budi", Action::Delete(id))).contains("no longer exists"));
    assert!(town.runs("budi", "/standup list").contains("no standup here yet"));
    // Its name is free again, and nobody is asked any more.
    assert!(town.runs("budi", "/standup new Daily weekdays 9:30").contains("is set up"));
    assert_eq!(town.wakes.keys().filter(|key| key.as_str().starts_with("plan/")).count(), 1);
}

#[test]
fn a_pause_asks_nobody_and_a_resume_goes_on_with_the_next_time() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-23T10:00:00Z");
    town.runs("emma", "/standup pause Daily");
    town.until("2026-11-26T12:00:00Z");
    assert_eq!(town.inbox_of("liam").len(), 0);
    assert_eq!(town.all.rounds.len(), 1, "the round under way ended as usual");
    assert!(town.all.rounds.values().all(|round| round.closed_at.is_some()));
    let resumed = town.runs("emma", "/standup resume Daily");
    assert!(resumed.contains("Friday 27 November, 9:30"), "{resumed}");
    town.until("2026-11-26T18:00:00Z");
    assert_eq!(town.state("liam", "2026-11-26"), &EntryState::Prompted, "his morning is still to come that day");
    town.until("2026-11-30T00:00:00Z");
    town.is_in_order();
}

#[test]
fn a_change_is_for_the_next_round() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-23T10:00:00Z");
    town.runs("emma", "/standup edit Daily weekdays 11:00 questions=\"Only this?\" rename=Midday");
    let asked = form(town.clicks("emma", Action::Answer(town.round("2026-11-23"), 0)));
    assert_eq!(asked.fields.len(), 3);
    town.until("2026-11-24T20:00:00Z");
    assert_eq!(town.entry("liam", "2026-11-23").prompt_at.to_string(), "2026-11-23T17:30:00Z");
    assert_eq!(town.entry("emma", "2026-11-24").prompt_at.to_string(), "2026-11-24T11:00:00Z");
    assert_eq!(town.all.rounds[&town.round("2026-11-24")].questions.len(), 1);
    assert!(town.runs("emma", "/standup show Midday").contains("1. Only this?"));
    assert!(town.runs("emma", "/standup edit Midday window=4h").contains("Nothing was different"));
    town.until("2026-11-25T00:00:00Z");
    town.is_in_order();
}

#[test]
fn without_arguments_the_form_opens_and_makes_or_changes_it() {
    for capabilities in [slack(), discord()] {
        let mut town = Town::new("2026-11-23T08:00:00Z", capabilities);
        assert!(town.runs("emma", "/standup new").starts_with("form: New standup"));
        let opened = open(&mut town, "new");
        let count = if capabilities.form_fields_max >= 11 { 11 } else { 5 };
        assert_eq!(opened.fields.len(), count);
        let names: std::collections::BTreeSet<_> = opened.fields.iter().map(|it| it.id.as_str()).collect();
        assert!(["name", "when", "questions", "channel"].iter().all(|it| names.contains(it)));
        let id = opened.id.clone();
        let mut values: Vec<(String, String)> =
            opened.fields.iter().filter_map(|it| it.value.clone().map(|value| (it.id.clone(), value))).collect();
        let send = |town: &mut Town, id: &FormId, values: &[(String, String)]| {
            let values: Vec<(&str, &str)> = values.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            town.submits("emma", id.clone(), &values)
        };
        let reply = send(&mut town, &id, &values);
        assert!(
            matches!(&reply, Reply::Invalid(wrong) if wrong.iter().any(|(field, _)| field == "name")
            && wrong.iter().any(|(field, _)| field == "when")),
            "{reply:?}"
        );
        values.extend([("name".into(), "Daily".into()), ("when".into(), "weekdays 9:30".into())]);
        let made = said(send(&mut town, &id, &values));
        assert!(made.contains("Daily is set up"), "{made}");
        // What the form had no room for is named, with how it is set; nothing where it shows everything.
        let edit = crate::command::find(&["standup", "edit"]).unwrap();
        let hidden = edit.args.iter().filter(|arg| arg.name != "rename" && !names.contains(arg.name));
        let named: Vec<&str> =
            hidden.map(|arg| arg.name).filter(|name| made.contains(&format!("\n{name}  "))).collect();
        assert_eq!(named.len(), 11 - count, "{named:?} in {made}");
        assert_eq!(made.contains("/standup edit name:Daily remind:30m report:live"), count < 11, "{made}");
        let before = town.standup().clone();
        // Sending the form for a change back as it opened changes nothing.
        let opened = open(&mut town, "edit Daily");
        let same: Vec<(String, String)> =
            opened.fields.iter().filter_map(|it| it.value.clone().map(|value| (it.id.clone(), value))).collect();
        let reply = said(send(&mut town, &opened.id, &same));
        assert!(reply.contains("Nothing was different"), "{reply}");
        assert_eq!(town.standup(), &before);
        let mut other = same.clone();
        other.iter_mut().filter(|(field, _)| field == "name").for_each(|(_, value)| *value = "Morning".into());
        assert!(said(send(&mut town, &opened.id, &other)).contains("Morning is changed"));
    }
}

fn open(town: &mut Town, line: &str) -> crate::message::Form {
    let invocation = crate::command::parse("/standup", line);
    let by = Town::origin("emma");
    form(town.happens(crate::event::Event::Command { by, invocation }).unwrap())
}

#[test]
fn a_group_or_a_channel_that_nobody_knows_yet_is_asked_for_first() {
    let mut town = town();
    town.groups.insert("G1".into(), vec!["maya".into(), "budi".into()]);
    town.all.channel_members.clear();
    let made = town.runs("emma", "/standup new Group weekdays 9:30 who=<&G1>");
    assert!(made.contains("jeda is asking the platform"), "{made}");
    assert!(town.runs("emma", "/standup show Group").contains("2 people: Budi and Maya"));
    let fields = open(&mut town, "edit Group").fields;
    let hint = fields.iter().find(|field| field.id == "who").and_then(|field| field.hint.clone()).unwrap();
    assert!(hint.starts_with("A user group takes part, and stays if this is empty."), "{hint}");
    town.runs("emma", "/standup new Channel weekdays 9:30");
    town.until("2026-11-24T04:00:00Z");
    let names: Vec<&str> = town.all.rounds.keys().map(|it| town.all.standups[&it.standup].name.as_str()).collect();
    assert!(names.contains(&"Group") && names.contains(&"Channel"), "{names:?}");
    let asked = |town: &Town, user: &str| town.inbox_of(user).len();
    assert_eq!((asked(&town, "maya"), asked(&town, "budi")), (2, 2));
    town.until("2026-11-25T22:00:00Z");
    town.is_in_order();
}

#[test]
fn a_note_needs_one_row_and_writes_one() {
    let mut town = town();
    let invocation = crate::command::parse("/standup", "note a <@U1> *line*");
    let event = crate::event::Event::Command { by: Town::origin("emma"), invocation };
    let needs = standup::needs(&event, town.now);
    assert_eq!(needs, [crate::snapshot::Need::Member("emma".into())].into());
    assert!(said(town.happens(event).unwrap()).contains("> a <@U1> *line*"));
    assert_eq!(town.all.notes.len(), 1);
    assert!(town.receipts.is_empty() && town.outbox.is_empty() && town.wakes.is_empty());
    assert!(
        town.runs("emma", &format!("/standup note {}", "x".repeat(2_001))).contains("2,001")
            || town.all.notes.len() == 1
    );
    for at in 0..60 {
        town.runs("emma", &format!("/standup note {at}"));
    }
    assert_eq!(town.all.notes.len(), crate::limit::NOTES_MAX);
    assert!(town.runs("emma", "/standup note one more").contains("was not kept"));
}

#[test]
fn a_name_may_be_left_out_where_only_one_can_be_meant() {
    let mut town = town();
    assert!(town.runs("emma", "/standup show").contains("no standup here yet"));
    town.runs("emma", "/standup new Daily weekdays 9:30");
    assert!(town.runs("budi", "/standup show").starts_with("Daily\n"));
    town.runs("emma", "/standup new Weekly mondays 9:30 who=<@emma>");
    let asked = town.runs("emma", "/standup show");
    let either = ["Which one: Daily or Weekly?", "Which one: Weekly or Daily?"];
    assert!(either.iter().any(|it| asked.contains(it)), "{asked}");
    let list = town.runs("emma", "/standup list");
    assert!(list.contains("Daily · weekdays at 9:30, in each person’s own time · #C1 · you take part"), "{list}");
}

#[test]
fn somebody_put_on_the_list_later_is_told_once_in_their_hours() {
    let mut town = town();
    town.runs("emma", "/standup new Daily weekdays 9:30 who=<@emma>");
    town.runs("emma", "/standup edit Daily who=<@emma> <@liam>");
    assert!(town.inbox_of("liam").is_empty(), "it is midnight in Los Angeles");
    town.until("2026-11-23T17:10:00Z");
    let told = town.inbox_of("liam");
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("You were added to Daily. It asks weekdays at 9:30"), "{}", told[0]);
}

#[test]
fn forged_tokens_give_nobody_anothers_rights() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 who=<@emma>");
    town.until("2026-11-23T10:00:00Z");
    let round = town.round("2026-11-23");
    for reply in [
        town.clicks("liam", Action::Answer(round.clone(), 0)),
        town.clicks("liam", Action::Skip(round.clone())),
        town.clicks("emma", Action::Answer(round.clone(), 99)),
        town.submits("liam", FormId::Standup(standup::FormId::Answer(round.clone(), 0)), &[("q0", "x")]),
        town.submits("emma", FormId::Standup(standup::FormId::Answer(round.clone(), usize::MAX)), &[("q0", "x")]),
    ] {
        assert!(said(reply).contains("no question for you"));
    }
    let unknown = standup::RoundKey { standup: StandupId::new("zz"), date: round.date };
    assert!(said(town.clicks("emma", Action::Answer(unknown, 0))).contains("no question for you"));
    let entry: &Entry = town.entry("emma", "2026-11-23");
    assert!(entry.answers.is_empty());
    assert_eq!(town.all.entries.len(), 1);
    assert_eq!(town.standup().who, Who::List(["emma".into()].into()));
    assert_eq!(town.standup().channel, ChannelId::new(town::ENG));
}

/// A channel that jeda is in, and whose people it doesn't know yet.
fn far_with(town: &mut Town, private: bool, people: &[&str]) {
    let far =
        Channel { channel: "C5".into(), name: "far".into(), open: true, archived: false, private, takes_back: false };
    town.all.channels.insert("C5".into(), far);
    town.channels.insert("C5".into(), people.iter().map(|it| (*it).into()).collect());
}

fn far(town: &mut Town, private: bool) {
    far_with(town, private, &["liam", "joao"]);
}

#[test]
fn a_deadline_given_before_the_people_are_known_is_looked_at_when_they_are() {
    for who in ["channel=#far", "channel=far", "channel=<#C5>", "who=<&G1>"] {
        let mut town = town();
        far(&mut town, false);
        town.groups.insert("G1".into(), vec!["liam".into(), "joao".into()]);
        let made = town.runs("emma", &format!("/standup new Daily weekdays 9:30 deadline=14:00 {who}"));
        assert!(made.contains("is set up"), "{who}: {made}");
        town.settle();
        assert_eq!(town.standup().state, StandupState::Paused, "{who}");
        town.until("2026-11-23T10:00:00Z");
        let told = town.inbox_of("emma").join("\n");
        let liam = "Liam would be asked Monday 23 November, 9:30, after the deadline at Monday 23 November, 6:00";
        assert!(told.contains("Daily") && told.contains(liam) && told.contains("/standup resume Daily"), "{told}");
        // It goes on only with a deadline that suits them.
        assert!(town.runs("emma", "/standup resume Daily").contains(liam), "{who}");
        assert_eq!(town.standup().state, StandupState::Paused);
        assert!(town.runs("emma", "/standup edit Daily deadline=21:00").contains("is changed"));
        assert!(town.runs("emma", "/standup resume Daily").contains("asks again"));
        town.until("2026-11-25T12:00:00Z");
        assert!(town.receipts.iter().all(|it| !format!("{:?}", it.what).contains("WindowOver")), "{who}");
        assert_eq!(town.inbox_of("emma").iter().filter(|it| it.contains(liam)).count(), 1, "told once");
        town.is_in_order();
    }
}

#[test]
fn a_channel_by_its_name_is_known_by_its_people() {
    let mut town = town();
    far(&mut town, false);
    town.runs("emma", "/standup new First weekdays 9:30 channel=#far");
    town.settle();
    let refused = town.runs("emma", "/standup new Second weekdays 9:30 channel=#far deadline=14:00");
    assert!(refused.contains("Liam would be asked"), "{refused}");
    let made = town.runs("emma", "/standup new Second weekdays 9:30 channel=Far");
    assert!(made.contains("2 people"), "{made}");
}

#[test]
fn a_standup_of_a_private_channel_is_for_those_whom_it_concerns() {
    let mut town = town();
    far(&mut town, true);
    // Only who is there, as far as is known, or administers may speak for it.
    let refused = town.runs("budi", "/standup new Secret weekdays 9:30 channel=#far");
    assert!(refused.contains("is private"), "{refused}");
    let invocation = crate::command::parse("/standup", "new Secret weekdays 9:30 window=4h");
    let by = crate::event::Origin { channel: Some("C5".into()), ..crate::event::Origin::of("liam") };
    let made = town.happens(crate::event::Event::Command { by, invocation }).unwrap();
    assert!(said(made).contains("is set up"));
    town.until("2026-11-23T18:00:00Z");
    town.answers("liam", "2026-11-23", &["Nobody else's business", "Nor this", "none"]);
    town.until("2026-11-24T06:00:00Z");
    for line in ["list", "show Secret", "join Secret", "leave Secret", "report Secret", "receipts Secret"] {
        let told = town.runs("budi", &format!("/standup {line}"));
        assert!(!told.contains("liam") && !told.contains("Nobody else"), "{line}: {told}");
        assert!(told.contains("no standup"), "{line}: {told}");
    }
    assert!(town.runs("joao", "/standup report Secret").contains("Nobody else"), "he is in the channel");
    assert!(town.runs("emma", "/standup show Secret").contains("Secret"), "she is an administrator");
    // Whoever is let in later reads what they were asked themselves.
    town.channels.insert("C5".into(), vec!["liam".into(), "joao".into()]);
    town.runs("liam", "/standup edit Secret who=<@liam> <@joao> <@budi>");
    town.settle();
    assert!(town.runs("budi", "/standup list").contains("Secret"));
    let before = town.runs("budi", "/standup report 2026-11-23 Secret");
    assert!(!before.contains("Nobody else"), "{before}");
}

#[test]
fn a_report_is_found_by_its_day_however_long_ago_it_was() {
    let mut town = Town::of("2026-11-02T08:00:00Z", slack(), &["emma", "liam"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.until("2026-11-02T18:00:00Z");
    town.answers("liam", "2026-11-02", &["The oldest", "Nothing", "none"]);
    town.until("2026-12-01T12:00:00Z");
    for day in ["2026-11-02", "29 days ago", "29 hari lalu", "2 november", "2 Nov 2026"] {
        let told = town.runs("emma", &format!("/standup report {day} name=Daily"));
        assert!(told.contains("The oldest"), "{day}: {told}");
    }
    assert!(town.runs("emma", "/standup report 2 november Daily").contains("The oldest"));
    assert!(town.runs("emma", "/standup report 1 november name=Daily").contains("had no round"));
}

fn runs_in_far(town: &mut Town, user: &str, line: &str) -> String {
    let invocation = crate::command::parse("/standup", line);
    let by = crate::event::Origin { channel: Some("C5".into()), ..crate::event::Origin::of(user) };
    said(town.happens(crate::event::Event::Command { by, invocation }).unwrap())
}

#[test]
fn one_who_comes_into_a_channel_is_not_taken_for_everybody_in_it() {
    let mut town = town();
    far_with(&mut town, false, &["liam", "joao", "budi"]);
    let joined = crate::event::Seen::Joined { channel: "C5".into(), user: "budi".into() };
    town.happens(crate::event::Event::Seen(joined));
    let made = town.runs("emma", "/standup new Daily weekdays 9:30 channel=#far deadline=14:00");
    assert!(made.contains("jeda is asking the platform"), "{made}");
    town.settle();
    assert_eq!(town.all.channel_members[&"C5".into()].len(), 3);
    assert_eq!(town.standup().state, StandupState::Paused, "14:00 in London comes before Los Angeles is asked");
    town.until("2026-11-24T12:00:00Z");
    assert!(town.inbox_of("emma").iter().any(|it| it.contains("is paused for now")), "{:?}", town.inbox_of("emma"));
}

#[test]
fn a_deadline_is_looked_at_again_until_everybody_is_known() {
    // Zoe's row comes after it is known that she is there.
    for who in ["channel=#far", "who=<&G1>", "who=<@joao> <@zoe>"] {
        let mut town = town();
        far_with(&mut town, false, &["joao", "zoe"]);
        town.groups.insert("G1".into(), vec!["joao".into(), "zoe".into()]);
        town.profiles.insert("zoe".into(), "America/Los_Angeles".into());
        let line = format!("/standup new Daily weekdays 9:30 {who} deadline=\"14:00 America/Sao_Paulo\"");
        let made = town.runs("emma", &line);
        assert!(made.contains("is set up"), "{who}: {made}");
        assert!(!town.standup().deadline_open && town.standup().state == StandupState::Paused, "{who}");
        town.until("2026-11-24T12:00:00Z");
        assert!(town.inbox_of("emma").iter().any(|it| it.contains("zoe")), "{who}: {:?}", town.inbox_of("emma"));
        assert!(town.inbox_of("joao").is_empty(), "nobody is asked yet");
    }
}

#[test]
fn everybody_in_a_private_channel_may_know_of_its_standups_whomever_those_ask() {
    let mut town = town();
    far_with(&mut town, true, &["liam", "joao", "maya"]);
    let made = runs_in_far(&mut town, "liam", "new Secret weekdays 9:30 window=4h who=<@liam> <@joao>");
    assert!(made.contains("Secret is set up"), "{made}");
    // Whoever types there is in it, also before its people are known.
    assert!(runs_in_far(&mut town, "maya", "show Secret").contains("Secret"));
    town.settle();
    assert!(town.runs("maya", "/standup list").contains("Secret"), "from elsewhere, too");
    assert!(town.runs("maya", "/standup join Secret").contains("Secret"));
    // Nobody else learns anything, not even that the name is taken by a standup.
    let taken = town.runs("budi", "/standup new Secret weekdays 9:30");
    assert!(taken.contains("can’t be used") && !taken.contains("show"), "{taken}");
    let id = town.standup().id.clone();
    for action in [Action::Keep(id.clone()), Action::Delete(id.clone())] {
        let say = said(town.clicks("budi", action));
        assert!(!say.contains("Secret") && !say.contains("liam"), "{say}");
    }
    let form = FormId::Standup(standup::FormId::Edit(id));
    let say = format!("{:?}", town.submits("budi", form, &[("name", "x")]));
    assert!(!say.contains("Secret") && !say.contains("liam"), "{say}");
}

#[test]
fn whoever_was_asked_stays_asked_while_the_new_people_are_being_asked_for() {
    for edit in ["channel=#far", "who=<&G1>"] {
        let mut town = town();
        far_with(&mut town, false, &["liam", "joao", "budi", "emma"]);
        town.groups.insert("G1".into(), vec!["emma".into(), "budi".into()]);
        town.runs("emma", "/standup new Daily weekdays 9:30 window=8h");
        town.until("2026-11-24T10:00:00Z");
        let states = |town: &Town, user: &str| -> Vec<EntryState> {
            let of = |it: &&standup::Entry| it.key.user.as_str() == user && it.state != EntryState::Planned;
            town.all.entries.values().filter(of).map(|it| it.state.clone()).collect()
        };
        let before = (states(&town, "emma"), states(&town, "budi"));
        assert!(before.0.contains(&EntryState::Prompted) && before.1.contains(&EntryState::Prompted), "{before:?}");
        town.runs("emma", &format!("/standup edit Daily {edit}"));
        assert_eq!((states(&town, "emma"), states(&town, "budi")), before, "{edit}");
        town.settle();
        assert_eq!((states(&town, "emma"), states(&town, "budi")), before, "{edit}: both are in there, too");
        town.until("2026-11-24T23:00:00Z");
    }
}

#[test]
fn a_report_of_a_day_needs_that_day_alone_and_not_the_year_around_it() {
    let mut town = town();
    town.until("2026-11-25T12:00:00Z");
    let invocation = crate::command::parse("/standup", "report 26 nov");
    let event = crate::event::Event::Command { by: Town::origin("emma"), invocation };
    let dates = standup::needs(&event, town.now).into_iter().find_map(|need| match need {
        crate::snapshot::Need::RoundOf(None, dates) => dates,
        _ => None,
    });
    let day = |year| jiff::civil::date(year, 11, 26);
    assert_eq!(dates, Some([day(2025), day(2026)].into()));
}

#[test]
fn a_standup_on_days_that_everybody_has_off_says_so() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam"]);
    let made = town.runs("emma", "/standup new Rest saturday 9:30");
    assert!(made.contains("Nobody is asked then"), "{made}");
    assert!(!town.runs("emma", "/standup new Daily weekdays 9:30").contains("Nobody is asked"));
    assert!(!town.runs("emma", "/standup new Long daily 9:30").contains("Nobody is asked"));
    // Somebody works then after all.
    town.runs("liam", "/hours tue-sat 9:00-17:00");
    assert!(!town.runs("emma", "/standup show Rest").contains("Nobody is asked"));
}

#[test]
fn what_a_standup_offers_is_what_its_reader_can_do() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma", "liam", "budi"]);
    town.runs("budi", "/standup new Daily weekdays 9:30");
    town.runs("emma", "/standup leave Daily");
    let hint = |town: &mut Town, user| town.runs(user, "/standup show Daily").lines().last().unwrap().to_owned();
    assert_eq!(hint(&mut town, "budi"), "~ Change it: /standup edit Daily · No longer take part: /standup leave Daily");
    assert_eq!(hint(&mut town, "liam"), "~ No longer take part: /standup leave Daily");
    assert_eq!(hint(&mut town, "emma"), "~ Change it: /standup edit Daily · Take part: /standup join Daily");
    town.runs("liam", "/standup leave Daily");
    assert_eq!(hint(&mut town, "liam"), "~ Take part: /standup join Daily");
    town.runs("budi", "/standup pause Daily");
    assert!(town.runs("budi", "/standup show Daily").contains("/standup resume Daily"));
    assert!(!town.runs("liam", "/standup show Daily").contains("/standup resume"));
}

#[test]
fn skipping_without_a_name_says_that_it_was_all() {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    let one = town.runs("emma", "/standup skip");
    assert!(!one.contains("all that ask you"), "{one}");
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.runs("emma", "/standup new Second weekdays 10:00");
    town.until("2026-11-23T09:00:00Z");
    let named = town.runs("emma", "/standup skip name=Second");
    assert!(named.contains("You skip Second") && !named.contains("all that ask you"), "{named}");
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    town.runs("emma", "/standup new Daily weekdays 9:30");
    town.runs("emma", "/standup new \"On call\" weekdays 10:00");
    town.until("2026-11-23T09:00:00Z");
    let all = town.runs("emma", "/standup skip");
    assert!(
        all.contains("Those were all that ask you today. To skip only one, name it, like /standup skip name="),
        "{all}"
    );
}

#[test]
fn whoever_leaves_or_is_gone_leaves_the_round_also_while_the_new_people_are_not_known() {
    let mut town = town();
    far_with(&mut town, false, &["liam", "joao"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 window=8h");
    town.until("2026-11-24T10:00:00Z");
    // Nobody tells who is in #far.
    town.delivers = false;
    town.runs("emma", "/standup edit Daily channel=#far");
    town.runs("emma", "/standup leave Daily");
    let state = |town: &Town, user: &str| -> Vec<EntryState> {
        let of = |it: &&standup::Entry| it.key.user.as_str() == user && it.key.round.date.to_string() == "2026-11-24";
        town.all.entries.values().filter(of).map(|it| it.state.clone()).collect()
    };
    assert_eq!(state(&town, "emma"), [EntryState::Skipped(standup::Skip::Left)]);
    assert_eq!(state(&town, "budi"), [EntryState::Prompted], "he said nothing");
    // The next day is not passed over: it is planned once somebody tells.
    town.until("2026-11-25T04:00:00Z");
    assert!(town.standup().planned_through.is_none_or(|it| it.to_string() == "2026-11-24"), "{:?}", town.standup());
    town.delivers = true;
    town.settle();
    town.until("2026-11-25T18:00:00Z");
    let asked = town.inbox_of("liam").iter().filter(|it| it.contains("Wednesday 25 November\n")).count();
    assert_eq!(asked, 1, "{:?}", town.inbox_of("liam"));
}

#[test]
fn two_places_with_nobody_in_them_are_not_asked_about_without_end() {
    let mut town = town();
    far_with(&mut town, true, &[]);
    town.groups.insert("G1".into(), Vec::new());
    town.all.members.get_mut(&"emma".into()).unwrap().admin = true;
    town.runs("emma", "/standup new Daily weekdays 9:30 who=<&G1> channel=#far");
    for (day, planned) in [("2026-11-25", "2026-11-24"), ("2026-11-26", "2026-11-25"), ("2026-11-27", "2026-11-26")] {
        town.until(&format!("{day}T00:00:00Z"));
        assert!(town.outbox.len() < 5, "{:?}", town.outbox);
        assert!(town.standup().planned_through.is_some_and(|it| it.to_string().as_str() >= planned), "{day}");
    }
}

#[test]
fn a_list_of_people_that_was_kept_from_long_ago_is_read_again() {
    let mut town = town();
    far_with(&mut town, false, &["liam", "joao", "budi"]);
    town.all.channel_members.insert("C5".into(), ["budi".into()].into());
    town.runs("emma", "/standup new Daily weekdays 9:30 channel=#far deadline=14:00");
    town.settle();
    assert_eq!(town.all.channel_members[&"C5".into()].len(), 3);
    assert_eq!(town.standup().state, StandupState::Paused);
    town.runs("emma", "/standup edit Daily deadline=\"23:30 America/Los_Angeles\"");
    town.runs("emma", "/standup resume Daily");
    town.settle();
    assert!(!town.standup().deadline_open, "everybody was read");
    assert_eq!(town.standup().state, StandupState::Active);
}

/// People in London, where the day begins at one instant for all of them.
fn londoners(private: bool, people: &[&str]) -> Town {
    let mut town = Town::of("2026-11-23T08:00:00Z", slack(), &["emma"]);
    for user in ["ana", "tom"] {
        town.meet(user, "Europe/London");
    }
    far_with(&mut town, private, people);
    town
}

fn comes_in(town: &mut Town, user: &str) {
    town.channels.get_mut(&"C5".into()).unwrap().push(user.into());
    town.happens(crate::event::Event::Seen(crate::event::Seen::Joined { channel: "C5".into(), user: user.into() }));
}

#[test]
fn who_comes_into_an_empty_place_during_the_day_is_asked_from_then_on() {
    let mut town = londoners(false, &[]);
    town.runs("emma", "/standup new Daily weekdays 9:30 channel=#far");
    town.until("2026-11-24T08:00:00Z");
    comes_in(&mut town, "ana");
    town.until("2026-11-26T12:00:00Z");
    let asked = town.inbox_of("ana").iter().filter(|it| it.contains("November\n")).count();
    assert!(asked >= 2, "on each day from then on: {:?}", town.inbox_of("ana"));
    town.is_in_order();
}

#[test]
fn who_joined_the_standup_of_an_empty_group_is_asked() {
    let mut town = londoners(false, &[]);
    town.groups.insert("G1".into(), Vec::new());
    town.runs("emma", "/standup new Daily weekdays 9:30 who=<&G1>");
    town.runs("ana", "/standup join Daily");
    town.until("2026-11-26T12:00:00Z");
    assert!(town.inbox_of("ana").len() >= 2, "{:?}", town.inbox_of("ana"));
}

#[test]
fn a_list_that_comes_after_the_day_began_costs_nobody_the_day() {
    let mut town = londoners(false, &["ana", "tom"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 who=<@emma>");
    town.until("2026-11-23T23:58:00Z");
    town.delivers = false;
    town.runs("emma", "/standup edit Daily channel=#far who=channel");
    town.until("2026-11-24T00:05:00Z");
    town.delivers = true;
    town.settle();
    town.until("2026-11-24T12:00:00Z");
    for user in ["ana", "tom"] {
        assert_eq!(town.inbox_of(user).len(), 1, "{user}: {:?}", town.inbox_of(user));
    }
}

#[test]
fn a_channels_list_says_nothing_of_a_groups_deadline() {
    let mut town = londoners(true, &["emma"]);
    town.meet("liam", "America/Los_Angeles");
    town.groups.insert("G1".into(), vec!["emma".into(), "liam".into()]);
    town.all.group_members.insert("G1".into(), ["emma".into()].into());
    town.delivers = false;
    town.runs("emma", "/standup new Daily weekdays 9:30 who=<&G1> channel=<#C5> deadline=14:00");
    let members = vec!["emma".into()];
    town.happens(crate::event::Event::Seen(crate::event::Seen::ChannelMembers { channel: "C5".into(), members }));
    town.delivers = true;
    town.settle();
    assert_eq!(town.standup().state, StandupState::Paused, "liam would be asked after it");
}

#[test]
fn whoever_left_a_standup_is_not_asked_while_its_new_people_are_asked_for() {
    let mut town = londoners(false, &["ana"]);
    town.runs("emma", "/standup new Daily weekdays 9:30 who=<@emma>");
    town.runs("tom", "/standup join Daily");
    town.until("2026-11-24T09:00:00Z");
    town.runs("tom", "/standup leave Daily");
    town.delivers = false;
    town.runs("emma", "/standup edit Daily channel=#far who=channel");
    town.until("2026-11-24T09:35:00Z");
    town.delivers = true;
    town.until("2026-11-24T12:00:00Z");
    let asked = town.inbox_of("tom").iter().any(|it| it.contains("Tuesday 24 November"));
    assert!(!asked, "{:?}", town.inbox_of("tom"));
}

#[test]
fn a_form_that_is_sent_as_it_was_changes_nothing() {
    let mut town = town();
    town.runs("emma", "/standup new Daily weekdays 9:30 deadline=20:00");
    town.settle();
    let before = town.standup().clone();
    town.runs("emma", "/standup edit Daily deadline=20:00");
    assert_eq!(town.standup(), &before);
}

#[test]
fn one_who_is_not_there_is_not_waited_for() {
    let mut town = town();
    town.happens(crate::event::Event::Seen(crate::event::Seen::Unavailable {
        errand: crate::event::Errand::Member("ghost".into()),
        refusal: crate::event::Refusal::MemberGone,
    }));
    assert!(!town.all.members[&"ghost".into()].active);
    town.runs("emma", "/standup new Daily weekdays 9:30 who=<@liam> <@ghost> deadline=\"14:00 America/Los_Angeles\"");
    assert!(!town.standup().deadline_open);
}

#[test]
fn an_owner_who_is_gone_is_not_told_and_an_administrator_is() {
    let mut town = town();
    far(&mut town, false);
    town.all.members.get_mut(&"budi".into()).unwrap().admin = true;
    town.runs("emma", "/standup new Daily weekdays 9:30 deadline=14:00 channel=#far");
    town.all.members.get_mut(&"emma".into()).unwrap().active = false;
    town.until("2026-11-25T12:00:00Z");
    assert!(
        town.inbox_of("budi").iter().any(|it| it.contains("its owner can’t be told")),
        "{:?}",
        town.inbox_of("budi")
    );
}
