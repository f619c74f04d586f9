//! Candidates' files in and out of the database.

use iae_domain::actor::EmployerActor;
use iae_domain::applications::draft::Advisor;
use iae_domain::candidates::consent::Consent;
use iae_domain::candidates::policy::Standing;
use iae_domain::candidates::{
    Account, BirthPlace, FRANCE, FranceTravailAnswer, FranceTravailId, FranceTravailIdMissingReason, Nir,
    NirAnswer, NirMissingReason,
};
use iae_domain::ids::{CandidateId, OrganisationId, UserId};
use iae_domain::text::Email;
use iae_domain::{Actor, Changed};

use crate::error::Result;
use crate::{App, Ctx, Tx, audit};

/// Records why a professional deals with a person (D4, ASG-1), or refreshes it. `origin` is one of the values the
/// table's check allows.
pub(crate) async fn relate<A>(
    tx: &mut Tx,
    ctx: &Ctx<A>,
    candidate: CandidateId,
    user: UserId,
    organisation: OrganisationId,
    origin: &'static str,
) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO candidate_relations
            (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
        VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (organisation_id, candidate_id, user_id)
        DO UPDATE SET origin = excluded.origin, last_action_at = excluded.last_action_at
        "#,
        candidate as _,
        organisation as _,
        user as _,
        origin,
        ctx.now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// [`relate`] for a professional who hires the person: their profile was confirmed that very moment (ACC-12).
pub(crate) async fn relate_hire(tx: &mut Tx, ctx: &Ctx<EmployerActor>, candidate: CandidateId) -> Result<()> {
    sqlx::query!(
        r#"
        WITH confirmed AS (UPDATE candidates SET last_checked_at = $4 WHERE id = $1)
        INSERT INTO candidate_relations
            (candidate_id, organisation_id, user_id, origin, created_at, last_action_at)
        VALUES ($1, $2, $3, 'hired', $4, $4)
        ON CONFLICT (organisation_id, candidate_id, user_id)
        DO UPDATE SET origin = excluded.origin, last_action_at = excluded.last_action_at
        "#,
        candidate as _,
        ctx.actor.organisation as _,
        ctx.actor.user as _,
        ctx.now,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// [`relate`] for whoever accompanies the person as an application leaves (SUB-65): the sender, or the colleague they
/// named if still there.
pub(crate) async fn assign(
    tx: &mut Tx,
    ctx: &Ctx<Actor>,
    candidate: CandidateId,
    (sender, organisation): (UserId, OrganisationId),
    advisor: Advisor,
) -> Result<()> {
    let (colleague, is_unlisted) = match advisor {
        Advisor::Sender => (None, false),
        Advisor::Colleague(colleague) => (Some(colleague), false),
        Advisor::Unlisted => (None, true),
    };
    sqlx::query!(
        r#"
        INSERT INTO candidate_relations
            (candidate_id, organisation_id, user_id, origin, created_at, last_action_at, advisor_is_unlisted)
        SELECT $1, $2, coalesce(colleague.user_id, $3), 'applied', $5, $5, $6
        FROM (VALUES (1)) AS always
        LEFT JOIN memberships colleague
          ON colleague.user_id = $4 AND colleague.organisation_id = $2 AND colleague.is_active
        ON CONFLICT (organisation_id, candidate_id, user_id)
        DO UPDATE SET origin = excluded.origin
                    , last_action_at = excluded.last_action_at
                    , advisor_is_unlisted = excluded.advisor_is_unlisted
        "#,
        candidate as _,
        organisation as _,
        sender as _,
        colleague as Option<UserId>,
        ctx.now,
        is_unlisted,
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// [`relate`] for whoever acts; nothing for those who act for no organisation.
pub(super) async fn relate_actor(
    tx: &mut Tx,
    ctx: &Ctx<Actor>,
    candidate: CandidateId,
    origin: &'static str,
) -> Result<()> {
    let actor = ctx.actor_record();
    match actor.user.zip(actor.organisation) {
        Some((user, organisation)) => relate(tx, ctx, candidate, user, organisation, origin).await,
        None => Ok(()),
    }
}

pub(super) async fn account_by_nir(tx: &mut Tx, nir: &Nir) -> Result<Option<Account>> {
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
    .fetch_optional(&mut **tx)
    .await?;
    Ok(account)
}

pub(super) async fn account_by_email(tx: &mut Tx, email: &Email) -> Result<Option<Account>> {
    let account = sqlx::query_as!(
        Account,
        "SELECT id AS user, kind, is_active FROM users WHERE email = $1",
        email.as_str(),
    )
    .fetch_optional(&mut **tx)
    .await?;
    Ok(account)
}

/// What decides whether the actor may open the file: none when there is no such person.
pub(crate) async fn standing(tx: &mut Tx, ctx: &Ctx<Actor>, id: CandidateId) -> Result<Option<Standing>> {
    let standing = sqlx::query_as!(
        Standing,
        r#"
        SELECT c.id AS candidate
             , c.created_by AS "created_by: UserId"
             , is_related(c.id, $2) AS "is_related!"
        FROM candidates c
        WHERE c.id = $1
        "#,
        id as _,
        ctx.actor_record().organisation as Option<OrganisationId>,
    )
    .fetch_optional(&mut **tx)
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
pub(super) fn birth_columns(place: &BirthPlace) -> (Option<&str>, &'static str) {
    match place {
        BirthPlace::France { commune } => (Some(commune), FRANCE.code()),
        BirthPlace::Abroad(country) => (None, country.code()),
    }
}

/// Locks the person: whoever else decides something about them waits.
pub(crate) async fn lock(tx: &mut Tx, id: CandidateId) -> Result<()> {
    sqlx::query!("SELECT 1 AS locked FROM candidates WHERE id = $1 FOR UPDATE", id as _)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(())
}

/// Writes the consent of a person to what is shared with a company, with its audit row.
pub(crate) async fn insert_consent(
    app: &App,
    tx: &mut Tx,
    ctx: &Ctx<Actor>,
    new: Changed<Consent>,
) -> Result<()> {
    let (consent, events) = new.into_parts();
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
    .execute(&mut **tx)
    .await?;
    audit::record(app, tx, ctx, &events).await
}
