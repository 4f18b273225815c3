//! What waits for digests: written, and found by its reader, its digest and its neighbours.

use crate::{
    StoreError,
    apply::{Writer, run, to_json},
    db::{error, on},
    load::{Loader, from_json, texts},
};
use jeda_core::{
    digest::{Change, Item, State},
    id::UserId,
    limit::ITEMS_READ_MAX,
};

/// What is in a digest.
pub(crate) const OF: &str = "SELECT body FROM digest_item WHERE workspace = $1 AND digest = $2";
/// One item, and all that came in its digest.
pub(crate) const BESIDE: &str = "SELECT body FROM digest_item WHERE workspace = $1 AND (id = $2 OR digest =
    (SELECT digest FROM digest_item WHERE workspace = $1 AND id = $2))";

impl Loader<'_, '_> {
    /// What waits for somebody, what is due first first.
    pub(crate) async fn items_waiting(&mut self, reader: &UserId) -> Result<(), StoreError> {
        let sql = "SELECT body FROM digest_item WHERE workspace = $1 AND reader = $2 AND waits
                   ORDER BY due, since, id LIMIT $3";
        let most = i64::try_from(ITEMS_READ_MAX).unwrap_or(i64::MAX);
        let rows = texts!(self, "load digest_item", sql, reader.as_str(), most);
        self.put_items(&rows)
    }

    pub(crate) async fn items(&mut self, sql: &'static str, bind: &str) -> Result<(), StoreError> {
        let rows = texts!(self, "load digest_item", sql, bind);
        self.put_items(&rows)
    }

    fn put_items(&mut self, rows: &[String]) -> Result<(), StoreError> {
        for body in rows {
            let item: Item = from_json("digest_item", body)?;
            self.snapshot.items.insert(item.id.clone(), item);
        }
        Ok(())
    }
}

/// An item's columns: the whole statement differs in what happens when it is there already.
macro_rules! insert {
    ($($then:literal),+) => {
        concat!(
            "INSERT INTO digest_item (workspace, id, reader, digest, due, since, waits, settled_at, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (workspace, id) DO ",
            $($then),+
        )
    };
}

impl Writer<'_, '_> {
    pub(crate) async fn digest(&mut self, change: &Change) -> Result<(), StoreError> {
        match change {
            Change::Came(item) => self.item(insert!("NOTHING"), item).await,
            Change::Item(item) => {
                let sql = insert!(
                    "UPDATE SET digest = excluded.digest, due = excluded.due, waits = excluded.waits,
                     settled_at = excluded.settled_at, body = excluded.body"
                );
                self.item(sql, item).await
            }
            Change::Gone(id) => {
                let sql = "DELETE FROM digest_item WHERE workspace = $1 AND id = $2";
                run!(self, "delete digest_item", sql, id.as_str());
                Ok(())
            }
        }
    }

    async fn item(&mut self, sql: &'static str, item: &Item) -> Result<(), StoreError> {
        run!(
            self,
            "write digest_item",
            sql,
            item.id.as_str(),
            item.reader.as_str(),
            item.digest().map(|digest| digest.as_str()),
            item.due.map_or(i64::MAX, |due| due.as_millisecond()),
            item.since.as_millisecond(),
            matches!(item.state, State::Waiting { .. }),
            item.settled_at().map(|at| at.as_millisecond()),
            to_json("digest_item", item)?
        );
        Ok(())
    }
}
