//! Words that answer commands, and those that tell somebody about a standup.

use super::{
    about, plain,
    settings::{Conflict, moment},
    to_type, typed,
};
use crate::{
    command::{self, quoted},
    copy::{Arg, code, excerpt, line, list, one_of, people, said, text, time, words},
    event::Refusal,
    id::{ChannelId, UserId},
    language::Language,
    message::{Block, Message, Span, Text},
    standup::{Standup, WhoseTime},
    time::{Zone, say_schedule},
};
use jiff::{Timestamp, civil};

plain! {
    lines {
        delete_yes = "standup-delete-yes",
        delete_no = "standup-delete-no",
        list_title = "standup-list-title",
    }
    messages {
        no_standups = "standup-none",
        gone = "standup-gone",
        note_empty = "standup-note-empty",
    }
}

about! {
    joined_already = "standup-joined-already",
    joined_paused = "standup-joined-paused",
    left_already = "standup-left-already",
    left = "standup-left",
    paused_already = "standup-paused-already",
    running_already = "standup-running-already",
    delete_sure = "standup-delete-sure",
    deleted = "standup-deleted",
    kept = "standup-kept",
    no_round_yet = "standup-no-round-yet",
}

fn name(standup: &str) -> (&'static str, Arg) {
    ("standup", said(standup))
}

pub(crate) fn unknown_standup(language: Language, given: &str, near: &[String]) -> Message {
    let given = ("given", excerpt(given));
    Message::of(if near.is_empty() {
        text(language, "standup-unknown", &[given])
    } else {
        text(language, "standup-unknown-near", &[given, ("near", one_of(language, near.iter().map(to_type)))])
    })
}

/// Names that a question back lists; of more `/standup list` tells.
const NAMES_SHOWN: usize = 10;

pub(crate) fn which_standup(language: Language, names: &[String]) -> Message {
    let names = one_of(language, names.iter().take(NAMES_SHOWN).map(to_type));
    Message::of(text(language, "standup-which", &[("standups", names)]))
}

/// Only its owner or an administrator may change it: whom to ask. A mention here is seen by its reader alone.
pub(crate) fn ask_owner(language: Language, standup: &str, owner: &UserId) -> Message {
    Message::of(text(language, "standup-ask-owner", &[name(standup), ("owner", owner.clone().into())]))
}

pub(crate) fn created(language: Language, standup: &str) -> Text {
    text(language, "standup-created", &[name(standup)])
}

pub(crate) fn edited(language: Language, standup: &str) -> Text {
    text(language, "standup-edited", &[name(standup)])
}

pub(crate) fn edited_nothing(language: Language, standup: &str) -> Text {
    text(language, "standup-edited-nothing", &[name(standup)])
}

pub(crate) fn show_running(language: Language, standup: &str) -> Text {
    text(language, "standup-show-running", &[name(standup)])
}

/// It is paused; whoever may change it is told how it goes on.
pub(crate) fn show_paused(language: Language, standup: &str, may_change: bool) -> Text {
    match may_change {
        true => text(language, "standup-show-paused", &[name(standup), ("resume", typed("resume", standup))]),
        false => text(language, "standup-show-is-paused", &[name(standup)]),
    }
}

/// "weekdays at 9:30, in each person's own time"
pub(crate) fn when_each(language: Language, schedule: &str) -> String {
    line(language, "standup-when-each", &[("schedule", words(schedule))])
}

/// "weekdays at 9:30, Europe/London time"
pub(crate) fn when_one(language: Language, schedule: &str, zone: &Zone) -> String {
    line(language, "standup-when-one", &[("schedule", words(schedule)), ("zone", words(zone.name()))])
}

pub(crate) fn show_when(language: Language, when: &str) -> Text {
    text(language, "standup-show-when", &[("when", words(when))])
}

/// It names only days on which everyone is off.
pub(crate) fn show_nobody_works(language: Language) -> Text {
    text(language, "standup-show-nobody-works", &[("hours", code("/hours"))])
}

pub(crate) fn show_window(language: Language, window: &str) -> Text {
    text(language, "standup-show-window", &[("window", words(window))])
}

pub(crate) fn show_deadline(language: Language, at: civil::Time, zone: &Zone) -> Text {
    let args = [("time", words(time::clock(language, at))), ("zone", words(zone.name()))];
    text(language, "standup-show-deadline", &args)
}

pub(crate) fn show_remind(language: Language, before: &str) -> Text {
    text(language, "standup-show-remind", &[("before", words(before))])
}

pub(crate) fn show_no_reminder(language: Language) -> Text {
    text(language, "standup-show-no-reminder", &[])
}

pub(crate) fn show_at_close(language: Language, channel: &ChannelId) -> Text {
    text(language, "standup-show-at-close", &[("channel", channel.clone().into())])
}

pub(crate) fn show_live(language: Language, channel: &ChannelId) -> Text {
    text(language, "standup-show-live", &[("channel", channel.clone().into())])
}

pub(crate) fn show_who_unknown(language: Language) -> Text {
    text(language, "standup-show-who-unknown", &[])
}

fn names_and_more(language: Language, names: &[String], more: usize) -> Arg {
    let mut items: Vec<Arg> = names.iter().map(said).collect();
    if more > 0 {
        items.push(text(language, "standup-more-people", &[("count", more.into())]).into());
    }
    list(language, items)
}

pub(crate) fn show_channel_members(
    language: Language,
    channel: &ChannelId,
    count: usize,
    names: &[String],
    more: usize,
) -> Text {
    let channel = ("channel", channel.clone().into());
    if count == 0 {
        return text(language, "standup-show-channel-empty", &[channel]);
    }
    let people = names_and_more(language, names, more);
    text(language, "standup-show-channel-members", &[channel, ("count", count.into()), ("people", people)])
}

pub(crate) fn show_people(language: Language, count: usize, names: &[String], more: usize) -> Text {
    if count == 0 {
        return text(language, "standup-show-nobody", &[]);
    }
    let people = names_and_more(language, names, more);
    text(language, "standup-show-people", &[("count", count.into()), ("people", people)])
}

pub(crate) fn show_observers(language: Language, names: &[String]) -> Text {
    text(language, "standup-show-observers", &[("people", list(language, names.iter().map(said)))])
}

pub(crate) fn show_owner(language: Language, owner: &str) -> Text {
    text(language, "standup-show-owner", &[("owner", said(owner))])
}

pub(crate) fn show_next(language: Language, at: Timestamp, zone: &Zone) -> Text {
    text(language, "standup-show-next", &[("at", moment(language, at, zone))])
}

/// What this reader can do with it.
pub(crate) fn show_more(language: Language, standup: &str, may_change: bool, takes_part: bool) -> Text {
    let edit = || ("edit", typed("edit", standup));
    let leave = || ("leave", typed("leave", standup));
    let join = || ("join", typed("join", standup));
    match (may_change, takes_part) {
        (true, true) => text(language, "standup-show-edit-leave", &[edit(), leave()]),
        (true, false) => text(language, "standup-show-edit-join", &[edit(), join()]),
        (false, true) => text(language, "standup-show-leave", &[leave()]),
        (false, false) => text(language, "standup-show-join", &[join()]),
    }
}

/// The settings for which a form has no room, and how they are set: a line each, as help has them.
pub(crate) fn beyond_form(language: Language, standup: &str, others: &[&command::Arg]) -> Text {
    let example = code(format!("/standup edit name:{standup} remind:30m report:live"));
    let mut out = text(language, "standup-beyond-form", &[("example", example)]);
    for arg in others {
        out.0.push(Span::Plain("\n".to_owned()));
        out.0.push(Span::Code(arg.name.to_owned()));
        out.0.push(Span::Plain(format!("  {}", line(language, arg.words, &[]))));
    }
    out
}

/// On the button to the next page of something long.
pub(crate) fn turn_page(language: Language, page: usize, pages: usize) -> String {
    line(language, "standup-turn-page", &[("page", page.into()), ("pages", pages.into())])
}

pub(crate) fn list_line(
    language: Language,
    standup: &str,
    when: &str,
    channel: &ChannelId,
    mine: bool,
    paused: bool,
) -> Text {
    let args = [name(standup), ("when", words(when)), ("channel", channel.clone().into())];
    match (paused, mine) {
        (true, _) => text(language, "standup-list-paused", &args),
        (false, true) => text(language, "standup-list-mine", &args),
        (false, false) => text(language, "standup-list-line", &args),
    }
}

pub(crate) fn list_more(language: Language) -> Text {
    text(language, "standup-list-more", &[])
}

pub(crate) fn joined(language: Language, standup: &str, at: Timestamp, zone: &Zone) -> Message {
    Message::of(text(language, "standup-joined", &[name(standup), ("at", moment(language, at, zone))]))
}

pub(crate) fn standup_full(language: Language, standup: &str, max: usize) -> Message {
    Message::of(text(language, "standup-full", &[name(standup), ("max", max.into())]))
}

pub(crate) fn paused(language: Language, standup: &str) -> Message {
    Message::of(text(language, "standup-paused", &[name(standup), ("resume", typed("resume", standup))]))
}

pub(crate) fn resumed(language: Language, standup: &str, next: Option<(Timestamp, Zone)>) -> Message {
    Message::of(match next {
        Some((at, zone)) => {
            text(language, "standup-resumed-next", &[name(standup), ("at", moment(language, at, &zone))])
        }
        None => text(language, "standup-resumed", &[name(standup)]),
    })
}

pub(crate) fn not_a_day(language: Language, given: &str) -> Message {
    Message::of(text(language, "standup-not-a-day", &[("given", excerpt(given))]))
}

pub(crate) fn no_round_on(language: Language, standup: &str, date: civil::Date) -> Message {
    let date = ("date", words(time::date_with_year(language, date)));
    Message::of(text(language, "standup-no-round-on", &[name(standup), date]))
}

pub(crate) fn not_yours_to_read(language: Language, standup: &str, channel: &ChannelId) -> Message {
    let channel = ("channel", channel.clone().into());
    Message::of(text(language, "standup-not-yours-to-read", &[name(standup), channel]))
}

/// The note is kept, with its text.
pub(crate) fn noted(language: Language, note: &str) -> Message {
    Message::of(text(language, "standup-noted", &[])).with(Block::Quote(Text::said(note)))
}

pub(crate) fn note_too_long(language: Language, length: usize, max: usize) -> Message {
    Message::of(text(language, "standup-note-too-long", &[("length", length.into()), ("max", max.into())]))
}

pub(crate) fn notes_full(language: Language, max: usize) -> Message {
    Message::of(text(language, "standup-notes-full", &[("max", max.into())]))
}

/// Somebody put them on the list.
pub(crate) fn welcome(language: Language, standup: &Standup) -> Message {
    let schedule = say_schedule(&standup.schedule, language);
    let when = match &standup.whose_time {
        WhoseTime::Each => when_each(language, &schedule),
        WhoseTime::One(zone) => when_one(language, &schedule, zone),
    };
    let (when, leave) = (words(when), typed("leave", &standup.name));
    let args = [name(&standup.name), ("when", when), ("channel", standup.channel.clone().into()), ("leave", leave)];
    Message::of(text(language, "standup-welcome", &args))
}

/// Its deadline comes before somebody's prompt, with the way to mend it.
pub(crate) fn deadline_too_early(language: Language, standup: &Standup, people: &[Conflict]) -> Message {
    let (edit, resume) = (typed("edit", &standup.name), typed("resume", &standup.name));
    Message::of(text(language, "standup-deadline-paused", &[name(&standup.name)]))
        .with(Block::Text(super::deadline_conflict(language, people)))
        .with(Block::Small(text(language, "standup-deadline-mend", &[("edit", edit), ("resume", resume)])))
}

/// Its channel is closed to the bot, with the way to mend it.
pub(crate) fn channel_closed(language: Language, standup: &Standup, refusal: &Refusal) -> Message {
    let channel = ("channel", standup.channel.clone().into());
    let report = code(format!("/standup report name={}", quoted(&standup.name)));
    Message::of(text(language, "standup-channel-closed", &[name(&standup.name), channel]))
        .with(Block::Text(people::refusal(language, refusal)))
        .with(Block::Small(text(language, "standup-channel-closed-kept", &[("report", report)])))
}
