//! Somebody's words as they saw them: what stood for a mention while they typed is its name, in plain letters.

use crate::{
    id::{ChannelId, GroupId, UserId},
    snapshot::{Need, Snapshot},
};
use std::collections::BTreeSet;

/// People in one message whose names are looked up; of more, the ids stay.
const NAMED_MAX: usize = 20;

/// What stands between `<` and `>`.
enum Token<'t> {
    Member(UserId),
    Channel(ChannelId),
    Group(GroupId),
    /// A server's own emoji, by its name.
    Emoji(&'t str),
}

/// Rows that showing these words needs.
pub(crate) fn needs(text: &str) -> BTreeSet<Need> {
    let mut people = BTreeSet::new();
    let mut needs = BTreeSet::new();
    each(text, &mut |_, token| match token {
        Some(Token::Member(user)) if people.len() < NAMED_MAX => drop(people.insert(user)),
        Some(Token::Channel(_)) => drop(needs.insert(Need::Channels)),
        Some(Token::Group(_)) => drop(needs.insert(Need::Groups)),
        _ => {}
    });
    if !people.is_empty() {
        needs.insert(Need::People(people));
    }
    needs
}

/// Whom these words name.
pub(crate) fn members(text: &str) -> BTreeSet<UserId> {
    let mut people = BTreeSet::new();
    each(text, &mut |_, token| {
        if let Some(Token::Member(user)) = token {
            people.insert(user);
        }
    });
    people
}

/// The words with names in place of mentions. Nothing in them is one any more.
pub(crate) fn readable(text: &str, snapshot: &Snapshot) -> String {
    let mut out = String::with_capacity(text.len());
    each(text, &mut |raw, token| match token {
        Some(Token::Member(user)) => {
            let name = snapshot.members.get(&user).map_or(user.as_str(), |member| &member.name);
            out.extend(["@", name]);
        }
        Some(Token::Channel(channel)) => {
            let name = snapshot.channels.get(&channel).map_or(channel.as_str(), |channel| &channel.name);
            out.extend(["#", name]);
        }
        Some(Token::Group(group)) => {
            let name = snapshot.groups.get(&group).map_or(group.as_str(), |group| &group.name);
            out.extend(["@", name]);
        }
        Some(Token::Emoji(name)) => out.extend([":", name, ":"]),
        None => out.push_str(raw),
    });
    out
}

/// Every piece of a text: what stands for something, and what stands between.
fn each<'t>(text: &'t str, take: &mut dyn FnMut(&'t str, Option<Token<'t>>)) {
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, from) = rest.split_at(open);
        let found = from.find('>').and_then(|close| Some((close + 1, token(&from[1..close])?)));
        // A `<` that opens nothing is one of the words.
        let (length, token) = found.map_or((1, None), |(length, token)| (length, Some(token)));
        take(before, None);
        take(&from[..length], token);
        rest = &from[length..];
    }
    take(rest, None);
}

fn token(inside: &str) -> Option<Token<'_>> {
    let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric());
    let id = |marks: &[&str]| marks.iter().find_map(|mark| inside.strip_prefix(mark)).filter(is_id);
    if let Some(group) = id(&["@&", "&"]) {
        Some(Token::Group(GroupId::new(group)))
    } else if let Some(user) = id(&["@!", "@"]) {
        Some(Token::Member(UserId::new(user)))
    } else if let Some(channel) = id(&["#"]) {
        Some(Token::Channel(ChannelId::new(channel)))
    } else {
        let (name, _) = inside.strip_prefix("a:").or_else(|| inside.strip_prefix(':'))?.split_once(':')?;
        Some(name).filter(|name| is_id(&name.replace('_', "").as_str())).map(Token::Emoji)
    }
}
