//! Writing a decision: whole rows, so that writing twice writes the same.

use crate::{
    StoreError,
    db::{Conn, error, on, pair},
    outbox::path_of,
};
use jeda_core::{
    ask,
    change::Change,
    decide::Decision,
    effect::{Effect, Owed},
    id::{Subject, UserId, WorkspaceId, short},
    later::{self},
    people::{self, Member},
    receipt::Receipt,
    standup::{self, Entry, StandupState},
    wake::WakeChange,
};
use serde::Serialize;
use std::collections::BTreeMap;

pub(crate) struct Writer<'w, 'c> {
    pub(crate) conn: &'w mut Conn<'c>,
    pub(crate) workspace: &'w WorkspaceId,
    /// The configured language of workspaces.
    pub(crate) default_language: &'static str,
}

/// A row as JSON. Our own types hold nothing that JSON can't say.
pub(crate) fn to_json<T: Serialize>(table: &'static str, row: &T) -> Result<String, StoreError> {
    serde_json::to_string(row).map_err(|error| StoreError::Corrupt { table, why: error.to_string() })
}

/// Executes a statement whose first parameter is the workspace.
macro_rules! run {
    ($self:ident, $op:literal, $sql:expr $(, $bind:expr)*) => {
        on!(&mut *$self.conn, |c| sqlx::query($sql)
            .bind($self.workspace.as_str())$(.bind($bind))*.execute(&mut **c).await.map(|done| done.rows_affected()))
            .map_err(error($op))?
    };
}
pub(crate) use run;

/// Writes a JSON list of members.
macro_rules! write_members {
    ($list:literal) => {
        concat!(
            "INSERT INTO member (workspace, user_id, admin, active, body)
             SELECT $1, value ->> 0, CAST(value ->> 1 AS BOOLEAN), CAST(value ->> 2 AS BOOLEAN), value ->> 3 FROM ",
            $list,
            " WHERE TRUE ON CONFLICT (workspace, user_id) DO UPDATE
             SET admin = excluded.admin, active = excluded.active, body = excluded.body"
        )
    };
}

/// Members in one statement at most: about half a megabyte.
const MEMBERS_AT_ONCE: usize = 1_000;

/// Sets a wake, or moves it where that is so.
macro_rules! set_wake {
    ($moves:literal) => {
        concat!(
            "INSERT INTO wake (workspace, key, at, body) VALUES ($1, $2, $3, $4)
             ON CONFLICT (workspace, key) DO UPDATE SET at = excluded.at, body = excluded.body",
            $moves
        )
    };
}

fn member_of(change: &Change) -> Option<&Member> {
    match change {
        Change::People(people::Change::Member(member)) => Some(member),
        _ => None,
    }
}

impl Writer<'_, '_> {
    /// Everything that was decided, in its order.
    pub(crate) async fn decision(&mut self, decision: &Decision) -> Result<(), StoreError> {
        let mut changes = decision.changes.as_slice();
        while let Some(change) = changes.first() {
            let members: Vec<&Member> = changes.iter().map_while(member_of).take(MEMBERS_AT_ONCE).collect();
            match members.len() {
                0 | 1 => self.change(change).await?,
                _ => self.members(&members).await?,
            }
            changes = &changes[members.len().max(1)..];
        }
        for owed in &decision.effects {
            self.owe(owed).await?;
        }
        for wake in &decision.wakes {
            self.wake(wake).await?;
        }
        for receipt in &decision.receipts {
            self.receipt(receipt).await?;
        }
        Ok(())
    }

    async fn change(&mut self, change: &Change) -> Result<(), StoreError> {
        match change {
            Change::People(change) => self.people(change).await,
            Change::Standup(change) => self.standup(change).await,
            Change::Norm(change) => self.norm(change).await,
            Change::Later(later::Change::Later(later)) => self.later(later).await,
            Change::Ask(ask::Change::Ask(ask)) => self.ask(ask).await,
            Change::Digest(change) => self.digest(change).await,
        }
    }

    /// A directory's members in one statement: a workspace of thousands would hold up everybody else's events.
    async fn members(&mut self, members: &[&Member]) -> Result<(), StoreError> {
        // Whoever is there twice is written as the last one says.
        let last: BTreeMap<&UserId, &Member> = members.iter().map(|member| (&member.user, *member)).collect();
        let mut rows = Vec::with_capacity(last.len());
        for (user, member) in last {
            rows.push((user.as_str(), member.admin, member.active, to_json("member", member)?));
        }
        let sql = pair!(&self.conn,
            sqlite: write_members!("json_each($2) AS list"),
            postgres: write_members!("jsonb_array_elements($2::jsonb) AS list (value)"));
        run!(self, "write members", sql, to_json("member", &rows)?);
        Ok(())
    }

    async fn people(&mut self, change: &people::Change) -> Result<(), StoreError> {
        match change {
            people::Change::Workspace(workspace) => {
                let body = to_json("workspace", workspace)?;
                run!(
                    self,
                    "write workspace",
                    "INSERT INTO workspace (id, default_language, body) VALUES ($1, $2, $3)
                     ON CONFLICT (id) DO UPDATE SET default_language = excluded.default_language, body = excluded.body",
                    self.default_language,
                    body
                );
            }
            people::Change::Member(member) => {
                let body = to_json("member", member)?;
                run!(
                    self,
                    "write member",
                    "INSERT INTO member (workspace, user_id, admin, active, body) VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT (workspace, user_id) DO UPDATE
                     SET admin = excluded.admin, active = excluded.active, body = excluded.body",
                    member.user.as_str(),
                    member.admin,
                    member.active,
                    body
                );
            }
            people::Change::Channel(channel) => {
                let body = to_json("channel", channel)?;
                run!(
                    self,
                    "write channel",
                    "INSERT INTO channel (workspace, channel, body) VALUES ($1, $2, $3)
                     ON CONFLICT (workspace, channel) DO UPDATE SET body = excluded.body",
                    channel.channel.as_str(),
                    body
                );
            }
            people::Change::ChannelMembers(channel, users) => {
                run!(
                    self,
                    "write channel members",
                    "DELETE FROM channel_member WHERE workspace = $1 AND channel = $2",
                    channel.as_str()
                );
                let sql = pair!(&self.conn,
                    sqlite: "INSERT INTO channel_member (workspace, channel, user_id)
                             SELECT DISTINCT $1, $2, value FROM json_each($3)",
                    postgres: "INSERT INTO channel_member (workspace, channel, user_id)
                               SELECT DISTINCT $1, $2, jsonb_array_elements_text($3::jsonb)");
                run!(self, "write channel members", sql, channel.as_str(), to_json("channel_member", users)?);
            }
            people::Change::ChannelJoined(channel, user) => self.channel_joined(channel.as_str(), user).await?,
            people::Change::ChannelLeft(channel, user) => {
                run!(
                    self,
                    "write channel members",
                    "DELETE FROM channel_member WHERE workspace = $1 AND channel = $2 AND user_id = $3",
                    channel.as_str(),
                    user.as_str()
                );
            }
            people::Change::Groups(groups) => {
                run!(self, "write groups", "DELETE FROM group_name WHERE workspace = $1");
                let sql = pair!(&self.conn,
                    sqlite: "INSERT INTO group_name (workspace, group_id, name)
                             SELECT $1, value ->> 'group', value ->> 'name' FROM json_each($2)",
                    postgres: "INSERT INTO group_name (workspace, group_id, name)
                               SELECT $1, value ->> 'group', value ->> 'name' FROM jsonb_array_elements($2::jsonb)");
                run!(self, "write groups", sql, to_json("group_name", groups)?);
            }
            people::Change::GroupMembers(group, users) => {
                run!(
                    self,
                    "write group members",
                    "DELETE FROM group_member WHERE workspace = $1 AND group_id = $2",
                    group.as_str()
                );
                let sql = pair!(&self.conn,
                    sqlite: "INSERT INTO group_member (workspace, group_id, user_id)
                             SELECT DISTINCT $1, $2, value FROM json_each($3)",
                    postgres: "INSERT INTO group_member (workspace, group_id, user_id)
                               SELECT DISTINCT $1, $2, jsonb_array_elements_text($3::jsonb)");
                run!(self, "write group members", sql, group.as_str(), to_json("group_member", users)?);
            }
            people::Change::Person(person) => self.person(person).await?,
            people::Change::PersonGone(id) => self.person_gone(id).await?,
            people::Change::Offer(offer) => self.offer(offer).await?,
            people::Change::OfferGone(code) => self.offer_gone(code).await?,
            people::Change::Feed(feed) => self.feed(feed).await?,
            people::Change::FeedRead(id, marks) => self.feed_read(id, marks).await?,
            people::Change::FeedGone(id) => self.feed_gone(id).await?,
        }
        Ok(())
    }

    async fn channel_joined(&mut self, channel: &str, user: &UserId) -> Result<(), StoreError> {
        run!(
            self,
            "write channel members",
            "INSERT INTO channel_member (workspace, channel, user_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            channel,
            user.as_str()
        );
        Ok(())
    }

    async fn standup(&mut self, change: &standup::Change) -> Result<(), StoreError> {
        match change {
            standup::Change::Standup(standup) => {
                let body = to_json("standup", standup)?;
                run!(
                    self,
                    "write standup",
                    "INSERT INTO standup (workspace, id, name_key, deleted, body) VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT (workspace, id) DO UPDATE
                     SET name_key = excluded.name_key, deleted = excluded.deleted, body = excluded.body",
                    standup.id.as_str(),
                    standup.name.to_lowercase(),
                    standup.state == StandupState::Deleted,
                    body
                );
            }
            standup::Change::Round(round) => {
                let body = to_json("round", round)?;
                run!(
                    self,
                    "write round",
                    "INSERT INTO round (workspace, standup, date, is_open, body) VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT (workspace, standup, date) DO UPDATE
                     SET is_open = excluded.is_open, body = excluded.body",
                    round.key.standup.as_str(),
                    round.key.date.to_string(),
                    round.closed_at.is_none(),
                    body
                );
            }
            standup::Change::Entry(entry) => self.entry(entry).await?,
            standup::Change::Dialog(dialog) => {
                let body = to_json("dialog", dialog)?;
                run!(
                    self,
                    "write dialog",
                    "INSERT INTO dialog (workspace, user_id, body) VALUES ($1, $2, $3)
                     ON CONFLICT (workspace, user_id) DO UPDATE SET body = excluded.body",
                    dialog.user.as_str(),
                    body
                );
            }
            standup::Change::DialogEnded(user) => {
                run!(self, "end dialog", "DELETE FROM dialog WHERE workspace = $1 AND user_id = $2", user.as_str());
            }
            standup::Change::Note(note) => {
                run!(
                    self,
                    "write note",
                    "INSERT INTO note (workspace, id, user_id, at, used, body) VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (workspace, id) DO UPDATE SET used = excluded.used, body = excluded.body",
                    note.id.as_str(),
                    note.user.as_str(),
                    note.at.as_millisecond(),
                    note.used,
                    note.text.as_str()
                );
            }
        }
        Ok(())
    }

    async fn entry(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let (standup, date, user) =
            (entry.key.round.standup.as_str(), entry.key.round.date.to_string(), entry.key.user.as_str());
        let body = to_json("entry", entry)?;
        run!(
            self,
            "write entry",
            "INSERT INTO entry (workspace, standup, date, user_id, answered, body) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (workspace, standup, date, user_id) DO UPDATE
             SET answered = excluded.answered, body = excluded.body",
            standup,
            date.as_str(),
            user,
            entry.answered_at.is_some(),
            body
        );
        for message in entry.answers.iter().filter_map(|answer| answer.message.as_ref()) {
            run!(
                self,
                "write answer message",
                "INSERT INTO answer_message (workspace, message, standup, date, user_id) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT DO NOTHING",
                message.as_str(),
                standup,
                date.as_str(),
                user
            );
        }
        Ok(())
    }

    async fn owe(&mut self, owed: &Owed) -> Result<(), StoreError> {
        let body = to_json("outbox", &owed.effect)?;
        let subject = subject_of(&owed.effect);
        run!(
            self,
            "write outbox",
            "INSERT INTO outbox (workspace, key, lane, due_at, state, subject, path, body)
             VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7) ON CONFLICT (workspace, key) DO NOTHING",
            owed.key.as_str(),
            owed.lane.as_str(),
            owed.due_at.as_millisecond(),
            subject.as_ref().map(Subject::as_str),
            subject.as_ref().map(|subject| path_of(subject.as_str())),
            body
        );
        Ok(())
    }

    pub(crate) async fn wake(&mut self, change: &WakeChange) -> Result<(), StoreError> {
        match change {
            WakeChange::Set(due) | WakeChange::Sooner(due) => {
                let body = to_json("wake", &due.wake)?;
                let sql = match change {
                    WakeChange::Sooner(_) => set_wake!(" WHERE excluded.at < wake.at"),
                    _ => set_wake!(""),
                };
                // It may be another workspace's.
                on!(&mut *self.conn, |c| sqlx::query(sql)
                    .bind(due.workspace.as_str())
                    .bind(due.key.as_str())
                    .bind(due.at.as_millisecond())
                    .bind(body)
                    .execute(&mut **c)
                    .await
                    .map(|_| ()))
                .map_err(error("write wake"))?;
            }
            WakeChange::Clear(key) => {
                run!(self, "clear wake", "DELETE FROM wake WHERE workspace = $1 AND key = $2", key.as_str());
            }
        }
        Ok(())
    }

    async fn receipt(&mut self, receipt: &Receipt) -> Result<(), StoreError> {
        let body = to_json("receipt", &receipt.what)?;
        run!(
            self,
            "write receipt",
            "INSERT INTO receipt (workspace, subject, path, at, cause, what, body) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (subject, workspace, cause, what) DO NOTHING",
            receipt.subject.as_str(),
            path_of(receipt.subject.as_str()),
            receipt.at.as_millisecond(),
            receipt.cause.as_str(),
            // The words of a platform's refusal may be longer than PostgreSQL lets an index hold.
            short(&body),
            body
        );
        Ok(())
    }
}

/// What an effect is about, so that `jeda explain` finds it before it is settled, too.
fn subject_of(effect: &Effect) -> Option<Subject> {
    match effect {
        Effect::Standup(effect) => match effect {
            standup::Effect::Prompt(entry) | standup::Effect::PromptState(entry) => Some(entry.prompt_subject()),
            standup::Effect::Remind(entry) | standup::Effect::RemindState(entry) => Some(entry.remind_subject()),
            standup::Effect::Question(entry, _) | standup::Effect::Thanks(entry) => Some(entry.answer_subject()),
            standup::Effect::Report(round, part) => Some(round.report_subject(part)),
            standup::Effect::Observe(round, user, page) => Some(round.observe_subject(user, *page)),
            standup::Effect::Tell(..) => None,
        },
        Effect::People(effect) => Some(effect.subject()),
        Effect::Norm(effect) => Some(effect.subject()),
        Effect::Later(effect) => Some(effect.subject()),
        Effect::Ask(effect) => Some(effect.subject()),
        Effect::Digest(effect) => Some(effect.subject()),
        Effect::Errand(_) => None,
    }
}
