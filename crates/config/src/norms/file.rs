//! The file's tables. What a setting means is said here, since editors show it.

use jeda_core::norm;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A team's norms. Each is a table of its kind and its name: [quiet_hours.nights]. Of two norms of one kind for one
/// place the narrower wins: a channel over a group over everywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "jeda norms")]
pub struct File {
    /// Mentions of people outside their hours, and of everyone while many are off.
    pub quiet_hours: BTreeMap<String, QuietHours>,
    /// The same for people in a focus block, with a gentler default.
    pub focus: BTreeMap<String, Focus>,
    /// How long an answer may take unless the question says otherwise.
    pub response_window: BTreeMap<String, ResponseWindow>,
    /// What may pass at once, with a reason, within a budget, on record.
    pub urgent: BTreeMap<String, Urgent>,
    /// What waited, in one message.
    pub digest: BTreeMap<String, Digest>,
    /// Standups ask and remind only inside each member's hours. jeda always keeps this; written down, it is visible.
    pub standup_hours: BTreeMap<String, StandupHours>,
}

/// How far jeda goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It does nothing; in a narrow place it makes an exception from a wider norm.
    Off,
    /// It notes what it would have done, without a word to anyone.
    #[default]
    Observe,
    /// It tells the sender, and nobody else.
    Nudge,
    /// It keeps the message until its time has come.
    Hold,
}

impl From<Level> for norm::Enforce {
    fn from(level: Level) -> Self {
        match level {
            Level::Off => Self::Off,
            Level::Observe => Self::Observe,
            Level::Nudge => Self::Nudge,
            Level::Hold => Self::Hold,
        }
    }
}

/// Whom and what a norm leaves alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Exempt {
    /// People who opted out, as "@name" or by id: nobody is told to spare them, and they are not told to spare others.
    pub people: Vec<String>,
    /// Groups or roles that are reached at any hour, such as "@on-call".
    pub groups: Vec<String>,
    /// Channels in which the norm doesn't hold, such as "#incidents".
    pub channels: Vec<String>,
}

/// How a sender is told where no words are private (Discord, outside of answers to commands and buttons).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NudgeBy {
    /// A direct message. The calmest.
    #[default]
    Direct,
    /// A reply in the channel that removes itself.
    Reply,
}

impl From<NudgeBy> for norm::NudgeBy {
    fn from(by: NudgeBy) -> Self {
        match by {
            NudgeBy::Direct => Self::Direct,
            NudgeBy::Reply => Self::Reply,
        }
    }
}

/// Mentions of people outside their hours, on a day off, on a holiday or on leave.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct QuietHours {
    /// How far jeda goes: off, observe, nudge or hold.
    pub enforce: Level,
    /// Where it holds, as "#name" or by id. Left out together with groups: everywhere.
    pub channels: Option<Vec<String>>,
    /// Whom it protects: groups or roles, as "@name" or by id.
    pub groups: Option<Vec<String>>,
    /// Whom and what it leaves alone.
    pub exempt: Exempt,
    /// @here, @channel and @everyone are judged once this share of those whom they reach is off.
    #[schemars(range(min = 1, max = 100))]
    pub broadcast_off_percent: u8,
    /// Whoever wrote in the thread within this time takes part in it, and may be written to: "10m".
    pub taking_part: String,
    /// A sender is told at most once in a conversation within this time: "4h".
    pub nudge_again_after: String,
    /// How a sender is told where no words are private.
    pub nudge_by: NudgeBy,
    /// The only part of the recipient's day, on their own clock, at which it looks: "22:00-6:00". One that ends
    /// before it starts goes over midnight.
    pub between: Option<String>,
}

impl Default for QuietHours {
    fn default() -> Self {
        Self {
            enforce: Level::default(),
            channels: None,
            groups: None,
            exempt: Exempt::default(),
            broadcast_off_percent: 50,
            taking_part: "10m".to_owned(),
            nudge_again_after: "4h".to_owned(),
            nudge_by: NudgeBy::default(),
            between: None,
        }
    }
}

/// Mentions of people in a focus block that they declared.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Focus {
    /// How far jeda goes: off, observe, nudge or hold (until the block ends).
    pub enforce: Level,
    /// Where it holds, as "#name" or by id. Left out together with groups: everywhere.
    pub channels: Option<Vec<String>>,
    /// Whom it protects: groups or roles, as "@name" or by id.
    pub groups: Option<Vec<String>>,
    /// Whom and what it leaves alone.
    pub exempt: Exempt,
    /// @here, @channel and @everyone are judged once this share of those whom they reach is off or in focus.
    #[schemars(range(min = 1, max = 100))]
    pub broadcast_off_percent: u8,
    /// Whoever wrote in the thread within this time takes part in it, and may be written to: "30m".
    pub taking_part: String,
    /// A sender is told at most once in a conversation within this time: "1d".
    pub nudge_again_after: String,
    /// How a sender is told where no words are private.
    pub nudge_by: NudgeBy,
}

impl Default for Focus {
    fn default() -> Self {
        Self {
            enforce: Level::default(),
            channels: None,
            groups: None,
            exempt: Exempt::default(),
            broadcast_off_percent: 80,
            taking_part: "30m".to_owned(),
            nudge_again_after: "1d".to_owned(),
            nudge_by: NudgeBy::default(),
        }
    }
}

/// How long an answer may take unless the question says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ResponseWindow {
    /// How far jeda goes: off, observe (the time holds, nobody is reminded) or nudge (one reminder).
    #[schemars(extend("enum" = ["off", "observe", "nudge"]))]
    pub enforce: Level,
    /// Where it is asked, as "#name" or by id. Left out together with groups: everywhere.
    pub channels: Option<Vec<String>>,
    /// Who is asked: groups or roles, as "@name" or by id.
    pub groups: Option<Vec<String>>,
    /// Whom and what it leaves alone.
    pub exempt: Exempt,
    /// How many of the recipient's own working hours an answer may take.
    #[schemars(range(min = 1, max = 400))]
    pub working_hours: u16,
    /// How many working hours before the end whoever hasn't answered is reminded; 0 for never.
    pub remind_before_working_hours: u16,
}

impl Default for ResponseWindow {
    fn default() -> Self {
        let norm::ResponseWindow { working_hours, remind_before_working_hours } = norm::ResponseWindow::default();
        Self {
            enforce: Level::default(),
            channels: None,
            groups: None,
            exempt: Exempt::default(),
            working_hours,
            remind_before_working_hours,
        }
    }
}

/// What may pass at once.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Urgent {
    /// How far jeda goes: off, observe (each is on record), nudge (who is over budget is told) or hold (what is over
    /// budget waits).
    pub enforce: Level,
    /// Where it is said, as "#name" or by id. Left out together with groups: everywhere.
    pub channels: Option<Vec<String>>,
    /// Who sends it: groups or roles, as "@name" or by id.
    pub groups: Option<Vec<String>>,
    /// Who has no budget.
    pub exempt: Exempt,
    /// How many each sender may send from Monday to Sunday.
    #[schemars(range(max = 1000))]
    pub budget_per_week: u16,
    /// The channel in which each is on record with its reason. Needed unless the norm is off.
    pub record: Option<String>,
}

impl Default for Urgent {
    fn default() -> Self {
        Self {
            enforce: Level::default(),
            channels: None,
            groups: None,
            exempt: Exempt::default(),
            budget_per_week: norm::Urgent::<String>::new().budget_per_week,
            record: None,
        }
    }
}

/// What a digest may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Questions that wait for an answer.
    Asks,
    /// Mentions that were held or noted.
    Mentions,
    /// Blockers in standups that name the reader.
    Blockers,
    /// Standups of teammates who started earlier.
    Handoff,
    /// Urgent messages that were missed.
    Urgent,
}

impl From<Part> for norm::digest::Part {
    fn from(part: Part) -> Self {
        match part {
            Part::Asks => Self::Asks,
            Part::Mentions => Self::Mentions,
            Part::Blockers => Self::Blockers,
            Part::Handoff => Self::Handoff,
            Part::Urgent => Self::Urgent,
        }
    }
}

/// What waited, in one message. It is about people, so it has no channels.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Digest {
    /// How far jeda goes: off, observe (it is counted and not sent) or nudge (it is sent).
    #[schemars(extend("enum" = ["off", "observe", "nudge"]))]
    pub enforce: Level,
    // Read so that a mistake is told in words of its own.
    #[schemars(skip)]
    #[expect(missing_docs, reason = "not a setting: refused, with the reason")]
    pub channels: Option<Vec<String>>,
    /// Who gets it: groups or roles, as "@name" or by id. Left out: everybody.
    pub groups: Option<Vec<String>>,
    /// Who gets none.
    pub exempt: Exempt,
    /// It comes when the reader's day begins.
    pub at_start_of_day: bool,
    /// Further times, on the reader's own clock: ["14:00"].
    pub also_at: Vec<String>,
    /// What is in it. Left out: everything.
    pub parts: Option<Vec<Part>>,
    /// How many items it shows before "and more".
    #[schemars(range(min = 1, max = 50))]
    pub items_max: u16,
    /// How many days an item that nobody took up stays in it.
    #[schemars(range(min = 1, max = 90))]
    pub keep_days: u16,
}

impl Default for Digest {
    fn default() -> Self {
        let usual = norm::Digest::default();
        Self {
            enforce: Level::default(),
            channels: None,
            groups: None,
            exempt: Exempt::default(),
            at_start_of_day: usual.at_start_of_day,
            also_at: Vec::new(),
            parts: None,
            items_max: usual.items_max,
            keep_days: usual.keep_days,
        }
    }
}

/// Standups inside working hours. jeda always keeps this.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StandupHours {
    /// Nothing but hold: it can't be weaker than it is.
    #[schemars(extend("enum" = ["hold"]))]
    pub enforce: Level,
}

impl Default for StandupHours {
    fn default() -> Self {
        Self { enforce: Level::Hold }
    }
}
