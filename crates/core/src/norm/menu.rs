//! What the menu of a message offers its author: delivered in their hours, no reply needed, or a reply by a time. And
//! the same said in the text: `[fyi]`, `[by tue]`.
//!
//! Readers see it beside the message, each in their own time. It pings nobody. Only a message's author says this of it.

use super::{
    Effect, Judged, JudgedId,
    choice::{language, own, put},
    judged::Conversation,
};
use crate::{
    ask::window,
    copy::norm as words,
    decide::{Cause, Decision},
    effect::{self, Outgoing, Owed, Target, channel_lane},
    event::{Origin, Pointed, Posted, Spot, Wrote},
    later::{self, said},
    message::Reply,
    receipt,
    release::Release,
    snapshot::{Need, Snapshot},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The field of the form that asks for the time.
pub(crate) const BY: &str = "by";

/// An entry of a message's menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// "Deliver in their hours".
    Deliver,
    /// "No reply needed".
    NoReply,
    /// "Reply by…".
    ReplyBy,
}

/// What readers see beside a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// Nobody needs to reply.
    NoReply,
    /// A reply is asked for by then.
    By(Timestamp),
}

/// Rows that a choice in the menu needs.
pub(super) fn needs(by: &Origin, at: &Pointed) -> BTreeSet<Need> {
    let id = JudgedId::of(&at.spot.channel, &at.spot.message);
    let mut needs = BTreeSet::from([
        Need::Member(by.user.clone()),
        Need::Judged(id.clone()),
        Need::LatersOf(by.user.clone()),
        Need::LatersFrom(id),
        Need::Channel(at.spot.channel.clone()),
        Need::People(at.mentions.users.clone()),
    ]);
    needs.extend(at.mentions.groups.iter().cloned().map(Need::Group));
    needs.extend(at.text.as_deref().map(said::needs).unwrap_or_default());
    needs
}

pub(super) fn chosen(snapshot: &Snapshot, by: &Origin, entry: Entry, at: &Pointed, cause: &mut Cause<'_>) -> Decision {
    let language = language(snapshot, by);
    let say = |message| Decision::reply(Reply::Say(message));
    if at.author.as_ref() != Some(&by.user) {
        return say(words::menu_not_yours(language));
    }
    let is_open = snapshot.channels.get(&at.spot.channel).is_some_and(|channel| channel.open && !channel.archived);
    match entry {
        Entry::Deliver => deliver(snapshot, by, at, cause),
        _ if !is_open => say(words::menu_not_here(language, snapshot.workspace.capabilities.invited)),
        Entry::NoReply => {
            let judged = judged(snapshot, by, at, cause.now);
            if judged.fine {
                return say(words::nudge_fine(language));
            }
            let mut decision = say(words::nudge_fine(language));
            decision.changes.push(put(Judged { fine: true, ..judged }));
            decision.join(note(&at.spot, by, Note::NoReply, cause));
            decision
        }
        Entry::ReplyBy => {
            let judged = judged(snapshot, by, at, cause.now);
            // Its row is what says, when the form comes back, whose message this is.
            let form = Reply::Open(words::reply_by_form(language, &judged.id));
            Decision { changes: vec![put(judged)], ..Decision::reply(form) }
        }
    }
}

/// What is known of the message; where norms had nothing to say about it, that it is theirs.
fn judged(snapshot: &Snapshot, by: &Origin, at: &Pointed, now: Timestamp) -> Judged {
    let id = JudgedId::of(&at.spot.channel, &at.spot.message);
    let conversation = Conversation { channel: at.spot.channel.clone(), thread: at.spot.thread.clone() };
    own(snapshot, by, &id).cloned().unwrap_or_else(|| Judged {
        id,
        message: at.spot.message.clone(),
        conversation,
        author: by.user.clone(),
        at: now,
        told_at: None,
        fine: false,
        urgent: false,
        findings: Vec::new(),
        more: 0,
    })
}

fn deliver(snapshot: &Snapshot, by: &Origin, at: &Pointed, cause: &mut Cause<'_>) -> Decision {
    let mut readers: BTreeSet<_> = at.mentions.users.iter().collect();
    readers.extend(at.mentions.groups.iter().filter_map(|group| snapshot.group_members.get(group)).flatten());
    if at.mentions.everyone {
        readers.extend(snapshot.channel_members.get(&at.spot.channel).into_iter().flatten());
    }
    if readers.is_empty() {
        return Decision::reply(Reply::Say(words::menu_names_nobody(language(snapshot, by))));
    }
    let readers: Vec<_> = readers.into_iter().cloned().collect();
    let text = at.text.as_deref().map(|text| said::readable(text, snapshot));
    let readers = later::Readers { named: &readers, more: 0 };
    later::deliver(snapshot, by, &at.spot, text.as_deref(), at.at, readers, cause)
}

/// The form for the time.
pub(super) fn submitted(
    snapshot: &Snapshot,
    by: &Origin,
    id: &JudgedId,
    values: &BTreeMap<String, String>,
    cause: &mut Cause<'_>,
) -> Decision {
    let language = language(snapshot, by);
    let (Some(judged), Some(author)) = (own(snapshot, by, id), snapshot.members.get(&by.user)) else {
        return super::choice::gone(snapshot, by);
    };
    let typed = values.get(BY).map(|text| text.trim()).unwrap_or_default();
    let zone = author.zone(&snapshot.workspace);
    match window::meant(author.declared(&snapshot.workspace), typed, cause.now) {
        Ok(at) => {
            let mut decision = Decision::reply(Reply::Say(words::reply_by_noted(language, at, &zone)));
            decision.join(note(&super::choice::spot(judged), by, Note::By(at), cause));
            decision
        }
        Err(error) => {
            let what = crate::copy::flat(&crate::copy::time::trouble(language, &error));
            Decision::reply(Reply::Invalid(vec![(BY.to_owned(), what)]))
        }
    }
}

/// `[by tue]` in a new message: readers see when that is for them. What can't be read as a time is left alone.
pub(super) fn marked(snapshot: &Snapshot, wrote: &Wrote, cause: &mut Cause<'_>) -> Decision {
    let (Some(typed), Some(channel), None) = (&wrote.reply_by, &wrote.by.channel, &wrote.edited_from) else {
        return Decision::default();
    };
    let Some(author) = snapshot.members.get(&wrote.by.user).filter(|author| !author.bot) else {
        return Decision::default();
    };
    let moment = window::meant(author.declared(&snapshot.workspace), typed, cause.now);
    let spot = Spot { channel: channel.clone(), thread: wrote.thread.clone(), message: wrote.message.clone() };
    moment.map_or_else(|_| Decision::default(), |at| note(&spot, &wrote.by, Note::By(at), cause))
}

fn note(spot: &Spot, by: &Origin, note: Note, cause: &mut Cause<'_>) -> Decision {
    let effect = Effect::Note { spot: spot.clone(), author: by.user.clone(), note };
    let owed = cause.owe(channel_lane(&spot.channel), cause.now, effect::Effect::Norm(effect));
    Decision { effects: vec![owed], ..Decision::default() }
}

/// The note beside its message, while it is news.
pub(super) fn released(snapshot: &Snapshot, owed: &Owed, effect: &Effect, now: Timestamp) -> Release {
    let Effect::Note { spot, author, note } = effect else {
        return Release::Skip(receipt::Why::Norm(super::Why::Forgotten));
    };
    if matches!(note, Note::By(at) if *at <= now) {
        return Release::Skip(receipt::Why::Norm(super::Why::TooLate));
    }
    let workspace = &snapshot.workspace;
    let name = snapshot.members.get(author).map_or(author.as_str(), |member| &member.name);
    let posted = Posted { channel: spot.channel.clone(), message: spot.message.clone(), at: owed.due_at };
    Release::Send(Outgoing {
        key: owed.key.clone(),
        workspace: owed.workspace.clone(),
        to: Target::Reply { to: posted, thread: spot.thread.clone() },
        subject: None,
        message: words::beside(workspace.language, name, *note, &workspace.zone),
        silent: true,
    })
}
