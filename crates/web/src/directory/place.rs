//! Which commune a search is around: the one chosen, or the one typed when no script helped to choose.

use chrono::Datelike as _;
use iae_app::Db;
use iae_app::reference::queries::{CommuneRow, Suggested, Suggestions, commune_by_slug, suggest_communes};
use iae_domain::reference::CommuneName;
use iae_domain::text::folded;

use super::query::SearchQuery;
use crate::error::PageError;

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
    Several(Suggestions<Suggested>),
    /// No commune is called so.
    Unknown(String),
}

/// « Metz (57) »: how a commune is said in fields, titles and lists.
pub fn label(commune: &CommuneRow) -> String {
    format!("{} ({})", commune.name, commune.department_code)
}

/// « Lille (59), anciennement Lomme »: the same, with the name that leads to it.
pub fn long_label(found: &Suggested) -> String {
    let former = found.former_name.as_ref().map(|former| format!(", anciennement {former}"));
    format!("{}{}", label(&found.commune), former.unwrap_or_default())
}

/// « de 1968 à 2019 », nothing for what has always been so.
pub fn lifetime(name: &CommuneName) -> String {
    match (name.begins_on, name.ends_on) {
        (None, None) => String::new(),
        (Some(begins), None) => format!("depuis {}", begins.year()),
        (None, Some(ends)) => format!("jusqu’en {}", ends.year()),
        (Some(begins), Some(ends)) => format!("de {} à {}", begins.year(), ends.year()),
    }
}

/// What is said of the communes that are not shown; empty when all are.
pub fn more(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 autre commune correspond\u{a0}: précisez le nom ou le département.".to_owned(),
        _ => format!("{count} autres communes correspondent\u{a0}: précisez le nom ou le département."),
    }
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
    Ok(choose(typed, suggest_communes(db, typed).await?))
}

/// A name said in full is enough when only one commune bears it. A former name counts as well when no commune bears it
/// today, or when the town it leads to is larger than those that do: « Évry » is not only the village.
fn choose(typed: &str, found: Suggestions<Suggested>) -> Place {
    let largest = found.first.iter().filter(|one| one.is_exact && one.former_name.is_none());
    let largest = largest.map(|one| one.commune.population.unwrap_or_default()).max();
    let is_meant = |one: &&Suggested| {
        let larger = largest.is_none_or(|largest| one.commune.population > Some(largest));
        one.is_exact && (one.former_name.is_none() || larger)
    };
    let mut exact = found.first.iter().filter(is_meant);
    match (exact.next(), exact.next(), found.first.as_slice()) {
        (Some(only), None, _) | (None, _, [only]) => Place::Typed(only.commune.clone()),
        (None, _, []) => Place::Unknown(typed.to_owned()),
        (Some(_), Some(_), _) | (None, ..) => Place::Several(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(
        name: &str,
        department: &str,
        population: i32,
        former: Option<&str>,
        is_exact: bool,
    ) -> Suggested {
        let commune = CommuneRow {
            insee_code: String::new(),
            name: name.to_owned(),
            slug: String::new(),
            post_codes: Vec::new(),
            department_code: department.to_owned(),
            population: Some(population),
            latitude: None,
            longitude: None,
        };
        Suggested { commune, former_name: former.map(ToOwned::to_owned), is_exact }
    }

    fn chosen(found: &[Suggested]) -> Result<String, Vec<String>> {
        match choose("typed", Suggestions { first: found.to_vec(), more: 0 }) {
            Place::Typed(commune) => Ok(label(&commune)),
            Place::Several(several) => Err(several.first.iter().map(long_label).collect()),
            Place::Missing | Place::Chosen(_) | Place::Unknown(_) => Err(Vec::new()),
        }
    }

    #[test]
    fn one_bearer_of_the_name_is_enough_and_several_are_asked_about() {
        let metz = |is_exact| {
            [found("Metz", "57", 122_572, None, is_exact), found("Metz-en-Couture", "62", 600, None, false)]
        };
        assert_eq!(chosen(&metz(true)), Ok("Metz (57)".into()));
        assert_eq!(chosen(&metz(false)), Err(vec!["Metz (57)".into(), "Metz-en-Couture (62)".into()]));
        assert_eq!(
            chosen(&[
                found("Saint-Denis", "974", 155_634, None, true),
                found("Saint-Denis", "93", 115_237, None, true),
                found("Saint-Denis-d’Or", "53", 900, None, false),
            ]),
            Err(["Saint-Denis (974)", "Saint-Denis (93)", "Saint-Denis-d’Or (53)"].map(Into::into).into())
        );
        assert_eq!(chosen(&[]), Err(Vec::new()));
    }

    #[test]
    fn a_former_name_leads_to_the_town_of_today() {
        let evry = [
            found("Évry-Courcouronnes", "91", 66_919, Some("Évry"), true),
            found("Évry", "89", 402, None, true),
        ];
        let asked = ["Évry-Courcouronnes (91), anciennement Évry".to_owned(), "Évry (89)".to_owned()];
        assert_eq!(chosen(&evry), Err(asked.into()));
        assert_eq!(chosen(&[found("Lille", "59", 238_246, Some("Lomme"), true)]), Ok("Lille (59)".into()));
        let valence =
            [found("Valence", "26", 64_458, None, true), found("Seyches", "32", 1147, Some("Valence"), true)];
        assert_eq!(chosen(&valence), Ok("Valence (26)".into()));
    }
}
