//! What it was measured on.

use super::{BenchError, system};
use jeda_engine::{Clock as _, SystemClock};
use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

/// Flushes that are timed.
const FLUSHES: usize = 50;
/// Bytes of one: a page of the write-ahead log.
const PAGE: usize = 4_096;

/// The unit of time in `/proc`: Linux shows programs a hundred a second, whatever it counts inside.
const TICK: Duration = Duration::from_millis(10);

/// What it was measured on.
#[derive(Clone, Debug)]
pub struct Machine {
    /// Processors that this process may use.
    pub cores: usize,
    /// What else it was busy with, as the system tells: the load of the last minute.
    pub load: Option<String>,
    /// Where the databases lie.
    pub folder: PathBuf,
    /// What kind of disk that is, as the system tells.
    pub disk: Option<String>,
    /// What one page written there and flushed takes, at the median: no durable answer can come sooner.
    pub flush: Duration,
}

impl Machine {
    /// Looks at it.
    pub(super) fn look(folder: &Path) -> Result<Self, BenchError> {
        Ok(Self {
            cores: std::thread::available_parallelism().map_or(1, Into::into),
            load: std::fs::read_to_string("/proc/loadavg")
                .ok()
                .and_then(|text| text.split_whitespace().next().map(str::to_owned)),
            folder: folder.parent().unwrap_or(folder).to_path_buf(),
            disk: disk_of(folder),
            flush: flush(folder).map_err(system("the disk can't be tried"))?,
        })
    }
}

/// Processor time that a process has used so far; none where the system doesn't tell.
pub(super) fn processor_time(process: u32) -> Option<Duration> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The second field is the program's name in parentheses, which may hold anything; the 14th and 15th are the time
    // in the program and in the system for it (man 5 proc_pid_stat).
    let (_, rest) = text.rsplit_once(')')?;
    let ticks = rest.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u32>().ok());
    Some(TICK * ticks.sum::<Option<u32>>()?)
}

/// The kind of the mount that a folder is in: the one with the longest name above it.
fn disk_of(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let mounts = std::fs::read_to_string("/proc/self/mounts").ok()?;
    let mount = |line: &str| {
        let mut words = line.split_whitespace().skip(1);
        Some((PathBuf::from(words.next()?), words.next()?.to_owned()))
    };
    let above = mounts.lines().filter_map(mount).filter(|(place, _)| folder.starts_with(place));
    above.max_by_key(|(place, _)| place.components().count()).map(|(_, kind)| kind)
}

fn flush(folder: &Path) -> std::io::Result<Duration> {
    let clock = SystemClock::new();
    let mut file = File::create(folder.join("flush"))?;
    let mut took = Vec::with_capacity(FLUSHES);
    for _ in 0..FLUSHES {
        let began = clock.monotonic();
        file.write_all(&[0; PAGE])?;
        file.sync_data()?;
        took.push(clock.monotonic() - began);
    }
    took.sort_unstable();
    Ok(took[FLUSHES / 2])
}
