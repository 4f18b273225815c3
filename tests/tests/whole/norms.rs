//! Norms from the file to the bot that is at work, through the commands that a team lead types.

use crate::day::face;
use clap::Parser;
use jeda::{
    cli::Cli,
    commands::{dispatch, norms},
    stage::{Cast, Stage},
};
use jeda_core::{
    id::{GroupId, UserId, WorkspaceId},
    norm::Revision,
    snapshot::{Need, Scope, Snapshot},
};
use jeda_emulator::slack::{Member, Setup, Slack};
use jeda_engine::{Clock, VirtualClock};
use jeda_store::{Options, Store};
use std::{fs, path::PathBuf, process::ExitCode, sync::Arc};
use tempfile::TempDir;

const FIRST: &str = r##"
[quiet_hours.nights]
enforce = "observe"
exempt = { groups = ["@on-call"], channels = ["#incidents"] }
between = "20:00-8:00"

[quiet_hours.eng]
channels = ["#eng"]
enforce = "hold"

[urgent.anything]
enforce = "nudge"
record = "#incidents"
"##;

const SECOND: &str = r##"
[quiet_hours.nights]
enforce = "nudge"
exempt = { people = ["@oliver"], groups = ["@on-call"] }
between = "20:00-8:00"

[urgent.anything]
enforce = "nudge"
record = "#incidents"
budget_per_week = 1

[digest.morning]
enforce = "nudge"
also_at = ["14:00"]
"##;

/// Types a command beside whatever holds the database.
async fn types(database: &str, words: &[&str]) -> ExitCode {
    let cli = Cli::parse_from([&["jeda"], words].concat());
    let environment = [("JEDA_DATABASE_URL", database), ("USER", "lia")];
    dispatch(cli, environment.map(|(name, value)| (name.to_owned(), value.to_owned())).into()).await
}

/// A bot at work at Acme, on a database that it holds, and a folder for files.
struct Office {
    stage: Stage,
    folder: TempDir,
    database: String,
}

impl Office {
    async fn begins(database: Option<String>) -> Self {
        let clock = Arc::new(VirtualClock::new("2026-11-23T01:00:00Z".parse().unwrap()));
        let setup = Setup::new("Acme", face(&clock))
            .person(Member::named("sari").in_zone("Asia/Jakarta").admin())
            .person(Member::named("oliver").in_zone("Europe/London"))
            .channel("#eng", &["sari", "oliver"])
            .channel("#incidents", &["sari"])
            .group("@on-call", &["oliver"]);
        let slack = Slack::start(setup).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let database = database.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("jeda.db").display()));
        let cast = Cast { slack: Some(slack), discord: None, database: Some(database.clone()) };
        Self { stage: Stage::begin(clock, cast).await.unwrap(), folder, database }
    }

    fn options(&self) -> Options {
        Options { url: self.database.clone(), defaults: jeda_config::Config::default().workspace_defaults() }
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// What a file would change, as another process sees it.
    async fn plan(&self, text: &str) -> Result<String, String> {
        let path = self.file("plan.toml", text);
        let norms = jeda_config::norms::read(path.to_str().unwrap()).map_err(|it| it.to_string())?;
        let store = Store::open_to_read(self.options()).await.unwrap();
        let plan = norms::plan(&store, &norms, None).await;
        store.close().await;
        plan.map_err(|error| error.to_string())
    }

    /// Applies a file beside the bot, on the clock of the stage.
    async fn applies(&self, text: &str, by: &str) -> String {
        let path = self.file("norms.toml", text);
        let norms = jeda_config::norms::read(path.to_str().unwrap()).unwrap();
        let store = Store::open_beside(self.options()).await.unwrap();
        let said = norms::apply(&store, &norms, Some("acme"), by, self.stage.clock().now()).await.unwrap();
        store.close().await;
        self.stage.quiet().await.unwrap();
        said
    }

    async fn types(&self, words: &[&str]) -> ExitCode {
        types(&self.database, words).await
    }

    /// What the bot itself sees.
    async fn seen(&self, needs: impl IntoIterator<Item = Need>) -> Snapshot {
        let workspace = self.workspace().await;
        self.stage.bot().engine().store().load(&Scope { workspace, needs: needs.into_iter().collect() }).await.unwrap()
    }

    async fn workspace(&self) -> WorkspaceId {
        self.stage.bot().engine().store().workspaces().await.unwrap()[0].id.clone()
    }

    async fn live(&self) -> Option<Arc<Revision>> {
        self.seen([Need::Norms]).await.norms
    }

    async fn ends(self) -> TempDir {
        let (backlog, cast) = self.stage.end().await.unwrap();
        assert_eq!((backlog.due, backlog.dead, backlog.failed), (0, 0, 0), "{backlog:?}");
        cast.slack.unwrap().assert_clean();
        self.folder
    }
}

/// A team writes norms, looks, applies, changes its mind; the bot never stops.
async fn norms_are_planned_and_applied(database: Option<String>) {
    let office = Office::begins(database).await;
    let first = office.plan(FIRST).await.unwrap();
    for line in [
        "  No norms are live yet.",
        "  + quiet_hours.nights is new. Everywhere, jeda notes when somebody is mentioned outside their hours, and says nothing to anyone.",
        "      Left alone: @on-call and #incidents.",
        "      looks only at this part of the recipient’s day: 20:00–8:00, over midnight",
        "  + quiet_hours.eng is new. In #eng, a message that mentions somebody outside their hours waits for their hours. Where jeda can’t take it back, its author is told instead.",
        "  Note: In #eng, quiet_hours.eng holds in place of quiet_hours.nights: the narrower wins.",
        "  Note: quiet_hours.nights looks from 20:00 over midnight until 8:00 the next morning.",
    ] {
        assert!(first.lines().any(|it| it == line), "{line}\nis missing in:\n{first}");
    }
    assert!(office.live().await.is_none(), "a plan changes nothing");

    let path = office.file("norms.toml", FIRST);
    let path = path.to_str().unwrap();
    assert_eq!(office.types(&["norms", "check", path]).await, ExitCode::SUCCESS);
    assert!(office.applies(FIRST, "lia").await.contains("  Revision 1 holds from now on."));
    let live = office.live().await.unwrap();
    assert_eq!((live.number, live.by.as_str(), live.set.0.len()), (1, "lia", 3));
    assert!(office.plan(FIRST).await.unwrap().contains("  Nothing changes."));
    assert!(!office.applies(FIRST, "ben").await.contains("holds from now on"));
    assert_eq!(office.live().await.unwrap().number, 1, "nothing to apply");

    // Nobody had asked who is on call; the bot did now, since a norm is about them.
    let on_call = GroupId::new(office.stage.slack().unwrap().group_id("@on-call"));
    let oliver = UserId::new(office.stage.slack().unwrap().user("oliver").id());
    assert_eq!(office.seen([Need::Group(on_call.clone())]).await.group_members[&on_call], [oliver].into());

    let second = office.plan(SECOND).await.unwrap();
    for line in [
        "  ~ quiet_hours.nights changes.",
        "      enforce: observe → nudge. Everywhere, whoever mentions somebody outside their hours is told, and nobody else: until when they are off, and that it can be delivered in their hours.",
        "      left alone from now on: @oliver",
        "      no longer left alone: #incidents",
        "  - quiet_hours.eng goes away. Until now: In #eng, a message that mentions somebody outside their hours waits for their hours. Where jeda can’t take it back, its author is told instead.",
        "      urgent messages a week from each sender: 3 → 1",
        "  + digest.morning is new. Everywhere, what waited comes in one message (the start of the day and 14:00), and only when something did.",
    ] {
        assert!(second.lines().any(|it| it == line), "{line}\nis missing in:\n{second}");
    }
    office.applies(SECOND, "ana").await;
    assert_eq!(office.live().await.unwrap().number, 2);

    let store = Store::open_to_read(office.options()).await.unwrap();
    let history = norms::history(&store, None).await.unwrap();
    let lines: Vec<&str> = history.lines().collect();
    assert!(lines[0].starts_with("Acme (slack:"), "{history}");
    assert!(
        lines[1].starts_with("    2  ")
            && lines[1]
                .ends_with("  ana: ~ quiet_hours.nights, - quiet_hours.eng, ~ urgent.anything, + digest.morning"),
        "{history}"
    );
    assert!(lines[2].ends_with("  lia: + quiet_hours.nights, + quiet_hours.eng, + urgent.anything"), "{history}");
    let show = norms::show(&store, None).await.unwrap();
    assert!(
        show.contains("Revision 2 is live, applied by ana on ")
            && show.contains("\n  urgent.anything\n    Everywhere, what can’t wait"),
        "{show}"
    );
    store.close().await;
    office.ends().await;
}

#[tokio::test]
async fn norms_are_planned_and_applied_beside_a_bot_on_sqlite() {
    norms_are_planned_and_applied(None).await;
}

#[tokio::test]
async fn norms_are_planned_and_applied_beside_a_bot_on_postgres() {
    let Some(url) = jeda_store::testing::postgres_url("norms_applied") else { return };
    norms_are_planned_and_applied(Some(url)).await;
}

#[tokio::test]
async fn what_a_file_names_and_nobody_knows_is_refused_in_every_workspace_or_none() {
    let office = Office::begins(None).await;
    let wrong = FIRST.replace("#eng", "#enf").replace("@on-call", "@oncall");
    let said = office.plan(&wrong).await.unwrap_err();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(
        lines[0].contains("plan.toml:4:22: there is no group or role @oncall. Did you mean \"@on-call\"?"),
        "{said}"
    );
    assert!(
        lines[1].contains("plan.toml:8:13: there is no channel #enf that jeda knows. Did you mean \"#eng\"?"),
        "{said}"
    );
    assert!(lines[1].contains("(Acme (slack:"), "{said}");
    let path = office.file("norms.toml", &wrong);
    assert_eq!(office.types(&["norms", "apply", path.to_str().unwrap()]).await, ExitCode::from(2));
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../config/norms.toml");
    assert_eq!(office.types(&["norms", "apply", shipped, "--workspace", "Nowhere"]).await, ExitCode::FAILURE);
    assert!(office.live().await.is_none());

    // A renamed channel keeps its norms, and the file is told.
    office.applies(FIRST, "lia").await;
    office.stage.slack().unwrap().renames("#incidents", "fires");
    office.stage.quiet().await.unwrap();
    let said = office.plan(FIRST).await.unwrap_err();
    assert!(said.contains("It was renamed: write \"#fires\"."), "{said}");
    let plan = office.plan(&FIRST.replace("#incidents", "#fires")).await.unwrap();
    assert!(plan.contains("Nothing changes."), "{plan}");
    office.ends().await;
}

#[tokio::test]
async fn the_file_that_comes_along_can_be_applied_as_it_is_also_while_no_bot_runs() {
    let office = Office::begins(None).await;
    let (options, database) = (office.options(), office.database.clone());
    let _folder = office.ends().await;
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../config/norms.toml");
    assert_eq!(types(&database, &["norms", "apply", shipped, "--by", "ana"]).await, ExitCode::SUCCESS);
    assert_eq!(types(&database, &["norms", "show"]).await, ExitCode::SUCCESS);
    assert_eq!(types(&database, &["norms", "history", "--workspace", "acme"]).await, ExitCode::SUCCESS);
    let store = Store::open(options).await.unwrap();
    let revisions = store.revisions(&store.workspaces().await.unwrap()[0].id).await.unwrap();
    assert_eq!((revisions[0].by.as_str(), revisions[0].set.0.len()), ("ana", 5));
    store.close().await;
}

#[tokio::test]
async fn the_plan_in_the_readme_is_a_real_one() {
    let readme = include_str!("../../../README.md");
    let page = readme.split("## Your norms in one file").nth(1).unwrap();
    let block = |start: &str| page.split(start).nth(1).and_then(|rest| rest.split("\n```").next()).unwrap();
    let (file, shown) = (block("```toml\n"), block("changes nothing:\n```\n"));
    let office = Office::begins(None).await;
    office.applies(include_str!("../../../config/norms.toml"), "lia").await;
    let plan = office.plan(file).await.unwrap();
    assert_eq!(plan.trim_end(), shown, "README.md shows this as what `jeda norms plan` says of its file");
    office.ends().await;
}

#[tokio::test]
async fn a_database_that_no_bot_has_seen_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("jeda.db").display());
    let options = || Options { url: url.clone(), defaults: jeda_config::Config::default().workspace_defaults() };
    let missing = Store::open_beside(options()).await.unwrap_err().to_string();
    assert!(missing.contains("`jeda run` makes it"), "{missing}");
    Store::open(options()).await.unwrap().close().await;
    let store = Store::open_beside(options()).await.unwrap();
    let nobody = norms::show(&store, None).await.unwrap_err().to_string();
    assert!(nobody.contains("Start `jeda run` once"), "{nobody}");
    store.close().await;
}
