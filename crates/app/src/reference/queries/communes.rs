//! Look-ups of communes by what people type.

use iae_domain::reference::TypedPlace;
use iae_domain::text::department_of_post_code;

use crate::{Db, Result};

/// Suggestions at most (rule book 04 §4.8).
pub(super) const SUGGESTED: i64 = 50;
/// Shorter than this, what is typed begins too many former names.
const SHORTEST_FORMER_NAME: usize = 3;

/// A commune, as forms and searches need it.
#[derive(Debug, Clone, PartialEq)]
pub struct CommuneRow {
    /// INSEE code.
    pub insee_code: String,
    /// Official name.
    pub name: String,
    /// Name in URLs.
    pub slug: String,
    /// Post codes.
    pub post_codes: Vec<String>,
    /// Code of its département.
    pub department_code: String,
    /// Inhabitants.
    pub population: Option<i32>,
    /// Latitude of its town hall, when known.
    pub latitude: Option<f64>,
    /// Longitude of its town hall, when known.
    pub longitude: Option<f64>,
}

/// A commune of today that fits what was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggested {
    /// The commune.
    pub commune: CommuneRow,
    /// The name it, or a part of it, had, when that is what fits.
    pub former_name: Option<String>,
    /// Whether that name was typed in full.
    pub is_exact: bool,
}

/// What fits, the most likely first.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestions<T> {
    /// The first of them.
    pub first: Vec<T>,
    /// How many more there are.
    pub more: usize,
}

impl<T> Suggestions<T> {
    /// Nothing fits.
    pub(super) const fn none() -> Self {
        Self { first: Vec::new(), more: 0 }
    }

    /// The first of all these.
    pub(super) fn of(first: Vec<T>, all: i64) -> Self {
        let all = usize::try_from(all).unwrap_or_default();
        Self { more: all.saturating_sub(first.len()), first }
    }
}

/// Communes to suggest for what was typed: a post code, a name or the part of one, both, with or without the
/// département. A name said in full comes first, then names with a word that begins so, each time the most inhabited
/// first; then those that hold it elsewhere, and the communes of today of former names that begin so.
pub async fn suggest_communes(db: &Db, typed: &str) -> Result<Suggestions<Suggested>> {
    let place = TypedPlace::read(typed);
    match (place.name.as_str(), &place.post_code) {
        ("", None) => return Ok(Suggestions::none()),
        ("", Some(post_code)) => return communes_of_post_code(db, post_code).await,
        _ => {}
    }
    let former =
        if place.name.len() < SHORTEST_FORMER_NAME { String::new() } else { format!("{}%", place.name) };
    fitting(db, &place, &format!("%{}%", place.name), &former).await
}

/// All of them: the most shared post code has 46.
async fn communes_of_post_code(db: &Db, post_code: &str) -> Result<Suggestions<Suggested>> {
    let communes = sqlx::query_as!(
        CommuneRow,
        r#"
        SELECT insee_code, name, slug, post_codes, department_code, population, latitude, longitude
        FROM communes
        WHERE post_codes @> ARRAY[$1]
        ORDER BY population DESC NULLS LAST, search, insee_code
        LIMIT 200
        "#,
        post_code,
    )
    .fetch_all(db)
    .await?;
    let suggested = |commune| Suggested { commune, former_name: None, is_exact: false };
    Ok(Suggestions { first: communes.into_iter().map(suggested).collect(), more: 0 })
}

/// The communes of today that are, or were, called exactly so.
pub async fn communes_called(db: &Db, place: &TypedPlace) -> Result<Vec<Suggested>> {
    if place.name.is_empty() {
        return Ok(Vec::new());
    }
    Ok(fitting(db, place, &place.name, &place.name).await?.first)
}

/// A post code of La Poste that no commune has, as those of CEDEX, leads to the communes of its département (D24).
async fn fitting(db: &Db, place: &TypedPlace, pattern: &str, former: &str) -> Result<Suggestions<Suggested>> {
    let rows = sqlx::query!(
        r#"
        WITH named AS (
            SELECT insee_code, search, NULL AS former_name
            FROM communes
            WHERE search LIKE $1
            UNION ALL
            SELECT today_code, search, name
            FROM commune_history
            WHERE ends_on IS NOT NULL AND search LIKE $2
        ), best AS (
            SELECT DISTINCT ON (insee_code) insee_code, search, former_name
            FROM named
            ORDER BY insee_code, search = $3 DESC, former_name IS NULL DESC, search, former_name
        )
        SELECT c.insee_code
             , c.name
             , c.slug
             , c.post_codes
             , c.department_code
             , c.population
             , c.latitude
             , c.longitude
             , best.former_name AS "former_name?"
             , (best.search = $3) AS "is_exact!"
             , count(*) OVER () AS "all!"
        FROM best
        JOIN communes c ON c.insee_code = best.insee_code
        WHERE ($4::text IS NULL
                OR c.post_codes @> ARRAY[$4]
                OR (c.department_code = $5 AND ($6 OR NOT EXISTS (SELECT FROM communes WHERE post_codes @> ARRAY[$4]))))
          AND ($7::text IS NULL OR starts_with(c.department_code, $7))
        ORDER BY best.search = $3 DESC
               , best.former_name IS NULL OR best.search = $3 DESC
               , ' ' || best.search LIKE '% ' || $3 || '%' DESC
               , c.name LIKE '% Arrondissement'
               , c.population DESC NULLS LAST
               , position($3 IN best.search)
               , c.search
               , c.insee_code
        LIMIT $8
        "#,
        pattern,
        former,
        place.name,
        place.post_code,
        place.post_code.as_deref().and_then(department_of_post_code),
        place.cedex.is_some(),
        place.department,
        SUGGESTED,
    )
    .fetch_all(db)
    .await?;
    let all = rows.first().map_or(0, |row| row.all);
    let first = rows.into_iter().map(|row| Suggested {
        commune: CommuneRow {
            insee_code: row.insee_code,
            name: row.name,
            slug: row.slug,
            post_codes: row.post_codes,
            department_code: row.department_code,
            population: row.population,
            latitude: row.latitude,
            longitude: row.longitude,
        },
        former_name: row.former_name,
        is_exact: row.is_exact,
    });
    Ok(Suggestions::of(first.collect(), all))
}

/// The commune a URL names.
pub async fn commune_by_slug(db: &Db, slug: &str) -> Result<Option<CommuneRow>> {
    let commune = sqlx::query_as!(
        CommuneRow,
        r#"
        SELECT insee_code, name, slug, post_codes, department_code, population, latitude, longitude
        FROM communes
        WHERE slug = $1
        "#,
        slug,
    )
    .fetch_optional(db)
    .await?;
    Ok(commune)
}
