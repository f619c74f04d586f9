//! What the directory derives by itself, by the minute, by the hour and by night; the rest follows each change (ADR 15).
//!
//! Companies are taken a batch at a time, each batch in a transaction of its own, in the order of their ids: nobody
//! waits long, and nobody waits in a circle.

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::directory::RECENT;
use uuid::Uuid;

use crate::Db;
use crate::error::Result;

/// Companies changed at once.
const BATCH: usize = 100;
/// How far back answers tell the usual time to answer.
const ANSWERS_WINDOW: TimeDelta = TimeDelta::days(182);

/// Applications of the last three weeks per opening, for every company (CMP-38). Returns how many scores changed.
pub async fn recompute_scores(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let mut changed = 0;
    for batch in companies(db).await?.chunks(BATCH) {
        let result = sqlx::query!(
            r#"
            WITH scores AS (
                SELECT c.organisation_id
                     , (
                           SELECT count(*)
                           FROM applications a
                           WHERE a.company_id = c.organisation_id AND a.submitted_at >= $2
                       )::float8 / greatest(1, c.open_jobs + (c.spontaneous_open_since IS NOT NULL)::int) AS score
                FROM companies c
                WHERE c.organisation_id = ANY ($1)
            ), locked AS (
                SELECT c.organisation_id, s.score
                FROM companies c
                JOIN scores s ON s.organisation_id = c.organisation_id
                WHERE c.application_score IS DISTINCT FROM s.score
                ORDER BY c.organisation_id
                FOR NO KEY UPDATE OF c
            )
            UPDATE companies
            SET application_score = locked.score
            FROM locked
            WHERE locked.organisation_id = companies.organisation_id
            "#,
            batch,
            now - RECENT,
        )
        .execute(db)
        .await?;
        changed += result.rows_affected();
    }
    Ok(changed)
}

/// The median days to a first answer over the last six months, for every company. Returns how many changed.
pub async fn recompute_usual_answers(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let mut changed = 0;
    for batch in companies(db).await?.chunks(BATCH) {
        let result = sqlx::query!(
            r#"
            WITH answers AS (
                SELECT organisation_id, usual_answer_days(organisation_id, $2) AS days
                FROM companies
                WHERE organisation_id = ANY ($1)
            ), locked AS (
                SELECT c.organisation_id, a.days
                FROM companies c
                JOIN answers a ON a.organisation_id = c.organisation_id
                WHERE c.usual_answer_days IS DISTINCT FROM a.days
                ORDER BY c.organisation_id
                FOR NO KEY UPDATE OF c
            )
            UPDATE companies
            SET usual_answer_days = locked.days
            FROM locked
            WHERE locked.organisation_id = companies.organisation_id
            "#,
            batch,
            now - ANSWERS_WINDOW,
        )
        .execute(db)
        .await?;
        changed += result.rows_affected();
    }
    Ok(changed)
}

/// Counts what the home page shows, in one statement: when it fails, what was counted last stays (ADR 42).
pub async fn count_figures(db: &Db, now: DateTime<Utc>) -> Result<()> {
    sqlx::query!(
        r#"
        INSERT INTO home_figures (employers, open_positions, departments, counted_at)
        SELECT count(*)
             , (SELECT coalesce(sum(open_positions), 0) FROM directory_jobs)
             , count(DISTINCT department_code)
             , $1::timestamptz
        FROM directory_employers
        ON CONFLICT (is_only) DO UPDATE
        SET employers = excluded.employers
          , open_positions = excluded.open_positions
          , departments = excluded.departments
          , counted_at = excluded.counted_at
        "#,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Derives every post and every company anew. Returns how many posts were not what they should be.
pub async fn derive_again(db: &Db) -> Result<i64> {
    let mut mended = 0;
    for batch in companies(db).await?.chunks(BATCH) {
        mended += sqlx::query_scalar!(r#"SELECT derive_again($1) AS "mended!""#, batch).fetch_one(db).await?;
    }
    Ok(mended)
}

async fn companies(db: &Db) -> Result<Vec<Uuid>> {
    let ids = sqlx::query_scalar!(
        r#"SELECT organisation_id AS "id: Uuid" FROM companies ORDER BY organisation_id"#
    )
    .fetch_all(db)
    .await?;
    Ok(ids)
}
