//! The real binary as a process: started, listened to, stopped by signals. None is left behind.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::Duration,
};
use tokio::{
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    time::timeout,
};

/// How long a process may take to do what it has to; a healthy one takes a fraction of it.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the binary is told by its environment.
pub(crate) type Settings = Vec<(&'static str, String)>;

/// The binary with a command (its words separated by blanks), and with nothing of the environment of these tests.
pub(crate) fn jeda(command: &str, settings: &Settings) -> Command {
    let mut jeda = Command::new(env!("CARGO_BIN_EXE_jeda"));
    jeda.args(command.split(' ')).env_clear().envs(settings.iter().map(|(name, value)| (name, value)));
    jeda
}

/// Runs a command to its end.
pub(crate) fn told(command: &mut Command) -> (i32, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let words = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    (status.code().expect("it ended by itself"), words)
}

/// The same, while the local platforms go on answering on this thread.
pub(crate) async fn told_meanwhile(command: &str, settings: &Settings) -> (i32, String) {
    let mut command = jeda(command, settings);
    tokio::task::spawn_blocking(move || told(&mut command)).await.unwrap()
}

/// A running `jeda run`.
pub(crate) struct Running {
    child: Child,
    lines: UnboundedReceiver<String>,
    heard: Vec<String>,
    /// Where its pages are.
    pub(crate) pages: String,
}

impl Running {
    /// Starts it, and waits until its pages are served.
    pub(crate) async fn start(settings: &Settings) -> Self {
        let mut command = jeda("run", settings);
        command.env("JEDA_HTTP_BIND", "127.0.0.1:0").stderr(Stdio::piped()).stdin(Stdio::null());
        let mut child = command.spawn().unwrap();
        let (line, lines) = unbounded_channel();
        let errors = BufReader::new(child.stderr.take().unwrap());
        // Ends with the process, which closes its standard error.
        std::thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|text| line.send(text)));
        let mut running = Self { child, lines, heard: Vec::new(), pages: String::new() };
        let served = running.hears("health and metrics are served").await;
        let line: serde_json::Value = serde_json::from_str(&served).unwrap();
        running.pages = line["address"].as_str().unwrap().to_owned();
        running
    }

    /// Waits for a line of its log.
    pub(crate) async fn hears(&mut self, words: &str) -> String {
        while let Ok(Some(line)) = timeout(PATIENCE, self.lines.recv()).await {
            self.heard.push(line.clone());
            if line.contains(words) {
                return line;
            }
        }
        panic!("it never said {words:?}")
    }

    /// Kills it as a power cut does.
    pub(crate) fn dies(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end.
    pub(crate) fn is_asked_to_end(&self) {
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Waits for its end; what it said until then comes along.
    pub(crate) async fn ends(mut self) -> (ExitStatus, String) {
        // Its standard error closes when it ends.
        while let Some(line) = timeout(PATIENCE, self.lines.recv()).await.expect("it ends") {
            self.heard.push(line);
        }
        (self.child.wait().unwrap(), self.heard.join("\n"))
    }

    /// Waits until everything that it owed is settled, as its figures tell.
    pub(crate) async fn owes_nothing(&self) {
        let settled = async { while !self.page("/metrics").await.1.contains("\njeda_effects_owed 0\n") {} };
        timeout(PATIENCE, settled).await.expect("it settles what it owes");
    }

    /// What one of its pages says.
    pub(crate) async fn page(&self, path: &str) -> (u16, String) {
        let answer = reqwest::get(format!("http://{}{path}", self.pages)).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
        if std::thread::panicking() {
            while let Ok(line) = self.lines.try_recv() {
                self.heard.push(line);
            }
            eprintln!("jeda said:\n{}", self.heard.join("\n"));
        }
    }
}
