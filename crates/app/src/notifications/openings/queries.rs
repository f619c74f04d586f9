//! What mails say of a company and its openings.

use std::collections::HashMap;

use iae_domain::ids::OrganisationId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;

/// A company.
pub(in crate::notifications) struct Company {
    id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// How many of its posts are open.
    pub open_jobs: i64,
}

/// The companies of these ids, by id.
pub(super) async fn companies(
    db: &mut PgConnection,
    ids: impl Iterator<Item = OrganisationId>,
) -> Result<HashMap<OrganisationId, Company>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let companies = sqlx::query_as!(
        Company,
        r#"
        SELECT o.id
             , o.shown_name AS name
             , c.open_jobs
        FROM organisations o
        JOIN companies c ON c.organisation_id = o.id
        WHERE o.id = ANY ($1)
        ORDER BY o.id
        LIMIT 1000
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(companies.into_iter().map(|company| (company.id, company)).collect())
}
