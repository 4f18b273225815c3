//! What happens to what waits: it is gathered when a digest is due, comes in it, and is done with.

use super::{
    Change, DigestId, Effect, Item, Source, State, Wake, Why, command, gather, one,
    rule::{Rule, is_wanted, rule_needs},
    when,
};
use crate::{
    action, change,
    decide::{Cause, Decision},
    effect::{self, dm_lane},
    event::{Event, Outcome, Refusal, Seen},
    id::UserId,
    limit::LINE_CHARS_MAX,
    norm::digest::Part,
    people::{self, Member, Reading, sets_hours},
    receipt::What,
    snapshot::{Need, Snapshot},
    standup::{self, EntryKey, Part as ReportPart, QuestionKind, RoundKey},
    wake::{self, WakeChange},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Rows that digests need for this event.
pub fn needs(event: &Event) -> BTreeSet<Need> {
    match event {
        Event::Wake(wake::Wake::Digest(Wake::Gather(user))) => {
            let mut needs = rule_needs(user);
            needs.insert(Need::ItemsWaiting(user.clone()));
            needs
        }
        Event::Settled { effect, .. } => match &effect.effect {
            effect::Effect::Digest(Effect::Send { digest, reader, .. }) => {
                let mut needs = rule_needs(reader);
                needs.insert(Need::ItemsOf(digest.clone()));
                needs
            }
            // Whom a report reaches while they are off.
            effect::Effect::Standup(standup::Effect::Report(_, ReportPart::Head(0))) => [Need::Norms].into(),
            _ => BTreeSet::new(),
        },
        Event::Click { by, action: action::Action::Digest(action) } => one::needs(&by.user, action),
        Event::Command { by, invocation } if command::answers(invocation) => command::needs(&by.user),
        Event::Command { by, .. } | Event::Submit { by, .. } if sets_hours(event) => follow_needs(&by.user),
        // Said on another of their accounts, or by their calendar.
        Event::Seen(Seen::Calendar { user, reading: Reading::Whole { .. }, .. })
        | Event::Wake(wake::Wake::People(people::Wake::Follow { user, .. })) => follow_needs(user),
        _ => BTreeSet::new(),
    }
}

/// What becomes of what waits.
pub fn decide(snapshot: &Snapshot, event: &Event, cause: &mut Cause<'_>) -> Decision {
    match event {
        Event::Wake(wake::Wake::Digest(Wake::Gather(user))) => gathered(snapshot, user, cause),
        Event::Settled { effect, outcome } => match &effect.effect {
            effect::Effect::Digest(effect) => settled(snapshot, effect, outcome, cause),
            effect::Effect::Standup(standup::Effect::Report(round, ReportPart::Head(0))) => {
                reported(snapshot, round, outcome, cause)
            }
            _ => Decision::default(),
        },
        Event::Click { by, action: action::Action::Digest(action) } => one::clicked(snapshot, by, action, cause),
        Event::Command { by, invocation } if command::answers(invocation) => {
            command::decide(snapshot, by, invocation, cause)
        }
        Event::Command { by, .. } | Event::Submit { by, .. } if sets_hours(event) => {
            follow_of(snapshot, &by.user, cause)
        }
        Event::Seen(Seen::Calendar { user, .. })
        | Event::Wake(wake::Wake::People(people::Wake::Follow { user, .. })) => follow_of(snapshot, user, cause),
        _ => Decision::default(),
    }
}

fn follow_needs(user: &UserId) -> BTreeSet<Need> {
    let mut needs = rule_needs(user);
    needs.insert(Need::ItemsWaiting(user.clone()));
    needs
}

fn follow_of(snapshot: &Snapshot, user: &UserId, cause: &Cause<'_>) -> Decision {
    snapshot.members.get(user).map(|member| follow(snapshot, member, cause)).unwrap_or_default()
}

impl Decision {
    /// Writes an item's row.
    pub(super) fn put_item(&mut self, item: Item) {
        self.changes.push(change::Change::Digest(Change::Item(Box::new(item))));
    }
    /// Looks at somebody again then.
    fn gather_at(&mut self, user: &UserId, at: Timestamp, cause: &Cause<'_>) {
        self.wakes.push(WakeChange::Set(gather::due(cause, user, at)));
    }
    /// Takes these items into a digest that is owed now.
    pub(super) fn owe_digest(
        &mut self,
        reader: &UserId,
        items: &[&Item],
        asked: bool,
        cause: &mut Cause<'_>,
    ) -> DigestId {
        let digest = DigestId::derived(&format!("digest/{}/{}", cause.workspace, cause.key));
        for item in items {
            self.put_item(item.now_in(State::Taken(digest.clone())));
        }
        let send = Effect::Send { digest: digest.clone(), reader: reader.clone(), asked };
        self.effects.push(cause.owe(dm_lane(reader), cause.now, effect::Effect::Digest(send)));
        digest
    }
    /// Takes these items as counted: a team that only observes is told in the receipts what would have come.
    fn count_digest(&mut self, items: &[&Item], cause: &Cause<'_>) {
        let digest = DigestId::derived(&format!("observed/{}/{}", cause.workspace, cause.key));
        let what = What::Skipped(Why::Observed(items.len()).into());
        self.receipts.push(cause.receipt(digest.subject(), what));
        for item in items {
            self.put_item(item.now_in(State::Closed { at: cause.now }));
        }
    }
}

/// A digest may be due: what waits comes in one, and what was put off waits on.
fn gathered(snapshot: &Snapshot, user: &UserId, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let all = waiting(snapshot, user);
    let Some(member) = snapshot.members.get(user).filter(|member| member.active && !member.bot) else {
        // Nobody is there any more for whom it could wait.
        decision.changes.extend(all.iter().map(|item| gather::withdraw(item.id.clone())));
        return decision;
    };
    let (rule, now) = (Rule::of(snapshot, member), cause.now);
    let next = |after| when::next(member.declared(&snapshot.workspace), &rule, after);
    // The time may have been another when this was set.
    let is_time = all.iter().any(|item| next(item.waits_from()).is_some_and(|at| at <= now));
    let comes = |item: &&Item| is_time && item.is_due(now);
    let (sent, rest): (Vec<&Item>, Vec<&Item>) =
        all.into_iter().partition(|item| rule.sends(item.source.part()) && comes(item));
    let (counted, rest): (Vec<&Item>, Vec<&Item>) =
        rest.into_iter().partition(|item| rule.counts(item.source.part()) && comes(item));
    if !sent.is_empty() {
        let digest = decision.owe_digest(user, &sent, false, cause);
        let by_norm = rule.norm.clone().map(|(norm, revision)| What::Noted(Why::Norm(norm, revision).into()));
        decision.receipts.extend(by_norm.map(|what| cause.receipt(digest.subject(), what)));
    }
    if !counted.is_empty() {
        decision.count_digest(&counted, cause);
    }
    // What no digest of theirs brings is kept for a while, in case they ask for it.
    let keeps = |item: &Item| {
        rule.sends(item.source.part())
            || now.duration_since(item.since) < SignedDuration::from_hours(24 * rule.keep_days)
    };
    let (kept, old): (Vec<&Item>, Vec<&Item>) = rest.into_iter().partition(|item| keeps(item));
    decision.changes.extend(old.iter().map(|item| gather::withdraw(item.id.clone())));
    let again = kept.iter().map(|item| {
        let comes = next(item.waits_from().max(now)).filter(|_| rule.sends(item.source.part()));
        comes.unwrap_or_else(|| gather::look_again(now))
    });
    if let Some(at) = again.min() {
        decision.gather_at(user, at, cause);
    }
    decision
}

/// What waits for somebody, what is due first first.
pub(super) fn waiting<'s>(snapshot: &'s Snapshot, user: &UserId) -> Vec<&'s Item> {
    let is_theirs = |item: &&Item| item.reader == *user && matches!(item.state, State::Waiting { .. });
    let mut all: Vec<&Item> = snapshot.items.values().filter(is_theirs).collect();
    all.sort_by(|one, other| one.order().cmp(&other.order()));
    all
}

impl Item {
    /// It comes with the first digest after that.
    fn waits_from(&self) -> Timestamp {
        match self.state {
            // A digest at the very instant until which it was put off is meant.
            State::Waiting { not_before: Some(at) } => at.checked_sub(SignedDuration::from_millis(1)).unwrap_or(at),
            _ => self.since,
        }
    }
    /// What is due first comes first, then what waits longest.
    pub(super) fn order(&self) -> (Timestamp, Timestamp, &super::ItemId) {
        (self.due.unwrap_or(Timestamp::MAX), self.since, &self.id)
    }
}

/// The end of a digest's delivery.
fn settled(snapshot: &Snapshot, effect: &Effect, outcome: &Outcome, cause: &mut Cause<'_>) -> Decision {
    let Effect::Send { digest, reader, .. } = effect;
    let mut decision = Decision::default();
    // Where a thread stands in for direct messages, it is tried there.
    if matches!(outcome, Outcome::Refused(Refusal::DirectMessagesClosed)) && snapshot.workspace.capabilities.aside {
        decision.effects.push(cause.owe(dm_lane(reader), cause.now, effect::Effect::Digest(effect.clone())));
        return decision;
    }
    let (state, what) = match outcome {
        Outcome::Sent(_) | Outcome::Answered => (State::Shown { digest: digest.clone(), at: cause.now }, What::Sent),
        Outcome::Skipped(why) => (State::Waiting { not_before: None }, What::Skipped(why.clone())),
        Outcome::Refused(refusal) => {
            (State::Waiting { not_before: None }, What::Skipped(Why::Refused(refusal.clone()).into()))
        }
    };
    let items: Vec<&Item> = snapshot.items.values().filter(|item| item.state == State::Taken(digest.clone())).collect();
    for item in &items {
        decision.put_item(item.now_in(state.clone()));
    }
    let waits_on = matches!(state, State::Waiting { .. }) && !items.is_empty();
    if let Some(member) = snapshot.members.get(reader).filter(|_| waits_on) {
        decision.wakes.push(gather::sooner(snapshot, member, cause.now, cause));
    }
    decision.receipts.push(cause.receipt(digest.subject(), what));
    decision
}

/// Somebody's hours or wishes are others now, and with them the time of their digest.
pub(super) fn follow(snapshot: &Snapshot, member: &Member, cause: &Cause<'_>) -> Decision {
    let waits = !waiting(snapshot, &member.user).is_empty();
    let wakes = waits.then(|| gather::sooner(snapshot, member, cause.now, cause)).into_iter().collect();
    Decision { wakes, ..Decision::default() }
}

/// A standup's report stands in its channel: who takes part and is off finds it in their digest, and whose help a
/// blocker asks for by name finds that.
fn reported(snapshot: &Snapshot, round: &RoundKey, outcome: &Outcome, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Outcome::Sent(posted) = outcome else { return decision };
    let (handoff, blockers) = (is_wanted(snapshot, Part::Handoff), is_wanted(snapshot, Part::Blockers));
    let Some(known) = snapshot.rounds.get(round).filter(|_| handoff || blockers) else { return decision };
    let standup = snapshot.standups.get(&round.standup);
    let blank = |reader: &UserId, source: Source| Item {
        id: source.for_reader(reader),
        reader: reader.clone(),
        source,
        from: None,
        place: standup.map(|standup| standup.channel.clone()),
        thread: None,
        posted: Some(posted.clone()),
        line: None,
        due: None,
        since: cause.now,
        state: State::Waiting { not_before: None },
    };
    let answered = || snapshot.entries.values().filter(|it| it.key.round == *round && it.answered_at.is_some());
    let mut items = Vec::new();
    for entry in snapshot.entries.values().filter(|entry| entry.key.round == *round) {
        let reader = &entry.key.user;
        let Some(member) = snapshot.members.get(reader) else { continue };
        // Of whom neither zone nor hours are known nothing is claimed.
        let is_known = !member.zone_guessed() || member.own_hours.is_some();
        let is_off = is_known && !member.declared(&snapshot.workspace).at(cause.now).state.is_in_hours();
        if handoff && is_off && answered().any(|other| other.key.user != *reader) {
            let name = standup.map(|standup| standup.name.clone());
            items.push(Item { line: name, ..blank(reader, Source::Handoff(round.clone())) });
        }
        let naming = blockers_naming(snapshot, known, answered().filter(|_| blockers), member);
        for (author, line) in naming {
            let source = Source::Blocker(EntryKey { round: round.clone(), user: author.clone() });
            items.push(Item { from: Some(author), line: Some(line), ..blank(reader, source) });
        }
    }
    for item in items {
        decision.join(gather::put(snapshot, item, cause));
    }
    decision
}

/// The blockers of a round that name somebody: who wrote them, and the line that does.
fn blockers_naming<'s>(
    snapshot: &Snapshot,
    round: &standup::Round,
    entries: impl Iterator<Item = &'s standup::Entry>,
    named: &Member,
) -> Vec<(UserId, String)> {
    let mut found = Vec::new();
    for entry in entries.filter(|entry| entry.key.user != named.user) {
        let is_blocker = |answer: &&standup::Answer| {
            round.questions.get(answer.question).is_some_and(|it| it.kind == QuestionKind::Blockers)
        };
        let mut lines = entry.answers.iter().filter(is_blocker).flat_map(|answer| answer.text.lines());
        if let Some(line) = lines.find(|line| names(snapshot, line, named)) {
            found.push((entry.key.user.clone(), beginning(line)));
        }
    }
    found
}

/// Whether a line names somebody as people do: `@` and their name, or the first word of it where no one else of those
/// at hand has that.
fn names(snapshot: &Snapshot, line: &str, named: &Member) -> bool {
    let line = line.to_lowercase();
    let whole = named.name.to_lowercase();
    let first = whole.split_whitespace().next().unwrap_or(&whole).to_owned();
    let first_of = |member: &&Member| member.name.to_lowercase().split_whitespace().next() == Some(first.as_str());
    let is_only_one = snapshot.members.values().filter(first_of).count() <= 1;
    let stands = |name: &str| {
        line.match_indices(&format!("@{name}")).any(|(at, found)| {
            let after = line[at + found.len()..].chars().next();
            after.is_none_or(|c| !c.is_alphanumeric())
        })
    };
    stands(&whole)
        || (is_only_one && stands(&first))
        || line.contains(&format!("<@{}>", named.user.as_str().to_lowercase()))
}

/// The beginning of somebody's words, for one line: at most [`LINE_CHARS_MAX`] characters.
pub fn beginning(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let mut chars = line.chars();
    let mut out: String = chars.by_ref().take(LINE_CHARS_MAX - 1).collect();
    if chars.next().is_some() {
        out.push('…');
    }
    out
}
