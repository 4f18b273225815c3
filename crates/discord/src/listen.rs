//! Everything the gateway tells, on its way to the intake; and the answers to people at the screen.

use crate::{
    Discord, answer, commands,
    connect::{LinkState, Stopped},
    deliver::posted,
    directory::facts as resident_facts,
    gateway::News,
    guild::{Plan, Resident},
    inbound::{self, Asked, Heard, Names, Overheard, Spoken, workspace},
    lanes::Lanes,
    lock,
    mend::{Mended, mend},
    render::{EPHEMERAL, Marks, capabilities, render_reply},
    rest::{Call, Trouble},
};
use jeda_core::{
    copy,
    digest::beginning,
    event::{ChannelFacts, Errand, Event as Happened, Inbound, Origin, Refusal, Replied, Seen, Wrote},
    id::{ChannelId, InboxKey, MessageId, UserId},
    language::Language,
    message::{Message, Reply},
    norm::{Conversation, verdict::Mentions},
};
use jeda_engine::{Delivery, IntakeError, Lately, SharedIntake};
use serde_json::Value;
use serenity::{
    http::{LightMethod, Route},
    model::{
        channel::{GuildChannel, Message as Written},
        event::Event,
        gateway::Ready,
        guild::Guild,
    },
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// The shortest and longest wait before the intake is asked again to take what the platform won't send again.
const AGAIN_MIN: Duration = Duration::from_millis(200);
const AGAIN_MAX: Duration = Duration::from_secs(10);

/// The listener. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Listener {
    pub(crate) discord: Arc<Discord>,
    pub(crate) intake: SharedIntake,
    pub(crate) lanes: Lanes,
    lately: Arc<Lately>,
    pub(crate) shutdown: CancellationToken,
    link: Arc<watch::Sender<LinkState>>,
    /// Counts facts, so that the same fact told twice has two names: somebody may be renamed there and back.
    count: Arc<AtomicU64>,
    started_ms: i64,
}

/// What a server's own ids are called.
pub(crate) struct Signs(pub(crate) Option<Plan>);

impl Names for Signs {
    fn channel(&self, id: u64) -> Option<String> {
        self.0.as_ref()?.rooms.get(&id).map(|room| room.name.clone())
    }
    fn role(&self, id: u64) -> Option<String> {
        self.0.as_ref()?.roles.get(&id).map(|role| role.name.clone())
    }
}

impl Listener {
    pub(crate) fn new(
        discord: Arc<Discord>,
        intake: SharedIntake,
        link: watch::Sender<LinkState>,
        shutdown: CancellationToken,
    ) -> Self {
        let started_ms = discord.clock.now().as_millisecond();
        let (lanes, lately, link, count) = (Lanes::default(), Arc::default(), Arc::new(link), Arc::default());
        Self { discord, intake, lanes, lately, shutdown, link, count, started_ms }
    }

    /// Hears news from the gateway. What has to keep its order waits in a lane; nothing here takes long.
    pub(crate) fn hear(&self, news: News) {
        match news {
            News::Event(event) => {
                self.event(*event);
                // Not before it lies in its lane, where it counts as attended to.
                self.discord.heard.fetch_add(1, Ordering::SeqCst);
            }
            News::Down { why, retry_in } => {
                self.link.send_replace(LinkState::Connecting);
                let retry_in_secs = retry_in.as_secs();
                tracing::warn!(platform = inbound::PLATFORM, why, retry_in_secs, "no connection to Discord");
            }
            // The end, of which `connect` takes care.
            News::Refused { .. } => {}
        }
    }

    fn event(&self, event: Event) {
        match event {
            Event::Ready(it) => {
                // At once: what comes next may be a server, which asks who the bot is.
                *lock(&self.discord.bot) = Some(it.ready.user.id.get());
                self.in_lane("ready".into(), |me| async move { me.ready(it.ready).await });
            }
            Event::Resumed(_) => tracing::info!(platform = inbound::PLATFORM, "connection to Discord resumed"),
            Event::InteractionCreate(it) => {
                if let Some(heard) = inbound::interaction(&it.interaction) {
                    let lane = format!("user/{}", heard.by.user);
                    match heard.asked {
                        // Only a look: it neither waits for others nor holds them up.
                        Asked::Suggest { .. } => drop(tokio::spawn(self.clone().interaction(heard))),
                        _ => self.in_lane(lane, |me| me.interaction(heard)),
                    }
                }
            }
            Event::MessageCreate(it) => self.message(it.message),
            Event::MessageUpdate(it) if let Some(guild) = it.guild_id => {
                let names = Signs(self.discord.known_plan(guild.get()));
                if let Some(overheard) = inbound::overheard_edit(&it, &names) {
                    self.in_channel(overheard, true);
                }
            }
            Event::MessageUpdate(it) => {
                let lane = format!("dm/{}", it.channel_id);
                self.in_lane(lane, |me| async move {
                    let names = me.signs(it.author.as_ref().map(|author| author.id.get())).await;
                    if let Some(spoken) = inbound::edited(&it, &names) {
                        me.said(spoken).await;
                    }
                });
            }
            Event::MessageDelete(it) if let Some(guild) = it.guild_id => {
                let (channel, message) = (it.channel_id.get(), it.message_id.get());
                self.gone(guild.get(), channel, vec![message]);
            }
            Event::MessageDeleteBulk(it) if let Some(guild) = it.guild_id => {
                let all = it.ids.iter().map(|id| id.get()).collect();
                self.gone(guild.get(), it.channel_id.get(), all);
            }
            Event::MessageDelete(it) => {
                if let Some(spoken) = inbound::deleted(&it) {
                    self.in_lane(format!("dm/{}", it.channel_id), |me| async move { me.said(spoken).await });
                }
            }
            Event::Unknown(it) => {
                let kind = it.kind.clone();
                match mend(it) {
                    Mended::Event(event) => self.event(*event),
                    Mended::Unheard => {}
                    Mended::Broken => {
                        tracing::warn!(platform = inbound::PLATFORM, kind, "an event of the gateway can't be read");
                    }
                }
            }
            other => self.server_event(other),
        }
    }

    /// What happens in a server, in the order in which it happens there.
    fn server_event(&self, event: Event) {
        let guild = match &event {
            Event::GuildCreate(it) => it.guild.id,
            Event::GuildDelete(it) => it.guild.id,
            Event::GuildUpdate(it) => it.guild.id,
            Event::GuildMemberAdd(it) => it.member.guild_id,
            Event::GuildMemberUpdate(it) => it.guild_id,
            Event::GuildMemberRemove(it) => it.guild_id,
            Event::GuildRoleCreate(it) => it.role.guild_id,
            Event::GuildRoleUpdate(it) => it.role.guild_id,
            Event::GuildRoleDelete(it) => it.guild_id,
            Event::ChannelCreate(it) => it.channel.guild_id,
            Event::ChannelUpdate(it) => it.channel.guild_id,
            Event::ChannelDelete(it) => it.channel.guild_id,
            Event::ThreadCreate(it) => it.thread.guild_id,
            Event::ThreadDelete(it) => it.thread.guild_id,
            Event::ThreadListSync(it) => it.guild_id,
            _ => return,
        };
        self.in_lane(format!("guild/{guild}"), |me| async move { me.in_server(guild.get(), event).await });
    }

    fn in_lane<F>(&self, lane: String, work: impl FnOnce(Self) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (attention, work) = (self.intake.attend(), work(self.clone()));
        let attended = async move {
            work.await;
            drop(attention);
        };
        if !self.lanes.put(lane.clone(), attended) {
            tracing::error!(platform = inbound::PLATFORM, lane, "too much waits; an event was left out");
        }
    }

    async fn ready(&self, ready: Ready) {
        tracing::info!(platform = inbound::PLATFORM, servers = ready.guilds.len(), "connected to Discord");
        if self.discord.places.note("locked").await.is_some() {
            for guild in self.discord.places.guilds().await {
                self.seen(guild, "unlocked", Seen::Unlocked).await;
            }
            self.discord.places.put_note("locked", "").await;
        }
        self.register_commands(ready.application.id.get()).await;
        self.link.send_replace(LinkState::Up { name: ready.user.name.clone() });
        let me = self.clone();
        tokio::spawn(async move { me.catch_up().await });
    }

    /// Registers the commands when they are not those that were registered last. The memory of that is for this
    /// application: another token begins anew.
    async fn register_commands(&self, application: u64) {
        let all = commands::registration();
        let fingerprint = format!("{application}/{}", commands::fingerprint(&all));
        if self.discord.places.note("commands").await.as_deref() == Some(&fingerprint) {
            return;
        }
        let call = Call::new(LightMethod::Put, Route::Commands { application_id: application.into() }).body(all);
        match self.discord.rest.call(call).await {
            Ok(_) => {
                self.discord.places.put_note("commands", &fingerprint).await;
                tracing::info!(platform = inbound::PLATFORM, "commands registered");
            }
            Err(trouble) => {
                tracing::error!(platform = inbound::PLATFORM, %trouble, "commands were not registered; the next start tries again")
            }
        }
    }

    /// Discord doesn't take the token or the intents: every server is told, once.
    pub(crate) async fn refused(&self, stopped: Stopped) {
        tracing::error!(platform = inbound::PLATFORM, "{stopped}");
        if self.discord.places.note("locked").await.is_none() {
            for guild in self.discord.places.guilds().await {
                self.seen(guild, "locked", Seen::Locked { reason: stopped.code().to_owned() }).await;
            }
            self.discord.places.put_note("locked", stopped.code()).await;
        }
        self.link.send_replace(LinkState::Stopped(stopped));
    }

    // People at the screen.

    async fn interaction(self, heard: Heard) {
        let language = heard.by.language.unwrap_or_default();
        let Some(guild) = self.home(&heard).await else {
            return self.send_answer(&heard, &no_home(&heard, language)).await;
        };
        if let Asked::Suggest { invocation, argument, typed } = &heard.asked {
            let offers = self.intake.suggest(&workspace(guild), invocation, argument, typed, &heard.by).await;
            return self.callback(&heard, answer::choices(&offers)).await;
        }
        let Some(inbound) = heard.inbound(guild).map(|inbound| self.in_its_thread(guild, inbound)) else {
            return self.send_answer(&heard, &answer::answer(&heard.asked, None, Some(guild))).await;
        };
        let taking = self.intake.take(inbound);
        tokio::pin!(taking);
        match tokio::time::timeout(answer::DEFER_AFTER, &mut taking).await {
            Ok(taken) => {
                let reply = self.reply(taken, language);
                self.send_answer(&heard, &answer::answer(&heard.asked, reply.as_ref(), Some(guild))).await;
            }
            Err(_) => {
                self.callback(&heard, answer::wait(&heard.asked)).await;
                let reply = self.reply(taking.await, language);
                self.send_late(&heard, &answer::late_answer(&heard.asked, reply.as_ref(), Some(guild), language)).await;
            }
        }
    }

    /// A message that was pointed at, in its thread where it is in one: there a thread is a channel of its own.
    fn in_its_thread(&self, guild: u64, mut inbound: Inbound) -> Inbound {
        if let Happened::Pointed { at, .. } = &mut inbound.event
            && let Some(place) = inbound::snowflake(at.spot.channel.as_str())
            && let Some((channel, thread)) = self.discord.place(guild, place)
        {
            at.spot.channel = ChannelId::new(channel.to_string());
            at.spot.thread = thread.map(|thread| MessageId::new(thread.to_string()));
        }
        inbound
    }

    /// What the intake says; that it could not keep the event, where it couldn't.
    fn reply(&self, taken: Result<Option<Reply>, IntakeError>, language: Language) -> Option<Reply> {
        taken.unwrap_or_else(|error| {
            tracing::error!(platform = inbound::PLATFORM, %error, "an interaction was not taken");
            Some(Reply::Say(copy::reply::not_kept(language)))
        })
    }

    /// The server that an interaction belongs to.
    async fn home(&self, heard: &Heard) -> Option<u64> {
        match heard.guild {
            Some(guild) => Some(guild),
            None => self.home_of(inbound::snowflake(heard.by.user.as_str())?, heard.hint).await,
        }
    }

    /// The server that somebody's direct message belongs to (see `places` for the rule).
    pub(crate) async fn home_of(&self, user: u64, hint: Option<u64>) -> Option<u64> {
        if let Some(home) = self.discord.places.home_of(user, hint).await {
            return Some(home);
        }
        let guilds = self.discord.places.guilds().await;
        let mut unsure = None;
        for guild in &guilds {
            let person = Errand::Member(UserId::new(user.to_string()));
            match self.discord.try_ask(&workspace(*guild), &person).await {
                Ok(_) => {
                    self.discord.places.spoke(*guild, user).await;
                    return Some(*guild);
                }
                Err(Delivery::Refused(Refusal::MemberGone)) => {}
                Err(_) => unsure = Some(*guild),
            }
        }
        // Where nobody can say who is in the only server there is, it is not a reason to serve no one.
        unsure.filter(|_| guilds.len() == 1)
    }

    async fn send_answer(&self, heard: &Heard, answer: &answer::Answer) {
        self.callback(heard, answer.first.clone()).await;
        self.follow_up(heard, &answer.more).await;
    }

    async fn send_late(&self, heard: &Heard, answer: &answer::Answer) {
        if !answer.first.is_null() {
            let application_id = heard.application.into();
            let route = Route::WebhookOriginalInteractionResponse { application_id, token: &heard.token };
            // The flags were settled by "wait"; an edit may not repeat them.
            let mut body = answer.first.clone();
            if let Some(body) = body.as_object_mut() {
                body.remove("flags");
            }
            self.answered(
                heard,
                self.discord.rest.call(Call::new(LightMethod::Patch, route).body(body).exempt()).await,
            );
        }
        self.follow_up(heard, &answer.more).await;
    }

    async fn callback(&self, heard: &Heard, body: Value) {
        let route = Route::InteractionResponse { interaction_id: heard.id.into(), token: &heard.token };
        self.answered(heard, self.discord.rest.call(Call::new(LightMethod::Post, route).body(body).exempt()).await);
    }

    async fn follow_up(&self, heard: &Heard, bodies: &[Value]) {
        for body in bodies {
            let route =
                Route::WebhookFollowupMessages { application_id: heard.application.into(), token: &heard.token };
            let call = Call::new(LightMethod::Post, route).body(body.clone()).exempt();
            self.answered(heard, self.discord.rest.call(call).await);
        }
    }

    /// An answer is best effort: what it answers is durable already.
    fn answered(&self, heard: &Heard, result: Result<Value, Trouble>) {
        if let Err(trouble) = result {
            tracing::warn!(platform = inbound::PLATFORM, interaction = heard.id, %trouble, "an answer did not arrive");
        }
    }

    // Direct messages.

    fn message(&self, message: Written) {
        if Some(message.author.id.get()) == *lock(&self.discord.bot) {
            self.echo(&message);
            return;
        }
        if let Some(guild) = message.guild_id {
            let names = Signs(self.discord.known_plan(guild.get()));
            if let Some(overheard) = inbound::overheard(&message, &names) {
                self.in_channel(overheard, false);
            }
            return;
        }
        self.in_lane(format!("dm/{}", message.channel_id), |me| async move { me.written(&message).await });
    }

    /// That somebody wrote in a channel. What was said lately is noted at once, in the order in which it was said; only
    /// a message that mentions somebody goes further.
    fn in_channel(&self, it: Overheard, edit: bool) {
        let Some((channel, thread)) = self.discord.place(it.guild, it.channel) else { return };
        let conversation = Conversation {
            channel: ChannelId::new(channel.to_string()),
            thread: thread.map(|thread| MessageId::new(thread.to_string())),
        };
        let message = MessageId::new(it.message.to_string());
        self.answered_ours(&it, channel, thread);
        let (edited_from, spoke) = if edit {
            let Some((before, spoke)) = self.lately.edit(&conversation, &message, &it.mentions) else { return };
            (Some(before), spoke)
        } else {
            let spoke = self.lately.hear(&conversation, &message, &it.user, it.at, &it.mentions);
            if it.mentions == Mentions::default() && it.reply_by.is_none() {
                return;
            }
            (None, spoke)
        };
        // What was changed has been read already, and what answers the bot is an answer: both stay.
        let bot = *lock(&self.discord.bot);
        let answers_us = it.answers.is_some_and(|(_, author)| Some(author) == bot);
        let whole = it.whole.filter(|_| !edit && !answers_us && self.discord.holds_in(it.guild, channel));
        let by = Origin { channel: Some(conversation.channel), ..Origin::of(it.user) };
        let (mentions, no_reply_needed, reply_by) = (it.mentions, it.no_reply_needed, it.reply_by);
        let line = it.text.as_deref().map(beginning).filter(|line| !line.is_empty());
        let mut wrote = Wrote {
            by,
            message,
            thread: conversation.thread,
            mentions,
            edited_from,
            no_reply_needed,
            reply_by,
            line,
            spoke,
            whole,
        };
        let (key, guild) = (it.key, it.guild);
        self.in_lane(format!("room/{channel}"), |me| async move {
            if let Some(thread) = thread.filter(|_| wrote.whole.is_some())
                && me.discord.is_ours(channel, thread).await
            {
                wrote.whole = None;
            }
            me.take(Inbound { key, workspace: workspace(guild), event: Happened::Wrote(wrote) }).await;
        });
    }

    /// An answer to one of the bot's messages: in the thread that hangs on it, or as a reply to it.
    fn answered_ours(&self, it: &Overheard, channel: u64, thread: Option<u64>) {
        let bot = *lock(&self.discord.bot);
        let replied_to = it.answers.filter(|(_, author)| Some(*author) == bot).map(|(message, _)| message);
        let Some(to) = thread.or(replied_to) else { return };
        let by = Origin { channel: Some(ChannelId::new(channel.to_string())), ..Origin::of(it.user.clone()) };
        let (message, text) = (MessageId::new(it.message.to_string()), it.text.clone());
        let stands_in = thread.map(|thread| ChannelId::new(thread.to_string()));
        let replied = Replied { by, message, to: MessageId::new(to.to_string()), thread: stands_in, text };
        let event = Happened::Replied(replied);
        let key = InboxKey::new(format!("{}/reply", it.key));
        let inbound = Inbound { key, workspace: workspace(it.guild), event };
        self.in_lane(format!("room/{channel}"), |me| async move {
            if thread.is_none() || me.discord.is_ours(channel, to).await {
                me.take(inbound).await;
            }
        });
    }

    /// Messages of a server's channel are gone.
    fn gone(&self, guild: u64, channel: u64, messages: Vec<u64>) {
        let Some((room, _)) = self.discord.place(guild, channel) else { return };
        self.in_lane(format!("room/{room}"), |me| async move {
            for message in messages {
                let channel = ChannelId::new(room.to_string());
                let event = Happened::TookBack { channel, message: MessageId::new(message.to_string()) };
                let key = InboxKey::new(format!("delete/{message}"));
                me.take(Inbound { key, workspace: workspace(guild), event }).await;
            }
        });
    }

    /// A message of ours, shown by the gateway: the surest sign that it arrived.
    fn echo(&self, message: &Written) {
        let json = serde_json::to_value(message).unwrap_or_default();
        if let (Some(nonce), Some(posted)) = (json["nonce"].as_str(), posted(&json)) {
            self.discord.memory().echoed(nonce.to_owned(), posted);
        }
        self.discord.memory().wrote(message.id.get(), true);
    }

    /// Hears a direct message, new or found later.
    pub(crate) async fn written(&self, message: &Written) {
        let names = self.signs(Some(message.author.id.get())).await;
        if let Some(spoken) = inbound::spoken(message, &names) {
            self.said(spoken).await;
            self.discord.places.hear(message.id.get()).await;
        }
    }

    async fn signs(&self, user: Option<u64>) -> Signs {
        let Some(user) = user else { return Signs(None) };
        Signs(self.discord.places.home_of(user, None).await.and_then(|guild| self.discord.known_plan(guild)))
    }

    async fn said(&self, spoken: Spoken) {
        let user = match spoken.user {
            Some(user) => {
                self.discord.places.opened(user, spoken.channel).await;
                Some(user)
            }
            None => self.discord.places.person_in(spoken.channel).await,
        };
        let Some(user) = user else { return };
        match self.home_of(user, spoken.hint).await {
            Some(guild) => {
                self.take(Inbound { key: spoken.key, workspace: workspace(guild), event: spoken.event }).await;
            }
            None => {
                tracing::warn!(platform = inbound::PLATFORM, "a direct message from somebody in no server of the bot's")
            }
        }
    }

    // Servers.

    async fn in_server(&self, guild: u64, event: Event) {
        match event {
            Event::GuildCreate(it) => self.came_in(it.guild).await,
            Event::GuildDelete(it) if !it.guild.unavailable => {
                self.seen(guild, "removed", Seen::Locked { reason: "removed_from_server".into() }).await;
                self.discord.places.put_note(&format!("removed/{guild}"), "yes").await;
                self.discord.places.in_guild(guild, false).await;
            }
            Event::GuildUpdate(it) => {
                let (name, owner) = (it.guild.name.clone(), it.guild.owner_id.get());
                self.discord.change_plan(guild, |plan| (plan.name, plan.owner) = (name, owner));
            }
            Event::GuildMemberAdd(it) => {
                let member = &it.member;
                self.person(
                    guild,
                    member.user.id.get(),
                    member.user.bot,
                    inbound::name_of(member.nick.as_deref(), &member.user),
                    roles(&member.roles),
                )
                .await;
            }
            Event::GuildMemberUpdate(it) => {
                self.person(
                    guild,
                    it.user.id.get(),
                    it.user.bot,
                    inbound::name_of(it.nick.as_deref(), &it.user),
                    roles(&it.roles),
                )
                .await;
            }
            Event::GuildMemberRemove(it) => {
                let gone = inbound::facts(&it.user, None, false, false);
                self.seen(guild, &format!("member/{}", it.user.id), Seen::Member(gone)).await;
                self.moved(guild, it.user.id.get(), None).await;
            }
            Event::GuildRoleCreate(it) => self.discord.change_plan(guild, |plan| plan.put_role(&it.role)),
            Event::GuildRoleUpdate(it) => {
                self.discord.change_plan(guild, |plan| plan.put_role(&it.role));
                self.rearranged(guild, None).await;
            }
            Event::GuildRoleDelete(it) => {
                self.discord.change_plan(guild, |plan| drop(plan.roles.remove(&it.role_id.get())));
                self.rearranged(guild, None).await;
            }
            Event::ThreadCreate(it) => self.discord.change_plan(guild, |plan| plan.put_thread(&it.thread)),
            Event::ThreadListSync(it) => {
                self.discord.change_plan(guild, |plan| it.threads.iter().for_each(|thread| plan.put_thread(thread)));
            }
            Event::ThreadDelete(it) => {
                self.discord.change_plan(guild, |plan| {
                    plan.threads.remove(&it.thread.id.get());
                });
            }
            Event::ChannelCreate(it) => self.channel(guild, &it.channel).await,
            Event::ChannelUpdate(it) => {
                self.channel(guild, &it.channel).await;
                self.rearranged(guild, Some(it.channel.id.get())).await;
            }
            Event::ChannelDelete(it) => {
                let channel = it.channel.id.get();
                self.discord.change_plan(guild, |plan| drop(plan.rooms.remove(&channel)));
                self.discord.watched().channels.remove(&channel);
                let facts = ChannelFacts {
                    channel: ChannelId::new(channel.to_string()),
                    name: it.channel.name.clone(),
                    open: false,
                    archived: true,
                    private: None,
                    takes_back: false,
                };
                self.seen(guild, &format!("channel/{channel}"), Seen::Channel(facts)).await;
            }
            _ => {}
        }
    }

    /// The bot came (back) into a server.
    async fn came_in(&self, server: Guild) {
        let guild = server.id.get();
        let Ok(bot) = self.discord.bot().await else { return };
        let plan = Plan::of(&server, Some(bot));
        let seen = Seen::Workspace {
            name: plan.name.clone(),
            bot: UserId::new(bot.to_string()),
            capabilities: capabilities(self.discord.reads_words),
            language: plan.language,
            permalink: Some(format!("https://discord.com/channels/{guild}/{{channel}}/{{message}}")),
        };
        self.discord.put_plan(plan);
        self.discord.places.in_guild(guild, true).await;
        if self.discord.places.note(&format!("removed/{guild}")).await.is_some() {
            self.seen(guild, "unlocked", Seen::Unlocked).await;
            self.discord.places.put_note(&format!("removed/{guild}"), "").await;
        }
        self.seen(guild, "workspace", seen).await;
    }

    async fn person(&self, guild: u64, user: u64, bot: bool, name: String, roles: Vec<u64>) {
        if Some(user) == *lock(&self.discord.bot) {
            self.discord.change_plan(guild, |plan| plan.bot_roles.clone_from(&roles));
            return self.rearranged(guild, None).await;
        }
        let Ok(plan) = self.discord.plan(guild).await else { return };
        let resident = Resident { user, name, bot, roles };
        self.seen(guild, &format!("member/{user}"), Seen::Member(resident_facts(&plan, &resident))).await;
        if !bot {
            self.moved(guild, user, Some(&resident.roles)).await;
        }
    }

    /// Somebody's roles changed, or they left.
    async fn moved(&self, guild: u64, user: u64, roles: Option<&[u64]>) {
        let Some(plan) = self.discord.known_plan(guild) else { return };
        let all = self.discord.watched().moved(&plan, user, roles);
        for seen in all {
            self.seen(guild, &format!("moved/{user}"), seen).await;
        }
    }

    async fn channel(&self, guild: u64, channel: &GuildChannel) {
        self.discord.change_plan(guild, |plan| plan.put_room(channel));
        let Ok(bot) = self.discord.bot().await else { return };
        let facts = self.discord.known_plan(guild).and_then(|plan| plan.facts(channel.id.get(), bot));
        if let Some(facts) = facts {
            self.seen(guild, &format!("channel/{}", channel.id), Seen::Channel(facts)).await;
        }
    }

    /// Permissions changed: who is in the channels that core asked about is asked again, and whether the bot may
    /// still post.
    async fn rearranged(&self, guild: u64, only: Option<u64>) {
        let channels: Vec<u64> = match only {
            Some(channel) => {
                self.discord.watched().channels_of(guild).into_iter().filter(|it| *it == channel).collect()
            }
            None => self.discord.watched().channels_of(guild),
        };
        if only.is_none()
            && let Some(plan) = self.discord.known_plan(guild)
            && let Ok(bot) = self.discord.bot().await
        {
            for facts in channels.iter().filter_map(|channel| plan.facts(*channel, bot)) {
                self.seen(guild, &format!("channel/{}", facts.channel), Seen::Channel(facts)).await;
            }
        }
        for channel in channels {
            let errand = Errand::ChannelMembers(ChannelId::new(channel.to_string()));
            // What can't be asked now is asked again by core's daily look.
            if let Ok(seen) = self.discord.try_ask(&workspace(guild), &errand).await {
                self.seen(guild, &format!("audience/{channel}"), seen).await;
            }
        }
    }

    /// Brings a fact to the intake. Facts are no commands: learning one twice changes nothing.
    async fn seen(&self, guild: u64, about: &str, seen: Seen) {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let key = InboxKey::new(format!("seen/{guild}/{about}/{}-{count}", self.started_ms));
        self.take(Inbound { key, workspace: workspace(guild), event: Happened::Seen(seen) }).await;
    }

    /// Brings something to the intake that the gateway won't send again: until it is taken, or the bot stops. Its
    /// lane waits meanwhile; others don't.
    async fn take(&self, inbound: Inbound) {
        let mut wait = AGAIN_MIN;
        loop {
            match self.intake.take(inbound.clone()).await {
                Ok(_) => return,
                Err(IntakeError::Closed) => return,
                Err(error) => {
                    tracing::error!(platform = inbound::PLATFORM, key = %inbound.key, %error, "an event was not taken; trying again")
                }
            }
            tokio::select! {
                () = self.shutdown.cancelled() => return,
                () = tokio::time::sleep(wait) => wait = (wait * 2).min(AGAIN_MAX),
            }
        }
    }
}

fn roles(roles: &[serenity::model::id::RoleId]) -> Vec<u64> {
    roles.iter().map(|role| role.get()).collect()
}

/// Somebody wrote from a direct message, and shares no server with the bot that is known.
fn no_home(heard: &Heard, language: Language) -> answer::Answer {
    match heard.asked {
        Asked::Suggest { .. } => answer::Answer { first: answer::choices(&[]), more: Vec::new() },
        _ => {
            let message: Message = copy::reply::no_workspace(language);
            let body = render_reply(&message, Marks::default()).first().map(|part| part.body(EPHEMERAL));
            answer::Answer { first: serde_json::json!({"type": 4, "data": body}), more: Vec::new() }
        }
    }
}
