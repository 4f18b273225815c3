//! What a standup is made of.

use crate::{
    action::Token,
    event::Refusal,
    id::{ChannelId, GroupId, MessageId, StandupId, Subject, UserId, WakeKey},
    time::{Schedule, Zone},
};
use jiff::{Timestamp, civil};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standup {
    /// Its id.
    pub id: StandupId,
    /// Its name, unique in its workspace, letter case aside.
    pub name: String,
    /// Where its report goes.
    pub channel: ChannelId,
    /// What is asked, in order; at least one.
    pub questions: Vec<Question>,
    /// On which civil dates, and at which time.
    pub schedule: Schedule,
    /// Whose time that is.
    pub whose_time: WhoseTime,
    /// Until when one may answer.
    pub deadline: Deadline,
    /// Minutes before one's deadline at which whoever has not answered is reminded; `None` for never.
    pub remind_before_minutes: Option<i64>,
    /// When the report is posted.
    pub report: ReportWhen,
    /// Who takes part, before single people joined or left.
    pub who: Who,
    /// People who joined by themselves though `who` doesn't name them.
    pub joined: BTreeSet<UserId>,
    /// People who left though `who` names them.
    pub left: BTreeSet<UserId>,
    /// People who get the report as a direct message.
    pub observers: BTreeSet<UserId>,
    /// Who made it and may change it.
    pub owner: UserId,
    /// Whether it runs.
    pub state: StandupState,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it runs as it does: made, resumed, or its times changed. A time of day that had passed by then
    /// was not due.
    pub since: Timestamp,
    /// The newest date whose round was planned or passed over; the next round is a later one.
    pub planned_through: Option<civil::Date>,
    /// Counts changes, from 1.
    pub revision: i64,
    /// Its channel is closed to the bot, and its owner was told; `None` while all is well.
    #[serde(default)]
    pub shut: Option<Shut>,
    /// Its deadline was given before its people were known, and is looked at again once they are.
    #[serde(default)]
    pub deadline_open: bool,
}

/// A standup whose channel is closed to the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shut {
    /// The date of the newest round whose report found no place: it is posted once there is one. Those before it are
    /// read with `/standup report`, so that no burst of old reports comes.
    pub unposted: Option<civil::Date>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its words, as the owner wrote them.
    pub text: String,
    /// What it is for, so that yesterday's plan can be shown and blockers come first.
    pub kind: QuestionKind,
}

/// What a question is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// What one did: the last plan is shown here.
    Done,
    /// What one plans.
    Plan,
    /// What is in the way: comes first in the report.
    Blockers,
    /// Anything else.
    Other,
}

/// Whose time a schedule's time of day is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhoseTime {
    /// Each member's own.
    Each,
    /// One zone for all: everyone is asked at the same instant, or when their working day begins after it.
    One(Zone),
}

/// Until when one may answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// Minutes after one's own prompt.
    After(i64),
    /// A time of day on the round's date in one zone, the same instant for all.
    At {
        /// Time of day.
        time: civil::Time,
        /// Zone.
        zone: Zone,
    },
}

/// When the report is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportWhen {
    /// Once, when the round closes; until then nobody sees another's answer.
    AtClose,
    /// Each answer as it arrives, because the team asked for that.
    AsAnswersArrive,
}

/// Who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Everyone in the standup's channel.
    ChannelMembers,
    /// These people.
    List(BTreeSet<UserId>),
    /// Everyone in a group.
    Group(GroupId),
}

/// Whether a standup runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandupState {
    /// It does.
    Active,
    /// It asks nobody until it is resumed; a round under way is closed as usual.
    Paused,
    /// Gone; kept for its past reports.
    Deleted,
}

/// When a round asks and until when, as it was agreed when the round was planned: an edit of the standup is for the
/// next round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The time of day.
    pub time: civil::Time,
    /// Whose time that is.
    pub whose_time: WhoseTime,
    /// Until when one may answer.
    pub deadline: Deadline,
    /// Minutes before one's deadline at which whoever has not answered is reminded; `None` for never.
    pub remind_before_minutes: Option<i64>,
    /// When the report is posted.
    pub report: ReportWhen,
}

/// Names a round: a standup and the civil date of its schedule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RoundKey {
    /// Standup.
    pub standup: StandupId,
    /// Date.
    pub date: civil::Date,
}

/// One occurrence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its name.
    pub key: RoundKey,
    /// The questions as they were when it was planned: an edit of the standup is for the next round.
    pub questions: Vec<Question>,
    /// Its times, likewise.
    pub terms: Terms,
    /// The last member's deadline.
    pub closes_at: Timestamp,
    /// When it was closed; `None` while it is open.
    pub closed_at: Option<Timestamp>,
    /// Parts of the report that are posted or owed: heads, and the answer parts of each member
    /// (see [`Part`]), so that an edit knows what is there.
    pub parts: Vec<Part>,
    /// Those of them that are there.
    #[serde(default)]
    pub posted: Vec<Part>,
}

/// Names an entry: a round and a member.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryKey {
    /// Round.
    pub round: RoundKey,
    /// Member.
    pub user: UserId,
}

/// One member's part in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name.
    pub key: EntryKey,
    /// When they are asked.
    pub prompt_at: Timestamp,
    /// Until when they may answer in time.
    pub deadline_at: Timestamp,
    /// Where it stands.
    pub state: EntryState,
    /// What they said, in the order of the questions; empty while there is nothing. Until `answered_at` is set this
    /// is their draft, which nobody else ever sees.
    pub answers: Vec<Answer>,
    /// When they first sent a whole answer.
    pub answered_at: Option<Timestamp>,
    /// When they last changed it after that.
    pub edited_at: Option<Timestamp>,
    /// It came after the round was closed.
    pub late: bool,
    /// They were reminded.
    pub reminded: bool,
    /// The receipt of its prompt is written: sent, late or skipped. There is exactly one.
    pub settled: bool,
}

/// Where an entry stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// They will be asked.
    Planned,
    /// The prompt is owed (on its way).
    Asked,
    /// The prompt arrived.
    Prompted,
    /// They answered all questions.
    Answered,
    /// They, or the law, skipped it.
    Skipped(Skip),
    /// The round closed without an answer.
    Missed,
}

/// Why an entry is skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// They said so, with a reason if they gave one (member text).
    Own(Option<String>),
    /// They were not asked, and why.
    NotAsked(crate::receipt::Why),
    /// They left the standup, the channel or the workspace after being asked.
    Left,
}

/// One answer to one question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Index of the question in its round.
    pub question: usize,
    /// Member text, as it was entered.
    pub text: String,
    /// The direct message it was said in, where it was; an edit of that message changes this answer.
    pub message: Option<MessageId>,
}

/// A dialog under way: jeda asks question by question, because the member answered the prompt by writing, or because
/// a form goes on with a next page. The draft itself is kept in the entry's answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialog {
    /// Who.
    pub user: UserId,
    /// About what.
    pub entry: EntryKey,
    /// Index of the question that was asked last.
    pub question: usize,
}

/// A line jotted down for one's next answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Derived from the inbox key.
    pub id: String,
    /// Whose.
    pub user: UserId,
    /// When.
    pub at: Timestamp,
    /// Member text.
    pub text: String,
    /// The entry whose answer it was offered in, once that was sent.
    pub used: bool,
}

/// A part of a report, each one message of the platform.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Title, blockers, who is away, who skipped, who is missing; page 0 is the message, the others are in its
    /// thread.
    Head(usize),
    /// One member's answer, in the thread; page from 0.
    Answer(UserId, usize),
}

/// What standups change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A standup's row.
    Standup(Box<Standup>),
    /// A round's row.
    Round(Box<Round>),
    /// An entry's row.
    Entry(Box<Entry>),
    /// A dialog's row.
    Dialog(Box<Dialog>),
    /// The end of a dialog.
    DialogEnded(UserId),
    /// A note's row.
    Note(Note),
}

impl Change {
    /// Whose own row it is, of those that [`Need::Member`](crate::snapshot::Need::Member) loads.
    pub(crate) fn member(&self) -> Option<&UserId> {
        match self {
            Self::Dialog(dialog) => Some(&dialog.user),
            Self::DialogEnded(user) => Some(user),
            Self::Note(note) => Some(&note.user),
            Self::Standup(_) | Self::Round(_) | Self::Entry(_) => None,
        }
    }
}

/// What standups owe. Words are made at release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The prompt, as a direct message.
    Prompt(EntryKey),
    /// The prompt's message in its present state (answered, skipped, closed), in place.
    PromptState(EntryKey),
    /// A reminder.
    Remind(EntryKey),
    /// The reminder's message in its present state, in place.
    RemindState(EntryKey),
    /// The next question of a dialog.
    Question(EntryKey, usize),
    /// "Thank you, that is all", after a dialog; or that the answer was changed.
    Thanks(EntryKey),
    /// A part of the report shall be there in its present state: posted when it isn't, edited when it is.
    Report(RoundKey, Part),
    /// The report for an observer, as direct messages; page from 0.
    Observe(RoundKey, UserId, usize),
    /// Words for a member about a standup, when there is no screen at which they wait.
    Tell(UserId, Telling),
}

/// What a member is told about a standup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Telling {
    /// You are in this standup from now on: what it is, when, how to leave.
    Welcome(StandupId),
    /// The direct message you wrote belongs to no open prompt: what to do.
    NothingOpen,
    /// Its channel is closed to the bot: how to mend it. For the owner.
    ChannelClosed(StandupId, Refusal),
    /// Its deadline comes before somebody's prompt, which showed only when its people were known: it asks nobody until
    /// that is mended. For the owner.
    DeadlineTooEarly(StandupId),
    /// The round closed while you were answering; what you had written was kept as a late answer.
    ClosedMeanwhile(EntryKey),
}

/// What is to be done at a time for a standup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wake {
    /// Plan the round of this date: the earliest instant at which the date begins anywhere for anyone in it.
    Plan(RoundKey),
    /// Ask this member.
    Prompt(EntryKey),
    /// Remind this member.
    Remind(EntryKey),
    /// Close the round, if its last deadline has come or nobody is left to answer.
    Close(RoundKey),
    /// Bring the report up to date with this entry, which was answered, changed or withdrawn.
    Report(EntryKey),
    /// Post the report of this closed round, which found no place before.
    Publish(RoundKey),
}

impl Wake {
    /// The wake's key; setting it again moves it.
    pub fn key(&self) -> WakeKey {
        WakeKey::new(match self {
            // One plan a standup: planning a round sets the plan of the next.
            Self::Plan(round) => format!("plan/{}", round.standup),
            Self::Prompt(entry) => format!("prompt/{}", entry.path()),
            Self::Remind(entry) => format!("remind/{}", entry.path()),
            Self::Close(round) => format!("close/{}", round.path()),
            Self::Report(entry) => format!("report/{}", entry.path()),
            // One a standup: only the newest report is made up for.
            Self::Publish(round) => format!("publish/{}", round.standup),
        })
    }
}

impl RoundKey {
    /// `s1/2026-11-24`
    pub fn path(&self) -> String {
        format!("{}/{}", self.standup, self.date)
    }
    /// The subject of a part of its report.
    pub fn report_subject(&self, part: &Part) -> Subject {
        Subject::new(match part {
            Part::Head(page) => format!("report/{}/head/{page}", self.path()),
            Part::Answer(user, page) => format!("report/{}/{user}/{page}", self.path()),
        })
    }
    /// The subject of a page of its report for an observer.
    pub fn observe_subject(&self, user: &UserId, page: usize) -> Subject {
        Subject::new(format!("observe/{}/{user}/{page}", self.path()))
    }
    /// The subject of the round itself.
    pub fn subject(&self) -> Subject {
        Subject::new(format!("round/{}", self.path()))
    }
}

impl EntryKey {
    /// `s1/2026-11-24/U1`
    pub fn path(&self) -> String {
        format!("{}/{}", self.round.path(), self.user)
    }
    /// The subject of its prompt.
    pub fn prompt_subject(&self) -> Subject {
        Subject::new(format!("prompt/{}", self.path()))
    }
    /// The subject of its reminder.
    pub fn remind_subject(&self) -> Subject {
        Subject::new(format!("remind/{}", self.path()))
    }
    /// The subject of its answer.
    pub fn answer_subject(&self) -> Subject {
        Subject::new(format!("answer/{}", self.path()))
    }
}

/// A standup's button. The actor is whoever presses it; a forged token gives nobody another's rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Opens the form to answer, or to change the answer; page from 0.
    Answer(RoundKey, usize),
    /// Opens the form to skip today.
    Skip(RoundKey),
    /// Deletes the standup, after `/standup delete` asked whether that is meant.
    Delete(StandupId),
    /// Keeps it.
    Keep(StandupId),
    /// A page of `/standup list`, from 0.
    List(usize),
    /// A page of what a standup is.
    Show(StandupId, usize),
    /// A page of a round's receipts.
    Receipts(RoundKey, usize),
}

/// A standup's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormId {
    /// A page of answers: fields `q0`, `q1`, …, by the question's index in its round.
    Answer(RoundKey, usize),
    /// A reason to skip: field `reason`.
    Skip(RoundKey),
    /// A new standup: fields named as the command's arguments.
    New,
    /// The same, to change one.
    Edit(StandupId),
}

fn round_token(verb: &str, round: &RoundKey) -> String {
    format!("{verb}/{}", round.path())
}

fn read_round(standup: &str, date: &str) -> Option<RoundKey> {
    let id_like = standup.len() <= crate::limit::STANDUP_ID_CHARS && standup.bytes().all(|b| b.is_ascii_alphanumeric());
    (id_like && !standup.is_empty()).then_some(())?;
    Some(RoundKey { standup: StandupId::new(standup), date: date.parse().ok()? })
}

fn read_standup(standup: &str) -> Option<StandupId> {
    let id_like = standup.len() <= crate::limit::STANDUP_ID_CHARS && standup.bytes().all(|b| b.is_ascii_alphanumeric());
    (id_like && !standup.is_empty()).then(|| StandupId::new(standup))
}

impl Token for Action {
    fn token(&self) -> String {
        match self {
            Self::Answer(round, page) => format!("{}/{page}", round_token("answer", round)),
            Self::Skip(round) => round_token("skip", round),
            Self::Delete(id) => format!("delete/{id}"),
            Self::Keep(id) => format!("keep/{id}"),
            Self::List(page) => format!("list/{page}"),
            Self::Show(id, page) => format!("show/{id}/{page}"),
            Self::Receipts(round, page) => format!("{}/{page}", round_token("receipts", round)),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts[..] {
            ["answer", standup, date, page] => Some(Self::Answer(read_round(standup, date)?, page.parse().ok()?)),
            ["skip", standup, date] => Some(Self::Skip(read_round(standup, date)?)),
            ["delete", standup] => Some(Self::Delete(read_standup(standup)?)),
            ["keep", standup] => Some(Self::Keep(read_standup(standup)?)),
            ["list", page] => Some(Self::List(page.parse().ok()?)),
            ["show", standup, page] => Some(Self::Show(read_standup(standup)?, page.parse().ok()?)),
            ["receipts", standup, date, page] => Some(Self::Receipts(read_round(standup, date)?, page.parse().ok()?)),
            _ => None,
        }
    }
}

impl Token for FormId {
    fn token(&self) -> String {
        match self {
            Self::Answer(round, page) => format!("{}/{page}", round_token("answer", round)),
            Self::Skip(round) => round_token("skip", round),
            Self::New => "new".into(),
            Self::Edit(id) => format!("edit/{id}"),
        }
    }
    fn decode(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts[..] {
            ["answer", standup, date, page] => Some(Self::Answer(read_round(standup, date)?, page.parse().ok()?)),
            ["skip", standup, date] => Some(Self::Skip(read_round(standup, date)?)),
            ["new"] => Some(Self::New),
            ["edit", standup] => Some(Self::Edit(read_standup(standup)?)),
            _ => None,
        }
    }
}

/// A standup's reason. Copy: `why-*` in `standup.ftl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// They skipped it themselves.
    SkippedByMember,
    /// Their deadline had passed before the prompt could go out.
    WindowOver,
    /// Their time of that day had passed when the standup began, or when they came into it.
    TimePassed,
    /// They had answered before.
    AlreadyAnswered,
    /// The standup was paused or deleted meanwhile.
    NotRunning,
    /// They left the standup, the channel or the workspace.
    LeftStandup,
    /// They answered in time.
    Answered,
    /// They answered after the close.
    AnsweredLate,
    /// They changed their answer.
    Edited,
    /// They did not answer until the close.
    Missed,
    /// All had answered.
    ClosedAllAnswered,
    /// The last deadline had come.
    ClosedAtDeadline,
}
