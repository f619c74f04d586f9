//! What a member holds for an organisation, counted.

use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::members::{Held, Holdings};
use sqlx::PgConnection;

use crate::App;
use crate::error::Result;

/// What a member holds for an organisation, as the page that hands it over shows it.
pub async fn held_by(
    app: &App,
    organisation: OrganisationId,
    user: UserId,
    drafts: bool,
) -> Result<Holdings> {
    holdings(&mut *app.db.acquire().await?, organisation, user, drafts).await
}

/// The same within what hands it over. Of things that were handed to them already, the last to have them counts.
pub(in super::super) async fn holdings(
    db: &mut PgConnection,
    organisation: OrganisationId,
    user: UserId,
    drafts: bool,
) -> Result<Holdings> {
    let held = sqlx::query!(
        r#"
        SELECT (
                   SELECT count(*)
                   FROM applications a
                   LEFT JOIN followers f ON f.subject_kind = 'application' AND f.subject_id = a.id
                   WHERE a.sender_organisation_id = $1
                     AND a.state IN ('new', 'processing', 'postponed', 'pool', 'prior_to_hire')
                     AND coalesce(f.user_id, a.sender_id) = $2
               ) AS "applications!"
             , (
                   SELECT count(*)
                   FROM application_drafts d
                   WHERE $3 AND d.organisation_id = $1 AND d.user_id = $2 AND d.submitted_at IS NULL
               ) AS "drafts!"
             , (
                   SELECT count(*)
                   FROM candidate_relations r
                   WHERE r.organisation_id = $1
                     AND r.user_id = $2
                     AND r.origin <> 'looked_up'
                     AND NOT r.advisor_is_unlisted
               ) AS "accompaniments!"
             , (
                   SELECT count(*)
                   FROM prolongation_requests r
                   WHERE r.prescriber_organisation_id = $1 AND r.assignee_id = $2 AND r.state = 'pending'
               ) AS "to_answer!"
             , (
                   SELECT count(*)
                   FROM prolongation_requests r
                   LEFT JOIN followers f ON f.subject_kind = 'prolongation_request' AND f.subject_id = r.id
                   WHERE r.company_id = $1 AND r.state = 'pending' AND coalesce(f.user_id, r.declared_by) = $2
               ) AS "asked!"
             , (
                   SELECT count(*)
                   FROM nir_corrections n
                   LEFT JOIN followers f ON f.subject_kind = 'nir_correction' AND f.subject_id = n.id
                   WHERE n.organisation_id = $1 AND n.decided_at IS NULL AND coalesce(f.user_id, n.asked_by) = $2
               ) AS "nir_corrections!"
        "#,
        organisation as _,
        user as _,
        drafts,
    )
    .fetch_one(db)
    .await?;
    let counts = [
        (Held::Applications, held.applications),
        (Held::Drafts, held.drafts),
        (Held::Accompaniments, held.accompaniments),
        (Held::ToAnswer, held.to_answer),
        (Held::Asked, held.asked),
        (Held::NirCorrections, held.nir_corrections),
    ];
    Ok(Holdings::of(counts.map(|(held, count)| (held, u32::try_from(count).unwrap_or(u32::MAX)))))
}
