//! Proofs in and out of the database.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Changed;
use iae_domain::actor::EmployerActor;
use iae_domain::eligibility::policy::keep_proofs;
use iae_domain::eligibility::{
    Criterion, DeclaredCriterion, DeclaredHire, EligibilityProof, ServingProof, is_valid_for, max_age,
};
use iae_domain::ids::{
    ApplicationId, CandidateId, ControlCriterionId, EligibilityProofId, OrganisationId, UserId,
};

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};

/// A hire, and one of the criteria that were declared.
struct DeclaredRow {
    company: OrganisationId,
    candidate: CandidateId,
    birth_date: Option<NaiveDate>,
    starts_on: NaiveDate,
    criterion: Criterion,
    max_age_months: Option<i16>,
    is_certified: bool,
}

/// The hire that this SIAE made on its own diagnosis; that of another does not exist.
pub(super) async fn hire(
    db: impl sqlx::PgExecutor<'_>,
    actor: &EmployerActor,
    application: ApplicationId,
) -> Result<Option<DeclaredHire>> {
    let rows = sqlx::query_as!(
        DeclaredRow,
        r#"
        SELECT declared.company_id AS "company!: OrganisationId"
             , declared.candidate_id AS "candidate!: CandidateId"
             , file.birth_date
             , declared.starts_on AS "starts_on!"
             , declared.criterion_code AS "criterion!: Criterion"
             , e.proof_max_age_months AS max_age_months
             , declared.is_certified AS "is_certified!"
        FROM self_prescribed_criteria declared
        JOIN eligibility_criteria e ON e.code = declared.criterion_code
        JOIN candidates file ON file.id = declared.candidate_id
        WHERE declared.application_id = $1 AND declared.company_id = $2
        ORDER BY e.level, e.rank
        LIMIT 100
        "#,
        application as _,
        actor.organisation as _,
    )
    .fetch_all(db)
    .await?;
    let Some(first) = rows.first().filter(|row| keep_proofs(actor, row.company)) else { return Ok(None) };
    let declared = |row: &DeclaredRow| DeclaredCriterion {
        criterion: row.criterion,
        max_age: max_age(row.criterion, row.max_age_months),
        is_certified: row.is_certified,
    };
    Ok(Some(DeclaredHire {
        application,
        company: first.company,
        candidate: first.candidate,
        birth_date: first.birth_date,
        starts_on: first.starts_on,
        criteria: rows.iter().map(declared).collect(),
    }))
}

/// The same, which nobody cancels meanwhile: whoever does locks the person first.
pub(super) async fn lock_hire(
    work: &mut Work<'_>,
    actor: &EmployerActor,
    application: ApplicationId,
) -> Result<Option<DeclaredHire>> {
    sqlx::query!(
        r#"
        SELECT 1 AS locked
        FROM candidates
        WHERE id = (SELECT a.candidate_id FROM applications a WHERE a.id = $1 AND a.company_id = $2)
        FOR KEY SHARE
        "#,
        application as _,
        actor.organisation as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    hire(work.db(), actor, application).await
}

/// The proof of a criterion that says this day, if one is kept, locked; and when it came.
pub(super) async fn lock_same(
    work: &mut Work<'_>,
    hire: &DeclaredHire,
    criterion: Criterion,
    dated_on: NaiveDate,
) -> Result<Option<(EligibilityProofId, DateTime<Utc>)>> {
    let same = sqlx::query!(
        r#"
        SELECT id AS "id: EligibilityProofId"
             , deposited_at
        FROM eligibility_proofs
        WHERE company_id = $1 AND candidate_id = $2 AND criterion_code = $3 AND dated_on = $4
        FOR UPDATE
        "#,
        hire.company as _,
        hire.candidate as _,
        criterion.code(),
        dated_on,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(same.map(|row| (row.id, row.deposited_at)))
}

/// Writes a proof, in the place of itself when its file is replaced. Another that a colleague deposited for the same day at that very
/// instant is a conflict.
pub(super) async fn save(
    work: &mut Work<'_>,
    changed: Changed<EligibilityProof>,
) -> Result<EligibilityProofId> {
    let proof = work.keep(changed);
    let result = sqlx::query!(
        r#"
        INSERT INTO eligibility_proofs
            (id, company_id, candidate_id, criterion_code, dated_on, deposited_by, deposited_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT ON CONSTRAINT eligibility_proofs_dated_key
        DO UPDATE SET deposited_by = excluded.deposited_by
                    , deposited_at = excluded.deposited_at
            WHERE eligibility_proofs.id = excluded.id
        "#,
        proof.id as _,
        proof.company as _,
        proof.candidate as _,
        proof.criterion.code(),
        proof.dated_on,
        proof.deposited_by as _,
        proof.deposited_at,
    )
    .execute(work.db())
    .await?;
    if result.rows_affected() == 1 { Ok(proof.id) } else { Err(Error::Conflict) }
}

/// A proof of this SIAE, locked.
pub(super) async fn lock(
    work: &mut Work<'_>,
    actor: &EmployerActor,
    id: EligibilityProofId,
) -> Result<Option<EligibilityProof>> {
    let proof = sqlx::query_as!(
        EligibilityProof,
        r#"
        SELECT id AS "id: EligibilityProofId"
             , company_id AS "company: OrganisationId"
             , candidate_id AS "candidate: CandidateId"
             , criterion_code AS "criterion: Criterion"
             , dated_on
             , deposited_by AS "deposited_by: UserId"
             , deposited_at
        FROM eligibility_proofs
        WHERE id = $1 AND company_id = $2
        FOR UPDATE
        "#,
        id as _,
        actor.organisation as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(proof.filter(|proof| keep_proofs(actor, proof.company)))
}

/// Deletes one, its file gone before it.
pub(super) async fn delete(work: &mut Work<'_>, changed: Changed<EligibilityProofId>) -> Result<()> {
    let id = work.keep(changed);
    let result =
        sqlx::query!("DELETE FROM eligibility_proofs WHERE id = $1", id as _).execute(work.db()).await?;
    ensure_one_row(&result, "eligibility_proofs")
}

/// A proof, and the contracts it may serve.
struct ServingRow {
    id: EligibilityProofId,
    dated_on: NaiveDate,
    criterion: Criterion,
    max_age_months: Option<i16>,
    hires: Vec<NaiveDate>,
    controlled: Vec<NaiveDate>,
}

/// Proofs of every SIAE, in the order of their ids, from this one on.
pub(super) async fn serving_from(
    db: impl sqlx::PgExecutor<'_>,
    from: EligibilityProofId,
    most: i64,
) -> Result<Vec<ServingProof>> {
    let rows = sqlx::query_as!(
        ServingRow,
        r#"
        SELECT p.id AS "id!: EligibilityProofId"
             , p.dated_on AS "dated_on!"
             , p.criterion_code AS "criterion!: Criterion"
             , p.max_age_months
             , p.hires AS "hires!: Vec<NaiveDate>"
             , p.controlled AS "controlled!: Vec<NaiveDate>"
        FROM serving_proofs p
        WHERE p.id >= $1
        ORDER BY p.id
        LIMIT $2
        "#,
        from as _,
        most,
    )
    .fetch_all(db)
    .await?;
    let serving = |row: ServingRow| ServingProof {
        id: row.id,
        dated_on: row.dated_on,
        max_age: max_age(row.criterion, row.max_age_months),
        hires: row.hires,
        controlled: row.controlled,
    };
    Ok(rows.into_iter().map(serving).collect())
}

/// One of them, locked; none when it is gone.
pub(super) async fn lock_serving(
    work: &mut Work<'_>,
    id: EligibilityProofId,
) -> Result<Option<ServingProof>> {
    sqlx::query!("SELECT 1 AS locked FROM eligibility_proofs WHERE id = $1 FOR UPDATE", id as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    Ok(serving_from(work.db(), id, 1).await?.pop().filter(|proof| proof.id == id))
}

/// What giving a kept proof to a control is decided of.
pub(crate) struct ToGive {
    /// When the proof that is kept came.
    pub deposited_at: DateTime<Utc>,
    /// Whether it holds on the first day of the contract.
    pub is_valid: bool,
}

/// A proof of a controlled criterion, kept of the same person by the SIAE that defends it: nobody removes it until the transaction ends.
pub(crate) async fn lock_to_give(
    work: &mut Work<'_>,
    criterion: ControlCriterionId,
    id: EligibilityProofId,
) -> Result<Option<ToGive>> {
    let row = sqlx::query!(
        r#"
        SELECT p.dated_on
             , p.deposited_at
             , p.criterion_code AS "criterion: Criterion"
             , e.proof_max_age_months AS max_age_months
             , h.starts_on
        FROM control_criteria x
        JOIN control_hires h ON h.id = x.hire_id
        JOIN controls c ON c.id = h.control_id
        JOIN eligibility_criteria e ON e.code = x.criterion_code
        JOIN eligibility_proofs p
          ON p.company_id = c.company_id
         AND p.candidate_id = h.candidate_id
         AND p.criterion_code = x.criterion_code
        WHERE x.id = $1 AND p.id = $2
        FOR SHARE OF p
        "#,
        criterion as _,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(row.map(|row| ToGive {
        deposited_at: row.deposited_at,
        is_valid: is_valid_for(row.dated_on, row.starts_on, max_age(row.criterion, row.max_age_months)),
    }))
}
