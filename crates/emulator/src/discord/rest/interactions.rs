//! Answers to interactions: the one callback, and the follow-ups by token.
//! (<https://discord.com/developers/docs/interactions/receiving-and-responding>)

use super::{
    Answer, Ask, NOTHING,
    messages::{amend, expect_mentions_said, fill, put, remove},
};
use crate::{
    discord::{
        check, mentions,
        model::{Answered, Cause, EPHEMERAL, Interaction, Message, OpenForm, State, kind},
        refusal::Refusal,
        wire,
        world::Inner,
    },
    journal::Act,
};
use serde_json::{Map, Value, json};

/// How long an interaction waits, and how long its token works, in milliseconds of the emulator's clock.
const ANSWER_MS: i64 = 3_000;
const TOKEN_MS: i64 = 15 * 60_000;

/// Which callbacks answer which interactions.
fn fits(kind: u8, callback: u64, from_message: bool) -> bool {
    match (kind, callback) {
        (kind::AUTOCOMPLETE, 8) | (kind::COMMAND | kind::COMPONENT, 9) => true,
        (kind::AUTOCOMPLETE, _) | (kind::MODAL, 9) => false,
        (_, 4 | 5) => true,
        (kind::COMPONENT | kind::MODAL, 6 | 7) => from_message,
        _ => false,
    }
}

pub(super) fn callback(ask: &Ask<'_>) -> Answer {
    let body = ask.object()?;
    let token = ask.given.get(1).copied().unwrap_or_default();
    let mut inner = ask.world.lock();
    let state = &mut inner.state;
    let now = state.now();
    let it = state.interactions.get(token).filter(|it| it.id == ask.id(0)).ok_or_else(|| Refusal::of(10062))?;
    if it.answered == Answered::TooLate || (it.answered == Answered::No && now - it.created > ANSWER_MS) {
        return Err(Refusal::of(10062));
    }
    if it.answered != Answered::No {
        return Err(Refusal::of(40060));
    }
    let kind_of = body.get("type").and_then(Value::as_u64).unwrap_or(0);
    if !fits(it.kind, kind_of, it.source.is_some()) {
        let why = format!("callback {kind_of} does not answer an interaction of type {}", it.kind);
        return Err(Refusal::form("type", "INTERACTION_CALLBACK_TYPE_INVALID", why));
    }
    let none = Map::new();
    let data = body.get("data").and_then(Value::as_object).unwrap_or(&none);
    let (about, opener) = (it.source, it.id);
    let channel = it.channel;
    let (user, source) = (it.user, about.filter(|_| kind_of == 7));
    match kind_of {
        4 => {
            check::message(data)?;
            expect_mentions_said(ask, data);
            answer_with(&mut inner, ask, token, data, false)?;
        }
        5 => answer_with(&mut inner, ask, token, data, true)?,
        7 => {
            check::edit(data)?;
            expect_mentions_said(ask, data);
            if let Some(source) = source {
                amend(&mut inner, ask.world, channel, source, data)?;
            }
        }
        8 => {
            check::choices(data)?;
            let choices = data.get("choices").and_then(Value::as_array).cloned().unwrap_or_default();
            settle(&mut inner.state, token, |it| it.choices = Some(choices));
        }
        9 => {
            check::form(data)?;
            open_form(&mut inner, ask, user, (about, opener), channel, data);
        }
        _ => {}
    }
    if matches!(kind_of, 6 | 7) {
        settle(&mut inner.state, token, |it| {
            it.original = it.source;
            it.messages.extend(it.source);
        });
    }
    let done = match kind_of {
        5 => Answered::Deferred,
        6 => Answered::DeferredUpdate,
        _ => Answered::Done,
    };
    let owed = (done == Answered::Deferred).then(|| ask.world.traffic.begin());
    settle(&mut inner.state, token, |it| {
        it.answered = done;
        it.owed = owed;
        it.in_flight = None;
        it.waiters.acknowledged.take().map(|w| w.send(()));
        if done == Answered::Done {
            it.waiters.confirmed.take().map(|w| w.send(()));
        }
    });
    let answer = if ask.flag("with_response") { (200, described(&inner.state, token, kind_of)) } else { NOTHING };
    Ok(answer)
}

fn settle(state: &mut State, token: &str, change: impl FnOnce(&mut Interaction)) {
    if let Some(it) = state.interactions.get_mut(token) {
        change(it);
    }
}

/// What `with_response=true` answers.
fn described(state: &State, token: &str, callback: u64) -> Value {
    let Some(it) = state.interactions.get(token) else { return json!({}) };
    let message = it.original.and_then(|m| state.message(it.channel, m));
    let mut value = json!({"interaction": {"id": wire::id(it.id), "type": it.kind}});
    if let Some(message) = message.filter(|_| matches!(callback, 4 | 5 | 7)) {
        value["interaction"]["response_message_id"] = wire::id(message.id);
        value["interaction"]["response_message_loading"] = json!(message.loading);
        value["interaction"]["response_message_ephemeral"] = json!(message.only_for.is_some());
        value["resource"] = json!({"type": callback, "message": wire::message(state, message)});
    }
    value
}

/// A message of an interaction's, as yet without words.
fn message_of(state: &mut State, token: &str, flags: u64) -> Result<Message, Refusal> {
    let id = state.ids.next();
    let bot = state.bot;
    let it = state.interactions.get(token).ok_or_else(|| Refusal::of(10015))?;
    let mut message = Message::blank(id, it.channel, bot);
    message.flags = flags & (EPHEMERAL | crate::discord::model::SILENT);
    message.only_for = (flags & EPHEMERAL != 0).then_some(it.user);
    message.kind = if it.kind == kind::COMMAND { 20 } else { 0 };
    message.cause = Some(Cause {
        interaction: it.id,
        kind: it.kind,
        user: it.user,
        command: it.command.clone(),
        source: it.source,
        opener: it.opener,
    });
    Ok(message)
}

/// Shows an interaction's answer; `loading`: only that one will come.
fn answer_with(
    inner: &mut Inner,
    ask: &Ask<'_>,
    token: &str,
    data: &Map<String, Value>,
    loading: bool,
) -> Result<(), Refusal> {
    let flags = data.get("flags").and_then(Value::as_u64).unwrap_or(0);
    let state = &mut inner.state;
    let mut message = message_of(state, token, flags)?;
    message.loading = loading;
    if loading {
        message.flags |= 128;
    } else {
        fill(&mut message, data);
        mentions::set(state, &mut message, data.get("allowed_mentions"));
    }
    let id = message.id;
    settle(state, token, |it| {
        it.original = it.original.or(Some(id));
        it.messages.insert(id);
    });
    put(inner, ask.world, message);
    Ok(())
}

fn open_form(
    inner: &mut Inner,
    ask: &Ask<'_>,
    user: u64,
    (message, opener): (Option<u64>, u64),
    channel: u64,
    data: &Map<String, Value>,
) {
    let word = |key: &str| data.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let components = data.get("components").and_then(Value::as_array).cloned().unwrap_or_default();
    let form = OpenForm { custom_id: word("custom_id"), title: word("title"), components, message, opener, channel };
    let state = &mut inner.state;
    let (place, bot, to) = (state.place(channel), state.username(state.bot), state.username(user));
    let seen = crate::discord::form::Form::of(&form);
    ask.world.journal.write(&place, &bot, Act::FormOpened, Some(&to), || seen.to_string());
    if let Some(person) = state.users.get_mut(&user) {
        person.form = Some(form);
    }
}

/// `/webhooks/{application}/{token}…`
pub(super) fn webhook(ask: &Ask<'_>) -> Answer {
    let token = ask.given.get(1).copied().unwrap_or_default();
    let mut inner = ask.world.lock();
    let state = &mut inner.state;
    let now = state.now();
    let it = state.interactions.get(token).filter(|_| ask.id(0) == state.app).ok_or_else(|| Refusal::of(10015))?;
    if now - it.created > TOKEN_MS {
        return Err(Refusal::of(50027));
    }
    if matches!(it.answered, Answered::No | Answered::TooLate) {
        return Err(Refusal::of(10015));
    }
    let channel = it.channel;
    let (verb, path) = ask.operation.split_once(' ').unwrap_or_default();
    let named = if path.ends_with("/@original") { it.original } else { Some(ask.id(2)) };
    let named = named.filter(|id| it.messages.contains(id));
    let deferred = it.original.filter(|_| it.answered == Answered::Deferred);
    let done = match (verb, named) {
        ("POST", _) => match deferred {
            // The first follow-up takes the place of "thinking…".
            Some(original) => {
                let body = ask.object()?;
                check::message(body)?;
                expect_mentions_said(ask, body);
                let body: Map<String, Value> = body.clone();
                amend(&mut inner, ask.world, channel, original, &body)?
            }
            None => follow_up(&mut inner, ask, token)?,
        },
        (_, None) => return Err(Refusal::of(10008)),
        ("GET", Some(id)) => {
            let message = state.message(channel, id).ok_or_else(|| Refusal::of(10008))?;
            return Ok((200, wire::message(state, message)));
        }
        ("PATCH", Some(id)) => {
            let body = ask.object()?;
            check::edit(body)?;
            expect_mentions_said(ask, body);
            amend(&mut inner, ask.world, channel, id, body)?
        }
        (_, Some(id)) => {
            let bot = inner.state.bot;
            remove(&mut inner, ask.world, channel, id, bot);
            settle(&mut inner.state, token, |it| {
                it.messages.remove(&id);
            });
            NOTHING
        }
    };
    settle(&mut inner.state, token, |it| {
        it.answered = Answered::Done;
        it.owed = None;
        it.waiters.confirmed.take().map(|w| w.send(()));
    });
    Ok(done)
}

fn follow_up(inner: &mut Inner, ask: &Ask<'_>, token: &str) -> Answer {
    let body = ask.object()?;
    check::message(body)?;
    expect_mentions_said(ask, body);
    let flags = body.get("flags").and_then(Value::as_u64).unwrap_or(0);
    let mut message = message_of(&mut inner.state, token, flags)?;
    fill(&mut message, body);
    mentions::set(&inner.state, &mut message, body.get("allowed_mentions"));
    let id = message.id;
    let answer = wire::message(&inner.state, &message);
    settle(&mut inner.state, token, |it| {
        it.messages.insert(id);
    });
    put(inner, ask.world, message);
    Ok((200, answer))
}
