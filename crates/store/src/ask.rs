//! Questions: written, and found by their asker, by whoever is asked, by their number and by their messages.

use crate::{
    StoreError,
    apply::{Writer, run, to_json},
    db::{error, on, pair},
    load::{Loader, from_json, texts},
};
use jeda_core::{
    ask::Ask,
    id::{ChannelId, MessageId, UserId},
    limit::ASKS_TO_READ_MAX,
};
use std::collections::BTreeSet;

/// One question.
pub(crate) const ASK: &str = "SELECT body FROM ask WHERE workspace = $1 AND id = $2";

impl Loader<'_, '_> {
    fn put_asks(&mut self, rows: &[String]) -> Result<Vec<Ask>, StoreError> {
        let asks: Vec<Ask> = rows.iter().map(|body| from_json("ask", body)).collect::<Result<_, _>>()?;
        for ask in &asks {
            self.snapshot.asks.insert(ask.id.clone(), ask.clone());
        }
        Ok(asks)
    }

    /// What somebody asked and has not been told the end of, and their newest number.
    pub(crate) async fn asks_of(&mut self, asker: &UserId) -> Result<(), StoreError> {
        let sql = "SELECT body FROM ask WHERE workspace = $1 AND asker = $2 AND settled_at IS NULL";
        let rows = texts!(self, "load asks", sql, asker.as_str());
        self.put_asks(&rows)?;
        let sql = "SELECT number FROM ask_newest WHERE workspace = $1 AND asker = $2";
        let newest = on!(&mut *self.conn, |c| sqlx::query_scalar::<_, i64>(sql)
            .bind(self.workspace.as_str())
            .bind(asker.as_str())
            .fetch_optional(&mut **c)
            .await)
        .map_err(error("load ask_newest"))?;
        if let Some(number) = newest.and_then(|number| u32::try_from(number).ok()) {
            self.snapshot.ask_numbers.insert(asker.clone(), number);
        }
        Ok(())
    }

    /// Open questions that somebody is asked.
    pub(crate) async fn asks_for(&mut self, user: &UserId) -> Result<(), StoreError> {
        let sql = "SELECT a.body FROM ask_waits w CROSS JOIN ask a
                   WHERE w.workspace = $1 AND w.user_id = $2 AND a.workspace = $1 AND a.id = w.ask
                   ORDER BY a.asked_at, a.id LIMIT $3";
        let most = i64::try_from(ASKS_TO_READ_MAX).unwrap_or(i64::MAX);
        let rows = texts!(self, "load asks", sql, user.as_str(), most);
        self.put_asks(&rows).map(drop)
    }

    /// Questions with everybody in them, and their channels.
    pub(crate) async fn asks_whole(&mut self, sql: &'static str, bind: &str) -> Result<(), StoreError> {
        let rows = texts!(self, "load asks", sql, bind);
        self.with_people(&rows).await
    }

    pub(crate) async fn ask_number(&mut self, asker: &UserId, number: u32) -> Result<(), StoreError> {
        let sql = "SELECT body FROM ask WHERE workspace = $1 AND asker = $2 AND number = $3";
        let rows = texts!(self, "load asks", sql, asker.as_str(), i64::from(number));
        self.with_people(&rows).await
    }

    pub(crate) async fn ask_of_message(&mut self, channel: &ChannelId, message: &MessageId) -> Result<(), StoreError> {
        let sql = "SELECT a.body FROM ask_message m CROSS JOIN ask a WHERE m.workspace = $1 AND m.channel = $2
                   AND m.message = $3 AND a.workspace = $1 AND a.id = m.ask";
        let rows = texts!(self, "load asks", sql, channel.as_str(), message.as_str());
        self.with_people(&rows).await
    }

    async fn with_people(&mut self, rows: &[String]) -> Result<(), StoreError> {
        let asks = self.put_asks(rows)?;
        let mut users = BTreeSet::new();
        for ask in &asks {
            users.extend(ask.people.keys().cloned());
            users.insert(ask.asker.clone());
            let sql = "SELECT body FROM channel WHERE workspace = $1 AND channel = $2";
            let channels = texts!(self, "load channel", sql, ask.channel.as_str());
            channels.iter().try_for_each(|body| self.put_channel(body))?;
        }
        self.members_named(&users).await
    }
}

impl Writer<'_, '_> {
    pub(crate) async fn ask(&mut self, ask: &Ask) -> Result<(), StoreError> {
        let body = to_json("ask", ask)?;
        let id = ask.id.as_str();
        run!(
            self,
            "write ask",
            "INSERT INTO ask (workspace, id, asker, number, asked_at, settled_at, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (workspace, id) DO UPDATE SET settled_at = excluded.settled_at, body = excluded.body",
            id,
            ask.asker.as_str(),
            i64::from(ask.number),
            ask.asked_at.as_millisecond(),
            ask.settled_at().map(|at| at.as_millisecond()),
            body
        );
        run!(
            self,
            "write ask_newest",
            "INSERT INTO ask_newest (workspace, asker, number) VALUES ($1, $2, $3)
             ON CONFLICT (workspace, asker) DO UPDATE SET number = excluded.number
             WHERE ask_newest.number < excluded.number",
            ask.asker.as_str(),
            i64::from(ask.number)
        );
        let waits: Vec<&str> = ask
            .people
            .iter()
            .filter(|(_, asked)| ask.is_open() && !asked.has_answered())
            .map(|(user, _)| user.as_str())
            .collect();
        run!(self, "write ask_waits", "DELETE FROM ask_waits WHERE workspace = $1 AND ask = $2", id);
        if !waits.is_empty() {
            let sql = pair!(&self.conn,
                sqlite: "INSERT INTO ask_waits (workspace, ask, user_id)
                         SELECT DISTINCT $1, $2, value FROM json_each($3)",
                postgres: "INSERT INTO ask_waits (workspace, ask, user_id)
                           SELECT DISTINCT $1, $2, jsonb_array_elements_text($3::jsonb)");
            run!(self, "write ask_waits", sql, id, to_json("ask_waits", &waits)?);
        }
        self.ask_messages(ask).await
    }

    async fn ask_messages(&mut self, ask: &Ask) -> Result<(), StoreError> {
        let id = ask.id.as_str();
        run!(self, "write ask_message", "DELETE FROM ask_message WHERE workspace = $1 AND ask = $2", id);
        // Also when nothing more is taken: whoever deletes an answer has it forgotten.
        let messages: BTreeSet<&str> = ask.messages().map(MessageId::as_str).collect();
        for message in messages {
            run!(
                self,
                "write ask_message",
                "INSERT INTO ask_message (workspace, ask, channel, message) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (workspace, channel, message) DO NOTHING",
                id,
                ask.channel.as_str(),
                message
            );
        }
        Ok(())
    }
}
