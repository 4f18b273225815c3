//! Words about what the menu of a message offers, and of the notes beside messages.

use crate::{
    action::FormId,
    command::MenuEntry,
    copy::{Sample, key, line, said, text, time},
    language::Language,
    message::{Block, Field, FieldKind, Form, Message, Show},
    norm::{self, BY, Entry, JudgedId, Note},
    time::Zone,
};
use jiff::Timestamp;

/// What an entry of the menu is called, at most 24 characters in English: Slack shows it so to everybody.
pub fn menu_name(language: Language, entry: &MenuEntry) -> String {
    match entry.entry {
        Entry::Deliver => line(language, "menu-deliver", &[]),
        Entry::NoReply => line(language, "menu-no-reply", &[]),
        Entry::ReplyBy => line(language, "menu-reply-by", &[]),
    }
}

/// Somebody else's message.
pub(crate) fn menu_not_yours(language: Language) -> Message {
    Message::of(text(language, "menu-not-yours", &[]))
}

/// jeda can't write there.
pub(crate) fn menu_not_here(language: Language, invited: bool) -> Message {
    let invited = key(if invited { "yes" } else { "no" });
    Message::of(text(language, "menu-not-here", &[("invited", invited)]))
}

/// A message that names nobody has nobody to be delivered to.
pub(crate) fn menu_names_nobody(language: Language) -> Message {
    Message::of(text(language, "menu-names-nobody", &[]))
}

/// Asks until when a reply is wished for.
pub(crate) fn reply_by_form(language: Language, id: &JudgedId) -> Form {
    Form {
        id: FormId::Norm(norm::FormId::ReplyBy(id.clone())),
        title: line(language, "reply-by-form", &[]),
        submit: line(language, "reply-by-form-save", &[]),
        cancel: line(language, "reply-by-form-cancel", &[]),
        intro: Vec::new(),
        fields: vec![Field {
            id: BY.to_owned(),
            label: line(language, "reply-by-form-when", &[]),
            hint: Some(line(language, "reply-by-form-hint", &[])),
            kind: FieldKind::Line,
            value: None,
            optional: false,
        }],
    }
}

/// It stands beside the message now.
pub(crate) fn reply_by_noted(language: Language, at: Timestamp, zone: &Zone) -> Message {
    let at = time::at(language, at, Show::DateTime, zone);
    Message::of(text(language, "reply-by-noted", &[("at", at.into())]))
}

/// Beside a message, for its readers: the author by name, since a mention would ping them.
pub(crate) fn beside(language: Language, author: &str, note: Note, zone: &Zone) -> Message {
    let author = ("author", said(author));
    Message(vec![Block::Small(match note {
        Note::NoReply => text(language, "note-no-reply", &[author]),
        Note::By(at) => {
            text(language, "note-reply-by", &[author, ("at", time::at(language, at, Show::DateTime, zone).into())])
        }
    })])
}

/// Every message of this module with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    fn at() -> Timestamp {
        Timestamp::from_second(1_795_600_800).unwrap_or(Timestamp::UNIX_EPOCH)
    }
    vec![
        Sample::Message("norm/menu", |l| {
            let names = crate::command::MENU.iter().map(|entry| crate::message::Text::plain(menu_name(l, entry)));
            Message(names.map(Block::Text).collect())
        }),
        Sample::Message("norm/menu-not-yours", menu_not_yours),
        Sample::Message("norm/menu-not-here", |l| menu_not_here(l, false)),
        Sample::Message("norm/menu-not-here-invited", |l| menu_not_here(l, true)),
        Sample::Message("norm/menu-names-nobody", menu_names_nobody),
        Sample::Form("norm/reply-by-form", |l| reply_by_form(l, &super::samples::alert(1).id)),
        Sample::Message("norm/reply-by-noted", |l| reply_by_noted(l, at(), &Zone::utc())),
        Sample::Message("norm/note-no-reply", |l| beside(l, "Budi *x* <!here>", Note::NoReply, &Zone::utc())),
        Sample::Message("norm/note-reply-by", |l| beside(l, "Budi", Note::By(at()), &Zone::utc())),
    ]
}
