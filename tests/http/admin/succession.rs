//! What becomes of an organisation: its SIRET changes (rule book 01, CMP-4, CMP-5, CMP-8; 05, C13).

mod merger;
mod split;

use chrono::TimeDelta;
use iae_domain::ids::OrganisationId;
use iae_tests::{Form, Page, Persona, TestApp, world};

use super::transfer::reads_only;

const OLD: &str = "38012345600011";
const NEW: &str = "38012345600029";

async fn count(app: &TestApp, statement: &'static str) -> i64 {
    sqlx::query_scalar(statement).fetch_one(app.db()).await.unwrap()
}

async fn read(app: &TestApp, organisation: OrganisationId, page: &str) -> Page {
    let address = format!("/admin/organisations/{organisation}/succession{page}");
    app.browser(Persona::Staff).await.get(&address).await
}

/// A change of the SIRET of the ACI, typed.
async fn typed(app: &TestApp) -> Form {
    let page = read(app, world::ACI, "/siret").await.is(200);
    page.form("#siret-form")
        .fill("siret", "380 123 456 00029")
        .fill("remark", "Avis de situation reçu.")
        .press("read")
}

/// The same, read: what is to be confirmed.
async fn to_confirm(form: Form) -> Form {
    form.submit().await.is(200).form("#siret-form").press("confirm")
}

/// The story: the structure is the same one, its members read it, its former SIRET finds it.
#[tokio::test]
async fn a_structure_changes_its_siret_and_loses_nothing() {
    let app = TestApp::new().await;
    let choice = read(&app, world::ACI, "").await.is(200);
    assert!(choice.says("380 123 456 00011") && choice.says("Aucun changement de SIRET"), "{choice:?}");
    choice.click("Enregistrer un changement de SIRET").await.is(200);

    let read_first = typed(&app).await.submit().await.is(200);
    assert!(read_first.says("380 123 456 00029") && read_first.says("Membres : 2"), "{read_first:?}");
    assert!(read_first.says("flux hebdomadaire de l’ASP"), "CMP-12: {read_first:?}");
    assert!(!read_first.says("autre personne morale"), "the SIREN is the same");
    assert!(read_first.statements.len() <= 8, "{:#?}", read_first.statements);
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 0, "nothing is written yet");

    let confirm = read_first.form("#siret-form").press("confirm");
    let done = confirm.submit().await.is(303).follow().await.is(200);
    assert_eq!(done.flash(), Some("SIRET changé".to_owned()));
    assert!(done.says("Ancien SIRET : 380 123 456 00011"), "{done:?}");
    assert!(done.says("Avis de situation reçu."), "STF-2: {done:?}");
    assert_eq!(app.audit_trail().await, ["organisation.siret_changed"]);

    let own = app.browser(Persona::EmployerAdmin).await.get("/organisation").await.is(200);
    assert!(own.says("380 123 456 00029") && own.says("Ancien SIRET : 380 123 456 00011"), "{own:?}");
    assert!(!own.says("Avis de situation reçu."), "the remark is the team's: {own:?}");
    assert!(own.statements.len() <= 8, "{:#?}", own.statements);

    let newcomer = app.browser(Persona::NoOrganisation).await;
    let found = newcomer.get(&format!("/sign-up/companies?q={OLD}")).await.is(200);
    assert!(found.says("Jardins") && found.says("est un ancien SIRET"), "{found:?}");

    let mails = app.run_jobs_and_mails().await;
    let to: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(to, [Persona::EmployerAdmin.email()], "its administrators");
    assert!(
        confirm.submit().await.is(422).error("siret").is_some(),
        "the same form sent twice changes nothing more"
    );
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 1);
}

/// CMP-5: the day it took effect is that of its history.
#[tokio::test]
async fn a_past_day_is_that_of_the_history() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let day = app.today() - TimeDelta::days(30);
    let form = typed(&app).await.fill("effective_on", &day.to_string());
    to_confirm(form).await.submit().await.is(303);
    let held = "SELECT count(*) FROM organisation_sirets h
                JOIN structure_successions s ON s.source_id = h.organisation_id
                WHERE (h.siret = s.source_siret AND upper(h.held) = s.effective_on::timestamp AT TIME ZONE 'Europe/Paris')
                   OR (h.siret = s.target_siret AND lower(h.held) = s.effective_on::timestamp AT TIME ZONE 'Europe/Paris')";
    assert_eq!(count(&app, held).await, 2, "one ends when the other begins");
}

#[tokio::test]
async fn what_is_mistaken_is_said_beside_its_field_and_kept() {
    let app = TestApp::new().await;
    let tomorrow = (app.today() + TimeDelta::days(1)).to_string();
    let before = (app.today() - TimeDelta::days(2000)).to_string();
    for (field, value) in [
        ("siret", "3801234560002"),
        ("siret", "ABC12345600029"),
        ("siret", OLD),
        ("effective_on", tomorrow.as_str()),
        ("effective_on", before.as_str()),
        ("effective_on", ""),
        ("remark", " "),
    ] {
        let page = typed(&app).await.fill(field, value).submit().await.is(422);
        assert!(page.error(field).is_some(), "{field} {value}: {page:?}");
        assert!(page.value("remark").is_some(), "what was typed stays");
    }
    let long = "x".repeat(501);
    let page = typed(&app).await.fill("remark", &long).submit().await.is(422);
    assert!(page.error("remark").is_some());
    // CMP-4: a company of the same kind has it.
    sqlx::query("UPDATE organisations SET kind = 'ACI', siret = $2 WHERE id = $1")
        .bind(world::GEIQ)
        .bind(NEW)
        .execute(app.db())
        .await
        .unwrap();
    assert!(typed(&app).await.submit().await.is(422).error("siret").is_some());
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 0);
}

/// Another legal unit: the team may, and reads what it means (CMP-8).
#[tokio::test]
async fn another_siren_is_warned_of() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let page = typed(&app).await.fill("siret", "49012345600029").submit().await.is(200);
    assert!(page.says("autre personne morale") && page.says("signée par un autre SIREN"), "{page:?}");
    assert!(page.says("La clé de ce SIRET est fausse"), "ORG-2: said, not refused: {page:?}");
    page.form("#siret-form").press("confirm").submit().await.is(303);
}

/// CMP-4: one SIRET for two structures of different kinds is allowed, and said.
#[tokio::test]
async fn a_siret_that_a_structure_of_another_kind_has_is_said() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    sqlx::query("UPDATE organisations SET siret = $2 WHERE id = $1")
        .bind(world::GEIQ)
        .bind(NEW)
        .execute(app.db())
        .await
        .unwrap();
    let page = typed(&app).await.submit().await.is(200);
    assert!(page.says("a déjà ce SIRET") && page.says("natures différentes"), "{page:?}");
    assert!(page.statements.len() <= 8, "{:#?}", page.statements);
    page.form("#siret-form").press("confirm").submit().await.is(303);
}

/// D32: something of the structure changed since the preview was read; nothing is written.
#[tokio::test]
async fn what_changed_since_the_preview_is_a_conflict() {
    let app = TestApp::new().await;
    let confirm = to_confirm(typed(&app).await).await;
    sqlx::query("UPDATE organisations SET name = 'Autre nom', updated_at = $2 WHERE id = $1")
        .bind(world::ACI)
        .bind(app.now())
        .execute(app.db())
        .await
        .unwrap();
    let page = confirm.submit().await.is(409);
    assert!(page.says("Rien n’a été enregistré"), "{page:?}");
    page.click("Revoir la structure et son historique").await.is(200);
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 0);
}

#[tokio::test]
async fn whoever_may_not_merge_reads_nothing_of_it() {
    let app = TestApp::new().await;
    let form = typed(&app).await;
    for persona in [Persona::EmployerAdmin, Persona::PrescriberAdmin, Persona::Inspector, Persona::Candidate]
    {
        let address = format!("/admin/organisations/{}/succession", world::ACI);
        app.browser(persona).await.get(&address).await.is(403);
    }
    read(&app, OrganisationId(uuid::Uuid::from_u128(1)), "").await.is(404);
    read(&app, world::DDETS_57, "/siret").await.is(404);
    for page in ["/merger", "/split"] {
        read(&app, world::MISSION_LOCALE, page).await.is(404);
    }
    reads_only(&app).await;
    for page in ["", "/siret", "/merger", "/split"] {
        read(&app, world::ACI, page).await.is(403);
    }
    form.submit().await.is(403);
}
