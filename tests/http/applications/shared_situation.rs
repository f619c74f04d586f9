//! What a person agreed to tell one employer about their situation (guide, partie 2, §2.2).

use iae_domain::eligibility::Criterion;
use iae_domain::ids::{ConsentId, DiagnosisId, OrganisationId};
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

async fn consents(app: &TestApp, company: OrganisationId, shared: &[&str]) {
    sqlx::query(
        "INSERT INTO sharing_consents (id, candidate_id, organisation_id, company_id, recorded_by, recorded_at, shared)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(ConsentId::at(app.now()))
    .bind(world::CANDIDATE)
    .bind(world::MISSION_LOCALE)
    .bind(company)
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
    consents(&app, world::ACI, &["identity", "mobility", "expectations", "health"]).await;
    let id = app.scenario().application().to(world::ACI).insert().await;
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(page.statements.len() <= 8, "{:#?}", page.statements);
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
    consents(&app, world::ACI, &["mobility", "expectations"]).await;
    consents(&app, world::GEIQ, &["mobility", "expectations"]).await;
    let to = |company, by| app.scenario().application().to(company).by(by).insert();
    let received = to(world::ACI, Persona::Prescriber).await;
    for (persona, id) in [
        // Another SIAE that received the same person; the GEIQ, which no diagnosis of the IAE concerns.
        (Persona::OtherEmployer, to(world::EI, Persona::Prescriber).await),
        (Persona::GeiqEmployer, to(world::GEIQ, Persona::Prescriber).await),
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

/// What is shared stands on the diagnosis that counts: without one, nothing does.
#[tokio::test]
async fn once_the_diagnosis_no_longer_counts_its_points_are_gone() {
    let app = TestApp::new().await;
    let diagnosis = diagnosis(&app).await;
    consents(&app, world::ACI, &["mobility"]).await;
    let id = app.scenario().application().to(world::ACI).insert().await;
    sqlx::query("UPDATE eligibility_diagnoses SET expires_on = $2 WHERE id = $1")
        .bind(diagnosis)
        .bind(app.today())
        .execute(app.db())
        .await
        .unwrap();
    let page = app.browser(Persona::Employer).await.get(&format!("/applications/{id}")).await.is(200);
    assert!(page.says("ne vaut plus") && !page.says(MOBILITY), "{}", page.text());
}
