//! The neutral message and the neutral form. Adapters render them; core never writes a platform's markup.

use crate::{
    action::{Action, FormId},
    id::{ChannelId, UserId},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A run of text of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Our own words.
    Plain(String),
    /// Our own words, in bold.
    Bold(String),
    /// A member's words. Shown literally: no markup, mention or command in them ever takes effect.
    Said(String),
    /// Something to type, in monospace.
    Code(String),
    /// A person. In a direct message or an ephemeral reply this notifies nobody but its reader.
    Member(UserId),
    /// A channel.
    Channel(ChannelId),
    /// A way to a message or page: our own words, and where they lead. Only addresses that a platform gave or that we
    /// made are put here, never a member's.
    Link {
        /// What is read.
        label: String,
        /// `https://…`
        url: String,
    },
    /// An instant, shown to each reader in their own time.
    At {
        /// The instant.
        at: Timestamp,
        /// How much of it to show.
        show: Show,
        /// What a client shows that can't convert it.
        fallback: String,
    },
}

/// How much of an instant a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// 14:30
    Time,
    /// 24 November 2026 14:30
    DateTime,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Span>);

impl Text {
    /// A paragraph of our own words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Span::Plain(text.into())])
    }
    /// A paragraph of a member's words.
    pub fn said(text: impl Into<String>) -> Self {
        Self(vec![Span::Said(text.into())])
    }
    /// Characters that a reader sees, about: mentions count as 20, instants as their fallback.
    pub fn chars(&self) -> usize {
        self.0
            .iter()
            .map(|span| match span {
                Span::Plain(t) | Span::Bold(t) | Span::Said(t) | Span::Code(t) => t.chars().count(),
                Span::Member(_) | Span::Channel(_) => 20,
                // Where mark-up is text, the address counts.
                Span::Link { label, url } => label.chars().count() + url.chars().count() + 6,
                Span::At { fallback, .. } => fallback.chars().count(),
            })
            .sum()
    }
}

/// A part of a message, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A title.
    Heading(String),
    /// A paragraph.
    Text(Text),
    /// Someone's words, set off from ours.
    Quote(Text),
    /// A paragraph in small print.
    Small(Text),
    /// A row of buttons (five at most; more flow into further rows).
    Buttons(Vec<Button>),
    /// A line across.
    Divider,
}

/// A button. `label` fits 75 characters (Slack; Discord allows 80).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What it does.
    pub action: Action,
    /// How it looks.
    pub style: Style,
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Like the others.
    Quiet,
    /// The one that most people want.
    Primary,
    /// Takes something away.
    Danger,
}

/// A message in one language, for one place.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Message(pub Vec<Block>);

impl Message {
    /// A message of one paragraph.
    pub fn of(text: Text) -> Self {
        Self(vec![Block::Text(text)])
    }
    /// The same message with one more block below.
    #[must_use]
    pub fn with(mut self, block: Block) -> Self {
        self.0.push(block);
        self
    }
}

/// A form for one person. Slack shows it as a modal view, Discord as a modal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What is sent back with the answers: says which form this was, and for what.
    pub id: FormId,
    /// At most 24 characters (Slack's limit; Discord's is 45).
    pub title: String,
    /// The submit button, at most 24 characters.
    pub submit: String,
    /// The cancel button, at most 24 characters (Discord has none).
    pub cancel: String,
    /// Words above the fields. Where a platform can't show them (Discord), core has already said them elsewhere.
    pub intro: Vec<Block>,
    /// The fields, at most [`Capabilities::form_fields_max`](crate::snapshot::Capabilities::form_fields_max).
    pub fields: Vec<Field>,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Key under which the value comes back. `[a-z0-9_]`, at most 40 characters, unique in its form.
    pub id: String,
    /// What is asked. The adapter shortens the label where it must (Discord: 45) and puts the rest into the hint.
    pub label: String,
    /// Small print below.
    pub hint: Option<String>,
    /// What may be entered. A platform without the kind shows a line of text, and core parses that.
    pub kind: FieldKind,
    /// What stands in it already.
    pub value: Option<String>,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// What may be entered into a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Line,
    /// Several lines.
    Paragraph,
    /// One of these (value, label); at most 100.
    Choice(Vec<(String, String)>),
    /// A channel; comes back as its id.
    Channel,
    /// People; come back as their ids, joined by spaces.
    Members,
}

/// What the person waiting at the screen gets. Best effort, never stored: platforms give three seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Words that only they see.
    Say(Message),
    /// A form to fill in.
    Open(Form),
    /// The form stays open: (field id, what is wrong and what to do).
    Invalid(Vec<(String, String)>),
}
