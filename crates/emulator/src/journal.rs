//! What happened on the platform, in order and in words a person reads: the transcript of a story.

use crate::clock::Clock;
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// A message was posted where others can read it, or in a direct conversation.
    Posted,
    /// A message only one person sees; `Entry::to` says who.
    Whispered,
    /// A message was edited; the text is the new one.
    Edited,
    /// A message was deleted; the text is what it said.
    Deleted,
    /// A form was opened or replaced in front of a person; the text is what it shows.
    FormOpened,
    /// A form was sent in; the text lists the values.
    FormSent,
    /// A form was closed unsent.
    FormClosed,
    /// A command was run; the text is what was typed.
    Command,
    /// A button was pressed or a choice made; the text is its label.
    Clicked,
    /// A person, their zone, or a channel changed.
    Changed,
    /// The platform told a person that the bot did not answer in time.
    NoAnswer,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, by the emulator's clock, in milliseconds since 1970.
    pub at: i64,
    /// Where: `#eng`, `DM ana`, or empty.
    pub place: String,
    /// Who did it: a person's name, or the bot's.
    pub who: String,
    /// What was done.
    pub act: Act,
    /// Who alone sees it, where only one person does.
    pub to: Option<String>,
    /// The words, with `\n` between lines.
    pub text: String,
}

impl std::fmt::Display for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match jiff::Timestamp::from_millisecond(self.at) {
            Ok(at) => write!(f, "{at} ")?,
            Err(_) => write!(f, "{} ", self.at)?,
        }
        let to = self.to.as_deref().map(|to| format!(" to {to}")).unwrap_or_default();
        write!(f, "{} {} {:?}{to}: {}", self.place, self.who, self.act, self.text.replace('\n', " / "))
    }
}

/// The journal; cheap to clone.
#[derive(Clone)]
pub struct Journal {
    clock: Clock,
    keep: Arc<AtomicBool>,
    entries: Arc<Mutex<Vec<Entry>>>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").finish_non_exhaustive()
    }
}

impl Journal {
    /// An empty journal; with `keep` false nothing is ever written, for load.
    pub fn new(clock: Clock, keep: bool) -> Self {
        Self { clock, keep: Arc::new(AtomicBool::new(keep)), entries: Arc::default() }
    }
    /// Writes an entry; `text` is only made when the journal is kept.
    pub fn write(&self, place: &str, who: &str, act: Act, to: Option<&str>, text: impl FnOnce() -> String) {
        if !self.keep.load(Ordering::Relaxed) {
            return;
        }
        let entry = Entry {
            at: (self.clock)(),
            place: place.to_owned(),
            who: who.to_owned(),
            act,
            to: to.map(str::to_owned),
            text: text(),
        };
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }
    /// Everything so far, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        self.after(0)
    }
    /// Everything after the first `seen` entries, oldest first.
    pub fn after(&self, seen: usize) -> Vec<Entry> {
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(seen..)
            .map(<[Entry]>::to_vec)
            .unwrap_or_default()
    }
    /// Everything so far, one line each, for a failing test to print.
    pub fn transcript(&self) -> String {
        self.entries().iter().map(Entry::to_string).collect::<Vec<_>>().join("\n")
    }
}
