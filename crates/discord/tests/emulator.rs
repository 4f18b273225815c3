//! The adapter and people in the local Discord, which knows Discord's own description and refuses what breaks it.
#![expect(clippy::unwrap_used, reason = "people in a test fail where they stand")]

mod desk;

use desk::{Desk, Drawer, next};
use jeda_core::{
    action::{Action, FormId},
    effect::{Outgoing, Target},
    event::{Errand, Event, Inbound, Posted, Refusal, Seen},
    id::{ChannelId, EffectKey, UserId},
    message::{Block, Button, Field, FieldKind, Form, Message, Reply, Show, Span, Style, Text},
    people,
};
use jeda_discord::{Connected, DiscordConfig, connect, examine, workspace};
use jeda_emulator::{
    clock::HandClock,
    discord::{Discord, Person, Room, Setup},
    fault::Fault,
};
use jeda_engine::{Clock, Delivery, Found, Platform, VirtualClock};
use jeda_tests::{assert_right, judge_discord};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

const NOW: &str = "2026-11-24T07:00:00Z";

struct Visit {
    discord: Discord,
    clock: Arc<VirtualClock>,
    desk: Arc<Desk>,
    taken: mpsc::UnboundedReceiver<Inbound>,
    connected: Connected,
    stop: CancellationToken,
}

impl Visit {
    /// The bot in a server with ana and budi, #general for all and #ops for budi.
    async fn begins() -> Self {
        let clock = Arc::new(VirtualClock::new(NOW.parse().unwrap()));
        let emulated = HandClock::at(clock.now().as_millisecond());
        let setup = Setup::new("Town", emulated.clock())
            .person(Person::named("ana"))
            .person(Person::named("budi").locale("id").admin())
            .room(Room::text("general"))
            .room(Room::text("ops").only(["budi"]));
        let discord = Discord::start(setup).await.unwrap();
        let (sender, taken) = mpsc::unbounded_channel();
        let desk = Arc::new(Desk { taken: sender, replies: Mutex::default(), gate: Mutex::default() });
        let stop = CancellationToken::new();
        let config =
            DiscordConfig { token: discord.token().into(), api_url: Some(discord.api_url()), message_content: false };
        let drawer = Arc::new(Drawer::default());
        let connected = connect(config, desk.clone(), drawer, clock.clone(), stop.clone()).await.unwrap();
        let mut visit = Self { discord, clock, desk, taken, connected, stop };
        assert!(matches!(visit.learns().await, Seen::Workspace { .. }));
        visit
    }

    async fn learns(&mut self) -> Seen {
        loop {
            if let Event::Seen(seen) = next(&mut self.taken).await.event {
                return seen;
            }
        }
    }

    async fn takes(&mut self) -> Event {
        loop {
            let event = next(&mut self.taken).await.event;
            if !matches!(event, Event::Seen(_)) {
                return event;
            }
        }
    }

    fn will_reply(&self, reply: Reply) {
        self.desk.replies.lock().unwrap().push_back(Ok(Some(reply)));
    }

    fn outgoing(&self, key: &str, to: Target, message: Message) -> Outgoing {
        let workspace = workspace(self.discord.guild_id());
        Outgoing { key: EffectKey::new(key), workspace, to, subject: None, message, silent: false }
    }

    async fn sends(&self, key: &str, to: Target, message: Message) -> Posted {
        match self.connected.platform.deliver(&self.outgoing(key, to, message)).await {
            Delivery::Sent(posted) => posted,
            other => panic!("{other:?}"),
        }
    }

    fn to(&self, name: &str) -> Target {
        Target::Direct(UserId::new(self.discord.user(name).id().to_string()))
    }

    fn in_channel(&self, name: &str) -> Target {
        Target::Channel(ChannelId::new(self.discord.channel_id(name).to_string()))
    }

    /// Nothing that the bot asked for was against Discord's rules or its own description.
    async fn ends(self) {
        self.discord.assert_clean();
        self.stop.cancel();
        tokio::time::timeout(Duration::from_secs(20), self.connected.run).await.unwrap().unwrap().unwrap();
        assert_right(&judge_discord(&self.discord.recorder().calls()));
    }
}

fn words(text: &str) -> Message {
    Message::of(Text::said(text))
}

fn with_button(text: &str) -> Message {
    let button =
        Button { label: "Hours".into(), action: Action::People(people::Action::SetHours), style: Style::Primary };
    words(text).with(Block::Buttons(vec![button]))
}

fn form() -> Form {
    let field = |id: &str, kind, optional| Field {
        id: id.into(),
        label: "Where do you work from, as a zone or as the nearest big city?".into(),
        hint: Some("Asia/Jakarta".into()),
        kind,
        value: None,
        optional,
    };
    Form {
        id: FormId::People(people::FormId::Hours),
        title: "Your hours".into(),
        submit: "Save".into(),
        cancel: "Cancel".into(),
        intro: vec![],
        fields: vec![field("zone", FieldKind::Line, false), field("hours", FieldKind::Paragraph, true)],
    }
}

#[tokio::test]
async fn a_command_with_options_a_button_and_a_form() {
    let mut visit = Visit::begins().await;
    let budi = visit.discord.user("budi");
    visit.will_reply(Reply::Say(with_button("Halo @everyone, ini <@1> *bukan* apa-apa")));
    budi.goes_to("#general").runs("/standup new name:Daily channel:#general who:@ana");
    let Event::Command { by, invocation } = visit.takes().await else { panic!() };
    assert_eq!((by.admin, by.language), (Some(true), Some(jeda_core::language::Language::Id)));
    assert_eq!(invocation.path, ["standup", "new"]);
    assert_eq!(invocation.arg("channel"), Some(format!("<#{}>", visit.discord.channel_id("general")).as_str()));
    let seen = budi.soon("Halo @everyone, ini <@1> *bukan* apa-apa").await;
    assert!(seen.ephemeral && seen.pings.is_empty(), "{seen:?}");

    visit.will_reply(Reply::Open(form()));
    budi.clicks("Hours");
    assert!(matches!(visit.takes().await, Event::Click { .. }));
    let shown = budi.form_soon().await;
    assert_eq!(shown.fields.len(), 2);
    assert!(shown.fields[0].placeholder.as_deref().unwrap().contains("nearest big city"));
    visit.will_reply(Reply::Say(words("Tersimpan")));
    budi.submits(&[("zone", "Asia/Jakarta")]);
    let Event::Submit { values, .. } = visit.takes().await else { panic!() };
    assert_eq!(values.get("zone").map(String::as_str), Some("Asia/Jakarta"));
    budi.soon("Tersimpan").await;
    visit.ends().await;
}

#[tokio::test]
async fn a_prompt_is_answered_edited_and_taken_back_in_direct_messages() {
    let mut visit = Visit::begins().await;
    let ana = visit.discord.user("ana");
    visit.sends("k1", visit.to("ana"), with_button("What did you do?")).await;
    let prompt = ana.soon("What did you do?").await;
    assert_eq!(prompt.buttons, ["Hours"]);
    let answer = ana.replies_to(prompt.id, "shipped the export");
    let Event::Said { text, answers, .. } = visit.takes().await else { panic!() };
    assert_eq!(text, "shipped the export");
    assert_eq!(answers.unwrap().as_str(), prompt.id.to_string());
    ana.edits(answer, "shipped the import");
    assert!(matches!(visit.takes().await, Event::SaidEdited { text, .. } if text == "shipped the import"));
    ana.deletes(answer);
    assert!(matches!(visit.takes().await, Event::SaidDeleted { .. }));
    // A command works in direct messages too, and finds its server.
    visit.will_reply(Reply::Say(words("Welcome back")));
    ana.goes_to("DM").runs("/back");
    assert!(matches!(visit.takes().await, Event::Command { .. }));
    ana.soon("Welcome back").await;
    visit.ends().await;
}

#[tokio::test]
async fn a_report_with_its_thread_grows_changes_and_pings_nobody() {
    let visit = Visit::begins().await;
    let budi = visit.discord.user("budi");
    let ana = UserId::new(visit.discord.user("ana").id().to_string());
    let at = NOW.parse().unwrap();
    let report = Message(vec![
        Block::Heading("Daily · 24 November".into()),
        Block::Text(Text(vec![
            Span::Member(ana),
            Span::Plain(" by ".into()),
            Span::At { at, show: Show::Time, fallback: "07:00".into() },
            Span::Plain(": ".into()),
            Span::Code("/standup skip".into()),
        ])),
        Block::Quote(Text::said("# @everyone\n- <@&1> ||x|| `y`")),
        Block::Divider,
        Block::Small(Text::plain("2 of 3")),
    ]);
    let head = visit.sends("head", visit.in_channel("general"), report).await;
    let seen = budi.soon("Daily · 24 November").await;
    assert!(seen.text.contains("# @everyone") && seen.text.contains("||x||"), "{}", seen.text);
    assert!(seen.pings.is_empty(), "{seen:?}");
    visit.sends("t1", Target::Thread(head.clone()), words(&"**".repeat(800))).await;
    visit.sends("t2", Target::Thread(head.clone()), words("second part")).await;
    budi.soon("second part").await;
    visit.sends("e1", Target::Edit(head), words("changed")).await;
    assert!(budi.soon("changed").await.edited);
    visit.ends().await;
}

#[tokio::test]
async fn closed_direct_messages_lead_to_a_thread_with_them() {
    let visit = Visit::begins().await;
    let ana = visit.discord.user("ana");
    ana.refuses_direct_messages(true);
    let direct = visit.outgoing("k1", visit.to("ana"), words("hello"));
    let refused = visit.connected.platform.deliver(&direct).await;
    assert_eq!(refused, Delivery::Refused(Refusal::DirectMessagesClosed));
    let channel = ChannelId::new(visit.discord.channel_id("general").to_string());
    let aside = Target::Aside { channel, user: UserId::new(ana.id().to_string()) };
    visit.sends("k2", aside.clone(), with_button("hello aside")).await;
    visit.sends("k3", aside, words("once more")).await;
    assert_eq!(ana.soon("hello aside").await.place, ana.soon("once more").await.place);
    visit.ends().await;
}

#[tokio::test]
async fn a_message_whose_answer_was_lost_is_there_once() {
    let visit = Visit::begins().await;
    let outgoing = visit.outgoing("k1", visit.in_channel("general"), words("only once"));
    visit.discord.faults().next(1, "POST /channels/{channel_id}/messages", Fault::AppliedThenCloses);
    let lost = visit.connected.platform.deliver(&outgoing).await;
    assert!(matches!(lost, Delivery::Uncertain { .. }), "{lost:?}");
    // The gateway shows it in the channel; before it does, a second try within the nonce's window is the same message.
    match visit.connected.platform.find(&outgoing).await {
        Found::Sent(_) => {}
        Found::Absent => {
            assert!(matches!(visit.connected.platform.deliver(&outgoing).await, Delivery::Sent(_)));
        }
        other => panic!("{other:?}"),
    }
    let there = visit.discord.user("ana").sees_in("#general");
    assert_eq!(there.iter().filter(|it| it.text.contains("only once")).count(), 1);
    visit.clock.advance_to(visit.clock.now() + Duration::from_secs(600));
    visit.ends().await;
}

#[tokio::test]
async fn the_directory_and_what_changes_in_it() {
    let mut visit = Visit::begins().await;
    let place = workspace(visit.discord.guild_id());
    let platform = visit.connected.platform.clone();
    let Ok(Seen::Directory(all)) = platform.ask(&place, &Errand::Directory).await else { panic!() };
    let people: Vec<_> = all.iter().filter(|it| !it.bot).map(|it| (it.name.to_lowercase(), it.admin)).collect();
    assert_eq!(people, [("founder".into(), true), ("ana".into(), false), ("budi".into(), true)]);
    let Ok(Seen::Channels(channels)) = platform.ask(&place, &Errand::Channels).await else { panic!() };
    assert!(channels.iter().any(|it| it.name == "general" && it.open), "{channels:?}");
    let Ok(Seen::Groups(roles)) = platform.ask(&place, &Errand::Groups).await else { panic!() };
    let names: Vec<_> = roles.iter().map(|it| it.name.as_str()).collect();
    assert!(names.contains(&"admin") && !names.contains(&"@everyone"), "{names:?}");
    let ops = ChannelId::new(visit.discord.channel_id("ops").to_string());
    let Ok(Seen::ChannelMembers { members, .. }) = platform.ask(&place, &Errand::ChannelMembers(ops)).await else {
        panic!()
    };
    let budi = UserId::new(visit.discord.user("budi").id().to_string());
    let ana = UserId::new(visit.discord.user("ana").id().to_string());
    assert!(members.contains(&budi) && !members.contains(&ana), "who may see it is in it: {members:?}");
    visit.discord.user("ana").leaves();
    assert!(matches!(visit.learns().await, Seen::Member(facts) if !facts.active));
    visit.discord.deletes_channel("ops");
    loop {
        if let Seen::Channel(facts) = visit.learns().await {
            assert!(facts.archived && facts.name == "ops");
            break;
        }
    }
    visit.ends().await;
}

#[tokio::test]
async fn a_dropped_connection_comes_back_with_what_was_missed() {
    let mut visit = Visit::begins().await;
    let ana = visit.discord.user("ana");
    visit.sends("k1", visit.to("ana"), words("?")).await;
    ana.soon("?").await;
    visit.discord.drops_sockets();
    ana.replies("written meanwhile");
    assert!(matches!(visit.takes().await, Event::Said { text, .. } if text == "written meanwhile"));
    visit.ends().await;
}

#[tokio::test]
async fn the_doctor_says_what_holding_messages_takes() {
    let visit = Visit::begins().await;
    let config = |message_content| DiscordConfig {
        token: visit.discord.token().into(),
        api_url: Some(visit.discord.api_url()),
        message_content,
    };
    let without = examine(&config(false), visit.clock.clone()).await.unwrap();
    assert_eq!((without.content_intent, without.servers[0].missing.len()), (None, 0));
    let with = examine(&config(true), visit.clock.clone()).await.unwrap();
    assert_eq!(with.content_intent, Some(true));
    assert_eq!(with.servers[0].missing, ["MANAGE_MESSAGES", "MANAGE_WEBHOOKS"]);
    assert_ne!(with.invitation, without.invitation);
    visit.discord.grants_intents(1 << 1);
    assert_eq!(examine(&config(true), visit.clock.clone()).await.unwrap().content_intent, Some(false));
    visit.ends().await;
}
