//! `/later`: what somebody wants delivered, and to whom.

use super::{Later, LaterId, Letter, State, To, due, own, said};
use crate::{
    command::Invocation,
    copy::{self, later as words},
    decide::{Cause, Decision},
    event::Origin,
    id::{ChannelId, UserId},
    language::Language,
    limit::{LATER_CHARS_MAX, LATERS_WAITING_MAX},
    message::{Message, Reply},
    people::Member,
    snapshot::{LaterRef, Need, Snapshot},
};
use std::collections::BTreeSet;

/// Whether a command is answered here.
pub fn answers(invocation: &Invocation) -> bool {
    invocation.path.first().is_some_and(|root| root == "later") && crate::command::find(&invocation.path).is_some()
}

/// Rows that a command needs.
pub(super) fn needs(by: &Origin, invocation: &Invocation) -> BTreeSet<Need> {
    let mut needs = BTreeSet::from([Need::Member(by.user.clone())]);
    needs.extend(invocation.arg("text").map(said::needs).unwrap_or_default());
    if invocation.is(&["later", "send"]) {
        needs.insert(Need::LatersOf(by.user.clone()));
        needs.extend(invocation.arg("to").and_then(user_id).map(|user| Need::People([user].into())));
        if invocation.arg("channel").is_some() {
            needs.extend([Need::Channels, Need::Places(by.user.clone())]);
        }
    } else if invocation.is(&["later", "list"]) {
        needs.insert(Need::LatersOf(by.user.clone()));
    } else if let Some(number) = invocation.arg("number").and_then(own::number) {
        needs.insert(Need::LaterToChange(LaterRef::Number(by.user.clone(), number)));
    }
    needs
}

/// A person as `<@U1>`.
fn user_id(text: &str) -> Option<UserId> {
    let id = text.trim().strip_prefix("<@")?.strip_suffix('>')?;
    (!id.is_empty() && !id.starts_with('&')).then(|| UserId::new(id.trim_start_matches('!')))
}

/// Who asks, as their answers need it.
pub(super) struct Asking<'a> {
    pub(super) seen: &'a Snapshot,
    pub(super) by: &'a Origin,
    pub(super) author: &'a Member,
    pub(super) language: Language,
}

impl<'a> Asking<'a> {
    pub(super) fn of(seen: &'a Snapshot, by: &'a Origin) -> Option<Self> {
        let author = seen.members.get(&by.user)?;
        Some(Self { seen, by, author, language: author.language(&seen.workspace) })
    }
}

pub(super) fn decide(snapshot: &Snapshot, by: &Origin, invocation: &Invocation, cause: &mut Cause<'_>) -> Decision {
    let Some(asking) = Asking::of(snapshot, by) else { return Decision::default() };
    let done = if let Some(refusal) = copy::command::refusal(asking.language, invocation) {
        Err(refusal)
    } else if invocation.is(&["later", "send"]) {
        send(&asking, invocation, cause)
    } else if invocation.is(&["later", "list"]) {
        Err(own::list(&asking, cause.now))
    } else {
        own::one(&asking, invocation, cause)
    };
    done.unwrap_or_else(|say| Decision::reply(Reply::Say(say)))
}

/// Takes a message, or says why not.
fn send(asking: &Asking<'_>, invocation: &Invocation, cause: &mut Cause<'_>) -> Result<Decision, Message> {
    let (seen, language) = (asking.seen, asking.language);
    let to = recipient(asking, invocation)?;
    let text = text(asking, invocation)?.ok_or_else(|| words::no_text(language))?;
    let mine = || seen.laters.values().filter(|later| later.author == asking.author.user);
    if mine().filter(|later| later.letter().is_some()).count() >= LATERS_WAITING_MAX {
        return Err(words::too_many(language));
    }
    let not_before = due::not_before(seen, asking.author, &to, invocation.arg("when"), cause.now)
        .map_err(|trouble| time_trouble(language, &trouble))?;
    let mut letter =
        Letter { to, text, written_at: cause.now, not_before, due_at: not_before, turn: 0, of: None, held: None };
    let expected = due::expected(seen, &letter, cause.now);
    letter.due_at = expected.unwrap_or(not_before);
    let later = Later {
        id: LaterId::derived(&format!("later/{}/{}", cause.workspace, cause.key)),
        number: mine().map(|later| later.number).max().unwrap_or(0) + 1,
        author: asking.author.user.clone(),
        state: State::Waiting(letter.clone()),
    };
    let say = words::taken(language, &later, &letter, &own::when(asking, &letter, cause.now));
    let mut decision = Decision::reply(Reply::Say(say));
    decision.owe_delivery(&later.id, &letter, cause);
    decision.put_later(later);
    Ok(decision)
}

pub(super) fn time_trouble(language: Language, trouble: &due::Trouble) -> Message {
    match trouble {
        due::Trouble::Time(error) => words::time_trouble(language, error),
        due::Trouble::Far => words::too_far(language),
    }
}

/// The words that were given, as their author saw them; none where none were.
pub(super) fn text(asking: &Asking<'_>, invocation: &Invocation) -> Result<Option<String>, Message> {
    let Some(given) = invocation.arg("text").map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = said::readable(given, asking.seen);
    let length = text.chars().count();
    if length > LATER_CHARS_MAX {
        return Err(words::too_long(asking.language, length));
    }
    Ok(Some(text))
}

/// To whom: one person, or one channel.
fn recipient(asking: &Asking<'_>, invocation: &Invocation) -> Result<To, Message> {
    let language = asking.language;
    match (invocation.arg("to"), invocation.arg("channel")) {
        (Some(to), None) => person(asking, to).map(To::Member),
        (None, Some(given)) => channel(asking, given).map(To::Channel),
        (Some(_), Some(_)) => Err(words::one_recipient(language)),
        (None, None) => Err(words::no_recipient(language)),
    }
}

fn person(asking: &Asking<'_>, given: &str) -> Result<UserId, Message> {
    let language = asking.language;
    if given.starts_with("<&") || given.split_whitespace().count() > 1 {
        return Err(words::one_recipient(language));
    }
    let user = user_id(given).ok_or_else(|| words::person_unknown(language, given))?;
    let workspace = &asking.seen.workspace;
    match asking.seen.members.get(&user) {
        _ if workspace.bot.as_ref() == Some(&user) => Err(words::to_a_bot(language, &user)),
        Some(member) if member.bot => Err(words::to_a_bot(language, &user)),
        Some(member) if !member.active => Err(words::person_gone(language, &user)),
        Some(member) if member.direct_closed => Err(words::person_closed(language, &user)),
        Some(_) => Ok(user),
        None => Err(words::person_unknown(language, given)),
    }
}

/// A channel in which jeda may write, and in which the author may, too: what is delivered gains no power.
fn channel(asking: &Asking<'_>, given: &str) -> Result<ChannelId, Message> {
    let (seen, language, by) = (asking.seen, asking.language, asking.by);
    let id = given.trim().strip_prefix("<#").and_then(|rest| rest.strip_suffix('>'));
    let name = given.trim().trim_start_matches('#').to_lowercase();
    let found = match id {
        Some(id) => seen.channels.get(&ChannelId::new(id)),
        None => seen.channels.values().find(|channel| channel.name.to_lowercase() == name),
    };
    let invited = seen.workspace.capabilities.invited;
    let Some(channel) = found else { return Err(words::channel_unknown(language, given, invited)) };
    let is_theirs = || by.channel.as_ref() == Some(&channel.channel) || seen.is_in_channel(&by.user, &channel.channel);
    let may_write = match by.writes_there {
        Some(may) => may,
        None => !channel.private || is_theirs(),
    };
    match channel {
        _ if !may_write => Err(words::channel_not_theirs(language, &channel.channel)),
        channel if channel.archived => Err(words::channel_archived(language, &channel.channel)),
        channel if channel.open => Ok(channel.channel.clone()),
        channel => Err(words::channel_not_open(language, &channel.channel, invited)),
    }
}
