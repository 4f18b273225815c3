//! What all parts of the local Slack share: the state behind its lock, and the one way in which events leave it.

use super::{
    ids::{Ts, ts_text},
    markup::Reader,
    model::{Channel, Kind, Message, State},
    reading,
    socket::Sockets,
};
use crate::{
    clock::Clock,
    door::Door,
    fault::Faults,
    journal::{Act, Journal},
    quiet::Traffic,
    record::Recorder,
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

pub(super) struct Heart {
    pub(super) clock: Clock,
    pub(super) state: Mutex<State>,
    pub(super) sockets: Sockets,
    pub(super) recorder: Recorder,
    pub(super) faults: Faults,
    pub(super) journal: Journal,
    pub(super) traffic: Traffic,
    pub(super) door: Door,
    pub(super) closing: CancellationToken,
    pub(super) runtime: tokio::runtime::Handle,
    pub(super) bot_token: String,
    pub(super) app_token: String,
    pub(super) base: String,
}

impl Heart {
    pub(super) fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Reads or changes the state; the events that come of it leave in the order of the changes.
    pub(super) fn with<T>(self: &Arc<Self>, change: impl FnOnce(&mut State, &mut Vec<Value>) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut events = Vec::new();
        let result = change(&mut state, &mut events);
        let wanted: Vec<Value> = events.into_iter().filter(|e| is_wanted(&state, e)).collect();
        for event in wanted {
            let payload = self.envelope_payload(&mut state, event);
            self.send_event(payload);
        }
        drop(state);
        self.traffic.changed();
        result
    }

    /// Reads the state.
    pub(super) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The outer shape of an event.
    fn envelope_payload(&self, state: &mut State, event: Value) -> Value {
        let number = state.next_number();
        json!({
            "token": "", "team_id": state.team_id, "context_team_id": state.team_id, "context_enterprise_id": null,
            "api_app_id": state.app_id, "event": event, "type": "event_callback", "event_id": format!("Ev{number:09}"),
            "event_time": self.now() / 1_000, "is_ext_shared_channel": false, "event_context": format!("4-{number}"),
            "authorizations": [{"enterprise_id": null, "team_id": state.team_id, "user_id": state.bot_user,
                "is_bot": true, "is_enterprise_install": false}],
        })
    }

    /// Posts a message, with the event and the line in the journal that belong to it.
    pub(super) fn post(&self, state: &mut State, events: &mut Vec<Value>, channel: &str, new: NewMessage) -> Ts {
        let ts = state.next_ts(self.now());
        let message = Message {
            ts,
            user: new.user,
            text: new.text,
            blocks: new.blocks,
            metadata: new.metadata,
            thread: new.thread,
            broadcast: new.broadcast,
            edited: None,
            only_for: new.only_for,
            tombstone: false,
        };
        let act = if message.only_for.is_some() { Act::Whispered } else { Act::Posted };
        self.note(state, channel, &message, act);
        if message.only_for.is_none()
            && let Some(place) = state.channel(channel)
        {
            let mut event = state.message_json(channel, &message, true);
            // A reply's event does not carry its root's replies, a root has none yet: the shapes agree.
            event["channel"] = json!(channel);
            event["channel_type"] = json!(channel_type(place));
            event["event_ts"] = json!(ts_text(ts));
            events.push(event);
        }
        state.add_message(channel, message);
        ts
    }

    /// Writes a message into the journal, as the person in a direct conversation reads it.
    pub(super) fn note(&self, state: &State, channel: &str, message: &Message, act: Act) {
        let reader_id = message.only_for.as_deref().or(state.channel(channel).and_then(|c| c.with.as_deref()));
        let reader = match reader_id.and_then(|u| state.person(u)) {
            Some(person) => Reader::of(person, self.now()),
            None => Reader::nobody(self.now()),
        };
        let to = message.only_for.as_deref().map(|u| state.name_of(u));
        let in_thread = message.thread.is_some_and(|first| first != message.ts);
        let place = state.place(channel) + if in_thread { " › thread" } else { "" };
        self.journal.write(&place, &state.name_of(&message.user), act, to.as_deref(), || {
            reading::message_text(state, &reader, message)
        });
    }

    /// The event of an edit or a deletion.
    pub(super) fn changed_event(
        &self,
        state: &mut State,
        channel: &str,
        before: &Message,
        after: Option<&Message>,
    ) -> Value {
        let now_ms = self.now();
        let event_ts = state.next_ts(now_ms);
        let kind = state.channel(channel).map_or("channel", channel_type);
        let mut event = json!({
            "type": "message", "channel": channel, "channel_type": kind, "hidden": true,
            "ts": ts_text(event_ts), "event_ts": ts_text(event_ts),
            "previous_message": state.message_json(channel, before, true),
        });
        match after {
            Some(after) => {
                event["subtype"] = json!("message_changed");
                event["message"] = state.message_json(channel, after, true);
            }
            None => {
                event["subtype"] = json!("message_deleted");
                event["deleted_ts"] = json!(ts_text(before.ts));
            }
        }
        event
    }
}

/// What is posted.
#[derive(Debug, Default)]
pub(super) struct NewMessage {
    pub(super) user: String,
    pub(super) text: String,
    pub(super) blocks: Option<Value>,
    pub(super) metadata: Option<Value>,
    pub(super) thread: Option<Ts>,
    pub(super) broadcast: bool,
    pub(super) only_for: Option<String>,
}

pub(super) fn channel_type(channel: &Channel) -> &'static str {
    match channel.kind {
        Kind::Public => "channel",
        Kind::Private => "group",
        Kind::Direct => "im",
    }
}

/// Whether the app is told of an event: it must be installed, have subscribed, and be where it happened.
fn is_wanted(state: &State, event: &Value) -> bool {
    let kind = event["type"].as_str().unwrap_or_default();
    let farewell = matches!(kind, "app_uninstalled" | "tokens_revoked");
    if !state.installed && !farewell {
        return false;
    }
    let place = event["channel"].as_str().or(event["channel"]["id"].as_str()).and_then(|c| state.channel(c));
    let name = match (kind, event["channel_type"].as_str()) {
        ("message", Some(channel_type)) => {
            let plural = match channel_type {
                "channel" => "message.channels",
                "group" => "message.groups",
                _ => "message.im",
            };
            plural.to_owned()
        }
        _ => kind.to_owned(),
    };
    if !state.subscriptions.contains(&name) {
        return false;
    }
    let Some(place) = place else { return true };
    let is_there = place.members.contains(&state.bot_user);
    // The bot still hears that it left itself; the making and unmaking of public channels is told to everyone.
    let of_itself = event["user"].as_str() == Some(&state.bot_user) && kind == "member_left_channel";
    let about_channel = kind.starts_with("channel_") && place.kind == Kind::Public;
    is_there || of_itself || about_channel
}
