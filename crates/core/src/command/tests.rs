use super::*;
use crate::{language::Language, message::Block};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// An invocation as a line: `standup new | name=Daily | when=weekdays 9:30`.
fn read(command: &str, line: &str) -> String {
    let it = parse(command, line);
    let mut out = it.path.join(" ");
    for (name, value) in &it.args {
        out.push_str(&format!(" | {name}={value}"));
    }
    if let Some(trouble) = it.trouble {
        out.push_str(&format!(" ! {trouble}"));
    }
    out
}

#[test]
fn a_new_standup_as_people_type_it() {
    let new = |line: &str| read("/standup", line);
    assert_eq!(new("new Daily weekdays 9:30"), "standup new | name=Daily | when=weekdays 9:30");
    assert_eq!(
        new(
            "new Daily weekdays 9:30 channel=<#C1> window=4h remind=1h questions=\"What did you do?; What next?; Blockers?\""
        ),
        "standup new | channel=<#C1> | name=Daily | questions=What did you do?; What next?; Blockers? | remind=1h \
         | when=weekdays 9:30 | window=4h"
    );
    assert_eq!(
        new("new “Team week” every second tuesday 10:00 who=<@U1> <@U2>, <@U3> observers:<@U4> report:live"),
        "standup new | name=Team week | observers=<@U4> | report=live | when=every second tuesday 10:00 \
         | who=<@U1> <@U2>, <@U3>"
    );
    // Names in front, values of several words, no quotation marks.
    assert_eq!(
        new("new window=4 hours name: Daily questions=What did you do on <#C2>? ; What next? zone=Asia/Jakarta"),
        "standup new | name=Daily | questions=What did you do on <#C2>? ; What next? | window=4 hours | zone=Asia/Jakarta"
    );
    assert_eq!(new("new name=Daily weekdays 9:30"), "standup new | name=Daily | when=weekdays 9:30");
    // A channel or people find their place without a name.
    assert_eq!(
        new("new Daily <#C1> weekdays 9:30 <@U1> <@U2>"),
        "standup new | channel=<#C1> | name=Daily | when=weekdays 9:30 | who=<@U1> <@U2>"
    );
    assert_eq!(new("buat Harian hari kerja 9.30"), "standup new | name=Harian | when=hari kerja 9.30");
    assert_eq!(new("new"), "standup new");
}

#[test]
fn a_slip_in_a_name_is_told_rather_than_guessed() {
    assert_eq!(
        read("/standup", "new Daily weekdays 9:30 windw=4h"),
        "standup new | name=Daily | when=weekdays 9:30 ! windw=4h"
    );
    // An equals sign in a sentence is none.
    assert_eq!(read("/standup", "skip because 2+2=4"), "standup skip | reason=because 2+2=4");
}

#[test]
fn other_subcommands() {
    let standup = |line: &str| read("/standup", line);
    assert_eq!(standup(""), "standup list");
    assert_eq!(standup("show"), "standup show");
    assert_eq!(standup("join Team Daily"), "standup join | name=Team Daily");
    assert_eq!(standup("rm \"Team Daily\""), "standup delete | name=Team Daily");
    assert_eq!(standup("edit Daily"), "standup edit | name=Daily");
    assert_eq!(standup("edit Daily mon,thu 16:00"), "standup edit | name=Daily | when=mon,thu 16:00");
    assert_eq!(
        standup("edit Daily rename=Team week remind=off"),
        "standup edit | name=Daily | remind=off | rename=Team week"
    );
    assert_eq!(standup("skip at the dentist name=Daily"), "standup skip | name=Daily | reason=at the dentist");
    assert_eq!(standup("skip I am \"ill\""), "standup skip | reason=I am \"ill\"");
    assert_eq!(standup("report"), "standup report");
    assert_eq!(standup("report yesterday"), "standup report | date=yesterday");
    assert_eq!(standup("report Team Daily 24 November"), "standup report | date=24 November | name=Team Daily");
    assert_eq!(standup("receipts 2026-11-24 Daily"), "standup receipts | date=2026-11-24 | name=Daily");
    assert_eq!(standup("report \"2026\""), "standup report | name=2026");
    assert_eq!(standup("lits"), "standup lits");
}

#[test]
fn a_note_is_kept_as_it_was_typed() {
    assert_eq!(
        read("/standup", "note  text=“a”  and <@U1>, name: x "),
        "standup note | text=text=“a”  and <@U1>, name: x"
    );
    assert_eq!(read("/standup", "note help"), "standup note | text=help");
}

#[test]
fn a_message_for_later_is_kept_as_it_was_typed() {
    let later = |line: &str| read("/later", line);
    assert_eq!(later(""), "later list");
    assert_eq!(
        later("<@U1>  is it “done”?  when: you know,\n\"soon\" name=x "),
        "later send | text=is it “done”?  when: you know,\n\"soon\" name=x | to=<@U1>"
    );
    assert_eq!(later("<#C1> Lunch at <@U2>'s"), "later send | channel=<#C1> | text=Lunch at <@U2>'s");
    assert_eq!(later("<@U1>, <@U2> said yes"), "later send | text=<@U2> said yes | to=<@U1>");
    assert_eq!(later("<@U1> <#C1> is loud"), "later send | text=<#C1> is loud | to=<@U1>");
    assert_eq!(later("@ana hello"), "later send | text=hello | to=@ana");
    assert_eq!(later("<&G1> hello"), "later send | text=hello | to=<&G1>");
    assert_eq!(later("<@U1>"), "later send | to=<@U1>");
    assert_eq!(
        later("send to=<@U1> text=\"a b\" when=\"monday 9:00\""),
        "later send | text=a b | to=<@U1> | when=monday 9:00"
    );
    for when in
        ["when=tuesday", "when=\"tuesday 9:00\"", "when=“tuesday 9:00”", "when=tuesday 9:00", "when=besok pukul 9.00"]
    {
        let value = when.trim_start_matches("when=").trim_matches(['"', '“', '”']);
        assert_eq!(
            later(&format!("<@U1> {when} hello")).contains("text=hello"),
            !value.contains(' ') || when.contains(['"', '“'])
        );
        assert_eq!(
            later(&format!("<@U1> hello there {when}")),
            format!("later send | text=hello there | to=<@U1> | when={value}")
        );
    }
    assert_eq!(later("<@U1> ask when=x and why"), "later send | text=ask when=x and why | to=<@U1>");
    assert_eq!(
        later("edit 3 the  new \"words\" when=14:00"),
        "later edit | number=3 | text=the  new \"words\" | when=14:00"
    );
    assert_eq!(later("edit 3"), "later edit | number=3");
    assert_eq!(later("now #3"), "later now | number=#3");
    assert_eq!((later("rm 3"), later("batal 3")), ("later cancel | number=3".into(), "later cancel | number=3".into()));
    assert_eq!(read("/standup", "rm Daily"), "standup delete | name=Daily");
    assert_eq!(later("help"), "jeda help | topic=later");
    assert_eq!(later("lits"), "later lits");
}

#[test]
fn hours_away_and_help() {
    assert_eq!(read("/hours", ""), "hours");
    assert_eq!(read("/hours", "Asia/Jakarta mon-fri 9:00-17:30"), "hours | hours=Asia/Jakarta mon-fri 9:00-17:30");
    assert_eq!(read("/away", "until monday"), "away | until=until monday");
    assert_eq!(read("/away", "until: monday"), "away | until=monday");
    assert_eq!(read("/back", ""), "back");
    assert_eq!(read("/back", "now"), "back ! now");
    assert_eq!(read("/jeda", ""), "jeda help");
    assert_eq!(read("/jeda", "help standup new"), "jeda help | topic=standup new");
    assert_eq!(read("/standup", "help"), "jeda help | topic=standup");
    assert_eq!(read("/standup", "new --help"), "jeda help | topic=standup new");
    assert_eq!(read("/hours", "help"), "jeda help | topic=hours");
    assert_eq!(read("/jeda", "standup note done"), "standup note | text=done");
    assert_eq!(read("/jeda", "why"), "jeda why");
    assert_eq!(read("/lunch", "now"), "lunch");
}

#[test]
fn did_you_mean() {
    let near = |path: &[&str]| nearest(path).map(|command| command.path.join(" "));
    assert_eq!(near(&["standup", "lits"]).as_deref(), Some("standup list"));
    assert_eq!(near(&["standup", "reciepts"]).as_deref(), Some("standup receipts"));
    assert_eq!(near(&["jeda", "skip"]).as_deref(), Some("standup skip"));
    assert_eq!(near(&["hour"]).as_deref(), Some("hours"));
    assert_eq!(near(&["standup", "xyzzy"]), None);
    assert_eq!(near(&[]), None);
}

#[test]
fn the_table_fits_discord() {
    let name = |it: &str| (1..=32).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_lowercase());
    let mut paths = BTreeSet::new();
    for command in TABLE {
        assert!(paths.insert(command.path), "{:?} twice", command.path);
        assert!((1..=2).contains(&command.path.len()) && command.path.iter().all(|it| name(it)));
        let root = ROOTS.iter().find(|root| root.name == command.path[0]).unwrap();
        assert_eq!(root.alone.is_some(), command.path.len() == 2, "{:?}", command.path);
        assert!(command.args.len() <= 25 && command.args.iter().all(|arg| name(arg.name)));
        let optional = command.args.iter().position(|arg| !arg.required).unwrap_or(command.args.len());
        assert!(command.args[optional..].iter().all(|arg| !arg.required), "{:?}: required first", command.path);
        let names: BTreeSet<_> = command.args.iter().map(|arg| arg.name).collect();
        assert_eq!(names.len(), command.args.len(), "{:?}: names are unique", command.path);
    }
    for root in ROOTS {
        assert!(root.alone.is_none_or(|sub| find(&[root.name, sub]).is_some()));
        // Discord counts names, descriptions and choices of one command together: 8,000 characters.
        let characters: usize = TABLE
            .iter()
            .filter(|command| command.path[0] == root.name)
            .flat_map(|command| command.args.iter().map(|arg| arg.words).chain([command.words]))
            .map(|words| {
                Language::ALL
                    .map(|language| crate::copy::line(language, words, &[]).chars().count())
                    .iter()
                    .sum::<usize>()
                    + 32
            })
            .sum();
        assert!(characters < 8_000, "/{}: {characters} characters", root.name);
    }
}

#[test]
fn help_names_every_command_and_every_example_is_read() {
    let overview = crate::copy::flat(&all_text(&help(None, Language::En)));
    for command in TABLE {
        let spelled = format!("/{}", command.path.join(" "));
        assert!(overview.contains(&spelled), "{spelled} is missing in help");
        for language in Language::ALL {
            let message = help(Some(&spelled), language);
            let mut examples = 0;
            for span in all_text(&message).0.into_iter().skip(1) {
                let crate::message::Span::Code(line) = span else { continue };
                // The usage line, in capitals and brackets, and the names of arguments are no examples.
                if !line.starts_with('/')
                    || line.contains(['[', '…'])
                    || (line == usage(command, language) && !command.args.is_empty())
                {
                    continue;
                }
                let (root, rest) = line.split_once(' ').unwrap_or((&line, ""));
                let it = parse(root, rest);
                assert!(find(&it.path).is_some() && it.trouble.is_none(), "{line}: {it:?}");
                understood(&it);
                examples += 1;
            }
            assert!(examples > 0, "{spelled} has no example");
        }
    }
}

/// Every value of an example that has to be a time of some kind is one.
fn understood(example: &Invocation) {
    let is_later = example.path[0] == "later";
    let by = |value: &str| match crate::ask::window::read(value) {
        crate::ask::window::By::Working { .. } => Ok(()),
        crate::ask::window::By::Moment(text) => {
            crate::time::parse_moment(&text, &crate::time::Zone::utc(), "2026-11-24T02:00:00Z".parse().unwrap())
                .map(drop)
        }
    };
    let (now, zone) = ("2026-11-24T02:00:00Z".parse().unwrap(), crate::time::Zone::utc());
    for (name, value) in &example.args {
        let read = match name.as_str() {
            "when" if is_later => crate::time::parse_moment(value, &zone, now).map(drop),
            "when" => crate::time::parse_schedule(value, jiff::civil::date(2026, 1, 1)).map(drop),
            "by" => by(value),
            "hours" if value.starts_with("holidays ") || value.starts_with("libur ") => Ok(()),
            "hours" => crate::time::parse_hours(value).map(drop),
            "until" => crate::time::split_moment(value, |text| crate::time::parse_moment(text, &zone, now).ok())
                .map(drop)
                .ok_or(crate::time::TimeError::Date(value.clone())),
            "window" => crate::time::parse_duration(value).map(drop),
            "time" if value == "off" => Ok(()),
            // "until 14:00" has its second word among the reason's.
            "time" => {
                let line = format!("{value} {}", example.arg("why").unwrap_or_default());
                let read = |text: &str| {
                    let end =
                        crate::time::parse_duration(text).map(|minutes| now + jiff::SignedDuration::from_mins(minutes));
                    end.or_else(|_| crate::time::parse_moment(text, &zone, now)).ok()
                };
                crate::time::split_moment(&line, read).map(drop).ok_or(crate::time::TimeError::Time(line.clone()))
            }
            "remind" if value != "off" => crate::time::parse_duration(value).map(drop),
            "zone" => crate::time::Zone::find(value).map(drop).map_err(Into::into),
            _ => Ok(()),
        };
        assert_eq!(read, Ok(()), "{name}={value}");
    }
}

fn all_text(message: &crate::message::Message) -> crate::message::Text {
    let mut spans = Vec::new();
    for block in &message.0 {
        match block {
            Block::Text(text) | Block::Quote(text) | Block::Small(text) => spans.extend(text.0.clone()),
            Block::Heading(title) => spans.push(crate::message::Span::Plain(title.clone())),
            Block::Buttons(_) | Block::Divider => {}
        }
        spans.push(crate::message::Span::Plain("\n".into()));
    }
    crate::message::Text(spans)
}

#[test]
fn a_question_is_read_as_people_ask_it() {
    let ask = |line: &str| read("/ask", line);
    assert_eq!(ask("<@U1> Could you look? by 2d"), "ask | by=2d | text=Could you look? | who=<@U1>");
    assert_eq!(
        ask("<@U1>, <@U2> dan <&G1>: siap? sebelum jumat 14.00"),
        "ask | by=jumat 14.00 | text=siap? | who=<@U1> <@U2> <&G1>"
    );
    assert_eq!(ask("@ana and I agree?"), "ask | text=and I agree? | who=@ana");
    assert_eq!(ask("<@U1> by=\"friday 14:00\" ready?"), "ask | by=friday 14:00 | text=ready? | who=<@U1>");
    assert_eq!(ask("<@U1> do we divide it by 3"), "ask | text=do we divide it by 3 | who=<@U1>");
    assert_eq!(ask("<@U1> who is standing by"), "ask | text=who is standing by | who=<@U1>");
    assert_eq!(
        ask("<@U1> by car or by train? by tomorrow"),
        "ask | by=tomorrow | text=by car or by train? | who=<@U1>"
    );
    assert_eq!(ask("who wants tea?"), "ask | text=who wants tea?");
    assert_eq!(ask(""), "ask");
    assert_eq!(ask("help"), "jeda help | topic=ask");
    let asks = |line: &str| read("/asks", line);
    assert_eq!((asks(""), asks("batal 3")), ("asks list".into(), "asks cancel | number=3".into()));
    assert_eq!(asks("edit 3 by friday"), "asks edit | by=friday | number=3");
    assert_eq!(asks("edit 3 other words by=4h"), "asks edit | by=4h | number=3 | text=other words");
}

#[test]
fn help_is_found_by_what_people_call_it() {
    let title = |topic: &str| match &help(Some(topic), Language::En).0[0] {
        Block::Heading(title) => title.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(title("skip"), "/standup skip");
    assert_eq!(title("/standup  Skip"), "/standup skip");
    assert_eq!(title("standup"), "/standup");
    assert_eq!(title(" "), "What jeda can do");
    assert!(title("standup skpi").contains("Did you mean"));
}

proptest! {
    /// Whatever is typed, reading it ends, keeps to the table, and never leaves an empty value.
    #[test]
    fn any_line_is_read(root in "/?(standup|hours|away|back|later|ask|asks|jeda|\\PC{0,8})", line in "\\PC{0,120}") {
        let it = parse(&root, &line);
        if let Some(command) = find(&it.path) {
            for (name, value) in &it.args {
                prop_assert!(command.args.iter().any(|arg| arg.name == name));
                prop_assert!(!value.is_empty());
            }
        }
        let _ = nearest(&it.path);
        let _ = help(Some(&line), Language::Id);
    }

    /// The same for lines made of the pieces that the reader knows.
    #[test]
    fn any_mixture_is_read(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "new", "note", "report", "edit", "name=", "when:", "who=", "questions=\"", "“", "”", "\"", "<#C1>", "<@U1>",
            "9:30", "yesterday", "weekdays", "windw=4h", " ", "=", ":", "é", "👩‍👩‍👧", "\u{202e}", "«", "date=",
        ]), 0..20)) {
        let it = parse("standup", &pieces.join(" "));
        prop_assert!(it.args.values().all(|value| !value.is_empty()));
        let _ = parse("standup", &pieces.concat());
        for line in [format!("<@U1> {}", pieces.join(" ")), format!("edit {}", pieces.concat())] {
            prop_assert!(parse("later", &line).args.values().all(|value| !value.is_empty()));
        }
    }

    /// A name in a hint reads back, in a command's line and in an option of its own.
    #[test]
    fn names_in_hints_come_back(name in "[^`\\s\\p{C}][^`\\p{C}]{0,30}", word in prop::sample::select(vec![
        "leave", "edit", "show", "resume", "report name=",
    ])) {
        let name = unquoted(&name).split_whitespace().collect::<Vec<_>>().join(" ");
        let marks = ['"', '“', '”', '„', '«', '»'];
        prop_assume!(!name.is_empty() && marks.iter().filter(|mark| name.contains(**mark)).count() < 2);
        let between = if word.ends_with('=') { "" } else { " " };
        let it = parse("/standup", &format!("{word}{between}{}", quoted(&name)));
        prop_assert_eq!(it.arg("name"), Some(name.as_str()));
        prop_assert!(it.trouble.is_none() && it.args.len() == 1, "{it:?}");
        let hinted = quoted(&name);
        prop_assert_eq!(unquoted(&hinted), name.as_str());
    }

    /// A value in quotation marks comes back as it was.
    #[test]
    fn quoted_values_come_back(value in "[^\"“”„«»\\s][^\"“”„«»\\p{C}]{0,40}[^\"“”„«»\\s\\p{C}]") {
        let it = parse("/standup", &format!("new name=\"{value}\" weekdays 9:30"));
        prop_assert_eq!(it.arg("name"), Some(value.as_str()));
        prop_assert_eq!(it.arg("when"), Some("weekdays 9:30"));
    }
}

mod offers {
    use super::*;
    use crate::{
        event::Origin,
        people::{Member, Workspace},
        snapshot::Snapshot,
        standup::{Deadline, ReportWhen, Standup, StandupState, Who, WhoseTime},
        time::{self, Zone},
    };

    fn standup(id: &str, name: &str, owner: &str) -> Standup {
        Standup {
            id: id.into(),
            name: name.into(),
            channel: "C1".into(),
            questions: Vec::new(),
            schedule: time::parse_schedule("weekdays 9:30", jiff::civil::date(2026, 1, 1)).unwrap(),
            whose_time: WhoseTime::Each,
            deadline: Deadline::After(240),
            remind_before_minutes: None,
            report: ReportWhen::AtClose,
            who: Who::ChannelMembers,
            joined: BTreeSet::new(),
            left: BTreeSet::new(),
            observers: BTreeSet::new(),
            owner: owner.into(),
            state: StandupState::Active,
            created_at: jiff::Timestamp::UNIX_EPOCH,
            since: jiff::Timestamp::UNIX_EPOCH,
            planned_through: None,
            revision: 1,
            shut: None,
            deadline_open: false,
        }
    }

    /// Ana owns Weekly and is in no other; Ops is paused, Old is gone.
    fn office() -> Snapshot {
        let mut office = Snapshot::empty(Workspace { name: "Nusantara".into(), ..Workspace::unknown("test:T1") });
        office.members.insert("ANA".into(), Member::unknown("ANA".into()));
        for standup in [
            standup("s1", "Daily", "BUDI"),
            standup("s2", "Weekly", "ANA"),
            Standup { state: StandupState::Paused, channel: "C2".into(), ..standup("s3", "Ops", "BUDI") },
            Standup { state: StandupState::Deleted, ..standup("s4", "Old", "ANA") },
        ] {
            office.standups.insert(standup.id.clone(), standup);
        }
        office
    }

    fn offered(line: &str, argument: &str, typed: &str, language: Language) -> Vec<(String, String)> {
        let by = Origin { language: Some(language), channel: Some("C1".into()), ..Origin::of("ANA") };
        let path = line.split(' ').map(str::to_owned).collect();
        let invocation = Invocation { path, args: BTreeMap::new(), trouble: None };
        suggest(&office(), &invocation, argument, typed, &by)
    }

    fn values(line: &str, argument: &str, typed: &str) -> Vec<String> {
        offered(line, argument, typed, Language::En).into_iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn own_standups_first_and_only_what_fits_the_command() {
        assert_eq!(values("standup show", "name", ""), ["Weekly", "Daily", "Ops"]);
        assert_eq!(values("standup show", "name", "dai"), ["Daily"]);
        assert_eq!(values("standup pause", "name", ""), ["Weekly", "Daily"]);
        assert_eq!(values("standup resume", "name", ""), ["Ops"]);
        assert!(values("standup new", "name", "").is_empty(), "a new one has a new name");
    }

    #[test]
    fn every_offer_is_understood_in_both_languages() {
        let now = jiff::Timestamp::UNIX_EPOCH;
        for language in Language::ALL {
            for (_, value) in offered("standup new", "when", "", language) {
                time::parse_schedule(&value, jiff::civil::date(2026, 1, 1)).unwrap();
            }
            for (_, value) in offered("away", "until", "", language) {
                assert!(time::parse_moment(&value, &Zone::utc(), now).unwrap() > now);
            }
            for typed in ["", "jakarta", "Asia/Jakarta"] {
                let offers = offered("hours", "hours", typed, language);
                assert!(!offers.is_empty());
                for (_, value) in offers {
                    time::parse_hours(&value).unwrap();
                }
            }
            for argument in ["window", "remind"] {
                for (_, value) in offered("standup new", argument, "", language) {
                    assert!(value == "off" || time::parse_duration(&value).is_ok(), "{value}");
                }
            }
        }
    }

    #[test]
    fn what_is_typed_comes_back_as_it_is_understood() {
        let (label, value) = offered("standup new", "when", "weekdays 9:30", Language::Id).remove(0);
        assert_eq!(value, "weekdays 9:30");
        assert_eq!(label, time::say_schedule(&office().standups[&"s1".into()].schedule, Language::Id));
        assert_eq!(offered("standup new", "window", "90m", Language::En)[0].1, "90m");
        assert_eq!(values("standup new", "zone", "jakarta")[0], "Asia/Jakarta");
        assert_eq!(
            values("jeda help", "topic", "/standup re"),
            ["standup resume", "standup report", "standup receipts"]
        );
    }

    proptest! {
        /// Whatever is typed, the offers fit Discord.
        #[test]
        fn offers_fit(typed in "\\PC{0,200}", command in prop::sample::select(TABLE.iter().collect::<Vec<_>>())) {
            for arg in command.args {
                let offers = offered(&command.path.join(" "), arg.name, &typed, Language::Id);
                prop_assert!(offers.len() <= crate::limit::CHOICES_MAX);
                for (label, value) in offers {
                    prop_assert!((1..=100).contains(&label.chars().count()));
                    prop_assert!((1..=100).contains(&value.chars().count()));
                }
            }
        }
    }
}
