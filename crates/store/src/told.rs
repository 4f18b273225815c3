//! What was sent to somebody lately.

use crate::{
    StoreError, ask,
    db::{error, on, pair},
    later,
    load::{Loader, from_json, instant},
    outbox::count,
};
use jeda_core::{
    effect::{Effect, dm_lane},
    id::UserId,
    limit::{TOLD_LOOKED_AT, TOLD_READ},
    told::{Told, standup_of},
};

impl Loader<'_, '_> {
    /// The newest of what went to somebody, with what it is about.
    pub(crate) async fn told_to(&mut self, user: &UserId) -> Result<(), StoreError> {
        let sql = pair!(&self.conn,
            // By the order in which it was owed: without the plus SQLite would rather sort all of the workspace.
            sqlite: "SELECT settled_at, body FROM outbox WHERE +workspace = $1 AND lane IN ($2, $3, $4)
                     AND state = 'sent' AND seq > (SELECT coalesce(max(seq), 0) FROM outbox) - $5
                     ORDER BY seq DESC LIMIT $6",
            postgres: "SELECT settled_at, body FROM outbox WHERE workspace = $1 AND lane IN ($2, $3, $4)
                       AND state = 'sent' AND seq > (SELECT coalesce(max(seq), 0) FROM outbox) - $5
                       ORDER BY seq DESC LIMIT $6");
        let rows = on!(&mut *self.conn, |c| sqlx::query_as::<_, (i64, String)>(sql)
            .bind(self.workspace.as_str())
            .bind(dm_lane(user))
            .bind(format!("aside/{user}"))
            .bind(format!("urgent/{user}"))
            .bind(TOLD_LOOKED_AT)
            .bind(count(TOLD_READ))
            .fetch_all(&mut **c)
            .await)
        .map_err(error("load outbox"))?;
        for (at, body) in rows {
            let told = Told { effect: from_json("outbox", &body)?, at: instant("outbox", at)? };
            match &told.effect {
                Effect::Ask(effect) => self.asks_whole(ask::ASK, effect.id().as_str()).await?,
                Effect::Later(effect) => self.laters(later::LATER, effect.id().as_str()).await?,
                effect => {
                    if let Some(id) = standup_of(effect) {
                        self.standup(id).await?;
                    }
                }
            }
            self.snapshot.told.push(told);
        }
        Ok(())
    }
}
