//! What mails say of accounts.

use std::collections::HashMap;

use iae_domain::budget::Budget;
use iae_domain::ids::UserId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;

/// An account.
pub(in crate::notifications) struct Account {
    id: UserId,
    /// « Prénom NOM ».
    pub name: String,
    /// Its address.
    pub email: Option<String>,
    /// What it was last told to have spent.
    pub budget: Option<Budget>,
}

impl Account {
    /// Whether what it spent are files, of people or sent, rather than look-ups.
    pub fn spent_files(&self) -> bool {
        matches!(self.budget, Some(Budget::NewFile | Budget::Upload))
    }
}

/// The accounts of these ids, by id.
pub(super) async fn accounts(
    db: &mut PgConnection,
    ids: impl Iterator<Item = UserId>,
) -> Result<HashMap<UserId, Account>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let accounts = sqlx::query_as!(
        Account,
        r#"
        SELECT u.id
             , full_name(u.first_name, u.last_name) AS "name!"
             , u.email
             , (
                   SELECT s.budget
                   FROM spendings s
                   WHERE s.user_id = u.id AND s.is_told
                   ORDER BY s.at DESC, s.id DESC
                   LIMIT 1
               ) AS "budget: Budget"
        FROM users u
        WHERE u.id = ANY ($1)
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(accounts.into_iter().map(|account| (account.id, account)).collect())
}
