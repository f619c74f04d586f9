//! What may be chosen at a hire.

use iae_domain::ids::{ApplicationId, JobDescriptionId, OrganisationId, UserId};

use super::super::{Colleague, Post};
use crate::Db;
use crate::error::Result;

/// The posts of a company a hire may be for: those of the application first, then the open ones, then the closed ones
/// (ACC-21); and its active members, who may accompany the person (rule book 02 §6.3).
pub(in crate::applications::detail) async fn hire_choices(
    db: &Db,
    id: ApplicationId,
    company: OrganisationId,
) -> Result<(Vec<Post>, Vec<Colleague>)> {
    let rows = sqlx::query!(
        r#"
        (
            SELECT j.id AS "id!"
                 , concat_ws(', ', j.label, c.name) AS "name!"
                 , (aj.application_id IS NOT NULL) AS "applied_for!"
                 , j.is_active AS "is_active!"
                 , true AS "is_post!"
            FROM job_descriptions j
            LEFT JOIN communes c ON c.insee_code = j.commune_code
            LEFT JOIN application_jobs aj ON aj.job_description_id = j.id AND aj.application_id = $1
            WHERE j.company_id = $2
            ORDER BY aj.application_id IS NULL, NOT j.is_active, 2, j.id
            LIMIT 300
        )
        UNION ALL
        (
            SELECT u.id
                 , upper(u.last_name) || ' ' || u.first_name
                 , false
                 , true
                 , false
            FROM memberships m
            JOIN users u ON u.id = m.user_id
            WHERE m.organisation_id = $2 AND m.is_active AND u.is_active
            ORDER BY u.last_name, u.first_name, u.id
            LIMIT 500
        )
        "#,
        id as _,
        company as _,
    )
    .fetch_all(db)
    .await?;
    let (mut posts, mut colleagues) = (Vec::new(), Vec::new());
    for row in rows {
        if row.is_post {
            let (id, name) = (JobDescriptionId(row.id), row.name);
            posts.push(Post { id, name, applied_for: row.applied_for, is_active: row.is_active });
        } else {
            colleagues.push(Colleague { user: UserId(row.id), name: row.name });
        }
    }
    Ok((posts, colleagues))
}
