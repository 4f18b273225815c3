use super::{read::parse, *};
use crate::Complaints;
use jeda_core::norm::{self, Enforce, Kind, Rule};
use std::fs;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../config");

fn said(text: &str) -> Vec<String> {
    let Complaints(all) = parse("norms.toml", text).map(|_| ()).unwrap_err();
    all.into_iter().map(|it| format!("{}: {}", it.place, it.words)).collect()
}

#[track_caller]
fn refuses(text: &str, words: &str) {
    let said = said(text);
    let [one] = said.as_slice() else { panic!("{said:#?}") };
    assert!(one.starts_with(words), "{one}");
}

#[test]
fn the_schema_is_the_one_beside_the_file() {
    let path = format!("{FOLDER}/norms.schema.json");
    let is = fs::read_to_string(&path).unwrap_or_default();
    if std::env::var_os("JEDA_WRITE_SCHEMA").is_some() {
        fs::write(&path, schema()).unwrap();
        return;
    }
    assert!(is == schema(), "{path} is old: write it anew with JEDA_WRITE_SCHEMA=1 and this test");
}

#[test]
fn the_file_that_comes_along_only_observes() {
    let text = fs::read_to_string(format!("{FOLDER}/norms.toml")).unwrap();
    let norms = parse("norms.toml", &text).unwrap();
    assert_eq!(norms.draft.0.len(), 5);
    for norm in &norms.draft.0 {
        let kind = norm.rule.kind();
        assert!(norm.enforce == Enforce::Observe || kind == Kind::StandupHours, "{kind:?}");
        assert!(norm.channels.is_none() && norm.groups.is_none() && norm.exempt == Default::default());
        assert_eq!(norm.rule, Rule::usual(kind), "what is written there is what holds without it");
    }
}

#[test]
fn what_is_commented_out_in_it_can_be_said() {
    let text = fs::read_to_string(format!("{FOLDER}/norms.toml")).unwrap();
    let is_setting = |rest: &str| {
        let key: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
        rest.starts_with('[') || (!key.is_empty() && rest[key.len()..].starts_with(" = "))
    };
    let mut opened = 0;
    let lines = text.lines().map(|line| match line.strip_prefix("# ").filter(|rest| is_setting(rest)) {
        Some(rest) => {
            opened += 1;
            rest
        }
        None => line,
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let norms = parse("norms.toml", &text).unwrap_or_else(|complaints| panic!("{complaints}"));
    assert_eq!(opened, 14, "{text}");
    assert_eq!(norms.draft.0.len(), 8);
}

#[test]
fn defaults_are_those_of_the_norms_themselves() {
    let text =
        "[quiet_hours.a]\n[focus.a]\n[response_window.a]\n[urgent.a]\nenforce = 'off'\n[digest.a]\n[standup_hours.a]";
    for norm in parse("norms.toml", text).unwrap().draft.0 {
        assert_eq!(norm.rule, Rule::usual(norm.rule.kind()));
    }
}

#[test]
fn settings_are_read() {
    let text = r##"
        [quiet_hours.eng]
        enforce = "hold"
        channels = ["#eng", "C2"]
        exempt = { people = ["@ana"], groups = ["@on-call"], channels = ["#incidents"] }
        broadcast_off_percent = 75
        taking_part = "1h30"
        nudge_again_after = "2 days"
        nudge_by = "reply"
        between = "22.00 – 6am"
        [digest.support]
        groups = ["@support"]
        also_at = ["16:00", "9:30", "16:00"]
        parts = ["urgent", "asks"]
    "##;
    let norms = parse("norms.toml", text).unwrap().draft.0;
    let Rule::QuietHours(rule) = &norms[0].rule else { panic!() };
    assert_eq!((norms[0].enforce, norms[0].channels.as_deref().unwrap().len()), (Enforce::Hold, 2));
    assert_eq!(norms[0].exempt.groups, ["@on-call"]);
    let manners = rule.manners;
    assert_eq!(
        (manners.broadcast_off_percent, manners.taking_part_minutes, manners.nudge_again_minutes),
        (75, 90, 2880)
    );
    assert_eq!(manners.nudge_by, norm::NudgeBy::Reply);
    let between = rule.between.unwrap();
    assert_eq!((between.from.hour(), between.to.hour()), (22, 6));
    let Rule::Digest(digest) = &norms[1].rule else { panic!() };
    assert_eq!(digest.also_at.iter().map(|at| at.hour()).collect::<Vec<_>>(), [9, 16]);
    assert_eq!(digest.parts, [norm::digest::Part::Asks, norm::digest::Part::Urgent].into());
}

#[test]
fn what_is_unknown_is_answered_with_what_is_known() {
    refuses(
        "[quiet_hour.a]",
        "norms.toml:1:2: there is no kind of norm \"quiet_hour\". Did you mean quiet_hours? Known: quiet_hours, focus,",
    );
    refuses(
        "\n[quiet_hours.a]\nchanels = ['#eng']",
        "norms.toml:3:1: there is no setting \"chanels\". Did you mean channels?",
    );
    refuses(
        "[focus.a]\nenforce = 'nugde'",
        "norms.toml:2:11: there is no choice \"nugde\". Did you mean nudge? Known: off, observe, nudge, hold.",
    );
    refuses(
        "[focus.a]\nexempt = { poeple = [] }",
        "norms.toml:2:12: there is no setting \"poeple\". Did you mean people?",
    );
    refuses(
        "[focus.a]\nexempt.channels = '#eng'",
        "norms.toml:2:19: invalid type: string \"#eng\", expected a sequence",
    );
    refuses("[digest.a]\nparts = ['asks', 'news']", "norms.toml:2:18: there is no choice \"news\".");
    refuses("[quiet_hours]\nenforce = 'off'", "norms.toml:2:1: each norm has a name: write [quiet_hours.some-name]");
    refuses("quiet_hours = 'off'", "norms.toml:1:15: each norm has a name");
    refuses("[quiet_hours.a]\nbroadcast_off_percent = 1000", "norms.toml:2:25: ");
}

#[test]
fn times_that_are_none_are_refused_where_they_stand() {
    refuses("[quiet_hours.a]\ntaking_part = '10'", "norms.toml:2:15: \"10\" is no length of time. Write it like");
    refuses("[focus.a]\nnudge_again_after = 'later'", "norms.toml:2:21: \"later\" is no length of time.");
    refuses("[quiet_hours.a]\nbetween = '22'", "norms.toml:2:11: \"22\" is no part of a day.");
    refuses("[quiet_hours.a]\nbetween = '9:00-9:00'", "norms.toml:2:11: \"9:00-9:00\" begins and ends at once.");
    refuses("[digest.a]\nalso_at = ['9:00', '25:00']", "norms.toml:2:20: \"25:00\" is no time of day.");
    let until_midnight = parse("x", "[quiet_hours.a]\nbetween = '18:00-24:00'").unwrap();
    let Rule::QuietHours(rule) = &until_midnight.draft.0[0].rule else { panic!() };
    assert_eq!(rule.between.unwrap().to, jiff::civil::Time::midnight());
}

#[test]
fn contradictions_are_told_at_their_place() {
    refuses("[digest.a]\nenforce = 'hold'", "norms.toml:2:11: digest can't be \"hold\": it brings what was held");
    refuses("[standup_hours.a]\nenforce = 'off'", "norms.toml:2:11: standup_hours can't be \"off\": jeda always keeps");
    refuses("[digest.a]\nchannels = ['#eng']", "norms.toml:2:12: digest is about people, not channels.");
    refuses("[urgent.fire]\nbudget_per_week = 3", "norms.toml:1:9: has a budget and no channel");
    refuses("[focus.a]\nchannels = ['#x']\ngroups = ['@y']", "norms.toml:3:10: channels and groups at once");
    refuses(
        "[focus.a]\nchannels = ['#x', '#y']\n[focus.b]\nchannels = ['#z', '#Y']",
        "norms.toml:4:19: focus.a is for the same place already",
    );
    refuses("[focus.a]\n[focus.b]", "norms.toml:2:8: focus.a is for the same place already");
    refuses(
        "[focus.a]\nexempt = { channels = ['@x'] }",
        "norms.toml:2:24: \"@x\" can't be named here: it is written #channel.",
    );
    refuses("[focus.'no name']", "norms.toml:1:8: a norm's name is a word");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let said = said("[focus.a]\nx = 1\n[focus.b]\ntaking_part = ''\nnudge_again_after = ''\n[nonsense.c]");
    assert_eq!(said.len(), 4, "{said:#?}");
    refuses("[focus.a\n[focus.b]", "norms.toml:1:9: unclosed table");
    refuses("[focus.a]\n[focus.a]", "norms.toml:2:8: duplicate key");
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let Complaints(all) = read("nowhere/norms.toml").map(|_| ()).unwrap_err();
    assert_eq!(all[0].place.to_string(), "nowhere/norms.toml");
    assert!(all[0].words.contains("Name a file that exists, such as config/norms.toml."));
}
