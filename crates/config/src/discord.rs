//! `[discord]`

use schemars::JsonSchema;
use serde::Deserialize;

/// Discord.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Discord {
    /// Where Discord's API is (`http://127.0.0.1:8080`); Discord's own when it is left out.
    pub api_url: Option<String>,
    /// Read what people write in channels, so that a norm may hold a message: it is taken back, and posted again in its
    /// author's name. Needs "Message Content Intent" in the developer portal, and the permissions to manage messages and
    /// webhooks. Off, a hold tells the author instead.
    pub message_content: bool,
}
