//! The locks of whoever changes organisations, or what they have: taken here, always in one order, so that none waits for another that
//! waits for it (docs/architecture.md, « The order of locks »).

use iae_domain::ids::{ConventionId, OrganisationId};
use uuid::Uuid;

use crate::Work;
use crate::error::Result;

/// How organisations are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hold {
    /// What is said of them changes; what refers to them may come meanwhile.
    Changed,
    /// What they have moves: nothing comes to refer to them, what would is written before all moves, or refused after. Those that share their
    /// conventions, and those they replaced, are held too: they follow.
    Moved,
}

/// The people that an organisation hired, accompanies, opened a file of or asked something for: held before it is, as whatever changes a
/// parcours does (rule book 03 §8). What is being decided of them is decided first, and so is what they are called: a name is written in
/// every relation of the person, which move with the organisation.
pub(crate) async fn hold_people(work: &mut Work<'_>, of: OrganisationId) -> Result<()> {
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "people!"
        FROM (
            SELECT
            FROM candidates c
            WHERE c.id IN (
                SELECT a.candidate_id
                FROM applications a
                WHERE a.company_id = $1 OR a.sender_organisation_id = $1
                UNION
                SELECT d.candidate_id
                FROM eligibility_diagnoses d
                WHERE d.organisation_id = $1
                UNION
                SELECT p.candidate_id
                FROM prolongation_requests q
                JOIN passes p ON p.id = q.pass_id
                WHERE q.company_id = $1 OR q.prescriber_organisation_id = $1
                UNION
                SELECT r.candidate_id
                FROM candidate_relations r
                WHERE r.organisation_id = $1
                UNION
                SELECT own.id
                FROM candidates own
                WHERE own.created_by_organisation = $1
            )
            ORDER BY c.id
            FOR NO KEY UPDATE OF c
        ) AS locked
        "#,
        of as _,
    )
    .fetch_one(work.db())
    .await?;
    work.locked();
    Ok(())
}

/// Organisations, and what is theirs: their conventions, which stay as they are with this one that they may take, and take or lose nobody
/// while what they have moves; their rights to prescribe, themselves, their companies. Answers how many of `organisations` there are.
pub(crate) async fn hold(
    work: &mut Work<'_>,
    how: Hold,
    organisations: &[OrganisationId],
    taken: Option<ConventionId>,
) -> Result<usize> {
    let ids: Vec<Uuid> = organisations.iter().map(|id| id.0).collect();
    hold_conventions(work, how, &ids, taken).await?;
    match how {
        Hold::Changed => hold_changed(work, &ids).await?,
        Hold::Moved => hold_moved(work, &ids).await?,
    }
    work.locked();
    let there = sqlx::query_scalar!(
        r#"SELECT count(*) AS "there!" FROM organisations o WHERE o.id = ANY ($1)"#,
        &ids,
    )
    .fetch_one(work.db())
    .await?;
    Ok(usize::try_from(there).unwrap_or_default())
}

/// Whoever comes to a convention or leaves it shares it: what moves holds it alone, what changes shares it too.
async fn hold_conventions(
    work: &mut Work<'_>,
    how: Hold,
    organisations: &[Uuid],
    taken: Option<ConventionId>,
) -> Result<()> {
    let taken = taken.map(|convention| convention.0);
    match how {
        Hold::Changed => {
            sqlx::query_scalar!(
                r#"
                SELECT count(*) AS "conventions!"
                FROM (
                    SELECT
                    FROM conventions v
                    WHERE v.id = $2 OR v.id IN (SELECT c.convention_id FROM companies c WHERE c.organisation_id = ANY ($1))
                    ORDER BY v.id
                    FOR SHARE OF v
                ) AS locked
                "#,
                organisations,
                taken,
            )
            .fetch_one(work.db())
            .await?;
        }
        Hold::Moved => {
            sqlx::query_scalar!(
                r#"
                SELECT count(*) AS "conventions!"
                FROM (
                    SELECT
                    FROM conventions v
                    WHERE v.id = $2 OR v.id IN (SELECT c.convention_id FROM companies c WHERE c.organisation_id = ANY ($1))
                    ORDER BY v.id
                    FOR NO KEY UPDATE OF v
                ) AS locked
                "#,
                organisations,
                taken,
            )
            .fetch_one(work.db())
            .await?;
        }
    }
    Ok(())
}

async fn hold_changed(work: &mut Work<'_>, organisations: &[Uuid]) -> Result<()> {
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "rights!"
        FROM (
            SELECT
            FROM prescriber_organisations p
            WHERE p.organisation_id = ANY ($1)
            ORDER BY p.organisation_id
            FOR NO KEY UPDATE OF p
        ) AS locked
        "#,
        organisations,
    )
    .fetch_one(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "organisations!"
        FROM (
            SELECT
            FROM organisations o
            WHERE o.id = ANY ($1)
            ORDER BY o.id
            FOR NO KEY UPDATE OF o
        ) AS locked
        "#,
        organisations,
    )
    .fetch_one(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "companies!"
        FROM (
            SELECT
            FROM companies c
            WHERE c.organisation_id = ANY ($1)
            ORDER BY c.organisation_id
            FOR NO KEY UPDATE OF c
        ) AS locked
        "#,
        organisations,
    )
    .fetch_one(work.db())
    .await?;
    Ok(())
}

async fn hold_moved(work: &mut Work<'_>, organisations: &[Uuid]) -> Result<()> {
    // Their conventions are held alone: no antenna comes meanwhile, none leaves.
    let followed = sqlx::query_scalar!(
        r#"
        SELECT o.id AS "id!"
        FROM organisations o
        WHERE o.id = ANY ($1)
           OR o.replaced_by = ANY ($1)
           OR o.id IN (
               SELECT other.organisation_id
               FROM companies own
               JOIN companies other ON other.convention_id = own.convention_id
               WHERE own.organisation_id = ANY ($1)
           )
        ORDER BY o.id
        LIMIT 100000
        "#,
        organisations,
    )
    .fetch_all(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "rights!"
        FROM (
            SELECT
            FROM prescriber_organisations p
            WHERE p.organisation_id = ANY ($1)
            ORDER BY p.organisation_id
            FOR UPDATE OF p
        ) AS locked
        "#,
        &followed as _,
    )
    .fetch_one(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "organisations!"
        FROM (
            SELECT
            FROM organisations o
            WHERE o.id = ANY ($1)
            ORDER BY o.id
            FOR UPDATE OF o
        ) AS locked
        "#,
        &followed as _,
    )
    .fetch_one(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "companies!"
        FROM (
            SELECT
            FROM companies c
            WHERE c.organisation_id = ANY ($1)
            ORDER BY c.organisation_id
            FOR UPDATE OF c
        ) AS locked
        "#,
        &followed as _,
    )
    .fetch_one(work.db())
    .await?;
    Ok(())
}

/// Every convention and every company with its organisation: for the weekly flow, which compares them all with its files.
pub(crate) async fn hold_all(work: &mut Work<'_>) -> Result<()> {
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "conventions!"
        FROM (SELECT FROM conventions v ORDER BY v.id FOR NO KEY UPDATE OF v) AS locked
        "#,
    )
    .fetch_one(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "organisations!"
        FROM (SELECT FROM organisations o WHERE o.family = 'company' ORDER BY o.id FOR NO KEY UPDATE OF o) AS locked
        "#,
    )
    .fetch_one(work.db())
    .await?;
    sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "companies!"
        FROM (SELECT FROM companies c ORDER BY c.organisation_id FOR NO KEY UPDATE OF c) AS locked
        "#,
    )
    .fetch_one(work.db())
    .await?;
    work.locked();
    Ok(())
}
