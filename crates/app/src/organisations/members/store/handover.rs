//! What somebody who leaves held, written into the hands of colleagues.

use iae_domain::Changed;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::members::{Followed, Handed, Held, Membership};

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
            Held::Applications => follow(work, organisation, Followed::Application, (user, to)).await?,
            Held::Drafts => take_drafts(work, organisation, user, to).await?,
            Held::Accompaniments => accompany(work, organisation, user, to).await?,
            Held::ToAnswer => prolongation::hand_over(work, organisation, user, to).await?,
            Held::Asked => follow(work, organisation, Followed::ProlongationRequest, (user, to)).await?,
            Held::NirCorrections => follow(work, organisation, Followed::NirCorrection, (user, to)).await?,
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

/// Whoever follows what somebody sent or asked, and waits for its answer, is told what they would have been.
async fn follow(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    what: Followed,
    (from, to): (UserId, UserId),
) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO followers (subject_kind, subject_id, organisation_id, user_id, since)
        SELECT waiting.kind, waiting.id, $1, $3, $4
        FROM (
            SELECT 'application' AS kind, a.id, a.sender_id AS author
            FROM applications a
            WHERE a.sender_organisation_id = $1
              AND a.state IN ('new', 'processing', 'postponed', 'pool', 'prior_to_hire')
            UNION ALL
            SELECT 'prolongation_request', r.id, r.declared_by
            FROM prolongation_requests r
            WHERE r.company_id = $1 AND r.state = 'pending'
            UNION ALL
            SELECT 'nir_correction', n.id, n.asked_by
            FROM nir_corrections n
            WHERE n.organisation_id = $1 AND n.decided_at IS NULL
        ) waiting
        LEFT JOIN followers f ON f.subject_kind = waiting.kind AND f.subject_id = waiting.id
        WHERE waiting.kind = $5 AND coalesce(f.user_id, waiting.author) = $2
        ON CONFLICT (subject_kind, subject_id) DO UPDATE SET user_id = excluded.user_id, since = excluded.since
        "#,
        organisation as _,
        from as _,
        to as _,
        now,
        what.code(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// A draft goes on under another author, with what is attached to it: the documents of a draft are its author's. What is being attached
/// meanwhile comes first.
async fn take_drafts(
    work: &mut Work<'_>,
    organisation: OrganisationId,
    from: UserId,
    to: UserId,
) -> Result<()> {
    sqlx::query!(
        r#"
        SELECT FROM application_drafts
        WHERE organisation_id = $1 AND user_id = $2 AND submitted_at IS NULL
        ORDER BY id
        LIMIT 1000000
        FOR UPDATE
        "#,
        organisation as _,
        from as _,
    )
    .fetch_all(work.db())
    .await?;
    work.locked();
    // One statement: what both say of the author is compared at its end.
    sqlx::query!(
        r#"
        WITH taken AS (
            UPDATE application_drafts
            SET user_id = $3
            WHERE organisation_id = $1 AND user_id = $2 AND submitted_at IS NULL
            RETURNING id
        )
        UPDATE documents d
        SET uploaded_by = $3
        FROM taken
        WHERE d.draft_id = taken.id
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
        ORDER BY r.candidate_id
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
