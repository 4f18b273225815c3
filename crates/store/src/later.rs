//! Messages for later: written, and found by their author, their reader and their number.

use crate::{
    StoreError,
    apply::{Writer, run, to_json},
    db::{error, on, pair},
    load::{Loader, from_json, texts},
};
use jeda_core::{
    id::UserId,
    later::{Later, LaterId, Original, State, To},
    limit::LATERS_TO_READ_MAX,
    norm::JudgedId,
    snapshot::LaterRef,
};
use std::collections::BTreeSet;

/// One message.
pub(crate) const LATER: &str = "SELECT body FROM later WHERE workspace = $1 AND id = $2";

impl Loader<'_, '_> {
    pub(crate) async fn laters(&mut self, sql: &'static str, bind: &str) -> Result<(), StoreError> {
        let rows = texts!(self, "load later", sql, bind);
        self.put_laters(&rows)
    }

    fn put_laters(&mut self, rows: &[String]) -> Result<(), StoreError> {
        for body in rows {
            let later: Later = from_json("later", body)?;
            self.snapshot.laters.insert(later.id.clone(), later);
        }
        Ok(())
    }

    pub(crate) async fn laters_of(&mut self, author: &UserId) -> Result<(), StoreError> {
        let sql = "SELECT body FROM later WHERE workspace = $1 AND author = $2 AND NOT done
                   UNION ALL SELECT body FROM later WHERE workspace = $1 AND author = $2 AND done AND number =
                   (SELECT max(number) FROM later WHERE workspace = $1 AND author = $2)";
        self.laters(sql, author.as_str()).await?;
        self.of_laters(false).await
    }

    pub(crate) async fn laters_to(&mut self, reader: &UserId) -> Result<(), StoreError> {
        let sql = "SELECT body FROM later WHERE workspace = $1 AND reader = $2 ORDER BY due_at, id LIMIT $3";
        let most = i64::try_from(LATERS_TO_READ_MAX).unwrap_or(i64::MAX);
        let rows = texts!(self, "load later", sql, reader.as_str(), most);
        self.put_laters(&rows)?;
        self.hold_back().await
    }

    pub(crate) async fn laters_from(&mut self, source: &JudgedId) -> Result<(), StoreError> {
        self.laters("SELECT body FROM later WHERE workspace = $1 AND source = $2", source.as_str()).await?;
        self.hold_back().await
    }

    pub(crate) async fn later_to_change(&mut self, one: &LaterRef) -> Result<(), StoreError> {
        match one {
            LaterRef::Id(id) => self.laters(LATER, id.as_str()).await?,
            LaterRef::Number(author, number) => {
                let sql = "SELECT body FROM later WHERE workspace = $1 AND author = $2 AND number = $3";
                let rows = texts!(self, "load later", sql, author.as_str(), i64::from(*number));
                self.put_laters(&rows)?;
            }
        }
        self.of_laters(false).await?;
        self.hold_back().await
    }

    /// A held message with what judging it anew looks at: whom it mentions, also where no norm looks at mentions any more,
    /// the norms, and everything of its author's that waits.
    pub(crate) async fn held(&mut self, id: &LaterId) -> Result<(), StoreError> {
        self.laters(LATER, id.as_str()).await?;
        let Some(later) = self.snapshot.laters.get(id).cloned() else { return Ok(()) };
        self.laters_of(&later.author).await?;
        self.members_named(&[later.author.clone()].into()).await?;
        let (Some(held), Some(of)) = (later.held(), later.original()) else { return Ok(()) };
        self.members_named(&held.mentions.users).await?;
        for group in &held.mentions.groups {
            self.group(group).await?;
        }
        if held.mentions.everyone {
            self.channel(&of.spot.channel).await?;
        }
        self.mentioned(&of.spot.channel, &held.mentions).await
    }

    /// Those whom the messages are for, and their authors; where they are for a channel, its row.
    pub(crate) async fn of_laters(&mut self, with_authors: bool) -> Result<(), StoreError> {
        let (mut users, mut channels) = (BTreeSet::new(), BTreeSet::new());
        for later in self.snapshot.laters.values() {
            users.extend(with_authors.then(|| later.author.clone()));
            match later.letter().map(|letter| &letter.to) {
                Some(To::Member(user)) => drop(users.insert(user.clone())),
                Some(To::Channel(channel)) => drop(channels.insert(channel.clone())),
                None => {}
            }
        }
        for channel in channels {
            let sql = "SELECT body FROM channel WHERE workspace = $1 AND channel = $2";
            let rows = texts!(self, "load channel", sql, channel.as_str());
            rows.iter().try_for_each(|body| self.put_channel(body))?;
        }
        self.members_named(&users).await
    }

    /// Which of the messages are on their way. The others don't set out before this transaction ends: SQLite has one
    /// writer, and on PostgreSQL what is owed is locked, which a claim passes by.
    async fn hold_back(&mut self) -> Result<(), StoreError> {
        let ids: Vec<&LaterId> = self.snapshot.laters.keys().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let list = serde_json::to_string(&ids).unwrap_or_default();
        let sql = pair!(&self.conn,
            // By the path's index: without the plus SQLite would rather read all that the workspace owes.
            sqlite: "SELECT path, state = 'leased' OR uncertain FROM outbox
                     WHERE +workspace = $1 AND +settled_at IS NULL AND path IN (SELECT value FROM json_each($2))",
            postgres: "SELECT path, state = 'leased' OR uncertain FROM outbox
                       WHERE workspace = $1 AND settled_at IS NULL
                       AND path IN (SELECT jsonb_array_elements_text($2::jsonb)) FOR UPDATE");
        let rows = on!(&mut *self.conn, |c| sqlx::query_as::<_, (String, bool)>(sql)
            .bind(self.workspace.as_str())
            .bind(list.as_str())
            .fetch_all(&mut **c)
            .await)
        .map_err(error("load outbox"))?;
        let under_way = rows.into_iter().filter(|(_, is_under_way)| *is_under_way);
        self.snapshot.under_way.extend(under_way.map(|(id, _)| LaterId::new(id)));
        Ok(())
    }
}

impl Writer<'_, '_> {
    pub(crate) async fn later(&mut self, later: &Later) -> Result<(), StoreError> {
        let body = to_json("later", later)?;
        let due_at = match &later.state {
            State::Waiting(letter) => Some(letter.due_at),
            State::Taking(_) | State::Posting(_) | State::Back { .. } | State::Done { .. } => None,
        };
        let source = later.original().map(Original::judged);
        run!(
            self,
            "write later",
            "INSERT INTO later (workspace, id, author, number, reader, due_at, done, settled_at, body, source)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (workspace, id) DO UPDATE
             SET reader = excluded.reader, due_at = excluded.due_at, done = excluded.done,
                 settled_at = excluded.settled_at, body = excluded.body, source = excluded.source",
            later.id.as_str(),
            later.author.as_str(),
            i64::from(later.number),
            later.waits_for().map(UserId::as_str),
            due_at.map(|at| at.as_millisecond()),
            later.letter().is_none(),
            later.settled_at().map(|at| at.as_millisecond()),
            body,
            source.as_ref().map(JudgedId::as_str)
        );
        Ok(())
    }
}
