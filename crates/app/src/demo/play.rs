//! The play: people act through their platforms, the clock goes on from one thing due to the next, and everything
//! that shows itself on a platform is told.

use super::{
    account::{self, Account},
    team::{self, CHANNEL, Mate, TEAM},
    teller::Teller,
    week::{BEGINS, Deed, ENDS, On, Scene},
};
use crate::{
    commands::norms,
    stage::{Cast, Stage, StageError, face},
};
use jeda_emulator::{discord::Discord, fault::Fault, slack::Slack};
use jeda_engine::VirtualClock;
use jiff::Timestamp;
use std::{path::Path, sync::Arc};

/// The play, from its first scene to its last.
pub(super) struct Play {
    stage: Stage,
    teller: Teller,
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap_or_default()
}

impl Play {
    /// Raises both platforms, and the bot between them.
    pub(super) async fn begin(teller: Teller, keep: Option<&Path>) -> Result<Self, StageError> {
        let clock = Arc::new(VirtualClock::new(instant(BEGINS)));
        let slack = Slack::start(team::slack(face(&clock))).await.map_err(unreachable)?;
        let discord = Discord::start(team::discord(face(&clock))).await.map_err(unreachable)?;
        let database = keep.map(|path| format!("sqlite:{}", path.display()));
        let cast = Cast { slack: Some(slack), discord: Some(discord), database };
        let stage = Stage::begin_with(clock, cast, |config| config.discord.message_content = true).await?;
        for mate in &TEAM {
            on_discord(&stage)?.user(mate.name).goes_to(CHANNEL);
        }
        Ok(Self { stage, teller })
    }

    /// Goes on to a scene, and plays it.
    pub(super) async fn scene(mut self, scene: Scene) -> Result<Self, StageError> {
        self.go_on_to(scene.instant()).await?;
        let Some(mate) = team::find(scene.who) else { return Ok(self) };
        match (scene.deed, scene.on) {
            (Deed::World(what), _) => self.teller.aside(scene.instant(), what),
            (Deed::Restart, _) => self = self.restart(scene.instant()).await?,
            (Deed::Agrees(norms), _) => self.agrees(scene.instant(), mate, norms).await?,
            (Deed::AnswerLost | Deed::Fails, on) => self.trouble(scene.instant(), on, scene.deed)?,
            (deed, On::Slack) => self.on_slack(mate, deed).await?,
            (deed, On::Discord) => self.on_discord(mate, deed).await?,
        }
        self.quiet().await?;
        Ok(self)
    }

    /// Plays until the end of the week, and counts.
    pub(super) async fn end(mut self) -> Result<Account, StageError> {
        self.go_on_to(instant(ENDS)).await?;
        self.quiet().await?;
        let counted = account::count(&self.stage, self.teller.told()).await?;
        let (backlog, cast) = self.stage.end().await?;
        Ok(counted.closed(&backlog, &cast))
    }

    async fn go_on_to(&mut self, at: Timestamp) -> Result<(), StageError> {
        while self.stage.step(at).await? {
            self.quiet().await?;
        }
        self.quiet().await
    }

    async fn quiet(&mut self) -> Result<(), StageError> {
        self.stage.quiet().await?;
        self.teller.tell(&self.stage);
        Ok(())
    }

    async fn restart(mut self, at: Timestamp) -> Result<Self, StageError> {
        self.teller.aside(at, "jeda is stopped for an update");
        self.stage = self.stage.restart().await?;
        self.teller.aside(at, "jeda is back, on the same database");
        Ok(self)
    }

    fn trouble(&mut self, at: Timestamp, on: On, deed: Deed) -> Result<(), StageError> {
        let (faults, post, platform) = match on {
            On::Slack => (on_slack(&self.stage)?.faults(), "chat.postMessage", "Slack"),
            On::Discord => (on_discord(&self.stage)?.faults(), "POST /channels/{channel_id}/messages", "Discord"),
        };
        // A bot that asks again after trouble breaks no rule.
        faults.tolerate(true);
        let (fault, words) = match deed {
            Deed::AnswerLost => (Fault::AppliedThenCloses, "takes the next message, and its answer is lost on the way"),
            _ => (Fault::Status(503), "fails at the next message"),
        };
        faults.next(1, post, fault);
        self.teller.aside(at, &format!("{platform} {words}"));
        Ok(())
    }

    /// A team agrees on norms: a file is applied beside the bot, as an administrator does it.
    async fn agrees(&mut self, at: Timestamp, mate: &Mate, text: &str) -> Result<(), StageError> {
        let norms =
            jeda_config::norms::parse("norms.toml", text).map_err(|error| StageError::Norms(error.to_string()))?;
        let store = self.stage.bot().engine().store();
        let applied = norms::apply(store, &norms, None, mate.full, at).await;
        applied.map_err(|error| StageError::Norms(error.to_string()))?;
        self.teller.aside(at, &format!("{} runs jeda norms apply norms.toml", mate.full));
        Ok(())
    }

    async fn on_slack(&mut self, mate: &Mate, deed: Deed) -> Result<(), StageError> {
        let person = on_slack(&self.stage)?.user(mate.name);
        match deed {
            Deed::Runs(line) => drop(person.runs_in(CHANNEL, line).await),
            Deed::Names(names, words) => {
                let named: String = names.iter().map(|name| format!("@{name} ")).collect();
                person.says_in(CHANNEL, &format!("{named}{words}"));
            }
            Deed::Presses(label) => drop(person.clicks(label).await),
            Deed::Writes(label, field, words) => {
                person.clicks(label).await;
                self.quiet().await?;
                person.submits([(field, words)]).await;
            }
            Deed::Fills(press, answers) => {
                person.clicks(press.label(mate.reads_indonesian())).await;
                self.quiet().await?;
                let names = fields(answers.len());
                person.submits(filled(&names, answers)).await;
            }
            Deed::Replies(answers) => {
                for answer in answers {
                    person.replies(answer);
                    self.quiet().await?;
                }
            }
            Deed::Edits(words, new) => person.edits(words, new),
            Deed::Agrees(_) | Deed::AnswerLost | Deed::Fails | Deed::Restart | Deed::World(_) => {}
        }
        Ok(())
    }

    async fn on_discord(&mut self, mate: &Mate, deed: Deed) -> Result<(), StageError> {
        let person = on_discord(&self.stage)?.user(mate.name);
        match deed {
            Deed::Runs(line) => person.runs(line),
            Deed::Names(names, words) => {
                let id =
                    |name: &&str| on_discord(&self.stage).map(|discord| format!("<@{}> ", discord.user(name).id()));
                let named: String = names.iter().map(id).collect::<Result<_, _>>()?;
                person.says(CHANNEL, &format!("{named}{words}"));
            }
            Deed::Presses(label) => person.clicks(label),
            Deed::Writes(label, field, words) => {
                person.clicks(label);
                self.quiet().await?;
                person.submits(&[(field, words)]);
            }
            Deed::Fills(press, answers) => {
                person.clicks(press.label(mate.reads_indonesian()));
                self.quiet().await?;
                let names = fields(answers.len());
                person.submits(&filled(&names, answers));
            }
            Deed::Replies(answers) => {
                for answer in answers {
                    person.replies(answer);
                    self.quiet().await?;
                }
            }
            Deed::Edits(..) | Deed::Agrees(_) | Deed::AnswerLost | Deed::Fails | Deed::Restart | Deed::World(_) => {}
        }
        Ok(())
    }
}

/// The names of a form's fields.
fn fields(count: usize) -> Vec<String> {
    (0..count).map(|nth| format!("q{nth}")).collect()
}

fn filled<'a>(names: &'a [String], answers: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    names.iter().map(String::as_str).zip(answers.iter().copied()).collect()
}

fn on_slack(stage: &Stage) -> Result<&Slack, StageError> {
    stage.slack().ok_or_else(|| StageError::Connect("there is no Slack on this stage".to_owned()))
}

fn on_discord(stage: &Stage) -> Result<&Discord, StageError> {
    stage.discord().ok_or_else(|| StageError::Connect("there is no Discord on this stage".to_owned()))
}

fn unreachable(error: std::io::Error) -> StageError {
    StageError::Connect(format!("no port on loopback can be opened: {error}"))
}
