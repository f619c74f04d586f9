//! Diagnoses, people who are accompanied, controls.

use iae_domain::Changed;
use iae_domain::organisations::transfer::Plan;

use crate::Work;
use crate::error::Result;

/// Diagnoses, and the proofs that are kept of them; a proof that the target keeps as well stays where it is.
pub(in super::super) async fn move_diagnoses(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        "UPDATE eligibility_diagnoses SET organisation_id = $2 WHERE organisation_id = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE eligibility_proofs s SET company_id = $2 WHERE s.company_id = $1 AND NOT has_twin(s, $2)",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Who accompanies whom: of the same professional and the same person in both, what was done last says why. With it go the files that were
/// created, and the corrections that were asked.
pub(in super::super) async fn move_accompaniments(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        r#"
        UPDATE candidate_relations t
        SET created_at = least(t.created_at, s.created_at)
          , last_action_at = greatest(t.last_action_at, s.last_action_at)
          , origin = CASE WHEN s.last_action_at > t.last_action_at THEN s.origin ELSE t.origin END
          , advisor_is_unlisted = CASE
                WHEN s.last_action_at > t.last_action_at THEN s.advisor_is_unlisted
                ELSE t.advisor_is_unlisted
            END
        FROM candidate_relations s
        WHERE s.organisation_id = $1
          AND t.organisation_id = $2
          AND t.candidate_id = s.candidate_id
          AND t.user_id = s.user_id
        "#,
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "DELETE FROM candidate_relations s WHERE s.organisation_id = $1 AND has_twin(s, $2)",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE candidate_relations SET organisation_id = $2 WHERE organisation_id = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE candidates SET created_by_organisation = $2 WHERE created_by_organisation = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE nir_corrections SET organisation_id = $2 WHERE organisation_id = $1",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        "UPDATE followers SET organisation_id = $2 WHERE organisation_id = $1 AND subject_kind = 'nir_correction'",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Controls; that of a campaign in which the target is controlled as well stays where it is.
pub(in super::super) async fn move_controls(
    work: &mut Work<'_>,
    act: &Changed<impl AsRef<Plan>>,
) -> Result<()> {
    let Plan { source, target, .. } = *act.value().as_ref();
    sqlx::query!(
        "UPDATE controls s SET company_id = $2 WHERE s.company_id = $1 AND NOT has_twin(s, $2)",
        source as _,
        target as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
