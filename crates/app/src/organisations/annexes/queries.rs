//! What is read of financial annexes.

use iae_domain::ids::{ConventionId, OrganisationId};
use iae_domain::organisations::{Annex, AnnexNumber, AnnexState, Attachment};

use crate::Db;
use crate::error::Result;

/// A company and its convention.
pub(super) async fn attachment(db: &Db, company: OrganisationId) -> Result<Option<Attachment>> {
    let attachment = sqlx::query_as!(
        Attachment,
        r#"
        SELECT organisation_id AS company
             , source
             , convention_id AS "convention: ConventionId"
        FROM companies
        WHERE organisation_id = $1
        "#,
        company.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(attachment)
}

/// The annexes of its own convention, first, and those of its kind that were signed by its legal unit, the last to end first
/// (CMP-24): were there too many, it would be old ones of others.
pub(super) async fn annexes_of_siren(
    db: impl sqlx::PgExecutor<'_>,
    company: OrganisationId,
) -> Result<Vec<Annex>> {
    let annexes = sqlx::query_as!(
        Annex,
        r#"
        SELECT f.number AS "number: AnnexNumber"
             , f.convention_id AS "convention: ConventionId"
             , f.state AS "state: AnnexState"
             , f.starts_on
             , f.ends_on
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        JOIN conventions v ON v.id = c.convention_id
                           OR (v.kind = o.kind AND left(v.siret_signature, 9) = left(o.siret, 9))
        JOIN financial_annexes f ON f.convention_id = v.id
        WHERE c.organisation_id = $1
        ORDER BY f.convention_id IS NOT DISTINCT FROM c.convention_id DESC
               , f.ends_on DESC
               , f.number DESC
        LIMIT 1000
        "#,
        company.0,
    )
    .fetch_all(db)
    .await?;
    Ok(annexes)
}
