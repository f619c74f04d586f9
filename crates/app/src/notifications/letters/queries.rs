//! What letters say.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use iae_domain::french;
use iae_domain::ids::AccountLetterId;
use iae_domain::time::paris_date;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;

/// A letter.
pub(in crate::notifications) struct Letter {
    id: AccountLetterId,
    /// How the person is called, where it is known; whoever signs up says it themselves.
    pub name: Option<String>,
    /// The address of the account now.
    pub account_email: Option<String>,
    /// When it was written.
    created_at: DateTime<Utc>,
    /// When its link serves no more.
    expires_at: DateTime<Utc>,
    /// Somebody of the same names and date of birth has a file already (SGN-3).
    pub has_namesake: bool,
}

impl Letter {
    /// The day it was written, in words.
    pub(in crate::notifications) fn written_on(&self) -> String {
        french::date(paris_date(self.created_at))
    }

    /// The last day its link serves, in words.
    pub(in crate::notifications) fn until(&self) -> String {
        french::date(paris_date(self.expires_at))
    }
}

/// These letters, by id.
pub(super) async fn letters(
    db: &mut PgConnection,
    ids: impl Iterator<Item = AccountLetterId>,
) -> Result<HashMap<AccountLetterId, Letter>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let letters = sqlx::query_as!(
        Letter,
        r#"
        SELECT l.id
             , coalesce(full_name(u.first_name, u.last_name), full_name(s.first_name, s.last_name)) AS name
             , u.email AS "account_email?"
             , l.created_at
             , l.expires_at
             , EXISTS (
                   SELECT
                   FROM candidates c
                   WHERE c.birth_date = s.birth_date AND c.search = folded(s.last_name || ' ' || s.first_name)
               ) AS "has_namesake!"
        FROM account_letters l
        LEFT JOIN users u ON u.id = l.user_id
        LEFT JOIN sign_ups s ON s.letter_id = l.id
        WHERE l.id = ANY ($1)
        ORDER BY l.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(letters.into_iter().map(|letter| (letter.id, letter)).collect())
}
