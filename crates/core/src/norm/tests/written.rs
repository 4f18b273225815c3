//! Norms as they are written: what is refused, in which words, and what names stand for.

use super::*;
use crate::norm::What;
use std::sync::Arc;

/// What is said of a draft at Acme: the keys of the place, the item, the words.
fn said(norms: Vec<DraftNorm>) -> Vec<(String, String)> {
    said_in(&town(), norms)
}

fn said_in(town: &Snapshot, norms: Vec<DraftNorm>) -> Vec<(String, String)> {
    let troubles = Draft(norms).resolve(town).unwrap_err();
    let place = |at: At| {
        let item = at.item.map_or_else(String::new, |item| format!("[{item}]"));
        format!("{}:{}{item}", at.norm, at.path.join("."))
    };
    troubles.into_iter().map(|it| (place(it.at), it.what.to_string())).collect()
}

#[track_caller]
fn refuses(norms: Vec<DraftNorm>, place: &str, words: &str) {
    let said = said(norms);
    let [(at, what)] = said.as_slice() else { panic!("{said:?}") };
    assert_eq!(at, place);
    assert!(what.contains(words), "{what}");
}

#[test]
fn names_become_ids_letter_case_and_signs_aside() {
    let mut norm = draft("nights", Kind::QuietHours).in_channels(&["#Eng", "C2"]);
    norm.exempt =
        DraftExempt { people: names(&["@ana", "U3"]), groups: names(&["@On-Call", "backend"]), channels: Vec::new() };
    let mut urgent = draft("fire", Kind::Urgent);
    urgent.exempt.channels = names(&["#eng"]);
    let NormSet(norms) = resolved(vec![norm, urgent]);
    let channels = [(ChannelId::new("C1"), "eng".to_owned()), (ChannelId::new("C2"), "incidents".to_owned())];
    assert_eq!(norms[0].scope, Scope::Channels(channels.into()));
    let people: Vec<_> = norms[0].exempt.people.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    assert_eq!(people, [("U1", "Ana"), ("U3", "cici")], "with the names that they have now");
    assert_eq!(norms[0].exempt.groups.len(), 2);
    let Rule::Urgent(urgent) = &norms[1].rule else { panic!() };
    assert_eq!(urgent.record, Some(Place { channel: ChannelId::new("C2"), name: "incidents".to_owned() }));
}

#[test]
fn a_name_that_does_not_exist_is_refused_with_the_nearest() {
    let quiet = || draft("nights", Kind::QuietHours);
    refuses(vec![quiet().in_channels(&["#eng", "#incident"])], "0:channels[1]", "Did you mean \"#incidents\"?");
    refuses(
        vec![quiet().in_channels(&["#zzz"])],
        "0:channels[0]",
        "there is no channel #zzz that jeda knows. jeda knows the",
    );
    refuses(vec![quiet().for_groups(&["@backends"])], "0:groups[0]", "Did you mean \"@backend\"?");
    let mut exempt = quiet();
    exempt.exempt.people = names(&["@anna"]);
    refuses(vec![exempt], "0:exempt.people[0]", "nobody here is called @anna. Did you mean \"@Ana\"?");
    let mut exempt = quiet();
    exempt.exempt.people = names(&["@cici"]);
    refuses(vec![exempt], "0:exempt.people[0]", "Write the id of the one you mean: U3, U4.");
    refuses(vec![quiet().in_channels(&["#old"])], "0:channels[0]", "#old is archived");
    let mut urgent = draft("fire", Kind::Urgent);
    urgent.rule = Rule::Urgent(Urgent { budget_per_week: 1, record: Some("#far".to_owned()) });
    refuses(vec![urgent], "0:record", "jeda may not write in #far");
}

#[test]
fn a_renamed_channel_keeps_its_norm_and_the_file_is_told_its_new_name() {
    let mut town = town();
    let live = resolved(vec![draft("fires", Kind::QuietHours).in_channels(&["#incidents"])]);
    town.norms = Some(Arc::new(revision(live.clone())));
    town.channels.insert(ChannelId::new("C2"), channel("C2", "fires"));
    let said = said_in(&town, vec![draft("fires", Kind::QuietHours).in_channels(&["#incidents"])]);
    assert!(said[0].1.contains("It was renamed: write \"#fires\"."), "{said:?}");
    let Scope::Channels(channels) = &live.clone().with_names_of(&town).0[0].scope else { panic!() };
    assert_eq!(channels[&ChannelId::new("C2")], "fires");
    let again = Draft(vec![draft("fires", Kind::QuietHours).in_channels(&["#fires"])]).resolve(&town).unwrap();
    assert_eq!(plan::plan(Some(&live), &again).changes, [], "a name alone changes nothing");
    // Its old name went to another channel: that is another place.
    town.channels.insert(ChannelId::new("C9"), channel("C9", "incidents"));
    let moved = Draft(vec![draft("fires", Kind::QuietHours).in_channels(&["#incidents"])]).resolve(&town).unwrap();
    assert_eq!(plan::plan(Some(&live), &moved).changes.len(), 1);
}

#[test]
fn contradictions_are_refused() {
    let quiet = |name| draft(name, Kind::QuietHours);
    refuses(vec![quiet("a"), quiet("b")], "1:", "quiet_hours.a is for the same place already");
    refuses(
        vec![quiet("a").in_channels(&["#eng"]), quiet("b").in_channels(&["#incidents", "ENG"])],
        "1:channels[1]",
        "quiet_hours.a is for the same place already",
    );
    refuses(
        vec![quiet("a").in_channels(&["#eng"]), quiet("b").in_channels(&["C1"])],
        "1:channels",
        "quiet_hours.a is for the same place already",
    );
    refuses(
        vec![quiet("a").for_groups(&["@backend"]), quiet("b").for_groups(&["@Backend"])],
        "1:groups[0]",
        "quiet_hours.a is for the same place already",
    );
    refuses(vec![quiet("a").in_channels(&["#eng"]).for_groups(&["@backend"])], "0:groups", "Make it two norms");
    refuses(vec![quiet("a").in_channels(&[])], "0:channels", "is empty");
    let mut both = quiet("a").in_channels(&["#eng"]);
    both.exempt.channels = names(&["eng"]);
    refuses(vec![both], "0:exempt.channels[0]", "is in the scope and exempt");
    let mut both = quiet("a").in_channels(&["#eng"]);
    both.exempt.channels = names(&["C1"]);
    refuses(vec![both], "0:exempt.channels", "#eng is in the scope and exempt");
    for (kind, level) in [
        (Kind::Digest, Enforce::Hold),
        (Kind::ResponseWindow, Enforce::Hold),
        (Kind::StandupHours, Enforce::Off),
        (Kind::StandupHours, Enforce::Nudge),
    ] {
        let words = format!("{} can't be \"{}\"", kind.key(), level.key());
        refuses(vec![draft("a", kind).at(level)], "0:enforce", &words);
    }
    refuses(vec![draft("a", Kind::Digest).in_channels(&["#eng"])], "0:channels", "is about people, not channels");
    let mut urgent = draft("a", Kind::Urgent);
    urgent.rule = Rule::Urgent(Urgent { budget_per_week: 3, record: None });
    refuses(vec![urgent.clone()], "0:", "no channel in which each urgent message is on record");
    assert!(Draft(vec![urgent.at(Enforce::Off)]).resolve(&town()).is_ok(), "what is off needs no record");
    // The same place for norms of two kinds is none, nor is a channel beside a group beside everywhere.
    let fine = vec![
        quiet("a"),
        quiet("b").in_channels(&["#eng"]),
        quiet("c").for_groups(&["@backend"]),
        draft("a", Kind::Focus),
    ];
    assert_eq!(Draft(fine).check(), []);
}

#[test]
fn settings_out_of_bounds_are_refused() {
    let with = |rule| DraftNorm { rule, ..draft("a", Kind::QuietHours) };
    let mut rule = QuietHours::default();
    rule.manners.broadcast_off_percent = 0;
    refuses(vec![with(Rule::QuietHours(rule))], "0:broadcast_off_percent", "is 0; 1 to 100 can be said");
    let rule = ResponseWindow { working_hours: 8, remind_before_working_hours: 8 };
    refuses(
        vec![with(Rule::ResponseWindow(rule))],
        "0:remind_before_working_hours",
        "the whole time is 8 working hours",
    );
    let never = Digest { at_start_of_day: false, ..Digest::default() };
    refuses(vec![with(Rule::Digest(never))], "0:", "this digest never comes");
    let empty = Digest { parts: Default::default(), ..Digest::default() };
    refuses(vec![with(Rule::Digest(empty))], "0:parts", "nothing is in it");
    for name in ["", "Nights", "two words", "#x", &"x".repeat(41)] {
        refuses(vec![draft(name, Kind::Focus)], "0:", "a norm's name is a word");
    }
    let mut signs = draft("a", Kind::QuietHours).in_channels(&["@eng", "#"]);
    signs.exempt.groups = names(&["#on-call"]);
    let said = said(vec![signs]);
    let places: Vec<&str> = said.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["0:channels[0]", "0:channels[1]", "0:exempt.groups[0]"], "each is told");
    let many: Vec<DraftNorm> =
        (0..61).map(|n| draft(&format!("n{n}"), Kind::QuietHours).in_channels(&[&format!("#c{n}")])).collect();
    assert_eq!(Draft(many).check().iter().filter(|it| it.what == What::TooMany).count(), 1);
}

#[test]
fn what_holds_survives_the_store() {
    let mut norm = draft("nights", Kind::QuietHours).for_groups(&["@backend"]);
    norm.exempt.people = names(&["@ana"]);
    let all = Kind::ALL.into_iter().map(|kind| draft("n", kind)).chain([norm]).collect();
    let set = resolved(all);
    let json = serde_json::to_string(&set).unwrap();
    assert_eq!(serde_json::from_str::<NormSet>(&json).unwrap(), set);
    // A setting that an older version didn't know has its default.
    let old = json.replace("\"working_hours\":16,", "");
    assert_ne!(old, json);
    assert_eq!(serde_json::from_str::<NormSet>(&old).unwrap(), set);
}
