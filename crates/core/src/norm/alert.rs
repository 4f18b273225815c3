//! What can't wait: an urgent message on its way, with its reason, within its sender's budget, on record in the channel
//! that the team chose. It is the only thing that jeda sends to somebody in their quiet hours unasked.

use super::{
    Effect, Enforce, Norm, NormKey, Rule, Urgent,
    choice::{coming, gone, language, own, put, spot, told_of, withdrawn},
    digest::Part,
    judged::{Conversation, Judged, JudgedId},
};
use crate::{
    change,
    copy::norm as words,
    decide::{Cause, Decision},
    digest,
    effect::{self, Outgoing, Owed, Target, channel_lane},
    event::{Origin, Posted, Refusal},
    id::{ChannelId, MessageId, Subject, UserId},
    later,
    limit::{REASON_CHARS_MAX, URGENT_HOURS_MAX},
    message::Reply,
    people::{self, Member},
    receipt,
    release::Release,
    snapshot::{Need, Snapshot},
    time::Zone,
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The field of the form that asks for the reason.
pub(crate) const REASON: &str = "reason";

/// An urgent message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Which message.
    pub id: JudgedId,
    /// Who wrote it.
    pub author: UserId,
    /// Where.
    pub conversation: Conversation,
    /// The message.
    pub message: MessageId,
    /// When its author said that it can't wait.
    pub at: Timestamp,
    /// Why it can't.
    pub reason: String,
    /// Whom it tells.
    pub to: Vec<UserId>,
    /// Where it is on record.
    pub record: ChannelId,
    /// The norm that lets it pass, and its revision.
    pub norm: NormKey,
    /// The revision.
    pub revision: u32,
}

impl JudgedId {
    /// What the receipts of the record are about.
    pub fn record(&self) -> Subject {
        Subject::new(format!("urgent/{self}"))
    }
    /// What the receipts of telling somebody are about.
    pub fn alert(&self, to: &UserId) -> Subject {
        Subject::new(format!("urgent/{self}/{to}"))
    }
}

/// How much of a budget is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    /// How many a week.
    pub(crate) of: usize,
    /// How many of this week were sent.
    pub(crate) used: usize,
}

impl Budget {
    pub(crate) fn left(self) -> usize {
        self.of.saturating_sub(self.used)
    }
}

/// The norm by which somebody may say in this channel that something can't wait, and where that is on record. The
/// places of that somebody are in the snapshot.
pub(super) fn way<'s>(
    snapshot: &'s Snapshot,
    channel: &ChannelId,
    author: &UserId,
) -> Option<(&'s Norm, &'s Urgent, &'s ChannelId)> {
    let set = &snapshot.norms.as_deref()?.set;
    let places = snapshot.places.get(author);
    let one = |group: &crate::id::GroupId| (group.clone(), BTreeSet::from([author.clone()]));
    let groups = places.map(|places| places.groups.iter().map(one).collect()).unwrap_or_default();
    let norm = set.holding(super::Kind::Urgent, Some(channel), author, &groups)?;
    let Rule::Urgent(rule) = &norm.rule else { return None };
    let record = &rule.record.as_ref()?.channel;
    let is_live = norm.enforce != Enforce::Off && !norm.exempt.channels.contains_key(channel);
    is_live.then_some((norm, rule, record))
}

/// Whether somebody may say in this channel that something can't wait. Their places are in the snapshot.
pub(crate) fn can_be_urgent(snapshot: &Snapshot, channel: &ChannelId, author: &UserId) -> bool {
    way(snapshot, channel, author).is_some()
}

/// Rows that asking and sending need.
pub(super) fn needs(by: &Origin, id: &JudgedId, now: Timestamp) -> BTreeSet<Need> {
    [
        Need::Member(by.user.clone()),
        Need::Places(by.user.clone()),
        Need::Norms,
        Need::JudgedWhole(id.clone()),
        Need::LatersOf(by.user.clone()),
        Need::LatersFrom(id.clone()),
        // A week on whatever clock is theirs, and a day.
        Need::AlertsOf(by.user.clone(), now.checked_sub((8 * 24).hours()).unwrap_or(Timestamp::MIN)),
    ]
    .into()
}

/// Monday to Sunday on the sender's own clock. Whoever opted out of the norm has no budget.
fn budget(snapshot: &Snapshot, norm: &Norm, rule: &Urgent, author: &Member, now: Timestamp) -> Budget {
    let of = if norm.exempt.people.contains_key(&author.user) { 0 } else { usize::from(rule.budget_per_week) };
    let monday = monday(&author.zone(&snapshot.workspace), now);
    let is_this_weeks = |alert: &&Alert| alert.author == author.user && alert.at >= monday;
    Budget { of, used: snapshot.alerts.values().filter(is_this_weeks).count() }
}

fn monday(zone: &Zone, now: Timestamp) -> Timestamp {
    let local = now.to_zoned(zone.tz());
    let days = i64::from(local.weekday().to_monday_zero_offset());
    let start = local.checked_sub(days.days()).and_then(|day| day.start_of_day());
    start.map_or(now, |start| start.timestamp())
}

/// The button: asks for the reason.
pub(super) fn asked(snapshot: &Snapshot, by: &Origin, id: &JudgedId, cause: &Cause<'_>) -> Decision {
    let language = language(snapshot, by);
    let (Some(judged), Some(author)) = (own(snapshot, by, id), snapshot.members.get(&by.user)) else {
        return gone(snapshot, by);
    };
    Decision::reply(match way(snapshot, &judged.conversation.channel, &by.user) {
        None => Reply::Say(words::urgent_no_way(language)),
        Some(_) if judged.urgent => Reply::Say(words::urgent_already(language)),
        Some((norm, rule, record)) => {
            let budget = budget(snapshot, norm, rule, author, cause.now);
            let name = snapshot.norms.as_deref().and(rule.record.as_ref()).map_or(record.as_str(), |it| &it.name);
            Reply::Open(words::urgent_form(language, id, budget, name))
        }
    })
}

/// The form: it goes on record and tells everybody whom it reached while they were off, or says why not.
pub(super) fn submitted(
    snapshot: &Snapshot,
    by: &Origin,
    id: &JudgedId,
    values: &BTreeMap<String, String>,
    cause: &mut Cause<'_>,
) -> Decision {
    let language = language(snapshot, by);
    let say = |message| Decision::reply(Reply::Say(message));
    let (Some(judged), Some(author)) = (own(snapshot, by, id), snapshot.members.get(&by.user)) else {
        return gone(snapshot, by);
    };
    let Some((norm, rule, record)) = way(snapshot, &judged.conversation.channel, &by.user) else {
        return say(words::urgent_no_way(language));
    };
    if judged.urgent || snapshot.alerts.contains_key(id) {
        return say(words::urgent_already(language));
    }
    let reason = values.get(REASON).map(|text| text.trim()).unwrap_or_default();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        return Decision::reply(Reply::Invalid(vec![(REASON.to_owned(), words::urgent_reason(language))]));
    }
    let budget = budget(snapshot, norm, rule, author, cause.now);
    if budget.left() == 0 && norm.enforce == Enforce::Hold {
        return waits_instead(snapshot, by, judged, budget, cause);
    }
    let alert = Alert {
        id: id.clone(),
        author: by.user.clone(),
        conversation: judged.conversation.clone(),
        message: judged.message.clone(),
        at: cause.now,
        reason: reason.to_owned(),
        to: told_of(judged),
        record: record.clone(),
        norm: norm.key(),
        revision: snapshot.norms.as_deref().map_or(0, |norms| norms.number),
    };
    let after = Budget { used: budget.used + 1, ..budget };
    let is_over = budget.left() == 0 && norm.enforce == Enforce::Nudge;
    let mut decision = say(words::urgent_sent(language, &alert, after, is_over, judged.more));
    let recorded = Effect::Record { alert: id.clone() };
    decision.effects.push(cause.owe(channel_lane(record), cause.now, effect::Effect::Norm(recorded)));
    for to in &alert.to {
        // A lane of its own: what waits in somebody's direct messages for their hours doesn't hold up what can't wait.
        let tell = Effect::Tell { alert: id.clone(), to: to.clone() };
        decision.effects.push(cause.owe(format!("urgent/{to}"), cause.now, effect::Effect::Norm(tell)));
    }
    decision.changes.extend(withdrawn(judged, &alert.to));
    if let Some(held) = later::waiting(snapshot, id) {
        decision.join(later::posted_at_once(snapshot, held, later::Leaves::Urgent, cause));
    }
    decision.changes.push(put(Judged { urgent: true, ..judged.clone() }));
    decision.changes.push(change::Change::Norm(super::Change::Alert(Box::new(alert))));
    decision
}

/// The week's budget is spent: it comes in their hours.
fn waits_instead(snapshot: &Snapshot, by: &Origin, judged: &Judged, budget: Budget, cause: &mut Cause<'_>) -> Decision {
    if let Some(held) = later::waiting(snapshot, &judged.id) {
        let mut message = words::urgent_spent(language(snapshot, by), budget);
        message.0.extend(later::still_waits(snapshot, by, held, cause.now).0);
        return Decision::reply(Reply::Say(message));
    }
    let named = told_of(judged);
    let readers = later::Readers { named: &named, more: judged.more };
    let mut decision = later::deliver(snapshot, by, &spot(judged), None, judged.at, readers, cause);
    decision.changes.extend(withdrawn(judged, &coming(&decision)));
    let mut message = words::urgent_spent(language(snapshot, by), budget);
    if let Some(Reply::Say(waits)) = decision.reply.take() {
        message.0.extend(waits.0);
    }
    decision.reply = Some(Reply::Say(message));
    decision
}

/// Somebody could not be told in time: they find it in their digest.
pub(super) fn missed(snapshot: &Snapshot, id: &JudgedId, to: &UserId, cause: &Cause<'_>) -> Decision {
    let Some(alert) = snapshot.alerts.get(id).filter(|_| digest::is_wanted(snapshot, Part::Urgent)) else {
        return Decision::default();
    };
    let source = digest::Source::Urgent(id.clone());
    let (channel, message) = (alert.conversation.channel.clone(), alert.message.clone());
    let item = digest::Item {
        id: source.for_reader(to),
        reader: to.clone(),
        source,
        from: Some(alert.author.clone()),
        place: Some(channel.clone()),
        thread: alert.conversation.thread.clone(),
        posted: Some(Posted { channel, message, at: alert.at }),
        line: Some(digest::beginning(&alert.reason)),
        due: None,
        since: alert.at,
        state: digest::State::Waiting { not_before: None },
    };
    digest::put(snapshot, item, cause)
}

/// The record in its channel.
pub(super) fn recorded(snapshot: &Snapshot, owed: &Owed, id: &JudgedId) -> Release {
    let Some(alert) = snapshot.alerts.get(id) else { return obsolete() };
    let workspace = &snapshot.workspace;
    let message = words::urgent_record(workspace.language, alert, &snapshot.members);
    send(owed, Target::Channel(alert.record.clone()), message)
}

/// The word to somebody whom it reached, by day or night.
pub(super) fn told(snapshot: &Snapshot, owed: &Owed, id: &JudgedId, to: &UserId, now: Timestamp) -> Release {
    let Some(alert) = snapshot.alerts.get(id) else { return obsolete() };
    if now.duration_since(alert.at) > SignedDuration::from_hours(URGENT_HOURS_MAX) {
        return Release::Skip(receipt::Why::Norm(super::Why::TooLate));
    }
    let workspace = &snapshot.workspace;
    let Some(reader) = snapshot.members.get(to).filter(|it| it.active && !it.bot) else {
        return Release::Skip(receipt::Why::People(people::Why::MemberGone));
    };
    let target = match reader.direct_closed {
        false => Target::Direct(to.clone()),
        true if workspace.capabilities.aside => {
            Target::Aside { channel: alert.conversation.channel.clone(), user: to.clone() }
        }
        true => return Release::Skip(receipt::Why::People(people::Why::Refused(Refusal::DirectMessagesClosed))),
    };
    send(owed, target, words::urgent_told(reader.language(workspace), alert, &reader.zone(workspace)))
}

fn send(owed: &Owed, to: Target, message: crate::message::Message) -> Release {
    let (key, workspace) = (owed.key.clone(), owed.workspace.clone());
    Release::Send(Outgoing { key, workspace, to, subject: None, message, silent: false })
}

fn obsolete() -> Release {
    Release::Skip(receipt::Why::People(people::Why::Obsolete))
}
