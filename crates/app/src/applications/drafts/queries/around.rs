//! Where employers are looked for, for one person.

use iae_domain::directory::Position;
use iae_domain::ids::{CandidateId, OrganisationId};
use sqlx::PgConnection;

use crate::error::Result;

/// The middle of the person's commune, with its name; else where a company is.
pub(in super::super) async fn centre(
    db: &mut PgConnection,
    candidate: Option<CandidateId>,
    company: OrganisationId,
) -> Result<Option<(String, Position)>> {
    let row = sqlx::query!(
        r#"
        SELECT place.name AS "name!"
             , place.latitude AS "latitude!"
             , place.longitude AS "longitude!"
        FROM (
            SELECT 1 AS rank
                 , m.name
                 , m.latitude
                 , m.longitude
            FROM candidates c
            JOIN communes m ON m.insee_code = c.commune_code
            WHERE c.id = $1
            UNION ALL
            SELECT 2
                 , o.city
                 , o.latitude
                 , o.longitude
            FROM organisations o
            WHERE o.id = $2
        ) place
        WHERE place.latitude IS NOT NULL AND place.longitude IS NOT NULL
        ORDER BY place.rank
        LIMIT 1
        "#,
        candidate as Option<CandidateId>,
        company as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.name, Position { latitude: row.latitude, longitude: row.longitude })))
}
