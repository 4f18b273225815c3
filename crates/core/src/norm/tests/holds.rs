//! Which norm holds, and what a plan says of it.

use super::*;
use crate::{
    copy,
    norm::plan::{Change, Note, plan},
};

fn lines(before: Option<&NormSet>, after: &NormSet) -> Vec<String> {
    let lines = copy::norm::plan(Language::En, &plan(before, after));
    lines.into_iter().map(|(mark, text)| format!("{mark:?}: {}", copy::flat(&text))).collect()
}

#[test]
fn the_narrower_wins_and_the_plan_says_so() {
    let quiet = |name| draft(name, Kind::QuietHours).at(Enforce::Nudge);
    let set = resolved(vec![
        quiet("everywhere"),
        quiet("backend").for_groups(&["@backend"]),
        quiet("eng").in_channels(&["#eng"]),
        quiet("fires").in_channels(&["#incidents"]).at(Enforce::Off),
        draft("blocks", Kind::Focus),
    ]);
    let groups: GroupMembers = [(GroupId::new("S2"), [UserId::new("U1")].into())].into();
    let holding = |channel: &str, user: &str| {
        let channel = ChannelId::new(channel);
        set.holding(Kind::QuietHours, Some(&channel), &UserId::new(user), &groups).map(|norm| norm.name.as_str())
    };
    assert_eq!(holding("C1", "U1"), Some("eng"), "a channel over a group");
    assert_eq!(holding("C9", "U1"), Some("backend"), "a group over the workspace");
    assert_eq!(holding("C9", "U2"), Some("everywhere"));
    assert_eq!(holding("C2", "U1"), Some("fires"), "one that is off makes an exception");
    assert_eq!(set.holding(Kind::Digest, None, &UserId::new("U1"), &groups), None);
    let said = lines(None, &set);
    for line in [
        "Note: In #eng, quiet_hours.eng holds in place of quiet_hours.everywhere and quiet_hours.backend: the narrower wins.",
        "Note: Where it is about people in @backend, quiet_hours.backend holds in place of quiet_hours.everywhere: the narrower wins.",
        "Note: In #incidents, quiet_hours.fires makes an exception from quiet_hours.everywhere and quiet_hours.backend.",
    ] {
        assert!(said.iter().any(|it| it == line), "{said:#?}");
    }
}

#[test]
fn of_two_groups_the_gentler_wins_and_then_the_first() {
    let quiet = |name, group: &str| draft(name, Kind::QuietHours).for_groups(&[group]);
    let both: GroupMembers =
        [(GroupId::new("S1"), [UserId::new("U1")].into()), (GroupId::new("S2"), [UserId::new("U1")].into())].into();
    let holding = |set: &NormSet| set.holding(Kind::QuietHours, None, &UserId::new("U1"), &both).map(Norm::key);
    let set =
        resolved(vec![quiet("strict", "@backend").at(Enforce::Hold), quiet("gentle", "@on-call").at(Enforce::Observe)]);
    assert_eq!(holding(&set).unwrap().name, "gentle");
    assert!(plan::notes(&set).iter().any(|note| matches!(note, Note::Gentler(one, _) if one.name == "gentle")));
    let set = resolved(vec![quiet("one", "@backend"), quiet("two", "@on-call")]);
    assert_eq!(holding(&set).unwrap().name, "one");
}

#[test]
fn a_range_over_midnight_is_said_and_one_until_midnight_is_not() {
    let with = |from: i8, to: i8| {
        let span = crate::time::Span { from: civil::time(from, 0, 0, 0), to: civil::time(to, 0, 0, 0) };
        let rule = QuietHours { between: Some(span), ..QuietHours::default() };
        lines(None, &resolved(vec![DraftNorm { rule: Rule::QuietHours(rule), ..draft("nights", Kind::QuietHours) }]))
    };
    let note = "Note: quiet_hours.nights looks from 22:00 over midnight until 6:00 the next morning.";
    assert!(with(22, 6).iter().any(|line| line == note));
    assert!(
        with(22, 6)
            .iter()
            .any(|line| line == "Detail: looks only at this part of the recipient’s day: 22:00–6:00, over midnight")
    );
    for until_midnight in [with(18, 0), with(9, 17)] {
        assert!(!until_midnight.iter().any(|line| line.contains("over midnight")), "{until_midnight:#?}");
    }
}

#[test]
fn a_plan_tells_each_norm_once_and_applying_it_leaves_nothing_to_change() {
    let quiet = |name| draft(name, Kind::QuietHours);
    let before = resolved(vec![quiet("everywhere"), quiet("eng").in_channels(&["#eng"]), draft("d", Kind::Digest)]);
    let after = resolved(vec![
        quiet("everywhere").at(Enforce::Nudge),
        quiet("engineers").in_channels(&["#eng"]),
        draft("answers", Kind::ResponseWindow),
    ]);
    let there = plan(Some(&before), &after);
    let what: Vec<String> = there
        .changes
        .iter()
        .map(|change| match change {
            Change::Added(norm) => format!("+{}", norm.key()),
            Change::Removed(norm) => format!("-{}", norm.key()),
            Change::Renamed(old, norm) => format!("{old}>{}", norm.key()),
            Change::Changed { after, what } => format!("~{} {}", after.key(), what.len()),
        })
        .collect();
    let expected = ["~quiet_hours.everywhere 1", "eng>quiet_hours.engineers", "+response_window.answers", "-digest.d"];
    assert_eq!(what, expected);
    assert_eq!((plan(Some(&after), &after).changes.len(), plan(Some(&after), &after).unchanged), (0, 3));
    assert!(lines(Some(&after), &after).contains(&"Head: Nothing changes.".to_owned()));
}
