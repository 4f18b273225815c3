//! Which rows a standup's decisions look at.

use super::{Action, Effect, FormId, Telling, Wake, ask::never_told, command};
use crate::{
    action, effect,
    event::{Errand, Event, Origin, Outcome, Seen},
    id::{MessageId, UserId},
    people::{self, Reading},
    snapshot::{Need, Touch},
    wake,
};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Rows that a standup's decisions need for this event.
pub fn needs(event: &Event, now: Timestamp) -> BTreeSet<Need> {
    let member = |user: &UserId| Need::Member(user.clone());
    let touching = |user: &UserId| BTreeSet::from([Need::StandupsTouching(Touch::Member(user.clone())), member(user)]);
    match event {
        Event::Command { by, invocation } => match invocation.path.first().map(String::as_str) {
            Some("standup") => command::needs(invocation, by, now),
            // Whoever changes their hours, leave or focus changes when they are asked.
            Some("hours" | "away" | "back" | "focus") => touching(&by.user),
            _ => BTreeSet::new(),
        },
        Event::Click { by, action: action::Action::Standup(action) } => match action {
            Action::Answer(round, _) | Action::Skip(round) => of_part(round, &by.user),
            Action::Delete(id) | Action::Keep(id) => [Need::Standup(id.clone()), member(&by.user)].into(),
            Action::List(_) | Action::Show(..) | Action::Receipts(..) => command::page_needs(action, by),
        },
        Event::Click { .. }
        | Event::Submit { form: action::FormId::Ask(_), .. }
        | Event::Wrote(_)
        | Event::Replied(_)
        | Event::TookBack { .. } => BTreeSet::new(),
        Event::Submit { by, form: action::FormId::Standup(form), values } => match form {
            FormId::Answer(round, _) | FormId::Skip(round) => of_part(round, &by.user),
            FormId::New => command::settings_needs(values, by),
            FormId::Edit(id) => {
                let mut needs = command::settings_needs(values, by);
                needs.insert(Need::Standup(id.clone()));
                needs
            }
        },
        Event::Submit { by, form: action::FormId::People(_), .. } => touching(&by.user),
        Event::Submit { .. } | Event::Pointed { .. } => BTreeSet::new(),
        Event::Said { by, message, answers, .. } => {
            let mut needs = of_message(by, message);
            needs.extend(answers.clone().map(Need::EntryOfMessage));
            needs
        }
        Event::SaidEdited { by, message, .. } => of_message(by, message),
        Event::SaidDeleted { message, .. } => [Need::EntryOfMessage(message.clone())].into(),
        Event::Seen(seen) => of_seen(seen),
        Event::Wake(wake::Wake::Standup(wake)) => of_wake(wake),
        Event::Wake(wake::Wake::People(people::Wake::Follow { user, .. })) => touching(user),
        Event::Wake(wake::Wake::People(_) | wake::Wake::Ask(_) | wake::Wake::Later(_) | wake::Wake::Digest(_)) => {
            BTreeSet::new()
        }
        Event::Settled { effect, outcome } => match &effect.effect {
            effect::Effect::Standup(effect) => of_settled(effect, outcome),
            effect::Effect::People(_)
            | effect::Effect::Norm(_)
            | effect::Effect::Later(_)
            | effect::Effect::Ask(_)
            | effect::Effect::Digest(_)
            | effect::Effect::Errand(_) => BTreeSet::new(),
        },
    }
}

/// What somebody may answer, and what this message has answered: either of a message and its edit can come first.
fn of_message(by: &Origin, message: &MessageId) -> BTreeSet<Need> {
    let user = &by.user;
    [Need::Member(user.clone()), Need::EntriesOf(user.clone()), Need::EntryOfMessage(message.clone())].into()
}

fn of_part(round: &super::RoundKey, user: &UserId) -> BTreeSet<Need> {
    let entry = super::EntryKey { round: round.clone(), user: user.clone() };
    [Need::Entry(entry), Need::Member(user.clone())].into()
}

fn of_seen(seen: &Seen) -> BTreeSet<Need> {
    let touching = |touch| BTreeSet::from([Need::StandupsTouching(touch)]);
    match seen {
        Seen::Member(facts) => touching(Touch::Member(facts.user.clone())),
        Seen::Pauses { asked, .. } => match &asked[..] {
            [user] => touching(Touch::Member(user.clone())),
            _ => BTreeSet::new(),
        },
        Seen::Calendar { user, reading: Reading::Whole { .. }, .. } => touching(Touch::Member(user.clone())),
        // Somebody who left the channel is found by the channel, somebody of another group by theirs.
        Seen::ChannelMembers { channel, .. } | Seen::Joined { channel, .. } | Seen::Left { channel, .. } => {
            touching(Touch::Channel(channel.clone()))
        }
        Seen::GroupMembers { group, .. } => touching(Touch::Group(group.clone())),
        Seen::Directory(_) | Seen::TeamDays(_) => touching(Touch::All),
        Seen::Channel(facts) => touching(Touch::Channel(facts.channel.clone())),
        Seen::Unavailable { errand: Errand::ChannelMembers(channel), .. } => touching(Touch::Channel(channel.clone())),
        Seen::Unavailable { errand: Errand::GroupMembers(group), .. } => touching(Touch::Group(group.clone())),
        Seen::Workspace { .. }
        | Seen::Channels(_)
        | Seen::Groups(_)
        | Seen::Calendar { .. }
        | Seen::CalendarFile { .. }
        | Seen::Unavailable { .. }
        | Seen::Locked { .. }
        | Seen::Words { .. }
        | Seen::Unlocked => BTreeSet::new(),
    }
}

fn of_wake(wake: &Wake) -> BTreeSet<Need> {
    match wake {
        Wake::Plan(round) => [Need::Standup(round.standup.clone())].into(),
        Wake::Prompt(entry) | Wake::Remind(entry) => {
            [Need::Entry(entry.clone()), Need::Member(entry.user.clone())].into()
        }
        // The standup as well, for its observers' languages.
        Wake::Close(round) => [Need::Round(round.clone()), Need::Standup(round.standup.clone())].into(),
        Wake::Report(entry) => [Need::Round(entry.round.clone())].into(),
        Wake::Publish(round) => [Need::Round(round.clone())].into(),
    }
}

fn of_settled(effect: &Effect, outcome: &Outcome) -> BTreeSet<Need> {
    let refused = matches!(outcome, Outcome::Refused(_));
    match effect {
        Effect::Prompt(entry) => {
            let mut needs = BTreeSet::from([Need::Entry(entry.clone()), Need::Member(entry.user.clone())]);
            needs.extend(refused.then_some(Need::Admins));
            needs
        }
        Effect::Remind(entry) => [Need::Entry(entry.clone()), Need::Member(entry.user.clone())].into(),
        Effect::PromptState(entry)
        | Effect::RemindState(entry)
        | Effect::Question(entry, _)
        | Effect::Thanks(entry) => [Need::Member(entry.user.clone())].into(),
        Effect::Report(round, _) if refused => {
            [Need::Round(round.clone()), Need::Standup(round.standup.clone()), Need::Admins].into()
        }
        Effect::Report(round, _) => [Need::Round(round.clone())].into(),
        Effect::Tell(user, Telling::ChannelClosed(id, _) | Telling::DeadlineTooEarly(id)) if never_told(outcome) => {
            [Need::Member(user.clone()), Need::Standup(id.clone()), Need::Admins].into()
        }
        Effect::Observe(_, user, _) | Effect::Tell(user, _) => [Need::Member(user.clone())].into(),
    }
}
