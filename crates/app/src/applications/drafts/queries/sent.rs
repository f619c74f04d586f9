//! What became of a draft.

use iae_domain::applications::draft::NotSent;
use iae_domain::ids::{ApplicationDraftId, ApplicationId, OrganisationId, UserId};
use serde::Deserialize;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::super::{Ending, Sending, SentTo};
use crate::Db;
use crate::error::Result;

/// One line of a sending.
#[derive(Debug, Deserialize)]
struct Line {
    id: ApplicationId,
    company_id: OrganisationId,
    company_name: String,
    refusal: Option<NotSent>,
}

/// A sending by one of its applications: to whom and for whom, for its sender alone, in the organisation they sent
/// it for (SUB-70, D33).
pub(in super::super) async fn sent(
    db: &Db,
    (sender, organisation): (UserId, Option<OrganisationId>),
    id: ApplicationId,
) -> Result<Option<Sending>> {
    let row = sqlx::query!(
        r#"
        SELECT a.candidate_id
             , a.company_id
             , o.shown_name AS company_name
             , u.first_name
             , u.last_name
             , u.phone
             , CASE WHEN u.is_active THEN u.email END AS email
             , f.created_by AS "created_by: UserId"
             , sender.email IS NOT NULL AS "sender_is_told!"
             , d.data ->> 'search' AS search
             , a.submitted_at
             , (
                   SELECT jsonb_agg(
                       jsonb_build_object(
                           'id', l.id, 'company_id', l.company_id, 'company_name', c.shown_name, 'refusal', l.refusal
                       )
                       ORDER BY l.rank
                   )
                   FROM draft_applications l
                   JOIN organisations c ON c.id = l.company_id
                   WHERE l.draft_id = d.id
               ) AS "lines: Json<Vec<Line>>"
        FROM applications a
        JOIN users sender ON sender.id = a.sender_id
        LEFT JOIN draft_applications own ON own.id = a.id
        LEFT JOIN application_drafts d ON d.id = own.draft_id
        JOIN organisations o ON o.id = a.company_id
        JOIN users u ON u.id = a.candidate_id
        JOIN candidates f ON f.id = a.candidate_id
        WHERE a.id = $1 AND a.sender_id = $2 AND a.sender_organisation_id IS NOT DISTINCT FROM $3
        "#,
        id as _,
        sender as _,
        organisation as Option<OrganisationId>,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        // Its draft is kept a day: the application stands alone afterwards.
        let alone = || Line { id, company_id: row.company_id, company_name: row.company_name, refusal: None };
        let lines = row.lines.map(|lines| lines.0).filter(|lines| !lines.is_empty());
        Sending {
            candidate_id: row.candidate_id,
            first_name: row.first_name,
            last_name: row.last_name,
            phone: row.phone,
            email: row.email,
            created_by: row.created_by,
            sender_is_told: row.sender_is_told,
            search: row.search,
            submitted_at: row.submitted_at,
            to: lines
                .unwrap_or_else(|| vec![alone()])
                .into_iter()
                .map(|line| SentTo {
                    application: line.id,
                    company_id: line.company_id,
                    company_name: line.company_name,
                    refusal: line.refusal,
                })
                .collect(),
        }
    }))
}

/// How a draft ended, by the audit trail, for who began it in this organisation.
pub(in super::super) async fn ending(
    db: &Db,
    (author, organisation): (UserId, Option<OrganisationId>),
    id: ApplicationDraftId,
) -> Result<Option<Ending>> {
    let row = sqlx::query!(
        r#"
        SELECT ended.at
             , ended.action = 'draft.sent' AS "is_sent!"
             , ended.action = 'draft.superseded' AS "is_superseded!"
             , ended.actor_id IS NOT NULL AS "is_by_someone!"
        FROM audit_events begun
        JOIN audit_events ended ON ended.subject_id = begun.subject_id
        WHERE begun.subject_id = $1
          AND begun.action = 'draft.started'
          AND begun.actor_id = $2
          AND begun.organisation_id IS NOT DISTINCT FROM $3
          AND ended.action IN ('draft.sent', 'draft.superseded', 'draft.discarded')
        ORDER BY ended.at DESC, ended.seq DESC
        LIMIT 1
        "#,
        id as _,
        author as _,
        organisation as Option<OrganisationId>,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| match (row.is_sent, row.is_superseded, row.is_by_someone) {
        (true, ..) => Ending::Sent(row.at),
        (false, true, _) => Ending::SentFromAnother(row.at),
        (false, false, true) => Ending::GivenUp(row.at),
        (false, false, false) => Ending::Expired(row.at),
    }))
}

/// The first application a draft became.
pub(in super::super) async fn first_of(
    db: &mut PgConnection,
    id: ApplicationDraftId,
) -> Result<Option<ApplicationId>> {
    let first = sqlx::query_scalar!(
        r#"
        SELECT a.id
        FROM draft_applications l
        JOIN applications a ON a.id = l.id
        WHERE l.draft_id = $1
        ORDER BY l.rank
        LIMIT 1
        "#,
        id as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(first)
}
