//! The SDK itself, as the product uses it: serenity connects, hears and answers.

use super::bot::start;
use serenity::{
    Client,
    all::{
        Command, CommandInteraction, ComponentInteraction, Context, CreateActionRow, CreateAllowedMentions,
        CreateButton, CreateCommand, CreateCommandOption, CreateInputText, CreateInteractionResponse,
        CreateInteractionResponseFollowup, CreateInteractionResponseMessage, CreateMessage, CreateModal,
        EditInteractionResponse, EventHandler, GatewayIntents, Guild, HttpBuilder, InputTextStyle, Interaction,
        Message, ModalInteraction, Ready, async_trait,
    },
};

struct Listener;

fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new()
}

async fn on_command(ctx: &Context, command: &CommandInteraction) -> serenity::Result<()> {
    let wait = CreateInteractionResponseMessage::new().ephemeral(true);
    command.create_response(ctx, CreateInteractionResponse::Defer(wait)).await?;
    let row = CreateActionRow::Buttons(vec![CreateButton::new("answer").label("Answer")]);
    let words = command.data.options[0].value.as_str().unwrap_or_default();
    let edit = EditInteractionResponse::new().content(format!("noted: {words}")).allowed_mentions(nobody());
    command.edit_response(ctx, edit.components(vec![row])).await?;
    let more = CreateInteractionResponseFollowup::new().content("and more").ephemeral(true).allowed_mentions(nobody());
    command.create_followup(ctx, more).await?;
    Ok(())
}

async fn on_click(ctx: &Context, click: &ComponentInteraction) -> serenity::Result<()> {
    let input = CreateInputText::new(InputTextStyle::Paragraph, "Today?", "q1");
    let form = CreateModal::new("form", "Standup").components(vec![CreateActionRow::InputText(input)]);
    click.create_response(ctx, CreateInteractionResponse::Modal(form)).await
}

async fn on_form(ctx: &Context, form: &ModalInteraction) -> serenity::Result<()> {
    let words = CreateInteractionResponseMessage::new().content("thank you").ephemeral(true).allowed_mentions(nobody());
    form.create_response(ctx, CreateInteractionResponse::Message(words)).await?;
    let dm = form.user.create_dm_channel(ctx).await?;
    dm.send_message(ctx, CreateMessage::new().content("see you tomorrow").allowed_mentions(nobody())).await?;
    Ok(())
}

#[async_trait]
impl EventHandler for Listener {
    async fn ready(&self, ctx: Context, ready: Ready) {
        assert_eq!(ready.guilds.len(), 1);
        let option = CreateCommandOption::new(serenity::all::CommandOptionType::String, "text", "What you did");
        let note = CreateCommand::new("note").description("Jot it down").add_option(option.required(true));
        Command::set_global_commands(&ctx, vec![note]).await.unwrap();
    }
    async fn guild_create(&self, ctx: Context, guild: Guild, _: Option<bool>) {
        assert_eq!((guild.members.len(), guild.channels.len()), (4, 4));
        let members = guild.id.members(&ctx, Some(1_000), None).await.unwrap();
        assert_eq!(members.len(), 4);
    }
    async fn message(&self, ctx: Context, message: Message) {
        if !message.author.bot {
            let words =
                CreateMessage::new().content("heard you").reference_message(&message).allowed_mentions(nobody());
            message.channel_id.send_message(&ctx, words).await.unwrap();
        }
    }
    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        match &interaction {
            Interaction::Command(command) => on_command(&ctx, command).await.unwrap(),
            Interaction::Component(click) => on_click(&ctx, click).await.unwrap(),
            Interaction::Modal(form) => on_form(&ctx, form).await.unwrap(),
            other => panic!("nobody does that here: {other:?}"),
        }
    }
}

#[tokio::test]
async fn serenity_works_with_it() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (discord, _) = start().await;
    let http = HttpBuilder::new(discord.token()).proxy(discord.api_url()).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::non_privileged() | GatewayIntents::GUILD_MEMBERS | GatewayIntents::MESSAGE_CONTENT;
    let mut client =
        serenity::client::ClientBuilder::new_with_http(http, intents).event_handler(Listener).await.unwrap();
    let shards = client.shard_manager.clone();
    let running = tokio::spawn(async move { Client::start(&mut client).await });
    discord.registered(1).await;
    let sari = discord.user("sari");
    sari.runs("/note text:fixed the export");
    sari.soon("noted: fixed the export").await;
    sari.soon("and more").await;
    sari.clicks("Answer");
    sari.form_soon().await;
    sari.submits(&[("Today?", "more of it")]);
    sari.soon("thank you").await;
    sari.soon("see you tomorrow").await;
    sari.replies("hello?");
    sari.soon("heard you").await;
    discord.drops_sockets();
    discord.traffic().until(|| discord.resumed() == 1).await;
    sari.replies("still there?");
    discord.traffic().until(|| sari.dm().iter().filter(|s| s.text == "heard you").count() == 2).await;
    shards.shutdown_all().await;
    running.await.unwrap().unwrap();
    discord.assert_clean();
}
