//! What was said in channels lately, as far as norms look at it: who spoke and whom a message mentioned, never what.
//!
//! It is kept in memory alone. Whoever restarts the bot loses at most an hour of it: a sender may be told something
//! although the other has just taken part, and an edit of an older message is not judged.

use jeda_core::{
    id::{ChannelId, MessageId, UserId},
    norm::{Conversation, verdict::Mentions},
};
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Messages that are remembered, the newest: in a busy server of thousands about an hour, and a few megabytes.
const MESSAGES_MAX: usize = 20_000;

/// What an adapter has heard lately.
#[derive(Debug, Default)]
pub struct Lately(Mutex<Heard>);

#[derive(Debug, Default)]
struct Heard {
    messages: HashMap<(ChannelId, MessageId), Mentions>,
    messages_in_order: VecDeque<(ChannelId, MessageId)>,
    spoke: HashMap<(ChannelId, Option<MessageId>), BTreeMap<UserId, Timestamp>>,
    spoke_in_order: VecDeque<(Conversation, UserId, Timestamp)>,
}

impl Lately {
    /// Remembers a message. Returns who spoke in its conversation before, and when last.
    pub fn hear(
        &self,
        conversation: &Conversation,
        message: &MessageId,
        by: &UserId,
        at: Timestamp,
        mentions: &Mentions,
    ) -> BTreeMap<UserId, Timestamp> {
        let mut heard = self.lock();
        let before = heard.spoke.get(&place(conversation)).cloned().unwrap_or_default();
        heard.remember(conversation, message, mentions);
        heard.spoke.entry(place(conversation)).or_default().insert(by.clone(), at);
        heard.spoke_in_order.push_back((conversation.clone(), by.clone(), at));
        if heard.spoke_in_order.len() > MESSAGES_MAX
            && let Some((conversation, user, at)) = heard.spoke_in_order.pop_front()
        {
            heard.forget(&conversation, &user, at);
        }
        before
    }

    /// Takes an edit in. Returns whom the message mentioned before, and who spoke in its conversation; `None` when the
    /// message isn't remembered, or the edit mentions nobody who wasn't mentioned before.
    pub fn edit(
        &self,
        conversation: &Conversation,
        message: &MessageId,
        mentions: &Mentions,
    ) -> Option<(Mentions, BTreeMap<UserId, Timestamp>)> {
        let mut heard = self.lock();
        let before = heard.messages.get(&(conversation.channel.clone(), message.clone()))?.clone();
        let is_new = !mentions.users.is_subset(&before.users)
            || !mentions.groups.is_subset(&before.groups)
            || (mentions.everyone && !before.everyone);
        if !is_new {
            return None;
        }
        // All that it ever mentioned: who was taken out and put in again heard of it the first time.
        let all = Mentions {
            users: before.users.union(&mentions.users).cloned().collect(),
            groups: before.groups.union(&mentions.groups).cloned().collect(),
            everyone: before.everyone || mentions.everyone,
        };
        heard.remember(conversation, message, &all);
        Some((before, heard.spoke.get(&place(conversation)).cloned().unwrap_or_default()))
    }

    fn lock(&self) -> MutexGuard<'_, Heard> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Heard {
    fn remember(&mut self, conversation: &Conversation, message: &MessageId, mentions: &Mentions) {
        let key = (conversation.channel.clone(), message.clone());
        if self.messages.insert(key.clone(), mentions.clone()).is_none() {
            self.messages_in_order.push_back(key);
        }
        if self.messages_in_order.len() > MESSAGES_MAX
            && let Some(oldest) = self.messages_in_order.pop_front()
        {
            self.messages.remove(&oldest);
        }
    }

    /// Forgets that somebody spoke, unless they did again since.
    fn forget(&mut self, conversation: &Conversation, user: &UserId, at: Timestamp) {
        let place = place(conversation);
        let Some(spoke) = self.spoke.get_mut(&place) else { return };
        if spoke.get(user) == Some(&at) {
            spoke.remove(user);
        }
        if spoke.is_empty() {
            self.spoke.remove(&place);
        }
    }
}

fn place(conversation: &Conversation) -> (ChannelId, Option<MessageId>) {
    (conversation.channel.clone(), conversation.thread.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
    }
    fn names(users: &[&str]) -> Mentions {
        Mentions { users: users.iter().map(|it| UserId::new(*it)).collect(), ..Mentions::default() }
    }
    fn eng() -> Conversation {
        Conversation { channel: ChannelId::new("C1"), thread: None }
    }

    #[test]
    fn who_spoke_is_told_of_the_same_conversation_only() {
        let lately = Lately::default();
        let thread = Conversation { thread: Some(MessageId::new("m1")), ..eng() };
        let hear = |conversation: &Conversation, message: &str, by: &str, second: i64| {
            lately.hear(conversation, &MessageId::new(message), &UserId::new(by), at(second), &names(&[]))
        };
        assert!(hear(&eng(), "m1", "ana", 1).is_empty());
        assert!(hear(&thread, "m2", "budi", 2).is_empty());
        assert_eq!(hear(&eng(), "m3", "budi", 3), [(UserId::new("ana"), at(1))].into());
        assert_eq!(hear(&eng(), "m4", "ana", 4).len(), 2);
    }

    #[test]
    fn an_edit_counts_only_with_somebody_new() {
        let lately = Lately::default();
        let message = MessageId::new("m1");
        let edit = |mentions: &Mentions| lately.edit(&eng(), &message, mentions);
        assert_eq!(edit(&names(&["ana"])), None, "nobody knows what stood there before");
        lately.hear(&eng(), &message, &UserId::new("budi"), at(1), &names(&["ana"]));
        assert_eq!(edit(&names(&["ana"])), None);
        assert_eq!(edit(&names(&[])), None);
        let (before, spoke) = edit(&names(&["cici"])).unwrap();
        assert_eq!((before, spoke.len()), (names(&["ana"]), 1));
        assert_eq!(edit(&names(&["ana", "cici"])), None, "both were mentioned at some time");
        let everyone = Mentions { everyone: true, ..names(&[]) };
        assert!(edit(&everyone).is_some() && edit(&everyone).is_none());
    }

    #[test]
    fn the_oldest_is_forgotten() {
        let lately = Lately::default();
        for nth in 0..=MESSAGES_MAX {
            let by = UserId::new(if nth == 0 { "early" } else { "late" });
            lately.hear(&eng(), &MessageId::new(nth.to_string()), &by, at(nth as i64), &names(&[]));
        }
        let heard = lately.lock();
        assert_eq!((heard.messages.len(), heard.spoke_in_order.len()), (MESSAGES_MAX, MESSAGES_MAX));
        let spoke = &heard.spoke[&place(&eng())];
        assert_eq!(spoke.keys().map(UserId::as_str).collect::<Vec<_>>(), ["late"]);
    }
}
