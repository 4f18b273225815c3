//! What Slack's reference says of each method: its arguments, who may call it, and how often.
//! Source: docs.slack.dev/reference/methods.

/// Which token a method takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Any,
    App,
    Bot,
}

/// A method.
#[derive(Debug)]
pub(super) struct Method {
    pub(super) name: &'static str,
    pub(super) token: Token,
    /// Any one of these; for `conversations.*` the one that fits the kind of conversation.
    pub(super) scopes: &'static [&'static str],
    pub(super) required: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
    /// Whether JSON is taken; else only a form or the query.
    pub(super) json: bool,
    /// Calls a minute, for one app in one workspace.
    pub(super) a_minute: usize,
}

const TIER_2: usize = 20;
const TIER_3: usize = 50;
const TIER_4: usize = 100;
const SPECIAL: usize = 300;

const READ: &[&str] = &["channels:read", "groups:read", "im:read", "mpim:read"];
const HISTORY: &[&str] = &["channels:history", "groups:history", "im:history", "mpim:history"];
const WRITE: &[&str] = &["chat:write"];
const USERS: &[&str] = &["users:read"];

macro_rules! methods {
    ($($name:literal $token:ident $scopes:expr, [$($required:literal)*] [$($optional:literal)*] $json:literal $rate:expr;)*) => {
        &[$(Method { name: $name, token: Token::$token, scopes: $scopes, required: &[$($required),*],
            optional: &[$($optional),*], json: $json, a_minute: $rate }),*]
    };
}

/// The methods that this Slack has.
pub(super) const METHODS: &[Method] = methods! {
    "api.test" Any &[], [] ["error"] true TIER_4;
    "apps.connections.open" App &[], [] [] true TIER_3;
    "auth.test" Bot &[], [] [] true SPECIAL;
    "bots.info" Bot USERS, [] ["bot" "team_id"] false TIER_3;
    "chat.delete" Bot WRITE, ["channel" "ts"] ["as_user"] true TIER_3;
    "chat.postEphemeral" Bot WRITE, ["channel" "user"]
        ["as_user" "attachments" "blocks" "icon_emoji" "icon_url" "link_names" "markdown_text" "metadata" "parse" "text"
         "thread_ts" "username"] true TIER_4;
    "chat.postMessage" Bot WRITE, ["channel"]
        ["as_user" "attachments" "blocks" "current_draft_last_updated_ts" "icon_emoji" "icon_url" "link_names"
         "markdown_text" "metadata" "mrkdwn" "parse" "reply_broadcast" "text" "thread_ts" "unfurl_links" "unfurl_media"
         "username"] true SPECIAL;
    "chat.update" Bot WRITE, ["channel" "ts"]
        ["as_user" "attachments" "unfurled_attachments" "blocks" "markdown_text" "metadata" "link_names" "parse" "text"
         "reply_broadcast" "file_ids"] true TIER_3;
    "conversations.history" Bot HISTORY, ["channel"]
        ["cursor" "include_all_metadata" "inclusive" "latest" "limit" "oldest"] true TIER_3;
    "conversations.info" Bot READ, ["channel"] ["include_locale" "include_num_members"] false TIER_3;
    "conversations.list" Bot READ, [] ["cursor" "exclude_archived" "limit" "team_id" "types"] false TIER_2;
    "conversations.members" Bot READ, ["channel"] ["cursor" "limit"] false TIER_4;
    "conversations.open" Bot &["im:write", "mpim:write", "groups:write", "channels:manage"], []
        ["channel" "return_im" "users" "prevent_creation"] true TIER_3;
    "conversations.replies" Bot HISTORY, ["channel" "ts"]
        ["cursor" "include_all_metadata" "inclusive" "latest" "limit" "oldest"] false TIER_3;
    "dnd.info" Bot &["dnd:read"], [] ["user" "team_id"] false TIER_3;
    "dnd.teamInfo" Bot &["dnd:read"], ["users"] ["team_id"] false TIER_2;
    "team.info" Bot &["team:read"], [] ["domain" "team"] true TIER_3;
    "usergroups.list" Bot &["usergroups:read"], []
        ["include_count" "include_disabled" "include_users" "team_id"] false TIER_2;
    "usergroups.users.list" Bot &["usergroups:read"], ["usergroup"] ["include_disabled" "team_id"] false TIER_2;
    "users.conversations" Bot READ, [] ["cursor" "exclude_archived" "exclude_muted" "limit" "team_id" "types" "user"]
        false TIER_3;
    "users.info" Bot USERS, ["user"] ["include_locale"] false TIER_4;
    "users.list" Bot USERS, [] ["cursor" "include_locale" "limit" "team_id"] false TIER_2;
    "views.open" Bot &[], ["view"] ["trigger_id" "interactivity_pointer"] true TIER_4;
    "views.push" Bot &[], ["view"] ["trigger_id" "interactivity_pointer"] true TIER_4;
    "views.update" Bot &[], ["view"] ["view_id" "external_id" "hash"] true TIER_4;
};

pub(super) fn method(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|m| m.name == name)
}
