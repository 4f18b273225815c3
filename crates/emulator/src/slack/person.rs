//! People act: they run commands, answer, press buttons, fill in forms. Everything goes by names, as people do.
//!
//! A story that asks for what cannot be done (a button that is nowhere) panics, and says what the person saw.

use super::{
    api::{self, Args},
    form::{self, Form},
    heart::{Heart, NewMessage, channel_type},
    ids::{Ts, ts_parse, ts_text},
    markup::{self, Reader},
    model::{Channel, Kind, Message, State},
    reading::{self, Seen, kind, label_of},
    socket::Outcome,
};
use crate::journal::Act;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// How long [`Person::waits_for`] waits, in real time.
const PATIENCE: Duration = Duration::from_secs(10);

/// A person at their screen.
#[derive(Clone)]
pub struct Person {
    pub(super) heart: Arc<Heart>,
    pub(super) id: String,
    pub(super) name: String,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person").field("name", &self.name).field("id", &self.id).finish_non_exhaustive()
    }
}

/// What came back at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whether the app acknowledged within three seconds.
    pub acknowledged: bool,
    /// The words that came with the acknowledgement.
    pub words: Option<Seen>,
}

/// What came of sending in a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Submitted {
    /// Whether the app acknowledged within three seconds; false also where the form never left the screen.
    pub acknowledged: bool,
    /// What is wrong: (label, words). Empty when the form was taken.
    pub errors: Vec<(String, String)>,
}

impl Person {
    /// Slack's id of them.
    pub fn id(&self) -> &str {
        &self.id
    }
    /// Their name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Runs a command in the direct conversation with the bot: `/standup new …`.
    pub async fn runs(&self, line: &str) -> Answer {
        let direct = self.dm_id();
        self.runs_at(&direct, line).await
    }
    /// Runs a command in a channel (`#eng`).
    ///
    /// # Panics
    /// When there is no such channel.
    pub async fn runs_in(&self, channel: &str, line: &str) -> Answer {
        let id = self.channel_id(channel);
        self.runs_at(&id, line).await
    }

    async fn runs_at(&self, channel: &str, line: &str) -> Answer {
        let (command, text) = line.split_once(' ').unwrap_or((line, ""));
        let place = self.heart.look(|s| s.place(channel));
        self.heart.journal.write(&place, &self.name, Act::Command, None, || line.to_owned());
        let payload = self.heart.with(|state, _| {
            let text = markup::command_text(state, text.trim());
            command_payload(&self.heart, state, &self.id, channel, command, &text)
        });
        let outcome = self.heart.ask("slash_commands", &in_envelope("slash_commands", &payload)).await;
        self.settle_command(channel, command, &place, outcome)
    }

    fn settle_command(&self, channel: &str, command: &str, place: &str, outcome: Outcome) -> Answer {
        let Outcome::Acknowledged(payload) = outcome else {
            self.heart.no_answer(place, &self.name, command);
            return Answer { acknowledged: false, words: None };
        };
        let said = payload.and_then(|p| p.as_object().cloned()).map(Args).filter(says_something);
        let words = said.and_then(|args| self.hears(channel, &args));
        Answer { acknowledged: true, words }
    }

    /// Words that came with an acknowledgement.
    fn hears(&self, channel: &str, args: &Args) -> Option<Seen> {
        let to_all = args.text("response_type") == Some("in_channel");
        let spoken = self.heart.with(|state, events| {
            let content = api::content(&self.heart, state, args)?;
            Ok::<_, api::Refusal>(api::speak(&self.heart, state, events, channel, &self.id, to_all, content))
        });
        match spoken {
            Ok(ts) => {
                self.look(|state, reader| state.message(channel, ts).map(|m| reading::seen(state, reader, channel, m)))
            }
            Err(refusal) => {
                self.heart.recorder.violation(format!("an acknowledgement said what Slack refuses: {refusal:?}"));
                None
            }
        }
    }

    /// Says something in the direct conversation with the bot. Gives the message's timestamp.
    pub fn replies(&self, text: &str) -> String {
        let direct = self.dm_id();
        self.says_at(&direct, text, None)
    }
    /// Says something in a channel they are in. Gives the message's timestamp.
    ///
    /// # Panics
    /// When there is no such channel, or they are not in it, or it is archived.
    pub fn says_in(&self, channel: &str, text: &str) -> String {
        let id = self.channel_id(channel);
        self.says_at(&id, text, None)
    }
    /// Replies in the thread of a message, named by its timestamp or by words in it (the newest that has them).
    ///
    /// # Panics
    /// When they see no such message.
    pub fn replies_in_thread(&self, message: &str, text: &str) -> String {
        let (channel, found) = self.find(message, |m| m.only_for.is_none());
        self.says_at(&channel, text, Some(found.thread.unwrap_or(found.ts)))
    }

    fn says_at(&self, channel: &str, text: &str, thread: Option<Ts>) -> String {
        let may = self.heart.look(|s| s.channel(channel).is_some_and(|c| c.members.contains(&self.id) && !c.archived));
        assert!(may, "{} cannot write in {}", self.name, self.heart.look(|s| s.place(channel)));
        let ts = self.heart.with(|state, events| {
            let number = state.next_number();
            let new = NewMessage {
                user: self.id.clone(),
                text: markup::typed_text(state, text),
                blocks: Some(markup::typed_blocks(state, text, &format!("b{number}"))),
                thread,
                ..NewMessage::default()
            };
            self.heart.post(state, events, channel, new)
        });
        ts_text(ts)
    }

    /// Edits a message of theirs, named by its timestamp or by words in it.
    ///
    /// # Panics
    /// When they wrote no such message.
    pub fn edits(&self, message: &str, text: &str) {
        let (channel, before) = self.find(message, |m| m.user == self.id);
        self.heart.with(|state, events| {
            let mut after = before.clone();
            after.text = markup::typed_text(state, text);
            let number = state.next_number();
            after.blocks = Some(markup::typed_blocks(state, text, &format!("b{number}")));
            after.edited = Some(state.next_ts(self.heart.now()));
            if let Some(message) = state.message_mut(&channel, before.ts) {
                *message = after.clone();
            }
            self.heart.note(state, &channel, &after, Act::Edited);
            events.push(self.heart.changed_event(state, &channel, &before, Some(&after)));
        });
    }

    /// Deletes a message of theirs, named by its timestamp or by words in it.
    ///
    /// # Panics
    /// When they wrote no such message.
    pub fn deletes(&self, message: &str) {
        let (channel, before) = self.find(message, |m| m.user == self.id);
        self.heart.with(|state, events| {
            state.delete_message(&channel, before.ts);
            self.heart.note(state, &channel, &before, Act::Deleted);
            events.push(self.heart.changed_event(state, &channel, &before, None));
        });
    }

    /// The newest visible message with that timestamp or those words.
    fn find(&self, message: &str, fits: impl Fn(&Message) -> bool) -> (String, Message) {
        let found = self.look(|state, reader| {
            let all = reading::visible(state, &self.id);
            let wanted = ts_parse(message).filter(|_| message.contains('.'));
            let is_it = |m: &Message| match wanted {
                Some(ts) => m.ts == ts,
                None => reading::message_text(state, reader, m).contains(message),
            };
            let found = all.into_iter().rev().find(|(_, m)| fits(m) && is_it(m));
            found.map(|(channel, m)| (channel.to_owned(), m.clone()))
        });
        match found {
            Some(found) => found,
            None => panic!("{} finds no message {message:?}; they see:\n{}", self.name, self.everything()),
        }
    }

    /// Presses the button with this label: in the open form, or else on the newest message that has one.
    ///
    /// # Panics
    /// When there is none.
    pub async fn clicks(&self, label: &str) -> Answer {
        self.acts_on(label, |element| {
            (kind(element) == "button" && label_of(element) == label).then(|| {
                let mut action = element.clone();
                action["type"] = json!("button");
                action
            })
        })
        .await
    }

    /// Chooses an option (by its label) in a select of a message or form, named by its placeholder or action id.
    ///
    /// # Panics
    /// When there is none.
    pub async fn chooses(&self, select: &str, option: &str) -> Answer {
        let state = self.heart.clone();
        self.acts_on(select, move |element| {
            let is_it = kind(element) != "button"
                && (label_of(element) == select || element["action_id"].as_str() == Some(select));
            let filled = is_it.then(|| state.look(|s| form::put_in(s, element, option)))?;
            let mut action = filled.ok()?;
            action["action_id"] = element["action_id"].clone();
            Some(action)
        })
        .await
    }

    async fn acts_on(&self, what: &str, action_of: impl Fn(&Value) -> Option<Value>) -> Answer {
        let in_blocks = |blocks: &Value| {
            reading::controls(blocks).into_iter().find_map(|(block, element)| {
                let mut action = action_of(element)?;
                action["block_id"] = block["block_id"].clone();
                Some(action)
            })
        };
        enum Where {
            Form(String),
            On(String, Box<Message>),
        }
        // Copies are taken first, so that nothing is locked while the action is made.
        let (view, messages) = self.heart.look(|state| {
            let view = state.view_of(&self.id).map(|v| (v.id.clone(), v.given["blocks"].clone()));
            let all: Vec<(String, Message)> = reading::visible(state, &self.id)
                .into_iter()
                .rev()
                .filter(|(_, m)| m.blocks.is_some())
                .map(|(c, m)| (c.to_owned(), m.clone()))
                .collect();
            (view, all)
        });
        let in_view = view.and_then(|(id, blocks)| in_blocks(&blocks).map(|a| (Where::Form(id), a)));
        let found = in_view.or_else(|| {
            messages.into_iter().find_map(|(channel, message)| {
                let action = in_blocks(message.blocks.as_ref()?)?;
                Some((Where::On(channel, Box::new(message)), action))
            })
        });
        let Some((place, mut action)) = found else {
            panic!("{} finds no {what:?} to press; they see:\n{}", self.name, self.everything());
        };
        let payload = self.heart.with(|state, _| {
            action["action_ts"] = json!(ts_text(state.next_ts(self.heart.now())));
            let mut payload = interaction(&self.heart, state, &self.id, "block_actions");
            payload["actions"] = json!([action]);
            match &place {
                Where::Form(id) => {
                    payload["container"] = json!({"type": "view", "view_id": id});
                    if let Some(view) = state.view_by_id_mut(id) {
                        form::complete(view);
                    }
                    let view = state.view_of(&self.id).map(|v| state.view_json(v));
                    payload["view"] = json!(view);
                }
                Where::On(channel, message) => {
                    self.describe_message(state, &mut payload, channel, message);
                }
            }
            payload
        });
        let spot = match &place {
            Where::Form(_) => String::new(),
            Where::On(channel, _) => self.heart.look(|s| s.place(channel)),
        };
        self.heart.journal.write(&spot, &self.name, Act::Clicked, None, || what.to_owned());
        let outcome = self.heart.ask("block_actions", &in_envelope("interactive", &payload)).await;
        let acknowledged = matches!(outcome, Outcome::Acknowledged(_));
        if !acknowledged {
            self.heart.no_answer(&spot, &self.name, what);
        }
        Answer { acknowledged, words: None }
    }

    /// The parts of a payload that say on which message something was pressed.
    fn describe_message(&self, state: &mut State, payload: &mut Value, channel: &str, message: &Message) {
        let ts = ts_text(message.ts);
        let only_you = message.only_for.is_some();
        payload["container"] = json!({"type": "message", "message_ts": ts, "channel_id": channel,
            "is_ephemeral": only_you});
        payload["channel"] = json!({"id": channel, "name": channel_name(state.channel(channel))});
        // Slack keeps no ephemeral message, so it cannot send one along.
        if !only_you {
            payload["message"] = state.message_json(channel, message, true);
        }
        let key = state.new_response_url(&self.id, channel, Some(message.ts), self.heart.now());
        payload["response_url"] = json!(format!("{}/response/{key}", self.heart.base));
        payload["state"] = json!({"values": {}});
    }

    /// Uses a message shortcut (an entry in the menu of a message) by its callback id.
    ///
    /// # Panics
    /// When they see no such message.
    pub async fn uses_shortcut(&self, callback_id: &str, message: &str) -> Answer {
        let (channel, found) = self.find(message, |m| m.only_for.is_none());
        let payload = self.heart.with(|state, _| {
            let mut payload = interaction(&self.heart, state, &self.id, "message_action");
            self.describe_message(state, &mut payload, &channel, &found);
            payload["callback_id"] = json!(callback_id);
            payload["message_ts"] = json!(ts_text(found.ts));
            payload["action_ts"] = json!(ts_text(state.next_ts(self.heart.now())));
            payload
        });
        let place = self.heart.look(|s| s.place(&channel));
        self.heart.journal.write(&place, &self.name, Act::Clicked, None, || callback_id.to_owned());
        let outcome = self.heart.ask("message_action", &in_envelope("interactive", &payload)).await;
        let acknowledged = matches!(outcome, Outcome::Acknowledged(_));
        if !acknowledged {
            self.heart.no_answer(&place, &self.name, callback_id);
        }
        Answer { acknowledged, words: None }
    }

    /// The form in front of them.
    pub fn form(&self) -> Option<Form> {
        let now_ms = self.heart.now();
        self.heart.look(|state| state.view_of(&self.id).map(|v| form::read(state, v, now_ms)))
    }

    /// Fills in the open form (by label, block id or action id) and sends it in.
    ///
    /// # Panics
    /// When there is no form, or no such field.
    pub async fn submits<'a>(&self, values: impl AsRef<[(&'a str, &'a str)]>) -> Submitted {
        let Some(form) = self.form() else {
            panic!("{} has no form open; they see:\n{}", self.name, self.everything());
        };
        let filled = self.heart.with(|state, _| self.fill_in(state, &form, values.as_ref()));
        let (view_id, payload) = match filled {
            Ok(ready) => ready,
            Err(errors) => return Submitted { acknowledged: false, errors },
        };
        self.heart.journal.write("", &self.name, Act::FormSent, None, || {
            let form = self.form().unwrap_or(form);
            let lines: Vec<String> =
                form.fields.iter().filter_map(|f| f.value.as_ref().map(|v| format!("{}: {v}", f.label))).collect();
            format!("{}\n{}", form.title, lines.join("\n"))
        });
        let outcome = self.heart.ask("view_submission", &in_envelope("interactive", &payload)).await;
        let Outcome::Acknowledged(answer) = outcome else {
            self.heart.no_answer("a form", &self.name, "the form");
            return Submitted::default();
        };
        let answer = answer.filter(|a| !a.is_null());
        let done = self
            .heart
            .with(|state, _| api::answer_to_submission(&self.heart, state, &self.id, &view_id, answer.as_ref()));
        if let Err(problem) = done {
            self.heart.recorder.violation(format!("the answer to a form was refused: {problem}"));
        }
        let wrong = answer.is_some_and(|a| a["response_action"] == "errors");
        let errors = if wrong { self.form().map(|f| f.errors).unwrap_or_default() } else { Vec::new() };
        Submitted { acknowledged: true, errors }
    }

    /// Puts values into the form; gives what to send, or what the client itself finds wrong.
    fn fill_in(
        &self,
        state: &mut State,
        form: &Form,
        values: &[(&str, &str)],
    ) -> Result<(String, Value), Vec<(String, String)>> {
        let view = state.view_of(&self.id).cloned();
        let Some(view) = view else { return Err(Vec::new()) };
        let mut wrong = Vec::new();
        let mut entered = Vec::new();
        for (name, value) in values {
            let Some((key, element)) = form::find(&view.given, name) else {
                panic!("{} finds no field {name:?} in the form:\n{form}", self.name);
            };
            match form::put_in(state, element, value) {
                Ok(filled) => entered.push((key, filled)),
                Err(words) => wrong.push(((*name).to_owned(), words)),
            }
        }
        if let Some(view) = state.view_by_id_mut(&view.id) {
            view.errors.clear();
            view.entered.extend(entered);
            wrong.append(&mut form::complete(view));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut payload = interaction(&self.heart, state, &self.id, "view_submission");
        payload["view"] = json!(state.view_of(&self.id).map(|v| state.view_json(v)));
        payload["response_urls"] = json!([]);
        Ok((view.id, payload))
    }

    /// Closes the form in front of them.
    ///
    /// # Panics
    /// When there is none.
    pub async fn closes(&self) -> Answer {
        let closed = self.heart.with(|state, _| {
            let view = state.views.get_mut(&self.id)?.pop()?;
            let notify = view.given["notify_on_close"].as_bool() == Some(true);
            let mut payload = interaction(&self.heart, state, &self.id, "view_closed");
            payload["view"] = state.view_json(&view);
            payload["is_cleared"] = json!(false);
            Some(notify.then_some(payload))
        });
        let Some(payload) = closed else { panic!("{} has no form open", self.name) };
        self.heart.journal.write("", &self.name, Act::FormClosed, None, String::new);
        let Some(payload) = payload else { return Answer { acknowledged: true, words: None } };
        let outcome = self.heart.ask("view_closed", &in_envelope("interactive", &payload)).await;
        Answer { acknowledged: matches!(outcome, Outcome::Acknowledged(_)), words: None }
    }

    /// Everything they can see, oldest first: the direct conversation with the bot, their channels, and what only they
    /// were told.
    pub fn sees(&self) -> Vec<Seen> {
        self.look(|state, reader| {
            let all = reading::visible(state, &self.id);
            all.into_iter().map(|(channel, m)| reading::seen(state, reader, channel, m)).collect()
        })
    }
    /// What they see in one place (`#eng`, or `DM ana`), oldest first.
    pub fn sees_in(&self, place: &str) -> Vec<Seen> {
        self.sees().into_iter().filter(|s| s.place == place).collect()
    }
    /// The direct conversation with the bot, oldest first.
    pub fn dm(&self) -> Vec<Seen> {
        self.sees_in(&format!("DM {}", self.name))
    }
    /// Waits (at most ten seconds) until they see a message with these words; gives the newest.
    ///
    /// # Panics
    /// When it never comes.
    pub async fn waits_for(&self, words: &str) -> Seen {
        let found = || self.sees().into_iter().rev().find(|s| s.says(words));
        let seen = self.heart.traffic.until(|| found().is_some());
        let in_time = tokio::time::timeout(PATIENCE, seen).await.is_ok();
        match found().filter(|_| in_time) {
            Some(seen) => seen,
            None => panic!("{} never saw {words:?}; they see:\n{}", self.name, self.everything()),
        }
    }
    /// Waits (at most ten seconds) until a form is in front of them.
    ///
    /// # Panics
    /// When none comes.
    pub async fn waits_for_form(&self) -> Form {
        let opened = self.heart.traffic.until(|| self.form().is_some());
        let in_time = tokio::time::timeout(PATIENCE, opened).await.is_ok();
        match self.form().filter(|_| in_time) {
            Some(form) => form,
            None => panic!("{} never saw a form; they see:\n{}", self.name, self.everything()),
        }
    }
    fn everything(&self) -> String {
        let lines: Vec<String> = self.sees().iter().map(Seen::to_string).collect();
        let form = self.form().map(|f| format!("\n{f}")).unwrap_or_default();
        format!("{}{form}", lines.join("\n"))
    }

    /// Moves to another zone (an IANA name; `None` for an account without one).
    pub fn changes_zone(&self, zone: Option<&str>) {
        self.changes("zone", zone.unwrap_or("none"), |p| p.tz = zone.map(str::to_owned));
    }
    /// Changes the language of their client (`id-ID`).
    pub fn changes_locale(&self, locale: &str) {
        self.changes("language", locale, |p| locale.clone_into(&mut p.locale));
    }
    /// Becomes an administrator, or stops being one.
    pub fn is_made_admin(&self, admin: bool) {
        self.changes("admin", if admin { "yes" } else { "no" }, |p| p.is_admin = admin);
    }
    /// Their account is deactivated: they leave every channel and see nothing more.
    pub fn is_deactivated(&self) {
        self.changes("account", "deactivated", |p| p.deleted = true);
        self.heart.with(|state, _| {
            for channel in state.channels.iter_mut().filter(|c| c.kind != Kind::Direct) {
                channel.members.retain(|m| m != &self.id);
            }
        });
    }
    /// Does not want to be disturbed from `start` to `end` (seconds since 1970).
    pub fn is_in_dnd(&self, start: i64, end: i64) {
        self.pauses(Some((start, end)));
    }
    /// May be disturbed again.
    pub fn ends_dnd(&self) {
        self.pauses(None);
    }

    fn pauses(&self, dnd: Option<(i64, i64)>) {
        self.heart.journal.write("", &self.name, Act::Changed, None, || format!("do not disturb: {dnd:?}"));
        let now_ms = self.heart.now();
        self.heart.with(|state, events| {
            if let Some(person) = state.people.iter_mut().find(|p| p.id == self.id) {
                person.dnd = dnd;
                let status = super::api::dnd_shape(person, now_ms);
                let event_ts = state.next_ts(now_ms);
                events.push(json!({"type": "dnd_updated_user", "user": self.id, "dnd_status": status,
                    "event_ts": ts_text(event_ts)}));
            }
        });
    }

    fn changes(&self, what: &str, to: &str, change: impl FnOnce(&mut super::model::Person)) {
        self.heart.journal.write("", &self.name, Act::Changed, None, || format!("{what}: {to}"));
        let now_ms = self.heart.now();
        self.heart.with(|state, events| {
            if let Some(person) = state.people.iter_mut().find(|p| p.id == self.id) {
                change(person);
                person.updated_ms = now_ms;
            }
            if let Some(person) = state.person(&self.id) {
                let user = state.person_json(person, true);
                let event_ts = state.next_ts(now_ms);
                events.push(json!({"type": "user_change", "user": user, "cache_ts": now_ms / 1_000,
                    "event_ts": ts_text(event_ts)}));
            }
        });
    }

    /// Joins a channel.
    ///
    /// # Panics
    /// When there is none of that name.
    pub fn joins(&self, channel: &str) {
        let id = self.channel_id(channel);
        super::joins(&self.heart, &self.id, &id, None);
    }
    /// Leaves a channel.
    ///
    /// # Panics
    /// When there is none of that name.
    pub fn leaves(&self, channel: &str) {
        let id = self.channel_id(channel);
        super::leaves(&self.heart, &self.id, &id);
    }

    fn look<T>(&self, look: impl FnOnce(&State, &Reader) -> T) -> T {
        let now_ms = self.heart.now();
        self.heart.look(|state| {
            let reader = state.person(&self.id).map_or_else(|| Reader::nobody(now_ms), |p| Reader::of(p, now_ms));
            look(state, &reader)
        })
    }
    fn dm_id(&self) -> String {
        self.heart.with(|state, _| state.direct_with(&self.id, self.heart.now()))
    }
    fn channel_id(&self, name: &str) -> String {
        let found = self.heart.look(|s| s.channel_named(name).map(|c| c.id.clone()));
        found.unwrap_or_else(|| panic!("there is no channel {name}"))
    }
}

fn says_something(args: &Args) -> bool {
    args.text("text").is_some() || args.structure("blocks").ok().flatten().is_some_and(|b| b != json!([]))
}

fn channel_name(channel: Option<&Channel>) -> String {
    match channel {
        Some(c) if channel_type(c) == "im" => "directmessage".to_owned(),
        // Slack tells an app no private channel's name here.
        Some(c) if c.kind == Kind::Private => "privategroup".to_owned(),
        Some(c) => c.name.clone(),
        None => String::new(),
    }
}

/// The inside of an envelope after its id.
pub(super) fn in_envelope(kind: &str, payload: &Value) -> String {
    let takes_answer = if kind == "events_api" { "false" } else { "true" };
    format!(r#""type":"{kind}","accepts_response_payload":{takes_answer},"payload":{payload}"#)
}

pub(super) fn command_payload(
    heart: &Heart,
    state: &mut State,
    user: &str,
    channel: &str,
    command: &str,
    text: &str,
) -> Value {
    let now_ms = heart.now();
    let key = state.new_response_url(user, channel, None, now_ms);
    json!({
        "token": "", "team_id": state.team_id, "team_domain": state.domain, "channel_id": channel,
        "channel_name": channel_name(state.channel(channel)), "user_id": user, "user_name": state.name_of(user),
        "command": command, "text": text, "api_app_id": state.app_id, "is_enterprise_install": "false",
        "response_url": format!("{}/response/{key}", heart.base), "trigger_id": state.new_trigger(user, now_ms),
    })
}

/// What every interaction has.
fn interaction(heart: &Heart, state: &mut State, user: &str, kind: &str) -> Value {
    let name = state.name_of(user);
    let mut payload = json!({
        "type": kind, "team": {"id": state.team_id, "domain": state.domain}, "enterprise": null,
        "user": {"id": user, "username": name, "name": name, "team_id": state.team_id},
        "api_app_id": state.app_id, "token": "", "is_enterprise_install": false,
    });
    // Closing a form is the one interaction that opens none.
    if kind != "view_closed" {
        payload["trigger_id"] = json!(state.new_trigger(user, heart.now()));
    }
    payload
}
