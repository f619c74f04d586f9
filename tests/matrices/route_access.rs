//! Every recorded route × every persona, against the real router. The snapshot is reviewed as a diff.
//!
//! A allowed (a page, a redirection inside, a form answered 409 or 422), L sent to the login page, F 403, N 404,
//! M a body that is no form of that page. Nothing else is acceptable.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use iae_tests::{BASE_URL, Browser, Page, Persona, TestApp, world};
use iae_web::routes::{self, Route};

use crate::side_by_side::{World, side_by_side};

/// Routes that name a thing `things.rs` does not make yet. May only shrink.
const UNCOVERED: &str = include_str!("uncovered_routes.txt");

const COLUMNS: &[(&str, Option<Persona>)] = &[
    ("anon", None),
    ("cand", Some(Persona::Candidate)),
    ("cand'", Some(Persona::OtherCandidate)),
    ("none", Some(Persona::NoOrganisation)),
    ("left", Some(Persona::DeactivatedMember)),
    ("orie", Some(Persona::Orienter)),
    ("pres'", Some(Persona::OtherPrescriber)),
    ("pres", Some(Persona::Prescriber)),
    ("pres+", Some(Persona::PrescriberAdmin)),
    ("geiq", Some(Persona::GeiqEmployer)),
    ("emp'", Some(Persona::OtherEmployer)),
    ("emp", Some(Persona::Employer)),
    ("emp+", Some(Persona::EmployerAdmin)),
    ("insp'", Some(Persona::OtherInspector)),
    ("insp", Some(Persona::Inspector)),
    ("staff", Some(Persona::Staff)),
];

#[tokio::test(flavor = "multi_thread")]
async fn who_may_call_what() {
    let columns = side_by_side(COLUMNS.iter().map(|(_, persona)| *persona), column).await;
    let mut matrix = format!("{:<52}", "ROUTE");
    for (name, _) in COLUMNS {
        write!(matrix, "{name:<6}").unwrap();
    }
    for (rank, (row, _)) in columns[0].iter().enumerate() {
        write!(matrix, "\n{row:<52}").unwrap();
        for column in &columns {
            write!(matrix, "{:<6}", column[rank].1).unwrap();
        }
        matrix.truncate(matrix.trim_end().len());
    }
    insta::assert_snapshot!(matrix);
}

/// The answer of each route to one persona, beside the name of its row.
async fn column(world: Arc<World>, persona: Option<Persona>) -> Vec<(String, char)> {
    let mut column = Vec::new();
    let mut platform = Platform::of(&world, persona).await;
    for route in routes::list() {
        let Some(anyones) = world.things.address(route.path) else { continue };
        let own = world.things.address_for(route.path, persona).unwrap_or_default();
        let mut rows = vec![("", own)];
        if route.path.starts_with("/application-drafts/{id}/") {
            // The same on someone else's draft, marked like the personas of other organisations.
            rows.push(("'", anyones));
        }
        for (mark, address) in rows {
            let page = call(&route, &address, &platform.browser, persona).await;
            let letter = letter(&route, &page);
            column.push((format!("{:<5}{}{mark}", route.method, route.path), letter));
            if route.method != "GET" && letter == 'A' && !page.status.is_client_error() {
                // What an action changed must not change the answer to the next one.
                platform = Platform::of(&world, persona).await;
            }
        }
    }
    column
}

/// A platform where nothing happened yet, and the browser of the one who calls it.
struct Platform {
    browser: Browser,
    _app: TestApp,
}

impl Platform {
    async fn of(world: &World, persona: Option<Persona>) -> Self {
        let app = world.copy().await;
        let browser = match persona {
            Some(persona) => app.browser(persona).await,
            None => app.visitor(),
        };
        Self { browser, _app: app }
    }
}

#[tokio::test]
async fn no_route_escapes_the_matrix() {
    let world = World::new().await;
    let escaped: Vec<String> = routes::list()
        .iter()
        .filter(|route| world.things.address(route.path).is_none())
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let excused: Vec<&str> =
        UNCOVERED.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let new: Vec<&String> = escaped.iter().filter(|route| !excused.contains(&route.as_str())).collect();
    assert!(
        new.is_empty(),
        "these routes name a thing the matrix does not have; make it in tests/matrices/things.rs: {new:#?}"
    );
    let covered: Vec<&&str> = excused.iter().filter(|route| !escaped.iter().any(|e| e == **route)).collect();
    assert!(covered.is_empty(), "now covered: remove from tests/matrices/uncovered_routes.txt: {covered:#?}");
}

/// Opens the page, or sends its form empty but for the organisation it is made for.
async fn call(route: &Route, address: &str, browser: &Browser, persona: Option<Persona>) -> Page {
    if route.method == "GET" {
        return browser.get(address).await;
    }
    let organisation = persona.and_then(Persona::organisation).map(|id| id.to_string());
    let (company, candidate) = (world::ACI.to_string(), world::CANDIDATE.to_string());
    let mut fields: Vec<(&str, &str)> = vec![];
    match route.path {
        "/application-drafts" => fields.push(("company", &company)),
        "/application-drafts/{id}/employers" | "/application-drafts/{id}/employers/removal" => {
            fields.push(("company", &company));
        }
        "/application-drafts/{id}/candidate" => fields.push(("candidate", &candidate)),
        "/candidates/lookup/confirmation" => {
            fields.extend([("candidate", candidate.as_str()), ("nir", world::UNKNOWN_NIR)]);
        }
        _ => {}
    }
    if let Some(organisation) = &organisation {
        fields.push(("acting_for", organisation));
        if route.path == "/organisation-switch" {
            fields.push(("organisation", organisation));
        }
    }
    let page = browser.post(address, &fields).await;
    if page.status != 400 {
        return page;
    }
    browser.send(multipart(address, &fields)).await
}

fn multipart(address: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let part = |(name, value): &(&str, &str)| {
        format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = fields.iter().map(part).collect::<String>() + "--part--\r\n";
    Request::post(format!("{BASE_URL}{address}"))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
        .body(Body::from(body))
        .unwrap()
}

fn letter(route: &Route, page: &Page) -> char {
    let to_login = page.location().is_some_and(|to| to.starts_with("/login?"));
    match page.status.as_u16() {
        303 if to_login => 'L',
        200..=399 | 409 | 422 => 'A',
        400 => 'M',
        403 => 'F',
        404 => 'N',
        other => panic!("{} {} answered {other}: {page:?}", route.method, route.path),
    }
}
