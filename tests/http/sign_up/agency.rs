//! Agents of France Travail and their agencies (PRE-18, PRE-20; §9.2 gate 3).

use iae_domain::ids::OrganisationId;
use iae_tests::{Persona, TestApp, world};
use uuid::Uuid;

use super::role;

/// An agency of France Travail in Metz.
const AGENCY: OrganisationId = OrganisationId(Uuid::from_u128(0xF7));

/// Makes the agency, and an agent of this persona.
async fn agent(app: &TestApp, persona: Persona) {
    sqlx::query(
        "WITH agency AS (
             INSERT INTO organisations (id, family, kind, name, post_code, city, department_code, created_at, updated_at)
             VALUES ($1, 'prescriber', 'FT', 'Agence de Metz Blida', '57000', 'Metz', '57', $2, $2)
             RETURNING id
         )
         INSERT INTO prescriber_organisations (organisation_id, kind, authorisation_status, code_safir)
         SELECT id, 'FT', 'VALIDATED', '05712' FROM agency",
    )
    .bind(AGENCY)
    .bind(app.now())
    .execute(app.db())
    .await
    .unwrap();
    sqlx::query("UPDATE users SET email = 'agent@francetravail.fr' WHERE id = $1")
        .bind(persona.user())
        .execute(app.db())
        .await
        .unwrap();
}

#[tokio::test]
async fn an_agent_joins_their_agency_by_its_code() {
    let app = TestApp::new().await;
    agent(&app, Persona::NoOrganisation).await;
    let browser = app.browser(Persona::NoOrganisation).await;
    let gate = browser.get("/dashboard").await.is(403);
    assert!(gate.says("Rejoignez d’abord votre agence"), "PRE-18: {gate:?}");
    let page = gate.click("Rejoindre mon agence").await.is(200);
    let asked = page.form("france-travail").fill("safir", " 5712 ").submit().await.is(200);
    assert!(asked.says("Est-ce bien votre agence") && asked.says("Agence de Metz Blida"), "{asked:?}");
    assert_eq!(role(&app, Persona::NoOrganisation, AGENCY).await, None, "reading it does nothing");
    let joined = asked.form("france-travail").press("confirm").submit().await.is(303);
    let dashboard = joined.follow().await.is(200);
    assert_eq!(dashboard.flash().as_deref(), Some("Vous avez rejoint votre agence"));
    assert!(dashboard.says("Agence de Metz Blida"), "{dashboard:?}");
    assert_eq!(role(&app, Persona::NoOrganisation, AGENCY).await, Some(true), "MEM-3: the first one there");
    let mails = app.run_jobs_and_mails().await;
    assert!(mails.iter().all(|mail| mail.recipient == "agent@francetravail.fr"), "{mails:?}");
}

/// PRE-18: whatever else an agent belongs to, their agency comes first.
#[tokio::test]
async fn an_agent_without_agency_acts_for_nobody() {
    let app = TestApp::new().await;
    app.ignore_mails();
    agent(&app, Persona::Prescriber).await;
    let browser = app.browser(Persona::Prescriber).await;
    for page in ["/dashboard", "/applications", "/candidates"] {
        let refused = browser.get(page).await.is(403);
        assert!(refused.says("agence France Travail"), "{page}: {refused:?}");
    }
    browser.get("/sign-up/professional").await.is(200).click("France Travail").await.is(200);
    app.scenario().membership(Persona::Prescriber, AGENCY).await;
    app.browser(Persona::Prescriber).await.get("/dashboard").await.is(200);
}

#[tokio::test]
async fn a_code_that_no_agency_has_is_refused_beside_its_field() {
    let app = TestApp::new().await;
    agent(&app, Persona::NoOrganisation).await;
    let page = app.browser(Persona::NoOrganisation).await.get("/sign-up/france-travail").await.is(200);
    for (typed, said) in [
        ("", "5 chiffres"),
        ("0571O", "aucune lettre"),
        ("571234", "5 chiffres"),
        ("57999", "Aucune agence connue"),
    ] {
        let refused = page.form("france-travail").fill("safir", typed).submit().await.is(422);
        assert!(refused.error("safir").unwrap_or_default().contains(said), "{typed}: {refused:?}");
        assert_eq!(refused.value("safir").as_deref(), Some(typed), "what was typed is kept");
        let forged = page.form("france-travail").fill("safir", typed).forge("step", "confirm");
        forged.submit().await.is(422);
    }
}

/// PRE-20: others are not let in, by the page nor by its form.
#[tokio::test]
async fn an_agency_is_closed_to_who_is_no_agent() {
    let app = TestApp::new().await;
    agent(&app, Persona::DeactivatedMember).await;
    let browser = app.browser(Persona::NoOrganisation).await;
    for email in ["nadia@pole-emploi.fr", "nadia@notfrancetravail.fr", "nadia@francetravail.fr.exemple.fr"] {
        sqlx::query("UPDATE users SET email = $2 WHERE id = $1")
            .bind(world::NO_ORGANISATION)
            .bind(email)
            .execute(app.db())
            .await
            .unwrap();
        browser.get("/sign-up/france-travail").await.is(403);
        let confirm = [("safir", "05712"), ("step", "confirm")];
        browser.post("/sign-up/france-travail", &confirm).await.is(403);
    }
    assert_eq!(role(&app, Persona::NoOrganisation, AGENCY).await, None);
}
