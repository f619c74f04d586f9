//! The convention of a company in and out of the database.

use iae_domain::Changed;
use iae_domain::ids::{ConventionId, OrganisationId};
use iae_domain::organisations::Attachment;

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;

/// The company and its convention, locked.
pub(super) async fn lock(work: &mut Work<'_>, company: OrganisationId) -> Result<Option<Attachment>> {
    let attachment = sqlx::query_as!(
        Attachment,
        r#"
        SELECT organisation_id AS company
             , source
             , convention_id AS "convention: ConventionId"
        FROM companies
        WHERE organisation_id = $1
        FOR NO KEY UPDATE
        "#,
        company.0,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(attachment)
}

/// Writes its convention.
pub(super) async fn save(work: &mut Work<'_>, changed: Changed<Attachment>) -> Result<()> {
    let Attachment { company, source: _, convention } = work.keep(changed);
    let saved = sqlx::query!(
        "UPDATE companies SET convention_id = $2 WHERE organisation_id = $1",
        company.0,
        convention.map(|convention| convention.0),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&saved, "companies")
}
