//! Events that look at one member each, nobody twice: one statement takes them all and reads what they look at, one
//! writes what was decided. SQLite takes each statement over to another thread and back, PostgreSQL over the network,
//! and under load that was half of the time that an event took.
//!
//! They stand or fall together: whoever needs one of them undone undoes all, and takes each on its own.

use crate::{
    Arrival, Batch, StoreError,
    apply::to_json,
    db::{Conn, error, on, pair},
    load::{Found, from_json, put_found},
};
use jeda_core::{
    change::Change,
    decide::Decision,
    event::Inbound,
    id::{UserId, WorkspaceId},
    snapshot::Snapshot,
    standup::{self, Note},
};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};

/// An event that looks at nothing but one member, and whom.
pub type Alone<'e> = (&'e Inbound, &'e UserId);

/// What is known of a JSON list of (workspace, key, member): keys that are in the inbox, and the members' rows. All of it
/// comes in one row, since each row is handed over like a statement.
macro_rules! read {
    ($list:literal, $gather:literal) => {
        concat!(
            "SELECT ",
            $gather,
            " FROM (
             SELECT 'inbox' AS kind, inbox.workspace, inbox.key AS name, '' AS id, 0 AS at, '' AS body FROM ",
            $list,
            " CROSS JOIN inbox WHERE inbox.workspace = value ->> 0 AND inbox.key = value ->> 1
             UNION ALL SELECT 'member', workspace, user_id, '', 0, body FROM ",
            $list,
            " CROSS JOIN member WHERE workspace = value ->> 0 AND user_id = value ->> 2
             UNION ALL SELECT 'dialog', workspace, user_id, '', 0, body FROM ",
            $list,
            " CROSS JOIN dialog WHERE workspace = value ->> 0 AND user_id = value ->> 2
             UNION ALL SELECT 'note', workspace, user_id, note.id, note.at, body FROM ",
            $list,
            " CROSS JOIN note WHERE workspace = value ->> 0 AND user_id = value ->> 2 AND NOT used) AS known"
        )
    };
}

/// Takes the same list into the inbox.
macro_rules! take {
    ($list:literal) => {
        concat!(
            "INSERT INTO inbox (workspace, key, at) SELECT value ->> 0, value ->> 1, CAST($2 AS BIGINT) FROM ",
            $list,
            " WHERE TRUE ON CONFLICT DO NOTHING"
        )
    };
}

/// Writes a JSON list of notes.
macro_rules! write {
    ($list:literal) => {
        concat!(
            "INSERT INTO note (workspace, id, user_id, at, used, body)
             SELECT value ->> 0, value ->> 1, value ->> 2, CAST(value ->> 3 AS BIGINT), CAST(value ->> 4 AS BOOLEAN),
             value ->> 5 FROM ",
            $list,
            " WHERE TRUE ON CONFLICT (workspace, id) DO UPDATE SET used = excluded.used, body = excluded.body"
        )
    };
}

macro_rules! read_and_take {
    ($first:literal) => {
        concat!(
            $first,
            read!("json_each($1) AS list", "json_group_array(json_array(kind, workspace, name, id, at, body))"),
            ";",
            take!("json_each($1) AS list")
        )
    };
}

const READ_AND_TAKE: &str = read_and_take!("");
const SET_READ_AND_TAKE: &str = read_and_take!("SAVEPOINT event;");
const READ_POSTGRES: &str = read!(
    "jsonb_array_elements($1::jsonb) AS list (value)",
    "coalesce(json_agg(json_build_array(kind, workspace, name, id, at, body)), '[]')::text"
);
const TAKE_POSTGRES: &str = take!("jsonb_array_elements($1::jsonb) AS list (value)");
const WRITE_SQLITE: &str = write!("json_each($1) AS list");
const WRITE_POSTGRES: &str = write!("jsonb_array_elements($1::jsonb) AS list (value)");

/// What it is, whose workspace, which key or member, and a note's id and time with the body.
type Row = (String, String, String, String, i64, String);

impl Batch {
    /// Takes events into the inbox, and reads whom each looks at: nobody may be there twice.
    ///
    /// # Errors
    /// The database can't be written, or a row is corrupt.
    pub async fn take_together(
        &mut self,
        events: &[Alone<'_>],
        now: Timestamp,
    ) -> Result<Vec<(Arrival, Snapshot)>, StoreError> {
        self.whole("write inbox")?;
        let names = |(inbound, user): &Alone<'_>| {
            [inbound.workspace.as_str(), inbound.key.as_str(), user.as_str()].map(str::to_owned)
        };
        let list = to_json("inbox", &events.iter().map(names).collect::<Vec<_>>())?;
        let known = self.read_and_take(&list, now).await;
        let known: Vec<Row> = from_json("inbox", &self.watch(known)?)?;
        let mut old = HashSet::new();
        let mut found: HashMap<(String, String), Vec<Found>> = HashMap::new();
        for (kind, workspace, name, id, at, body) in known {
            if kind == "inbox" {
                old.insert((workspace, name));
            } else {
                found.entry((workspace, name)).or_default().push((kind, id, at, body));
            }
        }
        let mut taken = Vec::with_capacity(events.len());
        for (event, user) in events {
            let mut snapshot = Snapshot::empty(self.workspace(&event.workspace).await?);
            let name = |text: &str| (event.workspace.as_str().to_owned(), text.to_owned());
            put_found(&mut snapshot, user, found.remove(&name(user.as_str())).unwrap_or_default())?;
            let is_old = old.contains(&name(event.key.as_str()));
            taken.push((if is_old { Arrival::Again } else { Arrival::New }, snapshot));
        }
        Ok(taken)
    }

    /// What is known already, as JSON. Nobody takes an event in between: SQLite has one writer, and on PostgreSQL the
    /// workspaces are locked.
    async fn read_and_take(&mut self, list: &str, now: Timestamp) -> Result<String, StoreError> {
        let sqlite = if self.begins_its_first() {
            SET_READ_AND_TAKE
        } else {
            self.set_mark("write inbox").await?;
            READ_AND_TAKE
        };
        let now = now.as_millisecond();
        let known = match self.tx.conn("write inbox")? {
            Conn::Sqlite(c) => {
                let rows = sqlx::query_scalar(sqlite).bind(list).bind(now).fetch_all(&mut *c).await;
                rows.map(|rows: Vec<String>| rows.into_iter().next().unwrap_or_default())
            }
            Conn::Postgres(c) => {
                let known = sqlx::query_scalar(READ_POSTGRES).bind(list).fetch_one(&mut *c).await;
                let known = known.map_err(error("load members"))?;
                sqlx::query(TAKE_POSTGRES).bind(list).bind(now).execute(&mut *c).await.map(|_| known)
            }
        };
        // Whatever failed came after the savepoint, and may have come after the inbox.
        self.is_set();
        known.map_err(error("write inbox"))
    }

    /// Writes decisions on events that were taken together.
    ///
    /// # Errors
    /// The database can't be written.
    pub async fn apply_together(&mut self, decided: &[(&WorkspaceId, &Decision)]) -> Result<(), StoreError> {
        let mut notes = Vec::new();
        for (workspace, decision) in decided {
            match only_notes(decision) {
                Some(all) => notes.extend(all.into_iter().map(|note| {
                    let Note { id, user, at, text, used } = note;
                    (workspace.as_str(), id.as_str(), user.as_str(), at.as_millisecond(), *used, text.as_str())
                })),
                None => self.apply(workspace, decision).await?,
            }
        }
        if notes.is_empty() {
            return self.whole("write notes");
        }
        self.set_mark("write notes").await?;
        let list = to_json("note", &notes)?;
        let mut conn = self.tx.conn("write notes")?;
        let sql = pair!(&conn, sqlite: WRITE_SQLITE, postgres: WRITE_POSTGRES);
        let done = on!(&mut conn, |c| sqlx::query(sql).bind(list).execute(&mut **c).await.map(|_| ()));
        self.watch(done.map_err(error("write notes")))
    }
}

/// The notes of a decision that changes nothing else.
fn only_notes(decision: &Decision) -> Option<Vec<&Note>> {
    let Decision { changes, effects, wakes, receipts, reply: _ } = decision;
    if !(effects.is_empty() && wakes.is_empty() && receipts.is_empty()) {
        return None;
    }
    changes.iter().map(note_of).collect()
}

fn note_of(change: &Change) -> Option<&Note> {
    match change {
        Change::Standup(standup::Change::Note(note)) => Some(note),
        _ => None,
    }
}
