//! Every recorded route × every persona, against the real router. The snapshot is reviewed as a diff.
//!
//! A allowed (a page, a redirection inside, a form answered 409 or 422), L sent to the login page, F 403, N 404,
//! M a body that is no form of that page. Nothing else is acceptable.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{Request, header};
use iae_tests::{BASE_URL, Browser, Page, Persona, TestApp, world};
use iae_web::routes::{self, Route};

use crate::things::Things;

/// Routes that name a thing `things.rs` does not make yet. May only shrink.
const UNCOVERED: &str = include_str!("uncovered_routes.txt");

const COLUMNS: &[(&str, Persona)] = &[
    ("cand", Persona::Candidate),
    ("cand'", Persona::OtherCandidate),
    ("none", Persona::NoOrganisation),
    ("left", Persona::DeactivatedMember),
    ("orie", Persona::Orienter),
    ("pres'", Persona::OtherPrescriber),
    ("pres", Persona::Prescriber),
    ("pres+", Persona::PrescriberAdmin),
    ("geiq", Persona::GeiqEmployer),
    ("emp'", Persona::OtherEmployer),
    ("emp", Persona::Employer),
    ("emp+", Persona::EmployerAdmin),
    ("insp'", Persona::OtherInspector),
    ("insp", Persona::Inspector),
    ("staff", Persona::Staff),
];

#[tokio::test]
async fn who_may_call_what() {
    let mut matrix = format!("{:<52}{:<6}", "ROUTE", "anon");
    for (name, _) in COLUMNS {
        write!(matrix, "{name:<6}").unwrap();
    }
    let mut app = World::new().await;
    let mut acted = false;
    for route in routes::list() {
        if app.things.address(route.path).is_none() {
            continue;
        }
        if acted || route.method != "GET" {
            // What an action changes must not change the answer to the next one.
            app = World::new().await;
        }
        acted = route.method != "GET";
        let address = |persona| app.things.address_for(route.path, persona).unwrap_or_default();
        row(&mut matrix, &app, &route, "", address).await;
        if route.path.starts_with("/application-drafts/{id}/") {
            // The same on someone else's draft, marked like the personas of other organisations.
            let foreign = app.things.address(route.path).unwrap_or_default();
            row(&mut matrix, &app, &route, "'", |_| foreign.clone()).await;
        }
        app.app.ignore_jobs();
    }
    insta::assert_snapshot!(matrix);
}

/// The answer to each persona on the address that is theirs.
async fn row(
    matrix: &mut String,
    world: &World,
    route: &Route,
    mark: &str,
    address: impl Fn(Option<Persona>) -> String,
) {
    let visitor = call(route, &address(None), &world.app.visitor(), None).await;
    write!(
        matrix,
        "\n{:<5}{:<47}{:<6}",
        route.method,
        format!("{}{mark}", route.path),
        letter(route, &visitor)
    )
    .unwrap();
    for (_, persona) in COLUMNS {
        let browser = world.app.browser(*persona).await;
        let page = call(route, &address(Some(*persona)), &browser, Some(*persona)).await;
        write!(matrix, "{:<6}", letter(route, &page)).unwrap();
    }
    matrix.truncate(matrix.trim_end().len());
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

struct World {
    app: TestApp,
    things: Things,
}

impl World {
    async fn new() -> Self {
        let app = TestApp::new().await;
        app.ignore_jobs();
        let things = Things::new(&app).await;
        Self { app, things }
    }
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
