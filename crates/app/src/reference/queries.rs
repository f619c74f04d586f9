//! Look-ups in reference data, for forms and searches (rule book 04 §4.8).

use iae_domain::text::folded;

use crate::{Db, Result};

/// Suggestions of communes at most (rule book 04 §4.8).
const COMMUNES_SUGGESTED: i64 = 50;
/// Suggestions of appellations at most (rule book 04 §4.8).
const APPELLATIONS_SUGGESTED: i64 = 10;

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
    /// Latitude of its town hall, when known.
    pub latitude: Option<f64>,
    /// Longitude of its town hall, when known.
    pub longitude: Option<f64>,
}

/// `sqlx::query_as!` of communes: which ones and in what order.
macro_rules! communes {
    ($rest:literal, $($argument:tt)*) => {
        sqlx::query_as!(
            CommuneRow,
            "SELECT insee_code, name, slug, post_codes, department_code, latitude, longitude FROM communes " + $rest,
            $($argument)*
        )
    };
}

/// Communes to suggest for what was typed: 5 digits are a post code, anything else is looked for anywhere in names,
/// accents, case and hyphens aside; the earliest match comes first, then by name.
pub async fn suggest_communes(db: &Db, typed: &str) -> Result<Vec<CommuneRow>> {
    let typed = folded(typed);
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    if typed.bytes().all(|b| b.is_ascii_digit()) {
        return communes_of_post_code(db, &typed).await;
    }
    let rows = communes!(
        r#"
        WHERE search LIKE '%' || $1 || '%'
        ORDER BY position($1 IN search), search, insee_code
        LIMIT $2
        "#,
        typed,
        COMMUNES_SUGGESTED,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

async fn communes_of_post_code(db: &Db, post_code: &str) -> Result<Vec<CommuneRow>> {
    let rows = communes!(
        r#"
        WHERE post_codes @> ARRAY[$1]
        ORDER BY search, insee_code
        LIMIT $2
        "#,
        post_code,
        COMMUNES_SUGGESTED,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// The communes of exactly this name, accents, case and hyphens aside; « Saint-Denis (93) » says in which département.
pub async fn communes_named(db: &Db, typed: &str) -> Result<Vec<CommuneRow>> {
    let (name, department) = match typed.trim_end().strip_suffix(')').and_then(|typed| typed.split_once('('))
    {
        Some((name, department)) => (name, Some(department.trim().to_uppercase())),
        None => (typed, None),
    };
    let rows = communes!(
        r#"
        WHERE search = $1
          AND ($2::text IS NULL OR department_code = $2)
        ORDER BY insee_code
        LIMIT $3
        "#,
        folded(name),
        department,
        COMMUNES_SUGGESTED,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// The commune a URL names.
pub async fn commune_by_slug(db: &Db, slug: &str) -> Result<Option<CommuneRow>> {
    Ok(communes!("WHERE slug = $1", slug).fetch_optional(db).await?)
}

/// A département and those around it, in code order: what the filter of a search around one of its communes offers
/// (rule book 04 §4.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentRow {
    /// INSEE code.
    pub code: String,
    /// Official name.
    pub name: String,
}

/// « Moselle (57) »: without an article, which depends on the département and is sometimes none. A code nobody knows
/// is left alone.
pub async fn department_label(db: &Db, code: &str) -> Result<String> {
    let name =
        sqlx::query_scalar!("SELECT name FROM departments WHERE code = $1", code).fetch_optional(db).await?;
    Ok(name.map_or_else(|| code.to_owned(), |name| format!("{name} ({code})")))
}

/// The département and its neighbours; empty when it does not exist.
pub async fn department_and_adjacent(db: &Db, code: &str) -> Result<Vec<DepartmentRow>> {
    let rows = sqlx::query_as!(
        DepartmentRow,
        r#"
        SELECT code, name
        FROM departments
        WHERE code = $1 OR neighbours @> ARRAY[$1]
        ORDER BY code
        LIMIT 20
        "#,
        code,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}

/// A job of the ROME nomenclature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppellationRow {
    /// Official number.
    pub code: String,
    /// Official label.
    pub label: String,
    /// Its ROME code.
    pub rome_code: String,
}

/// Appellations to suggest for what was typed: every word begins a word of the label, or the ROME code.
pub async fn suggest_appellations(db: &Db, typed: &str) -> Result<Vec<AppellationRow>> {
    let typed = folded(typed);
    let patterns: Vec<String> =
        typed.split(' ').filter(|w| !w.is_empty()).map(|word| format!("% {word}%")).collect();
    let Some(first) = typed.split(' ').next().filter(|word| !word.is_empty()) else { return Ok(Vec::new()) };
    let rows = sqlx::query_as!(
        AppellationRow,
        r#"
        SELECT code, label, rome_code
        FROM rome_appellations
        WHERE ' ' || search || ' ' || lower(rome_code) LIKE ALL ($1)
        ORDER BY position(' ' || $2 IN ' ' || search || ' ' || lower(rome_code)), length(label), label
        LIMIT $3
        "#,
        &patterns,
        first,
        APPELLATIONS_SUGGESTED,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
