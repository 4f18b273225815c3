//! What happens when somebody writes in a channel: the message is judged for each person whom it mentions, what was
//! found is kept, and its author is told where the norms say so. Nothing happens, and nothing is kept, where no norm
//! is about it.

use super::{
    Change, Effect, FormId, Why, alert, choice,
    choice::withdrawn,
    command,
    digest::Part,
    judged::{Conversation, Done, Finding, Judged, JudgedId},
    menu,
    verdict::{self, Case, Message, Recipient, verdicts},
};
use crate::{
    action, change,
    decide::{Cause, Decision},
    digest,
    effect::{self, channel_lane, errand_lane},
    event::{Errand, Event, Outcome, Posted, Wrote},
    id::UserId,
    limit::{FINDINGS_MAX, NUDGE_MINUTES_MAX},
    people::Member,
    receipt::{self, What},
    snapshot::{Need, Snapshot},
    time::{Availability, State},
};
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeSet;

/// Rows that norms need for this event.
pub fn needs(event: &Event, now: Timestamp) -> BTreeSet<Need> {
    match event {
        Event::Wrote(wrote) => {
            let Some(channel) = wrote.by.channel.clone() else { return BTreeSet::new() };
            let conversation = Conversation { channel: channel.clone(), thread: wrote.thread.clone() };
            [
                Need::Mentioned { channel: channel.clone(), mentions: wrote.mentions.clone() },
                Need::Judged(JudgedId::of(&channel, &wrote.message)),
                Need::ToldIn(conversation, wrote.by.user.clone()),
            ]
            .into()
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
            decision.join(menu::marked(snapshot, wrote, cause));
            decision
        }
        Event::TookBack { channel, message } => {
            let id = JudgedId::of(channel, message);
            let Some(judged) = snapshot.judged.get(&id) else { return Decision::default() };
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
    let states = states(snapshot, wrote, cause.now);
    let recipients: Vec<Recipient<'_>> = states
        .iter()
        .map(|(member, availability)| Recipient {
            user: &member.user,
            bot: member.bot,
            availability,
            zone: member.zone(&snapshot.workspace),
        })
        .collect();
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
        can_take_back: snapshot.workspace.capabilities.take_back,
        now: cause.now,
    });
    let mut findings: Vec<Finding> = all.iter().filter_map(Finding::of).collect();
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
    for item in missed(snapshot, &judged, wrote) {
        decision.join(digest::put(snapshot, item, cause));
    }
    decision.changes.push(change::Change::Norm(Change::Judged(Box::new(judged))));
    if tells {
        // A lane of its own: what waits in the author's direct messages doesn't hold up what is only good at once.
        let nudge = Effect::Nudge { judged: id, author: wrote.by.user.clone() };
        decision.effects.push(cause.owe(format!("nudge/{}", wrote.by.user), cause.now, effect::Effect::Norm(nudge)));
    }
    decision
}

/// What those find in their digests whom a message reached while they were off: what a norm only observes stays unsaid.
fn missed<'s>(snapshot: &'s Snapshot, judged: &'s Judged, wrote: &'s Wrote) -> impl Iterator<Item = digest::Item> + 's {
    let is_wanted = digest::is_wanted(snapshot, Part::Mentions);
    let posted =
        Posted { channel: judged.conversation.channel.clone(), message: judged.message.clone(), at: judged.at };
    judged.findings.iter().filter(move |it| is_wanted && it.done != Done::Observed).map(move |finding| {
        let source = digest::Source::Mention(judged.id.clone());
        digest::Item {
            id: source.for_reader(&finding.recipient),
            reader: finding.recipient.clone(),
            source,
            from: Some(judged.author.clone()),
            place: Some(judged.conversation.channel.clone()),
            thread: judged.conversation.thread.clone(),
            posted: Some(posted.clone()),
            line: wrote.line.clone(),
            due: None,
            since: judged.at,
            state: digest::State::Waiting { not_before: None },
        }
    })
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

/// Everyone whom the message may reach, with what they are doing.
fn states<'s>(snapshot: &'s Snapshot, wrote: &Wrote, now: Timestamp) -> Vec<(&'s Member, Availability)> {
    let mut users: BTreeSet<&UserId> = wrote.mentions.users.iter().collect();
    users.extend(wrote.mentions.groups.iter().filter_map(|group| snapshot.group_members.get(group)).flatten());
    if wrote.mentions.everyone {
        let members = wrote.by.channel.as_ref().and_then(|channel| snapshot.channel_members.get(channel));
        users.extend(members.into_iter().flatten());
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
