//! What no browser sends and no person types, in every field of every form, every filter and every address: never a
//! failure of ours.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use iae_tests::{BASE_URL, Browser, Form, Page, Persona, TestApp, world};
use iae_web::routes;

use crate::side_by_side::{World, side_by_side};
use crate::things::{Things, shape};

/// Forms of one address differ by their fields: a few are enough.
const PAGES: usize = 60;

/// Characters of a value sent in an address.
const LONGEST_IN_ADDRESS: usize = 3_000;

/// What is put in each field. What the form must refuse comes first: an accepted one may use the form up.
fn strange(is_date: bool) -> Vec<String> {
    let dates = ["0000-01-01", "0001-01-01", "-262143-01-01", "+262142-12-31", "10000-01-01", "9999-12-31"];
    if is_date {
        return ["\0", "2026-02-30", "99999999999999999999"]
            .iter()
            .chain(&dates)
            .map(ToString::to_string)
            .collect();
    }
    let cursor = |micros: i64| {
        let mut bytes = micros.to_be_bytes().to_vec();
        bytes.extend([0xff; 16]);
        URL_SAFE_NO_PAD.encode(bytes)
    };
    let mut values =
        vec!["\0".to_owned(), "a\0b".to_owned(), cursor(-8_300_000_000_000_000_000), cursor(i64::MAX)];
    values.extend(
        ["99999999999999999999", "-1", "%", "9999-12-31", "\u{202e}\u{feff}\r\n'\"<\\"]
            .map(ToOwned::to_owned),
    );
    values.extend([world::STAFF.to_string(), uuid::Uuid::nil().to_string(), "é".repeat(20_000)]);
    values
}

/// One of each role.
const PERSONAS: &[Persona] = &[
    Persona::Prescriber,
    Persona::Employer,
    Persona::Candidate,
    Persona::Orienter,
    Persona::Inspector,
    Persona::Staff,
];

#[tokio::test(flavor = "multi_thread")]
async fn no_strange_input_is_a_failure_of_ours() {
    let failures: Vec<_> = side_by_side(PERSONAS.iter().copied(), holds).await.concat();
    assert!(failures.is_empty(), "{failures:#?}");
}

async fn holds(world: Arc<World>, persona: Persona) -> Vec<String> {
    let app = world.copy().await;
    let mut failures = BTreeSet::new();
    let browser = app.browser(persona).await;
    for form in forms(&app, &world.things, persona, &browser).await {
        try_form(&form, &browser, &mut failures).await;
    }
    for route in routes::list() {
        try_address(route.path, route.method, persona, &browser, &mut failures).await;
    }
    failures.into_iter().collect()
}

/// One form of each address, with each set of fields, on the pages the person reaches.
async fn forms(app: &TestApp, things: &Things, persona: Persona, browser: &Browser) -> Vec<Form> {
    let drafts = things.pages_of_drafts(app, persona).await;
    let own = routes::list()
        .into_iter()
        .filter(|route| route.method == "GET" && !route.path.starts_with("/login/"));
    let own = own.filter_map(|route| things.address_for(route.path, Some(persona)));
    let mut waiting: VecDeque<String> = own.chain(drafts).collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut found: BTreeMap<String, Form> = BTreeMap::new();
    while let Some(address) = waiting.pop_front() {
        let path = shape(address.split('?').next().unwrap_or_default());
        let visits = seen.entry(path).or_default();
        *visits += 1;
        if *visits > 2 || found.len() > PAGES {
            continue;
        }
        let page = browser.get(&address).await;
        if !page.status.is_success() {
            continue;
        }
        for form in page.forms() {
            let path = shape(form.action().path());
            let leaves = !form.action().as_str().starts_with(BASE_URL);
            if !leaves && !["/logout", "/organisation-switch"].contains(&path.as_str()) {
                found.entry(format!("{} {path} {:?}", form.method(), form.names())).or_insert(form);
            }
        }
        let local =
            |href: &String| href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/login");
        waiting.extend(page.links().into_iter().filter(local));
    }
    found.into_values().collect()
}

async fn try_form(form: &Form, browser: &Browser, failures: &mut BTreeSet<String>) {
    let names: BTreeSet<&str> = form.names().into_iter().filter(|name| *name != "acting_for").collect();
    let filled = plausible(form.clone().press_first());
    for name in &names {
        for value in strange(form.is_date(name)) {
            // An address has a length, which hyper holds to before any page is asked.
            let fits = if form.method() == Method::POST { usize::MAX } else { LONGEST_IN_ADDRESS };
            let value: String = value.chars().take(fits).collect();
            let page = filled.clone().forge(name, &value).submit().await;
            note(&page, form.method().as_str(), &format!("{name}={value:.40?}"), failures);
        }
        let twice = filled.pairs().into_iter().filter(|(key, _)| key == name).chain(filled.pairs());
        let twice = serde_urlencoded::to_string(twice.collect::<Vec<_>>()).unwrap();
        send(form, browser, twice.into_bytes(), &format!("{name} twice"), failures).await;
        send(
            form,
            browser,
            [name.as_bytes(), b"=%ff%fe\xff"].concat(),
            &format!("{name} not UTF-8"),
            failures,
        )
        .await;
    }
    send(form, browser, b"%00=%00&&&=&%".to_vec(), "nonsense", failures).await;
}

/// Something sensible in the fields left empty, so that what is strange in another reaches further than the form.
fn plausible(mut form: Form) -> Form {
    let names: Vec<String> = form.names().into_iter().map(ToOwned::to_owned).collect();
    for name in names.iter().filter(|name| *name != "acting_for") {
        if form.value(name).is_some_and(|value| !value.is_empty()) || form.takes_file(name) {
            continue;
        }
        let offered = form.offered(name);
        form = match offered.iter().find(|value| !value.is_empty()) {
            Some(value) => form.fill_or_check(name, value),
            None if form.is_date(name) => form.fill(name, "2026-06-01"),
            None if name.contains("email") => form.fill(name, "camille.roux@courriel.example"),
            None if name == "nir" => form.fill(name, "190031398700950"),
            None if name.contains("post_code") => form.fill(name, "57000"),
            None if name.contains("phone") => form.fill(name, "0612345678"),
            None => form.fill(name, "Metz"),
        };
    }
    form
}

async fn send(form: &Form, browser: &Browser, body: Vec<u8>, what: &str, failures: &mut BTreeSet<String>) {
    if form.method() != Method::POST {
        return;
    }
    let request = Request::post(form.action().as_str())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    note(&browser.send(request).await, "POST", what, failures);
}

/// Strange ids in the address, strange values under the names filters go by.
async fn try_address(
    path: &str,
    method: &str,
    persona: Persona,
    browser: &Browser,
    failures: &mut BTreeSet<String>,
) {
    let long = "x".repeat(5_000);
    for id in ["%00", "%ff", "0", "00000000-0000-0000-0000-000000000000", "%2e%2e", &long] {
        let address = path.split('/').map(|part| if part.starts_with('{') { id } else { part });
        let address = address.collect::<Vec<_>>().join("/");
        if method == "POST" {
            let organisation = persona.organisation().map(|id| id.to_string()).unwrap_or_default();
            note(&browser.post(&address, &[("acting_for", &organisation)]).await, method, &address, failures);
        } else if address != "/logout" {
            note(&browser.get(&address).await, method, &address, failures);
        }
        if !path.contains('{') {
            break;
        }
    }
    if method == "POST" || path.contains('{') || path == "/logout" {
        return;
    }
    for name in
        ["q", "after", "state", "return_to", "draft", "company", "candidate", "city", "action", "subject"]
    {
        for value in strange(false) {
            let query = serde_urlencoded::to_string([(
                name,
                value.chars().take(LONGEST_IN_ADDRESS).collect::<String>(),
            )])
            .unwrap();
            note(
                &browser.get(&format!("{path}?{query}")).await,
                method,
                &format!("{path}?{query:.60}"),
                failures,
            );
        }
        note(
            &browser.get(&format!("{path}?{name}=%ff%fe")).await,
            method,
            &format!("{path}?{name}=%ff"),
            failures,
        );
    }
}

fn note(page: &Page, method: &str, what: &str, failures: &mut BTreeSet<String>) {
    if page.status.is_server_error() {
        failures.insert(format!("{method} {}: {what}: {}", shape(page.url.path()), page.status));
    }
}
