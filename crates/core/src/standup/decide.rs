//! What happens to standups: each kind of event to the room that knows about it.

use super::{
    Action, FormId, Shut, Standup, StandupState, Telling, Wake, Who, ask, close, command, deadline,
    desk::{Desk, deciding},
    form, plan, roster, talk,
};
use crate::{
    action,
    decide::{Cause, Decision},
    event::{Errand, Event, Refusal, Seen},
    id::{ChannelId, StandupId, UserId},
    people,
    snapshot::Snapshot,
    wake,
};

/// What an event changes about standups. `snapshot` already has what people's decision changed.
pub fn decide(snapshot: &Snapshot, event: &Event, cause: &mut Cause<'_>) -> Decision {
    deciding(snapshot, cause, |desk| match event {
        Event::Command { by, invocation } => match invocation.path.first().map(String::as_str) {
            Some("standup") => command::run(desk, by, invocation),
            Some("hours" | "away" | "back" | "focus") => replan_all(desk, Some(&by.user)),
            _ => {}
        },
        Event::Click { by, action: action::Action::Standup(action) } => match action {
            Action::Answer(round, page) => form::open_answer(desk, &by.user, round, *page),
            Action::Skip(round) => form::open_skip(desk, &by.user, round),
            Action::Delete(id) => command::delete_for_good(desk, by, id),
            Action::Keep(id) => command::keep(desk, by, id),
            Action::List(page) => command::more_list(desk, by, *page),
            Action::Show(id, page) => command::more_of_one(desk, by, id, *page),
            Action::Receipts(round, page) => command::more_receipts(desk, by, round, *page),
        },
        Event::Submit { by, form: action::FormId::Standup(form), values } => match form {
            FormId::Answer(round, page) => form::submit_answer(desk, &by.user, round, *page, values),
            FormId::Skip(round) => {
                form::submit_skip(desk, &by.user, round, values.get("reason").map(String::as_str));
            }
            FormId::New => command::submit_new(desk, by, values),
            FormId::Edit(id) => command::submit_edit(desk, by, id, values),
        },
        Event::Submit { by, form: action::FormId::People(_), .. } => replan_all(desk, Some(&by.user)),
        Event::Said { by, message, answers, text } => {
            talk::said(desk, &by.user, message, answers.as_ref(), text);
        }
        Event::SaidEdited { by, message, text } => talk::changed(desk, Some(&by.user), message, text),
        Event::SaidDeleted { message, .. } => talk::changed(desk, None, message, ""),
        Event::Seen(seen) => see(desk, seen),
        Event::Wake(wake::Wake::Standup(wake)) => match wake {
            Wake::Plan(round) => plan::plan(desk, round),
            Wake::Prompt(entry) => ask::prompt(desk, entry),
            Wake::Remind(entry) => ask::remind(desk, entry),
            Wake::Close(round) => close::close(desk, round),
            Wake::Report(entry) => close::refresh(desk, entry),
            Wake::Publish(round) => close::publish_again(desk, round),
        },
        Event::Wake(wake::Wake::People(people::Wake::Follow { user, .. })) => replan_all(desk, Some(user)),
        Event::Settled { effect, outcome } => ask::settled(desk, effect, outcome),
        Event::Click { .. }
        | Event::Submit { .. }
        | Event::Pointed { .. }
        | Event::Wrote(_)
        | Event::Replied(_)
        | Event::TookBack { .. }
        | Event::Wake(wake::Wake::People(_) | wake::Wake::Ask(_) | wake::Wake::Later(_) | wake::Wake::Digest(_)) => {}
    })
}

/// Plans every standup at hand again, for one person or for all.
fn replan_all(desk: &mut Desk<'_, '_, '_>, only: Option<&UserId>) {
    let ids: Vec<StandupId> = desk.seen.standups.keys().cloned().collect();
    for id in ids {
        plan::replan(desk, &id, only);
    }
}

/// Deadlines of standups whose people were read just now need not be looked at any more, where they hold for all.
fn settle_all(desk: &mut Desk<'_, '_, '_>, is_about: impl Fn(&Standup) -> bool) {
    let all = desk.seen.standups.values().filter(|standup| is_about(standup));
    let ids: Vec<StandupId> = all.map(|standup| standup.id.clone()).collect();
    ids.iter().for_each(|id| deadline::settle(desk, id));
}

fn see(desk: &mut Desk<'_, '_, '_>, seen: &Seen) {
    match seen {
        Seen::Member(facts) => replan_all(desk, Some(&facts.user)),
        Seen::Joined { user, .. } | Seen::Left { user, .. } => replan_all(desk, Some(user)),
        Seen::Directory(_) | Seen::TeamDays(_) => replan_all(desk, None),
        Seen::ChannelMembers { channel, .. } => {
            replan_all(desk, None);
            settle_all(desk, |it| it.who == Who::ChannelMembers && it.channel == *channel);
        }
        Seen::GroupMembers { group, .. } => {
            replan_all(desk, None);
            settle_all(desk, |it| it.who == Who::Group(group.clone()));
        }
        Seen::Channel(facts) => {
            if facts.open && !facts.archived {
                channel_opened(desk, &facts.channel);
                let all: Vec<Standup> = desk.seen.standups.values().cloned().collect();
                for standup in all.iter().filter(|it| it.channel == facts.channel) {
                    plan::meet_channel(desk, standup);
                    // Who is in it could not be read while it was closed.
                    if !roster::known(&desk.seen, &standup.who, &standup.channel) {
                        plan::plan_next(desk, &standup.id);
                    }
                }
            } else {
                let refusal = if facts.archived { Refusal::ChannelGone } else { Refusal::NotInChannel };
                channel_shut(desk, &facts.channel, &refusal);
            }
        }
        Seen::Unavailable { errand: Errand::ChannelMembers(channel), refusal } => channel_shut(desk, channel, refusal),
        // One person's pause that began or ended; of many at once nothing is due that would not be soon.
        Seen::Pauses { asked, .. } => {
            if let [user] = &asked[..] {
                replan_all(desk, Some(user));
            }
        }
        Seen::Calendar { user, .. } => replan_all(desk, Some(user)),
        Seen::Workspace { .. }
        | Seen::Channels(_)
        | Seen::Groups(_)
        | Seen::CalendarFile { .. }
        | Seen::Unavailable { .. }
        | Seen::Locked { .. }
        | Seen::Words { .. }
        | Seen::Unlocked => {}
    }
}

/// A standup's channel was closed to the bot: its owner is told once, while there is still time to mend it.
fn channel_shut(desk: &mut Desk<'_, '_, '_>, channel: &ChannelId, refusal: &Refusal) {
    let news = |it: &&Standup| it.channel == *channel && it.state == StandupState::Active && it.shut.is_none();
    let shut: Vec<Standup> = desk.seen.standups.values().filter(news).cloned().collect();
    for standup in shut {
        let telling = Telling::ChannelClosed(standup.id.clone(), refusal.clone());
        desk.owe(super::Effect::Tell(standup.owner.clone(), telling));
        desk.put_standup(Standup { shut: Some(Shut { unposted: None }), ..standup });
    }
}

/// The bot may post in a standup's channel again: the newest report that found no place follows now.
fn channel_opened(desk: &mut Desk<'_, '_, '_>, channel: &ChannelId) {
    let was_shut = |it: &&Standup| it.channel == *channel && it.shut.is_some();
    let opened: Vec<Standup> = desk.seen.standups.values().filter(was_shut).cloned().collect();
    for standup in opened {
        place_found(desk, standup);
    }
}

/// A standup has a place for its report: what waits for one is posted.
pub(super) fn place_found(desk: &mut Desk<'_, '_, '_>, standup: Standup) {
    if let Some(date) = standup.shut.and_then(|shut| shut.unposted) {
        let round = super::RoundKey { standup: standup.id.clone(), date };
        desk.nudge(Wake::Publish(round));
    }
    desk.put_standup(Standup { shut: None, ..standup });
}
