//! Candidates' files in and out of the database.

use chrono::NaiveDate;
use iae_domain::Changed;
use iae_domain::actor::ActorRecord;
use iae_domain::candidates::consent::Consent;
use iae_domain::candidates::policy::Standing;
use iae_domain::candidates::{
    Account, BirthPlace, Certifier, FRANCE, FranceTravailAnswer, FranceTravailId,
    FranceTravailIdMissingReason, Nir, NirAnswer, NirMissingReason, Relation, RelationOrigin, relate,
};
use iae_domain::ids::{CandidateId, OrganisationId, UserId};
use iae_domain::text::Email;

use crate::Work;
use crate::error::Result;

/// Writes a relation, or that the professional acted again. Whether the advisor is listed is said by an application
/// and a hire alone (SUB-62, ACC-30).
pub(crate) async fn save_relation(work: &mut Work<'_>, changed: Changed<Relation>) -> Result<()> {
    let relation = work.keep(changed);
    sqlx::query!(
        r#"
        INSERT INTO candidate_relations
            (candidate_id, organisation_id, user_id, origin, created_at, last_action_at, advisor_is_unlisted)
        VALUES ($1, $2, $3, $4, $5, $5, $6)
        ON CONFLICT (organisation_id, candidate_id, user_id)
        DO UPDATE SET origin = excluded.origin
                    , last_action_at = excluded.last_action_at
                    , advisor_is_unlisted = CASE
                          WHEN excluded.origin IN ('applied', 'hired') THEN excluded.advisor_is_unlisted
                          ELSE candidate_relations.advisor_is_unlisted
                      END
        "#,
        relation.candidate as _,
        relation.organisation as _,
        relation.user as _,
        relation.origin.code(),
        work.now(),
        relation.advisor_is_unlisted,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// [`save_relation`] for a professional who hires the person: their profile was confirmed that very moment (ACC-12).
pub(crate) async fn save_hire_relation(work: &mut Work<'_>, changed: Changed<Relation>) -> Result<()> {
    let candidate = changed.value().candidate;
    save_relation(work, changed).await?;
    sqlx::query!("UPDATE candidates SET last_checked_at = $2 WHERE id = $1", candidate as _, work.now())
        .execute(work.db())
        .await?;
    Ok(())
}

/// [`save_relation`] for whoever acts; nothing for those who act for no organisation.
pub(super) async fn relate_actor(
    work: &mut Work<'_>,
    candidate: CandidateId,
    origin: RelationOrigin,
) -> Result<()> {
    match work.by.user.zip(work.by.organisation) {
        Some((user, organisation)) => {
            save_relation(work, relate(Relation::new(candidate, user, organisation, origin))).await
        }
        None => Ok(()),
    }
}

/// Whether an account is an active member of the organisation.
pub(crate) async fn is_member(
    work: &mut Work<'_>,
    user: UserId,
    organisation: OrganisationId,
) -> Result<bool> {
    let is_member = sqlx::query_scalar!(
        r#"
        SELECT EXISTS (
            SELECT FROM memberships WHERE user_id = $1 AND organisation_id = $2 AND is_active
        ) AS "is_member!"
        "#,
        user as _,
        organisation as _,
    )
    .fetch_one(work.db())
    .await?;
    Ok(is_member)
}

pub(super) async fn account_by_nir(work: &mut Work<'_>, nir: &Nir) -> Result<Option<Account>> {
    let account = sqlx::query_as!(
        Account,
        r#"
        SELECT u.id AS user, u.kind, u.is_active
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.nir = $1
        "#,
        nir.as_str(),
    )
    .fetch_optional(work.db())
    .await?;
    Ok(account)
}

pub(super) async fn account_by_email(work: &mut Work<'_>, email: &Email) -> Result<Option<Account>> {
    let account = sqlx::query_as!(
        Account,
        "SELECT id AS user, kind, is_active FROM users WHERE email = $1",
        email.as_str(),
    )
    .fetch_optional(work.db())
    .await?;
    Ok(account)
}

/// What decides whether the actor may open the file: none when there is no such person.
pub(crate) async fn standing(work: &mut Work<'_>, id: CandidateId) -> Result<Option<Standing>> {
    let by = work.by;
    standing_of(work.db(), by, id).await
}

/// The same, outside of any change.
pub(super) async fn standing_of(
    db: impl sqlx::PgExecutor<'_>,
    by: ActorRecord,
    id: CandidateId,
) -> Result<Option<Standing>> {
    let standing = sqlx::query_as!(
        Standing,
        r#"
        SELECT c.id AS candidate
             , c.created_by AS "created_by: UserId"
             , (SELECT is_related FROM read_is_related(c.id, $2)) AS "is_related!"
             , (SELECT has_applied_for FROM read_has_applied_for(c.id, $3)) AS "has_applied!"
        FROM candidates c
        WHERE c.id = $1
        "#,
        id as _,
        by.organisation as Option<OrganisationId>,
        by.user as Option<UserId>,
    )
    .fetch_optional(db)
    .await?;
    Ok(standing)
}

/// The NIR and its reason, from their two columns.
pub(super) fn nir_answer(nir: Option<&str>, reason: Option<&str>) -> Result<Option<NirAnswer>, ()> {
    match (nir, reason) {
        (Some(nir), _) => Nir::parse(nir).map(NirAnswer::Known).map(Some).map_err(drop),
        (None, Some(reason)) => NirMissingReason::parse(reason).map(NirAnswer::Missing).map(Some).ok_or(()),
        (None, None) => Ok(None),
    }
}

/// The France Travail identifier and its reason, from their two columns.
pub(super) fn france_travail_answer(
    id: Option<&str>,
    reason: Option<&str>,
) -> Result<Option<FranceTravailAnswer>, ()> {
    match (id, reason) {
        (Some(id), _) => FranceTravailId::parse(id).map(FranceTravailAnswer::Known).map(Some).map_err(drop),
        (None, Some(reason)) => {
            FranceTravailIdMissingReason::parse(reason).map(FranceTravailAnswer::Missing).map(Some).ok_or(())
        }
        (None, None) => Ok(None),
    }
}

/// The commune of birth, if it is in France, and the country.
pub(crate) fn birth_columns(place: &BirthPlace) -> (Option<&str>, &'static str) {
    match place {
        BirthPlace::France { commune } => (Some(commune), FRANCE.code()),
        BirthPlace::Abroad(country) => (None, country.code()),
    }
}

/// Locks the person: whoever else decides something about them waits.
pub(crate) async fn lock(work: &mut Work<'_>, id: CandidateId) -> Result<()> {
    sqlx::query!("SELECT 1 AS locked FROM candidates WHERE id = $1 FOR UPDATE", id as _)
        .fetch_optional(work.db())
        .await?;
    work.locked();
    Ok(())
}

/// Keeps what was changed of who someone is: France Travail no longer vouches for whom it names (HIS-2).
pub(super) async fn keep_identity<T>(
    work: &mut Work<'_>,
    changed: Changed<T>,
    drops_certification_of: impl FnOnce(&T) -> Option<CandidateId>,
) -> Result<T> {
    let kept = work.keep(changed);
    if let Some(candidate) = drops_certification_of(&kept) {
        sqlx::query!(
            "DELETE FROM identity_certifications WHERE candidate_id = $1 AND certifier <> $2",
            candidate as _,
            Certifier::ApiParticulier.code(),
        )
        .execute(work.db())
        .await?;
    }
    Ok(kept)
}

/// The date of birth of a person, when their file says it.
pub(crate) async fn birth_date(work: &mut Work<'_>, id: CandidateId) -> Result<Option<NaiveDate>> {
    let birth_date = sqlx::query_scalar!("SELECT birth_date FROM candidates WHERE id = $1", id as _)
        .fetch_optional(work.db())
        .await?;
    Ok(birth_date.flatten())
}

/// Writes the consent of a person to what is shared with a company, with its audit row.
pub(crate) async fn insert_consent(work: &mut Work<'_>, new: Changed<Consent>) -> Result<()> {
    let consent = work.keep(new);
    let shared: Vec<String> = consent.sharing.items.iter().map(|item| item.code().to_owned()).collect();
    sqlx::query!(
        r#"
        INSERT INTO sharing_consents
            (id, candidate_id, organisation_id, company_id, recorded_by, recorded_at, shared)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        "#,
        consent.id as _,
        consent.candidate as _,
        consent.organisation as _,
        consent.company as _,
        consent.recorded_by as _,
        consent.recorded_at,
        &shared,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
