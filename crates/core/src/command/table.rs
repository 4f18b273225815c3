//! Every command, with its arguments.

use super::{Arg, ArgKind, Command};
use crate::norm::Entry;

/// A first word: what a platform registers as one command.
#[derive(Debug)]
pub struct Root {
    /// `standup`
    pub name: &'static str,
    /// Fluent id of its description (at most 100 characters, Discord's limit).
    pub words: &'static str,
    /// The subcommand that it means when it stands alone; `None` when it has no subcommands.
    pub alone: Option<&'static str>,
    /// The subcommand that it means when a person or a channel stands where a subcommand would.
    pub to: Option<&'static str>,
}

/// The first words, in the order in which help lists them.
pub static ROOTS: &[Root] = &[
    Root { name: "standup", words: "command-standup", alone: Some("list"), to: None },
    Root { name: "hours", words: "command-hours", alone: None, to: None },
    Root { name: "when", words: "command-when", alone: None, to: None },
    Root { name: "focus", words: "command-focus", alone: None, to: None },
    Root { name: "away", words: "command-away", alone: None, to: None },
    Root { name: "back", words: "command-back", alone: None, to: None },
    Root { name: "later", words: "command-later", alone: Some("list"), to: Some("send") },
    Root { name: "ask", words: "command-ask", alone: None, to: None },
    Root { name: "asks", words: "command-asks", alone: Some("list"), to: None },
    Root { name: "digest", words: "command-digest", alone: Some("show"), to: None },
    Root { name: "norms", words: "command-norms", alone: Some("show"), to: None },
    Root { name: "jeda", words: "command-jeda", alone: Some("help"), to: None },
];

/// An entry in the menu of a message.
#[derive(Debug)]
pub struct MenuEntry {
    /// Slack's callback id.
    pub id: &'static str,
    /// What it does.
    pub entry: Entry,
}

/// The entries in the menu of a message. Their names: [`copy::norm::menu_name`](crate::copy::norm::menu_name).
pub static MENU: &[MenuEntry] = &[
    MenuEntry { id: "deliver", entry: Entry::Deliver },
    MenuEntry { id: "no_reply", entry: Entry::NoReply },
    MenuEntry { id: "reply_by", entry: Entry::ReplyBy },
];

const fn optional(name: &'static str, kind: ArgKind, words: &'static str) -> Arg {
    Arg { name, kind, required: false, suggests: false, words }
}

const fn required(name: &'static str, kind: ArgKind, words: &'static str) -> Arg {
    Arg { name, kind, required: true, suggests: false, words }
}

const fn suggested(arg: Arg) -> Arg {
    Arg { suggests: true, ..arg }
}

const NAME: Arg = suggested(required("name", ArgKind::Rest, "arg-name"));
/// Where most people are in one standup, its name may be left out.
const NAME_MAYBE: Arg = suggested(optional("name", ArgKind::Rest, "arg-name-maybe"));
const DATE: Arg = suggested(optional("date", ArgKind::Rest, "arg-date"));
const CHANNEL: Arg = optional("channel", ArgKind::Channel, "arg-channel");
const QUESTIONS: Arg = optional("questions", ArgKind::Rest, "arg-questions");
const ZONE: Arg = suggested(optional("zone", ArgKind::Word, "arg-zone"));
const WINDOW: Arg = suggested(optional("window", ArgKind::Word, "arg-window"));
const DEADLINE: Arg = optional("deadline", ArgKind::Word, "arg-deadline");
const REMIND: Arg = suggested(optional("remind", ArgKind::Word, "arg-remind"));
const REPORT: Arg = optional("report", ArgKind::Choice(&["close", "live"]), "arg-report");
const WHY: Arg = optional("why", ArgKind::Rest, "arg-why");
const WHO: Arg = optional("who", ArgKind::People, "arg-who");
const OBSERVERS: Arg = optional("observers", ArgKind::People, "arg-observers");
const NUMBER: Arg = required("number", ArgKind::Word, "arg-number");
const LATER_WHEN: Arg = suggested(optional("when", ArgKind::Rest, "arg-later-when"));

const ASK_NUMBER: Arg = required("number", ArgKind::Word, "arg-ask-number");
const ASK_BY: Arg = suggested(optional("by", ArgKind::Rest, "arg-ask-by"));

/// Every command, in the order in which help lists them.
///
/// Nothing of `/standup new` is required, because without arguments it opens the form.
pub static TABLE: &[Command] = &[
    Command {
        path: &["standup", "new"],
        args: &[
            optional("name", ArgKind::Word, "arg-new-name"),
            suggested(optional("when", ArgKind::Rest, "arg-when")),
            CHANNEL,
            QUESTIONS,
            ZONE,
            WINDOW,
            DEADLINE,
            REMIND,
            REPORT,
            WHO,
            OBSERVERS,
        ],
        words: "command-standup-new",
    },
    Command { path: &["standup", "list"], args: &[], words: "command-standup-list" },
    Command { path: &["standup", "show"], args: &[NAME_MAYBE], words: "command-standup-show" },
    Command {
        path: &["standup", "edit"],
        args: &[
            suggested(required("name", ArgKind::Word, "arg-name")),
            suggested(optional("when", ArgKind::Rest, "arg-when")),
            optional("rename", ArgKind::Rest, "arg-rename"),
            CHANNEL,
            QUESTIONS,
            ZONE,
            WINDOW,
            DEADLINE,
            REMIND,
            REPORT,
            WHO,
            OBSERVERS,
        ],
        words: "command-standup-edit",
    },
    Command { path: &["standup", "pause"], args: &[NAME], words: "command-standup-pause" },
    Command { path: &["standup", "resume"], args: &[NAME], words: "command-standup-resume" },
    Command { path: &["standup", "delete"], args: &[NAME], words: "command-standup-delete" },
    Command { path: &["standup", "join"], args: &[NAME], words: "command-standup-join" },
    Command { path: &["standup", "leave"], args: &[NAME], words: "command-standup-leave" },
    Command {
        path: &["standup", "skip"],
        args: &[
            optional("reason", ArgKind::Rest, "arg-reason"),
            suggested(optional("name", ArgKind::Rest, "arg-name-skip")),
        ],
        words: "command-standup-skip",
    },
    Command { path: &["standup", "report"], args: &[DATE, NAME_MAYBE], words: "command-standup-report" },
    Command { path: &["standup", "receipts"], args: &[DATE, NAME_MAYBE], words: "command-standup-receipts" },
    Command {
        path: &["standup", "note"],
        args: &[required("text", ArgKind::Verbatim, "arg-text")],
        words: "command-standup-note",
    },
    Command {
        path: &["hours"],
        args: &[
            suggested(optional("hours", ArgKind::Rest, "arg-hours")),
            suggested(optional("holidays", ArgKind::Rest, "arg-holidays")),
            optional("calendar", ArgKind::Rest, "arg-calendar"),
        ],
        words: "command-hours",
    },
    Command { path: &["when"], args: &[required("who", ArgKind::People, "arg-when-who")], words: "command-when" },
    Command {
        path: &["focus"],
        args: &[suggested(optional("time", ArgKind::Word, "arg-focus")), WHY],
        words: "command-focus",
    },
    Command {
        path: &["away"],
        args: &[suggested(optional("until", ArgKind::Rest, "arg-until")), WHY],
        words: "command-away",
    },
    Command { path: &["back"], args: &[], words: "command-back" },
    Command {
        path: &["later", "send"],
        args: &[
            required("text", ArgKind::Verbatim, "arg-later-text"),
            optional("to", ArgKind::Person, "arg-later-to"),
            optional("channel", ArgKind::Channel, "arg-later-channel"),
            LATER_WHEN,
        ],
        words: "command-later-send",
    },
    Command { path: &["later", "list"], args: &[], words: "command-later-list" },
    Command { path: &["later", "show"], args: &[NUMBER], words: "command-later-show" },
    Command {
        path: &["later", "edit"],
        args: &[NUMBER, optional("text", ArgKind::Verbatim, "arg-later-new-text"), LATER_WHEN],
        words: "command-later-edit",
    },
    Command { path: &["later", "now"], args: &[NUMBER], words: "command-later-now" },
    Command { path: &["later", "cancel"], args: &[NUMBER], words: "command-later-cancel" },
    Command {
        path: &["ask"],
        args: &[
            required("who", ArgKind::People, "arg-ask-who"),
            required("text", ArgKind::Verbatim, "arg-ask-text"),
            ASK_BY,
        ],
        words: "command-ask",
    },
    Command { path: &["asks", "list"], args: &[], words: "command-asks-list" },
    Command { path: &["asks", "show"], args: &[ASK_NUMBER], words: "command-asks-show" },
    Command {
        path: &["asks", "edit"],
        args: &[ASK_NUMBER, optional("text", ArgKind::Verbatim, "arg-ask-new-text"), ASK_BY],
        words: "command-asks-edit",
    },
    Command { path: &["asks", "cancel"], args: &[ASK_NUMBER], words: "command-asks-cancel" },
    Command { path: &["digest", "show"], args: &[], words: "command-digest-show" },
    Command { path: &["digest", "now"], args: &[], words: "command-digest-now" },
    Command {
        path: &["digest", "at"],
        args: &[required("times", ArgKind::Rest, "arg-digest-times")],
        words: "command-digest-at",
    },
    Command { path: &["digest", "on"], args: &[], words: "command-digest-on" },
    Command { path: &["digest", "off"], args: &[], words: "command-digest-off" },
    Command { path: &["norms", "show"], args: &[], words: "command-norms-show" },
    Command { path: &["norms", "report"], args: &[], words: "command-norms-report" },
    Command { path: &["jeda", "why"], args: &[], words: "command-jeda-why" },
    Command {
        path: &["jeda", "link"],
        args: &[optional("code", ArgKind::Rest, "arg-code")],
        words: "command-jeda-link",
    },
    Command { path: &["jeda", "unlink"], args: &[], words: "command-jeda-unlink" },
    Command {
        path: &["jeda", "help"],
        args: &[suggested(optional("topic", ArgKind::Rest, "arg-topic"))],
        words: "command-jeda-help",
    },
];

/// Words that people also use for a subcommand, in both languages. One that stands here twice means whichever of the
/// two there is.
pub(super) static ALIASES: &[(&str, &str)] = &[
    ("create", "new"),
    ("add", "new"),
    ("buat", "new"),
    ("baru", "new"),
    ("tambah", "new"),
    ("ls", "list"),
    ("all", "list"),
    ("daftar", "list"),
    ("info", "show"),
    ("view", "show"),
    ("lihat", "show"),
    ("change", "edit"),
    ("update", "edit"),
    ("ubah", "edit"),
    ("stop", "pause"),
    ("hentikan", "pause"),
    ("tunda", "pause"),
    ("continue", "resume"),
    ("start", "resume"),
    ("unpause", "resume"),
    ("lanjut", "resume"),
    ("lanjutkan", "resume"),
    ("remove", "delete"),
    ("rm", "delete"),
    ("hapus", "delete"),
    ("remove", "cancel"),
    ("rm", "cancel"),
    ("delete", "cancel"),
    ("drop", "cancel"),
    ("hapus", "cancel"),
    ("batal", "cancel"),
    ("batalkan", "cancel"),
    ("kirim", "send"),
    ("sekarang", "now"),
    ("ikut", "join"),
    ("gabung", "join"),
    ("quit", "leave"),
    ("keluar", "leave"),
    ("lewati", "skip"),
    ("summary", "report"),
    ("laporan", "report"),
    ("receipt", "receipts"),
    ("bukti", "receipts"),
    ("jot", "note"),
    ("notes", "note"),
    ("catat", "note"),
    ("catatan", "note"),
    ("connect", "link"),
    ("tautkan", "link"),
    ("hubungkan", "link"),
    ("disconnect", "unlink"),
    ("lepas", "unlink"),
    ("lepaskan", "unlink"),
    ("bantuan", "help"),
    ("tolong", "help"),
    ("?", "help"),
];

/// The command of this path.
pub fn find<S: AsRef<str>>(path: &[S]) -> Option<&'static Command> {
    TABLE.iter().find(|command| command.path.iter().copied().eq(path.iter().map(AsRef::as_ref)))
}
