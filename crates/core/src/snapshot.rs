//! What a decision may look at: which rows it asks for ([`Scope`]) and what it gets ([`Snapshot`]).

use crate::event::Posted;
use crate::{
    ask::{Ask, AskId},
    digest::{DigestId, Item, ItemId},
    id::{ChannelId, GroupId, MessageId, StandupId, Subject, UserId, WorkspaceId},
    later::{Later, LaterId},
    norm::{Alert, Conversation, Judged, JudgedId, Revision, verdict::Mentions},
    people::{Channel, Code, Group, Member, Offer, Person, PersonId, Workspace},
    standup::{Dialog, Entry, EntryKey, Note, Round, RoundKey, Standup},
    told::Told,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// What a platform lets the bot do. Core asks these, never which platform it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// Characters of all blocks of one message together.
    pub message_chars_max: usize,
    /// Blocks of one message.
    pub message_blocks_max: usize,
    /// Characters of one block.
    pub block_chars_max: usize,
    /// Fields of one form.
    pub form_fields_max: usize,
    /// Characters of one field's value.
    pub field_chars_max: usize,
    /// A form may show words above its fields.
    pub form_intro: bool,
    /// A sent form may be answered with the next one. Where not, core offers a button that opens it.
    pub form_chain: bool,
    /// Profiles carry a zone, so nobody has to be asked.
    pub profile_zone: bool,
    /// People bring the bot into a channel with `/invite`; elsewhere its permissions let it in.
    #[serde(default)]
    pub invited: bool,
    /// A member without direct messages can be reached in a thread of a channel.
    pub aside: bool,
    /// Words can be shown to one person in a channel, unasked.
    #[serde(default)]
    pub whispers: bool,
    /// The bot may take back what others wrote, and post it again in their name, in channels that let it.
    #[serde(default)]
    pub take_back: bool,
    /// The platform would let it, and it isn't switched on.
    #[serde(default)]
    pub take_back_off: bool,
    /// Tells when people have paused their notifications.
    #[serde(default)]
    pub pauses: bool,
    /// In a typed line a mention is found only where it stands as a word of its own: `who= @backend`, with a space.
    #[serde(default)]
    pub mention_apart: bool,
}

impl Capabilities {
    /// What every platform has: for a workspace of which nothing is known yet, and for whatever has to fit everywhere.
    pub const LEAST: Self = Self {
        message_chars_max: 1_900,
        message_blocks_max: 30,
        block_chars_max: 1_900,
        form_fields_max: 5,
        field_chars_max: 3_000,
        form_intro: false,
        form_chain: false,
        profile_zone: false,
        invited: false,
        aside: false,
        mention_apart: false,
        pauses: false,
        whispers: false,
        take_back: false,
        take_back_off: false,
    };
    /// Long messages, long forms, and profiles that carry a zone.
    pub const ROOMY: Self = Self {
        message_chars_max: 12_000,
        message_blocks_max: 50,
        block_chars_max: 3_000,
        form_fields_max: 20,
        form_intro: true,
        form_chain: true,
        profile_zone: true,
        invited: true,
        mention_apart: true,
        ..Self::LEAST
    };
}

/// Which rows a decision asks for. The workspace is always loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Where.
    pub workspace: WorkspaceId,
    /// What.
    pub needs: BTreeSet<Need>,
}

/// One thing that a decision asks for. Needs overlap; each row is loaded once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A member, their dialog and their unused notes.
    Member(UserId),
    /// Every member of the workspace, for the directory's comparison and for finding administrators.
    Members,
    /// Administrators only.
    Admins,
    /// A channel, who is in it, and these people's rows.
    Channel(ChannelId),
    /// Every channel, without who is in it.
    Channels,
    /// Who is in a group, and these people's rows.
    Group(GroupId),
    /// Every group with its name, without who is in it.
    Groups,
    /// The norms that are live.
    Norms,
    /// Whom a message may reach, where the live norms look at mentions: those norms, the people and groups that are
    /// mentioned, everyone in the channel when everyone is, and who is in the norms' groups. Elsewhere the norms only.
    Mentioned {
        /// Where it was written.
        channel: ChannelId,
        /// Whom it mentions.
        mentions: Mentions,
    },
    /// What was found of a message.
    Judged(JudgedId),
    /// The same, and the rows of those who were found off.
    JudgedWhole(JudgedId),
    /// What is on record of an urgent message, its author, and whom it tells.
    Alert(JudgedId),
    /// What somebody sent as urgent since then, nothing more.
    AlertsOf(UserId, Timestamp),
    /// The message for which somebody was told last in a conversation, or would have been.
    ToldIn(Conversation, UserId),
    /// What was found of somebody's last message for which they were told, as [`Need::JudgedWhole`].
    JudgedOf(UserId),
    /// What was found of messages since then, at most [`JUDGED_READ_MAX`](crate::limit::JUDGED_READ_MAX), the newest.
    JudgedSince(Timestamp),
    /// These people's rows, nothing more.
    People(BTreeSet<UserId>),
    /// What a member wrote and still waits or came back, with whom it is for, and the last that they wrote, whatever
    /// became of it: numbers go on from it.
    LatersOf(UserId),
    /// What waits for a member's hours, at most [`LATERS_TO_READ_MAX`](crate::limit::LATERS_TO_READ_MAX), what is due
    /// first first. Until the decision is written nothing of it sets out.
    LatersTo(UserId),
    /// A message that waits, its author, and the person or the channel it is for.
    Later(LaterId),
    /// The same without its author, to change it: until the decision is written it does not set out.
    LaterToChange(LaterRef),
    /// A message that is held, with everything that judging it anew looks at, as [`Need::Mentioned`], and what waits of
    /// its author's, as [`Need::LatersOf`].
    Held(LaterId),
    /// What a member asked and has not been told the end of, and the number of the newest question that they asked.
    AsksOf(UserId),
    /// Open questions that a member is asked, at most [`ASKS_TO_READ_MAX`](crate::limit::ASKS_TO_READ_MAX), oldest first.
    AsksFor(UserId),
    /// A question with the rows of everybody in it and its channel's.
    Ask(AskId),
    /// The same, as its asker knows it.
    AskNumber(UserId, u32),
    /// The same for the question that was posted with this message in this channel, or that this message answers; nothing
    /// when there is none.
    AskOfMessage(ChannelId, MessageId),
    /// What waits for a member's digest, at most [`ITEMS_READ_MAX`](crate::limit::ITEMS_READ_MAX), what is due first
    /// first, then what waits longest.
    ItemsWaiting(UserId),
    /// What is in a digest, or came in it.
    ItemsOf(DigestId),
    /// Something that waits or came, with all that came in the same digest.
    ItemBeside(ItemId),
    /// What was sent to a member lately, at most [`TOLD_READ`](crate::limit::TOLD_READ), the newest first; with the standups,
    /// questions and messages for later that it is about.
    ToldTo(UserId),
    /// What waits of a message that was written in a channel, to change it: until the decision is written it does not
    /// set out.
    LatersFrom(JudgedId),
    /// A channel by its name, without `#` (letter case aside), as [`Need::Channel`]. Nothing when there is none.
    ChannelNamed(String),
    /// In which channels and groups a member is, nothing more.
    Places(UserId),
    /// The definitions of every standup that is not deleted, nothing more.
    Standups,
    /// A standup with its channel or group, everyone who takes part or observes, its rounds that are not closed
    /// with their entries and posts.
    Standup(StandupId),
    /// The same, by name (case-insensitive). Nothing when there is none.
    StandupNamed(String),
    /// The same for every standup that is not deleted, whose channel or group this is or which has the member in
    /// its list or overrides; for when people come, go or change their hours.
    StandupsTouching(Touch),
    /// A round, closed or not, with its standup, its entries, the people in them, and its posts.
    Round(RoundKey),
    /// Of the standup of this name (letter case aside), or of every standup that is not deleted when there is no
    /// name: the rounds of these dates, or without dates the newest
    /// [`ROUNDS_RECENT`](crate::limit::ROUNDS_RECENT) rounds, closed or not. Each as [`Need::Round`].
    RoundOf(Option<String>, Option<BTreeSet<jiff::civil::Date>>),
    /// One entry with its round, standup and member, the posts of its prompt and reminder, and the member's last answered entry
    /// of the same standup before it with its round.
    Entry(EntryKey),
    /// Of a member: every entry of a round that is not closed, and the newest entry of each standup, with their
    /// rounds, standups and the posts of their prompts and reminders.
    EntriesOf(UserId),
    /// The entry with an answer that was said in this message, or whose prompt or reminder this message is, as
    /// [`Need::Entry`]; nothing when there is none.
    EntryOfMessage(MessageId),
    /// A posted message.
    Post(Subject),
    /// The person whose account a member is, in whichever workspaces the others are. Until the decision is written no
    /// other decision sees a person.
    PersonOf(UserId),
    /// A code that somebody may have been given, with the person who asked for it.
    Offer(Code),
    /// Something that nobody can foresee, from outside.
    Chance,
}

/// A message that waits, by one of its names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaterRef {
    /// As a button knows it.
    Id(LaterId),
    /// As its author knows it.
    Number(UserId, u32),
}

/// What touches a standup.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// Standups that this member has an open entry in or would take part in.
    Member(UserId),
    /// Standups of this channel.
    Channel(ChannelId),
    /// Standups of this group.
    Group(GroupId),
    /// Every standup.
    All,
}

/// What a decision gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The workspace; a fresh one with the configuration's defaults when it is not known yet.
    pub workspace: Workspace,
    /// People.
    pub members: BTreeMap<UserId, Member>,
    /// Channels.
    pub channels: BTreeMap<ChannelId, Channel>,
    /// Who is in a channel.
    pub channel_members: BTreeMap<ChannelId, BTreeSet<UserId>>,
    /// Groups.
    pub groups: BTreeMap<GroupId, Group>,
    /// Who is in a group.
    pub group_members: BTreeMap<GroupId, BTreeSet<UserId>>,
    /// The norms that are live; shared with whoever looks at them at the same time. None until some were applied.
    pub norms: Option<Arc<Revision>>,
    /// Messages that norms had something to say about.
    pub judged: BTreeMap<JudgedId, Judged>,
    /// Urgent messages on record.
    pub alerts: BTreeMap<JudgedId, Alert>,
    /// Messages that wait.
    pub laters: BTreeMap<LaterId, Later>,
    /// Of those that were asked for to be changed: which are on their way at this moment, or may have arrived.
    pub under_way: BTreeSet<LaterId>,
    /// Questions.
    pub asks: BTreeMap<AskId, Ask>,
    /// What was sent to somebody lately, the newest first.
    pub told: Vec<Told>,
    /// The number of somebody's newest question.
    pub ask_numbers: BTreeMap<UserId, u32>,
    /// What waits for people's digests, or came in them.
    pub items: BTreeMap<ItemId, Item>,
    /// Where people are whose places were asked for.
    pub places: BTreeMap<UserId, Places>,
    /// Standups.
    pub standups: BTreeMap<StandupId, Standup>,
    /// Rounds.
    pub rounds: BTreeMap<RoundKey, Round>,
    /// Entries.
    pub entries: BTreeMap<EntryKey, Entry>,
    /// Dialogs under way, by member.
    pub dialogs: BTreeMap<UserId, Dialog>,
    /// Notes that wait for an answer, oldest first.
    pub notes: Vec<Note>,
    /// Messages that were posted.
    pub posts: BTreeMap<Subject, Posted>,
    /// Persons with accounts here.
    pub persons: BTreeMap<PersonId, Person>,
    /// The code that was asked for.
    pub offer: Option<Offer>,
    /// What nobody could foresee.
    pub chance: Option<u64>,
}

/// In which channels and groups somebody is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Channels.
    pub channels: BTreeSet<ChannelId>,
    /// Groups.
    pub groups: BTreeSet<GroupId>,
}

impl Snapshot {
    /// Whether somebody is in a channel, as far as the rows at hand tell.
    pub fn is_in_channel(&self, user: &UserId, channel: &ChannelId) -> bool {
        self.channel_members.get(channel).is_some_and(|all| all.contains(user))
            || self.places.get(user).is_some_and(|places| places.channels.contains(channel))
    }
    /// Whether somebody is in a group, as far as the rows at hand tell.
    pub fn is_in_group(&self, user: &UserId, group: &GroupId) -> bool {
        self.group_members.get(group).is_some_and(|all| all.contains(user))
            || self.places.get(user).is_some_and(|places| places.groups.contains(group))
    }
    /// A snapshot that knows its workspace and nothing else.
    pub fn empty(workspace: Workspace) -> Self {
        Self {
            workspace,
            members: BTreeMap::new(),
            channels: BTreeMap::new(),
            channel_members: BTreeMap::new(),
            groups: BTreeMap::new(),
            group_members: BTreeMap::new(),
            norms: None,
            judged: BTreeMap::new(),
            alerts: BTreeMap::new(),
            laters: BTreeMap::new(),
            under_way: BTreeSet::new(),
            asks: BTreeMap::new(),
            told: Vec::new(),
            ask_numbers: BTreeMap::new(),
            items: BTreeMap::new(),
            places: BTreeMap::new(),
            standups: BTreeMap::new(),
            rounds: BTreeMap::new(),
            entries: BTreeMap::new(),
            dialogs: BTreeMap::new(),
            notes: Vec::new(),
            posts: BTreeMap::new(),
            persons: BTreeMap::new(),
            offer: None,
            chance: None,
        }
    }
}
