//! Which commune a search is around: the one chosen, or the one typed when no script helped to choose.

use iae_app::Db;
use iae_app::reference::queries::{CommuneRow, commune_by_slug, suggest_communes};
use iae_domain::text::folded;

use super::query::SearchQuery;
use crate::error::PageError;

/// Communes to choose from, at most.
const MOST_CHOICES: usize = 12;

/// What the place of a search is.
#[derive(Debug, Clone)]
pub enum Place {
    /// None was given.
    Missing,
    /// The commune chosen.
    Chosen(CommuneRow),
    /// The one commune that was typed: its address is another.
    Typed(CommuneRow),
    /// Several communes were meant.
    Several(Vec<CommuneRow>),
    /// No commune is called so.
    Unknown(String),
}

/// « Metz (57) »: how a commune is said in fields, titles and lists.
pub fn label(commune: &CommuneRow) -> String {
    format!("{} ({})", commune.name, commune.department_code)
}

/// Finds the commune. What is typed wins over what was chosen before it.
pub async fn resolve(db: &Db, query: &SearchQuery) -> Result<Place, PageError> {
    let typed = query.place.as_str();
    if !query.city.is_empty() {
        let chosen = commune_by_slug(db, &query.city).await?;
        let same = |commune: &CommuneRow| typed.is_empty() || folded(&label(commune)) == folded(typed);
        if let Some(commune) = chosen.filter(same) {
            return Ok(Place::Chosen(commune));
        }
        if typed.is_empty() {
            return Ok(Place::Unknown(query.city.clone()));
        }
    }
    if typed.is_empty() {
        return Ok(Place::Missing);
    }
    if let Some(commune) = commune_by_slug(db, &folded(typed).replace(' ', "-")).await? {
        return Ok(Place::Typed(commune));
    }
    let found = suggest_communes(db, typed).await?;
    Ok(choose(typed, found))
}

/// A name said in full is enough when only one commune bears it.
fn choose(typed: &str, found: Vec<CommuneRow>) -> Place {
    let named = |commune: &&CommuneRow| folded(&commune.name) == folded(typed);
    let mut candidates: Vec<CommuneRow> = found.iter().filter(named).cloned().collect();
    if candidates.is_empty() {
        candidates = found;
    }
    candidates.truncate(MOST_CHOICES);
    match candidates.len() {
        0 => Place::Unknown(typed.to_owned()),
        1 => candidates.pop().map_or(Place::Missing, Place::Typed),
        _ => Place::Several(candidates),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commune(name: &str, department: &str) -> CommuneRow {
        CommuneRow {
            insee_code: String::new(),
            name: name.to_owned(),
            slug: String::new(),
            post_codes: Vec::new(),
            department_code: department.to_owned(),
            latitude: None,
            longitude: None,
        }
    }

    #[test]
    fn one_bearer_of_the_name_is_enough_and_several_are_asked_about() {
        let metz = vec![commune("Metz", "57"), commune("Metz-en-Couture", "62")];
        assert!(matches!(choose("METZ", metz.clone()), Place::Typed(found) if found.name == "Metz"));
        assert!(matches!(choose("met", metz), Place::Several(found) if found.len() == 2));
        let denis = vec![
            commune("Saint-Denis", "93"),
            commune("Saint-Denis", "974"),
            commune("Saint-Denis-d'Or", "53"),
        ];
        assert!(matches!(choose("saint denis", denis), Place::Several(found) if found.len() == 2));
        assert!(matches!(choose("Zzyzx", Vec::new()), Place::Unknown(typed) if typed == "Zzyzx"));
    }
}
