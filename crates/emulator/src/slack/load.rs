//! Commands by the thousand, with the time each acknowledgement took: what a load test pushes and measures.

use super::{
    Slack,
    heart::Heart,
    person::{command_payload, in_envelope},
    socket::Outcome,
};
use serde_json::Value;
use std::{sync::Arc, time::Duration};

/// What came of one command.
#[derive(Debug, Clone, PartialEq)]
pub struct Acknowledged {
    /// From the envelope's leaving to its acknowledgement, in real time.
    pub after: Duration,
    /// What came with it.
    pub payload: Option<Value>,
}

/// Sends the same command over and over, for one person; cheap to clone.
#[derive(Clone)]
pub struct Commands {
    heart: Arc<Heart>,
    user: String,
    channel: String,
    command: String,
    text: String,
}

impl std::fmt::Debug for Commands {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Commands").field("command", &self.command).field("text", &self.text).finish_non_exhaustive()
    }
}

impl Slack {
    /// Commands of one person in one channel, to be sent many times. Nothing of them enters the journal, and answers
    /// that come with the acknowledgement are handed over instead of shown.
    ///
    /// # Panics
    /// When there is no such person or channel.
    pub fn commands(&self, user: &str, channel: &str, line: &str) -> Commands {
        let (command, text) = line.split_once(' ').unwrap_or((line, ""));
        let text = self.heart.look(|s| super::markup::command_text(s, text));
        Commands {
            user: self.user(user).id,
            channel: self.channel_id(channel),
            command: command.to_owned(),
            text,
            heart: self.heart.clone(),
        }
    }
}

impl Commands {
    /// Sends one (on the sockets in turn) and waits for its acknowledgement; `None` when there was none in three
    /// seconds, which is also a violation.
    #[expect(clippy::disallowed_methods, reason = "an acknowledgement is timed on the machine's own clock")]
    pub async fn send(&self) -> Option<Acknowledged> {
        let payload = self
            .heart
            .with(|state, _| command_payload(&self.heart, state, &self.user, &self.channel, &self.command, &self.text));
        let envelope = in_envelope("slash_commands", &payload);
        let sent = std::time::Instant::now();
        let outcome = self.heart.ask("slash_commands", &envelope).await;
        let after = sent.elapsed();
        match outcome {
            Outcome::Acknowledged(payload) => Some(Acknowledged { after, payload }),
            _ => {
                self.heart.no_answer(&self.channel, &self.user, &self.command);
                None
            }
        }
    }
}
