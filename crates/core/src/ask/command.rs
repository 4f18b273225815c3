//! `/ask` and `/asks`: what somebody asks whom, and what waits for an answer.

use super::{Ask, AskId, Asked, Effect, End, Standing, State, Why, window};
use crate::{
    command::Invocation,
    copy::{self, ask as words, later as places},
    decide::{Cause, Decision},
    effect::{self, channel_lane, errand_lane},
    event::{Errand, Origin},
    id::{ChannelId, GroupId, UserId},
    language::Language,
    later::said,
    limit::{ASK_CHARS_MAX, ASK_PEOPLE_MAX, ASKS_OPEN_MAX},
    message::{Message, Reply},
    people::{self, Member},
    snapshot::{Need, Snapshot},
};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a command is answered here.
pub fn answers(invocation: &Invocation) -> bool {
    invocation.path.first().is_some_and(|root| root == "ask" || root == "asks")
        && crate::command::find(&invocation.path).is_some()
}

/// Words between people that name nobody.
const AND: [&str; 5] = ["and", "dan", "&", "or", "atau"];

/// The words of a command that name somebody, each once.
fn named(invocation: &Invocation) -> BTreeSet<&str> {
    let words = invocation.arg("who").unwrap_or_default().split([' ', ',', ';', '\n']);
    words.filter(|word| !word.is_empty() && !AND.contains(&word.to_lowercase().as_str())).collect()
}

fn group_id(word: &str) -> Option<GroupId> {
    word.strip_prefix("<&").and_then(|rest| rest.strip_suffix('>')).map(GroupId::new)
}

fn user_id(word: &str) -> Option<UserId> {
    let id = word.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>'))?;
    Some(UserId::new(id.trim_start_matches('!')))
}

/// Rows that a command needs. Everybody's only where somebody is named without a mention, which most people don't do.
pub(super) fn needs(by: &Origin, invocation: &Invocation) -> BTreeSet<Need> {
    let mut needs = BTreeSet::from([Need::Member(by.user.clone()), Need::AsksOf(by.user.clone())]);
    needs.extend(invocation.arg("text").map(said::needs).unwrap_or_default());
    if invocation.is(&["ask"]) {
        needs.extend([Need::Channels, Need::Groups, Need::Norms]);
        let mut users = BTreeSet::new();
        for word in named(invocation) {
            match (user_id(word), group_id(word)) {
                (Some(user), _) => {
                    // Their groups decide which norm holds for them; beyond the limit nobody is asked.
                    if users.len() < ASK_PEOPLE_MAX {
                        needs.insert(Need::Places(user.clone()));
                    }
                    users.insert(user);
                }
                (None, Some(group)) => drop(needs.insert(Need::Group(group))),
                (None, None) => drop(needs.insert(Need::Members)),
            }
        }
        needs.insert(Need::People(users));
    } else if invocation.is(&["asks", "list"]) {
        needs.insert(Need::AsksFor(by.user.clone()));
    } else if let Some(number) = invocation.arg("number").and_then(number) {
        needs.insert(Need::AskNumber(by.user.clone(), number));
        needs.insert(Need::Norms);
    }
    needs
}

/// A question's number as people type it.
fn number(text: &str) -> Option<u32> {
    text.trim().trim_start_matches('#').trim_end_matches(['.', ')', ',']).parse().ok()
}

/// Who asks, as their answers need it.
struct Asking<'a> {
    seen: &'a Snapshot,
    by: &'a Origin,
    me: &'a Member,
    language: Language,
}

impl<'a> Asking<'a> {
    fn of(seen: &'a Snapshot, by: &'a Origin) -> Option<Self> {
        let me = seen.members.get(&by.user)?;
        Some(Self { seen, by, me, language: me.language(&seen.workspace) })
    }
    fn zone(&self) -> crate::time::Zone {
        self.me.zone(&self.seen.workspace)
    }
}

pub(super) fn decide(snapshot: &Snapshot, by: &Origin, invocation: &Invocation, cause: &mut Cause<'_>) -> Decision {
    let Some(asking) = Asking::of(snapshot, by) else { return Decision::default() };
    let done = if let Some(refusal) = copy::command::refusal(asking.language, invocation) {
        Err(refusal)
    } else if invocation.is(&["ask"]) {
        ask(&asking, invocation, cause)
    } else if invocation.is(&["asks", "list"]) {
        Err(list(&asking))
    } else {
        one(&asking, invocation, cause)
    };
    done.unwrap_or_else(|say| Decision::reply(Reply::Say(say)))
}

/// Takes a question, or says why not.
fn ask(asking: &Asking<'_>, invocation: &Invocation, cause: &mut Cause<'_>) -> Result<Decision, Message> {
    let (seen, language) = (asking.seen, asking.language);
    let users = match people(asking, invocation)? {
        Who::People(users) => users,
        Who::Unknown(group) => {
            let errand = Errand::GroupMembers(group.clone());
            let owed = cause.owe(errand_lane(&errand), cause.now, effect::Effect::Errand(errand));
            let say = words::group_unknown(language, &group_name(seen, &group));
            return Ok(Decision { effects: vec![owed], ..Decision::reply(Reply::Say(say)) });
        }
    };
    let text = text(asking, invocation)?.ok_or_else(|| words::no_text(language))?;
    let channel = channel(asking)?;
    let mine = seen.asks.values().filter(|ask| ask.asker == asking.by.user);
    if mine.filter(|ask| ask.is_open()).count() >= ASKS_OPEN_MAX {
        return Err(words::too_many(language));
    }
    let people = windows(asking, &users, &channel, invocation.arg("by"), cause)?;
    let id = AskId::derived(&format!("ask/{}/{}", cause.workspace, cause.key));
    let ask = Ask {
        id: id.clone(),
        number: seen.ask_numbers.get(&asking.by.user).copied().unwrap_or(0) + 1,
        asker: asking.by.user.clone(),
        channel: channel.clone(),
        text,
        asked_at: cause.now,
        posted: None,
        people,
        state: State::Open,
        closings: 0,
        is_behind: false,
    };
    let mut decision = Decision::reply(Reply::Say(words::taken(language, &ask, &asking.zone())));
    decision.owe_ask(channel_lane(&channel), Effect::Post { id }, cause.now, cause);
    for user in ask.people.keys() {
        decision.owe_reminder(seen, &ask, user, cause);
    }
    decision.put_ask(None, ask, cause);
    Ok(decision)
}

/// The words that were given, as their author saw them; none where none were.
fn text(asking: &Asking<'_>, invocation: &Invocation) -> Result<Option<String>, Message> {
    let Some(given) = invocation.arg("text").map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let text = said::readable(given, asking.seen);
    let length = text.chars().count();
    if length > ASK_CHARS_MAX {
        return Err(words::too_long(asking.language, length));
    }
    Ok(Some(text))
}

/// The channel in which it was asked: jeda may write there, and so may whoever asks.
fn channel(asking: &Asking<'_>) -> Result<ChannelId, Message> {
    let (language, invited) = (asking.language, asking.seen.workspace.capabilities.invited);
    let known = asking.by.channel.as_ref().and_then(|id| asking.seen.channels.get(id));
    let channel = known.ok_or_else(|| words::no_channel(language, invited))?;
    match channel {
        channel if channel.archived => Err(places::channel_archived(language, &channel.channel)),
        channel if !channel.open => Err(places::channel_not_open(language, &channel.channel, invited)),
        channel if asking.by.writes_there == Some(false) => Err(words::not_theirs(language, &channel.channel)),
        channel => Ok(channel.channel.clone()),
    }
}

/// Who is asked.
enum Who {
    People(BTreeSet<UserId>),
    /// It isn't known yet who is in this group.
    Unknown(GroupId),
}

fn group_name(seen: &Snapshot, group: &GroupId) -> String {
    seen.groups.get(group).map_or_else(|| group.as_str().to_owned(), |it| it.name.clone())
}

/// Everybody who is named, and everybody in the groups that are named. Of a group whoever can't be asked is left out; by
/// name that is told.
fn people(asking: &Asking<'_>, invocation: &Invocation) -> Result<Who, Message> {
    let (seen, language, me) = (asking.seen, asking.language, &asking.by.user);
    let named = named(invocation);
    if named.is_empty() {
        return Err(words::no_people(language));
    }
    let mut users = BTreeSet::new();
    for word in &named {
        if let Some(group) = group_id(word) {
            let Some(members) = seen.group_members.get(&group) else { return Ok(Who::Unknown(group)) };
            let able = |user: &&UserId| seen.members.get(*user).is_some_and(|it| it.active && !it.bot);
            users.extend(members.iter().filter(able).cloned());
            continue;
        }
        let user = people::find(seen, word).ok_or_else(|| places::person_unknown(language, word))?;
        match seen.members.get(&user) {
            _ if seen.workspace.bot.as_ref() == Some(&user) => return Err(words::to_a_bot(language, &user)),
            Some(member) if member.bot => return Err(words::to_a_bot(language, &user)),
            Some(member) if !member.active => return Err(words::person_gone(language, &user)),
            Some(_) => drop(users.insert(user)),
            None => return Err(places::person_unknown(language, word)),
        }
    }
    users.remove(me);
    match users.len() {
        0 => Err(words::nobody_else(language)),
        count if count > ASK_PEOPLE_MAX => Err(words::too_many_people(language, count)),
        _ => Ok(Who::People(users)),
    }
}

/// Each one's window from now on; or who can't have it, and why.
fn windows(
    asking: &Asking<'_>,
    users: &BTreeSet<UserId>,
    channel: &ChannelId,
    by: Option<&str>,
    cause: &Cause<'_>,
) -> Result<BTreeMap<UserId, Asked>, Message> {
    let (seen, language) = (asking.seen, asking.language);
    let by = by.map(window::read);
    let (mut all, mut troubles) = (BTreeMap::new(), Vec::new());
    for user in users {
        let Some(member) = seen.members.get(user) else { continue };
        let agreed = window::agreed(seen, member, channel);
        let usual = window::By::Working { days: 0, minutes: agreed.minutes };
        let declared = member.declared(&seen.workspace);
        match window::window(declared, by.as_ref().unwrap_or(&usual), cause.now) {
            Ok(found) => {
                let asked = Asked {
                    due: found.due,
                    since: cause.now,
                    minutes: found.minutes,
                    remind_before: window::remind_before(agreed, found.minutes),
                    turn: 0,
                    reminded: None,
                    standing: Standing::Waits,
                    told_away: false,
                    answer: Vec::new(),
                };
                all.insert(user.clone(), asked);
            }
            // What nobody can read is nobody's trouble.
            Err(window::Trouble::Time(error)) => return Err(words::time_trouble(language, &error)),
            Err(trouble) => troubles.push((user.clone(), trouble)),
        }
    }
    if troubles.is_empty() { Ok(all) } else { Err(words::no_window(language, &troubles, &asking.zone())) }
}

/// One's own questions, and those that wait for one.
fn list(asking: &Asking<'_>) -> Message {
    let me = &asking.by.user;
    let mut mine: Vec<&Ask> =
        asking.seen.asks.values().filter(|it| it.asker == *me && it.settled_at().is_none()).collect();
    mine.sort_by_key(|ask| ask.number);
    let waits = |ask: &&Ask| ask.is_open() && ask.people.get(me).is_some_and(|asked| !asked.has_answered());
    let mut waiting: Vec<&Ask> = asking.seen.asks.values().filter(waits).collect();
    waiting.sort_by_key(|ask| (ask.people.get(me).map(|asked| asked.due), ask.id.clone()));
    words::list(asking.language, me, &mine, &waiting, &asking.seen.workspace.capabilities, &asking.zone())
}

/// A command about one of one's own questions.
fn one(asking: &Asking<'_>, invocation: &Invocation, cause: &mut Cause<'_>) -> Result<Decision, Message> {
    let language = asking.language;
    let given = invocation.arg("number").unwrap_or_default();
    let wanted = number(given);
    let is_it = |ask: &&Ask| ask.asker == asking.by.user && Some(ask.number) == wanted;
    let ask = asking.seen.asks.values().find(is_it).ok_or_else(|| words::no_number(language, given))?;
    if invocation.is(&["asks", "show"]) {
        return Err(words::whole(language, ask, &asking.seen.workspace, &asking.zone()));
    }
    if invocation.is(&["asks", "cancel"]) {
        return cancel(asking, ask, cause);
    }
    edit(asking, invocation, ask, cause)
}

fn still_open(language: Language, ask: &Ask) -> Result<(), Message> {
    if ask.is_open() { Ok(()) } else { Err(words::ended(language, ask)) }
}

fn cancel(asking: &Asking<'_>, ask: &Ask, cause: &mut Cause<'_>) -> Result<Decision, Message> {
    still_open(asking.language, ask)?;
    let mut decision = Decision::reply(Reply::Say(words::cancelled(asking.language, ask)));
    decision.note(ask.subject(), Why::Cancelled, cause);
    let mut cancelled = Ask { state: State::Settled { end: End::Cancelled, at: cause.now }, ..ask.clone() };
    decision.owe_update(&mut cancelled, cause);
    decision.put_ask(Some(ask), cancelled, cause);
    Ok(decision)
}

/// A button can be forged: only whoever asked takes a question back.
pub(super) fn clicked_cancel(snapshot: &Snapshot, by: &Origin, id: &AskId, cause: &mut Cause<'_>) -> Decision {
    let Some(asking) = Asking::of(snapshot, by) else { return Decision::default() };
    let done = match snapshot.asks.get(id).filter(|ask| ask.asker == by.user) {
        Some(ask) => cancel(&asking, ask, cause),
        None => Err(words::not_there(asking.language)),
    };
    done.unwrap_or_else(|say| Decision::reply(Reply::Say(say)))
}

/// Other words, another window for those who have not answered, or both.
fn edit(asking: &Asking<'_>, invocation: &Invocation, ask: &Ask, cause: &mut Cause<'_>) -> Result<Decision, Message> {
    let language = asking.language;
    still_open(language, ask)?;
    let (text, by) = (text(asking, invocation)?, invocation.arg("by"));
    if text.is_none() && by.is_none() {
        return Err(words::nothing_to_change(language, ask.number));
    }
    let mut changed = Ask { text: text.unwrap_or_else(|| ask.text.clone()), ..ask.clone() };
    if by.is_some() {
        let waited_for = ask.people.iter().filter(|(_, asked)| asked.is_waited_for()).map(|(user, _)| user.clone());
        for (user, new) in windows(asking, &waited_for.collect(), &ask.channel, by, cause)? {
            let Some(old) = changed.people.get(&user) else { continue };
            let asked = Asked { turn: old.turn + 1, reminded: old.reminded, told_away: old.told_away, ..new };
            changed.people.insert(user, asked);
        }
    }
    let mut decision = Decision::reply(Reply::Say(words::changed(language, &changed, &asking.zone())));
    if by.is_some() {
        for user in changed.people.keys() {
            decision.owe_reminder(asking.seen, &changed, user, cause);
        }
    }
    decision.owe_update(&mut changed, cause);
    decision.put_ask(Some(ask), changed, cause);
    Ok(decision)
}
