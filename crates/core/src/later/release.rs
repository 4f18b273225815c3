//! A message at the moment at which it goes out: the hours of that moment count, not those in which it was written.

use super::{Effect, Later, LaterId, Letter, State, To, Why, Words, due, hold};
use crate::{
    copy::later as words,
    effect::{Outgoing, Owed, Target},
    event::Refusal,
    id::ChannelId,
    limit::{LATER_CHARS_MAX, LATER_LATE_MINUTES, LATER_WORDS_MINUTES_MAX},
    people::{self, Member},
    receipt,
    release::Release,
    snapshot::{Need, Snapshot},
    time,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Until a delivery looks again whether its words are here.
const WORDS_LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(2);

/// Rows that releasing this effect needs.
pub fn release_needs(effect: &Effect) -> BTreeSet<Need> {
    let id = || effect.id().clone();
    match effect {
        Effect::Repost { .. } => [Need::Held(id())].into(),
        Effect::TellHeld { judged, author, .. } => {
            [Need::Later(id()), Need::JudgedWhole(judged.clone()), Need::Norms, Need::Places(author.clone())].into()
        }
        Effect::Deliver { .. } | Effect::Return { .. } | Effect::TakeBack { .. } => [Need::Later(id())].into(),
    }
}

/// Whether it may go out now, and in which words.
pub fn release(snapshot: &Snapshot, owed: &Owed, effect: &Effect, now: Timestamp) -> Release {
    let Some(later) = snapshot.laters.get(effect.id()) else { return obsolete() };
    let (to, message) = match (effect, &later.state) {
        (Effect::Deliver { turn, .. }, State::Waiting(letter)) if letter.turn == *turn => {
            if let Some(again) = words_to_come(letter, now) {
                return Release::Wait(again);
            }
            let target = match &letter.to {
                To::Member(_) => to_member(snapshot, letter, now),
                To::Channel(_) => to_channel(snapshot, letter, now),
            };
            match target {
                Ok(target) => (target, delivered(snapshot, later, letter)),
                Err(not_now) => return not_now.into(),
            }
        }
        (Effect::Return { part, .. }, State::Back { letter, why, since }) => {
            match back_to(snapshot, later, letter, *since, now) {
                Ok((target, author)) => {
                    let language = author.language(&snapshot.workspace);
                    let zone = author.zone(&snapshot.workspace);
                    let pieces = pieces(letter);
                    let Some(piece) = pieces.get(*part as usize) else { return obsolete() };
                    (target, words::returned(language, letter, piece, *part == 0, why, &zone))
                }
                Err(not_now) => return not_now.into(),
            }
        }
        (Effect::TakeBack { .. }, State::Taking(letter)) => match hold::take_back(letter) {
            Some(target) => (target, crate::message::Message::default()),
            None => return obsolete(),
        },
        (Effect::TellHeld { judged, .. }, _) => match hold::tell(snapshot, later, judged) {
            Ok(told) => told,
            Err(why) => return Release::Skip(why),
        },
        (Effect::Repost { turn, part, .. }, State::Posting(posting)) if posting.is_next(*turn, *part) => {
            match hold::repost(snapshot, later, posting, *part, now) {
                Ok(posted) => posted,
                Err(why) => return Release::Skip(why),
            }
        }
        // It was taken back, moved, or has come to its end.
        _ => return obsolete(),
    };
    let (key, workspace) = (owed.key.clone(), owed.workspace.clone());
    Release::Send(Outgoing { key, workspace, to, subject: None, message, silent: false })
}

/// When to look again while a message's words are being read; none where they are here, or took too long.
fn words_to_come(letter: &Letter, now: Timestamp) -> Option<Timestamp> {
    let of = letter.of.as_ref()?;
    let is_late = now.duration_since(letter.due_at) >= SignedDuration::from_mins(LATER_WORDS_MINUTES_MAX);
    (of.words == Words::Asked && !is_late).then(|| now + WORDS_LOOK_AGAIN)
}

/// What keeps a message from going out.
enum NotNow {
    /// It goes then at the earliest.
    Until(Timestamp),
    /// It can't be delivered.
    Never(receipt::Why),
}

impl From<NotNow> for Release {
    fn from(it: NotNow) -> Self {
        match it {
            NotNow::Until(at) => Self::Wait(at),
            NotNow::Never(why) => Self::Skip(why),
        }
    }
}

fn obsolete() -> Release {
    never(people::Why::Obsolete).into()
}

fn never(why: people::Why) -> NotNow {
    NotNow::Never(receipt::Why::People(why))
}

/// Where a person gets it; otherwise what keeps it from them.
fn to_member(snapshot: &Snapshot, letter: &Letter, now: Timestamp) -> Result<Target, NotNow> {
    let member = reachable(due::reader(snapshot, &letter.to))?;
    match next_hours(snapshot, member, now) {
        Some(at) if at <= now => Ok(Target::Direct(member.user.clone())),
        Some(at) => Err(NotNow::Until(at)),
        None if now >= due::last(letter.not_before) => Err(NotNow::Never(receipt::Why::Later(Why::NoHours))),
        None => Err(NotNow::Until(due::look_again(now))),
    }
}

/// The words as they are given back: what is longer than one message holds, in several.
fn pieces(letter: &Letter) -> Vec<&str> {
    let pieces = hold::parts(&letter.text, LATER_CHARS_MAX);
    if pieces.is_empty() { vec![""] } else { pieces }
}

/// Whether more of it is to be given back after this piece.
pub(super) fn has_more(letter: &Letter, part: u32) -> bool {
    pieces(letter).len() > part as usize + 1
}

/// The author, when they can be given something back. Whose direct messages are closed may open them; what was held is
/// given back in a thread meanwhile, where there is such a place.
fn back_to<'s>(
    snapshot: &'s Snapshot,
    later: &Later,
    letter: &Letter,
    since: Timestamp,
    now: Timestamp,
) -> Result<(Target, &'s Member), NotNow> {
    let mut aside = None;
    let author = match (snapshot.members.get(&later.author), now < due::last(since)) {
        (Some(author), _) if author.active && author.direct_closed && stands_in(snapshot, letter).is_some() => {
            aside = stands_in(snapshot, letter);
            author
        }
        (Some(author), true) if author.active && author.direct_closed => {
            return Err(NotNow::Until(due::look_again(now)));
        }
        (author, _) => reachable(author)?,
    };
    let target = match aside {
        Some(channel) => Target::Aside { channel, user: author.user.clone() },
        None => Target::Direct(author.user.clone()),
    };
    match next_hours(snapshot, author, now) {
        Some(at) if at <= now => Ok((target, author)),
        Some(at) => Err(NotNow::Until(at)),
        None => Err(NotNow::Until(due::look_again(now))),
    }
}

/// Where a thread can stand in for the direct messages of a held message's author.
fn stands_in(snapshot: &Snapshot, letter: &Letter) -> Option<ChannelId> {
    let channel = &letter.held.as_ref().and(letter.of.as_ref())?.spot.channel;
    let is_open = snapshot.channels.get(channel).is_none_or(|channel| channel.open && !channel.archived);
    (snapshot.workspace.capabilities.aside && is_open).then(|| channel.clone())
}

fn reachable(member: Option<&Member>) -> Result<&Member, NotNow> {
    match member.filter(|member| member.active && !member.bot) {
        None => Err(never(people::Why::MemberGone)),
        Some(member) if member.direct_closed => Err(never(people::Why::Refused(Refusal::DirectMessagesClosed))),
        Some(member) => Ok(member),
    }
}

fn next_hours(snapshot: &Snapshot, member: &Member, now: Timestamp) -> Option<Timestamp> {
    member.declared(&snapshot.workspace).next_working(now)
}

/// A channel gets it at its time. Where that time has long passed, as after a night in which jeda didn't run, it waits
/// for the team's hours.
fn to_channel(snapshot: &Snapshot, letter: &Letter, now: Timestamp) -> Result<Target, NotNow> {
    let To::Channel(id) = &letter.to else { return Err(never(people::Why::Obsolete)) };
    match snapshot.channels.get(id) {
        Some(channel) if channel.archived => return Err(never(people::Why::Refused(Refusal::ChannelGone))),
        Some(channel) if channel.open => {}
        _ => return Err(never(people::Why::Refused(Refusal::NotInChannel))),
    }
    let is_late = now.duration_since(letter.due_at) > SignedDuration::from_mins(LATER_LATE_MINUTES);
    match snapshot.workspace.declared().next_working(now) {
        Some(at) if is_late && at > now => Err(NotNow::Until(at)),
        _ => Ok(Target::Channel(id.clone())),
    }
}

/// Who wrote it and when, and the words.
fn delivered(snapshot: &Snapshot, later: &Later, letter: &Letter) -> crate::message::Message {
    let workspace = &snapshot.workspace;
    let name = snapshot.members.get(&later.author).map_or(later.author.as_str(), |author| &author.name);
    match due::reader(snapshot, &letter.to) {
        Some(reader) => {
            let author = (reader.user != later.author).then_some(&later.author);
            let spot = letter.of.as_ref().map(|of| &of.spot);
            let link = spot.and_then(|spot| workspace.link_to(&spot.channel, &spot.message));
            words::delivered(reader.language(workspace), author, letter, link, &reader.zone(workspace))
        }
        None => words::posted(workspace.language, name, letter, &workspace.zone),
    }
}

/// Whether it went out in time, and if not why: their hours, or jeda and the platform.
pub(super) fn lateness(snapshot: &Snapshot, letter: &Letter, at: Timestamp) -> receipt::What {
    if at.duration_since(letter.due_at) <= SignedDuration::from_mins(LATER_LATE_MINUTES) {
        return receipt::What::Sent;
    }
    let workspace = &snapshot.workspace;
    let was_at_work = due::reader(snapshot, &letter.to)
        .is_none_or(|reader| reader.declared(workspace).at(letter.due_at).state == time::State::Working);
    let why = if was_at_work { people::Why::Downtime } else { people::Why::Quiet };
    receipt::What::SentLate(receipt::Why::People(why))
}

/// The delivery of a message, due then.
pub(super) fn deliver(later: &LaterId, letter: &Letter) -> (String, Effect) {
    let lane = match &letter.to {
        To::Member(user) => crate::effect::dm_lane(user),
        To::Channel(channel) => crate::effect::channel_lane(channel),
    };
    (lane, Effect::Deliver { id: later.clone(), turn: letter.turn })
}
