//! PASS in and out of the database.

pub(crate) mod numbering;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::applications::visible_since;
use iae_domain::ids::{CandidateId, DiagnosisId, OrganisationId, PassId, UserId};
use iae_domain::pass::policy::{self, PassRelation};
use iae_domain::pass::{Counsellor, HeldPass, NewPass, Parcours, Pass, PassNumber, SiaeHire, Suspension};
use iae_domain::{Actor, Changed};
use sqlx::types::Json;

use super::cancellation::queries::missing;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};
use crate::{Work, candidates};

/// A PASS as its columns have it.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Row {
    id: PassId,
    number: PassNumber,
    candidate_id: CandidateId,
    parcours: Json<Parcours>,
    diagnosis_id: DiagnosisId,
    created_at: DateTime<Utc>,
}

impl From<Row> for Pass {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            number: row.number,
            candidate: row.candidate_id,
            parcours: row.parcours.0,
            diagnosis: row.diagnosis_id,
            created_at: row.created_at,
        }
    }
}

/// A PASS with what its rules ask, as the function `held_pass` tells it.
#[derive(Debug, serde::Deserialize)]
pub(super) struct HeldRow {
    passes: Vec<Row>,
    hires: Vec<SiaeHire>,
    running: Option<Suspension>,
    relation: PassRelation,
    birth_date: Option<NaiveDate>,
}

impl HeldRow {
    /// Of these PASS of a person, the one that is looked at.
    pub(super) fn held(self, id: PassId) -> Result<HeldPass> {
        let passes: Vec<_> = self.passes.into_iter().map(Pass::from).collect();
        let pass = passes.iter().find(|pass| pass.id == id).cloned().ok_or(Error::NotFound)?;
        let Self { hires, running, relation, birth_date, .. } = self;
        Ok(HeldPass { pass, passes, hires, running, relation, birth_date })
    }
}

/// The PASS `id`, its holder locked first: whatever changes a parcours takes this lock before any other, so that two changes
/// wait for each other and never for a circle (rule book 03 §8, C3 to C5). One the actor may not read does not exist.
pub(crate) async fn lock(work: &mut Work<'_>, actor: &Actor, id: PassId) -> Result<HeldPass> {
    let held = match lock_for_its_request(work, id).await {
        Err(Error::NotFound) => {
            let now = work.now();
            return Err(missing(work.db(), actor, now, id.0).await?);
        }
        held => held?,
    };
    policy::read(actor, held.pass.candidate, held.relation).map_err(|_| Error::NotFound)?;
    Ok(held)
}

/// The same for whoever answers a request about it: the request says who may.
pub(super) async fn lock_for_its_request(work: &mut Work<'_>, id: PassId) -> Result<HeldPass> {
    let candidate = sqlx::query_scalar!(
        r#"SELECT candidate_id AS "candidate: CandidateId" FROM passes WHERE id = $1"#,
        id as _
    );
    let candidate = candidate.fetch_optional(work.db()).await?.ok_or(Error::NotFound)?;
    candidates::store::lock(work, candidate).await?;
    let held = sqlx::query_scalar!(
        r#"SELECT (SELECT held_pass FROM read_held_pass(p, $2, $3, $4)) AS "held!: Json<HeldRow>" FROM passes p WHERE p.id = $1"#,
        id as _,
        work.by.organisation as Option<OrganisationId>,
        visible_since(work.now()),
        work.today(),
    );
    held.fetch_optional(work.db()).await?.ok_or(Error::NotFound)?.0.held(id)
}

/// Who accompanies a person, to be told what becomes of their parcours: the last of an authorised organisation who acted for
/// them and is still there, else who sent them to the company that hired them last (rule book 02 §12.8, PII-3).
pub(crate) async fn counsellor(work: &mut Work<'_>, candidate: CandidateId) -> Result<Option<Counsellor>> {
    let today = work.today();
    let counsellor = sqlx::query_as!(
        Counsellor,
        r#"
        SELECT known.user_id AS "user!: UserId"
             , known.organisation_id AS "organisation!: OrganisationId"
        FROM (
            SELECT 1 AS rank, r.user_id, r.organisation_id, r.last_action_at AS at
            FROM candidate_relations r
            JOIN memberships m ON m.user_id = r.user_id AND m.organisation_id = r.organisation_id AND m.is_active
            JOIN users u ON u.id = r.user_id AND u.is_active
            WHERE r.candidate_id = $1 AND r.origin <> 'looked_up' AND NOT r.advisor_is_unlisted
            UNION ALL
            SELECT 2, a.sender_id, a.sender_organisation_id, a.processed_at
            FROM applications a
            WHERE a.candidate_id = $1 AND a.state = 'accepted' AND a.sender_kind = 'prescriber' AND a.sender_id IS NOT NULL
        ) known
        JOIN prescriber_organisations p ON p.organisation_id = known.organisation_id
        WHERE is_authorised(p, $2)
        ORDER BY known.rank, known.at DESC, known.user_id
        LIMIT 1
        "#,
        candidate as _,
        today,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(counsellor)
}

/// Every PASS of a person.
pub(crate) async fn of_candidate(db: impl sqlx::PgExecutor<'_>, candidate: CandidateId) -> Result<Vec<Pass>> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT id
             , number
             , candidate_id
             , (SELECT parcours FROM read_parcours(id, starts_on, issued_days, closed_on)) AS "parcours!: Json<Parcours>"
             , diagnosis_id
             , created_at
        FROM passes
        WHERE candidate_id = $1
        ORDER BY ends_on DESC
        "#,
        candidate as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Pass::from).collect())
}

/// Writes a new PASS, with its audit row. Its number is provisional until the work commits.
pub(crate) async fn insert(work: &mut Work<'_>, new: Changed<NewPass>) -> Result<()> {
    let pass = work.keep(new);
    let number = PassNumber::provisional(&work.app.config.pass_prefix, pass.id);
    sqlx::query!(
        r#"
        INSERT INTO passes
            (id, number, candidate_id, starts_on, issued_days, ends_on, diagnosis_id, origin_siret, origin_company_kind,
             origin_sender_kind, origin_prescriber_kind, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5::date - $4 + 1, $5, $6, $7, $8, $9, $10, $11, $11)
        "#,
        pass.id as _,
        number.as_str(),
        pass.candidate as _,
        pass.period.start,
        pass.period.end,
        pass.diagnosis as _,
        pass.origin.siret.as_str(),
        pass.origin.company_kind.code(),
        pass.origin.sender_kind.code(),
        pass.origin.prescriber_kind.map(|kind| kind.code()),
        pass.created_at,
    )
    .execute(work.db())
    .await?;
    work.number_at_commit(pass.id);
    Ok(())
}

/// Writes the new dates of a PASS, with its audit row; what else changed with them is given back, to be written too.
pub(crate) async fn save<P: AsRef<Pass>>(work: &mut Work<'_>, changed: Changed<P>) -> Result<P> {
    save_within(work, changed, |kept| Some(kept.as_ref())).await
}

/// The same of a PASS that changes with something else, if it does.
pub(super) async fn save_within<T>(
    work: &mut Work<'_>,
    changed: Changed<T>,
    of: impl FnOnce(&T) -> Option<&Pass>,
) -> Result<T> {
    let kept = work.keep(changed);
    let Some(pass) = of(&kept) else { return Ok(kept) };
    let issued = pass.parcours.issued_period();
    let result = sqlx::query!(
        r#"
        UPDATE passes
        SET starts_on = $2, issued_days = $3::date - $2 + 1, ends_on = $4, closed_on = $5, updated_at = $6
        WHERE id = $1
        "#,
        pass.id as _,
        issued.start,
        issued.end,
        pass.parcours.end(),
        pass.parcours.closed_on(),
        work.now(),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "passes")?;
    Ok(kept)
}
