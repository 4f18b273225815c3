//! Every number that bounds something, with its reason.

/// Characters of a [`StandupId`](crate::id::StandupId): with an action's verb and a date it has to fit into the
/// 100 characters of a Discord `custom_id`.
pub const STANDUP_ID_CHARS: usize = 13;
/// Standups in one workspace: lists and autocomplete stay readable, and a scope stays cheap to load.
pub const STANDUPS_MAX: usize = 200;
/// Characters of a standup's name: it stands in form titles, report headings and autocomplete choices.
pub const NAME_CHARS_MAX: usize = 60;
/// Questions of one standup: four forms of five on Discord; beyond that nobody answers well.
pub const QUESTIONS_MAX: usize = 20;
/// Characters of one question: it has to fit whole into a Slack input's label and into a prompt.
pub const QUESTION_CHARS_MAX: usize = 300;
/// People in one standup: a report of more is a newsletter, and each costs a direct message a round.
pub const PARTICIPANTS_MAX: usize = 500;
/// Observers of one standup: each gets the report as a direct message.
pub const OBSERVERS_MAX: usize = 20;
/// Characters of one answer that are taken: Slack's own limit for a message that a person sends.
pub const ANSWER_CHARS_MAX: usize = 40_000;
/// Characters of a note jotted down for the next answer.
pub const NOTE_CHARS_MAX: usize = 2_000;
/// Notes that wait for one member's next answer.
pub const NOTES_MAX: usize = 50;
/// People whose pauses are asked for at once (Slack's `dnd.teamInfo`).
pub const PAUSES_AT_ONCE: usize = 50;
/// People whose pauses are asked for once a day: Slack answers 20 such questions a minute. In larger workspaces, and
/// between, the platform's events tell.
pub const PAUSES_ASKED_MAX: usize = 1_000;
/// People that one `/when` tells of: a line each, on one screen.
pub const WHEN_PEOPLE_MAX: usize = 10;
/// The longest focus block, in minutes: the rest of a long working day. What is longer is leave.
pub const FOCUS_MINUTES_MAX: i64 = 12 * 60;
/// Characters of a reason for skipping, being away or in focus.
pub const REASON_CHARS_MAX: usize = 300;
/// The shortest window to answer in, in minutes: less is a meeting.
pub const WINDOW_MINUTES_MIN: i64 = 15;
/// The longest window to answer in, in minutes: one week, so that rounds of a weekly standup don't pile up.
pub const WINDOW_MINUTES_MAX: i64 = 7 * 24 * 60;
/// Occurrences that `jeda preview` lists at most.
pub const PREVIEW_COUNT_MAX: usize = 1_000;
/// Attempts to deliver one effect before it is given up, told and kept for `jeda explain`. With the courier's
/// back-off this is about two days; an unreachable platform or a dead token doesn't count.
pub const DELIVERY_ATTEMPTS_MAX: u32 = 20;
/// Choices that autocomplete offers (Discord: 25).
pub const CHOICES_MAX: usize = 25;
/// Rounds of one standup that "the latest", "yesterday" or "last monday" are looked for in: a week of them, and one.
pub const ROUNDS_RECENT: usize = 8;
/// Recipients that are kept of one judged message: beyond that nobody reads the list, and the row stays small.
pub const FINDINGS_MAX: usize = 50;
/// How old a nudge may be, and how long a reply stays that removes itself, in minutes: later the author has moved on.
pub const NUDGE_MINUTES_MAX: i64 = 10;
/// Hours after which nobody is told any more that something was urgent: whoever comes to it later reads it where it is.
pub const URGENT_HOURS_MAX: i64 = 12;
/// How many days `/norms report` looks back: one week, so that each weekday is in it once.
pub const REPORT_DAYS: i64 = 7;
/// Judged messages that are read for one report, the newest: a busy week of thousands of people.
pub const JUDGED_READ_MAX: usize = 10_000;
/// What `/jeda why` tells of at once, the newest: what somebody still remembers.
pub const TOLD_SHOWN: usize = 5;
/// Messages to one person that are read for it: edits of them are passed over.
pub const TOLD_READ: usize = 20;
/// How far back these are looked for, in messages to anybody: no index is kept for what is asked for so rarely.
pub const TOLD_LOOKED_AT: i64 = 20_000;
/// Norms of one workspace: what nobody can remember, nobody keeps; and each is looked at for each message.
pub const NORMS_MAX: usize = 60;
/// Characters of a norm's name: it stands in `/norms` and in the reasons that people are given.
pub const NORM_NAME_CHARS_MAX: usize = 40;
/// Channels, groups or people in one list of a norm; of more, a group says it better.
pub const NORM_ITEMS_MAX: usize = 200;
/// Characters of a message that is delivered later: one message of either platform holds it with who wrote it, and one
/// that comes back holds it with the reason.
pub const LATER_CHARS_MAX: usize = 1_300;
/// Messages of one author that wait at the same time: of more nobody remembers what they said, and the list is one
/// reply.
pub const LATERS_WAITING_MAX: usize = 30;
/// Days that a message may wait: longer than the longest usual leave. What is further ahead belongs into a calendar.
pub const LATER_DAYS_MAX: i64 = 120;
/// Minutes for which a delivery waits until the words of its message were read; then it goes with the place alone.
pub const LATER_WORDS_MINUTES_MAX: i64 = 10;
/// Minutes in which a message may still be taken back: later it has been read and answered, and stays.
pub const TAKE_BACK_MINUTES_MAX: i64 = 10;
/// Minutes between two looks at a held message, whatever is known of its readers' hours: so much later than it could it is
/// posted again where somebody is back sooner than they said.
pub const HELD_LOOK_MINUTES: i64 = 60;
/// People who are given a held message by themselves, since its posting mentions them at no time of theirs: whoever is
/// beyond reads it in the channel.
pub const HELD_READERS_MAX: usize = 200;
/// Length of one message in which a held one is posted again, as UTF-16 counts it: a platform's 2,000, less what is
/// written below it.
pub const HELD_PART_UNITS_MAX: usize = 1_700;
/// Minutes after its time in which a message still counts as in time, and a channel gets it at any hour: an outage of
/// an hour, and what a platform's rate limit asks of thousands due at once.
pub const LATER_LATE_MINUTES: i64 = 60;
/// Messages for one person that follow a change of their hours, those that are due first: what is beyond comes at the
/// time that was known before.
pub const LATERS_TO_READ_MAX: usize = 500;
/// People whom one question asks, groups counted by their people: of more, nobody feels asked, and a poll says it better.
pub const ASK_PEOPLE_MAX: usize = 20;
/// Characters of a question: one message of either platform holds it with who is asked until when.
pub const ASK_CHARS_MAX: usize = 1_000;
/// Characters of one message of an answer that are told again in the summary: what is longer is read where it stands.
pub const ASK_ANSWER_CHARS_MAX: usize = 2_000;
/// Messages that one answer is made of: what is beyond is read where it stands.
pub const ASK_PARTS_MAX: usize = 10;
/// Open questions of one person: of more nobody remembers what they asked, and the list is one reply.
pub const ASKS_OPEN_MAX: usize = 20;
/// Days that a question may wait: what nobody answers in a month is not asked any more.
pub const ASK_DAYS_MAX: i64 = 31;
/// Open questions that are read of those that wait for one person, oldest first: what is beyond doesn't follow their leave.
pub const ASKS_TO_READ_MAX: usize = 200;
/// Minutes in which a code of `/jeda link` works: long enough to change to another device, too short to be found later.
pub const LINK_MINUTES: i64 = 15;
/// Codes that a member may type in vain within [`LINK_TRY_MINUTES`]: a slip or two, and no search. A code has 60 bits.
pub const LINK_TRIES_MAX: u32 = 5;
/// Minutes after which codes that were typed in vain are forgotten.
pub const LINK_TRY_MINUTES: i64 = 60;
/// Accounts of one person: a change of hours is told to each of them.
pub const ACCOUNTS_MAX: usize = 10;
/// Characters of a calendar's address: those of the large services have 150 to 400.
pub const CALENDAR_URL_CHARS_MAX: usize = 2_000;
/// Minutes between two looks at a calendar: what changes there is known within the hour, and a server is asked twice an
/// hour, mostly to say that nothing is new.
pub const CALENDAR_MINUTES: i64 = 30;
/// The same while it has not been readable for long.
pub const CALENDAR_MINUTES_FAILING: i64 = 4 * 60;
/// Hours in which a calendar that was readable may fail before its owner is told: a server's night.
pub const CALENDAR_FAILING_HOURS: i64 = 24;
/// Hours after which a calendar is read as a whole, whatever its server says of changes: more of it comes into sight.
pub const CALENDAR_WHOLE_HOURS: i64 = 24;
/// Days ahead that are read of a calendar: as far as anything is planned, with a month's leave.
pub const CALENDAR_DAYS_AHEAD: i64 = 60;
/// Stretches of each kind that are kept of a calendar, the first: eight a day.
pub const CALENDAR_STRETCHES_MAX: usize = 500;
/// What is read of what waits for one person's digest: the rest comes in the next one.
pub const ITEMS_READ_MAX: usize = 500;
/// Characters of somebody's words that a digest shows: one line of a wide window.
pub const LINE_CHARS_MAX: usize = 140;
/// Times a day at which somebody may have their digest: more would be a stream.
pub const DIGEST_TIMES_MAX: usize = 6;
/// Conversations and standups that somebody may mute in their digest.
pub const MUTED_MAX: usize = 100;
