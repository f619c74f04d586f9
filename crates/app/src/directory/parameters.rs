//! What a search asks for, as the parameters of its statements (ADR 44).

use iae_domain::directory::{Bounds, Distance};

use super::Search;

/// Farthest distance looked for in cells of a quarter of a degree; beyond, those of a degree are fewer.
const NEAR: u16 = 25;
/// Letters of a word that the index holds: see the SQL function `words_and_cells`.
const LONGEST_WORD: usize = 100;

/// The parameters of the statements of a search.
#[derive(Debug, Clone)]
pub(super) struct Parameters {
    pub latitude: f64,
    pub longitude: f64,
    /// How far.
    pub kilometres: f64,
    /// Whether words are looked for.
    pub has_words: bool,
    /// South, north, west and east of the circle: what is read without words.
    pub bounds: Vec<f64>,
    /// The words, each the beginning of one, in the cells around the circle, as a `tsquery`: what is read with words.
    pub words_there: String,
    pub kinds: Vec<String>,
    pub departments: Vec<String>,
    pub first_hours: bool,
    pub districts: Vec<String>,
    pub district_prefix: Option<&'static str>,
    pub contract_types: Vec<String>,
    /// Letters.
    pub domains: Vec<String>,
}

impl Parameters {
    pub(super) fn of(search: &Search) -> Self {
        let filters = &search.filters;
        let bounds = Bounds::around(search.centre, filters.distance);
        let around = format!("({})", cells(bounds, filters.distance).join(" | "));
        let there: Vec<String> = filters.words.iter().map(|word| beginning(word)).chain([around]).collect();
        Self {
            latitude: search.centre.latitude,
            longitude: search.centre.longitude,
            kilometres: f64::from(filters.distance.km()),
            has_words: !filters.words.is_empty(),
            bounds: vec![bounds.south, bounds.north, bounds.west, bounds.east],
            words_there: there.join(" & "),
            kinds: filters.kinds.iter().map(|kind| kind.code().to_owned()).collect(),
            departments: filters.departments.clone(),
            first_hours: filters.first_hours,
            districts: filters.districts.clone(),
            district_prefix: search.district_prefix,
            contract_types: filters.contract_types.iter().map(|kind| kind.code().to_owned()).collect(),
            domains: filters.domains.iter().map(|domain| domain.letter().to_string()).collect(),
        }
    }
}

/// Words that begin so, whatever was typed: none of its signs says anything to `tsquery`.
fn beginning(word: &str) -> String {
    let word: String = word.chars().take(LONGEST_WORD).collect();
    format!("'{}':*", word.replace('\\', r"\\").replace('\'', "''"))
}

/// The cells that hold the whole box, as `words_and_cells` calls them. They only say where to read: the exact distance decides.
fn cells(bounds: Bounds, distance: Distance) -> Vec<String> {
    let (name, in_a_degree) = if distance.km() <= NEAR { ('Q', 4.0) } else { ('U', 1.0) };
    #[expect(clippy::cast_possible_truncation, reason = "some hundreds of cells go around the Earth")]
    let cell = |degrees: f64| (degrees * in_a_degree).floor() as i32;
    let rows = cell(bounds.south)..=cell(bounds.north);
    let columns = cell(bounds.west)..=cell(bounds.east);
    rows.flat_map(|row| columns.clone().map(move |column| format!("'{name}{row}:{column}'"))).collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use iae_domain::directory::{Filters, Position};

    use super::*;

    fn asked(latitude: f64, longitude: f64, words: &[&str], distance: Distance) -> Parameters {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let filters = Filters { words, distance, ..Filters::default() };
        let centre = Position { latitude, longitude };
        Parameters::of(&Search { centre, filters, district_prefix: None, now: DateTime::UNIX_EPOCH })
    }

    #[test]
    fn each_word_is_looked_for_in_every_cell_around() {
        let near = Distance::parse("2").unwrap();
        let table: &[(f64, f64, &[&str], &str)] = &[
            (49.12, 6.12, &["espace", "vert"], "'espace':* & 'vert':* & ('Q196:24')"),
            (49.25, 6.12, &["vert"], "'vert':* & ('Q196:24' | 'Q197:24')"),
            (-20.88, 55.45, &["d'\\"], "'d''\\\\':* & ('Q-84:221')"),
            (46.1, -0.01, &["%_';"], "'%_'';':* & ('Q184:-1' | 'Q184:0')"),
        ];
        for (latitude, longitude, words, expected) in table {
            assert_eq!(asked(*latitude, *longitude, words, near).words_there, *expected, "{words:?}");
        }
        let far = Distance::parse("50").unwrap();
        assert_eq!(asked(49.5, 6.5, &["vert"], far).words_there, "'vert':* & ('U49:5' | 'U49:6' | 'U49:7')");
        let long = "é".repeat(300);
        assert!(asked(49.12, 6.12, &[long.as_str()], near).words_there.len() < 300);
    }

    #[test]
    fn a_search_reads_few_cells_wherever_it_is() {
        for distance in Distance::ALL {
            for latitude in [-21.3, 4.9, 41.4, 46.0, 51.05] {
                let bounds = Bounds::around(Position { latitude, longitude: 2.2 }, *distance);
                let cells = cells(bounds, *distance).len();
                assert!((1..=12).contains(&cells), "{cells} around {latitude}, {distance:?}");
            }
        }
    }
}
