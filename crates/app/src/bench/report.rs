//! The table: each figure beside what is to be reached, and plainly whether it was.

use super::{
    Machine, Plan,
    round::{Latency, Measured, Round, Tally, Throughput},
    town::{PEOPLE, Which, sockets},
    verdicts::Verdicts,
};
use hdrhistogram::Histogram;
use std::{fmt, time::Duration};

/// Commands a second with the most under way.
const THROUGHPUT: f64 = 5_000.0;
/// Milliseconds until the acknowledgement at the highest rate, but for one in a hundred.
const ACKNOWLEDGED_MS: f64 = 5.0;
/// Megabytes with both platforms linked and nothing to do.
const IDLE_MB: f64 = 40.0;
/// Milliseconds from the start to the first acknowledgement.
const FIRST_MS: f64 = 150.0;
/// Verdicts a second on one core, on messages that reach one person.
const VERDICTS: f64 = 200_000.0;
/// How many times the cost of one verdict of ten a verdict of a hundred may have: one where cost is linear in the
/// recipients, ten where it grows with their square. Between lies what the sets of who is exempt or spoke lately cost.
const VERDICT_GROWTH: f64 = 2.0;

/// What was measured.
#[derive(Clone, Debug)]
pub struct Report {
    /// On what.
    pub machine: Machine,
    /// What was asked for.
    pub plan: Plan,
    /// Verdicts in core.
    pub verdicts: Vec<Verdicts>,
    /// Each life of a bot.
    pub rounds: Vec<Round>,
}

/// What is to be reached, and on which side of it.
#[derive(Clone, Copy)]
enum Goal {
    AtLeast(f64),
    Below(f64),
}

/// One line of figures, one for each platform (or one for both).
struct Line {
    name: String,
    figures: Vec<Option<f64>>,
    unit: &'static str,
    goal: Option<Goal>,
}

impl Report {
    /// Whether everything that was sent was confirmed and stored once, and no rule of a platform was broken.
    pub fn holds(&self) -> bool {
        let well = |measured: &Measured| measured.tally.holds() && measured.rules_broken.is_empty();
        self.rounds.iter().all(|round| round.measured.iter().all(well))
    }

    /// What became of all commands on a platform.
    pub fn tally(&self, which: Which) -> Tally {
        let of = |total: Tally, measured: &Measured| Tally {
            sent: total.sent + measured.tally.sent,
            confirmed: total.confirmed + measured.tally.confirmed,
            stored: total.stored + measured.tally.stored,
        };
        self.measured(which).fold(Tally::default(), of)
    }

    fn measured(&self, which: Which) -> impl Iterator<Item = &Measured> {
        self.rounds.iter().flat_map(|round| &round.measured).filter(move |measured| measured.which == which)
    }

    /// A figure of each platform under load: the median of the rounds.
    fn each(&self, figure: impl Fn(&Measured) -> Option<f64>) -> Vec<Option<f64>> {
        self.plan.platforms.iter().map(|which| median(self.measured(*which).filter_map(&figure))).collect()
    }

    /// Verdicts a second, and what one of many costs beside one of a few.
    fn verdict_lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for of in &self.verdicts {
            lines.push(Line {
                name: format!(
                    "verdicts on one core, {} recipient{}",
                    of.recipients,
                    if of.recipients == 1 { "" } else { "s" }
                ),
                figures: vec![Some(of.per_second)],
                unit: "/s",
                goal: (of.recipients == 1).then_some(Goal::AtLeast(VERDICTS)),
            });
        }
        if let [.., few, many] = self.verdicts.as_slice() {
            lines.push(Line {
                name: format!("cost of one verdict, {} recipients to {}", many.recipients, few.recipients),
                figures: vec![Some(few.per_second / many.per_second)],
                unit: " times",
                goal: Some(Goal::Below(VERDICT_GROWTH)),
            });
        }
        lines
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = self.verdict_lines();
        for (nth, under_way) in self.plan.under_way.iter().enumerate() {
            lines.push(Line {
                name: format!("throughput, {under_way} under way"),
                figures: self.each(|measured| measured.throughput.get(nth).map(|it| it.per_second)),
                unit: "/s",
                goal: (nth + 1 == self.plan.under_way.len()).then_some(Goal::AtLeast(THROUGHPUT)),
            });
        }
        let most = |figure: fn(&Throughput) -> Option<f64>| {
            self.each(move |measured| measured.throughput.last().and_then(figure))
        };
        for (name, figures) in [
            ("processor time of the bot for each of those", most(|it| it.bot_micros)),
            ("of the load and the local platforms", most(|it| it.load_micros)),
        ] {
            lines.push(Line { name: name.into(), figures, unit: " µs", goal: None });
        }
        let goal = |rate: usize, at: f64| {
            (rate + 1 == self.plan.per_second.len() && at > 50.0).then_some(Goal::Below(ACKNOWLEDGED_MS))
        };
        lines.extend(self.waits("acknowledged", |latency| &latency.acknowledged, goal));
        lines.extend(self.waits("confirmed", |latency| &latency.confirmed, |_, _| None));
        let start = |which: Which| {
            let times = self.rounds.iter().flat_map(|round| &round.first).filter(move |(of, _)| *of == which);
            median(times.map(|(_, time)| millis(*time)))
        };
        lines.push(Line {
            name: "from the start to the first acknowledgement".into(),
            figures: self.plan.platforms.iter().map(|which| start(*which)).collect(),
            unit: " ms",
            goal: Some(Goal::Below(FIRST_MS)),
        });
        lines.push(Line {
            name: "memory idle, both platforms linked".into(),
            figures: vec![median(self.rounds.iter().filter_map(|round| round.idle_kb.map(megabytes)))],
            unit: " MB",
            goal: Some(Goal::Below(IDLE_MB)),
        });
        lines.push(Line {
            name: "memory after the load".into(),
            figures: self.each(|measured| measured.after_kb.map(megabytes)),
            unit: " MB",
            goal: None,
        });
        lines
    }

    fn waits(
        &self,
        what: &str,
        of: impl Fn(&Latency) -> &Histogram<u64>,
        goal: impl Fn(usize, f64) -> Option<Goal>,
    ) -> Vec<Line> {
        let mut lines = Vec::new();
        for (rate, per_second) in self.plan.per_second.iter().enumerate() {
            for at in [50.0, 99.0] {
                let figure = |measured: &Measured| {
                    measured.latency.get(rate).map(|it| of(it).value_at_percentile(at) as f64 / 1_000.0)
                };
                lines.push(Line {
                    name: format!("{what} at {}/s, p{at}", whole(f64::from(*per_second))),
                    figures: self.each(figure),
                    unit: " ms",
                    goal: goal(rate, at),
                });
            }
        }
        lines
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { machine, plan, .. } = self;
        let load = machine.load.as_ref().map_or(String::new(), |load| format!(", {load} busy before it began"));
        let disk = machine.disk.as_ref().map_or(String::new(), |disk| format!(" ({disk})"));
        writeln!(f, "/standup note: inbox row, decision, durable commit, confirmation to the sender\n")?;
        writeln!(
            f,
            "machine   {} cores{load}; the bot is a process of its own, load and local platforms are another",
            machine.cores
        )?;
        writeln!(
            f,
            "database  SQLite, WAL, synchronous=FULL, in {}{disk}; one page flushed there takes {:.2} ms",
            machine.folder.display(),
            millis(machine.flush)
        )?;
        writeln!(
            f,
            "setting   {} people on each platform, {} sockets to Slack, one gateway to Discord",
            whole(PEOPLE as f64),
            sockets()
        )?;
        writeln!(
            f,
            "figures   medians of {} rounds, each with a new bot; {} s for each measurement; waits from the planned instant\n",
            plan.rounds,
            plan.period.as_secs_f64()
        )?;
        let names = plan.platforms.iter().fold(String::new(), |names, which| format!("{names}{which:>12}"));
        writeln!(f, "{:<46}{names}   to reach", "")?;
        for line in self.lines() {
            line.write(f, &plan.platforms)?;
        }
        writeln!(f)?;
        for which in &plan.platforms {
            self.write_tally(f, *which)?;
        }
        Ok(())
    }
}

impl Report {
    fn write_tally(&self, f: &mut fmt::Formatter<'_>, which: Which) -> fmt::Result {
        let Tally { sent, confirmed, stored } = self.tally(which);
        let [sent_words, confirmed_words, stored_words] = [sent, confirmed, stored].map(|count| whole(count as f64));
        let verdict = if sent == confirmed && confirmed == stored { "all there, once" } else { "THEY DIFFER" };
        writeln!(f, "{which}: {sent_words} sent, {confirmed_words} confirmed, {stored_words} stored: {verdict}")?;
        for rule in self.measured(which).flat_map(|measured| &measured.rules_broken) {
            writeln!(f, "  BROKEN: {rule}")?;
        }
        Ok(())
    }
}

impl Line {
    fn write(&self, f: &mut fmt::Formatter<'_>, platforms: &[Which]) -> fmt::Result {
        write!(f, "{:<46}", self.name)?;
        for figure in &self.figures {
            write!(f, "{:>12}", figure.map_or("not measured".into(), |figure| self.said(figure)))?;
        }
        for _ in self.figures.len()..platforms.len() {
            write!(f, "{:>12}", "")?;
        }
        let Some(goal) = self.goal else { return writeln!(f) };
        let (said, reached): (_, fn(f64, f64) -> bool) = match goal {
            Goal::AtLeast(goal) => (format!("{}{}", whole(goal), self.unit), |figure, goal| figure >= goal),
            Goal::Below(goal) => (format!("below {}{}", whole(goal), self.unit), |figure, goal| figure < goal),
        };
        let (Goal::AtLeast(bound) | Goal::Below(bound)) = goal;
        write!(f, "   {said}:")?;
        let verdict = |figure: Option<f64>| match figure {
            None => "not measured",
            Some(figure) if reached(figure, bound) => "met",
            Some(_) => "MISSED",
        };
        match self.figures.as_slice() {
            [both] => write!(f, " {}", verdict(*both))?,
            each => {
                for (which, figure) in platforms.iter().zip(each) {
                    write!(f, " {which} {}", verdict(*figure))?;
                }
            }
        }
        writeln!(f)
    }

    fn said(&self, figure: f64) -> String {
        let figure = if figure < 100.0 { format!("{figure:.1}") } else { whole(figure) };
        format!("{figure}{}", self.unit)
    }
}

/// A whole number with a comma for each thousand.
fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut said = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

fn median(figures: impl Iterator<Item = f64>) -> Option<f64> {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn megabytes(kb: u64) -> f64 {
    // The system's kB are 1,024 bytes; ours are a million to the megabyte.
    kb as f64 * 1_024.0 / 1_000_000.0
}
