//! A night at work for measuring: one message, so many recipients, and norms as a team has them.
//!
//! Measures nothing by itself, since nothing here knows the time; whoever holds a clock calls
//! [`verdicts`](super::verdict::verdicts) on [`Night::case`].

use super::{
    Enforce, Exempt, Focus, GroupMembers, Norm, NormSet, QuietHours, ResponseWindow, Revision, Rule, Scope,
    verdict::{Case, Conversation, Mentions, Message, Recipient},
};
use crate::{
    id::{ChannelId, GroupId, UserId},
    time::{Availability, Declared, Hours, WorkingWeek, Zone},
};
use jiff::{Timestamp, ToSpan, civil};
use std::collections::BTreeMap;

/// A message with what a verdict on it looks at.
#[derive(Debug)]
pub struct Night {
    now: Timestamp,
    author: UserId,
    channel: ChannelId,
    mentions: Mentions,
    people: Vec<(UserId, Availability, Zone)>,
    spoke: BTreeMap<UserId, Timestamp>,
    norms: Revision,
    groups: GroupMembers,
}

/// Zones in which the people live, round the world.
const ZONES: [&str; 6] =
    ["Asia/Jakarta", "Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "America/Sao_Paulo"];

impl Night {
    /// A message that names so many people, at two in the morning in Jakarta. A few of them are at work, some wrote
    /// lately, some are on call; the norms are the workspace's, a group's and an unrelated channel's.
    pub fn of(recipients: usize) -> Self {
        let now = civil::date(2026, 11, 23).at(19, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
        let now = now.map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp());
        let users: Vec<UserId> = (0..recipients).map(|n| UserId::new(format!("U{n:05}"))).collect();
        let zone = |n: usize| Zone::find(ZONES[n % ZONES.len()]).unwrap_or_else(|_| Zone::utc());
        let people = users.iter().enumerate().map(|(n, user)| {
            let hours = Hours { zone: zone(n), week: WorkingWeek::office() };
            (user.clone(), Declared::hours(&hours).at(now), hours.zone)
        });
        let every = |step: usize| users.iter().skip(step / 2).step_by(step).cloned();
        let on_call = GroupId::new("S1");
        Self {
            now,
            author: UserId::new("U99999"),
            channel: ChannelId::new("C1"),
            mentions: Mentions { users: users.iter().cloned().collect(), ..Mentions::default() },
            people: people.collect(),
            spoke: every(9).map(|user| (user, now - 3.minutes())).collect(),
            norms: Revision { number: 7, by: "lia".to_owned(), at: now, set: norms(&on_call) },
            groups: [(on_call, every(7).collect()), (GroupId::new("S2"), every(4).collect())].into(),
        }
    }

    /// Whom the message reaches, as the case takes them.
    pub fn recipients(&self) -> Vec<Recipient<'_>> {
        self.people
            .iter()
            .map(|(user, availability, zone)| Recipient { user, bot: false, availability, zone: *zone })
            .collect()
    }

    /// The case. Its recipients are made once, outside of what is measured.
    pub fn case<'a>(&'a self, recipients: &'a [Recipient<'a>]) -> Case<'a> {
        Case {
            message: Message {
                author: &self.author,
                author_is_bot: false,
                channel: &self.channel,
                mentions: &self.mentions,
                edited_from: None,
                no_reply_needed: false,
                urgent: false,
            },
            recipients,
            conversation: Conversation { spoke: &self.spoke, nudged_at: None },
            norms: Some(&self.norms),
            groups: &self.groups,
            can_take_back: true,
            now: self.now,
        }
    }
}

fn norms(on_call: &GroupId) -> NormSet {
    let norm = |name: &str, enforce, scope, exempt, rule| Norm { name: name.to_owned(), enforce, scope, exempt, rule };
    let channels = |n: usize| Scope::Channels((0..n).map(|n| (ChannelId::new(format!("C9{n}")), "x".into())).collect());
    let exempt = Exempt { groups: [(on_call.clone(), "on-call".to_owned())].into(), ..Exempt::default() };
    let late = crate::time::Span { from: civil::time(20, 0, 0, 0), to: civil::time(8, 0, 0, 0) };
    let nights = QuietHours { between: Some(late), ..QuietHours::default() };
    let design = Scope::Groups([(GroupId::new("S2"), "design".to_owned())].into());
    NormSet(vec![
        norm("nights", Enforce::Nudge, Scope::Workspace, exempt.clone(), Rule::QuietHours(nights)),
        norm("design", Enforce::Hold, design, exempt, Rule::QuietHours(QuietHours::default())),
        norm("incidents", Enforce::Off, channels(5), Exempt::default(), Rule::QuietHours(QuietHours::default())),
        norm("blocks", Enforce::Observe, Scope::Workspace, Exempt::default(), Rule::Focus(Focus::default())),
        norm(
            "answers",
            Enforce::Nudge,
            Scope::Workspace,
            Exempt::default(),
            Rule::ResponseWindow(ResponseWindow::default()),
        ),
    ])
}
