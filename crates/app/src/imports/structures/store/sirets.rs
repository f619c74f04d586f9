//! SIRET that change, those they leave before those that take their place.

use std::collections::HashSet;

use iae_domain::organisations::Siret;
use iae_domain::organisations::sync::{CompanyChange, SyncedCompany};
use uuid::Uuid;

use super::BATCH;
use crate::Work;
use crate::db::ensure_rows;
use crate::error::{Error, Result};

/// A company, and the SIRET it had.
type Moved<'a> = (&'a SyncedCompany, &'a Siret);

/// Each SIRET once nobody has it any more: (SIRET, kind) is unique (CMP-4).
pub(super) async fn save(work: &mut Work<'_>, changes: &[CompanyChange]) -> Result<()> {
    let mut waiting: Vec<Moved<'_>> =
        changes.iter().filter_map(|change| Some((&change.company, change.former_siret.as_ref()?))).collect();
    while !waiting.is_empty() {
        let held: HashSet<_> = waiting.iter().map(|(company, former)| (*former, company.kind)).collect();
        let (later, free): (Vec<Moved<'_>>, Vec<Moved<'_>>) =
            waiting.into_iter().partition(|(company, _)| held.contains(&(&company.siret, company.kind)));
        if free.is_empty() {
            return Err(Error::Internal("companies of the flow exchange their SIRET".to_owned(), None));
        }
        for batch in free.chunks(BATCH) {
            write(work, batch).await?;
        }
        waiting = later;
    }
    Ok(())
}

/// What a company had for SIRET is kept (CMP-5).
async fn write(work: &mut Work<'_>, moved: &[Moved<'_>]) -> Result<()> {
    let now = work.now();
    let ids: Vec<Uuid> = moved.iter().map(|(company, _)| company.id.0).collect();
    let before: Vec<String> = moved.iter().map(|(_, former)| former.to_string()).collect();
    let after: Vec<String> = moved.iter().map(|(company, _)| company.siret.to_string()).collect();
    let result = sqlx::query!(
        r#"
        WITH moved AS (
            UPDATE organisations
            SET siret = flow.after, updated_at = $4
            FROM unnest($1::uuid[], $2::text[], $3::text[]) AS flow (id, before, after)
            WHERE organisations.id = flow.id
            RETURNING flow.id, flow.before, flow.after
        )
        INSERT INTO siret_changes (organisation_id, changed_at, before, after)
        SELECT id, $4, before, after
        FROM moved
        "#,
        &ids,
        &before,
        &after,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, moved.len(), "organisations")
}
