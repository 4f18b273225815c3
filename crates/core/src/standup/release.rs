//! A standup's words at the moment they go out. Quiet hours bind the bot: what nobody waits for goes out only while
//! its reader works. What answers something that somebody just did goes at once.

use super::{
    Effect, EntryKey, EntryState, Part as ReportPart, RoundKey, Skip, StandupState, Telling, Why, deadline,
    prompt::{self, Part},
    report,
    slot::{self, Held, next_moment},
};
use crate::{
    copy::standup as words,
    effect::{Outgoing, Owed, Target},
    id::{ChannelId, Subject, UserId},
    message::Message,
    people::{self, Member},
    receipt,
    release::Release,
    snapshot::{Need, Snapshot},
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Rows that releasing this effect needs.
pub fn release_needs(effect: &Effect) -> BTreeSet<Need> {
    let of_entry = |key: &EntryKey| BTreeSet::from([Need::Entry(key.clone()), Need::Member(key.user.clone())]);
    match effect {
        Effect::Prompt(key)
        | Effect::PromptState(key)
        | Effect::Remind(key)
        | Effect::RemindState(key)
        | Effect::Question(key, _)
        | Effect::Thanks(key) => of_entry(key),
        Effect::Report(round, part) => [
            Need::Round(round.clone()),
            Need::Post(round.report_subject(part)),
            Need::Post(round.report_subject(&ReportPart::Head(0))),
        ]
        .into(),
        Effect::Observe(round, user, _) => [Need::Round(round.clone()), Need::Member(user.clone())].into(),
        Effect::Tell(user, telling) => match telling {
            Telling::Welcome(id) | Telling::ChannelClosed(id, _) | Telling::DeadlineTooEarly(id) => {
                [Need::Member(user.clone()), Need::Standup(id.clone())].into()
            }
            // Their entries tell under which channel their thread is, where direct messages are refused.
            Telling::NothingOpen => [Need::Member(user.clone()), Need::EntriesOf(user.clone())].into(),
            Telling::ClosedMeanwhile(key) => of_entry(key),
        },
    }
}

/// Whether it may go out now, and in which words.
pub fn release(snapshot: &Snapshot, owed: &Owed, effect: &Effect, now: Timestamp) -> Release {
    match effect {
        Effect::Prompt(key) => of_part(snapshot, key, |part| release_prompt(part, owed, now)),
        Effect::PromptState(key) => {
            of_part(snapshot, key, |part| in_place(part, owed, key.prompt_subject(), prompt::prompt))
        }
        Effect::RemindState(key) => {
            of_part(snapshot, key, |part| in_place(part, owed, key.remind_subject(), prompt::reminder))
        }
        Effect::Remind(key) => of_part(snapshot, key, |part| release_reminder(part, owed, now)),
        Effect::Question(key, at) => of_part(snapshot, key, |part| release_question(part, owed, *at)),
        Effect::Thanks(key) => of_part(snapshot, key, |part| {
            direct(part.seen, owed, part.member, Some(&part.standup.channel), None, super::form::thanks_for(part))
        }),
        Effect::Report(round, part) => release_report(snapshot, owed, round, part),
        Effect::Observe(round, user, page) => release_observer(snapshot, owed, round, user, *page, now),
        Effect::Tell(user, telling) => tell(snapshot, owed, user, telling, now),
    }
}

fn skip(why: Why) -> Release {
    Release::Skip(receipt::Why::Standup(why))
}

fn obsolete() -> Release {
    Release::Skip(receipt::Why::People(people::Why::Obsolete))
}

fn gone() -> Release {
    Release::Skip(receipt::Why::People(people::Why::MemberGone))
}

fn of_part(snapshot: &Snapshot, key: &EntryKey, say: impl FnOnce(Part<'_>) -> Release) -> Release {
    match Part::find(snapshot, key) {
        Some(part) if part.member.active => say(part),
        Some(_) => gone(),
        None => obsolete(),
    }
}

/// A message to one person: direct, or in a thread under the standup's channel where direct messages are refused.
fn direct(
    seen: &Snapshot,
    owed: &Owed,
    member: &Member,
    channel: Option<&ChannelId>,
    subject: Option<Subject>,
    message: Message,
) -> Release {
    let user = member.user.clone();
    let to = match channel.filter(|_| member.direct_closed && seen.workspace.capabilities.aside) {
        Some(channel) => Target::Aside { channel: channel.clone(), user },
        None => Target::Direct(user),
    };
    send(owed, to, subject, message)
}

fn send(owed: &Owed, to: Target, subject: Option<Subject>, message: Message) -> Release {
    Release::Send(Outgoing {
        key: owed.key.clone(),
        workspace: owed.workspace.clone(),
        // One push a report is enough: what is in its thread is found there.
        silent: matches!(to, Target::Thread(_)),
        to,
        subject,
        message,
    })
}

/// What a focus block, or a pause, does to a message that is due now.
fn held(part: Part<'_>, now: Timestamp) -> Held {
    slot::held(part.member, &part.seen.workspace, now, part.entry.deadline_at)
}

/// What keeps a message from whoever it is for now: their hours, or that there is no moment of them before `until`.
fn held_back(part: Part<'_>, now: Timestamp, until: Timestamp) -> Option<Release> {
    match next_moment(part.member, &part.seen.workspace, now) {
        _ if now >= until => Some(skip(Why::WindowOver)),
        Ok(at) if at <= now => None,
        Ok(at) if at < until => Some(Release::Wait(at)),
        Ok(_) => Some(skip(Why::WindowOver)),
        Err(why) => Some(Release::Skip(why)),
    }
}

fn release_prompt(part: Part<'_>, owed: &Owed, now: Timestamp) -> Release {
    match &part.entry.state {
        EntryState::Asked => {}
        EntryState::Answered => return skip(Why::AlreadyAnswered),
        EntryState::Skipped(Skip::Own(_)) => return skip(Why::SkippedByMember),
        EntryState::Skipped(Skip::Left) => return skip(Why::LeftStandup),
        EntryState::Skipped(Skip::NotAsked(why)) => return Release::Skip(why.clone()),
        EntryState::Planned | EntryState::Prompted | EntryState::Missed => return obsolete(),
    }
    if part.standup.state != StandupState::Active {
        return skip(Why::NotRunning);
    }
    if part.round.closed_at.is_some() {
        return skip(Why::WindowOver);
    }
    if let Some(not_now) = held_back(part, now, part.entry.deadline_at) {
        return not_now;
    }
    let held = held(part, now);
    if let Held::Until(later, _) = held {
        return Release::Wait(later);
    }
    let subject = Some(part.entry.key.prompt_subject());
    match direct(part.seen, owed, part.member, Some(&part.standup.channel), subject, prompt::prompt(part)) {
        Release::Send(out) => Release::Send(Outgoing { silent: out.silent || held != Held::No, ..out }),
        other => other,
    }
}

/// A message that is there, as it is now.
fn in_place(part: Part<'_>, owed: &Owed, subject: Subject, say: impl FnOnce(Part<'_>) -> Message) -> Release {
    match part.seen.posts.get(&subject) {
        Some(posted) => send(owed, Target::Edit(posted.clone()), Some(subject), say(part)),
        None => obsolete(),
    }
}

fn release_reminder(part: Part<'_>, owed: &Owed, now: Timestamp) -> Release {
    match &part.entry.state {
        EntryState::Prompted => {}
        EntryState::Answered => return skip(Why::AlreadyAnswered),
        EntryState::Skipped(Skip::Own(_)) => return skip(Why::SkippedByMember),
        EntryState::Skipped(Skip::Left) => return skip(Why::LeftStandup),
        _ => return obsolete(),
    }
    if part.round.closed_at.is_some() {
        return skip(Why::WindowOver);
    }
    if let Some(not_now) = held_back(part, now, part.entry.deadline_at) {
        return not_now;
    }
    match held(part, now) {
        Held::No => {}
        Held::Until(later, _) => return Release::Wait(later),
        Held::TooLong(why) => return Release::Skip(receipt::Why::People(why)),
    }
    let subject = Some(part.entry.key.remind_subject());
    direct(part.seen, owed, part.member, Some(&part.standup.channel), subject, prompt::reminder(part))
}

fn release_question(part: Part<'_>, owed: &Owed, at: usize) -> Release {
    // The dialog has moved on, or the form was used instead.
    let asked = part.seen.dialogs.get(&part.member.user).filter(|dialog| dialog.entry == part.entry.key);
    if asked.is_none_or(|dialog| dialog.question != at) {
        return obsolete();
    }
    direct(part.seen, owed, part.member, Some(&part.standup.channel), None, prompt::question(part, at))
}

/// A part of the report: posted when it isn't there, edited when it is.
fn release_report(seen: &Snapshot, owed: &Owed, key: &RoundKey, part: &ReportPart) -> Release {
    let (Some(round), Some(standup)) = (seen.rounds.get(key), seen.standups.get(&key.standup)) else {
        return obsolete();
    };
    let subject = key.report_subject(part);
    let message = report::part(seen, round, part);
    let head = seen.posts.get(&key.report_subject(&ReportPart::Head(0)));
    match (seen.posts.get(&subject), message, head) {
        (Some(posted), Some(message), _) => send(owed, Target::Edit(posted.clone()), Some(subject), message),
        (Some(posted), None, _) => {
            send(owed, Target::Edit(posted.clone()), Some(subject), words::nothing_left(seen.workspace.language))
        }
        (None, Some(message), _) if *part == ReportPart::Head(0) => {
            send(owed, Target::Channel(standup.channel.clone()), Some(subject), message)
        }
        (None, Some(message), Some(head)) => send(owed, Target::Thread(head.clone()), Some(subject), message),
        // The head could not be posted, so there is no thread; or the page is not needed any more.
        (None, _, _) => obsolete(),
    }
}

fn release_observer(
    seen: &Snapshot,
    owed: &Owed,
    key: &RoundKey,
    user: &UserId,
    page: usize,
    now: Timestamp,
) -> Release {
    let (Some(round), Some(standup)) = (seen.rounds.get(key), seen.standups.get(&key.standup)) else {
        return obsolete();
    };
    let Some(member) = seen.members.get(user).filter(|member| member.active) else { return gone() };
    // Answers are nobody's before the close.
    let Some(message) = report::whole(seen, round, user).into_iter().nth(page).filter(|_| round.closed_at.is_some())
    else {
        return obsolete();
    };
    // Whoever asked for it is there and waits; an observer gets it in their hours.
    if standup.observers.contains(user)
        && let Some(later) = later(seen, member, now)
    {
        return later;
    }
    direct(seen, owed, member, Some(&standup.channel), None, message)
}

/// When they can next be written to, when that is not now. Leave without an end waits for no one.
fn later(seen: &Snapshot, member: &Member, now: Timestamp) -> Option<Release> {
    match member.declared(&seen.workspace).next_working(now) {
        Some(at) if at <= now => None,
        Some(at) => Some(Release::Wait(at)),
        None => Some(Release::Skip(receipt::Why::People(people::Why::Away(None)))),
    }
}

fn tell(seen: &Snapshot, owed: &Owed, user: &UserId, telling: &Telling, now: Timestamp) -> Release {
    let Some(member) = seen.members.get(user).filter(|member| member.active) else { return gone() };
    let language = member.language(&seen.workspace);
    let (channel, message) = match telling {
        Telling::NothingOpen => {
            let newest = seen.entries.values().filter(|entry| entry.key.user == *user).max_by_key(|it| it.prompt_at);
            let standup = newest.and_then(|entry| seen.standups.get(&entry.key.round.standup));
            (standup.map(|standup| &standup.channel), words::nothing_open(language))
        }
        Telling::ClosedMeanwhile(key) => {
            let channel = seen.standups.get(&key.round.standup).map(|standup| &standup.channel);
            (channel, words::thanks_late(language))
        }
        Telling::Welcome(id) | Telling::ChannelClosed(id, _) | Telling::DeadlineTooEarly(id) => {
            let Some(standup) = seen.standups.get(id).filter(|it| it.state != StandupState::Deleted) else {
                return obsolete();
            };
            if let Some(later) = later(seen, member, now) {
                return later;
            }
            let message = match telling {
                Telling::ChannelClosed(_, refusal) => words::channel_closed(language, standup, refusal),
                Telling::DeadlineTooEarly(_) => match deadline::too_early(seen, standup, None, now) {
                    people if standup.state == StandupState::Paused && !people.is_empty() => {
                        words::deadline_too_early(language, standup, &people)
                    }
                    _ => return obsolete(),
                },
                _ => words::welcome(language, standup),
            };
            (Some(&standup.channel), message)
        }
    };
    direct(seen, owed, member, channel, None, message)
}
