//! What a Slack workspace is: people, places, messages, open forms. No network here, and no rule about who may call
//! what: only state, and the shapes in which Slack shows it.

use super::ids::{Ts, id, ts_text};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap, VecDeque};

/// Somebody with an account, bots included.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) real_name: String,
    /// An IANA name; Slack has none for some accounts.
    pub(super) tz: Option<String>,
    pub(super) locale: String,
    pub(super) is_admin: bool,
    pub(super) is_bot: bool,
    pub(super) is_guest: bool,
    pub(super) deleted: bool,
    pub(super) updated_ms: i64,
    /// Set for do-not-disturb hours, in seconds since 1970 (start, end).
    pub(super) dnd: Option<(i64, i64)>,
}

/// What kind of place a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Public,
    Private,
    Direct,
}

/// A conversation.
#[derive(Debug, Clone)]
pub(super) struct Channel {
    pub(super) id: String,
    /// Without `#`; empty for a direct conversation.
    pub(super) name: String,
    pub(super) kind: Kind,
    /// In the order they joined.
    pub(super) members: Vec<String>,
    pub(super) archived: bool,
    pub(super) created_ms: i64,
    /// The person in a direct conversation with the bot.
    pub(super) with: Option<String>,
}

/// A message, or words that only one person sees.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub(super) ts: Ts,
    pub(super) user: String,
    pub(super) text: String,
    pub(super) blocks: Option<Value>,
    pub(super) metadata: Option<Value>,
    /// The root's timestamp, where this is in a thread and not its root.
    pub(super) thread: Option<Ts>,
    pub(super) broadcast: bool,
    pub(super) edited: Option<Ts>,
    /// The only person who sees it.
    pub(super) only_for: Option<String>,
    /// Deleted while its thread lives on.
    pub(super) tombstone: bool,
}

/// A user group.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) members: Vec<String>,
    pub(super) disabled: bool,
    pub(super) updated_ms: i64,
}

/// A form in front of a person.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) id: String,
    pub(super) user: String,
    /// As the app gave it.
    pub(super) given: Value,
    pub(super) hash: String,
    pub(super) root: String,
    pub(super) previous: Option<String>,
    /// What the person put in: (block, action) to the element's state.
    pub(super) entered: HashMap<(String, String), Value>,
    /// What the app found wrong: (block, words).
    pub(super) errors: Vec<(String, String)>,
}

/// A trigger that opens one form, for three seconds.
#[derive(Debug)]
pub(super) struct Trigger {
    pub(super) user: String,
    pub(super) issued_ms: i64,
    pub(super) used: bool,
}

/// An address to answer at, five times in thirty minutes.
#[derive(Debug)]
pub(super) struct ResponseUrl {
    pub(super) user: String,
    pub(super) channel: String,
    pub(super) issued_ms: i64,
    pub(super) uses: u32,
    /// The message that the button was on.
    pub(super) origin: Option<Ts>,
}

/// Short-lived things are forgotten when there are more than this, oldest first: a load test makes millions.
const SHORT_LIVED_MAX: usize = 20_000;
/// Messages kept in one place while no journal is kept.
const MESSAGES_MAX_UNDER_LOAD: usize = 1_000;

/// A map that forgets its oldest entries.
#[derive(Debug)]
pub(super) struct ShortLived<T> {
    entries: HashMap<String, T>,
    order: VecDeque<String>,
}
impl<T> Default for ShortLived<T> {
    fn default() -> Self {
        Self { entries: HashMap::new(), order: VecDeque::new() }
    }
}
impl<T> ShortLived<T> {
    pub(super) fn insert(&mut self, key: String, entry: T) {
        if self.order.len() >= SHORT_LIVED_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.entries.remove(&oldest);
        }
        self.order.push_back(key.clone());
        self.entries.insert(key, entry);
    }
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        self.entries.get_mut(key)
    }
}

/// The workspace.
#[derive(Debug)]
pub(super) struct State {
    pub(super) team_id: String,
    pub(super) app_id: String,
    pub(super) bot_id: String,
    pub(super) bot_user: String,
    pub(super) workspace: String,
    pub(super) domain: String,
    pub(super) people: Vec<Person>,
    pub(super) channels: Vec<Channel>,
    pub(super) groups: Vec<Group>,
    pub(super) messages: HashMap<String, Vec<Message>>,
    /// Open forms of each person, the bottom first.
    pub(super) views: HashMap<String, Vec<View>>,
    pub(super) triggers: ShortLived<Trigger>,
    pub(super) response_urls: ShortLived<ResponseUrl>,
    pub(super) scopes: BTreeSet<String>,
    pub(super) subscriptions: BTreeSet<String>,
    pub(super) bot_token_revoked: bool,
    pub(super) app_token_revoked: bool,
    pub(super) installed: bool,
    pub(super) under_load: bool,
    /// Calls counted against the rate limits: (what is limited) to when, in milliseconds.
    pub(super) rate_log: HashMap<String, VecDeque<i64>>,
    pub(super) rate_limits: bool,
    pub(super) page_max: usize,
    last_ts: Ts,
    last_number: u64,
}

impl State {
    pub(super) fn new(workspace: &str, bot_name: &str, bot_locale: &str) -> Self {
        let domain: String =
            workspace.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let mut state = Self {
            team_id: id('T', 1),
            app_id: id('A', 1),
            bot_id: id('B', 1),
            bot_user: String::new(),
            workspace: workspace.to_owned(),
            domain,
            people: Vec::new(),
            channels: Vec::new(),
            groups: Vec::new(),
            messages: HashMap::new(),
            views: HashMap::new(),
            triggers: ShortLived::default(),
            response_urls: ShortLived::default(),
            scopes: BTreeSet::new(),
            subscriptions: BTreeSet::new(),
            bot_token_revoked: false,
            app_token_revoked: false,
            installed: true,
            under_load: false,
            rate_log: HashMap::new(),
            rate_limits: false,
            page_max: 1_000,
            last_ts: 0,
            last_number: 1,
        };
        let mut bot = Person::new(state.next_id('U'), bot_name);
        bot.is_bot = true;
        bot.locale = bot_locale.to_owned();
        state.bot_user = bot.id.clone();
        state.people.push(bot);
        // Slack's own account is in every list, and says that it is no bot.
        let mut slackbot = Person::new("USLACKBOT".to_owned(), "slackbot");
        slackbot.real_name = "Slackbot".to_owned();
        state.people.push(slackbot);
        state
    }

    pub(super) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
    pub(super) fn next_id(&mut self, letter: char) -> String {
        let number = self.next_number();
        id(letter, number)
    }
    /// A timestamp never given before, later than all before it.
    pub(super) fn next_ts(&mut self, now_ms: i64) -> Ts {
        self.last_ts = (self.last_ts + 1).max(now_ms * 1_000);
        self.last_ts
    }

    pub(super) fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|p| p.id == id)
    }
    pub(super) fn person_named(&self, name: &str) -> Option<&Person> {
        let name = name.trim_start_matches('@');
        self.people.iter().find(|p| p.name == name)
    }
    pub(super) fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.iter().find(|c| c.id == id)
    }
    pub(super) fn channel_mut(&mut self, id: &str) -> Option<&mut Channel> {
        self.channels.iter_mut().find(|c| c.id == id)
    }
    pub(super) fn channel_named(&self, name: &str) -> Option<&Channel> {
        let name = name.trim_start_matches('#');
        self.channels.iter().find(|c| c.kind != Kind::Direct && c.name == name)
    }
    pub(super) fn group_named(&self, handle: &str) -> Option<&Group> {
        let handle = handle.trim_start_matches('@');
        self.groups.iter().find(|g| g.handle == handle)
    }
    /// The direct conversation of the bot with `user`, made when there is none.
    pub(super) fn direct_with(&mut self, user: &str, now_ms: i64) -> String {
        if let Some(found) = self.channels.iter().find(|c| c.with.as_deref() == Some(user)) {
            return found.id.clone();
        }
        let id = self.next_id('D');
        self.channels.push(Channel {
            id: id.clone(),
            name: String::new(),
            kind: Kind::Direct,
            members: vec![user.to_owned(), self.bot_user.clone()],
            archived: false,
            created_ms: now_ms,
            with: Some(user.to_owned()),
        });
        id
    }
    /// How people call a conversation: `#eng`, or `DM ana`.
    pub(super) fn place(&self, channel: &str) -> String {
        match self.channel(channel) {
            Some(c) if c.kind == Kind::Direct => {
                let with = c.with.as_deref().and_then(|u| self.person(u));
                format!("DM {}", with.map_or("?", |p| p.name.as_str()))
            }
            Some(c) => format!("#{}", c.name),
            None => channel.to_owned(),
        }
    }
    pub(super) fn name_of(&self, user: &str) -> String {
        self.person(user).map_or_else(|| user.to_owned(), |p| p.name.clone())
    }

    pub(super) fn message(&self, channel: &str, ts: Ts) -> Option<&Message> {
        self.messages.get(channel)?.iter().rev().find(|m| m.ts == ts)
    }
    pub(super) fn message_mut(&mut self, channel: &str, ts: Ts) -> Option<&mut Message> {
        self.messages.get_mut(channel)?.iter_mut().rev().find(|m| m.ts == ts)
    }
    pub(super) fn add_message(&mut self, channel: &str, message: Message) {
        let under_load = self.under_load;
        let list = self.messages.entry(channel.to_owned()).or_default();
        if under_load && list.len() >= MESSAGES_MAX_UNDER_LOAD {
            list.drain(..MESSAGES_MAX_UNDER_LOAD / 2);
        }
        list.push(message);
    }
    /// Replies in a thread, oldest first.
    pub(super) fn replies(&self, channel: &str, root: Ts) -> impl Iterator<Item = &Message> {
        let all = self.messages.get(channel).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(move |m| m.thread == Some(root) && m.only_for.is_none())
    }
    /// Takes a message out, or leaves a tombstone where a thread hangs on it. Gives what it was.
    pub(super) fn delete_message(&mut self, channel: &str, ts: Ts) -> Option<Message> {
        let was = self.message(channel, ts)?.clone();
        if self.replies(channel, ts).next().is_some() {
            let stone = self.message_mut(channel, ts)?;
            stone.tombstone = true;
            stone.text = "This message was deleted.".to_owned();
            stone.blocks = None;
            stone.metadata = None;
        } else {
            self.messages.get_mut(channel)?.retain(|m| m.ts != ts);
        }
        Some(was)
    }

    pub(super) fn new_trigger(&mut self, user: &str, now_ms: i64) -> String {
        let number = self.next_number();
        let key = format!("{number}.{}.{:016x}", &self.team_id[1..], number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        self.triggers.insert(key.clone(), Trigger { user: user.to_owned(), issued_ms: now_ms, used: false });
        key
    }
    /// The key of a new response address.
    pub(super) fn new_response_url(&mut self, user: &str, channel: &str, origin: Option<Ts>, now_ms: i64) -> String {
        let number = self.next_number();
        let key = format!("{}/{number}", self.team_id);
        self.response_urls.insert(
            key.clone(),
            ResponseUrl { user: user.to_owned(), channel: channel.to_owned(), issued_ms: now_ms, uses: 0, origin },
        );
        key
    }
    /// The form on top in front of a person.
    pub(super) fn view_of(&self, user: &str) -> Option<&View> {
        self.views.get(user)?.last()
    }
    pub(super) fn view_by_id_mut(&mut self, view: &str) -> Option<&mut View> {
        self.views.values_mut().flatten().find(|v| v.id == view)
    }
}

impl Person {
    pub(super) fn new(id: String, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            real_name: name.to_owned(),
            tz: None,
            locale: "en-US".to_owned(),
            is_admin: false,
            is_bot: false,
            is_guest: false,
            deleted: false,
            updated_ms: 0,
            dnd: None,
        }
    }
}

/// The shapes in which Slack shows its state.
impl State {
    pub(super) fn person_json(&self, person: &Person, with_locale: bool) -> Value {
        let mut shape = json!({
            "id": person.id, "team_id": self.team_id, "name": person.name, "deleted": person.deleted,
            "profile": {
                "real_name": person.real_name, "real_name_normalized": person.real_name,
                "display_name": person.name, "display_name_normalized": person.name,
                "status_text": "", "status_emoji": "", "status_expiration": 0, "team": self.team_id,
                "avatar_hash": "g0000000000", "title": "", "phone": "", "skype": "",
            },
            "is_bot": person.is_bot, "is_app_user": false, "updated": person.updated_ms / 1_000,
        });
        // A deactivated account has lost its zone and its roles.
        if !person.deleted {
            let zone = person.tz.as_deref();
            let offset = zone.and_then(|z| super::markup::offset_secs(z, person.updated_ms));
            for (key, value) in [
                ("color", json!("9f69e7")),
                ("real_name", json!(person.real_name)),
                ("tz", json!(zone)),
                ("tz_label", json!(zone)),
                ("tz_offset", json!(offset.unwrap_or(0))),
                ("is_admin", json!(person.is_admin)),
                ("is_owner", json!(false)),
                ("is_primary_owner", json!(false)),
                ("is_restricted", json!(person.is_guest)),
                ("is_ultra_restricted", json!(false)),
                ("is_email_confirmed", json!(!person.is_bot)),
            ] {
                shape[key] = value;
            }
        }
        if with_locale {
            shape["locale"] = json!(person.locale);
        }
        shape
    }

    pub(super) fn channel_json(&self, channel: &Channel) -> Value {
        if channel.kind == Kind::Direct {
            return json!({
                "id": channel.id, "created": channel.created_ms / 1_000, "is_im": true, "is_archived": channel.archived,
                "is_org_shared": false, "user": channel.with, "is_user_deleted":
                    channel.with.as_deref().and_then(|u| self.person(u)).is_some_and(|p| p.deleted),
                "priority": 0, "context_team_id": self.team_id, "updated": channel.created_ms,
            });
        }
        let private = channel.kind == Kind::Private;
        json!({
            "id": channel.id, "name": channel.name, "name_normalized": channel.name,
            "is_channel": !private, "is_group": private, "is_im": false, "is_mpim": false, "is_private": private,
            "is_archived": channel.archived, "is_general": channel.name == "general", "is_shared": false,
            "is_ext_shared": false, "is_org_shared": false, "is_pending_ext_shared": false, "unlinked": 0,
            "created": channel.created_ms / 1_000, "creator": channel.members.first(),
            "is_member": channel.members.contains(&self.bot_user), "num_members": channel.members.len(),
            "context_team_id": self.team_id, "updated": channel.created_ms, "previous_names": [],
            "pending_shared": [], "pending_connected_team_ids": [], "shared_team_ids": [self.team_id],
            "parent_conversation": null,
            "topic": {"value": "", "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        })
    }

    pub(super) fn message_json(&self, channel: &str, message: &Message, with_metadata: bool) -> Value {
        let mut shape = json!({
            "type": "message", "user": message.user, "text": message.text, "ts": ts_text(message.ts),
            "team": self.team_id,
        });
        if message.user == self.bot_user {
            shape["bot_id"] = json!(self.bot_id);
            shape["app_id"] = json!(self.app_id);
            shape["bot_profile"] = json!({
                "id": self.bot_id, "app_id": self.app_id, "user_id": self.bot_user, "name": self.name_of(&self.bot_user),
                "deleted": false, "updated": 0, "team_id": self.team_id,
                "icons": {"image_36": "", "image_48": "", "image_72": ""},
            });
        } else if !message.tombstone {
            shape["client_msg_id"] = json!(format!("00000000-0000-4000-8000-{:012x}", message.ts & 0xFFFF_FFFF_FFFF));
        }
        if let Some(blocks) = &message.blocks {
            shape["blocks"] = blocks.clone();
        }
        if let Some(metadata) = message.metadata.as_ref().filter(|_| with_metadata) {
            shape["metadata"] = metadata.clone();
        }
        if let Some(edited) = message.edited {
            shape["edited"] = json!({"user": message.user, "ts": ts_text(edited)});
        }
        if message.tombstone {
            shape["subtype"] = json!("tombstone");
            shape["user"] = json!("USLACKBOT");
            shape["hidden"] = json!(true);
        }
        if let Some(root) = message.thread {
            shape["thread_ts"] = json!(ts_text(root));
            if let Some(parent) = self.message(channel, root) {
                shape["parent_user_id"] = json!(parent.user);
                if message.broadcast {
                    shape["subtype"] = json!("thread_broadcast");
                    shape["root"] = json!({"type": "message", "user": parent.user, "text": parent.text,
                        "ts": ts_text(root), "thread_ts": ts_text(root)});
                }
            }
            return shape;
        }
        let replies: Vec<&Message> = self.replies(channel, message.ts).collect();
        if let Some(latest) = replies.last() {
            let who: BTreeSet<&str> = replies.iter().map(|m| m.user.as_str()).collect();
            shape["thread_ts"] = json!(ts_text(message.ts));
            shape["reply_count"] = json!(replies.len());
            shape["reply_users_count"] = json!(who.len());
            shape["reply_users"] = json!(who);
            shape["latest_reply"] = json!(ts_text(latest.ts));
            shape["is_locked"] = json!(false);
            shape["subscribed"] = json!(false);
        }
        shape
    }

    pub(super) fn group_json(&self, group: &Group, with_users: bool) -> Value {
        let updated = group.updated_ms / 1_000;
        let mut shape = json!({
            "id": group.id, "team_id": self.team_id, "is_usergroup": true, "is_subteam": true, "name": group.name,
            "description": "", "handle": group.handle, "is_external": false, "date_create": updated,
            "date_update": updated, "date_delete": if group.disabled { updated } else { 0 }, "auto_type": null,
            "auto_provision": false, "enterprise_subteam_id": "", "created_by": "USLACKBOT", "updated_by": "USLACKBOT",
            "deleted_by": null, "prefs": {"channels": [], "groups": []}, "user_count": group.members.len(),
        });
        if with_users {
            shape["users"] = json!(group.members);
        }
        shape
    }

    pub(super) fn view_json(&self, view: &View) -> Value {
        let mut shape = view.given.clone();
        // Slack fills in what the app left out, block ids too.
        for (key, default) in [
            ("private_metadata", json!("")),
            ("callback_id", json!("")),
            ("external_id", json!("")),
            ("clear_on_close", json!(false)),
            ("notify_on_close", json!(false)),
            ("submit_disabled", json!(false)),
            ("close", Value::Null),
            ("submit", Value::Null),
        ] {
            if shape.get(key).is_none() {
                shape[key] = default;
            }
        }
        let mut values = json!({});
        for ((block, action), state) in &view.entered {
            values[block][action] = state.clone();
        }
        shape["id"] = json!(view.id);
        shape["team_id"] = json!(self.team_id);
        shape["app_id"] = json!(self.app_id);
        shape["app_installed_team_id"] = json!(self.team_id);
        shape["bot_id"] = json!(self.bot_id);
        shape["hash"] = json!(view.hash);
        shape["root_view_id"] = json!(view.root);
        shape["previous_view_id"] = json!(view.previous);
        shape["state"] = json!({"values": values});
        shape
    }
}
