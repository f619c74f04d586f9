//! A facilitator of the social clauses signs up their organisation, which waits to be verified (SGN-16).

use iae_tests::{Form, Persona, TestApp};

use super::{NEW_SIRET, organisations, role, with_address};

/// The form of the recap, ready to be confirmed.
async fn recap(app: &TestApp, persona: Persona) -> Form {
    let page = app.browser(persona).await.get("/sign-up/facilitator").await.is(200);
    let page =
        page.form("facilitator").fill("siret", "440 123 456 00018").press("siret").submit().await.is(200);
    let form = with_address(page.form("facilitator"), "Métropole, service des achats");
    let recap = form.press("address").submit().await.is(200);
    assert!(recap.says("Rien n’est inscrit"), "{recap:?}");
    assert!(recap.says("La clé de ce SIRET est fausse"), "ORG-2: said, not refused: {recap:?}");
    recap.form("facilitator").press("confirm")
}

#[tokio::test]
async fn a_facilitator_waits_for_the_team_and_is_told_so() {
    let app = TestApp::new().await;
    let done = recap(&app, Persona::NoOrganisation).await.submit().await.is(303);
    let start = done.follow().await.is(200);
    assert_eq!(start.flash().as_deref(), Some("Votre organisation est inscrite"));
    assert!(start.says("Inscription en cours de vérification"), "{start:?}");
    let found = organisations(&app, NEW_SIRET).await;
    let id = found[0].0;
    assert_eq!((found.len(), found[0].1.as_str()), (1, "OPCS"));
    assert_eq!(role(&app, Persona::NoOrganisation, id).await, Some(true));
    let company: (bool, String, Option<String>) =
        sqlx::query_as("SELECT is_searchable, source, auth_email FROM companies WHERE organisation_id = $1")
            .bind(id)
            .fetch_one(app.db())
            .await
            .unwrap();
    assert_eq!(company, (false, "USER_CREATED".to_owned(), Some("nadia.petit@exemple.fr".to_owned())));
    let refused = app.browser(Persona::NoOrganisation).await.get("/dashboard").await.is(403);
    assert!(refused.says("en cours de vérification") && refused.says("Métropole"), "SGN-16: {refused:?}");
    let mails = app.run_jobs_and_mails().await;
    assert!(mails.iter().any(|mail| mail.recipient == "equipe@parcours.exemple.fr"), "{mails:?}");
    // The team verified it.
    sqlx::query("UPDATE companies SET is_searchable = true WHERE organisation_id = $1")
        .bind(id)
        .execute(app.db())
        .await
        .unwrap();
    app.browser(Persona::NoOrganisation).await.get("/dashboard").await.is(200);
}

/// Who mistyped the address finds it again from the recap.
#[tokio::test]
async fn what_was_typed_is_corrected_from_the_recap() {
    let app = TestApp::new().await;
    let recap = recap(&app, Persona::NoOrganisation).await;
    let page = recap.press("Corriger le nom ou l’adresse").submit().await.is(200);
    assert_eq!(page.value("name").as_deref(), Some("Métropole, service des achats"), "{page:?}");
    let form = page.form("facilitator").fill("name", "Métropole, clauses sociales").press("address");
    assert!(form.submit().await.is(200).says("Métropole, clauses sociales"));
    assert!(organisations(&app, NEW_SIRET).await.is_empty());
}

#[tokio::test]
async fn a_facilitator_is_signed_up_once_for_each_siret() {
    let app = TestApp::new().await;
    app.ignore_mails();
    let (one, other) =
        (recap(&app, Persona::NoOrganisation).await, recap(&app, Persona::DeactivatedMember).await);
    let (one, other) = tokio::join!(one.submit(), other.submit());
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422], "{one:?} {other:?}");
    assert_eq!(organisations(&app, NEW_SIRET).await.len(), 1);
    let page = app.browser(Persona::Orienter).await.get("/sign-up/facilitator").await.is(200);
    let taken = page.form("facilitator").fill("siret", NEW_SIRET).press("siret").submit().await.is(422);
    assert!(taken.says("déjà inscrite") && taken.says("L’équipe du service la vérifie"), "{taken:?}");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_siret_that_is_none_is_refused_beside_its_field() {
    let app = TestApp::new().await;
    let page = app.browser(Persona::NoOrganisation).await.get("/sign-up/facilitator").await.is(200);
    let page = page.form("facilitator").fill("siret", "4401234560001").press("siret").submit().await.is(422);
    assert!(page.error("siret").unwrap_or_default().contains("13"), "{page:?}");
    let forged =
        page.form("facilitator").forge("step", "confirm").fill("siret", NEW_SIRET).submit().await.is(422);
    assert!(forged.error("name").is_some(), "no step is jumped into: {forged:?}");
    assert!(organisations(&app, NEW_SIRET).await.is_empty());
}
