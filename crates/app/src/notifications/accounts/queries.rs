//! What mails say of accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::accounts::unused::goes_on;
use iae_domain::budget::Budget;
use iae_domain::french;
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
    /// When its holder was told that it would go, nobody using it (USR-16).
    told_at: Option<DateTime<Utc>>,
}

impl Account {
    /// Whether what it spent are files, of people or sent, rather than look-ups.
    pub fn spent_files(&self) -> bool {
        matches!(self.budget, Some(Budget::NewFile | Budget::Upload))
    }

    /// The day it goes unless somebody signs in before, in words.
    pub(in crate::notifications) fn goes_on(&self) -> String {
        self.told_at.map(|told| french::date(goes_on(told))).unwrap_or_default()
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
             , u.upcoming_deletion_notified_at AS told_at
        FROM users u
        WHERE u.id = ANY ($1)
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(accounts.into_iter().map(|account| (account.id, account)).collect())
}
