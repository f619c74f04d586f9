//! What is asked at sign-up, in and out of the database. Whoever asks an organisation locks it first.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::ids::{OrganisationId, SignUpRequestId, UserId};
use iae_domain::organisations::sign_up::{
    CompanyLink, JOIN_ASKED_AGAIN, JoinFacts, JoinRequest, NewCompanyLink,
};

use super::super::ShownAs;
use crate::Work;
use crate::db::ensure_one_row;
use crate::error::Result;

/// Writes a link, with its audit row and the mail to the official address of its company.
pub(in crate::organisations::sign_up) async fn insert_link(
    work: &mut Work<'_>,
    changed: Changed<NewCompanyLink>,
    token: &str,
) -> Result<()> {
    let link = work.keep(changed);
    sqlx::query!(
        r#"
        INSERT INTO sign_up_requests (id, organisation_id, user_id, asked_at, token, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        "#,
        link.id as _,
        link.company as _,
        link.asker as _,
        link.asked_at,
        token,
        link.expires_at,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Where a link leads, for who has its word.
pub(in crate::organisations::sign_up) async fn company_of_link(
    work: &mut Work<'_>,
    id: SignUpRequestId,
    token: &str,
) -> Result<Option<OrganisationId>> {
    let company = sqlx::query_scalar!(
        r#"
        SELECT organisation_id AS "company: OrganisationId"
        FROM sign_up_requests
        WHERE id = $1 AND token = $2
        "#,
        id as _,
        token,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(company)
}

/// A link, once its company is locked.
pub(in crate::organisations::sign_up) async fn lock_link(
    work: &mut Work<'_>,
    id: SignUpRequestId,
) -> Result<Option<CompanyLink>> {
    let found = sqlx::query!(
        r#"
        SELECT r.organisation_id AS "company: OrganisationId"
             , r.expires_at AS "expires_at!: DateTime<Utc>"
             , r.used_at
             , r.used_by AS "used_by: UserId"
             , EXISTS (
                   SELECT
                   FROM memberships m
                   WHERE m.organisation_id = r.organisation_id AND m.joined_at > r.asked_at
               ) AS "somebody_came!"
        FROM sign_up_requests r
        WHERE r.id = $1 AND r.token IS NOT NULL
        FOR UPDATE OF r
        "#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    Ok(found.map(|found| CompanyLink {
        id,
        company: found.company,
        expires_at: found.expires_at,
        used: found.used_at.zip(found.used_by),
        somebody_came: found.somebody_came,
    }))
}

/// Writes that a link served, with its audit row.
pub(in crate::organisations::sign_up) async fn save_link(
    work: &mut Work<'_>,
    changed: Changed<CompanyLink>,
) -> Result<()> {
    let link = work.keep(changed);
    let (used_at, used_by) = link.used.unzip();
    let result = sqlx::query!(
        "UPDATE sign_up_requests SET used_at = $2, used_by = $3 WHERE id = $1 AND used_at IS NULL",
        link.id as _,
        used_at,
        used_by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "sign_up_requests")
}

/// Whether an organisation is one that somebody who signs up is shown (SGN-15). Agencies of France Travail are joined by their
/// code.
pub(in crate::organisations::sign_up) async fn is_shown(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    shown: &ShownAs,
) -> Result<bool> {
    let is_shown = match shown {
        ShownAs::Company => {
            sqlx::query_scalar!(
                r#"
                SELECT EXISTS (
                    SELECT
                    FROM company_activity a
                    JOIN memberships m ON m.organisation_id = a.organisation_id
                    JOIN users u ON u.id = m.user_id
                    WHERE a.organisation_id = $1 AND a.active_until = 'infinity' AND m.is_active AND u.is_active
                ) AS "is_shown!"
                "#,
                organisation as _,
            )
            .fetch_one(work.db())
            .await?
        }
        ShownAs::Prescriber { siret, department } => {
            sqlx::query_scalar!(
                r#"
                SELECT EXISTS (
                    SELECT
                    FROM organisations o
                    WHERE o.id = $1
                      AND o.family = 'prescriber'
                      AND o.kind <> 'FT'
                      AND o.closed_at IS NULL
                      AND (
                          o.siret = $2
                          OR EXISTS (
                              SELECT FROM organisations former WHERE former.replaced_by = o.id AND former.siret = $2
                          )
                          OR (
                              left(o.siret, 9) = $3
                              AND o.department_code = $4
                              AND EXISTS (
                                  SELECT
                                  FROM memberships m
                                  JOIN users u ON u.id = m.user_id
                                  WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
                              )
                          )
                      )
                ) AS "is_shown!"
                "#,
                organisation as _,
                siret.as_str(),
                siret.siren(),
                department,
            )
            .fetch_one(work.db())
            .await?
        }
    };
    Ok(is_shown)
}

/// Makes what one account asks take turns: the last request of a day is made once.
pub(in crate::organisations::sign_up) async fn lock_asker(work: &mut Work<'_>, user: UserId) -> Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 4))", user.0)
        .execute(work.db())
        .await?;
    work.locked();
    Ok(())
}

/// What decides whether somebody may ask to be let in, once the organisation and their own requests are locked.
pub(in crate::organisations::sign_up) async fn join_facts(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    user: UserId,
) -> Result<JoinFacts> {
    let since = work.now() - JOIN_ASKED_AGAIN;
    let found = sqlx::query!(
        r#"
        SELECT EXISTS (
                   SELECT FROM memberships m WHERE m.organisation_id = $1 AND m.user_id = $2 AND m.is_active
               ) AS "is_member!"
             , (
                   SELECT m.user_id
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = $1 AND m.is_active AND u.is_active
                   ORDER BY m.is_admin DESC, m.joined_at, m.id
                   LIMIT 1
               ) AS "contact?: UserId"
             , max(r.asked_at) FILTER (WHERE r.organisation_id = $1) AS "asked_it?"
             , count(*) AS "asked!"
        FROM sign_up_requests r
        WHERE r.user_id = $2 AND r.token IS NULL AND r.asked_at > $3
        "#,
        organisation as _,
        user as _,
        since,
    )
    .fetch_one(work.db())
    .await?;
    Ok(JoinFacts {
        organisation,
        is_member: found.is_member,
        contact: found.contact,
        asked_it: found.asked_it,
        asked: found.asked,
    })
}

/// Writes a request to be let in, with its audit row and its mail.
pub(in crate::organisations::sign_up) async fn insert_join_request(
    work: &mut Work<'_>,
    changed: Changed<JoinRequest>,
) -> Result<()> {
    let request = work.keep(changed);
    sqlx::query!(
        r#"
        INSERT INTO sign_up_requests (id, organisation_id, user_id, contact_id, asked_at)
        VALUES ($1, $2, $3, $4, $5)
        "#,
        request.id as _,
        request.organisation as _,
        request.asker as _,
        request.contact as Option<UserId>,
        request.asked_at,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
