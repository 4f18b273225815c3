//! A team with something of everything, each field with a value that differs from its default.

use crate::stage::{acme, at, nine};
use jeda_core::{
    change::Change,
    decide::Decision,
    effect::{Effect, Owed},
    event::{Errand, Posted, Refusal, Spot},
    id::{ChannelId, EffectKey, GroupId, InboxKey, MessageId, StandupId, Subject, UserId, WorkspaceId},
    language::Language,
    people::{
        self, Absence, Agenda, CalendarTrouble, Channel, Failing, FeedId, Member, PersonId, Tries, Trouble, Workspace,
    },
    receipt::{Receipt, What, Why},
    snapshot::Capabilities,
    standup::{
        self, Answer, Deadline, Dialog, Entry, EntryKey, EntryState, Note, Part, Question, QuestionKind, ReportWhen,
        Round, RoundKey, Skip, Standup, StandupState, Telling, Terms, Who, WhoseTime,
    },
    time::{Calendar, FocusBlock, Holidays, Pause, Span, Stretch, WorkingWeek, Zone, parse_schedule},
    wake::{Due, Wake, WakeChange},
};
use jiff::{ToSpan, civil};

pub(crate) fn user(name: &str) -> UserId {
    UserId::new(name)
}

pub(crate) fn zone(name: &str) -> Zone {
    Zone::find(name).unwrap()
}

pub(crate) fn defaults() -> Workspace {
    Workspace {
        permalink: Some("https://acme.example/archives/{channel}/p{message}".into()),
        id: WorkspaceId::new(""),
        name: String::new(),
        language: Language::En,
        zone: zone("Asia/Jakarta"),
        hours: WorkingWeek::office(),
        holidays: Holidays([(civil::date(2026, 12, 25), "Natal".to_owned())].into()),
        read_days: [("x1".to_owned(), Holidays([(civil::date(2026, 12, 31), "Tutup tahun".to_owned())].into()))].into(),
        calendar: Calendar::find("GB-ENG").ok(),
        bot: None,
        capabilities: Capabilities { field_chars_max: 3_001, ..Capabilities::ROOMY },
        locked_since: None,
        calendars: true,
    }
}

pub(crate) fn workspace() -> Workspace {
    Workspace {
        id: acme(),
        name: "Acme \"Nusantara\" 🌏".into(),
        language: Language::Id,
        bot: Some(user("UBOT")),
        locked_since: Some(nine() - 1.hour()),
        ..defaults()
    }
}

/// A member of whom only the platform told.
pub(crate) fn member(id: &str) -> Member {
    Member {
        user: user(id),
        name: format!("name of {id}"),
        profile_zone: None,
        language: None,
        admin: false,
        bot: false,
        active: true,
        own_zone: None,
        own_hours: None,
        own_calendar: None,
        absences: Vec::new(),
        focus: None,
        pause: None,
        zone_asked: false,
        direct_closed: false,
        person: None,
        shared_zone: None,
        agenda: None,
        no_file: false,
        tries: None,
        digest: None,
    }
}

/// A member who declared everything.
pub(crate) fn ana() -> Member {
    let nights = Span { from: civil::time(22, 0, 0, 0), to: civil::time(6, 30, 0, 0) };
    Member {
        name: "Ana 🌱 <@U2> \u{202e}rtl\u{202c} e\u{301} 'quoted' \\ \0 end".replace('\0', ""),
        profile_zone: Some(zone("America/Sao_Paulo")),
        language: Some(Language::Id),
        admin: true,
        own_zone: Some(zone("Asia/Kathmandu")),
        own_hours: Some(WorkingWeek([(1, vec![nights]), (7, vec![nights])].into())),
        own_calendar: Calendar::find("ID").ok(),
        absences: vec![
            Absence { from: nine(), until: Some(nine() + 24.hours()), why: Some("keluarga".to_owned()) },
            Absence { from: nine() + 72.hours(), until: None, why: None },
        ],
        focus: Some(FocusBlock { from: nine(), until: nine() + 2.hours(), why: Some("fokus 🌱".to_owned()) }),
        pause: Some(Pause { from: nine(), until: nine() + 1.hour() }),
        zone_asked: true,
        direct_closed: true,
        person: Some(PersonId::new("person1")),
        shared_zone: Some(zone("Asia/Tokyo")),
        agenda: Some(agenda()),
        no_file: true,
        tries: Some(Tries { count: 3, since: nine() }),
        ..member("U1")
    }
}

/// A calendar that was read and can't be any more.
pub(crate) fn agenda() -> Agenda {
    Agenda {
        feed: FeedId::new("feed1"),
        workspace: acme(),
        user: user("U1"),
        host: "calendar.example.org".into(),
        file: true,
        since: nine(),
        known: true,
        out: vec![Stretch { from: nine() + 48.hours(), until: nine() + 96.hours() }],
        busy: vec![Stretch { from: nine() + 1.hour(), until: nine() + 2.hours() }],
        failing: Some(Failing { since: nine(), trouble: CalendarTrouble::Slow, told: true }),
    }
}

pub(crate) fn channel(id: &str) -> Channel {
    Channel {
        channel: ChannelId::new(id),
        name: format!("name-of-{id}"),
        open: true,
        archived: false,
        private: true,
        takes_back: true,
    }
}

/// A weekday's standup, asked in everyone's own time.
pub(crate) fn standup(id: &str) -> Standup {
    Standup {
        id: StandupId::new(id),
        name: format!("Harian {id}"),
        channel: ChannelId::new("C1"),
        questions: questions(),
        schedule: parse_schedule("weekdays 9:30", civil::date(2026, 11, 2)).unwrap(),
        whose_time: WhoseTime::Each,
        deadline: Deadline::After(240),
        remind_before_minutes: Some(60),
        report: ReportWhen::AtClose,
        who: Who::ChannelMembers,
        joined: [user("U4")].into(),
        left: [user("U3")].into(),
        observers: [user("U5")].into(),
        owner: user("U1"),
        state: StandupState::Active,
        created_at: nine() - 240.hours(),
        since: nine() - 120.hours(),
        planned_through: Some(civil::date(2026, 11, 23)),
        revision: 7,
        shut: None,
        deadline_open: false,
    }
}

fn questions() -> Vec<Question> {
    let question = |text: &str, kind| Question { text: text.to_owned(), kind };
    vec![
        question("Apa yang selesai? *bold* <!channel>", QuestionKind::Done),
        question("What is next?", QuestionKind::Plan),
        question("In the way?", QuestionKind::Blockers),
        question("Anything else?", QuestionKind::Other),
    ]
}

pub(crate) fn round_key(standup: &str, date: &str) -> RoundKey {
    RoundKey { standup: StandupId::new(standup), date: date.parse().unwrap() }
}

pub(crate) fn round(standup: &str, date: &str, closed: bool) -> Round {
    Round {
        key: round_key(standup, date),
        questions: questions(),
        terms: Terms {
            time: civil::time(9, 30, 0, 0),
            whose_time: WhoseTime::One(zone("Europe/London")),
            deadline: Deadline::At { time: civil::time(17, 0, 0, 0), zone: zone("America/Los_Angeles") },
            remind_before_minutes: None,
            report: ReportWhen::AsAnswersArrive,
        },
        closes_at: nine() + 8.hours(),
        closed_at: closed.then(|| nine() + 7.hours()),
        parts: vec![Part::Head(0), Part::Head(1), Part::Answer(user("U1"), 0)],
        posted: vec![Part::Head(0)],
    }
}

pub(crate) fn entry_key(standup: &str, date: &str, member: &str) -> EntryKey {
    EntryKey { round: round_key(standup, date), user: user(member) }
}

pub(crate) fn entry(standup: &str, date: &str, member: &str, state: EntryState) -> Entry {
    let answered = state == EntryState::Answered;
    let answer = |question, message: Option<&str>| Answer {
        question,
        text: format!("{member} on {date}: <!channel> @everyone \u{1f9d1}\u{200d}\u{1f4bb}\nsecond line"),
        message: message.map(MessageId::from),
    };
    let said = format!("said-{standup}-{date}-{member}");
    Entry {
        key: entry_key(standup, date, member),
        prompt_at: nine(),
        deadline_at: nine() + 4.hours(),
        state,
        answers: if answered { vec![answer(0, Some(&said)), answer(1, None)] } else { Vec::new() },
        answered_at: answered.then(|| nine() + 30.minutes()),
        edited_at: answered.then(|| nine() + 40.minutes()),
        late: answered,
        reminded: true,
        settled: true,
    }
}

pub(crate) fn note(id: &str, member: &str, text: &str) -> Note {
    Note { id: id.to_owned(), user: user(member), at: nine(), text: text.to_owned(), used: false }
}

fn posted(message: &str) -> Posted {
    Posted { channel: ChannelId::new("D1"), message: MessageId::new(message), at: nine() }
}

pub(crate) const FRIDAY: &str = "2026-11-20";
pub(crate) const MONDAY: &str = "2026-11-23";

/// Entries in every state there is.
pub(crate) fn entries() -> Vec<Entry> {
    let own = |reason: Option<&str>| EntryState::Skipped(Skip::Own(reason.map(str::to_owned)));
    let unasked = EntryState::Skipped(Skip::NotAsked(Why::People(people::Why::Holiday("Natal".into()))));
    vec![
        entry("s1", "2026-11-19", "U1", EntryState::Answered),
        entry("s1", FRIDAY, "U1", EntryState::Missed),
        entry("s1", FRIDAY, "U2", EntryState::Answered),
        entry("s1", FRIDAY, "U3", EntryState::Skipped(Skip::Left)),
        entry("s1", FRIDAY, "U4", own(Some("dentist"))),
        entry("s1", MONDAY, "U1", EntryState::Prompted),
        entry("s1", MONDAY, "U2", EntryState::Asked),
        entry("s1", MONDAY, "U4", EntryState::Planned),
        entry("s2", MONDAY, "U2", own(None)),
        entry("s2", MONDAY, "U6", unasked),
        entry("s4", FRIDAY, "U1", EntryState::Answered),
    ]
}

/// Everything that changes can write, once.
pub(crate) fn team() -> Vec<Change> {
    let people = [
        people::Change::Workspace(Box::new(workspace())),
        people::Change::Member(Box::new(ana())),
        people::Change::Member(Box::new(Member { bot: true, active: false, ..member("U9") })),
        people::Change::Channel(channel("C1")),
        people::Change::Channel(Channel { open: false, archived: true, ..channel("C2") }),
        people::Change::ChannelMembers(ChannelId::new("C1"), vec![user("U1"), user("U2"), user("U8"), user("U2")]),
        people::Change::ChannelJoined(ChannelId::new("C1"), user("U3")),
        people::Change::ChannelLeft(ChannelId::new("C1"), user("U8")),
        people::Change::ChannelMembers(ChannelId::new("C2"), vec![user("U7")]),
        people::Change::GroupMembers(GroupId::new("G1"), vec![user("U6"), user("U7"), user("U7")]),
    ];
    let others = ["U2", "U3", "U4", "U5", "U6", "U7", "U8"].map(|id| people::Change::Member(Box::new(member(id))));
    let list = Standup {
        who: Who::List([user("U2"), user("U6")].into()),
        state: StandupState::Paused,
        joined: [].into(),
        left: [].into(),
        observers: [].into(),
        owner: user("U7"),
        channel: ChannelId::new("C2"),
        whose_time: WhoseTime::One(zone("Pacific/Auckland")),
        deadline: Deadline::At { time: civil::time(12, 0, 0, 0), zone: Zone::utc() },
        report: ReportWhen::AsAnswersArrive,
        planned_through: None,
        ..standup("s2")
    };
    let group = Standup {
        who: Who::Group(GroupId::new("G1")),
        joined: [].into(),
        left: [].into(),
        observers: [].into(),
        ..standup("s3")
    };
    let gone = Standup { name: "HARIAN S1".into(), state: StandupState::Deleted, ..standup("s4") };
    let standups = [standup("s1"), list, group, gone].map(|standup| standup::Change::Standup(Box::new(standup)));
    let rounds = [
        round("s1", "2026-11-19", true),
        round("s1", FRIDAY, true),
        round("s1", MONDAY, false),
        round("s2", MONDAY, false),
        round("s4", FRIDAY, true),
    ];
    let dialog = Dialog { user: user("U1"), entry: entry_key("s1", MONDAY, "U1"), question: 2 };
    let ended = Dialog { user: user("U2"), ..dialog.clone() };
    let rest = [
        standup::Change::Dialog(Box::new(dialog)),
        standup::Change::Dialog(Box::new(ended)),
        standup::Change::DialogEnded(user("U2")),
        standup::Change::Note(Note { at: nine() + 1.minute(), ..note("n1", "U1", "second") }),
        standup::Change::Note(note("n2", "U1", "first <@U2>")),
        standup::Change::Note(Note { used: true, ..note("n3", "U1", "long ago") }),
        standup::Change::Note(note("n4", "U2", "ben's")),
    ];
    let people = people.into_iter().chain(others).map(Change::People);
    let rounds = rounds.into_iter().map(|round| standup::Change::Round(Box::new(round)));
    let entries = entries().into_iter().map(|entry| standup::Change::Entry(Box::new(entry)));
    people.chain(standups.into_iter().chain(rounds).chain(entries).chain(rest).map(Change::Standup)).collect()
}

/// Messages that were sent, under their subjects.
pub(crate) fn posts() -> Vec<(Subject, Posted)> {
    let (friday, monday) = (round_key("s1", FRIDAY), round_key("s1", MONDAY));
    vec![
        (entry_key("s1", "2026-11-19", "U1").prompt_subject(), posted("m0")),
        (entry_key("s1", FRIDAY, "U1").prompt_subject(), posted("m1")),
        (entry_key("s1", MONDAY, "U1").prompt_subject(), posted("m2")),
        (entry_key("s1", MONDAY, "U2").prompt_subject(), posted("m3")),
        (friday.report_subject(&Part::Head(0)), posted("m4")),
        (friday.report_subject(&Part::Answer(user("U2"), 1)), posted("m5")),
        (monday.report_subject(&Part::Answer(user("U2"), 0)), posted("m6")),
        (entry_key("s1", MONDAY, "U1").remind_subject(), posted("m7")),
    ]
}

/// Every kind of effect, each in a lane of its own.
pub(crate) fn effects() -> Vec<Owed> {
    let (entry, round) = (entry_key("s1", MONDAY, "U1"), round_key("s1", MONDAY));
    let telling = |telling| standup::Effect::Tell(user("U1"), telling);
    let trouble = |trouble| people::Effect::TellAdmin { admin: user("U1"), trouble };
    let standup = [
        standup::Effect::Prompt(entry.clone()),
        standup::Effect::PromptState(entry.clone()),
        standup::Effect::Remind(entry.clone()),
        standup::Effect::Question(entry.clone(), 3),
        standup::Effect::Thanks(entry.clone()),
        standup::Effect::Report(round.clone(), Part::Head(2)),
        standup::Effect::Report(round.clone(), Part::Answer(user("U2"), 1)),
        standup::Effect::Observe(round, user("U5"), 1),
        telling(Telling::Welcome(StandupId::new("s1"))),
        telling(Telling::NothingOpen),
        telling(Telling::ChannelClosed(StandupId::new("s1"), Refusal::NotInChannel)),
        telling(Telling::ClosedMeanwhile(entry.clone())),
        standup::Effect::RemindState(entry),
    ];
    let channel_trouble = Trouble::Channel {
        channel: ChannelId::new("C2"),
        standup: "Harian".into(),
        refusal: Refusal::MissingPermission("chat:write".into()),
    };
    let people = [
        people::Effect::AskZone(user("U2")),
        trouble(Trouble::Locked { since: nine(), until: nine() + 1.hour() }),
        trouble(channel_trouble),
        trouble(Trouble::Undelivered { subject: Subject::new("prompt/s1"), refusal: Refusal::GaveUp("500".into()) }),
    ];
    let errands = [
        Errand::Directory,
        Errand::Channels,
        Errand::Member(user("U1")),
        Errand::ChannelMembers(ChannelId::new("C1")),
        Errand::GroupMembers(GroupId::new("G1")),
        Errand::Groups,
        Errand::Pauses(vec![user("U1"), user("U2")]),
        Errand::Words(Spot { channel: ChannelId::new("C1"), thread: None, message: MessageId::new("m1") }),
    ];
    let all = standup.map(Effect::Standup).into_iter().chain(people.map(Effect::People));
    let owed = |(n, effect)| Owed {
        key: EffectKey::new(format!("effect{n:02}")),
        workspace: acme(),
        lane: format!("lane/{n:02}"),
        due_at: nine() + (n as i64).milliseconds(),
        effect,
    };
    all.chain(errands.map(Effect::Errand)).enumerate().map(owed).collect()
}

/// Every kind of wake.
pub(crate) fn wakes() -> Vec<Due> {
    let (entry, round) = (entry_key("s1", MONDAY, "U1"), round_key("s1", MONDAY));
    let standup = [
        standup::Wake::Plan(round.clone()),
        standup::Wake::Prompt(entry.clone()),
        standup::Wake::Remind(entry.clone()),
        standup::Wake::Close(round),
        standup::Wake::Report(entry),
    ];
    let standup = standup.into_iter().map(|wake| (wake.key(), Wake::Standup(wake)));
    let refresh = people::Wake::Refresh;
    standup
        .chain([(refresh.key(), Wake::People(refresh))])
        .enumerate()
        .map(|(n, (key, wake))| Due { key, workspace: acme(), at: nine() + (n as i64).seconds(), wake })
        .collect()
}

/// Every reason that a receipt can give.
pub(crate) fn receipts() -> Vec<Receipt> {
    let standup = [
        standup::Why::SkippedByMember,
        standup::Why::WindowOver,
        standup::Why::TimePassed,
        standup::Why::AlreadyAnswered,
        standup::Why::NotRunning,
        standup::Why::LeftStandup,
        standup::Why::Answered,
        standup::Why::AnsweredLate,
        standup::Why::Edited,
        standup::Why::Missed,
        standup::Why::ClosedAllAnswered,
        standup::Why::ClosedAtDeadline,
    ];
    let refusals = [
        Refusal::DirectMessagesClosed,
        Refusal::NotInChannel,
        Refusal::ChannelGone,
        Refusal::MemberGone,
        Refusal::MessageGone,
        Refusal::MissingPermission("im:write".into()),
        // Longer than PostgreSQL lets an index hold.
        Refusal::GaveUp("é".repeat(5_000)),
        Refusal::Other("not_in_channel".into()),
    ];
    let people = [
        people::Why::DayOff,
        people::Why::Holiday("Hari Raya".into()),
        people::Why::Away(Some(nine())),
        people::Why::Away(None),
        people::Why::Quiet,
        people::Why::Downtime,
        people::Why::RateLimited,
        people::Why::MemberGone,
        people::Why::Obsolete,
    ];
    let people = people.into_iter().chain(refusals.into_iter().map(people::Why::Refused)).map(Why::People);
    let whys = standup.into_iter().map(Why::Standup).chain(people);
    let kinds: [fn(Why) -> What; 4] = [|_| What::Sent, What::SentLate, What::Skipped, What::Noted];
    let subject = entry_key("s1", MONDAY, "U1").prompt_subject();
    whys.enumerate()
        .map(|(n, why)| Receipt {
            workspace: acme(),
            subject: subject.clone(),
            at: nine() + (n as i64).seconds(),
            cause: InboxKey::new(format!("E{n}")),
            what: kinds[n % kinds.len()](why),
        })
        .collect()
}

/// All of it, as one decision.
pub(crate) fn everything() -> Decision {
    Decision {
        changes: team(),
        effects: effects(),
        wakes: wakes().into_iter().map(WakeChange::Set).collect(),
        receipts: receipts(),
        reply: None,
    }
}

#[test]
fn a_morning_at_acme_is_a_monday() {
    assert_eq!(at("2026-11-23T02:00:00Z"), nine());
    assert_eq!(civil::date(2026, 11, 23).weekday(), civil::Weekday::Monday);
}
