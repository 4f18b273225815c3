//! What `jeda doctor` asks Discord: whether the token, the intents and the permissions are as they must be, and
//! how to mend what isn't.

use crate::{
    connect::{ConnectError, DiscordConfig},
    guild::{Plan, id},
    hold::HOLDING,
    rest::{ApiUrl, Call, Rest},
};
use jeda_engine::clock::SharedClock;
use jiff::SignedDuration;
use serenity::{http::Route, model::permissions::Permissions};

/// Every permission that something in the bot needs, and no other; some of them only for holding messages.
///
/// To see channels and post in them with embeds for long text; to read back what it posted; to make and use the
/// threads under reports, and private ones for people who take no direct messages. Where it is set to read messages, so
/// that norms may hold them, to take them back and to post them again through webhooks.
pub fn permissions(message_content: bool) -> Permissions {
    if message_content { PERMISSIONS | HOLDING } else { PERMISSIONS }
}

const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::CREATE_PRIVATE_THREADS)
    .union(Permissions::SEND_MESSAGES_IN_THREADS);

/// Application flags that grant the list of members: for verified bots, and for small ones.
const MEMBERS_GRANTED: u64 = (1 << 14) | (1 << 15);
/// The same for what is written in channels.
const CONTENT_GRANTED: u64 = (1 << 18) | (1 << 19);
/// Servers that are looked at one by one.
const SERVERS_MAX: usize = 25;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examination {
    /// The bot's name; why there is none otherwise (`401`: the token is not valid).
    pub bot: Result<String, String>,
    /// Whether "Server Members Intent" is granted; `None` when it could not be asked.
    pub members_intent: Option<bool>,
    /// Whether "Message Content Intent" is granted, where it is needed; `None` when it isn't, or could not be asked.
    pub content_intent: Option<bool>,
    /// Discord's clock minus ours, to the second; `None` when it didn't say.
    pub drift: Option<SignedDuration>,
    /// Where to invite the bot with exactly the permissions that it needs.
    pub invitation: Option<String>,
    /// The servers that the bot is in (the first 25), with what it lacks there.
    pub servers: Vec<Server>,
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub name: String,
    /// Permissions that the bot's roles don't give it, in Discord's spelling.
    pub missing: Vec<String>,
}

/// The address that invites an application with the permissions it needs.
pub fn invitation(application: u64, message_content: bool) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        permissions(message_content).bits()
    )
}

/// Asks Discord. Changes nothing.
pub async fn examine(config: &DiscordConfig, clock: SharedClock) -> Result<Examination, ConnectError> {
    let api = config.api_url.as_deref().map(ApiUrl::parse).transpose()?;
    let rest = Rest::new(&config.token, api.as_ref(), clock.clone())
        .map_err(|error| ConnectError::Client(error.without_url().to_string()))?;
    let mut found = Examination {
        bot: Err(String::new()),
        members_intent: None,
        content_intent: None,
        drift: None,
        invitation: None,
        servers: Vec::new(),
    };
    let me = match rest.answer(Call::get(Route::UserMe)).await {
        Ok((me, date)) => {
            found.drift = date.map(|date| SignedDuration::from_secs(date.as_second() - clock.now().as_second()));
            me
        }
        Err(trouble) => {
            found.bot = Err(trouble.to_string());
            return Ok(found);
        }
    };
    found.bot = Ok(me["username"].as_str().unwrap_or_default().to_owned());
    if let Ok(application) = rest.call(Call::get(Route::Oauth2ApplicationCurrent)).await {
        found.members_intent = application["flags"].as_u64().map(|flags| flags & MEMBERS_GRANTED != 0);
        let content = application["flags"].as_u64().map(|flags| flags & CONTENT_GRANTED != 0);
        found.content_intent = content.filter(|_| config.message_content);
        found.invitation = id(&application["id"]).map(|id| invitation(id, config.message_content));
    }
    if let Some(bot) = id(&me["id"]) {
        found.servers = servers(&rest, bot, permissions(config.message_content)).await;
    }
    Ok(found)
}

async fn servers(rest: &Rest, bot: u64, needed: Permissions) -> Vec<Server> {
    let guilds = rest.call(Call::get(Route::UserMeGuilds)).await.unwrap_or_default();
    let mut servers = Vec::new();
    for guild in guilds.as_array().into_iter().flatten().filter_map(|guild| id(&guild["id"])).take(SERVERS_MAX) {
        let guild_id = guild.into();
        let server = rest.call(Call::get(Route::Guild { guild_id })).await;
        let own = rest.call(Call::get(Route::GuildMember { guild_id, user_id: bot.into() })).await;
        let (Ok(server), Ok(own)) = (server, own) else { continue };
        if let Some(plan) = Plan::read(&server, &serde_json::Value::Null, &own) {
            let missing = missing(needed, plan.may(bot, &plan.bot_roles));
            servers.push(Server { name: plan.name, missing });
        }
    }
    servers
}

/// The permissions that are lacking, as Discord calls them.
fn missing(needed: Permissions, given: Permissions) -> Vec<String> {
    (needed - given).iter_names().map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invitation_asks_for_what_is_needed_and_no_more() {
        insta::assert_snapshot!(
            invitation(42, false),
            @"https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions=377957207040"
        );
        let more = permissions(true) - permissions(false);
        assert_eq!(more, Permissions::MANAGE_MESSAGES | Permissions::MANAGE_WEBHOOKS);
        assert!(!permissions(true).intersects(Permissions::ADMINISTRATOR | Permissions::MENTION_EVERYONE));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(missing(PERMISSIONS, PERMISSIONS), Vec::<String>::new());
        assert_eq!(missing(PERMISSIONS, PERMISSIONS - Permissions::EMBED_LINKS), ["EMBED_LINKS"]);
    }
}
