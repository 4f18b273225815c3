//! Stories of people with an account on Slack and one on Discord, told on both databases.

use crate::{
    day::{Day, face},
    town::{Teammate, monday, postgres},
};
use jeda::stage::Cast;
use jeda_core::{
    id::WorkspaceId,
    snapshot::{Need, Scope},
};
use jeda_emulator::{
    discord::{Discord, Person, Room, Setup as Server},
    slack::{Member, Setup, Slack},
};

macro_rules! stories {
    ($($story:ident;)+) => {$(
        mod $story {
            #[tokio::test]
            async fn on_sqlite() {
                super::$story(super::Both::begin(None).await).await;
            }
            #[tokio::test]
            async fn on_postgresql() {
                let Some(database) = super::postgres() else { return };
                super::$story(super::Both::begin(Some(database)).await).await;
            }
        }
    )+};
}

stories! {
    one_set_of_hours_holds_on_both_and_moves_what_waits_there;
    a_code_of_discord_is_typed_on_slack_and_profiles_are_followed_over_a_restart;
    nobody_guesses_a_code_and_admins_see_nothing_of_it;
}

/// Sari in Jakarta is on both and reads Indonesian on Slack; Oliver in London is on both and administers both.
struct Both {
    day: Day,
}

impl Both {
    async fn begin(database: Option<String>) -> Self {
        let clock = monday();
        let slack = Setup::new("Acme", face(&clock))
            .person(Member::named("sari").in_zone("Asia/Jakarta").speaking("id-ID"))
            .person(Member::named("oliver").in_zone("Europe/London").speaking("en-GB").admin())
            .channel("#eng", &["oliver", "sari"]);
        let discord = Server::new("Gilde", face(&clock))
            .person(Person::named("sari").locale("en-GB"))
            .person(Person::named("oliver").locale("en-GB").admin())
            .room(Room::text("eng"));
        let (slack, discord) = (Slack::start(slack).await.unwrap(), Discord::start(discord).await.unwrap());
        let cast = Cast { slack: Some(slack), discord: Some(discord), database };
        Self { day: Day::begin_on(clock, cast).await }
    }

    fn slack(&self, name: &str) -> Teammate {
        Teammate::Slack(self.day.slack().user(name))
    }

    fn discord(&self, name: &str) -> Teammate {
        let user = self.day.discord().user(name);
        user.goes_to("#eng");
        Teammate::Discord(user)
    }

    /// Runs a command, and returns what its author is told.
    async fn says(&self, who: &Teammate, command: &str, arguments: &[(&str, &str)]) -> String {
        who.runs(command, arguments).await;
        self.day.quiet().await;
        who.all().pop().unwrap()
    }

    async fn code(&self, who: &Teammate) -> String {
        let said = self.says(who, "/jeda link", &[]).await;
        let (_, after) = said.split_once("/jeda link ").unwrap_or_else(|| panic!("no code: {said}"));
        after.chars().take_while(|c| *c == '-' || c.is_ascii_alphanumeric()).collect()
    }

    /// How many of a workspace's members are linked, by their rows.
    async fn linked(&self, workspace: &WorkspaceId) -> usize {
        let scope = Scope { workspace: workspace.clone(), needs: [Need::Members].into() };
        let seen = self.day.stage().bot().engine().store().load(&scope).await.unwrap();
        seen.members.values().filter(|member| member.person.is_some()).count()
    }
}

async fn one_set_of_hours_holds_on_both_and_moves_what_waits_there(both: Both) {
    let (here, there) = (both.slack("sari"), both.discord("sari"));
    both.says(&there, "/hours", &[("hours", "Europe/London mon-fri 10:00-18:00")]).await;
    both.says(&here, "/hours", &[("hours", "Asia/Jakarta mon-fri 9:00-17:00")]).await;
    let oliver = both.discord("oliver");
    both.says(&oliver, "/hours", &[("hours", "Europe/London")]).await;
    let waits = both.says(&oliver, "/later send", &[("to", "@sari"), ("text", "About the *plan* @everyone")]).await;
    assert!(waits.contains("10:00"), "by her London hours: {waits}");
    let standup = [("name", "Daily"), ("when", "weekdays 9:30"), ("channel", "#eng"), ("who", "@sari")];
    both.says(&oliver, "/standup new", &standup).await;

    let code = both.code(&here).await;
    let done = both.says(&there, "/jeda link", &[("code", &code)]).await;
    assert!(done.contains("Linked with Acme") && done.contains("Those from Acme hold"), "{done}");
    assert!(done.contains("Asia/Jakarta"), "{done}");
    let again = both.says(&both.discord("oliver"), "/jeda link", &[("code", &code)]).await;
    assert!(again.contains("doesn’t work"), "{again}");
    // It is 8:00 in Jakarta; what waited for London's ten comes at Jakarta's nine, and she is asked then.
    both.day.until("2026-11-23T01:59:59Z").await;
    assert_eq!(there.reads("About the"), 0, "{:?}", there.dm());
    both.day.until("2026-11-23T02:00:00Z").await;
    assert_eq!(there.reads("About the"), 1, "{:?}", there.dm());
    assert_eq!(here.reads("Gilde"), 1, "whoever asked for the code is told, in her hours: {:?}", here.dm());
    both.day.until("2026-11-23T02:30:00Z").await;
    assert_eq!(there.reads("Daily · Monday 23 November"), 1, "{:?}", there.dm());

    // Leave that she takes on Slack is known on Discord, and the other way round; a question to her moves with it.
    let question = [("who", "@sari"), ("text", "Which of the two names?"), ("by", "4h")];
    both.says(&oliver, "/ask", &question).await;
    both.says(&here, "/away", &[("until", "rabu")]).await;
    let told = both.says(&oliver, "/when", &[("who", "@sari")]).await;
    assert!(told.contains("is away and works again from"), "{told}");
    both.says(&oliver, "/later send", &[("to", "@sari"), ("text", "When you are back")]).await;
    both.day.until("2026-11-24T03:00:00Z").await;
    assert_eq!((there.reads("When you are back"), there.reads("Daily · Tuesday")), (0, 0), "{:?}", there.dm());
    assert_eq!(oliver.reads("away now, so the time for your question"), 1, "told once: {:?}", oliver.dm());
    both.says(&here, "/back", &[]).await;
    assert_eq!(there.reads("When you are back"), 1, "{:?}", there.dm());
    let shown = both.says(&there, "/hours", &[]).await;
    assert!(shown.contains("Linked with Acme"), "{shown}");

    // Each for itself again.
    let parted = both.says(&there, "/jeda unlink", &[]).await;
    assert!(parted.contains("goes on alone"), "{parted}");
    both.says(&here, "/away", &[]).await;
    let told = both.says(&oliver, "/when", &[("who", "@sari")]).await;
    assert!(!told.contains("is away"), "{told}");
    both.day.until("2026-11-24T20:00:00Z").await;
    both.day.end().await;
}

async fn a_code_of_discord_is_typed_on_slack_and_profiles_are_followed_over_a_restart(both: Both) {
    let code = both.code(&both.discord("sari")).await;
    let both = Both { day: both.day.restart().await };
    let (here, there) = (both.slack("sari"), both.discord("sari"));
    let done = both.says(&here, "/jeda link", &[("code", &code.to_uppercase())]).await;
    assert!(done.contains("Tertaut dengan Gilde") && done.contains("Asia/Jakarta"), "{done}");
    let shown = both.says(&there, "/hours", &[]).await;
    assert!(shown.contains("Asia/Jakarta") && shown.contains("follows your profile"), "{shown}");
    both.day.slack().user("sari").changes_zone(Some("Asia/Tokyo"));
    both.day.quiet().await;
    let both = Both { day: both.day.restart().await };
    let there = both.discord("sari");
    let shown = both.says(&there, "/hours", &[]).await;
    assert!(shown.contains("Asia/Tokyo"), "{shown}");
    both.says(&there, "/focus", &[("time", "2h")]).await;
    let shown = both.says(&both.slack("sari"), "/hours", &[]).await;
    assert!(shown.contains("fokus sampai") || shown.contains("Tokyo"), "{shown}");
    both.day.until("2026-11-23T12:00:00Z").await;
    both.day.end().await;
}

async fn nobody_guesses_a_code_and_admins_see_nothing_of_it(both: Both) {
    let code = both.code(&both.slack("sari")).await;
    let oliver = both.discord("oliver");
    for nth in 0..5 {
        let said = both.says(&oliver, "/jeda link", &[("code", &format!("0000-0000-000{nth}"))]).await;
        assert!(said.contains("doesn’t work"), "{said}");
    }
    let said = both.says(&oliver, "/jeda link", &[("code", &code)]).await;
    assert!(said.contains("Several codes did not work"), "{said}");
    let done = both.says(&both.discord("sari"), "/jeda link", &[("code", &code)]).await;
    assert!(done.contains("Linked with Acme"), "{done}");
    both.day.until("2026-11-23T12:00:00Z").await;
    for who in [both.slack("oliver"), both.discord("oliver")] {
        for words in ["Linked", "linked", &code] {
            assert_eq!(who.sees(words), 0, "{words}: {:?}", who.all());
        }
    }
    let store = both.day.stage().bot().engine().store();
    let workspaces: Vec<_> = store.workspaces().await.unwrap().into_iter().map(|it| it.id).collect();
    for workspace in &workspaces {
        assert_eq!(both.linked(workspace).await, 1, "{workspace}");
    }
    both.day.end().await;
}
