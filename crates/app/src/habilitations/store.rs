//! Requests of habilitation in and out of the database. Whoever changes one locks the organisation, which is one row for all of them.

mod piece;
mod right;
mod row;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Changed;
use iae_domain::habilitations::{
    Authorisation, GivenOpinion, Habilitation, HabilitationRefused, Order, Overseen, Written,
};
use iae_domain::ids::{HabilitationId, OrganisationId, UserId};
use iae_domain::time::Period;

pub(super) use piece::{lock_piece, save_with_piece, save_without_piece};
pub(super) use right::{authorise, save_decided, stay_orienteur, unauthorise};
pub(super) use row::read;

use crate::error::{Error, Result};
use crate::failure::refused_by;
use crate::{Failure, Work};

/// An organisation, as what is decided of it needs it.
#[derive(Debug, Clone)]
pub(super) struct Applicant {
    pub id: OrganisationId,
    pub authorisation: Authorisation,
    pub department: Option<String>,
    /// The DDETS of its département, when it has an active member.
    pub ddets: Option<OrganisationId>,
    pub has_other_twin: bool,
    /// When its authorisation was decided last.
    pub decided_at: Option<DateTime<Utc>>,
    /// Whether the DDETS waits for it to complete its request.
    pub is_completing: bool,
}

impl Applicant {
    /// As the team decides of it.
    pub(super) const fn overseen(&self) -> Overseen {
        let Authorisation { kind, status, .. } = self.authorisation;
        Overseen { id: self.id, kind, status, has_other_twin: self.has_other_twin }
    }
}

/// An organisation, locked: neither its right nor its requests change until the transaction ends.
pub(super) async fn lock(work: &mut Work<'_>, organisation: OrganisationId) -> Result<Option<Applicant>> {
    sqlx::query!(
        "SELECT 1 AS locked FROM prescriber_organisations WHERE organisation_id = $1 FOR NO KEY UPDATE",
        organisation as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    applicant(work.db(), organisation).await
}

/// An organisation that prescribes.
pub(super) async fn applicant(
    db: impl sqlx::PgExecutor<'_>,
    organisation: OrganisationId,
) -> Result<Option<Applicant>> {
    let row = sqlx::query!(
        r#"
        SELECT o.id
             , p.kind
             , p.authorisation_status
             , p.authorised_days IS NOT NULL AS "is_dated!"
             , ARRAY(SELECT lower(days) FROM unnest(p.authorised_days) AS days ORDER BY 1) AS "starts!: Vec<NaiveDate>"
             , ARRAY(SELECT upper(days) - 1 FROM unnest(p.authorised_days) AS days ORDER BY 1) AS "ends!: Vec<NaiveDate>"
             , o.department_code
             , active_ddets(o.department_code) AS "ddets: OrganisationId"
             , EXISTS (
                   SELECT
                   FROM organisations twin
                   WHERE twin.siret = o.siret
                     AND twin.family = 'prescriber'
                     AND twin.kind = 'OTHER'
                     AND twin.id <> o.id
                     AND twin.replaced_by IS DISTINCT FROM o.id
               ) AS "has_other_twin!"
             , p.authorisation_updated_at AS decided_at
             , EXISTS (
                   SELECT
                   FROM habilitations h
                   WHERE h.organisation_id = o.id AND h.state = 'completing'
               ) AS "is_completing!"
        FROM organisations o
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        WHERE o.id = $1
        "#,
        organisation as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let days = row.starts.into_iter().zip(row.ends).map(|(start, end)| Period { start, end });
        let days = row.is_dated.then(|| days.collect());
        Applicant {
            id: row.id,
            authorisation: Authorisation { kind: row.kind, status: row.authorisation_status, days },
            department: row.department_code,
            ddets: row.ddets,
            has_other_twin: row.has_other_twin,
            decided_at: row.decided_at,
            is_completing: row.is_completing,
        }
    }))
}

/// A request, its organisation being locked.
pub(super) async fn lock_habilitation(
    work: &mut Work<'_>,
    id: HabilitationId,
) -> Result<Option<(Habilitation, Applicant)>> {
    let organisation = sqlx::query_scalar!(
        r#"SELECT organisation_id AS "organisation: OrganisationId" FROM habilitations WHERE id = $1"#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    let Some(organisation) = organisation else { return Ok(None) };
    let applicant = lock(work, organisation).await?.ok_or(Error::NotFound)?;
    let found = read(work.db(), Some(id), None).await?.pop();
    Ok(found.map(|habilitation| (habilitation, applicant)))
}

/// Writes a request, new or not, with its audit row and its mails. A colleague may have begun another at that very instant.
pub(super) async fn save(
    work: &mut Work<'_>,
    changed: Changed<Habilitation>,
) -> Result<Habilitation, Failure<HabilitationRefused>> {
    let habilitation = work.keep(changed);
    let by = work.by.user;
    let Written { identified, mission, staff, need, agreements, local_bodies } = &habilitation.written;
    let opinion = habilitation.opinion.as_ref();
    let order = habilitation.order.as_ref();
    let announced = habilitation.announced_months.and_then(|months| i16::try_from(months).ok());
    sqlx::query!(
        r#"
        INSERT INTO habilitations
            (id, organisation_id, department_code, is_renewal, is_recorded, state, identified, mission, staff, need, agreements,
             local_bodies, complement, opinion, opinion_on, opinion_words, order_number, ordered_on, starts_on, ends_on, reason,
             begun_at, submitted_at, decided_at, changed_by, changed_at, announced_months, ended_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
                $25, $26, $27, $28)
        ON CONFLICT (id) DO UPDATE SET is_renewal = excluded.is_renewal
                                     , state = excluded.state
                                     , identified = excluded.identified
                                     , mission = excluded.mission
                                     , staff = excluded.staff
                                     , need = excluded.need
                                     , agreements = excluded.agreements
                                     , local_bodies = excluded.local_bodies
                                     , complement = excluded.complement
                                     , opinion = excluded.opinion
                                     , opinion_on = excluded.opinion_on
                                     , opinion_words = excluded.opinion_words
                                     , order_number = excluded.order_number
                                     , ordered_on = excluded.ordered_on
                                     , starts_on = excluded.starts_on
                                     , ends_on = excluded.ends_on
                                     , reason = excluded.reason
                                     , submitted_at = excluded.submitted_at
                                     , decided_at = excluded.decided_at
                                     , changed_by = coalesce(excluded.changed_by, habilitations.changed_by)
                                     , changed_at = excluded.changed_at
                                     , announced_months = excluded.announced_months
                                     , ended_at = excluded.ended_at
        "#,
        habilitation.id as _,
        habilitation.organisation as _,
        habilitation.department,
        habilitation.is_renewal,
        habilitation.is_recorded,
        habilitation.state.code(),
        identified.as_str(),
        mission.as_str(),
        staff.as_str(),
        need.as_str(),
        agreements.as_str(),
        local_bodies.as_str(),
        habilitation.complement,
        opinion.map(|given| given.opinion.code()),
        opinion.and_then(|GivenOpinion { on, .. }| *on),
        opinion.map_or("", |given| given.words.as_str()),
        order.map(|order| order.number.as_str()),
        order.map(|order| order.ordered_on),
        order.map(|Order { period, .. }| period.start),
        order.map(|Order { period, .. }| period.end),
        habilitation.reason,
        habilitation.begun_at,
        habilitation.submitted_at,
        habilitation.decided_at,
        by as Option<UserId>,
        habilitation.changed_at,
        announced,
        habilitation.ended_at,
    )
    .execute(work.db())
    .await
    .map_err(refused_by("habilitations_open_key", HabilitationRefused::Overtaken))?;
    Ok(habilitation)
}
