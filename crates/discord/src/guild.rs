//! What a server looks like: its roles, its channels, and who may see which. Pure.
//!
//! Discord's permissions are computed as its documentation has it ("Permissions", "Permission Overwrites"): the
//! role of everyone and one's own roles are united; the owner and administrators may everything; then a channel's
//! overwrites apply, first those of everyone, then all of one's roles together, then one's own.

use crate::commands::TEXT_CHANNELS;
use jeda_core::{
    event::ChannelFacts,
    id::{ChannelId, UserId},
    language::Language,
};
use serde_json::Value;
use serenity::model::{
    channel::{GuildChannel, PermissionOverwriteType},
    guild::{Guild, Role},
    permissions::Permissions,
};
use std::collections::HashMap;

/// The id of no user.
const NOBODY: u64 = 0;

/// A server's plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) language: Option<Language>,
    pub(crate) owner: u64,
    pub(crate) roles: HashMap<u64, RolePlan>,
    pub(crate) rooms: HashMap<u64, Room>,
    /// Threads, each with the channel that it is in.
    pub(crate) threads: HashMap<u64, u64>,
    /// The bot's own roles.
    pub(crate) bot_roles: Vec<u64>,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RolePlan {
    pub(crate) name: String,
    pub(crate) permissions: Permissions,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) name: String,
    pub(crate) kind: u8,
    pub(crate) overwrites: Vec<Overwrite>,
}

/// An exception to the roles in one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Overwrite {
    /// A person; otherwise a role.
    pub(crate) person: bool,
    pub(crate) id: u64,
    pub(crate) allow: Permissions,
    pub(crate) deny: Permissions,
}

/// Somebody in a server, as its list of people has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resident {
    pub(crate) user: u64,
    pub(crate) name: String,
    pub(crate) bot: bool,
    pub(crate) roles: Vec<u64>,
}

/// What the bot has to have in a channel to post a report with its thread.
pub(crate) const NEEDED: Permissions =
    Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES).union(Permissions::READ_MESSAGE_HISTORY);

impl Plan {
    /// From the gateway.
    pub(crate) fn of(guild: &Guild, bot: Option<u64>) -> Self {
        let mut plan = Self {
            id: guild.id.get(),
            name: guild.name.clone(),
            language: language(&guild.preferred_locale),
            owner: guild.owner_id.get(),
            ..Self::default()
        };
        for role in guild.roles.values() {
            plan.put_role(role);
        }
        for channel in guild.channels.values() {
            plan.put_room(channel);
        }
        for thread in &guild.threads {
            plan.put_thread(thread);
        }
        let own = bot.and_then(|bot| guild.members.get(&bot.into()));
        plan.bot_roles = own.map(|own| own.roles.iter().map(|role| role.get()).collect()).unwrap_or_default();
        plan
    }

    /// From `GET /guilds/{id}`, `GET /guilds/{id}/channels` and the bot's own membership.
    pub(crate) fn read(guild: &Value, channels: &Value, own: &Value) -> Option<Self> {
        Some(Self {
            id: id(&guild["id"])?,
            name: guild["name"].as_str()?.to_owned(),
            language: guild["preferred_locale"].as_str().and_then(language),
            owner: id(&guild["owner_id"])?,
            roles: list(&guild["roles"]).filter_map(|role| Some((id(&role["id"])?, RolePlan::read(role)))).collect(),
            threads: HashMap::new(),
            rooms: list(channels).filter_map(|room| Some((id(&room["id"])?, Room::read(room)))).collect(),
            bot_roles: ids(&own["roles"]),
        })
    }

    pub(crate) fn put_thread(&mut self, thread: &GuildChannel) {
        if let Some(parent) = thread.parent_id {
            self.threads.insert(thread.id.get(), parent.get());
        }
    }

    /// The channel that somebody writes in, and the thread in it; nothing where that is neither.
    pub(crate) fn place(&self, channel: u64) -> Option<(u64, Option<u64>)> {
        match self.threads.get(&channel) {
            Some(parent) => Some((*parent, Some(channel))),
            None => self.rooms.contains_key(&channel).then_some((channel, None)),
        }
    }

    pub(crate) fn put_role(&mut self, role: &Role) {
        let plan = RolePlan { name: role.name.clone(), permissions: role.permissions };
        self.roles.insert(role.id.get(), plan);
    }

    pub(crate) fn put_room(&mut self, channel: &GuildChannel) {
        let overwrites = channel.permission_overwrites.iter().filter_map(|it| {
            let (person, id) = match it.kind {
                PermissionOverwriteType::Member(id) => (true, id.get()),
                PermissionOverwriteType::Role(id) => (false, id.get()),
                _ => return None,
            };
            Some(Overwrite { person, id, allow: it.allow, deny: it.deny })
        });
        let room = Room { name: channel.name.clone(), kind: channel.kind.into(), overwrites: overwrites.collect() };
        self.rooms.insert(channel.id.get(), room);
    }

    /// What somebody may in the server as a whole.
    pub(crate) fn may(&self, user: u64, roles: &[u64]) -> Permissions {
        if user == self.owner {
            return Permissions::all();
        }
        // The role of everyone has the server's own id.
        let own = roles.iter().chain([&self.id]).filter_map(|role| self.roles.get(role));
        let all = own.fold(Permissions::empty(), |all, role| all | role.permissions);
        if all.contains(Permissions::ADMINISTRATOR) { Permissions::all() } else { all }
    }

    /// What somebody may in a channel; nothing in one that isn't there.
    pub(crate) fn may_in(&self, user: u64, roles: &[u64], channel: u64) -> Permissions {
        let base = self.may(user, roles);
        let Some(room) = self.rooms.get(&channel) else { return Permissions::empty() };
        if base.contains(Permissions::ADMINISTRATOR) {
            return base;
        }
        let mut may = base;
        let mut apply = |overwrites: &mut dyn Iterator<Item = &Overwrite>| {
            let (allow, deny) = overwrites.fold((Permissions::empty(), Permissions::empty()), |(allow, deny), it| {
                (allow | it.allow, deny | it.deny)
            });
            may = (may - deny) | allow;
        };
        apply(&mut room.overwrites.iter().filter(|it| !it.person && it.id == self.id));
        apply(&mut room.overwrites.iter().filter(|it| !it.person && it.id != self.id && roles.contains(&it.id)));
        apply(&mut room.overwrites.iter().filter(|it| it.person && it.id == user));
        may
    }

    /// Whether somebody sees a channel, and so counts as being in it.
    pub(crate) fn sees(&self, user: u64, roles: &[u64], channel: u64) -> bool {
        self.may_in(user, roles, channel).contains(Permissions::VIEW_CHANNEL)
    }

    /// Which people of a list are in a channel; bots are not people.
    pub(crate) fn audience(&self, channel: u64, residents: &[Resident]) -> Vec<UserId> {
        residents
            .iter()
            .filter(|it| !it.bot && self.sees(it.user, &it.roles, channel))
            .map(|it| UserId::new(it.user.to_string()))
            .collect()
    }

    /// A channel's facts; `None` for what no report can go to (voice, categories, forums).
    pub(crate) fn facts(&self, channel: u64, bot: u64) -> Option<ChannelFacts> {
        let room = self.rooms.get(&channel).filter(|room| TEXT_CHANNELS.contains(&room.kind))?;
        Some(ChannelFacts {
            channel: ChannelId::new(channel.to_string()),
            name: room.name.clone(),
            open: self.may_in(bot, &self.bot_roles, channel).contains(NEEDED),
            archived: false,
            // Nobody without a role of their own sees it.
            private: Some(!self.sees(NOBODY, &[], channel)),
            takes_back: self.holds_in(bot, channel),
        })
    }

    /// Every channel that a report could go to.
    pub(crate) fn all_facts(&self, bot: u64) -> Vec<ChannelFacts> {
        let mut channels: Vec<u64> = self.rooms.keys().copied().collect();
        channels.sort_unstable();
        channels.into_iter().filter_map(|channel| self.facts(channel, bot)).collect()
    }
}

impl RolePlan {
    fn read(role: &Value) -> Self {
        let name = role["name"].as_str().unwrap_or_default().to_owned();
        Self { name, permissions: permissions(&role["permissions"]) }
    }
}

impl Room {
    fn read(room: &Value) -> Self {
        let overwrites = list(&room["permission_overwrites"]).filter_map(|it| {
            let person = it["type"].as_u64() == Some(1) || it["type"].as_str() == Some("1");
            Some(Overwrite {
                person,
                id: id(&it["id"])?,
                allow: permissions(&it["allow"]),
                deny: permissions(&it["deny"]),
            })
        });
        Self {
            name: room["name"].as_str().unwrap_or_default().to_owned(),
            kind: room["type"].as_u64().and_then(|kind| kind.try_into().ok()).unwrap_or(u8::MAX),
            overwrites: overwrites.collect(),
        }
    }
}

impl Resident {
    /// From one entry of `GET /guilds/{id}/members`.
    pub(crate) fn read(member: &Value) -> Option<Self> {
        let user = &member["user"];
        let name = [&member["nick"], &user["global_name"], &user["username"]].into_iter().find_map(Value::as_str);
        Some(Self {
            user: id(&user["id"])?,
            name: name.unwrap_or_default().to_owned(),
            bot: user["bot"].as_bool().unwrap_or(false) || user["system"].as_bool().unwrap_or(false),
            roles: ids(&member["roles"]),
        })
    }
}

/// A server's language, where it was chosen: Discord puts `en-US` for every server that isn't a community, so
/// English says nothing.
fn language(locale: &str) -> Option<Language> {
    Language::from_locale(locale).filter(|language| *language != Language::En)
}

/// An id in JSON: text, as Discord sends it.
pub(crate) fn id(value: &Value) -> Option<u64> {
    value.as_str().and_then(crate::inbound::snowflake)
}

fn ids(value: &Value) -> Vec<u64> {
    list(value).filter_map(id).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn permissions(value: &Value) -> Permissions {
    value.as_str().and_then(|text| text.parse().ok()).map_or(Permissions::empty(), Permissions::from_bits_truncate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ANA: u64 = 7;
    const BOT: u64 = 1;

    /// Server 200: #general for all, #ops for the role 9 and for budi, #news where nobody but the bot may write.
    fn plan() -> Plan {
        let view = Permissions::VIEW_CHANNEL.bits().to_string();
        let guild = json!({
            "id": "200", "name": "Town", "owner_id": "99", "preferred_locale": "id",
            "roles": [
                {"id": "200", "name": "@everyone", "permissions": NEEDED.bits().to_string()},
                {"id": "9", "name": "ops", "permissions": "0"},
                {"id": "10", "name": "mayor", "permissions": "8"},
            ],
        });
        let channels = json!([
            {"id": "300", "type": 0, "name": "general", "permission_overwrites": []},
            {"id": "301", "type": 0, "name": "ops", "permission_overwrites": [
                {"id": "200", "type": 0, "allow": "0", "deny": view},
                {"id": "9", "type": 0, "allow": view, "deny": "0"},
                {"id": "8", "type": 1, "allow": view, "deny": "0"},
            ]},
            {"id": "302", "type": 2, "name": "Voice", "permission_overwrites": []},
        ]);
        Plan::read(&guild, &channels, &json!({"roles": []})).unwrap()
    }

    #[test]
    fn a_channel_holds_whoever_may_see_it() {
        let plan = plan();
        assert!(plan.sees(ANA, &[], 300) && !plan.sees(ANA, &[], 301));
        assert!(plan.sees(ANA, &[9], 301), "by role");
        assert!(plan.sees(8, &[], 301), "by name");
        assert!(plan.sees(ANA, &[10], 301), "administrators see all");
        assert!(plan.sees(99, &[], 301), "the owner sees all");
        assert!(!plan.sees(ANA, &[10], 404), "but not what isn't there");
        let resident = |user, bot, roles: &[u64]| Resident { user, name: "x".into(), bot, roles: roles.to_vec() };
        let all = [resident(ANA, false, &[]), resident(8, false, &[]), resident(5, true, &[9])];
        assert_eq!(plan.audience(301, &all), [UserId::new("8")], "bots are not people");
    }

    #[test]
    fn a_denied_person_stays_out_though_their_role_may() {
        let mut plan = plan();
        let deny = Overwrite { person: true, id: ANA, allow: Permissions::empty(), deny: Permissions::VIEW_CHANNEL };
        plan.rooms.get_mut(&301).unwrap().overwrites.push(deny);
        assert!(!plan.sees(ANA, &[9], 301));
    }

    #[test]
    fn open_means_that_the_bot_can_post_there() {
        let plan = plan();
        let facts = plan.all_facts(BOT);
        assert_eq!(
            facts.iter().map(|it| (it.name.as_str(), it.open)).collect::<Vec<_>>(),
            [("general", true), ("ops", false)]
        );
        assert_eq!(plan.language, Some(Language::Id));
    }

    #[test]
    fn a_resident_is_called_as_the_server_calls_them() {
        let mut member =
            json!({"user": {"id": "7", "username": "ana", "global_name": "Ana"}, "nick": null, "roles": ["9"]});
        assert_eq!(Resident::read(&member).unwrap().name, "Ana");
        member["nick"] = "Ana of Ops".into();
        assert_eq!(
            Resident::read(&member).unwrap(),
            Resident { user: 7, name: "Ana of Ops".into(), bot: false, roles: vec![9] }
        );
    }
}
