//! The words to an author whose message reached somebody who is off: at once, or not at all.

use super::{
    Effect, NormSet, NudgeBy, Rule, Why, alert,
    judged::{Finding, JudgedId},
    menu,
};
use crate::{
    copy::norm as words,
    effect::{Outgoing, Owed, Target},
    event::Posted,
    id::UserId,
    limit::NUDGE_MINUTES_MAX,
    message::Message,
    receipt,
    release::Release,
    snapshot::{Need, Snapshot},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Rows that releasing this effect needs.
pub fn release_needs(effect: &Effect) -> BTreeSet<Need> {
    match effect {
        Effect::Nudge { judged, author } => {
            let whose = [Need::Member(author.clone()), Need::Places(author.clone())];
            whose.into_iter().chain([Need::JudgedWhole(judged.clone()), Need::Norms]).collect()
        }
        Effect::Unsay { .. } => BTreeSet::new(),
        Effect::Note { author, .. } => [Need::People([author.clone()].into())].into(),
        Effect::Record { alert } | Effect::Tell { alert, .. } => [Need::Alert(alert.clone())].into(),
    }
}

/// Whether it may go out now, and in which words.
pub fn release(snapshot: &Snapshot, owed: &Owed, effect: &Effect, now: Timestamp) -> Release {
    let (to, message) = match effect {
        Effect::Note { .. } => return menu::released(snapshot, owed, effect, now),
        Effect::Record { alert } => return alert::recorded(snapshot, owed, alert),
        Effect::Tell { alert, to } => return alert::told(snapshot, owed, alert, to, now),
        Effect::Unsay { posted, .. } => (Target::Nothing(posted.clone()), Message::default()),
        Effect::Nudge { judged, author } => match nudge(snapshot, owed, judged, author, now) {
            Ok(nudge) => nudge,
            Err(why) => return Release::Skip(receipt::Why::Norm(why)),
        },
    };
    let (key, workspace) = (owed.key.clone(), owed.workspace.clone());
    Release::Send(Outgoing { key, workspace, to, subject: None, message, silent: true })
}

/// The author has just written, so their own hours are no reason to wait; and a nudge that comes late helps nobody.
fn nudge(
    snapshot: &Snapshot,
    owed: &Owed,
    judged: &JudgedId,
    author: &UserId,
    now: Timestamp,
) -> Result<(Target, Message), Why> {
    let judged = snapshot.judged.get(judged).filter(|judged| !judged.fine && !judged.urgent).ok_or(Why::Forgotten)?;
    let workspace = &snapshot.workspace;
    let is_late = now.duration_since(owed.due_at) > SignedDuration::from_mins(NUDGE_MINUTES_MAX);
    let member = snapshot.members.get(author).filter(|author| author.active && !is_late).ok_or(Why::TooLate)?;
    let first = *judged.nudged().first().ok_or(Why::Forgotten)?;
    let conversation = &judged.conversation;
    let posted = Posted { channel: conversation.channel.clone(), message: judged.message.clone(), at: judged.at };
    let (to, seen) = if workspace.capabilities.whispers {
        let thread = conversation.thread.clone();
        (Target::Whisper { to: author.clone(), beside: posted, thread }, Seen::Beside)
    } else if nudge_by(snapshot, first) == NudgeBy::Direct && !member.direct_closed {
        (Target::Direct(author.clone()), Seen::Direct)
    } else {
        (Target::Reply { to: posted, thread: conversation.thread.clone() }, Seen::Open)
    };
    let names = &snapshot.members;
    let can_be_urgent = alert::way(snapshot, &conversation.channel, author).is_some();
    let (language, zone) = (member.language(workspace), member.zone(workspace));
    Ok((to, words::nudge(language, judged, seen, can_be_urgent, names, &zone)))
}

/// Who sees a nudge, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Its reader alone, beside their message.
    Beside,
    /// Its reader alone, in their direct messages.
    Direct,
    /// Everybody in the channel, for a while.
    Open,
}

/// How the norm that found it says that its author is told.
fn nudge_by(snapshot: &Snapshot, finding: &Finding) -> NudgeBy {
    let set: Option<&NormSet> = snapshot.norms.as_deref().map(|norms| &norms.set);
    match set.and_then(|set| set.named(&finding.norm)).map(|norm| &norm.rule) {
        Some(Rule::QuietHours(rule)) => rule.manners.nudge_by,
        Some(Rule::Focus(rule)) => rule.manners.nudge_by,
        _ => NudgeBy::Direct,
    }
}
