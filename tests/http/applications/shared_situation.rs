//! What a person agreed to tell one employer about their situation (guide, partie 2, §2.2).

use chrono::TimeDelta;
use iae_domain::eligibility::Criterion;
use iae_domain::ids::{ApplicationId, ConsentId, DiagnosisId};
use iae_tests::{Persona, TestApp, world};

const MOBILITY: &str = "Permis B, pas de véhicule.";
const EXPECTATIONS: &str = "Travailler dehors.";
const HOUSING: &str = "Hébergée chez un proche.";
const HEALTH: &str = "Ne porte pas de charges.";

/// Four points: two covered by the consent given for the ACI, one the person did not agree to tell it, one that stays
/// with the prescriber.
async fn diagnosis(app: &TestApp) -> DiagnosisId {
    let id = app.scenario().diagnosis().criteria(&[Criterion::Qpv]).insert().await;
    for (topic, assessment, note, shared) in [
        ("mobility", "obstacle", MOBILITY, true),
        ("expectations", "noted", EXPECTATIONS, true),
        ("housing", "obstacle", HOUSING, true),
        ("health", "obstacle", HEALTH, false),
    ] {
        sqlx::query(
            "INSERT INTO situation_points (diagnosis_id, topic, assessment, note, shared) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id)
        .bind(topic)
        .bind(assessment)
        .bind(note)
        .bind(shared)
        .execute(app.db())
        .await
        .unwrap();
    }
    id
}

/// The person agrees that this application tells these items.
async fn consents(app: &TestApp, application: ApplicationId, shared: &[&str]) {
    sqlx::query(
        "WITH agreed AS (
             INSERT INTO sharing_consents (id, candidate_id, organisation_id, company_id, recorded_by, recorded_at, shared)
             SELECT $2, $3, $4, company_id, $5, $6, $7 FROM applications WHERE id = $1
             RETURNING id
         )
         UPDATE applications SET consent_id = agreed.id FROM agreed WHERE applications.id = $1",
    )
    .bind(application)
    .bind(ConsentId::at(app.now()))
    .bind(world::CANDIDATE)
    .bind(world::MISSION_LOCALE)
    .bind(world::PRESCRIBER)
    .bind(app.now())
    .bind(shared)
    .execute(app.db())
    .await
    .unwrap();
}

#[tokio::test]
async fn the_siae_reads_the_points_shared_with_it_and_no_other() {
    let app = TestApp::new().await;
    diagnosis(&app).await;
    let id = app.scenario().application().to(world::ACI).insert().await;
    consents(&app, id, &["identity", "mobility", "expectations", "health"]).await;
    let employer = app.browser(Persona::Employer).await;
    employer.get(&format!("/applications/{id}")).await.is(200);
    let page = employer.get(&format!("/applications/{id}")).await.is(200);
    assert!(page.statements.len() <= 8, "the first also writes its trace (D34): {:#?}", page.statements);
    for shown in ["Situation sociale et administrative", "Objectifs du parcours", MOBILITY, EXPECTATIONS] {
        assert!(page.says(shown), "{shown}: {}", page.text());
    }
    for hidden in ["Situation professionnelle", HOUSING, HEALTH] {
        assert!(!page.says(hidden), "{hidden}: {}", page.text());
    }
}

#[tokio::test]
async fn nobody_else_reads_them() {
    let app = TestApp::new().await;
    diagnosis(&app).await;
    let to = |company, by| app.scenario().application().to(company).by(by).insert();
    let received = to(world::ACI, Persona::Prescriber).await;
    consents(&app, received, &["mobility", "expectations"]).await;
    let geiq = to(world::GEIQ, Persona::Prescriber).await;
    consents(&app, geiq, &["mobility", "expectations"]).await;
    for (persona, id) in [
        // Another SIAE that received the same person; the GEIQ, which no diagnosis of the IAE concerns.
        (Persona::OtherEmployer, to(world::EI, Persona::Prescriber).await),
        (Persona::GeiqEmployer, geiq),
        // The orienteur who sent the application, the other sender, the person.
        (Persona::Orienter, to(world::ACI, Persona::Orienter).await),
        (Persona::OtherEmployer, to(world::ACI, Persona::OtherEmployer).await),
        (Persona::Prescriber, received),
        (Persona::Candidate, received),
        (Persona::Staff, received),
    ] {
        let page = app.browser(persona).await.get(&format!("/applications/{id}")).await.is(200);
        for hidden in [MOBILITY, EXPECTATIONS, HOUSING, HEALTH] {
            assert!(!page.says(hidden), "{persona:?}: {hidden}");
        }
    }
}

/// A consent is given for one application: what was told with an earlier one is not told with the next.
#[tokio::test]
async fn each_application_shows_what_was_agreed_for_it() {
    let app = TestApp::new().await;
    diagnosis(&app).await;
    let to = || app.scenario().application().to(world::ACI).sent(TimeDelta::hours(1)).insert();
    let (wide, narrow) = (to().await, to().await);
    consents(&app, wide, &["mobility", "expectations"]).await;
    consents(&app, narrow, &["expectations"]).await;
    let employer = app.browser(Persona::Employer).await;
    let page = employer.get(&format!("/applications/{wide}")).await.is(200);
    assert!(page.says(MOBILITY) && page.says(EXPECTATIONS), "{}", page.text());
    let page = employer.get(&format!("/applications/{narrow}")).await.is(200);
    assert!(!page.says(MOBILITY) && page.says(EXPECTATIONS), "{}", page.text());
}

/// A diagnosis made after the consent says other things under the same headings: nobody agreed to share those.
#[tokio::test]
async fn a_later_diagnosis_is_not_covered_by_an_earlier_consent() {
    let app = TestApp::new().await;
    let id = app.scenario().application().to(world::ACI).insert().await;
    consents(&app, id, &["mobility"]).await;
    let diagnosis = diagnosis(&app).await;
    sqlx::query("UPDATE eligibility_diagnoses SET created_at = $2 WHERE id = $1")
        .bind(diagnosis)
        .bind(app.now() + TimeDelta::seconds(1))
        .execute(app.db())
        .await
        .unwrap();
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(!page.says(MOBILITY), "{}", page.text());
}

/// What is shared stands on the diagnosis that counts: without one, nothing does.
#[tokio::test]
async fn once_the_diagnosis_no_longer_counts_its_points_are_gone() {
    let app = TestApp::new().await;
    let diagnosis = diagnosis(&app).await;
    let id = app.scenario().application().to(world::ACI).insert().await;
    consents(&app, id, &["mobility"]).await;
    sqlx::query("UPDATE eligibility_diagnoses SET expires_on = $2 WHERE id = $1")
        .bind(diagnosis)
        .bind(app.today())
        .execute(app.db())
        .await
        .unwrap();
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(page.says("ne vaut plus") && !page.says(MOBILITY), "{}", page.text());
}
