//! The diagnosis of a prescripteur habilité, from a person's file (rule book 03 §2.2, §2.8).

use iae_tests::{Persona, TestApp, world};

fn path() -> String {
    format!("/candidates/{}/eligibility", world::CANDIDATE)
}

#[tokio::test]
async fn a_prescriber_validates_without_any_criterion_and_shares_point_by_point() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = browser.get(&path()).await.is(200);
    let form = page.form("eligibility");
    assert_eq!(form.value("share-health"), None, "private life is never shared by default");
    assert_eq!(form.value("share-training").as_deref(), Some("true"));
    let form = form.fill("assessment-mobility", "obstacle").fill("mobility", "Pas de permis");
    let form = form.check("share-mobility", "true").fill("assessment-health", "obstacle");
    form.submit().await.is(303);
    let kept: Vec<(String, bool)> =
        sqlx::query_as("SELECT topic, shared FROM situation_points ORDER BY topic")
            .fetch_all(app.db())
            .await
            .unwrap();
    assert_eq!(kept, [("health".to_owned(), false), ("mobility".to_owned(), true)]);
    let held = browser.get(&path()).await.is(200);
    assert!(held.says("3 novembre 2026") && held.says("Pas de permis"), "{held:?}");
}

#[tokio::test]
async fn what_is_not_shared_stays_with_the_organisation_that_wrote_it() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::Prescriber).await.get(&path()).await.is(200);
    let form = page
        .form("eligibility")
        .fill("assessment-health", "obstacle")
        .fill("health", "Port de charges exclu");
    form.submit().await.is(303);
    app.scenario().application().by(Persona::OtherPrescriber).insert().await;
    let other = app.browser(Persona::OtherPrescriber).await.get(&path()).await.is(200);
    assert!(!other.says("Port de charges exclu"), "{other:?}");
}

#[tokio::test]
async fn nobody_but_a_prescripteur_habilite_makes_a_diagnosis() {
    let app = TestApp::new().await;
    app.scenario().application().by(Persona::Orienter).insert().await;
    for persona in [Persona::Orienter, Persona::Employer, Persona::Candidate, Persona::Inspector] {
        app.browser(persona).await.get(&path()).await.is(403);
    }
    app.browser(Persona::OtherPrescriber).await.get(&path()).await.is(404);
}

#[tokio::test]
async fn a_person_with_a_valid_pass_needs_no_diagnosis() {
    let app = TestApp::new().await;
    app.scenario().pass().insert().await;
    app.browser(Persona::Prescriber).await.get(&path()).await.is(303);
}
