//! A structure is merged into another one, which takes everything of it (rule book 05, C13).

use iae_domain::applications::StateCode;
use iae_domain::ids::{ApplicationId, PassId};
use iae_domain::organisations::transfer::Category;
use iae_tests::{Form, Persona, TestApp, world};

use super::{count, read};
use crate::admin::transfer::{left_behind, totals};

/// The merger of the ACI into the EI, typed.
async fn typed(app: &TestApp) -> Form {
    let page = read(app, world::ACI, "/merger").await.is(200);
    let form = page.form("#merger-form").fill("wanted", "39012345600012");
    form.fill("remark", "Traité de fusion reçu.").press("read")
}

async fn to_confirm(app: &TestApp) -> Form {
    typed(app).await.submit().await.is(200).form("#merger-form").press("confirm")
}

async fn hired(app: &TestApp) -> (ApplicationId, PassId) {
    let application = app.scenario().application().for_job(world::GARDENER).state(StateCode::Accepted);
    let id = application.insert().await;
    let pass = sqlx::query_scalar("SELECT pass_id FROM applications WHERE id = $1").bind(id);
    (id, pass.fetch_one(app.db()).await.unwrap())
}

async fn dates(app: &TestApp) -> Vec<(chrono::NaiveDate, chrono::NaiveDate)> {
    sqlx::query_as("SELECT starts_on, ends_on FROM passes ORDER BY id").fetch_all(app.db()).await.unwrap()
}

/// The story: all of the ACI is the EI's, and every hire says where it took place.
#[tokio::test]
async fn a_structure_becomes_another_one_and_nothing_is_lost() {
    let app = TestApp::new().await;
    let (application, pass) = hired(&app).await;
    app.run_jobs_and_mails().await;
    let (before, parcours) = (totals(&app).await, dates(&app).await);
    let (emile, rachel) = (app.browser(Persona::Employer).await, app.browser(Persona::OtherEmployer).await);

    let preview = typed(&app).await.submit().await.is(200);
    assert!(preview.says("Moselle Rénov") && preview.says("Candidatures reçues et embauches"), "{preview:?}");
    assert!(preview.says("ne sont pas du même type"), "an ACI into an EI: {preview:?}");
    let confirm = preview.form("#merger-form").press("confirm");
    let done = confirm.submit().await.is(303).follow().await.is(200);
    assert!(done.says("Cette structure est devenue Moselle Rénov"), "{done:?}");
    assert!(done.says("Cette structure est fermée") && done.says("Traité de fusion reçu."), "{done:?}");

    assert_eq!(totals(&app).await, before, "nothing is lost, nothing is made");
    assert_eq!(dates(&app).await, parcours, "no date of a PASS moves");
    let moved = Category::ALL.iter().copied().filter(|one| *one != Category::Controls).collect();
    assert_eq!(left_behind(&app, world::ACI, &moved).await, vec![]);

    for browser in [&emile, &rachel] {
        let page = browser.get(&format!("/applications/{application}")).await.is(200);
        assert!(
            page.says("reçue par Les Jardins de la Seille (SIRET 380 123 456 00011), devenue"),
            "{page:?}"
        );
        let page = browser.get(&format!("/pass/{pass}")).await.is(200);
        assert!(page.says("faite par Les Jardins de la Seille"), "{page:?}");
        assert!(page.says("Contrat chez Moselle Rénov"), "{page:?}");
    }
    assert!(rachel.get("/organisation").await.is(200).says("a fusionné dans cette structure"));
    let mails = app.run_jobs_and_mails().await;
    let mut to: Vec<&str> = mails.iter().map(|mail| mail.recipient.as_str()).collect();
    to.sort_unstable();
    assert_eq!(
        to,
        [Persona::EmployerAdmin.email(), Persona::OtherEmployer.email()],
        "the administrators of both"
    );

    read(&app, world::ACI, "/merger").await.is(303);
    let twice = confirm.submit().await.is(409);
    assert!(twice.says("une autre l’a déjà remplacée"), "{twice:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 1);
}

/// Those who knew its card read what it became; nobody finds it.
#[tokio::test]
async fn the_card_of_a_closed_structure_leads_to_what_it_became() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    to_confirm(&app).await.submit().await.is(303);
    let card = app.visitor().get(&format!("/employers/{}", world::ACI)).await.is(200);
    assert_eq!(card.h1(), "Cette structure est devenue Moselle Rénov'");
    card.click("Voir Moselle Rénov'").await.is(200);
    assert_eq!(count(&app, "SELECT count(*) FROM directory_employers WHERE name LIKE '%JARDINS%'").await, 0);
    let newcomer = app.browser(Persona::NoOrganisation).await;
    let found = newcomer.get("/sign-up/companies?q=38012345600011").await.is(200);
    assert!(
        found.says("Moselle Rénov") && !found.says("Jardins"),
        "its SIRET finds what it became: {found:?}"
    );
    let again = read(&app, world::EI, "/merger").await.is(200).form("#merger-form");
    let again = again.fill("wanted", "38012345600011").fill("remark", "Retour.").press("read");
    assert!(again.submit().await.is(422).error("wanted").is_some(), "a closed structure takes over nothing");
}

/// CMP-4, CMP-5: the SIRET of what was merged finds its heir, which alone may take it, from the day it says.
#[tokio::test]
async fn the_siret_of_a_merged_structure_is_its_heir_s() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    sqlx::query("UPDATE conventions SET kind = 'ACI' WHERE kind = 'EI'").execute(app.db()).await.unwrap();
    for one in [world::EI, world::GEIQ] {
        sqlx::query("UPDATE organisations SET kind = 'ACI' WHERE id = $1")
            .bind(one)
            .execute(app.db())
            .await
            .unwrap();
    }
    to_confirm(&app).await.submit().await.is(303);
    let staff = app.browser(Persona::Staff).await;
    let listed = staff.get("/admin/organisations?q=38012345600011").await.is(200).all("tbody th").join(" ");
    assert!(listed.contains("Moselle Rénov") && listed.contains("Jardins"), "both are found: {listed}");

    let taken = async |by| {
        let day = app.today() - chrono::TimeDelta::days(10);
        let form = read(&app, by, "/siret").await.is(200).form("#siret-form").fill("siret", "38012345600011");
        let form = form.fill("effective_on", &day.to_string()).fill("remark", "Reprise du site.");
        form.press("read").submit().await
    };
    let other = taken(world::GEIQ).await.is(422);
    assert!(other.error("siret").is_some(), "it is made by nobody else: {other:?}");
    let heir = taken(world::EI).await.is(200);
    heir.form("#siret-form").press("confirm").submit().await.is(303);
    let held = "SELECT count(*) FROM organisation_sirets h
                JOIN organisation_sirets next ON next.siret = h.siret AND lower(next.held) = upper(h.held)
                JOIN organisations o ON o.id = h.organisation_id AND o.replaced_by = next.organisation_id
                WHERE h.siret = '38012345600011' AND upper_inf(next.held)";
    assert_eq!(count(&app, held).await, 1, "one held it until the other did");
}

/// A control stays under the name of the structure that was controlled; whoever replaced it answers.
#[tokio::test]
async fn a_control_stays_and_is_answered_by_what_the_structure_became() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    crate::control::hires(&app).await;
    let drawn = crate::control::of_these_hires(&app).await;
    let address = format!("/controls/{}", drawn.control);
    let rachel = app.browser(Persona::OtherEmployer).await;
    rachel.get(&address).await.is(404);
    let preview = typed(&app).await.submit().await.is(200);
    assert!(preview.says("1 contrôle reste à son nom"), "{preview:?}");
    preview.form("#merger-form").press("confirm").submit().await.is(303);
    let moved =
        "SELECT count(*) FROM controls c JOIN organisations o ON o.id = c.company_id WHERE o.kind = 'ACI'";
    assert_eq!(count(&app, moved).await, 1, "the draw is of the structure that hired");
    rachel.get(&address).await.is(200);
    app.browser(Persona::GeiqEmployer).await.get(&address).await.is(404);
    app.browser(Persona::Inspector).await.get(&format!("{address}/review")).await.is(200);
}

/// D32: what comes between the preview and the confirmation is seen before it moves.
#[tokio::test]
async fn what_comes_meanwhile_is_seen_first() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let confirm = to_confirm(&app).await;
    app.scenario().application().insert().await;
    confirm.submit().await.is(409);
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 0);
    assert_eq!(count(&app, "SELECT count(*) FROM organisations WHERE closed_at IS NOT NULL").await, 0);
    to_confirm(&app).await.submit().await.is(303);
}

/// Of two members of the team who confirm at once, one does.
#[tokio::test]
async fn two_who_confirm_at_once_merge_once() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    let (one, other) = (to_confirm(&app).await, to_confirm(&app).await);
    let (one, other) = tokio::join!(one.submit(), other.submit());
    let mut answers = [one.status.as_u16(), other.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 1);
}

#[tokio::test]
async fn what_may_not_be_merged_is_refused_in_words() {
    let app = TestApp::new().await;
    for (wanted, why) in [
        ("", "Indiquez la structure"),
        ("38012345600011", "Aucune autre structure"),
        ("99999999900011", "Aucune autre structure"),
        ("40012345600013", "un GEIQ vers un GEIQ"),
        ("42012345600015", "Aucune autre structure"),
    ] {
        let page = typed(&app).await.fill("wanted", wanted).submit().await.is(422);
        assert!(page.error("wanted").is_some_and(|said| said.contains(why)), "{wanted}: {page:?}");
    }
    for (field, value) in [("remark", ""), ("effective_on", "31/02/2026")] {
        let page = typed(&app).await.fill(field, value).submit().await.is(422);
        assert!(page.error(field).is_some(), "{field}: {page:?}");
    }
    sqlx::query("UPDATE conventions SET is_active = false WHERE kind = 'EI'")
        .execute(app.db())
        .await
        .unwrap();
    let page = typed(&app).await.submit().await.is(422);
    assert!(page.error("wanted").is_some_and(|said| said.contains("n’est pas active")), "{page:?}");
    assert_eq!(count(&app, "SELECT count(*) FROM structure_successions").await, 0);
}

/// Several structures of a name: the one that takes over is chosen, never guessed.
#[tokio::test]
async fn a_name_that_several_have_is_chosen_among() {
    let app = TestApp::new().await;
    app.ignore_jobs();
    sqlx::query("UPDATE organisations SET name = 'Moselle Services' WHERE kind = 'AI'")
        .execute(app.db())
        .await
        .unwrap();
    let page = typed(&app).await.fill("wanted", "moselle").submit().await.is(422);
    assert!(page.error("target").is_some(), "{page:?}");
    let chosen = page.form("#merger-form").check("target", &world::EI.to_string()).press("read");
    let preview = chosen.submit().await.is(200);
    preview.form("#merger-form").press("confirm").submit().await.is(303);
    assert_eq!(count(&app, "SELECT count(*) FROM organisations WHERE replaced_by IS NOT NULL").await, 1);
}
