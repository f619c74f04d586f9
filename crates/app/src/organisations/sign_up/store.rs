//! Organisations that are signed up, in and out of the database, and what decides who comes into those that are there. Whoever asks an
//! organisation locks it first.

mod requests;

use chrono::TimeDelta;
use iae_domain::Changed;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::sign_up::{
    CompanyFacts, FoundingRefused, Identity, Nature, NewOrganisation, SafirCode,
};
use iae_domain::organisations::{CompanySource, OrganisationFamily};
use iae_domain::text::Email;

pub(super) use requests::{
    company_of_link, insert_join_request, insert_link, is_shown, join_facts, lock_asker, lock_link, save_link,
};

use crate::error::Result;
use crate::failure::refused_by;
use crate::{Failure, Work};

/// Writes an organisation, with its audit row and its mail. A département that the reference does not have is left out.
pub(super) async fn insert(
    work: &mut Work<'_>,
    changed: Changed<NewOrganisation>,
) -> Result<(), Failure<FoundingRefused>> {
    let NewOrganisation { id, identity, nature, by: _ } = work.keep(changed);
    let Identity { siret, name, seat, phone, email, website } = identity;
    let family = match &nature {
        Nature::Prescriber { .. } => OrganisationFamily::Prescriber,
        Nature::Facilitator { .. } => OrganisationFamily::Company,
    };
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO organisations
            (id, family, kind, siret, name, phone, email, website, address_line_1, address_line_2, post_code, city,
             department_code, latitude, longitude, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, (SELECT code FROM departments WHERE code = $13),
                $14, $15, $16, $16)
        "#,
        id.0,
        family.code(),
        nature.kind_code(),
        siret.as_str(),
        name.as_str(),
        phone.as_ref().map(|phone| phone.as_str()),
        email.as_ref().map(|email| email.as_str()),
        website.as_ref().map(|website| website.as_str()),
        seat.line_1,
        seat.line_2,
        seat.post_code,
        seat.city,
        seat.department,
        seat.position.map(|position| position.latitude),
        seat.position.map(|position| position.longitude),
        now,
    )
    .execute(work.db())
    .await
    .map_err(refused_by("organisations_siret_family_kind_key", FoundingRefused::Taken))?;
    match nature {
        Nature::Prescriber { kind, authorisation } => {
            sqlx::query!(
                r#"
                INSERT INTO prescriber_organisations (organisation_id, kind, authorisation_status)
                VALUES ($1, $2, $3)
                "#,
                id.0,
                kind.code(),
                authorisation.code(),
            )
            .execute(work.db())
            .await?;
        }
        Nature::Facilitator { auth_email } => {
            sqlx::query!(
                r#"
                INSERT INTO companies (organisation_id, source, auth_email, is_searchable)
                VALUES ($1, $2, $3, false)
                "#,
                id.0,
                CompanySource::UserCreated.code(),
                auth_email.as_ref().map(|email| email.as_str()),
            )
            .execute(work.db())
            .await?;
        }
    }
    Ok(())
}

/// What decides whether this person comes into a company; none of another organisation.
pub(super) async fn company_facts(
    work: &mut Work<'_>,
    company: OrganisationId,
    guest: UserId,
) -> Result<Option<CompanyFacts>> {
    let (hour, day) = (work.now() - TimeDelta::hours(1), work.now() - TimeDelta::days(1));
    let found = sqlx::query!(
        r#"
        SELECT c.auth_email
             , coalesce(a.active_until = 'infinity', false) AS "is_open!"
             , EXISTS (
                   SELECT
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = c.organisation_id AND m.is_active AND u.is_active
               ) AS "has_members!"
             , (
                   SELECT count(*)
                   FROM sign_up_requests r
                   WHERE r.organisation_id = c.organisation_id AND r.token IS NOT NULL AND r.asked_at > $2
               ) AS "sent_lately!"
             , (
                   SELECT count(*)
                   FROM sign_up_requests r
                   WHERE r.user_id = $3 AND r.token IS NOT NULL AND r.asked_at > $4
               ) AS "asked_lately!"
        FROM companies c
        JOIN company_activity a ON a.organisation_id = c.organisation_id
        WHERE c.organisation_id = $1
        "#,
        company as _,
        hour,
        guest as _,
        day,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(found.map(|found| CompanyFacts {
        company,
        is_open: found.is_open,
        has_members: found.has_members,
        has_official_address: found
            .auth_email
            .as_deref()
            .is_some_and(|address: &str| Email::parse(address).is_ok()),
        sent_lately: found.sent_lately,
        asked_lately: found.asked_lately,
    }))
}

/// The agency that has a code; what it was merged into, when it was.
pub(super) async fn agency(work: &mut Work<'_>, code: &SafirCode) -> Result<Option<OrganisationId>> {
    let agency = sqlx::query_scalar!(
        r#"
        SELECT coalesce(o.replaced_by, o.id) AS "agency!: OrganisationId"
        FROM prescriber_organisations p
        JOIN organisations o ON o.id = p.organisation_id
        WHERE p.code_safir = $1 AND p.kind = 'FT'
        "#,
        code.as_str(),
    )
    .fetch_optional(work.db())
    .await?;
    Ok(agency)
}
