//! What happens when somebody writes in a channel: the message is judged for each person whom it mentions, what was
//! found is kept, and its author is told, or it is held, where the norms say so. Nothing happens, and nothing is kept,
//! where no norm is about it.

use super::{
    Change, Effect, FormId, Why, alert, choice,
    choice::withdrawn,
    command,
    digest::Part,
    judged::{Conversation, Done, Finding, Judged, JudgedId},
    menu,
    verdict::{self, Act, Case, Mentions, Message, Plainly, Reach, Recipient, Verdict, verdicts},
};
use crate::{
    action, change,
    decide::{Cause, Decision},
    digest,
    effect::{self, channel_lane, errand_lane},
    event::{Errand, Event, Outcome, Posted, Whole, Wrote},
    id::{ChannelId, UserId},
    later,
    limit::{FINDINGS_MAX, NUDGE_MINUTES_MAX},
    people::Member,
    receipt::{self, What},
    snapshot::{Need, Snapshot},
    time::{Availability, State},
};
use jiff::{Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that norms need for this event.
pub fn needs(event: &Event, now: Timestamp) -> BTreeSet<Need> {
    match event {
        Event::Wrote(wrote) => {
            let Some(channel) = wrote.by.channel.clone() else { return BTreeSet::new() };
            let conversation = Conversation { channel: channel.clone(), thread: wrote.thread.clone() };
            let mut needs = later::hold_needs(wrote);
            needs.extend([
                Need::Mentioned { channel: channel.clone(), mentions: wrote.mentions.clone() },
                Need::Judged(JudgedId::of(&channel, &wrote.message)),
                Need::ToldIn(conversation, wrote.by.user.clone()),
            ]);
            needs
        }
        Event::TookBack { channel, message } => [Need::Judged(JudgedId::of(channel, message))].into(),
        Event::Click { by, action: action::Action::Norm(action) } => choice::needs(by, action, now),
        Event::Submit { by, form: action::FormId::Norm(FormId::Urgent(id)), .. } => alert::needs(by, id, now),
        Event::Submit { form: action::FormId::Norm(FormId::ReplyBy(id)), .. } => [Need::Judged(id.clone())].into(),
        Event::Pointed { by, at, .. } => menu::needs(by, at),
        Event::Command { by, invocation } => command::needs(by, invocation, now),
        Event::Settled { effect, .. } => match &effect.effect {
            effect::Effect::Norm(Effect::Nudge { judged, .. }) => [Need::Judged(judged.clone())].into(),
            effect::Effect::Norm(Effect::Tell { alert, .. }) => [Need::Alert(alert.clone()), Need::Norms].into(),
            _ => BTreeSet::new(),
        },
        _ => BTreeSet::new(),
    }
}

/// What norms make of an event.
pub fn decide(snapshot: &Snapshot, event: &Event, cause: &mut Cause<'_>) -> Decision {
    match event {
        Event::Wrote(wrote) => {
            let mut decision = judge(snapshot, wrote, cause);
            // Nothing stands beside a message that is taken back.
            let is_held = decision.changes.iter().any(|change| matches!(change, change::Change::Later(_)));
            if !is_held {
                decision.join(menu::marked(snapshot, wrote, cause));
            }
            decision
        }
        Event::TookBack { channel, message } => {
            let id = JudgedId::of(channel, message);
            // What is held is gone by the bot's own doing, or is told by whoever holds it.
            let is_held = later::waiting(snapshot, &id).is_some();
            let Some(judged) = snapshot.judged.get(&id).filter(|_| !is_held) else { return Decision::default() };
            let found: Vec<UserId> = judged.findings.iter().map(|it| it.recipient.clone()).collect();
            let mut changes = withdrawn(judged, &found);
            changes.push(change::Change::Norm(Change::Forgotten(id)));
            Decision { changes, ..Decision::default() }
        }
        Event::Click { by, action: action::Action::Norm(action) } => choice::decide(snapshot, by, action, cause),
        Event::Submit { by, form: action::FormId::Norm(form), values } => match form {
            FormId::Urgent(id) => alert::submitted(snapshot, by, id, values, cause),
            FormId::ReplyBy(id) => menu::submitted(snapshot, by, id, values, cause),
        },
        Event::Pointed { by, entry, at } => menu::chosen(snapshot, by, *entry, at, cause),
        Event::Command { by, invocation } => command::decide(snapshot, by, invocation, cause),
        Event::Settled { effect, outcome } => match &effect.effect {
            effect::Effect::Norm(effect) => settled(snapshot, effect, outcome, cause),
            _ => Decision::default(),
        },
        _ => Decision::default(),
    }
}

fn judge(snapshot: &Snapshot, wrote: &Wrote, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(channel) = &wrote.by.channel else { return decision };
    let Some(norms) = snapshot.norms.as_deref().filter(|norms| norms.set.judges_mentions()) else { return decision };
    for errand in unknown(snapshot, wrote) {
        decision.effects.push(cause.owe(errand_lane(&errand), cause.now, effect::Effect::Errand(errand)));
    }
    let id = JudgedId::of(channel, &wrote.message);
    let conversation = Conversation { channel: channel.clone(), thread: wrote.thread.clone() };
    let before = snapshot.judged.get(&id);
    let states = states(snapshot, channel, &wrote.mentions, cause.now);
    let recipients = recipients(snapshot, &states);
    let elsewhere = |it: &&Judged| it.id != id && it.conversation == conversation && it.author == wrote.by.user;
    let all = verdicts(&Case {
        message: Message {
            author: &wrote.by.user,
            author_is_bot: snapshot.members.get(&wrote.by.user).is_some_and(|author| author.bot),
            channel,
            mentions: &wrote.mentions,
            edited_from: wrote.edited_from.as_ref(),
            no_reply_needed: wrote.no_reply_needed || before.is_some_and(|before| before.fine),
            urgent: before.is_some_and(|before| before.urgent),
        },
        recipients: &recipients,
        conversation: verdict::Conversation {
            spoke: &wrote.spoke,
            nudged_at: snapshot.judged.values().filter(elsewhere).filter_map(|it| it.told_at).max(),
        },
        norms: Some(norms),
        groups: &snapshot.group_members,
        can_take_back: whole(snapshot, wrote).is_some(),
        now: cause.now,
    });
    let held = whole(snapshot, wrote).filter(|_| all.iter().any(|it| it.act == Act::Hold));
    let mut findings: Vec<Finding> = all.iter().filter_map(|it| Finding::of(it, held.is_some())).collect();
    if !digest::is_wanted(snapshot, Part::Mentions) {
        findings.retain(|it| it.done != Done::Noted);
    }
    if findings.is_empty() {
        return decision;
    }
    let tells = findings.iter().any(|it| matches!(it.done, Done::Nudged(_)));
    let would_tell = tells || findings.iter().any(|it| it.done == Done::Observed);
    // Whoever is named is named first: of five hundred, those whom nobody can guess.
    findings.sort_by_key(|it| it.reach);
    let more = findings.len().saturating_sub(FINDINGS_MAX);
    findings.truncate(FINDINGS_MAX);
    let judged = Judged {
        id: id.clone(),
        message: wrote.message.clone(),
        conversation,
        author: wrote.by.user.clone(),
        at: cause.now,
        told_at: would_tell.then_some(cause.now).or_else(|| before.and_then(|before| before.told_at)),
        fine: before.is_some_and(|before| before.fine),
        urgent: before.is_some_and(|before| before.urgent),
        findings,
        more,
    };
    // What is held is told by the message that is posted again.
    if held.is_none() {
        decision.join(put_missed(snapshot, &judged, wrote.line.as_deref(), cause));
    }
    decision.changes.push(change::Change::Norm(Change::Judged(Box::new(judged))));
    if let Some(whole) = held {
        decision.join(later::hold(snapshot, wrote, whole, cause));
    } else if tells {
        // A lane of its own: what waits in the author's direct messages doesn't hold up what is only good at once.
        let nudge = Effect::Nudge { judged: id, author: wrote.by.user.clone() };
        decision.effects.push(cause.owe(format!("nudge/{}", wrote.by.user), cause.now, effect::Effect::Norm(nudge)));
    }
    decision
}

/// Puts into the digests of those whom a message reached while they were off: what a norm only observes stays unsaid.
fn put_missed(snapshot: &Snapshot, judged: &Judged, line: Option<&str>, cause: &Cause<'_>) -> Decision {
    let (mut decision, place) = (Decision::default(), &judged.conversation);
    let posted = Posted { channel: place.channel.clone(), message: judged.message.clone(), at: judged.at };
    let readers = judged.findings.iter().filter(|it| it.done != Done::Observed).map(|it| &it.recipient);
    let mentioned = digest::Mentioned { judged: &judged.id, from: &judged.author, place, posted: &posted, line };
    for reader in readers {
        decision.join(mentioned.put(snapshot, reader, judged.at, cause));
    }
    decision
}

/// What has to be asked before the next such message: who somebody is, who is in a group, who is in the channel.
fn unknown(snapshot: &Snapshot, wrote: &Wrote) -> Vec<Errand> {
    let people = wrote.mentions.users.iter().filter(|user| !snapshot.members.contains_key(*user));
    let groups = wrote.mentions.groups.iter().filter(|group| !snapshot.group_members.contains_key(*group));
    let everyone = wrote
        .by
        .channel
        .iter()
        .filter(|channel| wrote.mentions.everyone && !snapshot.channel_members.contains_key(*channel));
    let mut all: Vec<Errand> = people.cloned().map(Errand::Member).collect();
    all.extend(groups.cloned().map(Errand::GroupMembers));
    all.extend(everyone.cloned().map(Errand::ChannelMembers));
    all
}

/// What it takes to hold a message, where it can be: the platform lets the bot take it back, its author's list has room,
/// and everybody whom it names is known. Somebody who isn't counts as at work, and reads it now.
fn whole<'w>(snapshot: &Snapshot, wrote: &'w Wrote) -> Option<&'w Whole> {
    let is_known = |user: &UserId| snapshot.members.contains_key(user);
    let can_wait = || {
        snapshot.workspace.capabilities.take_back
            && wrote.mentions.users.iter().all(is_known)
            && later::has_room(snapshot, &wrote.by.user)
    };
    wrote.whole.as_deref().filter(|_| can_wait())
}

/// What the norms say now of a message that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Anew {
    /// It goes on waiting: everybody whom a norm protects is off.
    pub(crate) waits: bool,
    /// Everybody whom it reaches, but for its author and bots.
    pub(crate) all: Vec<Reached>,
}

/// Somebody whom a message that waits reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reached {
    /// Who.
    pub(crate) user: UserId,
    /// How.
    pub(crate) reach: Reach,
    /// They are off, and no exception lets it reach them now.
    pub(crate) spared: bool,
}

impl Anew {
    /// Those who are off.
    pub(crate) fn spared(&self) -> impl Iterator<Item = &UserId> {
        self.all.iter().filter(|it| it.spared).map(|it| &it.user)
    }
    /// Those whom it may reach now.
    pub(crate) fn free(&self) -> impl Iterator<Item = &UserId> {
        self.all.iter().filter(|it| !it.spared).map(|it| &it.user)
    }
    /// Whether somebody is off.
    pub(crate) fn is_spared(&self, user: &UserId) -> bool {
        self.spared().any(|it| it == user)
    }
}

/// Judges a message that waits by the norms and hours of this moment. Its mentions were loaded as
/// [`Need::Mentioned`].
pub(crate) fn anew(
    snapshot: &Snapshot,
    author: &UserId,
    channel: &ChannelId,
    mentions: &Mentions,
    now: Timestamp,
) -> Anew {
    let states = states(snapshot, channel, mentions, now);
    let recipients = recipients(snapshot, &states);
    let spoke = BTreeMap::new();
    let verdicts = verdicts(&Case {
        message: Message {
            author,
            author_is_bot: false,
            channel,
            mentions,
            edited_from: None,
            no_reply_needed: false,
            urgent: false,
        },
        recipients: &recipients,
        conversation: verdict::Conversation { spoke: &spoke, nudged_at: None },
        norms: snapshot.norms.as_deref(),
        groups: &snapshot.group_members,
        can_take_back: true,
        now,
    });
    let reached = |it: &Verdict<'_>| {
        let spared = match it.act {
            Act::Deliver(verdict::Why::Own | verdict::Why::ToBot | verdict::Why::NotMentioned) => return None,
            Act::Deliver(verdict::Why::OptedOut | verdict::Why::Reachable(_)) => false,
            // Also whom no norm protects: what was held comes in nobody's quiet hours.
            _ => it.availability.state != State::Working,
        };
        Some(Reached { user: it.recipient.clone(), reach: it.reach?, spared })
    };
    let mut all: Vec<Reached> = verdicts.iter().filter_map(reached).collect();
    let unknown = mentions.users.iter().filter(|user| !snapshot.members.contains_key(*user));
    all.extend(unknown.map(|user| Reached { user: user.clone(), reach: Reach::Name, spared: false }));
    Anew { waits: verdicts.iter().any(|it| it.act == Act::Hold), all }
}

/// A message that should have been held stays where it is: its author is told so, and whoever is off finds it in their
/// digest.
pub(crate) fn stays(snapshot: &Snapshot, id: &JudgedId, words: &str, cause: &mut Cause<'_>) -> Decision {
    let mut decision = Decision::default();
    let Some(judged) = snapshot.judged.get(id) else { return decision };
    let mut judged = judged.clone();
    for finding in judged.findings.iter_mut().filter(|it| it.done == Done::Held) {
        finding.done = Done::Nudged(Plainly::CantTakeBack);
    }
    let nudge = Effect::Nudge { judged: id.clone(), author: judged.author.clone() };
    decision.effects.push(cause.owe(format!("nudge/{}", judged.author), cause.now, effect::Effect::Norm(nudge)));
    decision.join(put_missed(snapshot, &judged, Some(&digest::beginning(words)), cause));
    decision.changes.push(change::Change::Norm(Change::Judged(Box::new(judged))));
    decision
}

fn recipients<'a>(snapshot: &Snapshot, states: &'a [(&'a Member, Availability)]) -> Vec<Recipient<'a>> {
    let recipient = |(member, availability): &'a (&'a Member, Availability)| Recipient {
        user: &member.user,
        bot: member.bot,
        availability,
        zone: member.zone(&snapshot.workspace),
    };
    states.iter().map(recipient).collect()
}

/// Everyone whom the message may reach, with what they are doing.
fn states<'s>(
    snapshot: &'s Snapshot,
    channel: &ChannelId,
    mentions: &Mentions,
    now: Timestamp,
) -> Vec<(&'s Member, Availability)> {
    let mut users: BTreeSet<&UserId> = mentions.users.iter().collect();
    users.extend(mentions.groups.iter().filter_map(|group| snapshot.group_members.get(group)).flatten());
    if mentions.everyone {
        users.extend(snapshot.channel_members.get(channel).into_iter().flatten());
    }
    let known = users.into_iter().filter_map(|user| snapshot.members.get(user)).filter(|member| member.active);
    known.map(|member| (member, doing(snapshot, member, now))).collect()
}

/// What somebody is doing, as they declared it. Of whom neither zone nor hours are known nothing is claimed: unless
/// they said that they are away, they count as at work.
fn doing(snapshot: &Snapshot, member: &Member, now: Timestamp) -> Availability {
    let state = member.declared(&snapshot.workspace).at(now);
    let is_declared = !member.zone_guessed() || member.own_hours.is_some() || state.state == State::Away;
    if is_declared { state } else { Availability { state: State::Working, why: None, until: None } }
}

fn settled(snapshot: &Snapshot, effect: &Effect, outcome: &Outcome, cause: &mut Cause<'_>) -> Decision {
    let what = match outcome {
        Outcome::Sent(_) | Outcome::Answered => What::Sent,
        Outcome::Refused(refusal) => What::Skipped(receipt::Why::Norm(Why::Refused(refusal.clone()))),
        Outcome::Skipped(why) => What::Skipped(why.clone()),
    };
    let was_sent = what == What::Sent;
    let mut decision = Decision { receipts: vec![cause.receipt(effect.subject(), what)], ..Decision::default() };
    if let (Effect::Tell { alert, to }, false) = (effect, was_sent) {
        decision.join(alert::missed(snapshot, alert, to, cause));
    }
    if let (Effect::Nudge { judged, .. }, Outcome::Sent(posted)) = (effect, outcome)
        && !snapshot.workspace.capabilities.whispers
        && snapshot.judged.get(judged).is_some_and(|it| it.conversation.is_at(&posted.channel))
    {
        let gone_at = cause.now.checked_add(NUDGE_MINUTES_MAX.minutes()).unwrap_or(Timestamp::MAX);
        let unsay = Effect::Unsay { judged: judged.clone(), posted: posted.clone() };
        decision.effects.push(cause.owe(channel_lane(&posted.channel), gone_at, effect::Effect::Norm(unsay)));
    }
    decision
}
