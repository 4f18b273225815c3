//! Every message of this feature with made-up arguments. Those of a round are made by the code that sends them.

use super::*;
use crate::{
    copy::Sample,
    event::Refusal,
    language::Language,
    message::{Block, Message, Text},
    receipt,
    standup::{
        Entry, EntryState, Skip, Why,
        samples::{entry as made_up_entry, made_up_standup},
    },
    time::Zone,
};
use jiff::{Timestamp, civil};

/// Tuesday 24 November 2026, 09:30 UTC.
const NOW: Timestamp = Timestamp::constant(1_795_512_600, 0);
const DATE: civil::Date = civil::date(2026, 11, 24);
/// A name that tries to be more than text.
const NAME: &str = "*Daily* @here";

fn paragraphs(texts: Vec<Text>) -> Message {
    Message(texts.into_iter().map(Block::Text).collect())
}

fn joined(messages: Vec<Message>) -> Message {
    Message(messages.into_iter().flat_map(|message| message.0).collect())
}

/// Every message of this feature.
pub(in crate::copy) fn samples() -> Vec<Sample> {
    let mut all = crate::standup::samples::samples();
    all.extend([
        Sample::Message("standup/answering", answering),
        Sample::Message("standup/skipping", skipping),
        Sample::Message("standup/finding", finding),
        Sample::Message("standup/refusals", refusals),
        Sample::Message("standup/refusals-people", refusals_people),
        Sample::Message("standup/labels", labels),
        Sample::Message("standup/show", show),
        Sample::Message("standup/beyond-form", |l| {
            let edit = crate::command::find(&["standup", "edit"]).map_or(&[][..], |command| command.args);
            let others: Vec<_> = edit.iter().filter(|arg| !arg.suggests && arg.name != "rename").collect();
            Message(vec![Block::Small(beyond_form(l, NAME, &others))])
        }),
        Sample::Message("standup/list", listing),
        Sample::Message("standup/membership", membership),
        Sample::Message("standup/running", running),
        Sample::Message("standup/deleting", deleting),
        Sample::Message("standup/reading", reading),
        Sample::Message("standup/receipts", receipts),
        Sample::Message("standup/why", every_why),
        Sample::Message("standup/notes", notes),
        Sample::Message("standup/telling", telling),
    ]);
    all
}

fn answering(l: Language) -> Message {
    let mut message = joined(vec![
        not_in_round(l),
        page_kept(l),
        page_missing(l),
        page_changed(l),
        unchanged(l),
        changed(l),
        thanks_late(l),
        nothing_open(l),
    ]);
    let lines = [next_page(l), answer_late(l), go_on_answering(l), answer_needed(l), answer_too_long(l, 40_000)];
    message.0.extend(lines.into_iter().map(|line| Block::Text(Text::plain(line))));
    message
}

fn skipping(l: Language) -> Message {
    let lines =
        [skip_title(l), skip_submit(l), skip_reason(l), skip_reason_hint(l), reason_too_long(l, 300), cancel(l)];
    let mut message = joined(vec![
        skipped(l, &[NAME.to_owned()], true),
        skipped(l, &[NAME.to_owned(), "Weekly".to_owned()], true),
        skip_answered(l),
        skip_closed(l),
        nothing_to_skip(l),
    ]);
    message.0.extend(lines.into_iter().map(|line| Block::Text(Text::plain(line))));
    message
}

fn finding(l: Language) -> Message {
    joined(vec![
        no_standups(l),
        gone(l),
        unknown_standup(l, "Dialy <!channel>", &["Daily".to_owned()]),
        unknown_standup(l, "Zzz", &[]),
        which_standup(l, &["Daily".to_owned(), NAME.to_owned()]),
        ask_owner(l, NAME, &"U1".into()),
    ])
}

fn refusals(l: Language) -> Message {
    paragraphs(vec![
        name_needed(l),
        name_too_long(l, 60),
        name_taken(l, "`Daily`"),
        when_needed(l),
        too_often(l),
        channel_needed(l, true),
        channel_needed(l, false),
        channel_unknown(l, "#nowhere", true),
        channel_not_open(l, &"C1".into(), false),
        channel_archived(l, &"C1".into()),
        name_not_free(l),
        channel_private(l, &"C1".into()),
        questions_empty(l),
        questions_too_many(l, 21, 20),
        question_too_long(l, "Why, and why, and why?", 300),
        window_or_deadline(l),
        window_bounds(l, 15, 10_080),
        remind_bounds(l, 240),
        report_choice(l),
        standups_full(l, 200),
    ])
}

fn conflict(name: &str) -> Conflict {
    let zone = Zone::find("America/Los_Angeles").unwrap_or_else(|_| Zone::utc());
    Conflict { name: name.to_owned(), zone, prompt_at: NOW, deadline_at: NOW }
}

fn refusals_people(l: Language) -> Message {
    let many: Vec<Conflict> = (0..13).map(|at| conflict(&format!("Liam {at}"))).collect();
    paragraphs(vec![
        group_alone(l),
        person_unknown(l, "@nobody"),
        group_unseen(l, "@backend"),
        people_needed(l),
        people_too_many(l, 501, 500),
        deadline_conflict(l, &[conflict("Liam"), conflict("@everyone")]),
        deadline_conflict(l, &many),
    ])
}

fn labels(l: Language) -> Message {
    let fields = [
        "name",
        "when",
        "questions",
        "channel",
        "window",
        "zone",
        "deadline",
        "remind",
        "report",
        "who",
        "who-group",
        "observers",
    ];
    let lines = fields.iter().map(|it| format!("{} ({})", field_label(l, it), field_hint(l, it)));
    let more = [new_title(l), edit_title(l), save(l), send(l)];
    Message(lines.chain(more).map(|line| Block::Text(Text::plain(line))).collect())
}

fn show(l: Language) -> Message {
    let names = ["Ana".to_owned(), "@here".to_owned()];
    paragraphs(vec![
        created(l, NAME),
        edited(l, NAME),
        edited_nothing(l, NAME),
        show_running(l, NAME),
        show_paused(l, NAME, true),
        show_paused(l, NAME, false),
        show_when(l, &when_each(l, "weekdays at 9:30")),
        show_when(l, &when_one(l, "weekdays at 9:30", &Zone::utc())),
        show_nobody_works(l),
        show_window(l, "4 hours"),
        show_deadline(l, civil::time(14, 0, 0, 0), &Zone::utc()),
        show_remind(l, "1 hour"),
        show_no_reminder(l),
        show_at_close(l, &"C1".into()),
        show_live(l, &"C1".into()),
        show_who_unknown(l),
        show_channel_members(l, &"C1".into(), 2, &names, 0),
        show_channel_members(l, &"C1".into(), 31, &names, 29),
        show_channel_members(l, &"C1".into(), 0, &[], 0),
        show_people(l, 1, &names[..1], 0),
        show_people(l, 0, &[], 0),
        show_observers(l, &names),
        show_owner(l, "Ana"),
        show_next(l, NOW, &Zone::utc()),
        show_more(l, "`Daily`", true, true),
        show_more(l, NAME, true, false),
        show_more(l, NAME, false, true),
        show_more(l, NAME, false, false),
    ])
}

fn listing(l: Language) -> Message {
    let mut message = Message(vec![Block::Heading(list_title(l))]);
    for (mine, paused) in [(true, false), (false, false), (true, true)] {
        message.0.push(Block::Text(list_line(l, NAME, "weekdays at 9:30", &"C1".into(), mine, paused)));
    }
    message.with(Block::Small(list_more(l))).with(Block::Text(Text::plain(turn_page(l, 2, 11))))
}

fn membership(l: Language) -> Message {
    joined(vec![
        super::joined(l, NAME, NOW, &Zone::utc()),
        joined_paused(l, NAME),
        joined_already(l, NAME),
        standup_full(l, NAME, 500),
        left(l, NAME),
        left_already(l, NAME),
    ])
}

fn running(l: Language) -> Message {
    joined(vec![
        paused(l, NAME),
        paused_already(l, NAME),
        resumed(l, NAME, None),
        resumed(l, NAME, Some((NOW, Zone::utc()))),
        running_already(l, NAME),
    ])
}

fn deleting(l: Language) -> Message {
    let buttons = [delete_yes(l), delete_no(l)].map(|label| Block::Text(Text::plain(label)));
    let mut message = joined(vec![delete_sure(l, NAME), deleted(l, NAME), kept(l, NAME)]);
    message.0.extend(buttons);
    message
}

fn reading(l: Language) -> Message {
    joined(vec![
        not_a_day(l, "someday"),
        no_round_yet(l, NAME),
        no_round_on(l, NAME, DATE),
        not_yours_to_read(l, NAME, &"C1".into()),
        report_sent(l, 3),
        report_not_yet(l, NAME, DATE, NOW, &Zone::utc()),
        nothing_left(l),
    ])
}

fn receipts(l: Language) -> Message {
    let zone = Zone::utc();
    let mut message = Message(vec![Block::Heading(receipts_title(l, NAME, DATE))]);
    let not_asked = |why| EntryState::Skipped(Skip::NotAsked(why));
    let each = [
        ("Ana", EntryState::Planned),
        ("Budi", EntryState::Asked),
        ("Emma", EntryState::Prompted),
        ("João", EntryState::Answered),
        ("Maya", EntryState::Missed),
        ("Aroha", EntryState::Skipped(Skip::Own(None))),
        ("@here", EntryState::Skipped(Skip::Left)),
        ("Rin", not_asked(receipt::Why::Standup(Why::WindowOver))),
        ("Tom", not_asked(receipt::Why::People(crate::people::Why::DayOff))),
    ];
    for (name, state) in each {
        let entry = made_up_entry("U1", state, &[]);
        message.0.push(Block::Text(receipt(l, &[name.to_owned()], &Outcome::of(&entry), &zone)));
    }
    let together = ["Liam", "Sari"].map(str::to_owned);
    let in_time = made_up_entry("U1", EntryState::Answered, &[]);
    let late = Entry { late: true, ..in_time.clone() };
    message.0.push(Block::Text(receipt(l, &together[..1], &Outcome::of(&late), &zone)));
    for entry in [&in_time, &late] {
        let outcome = Outcome::of(entry).without_its_time();
        message.0.push(Block::Text(receipt(l, &together, &outcome, &zone)));
    }
    message.with(Block::Small(receipts_explain(l, "prompt/s1/2026-11-24")))
}

fn every_why(l: Language) -> Message {
    use Why::*;
    let all = [
        SkippedByMember,
        WindowOver,
        TimePassed,
        AlreadyAnswered,
        NotRunning,
        LeftStandup,
        Answered,
        AnsweredLate,
        Edited,
        Missed,
        ClosedAllAnswered,
        ClosedAtDeadline,
    ];
    paragraphs(all.iter().map(|reason| why(l, reason)).collect())
}

fn notes(l: Language) -> Message {
    joined(vec![noted(l, "fixed <!channel> *login*"), note_empty(l), note_too_long(l, 2_001, 2_000), notes_full(l, 50)])
}

fn telling(l: Language) -> Message {
    let Some(standup) = made_up_standup(l) else { return Message::default() };
    let early = deadline_too_early(l, &standup, &[conflict("Liam")]);
    joined(vec![welcome(l, &standup), channel_closed(l, &standup, &Refusal::NotInChannel), early])
}
