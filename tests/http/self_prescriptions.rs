//! What a DDETS reads of the auto-prescriptions of its département (rule book 01 P47, USR-10, TEN-1).

use iae_domain::applications::StateCode;
use iae_domain::eligibility::Criterion;
use iae_domain::ids::ApplicationId;
use iae_tests::{Persona, TestApp, world};

/// The ACI of Moselle hires the candidate on its own diagnosis.
async fn auto_prescription(app: &TestApp) -> ApplicationId {
    let criteria = [Criterion::Rsa, Criterion::Mobility];
    app.scenario().diagnosis().by(Persona::Employer).of(world::CANDIDATE).criteria(&criteria).insert().await;
    let application = app.scenario().application().by(Persona::Employer).to(world::ACI).of(world::CANDIDATE);
    application.state(StateCode::Accepted).insert().await
}

#[tokio::test]
async fn the_ddets_reads_the_auto_prescriptions_of_its_departement_without_names() {
    let app = TestApp::new().await;
    let id = auto_prescription(&app).await;
    let inspector = app.browser(Persona::Inspector).await;

    let list = inspector.get("/self-prescriptions").await.is(200);
    assert_eq!(list.h1(), "Auto-prescriptions : Moselle (57)");
    assert!(inspector.get("/dashboard").await.says("Auto-prescriptions : Moselle (57)"));
    assert!(list.says("Bénéficiaire du RSA") && list.says("Problème de mobilité"));
    let (first_name, last_name): (String, String) =
        sqlx::query_as("SELECT first_name, last_name FROM users WHERE id = $1")
            .bind(world::CANDIDATE)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert!(!list.says(&last_name), "USR-10: an agent of the State reads no identity");

    let detail = inspector.get(&format!("/self-prescriptions/{id}")).await.is(200);
    assert!(detail.says("Attestation RSA"), "each criterion stands beside its proof");
    assert!(detail.says("valable jusqu'au 3 août 2026 inclus"), "ninety-two days: {detail:?}");
    assert!(!detail.says(&last_name) && !detail.h1().contains(&first_name));
    assert!(detail.statements.len() <= 8, "{:?}", detail.statements);
}

#[tokio::test]
async fn another_departement_sees_nothing_of_it() {
    let app = TestApp::new().await;
    let id = auto_prescription(&app).await;
    let other = app.browser(Persona::OtherInspector).await;
    assert!(other.get("/self-prescriptions").await.is(200).says("Aucune auto-prescription"));
    other.get(&format!("/self-prescriptions/{id}")).await.is(404);
}

#[tokio::test]
async fn a_hire_resting_on_a_prescriber_is_no_auto_prescription() {
    let app = TestApp::new().await;
    let hired = app.scenario().application().by(Persona::Prescriber).to(world::ACI).of(world::CANDIDATE);
    let id = hired.state(StateCode::Accepted).insert().await;
    let inspector = app.browser(Persona::Inspector).await;
    assert!(inspector.get("/self-prescriptions").await.is(200).says("Aucune auto-prescription"));
    inspector.get(&format!("/self-prescriptions/{id}")).await.is(404);
}

#[tokio::test]
async fn filters_narrow_the_list_and_nonsense_is_said_beside_its_field() {
    let app = TestApp::new().await;
    auto_prescription(&app).await;
    let inspector = app.browser(Persona::Inspector).await;
    let narrowed = inspector.get("/self-prescriptions?kind=ETTI").await.is(200);
    assert!(narrowed.says("Aucune auto-prescription") && narrowed.says("Effacer les filtres"));
    let wrong = inspector.get("/self-prescriptions?from=2026-02-31&after=nonsense&company=x").await.is(200);
    assert_eq!(
        wrong.error("from").as_deref(),
        Some("Cette date n'existe pas : écrivez-la comme 01/03/2026.")
    );
    assert_eq!(wrong.value("from").as_deref(), Some("2026-02-31"), "the typed value is kept");
    assert!(wrong.says("Bénéficiaire du RSA"), "LIST-5: the invalid filter is not applied");
    inspector.get("/self-prescriptions/not-an-id").await.is(404);
}

#[tokio::test]
async fn nobody_else_comes_in() {
    let app = TestApp::new().await;
    let id = auto_prescription(&app).await;
    for persona in [Persona::Candidate, Persona::Prescriber, Persona::Employer, Persona::Staff] {
        let browser = app.browser(persona).await;
        browser.get("/self-prescriptions").await.is(403);
        browser.get(&format!("/self-prescriptions/{id}")).await.is(403);
    }
    app.visitor().get("/self-prescriptions").await.is(303);
}
