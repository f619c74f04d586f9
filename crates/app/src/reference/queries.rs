//! Look-ups in reference data, for forms and searches (rule book 04 §4.8).

mod birth_communes;
mod borders;
mod communes;

use iae_domain::text::folded;

use crate::{Db, Result};

pub use birth_communes::{names_of_communes, suggest_birth_communes};
pub(crate) use borders::{Borders, borders};
pub use communes::{CommuneRow, Suggested, Suggestions, commune_by_slug, communes_called, suggest_communes};

/// Suggestions of appellations at most (rule book 04 §4.8).
const APPELLATIONS_SUGGESTED: i64 = 10;

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
