//! A held message at the moments at which something of it goes out: away from its channel, to its author, and back.

use super::{Held, Leaves, Posting, decide::judged_anew, parts};
use crate::{
    copy::{later as words, norm as norm_words},
    effect::{InNameOf, Target},
    event::Refusal,
    later::{Later, Letter, State, Why},
    limit::{HELD_PART_UNITS_MAX, TAKE_BACK_MINUTES_MAX},
    message::Message,
    norm::{JudgedId, can_be_urgent},
    people, receipt,
    snapshot::Snapshot,
};
use jiff::{Timestamp, ToSpan};

/// Away from where it stands. How late that is, the adapter looks at last: what may have been taken back already has to
/// be asked for, however late.
pub(in crate::later) fn take_back(letter: &Letter) -> Option<Target> {
    let of = letter.of.as_ref()?;
    let not_after = letter.not_before.checked_add(TAKE_BACK_MINUTES_MAX.minutes()).unwrap_or(Timestamp::MAX);
    Some(Target::TakeBack { spot: of.spot.clone(), at: letter.written_at, not_after })
}

/// To its author, who has just written: their own hours are no reason to wait.
pub(in crate::later) fn tell(
    snapshot: &Snapshot,
    later: &Later,
    judged: &JudgedId,
) -> Result<(Target, Message), receipt::Why> {
    let obsolete = || receipt::Why::People(people::Why::Obsolete);
    let State::Waiting(letter) = &later.state else { return Err(obsolete()) };
    let (Some(held), Some(of)) = (letter.held.as_deref(), &letter.of) else { return Err(obsolete()) };
    let gone = || receipt::Why::People(people::Why::MemberGone);
    let workspace = &snapshot.workspace;
    let author = snapshot.members.get(&later.author).filter(|it| it.active && !it.bot).ok_or_else(gone)?;
    let target = match author.direct_closed {
        false => Target::Direct(author.user.clone()),
        true if workspace.capabilities.aside => {
            Target::Aside { channel: of.spot.channel.clone(), user: author.user.clone() }
        }
        true => return Err(receipt::Why::People(people::Why::Refused(Refusal::DirectMessagesClosed))),
    };
    let judged = snapshot.judged.get(judged);
    let is_urgent = judged.is_some() && can_be_urgent(snapshot, &of.spot.channel, &author.user);
    let (language, zone) = (author.language(workspace), author.zone(workspace));
    let message = norm_words::held(language, later, letter, held, judged, is_urgent, &snapshot.members, &zone);
    Ok((target, message))
}

/// Back where it was written, piece by piece.
pub(in crate::later) fn repost(
    snapshot: &Snapshot,
    later: &Later,
    posting: &Posting,
    part: u32,
    now: Timestamp,
) -> Result<(Target, Message), receipt::Why> {
    let obsolete = receipt::Why::People(people::Why::Obsolete);
    let letter = &posting.letter;
    let (Some(held), Some(of)) = (letter.held.as_deref(), &letter.of) else { return Err(obsolete) };
    if snapshot.channels.get(&of.spot.channel).is_some_and(|channel| channel.archived) {
        return Err(receipt::Why::People(people::Why::Refused(Refusal::ChannelGone)));
    }
    if part == 0 && held.leaves != Leaves::Urgent {
        let anew = judged_anew(snapshot, later, held, &of.spot.channel, now);
        if posting.mentions.iter().any(|user| anew.is_spared(user)) {
            return Err(receipt::Why::Later(Why::Turned));
        }
    }
    let all = parts(&held.raw, HELD_PART_UNITS_MAX);
    let Some(piece) = all.get(part as usize) else { return Err(obsolete) };
    let named = crate::later::said::members(piece);
    let target = InNameOf {
        channel: of.spot.channel.clone(),
        thread: of.spot.thread.clone(),
        name: held.name.clone(),
        face: held.face.clone(),
        words: (*piece).to_owned(),
        mentions: posting.mentions.intersection(&named).cloned().collect(),
    };
    let is_last = part as usize + 1 == all.len();
    let below = if is_last { below(snapshot, letter, held) } else { Message::default() };
    Ok((Target::InNameOf(Box::new(target)), below))
}

/// Below it: when it was written, and what it answers.
fn below(snapshot: &Snapshot, letter: &Letter, held: &Held) -> Message {
    let workspace = &snapshot.workspace;
    let answers = letter.of.as_ref().zip(held.answers.as_ref());
    let link = answers.and_then(|(of, message)| {
        let place = of.spot.thread.as_ref().map_or(of.spot.channel.as_str(), |thread| thread.as_str());
        workspace.link_to(&place.into(), message)
    });
    words::held_below(workspace.language, letter, link, &workspace.zone)
}
