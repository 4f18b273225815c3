//! What is wrong on the machine itself, and what whoever runs the bot reads then: the words on standard error and the
//! exit code of the real commands, each in a process of its own.

use clap::Parser;
use jeda_store::{Options, Store};
use sqlx::Connection;
use std::{
    env, fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::{CommandExt, ExitStatusExt},
    },
    path::Path,
    process::{Command, ExitCode, Output, Stdio},
};
use tempfile::TempDir;

/// What separates the arguments in the variable that hands them over.
const BETWEEN: char = '\u{1f}';

/// The `jeda` command, with the arguments and in the environment that the tests below give it.
#[test]
#[ignore = "the other process of the tests below"]
fn jeda() -> ExitCode {
    let Ok(arguments) = env::var("JEDATEST_ARGUMENTS") else { return ExitCode::SUCCESS };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = jeda::cli::Cli::parse_from(arguments.split(BETWEEN));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let code = runtime.block_on(jeda::commands::dispatch(cli, env::vars().collect()));
    // The frame that runs tests has one exit code for all failures.
    eprintln!("exit code: {code:?}");
    code
}

/// A folder of its own on this machine.
pub(crate) struct Machine {
    folder: TempDir,
    root: bool,
}

/// A command that is under way.
pub(crate) struct Running(tokio::process::Child);

/// What a command said, and how it ended.
pub(crate) struct Said {
    pub(crate) words: String,
    pub(crate) code: i32,
}

impl Machine {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::metadata(folder.path()).unwrap().uid() == 0;
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder, root }
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn command(&self, program: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(program);
        command.args(["--exact", "machine::jeda", "--ignored", "--nocapture"]).current_dir(self.folder.path());
        command.env_clear().env(
            "JEDATEST_ARGUMENTS",
            ["jeda"].iter().chain(arguments).copied().collect::<Vec<_>>().join(&BETWEEN.to_string()),
        );
        command.envs(variables.iter().copied()).stdin(Stdio::null());
        command
    }

    /// Begins a command that goes on until it is stopped.
    pub(crate) fn starts(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Running {
        let mut command =
            tokio::process::Command::from(self.command(&env::current_exe().unwrap(), arguments, variables));
        Running(command.stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap())
    }

    fn runs(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
        Said::of(&self.command(&env::current_exe().unwrap(), arguments, variables).output().unwrap())
    }

    /// As somebody who may write nothing here. Nothing is read-only to root.
    fn runs_as_guest(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
        // Copied by another process: one that is started while this one writes a program could not be run.
        let program = self.folder.path().join("program");
        assert!(Command::new("cp").arg(env::current_exe().unwrap()).arg(&program).status().unwrap().success());
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = self.command(&program, arguments, variables);
        if self.root {
            command.uid(65_534).gid(65_534);
        }
        Said::of(&command.output().unwrap())
    }
}

impl Running {
    /// Asks it to stop, as a service's manager does, and waits until it has.
    pub(crate) async fn stops(self) -> Said {
        let id = self.0.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        Said::of(&self.0.wait_with_output().await.unwrap())
    }
}

impl Said {
    fn of(output: &Output) -> Self {
        assert_eq!(output.status.signal(), None);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = |line: &str| {
            line.strip_prefix("exit code: ")?.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok()
        };
        let code = words.lines().find_map(code).unwrap_or_else(|| panic!("no exit code in:\n{words}"));
        Self { words, code }
    }
}

/// A token, so that `run` gets as far as the database.
fn tokens(url: &str) -> [(&'static str, &str); 2] {
    [("DISCORD_TOKEN", "no.real.token"), ("JEDA_DATABASE_URL", url)]
}

#[test]
fn a_malformed_configuration_is_told_with_file_line_column_and_what_is_allowed() {
    let machine = Machine::new();
    let path = machine.path("jeda.toml");
    for (text, words) in [
        ("[slack]\nsockets = many\n", "jeda.toml:2:11: "),
        ("[slack]\nsokets = 2\n", "jeda.toml:2:1: unknown field `sokets`, expected `api_url` or `sockets`"),
        ("[http\nbind = \"127.0.0.1:8025\"\n", "jeda.toml:1:6: "),
        ("[workspace]\nzone = \"Asia/Jakrta\"\n", "jeda.toml:2:8: is not a time zone. Did you mean \"Asia/Jakarta\"?"),
        ("[http]\nbind = \"everywhere\"\n", "jeda.toml:2:8: is not an address and a port. Try \"127.0.0.1:8025\"."),
    ] {
        fs::write(&path, text).unwrap();
        for command in ["check", "run", "migrate", "doctor"] {
            let said = machine.runs(&["--config", &path, command], &tokens("sqlite:never.db"));
            assert!(said.words.contains(words), "{command}: {text}\n{}", said.words);
            assert_eq!(said.code, 2, "{command}: {}", said.words);
        }
    }
    let said = machine.runs(&["check"], &[("JEDA_SLACK_SOCKETS", "many")]);
    assert!(said.words.contains("JEDA_SLACK_SOCKETS (environment): "), "{}", said.words);
    assert_eq!(said.code, 2);
    let said = machine.runs(&["--config", "nowhere.toml", "check"], &[]);
    assert!(said.words.contains("nowhere.toml: can't be read"), "{}", said.words);
    assert!(!Path::new(&machine.path("never.db")).exists(), "nothing is begun");
}

#[tokio::test]
async fn a_database_from_a_newer_version_keeps_the_bot_from_starting() {
    let machine = Machine::new();
    let url = format!("sqlite:{}", machine.path("jeda.db"));
    assert_eq!(machine.runs(&["migrate"], &tokens(&url)).code, 0);
    let mut database = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'of the future', TRUE, 'x', 1)";
    sqlx::query(newer).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
    for command in ["run", "migrate", "check"] {
        let said = machine.runs(&[command], &tokens(&url));
        let words =
            "the database is at version 9999, and this jeda knows versions up to 4. Use the newer jeda that wrote it.";
        assert!(said.words.contains(words), "{command}: {}", said.words);
        assert_eq!(said.code, 1, "{command}: {}", said.words);
    }
}

#[test]
fn a_place_that_can_not_be_written_is_told_and_nothing_is_left_there() {
    let machine = Machine::new();
    let shut = machine.path("shut");
    fs::create_dir(&shut).unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o555)).unwrap();
    let url = format!("sqlite:{shut}/jeda.db");
    for command in ["run", "migrate"] {
        let said = machine.runs_as_guest(&[command], &tokens(&url));
        let words =
            "can't be written: Permission denied (os error 13). Give jeda a folder that it may write to, or free";
        assert!(said.words.contains(words), "{command}: {}", said.words);
        assert_eq!(said.code, 1, "{command}: {}", said.words);
    }
    assert_eq!(fs::read_dir(&shut).unwrap().count(), 0);
}

#[test]
fn a_database_that_is_in_use_is_told_to_the_second() {
    let machine = Machine::new();
    let url = format!("sqlite:{}", machine.path("jeda.db"));
    let defaults = jeda_config::Config::default().workspace_defaults();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let first = runtime.block_on(Store::open(Options { url: url.clone(), defaults })).unwrap();
    let said = machine.runs(&["run"], &tokens(&url));
    let words = "is in use by another jeda process. Stop that one, or give this one its own database.";
    assert!(said.words.contains(words), "{}", said.words);
    assert_eq!(said.code, 1, "{}", said.words);
    runtime.block_on(first.close());
}
