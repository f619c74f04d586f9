//! The query string of a search: everything it asks for is in the URL, and what makes no sense is left out.

use axum_extra::routing::TypedPath as _;
use iae_domain::directory::{ContractType, Distance, Filters, JobDomain, search_words};
use iae_domain::ids::CandidateId;
use iae_domain::organisations::CompanyKind;
use iae_domain::text::shortened;
use url::form_urlencoded;

use crate::paths::{EmployersPath, JobsPath};

/// Longest text kept of what was typed.
const LONGEST_TEXT: usize = 100;
/// Most values kept of one filter.
const MOST_VALUES: usize = 20;

/// A search as its URL says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// What is looked for, as typed.
    pub text: String,
    /// The commune, as typed.
    pub place: String,
    /// The slug of the commune chosen.
    pub city: String,
    /// The filters.
    pub filters: Filters,
    /// Whether entreprises adaptées are asked for: they left the service (CMP-1).
    pub adapted: bool,
    /// The person the search is for, carried along every link (rule book 04 §4.1).
    pub person: Option<CandidateId>,
    /// Where the page starts.
    pub after: String,
    /// How many pages come before it: words of a title, nothing more.
    pub pages_before: u32,
    /// On a card, the search one comes from: a path of the directory (SUB-22).
    pub search: Option<String>,
}

impl SearchQuery {
    /// Reads a query string; never fails.
    pub fn read(raw: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            query.read_one(&name, value.trim());
        }
        query.filters.words = search_words(&query.text);
        query
    }

    fn read_one(&mut self, name: &str, value: &str) {
        let filters = &mut self.filters;
        match name {
            "q" => self.text = shortened(value, LONGEST_TEXT),
            "place" => self.place = shortened(value, LONGEST_TEXT),
            "city" => self.city = shortened(value, LONGEST_TEXT),
            "after" => self.after = shortened(value, LONGEST_TEXT),
            "page" => self.pages_before = value.parse::<u32>().map_or(0, |page| page.saturating_sub(1)),
            "for" => self.person = value.parse().ok(),
            "search" => self.search = search_path(value),
            "distance" => filters.distance = Distance::parse(value).unwrap_or_default(),
            "kinds" => {
                self.adapted |= matches!(value, "EA" | "EATT");
                keep(&mut filters.kinds, CompanyKind::parse(value));
            }
            "departments" => keep(&mut filters.departments, code(value, 3)),
            "districts" => keep(&mut filters.districts, code(value, 5)),
            "contract_types" => keep(&mut filters.contract_types, ContractType::parse(value)),
            "domains" => keep(&mut filters.domains, JobDomain::parse(value)),
            "first_hours" => filters.first_hours = value == "true",
            _ => (),
        }
    }

    /// The address of this search at `path`.
    pub fn href(&self, path: &str) -> String {
        let mut url = form_urlencoded::Serializer::for_suffix(format!("{path}?"), path.len() + 1);
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                url.append_pair(name, value);
            }
        };
        let filters = &self.filters;
        put("q", &self.text);
        put("city", &self.city);
        if self.city.is_empty() {
            put("place", &self.place);
        }
        if filters.distance != Distance::DEFAULT {
            put("distance", &filters.distance.km().to_string());
        }
        filters.kinds.iter().for_each(|kind| put("kinds", kind.code()));
        filters.departments.iter().for_each(|department| put("departments", department));
        filters.districts.iter().for_each(|district| put("districts", district));
        filters.contract_types.iter().for_each(|contract| put("contract_types", contract.code()));
        filters.domains.iter().for_each(|domain| put("domains", &domain.letter().to_string()));
        put("first_hours", if filters.first_hours { "true" } else { "" });
        put("for", &self.person.map(|id| id.to_string()).unwrap_or_default());
        put("after", &self.after);
        if !self.after.is_empty() && self.pages_before > 0 {
            put("page", &self.pages_before.saturating_add(1).to_string());
        }
        url.finish().trim_end_matches('?').to_owned()
    }

    /// The same search, changed, from its first page.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = Self { after: String::new(), pages_before: 0, ..self.clone() };
        change(&mut changed);
        changed
    }

    /// The next page of this search.
    #[must_use]
    pub fn after(&self, cursor: String) -> Self {
        Self { after: cursor, pages_before: self.pages_before.saturating_add(1), ..self.clone() }
    }

    /// The place and the person: what « Effacer tout » keeps.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self { city: self.city.clone(), place: self.place.clone(), person: self.person, ..Self::default() }
    }

    /// The same, for nobody in particular, the search one comes from included.
    #[must_use]
    pub fn for_nobody(&self) -> Self {
        let search = self.search.as_deref().and_then(|search| search_as(search, |query| query.person = None));
        Self { person: None, search, ..self.clone() }
    }

    /// What else a page reached from the search carries: the person it is for, under the name that page gives them, and
    /// the search itself.
    pub fn carried(&self, person: &'static str) -> Vec<(&'static str, String)> {
        let person = self.person.map(|id| (person, id.to_string()));
        let search = self.search.clone().map(|search| ("search", search));
        person.into_iter().chain(search).collect()
    }

    /// The same as the end of the address of a card.
    pub fn suffix(&self) -> String {
        let pairs = self.carried("for");
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
        if pairs.is_empty() { query } else { format!("?{query}") }
    }

    /// This search, as what is found by it carries it.
    #[must_use]
    pub fn carrying_itself(&self, path: &str) -> Self {
        Self { search: Some(self.href(path)), ..self.clone() }
    }

    /// Where « Employeurs » leads back to: the search one comes from, else a new one.
    pub fn results(&self) -> String {
        let new = || Self { person: self.person, ..Self::default() }.href(EmployersPath::PATH);
        self.search.clone().unwrap_or_else(new)
    }
}

/// The address of a search, read again so that it can only be one of the directory (SUB-13).
pub(crate) fn search_path(address: &str) -> Option<String> {
    search_as(address, |_| ())
}

/// The same search, for this person.
pub(crate) fn search_for(address: &str, candidate: CandidateId) -> Option<String> {
    search_as(address, |query| query.person = Some(candidate))
}

fn search_as(address: &str, change: impl FnOnce(&mut SearchQuery)) -> Option<String> {
    let (path, raw) = address.split_once('?').unwrap_or((address, ""));
    let mut query = SearchQuery::read(raw);
    change(&mut query);
    matches!(path, EmployersPath::PATH | JobsPath::PATH).then(|| query.href(path))
}

fn code(text: &str, longest: usize) -> Option<String> {
    let plausible = (2..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    plausible.then(|| text.to_owned())
}

fn keep<T: PartialEq>(values: &mut Vec<T>, value: Option<T>) {
    if let Some(value) = value.filter(|value| !values.contains(value) && values.len() < MOST_VALUES) {
        values.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_survives_its_url() {
        let url = "q=espaces+verts&city=metz-57&distance=50&kinds=ACI&kinds=EI&departments=57&districts=75011\
                   &contract_types=PERMANENT&domains=A&first_hours=true\
                   &for=0190e7a0-0000-7000-8000-000000000001&after=AAAA";
        let query = SearchQuery::read(url);
        assert_eq!(query.href("/employers"), format!("/employers?{url}"));
        assert_eq!(query.filters.words, ["espace", "vert"]);
        assert_eq!(SearchQuery::default().href("/employers"), "/employers");
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let query = SearchQuery::read(
            "distance=26&kinds=nonsense&kinds=&departments=%27%3B--&domains=z&contract_types=CDI&for=7\
             &first_hours=oui&inconnu=1&q=%FF%00&=&&&",
        );
        assert_eq!(query.filters.distance, Distance::DEFAULT);
        assert_eq!(query.filters, Filters { words: query.filters.words.clone(), ..Filters::default() });
        assert_eq!(query.person, None);
        assert_eq!(SearchQuery::read(&"kinds=ACI&".repeat(1000)).filters.kinds, [CompanyKind::Aci]);
    }

    #[test]
    fn entreprises_adaptees_are_noticed() {
        assert!(SearchQuery::read("kinds=EA").adapted);
        assert!(SearchQuery::read("kinds=ACI&kinds=EATT").adapted);
        assert!(!SearchQuery::read("kinds=EI").adapted);
    }

    #[test]
    fn what_is_found_carries_the_search_and_nothing_but_a_search() {
        let here = SearchQuery::read("q=bois&city=metz-57").carrying_itself("/employers");
        assert_eq!(here.suffix(), "?search=%2Femployers%3Fq%3Dbois%26city%3Dmetz-57");
        let card = SearchQuery::read(&here.suffix()[1..]);
        assert_eq!(card.results(), "/employers?q=bois&city=metz-57");
        for elsewhere in
            ["https://ailleurs.example/employers", "//ailleurs.example", "/logout", "/employers/../admin"]
        {
            assert_eq!(search_path(elsewhere), None, "{elsewhere}");
        }
    }

    #[test]
    fn clearing_keeps_the_place_and_the_person() {
        let person = "for=0190e7a0-0000-7000-8000-000000000001";
        let query =
            SearchQuery::read(&format!("q=bois&city=metz-57&distance=50&kinds=EI&after=AAAA&{person}"));
        assert_eq!(query.cleared().href("/jobs"), format!("/jobs?city=metz-57&{person}"));
        let card = SearchQuery::read(&query.cleared().carrying_itself("/jobs").suffix()[1..]);
        assert_eq!(
            card.results(),
            format!("/jobs?city=metz-57&{person}"),
            "the search one comes from is for them"
        );
        assert_eq!(card.for_nobody().suffix(), "?search=%2Fjobs%3Fcity%3Dmetz-57", "and no longer is");
    }
}
