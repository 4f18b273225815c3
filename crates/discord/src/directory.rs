//! Questions to Discord about people and channels, and their answers in core's words.
//!
//! Discord tells of people one by one, never who is in a channel or has a role. So for each channel and role that
//! core has asked about, the answer is remembered, and changes of people's roles are measured against it.

use crate::{
    Discord,
    deliver::{Purpose, outcome},
    guild::{Plan, Resident},
    inbound::{guild_of, interaction::administers, said::words, snowflake},
    listen::Signs,
    rest::Call,
};
use jeda_core::{
    event::{Errand, GroupFacts, MemberFacts, Refusal, Seen, Spot},
    id::{ChannelId, GroupId, UserId, WorkspaceId},
};
use jeda_engine::Delivery;
use serde_json::{Value, value::RawValue};
use serenity::http::Route;
use std::collections::{BTreeSet, HashMap};

/// People in one page of a server's list (Discord's largest).
const PAGE: usize = 1_000;
/// Pages that are read at most: a million people; more is a loop.
const PAGES_MAX: usize = 1_000;

/// What core asked about, with the answer it has.
#[derive(Debug, Default)]
pub(crate) struct Watched {
    /// Channel to (server, people).
    pub(crate) channels: HashMap<u64, (u64, BTreeSet<u64>)>,
    /// Role to (server, people).
    pub(crate) roles: HashMap<u64, (u64, BTreeSet<u64>)>,
}

impl Watched {
    /// What a person's roles change in the channels and groups that are watched. `roles` is `None` for somebody
    /// who left. Pure but for remembering the new answer.
    pub(crate) fn moved(&mut self, plan: &Plan, user: u64, roles: Option<&[u64]>) -> Vec<Seen> {
        let mut seen = Vec::new();
        for (channel, (guild, people)) in &mut self.channels {
            let inside = *guild == plan.id && roles.is_some_and(|roles| plan.sees(user, roles, *channel));
            if *guild != plan.id || inside == people.contains(&user) {
                continue;
            }
            let (channel, user_id) = (ChannelId::new(channel.to_string()), UserId::new(user.to_string()));
            if inside {
                people.insert(user);
                seen.push(Seen::Joined { channel, user: user_id });
            } else {
                people.remove(&user);
                seen.push(Seen::Left { channel, user: user_id });
            }
        }
        for (role, (guild, people)) in &mut self.roles {
            let inside = roles.is_some_and(|roles| roles.contains(role) || role == guild);
            let changed = *guild == plan.id && if inside { people.insert(user) } else { people.remove(&user) };
            if changed {
                let members = people.iter().map(|user| UserId::new(user.to_string())).collect();
                seen.push(Seen::GroupMembers { group: GroupId::new(role.to_string()), members });
            }
        }
        seen
    }

    /// Channels of a server that are watched.
    pub(crate) fn channels_of(&self, guild: u64) -> Vec<u64> {
        self.channels.iter().filter(|(_, (it, _))| *it == guild).map(|(channel, _)| *channel).collect()
    }
}

/// One person's facts.
pub(crate) fn facts(plan: &Plan, resident: &Resident) -> MemberFacts {
    MemberFacts {
        user: UserId::new(resident.user.to_string()),
        name: resident.name.clone(),
        zone: None,
        language: None,
        admin: administers(plan.may(resident.user, &resident.roles)),
        bot: resident.bot,
        active: true,
    }
}

/// A role's name; not that of everyone's role, which has the server's id.
fn role(role: &Value, guild: u64) -> Option<GroupFacts> {
    let id = role.get("id")?.as_str().filter(|id| snowflake(id) != Some(guild))?;
    Some(GroupFacts { group: GroupId::new(id), name: role.get("name")?.as_str()?.to_owned() })
}

fn people(users: &[UserId]) -> BTreeSet<u64> {
    users.iter().filter_map(|user| snowflake(user.as_str())).collect()
}

impl Discord {
    /// What somebody wrote. Discord leaves the words out for a bot without the message-content intent.
    async fn words(&self, guild: u64, spot: &Spot) -> Result<Seen, Delivery> {
        let place = spot.thread.as_ref().map_or(spot.channel.as_str(), |thread| thread.as_str());
        let gone = || Seen::Words { spot: spot.clone(), text: None };
        let (Some(channel), Some(message)) = (snowflake(place), snowflake(spot.message.as_str())) else {
            return Ok(gone());
        };
        let route = Route::ChannelMessage { channel_id: channel.into(), message_id: message.into() };
        let found = match self.rest.call(Call::get(route)).await {
            Ok(found) => found,
            Err(trouble) => match outcome(&trouble, Purpose::Again) {
                Delivery::Refused(_) => return Ok(gone()),
                other => return Err(other),
            },
        };
        let plan = self.plan(guild).await?;
        let text = serde_json::from_value(found).ok().map(|message| words(&message, &Signs(Some(plan))));
        Ok(Seen::Words { spot: spot.clone(), text: text.filter(|text| !text.trim().is_empty()) })
    }

    pub(crate) async fn try_ask(&self, workspace: &WorkspaceId, errand: &Errand) -> Result<Seen, Delivery> {
        let guild = guild_of(workspace).ok_or(Delivery::Refused(Refusal::Other("not a Discord server".into())))?;
        match errand {
            Errand::Directory => {
                let plan = self.plan(guild).await?;
                let residents = self.residents(guild).await?;
                Ok(Seen::Directory(residents.iter().map(|it| facts(&plan, it)).collect()))
            }
            Errand::Channels => {
                let plan = self.fresh_plan(guild).await?;
                let bot = self.bot().await.map_err(|trouble| outcome(&trouble, Purpose::Again))?;
                Ok(Seen::Channels(plan.all_facts(bot)))
            }
            Errand::Member(user) => self.member(guild, user).await,
            Errand::ChannelMembers(channel) => {
                let id = snowflake(channel.as_str()).ok_or(Delivery::Refused(Refusal::ChannelGone))?;
                let plan = self.plan(guild).await?;
                if !plan.rooms.contains_key(&id) {
                    return Err(Delivery::Refused(Refusal::ChannelGone));
                }
                let members = plan.audience(id, &self.residents(guild).await?);
                self.watched().channels.insert(id, (guild, people(&members)));
                Ok(Seen::ChannelMembers { channel: channel.clone(), members })
            }
            // Discord tells nobody of it, so core doesn't ask.
            Errand::Words(spot) => self.words(guild, spot).await,
            Errand::Pauses(asked) => Ok(Seen::Pauses { asked: asked.clone(), paused: Vec::new() }),
            Errand::Calendar { .. } => {
                Err(Delivery::Refused(Refusal::Other("no platform knows of calendars".to_owned())))
            }
            Errand::Groups => {
                let route = Route::GuildRoles { guild_id: guild.into() };
                let roles =
                    self.rest.call(Call::get(route)).await.map_err(|trouble| outcome(&trouble, Purpose::Again))?;
                Ok(Seen::Groups(roles.as_array().into_iter().flatten().filter_map(|it| role(it, guild)).collect()))
            }
            Errand::GroupMembers(group) => {
                let id = snowflake(group.as_str())
                    .ok_or_else(|| Delivery::Refused(Refusal::Other("no such role".into())))?;
                let residents = self.residents(guild).await?;
                // The role of everyone, which has the server's id, is in nobody's list.
                let inside = residents.iter().filter(|it| !it.bot && (id == guild || it.roles.contains(&id)));
                let members: Vec<UserId> = inside.map(|it| UserId::new(it.user.to_string())).collect();
                self.watched().roles.insert(id, (guild, people(&members)));
                Ok(Seen::GroupMembers { group: group.clone(), members })
            }
        }
    }

    async fn member(&self, guild: u64, user: &UserId) -> Result<Seen, Delivery> {
        let gone = Delivery::Refused(Refusal::MemberGone);
        let id = snowflake(user.as_str()).ok_or(gone.clone())?;
        let route = Route::GuildMember { guild_id: guild.into(), user_id: id.into() };
        let member = match self.rest.call(Call::get(route)).await {
            Ok(member) => member,
            // 10007: not in this server.
            Err(trouble) if matches!(trouble.code(), Some(10_007 | 10_013)) => return Err(gone),
            Err(trouble) => return Err(outcome(&trouble, Purpose::Again)),
        };
        let plan = self.plan(guild).await?;
        Resident::read(&member).map(|it| Seen::Member(facts(&plan, &it))).ok_or(gone)
    }

    /// Everyone in a server, page by page.
    pub(crate) async fn residents(&self, guild: u64) -> Result<Vec<Resident>, Delivery> {
        let mut all = Vec::new();
        let mut after = 0;
        for _ in 0..PAGES_MAX {
            let route = Route::GuildMembers { guild_id: guild.into() };
            let call = Call::get(route).param("limit", PAGE).param("after", after);
            let page = self.rest.list(call).await.map_err(|trouble| outcome(&trouble, Purpose::Again))?;
            let resident = |it: &RawValue| Resident::read(&serde_json::from_str(it.get()).ok()?);
            let page: Vec<Resident> = page.iter().filter_map(|it| resident(it)).collect();
            let (length, last) = (page.len(), page.iter().map(|it| it.user).max());
            all.extend(page);
            match last {
                Some(last) if length >= PAGE => after = last,
                _ => break,
            }
        }
        Ok(all)
    }

    /// A server's plan, as the gateway told it or, where it has not yet, as Discord answers.
    pub(crate) async fn plan(&self, guild: u64) -> Result<Plan, Delivery> {
        match self.known_plan(guild) {
            Some(plan) => Ok(plan),
            None => self.fresh_plan(guild).await,
        }
    }

    async fn fresh_plan(&self, guild: u64) -> Result<Plan, Delivery> {
        let ask = async |route: Route<'_>| -> Result<Value, Delivery> {
            self.rest.call(Call::get(route)).await.map_err(|trouble| outcome(&trouble, Purpose::Again))
        };
        let bot = self.bot().await.map_err(|trouble| outcome(&trouble, Purpose::Again))?;
        let guild_id = guild.into();
        let server = ask(Route::Guild { guild_id }).await?;
        let channels = ask(Route::GuildChannels { guild_id }).await?;
        let own = ask(Route::GuildMember { guild_id, user_id: bot.into() }).await?;
        let plan = Plan::read(&server, &channels, &own)
            .ok_or_else(|| Delivery::Later { after: None, why: "a server that can't be read".into() })?;
        self.put_plan(plan.clone());
        Ok(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn plan() -> Plan {
        let guild = json!({"id": "200", "name": "Town", "owner_id": "99", "roles": [
            {"id": "200", "name": "@everyone", "permissions": "1024"},
            {"id": "9", "name": "ops", "permissions": "0"},
            {"id": "11", "name": "lead", "permissions": "32"},
        ]});
        let ops = json!([{"id": "301", "type": 0, "name": "ops", "permission_overwrites": [
            {"id": "200", "type": 0, "allow": "0", "deny": "1024"},
            {"id": "9", "type": 0, "allow": "1024", "deny": "0"},
        ]}]);
        Plan::read(&guild, &ops, &json!({"roles": []})).unwrap()
    }

    #[test]
    fn a_role_given_and_taken_moves_somebody_through_channels_and_groups() {
        let plan = plan();
        let mut watched = Watched::default();
        watched.channels.insert(301, (200, BTreeSet::from([8])));
        watched.roles.insert(9, (200, BTreeSet::from([8])));
        assert_eq!(watched.moved(&plan, 7, Some(&[])), []);
        let (channel, user) = (ChannelId::new("301"), UserId::new("7"));
        let both = |users: &[&str]| users.iter().map(|it| UserId::new(*it)).collect::<Vec<_>>();
        assert_eq!(
            watched.moved(&plan, 7, Some(&[9])),
            [
                Seen::Joined { channel: channel.clone(), user: user.clone() },
                Seen::GroupMembers { group: GroupId::new("9"), members: both(&["7", "8"]) },
            ]
        );
        assert_eq!(watched.moved(&plan, 7, Some(&[9])), [], "told once");
        assert_eq!(
            watched.moved(&plan, 7, None),
            [Seen::Left { channel, user }, Seen::GroupMembers { group: GroupId::new("9"), members: both(&["8"]) }]
        );
    }

    #[test]
    fn who_may_configure_the_server_is_an_administrator() {
        let plan = plan();
        let resident = |user, roles: &[u64]| Resident { user, name: "x".into(), bot: false, roles: roles.to_vec() };
        assert!(facts(&plan, &resident(7, &[11])).admin && facts(&plan, &resident(99, &[])).admin);
        assert!(!facts(&plan, &resident(7, &[9])).admin);
    }
}
