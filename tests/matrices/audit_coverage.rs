//! Nothing changes without a trace: every action offered on a page, done with plausible values, writes an audit row
//! when it succeeds.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use iae_tests::{Form, Page, Persona, TestApp};
use iae_web::routes;

use crate::things::{Things, shape};

#[tokio::test]
async fn every_action_that_succeeds_is_audited() {
    let mut succeeded = BTreeSet::new();
    let mut silent = BTreeSet::new();
    for persona in Persona::ALL {
        let app = TestApp::new().await;
        app.ignore_jobs();
        let things = Things::new(&app).await;
        let browser = app.browser(*persona).await;
        let pages =
            routes::list().into_iter().filter(|route| route.method == "GET" && route.path != "/logout");
        for address in pages.filter_map(|route| things.address(route.path)) {
            let page = browser.get(&address).await;
            for form in forms(&page) {
                let before = app.audit_trail().await.len();
                let answer = filled(&app, form.clone()).submit().await;
                if answer.status != 303 || answer.location().is_some_and(|to| to.starts_with("/login")) {
                    continue;
                }
                let action = form.action().path().to_owned();
                if app.audit_trail().await.len() == before {
                    silent.insert(format!("{action}, as {persona:?}"));
                }
                succeeded.insert(shape(&action));
            }
        }
    }
    assert!(silent.is_empty(), "these actions succeed without an audit row: {silent:#?}");
    assert!(succeeded.contains("/organisation-switch"), "no action succeeded at all: {succeeded:?}");
}

/// The forms of a page that act, but for the end of the session, without which nothing else could be tried.
fn forms(page: &Page) -> Vec<Form> {
    page.forms()
        .into_iter()
        .filter(|form| form.method() == "POST" && form.action().path() != "/logout")
        .collect()
}

/// The form with something plausible wherever nothing is there.
fn filled(app: &TestApp, mut form: Form) -> Form {
    let names: BTreeSet<String> = form.names().into_iter().map(ToOwned::to_owned).collect();
    for name in names {
        let offered = form.offered(&name);
        if form.value(&name).is_some_and(|value| !value.is_empty()) || form.takes_file(&name) {
            continue;
        }
        form = match offered.iter().find(|value| !value.is_empty()) {
            Some(value) => form.fill_or_check(&name, value),
            None if form.is_date(&name) => form.fill(&name, &(app.today() + TimeDelta::days(7)).to_string()),
            None => form.fill(&name, "Nous vous recevrons la semaine prochaine."),
        };
    }
    form.press_first()
}
