//! Standups for some and not for others: those of a user group or a role, which people come to and go from; those of a
//! private channel, which nobody else gets to see; and those whose deadline can only be looked at once their people are
//! known.

use crate::day::face;
use crate::town::{Teammate, Town, monday, stories};
use jeda_emulator::{
    discord::{Person, Room, Setup as Server},
    slack::{Member, Setup},
};

stories! { of crate::circles::Circle:
    a_groups_standup_is_for_whoever_is_in_the_group on slack and discord;
    a_private_channels_standup_is_for_whoever_is_in_the_channel on slack and discord;
    a_private_channel_knows_of_the_standups_that_ask_only_some_of_it on slack and discord;
    a_deadline_too_early_for_people_not_known_yet_pauses_the_standup on slack and discord;
    one_who_comes_into_a_channel_is_not_taken_for_everybody_in_it on slack and discord;
}

/// View a channel, among Discord's permissions.
const VIEW_CHANNEL: u64 = 1 << 10;
/// In Kathmandu, London and Los Angeles it is 9:30.
const MAYA_IS_ASKED: &str = "2026-11-23T03:45:00Z";
const OLIVER_IS_ASKED: &str = "2026-11-23T09:30:00Z";
const LENA_IS_ASKED: &str = "2026-11-23T17:30:00Z";

/// Sari in Jakarta administers the workspace. Oliver in London, who owns the standups, and Maya in Kathmandu are in
/// `@backend` and in `#board`, which is private; Lena in Los Angeles is in neither; she is alone in
/// `@night`, and with Oliver in `#night`.
pub(crate) struct Circle;

impl Circle {
    pub(crate) async fn slack(database: Option<String>) -> Town {
        let clock = monday();
        let setup = Setup::new("Acme", face(&clock))
            .person(Member::named("sari").in_zone("Asia/Jakarta").admin())
            .person(Member::named("oliver").in_zone("Europe/London"))
            .person(Member::named("maya").in_zone("Asia/Kathmandu"))
            .person(Member::named("lena").in_zone("America/Los_Angeles"))
            .channel("#eng", &["sari", "oliver", "maya", "lena"])
            .private_channel("#board", &["oliver", "maya"])
            .channel("#night", &["oliver", "lena"])
            .group("@backend", &["oliver", "maya"])
            .group("@night", &["lena"]);
        Town::on_slack(clock, setup, database).await
    }

    pub(crate) async fn discord(database: Option<String>) -> Town {
        let clock = monday();
        let zones = [
            ("sari", "Asia/Jakarta"),
            ("oliver", "Europe/London"),
            ("maya", "Asia/Kathmandu"),
            ("lena", "America/Los_Angeles"),
        ];
        let setup = Server::new("Acme", face(&clock))
            .role("backend")
            .role("night")
            .person(Person::named("sari").admin())
            .person(Person::named("oliver").role("backend"))
            .person(Person::named("maya").role("backend"))
            .person(Person::named("lena").role("night"))
            .room(Room::text("eng"))
            .room(Room::text("board").only(["oliver", "maya"]))
            .room(Room::text("night").only(["oliver", "lena"]));
        Town::on_discord(clock, setup, &zones, database).await
    }
}

/// A group as it is mentioned: on Slack as a word of its own, on Discord as the client writes what was chosen from its
/// list.
fn mention(town: &Town, group: &str) -> String {
    if town.is_slack() { format!(" @{group}") } else { format!("<@&{}>", town.day.discord().role_id(group)) }
}

/// What somebody is told when they run a command.
async fn told(town: &Town, who: &Teammate, command: &str, arguments: &[(&str, &str)]) -> String {
    who.runs(command, arguments).await;
    town.day.quiet().await;
    who.all().pop().unwrap()
}

async fn a_groups_standup_is_for_whoever_is_in_the_group(town: Town) {
    let (oliver, maya, lena) = (town.user("oliver"), town.user("maya"), town.user("lena"));
    let settings = |who| [("name", "Backend"), ("when", "weekdays 9:30"), ("channel", "#eng"), ("window", "4h"), who];
    // A group that was typed and not seen by the platform is refused with how it is typed.
    let refused = told(&town, &oliver, "/standup new", &settings(("who", "@backend"))).await;
    let mend =
        if town.is_slack() { "before its @: who= @backend." } else { "Mention them with @, and choose them from" };
    assert!(refused.contains(mend), "{refused}");
    told(&town, &oliver, "/standup new", &settings(("who", &mention(&town, "backend")))).await;
    let made = told(&town, &oliver, "/standup show", &[("name", "Backend")]).await;
    assert!(made.contains("2 people: maya and oliver") || made.contains("2 people: oliver and maya"), "{made}");

    town.day.until(OLIVER_IS_ASKED).await;
    assert_eq!((maya.reads("Backend ·"), oliver.reads("Backend ·"), lena.reads("Backend")), (1, 1, 0));
    // After Monday's round, Maya goes and Lena comes.
    town.day.until("2026-11-23T20:00:00Z").await;
    if town.is_slack() {
        town.day.slack().changes_group("@backend", &["oliver", "lena"]);
    } else {
        town.day.discord().user("maya").loses_role("backend");
        town.day.discord().user("lena").gets_role("backend");
    }
    town.day.quiet().await;
    town.day.until("2026-11-24T17:30:00Z").await;
    let asked = |who: &Teammate| who.reads("Backend · Tuesday 24 November");
    assert_eq!((asked(&maya), asked(&oliver), asked(&lena)), (0, 1, 1), "{:#?}", lena.dm());
    town.day.until("2026-11-25T00:00:00Z").await;
    town.day.end().await;
}

async fn a_private_channels_standup_is_for_whoever_is_in_the_channel(town: Town) {
    let (sari, oliver, maya, lena) = (town.user("sari"), town.user("oliver"), town.user("maya"), town.user("lena"));
    // Whoever isn't in the channel can't make one for it.
    let settings = [("name", "Board"), ("when", "weekdays 9:30"), ("channel", "#board"), ("window", "4h")];
    if town.is_slack() {
        let refused = told(&town, &lena, "/standup new", &settings).await;
        assert!(refused.contains("is private"), "{refused}");
    } else {
        // Discord doesn't offer it to her; typed into the form, it is jeda that refuses.
        let user = town.day.discord().user("lena");
        assert!(user.tries("/standup new name:Board when:weekdays 9:30 channel:#board").is_err());
        user.runs("/standup new");
        town.day.quiet().await;
        user.form_soon().await;
        user.submits(&[("name", "Board"), ("when", "weekdays 9:30"), ("channel", "#board")]);
        town.day.quiet().await;
        assert_eq!(lena.sees("is private"), 1, "{:#?}", lena.all());
    }
    // Whoever types in it is in it.
    oliver.runs_in("#board", "/standup new", &settings).await;
    town.day.quiet().await;
    assert_eq!(oliver.sees("Board is set up"), 1, "{:#?}", oliver.all());

    town.day.until(MAYA_IS_ASKED).await;
    for answer in ["The figures", "The budget", "none"] {
        maya.replies(answer);
        town.day.quiet().await;
    }
    town.day.until("2026-11-23T20:00:00Z").await;
    let named: &[(&str, &str)] = &[("name", "Board")];
    let commands: [(&str, &[(&str, &str)]); 6] = [
        ("/standup list", &[]),
        ("/standup show", named),
        ("/standup join", named),
        ("/standup leave", named),
        ("/standup report", named),
        ("/standup receipts", named),
    ];
    for (command, arguments) in commands {
        let said = told(&town, &lena, command, arguments).await;
        assert!(said.contains("There is no standup here yet"), "{command}: {said}");
        assert!(!said.contains("maya") && !said.contains("figures"), "{command}: {said}");
    }
    assert_eq!(lena.sees("The figures") + lena.reads("Board"), 0, "{:#?}", lena.all());
    for member in [&oliver, &maya] {
        let list = told(&town, member, "/standup list", &[]).await;
        assert!(list.contains("Board") && list.contains("you take part"), "{list}");
        let before = member.sees("The figures");
        told(&town, member, "/standup report", named).await;
        assert!(member.sees("The figures") > before, "{:#?}", member.all());
    }
    assert!(told(&town, &sari, "/standup list", &[]).await.contains("Board"), "she administers the workspace");

    // Whoever leaves the channel loses its standup, what they answered themselves included.
    if town.is_slack() {
        town.day.slack().user("maya").leaves("#board");
    } else {
        town.day.discord().overwrites("board", "maya", 0, VIEW_CHANNEL);
    }
    town.day.quiet().await;
    for (command, arguments) in commands {
        let said = told(&town, &maya, command, arguments).await;
        assert!(said.contains("There is no standup here yet"), "{command}: {said}");
    }
    let asked = maya.reads("Board ·");
    town.day.until("2026-11-24T20:00:00Z").await;
    assert_eq!((maya.reads("Board ·"), oliver.reads("Board · Tuesday 24 November")), (asked, 1));
    town.day.end().await;
}

async fn a_deadline_too_early_for_people_not_known_yet_pauses_the_standup(town: Town) {
    let (oliver, lena) = (town.user("oliver"), town.user("lena"));
    let group = mention(&town, "night");
    let early = [("when", "weekdays 9:30"), ("deadline", "14:00")];
    let of_a_group = [("name", "Group"), ("channel", "#eng"), ("who", group.as_str()), early[0], early[1]];
    let of_a_channel = [("name", "Channel"), ("channel", "#night"), early[0], early[1]];
    for (name, place, settings) in [("Group", "#eng", &of_a_group[..]), ("Channel", "#night", &of_a_channel[..])] {
        // Nobody had asked yet who that is, so all that can be told is that it is set up.
        oliver.runs_in(place, "/standup new", settings).await;
        town.day.quiet().await;
        let made = oliver.all().into_iter().find(|said| said.contains("is set up") && said.contains(name)).unwrap();
        assert!(made.contains(&format!("{name} is set up")), "{made}");
        assert!(made.contains("jeda is asking the platform who that is"), "{made}");
    }
    let list = told(&town, &oliver, "/standup list", &[]).await;
    assert_eq!(list.matches("paused").count(), 2, "{list}");
    // He is told in his own hours, with names, times and the mend.
    assert_eq!(oliver.reads("lena"), 0, "it is night in London");
    town.day.until("2026-11-23T09:15:00Z").await;
    let words = "lena would be asked Monday 23 November, 9:30, after the deadline at Monday 23 November, 6:00";
    assert_eq!(oliver.reads(words), 2, "{:#?}", oliver.dm());
    for name in ["Group", "Channel"] {
        assert_eq!(oliver.reads(&format!("/standup resume {name}")), 1, "{:#?}", oliver.dm());
        let refused = told(&town, &oliver, "/standup resume", &[("name", name)]).await;
        assert!(refused.contains(words), "{refused}");
        let changed = told(&town, &oliver, "/standup edit", &[("name", name), ("deadline", "21:00")]).await;
        assert!(changed.contains(&format!("{name} is changed")), "{changed}");
        let again = told(&town, &oliver, "/standup resume", &[("name", name)]).await;
        assert!(again.contains(&format!("{name} asks again")), "{again}");
    }
    town.day.until(LENA_IS_ASKED).await;
    assert_eq!(oliver.reads(words), 2, "told once each");
    assert_eq!(oliver.reads("Channel · Monday 23 November"), 1, "{:#?}", oliver.dm());
    for name in ["Group", "Channel"] {
        assert_eq!(lena.reads(&format!("{name} · Monday 23 November")), 1, "{:#?}", lena.dm());
    }
    // From then on, everybody.
    town.day.until("2026-11-24T21:00:00Z").await;
    for name in ["Group", "Channel"] {
        assert_eq!(lena.reads(&format!("{name} · Tuesday 24 November")), 1, "{:#?}", lena.dm());
    }
    assert_eq!(oliver.reads("Channel · Tuesday 24 November"), 1, "{:#?}", oliver.dm());
    town.day.end().await;
}

async fn a_private_channel_knows_of_the_standups_that_ask_only_some_of_it(town: Town) {
    let (oliver, maya, lena) = (town.user("oliver"), town.user("maya"), town.user("lena"));
    let who = if town.is_slack() { " @oliver" } else { "@oliver" };
    let settings = [("name", "Board"), ("when", "weekdays 9:30"), ("window", "4h"), ("who", who)];
    oliver.runs_in("#board", "/standup new", &settings).await;
    town.day.quiet().await;
    let seen = |said: &str| said.contains("Board") && !said.contains("no standup");
    for (command, arguments) in [("/standup list", &[][..]), ("/standup show", &[("name", "Board")][..])] {
        assert!(seen(&told(&town, &maya, command, arguments).await), "{command}: {:#?}", maya.all());
        assert!(!seen(&told(&town, &lena, command, arguments).await), "{command}: {:#?}", lena.all());
    }
    town.day.until("2026-11-24T20:00:00Z").await;
    assert_eq!((maya.reads("Board ·"), oliver.reads("Board ·")), (0, 2), "she is not asked");
    town.day.end().await;
}

async fn one_who_comes_into_a_channel_is_not_taken_for_everybody_in_it(town: Town) {
    let oliver = town.user("oliver");
    // Maya comes into #night before jeda ever asked who is in there.
    if town.is_slack() {
        town.day.slack().user("maya").joins("#night");
    } else {
        town.day.discord().overwrites("night", "maya", VIEW_CHANNEL, 0);
    }
    town.day.quiet().await;
    oliver
        .runs_in("#night", "/standup new", &[("name", "Night"), ("when", "weekdays 9:30"), ("deadline", "14:00")])
        .await;
    town.day.quiet().await;
    let shown = told(&town, &oliver, "/standup show", &[("name", "Night")]).await;
    for words in ["paused", "lena", "maya", "oliver"] {
        assert!(shown.contains(words), "{words} is missing in: {shown}");
    }
    town.day.until("2026-11-23T09:15:00Z").await;
    assert_eq!(oliver.reads("lena would be asked"), 1, "{:#?}", oliver.dm());
    town.day.until("2026-11-24T21:00:00Z").await;
    assert_eq!(oliver.reads("Night · "), 0, "nobody is asked while it waits");
    town.day.end().await;
}
