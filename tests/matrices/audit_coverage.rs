//! Nothing changes without a trace: every action offered on a page, done with plausible values, writes an audit row
//! when it succeeds.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use iae_tests::{Form, Page, Persona, TestApp, world};
use iae_web::routes;

use crate::side_by_side::{World, side_by_side};
use crate::things::shape;

#[tokio::test(flavor = "multi_thread")]
async fn every_action_that_succeeds_is_audited() {
    let said = side_by_side(Persona::ALL.iter().copied(), act).await;
    let silent: Vec<&String> = said.iter().flat_map(|said| &said.silent).collect();
    let succeeded: BTreeSet<&str> =
        said.iter().flat_map(|said| &said.succeeded).map(String::as_str).collect();
    assert!(silent.is_empty(), "these actions succeed without an audit row: {silent:#?}");
    for action in [
        "/organisation-switch",
        "/application-drafts",
        "/application-drafts/{id}/candidate",
        "/application-drafts/{id}/employers",
        "/application-drafts/{id}/employers/removal",
        "/application-drafts/{id}/jobs",
        "/application-drafts/{id}/message",
        "/application-drafts/{id}/submission",
    ] {
        assert!(succeeded.contains(action), "{action} never succeeded: {succeeded:?}");
    }
}

/// What someone did on every page open to them: the actions that succeeded, those of them that left no trace.
#[derive(Default)]
struct Acts {
    succeeded: BTreeSet<String>,
    silent: BTreeSet<String>,
}

async fn act(world: Arc<World>, persona: Persona) -> Acts {
    let mut acts = Acts::default();
    let app = world.copy().await;
    let browser = app.browser(persona).await;
    // A draft given up has no other step: its test follows it by itself.
    let left_out = |path: &str| path == "/logout" || path.ends_with("/abandonment");
    let pages = routes::list().into_iter().filter(|route| route.method == "GET" && !left_out(route.path));
    for address in pages.filter_map(|route| world.things.address_for(route.path, Some(persona))) {
        let page = browser.get(&address).await;
        for form in forms(&page) {
            let before = trail_rows(&app).await;
            let answer = filled(&app, form.clone()).submit().await;
            if answer.status != 303 || answer.location().is_some_and(|to| to.starts_with("/login")) {
                continue;
            }
            let action = form.action().path().to_owned();
            if trail_rows(&app).await == before {
                acts.silent.insert(format!("{action}, as {persona:?}"));
            }
            acts.succeeded.insert(shape(&action));
        }
    }
    acts
}

/// How long the trail is: it is asked around each action, and grows with them.
async fn trail_rows(app: &TestApp) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM audit_events").fetch_one(app.db()).await.unwrap()
}

/// A look-up answers with a page, and a creation is read once more: they are followed step by step.
#[tokio::test]
async fn looking_a_person_up_and_creating_their_file_are_audited() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let browser = app.browser(Persona::Orienter).await;
    let nir = browser.get("/candidates/lookup").await.form("lookup");
    let by_nir = nir.clone().fill("nir", world::CANDIDATE_NIR).submit().await.is(200);
    assert!(by_nir.says("Est-ce bien cette personne"), "{by_nir:?}");
    let unknown = nir.fill("nir", world::UNKNOWN_NIR).submit().await.is(200).form("email");
    let by_email = unknown.clone().fill("email", Persona::OtherCandidate.email()).submit().await.is(200);
    assert!(by_email.says("Est-ce bien cette personne"), "{by_email:?}");
    let creation = unknown.fill("email", "lise.kauffmann@exemple.fr").submit().await.is(200).form("new");
    let creation = world::NEWCOMER.iter().fold(creation, |form, (name, value)| form.fill(name, value));
    let recap = creation.submit().await.is(200).form("new").press("Créer le dossier");
    recap.submit().await.is(303);
    let trail = app.audit_trail().await;
    let found: &[&str] = &["account.looked_up", "candidate.looked_up", "candidate.related"];
    let (nobody, created): (&[&str], &[&str]) =
        (&["account.looked_up"], &["candidate.created", "candidate.related"]);
    assert_eq!(trail, [found, nobody, found, nobody, created].concat());
    app.run_jobs().await;
}

/// The forms of a page that act, but for the end of the session, without which nothing else could be tried.
fn forms(page: &Page) -> Vec<Form> {
    page.forms()
        .into_iter()
        .filter(|form| form.method() == "POST" && form.action().path() != "/logout")
        .collect()
}

/// What a form carries on when there is some: nothing anyone types.
const OPTIONAL: &[&str] = &["candidate", "job", "search", "draft"];

/// The form with something plausible wherever nothing is there.
fn filled(app: &TestApp, mut form: Form) -> Form {
    let names: BTreeSet<String> = form.names().into_iter().map(ToOwned::to_owned).collect();
    for name in names {
        if OPTIONAL.contains(&name.as_str()) {
            continue;
        }
        let offered = form.offered(&name);
        if name == "consents" {
            // One for each employer.
            form = offered.iter().fold(form, |form, employer| form.check(&name, employer));
            continue;
        }
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
