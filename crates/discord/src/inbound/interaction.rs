//! Slash commands, buttons, forms and what is asked while an argument is typed.

use super::{name_of, said::mentions, workspace};
use crate::render::read_custom_id;
use jeda_core::{
    action::{Action, FormId},
    command::{ArgKind, Invocation, MENU, find},
    copy,
    event::{Event, Inbound, Origin, Pointed, Spot},
    id::{ChannelId, InboxKey, MessageId, UserId, WorkspaceId},
    language::Language,
    norm::Entry,
};
use jiff::Timestamp;
use serenity::model::{
    application::{
        ActionRowComponent, CommandDataOption, CommandDataOptionValue as Given, CommandDataResolved,
        CommandInteraction, CommandType, Interaction, ModalInteraction,
    },
    guild::Member,
    permissions::Permissions,
    user::User,
};
use std::collections::BTreeMap;

/// An interaction, read.
#[derive(Clone)]
pub(crate) struct Heard {
    /// Its id; names it in the inbox, and in the address of its answer.
    pub(crate) id: u64,
    /// The application that was addressed.
    pub(crate) application: u64,
    /// The key to its answer. A secret for 15 minutes.
    pub(crate) token: String,
    /// The server it happened in; none in a direct message.
    pub(crate) guild: Option<u64>,
    /// The server that spoke the message whose button was pressed.
    pub(crate) hint: Option<u64>,
    /// Who and where.
    pub(crate) by: Origin,
    /// What.
    pub(crate) asked: Asked,
}

/// Tokens stay out of whatever prints this.
impl std::fmt::Debug for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Heard").field("id", &self.id).field("guild", &self.guild).finish_non_exhaustive()
    }
}

/// What somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A slash command.
    Command(Invocation),
    /// A button.
    Click(Action),
    /// A form.
    Submit {
        form: FormId,
        values: BTreeMap<String, String>,
        /// It was opened by a button, so there is a message to go back to.
        from_message: bool,
    },
    /// An entry in the menu of a message.
    Pointed { entry: Entry, at: Box<Pointed> },
    /// What to offer while an argument is typed.
    Suggest { invocation: Invocation, argument: String, typed: String },
    /// A button or form that is none of ours (any more).
    Strange,
}

impl Heard {
    /// The event for the inbox, once it is known which workspace it belongs to. Suggestions and strange buttons
    /// never go there.
    pub(crate) fn inbound(&self, guild: u64) -> Option<Inbound> {
        let by = self.by.clone();
        let event = match &self.asked {
            Asked::Command(invocation) => Event::Command { by, invocation: invocation.clone() },
            Asked::Click(action) => Event::Click { by, action: action.clone() },
            Asked::Submit { form, values, .. } => Event::Submit { by, form: form.clone(), values: values.clone() },
            Asked::Pointed { entry, at } => Event::Pointed { by, entry: *entry, at: at.clone() },
            Asked::Suggest { .. } | Asked::Strange => return None,
        };
        let workspace: WorkspaceId = workspace(guild);
        Some(Inbound { key: InboxKey::new(format!("interaction/{}", self.id)), workspace, event })
    }
}

/// Reads an interaction. `None` for kinds that a bot on the gateway is never sent.
pub(crate) fn interaction(interaction: &Interaction) -> Option<Heard> {
    let (hint, asked) = match interaction {
        Interaction::Command(it) if it.data.kind == CommandType::Message => {
            (None, pointed(it).unwrap_or(Asked::Strange))
        }
        Interaction::Command(it) => (None, Asked::Command(invocation(it))),
        Interaction::Autocomplete(it) => (None, suggestion(it)),
        Interaction::Component(it) => {
            let token = read_custom_id(&it.data.custom_id);
            (token.guild, Action::decode(token.token).map_or(Asked::Strange, Asked::Click))
        }
        Interaction::Modal(it) => {
            let token = read_custom_id(&it.data.custom_id);
            (token.guild, submission(it, token.token))
        }
        _ => return None,
    };
    let (id, application, token, guild, channel, locale) = match interaction {
        Interaction::Command(it) | Interaction::Autocomplete(it) => {
            (it.id, it.application_id, &it.token, it.guild_id, it.channel_id, &it.locale)
        }
        Interaction::Component(it) => (it.id, it.application_id, &it.token, it.guild_id, it.channel_id, &it.locale),
        Interaction::Modal(it) => (it.id, it.application_id, &it.token, it.guild_id, it.channel_id, &it.locale),
        _ => return None,
    };
    let (user, member) = who(interaction)?;
    let writes_there = match interaction {
        Interaction::Command(it) => writes_there(it),
        _ => None,
    };
    Some(Heard {
        id: id.get(),
        application: application.get(),
        token: token.clone(),
        guild: guild.map(|guild| guild.get()),
        hint,
        by: Origin {
            user: UserId::new(user.id.to_string()),
            channel: Some(ChannelId::new(channel.to_string())),
            name: Some(name_of(member.and_then(|member| member.nick.as_deref()), user)),
            language: Language::from_locale(locale),
            admin: member.and_then(|member| member.permissions).map(administers),
            writes_there,
        },
        asked,
    })
}

/// Whether these permissions make somebody an administrator in core's sense: they may configure the server.
pub(crate) fn administers(permissions: Permissions) -> bool {
    permissions.intersects(Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD)
}

/// Whether whoever gives a command may write in the channel that they named, as Discord says of each such channel; where
/// they named none, in the one where they are.
fn writes_there(command: &CommandInteraction) -> Option<bool> {
    let needed = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let may = |it: Permissions| it.contains(needed) || it.contains(Permissions::ADMINISTRATOR);
    let named = &command.data.resolved.channels;
    if named.is_empty() {
        return command.member.as_deref().and_then(|member| member.permissions).map(may);
    }
    named.values().filter_map(|channel| channel.permissions).map(may).min()
}

fn who(interaction: &Interaction) -> Option<(&User, Option<&Member>)> {
    match interaction {
        Interaction::Command(it) | Interaction::Autocomplete(it) => Some((&it.user, it.member.as_deref())),
        Interaction::Component(it) => Some((&it.user, it.member.as_ref())),
        Interaction::Modal(it) => Some((&it.user, it.member.as_ref())),
        _ => None,
    }
}

fn invocation(command: &CommandInteraction) -> Invocation {
    let mut path = vec![command.data.name.clone()];
    let options = innermost(&command.data.options, &mut path);
    let known = find(&path);
    let mut args = BTreeMap::new();
    for option in options {
        let kind =
            known.and_then(|command| command.args.iter().find(|arg| arg.name == option.name)).map(|arg| arg.kind);
        if let Some(value) = given(&option.value, kind, &command.data.resolved) {
            args.insert(option.name.clone(), value);
        }
    }
    Invocation { path, args, trouble: None }
}

/// What was chosen in the menu of a message. Its words come along whatever intents the bot has.
fn pointed(command: &CommandInteraction) -> Option<Asked> {
    let entry = MENU.iter().find(|entry| copy::norm::menu_name(Language::En, entry) == command.data.name)?.entry;
    let target = command.data.target_id?.to_message_id();
    let message = command.data.resolved.messages.get(&target)?;
    let is_theirs = !message.author.bot && message.webhook_id.is_none();
    let at = Pointed {
        // Whether this channel is a thread is for whoever knows the server to say.
        spot: Spot {
            channel: ChannelId::new(message.channel_id.to_string()),
            thread: None,
            message: MessageId::new(message.id.to_string()),
        },
        author: is_theirs.then(|| UserId::new(message.author.id.to_string())),
        at: Timestamp::from_second(message.timestamp.unix_timestamp()).ok()?,
        text: Some(message.content.clone()).filter(|text| !text.trim().is_empty()),
        mentions: mentions(&message.mentions, &message.mention_roles, message.mention_everyone),
    };
    Some(Asked::Pointed { entry, at: Box::new(at) })
}

/// The options of the subcommand that was chosen, adding its name to the path.
fn innermost<'o>(options: &'o [CommandDataOption], path: &mut Vec<String>) -> &'o [CommandDataOption] {
    let mut options = options;
    while let [only] = options
        && let Given::SubCommand(inner) | Given::SubCommandGroup(inner) = &only.value
    {
        path.push(only.name.clone());
        options = inner;
    }
    options
}

/// An argument in core's spelling.
fn given(value: &Given, kind: Option<ArgKind>, resolved: &CommandDataResolved) -> Option<String> {
    Some(match value {
        Given::String(text) | Given::Autocomplete { value: text, .. } => typed(text, kind),
        Given::Channel(id) => format!("<#{id}>"),
        Given::User(id) => format!("<@{id}>"),
        Given::Role(id) => format!("<&{id}>"),
        Given::Mentionable(id) if resolved.roles.contains_key(&id.get().into()) => format!("<&{id}>"),
        Given::Mentionable(id) => format!("<@{id}>"),
        Given::Boolean(value) => value.to_string(),
        Given::Integer(value) => value.to_string(),
        Given::Number(value) => value.to_string(),
        _ => return None,
    })
}

/// Typed text: where people are asked for, mentions become core's; elsewhere they stay as they were typed.
fn typed(text: &str, kind: Option<ArgKind>) -> String {
    match kind {
        Some(ArgKind::People) => text.replace("<@!", "<@").replace("<@&", "<&"),
        _ => text.to_owned(),
    }
}

fn suggestion(command: &CommandInteraction) -> Asked {
    let Some(option) = command.data.autocomplete() else { return Asked::Strange };
    Asked::Suggest { invocation: invocation(command), argument: option.name.to_owned(), typed: option.value.to_owned() }
}

fn submission(modal: &ModalInteraction, token: &str) -> Asked {
    let Ok(form) = FormId::decode(token) else { return Asked::Strange };
    let fields = modal.data.components.iter().flat_map(|row| &row.components);
    let values = fields.filter_map(|field| match field {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    Asked::Submit { form, values: values.collect(), from_message: modal.message.is_some() }
}
