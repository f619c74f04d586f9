//! What goes from a file to another, in the database.

use iae_domain::Changed;
use iae_domain::candidates::{DataTransfer, DataTransferRefused, TransferPart};
use iae_domain::ids::{CandidateId, CandidateTransferId, UserId};

use crate::Work;
use crate::error::{Error, Result};
use crate::failure::{Failure, refused_by};

/// Locks both people in the order of their ids: whoever else decides something about them waits. `false` when one is nobody.
pub(super) async fn lock(work: &mut Work<'_>, from: CandidateId, to: CandidateId) -> Result<bool> {
    let ids = [from.0, to.0];
    let locked = sqlx::query_scalar!(
        r#"
        SELECT c.id AS "id: CandidateId"
        FROM candidates c
        WHERE c.id = ANY ($1)
        ORDER BY c.id
        LIMIT 2
        FOR UPDATE
        "#,
        ids.as_slice(),
    )
    .fetch_all(work.db())
    .await?;
    work.locked();
    Ok(locked.contains(&from) && locked.contains(&to))
}

/// Whether this very transfer was made, of these parts: its form came twice.
pub(super) async fn is_done(
    work: &mut Work<'_>,
    id: CandidateTransferId,
    (from, to): (CandidateId, CandidateId),
    parts: &[TransferPart],
) -> Result<bool> {
    let parts: Vec<String> = parts.iter().map(|part| part.code().to_owned()).collect();
    let is_done = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT
            FROM candidate_transfers
            WHERE id = $1 AND from_id = $2 AND to_id = $3 AND parts @> $4 AND parts <@ $4
        ) AS "is_done!"
        "#,
        id as _,
        from as _,
        to as _,
        &parts,
    )
    .fetch_one(work.db())
    .await?;
    Ok(is_done)
}

/// Writes it, with its audit rows. What rests on one another is written in one statement, which is checked at its end; the proof
/// of a day that the other file has already stays where it is.
pub(super) async fn save(
    work: &mut Work<'_>,
    changed: Changed<DataTransfer>,
) -> Result<(), Failure<DataTransferRefused>> {
    let transfer = work.keep(changed);
    let by: UserId = work.by.user.ok_or(Error::NotFound)?;
    let parts: Vec<String> = transfer.parts.iter().map(|part| part.code().to_owned()).collect();
    sqlx::query!(
        r#"
        INSERT INTO candidate_transfers (id, from_id, to_id, parts, transferred_by, transferred_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        "#,
        transfer.id as _,
        transfer.from as _,
        transfer.to as _,
        &parts,
        by as _,
        transfer.at,
    )
    .execute(work.db())
    .await
    .map_err(refused_by("candidate_transfers_pkey", DataTransferRefused::Overtaken))?;
    sqlx::query!(
        r#"
        WITH moved_passes AS (
                 UPDATE passes SET candidate_id = $2, updated_at = $6 WHERE candidate_id = $1 AND $3
             )
           , moved_reports AS (
                 UPDATE prolongation_reports SET candidate_id = $2 WHERE candidate_id = $1 AND $3
             )
           , moved_archives AS (
                 UPDATE cancelled_passes SET candidate_id = $2 WHERE candidate_id = $1 AND $3
             )
           , moved_diagnoses AS (
                 UPDATE eligibility_diagnoses SET candidate_id = $2 WHERE candidate_id = $1 AND $4
             )
           , moved_proofs AS (
                 UPDATE eligibility_proofs p
                 SET candidate_id = $2
                 WHERE p.candidate_id = $1
                   AND $4
                   AND NOT EXISTS (
                           SELECT
                           FROM eligibility_proofs o
                           WHERE o.candidate_id = $2
                             AND o.company_id = p.company_id
                             AND o.criterion_code = p.criterion_code
                             AND o.dated_on = p.dated_on
                       )
                 RETURNING p.id
             )
           , moved_applications AS (
                 UPDATE applications
                 SET candidate_id = $2
                   , sender_id = CASE sender_kind WHEN 'job_seeker' THEN $2 ELSE sender_id END
                 WHERE candidate_id = $1 AND $5
             )
           , moved_hires AS (
                 UPDATE control_hires SET candidate_id = $2 WHERE candidate_id = $1 AND $5
             )
           , moved_criteria AS (
                 UPDATE control_criteria SET candidate_id = $2 WHERE candidate_id = $1 AND $5
             )
        UPDATE documents d
        SET candidate_id = $2
        WHERE d.candidate_id = $1
          AND (
                  ($3 AND d.prolongation_report_id IS NOT NULL)
                  OR d.eligibility_proof_id IN (SELECT id FROM moved_proofs)
                  OR ($5 AND num_nonnulls(d.application_id, d.control_criterion_id) > 0)
              )
        "#,
        transfer.from as _,
        transfer.to as _,
        transfer.takes(TransferPart::Passes),
        transfer.takes(TransferPart::Diagnoses),
        transfer.takes(TransferPart::Applications),
        transfer.at,
    )
    .execute(work.db())
    .await?;
    if transfer.takes(TransferPart::Accompaniments) {
        accompany(work, &transfer).await?;
    }
    Ok(())
}

/// Whoever accompanied both is said once, by what they last did.
async fn accompany(work: &mut Work<'_>, transfer: &DataTransfer) -> Result<()> {
    sqlx::query!(
        r#"
        WITH former AS (DELETE FROM candidate_relations WHERE candidate_id = $1 RETURNING *)
        INSERT INTO candidate_relations
            (candidate_id, organisation_id, user_id, origin, created_at, last_action_at, advisor_is_unlisted)
        SELECT $2, organisation_id, user_id, origin, created_at, last_action_at, advisor_is_unlisted
        FROM former
        ON CONFLICT (organisation_id, candidate_id, user_id)
        DO UPDATE SET origin = CASE
                          WHEN candidate_relations.last_action_at < excluded.last_action_at THEN excluded.origin
                          ELSE candidate_relations.origin
                      END
                    , advisor_is_unlisted = CASE
                          WHEN candidate_relations.last_action_at < excluded.last_action_at
                              THEN excluded.advisor_is_unlisted
                          ELSE candidate_relations.advisor_is_unlisted
                      END
                    , created_at = least(candidate_relations.created_at, excluded.created_at)
                    , last_action_at = greatest(candidate_relations.last_action_at, excluded.last_action_at)
        "#,
        transfer.from as _,
        transfer.to as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
