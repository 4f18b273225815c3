//! Load: so many under way at once, or so many a second.

use super::{
    machine::processor_time,
    round::{Latency, Tally, Throughput},
    town::{Answered, Jotter, NOTES},
};
use hdrhistogram::Histogram;
use jeda_engine::{Clock as _, SystemClock};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::{sync::mpsc, task::JoinSet};

/// The longest time that is told apart, in microseconds: a command that nobody answers is given up before.
const LONGEST_MICROS: u64 = 60_000_000;
/// Decimal places that are told apart.
const PLACES: u8 = 3;

/// Somebody who makes people jot, and counts.
#[derive(Clone)]
pub(super) struct Load {
    jotters: Arc<Vec<Jotter>>,
    clock: Arc<SystemClock>,
    sent: Arc<AtomicUsize>,
    confirmed: Arc<AtomicUsize>,
}

impl Load {
    /// The first of these people has jotted once already.
    pub(super) fn new(jotters: Vec<Jotter>) -> Self {
        let (sent, confirmed) = (Arc::new(AtomicUsize::new(1)), Arc::new(AtomicUsize::new(1)));
        Self { jotters: Arc::new(jotters), clock: Arc::new(SystemClock::new()), sent, confirmed }
    }

    /// What was sent and what was confirmed so far.
    pub(super) fn tally(&self) -> Tally {
        Tally { sent: self.sent.load(Relaxed), confirmed: self.confirmed.load(Relaxed), stored: 0 }
    }

    /// Sends one, of each person in turn: whoever jotted last waits until everybody else has. None when the notes are
    /// used up, or no confirmation came.
    pub(super) async fn one(&self) -> Option<Answered> {
        let nth = self.sent.fetch_update(Relaxed, Relaxed, |sent| (sent < NOTES).then_some(sent + 1)).ok()?;
        let answered = self.jotters.get(nth % self.jotters.len())?.jot().await?;
        self.confirmed.fetch_add(1, Relaxed);
        Some(answered)
    }

    /// Keeps so many under way for a while: each that is confirmed is followed by the next. `bot` is its process.
    pub(super) async fn keep_under_way(&self, under_way: usize, period: Duration, bot: Option<u32>) -> Throughput {
        let used = || [bot, Some(std::process::id())].map(|process| process.and_then(processor_time));
        let (began, before) = (self.clock.monotonic(), used());
        let mut workers = JoinSet::new();
        for _ in 0..under_way {
            let load = self.clone();
            workers.spawn(async move {
                let mut confirmed = 0_u32;
                while load.clock.monotonic() - began < period && load.one().await.is_some() {
                    confirmed += 1;
                }
                confirmed
            });
        }
        let confirmed = f64::from(workers.join_all().await.into_iter().sum::<u32>());
        let (took, after) = (self.clock.monotonic() - began, used());
        let micros = |nth: usize| Some((after[nth]? - before[nth]?).as_secs_f64() * 1_000_000.0 / confirmed);
        let per_second = confirmed / took.as_secs_f64();
        Throughput { under_way, per_second, bot_micros: micros(0), load_micros: micros(1) }
    }

    /// Sends so many a second for a while, each at its planned instant whatever became of those before, and measures
    /// from that instant.
    pub(super) async fn send_at(&self, per_second: u32, period: Duration) -> Latency {
        let count = (f64::from(per_second) * period.as_secs_f64()) as u32;
        let (tell, mut told) = mpsc::unbounded_channel();
        self.pace(per_second, count, tell);
        let mut latency = Latency { per_second, acknowledged: histogram(), confirmed: histogram() };
        while let Some(answered) = told.recv().await {
            latency.acknowledged.saturating_record(micros(answered.acknowledged));
            latency.confirmed.saturating_record(micros(answered.confirmed));
        }
        latency
    }

    /// A thread of its own keeps the instants: tokio's timers would round them up to milliseconds.
    fn pace(&self, per_second: u32, count: u32, tell: mpsc::UnboundedSender<Answered>) {
        let (load, runtime) = (self.clone(), tokio::runtime::Handle::current());
        let began = self.clock.monotonic();
        std::thread::spawn(move || {
            for nth in 0..count {
                let planned = began + Duration::from_secs(1) * nth / per_second;
                if let Some(early) = planned.checked_sub(load.clock.monotonic()) {
                    std::thread::sleep(early);
                }
                let (load, tell) = (load.clone(), tell.clone());
                runtime.spawn(async move {
                    let late = load.clock.monotonic() - planned;
                    if let Some(Answered { acknowledged, confirmed }) = load.one().await {
                        let answered = Answered { acknowledged: late + acknowledged, confirmed: late + confirmed };
                        // Whoever measures waits for all of them.
                        let _ = tell.send(answered);
                    }
                });
            }
        });
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

fn histogram() -> Histogram<u64> {
    #[expect(clippy::expect_used, reason = "the bounds are constants that the library takes")]
    Histogram::new_with_bounds(1, LONGEST_MICROS, PLACES).expect("bounds of a histogram")
}
