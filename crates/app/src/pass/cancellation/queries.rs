//! What is read of cancelled PASS.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::Actor;
use iae_domain::applications::visible_since;
use iae_domain::ids::{ApplicationId, CandidateId, OrganisationId, PassId};
use iae_domain::pass::policy::{self, PassRelation};
use iae_domain::pass::{ARCHIVE_DAYS, CancelledNotice, PassNumber};
use iae_domain::staff::StaffRight;
use iae_domain::time::sub_days;
use uuid::Uuid;

use crate::Db;
use crate::error::{Error, Result};

/// The PASS `id` that is no more, for those still tied to it, as they were while it existed: the person, the company that
/// cancelled and those that exchanged an application of the person, who follows the person, the organisation that was asked
/// to prolong it, the team; to anyone else it never was (TEN-1).
async fn of_reader(
    db: impl sqlx::PgExecutor<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    id: Uuid,
) -> Result<Option<CancelledNotice>> {
    let row = sqlx::query!(
        r#"
        SELECT c.number AS "number: PassNumber"
             , c.candidate_id AS "candidate!: CandidateId"
             , c.cancelled_at
             , full_name(u.first_name, u.last_name) AS by
             , a.id AS "application: ApplicationId"
             , o.shown_name AS "company_name!"
             , coalesce(a.company_id = $2, false) AS "hired_with_it!"
             , coalesce(a.sender_organisation_id = $2, false) AS "sent_it!"
             , EXISTS (
                   SELECT FROM candidate_relations r
                   WHERE r.candidate_id = c.candidate_id AND r.organisation_id = $2
               ) AS "in_caseload!"
             , EXISTS (
                   SELECT FROM applications x
                   WHERE x.candidate_id = c.candidate_id
                     AND (company_sees($2, x, $3) OR (x.sender_organisation_id = $2 AND x.company_id <> $2))
               ) AS "exchanged_application!"
             , EXISTS (
                   SELECT FROM cancelled_prolongation_requests r
                   WHERE r.number = c.number AND r.prescriber_organisation_id = $2
               ) AS "was_asked!"
             , coalesce(u.kind = 'itou_staff', false) AS "by_team!"
        FROM cancelled_passes c
        JOIN applications a ON a.id = c.application_id
        JOIN organisations o ON o.id = a.company_id
        LEFT JOIN users u ON u.id = c.cancelled_by
        WHERE c.pass_id = $1
           OR c.number = (SELECT r.number FROM cancelled_prolongation_requests r WHERE r.id = $1)
        "#,
        id,
        actor.record().organisation as Option<OrganisationId>,
        visible_since(now),
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let relation = PassRelation {
        hired_with_it: row.hired_with_it,
        exchanged_application: row.exchanged_application,
        in_caseload: row.in_caseload,
    };
    let reads =
        policy::read(actor, row.candidate, relation).is_ok() || policy::was_asked(actor, row.was_asked);
    let is_own = actor.candidate() == Some(row.candidate);
    let is_team = matches!(actor, Actor::Staff(staff) if staff.holds(StaffRight::ReadApplications));
    let reads_application = is_own || relation.hired_with_it || row.sent_it || is_team;
    Ok(reads.then(|| CancelledNotice {
        number: row.number,
        cancelled_at: row.cancelled_at,
        by: row.by.filter(|_| reads_application && !is_own),
        by_team: row.by_team,
        company_name: row.company_name,
        application: Some(row.application).filter(|_| reads_application),
    }))
}

/// Why the PASS `id`, or the request of that id to prolong one, is not there: the PASS was cancelled, or it never was for whoever
/// asks.
pub(crate) async fn missing(
    db: impl sqlx::PgExecutor<'_>,
    actor: &Actor,
    now: DateTime<Utc>,
    id: Uuid,
) -> Result<Error> {
    let cancelled = of_reader(db, actor, now, id).await?;
    Ok(cancelled.map_or(Error::NotFound, |row| Error::PassCancelled(Box::new(row))))
}

/// Cancelled PASS whose archive is old enough to say no more whose they were, the oldest first.
pub(super) async fn to_anonymise(db: &Db, today: NaiveDate) -> Result<Vec<PassId>> {
    let due = sqlx::query_scalar!(
        r#"
        SELECT pass_id AS "pass!: PassId"
        FROM cancelled_passes
        WHERE anonymised_at IS NULL AND ends_on <= $1 AND (cancelled_at AT TIME ZONE 'Europe/Paris')::date <= $1
        ORDER BY ends_on, number
        LIMIT 10000
        "#,
        sub_days(today, ARCHIVE_DAYS),
    );
    Ok(due.fetch_all(db).await?)
}
