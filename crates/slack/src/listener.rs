//! From an envelope to its acknowledgement, as slack-morphism's [`SlackSocketModeClientListener`].
//!
//! The acknowledgement is what `on_message` returns, and it returns one only after the intake has taken the event.
//! When the intake could not, nothing is returned and nothing is acknowledged: Slack sends events again at once,
//! after a minute and after five. A slash command or a click is not sent again, so whoever waits is told that it was not
//! kept; a form stays open with what was typed, under Slack's own words that it could not be sent.
//!
//! The payloads are read by [`inbound`], not by the SDK's types: a message in a click may hold blocks that those
//! don't know, and the SDK acknowledges, and so loses, what it can't read.

use crate::{
    directory::{self, KnownNames, args},
    form,
    inbound::{self, Answer, Look, Me, Read},
    lanes::{Lanes, Place},
    methods, render,
    web::{CallError, Web},
};
use async_trait::async_trait;
use jeda_core::{
    copy,
    event::{Event, Inbound, Seen, Wrote},
    id::{ChannelId, InboxKey, UserId},
    message::{Block, Message, Reply, Text},
    norm::{Conversation, verdict::Mentions},
};
use jeda_engine::{Lately, SharedIntake};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use slack_morphism::{SlackSocketModeClientListener, SlackSocketModeWssClientId};
use std::{sync::Arc, time::Duration};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{debug, error, warn};

/// Time to ask the platform before an event is taken: within the three seconds for the acknowledgement.
const LOOK_SECS_MAX: u64 = 2;

/// The ear of the bot.
pub(crate) struct Ear {
    me: Me,
    web: Arc<Web>,
    intake: SharedIntake,
    names: Arc<KnownNames>,
    lanes: Lanes,
    lately: Lately,
    /// What is said after an acknowledgement; waited for at the end.
    after: TaskTracker,
    /// Cancelled once Slack has said that the token is dead.
    removed: CancellationToken,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    envelope_id: Option<String>,
    #[serde(default)]
    accepts_response_payload: bool,
    #[serde(default)]
    payload: Value,
}

/// What goes back with an acknowledgement, and what is said after it.
#[derive(Default)]
struct Spoken {
    payload: Option<Map<String, Value>>,
    after: Vec<After>,
}

/// Something to say after the acknowledgement.
enum After {
    /// Opens a form.
    Open { trigger: String, view: Value },
    /// Words at an address.
    Respond { url: String, body: Map<String, Value> },
    /// Words in a channel, for one person.
    Ephemeral { channel: ChannelId, user: UserId, body: Map<String, Value> },
}

impl Ear {
    pub(crate) fn new(me: Me, web: Arc<Web>, intake: SharedIntake, names: Arc<KnownNames>) -> Self {
        let (lanes, after, removed) = (Lanes::default(), TaskTracker::new(), CancellationToken::new());
        Self { me, web, intake, names, lanes, lately: Lately::default(), after, removed }
    }

    /// Returns once Slack has said that the app was removed, or its token revoked, and that is kept.
    pub(crate) async fn removed(&self) {
        self.removed.cancelled().await;
    }

    /// Waits until everything that was to be said after an acknowledgement is said.
    pub(crate) async fn finish(&self) {
        self.after.close();
        self.after.wait().await;
    }

    fn read(&self, envelope: &Envelope) -> Read {
        match envelope.kind.as_str() {
            "slash_commands" => inbound::slash_command(&envelope.payload, &self.me),
            "interactive" => inbound::interaction(&envelope.payload, &self.me),
            "events_api" => inbound::event(&envelope.payload, &self.me, self.names.as_ref()),
            _ => Read::Nothing("an envelope of a kind that jeda doesn't use"),
        }
    }

    /// What was written in a channel, with who spoke there before; nothing when it mentions nobody new.
    fn overheard(&self, at: Timestamp, wrote: Wrote, edit: bool) -> Option<Wrote> {
        let conversation = Conversation { channel: wrote.by.channel.clone()?, thread: wrote.thread.clone() };
        if edit {
            let (before, spoke) = self.lately.edit(&conversation, &wrote.message, &wrote.mentions)?;
            return Some(Wrote { edited_from: Some(before), spoke, ..wrote });
        }
        let spoke = self.lately.hear(&conversation, &wrote.message, &wrote.by.user, at, &wrote.mentions);
        (wrote.mentions != Mentions::default() || wrote.reply_by.is_some()).then_some(Wrote { spoke, ..wrote })
    }

    /// Takes an event and says what to answer; `None` when it must not be acknowledged.
    async fn take(&self, inbound: Inbound, mut place: Place, answer: &Answer, in_ack: bool) -> Option<Spoken> {
        place.come().await;
        let (key, kind) = (inbound.key.clone(), jeda_core::decide::kind(&inbound.event));
        if let Event::Seen(seen) = &inbound.event {
            self.names.note(seen);
        }
        let language = match &inbound.event {
            Event::Command { by, .. } | Event::Click { by, .. } => Some(self.names.language(by.user.as_str())),
            _ => None,
        };
        let removed = matches!(inbound.event, Event::Seen(Seen::Locked { .. }));
        match self.intake.take(inbound).await {
            Ok(_) if removed => {
                self.removed.cancel();
                Some(Spoken::default())
            }
            Ok(reply) => Some(speak(reply, answer, in_ack).unwrap_or_else(|error| {
                // Core asked for more than Slack shows. The event itself is kept.
                error!(%key, kind, %error, "a reply could not be shown");
                Spoken::default()
            })),
            Err(error) => match (answer, language) {
                (Answer::Command { .. } | Answer::Click { .. }, Some(language)) => {
                    error!(%key, kind, %error, "what somebody did was not taken, and they are told");
                    let reply = Some(Reply::Say(copy::reply::not_kept(language)));
                    Some(speak(reply, answer, in_ack).unwrap_or_default())
                }
                _ => {
                    warn!(%key, kind, %error, "an event was not taken, and not acknowledged: Slack will send it again");
                    None
                }
            },
        }
    }

    /// Asks the platform, then takes its answer as the event.
    async fn look(&self, key: InboxKey, place: Place, look: &Look) -> Option<Spoken> {
        let asked = directory::look(&self.web, &self.me, &self.names, look);
        let seen = match tokio::time::timeout(Duration::from_secs(LOOK_SECS_MAX), asked).await {
            Ok(Ok(seen)) => seen,
            Ok(Err(_)) | Err(_) => {
                warn!(%key, "Slack did not say what changed; not acknowledged, so that it is told again");
                return None;
            }
        };
        let inbound = Inbound { key, workspace: self.me.workspace.clone(), event: Event::Seen(seen) };
        self.take(inbound, place, &Answer::Nobody, false).await
    }

    fn say_after(&self, after: Vec<After>) {
        if after.is_empty() {
            return;
        }
        let (web, attention) = (self.web.clone(), self.intake.attend());
        self.after.spawn(async move {
            let _attention = attention;
            for said in after {
                if let Err(error) = say(&web, said).await {
                    // A reply is best effort; what is owed goes through the courier.
                    warn!(%error, "a reply did not reach the person who waited for it");
                }
            }
        });
    }
}

#[async_trait]
impl SlackSocketModeClientListener for Ear {
    async fn on_message(&self, client_id: &SlackSocketModeWssClientId, message_body: String) -> Option<String> {
        let _attention = self.intake.attend();
        let mut envelope: Envelope = match serde_json::from_str(&message_body) {
            Ok(envelope) => envelope,
            Err(error) => {
                warn!(socket = client_id.initial_index, at = error.column(), "a frame from Slack is not an envelope");
                return None;
            }
        };
        drop(message_body);
        let id = envelope.envelope_id.clone()?;
        // An act is named by its trigger. A server in Slack's place that gives none is taken at its envelope's word.
        if let (true, Some(payload)) = (envelope.kind != "events_api", envelope.payload.as_object_mut()) {
            payload.entry("trigger_id").or_insert_with(|| id.clone().into());
        }
        let spoken = match self.read(&envelope) {
            Read::Take { inbound, lane, answer } => {
                // The place is taken before anything is awaited: order of reading is order of taking.
                let place = self.lanes.line_up(&lane);
                self.take(*inbound, place, &answer, envelope.accepts_response_payload).await?
            }
            Read::Look { key, lane, look } => {
                let place = self.lanes.line_up(&lane);
                self.look(key, place, &look).await?
            }
            Read::Overheard { at, wrote, replied, edit, key } => {
                let lane = wrote.by.channel.as_ref().map_or_else(String::new, |it| format!("channel/{it}"));
                let wrote = self.overheard(at, *wrote, edit);
                if let Some(replied) = replied {
                    let key = InboxKey::new(format!("{key}/reply"));
                    let event = Event::Replied(*replied);
                    let place = self.lanes.line_up(&lane);
                    let inbound = Inbound { key, workspace: self.me.workspace.clone(), event };
                    self.take(inbound, place, &Answer::Nobody, false).await?;
                }
                if let Some(wrote) = wrote {
                    let place = self.lanes.line_up(&lane);
                    let inbound = Inbound { key, workspace: self.me.workspace.clone(), event: Event::Wrote(wrote) };
                    self.take(inbound, place, &Answer::Nobody, false).await?
                } else {
                    Spoken::default()
                }
            }
            Read::Nothing(why) => {
                debug!(kind = envelope.kind, why, "nothing to do");
                Spoken::default()
            }
            Read::Unreadable(missing) => {
                // It would not read better the next time.
                error!(kind = envelope.kind, missing, "an event from Slack could not be read, and is lost");
                Spoken::default()
            }
        };
        let mut ack = json!({ "envelope_id": id });
        if let Some(payload) = spoken.payload {
            ack["payload"] = payload.into();
        }
        self.say_after(spoken.after);
        Some(ack.to_string())
    }

    async fn on_error(&self, _error: Box<dyn std::error::Error + Send + Sync>) {
        // The error's words may hold a body; the sockets log what happened themselves.
        warn!("a socket to Slack reported an error");
    }

    async fn on_disconnect(&self, client_id: &SlackSocketModeWssClientId) {
        debug!(socket = client_id.initial_index, "a socket to Slack is gone");
    }
}

/// How a reply reaches the person. Pure.
fn speak(reply: Option<Reply>, answer: &Answer, in_ack: bool) -> Result<Spoken, render::RenderError> {
    match answer {
        Answer::Nobody => Ok(Spoken::default()),
        Answer::View { title, channel } => in_view(reply, title, channel.as_ref(), in_ack),
        Answer::Command { trigger, url, channel } => {
            let by_url = |body| url.clone().map(|url| After::Respond { url, body });
            outside_view(reply, trigger, channel.as_ref(), in_ack, by_url)
        }
        Answer::Click { trigger, url, channel, user } => {
            let beside = |body: Map<String, Value>| match (url, channel) {
                (Some(url), _) => Some(After::Respond { url: url.clone(), body }),
                (None, Some(channel)) => Some(After::Ephemeral { channel: channel.clone(), user: user.clone(), body }),
                (None, None) => None,
            };
            // A click's acknowledgement says nothing; a payload in it would be dropped.
            outside_view(reply, trigger, channel.as_ref(), false, beside)
        }
    }
}

fn outside_view(
    reply: Option<Reply>,
    trigger: &str,
    channel: Option<&ChannelId>,
    in_ack: bool,
    beside: impl Fn(Map<String, Value>) -> Option<After>,
) -> Result<Spoken, render::RenderError> {
    let message = match reply {
        None => return Ok(Spoken::default()),
        Some(Reply::Open(form)) => {
            let open = After::Open { trigger: trigger.to_owned(), view: form::view(&form, channel)? };
            return Ok(Spoken { payload: None, after: vec![open] });
        }
        Some(Reply::Say(message)) => message,
        Some(Reply::Invalid(wrong)) => as_words(wrong),
    };
    let mut bodies = render::pages(&message)?.into_iter().map(for_them_only);
    let payload = if in_ack { bodies.next() } else { None };
    Ok(Spoken { payload, after: bodies.filter_map(beside).collect() })
}

fn in_view(
    reply: Option<Reply>,
    title: &str,
    channel: Option<&ChannelId>,
    in_ack: bool,
) -> Result<Spoken, render::RenderError> {
    if !in_ack {
        return Ok(Spoken::default());
    }
    let payload = match reply {
        None => json!({ "response_action": "clear" }),
        Some(Reply::Open(form)) => json!({ "response_action": "update", "view": form::view(&form, channel)? }),
        Some(Reply::Say(message)) => json!({ "response_action": "update", "view": form::words(title, &message)? }),
        Some(Reply::Invalid(wrong)) => {
            let errors: Map<String, Value> = wrong.into_iter().map(|(field, why)| (field, why.into())).collect();
            json!({ "response_action": "errors", "errors": errors })
        }
    };
    Ok(Spoken { payload: Some(args(payload)), after: Vec::new() })
}

/// What is wrong, where there is no form to show it in.
fn as_words(wrong: Vec<(String, String)>) -> Message {
    Message(wrong.into_iter().map(|(_, why)| Block::Text(Text::plain(why))).collect())
}

fn for_them_only(mut body: Map<String, Value>) -> Map<String, Value> {
    body.insert("response_type".to_owned(), "ephemeral".into());
    body.insert("replace_original".to_owned(), false.into());
    body
}

async fn say(web: &Web, said: After) -> Result<(), CallError> {
    match said {
        After::Open { trigger, view } => {
            let open = args(json!({ "trigger_id": trigger, "view": view }));
            web.call(&methods::VIEWS_OPEN, "", open).await.map(|_| ())
        }
        After::Respond { url, body } => web.respond(&url, &body).await,
        After::Ephemeral { channel, user, mut body } => {
            body.remove("response_type");
            body.remove("replace_original");
            body.insert("channel".to_owned(), channel.as_str().into());
            body.insert("user".to_owned(), user.as_str().into());
            body.insert("parse".to_owned(), "none".into());
            web.call(&methods::CHAT_POST_EPHEMERAL, "", body).await.map(|_| ())
        }
    }
}
