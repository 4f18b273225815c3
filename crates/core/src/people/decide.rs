//! What happens to people, channels and workspaces: who speaks, what the platform tells, and what they ask for.

use super::{Change, Code, Effect, Member, Trouble, agenda, desk, facts, person, when};
use crate::{
    action, change,
    command::Invocation,
    decide::{Cause, Decision},
    effect::{self, Owed, dm_lane, errand_lane},
    event::{Errand, Event, Origin, Outcome, Refusal, Seen},
    id::UserId,
    receipt::{What, Why},
    snapshot::{Need, Snapshot},
    wake::{Wake, WakeChange},
};
use std::{borrow::Cow, collections::BTreeSet};

/// Rows that people's decisions need for this event.
pub fn needs(event: &Event) -> BTreeSet<Need> {
    let mut needs = BTreeSet::new();
    if let Some(by) = event.by() {
        needs.insert(Need::Member(by.user.clone()));
    }
    match event {
        Event::Command { invocation, .. } if invocation.is(&["when"]) => when::needs(invocation, &mut needs),
        Event::Command { by, invocation } if desk::is_of_person(invocation) => {
            needs.insert(Need::PersonOf(by.user.clone()));
            if invocation.is(&["jeda", "link"]) {
                needs.insert(match invocation.arg("code") {
                    None => Need::Chance,
                    Some(typed) => Code::typed(typed).map_or(Need::PersonOf(by.user.clone()), Need::Offer),
                });
            }
        }
        Event::Submit { by, form: action::FormId::People(_), .. } => {
            needs.insert(Need::PersonOf(by.user.clone()));
        }
        Event::Wake(Wake::People(
            super::Wake::Follow { user, .. } | super::Wake::Profile { user } | super::Wake::Calendar { user, .. },
        )) => {
            needs.extend([Need::Member(user.clone()), Need::PersonOf(user.clone())]);
        }
        Event::Seen(Seen::Calendar { user, .. } | Seen::CalendarFile { user, .. }) => {
            needs.extend([Need::Member(user.clone()), Need::PersonOf(user.clone())]);
        }
        Event::Seen(seen) => facts::needs(seen, &mut needs),
        Event::Wake(Wake::People(super::Wake::Refresh)) => {
            needs.extend([Need::Standups, Need::Channels, Need::Norms]);
        }
        Event::Settled { effect, .. } => {
            needs.extend(effect.dm_user().map(Need::Member));
            needs.extend(effect.lane_channel().map(Need::Channel));
            match &effect.effect {
                effect::Effect::People(
                    Effect::AskZone(user) | Effect::Linked { user, .. } | Effect::Calendar { user, .. },
                ) => {
                    needs.insert(Need::Member(user.clone()));
                }
                effect::Effect::People(Effect::TellAdmin { .. }) => {
                    needs.insert(Need::Admins);
                }
                effect::Effect::Standup(_)
                | effect::Effect::Norm(_)
                | effect::Effect::Later(_)
                | effect::Effect::Ask(_)
                | effect::Effect::Digest(_)
                | effect::Effect::Errand(_) => {}
            }
        }
        _ => {}
    }
    needs
}

/// What an event changes about people. Returns the snapshot as later features shall see it: with these changes in it.
///
/// Answers `/hours`, `/away`, `/back`, `/jeda`, and every command that doesn't exist, whoever's it would be. Words
/// that could not be read in an existing command of another feature are that feature's to refuse
/// ([`copy::command::refusal`](crate::copy::command::refusal)).
pub fn decide<'s>(snapshot: &'s Snapshot, event: &Event, cause: &mut Cause<'_>) -> (Decision, Cow<'s, Snapshot>) {
    let mut draft = Draft { seen: Cow::Borrowed(snapshot), decision: Decision::default() };
    if let Some(by) = event.by() {
        meet(&mut draft, by, cause);
        person::catch_up_if_known(&mut draft, &by.user);
    }
    match event {
        Event::Command { by, invocation } => {
            desk::command(&mut draft, by, invocation, cause);
            if is_standup(invocation) {
                ask_zone(&mut draft, &by.user, cause);
            }
        }
        Event::Click { by, action: action::Action::People(action) } => desk::click(&mut draft, by, action),
        Event::Submit { by, form: action::FormId::People(form), values } => {
            desk::submit(&mut draft, by, form, values);
        }
        Event::Submit { by, form: action::FormId::Standup(_), .. } => ask_zone(&mut draft, &by.user, cause),
        Event::Seen(Seen::Calendar { user, feed, reading }) => {
            person::catch_up_if_known(&mut draft, user);
            agenda::read(&mut draft, user, feed, reading, cause);
        }
        Event::Seen(Seen::CalendarFile { user, file }) => {
            person::catch_up_if_known(&mut draft, user);
            agenda::found(&mut draft, user, file, cause);
        }
        Event::Seen(seen) => facts::see(&mut draft, seen, cause),
        Event::Wake(Wake::People(wake)) => match wake {
            super::Wake::Refresh => facts::refresh(&mut draft, cause),
            super::Wake::Follow { user, joined } => person::follow(&mut draft, user, joined.as_ref(), cause),
            super::Wake::Profile { user } => person::profile(&mut draft, user, cause),
            super::Wake::Calendar { user, feed } => {
                person::catch_up_if_known(&mut draft, user);
                agenda::due(&mut draft, user, feed, cause);
            }
        },
        Event::Settled { effect, outcome } => settled(&mut draft, effect, outcome, cause),
        Event::Click { .. }
        | Event::Submit { .. }
        | Event::Pointed { .. }
        | Event::Said { .. }
        | Event::SaidEdited { .. }
        | Event::SaidDeleted { .. }
        | Event::Wrote(_)
        | Event::Replied(_)
        | Event::TookBack { .. }
        | Event::Wake(Wake::Standup(_) | Wake::Ask(_) | Wake::Later(_) | Wake::Digest(_)) => {}
    }
    if let Some(user) = of_hours(event) {
        person::share(&mut draft, user, cause);
        agenda::zone_moved(&mut draft, user, snapshot.members.get(user), cause);
    }
    (draft.decision, draft.seen)
}

/// Whose hours may be others after this.
fn of_hours(event: &Event) -> Option<&UserId> {
    match event {
        Event::Seen(Seen::Calendar { user, .. } | Seen::CalendarFile { user, .. }) => Some(user),
        Event::Wake(Wake::People(super::Wake::Follow { user, .. } | super::Wake::Profile { user })) => Some(user),
        Event::Seen(Seen::Member(facts)) => Some(&facts.user),
        _ => event.by().map(|by| &by.user),
    }
}

fn is_standup(invocation: &Invocation) -> bool {
    invocation.path.first().is_some_and(|root| root == "standup") && crate::command::find(&invocation.path).is_some()
}

/// A decision in the making, and the snapshot with it applied.
pub(super) struct Draft<'s> {
    pub(super) seen: Cow<'s, Snapshot>,
    pub(super) decision: Decision,
}

impl Draft<'_> {
    /// The member's row as it will be.
    pub(super) fn member(&self, user: &UserId) -> Member {
        self.seen.members.get(user).cloned().unwrap_or_else(|| Member::unknown(user.clone()))
    }

    /// Writes a member's row, when anything in it is different. A row is written once a decision.
    pub(super) fn put_member(&mut self, member: Member) {
        if self.seen.members.get(&member.user) == Some(&member) {
            return;
        }
        let user = member.user.clone();
        self.decision.changes.retain(
            |change| !matches!(change, change::Change::People(Change::Member(earlier)) if earlier.user == user),
        );
        self.put(Change::Member(Box::new(member)));
    }

    /// Writes a change, and sees it.
    pub(super) fn put(&mut self, change: Change) {
        super::apply(self.seen.to_mut(), &change);
        self.decision.changes.push(change::Change::People(change));
    }

    /// Owes an errand, now.
    pub(super) fn ask(&mut self, errand: Errand, cause: &mut Cause<'_>) {
        let owed = cause.owe(errand_lane(&errand), cause.now, effect::Effect::Errand(errand));
        self.decision.effects.push(owed);
    }

    /// Owes a message to a person, now; `release` sees to their hours.
    pub(super) fn owe(&mut self, user: &UserId, effect: Effect, cause: &mut Cause<'_>) {
        let owed = cause.owe(dm_lane(user), cause.now, effect::Effect::People(effect));
        self.decision.effects.push(owed);
    }

    /// Sets a wake.
    pub(super) fn wake(&mut self, wake: WakeChange) {
        self.decision.wakes.push(wake);
    }

    /// Tells one administrator: the first by id who can be reached and comes after `after`. With `after` set to the
    /// one who could not be reached, each is tried once and no more.
    pub(super) fn tell_admin(&mut self, trouble: Trouble, after: Option<&UserId>, cause: &mut Cause<'_>) {
        let able = |member: &&Member| member.admin && member.active && !member.bot && !member.direct_closed;
        let next = self.seen.members.values().filter(able).map(|member| &member.user);
        let Some(admin) = next.filter(|user| after.is_none_or(|after| *user > after)).min().cloned() else { return };
        self.owe(&admin.clone(), Effect::TellAdmin { admin, trouble }, cause);
    }
}

/// Takes in what the platform said in passing of whoever did something. Writes nothing when nothing is new.
fn meet(draft: &mut Draft<'_>, by: &Origin, cause: &mut Cause<'_>) {
    let known = draft.seen.members.contains_key(&by.user);
    let mut member = draft.member(&by.user);
    if let Some(name) = &by.name {
        member.name.clone_from(name);
    }
    member.language = by.language.or(member.language);
    member.admin = by.admin.unwrap_or(member.admin);
    // Whoever acts is there, whatever the directory said last.
    member.active = true;
    draft.put_member(member);
    if !known {
        draft.ask(Errand::Member(by.user.clone()), cause);
    }
}

/// Asks a member for their zone where profiles carry none, theirs is only a guess, and nobody asked before.
///
/// For a feature that is about to ask something of a member at a time of day. Returns the member's row and the owed
/// message to add to the decision; empty when there is nothing to ask. People's own decisions call it when somebody
/// runs a standup command or sends a standup's form: they are there then, and not in the middle of a dialog.
pub fn ask_zone_if_needed(snapshot: &Snapshot, user: &UserId, cause: &mut Cause<'_>) -> Decision {
    let mut draft = Draft { seen: Cow::Borrowed(snapshot), decision: Decision::default() };
    ask_zone(&mut draft, user, cause);
    draft.decision
}

fn ask_zone(draft: &mut Draft<'_>, user: &UserId, cause: &mut Cause<'_>) {
    let Some(member) = draft.seen.members.get(user) else { return };
    let closed = member.zone_asked || member.direct_closed || member.bot || !member.active;
    if draft.seen.workspace.capabilities.profile_zone || !member.zone_guessed() || closed {
        return;
    }
    let asked = Member { zone_asked: true, ..member.clone() };
    draft.put_member(asked);
    draft.owe(user, Effect::AskZone(user.clone()), cause);
}

/// What the end of an effect tells about people and channels, and the receipt of our own.
fn settled(draft: &mut Draft<'_>, owed: &Owed, outcome: &Outcome, cause: &mut Cause<'_>) {
    if let Outcome::Refused(refusal) = outcome {
        learn(draft, owed, refusal);
    }
    let effect::Effect::People(effect) = &owed.effect else { return };
    let (what, reached) = match outcome {
        Outcome::Sent(_) | Outcome::Answered => (What::Sent, true),
        Outcome::Refused(refusal) => (What::Skipped(Why::People(super::Why::Refused(refusal.clone()))), false),
        Outcome::Skipped(why) => (What::Skipped(why.clone()), false),
    };
    draft.decision.receipts.push(cause.receipt(effect.subject(), what));
    if reached {
        return;
    }
    match effect {
        Effect::TellAdmin { admin, trouble } => draft.tell_admin(trouble.clone(), Some(admin), cause),
        // Whoever was on leave is asked when they are back and do something here again.
        Effect::AskZone(user) if matches!(outcome, Outcome::Skipped(Why::People(super::Why::Away(_)))) => {
            draft.put_member(Member { zone_asked: false, ..draft.member(user) });
        }
        Effect::AskZone(_) | Effect::Linked { .. } | Effect::Calendar { .. } => {}
    }
}

/// What a refusal tells of the one whom, or the channel that, it was owed to.
fn learn(draft: &mut Draft<'_>, owed: &Owed, refusal: &Refusal) {
    if let Some(member) = owed.dm_user().and_then(|user| draft.seen.members.get(&user).cloned()) {
        match refusal {
            Refusal::DirectMessagesClosed => draft.put_member(Member { direct_closed: true, ..member }),
            Refusal::MemberGone => draft.put_member(Member { active: false, ..member }),
            _ => {}
        }
    }
    if let Some(channel) = owed.lane_channel() {
        facts::closed(draft, &channel, refusal);
    }
}

/// Whether somebody's own working time may be another after this.
pub(crate) fn sets_hours(event: &Event) -> bool {
    match event {
        Event::Command { invocation, .. } => {
            invocation.is(&["away"])
                || invocation.is(&["back"])
                || (invocation.is(&["hours"])
                    && (invocation.arg("hours").is_some() || invocation.arg("calendar").is_some()))
        }
        Event::Submit { form: action::FormId::People(super::FormId::Hours), .. } => true,
        _ => false,
    }
}
