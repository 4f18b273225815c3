//! `/jeda why`: what the bot sent to one person lately, and what for.
//!
//! Promise to everybody: nothing comes from jeda without a reason that its reader can ask for. It is read from what was
//! sent, so that it can't differ from it; nothing is kept for it.

use crate::{
    ask,
    effect::Effect,
    id::{StandupId, UserId},
    language::Language,
    message::Text,
    snapshot::Snapshot,
    standup,
    time::Zone,
};
use jiff::Timestamp;

/// Something that was sent to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub effect: Effect,
    /// When it was there.
    pub at: Timestamp,
}

/// The standup that an effect is about.
pub fn standup_of(effect: &Effect) -> Option<&StandupId> {
    use standup::{Effect as Sent, Telling};
    let Effect::Standup(sent) = effect else { return None };
    match sent {
        Sent::Prompt(entry)
        | Sent::PromptState(entry)
        | Sent::Remind(entry)
        | Sent::RemindState(entry)
        | Sent::Question(entry, _)
        | Sent::Thanks(entry)
        | Sent::Tell(_, Telling::ClosedMeanwhile(entry)) => Some(&entry.round.standup),
        Sent::Report(round, _) | Sent::Observe(round, ..) => Some(&round.standup),
        Sent::Tell(_, Telling::Welcome(id) | Telling::ChannelClosed(id, _) | Telling::DeadlineTooEarly(id)) => Some(id),
        Sent::Tell(_, Telling::NothingOpen) => None,
    }
}

/// What somebody was told lately, a line each with its reason, the newest first, and when that was. What stands in a channel
/// and asks them counts too. Edits, and answers to what they did themselves, don't.
pub(crate) fn lately(seen: &Snapshot, user: &UserId, language: Language, zone: &Zone) -> Vec<(Timestamp, Text)> {
    let sent = seen
        .told
        .iter()
        .filter_map(|told| crate::copy::told::sent(language, seen, user, told, zone).map(|line| (told.at, line)));
    let asked = seen.asks.values().filter_map(|ask| {
        let posted = ask.posted.as_ref().filter(|_| waits_for(ask, user))?;
        Some((posted.at, crate::copy::told::asked(language, ask, user, posted.at, zone)?))
    });
    let mut all: Vec<(Timestamp, Text)> = sent.chain(asked).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.truncate(crate::limit::TOLD_SHOWN);
    all
}

fn waits_for(ask: &ask::Ask, user: &UserId) -> bool {
    ask.is_open() && ask.people.get(user).is_some_and(|asked| !asked.has_answered())
}
