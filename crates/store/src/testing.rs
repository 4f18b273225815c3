//! A private PostgreSQL server for tests, started from the installed binaries and gone at the end.
//!
//! Where none is installed the tests say so and pass without it, unless `JEDA_TEST_POSTGRES=required` is set, as CI
//! does.

#![expect(clippy::expect_used, reason = "a test server that can't start is a failed test")]

use std::{
    env, fs,
    io::{self, BufRead, BufReader, Write},
    os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};
use tempfile::TempDir;

/// The version that this jeda brings a database to: the number of its newest migration.
pub fn newest_version() -> i64 {
    crate::open::SQLITE.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// A server that lives for as long as the test process.
struct Server {
    folder: PathBuf,
    binaries: PathBuf,
    /// The keeper waits for its input to close, which it does however the test process ends.
    _keeper: Child,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

/// Names the socket's file only: nothing listens on the network.
const PORT: &str = "5432";

/// Starts the server, waits until its end is wanted, and leaves nothing behind. Signals of the terminal are for the
/// tests: the keeper is told by the end of its input.
const KEEPER: &str = r#"
    trap '' INT TERM HUP
    "$BIN/pg_ctl" -D "$DIR/data" -w -l "$DIR/log" -o "-p $PORT -c listen_addresses='' -c unix_socket_directories='$DIR' -c fsync=off -c max_connections=200" start >/dev/null \
        && echo ready || echo failed
    cat >/dev/null
    "$BIN/pg_ctl" -D "$DIR/data" -m immediate stop >/dev/null 2>&1
    rm -rf "$DIR"
"#;

/// The address of a new, empty database on the private server; `None` where PostgreSQL is not installed.
///
/// `name` is `[a-z0-9_]+`, and used once in a test process.
///
/// # Panics
/// The server can't be started although it is installed, or it is required and not installed.
pub fn postgres_url(name: &str) -> Option<String> {
    let server = SERVER.get_or_init(start).as_ref()?;
    let made = Command::new(server.binaries.join("createdb"))
        .arg("-h")
        .arg(&server.folder)
        .args(["-p", PORT, "-U", "jeda", name])
        .status();
    assert!(made.is_ok_and(|status| status.success()), "createdb {name} failed");
    Some(format!("postgres:///{name}?host={}&port={PORT}&user=jeda", server.folder.display()))
}

fn start() -> Option<Server> {
    let Some(binaries) = binaries() else {
        assert!(
            env::var("JEDA_TEST_POSTGRES").as_deref() != Ok("required"),
            "PostgreSQL is required (JEDA_TEST_POSTGRES) and not installed"
        );
        // Not by `eprintln!`, whose words a passing test keeps to itself.
        let words = "PostgreSQL is not installed: its tests are skipped (Debian: apt-get install postgresql)";
        let _ = writeln!(io::stderr(), "\n{words}");
        return None;
    };
    // Removed by the keeper, which outlives this process by a moment.
    let folder = TempDir::new().expect("a temporary folder").keep();
    let (uid, gid) = owner(&folder);
    let run = |program: &Path| {
        let mut command = Command::new(program);
        command.current_dir(&folder).stdout(Stdio::null());
        // PostgreSQL refuses to run as root.
        if uid != current(&folder) {
            command.uid(uid).gid(gid);
        }
        command
    };
    let mut init = run(&binaries.join("initdb"));
    init.arg("-D").arg(folder.join("data")).args(["-U", "jeda", "-A", "trust", "-E", "UTF8", "--no-sync"]);
    let mut keeper = run(Path::new("/bin/sh"));
    keeper.args(["-c", KEEPER]).env("BIN", &binaries).env("DIR", &folder).env("PORT", PORT);
    chown(&folder, Some(uid), Some(gid)).expect("a folder of PostgreSQL's own");
    assert!(init.status().is_ok_and(|status| status.success()), "initdb failed");
    let mut keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
    let words = keeper.stdout.take().expect("the keeper's words");
    let mut word = String::new();
    BufReader::new(words).read_line(&mut word).expect("the keeper's word");
    assert_eq!(
        word.trim(),
        "ready",
        "PostgreSQL did not start: {}",
        fs::read_to_string(folder.join("log")).unwrap_or_default()
    );
    Some(Server { folder, binaries, _keeper: keeper })
}

fn current(folder: &Path) -> u32 {
    fs::metadata(folder).expect("the folder that was just made").uid()
}

/// Who shall run the server: whoever runs the tests, or for root the user that the packages made, or else nobody.
fn owner(folder: &Path) -> (u32, u32) {
    let made = fs::metadata(folder).expect("the folder that was just made");
    if made.uid() != 0 {
        return (made.uid(), made.gid());
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let find = |name: &str| {
        let mut fields = users.lines().map(|line| line.split(':')).find(|line| line.clone().next() == Some(name))?;
        Some((fields.nth(2)?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    find("postgres").or_else(|| find("nobody")).expect("a user other than root")
}

/// The folder of the installed binaries: the newest of Debian's, else the one that `PATH` finds.
fn binaries() -> Option<PathBuf> {
    let whole = |folder: &PathBuf| ["initdb", "pg_ctl", "createdb"].iter().all(|name| folder.join(name).is_file());
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .map(|version| version.path().join("bin"))
        .filter(whole)
        .max_by_key(|folder| folder.iter().rev().nth(1).and_then(|v| v.to_str()?.parse::<u32>().ok()));
    newest.or_else(|| env::split_paths(&env::var_os("PATH")?).find(whole))
}
