//! Reading a scope: each need fetches its rows, each row lands in the snapshot once.

use crate::{
    StoreError, ask,
    db::{Conn, error, on, pair},
    digest, later,
    norms::{self, KnownNorms},
};
use jeda_core::{
    event::Posted,
    id::{ChannelId, GroupId, MessageId, StandupId, Subject, UserId, WorkspaceId},
    limit::ROUNDS_RECENT,
    people::{Channel, Group, Member, Workspace},
    snapshot::{Need, Places, Snapshot, Touch},
    standup::{Dialog, Entry, EntryKey, Note, Round, RoundKey, Standup, Who},
};
use jiff::{Timestamp, civil};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// Fills a snapshot with what is needed.
pub(crate) struct Loader<'l, 'c> {
    pub(crate) conn: &'l mut Conn<'c>,
    pub(crate) workspace: &'l WorkspaceId,
    pub(crate) norms: &'l KnownNorms,
    pub(crate) snapshot: &'l mut Snapshot,
}

/// A JSON column as what it should be.
pub(crate) fn from_json<T: DeserializeOwned>(table: &'static str, body: &str) -> Result<T, StoreError> {
    // serde_json's words can quote a value; only where it stands is told.
    serde_json::from_str(body).map_err(|error| StoreError::Corrupt {
        table,
        why: format!("{:?} at line {}, column {}", error.classify(), error.line(), error.column()),
    })
}

/// Rows of one text column.
macro_rules! texts {
    ($self:ident, $op:literal, $sql:expr $(, $bind:expr)*) => {
        on!(&mut *$self.conn, |c| sqlx::query_scalar::<_, String>($sql)
            .bind($self.workspace.as_str())$(.bind($bind))*.fetch_all(&mut **c).await)
            .map_err(error($op))?
    };
}
pub(crate) use texts;

/// A workspace's row; none while nothing is known of it.
pub(crate) async fn workspace_row(conn: &mut Conn<'_>, id: &WorkspaceId) -> Result<Option<Workspace>, StoreError> {
    let body = on!(conn, |c| sqlx::query_scalar::<_, String>("SELECT body FROM workspace WHERE id = $1")
        .bind(id.as_str())
        .fetch_optional(&mut **c)
        .await)
    .map_err(error("load workspace"))?;
    body.as_deref().map_or(Ok(None), workspace_of)
}

/// A row without a body only stands to be locked (PostgreSQL).
pub(crate) fn workspace_of(body: &str) -> Result<Option<Workspace>, StoreError> {
    if body.is_empty() { Ok(None) } else { from_json("workspace", body).map(Some) }
}

impl Loader<'_, '_> {
    pub(crate) async fn needs(&mut self, needs: &BTreeSet<Need>) -> Result<(), StoreError> {
        for need in needs {
            self.need(need).await?;
        }
        Ok(())
    }

    async fn need(&mut self, need: &Need) -> Result<(), StoreError> {
        match need {
            Need::Member(user) => self.member_whole(user).await,
            Need::Members => self.everybody().await,
            Need::Admins => self.members("SELECT body FROM member WHERE workspace = $1 AND admin AND active").await,
            Need::Channel(channel) => self.channel(channel).await,
            Need::Channels => {
                let rows = texts!(self, "load channels", "SELECT body FROM channel WHERE workspace = $1");
                rows.iter().try_for_each(|body| self.put_channel(body))
            }
            Need::Group(group) => self.group(group).await,
            Need::Groups => self.groups().await,
            Need::Norms => {
                self.snapshot.norms = norms::live(self.conn, self.workspace, self.norms).await?;
                Ok(())
            }
            Need::Mentioned { channel, mentions } => self.mentioned(channel, mentions).await,
            Need::Judged(id) => self.judged(norms::JUDGED, id.as_str()).await,
            Need::JudgedWhole(id) => {
                self.judged(norms::JUDGED, id.as_str()).await?;
                self.found().await
            }
            Need::Alert(id) => self.alert(id.as_str()).await,
            Need::AlertsOf(author, since) => self.alerts_of(author, *since).await,
            Need::ToldIn(conversation, author) => self.told_in(&conversation.to_string(), author).await,
            Need::JudgedOf(author) => {
                self.judged(norms::JUDGED_OF, author.as_str()).await?;
                self.found().await
            }
            Need::JudgedSince(since) => self.judged_since(*since).await,
            Need::People(users) => self.members_named(users).await,
            Need::LatersOf(author) => self.laters_of(author).await,
            Need::LatersTo(reader) => self.laters_to(reader).await,
            Need::Later(id) => {
                self.laters(later::LATER, id.as_str()).await?;
                self.of_laters(true).await
            }
            Need::LaterToChange(one) => self.later_to_change(one).await,
            Need::Held(id) => self.held(id).await,
            Need::AsksOf(asker) => self.asks_of(asker).await,
            Need::AsksFor(user) => self.asks_for(user).await,
            Need::Ask(id) => self.asks_whole(ask::ASK, id.as_str()).await,
            Need::AskNumber(asker, number) => self.ask_number(asker, *number).await,
            Need::AskOfMessage(channel, message) => self.ask_of_message(channel, message).await,
            Need::ItemsWaiting(reader) => self.items_waiting(reader).await,
            Need::ItemsOf(digest) => self.items(digest::OF, digest.as_str()).await,
            Need::ItemBeside(item) => self.items(digest::BESIDE, item.as_str()).await,
            Need::ToldTo(user) => self.told_to(user).await,
            Need::LatersFrom(id) => self.laters_from(id).await,
            Need::ChannelNamed(name) => self.channel_named(name).await,
            Need::Places(user) => self.places(user).await,
            Need::Standups => self.standups().await,
            Need::Standup(id) => self.standup_whole(id).await,
            Need::StandupNamed(name) => match self.named(name).await? {
                Some(id) => self.standup_whole(&id).await,
                None => Ok(()),
            },
            Need::StandupsTouching(touch) => self.touching(touch).await,
            Need::Round(key) => self.round(key).await,
            Need::RoundOf(name, dates) => self.round_of(name.as_deref(), dates.as_ref()).await,
            Need::Entry(key) => self.entry(key).await,
            Need::EntriesOf(user) => self.entries_of(user).await,
            Need::EntryOfMessage(message) => self.entry_of_message(message).await,
            Need::Post(subject) => self.post(subject).await,
            Need::PersonOf(user) => self.person_of(user).await,
            Need::Offer(code) => self.offer(code).await,
            // The engine brings it.
            Need::Chance => Ok(()),
        }
    }

    // People and places

    /// One statement, since every command begins with it.
    async fn member_whole(&mut self, user: &UserId) -> Result<(), StoreError> {
        let sql = "SELECT 'member', '', CAST(0 AS BIGINT), body FROM member WHERE workspace = $1 AND user_id = $2
                   UNION ALL SELECT 'dialog', '', 0, body FROM dialog WHERE workspace = $1 AND user_id = $2
                   UNION ALL SELECT 'note', id, at, body FROM note WHERE workspace = $1 AND user_id = $2 AND NOT used";
        let rows = on!(&mut *self.conn, |c| sqlx::query_as::<_, Found>(sql)
            .bind(self.workspace.as_str())
            .bind(user.as_str())
            .fetch_all(&mut **c)
            .await)
        .map_err(error("load member"))?;
        put_found(self.snapshot, user, rows)
    }

    async fn notes(&mut self, user: &UserId) -> Result<(), StoreError> {
        if self.snapshot.notes.iter().any(|note| note.user == *user) {
            return Ok(());
        }
        let sql = "SELECT id, at, body FROM note WHERE workspace = $1 AND user_id = $2 AND NOT used";
        let rows = on!(&mut *self.conn, |c| sqlx::query_as::<_, (String, i64, String)>(sql)
            .bind(self.workspace.as_str())
            .bind(user.as_str())
            .fetch_all(&mut **c)
            .await)
        .map_err(error("load notes"))?;
        for (id, at, text) in rows {
            let at = instant("note", at)?;
            self.snapshot.notes.push(Note { id, user: user.clone(), at, text, used: false });
        }
        self.snapshot.notes.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        Ok(())
    }

    async fn member(&mut self, user: &UserId) -> Result<(), StoreError> {
        if self.snapshot.members.contains_key(user) {
            return Ok(());
        }
        let rows =
            texts!(self, "load member", "SELECT body FROM member WHERE workspace = $1 AND user_id = $2", user.as_str());
        rows.iter().try_for_each(|body| self.put_member(body))
    }

    /// Everybody in one row, since each row of SQLite's is handed over from another thread.
    async fn everybody(&mut self) -> Result<(), StoreError> {
        let sql = pair!(&self.conn,
            sqlite: "SELECT json_group_array(body) FROM member WHERE workspace = $1",
            postgres: "SELECT coalesce(json_agg(body), '[]')::text FROM member WHERE workspace = $1");
        for list in texts!(self, "load members", sql) {
            let rows: Vec<String> = from_json("member", &list)?;
            rows.iter().try_for_each(|body| self.put_member(body))?;
        }
        Ok(())
    }

    async fn members(&mut self, sql: &'static str) -> Result<(), StoreError> {
        let rows = texts!(self, "load members", sql);
        rows.iter().try_for_each(|body| self.put_member(body))
    }

    /// These people's rows, in one query.
    pub(crate) async fn members_named(&mut self, users: &BTreeSet<UserId>) -> Result<(), StoreError> {
        let missing: Vec<&str> =
            users.iter().filter(|user| !self.snapshot.members.contains_key(*user)).map(UserId::as_str).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let list = serde_json::to_string(&missing).unwrap_or_default();
        let sql = pair!(&self.conn,
            sqlite: "SELECT body FROM member WHERE workspace = $1 AND user_id IN (SELECT value FROM json_each($2))",
            postgres: "SELECT body FROM member WHERE workspace = $1
                       AND user_id IN (SELECT jsonb_array_elements_text($2::jsonb))");
        let rows = texts!(self, "load members", sql, list.as_str());
        rows.iter().try_for_each(|body| self.put_member(body))
    }

    pub(crate) async fn channel(&mut self, channel: &ChannelId) -> Result<(), StoreError> {
        let rows = texts!(
            self,
            "load channel",
            "SELECT body FROM channel WHERE workspace = $1 AND channel = $2",
            channel.as_str()
        );
        rows.iter().try_for_each(|body| self.put_channel(body))?;
        let users: BTreeSet<UserId> = texts!(
            self,
            "load channel members",
            "SELECT user_id FROM channel_member WHERE workspace = $1 AND channel = $2",
            channel.as_str()
        )
        .into_iter()
        .map(UserId::new)
        .collect();
        self.members_named(&users).await?;
        if !users.is_empty() {
            self.snapshot.channel_members.insert(channel.clone(), users);
        }
        Ok(())
    }

    /// By the names in the rows: there are as many channels as the bot was brought into.
    async fn channel_named(&mut self, name: &str) -> Result<(), StoreError> {
        let rows = texts!(self, "load channels", "SELECT body FROM channel WHERE workspace = $1");
        let wanted = name.to_lowercase();
        for body in &rows {
            let channel: Channel = from_json("channel", body)?;
            if channel.name.to_lowercase() == wanted {
                return self.channel(&channel.channel).await;
            }
        }
        Ok(())
    }

    async fn places(&mut self, user: &UserId) -> Result<(), StoreError> {
        let sql = "SELECT channel FROM channel_member WHERE workspace = $1 AND user_id = $2";
        let channels = texts!(self, "find channels", sql, user.as_str()).into_iter().map(ChannelId::new).collect();
        let sql = "SELECT group_id FROM group_member WHERE workspace = $1 AND user_id = $2";
        let groups = texts!(self, "find groups", sql, user.as_str()).into_iter().map(GroupId::new).collect();
        self.snapshot.places.insert(user.clone(), Places { channels, groups });
        Ok(())
    }

    pub(crate) async fn group(&mut self, group: &GroupId) -> Result<(), StoreError> {
        let users = self.in_group(group).await?;
        self.members_named(&users).await?;
        if !users.is_empty() {
            self.snapshot.group_members.insert(group.clone(), users);
        }
        Ok(())
    }

    pub(crate) async fn in_group(&mut self, group: &GroupId) -> Result<BTreeSet<UserId>, StoreError> {
        let sql = "SELECT user_id FROM group_member WHERE workspace = $1 AND group_id = $2";
        Ok(texts!(self, "load group members", sql, group.as_str()).into_iter().map(UserId::new).collect())
    }

    async fn groups(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT group_id, name FROM group_name WHERE workspace = $1";
        let rows = on!(&mut *self.conn, |c| sqlx::query_as::<_, (String, String)>(sql)
            .bind(self.workspace.as_str())
            .fetch_all(&mut **c)
            .await)
        .map_err(error("load groups"))?;
        let groups = rows.into_iter().map(|(group, name)| Group { group: GroupId::new(group), name });
        self.snapshot.groups = groups.map(|group| (group.group.clone(), group)).collect();
        Ok(())
    }

    // Standups

    async fn standups(&mut self) -> Result<(), StoreError> {
        for standup in self.living().await? {
            self.snapshot.standups.insert(standup.id.clone(), standup);
        }
        Ok(())
    }

    /// Every standup that is not deleted, without a place in the snapshot.
    async fn living(&mut self) -> Result<Vec<Standup>, StoreError> {
        let rows = texts!(self, "load standups", "SELECT body FROM standup WHERE workspace = $1 AND NOT deleted");
        rows.iter().map(|body| from_json("standup", body)).collect()
    }

    async fn named(&mut self, name: &str) -> Result<Option<StandupId>, StoreError> {
        let key = name.to_lowercase();
        let ids = texts!(
            self,
            "find standup",
            "SELECT id FROM standup WHERE workspace = $1 AND name_key = $2 AND NOT deleted",
            key.as_str()
        );
        Ok(ids.into_iter().next().map(StandupId::new))
    }

    pub(crate) async fn standup(&mut self, id: &StandupId) -> Result<Option<Standup>, StoreError> {
        if let Some(standup) = self.snapshot.standups.get(id) {
            return Ok(Some(standup.clone()));
        }
        let rows =
            texts!(self, "load standup", "SELECT body FROM standup WHERE workspace = $1 AND id = $2", id.as_str());
        let Some(body) = rows.first() else { return Ok(None) };
        let standup: Standup = from_json("standup", body)?;
        self.snapshot.standups.insert(id.clone(), standup.clone());
        Ok(Some(standup))
    }

    async fn standup_whole(&mut self, id: &StandupId) -> Result<(), StoreError> {
        let Some(standup) = self.standup(id).await? else { return Ok(()) };
        self.channel(&standup.channel).await?;
        let mut people: BTreeSet<UserId> = standup.joined.union(&standup.observers).cloned().collect();
        people.extend(standup.left.iter().cloned());
        people.insert(standup.owner.clone());
        match &standup.who {
            Who::ChannelMembers => {}
            Who::List(list) => people.extend(list.iter().cloned()),
            Who::Group(group) => self.group(group).await?,
        }
        self.members_named(&people).await?;
        let open = texts!(
            self,
            "find open rounds",
            "SELECT date FROM round WHERE workspace = $1 AND standup = $2 AND is_open",
            id.as_str()
        );
        for date in open {
            self.round(&RoundKey { standup: id.clone(), date: civil_date("round", &date)? }).await?;
        }
        Ok(())
    }

    /// Only the standups that are touched come into the snapshot: whoever plans those at hand again would plan the
    /// others with nobody in them, and ask for their people without end.
    async fn touching(&mut self, touch: &Touch) -> Result<(), StoreError> {
        let mut asking = BTreeSet::new();
        if let Touch::Member(user) = touch {
            self.places(user).await?;
            let sql = "SELECT r.standup FROM round r CROSS JOIN entry e
                       WHERE r.workspace = $1 AND r.is_open AND e.workspace = $1 AND e.standup = r.standup
                       AND e.date = r.date AND e.user_id = $2";
            asking.extend(texts!(self, "find open entries", sql, user.as_str()));
        }
        for standup in self.living().await? {
            let touched = match touch {
                Touch::All => true,
                Touch::Channel(channel) => standup.channel == *channel,
                Touch::Group(group) => standup.who == Who::Group(group.clone()),
                Touch::Member(user) => {
                    let named = match &standup.who {
                        Who::ChannelMembers => self.snapshot.is_in_channel(user, &standup.channel),
                        Who::List(list) => list.contains(user),
                        Who::Group(group) => self.snapshot.is_in_group(user, group),
                    };
                    named || standup.joined.contains(user) || asking.contains(standup.id.as_str())
                }
            };
            if touched {
                let id = standup.id.clone();
                self.snapshot.standups.insert(id.clone(), standup);
                self.standup_whole(&id).await?;
            }
        }
        Ok(())
    }

    // Rounds and entries

    async fn round_row(&mut self, key: &RoundKey) -> Result<bool, StoreError> {
        if self.snapshot.rounds.contains_key(key) {
            return Ok(true);
        }
        let rows = texts!(
            self,
            "load round",
            "SELECT body FROM round WHERE workspace = $1 AND standup = $2 AND date = $3",
            key.standup.as_str(),
            key.date.to_string()
        );
        let Some(body) = rows.first() else { return Ok(false) };
        let round: Round = from_json("round", body)?;
        self.snapshot.rounds.insert(key.clone(), round);
        Ok(true)
    }

    async fn round(&mut self, key: &RoundKey) -> Result<(), StoreError> {
        if self.standup(&key.standup).await?.is_none() || !self.round_row(key).await? {
            return Ok(());
        }
        let rows = texts!(
            self,
            "load entries",
            "SELECT body FROM entry WHERE workspace = $1 AND standup = $2 AND date = $3",
            key.standup.as_str(),
            key.date.to_string()
        );
        let mut people = BTreeSet::new();
        for body in &rows {
            people.insert(self.put_entry(body)?.user);
        }
        self.members_named(&people).await?;
        self.posts_of_round(key).await
    }

    async fn round_of(&mut self, name: Option<&str>, wanted: Option<&BTreeSet<civil::Date>>) -> Result<(), StoreError> {
        let ids: Vec<StandupId> = match name {
            Some(name) => self.named(name).await?.into_iter().collect(),
            None => self.living().await?.into_iter().map(|standup| standup.id).collect(),
        };
        for id in ids {
            let dates = match wanted {
                Some(wanted) => {
                    let mut found = Vec::new();
                    for date in wanted {
                        let sql = "SELECT date FROM round WHERE workspace = $1 AND standup = $2 AND date = $3";
                        found.extend(texts!(self, "find a round", sql, id.as_str(), date.to_string()));
                    }
                    found
                }
                None => texts!(
                    self,
                    "find newest rounds",
                    "SELECT date FROM round WHERE workspace = $1 AND standup = $2 ORDER BY date DESC LIMIT $3",
                    id.as_str(),
                    ROUNDS_RECENT as i64
                ),
            };
            for date in dates {
                self.round(&RoundKey { standup: id.clone(), date: civil_date("round", &date)? }).await?;
            }
        }
        Ok(())
    }

    async fn entry(&mut self, key: &EntryKey) -> Result<(), StoreError> {
        self.standup(&key.round.standup).await?;
        self.round_row(&key.round).await?;
        self.member(&key.user).await?;
        self.notes(&key.user).await?;
        self.posts_of_entry(key).await?;
        let rows = texts!(
            self,
            "load entry",
            "SELECT body FROM entry WHERE workspace = $1 AND standup = $2 AND user_id = $3 AND
             (date = $4 OR date = (SELECT max(date) FROM entry WHERE workspace = $1 AND standup = $2 AND user_id = $3
                                   AND date < $4 AND answered))",
            key.round.standup.as_str(),
            key.user.as_str(),
            key.round.date.to_string()
        );
        for body in &rows {
            let found = self.put_entry(body)?;
            self.round_row(&found.round).await?;
        }
        Ok(())
    }

    async fn entries_of(&mut self, user: &UserId) -> Result<(), StoreError> {
        // Years of entries lie behind a member: open rounds are walked first (`CROSS JOIN` holds SQLite to it), and
        // of each standup only the newest entry is looked up.
        let sql = "SELECT e.body FROM round r CROSS JOIN entry e
                   WHERE r.workspace = $1 AND r.is_open AND e.workspace = $1 AND e.standup = r.standup
                   AND e.date = r.date AND e.user_id = $2
                   UNION SELECT e.body FROM standup s CROSS JOIN entry e
                   WHERE s.workspace = $1 AND e.workspace = $1 AND e.user_id = $2 AND e.standup = s.id
                   AND e.date = (SELECT max(n.date) FROM entry n
                                 WHERE n.workspace = $1 AND n.user_id = $2 AND n.standup = s.id)";
        let rows = texts!(self, "load a member's entries", sql, user.as_str());
        for body in &rows {
            let key = self.put_entry(body)?;
            self.standup(&key.round.standup).await?;
            self.round_row(&key.round).await?;
            self.posts_of_entry(&key).await?;
        }
        Ok(())
    }

    async fn entry_of_message(&mut self, message: &MessageId) -> Result<(), StoreError> {
        let sql = "SELECT standup || '/' || date || '/' || user_id FROM answer_message
                   WHERE workspace = $1 AND message = $2
                   UNION SELECT substr(subject, 8) FROM post
                   WHERE workspace = $1 AND message = $2
                   AND (subject > 'prompt/' AND subject < 'prompt0' OR subject > 'remind/' AND subject < 'remind0')";
        let paths = texts!(self, "find a message's entry", sql, message.as_str());
        for path in paths {
            let mut parts = path.splitn(3, '/');
            let (Some(standup), Some(date), Some(user)) = (parts.next(), parts.next(), parts.next()) else { continue };
            let round = RoundKey { standup: StandupId::new(standup), date: civil_date("post", date)? };
            self.entry(&EntryKey { round, user: UserId::new(user) }).await?;
        }
        Ok(())
    }

    // Posts

    async fn post(&mut self, subject: &Subject) -> Result<(), StoreError> {
        self.posts(
            "SELECT subject, channel, message, at FROM post WHERE workspace = $1 AND subject = $2",
            subject.as_str(),
        )
        .await
    }

    /// Its prompt and its reminder.
    async fn posts_of_entry(&mut self, key: &EntryKey) -> Result<(), StoreError> {
        self.posts(
            "SELECT subject, channel, message, at FROM post
             WHERE workspace = $1 AND subject IN ('prompt/' || $2, 'remind/' || $2)",
            &key.path(),
        )
        .await
    }

    /// Everyone's prompt and reminder, and the parts of its report. `0` is the character after `/`, so each is a range
    /// of the index.
    async fn posts_of_round(&mut self, key: &RoundKey) -> Result<(), StoreError> {
        self.posts(
            "SELECT subject, channel, message, at FROM post
             WHERE workspace = $1 AND subject > 'prompt/' || $2 || '/' AND subject < 'prompt/' || $2 || '0'
             UNION ALL SELECT subject, channel, message, at FROM post
             WHERE workspace = $1 AND subject > 'remind/' || $2 || '/' AND subject < 'remind/' || $2 || '0'
             UNION ALL SELECT subject, channel, message, at FROM post
             WHERE workspace = $1 AND subject > 'report/' || $2 || '/' AND subject < 'report/' || $2 || '0'",
            &key.path(),
        )
        .await
    }

    async fn posts(&mut self, sql: &'static str, subject: &str) -> Result<(), StoreError> {
        let rows = on!(&mut *self.conn, |c| sqlx::query_as::<_, (String, String, String, i64)>(sql)
            .bind(self.workspace.as_str())
            .bind(subject)
            .fetch_all(&mut **c)
            .await)
        .map_err(error("load posts"))?;
        for (subject, channel, message, at) in rows {
            let posted =
                Posted { channel: ChannelId::new(channel), message: MessageId::new(message), at: instant("post", at)? };
            self.snapshot.posts.insert(Subject::new(subject), posted);
        }
        Ok(())
    }

    // Rows into the snapshot

    fn put_member(&mut self, body: &str) -> Result<(), StoreError> {
        put_member(self.snapshot, body)
    }

    pub(crate) fn put_channel(&mut self, body: &str) -> Result<(), StoreError> {
        let channel: Channel = from_json("channel", body)?;
        self.snapshot.channels.insert(channel.channel.clone(), channel);
        Ok(())
    }

    fn put_entry(&mut self, body: &str) -> Result<EntryKey, StoreError> {
        let entry: Entry = from_json("entry", body)?;
        let key = entry.key.clone();
        self.snapshot.entries.insert(key.clone(), entry);
        Ok(key)
    }
}

fn put_member(snapshot: &mut Snapshot, body: &str) -> Result<(), StoreError> {
    let member: Member = from_json("member", body)?;
    snapshot.members.insert(member.user.clone(), member);
    Ok(())
}

/// What was found of a member: `member`, `dialog` or `note`, a note's id and time, and the body.
pub(crate) type Found = (String, String, i64, String);

/// Puts a member's own rows into the snapshot.
pub(crate) fn put_found(snapshot: &mut Snapshot, user: &UserId, rows: Vec<Found>) -> Result<(), StoreError> {
    let noted = snapshot.notes.iter().any(|note| note.user == *user);
    for (kind, id, at, body) in rows {
        match kind.as_str() {
            "member" => put_member(snapshot, &body)?,
            "dialog" => {
                let dialog: Dialog = from_json("dialog", &body)?;
                snapshot.dialogs.insert(dialog.user.clone(), dialog);
            }
            _ if noted => {}
            _ => {
                let at = instant("note", at)?;
                snapshot.notes.push(Note { id, user: user.clone(), at, text: body, used: false });
            }
        }
    }
    snapshot.notes.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    Ok(())
}

/// Epoch milliseconds as an instant.
pub(crate) fn instant(table: &'static str, at: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(at).map_err(|_| StoreError::Corrupt { table, why: "an instant out of range".into() })
}

fn civil_date(table: &'static str, text: &str) -> Result<civil::Date, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt { table, why: "not a date".into() })
}
