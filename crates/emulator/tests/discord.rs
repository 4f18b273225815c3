//! The local Discord, met by a bot that knows nothing but Discord's documentation: raw HTTP, a raw WebSocket, and at
//! the end the SDK itself. Whatever it answers, and whatever it accepts, is held against Discord's OpenAPI.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "in tests, also in what tests share")]

#[path = "discord/bot.rs"]
mod bot;
#[path = "discord/commands.rs"]
mod commands;
#[path = "discord/gateway.rs"]
mod gateway;
#[path = "discord/interactions.rs"]
mod interactions;
#[path = "discord/messages.rs"]
mod messages;
#[path = "discord/people.rs"]
mod people;
#[path = "discord/sdk.rs"]
mod sdk;
#[path = "discord/trouble.rs"]
mod trouble;
#[path = "discord/webhooks.rs"]
mod webhooks;
