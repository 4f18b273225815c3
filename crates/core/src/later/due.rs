//! When a message goes out: inside its reader's hours, and not before the time that its author named.

use super::{Letter, To};
use crate::{
    limit::LATER_DAYS_MAX,
    people::Member,
    snapshot::Snapshot,
    time::{Declared, State, TimeError, parse_moment},
};
use jiff::{Timestamp, ToSpan};

/// Why a time can't be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It can't be read, has passed, or never comes.
    Time(TimeError),
    /// It is too far ahead.
    Far,
}

/// Not before that: what the author named, on the reader's own clock; without it now. To oneself and to a channel,
/// where now would mean that nobody needed jeda for it, it is when the next working time begins.
pub(super) fn not_before(
    snapshot: &Snapshot,
    author: &Member,
    to: &To,
    when: Option<&str>,
    now: Timestamp,
) -> Result<Timestamp, Trouble> {
    let workspace = &snapshot.workspace;
    let reader = reader(snapshot, to);
    let Some(when) = when else {
        return Ok(match (reader, to) {
            (Some(reader), _) if reader.user != author.user => now,
            (Some(reader), _) => next_start(reader.declared(workspace), now).unwrap_or(now),
            (None, _) => next_start(workspace.declared(), now).unwrap_or(now),
        });
    };
    let zone = reader.unwrap_or(author).zone(workspace);
    let at = parse_moment(when, &zone, now).map_err(Trouble::Time)?;
    if at > last(now) {
        return Err(Trouble::Far);
    }
    let local = at.to_zoned(zone.tz());
    let is_whole_day = local.start_of_day().is_ok_and(|start| start == local);
    Ok(match to {
        // A day without a time is that day's working time.
        To::Channel(_) if is_whole_day => workspace.declared().next_working(at).unwrap_or(at),
        _ => at,
    })
}

/// When it is expected to go out, as hours and leave are declared now; none when nobody knows.
pub(super) fn expected(snapshot: &Snapshot, letter: &Letter, now: Timestamp) -> Option<Timestamp> {
    let workspace = &snapshot.workspace;
    let from = letter.not_before.max(now);
    match reader(snapshot, &letter.to) {
        Some(reader) => reader.declared(workspace).next_working(from),
        None => Some(from),
    }
}

/// Whose hours it waits for; nobody's in a channel.
pub(super) fn reader<'s>(snapshot: &'s Snapshot, to: &To) -> Option<&'s Member> {
    match to {
        To::Member(user) => snapshot.members.get(user),
        To::Channel(_) => None,
    }
}

/// The last instant for which a message may wait from then on.
pub(super) fn last(from: Timestamp) -> Timestamp {
    from.checked_add((LATER_DAYS_MAX * 24).hours()).unwrap_or(Timestamp::MAX)
}

/// When somebody is looked at again who can't be reached, or of whom nobody knows when they work: in a day.
pub(super) fn look_again(now: Timestamp) -> Timestamp {
    now.checked_add(24.hours()).unwrap_or(Timestamp::MAX)
}

/// When working time begins after this one, or after this time off.
fn next_start(declared: Declared<'_>, now: Timestamp) -> Option<Timestamp> {
    let present = declared.at(now);
    let from = if present.state == State::Working { present.until? } else { now };
    declared.next_working(from)
}
