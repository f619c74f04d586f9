//! The colleague who acted meanwhile is named, wherever a form of an SIAE comes too late (D32; rule book 04 §1.9).

use chrono::TimeDelta;
use iae_app::control::controls::{self, SeenChoice};
use iae_domain::eligibility::{Criteria, Criterion};
use iae_tests::pdf::pdf;
use iae_tests::{Form, Page, Persona, TestApp};

use super::{Drawn, drawn, siae};

/// As the administrator, who is the colleague, did it on that day.
const COLLEAGUE: &str = "Adèle THIRY";

async fn control(app: &TestApp, drawn: &Drawn, by: Persona) -> Page {
    app.browser(by).await.get(&format!("/controls/{}", drawn.control)).await.is(200)
}

/// The form that gives the proof of the first criterion.
async fn proof(app: &TestApp, drawn: &Drawn, by: Persona) -> Form {
    let criterion = drawn.criteria(app).await[0];
    let form = control(app, drawn, by).await.form(&format!("/control-criteria/{criterion}/proof"));
    form.attach("proof", "justificatif.pdf", pdf())
}

async fn choose(app: &TestApp, drawn: &Drawn) {
    for hire in &drawn.hires {
        let wanted = Criteria::choose([Criterion::Rsa]).unwrap();
        controls::choose(&app.app, &siae(app).await, *hire, &wanted, &SeenChoice::default()).await.unwrap();
    }
}

#[track_caller]
fn is_named(page: &Page, what: &str) {
    assert_eq!(page.status, 409, "{page:?}");
    assert!(page.says(COLLEAGUE) && page.says("le 4 mai 2026") && page.says(what), "{what}: {}", page.text());
}

#[tokio::test]
async fn whoever_gave_another_proof_is_named() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    choose(&app, &drawn).await;
    let stale = proof(&app, &drawn, Persona::Employer).await;
    proof(&app, &drawn, Persona::EmployerAdmin).await.submit().await.is(303);
    app.advance(TimeDelta::minutes(1));
    is_named(&stale.submit().await, "Un autre justificatif a été déposé pour ce critère par");
    app.run_jobs().await;
}

#[tokio::test]
async fn whoever_made_another_choice_is_named() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    let address = format!("/control-hires/{}/criteria", drawn.hires[0]);
    let form = async |by: Persona| {
        let page = app.browser(by).await.get(&address).await.is(200);
        page.form("criteria").check("level_1_criteria", "RSA")
    };
    let (stale, first) = (form(Persona::Employer).await, form(Persona::EmployerAdmin).await);
    first.check("level_2_criteria", "QPV").submit().await.is(303);
    is_named(&stale.submit().await, "a enregistré un autre choix");
    app.run_jobs().await;
}

/// The recap of what leaves, and the page that says that it left.
#[tokio::test]
async fn whoever_submitted_or_changed_what_leaves_is_named() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let drawn = drawn(&app).await;
    drawn.choose_and_give(&app).await;
    let recap = async |by: Persona| {
        let address = format!("/controls/{}/submission", drawn.control);
        app.browser(by).await.get(&address).await.is(200).form("#submission")
    };
    let stale = recap(Persona::Employer).await;
    app.advance(TimeDelta::minutes(1));
    proof(&app, &drawn, Persona::EmployerAdmin).await.submit().await.is(303);
    let late = stale.submit().await;
    is_named(&late, "a déposé un justificatif");
    assert!(late.says("Rien n’a été transmis"), "{}", late.text());

    let (again, given) = (late.form("#submission"), proof(&app, &drawn, Persona::Employer).await);
    recap(Persona::EmployerAdmin).await.submit().await.is(303);
    for sent in [again.submit().await, given.submit().await] {
        is_named(&sent, "a transmis les justificatifs à la DDETS");
    }
    app.run_jobs().await;
}
