//! Words about hours and absence, and to administrators.

use super::{Arg, Sample, code, key, line, said, text, time, words};
use crate::receipt::{self, What};
use crate::{
    action::{Action, FormId},
    command::quoted,
    event::Refusal,
    id::UserId,
    language::Language,
    message::{Block, Button, Field, FieldKind, Form, Message, Show, Span, Style, Text},
    people::{self, Absence, Member, Trouble, When, Why, Workspace},
    time::{
        Availability, Calendar, CalendarError, FocusBlock, Hours, State, TimeError, Zone, say_duration, say_holiday,
        say_hours,
    },
};
use jiff::Timestamp;

/// Why something was late or skipped, as a sentence about "them". Instants that the reader's client can't convert
/// are shown in `zone`.
pub fn why(language: Language, why: &Why, zone: &Zone) -> Text {
    match why {
        Why::DayOff => text(language, "why-day-off", &[]),
        Why::Holiday(name) => text(language, "why-holiday", &[("name", said(say_holiday(name, language)))]),
        Why::Away(None) => text(language, "why-away", &[]),
        Why::Away(Some(until)) => {
            text(language, "why-away-until", &[("until", time::at(language, *until, Show::DateTime, zone).into())])
        }
        Why::Quiet => text(language, "why-quiet", &[]),
        Why::Focus => text(language, "why-focus", &[]),
        Why::Paused => text(language, "why-paused", &[]),
        Why::Downtime => text(language, "why-downtime", &[]),
        Why::RateLimited => text(language, "why-rate-limited", &[]),
        Why::Refused(reason) => refusal(language, reason),
        Why::MemberGone => text(language, "why-member-gone", &[]),
        Why::Obsolete => text(language, "why-obsolete", &[]),
    }
}

/// Why a platform refused something, with the way to mend it.
pub fn refusal(language: Language, refusal: &Refusal) -> Text {
    match refusal {
        Refusal::DirectMessagesClosed => text(language, "refusal-direct-messages-closed", &[]),
        Refusal::NotInChannel => text(language, "refusal-not-in-channel", &[]),
        Refusal::ChannelGone => text(language, "refusal-channel-gone", &[]),
        Refusal::MemberGone => text(language, "refusal-member-gone", &[]),
        Refusal::MessageGone => text(language, "refusal-message-gone", &[]),
        Refusal::MissingPermission(name) => text(language, "refusal-missing-permission", &[("permission", code(name))]),
        Refusal::GaveUp(last) => text(language, "refusal-gave-up", &[("code", code(last))]),
        Refusal::Other(other) => text(language, "refusal-other", &[("code", code(other))]),
    }
}

/// Somebody's hours, where they come from, whether they are away, and in which other places they hold.
pub(crate) fn hours_shown(
    language: Language,
    member: &Member,
    workspace: &Workspace,
    places: &[String],
    now: Timestamp,
) -> Message {
    let hours = member.hours(workspace);
    let mut message = Message(vec![
        Block::Heading(line(language, "hours-title", &[])),
        Block::Text(text(language, "hours-now", &[("hours", words(say_hours(&hours, language)))])),
    ]);
    let from = if member.own_zone.is_some() {
        text(language, "hours-zone-own", &[])
    } else if !member.zone_guessed() {
        text(language, "hours-zone-profile", &[])
    } else {
        text(language, "hours-zone-guessed", &[("zone", words(hours.zone.name()))])
    };
    message.0.push(Block::Text(from));
    if let Some(leave) = people::current_absence(member, now) {
        message.0.push(Block::Text(match leave.until {
            Some(until) => {
                text(language, "hours-away-until", &[("until", words(time::end(language, until, &hours.zone)))])
            }
            None => text(language, "hours-away-open", &[]),
        }));
    } else if let Some(block) = member.focus.as_ref().filter(|block| block.from <= now && now < block.until) {
        let until = words(time::soon(language, block.until, now, &hours.zone));
        message.0.push(Block::Text(text(language, "hours-focus", &[("until", until)])));
    }
    message.0.push(Block::Text(holidays(language, member, workspace, now)));
    if let Some(agenda) = &member.agenda {
        message.0.push(Block::Text(super::agenda::shown(language, agenda, now, &hours.zone)));
    }
    if !places.is_empty() {
        message.0.push(Block::Text(super::person::linked_with(language, places)));
    }
    message.with(Block::Small(text(language, "hours-how", &[]))).with(change_hours(language))
}

/// Which public holidays hold for somebody, until which year they are known, and the next day off.
fn holidays(language: Language, member: &Member, workspace: &Workspace, now: Timestamp) -> Text {
    let declared = member.declared(workspace);
    let mut line = match declared.calendar {
        None => text(language, "hours-holidays-none", &[]),
        Some(calendar) => {
            let args = [
                ("place", words(calendar.name())),
                ("year", words(calendar.last_year().to_string())),
                ("whose", key(if member.own_calendar.is_some() { "own" } else { "team" })),
            ];
            text(language, "hours-holidays", &args)
        }
    };
    let today = now.to_zoned(declared.zone.tz()).date();
    if let Some((date, name)) = declared.next_holiday(today) {
        let args = [("date", words(time::date(language, date))), ("name", said(say_holiday(name, language)))];
        line.0.push(Span::Plain(" ".to_owned()));
        line.0.extend(text(language, "hours-next-holiday", &args).0);
    }
    line
}

/// The public holidays that hold from now on.
pub(crate) fn holidays_set(language: Language, member: &Member, workspace: &Workspace, now: Timestamp) -> Message {
    Message::of(holidays(language, member, workspace, now))
}

/// There are no holidays of that name.
pub(crate) fn holidays_trouble(language: Language, error: &CalendarError) -> Message {
    let given = ("given", super::excerpt(&error.given));
    let named = |(code, name): &(String, String)| {
        let mut spans = vec![Span::Code(code.clone())];
        spans.push(Span::Plain(format!(" ({name})")));
        Arg::Spans(spans)
    };
    let words = if error.did_you_mean.is_empty() {
        text(language, "hours-holidays-unknown", &[given])
    } else {
        let near = super::one_of(language, error.did_you_mean.iter().map(named));
        text(language, "hours-holidays-near", &[given, ("near", near)])
    };
    Message::of(words).with(Block::Small(text(language, "hours-holidays-how", &[])))
}

fn change_hours(language: Language) -> Block {
    Block::Buttons(vec![Button {
        label: line(language, "hours-change", &[]),
        action: Action::People(people::Action::SetHours),
        style: Style::Quiet,
    }])
}

/// New hours are in force.
pub(crate) fn hours_set(language: Language, hours: &Hours) -> Message {
    Message::of(text(language, "hours-set", &[("hours", words(say_hours(hours, language)))]))
}

/// What they had set is gone; these hours are in force.
pub(crate) fn hours_reset(language: Language, hours: &Hours) -> Message {
    Message::of(text(language, "hours-reset", &[("hours", words(say_hours(hours, language)))]))
}

/// What was wrong with hours that were typed.
pub(crate) fn hours_trouble(language: Language, error: &TimeError) -> Message {
    Message::of(time::trouble(language, error)).with(Block::Small(text(language, "hours-how", &[])))
}

/// The form for zone and week. A guessed zone is not put into it: it would look like a fact.
pub(crate) fn hours_form(language: Language, member: &Member, workspace: &Workspace) -> Form {
    let hours = member.hours(workspace);
    let zone = (!member.zone_guessed()).then(|| hours.zone.name().to_owned());
    let field = |id: &str, label: String, hint: String, value: Option<String>| Field {
        id: id.to_owned(),
        label,
        hint: Some(hint),
        kind: FieldKind::Line,
        value,
        optional: true,
    };
    Form {
        id: FormId::People(people::FormId::Hours),
        title: line(language, "hours-form-title", &[]),
        submit: line(language, "hours-form-save", &[]),
        cancel: line(language, "hours-form-cancel", &[]),
        intro: vec![Block::Text(text(language, "hours-now", &[("hours", words(say_hours(&hours, language)))]))],
        fields: vec![
            field("zone", line(language, "hours-form-zone", &[]), line(language, "hours-form-zone-hint", &[]), zone),
            field("hours", line(language, "hours-form-week", &[]), line(language, "hours-form-week-hint", &[]), None),
        ],
    }
}

/// They are away from now on.
pub(crate) fn away(language: Language, leave: &Absence, zone: &Zone) -> Message {
    let message = Message::of(match leave.until {
        Some(until) => text(language, "away-until", &[("until", words(time::end(language, until, zone)))]),
        None => text(language, "away-open", &[]),
    });
    with_reason(language, message, leave.why.as_deref())
}

/// The reason that others read with it, so that its author knows.
fn with_reason(language: Language, message: Message, why: Option<&str>) -> Message {
    match why {
        Some(why) => message.with(Block::Small(text(language, "reason-shown", &[("why", said(why))]))),
        None => message,
    }
}

/// A reason is too long.
pub(crate) fn reason_too_long(language: Language) -> Message {
    Message::of(text(language, "reason-too-long", &[("max", crate::limit::REASON_CHARS_MAX.into())]))
}

/// They are in focus.
pub(crate) fn focus(language: Language, block: &FocusBlock, zone: &Zone, now: Timestamp) -> Message {
    let until = words(time::soon(language, block.until, now, zone));
    let message = Message::of(text(language, "focus-until", &[("until", until)]));
    with_reason(language, message, block.why.as_deref())
}

/// They are not in focus; how to begin.
pub(crate) fn focus_how(language: Language) -> Message {
    Message::of(text(language, "focus-none", &[])).with(Block::Small(text(language, "focus-how", &[])))
}

/// Their focus block is over; or there was none.
pub(crate) fn focus_off(language: Language, was_on: bool) -> Message {
    Message::of(if was_on { text(language, "focus-off", &[]) } else { text(language, "focus-not-on", &[]) })
}

/// The block would lie outside their hours as a whole. `begins` is when their hours go on.
pub(crate) fn focus_outside(
    language: Language,
    is: &Availability,
    begins: Option<Timestamp>,
    zone: &Zone,
    now: Timestamp,
) -> Message {
    Message::of(match (is, begins) {
        (Availability { state: State::Away, .. }, _) => text(language, "focus-away", &[]),
        (_, Some(begins)) => {
            text(language, "focus-outside", &[("begins", words(time::soon(language, begins, now, zone)))])
        }
        (_, None) => text(language, "focus-no-hours", &[]),
    })
}

/// The time of a block could not be read.
pub(crate) fn focus_trouble(language: Language, error: &TimeError) -> Message {
    Message::of(time::trouble(language, error)).with(Block::Small(text(language, "focus-how", &[])))
}

/// A block that long is leave.
pub(crate) fn focus_too_long(language: Language) -> Message {
    let max = words(say_duration(crate::limit::FOCUS_MINUTES_MAX, language));
    Message::of(text(language, "focus-too-long", &[("max", max)]))
}

/// What was wrong with the end of leave that was typed.
pub(crate) fn away_trouble(language: Language, error: &TimeError) -> Message {
    Message::of(time::trouble(language, error)).with(Block::Small(text(language, "away-how", &[])))
}

/// They are back; or they had not been away.
pub(crate) fn back(language: Language, was_away: bool) -> Message {
    Message::of(if was_away { text(language, "back-done", &[]) } else { text(language, "back-not-away", &[]) })
}

/// When somebody works, for whoever asks: in the reader's own time, and in theirs.
pub(crate) fn when(language: Language, when: &When<'_>, asker: &Member, workspace: &Workspace, now: Timestamp) -> Text {
    let who = || ("who", when.member.user.clone().into());
    let both = |at: Timestamp| both(language, at, asker, workspace, &when.zone, now).into();
    let is = &when.is;
    let mut line = match (&is.state, is.until, when.next) {
        (State::Working, Some(until), _) => text(language, "when-working", &[who(), ("until", both(until))]),
        (State::Working, None, _) => text(language, "when-working-on", &[who()]),
        (State::Focus, until, _) => {
            text(language, "when-focus", &[who(), ("until", both(until.unwrap_or(Timestamp::MAX)))])
        }
        (State::Away, None, _) => text(language, "when-away-open", &[who()]),
        (_, _, None) => text(language, "when-never", &[who()]),
        (State::Away, Some(_), Some(next)) => text(language, "when-away", &[who(), ("next", both(next))]),
        (State::Holiday(name), _, Some(next)) => {
            text(language, "when-holiday", &[who(), ("name", said(say_holiday(name, language))), ("next", both(next))])
        }
        (State::Quiet | State::DayOff, _, Some(next)) => text(language, "when-off", &[who(), ("next", both(next))]),
    };
    let mut add = |more: Text| {
        line.0.push(Span::Plain(" ".to_owned()));
        line.0.extend(more.0);
    };
    if let Some(by) = when.answer_by {
        add(text(language, "when-answer-by", &[("by", both(by))]));
    }
    if when.member.zone_guessed() {
        add(text(language, "when-guessed", &[("zone", words(when.zone.name()))]));
    }
    if let Some(why) = &is.why {
        add(text(language, "when-reason", &[("why", said(why))]));
    }
    line
}

/// "16:30 (9:30 there)": an instant in the reader's own time and in another's; once where clocks agree.
fn both(
    language: Language,
    at: Timestamp,
    asker: &Member,
    workspace: &Workspace,
    theirs: &Zone,
    now: Timestamp,
) -> Text {
    let own = asker.zone(workspace);
    let is_today = at.to_zoned(own.tz()).date() == now.to_zoned(own.tz()).date();
    let mine = time::at(language, at, if is_today { Show::Time } else { Show::DateTime }, &own);
    let (here, there) = (at.to_zoned(own.tz()).datetime(), at.to_zoned(theirs.tz()).datetime());
    // Whose zone is only a guess may read another date than we think.
    let known = !asker.zone_guessed();
    if known && here == there {
        return Text(vec![mine]);
    }
    let theirs = match known && here.date() == there.date() {
        true => time::clock(language, there.time()),
        false => time::soon(language, at, now, theirs),
    };
    text(language, "when-both", &[("mine", mine.into()), ("theirs", words(theirs))])
}

/// Lines of one answer, one below the other.
pub(crate) fn when_lines(lines: Vec<Text>) -> Message {
    Message(lines.into_iter().map(Block::Text).collect())
}

/// Nobody was named.
pub(crate) fn when_how(language: Language) -> Message {
    Message::of(text(language, "when-how", &[]))
}

/// A word that is no mention.
pub(crate) fn when_stranger(language: Language, word: &str) -> Text {
    text(language, "when-stranger", &[("word", super::excerpt(word))])
}

/// A group was named.
pub(crate) fn when_group(language: Language) -> Text {
    text(language, "when-group", &[])
}

/// Somebody whom jeda has not met yet.
pub(crate) fn when_unknown(language: Language, user: &UserId) -> Text {
    text(language, "when-unknown", &[("who", user.clone().into())])
}

/// A bot was named.
pub(crate) fn when_bot(language: Language, user: &UserId) -> Text {
    text(language, "when-bot", &[("who", user.clone().into())])
}

/// Somebody who left was named.
pub(crate) fn when_gone(language: Language, user: &UserId) -> Text {
    text(language, "when-gone", &[("who", user.clone().into())])
}

/// More were named than one answer tells of.
pub(crate) fn when_too_many(language: Language) -> Text {
    text(language, "when-too-many", &[("max", crate::limit::WHEN_PEOPLE_MAX.into())])
}

/// Asks for somebody's zone, once.
pub(crate) fn ask_zone(language: Language, workspace: &Workspace) -> Message {
    let zone = words(workspace.zone.name());
    Message::of(text(language, "ask-zone", &[])).with(change_hours(language)).with(Block::Small(text(
        language,
        "ask-zone-until",
        &[("zone", zone)],
    )))
}

/// Tells an administrator what failed and how to mend it. Times are in the administrator's zone.
pub(crate) fn tell_admin(language: Language, trouble: &Trouble, zone: &Zone) -> Message {
    let when = |at: Timestamp| Arg::from(time::at(language, at, Show::DateTime, zone));
    match trouble {
        Trouble::Locked { since, until } => {
            Message::of(text(language, "admin-locked", &[("since", when(*since)), ("until", when(*until))]))
        }
        Trouble::Channel { channel, standup, refusal: why } => {
            let args = [("standup", said(standup)), ("channel", channel.clone().into())];
            Message::of(text(language, "admin-channel", &args)).with(Block::Text(refusal(language, why)))
        }
        Trouble::Deadline { standup } => {
            let command = |word: &str| code(format!("/standup {word} {}", quoted(standup)));
            let args = [("standup", said(standup)), ("edit", command("edit")), ("resume", command("resume"))];
            Message::of(text(language, "admin-deadline", &args))
        }
        Trouble::Undelivered { subject, refusal: why } => {
            let command = code(format!("jeda explain {subject}"));
            Message::of(text(language, "admin-undelivered", &[]))
                .with(Block::Text(refusal(language, why)))
                .with(Block::Small(text(language, "admin-explain", &[("command", command)])))
        }
    }
}

/// Every message of this feature with made-up arguments.
pub(super) fn samples() -> Vec<Sample> {
    let mut all = shown();
    all.extend(when_samples());
    all.extend([
        Sample::Message("people/hours-set", |l| hours_set(l, &made_up().0.hours(&made_up().1))),
        Sample::Message("people/hours-reset", |l| hours_reset(l, &made_up().0.hours(&made_up().1))),
        Sample::Message("people/hours-trouble", |l| hours_trouble(l, &TimeError::Hours("mornings".into()))),
        Sample::Form("people/hours-form", |l| hours_form(l, &made_up().0, &made_up().1)),
        Sample::Message("people/away-until-day", |l| away_sample(l, Some(NEXT_MONDAY))),
        Sample::Message("people/away-until-time", |l| away_sample(l, Some(NOW))),
        Sample::Message("people/away-open", |l| away_sample(l, None)),
        Sample::Message("people/away-with-reason", |l| {
            let (member, workspace) = made_up();
            let why = Some("*family* <@U2>".to_owned());
            away(l, &Absence { from: NOW, until: Some(NEXT_MONDAY), why }, &member.zone(&workspace))
        }),
        Sample::Message("people/reason-too-long", reason_too_long),
        Sample::Message("people/focus", |l| focus(l, &block(None), &made_up().0.zone(&made_up().1), NOW)),
        Sample::Message("people/focus-with-reason", |l| {
            focus(l, &block(Some("@here *the* plan")), &made_up().0.zone(&made_up().1), NOW)
        }),
        Sample::Message("people/focus-how", focus_how),
        Sample::Message("people/focus-off", |l| focus_off(l, true)),
        Sample::Message("people/focus-not-on", |l| focus_off(l, false)),
        Sample::Message("people/focus-outside", |l| outside(l, State::Quiet, Some(NEXT_MONDAY))),
        Sample::Message("people/focus-away", |l| outside(l, State::Away, None)),
        Sample::Message("people/focus-no-hours", |l| outside(l, State::DayOff, None)),
        Sample::Message("people/focus-trouble", |l| focus_trouble(l, &TimeError::Duration("a while".into()))),
        Sample::Message("people/focus-too-long", focus_too_long),
        Sample::Message("people/away-trouble", |l| away_trouble(l, &TimeError::Date("someday".into()))),
        Sample::Message("people/back", |l| back(l, true)),
        Sample::Message("people/back-not-away", |l| back(l, false)),
        Sample::Message("people/ask-zone", |l| ask_zone(l, &made_up().1)),
        Sample::Message("people/admin-locked", |l| {
            tell_admin(l, &Trouble::Locked { since: NOW, until: NEXT_MONDAY }, &Zone::utc())
        }),
        Sample::Message("people/admin-channel", |l| {
            let trouble = Trouble::Channel {
                channel: "C1".into(),
                standup: "*Daily* @here".into(),
                refusal: Refusal::NotInChannel,
            };
            tell_admin(l, &trouble, &Zone::utc())
        }),
        Sample::Message("people/admin-deadline", |l| {
            tell_admin(l, &Trouble::Deadline { standup: "*Daily* @here".into() }, &Zone::utc())
        }),
        Sample::Message("people/admin-undelivered", |l| {
            let refusal = Refusal::GaveUp("500".into());
            tell_admin(l, &Trouble::Undelivered { subject: "prompt/s1/2026-11-24/U1".into(), refusal }, &Zone::utc())
        }),
        Sample::Message("people/why", every_why),
    ]);
    all
}

/// Monday 23 November 2026, 02:30 UTC.
const NOW: Timestamp = Timestamp::constant(1_795_401_000, 0);
/// Monday 30 November 2026, midnight in Jakarta.
const NEXT_MONDAY: Timestamp = Timestamp::constant(1_795_971_600, 0);

fn shown() -> Vec<Sample> {
    vec![
        Sample::Message("people/hours-own", |l| {
            let (mut member, workspace) = made_up();
            member.own_zone = member.profile_zone;
            hours_shown(l, &member, &workspace, &[], NOW)
        }),
        Sample::Message("people/hours-guessed", |l| {
            let (member, workspace) = made_up();
            hours_shown(l, &Member { profile_zone: None, ..member }, &workspace, &[], NOW)
        }),
        Sample::Message("people/hours-holidays-own", |l| {
            let (mut member, workspace) = made_up();
            member.own_calendar = Calendar::find("ID").ok();
            hours_shown(l, &member, &workspace, &[], NOW)
        }),
        Sample::Message("people/hours-holidays-team", |l| {
            let (member, mut workspace) = made_up();
            workspace.calendar = Calendar::find("GB-ENG").ok();
            holidays_set(l, &member, &workspace, NOW)
        }),
        Sample::Message("people/holidays-trouble", |l| {
            let did_you_mean = vec![("GB-ENG".to_owned(), "United Kingdom, England".to_owned())];
            let near = CalendarError { given: "Englnd".into(), did_you_mean };
            let mut both = holidays_trouble(l, &near);
            both.0.extend(holidays_trouble(l, &CalendarError { given: "<@U1>".into(), did_you_mean: vec![] }).0);
            both
        }),
        Sample::Message("people/hours-focus", |l| {
            let (member, workspace) = made_up();
            hours_shown(l, &Member { focus: Some(block(None)), ..member }, &workspace, &["Acme".to_owned()], NOW)
        }),
        Sample::Message("people/hours-away-open", |l| away_shown(l, None)),
        Sample::Message("people/hours-away-until", |l| away_shown(l, Some(NEXT_MONDAY))),
    ]
}

fn when_samples() -> Vec<Sample> {
    vec![
        Sample::Message("people/when", |l| {
            let today = NOW + jiff::SignedDuration::from_hours(7);
            let (working, focus) = (State::Working, State::Focus);
            when_lines(vec![
                when_sample(l, working.clone(), None, Some(today), None, Some(NEXT_MONDAY)),
                when_sample(l, working, None, None, None, None),
                when_sample(l, focus, Some("the *plan* @here"), Some(today), None, Some(today)),
                when_sample(l, State::Quiet, None, Some(NEXT_MONDAY), Some(today), None),
                when_sample(l, State::DayOff, None, Some(NEXT_MONDAY), Some(NEXT_MONDAY), None),
                when_sample(l, State::Holiday("Waisak".into()), None, Some(today), Some(NEXT_MONDAY), None),
                when_sample(l, State::Away, Some("family"), Some(today), Some(NEXT_MONDAY), Some(NEXT_MONDAY)),
                when_sample(l, State::Away, None, None, None, None),
                when_sample(l, State::DayOff, None, None, None, None),
            ])
        }),
        Sample::Message("people/when-nobody", |l| {
            let user = UserId::new("U9");
            let lines = vec![when_unknown(l, &user), when_bot(l, &user), when_gone(l, &user), when_group(l)];
            when_lines(lines.into_iter().chain([when_stranger(l, "@everyone"), when_too_many(l)]).collect())
        }),
        Sample::Message("people/when-how", when_how),
    ]
}

/// What somebody in UTC reads of Ana in Jakarta.
fn when_sample(
    language: Language,
    state: State,
    why: Option<&str>,
    until: Option<Timestamp>,
    next: Option<Timestamp>,
    answer_by: Option<Timestamp>,
) -> Text {
    let (ana, workspace) = made_up();
    let is = Availability { state, why: why.map(str::to_owned), until };
    let asker = Member::unknown("U2".into());
    let zone = ana.zone(&workspace);
    when(language, &When { member: &ana, is, next, answer_by, zone }, &asker, &workspace, NOW)
}

/// Two hours from now.
fn block(why: Option<&str>) -> FocusBlock {
    FocusBlock { from: NOW, until: NOW + jiff::SignedDuration::from_hours(2), why: why.map(str::to_owned) }
}

fn outside(language: Language, state: State, begins: Option<Timestamp>) -> Message {
    let is = Availability { state, why: None, until: begins };
    focus_outside(language, &is, begins, &Zone::utc(), NOW)
}

fn away_shown(language: Language, until: Option<Timestamp>) -> Message {
    let (member, workspace) = made_up();
    let absences = vec![Absence { from: NOW, until, why: None }];
    hours_shown(language, &Member { absences, ..member }, &workspace, &[], NOW)
}

fn away_sample(language: Language, until: Option<Timestamp>) -> Message {
    let (member, workspace) = made_up();
    away(language, &Absence { from: NOW, until, why: None }, &member.zone(&workspace))
}

fn every_why(language: Language) -> Message {
    let refusals = [
        Refusal::DirectMessagesClosed,
        Refusal::NotInChannel,
        Refusal::ChannelGone,
        Refusal::MemberGone,
        Refusal::MessageGone,
        Refusal::MissingPermission("chat:write".into()),
        Refusal::GaveUp("internal_error".into()),
        Refusal::Other("restricted_action".into()),
    ];
    let mut reasons = vec![
        Why::DayOff,
        Why::Holiday("Waisak".into()),
        Why::Away(None),
        Why::Away(Some(NEXT_MONDAY)),
        Why::Quiet,
        Why::Focus,
        Why::Paused,
        Why::Downtime,
        Why::RateLimited,
        Why::MemberGone,
        Why::Obsolete,
    ];
    reasons.extend(refusals.map(Why::Refused));
    Message(reasons.iter().map(|reason| Block::Text(why(language, reason, &Zone::utc()))).collect())
}

/// Somebody in Jakarta, in a workspace that goes by UTC.
fn made_up() -> (Member, Workspace) {
    let workspace = Workspace {
        name: "Sample".into(),
        capabilities: crate::snapshot::Capabilities::ROOMY,
        ..Workspace::unknown("sample:T1")
    };
    let profile_zone = Zone::find("Asia/Jakarta").ok();
    (Member { name: "Ana".into(), profile_zone, ..Member::unknown("U1".into()) }, workspace)
}

/// What became of something, for `jeda explain`.
pub fn what(language: Language, what: &What, zone: &Zone) -> Text {
    let because = |reason: &receipt::Why| super::why(language, reason, zone);
    match what {
        What::Sent => text(language, "what-sent", &[]),
        What::SentLate(reason) => text(language, "what-sent-late", &[("why", because(reason).into())]),
        What::Skipped(reason) => text(language, "what-skipped", &[("why", because(reason).into())]),
        What::Noted(reason) => because(reason),
    }
}
