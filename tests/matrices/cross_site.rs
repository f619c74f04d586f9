//! A form of another site does nothing, whichever route it is sent to and whoever is signed in (ADR 7).

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, header};
use iae_tests::{BASE_URL, Browser, Page, Persona};
use iae_web::routes;

use crate::side_by_side::{World, side_by_side};

/// What browsers say of where a form comes from: another site, a neighbour of ours, a page that hides what it is.
const FROM_ELSEWHERE: &[&[(&str, &str)]] = &[
    &[("sec-fetch-site", "cross-site"), ("origin", "https://exemple.fr")],
    &[("sec-fetch-site", "same-site"), ("origin", "https://autre.parcours.test")],
    &[("sec-fetch-site", "cross-site"), ("origin", "null")],
];

const WHO: &[Persona] = &[
    Persona::Candidate,
    Persona::PrescriberAdmin,
    Persona::EmployerAdmin,
    Persona::Inspector,
    Persona::Staff,
];

#[tokio::test(flavor = "multi_thread")]
async fn no_route_takes_a_form_of_another_site() {
    let taken = side_by_side(WHO.iter().copied(), taken).await;
    assert_eq!(taken.concat(), Vec::<String>::new());
}

/// What one of them sends from another site without being told so.
async fn taken(world: Arc<World>, persona: Persona) -> Vec<String> {
    let app = world.copy().await;
    let browser = app.browser(persona).await;
    let before = app.audit_trail().await;
    let mut taken = Vec::new();
    for route in routes::list().into_iter().filter(|route| route.method != "GET") {
        let Some(address) = world.things.address_for(route.path, Some(persona)) else { continue };
        for headers in FROM_ELSEWHERE {
            let page = sent(&browser, route.method, &address, headers).await;
            if page.status != 403 || !page.h1().contains("vient d’un autre site") {
                taken.push(format!("{persona:?}, {} {}, {headers:?}: {page:?}", route.method, route.path));
            }
        }
    }
    assert_eq!(app.audit_trail().await, before, "{persona:?}: nothing is written");
    assert_eq!(browser.get("/logout").await.status, 200, "{persona:?} is still signed in");
    taken
}

async fn sent(browser: &Browser, method: &str, address: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = Request::builder().method(method).uri(format!("{BASE_URL}{address}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    browser.send(request.body(Body::empty()).unwrap()).await
}
