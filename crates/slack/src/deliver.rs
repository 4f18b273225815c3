//! Sends one owed message, once, and looks for one that may have been sent.

use crate::{
    directory::{args, next_cursor},
    methods::{self, Method},
    render,
    web::{self, CallError, Web},
};
use jeda_core::{
    effect::{Outgoing, Target},
    event::{Posted, Refusal},
    id::{ChannelId, EffectKey, MessageId, UserId},
};
use jeda_engine::{Delivery, Found, Keep, clock::SharedClock};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// The kind of our metadata; Slack shows it to apps, not to people.
const METADATA_TYPE: &str = "jeda_effect";
/// A message whose sending began is looked for from this long before: Slack's clock and ours differ.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(10);
/// How far back a message is looked for when the process that sent it is gone and its time is not known: longer than
/// the courier's attempts last.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(72);
/// A message that is not there this soon after its sending began may still be on its way.
const SETTLES: SignedDuration = SignedDuration::from_secs(30);
/// Messages on a page of history.
const PAGE: usize = 200;
/// Pages that are looked through.
const PAGES_MAX: usize = 50;
/// Sendings whose beginning is remembered; the oldest are forgotten, and looked for with [`LOOK_BACK`].
const BEGUN_MAX: usize = 10_000;

/// The road out.
pub(crate) struct Road {
    web: Arc<Web>,
    keep: Arc<dyn Keep>,
    clock: SharedClock,
    team: String,
    /// When the sending of each message whose fate is unknown began.
    begun: Mutex<BTreeMap<EffectKey, Begun>>,
}

/// When the first and the last attempt to send a message began.
#[derive(Clone, Copy)]
struct Begun {
    first: Timestamp,
    last: Timestamp,
}

/// Where a message goes, in Slack's terms.
struct Place {
    channel: ChannelId,
    thread: Option<MessageId>,
    edit: Option<MessageId>,
}

impl Road {
    pub(crate) fn new(web: Arc<Web>, keep: Arc<dyn Keep>, clock: SharedClock, team: String) -> Self {
        Self { web, keep, clock, team, begun: Mutex::default() }
    }

    /// Sends a message, once.
    pub(crate) async fn deliver(&self, outgoing: &Outgoing) -> Delivery {
        let body = match render::message(&outgoing.message) {
            Ok(body) => body,
            Err(error) => return Delivery::Refused(Refusal::Other(format!("render: {error}"))),
        };
        let place = match self.place(&outgoing.to, false).await {
            Ok(place) => place,
            Err(delivery) => return delivery,
        };
        if let Target::Whisper { to, .. } = &outgoing.to {
            return self.whisper(to, &place, body).await;
        }
        let first = self.send(outgoing, &place, body.clone()).await;
        let Target::Direct(_) = outgoing.to else { return first };
        if first != Delivery::Refused(Refusal::NotInChannel) {
            return first;
        }
        // The direct-message channel that was kept is no more (the app was installed anew): open it again, once.
        match self.place(&outgoing.to, true).await {
            Ok(fresh) if fresh.channel != place.channel => self.send(outgoing, &fresh, body).await,
            Ok(_) => Delivery::Refused(Refusal::DirectMessagesClosed),
            Err(delivery) => delivery,
        }
    }

    async fn send(&self, outgoing: &Outgoing, place: &Place, mut args: Map<String, Value>) -> Delivery {
        args.insert("channel".to_owned(), place.channel.as_str().into());
        let method: &Method = match &place.edit {
            Some(ts) => {
                // Without metadata of its own an edit keeps the message's.
                args.insert("ts".to_owned(), ts.as_str().into());
                &methods::CHAT_UPDATE
            }
            None => {
                args.insert("unfurl_links".to_owned(), false.into());
                args.insert("unfurl_media".to_owned(), false.into());
                args.insert("metadata".to_owned(), metadata(&outgoing.key));
                if let Some(root) = &place.thread {
                    args.insert("thread_ts".to_owned(), root.as_str().into());
                }
                self.begin(&outgoing.key);
                &methods::CHAT_POST_MESSAGE
            }
        };
        args.insert("parse".to_owned(), "none".into());
        match self.web.call(method, place.channel.as_str(), args).await {
            Ok(answer) => match posted(&answer, &place.channel) {
                Some(posted) => {
                    self.ended(&outgoing.key);
                    Delivery::Sent(posted)
                }
                None => web::delivery(CallError::Lost { why: "malformed answer".to_owned() }, method),
            },
            Err(error) => {
                let delivery = web::delivery(error, method);
                if !matches!(delivery, Delivery::Uncertain { .. }) {
                    self.ended(&outgoing.key);
                }
                delivery
            }
        }
    }

    /// Words for one person. Slack shows them to nobody else and keeps them nowhere, so a lost answer stays lost.
    async fn whisper(&self, to: &UserId, place: &Place, mut args: Map<String, Value>) -> Delivery {
        args.insert("channel".to_owned(), place.channel.as_str().into());
        args.insert("user".to_owned(), to.as_str().into());
        args.insert("parse".to_owned(), "none".into());
        if let Some(root) = &place.thread {
            args.insert("thread_ts".to_owned(), root.as_str().into());
        }
        match self.web.call(&methods::CHAT_POST_EPHEMERAL, place.channel.as_str(), args).await {
            Ok(answer) => {
                let at = json!({ "ts": answer.get("message_ts") });
                let lost = || Delivery::Refused(Refusal::Other("malformed answer".to_owned()));
                posted(&at, &place.channel).map_or_else(lost, Delivery::Sent)
            }
            Err(error) => match web::delivery(error, &methods::CHAT_POST_EPHEMERAL) {
                Delivery::Uncertain { why } => Delivery::Refused(Refusal::Other(why)),
                known => known,
            },
        }
    }

    async fn place(&self, to: &Target, anew: bool) -> Result<Place, Delivery> {
        let place = |channel: &ChannelId| Place { channel: channel.clone(), thread: None, edit: None };
        Ok(match to {
            Target::Direct(user) => place(&self.direct(user, anew).await?),
            Target::Channel(channel) => place(channel),
            Target::Thread(root) => Place { thread: Some(root.message.clone()), ..place(&root.channel) },
            Target::Edit(old) => Place { edit: Some(old.message.clone()), ..place(&old.channel) },
            Target::Whisper { beside, thread, .. } => Place { thread: thread.clone(), ..place(&beside.channel) },
            // An answer to a message stands in its thread.
            Target::Reply { to, thread } => {
                Place { thread: Some(thread.as_ref().unwrap_or(&to.message).clone()), ..place(&to.channel) }
            }
            // Core asks the capabilities first; Slack needs no such things.
            Target::Aside { .. } | Target::Nothing(_) | Target::TakeBack { .. } | Target::InNameOf(_) => {
                return Err(Delivery::Refused(Refusal::Other("not_on_slack".to_owned())));
            }
        })
    }

    /// A person's direct-message channel, opened once and kept.
    async fn direct(&self, user: &UserId, anew: bool) -> Result<ChannelId, Delivery> {
        let key = format!("slack/{}/dm/{user}", self.team);
        if !anew && let Some(kept) = self.keep.kept(&key).await {
            return Ok(ChannelId::new(kept));
        }
        let answer = self.web.call(&methods::CONVERSATIONS_OPEN, "", args(json!({ "users": user }))).await;
        let answer = answer.map_err(|error| match web::delivery(error, &methods::CONVERSATIONS_OPEN) {
            // Here it is the person who isn't found.
            Delivery::Refused(Refusal::NotInChannel) => Delivery::Refused(Refusal::MemberGone),
            other => other,
        })?;
        let id = answer
            .pointer("/channel/id")
            .and_then(Value::as_str)
            .ok_or_else(|| Delivery::Later { after: None, why: "malformed answer".to_owned() })?;
        self.keep.keep(&key, id).await;
        Ok(ChannelId::new(id))
    }

    /// Whether a message that may have been sent is there.
    pub(crate) async fn find(&self, outgoing: &Outgoing) -> Found {
        match outgoing.to {
            // An edit that is made twice is the same as one.
            Target::Edit(_) => return Found::Absent,
            Target::Whisper { .. } => return Found::Untraceable,
            _ => {}
        }
        let place = match self.place(&outgoing.to, false).await {
            Ok(place) => place,
            Err(delivery) => return Found::Unknown { why: reason(delivery) },
        };
        let begun = self.begun_at(&outgoing.key);
        match self.look_for(&outgoing.key, &place, begun.map(|begun| begun.first)).await {
            Ok(Some(posted)) => {
                self.ended(&outgoing.key);
                Found::Sent(posted)
            }
            Ok(None) => self.absent(begun.map(|begun| begun.last)),
            Err(error) => Found::Unknown { why: error.to_string() },
        }
    }

    fn absent(&self, begun: Option<Timestamp>) -> Found {
        if begun.is_some_and(|begun| self.clock.now().duration_since(begun) < SETTLES) {
            return Found::Unknown { why: "it may still be on its way".to_owned() };
        }
        Found::Absent
    }

    /// Looks through what was posted since shortly before the sending began, newest first.
    async fn look_for(
        &self,
        key: &EffectKey,
        place: &Place,
        begun: Option<Timestamp>,
    ) -> Result<Option<Posted>, CallError> {
        let since = begun.map_or_else(|| self.clock.now() - LOOK_BACK, |begun| begun - CLOCKS_DIFFER);
        let mut start = args(json!({
            "channel": place.channel,
            "oldest": seconds(since),
            "include_all_metadata": true,
            "limit": PAGE,
        }));
        let method = match &place.thread {
            Some(root) => {
                start.insert("ts".to_owned(), root.as_str().into());
                &methods::CONVERSATIONS_REPLIES
            }
            None => &methods::CONVERSATIONS_HISTORY,
        };
        let mut cursor = None::<String>;
        for _ in 0..PAGES_MAX {
            let mut args = start.clone();
            if let Some(cursor) = &cursor {
                args.insert("cursor".to_owned(), cursor.as_str().into());
            }
            let answer = self.web.call(method, "", args).await?;
            let messages = answer.get("messages").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            if let Some(ours) = messages.iter().find(|message| carries(message, key)) {
                return Ok(posted(&json!({ "ts": ours.get("ts") }), &place.channel));
            }
            cursor = next_cursor(&answer);
            if cursor.is_none() {
                return Ok(None);
            }
        }
        Err(CallError::Lost { why: "too much was posted since to look through".to_owned() })
    }

    fn begin(&self, key: &EffectKey) {
        let now = self.clock.now();
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.entry(key.clone()).or_insert(Begun { first: now, last: now }).last = now;
        if begun.len() > BEGUN_MAX
            && let Some(oldest) = begun.iter().min_by_key(|(_, at)| at.first).map(|(key, _)| key.clone())
        {
            begun.remove(&oldest);
        }
    }

    fn begun_at(&self, key: &EffectKey) -> Option<Begun> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner).get(key).copied()
    }

    fn ended(&self, key: &EffectKey) {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

fn metadata(key: &EffectKey) -> Value {
    json!({ "event_type": METADATA_TYPE, "event_payload": { "key": key } })
}

fn carries(message: &Value, key: &EffectKey) -> bool {
    message.pointer("/metadata/event_type").and_then(Value::as_str) == Some(METADATA_TYPE)
        && message.pointer("/metadata/event_payload/key").and_then(Value::as_str) == Some(key.as_str())
}

/// Where an answer says that the message is; Slack answers with the channel that it chose.
fn posted(answer: &Value, channel: &ChannelId) -> Option<Posted> {
    let ts = answer.get("ts")?.as_str()?;
    let channel = answer.get("channel").and_then(Value::as_str).map_or_else(|| channel.clone(), ChannelId::new);
    Some(Posted { channel, message: MessageId::new(ts), at: instant(ts)? })
}

/// `1700000000.000100` is both a message's name and its instant, in seconds with six decimals.
pub(crate) fn instant(ts: &str) -> Option<Timestamp> {
    let (secs, micros) = ts.split_once('.').unwrap_or((ts, "0"));
    let nanos: i32 = format!("{micros:0<9}").get(..9)?.parse().ok()?;
    Timestamp::new(secs.parse().ok()?, nanos).ok()
}

fn seconds(at: Timestamp) -> String {
    format!("{}.{:06}", at.as_second(), at.subsec_microsecond())
}

fn reason(delivery: Delivery) -> String {
    match delivery {
        Delivery::Later { why, .. } | Delivery::Locked { why } | Delivery::Uncertain { why } => why,
        Delivery::Refused(_) => "the place is closed".to_owned(),
        Delivery::Sent(_) => "sent".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_messages_name_is_its_instant() {
        let at = instant("1700000000.000100").unwrap();
        assert_eq!(at.as_microsecond(), 1_700_000_000_000_100);
        assert_eq!(seconds(at), "1700000000.000100");
        assert_eq!(instant("1700000000").unwrap().as_second(), 1_700_000_000);
        assert_eq!(instant("yesterday"), None);
        assert_eq!(instant("1.ä"), None);
    }

    /// The answers that Slack's reference shows to what the courier calls.
    #[test]
    fn where_a_message_went_is_read_from_every_answer() {
        let Some(folder) = jeda_tests::specs("slack/methods") else { return };
        let shown = |method: &Method| -> Value {
            let text = std::fs::read_to_string(folder.join(format!("{}.json", method.name))).unwrap();
            let reference: Value = serde_json::from_str(&text).unwrap();
            reference["examples"]["success"]["example"].clone()
        };
        let channel = ChannelId::new("C1");
        for method in [&methods::CHAT_POST_MESSAGE, &methods::CHAT_UPDATE] {
            let answer = shown(method);
            let posted = posted(&answer, &channel).unwrap();
            assert_eq!(answer["channel"], posted.channel.as_str(), "{}", method.name);
        }
        assert!(shown(&methods::CONVERSATIONS_OPEN).pointer("/channel/id").is_some_and(Value::is_string));
        for method in [&methods::CONVERSATIONS_HISTORY, &methods::CONVERSATIONS_REPLIES] {
            let answer = shown(method);
            let messages = answer["messages"].as_array().unwrap();
            assert!(messages.iter().all(|message| instant(message["ts"].as_str().unwrap()).is_some()));
            assert!(next_cursor(&answer).is_some(), "{}", method.name);
        }
    }
}
