//! A private PostgreSQL server for tests, started from the installed binaries and gone at the end.
//!
//! Where none is installed the tests say so and pass without it, unless `JEDA_TEST_POSTGRES=required` is set, as CI
//! does.

#![expect(clippy::expect_used, reason = "a test server that can't start is a failed test")]

use std::{
    env,
    path::{Path, PathBuf},
    process::{ChildStdin, Command, Stdio},
    sync::OnceLock,
};
use tempfile::TempDir;

/// A server that lives for as long as the test process.
struct Server {
    socket: PathBuf,
    port: u16,
    /// Closed when the process ends.
    _alive: ChildStdin,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

/// The address of a new, empty database on the private server; `None` where PostgreSQL is not installed.
///
/// # Panics
/// The server can't be started although it is installed, or it is required and not installed.
pub fn postgres_url(name: &str) -> Option<String> {
    let server = SERVER.get_or_init(start).as_ref()?;
    let port = server.port.to_string();
    let mut create = as_user(&binary("createdb")?);
    create.args(["-h", &server.socket.display().to_string(), "-p", &port, "-U", "jeda", name]);
    assert!(create.status().is_ok_and(|status| status.success()), "createdb {name} failed");
    let host = server.socket.display().to_string().replace('/', "%2F");
    Some(format!("postgres://jeda@{host}:{port}/{name}"))
}

fn start() -> Option<Server> {
    let (Some(initdb), Some(pg_ctl)) = (binary("initdb"), binary("pg_ctl")) else {
        assert!(
            env::var("JEDA_TEST_POSTGRES").as_deref() != Ok("required"),
            "PostgreSQL is required and not installed"
        );
        eprintln!("PostgreSQL is not installed: its tests are skipped (Debian: apt-get install postgresql)");
        return None;
    };
    // The folder outlives this function and is removed by the keeper below.
    let folder = TempDir::new().expect("a temporary folder").keep();
    let data = folder.join("data");
    if is_root() {
        let owner = Command::new("chown").arg("postgres").arg(&folder).status();
        assert!(owner.is_ok_and(|status| status.success()), "the folder can't be given to the user postgres");
    }
    let quiet = |mut command: Command| command.stdout(Stdio::null()).status().is_ok_and(|status| status.success());
    let mut init = as_user(&initdb);
    init.arg("-D").arg(&data).args(["-U", "jeda", "-A", "trust", "-E", "UTF8", "--no-sync"]);
    assert!(quiet(init), "initdb failed");
    // The port only names the socket's file: nothing listens on the network.
    let port = 5432;
    let options =
        format!("-c listen_addresses='' -c unix_socket_directories='{}' -c fsync=off -p {port}", folder.display());
    let mut run = as_user(&pg_ctl);
    run.arg("-D").arg(&data).arg("-w").args(["-o", &options]).arg("-l").arg(folder.join("log")).arg("start");
    assert!(quiet(run), "PostgreSQL did not start; see {}", folder.join("log").display());
    let _alive = keep_watch(&pg_ctl, &data, &folder);
    Some(Server { socket: folder, port, _alive })
}

/// Leaves a process that stops the server and removes its folder when this one ends, however that ends: then the
/// pipe that it reads from is closed.
fn keep_watch(pg_ctl: &Path, data: &Path, folder: &Path) -> ChildStdin {
    let script = format!(
        "cat >/dev/null; '{}' -D '{}' -m immediate stop; rm -rf '{}'",
        pg_ctl.display(),
        data.display(),
        folder.display()
    );
    let keeper = as_user(Path::new("/bin/sh"))
        .args(["-c", &script])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    keeper.ok().and_then(|mut keeper| keeper.stdin.take()).expect("somebody who stops the server")
}

/// PostgreSQL refuses to run as root.
fn as_user(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// An installed binary: in `PATH`, else the newest of Debian's.
fn binary(name: &str) -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin").join(name)).collect();
    found.sort();
    let in_path = env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).collect::<Vec<_>>();
    found.into_iter().rev().chain(in_path).find(|path| path.is_file())
}
