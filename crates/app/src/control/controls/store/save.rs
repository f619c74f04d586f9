//! What is done to a control, written with its events.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::control::{Chosen, Review, Reviewed, ReviewedCriterion, Turned};
use iae_domain::documents::Owner;
use iae_domain::ids::{ControlCriterionId, ControlHireId, ControlId, UserId, uuid_at};
use uuid::Uuid;

use crate::db::{ensure_one_row, ensure_rows};
use crate::error::Result;
use crate::{Work, documents};

/// Writes what an SIAE chose to defend, with its audit row; what it gave up goes with its proof.
pub(in super::super) async fn save_chosen(work: &mut Work<'_>, changed: Changed<Chosen>) -> Result<()> {
    let Chosen { hire, candidate, added, removed } = work.keep(changed);
    for one in &removed {
        documents::delete_all(work, Owner::ControlCriterion(one.id)).await?;
    }
    let removed: Vec<Uuid> = removed.iter().map(|one| one.id.0).collect();
    let result =
        sqlx::query!("DELETE FROM control_criteria WHERE id = ANY($1)", &removed).execute(work.db()).await?;
    ensure_rows(&result, removed.len(), "control_criteria")?;
    let ids: Vec<Uuid> = added.iter().map(|_| uuid_at(work.now())).collect();
    let codes: Vec<String> = added.iter().map(|criterion| criterion.code().to_owned()).collect();
    let result = sqlx::query!(
        r#"
        INSERT INTO control_criteria (id, hire_id, candidate_id, criterion_code)
        SELECT id, $1, $2, code
        FROM unnest($3::uuid[], $4::text[]) AS added (id, code)
        "#,
        hire as _,
        candidate as _,
        &ids,
        &codes,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, added.len(), "control_criteria")
}

/// Writes that a criterion has a proof, with the audit row: it is to be submitted, and reviewed anew.
pub(in super::super) async fn save_proof(
    work: &mut Work<'_>,
    changed: Changed<ControlCriterionId>,
) -> Result<()> {
    let id = work.keep(changed);
    let now = work.now();
    let result = sqlx::query!(
        r#"
        UPDATE control_criteria
        SET uploaded_at = $2, submitted_at = NULL, review = 'pending', reviewed_by = NULL, reviewed_at = NULL
        WHERE id = $1 AND NOT is_certified
        "#,
        id as _,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "control_criteria")
}

/// Writes that these proofs were submitted, and freezes their SIAE, with the audit row and the mail to the DDETS.
pub(in super::super) async fn save_submitted(
    work: &mut Work<'_>,
    control: ControlId,
    changed: Changed<Vec<ControlCriterionId>>,
) -> Result<()> {
    let submitted: Vec<Uuid> = work.keep(changed).into_iter().map(|id| id.0).collect();
    let now = work.now();
    let result = sqlx::query!(
        "UPDATE control_criteria SET submitted_at = $2 WHERE id = ANY($1) AND submitted_at IS NULL",
        &submitted,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, submitted.len(), "control_criteria")?;
    let result = sqlx::query!("UPDATE controls SET frozen_at = $2 WHERE id = $1", control as _, now)
        .execute(work.db())
        .await?;
    ensure_one_row(&result, "controls")
}

/// Writes what was decided of a proof, with the audit row.
pub(in super::super) async fn save_reviewed(
    work: &mut Work<'_>,
    by: UserId,
    changed: Changed<ReviewedCriterion>,
) -> Result<()> {
    let ReviewedCriterion { id, from, to } = work.keep(changed);
    let decided = (to != Review::Pending).then_some((by, work.now()));
    let result = sqlx::query!(
        r#"
        UPDATE control_criteria
        SET review = $3, reviewed_by = $4, reviewed_at = $5
        WHERE id = $1 AND review = $2
        "#,
        id as _,
        from.code(),
        to.code(),
        decided.map(|(by, _)| by) as Option<UserId>,
        decided.map(|(_, at)| at),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "control_criteria")
}

/// Writes what the DDETS says of a hire, with the audit row.
pub(in super::super) async fn save_comment(
    work: &mut Work<'_>,
    changed: Changed<(ControlHireId, String)>,
) -> Result<()> {
    let (id, comment) = work.keep(changed);
    let result = sqlx::query!("UPDATE control_hires SET comment = $2 WHERE id = $1", id as _, comment)
        .execute(work.db())
        .await?;
    ensure_one_row(&result, "control_hires")
}

/// Writes that a review was validated, with the audit row.
pub(in super::super) async fn save_validated(
    work: &mut Work<'_>,
    control: ControlId,
    changed: Changed<Reviewed>,
) -> Result<()> {
    let reviewed = work.keep(changed);
    let result = sqlx::query!(
        "UPDATE controls SET reviewed_at = $2, final_reviewed_at = $3 WHERE id = $1",
        control as _,
        reviewed.at,
        reviewed.finally_at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "controls")
}

/// Writes that an SIAE was reminded, with the audit row and the mail.
pub(in super::super) async fn save_reminded(
    work: &mut Work<'_>,
    changed: Changed<(ControlId, DateTime<Utc>)>,
) -> Result<()> {
    let (id, at) = work.keep(changed);
    let result = sqlx::query!("UPDATE controls SET reminded_at = $2 WHERE id = $1", id as _, at)
        .execute(work.db())
        .await?;
    ensure_one_row(&result, "controls")
}

/// Writes what a turn of their campaign, whose events are kept, makes of its controls.
pub(in crate::control) async fn save_turned(work: &mut Work<'_>, turned: &[Turned]) -> Result<()> {
    let ids: Vec<Uuid> = turned.iter().map(|one| one.id.0).collect();
    let reviewed: Vec<_> = turned.iter().map(|one| one.reviewed.at).collect();
    let finally: Vec<_> = turned.iter().map(|one| one.reviewed.finally_at).collect();
    let states: Vec<_> =
        turned.iter().map(|one| one.reviewed.final_state.map(|state| state.code().to_owned())).collect();
    let frozen: Vec<_> = turned.iter().map(|one| one.frozen_at).collect();
    let result = sqlx::query!(
        r#"
        UPDATE controls c
        SET reviewed_at = turned.reviewed
          , final_reviewed_at = turned.finally
          , final_state = turned.state
          , frozen_at = turned.frozen
        FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::timestamptz[])
            AS turned (id, reviewed, finally, state, frozen)
        WHERE c.id = turned.id
        "#,
        &ids,
        &reviewed as &[Option<DateTime<Utc>>],
        &finally as &[Option<DateTime<Utc>>],
        &states as &[Option<String>],
        &frozen as &[Option<DateTime<Utc>>],
    )
    .execute(work.db())
    .await?;
    ensure_rows(&result, turned.len(), "controls")
}
