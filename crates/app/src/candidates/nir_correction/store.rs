//! Requests to correct a NIR, in and out of the database.

use iae_domain::Changed;
use iae_domain::candidates::{
    AskCorrection, BirthDate, CorrectionFacts, CorrectionRefused, Nir, NirCorrection, NirCorrectionDecided,
    Title,
};
use iae_domain::ids::{CandidateId, NirCorrectionId, OrganisationId, UserId};
use iae_domain::text::Message;

use super::super::store::{self, account_by_nir, keep_identity, nir_answer};
use crate::db::{ensure_one_row, violates};
use crate::error::{Error, Result};
use crate::failure::refused_by;
use crate::{Failure, Work};

/// Locks the person, and reads what decides on a request for them.
pub(super) async fn lock_facts(work: &mut Work<'_>, id: CandidateId, nir: &Nir) -> Result<CorrectionFacts> {
    store::lock(work, id).await?;
    let row = sqlx::query!(
        r#"
        SELECT c.nir
             , c.nir_missing_reason
             , u.title
             , c.birth_date
             , EXISTS (
                   SELECT FROM nir_corrections n WHERE n.candidate_id = c.id AND n.decided_at IS NULL
               ) AS "is_pending!"
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.id = $1
        "#,
        id as _,
    )
    .fetch_one(work.db())
    .await?;
    let answer = nir_answer(row.nir.as_deref(), row.nir_missing_reason.as_deref());
    let holder = account_by_nir(work, nir).await?;
    Ok(CorrectionFacts {
        nir: answer.map_err(|()| Error::inconsistent("candidates", "nir", id))?,
        title: row.title.as_deref().and_then(Title::parse),
        birth_date: row.birth_date.map(BirthDate::known),
        holder: holder.map(|account| account.user.into()),
        is_pending: row.is_pending,
    })
}

/// Whether this very request is already there: its form was posted twice.
pub(super) async fn is_asked(work: &mut Work<'_>, asked: &AskCorrection) -> Result<bool> {
    let is_asked = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM nir_corrections WHERE id = $1 AND candidate_id = $2) AS "is_asked!""#,
        asked.id as _,
        asked.candidate as _,
    )
    .fetch_one(work.db())
    .await?;
    Ok(is_asked)
}

/// What a request asks, and who does.
pub(super) async fn asked(work: &mut Work<'_>, id: NirCorrectionId) -> Result<Option<NirCorrection>> {
    let row = sqlx::query!(
        r#"
        SELECT candidate_id AS "candidate: CandidateId"
             , nir
             , rationale
             , asked_by AS "asked_by: UserId"
             , organisation_id AS "organisation: OrganisationId"
             , asked_at
        FROM nir_corrections
        WHERE id = $1
        "#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let inconsistent = |column| move || Error::inconsistent("nir_corrections", column, id);
    let asked = AskCorrection {
        id,
        candidate: row.candidate,
        nir: Nir::parse(&row.nir).map_err(|_| inconsistent("nir")())?,
        rationale: Message::parse(&row.rationale).map_err(|_| inconsistent("rationale")())?,
    };
    let (asked_by, organisation, asked_at) = (row.asked_by, row.organisation, row.asked_at);
    Ok(Some(NirCorrection { asked, asked_by, organisation, asked_at }))
}

/// Whether a request waits, once the person is locked.
pub(super) async fn is_open(work: &mut Work<'_>, id: NirCorrectionId) -> Result<bool> {
    let is_open = sqlx::query_scalar!(
        r#"SELECT decided_at IS NULL AS "is_open!" FROM nir_corrections WHERE id = $1"#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(is_open.unwrap_or_default())
}

/// Writes a request, with its audit row and the mail to the team; one open at a time (CNR-2).
pub(super) async fn insert(
    work: &mut Work<'_>,
    changed: Changed<NirCorrection>,
) -> Result<(), Failure<CorrectionRefused>> {
    let NirCorrection { asked, asked_by, organisation, asked_at } = work.keep(changed);
    sqlx::query!(
        r#"
        INSERT INTO nir_corrections (id, candidate_id, nir, rationale, asked_by, organisation_id, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        "#,
        asked.id as _,
        asked.candidate as _,
        asked.nir.as_str(),
        asked.rationale.as_str(),
        asked_by as _,
        organisation as _,
        asked_at,
    )
    .execute(work.db())
    .await
    .map_err(|error| {
        // The id comes with the form: that of another person's request is no reason to fail.
        let is_there =
            ["nir_corrections_open_key", "nir_corrections_pkey"].iter().any(|key| violates(&error, key));
        if is_there { Failure::Refused(CorrectionRefused::Pending) } else { error.into() }
    })?;
    Ok(())
}

/// Writes what the team decided, and the NIR when it accepted.
pub(super) async fn save(
    work: &mut Work<'_>,
    changed: Changed<NirCorrectionDecided>,
) -> Result<(), Failure<CorrectionRefused>> {
    let decided = keep_identity(work, changed, |decided: &NirCorrectionDecided| {
        decided.drops_certification.then_some(decided.candidate)
    })
    .await?;
    let result = sqlx::query!(
        r#"
        UPDATE nir_corrections
        SET decided_at = $2
          , decided_by = $3
          , is_accepted = $4
          , refusal = $5
        WHERE id = $1
        "#,
        decided.id as _,
        work.now(),
        work.by.user as Option<UserId>,
        decided.nir.is_some(),
        decided.refusal.as_ref().map(Message::as_str),
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "nir_corrections")?;
    let Some(nir) = &decided.nir else { return Ok(()) };
    let result = sqlx::query!(
        "UPDATE candidates SET nir = $2, nir_missing_reason = NULL, updated_at = $3 WHERE id = $1",
        decided.candidate as _,
        nir.as_str(),
        work.now(),
    )
    .execute(work.db())
    .await
    .map_err(refused_by("candidates_nir_key", CorrectionRefused::NirTaken))?;
    ensure_one_row(&result, "candidates")?;
    Ok(())
}
