//! What the norms about mentions say of one message and each of its recipients.
//!
//! Pure, and data only: the message, whom it reaches with what each of them is doing, who spoke in the conversation,
//! the norms, and now. A verdict borrows all that it tells, so judging costs one list of results and no more.

use super::{
    Enforce, Focus, GroupMembers, Kind, Manners, Norm, QuietHours, Revision, Rule, precedence::in_any,
    quiet_hours::lies_in,
};
use crate::{
    id::{ChannelId, GroupId, UserId},
    time::{Availability, State, Zone},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Whom a message mentions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Mentions {
    /// People by name.
    pub users: BTreeSet<UserId>,
    /// Groups or roles.
    pub groups: BTreeSet<GroupId>,
    /// Everyone in the channel: `@here`, `@channel`, `@everyone`. Who is active just now is nobody's business here, so
    /// `@here` counts as the others do.
    pub everyone: bool,
}

/// How a message reaches somebody; of several ways the most personal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// By name.
    Name,
    /// As one of a group.
    Group,
    /// As one of everybody in the channel.
    Everyone,
}

impl Mentions {
    /// How it reaches somebody; `None` when it doesn't. That somebody is in the channel is for the caller to know.
    pub fn reach(&self, user: &UserId, groups: &GroupMembers) -> Option<Reach> {
        if self.users.contains(user) {
            return Some(Reach::Name);
        }
        let in_group = |group: &GroupId| groups.get(group).is_some_and(|members| members.contains(user));
        if self.groups.iter().any(in_group) {
            return Some(Reach::Group);
        }
        self.everyone.then_some(Reach::Everyone)
    }
}

/// Whether a text says of itself that no answer is needed: `[fyi]`, letter case aside.
pub fn says_no_reply_needed(text: &str) -> bool {
    const MARK: &[u8] = b"[fyi]";
    text.as_bytes().windows(MARK.len()).any(|part| part.eq_ignore_ascii_case(MARK))
}

/// Until when a text says that a reply is wished for: what stands in `[by tue]`, letter case aside.
pub fn says_reply_by(text: &str) -> Option<&str> {
    const MARK: &str = "[by ";
    /// Characters of a time, as people type one.
    const TIME_CHARS_MAX: usize = 40;
    let at = text.as_bytes().windows(MARK.len()).position(|part| part.eq_ignore_ascii_case(MARK.as_bytes()))?;
    let (time, _) = text.get(at + MARK.len()..)?.split_once(']')?;
    let is_time = !time.trim().is_empty() && time.chars().count() <= TIME_CHARS_MAX;
    is_time.then(|| time.trim())
}

/// A message to judge.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Who wrote it.
    pub author: &'a UserId,
    /// A bot or an app wrote it.
    pub author_is_bot: bool,
    /// Where.
    pub channel: &'a ChannelId,
    /// Whom it mentions.
    pub mentions: &'a Mentions,
    /// For an edit: whom it mentioned before. They are not judged again.
    pub edited_from: Option<&'a Mentions>,
    /// Its author said that no answer is needed: in the text ([`says_no_reply_needed`]) or with a button.
    pub no_reply_needed: bool,
    /// It is on record as urgent.
    pub urgent: bool,
}

/// Somebody whom a message may reach: who is named, in a group that is named, or in the channel.
#[derive(Clone, Copy, Debug)]
pub struct Recipient<'a> {
    /// Who.
    pub user: &'a UserId,
    /// A bot or an app.
    pub bot: bool,
    /// What they are doing now, and until when.
    pub availability: &'a Availability,
    /// Their zone.
    pub zone: Zone,
}

/// What was said in the message's thread lately; outside a thread, in its channel.
#[derive(Clone, Copy, Debug)]
pub struct Conversation<'a> {
    /// When each person wrote last.
    pub spoke: &'a BTreeMap<UserId, Timestamp>,
    /// When the author was last told something here, or would have been, where norms only observe.
    pub nudged_at: Option<Timestamp>,
}

/// Everything that a verdict looks at.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The message.
    pub message: Message<'a>,
    /// Whom it may reach, each once.
    pub recipients: &'a [Recipient<'a>],
    /// The conversation.
    pub conversation: Conversation<'a>,
    /// The live norms.
    pub norms: Option<&'a Revision>,
    /// Who is in which group.
    pub groups: &'a GroupMembers,
    /// The platform lets the bot take this author's message back.
    pub can_take_back: bool,
    /// Now.
    pub now: Timestamp,
}

/// What a norm says of a message and one recipient, with the facts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict<'a> {
    /// Who.
    pub recipient: &'a UserId,
    /// What to do.
    pub act: Act<'a>,
    /// The norm that holds; none where none does, or where none had to be looked for.
    pub norm: Option<&'a Norm>,
    /// The number of its revision.
    pub revision: Option<u32>,
    /// How the message reaches them.
    pub reach: Option<Reach>,
    /// What they are doing, and until when.
    pub availability: &'a Availability,
}

/// What to do about one recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act<'a> {
    /// Nothing, and why.
    Deliver(Why<'a>),
    /// Note that the sender would have been told, without a word to anyone.
    Observe,
    /// Tell the sender, and nobody else.
    Nudge(Plainly),
    /// Take the message back until the recipient's time has come.
    Hold,
}

/// Whether a nudge is what the norm asks for, or what remained of a hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plainly {
    /// The norm asks for it.
    Asked,
    /// The norm holds, and the platform doesn't let the bot take this message back.
    CantTakeBack,
    /// The norm holds, and somebody whom the message reaches as well may read it now: it stays for them, and the
    /// others find it in their digest.
    SomebodyReadsNow,
}

/// Why nothing is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why<'a> {
    /// A bot wrote it.
    FromBot,
    /// They wrote it themselves.
    Own,
    /// They are a bot.
    ToBot,
    /// It doesn't mention them.
    NotMentioned,
    /// An edit, and it mentioned them before.
    MentionedBefore,
    /// They are at work.
    AtWork,
    /// No norm is about this.
    NoNorm,
    /// The norm that holds here is off.
    NormOff,
    /// The norm looks at another part of their day.
    OtherTime,
    /// The channel is exempt.
    ChannelExempt,
    /// They opted out.
    OptedOut,
    /// The author opted out.
    AuthorOptedOut,
    /// They are in a group that is reached at any hour.
    Reachable(&'a GroupId),
    /// It is urgent, and on record.
    Urgent,
    /// No answer is needed.
    NoReplyNeeded,
    /// They take part in the conversation; when they wrote last.
    TakesPart(Timestamp),
    /// Everyone was mentioned, and few enough of them are off: so many of so many.
    FewOff(u32, u32),
    /// The author was told in this conversation not long ago; when.
    NudgedAt(Timestamp),
}

/// What the norms say of a message: one verdict for each recipient, in their order.
///
/// No verdict depends on the order of the recipients. It takes time in proportion to their number, times the few
/// norms that are about people rather than channels.
pub fn verdicts<'a>(case: &Case<'a>) -> Vec<Verdict<'a>> {
    let court = Court::of(case);
    let mut all: Vec<Verdict<'a>> = case.recipients.iter().map(|recipient| court.first(recipient)).collect();
    let somebody_reads_now = all.iter().any(reads_now);
    for verdict in &mut all {
        court.second(verdict, somebody_reads_now);
    }
    all
}

/// Whether a message can be read now by somebody whom it reaches, without anyone's quiet being broken.
fn reads_now(verdict: &Verdict<'_>) -> bool {
    matches!(verdict.act, Act::Deliver(Why::AtWork | Why::OptedOut | Why::Reachable(_) | Why::TakesPart(_)))
}

/// What is the same for every recipient of a message.
struct Court<'c, 'a> {
    case: &'c Case<'a>,
    quiet_here: Option<&'a Norm>,
    focus_here: Option<&'a Norm>,
    /// Of those whom a mention of everyone reaches: how many are off, of how many.
    off: (u32, u32),
}

impl<'c, 'a> Court<'c, 'a> {
    fn of(case: &'c Case<'a>) -> Self {
        let here = |kind| case.norms.and_then(|norms| norms.set.in_channel(kind, case.message.channel));
        let off = if case.message.mentions.everyone { share(case) } else { (0, 0) };
        Self { case, quiet_here: here(Kind::QuietHours), focus_here: here(Kind::Focus), off }
    }

    /// What is to be said of one recipient alone.
    fn first(&self, recipient: &Recipient<'a>) -> Verdict<'a> {
        let case = self.case;
        let mut verdict = Verdict {
            recipient: recipient.user,
            act: Act::Deliver(Why::NotMentioned),
            norm: None,
            revision: None,
            reach: case.message.mentions.reach(recipient.user, case.groups),
            availability: recipient.availability,
        };
        let Some(reach) = verdict.reach else { return verdict };
        if let Some(why) = self.needs_no_norm(recipient) {
            verdict.act = Act::Deliver(why);
            return verdict;
        }
        let Some(norm) = self.norm(recipient) else {
            verdict.act = Act::Deliver(Why::NoNorm);
            return verdict;
        };
        verdict.norm = Some(norm);
        verdict.revision = case.norms.map(|norms| norms.number);
        verdict.act = match self.exception(norm, recipient, reach) {
            Some(why) => Act::Deliver(why),
            None => match norm.enforce {
                Enforce::Off => Act::Deliver(Why::NormOff),
                Enforce::Observe => Act::Observe,
                Enforce::Nudge => Act::Nudge(Plainly::Asked),
                Enforce::Hold => Act::Hold,
            },
        };
        verdict
    }

    /// What holds whatever the norms are.
    fn needs_no_norm(&self, recipient: &Recipient<'a>) -> Option<Why<'a>> {
        let message = &self.case.message;
        let before = || message.edited_from.and_then(|before| before.reach(recipient.user, self.case.groups));
        if message.author_is_bot {
            Some(Why::FromBot)
        } else if recipient.user == message.author {
            Some(Why::Own)
        } else if recipient.bot {
            Some(Why::ToBot)
        } else if before().is_some() {
            Some(Why::MentionedBefore)
        } else if recipient.availability.state == State::Working {
            Some(Why::AtWork)
        } else {
            None
        }
    }

    /// The norm that holds for what a recipient is doing: the channel's, else the person's.
    fn norm(&self, recipient: &Recipient<'a>) -> Option<&'a Norm> {
        let (kind, here) = match recipient.availability.state {
            State::Focus => (Kind::Focus, self.focus_here),
            _ => (Kind::QuietHours, self.quiet_here),
        };
        here.or_else(|| self.case.norms?.set.for_person(kind, recipient.user, self.case.groups))
    }

    /// Why a norm has nothing to say after all.
    fn exception(&self, norm: &'a Norm, recipient: &Recipient<'a>, reach: Reach) -> Option<Why<'a>> {
        let (case, exempt) = (self.case, &norm.exempt);
        let (Rule::QuietHours(QuietHours { manners, .. }) | Rule::Focus(Focus { manners })) = &norm.rule else {
            return Some(Why::NoNorm);
        };
        if norm.enforce == Enforce::Off {
            return Some(Why::NormOff);
        }
        if !self.looks_now(norm, recipient) {
            return Some(Why::OtherTime);
        }
        if exempt.channels.contains_key(case.message.channel) {
            return Some(Why::ChannelExempt);
        }
        if exempt.people.contains_key(recipient.user) {
            return Some(Why::OptedOut);
        }
        if let Some(group) = in_any(&exempt.groups, recipient.user, case.groups) {
            return Some(Why::Reachable(group));
        }
        if exempt.people.contains_key(case.message.author) {
            return Some(Why::AuthorOptedOut);
        }
        if case.message.urgent {
            return Some(Why::Urgent);
        }
        if case.message.no_reply_needed {
            return Some(Why::NoReplyNeeded);
        }
        self.takes_part(manners, recipient).or_else(|| self.few_off(manners, reach))
    }

    /// Whether the norm looks at this part of the recipient's day.
    fn looks_now(&self, norm: &Norm, recipient: &Recipient<'a>) -> bool {
        match &norm.rule {
            Rule::QuietHours(QuietHours { between: Some(span), .. }) => {
                lies_in(recipient.zone.tz().to_datetime(self.case.now).time(), *span)
            }
            _ => true,
        }
    }

    fn takes_part(&self, manners: &Manners, recipient: &Recipient<'a>) -> Option<Why<'a>> {
        let spoke = self.case.conversation.spoke.get(recipient.user)?;
        self.is_within(*spoke, manners.taking_part_minutes).then_some(Why::TakesPart(*spoke))
    }

    fn few_off(&self, manners: &Manners, reach: Reach) -> Option<Why<'a>> {
        let (off, all) = self.off;
        let is_enough = u64::from(off) * 100 >= u64::from(all) * u64::from(manners.broadcast_off_percent);
        (reach == Reach::Everyone && !is_enough).then_some(Why::FewOff(off, all))
    }

    /// What is to be said once all recipients are known, and what the author was told before.
    fn second(&self, verdict: &mut Verdict<'a>, somebody_reads_now: bool) {
        if verdict.act == Act::Hold {
            if somebody_reads_now {
                verdict.act = Act::Nudge(Plainly::SomebodyReadsNow);
            } else if !self.case.can_take_back {
                verdict.act = Act::Nudge(Plainly::CantTakeBack);
            }
        }
        if let (Act::Nudge(_) | Act::Observe, Some(told)) = (verdict.act, self.case.conversation.nudged_at)
            && let Some(minutes) = verdict.norm.and_then(nudge_again_minutes)
            && self.is_within(told, minutes)
        {
            verdict.act = Act::Deliver(Why::NudgedAt(told));
        }
    }

    /// Whether an instant is at most so many minutes ago. What bears a later time than ours (a platform's clock) is
    /// now.
    fn is_within(&self, at: Timestamp, minutes: i64) -> bool {
        self.case.now.duration_since(at) < SignedDuration::from_mins(minutes)
    }
}

fn nudge_again_minutes(norm: &Norm) -> Option<i64> {
    match &norm.rule {
        Rule::QuietHours(QuietHours { manners, .. }) | Rule::Focus(Focus { manners }) => {
            Some(manners.nudge_again_minutes)
        }
        _ => None,
    }
}

/// How many are off, of those whom a mention of everyone reaches. People in focus count: they can't answer now.
fn share(case: &Case<'_>) -> (u32, u32) {
    let reached = case.recipients.iter().filter(|it| !it.bot && it.user != case.message.author);
    reached.fold((0, 0), |(off, all), recipient| {
        (off + u32::from(recipient.availability.state != State::Working), all + 1)
    })
}
