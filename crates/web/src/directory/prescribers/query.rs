//! The query string of the directory of authorised prescribers: what makes no sense is left out.

use axum_extra::routing::TypedPath as _;
use iae_domain::directory::Distance;
use iae_domain::organisations::PrescriberKind;
use iae_domain::text::shortened;
use url::form_urlencoded;

use crate::directory::SearchQuery;
use crate::paths::PrescribersPath;

/// Longest text kept of what was typed.
const LONGEST_TEXT: usize = 100;
/// Further pages are read by nobody: the search is narrowed instead.
const MOST_PAGES: i64 = 500;

/// A search as its address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct PrescribersQuery {
    /// The commune, as typed.
    pub(super) place: String,
    /// The slug of the commune chosen.
    pub(super) city: String,
    pub(super) distance: Distance,
    /// Code of a département; empty for all.
    pub(super) department: String,
    pub(super) kind: Option<PrescriberKind>,
    pub(super) pages_before: i64,
}

impl PrescribersQuery {
    /// Reads a query string; never fails.
    pub(super) fn read(raw: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let value = value.trim();
            match name.as_ref() {
                "place" => query.place = shortened(value, LONGEST_TEXT),
                "city" => query.city = shortened(value, LONGEST_TEXT),
                "distance" => query.distance = Distance::parse(value).unwrap_or_default(),
                "department" => query.department = shortened(value, 3),
                "kind" => query.kind = PrescriberKind::parse(value),
                "page" => {
                    let page: i64 = value.parse().unwrap_or(1);
                    query.pages_before = page.clamp(1, MOST_PAGES) - 1;
                }
                _ => {}
            }
        }
        query
    }

    /// The place alone, as the other searches read it.
    pub(super) fn place_query(&self) -> SearchQuery {
        SearchQuery { place: self.place.clone(), city: self.city.clone(), ..SearchQuery::default() }
    }

    /// The same at another page.
    pub(super) fn at_page(&self, pages_before: i64) -> Self {
        Self { pages_before, ..self.clone() }
    }

    /// The address of the same search around another commune.
    pub(super) fn around(&self, city: &str) -> String {
        let moved = Self { place: String::new(), city: city.to_owned(), pages_before: 0, ..self.clone() };
        moved.href(PrescribersPath::PATH)
    }

    /// Its address at `path`.
    pub(super) fn href(&self, path: &str) -> String {
        let mut url = form_urlencoded::Serializer::for_suffix(format!("{path}?"), path.len() + 1);
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                url.append_pair(name, value);
            }
        };
        put("city", &self.city);
        if self.city.is_empty() {
            put("place", &self.place);
        }
        if self.distance != Distance::DEFAULT {
            put("distance", &self.distance.km().to_string());
        }
        put("department", &self.department);
        put("kind", self.kind.map_or("", PrescriberKind::code));
        if self.pages_before > 0 {
            put("page", &(self.pages_before + 1).to_string());
        }
        url.finish().trim_end_matches('?').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_left_out_and_the_rest_comes_back() {
        let query = PrescribersQuery::read("city=metz-57&distance=50&kind=ML&department=57&page=3");
        let address = "/prescribers?city=metz-57&distance=50&department=57&kind=ML&page=3";
        assert_eq!(query.href("/prescribers"), address);
        let nonsense = PrescribersQuery::read("kind=%27&distance=-1&page=-9&department=%FF&&=");
        assert_eq!((nonsense.kind, nonsense.pages_before), (None, 0));
        assert_eq!(PrescribersQuery::read("page=99999999999999999999").pages_before, 0);
    }
}
