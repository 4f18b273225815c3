//! From Slack's payloads to neutral events. Pure: what was sent in, what happened and how to answer out.
//!
//! The payloads are read as loosely as they may be: only what jeda needs has to be there, so that a field or block
//! that Slack adds tomorrow can't cost an event.

use crate::{
    deliver::instant,
    markup::{self, Names},
};
use jeda_core::{
    action::{Action, FormId},
    command,
    digest::beginning,
    event::{Errand, Event, Inbound, MemberFacts, Origin, PauseFacts, Pointed, Replied, Seen, Spot, Wrote},
    id::{ChannelId, GroupId, InboxKey, MessageId, UserId, WorkspaceId},
    language::Language,
    norm::verdict::{Mentions, says_no_reply_needed, says_reply_by},
};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// The bot, as its own token tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// Its workspace. A token belongs to one team, so whatever comes in belongs there too.
    pub workspace: WorkspaceId,
    /// Its user.
    pub user: UserId,
}

/// What a payload comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Read {
    /// Something happened.
    Take {
        /// What.
        inbound: Box<Inbound>,
        /// Its lane: events of one lane are taken in the order in which they came.
        lane: String,
        /// How a reply reaches the person.
        answer: Answer,
    },
    /// Something changed, and Slack doesn't say into what: the platform is asked, and its answer is the event.
    Look {
        /// The event's name.
        key: InboxKey,
        /// Its lane.
        lane: String,
        /// What to ask.
        look: Look,
    },
    /// Somebody wrote in a channel, or changed what they wrote.
    Overheard {
        /// When.
        at: Timestamp,
        /// The event, without who spoke before.
        wrote: Box<Wrote>,
        /// The same as an answer, where it stands in the thread of one of the bot's messages.
        replied: Option<Box<Replied>>,
        /// Whether it is an edit.
        edit: bool,
        /// Its name in the inbox.
        key: InboxKey,
    },
    /// Nothing that jeda cares for, and why.
    Nothing(&'static str),
    /// Something that jeda should know but can't read; the missing field.
    Unreadable(&'static str),
}

/// A question to the platform that an event raises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// A channel's name and state.
    Channel(ChannelId),
    /// What else an errand brings.
    Errand(Errand),
}

/// How a reply reaches the person who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nobody waits.
    Nobody,
    /// In the acknowledgement of a slash command, or at its address.
    Command {
        /// Opens a form, once, for three seconds.
        trigger: String,
        /// Takes five messages in half an hour.
        url: Option<String>,
        /// Where the command was given.
        channel: Option<ChannelId>,
    },
    /// At the address that a click brought; else as a message that only they see.
    Click {
        /// Opens a form, once, for three seconds.
        trigger: String,
        /// Takes five messages in half an hour.
        url: Option<String>,
        /// Where the button is.
        channel: Option<ChannelId>,
        /// Who clicked.
        user: UserId,
    },
    /// In the form that was sent.
    View {
        /// The form's title.
        title: String,
        /// The channel that the form was opened from.
        channel: Option<ChannelId>,
    },
}

/// Events that the manifest subscribes to.
pub static EVENTS: &[&str] = &[
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "dnd_updated_user",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "subteam_members_changed",
    "team_join",
    "tokens_revoked",
    "user_change",
];

/// Reads a slash command.
pub fn slash_command(payload: &Value, me: &Me) -> Read {
    let Some(user) = word(payload, "/user_id") else { return Read::Unreadable("user_id") };
    let Some(name) = word(payload, "/command") else { return Read::Unreadable("command") };
    let Some(trigger) = word(payload, "/trigger_id") else { return Read::Unreadable("trigger_id") };
    let line = markup::neutral(text(payload, "/text").unwrap_or_default());
    let channel = word(payload, "/channel_id").map(ChannelId::new);
    let mut by = Origin::of(user);
    by.channel.clone_from(&channel);
    let event = Event::Command { by, invocation: command::parse(name, &line) };
    // A command is sent once; should it come again, its trigger is the same and its envelope is not.
    let key = format!("command/{trigger}");
    let answer = Answer::Command {
        trigger: trigger.to_owned(),
        url: word(payload, "/response_url").map(str::to_owned),
        channel,
    };
    take(me, key, person_lane(user), event, answer)
}

/// Reads an interactive payload: a click, a sent form.
pub fn interaction(payload: &Value, me: &Me) -> Read {
    match word(payload, "/type") {
        Some("block_actions") => click(payload, me),
        Some("view_submission") => submission(payload, me),
        Some("message_action") => pointed(payload, me),
        Some(_) => Read::Nothing("an interaction that jeda doesn't offer"),
        None => Read::Unreadable("type"),
    }
}

fn click(payload: &Value, me: &Me) -> Read {
    let Some(user) = word(payload, "/user/id") else { return Read::Unreadable("user.id") };
    let Some(pressed) = payload.pointer("/actions/0") else { return Read::Unreadable("actions") };
    let token = word(pressed, "/value").or_else(|| word(pressed, "/action_id")).unwrap_or_default();
    let Ok(action) = Action::decode(token) else { return Read::Nothing("a button that isn't ours, or is no more") };
    let trigger = word(payload, "/trigger_id").unwrap_or_default();
    let key = if trigger.is_empty() {
        let Some(at) = word(pressed, "/action_ts") else { return Read::Unreadable("trigger_id") };
        format!("click/{user}/{at}/{token}")
    } else {
        format!("click/{trigger}")
    };
    let channel = word(payload, "/channel/id").or_else(|| word(payload, "/container/channel_id")).map(ChannelId::new);
    let mut by = Origin::of(user);
    by.channel.clone_from(&channel);
    let answer = Answer::Click {
        trigger: trigger.to_owned(),
        url: word(payload, "/response_url").map(str::to_owned),
        channel,
        user: UserId::new(user),
    };
    take(me, key, person_lane(user), Event::Click { by, action }, answer)
}

/// An entry that was chosen in the menu of a message.
fn pointed(payload: &Value, me: &Me) -> Read {
    let chosen = word(payload, "/callback_id").and_then(|id| command::MENU.iter().find(|entry| entry.id == id));
    let Some(chosen) = chosen else { return Read::Nothing("an entry of a menu that isn't ours, or is no more") };
    let Some(user) = word(payload, "/user/id") else { return Read::Unreadable("user.id") };
    let Some(trigger) = word(payload, "/trigger_id") else { return Read::Unreadable("trigger_id") };
    let Some(channel) = word(payload, "/channel/id").map(ChannelId::new) else {
        return Read::Unreadable("channel.id");
    };
    let Some(message) = payload.get("message") else { return Read::Unreadable("message") };
    let Some(ts) = word(message, "/ts").or_else(|| word(payload, "/message_ts")) else {
        return Read::Unreadable("message.ts");
    };
    let Some(at) = instant(ts) else { return Read::Unreadable("message.ts") };
    let said = text(message, "/text").unwrap_or_default();
    let thread = word(message, "/thread_ts").filter(|root| *root != ts).map(MessageId::new);
    let at = Pointed {
        spot: Spot { channel: channel.clone(), thread, message: MessageId::new(ts) },
        author: word(message, "/user").filter(|_| !by_bot(message, me)).map(UserId::new),
        at,
        text: Some(markup::neutral(said)).filter(|text| !text.trim().is_empty()),
        mentions: markup::mentions(said),
    };
    let mut by = Origin::of(user);
    by.channel = Some(channel.clone());
    let answer = Answer::Click {
        trigger: trigger.to_owned(),
        url: word(payload, "/response_url").map(str::to_owned),
        channel: Some(channel),
        user: UserId::new(user),
    };
    let event = Event::Pointed { by, entry: chosen.entry, at: Box::new(at) };
    take(me, format!("pointed/{trigger}"), person_lane(user), event, answer)
}

fn submission(payload: &Value, me: &Me) -> Read {
    let Some(user) = word(payload, "/user/id") else { return Read::Unreadable("user.id") };
    let Some(view) = payload.get("view") else { return Read::Unreadable("view") };
    let token = word(view, "/callback_id").unwrap_or_default();
    let Ok(form) = FormId::decode(token) else { return Read::Nothing("a form that isn't ours, or is no more") };
    // A form that was refused may be sent again without a new hash; each sending has a trigger of its own.
    let key = match (word(payload, "/trigger_id"), word(view, "/id"), word(view, "/hash")) {
        (Some(trigger), ..) => format!("form/{trigger}"),
        (None, Some(id), Some(hash)) => format!("form/{id}/{hash}"),
        _ => return Read::Unreadable("trigger_id"),
    };
    let channel = channel_of(text(view, "/private_metadata").unwrap_or_default());
    let mut by = Origin::of(user);
    by.channel.clone_from(&channel);
    let title = text(view, "/title/text").unwrap_or_default().to_owned();
    let event = Event::Submit { by, form, values: values(view) };
    take(me, key, person_lane(user), event, Answer::View { title, channel })
}

/// What a form remembers of where it was opened: [`channel_of`] reads it back.
pub(crate) fn remember(channel: Option<&ChannelId>) -> String {
    channel.map_or_else(String::new, |channel| serde_json::json!({ "channel": channel }).to_string())
}

fn channel_of(metadata: &str) -> Option<ChannelId> {
    let read: Value = serde_json::from_str(metadata).ok()?;
    word(&read, "/channel").map(ChannelId::new)
}

/// What was entered, by field. One input has one element, so the element's own name doesn't matter.
fn values(view: &Value) -> BTreeMap<String, String> {
    let Some(Value::Object(blocks)) = view.pointer("/state/values") else { return BTreeMap::new() };
    blocks
        .iter()
        .filter_map(|(block, elements)| {
            let element = elements.as_object()?.values().next()?;
            Some((block.clone(), entered(element)))
        })
        .collect()
}

fn entered(element: &Value) -> String {
    let one = ["/value", "/selected_option/value", "/selected_conversation", "/selected_channel", "/selected_user"];
    if let Some(value) = one.iter().find_map(|at| text(element, at)) {
        return value.to_owned();
    }
    let many = ["selected_users", "selected_conversations", "selected_channels"];
    many.iter()
        .find_map(|at| element.get(at)?.as_array())
        .map(|ids| ids.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "))
        .unwrap_or_default()
}

/// Reads an event of the Events API, with its outer payload.
pub fn event(payload: &Value, me: &Me, names: &dyn Names) -> Read {
    let Some(event) = payload.get("event") else { return Read::Unreadable("event") };
    let Some(key) = word(payload, "/event_id").map(|id| format!("event/{id}")) else {
        return Read::Unreadable("event_id");
    };
    match word(event, "/type") {
        Some("message") => message(event, key, me, names),
        Some("user_change" | "team_join") => profile(event, key, me),
        Some("dnd_updated_user") => paused(event, key, me),
        Some("member_joined_channel") => came(event, key, me),
        Some("member_left_channel") => went(event, key, me),
        Some(
            "channel_archive" | "channel_unarchive" | "channel_deleted" | "channel_left" | "group_archive"
            | "group_unarchive" | "group_deleted" | "group_left",
        ) => match word(event, "/channel") {
            Some(channel) => look_at_channel(key, channel),
            None => Read::Unreadable("event.channel"),
        },
        Some("channel_rename" | "group_rename") => match word(event, "/channel/id") {
            Some(channel) => look_at_channel(key, channel),
            None => Read::Unreadable("event.channel.id"),
        },
        Some("subteam_members_changed") => group(event, key),
        Some("tokens_revoked") => revoked(event, key, me),
        Some("app_uninstalled") => {
            let seen = Seen::Locked { reason: "app_uninstalled".to_owned() };
            take(me, key, "workspace".to_owned(), Event::Seen(seen), Answer::Nobody)
        }
        Some(_) => Read::Nothing("an event that jeda doesn't need"),
        None => Read::Unreadable("event.type"),
    }
}

fn message(event: &Value, key: String, me: &Me, names: &dyn Names) -> Read {
    let Some(channel) = word(event, "/channel").map(ChannelId::new) else {
        return Read::Unreadable("event.channel");
    };
    match word(event, "/channel_type") {
        None | Some("im") => {}
        Some("channel" | "group") => return in_channel(event, key, channel, me, names),
        Some(_) => return Read::Nothing("a message that was not said to the bot"),
    }
    match word(event, "/subtype") {
        None | Some("file_share" | "me_message" | "thread_broadcast") => said(event, key, channel, me, names),
        Some("message_changed") => changed(event, key, channel, me, names),
        Some("message_deleted") => deleted(event, key, channel, me),
        Some(_) => Read::Nothing("a message of a kind that people don't write"),
    }
}

/// A message in a channel. Its words are only looked through; where it mentions somebody the first line goes along,
/// and where it answers the bot all of them.
fn in_channel(event: &Value, key: String, channel: ChannelId, me: &Me, names: &dyn Names) -> Read {
    let (message, edit) = match word(event, "/subtype") {
        None | Some("file_share" | "me_message" | "thread_broadcast") => (event, false),
        Some("message_changed") => {
            let Some(new) = event.get("message") else { return Read::Unreadable("event.message") };
            (new, true)
        }
        Some("message_deleted") => {
            if by_bot(event.get("previous_message").unwrap_or(&Value::Null), me) {
                return Read::Nothing("a bot's message");
            }
            let Some(ts) = word(event, "/deleted_ts") else { return Read::Unreadable("event.deleted_ts") };
            let gone = Event::TookBack { channel: channel.clone(), message: MessageId::new(ts) };
            return take(me, key, channel_lane(channel.as_str()), gone, Answer::Nobody);
        }
        Some(_) => return Read::Nothing("a message of a kind that people don't write"),
    };
    if by_bot(message, me) {
        return Read::Nothing("a bot's message");
    }
    let Some(user) = word(message, "/user") else { return Read::Unreadable("event.user") };
    let Some(ts) = word(message, "/ts") else { return Read::Unreadable("event.ts") };
    let Some(at) = instant(ts) else { return Read::Unreadable("event.ts") };
    if word(message, "/subtype") == Some("tombstone") {
        let gone = Event::TookBack { channel: channel.clone(), message: MessageId::new(ts) };
        return take(me, key, channel_lane(channel.as_str()), gone, Answer::Nobody);
    }
    let said = text(message, "/text").unwrap_or_default();
    let mut by = Origin::of(user);
    by.channel = Some(channel);
    let before = text(event, "/previous_message/text").filter(|_| edit);
    let replied = replied(message, &by, me, names).filter(|_| before != Some(said)).map(Box::new);
    let mentions = markup::mentions(said);
    // Of what mentions nobody nothing is read.
    let line = (mentions != Mentions::default()).then(|| beginning(&markup::as_seen(said, names)));
    let wrote = Wrote {
        by,
        message: MessageId::new(ts),
        thread: word(message, "/thread_ts").filter(|root| *root != ts).map(MessageId::new),
        mentions,
        edited_from: None,
        no_reply_needed: says_no_reply_needed(said),
        reply_by: says_reply_by(said).map(str::to_owned),
        line: line.filter(|line| !line.is_empty()),
        spoke: BTreeMap::new(),
        // Slack lets no bot take back what others write.
        whole: None,
    };
    Read::Overheard { at, wrote: Box::new(wrote), replied, edit, key: InboxKey::new(key) }
}

/// A message in the thread of one of the bot's, as an answer to it.
fn replied(message: &Value, by: &Origin, me: &Me, names: &dyn Names) -> Option<Replied> {
    let (ts, root) = (word(message, "/ts")?, word(message, "/thread_ts")?);
    let is_ours = root != ts && word(message, "/parent_user_id") == Some(me.user.as_str());
    is_ours.then(|| Replied {
        by: by.clone(),
        message: MessageId::new(ts),
        to: MessageId::new(root),
        thread: None,
        text: text(message, "/text").map(|said| markup::as_seen(said, names)),
    })
}

/// Whether a message was written by the bot or by another.
fn by_bot(message: &Value, me: &Me) -> bool {
    word(message, "/bot_id").is_some() || word(message, "/user") == Some(me.user.as_str())
}

fn said(event: &Value, key: String, channel: ChannelId, me: &Me, names: &dyn Names) -> Read {
    if by_bot(event, me) {
        return Read::Nothing("a bot's message");
    }
    if event.get("hidden") == Some(&Value::Bool(true)) {
        return Read::Nothing("a hidden message");
    }
    let Some(user) = word(event, "/user") else { return Read::Unreadable("event.user") };
    let Some(ts) = word(event, "/ts") else { return Read::Unreadable("event.ts") };
    let answers = word(event, "/thread_ts").filter(|root| *root != ts).map(MessageId::new);
    let mut by = Origin::of(user);
    by.channel = Some(channel);
    let text = markup::as_seen(text(event, "/text").unwrap_or_default(), names);
    take(me, key, person_lane(user), Event::Said { by, message: MessageId::new(ts), answers, text }, Answer::Nobody)
}

/// An edit, when its author changed the text; Slack sends the same event when a link gets its preview.
fn changed(event: &Value, key: String, channel: ChannelId, me: &Me, names: &dyn Names) -> Read {
    let Some(new) = event.get("message") else { return Read::Unreadable("event.message") };
    if by_bot(new, me) {
        return Read::Nothing("a bot's message");
    }
    let Some(user) = word(new, "/user").or_else(|| word(event, "/previous_message/user")) else {
        return Read::Unreadable("event.message.user");
    };
    let Some(ts) = word(new, "/ts") else { return Read::Unreadable("event.message.ts") };
    if word(new, "/subtype") == Some("tombstone") {
        // A thread's root that was deleted stays as a tombstone.
        let gone = Event::SaidDeleted { channel, message: MessageId::new(ts) };
        return take(me, key, person_lane(user), gone, Answer::Nobody);
    }
    let said = text(new, "/text").unwrap_or_default();
    if text(event, "/previous_message/text").is_some_and(|before| before == said) {
        return Read::Nothing("a change that is not in the words");
    }
    let mut by = Origin::of(user);
    by.channel = Some(channel);
    let edit = Event::SaidEdited { by, message: MessageId::new(ts), text: markup::as_seen(said, names) };
    take(me, key, person_lane(user), edit, Answer::Nobody)
}

fn deleted(event: &Value, key: String, channel: ChannelId, me: &Me) -> Read {
    let before = event.get("previous_message").unwrap_or(&Value::Null);
    if by_bot(before, me) {
        return Read::Nothing("a bot's message");
    }
    let Some(ts) = word(event, "/deleted_ts").or_else(|| word(before, "/ts")) else {
        return Read::Unreadable("event.deleted_ts");
    };
    let lane = word(before, "/user").map_or_else(|| channel_lane(channel.as_str()), person_lane);
    take(me, key, lane, Event::SaidDeleted { channel, message: MessageId::new(ts) }, Answer::Nobody)
}

fn profile(event: &Value, key: String, me: &Me) -> Read {
    let Some(facts) = event.get("user").and_then(member_facts) else { return Read::Unreadable("event.user") };
    let lane = person_lane(facts.user.as_str());
    take(me, key, lane, Event::Seen(Seen::Member(facts)), Answer::Nobody)
}

fn paused(event: &Value, key: String, me: &Me) -> Read {
    let Some(user) = word(event, "/user") else { return Read::Unreadable("event.user") };
    let Some(status) = event.get("dnd_status") else { return Read::Unreadable("event.dnd_status") };
    let seen = Seen::Pauses { asked: vec![UserId::new(user)], paused: pause(user, status).into_iter().collect() };
    take(me, key, person_lane(user), Event::Seen(seen), Answer::Nobody)
}

/// Somebody's pause that goes on or comes next; `None` where they have none. A snooze is told to its owner alone, and
/// where Slack tells it after all, it is the one that holds.
pub fn pause(user: &str, status: &Value) -> Option<PauseFacts> {
    let flag = |name: &str| status.get(name).and_then(Value::as_bool).unwrap_or(false);
    let second = |name: &str| Timestamp::from_second(status.get(name)?.as_i64()?).ok();
    let from = second("next_dnd_start_ts");
    let (from, until) = match second("snooze_endtime").filter(|_| flag("snooze_enabled")) {
        // When it began isn't told; it holds.
        Some(until) => (Timestamp::UNIX_EPOCH, until),
        None if flag("dnd_enabled") => (from?, second("next_dnd_end_ts")?),
        None => return None,
    };
    // Slack says "never" as from 1 to 1.
    (from < until).then(|| PauseFacts { user: UserId::new(user), from, until })
}

fn came(event: &Value, key: String, me: &Me) -> Read {
    let (Some(user), Some(channel)) = (word(event, "/user"), word(event, "/channel")) else {
        return Read::Unreadable("event.user or event.channel");
    };
    if user == me.user.as_str() {
        return look_at_channel(key, channel);
    }
    let seen = Seen::Joined { channel: ChannelId::new(channel), user: UserId::new(user) };
    take(me, key, channel_lane(channel), Event::Seen(seen), Answer::Nobody)
}

fn went(event: &Value, key: String, me: &Me) -> Read {
    let (Some(user), Some(channel)) = (word(event, "/user"), word(event, "/channel")) else {
        return Read::Unreadable("event.user or event.channel");
    };
    if user == me.user.as_str() {
        return look_at_channel(key, channel);
    }
    let seen = Seen::Left { channel: ChannelId::new(channel), user: UserId::new(user) };
    take(me, key, channel_lane(channel), Event::Seen(seen), Answer::Nobody)
}

fn look_at_channel(key: String, channel: &str) -> Read {
    Read::Look { key: InboxKey::new(key), lane: channel_lane(channel), look: Look::Channel(ChannelId::new(channel)) }
}

/// Slack tells who came and who went; the whole group is asked for, so that a lost event heals.
fn group(event: &Value, key: String) -> Read {
    let Some(group) = word(event, "/subteam_id") else { return Read::Unreadable("event.subteam_id") };
    Read::Look {
        key: InboxKey::new(key),
        lane: format!("group/{group}"),
        look: Look::Errand(Errand::GroupMembers(GroupId::new(group))),
    }
}

fn revoked(event: &Value, key: String, me: &Me) -> Read {
    let ours = event.pointer("/tokens/bot").and_then(Value::as_array).is_some_and(|bots| !bots.is_empty());
    if !ours {
        return Read::Nothing("somebody's own token was revoked");
    }
    let seen = Seen::Locked { reason: "token_revoked".to_owned() };
    take(me, key, "workspace".to_owned(), Event::Seen(seen), Answer::Nobody)
}

/// What Slack knows of a person; `None` without an id.
pub fn member_facts(user: &Value) -> Option<MemberFacts> {
    let id = word(user, "/id")?;
    let flag = |name: &str| user.get(name).and_then(Value::as_bool).unwrap_or(false);
    let name = ["/profile/display_name", "/profile/real_name", "/real_name", "/name"]
        .iter()
        .find_map(|at| text(user, at).map(str::trim).filter(|name| !name.is_empty()))
        .unwrap_or(id);
    Some(MemberFacts {
        user: UserId::new(id),
        name: markup::unescape(name),
        // `tz_offset` is not used: it is only true today.
        zone: word(user, "/tz").map(str::to_owned),
        language: word(user, "/locale").and_then(Language::from_locale),
        admin: flag("is_admin") || flag("is_owner") || flag("is_primary_owner"),
        // Slackbot is a member without the mark of a bot.
        bot: flag("is_bot") || flag("is_workflow_bot") || flag("is_connector_bot") || id == "USLACKBOT",
        active: !flag("deleted"),
    })
}

fn take(me: &Me, key: String, lane: String, event: Event, answer: Answer) -> Read {
    let inbound = Inbound { key: InboxKey::new(key), workspace: me.workspace.clone(), event };
    Read::Take { inbound: Box::new(inbound), lane, answer }
}

fn person_lane(user: &str) -> String {
    format!("person/{user}")
}

fn channel_lane(channel: &str) -> String {
    format!("channel/{channel}")
}

fn text<'v>(value: &'v Value, at: &str) -> Option<&'v str> {
    value.pointer(at)?.as_str()
}

/// A text that has to say something: Slack blanks what it doesn't tell.
fn word<'v>(value: &'v Value, at: &str) -> Option<&'v str> {
    text(value, at).filter(|text| !text.is_empty())
}

#[cfg(test)]
pub(crate) mod tests;
