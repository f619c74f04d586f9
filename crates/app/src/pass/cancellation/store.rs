//! Cancelled PASS in the database.

use iae_domain::Changed;
use iae_domain::documents::Owner;
use iae_domain::ids::{CandidateId, PassId, ProlongationRequestId, UserId};
use iae_domain::pass::{Archive, CancelledPass, PassNumber};
use iae_domain::time::{Period, paris_date};

use crate::Work;
use crate::db::ensure_one_row;
use crate::documents;
use crate::error::Result;

/// Writes the archive of a PASS, then deletes it with all that happened to it: nothing is left of it but its number, and what
/// France Travail is to be told; and which requests went, for whoever was asked. No hire rests on it any more. The reports of its requests go first, so that the trail keeps
/// that each went, and their content goes too.
pub(crate) async fn save(work: &mut Work<'_>, changed: Changed<CancelledPass>) -> Result<()> {
    let CancelledPass { pass, application } = work.keep(changed);
    let archived = sqlx::query!(
        r#"
        INSERT INTO cancelled_passes
            (number, starts_on, ends_on, pass_id, candidate_id, application_id, cancelled_by, cancelled_at, first_name,
             last_name, nir, birth_date, france_travail_id, origin_siret, origin_company_kind, origin_sender_kind,
             origin_prescriber_kind)
        SELECT p.number
             , p.starts_on
             , p.ends_on
             , p.id
             , p.candidate_id
             , $2
             , $3
             , $4
             , holder.first_name
             , holder.last_name
             , c.nir
             , c.birth_date
             , c.france_travail_id
             , p.origin_siret
             , p.origin_company_kind
             , p.origin_sender_kind
             , p.origin_prescriber_kind
        FROM passes p
        JOIN candidates c ON c.id = p.candidate_id
        JOIN users holder ON holder.id = p.candidate_id
        WHERE p.id = $1
        "#,
        pass.id as _,
        application as _,
        work.by.user as Option<UserId>,
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&archived, "cancelled_passes")?;
    sqlx::query!(
        r#"
        INSERT INTO cancelled_prolongation_requests (id, number, company_id, prescriber_organisation_id)
        SELECT r.id, $2, r.company_id, r.prescriber_organisation_id
        FROM prolongation_requests r
        WHERE r.pass_id = $1
        "#,
        pass.id as _,
        pass.number.as_str(),
    )
    .execute(work.db())
    .await?;
    for report in reports(work, pass.id).await? {
        documents::delete_all(work, Owner::ProlongationReport(report)).await?;
    }
    let deleted = sqlx::query!("DELETE FROM passes WHERE id = $1", pass.id as _).execute(work.db()).await?;
    ensure_one_row(&deleted, "passes")
}

/// What owns the reports given with the forms that prolong a PASS.
async fn reports(work: &mut Work<'_>, pass: PassId) -> Result<Vec<ProlongationRequestId>> {
    let reports = sqlx::query_scalar!(
        r#"SELECT id AS "id: ProlongationRequestId" FROM prolongation_reports WHERE pass_id = $1 ORDER BY id"#,
        pass as _,
    );
    Ok(reports.fetch_all(work.db()).await?)
}

/// The archive of a PASS, locked; none when it says no more whose it was.
pub(super) async fn lock_archive(work: &mut Work<'_>, pass: PassId) -> Result<Option<Archive>> {
    let row = sqlx::query!(
        r#"
        SELECT number AS "number: PassNumber"
             , candidate_id AS "candidate!: CandidateId"
             , starts_on
             , ends_on
             , cancelled_at
        FROM cancelled_passes
        WHERE pass_id = $1 AND candidate_id IS NOT NULL
        FOR UPDATE
        "#,
        pass as _,
    );
    let row = row.fetch_optional(work.db()).await?;
    work.locked();
    Ok(row.map(|row| Archive {
        pass,
        number: row.number,
        candidate: row.candidate,
        period: Period { start: row.starts_on, end: row.ends_on },
        cancelled_on: paris_date(row.cancelled_at),
    }))
}

/// Writes that nothing says any more whose it was, with its audit row: the number stays, never to be given again.
pub(super) async fn save_anonymised(work: &mut Work<'_>, changed: Changed<PassNumber>) -> Result<()> {
    let number = work.keep(changed);
    let result = sqlx::query!(
        r#"
        UPDATE cancelled_passes
        SET pass_id = NULL
          , candidate_id = NULL
          , application_id = NULL
          , cancelled_by = NULL
          , first_name = NULL
          , last_name = NULL
          , nir = NULL
          , birth_date = NULL
          , france_travail_id = NULL
          , origin_siret = NULL
          , anonymised_at = $2
        WHERE number = $1
        "#,
        number.as_str(),
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "cancelled_passes")?;
    sqlx::query!("DELETE FROM cancelled_prolongation_requests WHERE number = $1", number.as_str())
        .execute(work.db())
        .await?;
    Ok(())
}
