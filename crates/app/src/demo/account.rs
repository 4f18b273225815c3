//! The account of the week: what the receipts say, held against what people saw.
//!
//! Promise: the count and the check don't take the bot's word alone. How many prompts each person saw is counted from
//! the platform's own journal, and which rounds there were is written down by hand in the week.

use super::{
    team::{self, TEAM},
    teller::{DISCORD, SLACK},
    week::{AT_NIGHT, DISCORD_ROUNDS, DISCORD_STANDUP, IN_THE_MORNING, SLACK_ROUNDS, SLACK_STANDUP, URGENT},
};
use crate::stage::{Cast, Stage, StageError};
use jeda_core::{
    copy,
    id::WorkspaceId,
    language::Language,
    people,
    receipt::{Receipt, What, Why},
    standup,
    time::Zone,
};
use jeda_emulator::journal::{Act, Entry};
use jeda_store::Backlog;
use jiff::{Timestamp, civil::Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// A figure of a platform's week.
type Figure = fn(&Count) -> usize;

/// The day after the week, as prompts say it in both languages.
const AFTER: &str = " 29 ";

/// What a platform's week came to.
#[derive(Debug, Default)]
struct Count {
    rounds: usize,
    prompts: usize,
    prompts_late: usize,
    prompts_skipped: usize,
    reminders: usize,
    answers: usize,
    answers_late: usize,
    changed: usize,
    skipped_by_member: usize,
    missed: usize,
    digests: usize,
    /// Messages that waited for somebody's hours.
    waited: usize,
    urgent: usize,
    /// Questions whose asker was told what came of them.
    questions: usize,
    /// Their first messages; one that follows the answers is settled more than once.
    reports: BTreeSet<String>,
    /// Why prompts and reminders were not sent, and how often.
    reasons: BTreeMap<(&'static str, String), usize>,
}

/// The whole account.
#[derive(Debug, Default)]
pub(super) struct Account {
    counts: Vec<(&'static str, Count)>,
    /// Promises that did not hold, in sentences.
    pub(super) broken: Vec<String>,
    checked: usize,
}

/// Counts both platforms.
pub(super) async fn count(stage: &Stage, told: &[(&'static str, Entry)]) -> Result<Account, StageError> {
    let mut account = Account::default();
    let store = stage.bot().engine().store();
    let all = store.receipts(None, "prompt").await?;
    for (platform, title, rounds) in
        [(SLACK, SLACK_STANDUP, &SLACK_ROUNDS[..]), (DISCORD, DISCORD_STANDUP, &DISCORD_ROUNDS[..])]
    {
        let workspace = all.iter().map(|receipt| &receipt.workspace).find(|id| is_on(id, platform)).cloned();
        let Some(workspace) = workspace else {
            account.broken.push(format!("{platform}: nothing fell due"));
            continue;
        };
        let mut receipts = Vec::new();
        for kind in ["prompt", "remind", "answer", "report", "round"] {
            let of_kind = store.receipts(Some(&workspace), kind).await?;
            receipts.extend(of_kind.into_iter().filter(|receipt| rounds.contains(&date_of(receipt))));
        }
        let mut others = Vec::new();
        for kind in ["digest", "later", "urgent", "ask-summary"] {
            others.extend(store.receipts(Some(&workspace), kind).await?);
        }
        receipts.extend(others);
        account.counts.push((platform, Count::of(&receipts)));
        let seen: Vec<&Entry> = told.iter().filter(|(on, _)| *on == platform).map(|(_, entry)| entry).collect();
        account.one_each(platform, title, rounds, &receipts, &seen);
        account.waited_for_the_morning(platform, &seen);
        account.disturbed_nobody(platform, &receipts, &seen);
        account.digests_seen(platform, &receipts, &seen);
    }
    Ok(account)
}

/// The date of the round that a receipt is about: `prompt/STANDUP/DATE/…`.
fn date_of(receipt: &Receipt) -> &str {
    receipt.subject.as_str().split('/').nth(2).unwrap_or_default()
}

/// Whether a workspace is on this platform, by the name that its adapter gives it.
fn is_on(workspace: &WorkspaceId, platform: &str) -> bool {
    workspace.as_str().starts_with(&format!("{}:", platform.to_lowercase()))
}

impl Count {
    fn of(receipts: &[Receipt]) -> Self {
        let mut count = Self::default();
        for receipt in receipts {
            count.add(receipt);
        }
        count
    }

    fn add(&mut self, receipt: &Receipt) {
        use standup::Why as Reason;
        let kind = receipt.subject.as_str().split('/').next().unwrap_or_default();
        match (kind, &receipt.what) {
            ("prompt", What::Sent) => self.prompts += 1,
            ("prompt", What::SentLate(_)) => self.prompts_late += 1,
            ("prompt", What::Skipped(why)) => {
                self.prompts_skipped += 1;
                self.because("prompt", why);
            }
            ("remind", What::Sent | What::SentLate(_)) => self.reminders += 1,
            ("remind", What::Skipped(why)) => self.because("reminder", why),
            ("answer", What::Noted(Why::Standup(Reason::Answered))) => self.answers += 1,
            ("answer", What::Noted(Why::Standup(Reason::AnsweredLate))) => self.answers_late += 1,
            ("answer", What::Noted(Why::Standup(Reason::Edited))) => self.changed += 1,
            ("answer", What::Noted(Why::Standup(Reason::SkippedByMember))) => self.skipped_by_member += 1,
            ("answer", What::Noted(Why::Standup(Reason::Missed))) => self.missed += 1,
            ("report", What::Sent) if receipt.subject.as_str().ends_with("/head/0") => {
                self.reports.insert(receipt.subject.to_string());
            }
            ("round", What::Noted(_)) => self.rounds += 1,
            ("digest", What::Sent) => self.digests += 1,
            ("later", What::Sent | What::SentLate(_)) => self.waited += 1,
            ("urgent", What::Sent) if told_of(receipt).is_some() => self.urgent += 1,
            ("ask-summary", What::Sent) => self.questions += 1,
            _ => {}
        }
    }

    fn because(&mut self, what: &'static str, why: &Why) {
        let zone = Zone::utc();
        let words = match why {
            // Until when differs from person to person.
            Why::People(people::Why::Away(_)) => copy::people::why(Language::En, &people::Why::Away(None), &zone),
            why => copy::why(Language::En, why, &zone),
        };
        *self.reasons.entry((what, copy::flat(&words))).or_default() += 1;
    }
}

/// Whom a receipt of an urgent message is about: `urgent/MESSAGE/USER`; none where it is about the record of it.
fn told_of(receipt: &Receipt) -> Option<&str> {
    receipt.subject.as_str().split('/').nth(2)
}

/// When people may be spoken to unasked in the demo, wherever they are: all of them work at some time between these.
const DAY: std::ops::Range<i8> = 8..18;
/// How long after somebody's own deed a message to them is the answer to it, in milliseconds.
const ANSWERS: i64 = 60_000;

/// Whether jeda wrote this to one person unasked.
fn is_push(entry: &Entry, seen: &[&Entry]) -> bool {
    let Some(reader) = entry.place.strip_prefix("DM ") else { return false };
    let asked = |it: &&&Entry| it.who == reader && it.at <= entry.at && entry.at - it.at <= ANSWERS;
    entry.act == Act::Posted && entry.who != reader && !seen.iter().any(|it| asked(&it))
}

/// Whether its reader had said where they are by then, as people do on Discord, whose profiles don't.
fn told_hours(entry: &Entry, seen: &[&Entry]) -> bool {
    let reader = entry.place.strip_prefix("DM ").unwrap_or_default();
    seen.iter()
        .any(|it| it.act == Act::Command && it.who == reader && it.at <= entry.at && it.text.starts_with("/hours"))
}

/// Whether it is somebody's night or weekend, by the clock on their wall alone.
fn is_quiet(entry: &Entry) -> bool {
    let Some(mate) = entry.place.strip_prefix("DM ").and_then(team::find) else { return false };
    let at = Timestamp::from_millisecond(entry.at).unwrap_or_default();
    let local = mate.zone().tz().to_datetime(at);
    let weekend = matches!(local.weekday(), Weekday::Saturday | Weekday::Sunday);
    weekend || !DAY.contains(&local.hour())
}

impl Account {
    /// What was written at night came once more, in the morning: on Slack in a direct message, and on Discord, where it
    /// was taken back, in its channel.
    fn waited_for_the_morning(&mut self, platform: &str, seen: &[&Entry]) {
        let is_it = |entry: &&&Entry| entry.act == Act::Posted && entry.text.contains(AT_NIGHT);
        let place = if platform == SLACK { "DM budi" } else { team::CHANNEL };
        let there: Vec<String> = seen
            .iter()
            .filter(is_it)
            .filter(|entry| entry.place == place)
            .filter_map(|entry| Timestamp::from_millisecond(entry.at).ok())
            .map(|at| at.to_string())
            .collect();
        let again: Vec<&str> = there.iter().map(String::as_str).filter(|at| *at >= "2026-10-23").collect();
        self.holds(again == [IN_THE_MORNING], || {
            format!("{platform}: what Oliver wrote at night came at {again:?}, and not at {IN_THE_MORNING} alone")
        });
    }

    /// Nobody was written to at night or on a weekend unasked, but for what was urgent, which is on record.
    fn disturbed_nobody(&mut self, platform: &str, receipts: &[Receipt], seen: &[&Entry]) {
        let is_known = |entry: &Entry| platform == SLACK || told_hours(entry, seen);
        let at_night = |entry: &&&Entry| is_push(entry, seen) && is_quiet(entry) && is_known(entry);
        let pushes: Vec<&&Entry> = seen.iter().filter(at_night).collect();
        let (urgent, others): (Vec<&Entry>, Vec<&Entry>) =
            pushes.into_iter().copied().partition(|entry| entry.text.contains(URGENT));
        let is_urgent = |it: &&Receipt| it.subject.as_str().starts_with("urgent/") && it.what == What::Sent;
        let told = receipts.iter().filter(is_urgent).filter_map(told_of).count();
        self.holds(urgent.len() == told, || {
            format!("{platform}: {} urgent messages at night, and {told} have a receipt", urgent.len())
        });
        self.holds(others.is_empty(), || {
            let first = others.first().map(|entry| (&entry.place, entry.at, entry.text.lines().next()));
            format!("{platform}: {} messages came in somebody's quiet hours, first {first:?}", others.len())
        });
    }

    /// Each digest that was sent was seen once.
    fn digests_seen(&mut self, platform: &str, receipts: &[Receipt], seen: &[&Entry]) {
        let is_digest = |it: &&Receipt| it.subject.as_str().starts_with("digest/") && it.what == What::Sent;
        let sent = receipts.iter().filter(is_digest).count();
        let heads = ["This waited for you", "Ini yang menunggu"];
        let is_head = |entry: &&&Entry| {
            entry.act == Act::Posted
                && heads.iter().any(|head| entry.text.contains(head) && entry.place.starts_with("DM "))
        };
        let shown = seen.iter().filter(is_head).count();
        self.holds(sent == shown && sent > 0, || format!("{platform}: {sent} digests were sent, {shown} were seen"));
    }

    /// For each round and each member: one prompt that they saw, or a receipt that says why not.
    fn one_each(&mut self, platform: &str, title: &str, rounds: &[&str], receipts: &[Receipt], seen: &[&Entry]) {
        // Where the day begins early, Thursday's round has begun when the week ends; it is not of this week.
        let prompts: Vec<&Receipt> = receipts.iter().filter(|it| it.subject.as_str().starts_with("prompt/")).collect();
        for round in rounds {
            let of_round = prompts.iter().filter(|it| date_of(it) == *round).count();
            self.holds(of_round == TEAM.len(), || {
                format!("{platform}: {of_round} receipts for the {} prompts of {round}", TEAM.len())
            });
        }
        let mut subjects: Vec<&str> = prompts.iter().map(|it| it.subject.as_str()).collect();
        subjects.sort_unstable();
        let twice = subjects.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0]);
        self.holds(twice.is_none(), || format!("{platform}: two receipts for {twice:?}"));
        self.seen_once(platform, title, &prompts, seen);
    }

    /// What people saw is what the receipts say was sent, and nobody saw a message twice.
    fn seen_once(&mut self, platform: &str, title: &str, prompts: &[&Receipt], seen: &[&Entry]) {
        let sent = prompts.iter().filter(|it| !matches!(it.what, What::Skipped(_))).count();
        let mut shown = 0;
        for mate in &TEAM {
            let place = format!("DM {}", mate.name);
            let heads: Vec<&str> = seen
                .iter()
                .filter(|entry| entry.act == Act::Posted && entry.place == place && entry.who != mate.name)
                .map(|entry| entry.text.lines().next().unwrap_or_default())
                .filter(|head| head.contains(&format!("{title} · ")) && !head.contains(AFTER))
                .collect();
            shown += heads.len();
            let mut once = heads.clone();
            once.sort_unstable();
            once.dedup();
            self.holds(once.len() == heads.len(), || {
                format!("{platform}: {} saw a prompt twice: {heads:?}", mate.full)
            });
        }
        self.holds(shown == sent, || format!("{platform}: {sent} prompts have a receipt as sent, {shown} were seen"));
    }

    fn holds(&mut self, holds: bool, broken: impl FnOnce() -> String) {
        self.checked += 1;
        if !holds {
            self.broken.push(broken());
        }
    }

    /// With what was still owed when the bot stopped, and what the platforms did not know.
    pub(super) fn closed(mut self, backlog: &Backlog, cast: &Cast) -> Self {
        let Backlog { owed, dead, failed, .. } = *backlog;
        self.holds(owed == 0, || format!("{owed} messages are still owed"));
        self.holds(dead == 0, || format!("{dead} messages were given up"));
        self.holds(failed == 0, || format!("{failed} events could not be decided"));
        for (platform, count) in std::mem::take(&mut self.counts) {
            let (reports, rounds) = (count.reports.len(), count.rounds);
            self.holds(reports == rounds, || format!("{platform}: {reports} reports for {rounds} rounds"));
            self.counts.push((platform, count));
        }
        let slack = cast.slack.iter().map(|slack| (SLACK, slack.recorder()));
        let discord = cast.discord.iter().map(|discord| (DISCORD, discord.recorder()));
        for (platform, recorder) in slack.chain(discord) {
            let violations = recorder.violations();
            self.holds(violations.is_empty(), || format!("{platform}'s rules were broken: {}", violations.join("; ")));
        }
        self
    }

    /// The table: a column for each platform.
    pub(super) fn table(&self) -> String {
        let rows: [(&str, Figure); 15] = [
            ("rounds", |it| it.rounds),
            ("prompts in time", |it| it.prompts),
            ("prompts late", |it| it.prompts_late),
            ("prompts skipped", |it| it.prompts_skipped),
            ("reminders", |it| it.reminders),
            ("answers in time", |it| it.answers),
            ("answers late", |it| it.answers_late),
            ("answers changed", |it| it.changed),
            ("skipped by themselves", |it| it.skipped_by_member),
            ("no answer", |it| it.missed),
            ("reports", |it| it.reports.len()),
            ("digests", |it| it.digests),
            ("waited for their hours", |it| it.waited),
            ("urgent", |it| it.urgent),
            ("questions told", |it| it.questions),
        ];
        let mut table = format!("\n{:24}", "The week in figures");
        for (platform, _) in &self.counts {
            table.push_str(&format!("{platform:>9}"));
        }
        for (name, figure) in rows {
            table.push_str(&format!("\n{name:24}"));
            for (_, count) in &self.counts {
                table.push_str(&format!("{:>9}", figure(count)));
            }
        }
        for (platform, count) in &self.counts {
            for ((what, why), times) in &count.reasons {
                table.push_str(&format!("\n{platform}, {times} × {what} not sent: {why}"));
            }
        }
        table
    }

    /// What the look at the outcome found.
    pub(super) fn verdict(&self) -> String {
        if self.broken.is_empty() {
            return format!(
                "\nAll {} checks hold: each member has one prompt a round or a receipt that says why not; what was written \
                 at night came in the morning; nobody was disturbed in their quiet hours, but for what was urgent; nothing \
                 is owed, nothing came twice, and both platforms understood everything.",
                self.checked
            );
        }
        let broken: Vec<String> = self.broken.iter().map(|words| format!("- {words}")).collect();
        format!("\n{} of {} checks do not hold:\n{}", broken.len(), self.checked, broken.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jeda_core::id::{InboxKey, Subject};

    const ROUND: &[&str] = &["2026-10-22"];

    fn prompt(user: &str, what: What) -> Receipt {
        Receipt {
            workspace: WorkspaceId::new("slack:T1"),
            subject: Subject::new(format!("prompt/s1/2026-10-22/{user}")),
            at: "2026-10-22T02:30:00Z".parse().unwrap(),
            cause: InboxKey::new("wake/1"),
            what,
        }
    }

    fn sent() -> Vec<Receipt> {
        TEAM.iter().map(|mate| prompt(mate.name, What::Sent)).collect()
    }

    fn shown(name: &str) -> Entry {
        Entry {
            at: 0,
            place: format!("DM {name}"),
            who: "jeda".to_owned(),
            act: Act::Posted,
            to: None,
            text: "Daily · Thursday 22 October\n1. What did you get done?".to_owned(),
        }
    }

    fn broken(receipts: &[Receipt], seen: &[Entry]) -> Vec<String> {
        let mut account = Account::default();
        account.one_each(SLACK, "Daily", ROUND, receipts, &seen.iter().collect::<Vec<_>>());
        account.broken
    }

    #[test]
    fn a_week_in_which_each_was_asked_once_holds() {
        let seen: Vec<Entry> = TEAM.iter().map(|mate| shown(mate.name)).collect();
        assert_eq!(broken(&sent(), &seen), [""; 0]);
    }

    #[test]
    fn a_prompt_that_nobody_accounts_for_is_told() {
        let seen: Vec<Entry> = TEAM.iter().map(|mate| shown(mate.name)).collect();
        assert_eq!(
            broken(&sent()[1..], &seen),
            [
                "Slack: 7 receipts for the 8 prompts of 2026-10-22",
                "Slack: 7 prompts have a receipt as sent, 8 were seen"
            ]
        );
    }

    #[test]
    fn a_prompt_that_came_twice_is_told() {
        let mut seen: Vec<Entry> = TEAM.iter().map(|mate| shown(mate.name)).collect();
        seen.push(shown("sari"));
        let told = broken(&sent(), &seen);
        assert!(told.iter().any(|words| words.contains("Sari Wulandari saw a prompt twice")), "{told:?}");
    }

    #[test]
    fn a_prompt_that_was_said_to_be_sent_and_never_came_is_told() {
        let seen: Vec<Entry> = TEAM.iter().skip(1).map(|mate| shown(mate.name)).collect();
        assert_eq!(broken(&sent(), &seen), ["Slack: 8 prompts have a receipt as sent, 7 were seen"]);
    }

    #[test]
    fn what_was_left_undone_is_told() {
        let left = Backlog { owed: 2, dead: 1, failed: 1, ..Backlog::default() };
        let cast = Cast { slack: None, discord: None, database: None };
        let account = Account::default().closed(&left, &cast);
        assert_eq!(
            account.broken,
            ["2 messages are still owed", "1 messages were given up", "1 events could not be decided"]
        );
        assert!(account.verdict().contains("3 of 3 checks do not hold"), "{}", account.verdict());
    }
}
