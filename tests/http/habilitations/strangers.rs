//! What one may not see does not exist; the team acts where a département has no DDETS member.

use iae_tests::{Persona, TestApp, world};

use super::{page, state, submitted};

#[tokio::test]
async fn the_ddets_of_another_departement_sees_nothing() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    let other = app.browser(Persona::OtherInspector).await;
    let list = other.get("/habilitations").await.is(200);
    assert!(!list.says("Le Fil"), "{list:?}");
    for act in ["", "/complement", "/opinion", "/grant", "/refusal", "/revocation"] {
        other.get(&format!("/habilitations/{id}{act}")).await.is(404);
    }
    let form = page(&app, id, "/refusal").await.form("#words-form").fill("words", "Non.");
    let fields = form.pairs();
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .filter(|(name, _)| name != "acting_for")
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let acting_for = world::DDETS_54.to_string();
    let fields = [fields, vec![("acting_for", acting_for.as_str())]].concat();
    other.post(&format!("/habilitations/{id}/refusal"), &fields).await.is(404);
    assert_eq!(state(&app, id).await, "submitted");
}

#[tokio::test]
async fn other_roles_are_told_whom_the_pages_are_for() {
    let app = TestApp::new().await;
    for persona in [Persona::Employer, Persona::Candidate, Persona::Prescriber] {
        app.browser(persona).await.get("/habilitations").await.is(403);
    }
    for persona in [Persona::Employer, Persona::Inspector, Persona::Staff] {
        app.browser(persona).await.get("/habilitation").await.is(403);
    }
}

/// The mission locale is authorised nationally: it has nothing to ask for.
#[tokio::test]
async fn a_national_prescriber_has_nothing_to_ask_for() {
    let app = TestApp::new().await;
    let browser = app.browser(Persona::Prescriber).await;
    let page = browser.get("/habilitation").await.is(200);
    assert!(page.says("arrêté du 1er septembre 2021"), "{page:?}");
    browser.get("/habilitation/request").await.is(303);
}

/// Staff act where nobody of the DDETS can, and nowhere else.
#[tokio::test]
async fn the_team_instructs_only_where_the_ddets_has_no_member() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let id = submitted(&app).await;
    let team = app.browser(Persona::Staff).await;
    let read = team.get(&format!("/habilitations/{id}")).await.is(200);
    assert!(read.says("La DDETS de ce département instruit"), "{read:?}");
    team.get(&format!("/habilitations/{id}/refusal")).await.is(403);
    super::heard(&app, id).await;
    super::granted(&app, id, super::five_years(&app)).await;
    team.get(&format!("/habilitations/{id}/revocation")).await.is(403);
    let granted = team.get(&format!("/habilitations/{id}")).await.is(200);
    assert!(!granted.says("Abroger l’habilitation"), "{granted:?}");
    app.scenario().deactivate(Persona::Inspector).await;
    let asked = team.get(&format!("/habilitations/{id}/revocation")).await.is(200);
    asked.form("#words-form").fill("words", "L’équipe est partie.").submit().await.is(303);
    assert_eq!(state(&app, id).await, "revoked");
}
