//! What no browser sends and no person types, in every field of every form, every filter and every address: never a
//! failure of ours. Fields and ids are tried once, by those who reach the form or the page in turns: who does not reach it would
//! be sent away before it is read. Filters are tried by each of those: a list of one address is another one for each of them.

mod turns;
mod values;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, header};
use iae_tests::{BASE_URL, Browser, Form, Page, Persona, TestApp};
use iae_web::routes::{self, Route};

use self::turns::Turns;
use self::values::strange;
use crate::side_by_side::{World, in_world};
use crate::things::{Things, shape};

/// Forms of one address differ by their fields: a few are enough.
const PAGES: usize = 60;

/// Characters of a value sent in an address.
const LONGEST_IN_ADDRESS: usize = 3_000;

/// The names filters go by.
const FILTERS: [&str; 10] =
    ["q", "after", "state", "return_to", "draft", "company", "candidate", "city", "action", "subject"];

/// The id of nothing.
const NOTHING: &str = "00000000-0000-0000-0000-000000000000";

/// One of each role. The team, who has as much to try as two others, begins.
const PERSONAS: &[Persona] = &[
    Persona::Staff,
    Persona::Prescriber,
    Persona::Employer,
    Persona::Candidate,
    Persona::Orienter,
    Persona::Inspector,
];

#[tokio::test(flavor = "multi_thread")]
async fn no_strange_input_is_a_failure_of_ours() {
    let world = World::new().await;
    let reaches = in_world(&world, PERSONAS.iter().copied(), look).await;
    let mut those = Those::default();
    for reach in &reaches {
        for form in reach.forms.keys() {
            those.fill.entry(form.clone()).or_default().push(reach.persona);
        }
        for route in &reach.routes {
            those.ask.entry(route.clone()).or_default().push(reach.persona);
        }
    }
    let those = Arc::new(those);
    let failures = in_world(&world, reaches, |_, reach| try_all(Arc::clone(&those), reach)).await.concat();
    assert!(failures.is_empty(), "{failures:#?}");
}

/// What one person reaches, on a platform of their own.
struct Reach {
    persona: Persona,
    app: TestApp,
    forms: BTreeMap<String, Form>,
    routes: Vec<Route>,
    failures: BTreeSet<String>,
}

/// Who fills each form, who is answered by each route.
#[derive(Default)]
struct Those {
    fill: BTreeMap<String, Vec<Persona>>,
    ask: BTreeMap<Route, Vec<Persona>>,
}

/// A form that is sent as soon as its address is asked: nothing in its address can be strange.
fn is_bare_form(route: &Route) -> bool {
    route.method == "POST" && !route.path.contains('{')
}

/// What is there for one person, before anyone tries anything.
async fn look(world: Arc<World>, persona: Persona) -> Reach {
    let app = world.copy().await;
    let browser = app.browser(persona).await;
    let forms = forms(&app, &world.things, persona, &browser).await;
    let (mut routes, mut failures) = (Vec::new(), BTreeSet::new());
    for route in routes::list().into_iter().filter(|route| !is_bare_form(route)) {
        let page = ask(&route, NOTHING, persona, &browser, &mut failures).await;
        if is_reached(&route, &page) {
            routes.push(route);
        }
    }
    Reach { persona, app, forms, routes, failures }
}

/// Whether what is strange in an address would be read: they are neither refused nor sent to the login page. Under the id of
/// nothing, nothing is found; where there is no id, a page that is not found is not theirs.
fn is_reached(route: &Route, page: &Page) -> bool {
    let to_login = page.location().is_some_and(|to| to.starts_with("/login?"));
    page.status != 403 && !to_login && (page.status != 404 || route.path.contains('{'))
}

/// Tries what falls to one person.
async fn try_all(those: Arc<Those>, reach: Reach) -> Vec<String> {
    let Reach { persona, app, forms, mut failures, .. } = reach;
    let browser = app.browser(persona).await;
    for (rank, (key, who)) in those.fill.iter().enumerate() {
        if let (Some(form), Some(turns)) = (forms.get(key), Turns::of(persona, who, rank)) {
            try_form(form, turns, &browser, &mut failures).await;
        }
    }
    // Some form may have ended the session.
    let browser = app.browser(persona).await;
    let (bare, named): (Vec<Route>, Vec<Route>) = routes::list().into_iter().partition(is_bare_form);
    for (rank, route) in named.iter().enumerate() {
        // What nobody reaches is sent away whoever asks.
        let who = those.ask.get(route).map_or(PERSONAS, Vec::as_slice);
        if let Some(turns) = Turns::of(persona, who, rank) {
            try_address(route, turns, persona, &browser, &mut failures).await;
        }
    }
    // Whoever logs out reaches nothing any more.
    let (last, others): (Vec<Route>, Vec<Route>) =
        bare.into_iter().partition(|route| route.path == "/logout");
    for route in others.iter().chain(&last) {
        ask(route, NOTHING, persona, &browser, &mut failures).await;
    }
    failures.into_iter().collect()
}

/// One form of each address, with each set of fields, on the pages the person reaches; each under what it is known by.
async fn forms(
    app: &TestApp,
    things: &Things,
    persona: Persona,
    browser: &Browser,
) -> BTreeMap<String, Form> {
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
    found
}

async fn try_form(form: &Form, mut turns: Turns, browser: &Browser, failures: &mut BTreeSet<String>) {
    let names: BTreeSet<&str> = form.names().into_iter().filter(|name| *name != "acting_for").collect();
    let filled = plausible(form.clone().press_first());
    for name in &names {
        for value in strange(form.is_date(name)) {
            if !turns.comes() {
                continue;
            }
            // An address has a length, which hyper holds to before any page is asked.
            let fits = if form.method() == Method::POST { usize::MAX } else { LONGEST_IN_ADDRESS };
            let value: String = value.chars().take(fits).collect();
            let page = filled.clone().forge(name, &value).submit().await;
            note(&page, form.method().as_str(), &format!("{name}={value:.40?}"), failures);
        }
        if turns.comes() {
            let twice = filled.pairs().into_iter().filter(|(key, _)| key == name).chain(filled.pairs());
            let twice = serde_urlencoded::to_string(twice.collect::<Vec<_>>()).unwrap();
            send(form, browser, twice.into_bytes(), &format!("{name} twice"), failures).await;
        }
        if turns.comes() {
            let broken = [name.as_bytes(), b"=%ff%fe\xff"].concat();
            send(form, browser, broken, &format!("{name} not UTF-8"), failures).await;
        }
    }
    if turns.comes() {
        send(form, browser, b"%00=%00&&&=&%".to_vec(), "nonsense", failures).await;
    }
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

/// Strange ids in the address; in one without, strange values under the names filters go by.
async fn try_address(
    route: &Route,
    mut turns: Turns,
    persona: Persona,
    browser: &Browser,
    failures: &mut BTreeSet<String>,
) {
    if route.path.contains('{') {
        let long = "x".repeat(5_000);
        for id in ["%00", "%ff", "0", "%2e%2e", &long] {
            if turns.comes() {
                ask(route, id, persona, browser, failures).await;
            }
        }
        return;
    }
    // What reads them is not the same for each of those: « /applications » is a list, and a statement, of each kind of actor.
    for name in FILTERS {
        for value in strange(false) {
            let value: String = value.chars().take(LONGEST_IN_ADDRESS).collect();
            let query = serde_urlencoded::to_string([(name, value)]).unwrap();
            let page = browser.get(&format!("{}?{query}", route.path)).await;
            note(&page, route.method, &format!("{}?{query:.60}", route.path), failures);
        }
        let page = browser.get(&format!("{}?{name}=%ff%fe", route.path)).await;
        note(&page, route.method, &format!("{}?{name}=%ff", route.path), failures);
    }
}

/// Opens the page, or sends its form empty but for the organisation it is made for, with this in place of each id.
async fn ask(
    route: &Route,
    id: &str,
    persona: Persona,
    browser: &Browser,
    failures: &mut BTreeSet<String>,
) -> Page {
    let parts = route.path.split('/').map(|part| if part.starts_with('{') { id } else { part });
    let address = parts.collect::<Vec<_>>().join("/");
    let page = if route.method == "POST" {
        let organisation = persona.organisation().map(|id| id.to_string()).unwrap_or_default();
        browser.post(&address, &[("acting_for", &organisation)]).await
    } else {
        browser.get(&address).await
    };
    note(&page, route.method, &address, failures);
    page
}

fn note(page: &Page, method: &str, what: &str, failures: &mut BTreeSet<String>) {
    if page.status.is_server_error() {
        failures.insert(format!("{method} {}: {what}: {}", shape(page.url.path()), page.status));
    }
}
