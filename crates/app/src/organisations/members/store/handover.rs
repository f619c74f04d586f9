//! What somebody who leaves held, written into the hands of colleagues.

use iae_domain::Changed;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::members::{Handed, Held, Membership};

use super::write;
use crate::Work;
use crate::error::Result;
use crate::pass::prolongation;

/// Writes that a membership ends, what it held having found other hands, with the audit row and the mails to all of them.
pub(in super::super) async fn save_departure(
    work: &mut Work<'_>,
    changed: Changed<(Membership, Vec<Handed>)>,
) -> Result<()> {
    let (left, handed) = work.keep(changed);
    write(work, &left).await?;
    let Membership { user, organisation, .. } = left;
    for Handed { held, count, to } in handed {
        match held {
            Held::Applications => follow_applications(work, organisation, user, to).await?,
            Held::Drafts => take_drafts(work, organisation, user, to).await?,
            Held::Accompaniments => accompany(work, organisation, user, to).await?,
            Held::ToAnswer => prolongation::hand_over(work, organisation, user, to).await?,
            Held::Asked => follow_requests(work, organisation, user, to).await?,
            Held::NirCorrections => follow_corrections(work, organisation, user, to).await?,
        }
        sqlx::query!(
            "INSERT INTO member_handovers (membership_id, left_at, held, count, to_user_id) VALUES ($1, $2, $3, $4, $5)",
            left.id as _,
            left.updated_at,
            held.code(),
            i32::try_from(count).unwrap_or(i32::MAX),
            to as _,
        )
        .execute(work.db())
        .await?;
    }
    Ok(())
}

/// Whoever follows an application is told what its sender would have been.
async fn follow_applications(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    from: UserId,
    to: UserId,
) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO followers (subject_kind, subject_id, organisation_id, user_id, since)
        SELECT 'application', a.id, $1, $3, $4
        FROM applications a
        LEFT JOIN followers f ON f.subject_kind = 'application' AND f.subject_id = a.id
        WHERE a.sender_organisation_id = $1
          AND a.state IN ('new', 'processing', 'postponed', 'pool', 'prior_to_hire')
          AND coalesce(f.user_id, a.sender_id) = $2
        ON CONFLICT (subject_kind, subject_id) DO UPDATE SET user_id = excluded.user_id, since = excluded.since
        "#,
        organisation as _,
        from as _,
        to as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// A draft goes on under another author.
async fn take_drafts(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    from: UserId,
    to: UserId,
) -> Result<()> {
    sqlx::query!(
        r#"
        UPDATE application_drafts
        SET user_id = $3
        WHERE organisation_id = $1 AND user_id = $2 AND submitted_at IS NULL
        "#,
        organisation as _,
        from as _,
        to as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// The colleague accompanies whom they accompanied, from as long: a hair later, so that of both they are the last.
async fn accompany(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    from: UserId,
    to: UserId,
) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO candidate_relations
            (candidate_id, organisation_id, user_id, origin, created_at, last_action_at, advisor_is_unlisted)
        SELECT r.candidate_id, r.organisation_id, $3, r.origin, $4, r.last_action_at + interval '1 microsecond', false
        FROM candidate_relations r
        WHERE r.organisation_id = $1 AND r.user_id = $2 AND r.origin <> 'looked_up' AND NOT r.advisor_is_unlisted
        ON CONFLICT (organisation_id, candidate_id, user_id)
        DO UPDATE SET origin = CASE
                          WHEN candidate_relations.last_action_at < excluded.last_action_at THEN excluded.origin
                          ELSE candidate_relations.origin
                      END
                    , last_action_at = greatest(candidate_relations.last_action_at, excluded.last_action_at)
                    , advisor_is_unlisted = false
        "#,
        organisation as _,
        from as _,
        to as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Whoever follows a request of prolongation is told its answer.
async fn follow_requests(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    from: UserId,
    to: UserId,
) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO followers (subject_kind, subject_id, organisation_id, user_id, since)
        SELECT 'prolongation_request', r.id, $1, $3, $4
        FROM prolongation_requests r
        LEFT JOIN followers f ON f.subject_kind = 'prolongation_request' AND f.subject_id = r.id
        WHERE r.company_id = $1 AND r.state = 'pending' AND coalesce(f.user_id, r.declared_by) = $2
        ON CONFLICT (subject_kind, subject_id) DO UPDATE SET user_id = excluded.user_id, since = excluded.since
        "#,
        organisation as _,
        from as _,
        to as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Whoever follows a request to correct a NIR is told what becomes of it.
async fn follow_corrections(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    from: UserId,
    to: UserId,
) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO followers (subject_kind, subject_id, organisation_id, user_id, since)
        SELECT 'nir_correction', n.id, $1, $3, $4
        FROM nir_corrections n
        LEFT JOIN followers f ON f.subject_kind = 'nir_correction' AND f.subject_id = n.id
        WHERE n.organisation_id = $1 AND n.decided_at IS NULL AND coalesce(f.user_id, n.asked_by) = $2
        ON CONFLICT (subject_kind, subject_id) DO UPDATE SET user_id = excluded.user_id, since = excluded.since
        "#,
        organisation as _,
        from as _,
        to as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}
