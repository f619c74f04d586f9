//! The list of a draw as a file: what `docs/control-draw.md` hashes, a line each.

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use iae_app::control::campaigns::queries::{DrawDetail, Reader};
use iae_domain::control::{FrozenList, Line};

/// The file, to be kept.
pub(super) fn attachment(draw: &DrawDetail) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"liste.txt\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text(&draw.list, draw.reader)).into_response()
}

/// The lines the reader reads, then the hashes of the others, in their own order: together they make the hash of the list.
fn text(list: &FrozenList, reader: Reader) -> String {
    let (own, others): (Vec<&Line>, Vec<&Line>) =
        list.lines().iter().partition(|line| reader.reads(line.company));
    let mut hidden: Vec<_> = others.iter().map(|line| line.digest()).collect();
    hidden.sort_unstable();
    let lines = own.iter().map(|line| line.to_string());
    lines.chain(hidden.iter().map(|digest| digest.to_string())).map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests {
    use iae_domain::ids::{ApplicationId, OrganisationId};
    use uuid::Uuid;

    use super::*;

    fn list() -> FrozenList {
        FrozenList::freeze((1..=4).map(|hire| Line {
            company: OrganisationId(Uuid::from_u128(1 + hire % 2)),
            hire: ApplicationId(Uuid::from_u128(hire)),
            starts_on: "2025-03-02".parse().unwrap(),
        }))
    }

    /// An SIAE finds in its file all that makes the hash of the list, and no line of another.
    #[test]
    fn an_siae_checks_the_whole_and_reads_its_own() {
        let list = list();
        let company = OrganisationId(Uuid::from_u128(1));
        let text = text(&list, Reader::Company { company, control: None });
        let (own, hidden): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.contains(';'));
        assert_eq!((own.len(), hidden.len()), (2, 2));
        assert!(own.iter().all(|line| line.starts_with(&company.to_string())));
        let mut digests: Vec<String> = hidden.into_iter().map(ToOwned::to_owned).collect();
        let read = list.lines().iter().filter(|line| own.contains(&line.to_string().as_str()));
        digests.extend(read.map(|line| line.digest().to_string()));
        digests.sort_unstable();
        let whole: Vec<String> = list.digests().iter().map(ToString::to_string).collect();
        assert_eq!(digests, whole);
    }

    #[test]
    fn the_ddets_reads_every_line() {
        assert!(text(&list(), Reader::All).lines().all(|line| line.contains(';')));
    }
}
