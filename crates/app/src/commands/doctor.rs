//! `jeda doctor`: what is wrong, and for each thing the way to mend it.

use super::system_clock;
use jeda_config::{Config, Tokens};
use jeda_core::time::zone_data_version;
use jeda_discord::DiscordConfig;
use jeda_slack::{SlackConfig, doctor as slack};
use jeda_store::Store;
use jiff::SignedDuration;
use std::process::ExitCode;

/// How far the clocks may be apart: a prompt that is early by more would be noticed.
const DRIFT_MAX: SignedDuration = SignedDuration::from_secs(10);

/// Discord's answer to a token that is not valid.
const INVALID: &str = "401";

/// What was found so far.
#[derive(Default)]
struct Findings {
    wrong: usize,
}

impl Findings {
    fn well(&self, name: &str, words: &str) {
        println!("  ok     {name}: {words}");
    }
    fn wrong(&mut self, name: &str, words: &str, mend: &str) {
        self.wrong += 1;
        println!("  WRONG  {name}: {words}\n         {mend}");
    }
    fn drift(&mut self, name: &str, ahead: Option<SignedDuration>) {
        match ahead {
            Some(ahead) if ahead.abs() > DRIFT_MAX => self.wrong(
                name,
                &format!("this machine's clock is {ahead:#} off"),
                "Let the machine's clock be set over the network (timedatectl set-ntp true).",
            ),
            Some(_) => self.well(name, "the clock is right"),
            None => {}
        }
    }
}

/// Looks at everything, and says how to mend what is wrong. It only looks: the bot may be at work meanwhile.
pub(super) async fn doctor(config: Config, tokens: Tokens) -> ExitCode {
    let mut findings = Findings::default();
    findings.well("zone data", zone_data_version());
    match Store::look(&config.database.url).await {
        Ok(state) => findings.well("database", &state.to_string()),
        Err(error) => findings.wrong("database", "can't be used", &error.to_string()),
    }
    if let Some(missing) = tokens.missing() {
        findings.wrong("Slack tokens", "one of the two is not set", missing);
    } else if !tokens.any() {
        findings.wrong(
            "tokens",
            "none is set",
            "Set SLACK_APP_TOKEN and SLACK_BOT_TOKEN, or DISCORD_TOKEN; the README shows where they come from.",
        );
    }
    if let Some((app_token, bot_token)) = tokens.slack() {
        let sockets = u32::from(config.slack.sockets);
        let slack = SlackConfig { app_token, bot_token, api_url: config.slack.api_url.clone(), sockets };
        examine_slack(&slack, &mut findings).await;
    }
    if let Some(token) = tokens.discord {
        let discord = DiscordConfig {
            token,
            api_url: config.discord.api_url.clone(),
            message_content: config.discord.message_content,
        };
        examine_discord(&discord, &mut findings).await;
    }
    if findings.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn examine_slack(config: &SlackConfig, findings: &mut Findings) {
    let found = match slack::examine(config, system_clock()).await {
        Ok(found) => found,
        Err(error) => return findings.wrong("Slack", "can't be examined", &error.to_string()),
    };
    match found.bot {
        Err(ailment) => findings.wrong("Slack bot token", "doesn't work", &ailment.to_string()),
        Ok(bot) => {
            findings.well("Slack bot token", &format!("opens {}", bot.team));
            findings.drift("Slack clock", bot.clock_ahead);
            if let Some(missing) = bot.missing_scopes.filter(|missing| !missing.is_empty()) {
                findings.wrong(
                    "Slack scopes",
                    &format!("missing: {}", missing.join(", ")),
                    "Update the app from config/slack-manifest.yaml, then install it again.",
                );
            }
        }
    }
    match found.app {
        Err(ailment) => findings.wrong("Slack app token", "doesn't work", &ailment.to_string()),
        Ok(()) => findings.well("Slack app token", "opens sockets"),
    }
}

async fn examine_discord(config: &DiscordConfig, findings: &mut Findings) {
    let found = match jeda_discord::examine(config, system_clock()).await {
        Ok(found) => found,
        Err(error) => return findings.wrong("Discord", "can't be examined", &error.to_string()),
    };
    match &found.bot {
        Err(why) if why != INVALID => findings.wrong(
            "Discord",
            &format!("can't be reached ({why})"),
            "Check the network, and discord.api_url if it is set.",
        ),
        Err(why) => findings.wrong(
            "Discord token",
            &format!("doesn't work ({why})"),
            "Reset the token under \"Bot\" of your application at https://discord.com/developers, and set DISCORD_TOKEN.",
        ),
        Ok(name) => findings.well("Discord token", &format!("is {name}'s")),
    }
    findings.drift("Discord clock", found.drift);
    if found.members_intent == Some(false) {
        findings.wrong(
            "Discord intents",
            "\"Server Members Intent\" is off",
            "Switch it on under \"Bot\" of your application at https://discord.com/developers.",
        );
    }
    if found.content_intent == Some(false) {
        findings.wrong(
            "Discord intents",
            "\"Message Content Intent\" is off, and discord.message_content needs it",
            "Switch it on under \"Bot\" of your application at https://discord.com/developers, or take the setting out.",
        );
    }
    for server in found.servers.iter().filter(|server| !server.missing.is_empty()) {
        let mend = found.invitation.as_deref().unwrap_or("Invite the bot again with the permissions it asks for.");
        findings.wrong(&server.name, &format!("missing: {}", server.missing.join(", ")), mend);
    }
}
