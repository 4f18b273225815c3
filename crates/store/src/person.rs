//! Persons with accounts in several workspaces, and the codes that link them. Their rows belong to no workspace.

use crate::{
    StoreError,
    apply::{Writer, to_json},
    db::{Conn, error, on},
    load::{Loader, from_json},
};
use jeda_core::{
    id::UserId,
    people::{Code, Offer, Person, PersonId},
};

/// Decisions of different workspaces change the same person. On PostgreSQL they take turns by one lock, which is taken
/// after the workspaces' rows and held to the transaction's end, so that nobody waits in a circle. Changes of hours are
/// seldom; SQLite has one writer anyway.
const TURN: &str = "SELECT pg_advisory_xact_lock(7163389)";

/// Executes a statement about persons.
macro_rules! run {
    ($self:ident, $op:literal, $sql:expr $(, $bind:expr)+) => {
        on!(&mut *$self.conn, |c| sqlx::query($sql)$(.bind($bind))+.execute(&mut **c).await.map(|_| ()))
            .map_err(error($op))?
    };
}

impl Loader<'_, '_> {
    async fn take_turn(&mut self) -> Result<(), StoreError> {
        match &mut *self.conn {
            Conn::Sqlite(_) => Ok(()),
            Conn::Postgres(c) => sqlx::query(TURN).execute(&mut **c).await.map(|_| ()).map_err(error("lock persons")),
        }
    }

    async fn persons(&mut self, sql: &'static str, one: &str, two: &str) -> Result<(), StoreError> {
        let rows = on!(&mut *self.conn, |c| sqlx::query_scalar::<_, String>(sql)
            .bind(one)
            .bind(two)
            .fetch_all(&mut **c)
            .await)
        .map_err(error("load person"))?;
        for body in &rows {
            let person: Person = from_json("person", body)?;
            self.snapshot.persons.insert(person.id.clone(), person);
        }
        Ok(())
    }

    pub(crate) async fn person_of(&mut self, user: &UserId) -> Result<(), StoreError> {
        self.take_turn().await?;
        let sql = "SELECT person.body FROM account CROSS JOIN person
                   WHERE account.workspace = $1 AND account.user_id = $2 AND person.id = account.person";
        let workspace = self.workspace.as_str();
        self.persons(sql, workspace, user.as_str()).await
    }

    pub(crate) async fn offer(&mut self, code: &Code) -> Result<(), StoreError> {
        self.take_turn().await?;
        let sql = "SELECT body FROM link_offer WHERE code = $1";
        let row = on!(&mut *self.conn, |c| sqlx::query_scalar::<_, String>(sql)
            .bind(code.as_str())
            .fetch_optional(&mut **c)
            .await)
        .map_err(error("load link_offer"))?;
        let Some(body) = row else { return Ok(()) };
        let offer: Offer = from_json("link_offer", &body)?;
        self.persons("SELECT body FROM person WHERE id = $1 AND id <> $2", offer.person.as_str(), "").await?;
        self.snapshot.offer = Some(offer);
        Ok(())
    }
}

impl Writer<'_, '_> {
    pub(crate) async fn person(&mut self, person: &Person) -> Result<(), StoreError> {
        let body = to_json("person", person)?;
        run!(
            self,
            "write person",
            "INSERT INTO person (id, body) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            person.id.as_str(),
            body
        );
        run!(self, "write account", "DELETE FROM account WHERE person = $1", person.id.as_str());
        for account in &person.accounts {
            run!(
                self,
                "write account",
                "INSERT INTO account (workspace, user_id, person) VALUES ($1, $2, $3)
                 ON CONFLICT (workspace, user_id) DO UPDATE SET person = excluded.person",
                account.workspace.as_str(),
                account.user.as_str(),
                person.id.as_str()
            );
        }
        Ok(())
    }

    pub(crate) async fn person_gone(&mut self, id: &PersonId) -> Result<(), StoreError> {
        run!(self, "delete link_offer", "DELETE FROM link_offer WHERE person = $1", id.as_str());
        run!(self, "delete account", "DELETE FROM account WHERE person = $1", id.as_str());
        run!(self, "delete person", "DELETE FROM person WHERE id = $1", id.as_str());
        Ok(())
    }

    pub(crate) async fn offer(&mut self, offer: &Offer) -> Result<(), StoreError> {
        run!(self, "delete link_offer", "DELETE FROM link_offer WHERE person = $1", offer.person.as_str());
        run!(
            self,
            "write link_offer",
            "INSERT INTO link_offer (code, person, until, body) VALUES ($1, $2, $3, $4)
             ON CONFLICT (code) DO UPDATE SET person = excluded.person, until = excluded.until, body = excluded.body",
            offer.code.as_str(),
            offer.person.as_str(),
            offer.until.as_millisecond(),
            to_json("link_offer", offer)?
        );
        Ok(())
    }

    pub(crate) async fn offer_gone(&mut self, code: &Code) -> Result<(), StoreError> {
        run!(self, "delete link_offer", "DELETE FROM link_offer WHERE code = $1", code.as_str());
        Ok(())
    }
}
