//! What Slack knows of people and channels: errands, and the names that were seen in passing.

use crate::{
    inbound::{self, Look, Me},
    markup::{Names, as_seen},
    methods,
    web::{self, CallError, Web},
};
use jeda_core::{
    event::{ChannelFacts, Errand, GroupFacts, MemberFacts, Refusal, Seen, Spot},
    id::{ChannelId, GroupId, UserId},
    language::Language,
};
use jeda_engine::Delivery;
use serde_json::{Map, Value, json, value::RawValue};
use std::{
    collections::HashMap,
    sync::{PoisonError, RwLock},
};

/// People or channels asked for at once, the most that Slack gives: at 20 pages a minute, 50,000 people take two
/// minutes so, and would take twelve with the 200 that Slack recommends.
const PAGE: usize = 1_000;
/// Pages of one errand: 500,000 people, beyond any workspace; a server that never ends its list is stopped.
const PAGES_MAX: usize = 500;
/// Times that one list waits for `Retry-After`, so that its first pages are not asked for again and again.
const WAITS_MAX: usize = 10;

/// Names by id, and the languages of members, as last seen.
#[derive(Debug, Default)]
pub(crate) struct KnownNames {
    members: RwLock<HashMap<String, String>>,
    languages: RwLock<HashMap<String, Language>>,
    channels: RwLock<HashMap<String, String>>,
}

impl KnownNames {
    fn note_member(&self, facts: &MemberFacts) {
        note(&self.members, facts.user.as_str(), facts.name.clone());
        if let Some(language) = facts.language {
            note(&self.languages, facts.user.as_str(), language);
        }
    }
    fn note_channel(&self, facts: &ChannelFacts) {
        note(&self.channels, facts.channel.as_str(), facts.name.clone());
    }
    /// The language of a member; English where it isn't known.
    pub(crate) fn language(&self, user: &str) -> Language {
        known(&self.languages, user).unwrap_or_default()
    }
    /// Remembers names that an event brought.
    pub(crate) fn note(&self, seen: &Seen) {
        match seen {
            Seen::Member(facts) => self.note_member(facts),
            Seen::Directory(all) => all.iter().for_each(|facts| self.note_member(facts)),
            Seen::Channel(facts) => self.note_channel(facts),
            Seen::Channels(all) => all.iter().for_each(|facts| self.note_channel(facts)),
            _ => {}
        }
    }
}

fn note<T>(known: &RwLock<HashMap<String, T>>, id: &str, what: T) {
    known.write().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), what);
}

fn known<T: Clone>(names: &RwLock<HashMap<String, T>>, id: &str) -> Option<T> {
    names.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
}

impl Names for KnownNames {
    fn member(&self, id: &str) -> Option<String> {
        known(&self.members, id)
    }
    fn channel(&self, id: &str) -> Option<String> {
        known(&self.channels, id)
    }
}

/// Answers an errand.
pub(crate) async fn ask(web: &Web, me: &Me, names: &KnownNames, errand: &Errand) -> Result<Seen, Delivery> {
    let seen = match errand {
        Errand::Directory => everyone(web).await,
        Errand::Channels => channels(web).await,
        Errand::Member(user) => one(web, user).await,
        Errand::ChannelMembers(channel) => members(web, me, channel).await,
        Errand::Groups => groups(web).await,
        Errand::GroupMembers(group) => group_members(web, group).await,
        Errand::Pauses(asked) => pauses(web, asked).await,
        Errand::Words(spot) => words(web, names, spot).await,
        Errand::Calendar { .. } => {
            return Err(Delivery::Refused(Refusal::Other("no platform knows of calendars".to_owned())));
        }
    };
    // Each of these only reads: whatever got lost may be asked again.
    let seen = seen.map_err(|error| web::delivery(error, &methods::USERS_INFO))?;
    names.note(&seen);
    Ok(seen)
}

/// Answers what an event raised.
pub(crate) async fn look(web: &Web, me: &Me, names: &KnownNames, look: &Look) -> Result<Seen, Delivery> {
    match look {
        Look::Channel(channel) => look_at_channel(web, names, channel).await,
        Look::Errand(errand) => match ask(web, me, names, errand).await {
            Err(Delivery::Refused(refusal)) => Ok(Seen::Unavailable { errand: errand.clone(), refusal }),
            other => other,
        },
    }
}

async fn look_at_channel(web: &Web, names: &KnownNames, channel: &ChannelId) -> Result<Seen, Delivery> {
    let answer = web.call(&methods::CONVERSATIONS_INFO, "", args(json!({ "channel": channel }))).await;
    let facts = match answer {
        Ok(answer) => answer.get("channel").and_then(channel_facts),
        Err(CallError::Api { code, needed }) if !web::locks(&code) => {
            // Deleted, or private and left: closed to the bot either way.
            let archived = web::refusal(code, needed) == Refusal::ChannelGone;
            Some(closed(channel, archived, names))
        }
        Err(error) => return Err(web::delivery(error, &methods::CONVERSATIONS_INFO)),
    };
    let facts = facts.unwrap_or_else(|| closed(channel, false, names));
    names.note_channel(&facts);
    Ok(Seen::Channel(facts))
}

fn closed(channel: &ChannelId, archived: bool, names: &KnownNames) -> ChannelFacts {
    let name = names.channel(channel.as_str()).unwrap_or_else(|| channel.to_string());
    ChannelFacts { channel: channel.clone(), name, open: false, archived, private: None, takes_back: false }
}

/// What Slack says of a channel; the bot may post where it is a member.
fn channel_facts(channel: &Value) -> Option<ChannelFacts> {
    let id = channel.get("id")?.as_str()?;
    let flag = |name: &str| channel.get(name).and_then(Value::as_bool).unwrap_or(false);
    let archived = flag("is_archived");
    Some(ChannelFacts {
        channel: ChannelId::new(id),
        name: channel.get("name").and_then(Value::as_str).unwrap_or(id).to_owned(),
        open: flag("is_member") && !archived,
        archived,
        private: Some(flag("is_private") || flag("is_group")),
        takes_back: false,
    })
}

async fn everyone(web: &Web) -> Result<Seen, CallError> {
    let start = args(json!({ "include_locale": true }));
    Ok(Seen::Directory(pages(web, &methods::USERS_LIST, start, "members", inbound::member_facts).await?))
}

async fn one(web: &Web, user: &UserId) -> Result<Seen, CallError> {
    let answer = web.call(&methods::USERS_INFO, "", args(json!({ "user": user, "include_locale": true }))).await?;
    answer.get("user").and_then(inbound::member_facts).map(Seen::Member).ok_or_else(malformed)
}

async fn channels(web: &Web) -> Result<Seen, CallError> {
    let start = args(json!({ "types": "public_channel,private_channel", "exclude_archived": true }));
    // The method lists the caller's own channels, and doesn't say `is_member` of them.
    let own = |channel: &Value| channel_facts(channel).map(|facts| ChannelFacts { open: !facts.archived, ..facts });
    Ok(Seen::Channels(pages(web, &methods::USERS_CONVERSATIONS, start, "channels", own).await?))
}

async fn members(web: &Web, me: &Me, channel: &ChannelId) -> Result<Seen, CallError> {
    // Other bots are known from the directory, and core leaves them out; this one is left out here.
    let other = |user: &Value| user.as_str().map(UserId::new).filter(|user| *user != me.user);
    let start = args(json!({ "channel": channel }));
    let members = pages(web, &methods::CONVERSATIONS_MEMBERS, start, "members", other).await?;
    Ok(Seen::ChannelMembers { channel: channel.clone(), members })
}

async fn groups(web: &Web) -> Result<Seen, CallError> {
    let answer = web.call(&methods::USERGROUPS_LIST, "", args(json!({}))).await?;
    let found = answer.get("usergroups").and_then(Value::as_array).ok_or_else(malformed)?;
    // The handle is what people type after `@`; the name is a title.
    let facts = found.iter().filter_map(|group| {
        let word = |name: &str| group.get(name).and_then(Value::as_str).filter(|it| !it.is_empty());
        let (id, name) = (word("id")?, word("handle").or_else(|| word("name"))?);
        Some(GroupFacts { group: GroupId::new(id), name: name.to_owned() })
    });
    Ok(Seen::Groups(facts.collect()))
}

async fn group_members(web: &Web, group: &GroupId) -> Result<Seen, CallError> {
    let answer = web.call(&methods::USERGROUPS_USERS_LIST, "", args(json!({ "usergroup": group }))).await?;
    let users = answer.get("users").and_then(Value::as_array).ok_or_else(malformed)?;
    let members = users.iter().filter_map(Value::as_str).map(UserId::new).collect();
    Ok(Seen::GroupMembers { group: group.clone(), members })
}

async fn pauses(web: &Web, asked: &[UserId]) -> Result<Seen, CallError> {
    let users: Vec<&str> = asked.iter().map(UserId::as_str).collect();
    let answer = web.call(&methods::DND_TEAM_INFO, "", args(json!({ "users": users.join(",") }))).await?;
    let found = answer.get("users").and_then(Value::as_object).ok_or_else(malformed)?;
    let paused = found.iter().filter_map(|(user, status)| inbound::pause(user, status)).collect();
    Ok(Seen::Pauses { asked: asked.to_vec(), paused })
}

/// What somebody wrote, once its author has asked for it to be delivered later.
async fn words(web: &Web, names: &KnownNames, spot: &Spot) -> Result<Seen, CallError> {
    let mut window = args(json!({
        "channel": spot.channel, "oldest": spot.message, "latest": spot.message, "inclusive": true, "limit": 2,
    }));
    let method = match &spot.thread {
        Some(root) => {
            window.insert("ts".to_owned(), root.as_str().into());
            &methods::CONVERSATIONS_REPLIES
        }
        None => &methods::CONVERSATIONS_HISTORY,
    };
    let answer = match web.call(method, "", window).await {
        Ok(answer) => answer,
        // Left, or archived meanwhile: the words can't be had, and what waits says where they are.
        Err(CallError::Api { code, .. }) if !web::locks(&code) => Value::Null,
        Err(error) => return Err(error),
    };
    let all = answer.get("messages").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let it = all.iter().find(|message| message.get("ts").and_then(Value::as_str) == Some(spot.message.as_str()));
    let text = it.and_then(|message| message.get("text")?.as_str()).map(|text| as_seen(text, names));
    Ok(Seen::Words { spot: spot.clone(), text: text.filter(|text| !text.trim().is_empty()) })
}

/// Every page of a list, one of its parts after the other: a large workspace's list is a hundred times what is taken
/// from it.
async fn pages<T>(
    web: &Web,
    method: &methods::Method,
    start: Map<String, Value>,
    list: &str,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Vec<T>, CallError> {
    let mut all = Vec::new();
    let mut cursor = None::<String>;
    let mut waits = 0;
    for _ in 0..PAGES_MAX {
        let mut args = start.clone();
        args.insert("limit".to_owned(), PAGE.into());
        if let Some(cursor) = &cursor {
            args.insert("cursor".to_owned(), cursor.as_str().into());
        }
        let answer = match web.call_raw(method, args).await {
            Ok(answer) => answer,
            // The next call of this method waits as long as Slack asked.
            Err(CallError::Limited { after: Some(_) }) if waits < WAITS_MAX => {
                waits += 1;
                continue;
            }
            Err(error) => return Err(error),
        };
        let page: Vec<&RawValue> =
            answer.get(list).and_then(|page| serde_json::from_str(page.get()).ok()).ok_or_else(malformed)?;
        all.extend(page.into_iter().filter_map(|it| read(&serde_json::from_str(it.get()).ok()?)));
        let rest = answer.get("response_metadata").and_then(|rest| serde_json::from_str(rest.get()).ok());
        cursor = rest.as_ref().and_then(cursor_in);
        if cursor.is_none() {
            return Ok(all);
        }
    }
    Err(CallError::Lost { why: "the list has no end".to_owned() })
}

/// Where the next page begins; `None` after the last.
pub(crate) fn next_cursor(answer: &Value) -> Option<String> {
    cursor_in(answer.get("response_metadata")?)
}

fn cursor_in(metadata: &Value) -> Option<String> {
    let cursor = metadata.get("next_cursor")?.as_str()?;
    (!cursor.is_empty()).then(|| cursor.to_owned())
}

/// Arguments from a JSON object.
pub(crate) fn args(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn malformed() -> CallError {
    CallError::Lost { why: "malformed answer".to_owned() }
}
