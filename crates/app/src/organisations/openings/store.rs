//! The openings of a company in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::Openings;

use crate::db::ensure_one_row;
use crate::error::Result;
use crate::{Db, Work};

/// Companies closed by one run at most (CMP-36): the others wait for the next day.
const AT_ONCE: i64 = 200;

/// The openings of a company, locked.
pub(super) async fn lock(work: &mut Work<'_>, company: OrganisationId) -> Result<Option<Openings>> {
    let openings = sqlx::query_as!(
        Openings,
        r#"
        SELECT organisation_id AS company
             , block_applications_at AS blocked_at
             , spontaneous_open_since AS spontaneous_since
        FROM companies
        WHERE organisation_id = $1
        FOR NO KEY UPDATE
        "#,
        company.0,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(openings)
}

/// Writes them.
pub(super) async fn save(work: &mut Work<'_>, changed: Changed<Openings>) -> Result<()> {
    let Openings { company, blocked_at, spontaneous_since } = work.keep(changed);
    let saved = sqlx::query!(
        r#"
        UPDATE companies
        SET block_applications_at = $2
          , spontaneous_open_since = $3
        WHERE organisation_id = $1
        "#,
        company.0,
        blocked_at,
        spontaneous_since,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&saved, "companies")
}

/// The companies whose spontaneous applications are open since before this moment, the oldest first.
pub(super) async fn stale(db: &Db, before: DateTime<Utc>) -> Result<Vec<OrganisationId>> {
    let companies = sqlx::query_scalar!(
        r#"
        SELECT organisation_id
        FROM companies
        WHERE spontaneous_open_since <= $1
        ORDER BY spontaneous_open_since, organisation_id
        LIMIT $2
        "#,
        before,
        AT_ONCE,
    )
    .fetch_all(db)
    .await?;
    Ok(companies)
}
