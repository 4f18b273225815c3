//! How quick the law itself is: verdicts on one message, in this process, on one core, before any load.

use jeda_core::norm::{bench::Night, verdict::verdicts};
use jeda_engine::{Clock as _, SystemClock};
use std::{hint::black_box, time::Duration};

/// Recipients of the message.
const RECIPIENTS: [usize; 3] = [1, 10, 100];
/// Turns; each tries every count once, so that a machine that is busy for a moment doesn't make one of them slow.
const TURNS: usize = 8;
/// How long one try lasts. All together take a second.
const TRY: Duration = Duration::from_millis(40);
/// Messages between two looks at the clock, so that looking costs nothing.
const AT_ONCE: u32 = 64;

/// What a message to so many people came to.
#[derive(Clone, Copy, Debug)]
pub struct Verdicts {
    /// How many people it reaches, each of whom gets a verdict.
    pub recipients: usize,
    /// Verdicts a second in the quickest turn: whatever else the machine does only takes from it.
    pub per_second: f64,
}

/// Measures. Holds up its thread for about a second.
pub(super) fn measure() -> Vec<Verdicts> {
    let clock = SystemClock::new();
    let nights = RECIPIENTS.map(Night::of);
    let mut all = RECIPIENTS.map(|recipients| Verdicts { recipients, per_second: 0.0 });
    for _ in 0..TURNS {
        for (night, of) in nights.iter().zip(&mut all) {
            of.per_second = of.per_second.max(per_second(night, &clock));
        }
    }
    all.to_vec()
}

fn per_second(night: &Night, clock: &SystemClock) -> f64 {
    let recipients = night.recipients();
    let case = night.case(&recipients);
    let (began, mut said) = (clock.monotonic(), 0);
    loop {
        for _ in 0..AT_ONCE {
            said += black_box(verdicts(black_box(&case))).len();
        }
        let took = clock.monotonic() - began;
        if took >= TRY {
            return said as f64 / took.as_secs_f64();
        }
    }
}
