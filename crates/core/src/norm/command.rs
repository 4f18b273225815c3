//! `/norms`, `/norms report` and `/jeda why`: what holds here, what it did, and why.

use super::{
    Kind, NormKey, Revision, Scope,
    judged::{Done, Judged},
};
use crate::{
    command::Invocation,
    copy::{self, norm as words},
    decide::{Cause, Decision},
    event::Origin,
    id::ChannelId,
    language::Language,
    limit::REPORT_DAYS,
    message::{Message, Reply},
    snapshot::{Need, Snapshot},
    time::Zone,
    told,
};
use jiff::{Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a command is answered here.
pub fn answers(invocation: &Invocation) -> bool {
    invocation.path.first().is_some_and(|root| root == "norms") || invocation.is(&["jeda", "why"])
}

/// Rows that a command needs.
pub(super) fn needs(by: &Origin, invocation: &Invocation, now: Timestamp) -> BTreeSet<Need> {
    if !answers(invocation) {
        return BTreeSet::new();
    }
    let mut needs = BTreeSet::from([Need::Member(by.user.clone()), Need::Norms]);
    if invocation.is(&["norms", "show"]) {
        needs.extend([Need::Channels, Need::Groups, Need::Places(by.user.clone())]);
    } else if invocation.is(&["norms", "report"]) {
        needs.insert(Need::JudgedSince(since(now)));
    } else {
        let user = || by.user.clone();
        needs.extend([Need::JudgedOf(user()), Need::ToldTo(user()), Need::AsksFor(user())]);
    }
    needs
}

fn since(now: Timestamp) -> Timestamp {
    now.checked_sub((REPORT_DAYS * 24).hours()).unwrap_or(Timestamp::MIN)
}

pub(super) fn decide(snapshot: &Snapshot, by: &Origin, invocation: &Invocation, cause: &Cause<'_>) -> Decision {
    if !answers(invocation) {
        return Decision::default();
    }
    let member = snapshot.members.get(&by.user);
    let language = member.map_or(snapshot.workspace.language, |member| member.language(&snapshot.workspace));
    let zone = member.map_or(snapshot.workspace.zone, |member| member.zone(&snapshot.workspace));
    let say = if let Some(refusal) = copy::command::refusal(language, invocation) {
        refusal
    } else if invocation.is(&["norms", "show"]) {
        show(snapshot, by, language)
    } else if invocation.is(&["norms", "report"]) {
        words::report(language, snapshot.norms.as_deref(), &counted(snapshot, cause.now))
    } else {
        why(snapshot, by, language, &zone)
    };
    Decision::reply(Reply::Say(say))
}

/// What somebody was told last, and why: what a norm had to say about a message of theirs, and everything else.
fn why(snapshot: &Snapshot, by: &Origin, language: Language, zone: &Zone) -> Message {
    let mine = snapshot.judged.values().filter(|judged| judged.author == by.user && !judged.nudged().is_empty());
    let last = mine.max_by_key(|judged| judged.told_at);
    let lately = told::lately(snapshot, &by.user, language, zone);
    let Some(newest) = lately.first().map(|(at, _)| *at) else {
        return words::reasons(language, last, &snapshot.members, zone);
    };
    let nudged_at = last.and_then(|judged| judged.told_at);
    let mut parts = vec![copy::told::lately(language, lately.into_iter().map(|(_, line)| line).collect())];
    if last.is_some() {
        let place = usize::from(nudged_at < Some(newest));
        parts.insert(place, words::reasons(language, last, &snapshot.members, zone));
    }
    Message(parts.into_iter().flat_map(|part| part.0).collect())
}

/// The norms that hold where it was asked, in sentences: of each kind the one that holds for the one who asks, and
/// those that are about the people in other groups.
fn show(snapshot: &Snapshot, by: &Origin, language: Language) -> Message {
    let Some(live) = snapshot.norms.as_deref() else { return words::none_yet(language) };
    let live = Revision { set: live.set.clone().with_names_of(snapshot), ..live.clone() };
    let here = by.channel.as_ref().filter(|channel| snapshot.channels.contains_key(*channel));
    let mut shown = Vec::new();
    for kind in Kind::ALL {
        match here.and_then(|channel| live.set.in_channel(kind, channel)) {
            Some(norm) => shown.push(norm),
            // A channel's own norm takes the place of all others; without one everybody's holds, and each group's.
            None => shown.extend(live.set.of(kind).filter(|norm| !matches!(norm.scope, Scope::Channels(_)))),
        }
    }
    words::holding(language, &live, &shown, here, holds(snapshot, here))
}

/// How far a hold can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Messages are taken back in this channel.
    Here,
    /// They are in the channels that let the bot.
    WhereItMay,
    /// Not in this channel: the bot may not.
    NotAllowed,
    /// Nowhere, as long as it isn't switched on.
    SwitchedOff,
    /// Nowhere: the platform doesn't let any bot.
    Never,
}

fn holds(snapshot: &Snapshot, here: Option<&ChannelId>) -> Holds {
    let capabilities = &snapshot.workspace.capabilities;
    match here.and_then(|channel| snapshot.channels.get(channel)) {
        _ if capabilities.take_back_off => Holds::SwitchedOff,
        _ if !capabilities.take_back => Holds::Never,
        None => Holds::WhereItMay,
        Some(channel) if channel.takes_back => Holds::Here,
        Some(_) => Holds::NotAllowed,
    }
}

/// What norms did, or would have done, in the last days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Messages that were held.
    pub held: usize,
    /// Messages whose author was told.
    pub nudged: usize,
    /// Messages whose author would have been told.
    pub observed: usize,
    /// Mentions of people who were off, in all of these.
    pub mentions: usize,
}

fn counted(snapshot: &Snapshot, now: Timestamp) -> BTreeMap<NormKey, Count> {
    let mut all: BTreeMap<NormKey, Count> = BTreeMap::new();
    for judged in snapshot.judged.values().filter(|judged| judged.at >= since(now)) {
        count(judged, &mut all);
    }
    all
}

fn count(judged: &Judged, all: &mut BTreeMap<NormKey, Count>) {
    let mut by_norm: BTreeMap<&NormKey, (bool, bool, usize)> = BTreeMap::new();
    // What was only noted went on from a message that is counted.
    for finding in judged.findings.iter().filter(|it| it.done != Done::Noted) {
        let (held, nudged, mentions) = by_norm.entry(&finding.norm).or_default();
        *nudged |= matches!(finding.done, Done::Nudged(_));
        *held |= finding.done == Done::Held;
        *mentions += 1;
    }
    for (norm, (held, nudged, mentions)) in by_norm {
        let count = all.entry(norm.clone()).or_default();
        count.held += usize::from(held);
        count.nudged += usize::from(nudged && !held);
        count.observed += usize::from(!nudged && !held);
        count.mentions += mentions;
    }
}
