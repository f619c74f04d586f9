//! Deletes what came to its end.

use iae_domain::Changed;
use iae_domain::ids::{ConventionId, OrganisationId};
use iae_domain::organisations::CompanySource;
use iae_domain::organisations::sync::EndedCompany;
use sqlx::{Executor as _, PgConnection};
use uuid::Uuid;

use crate::Work;
use crate::error::Result;

/// Deletes companies one by one: what still hangs on one, of whatever feature, keeps it whole, and the others go. An antenna
/// that stays keeps the company of the flow, which comes after (CMP-14).
pub(super) async fn delete_companies(
    work: &mut Work<'_>,
    changed: Vec<Changed<EndedCompany>>,
) -> Result<Vec<EndedCompany>> {
    let mut held = Vec::new();
    for one in changed {
        work.db().execute("SAVEPOINT ended_company").await?;
        match erase(work.db(), one.value().id).await {
            Ok(()) => {
                work.db().execute("RELEASE SAVEPOINT ended_company").await?;
                work.keep(one);
            }
            Err(error) if is_held(&error) => {
                work.db().execute("ROLLBACK TO SAVEPOINT ended_company").await?;
                held.push(one.value().clone());
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(held)
}

/// Its posts and who left it go with it; the audit trail keeps both.
async fn erase(db: &mut PgConnection, id: OrganisationId) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM job_descriptions WHERE company_id = $1", id as _).execute(&mut *db).await?;
    sqlx::query!("DELETE FROM spendings WHERE organisation_id = $1", id as _).execute(&mut *db).await?;
    sqlx::query!("DELETE FROM memberships WHERE organisation_id = $1 AND NOT is_active", id as _)
        .execute(&mut *db)
        .await?;
    sqlx::query!(
        r#"
        DELETE FROM companies
        WHERE organisation_id = $1
          AND NOT (
              source = $2
              AND EXISTS (
                  SELECT FROM companies other
                  WHERE other.convention_id = companies.convention_id
                    AND other.organisation_id <> companies.organisation_id
              )
          )
        "#,
        id as _,
        CompanySource::Asp.code(),
    )
    .execute(&mut *db)
    .await?;
    // What is left of the company, if anything is, refuses this one.
    sqlx::query!("DELETE FROM organisations WHERE id = $1", id as _).execute(&mut *db).await.map(drop)
}

fn is_held(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation)
}

/// Deletes conventions, and answers how many stay with a company that could not be deleted.
pub(super) async fn delete_conventions(
    work: &mut Work<'_>,
    changed: Vec<Changed<ConventionId>>,
) -> Result<usize> {
    let ids: Vec<Uuid> = changed.iter().map(|one| one.value().0).collect();
    let deleted = sqlx::query_scalar!(
        r#"
        DELETE FROM conventions
        WHERE id = ANY ($1)
          AND NOT EXISTS (SELECT FROM companies c WHERE c.convention_id = conventions.id)
        RETURNING id AS "id: ConventionId"
        "#,
        &ids,
    )
    .fetch_all(work.db())
    .await?;
    let staying = changed.len().saturating_sub(deleted.len());
    for one in changed {
        if deleted.contains(one.value()) {
            work.keep(one);
        }
    }
    Ok(staying)
}
