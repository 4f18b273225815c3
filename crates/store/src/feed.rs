//! Calendars' addresses. No snapshot has one: whoever fetches a calendar asks for it here.

use crate::{
    Store, StoreError,
    apply::{Writer, run, to_json},
    db::{error, on},
    load::from_json,
};
use jeda_core::{
    id::{UserId, WorkspaceId},
    people::{Address, Feed, FeedId, Marks},
};

impl Store {
    /// A calendar; none when it is read no more.
    ///
    /// # Errors
    /// The database can't be read, or the row is corrupt.
    pub async fn feed(&self, workspace: &WorkspaceId, id: &FeedId) -> Result<Option<Feed>, StoreError> {
        let mut hand = self.db.reading("load feed").await?;
        let sql = "SELECT user_id, address, body FROM feed WHERE workspace = $1 AND id = $2";
        let row = on!(hand.conn("load feed")?, |c| sqlx::query_as::<_, (String, String, String)>(sql)
            .bind(workspace.as_str())
            .bind(id.as_str())
            .fetch_optional(&mut *c)
            .await)
        .map_err(error("load feed"))?;
        let Some((user, address, body)) = row else { return Ok(None) };
        let marks = from_json("feed", &body)?;
        Ok(Some(Feed { id: id.clone(), user: UserId::new(user), address: Address::new(address), marks }))
    }
}

impl Writer<'_, '_> {
    pub(crate) async fn feed(&mut self, feed: &Feed) -> Result<(), StoreError> {
        run!(
            self,
            "write feed",
            "INSERT INTO feed (workspace, id, user_id, address, body) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (workspace, id) DO UPDATE SET address = excluded.address, body = excluded.body",
            feed.id.as_str(),
            feed.user.as_str(),
            feed.address.expose(),
            to_json("feed", &feed.marks)?
        );
        Ok(())
    }

    pub(crate) async fn feed_read(&mut self, id: &FeedId, marks: &Marks) -> Result<(), StoreError> {
        let body = to_json("feed", marks)?;
        run!(self, "write feed", "UPDATE feed SET body = $3 WHERE workspace = $1 AND id = $2", id.as_str(), body);
        Ok(())
    }

    pub(crate) async fn feed_gone(&mut self, id: &FeedId) -> Result<(), StoreError> {
        run!(self, "delete feed", "DELETE FROM feed WHERE workspace = $1 AND id = $2", id.as_str());
        Ok(())
    }
}
