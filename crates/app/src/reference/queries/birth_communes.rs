//! Look-ups of communes of birth: under every name and code they have or had.

use iae_domain::reference::{CommuneName, TypedPlace};

use super::communes::{SUGGESTED, Suggestions};
use crate::{Db, Result};

/// Communes of birth to suggest for what was typed: each name a commune has or had is one of its own.
pub async fn suggest_birth_communes(db: &Db, typed: &str) -> Result<Suggestions<CommuneName>> {
    let place = TypedPlace::read(typed);
    if place.name.is_empty() {
        return Ok(Suggestions::none());
    }
    let rows = sqlx::query!(
        r#"
        SELECT n.insee_code AS "insee_code!"
             , n.name AS "name!"
             , n.department_code AS "department_code!"
             , n.begins_on
             , n.ends_on
             , count(*) OVER () AS "all!"
        FROM commune_names n
        JOIN communes today ON today.insee_code = n.today_code
        WHERE n.search LIKE '%' || $1 || '%'
          AND ($2::text IS NULL OR starts_with(n.department_code, $2))
          AND ($3::text IS NULL OR today.post_codes @> ARRAY[$3])
        ORDER BY n.search = $1 DESC
               , ' ' || n.search LIKE '% ' || $1 || '%' DESC
               , n.name LIKE '% Arrondissement'
               , n.ends_on IS NULL DESC
               , today.population DESC NULLS LAST
               , n.search
               , n.insee_code
               , n.ends_on DESC NULLS FIRST
        LIMIT $4
        "#,
        place.name,
        place.department,
        place.post_code,
        SUGGESTED,
    )
    .fetch_all(db)
    .await?;
    let all = rows.first().map_or(0, |row| row.all);
    let first = rows.into_iter().map(|row| CommuneName {
        insee_code: row.insee_code,
        name: row.name,
        department_code: row.department_code,
        begins_on: row.begins_on,
        ends_on: row.ends_on,
        is_typed: false,
    });
    Ok(Suggestions::of(first.collect(), all))
}

/// Every name of each commune that is or was called exactly so, and of the commune of this code: the most inhabited
/// first, and of each the latest name first.
pub async fn names_of_communes(db: &Db, place: &TypedPlace, code: Option<&str>) -> Result<Vec<CommuneName>> {
    if place.name.is_empty() && code.is_none() {
        return Ok(Vec::new());
    }
    let names = sqlx::query_as!(
        CommuneName,
        r#"
        WITH meant AS (
            SELECT n.today_code
            FROM commune_names n
            JOIN communes today ON today.insee_code = n.today_code
            WHERE n.search = $1
              AND ($2::text IS NULL OR starts_with(n.department_code, $2))
              AND ($3::text IS NULL OR today.post_codes @> ARRAY[$3])
        ), typed AS (
            -- Montreuil (93) had other codes before 1968.
            SELECT insee_code
            FROM commune_names
            WHERE search = $1 AND today_code = ANY (array(SELECT today_code FROM meant))
        )
        SELECT n.insee_code AS "insee_code!"
             , n.name AS "name!"
             , n.department_code AS "department_code!"
             , n.begins_on
             , n.ends_on
             , (n.insee_code = ANY (array(SELECT insee_code FROM typed))) AS "is_typed!"
        FROM commune_names n
        JOIN communes today ON today.insee_code = n.today_code
        WHERE n.insee_code = ANY (array(SELECT insee_code FROM typed) || $4::text)
        ORDER BY today.population DESC NULLS LAST, n.insee_code, n.ends_on DESC NULLS FIRST
        LIMIT 500
        "#,
        place.name,
        place.department,
        place.post_code,
        code,
    )
    .fetch_all(db)
    .await?;
    Ok(names)
}
