//! `jeda run`: the bot for real.

use super::{USAGE, failed, system_clock};
use crate::{bot::Bot, cli, logs, pages};
use jeda_config::{Config, Tokens};
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{error, info, warn};

/// Runs until SIGTERM or SIGINT. A second signal ends the process at once.
pub(super) async fn run(how: &cli::Run, config: Config, tokens: Tokens) -> ExitCode {
    if !tokens.any() {
        eprintln!("{}", what_to_do(&tokens));
        return ExitCode::from(USAGE);
    }
    if let Err(error) = logs::begin(&config.log) {
        return failed(&error);
    }
    if let Some(missing) = tokens.missing() {
        warn!("{missing} Until then jeda is on Discord only.");
    }
    let metrics = match pages::record_metrics() {
        Ok(metrics) => metrics,
        Err(error) => return failed(&error),
    };
    let (bind, bot) = (config.http.bind.clone(), Bot::start(config, tokens, system_clock()).await);
    let bot = match bot {
        Ok(bot) => bot,
        Err(error) => return failed(&error),
    };
    let pages = match pages::serve(&bind, bot.health(), metrics).await {
        Ok(pages) => pages,
        Err(error) => {
            bot.shut_down().await;
            return failed(&format!("{bind} can't be used for the pages: {error}. Set http.bind to a free address."));
        }
    };
    let code = wait(how.while_stdin).await;
    pages.abort();
    bot.shut_down().await;
    info!("jeda has stopped");
    code
}

/// Waits for the first signal (or the end of standard input, where that counts), and leaves a trap for the second.
async fn wait(while_stdin: bool) -> ExitCode {
    let signals = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    let (Ok(mut terminate), Ok(mut interrupt)) = signals else {
        error!("signals can't be heard");
        return ExitCode::FAILURE;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        () = end_of_stdin(), if while_stdin => {}
    }
    info!("stopping: what is under way comes to its end first");
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        std::process::exit(1);
    });
    ExitCode::SUCCESS
}

/// Waits until standard input ends. A thread of its own reads it, which the end of the process ends.
async fn end_of_stdin() {
    let (tell, ended) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        // An input that can't be read has ended, too.
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        drop(tell);
    });
    // The only end that it has is that the other side is dropped.
    let _ = ended.await;
}

/// What a first-time user needs to know, or one who has half of what Slack needs.
fn what_to_do(tokens: &Tokens) -> String {
    if let Some(missing) = tokens.missing() {
        return missing.to_owned();
    }
    "jeda has no token yet, so there is nowhere to run.\n\n\
     Slack:   make an app from config/slack-manifest.yaml, then set SLACK_APP_TOKEN and SLACK_BOT_TOKEN.\n\
     Discord: make an application with a bot, then set DISCORD_TOKEN.\n\
     Either alone is fine; the README shows each step. Then: jeda run\n\n\
     To see what it does first, without any token: jeda demo --headless"
        .to_owned()
}
