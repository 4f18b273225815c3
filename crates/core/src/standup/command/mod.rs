//! `/standup …`: what people ask for, each in a room of its own.

mod day;
mod leaf;
mod list;
mod members;
mod record;
mod settings;
mod write;

pub(super) use list::{more_list, more_of_one};
pub(super) use record::more_receipts;
pub(super) use write::{delete_for_good, keep, submit_edit, submit_new};

use super::{
    Action, Standup, StandupState,
    desk::Desk,
    form::language,
    roster::{may_see, takes_part},
};
use crate::{
    command::{Invocation, unquoted},
    copy::{self, standup as words},
    event::Origin,
    id::StandupId,
    message::{Message, Reply},
    snapshot::{Need, Snapshot, Touch},
};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// How alike a name must be to be offered (Jaro–Winkler; 1 is equal).
const ALIKE: f64 = 0.75;
/// Names that are offered for one that doesn't exist.
const NEAR_MAX: usize = 3;

/// Rows that a command needs.
pub(super) fn needs(invocation: &Invocation, by: &Origin, now: Timestamp) -> BTreeSet<Need> {
    let word = invocation.path.get(1).map(String::as_str).unwrap_or("");
    let mut needs = BTreeSet::from([Need::Member(by.user.clone())]);
    if word == "note" {
        return needs;
    }
    needs.extend(sight_needs(by));
    match (word, invocation.arg("name")) {
        ("list", _) => {
            needs.insert(Need::StandupsTouching(Touch::Member(by.user.clone())));
        }
        ("new", _) => needs.extend(settings_needs(&invocation.args, by)),
        ("skip", _) => {
            needs.insert(Need::EntriesOf(by.user.clone()));
        }
        ("report" | "receipts", name) => {
            let dates = invocation.arg("date").and_then(|date| day::days_meant(date, now));
            needs.insert(Need::RoundOf(name.map(|name| unquoted(name).to_owned()), dates));
            needs.extend(find_needs(name, by));
        }
        ("edit", name) => {
            needs.extend(settings_needs(&invocation.args, by));
            needs.extend(find_needs(name, by));
        }
        (_, name) => {
            needs.extend(find_needs(name, by));
            needs.insert(Need::Members);
        }
    }
    needs
}

/// Rows that tell who may know of which standup.
fn sight_needs(by: &Origin) -> BTreeSet<Need> {
    [Need::Standups, Need::Channels, Need::Places(by.user.clone())].into()
}

/// Rows that a further page of a list needs.
pub(super) fn page_needs(action: &Action, by: &Origin) -> BTreeSet<Need> {
    let mut needs = sight_needs(by);
    needs.insert(Need::Member(by.user.clone()));
    match action {
        Action::Receipts(round, _) => needs.extend([Need::Round(round.clone())]),
        Action::Show(id, _) => needs.extend([Need::Standup(id.clone()), Need::Members]),
        _ => needs.extend([Need::StandupsTouching(Touch::Member(by.user.clone()))]),
    }
    needs
}

/// Rows that reading a standup's settings needs.
pub(super) fn settings_needs(args: &BTreeMap<String, String>, by: &Origin) -> BTreeSet<Need> {
    let mut needs = BTreeSet::from([Need::Member(by.user.clone()), Need::Places(by.user.clone())]);
    needs.extend([Need::Members, Need::Standups, Need::Channels]);
    match args.get("channel").filter(|text| !text.trim().is_empty()) {
        // A word can be an id or a name.
        Some(text) => {
            needs.extend(settings::channel_id(text).map(Need::Channel));
            needs.insert(Need::ChannelNamed(settings::channel_name(text)));
        }
        None => needs.extend(by.channel.clone().map(Need::Channel)),
    }
    needs.extend(args.get("who").and_then(|who| settings::group_id(who)).map(Need::Group));
    needs
}

fn find_needs(name: Option<&str>, by: &Origin) -> BTreeSet<Need> {
    match name {
        Some(name) => [Need::StandupNamed(unquoted(name).to_owned())].into(),
        None => {
            let mut needs = BTreeSet::from([Need::StandupsTouching(Touch::Member(by.user.clone()))]);
            needs.extend(by.channel.clone().map(|channel| Need::StandupsTouching(Touch::Channel(channel))));
            needs
        }
    }
}

/// Answers a standup command.
pub(super) fn run(desk: &mut Desk<'_, '_, '_>, by: &Origin, invocation: &Invocation) {
    let language = language(&desk.seen, &by.user);
    // A command that doesn't exist is people's to answer.
    if crate::command::find(&invocation.path).is_none() {
        return;
    }
    let word = invocation.path.get(1).map(String::as_str).unwrap_or("");
    if let Some(refusal) = copy::command::refusal(language, invocation).filter(|_| word != "note") {
        desk.reply(Reply::Say(refusal));
        return;
    }
    let reply = match word {
        "note" => Reply::Say(record::note(desk, by, invocation.arg("text"))),
        "new" => write::new(desk, by, invocation),
        "list" => Reply::Say(list::list(&desk.seen, by, 0)),
        "skip" => Reply::Say(members::skip(desk, by, invocation)),
        _ => match find(desk, by, invocation.arg("name")) {
            Err(say) => Reply::Say(say),
            Ok(standup) => on_one(desk, by, word, standup, invocation),
        },
    };
    desk.reply(reply);
}

fn on_one(desk: &mut Desk<'_, '_, '_>, by: &Origin, word: &str, standup: Standup, invocation: &Invocation) -> Reply {
    match word {
        "show" => Reply::Say(list::show(&desk.seen, by, &standup, desk.now(), 0)),
        "join" => Reply::Say(members::join(desk, by, standup)),
        "leave" => Reply::Say(members::leave(desk, by, standup)),
        "report" => Reply::Say(record::report(desk, by, &standup, invocation.arg("date"))),
        "receipts" => Reply::Say(record::receipts(desk, by, &standup, invocation.arg("date"))),
        _ => match may_change(&desk.seen, by, &standup) {
            Err(say) => Reply::Say(say),
            Ok(()) => match word {
                "edit" => write::edit(desk, by, standup, invocation),
                "pause" => Reply::Say(write::pause(desk, by, standup)),
                "resume" => Reply::Say(write::resume(desk, by, standup)),
                _ => Reply::Say(write::ask_to_delete(desk, by, &standup)),
            },
        },
    }
}

/// Every standup that somebody may know of.
fn visible<'s>(seen: &'s Snapshot, by: &Origin) -> Vec<&'s Standup> {
    let living = seen.standups.values().filter(|standup| standup.state != StandupState::Deleted);
    living.filter(|standup| may_see(seen, standup, by)).collect()
}

/// A standup that somebody may know of, by its id.
fn known<'s>(seen: &'s Snapshot, by: &Origin, id: &StandupId) -> Option<&'s Standup> {
    let living = seen.standups.get(id).filter(|standup| standup.state != StandupState::Deleted);
    living.filter(|standup| may_see(seen, standup, by))
}

/// The standup of a name; without one, the one of this channel, or the only one that is theirs, or the only one.
fn find(desk: &Desk<'_, '_, '_>, by: &Origin, name: Option<&str>) -> Result<Standup, Message> {
    let language = language(&desk.seen, &by.user);
    let there = visible(&desk.seen, by);
    if let Some(name) = name.map(unquoted).filter(|name| !name.is_empty()) {
        let wanted = name.to_lowercase();
        return match there.iter().find(|standup| standup.name.to_lowercase() == wanted) {
            Some(found) => Ok((*found).clone()),
            None if there.is_empty() => Err(words::no_standups(language)),
            None => Err(words::unknown_standup(language, name, &near(&wanted, &there))),
        };
    }
    let here = |standup: &&Standup| by.channel.as_ref() == Some(&standup.channel);
    let mine = |standup: &&Standup| takes_part(&desk.seen, standup, &by.user) || standup.owner == by.user;
    let only = |wanted: &dyn Fn(&&Standup) -> bool| {
        let mut found = there.iter().filter(|standup| wanted(standup));
        found.next().filter(|_| found.next().is_none()).map(|standup| (*standup).clone())
    };
    if let Some(found) = only(&here).or_else(|| only(&mine)).or_else(|| only(&|_| true)) {
        return Ok(found);
    }
    if there.is_empty() {
        return Err(words::no_standups(language));
    }
    let names: Vec<String> = there.iter().map(|standup| standup.name.clone()).collect();
    Err(words::which_standup(language, &names))
}

/// Names like one that doesn't exist, best first.
fn near(wanted: &str, there: &[&Standup]) -> Vec<String> {
    let mut scored: Vec<(f64, &str)> = there
        .iter()
        .map(|standup| (strsim::jaro_winkler(wanted, &standup.name.to_lowercase()), standup.name.as_str()))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(NEAR_MAX).map(|(_, name)| name.to_owned()).collect()
}

/// Its owner and the workspace's administrators may change a standup.
fn may_change(seen: &Snapshot, by: &Origin, standup: &Standup) -> Result<(), Message> {
    let admin = seen.members.get(&by.user).is_some_and(|member| member.admin);
    if admin || standup.owner == by.user {
        return Ok(());
    }
    let language = language(seen, &by.user);
    // Whoever may not know of it learns nothing, also not from a button that was forged.
    if !may_see(seen, standup, by) {
        return Err(words::gone(language));
    }
    Err(words::ask_owner(language, &standup.name, &standup.owner))
}
