//! Every Web API method that jeda calls, with the scopes it needs and how often it may be called; the one list that
//! the limiter, the doctor and the app manifest agree on.
//!
//! Source: Slack's method reference (`https://docs.slack.dev/reference/methods`) and its page on rate limits.

use governor::Quota;
use std::num::NonZeroU32;

/// A method of the Web API.
#[derive(Debug)]
pub struct Method {
    /// Its name, as in the address.
    pub name: &'static str,
    /// Scopes of the bot token that it needs for what jeda does with it.
    pub scopes: &'static [&'static str],
    /// How its arguments travel.
    pub sends: Sends,
    /// How often it may be called.
    pub rate: Rate,
    /// What a second call does.
    pub effect: Twice,
}

/// How arguments travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sends {
    /// As a JSON body.
    Json,
    /// In the address. Slack ignores JSON bodies for these methods, silently.
    Query,
}

/// Slack's tiers: calls a minute for each method, app and workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// About 20 a minute.
    Tier2,
    /// About 50 a minute.
    Tier3,
    /// About 100 a minute.
    Tier4,
    /// About one a second for each channel, several hundred a minute for the workspace.
    Post,
    /// Not limited on our side: rare, or somebody waits for it at the screen.
    Free,
}

/// What a second call does when the answer to the first was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twice {
    /// The same as one.
    Same,
    /// Something a second time: it must be found out first.
    Doubles,
}

macro_rules! methods {
    ($($(#[$doc:meta])* $konst:ident = $name:literal $sends:ident $rate:ident $twice:ident [$($scope:literal),*];)*) => {
        $($(#[$doc])* pub static $konst: Method = Method {
            name: $name,
            scopes: &[$($scope),*],
            sends: Sends::$sends,
            rate: Rate::$rate,
            effect: Twice::$twice,
        };)*
        /// All of them.
        pub static ALL: &[&Method] = &[$(&$konst),*];
    };
}

methods! {
    /// Who the token belongs to.
    AUTH_TEST = "auth.test" Json Free Same [];
    /// The address of a socket; with the app token.
    APPS_CONNECTIONS_OPEN = "apps.connections.open" Json Free Same [];
    /// Posts a message.
    CHAT_POST_MESSAGE = "chat.postMessage" Json Post Doubles ["chat:write"];
    /// Changes a message in place.
    CHAT_UPDATE = "chat.update" Json Tier3 Same ["chat:write"];
    /// Shows one person a message in a channel.
    CHAT_POST_EPHEMERAL = "chat.postEphemeral" Json Free Doubles ["chat:write"];
    /// Opens a person's direct messages.
    CONVERSATIONS_OPEN = "conversations.open" Json Tier3 Same ["im:write"];
    /// What was posted in a channel or direct message: to look for our own message after a lost answer, and to read the
    /// one message whose author asked for it to be delivered later.
    CONVERSATIONS_HISTORY = "conversations.history" Query Tier3 Same
        ["channels:history", "groups:history", "im:history"];
    /// The same for a thread.
    CONVERSATIONS_REPLIES = "conversations.replies" Query Tier3 Same
        ["channels:history", "groups:history", "im:history"];
    /// A channel's name and state.
    CONVERSATIONS_INFO = "conversations.info" Query Tier3 Same ["channels:read", "groups:read"];
    /// Who is in a channel.
    CONVERSATIONS_MEMBERS = "conversations.members" Query Tier4 Same ["channels:read", "groups:read"];
    /// The channels that the bot is in.
    USERS_CONVERSATIONS = "users.conversations" Query Tier3 Same ["channels:read", "groups:read"];
    /// Everyone in the workspace.
    USERS_LIST = "users.list" Query Tier2 Same ["users:read"];
    /// One person.
    USERS_INFO = "users.info" Query Tier4 Same ["users:read"];
    /// Every user group.
    USERGROUPS_LIST = "usergroups.list" Query Tier2 Same ["usergroups:read"];
    /// Who is in a user group.
    USERGROUPS_USERS_LIST = "usergroups.users.list" Query Tier2 Same ["usergroups:read"];
    /// Who has paused their notifications, of at most 50 people.
    DND_TEAM_INFO = "dnd.teamInfo" Query Tier2 Same ["dnd:read"];
    /// Opens a form.
    VIEWS_OPEN = "views.open" Json Free Doubles [];
}

/// Scopes that no method asks for: slash commands need one of their own.
pub static SCOPES_BESIDE: &[&str] = &["commands"];

/// Every scope that jeda needs, sorted: what the manifest asks for, and what the doctor compares a token with.
pub fn scopes() -> Vec<&'static str> {
    let mut all: Vec<&'static str> =
        ALL.iter().flat_map(|method| method.scopes).chain(SCOPES_BESIDE).copied().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Posts in one channel that may go at once before the pace of one a second holds: Slack tolerates short bursts.
const POST_BURST: u32 = 3;
/// Posts of one workspace a second, over all its channels ("several hundred a minute").
const WORKSPACE_POSTS_SECOND: u32 = 5;
/// Posts of one workspace that may go at once.
const WORKSPACE_POST_BURST: u32 = 50;

/// The quotas, by the index that [`Rate::class`] gives.
pub(crate) fn quotas() -> Vec<Quota> {
    vec![
        per_minute(20),
        per_minute(50),
        per_minute(100),
        Quota::per_second(NonZeroU32::MIN).allow_burst(count(POST_BURST)),
        Quota::per_second(count(WORKSPACE_POSTS_SECOND)).allow_burst(count(WORKSPACE_POST_BURST)),
    ]
}

/// Index of the quota for a whole workspace's posts.
pub(crate) const WORKSPACE_POSTS: usize = 4;

impl Rate {
    /// Index of its quota; `None` when it has none.
    pub(crate) fn class(self) -> Option<usize> {
        match self {
            Self::Tier2 => Some(0),
            Self::Tier3 => Some(1),
            Self::Tier4 => Some(2),
            Self::Post => Some(3),
            Self::Free => None,
        }
    }
}

/// Slack counts what a minute brought, so a minute's calls may come at once; where the next minute's come too soon
/// after them, it says how long to wait.
fn per_minute(calls: u32) -> Quota {
    Quota::per_minute(count(calls))
}

fn count(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MANIFEST, inbound};
    use jeda_tests::{manifest_list, specs};
    use std::collections::BTreeSet;

    #[test]
    fn the_manifest_asks_for_what_is_used_and_for_nothing_else() {
        assert_eq!(manifest_list("bot"), scopes());
        assert_eq!(manifest_list("bot_events"), inbound::EVENTS);
        let commands: Vec<&str> = MANIFEST.lines().filter_map(|line| line.trim().strip_prefix("- command: ")).collect();
        let ours: Vec<String> = jeda_core::command::ROOTS.iter().map(|root| format!("/{}", root.name)).collect();
        assert_eq!(commands, ours);
        let entries: Vec<&str> =
            MANIFEST.lines().filter_map(|line| line.trim().strip_prefix("callback_id: ")).collect();
        assert_eq!(entries, jeda_core::command::MENU.iter().map(|entry| entry.id).collect::<Vec<_>>());
        for entry in jeda_core::command::MENU {
            let name = jeda_core::copy::norm::menu_name(jeda_core::language::Language::En, entry);
            assert!(MANIFEST.contains(&format!("- name: {name}\n")) && name.chars().count() <= 24, "{name}");
        }
        assert_eq!(MANIFEST.matches("should_escape: true").count(), commands.len());
    }

    #[test]
    fn the_manifest_lets_members_answer_over_sockets() {
        for setting in [
            "messages_tab_enabled: true",
            "messages_tab_read_only_enabled: false",
            "socket_mode_enabled: true",
            "is_enabled: true",
            "token_rotation_enabled: false",
        ] {
            assert!(MANIFEST.contains(setting), "{setting}");
        }
        let described = MANIFEST.lines().filter_map(|line| line.trim().strip_prefix("description: "));
        assert!(described.into_iter().all(|words| words.chars().count() <= 140));
    }

    #[test]
    fn every_method_sends_and_needs_what_slacks_reference_says() {
        let Some(folder) = specs("slack/methods") else { return };
        for method in ALL {
            let text = std::fs::read_to_string(folder.join(format!("{}.json", method.name))).unwrap();
            let spec: serde_json::Value = serde_json::from_str(&text).unwrap();
            let known: BTreeSet<&str> =
                spec["scope"]["bot"].as_array().into_iter().flatten().filter_map(|scope| scope.as_str()).collect();
            assert!(method.scopes.iter().all(|scope| known.contains(scope)), "{}: {known:?}", method.name);
            assert!(!method.scopes.is_empty() || known.is_empty(), "{} needs one of {known:?}", method.name);
            if method.sends == Sends::Json {
                assert_eq!(spec["json_input_supported"], true, "{}", method.name);
            }
            let tier = match method.rate {
                Rate::Tier2 => "t2",
                Rate::Tier3 => "t3",
                Rate::Tier4 => "t4",
                Rate::Post | Rate::Free => continue,
            };
            assert_eq!(spec["rate_limits"], tier, "{}", method.name);
        }
    }

    /// Slack doesn't send an event whose scope the app lacks.
    #[test]
    fn every_event_that_is_subscribed_to_may_be_told() {
        let Some(folder) = specs("slack/events") else { return };
        // These Slack describes on pages that its reference, as data, leaves out.
        let beside = ["channel_archive", "channel_unarchive", "group_archive", "group_unarchive"];
        for event in inbound::EVENTS.iter().filter(|event| !beside.contains(event)) {
            let text = std::fs::read_to_string(folder.join(format!("{event}.json"))).unwrap();
            let spec: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert!(spec["APIs"].as_array().unwrap().contains(&"Events".into()), "{event}");
            let mut needed = spec["scopes"].as_array().unwrap().iter().filter_map(|scope| scope.as_str()).peekable();
            assert!(needed.peek().is_none() || needed.any(|scope| scopes().contains(&scope)), "{event}");
        }
    }
}
