//! Promise 1 to the team: nobody has to be there at the same moment, so everybody can know when somebody works next.
//!
//! It tells declared hours and nothing else: whether somebody is at their desk is nobody's business. What it says of
//! leave and focus is what they chose to say themselves.

use super::{Member, Workspace, decide::Draft, find};
use crate::{
    command::Invocation,
    copy::people as words,
    decide::Cause,
    event::{Errand, Origin},
    id::UserId,
    limit::WHEN_PEOPLE_MAX,
    message::Message,
    norm::{Enforce, GroupMembers, Kind, Norm, Rule},
    snapshot::{Need, Snapshot},
    time::{Availability, Zone},
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The words of a command that name somebody, each once, in order.
fn words_of(invocation: &Invocation) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let words = invocation.arg("who").unwrap_or_default().split([' ', ',', ';', '\n']);
    words.filter(|word| !word.is_empty() && seen.insert(*word)).collect()
}

/// Rows that the answer needs. Everybody's only where somebody is named by a name, which most people don't do.
pub(super) fn needs(invocation: &Invocation, needs: &mut BTreeSet<Need>) {
    needs.insert(Need::Norms);
    for word in words_of(invocation).into_iter().take(WHEN_PEOPLE_MAX) {
        match word.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>')) {
            Some(id) => needs.extend([Need::Member(UserId::new(id)), Need::Places(UserId::new(id))]),
            None if word.starts_with("<&") => {}
            None => {
                needs.insert(Need::Members);
            }
        }
    }
}

/// When somebody works, as one line tells it.
#[derive(Clone, Debug)]
pub(crate) struct When<'a> {
    /// Who.
    pub(crate) member: &'a Member,
    /// What they are now.
    pub(crate) is: Availability,
    /// When they work next, where that is not now.
    pub(crate) next: Option<Timestamp>,
    /// By when an answer can be expected, where the team agreed on that.
    pub(crate) answer_by: Option<Timestamp>,
    /// Their zone.
    pub(crate) zone: Zone,
}

/// One line for each of them.
pub(super) fn when(draft: &mut Draft<'_>, by: &Origin, invocation: &Invocation, cause: &mut Cause<'_>) -> Message {
    let asker = draft.member(&by.user);
    let language = asker.language(&draft.seen.workspace);
    let all = words_of(invocation);
    if all.is_empty() {
        return words::when_how(language);
    }
    let mut lines = Vec::new();
    for word in all.iter().take(WHEN_PEOPLE_MAX) {
        let Some(user) = find(&draft.seen, word) else {
            let is_group = word.starts_with("<&");
            lines.push(if is_group { words::when_group(language) } else { words::when_stranger(language, word) });
            continue;
        };
        lines.push(match draft.seen.members.get(&user) {
            None => {
                draft.ask(Errand::Member(user.clone()), cause);
                words::when_unknown(language, &user)
            }
            Some(member) if member.bot => words::when_bot(language, &user),
            Some(member) if !member.active => words::when_gone(language, &user),
            Some(member) => {
                let when = of(&draft.seen, member, by, cause.now);
                words::when(language, &when, &asker, &draft.seen.workspace, cause.now)
            }
        });
    }
    if all.len() > WHEN_PEOPLE_MAX {
        lines.push(words::when_too_many(language));
    }
    words::when_lines(lines)
}

/// When somebody works, and by when they can be expected to answer what is asked where this was asked.
fn of<'a>(seen: &Snapshot, member: &'a Member, by: &Origin, now: Timestamp) -> When<'a> {
    let workspace: &Workspace = &seen.workspace;
    let declared = member.declared(workspace);
    let is = declared.at(now);
    let next = declared.next_in_hours(now).filter(|next| *next > now);
    let answer_by = window(seen, &member.user, by).and_then(|minutes| declared.after_hours(now, minutes));
    When { member, is, next, answer_by, zone: declared.zone }
}

/// Minutes of working time that an answer may take, by the norm that holds for them there.
fn window(seen: &Snapshot, user: &UserId, by: &Origin) -> Option<i64> {
    let places = seen.places.get(user);
    let alone = || BTreeSet::from([user.clone()]);
    let groups: GroupMembers =
        places.map_or_else(BTreeMap::new, |it| it.groups.iter().map(|group| (group.clone(), alone())).collect());
    let set = &seen.norms.as_ref()?.set;
    let holds = |norm: &&Norm| {
        let exempt = by.channel.as_ref().is_some_and(|channel| norm.exempt.channels.contains_key(channel));
        norm.enforce != Enforce::Off && !exempt
    };
    match &set.holding(Kind::ResponseWindow, by.channel.as_ref(), user, &groups).filter(holds)?.rule {
        Rule::ResponseWindow(window) => Some(i64::from(window.working_hours) * 60),
        _ => None,
    }
}
