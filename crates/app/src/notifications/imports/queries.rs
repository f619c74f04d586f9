//! What mails say of companies that came in.

use std::collections::HashMap;

use iae_domain::ids::OrganisationId;
use iae_domain::organisations::CompanyKind;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Result;

/// A company.
pub(in crate::notifications) struct Company {
    id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its SIRET.
    pub siret: String,
}

/// These companies, by id.
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
        SELECT id AS "id!: OrganisationId"
             , shown_name AS "name!"
             , kind AS "kind!: CompanyKind"
             , siret AS "siret!"
        FROM organisations
        WHERE id = ANY ($1)
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(companies.into_iter().map(|company| (company.id, company)).collect())
}
